"""What blocks of a formula name: earlier results, figures of the scheme, facts of the career."""

from dataclasses import dataclass, field
from fractions import Fraction

from ssacalc.domain.errors import MissingFact, MissingFigure
from ssacalc.domain.money import Money
from ssacalc.domain.scheme import Scheme
from ssacalc.domain.trace import Argument, Step
from ssacalc.domain.units import Duration, Unit
from ssacalc.engine.career import Career


@dataclass(slots=True)
class Operands:
    """Values so far and their steps. Mutable, and never seen outside one evaluation."""

    scheme: Scheme
    career: Career
    values: dict[str, Fraction]
    steps: dict[str, Step]
    fraction: tuple[Fraction, Fraction] | None = None
    lacking: dict[str, MissingFigure] = field(default_factory=dict)

    def value(self, operand: str) -> Fraction:
        """Return an operand's value, looking up figures on first use."""
        found = self.values.get(operand)
        return self._looked_up(operand) if found is None else found

    def step(self, operand: str) -> Step | None:
        """Return the step behind an operand, where it has one."""
        self.value(operand)
        return self.steps.get(operand)

    def used(self, *operands: str | None) -> tuple[Step, ...]:
        """Return the steps behind operands."""
        found = (self.step(operand) for operand in operands if operand is not None)
        return tuple(step for step in found if step is not None)

    def _looked_up(self, operand: str) -> Fraction:
        if operand in self.lacking:
            raise self.lacking[operand]
        figure = self.scheme.figures.get(operand)
        if figure is not None:
            dated = figure.at(self.career.on, self.career.born)
            args: tuple[tuple[str, Argument], ...] = (
                ("value", _shown(dated.value, figure.unit, self)),
                ("since", dated.since),
            )
            key = "figure" if dated.since else "figure-undated"
            self.steps[operand] = Step(operand, dated.value, key, args, (dated.law,))
            self.values[operand] = dated.value
            return dated.value
        stated = self.career.facts.get(operand)
        if stated is None:
            raise MissingFact(self.scheme.title, operand, self.scheme.country)
        self.steps[operand] = Step(operand, stated, "fact-stated", (("value", stated),))
        self.values[operand] = stated
        return stated


def _shown(value: Fraction, unit: str, working: Operands) -> Argument:
    if unit == "money":
        currency = working.scheme.currency.at(working.career.on).value
        return Money(value, currency, working.scheme.per)
    return Duration(value, Unit(unit)) if unit in set(Unit) else value
