"""The chart of the timeline: where the ten events of the first three documents lie, and what it refuses to draw."""

import re
from datetime import date, timedelta
from pathlib import Path
from xml.etree import ElementTree

import pytest

from builder.axis import UPRIGHT, WIDE, Paper
from builder.chart import ChartItem, draw_chart, has_mark
from builder.dates import parse_edtf
from builder.render import template_environment
from builder.views import Chart, Mark

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"


def item(
    number: int, edtf: str, basis: str, lane: str, scope: str = "", preferred: str = "", person: str = ""
) -> ChartItem:
    likeliest = parse_edtf(preferred) if preferred else None
    return ChartItem(number, parse_edtf(edtf), basis, scope, lane, likeliest, person or lane, supplied=True)


# In the order of the texts, which is not the order of time.
REAL = (
    item(1, "2020-01-24", "named-day", "王勇"),
    item(0, "2020-01-25/2020-02-22", "named-day", "正月", "background"),
    item(4, "2020-01-29", "printed", "王爱林"),
    item(5, "2020-01-29/..", "printed", "王爱林"),
    item(2, "2020-01-26", "printed", "李俊杰"),
    item(3, "2020-01-27/2020-02-09", "counted", "李俊杰"),
    item(6, "[2020-02-05,2020-02-06]", "counted", "李俊杰", preferred="2020-02-06"),
    item(7, "2020-02-10", "printed", "李俊杰"),
    item(8, "2020-02-11", "printed", "李俊杰"),
    item(9, "2020-03-05", "printed", "李俊杰"),
)


def drawn(*items: ChartItem, paper: Paper = WIDE) -> Chart:
    chart = draw_chart(items, paper=paper, title="时间线")
    assert chart is not None
    return chart


def only(chart: Chart, number: int) -> Mark:
    found = [mark for mark in chart.marks if mark.number == number]
    assert len(found) == 1
    return found[0]


def test_the_axis_runs_from_monday_to_monday() -> None:
    chart = drawn(*REAL)
    weeks = [(tick.at, tick.label) for tick in chart.ticks if tick.kind == "week"]
    labels = ["1/20", "1/27", "2/3", "2/10", "2/17", "2/24", "3/2", "3/9"]
    assert weeks == [(week * 140.0, label) for week, label in enumerate(labels)]
    assert chart.length == 980.0
    assert drawn(*REAL, paper=UPRIGHT).length == 588.0


def test_months_and_lunar_days_have_ticks_and_neighbours_turn_away_from_each_other() -> None:
    ticks = drawn(*REAL).ticks
    assert [(tick.at, tick.label) for tick in ticks if tick.kind == "month"] == [(240.0, "2月"), (820.0, "3月")]
    assert [(tick.at, tick.label, tick.side) for tick in ticks if tick.kind == "lunar"] == [
        (80.0, "除夕", "before"),
        (100.0, "初一", "after"),
        (380.0, "元宵", ""),
        (680.0, "二月初一", ""),
    ]


def test_lanes_stand_in_the_order_of_the_first_act_below_the_background() -> None:
    chart = drawn(*REAL)
    assert chart.lanes == ("正月", "王勇", "李俊杰", "王爱林")
    assert chart.bands == 1


@pytest.mark.parametrize(
    ("number", "shape", "start", "end", "at", "lane"),
    [
        (0, "background", 100, 660, None, 0),
        (1, "named", 80, 80, 80, 1),
        (2, "printed", 120, 120, 120, 2),
        (3, "range", 140, 400, None, 2),
        (4, "printed", 180, 180, 180, 3),
        (5, "open", 180, 980, None, 3),
        (6, "set", 320, 340, 340, 2),
        (7, "printed", 420, 420, 420, 2),
        (8, "printed", 440, 440, 440, 2),
        (9, "printed", 900, 900, 900, 2),
    ],
)
def test_each_event_lies_on_its_day(
    number: int, shape: str, start: float, end: float, at: float | None, lane: int
) -> None:
    mark = only(drawn(*REAL), number)
    assert (mark.shape, mark.start, mark.end, mark.at, mark.lane, mark.row) == (shape, start, end, at, lane, 0)


def test_ends_are_firm_where_they_are_printed_and_open_where_they_are_not_given() -> None:
    chart = drawn(*REAL, item(20, "../2020-02-02", "printed", "王勇"), item(21, "2020-02~/2020-03", "printed", "王勇"))
    assert not only(chart, 3).firm
    assert only(chart, 5).firm
    assert (only(chart, 5).open_start, only(chart, 5).open_end) == (False, True)
    assert (only(chart, 20).open_start, only(chart, 20).open_end) == (True, False)
    assert (only(chart, 20).start, only(chart, 20).number_at) == (0.0, only(chart, 20).end)
    assert not only(chart, 21).firm


