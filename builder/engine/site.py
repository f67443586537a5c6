"""What the site was after the last build: its units with what they read and made, its files with their marks.

Takes rows of the store, and what the disk says now; gives ``Published``, of which nothing is unpacked that nobody asks
for, and ``Altered``: the files of which the disk says that they are no longer what was written.
"""

import ast
import hashlib
import re
import struct
from array import array
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from builder.cache.rows import pack, unpack
from builder.cache.store import CacheDamagedError, Store
from builder.engine.disk import NOTHING, Folder, folder_from, folders_below, paths
from builder.engine.units import Unit
from builder.engine.walk import Mark
from builder.output import MARKER

FEW = 24  # keys that are looked for one by one in what a unit read
WHOLE: Unit = ("files", "")  # what is no unit's: files that are copied as they are, lists of all

File = tuple[str, bytes]  # the SHA-256 of its bytes, the digest of its view (b"" for no page)


@dataclass(frozen=True)
class Published:
    """A site as it was published.

    ``templates`` is the version of these, ``units`` the number of its units, ``files`` that of its files and ``made``
    that of the files that each unit made; ``is_faulty`` if it was published in spite of errors.
    """

    store: Store
    templates: str = ""
    units: int = 0
    files: int = 0
    made: int = 0
    is_faulty: bool = False
    _names: dict[str, frozenset[str]] = field(default_factory=dict)

    @property
    def is_doubled(self) -> bool:
        """Whether two units made the same file: then nothing can be said of one of them alone."""
        return self.made != self.files

    @cached_property
    def folders(self) -> dict[str, Folder]:
        """Its folders; raises ``CacheDamagedError`` where some are missing."""
        found = {prefix: folder_from(row) for prefix, row in self.store.each("folder")}
        count = sum(len(folder.names) for folder in found.values())
        if count != (self.files + 1 if self.units else 0):  # and the mark that the folder is ours
            raise CacheDamagedError("folder")
        return found

    def has(self, address: str) -> bool:
        """Return whether there was a file at an address."""
        folder, slash, name = address.rpartition("/")
        return name in self.names(folder + slash) and address != MARKER

    def names(self, prefix: str) -> frozenset[str]:
        """Return the names of the files in a folder."""
        if prefix not in self._names:
            self._names[prefix] = frozenset(self.folders.get(prefix, NOTHING).names)
        return self._names[prefix]

    def files_of(self, unit: Unit) -> dict[str, File]:
        """Return the files that a unit made, by address; none of one that there was not."""
        data = self.store.get("made", row_of(unit))
        return {address: (total, view) for address, total, view in unpack(data)} if data is not None else {}

    def each_unit(self) -> Iterator[tuple[Unit, dict[str, File]]]:
        """Yield every unit with its files, for who needs all; raises ``CacheDamagedError`` if some are not there."""
        made = 0
        for row, data in self.store.each("made"):
            files = {address: (total, view) for address, total, view in unpack(data)}
            made += len(files)
            yield unit_of(row), files
        if made != self.made:
            raise CacheDamagedError("made")

    def readers(self, keys: set[int]) -> set[Unit]:
        """Return the units that read any of the keys; raises ``CacheDamagedError`` where units are missing."""
        if not keys:
            return set()
        words = [struct.pack("=q", key) for key in keys] if len(keys) <= FEW else None
        found = set()
        count = 0
        for row, reads in self.store.each("reads"):
            count += 1
            if _has_word(reads, words) if words is not None else has_read(reads, keys):
                found.add(unit_of(row))
        if count != self.units:
            raise CacheDamagedError("reads")
        return found

    def all_units(self) -> set[Unit]:
        """Return every unit."""
        return {unit_of(row) for row in self.store.keys("reads")}


def recall_site(store: Store) -> Published:
    """Return what was published last; nothing where there is no cache."""
    data = store.get("site")
    return Published(store, *unpack(data)) if data is not None else Published(store)


def remember_site(site: Published) -> None:
    """Put into the store what is published now, units and folders apart."""
    site.store.put("site", "", pack([site.templates, site.units, site.files, site.made, site.is_faulty]))


