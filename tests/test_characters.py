"""Characters that only look like others: each is led to one that people type, and texts with them compare as equal."""

import unicodedata

import pytest

from builder.characters import INVISIBLE, LOOKALIKES
from builder.folding import fold, fold_with_offsets

# Ideographs in the block of compatibility forms that are none (The Unicode Standard, 18.2): they stand for themselves.
UNIFIED = "﨎﨏﨑﨓﨔﨟﨡﨣﨤﨧﨨﨩"


def test_every_lookalike_leads_to_a_unified_ideograph() -> None:
    assert len(LOOKALIKES) > 1200
    for code, meant in LOOKALIKES.items():
        assert len(meant) == 1, hex(code)
        assert unicodedata.name(meant).startswith("CJK UNIFIED IDEOGRAPH"), hex(code)
    assert not any(ord(character) in LOOKALIKES for character in UNIFIED)


@pytest.mark.parametrize(("written", "meant"), [("⻓", "长"), ("⼀", "一"), ("\ufa76", "勇"), ("⻋", "车")])
def test_texts_with_lookalikes_compare_as_equal(written: str, meant: str) -> None:
    assert fold(f"科{written}王") == fold(f"科{meant}王")


def test_offsets_leave_out_what_cannot_be_seen() -> None:
    folded, offsets = fold_with_offsets("甲\u200b乙 \u200d丙")
    assert folded == "甲乙丙"
    assert offsets == [0, 2, 5]


@pytest.mark.parametrize(
    ("text", "count"), [("甲\u200d乙", 1), ("👩\u200d🌾", 0), ("ᠮᠣ\u200dᠩ", 0), ("co\u00adoperate", 1)]
)
def test_joiners_are_a_mistake_beside_chinese_only(text: str, count: int) -> None:
    assert len(INVISIBLE.findall(text)) == count
