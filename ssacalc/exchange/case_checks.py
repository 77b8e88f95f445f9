"""Faults of a case that no part shows alone: days out of order, before birth, after the claim."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from ssacalc.codes import countries
from ssacalc.domain.case import PENSIONS, Branch, PeriodKind, UncertainDate
from ssacalc.domain.errors import Problem
from ssacalc.domain.units import Unit
from ssacalc.exchange.case_parts import ClaimPart, DurationPart, PeriodPart, PersonPart
from ssacalc.exchange.dates import names_season

OLDEST = 130
"""Years of age at a claim beyond which a date must be a slip."""

_AFTER_DEATH = frozenset({Branch.SURVIVORS, Branch.DEATH_GRANT})
"""The benefits that fall due by a death."""
_FEWEST_DAYS = {Unit.DAY: 1, Unit.WEEK: 7, Unit.MONTH: 28, Unit.QUARTER: 90, Unit.YEAR: 365}


@dataclass(frozen=True, slots=True)
class Life:
    """The days within which periods can lie; ``None`` where a part of the case is at fault."""

    born: date | None
    died: date | None
    claimed: date | None
    deferred: Mapping[str, date]

    def end(self, country: str) -> date | None:
        """Return the last day that a period under a State's law can have."""
        if self.claimed is None:
            return None
        return max(self.claimed, self.deferred.get(country, self.claimed))


def life_of(person: PersonPart | None, claim: ClaimPart | None) -> Life:
    """Return what person and claim say about the days that can count."""
    return Life(
        person.born if person else None,
        person.died if person else None,
        claim.on if claim else None,
        claim.deferred if claim else {},
    )


def person_faults(person: PersonPart) -> Iterator[Problem]:
    """Yield the days of a person that cannot be."""
    for name, day in (("died", person.died), ("disabled_since", person.disabled_since)):
        if day is not None and day < person.born:
            yield Problem(
                f"person.{name}",
                f"this day ({day}) lies before birth ({person.born}).",
                "Correct one of the two.",
            )
    for number, relative in enumerate(person.relatives, 1):
        if relative.born and relative.married and relative.married < relative.born:
            place = f"person.relatives[{number}].married"
            yield Problem(place, "the marriage lies before birth.", "Correct one of the two days.")
        if relative.married and relative.divorced and relative.divorced < relative.married:
            place = f"person.relatives[{number}].divorced"
            fault = "the divorce lies before the marriage."
            yield Problem(place, fault, "Correct one of the two days.")


def _month(day: date) -> tuple[int, int]:
    return day.year, day.month


def claim_faults(claim: ClaimPart, life: Life) -> Iterator[Problem]:
    """Yield the days of a claim that cannot be."""
    if life.born is not None and claim.on <= life.born:
        yield Problem(
            "claim.on",
            f"the claim ({claim.on}) lies before birth ({life.born}).",
            "Correct the day of the claim or of birth.",
        )
    elif life.born is not None and claim.on.year - life.born.year > OLDEST:
        age = claim.on.year - life.born.year
        yield Problem(
            "person.born",
            f"the person would be {age} years old at the claim.",
            "Correct the day of birth or of the claim.",
        )
    if claim.benefit in _AFTER_DEATH and life.died and _month(claim.on) < _month(life.died):
        yield Problem(
            "claim.on",
            f"the claim ({claim.on}) lies before death ({life.died}).",
            "Correct the day of the claim or of death.",
        )
    if claim.benefit in PENSIONS - _AFTER_DEATH and life.died and life.died < claim.on:
        yield Problem(
            "claim.on",
            f"the person had died ({life.died}) before the claim ({claim.on}).",
            'Correct one of the two days, or write benefit = "survivors".',
        )
    if claim.asserts_old_age and claim.benefit is not Branch.INVALIDITY:
        yield Problem(
            "claim.asserts_old_age",
            "this belongs to a claim for invalidity.",
            'Remove it, or write benefit = "invalidity".',
        )
    for country, until in claim.deferred.items():
        if until < claim.on:
            yield Problem(
                f"claim.deferred.{country}",
                f"the claim is put off until a day ({until}) before it is made ({claim.on}).",
                "Correct the day, or leave the State out.",
            )


def period_faults(
    period: PeriodPart, raw: Mapping[str, Any], place: str, life: Life
) -> Iterator[Problem]:
    """Yield what is wrong with a period whose every part is well formed."""
    yield from _form_faults(period, place)
    yield from _season_faults(period, raw, place)
    if period.start is not None and period.to is not None:
        yield from _date_faults(period, period.start, period.to, place, life)
    for year in period.years or {}:
        yield from _year_faults(period, year, f"{place}.years.{year}", life)
    for name, duration in _durations(period, place):
        yield from duration_faults(duration, name)
        yield from _length_faults(period, duration, name, life)


def duration_faults(duration: DurationPart, place: str) -> Iterator[Problem]:
    """Yield a day type stated for a unit that is not the day."""
    if duration.days_per_week is not None and duration.unit is not Unit.DAY:
        yield Problem(
            f"{place}.days_per_week",
            f"a day type belongs to a number of days, not of units of a {duration.unit}.",
            'Remove it, or write unit = "day".',
        )


