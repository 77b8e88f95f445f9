"""A case written as a file that gives the same case when it is read."""

import re
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction

from ssacalc.domain.case import (
    Case,
    Certified,
    Earnings,
    Evidence,
    InsurancePeriod,
    Person,
    UncertainDate,
)
from ssacalc.domain.money import Money, Per
from ssacalc.domain.overlap import Counted, Reduction
from ssacalc.domain.units import Duration
from ssacalc.exchange.case_parts import FORMAT, owner_of
from ssacalc.models import MOST_DIGITS


def to_text(case: Case) -> str:
    """Return the case as TOML.

    Every period is written by itself; only ``place`` may differ when the text is read again.
    """
    return "\n".join(_lines(case)) + "\n"


def _lines(case: Case) -> Iterator[str]:
    yield f'format = "{FORMAT}"'
    yield from _named(
        {"id": case.id, "title": case.title, "source": case.source, "note": case.note}
    )
    yield from _person(case.person)
    claim = case.claim
    yield from _table(
        "[claim]",
        {
            "benefit": claim.benefit.value,
            "on": claim.on,
            "deferred": dict(claim.deferred),
            "paid_on": claim.paid_on,
            "asserts_old_age": claim.asserts_old_age or None,
        },
    )
    for period in case.periods:
        yield from _table("[[periods]]", _period(period))
    for owner, years in _by_owner(case.earnings):
        yield from _table(f"[earnings.{_key(owner)}]", years)
    for certified in case.certified:
        yield from _table("[[certified]]", _certified(certified))
    for fact in case.facts:
        yield from _table(
            "[[facts]]",
            {
                "country": fact.country,
                "name": fact.name,
                "value": fact.value,
                "reference": fact.reference,
            },
        )
    if case.conventions:
        yield from _table("[conventions]", dict(case.conventions))
    for rate in case.rates:
        yield from _table(
            "[[rates]]",
            {
                "currency": rate.currency,
                "into": rate.into,
                "rate": rate.rate,
                "on": rate.on,
                "source": rate.source,
            },
        )
    for rule in case.reductions:
        yield from _table("[[reductions]]", _reduction(rule))


def _person(person: Person) -> Iterator[str]:
    yield from _table(
        "[person]",
        {
            "name": person.name,
            "born": person.born,
            "residence": person.residence,
            "nationalities": person.nationalities,
            "sex": person.sex,
            "legally_resident": person.legally_resident,
            "refugee_or_stateless": person.refugee_or_stateless or None,
            "died": person.died,
            "disabled_since": person.disabled_since,
        },
    )
    for relative in person.relatives:
        yield from _table(
            "[[person.relatives]]",
            {
                "role": relative.role,
                "born": relative.born,
                "married": relative.married,
                "disabled": relative.disabled or None,
                "divorced": relative.divorced,
                "disabled_since": relative.disabled_since,
                "claims_from": relative.claims_from,
                "pupil": relative.pupil or None,
                "same_household": relative.same_household,
                "own_benefit": _money(relative.own_benefit),
                "own_base": _money(relative.own_base),
            },
        )


def _period(period: InsurancePeriod) -> dict[str, object]:
    counts = {"right": period.counts_for_right, "amount": period.counts_for_amount}
    return {
        "country": period.country,
        "kind": period.kind.value,
        "from": _uncertain(period.first),
        "to": _uncertain(period.last),
        "certified": _duration(period.certified),
        "scheme": period.scheme,
        "counts_for": None if all(counts.values()) else [k for k, v in counts.items() if v],
        "evidence": None if period.evidence is Evidence.CERTIFIED else period.evidence.value,
        "reference": period.reference,
        "occupation": period.occupation,
        "special_scheme": period.special_scheme,
        "note": period.note,
    }


