"""How dates are shown, and the words of the Chinese calendar."""

import re
from datetime import date, datetime, timedelta
from math import radians, sin

import pytest

from builder.date_words import BASIS_WORDS, lunar_day, lunar_ticks, show_bound, show_date, show_span
from builder.dates import parse_edtf
from builder.lunar import FIRST, LAST, lunar_name
from builder.views import DateView


def shown(
    edtf: str,
    basis: str = "printed",
    *,
    supplied: bool = True,
    preferred: str = "",
    alternatives: tuple[str, ...] = (),
    time: str = "",
    scope: str = "",
) -> DateView:
    return show_date(
        parse_edtf(edtf),
        basis=basis,
        supplied=supplied,
        preferred=parse_edtf(preferred) if preferred else None,
        alternatives=tuple(parse_edtf(text) for text in alternatives),
        time=time,
        scope=scope,
    )


def test_month_and_day_printed() -> None:
    assert shown("2020-01-29") == DateView("［2020年］1月29日", "正月初五", "2020-01-29", "2020-01-29", "printed")


def test_a_printed_festival_has_its_name_after_it() -> None:
    assert shown("2020-01-24").detail == "腊月三十，除夕"


def test_a_named_day_has_the_whole_date_in_brackets_and_the_time_after_its_name() -> None:
    view = shown("2020-01-24", "named-day", time="清晨")
    assert view == DateView("［2020年1月24日］除夕清晨", "腊月三十", "2020-01-24", "2020-01-24", "named")
    assert shown("2020-01-29", "named-day").text == "［2020年1月29日］正月初五"
    assert shown("2020-01-29", "named-day").detail == ""


def test_a_named_month_is_a_span_and_has_no_datetime() -> None:
    view = shown("2020-01-25/2020-02-22", "named-day", scope="background")
    expected = ("［2020年1月25日—2月22日］正月", "正月初一至廿九", "", "background")
    assert (view.text, view.detail, view.datetime, view.shape) == expected
    assert shown("2020-01-29/2020-02-08", "named-day").text == "［2020年1月29日—2月8日］正月初五至十五"


def test_a_counted_day_is_about_its_preferred_reading_and_names_the_other() -> None:
    view = shown("[2020-02-05,2020-02-06]", "counted", preferred="2020-02-06", time="晚")
    assert view == DateView("约［2020年］2月6日晚", "推算；或2月5日", "", "[2020-02-05,2020-02-06]", "set")
    assert shown("[2020-02-05,2020-02-06]", "counted").text == "约［2020年］2月5日或6日"
    assert shown("2020-02-09", "counted") == DateView("约［2020年］2月9日", "推算", "", "2020-02-09", "counted")
    ranged = shown("[2020-02-05..2020-02-08]", "counted", preferred="2020-02-06")
    assert ranged.detail == "推算；或为2月5日至8日间某日"


def test_a_reckoned_span_names_its_alternative() -> None:
    view = shown("2020-01-27/2020-02-09", "counted", alternatives=("2020-01-26/2020-02-08",))
    assert (view.text, view.detail) == ("［2020年］1月27日—2月9日", "推算；或1月26日—2月8日")
    assert (view.datetime, view.shape) == ("", "range")


@pytest.mark.parametrize(
    ("edtf", "text", "shape"),
    [
        ("2020-01-29/..", "［2020年］1月29日起", "open"),
        ("2020-01-29/", "［2020年］1月29日起，止日不详", "open"),
        ("../2020-05", "截至［2020年］5月", "open"),
        ("/2020-05", "截至［2020年］5月，起日不详", "open"),
        ("2020", "［2020年］", "set"),
        ("0988", "［988年］", "set"),
        ("2020-02", "［2020年］2月", "set"),
        ("2020-02~", "［2020年］2月前后", "set"),
        ("2020-01-24?", "［2020年］1月24日（存疑）", "counted"),
        ("2020-01-24~", "［2020年］1月24日前后", "counted"),
        ("2020-01-24%", "［2020年］1月24日前后（存疑）", "counted"),
        ("2020-21", "［2020年］春", "set"),
        ("2020-24~", "［2020年］冬前后", "set"),
        ("202X", "［2020年代］", "set"),
        ("20XX", "［2000—2099年间］", "set"),
        ("2020-XX", "［2020年］某月", "set"),
        ("2020-02-XX", "［2020年］2月某日", "set"),
        ("2020-XX-XX", "［2020年］某月某日", "set"),
        ("2020-01/2020-03", "［2020年］1月—3月", "range"),
        ("2019/2020", "［2019年］—［2020年］", "range"),
        ("2020-01-24/2020-01-29", "［2020年］1月24日—29日", "range"),
        ("2019-12-30/2020-01-02", "［2019年］12月30日—［2020年］1月2日", "range"),
        ("2020-01-24?/2020-01-29~", "［2020年］1月24日（存疑）—29日前后", "range"),
        ("[2020-02-05,2020-02-06,2020-02-08]", "［2020年］2月5日、6日或8日", "set"),
        ("[2020-01-24..2020-02-08]", "［2020年］1月24日至2月8日间某日", "set"),
        ("[2020-01..2020-03]", "［2020年］1月至3月间某月", "set"),
        ("[2020-01-29..]", "［2020年］1月29日或其后某日", "set"),
        ("[..2020-02]", "［2020年］2月或此前某月", "set"),
        ("[2019-12-30,2020-01-02]", "［2019年］12月30日或［2020年］1月2日", "set"),
        ("[2019,2020]", "［2019年］或［2020年］", "set"),
        ("[2020-21,2020-22]", "［2020年］春或夏", "set"),
        ("{2020-02-05,2020-02-06}", "［2020年］2月5日和6日", "printed"),
        ("{2020-02-05..2020-02-08}", "［2020年］2月5日至8日", "printed"),
        ("{2020-01,2020-03}", "［2020年］1月和3月", "set"),
        ("{2020-01..}", "［2020年］1月起", "set"),
    ],
)
def test_no_date_is_shown_with_more_precision_than_it_has(edtf: str, text: str, shape: str) -> None:
    view = shown(edtf)
    assert (view.text, view.shape) == (text, shape)
    assert (view.datetime, view.edtf) == ("", edtf)
    assert shown(edtf, supplied=False).text == re.sub("[［］]", "", text)


