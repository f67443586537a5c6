"""Ids and links of the pages of the site: of most of them as they were when they were made.

Takes rows of the store, and what the pages hold that were rendered now; gives ``Page`` by address.
"""

from collections.abc import Collection, Iterator, Mapping

from builder.cache.rows import pack, unpack
from builder.cache.store import CacheDamagedError, Store
from builder.linkcheck import Page


class StoredPages(Mapping[str, Page]):
    """Ids and links of the pages of the site: those made now, and those that are in the store since they were made."""

    def __init__(self, store: Store, addresses: Collection[str], made: Mapping[str, Page]) -> None:
        """Know the pages at ``addresses``; ``made`` are those that are new."""
        self._store, self._made, self._addresses = store, made, addresses
        self._held: dict[str, Page] = {}

    def __getitem__(self, address: str) -> Page:
        if address not in self:
            raise KeyError(address)
        if address in self._made:
            return self._made[address]
        if address not in self._held:
            page = stored_page(self._store, address)
            if page is None:
                raise CacheDamagedError(f"page {address}")
            self._held[address] = page
        return self._held[address]

    def __contains__(self, address: object) -> bool:
        return isinstance(address, str) and address.endswith(".html") and address in self._addresses

    def __iter__(self) -> Iterator[str]:
        return (address for address in self._addresses if address.endswith(".html"))

    def __len__(self) -> int:
        return sum(1 for _ in self)


def stored_page(store: Store, address: str) -> Page | None:
    """Return ids and links of a page as they are in the store."""
    data = store.get("page", address)
    if data is None:
        return None
    return Page(*unpack(data))


def store_page(store: Store, address: str, page: Page) -> None:
    """Put ids and links of a page into the store."""
    store.put("page", address, pack([page.joined_ids, page.joined_links]))
