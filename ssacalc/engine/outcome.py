"""One scheme's outcome put together: award, payment abroad, the last step, the doubts."""

from collections.abc import Iterable

from ssacalc.domain.case import Branch, Case
from ssacalc.domain.determination import Alternative, BenefitResult, Doubt, Shortfall
from ssacalc.domain.money import Money
from ssacalc.domain.scheme import ConditionKind, Maturity
from ssacalc.domain.trace import Argument, Citation, Step, walk
from ssacalc.engine.amounts import money_of
from ssacalc.engine.award import award, other_choice, shown
from ssacalc.engine.family import Family, divided
from ssacalc.engine.minimum import LumpSum, lump_sum_option
from ssacalc.engine.portability import Looked, paid_from, portability
from ssacalc.engine.share import Share
from ssacalc.engine.standing import UNTITLED


def outcome(case: Case, share: Share) -> BenefitResult:
    """Return the result of one scheme under the share's instrument (or by national law)."""
    entry, amounts, scheme = share.standing, share.amounts, share.standing.scheme
    awarded = award(share.position, amounts, share.instrument, share.right.met, share.released)
    looked = Looked(
        scheme,
        case,
        entry.time.units,
        share.total_units,
        share.instrument,
        own_right=entry.right.met,
    )
    abroad = portability(looked)
    due_from = paid_from(case, scheme.country)
    deferred = due_from > case.claim.on
    family = divided(share, awarded) or Family()
    payable = family.total or awarded.step
    money = _money(payable, share)
    option = _option(share, payable)
    key, args, law = _last_words(share, money, deferred=deferred)
    used = (*_used(share, payable), *((option.step,) if option else ()), abroad.step)
    result = Step("result", money, key, args, law, used)
    nobody = any(_nobody(share))
    doubts = (
        *share.doubts,
        *entry.time.doubts,
        *amounts.doubts,
        *awarded.doubts,
        *family.doubts,
        *_nobody(share),
        *_open_conditions(share),
        *_event_not_stated(share),
        *_draft(share),
        *_unverified(result),
    )
    if money is None and share.elsewhere is None and not any(d.kind == MISSING for d in doubts):
        doubts = (*doubts, *_no_formula(share))
    return BenefitResult(
        country=scheme.country,
        scheme=scheme.id,
        scheme_title=scheme.title,
        instrument=share.instrument.id if share.instrument else None,
        instrument_name=share.instrument.short if share.instrument else "",
        own_right=_open(entry.right.met, nobody=nobody),
        with_agreement=_open(share.entitled, nobody=nobody),
        unit=scheme.unit,
        own=entry.time.units,
        total=share.total_units,
        ratio=amounts.ratio,
        independent=shown(amounts.independent, scheme),
        theoretical=shown(amounts.theoretical, scheme),
        pro_rata=shown(amounts.pro_rata, scheme),
        payable=None if deferred else money,
        portability=abroad,
        shortfall=_shortfall(share) if share.entitled is False else None,
        result=result,
        doubts=tuple(dict.fromkeys(doubts)),
        payable_from=due_from if deferred else None,
        claimants=family.claimants,
        alternatives=(*((option.alternative,) if option else ()), *_choice(share)),
    )


MISSING = "missing"
"""The kind of doubt that says which fact or amount the case lacks."""


def _no_formula(share: Share) -> Iterable[Doubt]:
    """Say that the library has no formula for a scheme whose right is not refused."""
    scheme = share.standing.scheme
    if share.entitled is False or scheme.maturity is not Maturity.CERTIFIED_ONLY:
        return
    key = "no-scheme" if scheme.title == UNTITLED else "no-formula"
    yield Doubt(MISSING, key, (("scheme", scheme.title), ("country", scheme.country)))


def _open_conditions(share: Share) -> Iterable[Doubt]:
    """Say that a right is left open because the scheme's conditions are not coded."""
    scheme = share.standing.scheme
    uncoded = not scheme.conditions and scheme.maturity is not Maturity.CERTIFIED_ONLY
    if share.entitled is None and uncoded:
        yield Doubt(MISSING, "conditions-not-coded", (("scheme", scheme.title),))


