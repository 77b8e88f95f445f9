"""Where everything on the timeline lies: lanes by State, bars by date, years on the axis."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QRectF

from ssacalc.domain.spans import Span
from ssacalc.ui.periods import PeriodLine

YEAR = 365.2425
STEPS = (1, 2, 5, 10, 20, 50)


@dataclass(frozen=True, slots=True)
class Room:
    """The room there is: widths and heights in pixels, and the reading direction."""

    width: float
    labels: float
    year_label: float
    bar: float
    gap: float
    axis: float
    undated: float
    mirrored: bool = False


@dataclass(frozen=True, slots=True)
class Bar:
    """One period: the room it may take at the most, the part that is sure, the parts displaced."""

    line: int
    rect: QRectF
    sure: QRectF | None
    displaced: tuple[QRectF, ...]
    dated: bool


@dataclass(frozen=True, slots=True)
class Lane:
    """One State: its name and the room of its bars."""

    state: str
    label: QRectF
    rect: QRectF


@dataclass(frozen=True, slots=True)
class Tick:
    """A year on the axis; ``label`` is empty where there is no room for it."""

    x: float
    label: str


@dataclass(frozen=True, slots=True)
class Arrangement:
    """Everything on the timeline above its legend."""

    lanes: tuple[Lane, ...]
    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    claim: float | None
    height: float

    def at(self, x: float, y: float) -> int | None:
        """Return the period at a point, or ``None``."""
        for bar in reversed(self.bars):
            if bar.rect.adjusted(-2, 0, 2, 0).contains(x, y):
                return bar.line
        return None


@dataclass(frozen=True, slots=True)
class _Scale:
    first: int
    last: int
    left: float
    right: float
    mirrored: bool

    def x(self, ordinal: float) -> float:
        share = (ordinal - self.first) / (self.last - self.first)
        if self.mirrored:
            return self.right - share * (self.right - self.left)
        return self.left + share * (self.right - self.left)

    def rect(self, span: Span, top: float, height: float) -> QRectF:
        one, other = self.x(span.first.toordinal()), self.x(span.last.toordinal() + 1)
        return QRectF(min(one, other), top, max(2.0, abs(other - one)), height)


def arrange(lines: Sequence[PeriodLine], claim: date | None, room: Room) -> Arrangement:
    """Return where everything lies."""
    scale = _scale(lines, claim, room)
    lanes: list[Lane] = []
    bars: list[Bar] = []
    top = room.axis
    for state, numbers in _by_state(lines):
        rows = _rows(lines, numbers, scale, room)
        height = len(rows) * (room.bar + room.gap) + room.gap
        plot = QRectF(scale.left, top, scale.right - scale.left, height)
        label_left = scale.right if room.mirrored else 0.0
        lanes.append(Lane(state, QRectF(label_left, top, room.labels, height), plot))
        for place, row in enumerate(rows):
            y = top + room.gap + place * (room.bar + room.gap)
            bars.extend(_bar(lines[number], number, scale, (y, room)) for number in row)
        top += height
    bars.sort(key=lambda bar: bar.line)
    at_claim = scale.x(claim.toordinal()) if claim else None
    return Arrangement(tuple(lanes), tuple(bars), tuple(_ticks(scale, room)), at_claim, top)


def _scale(lines: Sequence[PeriodLine], claim: date | None, room: Room) -> _Scale:
    spans = [span for line in lines if (span := line.period.longest)]
    days = [day for span in spans for day in (span.first, span.last)]
    if claim:
        days.append(claim)
    first, last = min(days, default=date(2000, 1, 1)), max(days, default=date(2000, 12, 31))
    begins = date(max(1, first.year - (0 if spans else 1)), 1, 1).toordinal()
    ends = date(min(last.year, date.max.year - 1) + 1, 1, 1).toordinal()
    left = 0.0 if room.mirrored else room.labels
    right = room.width - room.labels if room.mirrored else room.width
    margin = room.gap
    return _Scale(
        begins, ends, left + margin, max(left + 2 * margin, right - margin), room.mirrored
    )


def _by_state(lines: Sequence[PeriodLine]) -> Iterator[tuple[str, list[int]]]:
    states: dict[str, list[int]] = {}
    for number, line in enumerate(lines):
        states.setdefault(line.state, []).append(number)
    yield from states.items()


def _rows(
    lines: Sequence[PeriodLine], numbers: list[int], scale: _Scale, room: Room
) -> list[list[int]]:
    """Put the periods of a State into as few rows as keep them apart."""
    rows: list[list[int]] = []
    ends: list[float] = []
    for number in numbers:
        begin, end = _extent(lines[number], scale, room)
        for place, taken in enumerate(ends):
            if begin >= taken:
                rows[place].append(number)
                ends[place] = end
                break
        else:
            rows.append([number])
            ends.append(end)
    return rows


def _extent(line: PeriodLine, scale: _Scale, room: Room) -> tuple[float, float]:
    """Return where a bar begins and ends, counted from the start of the axis."""
    span = line.period.longest
    if span is None:
        return float("-inf"), float("inf")
    rect = scale.rect(span, 0, room.bar)
    if scale.mirrored:
        return -rect.right(), -rect.left()
    return rect.left(), rect.right()


def _bar(line: PeriodLine, number: int, scale: _Scale, at: tuple[float, Room]) -> Bar:
    top, room = at
    longest, shortest = line.period.longest, line.period.shortest
    if longest is None:
        width = min(room.undated, scale.right - scale.left)
        left = scale.right - width if scale.mirrored else scale.left
        return Bar(number, QRectF(left, top, width, room.bar), None, (), dated=False)
    sure = scale.rect(shortest, top, room.bar) if shortest else None
    cut = tuple(scale.rect(span, top, room.bar) for span in line.displaced)
    return Bar(number, scale.rect(longest, top, room.bar), sure, cut, dated=True)


def _ticks(scale: _Scale, room: Room) -> Iterator[Tick]:
    begins, ends = date.fromordinal(scale.first).year, date.fromordinal(scale.last).year
    per_year = YEAR * (scale.right - scale.left) / (scale.last - scale.first)
    step = next((s for s in STEPS if s * per_year >= room.year_label * 1.5), STEPS[-1])
    for year in range(begins, ends + 1):
        labelled = year % step == 0
        if labelled or per_year >= room.gap:
            x, half = scale.x(date(year, 1, 1).toordinal()), room.year_label / 2
            fits = half <= x <= room.width - half
            yield Tick(x, str(year) if labelled and fits else "")
