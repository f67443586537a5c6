"""A–Z: the steps by which a person or an organisation is found in a list too long for one page.

Surname, then given name, then the characters, then the place: 王伟 stands under W, Wang, Wang W, Wang Wei, 王伟 and
湖北省. None of these changes when others are added (``shelves``).
"""

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from builder import names
from builder.shelves import Step

OTHER = Step("other", "其他")
SHOWN = 4  # surnames that a row names


@dataclass(frozen=True)
class Who:
    """What finds a person: the reading, the name, the place from the larger to the smaller, the id."""

    pinyin: str
    name: str
    region: tuple[str, ...]
    id: str


def person_step(who: Who, depth: int) -> Step:
    """Return the step of a person at a depth: letter, surname, initial, given name, characters, place."""
    if depth < 4:
        return _reading_step(who.pinyin, who.name, depth)
    if depth == 4:
        return Step(_points(who.name), who.name)
    return place_step(who, depth - 5)


def place_step(who: Who, depth: int) -> Step:
    """Return the step of one of several namesakes: the place, and below all places the beginning of a digest."""
    if depth < len(who.region):
        place = who.region[depth]
        return Step(f"{names.slug(place)}-{_points(place)}", place)  # 山西省 and 陕西省 have one slug
    if depth == len(who.region):
        return Step("here", "其余")
    beginning = hashlib.sha256(who.id.encode()).hexdigest()[: depth - len(who.region)]
    return Step(beginning, f"编号{beginning}")


def name_step(pinyin: str, name: str, depth: int) -> Step:
    """Return the step of an organisation or a region at a depth: letter, then its name character by character."""
    if depth == 0:
        return _letter_step(pinyin)
    if depth > len(name):
        return Step("only", name)
    character = name[depth - 1]
    return Step(f"{names.slug(character)}-{ord(character):x}", name[:depth])


def surnames(people: Iterable[str]) -> str:
    """Return the commonest surnames among some names: 王、汪; of people who are all named alike, nothing."""
    written = list(people)
    if len(set(written)) == 1:
        return ""
    firsts = Counter(name[:2] if name[:2] in names.COMPOUND_SURNAMES else name[:1] for name in written)
    ordered = sorted(firsts, key=lambda first: (-firsts[first], first))
    return "、".join(ordered[:SHOWN]) + ("等" if len(ordered) > SHOWN else "")


def _points(name: str) -> str:
    """Return the code points of a name, which no other name shares."""
    return "-".join(f"{ord(character):x}" for character in name)


def _letter_step(pinyin: str) -> Step:
    letter = names.letter(pinyin)
    return Step(letter.lower(), letter) if letter != "#" else OTHER


@cache
def _reading_step(pinyin: str, name: str, depth: int) -> Step:
    if depth == 0:
        return _letter_step(pinyin)
    words = names.id_words(name, pinyin) or (names.slug(name),)
    surname, given = words[0], "-".join(words[1:])
    if depth == 1:
        return Step(surname, surname.capitalize())
    part = given[:1] if depth == 2 else given
    return Step(part or "only", f"{surname.capitalize()} {part.capitalize()}".rstrip())
