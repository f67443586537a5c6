"""The content folder: every file in it, read into records, each with the prose of its body.

Takes the project's folder; gives ``Content`` and every problem met on the way. A file that cannot be read still counts
as an existing id, so that one mistake gives one problem.
"""

import difflib
import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

from builder import names
from builder.files import read_bytes
from builder.images import check_images, is_image
from builder.problems import Place, Problem
from builder.prose import Prose, read_prose
from builder.records import OrganisationRecord, PageRecord, Profile, RegionRecord, Tombstone
from builder.records.authorities import read_organisation, read_page, read_region
from builder.records.profiles import read_profile
from builder.site import Site, read_site
from builder.source import read_source, read_yaml
from builder.text import Source, Text

CONTENT = "content"
PROFILES, ORGANISATIONS, REGIONS, PAGES = "profiles", "organisations", "regions", "pages"
FOLDERS = (PROFILES, ORGANISATIONS, REGIONS, PAGES)
SETTINGS = "site.yaml"

SOURCES = "sources"
# What systems and word processors leave lying about.
LITTER = re.compile(r"[.~].*|Thumbs\.db|desktop\.ini|README(\.md)?", re.IGNORECASE)

# What is wrong with the keys of a file is not the consequence of another mistake on the line.
OF_KEYS = ("missing-key", "unknown-key")

GOOD_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")

Record = TypeVar("Record", bound=Profile | Tombstone | OrganisationRecord | RegionRecord | PageRecord)


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
            profiles.append((record, _prose(source, problems, anchor_prefix(record))))
    content = Content(
        site=site,
        profiles=tuple(profiles),
        tombstones=tuple(tombstones),
        organisations=_with_prose(root, ORGANISATIONS, read_organisation, problems, unread),
        regions=_with_prose(root, REGIONS, read_region, problems, unread),
        pages=_with_prose(root, PAGES, read_page, problems, unread),
        received=_read_received(root, [profile for profile, _ in profiles], problems),
    )
    pictures = [picture for _, prose in content.bodies for picture in prose.images]
    images, found = check_images(root, f"{CONTENT}/{PROFILES}", pictures)
    problems += [*found, *_strangers(root)]
    faults = tuple(problem for problem in problems if problem.level == "error" or problem.rule == "damaged-character")
    return replace(content, images=images, unread=frozenset(unread), faults=faults), problems


def _read_received(root: Path, profiles: list[Profile], problems: list[Problem]) -> dict[str, str]:
    """Return the received texts that profiles name; one that is not there or not UTF-8 gives a problem."""
    received: dict[str, str] = {}
    for profile in profiles:
        name = profile.source.get("received")
        if name is None or str(name) in received:
            continue
        file = f"{CONTENT}/{name}"
        data, problem = read_bytes(root, file)
        if problem is not None or not (root / file).resolve().is_relative_to((root / CONTENT).resolve()):
            problems.append(received_missing(name, file, _near_source(root, str(name))))
            continue
        try:
            received[str(name)] = data.decode("utf-8")
        except UnicodeDecodeError:
            problems.append(received_not_utf8(name, file))
    return received


def _near_source(root: Path, name: str) -> str:
    """Return the received text that is there and whose path is most like ``name``; "" where none is."""
    known = sorted(path.name for path in (root / CONTENT / SOURCES).glob("*"))
    near = difflib.get_close_matches(name.rsplit("/", 1)[-1], known, n=1, cutoff=0.7)
    return f"{SOURCES}/{near[0]}" if near else ""


def anchor_prefix(profile: Profile) -> str:
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
    for file, identifier in _files(root, folder, problems):
        source, misread = read_source(root, file)
        record, found = read(source)
        lines = {problem.place.line for problem in misread}
        problems += misread
        # A line that was mended by guess, to read on, may say what the editor never meant.
        problems += [problem for problem in found if problem.rule in OF_KEYS or problem.place.line not in lines]
        if record is not None and record.id == identifier:  # otherwise its name is none
            yield record, source
            continue
        unread.add((folder, identifier))
        if source.body_line > 1:
            _prose(source, problems, "")  # whatever is wrong in its text is said in the same run


def _with_prose(
    root: Path,
    folder: str,
    read: Callable[[Source], tuple[Record | None, list[Problem]]],
    problems: list[Problem],
    unread: set[tuple[str, str]],
) -> tuple[tuple[Record, Prose], ...]:
    """Return each record of a folder with the prose of its body.

    The notes of several organisations or regions may stand on one page, so each has anchors of its own.
    """
    records = _records(root, folder, read, problems, unread)
    return tuple(
        (record, _prose(source, problems, "" if folder == PAGES else f"{record.id}-")) for record, source in records
    )


