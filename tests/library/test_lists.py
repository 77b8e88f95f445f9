"""Lists of instruments nobody coded: read, faulty, cached, checked, shown in corridors."""

import json
from datetime import date
from pathlib import Path

import pytest

from ssacalc.commands.corridor_text import corridor_words
from ssacalc.domain.agreement import Cover, EventKind, Instrument, InstrumentKind
from ssacalc.domain.case import Branch
from ssacalc.domain.errors import InvalidLaw
from ssacalc.domain.law import Law
from ssacalc.library import checking, compiled, law
from ssacalc.library.catalogue import Coding, Standing, coding, selected, standing, state
from ssacalc.library.checking import check_instruments
from ssacalc.library.corridors import Binds, Corridor, corridor
from ssacalc.library.coverage import coverage_table, totals
from ssacalc.library.instrument_checks import Concern, check_instrument
from ssacalc.library.law import load_agreements, load_law
from ssacalc.library.lists import BY, CONTRIBUTIONS_ONLY, is_list, read_list
from ssacalc.resources import folder

ON = date(2020, 6, 1)
HEAD = """format = "ssacalc-list/1"
title = "Agreements of Germany"
checked = 2030-02-01
checked_by = "us"

[[sources]]
id = "ministry"
title = "The ministry's list"
address = "https://example.org/list"
read = 2030-02-01

[[sources]]
id = "gazette"
title = "The gazette"
address = "https://example.org/gazette"
"""
WHOLE = """
[[instruments]]
id = "de-ma-1981"
parties = ["DE", "MA"]
signed = 1981-03-25
in_force = 1986-08-01
branches = ["old-age", "survivors"]
totalises = true
source = "gazette"
status = "verified"
note = "Read whole."
"""
SPARE = """
[[instruments]]
id = "de-in-2008"
parties = ["IN", "DE"]
status = "unverified"
"""


def entry(more: str = "", *, name: str = "de-jp-1998", parties: str = '"DE", "JP"') -> str:
    return f'\n[[instruments]]\nid = "{name}"\nparties = [{parties}]\nstatus = "verified"\n{more}\n'


def written(place: Path, *entries: str, head: str = HEAD, name: str = "de") -> Path:
    place.mkdir(parents=True, exist_ok=True)
    path = place / f"{name}.toml"
    path.write_text(head + "".join(entries), encoding="utf-8")
    return path


def read(tmp_path: Path, *entries: str) -> tuple[Instrument, ...]:
    return read_list(written(tmp_path, *entries))


def faults(path: Path) -> list[str]:
    with pytest.raises(InvalidLaw) as caught:
        read_list(path)
    assert all(p.fault and p.place for p in caught.value.problems)
    return [f"{p.place}: {p.fault} {p.remedy}" for p in caught.value.problems]


def test_an_entry_is_an_instrument_like_any_other(tmp_path: Path) -> None:
    held, spare = read(tmp_path, WHOLE, SPARE)
    assert held.title == "Agreement on social security between Germany and Morocco"
    assert (held.short, held.kind) == ("Germany–Morocco 1981", InstrumentKind.BILATERAL)
    assert [(p.country, p.since, p.until) for p in held.parties] == [
        ("DE", date(1986, 8, 1), None),
        ("MA", date(1986, 8, 1), None),
    ]
    assert [(e.kind, e.on) for e in held.events] == [
        (EventKind.SIGNED, date(1981, 3, 25)),
        (EventKind.IN_FORCE, date(1986, 8, 1)),
    ]
    assert {(b.party, b.branch, b.cover) for b in held.branches} == {
        (party, branch, Cover.COVERED)
        for party in ("DE", "MA")
        for branch in (Branch.OLD_AGE, Branch.SURVIVORS)
    }
    assert (held.clauses, held.totalises, held.verified) == ((), True, True)
    assert [source.id for source in held.sources] == ["gazette"]
    assert (held.note, held.checked_on) == ("Read whole.", date(2030, 2, 1))
    assert (coding(held), standing(held, ON)) == (Coding.LISTED, Standing.IN_FORCE)
    assert held.links("DE", "MA", ON)
    assert (spare.verified, spare.totalises, spare.branches, spare.events) == (False, None, (), ())
    assert [source.id for source in spare.sources] == ["ministry"]
    assert (standing(spare, ON), state(spare)) == (Standing.UNDATED, "day not known")


