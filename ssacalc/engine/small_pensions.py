"""Small pensions of people abroad, paid in one sum: clause P14.

Swiss agreements settle a partial pension of at most so many percent of the full one by a sum that
is worth the pension, and let the person choose up to a further percentage. What the pension is
worth in one sum stands in tables that the library does not hold.
"""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from ssacalc.domain.agreement import Clause, Instrument
from ssacalc.domain.case import Branch
from ssacalc.domain.determination import Alternative, BenefitResult, Doubt
from ssacalc.domain.money import Money
from ssacalc.domain.rules import SmallPension
from ssacalc.domain.trace import Argument, Step
from ssacalc.engine.amounts import Amounts, evaluated, full_career
from ssacalc.engine.award import rounding_of
from ssacalc.engine.formulas.evaluate import with_units
from ssacalc.engine.joining import Ground
from ssacalc.engine.share import Share

PERCENT = 100


def with_one_sum(
    instrument: Instrument,
    shares: Sequence[Share],
    results: Sequence[BenefitResult],
    ground: Ground,
) -> list[BenefitResult]:
    """Return the results, small pensions of people abroad settled where the text says so."""
    return [
        _settled(instrument, share, result, ground)
        for share, result in zip(shares, results, strict=True)
    ]


def _settled(
    instrument: Instrument, share: Share, result: BenefitResult, ground: Ground
) -> BenefitResult:
    clause = ground.clause(instrument, "P14", share.standing.scheme)
    rule = clause.rule if clause is not None else None
    paid, person = result.payable, ground.case.person
    if (
        clause is None
        or not isinstance(rule, SmallPension)
        or paid is None
        or ground.case.claim.benefit is Branch.INVALIDITY
        or result.country == person.residence
        or not _meant(instrument, share, ground)
    ):
        return result
    whole = _full_pension(share)
    if whole is None or (whole.currency, whole.per) != (paid.currency, paid.per):
        told: tuple[tuple[str, Argument], ...] = (
            ("scheme", result.scheme_title),
            ("settled", rule.settled_up_to),
        )
        doubt = Doubt("missing", "small-pension-not-compared", told, (clause.law,))
        return replace(result, doubts=(*result.doubts, doubt))
    percent = paid.amount * PERCENT / whole.amount
    return _one_sum(result, clause, rule, paid, whole, percent)


def _meant(instrument: Instrument, share: Share, ground: Ground) -> bool:
    """Tell whether the person is a national of another party; presumed where none is stated."""
    country, stated = share.standing.scheme.country, ground.case.person.nationalities
    on = ground.case.claim.on
    others = any(state != country and instrument.binds(state, on) for state in stated)
    return country not in stated and (others or not stated)


def _full_pension(share: Share) -> Money | None:
    """Return the pension of the same person after a full career; ``None`` where it is not known."""
    position, scheme = share.position, share.standing.scheme
    full = full_career(position)
    if full is None:
        return None
    career = with_units(position.career, full, position.career.step)
    found = evaluated(scheme, career, Amounts().doubts)
    if found is None or scheme.amount is None:
        return None
    whole = Money(found.values[scheme.amount], found.currency, scheme.per)
    return whole.rounded(rounding_of(scheme)) if whole.amount else None


def _one_sum(
    result: BenefitResult,
    clause: Clause,
    rule: SmallPension,
    paid: Money,
    whole: Money,
    percent: Fraction,
) -> BenefitResult:
    if percent > max(rule.settled_up_to, rule.choice_up_to):
        return result
    settled = percent <= rule.settled_up_to
    most = rule.settled_up_to if settled else rule.choice_up_to
    args: tuple[tuple[str, Argument], ...] = (("amount", paid), ("full", whole), ("most", most))
    key = "small-pension-settled" if settled else "small-pension-choice"
    step = Step("small_pension", None, key, args, (clause.law,), (result.result,))
    if not settled:
        other = Alternative("one-sum", result.instrument, with_agreement=True, payable=None)
        last = replace(result.result, uses=(*result.result.uses, replace(step, uses=())))
        return replace(result, result=last, alternatives=(*result.alternatives, other))
    told = tuple(pair for pair in result.result.args if pair[0] != "amount")
    last = Step("result", None, "result-one-sum", told, (clause.law,), (step,))
    doubt = Doubt("missing", key, args, (clause.law,))
    return replace(result, payable=None, result=last, doubts=(*result.doubts, doubt))
