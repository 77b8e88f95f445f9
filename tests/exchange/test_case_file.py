"""Case files: what is read, what is refused and how that is told."""

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from ssacalc.domain.case import Case, Evidence, PeriodKind, UncertainDate
from ssacalc.domain.errors import InvalidCase, Problem
from ssacalc.domain.money import Money, Per
from ssacalc.domain.units import Duration, Unit
from ssacalc.exchange.case_file import case_from_data, case_from_text, case_schema, read_case
from ssacalc.exchange.case_parts import owner_of

HEAD = """
format = "ssacalc-case/1"
id = "amina-b"
"""
PERSON = """
[person]
name = "Amina B."
born = 1961-03-14
residence = "MA"
nationalities = ["MA"]
sex = "F"
"""
CLAIM = """
[claim]
benefit = "old-age"
on = 2026-05-01
deferred = { FR = 2027-01-01 }
"""
START = HEAD + PERSON + CLAIM
PERIOD = """
[[periods]]
country = "MA"
kind = "employed"
"""


def problems(text: str) -> tuple[Problem, ...]:
    with pytest.raises(InvalidCase) as caught:
        case_from_text(text)
    return caught.value.problems


def only(text: str) -> Problem:
    found = problems(text)
    assert len(found) == 1, found
    return found[0]


def period_of(text: str) -> Case:
    return case_from_text(START + PERIOD + text)


def test_a_case_without_periods_is_a_case() -> None:
    case = case_from_text(START)
    assert case.periods == ()
    assert case.person.born == date(1961, 3, 14)
    assert case.claim.deferred == (("FR", date(2027, 1, 1)),)


def test_a_whole_case_is_read_with_exact_numbers() -> None:
    case = case_from_text(
        START
        + PERIOD
        + """
from = 1980-01-01
to = 1984-06-30
certified = { number = 1350, unit = "day", days_per_week = 6 }
scheme = "ma-cnss"
counts_for = ["right"]
evidence = "statement"

[earnings.US]
1974 = 2045.08

[earnings."us-oasdi"]
1975 = 1

[[certified]]
country = "IE"
independent = { amount = 180.70, currency = "EUR", per = "week" }
minimum = { number = 520, unit = "week" }

[[facts]]
country = "IE"
name = "years-since-entry"
value = "70/2"

[conventions]
rounding = "cent-half-up"

[[rates]]
currency = "IEP"
into = "EUR"
rate = 1.269738
on = 1998-12-31
"""
    )
    period = case.periods[0]
    assert period.kind is PeriodKind.EMPLOYED
    assert period.certified == Duration(Fraction(1350), Unit.DAY, 6)
    assert (period.counts_for_right, period.counts_for_amount) == (True, False)
    assert period.evidence is Evidence.STATEMENT
    assert period.place == "periods[1]"
    assert [(e.country, e.scheme, e.amount) for e in case.earnings] == [
        ("US", None, Fraction(204508, 100)),
        ("US", "us-oasdi", Fraction(1)),
    ]
    assert case.certified[0].independent == Money(Fraction(1807, 10), "EUR", Per.WEEK)
    assert case.facts[0].value == 35
    assert case.conventions == (("rounding", "cent-half-up"),)
    assert case.rates[0].rate == Fraction("1.269738")


def test_json_says_the_same_as_toml() -> None:
    text = """{"format": "ssacalc-case/1", "id": "amina-b",
      "person": {"name": "Amina B.", "born": "1961-03-14", "residence": "MA",
                 "nationalities": ["MA"], "sex": "F"},
      "claim": {"benefit": "old-age", "on": "2026-05-01", "deferred": {"FR": "2027-01-01"}},
      "earnings": {"US": {"1974": 2045.08}}}"""
    toml = START + "[earnings.US]\n1974 = 2045.08\n"
    assert case_from_text(text, json_form=True) == case_from_text(toml)


