"""Small values for the engine's tests: invented States, schemes and instruments."""

from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction

from ssacalc.domain.agreement import (
    BranchCover,
    Clause,
    Cover,
    Instrument,
    InstrumentKind,
    Party,
)
from ssacalc.domain.blocks import FormulaBlock, Product
from ssacalc.domain.case import (
    Branch,
    Case,
    Certified,
    Claim,
    InsurancePeriod,
    PeriodKind,
    Person,
    UncertainDate,
)
from ssacalc.domain.dated import Dated, DatedValue
from ssacalc.domain.determination import BenefitResult, Determination
from ssacalc.domain.law import Law
from ssacalc.domain.money import Money, Per
from ssacalc.domain.rules import (
    Calculation,
    Cap,
    ConditionsNotMet,
    Conversion,
    ConversionKind,
    ConversionRules,
    DayRow,
    Method,
    MinimumPeriod,
    Overlapping,
    OverlapRule,
    Rule,
    ShortPeriod,
    ThirdStateRule,
    WhenOwnRight,
)
from ssacalc.domain.scheme import (
    AbroadRule,
    Condition,
    ConditionKind,
    Counting,
    CountingKind,
    Maturity,
    Scheme,
)
from ssacalc.domain.spans import Span
from ssacalc.domain.trace import Citation
from ssacalc.domain.units import Duration, Remainder, Unit

BORN = date(1950, 1, 1)
CLAIM = date(2015, 1, 1)
LAW = Citation("Invented law", "1")
DAYS = Counting(CountingKind.DAYS)
MONTHS = Counting(CountingKind.MONTHS_AND_DAYS)
CALENDAR_MONTHS = Counting(CountingKind.CALENDAR_MONTHS)
QUARTERS = Counting(CountingKind.CALENDAR_QUARTERS)
YEARS = Counting(CountingKind.CALENDAR_YEARS)
COUNTINGS = tuple(Counting(kind) for kind in CountingKind)

TABLE = (
    DayRow(5, 5, 22, 66, 264),
    DayRow(6, 6, 26, 78, 312),
    DayRow(7, 7, 30, 90, 360),
)
"""Reg. (EC) 987/2009, art. 13(1)(b) and (2)."""


def span(first: str, last: str) -> Span:
    return Span(date.fromisoformat(first), date.fromisoformat(last))


def known(day: str | date) -> UncertainDate:
    on = date.fromisoformat(day) if isinstance(day, str) else day
    return UncertainDate(on, on)


def time(number: object, unit: Unit = Unit.MONTH, days_per_week: int | None = None) -> Duration:
    return Duration(Fraction(str(number)), unit, days_per_week)


def money(amount: object, currency: str = "EUR", per: Per = Per.MONTH) -> Money:
    return Money(Fraction(str(amount)), currency, per)


def period(
    country: str,
    first: str | date | None = None,
    last: str | date | None = None,
    *,
    kind: PeriodKind = PeriodKind.EMPLOYED,
    certified: Duration | None = None,
    scheme: str | None = None,
) -> InsurancePeriod:
    return InsurancePeriod(
        country,
        kind,
        known(first) if first else None,
        known(last) if last else None,
        certified,
        scheme,
    )


def case(
    *periods: InsurancePeriod,
    on: date = CLAIM,
    born: date = BORN,
    residence: str = "XA",
    nationalities: tuple[str, ...] = (),
    certified: Iterable[Certified] = (),
    deferred: tuple[tuple[str, date], ...] = (),
    branch: Branch = Branch.OLD_AGE,
) -> Case:
    person = Person("Nobody", born, residence, nationalities)
    return Case("test", person, Claim(branch, on, deferred), periods, certified=tuple(certified))


def figure(name: str, value: object, unit: str) -> Dated[Fraction]:
    number = Fraction(str(value))
    return Dated(name, unit, (DatedValue(number, None, None, None, None, LAW),))


def scheme(
    country: str,
    *,
    rate: object | None = 1,
    minimum: object | None = None,
    full: object | None = None,
    unit: Unit = Unit.MONTH,
    counting: Counting = MONTHS,
    conditions: Sequence[Condition] = (),
    figures: dict[str, Dated[Fraction]] | None = None,
    blocks: tuple[FormulaBlock, ...] | None = None,
    abroad: tuple[AbroadRule, ...] = (),
    currency: str = "EUR",
    name: str = "",
    kinds: tuple[str, ...] = (),
) -> Scheme:
    """Return a scheme that pays ``rate`` a unit once ``minimum`` units are reached.

    Without a minimum its only condition is an age that everybody has reached.
    """
    held = {"rate": figure("rate", rate or 0, "money"), **(figures or {})}
    met: list[Condition] = list(conditions)
    if minimum is not None:
        held["minimum"] = figure("minimum", minimum, unit.value)
        met.append(Condition(ConditionKind.UNITS, "minimum", LAW))
    if full is not None:
        held["full"] = figure("full", full, unit.value)
    if not met:
        held["age"] = figure("age", 18, "year")
        met.append(Condition(ConditionKind.AGE, "age", LAW))
    product = (Product("pension", LAW, None, ("units", "rate")),)
    return Scheme(
        id=name or f"{country.lower()}-scheme",
        country=country,
        title=f"Scheme of {country}",
        branch=Branch.OLD_AGE,
        unit=unit,
        per=Per.MONTH,
        counting=Counting(
            counting.kind,
            counting.remainder,
            counting.month_days,
            counting.since_age,
            counting.until_age,
            counting.counted_from,
            counting.yearly_cap,
            kinds or counting.kinds,
            counting.days_per_week,
        ),
        maturity=Maturity.VERIFIED,
        figures=held,
        currency=Dated("currency", "", (DatedValue(currency, None, None, None, None, LAW),)),
        conditions=tuple(met),
        blocks=() if rate is None else blocks or product,
        amount=None if rate is None else "pension",
        qualifying="minimum" if minimum is not None else None,
        full_career="full" if full is not None else None,
        abroad=abroad,
    )


