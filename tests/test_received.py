"""The received text: equality character by character, and where and how a difference is reported."""

import random
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from builder.content import read_content
from builder.folding import fold
from builder.problems import Place, Problem
from builder.prose import read_prose
from builder.received import check_half_width, check_received
from builder.text import Text

ROOT = Path(__file__).resolve().parent.parent
FILE = "content/profiles/a.md"
BODY_LINE = 20

RECEIVED = """
## 法官变“门卫” 忠诚守“疫”线

——通辽法院小记


甲乙丙,经核算检测;又顾(丁)的:我绝对不


出小区?第二段37.5℃!

末段。 (王丹)
"""
BODY = """甲乙丙，经{~~核算~>核酸~~}{>>误。<<}检测；又{++不++}顾（丁）{--的--}：我绝对不{>>断页<<}出小区？第二段37.5℃！

**末**[段](person:a)。"""


@dataclass(frozen=True)
class Document:
    """What a profile gives the check."""

    title: Text | None = Text("法官变“门卫” 忠诚守“疫”线", Place(FILE, 2, 8))
    subtitle: Text | None = Text("通辽法院小记", Place(FILE, 3, 11))
    author: Text | None = Text("王丹", Place(FILE, 4, 9))
    file: str = FILE
    source: dict[str, Text] = field(
        default_factory=lambda: {"received": Text("sources/a.txt", Place(FILE, 5, 13))},
    )


def check(received: str = RECEIVED, body: str = BODY, document: Document | None = None) -> list[Problem]:
    prose, problems = read_prose(body, FILE, BODY_LINE)
    assert problems == []
    return check_received(document or Document(), prose, received)


def test_marks_are_undone_and_declared_punctuation_and_white_space_do_not_count() -> None:
    assert check() == []


CHANGES = [
    # in the body, its new form, line, column, message has, mend has
    ("甲乙丙", "甲己丙", (20, 2), ("甲乙丙", "甲己丙"), "{~~乙~>己~~}"),
    ("甲乙丙", "甲丙", (20, 2), ("甲乙丙", "甲丙，"), "{--乙--}"),
    ("甲乙丙", "甲乙乙丙", (20, 3), ("甲乙丙", "甲乙乙丙"), "{++乙++}"),
    ("核算~>", "核对~>", (20, 10), ("核算", "核对"), "{~~算~>对~~}"),
    ("检测；", "检查；", (20, 27), ("检测", "检查"), "{~~测~>查~~}"),
    ("{--的--}", "", (20, 41), ("的：", "）：我"), "{--的--}"),
    ("{++不++}", "不", (20, 30), ("又顾", "又不顾"), "{++不++}"),
    ("37.5℃", "37．5℃", (20, 70), ("37.5", "37．5"), "{~~.~>．~~}"),
    ("**末**", "**未**", (22, 3), ("末段", "未段"), "{~~末~>未~~}"),
    ("[段]", "[断]", (22, 7), ("末段", "末断"), "{~~段~>断~~}"),
]


@pytest.mark.parametrize(("old", "new", "place", "shown", "mend"), CHANGES)
def test_a_change_is_one_problem_at_its_place(
    old: str, new: str, place: tuple[int, int], shown: tuple[str, str], mend: str
) -> None:
    assert BODY.count(old) == 1
    (problem,) = check(body=BODY.replace(old, new))
    assert problem.rule == "received-differs"
    assert (problem.place.file, problem.place.line, problem.place.column) == (FILE, *place)
    theirs, ours = problem.message.split("，正文")
    assert "sources/a.txt" in theirs
    assert shown[0] in theirs
    assert shown[1] in ours
    assert mend in problem.mend


def test_a_change_of_the_title_is_reported_in_the_front_matter() -> None:
    (problem,) = check(RECEIVED.replace("忠诚", "忠于"))
    assert (problem.place.line, problem.place.column) == (2, 8 + 9)
    assert "照底本改正" in problem.mend
    (problem,) = check(RECEIVED.replace("小记", "大记"))
    assert (problem.place.line, problem.place.column) == (3, 11 + 4)
    (problem,) = check(RECEIVED.replace("王丹", "王丸"))
    assert (problem.place.line, problem.place.column) == (4, 9 + 1)


