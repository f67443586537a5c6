"""How thick events lie: bars to one scale, days by which people count, the busiest day in words."""

from builder.archive.calendar import MonthSum
from builder.density import TALLEST, bars


def month(days: dict[int, int]) -> MonthSum:
    return MonthSum(tuple((day, count, 0) for day, count in days.items()))


def test_all_months_are_drawn_to_one_scale_and_no_day_vanishes() -> None:
    january, february = bars((((2020, 1), month({1: 1, 24: 200})), ((2020, 2), month({3: 100}))))
    assert january.bars == ((1, 1), (24, TALLEST))
    assert february.bars == ((3, TALLEST // 2),)
    assert (january.days, february.days) == (31, 29)


def test_what_is_of_no_one_day_has_no_bar() -> None:
    (only,) = bars((((2020, 2), month({0: 500, 3: 2})),))
    assert only.bars == ((3, TALLEST),)
    (none,) = bars((((2020, 2), month({0: 500})),))
    assert none.bars == ()


def test_festivals_are_marked_and_keep_within_the_row() -> None:
    january, february, october = bars(tuple(((2020, number), month({1: 1})) for number in (1, 2, 10)))
    assert january.ticks == ((24, "除夕"),)
    assert february.ticks == ((8, "元宵"),)
    assert october.ticks == ((2, "中秋"),), "10月1日, moved in by a day so that its words are not cut"


def test_the_busiest_day_is_told_only_where_it_tells_something() -> None:
    words = [
        bars((((2020, 1), month(days)),))[0].busiest
        for days in ({24: 60, 25: 3, 26: 2}, {3: 5, 25: 1, 26: 1}, {24: 4}, {24: 9, 25: 9}, {24: 9, 25: 8}, {})
    ]
    assert words == ["24日（除夕）最多，60条", "3日（腊月初九）最多，5条", "", "", "", ""]
