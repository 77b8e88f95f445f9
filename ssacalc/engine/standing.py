"""Which schemes a case concerns, and how each stands by its own periods."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from ssacalc.domain.case import Branch, Case, Certified, InsurancePeriod
from ssacalc.domain.dated import Dated, DatedValue
from ssacalc.domain.determination import Doubt
from ssacalc.domain.law import Law
from ssacalc.domain.money import Per
from ssacalc.domain.scheme import (
    Condition,
    ConditionKind,
    Counting,
    CountingKind,
    Maturity,
    Scheme,
)
from ssacalc.domain.trace import Citation, Step
from ssacalc.domain.units import MONTHS_IN, Duration, Unit
from ssacalc.engine.conditions import Outcome, Record
from ssacalc.engine.counting import in_calendar_unit
from ssacalc.engine.crediting import Time, belongs, own_time
from ssacalc.engine.formulas.us_career import has_primary_insurance_amount
from ssacalc.engine.instruments import UNNAMED
from ssacalc.engine.overlaps import Piece, whole
from ssacalc.engine.quarters import HomeQuarters
from ssacalc.engine.totalisation import Right, right
from ssacalc.engine.us_insured import home_time, own_status

UNTITLED = "Scheme certified by the institution"
"""The title of a scheme that neither the library holds nor the case names."""
INSTITUTION = Citation("Institution's certificate", "", "", "")
"""What is cited where the institution itself certified a figure."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A scheme, the person's own time in it, what was certified, and the right by it alone."""

    scheme: Scheme
    periods: tuple[InsurancePeriod, ...]
    certified: Certified | None
    time: Time
    record: Record
    right: Right
    home: HomeQuarters | None = None


def schemes_of(case: Case, law: Law) -> tuple[Scheme, ...]:
    """Return the schemes the case concerns, in the order of its States.

    The library's schemes for the benefit under which the person has periods or a certified
    amount; for a State or scheme that the library does not hold, a scheme made of what the
    institution certified.
    """
    found: list[Scheme] = []
    for country in case.countries:
        known = [s for s in law.schemes if s.country == country and s.pays(case.claim.benefit)]
        concerned = [s for s in known if _concerns(case, s)]
        unknown = _unknown_schemes(case, country, {name for s in known for name in (s.id, s.named)})
        if not concerned and not unknown:
            concerned = known[:1]
        concerned = _for_relatives(case, concerned)
        found.extend(_by_convention(case, s) for s in concerned)
        if not known and not unknown:
            unknown = [None]
        found.extend(
            _by_convention(
                case, _certified_scheme(case, country, name, _named_by_law(case, country, law))
            )
            for name in unknown
        )
    return tuple(found)


def _for_relatives(case: Case, schemes: list[Scheme]) -> list[Scheme]:
    """Return the survivors' schemes that name a role of the relatives stated; all if none does."""
    if case.claim.benefit is not Branch.SURVIVORS or not case.person.relatives:
        return schemes
    roles = {relative.role for relative in case.person.relatives}
    meant = [s for s in schemes if not s.survivors or roles & {row.role for row in s.survivors}]
    return meant or schemes


COUNTING = "counting."
"""How the convention is named by which a case chooses a scheme's counting of dates."""


def _by_convention(case: Case, scheme: Scheme) -> Scheme:
    """Return the scheme with the counting that the case chooses by a named convention."""
    chosen = dict(case.conventions).get(f"{COUNTING}{scheme.id}")
    if chosen is None:
        return scheme
    return replace(scheme, counting=replace(scheme.counting, kind=CountingKind(chosen)))


def _concerns(case: Case, scheme: Scheme) -> bool:
    return (
        any(belongs(period, scheme) for period in case.periods)
        or any(scheme.meant_by(c.scheme) for c in case.certified)
        or any(scheme.meant_by(e.scheme) for e in case.earnings)
        or (has_primary_insurance_amount(scheme) and _earned(case, scheme))
    )


def _earned(case: Case, scheme: Scheme) -> bool:
    return any(e.scheme is None and e.country == scheme.country for e in case.earnings)


def _unknown_schemes(case: Case, country: str, known: set[str]) -> list[str | None]:
    named = [p.scheme for p in case.periods if p.country == country and p.scheme]
    named += [c.scheme for c in case.certified if c.country == country and c.scheme]
    return list(dict.fromkeys(name for name in named if name not in known))


def certified_for(case: Case, scheme: Scheme, *, alone: bool) -> Certified | None:
    """Return what was certified for a scheme; an entry for the whole State where it is alone."""
    for name in (scheme.id, scheme.named):
        for entry in case.certified:
            if entry.scheme == name:
                return entry
    for entry in case.certified:
        if entry.country == scheme.country and entry.scheme is None and alone:
            return entry
    return None


def _named_by_law(case: Case, country: str, law: Law) -> str | None:
    """Return the one scheme that the instruments name for a State and the benefit claimed."""
    named = {
        scheme
        for instrument in law.instruments
        for row in instrument.branches
        if row.party == country and row.branch is case.claim.benefit
        for scheme in row.schemes
    }
    return named.pop() if len(named) == 1 else None


