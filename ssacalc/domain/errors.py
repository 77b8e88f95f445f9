"""What can go wrong because of somebody's data, told to that person.

Only two kinds of failure exist: data that somebody can mend, which raises one of the errors
below with every fault listed, and a bug of ours, which is any other exception. A person who is
not entitled is neither: that is a result.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault or doubt: where it is, what it is, and what to do about it."""

    place: str
    fault: str
    remedy: str = ""

    def __str__(self) -> str:
        told = f"{self.place}: {self.fault}" if self.place else self.fault
        return f"{told} {self.remedy}".rstrip()


class SsacalcError(Exception):
    """A failure whose text is fit to show to the person before the screen."""

    def __init__(self, subject: str, problems: tuple[Problem, ...]) -> None:
        self.subject = subject
        self.problems = problems
        super().__init__(subject, problems)

    def __str__(self) -> str:
        return "\n".join([self.subject, *(f"  - {problem}" for problem in self.problems)])


class InvalidCase(SsacalcError):
    """A case that cannot be read or determined as it stands."""


class InvalidLaw(SsacalcError):
    """A file of the law (an instrument, a scheme, a table) that cannot be used as it stands."""


class MissingFigure(SsacalcError):
    """The law's data hold no figure for the day or birth date asked for."""


class MissingFact(MissingFigure):
    """A formula asks for a number that the case does not state for a State."""

    def __init__(self, scheme: str, fact: str, country: str) -> None:
        fault = f"the case does not state {fact} for {country}."
        problem = Problem(fact, fault, "Add it under facts.")
        super().__init__(f"{scheme} needs a fact.", (problem,))
        self.fact = fact
        self.country = country
