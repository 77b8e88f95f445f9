"""Periods in words, and where they lie on the timeline."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as some

from ssacalc.domain.case import Case, PeriodKind
from ssacalc.domain.spans import Span
from ssacalc.report.wording import Wording
from ssacalc.ui.periods import PeriodLine, headings, period_lines
from ssacalc.ui.timeline_layout import Arrangement, Room, arrange
from tests.ui import samples

ROOM = Room(width=800, labels=90, year_label=30, bar=20, gap=4, axis=24, undated=140)
MIRRORED = Room(800, 90, 30, 20, 4, 24, 140, mirrored=True)
CLAIM = samples.CASE.claim.on


@pytest.fixture
def lines(words: Wording) -> tuple[PeriodLine, ...]:
    return period_lines(samples.TWO, words)


def test_periods_stand_state_by_state_and_by_date_the_undated_last(
    lines: tuple[PeriodLine, ...],
) -> None:
    periods = [line.period for line in lines]
    assert periods == [samples.VOLUNTARY, samples.LATER, samples.UNDATED, samples.WORK]


def test_an_uncertain_date_is_shown_with_its_bounds(lines: tuple[PeriodLine, ...]) -> None:
    assert lines[1].cells[3] == "1 January 2010 – 31 December 2010"


def test_a_period_without_dates_says_so(lines: tuple[PeriodLine, ...]) -> None:
    assert lines[2].cells[2:5] == ("–", "–", "7 months")
    assert "without dates" in lines[2].spoken


def test_there_is_a_heading_for_every_cell(lines: tuple[PeriodLine, ...], words: Wording) -> None:
    assert {len(line.cells) for line in lines} == {len(headings(words))}


def test_a_displaced_period_says_which_days_and_by_which_article(
    lines: tuple[PeriodLine, ...],
) -> None:
    assert lines[0].displaced == (Span(date(1995, 1, 1), date(1995, 12, 31)),)
    assert "art. 52" in lines[0].remarks[0]
    assert not lines[3].displaced


def test_every_state_has_a_lane_and_every_period_a_bar(lines: tuple[PeriodLine, ...]) -> None:
    arranged = arrange(lines, CLAIM, ROOM)
    assert [lane.state for lane in arranged.lanes] == ["Spain", "France"]
    assert [bar.line for bar in arranged.bars] == [0, 1, 2, 3]


def test_the_sure_part_of_a_bar_lies_within_its_bounds(lines: tuple[PeriodLine, ...]) -> None:
    bar = arrange(lines, CLAIM, ROOM).bars[1]
    assert bar.sure is not None
    assert bar.rect.contains(bar.sure)
    assert bar.sure.width() < bar.rect.width()


def test_displaced_days_lie_within_their_bar(lines: tuple[PeriodLine, ...]) -> None:
    bar = arrange(lines, CLAIM, ROOM).bars[0]
    assert len(bar.displaced) == 1
    assert bar.rect.contains(bar.displaced[0])


@pytest.mark.parametrize("room", [ROOM, MIRRORED], ids=["left to right", "right to left"])
def test_everything_lies_within_the_room(lines: tuple[PeriodLine, ...], room: Room) -> None:
    arranged = arrange(lines, CLAIM, room)
    for bar in arranged.bars:
        assert bar.rect.left() >= 0
        assert bar.rect.right() <= room.width
        assert bar.rect.top() >= room.axis
        assert bar.rect.bottom() <= arranged.height
    assert arranged.claim is not None
    assert 0 <= arranged.claim <= room.width


def test_read_from_right_to_left_the_timeline_is_mirrored(lines: tuple[PeriodLine, ...]) -> None:
    plain, mirrored = arrange(lines, CLAIM, ROOM), arrange(lines, CLAIM, MIRRORED)
    for one, other in zip(plain.bars, mirrored.bars, strict=True):
        assert other.rect.right() == pytest.approx(ROOM.width - one.rect.left())


def test_a_point_on_a_bar_finds_its_period(lines: tuple[PeriodLine, ...]) -> None:
    arranged = arrange(lines, CLAIM, ROOM)
    middle = arranged.bars[3].rect.center()
    assert arranged.at(middle.x(), middle.y()) == 3
    assert arranged.at(1, 1) is None


def test_years_are_labelled_where_there_is_room(lines: tuple[PeriodLine, ...]) -> None:
    labelled = [tick for tick in arrange(lines, CLAIM, ROOM).ticks if tick.label]
    gaps = [b.x - a.x for a, b in pairwise(labelled)]
    assert labelled[0].label == "1980"
    assert min(gaps) >= ROOM.year_label * 1.5 - 1


def test_without_dates_there_is_still_an_axis(words: Wording) -> None:
    case = Case("x", samples.CASE.person, samples.CASE.claim, (samples.UNDATED,))
    lines = period_lines(samples.determination(case=case), words)
    assert len(arrange(lines, None, ROOM).bars) == 1


def arranged_for(years: list[tuple[int, int]]) -> Arrangement:
    periods = tuple(
        samples.period(
            "FR", PeriodKind.EMPLOYED, samples.on(year), samples.on(year + length, 12, 31)
        )
        for year, length in years
    )
    case = Case("x", samples.CASE.person, samples.CASE.claim, periods)
    return arrange(period_lines(samples.determination(case=case), Wording()), CLAIM, ROOM)


@given(some.lists(some.tuples(some.integers(1950, 2010), some.integers(0, 15)), max_size=12))
def test_bars_of_one_lane_never_cover_one_another(years: list[tuple[int, int]]) -> None:
    bars = arranged_for(years).bars
    for place, bar in enumerate(bars):
        for other in bars[place + 1 :]:
            common = bar.rect.intersected(other.rect)
            assert common.isEmpty() or common.width() < 0.01
