"""Case files, version 1: TOML or JSON into a case, every fault named at once.

``from`` and ``to`` may be uncertain: :mod:`ssacalc.exchange.dates` tells the forms. ``years`` is
the short form of one period for each calendar year, from 1 January to 31 December within the
person's life and the claim, with so many units certified.
"""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any, Generic, TypeVar

from pydantic import TypeAdapter, ValidationError

from ssacalc.codes import countries, country_meant, meant
from ssacalc.domain.case import (
    Case,
    Earnings,
    InsurancePeriod,
    UncertainDate,
)
from ssacalc.domain.errors import InvalidCase, Problem
from ssacalc.domain.units import Duration
from ssacalc.exchange import case_parts as parts
from ssacalc.exchange.case_checks import (
    Life,
    claim_faults,
    duration_faults,
    life_of,
    period_faults,
    person_faults,
)
from ssacalc.exchange.case_form import CaseFile
from ssacalc.exchange.case_reductions import ReductionPart, reduction_faults
from ssacalc.files import parse_plain, read_plain
from ssacalc.models import M, attempted, counted, problems_of

T = TypeVar("T")

_HEAD = ("format", "id", "title", "source", "note")
_SECTIONS = (
    "person",
    "claim",
    "periods",
    "earnings",
    "certified",
    "facts",
    "conventions",
    "rates",
    "reductions",
)


def read_case(path: Path) -> Case:
    """Return the case in a file; raises :class:`InvalidCase` with every fault it has."""
    return case_from_data(read_plain(path, InvalidCase), path.name)


def case_from_text(text: str, place: str = "The text", *, json_form: bool = False) -> Case:
    """Return the case in TOML (or JSON) text; raises :class:`InvalidCase` as above."""
    return case_from_data(parse_plain(text, place, InvalidCase, json_form=json_form), place)


def case_from_data(data: dict[str, Any], place: str) -> Case:
    """Return the case in plain data; ``place`` names them to the reader."""
    stated = data.get("format")
    if stated != parts.FORMAT:
        raise InvalidCase(f"{place} is no case that this program reads.", (_format(stated),))
    reader = _Reader(data)
    case = reader.case()
    if reader.problems or case is None:
        raise InvalidCase(f"{place} has {counted(reader.problems)}.", tuple(reader.problems))
    return case


def case_schema() -> dict[str, object]:
    """Return the JSON Schema of the format."""
    return CaseFile.model_json_schema()


def _format(stated: object) -> Problem:
    expected = f'Write format = "{parts.FORMAT}".'
    if stated is None:
        return Problem("format", "this is required and missing.", expected)
    fault = f"{str(stated)[:60]!r} is not the format of a case."
    if isinstance(stated, str) and stated.startswith("ssacalc-case/"):
        return Problem("format", fault, "Open it with the newer program that wrote it.")
    return Problem("format", fault, expected)


class _Placed(Generic[M]):
    """A part that is well formed, with what was written and where."""

    def __init__(self, part: M, raw: dict[str, Any], place: str) -> None:
        self.part, self.raw, self.place = part, raw, place