@pytest.mark.parametrize("paper", [WIDE, UPRIGHT])
def test_numbers_of_one_lane_stay_apart_and_in_order(paper: Paper) -> None:
    chart = drawn(*REAL, paper=paper)
    for lane in range(len(chart.lanes)):
        places = sorted((mark.number_at, mark.number) for mark in chart.marks if mark.lane == lane and mark.number)
        gaps = [after[0] - before[0] for before, after in zip(places, places[1:], strict=False)]
        assert all(gap >= 16 - 1e-9 for gap in gaps)


def test_numbers_move_no_further_than_they_must() -> None:
    wide, upright = drawn(*REAL), drawn(*REAL, paper=UPRIGHT)
    assert (only(wide, 7).number_at, only(wide, 8).number_at) == (420.0, 440.0)
    assert (only(upright, 7).number_at, only(upright, 8).number_at) == (250.0, 266.0)  # the days: 252 and 264
    assert only(upright, 9).number_at == 540.0


def test_numbers_of_two_digits_need_more_room() -> None:
    chart = drawn(item(10, "2020-01-24", "printed", "甲"), item(11, "2020-01-24", "printed", "甲"))
    assert only(chart, 11).number_at - only(chart, 10).number_at == 20.0


def test_marks_of_one_day_and_lane_do_not_hide_each_other() -> None:
    chart = drawn(*(item(number, "2020-01-24", "printed", "甲") for number in (1, 2, 3)))
    assert [mark.row for mark in chart.marks] == [0, 1, 2]
    spans = drawn(item(1, "2020-01-24/2020-02-01", "printed", "甲"), item(2, "2020-01-28/..", "printed", "甲"))
    assert [mark.row for mark in spans.marks] == [0, 1]


def test_each_of_several_days_that_are_all_meant_has_a_mark() -> None:
    chart = drawn(item(1, "{2020-01-24,2020-01-26}", "printed", "甲"))
    assert [(mark.number, mark.shape, mark.start) for mark in chart.marks] == [(1, "printed", 80), (1, "printed", 120)]


def test_possible_days_without_a_likelier_one_have_no_point() -> None:
    mark = only(drawn(item(1, "2020-02", "printed", "甲")), 1)
    assert (mark.shape, mark.at, mark.end - mark.start) == ("set", None, 28 * 20)


def test_a_day_in_doubt_is_hollow() -> None:
    assert only(drawn(item(1, "2020-02-10?", "printed", "甲")), 1).shape == "counted"


def test_namesakes_have_a_lane_each() -> None:
    first, second = (
        item(1, "2020-01-24", "printed", "王勇", person="wang-yong"),
        item(2, "2020-01-25", "printed", "王勇"),
    )
    assert drawn(first, second).lanes == ("王勇", "王勇")


def test_the_order_given_changes_nothing() -> None:
    assert drawn(*REAL[::-1]).lanes == drawn(*REAL).lanes
    assert {mark.number_at for mark in drawn(*REAL[::-1]).marks} == {mark.number_at for mark in drawn(*REAL).marks}


@pytest.mark.parametrize(
    ("edtf", "basis", "expected"),
    [
        ("2020-01-24", "printed", True),
        ("2020-01", "printed", True),
        ("[2020-02-05,2020-02-06]", "counted", True),
        ("2020-01-29/..", "printed", True),
        ("[2020-01-24..]", "ordered", False),
        ("2020", "printed", False),
        ("2020-21", "printed", False),
        ("2019/2020-01-24", "printed", False),
        ("[..2020-01-02,2020-03-01..]", "counted", False),
    ],
)
def test_what_has_a_mark(edtf: str, basis: str, expected: bool) -> None:
    assert has_mark(parse_edtf(edtf), basis) is expected
    alone = draw_chart([item(1, edtf, basis, "甲")], paper=WIDE, title="时间线")
    assert (alone is not None) is expected


