"""The pages of organisations: each one's, and the index as a tree."""

from collections.abc import Iterator

from builder import addresses, names, urls
from builder.archive import Archive, PlacedEvent
from builder.authority import Organisation
from builder.pages.frame import Writer
from builder.pages.signposts import organisation_signposts
from builder.records import Unit
from builder.views import Branch, Link, OrganisationView, PersonLine, TreeView

PERIOD = "文中所记"


def organisation_pages(archive: Archive) -> Iterator[OrganisationView]:
    """Yield the page of each organisation that has one."""
    for organisation in archive.organisations.by_id.values():
        if organisation.tier == "page":
            yield organisation_page(archive, organisation)


def organisation_page(archive: Archive, organisation: Organisation) -> OrganisationView:
    """Return an organisation's page: its place in the hierarchy, its people, what the texts say of it."""
    writer = Writer(archive, urls.organisation(organisation.id))
    record = organisation.record
    own = addresses.on_page(archive, organisation.id)
    events = _events(archive, own)
    index = Link("机构", writer.href(urls.ORGANISATIONS))
    kind = record.kind if record is not None else ""
    title = organisation.name
    description = f"{title}{'，' + kind if kind else ''}：层级、人物与文中提及。"
    file = record.file if record is not None else ""
    frame = writer.frame("organisation", title, description, urls.ORGANISATIONS, (index,), file)
    return OrganisationView(
        frame=organisation_signposts(writer, organisation, frame),
        name=organisation.name,
        full_name=str(record.full_name or "") if record is not None else "",
        full_name_sign="inferred" if record is not None and record.full_name_inferred else "",
        aliases=tuple(map(str, record.aliases)) if record is not None else (),
        kind=kind,
        region=writer.region_path(record.region) if record is not None else (),
        tree=_hierarchy(writer, organisation),
        people=tuple(_people(writer, own)),
        events=tuple(writer.event(event) for event in events if event.is_on_axis),
        undated=tuple(writer.event(event) for event in events if not event.is_on_axis),
        mentions=writer.mentions("organisation", own),
        html=writer.fragment(archive.notes.get(("organisation", organisation.id))),
    )


def _people(writer: Writer, identifiers: list[str]) -> Iterator[PersonLine]:
    """Yield the people of the organisations shown on one page, each once, with the posts they held in them."""
    held: dict[str, list[Unit]] = {}
    for identifier in identifiers:
        for person, unit in writer.archive.members.get(identifier, ()):
            held.setdefault(person.id, []).append(unit)
    people = sorted((writer.archive.people[identifier] for identifier in held), key=lambda person: person.sort_key)
    for person in people:
        line = writer.person_line(person, posts=tuple(_post(writer, unit) for unit in held[person.id] if unit.post))
        yield PersonLine(line.person, line.pinyin, line.qualifier, line.posts, period=PERIOD)


def _post(writer: Writer, unit: Unit) -> str:
    """Return a post with the part of the organisation in which it is held, unless that is the whole."""
    organisations = writer.archive.organisations
    organisation = organisations.by_id[organisations.by_name[str(unit.name)]]
    return (organisation.name if organisation.parent else "") + str(unit.post or "")


def _events(archive: Archive, identifiers: list[str]) -> list[PlacedEvent]:
    """Return the events that name one of the organisations, each once, those with a date first."""
    named = {
        (placed.document, placed.number): placed
        for identifier in identifiers
        for placed in archive.deeds.get(identifier, ())
    }
    return sorted(named.values(), key=lambda placed: (not placed.is_on_axis, placed.sort_key))


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
    ordered = sorted(children, key=_order)
    below = tuple(organisation_branch(writer, child, here=here, quotes=quotes) for child in ordered)
    return _node(writer, organisation, below, here=here, quotes=quotes)


def _order(organisation: Organisation) -> tuple[object, ...]:
    """Return the key of alphabetical order."""
    return (*names.sort_key(organisation.pinyin, organisation.name), organisation.id)


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


def organisations_index(archive: Archive) -> TreeView:
    """Return the index of organisations: a tree for each that has nothing above it."""
    writer = Writer(archive, urls.ORGANISATIONS)
    by_id = archive.organisations.by_id
    roots = sorted((by_id[identifier] for identifier in archive.branches.get("", ())), key=_order)
    count = len(by_id)
    return TreeView(
        frame=writer.frame("organisations", "机构", f"文中所见的{count}个机构及其层级。", urls.ORGANISATIONS),
        trees=tuple(organisation_branch(writer, root, here="", quotes=True) for root in roots),
        references=tuple(
            (alias, writer.organisation(organisation.id))
            for alias, organisation in sorted(_other_names(archive), key=lambda pair: _order(pair[1]))
        ),
        count=count,
    )


def _other_names(archive: Archive) -> Iterator[tuple[str, Organisation]]:
    """Yield each other name of an organisation with the organisation."""
    for organisation in archive.organisations.by_id.values():
        if organisation.record is not None:
            for alias in organisation.record.aliases:
                yield str(alias), organisation
