"""What a reader must know before relying on a statement."""

from collections.abc import Iterator

from ssacalc.domain.determination import Alternative, BenefitResult
from ssacalc.report.draft import Draft
from ssacalc.report.outcomes import settled, unverified
from ssacalc.report.tree import Block, Heading, Item, Paragraph, Points, Tone

UNREAD = "datum-unverified"
"""The doubt that a rule or figure was not read in its text."""
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
        certain = all(settled(result) for result in draft.determination.with_instruments)
        yield Paragraph(draft.text("no-doubts" if certain else "not-settled"))
    yield from _alternatives(draft)


def _listed(draft: Draft) -> Iterator[Block]:
    problems = draft.determination.problems
    if problems:
        yield Heading(draft.wording.name("doubt", "problem"), 2)
        yield Points(tuple(Item(_placed(p.place, p.fault), p.remedy) for p in problems))
    found = _by_kind(draft)
    unread = tuple(_unread(draft))
    for kind in (*KINDS, *(kind for kind in found if kind not in KINDS)):
        listed = tuple(found.get(kind, {}).values())
        here = unread if kind == "unverified" else ()
        if listed or here:
            yield Heading(draft.wording.name("doubt", kind), 2)
        if listed:
            yield Points(listed)
        if here:
            yield Paragraph(draft.text("unverified-read"))
            yield Points(here)


def _unread(draft: Draft) -> Iterator[Item]:
    """Name what was not read in its text, scheme by scheme, each once."""
    told: set[str] = set()
    for result in draft.determination.with_instruments:
        laws = (law for doubt in result.doubts if doubt.key == UNREAD for law in doubt.law)
        new = {str(law): law for law in laws if str(law) not in told}
        told.update(new)
        articles: dict[str, list[str]] = {}
        for law in new.values():
            articles.setdefault(law.document, []).extend([law.article] if law.article else [])
        if articles:
            named = (", ".join(p for p in (d, "; ".join(a)) if p) for d, a in articles.items())
            yield Item(draft.of_result("unverified-of", result, citations=". ".join(named)))


def _placed(place: str, fault: str) -> str:
    return f"{place}: {fault}" if place else fault


def _by_kind(draft: Draft) -> dict[str, dict[str, Item]]:
    """Return the doubts by kind; one that concerns several results is listed once."""
    found: dict[str, dict[str, Item]] = {}
    for result in draft.determination.with_instruments:
        for doubt in result.doubts:
            if doubt.key == UNREAD:
                continue
            text = draft.wording.doubt(doubt)
            law = [citation for citation in doubt.law if str(citation) not in text]
            items = found.setdefault(doubt.kind, {})
            told = text if text in items else _of(draft, result, text)
            items[text] = draft.item(told, law)
    return found


def _of(draft: Draft, result: BenefitResult, text: str) -> str:
    """Say of which result a doubt speaks; a scheme that the text names is not named again."""
    key = "doubt-of-state" if draft.scheme(result) in text else "doubt-of"
    return draft.of_result(key, result, text=text)


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
    payable = draft.wording.without_amount(other.with_agreement)
    if other.payable is not None:
        payable = draft.amount(other.payable)
    key = "alternative-under" if other.instrument else "alternative"
    return draft.of_result(
        key, result, what=other.what, instrument=other.instrument, payable=payable
    )
