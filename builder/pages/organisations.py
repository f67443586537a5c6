"""The pages of organisations."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from builder import addresses, urls
from builder.archive import Archive, Person
from builder.authority import Organisation
from builder.pages import branches
from builder.pages.dated import told_step
from builder.pages.entries import (
    Entry,
    Sentence,
    Told,
    by_person,
    entry,
    sentences,
    show_events,
    show_people,
    show_sentences,
    surnames,
    told,
    weigh,
)
from builder.pages.frame import Writer
from builder.pages.listing import (
    Listing,
    below,
    is_apart,
    own_pages,
    section,
)
from builder.pages.signposts import organisation_signposts
from builder.records import Unit
from builder.views import Branch, Link, OrganisationView, PersonLine, ShelfView

PERIOD = "文中所记"
POST = 12  # characters of a post in a line, with 文中所记


def organisation_pages(archive: Archive) -> Iterator[OrganisationView | ShelfView]:
    """Yield the pages of each organisation that has one."""
    for organisation in archive.organisations.by_id.values():
        if organisation.tier == "page":
            yield from organisation_pages_of(archive, organisation)


def organisation_pages_of(archive: Archive, organisation: Organisation) -> Iterator[OrganisationView | ShelfView]:
    """Yield an organisation's page and those of its lists that are too long for it."""
    lists = _Lists(archive, organisation)
    yield organisation_page(archive, organisation, lists)
    yield from own_pages(archive, lists.people, lists.weight)
    yield from own_pages(archive, lists.events, lists.weight)
    yield from own_pages(archive, lists.mentions, lists.weight)


class _Lists:
    """The lists on the page of an organisation: its people, the events that name it, the sentences that do."""

    def __init__(self, archive: Archive, organisation: Organisation) -> None:
        self.archive, self.name = archive, organisation.name
        self.address = urls.organisation(organisation.id)
        own = addresses.on_page(archive, organisation.id)
        self.people = self._people(own)
        self.events = self._events(own)
        self.mentions = self._mentions(own)
        self.weight = self.people.weight + self.events.weight + self.mentions.weight

    def _people(self, own: list[str]) -> Listing[Entry]:
        held: dict[str, list[Unit]] = {}
        for identifier in own:
            for person, unit in self.archive.members.get(identifier, ()):
                held.setdefault(person.id, []).append(unit)
        people = sorted((self.archive.people[identifier] for identifier in held), key=lambda person: person.sort_key)
        items = tuple(entry(person, _line(person, tuple(held[person.id])), POST) for person in people)
        way, address = self._way(), urls.below(self.address, "people")
        return Listing(
            "人物", address, urls.ORGANISATIONS, way, "人", items, weigh, by_person, show_people, below(address),
            surnames,
        )  # fmt: skip

    def _events(self, own: list[str]) -> Listing[Told]:
        named = {(each.document, each.number): each for key in own for each in self.archive.deeds.get(key, ())}
        ordered = sorted(named.values(), key=lambda placed: (not placed.is_on_axis, placed.sort_key))
        items = tuple(told(self.archive, placed) for placed in ordered)
        way, address, step = self._way(), urls.below(self.address, "events"), told_step(self.archive)
        return Listing("记事", address, urls.ORGANISATIONS, way, "条", items, weigh, step, show_events, below(address))

    def _mentions(self, own: list[str]) -> Listing[Sentence]:
        items = sentences(self.archive, "organisation", own)
        way, address = self._way(), urls.below(self.address, "mentions")
        return Listing(
            "文中提及", address, urls.ORGANISATIONS, way, "处", items, weigh, by_person, show_sentences,
            below(address), surnames,
        )  # fmt: skip

    def _way(self) -> tuple[tuple[str, str], ...]:
        return (("机构", urls.ORGANISATIONS), (self.name, self.address))


