"""What a careful keeper of the law would ask about the files: faults, gaps, things gone stale."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path

from ssacalc.domain.agreement import Clause, Cover, Instrument
from ssacalc.domain.errors import InvalidLaw, Problem
from ssacalc.domain.rules import Calculation
from ssacalc.library.instrument_file import ENGINE_CLAUSES
from ssacalc.library.instruments import read_instrument
from ssacalc.library.scheme_checks import STALE_YEARS, check_scheme
from ssacalc.library.schemes import read_scheme
from ssacalc.resources import folder

NEEDED = ("T03", "T04", "T05", "T06", "P01", "G08")
"""Clauses without which a totalising instrument cannot be computed with."""


def check_instruments(files: Sequence[Path], on: date) -> tuple[bool, str]:
    """Return whether any file has a fault, and the report over the files (none named: all)."""
    paths = list(files) or sorted(folder("agreements").glob("*.toml"))
    faults: list[str] = []
    advice: list[str] = []
    for path in paths:
        try:
            instrument = read_instrument(path)
        except InvalidLaw as invalid:
            faults.append(str(invalid))
            continue
        advice.extend(f"{instrument.id}: {p}" for p in check_instrument(instrument, on))
    return bool(faults), _report(len(paths), faults, advice)


def check_schemes(files: Sequence[Path], on: date) -> tuple[bool, str]:
    """Return whether any scheme file has a fault, and the report (none named: all)."""
    paths = list(files) or sorted(
        path
        for path in (folder("resources") / "schemes").glob("*/*.toml")
        if "ssacalc-scheme/" in path.read_text(encoding="utf-8")[:400]
    )
    faults: list[str] = []
    advice: list[str] = []
    for path in paths:
        try:
            scheme = read_scheme(path)
        except InvalidLaw as invalid:
            faults.append(str(invalid))
            continue
        advice.extend(f"{scheme.id}: {p}" for p in check_scheme(scheme, on))
    return bool(faults), _report(len(paths), faults, advice)


def _report(number: int, faults: Sequence[str], advice: Sequence[str]) -> str:
    lines = [*faults, *advice]
    lines.append(f"{number} files: {len(faults)} with faults, {len(advice)} things to look at.")
    return "\n".join(lines)


def check_instrument(instrument: Instrument, on: date) -> Iterator[Problem]:
    """Yield what is missing, odd or stale in an instrument that can be read."""
    yield from _dates(instrument)
    yield from _branches(instrument)
    yield from _needed(instrument)
    yield from _overlaps(instrument)
    yield from _usable(instrument.clauses)
    if instrument.checked_on is None or on.year - instrument.checked_on.year >= STALE_YEARS:
        yield Problem("checked", "nobody checked it in the last three years.", "Read it again.")


def _dates(instrument: Instrument) -> Iterator[Problem]:
    signed = [e.on for e in instrument.events if e.kind.value == "signed"]
    in_force = [p.since for p in instrument.parties if p.since]
    if signed and in_force and min(in_force) < min(signed):
        yield Problem("parties", f"bound since {min(in_force)}, before signing on {min(signed)}.")
    if not instrument.events:
        yield Problem("events", "no events are coded.", "Add signing and entry into force.")


def _branches(instrument: Instrument) -> Iterator[Problem]:
    if not instrument.branches:
        yield Problem("branches", "no branches are coded.", "Say what the instrument covers.")
        return
    coded = {row.party for row in instrument.branches}
    for party in instrument.parties:
        if party.country not in coded:
            yield Problem("branches", f"none for {party.country}.", "Add what it covers there.")


def _needed(instrument: Instrument) -> Iterator[Problem]:
    pensions = any(
        row.cover is Cover.COVERED and row.branch.value in ("old-age", "survivors", "invalidity")
        for row in instrument.branches
    )
    if not instrument.totalises or not pensions:
        return
    coded = {clause.id for clause in instrument.clauses}
    for name in NEEDED:
        if name not in coded:
            yield Problem(name, "not coded, though a determination asks for it.", "Code it.")


def _overlaps(instrument: Instrument) -> Iterator[Problem]:
    seen: dict[tuple[object, ...], Clause] = {}
    for clause in instrument.clauses:
        key = (clause.id, clause.party, clause.scheme, clause.branch, clause.part, clause.since)
        other = seen.get(key)
        if other is not None and other.option != clause.option:
            fault = f"coded twice for the same case ({other.option}, {clause.option})."
            yield Problem(clause.id, fault, "Give each its dates, or keep one.")
        seen.setdefault(key, clause)


def _usable(clauses: Iterable[Clause]) -> Iterator[Problem]:
    for clause in clauses:
        computed = clause.id in ENGINE_CLAUSES
        if clause.option == "inconclusive":
            fault = "inconclusive: a determination that needs it will say so."
            yield Problem(f"{clause.id} {clause.law.article}", fault)
        elif computed and not clause.law.verified:
            fault = "unverified, though a determination computes with it."
            yield Problem(f"{clause.id} {clause.law.article}", fault, "Read the text.")
        elif clause.id == "P01" and not isinstance(clause.rule, Calculation):
            fault = f"the engine does not compute {clause.option!r}."
            yield Problem(f"{clause.id} {clause.law.article}", fault)