@pytest.mark.parametrize("kind", ['"11"', "11", '"employed"'])
def test_a_kind_is_named_or_given_by_its_form_code(kind: str) -> None:
    text = START + f'[[periods]]\ncountry = "MA"\nkind = {kind}\nfrom = "1980"\nto = "1981"\n'
    assert case_from_text(text).periods[0].kind is PeriodKind.EMPLOYED


def test_units_by_calendar_year_become_one_period_a_year_within_life_and_claim() -> None:
    case = period_of('years = { 1961 = 1, 1975 = 4, 2026 = 1 }\nunit = "quarter"\n')
    assert [(p.first, p.last) for p in case.periods] == [
        (known(date(1961, 3, 14)), known(date(1961, 12, 31))),
        (known(date(1975, 1, 1)), known(date(1975, 12, 31))),
        (known(date(2026, 1, 1)), known(date(2026, 5, 1))),
    ]
    assert [p.certified for p in case.periods] == [
        Duration(Fraction(n), Unit.QUARTER) for n in (1, 4, 1)
    ]
    assert case.periods[1].place == "periods[1].years.1975"


def known(day: date) -> UncertainDate:
    return UncertainDate(day, day)


def test_a_period_may_go_on_to_the_day_until_which_its_state_is_asked_to_wait() -> None:
    dates = "from = 2020-01-01\nto = 2026-12-31\n"
    assert case_from_text(START + PERIOD.replace("MA", "FR") + dates).periods
    assert only(START + PERIOD + dates).place == "periods[1].to"


def test_notional_periods_may_lie_after_the_claim() -> None:
    notional = PERIOD.replace("employed", "notional") + "from = 2026-01-01\nto = 2028-12-31\n"
    assert case_from_text(START + notional).periods[0].kind is PeriodKind.NOTIONAL


@pytest.mark.parametrize(
    ("line", "place", "told"),
    [
        (
            "from = 1984-01-01\nto = 1980-01-01",
            "periods[1].to",
            "ends (1980-01-01) before",
        ),
        ("from = 1950-01-01\nto = 1951-01-01", "periods[1].from", "before birth"),
        ("from = 2030-01-01\nto = 2031-01-01", "periods[1].from", "after the claim (2026-05-01)"),
        ("from = 1980-01-01", "periods[1].to", "has no to"),
        ("to = 1980-01-01", "periods[1].from", "has no from"),
        ("", "periods[1]", "neither dates nor a certified duration"),
        ("from = 1980-02-30\nto = 1981-01-01", "The text", "not well formed"),
        ('from = "1980-02-30"\nto = 1981-01-01', "periods[1].from", "no such day"),
        ('from = "yesterday"\nto = 1981-01-01', "periods[1].from", "not a day"),
        ("from = 1980-01-01T12:00:00\nto = 1981-01-01", "periods[1].from", "not a day"),
        ("from = true\nto = 1981-01-01", "periods[1].from", "not a day"),
        ('certified = { number = -1, unit = "day" }', "periods[1].certified.number", "negative"),
        ('certified = { number = nan, unit = "day" }', "periods[1].certified.number", "no number"),
        ('certified = { number = 80, unit = "year" }', "periods[1].certified", "person's life"),
        ('certified = { number = 1, unit = "days" }', "periods[1].certified.unit", "not known"),
        (
            'certified = { number = 1, unit = "week", days_per_week = 6 }',
            "periods[1].certified.days_per_week",
            "day type",
        ),
        ("years = { 1980 = 2 }", "periods[1].unit", "missing"),
        ('years = { 1980 = 500 }\nunit = "day"', "periods[1].years.1980", "longer than"),
        ('years = { 1950 = 2 }\nunit = "quarter"', "periods[1].years.1950", "before birth"),
        ('years = { 2030 = 2 }\nunit = "quarter"', "periods[1].years.2030", "after the claim"),
        ('years = { 80 = 2 }\nunit = "quarter"', "periods[1].years.80", "not a year"),
        (
            'years = { 1980 = 2 }\nunit = "week"\nfrom = 1980-01-01\nto = 1980-02-01',
            "periods[1].years",
            "stand alone",
        ),
        (
            'unit = "day"\ncertified = { number = 1, unit = "day" }',
            "periods[1].unit",
            "belongs to years",
        ),
        ("from = 1980-01-01\nto = 1981-01-01\nformer = 2", "periods[1].former", "not known"),
    ],
)
def test_a_fault_of_a_period_is_told_with_its_place(line: str, place: str, told: str) -> None:
    problem = only(START + PERIOD + line + "\n")
    assert problem.place == place
    assert told in problem.fault.replace("is not a number", "no number")


