"""One build: what was found in the content becomes files, these are judged, and then, or not at all, the site.

Takes a room and workers; gives a ``Report``. Nothing in the folder of the site is touched before all
problems are known.
"""

from collections.abc import Callable, Collection, Iterable
from contextlib import ExitStack, closing
from functools import cache
from pathlib import Path

from builder import urls
from builder.archive import Archive
from builder.cache.shelf import unnoted
from builder.cache.tables import Tables
from builder.cache.tracked import KEYS, tracked_archive
from builder.engine.coming import Coming
from builder.engine.disk import Sight
from builder.engine.links import pages_to_judge
from builder.engine.memory import pending
from builder.engine.outlook import Outlook
from builder.engine.parts import StoredParts, spools
from builder.engine.progress import Progress
from builder.engine.publishing import publish, remember
from builder.engine.reading import Found, Reading
from builder.engine.report import Report
from builder.engine.room import WORTH, Order, Room, make
from builder.engine.site import WHOLE, look_for_altered, recall_site
from builder.engine.stored_pages import StoredPages
from builder.engine.units import (
    COLLECTIONS,
    DATA,
    FORMER,
    PARTS,
    SEARCH,
    SEARCHED,
    SHARED,
    Made,
    MadeFile,
    Unit,
    Workshop,
    all_units,
    has_pages,
    key_of,
    made_file,
    make_data,
    make_search,
)
from builder.engine.version import templates_version
from builder.engine.work import MANY, Workers
from builder.linkcheck import check_links
from builder.output import WAITING, OutputFile
from builder.pages.assets import assets, navigation_links, unread_pages, written_links
from builder.pages.former import former_addresses
from builder.preservation.addresses import LIST, check_addresses
from builder.preservation.checksums import SUMS
from builder.problems import Problem, has_errors
from builder.search import Index

SEARCH_MEMORY = "search.sqlite"  # beside the store
LARGE, SEVERAL = 1_000, 3  # people in an archive of which so many indexes and exports are worth other processes


