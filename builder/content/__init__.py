"""The content folder: every file in it, read into records, each with the prose of its body.

Takes the project's folder; gives ``Content`` and every problem met on the way. A file that cannot be read still counts
as an existing id, so that one mistake gives one problem.
"""

import difflib
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from builder.content.listing import (
    CONTENT,
    FOLDERS,
    GOOD_ID,
    ORGANISATIONS,
    PAGES,
    PROFILES,
    REGIONS,
    SOURCES,
    content_files,
    file_name,
    stray_file,
)
from builder.files import SIZE_LIMIT, read_bytes
from builder.images import check_images
from builder.problems import Problem
from builder.prose import Prose, read_prose
from builder.records import OrganisationRecord, PageRecord, Profile, RegionRecord, Tombstone
from builder.records.authorities import read_organisation, read_page, read_region
from builder.records.profiles import read_profile
from builder.site import Site, read_site
from builder.source import read_source, read_yaml
from builder.text import Source, Text

__all__ = [
    "CONTENT",
    "FOLDERS",
    "GOOD_ID",
    "ORGANISATIONS",
    "PAGES",
    "PROFILES",
    "REGIONS",
    "SETTINGS",
    "SOURCES",
    "Content",
    "Entry",
    "anchor_prefix",
    "content_files",
    "faults_among",
    "gather",
    "read_content",
    "read_entry",
    "read_received",
    "read_settings",
]

SETTINGS = "site.yaml"
READERS: dict[str, Callable[[Source], tuple[Any, list[Problem]]]] = {
    PROFILES: read_profile,
    ORGANISATIONS: read_organisation,
    REGIONS: read_region,
    PAGES: read_page,
}

# What is wrong with the keys of a file is not the consequence of another mistake on the line.
OF_KEYS = ("missing-key", "unknown-key")

Kind = TypeVar("Kind", bound=Profile | OrganisationRecord | RegionRecord | PageRecord)


@dataclass(frozen=True)
class Content:
    """All records as read, each with the prose of its body.

    ``received`` holds the text of each received file that a profile names, by that name; ``images`` the path of each
    image that can be shown; ``unread`` the folder and id of each file that gave no record: it exists all the same.
    ``faults`` is what the reading has reported, so that no rule reports the consequence of a mistake as another one.
    """

    site: Site
    profiles: tuple[tuple[Profile, Prose], ...] = ()
    tombstones: tuple[Tombstone, ...] = ()
    organisations: tuple[tuple[OrganisationRecord, Prose], ...] = ()
    regions: tuple[tuple[RegionRecord, Prose], ...] = ()
    pages: tuple[tuple[PageRecord, Prose], ...] = ()
    received: dict[str, str] = field(default_factory=dict)
    images: frozenset[str] = frozenset()
    unread: frozenset[tuple[str, str]] = frozenset()
    faults: tuple[Problem, ...] = ()

    @property
    def bodies(self) -> tuple[tuple[Profile | OrganisationRecord | RegionRecord | PageRecord, Prose], ...]:
        """Every record that has a body, with its prose."""
        return (*self.profiles, *self.organisations, *self.regions, *self.pages)


@dataclass(frozen=True)
class Entry:
    """What one file of a folder gave, by itself: it depends on nothing but the file's name and bytes.

    ``record`` is None where it could not be read: then ``identifier`` is an existing id all the same. ``digest`` is
    the SHA-256 of the bytes, "" where they could not be had.
    """

    folder: str
    file: str
    identifier: str
    record: Profile | Tombstone | OrganisationRecord | RegionRecord | PageRecord | None
    prose: Prose | None
    problems: tuple[Problem, ...]
    digest: str


def read_content(root: Path) -> tuple[Content, list[Problem]]:
    """Return all content below the project's folder ``root``, and every problem; raises nothing for any bad file."""
    problems: list[Problem] = []
    entries = [read_entry(root, *found) for found in content_files(root, problems)]
    return gather(root, entries, problems)


def read_entry(root: Path, folder: str, file: str, identifier: str) -> Entry:
    """Return what a content file gives, its text included."""
    source, misread = read_source(root, file)
    record, found = READERS[folder](source)
    # A line that was mended by guess, to read on, may say what the editor never meant.
    lines = {problem.place.line for problem in misread if problem.level == "error"}
    kept = [problem for problem in found if problem.rule in OF_KEYS or problem.place.line not in lines]
    if record is not None and record.id != identifier:
        record = None  # its name is none
    prose, spoken = None, list[Problem]()
    if (record is None and source.body_line > 1) or (record is not None and not isinstance(record, Tombstone)):
        prefix = anchor_prefix(record) if record is not None else ""
        prose, spoken = read_prose(source.body, source.file, source.body_line, prefix)
    is_read = all(problem.rule not in ("unreadable", "too-large") for problem in misread)
    problems = (*misread, *kept, *spoken)
    return Entry(
        folder,
        file,
        identifier,
        record,
        prose if record is not None else None,
        problems,
        source.digest if is_read else "",
    )


