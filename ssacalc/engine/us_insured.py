"""United States insured status as the engine's stages ask for it: own, and with foreign time."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from ssacalc.domain.agreement import Clause
from ssacalc.domain.case import Branch, Case, Earnings, InsurancePeriod
from ssacalc.domain.determination import Doubt, Shortfall
from ssacalc.domain.rules import ConversionRules, Placing
from ssacalc.domain.scheme import Scheme
from ssacalc.domain.trace import Step
from ssacalc.domain.units import Duration, Unit
from ssacalc.engine.conditions import Outcome
from ssacalc.engine.conversion import fits
from ssacalc.engine.crediting import Time
from ssacalc.engine.foreign_quarters import foreign_blocks
from ssacalc.engine.formulas.us_career import in_cents
from ssacalc.engine.formulas.us_law import law_of
from ssacalc.engine.insured import Status, for_disability, for_old_age, for_survivors
from ssacalc.engine.quarters import Block, HomeQuarters, coincide, home_quarters
from ssacalc.engine.totalisation import Right


def home_time(
    case: Case, scheme: Scheme, periods: Sequence[InsurancePeriod], earnings: Sequence[Earnings]
) -> tuple[Time, HomeQuarters]:
    """Return the quarters of coverage under United States law, as time and in the calendar."""
    law = law_of(scheme, case.claim.on)
    until = case.person.died or case.person.disabled_since or case.claim.on
    home = home_quarters(law, periods, in_cents(earnings), until)
    counted = home.step or Step("own_periods", home.total, "us-home-quarters-none")
    step = replace(counted, name="own_periods")
    spans = tuple(span for p in periods if (span := p.shortest) is not None)
    return Time(Fraction(home.total), spans, step, home.doubts), replace(home, step=step)


def credits_quarters(clause: Clause | None) -> bool:
    """Tell whether a conversion clause credits foreign time as placed quarters."""
    return (
        clause is not None
        and isinstance(clause.rule, ConversionRules)
        and any(row.placing is Placing.HOME_QUARTERS_FREE for row in clause.rule.rows)
    )


def with_foreign(
    case: Case,
    scheme: Scheme,
    home: HomeQuarters,
    foreign: Sequence[InsurancePeriod],
    clause: Clause,
    schemes: dict[str, Scheme],
) -> tuple[Time, Outcome]:
    """Return foreign quarters credited by the clause's rows, and insured status with them.

    Whole periods are credited: the calendar itself keeps foreign quarters out of home ones. A
    refusal although simultaneous foreign periods were certified for more is to be looked at again
    (POMS GN 01706.035), and that is said.
    """
    blocks: list[Block] = []
    rules = clause.rule if isinstance(clause.rule, ConversionRules) else ConversionRules(())
    taken: list[list[InsurancePeriod]] = [[] for _ in rules.rows]
    for period in foreign:
        fitting = (n for n, row in enumerate(rules.rows) if fits(row, period, schemes))
        number = next(fitting, None)
        if number is not None:
            taken[number].append(period)
    for row, periods in zip(rules.rows, taken, strict=True):
        blocks.extend(foreign_blocks(periods, row))
    status = _status(case, scheme, home, blocks)
    credited = status.credited
    step = replace(credited.step, name="foreign_periods", law=(*credited.step.law, clause.law))
    doubts: tuple[Doubt, ...] = ()
    if not status.met and coincide(blocks):
        args = (
            ("certified", Duration(Fraction(sum(b.number for b in blocks)), Unit.QUARTER)),
            ("credited", Duration(Fraction(credited.total), Unit.QUARTER)),
        )
        doubts = (Doubt("fact", "us-quarters-coincide", args, (clause.law,)),)
    return Time(Fraction(credited.total), (), step, doubts), outcome_of(status)


def own_status(case: Case, scheme: Scheme, home: HomeQuarters) -> Outcome:
    """Return insured status by United States quarters alone."""
    return outcome_of(_status(case, scheme, home, ()))


def _status(case: Case, scheme: Scheme, home: HomeQuarters, blocks: Sequence[Block]) -> Status:
    law, person = law_of(scheme, case.claim.on), case.person
    if case.claim.benefit is Branch.SURVIVORS and person.died is not None:
        return for_survivors(law, person.born, home, blocks, person.died)
    if case.claim.benefit is Branch.INVALIDITY and person.disabled_since is not None:
        return for_disability(law, person.born, home, blocks, person.disabled_since)
    return for_old_age(law, person.born, home, blocks)


def fully_insured(found: Right) -> bool:
    """Tell whether a right rests on fully, and not only on currently, insured status."""
    return all(outcome.step.key != CURRENTLY for outcome in found.outcomes)


CURRENTLY = "us-currently-insured"


def outcome_of(status: Status) -> Outcome:
    """Return insured status as the outcome of a condition, with what is missing for it."""
    last = status.tests[-1]
    missing = None
    if not status.met:
        lacking = Fraction(max(last.needed - last.has, 0))
        missing = Shortfall(lacking, Unit.QUARTER, "fully-insured")
    met: bool | None = status.met
    return Outcome("fully-insured", met, missing, replace(last.step, name="condition"))
