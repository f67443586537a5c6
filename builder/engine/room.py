"""What a process needs to work: the project, the store, and what the archive is at this moment.

Takes plain arguments, so that another process can open the same room; gives functions of one item each: read a file,
check it, make a unit. The archive comes from the store, where the first process has put it.
"""

import os
import pickle
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from builder.cache.kept_tables import kept_tables
from builder.cache.shelf import Shelf
from builder.cache.store import Store
from builder.cache.tables import Tables
from builder.content import read_entry
from builder.engine.checking import Checked, ToCheck, check_file
from builder.engine.sources import Listed, Read, read_anew
from builder.engine.templates import CompiledTemplates
from builder.engine.units import Before, Made, Unit, Workshop, make_unit
from builder.render import template_environment

MODE = 0o644
WORTH = 200  # items from which on other processes are begun


@dataclass
class Room:
    """The surroundings of work in one process; the first is the one that writes into the store."""

    program: Path
    project: Path
    store: Store
    staging: Path | None  # None where nothing will be written
    is_first: bool = False
    _staged: int = field(default=0)
    _workshops: dict[bytes, Workshop] = field(default_factory=dict)

    @property
    def arguments(self) -> tuple[Any, ...]:
        """What ``open_room`` takes to open the same room in another process."""
        return (self.program, self.project, self.store.path, self.store.version, self.staging)

    @cached_property
    def shelf(self) -> Shelf:
        """The records in the store."""
        return Shelf(self.store)

    def workshop(self, meaning: bytes) -> Workshop:
        """Return the workshop for the archive whose digest is ``meaning``: the one in the store."""
        if meaning not in self._workshops:
            site, tables = load_archive(self.store, meaning)
            compiled = CompiledTemplates(self.store, is_writer=self.is_first)
            environment = template_environment(self.program / "templates", compiled)
            self._workshops.clear()
            shelf = Shelf(self.store, is_placed=False)
            self._workshops[meaning] = Workshop(site, tables, shelf, environment, self.stage)
        return self._workshops[meaning]

    def prepare(self, meaning: bytes, count: int) -> None:
        """Compile all templates once for all processes, where there will be several: so many units are to be made."""
        environment = self.workshop(meaning).environment
        if count >= WORTH:
            for name in environment.list_templates(extensions=("html",)):
                environment.get_template(name)
            self.store.commit()

    def stage(self, content: bytes) -> str:
        """Put the bytes of a file aside, whole, until all are there; return their name. Raises ``OSError``."""
        if self.staging is None:
            return ""
        self._staged += 1
        name = f"{os.getpid()}-{self._staged}"
        path = os.path.join(self.staging, name)  # noqa: PTH118  # for each file of the site: a Path takes as long as to write
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), MODE)
        try:
            left = memoryview(content)
            while left:
                left = left[os.write(descriptor, left) :]
            is_readable = os.fstat(descriptor).st_mode & MODE == MODE
        finally:
            os.close(descriptor)
        if not is_readable:  # whatever the umask: a web server must be able to read it
            Path(path).chmod(MODE)
        return name


def open_room(program: Path, project: Path, store: Path, version: str, staging: Path | None) -> Room:
    """Open the room that another process has begun."""
    return Room(program, project, Store.opened(store, version), staging)


def load_archive(store: Store, meaning: bytes) -> tuple[Any, Tables]:
    """Return the settings and the relations in the store; raises ``CacheDamagedError`` where they are not there."""
    site, tables = kept_tables(store, meaning)
    return pickle.loads(site), tables  # noqa: S301  # our own bytes: their digest has been compared


def read_file(room: Room, listed: Listed) -> Read:
    """Read one content file."""
    return read_anew(room.project, listed, read_entry)


def check_one(room: Room, wanted: ToCheck) -> Checked:
    """Check one content file by itself."""
    return check_file(room.project, room.shelf, wanted)


@dataclass(frozen=True)
class Order:
    """A unit to be made: of which archive, what its files were, and whether its pages alone are wanted."""

    meaning: bytes
    unit: Unit
    before: dict[str, Before]
    templates_changed: bool
    only_pages: bool = False


def make(room: Room, order: Order) -> Made:
    """Make one unit."""
    workshop = room.workshop(order.meaning)
    return make_unit(
        workshop,
        order.unit,
        order.before,
        templates_changed=order.templates_changed,
        only_pages=order.only_pages,
    )


__all__ = ["Order", "Room", "check_one", "load_archive", "make", "open_room", "read_file"]
