"""Organisations and regions: from authority records and from the names that profiles write, to one entity each.

Takes records and written names; gives entities by id, an index from every name to its id, and the clashes met on the
way, which ``checks`` reports. A name without a record becomes an entity of its own with an id made from its reading.
"""

from collections.abc import Iterable, Mapping
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
    """Two things that want the same id or name: where it is written, and what stands there already."""

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
    """All regions by id; ``by_path`` gives the id for a path of names as written; ``by_name`` for an id or name."""

    by_id: dict[str, Region]
    by_path: dict[tuple[str, ...], str]
    by_name: dict[str, str]
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
            _index(by_name, name, record.id, clashes)
    parents = [record.parent for record in ordered if record.parent is not None]
    for name in (*parents, *written):
        if str(name) not in by_name:
            identifier = _new_id(name, by_id, clashes)
            by_id[identifier] = Organisation(identifier, str(name), names.common_pinyin(str(name)))
            by_name[str(name)] = identifier
    for record in ordered:
        if record.parent is not None:
            parent = by_name[str(record.parent)]
            if parent == record.id or record.id in ancestors(by_id, parent):
                clashes.append(Clash("parent-circle", record.parent, record.id, by_id[parent].name))
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
    for record in ordered:
        for name in (record.name, *record.aliases):
            _index(by_name, name, record.id, clashes)
    for record in ordered:
        if record.parent is not None:
            parent = by_name.get(str(record.parent))
            if parent is None:
                clashes.append(Clash("unknown-region", record.parent, record.id, ""))
            elif parent == record.id or record.id in ancestors(by_id, parent):
                clashes.append(Clash("parent-circle", record.parent, record.id, by_id[parent].name))
            else:
                by_id[record.id] = replace(by_id[record.id], parent=parent)
    written = tuple(paths)
    by_path = _walk_paths(written, by_id, by_name, clashes)
    _sign_regions(written, by_id, by_path)
    return Regions(by_id, by_path, by_name, tuple(clashes))


def ancestors(by_id: Mapping[str, Organisation] | Mapping[str, Region], identifier: str) -> tuple[str, ...]:
    """Return an entity's id and those above it, from itself upwards; a circle ends where it closes."""
    chain: list[str] = []
    while identifier and identifier not in chain:
        chain.append(identifier)
        identifier = by_id[identifier].parent
    return tuple(chain)


def _index(by_name: dict[str, str], name: Text, identifier: str, clashes: list[Clash]) -> None:
    """Enter a name; the first that claims it keeps it."""
    holder = by_name.setdefault(str(name), identifier)
    if holder != identifier:
        clashes.append(Clash("name-taken", name, identifier, holder))


def _new_id(name: Text, by_id: Mapping[str, Organisation] | Mapping[str, Region], clashes: list[Clash]) -> str:
    """Return an id for a name without a record; where two names are read alike, a clash and an id of code points."""
    identifier = names.slug(str(name))
    if identifier not in by_id:
        return identifier
    clashes.append(Clash("address-taken", name, identifier, identifier))
    return identifier + "-" + "-".join(f"{ord(character):x}" for character in name)


def _walk_paths(
    paths: tuple[RegionPath, ...], by_id: dict[str, Region], by_name: dict[str, str], clashes: list[Clash]
) -> dict[tuple[str, ...], str]:
    """Return the id of every path and of every beginning of one; a step that no record knows becomes a region."""
    children = _children_by_name(by_id)
    by_path: dict[tuple[str, ...], str] = {}
    for path in paths:
        parent = ""
        for depth, name in enumerate(path.names, start=1):
            key = tuple(map(str, path.names[:depth]))
            if key not in by_path:
                known = children.get((parent, str(name))) or _elsewhere(parent, name, by_id, by_name, clashes)
                if known is None:
                    known = _new_id(name, by_id, clashes)
                    by_id[known] = Region(known, str(name), names.common_pinyin(str(name)), parent=parent)
                    children[parent, str(name)] = known
                    by_name.setdefault(str(name), known)
                by_path[key] = known
            parent = by_path[key]
    return by_path


def _children_by_name(by_id: dict[str, Region]) -> dict[tuple[str, str], str]:
    """Return the id of each recorded region by its parent's id and any of its names."""
    children: dict[tuple[str, str], str] = {}
    for region in by_id.values():
        aliases = region.record.aliases if region.record is not None else ()
        for name in (region.name, *map(str, aliases)):
            children.setdefault((region.parent, name), region.id)
    return children


def _elsewhere(
    parent: str, name: Text, by_id: dict[str, Region], by_name: dict[str, str], clashes: list[Clash]
) -> str | None:
    """Return the recorded region of a name that is not directly below ``parent``: a path may leave out steps.

    A path that the record contradicts gives a clash, and the record is believed.
    """
    known = by_name.get(str(name))
    if known is None or by_id[known].record is None:
        return None
    if parent and parent not in ancestors(by_id, known):
        clashes.append(Clash("region-contradicted", name, known, parent))
    return known


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
