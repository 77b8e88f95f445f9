"""Pieces of time measured in a unit, in all or by calendar year."""

from collections.abc import Iterable
from datetime import date
from fractions import Fraction

from ssacalc.domain.spans import Span
from ssacalc.domain.units import MONTHS_IN, Unit
from ssacalc.engine.counting import DAYS_IN_WEEK, by_calendar_year, in_calendar_unit
from ssacalc.engine.overlaps import Piece


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
    held = dated_by_year(piece.spans, unit)
    total = measured(piece, unit)
    if piece.period.certified is None or total is None:
        return held
    for year in sorted(held):
        held[year] = min(held[year], total)
        total -= held[year]
    return held


def dated_by_year(spans: Iterable[Span], unit: Unit) -> dict[int, Fraction]:
    """Return dated time in each calendar year, in a unit."""
    years: dict[int, list[Span]] = {}
    for span in spans:
        for part in by_calendar_year(span):
            years.setdefault(part.first.year, []).append(part)
    return {year: dated(parts, unit) for year, parts in years.items()}


def calendar_years(pieces: Iterable[Piece]) -> int:
    """Return in how many calendar years pieces lie."""
    return len(
        {
            year
            for piece in pieces
            for span in piece.spans
            for year in range(span.first.year, span.last.year + 1)
        }
    )
