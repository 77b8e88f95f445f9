"""Periods counted slowly, day by day, to tell whether the engine's counting is right.

Nothing here is taken from the engine: days are members of sets and every rule is applied to every
day. It knows dated periods; a certified one that fills whole calendar months is read by its dates.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from math import ceil, floor

from ssacalc.domain.case import InsurancePeriod, PeriodFamily
from ssacalc.domain.scheme import Counting, CountingKind
from ssacalc.domain.units import Remainder, Unit

DAY = timedelta(days=1)

UNIT = {
    CountingKind.DAYS: Unit.DAY,
    CountingKind.CALENDAR_WEEKS: Unit.WEEK,
    CountingKind.CALENDAR_MONTHS: Unit.MONTH,
    CountingKind.MONTHS_AND_DAYS: Unit.MONTH,
    CountingKind.CALENDAR_QUARTERS: Unit.QUARTER,
    CountingKind.CALENDAR_YEARS: Unit.YEAR,
}
FULL_YEAR = {Unit.DAY: 360, Unit.WEEK: 52, Unit.MONTH: 12, Unit.QUARTER: 4, Unit.YEAR: 1}
"""987/2009, art. 13(1)(b) and (2), for a scheme of seven days a week."""

Run = list[date]
"""Days that follow one another."""


def days_of(period: InsurancePeriod) -> Run:
    """Return every day of a period whose dates are known."""
    assert period.first is not None
    assert period.last is not None
    day, found = period.first.latest, []
    while day <= period.last.earliest:
        found.append(day)
        day += DAY
    return found


def runs(days: Iterable[date]) -> list[Run]:
    """Return days as runs of days that follow one another."""
    found: list[Run] = []
    for day in sorted(days):
        if found and found[-1][-1] + DAY == day:
            found[-1].append(day)
        else:
            found.append([day])
    return found


# Overlaps: 987/2009, art. 12


def rank(period: InsurancePeriod) -> int:
    """Compulsory insurance or residence before voluntary time, that before equivalent time."""
    match period.kind.family:
        case PeriodFamily.COMPULSORY | PeriodFamily.RESIDENCE:
            return 3
        case PeriodFamily.VOLUNTARY:
            return 2
        case PeriodFamily.EQUIVALENT:
            return 1


def keeper(held: Sequence[InsurancePeriod], begins: date) -> str | None:
    """Return where the person was last compulsorily insured before a day, else first from it.

    Art. 12(5). Of several States on the same last day the one whose insurance goes on longest.
    """
    compulsory = [p for p in held if rank(p) == 3]
    days = {day for p in compulsory for day in days_of(p)}
    before = [day for day in days if day < begins]
    if before:
        on = [p for p in compulsory if max(before) in days_of(p)]
        return max((days_of(p)[-1], p.country) for p in on)[1]
    if days:
        on = [p for p in compulsory if min(days) in days_of(p)]
        return min((days_of(p)[-1], p.country) for p in on)[1]
    return None


def displaces(
    one: InsurancePeriod, other: InsurancePeriod, held: Sequence[InsurancePeriod]
) -> bool:
    """Tell whether a period takes the days it shares with another State's: art. 12(3) to (5)."""
    if one.country == other.country:
        return False
    if rank(one) != rank(other):
        return rank(one) > rank(other)
    if rank(one) > 1:
        return False
    return keeper(held, max(days_of(one)[0], days_of(other)[0])) == one.country


@dataclass(frozen=True)
class Left:
    """The runs of days of each State that count for one of them."""

    own: list[Run]
    foreign: dict[str, list[Run]]

    @property
    def days(self) -> set[date]:
        """All days that count."""
        found = {day for run in self.own for day in run}
        return found | {day for of in self.foreign.values() for run in of for day in run}


def left(
    held: Sequence[InsurancePeriod],
    own: Sequence[InsurancePeriod],
    *,
    ranked: bool,
    states: Collection[str] | None = None,
) -> Left:
    """Return the days that count for a State, each for one State only.

    ``states`` (``None`` = all) are the other States whose days count; all take part in the ranking.
    ``own`` are its periods in the scheme asked for. By rank first, where the text ranks; then
    own days before foreign ones, and of two other States the one whose time begins first.
    """
    home = own[0].country if own else ""
    mine = {id(p) for p in own}
    looked_at = [p for p in held if p.country != home or id(p) in mine]
    kept: dict[int, set[date]] = {id(p): set(days_of(p)) for p in looked_at}
    if ranked:
        for one in looked_at:
            for other in looked_at:
                if set(days_of(one)) & set(days_of(other)) and displaces(one, other, held):
                    kept[id(other)] -= set(days_of(one))
    own_runs = [run for p in own for run in runs(kept[id(p)])]
    taken = {day: home for run in own_runs for day in run}
    counting = {p.country for p in held if states is None or p.country in states} - {home}
    foreign: dict[str, list[Run]] = {country: [] for country in counting}
    waiting = sorted(
        (run[0], run[-1], *_order(p), number)
        for number, p in enumerate(looked_at)
        if p.country in counting
        for run in runs(kept[id(p)])
    )
    for first, last, *_, number in waiting:
        country = looked_at[number].country
        run = [date.fromordinal(n) for n in range(first.toordinal(), last.toordinal() + 1)]
        free = [day for day in run if taken.get(day, country) == country]
        taken |= dict.fromkeys(free, country)
        foreign[country] += runs(free)
    return Left(own_runs, foreign)


