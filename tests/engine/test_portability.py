"""Whether and how an amount is paid where the person lives."""

from datetime import date
from fractions import Fraction

import pytest

from ssacalc.domain.agreement import Instrument
from ssacalc.domain.determination import Portability
from ssacalc.domain.rules import Export, ExportScope, Payment
from ssacalc.domain.scheme import AbroadRule, Scheme
from ssacalc.engine.portability import Looked, paid_from, portability
from tests.engine.build import LAW, agreement, case, clause, figure, scheme

STOPS = AbroadRule(Payment.SUSPENDED, LAW, after_months=6, unless_units="abroad")


def looked(
    residence: str = "XB",
    *,
    rules: tuple[AbroadRule, ...] = (STOPS,),
    own: int = 120,
    total: int = 120,
    export: Export | None = None,
) -> Portability:
    held: Scheme = scheme("XA", abroad=rules, figures={"abroad": figure("abroad", 240, "month")})
    instrument: Instrument | None = None
    if export is not None:
        instrument = agreement("XA", "XB", further=[clause("G08", export)])
    of = case(residence=residence)
    return portability(Looked(held, of, Fraction(own), Fraction(total), instrument))


def test_at_home_a_benefit_is_paid_in_full() -> None:
    assert looked("XA").payment is Payment.FULL


def test_abroad_national_law_decides_where_no_instrument_does() -> None:
    found = looked()
    assert (found.payment, found.after_months) == (Payment.SUSPENDED, 6)


@pytest.mark.parametrize(("own", "expected"), [(239, Payment.SUSPENDED), (240, Payment.FULL)])
def test_enough_own_time_lifts_the_restriction_of_national_law(own: int, expected: Payment) -> None:
    assert looked(own=own).payment is expected


def test_a_law_that_is_not_coded_is_unknown_never_no() -> None:
    found = looked(rules=())
    assert found.payment is Payment.UNKNOWN
    assert found.step.value == "unknown"


@pytest.mark.parametrize(
    ("scope", "residence", "expected"),
    [
        (ExportScope.PARTIES, "XB", Payment.FULL),
        (ExportScope.PARTIES, "XD", Payment.SUSPENDED),
        (ExportScope.WORLDWIDE, "XD", Payment.FULL),
        (ExportScope.NONE, "XB", Payment.SUSPENDED),
    ],
)
def test_a_clause_on_payment_abroad_reaches_as_far_as_it_says(
    scope: ExportScope, residence: str, expected: Payment
) -> None:
    assert looked(residence, export=Export(scope)).payment is expected


@pytest.mark.parametrize(("total", "expected"), [(239, Payment.SUSPENDED), (240, Payment.FULL)])
def test_the_time_that_national_law_asks_for_may_be_totalised(
    total: int, expected: Payment
) -> None:
    export = Export(ExportScope.WORLDWIDE, totalised_minimum=True)
    assert looked(total=total, export=export).payment is expected


def test_a_clause_that_pays_for_some_months_only_says_for_how_many() -> None:
    found = looked(export=Export(ExportScope.PARTIES, months=3))
    assert (found.payment, found.after_months) == (Payment.SUSPENDED, 3)


def test_an_instrument_without_a_clause_leaves_national_law() -> None:
    held = scheme("XA", abroad=(AbroadRule(Payment.REDUCED, LAW),))
    of = case(residence="XB")
    found = portability(Looked(held, of, Fraction(1), Fraction(1), agreement("XA", "XB")))
    assert found.payment is Payment.REDUCED


def test_a_deferred_claim_is_paid_from_its_own_day() -> None:
    until = date(2017, 1, 1)
    held = case(deferred=(("XA", until),))
    assert paid_from(held, "XA") == until
    assert paid_from(held, "XB") == held.claim.on
