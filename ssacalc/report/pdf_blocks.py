"""The blocks of a statement as reportlab flowables."""

from collections.abc import Iterable, Iterator, Sequence

from reportlab.lib.units import mm
from reportlab.platypus import (
    CondPageBreak,
    Flowable,
    KeepTogether,
    PageBreak,
    Spacer,
)
from reportlab.platypus import Paragraph as Set
from reportlab.platypus import Table as Grid

from ssacalc.report import pdf_style as style
from ssacalc.report.annex import runs
from ssacalc.report.pdf_timeline import drawings
from ssacalc.report.tree import (
    Block,
    Cell,
    Column,
    Facts,
    Heading,
    Item,
    NumberedStep,
    Paragraph,
    Points,
    Row,
    Steps,
    Table,
    Timeline,
    Tone,
    Weight,
)

SHORT = 18
"""Rows up to which a table is kept whole on one page where it fits."""
ROOM = 42 * mm
"""Room a heading asks for below it, so that it never stands alone at the foot of a page."""
BULLET, FROM = "•", "←"
Commands = list[tuple[object, ...]]


class OutlineHeading(Set):  # type: ignore[misc]  # reportlab has no types
    """A heading that the document puts into its outline."""

    def __init__(self, heading: Heading, key: str) -> None:
        super().__init__(style.markup(heading.text), style.HEADINGS[heading.level])
        self.outline = (heading.text, key, heading.level - 1)


def flowables(blocks: Iterable[Block], width: float, prefix: str) -> Iterator[Flowable]:
    """Yield the flowables of blocks; headings stay with what follows them."""
    waiting: list[Flowable] = []
    for number, block in enumerate(blocks):
        if isinstance(block, Heading):
            if block.new_page:
                yield PageBreak()
            waiting.append(OutlineHeading(block, f"{prefix}{number}"))
            continue
        yield from _with_headings(waiting, _drawn(block, width), _splits(block))
        waiting = []
    yield from waiting


def _splits(block: Block) -> bool:
    """Tell whether a block may run over pages."""
    match block:
        case Table():
            return len(block.rows) > SHORT
        case Steps():
            return True
        case _:
            return False


def _with_headings(
    headings: Sequence[Flowable],
    groups: Sequence[Sequence[Flowable]],
    splits: bool,  # noqa: FBT001 - private, always by place
) -> Iterator[Flowable]:
    if splits or not groups:
        if headings:
            yield CondPageBreak(ROOM)
        yield from headings
        yield from (part for group in groups for part in group)
    else:
        yield KeepTogether([*headings, *groups[0]])
        yield from (KeepTogether([*group]) for group in groups[1:])


def _drawn(block: Block, width: float) -> list[Sequence[Flowable]]:
    """Return what a block is drawn as, in groups that stay on one page."""
    drawn: list[Sequence[Flowable]]
    match block:
        case Paragraph():
            drawn = [[_paragraph(block, width)]]
        case Points():
            drawn = [list(_item(item)) for item in block.items]
        case Facts():
            drawn = [[_facts(block, width), Spacer(0, 6)]]
        case Table():
            drawn = [[_table(block, width), Spacer(0, 12)]]
        case Steps():
            drawn = [[_steps(block, width)]]
        case Timeline():
            title = Set(style.markup(block.title), style.FACT_NAME)
            first, *others = drawings(block)
            drawn = [[title, first], *([other] for other in others)]
        case Heading():
            drawn = []
    return drawn


def _paragraph(paragraph: Paragraph, width: float) -> Flowable:
    text = style.markup(paragraph.text)
    match paragraph.tone:
        case Tone.PLAIN:
            return Set(text, style.BODY)
        case Tone.QUIET:
            return Set(text, style.SMALL)
        case Tone.WARNING:
            commands: Commands = [
                *_base(6),
                ("BACKGROUND", (0, 0), (-1, -1), style.WARN_TINT),
                ("LINEBEFORE", (0, 0), (0, -1), 2.5, style.WARN),
                ("LEFTPADDING", (0, 0), (-1, -1), 9),
                ("RIGHTPADDING", (0, 0), (-1, -1), 9),
            ]
            return Grid(
                [[Set(text, style.WARNING)]], colWidths=[width], style=commands, spaceAfter=6
            )


def _item(item: Item) -> Iterator[Flowable]:
    text = style.markup(item.text)
    if item.law:
        text += f' <font size="8" color="{style.QUIET.hexval()}">[{style.markup(item.law)}]</font>'
    yield Set(text, style.POINT, bulletText=BULLET)
    if item.note:
        yield Set(style.markup(item.note), style.POINT_NOTE)


def _base(padding: float) -> Commands:
    """Return what every table says of its cells: the font (no other gets in), place, room."""
    whole = ((0, 0), (-1, -1))
    return [
        ("FONTNAME", *whole, style.REGULAR),
        ("VALIGN", *whole, "TOP"),
        ("LEFTPADDING", *whole, 0),
        ("RIGHTPADDING", *whole, 0),
        ("TOPPADDING", *whole, padding),
        ("BOTTOMPADDING", *whole, padding),
    ]


