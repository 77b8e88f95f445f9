"""The conditions of a scheme, each looked at for itself: met, not met, or not to be told."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from ssacalc.domain.case import Case, Fact
from ssacalc.domain.dated import Dated
from ssacalc.domain.determination import Shortfall
from ssacalc.domain.errors import MissingFigure
from ssacalc.domain.scheme import Condition, ConditionKind, Scheme
from ssacalc.domain.spans import Span
from ssacalc.domain.trace import Argument, Step
from ssacalc.domain.units import Duration, Unit, settle
from ssacalc.engine.counting import (
    NATURAL_UNIT,
    ONE_DAY,
    anniversary,
    count,
    in_calendar_unit,
    later,
    months_between,
)
from ssacalc.engine.measuring import Lying, within


@dataclass(frozen=True, slots=True)
class Record:
    """The time a scheme looks at: units in all, its own units, and the dated spans behind them."""

    units: Fraction
    own: Fraction
    spans: tuple[Span, ...]
    step: Step
    complete: bool = True
    """Whether all time could be counted; else ``units`` is a lower bound."""
    elsewhere: tuple[Span, ...] = ()
    """Days on which being insured, or a pensioner, elsewhere counts as being insured here."""
    lying: tuple[Lying, ...] = ()
    """The durations in ``units`` that are not counted from ``spans``, with the days they lie in."""
    entered: date | None = None
    """The first day of own time, where it is known."""

    @property
    def days(self) -> tuple[Span, ...]:
        """All days on which time of the record lies or may lie."""
        return (*self.spans, *(span for _, spans in self.lying for span in spans))


@dataclass(frozen=True, slots=True)
class Outcome:
    """One condition looked at: met, not met, or not to be told (``None``)."""

    condition: str
    met: bool | None
    shortfall: Shortfall | None
    step: Step


def outcome_of(condition: Condition, scheme: Scheme, record: Record, case: Case) -> Outcome:
    """Return one condition looked at; not to be told where the data lack its figure."""
    try:
        found = _LOOKED_AT[condition.kind](condition, scheme, record, case)
    except MissingFigure as missing:
        return _untold(condition, scheme, missing)
    if condition.at_entry and record.entered is None and found.met is False:
        args: tuple[tuple[str, Argument], ...] = (("scheme", scheme.title),)
        told = _step(condition, "condition-entry-undated", args, None, (found.step,))
        return Outcome(found.condition, None, None, told)
    if condition.sex is None or case.person.sex_in_law is not None or found.met is not False:
        return found
    args = (("scheme", scheme.title),)
    told = _step(condition, "condition-sex-not-stated", args, None, (found.step,))
    return Outcome(found.condition, None, None, told)


def _untold(condition: Condition, scheme: Scheme, missing: MissingFigure) -> Outcome:
    """Return a condition that cannot be told because the data lack its figure for the day."""
    fault = "; ".join(problem.fault for problem in missing.problems) or missing.subject
    args: tuple[tuple[str, Argument], ...] = (("scheme", scheme.title), ("fault", fault))
    step = _step(condition, "condition-figure-missing", args, None)
    return Outcome(condition.kind.value, None, None, step)


def _step(
    condition: Condition,
    key: str,
    args: tuple[tuple[str, Argument], ...],
    met: bool | None,  # noqa: FBT001 - the value of the step
    uses: tuple[Step, ...] = (),
) -> Step:
    return Step("condition", met, key, args, (condition.law,), uses)


def figure_of(scheme: Scheme, name: str) -> Dated[Fraction]:
    """Return a scheme's figure; raises :class:`MissingFigure` where it has none of the name."""
    try:
        return scheme.figures[name]
    except KeyError:
        raise MissingFigure(f"{scheme.title} has no figure named {name}.", ()) from None


def _threshold(
    condition: Condition, scheme: Scheme, record: Record, case: Case
) -> tuple[Fraction, Unit]:
    figure = figure_of(scheme, condition.figure)
    if condition.at_entry and record.entered is None:
        return max(value.value for value in figure.values), Unit(figure.unit)
    on = record.entered if condition.at_entry and record.entered else case.claim.on
    value = figure.at(on, case.person.born)
    return value.value, Unit(figure.unit)


