"""The report of ``agreements check`` in plain English: by concern, a line for each instrument."""

from collections.abc import Iterable, Iterator, Sequence

from ssacalc.commands.agreement_text import counted
from ssacalc.library.checking import Report
from ssacalc.library.instrument_checks import Concern, Finding

_HEADS = {
    Concern.DATES: "Dates out of order",
    Concern.OVERLAP: "Valid at the same time",
    Concern.PARTIES: "One party only",
    Concern.MISSING: "Not coded",
    Concern.ARTICLE: "No article named",
    Concern.UNUSABLE: "Options the engine does not compute",
    Concern.UNVERIFIED: "Unverified, though a determination computes with it",
    Concern.UNCLEAR: "Inconclusive, though a determination may need it",
    Concern.STALE: "Not checked for three years",
    Concern.NAME: "Ids that say something else",
    Concern.TWICE: "In the library already",
}
_BRIEF = (Concern.ARTICLE, Concern.UNVERIFIED, Concern.UNCLEAR)
"""Concerns of which the places say all there is to say."""


def checked(report: Report) -> str:
    """Return the faults with their places, then what to look at, then how much there is."""
    lines = [str(fault) for fault in report.faults]
    for concern in Concern:
        found = [f for f in report.findings if f.concern is concern]
        if found:
            lines += ["", f"{_HEADS[concern]}: {len(found)}", *_lines(concern, found)]
    things = counted(len(report.findings), "thing")
    files = counted(report.files, "file")
    lines += ["", f"{files}: {len(report.faults)} with faults, {things} to look at."]
    return "\n".join(lines).lstrip("\n")


def _lines(concern: Concern, findings: Sequence[Finding]) -> Iterator[str]:
    held: dict[str, list[Finding]] = {}
    for finding in findings:
        held.setdefault(finding.instrument, []).append(finding)
    for instrument, found in held.items():
        if concern in _BRIEF:
            yield f"  {instrument}: {_places(f.place for f in found)}"
        else:
            for f in found:
                yield f"  {instrument}: {f.place}: {f.told}. {f.remedy}".rstrip()


def _places(places: Iterable[str]) -> str:
    """Return places in brief: those narrowed to the same thing together."""
    held: dict[str, dict[str, None]] = {}
    for place in places:
        name, _, narrowed = place.partition(" ")
        held.setdefault(narrowed, {})[name] = None
    return "; ".join(f"{to} {', '.join(names)}".strip() for to, names in held.items())
