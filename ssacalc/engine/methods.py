"""The methods of apportionment (clause P01): a closed set, one function each.

Each sets the theoretical amount, the ratio and the share in :class:`Amounts`, exactly; rounding
is the award's.
"""

from collections.abc import Callable
from fractions import Fraction

from ssacalc.domain.agreement import Instrument
from ssacalc.domain.case import PENSIONS, Certified
from ssacalc.domain.determination import Doubt
from ssacalc.domain.errors import MissingFigure
from ssacalc.domain.money import Money
from ssacalc.domain.rules import Calculation, Cap, Method
from ssacalc.domain.trace import Argument, Citation, Step
from ssacalc.engine.amounts import (
    Amounts,
    Position,
    amount_step,
    certified_step,
    evaluated,
    full_career,
    lacking,
    qualifying,
    set_share,
    theoretical_amount,
)
from ssacalc.engine.formulas.evaluate import Evaluation, with_facts, with_units
from ssacalc.engine.formulas.us_career import (
    benefit_of,
    has_primary_insurance_amount,
    totalised_benefit,
)


def by_method(
    position: Position,
    amounts: Amounts,
    instrument: Instrument,
    *,
    needs_both: bool = False,
) -> None:
    """Compute the theoretical and pro rata amount by the instrument's method (clause P01).

    The share is waived where the clause waives it for the scheme, the person has an own right
    and neither another State's short period nor a rule against overlapping calls for both amounts
    (883/2004, art. 52(4)).
    """
    on, scheme, case = position.case.claim.on, position.scheme, position.case
    where = "inside" if case.person.residence == scheme.country else None
    clause = instrument.clause(
        "P01", on, party=scheme.country, scheme=scheme.id, branch=case.claim.benefit, part=where
    )
    if clause is None and case.claim.benefit not in PENSIONS:
        _paid_whole(position, amounts)
        return
    if clause is None or not isinstance(clause.rule, Calculation):
        amounts.doubts.append(
            Doubt("missing", "method-not-coded", (("instrument", instrument.short),))
        )
        return
    amounts.method = clause.rule.method
    waived = clause.rule.waives_pro_rata and position.own_right is True
    if waived and not needs_both and amounts.independent is not None:
        amounts.waived = clause.law
        return
    METHODS[clause.rule.method](position, amounts, instrument, clause.rule, (clause.law,))


def _paid_whole(position: Position, amounts: Amounts) -> None:
    """Pay whole what no text apportions: the State whose conditions are met owes the benefit."""
    if position.certified is not None:
        _direct_certified(position, amounts, position.certified, ())


def _pro_rata(
    position: Position,
    amounts: Amounts,
    instrument: Instrument,
    rule: Calculation,
    law: tuple[Citation, ...],
) -> None:
    """M1, with M2 and M3: theoretical amount × own / total, the total bounded where P03 says so."""
    own, total, cited = _denominator(position, instrument, law)
    amounts.theoretical = theoretical_amount(position, amounts, position.all_units, law)
    capped = total != position.total or own != position.own
    key = "pro-rata-amount-capped" if capped else "pro-rata-amount"
    extra: tuple[tuple[str, Argument], ...] = (("uncapped", position.total),) if capped else ()
    set_share(position, amounts, (own, total), cited, key, extra=extra)


def _denominator(
    position: Position, instrument: Instrument, law: tuple[Citation, ...]
) -> tuple[Fraction, Fraction, tuple[Citation, ...]]:
    clause = instrument.clause(
        "P03",
        position.case.claim.on,
        party=position.scheme.country,
        scheme=position.scheme.id,
        branch=position.case.claim.benefit,
    )
    own, total = position.own, position.total
    if clause is None or not isinstance(clause.rule, Cap) or clause.rule is Cap.NONE:
        return own, total, law
    bound = full_career(position) if clause.rule is Cap.FULL_CAREER else qualifying(position)
    if bound is None or total <= bound:
        return own, total, law
    return min(own, bound), bound, (*law, clause.law)


def _own_over_minimum(
    position: Position,
    amounts: Amounts,
    instrument: Instrument,
    rule: Calculation,
    law: tuple[Citation, ...],
) -> None:
    """M4: the amount on the minimum qualifying period × own / minimum."""
    minimum = qualifying(position)
    if minimum is None:
        amounts.doubts.append(_no_minimum(position))
        return
    amounts.theoretical = theoretical_amount(
        position, amounts, minimum, law, "theoretical-amount-on-minimum"
    )
    own = min(position.own, minimum) if rule.at_most_one else position.own
    set_share(position, amounts, (own, minimum), law, "pro-rata-over-minimum")


