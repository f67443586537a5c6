"""Reading a file: every value with its true place, every mistake once, at its true place, with its mend."""

import hashlib
import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from builder import files, source
from builder.front_matter import events, nodes
from builder.problems import Place, Problem
from builder.source import read_line, read_source, read_text, read_yaml
from builder.text import Mapping, Node, Sequence, Source, Text

FILE = "content/profiles/wang-yong.md"

GOOD = """---
# 备注
name: 王勇                       # required
unit:
  - {name: 呼和浩特市政法委, post: 科长}
  - name: "甲：“乙”"
author:
tags: [献血, 网格 ]
dates:
  - date: 2020-02-30
    event: '它''s'
    code: 0471
note: |
    第一行
    第二行
no: null
---
正文一。

正文二。
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "content/profiles").mkdir(parents=True)
    return tmp_path


def read(folder: Path, content: str | bytes) -> tuple[Source, list[Problem]]:
    (folder / FILE).write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return read_source(folder, FILE)


def front(lines: str) -> tuple[Mapping | None, list[Problem]]:
    return nodes.read_nodes(lines.split("\n"), FILE)


def at(problem: Problem) -> tuple[str, int, int]:
    return problem.rule, problem.place.line, problem.place.column


def plain(node: Node | None) -> object:
    if isinstance(node, Mapping):
        return {str(key): plain(value) for key, value in node.entries}
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    return None if node is None else str(node)


def texts(node: Node | None) -> Iterator[Text]:
    if isinstance(node, Text):
        yield node
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from texts(item)
    elif node is not None:
        for key, value in node.entries:
            yield key
            yield from texts(value)


# ---- what is right


def test_a_good_file_gives_text_body_and_digest(folder: Path) -> None:
    read_file, problems = read(folder, GOOD)
    assert problems == []
    assert plain(read_file.front) == {
        "name": "王勇",
        "unit": [{"name": "呼和浩特市政法委", "post": "科长"}, {"name": "甲：“乙”"}],
        "author": "",
        "tags": ["献血", "网格"],
        "dates": [{"date": "2020-02-30", "event": "它's", "code": "0471"}],
        "note": "第一行\n第二行\n",
        "no": "null",
    }
    assert (read_file.body, read_file.body_line) == ("正文一。\n\n正文二。\n", 18)
    assert read_file.file == FILE
    assert read_file.digest == hashlib.sha256(GOOD.encode()).hexdigest()


def test_every_value_stands_where_its_place_says(folder: Path) -> None:
    read_file, _ = read(folder, GOOD)
    lines = GOOD.split("\n")
    found = [text for text in texts(read_file.front) if text and "'" not in text]
    assert len(found) == 23
    for text in found:
        line = lines[text.place.line - 1]
        assert line[text.place.column - 1 :].startswith(text.split("\n")[0]), text.place


def test_an_empty_value_stands_after_its_colon(folder: Path) -> None:
    read_file, _ = read(folder, GOOD)
    author = read_file.front.get("author") if read_file.front else None
    assert isinstance(author, Text)
    assert author.place == Place(FILE, 7, 8)


@pytest.mark.parametrize("loader", [events.LOADER, yaml.BaseLoader])
def test_columns_count_characters_also_beyond_the_first_plane(loader: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(events, "LOADER", loader)
    mapping, problems = front("# 😀𠮷\n😀𠮷: [𠮷𠮷, '😀', 丙]")
    assert problems == []
    assert [(str(text), text.place.line, text.place.column) for text in texts(mapping)] == [
        ("😀𠮷", 2, 1),
        ("𠮷𠮷", 2, 6),
        ("😀", 2, 11),
        ("丙", 2, 15),
    ]


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_other_line_ends_change_nothing_but_the_digest(folder: Path, end: str) -> None:
    expected, _ = read(folder, GOOD)
    read_file, problems = read(folder, GOOD.replace("\n", end))
    assert problems == []
    assert (read_file.front, read_file.body, read_file.body_line) == (expected.front, expected.body, 18)
    assert read_file.digest != expected.digest


def test_an_empty_front_matter_is_a_mapping_without_entries(folder: Path) -> None:
    read_file, problems = read(folder, "---\n---\n")
    assert (read_file.front, read_file.body, read_file.body_line, problems) == (
        Mapping((), Place(FILE, 2, 1)),
        "",
        3,
        [],
    )
    assert read(folder, "---\n---")[0].body == ""


def test_a_rule_of_three_hyphens_in_the_body_belongs_to_the_body(folder: Path) -> None:
    read_file, problems = read(folder, "---\nname: 王勇\n---\n甲\n\n---\n\n乙")
    assert (read_file.body, problems) == ("甲\n\n---\n\n乙", [])


def test_settings_are_read_without_fences(folder: Path) -> None:
    (folder / "site.yaml").write_text("title: 战疫\nnavigation:\n  - {text: 人物, href: people.html}\n", "utf-8")
    mapping, problems = read_yaml(folder, "site.yaml")
    assert plain(mapping) == {"title": "战疫", "navigation": [{"text": "人物", "href": "people.html"}]}
    assert problems == []
    assert read_yaml(folder, "none.yaml")[0] is None


@pytest.mark.parametrize(
    "lines",
    [
        "title: “勇担使命”",
        "title: 记“王勇”：一个人",
        "quote: [“甲，乙”, 《丙、丁》]",
        "source: {title: 甲，乙, url: https://a.b/c}",
        "url: https://a.b/c#d",
        "link: person:wang-yong",
        "links:\n  - https://a.b/c",
        "author:    # 未署名",
        "name: 王勇  # required",
        "#name: 王勇\nunit: 甲",
        'title: "多行\n  的值"',
        "tags: [甲,\n  乙]",
        "text: |\n  title：甲\n  - 乙\n\t丙: 丁"[:-6],
        "time: 2:30",
        "dates: [2020-01-29]",
        "date: ../2020-05",
        "date: 202X",
        "date: 2020-02~",
        "emoji: 👨‍👩‍👧",
        "summary: 除夕清晨，\n  编发紧急通知",
    ],
)
def test_what_is_right_is_left_alone(lines: str) -> None:
    mapping, problems = front(lines)
    assert problems == []
    assert mapping is not None


# ---- what is wrong with the file


def test_a_file_that_is_not_there(folder: Path) -> None:
    read_file, problems = read_source(folder, "content/none.md")
    assert [at(problem) for problem in problems] == [("unreadable", 1, 1)]
    assert (read_file.front, read_file.body, read_file.body_line) == (None, "", 1)


def test_what_is_no_file_is_not_opened(folder: Path) -> None:
    (folder / "folder.md").mkdir()
    os.mkfifo(folder / "pipe.md")
    (folder / "loop.md").symlink_to("loop.md")
    for file in ("folder.md", "pipe.md", "loop.md", "nul\0.md", "n" * 5000 + ".md"):
        read_file, problems = read_source(folder, file)
        assert ([problem.rule for problem in problems], read_file.front) == (["unreadable"], None)


def test_a_link_out_of_the_project_is_not_followed(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    secret = tmp_path_factory.mktemp("outside") / "secret.md"
    secret.write_text(GOOD, "utf-8")
    (folder / "link.md").symlink_to(secret)
    (folder / FILE).write_text(GOOD, "utf-8")
    (folder / "inside.md").symlink_to(folder / FILE)
    assert [problem.rule for problem in read_source(folder, "link.md")[1]] == ["unreadable"]
    assert read_source(folder, "inside.md")[1] == []


def test_a_file_that_may_not_be_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path) -> bytes:
        raise PermissionError(13, "no")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    _, problems = read(folder, GOOD)
    assert "权限" in problems[0].message


def test_a_file_that_is_too_large_is_not_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "SIZE_LIMIT", 100)
    read_file, problems = read(folder, GOOD)
    assert [at(problem) for problem in problems] == [("too-large", 1, 1)]
    assert read_file.front is None


def test_too_much_front_matter_is_not_read(folder: Path) -> None:
    read_file, problems = read(folder, "---\n" + "甲" * (source.FRONT_LIMIT + 1) + "\n---\n正文")
    assert [at(problem) for problem in problems] == [("front-too-long", 2, 1)]
    assert (read_file.front, read_file.body) == (None, "正文")


def test_a_byte_order_mark_is_reported_and_read_over(folder: Path) -> None:
    expected, _ = read(folder, GOOD)
    read_file, problems = read(folder, GOOD.encode("utf-8-sig"))
    assert [at(problem) for problem in problems] == [("byte-order-mark", 1, 1)]
    assert problems[0].level == "warning"
    assert (read_file.front, read_file.body) == (expected.front, expected.body)


@pytest.mark.parametrize(("encoding", "name"), [("gbk", "GBK"), ("gb18030", "GBK"), ("utf-16", "UTF-16")])
def test_another_encoding_is_named_and_read(folder: Path, encoding: str, name: str) -> None:
    expected, _ = read(folder, GOOD)
    read_file, problems = read(folder, GOOD.encode(encoding))
    assert [problem.rule for problem in problems] == ["not-utf8"]
    assert name in problems[0].message
    assert "记事本" in problems[0].mend and "VS Code" in problems[0].mend and name in problems[0].mend
    assert (read_file.front, read_file.body) == (expected.front, expected.body)


def test_the_first_byte_that_is_not_utf8_is_named(folder: Path) -> None:
    good = "---\r\nname: 王勇\r\nunit: 甲"
    _, problems = read(folder, good.encode() + b"\xff" + "乙\r\n---\r\n".encode())
    assert [at(problem) for problem in problems] == [("not-utf8", 3, 8)]
    assert "坏" in problems[0].message


def test_a_broken_byte_does_not_hide_the_rest(folder: Path) -> None:
    data = GOOD.encode().replace("正文一".encode(), "正文".encode() + b"\xe4\xb8")
    read_file, problems = read(folder, data)
    assert [problem.rule for problem in problems] == ["not-utf8"]
    assert read_file.front is not None
    assert "正文�" in read_file.body


def test_a_word_document_is_called_by_its_name(folder: Path) -> None:
    read_file, problems = read(folder, b"PK\x03\x04\x14\x00\x06\x00\xff\xfe\x00")
    assert [problem.rule for problem in problems] == ["not-utf8"]
    assert "Word" in problems[0].message
    assert (read_file.front, read_file.body) == (None, "")


@pytest.mark.parametrize(
    "character", ["\0", "\x07", "\x0b", "\x0c", "\x1b", "\x85", "\u2028", "\u2029", "\ufeff", "\ufffe"]
)
def test_control_characters_are_found_at_their_place(folder: Path, character: str) -> None:
    read_file, problems = read(folder, f"---\nname: 王{character}勇\n---\n正{character}文")
    assert [at(problem) for problem in problems] == [("control-character", 2, 8)]
    assert "共 2 处" in problems[0].message and f"U+{ord(character):04X}" in problems[0].message
    assert (plain(read_file.front), read_file.body) == ({"name": "王�勇"}, "正�文")


def test_an_escape_brings_no_control_character(folder: Path) -> None:
    read_file, _ = read(folder, '---\nname: "见 C:\\book"\n---\n')
    assert plain(read_file.front) == {"name": "见 C:�ook"}


def test_a_lost_character_is_a_warning(folder: Path) -> None:
    _, problems = read(folder, "---\nname: 王�\n---\n")
    assert [(*at(problem), problem.level) for problem in problems] == [("damaged-character", 2, 8, "warning")]


# ---- front matter


@pytest.mark.parametrize(
    ("content", "place", "is_read", "body"),
    [
        ("正文。\n\n---\n", (1, 1), False, "正文。\n\n---\n"),
        ("", (1, 1), False, ""),
        ("\n\n---\nname: 王勇\n---\n正文", (1, 1), True, "正文"),
        ("———\nname: 王勇\n---\n正文", (1, 1), True, "正文"),
        ("－－－\nname: 王勇\n－－－\n正文", (1, 1), True, "正文"),
        ("name: 王勇\n---\n正文", (1, 1), True, "正文"),
    ],
)
def test_no_front_matter(folder: Path, content: str, place: tuple[int, int], is_read: bool, body: str) -> None:
    read_file, problems = read(folder, content)
    assert [at(problem) for problem in problems] == [("no-front-matter", *place)]
    assert plain(read_file.front) == ({"name": "王勇"} if is_read else None)
    assert read_file.body == body


@pytest.mark.parametrize(
    ("content", "place", "is_read", "body"),
    [
        ("---\nname: 王勇\n正文。", (1, 1), False, ""),
        ("---", (1, 1), False, ""),
        ("---\nname: 王勇\n----\n正文", (3, 1), True, "正文"),
        ("---\nname: 王勇\n———\n正文", (3, 1), True, "正文"),
        ("---\nname: 王勇\n --- \n正文", (3, 1), True, "正文"),
    ],
)
def test_unclosed_front_matter(folder: Path, content: str, place: tuple[int, int], is_read: bool, body: str) -> None:
    read_file, problems = read(folder, content)
    assert [at(problem) for problem in problems] == [("unclosed-front-matter", *place)]
    assert plain(read_file.front) == ({"name": "王勇"} if is_read else None)
    assert read_file.body == body


# ---- one mistake, one problem: lines, rule, line, column, part of the mend, the values read in spite of it

MISTAKES = [
    ("name：张三", "full-width-colon", 1, 5, "name: 张三", {"name": "张三"}),
    ("name：张三\nunit: 甲", "full-width-colon", 1, 5, "name: 张三", {"name": "张三", "unit": "甲"}),
    ("unit: 甲\nname：张三", "full-width-colon", 2, 5, "name: 张三", {"unit": "甲", "name": "张三"}),
    ("unit: 甲\nname ： 张三\nx: y", "full-width-colon", 2, 6, "name : 张三", None),
    ("dates：\n  - date: x", "full-width-colon", 1, 6, "dates:", {"dates": [{"date": "x"}]}),
    ("dates:\n  - date：x", "full-width-colon", 2, 9, "- date: x", {"dates": [{"date": "x"}]}),
    (
        "dates:\n  - date: x\n    event：y",
        "full-width-colon",
        3,
        10,
        "event: y",
        {"dates": [{"date": "x", "event": "y"}]},
    ),
    ("unit: {name：甲, post: 乙}", "full-width-colon", 1, 12, "{name: 甲", {"unit": {"name": "甲", "post": "乙"}}),
    ("unit: 甲\n姓名：张三\nx: y", "full-width-colon", 2, 3, "姓名: 张三", {"unit": "甲", "姓名": "张三", "x": "y"}),
    ("tags: [一线， 抗疫]", "full-width-comma", 1, 10, '["一线， 抗疫"]', {"tags": ["一线", "抗疫"]}),
    ("tags: [一线、抗疫]", "full-width-comma", 1, 10, "[一线, 抗疫]", {"tags": ["一线", "抗疫"]}),
    ("a: {b: 甲，c: 乙}", "full-width-comma", 1, 9, "{b: 甲, c: 乙}", {"a": {"b": "甲", "c": "乙"}}),
    ("title: “甲: 乙”\nx: y", "full-width-quote", 1, 8, 'title: "甲: 乙"', {"title": "甲: 乙", "x": "y"}),
    ("date: “2020-01-24”", "full-width-quote", 1, 7, 'date: "2020-01-24"', {"date": "2020-01-24"}),
    ('title: "甲”\nx: y', "full-width-quote", 1, 10, 'title: "甲"', {"title": "甲", "x": "y"}),
    ('title: “甲"\nx: y', "full-width-quote", 1, 8, 'title: "甲"', {"title": "甲", "x": "y"}),
    ("quote: [“甲, 乙”, 丙]", "full-width-quote", 1, 9, '["甲, 乙", 丙]', {"quote": ["甲, 乙", "丙"]}),
    ("“name”: 甲", "full-width-quote", 1, 1, '"name": 甲', {"name": "甲"}),
    ("tags:\n\t- 甲\n\t- 乙", "tab", 2, 1, "空格键", {"tags": ["甲", "乙"]}),
    ("name: 甲\n\tunit: 乙", "tab", 2, 1, "空格键", {"name": "甲", "unit": "乙"}),
    ("name:　甲\nx: y", "full-width-space", 1, 6, "空格键", {"name": "甲", "x": "y"}),
    ("tags:\n　- 甲", "full-width-space", 2, 1, "空格键", {"tags": ["甲"]}),
    ("tags:\n\u00a0 - 甲\nx: y", "full-width-space", 2, 1, "空格键", {"tags": ["甲"], "x": "y"}),
    ("tags:\n  -　甲", "full-width-space", 2, 4, "空格键", {"tags": ["甲"]}),
    ("na\u200bme: 甲", "invisible-character", 1, 3, "退格键", {"name": "甲"}),
    ("name:张三\nx: y", "missing-space", 1, 5, "name: 张三", {"name": "张三", "x": "y"}),
    ("x: y\nname:张三", "missing-space", 2, 5, "name: 张三", {"x": "y", "name": "张三"}),
    ("unit:\n  - name:甲\n    post: 乙", "missing-space", 2, 9, "- name: 甲", {"unit": [{"name": "甲", "post": "乙"}]}),
    ("unit:\n  - name:甲", "missing-space", 2, 9, "- name: 甲", {"unit": [{"name": "甲"}]}),
    ("a: {b:x, c: y}", "missing-space", 1, 6, "{b: x, c: y}", {"a": {"b": "x", "c": "y"}}),
    ("title: 王勇: 记\nx: y", "colon-in-value", 1, 10, 'title: "王勇: 记"', {"title": "王勇: 记", "x": "y"}),
    ("a: 说:\nx: y", "colon-in-value", 1, 5, 'a: "说:"', {"a": "说:", "x": "y"}),
    ('a: "甲": 乙', "text-after-quote", 1, 7, "", None),
    ("a: @甲", "special-character", 1, 4, 'a: "@甲"', {"a": "@甲"}),
    ("a: `甲`", "special-character", 1, 4, 'a: "`甲`"', {"a": "`甲`"}),
    ("a: %甲", "special-character", 1, 4, 'a: "%甲"', {"a": "%甲"}),
    ("a: **甲** 乙\nx: y", "special-character", 1, 4, 'a: "**甲** 乙"', {"a": "**甲** 乙", "x": "y"}),
    ("a: *甲", "special-character", 1, 4, 'a: "*甲"', {"a": "*甲"}),
    ("a: *b", "special-character", 1, 4, 'a: "*b"', {"a": "*b"}),
    ("a: &b 甲", "special-character", 1, 4, 'a: "&b 甲"', {"a": "&b 甲"}),
    ("a: !甲", "special-character", 1, 4, 'a: "!甲"', {"a": "!甲"}),
    ("a: !!python/object:x {}", "special-character", 1, 4, "!!python", {"a": "!!python/object:x {}"}),
    ("a: [b, *c]", "special-character", 1, 8, '[b, "*c"]', {"a": ["b", "*c"]}),
    ("a: > 甲", "special-character", 1, 4, 'a: "> 甲"', {"a": "> 甲"}),
    ("a: [甲, 乙]]\nb: 丙", "extra-bracket", 1, 10, "a: [甲, 乙]", {"a": ["甲", "乙"], "b": "丙"}),
    ("a: {b: 甲}}", "extra-bracket", 1, 10, "a: {b: 甲}", {"a": {"b": "甲"}}),
    ("a: - 甲", "special-character", 1, 4, "下一行", {"a": "- 甲"}),
    ("title: [新闻] 王勇\nx: y", "special-character", 1, 8, '"[新闻] 王勇"', {"title": "[新闻] 王勇", "x": "y"}),
    ('a: "甲\nb: 乙\nc: 丙', "unclosed-quote", 1, 4, 'a: "甲"', {"a": "甲", "b": "乙", "c": "丙"}),
    ("a: '甲\nb: 乙", "unclosed-quote", 1, 4, "a: '甲'", {"a": "甲", "b": "乙"}),
    ('a: "甲\nb: "乙"\nc: 丙', "unclosed-quote", 1, 4, 'a: "甲"', {"a": "甲", "b": "乙", "c": "丙"}),
    ('a: ["甲, 乙]\nb: 丙', "unclosed-quote", 1, 5, "补上", None),
    ('a: "甲"乙"\nb: 丙', "text-after-quote", 1, 7, 'a: \'"甲"乙"\'', {"a": '"甲"乙"', "b": "丙"}),
    ("a: 'it's'", "text-after-quote", 1, 8, "a: \"'it's'\"", {"a": "'it's'"}),
    ('a: "C:\\path"', "backslash", 1, 7, "a: 'C:\\path'", {"a": "C:\\path"}),
    ("a: [甲, 乙\nb: 丙\nc: 丁", "unclosed-bracket", 1, 4, "a: [甲, 乙]", {"a": ["甲", "乙"], "b": "丙", "c": "丁"}),
    ("a: {b: 甲\nc: 丙", "unclosed-bracket", 1, 4, "a: {b: 甲}", {"a": {"b": "甲"}, "c": "丙"}),
    ("a: [甲, 乙】\nb: 丙", "unclosed-bracket", 1, 9, "a: [甲, 乙]", {"a": ["甲", "乙"], "b": "丙"}),
    ("a: [甲,\nb: 丙", "unclosed-bracket", 1, 4, "补上", None),
    ("a: 第 #5 号", "comment-or-text", 1, 6, 'a: "第 #5 号"', {"a": "第"}),
    ("a: #献血", "comment-or-text", 1, 4, 'a: "#献血"', {"a": "#献血"}),
    ("a: [甲 #乙, 丙]", "comment-or-text", 1, 7, '["甲 #乙", 丙]', {"a": ["甲 #乙", "丙"]}),
    ("<<: {a: b}", "yaml-feature", 1, 1, "逐个", None),
    ("a: b\n...\nc: d", "yaml-feature", 2, 1, "删去", None),
    ("%YAML 1.1\n---\na: b", "yaml-feature", 1, 1, "删去", None),
    ("name 张三\nx: y", "missing-colon", 1, 5, "name: 张三", {"name": "张三", "x": "y"}),
    ("x: y\nname 张三\nz: w", "missing-colon", 2, 5, "name: 张三", {"x": "y", "name": "张三", "z": "w"}),
    ("x: y\n这是备注\nz: w", "missing-colon", 2, 1, "备注", {"x": "y", "z": "w"}),
    ("a: 1\n  b: 2\nc: 3", "wrong-indent", 2, 1, "2 个空格", {"a": "1", "b": "2", "c": "3"}),
    (" a: 1\nb: 2", "wrong-indent", 1, 1, "1 个空格", {"a": "1", "b": "2"}),
    ("a:\n  - b: 1\n     c: 2\n    d: 3", "wrong-indent", 3, 1, "空 4 格", {"a": [{"b": "1", "c": "2", "d": "3"}]}),
    ("a:\n - b: 1\n  c: 2", "wrong-indent", 3, 1, "空 3 格", {"a": [{"b": "1", "c": "2"}]}),
    ("a:\n  - 甲\n   - 乙", "wrong-indent", 3, 1, "空 2 格", {"a": ["甲", "乙"]}),
    ("a:\n  - 甲\n - 乙", "wrong-indent", 3, 1, "空 2 格", {"a": ["甲", "乙"]}),
    ("a: 甲\n  - 乙", "wrong-indent", 2, 1, "并列", None),
    ("a: 1\nb: 2\na: 3", "duplicate-key", 3, 1, "列表", {"a": "1", "b": "2"}),
    ("a: {b: 1, b: 2}", "duplicate-key", 1, 11, "列表", {"a": {"b": "1"}}),
    ("[a]: b\nc: d", "key-not-text", 1, 1, "一个词", {"c": "d"}),
    ("- 甲\n- 乙", "not-a-mapping", 1, 1, "name: 王勇", None),
    ("a: [甲: 乙: 丙]", "yaml", 1, 9, "", None),
    ("a: " + "[" * 20 + "]" * 20, "too-deep", 1, 15, "", None),
    ("\n".join(" " * depth + "a:" for depth in range(20)), "too-deep", 13, 13, "", None),
]


@pytest.mark.parametrize("loader", [events.LOADER, yaml.BaseLoader])
@pytest.mark.parametrize(("lines", "rule", "line", "column", "mend", "values"), MISTAKES)
def test_one_mistake_is_one_problem_at_its_place(
    lines: str,
    rule: str,
    line: int,
    column: int,
    mend: str,
    values: object,
    loader: object,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(events, "LOADER", loader)
    mapping, problems = front(lines)
    assert [at(problem) for problem in problems] == [(rule, line, column)]
    assert mend in problems[0].mend
    if values is not None:
        assert plain(mapping) == values


def test_lines_are_those_of_the_file(folder: Path) -> None:
    _, problems = read(folder, "---\n# 备注\nunit: 甲\nname：张三\n---\n正文")
    assert [at(problem) for problem in problems] == [("full-width-colon", 4, 5)]
    assert problems[0].place.file == FILE
    assert read_line(folder, problems[0].place) == "name：张三"
    assert read_line(folder, Place(FILE, 99)) is None
    assert read_line(folder, Place("none.md")) is None


def test_five_mistakes_in_one_file_are_all_told_at_once(folder: Path) -> None:
    text = (
        "---\nname：王勇\nunit: 甲: 乙\nregion: 内蒙古自治区\ntags: [献血，网格]\n"
        'title: "勇担使命\ndates:\n\t- date: 2020-01-24\n---\n正文\n'
    )
    read_file, problems = read(folder, text)
    assert [at(problem) for problem in problems] == [
        ("full-width-colon", 2, 5),
        ("colon-in-value", 3, 8),
        ("full-width-comma", 5, 10),
        ("unclosed-quote", 6, 8),
        ("tab", 8, 1),
    ]
    assert plain(read_file.front) == {
        "name": "王勇",
        "unit": "甲: 乙",
        "region": "内蒙古自治区",
        "tags": ["献血", "网格"],
        "title": "勇担使命",
        "dates": [{"date": "2020-01-24"}],
    }


def test_places_of_values_are_those_before_the_mending() -> None:
    lines = "name：张三\ntags: [一线，抗疫，网格]\na: {b：x, c：y}\nt:\n\t- 甲"
    mapping, problems = front(lines)
    assert len(problems) == 5
    rows = lines.split("\n")
    for text in texts(mapping):
        assert rows[text.place.line - 1].startswith(str(text), text.place.column - 1)


def test_every_mended_line_is_right_when_the_editor_copies_it() -> None:
    for lines, _, line, _, _, values in MISTAKES:
        _, problems = front(lines)
        found = problems[0].mend.partition("写成：")[2].partition("（")[0].partition("；")[0]
        if not found or values is None or len(problems) != 1:
            continue
        rows = lines.split("\n")
        rows[line - 1] = rows[line - 1][: len(rows[line - 1]) - len(rows[line - 1].lstrip())] + found
        mapping, problems = front("\n".join(rows))
        assert problems == []
        assert mapping is not None


def test_every_rule_is_a_function_whose_docstring_says_it_and_is_seen_above() -> None:
    rules = {rule.__name__.replace("_", "-") for rule in nodes.RULES}
    assert rules == {rule for _, rule, *_ in MISTAKES} | {"invisible-character"}
    for rule in (*nodes.RULES, *files.RULES, *source.RULES):
        assert (rule.__doc__ or "").endswith(".")


# ---- nothing that an editor can write may raise, or take long

FUZZ = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
PIECES = st.sampled_from(
    [
        *"：，“”‘’\"'[]{}#&*!|>%@`,:-?~\t \n\\　甲a1",
        "\r\n",
        "---",
        "...",
        "<<",
        "- ",
        ": ",
        "\ufeff",
        "\u2028",
        "\0",
        "name: ",
        "\n  ",
    ]
)


def check(folder: Path, content: bytes) -> None:
    """Assert what holds whatever a file contains: places lie in it, and what is not read is not passed over."""
    (folder / FILE).write_bytes(content)
    result, problems = read_source(folder, FILE)
    mapping, more = read_yaml(folder, FILE)
    text, _, _ = read_text(folder, FILE)
    rows = [] if text is None else text.split("\n")
    places = [problem.place for problem in problems + more]
    places += [text.place for node in (result.front, mapping) for text in texts(node)]
    for place in places:
        assert 1 <= place.line <= max(1, len(rows))
        assert 1 <= place.column <= (len(rows[place.line - 1]) if rows else 0) + 1
    assert result.front is not None or problems
    assert mapping is not None or more
    assert problems == sorted(set(problems))
    assert (problems, result) == read_source(folder, FILE)[::-1]


@FUZZ
@given(st.binary(max_size=300))
def test_any_bytes_can_be_read(folder: Path, content: bytes) -> None:
    check(folder, content)
    check(folder, b"---\n" + content + b"\n---\n")


@FUZZ
@given(st.text(max_size=200))
def test_any_text_can_be_read(folder: Path, content: str) -> None:
    check(folder, f"---\n{content}\n---\n".encode("utf-8", "surrogatepass"))


@FUZZ
@given(st.lists(PIECES, max_size=40).map("".join))
def test_any_heap_of_signs_can_be_read(folder: Path, content: str) -> None:
    check(folder, f"---\n{content}\n---\n".encode())


@FUZZ
@given(st.lists(st.tuples(st.integers(0, len(GOOD)), st.integers(0, 3), PIECES), min_size=1, max_size=4))
def test_any_slip_in_a_good_file_can_be_read(folder: Path, slips: list[tuple[int, int, str]]) -> None:
    content = GOOD
    for start, removed, inserted in slips:
        content = content[:start] + inserted + content[start + removed :]
    check(folder, content.encode())


@pytest.mark.parametrize(
    "content",
    [
        "[" * 5000,
        "a: " + "[" * 50_000,
        "{" * 5000,
        "a: " + "{a: " * 5000,
        "- " * 50_000,
        "? " * 50_000,
        "a: " + "[" * 5000 + "]" * 5000,
        "\n".join(" " * depth + "a:" for depth in range(400)),
        "a: &a [x, x]\n" + "\n".join(f"b{n}: &b{n} [*a, *a, *a, *a, *a, *a]" for n in range(50)),
        "a: &a [*a]",
        "name：甲\n" * 2_000,
        "a:b\n" * 2_000,
        "a: [" + "甲，" * 9_000 + "]",
        "a: [" + "“a, " * 5_000 + "]",
        "a: [" + "“" * 90_000 + "，]",
        "a: {" + "b：c, " * 3_000 + "}",
        "- " * 20_000 + "name：",
        "\t\n" * 5_000 + "\ta: b",
        "a: '" + "\n甲: " * 4_000,
        'a: "' + "\\" * 90_000,
        "a: " + "#" * 90_000,
        "a: " + " #b" * 30_000,
        "a: b\n" * 3_000,
        ": " * 40_000,
        " " * 90_000 + "a: b",
        "\u200b" * 90_000,
        "x" * 90_000,
    ],
    ids=lambda content: repr(content[:12]),
)
def test_no_file_exhausts_time_or_stack(folder: Path, content: str) -> None:
    start = time.process_time()
    check(folder, f"---\n{content}\n---\n".encode())
    assert time.process_time() - start < 8