def organisation_page(archive: Archive, organisation: Organisation, lists: _Lists) -> OrganisationView:
    """Return an organisation's page: its place in the hierarchy, its people, what the texts say of it."""
    writer = Writer(archive, urls.organisation(organisation.id))
    record = organisation.record
    index = Link("机构", writer.href(urls.ORGANISATIONS))
    kind = record.kind if record is not None else ""
    title = organisation.name
    description = f"{title}{'，' + kind if kind else ''}：层级、人物与文中提及。"
    file = record.file if record is not None else ""
    frame = organisation_signposts(
        writer, organisation, writer.frame("organisation", title, description, urls.ORGANISATIONS, (index,), file)
    )
    if is_apart(lists.people, lists.weight):  # too long for the page here too; the file beside it has it all
        frame = replace(frame, structured_data="")
    return OrganisationView(
        frame=frame,
        name=organisation.name,
        full_name=str(record.full_name or "") if record is not None else "",
        full_name_sign="inferred" if record is not None and record.full_name_inferred else "",
        aliases=tuple(map(str, record.aliases)) if record is not None else (),
        kind=kind,
        region=writer.region_path(record.region) if record is not None else (),
        tree=branches.fitted((_hierarchy(writer, organisation),))[0],
        people=section(writer, lists.people, lists.weight),
        events=section(writer, lists.events, lists.weight),
        mentions=section(writer, lists.mentions, lists.weight),
        html=writer.fragment(archive.notes.get(("organisation", organisation.id))),
    )


def _line(person: Person, units: tuple[Unit, ...]) -> Callable[[Writer], PersonLine]:
    """Return what writes the line of a person with the posts held in the organisations shown on one page."""

    def line(writer: Writer) -> PersonLine:
        plain = writer.person_line(person, posts=tuple(_post(writer, unit) for unit in units if unit.post))
        return PersonLine(plain.person, plain.pinyin, plain.qualifier, plain.posts, period=PERIOD)

    return line


def _post(writer: Writer, unit: Unit) -> str:
    """Return a post with the part of the organisation in which it is held, unless that is the whole."""
    organisations = writer.archive.organisations
    organisation = organisations.by_id[organisations.by_name[str(unit.name)]]
    return (organisation.name if organisation.parent else "") + str(unit.post or "")


def _hierarchy(writer: Writer, organisation: Organisation) -> Branch:
    """Return the tree that an organisation stands in: from what is above it down to all below it."""
    by_id = writer.archive.organisations.by_id
    branch = organisation_branch(writer, organisation, here=organisation.id, quotes=False)
    while organisation.parent:
        organisation = by_id[organisation.parent]
        branch = _node(writer, organisation, (branch,), here="", quotes=False)
    return branch


def organisation_branch(writer: Writer, organisation: Organisation, *, here: str, quotes: bool) -> Branch:
    """Return an organisation with all below it as a tree."""
    archive = writer.archive
    children = (archive.organisations.by_id[child] for child in archive.branches.get(organisation.id, ()))
    ordered = sorted(children, key=lambda child: child.sort_key)
    below = tuple(organisation_branch(writer, child, here=here, quotes=quotes) for child in ordered)
    return _node(writer, organisation, below, here=here, quotes=quotes)


def _node(
    writer: Writer, organisation: Organisation, branches: tuple[Branch, ...], *, here: str, quotes: bool
) -> Branch:
    """Return one node of a tree; where its only home is this page it carries the anchor."""
    address, _, anchor = writer.organisation_address(organisation.id).partition("#")
    is_home = bool(anchor) and address == writer.address
    link = writer.organisation(organisation.id)
    people = {person.id for person, _ in writer.archive.members.get(organisation.id, ())}
    is_quoted = quotes and organisation.tier == "listed"
    return Branch(
        link=Link(link.text, "" if is_home or organisation.id == here else link.href),
        sign="inferred" if organisation.parent_inferred else "",
        anchor=anchor if is_home else "",
        remark=organisation.record.kind if organisation.record is not None else "",
        people=len(people),
        quotes=writer.quotations("organisation", [organisation.id]) if is_quoted else (),
        branches=branches,
        html=writer.fragment(writer.archive.notes.get(("organisation", organisation.id))) if is_home else "",
        here=organisation.id == here,
    )
