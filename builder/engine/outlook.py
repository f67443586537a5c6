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
from builder.engine.disk import Folder, Sight, folders_below, is_settled
from builder.engine.report import Report
from builder.engine.version import contents_version
from builder.problems import has_errors

# Templates by their name and bytes, and what is copied as it is.
WHOLE = ("templates", "static")
CONTENT, SETTINGS = "content", "site.yaml"
NAMED = ("content", "site.")  # files whose names begin so, in whatever case, may be what an editor meant


@dataclass(frozen=True)
class Outlook:
    """What a build sees before it begins: the folders of the content, and the digest of all else that it reads.

    ``moment`` is the time of the disk at which the build took its lock.
    """

    project: Path
    moment: int
    content: Mapping[str, Folder]
    others: bytes

    def sources(self, moment: int) -> bytes:
        """Return the digest of all sources; of those that were touched after ``moment``, or just before, the bytes."""
        return digest(pack([self.others, sum_of(self.content), self._sums(moment)]))

    def is_settled(self, moment: int) -> bool:
        """Return whether the marks alone say what the content is."""
        return all(folder.is_settled(moment) for folder in self.content.values())

    def is_whole(self) -> bool:
        """Return whether there is a mark for everything: not for what lies behind a link to a folder, say."""
        return all(folder.is_whole() for folder in self.content.values())

    def unsettled(self, moment: int) -> list[str]:
        """Return the files of the content of which only the bytes tell whether they changed, sorted."""
        folders = ((prefix, folder) for prefix, folder in self.content.items() if not folder.is_settled(moment))
        return sorted(
            prefix + name
            for prefix, folder in folders
            for name, mark in folder.marks().items()
            if mark[0] >= 0 and not is_settled(mark, moment)
        )

    def _sums(self, moment: int) -> list[tuple[str, str]]:
        return [(file, _sum(self.project / CONTENT / file)) for file in self.unsettled(moment)]


def look(program: Path, project: Path, moment: int) -> Outlook:
    """Return what a build of the project sees."""
    names = sorted(path.name for path in project.iterdir() if path.name.casefold().startswith(NAMED))
    others = [names, _sum(project / SETTINGS), contents_version(program, WHOLE)]
    return Outlook(project, moment, folders_below(project / CONTENT), digest(pack(others)))


def recall_report(store: Store, outlook: Outlook, sight: Sight | None, *, keep_going: bool) -> Report | None:
    """Return the report of the last build if nothing has changed since; ``sight`` is None if no site is wanted."""
    data = store.get("outlook")
    if data is None:
        return None
    moment, sources, site, problems, count = unpack(data)
    if outlook.sources(moment) != sources or (sight is not None and sum_of(sight.folders) != site):
        return None
    if not outlook.is_settled(moment):  # next time the marks will do
        store.put("outlook", "", pack([outlook.moment, outlook.sources(outlook.moment), site, problems, count]))
        store.commit()
    found = pickle.loads(problems)  # noqa: S301  # our own bytes: their digest has been compared
    if sight is None or (has_errors(found) and not keep_going):
        return Report(found)
    return Report(found, unchanged=count, is_published=True)


def remember_report(store: Store, outlook: Outlook, site: bytes, report: Report) -> None:
    """Put into the store what a build reported whose site has this sum; forget it where that would not do."""
    if not report.is_published or not outlook.is_whole():
        store.drop("outlook", [""])
        return
    count = report.written + report.unchanged
    code = [outlook.moment, outlook.sources(outlook.moment), site, pickle.dumps(report.problems, 5), count]
    store.put("outlook", "", pack(code))


def sum_of(folders: Mapping[str, Folder]) -> bytes:
    """Return a digest that is the same only where all files and marks are."""
    return digest(pack([(prefix, folders[prefix].digest()) for prefix in sorted(folders)]))


def _sum(path: Path) -> str:
    """Return the SHA-256 of a file, "" where it cannot be read."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""