def gather(root: Path, entries: Iterable[Entry], strays: Iterable[Problem]) -> tuple[Content, list[Problem]]:
    """Return the content of a project from its entries, and every problem of the reading, ``strays`` included."""
    entries = tuple(entries)
    problems = [*strays, *(problem for entry in entries for problem in entry.problems)]
    site = read_settings(root, problems)
    profiles = _of(entries, Profile)
    images, found = check_images(
        root,
        f"{CONTENT}/{PROFILES}",
        [picture for entry in entries if entry.prose for picture in entry.prose.images],
        is_whole=all(entry.record is not None for entry in entries),
    )
    received = read_received(root, [profile for profile, _ in profiles], problems)
    problems += found
    content = Content(
        site=site,
        profiles=profiles,
        tombstones=tuple(entry.record for entry in entries if isinstance(entry.record, Tombstone)),
        organisations=_of(entries, OrganisationRecord),
        regions=_of(entries, RegionRecord),
        pages=_of(entries, PageRecord),
        received=received,
        images=images,
        unread=frozenset((entry.folder, entry.identifier) for entry in entries if entry.record is None),
        faults=faults_among(problems),
    )
    return content, problems


def _of(entries: Iterable[Entry], kind: type[Kind]) -> tuple[tuple[Kind, Prose], ...]:
    """Return the records of one kind, each with its prose."""
    return tuple(
        (entry.record, entry.prose) for entry in entries if isinstance(entry.record, kind) and entry.prose is not None
    )


def faults_among(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return those of the problems of reading that may be the cause of others and keep the site from being published.

    No warning is among them: what has but warnings is published, so none may hide an error that stands beside it.
    """
    return tuple(problem for problem in problems if problem.level == "error")


def read_received(root: Path, profiles: list[Profile], problems: list[Problem]) -> dict[str, str]:
    """Return the received texts that profiles name; one that is not there or cannot be read gives a problem."""
    received: dict[str, str] = {}
    for profile in profiles:
        name = profile.source.get("received")
        if name is None or str(name) in received:
            continue
        file = f"{CONTENT}/{name}"
        data, problem = read_bytes(root, file)
        if problem is not None and os.path.isfile(root / file):  # noqa: PTH113  # a Path raises where this says no
            problems.append(received_unreadable(name, file, problem.message))
            continue
        if problem is not None or not (root / file).resolve().is_relative_to((root / CONTENT).resolve()):
            problems.append(received_missing(name, file, near_source(root, str(name))))
            continue
        try:
            received[str(name)] = data.decode("utf-8")
        except UnicodeDecodeError:
            problems.append(received_not_utf8(name, file))
    return received


def near_source(root: Path, name: str) -> str:
    """Return the received text that is there and whose path is most like ``name``; "" where none is."""
    known = sorted(path.name for path in (root / CONTENT / SOURCES).glob("*"))
    near = difflib.get_close_matches(name.rsplit("/", 1)[-1], known, n=1, cutoff=0.7)
    return f"{SOURCES}/{near[0]}" if near else ""


def anchor_prefix(record: Profile | OrganisationRecord | RegionRecord | PageRecord) -> str:
    """Return what tells the anchors of a text from those of others on its page.

    A further document has the first beside it, and the notes of several organisations or regions may stand on one.
    """
    is_alone = isinstance(record, PageRecord) or (isinstance(record, Profile) and record.person is None)
    return "" if is_alone else f"{record.id}-"


def read_settings(root: Path, problems: list[Problem]) -> Site:
    """Return the settings of ``site.yaml``; where it cannot be read, those of a site without a title."""
    settings, found = read_yaml(root, SETTINGS)
    problems.extend(found)
    if settings is None:
        return Site(title="")
    site, found = read_site(settings)
    problems.extend(found)
    return site


def received_missing(name: Text, file: str, near: str) -> Problem:
    """Keep the received text that a profile names below ``content``."""
    guess = f"是不是要写“{near}”？否则" if near else ""
    mend = f"{guess}请把底本文件放到 {CONTENT}/{SOURCES}/ 里，写成 received: {SOURCES}/文件名"
    return name.problem("received-missing", f"找不到底本“{file}”。", mend)


def received_unreadable(name: Text, file: str, reason: str) -> Problem:
    """Keep received texts as files within 2 MB that may be read."""
    mend = f"底本要是项目里的文本文件，不超过 {SIZE_LIMIT // 1_000_000} MB，允许读取。"
    return name.problem("received-unreadable", f"读不了底本“{file}”：{reason}", mend)


def received_not_utf8(name: Text, file: str) -> Problem:
    """Keep received texts in UTF-8, so that they can be compared."""
    return name.problem("received-not-utf8", f"底本“{file}”不是 UTF-8 编码。", "请把底本另存为 UTF-8，文字不要改动。")


RULES = (stray_file, file_name, received_missing, received_unreadable, received_not_utf8)
