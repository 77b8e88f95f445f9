"""Official texts cut into passages: an article each, or a paragraph where there are none."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

LONGEST = 1500
"""Characters after which a passage is cut at the end of a paragraph."""

_NAMES = (
    "article|art|artikel|artículo|articulo|articolo|artigo|artykuł|artikkel|artikla|članak|člen"
    "|čl|cikk|madde|section|sec|paragraph|статья|стаття|член|άρθρο|مادة|المادة"
)
_HEADING = re.compile(
    rf"^[\s#*_]*(?P<name>(?:{_NAMES})\b\.?\s*\**\s*(?:\d+|[IVXLC]+\b|premier|1er)[\w\-]*"
    r"|§+\s*\d+[\w\-]*|第[一-九十百\d]+条)[\s*_]*(?P<mark>[.:\-–—)º°]*)[\s*_.\-–—]*(?P<title>.*)$",
    re.IGNORECASE,
)
_LONG_TITLE = 100
"""Characters of a line that is no heading any more, unless a point or dash follows the number."""

_BLANK = re.compile(r"\n[ \t]*\n")
_PAGE = "\f"


@dataclass(frozen=True, slots=True)
class Cut:
    """A passage of a text: the place as the text names it, and its words."""

    place: str
    text: str


def cut(text: str) -> Iterator[Cut]:
    """Yield the passages of plain text. A form feed begins a page, which the place then names."""
    paged = _PAGE in text
    for page, place, lines in _articles(text):
        where = ", ".join(name for name in (place, f"p. {page}" if paged else "") if name)
        for number, part in enumerate(parts(_paragraphs(lines)), 1):
            yield Cut(where or f"paragraph {number}", part)


def _articles(text: str) -> Iterator[tuple[int, str, list[str]]]:
    """Yield page, heading and lines of every article; what comes before has no heading."""
    page, place, begun = 1, "", 1
    lines: list[str] = []
    for line in text.replace(_PAGE, f"\n{_PAGE}\n").split("\n"):
        if line == _PAGE:
            page += 1
            continue
        heading = _HEADING.match(line)
        if heading is None or not _heads(heading["mark"], heading["title"]):
            lines.append(line)
            continue
        yield begun, place, lines
        place, begun, lines = " ".join(heading["name"].strip("* .").split()), page, []
        if heading["title"]:
            lines.append(heading["title"])
    yield begun, place, lines


def _heads(mark: str, title: str) -> bool:
    """Tell a heading from a sentence that begins with the number of an article."""
    if mark or not title:
        return True
    return len(title) <= _LONG_TITLE and title[0].isupper()


def _paragraphs(lines: Iterable[str]) -> Iterator[str]:
    for paragraph in _BLANK.split("\n".join(lines)):
        joined = " ".join(paragraph.split())
        if joined:
            yield joined


def parts(paragraphs: Iterable[str]) -> Iterator[str]:
    """Yield paragraphs joined to passages that are not too long."""
    held: list[str] = []
    for paragraph in paragraphs:
        if held and sum(map(len, held)) + len(paragraph) > LONGEST:
            yield " ".join(held)
            held = []
        held.append(paragraph)
    if held:
        yield " ".join(held)
