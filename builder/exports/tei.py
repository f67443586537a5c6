"""TEI P5: each document in full with its whole apparatus, beside the page of its person.

The text is the one that the page shows, so what is private stands in ``body``, as it does there, and nowhere else: the
header and the events are made from what is public (docs/decisions/exports.md).
"""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from builder import addresses, urls
from builder.archive import Archive, Document, PlacedEvent
from builder.exports import dating
from builder.exports.markup import add, address, append_text, mark, xml_bytes
from builder.exports.tei_body import fill_body
from builder.history import document_log, last_day
from builder.linked_data import UNSIGNED, written_date
from builder.output import OutputFile
from builder.tables.events import date_words, event_label

NAMESPACE = "http://www.tei-c.org/ns/1.0"
EDTF = "https://www.loc.gov/standards/datetime/"
MIXED = frozenset(
    ("p", "head", "item", "cell", "ab", "note", "desc", "label", "title", "author", "bibl", "byline", "change", "seg")
)
SUPPLIED = re.compile("［([^［］]*)］")
LINES = re.compile(r"([0-9]+)(?:[-–—]([0-9]+))?")

CORRECTION = (
    "讹字以 sic、corr 并存，脱字以 supplied 补，衍字以 surplus 标出，存疑照录之处以 seg 标出；各有校注，见 note。"
)
NORMALIZATION = "底本与汉字相连的半角标点改为全角，不逐一出校；数字、小数点从原。"
PAGE_BREAKS = "底本断页处今连排，原处以 pb 标出。"
INTERPRETATION = "人名、机构、地名的链接，以及 standOff 中的事件和日期，为编者所加；［］内为编者所补。"
DATES = "日期以 EDTF（ISO 8601-2）记于 when-custom；确定的日、月、年另记于 when，其余记起讫或可能的最早、最晚一日。"


def tei_files(archive: Archive) -> Iterator[OutputFile]:
    """Yield the TEI file of each document: ``people/<id of the profile>.tei.xml``."""
    for document in archive.documents:
        file = urls.export(document.profile.id, "tei.xml")
        yield OutputFile(file, xml_bytes(tei_document(archive, document, file), MIXED))


def tei_document(archive: Archive, document: Document, file: str) -> Element:
    """Return a document as TEI; its links are right in the file at address ``file``."""
    root = mark(Element("TEI", {"xmlns": NAMESPACE}), xml_lang=archive.site.language)
    header = add(root, "teiHeader")
    _file_description(archive, document, header)
    _encoding(archive, header)
    _profile(archive, document, file, header)
    _revisions(document, header)
    if document.events:
        events = add(add(root, "standOff"), "listEvent")
        for placed in document.events:
            _event(archive, document, placed, file, events)
    body = add(add(root, "text"), "body")
    _titles(document, body, "head")
    if document.profile.author:
        add(body, "byline", str(document.profile.author))
    fill_body(archive, document, file, body)
    return root


def _titles(document: Document, parent: Element, tag: str) -> None:
    profile = document.profile
    add(parent, tag, str(profile.title or profile.name), type="main" if profile.subtitle else "")
    if profile.subtitle:
        add(parent, tag, str(profile.subtitle), type="sub")


def _author(document: Document, parent: Element) -> None:
    """Write who signed; that nobody did is said as a remark, which no reader can take for a name."""
    author = add(parent, "author", str(document.profile.author or ""))
    if not document.profile.author:
        add(author, "rs", UNSIGNED, type="unsigned")


def _file_description(archive: Archive, document: Document, header: Element) -> None:
    site, profile = archive.site, document.profile
    description = add(header, "fileDesc")
    titles = add(description, "titleStmt")
    _titles(document, titles, "title")
    _author(document, titles)
    responsible = add(titles, "respStmt")
    add(responsible, "resp", "录入、校勘、注释、标引")
    add(responsible, "orgName", site.title)
    publication = add(description, "publicationStmt")
    add(publication, "publisher", site.title)
    day = last_day(profile)
    if day is not None:
        add(publication, "date", day.isoformat(), when=day.isoformat())
    address_of_page = addresses.document(profile.id, document.person)
    add(
        publication,
        "idno",
        urls.absolute(site.address, address_of_page) or address_of_page,
        type="URI" if site.address else "local",
    )
    add(publication, "idno", profile.digest, type="SHA-256")
    availability = add(publication, "availability")
    add(availability, "p", f"原文：{profile.source.get('rights') or '权利状况未注明'}。".replace("。。", "。"))
    if site.licence:
        licence = f"校勘、注释和数据（不包括原文）：{site.licence}"
        add(availability, "licence", licence, target=address(site.licence_url))
    _source(document, add(add(description, "sourceDesc"), "bibl"))


