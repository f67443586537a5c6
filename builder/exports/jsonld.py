"""JSON-LD: what each page of a person or an organisation says of itself, as a file beside it."""

import json
from collections.abc import Iterator
from typing import Any

from builder import urls
from builder.archive import Archive
from builder.linked_data import organisation_data, person_data
from builder.output import OutputFile

_encode = json.JSONEncoder(ensure_ascii=False).encode


def jsonld_files(archive: Archive) -> Iterator[OutputFile]:
    """Yield ``people/<id>.json`` of each person and ``organisations/<id>.json`` of each organisation with a page."""
    for person in archive.people.values():
        text = file_text(person_data(archive, person))
        yield OutputFile(urls.export(person.id, "json"), text.encode("utf-8"))
    for organisation in archive.organisations.by_id.values():
        if organisation.tier == "page":
            text = file_text(organisation_data(archive, organisation))
            yield OutputFile(urls.organisation_export(organisation.id, "json"), text.encode("utf-8"))


def file_text(data: object) -> str:
    """Return data as the text of a file: as ``json`` indents it, by its quick encoder, which does not indent."""
    return _indented(data, "\n") + "\n"


def _indented(value: Any, margin: str) -> str:
    inner = f"{margin}  "
    if value and isinstance(value, dict):
        rows = [f"{_encode(name)}: {_indented(each, inner)}" for name, each in value.items()]
        return f"{{{inner}{f',{inner}'.join(rows)}{margin}}}"
    if value and isinstance(value, list):
        return f"[{inner}{f',{inner}'.join([_indented(each, inner) for each in value])}{margin}]"
    return _encode(value)