def test_a_printed_year_has_no_brackets() -> None:
    assert shown("2020-01-29", supplied=False).text == "2020年1月29日"
    assert shown("2020-01-24", "named-day", supplied=False).text == "2020年1月24日除夕"


def test_a_time_follows_its_date_and_an_end_is_set_off_by_a_comma() -> None:
    assert shown("2020-02-10", time="22:30").text == "［2020年］2月10日22:30"
    assert shown("2020-02-11", time="至凌晨3时许").text == "［2020年］2月11日，至凌晨3时许"
    assert shown("2020-01-29/..", time="清晨").text == "［2020年］1月29日清晨起"


def test_a_day_with_another_reading_has_no_datetime() -> None:
    view = shown("2020-01-29", alternatives=("2020-01-30",))
    assert (view.datetime, view.detail) == ("", "正月初五；或1月30日")


@pytest.mark.parametrize(
    ("edtf", "bound"),
    [
        ("[2020-01-24..]", "不早于［2020年1月24日］"),
        ("2020-01-29/..", "不早于［2020年1月29日］"),
        ("[..2020-05]", "不晚于［2020年5月］"),
        ("[2020-01-24..2020-02-08]", "［2020年1月24日至2月8日］之间"),
        ("[2020-01-24,2020-01-26]", "［2020年1月24日至26日］之间"),
        ("2019-12-30/2020-02", "［2019年12月30日至2020年2月］之间"),
        ("2020-02", "［2020年2月］"),
        ("[..2020-01,2020-03..]", ""),
    ],
)
def test_what_only_the_order_of_the_text_dates_has_bounds(edtf: str, bound: str) -> None:
    assert show_bound(parse_edtf(edtf), supplied=True) == bound
    assert "［" not in show_bound(parse_edtf(edtf), supplied=False)
    assert "据文序" in shown(edtf, "ordered").detail
    assert shown(edtf, "ordered").datetime == ""


def test_the_span_of_the_archive() -> None:
    first = date(2020, 1, 24)
    assert show_span(first, date(2020, 3, 5), supplied=True) == "［2020年］1月24日至3月5日"
    assert show_span(first, date(2020, 1, 29), supplied=True) == "［2020年］1月24日至29日"
    assert show_span(first, first, supplied=True) == "［2020年］1月24日"
    assert show_span(first, date(2021, 1, 24), supplied=True) == "［2020年］1月24日至［2021年］1月24日"
    assert show_span(first, date(2020, 3, 5), supplied=True, reckoned=True) == "［2020年1月24日］至［2020年］3月5日"
    assert show_span(first, first, supplied=True, reckoned=True) == "［2020年1月24日］"
    assert show_span(first, date(2020, 3, 5), supplied=False) == "2020年1月24日至3月5日"


def test_every_basis_has_its_word() -> None:
    assert BASIS_WORDS == {
        "printed": "文中印有",
        "named-day": "节日换算",
        "counted": "推算",
        "ordered": "据文序",
    }


