"""From certified and dated periods to time of one scheme: its own, and foreign time converted.

What an institution certified for its own scheme governs; dates are counted only where nothing
was certified. Where both were stated and differ, the difference is a doubt, never repaired.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from ssacalc.domain.case import InsurancePeriod
from ssacalc.domain.determination import Doubt
from ssacalc.domain.scheme import CountingKind, Maturity, Scheme
from ssacalc.domain.spans import Span, without
from ssacalc.domain.trace import Step
from ssacalc.domain.units import Duration, Unit, settle
from ssacalc.engine.counting import (
    DAYS_IN_WEEK,
    LONGEST_YEAR,
    NATURAL_UNIT,
    Tally,
    bounded,
    count,
    in_calendar_unit,
)
from ssacalc.engine.measuring import Held, Lying, in_unit_of
from ssacalc.engine.overlaps import Piece
from ssacalc.engine.portions import filled


@dataclass(frozen=True, slots=True)
class Time:
    """Time counted in a scheme's unit, with the dated spans it was counted from.

    ``lying`` are the durations that were certified or converted, each with the days it lies in.
    """

    units: Fraction
    spans: tuple[Span, ...]
    step: Step
    doubts: tuple[Doubt, ...] = ()
    lying: tuple[Lying, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether every period could be counted in the unit: else the time is a lower bound."""
        return all(doubt.key != "period-not-convertible" for doubt in self.doubts)


def belongs(period: InsurancePeriod, scheme: Scheme) -> bool:
    """Tell whether a period was completed under a scheme.

    The scheme named in the period decides; where none is named, the State and the kinds of
    period that the scheme counts. A name that the library does not know means a scheme of the
    period's own State: two States may have a scheme of that name.
    """
    if period.scheme is not None:
        unknown = scheme.maturity is Maturity.CERTIFIED_ONLY
        return scheme.meant_by(period.scheme) and not (unknown and period.country != scheme.country)
    if period.country != scheme.country:
        return False
    kinds = scheme.counting.kinds
    return not kinds or period.kind.value in kinds


def own_time(scheme: Scheme, pieces: Sequence[Piece], born: date) -> Time:
    """Return the scheme's own time, counted once over all its pieces.

    Certified durations in a unit the scheme can take are added as certified; all other pieces
    are counted by their dates, days already covered by a certified piece left out.
    """
    certified = Fraction(0)
    covered: list[Span] = []
    lying: list[Lying] = []
    dated: list[Span] = []
    steps: list[Step] = []
    doubts: list[Doubt] = []
    for piece in pieces:
        spans = bounded(piece.spans, scheme.counting, born)
        units = certified_units(piece, scheme)
        if units is None:
            units = part_of_dates(piece, spans, scheme)
        if units is not None:
            certified += units
            covered.extend(spans)
            lying.append((units, spans))
            doubts.extend(_disagreement(piece, spans, units, scheme))
        elif spans:
            dated.extend(spans)
        elif piece.period.certified is not None:
            doubts.append(_not_convertible(piece.period, scheme))
        steps.append(_piece_step(piece, units, spans))
    doubts.extend(_beyond_years(pieces, scheme))
    if covered:
        dated = [left for span in dated for left in without(span, covered)]
    counted = count(dated, scheme.counting) if dated else Fraction(0)
    from_dates = in_calendar_unit(counted, NATURAL_UNIT[scheme.counting.kind], scheme.unit)
    units = certified + (counted if from_dates is None else from_dates)
    step = Step(
        "own_periods",
        units,
        _counted_by(scheme) if dated else "own-as-certified",
        (
            ("units", Duration(units, scheme.unit)),
            ("week", scheme.counting.days_per_week or DAYS_IN_WEEK),
            ("periods", len(pieces)),
            ("scheme", scheme.title),
            ("remainder", scheme.counting.remainder.value),
            ("month_days", scheme.counting.month_days),
        ),
        (scheme.law,) if scheme.law else (),
        tuple(steps),
    )
    return Time(units, tuple(dated), step, tuple(doubts), tuple(lying))


