"""One national rule against overlapping, applied to one amount: what is counted, what is cut."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from ssacalc.domain.case import Case, ExchangeRate
from ssacalc.domain.determination import Doubt
from ssacalc.domain.money import Money
from ssacalc.domain.overlap import Counted, Reduction
from ssacalc.domain.scheme import Scheme
from ssacalc.domain.trace import Argument, Citation, Step
from ssacalc.engine.amounts import Ratio, money_of
from ssacalc.engine.common_money import in_terms_of

Arguments = tuple[tuple[str, Argument], ...]


@dataclass(frozen=True, slots=True)
class Treatment:
    """What an instrument leaves of a national rule for one amount.

    ``coordinated``: what rests on voluntary insurance is left out (883/2004, art. 53(3)(c)).
    ``amounts_by`` and ``cut_by`` are the numbers by which the amounts counted, or what would not
    be paid, are divided; ``ratio`` makes every element a share, with ``amounts_only`` all but
    what is left free. ``limited``: no more is cut than what is counted (art. 53(3)(d)).
    ``against`` are the amounts that may cut at all.
    """

    law: tuple[Citation, ...] = ()
    coordinated: bool = False
    amounts_by: int = 1
    cut_by: int = 1
    ratio: Ratio | None = None
    amounts_only: bool = False
    limited: bool = False
    against: tuple[Counted, ...] | None = None

    @property
    def share(self) -> Fraction:
        """The part of every element that is looked at."""
        return Fraction(1) if self.ratio is None else self.ratio[0] / self.ratio[1]


STRICT = Treatment()
"""National law as it stands."""


@dataclass(frozen=True, slots=True)
class Cut:
    """What is left of an amount, with its step; ``None`` where the rule could not be applied."""

    left: Step | None
    taken: Fraction
    doubts: tuple[Doubt, ...] = ()


@dataclass(slots=True)
class _Working:
    """One rule at work on one amount. Mutable, and never seen outside :func:`cut`."""

    rule: Reduction
    treatment: Treatment
    like: Money
    rates: Sequence[ExchangeRate]
    doubts: list[Doubt] = field(default_factory=list)

    def money(self, amount: Fraction) -> Money:
        return Money(amount, self.like.currency, self.like.per)

    def converted(self, stated: Money) -> Fraction | None:
        """Return a stated amount in the benefit's currency and period, or note that it is not."""
        found = in_terms_of(stated, self.like, self.rates)
        if found is None:
            args: Arguments = (("amount", stated), ("benefit", self.like))
            self.doubts.append(Doubt("missing", "reduction-not-comparable", args))
            return None
        return found.amount

    @property
    def law(self) -> tuple[Citation, ...]:
        """The national rule, as far as the case names it."""
        return (Citation(self.rule.law, ""),) if self.rule.law else ()


def rules_of(case: Case, scheme: Scheme) -> tuple[Reduction, ...]:
    """Return the rules that the case states for a scheme's benefit."""
    return tuple(
        rule
        for rule in case.reductions
        if rule.country == scheme.country and (rule.scheme is None or scheme.meant_by(rule.scheme))
    )


def needs_both_amounts(case: Case, scheme: Scheme) -> bool:
    """Tell whether a rule bars waiving the share (883/2004, art. 52(4)): unless it is scaled."""
    return any(not rule.scaled for rule in rules_of(case, scheme))


def cut(benefit: Step, rule: Reduction, treatment: Treatment, rates: Sequence[ExchangeRate]) -> Cut:
    """Return what a rule leaves of a benefit.

    What exceeds the free amount is taken at the rule's rate; or what benefit and amounts together
    exceed the ceiling by. Never more than the benefit itself.
    """
    amount = money_of(benefit)
    if amount is None:
        return Cut(None, Fraction(0))
    working = _Working(rule, treatment, amount, rates)
    counted = _counted(working)
    step = None if counted is None else _excess(working, _adjusted(working, counted), benefit)
    over = money_of(step)
    whole = money_of(counted)
    if step is None or over is None or whole is None:
        return Cut(None, Fraction(0), tuple(working.doubts))
    taken, step = _taken(working, over.amount, whole.amount, step)
    left = working.money(amount.amount - taken)
    args: Arguments = (
        ("amount", amount),
        ("cut", working.money(taken)),
        ("left", left),
        ("country", rule.country),
    )
    cut_whole = "reduction-reduced" if left.amount else "reduction-reduced-to-nought"
    key = cut_whole if taken else "reduction-not-reduced"
    reduced = Step("reduced_amount", left, key, args, working.law, (benefit, step))
    return Cut(reduced, taken, tuple(working.doubts))


def strictly(benefit: Step, rule: Reduction, rates: Sequence[ExchangeRate]) -> Fraction:
    """Return what a rule would take by national law as it stands."""
    return cut(benefit, rule, STRICT, rates).taken


