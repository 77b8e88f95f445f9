"""How far two independent codings of an agreement say the same, clause by clause.

Two files are aligned by what they answer, not by how they are cut into clauses. For every clause id
the questions are asked that either coding tells apart: by State, and where a coding narrows the
clause, by branch, scheme and part. The clause that prevails in each coding is looked up as a
determination does it. Questions about one State with the same pair of answers are one comparison. A
clause that neither coding narrows to a State counts once, else once a State.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from fractions import Fraction
from functools import cache
from pathlib import Path

from ssacalc.domain.agreement import Clause, Cover, Instrument
from ssacalc.domain.case import PENSIONS, Branch
from ssacalc.library.engine_clauses import ENGINE_CLAUSES, UNIVERSAL_OPTIONS
from ssacalc.library.instruments import read_instrument
from ssacalc.library.taxonomy import taxonomy

HERE = Path(__file__).parent
ON = date(2026, 11, 22)
"""The day of the codings; clauses that are not valid on it are not compared."""

ENGINE = ("G05", "G08", "G10", "G11", "G13")
"""The clauses outside groups T and P on which a determination rests."""

NOTHING = ("silent", "not-applicable")
"""Options that say no more than that the text has nothing, like a clause that is not there."""

SAME_PART = {
    ("ca-jp-2006", "spouse-addition"): "additional-pension-for-spouses",
    ("ch-jp-2010", "fixed"): "additional-pension-for-spouses",
}
"""Parts of a benefit that the second coding calls otherwise: their names are free."""


class Outcome(StrEnum):
    """How two codings stand to each other in one comparison."""

    SAME = "same option and parameters"
    PARAMETERS = "same option, other parameters"
    OPTION = "other option"
    ONE_ONLY = "coded by one only"


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of both codings."""

    party: str | None = None
    scheme: str | None = None
    branch: Branch | None = None
    part: str | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """One clause as it stands in both codings, for the questions that both answer alike."""

    agreement: str
    clause: str
    questions: tuple[Question, ...]
    first: tuple[Clause, ...]
    second: tuple[Clause, ...]

    @property
    def outcome(self) -> Outcome:
        """Tell how the two stand to each other."""
        if content(self.first) == content(self.second):
            return Outcome.SAME
        one, other = options(self.first), options(self.second)
        if one == other:
            return Outcome.PARAMETERS
        return Outcome.OPTION if one and other else Outcome.ONE_ONLY

    @property
    def agrees(self) -> bool:
        """Tell whether there is nothing to settle."""
        return self.outcome is Outcome.SAME

    @property
    def both_silent(self) -> bool:
        """Tell whether both say that the text has nothing."""
        return not options(self.first) and not options(self.second)

    @property
    def engine(self) -> bool:
        """Tell whether a determination rests on the clause."""
        return self.clause in ENGINE or self.clause[0] in "TP"


@dataclass(frozen=True, slots=True)
class Rate:
    """Agreements among comparisons."""

    agreed: int
    compared: int

    @property
    def share(self) -> Fraction | None:
        """Return the rate, ``None`` where nothing was compared."""
        return Fraction(self.agreed, self.compared) if self.compared else None


def rate(comparisons: Iterable[Comparison]) -> Rate:
    """Return how many of the comparisons agree."""
    told = [comparison.agrees for comparison in comparisons]
    return Rate(sum(told), len(told))


def kappa(comparisons: Iterable[Comparison]) -> Fraction | None:
    """Return the agreement on options beyond chance (Cohen), taken together over clause ids.

    It is 1 less the disagreements found, divided by those expected if each coder had strewn the
    same options over the comparisons of a clause at random; ``None`` where none are expected.
    """
    by_clause: dict[str, list[Comparison]] = {}
    for comparison in comparisons:
        by_clause.setdefault(comparison.clause, []).append(comparison)
    found, expected = Fraction(0), Fraction(0)
    for held in by_clause.values():
        one = [options(comparison.first) for comparison in held]
        other = [options(comparison.second) for comparison in held]
        found += sum(a != b for a, b in zip(one, other, strict=True))
        expected += Fraction(sum(a != b for a in one for b in other), len(held))
    return 1 - found / expected if expected else None


def options(answer: Iterable[Clause]) -> frozenset[str]:
    """Return the options of an answer, none where it has nothing to say."""
    return frozenset(clause.option for clause in answer if clause.option not in NOTHING)


def content(answer: Iterable[Clause]) -> frozenset[tuple[str, str]]:
    """Return what is compared of an answer: its options, and for each what it is stated with.

    That is the typed rule where a determination computes with the clause, else the parameters that
    are figures, days or yes and no: lists and texts are every coder's own words.
    """
    return frozenset((c.option, _said(c)) for c in answer if c.option not in NOTHING)


def _said(clause: Clause) -> str:
    if clause.option in UNIVERSAL_OPTIONS:
        return ""
    if clause.id in ENGINE_CLAUSES:
        return repr(clause.rule)
    held = {
        name: value
        for name, value in clause.parameters.items()
        if isinstance(value, int | date | Mapping) and value is not False
    }
    return repr(sorted(held.items()))


