"""A statement as plain text for the terminal: a hundred columns, no colour needed."""

from collections.abc import Iterable, Iterator, Sequence
from textwrap import TextWrapper

from ssacalc.domain.determination import Determination
from ssacalc.report.annex import listed
from ssacalc.report.statement import statement
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
    Statement,
    Steps,
    Table,
    Timeline,
    Tone,
    Weight,
)
from ssacalc.report.wording import Wording

WIDTH = 100
GAP = 2
BAR, SURE, VOLUNTARY, RULE = ".", "#", "=", "-"


def wrap(text: str, width: int, first: str = "", then: str | None = None) -> list[str]:
    """Return a text in lines, never broken at a hyphen; ``first`` and ``then`` indent them."""
    wrapper = TextWrapper(width, break_on_hyphens=False, initial_indent=first)
    wrapper.subsequent_indent = first if then is None else then
    return wrapper.wrap(text)


def as_text(determination: Determination, wording: Wording, *, brief: bool = False) -> str:
    """Return a determination as readable text; ``brief`` leaves out how figures were found."""
    return rendered(statement(determination, wording), brief=brief)


def rendered(made: Statement, *, brief: bool = False) -> str:
    """Return a statement as readable text."""
    lines = [made.title, made.subtitle, "=" * max(len(made.title), len(made.subtitle))]
    blocks = made.blocks if brief else (*made.blocks, *made.annex)
    for block in blocks:
        lines += ["", *_block(block)]
    return "\n".join(line.rstrip() for line in _single_spaced(lines)) + "\n"


def _single_spaced(lines: Iterable[str]) -> Iterator[str]:
    """Drop blank lines that follow a blank line."""
    blank = False
    for line in lines:
        if line or not blank:
            yield line
        blank = not line


def _block(block: Block) -> Iterable[str]:
    lines: Iterable[str]
    match block:
        case Heading():
            lines = _heading(block)
        case Paragraph():
            lines = _paragraph(block)
        case Points():
            lines = [line for item in block.items for line in _item(item)]
        case Facts():
            lines = _facts(block)
        case Table():
            lines = _table(block)
        case Steps():
            lines = [line for step in block.items for line in _step(step)]
        case Timeline():
            lines = _timeline(block)
    return lines


def _paragraph(paragraph: Paragraph) -> list[str]:
    mark = "! " if paragraph.tone is Tone.WARNING else ""
    return wrap(paragraph.text, WIDTH, mark, " " * len(mark))


def _heading(heading: Heading) -> list[str]:
    if heading.level > 1:
        return [heading.text]
    return ["", heading.text, RULE * min(len(heading.text), WIDTH)]


def _item(item: Item) -> Iterator[str]:
    said = f"{item.text} [{item.law}]" if item.law else item.text
    yield from wrap(said, WIDTH, "- ", "  ")
    if item.note:
        yield from wrap(item.note, WIDTH, "  > ", "    ")


def _facts(facts: Facts) -> Iterator[str]:
    width = max((len(name) for name, _ in facts.rows), default=0) + GAP
    for name, value in facts.rows:
        indent = " " * width
        lines = wrap(value, WIDTH - width) or [""]
        yield f"{name:{width}}{lines[0]}"
        yield from (f"{indent}{line}" for line in lines[1:])


def _table(table: Table) -> Iterator[str]:
    widths = _widths(table)
    heads = [Cell(column.text) for column in table.columns]
    yield from _cells(heads, table.columns, widths)
    notes = [Cell(column.note) for column in table.columns]
    if any(cell.text for cell in notes):
        yield from _cells(notes, table.columns, widths)
    yield _ruled(widths)
    for row in table.rows:
        yield from _row(row, table.columns, widths)


def _row(row: Row, columns: Sequence[Column], widths: Sequence[int]) -> Iterator[str]:
    if row.weight is not Weight.PLAIN:
        yield _ruled(widths)
    yield from _cells(row.cells, columns, widths)


def _ruled(widths: Sequence[int]) -> str:
    return (" " * GAP).join(RULE * width for width in widths)


