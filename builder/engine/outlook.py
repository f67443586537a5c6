"""Whether anything at all is other than it was for the last build; if not, what that build reported holds still.

Takes the folders of a program, a project and a site; gives ``Outlook``, the digest of everything that a build depends
on but its code, and out of the store the report of the build that saw the same. No record is looked at and none of the
rooms that make a site is imported: on an archive in which nothing has changed that would be most of the work.
"""

import hashlib
import pickle
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from builder.cache.rows import digest, pack, unpack
from builder.cache.store import Store
from builder.engine.disk import Mark, is_settled, mark_of, marks_below
from builder.engine.report import Report
from builder.engine.version import contents_version
from builder.output import MARKER
from builder.problems import has_errors

# Templates by their name and bytes, and what is copied as it is.
WHOLE = ("templates", "static")
CONTENT, SETTINGS = "content", "site.yaml"
NAMED = ("content", "site.")  # files whose names begin so, in whatever case, may be what an editor meant


@dataclass(frozen=True)
class Outlook:
    """What a build sees before it begins: marks of the content, and the digest of all else that it reads.

    ``moment`` is the time of the disk at which the build took its lock.
    """

    project: Path
    moment: int
    marks: Mapping[str, Mark]
    others: bytes

    def sources(self, moment: int) -> bytes:
        """Return the digest of all sources; of those that were touched after ``moment``, or just before, the bytes."""
        return digest(pack([self.others, sorted(self.marks.items()), self._sums(moment)]))

    def is_settled(self, moment: int) -> bool:
        """Return whether the marks alone say what the content is."""
        return all(is_settled(mark, moment) for mark in self.marks.values())

    def is_whole(self) -> bool:
        """Return whether there is a mark for everything: not for what lies behind a link to a folder, say."""
        return all(mark[0] != -1 for mark in self.marks.values())

    def _sums(self, moment: int) -> list[tuple[str, str]]:
        fresh = sorted(file for file, mark in self.marks.items() if mark[0] >= 0 and not is_settled(mark, moment))
        return [(file, _sum(self.project / CONTENT / file)) for file in fresh]


def look(program: Path, project: Path, moment: int) -> Outlook:
    """Return what a build of the project sees."""
    names = sorted(path.name for path in project.iterdir() if path.name.casefold().startswith(NAMED))
    others = [names, _sum(project / SETTINGS), contents_version(program, WHOLE)]
    return Outlook(project, moment, marks_below(project / CONTENT), digest(pack(others)))


def recall_report(store: Store, outlook: Outlook, out: Path | None, *, keep_going: bool) -> Report | None:
    """Return the report of the last build if nothing has changed since; ``out`` is None if no site is wanted."""
    data = store.get("outlook")
    if data is None:
        return None
    moment, sources, site, problems, count = unpack(data)
    if outlook.sources(moment) != sources or (out is not None and _site(marks_below(out)) != site):
        return None
    if not outlook.is_settled(moment):  # next time the marks will do
        store.put("outlook", "", pack([outlook.moment, outlook.sources(outlook.moment), site, problems, count]))
        store.commit()
    found = pickle.loads(problems)  # noqa: S301  # our own bytes: their digest has been compared
    if out is None or (has_errors(found) and not keep_going):
        return Report(found)
    return Report(found, unchanged=count, is_published=True)


def remember_report(store: Store, outlook: Outlook, out: Path, marks: Mapping[str, Mark], report: Report) -> None:
    """Put into the store what a build reported whose files have these marks; forget it where that would not do."""
    if not report.is_published or not outlook.is_whole():
        store.drop("outlook", [""])
        return
    site = _site({**marks, MARKER: mark_of(out / MARKER)})
    code = [outlook.moment, outlook.sources(outlook.moment), site, pickle.dumps(report.problems, 5), len(marks)]
    store.put("outlook", "", pack(code))


def _site(marks: Mapping[str, Mark]) -> bytes:
    return digest(pack(sorted(marks.items())))


def _sum(path: Path) -> str:
    """Return the SHA-256 of a file, "" where it cannot be read."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""
