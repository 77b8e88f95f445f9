"""The methods of apportionment (clause P01): a closed set, one function each.

Each sets the theoretical amount, the ratio and the share in :class:`Amounts`, exactly; rounding
is the award's.
"""

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

from ssacalc.domain.agreement import Instrument
from ssacalc.domain.case import PENSIONS
from ssacalc.domain.determination import Doubt
from ssacalc.domain.errors import MissingFigure
from ssacalc.domain.rules import Calculation, Method
from ssacalc.domain.trace import Argument, Citation, Step
from ssacalc.engine.amounts import (
    Amounts,
    Position,
    amount_step,
    evaluated,
    lacking,
    money_of,
    qualifying,
    set_share,
    theoretical_amount,
)
from ssacalc.engine.certified_amounts import direct_certified, not_computed
from ssacalc.engine.denominators import (
    bounded_total,
    by_birth_or_move,
    fixed_duration,
    further_units,
    own_denominator,
    theoretical_time,
)
from ssacalc.engine.formulas.evaluate import with_facts, with_units
from ssacalc.engine.formulas.us_career import (
    benefit_of,
    has_primary_insurance_amount,
    totalised_benefit,
)
from ssacalc.engine.means import deduction, minimum_top_up, proportional_income
from ssacalc.engine.minimum import raised
from ssacalc.engine.parts import by_parts

_OVER_ALL_TIME = frozenset({Method.PRO_RATA, Method.OWN_OVER_NEEDED, Method.MINIMUM_TOP_UP})
"""Methods whose ratio rests on all States' time."""