def _form_faults(period: PeriodPart, place: str) -> Iterator[Problem]:
    dated = period.start is not None or period.to is not None
    if period.years is not None:
        if dated or period.certified is not None:
            yield Problem(
                f"{place}.years",
                "units by calendar year stand alone, without from, to and certified.",
                "State two periods, or one of the two forms.",
            )
        if period.unit is None:
            yield Problem(f"{place}.unit", "the unit of the years is missing.", 'unit = "quarter"')
    elif period.unit is not None or period.days_per_week is not None:
        name = "unit" if period.unit is not None else "days_per_week"
        yield Problem(f"{place}.{name}", "this belongs to years.", "Put it into certified = { … }.")
    elif not dated and period.certified is None:
        yield Problem(
            place,
            "the period has neither dates nor a certified duration.",
            'State from and to, or certified = { number = 12, unit = "month" }.',
        )
    if (period.start is None) != (period.to is None):
        missing = "to" if period.to is None else "from"
        yield Problem(
            f"{place}.{missing}",
            f"the period has no {missing}.",
            "State both days; a period that goes on ends on the day before the claim.",
        )


def _season_faults(period: PeriodPart, raw: Mapping[str, Any], place: str) -> Iterator[Problem]:
    if period.country not in countries().southern:
        return
    for name in ("from", "to"):
        if names_season(raw.get(name)):
            yield Problem(
                f"{place}.{name}",
                f"the seasons of {countries().names[period.country]} lie in other months.",
                "Write { earliest = …, latest = … }.",
            )


def _date_faults(
    period: PeriodPart, first: UncertainDate, last: UncertainDate, place: str, life: Life
) -> Iterator[Problem]:
    if last.latest < first.earliest:
        yield Problem(
            f"{place}.to",
            f"the period ends ({last.latest}) before it starts ({first.earliest}).",
            "Correct one of the two days.",
        )
        return
    yield from _before_birth(first.latest, f"{place}.from", life)
    yield from _outlived(period, first.earliest, f"{place}.from", life)
    if not _beyond(period, first.earliest, life):
        yield from _after_claim(period, last.earliest, f"{place}.to", life)
    ends_later = life.died is not None and _month(last.earliest) > _month(life.died)
    if ends_later and not _after_death(period, first.earliest, life):
        yield from _died(period, last.earliest, f"{place}.to", life)
    yield from _state_faults(period, first.earliest, last.latest, place)


def _before_birth(day: date, place: str, life: Life) -> Iterator[Problem]:
    if life.born is not None and day < life.born:
        yield Problem(
            place,
            f"this day ({day}) lies before birth ({life.born}).",
            "Correct the period or the day of birth.",
        )


def _beyond(period: PeriodPart, day: date, life: Life) -> bool:
    end = life.end(period.country)
    return period.kind is not PeriodKind.NOTIONAL and end is not None and day > end


def _after_claim(period: PeriodPart, day: date, place: str, life: Life) -> Iterator[Problem]:
    if _beyond(period, day, life):
        yield Problem(
            place,
            f"this day ({day}) lies after the claim ({life.end(period.country)}).",
            "End the period by the day of the claim, or move the claim.",
        )


def _outlived(period: PeriodPart, day: date, place: str, life: Life) -> Iterator[Problem]:
    yield from _after_claim(period, day, place, life)
    yield from _died(period, day, place, life)


def _after_death(period: PeriodPart, day: date, life: Life) -> bool:
    return period.kind is not PeriodKind.NOTIONAL and life.died is not None and day > life.died


def _died(period: PeriodPart, day: date, place: str, life: Life) -> Iterator[Problem]:
    if _after_death(period, day, life):
        yield Problem(
            place,
            f"this day ({day}) lies after death ({life.died}).",
            "Correct the period or the day of death.",
        )


def _state_faults(period: PeriodPart, first: date, last: date, place: str) -> Iterator[Problem]:
    known = countries()
    lives = [state for state in known.former if state.code == period.country]
    if lives and not any(s.since <= last and first <= s.until for s in lives):
        told = "; ".join(f"{s.name} {s.since} to {s.until}" for s in lives)
        after = ", ".join(code for s in lives for code in s.successors)
        yield Problem(
            f"{place}.country",
            f"{period.country} was no State at the time of the period ({told}).",
            f"Name the State of that time, such as {after}.",
        )


def _year_faults(period: PeriodPart, year: int, place: str, life: Life) -> Iterator[Problem]:
    first, last = date(year, 1, 1), date(year, 12, 31)
    yield from _before_birth(last, place, life)
    yield from _outlived(period, first, place, life)
    yield from _state_faults(period, first, last, place.rpartition(".years")[0])


def _durations(period: PeriodPart, place: str) -> Iterator[tuple[str, DurationPart]]:
    if period.certified is not None:
        yield f"{place}.certified", period.certified
    if period.years is not None and period.unit is not None:
        for year, number in period.years.items():
            yield (
                f"{place}.years.{year}",
                DurationPart(number=number, unit=period.unit, days_per_week=period.days_per_week),
            )


def _length_faults(
    period: PeriodPart, duration: DurationPart, place: str, life: Life
) -> Iterator[Problem]:
    end = life.end(period.country)
    if life.born is None or end is None or end <= life.born or period.kind is PeriodKind.NOTIONAL:
        return
    days = 366 if period.years is not None else (end - life.born).days + 366
    if duration.number * _FEWEST_DAYS[duration.unit] > days:
        told = "a year holds" if period.years is not None else "the person's life"
        yield Problem(
            place,
            f"this is longer than {told} ({_plain(duration.number)} × {duration.unit}).",
            "Correct the number or its unit.",
        )


def _plain(number: Fraction) -> str:
    return str(number) if number.denominator < 1000 else f"{float(number):.2f}"
