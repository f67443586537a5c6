"""What a page says of itself to machines: schema.org as JSON-LD.

Takes the archive and one of its people or organisations; gives plain dictionaries, which the page embeds and
``exports`` writes beside it. Public facts only: no gender, birth, family or home, and no identity elsewhere
(``sameAs``). What the editor inferred is left out, since schema.org cannot say that it is.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from builder import addresses, urls
from builder.archive import Archive, Document, Person
from builder.authority import Organisation, ancestors
from builder.dates import DateError, Edtf, parse_edtf
from builder.history import last_day
from builder.prose import Reference
from builder.quotes import Passage
from builder.records import RegionPath, Unit

Data = dict[str, Any]

CONTEXT = "https://schema.org"
TEI_TYPE, EAC_TYPE, JSON_TYPE = "application/tei+xml", "application/xml", "application/ld+json"
AS_OF_TEXT = "职务以文中所记时间为准，不代表其后情况。"
UNSIGNED = "未署名"

Item = TypeVar("Item")


def _once(make: Callable[[Archive, Item], Data]) -> Callable[[Archive, Item], Data]:
    """Return a function that makes the data of a thing once for the page and the file that follows it."""
    last: tuple[Archive, Item, Data] | None = None

    def data(archive: Archive, item: Item) -> Data:
        nonlocal last
        if last is None or last[0] is not archive or last[1] is not item:
            last = archive, item, make(archive, item)
        return last[2]

    return data


@_once
def person_data(archive: Archive, person: Person) -> Data:
    """Return the linked data of a person's page: the page, the person, and the articles about the person."""
    # Links are right in the page and in the file beside it, which lie in one folder.
    page, by_name = urls.export(person.id, "json"), archive.organisations.by_name
    return _page(archive, urls.person(person.id), page) | _compact(
        {
            "name": person.name,
            "dateCreated": min((str(day) for day in _days_added(person)), default=""),
            "dateModified": max(
                (str(day) for found in person.documents if (day := last_day(found.profile))), default=""
            ),
            "mainEntity": {
                **_reference(archive, "person", person.id, page),
                "alternateName": person.pinyin,
                "description": str(person.profile.summary or ""),
                "affiliation": [
                    _role("affiliation", unit, _reference(archive, "organisation", by_name[str(unit.name)], page))
                    for found in person.documents
                    for unit in found.profile.units
                ],
            },
            "hasPart": [article_data(archive, found) for found in person.documents],
        }
    )


def article_data(archive: Archive, document: Document) -> Data:
    """Return the linked data of a document: who wrote it, about whom, and which time it covers."""
    profile, page = document.profile, urls.export(document.person, "json")
    dates = {event.event.date.text for event in document.events if event.is_on_axis and event.event.date is not None}
    published = written_date(str(profile.source.get("date") or ""))
    tei = urls.export(profile.id, "tei.xml")
    return _compact(
        {
            "@type": "Article",
            "@id": addresses.link(archive, addresses.document(profile.id, document.person), page),
            "headline": str(profile.title or profile.name),
            "alternativeHeadline": str(profile.subtitle or ""),
            "author": {"@type": "Person", "name": str(profile.author)} if profile.author else {},
            "creditText": "" if profile.author else UNSIGNED,
            "about": {"@id": _identifier(archive, "person", document.person, page)},
            "inLanguage": archive.site.language,
            "datePublished": published.text if published is not None and published.is_plain else "",
            "isPartOf": {"@type": "CreativeWork", "name": str(profile.source.get("publication") or "")}
            if profile.source.get("publication")
            else {},
            "copyrightNotice": str(profile.source.get("rights") or ""),
            "temporalCoverage": sorted(dates),
            "keywords": [str(tag) for tag in profile.tags],
            "mentions": [
                _reference(archive, kind, identifier, page)
                for kind, identifier in mentioned(archive, document)
                if (kind, identifier) != ("person", document.person)
            ],
            "encoding": {
                "@type": "MediaObject",
                "encodingFormat": TEI_TYPE,
                "contentUrl": addresses.link(archive, tei, page),
            }
            if "tei" in archive.site.exports
            else {},
        }
    )


@_once
def organisation_data(archive: Archive, organisation: Organisation) -> Data:
    """Return the linked data of an organisation's page: what it is, where it belongs, and who worked there."""
    page, record = urls.organisation_export(organisation.id, "json"), organisation.record
    by_id = archive.organisations.by_id
    below = [by_id[found] for found in archive.branches.get(organisation.id, ()) if not by_id[found].parent_inferred]
    is_tied = bool(organisation.parent) and not organisation.parent_inferred
    return _page(archive, urls.organisation(organisation.id), page) | _compact(
        {
            "name": organisation.name,
            "license": archive.site.licence_url,
            "mainEntity": {
                **_reference(archive, "organisation", organisation.id, page),
                "alternateName": [str(alias) for alias in record.aliases] if record is not None else [],
                "legalName": str(record.full_name or "") if record and not record.full_name_inferred else "",
                "disambiguatingDescription": record.kind if record is not None else "",
                "parentOrganization": _reference(archive, "organisation", organisation.parent, page) if is_tied else {},
                "subOrganization": [_reference(archive, "organisation", found.id, page) for found in below],
                "location": _place(archive, record.region, page) if record is not None else {},
                "member": [
                    _role("member", found.unit, _reference(archive, "person", found.person.id, page), found.part)
                    for found in members(archive, organisation)
                    if not found.is_inferred
                ],
            },
        }
    )