def _facts(facts: Facts, width: float) -> Flowable:
    """Set facts in two columns, read down the left one first."""
    half = -(-len(facts.rows) // 2)
    left, right = facts.rows[:half], facts.rows[half:]
    rows = []
    for number in range(half):
        pairs = [left[number], right[number] if number < len(right) else ("", "")]
        rows.append([part for pair in pairs for part in _fact(*pair)])
    widths = [width * share for share in (0.13, 0.38, 0.12, 0.37)]
    commands = [
        *_base(2),
        ("RIGHTPADDING", (1, 0), (1, -1), 12),
        ("LINEABOVE", (0, 0), (-1, 0), 0.8, style.ACCENT),
        ("LINEBELOW", (0, -1), (-1, -1), 0.4, style.RULE),
        ("TOPPADDING", (0, 0), (-1, 0), 6),
        ("BOTTOMPADDING", (0, -1), (-1, -1), 6),
    ]
    return Grid(rows, colWidths=widths, style=commands, splitInRow=1)


def _fact(name: str, value: str) -> tuple[Flowable, Flowable]:
    return Set(style.markup(name), style.FACT_NAME), Set(style.markup(value), style.FACT_VALUE)


def _table(table: Table, width: float) -> Flowable:
    shares = sum(column.width for column in table.columns)
    scale = width / max(shares, 100)
    head = [_column(column) for column in table.columns]
    rows = [_row(row, table.columns) for row in table.rows]
    commands = [
        *_base(3.5),
        ("LEFTPADDING", (0, 0), (-1, -1), 5),
        ("RIGHTPADDING", (0, 0), (-1, -1), 5),
        ("LINEBELOW", (0, 0), (-1, 0), 0.8, style.ACCENT),
        ("LINEBELOW", (0, 1), (-1, -1), 0.4, style.HAIR),
    ]
    for number, row in enumerate(table.rows, start=1):
        commands += _weighed(row, number)
    return Grid(
        [head, *rows],
        colWidths=[column.width * scale for column in table.columns],
        style=commands,
        repeatRows=1,
        hAlign="LEFT",
        splitInRow=1,
    )


def _weighed(row: Row, number: int) -> Commands:
    whole = ((0, number), (-1, number))
    match row.weight:
        case Weight.PLAIN:
            return []
        case Weight.ASIDE:
            return [("LINEABOVE", *whole, 0.8, style.RULE)]
        case Weight.RESULT:
            return [
                ("BACKGROUND", *whole, style.TINT),
                ("LINEABOVE", *whole, 0.8, style.ACCENT),
                ("LINEBELOW", *whole, 0.8, style.ACCENT),
                ("TOPPADDING", *whole, 5),
                ("BOTTOMPADDING", *whole, 5),
            ]


def _column(column: Column) -> list[Flowable]:
    set_in = style.HEAD_RIGHT if column.figures else style.HEAD
    told = [Set(style.markup(column.text), set_in)]
    if column.note:
        note = style.ASIDE_RIGHT if column.figures else style.ASIDE
        told.append(Set(style.markup(column.note), note))
    return told


CELLS = {
    Weight.PLAIN: (style.CELL, style.CELL_RIGHT),
    Weight.RESULT: (style.RESULT, style.RESULT_RIGHT),
    Weight.ASIDE: (style.ASIDE, style.ASIDE_RIGHT),
}


def _row(row: Row, columns: Sequence[Column]) -> list[list[Flowable]]:
    left, right = CELLS[row.weight]
    return [
        _cell(cell, right if column.figures else left)
        for cell, column in zip(row.cells, columns, strict=True)
    ]


def _cell(cell: Cell, set_in: object) -> list[Flowable]:
    text = _linked_address(cell.text)
    if cell.steps:
        text += f"&nbsp;{_links(cell.steps)}" if len(cell.steps) == 1 else f" {_links(cell.steps)}"
    told = [Set(text, set_in)]
    if cell.note:
        aside = style.ASIDE_RIGHT if set_in is style.RESULT_RIGHT else style.ASIDE
        told.append(Set(style.markup(cell.note), aside))
    return told


def _linked_address(text: str) -> str:
    told = style.markup(text)
    return f'<a href="{told}">{told}</a>' if text.startswith(("https://", "http://")) else told


def _links(numbers: Sequence[int]) -> str:
    """Return step numbers that lead to their steps."""
    quiet = style.QUIET.hexval()
    told = ", ".join(
        "–".join(f'<a href="#step{number}">({number})</a>' for number in run)
        for run in runs(numbers)
    )
    return f'<font name="{style.REGULAR}" size="7" color="{quiet}">{told}</font>'


def _steps(steps: Steps, width: float) -> Flowable:
    rows = [_step(step) for step in steps.items]
    commands = [
        *_base(4),
        ("RIGHTPADDING", (1, 0), (1, -1), 12),
        ("LINEBELOW", (0, 0), (-1, -1), 0.4, style.HAIR),
        ("LINEABOVE", (0, 0), (-1, 0), 0.8, style.ACCENT),
    ]
    widths = [width * share for share in (0.07, 0.73, 0.2)]
    return Grid(rows, colWidths=widths, style=commands, splitInRow=1)


def _step(step: NumberedStep) -> list[list[Flowable]]:
    anchor = f'<a name="step{step.number}"/>'
    said = [Set(style.markup(step.label), style.STEP_LABEL)]
    if step.working:
        said.append(Set(style.markup(step.working), style.STEP_WORKING))
    law = [f"{law.text} [{law.mark}]" if law.mark else law.text for law in step.law]
    told = style.markup("; ".join(law))
    if step.uses:
        told = " · ".join(
            part for part in (told, f"{style.markup(FROM)} {_links(step.uses)}") if part
        )
    if told:
        said.append(Set(told, style.STEP_LAW))
    number = Set(f"{anchor}({step.number})", style.STEP_NUMBER)
    return [[number], said, [Set(style.markup(step.value), style.STEP_VALUE)]]
