"""What a careful keeper of the law would ask about a scheme that loads without fault."""

import itertools
from collections.abc import Iterator
from datetime import date, timedelta
from typing import TypeVar

from ssacalc.domain.dated import Dated, DatedValue
from ssacalc.domain.errors import Problem
from ssacalc.domain.scheme import Scheme
from ssacalc.domain.trace import Citation

T = TypeVar("T")

SOON = timedelta(days=92)
"""How long before its last day a figure is said to run out."""

STALE_YEARS = 3
"""Years after which a scheme that nobody checked is said to be stale."""


def check_scheme(scheme: Scheme, on: date) -> tuple[Problem, ...]:
    """Return what to mend or to confirm in a scheme as seen on a day.

    Gaps between the dates of a figure, data whose text was not read, figures about to run out,
    schemes not checked for three years.
    """
    return (
        *_unchecked(scheme, on),
        *_dated(scheme, on),
        *_gaps_in_series(scheme),
        *_unread(scheme),
    )


def _unchecked(scheme: Scheme, on: date) -> Iterator[Problem]:
    if scheme.checked_on is None:
        yield Problem("checked", "nobody is known to have checked this scheme.", "Check it.")
    elif on.year - scheme.checked_on.year >= STALE_YEARS:
        told = f"last checked on {scheme.checked_on}, {STALE_YEARS} years ago or more."
        yield Problem("checked", told, "Check it against its sources.")


def _dated(scheme: Scheme, on: date) -> Iterator[Problem]:
    yield from _of_figure("currency", scheme.currency, on)
    for name, figure in scheme.figures.items():
        yield from _of_figure(f"figures {name}", figure, on)
    for name, table in scheme.tables.items():
        yield from _of_figure(f"tables {name}", table, on)


def _of_figure(place: str, figure: Dated[T], on: date) -> Iterator[Problem]:
    cohorts: dict[tuple[date | None, date | None], list[DatedValue[T]]] = {}
    for value in figure.values:
        cohorts.setdefault((value.born_since, value.born_until), []).append(value)
    ends: list[date] = []
    for values in cohorts.values():
        values.sort(key=lambda v: v.since or date.min)
        for before, after in itertools.pairwise(values):
            yield from _gap(place, before.until, after.since)
        ends.append(values[-1].until or date.max)
    if max(ends) < on + SOON:
        verb = "ran out" if max(ends) < on else "runs out"
        yield Problem(place, f"it {verb} on {max(ends)}.", "Add the next value with its source.")


def _gap(place: str, until: date | None, since: date | None) -> Iterator[Problem]:
    if until is not None and since is not None and until + timedelta(days=1) < since:
        told = f"nothing is said of {until + timedelta(days=1)} to {since - timedelta(days=1)}."
        yield Problem(place, told, "Add the value of that time with its source.")


def _gaps_in_series(scheme: Scheme) -> Iterator[Problem]:
    for name, series in scheme.series.items():
        missing = sorted(set(range(min(series), max(series) + 1)) - set(series))
        if missing:
            told = f"nothing is said of {', '.join(map(str, missing))}."
            yield Problem(f"series {name}", told, "Add the years with their source.")


def _unread(scheme: Scheme) -> Iterator[Problem]:
    for place, laws in _citations(scheme):
        unread = sum(not law.verified for law in laws)
        if unread:
            told = "its text" if len(laws) == 1 else f"the text of {unread} of {len(laws)} values"
            yield Problem(place, f"{told} was not read.", "Read it and note where.")


def _citations(scheme: Scheme) -> Iterator[tuple[str, list[Citation]]]:
    for name, figure in scheme.figures.items():
        yield f"figures {name}", [value.law for value in figure.values]
    for name, table in scheme.tables.items():
        yield f"tables {name}", [value.law for value in table.values]
    for name, law in scheme.series_law.items():
        yield f"series {name}", [law]
    for block in scheme.blocks:
        yield f"blocks {block.name}", [block.law]
    for number, condition in enumerate(scheme.conditions, 1):
        yield f"conditions[{number}] {condition.kind}", [condition.law]
    for number, rule in enumerate(scheme.abroad, 1):
        yield f"abroad[{number}]", [rule.law]
    for share in scheme.survivors:
        yield f"survivors {share.role}", [share.law]
