"""What stands in lists: people, events, sentences and links, each with what finds it, what it weighs, how it is shown.

Weights are bytes after compression, measured on pages of 300 and of 10,000 people: a constant for the markup of a line
and somewhat more than a byte for each character that it shows.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from builder import az
from builder.archive import Archive, Mention, Person, PlacedEvent
from builder.archive.days import weigh_event
from builder.archive.lists import link_weight, person_weight, who
from builder.az import Who, person_step, place_step
from builder.pages.frame import Writer, sentence_of
from builder.shelves import Step
from builder.views import Contents, Link, PersonLine

SENTENCE = 70
NONE: Mapping[tuple[str, int], int] = MappingProxyType({})


@dataclass(frozen=True)
class Entry:
    """A person in a list; ``line`` writes the line on a page."""

    who: Who
    weight: int
    line: Callable[[Writer], PersonLine]


@dataclass(frozen=True)
class Told:
    """An event in a list, found by its date and then by its person."""

    who: Who
    weight: int
    placed: PlacedEvent


@dataclass(frozen=True)
class Sentence:
    """A sentence in a list, found by the person whose text it stands in."""

    who: Who
    weight: int
    mention: Mention


@dataclass(frozen=True)
class Address:
    """An organisation or a region in a list of links."""

    pinyin: str
    name: str
    link: Callable[[Writer], Link]

    @property
    def weight(self) -> int:
        """What its line weighs."""
        return link_weight(self.name)


Item = Entry | Told | Sentence | Address


def weigh(item: Item) -> int:
    """Return what an item weighs."""
    return item.weight


def entry(person: Person, line: Callable[[Writer], PersonLine], words: int = 0) -> Entry:
    """Return a person as an entry; ``words`` are the characters of the line beside name and organisation."""
    return Entry(who(person), person_weight(person, words), line)


def told(archive: Archive, placed: PlacedEvent) -> Told:
    """Return an event as an item of a list."""
    return Told(who(archive.people[placed.person]), weigh_event(placed), placed)


def sentences(
    archive: Archive, kind: str, identifiers: Iterable[str], without: Collection[str] = ()
) -> tuple[Sentence, ...]:
    """Return the sentences that name any of some things, each once; ``without`` are people whose texts are left out."""
    found: dict[tuple[str, str, str], Sentence] = {}
    for identifier in identifiers:
        for mention in archive.mentions.get((kind, identifier), ()):
            parts = sentence_of(mention) if mention.document.person not in without else None
            if parts is not None:
                text = "".join(parts)
                person = archive.people[mention.document.person]
                key = (person.id, str(mention.reference.paragraph), text)
                found.setdefault(key, Sentence(who(person), SENTENCE + 2 * len(text), mention))
    return tuple(found.values())


def by_person(item: Entry | Told | Sentence, depth: int) -> Step:
    """Return the step by which a person is found A–Z, or what belongs to one."""
    return person_step(item.who, depth)


def by_place(item: Entry, depth: int) -> Step:
    """Return the step by which one of several namesakes is found."""
    return place_step(item.who, depth)


def by_name(item: Address, depth: int) -> Step:
    """Return the step by which an organisation or a region is found A–Z."""
    return az.name_step(item.pinyin, item.name, depth)


def show_people(writer: Writer, items: Sequence[Entry]) -> Contents:
    """Return entries as the lines of a list."""
    return Contents(people=tuple(item.line(writer) for item in items))


def show_events(writer: Writer, items: Sequence[Told], numbered: Mapping[tuple[str, int], int] = NONE) -> Contents:
    """Return events as they stand in a list, those without a date apart; with their numbers on a picture."""
    return Contents(
        events=tuple(
            writer.event(item.placed, numbered.get((item.placed.document, item.placed.number), 0))
            for item in items
            if item.placed.is_on_axis
        ),
        undated=tuple(writer.event(item.placed) for item in items if not item.placed.is_on_axis),
    )


def show_sentences(writer: Writer, items: Sequence[Sentence]) -> Contents:
    """Return sentences as they stand in a list."""
    views = (writer.mention(item.mention) for item in items)
    return Contents(mentions=tuple(view for view in views if view is not None))


def show_links(writer: Writer, items: Sequence[Address]) -> Contents:
    """Return organisations or regions as links."""
    return Contents(links=tuple(item.link(writer) for item in items))


def show_references(writer: Writer, items: Sequence[Address]) -> Contents:
    """Return other names with what they mean: Hohhot 见 呼和浩特市."""
    return Contents(references=tuple((item.name, item.link(writer)) for item in items))


def surnames(items: Iterable[Entry | Told | Sentence]) -> str:
    """Return the commonest surnames in a list."""
    return az.surnames(item.who.name for item in items)
