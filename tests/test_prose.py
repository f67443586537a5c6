"""Markdown and the editorial marks: what they become, what is refused and where, and that no text breaks anything."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.body.marks import ETX, STX
from builder.body.markup import TextProcessor, _machine
from builder.prose import Prose, read_prose, resolve_links

FILE = "content/profiles/a.md"
FIRST_LINE = 10


def read(body: str) -> Prose:
    """Return the prose of a body in which nothing is wrong."""
    prose, problems = read_prose(body, FILE, FIRST_LINE)
    assert problems == []
    return prose


def found(body: str) -> list[tuple[str, int, int]]:
    """Return rule, line of the body and column of each problem, in order of place."""
    problems = sorted(read_prose(body, FILE, FIRST_LINE)[1])
    assert all(problem.message and problem.mend for problem in problems)
    return [(problem.rule, problem.place.line - FIRST_LINE + 1, problem.place.column) for problem in problems]


def layers(body: str) -> tuple[str, str]:
    """Return the reading and the received text of a body of one paragraph."""
    (paragraph,) = read(body).paragraphs
    return paragraph.reading, paragraph.received


def noteref(number: int, word: str = "校", prefix: str = "") -> str:
    heard = "校注" if word == "校" else "注"
    return (
        f'<a class="noteref" id="{prefix}r{number}" role="doc-noteref" href="#{prefix}n{number}"'
        f' aria-label="{heard}{number}" data-anchor="--{prefix}r{number}">{word}{number}</a>'
    )


def inner(body: str) -> str:
    """Return the HTML inside the only paragraph of a body."""
    return read(body).html.removeprefix('<p class="paragraph" id="p1">').removesuffix("</p>")


MARKS = [
    # body, reading, received, html, note
    (
        "经{~~核算~>核酸~~}检测",
        "经核酸检测",
        "经核算检测",
        f'经<span class="corr" data-received="核算">核酸</span>{noteref(1)}检测',
        "原文作“核算”。",
    ),
    (
        "又{++不++}顾",
        "又不顾",
        "又顾",
        f'又<span class="supplied">［不］</span>{noteref(1)}顾',
        "原文无“不”字，编者补。",
    ),
    (
        "好{--的--}地方",
        "好地方",
        "好的地方",
        f'好<span class="surplus" data-received="的"></span>{noteref(1)}地方',
        "原文有“的”字，今删。",
    ),
    (
        "那种{==刻心==}{>>“刻心”照录。<<}的",
        "那种刻心的",
        "那种刻心的",
        f'那种<span class="doubt">刻心</span>{noteref(1, "注")}的',
        "“刻心”照录。",
    ),
    (
        "我绝对不{>>断页<<}出小区",
        "我绝对不出小区",
        "我绝对不出小区",
        f"我绝对不出小区{noteref(1, '注')}",
        "原文此处断页，今连排。",
    ),
    ("神木县{>>今神木市。<<}的", "神木县的", "神木县的", f"神木县{noteref(1, '注')}的", "今神木市。"),
]


@pytest.mark.parametrize(("body", "reading", "received", "html", "note"), MARKS)
def test_a_mark_has_two_layers_a_sign_and_a_note(body: str, reading: str, received: str, html: str, note: str) -> None:
    assert layers(body) == (reading, received)
    assert inner(body) == html
    assert [each.text for each in read(body).notes] == [note]


NOTES = [
    ("{~~心里~>心理~~}{>>原文作“心里疏导”，当为“心理疏导”。<<}", "原文作“心里疏导”，当为“心理疏导”。"),
    ("{~~‘甲’~>“甲”~~}{>>见上条。<<}", "原文作“‘甲’”。见上条。"),
    ("{~~的~>得~~}{>>补语用“得”，此处的字误。<<}", "原文作“的”。补语用“得”，此处的字误。"),
    ("{~~“甲~>“甲”~~}", "原文作：“甲。"),
    ("{++”++}", "编者补：”。"),
    ("{++不能++}", "原文无“不能”，编者补。"),
    ("{++不++}{>>脱一字。<<}", "脱一字。"),
    ("{--的--}{>>衍。<<}", "原文有“的”字。衍。"),
    ("{--的的--}", "原文有“的的”，今删。"),
]


@pytest.mark.parametrize(("body", "note"), NOTES)
def test_the_received_characters_can_be_reached_from_every_note(body: str, note: str) -> None:
    assert [each.text for each in read(body).notes] == [note]


def test_notes_are_numbered_in_the_order_of_their_signs_in_the_whole_text() -> None:
    prose = read("甲{>>断页<<}乙{++丙++}\n\n丁{==戊==}{>>己<<}")
    assert [(note.label, note.kind, note.paragraph) for note in prose.notes] == [
        ("校1", "supplied", 1),
        ("注2", "break", 1),
        ("注3", "doubt", 2),
    ]
    (supplied, page_break) = prose.paragraphs[0].emendations
    assert (page_break.start, page_break.end, page_break.note) == (1, 1, 2)
    assert (supplied.start, supplied.end, supplied.received) == (2, 3, "")


def test_a_note_may_hold_markdown_but_no_html() -> None:
    prose = read("甲{>>见[王勇](person:wang-yong)，**不** `a<b` &lt;。<<}")
    assert prose.notes[0].html == (
        '见<a href="person:wang-yong">王勇</a>，<strong>不</strong> <code>a&lt;b</code> &lt;。'
    )
    assert prose.notes[0].text == "见王勇，不 a<b <。"
    assert prose.references == ()
    assert [(link.kind, link.target) for link in prose.links] == [("person", "wang-yong")]


def test_a_received_form_is_shown_in_print_only_if_short() -> None:
    assert 'data-received="一二三四"' in read("{~~一二三四~>五~~}").html
    assert "data-received" not in read("{~~一二三四五~>六~~}").html


def test_a_mark_of_doubt_holds_links_and_a_link_holds_marks() -> None:
    assert '<span class="doubt"><a href="person:w">王</a></span>' in read("{==[王](person:w)==}{>>疑<<}").html
    assert read("[王{~~用~>勇~~}](person:w)。").html.endswith(
        f'<a href="person:w">王<span class="corr" data-received="用">勇</span></a>{noteref(1)}。</p>'
    )


def test_emphasis_may_span_a_mark() -> None:
    assert inner("**甲{++乙++}丙**") == f'<strong>甲<span class="supplied">［乙］</span>{noteref(1)}丙</strong>'


def test_marks_in_code_are_left_alone() -> None:
    prose = read("写 `{==a==}`。\n\n```\n{++b++} <i>\n\n{--\n```\n")
    assert prose.notes == ()
    assert prose.html.endswith('<pre id="p2"><code>{++b++} &lt;i&gt;\n\n{--\n</code></pre>')


def test_a_backslash_makes_a_mark_text() -> None:
    assert layers("\\{==甲==\\} \\<b> \\*乙\\*") == ("{==甲==} <b> *乙*",) * 2


FAULTS = [
    ("甲乙{~~丙~>丁", [("unclosed-mark", 1, 3)]),
    ("甲\n\n乙{++丙", [("unclosed-mark", 3, 2)]),
    ("{--甲 {--乙--}", [("unclosed-mark", 1, 1)]),
    ("{>>甲", [("unclosed-mark", 1, 1)]),
    ("{==甲==}{>>乙", [("unclosed-mark", 1, 8)]),
    ("甲==}乙", [("stray-mark", 1, 2)]),
    ("甲<<}乙", [("stray-mark", 1, 2)]),
    ("{==甲{++乙++}丙==}{>>丁<<}", [("nested-mark", 1, 5)]),
    ("{++甲{++乙++}丙++}", [("nested-mark", 1, 5)]),
    ("甲{++[乙](person:yi)++}", [("malformed-link", 1, 2)]),
    ("甲{~~丙~>[乙](person:yi)~~}", [("malformed-link", 1, 2)]),
    ("甲{--[乙](https://a.cn/)--}", [("malformed-link", 1, 2)]),
    ("甲{>>乙{--丙--}<<}", [("nested-mark", 1, 6)]),
    ("甲{==乙\n\n丙==}{>>丁<<}", [("mark-over-paragraph", 1, 2)]),
    ("- 甲{++乙\n- 丙++}", [("mark-over-paragraph", 1, 4)]),
    ("{~~甲~~}", [("incomplete-emendation", 1, 1)]),
    ("{~~甲~>乙~>丙~~}", [("incomplete-emendation", 1, 1)]),
    ("{~~~>乙~~}", [("empty-mark", 1, 1)]),
    ("{~~甲~>~~}", [("empty-mark", 1, 1)]),
    ("{~~甲~>甲~~}", [("empty-mark", 1, 1)]),
    ("甲{++++}", [("empty-mark", 1, 2)]),
    ("甲{>><<}", [("empty-mark", 1, 2)]),
    ("{==甲==}{>><<}", [("empty-mark", 1, 8)]),
    ("{==甲==}，乙", [("mark-without-note", 1, 1)]),
    ("![甲{++乙++}](a.jpg)", [("misplaced-mark", 1, 4)]),
    ("甲<b>乙</b>", [("raw-html", 1, 2)]),
    ("甲\n<!-- 乙\n\n丙 -->", [("raw-html", 2, 1)]),
    ("甲</p>", [("raw-html", 1, 2)]),
    ("> - 甲 <br/>乙", [("raw-html", 1, 7)]),
    ("甲 < 乙 > 丙 <丁> 1<2", []),
    ("[甲](javascript:alert)", [("unsafe-link", 1, 5)]),
    ("[甲](JAVA&#115;cript:alert)", [("unsafe-link", 1, 5)]),
    ("[甲](<java script:alert>)", [("unsafe-link", 1, 6)]),
    ("[甲](data:text/html,x)", [("unsafe-link", 1, 5)]),
    ("[甲](file:///etc/passwd)", [("unsafe-link", 1, 5)]),
    ("[甲](vbscript:x)", [("unsafe-link", 1, 5)]),
    ("[甲](//evil.example)", [("unsafe-link", 1, 5)]),
    ("[甲](/\\\\evil.example)", [("unsafe-link", 1, 5)]),
    ("[甲](&#1;javascript:x)", [("unsafe-link", 1, 5)]),
    ("[甲]()", [("malformed-link", 1, 1)]),
    ("[](a.html)", [("malformed-link", 1, 1)]),
    ("[![合影](a.jpg)](person:wang-yong)", [("malformed-link", 1, 1)]),
    ("[甲](person:)", [("malformed-link", 1, 1)]),
    ("[甲](a b)", [("malformed-link", 1, 4)]),
    ('[甲](a "题")', [("malformed-link", 1, 4)]),
    ("[甲]（person:w）", [("malformed-link", 1, 4)]),
    ("见[甲]（乙）", []),
    ("![](a.jpg)", [("image-without-alt", 1, 1)]),
    ("![甲](https://a.example/b.jpg)", [("remote-image", 1, 6)]),
    ("![甲](//a.example/b.jpg)", [("remote-image", 1, 6)]),
    ("![甲](data:image/png;base64,x)", [("unsafe-link", 1, 6)]),
    ("甲\t\t乙{++丙", [("unclosed-mark", 1, 5)]),
    ("甲\r\n\r\n乙{++丙", [("unclosed-mark", 3, 2)]),
    ("| 甲 | 乙 |\n|---|---|\n| 丙 | {==丁==} |", [("mark-without-note", 3, 7)]),
    ("丙{++\n\n甲{==乙==}", [("unclosed-mark", 1, 2), ("mark-without-note", 3, 2)]),
]


@pytest.mark.parametrize(("body", "problems"), FAULTS)
def test_one_mistake_is_one_problem_in_its_place(body: str, problems: list[tuple[str, int, int]]) -> None:
    assert found(body) == problems


def test_what_is_refused_is_shown_as_text() -> None:
    prose, _ = read_prose("<script>x</script> [甲](javascript:y) &lt;i&gt;", FILE, 1)
    assert prose.html == '<p class="paragraph" id="p1">&lt;script&gt;x&lt;/script&gt; 甲 &lt;i&gt;</p>'


LINKS = [
    ("[甲](person:wang-yong)", "person", "wang-yong"),
    ("[甲](organisation:玉泉区综治中心)", "organisation", "玉泉区综治中心"),
    ("[甲](region:tongliao)", "region", "tongliao"),
    ("[甲](https://a.example/?b=1&c=(d))", "outside", "https://a.example/?b=1&c=(d)"),
    ("[甲](mailto:a@b.example)", "outside", "mailto:a@b.example"),
    ("[甲](tel:+86-471)", "outside", "tel:+86-471"),
    ("<https://a.example>", "outside", "https://a.example"),
    ("<a@b.example>", "outside", "mailto:a@b.example"),
    ("[甲](about.html#b)", "relative", "about.html#b"),
    ("[甲](../people/a.html)", "relative", "../people/a.html"),
    ("[甲](#p2)", "anchor", "#p2"),
]


@pytest.mark.parametrize(("body", "kind", "target"), LINKS)
def test_every_link_is_listed_with_its_target(body: str, kind: str, target: str) -> None:
    (link,) = read(body).links
    assert (link.kind, link.target) == (kind, target)


def test_a_reference_knows_its_words_and_its_places() -> None:
    body = "甲\n\n在{~~的~>得~~}[玉泉区](region:yuquan)和[王勇](person:wang-yong#p3)。"
    first, second = read(body).references
    assert (first.kind, first.target, first.text, first.paragraph) == ("region", "yuquan", "玉泉区", 2)
    assert (first.start, first.end) == (2, 5)
    assert (first.place.line, first.place.column) == (FIRST_LINE + 2, 18)
    assert (second.target, second.text) == ("wang-yong", "王勇")
    assert body.split("\n")[2][second.place.column - 1 :].startswith("person:wang-yong#p3")


def test_links_are_resolved_by_kind_and_target() -> None:
    prose = read('甲[乙](person:a&b"c)[丙](region:none)[丁](https://e.example)\n\n![图<](b.jpg) ![无](c.jpg)')

    def resolve(kind: str, target: str) -> str:
        return {("person", 'a&b"c'): 'p.html?"', ("image", "b.jpg"): "i/b.jpg"}.get((kind, target), "")

    assert resolve_links(prose.html, resolve) == (
        '<p class="paragraph" id="p1">甲<a href="p.html?&quot;">乙</a><span>丙</span><a href="https://e.example">丁</a></p>\n'
        '<p><img src="i/b.jpg" alt="图&lt;"> <span>无</span></p>'
    )


def test_text_cannot_pass_for_a_symbolic_link() -> None:
    html = read('\\<a href="person:w">甲\\</a> `<a href="person:w">乙</a>`').html
    assert resolve_links(html, lambda kind, target: "forged") == html


def test_every_block_of_text_has_an_anchor_and_headings_have_words() -> None:
    body = (
        "# 一 标题\n\n甲\n\n- 乙\n- 丙\n\n> 丁\n\n## 一 标题\n\n### 节 {#own}\n\n## p1\n\n| 戊 |\n|---|\n| 己 |\n\n庚"
    )
    prose = read(body)
    assert [paragraph.anchor for paragraph in prose.paragraphs] == [
        "一-标题", "p1", "p2", "p3", "p4", "一-标题-2", "own", "h-p1", "p5", "p6",
    ]  # fmt: skip
    assert [paragraph.number for paragraph in prose.paragraphs] == list(range(1, 11))
    assert [paragraph.line - FIRST_LINE + 1 for paragraph in prose.paragraphs] == [1, 3, 5, 6, 8, 10, 12, 14, 16, 20]
    assert '<li class="paragraph" id="p2">乙</li>' in prose.html
    assert '<blockquote>\n<p class="paragraph" id="p4">丁</p>' in prose.html
    assert "<h1" not in prose.html


def test_a_prefix_stands_before_every_id_and_every_link_to_one() -> None:
    prose, _ = read_prose("## 节\n\n甲{++乙++}[丙](#p1)", FILE, 1, "b-")
    assert prose.html == (
        '<h2 id="b-节">节</h2>\n<p class="paragraph" id="b-p1">甲<span class="supplied">［乙］</span>'
        f'{noteref(1, prefix="b-")}<a href="#b-p1">丙</a></p>'
    )
    assert (prose.notes[0].anchor, prose.notes[0].back) == ("b-n1", "b-r1")


JOINED = [
    ("中\n文", "中文"),
    ("中，\n文", "中，文"),
    ("他说：\n“好”\n了", "他说：“好”了"),
    ("**中**\n文", "<strong>中</strong>文"),
    ("中\n**文**", "中<strong>文</strong>"),
    ("[中](a.html)\n文", '<a href="relative:a.html">中</a>文'),
    ("中\nA\nB", "中\nA\nB"),
    ("“a”\n“b”", "“a”\n“b”"),
    ("中  \n文", "中<br>\n文"),
    ("𠮷\n𠮷", "𠮷𠮷"),
]


@pytest.mark.parametrize(("body", "html"), JOINED)
def test_a_line_break_between_chinese_characters_is_no_space(body: str, html: str) -> None:
    assert inner(body) == html


def test_bold_works_beside_chinese_punctuation() -> None:
    assert inner("他说**“抗疫”**，**《通知》**下发") == "他说<strong>“抗疫”</strong>，<strong>《通知》</strong>下发"


def test_rare_and_special_characters_come_through() -> None:
    assert inner("𠮷&<>\"'&amp;&copy;&nosuch;&#x20bb7;&#2;") == "𠮷&amp;&lt;&gt;\"'&amp;©&amp;nosuch;𠮷&amp;#2;"
    assert 'alt="&quot;&lt;&amp;"' in read('!["<&](a.jpg)').html


def test_control_characters_never_reach_the_page() -> None:
    assert inner("甲\x00\x02\x85\ud800\uffff乙") == "甲" + "\ufffd" * 5 + "乙"


def test_what_is_no_heading_and_no_code_stays_text() -> None:
    assert inner("#战疫# 日记") == "#战疫# 日记"
    assert inner("    行首空格") == "行首空格"
    assert inner("　　行首空格") == "行首空格"
    assert inner("[注]: 一句话") == "[注]: 一句话"
    assert inner("**重**{文}") == "<strong>重</strong>{文}"


PATHOLOGICAL = [
    "{==" * 5000,
    "{==a" * 5000 + "==}" * 5000,
    "*" * 5000,
    "*a" * 5000,
    "_a*" * 5000,
    "*" * 5000 + "a" + "*" * 5000,
    "[" * 5000,
    "[" * 5000 + "]" * 5000 + "(a)",
    "![" * 5000,
    "[a](" * 5000,
    "`a``" * 5000,
    "<!--" * 5000,
    "> " * 5000 + "a",
    "- " * 5000 + "a",
    "#" * 5000 + "a",
    "中，" * 100_000,
    "{~~a~>b~~}" * 5000,
    "|" * 5000 + "\n" + "|" * 5000,
    " " * 50_000 + "a\tb" * 5000,
]


@pytest.mark.parametrize("body", PATHOLOGICAL, ids=lambda body: body[:8])
def test_texts_that_lead_parsers_astray_are_read(body: str) -> None:
    prose, problems = read_prose(body, FILE, 1)
    assert prose.html
    assert all(problem.place.file == FILE for problem in problems)


def test_what_nests_too_deeply_is_plain_text_and_one_problem() -> None:
    prose, problems = read_prose("甲\n\n" + "- " * 3000 + "乙", FILE, FIRST_LINE)
    assert [(problem.rule, problem.place.line) for problem in problems] == [("text-too-deep", FIRST_LINE + 2)]
    assert [paragraph.anchor for paragraph in prose.paragraphs] == ["p1", "p2"]
    assert read("乙").html == '<p class="paragraph" id="p1">乙</p>'


BLOCKS = {"p", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "pre", "hr"}
TABLES = {"table", "thead", "tbody", "tr", "th", "td"}
ELEMENTS = BLOCKS | TABLES | {"code", "br", "img", "a", "span", "strong", "em"}
ATTRIBUTES = [
    "class",
    "id",
    "href",
    "src",
    "alt",
    "role",
    "aria-label",
    "data-anchor",
    "data-received",
    "start",
    "scope",
]


class Reader(HTMLParser):
    """Asserts that a fragment is well formed and holds nothing but what it may."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in ELEMENTS
        assert {name for name, _ in attrs} <= set(ATTRIBUTES)
        values = {name: value or "" for name, value in attrs}
        assert not values.get("href", "").lower().startswith(("javascript", "data", "file", "vbscript"))
        assert tag not in ("a", "p") or tag not in self.open
        self.ids += [values["id"]] if "id" in values else []
        self.open += [] if tag in ("hr", "br", "img") else [tag]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