class Build:
    """One build of a site into a folder."""

    def __init__(
        self, room: Room, out: Path, workers: Workers, outlook: Outlook, sight: Sight, progress: Progress
    ) -> None:
        """Build in ``room``; ``outlook`` and ``sight`` are what was seen before."""
        self.room, self.out, self.workers, self.progress = room, out, workers, progress
        self.outlook, self.sight = outlook, sight
        self.index: Index | None = None

    def run(self, published: Iterable[str], *, is_written: bool, keep_going: bool) -> Report:
        """Return the report of the build; ``published`` are addresses of which none may vanish."""
        with ExitStack() as self.stack:
            return self._run(published, is_written=is_written, keep_going=keep_going)

    def _run(self, published: Iterable[str], *, is_written: bool, keep_going: bool) -> Report:
        store = self.room.store
        found = Reading(self.room, self.workers, self.progress, self.outlook).run()
        with self.progress.step("查看网站"):
            self.old = recall_site(store)
            self._look(is_written=is_written)
        self.templates = templates_version(self.room.program)
        self._make(found)
        self._finish(found, is_written=is_written)
        with self.progress.step("核对链接"):
            problems = (*found.problems, *self._judge(found, published))
        is_faulty = has_errors(problems)
        if self.room.staging is None or (is_faulty and not keep_going):
            return Report(problems)
        with self.progress.step("写入网站"):
            report = publish(self.out, self.coming, self.room.staging, problems)
        with self.progress.step("记下结果"):
            remember(store, self.out, self.coming, self.folders, self.templates, self.outlook, report)
            store.commit()
            if self.index is not None:
                self.index.keep()
        return report

    def _look(self, *, is_written: bool) -> None:
        """Look how the folder of the site differs from what was written there, if it is to be written."""
        self.folders = self.sight.folders if is_written else self.old.folders
        self.folders.pop(f"{WAITING}/", None)
        parts = self.stack.enter_context(spools(self.room.store.path.parent, PARTS))
        self.coming = Coming(self.old, look_for_altered(self.out, self.old, self.folders), parts)

    def _make(self, found: Found) -> None:
        """Make the units of which anything changed; the files of the others are what they were."""
        workshop = self.room.workshop(found.meaning)
        orders = self._orders(found, workshop.tables)
        ordered = {order.unit for order in orders} & {DATA, SEARCH}
        orders = [order for order in orders if order.unit not in ordered]
        self.room.prepare(found.meaning, len(orders))
        if len(orders) >= WORTH:
            orders.sort(key=_near(workshop.tables))
        if len(orders) >= MANY:  # in the old processes the rules' tables of readings take 50 MB
            self.workers.rest()
        worth = SEVERAL if len(workshop.tables["people"]) >= LARGE and sum(map(_is_large, orders)) >= SEVERAL else WORTH
        made = self.workers.each(make, orders, worth=worth, is_large=_is_large)
        late: list[Made] = []
        for result in self.progress.each("生成网页", made, len(orders)):
            if result.unit == FORMER:
                late.append(result)
            else:
                self.coming.take(result, result.files)
        self.workers.rest()
        self._put_together(workshop, ordered)
        for result in late:  # a page that there is again needs none at its former address
            taken = self.coming.is_taken
            self.coming.take(result, [file for file in result.files if not taken(file.address, FORMER)])

    def _put_together(self, workshop: Workshop, ordered: Collection[Unit]) -> None:
        """Make what is put together from the parts of all: what is ordered, and that of which any part is new."""
        store = self.room.store
        shares, sought = (StoredParts(store, kind, self.coming.parts[kind]) for kind in (SHARED, SEARCHED))
        if DATA in ordered or shares.is_any_new:
            with self.progress.step("汇编数据"), store.reading():
                result = make_data(workshop, shares.get, self.coming.remember(DATA))
                self.coming.take(result, result.files)
        if SEARCH in ordered or sought.is_any_new:
            with self.progress.step("生成搜索"):
                memory = store.path.with_name(SEARCH_MEMORY)
                result, self.index = make_search(workshop, sought, memory, self.coming.remember(SEARCH))
                if self.index is not None:
                    self.stack.enter_context(closing(self.index))
                self.coming.take(result, result.files)

    def _orders(self, found: Found, tables: Tables) -> list[Order]:
        """Return what is to be made: the units that read what changed, or whose files are not what they were."""
        old, keys = self.old, pending(self.room.store)
        is_whole = not old.units or old.is_doubled
        is_new_look = self.templates != old.templates
        again = set() if is_whole else old.readers(keys) | set(self.coming.altered.damaged.values()) - {WHOLE}
        units = sorted(again | {FORMER})
        self.coming.count = old.units
        if is_whole or is_new_look or any(key_of(name, KEYS) in keys for name in COLLECTIONS.values()):
            units = list(all_units(tables))
            self.coming.count = len(units)
            before = old.all_units()
            for unit in before - set(units):
                self.coming.lose(unit)
            again |= set(units) if is_whole else set(units) - before
        orders = []
        for unit in units:
            only_pages = unit not in again and unit != FORMER
            if not only_pages or (is_new_look and has_pages(unit)):
                orders.append(Order(found.meaning, unit, self.coming.remember(unit), is_new_look, only_pages))
        return orders

    def _finish(self, found: Found, *, is_written: bool) -> None:
        """Put aside what is copied as it is and, last of all, the lists of what there is, where their bytes are new."""
        coming, archive = self.coming, self.archive(found)
        workshop, before = self.room.workshop(found.meaning), coming.remember(WHOLE)
        files: list[MadeFile] = []

        def add(file: OutputFile) -> None:
            made = made_file(workshop, file, before)
            files.append(made)
            coming.files[file.address] = (made.sum, made.view)

        for file in assets(self.room.project, archive, self.room.program / "static"):
            add(file)
        coming.gone |= before.keys() - {file.address for file in files} - {LIST, SUMS}
        if is_written:
            add(coming.list_of_addresses(self.out))
            add(coming.list_of_sums(self.out))
        else:  # that there will be lists is enough
            coming.files.update({LIST: ("", b""), SUMS: ("", b"")})
        coming.take(Made(WHOLE, tuple(files), ()), files)

    def archive(self, found: Found) -> Archive:
        """Return the archive to look things up in, without noting it."""
        workshop = self.room.workshop(found.meaning)
        # The settings as they are read now: those that were kept may stand on other lines.
        return tracked_archive(found.site, workshop.tables, self.room.shelf, unnoted)

    def _judge(self, found: Found, published: Iterable[str]) -> list[Problem]:
        """Return what is wrong with links and addresses."""
        archive = self.archive(found)
        unread = unread_pages(archive)
        coming, addresses = self.coming, self.coming.addresses
        pages = StoredPages(self.room.store, addresses, coming.pages)
        only = pages_to_judge(self.room.store, coming.vanished, self.old.has, coming.pages, pages)
        problems = check_links(
            addresses,
            pages,
            cache(lambda: written_links(archive)),
            navigation_links(archive),
            unread,
            root_path=urls.site_path(found.site.address),
            only=None if unread or self.old.is_faulty else only,
        )
        return [*problems, *check_addresses(published, addresses, former_addresses(archive) if published else ())]


def _is_large(order: Order) -> bool:
    """Return whether a unit is made of the whole archive."""
    return order.unit[0] not in COLLECTIONS


def _near(tables: Tables) -> Callable[[Order], int]:
    """Return the key of the order in which people of one place come together: they stand on one another's pages.

    So what is held of those read last serves most of what is wanted next, however large the archive is.
    """
    places = sorted(tables["inhabitants"].values(), key=len)
    people = dict.fromkeys(person for place in places for _, person in place[1:])
    ranks = {("person", person): rank for rank, person in enumerate(people)}
    return lambda order: ranks.get(order.unit, len(ranks))
