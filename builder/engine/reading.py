"""The first half of a build: from the files of the content to the archive as tables, and what is wrong with them.

Takes a room and what the last build left in its store; gives ``Found``. Only files that changed are read and looked at,
the relations are made anew only when something other than running text did. All that the next build is to know goes
into the store at once, at the end.
"""

import pickle
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from builder.cache.kept_tables import put_tables
from builder.cache.rows import digest, pack, unpack
from builder.cache.shelf import unnoted
from builder.cache.store import CacheDamagedError
from builder.cache.tables import WHOLE, site_code
from builder.content import CONTENT, PROFILES, content_files, faults_among, read_settings
from builder.engine.checking import ToCheck
from builder.engine.disk import paths
from builder.engine.memory import codes, pending, problems_of, put_pending, recall
from builder.engine.outlook import Outlook
from builder.engine.progress import Progress
from builder.engine.relating import DIGESTS, Grounds, Related, relate_files
from builder.engine.room import Room, check_one, read_file
from builder.engine.sources import (
    Known,
    Listed,
    compare,
    forget,
    has_changed,
    is_missing,
    known,
    known_of_all,
    store_read,
    sum_of_received,
)
from builder.engine.units import key_of
from builder.engine.work import Workers
from builder.images import check_images, is_image
from builder.problems import Problem
from builder.records import Profile, Tombstone
from builder.site import Site

MANY = 1000  # files whose relations are made in a process of their own


@dataclass(frozen=True)
class Found:
    """What the content says: settings, what stands for the relations in the store, and what is wrong."""

    site: Site
    meaning: bytes
    problems: tuple[Problem, ...]


