"""Records and prose as bytes, and back: what the cache keeps.

Takes frozen dataclasses and named tuples made of text, numbers, dates, tuples and other such classes; gives bytes that
``marshal`` reads ten times as fast as a general pickle, and the value again, attribute by attribute where only some are
wanted. Of the places of texts only line and column are kept: all lie in one file, which the reader names.
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
    kind: getattr(kind, "_fields", None) or tuple(field.name for field in fields(kind))
    for kind in (*CLASSES, Document, PlacedEvent)
}
CODES = {kind: code for code, kind in enumerate(CLASSES)}
KEPT = tuple((kind, FIELDS[kind], issubclass(kind, tuple)) for kind in CLASSES)
# What stands for a value that is not plain: a list whose first item says what it is. All else stands for itself.
TEXT, PLACE, EDTF, SPOT, DAY, GROUP = -1, -2, -3, -4, -5, -6
CODED = (list, dict)
PLAIN = frozenset((str, int, bool, float, bytes, type(None)))

parsed = lru_cache(maxsize=4096)(parse_edtf)


def encode(value: Any, *, places: bool = True) -> Any:
    """Return the code of a value; without ``places``, so that only what it says is in it."""
    kind = type(value)
    if kind in PLAIN:
        return value
    if kind is Text:
        return [TEXT, str(value), value.place.line, value.place.column] if places else str(value)
    if kind is tuple:
        codes = [encode(item, places=places) for item in value]
        return [GROUP, *codes] if any(type(code) in CODED for code in codes) else tuple(codes)
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
    codes = [encode(getattr(value, name), places=places) for name in FIELDS[kind]]
    return [CODES[kind], tuple([at for at, code in enumerate(codes) if type(code) in CODED]), *codes]


def decode(code: Any, file: str) -> Any:
    """Return the value of a code; every place in it lies in ``file``."""
    if type(code) is list:
        tag = code[0]
        if tag < 0:
            return _SPECIAL[tag](code, file)
        kind, names, is_tuple = KEPT[tag]
        values = code[2:]
        for at in code[1]:
            values[at] = decode(values[at], file)
        return tuple.__new__(kind, values) if is_tuple else rebuild(kind, zip(names, values, strict=True))
    if type(code) is dict:
        return {key: decode(item, file) for key, item in code.items()}
    return code


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
    GROUP: lambda code, file: tuple([decode(item, file) for item in code[1:]]),
}
