"""Names by ear: who and what is found by pinyin, whole, by initials, or with a slip.

Takes records; gives shards of entries by the initials of two neighbouring syllables: wang yong stands under ``wy``, and
wang ai lin under ``wa`` and, since one may know the given name only, under ``al``. So ``wangyong``, ``wang yong`` and
``wy`` ask for one small shard, and so does ``aillin``, whose slip leaves the initials as they were. A name of one
syllable stands under its initial and a hyphen.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from pypinyin import lazy_pinyin
from pypinyin.constants import PINYIN_DICT

from builder import names
from builder.names.characters import is_han
from builder.search.records import PERSON, Record
from builder.search.tokens import shard_of

ENTRIES = 120  # of a shard, about
Entry = tuple[str, str, str, str, str]  # syllables from where the key stands, name, kind, address, what it belongs to


@cache
def syllables_known() -> frozenset[str]:
    """Return every syllable of Mandarin without its tone."""
    readings = (reading for each in PINYIN_DICT.values() for reading in each.split(","))
    plain = map(names.without_tones, readings)
    return frozenset(reading for reading in plain if reading.isascii() and set(reading) & set("aeiou"))


def syllables(name: str, pinyin: str) -> tuple[str, ...]:
    """Return the syllables of a name as its pinyin has them, or as a machine reads it where it has none."""
    letters = "".join(filter(str.isalpha, names.without_tones(pinyin)))
    count = sum(map(is_han, name))
    found = _parted(letters, count) if count else tuple(names.without_tones(pinyin or name).split())
    return found or tuple(map(names.without_tones, lazy_pinyin("".join(filter(is_han, name)))))


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


def entries(records: Iterable[Record]) -> dict[str, list[Entry]]:
    """Return every entry under the initials where it stands, in a settled order."""
    found: dict[str, set[Entry]] = {}
    for record in records:
        shown = record.shown
        for name, pinyin in record.spoken:
            said = syllables(name, pinyin)
            for start in _starts(record.kind, said):
                key = said[start][:1] + (said[start + 1][:1] if start + 1 < len(said) else "-")
                words = (" ".join(said[start:]), shown["name"], record.kind, shown["href"], shown["about"])
                found.setdefault(key, set()).add(words)  # type: ignore[arg-type]
    return {key: sorted(found[key]) for key in sorted(found)}


def _starts(kind: str, said: Sequence[str]) -> Iterator[int]:
    """Yield from which syllables a name may be said: its first and, of a person, that of the given name."""
    if said and said[0]:
        yield 0
        if kind == PERSON and len(said) > 2:
            yield 1


def shards(found: dict[str, list[Entry]]) -> list[str]:
    """Return the shards of all entries as JSON, each by the keys in it."""
    count = 1
    while count * ENTRIES < sum(map(len, found.values())):
        count *= 2
    parts: list[dict[str, list[Entry]]] = [{} for _ in range(count)]
    for key, of_key in found.items():
        parts[shard_of(key, count)][key] = of_key
    return [json.dumps(part, ensure_ascii=False, separators=(",", ":")) for part in parts]


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
        said = PINYIN_DICT.get(ord(character), "") if is_han(character) else ""
        if said:
            syllable = _toneless(said.partition(",")[0])
            found[syllable] = found.get(syllable, "") + character
    return dict(sorted(found.items()))