def _widths(table: Table) -> list[int]:
    """Share the line out by what each column needs, at the most by its share of the width."""
    room = WIDTH - GAP * (len(table.columns) - 1)
    shares = sum(column.width for column in table.columns)
    fair = [column.width * room // shares for column in table.columns]
    needs = [
        max([len(column.text), len(column.note), *(_needed(row.cells[n]) for row in table.rows)])
        for n, column in enumerate(table.columns)
    ]
    spare = room - sum(min(need, share) for need, share in zip(needs, fair, strict=True))
    widths = []
    for need, share in zip(needs, fair, strict=True):
        more = min(max(need - share, 0), spare)
        spare -= more
        widths.append(max(min(need, share) + more, 1))
    return widths


def _needed(cell: Cell) -> int:
    return max(len(_told(cell)), len(cell.note))


def _told(cell: Cell) -> str:
    return " ".join(part for part in (cell.text, listed(cell.steps)) if part)


def _wrapped(cell: Cell, width: int) -> list[str]:
    """Return a cell's lines; its note stands below."""
    return [*wrap(_told(cell), width), *wrap(cell.note, width)] or [""]


def _cells(
    cells: Sequence[Cell], columns: Sequence[Column], widths: Sequence[int]
) -> Iterator[str]:
    wrapped = [_wrapped(cell, width) for cell, width in zip(cells, widths, strict=True)]
    for line in range(max(len(lines) for lines in wrapped)):
        placed = []
        for lines, column, width in zip(wrapped, columns, widths, strict=True):
            text = lines[line] if line < len(lines) else ""
            placed.append(f"{text:>{width}}" if column.figures else f"{text:<{width}}")
        yield (" " * GAP).join(placed)


def _step(step: NumberedStep) -> Iterator[str]:
    number = f"({step.number})"
    indent = " " * 6
    head = f"{step.label}: {step.value}" if step.value else step.label
    if step.uses:
        head = f"{head}  <- {listed(step.uses)}"
    yield from wrap(head, WIDTH, f"{number:<6}", indent)
    yield from wrap(step.working, WIDTH, indent)
    for law in step.law:
        said = f"{law.text} [{law.mark}]" if law.mark else law.text
        yield from wrap(said, WIDTH, f"{indent}§ ", f"{indent}  ")


def _timeline(timeline: Timeline) -> Iterator[str]:
    label = max((len(lane.label) for lane in timeline.lanes), default=0) + GAP
    yield timeline.title
    years = timeline.last_year - timeline.first_year + 1
    scale = max(1, (WIDTH - label) // years) if years <= WIDTH - label else 1
    per_year = scale if years * scale <= WIDTH - label else (WIDTH - label) / years
    yield " " * label + _year_line(timeline, per_year)
    for lane in timeline.lanes:
        line = [" "] * (WIDTH - label)
        for bar in lane.bars:
            mark = VOLUNTARY if bar.voluntary else SURE
            _draw(line, timeline, per_year, (bar.start, bar.end), BAR)
            if bar.sure_end > bar.sure_start:
                _draw(line, timeline, per_year, (bar.sure_start, bar.sure_end), mark)
        yield f"{lane.label:<{label}}{''.join(line)}"
    yield " " * label + _legend(timeline)


def _legend(timeline: Timeline) -> str:
    told = [f"{SURE} {timeline.sure}"]
    if timeline.has_voluntary:
        told.append(f"{VOLUNTARY} {timeline.voluntary}")
    if timeline.has_possible:
        told.append(f"{BAR} {timeline.possible}")
    return (" " * GAP).join(told)


def _draw(
    line: list[str], timeline: Timeline, per_year: float, ends: tuple[float, float], mark: str
) -> None:
    start = round((ends[0] - timeline.first_year) * per_year)
    end = max(start + 1, round((ends[1] - timeline.first_year) * per_year))
    for place in range(start, min(end, len(line))):
        line[place] = mark


def _year_line(timeline: Timeline, per_year: float) -> str:
    line = [" "] * WIDTH
    step = 5 if per_year * 5 >= 6 else 10
    for year in range(-(-timeline.first_year // step) * step, timeline.last_year + 1, step):
        place = round((year - timeline.first_year) * per_year)
        line[place : place + 4] = list(str(year))
    return "".join(line).rstrip()
