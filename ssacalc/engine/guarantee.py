"""The guarantee on the sum: all States together pay no less than one of them would alone.

Clause P07, where an instrument apportions benefits of persons with an own right too: the State
whose law alone gives more than all benefits together adds the difference; of several States the
one that has to add most, alone (European Convention on Social Security, art. 34; Rhine boatmen,
art. 37).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ssacalc.domain.agreement import Clause, Instrument
from ssacalc.domain.determination import BenefitResult, Doubt
from ssacalc.domain.rules import WhenOwnRight
from ssacalc.domain.trace import Argument, Step
from ssacalc.engine.award import rounding_of
from ssacalc.engine.common_money import in_terms_of
from ssacalc.engine.joining import Ground
from ssacalc.engine.share import Share
from ssacalc.engine.supplement import Difference, difference, raised_by

Arguments = tuple[tuple[str, Argument], ...]


@dataclass(frozen=True, slots=True)
class _Owed:
    """What one scheme would have to add, as far as it can be told."""

    number: int
    share: Share
    alone: Step
    clause: Clause
    found: Difference | None


def with_guarantee(
    instrument: Instrument,
    shares: Sequence[Share],
    results: Sequence[BenefitResult],
    ground: Ground,
) -> list[BenefitResult]:
    """Return the results, the one of the State that has to add most raised by it.

    Where one difference cannot be told, or two cannot be compared, none is added and that is said.
    """
    raised = list(results)
    owed = [
        one
        for one in _owed(instrument, shares, results, ground)
        if one.found is None or one.found.added.amount > 0
    ]
    most = _most(owed, ground) if owed else None
    if most is not None:
        raised[most.number] = _raised(raised[most.number], most, results)
        return raised
    for one in owed:
        raised[one.number] = _untold(raised[one.number], one)
    return raised


def _owed(
    instrument: Instrument,
    shares: Sequence[Share],
    results: Sequence[BenefitResult],
    ground: Ground,
) -> Iterator[_Owed]:
    for number, (share, result) in enumerate(zip(shares, results, strict=True)):
        clause = ground.clause(instrument, "P07", share.standing.scheme)
        alone = share.amounts.due_alone
        if (
            clause is not None
            and clause.rule is WhenOwnRight.GUARANTEED
            and share.position.own_right is True
            and alone is not None
            and share.entitled is not False
        ):
            found = difference(result, results, alone, ground)
            yield _Owed(number, share, alone, clause, found)


def _most(owed: Sequence[_Owed], ground: Ground) -> _Owed | None:
    """Return the scheme that has to add most; ``None`` where that cannot be told."""
    first = owed[0].found
    if first is None:
        return None
    compared = [
        (amount.amount, -one.number, one)
        for one in owed
        if one.found and (amount := in_terms_of(one.found.added, first.added, ground.case.rates))
    ]
    return max(compared)[2] if len(compared) == len(owed) else None


def _raised(result: BenefitResult, owed: _Owed, results: Sequence[BenefitResult]) -> BenefitResult:
    if owed.found is None:
        return result
    added = owed.found.added.rounded(rounding_of(owed.share.standing.scheme))
    args: Arguments = (
        ("total", owed.found.total),
        ("national", owed.found.least),
        ("country", result.country),
        ("supplement", added),
    )
    uses = (owed.alone, *(r.result for r in results if r.payable and r is not results[owed.number]))
    return raised_by(
        result, Step("supplement", added, "guarantee-on-sum", args, (owed.clause.law,), uses)
    )


def _untold(result: BenefitResult, owed: _Owed) -> BenefitResult:
    args: Arguments = (("country", result.country),)
    doubt = Doubt("missing", "guarantee-not-told", args, (owed.clause.law,))
    return replace(result, doubts=(*result.doubts, doubt))