def test_a_chart_too_long_or_too_crowded_is_not_drawn() -> None:
    assert draw_chart([], paper=WIDE, title="时间线") is None
    every_month = [
        item(number, f"20{20 + number // 12}-{number % 12 + 1:02d}-15", "printed", "乙") for number in range(14)
    ]
    assert draw_chart(every_month, paper=WIDE, title="时间线") is None
    assert draw_chart(every_month[:12], paper=WIDE, title="时间线") is not None
    many = [item(number, "2020-01-24", "printed", f"第{number}人") for number in range(1, 14)]
    assert draw_chart(many, paper=WIDE, title="时间线") is None
    assert draw_chart(many[:12], paper=WIDE, title="时间线") is not None


def test_the_year_stands_by_january_where_there_are_two() -> None:
    chart = drawn(item(1, "2019-12-20", "printed", "甲"), item(2, "2020-02-10", "printed", "甲"))
    assert [tick.label for tick in chart.ticks if tick.kind == "month"] == ["2020年1月", "2月"]


# Somebody's early years, and then a few weeks.
SPARSE = (item(1, "1968-03-02", "printed", "甲"), item(2, "1991-07-05", "printed", "甲"), *REAL)


@pytest.mark.parametrize("paper", [WIDE, UPRIGHT])
def test_years_in_which_nothing_begins_or_ends_are_left_out(paper: Paper) -> None:
    whole, broken = drawn(*REAL, paper=paper), drawn(*SPARSE, paper=paper)
    assert len(broken.breaks) == 2 and not whole.breaks
    assert broken.length <= paper.length
    assert broken.omitted == "［1968年］3月5日至［1991年］6月30日、［1991年］7月9日至［2020年］1月19日"
    assert broken.omitted in broken.description
    ends = sorted(place for mark in broken.marks for place in (mark.start, mark.end))
    assert not [place for place in ends for at in broken.breaks if at < place < at + broken.break_length]


@pytest.mark.parametrize("paper", [WIDE, UPRIGHT])
def test_a_broken_axis_has_days_of_one_length_and_its_years(paper: Paper) -> None:
    chart = drawn(*SPARSE, paper=paper)
    assert (only(chart, 8).start - only(chart, 7).start) * 24 == pytest.approx(
        only(chart, 9).start - only(chart, 7).start
    )
    labels = [tick.label for tick in chart.ticks if tick.kind == "week" and tick.label.count("/") == 2]
    assert labels == ["1968/2/26", "1991/7/1", "2020/1/20"]


@pytest.mark.parametrize("paper", [WIDE, UPRIGHT])
@pytest.mark.parametrize("days", [60, 83, 150, 390])
def test_dates_of_the_axis_do_not_touch(paper: Paper, days: int) -> None:
    begin = date(2020, 1, 10)
    every = [item(1, (begin + timedelta(days=n)).isoformat(), "printed", "甲") for n in range(0, days, 30)]
    for kind in ("week", "lunar"):
        ticks = [tick for tick in drawn(*every, paper=paper).ticks if tick.kind == kind and tick.label]
        places = [tick.at for tick in ticks if not tick.side]
        assert ticks
        assert all(after - before >= 30 for before, after in zip(places, places[1:], strict=False)), kind
        assert len(ticks) <= paper.length / 30


def test_a_quarter_is_never_broken() -> None:
    ends = (item(1, "2020-01-10", "printed", "甲"), item(2, "2020-03-20", "printed", "甲"))
    assert not drawn(*ends).breaks
    assert drawn(ends[0], item(2, "2020-06-20", "printed", "甲")).breaks


@pytest.mark.parametrize(
    ("macro", "paper", "strokes"), [("chart_wide", WIDE, 4), ("chart_upright", UPRIGHT, 4), ("chart_strip", WIDE, 2)]
)
def test_a_break_is_a_gap_between_strokes(macro: str, paper: Paper, strokes: int) -> None:
    svg = picture(macro, drawn(*SPARSE, paper=paper))
    assert classes(svg).count("chart__break") == 2
    slashes = [path.get("d", "") for path in svg.iter("path") if re.search("l(12 -6|6 -12)", path.get("d", ""))]
    assert [path.count("M") for path in slashes] == [strokes, strokes]
    assert "chart__break" not in classes(picture(macro, drawn(*REAL, paper=paper)))


def test_those_who_listen_get_one_sentence() -> None:
    assert drawn(*REAL).description == (
        "［2020年］1月24日至3月5日，王勇、李俊杰、王爱林共3行、9件事，另有背景时段：正月；图中所示，下面的列表都有。"
    )


# ---- the pictures ---------------------------------------------------------------------------------------------------


