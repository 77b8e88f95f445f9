"""Whether an amount is paid where the person lives: in full, cut, stopped, or not at all."""

from collections.abc import Iterator

from ssacalc.domain.determination import BenefitResult, Portability
from ssacalc.domain.rules import Payment
from ssacalc.domain.trace import Step, walk
from ssacalc.report.draft import Draft
from ssacalc.report.outcomes import due, entitled, settled
from ssacalc.report.tree import Block, Heading, Item, Paragraph, Points
from ssacalc.report.wording import Wording

NOT_CODED = "abroad-national-unknown"


def abroad(draft: Draft) -> Iterator[Block]:
    """Say of every amount whether it is paid where the person lives, and by which rules."""
    yield Heading(draft.text("abroad", residence=draft.residence))
    items = [
        _paid(draft, result)
        for result in draft.determination.with_instruments
        if (entitled(result) and result.payable is None) or due(result)
    ]
    if items:
        yield Points(tuple(items))
    else:
        known = all(settled(result) for result in draft.determination.with_instruments)
        yield Paragraph(draft.text("abroad-nothing" if known else "abroad-not-settled"))


def payment(portability: Portability, wording: Wording) -> str:
    """Word in short how an amount is paid abroad: in full, reduced to what, for how long."""
    months, amount = portability.after_months, portability.reduced_to
    if portability.payment is Payment.REDUCED and amount is not None:
        return wording.text("payment-reduced-to", amount=wording.settled(amount))
    if months is not None and portability.payment is Payment.REDUCED:
        return wording.text("payment-reduced-after", months=months)
    if months is not None and portability.payment is Payment.SUSPENDED:
        return wording.text("payment-for-months", months=months)
    return wording.name("payment", portability.payment.value)


def _paid(draft: Draft, result: BenefitResult) -> Item:
    portability = result.portability
    amount = portability.reduced_to
    text = draft.of_result(
        _key(draft, result),
        result,
        residence=draft.residence,
        amount="" if amount is None else draft.wording.settled(amount),
        months=portability.after_months,
    )
    steps = tuple(rules(portability))
    law = [law for step in steps for law in step.law]
    home = result.country == draft.residence
    note = "" if home else " ".join(told(step, draft.wording) for step in steps)
    return draft.item(text, law, note)


def _key(draft: Draft, result: BenefitResult) -> str:
    portability = result.portability
    match portability.payment:
        case Payment.FULL if result.country == draft.residence:
            return "abroad-home"
        case Payment.REDUCED if portability.reduced_to is not None:
            return "abroad-reduced-to"
        case Payment.REDUCED | Payment.SUSPENDED if portability.after_months is not None:
            return f"abroad-{portability.payment.value}-after"
        case _:
            return f"abroad-{portability.payment.value}"


def rules(portability: Portability) -> Iterator[Step]:
    """Yield the clause of the instrument, then the national rule, as far as they say anything."""
    for step in reversed([s for s in walk(portability.step) if s.name == "portability"]):
        silent = step.key == NOT_CODED and not dict(step.args).get("note")
        if step is portability.step or not silent:
            yield step


def told(step: Step, wording: Wording) -> str:
    """Word a rule on payment abroad, with what the national law's entry remarks."""
    note = dict(step.args).get("note")
    working = wording.working(step)
    return f"{working} {note}" if step.key == NOT_CODED and note else working
