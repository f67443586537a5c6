"""Checks JSON-LD against the vocabulary of schema.org: types, properties, where each belongs, what each may hold."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from builder.dates import DateError, parse_edtf

INDEX = json.loads((Path(__file__).parent / "schemas/schemaorg-30.0-index.json").read_text(encoding="utf-8"))
TYPES: dict[str, list[str]] = INDEX["types"]
PROPERTIES: dict[str, list[list[str]]] = INDEX["properties"]
SUPERSEDED = set(INDEX["superseded"])
TEXTS = {"Text", "URL", "Date", "DateTime", "CssSelectorType", "PronounceableText", "XPathType"}
DATE = re.compile(r"[0-9]{4}(-[0-9]{2}){0,2}")
NEVER = {"sameAs", "gender", "birthDate", "birthPlace", "deathDate", "address", "homeLocation", "telephone", "children"}
NEVER |= {"parent", "spouse", "sibling", "relatedTo", "familyName", "image", "knows", "nationality", "age"}
REQUIRED = {
    "ProfilePage": {"mainEntity", "name"},
    "Person": {"name"},
    "Organization": {"name"},
    "Article": {"headline"},
}


def kinds(name: str) -> set[str]:
    """Return a type with all that it is a kind of."""
    return {name}.union(*(kinds(parent) for parent in TYPES.get(name, [])))


def faults(node: dict[str, Any], outer: str = "") -> Iterator[str]:
    """Yield what is wrong with a node and all in it; ``outer`` is the property that holds it."""
    name = node.get("@type")
    if name is None:
        if set(node) != {"@id"}:
            yield f"no type: {node}"
        return
    if name not in TYPES or name in SUPERSEDED:
        yield f"no type of schema.org: {name}"
        return
    own = kinds(name)
    yield from (f"{name} without {missing}" for missing in REQUIRED.get(name, set()) - set(node))
    for key, value in node.items():
        if key.startswith("@"):
            continue
        if key not in PROPERTIES or key in SUPERSEDED or key in NEVER:
            yield f"{name} has {key}"
            continue
        domains, ranges = PROPERTIES[key]
        if not own & set(domains) and not ("Role" in own and key == outer):
            yield f"{key} is no property of {name}"
        for item in value if isinstance(value, list) else [value]:
            yield from _value_faults(name, key, item, set(ranges))


def _value_faults(name: str, key: str, value: Any, ranges: set[str]) -> Iterator[str]:
    if isinstance(value, dict):
        yield from faults(value, key)
        found = kinds(value["@type"]) if "@type" in value else ranges
        if not found & ranges and "Role" not in found:
            yield f"{name}.{key} cannot hold {value['@type']}"
    elif not isinstance(value, str) or not value:
        yield f"{name}.{key} is {value!r}"
    elif not ranges & TEXTS:
        yield f"{name}.{key} cannot hold text: {value}"
    elif ranges <= {"Date", "DateTime"} and not DATE.fullmatch(value):
        yield f"{name}.{key} is no date: {value}"
    elif key == "temporalCoverage":
        try:
            parse_edtf(value)
        except DateError:
            yield f"{name}.{key} is no EDTF: {value}"