def by_method(
    position: Position,
    amounts: Amounts,
    instrument: Instrument,
    *,
    needs_both: bool = False,
    complete: bool = True,
) -> None:
    """Compute the theoretical and pro rata amount by the instrument's method (clause P01).

    The share is waived where the clause waives it for the scheme, the person has an own right
    and neither another State's short period nor a rule against overlapping calls for both amounts
    (883/2004, art. 52(4)). No share is formed over time that could not be counted whole.
    """
    on, scheme, case = position.case.claim.on, position.scheme, position.case
    where = "inside" if case.person.residence == scheme.country else None
    clause = instrument.clause(
        "P01", on, party=scheme.country, scheme=scheme.named, branch=case.claim.benefit, part=where
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
    stated = position.certified is not None and position.certified.total is not None
    if clause.rule.method in _OVER_ALL_TIME and not complete and not stated:
        args: tuple[tuple[str, Argument], ...] = (("scheme", scheme.title),)
        amounts.doubts.append(Doubt("missing", "share-needs-all-time", args, (clause.law,)))
        return
    METHODS[clause.rule.method](position, amounts, instrument, clause.rule, (clause.law,))
    if where is not None:
        _not_less_than_abroad(position, amounts, instrument)
    if clause.rule.capped_at_national:
        cap_at_national(position, amounts, (clause.law,))


NOT_LESS_THAN_ABROAD = "inside-not-less-than-abroad"
"""The part of clause P01 by which a benefit paid at home reaches the rate that is paid abroad."""
PAID_ABROAD = "paid-abroad"
"""The fact by which a scheme's formula gives the rate that is paid abroad."""


def _not_less_than_abroad(position: Position, amounts: Amounts, instrument: Instrument) -> None:
    """Raise what is paid at home to what the person would get abroad, where the text says so."""
    case, scheme = position.case, position.scheme
    about = {"party": scheme.country, "scheme": scheme.named}
    on, branch = case.claim.on, case.claim.benefit
    floor = instrument.clause("P01", on, **about, branch=branch, part=NOT_LESS_THAN_ABROAD)
    abroad = instrument.clause("P01", on, **about, branch=branch)
    paid = money_of(amounts.pro_rata)
    if floor is None or floor.part != NOT_LESS_THAN_ABROAD or paid is None or abroad is None:
        return
    if not isinstance(abroad.rule, Calculation):
        return
    other, looked = Amounts(), with_facts(position.career, {PAID_ABROAD: Fraction(1)})
    method = METHODS[abroad.rule.method]
    method(replace(position, career=looked), other, instrument, abroad.rule, (abroad.law,))
    rate = money_of(other.pro_rata)
    if rate is None or (rate.currency, rate.per) != (paid.currency, paid.per):
        told = (("scheme", scheme.title),)
        amounts.doubts.append(Doubt("missing", "rate-abroad-not-compared", told, (floor.law,)))
        return
    if rate.amount > paid.amount and amounts.pro_rata is not None and other.pro_rata is not None:
        args = (("amount", paid), ("abroad", rate))
        uses = (amounts.pro_rata, other.pro_rata)
        amounts.pro_rata = Step(
            "pro_rata_amount", rate, "raised-to-rate-abroad", args, (floor.law,), uses
        )


def _paid_whole(position: Position, amounts: Amounts) -> None:
    """Pay whole what no text apportions: the State whose conditions are met owes the benefit."""
    if position.certified is not None:
        direct_certified(position, amounts, position.certified, ())


def _theoretical(
    position: Position,
    amounts: Amounts,
    units: Fraction,
    rule: Calculation,
    law: tuple[Citation, ...],
    key: str = "theoretical-amount",
) -> Step | None:
    """Return the theoretical amount, raised to the legal minimum where the text says so (M3)."""
    step = theoretical_amount(position, amounts, units, law, key)
    if step is None or not rule.theoretical_not_below_minimum:
        return step
    return raised(position, amounts, step, law, "theoretical-raised")


def cap_at_national(position: Position, amounts: Amounts, law: tuple[Citation, ...]) -> None:
    """Bound the share at the amount on own time alone, whether or not that gives a right.

    The United States scheme has the same bound in its own law, where the amount knows it already.
    """
    share = money_of(amounts.pro_rata)
    if share is None or has_primary_insurance_amount(position.scheme):
        return
    national = _national_amount(position, amounts)
    bound = money_of(national)
    if bound is None or national is None or amounts.pro_rata is None:
        args: tuple[tuple[str, Argument], ...] = (("scheme", position.scheme.title),)
        amounts.doubts.append(Doubt("missing", "cap-needs-national-amount", args, law))
        return
    if share.amount > bound.amount:
        args = (("share", share), ("national", bound), ("amount", bound))
        uses = (amounts.pro_rata, national)
        amounts.pro_rata = Step("pro_rata_amount", bound, "capped-at-national", args, law, uses)


def _national_amount(position: Position, amounts: Amounts) -> Step | None:
    if amounts.independent is not None:
        return amounts.independent
    own = with_units(position.career, position.own, position.career.step)
    evaluation = evaluated(position.scheme, own, amounts.doubts)
    if evaluation is None:
        return None
    return amount_step("independent_amount", "independent-amount", position.scheme, evaluation, ())


def _pro_rata(
    position: Position,
    amounts: Amounts,
    instrument: Instrument,
    rule: Calculation,
    law: tuple[Citation, ...],
) -> None:
    """M1, with M2 and M3: theoretical amount × own / total, the total bounded where P03 says so."""
    own, total, cited = bounded_total(position, instrument, law)
    time = theoretical_time(position, instrument)
    amounts.theoretical = _theoretical(position, amounts, time, rule, law)
    capped = total != position.total or own != position.own
    key = "pro-rata-amount-capped" if capped else "pro-rata-amount"
    extra: tuple[tuple[str, Argument], ...] = (("uncapped", position.total),) if capped else ()
    set_share(position, amounts, (own, total), cited, key, extra=extra)


def _own_over_minimum(
    position: Position,
    amounts: Amounts,
    instrument: Instrument,
    rule: Calculation,
    law: tuple[Citation, ...],
) -> None:
    """M4: the amount on the minimum qualifying period, or on own time, × own / minimum."""
    minimum = qualifying(position)
    if minimum is None:
        amounts.doubts.append(_no_minimum(position))
        return
    time, key = minimum, "theoretical-amount-on-minimum"
    if rule.theoretical_on_own_periods:
        time, key = position.own, "theoretical-amount-on-own"
    amounts.theoretical = _theoretical(position, amounts, time, rule, law, key)
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
    amounts.theoretical = _theoretical(position, amounts, needed, rule, law)
    set_share(position, amounts, (position.own, needed), law, "pro-rata-over-needed")


def _direct(
    position: Position,
    amounts: Amounts,
    instrument: Instrument,
    rule: Calculation,
    law: tuple[Citation, ...],
) -> None:
    """M6: totalised time opens the right, the amount rests on own periods alone.

    Parts of the scheme (a flat-rate portion) may follow a method of their own. With an own right
    it is the national amount itself, and nothing is added.
    """
    opened = position.own_right is False
    if amounts.independent is not None and not opened and not position.scheme.parts:
        return
    own = with_units(position.career, position.own, position.career.step)
    certified = position.certified
    if certified is not None and (
        position.scheme.amount is None
        or certified.theoretical is not None
        or (opened and certified.independent is not None)
    ):
        direct_certified(position, amounts, certified, law)
        return
    evaluation = evaluated(position.scheme, own, amounts.doubts)
    if evaluation is None:
        return
    amounts.ratio = evaluation.fraction
    if position.scheme.parts:
        amounts.pro_rata = by_parts(position, amounts, instrument, evaluation, law)
        return
    amounts.pro_rata = amount_step(
        "pro_rata_amount", "direct-amount", position.scheme, evaluation, law
    )


def _residence_fraction(
    position: Position,
    amounts: Amounts,
    instrument: Instrument,
    rule: Calculation,
    law: tuple[Citation, ...],
) -> None:
    """M7: the full amount × own time over the instrument's own denominator."""
    denominator = own_denominator(position, rule)
    if denominator is None:
        known = rule.from_age is not None or by_birth_or_move(position, rule) is not None
        key = "denominator-gap" if rule.denominators and not known else "denominator-not-coded"
        args: tuple[tuple[str, Argument], ...] = (
            ("born", position.career.born),
            ("instrument", instrument.short),
        )
        amounts.doubts.append(Doubt("missing", key, args, law))
        return
    amounts.theoretical = theoretical_amount(position, amounts, denominator, law)
    own = position.own + further_units(position, rule)
    if rule.at_most_one:
        own = min(own, denominator)
    set_share(position, amounts, (own, denominator), law, "residence-fraction-amount")


def _independent_of_duration(
    position: Position,
    amounts: Amounts,
    instrument: Instrument,
    rule: Calculation,
    law: tuple[Citation, ...],
) -> None:
    """M14 and M17: a sum that does not depend on duration × own time / a fixed duration.

    The duration is a number the text names, or the time between two ages of the person.
    """
    over = fixed_duration(position, rule)
    if over is None:
        args: tuple[tuple[str, Argument], ...] = (("instrument", instrument.short),)
        amounts.doubts.append(Doubt("missing", "denominator-not-coded", args, law))
        return
    amounts.theoretical = theoretical_amount(position, amounts, position.all_units, law)
    own = min(position.own, over)
    set_share(position, amounts, (own, over), law, "fixed-duration-amount")


def _imputed_career(
    position: Position,
    amounts: Amounts,
    instrument: Instrument,
    rule: Calculation,
    law: tuple[Citation, ...],
) -> None:
    """M8: a whole career at the person's relative earnings × own quarters / its quarters."""
    if not has_primary_insurance_amount(position.scheme):
        not_computed(position, amounts, instrument, rule, law)
        return
    try:
        found = totalised_benefit(position.scheme, position.career)
    except MissingFigure as missing:
        amounts.doubts.append(lacking(position.scheme, missing))
        return
    amounts.theoretical, amounts.pro_rata = found.theoretical, found.pro_rata
    amounts.ratio = Fraction(found.ratio[0]), Fraction(found.ratio[1])
    amounts.paid = benefit_of(position.scheme, position.career)


def _national_only(
    position: Position,
    amounts: Amounts,
    instrument: Instrument,
    rule: Calculation,
    law: tuple[Citation, ...],
) -> None:
    """Add nothing to an own right: the scheme lies outside apportionment.

    Where adding periods opened the right, the benefit is the one that national law gives for own
    periods (883/2004, art. 52(5)).
    """
    if position.own_right is False:
        _direct(position, amounts, instrument, rule, law)


def _integration(
    position: Position,
    amounts: Amounts,
    instrument: Instrument,
    rule: Calculation,
    law: tuple[Citation, ...],
) -> None:
    """Ask for the amount where a text has one State pay alone and the other's does not say so.

    Where both say so :mod:`ssacalc.engine.invalidity` finds the State and pays in full.
    """
    not_computed(position, amounts, instrument, rule, law)


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
    Method.DEDUCTION: deduction,
    Method.PROPORTIONAL_INCOME: proportional_income,
    Method.MINIMUM_TOP_UP: minimum_top_up,
    Method.INDEPENDENT_OF_DURATION: _independent_of_duration,
    Method.FIXED_SUM: _independent_of_duration,
    Method.INTEGRATION: _integration,
    Method.NATIONAL_ONLY: _national_only,
}
