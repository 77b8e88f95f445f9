"""What the engine really says, in every form."""

import json
import re
from datetime import date
from fractions import Fraction

import pytest
from jsonschema import Draft202012Validator

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
from ssacalc.domain.determination import Determination
from ssacalc.domain.money import Money
from ssacalc.domain.units import Duration, Unit
from ssacalc.engine.determination import determine
from ssacalc.library.law import load_law
from ssacalc.report import pdf
from ssacalc.report.result import as_plain
from ssacalc.report.result_schema import result_schema
from ssacalc.report.statement import statement
from ssacalc.report.text import as_text
from ssacalc.report.wording import Wording


def period(country: str, first: date, last: date, kind: PeriodKind) -> InsurancePeriod:
    return InsurancePeriod(country, kind, UncertainDate(first, first), UncertainDate(last, last))


@pytest.fixture(scope="module")
def determination() -> Determination:
    months = Duration(Fraction(120), Unit.MONTH)
    case = Case(
        "engine",
        Person("Jean Martin", date(1960, 5, 1), "FR", ("FR",)),
        Claim(Branch.OLD_AGE, date(2026, 5, 1)),
        (
            period("FR", date(1985, 1, 1), date(1998, 6, 30), PeriodKind.EMPLOYED),
            period("CA", date(1999, 1, 1), date(2006, 6, 30), PeriodKind.RESIDENCE),
            period("IT", date(1978, 1, 1), date(1984, 12, 31), PeriodKind.EMPLOYED),
        ),
        certified=(
            Certified("FR", theoretical=Money(Fraction("735.45"), "EUR"), minimum=months),
            Certified("IT", theoretical=Money(Fraction(1000, 3), "EUR"), minimum=months),
        ),
    )
    return determine(case, load_law(case.countries))


@pytest.mark.parametrize("language", ["en", "fr"])
def test_nothing_the_engine_says_is_left_without_words(
    determination: Determination, language: str
) -> None:
    text = as_text(determination, Wording(language))
    assert not re.search(r"[{}]", text)
    assert " = " not in re.sub(r"\n[^\n]*×[^\n]*", "", text)


def test_what_the_engine_finds_keeps_to_the_published_schema(
    determination: Determination,
) -> None:
    plain = json.loads(json.dumps(as_plain(determination, Wording())))
    Draft202012Validator(result_schema()).validate(plain)
    assert list(plain["states"]) == ["FR", "CA", "IT"]


def test_what_the_engine_finds_can_be_printed(determination: Determination) -> None:
    made = statement(determination, Wording(), date(2026, 11, 22))
    assert pdf.render(made).startswith(b"%PDF")
