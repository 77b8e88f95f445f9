"""The printed statement: complete, repeatable, written whole or not at all."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from ssacalc.domain.determination import Determination
from ssacalc.report import pdf, pdf_style
from ssacalc.report.statement import statement
from ssacalc.report.tree import Facts, Heading, Paragraph, Points, Statement, Steps, Table
from ssacalc.report.wording import Wording
from tests.report import samples

EVERY = [samples.determination(), samples.NOTHING, samples.EMPTY, samples.large()]


def made(determination: Determination | None = None, language: str = "en") -> Statement:
    wording = Wording(language, {"ca-in-2012": "Canada–India"})
    return statement(determination or samples.determination(), wording, date(2026, 11, 22))


def read(found: Statement) -> PdfReader:
    return PdfReader(BytesIO(pdf.render(found)))


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def texts(found: Statement) -> Iterator[str]:
    yield from (found.title, found.subtitle)
    for block in (*found.blocks, *found.annex):
        match block:
            case Heading() | Paragraph():
                yield block.text
            case Points():
                yield from (part for item in block.items for part in (item.text, item.note))
            case Facts():
                yield from (value for _, value in block.rows)
            case Table():
                yield from (cell.text for row in block.rows for cell in row.cells)
            case Steps():
                yield from (part for s in block.items for part in (s.label, s.working, s.value))
            case _:
                pass


@pytest.mark.parametrize("determination", EVERY)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_everything_the_statement_says_is_on_paper(
    determination: Determination, language: str
) -> None:
    found = made(determination, language)
    pages = squeezed("".join(page.extract_text() for page in read(found).pages))
    running = squeezed(found.footer) + squeezed(found.page.split("{")[0])
    for text in texts(found):
        sought = squeezed(text)
        assert sought in pages or sought in pages.replace(running, ""), text


def test_the_same_statement_gives_the_same_bytes() -> None:
    first = pdf.render(made(samples.large()))
    pdf.render(made())
    assert pdf.render(made(samples.large())) == first


def test_every_page_tells_its_number_the_case_and_the_law() -> None:
    pages = read(made(samples.large())).pages
    for number, page in enumerate(pages, start=1):
        text = page.extract_text()
        assert f"Page {number} of {len(pages)}" in text
        assert "Case 2026-0417 · Law 2026.1" in text


def test_only_the_programs_own_fonts_are_used_and_all_are_embedded() -> None:
    fonts = {
        font["/BaseFont"]: font["/FontDescriptor"]
        for page in read(made(samples.large())).pages
        for font in (f.get_object() for f in page["/Resources"]["/Font"].values())  # type: ignore[index]
    }
    assert fonts
    for name, descriptor in fonts.items():
        assert "NotoSans" in name
        assert "/FontFile2" in descriptor.get_object()


def test_the_document_tells_its_title_author_and_language() -> None:
    reader = read(made(language="fr"))
    assert reader.metadata is not None
    assert reader.metadata.title == "Relevé des droits à pension · 2026-0417"
    assert str(reader.metadata.author).startswith("ssacalc ")
    assert reader.trailer["/Root"]["/Lang"] == "fr"  # type: ignore[index]


def test_the_headings_make_the_outline() -> None:
    reader = read(made())
    entries = [entry for entry in reader.outline if not isinstance(entry, list)]
    assert [entry["/Title"] for entry in entries][:2] == ["In short", "Result by State"]
    last = entries[-1]
    page = reader.pages[reader.get_destination_page_number(last) or 0]
    assert str(last["/Title"]) == "Annex: how each figure was found"
    assert str(last["/Title"]) in page.extract_text()


def test_a_number_in_a_table_leads_to_its_step() -> None:
    reader = read(made())
    links = [link.get_object() for link in reader.pages[0]["/Annots"]]  # type: ignore[union-attr]
    numbers = {page.indirect_reference: n for n, page in enumerate(reader.pages)}
    first = next(n for n, page in enumerate(reader.pages) if "Annex" in page.extract_text())
    assert len(links) >= 15
    assert all(numbers[link["/Dest"][0]] >= first for link in links)


def test_the_headings_of_a_long_table_repeat() -> None:
    pages = [page.extract_text() for page in read(made(samples.large())).pages]
    assert sum("Known by" in page for page in pages) > 1


def test_a_sign_the_text_font_lacks_is_set_in_the_other_font() -> None:
    case = replace(samples.CASE, title="a ≥ b − c → d")
    text = "".join(p.extract_text() for p in read(made(samples.determination(case=case))).pages)
    assert "a ≥ b − c → d" in text.replace("\n", " ")


def test_markup_in_a_name_is_text() -> None:
    case = replace(samples.CASE, title="<b>&amp; <para> </font>")
    text = "".join(p.extract_text() for p in read(made(samples.determination(case=case))).pages)
    assert squeezed("<b>&amp; <para> </font>") in squeezed(text)


def test_a_word_longer_than_its_column_is_broken_not_clipped() -> None:
    person = replace(samples.CASE.person, name="A" * 150)
    case = replace(samples.CASE, person=person)
    text = "".join(p.extract_text() for p in read(made(samples.determination(case=case))).pages)
    assert "A" * 150 in squeezed(text)


def test_a_footer_too_long_for_its_line_is_shortened() -> None:
    long = replace(made(), footer="Case " + "x" * 400)
    assert "…" in read(long).pages[0].extract_text()


def test_many_lanes_are_drawn_in_pieces_that_fit() -> None:
    periods = tuple(samples.period("CA", samples.on(1990), samples.on(2000)) for _ in range(90))
    case = replace(samples.CASE, periods=periods)
    assert len(read(made(samples.determination(case=case))).pages) > 4


def test_a_statement_is_written_to_a_file(tmp_path: Path) -> None:
    path = tmp_path / "statement.pdf"
    path.write_bytes(b"old")
    pdf.write(made(), path)
    assert path.read_bytes().startswith(b"%PDF")
    assert [p.name for p in tmp_path.iterdir()] == ["statement.pdf"]


def test_a_failed_write_leaves_the_old_file_and_nothing_half(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "statement.pdf"
    path.write_bytes(b"old")

    def full(_: int) -> None:
        message = "no space left on device"
        raise OSError(message)

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="no space"):
        pdf.write(made(), path)
    assert path.read_bytes() == b"old"
    assert [p.name for p in tmp_path.iterdir()] == ["statement.pdf"]


@pytest.mark.parametrize("name", ["आशा राव", "田中 花子", "أمينة"])
def test_letters_that_no_font_has_are_marked_and_told(name: str) -> None:
    case = replace(samples.CASE, person=replace(samples.CASE.person, name=name))
    found = made(replace(samples.determination(), case=case))
    first = " ".join(read(found).pages[0].extract_text().split())
    assert "\ufffd\ufffd" in first
    assert "Some letters could not be printed" in first


def test_letters_that_the_fonts_have_bring_no_warning() -> None:
    assert not pdf_style.lacked("Élodie Łukasiewicz Παπαδόπουλος Иванова Nguyễn 1 ≤ 2")
