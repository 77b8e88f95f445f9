"""The statement as a tree of plain values that paper, screen and terminal share.

All text is in the statement's language and in reading order. ``direction`` stands once for the
whole statement; a renderer mirrors tables and isolates figures and codes where it is ``rtl``.
"""

from dataclasses import dataclass, field
from enum import StrEnum


class Tone(StrEnum):
    """How loudly a paragraph speaks."""

    PLAIN = "plain"
    QUIET = "quiet"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: ``level`` 1 for a part of the statement, 2 within it, 3 within that."""

    text: str
    level: int = 1
    new_page: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One or more sentences."""

    text: str
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True)
class Item:
    """A point of a list: what is said, what it means or what to do, and the law."""

    text: str
    note: str = ""
    law: str = ""


@dataclass(frozen=True, slots=True)
class Points:
    """A list of points, in no order that matters."""

    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """Pairs of a name and what is stated under it."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table. ``steps`` are the numbers of the steps that show how it was found."""

    text: str
    steps: tuple[int, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its heading, its share of the width, whether it holds figures."""

    text: str
    width: int
    figures: bool = False
    note: str = ""


class Weight(StrEnum):
    """How a row stands out."""

    PLAIN = "plain"
    RESULT = "result"
    ASIDE = "aside"


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table."""

    cells: tuple[Cell, ...]
    weight: Weight = Weight.PLAIN


@dataclass(frozen=True, slots=True)
class Table:
    """A table; the headings repeat on every page it runs over."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Reference:
    """A citation worded, with where its text was read. ``mark`` names the source in the list."""

    text: str
    mark: str = ""
    source: str = ""
    address: str = ""
    verified: bool = True


@dataclass(frozen=True, slots=True)
class NumberedStep:
    """A step as worded: its number in the statement and those of the steps it rests on."""

    number: int
    label: str
    value: str
    working: str
    law: tuple[Reference, ...] = ()
    uses: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Steps:
    """Steps in the order in which they were taken."""

    items: tuple[NumberedStep, ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """A period on the timeline in years and parts of years; the sure part lies within it."""

    start: float
    end: float
    sure_start: float
    sure_end: float
    label: str
    voluntary: bool = False

    @property
    def sure(self) -> bool:
        """Tell whether the period certainly covers the whole bar."""
        return (self.sure_start, self.sure_end) == (self.start, self.end)


@dataclass(frozen=True, slots=True)
class Lane:
    """One row of a State's bars; bars of one lane do not meet."""

    label: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    """Periods by State and year. The words name the three kinds of bar."""

    title: str
    first_year: int
    last_year: int
    lanes: tuple[Lane, ...]
    sure: str = ""
    voluntary: str = ""
    possible: str = ""

    @property
    def has_voluntary(self) -> bool:
        """Tell whether any bar is of voluntary time."""
        return any(bar.voluntary for lane in self.lanes for bar in lane.bars)

    @property
    def has_possible(self) -> bool:
        """Tell whether any bar is not certain throughout."""
        return any(not bar.sure for lane in self.lanes for bar in lane.bars)


Block = Heading | Paragraph | Points | Facts | Table | Steps | Timeline


@dataclass(frozen=True, slots=True)
class Statement:
    """A whole statement. ``annex`` shows how every figure was found."""

    title: str
    subtitle: str
    language: str
    direction: str
    case: str
    edition: str
    version: str
    footer: str
    page: str
    blocks: tuple[Block, ...]
    annex: tuple[Block, ...] = field(default=())
