"""Quarters of coverage under United States law: own ones, and foreign time credited as such.

42 USC 413; 20 CFR 404.140 to 404.146, 404.1908; POMS GN 01703.100 and the sections on each
country. Foreign time becomes quarters by the row of the instrument's clause T03 and is placed in
the calendar: consecutively from the quarter a period begins, never after the one in which it
ends, never in a quarter of United States coverage.

A quarter is a number in one count through the years: ``year * 4 + (0 to 3)``.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import pairwise

from ssacalc.domain.case import InsurancePeriod
from ssacalc.domain.determination import Doubt
from ssacalc.domain.trace import Citation, Step
from ssacalc.domain.units import Duration, Unit
from ssacalc.engine.counting import in_calendar_unit
from ssacalc.engine.formulas.us_law import AMOUNTS, QUARTERS, UnitedStatesLaw

MONTHS_IN_QUARTER = 3


def quarter_of(day: date) -> int:
    """Return the quarter a day lies in.

    >>> quarter_of(date(1950, 6, 15)) - quarter_of(date(1950, 1, 1))
    1
    """
    return day.year * QUARTERS + (day.month - 1) // MONTHS_IN_QUARTER


@dataclass(frozen=True, slots=True)
class HomeQuarters:
    """Quarters of coverage in the United States.

    ``fixed`` are actual quarters (before 1978); ``floating`` are years since 1978 with how many
    quarters each has, which may lie anywhere in the year to the worker's advantage; ``undated``
    is how many more were certified without dates.
    """

    fixed: frozenset[int]
    floating: tuple[tuple[int, int], ...]
    undated: int = 0
    step: Step | None = None
    doubts: tuple[Doubt, ...] = ()

    @property
    def total(self) -> int:
        """All quarters of coverage."""
        return len(self.fixed) + sum(number for _, number in self.floating) + self.undated

    def by_year(self) -> dict[int, int]:
        """Return how many quarters each calendar year has."""
        years = dict(self.floating)
        for quarter in self.fixed:
            year = quarter // QUARTERS
            years[year] = years.get(year, 0) + 1
        return dict(sorted(years.items()))


def home_quarters(
    law: UnitedStatesLaw,
    periods: Sequence[InsurancePeriod],
    earnings: Mapping[int, int],
    until: date,
) -> HomeQuarters:
    """Return the quarters of coverage by periods under United States law and earnings in cents.

    Since 1978 a year's earnings give one quarter for each full amount, at most four
    (42 USC 413(a)(2)(A)(ii)); years before, and years without stated earnings, have the quarters
    certified, from the first quarter of each period's dates on. No quarter counts that begins
    after the quarter of ``until``: the claim, death or disability (20 CFR 404.146).

    A number certified without dates may be the sum of the very quarters that the earnings show:
    it counts only as far as it is larger than they are, and that is said.
    """
    last = quarter_of(until)
    fixed: set[int] = set()
    years: dict[int, set[int]] = {}
    undated = 0
    for period in periods:
        for quarter in _certified(period):
            year = quarter // QUARTERS
            if year < law.insured.flexible_from:
                fixed.add(quarter)
            else:
                years.setdefault(year, set()).add(quarter)
        undated += _undated(period)
    counts = {year: len(found) for year, found in years.items()}
    earned = _by_earnings(law, earnings)
    doubts = tuple(_differing(counts, earned))
    counts.update(earned)
    floating = tuple(
        (year, min(number, last - year * QUARTERS + 1))
        for year, number in sorted(counts.items())
        if number and year * QUARTERS <= last
    )
    kept = frozenset(quarter for quarter in fixed if quarter <= last)
    known = sum(number for year, number in floating if year in earned and year not in years)
    if undated and known:
        doubts = (*doubts, _perhaps_twice(undated, known))
        undated = max(undated - known, 0)
    step = _home_step(law, len(kept) + undated, floating)
    return HomeQuarters(kept, floating, undated, step, doubts)


def _differing(certified: Mapping[int, int], earned: Mapping[int, int]) -> Iterator[Doubt]:
    """Yield a doubt for each year certified with another number than its earnings give."""
    for year in sorted(set(certified) & set(earned)):
        if certified[year] != earned[year]:
            args = (("year", year), ("certified", certified[year]), ("earned", earned[year]))
            yield Doubt("fact", "us-quarters-differ", args)


def _perhaps_twice(undated: int, known: int) -> Doubt:
    args = (("undated", undated), ("known", known), ("more", max(undated - known, 0)))
    return Doubt("fact", "us-quarters-perhaps-twice", args)


def _by_earnings(law: UnitedStatesLaw, earnings: Mapping[int, int]) -> dict[int, int]:
    amounts = law.tables.amounts
    return {
        year: min(earned // amounts[year], QUARTERS)
        for year, earned in earnings.items()
        if year in amounts
    }


def _certified(period: InsurancePeriod) -> range:
    span = period.shortest
    if span is None:
        return range(0)
    first, last = quarter_of(span.first), quarter_of(span.last)
    number = _in_quarters(period)
    return range(first, last + 1 if number is None else min(first + number, last + 1))


def _undated(period: InsurancePeriod) -> int:
    return 0 if period.shortest is not None else _in_quarters(period) or 0


def _in_quarters(period: InsurancePeriod) -> int | None:
    certified = period.certified
    if certified is None:
        return None
    number = in_calendar_unit(certified.number, certified.unit, Unit.QUARTER)
    return None if number is None else int(number)


def _home_step(law: UnitedStatesLaw, certified: int, floating: tuple[tuple[int, int], ...]) -> Step:
    since = sum(number for _, number in floating)
    args = (
        ("quarters", Duration(Fraction(certified + since), Unit.QUARTER)),
        ("before", certified),
        ("since", since),
        ("flexible_from", law.insured.flexible_from),
    )
    last = floating[-1][0] if floating else 0
    cited = (*law.cite("quarters-flexible-from-year"), *law.cite_years(AMOUNTS, last))
    return Step("quarters_of_coverage", certified + since, "us-home-quarters", args, cited)


@dataclass(frozen=True, slots=True)
class Block:
    """Foreign time to be credited: so many quarters, and in which they can lie, in order.

    Quarters before ``not_before`` are passed over: a period that spans that day begins on it, and
    as many of its quarters are credited as fit until its end (POMS GN 01706.020 A). A block
    without ``candidates`` was certified without dates: its quarters count, but lie nowhere.
    """

    candidates: tuple[int, ...]
    number: int
    not_before: int = 0


@dataclass(frozen=True, slots=True)
class Credited:
    """The foreign quarters credited, in order, and how many more lie nowhere."""

    quarters: tuple[int, ...]
    unplaced: int
    backwards: bool
    step: Step

    @property
    def total(self) -> int:
        """All foreign quarters credited."""
        return len(self.quarters) + self.unplaced


def credit(
    blocks: Iterable[Block],
    home: HomeQuarters,
    *,
    needed: int | None = None,
    backwards: bool = False,
    law: tuple[Citation, ...] = (),
) -> Credited:
    """Place foreign quarters in the calendar, at most ``needed`` of them (``None`` = all).

    Each block takes quarters one after the other from its first (``backwards``: from its last),
    passing over those of United States coverage. A quarter that another block has taken counts
    once and is used up for both: a block does not skip ahead. In years since 1978 home quarters
    give way as long as foreign and home quarters together are at most four. The block that ends
    first is placed first, so that the most fit; the order of entry does not matter.
    """
    taken: set[int] = set()
    in_year: dict[int, int] = {}
    capacity = {year: QUARTERS - number for year, number in home.floating}
    unplaced = 0
    listed = list(blocks)
    for block in sorted(listed, key=lambda b: _order(b, backwards=backwards)):
        room = None if needed is None else needed - len(taken) - unplaced
        if not block.candidates:
            unplaced += block.number if room is None else min(block.number, room)
        else:
            _place(block, home.fixed, capacity, taken, in_year, room, backwards=backwards)
    quarters = tuple(sorted(taken))
    return Credited(
        quarters,
        unplaced,
        backwards,
        _credited_step(listed, home, quarters, unplaced, needed, law, backwards=backwards),
    )


def _order(block: Block, *, backwards: bool) -> tuple[int, ...]:
    if not block.candidates:
        return (1, 0, 0, block.number, 0)
    first, last = block.candidates[0], block.candidates[-1]
    if backwards:
        return (0, -first, -last, block.number, block.not_before)
    return (0, last, first, block.number, block.not_before)


def _place(
    block: Block,
    fixed: frozenset[int],
    capacity: Mapping[int, int],
    taken: set[int],
    in_year: dict[int, int],
    room: int | None,
    *,
    backwards: bool,
) -> None:
    left = block.number
    for quarter in reversed(block.candidates) if backwards else block.candidates:
        if left == 0 or room == 0:
            return
        year = quarter // QUARTERS
        if quarter < block.not_before:
            continue
        if quarter in taken:
            left -= 1
        elif quarter not in fixed and in_year.get(year, 0) < capacity.get(year, QUARTERS):
            taken.add(quarter)
            in_year[year] = in_year.get(year, 0) + 1
            left -= 1
            room = None if room is None else room - 1


def coincide(blocks: Sequence[Block]) -> bool:
    """Tell whether two blocks share more quarters than the one in which they may meet."""
    listed = sorted((b.candidates[0], b.candidates[-1]) for b in blocks if b.candidates)
    return any(first < before for (_, before), (first, _) in pairwise(listed))


def _credited_step(
    blocks: Sequence[Block],
    home: HomeQuarters,
    quarters: tuple[int, ...],
    unplaced: int,
    needed: int | None,
    law: tuple[Citation, ...],
    *,
    backwards: bool,
) -> Step:
    total = len(quarters) + unplaced
    args = (
        ("quarters", Duration(Fraction(total), Unit.QUARTER)),
        ("certified", sum(block.number for block in blocks)),
        ("needed", needed),
        ("pattern", "; ".join(f"{y} {p}" for y, p in pattern(home, quarters).items())),
    )
    way = "backwards" if backwards else "forwards"
    key = f"us-credited-{way}" if needed is None else f"us-credited-{way}-as-needed"
    return Step("credited_quarters", total, key, args, law)


def pattern(home: HomeQuarters, foreign: Iterable[int]) -> dict[int, str]:
    """Return each year's four quarters: C covered at home, F credited, N neither.

    Home quarters since 1978 are shown in the first quarters that are free.
    """
    placed = set(foreign)
    floating = dict(home.floating)
    years = {quarter // QUARTERS for quarter in (*placed, *home.fixed)} | set(floating)
    shown: dict[int, str] = {}
    for year in sorted(years):
        left = floating.get(year, 0)
        letters = ""
        for quarter in range(year * QUARTERS, year * QUARTERS + QUARTERS):
            if quarter in placed:
                letters += "F"
            elif quarter in home.fixed or left:
                letters += "C"
                left = max(left - 1, 0)
            else:
                letters += "N"
        shown[year] = letters
    return shown