def test_a_text_that_stops_short_is_reported_at_its_end() -> None:
    (problem,) = check(body=BODY.split("\n\n")[0], document=Document(author=None))
    assert (problem.place.line, problem.place.column) == (20, len(BODY.split("\n\n")[0]))
    assert "（到此为止）" in problem.message
    (problem,) = check(RECEIVED.replace("末段。 (王丹)", ""))
    assert (problem.place.line, problem.place.column) == (22, 3)
    assert check("", "", Document(None, None, None)) == []


def test_empty_against_something_points_at_the_key() -> None:
    (problem,) = check("甲", "", Document(None, None, None))
    assert (problem.place.line, problem.place.column) == (5, 13)


@pytest.mark.parametrize(
    "received",
    [
        RECEIVED.replace(" (王丹)", ""),
        RECEIVED.replace(" (王丹)", "\n\n作者：王丹"),
        RECEIVED.replace(" (王丹)", "").replace("小记\n", "小记\n\n王丹\n"),
        RECEIVED.replace("——", ""),
        "\ufeff" + RECEIVED,
        RECEIVED.split("小记\n")[1],
    ],
)
def test_title_and_signature_may_stand_otherwise(received: str) -> None:
    assert check(received) == []


def test_only_the_declared_marks_are_folded() -> None:
    assert fold("a , b;c:d?e!f(g)　.%…℃") == "a，b；c：d？e！f（g）.%…℃"
    assert check(RECEIVED.replace("℃", "°C"))


def test_headings_in_the_body_belong_to_the_text() -> None:
    assert check("# 一 节\n甲\n## 二\n乙", "# 一 节\n\n甲\n\n## 二\n\n乙", Document(None, None, None)) == []


CONTENT = read_content(ROOT)[0]
REAL = [(profile, prose) for profile, prose in CONTENT.profiles if "received" in profile.source]


def test_there_are_real_received_texts() -> None:
    assert len(REAL) >= 3


@pytest.mark.parametrize(("profile", "prose"), REAL, ids=[profile.id for profile, _ in REAL])
def test_the_real_texts_equal_what_was_received(profile, prose) -> None:  # type: ignore[no-untyped-def]
    assert check_received(profile, prose, CONTENT.received[str(profile.source["received"])]) == []


@pytest.mark.parametrize(("profile", "prose"), REAL, ids=[profile.id for profile, _ in REAL])
def test_any_change_of_a_real_received_text_is_found_where_it_is(profile, prose) -> None:  # type: ignore[no-untyped-def]
    received = CONTENT.received[str(profile.source["received"])]
    lines = (ROOT / profile.file).read_text(encoding="utf-8").split("\n")
    start = received.index(prose.paragraphs[0].received[:4])
    end = start + len("".join(paragraph.received for paragraph in prose.paragraphs))
    sites = [at for at in range(start, end) if "\u4e00" <= received[at] <= "\u9fff"]
    for at in random.Random(7).sample(sites, 40):
        (problem,) = check_received(profile, prose, received[:at] + "〇" + received[at + 1 :])
        assert lines[problem.place.line - 1][problem.place.column - 1] == received[at]
        assert fold(received[:at])[-4:] in problem.message


def test_half_width_punctuation_is_one_warning_a_paragraph() -> None:
    body = "甲,乙;丙\n\n好（1）37.5 a, b\n\n`甲,乙` [甲](https://a.example/b)丙 **甲**:乙\n\n说(一)"
    problems = check_half_width(body, FILE, BODY_LINE)
    places = [(problem.place.line - BODY_LINE + 1, problem.place.column) for problem in problems]
    assert places == [(1, 2), (5, 38), (7, 2)]
    assert all(problem.rule == "half-width-punctuation" and problem.level == "warning" for problem in problems)
    assert "共 2 处" in problems[0].message
