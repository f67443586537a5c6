"""The archive as one unit of work reads it, and what it has read.

Takes the tables of the relations and the shelf of the records; gives an ``Archive`` that looks like any other and
tells ``note`` the field and the key of every value that is looked up. Iterating a collection is noted as such. In the
focus of one record or month, iterating its collection gives that alone: what yields the files of all yields those of
one.
"""

import datetime
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields
from functools import cache
from importlib import import_module
from typing import Any

from builder.archive import Archive, Mention, Person
from builder.authority import Organisation, Organisations, Region, Regions
from builder.cache.codec import rebuild
from builder.cache.shelf import Note, Shelf
from builder.cache.tables import (
    DAY,
    DOCUMENT,
    EVENT,
    GROUP,
    MENTION,
    NESTED,
    ORGANISATION,
    PERSON,
    PLAIN,
    PROSE,
    RECORD,
    REGION,
    UNIT,
    WHOLE,
    Key,
    Tables,
)
from builder.records import OrganisationRecord, Profile, RegionRecord
from builder.site import Site

KEYS = "*"  # what is noted of a collection whose keys are listed or counted
Focus = tuple[str, Any]  # kind and key of the one thing whose files are wanted; ("", "") for those of the whole archive
# Collections of which each thing is a unit of its own, with the kind of unit; their keys may be whatever a table has.
FOCUSED = {
    "people": "person",
    "organisations.by_id": "organisation",
    "regions.by_id": "region",
    "namesakes": "namesake",
    "months": "month",
    "people_parts": "people-part",
    "undated_parts": "undated-part",
    "organisation_parts": "organisations-part",
    "name_parts": "names-part",
    "log_parts": "log-part",
    "days": "day",
}
NOTHING: Focus = ("", "")
# Of a thing's code: its class, the names of its fields without the record, the kind of the record.
ENTITIES = {
    sign: (kind, tuple(field.name for field in fields(kind) if field.name != "record"), of.__name__)
    for sign, kind, of in ((ORGANISATION, Organisation, OrganisationRecord), (REGION, Region, RegionRecord))
}
INNER = {
    name: tuple(field.name for field in fields(kind) if field.name != "clashes")
    for name, kind in zip(NESTED, (Organisations, Regions), strict=True)
}


class TrackedMapping(Mapping[Any, Any]):
    """A table whose values are made when they are looked up, and whose reading is noted."""

    def __init__(
        self, name: str, table: Mapping[Key, Any], make: Callable[[Key, Any], Any], note: Any, only: Any
    ) -> None:
        """Hold ``table``; ``only`` is None, or the keys that iterating gives."""
        self._name, self._table, self._make, self._note, self._only = name, table, make, note, only
        self._made: dict[Key, Any] = {}

    def __getitem__(self, key: Key) -> Any:
        made = self._made.get(key)
        if made is None:
            self._note(self._name, key)
            made = self._made[key] = self._make(key, self._table[key])
        return made

    def get(self, key: Key, default: Any = None) -> Any:
        """Return the value of a key, or ``default`` where there is none; both are noted."""
        if key in self._table:
            return self[key]
        self._note(self._name, key)
        return default

    def __contains__(self, key: object) -> bool:
        self._note(self._name, key)
        return key in self._table

    def __iter__(self) -> Iterator[Key]:
        if self._only is not None:
            return iter(self._only)
        self._note(self._name, KEYS)
        return iter(self._table)

    def __len__(self) -> int:
        if self._only is not None:
            raise LookupError(
                f"archive.{self._name} is counted on the way to one thing: see docs/decisions/incremental.md"
            )
        self._note(self._name, KEYS)
        return len(self._table)


class TrackedArchive(Archive):
    """The archive as one unit reads it."""

    _site: Site
    _tables: Tables
    _shelf: Shelf
    _note: Note
    _focus: Focus

    def __getattr__(self, name: str) -> Any:
        own = self.__dict__
        if name.startswith("_"):
            raise AttributeError(name)
        if name == "site":
            own["_note"]("site", WHOLE)
            value: Any = own["_site"]
        elif name in NESTED:
            inner = {field: self._table(f"{name}.{field}") for field in INNER[name]}
            value = rebuild(Organisations if name == "organisations" else Regions, {**inner, "clashes": ()})
        elif name in own["_tables"]:
            value = self._table(name)
        else:
            raise AttributeError(name)
        own[name] = value
        return value

    def _table(self, name: str) -> Any:
        """Return a field: a mapping whose values are made when they are wanted, or the one value that it has."""
        own = self.__dict__
        table = own["_tables"][name]
        if WHOLE in table:
            own["_note"](name, WHOLE)
            value = self._value(table[WHOLE])
            return frozenset(value) if name in ("images", "unread") else value
        make = self._person if name == "people" else lambda key, code: self._value(code)
        kind, key = own["_focus"]
        only = None
        if kind and name in FOCUSED:
            only = (key,) if FOCUSED[name] == kind else ()
        return TrackedMapping(name, table, make, own["_note"], only)

    def _person(self, identifier: str, code: Any) -> Person:
        own = self.__dict__
        name, pinyin, files = code
        documents = tuple(own["_shelf"].document(file, identifier, own["_note"]) for file in files)
        return Person(identifier, name, pinyin, documents)

    def _document(self, person: str, file: str) -> Any:
        """Return a document: always the same object within the unit."""
        documents: Any = self.people[person].documents
        return next(found for found in documents if found.file == file)

    def _value(self, code: Any) -> Any:
        """Return what a code stands for."""
        if type(code) is not list:
            return code
        own = self.__dict__
        sign = code[0]
        if sign == GROUP:
            return tuple([self._value(item) for item in code[1:]])
        if sign == PERSON:
            return self.people[code[1]]
        if sign == EVENT:
            return own["_shelf"].event(self._document(code[1], code[2]), code[3])
        if sign == DOCUMENT:
            return self._document(code[1], code[2])
        if sign == DAY:
            return datetime.date.fromordinal(code[1])
        if sign == MENTION:
            document = self._document(code[1], code[2])
            return Mention(document, document.prose.references[code[3]])
        if sign == UNIT:
            return own["_shelf"].record(code[1], own["_note"], Profile.__name__).units[code[2]]
        if sign == PROSE:
            return own["_shelf"].prose(code[1], own["_note"])
        if sign == RECORD:
            return own["_shelf"].record(code[1], own["_note"])
        if sign == PLAIN:
            kind, names = _plain_class(code[1], code[2])
            return rebuild(kind, zip(names, [self._value(value) for value in code[3:]], strict=True))
        return self._entity(sign, code)

    def _entity(self, sign: str, code: Any) -> Any:
        own = self.__dict__
        kind, names, of = ENTITIES[sign]
        entity = rebuild(kind, zip(names, code[2:], strict=True))
        entity.__dict__["record"] = own["_shelf"].record(code[1], own["_note"], of) if code[1] else None
        return entity


@cache
def _plain_class(module: str, name: str) -> tuple[type[Any], tuple[str, ...]]:
    """Return a dataclass by name, and the names of its fields."""
    kind = getattr(import_module(module), name)
    return kind, tuple(field.name for field in fields(kind))


def tracked_archive(site: Site, tables: Tables, shelf: Shelf, note: Note, focus: Focus = NOTHING) -> Archive:
    """Return the archive for one unit of work."""
    made = object.__new__(TrackedArchive)
    made.__dict__.update(_site=site, _tables=tables, _shelf=shelf, _note=note, _focus=focus)
    return made


__all__ = ["KEYS", "NOTHING", "REGION", "Focus", "TrackedArchive", "TrackedMapping", "tracked_archive"]
