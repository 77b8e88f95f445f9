"""What a reader must know before relying on a statement."""

from collections.abc import Iterator

from ssacalc.domain.determination import Alternative, BenefitResult
from ssacalc.report.draft import Draft
from ssacalc.report.outcomes import unverified
from ssacalc.report.tree import Block, Heading, Item, Paragraph, Points, Tone

KINDS = ("fact", "missing", "convention", "unverified", "draft")
"""Kinds of doubt in the order in which a reader can do something about them."""


def doubts(draft: Draft) -> Iterator[Block]:
    """List every doubt once, by kind, and the other lawful ways."""
    yield Heading(draft.text("doubts"))
    if unverified(draft.determination):
        yield Paragraph(draft.text("unverified-used"), Tone.WARNING)
    listed = list(_listed(draft))
    if listed:
        yield from listed
    elif not unverified(draft.determination):
        yield Paragraph(draft.text("no-doubts"))
    yield from _alternatives(draft)


def _listed(draft: Draft) -> Iterator[Block]:
    problems = draft.determination.problems
    if problems:
        yield Heading(draft.wording.name("doubt", "problem"), 2)
        yield Points(tuple(Item(_placed(p.place, p.fault), p.remedy) for p in problems))
    found = _by_kind(draft)
    for kind in (*KINDS, *(kind for kind in found if kind not in KINDS)):
        if kind in found:
            yield Heading(draft.wording.name("doubt", kind), 2)
            yield Points(tuple(found[kind].values()))


def _placed(place: str, fault: str) -> str:
    return f"{place}: {fault}" if place else fault


def _by_kind(draft: Draft) -> dict[str, dict[str, Item]]:
    """Return the doubts by kind; one that concerns several results is listed once."""
    found: dict[str, dict[str, Item]] = {}
    for result in draft.determination.with_instruments:
        for doubt in result.doubts:
            text = draft.wording.doubt(doubt)
            items = found.setdefault(doubt.kind, {})
            if text not in items:
                items[text] = draft.item(draft.of_result("doubt-of", result, text=text), doubt.law)
            else:
                items[text] = draft.item(text, doubt.law)
    return found


def _alternatives(draft: Draft) -> Iterator[Block]:
    items = [
        Item(_alternative(draft, result, other))
        for result in draft.determination.with_instruments
        for other in result.alternatives
    ]
    if items:
        yield Heading(draft.text("alternatives"), 2)
        yield Points(tuple(items))


def _alternative(draft: Draft, result: BenefitResult, other: Alternative) -> str:
    payable = draft.text("no-amount") if other.payable is None else draft.amount(other.payable)
    key = "alternative-under" if other.instrument else "alternative"
    return draft.of_result(
        key, result, what=other.what, instrument=other.instrument, payable=payable
    )
