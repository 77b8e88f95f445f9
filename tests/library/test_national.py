"""Ratifications and national provisions: read, derived from the standards, told once."""

from datetime import date
from pathlib import Path

import pytest

from ssacalc.domain.agreement import Cover, Event, EventKind, Instrument, InstrumentKind, Party
from ssacalc.domain.case import Branch
from ssacalc.domain.errors import InvalidLaw
from ssacalc.domain.national import PaymentAbroad, Ratification
from ssacalc.library import national
from ssacalc.library.law import load_agreements
from ssacalc.library.national import provisions, ratifications, read_provisions
from ssacalc.resources import folder
from tests.library.build import SINCE, TODAY, cover, instrument, law

SOURCE = """
status = "verified"
[[sources]]
id = "act"
title = "The Act"
address = "https://example.org"
"""
RATIFICATION = """
[[ratifications]]
standard = "c118"
country = "UY"
year = 1983
branches = ["sickness"]
refused = ["old-age"]
article = "2"
"""
PROVISION = """
[[provisions]]
branches = ["old-age", "survivors"]
abroad = "limited"
absence_months = 6
refund = true
article = "9"
status = "unverified"
"""


def standard(*parties: Party) -> Instrument:
    held = instrument(
        "",
        kind=InstrumentKind.STANDARD,
        name="c118",
        parties=parties,
        covers=(cover("SE"), cover("SE", Branch.FAMILY, Cover.EXCLUDED)),
    )
    ratified = Event(EventKind.RATIFIED, date(1999, 1, 1), party="SE")
    return Instrument(**{**held.__dict__, "events": (ratified,)})


@pytest.fixture
def resources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "provisions").mkdir()
    path = tmp_path / "ratifications.toml"
    path.write_text(f'format = "ssacalc-ratifications/1"\n{SOURCE}{RATIFICATION}', encoding="utf-8")
    monkeypatch.setattr(national, "folder", lambda _: tmp_path)
    return tmp_path


@pytest.mark.usefixtures("resources")
def test_the_parties_of_a_standard_are_bound_by_it_and_a_further_file_adds_others() -> None:
    sweden, iraq, uruguay = ratifications([standard(Party("SE", SINCE), Party("IQ", None))])
    assert (sweden.ratified, sweden.since) == (date(1999, 1, 1), SINCE)
    assert (sweden.branches, sweden.refused) == ((Branch.OLD_AGE,), (Branch.FAMILY,))
    assert sweden.law.verified
    assert iraq.branches is None
    assert not iraq.law.verified
    assert (uruguay.year, uruguay.law.article, uruguay.law.verified) == (1983, "2", True)


@pytest.mark.usefixtures("resources")
def test_what_a_standard_tells_is_not_told_again() -> None:
    with pytest.raises(InvalidLaw, match=r"agreements/c118\.toml lists UY already"):
        ratifications([standard(Party("UY", None))])


def test_a_ratification_of_no_standard_or_no_state_is_a_fault(resources: Path) -> None:
    path = resources / "ratifications.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('"UY"', '"QQ"').replace("c118", "c119"), encoding="utf-8")
    with pytest.raises(InvalidLaw) as caught:
        ratifications([standard(Party("SE", SINCE))])
    told = str(caught.value)
    assert "c119 is no standard of the library" in told
    assert "QQ is the code of no State" in told


def test_the_shipped_ratifications_are_without_fault() -> None:
    held = ratifications(load_agreements().instruments)
    uruguay = next(r for r in held if (r.standard, r.country) == ("ilo-c118", "UY"))
    assert uruguay.accepts(Branch.SICKNESS) is True
    assert uruguay.accepts(Branch.OLD_AGE) is False
    assert uruguay.bound(TODAY) is None


def test_bound_and_accepted_are_three_valued() -> None:
    known = Ratification("c", "SE", law(), since=SINCE, until=date(2010, 1, 1))
    assert [known.bound(day) for day in (date(1999, 1, 1), SINCE, TODAY)] == [False, True, False]
    assert known.accepts(Branch.OLD_AGE) is None
    some = Ratification("c", "SE", law(), branches=(Branch.FAMILY,), refused=(Branch.OLD_AGE,))
    assert [some.accepts(b) for b in (Branch.FAMILY, Branch.OLD_AGE, Branch.SICKNESS)] == [
        True,
        False,
        None,
    ]


def test_a_provision_is_read_for_each_of_its_branches(resources: Path) -> None:
    path = resources / "provisions" / "ma.toml"
    text = f'format = "ssacalc-provisions/1"\ncountry = "MA"\n{SOURCE}{PROVISION}'
    path.write_text(text, encoding="utf-8")
    old_age, survivors = provisions("MA")
    assert (old_age.branch, survivors.branch) == (Branch.OLD_AGE, Branch.SURVIVORS)
    assert (old_age.abroad, old_age.absence_months) == (PaymentAbroad.LIMITED, 6)
    assert (old_age.refund, old_age.nationals_only, old_age.law.verified) == (True, None, False)
    assert (old_age.law.document, old_age.law.article) == ("The Act", "9")
    assert provisions("FR") == ()


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('"MA"', '"FR"', "differs from the file's name"),
        ('"limited"', '"sometimes"', "'sometimes' is not known"),
        ("absence_months", "absense_months", "this name is not known here"),
        ('article = "9"', 'source = "nope"', "'nope' is not among the sources"),
        ("absence_months = 6", "absence_months = -1", "greater than or equal to 0"),
    ],
)
def test_a_fault_of_a_provision_is_told_with_its_place(
    tmp_path: Path, old: str, new: str, told: str
) -> None:
    text = f'format = "ssacalc-provisions/1"\ncountry = "MA"\n{SOURCE}{PROVISION}'
    assert old in text
    path = tmp_path / "ma.toml"
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(InvalidLaw, match=told):
        read_provisions(path)


SHIPPED = sorted((folder("resources") / "provisions").glob("*.toml"))


@pytest.mark.parametrize("path", SHIPPED, ids=[path.stem for path in SHIPPED])
def test_every_shipped_provision_is_without_fault(path: Path) -> None:
    assert read_provisions(path)
