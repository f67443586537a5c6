"""Lists of people: the A–Z index, and the list of those who share a name."""

from collections.abc import Callable, Iterator
from string import ascii_uppercase

from builder import names, urls
from builder.archive import Archive, Document, Person
from builder.az import Who
from builder.content.listing import CONTENT, PROFILES, UNNAMED
from builder.forge import Forge
from builder.new.form import Wanted, profile_text
from builder.pages.entries import LINE, Entry, by_person, by_place, entry, show_people, surnames, weigh
from builder.pages.facts import first_event, posts
from builder.pages.frame import Writer
from builder.pages.listing import Listing, below, groups, part_pages, rows
from builder.shelves import Shelf
from builder.views import Letter, Link, NamesakesView, PeopleView, PersonLine, ShelfView

NAMESAKE = 25  # characters of a line that tells namesakes apart: post, place and time


def people_listing(archive: Archive) -> Listing[Entry]:
    """Return the A–Z list: people, and the authors of documents about them."""
    entries = [(person.sort_key, entry(person, _line(person))) for person in archive.people.values()]
    entries.extend(_authors(archive))
    entries.sort(key=lambda pair: pair[0])
    return Listing(
        title="人物",
        address=urls.PEOPLE,
        section=urls.PEOPLE,
        way=(),
        measure="人",
        items=tuple(item for _, item in entries),
        weigh=weigh,
        step=by_person,
        show=show_people,
        place=urls.people_shelf,
        remark=surnames,
    )


def _line(person: Person) -> Callable[[Writer], PersonLine]:
    return lambda writer: writer.person_line(person)


def people_pages(archive: Archive) -> Iterator[PeopleView | ShelfView]:
    """Yield the A–Z index and, where it is divided, its parts."""
    listing = people_listing(archive)
    shelf = listing.shelf
    yield _people_index(archive, listing, shelf)
    yield from part_pages(archive, listing, shelf)


def _people_index(archive: Archive, listing: Listing[Entry], shelf: Shelf[Entry]) -> PeopleView:
    """Return the A–Z index: every line, or what stands under which letter."""
    writer = Writer(archive, urls.PEOPLE)
    lettered: dict[str, list[PersonLine]] = {}
    for item in () if shelf.shelves else shelf.items:
        lettered.setdefault(names.letter(item.who.pinyin), []).append(item.line(writer))
    letters = [*ascii_uppercase, *(["#"] if "#" in lettered else [])]
    count = len(archive.people)
    return PeopleView(
        frame=writer.frame("people", "人物", f"按姓名拼音排列的{count}位人物。", urls.PEOPLE),
        letters=tuple(Letter(letter, tuple(lettered.get(letter, ()))) for letter in letters),
        shelves=rows(writer, listing, shelf, _letter),
        groups=groups(writer, listing, shelf),
        count=count,
        authors=len(listing.items) - count,
        add=_add_link(archive.site.forge),
    )


def _letter(item: Entry) -> str:
    return names.letter(item.who.pinyin)


def _add_link(forge: Forge | None) -> Link | None:
    """Return the link to the forge's editor of a new profile, with the form that ``build.py new`` writes.

    The name in the editor is one that the check refuses: nobody's page is to keep it by mistake.
    """
    if forge is None:
        return None
    form = profile_text(Wanted(name="", units=("",), region=""), "zhang-san")
    return Link("新增人物", forge.add(f"{CONTENT}/{PROFILES}", f"{UNNAMED}.md", form))


def _authors(archive: Archive) -> Iterator[tuple[tuple[object, ...], Entry]]:
    """Yield each author, with the key of A–Z order; the line leads to the first document that bears the name."""
    seen: set[tuple[str, str]] = set()
    for document in archive.documents:
        author = document.profile.author
        if author is None or (str(author), document.person) in seen:
            continue
        seen.add((str(author), document.person))
        pinyin = str(document.profile.author_pinyin or names.person_pinyin(str(author)))
        subject = archive.people[document.person].name
        region = tuple(map(str, document.profile.region.names))
        weight = LINE + 2 * (len(author) + len(subject))
        found_by = Who(pinyin, str(author), region, document.profile.id)
        item = Entry(found_by, weight, _author_line(document, pinyin, subject))
        yield (*names.sort_key(pinyin, str(author)), document.profile.id), item


def _author_line(document: Document, pinyin: str, subject: str) -> Callable[[Writer], PersonLine]:
    address = f"{urls.person(document.person)}#{urls.section(document.profile.id)}"
    name = str(document.profile.author)
    return lambda writer: PersonLine(Link(name, writer.href(address)), pinyin, f"记{subject}一文", remark="作者")


def namesakes_address(archive: Archive, name: str) -> str:
    """Return the address of the list of people of one name."""
    return urls.namesakes(archive.namesake_slugs[name], name)


def namesakes_pages(archive: Archive) -> Iterator[NamesakesView | ShelfView]:
    """Yield, for each name that several people have, the pages that tell them apart by unit, place and time."""
    for name in archive.namesakes:
        yield from namesakes_pages_of(archive, name)


def namesakes_pages_of(archive: Archive, name: str) -> Iterator[NamesakesView | ShelfView]:
    """Yield the page of a name that several people have; where they are many it leads to them place by place."""
    people = archive.namesakes[name]
    writer = Writer(archive, namesakes_address(archive, name))
    listing = Listing(
        title=f"{name}（同名者）",
        address=writer.address,
        section=urls.PEOPLE,
        way=(("人物", urls.PEOPLE),),
        measure="人",
        items=tuple(entry(person, _namesake_line(person), NAMESAKE) for person in people),
        weigh=weigh,
        step=by_place,
        show=show_people,
        place=below(writer.address),
    )
    shelf = listing.shelf
    index = Link("人物", writer.href(urls.PEOPLE))
    yield NamesakesView(
        frame=writer.frame("namesakes", listing.title, f"名叫{name}的{len(people)}人。", urls.PEOPLE, (index,)),
        name=name,
        count=len(people),
        people=() if shelf.shelves else show_people(writer, shelf.items).people,
        shelves=rows(writer, listing, shelf),
        groups=groups(writer, listing, shelf),
    )
    yield from part_pages(archive, listing, shelf)


def _namesake_line(person: Person) -> Callable[[Writer], PersonLine]:
    return lambda writer: _namesake(writer, person)


def _namesake(writer: Writer, person: Person) -> PersonLine:
    """Return a person with post, place and time, to be told from another of the same name."""
    line = writer.person_line(person, posts=tuple(item.chain[0].text for item in posts(writer, person.documents[0])))
    first = first_event(writer, person)
    place = " › ".join(map(str, person.profile.region.names))
    date = first[0].date.text if first and first[0].date is not None else ""
    return PersonLine(line.person, line.pinyin, line.qualifier, line.posts, period=date, remark=place)
