"""Scheme files: what is read, what is refused, what is asked about."""

import json
import tomllib
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from ssacalc.domain.blocks import Band, Quotient
from ssacalc.domain.case import Branch
from ssacalc.domain.errors import InvalidLaw, Problem
from ssacalc.domain.scheme import ConditionKind, Maturity, Scheme
from ssacalc.domain.units import Remainder
from ssacalc.library.formula_file import BLOCKS
from ssacalc.library.scheme_checks import check_scheme
from ssacalc.library.scheme_file import SchemeFile
from ssacalc.library.schemes import read_scheme
from ssacalc.resources import folder

FILE = """
format = "ssacalc-scheme/1"
id = "ie-spc"
country = "IE"
title = "State pension"
branch = "old-age"
unit = "week"
per = "week"
maturity = "draft"
currency = "EUR"
facts = ["years-since-entry"]
amount = "pension"
qualifying = "minimum"
rounding = { name = "cent", step = 0.01, direction = "half-up" }

[counting]
kind = "weeks"
kinds = ["employed"]

[[sources]]
id = "act"
title = "Act of 2005"
short = "Act"
address = "https://example.org"

[[sources]]
id = "page"
title = "A page"
address = "https://example.org/page"

[[figures]]
name = "minimum"
unit = "week"
article = "s. 109"
values = [
    { value = 260, until = 2012-04-05 },
    { value = 520, since = 2012-04-06, article = "s. 110", source = "page", status = "verified" },
]

[[tables]]
name = "rates"
unit = "EUR/week"
values = [{ since = 2024-01-01, until = 2024-12-31, rows = [[10, 110.50], [48, 277.30]] }]

[[series]]
name = "wages"
unit = "EUR"
values = { 1999 = 2.5, 1998 = 1 }

[[conditions]]
kind = "units"
figure = "minimum"
article = "s. 109(1)"

[[blocks]]
name = "average"
block = "quotient"
of = "units"
by = "years-since-entry"

[[blocks]]
name = "pension"
block = "band"
of = "average"
table = "rates"
remainder = "half-up"

[[abroad]]
payment = "full"
"""


def scheme(tmp_path: Path, text: str = FILE) -> Scheme:
    path = tmp_path / "ie-spc.toml"
    path.write_text(text, encoding="utf-8")
    return read_scheme(path)


def problems(tmp_path: Path, *change: tuple[str, str]) -> dict[str, Problem]:
    text = FILE
    for old, new in change:
        assert old in text
        text = text.replace(old, new, 1)
    with pytest.raises(InvalidLaw) as caught:
        scheme(tmp_path, text)
    return {problem.place: problem for problem in caught.value.problems}


def test_a_scheme_is_read_with_exact_figures_and_their_places(tmp_path: Path) -> None:
    read = scheme(tmp_path)
    assert (read.branch, read.maturity, read.facts) == (
        Branch.OLD_AGE,
        Maturity.DRAFT,
        ("years-since-entry",),
    )
    old, new = read.figures["minimum"].values
    assert old.value == 260
    assert (str(old.law), old.law.verified) == ("Act, s. 109", False)
    assert new.value == 520
    assert (str(new.law), new.law.verified) == ("A page, s. 110", True)
    assert read.currency.at(date(2024, 1, 1)).value == "EUR"
    assert read.tables["rates"].values[0].value[1] == (Fraction(48), Fraction("277.3"))
    assert list(read.series["wages"].items()) == [(1998, 1), (1999, Fraction(5, 2))]
    assert read.conditions[0].kind is ConditionKind.UNITS
    average, pension = read.blocks
    assert isinstance(average, Quotient)
    assert isinstance(pension, Band)
    assert (pension.table, pension.remainder) == ("rates", Remainder.HALF_UP)
    assert read.rounding is not None
    assert read.rounding.step == Fraction(1, 100)
    assert read.counting.kinds == ("employed",)


def test_every_block_of_the_domain_has_its_form_in_files() -> None:
    assert {"product", "duration-fraction", "primary-insurance-amount"} <= set(BLOCKS)


