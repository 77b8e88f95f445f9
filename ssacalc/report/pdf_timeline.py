"""The timeline drawn on paper: lanes by State, bars by period, a grid of years."""

from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Flowable

from ssacalc.report.pdf_style import ACCENT, HAIR, INK, POSSIBLE, QUIET, REGULAR, RULE, VOLUNTARY
from ssacalc.report.tree import Bar, Lane, Timeline

LABEL_SIZE = 8.0
YEAR_SIZE = 7.0
LANE, BAR = 13.0, 7.5
AXIS, LEGEND = 14.0, 18.0
GAP = 8.0
MOST_LANES = 36
"""Lanes drawn in one piece; more are cut into pieces that fit a page."""


def drawings(timeline: Timeline) -> list["Drawing"]:
    """Return a timeline in pieces that each fit on a page; the last bears the legend."""
    lanes = timeline.lanes
    starts = range(0, len(lanes), MOST_LANES)
    return [
        Drawing(timeline, lanes[start : start + MOST_LANES], last=start == starts[-1])
        for start in starts
    ]


class Drawing(Flowable):  # type: ignore[misc]  # reportlab has no types
    """Some lanes of a timeline under an axis of years."""

    def __init__(self, timeline: Timeline, lanes: tuple[Lane, ...], *, last: bool) -> None:
        super().__init__()
        self._timeline, self._lanes, self._last = timeline, lanes, last
        self._labels = max(
            (stringWidth(lane.label, REGULAR, LABEL_SIZE) for lane in lanes), default=0.0
        )

    def wrap(self, available: float, height: float) -> tuple[float, float]:
        """Return the size: the whole width, as high as the lanes."""
        self.width = available
        self.height = AXIS + LANE * len(self._lanes) + (LEGEND if self._last else 4)
        return self.width, self.height

    def draw(self) -> None:
        """Draw the grid, the lanes and the legend."""
        self._left = min(self._labels, self.width * 0.3) + GAP
        bottom = LEGEND if self._last else 4
        top = bottom + LANE * len(self._lanes)
        self._grid(bottom, top)
        for number, lane in enumerate(self._lanes):
            self._lane(lane, top - LANE * (number + 1))
        if self._last:
            self._legend()

    def _x(self, moment: float) -> float:
        years = self._timeline.last_year + 1 - self._timeline.first_year
        across = (moment - self._timeline.first_year) / years
        return float(self._left + across * (self.width - self._left))

    def _grid(self, bottom: float, top: float) -> None:
        canvas = self.canv
        first, last = self._timeline.first_year, self._timeline.last_year + 1
        per_year = (self.width - self._left) / (last - first)
        step = next((n for n in (1, 2, 5, 10, 20) if n * per_year >= 26), 50)
        canvas.setFont(REGULAR, YEAR_SIZE)
        canvas.setLineWidth(0.4)
        for year in range(-(-first // step) * step, last + 1, step):
            x = self._x(year)
            canvas.setStrokeColor(HAIR)
            canvas.line(x, bottom, x, top)
            canvas.setFillColor(QUIET)
            if x + 18 <= self.width:
                canvas.drawString(x + 1, top + 4, str(year))
        canvas.setStrokeColor(RULE)
        canvas.line(self._left, top, self.width, top)
        canvas.line(self._left, bottom, self.width, bottom)

    def _lane(self, lane: Lane, y: float) -> None:
        canvas = self.canv
        canvas.setFont(REGULAR, LABEL_SIZE)
        canvas.setFillColor(INK)
        canvas.drawString(0, y + (LANE - LABEL_SIZE) / 2 + 1, self._fitting(lane.label))
        for bar in lane.bars:
            self._bar(bar, y + (LANE - BAR) / 2)

    def _fitting(self, label: str) -> str:
        while stringWidth(label, REGULAR, LABEL_SIZE) > self._left - GAP + 0.1:
            label = label.removesuffix("…")[:-1] + "…"
        return label

    def _bar(self, bar: Bar, y: float) -> None:
        colour = VOLUNTARY if bar.voluntary else ACCENT
        if not bar.sure:
            self._box(bar.start, bar.end, y, POSSIBLE, colour)
        if bar.sure_end > bar.sure_start:
            self._box(bar.sure_start, bar.sure_end, y, colour, colour)

    def _box(self, start: float, end: float, y: float, fill: object, stroke: object) -> None:
        canvas = self.canv
        x = self._x(start)
        canvas.setFillColor(fill)
        canvas.setStrokeColor(stroke)
        canvas.setLineWidth(0.6)
        canvas.rect(x + 0.3, y, max(self._x(end) - x - 0.6, 0.8), BAR, stroke=1, fill=1)

    def _legend(self) -> None:
        timeline, canvas = self._timeline, self.canv
        marks = [(timeline.sure, ACCENT, ACCENT)]
        if timeline.has_voluntary:
            marks.append((timeline.voluntary, VOLUNTARY, VOLUNTARY))
        if timeline.has_possible:
            marks.append((timeline.possible, POSSIBLE, ACCENT))
        x = self._left
        for text, fill, stroke in marks:
            canvas.setFillColor(fill)
            canvas.setStrokeColor(stroke)
            canvas.rect(x + 0.3, 3, 9, 5, stroke=1, fill=1)
            canvas.setFillColor(QUIET)
            canvas.setFont(REGULAR, YEAR_SIZE)
            canvas.drawString(x + 13, 3, text)
            x += 13 + stringWidth(text, REGULAR, YEAR_SIZE) + 14
