"""Records and prose as bytes, and back: what the cache keeps.

Takes frozen dataclasses made of text, numbers, dates, tuples and other such classes; gives bytes that ``marshal`` reads
ten times as fast as a general pickle, and the value again, attribute by attribute where only some are wanted. Of the
places of texts only line and column are kept: all lie in one file, which the reader names.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from datetime import date
from functools import lru_cache
from typing import Any

from builder.archive.people import Document, PlacedEvent
from builder.body.passages import Emendation, Hyperlink, Note, Paragraph, Picture, Prose, Reference, Spot
from builder.dates import Edtf, parse_edtf
from builder.problems import Place, Problem
from builder.records import (
    Change,
    Event,
    OrganisationRecord,
    PageRecord,
    Profile,
    RegionPath,
    RegionRecord,
    Tombstone,
    Unit,
)
from builder.text import Text

# What can be kept. The position in this tuple stands in the bytes; the code's version guards against a change of it.
CLASSES: tuple[type[Any], ...] = (
    Profile,
    Tombstone,
    OrganisationRecord,
    RegionRecord,
    PageRecord,
    RegionPath,
    Unit,
    Event,
    Change,
    Prose,
    Paragraph,
    Emendation,
    Note,
    Reference,
    Hyperlink,
    Picture,
    Problem,
)
FIELDS: dict[type[Any], tuple[str, ...]] = {
    kind: tuple(field.name for field in fields(kind)) for kind in (*CLASSES, Document, PlacedEvent)
}
CODES = {kind: code for code, kind in enumerate(CLASSES)}
TEXT, PLACE, EDTF, SPOT, DAY = -1, -2, -3, -4, -5
PLAIN = frozenset((str, int, bool, float, bytes, type(None)))

parsed = lru_cache(maxsize=4096)(parse_edtf)


def encode(value: Any, *, places: bool = True) -> Any:
    """Return a value as plain tuples and lists; without ``places``, so that only what it says is in it."""
    kind = type(value)
    if kind in PLAIN:
        return value
    if kind is Text:
        return [TEXT, str(value), value.place.line, value.place.column] if places else str(value)
    if kind is tuple:
        return tuple([encode(item, places=places) for item in value])
    if kind is Place:
        return [PLACE, value.line, value.column] if places else None
    if kind is Edtf:
        return [EDTF, value.text]
    if kind is Spot:
        return [SPOT, *value]
    if kind is dict:
        return {key: encode(item, places=places) for key, item in value.items()}
    if kind is date:
        return [DAY, value.toordinal()]
    return [CODES[kind], *[encode(getattr(value, name), places=places) for name in FIELDS[kind]]]


def decode(code: Any, file: str) -> Any:
    """Return the value of a code; every place in it lies in ``file``."""
    kind = type(code)
    if kind in PLAIN:
        return code
    if kind is list:
        tag = code[0]
        if tag < 0:
            return _SPECIAL[tag](code, file)
        names = FIELDS[CLASSES[tag]]
        return rebuild(CLASSES[tag], zip(names, _decoded(code[1:], file), strict=True))
    if kind is tuple:
        return tuple(_decoded(code, file))
    return {key: decode(item, file) for key, item in code.items()}


def _decoded(codes: Iterable[Any], file: str) -> list[Any]:
    """Return the values of some codes: most are plain, and spared the call."""
    return [code if type(code) in PLAIN else decode(code, file) for code in codes]


def rebuild(kind: type[Any], values: Mapping[str, Any] | Iterable[tuple[str, Any]]) -> Any:
    """Return an instance of a frozen dataclass from the values of its fields; nothing is checked."""
    made = object.__new__(kind)
    made.__dict__.update(values)
    return made


def _text(code: Any, file: str) -> Text:
    return Text(code[1], Place(file, code[2], code[3]))


_SPECIAL: dict[int, Callable[[Any, str], Any]] = {
    TEXT: _text,
    PLACE: lambda code, file: Place(file, code[1], code[2]),
    EDTF: lambda code, file: parsed(code[1]),
    SPOT: lambda code, file: Spot(*code[1:]),
    DAY: lambda code, file: date.fromordinal(code[1]),
}
