"""The indexes of a book: people, organisations, regions, each with the places where they stand.

Takes a volume and its writer; gives indexes in A–Z order. A name is found in the fact boxes and wherever a text links
to it. What is private is in no index, as it is in none of the site.
"""

from collections.abc import Iterable, Iterator
from itertools import groupby

from builder import names
from builder.archive import Archive, Mention
from builder.authority import ancestors
from builder.book.chapters import fact_rows, paragraph_words, signature
from builder.book.leaves import ORGANISATIONS, PEOPLE, REGIONS, Entry, Index, Locator
from builder.book.volumes import Volume
from builder.book.writer import BookWriter, chapter_anchor, mention_anchor

Found = dict[str, dict[str, Locator]]  # of each entry, by the anchor of the place: a place counts once
TITLES = {PEOPLE: "人名索引", ORGANISATIONS: "机构索引", REGIONS: "地名索引"}


def indexes(volume: Volume, writer: BookWriter) -> tuple[Index, ...]:
    """Return the indexes of a volume that have entries; ``writer`` links to every record there is."""
    found: Found = {}
    for anchor, locator in (*_in_facts(volume, writer), *_in_texts(volume, writer)):
        found.setdefault(anchor, {}).setdefault(locator.anchor, locator)
    entries = {
        PEOPLE: [*_people(volume, writer, found), *_authors(volume)],
        ORGANISATIONS: _organisations(volume.archive, found),
        REGIONS: _regions(volume.archive, found),
    }
    made = (_index(part, TITLES[part], lines) for part, lines in entries.items())
    return tuple(index for index in made if index.letters)


def entry_anchors(made: Iterable[Index]) -> frozenset[str]:
    """Return the anchors of all entries."""
    return frozenset(entry.anchor for index in made for _, entries in index.letters for entry in entries)


def _index(part: str, title: str, entries: Iterable[Entry]) -> Index:
    ordered = sorted(entries, key=lambda entry: entry.sort_key)
    letters = groupby(ordered, key=lambda entry: entry.letter)
    return Index(part, title, tuple((letter, tuple(group)) for letter, group in letters))


def _in_facts(volume: Volume, writer: BookWriter) -> Iterator[tuple[str, Locator]]:
    """Yield the entry and the place of every organisation and region that a fact box names."""
    for person in volume.people:
        for row in fact_rows(writer, person):
            for place, item in row.items:
                for link in item.chain:
                    yield link.href[1:], Locator(place, person.name)


def _in_texts(volume: Volume, writer: BookWriter) -> Iterator[tuple[str, Locator]]:
    """Yield the entry and the place of every link of a text to a record, but for those in what is private."""
    for person in volume.people:
        for document in person.documents:
            for number, reference in enumerate(document.prose.references, start=1):
                target = volume.archive.target(reference.kind, reference.target)
                if target is None or writer.mention(Mention(document, reference)) is None:
                    continue
                part = {"person": PEOPLE, "organisation": ORGANISATIONS, "region": REGIONS}[reference.kind]
                paragraph = document.prose.paragraphs[reference.paragraph - 1]
                words = "，".join(filter(None, (person.name, paragraph_words(paragraph.anchor))))
                yield f"{part}.{target}", Locator(f"{mention_anchor(document)}{number}", words)


def _people(volume: Volume, writer: BookWriter, found: Found) -> Iterator[Entry]:
    """Yield the people of the volume and those whom its texts mention."""
    here = {person.id for person in volume.people}
    for person in volume.archive.people.values():
        anchor = f"{PEOPLE}.{person.id}"
        chapter = (Locator(chapter_anchor(person), person.name, is_main=True),) if person.id in here else ()
        locators = (*chapter, *found.get(anchor, {}).values())
        if locators:
            remark = writer.qualifier(person).name
            yield Entry(anchor, person.name, remark, names.letter(person.pinyin), person.sort_key, locators)


def _authors(volume: Volume) -> Iterator[Entry]:
    """Yield those who signed a document: one entry a person written about, for who else has the name is not known."""
    for person in volume.people:
        signed: dict[tuple[str, str], list[Locator]] = {}
        for document in person.documents:
            author = document.profile.author
            if author is not None:
                pinyin = str(document.profile.author_pinyin or names.person_pinyin(str(author)))
                signed.setdefault((str(author), pinyin), []).append(Locator(signature(document), f"记{person.name}"))
        for number, ((name, pinyin), locators) in enumerate(signed.items(), start=1):
            key = (*names.sort_key(pinyin, name), f"author of {person.id}")
            anchor = f"{PEOPLE}.author-{number}-of-{person.id}"
            yield Entry(anchor, name, f"作者，记{person.name}", names.letter(pinyin), key, tuple(locators))


def _organisations(archive: Archive, found: Found) -> Iterator[Entry]:
    """Yield the organisations that are named, told apart by what they belong to, and their other names."""
    by_id = archive.organisations.by_id
    for identifier, entity in by_id.items():
        anchor = f"{ORGANISATIONS}.{identifier}"
        if anchor in found:
            above = by_id[entity.parent].name if entity.parent else ""
            remark = above + ("〔推定隶属〕" if above and entity.parent_inferred else "")
            aliases = entity.record.aliases if entity.record is not None else ()
            yield from _with_other_names(anchor, entity.name, entity.pinyin, remark, aliases, found[anchor])


def _regions(archive: Archive, found: Found) -> Iterator[Entry]:
    """Yield the regions that are named, told apart by what they lie in, and their other names."""
    by_id = archive.regions.by_id
    for identifier, entity in by_id.items():
        anchor = f"{REGIONS}.{identifier}"
        if anchor in found:
            above = [by_id[key].name for key in ancestors(by_id, identifier)[1:2]]
            aliases = entity.record.aliases if entity.record is not None else ()
            yield from _with_other_names(anchor, entity.name, entity.pinyin, "".join(above), aliases, found[anchor])


def _with_other_names(
    anchor: str, name: str, pinyin: str, remark: str, aliases: Iterable[str], places: dict[str, Locator]
) -> Iterator[Entry]:
    """Yield an entry, and for each other name one that leads to it."""
    key = (*_letter_by_letter(pinyin, name), anchor)
    yield Entry(anchor, name, remark, names.letter(pinyin), key, tuple(places.values()))
    for number, alias in enumerate(map(str, aliases), start=1):
        reading = names.common_pinyin(alias)
        key = (*_letter_by_letter(reading, alias), anchor)
        see = Locator(anchor, name)
        yield Entry(f"{anchor}.{number}", alias, "", names.letter(reading), key, (), see)


def _letter_by_letter(pinyin: str, name: str) -> tuple[object, ...]:
    """Return the sort key of a name by its letters alone: some readings are parted into words, some into syllables."""
    return names.sort_key(pinyin.replace(" ", ""), name)