def _counted(working: _Working) -> Step | None:
    """Return the sum of the amounts that the rule takes into account."""
    against = working.treatment.against
    items = working.rule.amounts if against is None else against
    steps: list[Step] = []
    for item in items:
        step = _item(working, item)
        if step is None:
            return None
        steps.append(step)
    total = sum((m.amount for s in steps if (m := money_of(s)) is not None), Fraction(0))
    amount = working.money(total)
    args: Arguments = (("amount", amount), ("country", working.rule.country))
    return Step("counted_amount", amount, "reduction-counted", args, working.law, tuple(steps))


def _item(working: _Working, item: Counted) -> Step | None:
    abroad = item.country != working.rule.country
    args: Arguments = (("name", item.name or "–"), ("stated", item.amount))
    if abroad and not working.rule.foreign:
        nought = working.money(Fraction(0))
        return Step("counted_part", nought, "reduction-part-abroad", args, working.treatment.law)
    converted = working.converted(item.amount)
    if converted is None:
        return None
    amount, key = converted, "reduction-part"
    if working.rule.after_deductions:
        amount, key = _after_deductions(working, item, converted)
    leaves_out = item.voluntary and abroad and working.treatment.coordinated
    if leaves_out:
        amount *= 1 - item.voluntary / item.amount.amount
        key = "reduction-part-voluntary"
    counted = working.money(amount)
    voluntary = Money(item.voluntary, item.amount.currency, item.amount.per)
    args = (*args, ("voluntary", voluntary), ("amount", counted))
    law = working.treatment.law if leaves_out else ()
    return Step("counted_part", counted, key, args, law)


def _after_deductions(
    working: _Working, item: Counted, converted: Fraction
) -> tuple[Fraction, str]:
    if item.net is None or not item.amount.amount:
        args: Arguments = (("name", item.name or "–"), ("country", working.rule.country))
        working.doubts.append(Doubt("missing", "reduction-net-missing", args))
        return converted, "reduction-part"
    return converted * item.net / item.amount.amount, "reduction-part-net"


def _adjusted(working: _Working, counted: Step) -> Step:
    """Return the amounts counted as the instrument lets them be: divided, or by own/total."""
    treatment, whole = working.treatment, money_of(counted)
    if whole is None:
        return counted
    if treatment.ratio is not None:
        amount = working.money(whole.amount * treatment.share)
        args: Arguments = (
            ("whole", whole),
            ("own", treatment.ratio[0]),
            ("total", treatment.ratio[1]),
            ("amount", amount),
        )
        return Step("counted_amount", amount, "reduction-scaled", args, treatment.law, (counted,))
    if treatment.amounts_by > 1:
        amount = working.money(whole.amount / treatment.amounts_by)
        args = (("whole", whole), ("number", treatment.amounts_by), ("amount", amount))
        return Step("counted_amount", amount, "reduction-divided", args, treatment.law, (counted,))
    return counted


def _excess(working: _Working, counted: Step, benefit: Step) -> Step | None:
    """Return by how much the amounts exceed what the rule leaves free, or the ceiling."""
    rule, treatment = working.rule, working.treatment
    share = Fraction(1) if treatment.amounts_only else treatment.share
    found, amount = money_of(counted), money_of(benefit)
    stated = rule.ceiling or rule.free
    bound = Fraction(0) if stated is None else working.converted(stated)
    if bound is None or found is None or amount is None:
        return None
    bound *= share
    together = found.amount + (amount.amount if rule.ceiling is not None else 0)
    over = working.money(max(together - bound, Fraction(0)))
    args: Arguments = (
        ("counted", found),
        ("benefit", amount),
        ("bound", working.money(bound)),
        ("excess", over),
    )
    kind = "ceiling" if rule.ceiling is not None else "free" if stated is not None else "whole"
    whole = treatment.ratio is None or treatment.amounts_only or stated is None
    scaled = "" if whole else "-scaled"
    return Step("excess", over, f"reduction-excess-{kind}{scaled}", args, working.law, (counted,))


def _taken(
    working: _Working, over: Fraction, counted: Fraction, step: Step
) -> tuple[Fraction, Step]:
    """Return what is cut, with the steps that tell rate, division and limit."""
    rule, treatment, whole = working.rule, working.treatment, working.like.amount
    taken = (whole if over else Fraction(0)) if rule.suspends else over * rule.rate
    args: Arguments = (
        ("excess", working.money(over)),
        ("rate", rule.rate),
        ("cut", working.money(taken)),
    )
    key = "reduction-cut-whole" if rule.suspends else "reduction-cut"
    step = Step("cut", working.money(taken), key, args, working.law, (step,))
    if treatment.cut_by > 1 and taken:
        before, taken = taken, min(taken, whole) / treatment.cut_by
        args = (
            ("before", working.money(min(before, whole))),
            ("number", treatment.cut_by),
            ("cut", working.money(taken)),
        )
        step = Step(
            "cut", working.money(taken), "reduction-cut-divided", args, treatment.law, (step,)
        )
    if treatment.limited and taken > counted:
        args = (("before", working.money(taken)), ("cut", working.money(counted)))
        taken = counted
        step = Step(
            "cut", working.money(taken), "reduction-cut-limited", args, treatment.law, (step,)
        )
    return min(taken, whole), step
