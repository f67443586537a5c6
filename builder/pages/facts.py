"""The fact box of a person: its rows in their fixed order, each value with the way to its sentence."""

from collections.abc import Iterator

from builder import urls
from builder.archive import Document, Person
from builder.pages.frame import Writer
from builder.quotes import find_quote
from builder.views import Fact, FactItem, Link, Quote

UNSIGNED = "未署名"
COUNTS = "零一两三四五六七八九十"


def count_words(number: int) -> str:
    """Return a number before a measure word as Chinese prose writes it: up to ten in characters, above in digits."""
    return COUNTS[number] if number < len(COUNTS) else str(number)


def facts(writer: Writer, person: Person) -> tuple[Fact, ...]:
    """Return the rows of the fact box, in their fixed order; a row with nothing is left out."""
    profile = person.profile
    regions = tuple(dict.fromkeys(document.profile.region for document in person.documents if document.profile.region))
    authors = tuple(dict.fromkeys(str(document.profile.author or UNSIGNED) for document in person.documents))
    documents = Fact(
        "文献",
        (
            FactItem(
                (Link(f"{count_words(len(person.documents))}篇", f"#{urls.section(person.documents[0].profile.id)}"),),
                "、".join(author if author == UNSIGNED else f"署名{author}" for author in authors),
            ),
        ),
    )
    held = tuple(item for document in person.documents for item in posts(writer, document))
    plain = (FactItem((Link(str(profile.post)),)),) if profile.post is not None and not held else ()
    rows = (
        Fact("文中职务", held or plain),
        Fact("单位", _units(writer, person)),
        Fact("地区", tuple(FactItem(writer.region_path(region)) for region in regions)),
        Fact("记事", first_event(writer, person)),
        documents,
    )
    return tuple(fact for fact in rows if fact.items)


def posts(writer: Writer, document: Document) -> Iterator[FactItem]:
    """Yield the posts of a document as its text has them, each with its sentence."""
    person = writer.archive.people[document.person]
    qualifier = writer.qualifier(person).name
    for unit in document.profile.units:
        if unit.post is None:
            continue
        organisation = str(unit.name).removeprefix(qualifier)
        quote = None
        if unit.quote is not None:
            passage = find_quote(document.prose.paragraphs, unit.quote)
            quote = Quote(str(unit.quote), writer.passage(document, passage)) if passage is not None else None
        yield FactItem((Link(organisation + str(unit.post)),), quote=quote)


def _units(writer: Writer, person: Person) -> tuple[FactItem, ...]:
    """Return the organisations of a person, each below what it belongs to; one that another shows is not repeated."""
    by_name = writer.archive.organisations.by_name
    units = dict.fromkeys(by_name[str(unit.name)] for document in person.documents for unit in document.profile.units)
    chains = [writer.organisation_chain(unit) for unit in units]
    return tuple(
        FactItem(chain)
        for number, chain in enumerate(chains)
        if not any(chain == longer[: len(chain)] for other, longer in enumerate(chains) if other != number)
    )


def first_event(writer: Writer, person: Person) -> tuple[FactItem, ...]:
    """Return the person's first dated act, and whether there are more."""
    acts = sorted(
        (
            event
            for document in person.documents
            for event in document.events
            if event.is_on_axis and event.event.scope == ""
        ),
        key=lambda event: event.sort_key,
    )
    if not acts:
        return ()
    date = writer.date(acts[0])
    return (FactItem((), remark="起" if len(acts) > 1 else "", date=date),)