@pytest.mark.parametrize(
    ("code", "remedy"),
    [
        ("UK", "Write GB (United Kingdom)."),
        ("ma", "Write MA (Morocco)."),
        ("Marocco", "Write MA (Morocco)."),
        ("QQ", "Write the two letters of ISO 3166-1, such as MA for Morocco."),
    ],
)
def test_an_unknown_country_is_told_the_one_meant(code: str, remedy: str) -> None:
    problem = only(HEAD + PERSON.replace('residence = "MA"', f'residence = "{code}"') + CLAIM)
    assert problem == Problem(
        "person.residence", f"no State has this code (found '{code}').", remedy
    )


@pytest.mark.parametrize("code", ["XK", "XA", "CA-QC", "JE", "GG", "CH"])
def test_parts_of_states_and_codes_of_the_users_own_are_countries(code: str) -> None:
    text = START + PERIOD.replace("MA", code) + 'from = "1990"\nto = "1991"\n'
    assert case_from_text(text).countries == (code,)


def in_state(code: str, first: int, last: int) -> str:
    dates = f"from = {first}-01-01\nto = {last}-12-31\n"
    return START + PERIOD.replace("MA", code) + dates


def test_a_former_state_is_a_country_of_its_own_time_only() -> None:
    assert case_from_text(in_state("DD", 1980, 1989)).countries == ("DD",)
    problem = only(in_state("DD", 1991, 1991))
    assert problem.place == "periods[1].country"
    assert problem.remedy == "Name the State of that time, such as DE."


def test_a_code_used_by_two_former_states_is_there_in_both_their_times() -> None:
    for year in (1980, 2004):
        assert case_from_text(in_state("CS", year, year)).countries == ("CS",)
    assert only(in_state("CS", 1996, 1996)).place == "periods[1].country"


def test_seasons_are_refused_for_the_south() -> None:
    text = START + PERIOD.replace("MA", "CL") + 'from = "spring 1980"\nto = 1981-01-01\n'
    assert only(text).fault == "the seasons of Chile lie in other months."


def test_every_fault_is_told_at_once() -> None:
    text = (
        HEAD
        + PERSON.replace('"F"', '"W"')
        + CLAIM.replace("old-age", "oldage")
        + PERIOD.replace("employed", "employd")
        + '[earnings.Canada]\n197 = 2\n1975 = "x"\n'
        + '[[certified]]\ncountry = "FR"\nown = { number = 1, unit = "week", days_per_week = 5 }\n'
        + '[[certified]]\ncountry = "FR"\n'
        + '[[facts]]\ncountry = "FR"\nname = "x"\nvalue = 1\n' * 2
        + '[[rates]]\ncurrency = "Euro"\ninto = "USD"\nrate = 1\non = 2020-01-01\n'
        + "[conventions]\nrounding = 2\n"
        + "[titel]\n"
    )
    assert [p.place for p in problems(text)] == [
        "titel",
        "person.sex",
        "claim.benefit",
        "periods[1].kind",
        "earnings.Canada",
        "earnings.Canada.197",
        "earnings.Canada.1975",
        "certified[2]",
        "certified[1].own.days_per_week",
        "facts[2]",
        "rates[1].currency",
        "conventions.rounding",
    ]