@dataclass(frozen=True)
class Member:
    """Somebody who worked in an organisation, or in a part of it that has no page of its own: then ``part`` names it.

    ``is_inferred`` says that the tie of the part to the whole is the editor's.
    """

    person: Person
    unit: Unit
    part: str
    is_inferred: bool


def members(archive: Archive, organisation: Organisation) -> Iterator[Member]:
    """Yield who worked in an organisation or in a part shown on its page."""
    by_id = archive.organisations.by_id
    for identifier in addresses.on_page(archive, organisation.id):
        chain = ancestors(by_id, identifier)
        between = chain[: chain.index(organisation.id)]
        part = by_id[identifier].name if between else ""
        is_inferred = any(by_id[step].parent_inferred for step in between)
        for person, unit in archive.members.get(identifier, ()):
            yield Member(person, unit, part, is_inferred)


def mentioned(archive: Archive, document: Document) -> list[tuple[str, str]]:
    """Return what a text links to, as kind and id, each once in the order of the text; what is private is left out."""
    found: dict[tuple[str, str], None] = {}
    for reference in document.prose.references:
        identifier = archive.target(reference.kind, reference.target)
        if identifier is not None and is_public(document, reference):
            found.setdefault((reference.kind, identifier))
    return list(found)


def is_public(document: Document, reference: Reference) -> bool:
    """Return whether a link touches nothing private."""
    words = Passage(document.prose.paragraphs[reference.paragraph - 1], reference.start, reference.end)
    return not any(words.overlaps(private) for private in document.private)


def written_date(text: str) -> Edtf | None:
    """Return the date of an original, where it is written as one."""
    try:
        return parse_edtf(text) if text else None
    except DateError:
        return None


def _page(archive: Archive, address: str, page: str) -> Data:
    site = archive.site
    here = addresses.link(archive, address, page)
    whole = _compact({"@type": "WebSite", "name": site.title, "url": site.address})
    return {
        "@context": CONTEXT,
        "@type": "ProfilePage",
        "@id": here,
        **({"url": here} if site.address else {}),
        "inLanguage": site.language,
        "isPartOf": whole,
    }


def _identifier(archive: Archive, kind: str, identifier: str, page: str) -> str:
    """Return the name of a thing: where it is described, with a fragment, since the page is another thing."""
    address = addresses.record(archive, kind, identifier)
    return addresses.link(archive, address if "#" in address else f"{address}#{kind}", page)


def _reference(archive: Archive, kind: str, identifier: str, page: str) -> Data:
    """Return a thing with its name, as another thing refers to it."""
    named = {"@id": _identifier(archive, kind, identifier, page)}
    if kind == "person":
        return {"@type": "Person", **named, "name": archive.people[identifier].name}
    if kind == "organisation":
        return {"@type": "Organization", **named, "name": archive.organisations.by_id[identifier].name}
    region = archive.regions.by_id[identifier]
    is_division = region.record is None or region.record.is_division
    return {"@type": "AdministrativeArea" if is_division else "Place", **named, "name": region.name}


def _role(relation: str, unit: Unit, other: Data, part: str = "") -> Data:
    """Return a tie between a person and an organisation; with a post it is a role, which repeats the relation.

    ``part`` is the part of the organisation in which the post is held.
    """
    if unit.post is None:
        return other
    return {"@type": "OrganizationRole", "roleName": part + str(unit.post), "description": AS_OF_TEXT, relation: other}


def _place(archive: Archive, path: RegionPath, page: str) -> Data:
    """Return where something lies, the smallest place first, as far down as nothing is inferred."""
    place: Data = {}
    for depth, name in enumerate(path.names, start=1):
        if name in path.inferred:
            break
        identifier = archive.regions.by_path[tuple(map(str, path.names[:depth]))]
        place = _reference(archive, "region", identifier, page) | ({"containedInPlace": place} if place else {})
    return place


def _days_added(person: Person) -> Iterator[str]:
    for document in person.documents:
        if document.profile.added is not None:
            yield document.profile.added.text


def _compact(data: Data) -> Data:
    """Return data without what is empty; a list of one stays a list."""
    kept = {key: _compact(value) if isinstance(value, dict) else value for key, value in data.items()}
    return {key: value for key, value in kept.items() if value not in ("", [], {}, None)}
