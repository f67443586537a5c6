"""Shards: the lists of all tokens, parted so that a query asks for little; all at once, or only what has changed.

Takes records with their slots and, where there is one, the memory of the build before; gives the text of every shard.
The text of a shard follows from the records alone: it is the same however it came about.
"""

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from builder.search.lists import PART, with_slot, without_slot
from builder.search.memory import Memory, Remembered, Shards, forget
from builder.search.tokens import CLASSES, Folded, shard_of

SIZE = 2500  # characters of lists in a shard, at most on average: a query of eight characters asks for seven
LONG = 1500  # characters of the lists of a token that lie in a file of their own, and are loaded only if they must be
FEW = 20  # one record in so many: where more have changed, all is merged anew

Standing = set[tuple[str, int, int]]  # token, list, and the number in it
Change = tuple[int, int, Callable[[str, int], str]]  # list, number, and what is to be done with it
Changes = dict[str, list[Change]]


@dataclass(frozen=True)
class Source:
    """What a record's part of the index is made from, and where it stands; the digest is that of the whole record."""

    slot: int
    digest: bytes
    folded: Folded


def all_shards(sources: Mapping[str, Source], memory: Path | None) -> Shards:
    """Return the shards of records by key; ``memory`` is the file in which to keep them until the next time."""
    if memory is None:
        return build(sources.values())
    try:
        with Memory(memory) as known:
            return _remembered(sources, known)
    except sqlite3.Error:  # damaged, or no room: the next build begins anew
        forget(memory)
        return build(sources.values())


def _remembered(sources: Mapping[str, Source], known: Memory) -> Shards:
    fresh = _update(sources, known)
    if fresh is None:
        shards = build(sources.values())
        known.replace(_rows(sources, sources), shards)
        return shards
    known.update(_rows(sources, fresh), set(known.records) - set(sources))
    return Shards(known.shards(), known.long_lists(), known.size, frozenset(known.present))


def _rows(sources: Mapping[str, Source], keys: Iterable[str]) -> Iterator[Remembered]:
    for key in keys:
        source = sources[key]
        yield Remembered(key, source.slot, source.digest, source.folded)


def build(sources: Iterable[Source]) -> Shards:
    """Return the shards, made from nothing."""
    from builder.search.merge import merge  # only now: loading NumPy takes longer than most edits

    ordered = sorted(((source.slot, source.folded) for source in sources), key=lambda record: record[0])
    tokens = dict(merge(ordered))
    size = sum(map(_size, tokens.values()))
    count = shard_count(size)
    parts: list[dict[str, str | int]] = [{} for _ in range(count)]
    for token, lists in tokens.items():
        parts[shard_of(token, count)][token] = _entry(lists)
    long = {token: lists for token, lists in sorted(tokens.items()) if len(lists) > LONG}
    present = frozenset(token for token in tokens if len(token) == 1)
    return Shards([shard_text(part) for part in parts], long, size, present)


def _entry(lists: str) -> str | int:
    """Return what a shard says of a token: its lists or, where they are long, how many characters they have."""
    return lists if len(lists) <= LONG else len(lists)


def _size(lists: str) -> int:
    """Return how many characters of a token's lists lie in its shard."""
    return len(lists) if len(lists) <= LONG else 0


def shard_count(characters: int) -> int:
    """Return how many shards lists of so many characters need: a power of two."""
    return 1 << max(0, (characters - 1) // SIZE).bit_length()


def shard_text(tokens: Mapping[str, str | int]) -> str:
    """Return a shard as JSON, its tokens in order."""
    return json.dumps(dict(sorted(tokens.items())), ensure_ascii=False, separators=(",", ":"))


def _update(sources: Mapping[str, Source], known: Memory) -> list[str] | None:
    """Change the shards in the memory that hold something of what has changed; return the keys of what is new.

    None where there is no memory, where much has changed, or where there must be more shards or fewer.
    """
    now = {key: (source.slot, source.digest) for key, source in sources.items()}
    fresh = [key for key in now if known.records.get(key) != now[key]]
    gone = [key for key in known.records if known.records[key] != now.get(key)]
    if not known.records or (len(fresh) + len(gone)) * FEW > len(now) + FEW:
        return None
    stood: Standing = set()
    for key in gone:
        stood.update(known.folded(key).standing(known.records[key][0]))
    stand: Standing = set()
    for key in fresh:
        stand.update(sources[key].folded.standing(sources[key].slot))
    changes: Changes = {}
    for token, kind, slot in stood - stand:
        changes.setdefault(token, []).append((kind, slot, without_slot))
    for token, kind, slot in stand - stood:
        changes.setdefault(token, []).append((kind, slot, with_slot))
    _apply(changes, known)
    return fresh if shard_count(known.size) == known.count else None


def _apply(changes: Changes, known: Memory) -> None:
    """Change the shards of some tokens."""
    by_shard: dict[int, list[str]] = {}
    for token in changes:
        by_shard.setdefault(shard_of(token, known.count), []).append(token)
    for number, tokens in by_shard.items():
        shard: dict[str, str | int] = json.loads(known.shard(number))
        for token in tokens:
            held = shard.pop(token, "")
            before = held if isinstance(held, str) else known.long_list(token)
            after = _changed(before, changes[token])
            known.note(token, _size(after) - _size(before), is_present=bool(after))
            if max(len(before), len(after)) > LONG:
                known.change_long(token, after if len(after) > LONG else "")
            if after:
                shard[token] = _entry(after)
        known.change(number, shard_text(shard))


def _changed(text: str, changes: Iterable[Change]) -> str:
    """Return the lists of a token after slots have been taken out of them or put into them."""
    parts = text.split(PART)
    parts += [""] * (CLASSES - len(parts))
    for kind, slot, change in changes:
        parts[kind] = change(parts[kind], slot)
    return PART.join(parts).rstrip(PART)
