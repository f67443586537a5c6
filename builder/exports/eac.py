"""EAC-CPF 2.0: an authority record for each person, and for each organisation that has a page.

Posts are those of the text, dated by the time that it tells of; nobody's life is dated, for whoever is told of is taken
to be living. What the editor inferred says so. ``standardDate`` is EDTF as our own parser read it: the schema takes any
text there.
"""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from builder import addresses, urls
from builder.archive import Archive, Document, Person, PlacedEvent
from builder.authority import Organisation
from builder.exports.eac_parts import Record, add_date, add_places, add_relation, paragraph
from builder.exports.markup import add, mark, xml_bytes
from builder.linked_data import Member, is_public, members, mentioned
from builder.output import OutputFile
from builder.records import Unit
from builder.tables.events import date_words, event_label

WORKS_AT, HAS_POST, TOLD_IN, NAMES_IN = "文中单位", "文中职务：", "记述于", "其文提及"
PARENT, CHILD, MEMBER = "上级", "下属", "文中人员"
INFERRED = "编者推定，文中未写。"
SEAT, WORKPLACE = "所在地", "工作地"


def eac_files(archive: Archive) -> Iterator[OutputFile]:
    """Yield ``people/<id>.eac.xml`` of each person and ``organisations/<id>.eac.xml`` of each with a page."""
    for person in archive.people.values():
        yield OutputFile(urls.export(person.id, "eac.xml"), xml_bytes(person_record(archive, person), ()))
    for organisation in archive.organisations.by_id.values():
        if organisation.tier == "page":
            file = urls.organisation_export(organisation.id, "eac.xml")
            yield OutputFile(file, xml_bytes(organisation_record(archive, organisation), ()))


def person_record(archive: Archive, person: Person) -> Element:
    """Return the record of a person: names, posts and places of the texts, acts with their dates, ties."""
    record = Record(archive, "person", person.id, urls.export(person.id, "eac.xml"), person.documents)
    aliases = [str(alias) for document in person.documents for alias in document.profile.aliases]
    record.control(aliases, [document.profile for document in person.documents])
    identity = record.identity(person.name, person.pinyin)
    add(identity, "identityId", person.id, localType="archive")
    description = add(record.description, "description")
    _occupations(record, person, description)
    for document in person.documents:
        add_places(record, document.profile.region, WORKPLACE, description, source=document.profile.id)
    _biography(record, person, description)
    relations = add(record.description, "relations")
    for document in person.documents:
        _unit_relations(record, document, relations)
    for document in person.documents:
        _article_relation(record, document, relations)
        for kind, identifier in mentioned(archive, document):
            if kind == "person" and identifier != person.id:
                name = archive.people[identifier].name
                add_relation(record, relations, "person", identifier, name, NAMES_IN, source=document.profile.id)
    return record.root


def _occupations(record: Record, person: Person, description: Element) -> None:
    """Write the posts of each text, each with the time that the text tells of: what came later is not known."""
    posts = [
        (document, str(post), str(unit.name) if unit is not None else "")
        for document in person.documents
        for unit, post in _posts(document)
    ]
    if not posts:
        return
    occupations = add(description, "occupations")
    for document, post, unit in posts:
        occupation = add(occupations, "occupation", sourceReference=record.source(document.profile.id))
        add(occupation, "term", post)
        _document_date(record, document, occupation)
        if unit:
            paragraph(add(occupation, "descriptiveNote"), unit)


def _posts(document: Document) -> Iterator[tuple[Unit | None, str]]:
    for unit in document.profile.units:
        if unit.post is not None:
            yield unit, str(unit.post)
    if document.profile.post is not None:
        yield None, str(document.profile.post)


def _document_date(record: Record, document: Document, parent: Element) -> None:
    """Write the time that a document tells of."""
    span = record.span(document)
    if span is None:
        add(parent, "date", "文中所记之时，未系日", status="unknown")
    else:
        date, words = span
        add(parent, "date", f"文中所记之时：{words}", standardDate=date.text)


def _biography(record: Record, person: Person, description: Element) -> None:
    """Write the summary and the person's own acts; those of others and public time are not this person's life."""
    acts = [(document, act) for document in person.documents for act in document.events if act.event.scope == ""]
    summary = person.profile.summary
    if not acts and summary is None:
        return
    history = add(description, "biogHist")
    if summary is not None:
        add(history, "abstract", str(summary), sourceReference=record.source(person.profile.id))
    if acts:
        items = add(history, "chronList")
        for document, act in acts:
            _act(record, document, act, items)


def _act(record: Record, document: Document, act: PlacedEvent, items: Element) -> None:
    item = add(items, "chronItem", sourceReference=record.source(document.profile.id))
    add_date(item, act.event, date_words(act))
    add(item, "event", event_label(record.archive, act))