def _no_minimum(position: Position) -> Doubt:
    return Doubt("missing", "minimum-period-unknown", (("scheme", position.scheme.title),))


def _own_over_needed(
    position: Position,
    amounts: Amounts,
    instrument: Instrument,
    rule: Calculation,
    law: tuple[Citation, ...],
) -> None:
    """M5: theoretical amount × own / (own + only the foreign time needed for the minimum)."""
    minimum = qualifying(position)
    if minimum is None:
        amounts.doubts.append(_no_minimum(position))
        return
    needed = max(position.own, min(position.total, minimum))
    amounts.theoretical = theoretical_amount(position, amounts, needed, law)
    set_share(position, amounts, (position.own, needed), law, "pro-rata-over-needed")


def _direct(
    position: Position,
    amounts: Amounts,
    instrument: Instrument,
    rule: Calculation,
    law: tuple[Citation, ...],
) -> None:
    """M6: totalised time opens the right, the amount rests on own periods alone.

    Parts of the scheme (a flat-rate portion) may follow a method of their own.
    """
    own = with_units(position.career, position.own, position.career.step)
    certified = position.certified
    if position.scheme.amount is None and certified is not None:
        _direct_certified(position, amounts, certified, law)
        return
    evaluation = evaluated(position.scheme, own, amounts.doubts)
    if evaluation is None:
        return
    amounts.ratio = evaluation.fraction
    if position.scheme.parts:
        amounts.pro_rata = _parts(position, amounts, instrument, evaluation, law)
        return
    amounts.pro_rata = amount_step(
        "pro_rata_amount", "direct-amount", position.scheme, evaluation, law
    )


def _direct_certified(
    position: Position, amounts: Amounts, certified: Certified, law: tuple[Citation, ...]
) -> None:
    if certified.theoretical is None:
        return
    step = certified_step("theoretical_amount", certified.theoretical, certified)
    amounts.pro_rata = Step(
        "pro_rata_amount",
        certified.theoretical,
        "direct-amount-certified",
        (("amount", certified.theoretical),),
        law,
        (step,),
    )


def _parts(
    position: Position,
    amounts: Amounts,
    instrument: Instrument,
    evaluation: Evaluation,
    law: tuple[Citation, ...],
) -> Step:
    scheme, case = position.scheme, position.case
    steps: list[Step] = []
    total = Fraction(0)
    currency = scheme.currency.at(case.claim.on).value
    for part, block in scheme.parts:
        clause = instrument.clause(
            "P01",
            case.claim.on,
            party=scheme.country,
            scheme=scheme.id,
            branch=case.claim.benefit,
            part=part,
        )
        value = evaluation.values[block]
        ratio = Fraction(1)
        minimum = qualifying(position)
        own_method = clause is not None and clause.part == part
        if (
            own_method
            and clause is not None
            and isinstance(clause.rule, Calculation)
            and clause.rule.method is Method.OWN_OVER_MINIMUM
            and minimum
        ):
            ratio = min(position.own / minimum, Fraction(1))
            amounts.ratio = (min(position.own, minimum), minimum)
        amount = Money(value * ratio, currency, scheme.per)
        total += amount.amount
        args: tuple[tuple[str, Argument], ...] = (
            ("part", part),
            ("whole", Money(value, currency, scheme.per)),
            ("ratio", ratio),
            ("amount", amount),
        )
        cited = (clause.law,) if clause is not None else law
        steps.append(Step("part", amount, "part-amount", args, cited, (evaluation.amount(block),)))
    amount = Money(total, currency, scheme.per)
    return Step("pro_rata_amount", amount, "sum-of-parts", (("amount", amount),), law, tuple(steps))


