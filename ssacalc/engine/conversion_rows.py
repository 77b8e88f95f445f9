"""One row of a conversion clause applied to the time of one State."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from ssacalc.domain.determination import Doubt
from ssacalc.domain.rules import Basis, Conversion, ConversionKind, ConversionRules, DayRow
from ssacalc.domain.scheme import Scheme
from ssacalc.domain.spans import Span, calendar_year, union
from ssacalc.domain.units import Duration, Remainder, Unit, settle
from ssacalc.engine.counting import by_calendar_year, in_calendar_unit
from ssacalc.engine.crediting import certified_units
from ssacalc.engine.day_table import table_conversion, year_ceiling
from ssacalc.engine.measuring import by_year, calendar_years, dated, dated_by_year, measured
from ssacalc.engine.overlaps import Piece


@dataclass(frozen=True, slots=True)
class Group:
    """The pieces of one State that one row of the clause converts."""

    row: Conversion
    pieces: tuple[Piece, ...]


def convert(
    group: Group,
    scheme: Scheme,
    rules: ConversionRules | None,
    left_out: frozenset[int],
    held: dict[int, Fraction],
    doubts: list[Doubt],
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
            return _by_table(group, scheme, rules, doubts)
        case ConversionKind.SAME | ConversionKind.NONE:
            return _as_own(group, scheme, left_out, doubts)


def _as_own(
    group: Group, scheme: Scheme, left_out: frozenset[int], doubts: list[Doubt]
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


def years_of(pieces: Sequence[Piece], unit: Unit) -> tuple[dict[int, Fraction], list[Piece]]:
    """Return time by calendar year, and the pieces that have no dates."""
    by_certificate, spans = _measured_apart(pieces, unit)
    years = dated_by_year(spans, unit)
    undated: list[Piece] = []
    for piece in by_certificate:
        held = by_year(piece, unit)
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
        certified = piece.period.certified
        usable = certified and in_calendar_unit(certified.number, certified.unit, unit) is not None
        if usable or not piece.spans:
            by_certificate.append(piece)
        else:
            spans.extend(piece.spans)
    return by_certificate, union(spans)


def _by_years_containing(
    group: Group, scheme: Scheme, held: dict[int, Fraction], doubts: list[Doubt]
) -> Fraction:
    """Credit each calendar year with enough time; never more than the year has room for."""
    row = group.row
    if row.unit is None or row.gives_unit is None:
        return Fraction(0)
    years, undated = years_of(group.pieces, row.unit)
    enough = [year for year, time in years.items() if time >= row.count]
    further = sum((_undated_years(p, row, scheme, doubts) for p in undated), Fraction(0))
    one = in_calendar_unit(row.gives, row.gives_unit, scheme.unit)
    if one is None:
        number = (len(enough) + further) * row.gives
        return _given(None, number, row, scheme, doubts)
    whole = in_calendar_unit(Fraction(1), Unit.YEAR, scheme.unit) or one
    total = further * one
    for year in enough:
        before = held.get(year, Fraction(0))
        credited = min(one, max(whole - before, Fraction(0)))
        held[year] = before + credited
        total += credited
    return total


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


def _by_ratio(group: Group, scheme: Scheme, doubts: list[Doubt]) -> Fraction:
    row = group.row
    if row.unit is None or row.gives_unit is None:
        return Fraction(0)
    match row.basis:
        case Basis.CALENDAR_YEAR:
            years, undated = years_of(group.pieces, row.unit)
            blocks = [_capped(_ratio(held, row), row.yearly_cap) for held in years.values()]
            blocks += [_ratio(measured(piece, row.unit), row) for piece in undated]
        case Basis.PERIOD:
            blocks = [_ratio(measured(piece, row.unit), row) for piece in group.pieces]
        case _:
            by_certificate, spans = _measured_apart(group.pieces, row.unit)
            parts = [measured(piece, row.unit) for piece in by_certificate]
            sure = sum((part for part in parts if part is not None), dated(spans, row.unit))
            years_spanned = calendar_years(group.pieces)
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


def _by_table(
    group: Group, scheme: Scheme, rules: ConversionRules | None, doubts: list[Doubt]
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
    years = calendar_years(block)
    ceiling = year_ceiling(scheme.unit, scheme.counting.days_per_week, table)
    rounded = settle(number, Remainder.UP)
    return min(rounded, ceiling * years) if ceiling is not None and years else rounded