SIGNS = ("{~~", "~>", "~~}", "{++", "++}", "{--", "--}", "{==", "==}", "{>>", "<<}", "断页", "`", "``", "*", "**", "_")
BRACKETS = ("[", "]", "(", ")", "](", "![", "](person:a)", "](https://a.example)", "](javascript:a)", "](a.jpg)", "|")
TAGS = ("<", "<b>", "</b>", "<!--", "<https://a.example>", "<a@b.example>", "&", "&lt;", "&#2;", "&#106;", "&copy;")
LINES = (
    "\n",
    "\n\n",
    "    ",
    "\t",
    " ",
    "  \n",
    "\r\n",
    "\r",
    "\n```\n",
    "|-|-|",
    "# ",
    "- ",
    "1. ",
    "> ",
    "---",
    "===",
)
TEXTS = ("王", "勇", "，", "“", "”", "𠮷", "a", "\\", '"', "'", "\u3000", "{#x}", "{:onclick=x}", "[x]:y", STX, ETX)
PIECES = st.sampled_from((*SIGNS, *BRACKETS, *TAGS, *LINES, *TEXTS, f"{STX}klzzwxh:0000{ETX}"))
BODIES = st.one_of(st.lists(PIECES, max_size=40).map("".join), st.text(max_size=60))


