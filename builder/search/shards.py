"""Shards: the lists of all tokens, parted so that a query asks for little; how one is written, and changed.

Takes lists by token, or what stood and stands in the records that have changed; gives the data of shards. That of a
shard follows from the records alone: it is the same however it came about.
"""

import json
from collections.abc import Iterable, Iterator, Mapping

from builder.search.lists import PART, with_others
from builder.search.tokens import CLASSES, Folded

CHARACTERS = 1024  # of the texts for each shard, at most: that makes 500 to 1,000 bytes of it when it is sent
LONG = 1500  # characters of the lists of a token that lie in a file of their own, and are loaded only if they must be

Placed = Iterable[tuple[int, Folded]]  # records: where each stands, and its texts
Change = tuple[list[int], list[int]]  # the numbers that are to be taken out of a list, and those to be put into it
Changes = dict[str, dict[int, Change]]  # by token, and by which of its lists

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def shard_count(characters: int) -> int:
    """Return how many shards the lists of texts of so many characters need: a power of two."""
    return 1 << max(0, (characters - 1) // CHARACTERS).bit_length()


def entry(lists: str) -> str | int:
    """Return what a shard says of a token: its lists or, where they are long, how many characters they have."""
    return lists if len(lists) <= LONG else len(lists)


def is_long(held: str | int) -> bool:
    """Return whether what a shard says of a token is how long its lists are."""
    return isinstance(held, int)


def shard_data(tokens: Mapping[str, str | int]) -> str:
    """Return a shard as JSON; its tokens come in order."""
    return _encode(tokens)


def changes(stood: Placed, stands: Placed) -> Changes:
    """Return what is to be done with the lists of each token when records change."""
    before, after = set(_standing(stood)), set(_standing(stands))
    found: Changes = {}
    for place, numbers in enumerate((before - after, after - before)):
        for token, kind, number in numbers:
            found.setdefault(token, {}).setdefault(kind, ([], []))[place].append(number)
    return found


def _standing(records: Placed) -> Iterator[tuple[str, int, int]]:
    for slot, folded in records:
        yield from folded.standing(slot)


def changed(text: str, wanted: Mapping[int, Change]) -> str:
    """Return the lists of a token after numbers have been taken out of them or put into them."""
    parts = text.split(PART)
    parts += [""] * (CLASSES - len(parts))
    for kind, (gone, new) in wanted.items():
        parts[kind] = with_others(parts[kind], gone, new)
    return PART.join(parts).rstrip(PART)
