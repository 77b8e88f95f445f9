"""Periods along the years, by State: a neutral layout that screen and paper draw."""

from datetime import date

from ssacalc.domain.case import Case, InsurancePeriod, PeriodFamily
from ssacalc.report.tree import Bar, Lane, Timeline
from ssacalc.report.wording import Wording


def timeline(case: Case, wording: Wording) -> Timeline | None:
    """Return the dated periods of a case in lanes, a State's simultaneous ones under each other.

    ``None`` where no period has dates.
    """
    countries = dict.fromkeys(period.country for period in case.periods)
    lanes = [lane for country in countries for lane in _lanes(case, country, wording)]
    if not lanes:
        return None
    bars = [bar for lane in lanes for bar in lane.bars]
    first = int(min(bar.start for bar in bars))
    last = int(max(_last_moment(bar) for bar in bars))
    return Timeline(
        wording.text("timeline"),
        first,
        last,
        tuple(lanes),
        wording.text("timeline-sure"),
        wording.text("timeline-voluntary"),
        wording.text("timeline-possible"),
    )


def _last_moment(bar: Bar) -> float:
    return max(bar.start, bar.end - 1e-6)


def _lanes(case: Case, country: str, wording: Wording) -> list[Lane]:
    bars = sorted(
        (
            bar
            for period in case.periods
            if period.country == country and (bar := _bar(period, wording))
        ),
        key=lambda bar: (bar.start, bar.end),
    )
    lanes: list[list[Bar]] = []
    for bar in bars:
        free = next((lane for lane in lanes if lane[-1].end <= bar.start), None)
        if free is None:
            lanes.append([bar])
        else:
            free.append(bar)
    name = wording.name("country", country)
    return [Lane("" if number else name, tuple(lane)) for number, lane in enumerate(lanes)]


def _bar(period: InsurancePeriod, wording: Wording) -> Bar | None:
    longest, shortest = period.longest, period.shortest
    if longest is None:
        return None
    start, end = moment(longest.first), moment(longest.last, after=True)
    return Bar(
        start=start,
        end=end,
        sure_start=moment(shortest.first) if shortest else start,
        sure_end=moment(shortest.last, after=True) if shortest else start,
        label=wording.name("kind", period.kind.value),
        voluntary=period.kind.family is PeriodFamily.VOLUNTARY,
    )


def moment(day: date, *, after: bool = False) -> float:
    """Return a day as a year and a part of it; ``after``: the end of the day.

    >>> moment(date(2020, 1, 1)), moment(date(2020, 12, 31), after=True)
    (2020.0, 2021.0)
    """
    start = date(day.year, 1, 1).toordinal()
    length = date(day.year, 12, 31).toordinal() - start + 1
    return day.year + (day.toordinal() - start + after) / length