def _order(period: InsurancePeriod) -> tuple[date, date, str, str, str]:
    days = days_of(period)
    return days[0], days[-1], period.country, period.kind.value, period.scheme or ""


# Counting


def month_days(run: Run) -> tuple[int, int]:
    """Return the whole months from date to date in a run, and the odd days."""
    first, after = run[0], run[-1] + DAY
    months = 0
    while _nth_month(first, months + 1) <= after:
        months += 1
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    day = first.day
    while True:
        try:
            return months, (after - date(year, month + 1, day)).days
        except ValueError:
            day -= 1


def _nth_month(first: date, months: int) -> date:
    """Return the same day so many months later; where there is none, the first after it."""
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    try:
        return date(year, month + 1, first.day)
    except ValueError:
        return date(year, month + 2, 1)


def exact(stated: Iterable[Run], counting: Counting) -> Fraction:
    """Return the units that runs of days hold, before what is left over is settled.

    Days that follow one another are one run, however many periods state them.
    """
    counted = {day for run in stated for day in run}
    match counting.kind:
        case CountingKind.DAYS:
            return Fraction(len(counted))
        case CountingKind.CALENDAR_WEEKS:
            return Fraction(len(counted), 7)
        case CountingKind.CALENDAR_MONTHS:
            return Fraction(len({(d.year, d.month) for d in counted}))
        case CountingKind.CALENDAR_QUARTERS:
            return Fraction(len({(d.year, (d.month - 1) // 3) for d in counted}))
        case CountingKind.CALENDAR_YEARS:
            return Fraction(len({d.year for d in counted}))
        case CountingKind.MONTHS_AND_DAYS:
            found = [month_days(run) for run in runs(counted)]
            odd = Fraction(sum(days for _, days in found), counting.month_days)
            return sum(months for months, _ in found) + odd


def units(stated: Iterable[Run], counting: Counting) -> Fraction:
    """Return the units that runs of days hold, what is left over settled once."""
    number = exact(stated, counting)
    match counting.remainder:
        case Remainder.UP:
            return Fraction(ceil(number))
        case Remainder.DOWN:
            return Fraction(floor(number))
        case Remainder.HALF_UP:
            return Fraction(floor(number + Fraction(1, 2)))
        case Remainder.EXACT:
            return number


@dataclass(frozen=True)
class Found:
    """What the slow counting finds for one scheme."""

    own: Fraction
    """Own time after overlaps: what the share is formed with."""
    alone: Fraction
    """Own time by national law."""
    total: Fraction
    """All States' time, before any ceiling of calendar years."""
    most: Fraction
    """The most that the ceilings of calendar years let it be."""


def found(
    held: Sequence[InsurancePeriod],
    own: Sequence[InsurancePeriod],
    counting: Counting,
    *,
    ranked: bool,
    states: Collection[str] | None = None,
) -> Found:
    """Count own and all time for one scheme, of other States that of ``states``."""
    stays = left(held, own, ranked=ranked, states=states)
    mine = units(stays.own, counting)
    every = [*stays.own, *(run for of in stays.foreign.values() for run in of)]
    return Found(
        mine,
        units([days_of(p) for p in own], counting),
        units(every, counting),
        mine + _room(stays, counting),
    )


def _room(stays: Left, counting: Counting) -> Fraction:
    """Return what the years of foreign time can still hold: 987/2009, art. 13(2)."""
    full = FULL_YEAR[UNIT[counting.kind]]
    years = {day.year for of in stays.foreign.values() for run in of for day in run}
    room = Fraction(0)
    for year in years:
        inside = {day for run in stays.own for day in run if day.year == year}
        room += max(full - exact(runs(inside), counting), Fraction(0))
    return room


def is_short(alone: Fraction, counting: Counting) -> bool:
    """Tell whether time is less than a year: 883/2004, art. 57(1)."""
    return alone < FULL_YEAR[UNIT[counting.kind]]
