"""A statement on paper: ``render`` is the one door, so that another engine can stand behind it."""

import os
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from io import BytesIO
from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate, Paragraph, Spacer

from ssacalc.report import pdf_style as style
from ssacalc.report.pdf_blocks import OutlineHeading, flowables
from ssacalc.report.tree import Statement
from ssacalc.report.wording import Wording

FOOT_SIZE, LEAST_SIZE = 7.5, 5.0


def render(statement: Statement) -> bytes:
    """Return a statement as a PDF file; the same statement always gives the same bytes."""
    style.register()
    buffer = BytesIO()
    paper = Paper(statement, buffer)
    story = [
        Paragraph(style.markup(statement.title), style.TITLE),
        Paragraph(style.markup(statement.subtitle), style.SUBTITLE),
        Spacer(0, 10),
        *_warned(statement),
        *flowables(statement.blocks, paper.width, "part"),
        *flowables(statement.annex, paper.width, "annex"),
    ]
    paper.build(story, canvasmaker=_numbered(statement))
    return buffer.getvalue()


def _warned(statement: Statement) -> Iterator[Flowable]:
    """Say at the head that signs of a script are missing which the program's fonts lack."""
    if any(map(style.lacked, _texts(statement))):
        told = Wording(statement.language).text("signs-lacked", sign=style.LACKED)
        yield Paragraph(style.markup(told), style.WARNING)


def _texts(part: object) -> Iterator[str]:
    """Yield every text of a statement or of a part of it."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, tuple):
        for held in part:
            yield from _texts(held)
    elif is_dataclass(part):
        for field in fields(part):
            yield from _texts(getattr(part, field.name))


def write(statement: Statement, path: Path) -> None:
    """Write a statement to a file, whole or not at all."""
    made = render(statement)
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with part.open("xb") as file:
            file.write(made)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


class Paper(BaseDocTemplate):  # type: ignore[misc]  # reportlab has no types
    """A4 pages with one frame; headings go into the outline as they are placed."""

    def __init__(self, statement: Statement, buffer: BytesIO) -> None:
        super().__init__(
            buffer,
            pagesize=A4,
            leftMargin=style.MARGIN,
            rightMargin=style.MARGIN,
            topMargin=style.MARGIN,
            bottomMargin=style.FOOT,
            title=f"{statement.title} · {statement.case}",
            subject=statement.subtitle,
            author=f"ssacalc {statement.version}",
            creator=f"ssacalc {statement.version}",
            lang=statement.language,
            invariant=1,
            displayDocTitle=True,
            initialFontName=style.REGULAR,
        )
        frame = Frame(
            self.leftMargin,
            self.bottomMargin,
            self.width,
            self.height,
            leftPadding=0,
            rightPadding=0,
            topPadding=0,
            bottomPadding=0,
        )
        self.addPageTemplates(PageTemplate(frames=[frame]))
        self._deepest = -1

    def afterFlowable(self, flowable: Flowable) -> None:  # noqa: N802 - reportlab's name
        """Put a heading into the outline; a level is never skipped."""
        if not isinstance(flowable, OutlineHeading):
            return
        text, key, level = flowable.outline
        level = min(level, self._deepest + 1)
        self._deepest = level
        self.canv.bookmarkPage(key)
        self.canv.addOutlineEntry(text, key, level=level, closed=level > 0)


def _numbered(statement: Statement) -> type:
    """Return a canvas that writes every page's footer once all pages are known.

    Each page bears a form that is defined at the end. (Keeping the pages back until the end, as
    is often done, would make every link and outline entry lead to the first page.)
    """

    class Numbered(Canvas):  # type: ignore[misc]  # reportlab has no types
        """Pages with a footer to come."""

        def showPage(self) -> None:  # noqa: N802 - reportlab's name
            """End the page."""
            self.doForm(_form(self.getPageNumber()))
            super().showPage()

        def save(self) -> None:
            """Define the footers and end the document."""
            pages = self.getPageNumber() - 1
            for number in range(1, pages + 1):
                self.beginForm(_form(number), 0, 0, *A4)
                _footer(self, statement, number, pages)
                self.endForm()
            super().save()

    return Numbered


def _form(number: int) -> str:
    return f"foot{number}"


def _footer(canvas: Canvas, statement: Statement, number: int, pages: int) -> None:
    width, _ = A4
    left, right, base = style.MARGIN, width - style.MARGIN, 13 * mm
    page = statement.page.format(page=number, pages=pages)
    room = right - left - stringWidth(page, style.REGULAR, FOOT_SIZE) - 6 * mm
    canvas.setStrokeColor(style.RULE)
    canvas.setLineWidth(0.4)
    canvas.line(left, base + 11, right, base + 11)
    canvas.setFillColor(style.QUIET)
    text, size = _fitting(statement.footer, room)
    canvas.setFont(style.REGULAR, size)
    canvas.drawString(left, base, text)
    canvas.setFont(style.REGULAR, FOOT_SIZE)
    canvas.drawRightString(right, base, page)


def _fitting(text: str, room: float) -> tuple[str, float]:
    """Return a text and its size so that it fits: smaller first, shortened only at the last."""
    size = FOOT_SIZE
    while size > LEAST_SIZE and stringWidth(text, style.REGULAR, size) > room:
        size -= 0.25
    while len(text) > 1 and stringWidth(text, style.REGULAR, size) > room:
        text = text.removesuffix("…")[:-1] + "…"
    return text, size
