"""What the search remembers of the build before, so that an edit changes little: a file that may be lost at any time.

Takes the path of a SQLite file; gives, by the name of each part, its digest and its heads; and of each file of the
index its SHA-256 and, but for the texts, its data. Written in one transaction; stamped with the digest of the search's
own code, so that another version begins anew; rows have digests, or one together, so that damage is found out.
"""

import hashlib
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from builder.cache.rows import digest, pack, unpack
from builder.cache.store import CacheDamagedError
from builder.search.files import script_sum
from builder.search.records import Row

TABLES = """
CREATE TABLE fact (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE part (name TEXT PRIMARY KEY, sum BLOB, known BLOB) WITHOUT ROWID;
CREATE TABLE file (address TEXT PRIMARY KEY, sum TEXT) WITHOUT ROWID;
CREATE TABLE data (address TEXT PRIMARY KEY, content TEXT);
"""
ADDRESSES = ("file", "data")


@dataclass(frozen=True)
class Known:
    """What is known of a part: its digest, the heads of its records, and the SHA-256 of the text of each."""

    digest: bytes
    heads: tuple[Row, ...]
    sums: tuple[str, ...]


@cache
def stamp() -> str:
    """Return the digest of the code of the search."""
    found = hashlib.sha256()
    for path in sorted(Path(__file__).parent.glob("*.py")):
        found.update(path.read_bytes())
    return found.hexdigest()


class Memory:
    """The memory while it is open: what is changed in it stays with ``keep``, or not at all."""

    def __init__(self, path: Path | None) -> None:
        """Open the file at a path, an empty one where it is of another version or damaged; None for one that goes."""
        self._base = _open(path) if path is not None else _begun("")

    def close(self) -> None:
        """Close the file."""
        self._base.close()

    def keep(self) -> None:
        """Make what was changed stay; where the disk refuses, nothing is kept, and the next build begins anew."""
        try:
            self.note("stamp", stamp())
            self.note("whole", self._whole())
            self._base.commit()
        except sqlite3.Error:
            self._base.rollback()

    def fact(self, name: str) -> str:
        """Return a fact, "" where none is known."""
        found = self._base.execute("SELECT value FROM fact WHERE name = ?", (name,)).fetchone()
        return str(found[0]) if found else ""

    def note(self, name: str, value: str) -> None:
        """Change a fact."""
        self._base.execute("REPLACE INTO fact VALUES (?, ?)", (name, value))

    def _whole(self) -> str:
        """Return the digest of all facts and sums together: of these, no row tells by itself that it is damaged."""
        queries = (
            "SELECT name, value FROM fact WHERE name != 'whole' ORDER BY name",
            "SELECT name, sum FROM part ORDER BY name",
            "SELECT address, sum FROM file ORDER BY address",
        )
        return digest(pack([self._base.execute(query).fetchall() for query in queries])).hex()

    def parts(self) -> dict[str, Known]:
        """Return what is known of every part; raises ``CacheDamagedError`` where anything is not what was kept."""
        if self.fact("stamp") and self.fact("whole") != self._whole():
            raise CacheDamagedError("search")
        rows = self._base.execute("SELECT name, sum, known FROM part")
        return {name: Known(*unpack(_checked(name, *row))) for name, *row in rows}

    def put_parts(self, parts: Iterable[tuple[str, Known]]) -> None:
        """Keep what is known of some parts."""
        rows = ((name, pack((known.digest, known.heads, known.sums))) for name, known in parts)
        self._base.executemany("REPLACE INTO part VALUES (?, ?, ?)", ((name, digest(row), row) for name, row in rows))

    def drop_parts(self, names: Iterable[str]) -> None:
        """Forget some parts."""
        self._base.executemany("DELETE FROM part WHERE name = ?", ((name,) for name in names))

    def sums(self) -> dict[str, str]:
        """Return the SHA-256 of every file by its address, in order."""
        return dict(self._base.execute("SELECT address, sum FROM file ORDER BY address"))

    def data(self, address: str) -> str:
        """Return the data of a file, as JSON; raises ``CacheDamagedError`` where they are not what was put there."""
        query = "SELECT sum, content FROM file JOIN data USING (address) WHERE address = ?"
        total, content = self._base.execute(query, (address,)).fetchone() or ("", "")
        if script_sum(content) != total:
            raise CacheDamagedError(address)
        return str(content)

    def put_sums(self, sums: Iterable[tuple[str, str]]) -> None:
        """Keep the SHA-256 of some files."""
        self._base.executemany("REPLACE INTO file VALUES (?, ?)", sums)

    def put_data(self, rows: Iterable[tuple[str, str]]) -> None:
        """Keep the data of some files."""
        self._base.executemany("REPLACE INTO data VALUES (?, ?)", rows)

    def drop_files(self, addresses: Iterable[str]) -> None:
        """Forget some files."""
        rows = [(address,) for address in addresses]
        for table in ADDRESSES:
            self._base.executemany(f"DELETE FROM {table} WHERE address = ?", rows)  # noqa: S608  # a name of our own

    def clear(self) -> None:
        """Forget everything."""
        for table in ("part", *ADDRESSES):
            self._base.execute(f"DELETE FROM {table}")  # noqa: S608  # a name of our own


def forget(path: Path) -> None:
    """Remove a memory."""
    for suffix in ("", "-journal", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def _open(path: Path) -> sqlite3.Connection:
    base = sqlite3.connect(path)
    try:
        (found,) = base.execute("SELECT value FROM fact WHERE name = 'stamp'").fetchone() or ("",)
        if found == stamp():
            base.execute("PRAGMA synchronous = OFF")  # a file that a loss of power spoils is found out and made anew
            return base
    except sqlite3.Error:
        pass
    base.close()
    forget(path)
    return _begun(str(path))


def _checked(name: str, total: bytes, data: bytes) -> bytes:
    if not isinstance(data, bytes) or digest(data) != total:
        raise CacheDamagedError(name)
    return data


def _begun(path: str) -> sqlite3.Connection:
    base = sqlite3.connect(path)
    base.execute("PRAGMA synchronous = OFF")
    base.executescript(TABLES)
    return base
