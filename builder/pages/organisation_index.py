"""The index of organisations, as a tree, or A–Z where that would be too long; and of their other names."""

from collections.abc import Iterator, Sequence

from builder import urls
from builder.archive import Archive
from builder.archive.lists import link_weight
from builder.pages import branches
from builder.pages.frame import Writer
from builder.pages.listing import Listing, below, groups, listing_of, part_page, rows, section_apart
from builder.pages.organisations import organisation_branch
from builder.shelves import ROOM, Shelf
from builder.views import Contents, ListSection, ShelfView, TreeView


def organisations_pages(archive: Archive) -> Iterator[TreeView | ShelfView]:
    """Yield the index of organisations: a tree for each that has nothing above it; where it is long, A–Z."""
    for path, part in archive.organisation_parts.items():
        show = _show_rest if path or part.shelf.shelves else _show_trees
        listing = listing_of("机构", urls.ORGANISATIONS, "个", show, urls.organisations_part)
        yield part_page(archive, listing, part) if path else _index(archive, listing, part.shelf)


def _index(archive: Archive, listing: Listing[str], shelf: Shelf[str]) -> TreeView:
    writer, count = Writer(archive, urls.ORGANISATIONS), archive.totals.organisations
    return TreeView(
        frame=writer.frame("organisations", "机构", f"文中所见的{count}个机构及其层级。", urls.ORGANISATIONS),
        trees=listing.show(writer, shelf.items).trees,
        shelves=rows(writer, listing, shelf),
        groups=groups(writer, listing, shelf),
        references=_names_section(writer),
        count=count,
    )


def _show_trees(writer: Writer, roots: Sequence[str]) -> Contents:
    """Return organisations with all below them as trees."""
    by_id = writer.archive.organisations.by_id
    return Contents(trees=tuple(organisation_branch(writer, by_id[root], here="", quotes=True) for root in roots))


def _show_rest(writer: Writer, roots: Sequence[str]) -> Contents:
    """Return organisations as trees in an index that is long: only those without pages."""
    trees = _show_trees(writer, roots).trees
    return Contents(trees=tuple(tree for each in trees for tree in branches.fitted((each,), 0)))


def _names() -> Listing[tuple[str, str]]:
    """Return the list of other names of organisations."""
    address = urls.organisations_part("names")
    return listing_of(
        "别名与旧称", address, "个", _show_names, below(address), urls.ORGANISATIONS, (("机构", urls.ORGANISATIONS),)
    )


def _show_names(writer: Writer, items: Sequence[tuple[str, str]]) -> Contents:
    return Contents(references=tuple((name, writer.organisation(identifier)) for name, identifier in items))


def _names_section(writer: Writer) -> ListSection:
    """Return the other names as they stand in the index."""
    shelf, listing = writer.archive.name_parts[""].shelf, _names()
    if _are_apart(shelf):
        return section_apart(writer, listing, shelf)
    return ListSection(len(shelf.items), listing.measure, listing.show(writer, shelf.items))


def _are_apart(names: Shelf[tuple[str, str]]) -> bool:
    """Return whether the other names are more than may stand in the index: half a page."""
    return bool(names.shelves) or 2 * sum(link_weight(name) for name, _ in names.items) > ROOM


def names_pages(archive: Archive) -> Iterator[ShelfView]:
    """Yield the pages of the other names of organisations, where these are too many for the index."""
    for path, part in archive.name_parts.items():
        if path or _are_apart(part.shelf):
            yield part_page(archive, _names(), part)
