"""Who receives a benefit that is divided among several claimants, and who does not and why."""

from collections.abc import Iterator

from ssacalc.domain.case import Case, Relative
from ssacalc.domain.determination import BenefitResult, ClaimantShare
from ssacalc.domain.trace import Step, walk
from ssacalc.report.draft import Draft
from ssacalc.report.tree import Block, Heading, Item, Points
from ssacalc.report.wording import Wording

SHARES = ("claimant_share", "family_benefit", "lump_sum")
"""Steps that tell how large one claimant's part is."""
BOUNDS = ("family_maximum", "survivors_cap")
"""Steps that tell the most that all claimants get together."""


def claimants(draft: Draft) -> Iterator[Block]:
    """Say what each survivor or family member receives; nothing where nobody asks for a share."""
    items = tuple(
        item
        for result in draft.determination.with_instruments
        for item in (
            *_shares(draft, result),
            *_together(draft, result),
            *_refused(draft, result),
        )
    )
    if items:
        yield Heading(draft.text("claimants"))
        yield Points(items)


def called(relative: Relative, wording: Wording) -> str:
    """Say what a family member is to the person, and from when: child, born on 1 June 2008."""
    parts = [wording.name("role", relative.role)]
    if relative.born is not None:
        parts.append(wording.text("relative-born", on=relative.born))
    return ", ".join(parts)


def people(result: BenefitResult, case: Case) -> Iterator[tuple[ClaimantShare, Relative]]:
    """Yield each claimant's share with the family member it is for.

    Shares of one role come in the order of the case, those left out who receive none.
    """
    refused = [
        (args.get("role"), args.get("born")) for args in (dict(s.args) for s in refusals(result))
    ]
    waiting: list[Relative] = []
    once = list(case.person.relatives)
    for relative in case.person.relatives:
        person = (relative.role, relative.born)
        if person in refused:
            refused.remove(person)
        else:
            waiting.append(relative)
    for share in result.claimants:
        among = waiting if share in result.sharing else once
        found = next((r for r in among if r.role == share.role), Relative(share.role))
        among[:] = [relative for relative in among if relative is not found]
        yield share, found


def refusals(result: BenefitResult) -> tuple[Step, ...]:
    """Return the steps that say who receives nothing, and why."""
    steps = walk(result.result)
    return tuple(step for step in steps if step.name == "claimant" and step.value is False)


def _shares(draft: Draft, result: BenefitResult) -> Iterator[Item]:
    for share, relative in people(result, draft.determination.case):
        text = draft.of_result(
            "claimant-receives",
            result,
            who=called(relative, draft.wording),
            amount=draft.wording.settled(share.amount),
            per=draft.wording.name("per", share.amount.per.value),
        )
        found = (step for step in reversed(tuple(walk(share.step))) if step.name in SHARES)
        step = next(found, share.step)
        law = dict.fromkeys((*step.law, *share.step.law))
        yield draft.item(text, law, draft.wording.working(step))


def _together(draft: Draft, result: BenefitResult) -> Iterator[Item]:
    """Say what several get together, and what bounds it."""
    if len(result.sharing) < 2 or result.payable is None:
        return
    text = draft.of_result("claimants-all", result, amount=draft.amount(result.payable))
    bound = [step for step in walk(result.result) if step.name in BOUNDS][-1:]
    law = [law for step in bound for law in step.law]
    yield draft.item(text, law, " ".join(draft.wording.working(step) for step in bound))


def _refused(draft: Draft, result: BenefitResult) -> Iterator[Item]:
    for step in refusals(result):
        told = draft.wording.working(step)
        yield draft.item(draft.of_result("claimant-refused", result, text=told), step.law)
