"""Official texts attached by an office: kept in its data folder, found, listed, removed."""

import builtins
import sys
from pathlib import Path
from types import ModuleType

import pytest

from ssacalc import resources
from ssacalc.domain.errors import InvalidLaw
from ssacalc.library import attaching, searching
from ssacalc.library.attaching import attach, attached, detach, texts_index
from ssacalc.library.searching import search
from tests.library.build import TODAY

TEXT = "Article 1\nPeriods of third States are added.\n\nArticle 2\nDone.\n"


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    place = tmp_path / "data"
    monkeypatch.setattr(attaching, "data_folder", lambda: place)
    monkeypatch.setattr(searching, "cache_folder", lambda: tmp_path / "cache")
    return place / "texts"


@pytest.fixture
def text(tmp_path: Path) -> Path:
    path = tmp_path / "The Text (final).txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_a_text_is_kept_with_a_copy_of_the_original(text: Path, data: Path) -> None:
    kept = attach("ca-in-2012", text, TODAY, "The agreement")
    assert (kept.name, kept.title) == ("the-text-final", "The agreement")
    assert kept.original == data / "ca-in-2012" / "the-text-final.txt"
    assert kept.original.read_text(encoding="utf-8") == TEXT
    assert attached("ca-in-2012") == (kept,)
    assert attached() == (kept,)
    assert attached("ca-us-1981") == ()


def test_attached_passages_are_found_with_their_article(text: Path) -> None:
    assert texts_index() is None
    attach("ca-in-2012", text, TODAY)
    held = texts_index()
    assert held is not None
    (hit,) = search([held], "third states").hits
    passage = hit.passage
    assert (passage.instrument, passage.place) == ("ca-in-2012", "text the-text-final")
    assert (passage.article, passage.text) == ("Article 1", "Periods of third States are added.")


def test_a_text_of_the_same_name_gives_way(text: Path) -> None:
    attach("ca-in-2012", text, TODAY)
    text.write_text("Article 1\nAnother wording.\n", encoding="utf-8")
    attach("ca-in-2012", text, TODAY)
    assert len(attached("ca-in-2012")) == 1
    held = texts_index()
    assert held is not None
    assert search([held], "third states").total == 0
    assert search([held], "another wording").total == 1


def test_a_detached_text_is_gone_with_its_copy_but_not_the_own_file(text: Path, data: Path) -> None:
    kept = attach("ca-in-2012", text, TODAY)
    detach("ca-in-2012", kept.name)
    assert attached() == ()
    assert not (data / "ca-in-2012").exists()
    assert text.exists()
    with pytest.raises(InvalidLaw, match="no such text is attached"):
        detach("ca-in-2012", kept.name)


@pytest.mark.parametrize("name", ["..", "*", "", "../texts/x", "ca-in-2012/", "CA-IN-2012"])
def test_only_the_id_of_an_instrument_names_a_folder(name: str, text: Path) -> None:
    attach("ca-in-2012", text, TODAY)
    with pytest.raises(InvalidLaw, match="no such text is attached"):
        detach(name, "the-text-final")
    assert len(attached()) == 1


def test_xml_names_its_own_title(tmp_path: Path) -> None:
    path = tmp_path / "act.xml"
    path.write_text(
        "<Statute><Identification><ShortTitle>The Act</ShortTitle></Identification>"
        "<Body><Section><Label>1</Label><Text>So it is.</Text></Section></Body></Statute>",
        encoding="utf-8",
    )
    kept = attach("ca-in-2012", path, TODAY)
    assert (kept.title, kept.passages[0].place) == ("The Act", "s. 1")


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("none.txt", None, "no such file"),
        ("none.pdf", None, "no such file"),
        ("empty.txt", b"  \n", "holds no text"),
        ("broken.pdf", b"%PDF-1.4 nothing", "PDF cannot be read"),
        ("binary.txt", b"\xff\xfe\x00", "not a text file"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_words(
    tmp_path: Path, name: str, content: bytes | None, told: str, data: Path
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(InvalidLaw, match=told):
        attach("ca-in-2012", path, TODAY)
    assert not data.exists()


def test_a_pdf_is_read_page_by_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from pypdf import PdfWriter, _page

    pages = iter(["Article 1\nOne.", "Article 2\nTwo."])
    monkeypatch.setattr(_page.PageObject, "extract_text", lambda _: next(pages))
    path = tmp_path / "text.pdf"
    writer = PdfWriter()
    for _ in range(2):
        writer.add_blank_page(100, 100)
    writer.write(path)
    kept = attach("ca-in-2012", path, TODAY)
    assert [passage.place for passage in kept.passages] == ["Article 1, p. 1", "Article 2, p. 2"]


def test_without_pypdf_a_pdf_is_refused_with_what_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = builtins.__import__

    def without(name: str, *more: object) -> ModuleType:
        if name.startswith("pypdf"):
            raise ImportError(name)
        return real(name, *more)  # type: ignore[arg-type]

    monkeypatch.setattr(builtins, "__import__", without)
    path = tmp_path / "text.pdf"
    path.write_bytes(b"%PDF")
    with pytest.raises(InvalidLaw, match="pypdf, which is not installed"):
        attach("ca-in-2012", path, TODAY)


def test_a_damaged_file_of_an_attached_text_is_told(text: Path, data: Path) -> None:
    kept = attach("ca-in-2012", text, TODAY)
    (data / "ca-in-2012" / f"{kept.name}.json").write_text("{}", encoding="utf-8")
    with pytest.raises(InvalidLaw, match="damaged"):
        attached()


def test_a_folder_that_cannot_be_written_is_told(text: Path, data: Path) -> None:
    data.parent.write_text("a file, not a folder", encoding="utf-8")
    with pytest.raises(InvalidLaw, match="cannot be kept"):
        attach("ca-in-2012", text, TODAY)


def test_without_a_folder_for_data_nothing_is_attached(
    text: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attaching, "data_folder", lambda: None)
    assert attached() == ()
    assert texts_index() is None
    with pytest.raises(InvalidLaw, match="no folder for data"):
        attach("ca-in-2012", text, TODAY)


@pytest.mark.parametrize(
    ("platform", "variables", "expected"),
    [
        ("linux", {"XDG_DATA_HOME": "/d"}, "/d/ssacalc"),
        ("linux", {"XDG_DATA_HOME": "relative"}, "HOME/.local/share/ssacalc"),
        ("linux", {}, "HOME/.local/share/ssacalc"),
        ("darwin", {}, "HOME/Library/Application Support/ssacalc"),
        ("win32", {"LOCALAPPDATA": "/local"}, "/local/ssacalc/data"),
        ("win32", {}, "HOME/AppData/Local/ssacalc/data"),
    ],
)
def test_data_lie_where_the_system_keeps_them(
    platform: str, variables: dict[str, str], expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setattr(Path, "home", lambda: Path("HOME"))
    for name in ("XDG_DATA_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert resources.data_folder() == Path(expected)


def test_without_a_home_there_is_no_folder_for_data(monkeypatch: pytest.MonkeyPatch) -> None:
    def homeless() -> Path:
        raise RuntimeError

    monkeypatch.setattr(Path, "home", homeless)
    assert resources.data_folder() is None
