"""Foreign time made time of a scheme, by the rows of the instrument's conversion clause (T03)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from ssacalc.domain.agreement import Clause
from ssacalc.domain.determination import Doubt
from ssacalc.domain.rules import Basis, Conversion, ConversionKind, ConversionRules, DayRow
from ssacalc.domain.scheme import Scheme
from ssacalc.domain.spans import Span, calendar_year
from ssacalc.domain.trace import Citation, Step
from ssacalc.domain.units import MONTHS_IN, Duration, Remainder, Unit, settle
from ssacalc.engine.counting import (
    DAYS_IN_WEEK,
    NATURAL_UNIT,
    by_calendar_year,
    count,
    in_calendar_unit,
)
from ssacalc.engine.crediting import Time, certified_units
from ssacalc.engine.overlaps import Piece

IDENTITY = Conversion("*", ConversionKind.SAME)
"""Where no conversion clause is coded: units that need no conversion are added as they are."""
UNNAMED = Conversion("", ConversionKind.NONE)
"""Time that no row of a coded clause names is not counted, and that is said."""


@dataclass(frozen=True, slots=True)
class _Group:
    """The pieces of one State that one row of the clause converts."""

    row: Conversion
    pieces: tuple[Piece, ...]


def foreign_time(
    scheme: Scheme,
    own: Time,
    pieces: Sequence[Piece],
    clause: Clause | None,
    schemes: dict[str, Scheme],
) -> Time:
    """Return the foreign time in the scheme's unit.

    Each row is one operation with one treatment of the remainder. Dated pieces that count "as if
    completed here" are counted jointly with the scheme's own dated periods, so that a month
    shared by two States is one month.
    """
    rules = clause.rule if clause and isinstance(clause.rule, ConversionRules) else None
    law = (clause.law,) if clause else ()
    steps: list[Step] = []
    doubts: list[Doubt] = []
    units = Fraction(0)
    joint: list[Span] = []
    if clause is None and pieces:
        doubts.append(Doubt("missing", "conversion-not-coded", (("scheme", scheme.title),)))
    for group in _groups(pieces, rules, schemes):
        if group.row.kind is ConversionKind.NONE:
            steps.append(_not_counted(group, law))
            if group.row is UNNAMED:
                doubts.append(_unnamed(group, law))
            continue
        left_out = _creditable_years(group.row.unless, pieces, schemes)
        converted, dated = _convert(group, scheme, rules, left_out, doubts)
        units += converted
        joint.extend(dated)
        steps.append(_group_step(group, scheme, converted, dated, law))
    if joint:
        units += _counted_jointly(scheme, own, joint)
    total = Step(
        "foreign_periods",
        units,
        "foreign-total",
        (("units", Duration(units, scheme.unit)), ("scheme", scheme.title)),
        law,
        tuple(steps),
    )
    return Time(units, tuple(joint), total, tuple(doubts))


def _groups(
    pieces: Sequence[Piece], rules: ConversionRules | None, schemes: dict[str, Scheme]
) -> Iterable[_Group]:
    rows = rules.rows if rules else ()
    by_row: dict[tuple[int, str], list[Piece]] = {}
    for piece in pieces:
        if not piece.spans and piece.period.certified is None:
            continue
        index = next((n for n, row in enumerate(rows) if _fits(row, piece, schemes)), len(rows))
        by_row.setdefault((index, piece.country), []).append(piece)
    for (index, _), grouped in sorted(by_row.items()):
        row = rows[index] if index < len(rows) else (UNNAMED if rows else IDENTITY)
        bounded = tuple(_bounded(piece, row) for piece in grouped)
        yield _Group(row, tuple(piece for piece in bounded if piece.share > 0))


def _fits(row: Conversion, piece: Piece, schemes: dict[str, Scheme]) -> bool:
    period = piece.period
    if row.kinds and period.kind.value not in row.kinds:
        return False
    if row.source in ("*", period.country, period.scheme):
        return True
    source = schemes.get(row.source)
    if period.scheme is not None or source is None:
        return False
    kinds = source.counting.kinds
    return source.country == period.country and (not kinds or period.kind.value in kinds)


def _bounded(piece: Piece, row: Conversion) -> Piece:
    """Return the part of a piece that lies in the days the row lets count."""
    if (row.counted_from is None and row.counted_to is None) or not piece.spans:
        return piece
    spans: list[Span] = []
    for span in piece.spans:
        first = max(span.first, row.counted_from) if row.counted_from else span.first
        last = min(span.last, row.counted_to) if row.counted_to else span.last
        if first <= last:
            spans.append(Span(first, last))
    before = sum(span.days for span in piece.spans)
    after = sum(span.days for span in spans)
    return (
        piece
        if after == before
        else Piece(piece.period, tuple(spans), piece.share * Fraction(after, before))
    )


def _convert(
    group: _Group,
    scheme: Scheme,
    rules: ConversionRules | None,
    left_out: frozenset[int],
    doubts: list[Doubt],
) -> tuple[Fraction, list[Span]]:
    """Return the units converted and the spans left to be counted jointly with own periods."""
    match group.row.kind:
        case ConversionKind.YEAR_CONTAINING:
            return _by_years_containing(group, scheme, doubts), []
        case ConversionKind.RATIO:
            return _by_ratio(group, scheme, doubts), []
        case ConversionKind.TABLE:
            return _by_table(group, scheme, rules, doubts)
        case ConversionKind.SAME | ConversionKind.NONE:
            return _as_own(group, scheme, left_out, doubts)


def _as_own(
    group: _Group, scheme: Scheme, left_out: frozenset[int], doubts: list[Doubt]
) -> tuple[Fraction, list[Span]]:
    """Count foreign periods as if completed under the scheme: certified units, else dates."""
    units = Fraction(0)
    spans: list[Span] = []
    for piece in group.pieces:
        certified = None if left_out and piece.spans else certified_units(piece, scheme)
        if certified is not None:
            units += certified
        elif piece.spans:
            spans.extend(_outside(piece.spans, left_out))
        else:
            doubts.append(_unconvertible(piece, scheme))
    return units, spans


def _outside(spans: Iterable[Span], years: frozenset[int]) -> Iterable[Span]:
    if not years:
        return spans
    return [p for span in spans for p in by_calendar_year(span) if p.first.year not in years]


def _creditable_years(
    unless: str | None, pieces: Sequence[Piece], schemes: dict[str, Scheme]
) -> frozenset[int]:
    """Return the calendar years that another row counts already."""
    if unless is None:
        return frozenset()
    row = Conversion(unless, ConversionKind.SAME)
    return frozenset(
        part.first.year
        for piece in pieces
        if _fits(row, piece, schemes)
        for span in piece.spans
        for part in by_calendar_year(span)
    )


def _unconvertible(piece: Piece, scheme: Scheme) -> Doubt:
    return Doubt(
        "missing",
        "period-not-convertible",
        (
            ("country", piece.country),
            ("certified", piece.period.certified),
            ("unit", scheme.unit.value),
            ("place", piece.period.place),
        ),
    )


def _counted_jointly(scheme: Scheme, own: Time, foreign: Sequence[Span]) -> Fraction:
    alone = count(own.spans, scheme.counting) if own.spans else Fraction(0)
    gained = count((*own.spans, *foreign), scheme.counting) - alone
    unit = NATURAL_UNIT[scheme.counting.kind]
    return in_calendar_unit(gained, unit, scheme.unit) or gained


def dated(spans: Iterable[Span], unit: Unit) -> Fraction:
    """Return dated time in a unit: each calendar month, quarter or year touched, days, weeks of 7.

    >>> dated([Span(date(2020, 1, 31), date(2020, 3, 1))], Unit.MONTH)
    Fraction(3, 1)
    """
    match unit:
        case Unit.DAY:
            return Fraction(sum(span.days for span in spans))
        case Unit.WEEK:
            return Fraction(sum(span.days for span in spans), DAYS_IN_WEEK)
        case _:
            touched = {
                block
                for span in spans
                for block in range(_block(span.first, unit), _block(span.last, unit) + 1)
            }
            return Fraction(len(touched))


def _block(day: date, unit: Unit) -> int:
    return (day.year * 12 + day.month - 1) // MONTHS_IN[unit]


def measured(piece: Piece, unit: Unit) -> Fraction | None:
    """Return a piece in a unit: as certified, else by its dates; ``None`` where neither serves."""
    certified = piece.period.certified
    if certified is not None:
        in_unit = in_calendar_unit(certified.number, certified.unit, unit)
        if in_unit is not None:
            return in_unit * piece.share
    return dated(piece.spans, unit) if piece.spans else None


def by_year(piece: Piece, unit: Unit) -> dict[int, Fraction] | None:
    """Return a piece's time in each calendar year, in a unit; ``None`` where it has no dates.

    A certified duration is filled into the years of its dates from the first on, each year at
    most what its dates can hold: the institution certified how much, the dates tell when.
    """
    if not piece.spans:
        return None
    spans: dict[int, list[Span]] = {}
    for span in piece.spans:
        for part in by_calendar_year(span):
            spans.setdefault(part.first.year, []).append(part)
    held = {year: dated(parts, unit) for year, parts in spans.items()}
    total = measured(piece, unit)
    if piece.period.certified is None or total is None:
        return held
    for year in sorted(held):
        held[year] = min(held[year], total)
        total -= held[year]
    return held


def _years_of(group: _Group, unit: Unit) -> tuple[dict[int, Fraction], list[Piece]]:
    """Return the group's time by calendar year, and the pieces that have no dates."""
    years: dict[int, Fraction] = {}
    undated: list[Piece] = []
    for piece in group.pieces:
        held = by_year(piece, unit)
        if held is None:
            undated.append(piece)
            continue
        for year, number in held.items():
            years[year] = years.get(year, Fraction(0)) + number
    return years, undated


