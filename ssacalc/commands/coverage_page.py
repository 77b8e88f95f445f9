"""The coverage of the library as a page in Markdown."""

from collections.abc import Mapping

from ssacalc.library.coverage import Totals
from ssacalc.library.tables import Table

_HEAD = """# What the library covers

Made from the data by `ssacalc agreements coverage > docs/coverage.md`; edition {edition}.

{instruments} instruments between {states} States and parts of States. {coded} are coded clause by
clause, {verified} of them from their text: {clauses} coded clauses, {share} % of them verified.
The other {listed} are in the catalogue only: their parties, days and branches were read in lists,
and nothing is computed with them. A State or clause that is missing here is not known to the
library; that is not a "no".

| kind | instruments | | standing today | instruments |
|---|---|---|---|---|
{summary}

## By State

In force: agreements, conventions and regulations that bind the State today. Catalogue: of these,
known from a list alone. Verified: of these, coded from their text. Not in force: earlier, later, or
of a day that is not known. Standards: conventions of the ILO and others it is known to be bound by.

| State | in force | catalogue | verified | not in force | standards | partners | schemes |
|---|---|---|---|---|---|---|---|
{rows}"""


def page(totals: Totals, states: Table, edition: str) -> str:
    """Return the page: the library in numbers, then a line for each State."""
    share = 100 * totals.verified_clauses // max(totals.clauses, 1)
    return _HEAD.format(
        edition=edition,
        instruments=totals.instruments,
        states=totals.states,
        coded=totals.coded,
        listed=totals.instruments - totals.coded,
        verified=totals.verified,
        clauses=f"{totals.clauses:,}",
        share=share,
        summary=_summary(totals.kinds, totals.standings),
        rows="\n".join(_row(state) for state in states.rows),
    )


def _summary(kinds: Mapping[str, int], standings: Mapping[str, int]) -> str:
    left = [f"| {name} | {number} |" for name, number in kinds.items()]
    right = [f" {name} | {number} |" for name, number in standings.items()]
    longest = max(len(left), len(right))
    left += ["| | |"] * (longest - len(left))
    right += [" | |"] * (longest - len(right))
    return "\n".join(f"{one} |{other}" for one, other in zip(left, right, strict=True))


def _row(state: tuple[object, ...]) -> str:
    code, name, in_force, listed, ended, verified, partners, standards, schemes = state
    cells = (
        in_force,
        listed,
        verified,
        ended,
        _count(standards),
        _names(partners),
        _names(schemes),
    )
    return f"| {name} ({code}) | {' | '.join(str(cell) for cell in cells)} |"


def _count(names: object) -> int:
    return len(names) if isinstance(names, tuple) else 0


def _names(names: object) -> str:
    return ", ".join(names) if isinstance(names, tuple) else ""
