"""One scheme's outcome put together: award, payment abroad, the last step, the doubts."""

from collections.abc import Iterable
from dataclasses import replace

from ssacalc.domain.case import Case
from ssacalc.domain.determination import BenefitResult, Doubt, Shortfall
from ssacalc.domain.money import Money
from ssacalc.domain.scheme import Maturity, Scheme
from ssacalc.domain.trace import Argument, Citation, Step, walk
from ssacalc.engine.award import Award, award, shown
from ssacalc.engine.portability import Looked, paid_from, portability
from ssacalc.engine.share import Share


def outcome(case: Case, share: Share) -> BenefitResult:
    """Return the result of one scheme under the share's instrument (or by national law)."""
    entry, amounts, scheme = share.standing, share.amounts, share.standing.scheme
    awarded = award(share.position, amounts, share.instrument, share.right.met, share.released)
    looked = Looked(scheme, case, share.position.own, share.total_units, share.instrument)
    abroad = portability(looked)
    due_from = paid_from(case, scheme.country)
    deferred = due_from > case.claim.on
    money = _money(awarded, share)
    key, args, law = _last_words(share, money, deferred=deferred)
    result = Step("result", money, key, args, law, (*_used(share, awarded.step), abroad.step))
    doubts = (
        *share.doubts,
        *entry.time.doubts,
        *amounts.doubts,
        *awarded.doubts,
        *_draft(scheme),
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
    )


def _money(awarded: Award, share: Share) -> Money | None:
    value = awarded.step.value if awarded.step else None
    return value if isinstance(value, Money) and share.entitled is not False else None


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


def _draft(scheme: Scheme) -> Iterable[Doubt]:
    if scheme.maturity is Maturity.DRAFT:
        yield Doubt("draft", "scheme-draft", (("scheme", scheme.title),))


def _unverified(result: Step) -> Iterable[Doubt]:
    unread = dict.fromkeys(c for step in walk(result) for c in step.law if not c.verified)
    for citation in unread:
        yield Doubt("unverified", "datum-unverified", (("citation", str(citation)),), (citation,))


def supplemented(
    result: BenefitResult, minimum: Money, total: Money, law: Citation
) -> BenefitResult:
    """Return the residence State's result with its supplement (883/2004, art. 58).

    The supplement is its minimum for all periods counted, less the total of all benefits due.
    """
    paid = result.payable
    if paid is None or total.amount >= minimum.amount:
        return result
    added = Money(minimum.amount - total.amount, minimum.currency, minimum.per)
    payable = Money(paid.amount + added.amount, paid.currency, paid.per)
    args: tuple[tuple[str, Argument], ...] = (
        ("total", total),
        ("minimum", minimum),
        ("supplement", added),
    )
    step = Step("supplement", added, "supplement", args, (law,), ())
    last = replace(
        result.result,
        value=payable,
        args=(*result.result.args[:-1], ("amount", payable)),
        uses=(*result.result.uses, step),
    )
    return replace(result, payable=payable, result=last)
