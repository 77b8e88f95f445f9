"""Foreign periods as blocks of quarters to be credited, by a row of clause T03.

POMS GN 01703.100: each certified period (or calendar year) gives its units over the unit's size,
a remainder one quarter more, at most four a year.
"""

from collections.abc import Iterable, Sequence
from fractions import Fraction

from ssacalc.domain.case import InsurancePeriod
from ssacalc.domain.rules import Basis, Conversion, ConversionKind
from ssacalc.domain.spans import Span
from ssacalc.domain.units import MONTHS_IN, Remainder, Unit, settle
from ssacalc.engine.counting import DAYS_IN_WEEK, by_calendar_year, in_calendar_unit
from ssacalc.engine.formulas.us_law import MONTHS, QUARTERS
from ssacalc.engine.quarters import Block, quarter_of


def foreign_blocks(periods: Sequence[InsurancePeriod], row: Conversion) -> tuple[Block, ...]:
    """Return the blocks that the periods of one row give."""
    if row.kind is ConversionKind.NONE or row.unit is None:
        return ()
    not_before = quarter_of(row.counted_from) if row.counted_from else 0
    if row.kind is ConversionKind.YEAR_CONTAINING:
        return _by_years_containing(periods, row, not_before)
    match row.basis:
        case Basis.PERIOD:
            return tuple(_of_period(period, row, not_before) for period in periods)
        case Basis.CALENDAR_YEAR:
            return _by_years(periods, row, not_before)
        case Basis.AGGREGATE:
            return (_of_all(periods, row, not_before),)


def _gives(row: Conversion) -> Fraction:
    if row.gives_unit in (None, Unit.QUARTER):
        return row.gives
    return in_calendar_unit(row.gives, row.gives_unit, Unit.QUARTER) or Fraction(0)


def _number(units: Fraction, row: Conversion) -> int:
    return int(settle(units / row.count, row.remainder) * _gives(row))


def _of_period(period: InsurancePeriod, row: Conversion, not_before: int) -> Block:
    span = period.shortest
    candidates = _quarters([span]) if span else ()
    return Block(candidates, _number(_measured(period, row), row), not_before)


def _of_all(periods: Sequence[InsurancePeriod], row: Conversion, not_before: int) -> Block:
    spans = [period.shortest for period in periods]
    units = sum((_measured(period, row) for period in periods), Fraction(0))
    return Block(_quarters(span for span in spans if span), _number(units, row), not_before)


def _by_years(
    periods: Sequence[InsurancePeriod], row: Conversion, not_before: int
) -> tuple[Block, ...]:
    units: dict[int, Fraction] = {}
    spans: dict[int, list[Span]] = {}
    blocks: list[Block] = []
    for period in periods:
        if period.shortest is None:
            blocks.append(_of_period(period, row, not_before))
            continue
        left = _certified(period, row)
        for part in by_calendar_year(period.shortest):
            held = dated(part, row.unit or Unit.DAY)
            share = held if left is None else min(held, left)
            left = None if left is None else left - share
            year = part.first.year
            units[year] = units.get(year, Fraction(0)) + share
            spans.setdefault(year, []).append(part)
    for year in sorted(units):
        number = _number(units[year], row)
        if row.yearly_cap is not None:
            number = min(number, int(row.yearly_cap))
        blocks.append(Block(_quarters(spans[year]), number, not_before))
    return tuple(blocks)


def _by_years_containing(
    periods: Sequence[InsurancePeriod], row: Conversion, not_before: int
) -> tuple[Block, ...]:
    """Return one block for each calendar year with enough time: all its quarters are open.

    A duration certified in calendar units bounds how many years the period gives.
    """
    held: dict[int, Fraction] = {}
    undated: list[Block] = []
    for period in periods:
        most = _years_certified(period)
        if period.shortest is None:
            undated.append(Block((), int((most or 0) * _gives(row)), not_before))
            continue
        for part in list(by_calendar_year(period.shortest))[:most]:
            year = part.first.year
            held[year] = held.get(year, Fraction(0)) + dated(part, row.unit or Unit.DAY)
    number = int(_gives(row))
    years = [year for year in sorted(held) if held[year] >= row.count]
    return (*undated, *(Block(_year(year), number, not_before) for year in years))


def _years_certified(period: InsurancePeriod) -> int | None:
    certified = period.certified
    if certified is None:
        return None
    years = in_calendar_unit(certified.number, certified.unit, Unit.YEAR)
    return None if years is None else int(settle(years, Remainder.UP))


def _year(year: int) -> tuple[int, ...]:
    return tuple(range(year * QUARTERS, year * QUARTERS + QUARTERS))


def _quarters(spans: Iterable[Span]) -> tuple[int, ...]:
    """Return the quarters that the spans touch, in order."""
    touched = {
        quarter
        for span in spans
        for quarter in range(quarter_of(span.first), quarter_of(span.last) + 1)
    }
    return tuple(sorted(touched))


def _measured(period: InsurancePeriod, row: Conversion) -> Fraction:
    """Return a period in the row's unit: as certified, else by its dates."""
    certified = _certified(period, row)
    if certified is not None:
        return certified
    span = period.shortest
    return dated(span, row.unit or Unit.DAY) if span else Fraction(0)


def _certified(period: InsurancePeriod, row: Conversion) -> Fraction | None:
    certified = period.certified
    if certified is None or row.unit is None:
        return None
    week = certified.days_per_week or DAYS_IN_WEEK
    match certified.unit, row.unit:
        case Unit.DAY, Unit.WEEK:
            return certified.number / week
        case Unit.WEEK, Unit.DAY:
            return certified.number * week
        case unit, wanted:
            return in_calendar_unit(certified.number, unit, wanted)


def dated(span: Span, unit: Unit) -> Fraction:
    """Return a span in a unit: calendar months, quarters or years touched; seven days a week.

    >>> from datetime import date
    >>> dated(Span(date(2020, 1, 31), date(2020, 3, 1)), Unit.MONTH)
    Fraction(3, 1)
    """
    if unit in MONTHS_IN:
        size = MONTHS_IN[unit]
        first = (span.first.year * MONTHS + span.first.month - 1) // size
        last = (span.last.year * MONTHS + span.last.month - 1) // size
        return Fraction(last - first + 1)
    return Fraction(span.days, DAYS_IN_WEEK) if unit is Unit.WEEK else Fraction(span.days)
