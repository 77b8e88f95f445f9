"""A scheme's formula applied to a career: one step for each building block.

The same call with own time gives the independent amount and with all time the theoretical
amount: one national formula, used twice.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

from ssacalc.domain import blocks as b
from ssacalc.domain.errors import MissingFigure, Problem
from ssacalc.domain.money import Money
from ssacalc.domain.scheme import Scheme
from ssacalc.domain.trace import Argument, Step
from ssacalc.domain.units import Duration, Unit, settle
from ssacalc.engine.career import Career
from ssacalc.engine.counting import in_calendar_unit, months_between
from ssacalc.engine.formulas import earnings as reference
from ssacalc.engine.formulas.contributory import period_average
from ssacalc.engine.formulas.earnings import Made


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


@dataclass(slots=True)
class _Working:
    """Results so far. Mutable, and never seen outside one evaluation."""

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
            problem = Problem(
                operand,
                f"the case does not state {operand} for {self.scheme.country}.",
                "Add it under facts.",
            )
            raise MissingFigure(f"{self.scheme.title} needs a fact.", (problem,))
        self.steps[operand] = Step(operand, stated, "fact-stated", (("value", stated),))
        self.values[operand] = stated
        return stated


def _shown(value: Fraction, unit: str, working: _Working) -> Argument:
    if unit == "money":
        currency = working.scheme.currency.at(working.career.on).value
        return Money(value, currency, working.scheme.per)
    return Duration(value, Unit(unit)) if unit in set(Unit) else value


def evaluate(scheme: Scheme, career: Career) -> Evaluation:
    """Apply a scheme's blocks in order to a career.

    Raises :class:`MissingFigure` where a figure has no value on the day or a fact is not stated,
    and the amount or a part of it rests on that: what nothing asks for may be missing.
    """
    values = _facts(career)
    working = _Working(scheme, career, values, {"units": career.step})
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


Applied = tuple[Fraction, str, tuple[tuple[str, Argument], ...], tuple[str | None, ...]]
"""A block's exact value, message key, arguments and the operands it used."""


def _apply(block: b.FormulaBlock, w: _Working) -> Made:  # noqa: C901, PLR0911, PLR0912 - one arm for each block of the closed set
    match block:
        case b.Product():
            return Made(*_product(block, w))
        case b.Sum():
            return Made(*_sum(block, w))
        case b.Quotient():
            of, by = w.value(block.of), w.value(block.by)
            if not by:
                fault = f"{_words(block.by)} is nought, and nothing can be divided by it."
                raise MissingFigure(w.scheme.title, (Problem(block.name, fault, "Check it."),))
            return Made(of / by, "quotient", (("of", of), ("by", by)), (block.of, block.by))
        case b.Greatest():
            value = max(w.value(o) for o in block.of)
            return Made(value, "greatest", _listed(block.of, w), block.of)
        case b.Least():
            value = min(w.value(o) for o in block.of)
            return Made(value, "least", _listed(block.of, w), block.of)
        case b.DurationFraction():
            return Made(*_duration_fraction(block, w))
        case b.Band():
            return _band(block, w)
        case b.Increment():
            return Made(*_increment(block, w))
        case b.Brackets():
            return Made(*_brackets(block, w))
        case b.AgeFactor():
            return Made(*_age_factor(block, w))
        case b.Taper():
            return Made(*_taper(block, w))
        case b.Choose():
            return Made(*_choose(block, w))
        case b.Stated():
            return Made(*_stated(block, w))
        case b.ReferenceEarnings():
            return reference.reference_earnings(block, w.scheme, w.career, w.value)
        case b.PeriodAverage():
            return period_average(block, w.scheme, w.career, w.value)
        case b.Weighted():
            return Made(*_weighted(block, w))
        case b.Points():
            return _scaled(reference.points(block, w.scheme, w.career), w)
        case b.Account():
            return _scaled(reference.account(block, w.scheme, w.career, w.value), w)
        case b.PrimaryInsuranceAmount():
            fault = "this agreement's method cannot be applied to the scheme's formula."
            remedy = "Enter the amount that the institution computed."
            raise MissingFigure(w.scheme.title, (Problem(block.name, fault, remedy),))


def _scaled(made: Made, w: _Working) -> Made:
    return replace(made, value=made.value * w.values["scale"])