def _event_not_stated(share: Share) -> Iterable[Doubt]:
    """Say that the day of the claim stands for that of the invalidity or death, which is asked."""
    case, scheme = share.position.case, share.standing.scheme
    asked = any(condition.kind in _AT_THE_EVENT for condition in scheme.conditions)
    if not asked or share.standing.home is not None:
        return
    if case.claim.benefit is Branch.INVALIDITY and case.person.disabled_since is None:
        yield Doubt(MISSING, "disabled-since-not-stated", (("on", case.claim.on),))
    if case.claim.benefit is Branch.SURVIVORS and case.person.died is None:
        yield Doubt(MISSING, "died-not-stated", (("on", case.claim.on),))


_AT_THE_EVENT = (ConditionKind.UNITS_IN_WINDOW, ConditionKind.INSURED_AT_EVENT)
"""Conditions that look at the day of the event, or at years before it."""


def _nobody(share: Share) -> Iterable[Doubt]:
    """Say that a survivors' benefit is claimed of which nobody is named who could receive it.

    An institution that certified a right or an amount knows who claims.
    """
    case, scheme = share.position.case, share.standing.scheme
    if case.claim.benefit is not Branch.SURVIVORS or share.entitled is False:
        return
    certified = share.standing.certified
    if certified is not None and (certified.own_right or certified.independent):
        return
    roles = {row.role for row in scheme.survivors}
    if roles and not any(relative.role in roles for relative in case.person.relatives):
        yield Doubt(MISSING, "nobody-claims", (("scheme", scheme.title),))


def _open(right: bool | None, *, nobody: bool) -> bool | None:  # noqa: FBT001 - three values
    """Leave a right open where nobody is named who could have it."""
    return None if right and nobody else right


def _money(payable: Step | None, share: Share) -> Money | None:
    return None if share.entitled is False else money_of(payable)


def _option(share: Share, payable: Step | None) -> LumpSum | None:
    """Return the sum that may be chosen instead of a small share, where there is a right to one."""
    if share.entitled is False or share.position.own_right is True:
        return None
    return lump_sum_option(share.position, share.amounts, payable, share.instrument)


def _choice(share: Share) -> Iterable[Alternative]:
    """Yield the amount that the person may choose instead, where the text gives a choice."""
    other = other_choice(share.position, share.amounts, share.instrument)
    if share.entitled is not False and other is not None and share.instrument is not None:
        amount = shown(other, share.standing.scheme)
        yield Alternative("choice", share.instrument.id, with_agreement=True, payable=amount)


def _shortfall(share: Share) -> Shortfall | None:
    if share.released is not None and share.right.met is not False:
        return share.below
    return share.right.shortfall


def _used(share: Share, payable: Step | None) -> tuple[Step, ...]:
    amounts = share.amounts
    parts = (
        *share.steps,
        share.elsewhere,
        *share.standing.right.steps,
        *share.right.steps,
        amounts.independent,
        amounts.theoretical,
        amounts.pro_rata,
        payable,
    )
    return tuple({id(part): part for part in parts if part is not None}.values())


def _last_words(
    share: Share, money: Money | None, *, deferred: bool
) -> tuple[str, tuple[tuple[str, Argument], ...], tuple[Citation, ...]]:
    scheme = share.standing.scheme
    args: tuple[tuple[str, Argument], ...] = (
        ("scheme", scheme.title),
        ("country", scheme.country),
        ("instrument", share.instrument.short if share.instrument else ""),
    )
    if deferred:
        return "result-deferred", args, ()
    if share.elsewhere is not None:
        return "result-elsewhere", args, share.elsewhere.law
    if share.entitled is False:
        if share.released is not None and share.right.met is not False:
            return "result-released", args, (share.released,)
        return "result-no-right", args, ()
    if money is None:
        return "result-amount-unknown", args, ()
    key = "result-payable" if share.entitled else "result-payable-if-right"
    return key, (*args, ("amount", money)), ()


def _draft(share: Share) -> Iterable[Doubt]:
    """Say that a formula is a draft, unless the amount is one that the institution certified."""
    scheme, certified = share.standing.scheme, share.standing.certified
    stated = certified is not None and (certified.independent or certified.theoretical)
    if scheme.maturity is Maturity.DRAFT and not stated:
        yield Doubt("draft", "scheme-draft", (("scheme", scheme.title),))


def _unverified(result: Step) -> Iterable[Doubt]:
    unread = dict.fromkeys(c for step in walk(result) for c in step.law if not c.verified)
    for citation in unread:
        yield Doubt("unverified", "datum-unverified", (("citation", str(citation)),), (citation,))
