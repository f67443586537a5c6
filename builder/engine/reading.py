"""The first half of a build: from the files of the content to the archive as tables, and what is wrong with them.

Takes a room and what the last build left in its store; gives ``Found``. Only files that changed are read, the relations
are made anew only when something other than running text did.
"""

import pickle
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from builder.archive import relate
from builder.cache.codec import decode, encode
from builder.cache.rows import digest, pack, unpack
from builder.cache.shelf import Shelf
from builder.cache.tables import site_code, tables_of
from builder.checks import TOGETHER, check_all
from builder.content import (
    CONTENT,
    PROFILES,
    Content,
    content_files,
    faults_among,
    read_settings,
)
from builder.engine.checking import ToCheck
from builder.engine.disk import Mark, marks_below
from builder.engine.progress import Progress
from builder.engine.room import Room, check_one, read_file
from builder.engine.sources import Known, Listed, changed_files, known_from, store_read, sums_of_others
from builder.engine.units import digests_of_tables
from builder.engine.work import Workers
from builder.images import check_images, is_image
from builder.problems import Problem
from builder.records import OrganisationRecord, PageRecord, Profile, RegionRecord, Tombstone
from builder.site import Site


@dataclass
class Memory:
    """What is remembered of the content, whether or not the last build came to its end."""

    moment: int = 0
    files: dict[str, Known] = field(default_factory=dict)
    others: dict[str, tuple[Mark, str]] = field(default_factory=dict)
    names: bytes = b""
    listed: tuple[Listed, ...] = ()
    strays: tuple[Problem, ...] = ()
    checks: dict[str, tuple[bytes, tuple[Problem, ...]]] = field(default_factory=dict)
    together: tuple[bytes, tuple[Problem, ...]] = (b"", ())


@dataclass(frozen=True)
class Found:
    """What the content says: settings, the digest of all facts, the names that must not stand anywhere, problems."""

    site: Site
    meaning: bytes
    digests: dict[int, int]
    known: dict[str, Known]
    others: dict[str, str]
    problems: tuple[Problem, ...]


def recall(room: Room) -> Memory:
    """Return what is remembered; nothing where there is no cache."""
    data = room.store.get("memory")
    if data is None:
        return Memory()
    code = unpack(data)
    memory = Memory(*code[:1])
    memory.files = {file: known_from(file, known) for file, known in code[1].items()}
    memory.others = {file: (mark, total) for file, (mark, total) in code[2].items()}
    memory.names, memory.listed, memory.strays = code[3], tuple(code[4]), _problems(code[5])
    memory.checks = {file: (key, _problems(found)) for file, (key, found) in code[6].items()}
    memory.together = (code[7][0], _problems(code[7][1]))
    return memory


def remember(room: Room, memory: Memory) -> None:
    """Put into the store what the next build may know."""
    code = [
        memory.moment,
        {file: known.code() for file, known in memory.files.items()},
        memory.others,
        memory.names,
        memory.listed,
        _codes(memory.strays),
        {file: (key, _codes(found)) for file, (key, found) in memory.checks.items()},
        (memory.together[0], _codes(memory.together[1])),
    ]
    room.store.put("memory", "", pack(code))


def _codes(problems: Iterable[Problem]) -> tuple[Any, ...]:
    return tuple((problem.place.file, encode(problem)) for problem in problems)


def _problems(codes: Iterable[Any]) -> tuple[Problem, ...]:
    return tuple(decode(code, file) for file, code in codes)


