"""What rules against overlapping take, on paper and as data."""

import json
import tomllib
from decimal import Decimal
from fractions import Fraction

import pytest
from jsonschema import Draft202012Validator

from ssacalc.domain.determination import Determination
from ssacalc.domain.money import Money
from ssacalc.domain.overlap import Counted, OverlapKind
from ssacalc.engine.determination import determine
from ssacalc.exchange.case_file import case_from_data
from ssacalc.library.law import load_law
from ssacalc.report.overlapping import reduced_amounts, reduced_payable
from ssacalc.report.result import as_plain
from ssacalc.report.result_schema import result_schema
from ssacalc.report.statement import statement
from ssacalc.report.text import as_text
from ssacalc.report.tree import Heading, Row, Table
from ssacalc.report.wording import Wording
from ssacalc.resources import folder
from tests.engine.build import result
from tests.engine.test_reductions import (
    TAPER,
    WHOLE,
    counted,
    determined,
    rule,
    stated,
)

ENGLISH = Wording("en")
FROM_XB = counted(300, name="pension of XB", country="XB")


@pytest.fixture(scope="module")
def widow() -> Determination:
    """C-45/22: two survivors' pensions cut because of two retirement pensions."""
    path = folder("tests") / "cases" / "cjeu-c-45-22.toml"
    data = tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    case = case_from_data(data["case"], path.name)
    return determine(case, load_law(case.concerned))


def tables(determination: Determination) -> dict[str, tuple[Row, ...]]:
    """The tables of the part on rules against overlapping, by their headings."""
    found: dict[str, tuple[Row, ...]] = {}
    heading = ""
    for block in statement(determination, ENGLISH).blocks:
        if isinstance(block, Heading):
            heading = block.text
        if isinstance(block, Table) and block.columns[0].text == "What":
            found[heading] = block.rows
    return found


def figures(rows: tuple[Row, ...]) -> list[tuple[str, str]]:
    return [(row.cells[0].text, row.cells[2].text) for row in rows]


def summary(determination: Determination, label: str) -> list[str]:
    for block in statement(determination, ENGLISH).blocks:
        if isinstance(block, Table):
            for row in block.rows:
                if row.cells[0].text == label:
                    return [cell.text for cell in row.cells[1:]]
    return []


def test_the_table_of_results_says_by_how_much_each_amount_is_reduced(
    widow: Determination,
) -> None:
    assert summary(widow, "Reduced by") == ["150.00 EUR", "75.00 EUR"]
    assert summary(widow, "Payable") == ["1,350.00 EUR", "325.00 EUR"]


def test_every_cut_is_shown_from_the_amount_before_to_the_amount_after(
    widow: Determination,
) -> None:
    rows = tables(widow)["Belgium, be-survivors: National amount, the one that is paid"]
    assert figures(rows) == [
        ("Before", "1,500.00 EUR"),
        ("Benefit or income", "700.00 EUR"),
        ("Benefit or income", "600.00 EUR"),
        ("Amounts taken into account", "1,300.00 EUR"),
        ("Amounts taken into account", "650.00 EUR"),
        ("Excess", "150.00 EUR"),
        ("Amount cut", "150.00 EUR"),
        ("After rules against overlapping", "1,350.00 EUR"),
    ]
    laws = [row.cells[1].note for row in rows if row.cells[1].note]
    assert laws == [
        "[Belgian rule on survivors' pensions beside retirement pensions]",
        "[883/2004, art. 10, 53-55; (987/2009) art. 10]",
    ]
    assert all(row.cells[2].steps for row in rows)


def test_the_first_lines_say_that_something_was_taken(widow: Determination) -> None:
    shown = as_text(widow, ENGLISH, brief=True)
    assert "> Rules against overlapping have taken 150.00 EUR a month off this." in shown


@pytest.mark.parametrize("language", ["en", "fr"])
def test_other_programs_read_what_was_counted_divided_cut_and_left(
    widow: Determination, language: str
) -> None:
    plain = json.loads(json.dumps(as_plain(widow, Wording(language))))
    Draft202012Validator(result_schema()).validate(plain)
    (found,) = plain["states"]["BE"]["reductions"]
    assert (found["of"], found["paid"]) == ("independent_amount", True)
    assert found["before"]["amount"] == "1500.00"
    assert found["after"]["amount"] == "1350.00"
    (applied,) = found["rules"]
    assert applied["divided_by"] == 2
    assert applied["share"] is None
    assert applied["cut"]["amount"] == "150.00"
    assert [part["counted"]["amount"] for part in applied["counted"]] == ["700.00", "600.00"]
    assert applied["key"] == "reduction-reduced"
    (alone,) = plain["without_agreements"]["BE"]["reductions"]
    assert (alone["rules"][0]["divided_by"], alone["after"]["amount"]) == (None, "700.00")


def test_a_rule_that_the_agreement_keeps_away_is_shown_with_the_reason() -> None:
    same = rule("XA", FROM_XB, kind=OverlapKind.SAME)
    found = determined(stated(same, xa={"theoretical": 900, "own_right": False}))
    (amount,) = reduced_amounts(result(found, "XA"))
    assert amount.taken.amount == 0
    assert amount.rules[0].parts == ()
    assert summary(found, "Reduced by") == ["nothing", "–"]
    (rows,) = tables(found).values()
    assert "a benefit of another State does not cut it" in rows[-1].cells[1].text


def test_rules_that_follow_each_other_are_one_working() -> None:
    one = rule("XA", counted(1000, name="work"), **TAPER)
    other = rule("XA", counted(600, name="rent"), free=400, rate="0.5")
    (amount,) = reduced_amounts(result(determined(stated(one, other)), "XA"))
    assert [applied.taken.amount for applied in amount.rules] == [240, 100]
    assert (amount.before.amount, amount.taken.amount, amount.after.amount) == (800, 340, 460)


def test_of_two_amounts_compared_the_one_that_is_paid_is_told_apart() -> None:
    both = {**WHOLE, "theoretical": 1500}
    held = stated(rule("XA", counted(1000), **TAPER), xa=both)
    found = result(determined(held), "XA")
    assert len(reduced_amounts(found)) == 2
    paid = reduced_payable(found)
    assert paid is not None
    assert found.payable is not None
    assert paid.after.amount == found.payable.amount
    assert paid.of.name == "pro_rata_amount"
    assert paid.rules[0].share == (240, 360)


def test_a_rule_that_cannot_be_applied_is_not_passed_over_in_silence() -> None:
    dollars = Counted("work", Money(Fraction(1000), "USD"))
    found = determined(stated(rule("XA", dollars)))
    assert reduced_payable(result(found, "XA")) is None
    assert summary(found, "Reduced by") == ["not known", "–"]
    assert "could not be applied" in as_text(found, ENGLISH, brief=True)


def test_a_case_without_rules_says_nothing_of_them() -> None:
    found = determined(stated())
    shown = as_text(found, ENGLISH)
    assert "overlapping" not in shown
    assert summary(found, "Reduced by") == []


def test_a_refused_scheme_is_not_called_reduced() -> None:
    cut = rule("XB", counted(1000), **TAPER)
    found = determined(stated(cut, xb={"own_right": False, "condition_met": False}))
    assert result(found, "XB").with_agreement is False
    assert summary(found, "Reduced by") == []
    assert tables(found) == {}
