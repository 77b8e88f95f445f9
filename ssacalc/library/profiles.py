"""How far instruments speak of the five principles, and how far they are from a model.

Counts of clauses, never one grade: what a text says is for people to weigh.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from ssacalc.domain.agreement import Instrument
from ssacalc.library.comparing import compare
from ssacalc.library.comparison import Comparison, Verdict
from ssacalc.library.taxonomy import Topic, taxonomy


@dataclass(frozen=True, slots=True)
class Profile:
    """What one instrument says of one principle, in numbers of its clauses.

    ``like`` and ``unlike`` count the clauses that agree with the model and those that differ;
    ``None`` where there is no model.
    """

    instrument: Instrument
    topic: str
    coded: int
    silent: int
    unclear: int
    not_coded: int
    like: int | None = None
    unlike: int | None = None


def profiles(comparison: Comparison, on: date) -> Iterator[Profile]:
    """Yield a profile of every instrument over every principle."""
    topics = {name: topic for name, topic in taxonomy().topics.items() if topic.principle}
    model = comparison.instruments[0] if comparison.model else None
    for name, topic in topics.items():
        for instrument in comparison.instruments:
            held = [_options(instrument, clause, on) for clause in topic.clauses]
            like, unlike = _against(instrument, model, topic, on)
            yield Profile(
                instrument,
                name,
                coded=sum(any(o not in _NOT_SAID for o in options) for options in held),
                silent=sum(bool(options) and set(options) <= _SILENT for options in held),
                unclear=sum(set(options) == {"inconclusive"} for options in held),
                not_coded=sum(not options for options in held),
                like=like,
                unlike=unlike,
            )


_SILENT = {"silent", "not-applicable"}
_NOT_SAID = {*_SILENT, "inconclusive"}


def _options(instrument: Instrument, clause: str, on: date) -> Sequence[str]:
    return [c.option for c in instrument.clauses if c.id == clause and c.applies(on)]


def _against(
    instrument: Instrument, model: Instrument | None, topic: Topic, on: date
) -> tuple[int | None, int | None]:
    """Return how many clauses of a topic agree with the model and how many differ."""
    if model is None or model is instrument:
        return None, None
    found: dict[str, set[Verdict]] = {}
    for row in compare([instrument], on, topic.clauses, model=model).rows:
        found.setdefault(row.clause, set()).add(row.verdict)
    unlike = sum(Verdict.DIFFERENT in verdicts for verdicts in found.values())
    like = sum(verdicts == {Verdict.SAME} for verdicts in found.values())
    return like, unlike
