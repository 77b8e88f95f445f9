"""Determinations made by hand, as the engine would make them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction

from ssacalc.domain.case import (
    Branch,
    Case,
    Claim,
    Earnings,
    Evidence,
    Fact,
    InsurancePeriod,
    PeriodKind,
    Person,
    UncertainDate,
)
from ssacalc.domain.determination import (
    Alternative,
    BenefitResult,
    Determination,
    Doubt,
    Portability,
    Shortfall,
)
from ssacalc.domain.errors import Problem
from ssacalc.domain.money import Money
from ssacalc.domain.rules import Payment
from ssacalc.domain.trace import Citation, Step
from ssacalc.domain.units import Duration, Unit

AGREEMENT = Citation(
    "Canada–India",
    "12(2)(a)",
    "Agreement on Social Security between Canada and the Republic of India",
    "https://www.example.org/agreements/canada-india",
)
ACT = Citation(
    "Old Age Security Act", "3(2)", "Consolidated Acts", "https://www.example.org/acts/o-9"
)
UNREAD = Citation("Pension Plan Regulations", "77", verified=False)


def on(year: int, month: int = 1, day: int = 1) -> UncertainDate:
    return UncertainDate(date(year, month, day), date(year, month, day))


def between(earliest: int, latest: int) -> UncertainDate:
    return UncertainDate(date(earliest, 1, 1), date(latest, 1, 1))


def period(
    country: str,
    first: UncertainDate | None,
    last: UncertainDate | None,
    kind: PeriodKind = PeriodKind.EMPLOYED,
    months: int | None = None,
) -> InsurancePeriod:
    certified = Duration(Fraction(months), Unit.MONTH) if months is not None else None
    return InsurancePeriod(country, kind, first, last, certified)


PERIODS = (
    period("CA", on(1985, 6), on(1998, 7, 31), PeriodKind.RESIDENCE),
    period("CA", on(1986), on(1998, 6, 30), PeriodKind.EMPLOYED, 150),
    period("IN", on(1979, 4), on(1985, 3, 31), months=72),
    period(
        "IN",
        UncertainDate(date(1999, 1, 1), date(1999, 6, 1)),
        UncertainDate(date(2012, 12, 1), date(2012, 12, 31)),
        PeriodKind.VOLUNTARY,
    ),
)

CASE = Case(
    id="2026-0417",
    person=Person("Amina Bhatt", date(1961, 3, 14), "IN", ("IN", "CA")),
    claim=Claim(Branch.OLD_AGE, date(2026, 5, 1)),
    periods=(*PERIODS[:3], replace(PERIODS[3], evidence=Evidence.STATEMENT)),
    earnings=tuple(Earnings("CA", year, Fraction(21000)) for year in range(1986, 1999)),
    facts=(Fact("CA", "years-since-entry", Fraction(41)),),
)


def months(number: int | Fraction) -> Duration:
    return Duration(Fraction(number), Unit.MONTH)


def cad(amount: str) -> Money:
    return Money(Fraction(amount), "CAD")


OWN = Step(
    "own_periods",
    Fraction(157),
    "sample-own",
    (("units", months(157)), ("scheme", "Old Age Security")),
    (ACT,),
    (Step("period", Fraction(157), "sample-period", (("country", "CA"),)),),
)
OVERLAP = Step("overlap", 5024, "sample-overlap", (("country", "IN"),), (AGREEMENT,))
FOREIGN = Step(
    "foreign_periods",
    Fraction(72),
    "sample-foreign",
    (("units", months(72)),),
    (AGREEMENT,),
    (OVERLAP,),
)
INDEPENDENT = Step("independent_amount", None, "sample-none", (), (ACT,), (OWN,))
THEORETICAL = Step(
    "theoretical_amount", cad("735.45"), "sample-theoretical", (), (ACT, UNREAD), (OWN, FOREIGN)
)
PRO_RATA = Step(
    "pro_rata_amount",
    cad("239.02125"),
    "sample-pro-rata",
    (("own", Fraction(13)), ("total", Fraction(40)), ("theoretical", cad("735.45"))),
    (AGREEMENT,),
    (THEORETICAL, OWN),
)
PAYABLE = Step("payable_amount", cad("239.02"), "sample-rounded", (), (), (PRO_RATA, INDEPENDENT))
PORTABLE = Step("portability", "full", "sample-portable", (), (AGREEMENT,), (OWN,))

OAS = BenefitResult(
    country="CA",
    scheme="ca-oas",
    scheme_title="Old Age Security",
    instrument="ca-in-2012",
    own_right=False,
    with_agreement=True,
    unit=Unit.MONTH,
    own=Fraction(157),
    total=Fraction(229),
    ratio=(Fraction(13), Fraction(40)),
    independent=None,
    theoretical=cad("735.45"),
    pro_rata=cad("239.02125"),
    payable=cad("239.02"),
    portability=Portability(Payment.FULL, PORTABLE),
    shortfall=None,
    result=PAYABLE,
    doubts=(Doubt("fact", "sample-doubt", (("country", "CA"),), (ACT,)),),
    alternatives=(Alternative("national", None, False, None),),
    payable_from=date(2026, 6, 1),
)
CPP_PAYABLE = Step("payable_amount", cad("412.1"), "sample-rounded", (), (ACT,), (OWN,))
CPP = replace(
    OAS,
    scheme="ca-cpp",
    scheme_title="Canada Pension Plan",
    own_right=True,
    unit=Unit.YEAR,
    own=Fraction(25, 2),
    total=Fraction(37, 2),
    ratio=None,
    independent=cad("412.1"),
    theoretical=None,
    pro_rata=None,
    payable=cad("412.1"),
    instrument=None,
    with_agreement=None,
    result=CPP_PAYABLE,
    doubts=(),
    alternatives=(),
)
REFUSED = Step("payable_amount", None, "sample-refused", (), (UNREAD,), (OWN,))
INDIA = replace(
    OAS,
    country="IN",
    scheme="in-eps",
    scheme_title="Employees' Pension Scheme",
    with_agreement=False,
    own=Fraction(72),
    total=Fraction(106),
    ratio=None,
    theoretical=None,
    pro_rata=None,
    payable=None,
    shortfall=Shortfall(Fraction(14), Unit.MONTH, "units"),
    portability=Portability(Payment.UNKNOWN, Step("portability", None, "sample-unknown")),
    result=REFUSED,
    doubts=(Doubt("unverified", "sample-unread", (), (UNREAD,)),),
    alternatives=(),
    payable_from=None,
)


def alone(result: BenefitResult) -> BenefitResult:
    """The same scheme by national law alone."""
    refused = Step("payable_amount", None, "sample-refused", (), result.result.law, (OWN,))
    return replace(
        result,
        instrument=None,
        with_agreement=None,
        payable=result.independent,
        result=refused if result.independent is None else result.result,
        theoretical=None,
        pro_rata=None,
        ratio=None,
        doubts=(),
        alternatives=(),
    )


def determination(
    results: Sequence[BenefitResult] = (OAS, CPP, INDIA),
    case: Case = CASE,
    problems: tuple[Problem, ...] = (),
) -> Determination:
    return Determination(case, "2026.1", tuple(results), tuple(alone(r) for r in results), problems)


NOTHING = determination((replace(INDIA, doubts=()),))
EMPTY = determination((), replace(CASE, periods=(), earnings=(), facts=()))


def large() -> Determination:
    """A long name, sixty periods and five States."""
    states = ("CA", "IN", "IT", "US", "PT")
    name = "Maria da Conceição Albuquerque de Vasconcelos e Sá-Carneiro Wolfeschlegelstein" * 2
    periods = tuple(
        period(states[n % 5], on(1968 + n // 2, 1 + n % 12), on(1969 + n // 2, 1 + n % 12))
        for n in range(60)
    )
    case = replace(
        CASE, person=replace(CASE.person, name=name), periods=periods, title="A long one"
    )
    title = "General scheme for employed persons, calculation by the mixed system (old age)"
    results = [OAS, CPP, INDIA]
    results += [
        replace(
            OAS,
            country=country,
            scheme=f"{country.lower()}-general",
            scheme_title=title,
            payable=Money(Fraction("1234567.89"), "EUR"),
        )
        for country in states[2:]
    ]
    problems = (Problem("periods 3", "ends before it begins.", "Correct one of the dates."),)
    return determination(results, case, problems)
