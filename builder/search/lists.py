"""Lists of slots as short ASCII text: the gaps from one to the next, each in one to four characters.

Takes sorted slots; gives text, and back. Small gaps are common, so the first 57 of 90 signs stand for a gap alone and
the others begin a longer one; a server that compresses brings the rest down to what information theory asks for. The
signs are printable and none needs an escape in JavaScript or JSON; ``|`` parts the lists of a token.
"""

from collections.abc import Iterable

SIGNS = "".join(chr(code) for code in range(0x23, 0x7F) if chr(code) not in "\\|")
BASE = len(SIGNS)
# For a gap of so many signs: the first lead, how many leads, and the smallest number (gap - 1).
ALONE, PAIRS, TRIPLES, FOURS = 57, 24, 7, 2
FROM_PAIRS = ALONE
FROM_TRIPLES = FROM_PAIRS + PAIRS * BASE
FROM_FOURS = FROM_TRIPLES + TRIPLES * BASE**2
LIMIT = FROM_FOURS + FOURS * BASE**3
PART = "|"


def number_text(number: int) -> str:
    """Return the signs of a number from 0 up to ``LIMIT``."""
    if number < ALONE:
        return SIGNS[number]
    if number < FROM_TRIPLES:
        lead, rest = divmod(number - FROM_PAIRS, BASE)
        return SIGNS[ALONE + lead] + SIGNS[rest]
    if number < FROM_FOURS:
        lead, rest = divmod(number - FROM_TRIPLES, BASE**2)
        return SIGNS[ALONE + PAIRS + lead] + SIGNS[rest // BASE] + SIGNS[rest % BASE]
    lead, rest = divmod(number - FROM_FOURS, BASE**3)
    return (
        SIGNS[ALONE + PAIRS + TRIPLES + lead] + SIGNS[rest // BASE**2] + SIGNS[rest // BASE % BASE] + SIGNS[rest % BASE]
    )


def numbers(text: str) -> list[int]:
    """Return the numbers that a text stands for."""
    found = []
    at = 0
    while at < len(text):
        length, number = _first(text, at)
        found.append(number)
        at += length
    return found


def _form(lead: int) -> tuple[int, int]:
    """Return how many signs a number with this first sign has, and the number that the others are added to."""
    if lead < ALONE:
        return 1, lead
    if lead < ALONE + PAIRS:
        return 2, FROM_PAIRS + (lead - ALONE) * BASE
    if lead < ALONE + PAIRS + TRIPLES:
        return 3, FROM_TRIPLES + (lead - ALONE - PAIRS) * BASE**2
    return 4, FROM_FOURS + (lead - ALONE - PAIRS - TRIPLES) * BASE**3


def slots_text(slots: Iterable[int]) -> str:
    """Return the text of slots in ascending order."""
    parts, last = [], -1
    for slot in slots:
        parts.append(number_text(slot - last - 1))
        last = slot
    return "".join(parts)


def slots_of(text: str) -> list[int]:
    """Return the slots that a text stands for."""
    slots, last = [], -1
    for number in numbers(text):
        last += number + 1
        slots.append(last)
    return slots


def with_slot(text: str, slot: int) -> str:
    """Return the text of a list with one slot more."""
    at, last = _reach(text, slot)
    if at == len(text):
        return text + number_text(slot - last - 1)
    length, number = _first(text, at)
    following = last + number + 1
    if following == slot:
        return text
    return text[:at] + number_text(slot - last - 1) + number_text(following - slot - 1) + text[at + length :]


def without_slot(text: str, slot: int) -> str:
    """Return the text of a list without a slot that is in it."""
    at, last = _reach(text, slot)
    length, _ = _first(text, at)
    end = at + length
    if end == len(text):
        return text[:at]
    length, number = _first(text, end)
    return text[:at] + number_text(slot + number - last) + text[end + length :]


def _reach(text: str, slot: int) -> tuple[int, int]:
    """Return where in a list the first slot is written that is not below ``slot``, and the slot before it."""
    signs = text.encode("ascii")
    at, last = 0, -1
    while at < len(signs):
        length, number = _FORMS[signs[at]]
        if length > 1:
            _, number = _first(text, at)
        following = last + number + 1
        if following >= slot:
            break
        at, last = at + length, following
    return at, last


def _first(text: str, at: int) -> tuple[int, int]:
    """Return how many signs the number at a place of a text has, and the number."""
    length, base = _FORMS[ord(text[at])]
    rest = 0
    for sign in text[at + 1 : at + length]:
        rest = rest * BASE + _VALUES[ord(sign)]
    return length, base + rest


_VALUES = {ord(sign): value for value, sign in enumerate(SIGNS)}
_FORMS = {ord(sign): _form(value) for value, sign in enumerate(SIGNS)}
