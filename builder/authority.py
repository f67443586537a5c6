"""Organisations and regions: from authority records and from the names that profiles write, to one entity each.

Takes records and written names; gives entities by id, an index from every name to its id, and the clashes met on the
way, which ``checks`` reports. A name without a record becomes an entity of its own with an id made from its reading.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from builder import names
from builder.records import OrganisationRecord, RegionPath, RegionRecord
from builder.text import Text

# Signs of how a thing is known; the words of builder.views.
SUPPLIED, INFERRED = "supplied", "inferred"


@dataclass(frozen=True)
class Organisation:
    """An organisation: its record where there is one, and its place in the hierarchy (``parent`` is an id or "")."""

    id: str
    name: str
    pinyin: str
    record: OrganisationRecord | None = None
    parent: str = ""
    parent_inferred: bool = False
    tier: str = "page"
    region: str = ""

    @property
    def sort_key(self) -> tuple[object, ...]:
        """Return the key of A–Z order."""
        return (*names.sort_key(self.pinyin, self.name), self.id)


@dataclass(frozen=True)
class Region:
    """A region: its record where there is one; ``sign`` says whether its name is the editor's in every place it has."""

    id: str
    name: str
    pinyin: str
    record: RegionRecord | None = None
    parent: str = ""
    tier: str = "page"
    sign: str = ""


@dataclass(frozen=True)
class Clash:
    """A name that contradicts another: where it is written, whose it is, and in words what stands there already."""

    rule: str
    name: Text
    identifier: str
    other: str


@dataclass(frozen=True)
class Organisations:
    """All organisations by id; ``by_name`` gives the id for an id, a name or another name."""

    by_id: dict[str, Organisation]
    by_name: dict[str, str]
    clashes: tuple[Clash, ...]


@dataclass(frozen=True)
class Regions:
    """All regions by id; ``by_path`` gives the id for a path of names as written; ``by_name`` for an id or name.

    ``shared`` gives the ids of each name that several records have: ``by_name`` has the first of them.
    """

    by_id: dict[str, Region]
    by_path: dict[tuple[str, ...], str]
    by_name: dict[str, str]
    shared: dict[str, tuple[str, ...]]
    clashes: tuple[Clash, ...]


def relate_organisations(records: Iterable[OrganisationRecord], written: Iterable[Text]) -> Organisations:
    """Return the organisations of the records and of every written name that no record has."""
    by_id: dict[str, Organisation] = {}
    by_name: dict[str, str] = {}
    clashes: list[Clash] = []
    ordered = sorted(records, key=lambda record: record.id)
    for record in ordered:
        pinyin = str(record.pinyin or names.common_pinyin(record.name))
        by_id[record.id] = Organisation(record.id, str(record.name), pinyin, record, tier=record.tier)
        by_name[record.id] = record.id
    for record in ordered:
        for name in (record.name, *record.aliases):
            holder = by_id[by_name.setdefault(str(name), record.id)].record
            if holder is not None and holder.id != record.id:
                clashes.append(Clash("name-taken", name, record.id, holder.file))
    parents = [record.parent for record in ordered if record.parent is not None]
    for name in (*parents, *written):
        if str(name) not in by_name:
            identifier = _new_id(name, by_id, clashes)
            by_id[identifier] = Organisation(identifier, str(name), names.common_pinyin(str(name)))
            by_name[str(name)] = identifier
    for record in ordered:
        if record.parent is not None:
            parent = by_name[str(record.parent)]
            if record.id in ancestors(by_id, parent):
                clashes.append(_circle(record.parent, parent, record))
                continue
            entity = by_id[record.id]
            by_id[record.id] = replace(entity, parent=parent, parent_inferred=record.parent_inferred)
    return Organisations(by_id, by_name, tuple(clashes))


def relate_regions(records: Iterable[RegionRecord], paths: Iterable[RegionPath]) -> Regions:
    """Return the regions of the records and of every path written in a profile or an organisation."""
    by_id: dict[str, Region] = {}
    by_name: dict[str, str] = {}
    clashes: list[Clash] = []
    ordered = sorted(records, key=lambda record: record.id)
    for record in ordered:
        pinyin = str(record.pinyin or names.common_pinyin(record.name))
        by_id[record.id] = Region(record.id, str(record.name), pinyin, record, tier=record.tier)
        by_name[record.id] = record.id
    holders = _holders(ordered, by_name)
    clashes += _place_regions(ordered, by_id, holders)
    lost = frozenset(clash.identifier for clash in clashes)
    clashes += _taken_names(ordered, by_id, holders)
    written = tuple(paths)
    by_path = _Walk(by_id, by_name, holders, lost, clashes).walk(written)
    _sign_regions(written, by_id, by_path)
    shared = {
        name: tuple(found) for name, found in holders.items() if len({by_id[holder].parent for holder in found}) > 1
    }
    return Regions(by_id, by_path, by_name, shared, tuple(clashes))


def _place_regions(
    records: list[RegionRecord], by_id: dict[str, Region], holders: Mapping[str, list[str]]
) -> Iterator[Clash]:
    """Put each recorded region below its parent; yield a clash for each that cannot be put there."""
    for record in records:
        if record.parent is None:
            continue
        parents = holders.get(str(record.parent), [])
        if not parents:
            yield Clash("unknown-region", record.parent, record.id, "")
        elif len(parents) > 1:
            yield Clash("ambiguous-region", record.parent, record.id, " ".join(parents))
        elif record.id in ancestors(by_id, parents[0]):
            yield _circle(record.parent, parents[0], record)
        else:
            by_id[record.id] = replace(by_id[record.id], parent=parents[0])


