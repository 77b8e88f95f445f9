"""Files of the law checked: their faults, and what a careful keeper would look at."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ssacalc.domain.agreement import Instrument
from ssacalc.domain.errors import InvalidLaw
from ssacalc.library.instrument_checks import Finding, check_instrument
from ssacalc.library.instruments import read_instrument
from ssacalc.library.library_checks import check_together
from ssacalc.library.scheme_checks import check_scheme
from ssacalc.library.schemes import read_scheme
from ssacalc.resources import folder


@dataclass(frozen=True, slots=True)
class Report:
    """How many files were read, which cannot be used and why, what to look at in the others."""

    files: int
    faults: tuple[InvalidLaw, ...]
    findings: tuple[Finding, ...]


def check_instruments(files: Sequence[Path], on: date) -> Report:
    """Check instrument files; where none are named all of the library, also with each other."""
    paths = list(files) or sorted(folder("agreements").glob("*.toml"))
    faults: list[InvalidLaw] = []
    instruments: list[Instrument] = []
    for path in paths:
        try:
            instruments.append(read_instrument(path))
        except InvalidLaw as invalid:
            faults.append(invalid)
    findings = [f for instrument in instruments for f in check_instrument(instrument, on)]
    if not files:
        findings += check_together(instruments)
    return Report(len(paths), tuple(faults), tuple(findings))


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