def _counted_by(scheme: Scheme) -> str:
    """Return the message that says how dates are counted under a scheme."""
    counting = scheme.counting
    of_week = counting.days_per_week not in (None, DAYS_IN_WEEK)
    key = f"own-by-{counting.kind.value}"
    return f"{key}-of-week" if of_week and counting.kind is CountingKind.DAYS else key


def certified_units(piece: Piece, scheme: Scheme) -> Fraction | None:
    """Return a piece's certified duration in the scheme's unit; ``None`` where it has none.

    Months, quarters and years turn into one another by the calendar, weeks and days by the days
    of the week declared. Any other pair needs a conversion rule of an instrument.
    """
    certified = piece.period.certified
    if certified is None:
        return None
    number = certified.number * piece.share
    in_unit = in_calendar_unit(number, certified.unit, scheme.unit)
    if in_unit is not None:
        return in_unit
    week = certified.days_per_week or DAYS_IN_WEEK
    if (certified.unit, scheme.unit) == (Unit.WEEK, Unit.DAY):
        return number * (scheme.counting.days_per_week or DAYS_IN_WEEK)
    if (certified.unit, scheme.unit) == (Unit.DAY, Unit.WEEK):
        return number / week
    return None


def _beyond_years(pieces: Sequence[Piece], scheme: Scheme) -> Iterable[Doubt]:
    """Report the first calendar year for which more was certified than it holds."""
    certified = [piece for piece in pieces if in_unit_of(piece, scheme.unit)]
    if not certified:
        return
    most = in_calendar_unit(Fraction(1), Unit.YEAR, scheme.unit) or Fraction(
        LONGEST_YEAR[scheme.unit]
    )
    held = Held(certified, scheme)
    for year in held.years():
        if (number := held[year]) > most:
            args = (
                ("country", scheme.country),
                ("certified", Duration(number, scheme.unit)),
                ("year", str(year)),
            )
            yield Doubt("fact", "certified-beyond-year", args)
            return


def part_of_dates(piece: Piece, spans: Sequence[Span], scheme: Scheme) -> Fraction | None:
    """Return the part of its dates that a duration certified in another unit fills.

    ``None`` where there is none: no duration, no dates, or dates filled to the last day, which
    are counted as such.
    """
    part = filled(piece.period)
    if not spans or part == 1:
        return None
    counted = Tally(scheme.counting, spans).exact
    in_unit = in_calendar_unit(counted, NATURAL_UNIT[scheme.counting.kind], scheme.unit)
    return settle((counted if in_unit is None else in_unit) * part, scheme.counting.remainder)


def _piece_step(piece: Piece, units: Fraction | None, spans: tuple[Span, ...]) -> Step:
    period = piece.period
    span = period.shortest
    args = (
        ("country", period.country),
        ("kind", period.kind.value),
        ("first", span.first if span else None),
        ("last", span.last if span else None),
    )
    if units is not None and period.certified is not None:
        key = "period-certified" if span else "period-certified-undated"
        return Step("period", units, key, (*args, ("certified", period.certified)), (), ())
    days = sum(s.days for s in spans)
    key = "period-dated" if spans else "period-not-counted"
    return Step("period", days, key, (*args, ("days", days)), (), ())


def _not_convertible(period: InsurancePeriod, scheme: Scheme) -> Doubt:
    return Doubt(
        "missing",
        "period-not-convertible",
        (
            ("country", period.country),
            ("certified", period.certified),
            ("unit", scheme.unit.value),
            ("place", period.place),
        ),
    )


def _disagreement(
    piece: Piece, spans: tuple[Span, ...], units: Fraction, scheme: Scheme
) -> Iterable[Doubt]:
    """Report a certified duration that the period's dates cannot hold or fall far short of."""
    if not spans or piece.share != 1:
        return
    counted = count(spans, scheme.counting)
    by_dates = in_calendar_unit(counted, NATURAL_UNIT[scheme.counting.kind], scheme.unit)
    if by_dates is None or abs(by_dates - units) <= 1:
        return
    yield Doubt(
        "fact",
        "certified-differs-from-dates",
        (
            ("country", piece.country),
            ("first", spans[0].first),
            ("last", spans[-1].last),
            ("certified", piece.period.certified),
            ("by_dates", Duration(by_dates, scheme.unit)),
            ("place", piece.period.place),
        ),
    )
