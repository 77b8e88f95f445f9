"""Determinations made by hand: two States, a refusal, an outcome that is not known."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

from ssacalc.domain.case import (
    Branch,
    Case,
    Claim,
    Evidence,
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
    Range,
    Shortfall,
    Worth,
)
from ssacalc.domain.errors import Problem
from ssacalc.domain.money import Money
from ssacalc.domain.rules import Payment
from ssacalc.domain.trace import Citation, Step
from ssacalc.domain.units import Duration, Unit

READ = Citation("Regulation (EC) 883/2004", "art. 52", "EUR-Lex", "https://www.example.org/883")
UNREAD = Citation("Pension Act", "s. 7", verified=False)


def on(year: int, month: int = 1, day: int = 1) -> UncertainDate:
    return UncertainDate(date(year, month, day), date(year, month, day))


def between(first: date, last: date) -> UncertainDate:
    return UncertainDate(first, last)


def period(
    country: str,
    kind: PeriodKind,
    first: UncertainDate | None = None,
    last: UncertainDate | None = None,
    months: int | None = None,
) -> InsurancePeriod:
    certified = Duration(Fraction(months), Unit.MONTH) if months is not None else None
    return InsurancePeriod(country, kind, first, last, certified)


WORK = replace(
    period("FR", PeriodKind.EMPLOYED, on(1980), on(1995, 12, 31), 192), place="periods[1]"
)
VOLUNTARY = replace(
    period("ES", PeriodKind.VOLUNTARY, on(1995), on(1997, 12, 31)), place="periods[2]"
)
LATER = replace(
    period("ES", PeriodKind.COMPULSORY, on(1998), between(date(2010, 1, 1), date(2010, 12, 31))),
    place="periods[3]",
)
UNDATED = replace(
    period("ES", PeriodKind.UNEMPLOYED, months=7),
    place="periods[4]",
    evidence=Evidence.STATEMENT,
)

CASE = Case(
    id="sample",
    person=Person("Amina Benali", date(1961, 3, 14), "ES", ("FR", "MA")),
    claim=Claim(Branch.OLD_AGE, date(2026, 5, 1)),
    periods=(LATER, WORK, VOLUNTARY, UNDATED),
)


def eur(amount: str) -> Money:
    return Money(Fraction(amount), "EUR")


OWN = Step(
    "own_periods", Fraction(192), "counted", (("units", Duration(Fraction(192), Unit.MONTH)),)
)
OVERLAP = Step(
    "overlap",
    731,
    "overlap-cut",
    (
        ("country", "ES"),
        ("kind", "voluntary"),
        ("first", date(1995, 1, 1)),
        ("last", date(1997, 12, 31)),
        ("before", 1096),
        ("after", 731),
    ),
    (READ,),
)
TOTAL = Step("total_periods", Fraction(372), "added", (), (READ,), (OWN, OVERLAP))
MET = Step("condition", True, "own-met", (), (READ,), (OWN,))
MET_TOGETHER = Step("condition", True, "together-met", (), (READ,), (TOTAL,))
THEORETICAL = Step("theoretical_amount", eur("1302"), "formula", (), (UNREAD,), (TOTAL,))
PRO_RATA = Step("pro_rata_amount", eur("672"), "share", (), (READ,), (THEORETICAL, OWN, TOTAL))
INDEPENDENT = Step("independent_amount", eur("640.5"), "formula", (), (READ,), (OWN,))
RESULT = Step("result", eur("672"), "paid", (), (), (MET, MET_TOGETHER, INDEPENDENT, PRO_RATA))
HOME = Portability(Payment.FULL, Step("portability", "full", "paid-abroad", (), (READ,)))

FRANCE = BenefitResult(
    country="FR",
    scheme="fr-general",
    scheme_title="General scheme",
    instrument="eu-883",
    own_right=True,
    with_agreement=True,
    unit=Unit.MONTH,
    own=Fraction(192),
    total=Fraction(372),
    ratio=(Fraction(192), Fraction(372)),
    independent=eur("640.5"),
    theoretical=eur("1302"),
    pro_rata=eur("672"),
    payable=eur("672"),
    portability=HOME,
    shortfall=None,
    result=RESULT,
    doubts=(Doubt("convention", "months-counted", (), (READ,)), Doubt("draft", "scheme-draft")),
    alternatives=(Alternative("instrument", "fr-es-1974", True, eur("655.1")),),
    instrument_name="Reg. 883/2004",
)
UNKNOWN_STEP = Step("result", None, "amount-unknown", (), (), (OWN,))
SPAIN = replace(
    FRANCE,
    country="ES",
    scheme="es-general",
    scheme_title="Régimen general",
    own_right=None,
    with_agreement=None,
    own=Fraction(180),
    independent=None,
    theoretical=None,
    pro_rata=None,
    payable=None,
    ratio=None,
    portability=Portability(Payment.UNKNOWN, Step("portability", None, "abroad-unknown")),
    result=UNKNOWN_STEP,
    doubts=(Doubt("missing", "no-formula"),),
    alternatives=(),
)


def alone(result: BenefitResult) -> BenefitResult:
    """The same scheme by national law alone."""
    step = Step("result", result.independent, "alone", (), (), (OWN,))
    return replace(
        result,
        instrument=None,
        with_agreement=result.own_right,
        payable=result.independent,
        theoretical=None,
        pro_rata=None,
        ratio=None,
        result=step,
        doubts=(),
        alternatives=(),
        instrument_name="",
    )


def determination(*results: BenefitResult, case: Case = CASE) -> Determination:
    return Determination(case, "2026-11 (abc)", results, tuple(alone(r) for r in results))


PROBLEM = Problem("periods[3]", "this period ends on an uncertain day.", "Ask for the day.")
TWO = replace(
    determination(FRANCE, SPAIN),
    problems=(PROBLEM,),
    ranges=(
        Range(
            "FR",
            "fr-general",
            (Fraction(192), Fraction(192)),
            (Fraction(372), Fraction(383)),
            (True,),
            (eur("652.7"), eur("672")),
        ),
        Range(
            "ES",
            "es-general",
            (Fraction(180), Fraction(191)),
            (Fraction(372), Fraction(383)),
            (True, None),
            None,
        ),
    ),
    worths=(
        Worth(UNDATED, "FR", "fr-general", (True, eur("672")), (True, eur("684.2"))),
        Worth(UNDATED, "ES", "es-general", (None, None), (False, None)),
    ),
)

LACKING = Step("condition", False, "units-missing", (), (READ,), (OWN,))
REFUSED_STEP = Step("result", None, "no-right", (), (), (LACKING,))
REFUSED = replace(
    FRANCE,
    own_right=False,
    with_agreement=False,
    independent=None,
    theoretical=None,
    pro_rata=None,
    payable=None,
    ratio=None,
    shortfall=Shortfall(Fraction(14), Unit.MONTH, "units"),
    result=REFUSED_STEP,
    doubts=(),
    alternatives=(),
)
REFUSAL = determination(REFUSED)

DEFERRED = determination(replace(FRANCE, payable=None, payable_from=date(2028, 3, 1)))
EMPTY = determination(case=replace(CASE, periods=()))

STATES = ("FR", "ES", "DE", "IT", "NL")
FIVE = determination(
    *(replace(FRANCE, country=country, scheme=f"{country}-general") for country in STATES),
    case=replace(
        CASE,
        periods=tuple(
            period(STATES[n % 5], kind, on(1970 + 2 * n), on(1971 + 2 * n, 12, 31))
            for n, kind in enumerate(PeriodKind)
        ),
    ),
)
