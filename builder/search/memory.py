"""What the search remembers of the build before, so that an edit changes little: a file that may be lost at any time.

Takes the path of a SQLite file; gives records by key (slot and digest), what the changed ones
were made from, and the text of each shard. Written in one transaction; stamped with the digest of the search's own
code, so that another version begins anew.
"""

import hashlib
import marshal
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import TracebackType

from builder.search.tokens import Folded

TABLES = """
CREATE TABLE fact (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE record (key TEXT PRIMARY KEY, slot INTEGER, digest BLOB, folded BLOB);
CREATE TABLE shard (number INTEGER PRIMARY KEY, content TEXT);
CREATE TABLE long (token TEXT PRIMARY KEY, content TEXT);
"""


@dataclass(frozen=True)
class Remembered:
    """A record as it is kept: where it stands, its digest, and what its part of the index was made from."""

    key: str
    slot: int
    digest: bytes
    folded: Folded

    def row(self) -> tuple[str, int, bytes, bytes]:
        """Return the row of the table."""
        return self.key, self.slot, self.digest, marshal.dumps((self.folded.streams, self.folded.words), 2)


@dataclass(frozen=True)
class Shards:
    """The text of every shard, how many characters their lists have, and which single characters are listed.

    ``long`` are the lists, by token, that are too long for a shard.
    """

    texts: list[str]
    long: dict[str, str]
    size: int
    present: frozenset[str]


@cache
def stamp() -> str:
    """Return the digest of the code of the search."""
    digest = hashlib.sha256()
    for path in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


class Memory:
    """The memory while it is open; what is changed in it is kept when it is closed without an exception."""

    def __init__(self, path: Path) -> None:
        self._base = _open(path)
        self.records: dict[str, tuple[int, bytes]] = {
            key: (slot, digest) for key, slot, digest in self._base.execute("SELECT key, slot, digest FROM record")
        }
        facts = dict(self._base.execute("SELECT name, value FROM fact"))
        self.count = int(facts.get("count", 0))
        self.size = int(facts.get("size", 0))
        self.present = set(facts.get("present", ""))

    def __enter__(self) -> "Memory":
        """Return the memory."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Keep what was changed, unless something went wrong."""
        if kind is None:
            self._keep_facts()
            self._base.commit()
        self._base.close()

    def _keep_facts(self) -> None:
        facts = (
            ("stamp", stamp()),
            ("count", str(self.count)),
            ("size", str(self.size)),
            ("present", "".join(sorted(self.present))),
        )
        self._base.executemany("REPLACE INTO fact VALUES (?, ?)", facts)

    def folded(self, key: str) -> Folded:
        """Return what a record's part of the index was made from."""
        (content,) = self._base.execute("SELECT folded FROM record WHERE key = ?", (key,)).fetchone()
        return Folded(*marshal.loads(content))

    def shard(self, number: int) -> str:
        """Return the text of a shard."""
        (content,) = self._base.execute("SELECT content FROM shard WHERE number = ?", (number,)).fetchone()
        return str(content)

    def shards(self) -> list[str]:
        """Return the text of every shard."""
        return [content for (content,) in self._base.execute("SELECT content FROM shard ORDER BY number")]

    def change(self, number: int, content: str) -> None:
        """Change a shard."""
        self._base.execute("UPDATE shard SET content = ? WHERE number = ?", (content, number))

    def long_list(self, token: str) -> str:
        """Return the lists of a token that are too long for its shard."""
        (content,) = self._base.execute("SELECT content FROM long WHERE token = ?", (token,)).fetchone()
        return str(content)

    def long_lists(self) -> dict[str, str]:
        """Return all such lists by token, in order."""
        return dict(self._base.execute("SELECT token, content FROM long ORDER BY token"))

    def change_long(self, token: str, content: str) -> None:
        """Change such lists of a token; empty where it has none any more."""
        self._base.execute("DELETE FROM long WHERE token = ?", (token,))
        if content:
            self._base.execute("INSERT INTO long VALUES (?, ?)", (token, content))

    def note(self, token: str, grown: int, *, is_present: bool) -> None:
        """Take note that a token has so many characters more in its shard, and whether there is any list of it."""
        self.size += grown
        if len(token) == 1:
            (self.present.add if is_present else self.present.discard)(token)

    def update(self, records: Iterable[Remembered], gone: Iterable[str]) -> None:
        """Keep records that are new or changed, and forget those that are gone."""
        self._base.executemany("DELETE FROM record WHERE key = ?", ((key,) for key in gone))
        self._base.executemany("REPLACE INTO record VALUES (?, ?, ?, ?)", (record.row() for record in records))

    def replace(self, records: Iterable[Remembered], shards: Shards) -> None:
        """Forget everything and keep this."""
        self._base.execute("DELETE FROM record")
        self._base.execute("DELETE FROM shard")
        self._base.execute("DELETE FROM long")
        self.update(records, ())
        self._base.executemany("INSERT INTO shard VALUES (?, ?)", enumerate(shards.texts))
        self._base.executemany("INSERT INTO long VALUES (?, ?)", shards.long.items())
        self.count, self.size, self.present = len(shards.texts), shards.size, set(shards.present)


def forget(path: Path) -> None:
    """Remove a memory."""
    for suffix in ("", "-journal", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def _open(path: Path) -> sqlite3.Connection:
    """Return the base at a path; an empty one where it is of another version, damaged or not there."""
    base = sqlite3.connect(path)
    try:
        (found,) = base.execute("SELECT value FROM fact WHERE name = 'stamp'").fetchone() or ("",)
        if found == stamp():
            return base
    except sqlite3.Error:
        pass
    base.close()
    forget(path)
    base = sqlite3.connect(path)
    base.executescript(TABLES)
    return base
