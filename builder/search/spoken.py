"""Names by ear: who and what is found by pinyin, whole, by initials, or with a slip.

Takes heads; gives shards of entries in the order of their keys, and the key where each shard begins. The key of a name
is the initials of its first two syllables and then all of them: ``wy wang yong``, and for wang ai lin ``wa wang ai
lin`` and, since one may know the given name only, ``al ai lin``. So ``wy`` asks for the names from ``wy`` on,
``wangyong`` for those from ``wy wang y`` on, and a slip for those from a few such beginnings. A name of one syllable
has its initial and a hyphen.
"""

import json
from collections.abc import Iterable, Iterator, Sequence

from builder.search.records import PERSON, Head

ENTRIES = 60  # of a shard
Entry = tuple[str, str, str, str, str]  # syllables from where the key stands, name, kind, address, what it belongs to


def entries(heads: Iterable[Head]) -> list[tuple[str, Entry]]:
    """Return every entry after its key, in order."""
    found = set()
    for head in heads:
        for said in head.spoken:
            for start in _starts(head.kind, said):
                initials = said[start][:1] + (said[start + 1][:1] if start + 1 < len(said) else "-")
                words = " ".join(said[start:])
                found.add((f"{initials} {words}", (words, head.name, head.kind, head.href, head.about)))
    return sorted(found)


def _starts(kind: str, said: Sequence[str]) -> Iterator[int]:
    """Yield from which syllables a name may be said: its first and, of a person, that of the given name."""
    if said and said[0]:
        yield 0
        if kind == PERSON and len(said) > 2:
            yield 1


def shards(found: Sequence[tuple[str, Entry]]) -> tuple[list[str], list[str]]:
    """Return the shards of all entries as JSON, and of each the beginning of its first key.

    That is as short as it can be while the last key before it comes first; whole where that is the same.
    """
    starts = range(0, len(found), ENTRIES)
    texts = [
        json.dumps([entry for _, entry in found[at : at + ENTRIES]], ensure_ascii=False, separators=(",", ":"))
        for at in starts
    ]
    return texts, [_beginning(found[at - 1][0] if at else "", found[at][0]) for at in starts]


def _beginning(before: str, key: str) -> str:
    same = next((at for at, (a, b) in enumerate(zip(before, key, strict=False)) if a != b), min(len(before), len(key)))
    return key[: same + 1]
