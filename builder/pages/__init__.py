"""Which pages exist, and the view that each template is given.

Takes an ``Archive``; gives views. ``PAGES`` reads like a table of contents; to add a kind of page, write a function
from the archive to its views, a dataclass in ``builder/views/`` and a template in ``templates/pages/``.
"""

from collections.abc import Callable, Iterable, Iterator

from builder.archive import Archive
from builder.pages.changes import changes_pages
from builder.pages.data import data_page
from builder.pages.days import day_pages
from builder.pages.former import former_pages, redirect_pages, withdrawn_pages
from builder.pages.home import home_page, not_found_page, text_pages
from builder.pages.months import month_pages
from builder.pages.organisation_index import names_pages, organisations_pages
from builder.pages.organisations import organisation_pages
from builder.pages.people import namesakes_pages, people_pages
from builder.pages.person import person_pages
from builder.pages.regions import region_pages, regions_pages
from builder.pages.search import search_pages
from builder.pages.timeline import timeline_pages, way_pages
from builder.pages.undated import undated_pages
from builder.views import View

PAGES: tuple[Callable[[Archive], Iterable[View]], ...] = (
    lambda archive: (home_page(archive),),
    person_pages,
    withdrawn_pages,
    redirect_pages,
    organisation_pages,
    region_pages,
    people_pages,
    organisations_pages,
    names_pages,
    regions_pages,
    timeline_pages,
    month_pages,
    day_pages,
    way_pages,
    undated_pages,
    namesakes_pages,
    text_pages,
    changes_pages,
    lambda archive: (data_page(archive),),
    search_pages,
    lambda archive: (not_found_page(archive),),
)

# Those of which each page belongs to one thing: they are made one by one (``cache.tracked.FOCUSED``).
PAGES_OF_ONE: dict[str, Callable[[Archive], Iterable[View]]] = {
    "person": person_pages,
    "organisation": organisation_pages,
    "region": region_pages,
    "namesake": namesakes_pages,
    "month": month_pages,
    "people-part": people_pages,
    "undated-part": undated_pages,
    "organisations-part": organisations_pages,
    "names-part": names_pages,
    "log-part": changes_pages,
    "day": day_pages,
}


def all_views(archive: Archive) -> Iterator[View]:
    """Yield the view of every page of the site; a page that there is again needs none at its former address."""
    made = set()
    for pages in (*PAGES, former_pages):
        for view in pages(archive):
            if pages is not former_pages or view.frame.address not in made:
                made.add(view.frame.address)
                yield view
