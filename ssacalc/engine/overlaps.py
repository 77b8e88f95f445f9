"""Which of two simultaneous periods counts, and by which paragraph.

Bilateral texts let the State's own time prevail: foreign time is added "provided that the periods
do not overlap". Reg. (EC) 987/2009, art. 12, ranks periods by their kind before that.
"""

from bisect import bisect_left, insort
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import accumulate
from operator import itemgetter

from ssacalc.domain.case import InsurancePeriod, PeriodFamily
from ssacalc.domain.rules import OverlapRule
from ssacalc.domain.spans import Span, union
from ssacalc.domain.trace import Citation, Step
from ssacalc.engine.counting import ONE_DAY, subtract
from ssacalc.engine.portions import days_in, filled, months_in, part, part_presumed


@dataclass(frozen=True, slots=True)
class Piece:
    """A period, the days of it that count, and the share of its certified duration they are.

    The share goes by calendar months; where 987/2009, art. 12(6), presumes that time does not
    overlap, it is as much of the duration as the days left can hold.
    """

    period: InsurancePeriod
    spans: tuple[Span, ...]
    share: Fraction = Fraction(1)

    @property
    def country(self) -> str:
        """The State under whose law the period was completed."""
        return self.period.country


@dataclass(frozen=True, slots=True)
class Resolved:
    """Own and foreign pieces after overlaps, the steps, and own voluntary time displaced."""

    own: tuple[Piece, ...]
    foreign: tuple[Piece, ...]
    steps: tuple[Step, ...]
    displaced_voluntary: tuple[InsurancePeriod, ...] = ()


def whole(period: InsurancePeriod) -> Piece:
    """Return a period with all its days."""
    span = period.shortest
    return Piece(period, (span,) if span else ())


class Simultaneous:
    """The periods of a case that share a day with one of another State, told apart once.

    What every period loses by rank is the same for each State that looks at the same periods.
    """

    def __init__(self, periods: Iterable[InsurancePeriod]) -> None:
        self._periods = tuple(periods)
        self._met = _meeting(self._periods)
        self._ranked: dict[frozenset[int], dict[int, Piece]] = {}

    def __contains__(self, period: InsurancePeriod) -> bool:
        """Tell whether a period of the case shares a day with another State's."""
        return id(period) in self._met

    def ranked(self, periods: Sequence[InsurancePeriod]) -> dict[int, Piece]:
        """Return, by ``id``, the periods that lose days to others by rank, without these days.

        Where a person was compulsorily insured is told by all periods of the same States, also by
        those of another scheme of a State, which are not among these.
        """
        among = frozenset(map(id, periods))
        if among not in self._ranked:
            states = {period.country for period in periods}
            losses = _ranked_losses(periods, (p for p in self._periods if p.country in states))
            lose = (period for period in periods if id(period) in losses)
            self._ranked[among] = {id(p): _cut(whole(p), losses[id(p)]) for p in lose}
        return self._ranked[among]


def _meeting(periods: Iterable[InsurancePeriod]) -> frozenset[int]:
    dated = [(span, period) for period in periods if (span := period.shortest) is not None]
    dated.sort(key=itemgetter(0))
    found: set[int] = set()
    reached: dict[str, date] = {}
    for span, period in dated:
        if any(day >= span.first for land, day in reached.items() if land != period.country):
            found.add(id(period))
        reached[period.country] = max(reached.get(period.country, span.last), span.last)
    begun: dict[str, date] = {}
    for span, period in reversed(dated):
        if any(day <= span.last for land, day in begun.items() if land != period.country):
            found.add(id(period))
        begun[period.country] = span.first
    return frozenset(found)


