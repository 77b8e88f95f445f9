"""What is paid: comparison, waiver, minimum, supplement, rounding."""

from dataclasses import replace
from fractions import Fraction

import pytest

from ssacalc.domain.case import Certified
from ssacalc.domain.determination import BenefitResult
from ssacalc.domain.money import Rounding
from ssacalc.domain.rules import Calculation, Method, Supplement, WhenOwnRight
from ssacalc.domain.trace import walk
from ssacalc.domain.units import Remainder
from ssacalc.engine.determination import determine
from tests.engine.build import (
    agreement,
    case,
    clause,
    doubts,
    law,
    money,
    period,
    result,
    scheme,
    time,
    union,
)


def certified(
    independent: object, theoretical: object, own_right: WhenOwnRight | None
) -> BenefitResult:
    """Determine for a person with half of all time and a right of their own."""
    of = case(
        period("XA", certified=time(100)),
        period("XB", certified=time(100)),
        certified=[
            Certified(
                "XA",
                independent=money(independent),
                theoretical=money(theoretical),
                own_right=True,
            )
        ],
    )
    instrument = agreement("XA", "XB", own_right=own_right or WhenOwnRight.HIGHER)
    if own_right is None:
        instrument = replace(
            instrument, clauses=tuple(c for c in instrument.clauses if c.id != "P07")
        )
    return result(determine(of, law(instrument)), "XA")


@pytest.mark.parametrize(
    ("rule", "theoretical", "expected"),
    [
        (WhenOwnRight.HIGHER, 500, 300),
        (WhenOwnRight.HIGHER, 700, 350),
        (WhenOwnRight.NATIONAL, 700, 300),
        (WhenOwnRight.PRO_RATA, 500, 250),
        (None, 700, 350),
    ],
)
def test_a_person_with_an_own_right_gets_what_the_text_says(
    rule: WhenOwnRight | None, theoretical: int, expected: int
) -> None:
    assert certified(300, theoretical, rule).payable == money(expected)


def test_a_text_silent_on_own_rights_is_read_by_a_named_convention() -> None:
    assert "own-right-silent" in doubts(certified(300, 700, None))
    assert "own-right-silent" not in doubts(certified(300, 700, WhenOwnRight.HIGHER))


def test_equal_amounts_are_paid_as_the_national_one() -> None:
    held = certified(300, 600, WhenOwnRight.HIGHER)
    keys = [step.key for step in walk(held.result)]
    assert "higher-national" in keys


def with_waiver(foreign: int, *, waived: bool, overlap_short: int = 0) -> BenefitResult:
    rule = Calculation(Method.PRO_RATA, waives_pro_rata=waived)
    periods = [period("XA", certified=time(240)), period("XB", certified=time(foreign))]
    if overlap_short:
        periods.append(period("XC", certified=time(overlap_short)))
    of = case(*periods)
    held = law(
        scheme("XA", minimum=12),
        scheme("XB"),
        scheme("XC", minimum=600),
        union("XA", "XB", "XC", method=rule),
    )
    return result(determine(of, held), "XA")


def test_the_share_is_waived_for_a_scheme_on_the_list() -> None:
    # 883/2004, art. 52(4)
    held = with_waiver(120, waived=True)
    assert held.pro_rata is None
    assert held.payable == money(240)
    assert "pro-rata-waived" in [step.key for step in walk(held.result)]


def test_the_share_is_not_waived_for_a_scheme_off_the_list() -> None:
    assert with_waiver(120, waived=False).pro_rata == money(240)


def test_the_share_is_not_waived_where_a_short_period_has_to_be_absorbed() -> None:
    # 883/2004, art. 52(4)(iii)
    held = with_waiver(120, waived=True, overlap_short=6)
    assert held.theoretical == money(366)
    assert held.payable == money(Fraction(366 * 240, 360))


def test_the_share_is_not_waived_for_a_person_without_an_own_right() -> None:
    rule = Calculation(Method.PRO_RATA, waives_pro_rata=True)
    of = case(period("XA", certified=time(60)), period("XB", certified=time(60)))
    held = law(scheme("XA", minimum=120), scheme("XB"), union("XA", "XB", method=rule))
    assert result(determine(of, held), "XA").pro_rata == money(60)


def test_a_share_is_raised_to_the_minimum_where_the_text_says_so() -> None:
    rule = Calculation(Method.PRO_RATA, raise_to_minimum=True)
    of = case(
        period("XA", certified=time(60)),
        period("XB", certified=time(120)),
        certified=[
            Certified("XA", minimum=time(180), theoretical=money(900), minimum_benefit=money(400))
        ],
    )
    assert result(determine(of, law(agreement("XA", "XB", method=rule))), "XA").payable == money(
        400
    )
    assert result(determine(of, law(agreement("XA", "XB"))), "XA").payable == money(300)


def supplemented(residence: str, *, foreign_currency: str = "EUR") -> BenefitResult:
    of = case(
        period("XA", certified=time(60)),
        period("XB", certified=time(60)),
        residence=residence,
        certified=[
            Certified(
                "XA", independent=money(100), theoretical=money(200), minimum_benefit=money(500)
            ),
            Certified(
                "XB",
                independent=money(150, foreign_currency),
                theoretical=money(300, foreign_currency),
            ),
        ],
    )
    instrument = union("XA", "XB", further=[clause("P06", Supplement.RESIDENCE_STATE)])
    return result(determine(of, law(instrument)), "XA")


def test_the_state_of_residence_tops_up_all_benefits_to_its_minimum() -> None:
    # 883/2004, art. 58: 500 less (100 + 150)
    held = supplemented("XA")
    assert held.payable == money(350)
    assert "supplement" in [step.name for step in walk(held.result)]


def test_no_other_state_pays_the_supplement() -> None:
    assert supplemented("XB").payable == money(100)


@pytest.mark.parametrize(
    ("step", "direction", "expected"),
    [
        ("0.1", Remainder.DOWN, "33.3"),
        ("0.1", Remainder.UP, "33.4"),
        ("1", Remainder.HALF_UP, "33"),
    ],
)
def test_an_amount_is_rounded_once_by_the_rule_of_the_scheme(
    step: str, direction: Remainder, expected: str
) -> None:
    rounding = Rounding("test", Fraction(step), direction)
    held = replace(scheme("XA", rate=Fraction(1, 3), minimum=200), rounding=rounding)
    of = case(period("XA", certified=time(100)), period("XB", certified=time(100)))
    found = result(determine(of, law(held, scheme("XB"), agreement("XA", "XB"))), "XA")
    assert found.payable == money(expected)


def test_nothing_is_paid_without_a_right() -> None:
    of = case(period("XA", certified=time(10)), period("XB", certified=time(10)))
    held = law(scheme("XA", minimum=120), scheme("XB"), agreement("XA", "XB"))
    found = result(determine(of, held), "XA")
    assert (found.with_agreement, found.payable) == (False, None)
    assert found.shortfall is not None
    assert found.shortfall.missing == 100
