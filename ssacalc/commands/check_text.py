"""The report of ``agreements check`` in plain English: by concern, the instruments together."""

import textwrap
from collections.abc import Iterable, Iterator, Sequence

from ssacalc.commands.agreement_text import WIDTH, counted
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
    Concern.SCHEME: "Schemes that the library may know by another name",
    Concern.SOURCE: "Addresses of sites, not of pages",
}
_BRIEF = (Concern.ARTICLE, Concern.UNVERIFIED, Concern.UNCLEAR)
"""Concerns of which the places say all there is to say."""


def checked(report: Report) -> str:
    """Return the faults with their places, then what to look at, then how much there is."""
    lines = [str(fault) for fault in report.faults]
    numbers: list[str] = []
    for concern in Concern:
        found = [f for f in report.findings if f.concern is concern]
        if found:
            lines += ["", f"{_HEADS[concern]}: {len(found)}", *_lines(concern, found)]
            held = counted(len({f.instrument for f in found}), "instrument")
            numbers.append(f"{len(found):5}  {_HEADS[concern]} ({held})")
    if len(numbers) > 1:
        lines += ["", "In short", *numbers]
    things = counted(len(report.findings), "thing")
    files = counted(report.files, "file")
    lines += ["", f"{files}: {len(report.faults)} with faults, {things} to look at."]
    return "\n".join(lines).lstrip("\n")


def _lines(concern: Concern, findings: Sequence[Finding]) -> Iterator[str]:
    held: dict[str, list[Finding]] = {}
    for finding in findings:
        held.setdefault(finding.instrument, []).append(finding)
    for instrument, found in held.items():
        told = [f"{f.place}: {f.told}. {f.remedy}" for f in found]
        for words in [_places(f.place for f in found)] if concern in _BRIEF else told:
            yield from _WRAP.wrap(f"{instrument}: {words}")


_WRAP = textwrap.TextWrapper(
    WIDTH, initial_indent="  ", subsequent_indent="      ", break_on_hyphens=False
)


def _places(places: Iterable[str]) -> str:
    """Return places in brief: those narrowed to the same thing, or to States alike, together."""
    held: dict[str, dict[str, None]] = {}
    for place in places:
        name, _, narrowed = place.partition(" ")
        held.setdefault(narrowed.strip("[]"), {})[name] = None
    alike: dict[tuple[str, ...], list[str]] = {}
    for to, names in held.items():
        alike.setdefault(tuple(names), []).append(to)
    return "; ".join(_alike(names, to) for names, to in alike.items())


def _alike(names: Sequence[str], narrowed: Sequence[str]) -> str:
    to = "; ".join(narrowed) if any("," in part for part in narrowed) else ", ".join(narrowed)
    return f"{f'[{to}] ' if to else ''}{', '.join(names)}"
