"""Lists of people: the A–Z index, and the list of those who share a name."""

from collections.abc import Iterator
from string import ascii_uppercase

from builder import names, urls
from builder.archive import Archive, Person
from builder.content import CONTENT, PROFILES
from builder.forge import Forge
from builder.new.form import Wanted, profile_text
from builder.pages.facts import first_event, posts
from builder.pages.frame import Writer
from builder.views import Letter, Link, NamesakesView, PeopleView, PersonLine


def people_index(archive: Archive) -> PeopleView:
    """Return the A–Z index: people, and the authors of documents about them."""
    writer = Writer(archive, urls.PEOPLE)
    entries = [(person.sort_key, person.pinyin, writer.person_line(person)) for person in archive.people.values()]
    authors = list(_authors(archive, writer))
    entries.extend(authors)
    entries.sort(key=lambda entry: entry[0])
    lettered: dict[str, list[PersonLine]] = {}
    for _, pinyin, line in entries:
        lettered.setdefault(names.letter(pinyin), []).append(line)
    letters = [*ascii_uppercase, *(["#"] if "#" in lettered else [])]
    count = len(archive.people)
    return PeopleView(
        frame=writer.frame("people", "人物", f"按姓名拼音排列的{count}位人物。", urls.PEOPLE),
        letters=tuple(Letter(letter, tuple(lettered.get(letter, ()))) for letter in letters),
        count=count,
        authors=len(authors),
        add=_add_link(archive.site.forge),
    )


def _add_link(forge: Forge | None) -> Link | None:
    """Return the link to the forge's editor of a new profile, with the form that ``build.py new`` writes."""
    if forge is None:
        return None
    form = profile_text(Wanted(name="", units=("",), region=""), "xing-ming")
    return Link("新增人物", forge.add(f"{CONTENT}/{PROFILES}", "xing-ming.md", form))


def _authors(archive: Archive, writer: Writer) -> Iterator[tuple[tuple[object, ...], str, PersonLine]]:
    """Yield a line for each author, which leads to the first document that bears the name."""
    seen: set[tuple[str, str]] = set()
    for document in archive.documents:
        author = document.profile.author
        if author is None or (str(author), document.person) in seen:
            continue
        seen.add((str(author), document.person))
        pinyin = str(document.profile.author_pinyin or names.person_pinyin(str(author)))
        subject = archive.people[document.person].name
        address = f"{urls.person(document.person)}#{urls.section(document.profile.id)}"
        line = PersonLine(Link(str(author), writer.href(address)), pinyin, f"记{subject}一文", remark="作者")
        yield (*names.sort_key(pinyin, str(author)), document.profile.id), pinyin, line


def namesakes_address(name: str) -> str:
    """Return the address of the list of people of one name."""
    return urls.namesakes(names.slug(name), name)


def namesakes_pages(archive: Archive) -> Iterator[NamesakesView]:
    """Yield, for each name that several people have, the page that tells them apart by unit, place and time."""
    for name, people in archive.namesakes.items():
        writer = Writer(archive, namesakes_address(name))
        index = Link("人物", writer.href(urls.PEOPLE))
        yield NamesakesView(
            frame=writer.frame(
                "namesakes", f"{name}（同名者）", f"名叫{name}的{len(people)}人。", urls.PEOPLE, (index,)
            ),
            name=name,
            people=tuple(_namesake(writer, person) for person in people),
        )


def _namesake(writer: Writer, person: Person) -> PersonLine:
    """Return a person with post, place and time, to be told from another of the same name."""
    line = writer.person_line(person, posts=tuple(item.chain[0].text for item in posts(writer, person.documents[0])))
    first = first_event(writer, person)
    place = " › ".join(map(str, person.profile.region.names))
    date = first[0].date.text if first and first[0].date is not None else ""
    return PersonLine(line.person, line.pinyin, line.qualifier, line.posts, period=date, remark=place)
