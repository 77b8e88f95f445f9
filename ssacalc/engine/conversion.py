"""Foreign time made time of a scheme, by the rows of the instrument's conversion clause (T03)."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction

from ssacalc.domain.agreement import Clause
from ssacalc.domain.determination import Doubt
from ssacalc.domain.rules import Conversion, ConversionKind, ConversionRules
from ssacalc.domain.scheme import Scheme
from ssacalc.domain.spans import Span
from ssacalc.domain.trace import Citation, Step
from ssacalc.domain.units import Duration
from ssacalc.engine.conversion_rows import Group, convert, years_of
from ssacalc.engine.counting import (
    NATURAL_UNIT,
    bounded,
    by_calendar_year,
    count,
    in_calendar_unit,
)
from ssacalc.engine.crediting import Time
from ssacalc.engine.overlaps import Piece

IDENTITY = Conversion("*", ConversionKind.SAME)
"""Where no conversion clause is coded: units that need no conversion are added as they are."""
UNNAMED = Conversion("", ConversionKind.NONE)
"""Time that no row of a coded clause names is not counted, and that is said."""


def foreign_time(
    scheme: Scheme,
    own: Time,
    pieces: Sequence[Piece],
    clause: Clause | None,
    schemes: dict[str, Scheme],
    *,
    own_pieces: Sequence[Piece] = (),
    born: date | None = None,
) -> Time:
    """Return the foreign time in the scheme's unit.

    Each row is one operation with one treatment of the remainder. Dated pieces that count "as if
    completed here" are counted jointly with the scheme's own dated periods, so that a month
    shared by two States is one month, and within the years of life that the scheme counts. A
    calendar year credited whole holds no more than a year with the scheme's own time in it.
    """
    rules = clause.rule if clause and isinstance(clause.rule, ConversionRules) else None
    law = (clause.law,) if clause else ()
    steps: list[Step] = []
    doubts: list[Doubt] = []
    units = Fraction(0)
    joint: list[Span] = []
    by_years = rules and any(r.kind is ConversionKind.YEAR_CONTAINING for r in rules.rows)
    held = years_of(own_pieces, scheme.unit)[0] if by_years else {}
    ages = replace(scheme.counting, counted_from=None)
    if clause is None and pieces:
        doubts.append(Doubt("missing", "conversion-not-coded", (("scheme", scheme.title),)))
    for group in _groups(pieces, rules, schemes):
        if group.row.kind is ConversionKind.NONE:
            steps.append(_not_counted(group, law))
            if group.row is UNNAMED:
                doubts.append(_unnamed(group, law))
            continue
        left_out = _creditable_years(group.row.unless, pieces, schemes)
        converted, dated = convert(group, scheme, rules, left_out, held, doubts)
        if born is not None:
            dated = list(bounded(dated, ages, born))
        if dated:
            converted += _counted_jointly(scheme, (*own.spans, *joint), dated)
            joint.extend(dated)
        units += converted
        steps.append(_group_step(group, scheme, converted, dated, law))
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
) -> Iterable[Group]:
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
        yield Group(row, tuple(piece for piece in bounded if piece.share > 0))


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


def _counted_jointly(scheme: Scheme, before: Sequence[Span], foreign: Sequence[Span]) -> Fraction:
    """Return what foreign spans add to the spans counted before them."""
    alone = count(before, scheme.counting) if before else Fraction(0)
    gained = count((*before, *foreign), scheme.counting) - alone
    unit = NATURAL_UNIT[scheme.counting.kind]
    return in_calendar_unit(gained, unit, scheme.unit) or gained


def _group_step(
    group: Group,
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


def _unnamed(group: Group, law: tuple[Citation, ...]) -> Doubt:
    countries = ", ".join(dict.fromkeys(piece.country for piece in group.pieces))
    args = (("countries", countries), ("periods", len(group.pieces)))
    return Doubt("missing", "foreign-not-named", args, law)


def _not_counted(group: Group, law: tuple[Citation, ...]) -> Step:
    countries = ", ".join(dict.fromkeys(piece.country for piece in group.pieces))
    args = (("countries", countries), ("periods", len(group.pieces)))
    return Step("conversion", 0, "foreign-not-counted", args, law)
