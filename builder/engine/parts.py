"""What units give to that which is put together from all: the parts of the search, the shares in the exports.

Takes the store and what was made; gives parts by name, their digests, and how they were for the build before. What was
made is put into the store when the site is published: until then the store has what the last site was made from.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import IO

from builder.cache.store import CacheDamagedError, Store, sum_of

HELD = 16_000_000  # bytes of parts that are held in memory


class Spool(Mapping[str, bytes]):
    """Parts of one kind that were made now, by kind and id of what each is of.

    Of a large archive they lie in a file without a name: they would fill the memory.
    """

    def __init__(self, file: IO[bytes]) -> None:
        """Hold none; those that come are put into ``file``, which nobody else uses."""
        self._file = file
        self._places: dict[str, tuple[int, int]] = {}
        self._end = 0

    def put(self, name: str, part: bytes) -> None:
        """Hold a part; raises ``OSError`` where the disk refuses."""
        self._file.seek(self._end)
        self._file.write(part)
        self._places[name] = (self._end, len(part))
        self._end += len(part)

    def __getitem__(self, name: str) -> bytes:
        at, length = self._places[name]
        self._file.seek(at)
        return self._file.read(length)

    def __contains__(self, name: object) -> bool:
        return name in self._places

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


@contextmanager
def spools(folder: Path, kinds: Iterable[str]) -> Iterator[Mapping[str, Spool]]:
    """Give for each kind what holds its parts until the build ends; what memory does not hold lies in ``folder``."""
    with ExitStack() as stack:
        yield {kind: Spool(stack.enter_context(SpooledTemporaryFile(HELD, dir=str(folder)))) for kind in kinds}


class StoredParts:
    """The parts of one kind, by kind and id of what each is of."""

    def __init__(self, store: Store, kind: str, made: Mapping[str, bytes]) -> None:
        """Give what was made, and for the rest what is in the store."""
        self._store, self._kind, self._made = store, kind, made
        self._sums = store.sums(kind)

    @property
    def is_any_new(self) -> bool:
        """Whether any part that was made is other than the last site's."""
        return any(self.digest(name) != self._sums.get(name) for name in self._made)

    def digest(self, name: str) -> bytes:
        """Return the digest of a part; raises ``CacheDamagedError`` where there is none."""
        if name in self._made:
            return sum_of(self._kind, name, self._made[name])
        if name not in self._sums:
            raise CacheDamagedError(f"{self._kind} {name}")
        return self._sums[name]

    def get(self, name: str) -> bytes:
        """Return a part; raises ``CacheDamagedError`` where there is none."""
        part = self._made[name] if name in self._made else self._store.get(self._kind, name)
        if part is None:
            raise CacheDamagedError(f"{self._kind} {name}")
        return part

    def before(self, name: str, digest: bytes) -> bytes | None:
        """Return a part as it was for the last site, None where that had another digest or is not known."""
        return self._store.get(self._kind, name) if self._sums.get(name) == digest else None
