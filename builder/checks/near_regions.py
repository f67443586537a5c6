"""Places of a path that are almost others: a slip of the pen, 市 left out, or two names run together.

Takes content and archive; gives each such name with the one that is likely meant. Every name is looked up in an index
of its brothers, so that ten thousand places take no longer than a thousand times ten.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from builder.archive import Archive
from builder.content import REGIONS, Content
from builder.records import OrganisationRecord, Profile
from builder.text import Text

ENDINGS = ("省", "市", "县", "区", "旗", "盟", "州", "自治区", "自治州", "自治县")
# Short names of one kind differ in one character by right (海淀区, 海珠区): only longer ones are judged by that.
LONG = 5
# Places of one name are told apart by these (科尔沁左翼中旗, 科尔沁左翼后旗).
TELLING = re.compile("[一二三四五六七八九十0-9甲乙丙丁东西南北中前后左右上下新老大小]+")


@dataclass(frozen=True)
class Brothers:
    """The places below one parent that are known well enough to be meant, by their names and by one slip of the pen."""

    names: frozenset[str]
    by_slip: Mapping[str, frozenset[str]]

    def near(self, name: str) -> set[str]:
        """Return the names that are likely meant by ``name``, itself left out."""
        found = {name + ending for ending in ENDINGS} & self.names
        if name.endswith(ENDINGS):
            parts = {name[:end] for end in range(3, len(name)) if name[:end].endswith(ENDINGS)}
            found |= parts & self.names
        for slip in slips(name):
            found |= {other for other in self.by_slip.get(slip, ()) if TELLING.sub("", other) != TELLING.sub("", name)}
        return found - {name}


def misspelled_regions(content: Content, archive: Archive) -> Iterator[tuple[Text, str]]:
    """Yield every name in a path that no record has and that is almost one that is better known, with that one.

    None is told of on a line with a mistake that is reported already, nor while the record of a region cannot be read.
    """
    if any(folder == REGIONS for folder, _ in content.unread):
        return
    by_id, by_path = archive.regions.by_id, archive.regions.by_path
    records: list[Profile | OrganisationRecord] = [record for record, _ in content.profiles]
    records += [record for record, _ in content.organisations]
    uses = Counter(str(name) for record in records for name in record.region.names)
    meant = _meant(archive, uses)
    faulty = {(fault.place.file, fault.place.line) for fault in content.faults}
    for record in records:
        path = tuple(map(str, record.region.names))
        for depth, name in enumerate(record.region.names, start=1):
            own = by_path.get(path[:depth], "")
            if own in meant and by_id[own].name == name and (name.place.file, name.place.line) not in faulty:
                yield name, meant[own]
                break  # what lies in it follows from it


def _meant(archive: Archive, uses: Mapping[str, int]) -> dict[str, str]:
    """Return, by its id, what is meant by each region that is almost one other."""
    by_id = archive.regions.by_id
    below: dict[str, list[str]] = {}
    for region in by_id.values():
        below.setdefault(region.parent, []).append(region.id)
    meant = {}
    for identifiers in below.values():
        brothers = _brothers([by_id[identifier].name for identifier in identifiers])
        recorded = {by_id[identifier].name for identifier in identifiers if by_id[identifier].record is not None}
        for identifier in identifiers:
            name = by_id[identifier].name
            if name not in recorded:
                near = {other for other in brothers.near(name) if other in recorded or uses[other] > uses[name]}
                meant.update({identifier: near.pop()} if len(near) == 1 else {})
    return meant


def _brothers(names: list[str]) -> Brothers:
    """Return the index of some names."""
    by_slip: dict[str, set[str]] = {}
    for name in names:
        for slip in slips(name):
            by_slip.setdefault(slip, set()).add(name)
    return Brothers(frozenset(names), {slip: frozenset(found) for slip, found in by_slip.items()})


def slips(name: str) -> Iterator[str]:
    """Yield the name with one character taken for another, and with one left out, for each of its characters.

    Two names that have one of these in common differ in one character, or in the order of two.
    """
    if len(name) >= LONG - 1:
        yield f"-{name}"
    if len(name) >= LONG:
        for at in range(len(name)):
            yield f"{name[:at]}?{name[at + 1 :]}"
            yield f"-{name[:at]}{name[at + 1 :]}"