def _age(condition: Condition, scheme: Scheme, record: Record, case: Case) -> Outcome:
    needed, unit = _threshold(condition, scheme, record, case)
    months = needed * 12 if unit is Unit.YEAR else needed
    claim, born = case.claim, case.person.born
    has = Fraction(months_between(born, claim.on))
    reached = later(born, months, Unit.MONTH)
    if condition.by_month and reached is not None:
        reached = reached.replace(day=1)
    met = has >= months if reached is None else reached <= claim.on
    missing = None if met else Shortfall(months - min(has, months), Unit.MONTH, "age", reached)
    args = (
        ("needed", Duration(months / 12, Unit.YEAR)),
        ("has", Duration(has / 12, Unit.YEAR)),
        ("years", int(has // 12)),
        ("months", int(has % 12)),
    )
    return Outcome("age", met, missing, _step(condition, _key("condition-age", met=met), args, met))


def _age_at_entry(condition: Condition, scheme: Scheme, record: Record, case: Case) -> Outcome:
    """Look at the age on the first day of insurance, here or in a State whose time is added."""
    needed, unit = _threshold(condition, scheme, record, case)
    months = needed * 12 if unit is Unit.YEAR else needed
    if not record.days:
        args: tuple[tuple[str, Argument], ...] = (("scheme", scheme.title),)
        told = _step(condition, "condition-age-at-entry-undated", args, None, (record.step,))
        return Outcome("age-at-entry", None, None, told)
    first = min(record.days).first
    had = months_between(case.person.born, first)
    met = had <= months
    args = (
        ("needed", Duration(months / 12, Unit.YEAR)),
        ("first", first),
        ("had", Duration(Fraction(had, 12), Unit.YEAR)),
        ("years", had // 12),
        ("months", had % 12),
    )
    missing = None if met else Shortfall(had - months, Unit.MONTH, "age-at-entry")
    step = _step(condition, _key("condition-age-at-entry", met=met), args, met, (record.step,))
    return Outcome("age-at-entry", met, missing, step)


def _key(key: str, *, met: bool) -> str:
    return key if met else f"{key}-missing"


def _all_units(condition: Condition, scheme: Scheme, record: Record, case: Case) -> Outcome:
    return _units(condition, scheme, record.units, record, case)


def _own_units(condition: Condition, scheme: Scheme, record: Record, case: Case) -> Outcome:
    return _units(condition, scheme, record.own, record, case)


def _units(
    condition: Condition, scheme: Scheme, units: Fraction, record: Record, case: Case
) -> Outcome:
    needed, unit = _threshold(condition, scheme, record, case)
    has = in_calendar_unit(units, scheme.unit, unit)
    if has is None:
        args = (("unit", unit.value), ("scheme", scheme.title))
        told = _step(condition, "condition-other-unit", args, None, (record.step,))
        return Outcome("units", None, None, told)
    has = settle(has, condition.remainder)
    return _compared(condition, needed, has, unit, record.step, scheme, case)


def _compared(
    condition: Condition,
    needed: Fraction,
    has: Fraction,
    unit: Unit,
    step: Step,
    scheme: Scheme,
    case: Case,
) -> Outcome:
    met = has >= needed
    lacking = needed - has
    missing = None if met else _shortfall(lacking, unit, condition, scheme, case)
    args = (
        ("needed", Duration(needed, unit)),
        ("has", Duration(has, unit)),
        ("missing", Duration(max(lacking, Fraction(0)), unit)),
    )
    key = _key(f"condition-{condition.kind.value}", met=met)
    return Outcome(condition.kind.value, met, missing, _step(condition, key, args, met, (step,)))


def _shortfall(
    lacking: Fraction, unit: Unit, condition: Condition, scheme: Scheme, case: Case
) -> Shortfall:
    """Return what is missing, in the scheme's unit where it can be turned into it."""
    in_scheme = in_calendar_unit(lacking, unit, scheme.unit)
    missing, shown = (lacking, unit) if in_scheme is None else (in_scheme, scheme.unit)
    by_time = condition.kind is not ConditionKind.UNITS_IN_WINDOW
    closed = later(case.claim.on, missing, shown) if by_time else None
    return Shortfall(missing, shown, condition.kind.value, closed)


def _window(condition: Condition, scheme: Scheme, record: Record, case: Case) -> Outcome:
    needed, unit = _threshold(condition, scheme, record, case)
    window = figure_of(scheme, condition.window or condition.figure)
    years = window.at(case.claim.on, case.person.born).value
    event = case.event
    first = anniversary(event, -int(years))
    if condition.calendar_years:
        first = date(event.year - int(years) + 1, 1, 1)
    looked_at = Span(first, max(first, event - ONE_DAY))
    dated = _dated([s for span in record.spans if (s := span.within(looked_at))], scheme, unit)
    undated = record.units - _dated(record.spans, scheme, scheme.unit)
    undated -= sum((units for units, _ in record.lying), Fraction(0))
    bounds = [within(lying, looked_at, scheme.unit) for lying in record.lying]
    least = in_calendar_unit(sum((low for low, _ in bounds), Fraction(0)), scheme.unit, unit)
    most = in_calendar_unit(sum((high for _, high in bounds), Fraction(0)), scheme.unit, unit)
    has = dated + (least or 0)
    if has < needed and (undated > 0 or dated + (most or 0) >= needed):
        args = (("needed", Duration(needed, unit)), ("years", int(years)))
        told = _step(condition, "condition-window-undated", args, None, (record.step,))
        return Outcome("units-in-window", None, None, told)
    return _compared(condition, needed, has, unit, record.step, scheme, case)


def _dated(spans: Sequence[Span], scheme: Scheme, unit: Unit) -> Fraction:
    """Return dated time by the scheme's counting, in a unit."""
    counted = count(spans, scheme.counting)
    return in_calendar_unit(counted, NATURAL_UNIT[scheme.counting.kind], unit) or Fraction(0)


def fact(case: Case, country: str, name: str) -> Fact | None:
    """Return a stated fact of a State's law, or ``None`` where the case does not state it."""
    return next((f for f in case.facts if f.country == country and f.name == name), None)


def _average(condition: Condition, scheme: Scheme, record: Record, case: Case) -> Outcome:
    figure = figure_of(scheme, condition.figure)
    needed = figure.at(case.claim.on, case.person.born).value
    years = fact(case, scheme.country, condition.window or "years-since-entry")
    if years is None or years.value <= 0:
        asked = (("fact", condition.window or "years-since-entry"), ("country", scheme.country))
        told = _step(condition, "condition-fact-missing", asked, None, (record.step,))
        return Outcome("yearly-average", None, None, told)
    average = record.units / years.value
    met = average >= needed
    lacking = needed * years.value - record.units
    missing = None if met else Shortfall(lacking, scheme.unit, "yearly-average")
    args = (
        ("average", average),
        ("needed", needed),
        ("units", Duration(record.units, scheme.unit)),
        ("years", years.value),
    )
    key = _key("condition-yearly-average", met=met)
    return Outcome("yearly-average", met, missing, _step(condition, key, args, met, (record.step,)))


def _fully_insured(condition: Condition, scheme: Scheme, record: Record, case: Case) -> Outcome:
    told = _step(condition, "condition-insured-unknown", (("scheme", scheme.title),), None)
    return Outcome("fully-insured", None, None, told)


def _insured_at_event(condition: Condition, scheme: Scheme, record: Record, case: Case) -> Outcome:
    """Look for insurance on the day (or in the years before it), here or deemed so elsewhere.

    Insurance elsewhere serves only a person who was insured here at some time before.
    """
    years, _ = _threshold(condition, scheme, record, case)
    day = case.event
    window = Span(anniversary(day, -int(years)), day)
    here = any(span.meets(window) for span in record.spans) or any(
        within(lying, window, scheme.unit)[0] > 0 for lying in record.lying
    )
    deemed = bool(record.own) and any(span.meets(window) for span in record.elsewhere)
    may_be = any(within(lying, window, scheme.unit)[1] > 0 for lying in record.lying)
    undated = not record.days and not record.elsewhere
    met = True if here or deemed else None if may_be or undated else False
    key = "condition-insured-at-event"
    told = key if here else f"{key}-elsewhere" if deemed else f"{key}-missing"
    if met is None:
        told = f"{key}-undated"
    args: tuple[tuple[str, Argument], ...] = (("on", day), ("years", int(years)))
    step = _step(condition, told, args, met, (record.step,))
    return Outcome("insured-at-event", met, None, step)


def _born(condition: Condition, scheme: Scheme, record: Record, case: Case) -> Outcome:
    met = bool(scheme.figures[condition.figure].values) and any(
        value.applies(case.claim.on, case.person.born)
        for value in scheme.figures[condition.figure].values
    )
    args: tuple[tuple[str, Argument], ...] = (("born", case.person.born),)
    told = _step(condition, _key("condition-born", met=met), args, met)
    return Outcome("born", met, None, told)


_LOOKED_AT: dict[ConditionKind, Callable[[Condition, Scheme, Record, Case], Outcome]] = {
    ConditionKind.AGE: _age,
    ConditionKind.AGE_OR_LESS: _age_at_entry,
    ConditionKind.UNITS: _all_units,
    ConditionKind.OWN_UNITS: _own_units,
    ConditionKind.UNITS_IN_WINDOW: _window,
    ConditionKind.YEARLY_AVERAGE: _average,
    ConditionKind.FULLY_INSURED: _fully_insured,
    ConditionKind.INSURED_AT_EVENT: _insured_at_event,
    ConditionKind.BORN: _born,
}
