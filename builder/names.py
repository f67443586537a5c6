"""Names in pinyin: how a name is read, sorted and turned into an id.

Takes Chinese text; gives pinyin with tones, a sort key, and an ASCII slug. A machine misreads surnames such as 单, 解,
仇 and 曾: what it gives is a suggestion, and ``pinyin`` in the front matter always comes first.
"""

import unicodedata
from functools import cache

from pypinyin import Style, lazy_pinyin
from slugify import slugify

# Surnames whose reading differs from the commoner reading of the character: 《现代汉语词典》 (7th edition), entries
# marked 姓. Characters that are surnames under two readings (宁, 乐, 黑) are left to the machine and to the warning.
SURNAMES = {
    "单": "shàn",
    "解": "xiè",
    "仇": "qiú",
    "曾": "zēng",
    "区": "ōu",
    "查": "zhā",
    "朴": "piáo",
    "任": "rén",
    "华": "huà",
    "盖": "gě",
    "缪": "miào",
    "种": "chóng",
    "员": "yùn",
    "秘": "bì",
    "折": "shé",
    "纪": "jǐ",
    "召": "shào",
    "覃": "qín",
    "那": "nā",
    "洗": "xiǎn",
    "冼": "xiǎn",
    "繁": "pó",
    "祭": "zhài",
    "乜": "niè",
    "翟": "zhái",
    "哈": "hǎ",
}

# Surnames of two characters, with their readings (same dictionary).
COMPOUND_SURNAMES = {
    "尉迟": "yùchí",
    "万俟": "mòqí",
    "长孙": "zhǎngsūn",
    "澹台": "tántái",
    "令狐": "línghú",
    "单于": "chányú",
    "欧阳": "ōuyáng",
    "司马": "sīmǎ",
    "司徒": "sītú",
    "诸葛": "zhūgě",
    "上官": "shàngguān",
    "夏侯": "xiàhóu",
    "皇甫": "huángfǔ",
    "慕容": "mùróng",
    "宇文": "yǔwén",
    "公孙": "gōngsūn",
    "端木": "duānmù",
    "呼延": "hūyán",
    "申屠": "shēntú",
    "赫连": "hèlián",
    "钟离": "zhōnglí",
    "鲜于": "xiānyú",
    "东方": "dōngfāng",
    "南宫": "nángōng",
    "独孤": "dúgū",
}

MIDDLE_DOTS = "··•・‧"


@cache
def person_pinyin(name: str) -> str:
    """Return the likely reading of a person's name: ``王爱林`` → ``Wáng Àilín``; around a middle dot word by word."""
    for dot in MIDDLE_DOTS:
        name = name.replace(dot, "·")
    if "·" in name:
        return "·".join(_capitalised(lazy_pinyin(part, style=Style.TONE)) for part in name.split("·"))
    known = COMPOUND_SURNAMES.get(name[:2]) if len(name) > 2 else None
    surname, given = (name[:2], name[2:]) if known else (name[:1], name[1:])
    reading = known or SURNAMES.get(surname) or "".join(lazy_pinyin(surname, style=Style.TONE))
    words = (_capitalised([reading]), _capitalised(lazy_pinyin(given, style=Style.TONE)))
    return " ".join(word for word in words if word)


@cache
def common_pinyin(name: str) -> str:
    """Return the likely reading of the name of an organisation or region, syllable by syllable."""
    return " ".join(lazy_pinyin(name, style=Style.TONE))


def _capitalised(readings: list[str]) -> str:
    """Return syllables as one word with a capital; an apostrophe parts a vowel from the syllable before it."""
    word = ""
    for reading in readings:
        plain = without_tones(reading)
        if word and plain[:1] in "aeo":
            word += "'"
        word += reading
    return word[:1].upper() + word[1:]


def without_tones(pinyin: str) -> str:
    """Return pinyin in lower case without tones and dots: ``Lǚ`` → ``lu``."""
    decomposed = unicodedata.normalize("NFD", pinyin)
    return "".join(character for character in decomposed if not unicodedata.combining(character)).lower()


def sort_key(pinyin: str, name: str) -> tuple[tuple[str, ...], str, str]:
    """Return the key of alphabetical order: words without tones (surname first), then with tones, then characters."""
    plain = without_tones(pinyin).replace("'", "").replace("’", "")
    return tuple(plain.replace("·", " ").split()), pinyin.lower(), name


def letter(pinyin: str) -> str:
    """Return the capital letter under which a pinyin stands, or ``#`` where it begins with none."""
    first = without_tones(pinyin)[:1].upper()
    return first if "A" <= first <= "Z" else "#"


@cache
def slug(name: str) -> str:
    """Return an ASCII id for a name: ``通辽市`` → ``tong-liao-shi``; never empty."""
    made = slugify(without_tones(" ".join(lazy_pinyin(name))))
    return made or "-".join(f"u{ord(character):x}" for character in name) or "x"
