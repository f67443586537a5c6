"""Slots: the number of each record in the index, which hardly moves when others come and go.

Takes the keys of all records; gives a slot to each. A key has its ideal place by its digest in a table about half as
large again; records whose places clash stand one after the other. So the slots follow from the keys alone, and one
more record moves a neighbour or two, not all that come after it. Where there must be a larger table, it grows by a
fifth or so, and all move: what is empty costs every list, and the first load.
"""

import hashlib
from collections.abc import Iterable

ROOM = 1.4  # places for each record, at least
DIGEST_BITS = 32


def table_size(count: int) -> int:
    """Return the size of the table for so many records: four, five, six or seven times a power of two."""
    wanted = max(8, int(count * ROOM))
    step = 1 << max(0, (wanted - 1).bit_length() - 3)
    return -(-wanted // step) * step


def place(keys: Iterable[str]) -> dict[str, int]:
    """Return the slot of each key."""
    ordered = sorted((_digest(key), key) for key in keys)
    size = table_size(len(ordered))
    slots: dict[str, int] = {}
    free = 0
    for digest, key in ordered:
        slots[key] = max(free, digest * size >> DIGEST_BITS)
        free = slots[key] + 1
    return slots


def _digest(key: str) -> int:
    return int.from_bytes(hashlib.sha256(key.encode("utf-8")).digest()[: DIGEST_BITS // 8], "big")
