"""The relations of an archive as plain tables of ids: what is kept of it, and what units read it from.

Takes an ``Archive`` made by ``relate``; gives, for each of its fields, a table from keys to codes. A code holds no
record's contents but says which is meant: ``["E", file, 3]`` is the fourth event of a document. So a table's digest
changes only when a relation does, and a field that somebody adds to the archive is kept without a word here.
"""

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from builder.archive import Archive, Document, Mention, Person, PlacedEvent
from builder.authority import Organisation, Region
from builder.cache.rows import pack, unpack
from builder.records import OrganisationRecord, PageRecord, RegionRecord, Tombstone, Unit
from builder.site import Site

Key = Any  # text, numbers, or a tuple of these

# What stands for a thing, with where it is to be found.
PERSON, DOCUMENT, MENTION, EVENT, UNIT, PROSE, RECORD, ORGANISATION, REGION, GROUP, DAY, PLAIN = "PTMEUNRoglyD"
WHOLE = None  # the key of what is no mapping
NESTED = ("organisations", "regions")
# Only the rules ask for these, and they have the archive itself.
LEFT_OUT = ("site", "organisations.clashes", "regions.clashes")


class Table(Mapping[Key, Any]):
    """A field of the archive: codes by key, each packed until it is asked for, so that every process can hold all."""

    def __init__(self, packed: dict[Key, bytes]) -> None:
        """Hold codes that are packed already."""
        self.packed = packed

    def __getitem__(self, key: Key) -> Any:
        return unpack(self.packed[key])

    def __contains__(self, key: object) -> bool:
        return key in self.packed

    def __iter__(self) -> Iterator[Key]:
        return iter(self.packed)

    def __len__(self) -> int:
        return len(self.packed)


Tables = Mapping[str, Table]


def tables_of(archive: Archive) -> Tables:
    """Return every field of an archive as a table."""
    coder = _Coder(archive)
    tables: dict[str, Table] = {}
    for field in fields(archive):
        value = getattr(archive, field.name)
        if field.name in NESTED:
            for inner in fields(value):
                _add(tables, f"{field.name}.{inner.name}", getattr(value, inner.name), coder)
        else:
            _add(tables, field.name, value, coder)
    return tables


def _add(tables: dict[str, Table], name: str, value: Any, coder: "_Coder") -> None:
    if name in LEFT_OUT:
        return
    if name == "people":
        packed = {key: pack(coder.person(person)) for key, person in value.items()}
    elif isinstance(value, Mapping):
        packed = {key: pack(coder.code(item)) for key, item in value.items()}
    else:
        packed = {WHOLE: pack(coder.code(value))}
    tables[name] = Table(packed)


class _Coder:
    """Turns what an archive holds into codes."""

    def __init__(self, archive: Archive) -> None:
        self._files: dict[str, str] = {}
        self._units: dict[int, tuple[str, int]] = {}
        self._references: dict[int, tuple[str, int]] = {}
        self._prose: dict[int, str] = {}
        for document in archive.documents:
            file = document.profile.file
            self._files[document.profile.id] = file
            self._units.update((id(unit), (file, place)) for place, unit in enumerate(document.profile.units))
            for place, reference in enumerate(document.prose.references):
                self._references[id(reference)] = (file, place)
        for (kind, identifier), prose in archive.notes.items():
            entity = (archive.organisations if kind == "organisation" else archive.regions).by_id[identifier]
            self._prose[id(prose)] = entity.record.file if entity.record is not None else ""
        self._prose.update((id(prose), page.file) for page, prose in archive.pages)

    def person(self, person: Person) -> Any:
        """Return who a person is: name, reading, and the files of the documents."""
        return [person.name, person.pinyin, [document.profile.file for document in person.documents]]

    def code(self, value: Any) -> Any:
        """Return the code of a value; raises ``TypeError`` for what no table can hold."""
        if value is None or isinstance(value, str | int | float):
            return value
        if isinstance(value, tuple):
            return [GROUP, *[self.code(item) for item in value]]
        if isinstance(value, frozenset):
            return [GROUP, *sorted(self.code(item) for item in value)]
        if isinstance(value, Person):
            return [PERSON, value.id]
        if isinstance(value, Document):
            return [DOCUMENT, value.person, self._files[value.profile.id]]
        if isinstance(value, PlacedEvent):
            return [EVENT, value.person, self._files[value.document], value.number]
        if isinstance(value, Mention):
            file, place = self._references[id(value.reference)]
            return [MENTION, value.document.person, file, place]
        if isinstance(value, Unit):
            return [UNIT, *self._units[id(value)]]
        if isinstance(value, Organisation | Region):
            return _entity(value)
        if isinstance(value, OrganisationRecord | RegionRecord | PageRecord | Tombstone):
            return [RECORD, value.file]
        if type(value) is datetime.date:
            return [DAY, value.toordinal()]
        if id(value) in self._prose:
            return [PROSE, self._prose[id(value)]]
        if is_dataclass(value):
            kind = type(value)
            names = (field.name for field in fields(value))
            return [PLAIN, kind.__module__, kind.__qualname__, *[self.code(getattr(value, name)) for name in names]]
        raise TypeError(f"builder.cache.tables: no code for {type(value).__name__}")


def _entity(entity: Organisation | Region) -> Any:
    """Return an organisation or a region; its record is named by its file."""
    names = [field.name for field in fields(entity) if field.name != "record"]
    file = entity.record.file if entity.record is not None else ""
    return [
        ORGANISATION if isinstance(entity, Organisation) else REGION,
        file,
        *[getattr(entity, name) for name in names],
    ]


def site_code(site: Site) -> str:
    """Return everything that the settings say, places apart."""
    return repr(site)
