"""One build: what was found in the content becomes files, these are judged, and then, or not at all, the site.

Takes a room and workers; gives a ``Report``. Nothing in the folder of the site is touched before all
problems are known.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from builder import urls
from builder.archive import Archive
from builder.cache.tables import WHOLE, site_code
from builder.cache.tracked import tracked_archive
from builder.engine.disk import Mark, mark_of, marks_below
from builder.engine.links import pages_to_judge
from builder.engine.outlook import Outlook, remember_report
from builder.engine.parts import KIND, StoredParts
from builder.engine.progress import Progress
from builder.engine.reading import Found, Reading
from builder.engine.report import Report
from builder.engine.room import Order, Room, make
from builder.engine.site import (
    Published,
    StoredPages,
    altered,
    has_read,
    reads_as_bytes,
    recall_site,
    remember_site,
    store_page,
)
from builder.engine.units import (
    FORMER,
    SEARCH,
    SOUGHT,
    Made,
    MadeFile,
    Unit,
    all_units,
    has_pages,
    key_of,
    make_search,
    value_of,
)
from builder.engine.version import templates_version
from builder.engine.work import Workers
from builder.linkcheck import Page, check_links
from builder.output import MARKER, OutputFile, make_marker, move_into, remove_files
from builder.pages.assets import assets, navigation_links, unread_pages, written_links
from builder.pages.former import former_addresses
from builder.preservation.addresses import address_list, check_addresses
from builder.preservation.checksums import sums_list
from builder.problems import Problem, has_errors
from builder.search import Index

SEARCH_MEMORY = "search.sqlite"  # beside the store
ABSENT: Mark = (-1, 0, 0, 0)


@dataclass
class Coming:
    """The site that is being made: its files, where those lie that are new, the pages that were rendered."""

    files: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    staged: dict[str, str] = field(default_factory=dict)
    pages: dict[str, Page] = field(default_factory=dict)
    units: dict[Unit, tuple[bytes, tuple[str, ...]]] = field(default_factory=dict)
    parts: dict[str, bytes] = field(default_factory=dict)

    def add(self, file: MadeFile) -> None:
        """Add a file that was made."""
        self.files[file.address] = (file.sum, file.view)
        if file.staged:
            self.staged[file.address] = file.staged
        if file.page is not None:
            self.pages[file.address] = file.page


class Build:
    """One build of a site into a folder."""

    def __init__(self, room: Room, out: Path, workers: Workers, outlook: Outlook, progress: Progress) -> None:
        """Build in ``room``; ``outlook`` is what was seen before it began."""
        self.room, self.out, self.workers, self.progress = room, out, workers, progress
        self.outlook = outlook
        self.old = Published()
        self.damaged: set[str] = set()
        self.coming = Coming()
        self.index: Index | None = None

    def run(self, published: Iterable[str], *, is_written: bool, keep_going: bool) -> Report:
        """Return the report of the build; ``published`` are addresses of which none may vanish."""
        try:
            return self._run(published, is_written=is_written, keep_going=keep_going)
        finally:
            if self.index is not None:
                self.index.close()

    def _run(self, published: Iterable[str], *, is_written: bool, keep_going: bool) -> Report:
        found = Reading(self.room, self.workers, self.progress, self.outlook.moment).run()
        with self.progress.step("查看网站"):
            self.old = recall_site(self.room.store)
            marks = marks_below(self.out)
            self.damaged = altered(self.out, self.old, marks)
        templates = templates_version(self.room.program)
        digests = _digests(found)
        self._make(found, digests, templates)
        self._copy(found)
        self._lists()
        with self.progress.step("核对链接"):
            problems = (*found.problems, *self._judge(found, published))
        is_faulty = has_errors(problems)
        if not is_written or (is_faulty and not keep_going):
            return Report(problems)
        with self.progress.step("写入网站"):
            report = self._publish(problems, marks)
        with self.progress.step("记下结果"):
            site = Published(templates, digests, self.coming.units, self._marked(), is_faulty)
            for address, page in self.coming.pages.items():
                store_page(self.room.store, address, page)
            for name, part in self.coming.parts.items():
                self.room.store.put(KIND, name, part)
            gone = self.old.files.keys() - self.coming.files.keys()
            self.room.store.drop("page", gone)
            self.room.store.drop(KIND, ("/".join(unit) for unit in self._units_gone() if unit[0] in SOUGHT))
            remember_site(self.room.store, site)
            found_at = {address: mark for address, (_, _, mark) in site.files.items()}
            remember_report(self.room.store, self.outlook, self.out, found_at, report)
            self.room.store.commit()
            if self.index is not None:
                self.index.keep()
        return report

    def _make(self, found: Found, digests: dict[int, int], templates: str) -> None:
        """Make the units of which anything changed; the files of the others are what they were."""
        old, coming = self.old, self.coming
        workshop = self.room.workshop(found.meaning)
        changed = {key for key, _ in old.digests.items() ^ digests.items()}
        is_new_look = templates != old.templates
        orders: list[Order] = []
        kept: list[Unit] = []
        for unit in all_units(workshop.tables):
            before = old.units.get(unit)
            if before is None or unit == FORMER:
                orders.append(self._order(found, unit, is_new_look=is_new_look))
                continue
            reads, addresses = before
            is_old = (bool(changed) and has_read(reads, changed)) or not self.damaged.isdisjoint(addresses)
            if unit == SEARCH:  # the last: what is to be made before it is known
                is_old = is_old or any(order.unit[0] in SOUGHT and not order.only_pages for order in orders)
            if is_old:
                orders.append(self._order(found, unit, is_new_look=is_new_look))
            elif is_new_look and has_pages(unit):
                orders.append(self._order(found, unit, is_new_look=True, only_pages=True))
            else:
                kept.append(unit)
        for unit in kept:
            coming.units[unit] = old.units[unit]
            for address in old.units[unit][1]:
                total, view, _ = old.files[address]
                coming.files[address] = (total, view)
        search = orders.pop() if orders and orders[-1].unit == SEARCH else None
        self.room.prepare(found.meaning, len(orders))
        made = self.workers.each(make, orders)
        late: list[Made] = []
        for result in self.progress.each("生成网页", made, len(orders)):
            if result.unit == FORMER:
                late.append(result)
            else:
                self._add(result, result.files)
        for result in late:  # a page that there is again needs none at its former address
            self._add(result, [file for file in result.files if file.address not in coming.files])

        if search is not None:
            with self.progress.step("生成搜索"):
                memory = self.room.store.path.with_name(SEARCH_MEMORY)
                parts = StoredParts(self.room.store, self.coming.parts)
                result, self.index = make_search(workshop, parts, memory, search.before)
                self._add(result, result.files)

    def _order(self, found: Found, unit: Unit, *, is_new_look: bool, only_pages: bool = False) -> Order:
        """Return the order of a unit, with what its files were."""
        files = {}
        for address in self.old.units[unit][1] if unit in self.old.units else ():
            before = self.old.before(address)
            if before is not None and address not in self.damaged:
                files[address] = before
        return Order(found.meaning, unit, files, is_new_look, only_pages)

    def _units_gone(self) -> set[Unit]:
        """Return the units of the site before that there are no more."""
        return self.old.units.keys() - self.coming.units.keys()

    def _add(self, made: Made, files: Iterable[MadeFile]) -> None:
        """Add files of a unit that was made."""
        addresses = []
        for file in files:
            self.coming.add(file)
            addresses.append(file.address)
        reads = reads_as_bytes(made.reads)
        if made.part is None:  # its pages alone were made
            reads, before = self.old.units[made.unit]
            for address in before:
                total, view, _ = self.old.files[address]
                if not view:
                    self.coming.files[address] = (total, view)
                    addresses.append(address)
        elif made.unit[0] in SOUGHT:
            self.coming.parts["/".join(made.unit)] = made.part
        self.coming.units[made.unit] = (reads, tuple(addresses))

    def _copy(self, found: Found) -> None:
        """Put aside what is copied as it is, where it is not what it was."""
        archive = self.archive(found)
        for file in assets(self.room.project, archive, self.room.program / "static"):
            self._whole(file)

    def _lists(self) -> None:
        """Make the list of all addresses and, last of all, the checksums."""
        self._whole(address_list(self.coming.files))
        self._whole(sums_list((address, total) for address, (total, _) in self.coming.files.items()))

    def _whole(self, file: OutputFile) -> None:
        """Add a finished file, staged where its bytes are new."""
        total = hashlib.sha256(file.content).hexdigest()
        before = self.old.files.get(file.address)
        is_same = before is not None and before[0] == total and file.address not in self.damaged
        self.coming.add(MadeFile(file.address, b"", total, "" if is_same else self.room.stage(file.content)))

    def archive(self, found: Found) -> Archive:
        """Return the archive to look things up in, without noting it."""
        workshop = self.room.workshop(found.meaning)
        return tracked_archive(workshop.site, workshop.tables, self.room.shelf, lambda name, key: None)

    def _judge(self, found: Found, published: Iterable[str]) -> list[Problem]:
        """Return what is wrong with links and addresses."""
        archive = self.archive(found)
        unread = unread_pages(archive)
        pages = StoredPages(self.room.store, self.coming.files, self.coming.pages)
        only = pages_to_judge(self.room.store, self.old, self.coming.files, self.coming.pages, pages)
        problems = check_links(
            self.coming.files.keys(),
            pages,
            cache(lambda: written_links(archive)),
            navigation_links(archive),
            unread,
            root_path=urls.site_path(found.site.address),
            only=None if unread or self.old.is_faulty else only,
        )
        return [
            *problems,
            *check_addresses(published, self.coming.files, former_addresses(archive) if published else ()),
        ]

    def _publish(self, problems: tuple[Problem, ...], marks: dict[str, Mark]) -> Report:
        """Move every new file to its place, remove what is no longer made."""
        make_marker(self.out)
        written = 0
        for address, name in self.coming.staged.items():
            if not self._is_there(address, marks):
                move_into(self.out, address, self.room.staging / name)
                written += 1
        strangers = [name for name in marks if name not in self.coming.files and name != MARKER]
        removed = remove_files(self.out, (name for name in strangers if not name.startswith(".new/")))
        return Report(problems, written, len(self.coming.files) - written, removed, is_published=True)

    def _is_there(self, address: str, marks: dict[str, Mark]) -> bool:
        """Return whether a file that no build remembers to have written has the right bytes all the same."""
        path = self.out / address
        if address in self.old.files or address not in marks or path.is_symlink() or not path.is_file():
            return False
        return hashlib.sha256(path.read_bytes()).hexdigest() == self.coming.files[address][0]

    def _marked(self) -> dict[str, tuple[str, bytes, Mark]]:
        """Return every file with its mark on the disk."""
        staged = self.coming.staged
        return {
            address: (total, view, mark_of(self.out / address) if address in staged else self.old.files[address][2])
            for address, (total, view) in self.coming.files.items()
        }


def _digests(found: Found) -> dict[int, int]:
    """Return the number of everything that a unit can read, by the number of its key."""
    digests = dict(found.digests)
    digests[key_of("site", WHOLE)] = value_of(site_code(found.site).encode())
    for file, known in found.known.items():
        digests[key_of("facts", file)] = value_of(known.meaning)
        digests[key_of("text", file)] = value_of(known.sum.encode())
    return digests