def picture(macro: str, chart: Chart) -> ElementTree.Element:
    source = f'{{% from "parts/chart.html" import {macro} %}}{{{{ {macro}(chart) }}}}'
    return ElementTree.fromstring(template_environment(TEMPLATES).from_string(source).render(chart=chart))


def classes(svg: ElementTree.Element) -> list[str]:
    return [name for element in svg.iter() for name in element.get("class", "").split()]


@pytest.mark.parametrize(("macro", "paper"), [("chart_wide", WIDE), ("chart_upright", UPRIGHT), ("chart_strip", WIDE)])
def test_a_picture_is_an_image_with_a_name_and_a_description(macro: str, paper: Paper) -> None:
    svg = picture(macro, drawn(*REAL, paper=paper))
    assert svg.get("role") == "img"
    named = {element.get("id"): element.text for element in svg if element.tag in ("title", "desc")}
    assert list(named) == svg.get("aria-labelledby", "").split()
    assert list(named.values()) == ["时间线", drawn(*REAL).description]
    assert all(element.get("style") is None for element in svg.iter())


def test_the_pictures_of_one_page_share_no_id() -> None:
    macros = ("chart_wide", "chart_upright", "chart_strip")
    ids = [element.get("id") for macro in macros for element in picture(macro, drawn(*REAL)).iter()]
    used = [name for name in ids if name]
    assert len(used) == len(set(used)) == 6


@pytest.mark.parametrize(("macro", "paper"), [("chart_wide", WIDE), ("chart_upright", UPRIGHT)])
def test_every_mark_and_number_is_drawn(macro: str, paper: Paper) -> None:
    svg = picture(macro, drawn(*REAL, paper=paper))
    found = classes(svg)
    assert found.count("chart__mark--printed") == 5
    assert found.count("chart__mark--named") == 1
    assert found.count("chart__mark--counted") == 1
    assert found.count("chart__bracket") == 2
    assert found.count("chart__bar") == 3  # a bar without an end is drawn in two strokes
    assert found.count("chart__cap--hollow") == 2
    assert found.count("chart__arrow") == 1
    assert found.count("chart__band") == 1
    numbers = [element.text for element in svg.iter("text") if element.get("class") == "chart__number"]
    assert sorted(numbers, key=str) == [str(number) for number in range(1, 10)]


def test_the_upright_picture_fits_a_phone_and_nothing_leaves_its_frame() -> None:
    svg = picture("chart_upright", drawn(*REAL, paper=UPRIGHT))
    assert float(svg.get("width", "")) <= 342
    for macro, paper in (("chart_wide", WIDE), ("chart_upright", UPRIGHT), ("chart_strip", WIDE)):
        svg = picture(macro, drawn(*REAL, paper=paper))
        _, _, width, height = map(float, svg.get("viewBox", "").split())
        assert (float(svg.get("width", "")), float(svg.get("height", ""))) == (width, height)
        for circle in svg.iter("circle"):
            radius = float(circle.get("r", ""))
            assert radius <= float(circle.get("cx", "")) <= width - radius
            assert radius <= float(circle.get("cy", "")) <= height - radius


def test_many_lanes_turn_their_names_upright() -> None:
    twelve = [item(number, "2020-01-24", "printed", f"第{number}人") for number in range(1, 13)]
    svg = picture("chart_upright", drawn(*twelve, paper=UPRIGHT))
    assert {element.get("writing-mode") for element in svg.iter("text") if element.get("class") == "chart__lane"} == {
        "vertical-rl"
    }
    assert float(svg.get("width", "")) < 440


def test_the_thumbnail_has_people_but_no_numbers_and_no_background() -> None:
    svg = picture("chart_strip", drawn(*REAL))
    assert [element.text for element in svg.iter("text")] == ["王勇", "李俊杰", "王爱林"]
    assert "chart__band" not in classes(svg)


def test_the_legend_says_every_shape_in_words() -> None:
    source = '{% from "parts/chart.html" import chart_legend %}{{ chart_legend("1968年至1991年") }}'
    html = template_environment(TEMPLATES).from_string(source).render()
    legend = ElementTree.fromstring(html)
    words = [re.sub(r"\s+", "", "".join(entry.itertext())) for entry in legend.iter("li")]
    assert words == [
        "文中印有月日",
        "节日换算",
        "推算或存疑",
        "可能的日子",
        "推算的时段",
        "文中印有起讫",
        "起讫不全",
        "背景时段",
        "折断处略去，其间无事起止：1968年至1991年",
    ]
    assert all(svg.get("aria-hidden") == "true" for svg in legend.iter("svg"))
