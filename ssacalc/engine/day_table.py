"""Conversion by a table of day types (Reg. (EC) 987/2009, art. 13)."""

from collections.abc import Sequence
from fractions import Fraction

from ssacalc.domain.rules import DayRow
from ssacalc.domain.units import Duration, Unit
from ssacalc.engine.counting import in_calendar_unit


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
