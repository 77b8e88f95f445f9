"""The plain interface has its shape, its order, and values that no language changes."""

import json
import subprocess
import sys
from dataclasses import replace
from fractions import Fraction

import pytest
from jsonschema import Draft202012Validator

from ssacalc.domain.determination import Determination
from ssacalc.domain.money import Money, Per
from ssacalc.domain.trace import Step
from ssacalc.report.result import as_plain, number, value
from ssacalc.report.result_schema import result_schema
from ssacalc.report.wording import Wording
from tests.report import samples

ENGLISH = Wording("en")
EVERY = [samples.determination(), samples.NOTHING, samples.EMPTY, samples.large()]
STATE = [
    "instrument",
    "own_right",
    "with_agreement",
    "unit",
    "own",
    "total",
    "ratio",
    "independent_amount",
    "theoretical_amount",
    "pro_rata_amount",
    "payable_amount",
    "currency",
    "per",
    "portability",
    "shortfall",
    "steps",
    "doubts",
]


def state(determination: Determination, country: str = "CA") -> dict[str, object]:
    states = as_plain(determination, ENGLISH)["states"]
    assert isinstance(states, dict)
    found = states[country]
    assert isinstance(found, dict)
    return found


def test_the_schema_is_a_valid_schema() -> None:
    Draft202012Validator.check_schema(result_schema())


@pytest.mark.parametrize("determination", EVERY)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_output_keeps_to_the_schema(determination: Determination, language: str) -> None:
    plain = json.loads(json.dumps(as_plain(determination, Wording(language))))
    Draft202012Validator(result_schema()).validate(plain)


def test_the_schema_refuses_an_amount_that_is_a_number() -> None:
    plain = as_plain(samples.determination(), ENGLISH)
    plain["states"]["CA"]["payable_amount"] = 1.5  # type: ignore[index]
    assert not Draft202012Validator(result_schema()).is_valid(plain)


def test_keys_come_in_the_published_order() -> None:
    plain = as_plain(samples.determination(), ENGLISH)
    published = ["case", "law", "states", "without_agreements", "problems"]
    assert list(plain)[:5] == published
    kept = [key for key in state(samples.determination()) if key in STATE]
    assert kept == list(STATE)
    assert list(plain["states"]) == ["CA", "IN"]  # type: ignore[call-overload]


def test_the_same_determination_gives_the_same_text() -> None:
    one, two = (json.dumps(as_plain(samples.large(), ENGLISH)) for _ in range(2))
    assert one == two


def test_only_sentences_change_with_the_language() -> None:
    def bare(plain: object) -> object:
        if isinstance(plain, dict):
            told = ("label", "working", "text")
            return {key: bare(inner) for key, inner in plain.items() if key not in told}
        return [bare(inner) for inner in plain] if isinstance(plain, list) else plain

    english, french = (as_plain(samples.large(), Wording(code)) for code in ("en", "fr"))
    assert english != french
    assert bare(english) == bare(french)


def test_a_state_adds_up_its_schemes_and_keeps_each() -> None:
    canada = state(samples.determination())
    assert canada["payable_amount"] == "651.12"
    assert canada["theoretical_amount"] == "735.45"
    assert canada["ratio"] == "13/40"
    benefits = canada["benefits"]
    assert isinstance(benefits, list)
    assert [(b["scheme"], b["payable_amount"]) for b in benefits] == [
        ("ca-oas", "239.02"),
        ("ca-cpp", "412.10"),
    ]


def test_amounts_of_different_currencies_or_periods_are_not_added() -> None:
    yearly = replace(samples.CPP, payable=Money(Fraction(100), "CAD", Per.YEAR), independent=None)
    canada = state(samples.determination((samples.OAS, yearly)))
    assert canada["payable_amount"] == "239.02"
    assert canada["per"] == "month"


def test_a_state_is_told_by_its_first_scheme_with_a_right() -> None:
    refused = replace(samples.OAS, own_right=False, with_agreement=False)
    canada = state(samples.determination((refused, samples.CPP)))
    assert canada["own_right"] is True
    assert canada["unit"] == "year"


def test_a_state_where_no_scheme_has_a_right_is_told_by_one_with_periods() -> None:
    empty = replace(samples.INDIA, own=Fraction(0))
    india = state(samples.determination((empty, samples.INDIA)), "IN")
    assert india["own"] == 72


def test_unknown_answers_and_amounts_are_null() -> None:
    unknown = replace(samples.INDIA, own_right=None, with_agreement=None)
    india = state(samples.determination((unknown,)), "IN")
    assert india["own_right"] is None
    assert india["payable_amount"] is None
    assert india["currency"] is None


def test_a_shortfall_tells_how_much_is_missing() -> None:
    assert state(samples.NOTHING, "IN")["shortfall"] == {"missing": 14, "unit": "month"}


def test_numbers_are_whole_or_fractions() -> None:
    assert number(Fraction(26)) == 26
    assert number(Fraction(25, 2)) == "25/2"


@pytest.mark.parametrize(
    ("found", "plain"),
    [
        (True, True),
        (None, None),
        ("full", "full"),
        (3, 3),
        (samples.cad("1.5"), {"amount": "1.50", "currency": "CAD", "per": "month"}),
        (samples.months(7), {"number": 7, "unit": "month"}),
        (samples.CASE.claim.on, "2026-05-01"),
    ],
)
def test_every_kind_of_value_has_a_plain_form(found: object, plain: object) -> None:
    assert value(found) == plain  # type: ignore[arg-type]


def test_steps_point_to_the_steps_they_rest_on() -> None:
    steps = state(samples.determination())["steps"]
    assert isinstance(steps, list)
    by_name = {step["name"]: step for step in steps}
    names = [steps[n]["name"] for n in by_name["pro_rata_amount"]["uses"]]
    assert names == ["theoretical_amount", "own_periods"]
    for place, step in enumerate(steps):
        assert all(used < place for used in step["uses"])


def test_steps_that_say_the_same_are_listed_once() -> None:
    twice = Step("sum", 1, "k", (), (), (Step("own", 1, "k"), Step("own", 1, "k")))
    steps = state(samples.determination((replace(samples.OAS, result=twice),)))["steps"]
    assert isinstance(steps, list)
    assert [step["name"] for step in steps][:2] == ["own", "sum"]
    assert steps[1]["uses"] == [0]


def test_a_citation_carries_its_source_and_address() -> None:
    portability = state(samples.determination())["portability"]
    assert portability == {
        "paid_abroad": "full",
        "law": [
            {
                "document": "Canada–India",
                "article": "12(2)(a)",
                "source": samples.AGREEMENT.source,
                "address": samples.AGREEMENT.address,
                "verified": True,
            }
        ],
        "after_months": None,
        "reduced_to": None,
        "national_law": [],
    }


def test_the_interface_needs_no_paper() -> None:
    code = (
        "import sys, ssacalc.report.result, ssacalc.report.text, ssacalc.report.result_schema;"
        "sys.exit('reportlab' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