@pytest.mark.parametrize(
    ("old", "new", "place", "told"),
    [
        ('id = "ie-spc"', 'id = "ie-other"', "id", "differs from the file's name"),
        ('country = "IE"', 'country = "FR"', "id", "does not begin with fr-"),
        ('qualifying = "minimum"', 'qualifying = "minimun"', "qualifying", "no figure 'minimun'"),
        ('amount = "pension"', 'amount = "rates"', "amount", "no block 'rates'"),
        ('amount = "pension"\n', "", "amount", "the scheme has no amount"),
        (
            'amount = "pension"',
            'amount = "pension"\nparts = { flat = "x" }',
            "parts.flat",
            "no block",
        ),
        ('figure = "minimum"', 'figure = "x"', "conditions[1].figure", "no figure 'x'"),
        (
            'figure = "minimum"',
            'figure = "minimum"\nwindow = "x"',
            "conditions[1].window",
            "no figure",
        ),
        (
            'payment = "full"',
            'payment = "full"\nunless_units = "x"',
            "abroad[1].unless_units",
            "no",
        ),
        ('of = "average"', 'of = "pension"', "blocks[2].of", "no figure, fact or earlier block"),
        ('table = "rates"', 'table = "minimum"', "blocks[2].table", "no table 'minimum'"),
        ('by = "years-since-entry"', 'by = "wages"', "blocks[1].by", "no figure, fact or earlier"),
        ('block = "band"', 'block = "bnad"', "blocks[2].block", "the block 'bnad' is not known"),
        ('block = "band"\n', "", "blocks[2]", "says what block it is"),
        ('remainder = "half-up"', "", "blocks[2].remainder", "required and missing"),
        ('remainder = "half-up"', 'remainder = "half-up"\nx = 1', "blocks[2].x", "not known here"),
        (", until = 2012-04-05", "", "figures[1] minimum", "values 1 and 2 hold for the same"),
        ("until = 2024-12-31", "until = 2023-12-31", "tables[1] rates.values[1]", "ends before"),
        ("[10, 110.50]", "[50, 110.50]", "tables[1] rates.values[1].rows", "do not rise"),
        ('source = "page"', 'source = "pge"', "figures[1].values[2].source", "is no source"),
        ('name = "wages"', 'name = "rates"', "series[1].name", "is the name of tables[1]"),
        ('name = "wages"', 'name = "units"', "series[1].name", "a fact of every career"),
        ("values = { 1999 = 2.5, 1998 = 1 }", "", "series[1] wages", "needs its values"),
        ("value = 260", "value = true", "figures[1].values[1].value", "not a number"),
        ('kinds = ["employed"]', 'kinds = ["all"]', "counting.kinds[1]", "is not known"),
        ('currency = "EUR"', 'currency = "euro"', "currency[1].value", "should match pattern"),
    ],
)
def test_a_fault_is_told_with_its_place(
    tmp_path: Path, old: str, new: str, place: str, told: str
) -> None:
    assert told in problems(tmp_path, (old, new))[place].fault


def test_faults_of_blocks_and_of_the_rest_are_told_together(tmp_path: Path) -> None:
    found = problems(tmp_path, ('block = "band"', 'block = "bnad"'), ('per = "week"', 'per = "x"'))
    assert set(found) == {"blocks[2].block", "per"}


def test_blocks_must_be_a_list(tmp_path: Path) -> None:
    text = FILE.split("[[blocks]]", maxsplit=1)[0].replace("amount =", "blocks = 5\namount =")
    with pytest.raises(InvalidLaw, match="this must be a list"):
        scheme(tmp_path, text)


def test_a_certified_only_scheme_needs_no_formula(tmp_path: Path) -> None:
    text = FILE.replace('"draft"', '"certified-only"').replace('amount = "pension"\n', "")
    assert scheme(tmp_path, text).amount is None


def test_a_series_may_lie_in_a_file_beside(tmp_path: Path) -> None:
    beside = tmp_path / "wages.toml"
    beside.write_text(
        'format = "ssacalc-series/1"\narticle = "s. 1"\nsource = "page"\n[values]\n2000 = 3\n',
        encoding="utf-8",
    )
    text = FILE.replace("values = { 1999 = 2.5, 1998 = 1 }", 'file = "wages.toml"')
    read = scheme(tmp_path, text)
    assert read.series["wages"] == {2000: 3}
    assert str(read.series_law["wages"]) == "A page, s. 1"


@pytest.mark.parametrize("name", ["../wages.toml", "/etc/wages.toml", "wages", "a/b.toml"])
def test_a_series_lies_nowhere_else(tmp_path: Path, name: str) -> None:
    change = ("values = { 1999 = 2.5, 1998 = 1 }", f'file = "{name}"')
    assert "series[1].file" in problems(tmp_path, change)


def test_a_careful_keeper_asks_about_gaps_ends_age_and_unread_data(tmp_path: Path) -> None:
    text = FILE.replace("until = 2012-04-05", "until = 2012-03-31").replace(
        'title = "State', 'checked = 2020-01-01\ntitle = "State'
    )
    read = scheme(tmp_path, text.replace("1998 = 1", "1996 = 1"))
    told = {p.place: p.fault for p in check_scheme(read, date(2024, 11, 1))}
    assert told["checked"] == "last checked on 2020-01-01, 3 years ago or more."
    assert "nothing is said of 2012-04-01 to 2012-04-05." in [
        p.fault for p in check_scheme(read, date(2024, 11, 1))
    ]
    assert told["series wages"] in {
        "nothing is said of 1997, 1998.",
        "its text was not read.",
    }
    assert told["figures minimum"] == "the text of 1 of 2 values was not read."
    assert "it runs out on 2024-12-31." in [p.fault for p in check_scheme(read, date(2024, 11, 1))]
    assert "it ran out on 2024-12-31." in [p.fault for p in check_scheme(read, date(2025, 1, 1))]


def test_a_scheme_nobody_checked_is_told_so(tmp_path: Path) -> None:
    assert "nobody is known" in str(check_scheme(scheme(tmp_path), date(2024, 1, 1))[0])


def test_the_schema_of_the_format_admits_the_shipped_schemes() -> None:
    validator = Draft202012Validator(SchemeFile.model_json_schema())
    for path in SHIPPED:
        plain = tomllib.loads(path.read_text("utf-8"))
        plain = json.loads(json.dumps(plain, default=str)) | {"currency": []}
        found = [e for e in validator.iter_errors(plain) if list(e.path) != ["currency"]]
        assert found == [], path.name


SHIPPED = sorted((folder("resources") / "schemes").glob("??/??-*.toml"))


@pytest.mark.parametrize("path", SHIPPED, ids=[path.stem for path in SHIPPED])
def test_every_shipped_scheme_is_without_fault_and_lies_in_its_country(path: Path) -> None:
    read = read_scheme(path)
    assert path.parent.name == read.country.lower()
    assert read.checked_on is not None
