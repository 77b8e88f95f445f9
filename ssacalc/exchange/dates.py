"""Days as people remember them, read as the bounds within which they certainly lie.

- ``1994`` or ``1994-03``: some day of that year or month.
- ``spring 1994``: 1 March to 31 May; ``summer``: 1 June to 31 August; ``autumn``: 1 September to
  30 November. ``winter 1994/95``: 1 December 1994 to the end of February 1995. ``winter 1994``
  alone may mean either end of the year: 1 January 1994 to the end of February 1995. These are
  the seasons of the north; for a State south of the equator they are refused.
- ``about`` before any of these: one month more at either end. A month before the 31st is the last
  day of the shorter month.
- ``{ earliest = 1994-03-01, latest = 1994-05-31 }``: these bounds.
"""

import re
from calendar import monthrange
from datetime import date

from ssacalc.domain.case import UncertainDate
from ssacalc.models import refused, to_day

FIRST_YEAR, LAST_YEAR = 1850, 2200
"""Years in which a person of any case can have lived."""

_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9}
_FORM = re.compile(
    r"(?P<about>about )?"
    r"(?:(?P<season>spring|summer|autumn|fall|winter) )?"
    r"(?P<year>\d{4})"
    r"(?:/(?P<next>\d{2}|\d{4}))?(?:-(?P<month>\d{2}))?(?:-(?P<day>\d{2}))?",
    re.ASCII,
)
_REMEDY = (
    'Write it as 1994-03-15, "1994-03", "1994", "spring 1994", "about 1994-03-15"'
    " or { earliest = 1994-03-01, latest = 1994-05-31 }."
)


def uncertain_date(given: object) -> UncertainDate:
    """Return the bounds of a day as stated in a file."""
    if isinstance(given, UncertainDate):
        return given
    if isinstance(given, dict):
        return _stated(given)
    if isinstance(given, int) and not isinstance(given, bool):
        given = f"{given:04d}"
    if isinstance(given, str):
        return _within_years(_worded(" ".join(given.casefold().split())))
    day = to_day(given)
    return _within_years(UncertainDate(day, day))


def names_season(given: object) -> bool:
    """Tell whether a day was stated by its season."""
    words = given.casefold().split() if isinstance(given, str) else ()
    return any(word in _SEASONS or word == "winter" for word in words)


def _stated(given: dict[object, object]) -> UncertainDate:
    if set(given) != {"earliest", "latest"}:
        raise refused("bounds need earliest and latest, and nothing else.", _REMEDY)
    bounds = UncertainDate(to_day(given["earliest"]), to_day(given["latest"]))
    if bounds.latest < bounds.earliest:
        raise refused("the latest day lies before the earliest.", "Exchange the two.")
    return _within_years(bounds)


def _worded(words: str) -> UncertainDate:
    form = _FORM.fullmatch(words)
    if form is None:
        raise refused("this is not a day.", _REMEDY)
    if not FIRST_YEAR <= int(form["year"]) <= LAST_YEAR:
        raise _beyond()
    first, last = _season(form) if form["season"] else _calendar(form)
    if form["about"]:
        first, last = _months_on(first, -1), _months_on(last, 1)
    return UncertainDate(first, last)


def _season(form: re.Match[str]) -> tuple[date, date]:
    year = int(form["year"])
    if form["month"] or (form["next"] and form["season"] != "winter"):
        raise refused("a season is named with its year alone.", _REMEDY)
    if form["season"] != "winter":
        month = _SEASONS[form["season"]]
        return date(year, month, 1), _month_end(year, month + 2)
    if form["next"] is None:
        return date(year, 1, 1), _month_end(year + 1, 2)
    if int(form["next"]) % 100 != (year + 1) % 100:
        raise refused("a winter ends in the year after it began.", 'Write "winter 1994/95".')
    return date(year, 12, 1), _month_end(year + 1, 2)


def _calendar(form: re.Match[str]) -> tuple[date, date]:
    year, month = int(form["year"]), int(form["month"] or 0)
    if form["next"]:
        raise refused("this is not a day.", _REMEDY)
    if form["month"] is None:
        return date(year, 1, 1), date(year, 12, 31)
    if not 1 <= month <= 12:
        raise refused("the calendar has no such month.", "Correct the month.")
    if form["day"] is None:
        return date(year, month, 1), _month_end(year, month)
    day = to_day(f"{form['year']}-{form['month']}-{form['day']}")
    return day, day


def _month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _months_on(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if day == _month_end(day.year, day.month):
        return _month_end(year, month + 1)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _within_years(bounds: UncertainDate) -> UncertainDate:
    if bounds.earliest.year < FIRST_YEAR - 1 or bounds.latest.year > LAST_YEAR + 1:
        raise _beyond()
    return bounds


def _beyond() -> Exception:
    return refused("this year is beyond any career.", "Correct the year.")
