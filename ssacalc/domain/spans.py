"""Spans of days. Both ends belong to a span, everywhere in ssacalc."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple, Self


class _Ends(NamedTuple):
    first: date
    last: date


class Span(_Ends):
    """Days from ``first`` to ``last``, both included; in order of their first day.

    >>> Span(date(2020, 2, 1), date(2020, 2, 29)).days
    29
    """

    __slots__ = ()

    def __new__(cls, first: date, last: date) -> Self:
        """Return the span; raises :class:`ValueError` where it would end before it begins."""
        if last < first:
            msg = f"a span cannot end ({last}) before it begins ({first})"
            raise ValueError(msg)
        return tuple.__new__(cls, (first, last))

    @property
    def days(self) -> int:
        """The number of days, both ends counted."""
        return self.last.toordinal() - self.first.toordinal() + 1

    def meets(self, other: "Span") -> bool:
        """Tell whether the two spans have a day in common."""
        return self.first <= other.last and other.first <= self.last

    def within(self, other: "Span") -> "Span | None":
        """Return the days common to both, or ``None`` where there are none."""
        first, last = max(self.first, other.first), min(self.last, other.last)
        return Span(first, last) if first <= last else None


def calendar_year(year: int) -> Span:
    """Return the span of one calendar year."""
    return Span(date(year, 1, 1), date(year, 12, 31))


def union(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return the same days as disjoint spans in order, touching spans joined.

    >>> [s.days for s in union([Span(date(2020, 1, 1), date(2020, 1, 10)),
    ...                         Span(date(2020, 1, 11), date(2020, 1, 12))])]
    [12]
    """
    joined: list[Span] = []
    reached = 0
    for span in sorted(spans):
        if span.first.toordinal() > reached + 1 or not joined:
            joined.append(span)
            reached = span.last.toordinal()
        elif span.last.toordinal() > reached:
            joined[-1] = Span(joined[-1].first, span.last)
            reached = span.last.toordinal()
    return tuple(joined)


def without(span: Span, others: Iterable[Span]) -> tuple[Span, ...]:
    """Return the days of ``span`` that lie in none of ``others``.

    >>> year = Span(date(2020, 1, 1), date(2020, 12, 31))
    >>> [str(s.first) for s in without(year, [Span(date(2020, 2, 1), date(2020, 2, 29))])]
    ['2020-01-01', '2020-03-01']
    """
    left: list[Span] = []
    start = span.first.toordinal()
    for other in union(others):
        if not span.meets(other):
            continue
        if other.first.toordinal() > start:
            left.append(
                Span(date.fromordinal(start), date.fromordinal(other.first.toordinal() - 1))
            )
        start = max(start, other.last.toordinal() + 1)
    if start <= span.last.toordinal():
        left.append(Span(date.fromordinal(start), span.last))
    return tuple(left)
