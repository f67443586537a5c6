"""How problems are sorted, counted and printed."""

import json
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from builder.problems import (
    Place,
    Problem,
    columns,
    format_github,
    format_json,
    format_problem,
    format_problems,
    has_errors,
)


def problem(file: str = "a.md", line: int = 1, column: int = 1, width: int = 1, **other: str) -> Problem:
    words = {"rule": "unknown-key", "message": "没有这个键。", "mend": "删去它。"} | other
    level = "warning" if words.pop("level", "error") == "warning" else "error"
    return Problem(Place(file, line, column), words["rule"], words["message"], words["mend"], level, width)  # type: ignore[arg-type]


def caret(line: str, column: int, width: int = 1) -> tuple[int, int]:
    """Return the terminal column and the length of the carets, counted from the start of the line's own text."""
    _, shown, marks, _ = format_problem(problem(column=column, width=width), line).split("\n")
    start = columns(shown) - columns(shown.split("│ ", 1)[1])
    return columns(marks[: marks.index("^")]) - start, marks.count("^")


def test_a_problem_names_place_level_rule_message_and_mend() -> None:
    text = format_problem(problem("content/x.md", 7, 5, 5), "  - 济南日报设")
    assert text == (
        "content/x.md:7:5: 错误 unknown-key  没有这个键。\n"
        "    7 │   - 济南日报设\n"
        "      │     ^^^^^^^^^^\n"
        "      │ 改法：删去它。"
    )


def test_without_a_line_only_the_words_are_printed() -> None:
    expected = "a.md:1:1: 提醒 unknown-key  没有这个键。\n      改法：删去它。"
    assert format_problem(problem(level="warning"), None) == expected
    assert format_problem(problem(level="warning"), "  ") == expected


def test_the_caret_stands_under_the_right_character() -> None:
    assert caret("name：张三", 5) == (4, 2)
    assert caret("姓名: 张三", 3) == (4, 1)
    assert caret("姓名: 张三", 5, 2) == (6, 4)
    assert caret("a😀𠮷b", 4) == (5, 1)
    assert caret("Wa\u0301ng", 4) == (2, 1)
    assert caret("［2020年］x", 8) == (10, 1)
    assert caret("ab", 3) == (2, 1)


def test_the_caret_follows_tabs_as_the_line_has_them() -> None:
    _, shown, marks, _ = format_problem(problem(column=3), "\t甲x").split("\n")
    assert shown.endswith("│ \t甲x")
    assert marks.endswith("│ \t  ^")


def test_margins_stay_in_line_beyond_a_hundred_thousand_lines() -> None:
    _, shown, marks, mend = format_problem(problem(line=1234567), "ab").split("\n")
    assert shown.index("│") == marks.index("│") == mend.index("│")


def test_of_a_long_line_only_the_surroundings_are_shown() -> None:
    line = "前" * 500 + "错字" + "后" * 500
    _, shown, marks, _ = format_problem(problem(column=501, width=2), line).split("\n")
    assert columns(shown) < 130
    text = shown.split("│ ", 1)[1]
    before = text[: text.index("错字")]
    assert text.startswith("……前") and text.endswith("后……")
    assert marks == "      │ " + " " * columns(before) + "^^^^"


def test_control_characters_never_reach_the_terminal() -> None:
    text = format_problem(problem(column=2), "a\x1b[31m\x07b")
    assert not any(unicodedata.category(character) == "Cc" for character in text.replace("\n", ""))


def test_problems_are_sorted_by_place_each_once_and_counted() -> None:
    first, second, third = problem("a.md", 2), problem("a.md", 10), problem("b.md", 1, level="warning")
    text = format_problems([third, second, first, second], lambda place: None)
    assert [block.split(" ", 1)[0] for block in text.split("\n\n")[:3]] == ["a.md:2:1:", "a.md:10:1:", "b.md:1:1:"]
    assert text.endswith("\n\n共 2 处错误，1 处提醒。")
    assert text.count("没有这个键") == 3
    assert format_problems([], lambda place: None) == ""


def test_only_an_error_stops_publishing() -> None:
    assert has_errors([problem(level="warning"), problem()])
    assert not has_errors([problem(level="warning")])
    assert not has_errors([])


def test_github_annotations_are_one_escaped_line_each() -> None:
    text = format_github(
        [
            problem("content/甲,乙:100%.md", 3, 4, 2, message="第一行\r\n第二行 50%：“a::b”", mend="改。"),
            problem("a.md", level="warning"),
        ]
    )
    assert text.split("\n") == [
        "::warning file=a.md,line=1,col=1,endColumn=2,title=提醒 unknown-key::没有这个键。%0A改法：删去它。",
        "::error file=content/甲%2C乙%3A100%25.md,line=3,col=4,endColumn=6,title=错误 unknown-key"
        "::第一行%0D%0A第二行 50%25：“a::b”%0A改法：改。",
    ]
    assert format_github([]) == ""


def test_json_is_a_sorted_list_of_objects_in_plain_chinese() -> None:
    text = format_json([problem("b.md"), problem("a.md", 2, 3, 4, level="warning"), problem("b.md")])
    assert "没有这个键" in text
    assert json.loads(text)[0] == {
        "file": "a.md",
        "line": 2,
        "column": 3,
        "width": 4,
        "level": "warning",
        "rule": "unknown-key",
        "message": "没有这个键。",
        "mend": "删去它。",
    }
    assert [each["file"] for each in json.loads(text)] == ["a.md", "b.md"]
    assert json.loads(format_json([])) == []


def test_a_file_name_that_is_not_unicode_can_be_printed_in_every_form() -> None:
    bad = [problem("content/\udcff.md")]
    for text in (format_problems(bad, lambda place: None), format_github(bad), format_json(bad)):
        assert r"content/\udcff.md" in text
        text.encode("utf-8")
    assert json.loads(format_json(bad))[0]["file"] == "content/\udcff.md"


@given(st.text(), st.integers(1, 300), st.integers(1, 300))
def test_any_line_and_any_place_can_be_printed(line: str, column: int, width: int) -> None:
    text = format_problems([problem(column=column, width=width)], lambda place: line.replace("\n", ""))
    assert text.endswith("共 1 处错误，0 处提醒。")
    text.encode("utf-8")
