"""Instrument files: every fault with its place, in words."""

from datetime import date
from pathlib import Path

import pytest

from ssacalc.domain.agreement import Cover, Instrument
from ssacalc.domain.errors import InvalidLaw, Problem
from ssacalc.domain.rules import ConversionKind, ConversionRules, MinimumPeriod
from ssacalc.library.instruments import read_instrument
from ssacalc.library.taxonomy import taxonomy
from ssacalc.resources import folder

FILE = """
format = "ssacalc-instrument/1"
id = "fr-ma-1999"
kind = "bilateral"
title = "Agreement between France and Morocco"
short = "France–Morocco"
status = "verified"

[[sources]]
id = "text"
title = "Official text"
address = "https://example.org"

[[parties]]
country = "FR"
since = 2000-01-01

[[parties]]
country = "MA"
since = 2000-01-01

[[events]]
kind = "in-force"
on = 2000-01-01
article = "30"

[[branches]]
party = "*"
branch = "old-age"
cover = "covered"
article = "2"

[[clauses]]
id = "T03"
option = "units"
article = "closing words"
[clauses.parameters]
rows = [{ source = "*", kind = "ratio", count = 26, unit = "day", gives = 1, gives_unit = "month" }]

[[clauses]]
id = "T05"
option = "no-duty"
article = "20"
[clauses.parameters]
minimum = { number = 1, unit = "year" }
"""


@pytest.fixture
def units() -> str:
    """Return an option that the taxonomy admits for clause T03."""
    return taxonomy().clauses["T03"].options[0]


def instrument(tmp_path: Path, text: str) -> Instrument:
    path = tmp_path / "fr-ma-1999.toml"
    path.write_text(text, encoding="utf-8")
    return read_instrument(path)


def test_an_instrument_is_read(tmp_path: Path, units: str) -> None:
    read = instrument(tmp_path, FILE.replace('"units"', f'"{units}"'))
    assert read.binds("MA", date(2000, 1, 1))
    assert [(b.party, b.cover) for b in read.branches] == [
        ("FR", Cover.COVERED),
        ("MA", Cover.COVERED),
    ]
    conversion, minimum = (clause.rule for clause in read.clauses)
    assert isinstance(conversion, ConversionRules)
    assert conversion.rows[0].kind is ConversionKind.RATIO
    assert isinstance(minimum, MinimumPeriod)
    assert str(read.clauses[0].law) == "France–Morocco, closing words"


@pytest.mark.parametrize(
    ("old", "new", "place", "told"),
    [
        ('id = "fr-ma-1999"', 'id = "fr-ma"', "id", "differs from the file's name"),
        ('country = "MA"', 'country = "FR"', "parties", "listed twice"),
        ("since = 2000-01-01", "since = 0", "parties[1].since", "not a day"),
        (
            "since = 2000-01-01",
            "since = 2000-01-01\nuntil = 1999-01-01",
            "parties[1]",
            "ends before it begins",
        ),
        ('party = "*"', 'party = "DE"', "branches[1].party", "DE is no party"),
        ('id = "T05"', 'id = "T99"', "clauses[2] T99", "not in the taxonomy"),
        ('"no-duty"', '"never"', "clauses[2] T05.option", "'never' is not an option"),
        ('article = "20"', 'party = "DE"', "clauses[2] T05.party", "DE is no party"),
        ('article = "20"', "", "clauses[2] T05", "needs its article"),
        ("minimum =", "minimun =", "clauses[2] T05.parameters.minimun", "not known"),
        ("number = 1", 'number = "x"', "clauses[2] T05.parameters.minimum.number", "decimal"),
        (
            'minimum = { number = 1, unit = "year" }',
            "",
            "clauses[2] T05",
            "needs its duration",
        ),
        (', unit = "day"', "", "clauses[1] T03.parameters.rows[1]", "needs unit"),
        ("count = 26", "count = 0", "clauses[1] T03.parameters.rows[1]", "above 0"),
        ('article = "2"', 'source = "x"', "", "'x' is not among the sources"),
        ('status = "verified"', "", "status", "required and missing"),
    ],
)
def test_a_fault_is_told_with_its_place(
    tmp_path: Path, units: str, old: str, new: str, place: str, told: str
) -> None:
    text = FILE.replace('"units"', f'"{units}"')
    assert old in text
    with pytest.raises(InvalidLaw) as caught:
        instrument(tmp_path, text.replace(old, new, 1))
    faults: dict[str, Problem] = {p.place: p for p in caught.value.problems}
    assert told in faults[place].fault


def test_only_a_standard_may_be_without_parties(tmp_path: Path, units: str) -> None:
    text = FILE.replace('"units"', f'"{units}"')
    start = text.index("[[parties]]")
    bare = text[:start] + text[text.index("[[events]]") :]
    bare = bare[: bare.index("[[branches]]")] + bare[bare.index("[[clauses]]") :]
    with pytest.raises(InvalidLaw, match="only a standard may be without parties"):
        instrument(tmp_path, bare)
    assert instrument(tmp_path, bare.replace('"bilateral"', '"standard"')).parties == ()


SHIPPED = sorted(folder("agreements").glob("*.toml"))


@pytest.mark.parametrize("path", SHIPPED, ids=[path.stem for path in SHIPPED])
def test_every_shipped_instrument_is_without_fault(path: Path) -> None:
    assert read_instrument(path).id == path.stem
