"""The content as far as it has changed: files are hashed where the disk does not vouch for them, read if they are new.

Takes the project and what the last build knew; gives what is known now of every file, and puts facts and text of what
was read into the store.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from builder.cache.codec import decode, encode
from builder.cache.shelf import Kept, keep
from builder.cache.store import Store
from builder.content import Entry
from builder.engine.disk import Mark, is_settled
from builder.files import read_bytes
from builder.problems import Problem

Listed = tuple[str, str, str]  # folder, file, id


@dataclass(frozen=True)
class Known:
    """What is known of a content file without opening it.

    ``sum`` is the SHA-256 of its bytes, "" where they cannot be had; ``kind`` the class of its record, "" for none;
    ``meaning`` the digest of its facts, ``problems`` what was wrong with it; ``received`` the file it has to equal,
    ``person`` whom it is a further document about, ``has_pictures`` says whether its text has any.
    """

    mark: Mark
    sum: str
    kind: str
    meaning: bytes
    received: str
    person: str
    has_pictures: bool
    problems: tuple[Problem, ...]

    def code(self) -> Any:
        """Return it as the state keeps it."""
        found = [encode(problem) for problem in self.problems]
        return [self.mark, self.sum, self.kind, self.meaning, self.received, self.person, self.has_pictures, found]

    def marked(self, mark: Mark) -> "Known":
        """Return the same of a file whose mark is now another."""
        return self if mark == self.mark else replace(self, mark=mark)


def known_from(file: str, code: Any) -> Known:
    """Return what a state keeps of a file."""
    mark, total, kind, meaning, received, person, has_pictures, problems = code
    found = tuple(decode(problem, file) for problem in problems) if problems else ()
    return Known(mark, total, kind, meaning, received, person, has_pictures, found)


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
    known = Known(
        mark=(-1, 0, 0, 0),
        sum=entry.digest,
        kind=type(entry.record).__name__ if entry.record is not None else "",
        meaning=b"",
        received=str(name or ""),
        person=str(getattr(entry.record, "person", None) or ""),
        has_pictures=bool(entry.prose is not None and entry.prose.images),
        problems=entry.problems,
    )
    kept = keep(entry)
    return Read(listed, replace(known, meaning=kept.meaning), kept)


def changed_files(
    root: Path, listed: Iterable[Listed], marks: Mapping[str, Mark], old: Mapping[str, Known], moment: int
) -> Iterator[Listed]:
    """Yield the content files whose bytes are not those that the last build read.

    ``moment`` is when that build took the lock: what was touched later, or just before, is hashed.
    """
    for found in listed:
        file = found[1]
        before = old.get(file)
        mark = marks.get(file)
        if before is None or not before.sum or mark is None:
            yield found
        elif mark != before.mark or not is_settled(mark, moment):
            data, problem = read_bytes(root, file)
            if problem is not None or hashlib.sha256(data).hexdigest() != before.sum:
                yield found


def store_read(store: Store, read: Read) -> None:
    """Put what was read into the store."""
    file = read.listed[1]
    store.put("facts", file, read.kept.facts)
    store.put("bare", file, read.kept.bare)
    store.put("text", file, read.kept.text)


def sums_of_others(
    root: Path, marks: Mapping[str, Mark], old: Mapping[str, tuple[Mark, str]], wanted: Iterable[str], moment: int
) -> dict[str, tuple[Mark, str]]:
    """Return mark and SHA-256 of files that are no records (received texts, images); "" for one that is not there."""
    found: dict[str, tuple[Mark, str]] = {}
    for file in wanted:
        mark = marks.get(file)
        before = old.get(file)
        if mark is None:
            found[file] = ((-1, 0, 0, 0), "")
        elif before is not None and before[0] == mark and is_settled(mark, moment):
            found[file] = before
        else:
            data, problem = read_bytes(root, file)
            found[file] = (mark, hashlib.sha256(data).hexdigest() if problem is None else "?")
    return found
