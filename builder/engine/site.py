"""What the site was after the last build, and what it is to be: files with their digests, units with what they read.

Takes rows of the store and marks of the disk; gives ``Published``, and the files of which the disk says that they are
no longer what was written.
"""

import hashlib
from array import array
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from builder.cache.rows import pack, unpack
from builder.cache.store import CacheDamagedError, Store
from builder.engine.disk import Mark, marks_below
from builder.engine.units import Before, Unit
from builder.linkcheck import Page
from builder.output import MARKER


@dataclass
class Published:
    """A site as it was published: ``digests`` of all that any unit read, ``is_faulty`` if it was in spite of errors."""

    templates: str = ""
    digests: dict[int, int] = field(default_factory=dict)
    units: dict[Unit, tuple[bytes, tuple[str, ...]]] = field(default_factory=dict)
    files: dict[str, tuple[str, bytes, Mark]] = field(default_factory=dict)
    is_faulty: bool = False

    def before(self, address: str) -> Before | None:
        """Return what a file was, or None where there was none."""
        found = self.files.get(address)
        return Before(found[1], found[0]) if found is not None else None


def recall_site(store: Store) -> Published:
    """Return what was published last; nothing where there is no cache."""
    data = store.get("site")
    if data is None:
        return Published()
    templates, digests, units, files, is_faulty = unpack(data)
    return Published(templates, digests, units, files, is_faulty)


def remember_site(store: Store, site: Published) -> None:
    """Put into the store what is published now."""
    store.put("site", "", pack([site.templates, site.digests, site.units, site.files, site.is_faulty]))


def reads_as_bytes(reads: Iterable[int]) -> bytes:
    """Return the keys of what a unit read, packed."""
    return array("q", sorted(reads)).tobytes()


def has_read(reads: bytes, changed: set[int]) -> bool:
    """Return whether any of the keys is among those that changed."""
    keys = array("q")
    keys.frombytes(reads)
    return not changed.isdisjoint(keys)


def altered(out: Path, site: Published, marks: Mapping[str, Mark]) -> set[str]:
    """Return the addresses of files that are not what was written, or are missing.

    A file whose mark alone is another (it was copied, or unpacked from an archive) is opened once and then known again.
    """
    found = set()
    for address, (total, view, mark) in site.files.items():
        now = marks.get(address)
        if now == mark:
            continue
        try:
            same = now is not None and hashlib.sha256((out / address).read_bytes()).hexdigest() == total
        except OSError:
            same = False
        if same and now is not None and not (out / address).is_symlink():
            site.files[address] = (total, view, now)
        else:
            found.add(address)
    return found


class FilesInFolder(Mapping[str, bytes]):
    """The files of a site by address, read from its folder when they are asked for."""

    def __init__(self, folder: Path) -> None:
        """Give the files below ``folder``."""
        self._folder = folder
        self._addresses = frozenset(name for name in marks_below(folder) if name != MARKER and not name.endswith("/"))

    def __getitem__(self, address: str) -> bytes:
        if address not in self._addresses:
            raise KeyError(address)
        try:
            return (self._folder / address).read_bytes()
        except OSError as error:  # a later build has removed it
            raise KeyError(address) from error

    def __iter__(self) -> Iterator[str]:
        return iter(self._addresses)

    def __len__(self) -> int:
        return len(self._addresses)


class StoredPages(Mapping[str, Page]):
    """Ids and links of the pages of the site: those made now, and those that are in the store since they were made."""

    def __init__(self, store: Store, addresses: Iterable[str], made: Mapping[str, Page]) -> None:
        """Know the pages at ``addresses``; ``made`` are those that are new."""
        self._store, self._made = store, made
        self._addresses = {address: None for address in addresses if address.endswith(".html")}
        self._held: dict[str, Page] = {}

    def __getitem__(self, address: str) -> Page:
        if address not in self._addresses:
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
        return address in self._addresses

    def __iter__(self) -> Iterator[str]:
        return iter(self._addresses)

    def __len__(self) -> int:
        return len(self._addresses)


def stored_page(store: Store, address: str) -> Page | None:
    """Return ids and links of a page as they are in the store."""
    data = store.get("page", address)
    if data is None:
        return None
    ids, links = unpack(data)
    return Page(frozenset(ids), tuple(links))


def store_page(store: Store, address: str, page: Page) -> None:
    """Put ids and links of a page into the store."""
    store.put("page", address, pack([sorted(page.ids), page.links]))
