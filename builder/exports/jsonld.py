"""JSON-LD: what each page of a person or an organisation says of itself, as a file beside it."""

import json
from collections.abc import Iterator

from builder import urls
from builder.archive import Archive
from builder.linked_data import organisation_data, person_data
from builder.output import OutputFile


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
    """Return data as the text of a file."""
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"
