"""Where records come from: people and their documents, organisations, regions, and pages of prose.

Takes the archive; gives ``records.Record``. Each depends on one person, organisation or region and what that is tied
to, so it can be kept while nothing of that changes. Nothing here is private (``texts``); who is withdrawn is not in the
archive.
"""

import datetime
from collections.abc import Iterator

from builder import urls
from builder.archive import Archive, Document, Person
from builder.authority import Organisation, Region, ancestors
from builder.pages.frame import Writer
from builder.prose import Prose
from builder.search.records import DOCUMENT, ORGANISATION, PAGE, PERSON, REGION, Field, Paragraphs, Record, make_record
from builder.search.texts import pieces


def person_records(archive: Archive, person: Person) -> tuple[Record, ...]:
    """Return the records of a person's documents; the first carries the person's own facts, from all of them."""
    first, *others = person.documents
    writer = Writer(archive, urls.SEARCH)
    heads = tuple(dict.fromkeys(field for document in person.documents for field in _head(document)))
    about = writer.qualifier(person).name
    record = _document(archive, person, first, PERSON, (("姓名", person.name),), heads, about)
    further = (
        _document(archive, person, document, DOCUMENT, (), (("姓名", person.name), *_head(document)), about)
        for document in others
    )
    return (record, *further)


def _head(document: Document) -> Iterator[Field]:
    """Yield what stands above a document: its title, the units and posts, the region, who signed it."""
    profile = document.profile
    for label, text in (("题名", profile.title), ("副题", profile.subtitle)):
        if text is not None:
            yield label, str(text)
    for unit in profile.units:
        yield "单位", str(unit.name) + str(unit.post or "")
    if profile.post is not None:
        yield "职务", str(profile.post)
    yield "地区", "".join(map(str, profile.region.names))
    if profile.author is not None:
        yield "署名", str(profile.author)


def _document(
    archive: Archive,
    person: Person,
    document: Document,
    kind: str,
    names: tuple[Field, ...],
    heads: tuple[Field, ...],
    about: str,
) -> Record:
    profile = document.profile
    documents = person.documents if kind == PERSON else (document,)
    anchor = "" if kind == PERSON else f"#{urls.section(profile.id)}"
    paragraphs = []
    for paragraph in document.prose.paragraphs:
        private = [(found.start, found.end) for found in document.private if found.paragraph == paragraph]
        paragraphs.append((paragraph.anchor, pieces(paragraph, private)))
    return make_record(
        f"person/{profile.id}",
        kind,
        person.name,
        urls.person(person.id) + anchor,
        about,
        names,
        heads,
        paragraphs,
        day=_first_day(document),
        regions=tuple(
            dict.fromkeys(archive.regions.by_path[tuple(map(str, each.profile.region.names))] for each in documents)
        ),
        organisations=tuple(
            dict.fromkeys(
                archive.organisations.by_name[str(unit.name)] for each in documents for unit in each.profile.units
            )
        ),
        spoken=((person.name, person.pinyin),) if kind == PERSON else (),
    )


def _first_day(document: Document) -> int:
    """Return the earliest possible day of a document's dated acts."""
    days = [placed.sort_key[0] for placed in document.events if placed.is_on_axis]
    first = min(days, default=datetime.date.max)
    return first.toordinal() if first != datetime.date.max else 0


def prose_records(archive: Archive) -> Iterator[Record]:
    """Yield the records of all pages of prose."""
    for page, prose in archive.pages:
        paragraphs = [(paragraph.anchor, pieces(paragraph)) for paragraph in prose.paragraphs]
        title = str(page.title)
        address = urls.page(page.id)
        yield make_record(f"page/{page.id}", PAGE, title, address, "", (), (("题名", title),), paragraphs)


def organisation_record(archive: Archive, entity: Organisation) -> Record:
    """Return the record of an organisation."""
    by_id = archive.organisations.by_id
    above = [by_id[found].name for found in ancestors(by_id, entity.id)[1:]]
    names: list[Field] = [("名称", entity.name)]
    heads: list[Field] = [("上级", name) for name in above]
    regions: tuple[str, ...] = ()
    record = entity.record
    if record is not None:
        names += [("又称", str(alias)) for alias in record.aliases]
        names += [("全称", str(record.full_name))] if record.full_name is not None else []
        heads += [("类别", record.kind)] if record.kind else []
        if record.region.names:
            regions = (archive.regions.by_path[tuple(map(str, record.region.names))],)
            heads.append(("地区", "".join(map(str, record.region.names))))
    return make_record(
        f"organisation/{entity.id}",
        ORGANISATION,
        entity.name,
        Writer(archive, urls.SEARCH).organisation_address(entity.id),
        above[0] if above else "",
        tuple(names),
        tuple(heads),
        _notes(archive.notes.get(("organisation", entity.id))),
        regions=regions,
        organisations=(entity.id,),
        parent=entity.parent,
        spoken=((entity.name, entity.pinyin), *((text, "") for _, text in names[1:])),
    )


def region_record(archive: Archive, entity: Region) -> Record:
    """Return the record of a region."""
    by_id = archive.regions.by_id
    above = [by_id[found].name for found in ancestors(by_id, entity.id)[1:]]
    names: list[Field] = [("名称", entity.name)]
    record = entity.record
    if record is not None:
        names += [("又称", str(alias)) for alias in record.aliases]
        names += [("又称", record.romanised)] if record.romanised else []
    return make_record(
        f"region/{entity.id}",
        REGION,
        entity.name,
        Writer(archive, urls.SEARCH).region_address(entity.id),
        " › ".join(reversed(above)),
        tuple(names),
        tuple(("上级", name) for name in above),
        _notes(archive.notes.get(("region", entity.id))),
        regions=(entity.id,),
        parent=entity.parent,
        spoken=((entity.name, entity.pinyin), *((text, "") for _, text in names[1:])),
    )


def _notes(prose: Prose | None) -> Paragraphs:
    """Return what the editors wrote about an organisation or a region; it has no anchors of its own."""
    return [("", pieces(paragraph)) for paragraph in prose.paragraphs] if prose is not None else []
