"""Every fact of a case beside its periods is told, in every language."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from ssacalc.domain.case import Certified, ExchangeRate, Fact, Relative
from ssacalc.domain.money import Money
from ssacalc.domain.overlap import Counted, Divided, Nature, OverlapKind, Reduction
from ssacalc.report.stated import Stated, stated
from ssacalc.report.text import as_text
from ssacalc.report.wording import Wording
from tests.report import samples

ENGLISH = Wording("en")
PENSION = Counted(
    "pension of India",
    samples.cad("300"),
    "IN",
    net=Fraction(250),
    voluntary=Fraction(50),
    nature=Nature.BY_DURATION,
    mutual=True,
)
RULE = Reduction(
    "CA",
    OverlapKind.SAME,
    (PENSION, Counted("", samples.cad("9"))),
    scheme="ca-oas",
    free=samples.cad("100"),
    rate=Fraction(1, 2),
    scaled=True,
    foreign=False,
    after_deductions=True,
    nature=Nature.CREDITED_TIME,
    divides=Divided.EXCESS,
    law="Act, s. 5",
    place="reductions[1]",
)
PERSON = replace(
    samples.CASE.person,
    relatives=(
        Relative("surviving-parent", date(1978, 1, 1), date(2001, 5, 6)),
        Relative("child", disabled=True),
    ),
)
CASE = replace(
    samples.CASE,
    person=PERSON,
    certified=(
        Certified(
            "IN",
            independent=samples.cad("5"),
            own=samples.months(72),
            own_right=True,
            condition_met=False,
            minimum_benefit=samples.cad("7"),
            displaced_voluntary=samples.cad("1"),
            minimum=samples.months(120),
            maximum=samples.months(480),
            total=samples.months(229),
            reference="letter of 3 May",
        ),
    ),
    facts=(Fact("CA", "years-since-entry", Fraction(41), "form 12"),),
    rates=(
        ExchangeRate("USD", "CAD", Fraction("1.25"), date(2026, 5, 1), "Bank of Canada"),
        ExchangeRate("EUR", "CAD", Fraction("1.5"), date(2026, 5, 1)),
    ),
    reductions=(RULE,),
    conventions=(("reduction-compared", "before-reductions"), ("counting.ca-oas", "days")),
)
CHANGED = samples.determination(case=CASE)


def rows(title: str) -> tuple[Stated, ...]:
    return next(group.rows for group in stated(CHANGED, ENGLISH) if group.title == title)


def test_family_members_are_told_by_what_they_are() -> None:
    parent, child = rows("Family")
    assert parent.text == "widow or widower with a child in care, born on 1 January 1978"
    assert parent.details == ("Married on 6 May 2001.",)
    assert (child.text, child.details) == ("child", ("Disabled.",))
    assert child.place == "person.relatives[2]"


def test_everything_certified_is_told_with_its_reference() -> None:
    told = rows("Certified by institutions")
    assert {row.owner for row in told} == {"India"}
    assert {row.details for row in told} == {("letter of 3 May",)}
    assert [row.text for row in told] == [
        "national amount of 5.00 CAD a month certified.",
        "1.00 CAD a month certified for voluntary insurance set aside.",
        "legal minimum of 7.00 CAD a month certified.",
        "own periods of 72 months certified in all.",
        "229 months certified with the periods of all States.",
        "a qualifying period of 120 months stated.",
        "full benefit after 480 months stated.",
        "right by own periods certified: yes.",
        "the other conditions certified as met: no.",
    ]


def test_a_rule_against_overlapping_is_told_whole() -> None:
    (told,) = rows("Rules against overlapping benefits")
    assert told.owner == "Canada, Old Age Security"
    assert told.text == "a rule on overlapping with a benefit of the same kind."
    assert told.place == "reductions[1]"
    assert told.details == (
        "Rule: Act, s. 5.",
        "It takes 50% of what exceeds 100.00 CAD a month.",
        "The law itself counts only own/total of every amount.",
        "What is acquired abroad does not count.",
        "Amounts count after deductions.",
        "The amount of the benefit: with time credited after the risk.",
        "Among several benefits only the excess is divided.",
        (
            "It takes into account: pension of India, 300.00 CAD a month (India; 250.00 CAD after"
            " deductions; 50.00 CAD of it from voluntary insurance; by time; itself cut because of"
            " this benefit); a benefit or income without a name, 9.00 CAD a month."
        ),
    )


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"free": None}, ("It takes 50% of everything counted.",)),
        (
            {"free": None, "ceiling": samples.cad("800")},
            (
                (
                    "Benefit and what is counted may come to 800.00 CAD a month together;"
                    " 50% of the rest is taken."
                ),
            ),
        ),
        ({"free": None, "suspends": True}, ("The whole benefit falls away.",)),
        (
            {"suspends": True},
            (
                "The whole benefit falls away.",
                "That happens where more than 100.00 CAD a month is counted.",
            ),
        ),
        (
            {"free": None, "ceiling": samples.cad("800"), "suspends": True},
            (
                "The whole benefit falls away.",
                "That happens where both together exceed 800.00 CAD a month.",
            ),
        ),
    ],
)
def test_each_way_of_cutting_has_its_sentence(
    changes: dict[str, object], told: tuple[str, ...]
) -> None:
    plain = Reduction("CA", OverlapKind.INCOME, RULE.amounts[1:], free=RULE.free, rate=RULE.rate)
    case = replace(CASE, reductions=(replace(plain, **changes),))  # type: ignore[arg-type]
    groups = stated(samples.determination(case=case), ENGLISH)
    (rule,) = next(g.rows for g in groups if g.title.startswith("Rules"))
    assert rule.details[:-1] == told


def test_facts_rates_and_conventions_are_told_in_words() -> None:
    (fact,) = rows("Facts that a scheme asks for")
    assert (fact.owner, fact.text) == ("Canada", "years since entry into insurance 41.")
    assert fact.details == ("form 12",)
    sourced, unsourced = rows("Rates of exchange")
    assert sourced.text == "1 USD = 1.25 CAD on 1 May 2026."
    assert sourced.details == ("Bank of Canada",)
    assert unsourced.details == ("The case names no source.",)
    assert [row.text for row in rows("Conventions chosen")] == [
        "National amount and share are compared: before rules against overlapping.",
        "Old Age Security: dates counted by every day.",
    ]


def test_a_case_without_further_facts_has_no_groups() -> None:
    assert stated(samples.EMPTY, ENGLISH) == ()


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_statement_tells_every_group(language: str) -> None:
    wording = Wording(language)
    shown = " ".join(as_text(CHANGED, wording, brief=True).split())
    for group in stated(CHANGED, wording):
        assert group.title in shown
        assert all(" ".join(row.text.split()) in shown for row in group.rows)


def test_a_scheme_that_the_library_does_not_have_is_named_by_its_id() -> None:
    other = Certified("IN", "in-other", independent=Money(Fraction(3), "INR"))
    groups = stated(samples.determination(case=replace(CASE, certified=(other,))), ENGLISH)
    found = next(g.rows for g in groups if g.title == "Certified by institutions")
    assert found[0].owner == "India, in-other"