def _unit_relations(record: Record, document: Document, relations: Element) -> None:
    for unit in document.profile.units:
        identifier = record.archive.organisations.by_name[str(unit.name)]
        kind = HAS_POST + str(unit.post) if unit.post is not None else WORKS_AT
        name = record.archive.organisations.by_id[identifier].name
        relation = add_relation(record, relations, "organisation", identifier, name, "", source=document.profile.id)
        _document_date(record, document, relation)
        add(relation, "relationType", kind)


def _article_relation(record: Record, document: Document, relations: Element) -> None:
    title = str(document.profile.title or document.profile.name)
    relation = add(relations, "relation", sourceReference=record.source(document.profile.id))
    page = addresses.document(document.profile.id, document.person)
    target = add(relation, "targetEntity", targetType="resource", valueURI=record.link(page))
    add(target, "part", f"《{title}》")
    add(relation, "relationType", TOLD_IN)


def organisation_record(archive: Archive, organisation: Organisation) -> Element:
    """Return the record of an organisation: names, kind, place, what it belongs to, and who worked there."""
    file = urls.organisation_export(organisation.id, "eac.xml")
    staff = list(members(archive, organisation))
    documents = _documents_of(archive, organisation)
    record = Record(archive, "organisation", organisation.id, file, documents)
    record.control([], [])
    _organisation_identity(record, organisation)
    own = organisation.record
    note = archive.notes.get(("organisation", organisation.id))
    texts = [found.reading.strip() for found in note.paragraphs] if note is not None else []
    if (own is not None and own.region.names) or any(texts):
        description = add(record.description, "description")
        if own is not None:
            add_places(record, own.region, SEAT, description)
        if any(texts):
            history = add(description, "biogHist")
            for text in filter(None, texts):
                paragraph(history, text)
    ties = list(_organisation_ties(archive, organisation))
    if ties or staff:
        relations = add(record.description, "relations")
        for identifier, kind, is_inferred in ties:
            name = archive.organisations.by_id[identifier].name
            note_text = INFERRED if is_inferred else ""
            add_relation(record, relations, "organisation", identifier, name, kind, note=note_text)
        for member in staff:
            _member(record, member, relations)
    return record.root


def _organisation_identity(record: Record, organisation: Organisation) -> None:
    own = organisation.record
    identity = record.identity(organisation.name, organisation.pinyin, [*own.aliases] if own is not None else [])
    if own is not None and own.full_name is not None:
        entry = add(identity, "nameEntry", localType="inferred" if own.full_name_inferred else "official")
        mark(entry, languageOfElement=record.archive.site.language)
        add(entry, "part", str(own.full_name))
    if own is not None and own.kind:
        add(add(add(identity, "otherEntityTypes"), "otherEntityType"), "term", own.kind)
    add(identity, "identityId", organisation.id, localType="archive")
    if own is not None and own.full_name is not None and own.full_name_inferred:
        paragraph(add(identity, "descriptiveNote"), f"全称“{own.full_name}”为{INFERRED}")


def _documents_of(archive: Archive, organisation: Organisation) -> tuple[Document, ...]:
    """Return the documents that name an organisation, or a part shown on its page, as a unit or in their text."""
    found: dict[str, Document] = {}
    for identifier in addresses.on_page(archive, organisation.id):
        for person, unit in archive.members.get(identifier, ()):
            found.update({each.profile.id: each for each in person.documents if unit in each.profile.units})
        for mention in archive.mentions.get(("organisation", identifier), ()):
            if is_public(mention.document, mention.reference):
                found[mention.document.profile.id] = mention.document
    return tuple(found.values())


def _organisation_ties(archive: Archive, organisation: Organisation) -> Iterator[tuple[str, str, bool]]:
    """Yield what is directly above and below an organisation, and whether the tie is inferred."""
    if organisation.parent:
        yield organisation.parent, PARENT, organisation.parent_inferred
    for child in archive.branches.get(organisation.id, ()):
        yield child, CHILD, archive.organisations.by_id[child].parent_inferred


def _member(record: Record, member: Member, relations: Element) -> None:
    person, unit = member.person, member.unit
    document = next(document for document in person.documents if unit in document.profile.units)
    relation = add_relation(record, relations, "person", person.id, person.name, "", source=document.profile.id)
    _document_date(record, document, relation)
    kind = f"{HAS_POST}{member.part}{unit.post}" if unit.post is not None else MEMBER
    add(relation, "relationType", kind, localType="inferred" if member.is_inferred else "")
    if member.is_inferred:
        paragraph(add(relation, "descriptiveNote"), f"{member.part}的隶属为{INFERRED}")