def compare(first: Instrument, second: Instrument) -> tuple[Comparison, ...]:
    """Return the comparisons of two codings of one agreement, clause by clause."""
    return tuple(
        comparison
        for clause in taxonomy().clauses
        for comparison in _of_clause(clause, first, second)
    )


def _of_clause(clause: str, first: Instrument, second: Instrument) -> Iterator[Comparison]:
    one = _valid(first, clause)
    other = tuple(
        replace(c, part=SAME_PART.get((second.id, c.part or ""), c.part))
        for c in _valid(second, clause)
    )
    made: dict[tuple[object, ...], Comparison] = {}
    for question in _questions((*one, *other), first, second):
        a, b = answer(one, question), answer(other, question)
        if not a and not b:
            continue
        key = (question.party, content(a), content(b))
        held = made.get(key) or Comparison(first.id, clause, (), (), ())
        made[key] = replace(
            held,
            questions=(*held.questions, question),
            first=_joined(held.first, a),
            second=_joined(held.second, b),
        )
    yield from made.values()


def _valid(coding: Instrument, clause: str) -> tuple[Clause, ...]:
    return tuple(c for c in coding.clauses if c.id == clause and c.applies(ON))


def _joined(held: tuple[Clause, ...], more: tuple[Clause, ...]) -> tuple[Clause, ...]:
    return (*held, *(clause for clause in more if not any(clause is other for other in held)))


def _questions(
    clauses: Sequence[Clause], first: Instrument, second: Instrument
) -> Iterator[Question]:
    """Yield what to ask: by State, branch, scheme and part, each only where a clause does."""
    apart = any(clause.party for clause in clauses)
    parties = sorted({p.country for p in first.parties}) if apart else [None]
    for party in parties:
        own = [c for c in clauses if c.party in {None, party}]
        narrowed = any(clause.scheme or clause.branch for clause in own)
        for branch, scheme in _places(party, own, (first, second)) if narrowed else [(None, None)]:
            yield Question(party, scheme, branch)
        yield from _parts(party, own)


def _parts(party: str | None, clauses: Iterable[Clause]) -> Iterator[Question]:
    """Yield the questions about parts of a benefit, each as narrowly as a coding puts it."""
    named = {(c.scheme, c.part): set[Branch | None]() for c in clauses if c.part}
    for clause in clauses:
        if clause.part:
            named[clause.scheme, clause.part].add(clause.branch)
    for (scheme, part), branches in sorted(named.items(), key=repr):
        for branch in sorted(branches - {None}, key=str) or (None,):
            yield Question(party, scheme, branch, part)


def _places(
    party: str | None, clauses: Iterable[Clause], codings: Iterable[Instrument]
) -> list[tuple[Branch | None, str | None]]:
    """Return the branches of a State with their schemes, as the codings name them."""
    held: dict[Branch, set[str]] = {}
    for coding in codings:
        for row in coding.branches:
            if party in {None, row.party} and row.cover is Cover.COVERED:
                held.setdefault(row.branch, set()).update(row.schemes)
    for clause in clauses:
        if clause.branch is not None:
            held.setdefault(clause.branch, set())
    return [
        (branch, scheme)
        for branch in sorted(held)
        for scheme in (sorted(held[branch]) or [None])  # type: ignore[list-item]
    ]


def answer(clauses: Iterable[Clause], question: Question) -> tuple[Clause, ...]:
    """Return the clauses that answer a question: of those that fit the most particular ones."""
    best: list[Clause] = []
    rank = -1
    for clause in clauses:
        score = -1 if _of_pensions_only(clause, question) else _particularity(clause, question)
        if score > rank:
            best, rank = [], score
        if score == rank and score >= 0:
            best.append(clause)
    return tuple(best)


def _of_pensions_only(clause: Clause, question: Question) -> bool:
    """Tell whether a clause on pensions (group P, T05) is asked about another benefit."""
    if clause.branch is not None or question.branch in {None, *PENSIONS}:
        return False
    return clause.id.startswith("P") or clause.id == "T05"


def _particularity(clause: Clause, question: Question) -> int:
    """Return how particularly a clause speaks of what is asked, as a determination weighs it."""
    score = 0
    for said, asked, weight in (
        (clause.part, question.part, 8),
        (clause.scheme, question.scheme, 4),
        (clause.party, question.party, 2),
        (clause.branch, question.branch, 1),
    ):
        if said is not None and said != asked:
            return -1
        score += weight * (said is not None)
    return score


@cache
def coding(name: str, folder: Path) -> Instrument:
    """Return one coding of an agreement."""
    return read_instrument(folder / f"{name}.toml")


def sample() -> tuple[str, ...]:
    """Return the agreements that were coded twice."""
    return tuple(sorted(path.stem for path in (HERE / "second").glob("*.toml")))


@cache
def comparisons() -> tuple[Comparison, ...]:
    """Return every comparison of the sample."""
    return tuple(
        comparison
        for name in sample()
        for comparison in compare(coding(name, HERE / "first"), coding(name, HERE / "second"))
    )