@settings(max_examples=400, deadline=None)
@given(BODIES)
def test_any_text_gives_a_sound_fragment_and_problems_in_the_file(body: str) -> None:
    prose, problems = read_prose(body, FILE, FIRST_LINE)
    reader = Reader()
    reader.feed(prose.html)
    reader.close()
    assert reader.open == []
    assert len(reader.ids) == len(set(reader.ids))
    lines = body.replace("\r\n", "\n").replace("\r", " ").split("\n")
    for problem in problems:
        line = problem.place.line - FIRST_LINE
        assert 0 <= line < len(lines)
        assert 1 <= problem.place.column <= len(lines[line]) + 1
    for reference in prose.references:
        paragraph = prose.paragraphs[reference.paragraph - 1]
        assert paragraph.number == reference.paragraph
        assert paragraph.reading[reference.start : reference.end] == reference.text
    assert [note.number for note in prose.notes] == list(range(1, len(prose.notes) + 1))


@settings(max_examples=200, deadline=None)
@given(BODIES)
def test_a_text_that_is_spared_the_patterns_is_what_they_would_leave(body: str) -> None:
    spared = read_prose(body, FILE, 1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TextProcessor, "STARTS", re.compile(""))
        assert read_prose(body, FILE, 1) == spared


def test_every_pattern_begins_with_a_character_that_is_looked_for() -> None:
    machine, _ = _machine()
    begins = [processor.pattern for processor in machine.inlinePatterns]
    assert len(begins) == 8, "does the new one begin with a character of TextProcessor.STARTS?"
    for text in (f"{STX}mark:0{ETX}", "\\*", "[", "![", "<a@b.example>", "  \n", "*", "_", "&amp;"):
        assert TextProcessor.STARTS.search(text)


