"""A scheme's formula applied to a career: one step for each building block.

The same call with own time gives the independent amount and with all time the theoretical
amount: one national formula, used twice.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from ssacalc.domain import blocks as b
from ssacalc.domain.errors import MissingFigure, Problem
from ssacalc.domain.scheme import Scheme
from ssacalc.domain.trace import Step
from ssacalc.engine.career import Career
from ssacalc.engine.counting import months_between
from ssacalc.engine.formulas import arithmetic
from ssacalc.engine.formulas import earnings as reference
from ssacalc.engine.formulas.contributory import period_average
from ssacalc.engine.formulas.earnings import Made
from ssacalc.engine.formulas.operands import Operands


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The blocks' results by name, and the residence or duration fraction where there is one."""

    currency: str
    values: dict[str, Fraction]
    steps: dict[str, Step]
    fraction: tuple[Fraction, Fraction] | None

    def amount(self, name: str) -> Step:
        """Return the step of a block."""
        return self.steps[name]


def evaluate(scheme: Scheme, career: Career) -> Evaluation:
    """Apply a scheme's blocks in order to a career.

    Raises :class:`MissingFigure` where a figure has no value on the day or a fact is not stated,
    and the amount or a part of it rests on that: what nothing asks for may be missing.
    """
    values = _facts(career)
    working = Operands(scheme, career, values, {"units": career.step})
    for block in scheme.blocks:
        try:
            made = _apply(block, working)
        except MissingFigure as missing:
            working.lacking[block.name] = missing
            continue
        value, args, key = made.value, made.args, made.key
        if block.rounding is not None:
            value = block.rounding(made.value)
            args = (*args, ("unrounded", made.value), ("rounding", block.rounding.name))
            if value != made.value and key in _WORDED_ROUNDED:
                key = f"{key}-rounded"
        args = (*args, ("result", value))
        law, used = (block.law, *made.law), working.used(*made.uses)
        working.values[block.name] = value
        working.steps[block.name] = Step(block.name, value, key, args, law, used)
    for wanted in (scheme.amount, *(name for _, name in scheme.parts)):
        if wanted in working.lacking:
            raise working.lacking[wanted]
    currency = scheme.currency.at(career.on).value
    return Evaluation(currency, working.values, working.steps, working.fraction)


_WORDED_ROUNDED = ("product", "sum", "quotient")
"""The messages that have a second form for a result brought to a step."""


def _facts(career: Career) -> dict[str, Fraction]:
    scale = career.units / career.own_units if career.own_units else Fraction(1)
    months = (career.on.year - career.born.year) * 12 + career.on.month - career.born.month
    calendar = months - 1
    months -= career.on.day < career.born.day
    facts = {
        "units": career.units,
        "own-units": career.own_units,
        "scale": scale,
        "age-months": Fraction(months),
        "age-in-calendar-months": Fraction(calendar),
        "claim-year": Fraction(career.on.year),
        "birth-year": Fraction(career.born.year),
    }
    event = career.event
    if event is not None:
        facts["event-year"] = Fraction(event.year)
        facts["age-months-at-event"] = Fraction(months_between(career.born, event))
    if career.sex in _WOMAN:
        facts["woman"] = _WOMAN[career.sex]
    return {name: value for name, value in facts.items() if name not in career.facts}


_WOMAN = {"F": Fraction(1), "M": Fraction(0)}


def _apply(block: b.FormulaBlock, w: Operands) -> Made:  # noqa: C901, PLR0911, PLR0912 - one arm for each block of the closed set
    match block:
        case b.Product():
            return Made(*arithmetic.product(block, w))
        case b.Sum():
            return Made(*arithmetic.summed(block, w))
        case b.Quotient():
            of, by = w.value(block.of), w.value(block.by)
            if not by:
                fault = f"{arithmetic.words(block.by)} is nought, and nothing can be divided by it."
                raise MissingFigure(w.scheme.title, (Problem(block.name, fault, "Check it."),))
            return Made(of / by, "quotient", (("of", of), ("by", by)), (block.of, block.by))
        case b.Greatest():
            value = max(w.value(o) for o in block.of)
            return Made(value, "greatest", arithmetic.listed(block.of, w), block.of)
        case b.Least():
            value = min(w.value(o) for o in block.of)
            return Made(value, "least", arithmetic.listed(block.of, w), block.of)
        case b.DurationFraction():
            return Made(*arithmetic.duration_fraction(block, w))
        case b.Band():
            return arithmetic.band(block, w)
        case b.Increment():
            return Made(*arithmetic.increment(block, w))
        case b.Brackets():
            return Made(*arithmetic.brackets(block, w))
        case b.AgeFactor():
            return Made(*arithmetic.age_factor(block, w))
        case b.Taper():
            return Made(*arithmetic.taper(block, w))
        case b.Choose():
            return Made(*arithmetic.choose(block, w))
        case b.Stated():
            return Made(*arithmetic.stated(block, w))
        case b.ReferenceEarnings():
            return reference.reference_earnings(block, w.scheme, w.career, w.value)
        case b.PeriodAverage():
            return period_average(block, w.scheme, w.career, w.value)
        case b.Weighted():
            return Made(*arithmetic.weighted(block, w))
        case b.Points():
            return _scaled(reference.points(block, w.scheme, w.career), w)
        case b.Account():
            return _scaled(reference.account(block, w.scheme, w.career, w.value), w)
        case b.PrimaryInsuranceAmount():
            fault = "this agreement's method cannot be applied to the scheme's formula."
            remedy = "Enter the amount that the institution computed."
            raise MissingFigure(w.scheme.title, (Problem(block.name, fault, remedy),))


def _scaled(made: Made, w: Operands) -> Made:
    return replace(made, value=made.value * w.values["scale"])


def with_facts(career: Career, facts: Mapping[str, Fraction]) -> Career:
    """Return the career with some stated facts replaced."""
    return replace(career, facts={**career.facts, **facts})


def with_units(career: Career, units: Fraction, step: Step) -> Career:
    """Return the career with other time, its own time and earnings unchanged."""
    return replace(career, units=units, step=step)
