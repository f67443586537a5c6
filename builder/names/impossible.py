"""Pinyin that cannot be a reading of its name: which character it leaves, and how that one is read."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from builder.names.characters import (
    COMPOUND_SURNAMES,
    MIDDLE_DOTS,
    PLACES,
    SANDHI,
    SURNAMES,
    TONES,
    has_han,
    has_tone,
    is_han,
    marks,
    readings_alone,
    without_tones,
)

# Surnames and places of several characters with their readings, by the first character.
READ_TOGETHER: dict[str, list[tuple[str, str]]] = {}
for word, reading in (*COMPOUND_SURNAMES.items(), *PLACES.items()):
    READ_TOGETHER.setdefault(word[0], []).append((word, reading.replace("-", "")))


@dataclass(frozen=True)
class Misreading:
    """Where a pinyin leaves a name: the first character that it cannot be, and how that one is read.

    ``character`` is "" where the name ends before the pinyin. ``only_tones`` says that the letters are right.
    """

    character: str
    readings: tuple[str, ...]
    only_tones: bool


def is_possible_reading(name: str, pinyin: str) -> bool:
    """Return whether ``pinyin`` can be a reading of ``name``; see ``misreading``."""
    return misreading(name, pinyin) is None


def misreading(name: str, pinyin: str) -> Misreading | None:
    """Return where a pinyin cannot be a reading of a name, or None where it can.

    Every reading of every character counts (pypinyin, from Unihan and 汉典), surnames and places too; a syllable
    without a tone agrees with any tone. Capitals, spaces, apostrophes and other signs decide nothing; ``v`` and ``yu``
    stand for ``ü``. A character that no table knows agrees with whatever is written; so does a name without Chinese.
    """
    if not has_han(name):
        return None
    letters = "".join(character for character in name if character.isalnum())
    found = _first_stop(letters, marks(pinyin), tones=True)
    if found is None:
        return None
    looser = _first_stop(letters, without_tones(marks(pinyin).replace("u\u0308", "v")), tones=False)
    character, readings = found if looser is None else looser
    return Misreading(character, readings, looser is None)


def may_be_of_another_language(name: str, pinyin: str) -> bool:
    """Return whether a pinyin may spell a Mongol or other name as its own language says it, not the characters.

    GB/T 28039-2011, 4.1 wants that. Such names have a middle dot or many characters, or are spelled as one word; their
    spelling has no tones.
    """
    if any(dot in name for dot in MIDDLE_DOTS) or len(name) > 3:
        return True
    return len(pinyin.split()) == 1 and not has_tone(pinyin)


def _first_stop(name: str, written: str, *, tones: bool) -> tuple[str, tuple[str, ...]] | None:
    """Return the first character of a name at which every way to read what is written ends, and its readings."""
    reached: dict[int, set[int]] = {0: {0}}
    for index, character in enumerate(name):
        starts = reached.get(index, set())
        for length, reading in _readings_at(name, index):
            ends = {end for start in starts for end in _ends(written, start, reading, tones)}
            reached.setdefault(index + length, set()).update(ends)
        if not any(reached.get(later) for later in range(index + 1, len(name) + 1)):
            return character, tuple(dict.fromkeys(text for length, text in _readings_at(name, index) if length == 1))
    return None if len(written) in reached[len(name)] else ("", ())


def _readings_at(name: str, index: int) -> list[tuple[int, str]]:
    """Return every reading that begins at a character, with the number of characters it takes; "" may be anything."""
    character = name[index]
    if not is_han(character):
        return [(1, character)]
    readings = [*(readings_alone(character) or [""]), *SANDHI.get(character, ())]
    if character in SURNAMES:
        readings.append(SURNAMES[character])
    found = [(1, reading) for reading in readings]
    return found + [
        (len(word), text) for word, text in READ_TOGETHER.get(character, ()) if name.startswith(word, index)
    ]


def _ends(written: str, start: int, reading: str, tones: bool) -> set[int]:
    """Return where a reading that begins at ``start`` of what is written can end."""
    if not reading:
        return set(range(start + 1, len(written) + 1))
    ends = {start + len(form) for form in _spellings(reading, tones) if written.startswith(form, start)}
    # A combining mark that follows belongs to the letter before it: ``yong`` does not end inside ``yōng``.
    return {end for end in ends if not unicodedata.combining(written[end : end + 1] or "x")}


@cache
def _spellings(reading: str, tones: bool) -> frozenset[str]:
    """Return every way to write a reading, with and without its tones, or only without."""
    exact = marks(reading)
    forms = {exact, re.sub(f"[{TONES}]", "", exact)} if tones else {without_tones(exact.replace("u\u0308", "v"))}
    spellings = {form.replace("u\u0308", other) for form in forms for other in ("u\u0308", "v", "yu")}
    return frozenset(spellings | {form.replace("v", "yu") for form in forms if not tones})
