"""One row of a conversion clause applied to the time of one State."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from ssacalc.domain.determination import Doubt
from ssacalc.domain.rules import Basis, Conversion, ConversionKind, ConversionRules, DayRow, Months
from ssacalc.domain.scheme import Scheme
from ssacalc.domain.spans import Span, calendar_year, union
from ssacalc.domain.units import Duration, Remainder, Unit, settle
from ssacalc.engine.counting import in_calendar_unit
from ssacalc.engine.crediting import belongs, certified_units, part_of_dates
from ssacalc.engine.day_table import table_conversion, year_ceiling
from ssacalc.engine.measuring import (
    NOUGHT,
    Held,
    by_year,
    calendar_years,
    dated,
    dated_by_year,
    in_unit_of,
    measured,
)
from ssacalc.engine.overlaps import Piece
from ssacalc.engine.portions import filled, placed


@dataclass(frozen=True, slots=True)
class Group:
    """The pieces of one State that one row of the clause converts."""

    row: Conversion
    pieces: tuple[Piece, ...]


def takes(row: Conversion, piece: Piece) -> bool:
    """Tell whether a row counts in a unit that a piece's certified duration turns into."""
    return row.unit is None or piece.period.certified is None or in_unit_of(piece, row.unit)


def convert(
    group: Group,
    scheme: Scheme,
    rules: ConversionRules | None,
    held: Held,
    doubts: list[Doubt],
    schemes: Mapping[str, Scheme],
) -> tuple[Fraction, list[Span]]:
    """Return the units converted and the spans left to be counted jointly with own periods.

    ``held`` is the time that calendar years have already; years credited whole are added to it.
    """
    match group.row.kind:
        case ConversionKind.YEAR_CONTAINING:
            return _by_years_containing(group, scheme, held, doubts), []
        case ConversionKind.RATIO:
            return _by_ratio(group, scheme, doubts), []
        case ConversionKind.TABLE:
            return _by_table(group, scheme, rules, held, doubts, schemes)
        case ConversionKind.SAME | ConversionKind.NONE:
            return _as_own(group, scheme, doubts)


def _as_own(group: Group, scheme: Scheme, doubts: list[Doubt]) -> tuple[Fraction, list[Span]]:
    """Count foreign periods as if completed under the scheme: certified units, else dates.

    A duration certified in another unit counts for the part of its dates that it fills.
    """
    units = Fraction(0)
    spans: list[Span] = []
    for piece in group.pieces:
        certified = certified_units(piece, scheme)
        if certified is None:
            certified = part_of_dates(piece, piece.spans, scheme)
        if certified is not None:
            units += certified
        elif piece.spans:
            spans.extend(piece.spans)
        else:
            doubts.append(_unconvertible(piece, scheme))
    return units, spans


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


def years_of(
    pieces: Sequence[Piece], unit: Unit, months: Months = Months.TOUCHED
) -> tuple[dict[int, Fraction], list[Piece]]:
    """Return time by calendar year, and the pieces that have no dates."""
    by_certificate, spans = _measured_apart(pieces, unit)
    years = dated_by_year(spans, unit, months)
    undated: list[Piece] = []
    for piece in by_certificate:
        held = by_year(piece, unit, months)
        if held is None:
            undated.append(piece)
            continue
        for year, number in held.items():
            years[year] = years.get(year, Fraction(0)) + number
    return years, undated


def _measured_apart(pieces: Sequence[Piece], unit: Unit) -> tuple[list[Piece], tuple[Span, ...]]:
    """Return the pieces with a duration in the unit, and the days of all others, each once."""
    by_certificate: list[Piece] = []
    spans: list[Span] = []
    for piece in pieces:
        if in_unit_of(piece, unit) or not piece.spans or filled(piece.period) < 1:
            by_certificate.append(piece)
        else:
            spans.extend(piece.spans)
    return by_certificate, union(spans)


def _by_years_containing(group: Group, scheme: Scheme, held: Held, doubts: list[Doubt]) -> Fraction:
    """Credit each calendar year with enough time; never more than the year has room for."""
    row = group.row
    if row.unit is None or row.gives_unit is None:
        return Fraction(0)
    years, undated = years_of(group.pieces, row.unit, row.months)
    doubts.extend(_filled_first(piece) for piece in group.pieces if _scattered(piece, row))
    enough = [year for year, time in years.items() if time >= row.count]
    further = _undated_years(undated, row, scheme, doubts)
    one = in_calendar_unit(row.gives, row.gives_unit, scheme.unit)
    if one is None:
        number = (len(enough) + further) * row.gives
        return _given(None, number, row, scheme, doubts)
    whole = in_calendar_unit(Fraction(1), Unit.YEAR, scheme.unit) or one
    total = further * one
    for year in enough:
        credited = min(one, max(whole - held[year], NOUGHT))
        held.add_to_year(year, credited)
        total += credited
    return total


