"""Small invented instruments for the tests of the library's use."""

from datetime import date

from ssacalc.domain.agreement import (
    BranchCover,
    Clause,
    Cover,
    Instrument,
    InstrumentKind,
    Party,
    Source,
)
from ssacalc.domain.case import Branch
from ssacalc.domain.rules import Rule
from ssacalc.domain.trace import Citation

SINCE = date(2000, 1, 1)
TODAY = date(2020, 6, 1)


def law(article: str = "art. 1", *, verified: bool = True) -> Citation:
    return Citation("A treaty", article, "A source", "https://example.org", verified=verified)


def clause(
    name: str,
    option: str,
    *,
    party: str | None = None,
    scheme: str | None = None,
    branch: Branch | None = None,
    rule: Rule | None = None,
    since: date | None = None,
    until: date | None = None,
    note: str = "",
    verified: bool = True,
    **parameters: object,
) -> Clause:
    return Clause(
        name,
        option,
        law(verified=verified),
        parameters,
        party=party,
        scheme=scheme,
        branch=branch,
        since=since,
        until=until,
        note=note,
        rule=rule,
    )


def cover(
    party: str, branch: Branch = Branch.OLD_AGE, how: Cover = Cover.COVERED, **more: date
) -> BranchCover:
    return BranchCover(party, branch, how, (), law("art. 2"), **more)


def instrument(
    states: str,
    *clauses: Clause,
    name: str = "",
    kind: InstrumentKind = InstrumentKind.BILATERAL,
    covers: tuple[BranchCover, ...] | None = None,
    parties: tuple[Party, ...] | None = None,
    note: str = "",
    replaces: tuple[str, ...] = (),
    checked_on: date | None = TODAY,
) -> Instrument:
    """Return an instrument in force since 2000 between States written as ``MA FR``."""
    codes = states.split()
    held = tuple(Party(code, SINCE) for code in codes) if parties is None else parties
    return Instrument(
        name or "-".join(code.lower() for code in codes),
        kind,
        f"Agreement of {' and '.join(codes)}",
        "–".join(codes),
        held,
        branches=tuple(cover(code) for code in codes) if covers is None else covers,
        clauses=clauses,
        sources=(Source("text", "Official text", "https://example.org/text"),),
        replaces=replaces,
        totalises=True,
        checked_on=checked_on,
        verified=True,
        note=note,
    )
