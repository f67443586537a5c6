"""The long lists of the archive, divided into the pages on which they stand: people and names A–Z, the log by months.

Each page is a thing by itself: one more person is told of on the pages that lead to it, and no other is made again.
Weights are bytes after compression, as in ``pages.entries``: a constant for the markup of a line, and what it shows.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from builder import az, names
from builder.archive.days import EventSum
from builder.archive.log import Entry
from builder.archive.people import Document, Person
from builder.authority import Organisation
from builder.az import OTHER, Who, name_step, person_step
from builder.shelves import Part, Step, arrange, parts_of

# What a line about a person weighs beside its words, one of the log, and a link.
LINE, LOGGED, LINK = 58, 55, 45
COUNTED = 4  # characters of a line that says how much is told of a person without a date


class _Line(NamedTuple):
    """A line of the A–Z list: key of order, who finds it, weight, and the person, or the document of an author."""

    key: tuple[object, ...]
    who: Who
    weight: int
    item: Person | Document


def who(person: Person) -> Who:
    """Return what finds a person."""
    return Who(person.pinyin, person.name, tuple(map(str, person.profile.region.names)), person.id)


def person_weight(person: Person, words: int = 0) -> int:
    """Return what a line about a person weighs; ``words`` are its characters beside name and organisation."""
    return LINE + len(person.profile.units[0].name) + 2 * (len(person.name) + words)


def author_pinyin(document: Document) -> str:
    """Return how the name of the author of a document is read."""
    profile = document.profile
    return str(profile.author_pinyin or names.person_pinyin(str(profile.author)))


def list_people(people: Mapping[str, Person]) -> dict[str, Part[Person | Document]]:
    """Return the A–Z list of people and of the authors of documents about them, each as the first document by them."""
    lines = [_Line(person.sort_key, who(person), person_weight(person), person) for person in people.values()]
    lines.extend(_authors(people.values()))
    lines.sort(key=lambda line: line.key)

    def step(line: _Line, depth: int) -> Step:
        return person_step(line.who, depth)

    def surnames(lines: Sequence[_Line]) -> str:
        return az.surnames(line.who.name for line in lines)

    return parts_of(arrange(lines, lambda line: line.weight, step), lambda line: line.item, surnames)


def _authors(people: Iterable[Person]) -> Iterator[_Line]:
    for person in people:
        seen: set[str] = set()
        for document in person.documents:
            profile, author = document.profile, str(document.profile.author or "")
            if not author or author in seen:
                continue
            seen.add(author)
            pinyin = author_pinyin(document)
            found_by = Who(pinyin, author, tuple(map(str, profile.region.names)), profile.id)
            weight = LINE + 2 * (len(author) + len(person.name))
            yield _Line((*names.sort_key(pinyin, author), profile.id), found_by, weight, document)


def list_undated(
    people: Mapping[str, Person], undated: Mapping[str, EventSum]
) -> dict[str, Part[tuple[Person, EventSum]]]:
    """Return the A–Z list of the people of whom something is told without a date, each with the sum of that."""
    lines = [(who(person), person, undated[person.id]) for person in people.values() if person.id in undated]

    def step(line: tuple[Who, Person, EventSum], depth: int) -> Step:
        return person_step(line[0], depth)

    def surnames(lines: Sequence[tuple[Who, Person, EventSum]]) -> str:
        return az.surnames(found_by.name for found_by, _, _ in lines)

    shelf = arrange(lines, lambda line: person_weight(line[1], COUNTED), step)
    return parts_of(shelf, lambda line: line[1:], surnames)


def list_log(log: Sequence[Entry], people: Mapping[str, Person]) -> dict[str, Part[Entry]]:
    """Return the log by month, day and person; a month has a page however short it is, if the log needs several."""

    def step(entry: Entry, depth: int) -> Step:
        day = entry.day
        if depth == 0:
            return Step(f"{day:%Y-%m}", f"{day.year}年{day.month}月")
        if depth == 1:
            return Step(f"{day:%d}", f"{day.year}年{day.month}月{day.day}日")
        return OTHER if entry.document is None else person_step(who(people[entry.document.person]), depth - 2)

    def weigh(entry: Entry) -> int:
        title = entry.document.profile.title if entry.document is not None else None
        return LOGGED + len(title or "") + 2 * len(entry.what)

    return parts_of(arrange(log, weigh, step, has_small=False), lambda entry: entry)


def list_other_names(organisations: Iterable[Organisation]) -> dict[str, Part[tuple[str, str]]]:
    """Return every other name of an organisation with its id: in the order of their names, found by the others."""
    known = sorted(organisations, key=lambda organisation: organisation.sort_key)
    named = ((str(alias), each.id) for each in known if each.record is not None for alias in each.record.aliases)
    lines = [(names.common_pinyin(alias), alias, identifier) for alias, identifier in named]

    def step(line: tuple[str, str, str], depth: int) -> Step:
        return name_step(line[0], line[1], depth)

    return parts_of(arrange(lines, lambda line: link_weight(line[1]), step), lambda line: line[1:])


def link_weight(name: str) -> int:
    """Return what a link to an organisation or a region weighs."""
    return LINK + len(name)