def _choose(block: b.Choose, w: _Working) -> Applied:
    of, at_least = w.value(block.of), w.value(block.at_least)
    chosen = block.then if of >= at_least else block.otherwise
    args: tuple[tuple[str, Argument], ...] = (
        ("what", _words(block.of)),
        ("of", of),
        ("at_least", at_least),
        ("chosen", _words(chosen)),
    )
    key = "choose-reached" if of >= at_least else "choose-not-reached"
    return w.value(chosen), key, args, (block.of, block.at_least, chosen)


def _words(operand: str) -> str:
    """Write an operand's name as words."""
    return operand.replace("-", " ")


def _listed(operands: tuple[str, ...], w: _Working) -> tuple[tuple[str, Argument], ...]:
    shown = "; ".join(f"{_words(o)} {_plain(w.value(o))}" for o in operands)
    return (("listed", shown),)


def _plain(value: Fraction) -> str:
    for places in range(_MOST_PLACES + 1):
        if (value * 10**places).denominator == 1:
            return float_free(value, places)
    return float_free(value)


_MOST_PLACES = 8
"""The longest decimal that a working shows in full."""


def float_free(value: Fraction, places: int = 4) -> str:
    """Write a fraction with a few decimals for a working, by integer arithmetic.

    >>> float_free(Fraction(1, 3))
    '0.3333'
    """
    scaled = (2 * value.numerator * 10**places + value.denominator) // (2 * value.denominator)
    sign, scaled = ("-", -scaled) if scaled < 0 else ("", scaled)
    whole, part = divmod(scaled, 10**places)
    return f"{sign}{whole}.{part:0{places}d}".rstrip("0").rstrip(".")


def _product(block: b.Product, w: _Working) -> Applied:
    value = Fraction(1)
    for factor in block.factors:
        value *= w.value(factor)
    shown = " × ".join(_plain(w.value(f)) for f in block.factors)
    return value, "product", (("listed", shown),), block.factors


def _sum(block: b.Sum, w: _Working) -> Applied:
    value = sum((w.value(t) for t in block.terms), Fraction(0))
    value -= sum((w.value(t) for t in block.minus), Fraction(0))
    shown = " + ".join(_plain(w.value(t)) for t in block.terms)
    shown += "".join(f" − {_plain(w.value(t))}" for t in block.minus)
    return max(value, Fraction(0)), "sum", (("listed", shown),), (*block.terms, *block.minus)


def _weighted(block: b.Weighted, w: _Working) -> Applied:
    stated = [pair for pair in zip(block.of, block.by, strict=True) if pair[0] in w.career.facts]
    if not stated:
        if block.needed:
            wanted = ", ".join(block.of)
            fault = f"the case states none of these for {w.scheme.country}: {wanted}."
            problem = Problem(block.name, fault, "Add what applies under facts.")
            raise MissingFigure(f"{w.scheme.title} needs a fact.", (problem,))
        return Fraction(0), "weighted-none", (), ()
    shown = " + ".join(f"{_plain(w.value(of))} × {_plain(w.value(by))}" for of, by in stated)
    value = sum((w.value(of) * w.value(by) for of, by in stated), Fraction(0))
    used = tuple(operand for pair in stated for operand in pair)
    return value, "weighted", (("listed", shown),), used


def _duration_fraction(block: b.DurationFraction, w: _Working) -> Applied:
    units = w.value(block.of)
    in_unit = in_calendar_unit(units, w.career.unit, block.unit)
    if in_unit is None:
        problem = Problem(block.name, f"{w.career.unit.value}s are not whole {block.unit.value}s.")
        raise MissingFigure(f"{w.scheme.title} counts in another unit.", (problem,))
    full = w.value(block.full)
    counted = min(settle(in_unit, block.remainder), full)
    if block.minimum is not None and counted < w.value(block.minimum):
        counted = Fraction(0)
    w.fraction = (counted, full)
    args: tuple[tuple[str, Argument], ...] = (
        ("time", Duration(in_unit, block.unit)),
        ("counted", Duration(counted, block.unit)),
        ("full", Duration(full, block.unit)),
        ("remainder", block.remainder.value),
    )
    return counted / full, "duration-fraction", args, (block.of, block.full)


