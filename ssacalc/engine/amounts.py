"""Independent, theoretical and pro rata amount, by the instrument's method for the scheme.

Amounts stay exact here; :mod:`ssacalc.engine.award` rounds them once. Each function returns its
value inside the step that explains it.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction

from ssacalc.domain.agreement import Instrument
from ssacalc.domain.case import Case, Certified
from ssacalc.domain.determination import Doubt
from ssacalc.domain.errors import MissingFigure
from ssacalc.domain.money import Money
from ssacalc.domain.rules import Calculation, Cap, Method
from ssacalc.domain.scheme import Scheme
from ssacalc.domain.trace import Argument, Citation, Step
from ssacalc.domain.units import Duration
from ssacalc.engine.career import Career
from ssacalc.engine.counting import in_calendar_unit
from ssacalc.engine.formulas.evaluate import Evaluation, evaluate, with_units

Ratio = tuple[Fraction, Fraction]


@dataclass(frozen=True, slots=True)
class Position:
    """Where a scheme stands before its amount is computed.

    ``own`` and ``total`` are the terms of the ratio; ``all_units`` is the time of the theoretical
    amount (short periods of other States count there and not in the ratio: 883/2004, art. 57(2)).
    """

    scheme: Scheme
    case: Case
    certified: Certified | None
    career: Career
    own: Fraction
    total: Fraction
    all_units: Fraction
    own_right: bool | None
    total_step: Step


@dataclass(slots=True)
class Amounts:
    """What the method gave; ``None`` where an amount does not arise or could not be computed."""

    independent: Step | None = None
    theoretical: Step | None = None
    pro_rata: Step | None = None
    ratio: Ratio | None = None
    method: Method | None = None
    waived: Citation | None = None
    doubts: list[Doubt] = field(default_factory=list)

    def add_to_share(self, amount: Money, law: tuple[Citation, ...]) -> None:
        """Add an amount of the same currency and period to the pro rata amount."""
        share = money_of(self.pro_rata)
        if self.pro_rata is None or share is None:
            return
        total = Money(share.amount + amount.amount, share.currency, share.per)
        args: tuple[tuple[str, Argument], ...] = (
            ("share", share),
            ("added", amount),
            ("amount", total),
        )
        self.pro_rata = Step(
            "pro_rata_amount", total, "voluntary-added-back", args, law, (self.pro_rata,)
        )


def money_of(step: Step | None) -> Money | None:
    """Return the amount a step carries."""
    return step.value if step is not None and isinstance(step.value, Money) else None


def independent(position: Position, amounts: Amounts) -> None:
    """Compute the amount by national law and own periods alone, where these give a right.

    An amount that the institution certified itself is taken as it is.
    """
    certified = position.certified
    if certified is not None and certified.independent is not None:
        amounts.independent = _certified_step(
            "independent_amount", certified.independent, certified
        )
        return
    if position.own_right is False:
        return
    own = with_units(position.career, position.own, position.career.step)
    evaluation = _evaluated(position.scheme, own, amounts.doubts)
    if evaluation is None:
        return
    amounts.independent = _amount_step(
        "independent_amount", "independent-amount", position.scheme, evaluation, ()
    )
    amounts.ratio = evaluation.fraction


def _certified_step(name: str, amount: Money, certified: Certified) -> Step:
    key = f"{name.replace('_', '-')}-certified"
    args: tuple[tuple[str, Argument], ...] = (
        ("amount", amount),
        ("country", certified.country),
        ("reference", certified.reference),
    )
    return Step(name, amount, key, args)


def _evaluated(scheme: Scheme, career: Career, doubts: list[Doubt]) -> Evaluation | None:
    """Apply the formula; a figure that the data lack becomes a doubt, never a guess."""
    if scheme.amount is None:
        return None
    try:
        return evaluate(scheme, career)
    except MissingFigure as missing:
        fault = "; ".join(f"{p.fault} {p.remedy}".strip() for p in missing.problems)
        args: tuple[tuple[str, Argument], ...] = (
            ("scheme", scheme.title),
            ("fault", fault or missing.subject),
        )
        doubt = Doubt("missing", "figure-missing", args)
        if doubt not in doubts:
            doubts.append(doubt)
        return None


def _amount_step(
    name: str,
    key: str,
    scheme: Scheme,
    evaluation: Evaluation,
    law: tuple[Citation, ...],
    block: str | None = None,
) -> Step:
    made = evaluation.amount(block or scheme.amount or "")
    value = made.value if isinstance(made.value, Fraction) else Fraction(0)
    amount = Money(value, evaluation.currency, scheme.per)
    args: tuple[tuple[str, Argument], ...] = (("amount", amount), ("scheme", scheme.title))
    return Step(name, amount, key, args, law, (made,))


def by_method(
    position: Position,
    amounts: Amounts,
    instrument: Instrument,
    *,
    absorbs_short_periods: bool = False,
) -> None:
    """Compute the theoretical and pro rata amount by the instrument's method (clause P01).

    The share is waived where the clause waives it for the scheme, the person has an own right
    and no other State's short period has to be absorbed (883/2004, art. 52(4)).
    """
    on, scheme, case = position.case.claim.on, position.scheme, position.case
    clause = instrument.clause(
        "P01", on, party=scheme.country, scheme=scheme.id, branch=case.claim.benefit
    )
    if clause is None or not isinstance(clause.rule, Calculation):
        amounts.doubts.append(
            Doubt("missing", "method-not-coded", (("instrument", instrument.short),))
        )
        return
    amounts.method = clause.rule.method
    waived = clause.rule.waives_pro_rata and position.own_right is True
    if waived and not absorbs_short_periods and amounts.independent is not None:
        amounts.waived = clause.law
        return
    METHODS[clause.rule.method](position, amounts, instrument, clause.rule, (clause.law,))


def _theoretical(
    position: Position,
    amounts: Amounts,
    units: Fraction,
    law: tuple[Citation, ...],
    key: str = "theoretical-amount",
) -> Step | None:
    certified = position.certified
    if certified is not None and certified.theoretical is not None:
        return _certified_step("theoretical_amount", certified.theoretical, certified)
    career = with_units(position.career, units, position.total_step)
    evaluation = _evaluated(position.scheme, career, amounts.doubts)
    if evaluation is None:
        return None
    return _amount_step("theoretical_amount", key, position.scheme, evaluation, law)


def theoretical_in_full(position: Position, amounts: Amounts, law: tuple[Citation, ...]) -> None:
    """Set the share to the whole theoretical amount: the State takes all time as its own."""
    amounts.theoretical = _theoretical(position, amounts, position.all_units, law)
    whole = money_of(amounts.theoretical)
    if amounts.theoretical is None or whole is None:
        return
    args: tuple[tuple[str, Argument], ...] = (("amount", whole),)
    amounts.pro_rata = Step(
        "pro_rata_amount", whole, "last-state-assumes", args, law, (amounts.theoretical,)
    )


def _share(
    position: Position,
    amounts: Amounts,
    ratio: Ratio,
    law: tuple[Citation, ...],
    key: str = "pro-rata-amount",
    *,
    extra: tuple[tuple[str, Argument], ...] = (),
) -> None:
    """Set the ratio and, where the theoretical amount is known, the pro rata amount."""
    amounts.ratio = ratio
    theoretical = money_of(amounts.theoretical)
    if amounts.theoretical is None or theoretical is None:
        return
    part = ratio[0] / ratio[1] if ratio[1] else Fraction(0)
    amount = Money(theoretical.amount * part, theoretical.currency, theoretical.per)
    args: tuple[tuple[str, Argument], ...] = (
        ("theoretical", theoretical),
        ("own", ratio[0]),
        ("total", ratio[1]),
        ("amount", amount),
        *extra,
    )
    uses = (amounts.theoretical, position.career.step, position.total_step)
    amounts.pro_rata = Step("pro_rata_amount", amount, key, args, law, uses)


def _pro_rata(
    position: Position,
    amounts: Amounts,
    instrument: Instrument,
    rule: Calculation,
    law: tuple[Citation, ...],
) -> None:
    """M1, with M2 and M3: theoretical amount × own / total, the total bounded where P03 says so."""
    own, total, cited = _denominator(position, instrument, law)
    amounts.theoretical = _theoretical(position, amounts, position.all_units, law)
    capped = total != position.total or own != position.own
    key = "pro-rata-amount-capped" if capped else "pro-rata-amount"
    extra: tuple[tuple[str, Argument], ...] = (("uncapped", position.total),) if capped else ()
    _share(position, amounts, (own, total), cited, key, extra=extra)


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


def full_career(position: Position) -> Fraction | None:
    """Return the time that gives the full benefit, in the scheme's unit; ``None`` if unknown."""
    return _named_duration(
        position, position.scheme.full_career, lambda certified: certified.maximum
    )


