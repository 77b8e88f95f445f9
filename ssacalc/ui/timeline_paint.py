"""How the timeline is painted: bars coloured and patterned by family, years, legend."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QLinearGradient, QPainter, QPainterPath, QPen

from ssacalc.domain.case import PeriodFamily
from ssacalc.ui.look import Look, mixed
from ssacalc.ui.periods import PeriodLine
from ssacalc.ui.timeline_layout import Arrangement, Bar

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class Key:
    """An entry of the legend: a family of periods, or (``None``) displaced days."""

    family: PeriodFamily | None
    text: str


def keys(lines: Sequence[PeriodLine]) -> tuple[Key, ...]:
    """Return the legend for what is on the timeline."""
    words = {
        PeriodFamily.COMPULSORY: translate("timeline", "Compulsory"),
        PeriodFamily.VOLUNTARY: translate("timeline", "Voluntary"),
        PeriodFamily.RESIDENCE: translate("timeline", "Residence"),
        PeriodFamily.EQUIVALENT: translate("timeline", "Equivalent"),
    }
    families = {line.period.kind.family for line in lines}
    found = [Key(family, words[family]) for family in PeriodFamily if family in families]
    if any(line.displaced for line in lines):
        found.append(Key(None, translate("timeline", "Set aside by an overlap")))
    return tuple(found)


def ground(painter: QPainter, arrangement: Arrangement, look: Look) -> None:
    """Paint the years, the lanes and their names."""
    colours = look.colours
    line, muted = QColor(colours.line), QColor(colours.muted)
    metrics = QFontMetricsF(painter.font())
    top = min((lane.rect.top() for lane in arrangement.lanes), default=arrangement.height)
    faint = mixed(line, QColor(colours.surface), 0.45)
    for tick in arrangement.ticks:
        painter.setPen(QPen(line if tick.label else faint, 1))
        painter.drawLine(QLineF(tick.x, top, tick.x, arrangement.height))
        if tick.label:
            painter.setPen(muted)
            half = metrics.horizontalAdvance(tick.label)
            at = QRectF(tick.x - half, 0, 2 * half, top - look.px(3))
            painter.drawText(at, int(Qt.AlignmentFlag.AlignCenter), tick.label)
    for lane in arrangement.lanes:
        both = lane.label.united(lane.rect)
        painter.setPen(QPen(line, 1))
        painter.drawLine(QLineF(both.left(), lane.rect.top(), both.right(), lane.rect.top()))
        painter.setPen(QColor(colours.text))
        room = lane.label.adjusted(look.px(2), 0, -look.px(8), 0)
        state = metrics.elidedText(lane.state, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(
            room, int(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter), state
        )
    if arrangement.claim is not None and arrangement.lanes:
        painter.setPen(QPen(QColor(colours.accent), look.px(2)))
        painter.drawLine(QLineF(arrangement.claim, top, arrangement.claim, arrangement.height))


def bar(painter: QPainter, drawn: Bar, line: PeriodLine, look: Look) -> None:
    """Paint one period."""
    colours = look.colours
    family = line.period.kind.family
    colour, surface = colours.family(family), QColor(colours.surface)
    solid = family is PeriodFamily.COMPULSORY
    fill = colour if solid else mixed(colour, surface, 0.18)
    shape = QPainterPath()
    shape.addRoundedRect(drawn.rect, look.px(3), look.px(3))
    painter.setPen(Qt.PenStyle.NoPen)
    if not drawn.dated:
        painter.setPen(QPen(colour, 1, Qt.PenStyle.DashLine))
        painter.setBrush(mixed(colour, surface, 0.08))
        painter.drawPath(shape)
        _label(painter, drawn.rect, undated_label(line), (QColor(colours.text), None), look)
        return
    certain = drawn.sure == drawn.rect
    if certain:
        painter.fillPath(shape, fill)
    else:
        painter.fillPath(shape, _faded(drawn, fill, surface))
    _pattern(painter, drawn.sure or drawn.rect, family, (colour, look))
    for cut in drawn.displaced:
        _displaced(painter, cut, look)
    painter.setPen(QPen(colour, 1, Qt.PenStyle.SolidLine if certain else Qt.PenStyle.DotLine))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(shape)
    ink = QColor(colours.on_accent) if solid else QColor(colours.text)
    paper = None if solid else fill
    _label(painter, _free(drawn), line.kind, (ink, paper), look)


def _free(drawn: Bar) -> QRectF:
    """Return the widest sure part of a bar that is not displaced."""
    room = drawn.sure or drawn.rect
    edges = [room.left()]
    for cut in sorted(drawn.displaced, key=QRectF.left):
        edges += [cut.left(), cut.right()]
    edges.append(room.right())
    gaps = zip(edges[::2], edges[1::2], strict=True)
    left, right = max(gaps, key=lambda gap: gap[1] - gap[0])
    return QRectF(left, room.top(), right - left, room.height())


def undated_label(line: PeriodLine) -> str:
    """Return what is written on a period without dates."""
    return translate("timeline", "no dates: {time}").format(time=line.cells[4])


def _faded(drawn: Bar, fill: QColor, surface: QColor) -> QLinearGradient:
    """Return a fill that is full where the period is sure and thins out towards its bounds."""
    rect, sure = drawn.rect, drawn.sure
    gradient = QLinearGradient(rect.topLeft(), rect.topRight())
    pale = mixed(fill, surface, 0.15)
    gradient.setColorAt(0, pale if sure is None or sure.left() > rect.left() else fill)
    if sure is None:
        gradient.setColorAt(0.5, mixed(fill, surface, 0.55))
    else:
        gradient.setColorAt(min(1.0, (sure.left() - rect.left()) / rect.width()), fill)
        gradient.setColorAt(min(1.0, (sure.right() - rect.left()) / rect.width()), fill)
    gradient.setColorAt(1, pale if sure is None or sure.right() < rect.right() else fill)
    return gradient


def _label(
    painter: QPainter,
    rect: QRectF,
    text: str,
    inks: tuple[QColor, QColor | None],
    look: Look,
) -> None:
    """Write on a bar what it is, where there is room; on plain paper where it is patterned."""
    metrics = QFontMetricsF(painter.font())
    pad = look.px(6)
    width = metrics.horizontalAdvance(text)
    if width > rect.width() - 2 * pad:
        return
    ink, paper = inks
    at = QRectF(rect.left() + pad, rect.top(), width + 1, rect.height())
    if paper is not None:
        painter.fillRect(at.adjusted(-pad / 2, 2, pad / 2, -2), paper)
    painter.setPen(ink)
    painter.drawText(at, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), text)


def _pattern(
    painter: QPainter, rect: QRectF, family: PeriodFamily, how: tuple[QColor, Look]
) -> None:
    """Tell the families apart without colour: plain, slanted lines, level lines, dots."""
    colour, look = how
    gap = look.px(6)
    painter.save()
    painter.setClipRect(rect, Qt.ClipOperation.IntersectClip)
    ink = QColor(colour)
    ink.setAlphaF(0.55)
    painter.setPen(QPen(ink, look.px(1)))
    match family:
        case PeriodFamily.COMPULSORY:
            pass
        case PeriodFamily.VOLUNTARY:
            painter.drawLines(_slanted(rect, gap))
        case PeriodFamily.RESIDENCE:
            rows = range(1, int(rect.height() // gap) + 1)
            painter.drawLines(
                [
                    QLineF(
                        rect.left(), rect.top() + row * gap, rect.right(), rect.top() + row * gap
                    )
                    for row in rows
                ]
            )
        case PeriodFamily.EQUIVALENT:
            painter.setBrush(ink)
            painter.setPen(Qt.PenStyle.NoPen)
            dot = 1.1 * look.scale
            for row in range(int(rect.height() // gap) + 1):
                for place in range(int(rect.width() // gap) + 2):
                    x = rect.left() + place * gap + (gap / 2 if row % 2 else 0)
                    painter.drawEllipse(QPointF(x, rect.top() + row * gap + 2 * dot), dot, dot)
    painter.restore()


def _slanted(rect: QRectF, gap: float, *, falling: bool = False) -> list[QLineF]:
    height = rect.height()
    count = int((rect.width() + height) // gap) + 1
    lines = []
    for place in range(count):
        x = rect.left() - height + place * gap
        ends = (rect.top(), rect.bottom()) if falling else (rect.bottom(), rect.top())
        lines.append(QLineF(x, ends[0], x + height, ends[1]))
    return lines


def _displaced(painter: QPainter, rect: QRectF, look: Look) -> None:
    """Cross out days that another period displaces."""
    colours = look.colours
    painter.save()
    painter.setClipRect(rect, Qt.ClipOperation.IntersectClip)
    painter.fillRect(rect, QColor(colours.surface))
    painter.setPen(QPen(QColor(colours.muted), look.px(1)))
    gap = look.px(5)
    painter.drawLines(_slanted(rect, gap))
    painter.drawLines(_slanted(rect, gap, falling=True))
    painter.restore()


def swatch(painter: QPainter, rect: QRectF, key: Key, look: Look) -> None:
    """Paint the sample of a legend entry."""
    if key.family is None:
        _displaced(painter, rect, look)
        colour = QColor(look.colours.muted)
    else:
        colour = look.colours.family(key.family)
        solid = key.family is PeriodFamily.COMPULSORY
        surface = QColor(look.colours.surface)
        painter.fillRect(rect, colour if solid else mixed(colour, surface, 0.18))
        _pattern(painter, rect, key.family, (colour, look))
    painter.setPen(QPen(colour, 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(rect)
