"""Blocks over operands alone: arithmetic, fractions of time, tables, steps, slices, age factors."""

from fractions import Fraction

from ssacalc.domain import blocks as b
from ssacalc.domain.errors import MissingFigure, Problem
from ssacalc.domain.trace import Argument
from ssacalc.domain.units import Duration, settle
from ssacalc.engine.counting import in_calendar_unit
from ssacalc.engine.formulas.earnings import Made
from ssacalc.engine.formulas.operands import Operands

Applied = tuple[Fraction, str, tuple[tuple[str, Argument], ...], tuple[str | None, ...]]
"""A block's exact value, message key, arguments and the operands it used."""


def choose(block: b.Choose, w: Operands) -> Applied:
    """Return one of two operands, by whether another reaches a bound."""
    of, at_least = w.value(block.of), w.value(block.at_least)
    chosen = block.then if of >= at_least else block.otherwise
    args: tuple[tuple[str, Argument], ...] = (
        ("what", words(block.of)),
        ("of", of),
        ("at_least", at_least),
        ("chosen", words(chosen)),
    )
    key = "choose-reached" if of >= at_least else "choose-not-reached"
    return w.value(chosen), key, args, (block.of, block.at_least, chosen)


def words(operand: str) -> str:
    """Write an operand's name as words."""
    return operand.replace("-", " ")


def listed(operands: tuple[str, ...], w: Operands) -> tuple[tuple[str, Argument], ...]:
    """Return operands with their values, for a working."""
    shown = "; ".join(f"{words(o)} {_plain(w.value(o))}" for o in operands)
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


def product(block: b.Product, w: Operands) -> Applied:
    """Multiply the factors."""
    value = Fraction(1)
    for factor in block.factors:
        value *= w.value(factor)
    shown = " × ".join(_plain(w.value(f)) for f in block.factors)
    return value, "product", (("listed", shown),), block.factors


def summed(block: b.Sum, w: Operands) -> Applied:
    """Add the terms and take some away, never below nought."""
    value = sum((w.value(t) for t in block.terms), Fraction(0))
    value -= sum((w.value(t) for t in block.minus), Fraction(0))
    shown = " + ".join(_plain(w.value(t)) for t in block.terms)
    shown += "".join(f" − {_plain(w.value(t))}" for t in block.minus)
    return max(value, Fraction(0)), "sum", (("listed", shown),), (*block.terms, *block.minus)


def weighted(block: b.Weighted, w: Operands) -> Applied:
    """Return facts of the case times a figure each, added."""
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


def duration_fraction(block: b.DurationFraction, w: Operands) -> Applied:
    """Return time over a full duration, at most one."""
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


def band(block: b.Band, w: Operands) -> Made:
    """Return the value of the band of a table."""
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


def increment(block: b.Increment, w: Operands) -> Applied:
    """Return a base rate and so much for each further step of units."""
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


def brackets(block: b.Brackets, w: Operands) -> Applied:
    """Apply rates to the slices of an amount."""
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


def age_factor(block: b.AgeFactor, w: Operands) -> Applied:
    """Return one, less or plus so much for each month before or after an age."""
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


def stated(block: b.Stated, w: Operands) -> Applied:
    """Return a fact where the case states it, else another operand."""
    given = w.career.facts.get(block.fact)
    if given is not None:
        return given, "fact-stated", (("value", given),), ()
    value = w.value(block.otherwise)
    return value, "fact-not-stated", (("value", value),), (block.otherwise,)


def taper(block: b.Taper, w: Operands) -> Applied:
    """Return a maximum less a share of the income above a free area."""
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
