"""Who receives a benefit that is divided among several claimants."""

from collections.abc import Iterator

from ssacalc.report.draft import Draft
from ssacalc.report.tree import Block, Heading, Points


def claimants(draft: Draft) -> Iterator[Block]:
    """Say what each survivor or family member receives; nothing where nobody shares."""
    items = tuple(
        draft.item(
            draft.of_result(
                "claimant-receives",
                result,
                role=share.role,
                amount=draft.wording.settled(share.amount),
                per=draft.wording.name("per", share.amount.per.value),
            ),
            share.step.law,
        )
        for result in draft.determination.with_instruments
        for share in result.claimants
    )
    if items:
        yield Heading(draft.text("claimants"))
        yield Points(items)