def _certified_scheme(case: Case, country: str, name: str | None, by_law: str | None) -> Scheme:
    """Return a scheme made of what the institution certified, without a formula."""
    entry = next(
        (c for c in case.certified if c.country == country and c.scheme == name), None
    ) or next((c for c in case.certified if c.country == country and c.scheme is None), None)
    unit = _unit_of(case, country, name, entry)
    amount = (entry.theoretical or entry.independent) if entry else None
    figures: dict[str, Dated[Fraction]] = {}
    conditions: tuple[Condition, ...] = ()
    if entry is not None and entry.minimum is not None:
        figures["minimum"] = _undated("minimum", entry.minimum)
        conditions = (Condition(ConditionKind.UNITS, "minimum", INSTITUTION),)
    if entry is not None and entry.maximum is not None:
        figures["maximum"] = _undated("maximum", entry.maximum)
    currency = DatedValue(amount.currency if amount else "", None, None, None, None, INSTITUTION)
    return Scheme(
        id=name or by_law or f"{country.lower()}{UNNAMED}",
        country=country,
        title=name or UNTITLED,
        branch=case.claim.benefit,
        unit=unit,
        per=amount.per if amount else Per.MONTH,
        counting=Counting(
            _COUNTING[unit], days_per_week=_days_per_week(case, country, name, entry)
        ),
        maturity=Maturity.CERTIFIED_ONLY,
        figures=figures,
        currency=Dated("currency", "", (currency,)),
        conditions=conditions,
        qualifying="minimum" if "minimum" in figures else None,
        full_career="maximum" if "maximum" in figures else None,
    )


_COUNTING = {
    Unit.DAY: CountingKind.DAYS,
    Unit.WEEK: CountingKind.CALENDAR_WEEKS,
    Unit.MONTH: CountingKind.MONTHS_AND_DAYS,
    Unit.QUARTER: CountingKind.MONTHS_AND_DAYS,
    Unit.YEAR: CountingKind.MONTHS_AND_DAYS,
}


def _undated(name: str, duration: Duration) -> Dated[Fraction]:
    value = DatedValue(duration.number, None, None, None, None, INSTITUTION)
    return Dated(name, duration.unit.value, (value,))


def _unit_of(case: Case, country: str, name: str | None, entry: Certified | None) -> Unit:
    for period in case.periods:
        if period.country == country and period.scheme == name and period.certified:
            return period.certified.unit
    stated = (entry.own or entry.minimum) if entry is not None else None
    if stated is None or (stated.unit in MONTHS_IN and (entry is None or entry.own is None)):
        return Unit.MONTH
    return stated.unit


def _days_per_week(
    case: Case, country: str, name: str | None, entry: Certified | None
) -> int | None:
    """Return the day type that the institution declared, for its minimum or for its periods."""
    if entry is not None and entry.minimum is not None and entry.minimum.days_per_week:
        return entry.minimum.days_per_week
    for period in case.periods:
        if period.country == country and period.scheme == name and period.certified:
            return period.certified.days_per_week
    return None


def own_periods(case: Case, scheme: Scheme) -> tuple[InsurancePeriod, ...]:
    """Return the periods completed under a scheme that count for a right."""
    return tuple(p for p in case.periods if p.counts_for_right and belongs(p, scheme))


def standing(
    case: Case,
    scheme: Scheme,
    certified: Certified | None,
    pieces: Sequence[Piece] | None = None,
) -> Standing:
    """Return how a scheme stands by its own periods (``pieces``: after overlaps)."""
    periods = own_periods(case, scheme)
    if has_primary_insurance_amount(scheme):
        return _united_states(case, scheme, certified, periods)
    counted = own_time(
        scheme, pieces if pieces is not None else [whole(p) for p in periods], case.person.born
    )
    if certified is not None and certified.own is not None:
        counted = _as_certified(counted, certified, certified.own, scheme)
    record = Record(
        counted.units,
        counted.units,
        counted.spans,
        counted.step,
        counted.complete,
        lying=counted.lying,
        entered=min((s.first for p in periods if (s := p.shortest)), default=None),
    )
    return Standing(
        scheme, periods, certified, counted, record, _right(scheme, record, case, certified)
    )


def _united_states(
    case: Case,
    scheme: Scheme,
    certified: Certified | None,
    periods: tuple[InsurancePeriod, ...],
) -> Standing:
    earnings = [e for e in case.earnings if e.scheme == scheme.id or e.country == scheme.country]
    time, home = home_time(case, scheme, periods, earnings)
    record = Record(time.units, time.units, time.spans, time.step)
    insured = own_status(case, scheme, home)
    found = _right(scheme, record, case, certified, insured)
    return Standing(scheme, periods, certified, time, record, found, home)


def _as_certified(time: Time, certified: Certified, own: Duration, scheme: Scheme) -> Time:
    units = in_calendar_unit(own.number, own.unit, scheme.unit)
    if units is None:
        told = (
            ("country", certified.country),
            ("certified", own),
            ("unit", scheme.unit.value),
            ("place", certified.place),
        )
        doubt = Doubt("missing", "period-not-convertible", told)
        return replace(time, doubts=(*time.doubts, doubt))
    args = (("units", own), ("reference", certified.reference), ("country", certified.country))
    step = Step("own_periods", units, "own-certified-total", args, (), (time.step,))
    return Time(units, time.spans, step, time.doubts, time.lying)


def _right(
    scheme: Scheme,
    record: Record,
    case: Case,
    certified: Certified | None,
    insured: Outcome | None = None,
) -> Right:
    found = right(scheme, record, case, insured)
    if certified is None:
        return found
    if certified.own_right is not None:
        return Right(certified.own_right, found.shortfall, found.outcomes)
    if certified.independent is not None and found.met is None:
        return Right(met=True, shortfall=None, outcomes=found.outcomes)
    return found
