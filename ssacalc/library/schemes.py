"""Scheme files read, checked within themselves and made domain values."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from ssacalc.domain.agreement import Source
from ssacalc.domain.dated import Dated, DatedValue
from ssacalc.domain.errors import InvalidLaw, Problem
from ssacalc.domain.scheme import (
    AbroadRule,
    Condition,
    Counting,
    Maturity,
    Scheme,
    SurvivorShare,
)
from ssacalc.domain.trace import Citation
from ssacalc.files import read_plain
from ssacalc.library.formula_file import BlockFile, read_block, settled
from ssacalc.library.instrument_file import Status
from ssacalc.library.scheme_faults import scheme_faults
from ssacalc.library.scheme_file import (
    Cited,
    FigureFile,
    SchemeFile,
    SeriesDataFile,
    SeriesFile,
    TableFile,
    ValidFile,
)
from ssacalc.models import attempted, counted, validated

T = TypeVar("T")
V = TypeVar("V", bound=ValidFile)
Cite = Callable[[Cited | BlockFile | SchemeFile, Cited | None], Citation]


def read_scheme(path: Path) -> Scheme:
    """Return the scheme in a file; raises :class:`InvalidLaw` with every fault it has."""
    problems: list[Problem] = []
    data = read_plain(path, InvalidLaw)
    data["blocks"] = _blocks(data.get("blocks", []), problems)
    file = attempted(SchemeFile, data, "", problems)
    if file is not None and not problems:
        problems.extend(scheme_faults(file, path))
    if problems or file is None:
        raise InvalidLaw(f"{path.name} has {counted(problems)}.", tuple(problems))
    series = tuple(_with_values(entry, path) for entry in file.series)
    return to_scheme(file.model_copy(update={"series": series}))


def _blocks(listed: object, problems: list[Problem]) -> list[BlockFile]:
    if not isinstance(listed, list):
        problems.append(Problem("blocks", "this must be a list.", "Write [[blocks]] above each."))
        return []
    read = (read_block(raw, f"blocks[{n}]", problems) for n, raw in enumerate(listed, 1))
    return [block for block in read if block is not None]


def _with_values(stated: SeriesFile, path: Path) -> SeriesFile:
    if stated.file is None:
        return stated
    beside = path.parent / stated.file
    data = validated(SeriesDataFile, read_plain(beside, InvalidLaw), beside.name, InvalidLaw)
    own = {
        "unit": stated.unit or data.unit,
        "article": stated.article or data.article,
        "source": stated.source or data.source,
        "status": stated.status or data.status,
    }
    return stated.model_copy(update={"values": data.values, **own})


def to_scheme(file: SchemeFile) -> Scheme:
    """Return the domain value of a file that has no faults."""
    cite = _citer(file)
    return Scheme(
        id=file.id,
        country=file.country,
        title=file.title,
        branch=file.branch,
        unit=file.unit,
        per=file.per,
        counting=_counting(file),
        maturity=file.maturity,
        figures={f.name: _dated(f, f.values, lambda v: v.value, cite) for f in file.figures},
        currency=Dated(
            "currency",
            "",
            tuple(_value(v, v.value, cite(v, None)) for v in file.currency),
        ),
        conditions=_conditions(file, cite),
        tables={t.name: _dated(t, t.values, lambda v: v.rows, cite) for t in file.tables},
        series={s.name: dict(sorted(s.values.items())) for s in file.series},
        series_law={s.name: cite(s, None) for s in file.series},
        blocks=tuple(settled(b, cite(b, None)) for b in file.blocks),
        amount=file.amount,
        parts=tuple(file.parts.items()),
        minimum_amount=file.minimum_amount,
        qualifying=file.qualifying,
        full_career=file.full_career,
        rounding=file.amount_rounding(),
        abroad=tuple(
            AbroadRule(
                a.payment,
                cite(a, None),
                a.after_months,
                a.unless_units,
                a.unit,
                a.note,
                a.nationals,
                a.places,
            )
            for a in file.abroad
        ),
        residence_based=file.residence_based,
        sources=tuple(
            Source(s.id, s.title, s.address, s.language, s.read, s.passage) for s in file.sources
        ),
        law=cite(file, None),
        note=file.note,
        checked_on=file.checked,
        facts=file.facts,
        also=file.also,
        survivors=tuple(
            SurvivorShare(
                s.role,
                s.share,
                cite(s, None),
                s.divided,
                s.cap,
                s.from_age,
                s.until_age,
                s.disabled_until_age,
            )
            for s in file.survivors
        ),
        survivors_cap=file.survivors_cap,
        under=file.under,
    )


def _citer(file: SchemeFile) -> Cite:
    sources = {source.id: source for source in file.sources}
    first = file.sources[0].id
    verified = Status.VERIFIED if file.maturity is Maturity.VERIFIED else Status.UNVERIFIED

    def cite(entry: Cited | BlockFile | SchemeFile, within: Cited | None) -> Citation:
        around = within or entry
        source = sources[entry.source or around.source or first]
        status = entry.status or around.status or file.status or verified
        return Citation(
            source.short or source.title,
            entry.article or around.article,
            source.title,
            source.address,
            verified=status is Status.VERIFIED,
        )

    return cite


def _counting(file: SchemeFile) -> Counting:
    rule = file.counting
    return Counting(
        kind=rule.kind,
        remainder=rule.remainder,
        month_days=rule.month_days,
        since_age=rule.since_age,
        until_age=rule.until_age,
        counted_from=rule.counted_from,
        yearly_cap=rule.yearly_cap,
        kinds=tuple(kind.value for kind in rule.kinds),
        days_per_week=rule.days_per_week,
    )


def _conditions(file: SchemeFile, cite: Cite) -> tuple[Condition, ...]:
    return tuple(
        Condition(
            kind=c.kind,
            figure=c.figure,
            law=cite(c, None),
            window=c.window,
            abroad=c.abroad,
            remainder=c.remainder,
            branches=c.branches,
            sex=c.sex,
            route=c.route,
            by_month=c.by_month,
            calendar_years=c.calendar_years,
            at_entry=c.at_entry,
        )
        for c in file.conditions
    )


def _dated(
    file: FigureFile | TableFile, values: tuple[V, ...], content: Callable[[V], T], cite: Cite
) -> Dated[T]:
    return Dated(file.name, file.unit, tuple(_value(v, content(v), cite(v, file)) for v in values))


def _value(file: ValidFile, content: T, law: Citation) -> DatedValue[T]:
    return DatedValue(content, file.since, file.until, file.born_since, file.born_until, law)
