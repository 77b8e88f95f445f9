"""The library of national schemes for readers: lists, one scheme in words, a name looked up."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from ssacalc.codes import meant
from ssacalc.domain.dated import DatedValue
from ssacalc.domain.errors import InvalidLaw, Problem
from ssacalc.domain.money import decimal_string
from ssacalc.domain.scheme import Condition, ConditionKind, Scheme


def named(schemes: Sequence[Scheme], name: str) -> Scheme:
    """Return the scheme of an id; raises :class:`InvalidLaw` with what may be meant."""
    for scheme in schemes:
        if scheme.id == name:
            return scheme
    remedy = meant(name, [s.id for s in schemes]) or "ssacalc schemes list shows them."
    raise InvalidLaw(
        "The scheme cannot be shown.", (Problem(name, "there is no such scheme.", remedy),)
    )


Days = tuple[tuple[date, date], ...]
"""Stretches of days, each from its first to its last."""


def spans(scheme: Scheme) -> Days:
    """Return the days on which every figure and table of the scheme has a value."""
    bounds = [[(v.since, v.until) for v in values] for values in _all_values(scheme)]
    return _common(bounds)


def cohorts(scheme: Scheme) -> Days:
    """Return the days of birth for which every figure that goes by birth has a value.

    What a condition on birth itself names tells whom the scheme is for, and is left out.
    """
    born = {c.figure for c in scheme.conditions if c.kind is ConditionKind.BORN}
    dated = [f for name, f in (scheme.figures | scheme.tables).items() if name not in born]
    bounds = [[(v.born_since, v.born_until) for v in f.values] for f in dated]
    return _common(bounds)


def _all_values(scheme: Scheme) -> Iterator[tuple[DatedValue[Any], ...]]:
    yield scheme.currency.values
    yield from (figure.values for figure in scheme.figures.values())
    yield from (table.values for table in scheme.tables.values())


def _common(bounds: Iterable[Iterable[tuple[date | None, date | None]]]) -> Days:
    held = [(date.min, date.max)]
    for each in bounds:
        held = [
            (max(first, since), min(last, until))
            for first, last in held
            for since, until in _joined(each)
            if since <= last and first <= until
        ]
    return tuple(held)


def _joined(
    bounds: Iterable[tuple[date | None, date | None]],
) -> list[tuple[date, date]]:
    """Return spans of days in order, those that touch or overlap as one."""
    joined: list[tuple[date, date]] = []
    for since, until in sorted((s or date.min, u or date.max) for s, u in bounds):
        if joined and (joined[-1][1] == date.max or since <= joined[-1][1] + timedelta(days=1)):
            joined[-1] = (joined[-1][0], max(until, joined[-1][1]))
        else:
            joined.append((since, until))
    return joined


def span(scheme: Scheme) -> str:
    """Return in words when, and for whom, every figure and table of the scheme has a value."""
    told = _told(spans(scheme)) or "never all"
    births = _told(cohorts(scheme))
    return told if births == "from always" else f"{told}; born {births or 'never'}"


def _told(days: Days) -> str:
    return ", ".join(
        f"from {'always' if first == date.min else first}"
        + ("" if last == date.max else f" to {last}")
        for first, last in days
    )


def listed(schemes: Iterable[Scheme], country: str | None = None) -> Iterator[str]:
    """Yield a line for each scheme, then how many there are."""
    found = [s for s in schemes if country is None or s.country == country.upper()]
    width = max((len(s.id) for s in found), default=0)
    for scheme in found:
        checked = str(scheme.checked_on or "never")
        yield (
            f"{scheme.id:<{width}}  {scheme.branch.value:<10} {scheme.maturity.value:<14}"
            f" checked {checked:<10}  figures {span(scheme)}  {scheme.title}"
        )
    yield f"{len(found)} {'scheme' if len(found) == 1 else 'schemes'}"


def coverage(schemes: Iterable[Scheme]) -> Iterator[str]:
    """Yield a Markdown table: maturity, span of the figures, how many were read in their text."""
    yield "| State | scheme | benefit | coding | figures | figures read in their text | checked |"
    yield "|---|---|---|---|---|---|---|"
    for scheme in sorted(schemes, key=lambda s: (s.country, s.id)):
        values = [value for figure in scheme.figures.values() for value in figure.values]
        read = sum(value.law.verified for value in values)
        share = f"{read} of {len(values)}" if values else "–"
        yield (
            f"| {scheme.country} | `{scheme.id}` {scheme.title} | {scheme.branch.value} |"
            f" {scheme.maturity.value} | {span(scheme)} | {share} | {scheme.checked_on or '–'} |"
        )


def described(scheme: Scheme) -> str:
    """Return a scheme in words: conditions, formula, figures with their articles."""
    return "\n".join(_lines(scheme))


def _lines(scheme: Scheme) -> Iterator[str]:
    yield scheme.title
    yield (
        f"{scheme.id} · {scheme.country} · {scheme.branch.value} · counts in"
        f" {scheme.unit.value}s · {scheme.maturity.value}"
    )
    if scheme.note:
        yield scheme.note
    yield "\nConditions"
    for condition in scheme.conditions:
        law = f"{condition.law.article}{_for(condition)}"
        yield f"  {condition.kind.value}: {condition.figure} ({law})"
    yield "\nFormula"
    for block in scheme.blocks:
        yield f"  {block.name}: {type(block).__name__} ({block.law.article})"
    yield "\nFigures"
    for figure in scheme.figures.values():
        yield f"  {figure.name} ({figure.unit})"
        for value in figure.values:
            yield f"    {_valid(value)}: {_number(value.value)} ({_law(value)})"
    yield "\nPayment abroad"
    for rule in scheme.abroad:
        yield f"  {rule.payment.value} ({rule.law.article}) {rule.note}".rstrip()
    yield "\nSources"
    for source in scheme.sources:
        yield f"  {source.title}\n    {source.address}"


def _for(condition: Condition) -> str:
    """Return for whom a condition is, where it is not for everybody."""
    abroad = {None: "", True: "abroad", False: "at home"}[condition.abroad]
    sex = {None: "", "F": "women", "M": "men"}[condition.sex]
    branches = ", ".join(branch.value for branch in condition.branches)
    route = f"way “{condition.route}”" if condition.route else ""
    entry = "as on the day of first insurance" if condition.at_entry else ""
    told = "; ".join(said for said in (abroad, sex, branches, route, entry) if said)
    return f"; {told}" if told else ""


def _valid(value: DatedValue[Fraction]) -> str:
    days = f"{value.since or ''} – {value.until or ''}".strip()
    born = value.born_since or value.born_until
    return days + (f", born {value.born_since or ''} – {value.born_until or ''}" if born else "")


def _law(value: DatedValue[Fraction]) -> str:
    return value.law.article + ("" if value.law.verified else ", not verified")


def _number(number: Fraction) -> str:
    if number.denominator == 1:
        return str(number.numerator)
    return decimal_string(number, 6).rstrip("0")