def test_an_ended_instrument_binds_no_more(tmp_path: Path) -> None:
    (held,) = read(tmp_path, entry("in_force = 1990-01-01\nended = 2009-12-31"))
    assert held.links("DE", "JP", date(2009, 12, 31))
    assert not held.links("DE", "JP", date(2010, 1, 1))
    assert held.events[-1].kind is EventKind.ENDED
    assert state(held) == "1990-01-01 to 2009-12-31"


def test_one_that_settles_contributions_only_says_so(tmp_path: Path) -> None:
    more = 'contributions_only = true\nbranches = ["old-age"]\nnote = "More."'
    (held,) = read(tmp_path, entry(more))
    assert held.totalises is False
    assert {b.cover for b in held.branches} == {Cover.CONTRIBUTIONS_ONLY}
    assert held.note == f"{CONTRIBUTIONS_ONLY} More."


def test_a_day_by_which_it_was_in_force_is_no_day_of_entry(tmp_path: Path) -> None:
    (held,) = read(tmp_path, entry("in_force_by = 2005-04-30"))
    assert held.events == ()
    assert {p.note for p in held.parties} == {BY}
    assert held.links("DE", "JP", date(2005, 4, 30))
    assert state(held) == "in force by 2005-04-30"


def test_branches_of_which_only_the_law_is_settled_stand_beside_the_others(tmp_path: Path) -> None:
    more = 'branches = ["old-age"]\nbranches_contributions_only = ["unemployment"]'
    (held,) = read(tmp_path, entry(f"in_force = 2000-01-01\n{more}"))
    covers = {b.branch: b.cover for b in held.branches}
    law_only = Cover.CONTRIBUTIONS_ONLY
    assert covers == {Branch.OLD_AGE: Cover.COVERED, Branch.UNEMPLOYMENT: law_only}
    found = corridor(Law((held,), (), ""), ("DE", "JP"), ON)
    assert [(b.branch, b.binds) for b in found.bindings] == [
        (Branch.UNEMPLOYMENT, Binds.CONTRIBUTIONS),
        (Branch.OLD_AGE, Binds.BOTH),
    ]


def test_parties_of_one_side_are_not_bound_to_each_other(tmp_path: Path) -> None:
    sides = 'sides = { GG = "islands", JE = "islands" }\nin_force = 1995-01-01'
    (held,) = read(tmp_path, entry(sides, name="gg-je-nz", parties='"GG", "JE", "NZ"'))
    assert held.links("GG", "NZ", ON)
    assert not held.links("GG", "JE", ON)


def test_one_that_was_not_yet_in_force_may_bind_later_only(tmp_path: Path) -> None:
    (held,) = read(tmp_path, entry("signed = 1998-01-01\nnot_in_force = 2020-06-01"))
    assert standing(held, ON) is Standing.NOT_IN_FORCE
    assert state(held) == "not in force on 2020-06-01"
    found = corridor(Law((held,), (), ""), ("DE", "JP"), ON)
    assert (found.instruments, found.undated(), found.other) == ((), (), (held,))
    later = date(2020, 6, 2)
    assert standing(held, later) is Standing.UNDATED
    assert corridor(Law((held,), (), ""), ("DE", "JP"), later).undated() == (held,)
    (known,) = read(tmp_path, entry("in_force = 2021-01-01\nnot_in_force = 2020-06-01"))
    assert (standing(known, ON), state(known)) == (Standing.NOT_YET, "in force 2021-01-01")


@pytest.mark.parametrize(
    ("kind", "title"),
    [
        ("protocol", "Protocol on social security between Germany and Japan"),
        ("administrative", "Administrative arrangement on social security between Germany and"),
        ("labour", "Agreement on labour with clauses on social security between Germany and"),
    ],
)
def test_a_title_is_made_for_every_kind(kind: str, title: str, tmp_path: Path) -> None:
    (held,) = read(tmp_path, entry(f'kind = "{kind}"'))
    assert held.title.startswith(title)
    assert held.kind.value == kind


