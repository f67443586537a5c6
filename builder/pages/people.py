"""Lists of people: the A–Z index, and the list of those who share a name."""

from collections.abc import Callable, Iterator, Sequence
from string import ascii_uppercase

from builder import names, urls
from builder.archive import Archive, Document, Person
from builder.archive.lists import author_pinyin
from builder.az import OTHER
from builder.content.listing import CONTENT, PROFILES, UNNAMED
from builder.forge import Forge
from builder.new.form import Wanted, profile_text
from builder.pages.entries import by_place, entry, show_people, weigh
from builder.pages.facts import first_event, posts
from builder.pages.frame import Writer
from builder.pages.listing import Listing, below, groups, listing_of, part_page, part_pages, rows
from builder.shelves import Shelf
from builder.views import Contents, Letter, Link, NamesakesView, PeopleView, PersonLine, ShelfView

Listed = Person | Document  # a person, or a document for its author

NAMESAKE = 25  # characters of a line that tells namesakes apart: post, place and time


def people_pages(archive: Archive) -> Iterator[PeopleView | ShelfView]:
    """Yield the A–Z index of people and authors and, where it is divided, its parts."""
    listing = listing_of("人物", urls.PEOPLE, "人", _show, urls.people_shelf)
    for path, part in archive.people_parts.items():
        yield part_page(archive, listing, part) if path else _people_index(archive, listing, part.shelf)


def _show(writer: Writer, items: Sequence[Listed]) -> Contents:
    return Contents(people=tuple(_line(writer, item) for item in items))


def _line(writer: Writer, item: Listed) -> PersonLine:
    """Return the line of a person, or of the author of a document, which leads to that."""
    if isinstance(item, Person):
        return writer.person_line(item)
    name = str(item.profile.author)
    address = f"{urls.person(item.person)}#{urls.section(item.profile.id)}"
    subject = writer.archive.people[item.person].name
    return PersonLine(Link(name, writer.href(address)), author_pinyin(item), f"记{subject}一文", remark="作者")


def _people_index(archive: Archive, listing: Listing[Listed], shelf: Shelf[Listed]) -> PeopleView:
    """Return the A–Z index: every line, or what stands under which letter."""
    writer = Writer(archive, urls.PEOPLE)
    lettered: dict[str, list[PersonLine]] = {}
    for line in () if shelf.shelves else _show(writer, shelf.items).people:
        lettered.setdefault(names.letter(line.pinyin), []).append(line)
    letters = [*ascii_uppercase, *(["#"] if "#" in lettered else [])]
    count = archive.totals.people
    return PeopleView(
        frame=writer.frame("people", "人物", f"按姓名拼音排列的{count}位人物。", urls.PEOPLE),
        letters=tuple(Letter(letter, tuple(lettered.get(letter, ()))) for letter in letters),
        shelves=rows(writer, listing, shelf, _letter),
        groups=groups(writer, listing, shelf),
        count=count,
        authors=(shelf.count or 0) - count,
        add=_add_link(archive.site.forge),
    )


def _letter(part: Shelf[Listed]) -> str:
    letter = part.path.partition("/")[0]
    return "#" if letter == OTHER.slug else letter.upper()


def _add_link(forge: Forge | None) -> Link | None:
    """Return the link to the forge's editor of a new profile, with the form that ``build.py new`` writes.

    The name in the editor is one that the check refuses: nobody's page is to keep it by mistake.
    """
    if forge is None:
        return None
    form = profile_text(Wanted(name="", units=("",), region=""), "zhang-san")
    return Link("新增人物", forge.add(f"{CONTENT}/{PROFILES}", f"{UNNAMED}.md", form))


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