def resolve(
    own: Sequence[InsurancePeriod],
    foreign: Sequence[InsurancePeriod],
    rule: OverlapRule,
    law: tuple[Citation, ...],
    among: Simultaneous | None = None,
    *,
    presumed: bool = False,
    beside: Sequence[InsurancePeriod] = (),
) -> Resolved:
    """Return which days of each period count for the State whose ``own`` periods are given.

    Periods whose dates cannot be fixed are presumed not to overlap; so is, under the ranking
    rule (987/2009, art. 12(6)) or where it is ``presumed``, a certified duration that does not
    fill its dates. ``among`` are the simultaneous periods of all these and perhaps more; the
    others keep all their days. Periods ``beside`` these do not count, but take by rank the days
    that they would take if they did.
    """
    if among is None:
        among = Simultaneous((*own, *foreign, *beside))
    by_rank = rule is OverlapRule.RANKED
    presumed = presumed or by_rank
    ranked = among.ranked((*own, *foreign, *beside)) if by_rank else {}
    pieces = {id(p): ranked.get(id(p)) or whole(p) for p in (*own, *foreign)}
    mine = [pieces[id(period)] for period in own if period in among]
    theirs = [pieces[id(period)] for period in foreign if period in among]
    taken = union(
        _certain(mine, theirs) if presumed else (span for piece in mine for span in piece.spans)
    )
    tight = [piece for piece in theirs if not (presumed and _free_months(piece))]
    settled = _home_first(taken, tight, presumed=presumed)
    loose = [piece for piece in theirs if presumed and _free_months(piece)]
    apart = [_loose(piece, taken, settled) for piece in loose]
    pieces |= {id(piece.period): piece for piece in (*settled, *apart)}
    own_pieces = tuple(pieces[id(period)] for period in own)
    foreign_pieces = tuple(pieces[id(period)] for period in foreign)
    displaced = tuple(
        piece.period
        for piece in own_pieces
        if piece.share < 1 and piece.period.kind.family is PeriodFamily.VOLUNTARY
    )
    steps = tuple(
        _step(piece, law)
        for piece in (*own_pieces, *foreign_pieces)
        if piece.share < 1 or (piece.period in among and _shorter(piece))
    )
    return Resolved(own_pieces, foreign_pieces, steps, displaced if by_rank else ())


def _shorter(piece: Piece) -> bool:
    span = piece.period.shortest
    return span is not None and piece.spans != (span,) and days_in(piece.spans) < span.days


def _step(piece: Piece, law: tuple[Citation, ...]) -> Step:
    span = piece.period.shortest
    args = (
        ("country", piece.country),
        ("kind", piece.period.kind.value),
        ("first", span.first if span else None),
        ("last", span.last if span else None),
        ("before", span.days if span else 0),
        ("after", days_in(piece.spans)),
    )
    return Step("overlap", days_in(piece.spans), "overlap-cut", args, law)


def _order(period: InsurancePeriod) -> tuple[date, date, str, str, str]:
    span = period.shortest
    first, last = (span.first, span.last) if span else (date.max, date.max)
    return first, last, period.country, period.kind.value, period.scheme or ""


def _certain(own: Sequence[Piece], foreign: Sequence[Piece]) -> list[Span]:
    """Return own days, less those that a certified duration leaves free for foreign time.

    Two quarters certified between January and December leave six months in which foreign time
    does not overlap them: as many whole months are left, from the first foreign day on.
    """
    loose = [piece for piece in own if _free_months(piece)]
    certain = [span for piece in own if not _free_months(piece) for span in piece.spans]
    claimed = union(span for piece in foreign for span in piece.spans) if loose else ()
    for piece in loose:
        common = [c for s in piece.spans for f in claimed if (c := s.within(f)) is not None]
        free = _first_months(common, _free_months(piece))
        starts = [span.first for span in free]
        certain += [left for span in piece.spans for left in subtract(span, free, starts)]
    return certain


def _loose(piece: Piece, taken: Sequence[Span], others: Sequence[Piece]) -> Piece:
    """Return a piece whose duration does not fill its dates, beside own time and other States'.

    What is left of its days need only hold the duration; two such pieces do not displace one
    another.
    """
    blocked = union(
        (*taken, *(s for other in others if other.country != piece.country for s in other.spans))
    )
    return _cut(piece, blocked)


def _free_months(piece: Piece) -> int:
    """Return how many whole months a certified duration leaves free between its dates."""
    if piece.period.certified is None:
        return 0
    free = (1 - filled(piece.period)) * months_in(piece.spans)
    return free.numerator // free.denominator


def _first_months(spans: Sequence[Span], number: int) -> list[Span]:
    """Return the first days of ordered spans, together at most so many months."""
    kept: list[Span] = []
    left = Fraction(number)
    for span in spans:
        held = months_in((span,))
        days = span.days if held <= left else int(span.days * left / held)
        if days:
            kept.append(Span(span.first, date.fromordinal(span.first.toordinal() + days - 1)))
        left = max(left - held, Fraction(0))
    return kept