def _certified(stated: Certified) -> dict[str, object]:
    return {
        "country": stated.country,
        "scheme": stated.scheme,
        "independent": _money(stated.independent),
        "theoretical": _money(stated.theoretical),
        "minimum": _duration(stated.minimum),
        "maximum": _duration(stated.maximum),
        "own": _duration(stated.own),
        "total": _duration(stated.total),
        "own_right": stated.own_right,
        "condition_met": stated.condition_met,
        "displaced_voluntary": _money(stated.displaced_voluntary),
        "minimum_benefit": _money(stated.minimum_benefit),
        "reference": stated.reference,
    }


def _reduction(rule: Reduction) -> dict[str, object]:
    return {
        "country": rule.country,
        "scheme": rule.scheme,
        "kind": rule.kind.value,
        "free": _money(rule.free),
        "ceiling": _money(rule.ceiling),
        "rate": None if rule.rate == 1 else rule.rate,
        "suspends": rule.suspends or None,
        "scaled": rule.scaled or None,
        "foreign": None if rule.foreign else False,
        "after_deductions": rule.after_deductions or None,
        "nature": rule.nature and rule.nature.value,
        "divides": rule.divides and rule.divides.value,
        "law": rule.law,
        "amounts": [_counted(counted) for counted in rule.amounts],
    }


def _counted(counted: Counted) -> dict[str, object]:
    per = counted.amount.per
    return {
        "name": counted.name or None,
        "amount": counted.amount.amount,
        "currency": counted.amount.currency,
        "per": None if per is Per.MONTH else per.value,
        "country": counted.country,
        "scheme": counted.scheme,
        "net": counted.net,
        "voluntary": counted.voluntary or None,
        "nature": counted.nature and counted.nature.value,
        "mutual": counted.mutual or None,
    }


def _by_owner(earnings: Iterable[Earnings]) -> Iterator[tuple[str, dict[str, object]]]:
    tables: dict[str, dict[str, object]] = {}
    for entry in earnings:
        owner = entry.scheme or entry.country
        if owner_of(owner) != (entry.country, entry.scheme):
            owner = f"{entry.country}/{entry.scheme}"
        tables.setdefault(owner, {})[str(entry.year)] = entry.amount
    return iter(tables.items())


def _uncertain(day: UncertainDate | None) -> object:
    if day is None or day.known:
        return day and day.earliest
    return {"earliest": day.earliest, "latest": day.latest}


def _duration(stated: Duration | None) -> object:
    if stated is None:
        return None
    return {
        "number": stated.number,
        "unit": stated.unit.value,
        "days_per_week": stated.days_per_week,
    }


def _money(stated: Money | None) -> object:
    if stated is None:
        return None
    per = None if stated.per is Per.MONTH else stated.per.value
    return {"amount": stated.amount, "currency": stated.currency, "per": per}


def _table(head: str, values: Mapping[str, object]) -> Iterator[str]:
    yield ""
    yield head
    yield from _named(values)


def _named(values: Mapping[str, object]) -> Iterator[str]:
    for name, value in values.items():
        if value is not None and value not in ("", (), {}):
            yield f"{_key(name)} = {_value(value)}"


def _key(name: str) -> str:
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else _quoted(name)


def _value(value: object) -> str:
    match value:
        case Fraction():
            return _number(value)
        case str():
            return _quoted(value)
        case Mapping():
            held = ((k, v) for k, v in value.items() if v is not None)
            return "{ " + ", ".join(f"{_key(k)} = {_value(v)}" for k, v in held) + " }"
        case list() | tuple():
            return "[" + ", ".join(map(_value, value)) + "]"
        case _:  # a day, a whole number, true or false
            return str(value).lower()


def _number(number: Fraction) -> str:
    for places in range(MOST_DIGITS + 1):
        scaled = number * 10**places
        if scaled.denominator == 1:
            digits = f"{abs(scaled.numerator):0{places + 1}d}"
            sign = "-" if number < 0 else ""
            return sign + (f"{digits[:-places]}.{digits[-places:]}" if places else digits)
    return _quoted(str(number))


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + re.sub(r"[\x00-\x1f\x7f]", lambda c: f"\\u{ord(c[0]):04x}", escaped) + '"'
