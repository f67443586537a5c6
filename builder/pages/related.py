"""Who stands near a person: before and after in time, and whose documents share something with theirs, and what.

A tie is shown only with its reason and, where the texts say it, with both sentences. Nothing private makes a tie, nor
does a place that is inferred; and none of this says that two people met.
"""

from collections.abc import Iterator
from itertools import islice

from builder.archive import Archive, Document, Person
from builder.archive.adjacency import FEW, Trait, groups_of, is_act_of_a_day, place_of
from builder.pages.facts import first_event
from builder.pages.frame import Writer
from builder.quotes import Passage, clip, find_quote, sentence_around
from builder.views import Link, Neighbour, Quote, Relative, Saying, Tie

RELATIVES = 4  # people
TIES = 2  # reasons for each
# How much a reason tells, the most first.
KINDS = {"mention": "文中提及", "unit": "同单位", "named": "文中同及", "tag": "同题", "day": "同日", "place": "同地"}
WEIGHTS = {"mention": 6, "unit": 5, "named": 3, "tag": 3, "day": 2, "place": 1}


def neighbours(writer: Writer, person: Person) -> tuple[Neighbour | None, Neighbour | None]:
    """Return who comes before and after a person in order of the first dated act, each with its date."""
    earlier, later = writer.archive.in_time.get(person.id, ("", ""))
    return _neighbour(writer, earlier), _neighbour(writer, later)


def _neighbour(writer: Writer, identifier: str) -> Neighbour | None:
    if not identifier:
        return None
    person = writer.archive.people[identifier]
    first = first_event(writer, person)
    return Neighbour(writer.person(person), first[0].date.text if first and first[0].date is not None else "")


def relatives(writer: Writer, person: Person) -> tuple[Relative, ...]:
    """Return the people whose ties with a person tell most, each with the reasons; those told alike in A–Z order."""
    found = _found(writer.archive, person)
    people = sorted((writer.archive.people[identifier] for identifier in found), key=lambda each: each.sort_key)
    people.sort(key=lambda each: -sum(WEIGHTS[trait[0]] for trait in found[each.id]))
    shown = (
        Relative(writer.person(each), writer.qualifier(each).name, tuple(_ties(writer, person, each, found[each.id])))
        for each in people[: 2 * RELATIVES]
    )
    return tuple(islice((relative for relative in shown if relative.ties), RELATIVES))


def _found(archive: Archive, person: Person) -> dict[str, set[Trait]]:
    """Return, for each person with a tie to this one, the traits that make it."""
    found: dict[str, set[Trait]] = {}
    for group in groups_of(person, archive.organisations, archive.regions):
        for identifier in archive.shared.get(group, ()):
            found.setdefault(identifier, set()).update(group)
    for mention in archive.mentions.get(("person", person.id), ())[:FEW]:
        found.setdefault(mention.document.person, set()).add(("mention",))
    for document in person.documents:
        for reference in document.prose.references:
            target = archive.target("person", reference.target) if reference.kind == "person" else None
            if target is not None:
                found.setdefault(target, set()).add(("mention",))
    found.pop(person.id, None)
    return found


def _ties(writer: Writer, person: Person, other: Person, traits: set[Trait]) -> Iterator[Tie]:
    """Yield the reasons of a tie, the most telling first; one of which nothing may be shown is left out."""
    ordered = sorted(traits, key=lambda trait: (list(KINDS).index(trait[0]), trait))
    ties = (_tie(writer, person, other, trait) for trait in ordered)
    yield from islice((tie for tie in ties if tie is not None), TIES)


def _tie(writer: Writer, person: Person, other: Person, trait: Trait) -> Tie | None:
    sides = [_saying(writer, each, trait, other if each is person else person) for each in (person, other)]
    sayings = tuple(side for side in sides if side is not None)
    wanted = {"mention": 1, "named": 2}.get(trait[0], 0)
    return Tie(KINDS[trait[0]], _words(writer, person, trait), sayings) if len(sayings) >= wanted else None


def _words(writer: Writer, person: Person, trait: Trait) -> Link | None:
    """Return what two people share, in words: a day, a place, a unit, a subject."""
    if trait[0] == "unit":
        return writer.organisation(trait[1])
    if trait[0] == "place":
        return writer.region(trait[1])
    if trait[0] == "tag":
        return Link(trait[1])
    if trait[0] == "named":
        return writer.organisation(trait[2]) if trait[1] == "organisation" else writer.region(trait[2])
    if trait[0] == "day":
        acts = (placed for document in person.documents for placed in document.events if is_act_of_a_day(placed))
        dates = (writer.date(act) for act in acts if act.event.date is not None and act.event.date.text == trait[1])
        return next((Link(date.text) for date in dates if date is not None), None)
    return None


def _saying(writer: Writer, person: Person, trait: Trait, other: Person) -> Saying | None:
    """Return what the texts about a person say of what they share, in the first document that says something."""
    for document in person.documents:
        quote = _quote(writer, document, trait, other)
        if quote is not None:
            return Saying(person.name, quote)
    return None


def _quote(writer: Writer, document: Document, trait: Trait, other: Person) -> Quote | None:
    """Return the words of one text about a trait; None where it has none that may be shown."""
    kind = trait[0]
    if kind == "unit":
        return _unit_quote(writer, document, trait[1])
    if kind == "day":
        return _day_quote(writer, document, trait[1])
    if kind == "tag":
        return _sentence_with(writer, document, trait[1])
    if kind == "place":
        is_here = place_of(document, writer.archive.regions) == trait[1]
        return _sentence_with(writer, document, writer.archive.regions.by_id[trait[1]].name) if is_here else None
    wanted = ("person", other.id) if kind == "mention" else trait[1:]
    for reference in document.prose.references:
        if reference.kind == wanted[0] and writer.archive.target(reference.kind, reference.target) == wanted[1]:
            paragraph = document.prose.paragraphs[reference.paragraph - 1]
            quote = _sentence(writer, document, Passage(paragraph, reference.start, reference.end))
            if quote is not None:
                return quote
    return None


def _unit_quote(writer: Writer, document: Document, organisation: str) -> Quote | None:
    by_name = writer.archive.organisations.by_name
    for unit in document.profile.units:
        if unit.quote is not None and by_name[str(unit.name)] == organisation:
            passage = find_quote(document.prose.paragraphs, unit.quote)
            if passage is not None:
                return Quote(str(unit.quote), writer.passage(document, passage))
    return None


def _day_quote(writer: Writer, document: Document, day: str) -> Quote | None:
    for placed in document.events:
        if is_act_of_a_day(placed) and placed.event.date is not None and placed.event.date.text == day:
            for quote, passage in zip(placed.event.quotes, placed.passages, strict=True):
                if passage is not None:
                    return Quote(str(quote), writer.passage(document, passage))
    return None


def _sentence_with(writer: Writer, document: Document, words: str) -> Quote | None:
    """Return the first sentence of a text that has some words and may be shown."""
    for paragraph in document.prose.paragraphs:
        start = paragraph.reading.find(words)
        if start >= 0:
            quote = _sentence(writer, document, Passage(paragraph, start, start + len(words)))
            if quote is not None:
                return quote
    return None


def _sentence(writer: Writer, document: Document, passage: Passage) -> Quote | None:
    """Return the clauses around a passage, without what is private; None where the passage itself is."""
    private = [(each.start, each.end) for each in document.private if each.paragraph == passage.paragraph]
    parts = sentence_around(passage.paragraph.reading, passage.start, passage.end, private)
    return Quote(clip(*parts), writer.passage(document, passage)) if parts is not None else None