def _scattered(piece: Piece, row: Conversion) -> bool:
    """Tell whether a duration is certified over several calendar years that it does not fill."""
    if row.unit is None or piece.period.certified is None or calendar_years([piece]) < 2:
        return False
    held = measured(piece, row.unit, row.months)
    return held is not None and held < dated(piece.spans, row.unit)


def _filled_first(piece: Piece) -> Doubt:
    args = (
        ("country", piece.country),
        ("certified", piece.period.certified),
        ("first", piece.spans[0].first),
        ("last", piece.spans[-1].last),
        ("place", piece.period.place),
    )
    return Doubt("convention", "years-filled-first", args)


def _undated_years(
    pieces: Sequence[Piece], row: Conversion, scheme: Scheme, doubts: list[Doubt]
) -> Fraction:
    """Return in how many calendar years undated time of a State must at least have lain."""
    whole = Fraction(0)
    for piece in pieces:
        certified = piece.period.certified
        held = in_calendar_unit(certified.number, certified.unit, Unit.YEAR) if certified else None
        if held is None:
            doubts.append(_unconvertible(piece, scheme))
            continue
        whole += held
        args = (
            ("country", piece.country),
            ("certified", certified),
            ("place", piece.period.place),
        )
        doubts.append(Doubt("convention", "undated-years", args))
    least = in_calendar_unit(row.count, row.unit, Unit.YEAR) if row.unit else None
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


def _by_ratio(group: Group, scheme: Scheme, doubts: list[Doubt]) -> Fraction:
    row = group.row
    if row.unit is None or row.gives_unit is None:
        return Fraction(0)
    match row.basis:
        case Basis.CALENDAR_YEAR:
            years, undated = years_of(group.pieces, row.unit, row.months)
            blocks = [_capped(_ratio(held, row), row.yearly_cap) for held in years.values()]
            blocks += [_ratio(measured(piece, row.unit, row.months), row) for piece in undated]
        case Basis.PERIOD:
            blocks = [_ratio(measured(piece, row.unit, row.months), row) for piece in group.pieces]
        case _:
            by_certificate, spans = _measured_apart(group.pieces, row.unit)
            parts = [measured(piece, row.unit, row.months) for piece in by_certificate]
            by_dates = dated(spans, row.unit, row.months)
            sure = sum((part for part in parts if part is not None), by_dates)
            years_spanned = calendar_years(group.pieces)
            cap = row.yearly_cap * years_spanned if row.yearly_cap and years_spanned else None
            blocks = [_capped(_ratio(sure, row), cap)]
    for piece in group.pieces:
        if measured(piece, row.unit, row.months) is None:
            doubts.append(_unconvertible(piece, scheme))
    number = sum(blocks, Fraction(0))
    given = in_calendar_unit(number, row.gives_unit, scheme.unit)
    return _given(given, number, row, scheme, doubts)


def _ratio(number: Fraction | None, row: Conversion) -> Fraction:
    return settle(number * row.gives / row.count, row.remainder) if number else Fraction(0)


def _capped(number: Fraction, cap: Fraction | None) -> Fraction:
    return number if cap is None else min(number, cap)


def _by_table(
    group: Group,
    scheme: Scheme,
    rules: ConversionRules | None,
    held: Held,
    doubts: list[Doubt],
    schemes: Mapping[str, Scheme],
) -> tuple[Fraction, list[Span]]:
    """Convert by the table of 987/2009, art. 13: one operation, the remainder always up.

    One operation for each calendar year where all was notified year by year, else one for the
    whole (art. 13(3)).
    """
    certified = [piece for piece in group.pieces if piece.period.certified is not None]
    spans = [
        span for piece in group.pieces if piece.period.certified is None for span in piece.spans
    ]
    total = Fraction(0)
    for block in _notified(certified):
        total += _table_block(block, scheme, rules, held, doubts, schemes)
    return total, spans