def _band(block: b.Band, w: _Working) -> Made:
    of = settle(w.value(block.of), block.remainder)
    table = w.scheme.tables[block.table].at(w.career.on, w.career.born)
    rows = [row for row in table.value if row[0] <= of]
    value = rows[-1][1] if rows else Fraction(0)
    start = rows[-1][0] if rows else Fraction(0)
    args: tuple[tuple[str, Argument], ...] = (
        ("of", w.value(block.of)),
        ("rounded", of),
        ("from", start),
        ("since", table.since),
        ("article", str(table.law)),
    )
    return Made(value, "band" if rows else "band-below", args, (block.of,), (table.law,))


def _increment(block: b.Increment, w: _Working) -> Applied:
    units, base_units = w.value(block.units), w.value(block.base_units)
    beyond = max(units - base_units, Fraction(0))
    steps = settle(beyond / w.value(block.step), block.remainder)
    rate = w.value(block.base) + steps * w.value(block.per_step)
    if block.cap is not None:
        rate = min(rate, w.value(block.cap))
    args: tuple[tuple[str, Argument], ...] = (
        ("base", w.value(block.base)),
        ("base_units", base_units),
        ("steps", steps),
        ("per_step", w.value(block.per_step)),
        ("rate", rate),
    )
    used = (block.units, block.base, block.base_units, block.per_step, block.step, block.cap)
    return rate, "increment", args, used


def _brackets(block: b.Brackets, w: _Working) -> Applied:
    amount = w.value(block.of)
    bends = [w.value(bend) for bend in block.bends]
    total, lower = Fraction(0), Fraction(0)
    parts: list[str] = []
    for rate_name, upper in zip(block.rates, [*bends, None], strict=True):
        top = amount if upper is None else min(amount, upper)
        if top <= lower and parts:
            break
        rate = w.value(rate_name)
        total += rate * max(top - lower, Fraction(0))
        parts.append(f"{_plain(rate)} × {_plain(max(top - lower, Fraction(0)))}")
        lower = max(lower, top)
    used = (block.of, *block.bends, *block.rates)
    return total, "brackets", (("listed", " + ".join(parts)),), used


def _age_factor(block: b.AgeFactor, w: _Working) -> Applied:
    months = w.value(block.of) - w.value(block.age)
    early = max(-months, Fraction(0))
    late = max(months, Fraction(0))
    if block.most_early is not None:
        early = min(early, w.value(block.most_early))
    if block.most_late is not None:
        late = min(late, w.value(block.most_late))
    if block.early is None and early:
        early = Fraction(0)
    factor = Fraction(1)
    if early and block.early is not None:
        factor -= Fraction(-(-early // block.period)) * w.value(block.early)
    if late and block.late is not None:
        factor += Fraction(late // block.period) * w.value(block.late)
    args: tuple[tuple[str, Argument], ...] = (
        ("early", early),
        ("late", late),
        ("factor", factor),
    )
    key = "age-factor-early" if early else "age-factor-late" if late else "age-factor-even"
    return (
        factor,
        key,
        args,
        (block.age, block.early if early else None, block.late if late else None),
    )


def _stated(block: b.Stated, w: _Working) -> Applied:
    given = w.career.facts.get(block.fact)
    if given is not None:
        return given, "fact-stated", (("value", given),), ()
    value = w.value(block.otherwise)
    return value, "fact-not-stated", (("value", value),), (block.otherwise,)


def _taper(block: b.Taper, w: _Working) -> Applied:
    above = max(w.value(block.income) - w.value(block.free), Fraction(0))
    cut = above * w.value(block.rate)
    value = max(w.value(block.maximum) - cut, Fraction(0))
    args: tuple[tuple[str, Argument], ...] = (
        ("income", w.value(block.income)),
        ("free", w.value(block.free)),
        ("rate", w.value(block.rate)),
        ("cut", cut),
        ("maximum", w.value(block.maximum)),
    )
    return value, "taper", args, (block.maximum, block.income, block.free, block.rate)


def with_facts(career: Career, facts: Mapping[str, Fraction]) -> Career:
    """Return the career with some stated facts replaced."""
    return replace(career, facts={**career.facts, **facts})


def with_units(career: Career, units: Fraction, step: Step) -> Career:
    """Return the career with other time, its own time and earnings unchanged."""
    return replace(career, units=units, step=step)
