"""Independent, theoretical and pro rata amount, by the instrument's method for the scheme.

Amounts stay exact here; :mod:`ssacalc.engine.award` rounds them once. Each function returns its
value inside the step that explains it.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction

from ssacalc.domain.agreement import Clause, Instrument
from ssacalc.domain.case import Case, Certified
from ssacalc.domain.determination import Doubt
from ssacalc.domain.errors import MissingFact, MissingFigure
from ssacalc.domain.money import Money
from ssacalc.domain.rules import Method
from ssacalc.domain.scheme import Scheme
from ssacalc.domain.trace import Argument, Citation, Step
from ssacalc.domain.units import Duration
from ssacalc.engine.career import Career
from ssacalc.engine.clauses import clause_for
from ssacalc.engine.counting import in_calendar_unit
from ssacalc.engine.formulas.evaluate import Evaluation, evaluate, with_units
from ssacalc.engine.formulas.us_career import (
    benefit_of,
    has_primary_insurance_amount,
    primary_insurance_amount,
)

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

    @property
    def where(self) -> str | None:
        """Return the part of a benefit that texts may treat apart for people living at home."""
        return "inside" if self.case.person.residence == self.scheme.country else None

    def clause(self, instrument: Instrument, name: str, part: str | None = None) -> Clause | None:
        """Return an instrument's clause that speaks most particularly of the scheme."""
        return clause_for(instrument, name, self.scheme, self.case, part)


@dataclass(slots=True)
class Amounts:
    """What the method gave; ``None`` where an amount does not arise or could not be computed.

    ``paid`` turns the amount chosen into the benefit paid where national law adjusts it after the
    comparison (age, rounding to the dollar); ``waived`` is the clause that spares the share.
    ``reduced_independent`` and ``reduced_share`` are what national rules against overlapping leave
    of the two (:mod:`ssacalc.engine.reductions`); ``None`` where no rule was looked at.
    """

    independent: Step | None = None
    theoretical: Step | None = None
    pro_rata: Step | None = None
    ratio: Ratio | None = None
    method: Method | None = None
    waived: Citation | None = None
    paid: Callable[[Step], Step] | None = None
    doubts: list[Doubt] = field(default_factory=list)
    reduced_independent: Step | None = None
    reduced_share: Step | None = None

    @property
    def due_alone(self) -> Step | None:
        """The independent amount after rules against overlapping."""
        return self.reduced_independent or self.independent

    @property
    def due_share(self) -> Step | None:
        """The share after rules against overlapping."""
        return self.reduced_share or self.pro_rata

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
        amounts.independent = certified_step("independent_amount", certified.independent, certified)
        return
    if position.own_right is False:
        return
    if has_primary_insurance_amount(position.scheme):
        _primary_insurance_amount(position, amounts)
        return
    own = with_units(position.career, position.own, position.career.step)
    evaluation = evaluated(position.scheme, own, amounts.doubts)
    if evaluation is None:
        return
    amounts.independent = amount_step(
        "independent_amount", "independent-amount", position.scheme, evaluation, ()
    )
    amounts.ratio = evaluation.fraction


def _primary_insurance_amount(position: Position, amounts: Amounts) -> None:
    """Compute the United States amount on own work alone, where that gives a right."""
    if position.own_right is not True:
        return
    try:
        amounts.independent = primary_insurance_amount(
            position.scheme, position.career, theoretical=False
        )
        amounts.paid = benefit_of(position.scheme, position.career)
    except MissingFigure as missing:
        amounts.doubts.append(lacking(position.scheme, missing))


def certified_step(name: str, amount: Money, certified: Certified) -> Step:
    """Return the step of an amount that the institution certified."""
    key = f"{name.replace('_', '-')}-certified"
    args: tuple[tuple[str, Argument], ...] = (
        ("amount", amount),
        ("country", certified.country),
        ("reference", certified.reference),
    )
    return Step(name, amount, key, args)


FACT_ASKED = "fact-asked"
"""The message about a number that a formula asks of the case."""


