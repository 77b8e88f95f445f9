"""Files of the law checked: their faults, and what a careful keeper would look at."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ssacalc.domain.agreement import Instrument
from ssacalc.domain.errors import InvalidLaw, Problem
from ssacalc.domain.scheme import Scheme
from ssacalc.library.instrument_checks import Finding, check_instrument
from ssacalc.library.instruments import read_instrument
from ssacalc.library.law import LISTS, load_schemes
from ssacalc.library.library_checks import check_together
from ssacalc.library.lists import is_list, read_list
from ssacalc.library.scheme_checks import check_scheme
from ssacalc.library.scheme_names import check_scheme_names
from ssacalc.library.schemes import read_scheme
from ssacalc.resources import folder


@dataclass(frozen=True, slots=True)
class Report:
    """How many files were read, which cannot be used and why, what to look at in the others."""

    files: int
    faults: tuple[InvalidLaw, ...]
    findings: tuple[Finding, ...]


def check_instruments(files: Sequence[Path], on: date) -> Report:
    """Check files of instruments and lists of them.

    Where none are named those of the library are checked, also with each other; the instruments
    of a list that is named are held against the library too.
    """
    paths = list(files) or _shipped()
    held, faults = _read(paths)
    instruments = [instrument for _, instrument in held]
    findings = [f for instrument in instruments for f in check_instrument(instrument, on)]
    findings += check_scheme_names(instruments, _schemes())
    if not files:
        faults += _twins(held)
        findings += check_together(instruments)
    elif any(instrument.listed for instrument in instruments):
        named = {path.resolve() for path in paths}
        others, _ = _read([path for path in _shipped() if path.resolve() not in named])
        faults += _twins([*others, *held], named)
        together = check_together([*instruments, *(instrument for _, instrument in others)])
        listed = {instrument.id for instrument in instruments if instrument.listed}
        findings += [finding for finding in together if finding.instrument in listed]
    return Report(len(paths), tuple(faults), tuple(findings))


def _schemes() -> Sequence[Scheme]:
    """Return the schemes of the library; none where a file has a fault, which is told elsewhere."""
    try:
        return load_schemes()
    except InvalidLaw:
        return ()


def _shipped() -> list[Path]:
    place = folder("agreements")
    return sorted([*place.glob("*.toml"), *(place / LISTS).glob("*.toml")])


Held = list[tuple[Path, Instrument]]


def _read(paths: Iterable[Path]) -> tuple[Held, list[InvalidLaw]]:
    """Return the instruments in files, each with its file, and the faults of the others."""
    held: Held = []
    faults: list[InvalidLaw] = []
    for path in paths:
        try:
            found = read_list(path) if is_list(path) else (read_instrument(path),)
        except InvalidLaw as invalid:
            faults.append(invalid)
        else:
            held.extend((path, instrument) for instrument in found)
    return held, faults


def _twins(held: Held, named: Collection[Path] | None = None) -> Iterator[InvalidLaw]:
    """Yield a fault for each file that has the id of an instrument of another file."""
    seen: dict[str, Path] = {}
    twins: dict[Path, list[Problem]] = {}
    for path, instrument in held:
        first = seen.setdefault(instrument.id, path)
        if first != path and (named is None or path.resolve() in named):
            told = f"this instrument is in {first.name} already."
            problem = Problem(instrument.id, told, "Remove it, or give it an id of its own.")
            twins.setdefault(path, []).append(problem)
    for path, problems in twins.items():
        yield InvalidLaw(f"{path.name} has what another file has.", tuple(problems))


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
