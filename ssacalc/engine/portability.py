"""Whether and how an amount is paid where the person lives: national law, then the instrument."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from ssacalc.domain.agreement import Clause, Instrument
from ssacalc.domain.case import Case
from ssacalc.domain.determination import Portability
from ssacalc.domain.rules import Export, ExportScope, Payment
from ssacalc.domain.scheme import AbroadRule, Scheme
from ssacalc.domain.trace import Argument, Citation, Step
from ssacalc.domain.units import Duration, Remainder, Unit, settle
from ssacalc.engine.counting import in_calendar_unit


@dataclass(frozen=True, slots=True)
class Looked:
    """What portability looks at: the scheme, the person's time and the instrument applied.

    ``own_right``: the benefit is due by national law alone.
    """

    scheme: Scheme
    case: Case
    own: Fraction
    total: Fraction
    instrument: Instrument | None
    own_right: bool | None = None


def portability(looked: Looked) -> Portability:
    """Return how the scheme pays a person living where the case says.

    At home in full. Abroad by national law, unless the instrument's clause on payment abroad
    (G08) forbids the reduction for that territory; a minimum time that national law asks for may
    be met by totalised time where the clause says so. Unknown is a result, never "no".
    """
    scheme, person = looked.scheme, looked.case.person
    where: tuple[tuple[str, Argument], ...] = (
        ("residence", person.residence),
        ("country", scheme.country),
    )
    if person.residence == scheme.country:
        return _paid(Payment.FULL, "paid-at-home", where, ())
    national = _national(looked, looked.own)
    if looked.instrument is None:
        return national
    clause = looked.instrument.clause(
        "G08",
        looked.case.claim.on,
        party=scheme.country,
        scheme=scheme.named,
        branch=looked.case.claim.benefit,
    )
    if clause is not None and clause.option == "inconclusive":
        args = (*where, ("instrument", looked.instrument.short))
        law = (clause.law,)
        return _paid(Payment.UNKNOWN, "abroad-clause-inconclusive", args, law, (national.step,))
    if clause is None or not isinstance(clause.rule, Export):
        return national
    return _by_clause(looked, clause, clause.rule, national, where)


def _paid(
    payment: Payment,
    key: str,
    args: tuple[tuple[str, Argument], ...],
    law: tuple[Citation, ...],
    uses: tuple[Step, ...] = (),
    after_months: int | None = None,
) -> Portability:
    step = Step("portability", payment.value, key, args, law, uses)
    return Portability(payment, step, after_months)


def _by_clause(
    looked: Looked,
    clause: Clause,
    export: Export,
    national: Portability,
    where: tuple[tuple[str, Argument], ...],
) -> Portability:
    instrument = looked.instrument
    residence, on = looked.case.person.residence, looked.case.claim.on
    in_party = instrument is not None and instrument.binds(residence, on)
    reaches = export.scope is ExportScope.WORLDWIDE or (
        in_party and export.scope is not ExportScope.NONE
    )
    args = (*where, ("instrument", instrument.short if instrument else ""))
    law = (clause.law,)
    if not reaches:
        key = "abroad-clause-does-not-reach"
        return _paid(national.payment, key, args, law, (national.step,), national.after_months)
    if not in_party and export.only_instrument_benefits_to_third and looked.own_right is True:
        key = "abroad-third-by-national-law"
        return _paid(national.payment, key, args, law, (national.step,), national.after_months)
    if export.minimum is not None:
        return _by_own_minimum(looked, export.minimum, national, args, law)
    if export.totalised_minimum:
        totalised = _national(looked, looked.total)
        key = "abroad-totalised-minimum"
        if totalised.payment is not Payment.FULL:
            key = "abroad-totalised-minimum-missing"
        return _paid(totalised.payment, key, args, law, (totalised.step,), totalised.after_months)
    if export.months is not None:
        args = (*args, ("months", export.months))
        return _paid(
            Payment.SUSPENDED, "abroad-for-months", args, law, (), after_months=export.months
        )
    return _paid(Payment.FULL, "abroad-in-full", args, law, (national.step,))


def _by_own_minimum(
    looked: Looked,
    minimum: Duration,
    national: Portability,
    args: tuple[tuple[str, Argument], ...],
    law: tuple[Citation, ...],
) -> Portability:
    """Return how a benefit is paid that the text pays abroad only after so much time in all."""
    has = in_calendar_unit(looked.total, looked.scheme.unit, minimum.unit)
    args = (*args, ("needed", minimum))
    if has is None:
        return _paid(Payment.UNKNOWN, "abroad-own-minimum-unknown", args, law, (national.step,))
    args = (*args, ("has", Duration(settle(has, Remainder.DOWN), minimum.unit)))
    if has >= minimum.number:
        return _paid(Payment.FULL, "abroad-own-minimum", args, law, (national.step,))
    key = "abroad-own-minimum-missing"
    return _paid(national.payment, key, args, law, (national.step,), national.after_months)


def _national(looked: Looked, units: Fraction) -> Portability:
    """Apply the first of the scheme's own rules for payment abroad that speaks of the person."""
    scheme = looked.scheme
    args: tuple[tuple[str, Argument], ...] = (
        ("residence", looked.case.person.residence),
        ("scheme", scheme.title),
    )
    spoken = [rule for rule in scheme.abroad if _speaks(rule, looked) is not False]
    if not spoken:
        return _paid(Payment.UNKNOWN, "abroad-national-unknown", args, ())
    rule = spoken[0]
    if _speaks(rule, looked) is None:
        return _paid(Payment.UNKNOWN, "abroad-nationality-not-stated", args, (rule.law,))
    lifted = _lifted(rule, looked, units)
    if lifted is not None:
        return _paid(Payment.FULL, "abroad-national-lifted", (*args, *lifted), (rule.law,))
    args = (*args, ("months", rule.after_months), ("note", rule.note))
    key = f"abroad-national-{rule.payment.value}"
    return _paid(rule.payment, key, args, (rule.law,), after_months=rule.after_months)


def _speaks(rule: AbroadRule, looked: Looked) -> bool | None:
    """Tell whether a rule speaks of the person; ``None`` where the nationality is not stated."""
    person = looked.case.person
    if rule.places and person.residence not in rule.places:
        return False
    if rule.nationals is None:
        return True
    if not person.nationalities:
        return None
    return (looked.scheme.country in person.nationalities) is rule.nationals


def _lifted(
    rule: AbroadRule, looked: Looked, units: Fraction
) -> tuple[tuple[str, Argument], ...] | None:
    """Return the time that lifts a restriction on payment abroad, or ``None``."""
    if rule.unless_units is None:
        return None
    figure = looked.scheme.figures[rule.unless_units]
    needed = figure.at(looked.case.claim.on, looked.case.person.born).value
    unit = Unit(figure.unit)
    has = in_calendar_unit(units, looked.scheme.unit, unit)
    if has is None or has < needed:
        return None
    counted = settle(has, Remainder.DOWN)
    return (("needed", Duration(needed, unit)), ("has", Duration(counted, unit)))


def paid_from(case: Case, country: str) -> date:
    """Return the day from which a State's benefit is claimed: the claim's, or its deferral."""
    return dict(case.claim.deferred).get(country, case.claim.on)
