"""Facts known only within bounds, periods not yet proved, and choices the law leaves open.

Each is looked at by determining the case again with the other reading: the rules stay the same,
only a fact or a named convention changes.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import islice, product

from ssacalc.domain.case import Case, Evidence, InsurancePeriod, UncertainDate
from ssacalc.domain.determination import Alternative, BenefitResult, Range, Worth
from ssacalc.domain.money import Money
from ssacalc.domain.scheme import CountingKind, Maturity
from ssacalc.domain.spans import Span
from ssacalc.engine.counting import count
from ssacalc.engine.joining import APART, OVERLAP
from ssacalc.engine.overlaps import Simultaneous
from ssacalc.engine.portions import filled
from ssacalc.engine.standing import COUNTING, Standing

MOST_READINGS = 64
"""How many combinations of uncertain periods are read one by one; beyond, only the extremes."""


@dataclass(frozen=True, slots=True)
class Looked:
    """One reading of a case determined: how each scheme stands, the results, the counterfactual."""

    standings: tuple[Standing, ...]
    results: tuple[BenefitResult, ...]
    without: tuple[BenefitResult, ...]


Look = Callable[[Case], Looked]


def shortest(case: Case) -> Case:
    """Return the case with every uncertain period read as the days it certainly covers."""
    if all(period.known for period in case.periods):
        return case
    return replace(case, periods=tuple(_read(p, p.shortest) for p in case.periods))


def _read(period: InsurancePeriod, span: Span | None) -> InsurancePeriod:
    if period.known:
        return period
    if span is None:
        return replace(period, first=None, last=None)
    first, last = UncertainDate(span.first, span.first), UncertainDate(span.last, span.last)
    return replace(period, first=first, last=last)


def _readings(case: Case) -> Iterator[Case]:
    """Yield the case at every combination of shortest and longest reading, extremes first."""
    uncertain = [n for n, period in enumerate(case.periods) if not period.known]
    extremes = [(False,) * len(uncertain), (True,) * len(uncertain)]
    rest = (c for c in product((False, True), repeat=len(uncertain)) if c not in extremes)
    few = 2 ** len(uncertain) <= MOST_READINGS
    one_by_one = (tuple(n == m for m in range(len(uncertain))) for n in range(len(uncertain)))
    for long in (*extremes, *(islice(rest, MOST_READINGS) if few else one_by_one)):
        chosen = dict(zip(uncertain, long, strict=True))
        yield replace(
            case,
            periods=tuple(
                _read(p, p.longest if chosen.get(n) else p.shortest)
                for n, p in enumerate(case.periods)
            ),
        )


def ranges(case: Case, look: Look) -> tuple[Range, ...]:
    """Return between what each outcome lies where periods are known only within bounds."""
    if all(period.known for period in case.periods):
        return ()
    found: dict[tuple[str, str], list[BenefitResult]] = {}
    for reading in _readings(case):
        for result in look(reading).results:
            found.setdefault((result.country, result.scheme), []).append(result)
    return tuple(range_ for results in found.values() if (range_ := _range(results)) is not None)


def _range(results: Sequence[BenefitResult]) -> Range | None:
    """Return the bounds of one scheme's outcomes, or ``None`` where all readings agree."""
    first = results[0]
    rights = tuple(dict.fromkeys(r.with_agreement for r in results))
    own = min(r.own for r in results), max(r.own for r in results)
    total = min(r.total for r in results), max(r.total for r in results)
    amounts = _bounds(results)
    apart = amounts is not None and amounts[0] != amounts[1]
    if own[0] == own[1] and total[0] == total[1] and len(rights) == 1 and not apart:
        return None
    return Range(first.country, first.scheme, own, total, rights, amounts)