def _notified(certified: list[Piece]) -> list[list[Piece]]:
    """Return the pieces in the blocks they were notified in: by calendar year, or all together.

    Time was notified year by year where every period lies in one calendar year, and one of them
    is a whole year or goes on at the turn of the year.
    """
    dates = [span for piece in certified if (span := piece.period.shortest) is not None]
    begun = {span.first for span in dates}
    by_years = len(dates) == len(certified) and all(s.first.year == s.last.year for s in dates)
    cut_at_years = any(
        span == calendar_year(span.first.year)
        or (span.last.month == 12 and calendar_year(span.last.year + 1).first in begun)
        for span in dates
    )
    if not by_years or not cut_at_years:
        return [certified] if certified else []
    years: dict[int, list[Piece]] = {}
    for piece, span in zip(certified, dates, strict=True):
        years.setdefault(span.first.year, []).append(piece)
    return [years[year] for year in sorted(years)]


def room_in(
    years: Collection[int], scheme: Scheme, rules: ConversionRules | None, held: Held
) -> Fraction | None:
    """Return the whole units that calendar years have room for; ``None`` without a ceiling.

    All periods of a calendar year together give at most what the table says (987/2009,
    art. 13(2)): the scheme's own time and that of other States in the year take their part.
    """
    table = rules.table if rules else ()
    ceiling = year_ceiling(scheme.unit, scheme.counting.days_per_week, table)
    if ceiling is None:
        return None
    return held.free(years, ceiling)


def _table_block(
    block: Sequence[Piece],
    scheme: Scheme,
    rules: ConversionRules | None,
    held: Held,
    doubts: list[Doubt],
    schemes: Mapping[str, Scheme],
) -> Fraction:
    """Convert one block: the time that lies in known years, bounded by them, and the rest.

    Calendar years that are full where they were completed are full here (art. 13(2)).
    """
    table = rules.table if rules else ()
    lying = elsewhere = full = Fraction(0)
    spans: list[Span] = []
    known: list[tuple[Piece, Fraction]] = []
    for piece in block:
        converted = _by_day_rows(piece, scheme, rules, doubts)
        if converted is None:
            doubts.append(_unconvertible(piece, scheme))
        elif piece.spans:
            lying += converted
            full += _full_years(piece, table, schemes)
            spans.extend(piece.spans)
            known.append((piece, converted))
        else:
            elsewhere += converted
    years = {year for span in spans for year in range(span.first.year, span.last.year + 1)}
    ceiling = year_ceiling(scheme.unit, scheme.counting.days_per_week, table)
    room = room_in(years, scheme, rules, held)
    if years and ceiling is not None and room is not None:
        before = lying
        if full >= len(years):
            lying = max(lying, ceiling * len(years))
        lying = min(lying, room)
        _hold(known, lying / before if before else Fraction(0), held)
    return settle(lying + elsewhere, Remainder.UP)


def _hold(known: Sequence[tuple[Piece, Fraction]], kept: Fraction, held: Held) -> None:
    """Add to the years what pieces give of which it is known in which years they lie."""
    for piece, converted in known:
        if placed(piece.period):
            held.add(converted * kept, piece.spans)


def _by_day_rows(
    piece: Piece, scheme: Scheme, rules: ConversionRules | None, doubts: list[Doubt]
) -> Fraction | None:
    certified = piece.period.certified
    if certified is None:
        return None
    if certified.unit is Unit.DAY and certified.days_per_week is None:
        doubts.append(
            Doubt(
                "convention",
                "day-type-not-declared",
                (("country", piece.country), ("place", piece.period.place)),
            )
        )
    table = rules.table if rules else ()
    through = rules.week_month_row if rules else None
    converted = table_conversion(
        certified, scheme.unit, scheme.counting.days_per_week, table, through
    )
    return None if converted is None else converted * piece.share


def _full_years(piece: Piece, table: Sequence[DayRow], schemes: Mapping[str, Scheme]) -> Fraction:
    """Return how many times a piece fills the most that a calendar year gives in its own unit.

    Where its own law gives less for a whole year (300 days) that is full.
    """
    certified = piece.period.certified
    most = year_ceiling(certified.unit, certified.days_per_week, table) if certified else None
    if certified is None or not most:
        return Fraction(0)
    own = next((s for s in schemes.values() if belongs(piece.period, s)), None)
    if own is not None and own.unit is certified.unit and own.counting.yearly_cap is not None:
        most = min(most, own.counting.yearly_cap)
    return certified.number * piece.share / most
