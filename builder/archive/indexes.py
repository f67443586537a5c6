"""Where each organisation and region has its line, once the trees of the indexes are too long for one page.

A short index holds everything as trees. A long one of organisations is divided A–Z and names only what has nothing
above it; one of regions names the largest. What has no page of its own then has its line on the page of the nearest
above it that has one, and else in the index.
"""

from collections.abc import Iterator, Mapping

from builder.authority import Organisation, Organisations, Regions, ancestors
from builder.az import name_step
from builder.shelves import ROOM, Shelf, Step, arrange

NODE, LISTED = 58, 150  # what a node weighs in bytes after compression, and one with its sentence

Children = Mapping[str, tuple[str, ...]]


def index_organisations(organisations: Organisations, branches: Children) -> Shelf[str]:
    """Return the organisations that have nothing above them, in A–Z order, divided where the index is too long."""
    roots = sorted(branches.get("", ()), key=lambda root: organisations.by_id[root].sort_key)
    if _weight(organisations) <= ROOM:
        return Shelf((), tuple(roots))

    def weigh(root: str) -> int:
        return sum(LISTED if each.tier == "listed" else NODE for each in _lines(organisations, branches, root))

    def step(root: str, depth: int) -> Step:
        organisation = organisations.by_id[root]
        return name_step(organisation.pinyin, organisation.name, depth)

    return arrange(roots, weigh, step)


def _lines(organisations: Organisations, branches: Children, identifier: str) -> Iterator[Organisation]:
    """Yield an organisation and what is listed under it without a page above it."""
    organisation = organisations.by_id[identifier]
    yield organisation
    if organisation.tier != "page":
        for child in branches.get(identifier, ()):
            yield from _lines(organisations, branches, child)


def is_long(index: Organisations | Regions) -> bool:
    """Return whether everything in an index as one tree is more than a page holds."""
    return _weight(index) > ROOM


def _weight(index: Organisations | Regions) -> int:
    return sum(LISTED if entity.tier == "listed" else NODE for entity in index.by_id.values())


def line_homes(index: Organisations | Regions, parts: Shelf[str] | None = None) -> dict[str, tuple[str, str]]:
    """Return, for each that has its line elsewhere than on the page of the whole index, where: a page and a part.

    The page is the id of the nearest above it that has one; the part is a path in the index, where there is none.
    """
    if not is_long(index):
        return {}
    paths = {root: path for path, root in parts.homes()} if parts is not None else {}
    homes = {}
    for entity in index.by_id.values():
        if entity.tier == "page":
            continue
        chain = ancestors(index.by_id, entity.id)
        page = next((found for found in chain if index.by_id[found].tier == "page"), "")
        part = "" if page else paths.get(chain[-1], "")
        if page or part:
            homes[entity.id] = (page, part)
    return homes