def test_many_parties_or_none_need_a_title(tmp_path: Path) -> None:
    many = entry(
        'kind = "multilateral"\ntitle = "The Convention"',
        name="many-2000",
        parties='"BF", "BJ", "CF", "CG", "CA-QC"',
    )
    none = '\n[[instruments]]\nid = "none-2001"\nstatus = "verified"\nkind = "multilateral"\n'
    held, bare = read(tmp_path, many, none + 'title = "Another"\n')
    assert (held.short, held.title) == ("The Convention", "The Convention")
    assert (bare.parties, standing(bare, ON)) == ((), Standing.UNDATED)
    assert state(bare) == "parties not known"
    three = entry('kind = "multilateral"', parties='"AT", "DE", "CH"', name="at-ch-de")
    assert read(tmp_path, three)[0].title.endswith("between Austria, Germany and Switzerland")
    assert "needs its title" in faults(written(tmp_path, many.replace("title", "note")))[0]


@pytest.mark.parametrize(
    ("text", "place", "told"),
    [
        (entry(parties='"DE", "AB"'), "(de-jp-1998).parties[2]", "code of no State"),
        (entry(parties='"DE", "UK"'), "(de-jp-1998).parties[2]", "Write GB"),
        (entry(parties='"DE", "japan"'), "(de-jp-1998).parties[2]", "pattern"),
        (entry(parties='"DE", "DE"'), "(de-jp-1998)", "DE is listed twice"),
        (entry(parties='"DE"'), "(de-jp-1998)", "needs two parties"),
        (entry(parties=""), "(de-jp-1998)", "needs two parties"),
        (entry(parties="1, 2"), "(de-jp-1998).parties[1]", "must be text"),
        (entry('branches = ["old"]'), "(de-jp-1998).branches[1]", "'old' is not known"),
        (entry('branches = ["family", "family"]'), "(de-jp-1998)", "family is listed twice"),
        (entry('source = "other"'), "(de-jp-1998).source", "Known: ministry, gazette"),
        (entry("in_force = 1990-01-01\nended = 1989-12-31"), "(de-jp-1998)", "before in_force"),
        (entry("signed = 1990-01-01\nended = 1989-12-31"), "(de-jp-1998)", "before signed"),
        (entry("in_force_by = 1990-01-01\nended = 1989-12-31"), "(de-jp-1998)", "in_force_by"),
        (entry("in_force_by = 1990-01-01\nin_force = 1989-12-31"), "(de-jp-1998)", "Leave out"),
        (
            entry("in_force = 1990-01-01\nnot_in_force = 1990-01-01"),
            *("(de-jp-1998)", "not in force on 1990-01-01"),
        ),
        (
            entry('branches = ["family"]\nbranches_contributions_only = ["family"]'),
            *("(de-jp-1998)", "family is listed twice"),
        ),
        (entry('sides = { FR = "a" }'), "(de-jp-1998)", "sides names FR"),
        (entry('sides = { DE = "a", JP = "a" }'), "(de-jp-1998)", "all parties are on one side"),
        (entry("contributions_only = true\ntotalises = true"), "(de-jp-1998)", "totalises = false"),
        (entry('in_force = "1986-08"'), "(de-jp-1998).in_force", "not a day"),
        (entry("in_force = 1986-08-01T10:00:00"), "(de-jp-1998).in_force", "not a day"),
        (entry('kind = "standard"'), "(de-jp-1998).kind", "'standard' is not known"),
        (entry('replaces = ["de-jp-1998"]'), "(de-jp-1998)", "replace or amend itself"),
        (entry('amends = ["A b"]'), "(de-jp-1998).amends[1]", "pattern"),
        (entry('clauses = "x"'), "(de-jp-1998).clauses", "not known here"),
        (entry('note = "\\u0007"'), "(de-jp-1998).note", "cannot be shown"),
        (entry('title = "\\u009b31m"'), "(de-jp-1998).title", "cannot be shown"),
        (entry(name="DE JP"), "(DE JP).id", "pattern"),
        (entry(name="de\\njp"), "instruments[1].id", "pattern"),
        (entry() + entry(), "instruments[2] (de-jp-1998).id", "instruments[1] already"),
        ("\n[[instruments]]\n", "instruments[1].id", "required"),
        ("\n[[sources]]\nid = 'gazette'\ntitle = ''\naddress = ''\n", "sources", "there twice"),
    ],
)
def test_every_fault_is_told_with_its_place(
    text: str, place: str, told: str, tmp_path: Path
) -> None:
    found = faults(written(tmp_path, text))
    assert any(place in line and told in line for line in found), found


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    found = "\n".join(
        faults(
            written(
                tmp_path,
                entry('branches = ["old"]\nsource = "other"'),
                entry(parties='"DE", "AB"'),
                entry("in_force = 1990-01-01\nended = 1989-12-31", name="de-tr-1964"),
                head=HEAD.replace("checked = 2030-02-01\n", ""),
            )
        )
    )
    for words in ("checked: ", "'old'", "'other'", "no State", "already", "before in_force"):
        assert words in found