class _Reader:
    """Reads each part by itself, so that a fault in one hides no fault in another."""

    def __init__(self, data: dict[str, Any]) -> None:
        self.data = data
        self.problems: list[Problem] = []

    def case(self) -> Case | None:
        """Return the case, or ``None`` where a part of it is at fault."""
        for name in self.data:
            if name not in (*_HEAD, *_SECTIONS):
                remedy = meant(name, (*_HEAD, *_SECTIONS))
                self.problems.append(Problem(name, "this name is not known here.", remedy))
        head = self.part(parts.HeadPart, {k: v for k, v in self.data.items() if k in _HEAD}, "")
        person = self.part(parts.PersonPart, self.data.get("person"), "person")
        claim = self.part(parts.ClaimPart, self.data.get("claim"), "claim")
        life = life_of(person, claim)
        if person is not None:
            self.problems.extend(person_faults(person))
        if claim is not None:
            self.problems.extend(claim_faults(claim, life))
        periods = tuple(self.periods(life))
        earnings = tuple(self.earnings())
        certified = self.entries(parts.CertifiedPart, "certified")
        self.certified_faults(certified)
        facts = self.entries(parts.FactPart, "facts")
        self.once("facts", [((f.part.country, f.part.name), f.place) for f in facts])
        rates = self.entries(parts.RatePart, "rates")
        reductions = self.entries(ReductionPart, "reductions")
        for rule in reductions:
            self.problems.extend(reduction_faults(rule.part, rule.place))
        conventions = self.adapted(
            parts.CONVENTIONS, self.data.get("conventions", {}), "conventions"
        )
        if self.problems or head is None or person is None or claim is None:
            return None
        return Case(
            id=head.id,
            person=person.settled(),
            claim=claim.settled(),
            periods=periods,
            earnings=earnings,
            certified=tuple(c.part.settled(c.place) for c in certified),
            facts=tuple(f.part.settled() for f in facts),
            conventions=tuple((conventions or {}).items()),
            rates=tuple(r.part.settled() for r in rates),
            reductions=tuple(r.part.settled(r.place) for r in reductions),
            title=head.title,
            source=head.source,
            note=head.note,
        )

    def part(self, model: type[M], raw: object, place: str) -> M | None:
        """Return one part, or note its faults."""
        if raw is None:
            self.problems.append(Problem(place, "this is required and missing.", "Add it."))
            return None
        return attempted(model, raw, place, self.problems)

    def entries(self, model: type[M], name: str) -> list[_Placed[M]]:
        """Return the parts of a list that are well formed, and note the faults of the others."""
        listed = self.data.get(name, [])
        if not isinstance(listed, list):
            fault = "this must be a list of tables."
            self.problems.append(Problem(name, fault, f"Write [[{name}]] above each."))
            return []
        read = ((self.part(model, raw, f"{name}[{n}]"), raw, n) for n, raw in enumerate(listed, 1))
        return [_Placed(part, raw, f"{name}[{n}]") for part, raw, n in read if part is not None]

    def adapted(self, form: TypeAdapter[T], raw: object, place: str) -> T | None:
        """Return plain values of a form, or note their faults."""
        try:
            return form.validate_python(raw)
        except ValidationError as faults:
            self.problems.extend(problems_of(faults, place))
            return None

    def once(self, name: str, keys: list[tuple[object, str]]) -> None:
        """Note the entries of a list that state again what an earlier one stated."""
        seen: dict[object, str] = {}
        for key, place in keys:
            if key in seen:
                fault = f"this was stated already, in {seen[key]}."
                self.problems.append(Problem(place, fault, f"Keep one entry of {name} for each."))
            seen.setdefault(key, place)

    def certified_faults(self, certified: list[_Placed[parts.CertifiedPart]]) -> None:
        """Note what is wrong with well-formed certified entries."""
        self.once("certified", [((c.part.country, c.part.scheme), c.place) for c in certified])
        for entry in certified:
            for name in ("minimum", "maximum", "own", "total"):
                stated = getattr(entry.part, name)
                if stated is not None:
                    self.problems.extend(duration_faults(stated, f"{entry.place}.{name}"))

    def periods(self, life: Life) -> Iterator[InsurancePeriod]:
        """Yield the periods that are without fault."""
        for entry in self.entries(parts.PeriodPart, "periods"):
            faults = list(period_faults(entry.part, entry.raw, entry.place, life))
            self.problems.extend(faults)
            if not faults:
                yield from _settled(entry.part, entry.place, life)

    def earnings(self) -> Iterator[Earnings]:
        """Yield the earnings of each State or scheme, year by year."""
        tables = self.data.get("earnings", {})
        if not isinstance(tables, dict):
            fault = "this must be a table for each State or scheme."
            self.problems.append(Problem("earnings", fault, "Write [earnings.US] above the years."))
            return
        for key, table in tables.items():
            country, scheme = parts.owner_of(key)
            if country not in countries().names:
                fault = "this is neither the code of a State nor the id of a scheme."
                self.problems.append(Problem(f"earnings.{key}", fault, country_meant(country)))
            years = self.adapted(parts.YEARS, table, f"earnings.{key}") or {}
            for year, amount in years.items():
                yield Earnings(country, year, amount, scheme)


def _settled(period: parts.PeriodPart, place: str, life: Life) -> Iterator[InsurancePeriod]:
    if period.years is None:
        certified = parts.duration(period.certified)
        yield _period(period, place, (period.start, period.to), certified)
        return
    born, end = life.born or date.min, life.end(period.country) or date.max
    for year, number in period.years.items():
        first, last = max(date(year, 1, 1), born), min(date(year, 12, 31), end)
        dates = UncertainDate(first, first), UncertainDate(last, last)
        certified = _yearly(period, number)
        yield _period(period, f"{place}.years.{year}", dates, certified)


def _yearly(period: parts.PeriodPart, number: Fraction) -> Duration | None:
    if period.unit is None:
        return None
    return Duration(number, period.unit, period.days_per_week)


def _period(
    period: parts.PeriodPart,
    place: str,
    dates: tuple[UncertainDate | None, UncertainDate | None],
    certified: Duration | None,
) -> InsurancePeriod:
    return InsurancePeriod(
        country=period.country,
        kind=period.kind,
        first=dates[0],
        last=dates[1],
        certified=certified,
        scheme=period.scheme,
        counts_for_right="right" in period.counts_for,
        counts_for_amount="amount" in period.counts_for,
        evidence=period.evidence,
        reference=period.reference,
        occupation=period.occupation,
        special_scheme=period.special_scheme,
        note=period.note,
        place=place,
    )
