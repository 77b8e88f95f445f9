"""Foreign time made time of a scheme, by the rows of the instrument's conversion clause (T03)."""

from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction
from itertools import pairwise
from operator import itemgetter

from ssacalc.domain.agreement import Clause
from ssacalc.domain.case import InsurancePeriod
from ssacalc.domain.determination import Doubt
from ssacalc.domain.rules import Conversion, ConversionKind, ConversionRules
from ssacalc.domain.scheme import Scheme
from ssacalc.domain.spans import Span, union, without
from ssacalc.domain.trace import Citation, Step
from ssacalc.domain.units import Duration, Remainder, Unit, settle
from ssacalc.engine.conversion_rows import Group, convert, room_in, takes
from ssacalc.engine.counting import (
    NATURAL_UNIT,
    Tally,
    anniversary,
    by_calendar_year,
    in_calendar_unit,
)
from ssacalc.engine.crediting import Time
from ssacalc.engine.measuring import Held, Lying
from ssacalc.engine.overlaps import Piece, whole
from ssacalc.engine.portions import part

IDENTITY = Conversion("*", ConversionKind.SAME)
"""Where no conversion clause is coded: units that need no conversion are added as they are."""
UNNAMED = Conversion("", ConversionKind.NONE)
"""Time that no row of a coded clause names is not counted, and that is said."""


def foreign_time(
    scheme: Scheme,
    tally: Tally,
    pieces: Sequence[Piece],
    clause: Clause | None,
    schemes: dict[str, Scheme],
    *,
    born: date | None,
    held: Held,
) -> Time:
    """Return the foreign time in the scheme's unit.

    Each row is one operation with one treatment of the remainder. Dated pieces that count "as if
    completed here" are counted jointly with the dated time in ``tally``, the scheme's own at
    first, so that a month shared by two States is one month. Time considered the scheme's own
    counts within the years of life that the scheme counts; periods of the Regulations count as
    they were notified. A calendar year holds no more than a year with the scheme's own time in
    it: ``held`` is what years hold already, and what is credited here is added to it.
    """
    rules = clause.rule if clause and isinstance(clause.rule, ConversionRules) else None
    law = (clause.law,) if clause else ()
    steps: list[Step] = []
    doubts: list[Doubt] = []
    units = Fraction(0)
    joint: list[Span] = []
    lying: list[Lying] = []
    if pieces and (clause is None or clause.option == "inconclusive"):
        told = (("scheme", scheme.title),)
        doubts.append(Doubt("missing", "conversion-not-coded", told, law))
    for group in _groups(pieces, rules, schemes, scheme, born):
        if group.row.kind is ConversionKind.NONE:
            steps.append(_not_counted(group, law))
            if group.row is UNNAMED:
                doubts.append(_unnamed(group, law))
            continue
        converted, dated = convert(group, scheme, rules, held, doubts, schemes)
        if converted:
            lying.append((converted, _days_of(group, dated)))
        if dated:
            gained = _counted_jointly(scheme, tally, dated)
            if group.row.kind is ConversionKind.TABLE:
                gained = _within_years(settle(gained, Remainder.UP), dated, scheme, rules, held)
            converted += gained
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
    return Time(units, tuple(joint), total, tuple(doubts), tuple(lying))


def _groups(
    pieces: Sequence[Piece],
    rules: ConversionRules | None,
    schemes: dict[str, Scheme],
    scheme: Scheme,
    born: date | None,
) -> Iterable[Group]:
    rows = rules.rows if rules else ()
    chosen: dict[tuple[object, ...], tuple[int, ...]] = {}
    by_row: dict[tuple[int, str], list[Piece]] = {}
    for piece in pieces:
        period = piece.period
        if not piece.spans and period.certified is None and period.shortest is None:
            continue
        unit = period.certified.unit if period.certified else None
        kind = (period.country, period.scheme, period.kind, unit)
        candidates = chosen.get(kind)
        if candidates is None:
            candidates = chosen[kind] = _rows_for(piece, rows, schemes)
        by_row.setdefault((candidates[0], period.country), []).append(piece)
        for index, left in _further(piece, candidates, rows):
            by_row.setdefault((index, period.country), []).append(left)
    for (index, _), grouped in sorted(by_row.items(), key=_BY_ROW):
        row = rows[index] if index < len(rows) else (UNNAMED if rows else IDENTITY)
        left_out = _creditable_years(row.unless, pieces, schemes)
        first, last = _bounds(row, scheme, born)
        if left_out or row.kind is ConversionKind.YEAR_CONTAINING or (first, last) != ALWAYS:
            counted = [_counting(piece, row, left_out, first, last) for piece in grouped]
        else:
            counted = grouped
        kept = tuple(piece for piece in counted if piece.share)
        if kept:
            yield Group(row, kept)


_BY_ROW = itemgetter(0)
ALWAYS = (date.min, date.max)


def _rows_for(
    piece: Piece, rows: Sequence[Conversion], schemes: dict[str, Scheme]
) -> tuple[int, ...]:
    """Return which rows convert a piece: those that fit it and take its unit, the first first.

    Where none takes its unit the first that fits; where none fits, the number after the last.
    """
    fitting = [n for n, row in enumerate(rows) if fits(row, piece.period, schemes)]
    taking = tuple(n for n in fitting if takes(rows[n], piece))
    return taking or tuple(fitting[:1]) or (len(rows),)


