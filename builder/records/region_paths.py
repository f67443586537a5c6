"""Where something lies: ``region`` with its supplied and inferred names, as profiles and organisations write it."""

import re

from builder.fields import Reading
from builder.records import RegionPath
from builder.records.forms import OTHER_SIGN, name_faults, not_in_region, region_path
from builder.text import Text

SIGN = re.compile(f"/|{OTHER_SIGN.pattern}")


def read_region_path(reading: Reading, *, required: bool) -> RegionPath:
    """Return ``region`` split at ``/``, with its supplied and inferred names, each of which must be in the path."""
    text = reading.required("region") if required else reading.text("region")
    if text is None:
        return RegionPath()
    names = tuple(_at_offset(text, start, part) for start, part in _split_path(text) if part)
    wrong = region_path(text)
    if wrong is not None:
        reading.problems.append(wrong)
    reading.problems += name_faults(*names)
    signed = {}
    for key in ("region_supplied", "region_inferred"):
        signed[key] = reading.texts(key)
        for name in signed[key]:
            if name not in names:
                reading.problems.append(not_in_region(name, key, names))
    return RegionPath(names, signed["region_supplied"], signed["region_inferred"])


def _split_path(text: str) -> list[tuple[int, str]]:
    """Return the parts of a path with the offset at which each begins, without the space around them.

    A sign that should be ``/`` parts them too: so one slip of the pen is not told again of every name.
    """
    parts, start = [], 0
    for sign in (*SIGN.finditer(text), None):
        part = text[start : sign.start() if sign else len(text)]
        parts.append((start + len(part) - len(part.lstrip()), part.strip()))
        start = sign.end() if sign else 0
    return parts


def _at_offset(text: Text, offset: int, part: str) -> Text:
    """Return a part of a text, at its own place where the text is written on one line."""
    place = text.place
    return Text(part, type(place)(place.file, place.line, place.column + offset))
