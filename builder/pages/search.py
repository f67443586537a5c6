"""The page of the search: a field and the indexes. What is found is shown by ``static/js/search.js``."""

from collections.abc import Iterator

from builder import urls
from builder.archive import Archive
from builder.pages.frame import Writer
from builder.views import Link, SearchView

INDEXES = (
    ("人物 A–Z", urls.PEOPLE),
    ("机构", urls.ORGANISATIONS),
    ("地区", urls.REGIONS),
    ("时间线", urls.TIMELINE),
)


def search_pages(archive: Archive) -> Iterator[SearchView]:
    """Yield the page, unless ``site.yaml`` says ``search: no``."""
    if archive.site.search:
        writer = Writer(archive, urls.SEARCH)
        yield SearchView(
            frame=writer.frame("search", "搜索", "搜索人物、机构、地区与正文。"),
            indexes=tuple(Link(words, writer.href(address)) for words, address in INDEXES),
        )