def _holders(records: list[RegionRecord], by_name: dict[str, str]) -> dict[str, list[str]]:
    """Return the ids of the records that each id, name or other name means; enter the first into ``by_name``."""
    holders = {record.id: [record.id] for record in records}
    for record in records:
        for name in dict.fromkeys(map(str, (record.name, *record.aliases))):
            found = holders.setdefault(name, [])
            if record.id not in found:
                found.append(record.id)
            by_name.setdefault(name, record.id)
    return holders


def _taken_names(
    records: list[RegionRecord], by_id: Mapping[str, Region], holders: Mapping[str, list[str]]
) -> Iterator[Clash]:
    """Yield a clash for each name that an earlier record has under the same parent: 鼓楼区 is one in every city."""
    files = {record.id: record.file for record in records}
    for record in records:
        for name in (record.name, *record.aliases):
            for holder in holders[str(name)]:
                if holder == record.id:
                    break
                if by_id[holder].parent == by_id[record.id].parent or holder == str(name):
                    yield Clash("name-taken", name, record.id, files[holder])
                    break


def _circle(name: Text, parent: str, record: OrganisationRecord | RegionRecord) -> Clash:
    """Return the clash of a record whose parent lies below it, or is itself."""
    return Clash("parent-circle", name, record.id, "" if parent == record.id else str(record.name))


def ancestors(by_id: Mapping[str, Organisation] | Mapping[str, Region], identifier: str) -> tuple[str, ...]:
    """Return an entity's id and those above it, from itself upwards; a circle ends where it closes."""
    chain: list[str] = []
    while identifier and identifier not in chain:
        chain.append(identifier)
        identifier = by_id[identifier].parent
    return tuple(chain)


def _new_id(name: Text, by_id: Mapping[str, Organisation] | Mapping[str, Region], clashes: list[Clash]) -> str:
    """Return an id for a name without a record; where two names are read alike, a clash and an id of code points."""
    identifier = names.slug(str(name))
    if identifier not in by_id:
        return identifier
    clashes.append(Clash("address-taken", name, identifier, by_id[identifier].name))
    return identifier + "-" + "-".join(f"{ord(character):x}" for character in name)


@dataclass(frozen=True)
class _Walk:
    """The way along every written path, which adds the regions that no record knows.

    ``lost`` are the records whose own parent is in question: no path contradicts them.
    """

    by_id: dict[str, Region]
    by_name: dict[str, str]
    holders: Mapping[str, list[str]]
    lost: frozenset[str]
    clashes: list[Clash]

    def walk(self, paths: Iterable[RegionPath]) -> dict[tuple[str, ...], str]:
        """Return the id of every path and of every beginning of one.

        The fullest path and, of these, the commonest is believed where no record decides.
        """
        by_path: dict[tuple[str, ...], str] = {}
        written = [(tuple(map(str, path.names)), path) for path in paths]
        uses = Counter(names for names, _ in written)
        for _, path in sorted(written, key=lambda pair: (-len(pair[0]), -uses[pair[0]])):
            parent, before = "", len(self.clashes)
            for depth, name in enumerate(path.names, start=1):
                parent = self._recorded(parent, name) or self._unrecorded(parent, name)
                by_path[tuple(map(str, path.names[:depth]))] = parent
            del self.clashes[before + 1 :]  # what follows a wrong step is the same mistake
        return by_path

    def _recorded(self, parent: str, name: Text) -> str | None:
        """Return the record of a name below ``parent``, however far: a path may leave out steps.

        A path that every record of the name contradicts gives a clash, and the first record is believed.
        """
        known = self.holders.get(str(name), [])
        nearest = [found for found in known if self.by_id[found].parent == parent]
        fitting = nearest or [found for found in known if not parent or parent in ancestors(self.by_id, found)]
        if known and not fitting:
            if not self.lost & set(ancestors(self.by_id, known[0])):
                self._contradict(name, known[0])
        elif len({self.by_id[found].parent for found in fitting}) > 1:
            options = " ".join(self._path(found) for found in fitting)
            self.clashes.append(Clash("ambiguous-region", name, fitting[0], options))
        return next(iter(fitting or known), None)

    def _unrecorded(self, parent: str, name: Text) -> str:
        """Return the region of a name that no record has: there is one, and it lies where it was first written."""
        known = self.by_name.get(str(name))
        if known is None:
            known = _new_id(name, self.by_id, self.clashes)
            self.by_id[known] = Region(known, str(name), names.common_pinyin(str(name)), parent=parent)
            self.by_name[str(name)] = known
        elif self.by_id[known].parent != parent:
            self._contradict(name, known)
        return known

    def _contradict(self, name: Text, known: str) -> None:
        self.clashes.append(Clash("region-contradicted", name, known, self._path(known)))

    def _path(self, identifier: str) -> str:
        """Return the names of a region and of all above it, from the larger."""
        return "/".join(self.by_id[found].name for found in reversed(ancestors(self.by_id, identifier)))


def _sign_regions(paths: tuple[RegionPath, ...], by_id: dict[str, Region], by_path: dict[tuple[str, ...], str]) -> None:
    """Mark the regions whose name no source prints: in every path that has it, it is supplied or inferred."""
    claims: dict[str, set[str]] = {}
    for path in paths:
        for depth, name in enumerate(path.names, start=1):
            region = by_path[tuple(map(str, path.names[:depth]))]
            claims.setdefault(region, set()).add(sign_in_path(path, str(name)))
    for region, signs in claims.items():
        if "" not in signs:
            by_id[region] = replace(by_id[region], sign=SUPPLIED if SUPPLIED in signs else INFERRED)


def sign_in_path(path: RegionPath, name: str) -> str:
    """Return how a name in a path is known: "", ``supplied`` or ``inferred``."""
    if name in path.supplied:
        return SUPPLIED
    return INFERRED if name in path.inferred else ""
