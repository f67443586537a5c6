"""Lists of slots as short ASCII text: the gaps from one to the next, each in one to four characters.

Takes sorted slots; gives text, and back. Small gaps are common, so the first 57 of 90 signs stand for a gap alone and
the others begin a longer one; a server that compresses brings the rest down to what information theory asks for. The
signs are printable and none needs an escape in JavaScript or JSON; ``|`` parts the lists of a token.
"""

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable
from itertools import accumulate

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
    signs = text.encode("ascii")
    found = []
    at = 0
    while at < len(signs):
        length, number = _first(signs, at)
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
    return _gaps_text(slots, -1)


def slots_of(text: str) -> list[int]:
    """Return the slots that a text stands for."""
    slots, last = [], -1
    for number in numbers(text):
        last += number + 1
        slots.append(last)
    return slots


def with_others(text: str, gone: Collection[int], new: Collection[int]) -> str:
    """Return the text of a list without some slots that are in it, and with others; one at least is gone or new.

    What lies before and behind them stays as it is written.
    """
    lowest, highest = min((*gone, *new)), max((*gone, *new))
    signs = text.encode("ascii")
    start, before = _reach(signs, lowest)
    among, end, last = set[int](), start, before
    while end < len(signs) and last <= highest:
        length, number = _first(signs, end)
        last += number + 1
        among.add(last)
        end += length
    return text[:start] + _gaps_text(sorted(among.difference(gone).union(new)), before) + text[end:]


def _gaps_text(slots: Iterable[int], last: int) -> str:
    """Return the text of slots in ascending order that come after another, -1 for none."""
    parts = []
    for slot in slots:
        parts.append(number_text(slot - last - 1))
        last = slot
    return "".join(parts)


def _reach(signs: bytes, slot: int) -> tuple[int, int]:
    """Return where in a list the first slot is written that is not below ``slot``, and the slot before it."""
    runs = _RUNS.findall(signs)
    slots = list(accumulate(map(_WORTH.__getitem__, runs), initial=-1))
    index = bisect_left(slots, slot) - 1  # of the last run that begins below it
    at, last = sum(map(len, runs[:index])), slots[index]
    while at < len(signs):
        length, number = _first(signs, at)
        if last + number + 1 >= slot:
            break
        at, last = at + length, last + number + 1
    return at, last


def _first(signs: bytes, at: int) -> tuple[int, int]:
    """Return how many signs the number at a place has, and the number."""
    length, base = _FORMS[signs[at]]
    rest = 0
    for sign in signs[at + 1 : at + length]:
        rest = rest * BASE + _VALUES[sign]
    return length, base + rest


class _Worth(dict[bytes, int]):
    """By how much some small gaps on end, or a larger one, lead on; remembered of the shortest, which come often."""

    def __missing__(self, signs: bytes) -> int:
        """Work it out."""
        worth = sum(signs.translate(_GAPS)) if signs[0] in _ALONE else _first(signs, 0)[1] + 1
        if len(signs) < 3:
            self[signs] = worth
        return worth


_VALUES = {ord(sign): value for value, sign in enumerate(SIGNS)}
_FORMS = {ord(sign): _form(value) for value, sign in enumerate(SIGNS)}

# Some small gaps on end, or a larger one; of each sign that is a gap alone, the gap.
_ALONE = SIGNS[:ALONE].encode("ascii")
_LEADS = [re.escape("".join(sign for sign in SIGNS if _FORMS[ord(sign)][0] == length)) for length in (2, 3, 4)]
_RUNS = re.compile(
    f"[{re.escape(SIGNS[:ALONE])}]{{1,32}}|[{_LEADS[0]}].|[{_LEADS[1]}]..|[{_LEADS[2]}]...".encode("ascii")
)
_GAPS = bytes.maketrans(_ALONE, bytes(range(1, ALONE + 1)))
_WORTH = _Worth()
