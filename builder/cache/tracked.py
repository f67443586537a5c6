"""The archive as one unit of work reads it, and what it has read.

Takes the tables of the relations and the shelf of the records; gives an ``Archive`` that looks like any other and
tells ``note`` the field and the key of every value that is looked up. Iterating a collection is noted as such. In the
focus of one record, iterating its collection gives that record alone: what yields the files of all yields those of one.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields
from importlib import import_module
from typing import Any

from builder.archive import Archive, Document, Mention, Person
from builder.authority import Organisation, Organisations, Region, Regions
from builder.cache.codec import rebuild
from builder.cache.shelf import Note, Shelf
from builder.cache.tables import (
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
from builder.site import Site

KEYS = "*"  # what is noted of a collection whose keys are listed or counted
Focus = tuple[str, str]  # kind and id of the record whose files are wanted; ("", "") for those of the whole archive
FOCUSED = {"people": "person", "organisations.by_id": "organisation", "regions.by_id": "region"}
NOTHING: Focus = ("", "")


class TrackedMapping(Mapping[Any, Any]):
    """A table whose values are made when they are looked up, and whose reading is noted."""

    def __init__(
        self, name: str, table: Mapping[Key, Any], make: Callable[[Key, Any], Any], note: Any, only: Any
    ) -> None:
        """Hold ``table``; ``only`` is None, or the keys that iterating gives."""
        self._name, self._table, self._make, self._note, self._only = name, table, make, note, only
        self._made: dict[Key, Any] = {}

    def __getitem__(self, key: Key) -> Any:
        if key not in self._made:
            self._note(self._name, key)
            self._made[key] = self._make(key, self._table[key])
        return self._made[key]

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
                f"archive.{self._name} is counted on the way to one record: see docs/decisions/incremental.md"
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
            kind = Organisations if name == "organisations" else Regions
            inner = {
                field.name: self._table(f"{name}.{field.name}") for field in fields(kind) if field.name != "clashes"
            }
            value = rebuild(kind, {**inner, "clashes": ()})
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
        if list(table) == [WHOLE]:
            own["_note"](name, WHOLE)
            value = self._value(table[WHOLE])
            return frozenset(value) if name in ("images", "unread") else value
        make = self._person if name == "people" else lambda key, code: self._value(code)
        kind, identifier = own["_focus"]
        only = None
        if kind and name in FOCUSED:
            only = (identifier,) if FOCUSED[name] == kind else ()
        return TrackedMapping(name, table, make, own["_note"], only)

    def _person(self, identifier: str, code: Any) -> Person:
        own = self.__dict__
        name, pinyin, files = code
        documents = tuple(own["_shelf"].document(file, identifier, own["_note"]) for file in files)
        return Person(identifier, name, pinyin, documents)

    def _document(self, person: str, file: str) -> Document:
        """Return a document: always the same object within the unit."""
        return next(found for found in self.people[person].documents if found.profile.file == file)

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
            return self._document(code[1], code[2]).events[code[3]]
        if sign == MENTION:
            document = self._document(code[1], code[2])
            return Mention(document, document.prose.references[code[3]])
        if sign == UNIT:
            return own["_shelf"].record(code[1], own["_note"]).units[code[2]]
        if sign == PROSE:
            return own["_shelf"].prose(code[1], own["_note"])
        if sign == RECORD:
            return own["_shelf"].record(code[1], own["_note"])
        if sign == PLAIN:
            kind = getattr(import_module(code[1]), code[2])
            values = zip((field.name for field in fields(kind)), code[3:], strict=True)
            return rebuild(kind, {name: self._value(value) for name, value in values})
        return self._entity(Organisation if sign == ORGANISATION else Region, code)

    def _entity(self, kind: type[Any], code: Any) -> Any:
        own = self.__dict__
        names = [field.name for field in fields(kind) if field.name != "record"]
        record = own["_shelf"].record(code[1], own["_note"]) if code[1] else None
        return rebuild(kind, {**dict(zip(names, code[2:], strict=True)), "record": record})


def tracked_archive(site: Site, tables: Tables, shelf: Shelf, note: Note, focus: Focus = NOTHING) -> Archive:
    """Return the archive for one unit of work."""
    made = object.__new__(TrackedArchive)
    made.__dict__.update(_site=site, _tables=tables, _shelf=shelf, _note=note, _focus=focus)
    return made


__all__ = ["KEYS", "NOTHING", "REGION", "Focus", "TrackedArchive", "TrackedMapping", "tracked_archive"]
