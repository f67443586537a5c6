"""How names are read, sorted and turned into ids, and which readings they cannot have."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypinyin import Style, lazy_pinyin, pinyin

from builder import names
from builder.content import GOOD_ID

HAN = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=6)
ANY = st.text(max_size=120)

PEOPLE = {
    "王勇": ("Wáng Yǒng", "wang-yong"),
    "王爱林": ("Wáng Àilín", "wang-ailin"),
    "单雄信": ("Shàn Xióngxìn", "shan-xiongxin"),
    "解珍": ("Xiè Zhēn", "xie-zhen"),
    "仇英": ("Qiú Yīng", "qiu-ying"),
    "曾国藩": ("Zēng Guófān", "zeng-guofan"),
    "区小明": ("Ōu Xiǎomíng", "ou-xiaoming"),
    "查良镛": ("Zhā Liángyōng", "zha-liangyong"),
    "朴正": ("Piáo Zhèng", "piao-zheng"),
    "葛优": ("Gě Yōu", "ge-you"),
    "吕布": ("Lǚ Bù", "lyu-bu"),
    "尉迟恭": ("Yùchí Gōng", "yuchi-gong"),
    "万俟卨": ("Mòqí Xiè", "moqi-xie"),
    "欧阳修": ("Ōuyáng Xiū", "ouyang-xiu"),
    "乐正子春": ("Yuèzhèng Zǐchūn", "yuezheng-zichun"),
    "欧阳": ("Ōu Yáng", "ou-yang"),
    "额尔敦·巴特尔": ("É'ěrdūn·Bātè'ěr", "eerdun-bateer"),
    "额尔敦•巴特尔": ("É'ěrdūn·Bātè'ěr", "eerdun-bateer"),
    "乌兰图雅": ("Wūlántúyǎ", "wulantuya"),
    "王 勇": ("Wáng Yǒng", "wang-yong"),
    "王　勇": ("Wáng Yǒng", "wang-yong"),
    "John Smith": ("John Smith", "john-smith"),
    "O'Brien": ("O'Brien", "obrien"),
    "李 Anna": ("Lǐ Anna", "li-anna"),
    "阿Q": ("Ā Q", "a-q"),
}


@pytest.mark.parametrize("name", PEOPLE)
def test_a_person_is_read_surname_first(name: str) -> None:
    assert (names.person_pinyin(name), names.person_slug(name)) == PEOPLE[name]


@pytest.mark.parametrize(
    ("name", "reading"),
    [
        ("重庆市", "chóng qìng shì"),
        ("洪洞县人民医院", "hóng tóng xiàn rén mín yī yuàn"),
        ("长治市", "cháng zhì shì"),
        ("大城市", "dà chéng shì"),
        ("呼和浩特市政法委", "hū hé hào tè shì zhèng fǎ wěi"),
    ],
)
def test_a_place_is_read_as_its_people_read_it(name: str, reading: str) -> None:
    assert names.common_pinyin(name) == reading


def test_every_surname_of_the_table_is_one_that_the_machine_misreads_and_could_read() -> None:
    for surname, reading in names.SURNAMES.items():
        assert lazy_pinyin(surname, style=Style.TONE) != [reading], f"{surname} needs no row"
        if surname != "贠":
            assert reading in pinyin(surname, style=Style.TONE, heteronym=True)[0], surname


def test_compound_surnames_and_places_are_as_long_as_their_readings() -> None:
    for surname, reading in names.COMPOUND_SURNAMES.items():
        assert len(surname) == 2
        assert names.is_possible_reading(surname, reading)
    for place, reading in names.PLACES.items():
        assert len(reading.split("-")) == len(place)


def test_the_pinyin_that_an_editor_wrote_makes_the_id() -> None:
    assert names.person_slug("单田芳", "Shàn Tiánfāng") == "shan-tianfang"
    assert names.person_slug("巴特尔", "Bātè'ěr") == "bateer"


def test_order_is_that_of_dictionaries() -> None:
    ordered = ["Lū", "Lǔ", "Lù", "Lú Bù", "Lǘ", "Lǚ Bù", "Luán", "Ma", "Mā", "Má", "Mǎ", "Mà"]
    shuffled = ordered[::-1]
    assert sorted(shuffled, key=lambda each: names.sort_key(each, "")) == ordered
    assert names.sort_key("Bātè'ěr·Sū", "")[0] == ("bateer", "su")


def test_the_letter_of_the_index() -> None:
    assert [names.letter(each) for each in ("Ālǐ", "ōu", "É'ěr", "123", "")] == ["A", "O", "E", "#", "#"]


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("王勇", "Wáng Yǒng"),
        ("王勇", "wangyong"),
        ("王勇", "Wáng Yong"),
        ("单雄信", "Shàn Xióng-xìn"),
        ("吕布", "Lv Bu"),
        ("吕布", "Lyǔ Bù"),
        ("吕布", "LÜ BU"),
        ("西安", "Xī'ān"),
        ("额尔敦·巴特尔", "É’ěrdūn Bātè’ěr"),
        ("王一鸣", "Wáng Yìmíng"),
        ("贠小苏", "Yùn Xiǎosū"),
        ("洪洞县", "Hóngtóngxiàn"),
        ("\U00020bb7野", "Jí Yě"),
        ("阿Q", "Ā Q"),
        ("John Smith", "anything"),
    ],
)
def test_what_can_be_a_reading(name: str, written: str) -> None:
    assert names.is_possible_reading(name, written)


@pytest.mark.parametrize(
    ("name", "written", "character", "only_tones"),
    [
        ("王勇", "Wáng Yōng", "勇", True),
        ("王勇", "Wáng Lì", "勇", False),
        ("王勇", "Wáng", "勇", False),
        ("王勇", "Wáng Yǒng Yǒng", "", False),
        ("王勇", "", "王", False),
        ("王勇", "Wang2 Yong3", "勇", False),
        ("吕布", "Lǔ Bù", "吕", False),
        ("马银伟", "Mǎ Yīnwěi", "银", True),
        ("额尔敦·巴特尔", "Erdeni Baatar", "尔", False),
    ],
)
def test_what_cannot_be_a_reading(name: str, written: str, character: str, only_tones: bool) -> None:
    found = names.misreading(name, written)
    assert found is not None
    assert (found.character, found.only_tones) == (character, only_tones)
    assert not names.is_possible_reading(name, written)


def test_a_misreading_says_how_the_character_is_read() -> None:
    found = names.misreading("王勇", "Wáng Lì")
    assert found is not None
    assert found.readings == ("yǒng",)


def test_names_of_other_languages_are_spelled_their_own_way() -> None:
    assert names.may_be_of_another_language("巴特尔", "Baatar")
    assert names.may_be_of_another_language("额尔敦·巴特尔", "Erdeni Baatar")
    assert names.may_be_of_another_language("斯琴高娃", "Siqin Gaowa")
    assert not names.may_be_of_another_language("王爱林", "Wang Ailing")
    assert not names.may_be_of_another_language("王爱林", "Wángàilíng")


@given(HAN)
def test_what_the_machine_reads_can_be_read(name: str) -> None:
    assert names.is_possible_reading(name, names.person_pinyin(name))
    assert names.is_possible_reading(name, names.common_pinyin(name))
    assert names.is_possible_reading(name, names.without_tones(names.common_pinyin(name).replace("ü", "v"))) or (
        re.search("[ǖǘǚǜ]", names.common_pinyin(name)) is not None
    )


@given(ANY, ANY)
def test_any_text_has_an_id_a_key_and_a_verdict(name: str, written: str) -> None:
    for made in (names.slug(name), names.person_slug(name), names.person_slug(name, written)):
        assert GOOD_ID.fullmatch(made)
        assert len(made) <= names.SLUG_LIMIT
    names.sort_key(written, name)
    names.misreading(name, written)


def test_long_names_keep_ids_of_their_own() -> None:
    first, second = names.slug("中" * 200 + "甲"), names.slug("中" * 200 + "乙")
    assert first != second
    assert len(first) <= names.SLUG_LIMIT
