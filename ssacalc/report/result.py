"""A determination as plain data: the interface that other programs read.

Keys come in a fixed order and values do not depend on the language asked for; only ``label``,
``working`` and ``text`` are sentences. Amounts are decimal strings, times are whole numbers where
they are whole and fractions ``"a/b"`` where they are not.
"""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from math import lcm

from ssacalc.domain.case import Case
from ssacalc.domain.determination import (
    Alternative,
    BenefitResult,
    Determination,
    Doubt,
    Portability,
    Range,
    Worth,
)
from ssacalc.domain.errors import Problem
from ssacalc.domain.money import Money
from ssacalc.domain.trace import Argument, Citation, Step
from ssacalc.domain.units import Duration
from ssacalc.report import numbers
from ssacalc.report.abroad import rules
from ssacalc.report.claimants import people
from ssacalc.report.outcomes import StepList, by_state, leading, total
from ssacalc.report.overlapping import Applied, Reduced, reduced_amounts, reduced_payable
from ssacalc.report.wording import Wording

Plain = dict[str, object]
AMOUNTS = {
    "independent_amount": "independent",
    "theoretical_amount": "theoretical",
    "pro_rata_amount": "pro_rata",
    "payable_amount": "payable",
}
"""The amounts of a result: their key in the interface and their name in the domain."""


def as_plain(determination: Determination, wording: Wording) -> Plain:
    """Return a determination as plain data, its sentences in the wording's language."""
    return {
        "case": determination.case.id,
        "law": determination.edition,
        "states": _states(determination.with_instruments, wording, determination.case),
        "without_agreements": _states(determination.without, wording, determination.case),
        "problems": [_problem(problem) for problem in determination.problems],
        "totals": [_money(total_.amount) for total_ in determination.totals],
        "totals_without_agreements": [_money(t.amount) for t in determination.totals_without],
        "ranges": [_range(bounds) for bounds in determination.ranges],
        "worths": [_worth(worth) for worth in determination.worths],
    }


def _money(money: Money) -> Plain:
    return {"amount": amount(money), "currency": money.currency, "per": money.per.value}


def _range(bounds: Range) -> Plain:
    return {
        "country": bounds.country,
        "scheme": bounds.scheme,
        "own": [number(bound) for bound in bounds.own],
        "total": [number(bound) for bound in bounds.total],
        "with_agreement": list(bounds.rights),
        "payable": None if bounds.payable is None else [_money(m) for m in bounds.payable],
    }


def _worth(worth: Worth) -> Plain:
    return {
        "period": worth.period.place,
        "country": worth.country,
        "scheme": worth.scheme,
        "with_it": _outcome(*worth.with_it),
        "without_it": _outcome(*worth.without_it),
    }


def _outcome(right: bool | None, payable: Money | None) -> Plain:  # noqa: FBT001 - of three values
    paid = None if payable is None else _money(payable)
    return {"with_agreement": right, "payable": paid}


def _alternative(other: Alternative) -> Plain:
    return {
        "what": other.what,
        "instrument": other.instrument,
        **_outcome(other.with_agreement, other.payable),
    }


def _states(results: Iterable[BenefitResult], wording: Wording, case: Case) -> Plain:
    return {country: _state(found, wording, case) for country, found in by_state(results).items()}


def _state(results: Sequence[BenefitResult], wording: Wording, case: Case) -> Plain:
    first = leading(results)
    return {
        **_benefit(first, wording, case),
        **_summed(results),
        "benefits": [
            {"scheme": r.scheme, "title": r.scheme_title, **_benefit(r, wording, case)}
            for r in results
        ],
    }


def _summed(results: Sequence[BenefitResult]) -> Plain:
    """Return the sums over a State's schemes; nothing where they cannot be added."""
    every = [getattr(r, name) for r in results for name in AMOUNTS.values()]
    kinds = total(every)
    if len(kinds) != 1:
        return {}
    sums: Plain = {}
    for key, name in AMOUNTS.items():
        summed = total(getattr(result, name) for result in results)
        sums[key] = amount(summed[0]) if summed else None
    return {**sums, "currency": kinds[0].currency, "per": kinds[0].per.value}


def _benefit(result: BenefitResult, wording: Wording, case: Case) -> Plain:
    kept = [money for name in AMOUNTS.values() if (money := getattr(result, name)) is not None]
    return {
        "instrument": result.instrument,
        "own_right": result.own_right,
        "with_agreement": result.with_agreement,
        "unit": result.unit.value,
        "own": number(result.own),
        "total": number(result.total),
        "ratio": None if result.ratio is None else ratio(result.ratio),
        **{key: amount(getattr(result, name)) for key, name in AMOUNTS.items()},
        "currency": kept[0].currency if kept else None,
        "per": kept[0].per.value if kept else None,
        "reductions": [_reduced(found, result, wording) for found in reduced_amounts(result)],
        "portability": _portability(result.portability),
        "shortfall": _shortfall(result),
        "cure": _cure(result),
        "payable_from": result.payable_from.isoformat() if result.payable_from else None,
        "alternatives": [_alternative(other) for other in result.alternatives],
        "claimants": _claimants(result, case),
        "steps": _steps(result, wording),
        "doubts": [_doubt(doubt, wording) for doubt in result.doubts],
    }


