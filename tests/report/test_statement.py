"""A statement is a tree of plain values that says everything once."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from ssacalc.domain.case import Certified
from ssacalc.domain.determination import (
    BenefitResult,
    Determination,
    Doubt,
    Portability,
    Range,
    Shortfall,
    Worth,
)
from ssacalc.domain.rules import Payment
from ssacalc.domain.trace import Citation, Step
from ssacalc.domain.units import Unit
from ssacalc.report.annex import listed
from ssacalc.report.statement import statement
from ssacalc.report.timeline import timeline
from ssacalc.report.tree import (
    Block,
    Facts,
    Heading,
    Item,
    Paragraph,
    Points,
    Statement,
    Steps,
    Table,
    Timeline,
    Tone,
)
from ssacalc.report.wording import Wording
from tests.report import samples

ENGLISH = Wording("en", {"ca-in-2012": "Canada–India"})
ISSUED = date(2026, 11, 22)
UNREAD = Citation("Act", "1")


def made(determination: Determination | None = None) -> Statement:
    return statement(determination or samples.determination(), ENGLISH, ISSUED)


def of(*results: BenefitResult) -> Statement:
    return made(samples.determination(results))


def items(found: Statement) -> list[Item]:
    return [item for block in found.blocks if isinstance(block, Points) for item in block.items]


def said(found: Statement) -> str:
    texts: list[str] = []
    for block in (*found.blocks, *found.annex):
        match block:
            case Heading() | Paragraph():
                texts.append(block.text)
            case Points():
                texts += [f"{item.text} {item.note}" for item in block.items]
            case Facts():
                texts += [f"{name} {value}" for name, value in block.rows]
            case Table():
                texts += [cell.text for row in block.rows for cell in row.cells]
            case Steps():
                texts += [f"{step.label} {step.working}" for step in block.items]
            case Timeline():
                texts.append(block.title)
    return "\n".join(texts)


def under(found: Iterable[Block], heading: str) -> list[Block]:
    """The blocks from a heading to the next of its level or above."""
    taken: list[Block] = []
    level = 0
    for block in found:
        if isinstance(block, Heading):
            if level and block.level <= level:
                break
            if block.text == heading:
                level = block.level
        elif level:
            taken.append(block)
    return taken


def test_the_same_determination_gives_the_same_statement() -> None:
    assert made() == made()
    assert hash(made()) == hash(made())


def test_the_head_names_person_claim_law_program_and_day_of_issue() -> None:
    head = made().blocks[0]
    assert isinstance(head, Facts)
    facts = dict(head.rows)
    assert facts["Person"] == "Amina Bhatt"
    assert facts["Claim"] == "Old age from 1 May 2026"
    assert facts["Law"] == "2026.1"
    assert facts["Program"].startswith("ssacalc ")
    assert facts["Issued"] == "22 November 2026"


def test_a_statement_without_a_day_of_issue_is_a_draft() -> None:
    head = statement(samples.determination(), ENGLISH).blocks[0]
    assert isinstance(head, Facts)
    assert dict(head.rows)["Issued"] == "Draft, not issued"


def test_a_person_who_died_is_shown_with_the_day() -> None:
    person = replace(samples.CASE.person, died=date(2025, 12, 31))
    case = replace(samples.CASE, person=person)
    assert "Died 31 December 2025" in said(made(samples.determination(case=case)))


def test_every_figure_leads_to_a_step_that_the_annex_shows() -> None:
    found = made(samples.large())
    shown = {s.number for b in found.annex if isinstance(b, Steps) for s in b.items}
    tied = {
        number
        for block in found.blocks
        if isinstance(block, Table)
        for row in block.rows
        for cell in row.cells
        for number in cell.steps
    }
    assert tied
    assert tied <= shown


def test_every_step_is_shown_once_and_after_those_it_rests_on() -> None:
    steps = [s for b in made().annex if isinstance(b, Steps) for s in b.items]
    numbers = [step.number for step in steps]
    assert len(set(numbers)) == len(numbers)
    assert all(used < step.number for step in steps for used in step.uses)


def test_a_step_keeps_its_article_source_and_address() -> None:
    steps = {s.label: s for b in made().annex if isinstance(b, Steps) for s in b.items}
    law = steps["Theoretical amount"].law
    assert (law[0].text, law[0].source, law[0].address) == (
        "Old Age Security Act, 3(2)",
        samples.ACT.source,
        samples.ACT.address,
    )
    assert not law[1].verified
    assert law[1].mark == ""


def test_more_results_than_fit_beside_each_other_are_cut_into_even_tables() -> None:
    tables = [
        b for b in under(made(samples.large()).blocks, "Result by State") if isinstance(b, Table)
    ]
    assert [len(table.columns) for table in tables] == [4, 4]


def test_an_amount_by_national_law_alone_says_so() -> None:
    assert items(made())[1].text.endswith("412.10 CAD a month is payable by national law alone.")


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"payable": samples.cad("0")}, "there is a right, but nothing is payable"),
        ({"payable": None, "payable_from": None}, "its amount could not be computed here"),
        ({"payable": None}, "at the person's wish it is paid from 1 June 2026"),
        (
            {"payable": None, "with_agreement": None, "own_right": None},
            "whether there is a right could not be settled",
        ),
        ({"payable": None, "with_agreement": False}, "there is no right at this date"),
        ({"with_agreement": None}, "would be payable if there is a right"),
    ],
)
def test_each_outcome_has_its_sentence(changes: dict[str, object], told: str) -> None:
    assert told in items(of(replace(samples.OAS, **changes)))[0].text  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("payment", "more", "told"),
    [
        (Payment.FULL, {}, "paid in India in full"),
        (Payment.REDUCED, {}, "at a reduced amount"),
        (Payment.REDUCED, {"reduced_to": samples.cad("100")}, "reduced to 100.00 CAD"),
        (Payment.REDUCED, {"after_months": 6}, "after 6 months in India paid at a reduced amount"),
        (Payment.SUSPENDED, {}, "suspended, not paid while the person lives in India"),
        (Payment.SUSPENDED, {"after_months": 6}, "paid in India for 6 months, then stopped"),
        (Payment.NO, {}, "not paid in India at all"),
        (Payment.UNKNOWN, {}, "could not be settled here"),
    ],
)
def test_each_way_of_payment_abroad_has_its_sentence(
    payment: Payment, more: dict[str, object], told: str
) -> None:
    step = Step("portability", payment.value, "sample-portable", (), (samples.AGREEMENT,))
    portability = Portability(payment, step, **more)  # type: ignore[arg-type]
    found = of(replace(samples.OAS, portability=portability))
    points = under(found.blocks, "Payment in India")[0]
    assert isinstance(points, Points)
    assert told in points.items[0].text
    assert points.items[0].law == "Canada–India, 12(2)(a)"


def test_payment_at_home_is_not_called_payment_abroad() -> None:
    person = replace(samples.CASE.person, residence="CA")
    case = replace(samples.CASE, person=person)
    assert "paid at home, in full" in said(made(samples.determination(case=case)))


@pytest.mark.parametrize(
    ("condition", "told"),
    [
        ("units", "14 months short of the qualifying period"),
        ("age", "the pension age is reached in 1 year and 2 months"),
        ("minimum-own-period", "least own time the agreement asks for"),
        ("born", "people born in other years"),
        ("something-new", "Ask the institution of this State"),
    ],
)
def test_each_shortfall_says_what_is_missing_and_what_would_help(condition: str, told: str) -> None:
    shortfall = Shortfall(Fraction(14), Unit.MONTH, condition)
    found = of(replace(samples.INDIA, shortfall=shortfall))
    assert told in said(found)


def test_a_refusal_names_why_each_agreement_does_not_apply() -> None:
    refused = Step("instrument", False, "instrument-not-in-force", (("instrument", "A–B"),))
    last = replace(samples.REFUSED, uses=(refused, samples.OWN))
    found = of(replace(samples.INDIA, instrument=None, result=last))
    assert "A–B was not in force" in items(found)[1].note


def test_a_refusal_where_no_agreement_was_looked_at_says_so() -> None:
    found = of(replace(samples.INDIA, instrument=None))
    assert "No agreement in the library" in items(found)[1].note


def test_anything_unverified_brings_a_plain_warning() -> None:
    warnings = [b for b in made().blocks if isinstance(b, Paragraph) and b.tone is Tone.WARNING]
    assert "official text was not read" in warnings[0].text


def test_a_statement_without_doubts_says_that_too() -> None:
    clean = replace(samples.CPP, doubts=(), alternatives=())
    text = said(of(clean))
    assert "Nothing in the facts or in the law used is in doubt." in text
    assert "official text was not read" not in text


def test_a_doubt_of_several_results_is_told_once() -> None:
    twin = replace(samples.OAS, scheme="ca-other")
    text = said(of(samples.OAS, twin))
    assert text.count("sample-doubt") == 1


def test_problems_of_the_case_are_told_with_their_remedy() -> None:
    text = said(made(samples.large()))
    assert "periods 3: ends before it begins. Correct one of the dates." in text


def test_periods_are_shown_as_stated_and_as_used() -> None:
    found = made()
    stated = under(found.blocks, "Periods as stated")[0]
    used = under(found.blocks, "Periods as used")[0]
    assert isinstance(stated, Table)
    assert isinstance(used, Table)
    assert len(stated.rows) == len(samples.CASE.periods)
    uncertain = stated.rows[3].cells[2].text.replace("\N{NO-BREAK SPACE}", " ")
    assert uncertain == "1 January 1999 – 1 June 1999"
    assert [c.text for c in used.rows[0].cells][2:] == ["157 months", "72 months", "229 months"]


def test_how_overlaps_were_settled_is_told_beside_the_periods() -> None:
    points = under(made().blocks, "How they were counted")[0]
    assert isinstance(points, Points)
    assert points.items[0].law == "Canada–India, 12(2)(a)"


def test_a_period_that_does_not_count_for_the_amount_says_so() -> None:
    limited = replace(samples.PERIODS[0], counts_for_amount=False, first=None, last=None)
    case = replace(samples.CASE, periods=(limited,))
    text = said(made(samples.determination(case=case)))
    assert "residence, not for the amount" in text


def test_certified_amounts_are_listed_with_the_other_facts() -> None:
    certified = Certified("IT", independent=samples.cad("5"), theoretical=samples.cad("7"))
    case = replace(samples.CASE, certified=(certified,), earnings=samples.CASE.earnings[:1])
    text = said(made(samples.determination(case=case)))
    assert "Italy: national amount of 5.00 CAD a month certified." in text
    assert "Italy: theoretical amount of 7.00 CAD a month certified." in text
    assert "Canada: earnings stated for 1986." in text


def test_the_counterfactual_is_explained_where_it_has_an_amount() -> None:
    other = Step("payable_amount", samples.cad("99"), "sample-other", (), (), (samples.OWN,))
    determination = samples.determination()
    alone = replace(determination.without[0], payable=samples.cad("99"), result=other)
    found = made(replace(determination, without=(alone,)))
    headings = [b.text for b in found.annex if isinstance(b, Heading)]
    assert "Canada: Old Age Security, without agreements" in headings


def test_what_is_not_known_is_never_called_nothing() -> None:
    unknown = replace(samples.INDIA, own_right=None, with_agreement=None, doubts=())
    unread = replace(samples.REFUSED, law=())
    text = said(of(replace(unknown, result=unread, portability=samples.OAS.portability)))
    assert "could not be computed here" in text
    assert "Some rights or amounts could not be settled here." in text
    assert "nothing would be payable" not in text
    assert "No State named in this case pays" not in text


def test_a_sum_that_leaves_unknown_amounts_out_says_so() -> None:
    unknown = replace(samples.INDIA, own_right=None, with_agreement=None)
    text = said(of(samples.CPP, unknown))
    assert "412.10 CAD a month would be payable, as far as it could be computed here" in text


def test_no_amount_is_told_as_nothing_or_as_not_known() -> None:
    unknown = replace(samples.INDIA, scheme="in-x", own_right=None, with_agreement=None)
    deferred = replace(samples.OAS, payable=None)
    table = under(of(unknown, samples.INDIA, deferred).blocks, "Result by State")[0]
    assert isinstance(table, Table)
    rows = {row.cells[0].text: [cell.text for cell in row.cells[1:]] for row in table.rows}
    assert rows["Payable"] == ["not known", "nothing", "–"]
    assert rows["Payable without agreements"] == ["not known", "nothing", "nothing"]


def test_what_was_not_read_is_named_once_and_scheme_by_scheme() -> None:
    def unread(*named: str) -> tuple[Doubt, ...]:
        laws = [Citation(*n.partition(", ")[::2], verified=False) for n in named]
        key = "datum-unverified"
        return tuple(Doubt("unverified", key, (("citation", str(law)),), (law,)) for law in laws)

    one = replace(samples.OAS, doubts=unread("Act, 1", "Guide, 7", "Act, 2", "Table"))
    two = replace(samples.CPP, doubts=unread("Act, 2", "Plan, 3"))
    paragraph, points = under(of(one, two).blocks, "Not verified")
    assert isinstance(paragraph, Paragraph)
    assert isinstance(points, Points)
    assert [item.text for item in points.items] == [
        "Canada, Old Age Security: Act, 1; 2. Guide, 7. Table.",
        "Canada, Canada Pension Plan: Plan, 3.",
    ]


def routes(*met: bool) -> Step:
    ways = tuple(
        Step(
            "condition",
            answer,
            "route-met" if answer else "route-not-met",
            (("route", name),),
            (),
            (Step("condition", answer, f"looked-at-{name}", (), (), (samples.OWN,)),),
        )
        for name, answer in zip(("standard-age", "corridor"), met, strict=True)
    )
    key = "routes-one-met" if any(met) else "routes-none-met"
    return Step("condition", any(met), key, (("route", "corridor"),), (), ways)


def test_a_refusal_tells_what_each_way_to_the_right_lacks() -> None:
    last = replace(samples.REFUSED, uses=(routes(False, False),))
    note = items(of(replace(samples.INDIA, result=last)))[1].note
    assert "One of several ways to this right would be enough." in note
    assert "“at the standard age”: looked-at-standard-age" in note
    assert "“the corridor pension”: looked-at-corridor" in note


def test_a_right_by_one_of_several_ways_tells_nothing_of_the_others() -> None:
    last = replace(samples.REFUSED, uses=(routes(True, False),))
    assert "several ways" not in items(of(replace(samples.INDIA, result=last)))[1].note


def test_an_answer_leads_to_the_whole_of_several_ways_and_to_the_age() -> None:
    age = Step("condition", False, "condition-age-missing")
    found = of(
        replace(samples.INDIA, result=replace(samples.REFUSED, uses=(age, routes(False, False))))
    )
    table = under(found.blocks, "Result by State")[0]
    assert isinstance(table, Table)
    steps = {s.number: s.working for b in found.annex if isinstance(b, Steps) for s in b.items}
    row = next(row for row in table.rows if row.cells[0].text == "Right without agreement")
    told = [steps[number] for number in row.cells[1].steps]
    assert len(told) == 2
    assert told[1].startswith("Of several ways to this right none is open")


def test_where_a_person_who_died_lived_is_told_as_past() -> None:
    person = replace(samples.CASE.person, died=date(2025, 12, 31))
    head = made(samples.determination(case=replace(samples.CASE, person=person))).blocks[0]
    assert isinstance(head, Facts)
    assert "Lived in" in dict(head.rows)


def test_a_doubt_does_not_name_twice_what_its_text_names() -> None:
    doubt = Doubt("unverified", "datum-unverified", (("citation", "Act, 1"),), (UNREAD,))
    draft = Doubt("draft", "scheme-draft", (("scheme", "Old Age Security"),))
    found = {item.text: item.law for item in items(of(replace(samples.OAS, doubts=(doubt, draft))))}
    assert found["Canada, Old Age Security: Act, 1."] == ""
    assert any(text.startswith("Canada: Old Age Security is still a draft") for text in found)


def test_bounds_of_uncertain_facts_are_told() -> None:
    spans = ((Fraction(1), Fraction(2)), (Fraction(1), Fraction(2)))
    least_most = (samples.cad("0"), samples.cad("239.02"))
    ranges = (
        Range("CA", "ca-oas", *spans, (False, True), least_most),
        Range("CA", "ca-cpp", *spans, (True,), (samples.cad("412.1"),) * 2),
        Range("IN", "in-other", *spans, (None,), None),
    )
    found = made(replace(samples.determination(), ranges=ranges))
    points = under(found.blocks, "If uncertain dates fall otherwise")[1]
    assert isinstance(points, Points)
    assert [item.text for item in points.items] == [
        "Canada, Old Age Security: from 0.00 CAD a month to 239.02 CAD a month, as the dates fall.",
        "Canada, Canada Pension Plan: the amount stays at 412.10 CAD a month.",
        "India, in-other: the time counted depends on the dates; no amount could be computed.",
    ]
    assert points.items[0].note == "Whether there is a right depends on the dates."


def test_what_an_unproved_period_is_worth_is_told() -> None:
    undated = replace(samples.PERIODS[1], first=None, last=None)
    worths = (
        Worth(samples.PERIODS[2], "CA", "ca-oas", (True, samples.cad("10")), (False, None)),
        Worth(undated, "CA", "ca-cpp", (True, None), (True, samples.cad("5"))),
    )
    found = made(replace(samples.determination(), worths=worths))
    points = under(found.blocks, "What proof of periods is worth")[1]
    assert isinstance(points, Points)
    dated = "India, employment, 1 April 1979 to 31 March 1985. Canada, Old Age Security"
    without_dates = "Canada, employment, without dates. Canada, Canada Pension Plan"
    assert [item.text for item in points.items] == [
        f"{dated}: 10.00 CAD a month with it, no right without it.",
        f"{without_dates}: an amount not known here with it, 5.00 CAD a month without it.",
    ]


@pytest.mark.parametrize(
    ("condition", "told"),
    [("age", "The age is reached on 1 May 2030."), ("units", "would be closed on 1 May 2030.")],
)
def test_a_gap_that_time_closes_has_its_day(condition: str, told: str) -> None:
    shortfall = Shortfall(Fraction(14), Unit.MONTH, condition, date(2030, 5, 1))
    found = of(replace(samples.INDIA, shortfall=shortfall))
    assert told in items(found)[1].note


def test_an_instrument_without_a_title_is_named_as_the_determination_names_it() -> None:
    named = replace(samples.OAS, instrument_name="Canada–India")
    found = statement(samples.determination((named,)), Wording("en"))
    assert items(found)[0].text.endswith("payable under Canada–India.")


def test_numbers_of_steps_are_printed_as_runs() -> None:
    assert listed([1, 2, 4, 5, 6, 9]) == "(1), (2), (4)–(6), (9)"


def test_simultaneous_periods_of_a_state_get_lanes_of_their_own() -> None:
    drawn = timeline(samples.CASE, ENGLISH)
    assert drawn is not None
    assert [lane.label for lane in drawn.lanes] == ["Canada", "", "India"]
    assert (drawn.first_year, drawn.last_year) == (1979, 2012)
    assert drawn.has_voluntary
    assert drawn.has_possible


def test_periods_without_dates_are_not_drawn() -> None:
    undated = replace(samples.PERIODS[1], first=None, last=None)
    assert timeline(replace(samples.CASE, periods=(undated,)), ENGLISH) is None


def test_a_period_that_may_cover_nothing_is_drawn_as_possible_only() -> None:
    vague = samples.period("CA", samples.between(1990, 1995), samples.between(1992, 1993))
    drawn = timeline(replace(samples.CASE, periods=(vague,)), ENGLISH)
    assert drawn is not None
    bar = drawn.lanes[0].bars[0]
    assert not bar.sure
    assert bar.sure_start == bar.sure_end