def _prose(source: Source, problems: list[Problem], prefix: str) -> Prose:
    """Return the body of a file as prose."""
    prose, found = read_prose(source.body, source.file, source.body_line, prefix)
    problems.extend(found)
    return prose


def _files(root: Path, folder: str, problems: list[Problem]) -> Iterator[tuple[str, str]]:
    """Yield the Markdown files of a folder with the id that each has or ought to have, sorted."""
    base = root / CONTENT / folder
    taken = {path.stem for path in base.glob("*.md")}
    for path in sorted(base.rglob("*")) if base.is_dir() else ():
        file = path.relative_to(root).as_posix()
        is_litter = any(map(LITTER.fullmatch, path.relative_to(base).parts))
        if path.is_dir() or is_litter or (folder == PROFILES and is_image(path.name)):
            continue
        if path.parent != base or path.suffix != ".md":
            problems.append(stray_file(file, folder, _good_id(folder, path.stem, taken)))
        elif GOOD_ID.fullmatch(path.stem):
            yield file, path.stem
        else:
            problems.append(file_name(file, _good_id(folder, path.stem, taken)))
            yield file, _good_id(folder, path.stem)


def _good_id(folder: str, stem: str, taken: Collection[str] = ()) -> str:
    """Return a good id near a file's name, one that is free."""
    wanted = names.person_slug(stem) if folder == PROFILES else names.slug(stem)
    free = (wanted if number == 1 else f"{wanted}-{number}" for number in range(1, len(taken) + 2))
    return next(identifier for identifier in free if identifier not in taken)


def _strangers(root: Path) -> Iterator[Problem]:
    """Yield a problem for each file that lies in no folder of ``content``, or in one that it does not have."""
    for path in sorted((root / CONTENT).glob("**/*")):
        inner = path.relative_to(root / CONTENT)
        if path.is_dir() or inner.parts[0] in (*FOLDERS, SOURCES) or any(map(LITTER.fullmatch, inner.parts)):
            continue
        folder = "".join(difflib.get_close_matches(inner.parts[0], FOLDERS, n=1))
        yield stray_file(path.relative_to(root).as_posix(), folder, _good_id(folder or PROFILES, path.stem))


def stray_file(file: str, folder: str, identifier: str) -> Problem:
    """Keep records as files ``.md`` in the folders of ``content``, without folders in these; images with profiles."""
    place = Place(file)
    if is_image(file):
        mend = f"请把它移到 {CONTENT}/{PROFILES}/ 里。"
        return Problem(place, "stray-file", f"图片“{file}”放错了地方，不会显示。", mend)
    if not folder:
        message = f"“{file}”不会被读到：它不在 {CONTENT}/ 的哪个文件夹里。"
        mend = (
            f"人物的文件放在 {PROFILES}，机构 {ORGANISATIONS}，地区 {REGIONS}，网页 {PAGES}；"
            f"别的请移到 {CONTENT}/ 外面。"
        )
        return Problem(place, "stray-file", message, mend)
    message = f"“{file}”不会被读到：文件要直接放在 {CONTENT}/{folder}/ 里，以 .md 结尾。"
    mend = f"请把它移到或改名为 {CONTENT}/{folder}/{identifier}.md。"
    if not file.lower().endswith((".md", ".markdown", ".txt")):
        mend = f"请把里面的文字复制到新的文本文件 {CONTENT}/{folder}/{identifier}.md 里，再把这个文件移走。"
    return Problem(place, "stray-file", message, mend)


def file_name(file: str, identifier: str) -> Problem:
    """Name a file by small letters, digits and hyphens: its name is its address."""
    message = f"文件名“{file.rsplit('/', 1)[-1]}”不能作网址：只能用小写字母、数字和短横。"
    return Problem(Place(file), "file-name", message, f"请改名为“{identifier}.md”。")


def received_missing(name: Text, file: str, near: str) -> Problem:
    """Keep the received text that a profile names below ``content``."""
    guess = f"是不是要写“{near}”？否则" if near else ""
    mend = f"{guess}请把底本文件放到 {CONTENT}/{SOURCES}/ 里，写成 received: {SOURCES}/文件名"
    return name.problem("received-missing", f"找不到底本“{file}”。", mend)


def received_not_utf8(name: Text, file: str) -> Problem:
    """Keep received texts in UTF-8, so that they can be compared."""
    return name.problem("received-not-utf8", f"底本“{file}”不是 UTF-8 编码。", "请把底本另存为 UTF-8，文字不要改动。")


RULES = (stray_file, file_name, received_missing, received_not_utf8)
