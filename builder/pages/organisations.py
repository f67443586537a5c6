"""The pages of organisations: each one's, and the index as a tree, or A–Z where that would be too long."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from builder import addresses, names, urls
from builder.archive import Archive, Person
from builder.authority import Organisation
from builder.pages import branches
from builder.pages.dated import told_step
from builder.pages.entries import (
    Address,
    Entry,
    Sentence,
    Told,
    by_name,
    by_person,
    entry,
    sentences,
    show_events,
    show_people,
    show_references,
    show_sentences,
    surnames,
    told,
    weigh,
)
from builder.pages.frame import Writer
from builder.pages.listing import Listing, below, groups, is_apart, own_pages, part_pages, rows, section
from builder.pages.signposts import organisation_signposts
from builder.records import Unit
from builder.shelves import Step
from builder.views import Branch, Contents, Link, OrganisationView, PersonLine, ShelfView, TreeView

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


def organisations_pages(archive: Archive) -> Iterator[TreeView | ShelfView]:
    """Yield the index of organisations: a tree for each that has nothing above it; where it is long, A–Z."""
    writer = Writer(archive, urls.ORGANISATIONS)
    shelf, count = archive.organisation_index, len(archive.organisations.by_id)
    listing = Listing(
        "机构", urls.ORGANISATIONS, urls.ORGANISATIONS, (), "个", shelf.items, lambda root: 0,
        lambda root, depth: Step("", ""), _show_trees, urls.organisations_part,
    )  # fmt: skip
    others = _other_names(archive)
    yield TreeView(
        frame=writer.frame("organisations", "机构", f"文中所见的{count}个机构及其层级。", urls.ORGANISATIONS),
        trees=() if shelf.shelves else _show_trees(writer, shelf.items).trees,
        shelves=rows(writer, listing, shelf),
        groups=groups(writer, listing, shelf),
        references=section(writer, others, 2 * others.weight),
        count=count,
    )
    yield from part_pages(archive, listing, shelf)
    yield from own_pages(archive, others, 2 * others.weight)


def _show_trees(writer: Writer, roots: Sequence[str]) -> Contents:
    """Return organisations with all below them as trees; in an index that is long, only those without pages."""
    by_id = writer.archive.organisations.by_id
    trees = (organisation_branch(writer, by_id[root], here="", quotes=True) for root in roots)
    if writer.archive.organisation_index.shelves:
        return Contents(trees=tuple(tree for each in trees for tree in branches.fitted((each,), 0)))
    return Contents(trees=tuple(trees))


def _other_names(archive: Archive) -> Listing[Address]:
    """Return every other name of an organisation with the organisation, A–Z by the name it has on the site."""
    known = sorted(archive.organisations.by_id.values(), key=lambda organisation: organisation.sort_key)
    items = tuple(
        Address(names.common_pinyin(str(alias)), str(alias), _link_to(organisation))
        for organisation in known
        if organisation.record is not None
        for alias in organisation.record.aliases
    )
    address = urls.organisations_part("names")
    return Listing(
        "别名与旧称", address, urls.ORGANISATIONS, (("机构", urls.ORGANISATIONS),), "个", items, weigh, by_name,
        show_references, below(address),
    )  # fmt: skip


def _link_to(organisation: Organisation) -> Callable[[Writer], Link]:
    return lambda writer: writer.organisation(organisation.id)
