"""The explanation that every value of a determination carries.

A :class:`Step` is a value with its working, its citations and the steps it used. The working is
a message key with arguments, never a finished sentence: screen, paper and JSON word the same
step from one catalogue, in the reader's language.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from ssacalc.domain.money import Money
from ssacalc.domain.units import Duration

Argument = str | int | Fraction | date | Money | Duration | bool | None


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a rule or figure stands.

    ``document`` names the instrument or law, ``article`` the place in it, ``source`` and
    ``address`` where its text was read. ``verified`` is true only where that text was read.
    """

    document: str
    article: str
    source: str = ""
    address: str = ""
    verified: bool = True

    def __str__(self) -> str:
        return f"{self.document}, {self.article}" if self.article else self.document


@dataclass(frozen=True, slots=True)
class Step:
    """A value and the reason for it.

    ``name`` is the concept (``own_periods``, ``theoretical_amount`` …), ``key`` the message that
    tells the working with ``args``; ``law`` the citations; ``uses`` the steps it rests on.
    """

    name: str
    value: Argument
    key: str
    args: tuple[tuple[str, Argument], ...] = ()
    law: tuple[Citation, ...] = ()
    uses: tuple["Step", ...] = ()


def walk(step: Step) -> Iterator[Step]:
    """Yield the steps used by ``step`` and then the step itself, each once, in reading order."""
    seen = {id(step)}
    waiting = [(step, iter(step.uses))]
    while waiting:
        current, uses = waiting[-1]
        for used in uses:
            if id(used) not in seen:
                seen.add(id(used))
                waiting.append((used, iter(used.uses)))
                break
        else:
            waiting.pop()
            yield current