@pytest.mark.parametrize(
    "text",
    [
        "",
        'format = "ssacalc-list/2"',
        HEAD.replace("2030-02-01", '"today"'),
        HEAD + "instruments = 3",
        HEAD + 'instruments = ["de-ma-1981"]',
        HEAD + "instruments = [[]]",
        HEAD + "instruments = [{ id = [], source = {}, parties = 3 }]",
        'format = "ssacalc-list/1"\nsources = 5\ninstruments = { id = "a" }',
        'format = "ssacalc-list/1"\nsources = [1, { id = 2 }]\ninstruments = [{ source = "x" }]',
        "x = " + "[" * 100_000,
        "\x00",
        "format = 1\n" * 2,
    ],
)
def test_what_is_no_list_is_refused_in_words(text: str, tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InvalidLaw) as caught:
        read_list(path)
    assert caught.value.problems


def test_a_list_is_known_by_its_format(tmp_path: Path) -> None:
    assert is_list(written(tmp_path))
    assert is_list(written(tmp_path, head=HEAD.replace('"ssacalc-list/1"', "'ssacalc-list/1'")))
    assert not is_list(folder("agreements") / "ca-in-2012.toml")
    assert not is_list(tmp_path / "none.toml")


@pytest.fixture
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of a small library with one list, in the place of the shipped one."""
    place = tmp_path / "shipped"
    agreements = place / "agreements"
    agreements.mkdir(parents=True)
    text = (folder("agreements") / "ca-in-2012.toml").read_text("utf-8")
    (agreements / "ca-in-2012.toml").write_text(text, encoding="utf-8")
    written(agreements / "lists", WHOLE, SPARE)
    monkeypatch.setattr(law, "folder", lambda name: place / name)
    monkeypatch.setattr(checking, "folder", lambda name: place / name)
    monkeypatch.setattr(compiled, "cache_folder", lambda: tmp_path / "cache")
    return agreements


def ids(held: Law) -> list[str]:
    return [i.id for i in held.instruments]


def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    read: list[str] = []
    real = law._read

    def spy(path: Path, kind: str) -> object:
        read.append(path.name)
        return real(path, kind)

    monkeypatch.setattr(law, "_read", spy)
    return read


def test_the_cache_holds_the_instruments_of_a_list(
    shipped: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = load_agreements()
    assert ids(first) == ["ca-in-2012", "de-in-2008", "de-ma-1981"]
    assert first.edition.startswith("2030-02-01 (")
    read = counted(monkeypatch)
    again = load_agreements()
    assert read == []
    assert again == first
    assert ids(load_law(["DE", "MA"])) == ["de-ma-1981"]
    assert ids(load_law(["DE", "FR"])) == []
    written(shipped / "lists", WHOLE.replace("Read whole.", "Read again."), SPARE)
    changed = load_agreements()
    assert read == ["de.toml"]
    assert changed.instruments[2].note == "Read again."
    assert changed.edition != first.edition
    (shipped / "lists" / "de.toml").unlink()
    assert ids(load_agreements()) == ["ca-in-2012"]


@pytest.mark.usefixtures("shipped")
def test_a_damaged_cache_is_read_past(monkeypatch: pytest.MonkeyPatch) -> None:
    first = load_agreements()
    place = compiled.cache_folder()
    assert place is not None
    content = bytearray((place / compiled.NAME).read_bytes())
    content[-40] ^= 1
    (place / compiled.NAME).write_bytes(content)
    assert load_agreements() == first
    read = counted(monkeypatch)
    assert load_agreements() == first
    monkeypatch.setattr(law, "encoded", lambda value: None)
    (place / compiled.NAME).unlink()
    assert load_agreements() == first
    assert load_law(["DE", "MA"]).instruments == first.instruments[2:]
    assert read.count("de.toml") == 2


def test_an_office_has_lists_of_its_own(shipped: Path, tmp_path: Path) -> None:
    own = tmp_path / "own"
    written(own / "lists", entry(), name="own")
    written(own, entry(name="de-kr-2000", parties='"DE", "KR"'), name="beside")
    assert {"de-jp-1998", "de-kr-2000"} <= set(ids(load_agreements([own])))
    assert shipped.exists()


def test_the_same_id_in_two_places_is_a_fault(shipped: Path) -> None:
    written(shipped / "lists", entry(name="ca-in-2012", parties='"CA", "IN"'), WHOLE, name="ma")
    with pytest.raises(InvalidLaw) as caught:
        load_agreements()
    told = "\n".join(str(problem) for problem in caught.value.problems)
    assert "the instrument ca-in-2012 is in" in told
    assert "the instrument de-ma-1981 is in" in told
    assert "remove one of them" in told
    assert ids(load_law(["DE", "IN"])) == ["de-in-2008"]  # the twins are of other States
    with pytest.raises(InvalidLaw, match="de-ma-1981"):
        load_law(["DE", "MA"])


def test_a_broken_list_stops_those_whom_it_may_concern(shipped: Path) -> None:
    written(shipped / "lists", WHOLE, SPARE.replace('"unverified"', '"unread"'))
    assert ids(load_law(["CA", "IN"])) == ["ca-in-2012"]
    for countries in (["DE", "MA"], None):
        with pytest.raises(InvalidLaw, match=r"instruments\[2\] \(de-in-2008\)\.status"):
            load_law(countries)


def told(path: Path) -> list[tuple[str, Concern]]:
    return [(f.instrument, f.concern) for f in check_instruments([path], ON).findings]


def test_a_list_that_is_named_is_held_against_the_library(shipped: Path, tmp_path: Path) -> None:
    assert told(shipped / "lists" / "de.toml") == []
    twin = written(tmp_path / "other", WHOLE, name="other")
    (fault,) = check_instruments([twin], ON).faults
    assert "de-ma-1981: this instrument is in de.toml already" in str(fault)
    signed = "signed = 1981-03-25"
    same = entry(signed, name="de-ma-1982", parties='"DE", "MA"')
    found = told(written(tmp_path / "same", same, name="same"))
    assert ("de-ma-1982", Concern.TWICE) in found
    assert ("de-ma-1982", Concern.NAME) in found
    at_once = entry("signed = 1990-01-01\nin_force = 1991-01-01", parties='"DE", "MA"')
    path = written(tmp_path / "once", at_once.replace("de-jp-1998", "de-ma-1990"), name="once")
    assert told(path) == [("de-ma-1990", Concern.OVERLAP)]
    path.write_text(path.read_text("utf-8") + 'replaces = ["de-ma-1981"]\n', encoding="utf-8")
    assert told(path) == [("de-ma-1990", Concern.OVERLAP)]  # it binds on when it is replaced
    apart = at_once.replace("de-jp-1998", "de-ma-1990") + 'branches = ["family"]\n'
    assert told(written(tmp_path / "apart", apart, name="apart")) == []


def test_one_with_a_file_of_its_own_is_told(shipped: Path, tmp_path: Path) -> None:
    own = entry("in_force = 2015-08-01", name="ca-in-2013", parties='"CA", "IN"')
    path = written(tmp_path / "a", own, name="a")
    (finding,) = check_instruments([path], ON).findings
    assert finding.concern is Concern.TWICE
    assert "ca-in-2012, which is coded in a file of its own" in finding.told
    whole = written(shipped / "lists", own, name="a")
    report = check_instruments([], ON)
    assert (report.files, report.faults) == (3, ())
    assert ("ca-in-2013", Concern.TWICE) in [(f.instrument, f.concern) for f in report.findings]
    written(shipped / "lists", WHOLE, name="a")
    (fault,) = check_instruments([], ON).faults
    assert "de.toml has what another file has" in str(fault)
    assert whole.exists()


def test_what_is_odd_in_an_entry_is_told(tmp_path: Path) -> None:
    late = entry("signed = 1999-01-01\nin_force = 1998-01-01")
    bare = entry(name="jp-xx", parties='"DE", "IN"')
    year = entry("signed = 1997-01-01", name="de-jp-1996")
    early = entry("in_force = 1990-01-01", name="de-jp-1995")
    found = [[f.concern for f in check_instrument(i, ON)] for i in read(tmp_path, late, bare, year)]
    assert found[0].count(Concern.DATES) == 3
    assert found[1] == [Concern.NAME, Concern.UNVERIFIED]
    assert found[2] == [Concern.NAME]
    (held,) = read(tmp_path, early)
    assert [f.concern for f in check_instrument(held, date(2040, 1, 1))] == [
        Concern.NAME,
        Concern.STALE,
    ]


def between(tmp_path: Path, *entries: str, on: date = ON) -> Corridor:
    return corridor(Law(read(tmp_path, *entries), (), ""), ("DE", "JP"), on)


def test_a_corridor_shows_what_binds_without_branches(tmp_path: Path) -> None:
    found = between(tmp_path, entry("in_force = 2000-02-01"))
    assert [i.id for i in found.instruments] == ["de-jp-1998"]
    assert (found.bindings, found.other, found.undated()) == ((), (), ())
    found = between(tmp_path, entry('in_force = 2000-02-01\nbranches = ["family"]'))
    assert [(b.branch, b.binds) for b in found.bindings] == [(Branch.FAMILY, Binds.BOTH)]


def test_a_corridor_tells_what_may_have_been_replaced(tmp_path: Path) -> None:
    new = entry('replaces = ["de-jp-1998"]', name="de-jp-2015")
    found = between(tmp_path, entry("in_force = 2000-02-01"), new)
    (old,) = found.instruments
    assert [i.id for i in found.maybe_replaced(old)] == ["de-jp-2015"]
    found = between(tmp_path, entry(), new)
    assert found.instruments == ()
    assert "It may have been replaced by Germany–Japan 2015 (de-jp-2015)" in corridor_words(found)


@pytest.mark.parametrize(
    ("more", "on", "may"),
    [
        ("", ON, True),
        ("signed = 1998-01-01", ON, True),
        ("signed = 2021-01-01", ON, False),
        ("ended = 2010-01-01", ON, False),
        ("ended = 2010-01-01", date(2005, 1, 1), True),
        ("in_force_by = 2030-01-01", ON, True),
        ("in_force = 2030-01-01", ON, False),
        ('kind = "labour"', ON, False),
    ],
)
def test_one_whose_days_are_not_known_may_bind(
    more: str, on: date, may: bool, tmp_path: Path
) -> None:
    found = between(tmp_path, entry(more), on=on)
    assert found.instruments == ()
    assert [i.id for i in found.undated()] == (["de-jp-1998"] if may else [])


def test_coverage_tells_the_coded_from_the_catalogue(tmp_path: Path) -> None:
    held = (*read(tmp_path, WHOLE), *load_law(["CA", "IN"]).instruments)
    counted = totals(held, ON)
    assert (counted.instruments, counted.coded, counted.verified) == (2, 1, 1)
    row = coverage_table(held, (), ON).rows[1]
    assert row[:6] == ("DE", "Germany", 1, 1, 0, 0)
    assert row[6] == ("MA",)


def test_an_instrument_of_a_list_is_selected_like_others(tmp_path: Path) -> None:
    held = read(tmp_path, WHOLE, SPARE)
    assert [i.id for i in selected(held, ["MA"], ON, Branch.OLD_AGE)] == ["de-ma-1981"]
    assert selected(held, ["MA"], ON, Branch.FAMILY) == ()


def test_the_schema_admits_what_the_reader_admits(tmp_path: Path) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    from ssacalc.files import read_plain
    from ssacalc.library.list_file import ListFile

    schema = ListFile.model_json_schema()
    plain = json.loads(json.dumps(read_plain(written(tmp_path, WHOLE), InvalidLaw), default=str))
    jsonschema.validate(plain, schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**plain, "more": 1}, schema)
