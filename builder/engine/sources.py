"""The content as far as it has changed: files are hashed where the disk does not vouch for them, read if they are new.

Takes the project and what the last build knew; gives what is known now of every file, and puts facts and text of what
was read into the store.
"""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from builder.cache.codec import decode, encode
from builder.cache.rows import pack, unpack
from builder.cache.shelf import Kept, keep
from builder.cache.store import CacheDamagedError, Store
from builder.content import CONTENT, Entry, near_source
from builder.engine.disk import Folder, folder_from
from builder.engine.outlook import Outlook
from builder.files import read_bytes
from builder.problems import Problem
from builder.records import Profile, Tombstone

Listed = tuple[str, str, str]  # folder, file, id


@dataclass(frozen=True)
class Known:
    """What is known of a content file without opening it.

    ``sum`` is the SHA-256 of its bytes, "" where they cannot be had; ``kind`` the class of its record, "" for none;
    ``meaning`` the digest of its facts, ``problems`` what was wrong with it; ``received`` the file it has to equal,
    ``name`` is that of the person it is about, of somebody withdrawn the one that must be gone, ``person`` whom it is a
    further document about; ``has_pictures`` says whether its text has any. ``key`` is the digest of everything on which
    depends what the rules find in it.
    """

    sum: str
    kind: str
    meaning: bytes
    received: str
    name: str
    person: str
    has_pictures: bool
    problems: tuple[Problem, ...]
    key: bytes = b""

    def put(self, store: Store, file: str) -> None:
        """Put it into the store."""
        found = [encode(problem) for problem in self.problems]
        who = [self.received, self.name, self.person]
        store.put("known", file, pack([self.sum, self.kind, self.meaning, *who, self.has_pictures, found, self.key]))


def known(store: Store, file: str) -> Known | None:
    """Return what the store keeps of a file; None where there is nothing."""
    data = store.get("known", file)
    return _known(file, data) if data is not None else None


def known_of_all(store: Store, files: Iterable[str]) -> dict[str, Known]:
    """Return what the store keeps of many files; raises ``CacheDamagedError`` where it keeps nothing of one."""
    rows = dict(store.each("known"))
    try:
        return {file: _known(file, rows[file]) for file in files}
    except KeyError as error:
        raise CacheDamagedError(f"known {error}") from error


def _known(file: str, data: bytes) -> Known:
    total, kind, meaning, received, name, person, has_pictures, problems, key = unpack(data)
    found = tuple(decode(problem, file) for problem in problems) if problems else ()
    return Known(total, kind, meaning, received, name, person, has_pictures, found, key)


@dataclass(frozen=True)
class Read:
    """A file that was read anew: what is known of it, and the rows for the store."""

    listed: Listed
    known: Known
    kept: Kept


def read_anew(root: Path, listed: Listed, read: Callable[[Path, str, str, str], Entry]) -> Read:
    """Return what a content file gives."""
    entry = read(root, *listed)
    name = getattr(entry.record, "source", {}).get("received") if entry.record is not None else None
    found = Known(
        sum=entry.digest,
        kind=type(entry.record).__name__ if entry.record is not None else "",
        meaning=b"",
        received=str(name or ""),
        name=_name(entry.record),
        person=str(getattr(entry.record, "person", None) or ""),
        has_pictures=bool(entry.prose is not None and entry.prose.images),
        problems=entry.problems,
    )
    kept = keep(entry)
    return Read(listed, replace(found, meaning=kept.meaning), kept)


def _name(record: Any) -> str:
    """Return the name of the person that a record is about, "" where it is about none."""
    if isinstance(record, Tombstone):
        return str(record.names[0]) if record.names else ""
    return str(record.name) if isinstance(record, Profile) else ""


def store_read(store: Store, read: Read) -> None:
    """Put the record of what was read into the store."""
    file = read.listed[1]
    store.put("facts", file, read.kept.facts)
    store.put("bare", file, read.kept.bare)
    store.put("text", file, read.kept.text)


def forget(store: Store, files: Iterable[str]) -> None:
    """Take files that are no more out of the store."""
    gone = list(files)
    for kind in ("known", "facts", "bare", "text"):
        store.drop(kind, gone)


@dataclass
class Moved:
    """How the names and marks below ``content/`` differ from those that the last build saw, with ``content/``.

    ``touched`` are files that are new, that have another mark, or of which a mark tells nothing; ``folders`` those in
    which anything is other than it was, None for one that is gone.
    """

    touched: set[str] = field(default_factory=set)
    gone: set[str] = field(default_factory=set)
    is_listing_new: bool = False
    folders: dict[str, Folder | None] = field(default_factory=dict)

    def put(self, store: Store) -> None:
        """Put into the store what the disk says now."""
        for prefix, folder in self.folders.items():
            if folder is None:
                store.drop("content", [prefix])
            else:
                store.put("content", prefix, folder.code())


def compare(store: Store, outlook: Outlook, moment: int) -> Moved:
    """Return what the disk says has changed since a build that began at ``moment``."""
    moved = Moved()
    before = {prefix: folder_from(row) for prefix, row in store.each("content")}
    for prefix in before.keys() | outlook.content.keys():
        old, new = before.get(prefix), outlook.content.get(prefix)
        if old == new:
            continue
        moved.folders[prefix] = new
        _compare(moved, f"{CONTENT}/{prefix}", old, new)
    moved.touched.update(f"{CONTENT}/{file}" for file in outlook.unsettled(moment))
    return moved


def _compare(moved: Moved, prefix: str, old: Folder | None, new: Folder | None) -> None:
    before = old.marks() if old is not None else {}
    now = new.marks() if new is not None else {}
    moved.touched.update(prefix + name for name, mark in now.items() if before.get(name) != mark)
    moved.gone.update(prefix + name for name in before.keys() - now.keys())
    moved.is_listing_new |= before.keys() != now.keys()


def has_changed(root: Path, file: str, before: Known | None) -> bool:
    """Return whether a file's bytes are not those that were read."""
    if before is None or not before.sum:
        return True
    data, problem = read_bytes(root, file)
    return problem is not None or hashlib.sha256(data).hexdigest() != before.sum


def sum_of_received(root: Path, name: str) -> str:
    """Return the SHA-256 of a received text, by its path below ``content/``.

    Where it cannot be read, "?", why not, and what may have been meant: for these stand in the problem.
    """
    file = f"{CONTENT}/{name}"
    data, problem = read_bytes(root, file)
    if problem is None and (root / file).resolve().is_relative_to((root / CONTENT).resolve()):
        return hashlib.sha256(data).hexdigest()
    return f"?{problem.message if problem is not None else ''} {near_source(root, name)}"


def is_missing(total: str) -> bool:
    """Return whether a received text could not be read: then marks of the disk do not tell whether it now can."""
    return total.startswith("?")
