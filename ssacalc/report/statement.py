"""A determination as a statement: what an office sends, as a tree of plain values.

No clock and no setting goes in: the day of issue is an argument, and the same determination in
the same language always gives the same statement.
"""

from collections.abc import Iterator
from datetime import date

from ssacalc import __version__
from ssacalc.domain.case import Case
from ssacalc.domain.determination import Determination
from ssacalc.report.abroad import abroad
from ssacalc.report.annex import annex
from ssacalc.report.bounds import bounds
from ssacalc.report.claimants import claimants
from ssacalc.report.cuts import cuts
from ssacalc.report.doubts import doubts
from ssacalc.report.draft import Draft
from ssacalc.report.periods import periods
from ssacalc.report.results import in_short, result_tables
from ssacalc.report.shortfalls import shortfalls
from ssacalc.report.tree import Block, Facts, Paragraph, Statement, Tone
from ssacalc.report.wording import Wording


def statement(
    determination: Determination, wording: Wording, issued: date | None = None
) -> Statement:
    """Return the statement of a determination, issued on a day (``None``: a draft)."""
    draft = Draft.of(determination, wording)
    case = determination.case
    benefit = case.claim.benefit.value
    return Statement(
        title=draft.text("title"),
        subtitle=draft.text("subtitle", benefit=benefit, on=case.claim.on),
        language=wording.language,
        direction=wording.direction,
        case=case.id,
        edition=determination.edition,
        version=__version__,
        footer=draft.text("footer", case=case.id, law=determination.edition),
        page=wording.template("page"),
        blocks=tuple(_blocks(draft, issued)),
        annex=tuple(annex(draft)),
    )


def _blocks(draft: Draft, issued: date | None) -> Iterator[Block]:
    yield Facts(tuple(_head(draft, issued)))
    yield Paragraph(draft.text("not-a-decision"), Tone.QUIET)
    yield from in_short(draft)
    yield from result_tables(draft)
    yield from cuts(draft)
    yield from claimants(draft)
    yield from shortfalls(draft)
    yield from abroad(draft)
    yield from bounds(draft)
    yield from doubts(draft)
    yield from periods(draft)


def _head(draft: Draft, issued: date | None) -> Iterator[tuple[str, str]]:
    determination, wording = draft.determination, draft.wording
    case = determination.case
    yield from _person(draft, case)
    claim = draft.text("claimed", benefit=case.claim.benefit.value, on=case.claim.on)
    yield draft.text("claim"), claim
    yield draft.text("case"), f"{case.id} · {case.title}" if case.title else case.id
    yield draft.text("law"), determination.edition
    yield draft.text("program"), draft.text("program-version", version=__version__)
    told = draft.text("not-issued") if issued is None else wording.date(issued)
    yield draft.text("issued"), told


def _person(draft: Draft, case: Case) -> Iterator[tuple[str, str]]:
    person, wording = case.person, draft.wording
    yield draft.text("person"), person.name
    yield draft.text("born"), wording.date(person.born)
    if person.died is not None:
        yield draft.text("died"), wording.date(person.died)
    yield (
        draft.text("lives" if person.died is None else "lived"),
        wording.name("country", person.residence),
    )
    if person.nationalities:
        named = ", ".join(wording.name("country", code) for code in person.nationalities)
        yield draft.text("nationality"), named