def _residence_fraction(
    position: Position,
    amounts: Amounts,
    instrument: Instrument,
    rule: Calculation,
    law: tuple[Citation, ...],
) -> None:
    """M7: the full amount × own time over the instrument's own denominator."""
    denominator = _own_denominator(position, rule)
    if denominator is None:
        args: tuple[tuple[str, Argument], ...] = (("born", position.career.born),)
        amounts.doubts.append(Doubt("missing", "denominator-gap", args, law))
        return
    amounts.theoretical = theoretical_amount(position, amounts, denominator, law)
    own = position.own + rule.plus_units
    if rule.at_most_one:
        own = min(own, denominator)
    set_share(position, amounts, (own, denominator), law, "residence-fraction-amount")


def _own_denominator(position: Position, rule: Calculation) -> Fraction | None:
    born, moved = position.career.born, position.career.facts.get("moved-on")
    for row in rule.denominators:
        if row.born_since and born < row.born_since:
            continue
        if row.born_until and born > row.born_until:
            continue
        day = int(moved) if moved is not None else None
        if row.moved_since and (day is None or day < _as_number(row.moved_since)):
            continue
        if row.moved_until and (day is None or day > _as_number(row.moved_until)):
            continue
        return row.value
    return None


def _as_number(day: object) -> int:
    return int(str(day).replace("-", ""))


def _independent_of_duration(
    position: Position,
    amounts: Amounts,
    instrument: Instrument,
    rule: Calculation,
    law: tuple[Citation, ...],
) -> None:
    """M14 and M17: a sum that does not depend on duration × own time / a fixed duration."""
    if rule.fixed_duration is None:
        amounts.doubts.append(_no_minimum(position))
        return
    amounts.theoretical = theoretical_amount(position, amounts, position.all_units, law)
    own = min(position.own, rule.fixed_duration)
    set_share(position, amounts, (own, rule.fixed_duration), law, "fixed-duration-amount")


def _imputed_career(
    position: Position,
    amounts: Amounts,
    instrument: Instrument,
    rule: Calculation,
    law: tuple[Citation, ...],
) -> None:
    """M8: a whole career at the person's relative earnings × own quarters / its quarters."""
    if not has_primary_insurance_amount(position.scheme):
        _not_computed(position, amounts, instrument, rule, law)
        return
    try:
        found = totalised_benefit(position.scheme, position.career)
    except MissingFigure as missing:
        amounts.doubts.append(lacking(position.scheme, missing))
        return
    amounts.theoretical, amounts.pro_rata = found.theoretical, found.pro_rata
    amounts.ratio = Fraction(found.ratio[0]), Fraction(found.ratio[1])
    amounts.paid = benefit_of(position.scheme, position.career)


def _not_computed(
    position: Position,
    amounts: Amounts,
    instrument: Instrument,
    rule: Calculation,
    law: tuple[Citation, ...],
) -> None:
    """Say that a method's amount has to come from the institution."""
    certified = position.certified
    if certified is not None and certified.theoretical is not None:
        _direct_certified(position, amounts, certified, law)
        return
    args: tuple[tuple[str, Argument], ...] = (
        ("method", rule.method.value),
        ("instrument", instrument.short),
    )
    amounts.doubts.append(Doubt("missing", "method-needs-certified-amount", args, law))


def _national_only(
    position: Position,
    amounts: Amounts,
    instrument: Instrument,
    rule: Calculation,
    law: tuple[Citation, ...],
) -> None:
    """Add nothing: the scheme lies outside apportionment."""


PARTNER_PENSION = "partner-pension"
INCOME = "income"
"""Facts that a case states for a means test, in the scheme's currency and period."""


def _means_tested(
    position: Position, amounts: Amounts, income: Fraction
) -> tuple[Evaluation, Money] | None:
    """Apply the national means test to an income, on own time."""
    career = with_facts(position.career, {INCOME: income})
    own = with_units(career, position.own, position.career.step)
    evaluation = evaluated(position.scheme, own, amounts.doubts)
    if evaluation is None or position.scheme.amount is None:
        return None
    value = evaluation.values[position.scheme.amount]
    return evaluation, Money(value, evaluation.currency, position.scheme.per)


def _partner_pension(position: Position, amounts: Amounts) -> Fraction | None:
    stated = position.career.facts.get(PARTNER_PENSION)
    if stated is None:
        args: tuple[tuple[str, Argument], ...] = (
            ("fact", PARTNER_PENSION),
            ("country", position.scheme.country),
        )
        amounts.doubts.append(Doubt("missing", "fact-not-stated", args))
    return stated


