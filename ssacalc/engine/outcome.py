"""One scheme's outcome put together: award, payment abroad, the last step, the doubts."""

from collections.abc import Iterable

from ssacalc.domain.case import Case
from ssacalc.domain.determination import Alternative, BenefitResult, Doubt, Shortfall
from ssacalc.domain.money import Money
from ssacalc.domain.scheme import Maturity
from ssacalc.domain.trace import Argument, Citation, Step, walk
from ssacalc.engine.amounts import money_of
from ssacalc.engine.award import award, other_choice, shown
from ssacalc.engine.family import Family, divided
from ssacalc.engine.minimum import LumpSum, lump_sum_option
from ssacalc.engine.portability import Looked, paid_from, portability
from ssacalc.engine.share import Share


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
    doubts = (
        *share.doubts,
        *entry.time.doubts,
        *amounts.doubts,
        *awarded.doubts,
        *family.doubts,
        *_draft(share),
        *_without_formula(share, money),
        *_unverified(result),
    )
    return BenefitResult(
        country=scheme.country,
        scheme=scheme.id,
        scheme_title=scheme.title,
        instrument=share.instrument.id if share.instrument else None,
        instrument_name=share.instrument.short if share.instrument else "",
        own_right=entry.right.met,
        with_agreement=share.entitled,
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


def _without_formula(share: Share, money: Money | None) -> Iterable[Doubt]:
    """Say that an amount which nobody can compute here has to come from the institution."""
    scheme = share.standing.scheme
    if money is None and share.entitled is not False and scheme.amount is None:
        yield Doubt("missing", "scheme-without-formula", (("scheme", scheme.title),))


def _unverified(result: Step) -> Iterable[Doubt]:
    unread = dict.fromkeys(c for step in walk(result) for c in step.law if not c.verified)
    for citation in unread:
        yield Doubt("unverified", "datum-unverified", (("citation", str(citation)),), (citation,))
