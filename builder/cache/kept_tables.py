"""The tables of the relations in the store, each in a row of its own that is read when somebody looks into it.

Takes a store; gives tables. Who makes one page looks into few of them, and all of them take long to unpack.
"""

from collections.abc import Iterator, Mapping

from builder.cache.rows import digest, pack, unpack
from builder.cache.store import CacheDamagedError, Store
from builder.cache.tables import Table


def put_tables(store: Store, meaning: bytes, site: bytes, tables: Mapping[str, bytes]) -> None:
    """Put the relations of an archive, each table packed, into the store, with its settings and what stands for it."""
    data = store.get("archive")
    before = unpack(data)[2] if data is not None else {}
    sums = {}
    for name, row in tables.items():
        sums[name] = digest(row)
        if sums[name] != before.get(name):
            store.put("table", name, row)
    store.put("archive", "", pack([meaning, site, sums]))


def kept_tables(store: Store, meaning: bytes) -> tuple[bytes, "KeptTables"]:
    """Return the settings and the relations that ``meaning`` stands for; raises ``CacheDamagedError``."""
    data = store.get("archive")
    if data is not None:
        found, site, sums = unpack(data)
        if found == meaning:
            return site, KeptTables(store, sums)
    raise CacheDamagedError("archive")


class KeptTables(Mapping[str, Table]):
    """Tables by name; each is read from the store when it is first asked for."""

    def __init__(self, store: Store, sums: Mapping[str, bytes]) -> None:
        """Read from ``store`` the tables that have these digests."""
        self._store, self._sums = store, sums
        self._read: dict[str, Table] = {}

    def __getitem__(self, name: str) -> Table:
        if name not in self._read:
            total = self._sums[name]
            data = self._store.get("table", name)
            if data is None or digest(data) != total:
                raise CacheDamagedError(f"table {name}")
            self._read[name] = Table(unpack(data))
        return self._read[name]

    def __contains__(self, name: object) -> bool:
        return name in self._sums

    def __iter__(self) -> Iterator[str]:
        return iter(self._sums)

    def __len__(self) -> int:
        return len(self._sums)
