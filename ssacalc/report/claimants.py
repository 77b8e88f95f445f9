"""Who receives a benefit that is divided among several claimants, and who does not and why."""

from collections.abc import Iterator

from ssacalc.domain.determination import BenefitResult
from ssacalc.domain.trace import walk
from ssacalc.report.draft import Draft
from ssacalc.report.tree import Block, Heading, Item, Points


def claimants(draft: Draft) -> Iterator[Block]:
    """Say what each survivor or family member receives; nothing where nobody asks for a share."""
    items = tuple(
        item
        for result in draft.determination.with_instruments
        for item in (*_shares(draft, result), *_refused(draft, result))
    )
    if items:
        yield Heading(draft.text("claimants"))
        yield Points(items)


def _shares(draft: Draft, result: BenefitResult) -> Iterator[Item]:
    for share in result.claimants:
        text = draft.of_result(
            "claimant-receives",
            result,
            role=share.role,
            amount=draft.wording.settled(share.amount),
            per=draft.wording.name("per", share.amount.per.value),
        )
        yield draft.item(text, share.step.law)


def _refused(draft: Draft, result: BenefitResult) -> Iterator[Item]:
    for step in walk(result.result):
        if step.name == "claimant" and step.value is False:
            told = draft.wording.working(step)
            yield draft.item(draft.of_result("claimant-refused", result, text=told), step.law)