def _by_years_containing(group: _Group, scheme: Scheme, doubts: list[Doubt]) -> Fraction:
    row = group.row
    if row.unit is None or row.gives_unit is None:
        return Fraction(0)
    years, undated = _years_of(group, row.unit)
    number = Fraction(sum(1 for held in years.values() if held >= row.count))
    for piece in undated:
        number += _undated_years(piece, row, scheme, doubts)
    given = in_calendar_unit(number * row.gives, row.gives_unit, scheme.unit)
    return _given(given, number * row.gives, row, scheme, doubts)


def _undated_years(piece: Piece, row: Conversion, scheme: Scheme, doubts: list[Doubt]) -> Fraction:
    """Return in how many calendar years an undated duration must at least have lain."""
    certified = piece.period.certified
    whole = in_calendar_unit(certified.number, certified.unit, Unit.YEAR) if certified else None
    least = in_calendar_unit(row.count, row.unit, Unit.YEAR) if row.unit else None
    if whole is None:
        doubts.append(_unconvertible(piece, scheme))
        return Fraction(0)
    doubts.append(
        Doubt(
            "convention",
            "undated-years",
            (("country", piece.country), ("certified", certified), ("place", piece.period.place)),
        )
    )
    full = settle(whole, Remainder.DOWN)
    return full + (1 if least is not None and whole - full >= least else 0)