class Reading:
    """Reads the content of a room as far as it has changed."""

    def __init__(self, room: Room, workers: Workers, progress: Progress, moment: int) -> None:
        """Read with ``workers``; ``moment`` is when this build began, by the disk's clock."""
        self.room, self.workers, self.progress, self.moment = room, workers, progress, moment
        self.old = recall(room)
        self.new = Memory(moment)
        self.marks: dict[str, Mark] = {}

    def run(self) -> Found:
        """Return what the content says now; facts and text of all files are in the store afterwards."""
        with self.progress.step("查看文件"):
            self._list()
        self._read()
        problems = [*self.new.strays, *(problem for known in self.new.files.values() for problem in known.problems)]
        site = read_settings(self.room.project, problems)
        images, found = self._images()
        problems += found
        received = {known.received for known in self.new.files.values() if known.received}
        wanted = [f"{CONTENT}/{name}" for name in sorted(received)]
        self.new.others = sums_of_others(self.room.project, self.marks, self.old.others, wanted, self.old.moment)
        meaning = self._meaning(site, images)
        shelf = self.room.shelf
        with self.progress.step("建立关联"):
            digests, sought = self._relate(site, images, meaning, shelf, problems)
        checked = self._check(problems, sought)
        for kind in ("facts", "bare", "text"):
            self.room.store.drop(kind, self.old.files.keys() - self.new.files.keys())
        remember(self.room, self.new)
        self.room.store.commit()
        everything = (*problems, *checked, *self.new.together[1])
        sums = {file: total for file, (_, total) in self.new.others.items()}
        return Found(site, meaning, digests, self.new.files, sums, everything)

    def _list(self) -> None:
        """Find the content files; where no name has changed, they are those of the last time."""
        below = marks_below(self.room.project / CONTENT)
        self.marks = {f"{CONTENT}/{path}": mark for path, mark in below.items()}
        self.new.names = digest(pack(sorted(self.marks)))
        if self.new.names == self.old.names:
            self.new.listed, self.new.strays = self.old.listed, self.old.strays
        else:
            strays: list[Problem] = []
            self.new.listed = tuple(content_files(self.room.project, strays))
            self.new.strays = tuple(strays)

    def _read(self) -> None:
        """Read the files that changed."""
        root = self.room.project
        todo = list(changed_files(root, self.new.listed, self.marks, self.old.files, self.old.moment))
        known = dict(self.old.files)
        results = self.workers.each(read_file, todo)
        for read in self.progress.each("读入", results, len(todo)):
            store_read(self.room.store, read)
            known[read.listed[1]] = read.known
        self.room.shelf.forget(file for _, file, _ in todo)
        self.new.files = {}
        for _, file, _ in self.new.listed:
            self.new.files[file] = known[file].marked(self.marks.get(file, (-1, 0, 0, 0)))
        if todo:
            self.room.store.commit()  # others will want to read it

    def _images(self) -> tuple[frozenset[str], list[Problem]]:
        """Return the images that can be shown, and what is wrong with the others."""
        files = [file for file, known in self.new.files.items() if known.has_pictures]
        folder = f"{CONTENT}/{PROFILES}"
        if not files and not any(is_image(path) for path in self.marks if path.startswith(folder)):
            return frozenset(), []
        shelf = self.room.shelf
        pictures = [picture for file in files for picture in shelf.prose(file, _nobody).images]
        return check_images(self.room.project, folder, pictures, is_whole=not self._unread())

    def _unread(self) -> frozenset[tuple[str, str]]:
        return frozenset(
            (folder, identifier) for folder, file, identifier in self.new.listed if not self.new.files[file].kind
        )

    def _meaning(self, site: Site, images: frozenset[str]) -> bytes:
        """Return the digest of everything that relations are made of."""
        files = [(file, known.kind, known.meaning) for file, known in self.new.files.items()]
        return digest(pack([site_code(site), sorted(images), sorted(self._unread()), files]))

    def _relate(
        self, site: Site, images: frozenset[str], meaning: bytes, shelf: Shelf, problems: list[Problem]
    ) -> tuple[dict[int, int], tuple[str, ...]]:
        """Put the archive into the store, if it is not there; return the digests of its tables and the sought names."""
        store = self.room.store
        faults = faults_among(problems)
        sums = pack([known.sum for known in self.new.files.values()]) if self.old.together[1] else b""
        key = digest(meaning + pack(_codes(faults)) + sums)
        data = store.get("digests")
        if data is not None and key == self.old.together[0]:
            found, digests, sought = unpack(data)
            if found == meaning:
                self.new.together = self.old.together
                return digests, tuple(sought)
        content = self._content(site, images, shelf, faults)
        archive = relate(content, lambda profile, prose, person: shelf.document(profile.file, person, _nobody))
        tables = tables_of(archive)
        digests = digests_of_tables(tables)
        living = {str(profile.name) for profile, _ in content.profiles}
        names = (str(name) for stone in content.tombstones for name in stone.names[:1])
        sought = tuple(sorted({name for name in names if name not in living}))
        packed = {name: table.packed for name, table in tables.items()}
        store.put("archive", "", pack([meaning, pickle.dumps(site, 5), packed]))
        store.put("digests", "", pack([meaning, digests, sought]))
        together = tuple(check_all(content, archive, TOGETHER))
        sums = pack([known.sum for known in self.new.files.values()]) if together else b""
        self.new.together = (digest(meaning + pack(_codes(faults)) + sums), together)
        store.commit()
        return digests, sought

    def _content(self, site: Site, images: frozenset[str], shelf: Shelf, faults: tuple[Problem, ...]) -> Content:
        """Return the content with records that are fetched from the store as far as they are read."""

        def of(kind: type[Any]) -> tuple[Any, ...]:
            files = (file for file, known in self.new.files.items() if known.kind == kind.__name__)
            return tuple((shelf.record(file, _nobody), shelf.prose(file, _nobody)) for file in files)

        return Content(
            site=site,
            profiles=of(Profile),
            tombstones=tuple(record for record, _ in of(Tombstone)),
            organisations=of(OrganisationRecord),
            regions=of(RegionRecord),
            pages=of(PageRecord),
            images=images,
            unread=self._unread(),
            faults=faults,
        )

    def _check(self, problems: Iterable[Problem], sought: tuple[str, ...]) -> list[Problem]:
        """Return what the rules about single files find; files that are as they were keep what was found."""
        of_file: dict[str, list[Problem]] = {}
        for problem in problems:
            of_file.setdefault(problem.place.file, []).append(problem)
        gone = {_identifier(file) for file, known in self.new.files.items() if known.kind == Tombstone.__name__}
        todo = []
        for file, known in self.new.files.items():
            if known.kind in ("", Tombstone.__name__):
                continue
            total = self.new.others.get(f"{CONTENT}/{known.received}", ((), ""))[1] if known.received else ""
            faults = tuple(of_file.get(file, ()))
            key = digest(pack([known.sum, total, sought, _codes(faults), known.person in gone]))
            before = self.old.checks.get(file)
            if before is not None and before[0] == key:
                self.new.checks[file] = before
            else:
                todo.append(ToCheck(file, key, faults, sought, known.person not in gone))
        results = self.workers.each(check_one, todo)
        for checked in self.progress.each("逐篇核对", results, len(todo)):
            self.new.checks[checked.file] = (checked.key, checked.problems)
        return [problem for _, found in self.new.checks.values() for problem in found]


def _identifier(file: str) -> str:
    return file.rsplit("/", 1)[-1].removesuffix(".md")


def _nobody(kind: str, key: Any) -> None:
    """Note nothing: here everything is read."""


__all__ = ["Found", "Reading"]