def _source(document: Document, bibl: Element) -> None:
    """Write where the text comes from: what is known, and that the rest is not."""
    profile, source = document.profile, document.profile.source
    add(bibl, "title", str(source.get("title") or profile.title or profile.name), level="a")
    _author(document, bibl)
    if "publication" in source:
        add(bibl, "title", str(source["publication"]), level="j")
    if "date" in source:
        date = written_date(str(source["date"]))
        when = date.text if date is not None and date.is_plain else ""
        add(
            bibl,
            "date",
            str(source["date"]),
            when=when,
            when_custom=date.text if date is not None else "",
            datingMethod=EDTF if date is not None else "",
        )
    if str(source.get("url") or "").startswith(("https://", "http://")):
        add(bibl, "ref", str(source["url"]), target=address(str(source["url"])))
    if "file" in source:
        add(bibl, "idno", str(source["file"]), type="file")
    if "lines" in source:
        lines = LINES.fullmatch(str(source["lines"]))
        first, last = (lines[1], lines[2] or lines[1]) if lines else ("", "")
        add(bibl, "biblScope", str(source["lines"]), unit="line", **{"from": first, "to": last})
    if "note" in source:
        add(bibl, "note", str(source["note"]))
    if "publication" not in source and "note" not in source:
        add(bibl, "note", "原刊载出处未注明。")


def _encoding(archive: Archive, header: Element) -> None:
    encoding = add(header, "encodingDesc")
    if archive.site.caution:
        add(add(encoding, "projectDesc"), "p", archive.site.caution)
    editorial = add(encoding, "editorialDecl")
    add(add(editorial, "correction", method="markup"), "p", CORRECTION)
    add(add(editorial, "normalization", method="silent"), "p", NORMALIZATION)
    add(add(editorial, "segmentation"), "p", PAGE_BREAKS)
    add(add(editorial, "stdVals"), "p", DATES)
    add(add(editorial, "interpretation"), "p", INTERPRETATION)


def _profile(archive: Archive, document: Document, file: str, header: Element) -> None:
    """Write in which language, about whom, and about what the document is; posts are those of the text."""
    profile = add(header, "profileDesc")
    add(add(profile, "langUsage"), "language", archive.site.language, ident=archive.site.language)
    if document.profile.tags:
        keywords = add(add(profile, "textClass"), "keywords")
        for tag in document.profile.tags:
            add(keywords, "term", str(tag))
    subject = archive.people[document.person]
    person = add(add(add(profile, "particDesc"), "listPerson"), "person", xml_id=f"person.{subject.id}")
    page = addresses.link(archive, urls.person(subject.id), file)
    add(person, "persName", subject.name, ref=page)
    add(person, "persName", subject.pinyin, xml_lang="zh-Latn-pinyin")
    for unit in document.profile.units:
        affiliation = add(person, "affiliation")
        identifier = archive.organisations.by_name[str(unit.name)]
        link = addresses.link(archive, addresses.organisation(archive, identifier), file)
        add(affiliation, "orgName", str(unit.name), ref=link)
        if unit.post is not None:
            add(affiliation, "roleName", str(unit.post))


def _revisions(document: Document, header: Element) -> None:
    """Write when the document was taken up and changed, the latest first, as far as editors wrote it down."""
    log = sorted(document_log(document), key=lambda entry: entry.day, reverse=True)
    if log:
        revisions = add(header, "revisionDesc")
        for entry in log:
            words = (entry.what or "收入。") + (f"（{entry.by}）" if entry.by else "")
            add(revisions, "change", words, when=entry.day.isoformat())


def _event(archive: Archive, document: Document, placed: PlacedEvent, file: str, events: Element) -> None:
    event = placed.event
    element = add(events, "event", xml_id=urls.event(placed.document, placed.number), type=event.scope)
    _date(placed, element)
    add(element, "label", event_label(archive, placed))
    if event.date is not None:
        words = add(add(element, "desc"), "date")
        _words(words, date_words(placed))
    for name in event.organisations:
        identifier = archive.organisations.by_name[str(name)]
        link = addresses.link(archive, addresses.organisation(archive, identifier), file)
        entity = archive.organisations.by_id[identifier]
        add(add(element, "desc"), "orgName", entity.name, ref=link)
    for quote, passage in zip(event.quotes, placed.passages, strict=True):
        if passage is not None and not any(passage.overlaps(private) for private in document.private):
            anchor = passage.paragraph.anchor.rpartition("-")[2]
            add(add(element, "desc"), "quote", str(quote), source=f"#{anchor}")
    if event.note:
        add(element, "note", event.note)


def _date(placed: PlacedEvent, element: Element) -> None:
    """Set the date of an event: ``when`` for a plain one only, else its bounds; its EDTF and certainty with both."""
    event = placed.event
    if event.date is None:
        return
    first, last = dating.bounds(event)
    if dating.is_plain(event):
        mark(element, when=event.date.text)
    elif event.date.kind == "interval" and not event.alternatives and placed.is_on_axis:
        sides = event.date.start, event.date.end
        start, end = (side.text if side is not None and side.is_plain else "" for side in sides)
        mark(element, **{"from": start or first, "to": end or last})
    else:
        mark(element, notBefore=first, notAfter=last)
    mark(element, when_custom=event.date.text, datingMethod=EDTF, cert=dating.certainty(event))


def _words(element: Element, words: str) -> None:
    """Write the words of a date; what stands in ［ ］ is supplied."""
    end = 0
    for match in SUPPLIED.finditer(words):
        append_text(element, words[end : match.start()])
        add(element, "supplied", match[1], reason="omitted-in-original")
        end = match.end()
    append_text(element, words[end:])