@pytest.mark.parametrize(
    ("day", "editors_word"),
    [
        # As the editorial apparatus of the first three documents has them, checked there by three other programs.
        ("2020-01-24", "己亥年腊月三十（除夕）"),
        ("2020-01-26", "庚子年正月初二"),
        ("2020-01-29", "庚子年正月初五"),
        ("2020-02-10", "庚子年正月十七"),
        ("2020-02-11", "庚子年正月十八"),
        ("2020-03-05", "庚子年二月十二"),
        ("2021-01-29", "庚子年腊月十七"),
        ("2022-01-29", "辛丑年腊月廿七"),
        ("2023-01-29", "癸卯年正月初八"),
    ],
)
def test_lunar_days_agree_with_the_editors(day: str, editors_word: str) -> None:
    assert lunar_day(date.fromisoformat(day)) == editors_word[3:]


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2020-01-25", "正月初一（春节）"),
        ("2020-02-08", "正月十五（元宵）"),
        ("2020-02-22", "正月廿九"),
        ("2020-05-25", "闰四月初三"),
        ("2020-06-25", "五月初五（端午）"),
        ("2020-08-25", "七月初七（七夕）"),
        ("2020-10-01", "八月十五（中秋）"),
        ("2020-10-25", "九月初九（重阳）"),
        ("2020-12-15", "冬月初一"),
        ("2021-01-20", "腊月初八（腊八）"),
        ("2021-02-11", "腊月三十（除夕）"),
        ("2022-01-31", "腊月廿九（除夕）"),
        ("2023-01-21", "腊月三十（除夕）"),
        ("2009-06-27", "闰五月初五"),  # the fifth of a leap month is no 端午
        ("1900-01-31", "正月初一（春节）"),
        ("2100-02-08", "腊月三十（除夕）"),
        ("1978-09-17", "八月十五（中秋）"),  # as in the mainland; Hong Kong had 八月十六
        ("1900-01-30", ""),
        ("2100-02-09", ""),
        ("0988-01-01", ""),
    ],
)
def test_lunar_days_and_festivals(day: str, words: str) -> None:
    assert lunar_day(date.fromisoformat(day)) == words


def test_a_day_outside_the_known_years_is_shown_without_lunar_words() -> None:
    assert shown("2150-01-24").detail == ""
    assert shown("2150-01-24", "named-day").text == "［2150年1月24日］"
    assert shown("2020-01-25/9999-12-31", "named-day").text == "［2020年1月25日—9999年12月31日］"


def new_moon(number: int) -> datetime:
    """Return a new moon, counted from that of January 2000, as the clocks of China showed it.

    Meeus, *Astronomical Algorithms*, chapter 49, to a few minutes. Until 1929 the calendar kept the time of Beijing.
    """
    century = number / 1236.85
    day = 2451550.09766 + 29.530588861 * number + 0.00015437 * century**2
    strain = 1 - 0.002516 * century
    sun = radians(2.5534 + 29.10535670 * number)
    moon = radians(201.5643 + 385.81693528 * number + 0.0107582 * century**2)
    node = radians(160.7108 + 390.67050284 * number - 0.0016118 * century**2)
    day += -0.40720 * sin(moon) + 0.17241 * strain * sin(sun) + 0.01608 * sin(2 * moon) + 0.01039 * sin(2 * node)
    day += 0.00739 * strain * sin(moon - sun) - 0.00514 * strain * sin(moon + sun) + 0.00208 * sin(2 * sun)
    day += -0.00111 * sin(moon - 2 * node) - 0.00057 * sin(moon + 2 * node) + 0.00056 * sin(2 * moon + sun)
    day += -0.00042 * sin(3 * moon) + 0.00042 * sin(sun + 2 * node) + 0.00038 * sin(sun - 2 * node)
    universal = datetime(2000, 1, 1, 12) + timedelta(days=day - 2451545)
    return universal + (timedelta(hours=8) if universal.year >= 1929 else timedelta(hours=7, minutes=45, seconds=40))


def test_every_lunar_month_begins_on_the_day_of_the_new_moon() -> None:
    moons = {new_moon(number).date() for number in range(-1240, 1240)}
    days = [FIRST + timedelta(days=number) for number in range((LAST - FIRST).days + 1)]
    named = [day for day in days if lunar_name(day)]
    assert len(days) - len(named) == 2 * 30  # the months of UNSURE
    off = [day for day in named if lunar_name(day).endswith("初一") != (day in moons)]
    # This new moon fell seven minutes before midnight by our reckoning; the almanacs have it on the day after.
    assert off == [date(1906, 4, 23), date(1906, 4, 24)]


def test_lunar_ticks_are_new_moons_and_great_festivals() -> None:
    ticks = lunar_ticks(date(2020, 1, 20), date(2020, 6, 30))
    assert [(day.isoformat()[5:], label) for day, label in ticks] == [
        ("01-24", "除夕"),
        ("01-25", "初一"),
        ("02-08", "元宵"),
        ("02-23", "二月初一"),
        ("03-24", "三月初一"),
        ("04-23", "四月初一"),
        ("05-23", "闰四月初一"),
        ("06-21", "五月初一"),
        ("06-25", "端午"),
    ]
    assert lunar_ticks(date(2200, 1, 1), date(2200, 3, 1)) == ()