def _given(
    given: Fraction | None,
    number: Fraction,
    row: Conversion,
    scheme: Scheme,
    doubts: list[Doubt],
) -> Fraction:
    if given is not None:
        return given
    doubts.append(
        Doubt(
            "missing",
            "conversion-ends-in-other-unit",
            (
                ("given", Duration(number, row.gives_unit or scheme.unit)),
                ("unit", scheme.unit.value),
                ("scheme", scheme.title),
            ),
        )
    )
    return Fraction(0)


def _by_ratio(group: _Group, scheme: Scheme, doubts: list[Doubt]) -> Fraction:
    row = group.row
    if row.unit is None or row.gives_unit is None:
        return Fraction(0)
    match row.basis:
        case Basis.CALENDAR_YEAR:
            years, undated = _years_of(group, row.unit)
            blocks = [_capped(_ratio(held, row), row.yearly_cap) for held in years.values()]
            blocks += [_ratio(measured(piece, row.unit), row) for piece in undated]
        case Basis.PERIOD:
            blocks = [_ratio(measured(piece, row.unit), row) for piece in group.pieces]
        case _:
            parts = [measured(piece, row.unit) for piece in group.pieces]
            sure = sum((part for part in parts if part is not None), Fraction(0))
            years_spanned = _calendar_years(group.pieces)
            cap = row.yearly_cap * years_spanned if row.yearly_cap and years_spanned else None
            blocks = [_capped(_ratio(sure, row), cap)]
    for piece in group.pieces:
        if measured(piece, row.unit) is None:
            doubts.append(_unconvertible(piece, scheme))
    number = sum(blocks, Fraction(0))
    given = in_calendar_unit(number, row.gives_unit, scheme.unit)
    return _given(given, number, row, scheme, doubts)


def _ratio(number: Fraction | None, row: Conversion) -> Fraction:
    return settle(number * row.gives / row.count, row.remainder) if number else Fraction(0)


def _capped(number: Fraction, cap: Fraction | None) -> Fraction:
    return number if cap is None else min(number, cap)


def _calendar_years(pieces: Iterable[Piece]) -> int:
    return len(
        {
            year
            for piece in pieces
            for span in piece.spans
            for year in range(span.first.year, span.last.year + 1)
        }
    )


def _by_table(
    group: _Group, scheme: Scheme, rules: ConversionRules | None, doubts: list[Doubt]
) -> tuple[Fraction, list[Span]]:
    """Convert by the table of 987/2009, art. 13: one operation, the remainder always up.

    One operation for each calendar year where every period was certified for exactly one
    calendar year, else one for the whole (art. 13(3)). A calendar year never gives more than the
    table's ceiling (art. 13(2)).
    """
    table = rules.table if rules else ()
    through = rules.week_month_row if rules else None
    certified: list[Piece] = []
    spans: list[Span] = []
    for piece in group.pieces:
        if piece.period.certified is None:
            spans.extend(piece.spans)
        else:
            certified.append(piece)
    if not certified:
        return Fraction(0), spans
    yearly = all(
        piece.spans and piece.spans == (calendar_year(piece.spans[0].first.year),)
        for piece in certified
    )
    blocks = [[piece] for piece in certified] if yearly else [certified]
    total = Fraction(0)
    for block in blocks:
        total += _table_block(block, scheme, table, through, doubts)
    return total, spans