@pytest.mark.parametrize(
    ("kind", "meant"),
    [("employd", "Did you mean employed?"), ("zzz", "Use one of: compulsory,")],
)
def test_an_unknown_kind_is_told_the_nearest(kind: str, meant: str) -> None:
    problem = only(START + PERIOD.replace("employed", kind) + 'from = "1980"\nto = "1981"\n')
    assert problem.remedy.startswith(meant)


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (("on = 2026-05-01", "on = 1950-01-01"), "claim.on"),
        (("born = 1961-03-14", "born = 1861-03-14"), "person.born"),
        (("FR = 2027-01-01", "FR = 2020-01-01"), "claim.deferred.FR"),
        (('sex = "F"', "died = 1960-01-01"), "person.died"),
        (('sex = "F"', "disabled_since = 1960-01-01"), "person.disabled_since"),
        (('sex = "F"', 'legally_resident = "no"'), "person.legally_resident"),
        (("deferred =", "asserts_old_age = true\ndeferred ="), "claim.asserts_old_age"),
        (
            (
                'sex = "F"',
                "relatives = [{ role = 'child', born = 2000-01-01, married = 1999-01-01 }]",
            ),
            "person.relatives[1].married",
        ),
        (('name = "Amina B."', 'name = " "'), "person.name"),
        (('name = "Amina B."', "name = 5"), "person.name"),
        (('name = "Amina B."', 'name = "\\u0007"'), "person.name"),
        (("born = 1961-03-14", "born = 0"), "person.born"),
        (("born = 1961-03-14\n", ""), "person.born"),
        (('id = "amina-b"', ""), "id"),
        ((CLAIM, ""), "claim"),
        ((CLAIM, "claim = 5\n"), "person.claim"),
    ],
)
def test_a_fault_of_person_or_claim_is_told_with_its_place(
    change: tuple[str, str], place: str
) -> None:
    assert place in [p.place for p in problems(START.replace(*change))]


def test_no_period_follows_death() -> None:
    start = START.replace('sex = "F"', "died = 2000-01-01").replace("old-age", "survivors")
    problem = only(start + PERIOD + "from = 2001-01-01\nto = 2002-01-01\n")
    assert "after death (2000-01-01)" in problem.fault
    problem = only(start + PERIOD + "from = 1999-01-01\nto = 2002-01-01\n")
    assert problem.place == "periods[1].to"
    assert "after death (2000-01-01)" in problem.fault


def test_a_claim_fits_the_day_of_death() -> None:
    dead = START.replace('sex = "F"', "died = 2000-01-01")
    assert "had died (2000-01-01) before the claim" in only(dead).fault
    early = dead.replace("old-age", "survivors").replace("died = 2000", "died = 2027")
    assert "lies before death (2027-01-01)" in only(early).fault


@pytest.mark.parametrize("lists", ["periods", "certified", "facts", "rates", "reductions"])
def test_a_list_that_is_none_is_told_how_to_be_one(lists: str) -> None:
    data = {"format": "ssacalc-case/1", "id": "x", lists: 5}
    with pytest.raises(InvalidCase, match=rf"\[\[{lists}\]\]"):
        case_from_data(data, "x")


@pytest.mark.parametrize("section", ["earnings", "conventions", "person", "claim"])
def test_a_table_that_is_none_is_a_fault(section: str) -> None:
    data = {"format": "ssacalc-case/1", "id": "x", section: [1]}
    with pytest.raises(InvalidCase, match=f"{section}: this must be a table"):
        case_from_data(data, "x")


@pytest.mark.parametrize(
    ("stated", "told"),
    [
        ('format = "ssacalc-case/2"', "newer program"),
        ('format = "ssacalc-instrument/1"', "is not the format of a case"),
        ("format = 1", "is not the format of a case"),
        ("", "required and missing"),
    ],
)
def test_another_format_is_not_read_as_a_case(stated: str, told: str) -> None:
    problem = only(stated + PERSON + CLAIM)
    assert problem.place == "format"
    assert told in str(problem)


@pytest.mark.parametrize(
    ("key", "owner"),
    [
        ("US", ("US", None)),
        ("us-oasdi", ("US", "us-oasdi")),
        ("CA-QC", ("CA-QC", None)),
        ("ca-qc-qpp", ("CA-QC", "ca-qc-qpp")),
        ("US/ours", ("US", "ours")),
    ],
)
def test_earnings_belong_to_a_state_or_a_scheme(key: str, owner: tuple[str, str | None]) -> None:
    assert owner_of(key) == owner


