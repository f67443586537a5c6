"""Names in pinyin: how a name is read, sorted and turned into an id, and which readings it cannot have.

Takes Chinese text; gives pinyin with tones, a sort key, and an ASCII slug. A machine misreads surnames such as 单, 解,
仇 and 曾: what it gives is a suggestion, and ``pinyin`` in the front matter always comes first.
"""

import hashlib
import re
import unicodedata
from functools import cache

from slugify import slugify

from builder.names.characters import (
    COMPOUND_SURNAMES,
    MIDDLE_DOTS,
    PLACES,
    SURNAMES,
    TONES,
    has_breve,
    has_han,
    has_tone,
    is_han,
    likely_readings,
    readings_alone,
    without_tones,
)
from builder.names.impossible import Misreading, is_possible_reading, may_be_of_another_language, misreading

__all__ = [
    "COMPOUND_SURNAMES",
    "MIDDLE_DOTS",
    "PLACES",
    "RESERVED",
    "SLUG_LIMIT",
    "SURNAMES",
    "Misreading",
    "common_pinyin",
    "has_breve",
    "has_han",
    "has_tone",
    "id_words",
    "is_possible_reading",
    "letter",
    "may_be_of_another_language",
    "misreading",
    "person_pinyin",
    "person_slug",
    "slug",
    "sort_key",
    "without_tones",
]

_PLACE = re.compile(f"({'|'.join(PLACES)})")
_DOT = re.compile(rf"\s*[{MIDDLE_DOTS}]\s*")
_BETWEEN = re.compile(rf"[\s{MIDDLE_DOTS}-]+")
_UMLAUT = re.compile("(?<=[ln])u\u0308")

# Windows cannot store a file of one of these names, whatever its ending (Microsoft, “Naming Files, Paths, and
# Namespaces”): neither the source nor the page.
RESERVED = "con|prn|aux|nul|com[0-9]|lpt[0-9]"
# Longer names of files are refused by some systems, with ending and folder.
SLUG_LIMIT = 100


@cache
def person_pinyin(name: str) -> str:
    """Return the likely reading of a person's name: ``王爱林`` → ``Wáng Àilín``.

    Surname first, each part with a capital (GB/T 28039-2011, 5.1.1). Around a middle dot it is read word by word; four
    and more characters without a compound surname are mostly a Mongol or other name that has no surname, and stay
    one word. A name without Chinese characters is its own reading.
    """
    if not has_han(name):
        return name
    parts = _DOT.split(name)
    if len(parts) > 1:
        return "·".join(_words(part) for part in parts)
    pieces = name.split()
    # 王 勇 is a name set out for print; 李 Anna and Anna 李 are two words.
    if len(pieces) > 1 and not all(map(is_han, pieces)):
        return " ".join(_words(piece) for piece in pieces)
    return _surname_first("".join(pieces))


def _surname_first(name: str) -> str:
    """Return the reading of a name without spaces and dots."""
    compound = COMPOUND_SURNAMES.get(name[:2]) if len(name) > 2 else None
    if compound is None and len(name) > 3 and is_han(name):
        return _words(name)
    surname, given = (name[:2], name[2:]) if compound else (name[:1], name[1:])
    reading = compound or SURNAMES.get(surname) or "".join(likely_readings(surname))
    return f"{_capitalised([reading])} {_words(given)}".strip()


def _words(text: str) -> str:
    """Return a text as words with capitals; what is not Chinese stays as it is."""
    return " ".join(_capitalised(_given(word)) if has_han(word) else word for word in text.split())


def _given(word: str) -> list[str]:
    """Return the syllables of a given name, in which no character is unstressed: 子 is zǐ."""
    readings = likely_readings(word)
    if len(readings) != len(word):
        return readings
    return [
        next((each for each in [reading, *readings_alone(character)] if has_tone(each)), reading)
        for character, reading in zip(word, readings, strict=True)
    ]


@cache
def common_pinyin(name: str) -> str:
    """Return the likely reading of the name of an organisation or region, syllable by syllable."""
    syllables: list[str] = []
    for part in _PLACE.split(name):
        syllables += PLACES[part].split("-") if part in PLACES else likely_readings(part)
    return " ".join(syllables)


def _capitalised(readings: list[str]) -> str:
    """Return syllables as one word with a capital; an apostrophe parts a vowel from the syllable before it."""
    word = ""
    for reading in readings:
        if word and without_tones(reading)[:1] in ("a", "e", "o"):
            word += "'"
        word += reading
    return word[:1].upper() + word[1:]


@cache
def sort_key(pinyin: str, name: str) -> tuple[tuple[str, ...], str, str]:
    """Return the key of alphabetical order: words without tones (surname first), then with tones, then characters.

    The order is that of dictionaries: ``lü`` comes after ``lu`` and before ``luan``; no tone comes first, then 1 to 4.
    """
    lower = unicodedata.normalize("NFD", pinyin.lower().replace("'", "").replace("’", ""))
    # Of what can follow a u in a word, "!" comes before every letter.
    plain = without_tones(lower.replace("u\u0308", "u!"))
    for number, mark in enumerate(TONES, start=1):
        lower = lower.replace(mark, str(number))
    return tuple(_DOT.sub(" ", plain).split()), lower, name


def letter(pinyin: str) -> str:
    """Return the capital letter under which a pinyin stands, or ``#`` where it begins with none."""
    first = without_tones(pinyin[:2])[:1].upper()
    return first if "A" <= first <= "Z" else "#"


@cache
def slug(name: str) -> str:
    """Return an ASCII id for a name: ``通辽市`` → ``tong-liao-shi``; never empty, never too long for a file's name."""
    return _short(slugify(_ascii(common_pinyin(name))), name)


@cache
def person_slug(name: str, pinyin: str = "") -> str:
    """Return an ASCII id for a person, surname first: ``尉迟恭`` → ``yuchi-gong``; never empty."""
    return _short("-".join(id_words(name, pinyin)), name)


@cache
def id_words(name: str, pinyin: str = "") -> tuple[str, ...]:
    """Return the words of a person's id in ASCII, from ``pinyin`` or else the likely reading: ``shan``, ``xiongxin``.

    Apostrophes are left out; ü is written yu, as in passports (GB/T 28039-2011, 6).
    """
    words = _BETWEEN.split(_ascii(pinyin or person_pinyin(name)))
    return tuple(filter(None, map(_id_word, words)))


@cache
def _id_word(word: str) -> str:
    """Return a word of an id: a surname, or a given name that many have."""
    return slugify(word.replace("'", "").replace("’", ""))


def _short(identifier: str, name: str) -> str:
    """Return an id that is neither empty nor too long; where it is cut, the name's digest keeps it the name's own."""
    identifier = identifier or "-".join(f"u{ord(character):x}" for character in name) or "x"
    identifier += "-x" if re.fullmatch(RESERVED, identifier) else ""
    if len(identifier) <= SLUG_LIMIT:
        return identifier
    digest = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"{identifier[: SLUG_LIMIT - 9].rstrip('-')}-{digest}"


def _ascii(pinyin: str) -> str:
    """Return pinyin in lower case, without tones, ü written as yu."""
    decomposed = unicodedata.normalize("NFD", pinyin.lower())
    return without_tones(_UMLAUT.sub("yu", decomposed))
