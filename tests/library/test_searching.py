"""Words looked up in the library: how they are matched, in what order, and the kept index."""

from pathlib import Path

import pytest

from ssacalc.domain.law import Law
from ssacalc.library import searching
from ssacalc.library.indexing import Index, Passage, kept, made
from ssacalc.library.searching import TITLE, library_index, passages, search
from ssacalc.library.words import words
from tests.library.build import clause, instrument

TEXTS = (
    "Periods of third States may be added",
    "The third party and each State",
    "La pensión de vejez",
    "第三国の期間",
    "Bodies and institutions",
)


def index(*texts: str) -> Index:
    return made(Passage("ma-fr", f"T{n:02}", "art. 1", text) for n, text in enumerate(texts, 1))


def places(query: str, held: Index) -> list[str]:
    return [hit.passage.place for hit in search([held], query).hits]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("third state", ["T01", "T02"]),
        ("STATES third", ["T02", "T01"]),
        ("pension", ["T03"]),
        ("Pensión de vejez", ["T03"]),
        ("third pension", []),
        ("body", ["T05"]),
        ("期", ["T04"]),
        ("institut*", ["T05"]),
        ("institut", ["T05"]),
        ("", []),
        ("?", []),
    ],
)
def test_all_words_must_be_there_whatever_their_case_accent_or_number(
    query: str, expected: list[str]
) -> None:
    assert sorted(places(query, index(*TEXTS))) == sorted(expected)


def test_words_that_stand_together_come_first() -> None:
    assert places("third state", index(*TEXTS))[0] == "T01"


def test_a_star_finds_more_than_the_word_alone() -> None:
    held = index("stateless persons", "a state")
    assert places("state", held) == ["T02"]
    assert sorted(places("state*", held)) == ["T01", "T02"]


def test_names_come_before_clauses_and_silence_last() -> None:
    held = made(
        [
            Passage("a", "T06", "", "Periods of third States: silent."),
            Passage("b", "T06", "", "Periods of third States: none."),
            Passage("c", TITLE, "", "On the periods of third States"),
        ]
    )
    assert [hit.passage.instrument for hit in search([held], "third states").hits] == [
        "c",
        "b",
        "a",
    ]


def test_only_the_best_are_given_but_all_are_counted() -> None:
    found = search([index(*["state"] * 30)], "state", most=5)
    assert (len(found.hits), found.total) == (5, 30)


def test_a_search_can_be_kept_to_some_instruments() -> None:
    held = made(Passage(name, "note", "", "state") for name in ("a", "b"))
    assert [h.passage.instrument for h in search([held], "state", {"b"}).hits] == ["b"]


def test_several_indexes_are_searched_together() -> None:
    found = search([index("one state"), index("another state")], "state")
    assert found.total == 2


def test_clauses_notes_and_sources_of_an_instrument_are_found() -> None:
    held = instrument(
        "MA FR", clause("T06", "bound-to-both", note="Refugees too", months=24), note="An old text"
    )
    found = {passage.place: passage.text for passage in passages([held])}
    assert found.keys() == {TITLE, "note", "T06", "source"}
    assert found["T06"] == "Periods of third States: bound-to-both. months 24 Refugees too"


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(searching, "cache_folder", lambda: tmp_path / "cache")
    return tmp_path / "cache" / searching.NAME


def edition(name: str) -> Law:
    return Law((instrument("MA FR", note=f"edition {name}"),), (), name)


def test_the_index_is_kept_and_made_anew_for_another_edition(
    cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = library_index(edition("one"))
    assert cache.is_file()
    monkeypatch.setattr(searching, "made", lambda _: pytest.fail("it was made anew"))
    again = library_index(edition("one"))
    assert again.text == first.text
    assert places("edition one", again) == ["note"]
    monkeypatch.undo()
    monkeypatch.setattr(searching, "cache_folder", lambda: cache.parent)
    assert places("edition two", library_index(edition("two"))) == ["note"]


@pytest.mark.parametrize("damage", [0, 30, 200, -5])
def test_a_damaged_index_is_made_anew(cache: Path, damage: int) -> None:
    library_index(edition("one"))
    content = bytearray(cache.read_bytes())
    content[damage] ^= 1
    cache.write_bytes(content)
    assert places("edition one", library_index(edition("one"))) == ["note"]


@pytest.mark.parametrize("content", [b"", b"x", b"\n\n", b"\n\n\n"])
def test_a_file_that_is_no_index_is_none(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "index"
    path.write_bytes(content)
    assert kept(path, "stamp") is None


def test_without_a_cache_folder_the_search_works_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocked = tmp_path / "blocked"
    blocked.write_text("a file", encoding="utf-8")
    for place in (None, blocked):
        monkeypatch.setattr(searching, "cache_folder", lambda place=place: place)
        assert places("edition one", library_index(edition("one"))) == ["note"]


def test_an_index_over_nothing_finds_nothing() -> None:
    assert search([made([])], "state").total == 0


def test_tabs_and_lines_within_a_passage_do_not_part_it() -> None:
    held = made([Passage("a", "note", "", "one\ttwo\nthree")])
    assert held.passage(0).text == "one two three"


@pytest.mark.parametrize(
    ("word", "expected"),
    [("states", "state"), ("bodies", "body"), ("class", "class"), ("gas", "gas"), ("État", "etat")],
)
def test_a_word_loses_case_accent_and_plural(word: str, expected: str) -> None:
    assert list(words(word)) == [expected]


def test_single_letters_are_left_out_and_single_numbers_kept() -> None:
    assert list(words("a State's 2nd or 3 b")) == ["state", "2nd", "or", "3"]
