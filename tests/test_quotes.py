"""Quotations: where they stand, what is nearest, and what may be shown around them."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.prose import read_prose
from builder.quotes import Passage, find_all, find_quote, merge, nearest_passage, sentence_around, withhold

PARAGRAPHS = read_prose(
    "除夕清晨，王勇在办公室。\n\n"
    "该同事经{~~核算~>核酸~~}检测，又{++不++}顾身体，好{--的--}地方。\n\n"
    "甲，[玉泉区](region:a)**乙**\n丙。王勇在办公室。",
    "a.md",
    1,
)[0].paragraphs


@pytest.mark.parametrize(
    ("quote", "number", "words"),
    [
        ("王勇在办公室", 1, "王勇在办公室"),
        ("经核酸检测", 2, "经核酸检测"),
        ("经核算检测", 2, "经核酸检测"),
        ("经核算", 2, "经核酸"),
        ("算检测", 2, "核酸检测"),
        ("又不顾身体", 2, "又不顾身体"),
        ("又顾身体", 2, "又不顾身体"),
        ("好地方", 2, "好地方"),
        ("好的地方", 2, "好地方"),
        ("的地", 2, "地"),
        ("甲,玉泉区乙丙", 3, "甲，玉泉区乙丙"),
        ("除夕 清晨,\n王勇", 1, "除夕清晨，王勇"),
    ],
)
def test_a_quotation_is_found_in_either_layer(quote: str, number: int, words: str) -> None:
    passage = find_quote(PARAGRAPHS, quote)
    assert passage is not None
    assert (passage.paragraph.number, passage.text) == (number, words)


@pytest.mark.parametrize("quote", ["", " ", "没有的话", "办公室。该同事", "核算核酸"])
def test_what_does_not_stand_in_one_paragraph_is_not_found(quote: str) -> None:
    assert find_quote(PARAGRAPHS, quote) is None
    assert find_all(PARAGRAPHS, quote) == ()


def test_all_places_are_found_each_once() -> None:
    found = find_all(PARAGRAPHS, "王勇在办公室")
    assert [passage.paragraph.number for passage in found] == [1, 3]
    assert [passage.text for passage in find_all(PARAGRAPHS, "检测")] == ["检测"]


def test_passages_overlap_only_in_one_paragraph() -> None:
    first, second, third = PARAGRAPHS
    assert Passage(first, 0, 3).overlaps(Passage(first, 2, 5))
    assert not Passage(first, 0, 3).overlaps(Passage(first, 3, 5))
    assert not Passage(second, 0, 3).overlaps(Passage(third, 0, 3))


def test_the_nearest_passage_is_named() -> None:
    assert nearest_passage(PARAGRAPHS, "经核酸检侧，又不顾") == "经核酸检测，又不顾"
    assert nearest_passage(PARAGRAPHS, "除夕早晨，王勇在办公室") == "除夕清晨，王勇在办公室"
    assert nearest_passage(PARAGRAPHS, "完全不同的文句") == ""
    assert nearest_passage(PARAGRAPHS, "甲") == ""
    assert nearest_passage((), "甲乙") == ""


def test_the_nearest_passage_takes_a_bounded_time() -> None:
    paragraphs = read_prose("甲乙丙" * 100_000, "a.md", 1)[0].paragraphs
    start = time.process_time()
    nearest_passage(paragraphs, "丙乙甲" * 10_000)
    assert time.process_time() - start < 5


TEXT = "第一句。“他说了！”第二句有很多词，还有病情。献血……第三句？"


@pytest.mark.parametrize(
    ("words", "private", "parts"),
    [
        ("一", (), ("第", "一", "句。")),
        ("他说了", (), ("“", "他说了", "！”")),
        ("他说了！", (), ("“", "他说了！", "”")),
        ("很多词", (), ("第二句有", "很多词", "，还有病情。")),
        ("很多词", ("病情",), ("第二句有", "很多词", "，还有［略］。")),
        ("很多词", ("第二句有",), ("［略］", "很多词", "，还有病情。")),
        ("很多词", ("他说了！”第二句", "，还有"), ("［略］有", "很多词", "［略］病情。")),
        ("很多词", ("多",), None),
        ("献血", (), ("", "献血", "……")),
        ("第三句？", (), ("", "第三句？", "")),
        ("词，还有病情。献", (), ("第二句有很多", "词，还有病情。献", "血……")),
    ],
)
def test_a_sentence_is_cut_out_around_words(
    words: str, private: tuple[str, ...], parts: tuple[str, str, str] | None
) -> None:
    start = TEXT.index(words)
    hidden = [(TEXT.index(each), TEXT.index(each) + len(each)) for each in private]
    assert sentence_around(TEXT, start, start + len(words), hidden) == parts


def test_private_stretches_are_withheld() -> None:
    assert withhold("甲乙丙丁戊", [(1, 2), (3, 4)]) == "甲［略］丙［略］戊"
    assert withhold("甲乙丙丁戊", [(3, 5), (2, 4), (0, 1)]) == "［略］乙［略］"
    assert withhold("甲乙……丁", [(1, 2)]) == "甲［略］……丁"
    assert withhold("甲乙", []) == "甲乙"
    assert merge([(3, 4), (0, 1), (1, 2), (5, 5)]) == [(0, 2), (3, 4)]


SPANS = st.lists(st.tuples(st.integers(0, 25), st.integers(1, 6)).map(lambda pair: (pair[0], sum(pair))), max_size=5)


def covers(spans: list[tuple[int, int]], start: int, end: int) -> bool:
    return any(first < end and start < last for first, last in spans)


@given(st.text("甲乙丙。……”", min_size=31, max_size=31), SPANS, st.integers(0, 30), st.integers(1, 10))
def test_nothing_private_is_ever_shown(reading: str, private: list[tuple[int, int]], start: int, length: int) -> None:
    end = min(start + length, len(reading))
    marked = "".join("密" if covers(private, at, at + 1) else character for at, character in enumerate(reading))
    assert "密" not in withhold(marked, private)
    parts = sentence_around(marked, start, end, private)
    assert (parts is None) == covers(private, start, end)
    assert parts is None or "密" not in "".join(parts)
