"""The site that is being made: what was made now, what is gone, and the lists of all that there is.

Takes what units made, and the site as it was published; gives its files. Nothing of it is written here.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from builder.engine.parts import Spool
from builder.engine.site import WHOLE, Addresses, Altered, File, Published, reads_as_bytes
from builder.engine.units import Before, Made, MadeFile, Unit
from builder.linkcheck import Page
from builder.output import OutputFile
from builder.preservation.addresses import LIST, address_list, renewed_list
from builder.preservation.checksums import SUMS, renewed_sums, sums_list

MANY = 4096  # files made anew from which on lists are made of all files, and not of the lists of the last site


@dataclass
class Coming:
    """What was made: files that are other than before, where those wait that are to be moved, pages, and units.

    ``units`` has for each what it read (None for what it read before) and its files; ``gone`` are the addresses that
    the units had before and have no more, ``lost`` units that are no more, ``count`` is how many there are now.
    ``parts`` are what units gave to that which is put together from all, by kind.
    """

    old: Published
    altered: Altered
    parts: Mapping[str, Spool]
    files: dict[str, File] = field(default_factory=dict)
    staged: dict[str, str] = field(default_factory=dict)
    pages: dict[str, Page] = field(default_factory=dict)
    units: dict[Unit, tuple[bytes | None, dict[str, File]]] = field(default_factory=dict)
    before: dict[Unit, dict[str, File]] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)
    lost: set[Unit] = field(default_factory=set)
    count: int = 0

    def remember(self, unit: Unit) -> dict[str, Before]:
        """Return what the files of a unit are that are not damaged; what they were is needed later too."""
        files = self.before[unit] = self.old.files_of(unit)
        damaged = self.altered.damaged
        return {address: Before(view, total) for address, (total, view) in files.items() if address not in damaged}

    def lose(self, unit: Unit) -> None:
        """Take note that a unit is no more."""
        self.before[unit] = self.old.files_of(unit)
        self.gone |= self.before[unit].keys()
        self.lost.add(unit)

    def take(self, made: Made, files: Iterable[MadeFile]) -> None:
        """Take the files of a unit that was made."""
        now: dict[str, File] = {}
        for file in files:
            now[file.address] = (file.sum, file.view)
            if file.staged:
                self.staged[file.address] = file.staged
            if file.page is not None:
                self.pages[file.address] = file.page
        before = self.before.get(made.unit, {})
        if made.parts is None:  # its pages alone were made
            now.update((address, file) for address, file in before.items() if not file[1])
        for kind, part in (made.parts or {}).items():
            self.parts[kind].put("/".join(made.unit), part)
        self.files.update((address, file) for address, file in now.items() if before.get(address) != file)
        self.gone |= before.keys() - now.keys()
        self.units[made.unit] = (reads_as_bytes(made.reads) if made.parts is not None else None, now)

    def is_taken(self, address: str, unit: Unit) -> bool:
        """Return whether any other unit has a file at an address."""
        if address in self.files:
            return True
        return address not in self.gone and address not in self.before[unit] and self.old.has(address)

    @property
    def vanished(self) -> set[str]:
        """The addresses of the last site at which there is nothing any more."""
        return self.gone - self.files.keys()

    @property
    def addresses(self) -> Addresses:
        """The addresses of all files."""
        return Addresses(self.old, self.vanished, self.files)

    @property
    def made(self) -> int:
        """The number of files that each unit made."""
        less = sum(len(files) for files in self.before.values())
        return self.old.made - less + sum(len(files) for _, files in self.units.values())

    def is_renewable(self, name: str) -> bool:
        """Return whether a list of the last site can be taken as it lies there, and made to say what is so now."""
        is_there = self.old.units and not self.old.is_doubled and self.old.has(name)
        return bool(is_there) and name not in self.altered.damaged and len(self.files) < MANY

    def list_of_addresses(self, out: Path) -> OutputFile:
        """Return the list of all addresses."""
        if not self.is_renewable(LIST):
            return address_list(self.addresses)
        new = [address for address in self.files if not self.old.has(address)]
        return renewed_list((out / LIST).read_bytes(), self.vanished, new)

    def list_of_sums(self, out: Path) -> OutputFile:
        """Return the checksums of all files."""
        sums = {address: total for address, (total, _) in self.files.items()}
        if self.is_renewable(SUMS):
            return renewed_sums((out / SUMS).read_bytes(), self.vanished, sums)
        other = {*self.units, *self.lost, WHOLE}
        kept = (files for unit, files in self.old.each_unit() if unit not in other)
        for files in (*kept, *(files for _, files in self.units.values())):
            sums.update((address, total) for address, (total, _) in files.items())
        return sums_list(sums.items())
