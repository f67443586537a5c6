"""The pages of people: each person's, the A–Z index, and the list of those who share a name."""

from collections.abc import Iterator
from string import ascii_uppercase

from markupsafe import Markup

from builder import names, urls
from builder.archive import Archive, Document, Person
from builder.citation import citation
from builder.content import CONTENT, GOOD_ID, PROFILES
from builder.forge import Forge
from builder.new.form import Wanted, profile_text
from builder.pages.changes import person_changes
from builder.pages.citation import citation_tags, citation_views, document_files
from builder.pages.frame import Writer
from builder.pages.signposts import person_signposts
from builder.prose import resolve_links
from builder.quotes import find_quote
from builder.views import (
    DocumentView,
    Fact,
    FactItem,
    Letter,
    Link,
    NamesakesView,
    NoteView,
    PeopleView,
    PersonLine,
    PersonView,
    Quote,
    RedirectView,
    WithdrawnView,
)

UNSIGNED = "未署名"
COUNTS = "零一两三四五六七八九十"


def count_words(number: int) -> str:
    """Return a number before a measure word as Chinese prose writes it: up to ten in characters, above in digits."""
    return COUNTS[number] if number < len(COUNTS) else str(number)


def person_pages(archive: Archive) -> Iterator[PersonView]:
    """Yield the page of each person."""
    for person in archive.people.values():
        yield person_page(archive, person)


def person_page(archive: Archive, person: Person) -> PersonView:
    """Return a person's page: who, the facts with their sentences, every document in full, every event."""
    writer = Writer(archive, urls.person(person.id))
    qualifier = writer.qualifier(person)
    told = [event for document in person.documents for event in document.events]
    events = [event for event in told if event.event.scope != "background"]
    index = Link("人物", writer.href(urls.PEOPLE))
    letter = names.letter(person.pinyin)
    initial = Link(letter, writer.href(f"{urls.PEOPLE}#{letter}") if letter != "#" else "")
    summary = str(person.profile.summary or f"{person.name}，{qualifier.text}。")
    frame = writer.frame(
        "person",
        f"{person.name}（{qualifier.text}）",
        summary,
        urls.PEOPLE,
        (index, initial),
        person.profile.file,
        citation_tags(citation(archive, person.documents[0])),
    )
    return PersonView(
        frame=person_signposts(writer, person, frame),
        name=person.name,
        pinyin=person.pinyin,
        qualifier=qualifier,
        namesakes=_namesakes_link(archive, writer, person),
        facts=facts(writer, person),
        documents=tuple(document_view(writer, document) for document in person.documents),
        events=tuple(
            writer.event(event)
            for event in sorted((event for event in events if event.is_on_axis), key=lambda event: event.sort_key)
        ),
        undated=tuple(writer.event(event) for event in events if not event.is_on_axis),
        changes=person_changes(writer, person),
    )


def _namesakes_link(archive: Archive, writer: Writer, person: Person) -> Link | None:
    """Return the link to the list of those who share the name, where somebody does."""
    if person.name not in archive.namesakes:
        return None
    return Link("另有同名者", writer.href(namesakes_address(person.name)))


def namesakes_address(name: str) -> str:
    """Return the address of the list of people of one name."""
    return urls.namesakes(names.slug(name), name)


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
    posts = tuple(item for document in person.documents for item in _posts(writer, document))
    plain = (FactItem((Link(str(profile.post)),)),) if profile.post is not None and not posts else ()
    rows = (
        Fact("文中职务", posts or plain),
        Fact("单位", _units(writer, person)),
        Fact("地区", tuple(FactItem(writer.region_path(region)) for region in regions)),
        Fact("记事", _first_event(writer, person)),
        documents,
    )
    return tuple(fact for fact in rows if fact.items)


def _posts(writer: Writer, document: Document) -> Iterator[FactItem]:
    """Yield the posts of a document as its text has them, each with its sentence."""
    person = writer.archive.people[document.person]
    qualifier = writer.qualifier(person).text
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


def _first_event(writer: Writer, person: Person) -> tuple[FactItem, ...]:
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


def document_view(writer: Writer, document: Document) -> DocumentView:
    """Return a document with its text, its apparatus and where it comes from."""
    profile = document.profile
    title = str(profile.title or profile.name)
    return DocumentView(
        anchor=urls.section(document.profile.id),
        title_lines=tuple(title.split()),
        subtitle=str(profile.subtitle or ""),
        author=str(profile.author or UNSIGNED),
        html=writer.fragment(document.prose),
        notes=tuple(
            NoteView(note.label, note.anchor, note.back, Markup(resolve_links(note.html, writer.resolve)))
            for note in document.prose.notes
        ),
        year_supplied=any(event.event.supplied for event in document.events),
        provenance=tuple(provenance(document)),
        citations=citation_views(writer, document),
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
    line = writer.person_line(person, posts=tuple(item.chain[0].text for item in _posts(writer, person.documents[0])))
    first = _first_event(writer, person)
    place = " › ".join(map(str, person.profile.region.names))
    date = first[0].date.text if first and first[0].date is not None else ""
    return PersonLine(line.person, line.pinyin, line.qualifier, line.posts, period=date, remark=place)


def redirect_pages(archive: Archive) -> Iterator[RedirectView]:
    """Yield a page for each former id of a document, which leads to where the document is now."""
    taken = {*archive.people, *(tombstone.id for tombstone in archive.tombstones)}
    taken |= {alias for tombstone in archive.tombstones for alias in tombstone.aliases}
    for document in archive.documents:
        for alias in document.profile.aliases:
            if str(alias) in taken or not GOOD_ID.fullmatch(str(alias)):
                continue
            taken.add(str(alias))
            writer = Writer(archive, urls.person(str(alias)))
            person = archive.people[document.person]
            is_first = document is person.documents[0]
            target = urls.person(person.id) + ("" if is_first else f"#{urls.section(document.profile.id)}")
            frame = writer.frame("redirect", f"{person.name}（地址已更改）", "", urls.PEOPLE)
            yield RedirectView(frame=frame, target=Link(person.name, writer.href(target)))


def withdrawn_pages(archive: Archive) -> Iterator[WithdrawnView]:
    """Yield the page that stands where a withdrawn one was, and at its former addresses: it names nobody."""
    taken = set(archive.people)
    for tombstone in archive.tombstones:
        date = tombstone.withdrawn.earliest if tombstone.withdrawn is not None else None
        day = f"{date.year}年{date.month}月{date.day}日" if date is not None else ""
        for identifier in (tombstone.id, *filter(GOOD_ID.fullmatch, map(str, tombstone.aliases))):
            if identifier in taken:
                continue
            taken.add(identifier)
            writer = Writer(archive, urls.person(identifier))
            yield WithdrawnView(frame=writer.frame("withdrawn", "已撤下", "此件已应请求撤下。"), day=day)