class Reading:
    """Reads the content of a room as far as it has changed."""

    def __init__(self, room: Room, workers: Workers, progress: Progress, outlook: Outlook) -> None:
        """Read with ``workers`` what ``outlook`` has seen."""
        self.room, self.workers, self.progress, self.outlook = room, workers, progress, outlook
        self.store = room.store
        self.memory = recall(self.store)
        self.is_first = not self.memory.meaning
        self.stones = frozenset(self.memory.stones)
        self.moved = compare(self.store, outlook, self.memory.moment)
        self.listed: tuple[Listed, ...] = ()
        self.is_listed_anew = False
        self.new: dict[str, Known] = {}  # what is known anew
        self.gone: set[str] = set()
        self.keys: set[int] = set()  # of what has changed
        self.facts: list[tuple[str, bytes]] = []  # files whose facts have changed
        self.relations: tuple[bytes, Related] | None = None  # where they were made anew, with the settings

    def run(self) -> Found:
        """Return what the content says now; all that another build has to know is in the store afterwards."""
        memory = self.memory
        with self.progress.step("查看文件"):
            todo = self._todo()
        self._read(todo)
        problems = problems_of(memory.strays)
        problems += [problem for kept in memory.misread.values() for problem in problems_of(kept)]
        site = read_settings(self.room.project, problems)
        images, found = self._images()
        problems += found
        again = self._texts_to_equal()
        sought = memory.sought
        relating = self._begin_relating(site, images, faults_among(problems))
        is_all = memory.sought != sought or memory.stones != self.stones
        self._check(problems, self.everything if is_all else again)
        if relating is not None:
            with self.progress.step("建立关联"):
                self._take(site, relating())
        self._remember()
        problems += [problem for kept in memory.checked.values() for problem in problems_of(kept)]
        return Found(site, memory.meaning, (*problems, *problems_of(memory.together)))

    def _todo(self) -> list[Listed]:
        """Return the content files that are to be read."""
        data = self.store.get("listed")
        if data is None and not self.is_first:
            raise CacheDamagedError("listed")
        old: tuple[Listed, ...] = unpack(data) if data is not None else ()
        is_whole = self.outlook.is_whole()
        if data is None or self.moved.is_listing_new or not is_whole:
            strays: list[Problem] = []
            self.listed, self.is_listed_anew = tuple(content_files(self.room.project, strays)), True
            self.memory.strays = codes(strays)
            self.memory.has_images = any(is_image(name) for name in self._names_of_profiles())
            for _, file, _ in set(old) - set(self.listed):
                self._drop(file)
        else:
            self.listed = old
        wanted = self.moved.touched | {file for _, file, _ in self.memory.unread}
        if not is_whole:  # behind a link, marks do not look
            wanted.update(file for _, file, _ in self.listed)
        before = set(old)
        return [listed for listed in self.listed if listed not in before or self._has_changed(listed[1], wanted)]

    def _has_changed(self, file: str, wanted: set[str]) -> bool:
        return file in wanted and has_changed(self.room.project, file, known(self.store, file))

    def _names_of_profiles(self) -> Iterable[str]:
        for prefix, folder in self.outlook.content.items():
            if prefix.startswith(PROFILES):
                yield from folder.names

    def _drop(self, file: str) -> None:
        """Forget a file that is gone, or has another id."""
        before = known(self.store, file)
        if before is not None:
            self.memory.drop(file, before)
        self.gone.add(file)
        self.keys |= {key_of("facts", file), key_of("text", file)}
        self.facts.append((file, b""))

    def _read(self, todo: list[Listed]) -> None:
        """Read the files that changed."""
        results = self.workers.each(read_file, todo)
        for read in self.progress.each("读入", results, len(todo)):
            file = read.listed[1]
            before = known(self.store, file)
            if before is not None:
                # Rows of facts and text stay from the next commit on, what is known of them only at the end: were the
                # edit taken back after a build that did not get so far, they would pass for those of the old bytes.
                replace(before, sum="").put(self.store, file)
            if before is not None and file not in self.gone:
                self.memory.drop(file, before)
            self.memory.take(read.listed, read.known)
            store_read(self.store, read)
            self.gone.discard(file)
            self.new[file] = read.known
            self.keys.add(key_of("text", file))
            if before is None or before.meaning != read.known.meaning:
                self.keys.add(key_of("facts", file))
                self.facts.append((file, read.known.meaning))
        self.room.shelf.forget(file for _, file, _ in todo)
        if todo:
            self.store.commit()  # others will want to read it

    @cached_property
    def everything(self) -> dict[str, Known]:
        """All that is known of all content files, in their order: only for who needs all of them."""
        files = [file for _, file, _ in self.listed]
        kept = known_of_all(self.store, (file for file in files if file not in self.new))
        return {file: self.new.get(file) or kept[file] for file in files}

    def _images(self) -> tuple[frozenset[str], list[Problem]]:
        """Return the images that can be shown, and what is wrong with the others."""
        folder = f"{CONTENT}/{PROFILES}"
        if not self.memory.pictured and not self.memory.has_images:
            return frozenset(), []
        shelf = self.room.shelf
        files = sorted(self.memory.pictured)
        pictures = [picture for file in files for picture in shelf.prose(file, unnoted).images]
        return check_images(self.room.project, folder, pictures, is_whole=not self.memory.unread)

    def _texts_to_equal(self) -> set[str]:
        """Hash the received texts that may have changed; return the files that have to equal one that has."""
        memory, vouched = self.memory, self._vouched()
        again: set[str] = set()
        for name, files in memory.equals.items():
            before = memory.sums.get(name)
            if before is None or is_missing(before) or f"{CONTENT}/{name}" not in vouched:
                memory.sums[name] = sum_of_received(self.room.project, name)
                if memory.sums[name] != before:
                    again |= files
        return again

    def _vouched(self) -> set[str]:
        """Return the received texts that are what they were: as the disk names them, a file has other names besides."""
        if not self.memory.equals or not self.outlook.is_whole():
            return set()
        prefixes = {name[: name.rfind("/") + 1] for name in self.memory.equals}
        folders = {prefix: folder for prefix, folder in self.outlook.content.items() if prefix in prefixes}
        return {f"{CONTENT}/{file}" for file in paths(folders)} - self.moved.touched

    def _unread(self) -> frozenset[tuple[str, str]]:
        return frozenset((folder, identifier) for folder, _, identifier in self.memory.unread)

    def _begin_relating(
        self, site: Site, images: frozenset[str], faults: tuple[Problem, ...]
    ) -> Callable[[], Related] | None:
        """Begin to make the relations anew, and to judge them, where anything changed that they are made of.

        Return what waits for them; None where they are what they were.
        """
        memory, blamed = self.memory, codes(faults)
        settings = digest(site_code(site).encode())
        unread = self._unread()
        basis = digest(pack([settings, sorted(images), sorted(unread)]))
        is_new = self.is_first or bool(self.facts) or basis != memory.grounds
        # What the rules about several records found names lines, which move with the texts.
        if not (is_new or blamed != memory.blamed or (memory.together and (self.new or self.gone))):
            return None
        memory.blamed = blamed
        files = tuple((file, one.kind) for file, one in self.everything.items())
        grounds = Grounds(site, images, unread, faults, files, is_first=self.is_first, is_judged=not is_new)
        if is_new:
            if settings != memory.settings:
                self.keys.add(key_of("site", WHOLE))
            memory.sought = self._sought()
            memory.meaning = digest(pack([memory.meaning, basis, sorted(self.facts)]))
            memory.settings, memory.grounds = settings, basis
        return self.workers.begin(relate_files, grounds, is_apart=len(files) >= MANY)

    def _sought(self) -> tuple[str, ...]:
        """Return the names that must stand nowhere: of those withdrawn, unless somebody else has the same."""
        everything = self.everything.values()
        gone = {one.name for one in everything if one.kind == Tombstone.__name__}
        living = {one.name for one in everything if one.kind == Profile.__name__} if gone else set()
        return tuple(sorted(gone - living - {""}))

    def _take(self, site: Site, related: Related) -> None:
        """Take the relations that were made anew, and what the rules found in them."""
        self.memory.together = related.together
        if related.tables:
            self.keys.update(related.keys)
            self.relations = (pickle.dumps(site, 5), related)

    def _check(self, problems: Iterable[Problem], again: Iterable[str]) -> None:
        """Let the rules about single files look at those of which anything changed that these rules look at."""
        memory = self.memory
        of_file: dict[str, list[Problem]] = {}
        for problem in problems:
            of_file.setdefault(problem.place.file, []).append(problem)
        faults = {file: codes(found) for file, found in of_file.items()}
        changed = {file for file in faults | memory.faults if faults.get(file) != memory.faults.get(file)}
        memory.faults = faults
        gone = {_identifier(file) for file in memory.stones}
        todo = []
        for file in sorted({*again, *changed, *self.new}):
            found = self.new.get(file) or known(self.store, file)
            if found is None or file in self.gone or found.kind in ("", Tombstone.__name__):
                continue
            total = memory.sums[found.received] if found.received else ""
            key = digest(pack([found.sum, total, memory.sought, faults.get(file, ()), found.person in gone]))
            if key != found.key:
                self.new[file] = replace(found, key=key)
                todo.append(ToCheck(file, key, tuple(of_file.get(file, ())), memory.sought, found.person not in gone))
        results = self.workers.each(check_one, todo)
        for checked in self.progress.each("逐篇核对", results, len(todo)):
            memory.checked.pop(checked.file, None)
            if checked.problems:
                memory.checked[checked.file] = codes(checked.problems)

    def _remember(self) -> None:
        """Put into the store what the next build may know, all in one transaction."""
        store, memory = self.store, self.memory
        forget(store, self.gone)
        for file, found in self.new.items():
            found.put(store, file)
        if self.is_listed_anew:
            store.put("listed", "", pack(self.listed))
        if self.relations is not None:
            settings, related = self.relations
            put_tables(store, memory.meaning, settings, related.tables)
            store.put(DIGESTS, "", related.digests)
        if self.keys or self.is_first:
            put_pending(store, self.keys if self.is_first else self.keys | pending(store))
        memory.moment = self.outlook.moment
        memory.put(store)
        self.moved.put(store)
        store.commit()


def _identifier(file: str) -> str:
    return file.rsplit("/", 1)[-1].removesuffix(".md")


__all__ = ["Found", "Reading"]
