"""Official texts in XML cut into passages: Akoma Ntoso, and the form of Justice Canada."""

from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

from ssacalc.domain.errors import InvalidLaw, Problem
from ssacalc.library.passages import Cut, parts

_ARTICLES = {"article", "section", "rule", "clause", "recital"}
"""Elements of Akoma Ntoso that are a passage; the innermost but a paragraph."""

_PARAGRAPHS = {"p", "heading", "listIntroduction", "listWrapUp", "subheading"}
_LEFT_OUT = {"meta", "authorialNote", "noteRef"}


def cut_xml(path: Path, text: str) -> tuple[str, tuple[Cut, ...]]:
    """Return title and passages of a text in XML; raises :class:`InvalidLaw` for other XML."""
    root = _root(path, text)
    name = _name(root)
    if name == "akomaNtoso":
        return _akoma_title(root), tuple(_akoma(root))
    if name in ("Regulation", "Statute"):
        return _canada_title(root), tuple(_canada(root))
    fault = f"this XML is not a form known here (it begins with {name})."
    remedy = "Attach Akoma Ntoso, the XML of Justice Canada, plain text or PDF."
    raise InvalidLaw(f"{path.name} cannot be attached.", (Problem(str(path), fault, remedy),))


def _root(path: Path, text: str) -> ElementTree.Element:
    problem = ""
    if "<!ENTITY" in text:
        problem = "it defines entities of its own, which is not admitted."
    else:
        try:
            return ElementTree.fromstring(text)  # noqa: S314 - no entities, and at most 10 MB
        except (ElementTree.ParseError, ValueError) as broken:
            problem = f"the XML is not well formed: {broken}."
    raise InvalidLaw(f"{path.name} cannot be attached.", (Problem(str(path), problem),))


def _name(element: ElementTree.Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _words(element: ElementTree.Element) -> str:
    """Return the text of an element without its notes."""
    return " ".join("".join(_texts(element)).split())


def _texts(element: ElementTree.Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if _name(child) not in _LEFT_OUT:
            yield from _texts(child)
        yield child.tail or ""


def _children(element: ElementTree.Element, *names: str) -> Iterator[ElementTree.Element]:
    return (child for child in element if _name(child) in names)


# Akoma Ntoso


def _akoma_title(root: ElementTree.Element) -> str:
    for element in root.iter():
        if _name(element) in ("docTitle", "shortTitle", "longTitle"):
            return _words(element)
    return ""


def _akoma(root: ElementTree.Element) -> Iterator[Cut]:
    articles = [e for e in root.iter() if _name(e) in _ARTICLES and not _holds_article(e)]
    for article in articles:
        place = _numbered(article) or article.get("eId", "") or article.get("id", "")
        for part in parts(_akoma_paragraphs(article)):
            yield Cut(place, part)
    if not articles:
        for part in parts(_akoma_paragraphs(root)):
            yield Cut("text", part)


def _holds_article(element: ElementTree.Element) -> bool:
    return any(e is not element and _name(e) in _ARTICLES for e in element.iter())


def _numbered(element: ElementTree.Element) -> str:
    return next((_words(number) for number in _children(element, "num")), "")


def _akoma_paragraphs(element: ElementTree.Element) -> Iterator[str]:
    """Yield the paragraphs below an element, each after the number it stands under."""
    for child in element:
        name = _name(child)
        if name in _PARAGRAPHS:
            yield _words(child)
        elif name not in _LEFT_OUT and name != "num":
            number = _numbered(child)
            for paragraph in _akoma_paragraphs(child):
                yield f"{number} {paragraph}" if number else paragraph
                number = ""


# Justice Canada


def _canada_title(root: ElementTree.Element) -> str:
    for wanted in ("LongTitle", "ShortTitle"):
        for element in root.iter():
            if _name(element) == wanted:
                return _words(element)
    return ""


def _canada(root: ElementTree.Element) -> Iterator[Cut]:
    """Yield the sections of an act, and the articles of an agreement in a schedule."""
    place = ""
    held: list[str] = []
    for place_of_next, text in _canada_lines(root, ""):
        if place_of_next != place and held:
            yield from _cuts(place, held)
            held = []
        place = place_of_next
        held.append(text)
    yield from _cuts(place, held)


def _cuts(place: str, paragraphs: list[str]) -> Iterator[Cut]:
    return (Cut(place or "opening", part) for part in parts(paragraphs))


def _canada_lines(element: ElementTree.Element, place: str) -> Iterator[tuple[str, str]]:
    """Yield the paragraphs below an element, each with the article or section it stands in."""
    for child in element:
        name = _name(child)
        if name == "Heading":
            place = _label(child) or place
            yield from ((place, _words(title)) for title in _children(child, "TitleText"))
        elif name == "Section":
            yield from _canada_lines(child, f"s. {_label(child)}")
        elif name == "Text":
            yield place, f"{_label(element)} {_words(child)}".strip()
        elif name == "Schedule":
            yield from _canada_lines(child, "")
        elif name not in _NOT_TEXT:
            yield from _canada_lines(child, place)
            place = _last_heading(child) or place


_NOT_TEXT = ("Identification", "Label", "HistoricalNote")


def _label(element: ElementTree.Element) -> str:
    return next((_words(label) for label in _children(element, "Label")), "")


def _last_heading(element: ElementTree.Element) -> str:
    """Return the heading that holds for what follows an element."""
    labels = (_label(heading) for heading in element.iter() if _name(heading) == "Heading")
    return next((label for label in reversed(list(labels)) if label), "")
