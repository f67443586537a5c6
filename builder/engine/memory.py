"""What is remembered of the content from build to build, whether or not these came to their end, and what is pending.

Takes a store; gives ``Memory``, and the keys of all that has changed since the site was published last. Both are put
there in one transaction, so that nothing is known to be read of which the site does not wait to be told.
"""

from array import array
from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from typing import Any

from builder.cache.codec import decode, encode
from builder.cache.rows import pack, unpack
from builder.cache.store import CacheDamagedError, Store
from builder.engine.sources import Known, Listed
from builder.problems import Problem
from builder.records import Tombstone

Codes = tuple[Any, ...]  # problems as they are kept


@dataclass
class Memory:
    """What is remembered of the content as a whole.

    ``strays`` is what is wrong with the names of files; ``misread``, ``faults`` and ``checked`` hold what reading a
    file, anything at all, and the rules about one file found, for the files for which they found something.
    ``pictured``, ``unread`` and ``stones`` are files with images, without a record, and about somebody withdrawn;
    ``equals`` names by received text (below ``content/``) the files that have to equal it, ``sums`` its SHA-256.
    ``meaning`` stands for the relations in the store, which were made of the facts, of ``settings`` and of ``grounds``;
    ``sought`` are names that must stand nowhere, ``blamed`` what may be the cause of other mistakes, ``together`` what
    the rules about several records found.
    """

    moment: int = 0
    settings: bytes = b""
    strays: Codes = ()
    has_images: bool = False
    misread: dict[str, Codes] = field(default_factory=dict)
    faults: dict[str, Codes] = field(default_factory=dict)
    checked: dict[str, Codes] = field(default_factory=dict)
    pictured: set[str] = field(default_factory=set)
    unread: set[Listed] = field(default_factory=set)
    stones: set[str] = field(default_factory=set)
    equals: dict[str, set[str]] = field(default_factory=dict)
    sums: dict[str, str] = field(default_factory=dict)
    meaning: bytes = b""
    grounds: bytes = b""
    sought: tuple[str, ...] = ()
    blamed: Codes = ()
    together: Codes = ()

    def put(self, store: Store) -> None:
        """Put it into the store."""
        store.put("memory", "", pack([getattr(self, each.name) for each in fields(self)]))

    def take(self, listed: Listed, known: Known) -> None:
        """Remember a file that was read anew."""
        file = listed[1]
        if known.problems:
            self.misread[file] = codes(known.problems)
        if known.has_pictures:
            self.pictured.add(file)
        if not known.kind:
            self.unread.add(listed)
        if known.kind == Tombstone.__name__:
            self.stones.add(file)
        if known.received:
            self.equals.setdefault(known.received, set()).add(file)

    def drop(self, file: str, known: Known) -> None:
        """Forget a file of which this was known."""
        self.misread.pop(file, None)
        self.checked.pop(file, None)
        self.pictured.discard(file)
        self.stones.discard(file)
        if not known.kind:
            self.unread = {listed for listed in self.unread if listed[1] != file}
        if known.received in self.equals:
            self.equals[known.received].discard(file)
            if not self.equals[known.received]:
                del self.equals[known.received]
                self.sums.pop(known.received, None)


def recall(store: Store) -> Memory:
    """Return what is remembered; nothing where there is no cache. Raises ``CacheDamagedError``."""
    data = store.get("memory")
    if data is not None:
        return Memory(*unpack(data))
    if store.get("listed") is not None:
        raise CacheDamagedError("memory")
    return Memory()


def codes(problems: Iterable[Problem]) -> Codes:
    """Return problems as they are kept."""
    return tuple((problem.place.file, encode(problem)) for problem in problems)


def problems_of(kept: Iterable[Any]) -> list[Problem]:
    """Return the problems that were kept."""
    return [decode(code, file) for file, code in kept]


def pending(store: Store) -> set[int]:
    """Return the keys of what has changed since the site was published; raises ``CacheDamagedError``."""
    data = store.get("pending")
    if data is None:
        raise CacheDamagedError("pending")
    found = array("q")
    found.frombytes(data)
    return set(found)


def put_pending(store: Store, keys: Iterable[int]) -> None:
    """Put into the store the keys of what has changed since the site was published."""
    store.put("pending", "", array("q", sorted(keys)).tobytes())