def clause(name: str, rule: Rule, **narrowed: str) -> Clause:
    return Clause(name, "test", Citation("Invented agreement", name), {}, rule=rule, **narrowed)


SAME = ConversionRules((Conversion("*", ConversionKind.SAME),))
BY_TABLE = ConversionRules((Conversion("*", ConversionKind.TABLE),), TABLE, 6)


def ratio(
    source: str,
    count: object,
    unit: Unit,
    gives: object,
    gives_unit: Unit,
    remainder: Remainder = Remainder.UP,
) -> ConversionRules:
    row = Conversion(
        source,
        ConversionKind.RATIO,
        Fraction(str(count)),
        unit,
        Fraction(str(gives)),
        gives_unit,
        remainder=remainder,
    )
    return ConversionRules((row,))


def agreement(
    *parties: str,
    name: str = "",
    kind: InstrumentKind = InstrumentKind.BILATERAL,
    since: date = date(2000, 1, 1),
    until: date | None = None,
    conversion: ConversionRules = SAME,
    overlap: Overlapping | None = None,
    minimum: MinimumPeriod | None = None,
    third: ThirdStateRule | None = None,
    method: Calculation | None = None,
    own_right: WhenOwnRight = WhenOwnRight.HIGHER,
    cap: Cap | None = None,
    not_met: ConditionsNotMet | None = None,
    further: Sequence[Clause] = (),
    cover: Cover = Cover.COVERED,
    totalises: bool | None = None,
) -> Instrument:
    clauses = [
        clause("T03", conversion),
        clause("T04", overlap or Overlapping(OverlapRule.HOME_PREVAILS)),
        clause("P01", method or Calculation(Method.PRO_RATA)),
        clause("P07", own_right),
    ]
    optional: tuple[tuple[str, Rule | None], ...] = (
        ("T05", minimum),
        ("T06", third),
        ("P03", cap),
        ("P11", not_met),
    )
    clauses += [clause(id_, rule) for id_, rule in optional if rule is not None]
    id_ = name or "-".join(p.lower() for p in parties)
    return Instrument(
        id=id_,
        kind=kind,
        title=id_,
        short=id_.upper(),
        parties=tuple(Party(p, since, until) for p in parties),
        branches=tuple(BranchCover(p, Branch.OLD_AGE, cover) for p in parties),
        clauses=(*clauses, *further),
        totalises=totalises,
    )


def union(*parties: str, minimum: MinimumPeriod | None = None, **other: object) -> Instrument:
    """Return an instrument with the rules of Regulations 883/2004 and 987/2009."""
    short = minimum or MinimumPeriod(
        time(1, Unit.YEAR),
        ShortPeriod.ASSUMED,
        unless_own_right=True,
        last_state_assumes=True,
        enters_theoretical_only=True,
    )
    given: dict[str, object] = {
        "name": "union",
        "kind": InstrumentKind.SUPRANATIONAL,
        "conversion": BY_TABLE,
        "overlap": Overlapping(OverlapRule.RANKED, add_back_voluntary=True),
        "minimum": short,
        "cap": Cap.FULL_CAREER,
        "not_met": ConditionsNotMet.LEFT_OUT_IF_LOWER,
        **other,
    }
    return agreement(*parties, **given)  # type: ignore[arg-type]


def law(*held: Scheme | Instrument) -> Law:
    return Law(
        tuple(h for h in held if isinstance(h, Instrument)),
        tuple(h for h in held if isinstance(h, Scheme)),
        "test",
    )


def result(determination: Determination, country: str, scheme_id: str = "") -> BenefitResult:
    found = [
        r
        for r in determination.with_instruments
        if r.country == country and scheme_id in ("", r.scheme)
    ]
    assert len(found) == 1, found
    return found[0]


def alone(determination: Determination, country: str) -> BenefitResult:
    return next(r for r in determination.without if r.country == country)


def doubts(found: BenefitResult) -> set[str]:
    return {doubt.key for doubt in found.doubts}
