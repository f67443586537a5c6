"""The chapter of a person: the same facts, texts and events as on the person's page, as leaves of a book."""

from dataclasses import replace

from builder import urls
from builder.archive import Document, Person
from builder.book.fragment import PARAGRAPH, adapt
from builder.book.leaves import Chapter, Row, Text
from builder.book.writer import BookWriter, chapter_anchor, mention_anchor
from builder.citation import citation
from builder.pages.changes import person_changes
from builder.pages.citation import citation_views
from builder.pages.facts import UNSIGNED, facts
from builder.pages.person import provenance
from builder.views import FactItem, NoteView


def chapter(writer: BookWriter, person: Person) -> Chapter:
    """Return the chapter of a person."""
    anchor = chapter_anchor(person)
    told = [event for document in person.documents for event in document.events if event.event.scope != "background"]
    dated = sorted((event for event in told if event.is_on_axis), key=lambda event: event.sort_key)
    qualifier = writer.qualifier(person).name
    address = urls.absolute(writer.archive.site.address, urls.person(person.id))
    return Chapter(
        anchor=anchor,
        name=person.name,
        pinyin=person.pinyin,
        qualifier=qualifier,
        foot=address or f"{writer.archive.site.title}　{person.name}（{qualifier}）",
        has_namesake=person.name in writer.archive.namesakes,
        year_supplied=any(event.event.supplied for document in person.documents for event in document.events),
        facts=fact_rows(writer, person),
        texts=tuple(text(writer, document) for document in person.documents),
        events=tuple(writer.event(event) for event in dated),
        undated=tuple(writer.event(event) for event in told if not event.is_on_axis),
        changes=person_changes(writer, person),
    )


def fact_rows(writer: BookWriter, person: Person) -> tuple[Row, ...]:
    """Return the fact box of a person, each value with its anchor."""
    part = chapter_anchor(person)
    return tuple(
        Row(
            fact.label,
            tuple(
                (f"{part}.fact.{row}.{number}", _within(part, item)) for number, item in enumerate(fact.items, start=1)
            ),
        )
        for row, fact in enumerate(facts(writer, person), start=1)
    )


def _within(part: str, item: FactItem) -> FactItem:
    """Return a value whose links to its own page lead into the chapter."""
    own = "#" + urls.section("")
    chain = (
        link._replace(href=f"#{part}.{link.href[1:]}") if link.href.startswith(own) else link for link in item.chain
    )
    return replace(item, chain=tuple(chain))


def text(writer: BookWriter, document: Document) -> Text:
    """Return a document with its text, its notes and where it comes from."""
    profile, part = document.profile, f"person-{document.person}"
    section = f"{part}.{urls.section(profile.id)}"
    return Text(
        anchor=section,
        title_lines=tuple(str(profile.title or profile.name).split()),
        subtitle=str(profile.subtitle or ""),
        author=str(profile.author or UNSIGNED),
        signed=signature(document),
        html=adapt(document.prose.html, part, writer.resolve, mention_anchor(document)),
        notes=tuple(
            NoteView(note.label, f"{part}.{note.anchor}", f"{part}.{note.back}", adapt(note.html, part, writer.resolve))
            for note in document.prose.notes
        ),
        provenance=tuple(provenance(document)),
        citations=citation_views(citation(writer.archive, document)),
    )


def paragraph_words(anchor: str) -> str:
    """Return which paragraph an anchor names, in words: 第3段; empty for what has no number."""
    number = PARAGRAPH.search(anchor)
    return f"第{number[1]}段" if number else ""


def signature(document: Document) -> str:
    """Return the anchor of the author's name below a document."""
    return f"person-{document.person}.{urls.section(document.profile.id)}.signed"
