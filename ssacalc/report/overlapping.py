"""What national rules against overlapping take of an amount, as its steps tell it."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from ssacalc.domain.case import Case
from ssacalc.domain.determination import BenefitResult
from ssacalc.domain.money import Money
from ssacalc.domain.trace import Citation, Step, walk

LEFT = "reduced_amount"
"""The name of the step that tells what one rule leaves of one amount."""
AMOUNTS = ("independent_amount", "pro_rata_amount")
"""Below these steps lies how an amount came about, and no rule against overlapping."""


@dataclass(frozen=True, slots=True)
class Applied:
    """One rule at one amount: what is left with the reason, and the working in its order.

    ``working`` is empty where the instrument keeps the rule away from the amount.
    """

    step: Step
    working: tuple[Step, ...]

    @property
    def before(self) -> Money:
        """The amount as it stood before this rule."""
        return _money(dict(self.step.args).get("amount"))

    @property
    def left(self) -> Money:
        """What this rule leaves."""
        return _money(self.step.value)

    @property
    def taken(self) -> Money:
        """What this rule takes."""
        return _less(self.before, self.left)

    @property
    def parts(self) -> tuple[Step, ...]:
        """The benefits and incomes that the rule looks at."""
        return tuple(step for step in self.working if step.name == "counted_part")

    @property
    def divided_by(self) -> int | None:
        """By how many benefits the amounts counted, or what would be cut, are divided."""
        keys = ("reduction-divided", "reduction-cut-divided")
        found = (dict(step.args).get("number") for step in self.working if step.key in keys)
        return next((number for number in found if isinstance(number, int)), None)

    @property
    def share(self) -> tuple[Fraction, Fraction] | None:
        """The ratio that makes every element a share."""
        for step in self.working:
            if step.key == "reduction-scaled":
                args = dict(step.args)
                own, total = args.get("own"), args.get("total")
                if isinstance(own, Fraction) and isinstance(total, Fraction):
                    return own, total
        return None

    @property
    def law(self) -> tuple[Citation, ...]:
        """The national rule and the clauses that limit it."""
        steps = (self.step, *self.working)
        return tuple(dict.fromkeys(law for step in steps for law in step.law))


@dataclass(frozen=True, slots=True)
class Reduced:
    """One amount of a scheme with the rules that were looked at, in their order."""

    of: Step
    rules: tuple[Applied, ...]

    @property
    def before(self) -> Money:
        """The amount before all rules."""
        return self.rules[0].before

    @property
    def after(self) -> Money:
        """The amount after all rules, not rounded yet."""
        return self.rules[-1].left

    @property
    def taken(self) -> Money:
        """What all rules take together."""
        return _less(self.before, self.after)

    @property
    def step(self) -> Step:
        """The step that tells what is left in the end."""
        return self.rules[-1].step


def reduced_amounts(result: BenefitResult) -> tuple[Reduced, ...]:
    """Return the amounts of a result at which rules against overlapping were looked at."""
    steps = [step for step in walk(result.result) if step.name == LEFT]
    inner = {id(step.uses[0]) for step in steps}
    return tuple(_reduced(step) for step in steps if id(step) not in inner)


def reduced_payable(result: BenefitResult) -> Reduced | None:
    """Return what rules against overlapping took of the amount that is paid.

    ``None`` where no rule was looked at, or none could be applied.
    """
    paid = [step for step in result.result.uses if step.name == "payable_amount"]
    found = next((left for step in reversed(paid) for left in _chosen(step)), None)
    return None if found is None else _reduced(found)


def rules_stated(case: Case, result: BenefitResult) -> bool:
    """Tell whether the case states a rule against overlapping for a scheme's benefit."""
    return any(
        rule.country == result.country and rule.scheme in (None, result.scheme)
        for rule in case.reductions
    )


def _chosen(step: Step) -> Iterator[Step]:
    """Yield what is left of the amount that a step rests on: of two compared, the one taken."""
    if step.name == LEFT:
        yield step
        return
    uses = step.uses
    if step.name == "higher_amount":
        uses = uses[1:2] if step.key == "higher-pro-rata" else uses[:1]
    for used in uses:
        if used.name not in AMOUNTS:
            yield from _chosen(used)


def _reduced(last: Step) -> Reduced:
    rules = [_applied(last)]
    while rules[0].step.uses[0].name == LEFT:
        rules.insert(0, _applied(rules[0].step.uses[0]))
    return Reduced(rules[0].step.uses[0], tuple(rules))


def _applied(step: Step) -> Applied:
    return Applied(step, tuple(walk(step.uses[1])) if len(step.uses) > 1 else ())


def _money(value: object) -> Money:
    if not isinstance(value, Money):
        raise TypeError(value)
    return value


def _less(one: Money, other: Money) -> Money:
    return Money(one.amount - other.amount, one.currency, one.per)