def _reduced(found: Reduced, result: BenefitResult, wording: Wording) -> Plain:
    """Return one amount with what each rule against overlapping takes of it."""
    paid = reduced_payable(result)
    return {
        "of": found.of.name,
        "paid": paid is not None and paid.step is found.step,
        "before": _money(found.before),
        "rules": [_rule(rule, wording) for rule in found.rules],
        "after": _money(found.after),
    }


def _rule(rule: Applied, wording: Wording) -> Plain:
    return {
        "counted": [_part(part) for part in rule.parts],
        "divided_by": rule.divided_by,
        "share": None if rule.share is None else ratio(rule.share),
        "cut": _money(rule.taken),
        "left": _money(rule.left),
        "key": rule.step.key,
        "text": wording.working(rule.step),
        "law": [citation(law) for law in rule.law],
    }


def _part(part: Step) -> Plain:
    args = dict(part.args)
    return {
        "name": args.get("name"),
        "stated": value(args.get("stated")),
        "counted": value(part.value),
    }


def _portability(found: Portability) -> Plain:
    under = [step for step in rules(found) if step is not found.step]
    return {
        "paid_abroad": found.payment.value,
        "after_months": found.after_months,
        "reduced_to": None if found.reduced_to is None else _money(found.reduced_to),
        "law": [citation(law) for law in found.step.law],
        "national_law": [citation(law) for step in under for law in step.law],
    }


def _claimants(result: BenefitResult, case: Case) -> list[Plain]:
    return [
        {
            "role": share.role,
            "born": relative.born.isoformat() if relative.born else None,
            "payable": _money(share.amount),
        }
        for share, relative in people(result, case)
    ]


def _shortfall(result: BenefitResult) -> Plain | None:
    if result.shortfall is None:
        return None
    return {"missing": number(result.shortfall.missing), "unit": result.shortfall.unit.value}


def _cure(result: BenefitResult) -> Plain | None:
    """Return which condition falls short and on which day time alone would meet it."""
    short = result.shortfall
    if short is None:
        return None
    closed = short.closed_on.isoformat() if short.closed_on else None
    return {"condition": short.condition, "closed_on": closed}


def _steps(result: BenefitResult, wording: Wording) -> list[Plain]:
    steps = StepList()
    steps.add(result.result)
    steps.add(result.portability.step)
    return [
        {
            "name": step.name,
            "label": wording.label(step),
            "value": value(step.value),
            "working": wording.working(step),
            "law": [citation(law) for law in step.law],
            "uses": list(uses),
        }
        for step, uses in zip(steps.steps, steps.uses, strict=True)
    ]


def _doubt(doubt: Doubt, wording: Wording) -> Plain:
    return {
        "kind": doubt.kind,
        "key": doubt.key,
        "text": wording.doubt(doubt),
        "law": [citation(law) for law in doubt.law],
    }


def _problem(problem: Problem) -> Plain:
    return {"place": problem.place, "fault": problem.fault, "remedy": problem.remedy}


def citation(law: Citation) -> Plain:
    """Return a citation as plain data."""
    return {
        "document": law.document,
        "article": law.article,
        "source": law.source,
        "address": law.address,
        "verified": law.verified,
    }


def number(value: Fraction | int) -> int | str:
    """Return a whole number as such, any other as the fraction it is."""
    exact = Fraction(value)
    return exact.numerator if exact.denominator == 1 else str(exact)


def amount(money: Money | None) -> str | None:
    """Return an amount as a decimal string."""
    return None if money is None else numbers.plain_amount(money.amount)


def ratio(parts: tuple[Fraction, Fraction]) -> str:
    """Return a ratio unreduced; parts that are not whole are multiplied until they are.

    >>> ratio((Fraction(26), Fraction(104))), ratio((Fraction(53, 2), Fraction(104)))
    ('26/104', '53/208')
    """
    scale = lcm(parts[0].denominator, parts[1].denominator)
    return "/".join(str(int(part * scale)) for part in parts)


def value(found: Argument) -> object:
    """Return the value of a step as plain data."""
    match found:
        case bool() | None | str():
            return found
        case int() | Fraction():
            return number(found)
        case Money():
            return {
                "amount": amount(found),
                "currency": found.currency,
                "per": found.per.value,
            }
        case Duration():
            return {"number": number(found.number), "unit": found.unit.value}
        case _:
            return found.isoformat()
