"""Figures of law: each value with its days in force, birth cohort, article and source."""

from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from ssacalc.domain.errors import MissingFigure, Problem
from ssacalc.domain.trace import Citation

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class DatedValue(Generic[T]):
    """One value of a figure.

    In force from ``since`` to ``until`` (both included; ``None`` = no bound known), for people
    born from ``born_since`` to ``born_until`` (``None`` = every birth date on that side).
    """

    value: T
    since: date | None
    until: date | None
    born_since: date | None
    born_until: date | None
    law: Citation

    def applies(self, on: date, born: date | None) -> bool:
        """Tell whether the value is in force on the day for a person so born."""
        if (self.since and on < self.since) or (self.until and on > self.until):
            return False
        if self.born_since is None and self.born_until is None:
            return True
        return (
            born is not None
            and (self.born_since is None or born >= self.born_since)
            and (self.born_until is None or born <= self.born_until)
        )


@dataclass(frozen=True, slots=True)
class Dated(Generic[T]):
    """A figure of law through time. It never answers with a neighbouring value."""

    name: str
    unit: str
    values: tuple[DatedValue[T], ...]

    def at(self, on: date, born: date | None = None) -> DatedValue[T]:
        """Return the value in force on a day for a person born on ``born``.

        Raises :class:`MissingFigure` where the data hold none.
        """
        for value in self.values:
            if value.applies(on, born):
                return value
        raise MissingFigure(f"{self.name}", (self._gap(on, born),))

    def _gap(self, on: date, born: date | None) -> Problem:
        first = min((v.since for v in self.values if v.since), default=None)
        if first and on < first:
            fault = f"no figure for {self.name} before {first}, asked for {on}"
        else:
            last = max((v.until for v in self.values if v.until), default=None)
            whom = f" for a person born {born}" if born else ""
            fault = f"no figure for {self.name} on {on}{whom}"
            if last and on > last:
                fault = f"no figure for {self.name} after {last}, asked for {on}"
        return Problem(self.name, fault, "Add the figure with its source to the scheme's file.")
