"""The content folder: every file in it, read into records, each with the prose of its body.

Takes the project's folder; gives ``Content`` and every problem met on the way. A file that cannot be read still counts
as an existing id, so that one mistake gives one problem.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

from builder import names
from builder.problems import Place, Problem
from builder.prose import Prose, read_prose
from builder.records import (
    OrganisationRecord,
    PageRecord,
    Profile,
    RegionRecord,
    Tombstone,
    read_organisation,
    read_page,
    read_profile,
    read_region,
)
from builder.site import Site, read_site
from builder.source import read_source, read_yaml
from builder.text import Source

CONTENT = "content"
PROFILES, ORGANISATIONS, REGIONS, PAGES = "profiles", "organisations", "regions", "pages"
FOLDERS = (PROFILES, ORGANISATIONS, REGIONS, PAGES)
SETTINGS = "site.yaml"

GOOD_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")

Record = TypeVar("Record", bound=Profile | Tombstone | OrganisationRecord | RegionRecord | PageRecord)


@dataclass(frozen=True)
class Content:
    """All records as read, each with the prose of its body.

    ``received`` holds the text of each received file that a profile names, by that name; ``unread`` the folder and id
    of each file that gave no record: it exists all the same.
    """

    site: Site
    profiles: tuple[tuple[Profile, Prose], ...] = ()
    tombstones: tuple[Tombstone, ...] = ()
    organisations: tuple[tuple[OrganisationRecord, Prose], ...] = ()
    regions: tuple[tuple[RegionRecord, Prose], ...] = ()
    pages: tuple[tuple[PageRecord, Prose], ...] = ()
    received: dict[str, str] = field(default_factory=dict)
    unread: frozenset[tuple[str, str]] = frozenset()


def read_content(root: Path) -> tuple[Content, list[Problem]]:
    """Return all content below the project's folder ``root``, and every problem; raises nothing for any bad file."""
    problems: list[Problem] = []
    site = _read_settings(root, problems)
    unread: set[tuple[str, str]] = set()
    profiles: list[tuple[Profile, Prose]] = []
    tombstones: list[Tombstone] = []
    for record, source in _records(root, PROFILES, read_profile, problems, unread):
        if isinstance(record, Tombstone):
            tombstones.append(record)
        elif isinstance(record, Profile):
            profiles.append((record, _prose(source, problems, _prefix(record))))
    content = Content(
        site=site,
        profiles=tuple(profiles),
        tombstones=tuple(tombstones),
        organisations=_with_prose(root, ORGANISATIONS, read_organisation, problems, unread),
        regions=_with_prose(root, REGIONS, read_region, problems, unread),
        pages=_with_prose(root, PAGES, read_page, problems, unread),
        received=_read_received(root, [profile for profile, _ in profiles], problems),
    )
    return replace(content, unread=frozenset(unread)), problems


def _read_received(root: Path, profiles: list[Profile], problems: list[Problem]) -> dict[str, str]:
    """Return the received texts that profiles name; one that is not there or not UTF-8 gives a problem."""
    received: dict[str, str] = {}
    for profile in profiles:
        name = profile.source.get("received")
        if name is None or str(name) in received:
            continue
        folder = root / CONTENT
        path = folder / str(name)
        if not path.resolve().is_relative_to(folder.resolve()) or not path.is_file():
            message = f"找不到底本“{CONTENT}/{name}”。"
            problems.append(
                name.problem("received-missing", message, f"请把底本文件放到 {CONTENT}/sources/ 里，并核对文件名。")
            )
            continue
        try:
            received[str(name)] = path.read_bytes().decode("utf-8")
        except UnicodeDecodeError:
            message = f"底本“{CONTENT}/{name}”不是 UTF-8 编码。"
            problems.append(name.problem("received-missing", message, "请把底本另存为 UTF-8 编码，文字不要改动。"))
    return received


def _prefix(profile: Profile) -> str:
    """Return what tells the anchors of a further document on one page from those of the first."""
    return f"{profile.id}-" if profile.person is not None else ""


def _read_settings(root: Path, problems: list[Problem]) -> Site:
    """Return the settings of ``site.yaml``; where it cannot be read, those of a site without a title."""
    settings, found = read_yaml(root, SETTINGS)
    problems.extend(found)
    if settings is None:
        return Site(title="")
    site, found = read_site(settings)
    problems.extend(found)
    return site


def _records(
    root: Path,
    folder: str,
    read: Callable[[Source], tuple[Record | None, list[Problem]]],
    problems: list[Problem],
    unread: set[tuple[str, str]],
) -> Iterator[tuple[Record, Source]]:
    """Yield each record of a folder with its source; a file that gives none is noted as unread."""
    for file in _files(root, folder, problems):
        source, found = read_source(root, file)
        problems.extend(found)
        record, found = read(source)
        problems.extend(found)
        if record is None:
            unread.add((folder, Path(file).stem))
        else:
            yield record, source


def _with_prose(
    root: Path,
    folder: str,
    read: Callable[[Source], tuple[Record | None, list[Problem]]],
    problems: list[Problem],
    unread: set[tuple[str, str]],
) -> tuple[tuple[Record, Prose], ...]:
    """Return each record of a folder with the prose of its body."""
    records = _records(root, folder, read, problems, unread)
    return tuple((record, _prose(source, problems, "")) for record, source in records)


def _prose(source: Source, problems: list[Problem], prefix: str) -> Prose:
    """Return the body of a file as prose."""
    prose, found = read_prose(source.body, source.file, source.body_line, prefix)
    problems.extend(found)
    return prose


def _files(root: Path, folder: str, problems: list[Problem]) -> Iterator[str]:
    """Yield the Markdown files of a folder, sorted; one that lies deeper or has no good id gives a problem."""
    base = root / CONTENT / folder
    for path in sorted(base.rglob("*")) if base.is_dir() else ():
        file = path.relative_to(root).as_posix()
        if path.name.startswith(".") or path.is_dir():
            continue
        if path.suffix.lower() not in (".md", ".markdown", ".txt"):
            continue
        if path.parent != base or path.suffix != ".md":
            message = (
                f"“{path.relative_to(base).as_posix()}”不会被读到：文件要直接放在 {CONTENT}/{folder}/ 里，以 .md 结尾。"
            )
            mend = f"请把它移到或改名为 {CONTENT}/{folder}/{_good_id(path.stem)}.md。"
            problems.append(Problem(Place(file), "stray-file", message, mend))
        elif not GOOD_ID.fullmatch(path.stem):
            message = f"文件名“{path.name}”不能作网址：只能用小写字母、数字和短横。"
            problems.append(Problem(Place(file), "file-name", message, f"请改名为“{_good_id(path.stem)}.md”。"))
        else:
            yield file


def _good_id(stem: str) -> str:
    """Return a good id near a file's name."""
    return names.slug(stem)
