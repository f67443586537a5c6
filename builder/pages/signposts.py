"""What a page tells machines beyond its words: its linked data, and where the files about the same thing are.

The links are those of FAIR Signposting (https://signposting.org/FAIR/): ``cite-as``, ``describedby``, ``item``,
``license``.
"""

import json
from collections.abc import Iterator
from dataclasses import replace

from markupsafe import Markup

from builder import urls
from builder.archive import Person
from builder.authority import Organisation
from builder.linked_data import EAC_TYPE, JSON_TYPE, TEI_TYPE, Data, organisation_data, person_data
from builder.pages.frame import Writer
from builder.views import Frame, RelatedFile


def person_signposts(writer: Writer, person: Person, frame: Frame) -> Frame:
    """Return the frame of a person's page with its linked data and signposts.

    There is no ``license``: what the site licenses is the editors' work, and the page holds the articles too.
    """
    made = writer.archive.site.exports
    items = tuple(
        RelatedFile("item", writer.href(urls.export(document.profile.id, "tei.xml")), TEI_TYPE)
        for document in person.documents
        if "tei" in made
    )
    described = _described(writer, urls.export(person.id, "eac.xml"), urls.export(person.id, "json"))
    return _with(writer, frame, person_data(writer.archive, person), (*described, *items))


def organisation_signposts(writer: Writer, organisation: Organisation, frame: Frame) -> Frame:
    """Return the frame of an organisation's page, which is all the editors' work, with the same."""
    address = urls.organisation_export(organisation.id, "")
    described = _described(writer, f"{address}eac.xml", f"{address}json")
    licence = writer.archive.site.licence_url
    rights = (RelatedFile("license", licence),) if licence else ()
    return _with(writer, frame, organisation_data(writer.archive, organisation), (*described, *rights))


def _described(writer: Writer, record: str, data: str) -> Iterator[RelatedFile]:
    made = writer.archive.site.exports
    if "eac" in made:
        yield RelatedFile("describedby", writer.href(record), EAC_TYPE)
    if "jsonld" in made:
        yield RelatedFile("describedby", writer.href(data), JSON_TYPE)


def _with(writer: Writer, frame: Frame, data: Data, related: tuple[RelatedFile, ...]) -> Frame:
    name = (RelatedFile("cite-as", frame.canonical),) if frame.canonical else ()
    is_embedded = "jsonld" in writer.archive.site.exports
    return replace(frame, structured_data=Markup(embedded_text(data)) if is_embedded else "", related=(*name, *related))


def embedded_text(data: Data) -> str:
    """Return linked data as it may stand in a ``script`` element: nothing in it can end the element or open another."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text