def qualifying(position: Position) -> Fraction | None:
    """Return the minimum qualifying period, in the scheme's unit; ``None`` if unknown."""
    return _named_duration(
        position, position.scheme.qualifying, lambda certified: certified.minimum
    )


def _named_duration(
    position: Position, figure: str | None, certified: Callable[[Certified], Duration | None]
) -> Fraction | None:
    scheme = position.scheme
    if figure is not None and figure in scheme.figures:
        dated = scheme.figures[figure]
        value = dated.at(position.career.on, position.career.born).value
        unit = next((u for u in type(scheme.unit) if u.value == dated.unit), scheme.unit)
        return in_calendar_unit(value, unit, scheme.unit)
    stated = certified(position.certified) if position.certified else None
    if stated is None:
        return None
    return in_calendar_unit(stated.number, stated.unit, scheme.unit)


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
    amounts.theoretical = _theoretical(
        position, amounts, minimum, law, "theoretical-amount-on-minimum"
    )
    own = min(position.own, minimum) if rule.at_most_one else position.own
    _share(position, amounts, (own, minimum), law, "pro-rata-over-minimum")


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
    amounts.theoretical = _theoretical(position, amounts, needed, law)
    _share(position, amounts, (position.own, needed), law, "pro-rata-over-needed")


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
    evaluation = _evaluated(position.scheme, own, amounts.doubts)
    if evaluation is None:
        return
    amounts.ratio = evaluation.fraction
    if position.scheme.parts:
        amounts.pro_rata = _parts(position, amounts, instrument, evaluation, law)
        return
    amounts.pro_rata = _amount_step(
        "pro_rata_amount", "direct-amount", position.scheme, evaluation, law
    )


def _direct_certified(
    position: Position, amounts: Amounts, certified: Certified, law: tuple[Citation, ...]
) -> None:
    if certified.theoretical is None:
        return
    step = _certified_step("theoretical_amount", certified.theoretical, certified)
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
    amounts.theoretical = _theoretical(position, amounts, denominator, law)
    own = position.own + rule.plus_units
    if rule.at_most_one:
        own = min(own, denominator)
    _share(position, amounts, (own, denominator), law, "residence-fraction-amount")


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
    amounts.theoretical = _theoretical(position, amounts, position.all_units, law)
    own = min(position.own, rule.fixed_duration)
    _share(position, amounts, (own, rule.fixed_duration), law, "fixed-duration-amount")


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
    Method.IMPUTED_CAREER: _not_computed,
    Method.DEDUCTION: _not_computed,
    Method.PROPORTIONAL_INCOME: _not_computed,
    Method.MINIMUM_TOP_UP: _not_computed,
    Method.INDEPENDENT_OF_DURATION: _independent_of_duration,
    Method.FIXED_SUM: _independent_of_duration,
    Method.NATIONAL_ONLY: _national_only,
}