def _table_block(
    block: Sequence[Piece],
    scheme: Scheme,
    table: Sequence[DayRow],
    through: int | None,
    doubts: list[Doubt],
) -> Fraction:
    number = Fraction(0)
    for piece in block:
        certified = piece.period.certified
        if certified is None:
            continue
        if certified.unit is Unit.DAY and certified.days_per_week is None:
            doubts.append(
                Doubt(
                    "convention",
                    "day-type-not-declared",
                    (("country", piece.country), ("place", piece.period.place)),
                )
            )
        converted = table_conversion(
            certified, scheme.unit, scheme.counting.days_per_week, table, through
        )
        if converted is None:
            doubts.append(_unconvertible(piece, scheme))
        else:
            number += converted * piece.share
    years = _calendar_years(block)
    ceiling = year_ceiling(scheme.unit, scheme.counting.days_per_week, table)
    rounded = settle(number, Remainder.UP)
    return min(rounded, ceiling * years) if ceiling is not None and years else rounded


def year_ceiling(unit: Unit, days_per_week: int | None, table: Sequence[DayRow]) -> Fraction | None:
    """Return the most a calendar year gives in a unit (987/2009, art. 13(2))."""
    match unit:
        case Unit.DAY:
            row = next((r for r in table if r.days_per_week == (days_per_week or 7)), None)
            return Fraction(row.year) if row else None
        case Unit.WEEK:
            row = next((r for r in table if r.days_per_week == 6), None)
            return Fraction(row.year, row.week) if row else None
        case _:
            return in_calendar_unit(Fraction(1), Unit.YEAR, unit)


def table_conversion(
    duration: Duration,
    unit: Unit,
    days_per_week: int | None,
    table: Sequence[DayRow],
    through: int | None,
) -> Fraction | None:
    """Return a duration in another unit by the table, exactly; ``None`` where the table is silent.

    Weeks become months, quarters and years, and back, through the day row ``through``.
    """
    same = in_calendar_unit(duration.number, duration.unit, unit)
    if duration.unit is not Unit.DAY and same is not None:
        return same
    if duration.unit is Unit.DAY:
        source = _row(table, duration.days_per_week or 7)
    else:
        source = _row(table, days_per_week or 7) if unit is Unit.DAY else _row(table, through)
    if source is None:
        return None
    if duration.unit is Unit.DAY and unit is Unit.DAY:
        target = _row(table, days_per_week or 7)
        return None if target is None else duration.number * target.year / source.year
    days = duration.number * _days_of(duration.unit, source)
    return days / _days_of(unit, source)


def _row(table: Sequence[DayRow], days_per_week: int | None) -> DayRow | None:
    return next((row for row in table if row.days_per_week == days_per_week), None)


def _days_of(unit: Unit, row: DayRow) -> int:
    match unit:
        case Unit.DAY:
            return 1
        case Unit.WEEK:
            return row.week
        case Unit.MONTH:
            return row.month
        case Unit.QUARTER:
            return row.quarter
        case Unit.YEAR:
            return row.year


def _group_step(
    group: _Group,
    scheme: Scheme,
    converted: Fraction,
    spans: Sequence[Span],
    law: tuple[Citation, ...],
) -> Step:
    row = group.row
    countries = ", ".join(dict.fromkeys(piece.country for piece in group.pieces))
    args = (
        ("countries", countries),
        ("periods", len(group.pieces)),
        ("units", Duration(converted, scheme.unit)),
        ("count", Duration(row.count, row.unit) if row.unit else None),
        ("gives", Duration(row.gives, row.gives_unit) if row.gives_unit else None),
        ("remainder", row.remainder.value),
        ("days", sum(span.days for span in spans)),
    )
    key = "converted-jointly" if spans else f"converted-by-{row.kind.value}"
    return Step("conversion", converted, key, args, law)


def _unnamed(group: _Group, law: tuple[Citation, ...]) -> Doubt:
    countries = ", ".join(dict.fromkeys(piece.country for piece in group.pieces))
    args = (("countries", countries), ("periods", len(group.pieces)))
    return Doubt("missing", "foreign-not-named", args, law)


def _not_counted(group: _Group, law: tuple[Citation, ...]) -> Step:
    countries = ", ".join(dict.fromkeys(piece.country for piece in group.pieces))
    args = (("countries", countries), ("periods", len(group.pieces)))
    return Step("conversion", 0, "foreign-not-counted", args, law)
