"""Where the cache lies: rows of bytes in one SQLite file, each with its digest, and never trusted.

Takes the path of the file and the version of the code that made its rows; gives bytes by kind and key. A file of
another version, a damaged one, or one that is no database at all is thrown away; a row whose bytes are not those that
were put there raises ``CacheDamagedError``, and whoever builds begins again without. What is put is there as a whole
after ``commit``, or not at all: SQLite sees to that, also when the process is killed.
"""

import errno
import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from builder.cache.rows import digest

FORMAT = "1"
SCHEMA = "CREATE TABLE rows (kind TEXT, key TEXT, sum BLOB, data BLOB, PRIMARY KEY (kind, key))"


class CacheDamagedError(Exception):
    """A row of the cache is not what was put there."""


class Store:
    """The rows of one cache file. One process writes at a time (``output.lock``); others may read what is committed."""

    def __init__(self, path: Path, version: str, *, fresh: bool = False) -> None:
        """Open the file at ``path``; begin an empty one where it is absent, foreign or damaged, or if ``fresh``."""
        self.path, self.version = path, f"{FORMAT} {version}"
        if fresh or not self._is_ours():
            self._begin()
        else:
            self._connection = self._open()

    @classmethod
    def opened(cls, path: Path, version: str) -> "Store":
        """Open the file that another process has begun, to read what that has committed."""
        made = cls.__new__(cls)
        made.path, made.version = path, version
        made._connection = made._open()
        return made

    def _open(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self.path, timeout=60)
        # Killed, SQLite leaves a whole file; a disk that loses its power may not, and then the digests tell.
        connection.execute("PRAGMA synchronous = OFF")
        return connection

    def _is_ours(self) -> bool:
        """Return whether the file is a cache of this version."""
        if not self.path.is_file():
            return False
        try:
            connection = self._open()
            try:
                row = connection.execute("SELECT data FROM rows WHERE kind = 'version' AND key = ''").fetchone()
            finally:
                connection.close()
        except sqlite3.Error:
            return False
        return row is not None and row[0] == self.version.encode()

    def _begin(self) -> None:
        """Begin an empty file."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        for suffix in ("", "-journal", "-wal", "-shm"):
            Path(f"{self.path}{suffix}").unlink(missing_ok=True)
        self._connection = self._open()
        with _writing():
            self._connection.execute(SCHEMA)
        self.put("version", "", self.version.encode())
        self.commit()

    def get(self, kind: str, key: str = "") -> bytes | None:
        """Return the bytes of a row, or None where there is none; raises ``CacheDamagedError``."""
        try:
            row = self._connection.execute(
                "SELECT sum, data FROM rows WHERE kind = ? AND key = ?", (kind, key)
            ).fetchone()
        except sqlite3.Error as error:
            raise CacheDamagedError(str(error)) from error
        return None if row is None else _checked(kind, key, *row)

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Read what follows as it is at this moment, and put nothing; else SQLite locks the file for each row anew."""
        if self._connection.in_transaction:  # by what was put and not committed: the file is locked already
            yield
            return
        self._connection.execute("BEGIN")
        try:
            yield
        finally:
            self._connection.rollback()

    def each(self, kind: str) -> Iterator[tuple[str, bytes]]:
        """Yield key and bytes of every row of a kind, sorted by key; raises ``CacheDamagedError``."""
        try:
            for key, total, data in self._connection.execute(
                "SELECT key, sum, data FROM rows WHERE kind = ? ORDER BY key", (kind,)
            ):
                yield key, _checked(kind, key, total, data)
        except sqlite3.Error as error:
            raise CacheDamagedError(str(error)) from error

    def sums(self, kind: str) -> dict[str, bytes]:
        """Return the digest of every row of a kind by its key (see ``sum_of``); raises ``CacheDamagedError``."""
        try:
            return dict(self._connection.execute("SELECT key, sum FROM rows WHERE kind = ?", (kind,)))
        except sqlite3.Error as error:
            raise CacheDamagedError(str(error)) from error

    def keys(self, kind: str) -> list[str]:
        """Return the key of every row of a kind, sorted; raises ``CacheDamagedError``."""
        try:
            rows = self._connection.execute("SELECT key FROM rows WHERE kind = ? ORDER BY key", (kind,))
            return [key for (key,) in rows]
        except sqlite3.Error as error:
            raise CacheDamagedError(str(error)) from error

    def put(self, kind: str, key: str, data: bytes) -> None:
        """Put bytes under a key, in the place of what was there; raises ``OSError`` where the disk refuses."""
        total = sum_of(kind, key, data)
        with _writing():
            self._connection.execute("INSERT OR REPLACE INTO rows VALUES (?, ?, ?, ?)", (kind, key, total, data))

    def drop(self, kind: str, keys: Iterable[str]) -> None:
        """Remove rows."""
        with _writing():
            self._connection.executemany("DELETE FROM rows WHERE kind = ? AND key = ?", ((kind, key) for key in keys))

    def commit(self) -> None:
        """Make what was put since the last time stay; raises ``OSError`` where the disk refuses."""
        with _writing():
            self._connection.commit()

    def disown(self) -> None:
        """Make this a cache of no version, which nobody will use."""
        self.put("version", "", b"")
        self.commit()

    def close(self) -> None:
        """Close the file; what was not committed is forgotten."""
        self._connection.close()


@contextmanager
def _writing() -> Iterator[None]:
    """Raise what the disk refuses as ``OSError``, a full one with its own number, and the rest as damage."""
    try:
        yield
    except sqlite3.Error as error:
        if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)) from error
        if isinstance(error, sqlite3.OperationalError):
            raise OSError(str(error)) from error
        raise CacheDamagedError(str(error)) from error


def sum_of(kind: str, key: str, data: bytes) -> bytes:
    """Return the digest that a row with some data has."""
    return digest(f"{kind}\0{key}\0".encode("utf-8", "surrogatepass") + data)


def _checked(kind: str, key: str, total: bytes, data: bytes) -> bytes:
    """Return the bytes of a row if they are those that were put there."""
    if not isinstance(data, bytes) or total != sum_of(kind, key, data):
        raise CacheDamagedError(f"{kind} {key}")
    return data