@settings(max_examples=100, deadline=None)
@given(BODIES, BODIES)
def test_a_text_does_not_depend_on_what_was_read_before(body: str, other: str) -> None:
    expected = read_prose(body, FILE, 1)
    read_prose(other, FILE, 1)
    assert read_prose(body, FILE, 1) == expected


WORDS = st.text("甲乙丙丁，。“”ab12", min_size=1, max_size=5)
STRETCHES = st.one_of(
    WORDS.map(lambda word: (word, word, word)),
    st.tuples(WORDS, WORDS)
    .filter(lambda pair: pair[0] != pair[1])
    .map(lambda pair: (f"{{~~{pair[0]}~>{pair[1]}~~}}", pair[1], pair[0])),
    WORDS.map(lambda word: (f"{{++{word}++}}", word, "")),
    WORDS.map(lambda word: (f"{{--{word}--}}", "", word)),
    WORDS.map(lambda word: (f"{{=={word}==}}{{>>{word}<<}}", word, word)),
    WORDS.map(lambda word: (f"[{word}](person:a)", word, word)),
    WORDS.map(lambda word: (f"**{word}**", word, word)),
    st.just(("{>>断页<<}", "", "")),
)


@settings(max_examples=300, deadline=None)
@given(st.lists(STRETCHES, min_size=1, max_size=12))
def test_both_layers_are_exact_and_every_character_knows_its_place(stretches: list[tuple[str, str, str]]) -> None:
    body = "始" + "，".join(written for written, _, _ in stretches) + "终"
    prose = read(body)
    (paragraph,) = prose.paragraphs
    assert paragraph.reading == "始" + "，".join(reading for _, reading, _ in stretches) + "终"
    assert paragraph.received == "始" + "，".join(received for _, _, received in stretches) + "终"
    for offset, character in enumerate(paragraph.received):
        assert body[paragraph.place_of_received(FILE, offset).column - 1] == character
    for offset, character in enumerate(paragraph.reading):
        assert body[paragraph.place_of_reading(FILE, offset).column - 1] == character
