"""The home page, the pages of prose, and the page for an address that is not there."""

from collections.abc import Iterator

from builder import urls
from builder.archive import Archive, Person
from builder.archive.calendar import ALL
from builder.axis import WIDE
from builder.date_words import show_span
from builder.history import ADDED, log
from builder.pages.drawing import draw
from builder.pages.frame import Writer
from builder.pages.months import month_links
from builder.views import Card, HomeView, Link, MonthLink, NotFoundView, TextView

INDEXES = (("按人物 A–Z", urls.PEOPLE), ("按机构", urls.ORGANISATIONS), ("按地区", urls.REGIONS))
CARDS = 30  # above this the home page shows the latest additions and leads to the index
MONTHS = 4  # months of a timeline too thick for a picture


def home_page(archive: Archive) -> HomeView:
    """Return the home page: how many, from when to when, and a card for each person, in order of the first act."""
    writer = Writer(archive, urls.HOME)
    people = _order(archive)
    site, chart = archive.site, next(iter(draw(archive, archive.timeline, WIDE)), None)
    return HomeView(
        frame=writer.frame("home", site.title, site.tagline),
        documents=len(archive.documents),
        people=len(people),
        span=_span(archive),
        cards=tuple(_card(writer, person) for person in people[:CARDS]),
        more=max(0, len(people) - CARDS),
        is_latest=len(people) > CARDS,
        chart=chart,
        months=_busiest(writer) if chart is None else (),
        timeline=Link("时间线", writer.href(urls.TIMELINE)) if archive.timeline else None,
        indexes=tuple(Link(words, writer.href(address)) for words, address in INDEXES),
    )


def _order(archive: Archive) -> list[Person]:
    """Return the people in order of their first dated act; where they are many, those taken up last come first."""
    order = dict.fromkeys((*archive.in_time, *archive.people))
    if len(order) > CARDS:
        added = (entry.document for entry in log(archive) if entry.kind == ADDED)
        order = dict.fromkeys((*(document.person for document in added if document is not None), *order))
    return [archive.people[person] for person in order]


def _busiest(writer: Writer) -> tuple[MonthLink, ...]:
    """Return the months with most events, in order of time."""
    months = [(month, total) for (way, month), total in writer.archive.months.items() if way == ALL]
    most = sorted(months, key=lambda pair: (-pair[1].count, pair[0]))[:MONTHS]
    return month_links(writer, ALL, sorted(most, key=lambda pair: pair[0]))


def _span(archive: Archive) -> str:
    """Return from when to when the dated acts lie, as far as they are days; empty where there are none."""
    acts = [placed for placed in archive.timeline if placed.event.scope == "" and placed.event.date is not None]
    days = [
        day
        for placed in acts
        if placed.event.date
        for day in (placed.event.date.earliest, placed.event.date.latest)
        if day
    ]
    if not days:
        return ""
    first = min(days)
    reckoned = not any(
        placed.event.basis == "printed" and placed.event.date is not None and placed.event.date.earliest == first
        for placed in acts
    )
    return show_span(first, max(days), supplied=all(placed.event.supplied for placed in acts), reckoned=reckoned)


def _card(writer: Writer, person: Person) -> Card:
    """Return a person's card: the name, the place below the province, and one plain sentence."""
    path = writer.region_path(person.profile.region)
    return Card(writer.person(person), path[1:] or path, str(person.profile.summary or writer.qualifier(person).name))


def text_pages(archive: Archive) -> Iterator[TextView]:
    """Yield the pages of prose."""
    for page, prose in archive.pages:
        writer = Writer(archive, urls.page(page.id))
        yield TextView(
            frame=writer.frame("text", str(page.title), page.summary, urls.page(page.id), file=page.file),
            html=writer.fragment(prose),
        )


def not_found_page(archive: Archive) -> NotFoundView:
    """Return the page that a server shows for any address that is not there, however deep.

    Its links cannot be relative to where it is shown: where ``site.yaml`` gives the site's address they start from its
    path, elsewhere they are right at the site's root only.
    """
    writer = Writer(archive, urls.NOT_FOUND, base=urls.site_path(archive.site.address))
    return NotFoundView(frame=writer.frame("not-found", "没有找到这一页", "地址可能有误，或页面已经更名。"))
