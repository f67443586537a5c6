"""The index as it is to be: brought up to date from the memory of the build before, or made from nothing.

Takes the names of all parts, their digests, and the parts themselves, each asked for only where it is needed; gives the
SHA-256 of every file, and its bytes. The result is the same however it came about.
"""

import errno
import hashlib
import json
import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Protocol

from builder.cache.store import CacheDamagedError
from builder.search import slots
from builder.search.files import (
    MANIFEST,
    address,
    as_json,
    character_files,
    head_files,
    long_address,
    script,
    script_sum,
)
from builder.search.memory import Known, Memory, forget
from builder.search.records import Head, rows_of
from builder.search.shards import LONG, Changes, changed, changes, entry, is_long, shard_count, shard_data
from builder.search.tokens import Folded, shard_of

FEW = 20  # one part in so many: where more have changed, all is made from nothing
BATCH = 500  # rows that are put into the memory at once
KEY = 0  # where in a head its key stands


class Parts(Protocol):
    """The parts of all records: what changes when one does, and its records as bytes."""

    def digest(self, name: str) -> bytes:
        """Return something that is another when the part is."""

    def get(self, name: str) -> bytes:
        """Return a part."""

    def before(self, name: str, digest: bytes) -> bytes | None:
        """Return a part as it was for the build before, None where that had another digest or is not known."""


@dataclass(frozen=True)
class _Edit:
    """What is other than before: records as they stood and as they stand, and the parts whose texts are new or moved.

    ``heads`` says whether a head or a slot is another.
    """

    stood: list[tuple[int, Folded]]
    stands: list[tuple[int, Folded]]
    names: tuple[str, ...]
    heads: bool


