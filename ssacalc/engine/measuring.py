"""Pieces of time measured in a unit, in all or by calendar year."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from functools import lru_cache

from ssacalc.domain.scheme import Scheme
from ssacalc.domain.spans import Span, union
from ssacalc.domain.units import MONTHS_IN, Remainder, Unit
from ssacalc.engine.counting import (
    DAYS_IN_WEEK,
    NATURAL_UNIT,
    by_calendar_year,
    count,
    in_calendar_unit,
)
from ssacalc.engine.overlaps import Piece
from ssacalc.engine.portions import filled, months_in, placed


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
    """Return a piece in a unit: as certified, else by its dates; ``None`` where neither serves.

    A duration certified in a unit that does not turn into this one still tells which part of the
    dates it fills: two months certified between January and December are a sixth of their days.
    """
    certified = piece.period.certified
    if certified is not None:
        in_unit = in_calendar_unit(certified.number, certified.unit, unit)
        if in_unit is not None:
            return in_unit * piece.share
    return dated(piece.spans, unit) * filled(piece.period) if piece.spans else None


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


def held_by_year(
    own: Sequence[Piece], scheme: Scheme, *, presumed: bool = False
) -> dict[int, Fraction]:
    """Return a scheme's own time in each calendar year, by its own counting, not yet settled.

    ``presumed``: time of which it is not known in which years it lies takes no year's room
    (987/2009, art. 12(6)); else it is filled into the years of its dates from the first on.
    """
    exact = replace(scheme.counting, remainder=Remainder.EXACT)
    held: dict[int, Fraction] = {}
    spans: list[Span] = []
    for piece in own:
        if presumed and not placed(piece.period):
            continue
        if in_unit_of(piece, scheme.unit):
            for year, number in (by_year(piece, scheme.unit) or {}).items():
                held[year] = held.get(year, Fraction(0)) + number
        else:
            spans.extend(piece.spans)
    years: dict[int, list[Span]] = {}
    for span in union(spans):
        for piece_of_year in by_calendar_year(span):
            years.setdefault(piece_of_year.first.year, []).append(piece_of_year)
    for year, parts in years.items():
        counted = count(parts, exact)
        in_unit = in_calendar_unit(counted, NATURAL_UNIT[exact.kind], scheme.unit)
        held[year] = held.get(year, Fraction(0)) + (counted if in_unit is None else in_unit)
    return held


def in_unit_of(piece: Piece, unit: Unit) -> bool:
    """Tell whether a piece was certified in a unit that turns into this one by the calendar."""
    certified = piece.period.certified
    return certified is not None and (
        in_calendar_unit(certified.number, certified.unit, unit) is not None
    )


def weights_by_year(spans: Iterable[Span]) -> dict[int, Fraction]:
    """Return which part of dated time lies in each calendar year, by its months."""
    return dict(_weights(tuple(spans)))


@lru_cache(maxsize=1024)
def _weights(spans: tuple[Span, ...]) -> tuple[tuple[int, Fraction], ...]:
    months: dict[int, Fraction] = {}
    for span in spans:
        for year in by_calendar_year(span):
            months[year.first.year] = months.get(year.first.year, Fraction(0)) + months_in((year,))
    total = sum(months.values(), Fraction(0))
    return tuple((year, held / total) for year, held in months.items())
