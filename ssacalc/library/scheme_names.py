"""The schemes that instruments name, held against those of the library.

An instrument may name schemes that nobody coded. One letter too many does the same to a scheme that
is coded, and nothing would tell: a clause narrowed to it never speaks, a branch covers nobody.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher

from ssacalc.domain.agreement import Cover, Instrument
from ssacalc.domain.scheme import Scheme
from ssacalc.library.instrument_checks import Concern, Finding, place_of


def check_scheme_names(
    instruments: Iterable[Instrument], schemes: Sequence[Scheme]
) -> Iterator[Finding]:
    """Yield schemes that instruments name by an id that the library has otherwise."""
    known: dict[str, set[str]] = {}
    for scheme in schemes:
        known.setdefault(scheme.country, set()).update((scheme.id, scheme.named))
    for instrument in instruments:
        if not instrument.listed:
            yield from _almost(instrument, known)
            yield from _uncovered(instrument, schemes)


def _almost(instrument: Instrument, known: dict[str, set[str]]) -> Iterator[Finding]:
    """Yield ids near one of the library, unless the instrument names that one too."""
    places = _named(instrument)
    for name, place in places.items():
        held = known.get(name[:2].upper(), set())
        near = [] if name in held else [n for n in sorted(held) if _near(name, n)]
        meant = [n for n in near if n not in places]
        if meant:
            told = f"it names the scheme {name}; the library has {' and '.join(meant)}"
            remedy = "If the same is meant, write it so."
            yield Finding(instrument.id, Concern.SCHEME, place, told, remedy)


def _named(instrument: Instrument) -> dict[str, str]:
    """Return the schemes that an instrument names, each with the first place."""
    found: dict[str, str] = {}
    for row in instrument.branches:
        for name in row.schemes:
            found.setdefault(name, f"{row.branch.value} [{row.party}]")
    for clause in instrument.clauses:
        for word in (clause.scheme or "", *_words(clause.parameters)):
            if _ID.fullmatch(word):
                found.setdefault(word, place_of(clause))
    return found


_ID = re.compile(r"[a-z]{2}-[a-z0-9.-]+")


def _words(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _words(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _words(part)


def _near(name: str, other: str) -> bool:
    """Tell whether two ids of a State's schemes are almost one: letters apart, or cut short."""
    short, long = sorted((name, other), key=len)
    return long.startswith(f"{short}-") or SequenceMatcher(None, short, long).ratio() >= _ALIKE


_ALIKE = 0.85
"""How alike two ids are that may be one: a letter left out of five, or two of twelve changed."""


def _uncovered(instrument: Instrument, schemes: Sequence[Scheme]) -> Iterator[Finding]:
    """Yield branches covered for other schemes only than those the library has for them."""
    for row in instrument.branches:
        if row.cover is not Cover.COVERED or not row.schemes:
            continue
        held = [s for s in schemes if s.country == row.party and s.pays(row.branch)]
        if held and not any(scheme.meant_by(name) for scheme in held for name in row.schemes):
            have = ", ".join(dict.fromkeys(scheme.named for scheme in held))
            told = f"it covers {', '.join(row.schemes)}, of the library's none ({have})"
            place = f"{row.branch.value} [{row.party}]"
            remedy = "If one of these is meant, write it so."
            yield Finding(instrument.id, Concern.SCHEME, place, told, remedy)
