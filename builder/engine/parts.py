"""The parts of the search as a build has them: those that were made now, and those in the store since they were made.

Takes the store and what was made; gives parts by name, their digests, and how they were for the build before. What was
made is put into the store when the site is published: until then the store has what the last site was made from.
"""

from collections.abc import Mapping

from builder.cache.store import CacheDamagedError, Store, sum_of

KIND = "part"


class StoredParts:
    """The parts of the search, by kind and id of what each is part of."""

    def __init__(self, store: Store, made: Mapping[str, bytes]) -> None:
        """Give what was made, and for the rest what is in the store."""
        self._store, self._made = store, made
        self._sums = store.sums(KIND)

    def digest(self, name: str) -> bytes:
        """Return the digest of a part; raises ``CacheDamagedError`` where there is none."""
        if name in self._made:
            return sum_of(KIND, name, self._made[name])
        if name not in self._sums:
            raise CacheDamagedError(f"{KIND} {name}")
        return self._sums[name]

    def get(self, name: str) -> bytes:
        """Return a part; raises ``CacheDamagedError`` where there is none."""
        part = self._made[name] if name in self._made else self._store.get(KIND, name)
        if part is None:
            raise CacheDamagedError(f"{KIND} {name}")
        return part

    def before(self, name: str, digest: bytes) -> bytes | None:
        """Return a part as it was for the last site, None where that had another digest or is not known."""
        return self._store.get(KIND, name) if self._sums.get(name) == digest else None
