"""The home page, the pages of prose, and the page for an address that is not there."""

from collections.abc import Iterator
from itertools import chain

from builder import urls
from builder.archive import Archive, Person
from builder.archive.calendar import ALL
from builder.archive.log import NEWCOMERS
from builder.archive.totals import Span
from builder.axis import WIDE
from builder.date_words import show_span
from builder.pages.drawing import MARKS, draw
from builder.pages.frame import Writer
from builder.pages.months import month_links
from builder.views import Card, HomeView, Link, MonthLink, NotFoundView, TextView

INDEXES = (("按人物 A–Z", urls.PEOPLE), ("按机构", urls.ORGANISATIONS), ("按地区", urls.REGIONS))
CARDS = NEWCOMERS  # above this the home page shows the latest additions and leads to the index
MONTHS = 4  # months of a timeline too thick for a picture


def home_page(archive: Archive) -> HomeView:
    """Return the home page: how many, from when to when, and a card for each person, in order of the first act."""
    writer = Writer(archive, urls.HOME)
    site, totals, count = archive.site, archive.totals, len(archive.people)
    events = archive.timeline if totals.dated <= MARKS else ()
    chart = next(iter(draw(archive, events, WIDE)), None)
    return HomeView(
        frame=writer.frame("home", site.title, site.tagline),
        documents=totals.documents,
        people=count,
        span=_span(totals.span),
        cards=tuple(_card(writer, person) for person in _shown(archive, count)),
        more=max(0, count - CARDS),
        is_latest=count > CARDS,
        chart=chart,
        months=_busiest(writer) if chart is None else (),
        timeline=Link("时间线", writer.href(urls.TIMELINE)) if totals.dated else None,
        indexes=tuple(Link(words, writer.href(address)) for words, address in INDEXES),
    )


def _shown(archive: Archive, count: int) -> Iterator[Person]:
    """Yield people in order of their first dated act; where they are many, those taken up last come first."""
    latest = archive.newcomers if count > CARDS else ()
    seen: set[str] = set()
    for identifier in chain.from_iterable((latest, archive.in_time, archive.people)):
        if len(seen) == CARDS:
            return
        if identifier not in seen:
            seen.add(identifier)
            yield archive.people[identifier]


def _busiest(writer: Writer) -> tuple[MonthLink, ...]:
    """Return the months with most events, in order of time."""
    months = [(month, total) for (way, month), total in writer.archive.months.items() if way == ALL]
    most = sorted(months, key=lambda pair: (-pair[1].count, pair[0]))[:MONTHS]
    return month_links(writer, ALL, sorted(most, key=lambda pair: pair[0]))


def _span(span: Span | None) -> str:
    """Return from when to when the dated acts lie, as far as they are days; empty where there are none."""
    if span is None:
        return ""
    return show_span(span.first, span.last, supplied=span.is_supplied, reckoned=span.is_reckoned)


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