def lacking(scheme: Scheme, missing: MissingFigure) -> Doubt:
    """Return the doubt that tells which figure or fact is missing and what to do."""
    if isinstance(missing, MissingFact):
        asked = (
            ("scheme", scheme.title),
            ("fact", missing.fact),
            ("country", missing.country),
            ("as", missing.fact),
        )
        return Doubt("missing", FACT_ASKED, asked)
    fault = "; ".join(f"{p.fault} {p.remedy}".strip() for p in missing.problems)
    args: tuple[tuple[str, Argument], ...] = (
        ("scheme", scheme.title),
        ("fault", fault or missing.subject),
    )
    return Doubt("missing", "figure-missing", args)


def evaluated(scheme: Scheme, career: Career, doubts: list[Doubt]) -> Evaluation | None:
    """Apply the formula; a figure that the data lack becomes a doubt, never a guess."""
    if scheme.amount is None:
        return None
    try:
        return evaluate(scheme, career)
    except MissingFigure as missing:
        doubt = lacking(scheme, missing)
        if doubt not in doubts:
            doubts.append(doubt)
        return None


def amount_step(
    name: str,
    key: str,
    scheme: Scheme,
    evaluation: Evaluation,
    law: tuple[Citation, ...],
    block: str | None = None,
) -> Step:
    """Return the amount of a formula in the scheme's currency."""
    made = evaluation.amount(block or scheme.amount or "")
    value = made.value if isinstance(made.value, Fraction) else Fraction(0)
    amount = Money(value, evaluation.currency, scheme.per)
    args: tuple[tuple[str, Argument], ...] = (("amount", amount), ("scheme", scheme.title))
    return Step(name, amount, key, args, law, (made,))


def theoretical_amount(
    position: Position,
    amounts: Amounts,
    units: Fraction,
    law: tuple[Citation, ...],
    key: str = "theoretical-amount",
) -> Step | None:
    """Return the amount on so much time: as certified, else by the national formula."""
    certified = position.certified
    if certified is not None and certified.theoretical is not None:
        return certified_step("theoretical_amount", certified.theoretical, certified)
    career = with_units(position.career, units, position.total_step)
    evaluation = evaluated(position.scheme, career, amounts.doubts)
    if evaluation is None:
        return None
    return amount_step("theoretical_amount", key, position.scheme, evaluation, law)


def theoretical_in_full(
    position: Position,
    amounts: Amounts,
    law: tuple[Citation, ...],
    key: str = "last-state-assumes",
) -> None:
    """Set the share to the whole theoretical amount: the State takes all time as its own."""
    amounts.theoretical = theoretical_amount(position, amounts, position.all_units, law)
    whole = money_of(amounts.theoretical)
    if amounts.theoretical is None or whole is None:
        return
    args: tuple[tuple[str, Argument], ...] = (("amount", whole),)
    amounts.pro_rata = Step("pro_rata_amount", whole, key, args, law, (amounts.theoretical,))


def set_share(
    position: Position,
    amounts: Amounts,
    ratio: Ratio,
    law: tuple[Citation, ...],
    key: str = "pro-rata-amount",
    *,
    extra: tuple[tuple[str, Argument], ...] = (),
) -> None:
    """Set the ratio and, where the theoretical amount is known, the pro rata amount.

    Over no time at all there is no ratio, and that is said.
    """
    if not ratio[1]:
        told: tuple[tuple[str, Argument], ...] = (("scheme", position.scheme.title),)
        amounts.doubts.append(Doubt("missing", "share-without-time", told, law))
        return
    amounts.ratio = ratio
    theoretical = money_of(amounts.theoretical)
    if amounts.theoretical is None or theoretical is None:
        return
    amount = Money(theoretical.amount * ratio[0] / ratio[1], theoretical.currency, theoretical.per)
    args: tuple[tuple[str, Argument], ...] = (
        ("theoretical", theoretical),
        ("own", ratio[0]),
        ("total", ratio[1]),
        ("amount", amount),
        *extra,
    )
    uses = (amounts.theoretical, position.career.step, position.total_step)
    amounts.pro_rata = Step("pro_rata_amount", amount, key, args, law, uses)


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
        try:
            value = dated.at(position.career.on, position.career.born).value
        except MissingFigure:
            return None
        unit = next((u for u in type(scheme.unit) if u.value == dated.unit), scheme.unit)
        return in_calendar_unit(value, unit, scheme.unit)
    stated = certified(position.certified) if position.certified else None
    if stated is None:
        return None
    return in_calendar_unit(stated.number, stated.unit, scheme.unit)