class Index:
    """The files of the search: ``sums`` is the SHA-256 of each by its address."""

    def __init__(self, memory: Memory, names: Iterable[str], parts: Parts) -> None:
        """Bring ``memory`` up to date with the parts of some names."""
        self._memory, self._parts = memory, parts
        self._known = memory.parts()
        self._slots = slots.place(_keys(self._known))
        now = {name: parts.digest(name) for name in names}
        if not self._update(now):
            self._build(now)
        self.sums = self._signed()
        self._texts = {where: (name, number) for name in self._known for number, where in self._addresses(name)}

    def content(self, where: str) -> bytes:
        """Return the bytes of a file; raises ``CacheDamagedError`` where they are not what they were."""
        try:
            return script(self._data(where))
        except sqlite3.Error as error:
            raise CacheDamagedError(where) from error

    def keep(self) -> None:
        """Make the memory stay; to be called when the parts stay too."""
        self._memory.keep()

    def close(self) -> None:
        """Close the memory; what was not kept is forgotten."""
        self._memory.close()

    def _data(self, where: str) -> str:
        if where not in self._texts:
            return self._memory.data(where)
        name, number = self._texts[where]
        _, shown, _ = list(rows_of(self._parts.get(name)))[number]
        return shown

    def _addresses(self, name: str) -> Iterator[tuple[int, str]]:
        """Yield the number of each record of a part, and the address of its text."""
        for number, head in enumerate(self._known[name].heads):
            yield number, address("text", self._slots[head[0]])

    # ---- From nothing

    def _build(self, now: Mapping[str, bytes]) -> None:
        """Make everything from the parts."""
        from builder.search.merge import Texts, merge  # only now: loading NumPy takes longer than most edits

        self._memory.clear()
        self._known.clear()
        texts = Texts()
        for name, digest in now.items():
            for folded in self._learn(name, digest):
                texts.add(folded)
        self._memory.put_parts(self._known.items())
        self._slots = slots.place(_keys(self._known))
        order = [self._slots[key] for key in _keys(self._known)]
        count, present = shard_count(texts.characters), texts.present()
        self._put(self._merged(merge(texts, order, count)))
        self._put_texts(self._known)
        self._note(texts.characters, count, present)
        self._put(character_files(present))
        self._put_heads()

    def _learn(self, name: str, digest: bytes) -> list[Folded]:
        """Take note of a part; return what its lists are made from."""
        records = list(rows_of(self._parts.get(name)))
        heads = tuple(head for head, _, _ in records)
        self._known[name] = Known(digest, heads, tuple(script_sum(shown) for _, shown, _ in records))
        return [folded for _, _, folded in records]

    def _merged(self, shards: Iterable[Mapping[str, str]]) -> Iterator[tuple[str, str]]:
        """Yield address and data of all shards and long lists."""
        for number, lists in enumerate(shards):
            tokens: dict[str, str | int] = {**lists}
            if max(map(len, lists.values()), default=0) > LONG:
                tokens = {token: entry(text) for token, text in lists.items()}
                yield from ((long_address(token), as_json(lists[token])) for token in lists if is_long(tokens[token]))
            yield address("pairs", number), shard_data(tokens)

    # ---- After an edit

    def _update(self, now: Mapping[str, bytes]) -> bool:
        """Change what an edit touches; return False where all is to be made from nothing."""
        fresh = [name for name in now if name not in self._known or self._known[name].digest != now[name]]
        gone = [name for name in self._known if name not in now]
        if not self._known or (len(fresh) + len(gone)) * FEW > len(now) + FEW:
            return False
        if not fresh and not gone:
            return True
        edit = self._edited(now, fresh, gone)
        if edit is None:
            return False
        count = int(self._memory.fact("shards"))
        characters = int(self._memory.fact("characters")) + _characters(edit.stands) - _characters(edit.stood)
        if shard_count(characters) != count:
            return False
        before = self._memory.fact("present")
        present = set(before)
        self._put(self._changed(changes(edit.stood, edit.stands), count, present))
        self._note(characters, count, present)
        self._memory.drop_files(address("text", slot) for slot, _ in edit.stood)
        self._put_texts(edit.names)
        if present != set(before):
            self._put(character_files(present))
        if edit.heads:
            self._put_heads()
        return True

    def _edited(self, now: Mapping[str, bytes], fresh: Iterable[str], gone: Iterable[str]) -> _Edit | None:
        """Take note of the parts that are new, changed or gone, and return what is other than before.

        None where it is not known any more how they were.
        """
        known, placed = dict(self._known), self._slots
        for name in gone:
            del self._known[name]
        stands = {name: self._learn(name, now[name]) for name in fresh}
        self._slots = slots.place(_keys(self._known))
        moved = {key for key, slot in self._slots.items() if placed.get(key, slot) != slot}
        for name, found in self._known.items():
            if name not in stands and any(head[KEY] in moved for head in found.heads):
                stands[name] = self._learn(name, now[name])
        stood = {}
        for name in {*gone, *stands} & known.keys():
            digest = known[name].digest
            part = self._parts.get(name) if now.get(name) == digest else self._parts.before(name, digest)
            if part is None:
                return None
            stood[name] = [folded for _, _, folded in rows_of(part)]
        heads = any(name not in known or known[name].heads != self._known[name].heads for name in stands)
        self._memory.drop_parts(gone)
        self._memory.put_parts((name, self._known[name]) for name in stands)
        return _Edit(
            list(_placed(stood, known, placed)),
            list(_placed(stands, self._known, self._slots)),
            tuple(stands),
            bool(moved or gone or heads),
        )

    def _changed(self, wanted: Changes, count: int, present: set[str]) -> Iterator[tuple[str, str]]:
        """Yield address and data of the shards of some tokens, changed; change long lists and ``present`` with them."""
        by_shard: dict[int, list[str]] = {}
        for token in wanted:
            by_shard.setdefault(shard_of(token, count), []).append(token)
        for number, tokens in by_shard.items():
            where = address("pairs", number)
            shard: dict[str, str | int] = json.loads(self._memory.data(where))
            for token in tokens:
                held = shard.pop(token, "")
                before = held if isinstance(held, str) else json.loads(self._memory.data(long_address(token)))
                after = changed(before, wanted[token])
                self._put_long(token, after, was_long=is_long(held))
                if after:
                    shard[token] = entry(after)
                if len(token) == 1:
                    (present.add if after else present.discard)(token)
            yield where, shard_data(dict(sorted(shard.items())))

    def _put_long(self, token: str, lists: str, *, was_long: bool) -> None:
        """Keep the lists of a token that are too long for its shard, if they are."""
        if is_long(entry(lists)):
            self._put([(long_address(token), as_json(lists))])
        elif was_long:
            self._memory.drop_files([long_address(token)])

    # ---- What is kept

    def _put(self, files: Iterable[tuple[str, str]]) -> None:
        """Keep the data of files, and their sums."""
        rows = iter(files)
        while batch := list(islice(rows, BATCH)):
            self._memory.put_data(batch)
            self._memory.put_sums((where, script_sum(data)) for where, data in batch)

    def _put_texts(self, names: Iterable[str]) -> None:
        """Keep the sums of the texts of some parts; their data are in the parts."""
        sums = ((where, self._known[name].sums[number]) for name in names for number, where in self._addresses(name))
        self._memory.put_sums(sums)

    def _put_heads(self) -> None:
        """Keep all files that follow from the heads, and forget those that there are no more."""
        by_slot = {self._slots[head[KEY]]: Head(*head) for known in self._known.values() for head in known.heads}
        files = dict(head_files(by_slot))
        before = (where for where in self._memory.sums() if where.startswith(address("names", "")[: -len(".js")]))
        self._memory.drop_files([where for where in before if where not in files])
        self._put(files.items())

    def _note(self, characters: int, shards: int, present: Iterable[str]) -> None:
        facts = (("characters", str(characters)), ("shards", str(shards)), ("present", "".join(sorted(present))))
        for name, value in facts:
            self._memory.note(name, value)

    def _signed(self) -> dict[str, str]:
        """Return the sums of all files, after the manifest has been given the version that follows from the others.

        It stands in every address that a page asks for: so no list of another build is ever mixed in.
        """
        sums = self._memory.sums()
        version = hashlib.sha256("".join(where + sums[where] for where in sums if where != MANIFEST).encode())
        manifest = json.loads(self._memory.data(MANIFEST))
        manifest.update(shards=int(self._memory.fact("shards")), version=version.hexdigest()[:8])
        self._put([(MANIFEST, as_json(manifest))])
        return {**sums, MANIFEST: script_sum(as_json(manifest))}


