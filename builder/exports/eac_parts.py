"""What the EAC-CPF records of people and organisations have in common: control, names, dates, places, ties."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from builder import addresses, urls
from builder.archive import Archive, Document
from builder.authority import sign_in_path
from builder.dates import Edtf
from builder.exports import dating
from builder.exports.markup import add, address
from builder.linked_data import TEI_TYPE, UNSIGNED
from builder.records import Event, Profile, RegionPath

NAMESPACE = "https://archivists.org/ns/eac/v2"
TYPES = {"person": "person", "organisation": "corporateBody"}
EDTF = "https://www.loc.gov/standards/datetime/"
SIGN_WORDS = {"supplied": "文中未写，编者所补", "inferred": "编者推定"}


@dataclass
class Record:
    """A record under way: what it describes, at which address its file lies, and the documents that it rests on."""

    archive: Archive
    kind: str
    identifier: str
    file: str
    documents: tuple[Document, ...]
    _spans: dict[str, tuple[Edtf, str] | None] = field(default_factory=dict)
    root: Element = field(default_factory=lambda: Element("eac", {"xmlns": NAMESPACE}))
    description: Element = field(init=False)
    _control: Element = field(init=False)

    def __post_init__(self) -> None:
        self._control = add(
            self.root,
            "control",
            maintenanceStatus="derived",
            publicationStatus="published",
            languageEncoding="ietf-bcp-47",
            scriptEncoding="iso15924",
            dateEncoding="otherDateEncoding",
            detailLevel="basic",
        )
        self.description = add(self.root, "cpfDescription")

    def link(self, target: str) -> str:
        """Return the link to an address of the site from this record's file."""
        return addresses.link(self.archive, target, self.file)

    def source(self, document: str) -> str:
        """Return the id of the source that a document is in this record."""
        return f"source.{document}"

    def span(self, document: Document) -> tuple[Edtf, str] | None:
        """Return the time that a document tells of; each post and tie in it has the same."""
        key = document.profile.id
        if key not in self._spans:
            self._spans[key] = dating.span(document)
        return self._spans[key]

    def control(self, aliases: Iterable[str], profiles: list[Profile]) -> None:
        """Write what the record says of itself; ``aliases`` are former ids, ``profiles`` what it is derived from."""
        site, control = self.archive.site, self._control
        add(control, "recordId", f"{self.kind}-{self.identifier}")
        add(add(control, "maintenanceAgency"), "agencyName", site.title, valueURI=address(site.address))
        event = add(add(control, "maintenanceHistory"), "maintenanceEvent", maintenanceEventType="derived")
        add(event, "agent", "build.py", agentType="machine")
        # The schema asks for the element; no clock is read, so that the same content gives the same bytes.
        add(event, "eventDateTime", "时刻不记")
        for profile in profiles:
            add(event, "eventDescription", f"{profile.file}，SHA-256：{profile.digest}")
        self._sources(control)
        convention = add(control, "conventionDeclaration")
        add(convention, "reference", "EDTF（ISO 8601-2）", href=EDTF)
        add(convention, "shortCode", "EDTF")
        add(control, "languageDeclaration", languageCode=site.language)
        for alias in aliases:
            add(control, "otherRecordId", f"{self.kind}-{alias}", localType="former")
        self._representations(control)
        if site.licence:
            add(add(control, "rightsDeclaration"), "reference", site.licence, href=address(site.licence_url))

    def _sources(self, control: Element) -> None:
        if not self.documents:
            return
        sources = add(control, "sources")
        for document in self.documents:
            profile = document.profile
            source = add(sources, "source", id=self.source(profile.id))
            page = addresses.document(profile.id, document.person)
            title = str(profile.title or profile.name)
            add(source, "reference", f"{profile.author or UNSIGNED}：《{title}》", href=self.link(page))
            if "lines" in profile.source:
                add(source, "citedRange", str(profile.source["lines"]), unit="line")
            notes = [
                str(profile.source[key]) for key in ("publication", "date", "rights", "note") if key in profile.source
            ]
            if notes:
                described = add(source, "descriptiveNote")
                for note in notes:
                    paragraph(described, note)

    def _representations(self, control: Element) -> None:
        """Name the other forms of what is described here."""
        page = addresses.record(self.archive, self.kind, self.identifier)
        add(control, "representation", "HTML", href=self.link(page), localType="text/html")
        if self.kind == "person" and "tei" in self.archive.site.exports:
            for document in self.documents:
                file = urls.export(document.profile.id, "tei.xml")
                add(control, "representation", "TEI P5", href=self.link(file), localType=TEI_TYPE)

    def identity(self, name: str, pinyin: str, aliases: Iterable[str] = ()) -> Element:
        """Write type and names, the printed one preferred; return the element, to which more may be added."""
        language = self.archive.site.language
        identity = add(self.description, "identity")
        add(identity, "entityType", value=TYPES[self.kind])
        entry = add(identity, "nameEntry", preferredForm="true", status="authorized", languageOfElement=language)
        add(entry, "part", name)
        for alias in aliases:
            other = add(identity, "nameEntry", status="alternative", languageOfElement=language)
            add(other, "part", str(alias))
        if pinyin:
            romanised = add(identity, "nameEntry", languageOfElement="zh-Latn-pinyin", scriptOfElement="Latn")
            add(romanised, "part", pinyin)
        return identity


def paragraph(parent: Element, text: str) -> None:
    """Add a paragraph."""
    add(parent, "p", text)


def add_date(parent: Element, event: Event, words: str) -> None:
    """Write the date of an event: EDTF, its bounds where it is not plain, and how certain it is."""
    if event.date is None:
        add(parent, "date", "未系日", status="unknown")
        return
    first, last = ("", "") if dating.is_plain(event) else dating.bounds(event)
    add(
        parent,
        "date",
        words,
        standardDate=event.date.text,
        notBefore=first,
        notAfter=last,
        certainty=dating.certainty(event),
    )


def add_places(record: Record, path: RegionPath, role: str, description: Element, source: str = "") -> None:
    """Write where something lies, from the larger to the smaller, and which of the names the editor gave."""
    if not path.names:
        return
    places = description.find("places")
    places = add(description, "places") if places is None else places
    place = add(places, "place", sourceReference=record.source(source) if source else "")
    signed = []
    for depth, name in enumerate(path.names, start=1):
        identifier = record.archive.regions.by_path[tuple(map(str, path.names[:depth]))]
        sign = sign_in_path(path, str(name))
        link = record.link(addresses.region(record.archive, identifier))
        add(place, "placeName", str(name), localType=sign, valueURI=link)
        if sign:
            signed.append(f"{name}：{SIGN_WORDS[sign]}。")
    add(place, "placeRole", role)
    if signed:
        paragraph(add(place, "descriptiveNote"), "".join(signed))


def add_relation(
    record: Record,
    relations: Element,
    kind: str,
    identifier: str,
    name: str,
    relation_type: str,
    *,
    source: str = "",
    note: str = "",
) -> Element:
    """Write a tie to a person or an organisation; ``note`` says how it is known. Return the element."""
    relation = add(relations, "relation", sourceReference=record.source(source) if source else "")
    page = addresses.record(record.archive, kind, identifier)
    target = add(relation, "targetEntity", targetType=TYPES[kind], valueURI=record.link(page))
    add(target, "part", name)
    if relation_type:
        add(relation, "relationType", relation_type, localType="inferred" if note else "")
    if note:
        paragraph(add(relation, "descriptiveNote"), note)
    return relation