def _further(
    piece: Piece, candidates: Sequence[int], rows: Sequence[Conversion]
) -> Iterable[tuple[int, Piece]]:
    """Yield the days that a row leaves because of its dates, with the next row that takes them.

    A text may count a year of 1972 otherwise than one from 1973 on. Time without dates is left to
    the first row.
    """
    spans = piece.spans
    for index, following in pairwise(candidates):
        row = rows[index]
        if row.counted_from is None and row.counted_to is None:
            return
        window = Span(row.counted_from or ALWAYS[0], row.counted_to or ALWAYS[1])
        spans = tuple(left for span in spans for left in without(span, (window,)))
        if not spans:
            return
        yield (
            following,
            Piece(piece.period, spans, piece.share * part(piece.period, piece.spans, spans)),
        )


def _counting(
    piece: Piece, row: Conversion, left_out: frozenset[int], first: date, last: date
) -> Piece:
    """Return the part of a piece that a row lets count.

    Whether a calendar year contains enough time is asked of the whole period: the own time of
    that year then takes its room.
    """
    if row.kind is ConversionKind.YEAR_CONTAINING and piece.period.shortest is not None:
        piece = whole(piece.period)
    spans = [
        Span(max(span.first, first), min(span.last, last))
        for span in piece.spans
        if span.last >= first and span.first <= last
    ]
    if left_out:
        spans = [
            year
            for span in spans
            for year in by_calendar_year(span)
            if year.first.year not in left_out
        ]
    after = tuple(spans)
    if after == piece.spans or not piece.spans:
        return piece
    return Piece(piece.period, after, piece.share * part(piece.period, piece.spans, after))


def _bounds(row: Conversion, scheme: Scheme, born: date | None) -> tuple[date, date]:
    """Return the first and the last day that a row lets count.

    Periods converted by the table of the Regulations count as notified, whatever the age: they
    are aggregated without a question about their quality (Decision H6, 2011/C 45/04, point 2).
    """
    first, last = row.counted_from or ALWAYS[0], row.counted_to or ALWAYS[1]
    if born is None or row.kind is ConversionKind.TABLE:
        return first, last
    age = scheme.counting.since_age if row.since_age is None else row.since_age
    if age is not None:
        first = max(first, anniversary(born, age))
    if scheme.counting.until_age is not None:
        turned = anniversary(born, scheme.counting.until_age)
        last = min(last, date.fromordinal(turned.toordinal() - 1))
    return first, last


def fits(row: Conversion, period: InsurancePeriod, schemes: dict[str, Scheme]) -> bool:
    """Tell whether a row speaks of a period: of its kind, and of its scheme or State.

    A period that names no scheme belongs to the schemes of its State that count its kind.
    """
    if row.kinds and period.kind.value not in row.kinds:
        return False
    if row.source in ("*", period.country, period.scheme):
        return True
    stated = schemes.get(period.scheme) if period.scheme else None
    if stated is not None and stated.named == row.source:
        return True
    source = schemes.get(row.source)
    if period.scheme is not None or source is None:
        return False
    kinds = source.counting.kinds
    return source.country == period.country and (not kinds or period.kind.value in kinds)


def _creditable_years(
    unless: str | None, pieces: Sequence[Piece], schemes: dict[str, Scheme]
) -> frozenset[int]:
    """Return the calendar years that another row counts already."""
    if unless is None:
        return frozenset()
    row = Conversion(unless, ConversionKind.SAME)
    return frozenset(
        year.first.year
        for piece in pieces
        if fits(row, piece.period, schemes)
        for span in whole(piece.period).spans
        for year in by_calendar_year(span)
    )


def _days_of(group: Group, dated: Sequence[Span]) -> tuple[Span, ...]:
    """Return the days between which a group's converted time lies; none where one has no dates."""
    pieces = [piece for piece in group.pieces if not set(piece.spans) <= set(dated)]
    if any(not piece.spans for piece in group.pieces):
        return ()
    return union(span for piece in pieces for span in piece.spans)


def _counted_jointly(scheme: Scheme, tally: Tally, foreign: Sequence[Span]) -> Fraction:
    """Return what foreign spans add to the time counted before them."""
    before = tally.units
    tally.add(foreign)
    gained = tally.units - before
    unit = NATURAL_UNIT[scheme.counting.kind]
    return in_calendar_unit(gained, unit, scheme.unit) or gained


def _within_years(
    gained: Fraction,
    dated: Sequence[Span],
    scheme: Scheme,
    rules: ConversionRules | None,
    held: Held,
) -> Fraction:
    """Bound dated time by the room its calendar years have left (987/2009, art. 13(2)).

    Days counted as days are not converted, and every one of them counts.
    """
    years = {year for span in dated for year in range(span.first.year, span.last.year + 1)}
    room = None if scheme.unit is Unit.DAY else room_in(years, scheme, rules, held)
    held.add_dated(dated)
    return gained if room is None else min(gained, room)


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
