"""The page of a person: who, the facts with their sentences, every document in full, every event, who stands near."""

from collections.abc import Iterator

from markupsafe import Markup

from builder import names, urls
from builder.archive import Archive, Document, Person
from builder.citation import Citation, citation
from builder.pages.changes import person_changes
from builder.pages.citation import bibtex_view, citation_tags, citation_views, document_files
from builder.pages.facts import facts
from builder.pages.frame import Writer
from builder.pages.people import namesakes_address
from builder.pages.related import neighbours, relatives
from builder.pages.signposts import person_signposts
from builder.prose import resolve_links
from builder.views import DocumentView, Fact, FactItem, Link, NoteView, PersonView


def person_pages(archive: Archive) -> Iterator[PersonView]:
    """Yield the page of each person."""
    for person in archive.people.values():
        yield person_page(archive, person)


def person_page(archive: Archive, person: Person) -> PersonView:
    """Return a person's page: who, the facts with their sentences, every document in full, every event."""
    writer = Writer(archive, urls.person(person.id))
    works = [citation(archive, document) for document in person.documents]
    qualifier = writer.qualifier(person)
    told = [event for document in person.documents for event in document.events]
    events = [event for event in told if event.event.scope != "background"]
    earlier, later = neighbours(writer, person)
    index = Link("人物", writer.href(urls.PEOPLE))
    letter = names.letter(person.pinyin)
    initial = Link(letter, writer.href(f"{urls.PEOPLE}#{letter}") if letter != "#" else "")
    summary = str(person.profile.summary or f"{person.name}，{qualifier.name}。")
    frame = writer.frame(
        "person",
        f"{person.name}（{qualifier.name}）",
        summary,
        urls.PEOPLE,
        (index, initial),
        person.profile.file,
        citation_tags(works[0]),
    )
    return PersonView(
        frame=person_signposts(writer, person, frame),
        name=person.name,
        pinyin=person.pinyin,
        qualifier=writer.organisation(qualifier.id),
        namesakes=_namesakes_link(archive, writer, person),
        facts=facts(writer, person),
        documents=tuple(document_view(writer, *each) for each in zip(person.documents, works, strict=True)),
        events=tuple(
            writer.event(event)
            for event in sorted((event for event in events if event.is_on_axis), key=lambda event: event.sort_key)
        ),
        undated=tuple(writer.event(event) for event in events if not event.is_on_axis),
        changes=person_changes(writer, person),
        earlier=earlier,
        later=later,
        relatives=relatives(writer, person),
    )


def _namesakes_link(archive: Archive, writer: Writer, person: Person) -> Link | None:
    """Return the link to the list of those who share the name, where somebody does."""
    if person.name not in archive.namesakes:
        return None
    return Link("另有同名者", writer.href(namesakes_address(archive, person.name)))


def document_view(writer: Writer, document: Document, work: Citation) -> DocumentView:
    """Return a document, which is cited as ``work``, with its text, its apparatus and where it comes from."""
    profile = document.profile
    title = str(profile.title or profile.name)
    return DocumentView(
        anchor=urls.section(document.profile.id),
        title_lines=tuple(title.split()),
        subtitle=str(profile.subtitle or ""),
        author=str(profile.author or ""),
        html=writer.fragment(document.prose),
        notes=tuple(
            NoteView(note.label, note.anchor, note.back, Markup(resolve_links(note.html, writer.resolve)))
            for note in document.prose.notes
        ),
        year_supplied=any(event.event.supplied for event in document.events),
        provenance=tuple(provenance(document)),
        citations=citation_views(work),
        bibtex=bibtex_view(writer, work),
        files=tuple(document_files(writer, document)),
    )


def provenance(document: Document) -> Iterator[Fact]:
    """Yield where a document comes from: what the editor says of it, and the checksum of the file it is kept in."""
    source = document.profile.source
    base = "，".join(
        part
        for part in (
            str(source.get("file") or source.get("title") or ""),
            f"第{source['lines'].replace('-', '–')}行" if "lines" in source else "",
        )
        if part
    )
    rows = (
        ("底本", base),
        ("原刊载", "，".join(str(source[key]) for key in ("publication", "date") if key in source)),
        ("权利", str(source.get("rights") or "")),
        ("说明", str(source.get("note") or "")),
        ("本页文件", f"{document.profile.id}.md，校验值 {document.profile.digest[:8]}"),
    )
    for label, value in rows:
        if value:
            yield Fact(label, (FactItem((Link(value),)),))
    if "url" in source and source["url"].startswith(("https://", "http://")):
        yield Fact("网址", (FactItem((Link(str(source["url"]), str(source["url"])),)),))
