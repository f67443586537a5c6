"""What the archive already has: ids that are taken, people of one name, organisations and regions nearly so called.

Takes content and archive; gives what to suggest. Decides nothing: what the editor wrote is written, with a word on it.
"""

import difflib
import re
import unicodedata
from collections.abc import Iterable, Iterator

from builder import names
from builder.archive import Archive
from builder.authority import ancestors
from builder.content import ORGANISATIONS, PROFILES, Content
from builder.records import Profile, Tombstone

NEAR = 5
# The longest unit's name, in letters, that goes into an id.
WORD_LIMIT = 20
DIVISION = re.compile(r"(?<=..)(?:自治区|自治州|自治县|[省市县区旗盟州])$")


def taken_profile_ids(content: Content) -> dict[str, str]:
    """Return every id that has or had a person's page, with the file that holds it."""
    taken: dict[str, str] = {}
    records: list[Profile | Tombstone] = [*(profile for profile, _ in content.profiles), *content.tombstones]
    for record in records:
        taken[record.id] = record.file
        taken.update({str(alias): record.file for alias in record.aliases})
    taken.update(_unread(content, PROFILES))
    return taken


def taken_organisation_ids(content: Content) -> dict[str, str]:
    """Return the id of every organisation's record, with its file."""
    return {record.id: record.file for record, _ in content.organisations} | _unread(content, ORGANISATIONS)


def _unread(content: Content, folder: str) -> dict[str, str]:
    """Return the ids of the files of a folder that could not be read."""
    return {name: f"content/{folder}/{name}.md" for place, name in sorted(content.unread) if place == folder}


def free_ids(base: str, more: Iterable[str], taken: Iterable[str]) -> list[str]:
    """Return ids that are free, best first: ``base``, then ``base`` with each of ``more``, then with a number."""
    held = set(taken)
    number = next(number for number in range(2, len(held) + 3) if f"{base}-{number}" not in held)
    wanted = [base, *(f"{base}-{word}" for word in more if word), f"{base}-{number}"]
    return [each for each in dict.fromkeys(wanted) if each not in held]


def telling_words(units: Iterable[str], region: str) -> Iterator[str]:
    """Yield words that tell namesakes apart in an id: the unit without its places (``zhengfawei``), then the region."""
    places = [place.strip() for place in region.split("/") if place.strip()]
    for unit in units:
        for place in places:
            unit = unit.replace(place, "").replace(DIVISION.sub("", place), "")
        word = names.slug(unit).replace("-", "") if unit else ""
        if 0 < len(word) <= WORD_LIMIT:
            yield word
    if places:
        word = names.slug(DIVISION.sub("", places[-1])).replace("-", "")
        if len(word) <= WORD_LIMIT:
            yield word


def namesakes(content: Content, name: str) -> list[tuple[str, str]]:
    """Return the id and a description of everybody who has the same name, whatever its spaces and dots."""
    found = []
    for profile, _ in content.profiles:
        if profile.person is None and _folded(profile.name) == _folded(name):
            units = "、".join(unit.name for unit in profile.units)
            found.append((profile.id, f"{profile.name}：{units}，{'/'.join(profile.region.names)}（{profile.file}）"))
    return found


def withdrawn_namesakes(content: Content, name: str) -> list[str]:
    """Return the files of withdrawn people of the same name, where the file still says it."""
    return [each.file for each in content.tombstones if name and _folded(name) in map(_folded, each.names[:1])]


def _folded(name: str) -> str:
    """Return a name as it is compared: width, spaces and kinds of middle dot make no difference."""
    return re.sub(rf"[\s{names.MIDDLE_DOTS}]", "", unicodedata.normalize("NFKC", name))


def near_organisations(archive: Archive, name: str) -> list[str]:
    """Return the names most like ``name``, each as a profile may write it; none where ``name`` itself is one."""
    if name in archive.organisations.by_name:
        return []
    known = [each for each in archive.organisations.by_name if each not in archive.organisations.by_id]
    return _near(name, known)


def organisation_words(archive: Archive, name: str) -> str:
    """Return a known name between quotes, with the heading of what it means where that is another."""
    heading = archive.organisations.by_id[archive.organisations.by_name[name]].name
    return f"“{name}”" if heading == name else f"“{name}”（即“{heading}”）"


def region_path(archive: Archive, identifier: str) -> str:
    """Return the whole path of a region: ``内蒙古自治区/通辽市/科尔沁区``."""
    by_id = archive.regions.by_id
    return "/".join(by_id[each].name for each in reversed(ancestors(by_id, identifier)))


def whole_region(archive: Archive, written: str) -> str:
    """Return the whole path of a region written by its own name alone; any other path as written, without spaces."""
    path = "/".join(step.strip() for step in written.split("/"))
    identifier = archive.regions.by_name.get(path)
    return region_path(archive, identifier) if identifier is not None else path


def near_regions(archive: Archive, path: str) -> list[str]:
    """Return the paths that are likely meant by ``path``; none where it agrees with what is known."""
    by_name = archive.regions.by_name
    own = path.split("/")[-1]
    if own in by_name:
        return [region_path(archive, by_name[own])] if is_contradicted(archive, path) else []
    # A new place among known ones is no mistake: places are compared by their own names.
    paths = {region.name: region_path(archive, region.id) for region in archive.regions.by_id.values()}
    return [paths[name] for name in _near(own, paths)]


def is_contradicted(archive: Archive, path: str) -> bool:
    """Return whether a place of the path is known and lies elsewhere: the check would refuse it."""
    known = [archive.regions.by_name.get(step) for step in path.split("/")]
    return any(
        not set(known[:index]) <= set(ancestors(archive.regions.by_id, identifier))
        for index, identifier in enumerate(known)
        if identifier is not None
    )


def _near(name: str, known: Iterable[str]) -> list[str]:
    """Return the few of ``known`` that are most like a name, or that hold it or lie in it."""
    listed = sorted(known)
    near = difflib.get_close_matches(name, listed, n=NEAR, cutoff=0.6)
    parts = [each for each in listed if len(min(each, name, key=len)) > 2 and (each in name or name in each)]
    return list(dict.fromkeys([*near, *parts]))[:NEAR]
