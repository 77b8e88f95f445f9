"""What the library covers: for each State how many instruments, partners, and how well coded."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ssacalc.codes import countries
from ssacalc.domain.agreement import COORDINATING, Instrument
from ssacalc.domain.scheme import Scheme
from ssacalc.library.catalogue import Standing, standing
from ssacalc.library.tables import Column, Kind, Table, table

COVERAGE = Kind(
    "coverage",
    "a State that is a party of some instrument",
    (
        Column("state", "code of the State", "country"),
        Column("name", "its name in English"),
        Column("in_force", "coordinating instruments in force for it on the day"),
        Column("catalogue", "of those in force: known from a list, no clause coded"),
        Column("ended", "coordinating instruments that ended, are not yet in force or undated"),
        Column("verified", "of those in force: coded clause by clause from their text"),
        Column("partners", "States bound to it on the day", "country"),
        Column("standards", "international standards it is known to be bound by"),
        Column("schemes", "its schemes in the library"),
    ),
)


@dataclass(frozen=True, slots=True)
class Totals:
    """The library in numbers.

    ``coded`` instruments are coded clause by clause, the ``verified`` among them from their text.
    """

    instruments: int
    coded: int
    kinds: Mapping[str, int]
    standings: Mapping[str, int]
    clauses: int
    verified_clauses: int
    verified: int
    states: int


def totals(instruments: Sequence[Instrument], on: date) -> Totals:
    """Return the library in numbers as it stands on a day."""
    clauses = [clause for i in instruments for clause in i.clauses]
    return Totals(
        len(instruments),
        sum(not i.listed for i in instruments),
        _counted(i.kind.value for i in instruments),
        _counted(standing(i, on).value for i in instruments),
        len(clauses),
        sum(clause.law.verified for clause in clauses),
        sum(_from_text(i) for i in instruments),
        len({party.country for i in instruments for party in i.parties}),
    )


def _counted(names: Iterable[str]) -> dict[str, int]:
    held = list(names)
    return {name: held.count(name) for name in sorted(set(held))}


def coverage_table(instruments: Sequence[Instrument], schemes: Iterable[Scheme], on: date) -> Table:
    """Return a row for every State, by code."""
    own: dict[str, list[Instrument]] = {}
    for instrument in instruments:
        for party in instrument.parties:
            own.setdefault(party.country, []).append(instrument)
    held: dict[str, list[str]] = {}
    for scheme in schemes:
        held.setdefault(scheme.country, []).append(scheme.id)
    names = countries().names
    return table(
        COVERAGE,
        (
            (code, names.get(code, code), *_numbers(code, own[code], on), tuple(held.get(code, ())))
            for code in sorted(own)
        ),
    )


def _numbers(
    code: str, instruments: Sequence[Instrument], on: date
) -> tuple[int, int, int, int, tuple[str, ...], tuple[str, ...]]:
    coordinating = [i for i in instruments if i.kind in COORDINATING]
    binding = [i for i in coordinating if i.binds(code, on) and _stands(i, on)]
    partners = {p.country for i in binding for p in i.parties if i.links(code, p.country, on)}
    standards = [i.id for i in instruments if i.kind.value == "standard" and i.binds(code, on)]
    return (
        len(binding),
        sum(i.listed for i in binding),
        len(coordinating) - len(binding),
        sum(_from_text(i) for i in binding),
        tuple(sorted(partners - {code})),
        tuple(standards),
    )


def _from_text(instrument: Instrument) -> bool:
    return instrument.verified and not instrument.listed


def _stands(instrument: Instrument, on: date) -> bool:
    return standing(instrument, on) is Standing.IN_FORCE
