"""How names and characters are read, without tones: what pypinyin knows, cut into syllables.

Takes a name and its pinyin; gives its syllables. Takes characters; gives them by their commonest reading.
"""

from collections.abc import Iterable
from functools import cache

from builder import names
from builder.names.characters import is_han


@cache
def _table() -> dict[int, str]:
    """Return the readings of every character, by its code point, parted by commas."""
    from pypinyin.constants import PINYIN_DICT  # loaded where it is needed: it takes longer than a build without news

    return PINYIN_DICT


@cache
def syllables_known() -> frozenset[str]:
    """Return every syllable of Mandarin without its tone."""
    readings = {reading for each in _table().values() for reading in each.split(",")}  # 1,500 of 53,000
    plain = map(names.without_tones, readings)
    return frozenset(reading for reading in plain if reading.isascii() and set(reading) & set("aeiou"))


def syllables(name: str, pinyin: str) -> tuple[str, ...]:
    """Return the syllables of a name as its pinyin has them, or as a machine reads it where it has none."""
    letters = "".join(filter(str.isalpha, names.without_tones(pinyin)))
    count = sum(map(is_han, name))
    found = _parted(letters, count) if count else tuple(names.without_tones(pinyin or name).split())
    if found:
        return found
    from pypinyin import lazy_pinyin

    return tuple(map(names.without_tones, lazy_pinyin("".join(filter(is_han, name)))))


@cache
def _parted(letters: str, count: int) -> tuple[str, ...]:
    """Return letters parted into so many syllables, nothing where that cannot be."""
    if not letters or count < 1:
        return ()
    if count == 1:
        return (letters,) if letters in syllables_known() else ()
    for length in range(min(6, len(letters) - count + 1), 0, -1):
        rest = _parted(letters[length:], count - 1) if letters[:length] in syllables_known() else ()
        if rest:
            return (letters[:length], *rest)
    return ()


@cache
def common() -> frozenset[str]:
    """Return the 3,755 commonest characters: the first level of GB 2312."""
    cells = (bytes((row, cell)) for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF))
    return frozenset(filter(None, (cell.decode("gb2312", "ignore") for cell in cells)))


@cache
def _toneless(reading: str) -> str:
    return names.without_tones(reading)


def readings(characters: Iterable[str]) -> dict[str, str]:
    """Return the characters that have a reading, by their commonest one without its tone."""
    found: dict[str, str] = {}
    for character in sorted(characters):
        said = _table().get(ord(character), "") if is_han(character) else ""
        if said:
            syllable = _toneless(said.partition(",")[0])
            found[syllable] = found.get(syllable, "") + character
    return dict(sorted(found.items()))
