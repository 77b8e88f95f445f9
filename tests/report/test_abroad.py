"""Payment where the person lives: every way of it told apart, with the rules it rests on."""

import json
from dataclasses import replace

import pytest
from jsonschema import Draft202012Validator

from ssacalc.domain.determination import Portability
from ssacalc.domain.rules import Payment
from ssacalc.domain.trace import Argument, Citation, Step
from ssacalc.report.abroad import payment
from ssacalc.report.result import as_plain
from ssacalc.report.result_schema import result_schema
from ssacalc.report.statement import statement
from ssacalc.report.text import as_text
from ssacalc.report.tree import Item, Points
from ssacalc.report.wording import Wording
from tests.report import samples

ENGLISH, FRENCH = Wording("en"), Wording("fr")
ARGS: tuple[tuple[str, Argument], ...] = (
    ("residence", "IN"),
    ("scheme", "Old Age Security"),
    ("country", "CA"),
    ("instrument", "Canada–India"),
    ("months", 6),
    ("note", "Six months beside the month of leaving."),
)
LAW = Citation("Old Age Security Act", "s. 9")
NATIONAL = Step("portability", "suspended", "abroad-national-suspended", ARGS, (LAW,))
UNCODED = Step("portability", "unknown", "abroad-national-unknown", ARGS[:4])
CLAUSE = Step("portability", "full", "abroad-in-full", ARGS, (samples.AGREEMENT,), (NATIONAL,))
WAYS = [
    (Portability(Payment.FULL, CLAUSE), "in full"),
    (Portability(Payment.REDUCED, NATIONAL), "reduced"),
    (Portability(Payment.REDUCED, NATIONAL, 6), "reduced after 6 months"),
    (Portability(Payment.REDUCED, NATIONAL, None, samples.cad("100")), "reduced: 100.00 CAD"),
    (Portability(Payment.SUSPENDED, NATIONAL), "suspended"),
    (Portability(Payment.SUSPENDED, NATIONAL, 6), "for 6 months only"),
    (Portability(Payment.NO, NATIONAL), "no"),
    (Portability(Payment.UNKNOWN, UNCODED), "not known"),
]


def item(portability: Portability) -> Item:
    found = samples.determination((replace(samples.OAS, portability=portability),))
    blocks = list(statement(found, ENGLISH).blocks)
    headings = [getattr(block, "text", "") for block in blocks]
    points = blocks[headings.index("Payment in India") + 1]
    assert isinstance(points, Points)
    return points.items[0]


@pytest.mark.parametrize(("portability", "told"), WAYS)
def test_the_table_tells_each_way_of_payment_apart(portability: Portability, told: str) -> None:
    assert payment(portability, ENGLISH) == told
    found = samples.determination((replace(samples.OAS, portability=portability),))
    assert told in as_text(found, ENGLISH, brief=True)


@pytest.mark.parametrize("wording", [ENGLISH, FRENCH], ids=["en", "fr"])
def test_no_two_ways_of_payment_read_alike(wording: Wording) -> None:
    assert len({payment(portability, wording) for portability, _ in WAYS}) == len(WAYS)
    texts = {
        as_text(samples.determination((replace(samples.OAS, portability=portability),)), wording)
        for portability, _ in WAYS
    }
    assert len(texts) == len(WAYS)


def test_a_benefit_that_is_not_simply_paid_says_so_in_the_first_lines() -> None:
    stopped = replace(samples.OAS, portability=Portability(Payment.SUSPENDED, NATIONAL, 6))
    shown = as_text(samples.determination((stopped,)), ENGLISH, brief=True)
    assert "Payment in India: for 6 months only." in " ".join(shown.split("What would")[0].split())
    assert "Payment in India: in full." not in as_text(samples.determination(), ENGLISH)


def test_the_clause_and_the_national_rule_are_both_named() -> None:
    told = item(Portability(Payment.FULL, CLAUSE))
    assert told.law == f"{samples.AGREEMENT}; {LAW}"
    assert told.note.startswith("Canada–India forbids a reduction because the person lives in")
    assert "National law suspends Old Age Security after 6 months abroad." in told.note
    assert "Six months beside the month of leaving." in told.note


def test_a_national_rule_that_is_not_coded_is_not_told_beside_a_clause() -> None:
    told = item(Portability(Payment.FULL, replace(CLAUSE, uses=(UNCODED,))))
    assert "not coded" not in told.note
    assert "not coded" in item(Portability(Payment.UNKNOWN, UNCODED)).note


def test_what_is_remarked_of_a_rule_not_coded_is_told() -> None:
    args = (*ARGS[:4], ("note", "Citizens are paid everywhere."))
    remarked = Step("portability", "unknown", "abroad-national-unknown", args, (LAW,))
    assert item(Portability(Payment.UNKNOWN, remarked)).note.endswith(
        "is not coded. Citizens are paid everywhere."
    )


def test_a_right_whose_amount_is_not_known_still_tells_where_it_is_paid() -> None:
    unknown = replace(samples.OAS, payable=None, payable_from=None)
    shown = as_text(samples.determination((unknown,)), ENGLISH, brief=True)
    row = next(line for line in shown.splitlines() if line.startswith("Paid in India"))
    assert "in full" in row


def test_other_programs_read_months_amount_and_both_laws() -> None:
    ways = Portability(Payment.REDUCED, replace(CLAUSE, value="reduced"), 6, samples.cad("100"))
    found = samples.determination((replace(samples.OAS, portability=ways),))
    plain = json.loads(json.dumps(as_plain(found, ENGLISH)))
    Draft202012Validator(result_schema()).validate(plain)
    told = plain["states"]["CA"]["portability"]
    assert (told["paid_abroad"], told["after_months"]) == ("reduced", 6)
    assert told["reduced_to"]["amount"] == "100.00"
    assert [law["article"] for law in told["law"]] == ["12(2)(a)"]
    assert [law["article"] for law in told["national_law"]] == ["s. 9"]
