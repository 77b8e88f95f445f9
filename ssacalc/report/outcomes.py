"""A determination's results put in the order in which every report shows them."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from ssacalc.domain.determination import BenefitResult, Determination
from ssacalc.domain.money import Money
from ssacalc.domain.trace import Argument, Citation, Step, walk

Identity = tuple[object, ...]


@dataclass(slots=True)
class StepList:
    """Steps numbered from nought in reading order; steps that say the same are one step.

    Mutable while a report is being made and never seen outside it.
    """

    steps: list[Step] = field(default_factory=list)
    uses: list[tuple[int, ...]] = field(default_factory=list)
    _place: dict[int, int] = field(default_factory=dict)
    _same: dict[Identity, int] = field(default_factory=dict)

    def add(self, step: Step) -> list[int]:
        """Add a step after those it uses; return the numbers that are new."""
        before = len(self.steps)
        for found in walk(step):
            if id(found) not in self._place:
                self._place[id(found)] = self._settle(found)
        return list(range(before, len(self.steps)))

    def number(self, step: Step) -> int:
        """Return the number of a step that was added."""
        return self._place[id(step)]

    def _settle(self, step: Step) -> int:
        uses = tuple(dict.fromkeys(self._place[id(used)] for used in step.uses))
        same = (step.name, _typed(step.value), step.key, _args(step.args), step.law, uses)
        if same not in self._same:
            self._same[same] = len(self.steps)
            self.steps.append(step)
            self.uses.append(uses)
        return self._same[same]


def _typed(value: Argument) -> Identity:
    return type(value), value


def _args(args: Iterable[tuple[str, Argument]]) -> Identity:
    return tuple((name, *_typed(value)) for name, value in args)


def by_state(results: Iterable[BenefitResult]) -> dict[str, list[BenefitResult]]:
    """Return results by State, in the determination's order."""
    states: dict[str, list[BenefitResult]] = {}
    for result in results:
        states.setdefault(result.country, []).append(result)
    return states


def leading(results: Sequence[BenefitResult]) -> BenefitResult:
    """Return the first result with a right, else the first with own periods, else the first."""
    tests: tuple[Callable[[BenefitResult], bool], ...] = (entitled, lambda result: result.own > 0)
    for test in tests:
        found = next((result for result in results if test(result)), None)
        if found is not None:
            return found
    return results[0]


def entitled(result: BenefitResult) -> bool:
    """Tell whether there is a right, by own periods or with the instrument."""
    return bool(result.own_right or result.with_agreement)


def due(result: BenefitResult) -> Money | None:
    """Return the amount that is payable; ``None`` where there is none, or nothing of it."""
    return result.payable if result.payable is not None and result.payable.amount else None


def refused(result: BenefitResult) -> bool:
    """Tell whether it is settled that there is no right."""
    return result.own_right is False and result.with_agreement is False


def settled(result: BenefitResult) -> bool:
    """Tell whether a result is certain: an amount under a right, or no right."""
    if result.payable is not None:
        return entitled(result)
    return result.own_right is False and result.with_agreement is not None and not entitled(result)


def total(amounts: Iterable[Money | None]) -> tuple[Money, ...]:
    """Return the sums of amounts, one for each currency and period, in order of mention."""
    sums: dict[tuple[str, str], Money] = {}
    for amount in amounts:
        if amount is not None:
            key = (amount.currency, amount.per)
            so_far = sums[key].amount if key in sums else Fraction(0)
            sums[key] = Money(so_far + amount.amount, amount.currency, amount.per)
    return tuple(sums.values())


WITH_OTHERS = frozenset({"total_periods", "foreign_periods", "credited_quarters"})
"""Names of the steps that tell time of which other States' periods are a part."""


def conditions(result: BenefitResult, time: str) -> tuple[Step, ...]:
    """Return the conditions looked at by a result's own or total time, and those of no time.

    Of a condition that stands for several, the whole is returned and not its parts.
    """
    found = [step for step in walk(result.result) if step.name == "condition"]
    parts = {id(used) for step in found for used in step.uses}
    whole = ((step, set(_times(step))) for step in found if id(step) not in parts)
    together = time == "total_periods"
    return tuple(s for s, times in whole if not times or bool(times & WITH_OTHERS) is together)


def _times(condition: Step) -> Iterator[str]:
    """Yield by which of a person's times a condition, or its parts, were looked at."""
    for used in condition.uses:
        if used.name == "condition":
            yield from _times(used)
        else:
            yield used.name


def ways(result: BenefitResult) -> tuple[Step, ...]:
    """Return the alternative ways to a right that is refused, as last looked at.

    Each is a condition that stands for several.
    """
    for step in reversed(tuple(walk(result.result))):
        if step.name == "condition" and step.key.startswith("routes-"):
            return () if step.value is True else step.uses
    return ()


def counterfactual(determination: Determination, result: BenefitResult) -> BenefitResult | None:
    """Return the result for the same scheme by national law alone."""
    same = (result.country, result.scheme)
    return next((r for r in determination.without if (r.country, r.scheme) == same), None)


def citations(determination: Determination) -> Iterator[Citation]:
    """Yield every citation that the results rest on."""
    for result in (*determination.with_instruments, *determination.without):
        for last in (result.result, result.portability.step):
            for step in walk(last):
                yield from step.law
        for doubt in result.doubts:
            yield from doubt.law


def unverified(determination: Determination) -> bool:
    """Tell whether anything used was not read in its text, or comes from a draft scheme."""
    results = (*determination.with_instruments, *determination.without)
    kinds = {doubt.kind for result in results for doubt in result.doubts}
    return bool(kinds & {"unverified", "draft"}) or any(
        not citation.verified for citation in citations(determination)
    )