def _home_first(taken: Sequence[Span], foreign: Sequence[Piece], *, presumed: bool) -> list[Piece]:
    """Return the foreign days that are neither own ones nor another foreign State's.

    Span by span in order of their first days: the days from there to the last one counted for
    another State are all taken.
    """
    starts = [span.first for span in taken]
    order = sorted(
        ((span, number) for number, piece in enumerate(foreign) for span in piece.spans),
        key=lambda entry: (entry[0], _order(foreign[entry[1]].period)),
    )
    kept: dict[int, list[Span]] = {}
    reached: dict[str, date] = {}
    for span, number in order:
        country = foreign[number].country
        elsewhere = max((d for state, d in reached.items() if state != country), default=date.min)
        if elsewhere >= span.last:
            continue
        free = span if elsewhere < span.first else Span(elsewhere + ONE_DAY, span.last)
        left = subtract(free, taken, starts)
        if left:
            kept.setdefault(number, []).extend(left)
            reached[country] = max(reached.get(country, date.min), left[-1].last)
    return [
        _kept(piece, tuple(kept.get(number, ())), presumed=presumed)
        for number, piece in enumerate(foreign)
    ]


def _kept(piece: Piece, spans: tuple[Span, ...], *, presumed: bool) -> Piece:
    if spans == piece.spans or days_in(spans) == days_in(piece.spans):
        return piece
    share = piece.share * part(piece.period, piece.spans, spans)
    return Piece(
        piece.period, spans, part_presumed(piece.period, spans, share) if presumed else share
    )


def _cut(piece: Piece, lost: Iterable[Span]) -> Piece:
    """Return a piece without the days lost, as much of its duration presumed left as can be."""
    taken = union(lost)
    starts = [span.first for span in taken]
    kept = tuple(left for span in piece.spans for left in subtract(span, taken, starts))
    return _kept(piece, kept, presumed=True)


_RANK = {
    PeriodFamily.COMPULSORY: 2,
    PeriodFamily.RESIDENCE: 2,
    PeriodFamily.VOLUNTARY: 1,
    PeriodFamily.EQUIVALENT: 0,
}


def _ranked_losses(
    periods: Iterable[InsurancePeriod], known: Iterable[InsurancePeriod]
) -> dict[int, list[Span]]:
    """Return, by period, the days it loses to a period that ranks before it.

    987/2009, art. 12: compulsory time before voluntary (3), actual before equivalent (4), and of
    equivalent periods the one of the State where the person was last compulsorily insured before,
    failing that first after (5): that is told by all periods ``known``. Periods of one State do not
    displace one another here.
    """
    dated = sorted((p for p in periods if p.shortest), key=_order)
    compulsory = _Compulsory.of(known)
    losses: dict[int, list[Span]] = {}
    active: list[tuple[date, int, InsurancePeriod]] = []
    for number, period in enumerate(dated):
        span = period.shortest
        if span is None:
            continue
        active = [entry for entry in active if entry[0] >= span.first]
        for _, _, other in active:
            if other.country == period.country:
                continue
            loser = _loser(period, other, compulsory)
            common = span.within(other.shortest) if other.shortest else None
            if loser is not None and common is not None:
                losses.setdefault(id(loser), []).append(common)
        insort(active, (span.last, number, period))
    return losses


@dataclass(frozen=True, slots=True)
class _Compulsory:
    """The first days of all compulsory periods, each with its State, in order.

    Residence under a law that insures residents is compulsory (987/2009, art. 12(3)). ``latest``
    is the last day that any of them up to each one reaches, with its State.
    """

    begins: tuple[tuple[date, str], ...]
    latest: tuple[tuple[date, str], ...]

    @staticmethod
    def of(periods: Iterable[InsurancePeriod]) -> "_Compulsory":
        """Return the days of the compulsory periods among some."""
        spans = sorted(
            (span, p.country)
            for p in periods
            if _RANK[p.kind.family] == _RANK[PeriodFamily.COMPULSORY] and (span := p.shortest)
        )
        return _Compulsory(
            tuple((span.first, country) for span, country in spans),
            tuple(accumulate(((span.last, country) for span, country in spans), max)),
        )

    def near(self, day: date) -> str | None:
        """Return the State of the last compulsory time before a day, else of the first from it.

        Time that began before the day and goes on is compulsory time before it.
        """
        index = bisect_left(self.begins, (day, ""))
        if index:
            return self.latest[index - 1][1]
        return self.begins[0][1] if self.begins else None


def _loser(
    one: InsurancePeriod, other: InsurancePeriod, compulsory: _Compulsory
) -> InsurancePeriod | None:
    first, second = _RANK[one.kind.family], _RANK[other.kind.family]
    if first != second:
        return one if first < second else other
    if one.kind.family is not PeriodFamily.EQUIVALENT:
        return None
    a, b = one.shortest, other.shortest
    keeper = compulsory.near(max(a.first, b.first)) if a and b else None
    if keeper is None or keeper not in (one.country, other.country):
        return None
    return other if keeper == one.country else one