def test_the_schema_of_the_format_admits_a_case_and_no_other_thing() -> None:
    validator = Draft202012Validator(case_schema())
    case = {
        "format": "ssacalc-case/1",
        "id": "x",
        "person": {"name": "A", "born": "1961-03-14", "residence": "MA"},
        "claim": {"benefit": "old-age", "on": "2026-05-01"},
        "periods": [
            {"country": "MA", "kind": "11", "from": "1980", "to": "about 1984-03"},
            {"country": "US", "kind": "employed", "years": {"1974": 2}, "unit": "quarter"},
        ],
        "earnings": {"US": {"1974": 2045.08}},
    }
    assert case_from_data(case | {"earnings": {}}, "x").id == "x"
    assert list(validator.iter_errors(case)) == []
    assert len(list(validator.iter_errors(case | {"claim": {"benefit": "x"}}))) == 2
    assert list(validator.iter_errors(case | {"titel": "x"}))


RULE = """
[[reductions]]
country = "DE"
scheme = "de-grv"
kind = "income"
free = { amount = 992.64, currency = "EUR" }
rate = "0.40"
law = "SGB VI, § 97"
amounts = [
  { name = "work", amount = 24000, currency = "EUR", per = "year", net = 18000 },
  { name = "pension", country = "FR", amount = 500, currency = "EUR", voluntary = 20.5 },
]
"""


def test_a_rule_against_overlapping_is_read_whole() -> None:
    (rule,) = case_from_text(START + RULE).reductions
    assert (rule.country, rule.scheme, rule.kind.value) == ("DE", "de-grv", "income")
    assert rule.free == Money(Fraction("992.64"), "EUR")
    assert rule.rate == Fraction(2, 5)
    assert rule.place == "reductions[1]"
    work, pension = rule.amounts
    assert work.amount == Money(Fraction(24000), "EUR", Per.YEAR)
    assert work.net == 18000
    assert (pension.country, pension.voluntary) == ("FR", Fraction("20.5"))
    assert rule.foreign
    assert not rule.scaled


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (('rate = "0.40"', "rate = 40"), "reductions[1].rate"),
        (('kind = "income"', 'kind = "other"'), "reductions[1].kind"),
        (("net = 18000", "net = 30000"), "reductions[1].amounts[1].net"),
        (("voluntary = 20.5", "voluntary = 501"), "reductions[1].amounts[2].voluntary"),
        (('law = "SGB VI, § 97"', "scaled = 1"), "reductions[1].scaled"),
        (("law =", 'ceiling = { amount = 1, currency = "EUR" }\nlaw ='), "reductions[1].ceiling"),
        (('{ name = "work"', '{ title = "work"'), "reductions[1].amounts[1].title"),
    ],
)
def test_a_fault_of_a_rule_is_told_with_its_place(change: tuple[str, str], place: str) -> None:
    assert place in [p.place for p in problems(START + RULE.replace(*change))]


def test_a_rule_counts_something() -> None:
    text = RULE[: RULE.index("amounts")] + "amounts = []\n"
    assert only(START + text).place == "reductions[1].amounts"


def test_negative_earnings_are_refused() -> None:
    assert only(START + "[earnings.US]\n1974 = -1\n").place == "earnings.US.1974"


def test_a_cut_off_file_is_told_so(tmp_path: Path) -> None:
    path = tmp_path / "case.toml"
    path.write_text(START[:-12], encoding="utf-8")
    with pytest.raises(InvalidCase, match="cut off"):
        read_case(path)


def test_a_file_is_read_by_its_kind(tmp_path: Path) -> None:
    path = tmp_path / "case.JSON"
    path.write_text("[1]", encoding="utf-8")
    with pytest.raises(InvalidCase, match="not a list"):
        read_case(path)
    path = tmp_path / "case.toml"
    path.write_bytes(b"\xef\xbb\xbf" + START.encode())
    assert read_case(path).id == "amina-b"