def _proportional_income(
    position: Position,
    amounts: Amounts,
    instrument: Instrument,
    rule: Calculation,
    law: tuple[Citation, ...],
) -> None:
    """M12: only own time / a denominator of the partner's pension enters the means test."""
    denominator = _own_denominator(position, rule)
    if position.scheme.amount is None or denominator is None:
        _not_computed(position, amounts, instrument, rule, law)
        return
    pension = _partner_pension(position, amounts)
    if pension is None:
        return
    own = min(position.own, denominator) + rule.plus_units
    own = min(own, denominator) if rule.at_most_one else own
    counted = pension * own / denominator
    found = _means_tested(
        position, amounts, position.career.facts.get(INCOME, Fraction(0)) + counted
    )
    if found is None:
        return
    evaluation, amount = found
    amounts.ratio = (own, denominator)
    per, currency = position.scheme.per, evaluation.currency
    args: tuple[tuple[str, Argument], ...] = (
        ("pension", Money(pension, currency, per)),
        ("own", own),
        ("total", denominator),
        ("counted", Money(counted, currency, per)),
        ("amount", amount),
    )
    uses = (position.career.step, evaluation.amount(position.scheme.amount))
    amounts.pro_rata = Step("pro_rata_amount", amount, "proportional-income", args, law, uses)


def _deduction(
    position: Position,
    amounts: Amounts,
    instrument: Instrument,
    rule: Calculation,
    law: tuple[Citation, ...],
) -> None:
    """M11: the partner's pension is deducted from the means-tested amount; never below nought."""
    if position.scheme.amount is None:
        _not_computed(position, amounts, instrument, rule, law)
        return
    pension = _partner_pension(position, amounts)
    if pension is None:
        return
    found = _means_tested(position, amounts, position.career.facts.get(INCOME, Fraction(0)))
    if found is None:
        return
    evaluation, whole = found
    left = Money(max(whole.amount - pension, Fraction(0)), whole.currency, whole.per)
    args: tuple[tuple[str, Argument], ...] = (
        ("whole", whole),
        ("pension", Money(pension, whole.currency, whole.per)),
        ("amount", left),
    )
    uses = (evaluation.amount(position.scheme.amount),)
    amounts.pro_rata = Step("pro_rata_amount", left, "pension-deducted", args, law, uses)


def _minimum_top_up(
    position: Position,
    amounts: Amounts,
    instrument: Instrument,
    rule: Calculation,
    law: tuple[Citation, ...],
) -> None:
    """M13: own/total of a State minimum, less what the individual account pays."""
    certified = position.certified
    minimum = certified.minimum_benefit if certified else None
    if minimum is None or certified is None:
        _not_computed(position, amounts, instrument, rule, law)
        return
    own, total, cited = _denominator(position, instrument, law)
    account = certified.independent or Money(Fraction(0), minimum.currency, minimum.per)
    share = minimum.amount * own / total if total else Fraction(0)
    top_up = Money(max(share - account.amount, Fraction(0)), minimum.currency, minimum.per)
    amounts.ratio = (own, total)
    whole = Money(account.amount + top_up.amount, minimum.currency, minimum.per)
    args: tuple[tuple[str, Argument], ...] = (
        ("minimum", minimum),
        ("own", own),
        ("total", total),
        ("account", account),
        ("top_up", top_up),
        ("amount", whole),
    )
    uses = (position.career.step, position.total_step)
    amounts.pro_rata = Step("pro_rata_amount", whole, "minimum-top-up", args, cited, uses)


Computed = Callable[
    [Position, Amounts, Instrument, Calculation, tuple[Citation, ...]],
    None,
]

METHODS: dict[Method, Computed] = {
    Method.PRO_RATA: _pro_rata,
    Method.OWN_OVER_MINIMUM: _own_over_minimum,
    Method.OWN_OVER_NEEDED: _own_over_needed,
    Method.DIRECT: _direct,
    Method.RESIDENCE_FRACTION: _residence_fraction,
    Method.IMPUTED_CAREER: _imputed_career,
    Method.DEDUCTION: _deduction,
    Method.PROPORTIONAL_INCOME: _proportional_income,
    Method.MINIMUM_TOP_UP: _minimum_top_up,
    Method.INDEPENDENT_OF_DURATION: _independent_of_duration,
    Method.FIXED_SUM: _independent_of_duration,
    Method.NATIONAL_ONLY: _national_only,
}