def put_unit(store: Store, unit: Unit, reads: bytes | None, files: Mapping[str, File]) -> None:
    """Put into the store what a unit read (None for what it read before) and made."""
    if reads is not None:
        store.put("reads", row_of(unit), reads)
    store.put("made", row_of(unit), pack([(address, *file) for address, file in files.items()]))


def row_of(unit: Unit) -> str:
    """Return the key of a unit's rows."""
    kind, key = unit
    return f"{kind}/{key}" if isinstance(key, str) else f"{kind}:{key!r}"


def unit_of(row: str) -> Unit:
    """Return the unit of a row."""
    kind, mark, key = re.split("([/:])", row, maxsplit=1)
    return kind, key if mark == "/" else ast.literal_eval(key)


def reads_as_bytes(reads: Iterable[int]) -> bytes:
    """Return the keys of what a unit read, packed."""
    return array("q", sorted(reads)).tobytes()


def has_read(reads: bytes, changed: set[int]) -> bool:
    """Return whether any of the keys is among those that changed."""
    keys = array("q")
    keys.frombytes(reads)
    return not changed.isdisjoint(keys)


def _has_word(reads: bytes, words: Iterable[bytes]) -> bool:
    """Return whether any word of eight bytes stands among others; far quicker than to unpack these."""
    for word in words:
        at = reads.find(word)
        while at >= 0 and at % len(word):
            at = reads.find(word, at + 1)
        if at >= 0:
            return True
    return False


@dataclass
class Altered:
    """How a folder differs from the site that was written there.

    ``damaged`` are files that are not what was written, or missing, with the unit of each; ``strangers`` are files that
    no build wrote. ``folders`` are those in which anything is other than it was.
    """

    damaged: dict[str, Unit] = field(default_factory=dict)
    strangers: set[str] = field(default_factory=set)
    folders: set[str] = field(default_factory=set)


def look_for_altered(out: Path, site: Published, now: Mapping[str, Folder]) -> Altered:
    """Return how the folder differs from the site; ``now`` is what the disk says of it.

    A file whose mark alone is another (it was copied, or unpacked from an archive) is opened once and then known again.
    """
    found = Altered()
    suspects: dict[str, Mark | None] = {}
    for prefix in site.folders.keys() | now.keys():
        before, after = site.folders.get(prefix, NOTHING), now.get(prefix, NOTHING)
        if before == after:
            continue
        found.folders.add(prefix)
        old, new = before.marks(), after.marks()
        found.strangers.update(prefix + name for name in new.keys() - old.keys() if prefix + name != MARKER)
        suspects.update((prefix + name, new.get(name)) for name, mark in old.items() if new.get(name) != mark)
    suspects.pop(MARKER, None)
    if suspects:
        for unit, files in site.each_unit():
            for address in files.keys() & suspects.keys():
                if suspects[address] is None or not _is_whole(out / address, files[address][0]):
                    found.damaged[address] = unit
    return found


def _is_whole(path: Path, total: str) -> bool:
    """Return whether a file, and no link to one, has the bytes of this SHA-256."""
    try:
        return not path.is_symlink() and hashlib.sha256(path.read_bytes()).hexdigest() == total
    except OSError:
        return False


class Addresses(Collection[str]):
    """The addresses of all files of the site that is being made: those of the last one, without some, and new ones."""

    def __init__(self, old: Published, gone: Collection[str], made: Collection[str]) -> None:
        """Know the files of the site before but those that are ``gone``, and those that were made now."""
        self._old, self._gone, self._made = old, gone, made

    def __contains__(self, address: object) -> bool:
        if not isinstance(address, str):
            return False
        return address in self._made or (address not in self._gone and self._old.has(address))

    def __iter__(self) -> Iterator[str]:
        for address in paths(self._old.folders):
            if address != MARKER and address not in self._gone and address not in self._made:
                yield address
        yield from self._made

    def __len__(self) -> int:
        return self._old.files - len(self._gone) + sum(not self._old.has(address) for address in self._made)


class FilesInFolder(Mapping[str, bytes]):
    """The files of a site by address, read from its folder when they are asked for."""

    def __init__(self, folder: Path) -> None:
        """Give the files below ``folder``."""
        self._folder = folder
        found = paths(folders_below(folder))
        self._addresses = frozenset(name for name in found if name != MARKER and not name.endswith("/"))

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