def _bounds(results: Sequence[BenefitResult]) -> tuple[Money, Money] | None:
    """Return the least and greatest amount; a reading without a right gives nought."""
    paid = [r.payable for r in results if r.payable is not None]
    if not paid:
        return None
    nothing = Money(Fraction(0), paid[0].currency, paid[0].per)
    if any(r.payable is None and r.with_agreement is False for r in results):
        paid.append(nothing)
    ordered = sorted(paid, key=lambda money: money.amount)
    return ordered[0], ordered[-1]


def worths(case: Case, looked: Looked, look: Look) -> tuple[Worth, ...]:
    """Return what changes in each scheme if a period not yet proved is not proved."""
    found: list[Worth] = []
    for number, period in enumerate(case.periods):
        if period.evidence is Evidence.CERTIFIED:
            continue
        others = (*case.periods[:number], *case.periods[number + 1 :])
        before = {(r.country, r.scheme): r for r in looked.results}
        after = {(r.country, r.scheme): r for r in look(replace(case, periods=others)).results}
        found.extend(_changes(period, before, after))
    return tuple(found)


def _changes(
    period: InsurancePeriod,
    before: dict[tuple[str, str], BenefitResult],
    after: dict[tuple[str, str], BenefitResult],
) -> Iterator[Worth]:
    for key, result in before.items():
        other = after.get(key)
        with_it = (result.with_agreement, result.payable)
        without_it = (other.with_agreement, other.payable) if other else (False, None)
        if with_it != without_it:
            yield Worth(period, key[0], key[1], with_it, without_it)


def choices(case: Case, looked: Looked, look: Look) -> tuple[tuple[Alternative, ...], ...]:
    """Return, for each result, what other lawful choices would give where they change it.

    Looked at: whole calendar months against months from date to date, where only dates are known
    of a scheme that is not in the library; the dates against a certified duration that disagrees;
    certified time that may lie apart from another State's, where no text says so.
    """
    found: dict[tuple[str, str], list[Alternative]] = {}
    for what, changed in _other_choices(case, looked.standings):
        other = look(changed)
        for was, now in zip(looked.results, other.results, strict=True):
            if (was.with_agreement, was.payable) == (now.with_agreement, now.payable):
                continue
            alternative = Alternative(what, now.instrument, now.with_agreement, now.payable)
            found.setdefault((was.country, was.scheme), []).append(alternative)
    return tuple(tuple(found.get((r.country, r.scheme), ())) for r in looked.results)


def _other_choices(case: Case, standings: Iterable[Standing]) -> Iterator[tuple[str, Case]]:
    months = CountingKind.CALENDAR_MONTHS
    otherwise = [entry.scheme.id for entry in standings if _counts_otherwise(entry, months)]
    if otherwise:
        chosen = tuple((f"{COUNTING}{scheme}", months.value) for scheme in otherwise)
        yield "calendar-months", replace(case, conventions=(*case.conventions, *chosen))
    if _may_lie_apart(case):
        yield APART, replace(case, conventions=(*case.conventions, (OVERLAP, APART)))
    for entry in standings:
        if any(doubt.key == "certified-differs-from-dates" for doubt in entry.time.doubts):
            mine = {id(period) for period in entry.periods}
            periods = tuple(
                replace(p, certified=None) if id(p) in mine and p.first else p for p in case.periods
            )
            yield "dates-not-certificate", replace(case, periods=periods)


def _may_lie_apart(case: Case) -> bool:
    """Tell whether certified time that does not fill its dates meets another State's time."""
    loose = [p for p in case.periods if p.certified and p.shortest and filled(p) < 1]
    if not loose:
        return False
    simultaneous = Simultaneous(case.periods)
    return any(period in simultaneous for period in loose)


def _counts_otherwise(entry: Standing, kind: CountingKind) -> bool:
    """Tell whether a scheme outside the library would have other own time by another counting."""
    scheme, spans = entry.scheme, entry.time.spans
    return (
        scheme.maturity is Maturity.CERTIFIED_ONLY
        and scheme.counting.kind is CountingKind.MONTHS_AND_DAYS
        and bool(spans)
        and count(spans, scheme.counting) != count(spans, replace(scheme.counting, kind=kind))
    )