def open_index(names: Iterable[str], parts: Parts, memory: Path | None) -> Index:
    """Return the index of some parts. ``memory`` is a file, in a folder that is there; None where nothing is kept.

    A memory that is damaged, or has no room, is forgotten, and the next build begins anew.
    """
    names = tuple(names)
    if memory is not None:
        kept = None
        try:
            kept = Memory(memory)
            return Index(kept, names, parts)
        except (sqlite3.Error, CacheDamagedError):
            if kept is not None:
                kept.close()  # Windows removes no file that is open
            forget(memory)
    try:
        return Index(Memory(None), names, parts)
    except sqlite3.OperationalError as error:  # it may need a file of its own, which may have no room either
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)) from error


def _keys(known: Mapping[str, Known]) -> Iterator[str]:
    return (head[KEY] for found in known.values() for head in found.heads)


def _placed(
    folded: Mapping[str, Iterable[Folded]], known: Mapping[str, Known], placed: Mapping[str, int]
) -> Iterator[tuple[int, Folded]]:
    """Yield the records of some parts, each with its slot."""
    for name, found in folded.items():
        for head, texts in zip(known[name].heads, found, strict=True):
            yield placed[head[KEY]], texts


def _characters(records: Iterable[tuple[int, Folded]]) -> int:
    return sum(folded.characters for _, folded in records)
