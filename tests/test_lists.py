"""Lists of thousands: every page in the budget, every way leads somewhere, no address that an id could take."""

import gzip
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import chain
from pathlib import Path
from posixpath import dirname, join, normpath

import pytest

import build
from bench.corpus import write_corpus
from builder.archive import Archive, relate
from builder.archive.calendar import ALL
from builder.archive.lists import list_people
from builder.authority import Region
from builder.content import read_content
from builder.dates import parse_edtf
from builder.names import person_pinyin
from builder.pages.changes import changes_pages
from builder.pages.days import day_pages_of
from builder.pages.home import CARDS, home_page
from builder.pages.months import month_page
from builder.pages.organisation_index import names_pages, organisations_pages
from builder.pages.organisations import organisation_pages_of
from builder.pages.people import namesakes_pages_of, people_pages
from builder.pages.regions import region_pages_of, regions_pages
from builder.pages.timeline import MONTH, timeline_pages, way_pages_of
from builder.pages.undated import undated_pages
from builder.problems import Place
from builder.records import Profile, RegionPath, Unit
from builder.render import render, template_environment
from builder.shelves import ROOM
from builder.text import Text
from builder.views import HomeView, ShelfView, TimelineView, View

ROOT = Path(__file__).resolve().parent.parent
BUDGET = 14_000  # bytes of page and style sheets, as in test_budget.py
PEOPLE = 3_000
HERE = Place("content/profiles/x.md")
TEAM, ALIKE = "北江省支援医疗队", "王伟"
SURNAMES, FIRST, SECOND = "王李张刘陈杨黄赵吴周徐孙马朱胡郭", "建国志明晓丽文海春秀", "华强军敏静伟芳涛燕霞平刚洁"
SHEET = re.compile(r'href="[./]*static/css/([a-z]+\.css)"')
HREF = re.compile(r'<a class="link" href="([^"#:]+\.html)')

Pages = Callable[[Archive], Iterator[View]]


def text(words: str) -> Text:
    return Text(words, HERE)


def person(number: int, pattern: Profile) -> Profile:
    """Return one of thousands: every second in one team, 300 of one name, most of a few weeks, a third undated."""
    first, second, third = SURNAMES[number % 16], FIRST[number // 16 % 10], SECOND[number // 160 % 13]
    name = ALIKE if number % 13 == 0 else first + second + third
    town = f"第{number % 9}市"
    names = tuple(map(text, ("北江省", town, f"{town}{number % 7}区")))[: 1 + number % 3]
    day = 1 + number * 7 % 28
    event = pattern.events[0]._replace(
        date=parse_edtf(f"2020-{1 + number % 3:02d}-{day:02d}"),
        label=text(f"第{number}件事，守在第{number * 31 % 997}号卡口到天亮"),
        quotes=(),
        basis=("printed", "counted", "named-day")[number % 3],
    )
    return replace(
        pattern,
        id=f"ren-{number}",
        name=text(name),
        pinyin=text(person_pinyin(name)),
        units=(Unit(text(TEAM if number % 2 else f"{town}第{number % 400}医院"), text("护士"), None),),
        region=RegionPath(names),
        events=(event, event._replace(date=None)) if number % 3 == 0 else (event,),
        author=None,
        aliases=(),
        person=None,
        private=(),
        tags=(),
        added=parse_edtf(f"2026-0{1 + number % 9}-15"),
        changes=(),
    )


@pytest.fixture(scope="module")
def archive() -> Archive:
    content, _ = read_content(ROOT / "tests/site")
    pattern, prose = next(pair for pair in content.profiles if pair[0].id == "wang-fang")
    profiles = tuple((person(number, pattern), prose) for number in range(PEOPLE))
    return relate(replace(content, profiles=profiles, organisations=(), regions=()))


def rendered(views: Iterator[View], root: Path = ROOT) -> dict[str, str]:
    environment = template_environment(root / "templates")
    pages: dict[str, str] = {}
    for view in views:
        assert view.frame.address not in pages
        pages[view.frame.address] = render(environment, view)
    return pages


def too_large(pages: dict[str, str], sheets: Path) -> list[str]:
    """Return the pages that are more than the budget, with what they weigh."""
    weights = {file.name: len(gzip.compress(file.read_bytes(), 9)) for file in sheets.glob("*.css")}
    found = []
    for address, html in pages.items():
        size = len(gzip.compress(html.encode(), 9)) + sum(weights[name] for name in SHEET.findall(html))
        if size > BUDGET:
            found.append(f"{address}: {size}")
    return found


def region(archive: Archive, name: str) -> Region:
    return archive.regions.by_id[archive.regions.by_name[name]]


def month(archive: Archive, way: str, number: int) -> Iterator[View]:
    """Yield the page of a month of 2020 and those of its days."""
    yield month_page(archive, way, (2020, number))
    for slot in archive.days:
        if slot[:3] == (way, 2020, number):
            yield from day_pages_of(archive, slot)


KINDS: dict[str, Pages] = {
    "people": people_pages,
    "namesakes": lambda archive: namesakes_pages_of(archive, ALIKE),
    "team": lambda archive: organisation_pages_of(
        archive, archive.organisations.by_id[archive.organisations.by_name[TEAM]]
    ),
    "province": lambda archive: region_pages_of(archive, region(archive, "北江省")),
    "town": lambda archive: region_pages_of(archive, region(archive, "第1市")),
    "organisations": lambda archive: chain(organisations_pages(archive), names_pages(archive)),
    "regions": regions_pages,
    "timeline": lambda archive: chain(timeline_pages(archive), undated_pages(archive)),
    "month": lambda archive: month(archive, ALL, 2),
    "way": lambda archive: chain(way_pages_of(archive, "counted"), month(archive, "counted", 2)),
    "changes": changes_pages,
    "home": lambda archive: iter((home_page(archive),)),
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_page_of_thousands_fits_the_budget_and_its_parts_are_there(
    kind: str, archive: Archive, built_site: Path
) -> None:
    pages = rendered(KINDS[kind](archive))
    assert too_large(pages, built_site / "static/css") == []
    own = {normpath(join(dirname(address), href)) for address, html in pages.items() for href in HREF.findall(html)}
    parts = set(list(pages)[1:])
    assert parts <= own, "a part to which nothing leads"
    folders = {address.rsplit("/", 1)[0] for address in parts}
    dead = {href for href in own - set(pages) if href.rsplit("/", 1)[0] in folders}
    # The pages of months and of ways of dating are entries of their own.
    assert {href for href in dead if not re.fullmatch(r"timeline/(\d{4}-\d\d|[a-z-]+)\.html", href)} == set()


def test_what_is_divided_keeps_everybody(archive: Archive) -> None:
    html = "".join(rendered(people_pages(archive)).values())
    assert {f"ren-{number}" for number in range(PEOPLE)} <= set(re.findall(r"people/(ren-\d+)\.html", html))
    html = "".join(rendered(month(archive, ALL, 2)).values())
    expected = {f"e-ren-{number}-1" for number in range(PEOPLE) if number % 3 == 1}
    assert set(re.findall(r'id="(e-ren-\d+-1)"', html)) == expected


def test_no_part_of_a_list_can_be_the_page_of_an_id(archive: Archive) -> None:
    for kind in ("people", "team", "town", "organisations", "namesakes", "month", "way", "changes"):
        views = [view for view in KINDS[kind](archive) if isinstance(view, ShelfView)]
        assert views, kind
        for view in views:
            address = view.frame.address
            depth = address.count("/")
            taken = address.startswith(("people/", "organisations/", "regions/")) and depth == 1
            assert depth and not taken, f"{address} could be the page of a record or of the editors"


def test_a_divided_list_of_one_person_more_has_all_its_addresses_and_others(archive: Archive) -> None:
    fewer = {view.frame.address for view in _people(archive, range(0, PEOPLE, 2))}
    assert fewer <= {view.frame.address for view in _people(archive, range(PEOPLE))}


def _people(archive: Archive, numbers: range) -> Iterator[View]:
    chosen = {f"ren-{number}": archive.people[f"ren-{number}"] for number in numbers}
    ordered = dict(sorted(chosen.items(), key=lambda pair: pair[1].sort_key))
    return people_pages(replace(archive, people=ordered, people_parts=list_people(ordered)))


def test_the_letters_of_the_index_stay_where_they_were(archive: Archive) -> None:
    html = rendered(people_pages(archive))["people.html"]
    letters = {person.pinyin[0] for person in archive.people.values()}
    assert letters <= set(re.findall(r'id="([A-Z])"', html))


def test_a_large_archive_shows_the_latest_additions_first(archive: Archive) -> None:
    view = home_page(archive)
    assert isinstance(view, HomeView)
    assert view.is_latest
    assert len(view.cards) == CARDS
    shown = {int(card.person.href.removeprefix("people/ren-").removesuffix(".html")) for card in view.cards}
    assert {number % 9 for number in shown} == {8}, "the latest are of September"
    assert [month.link.text for month in view.months] == ["2020年1月", "2020年2月", "2020年3月"]


def test_a_crowded_timeline_shows_how_thick_events_lie(archive: Archive) -> None:
    html = rendered(timeline_pages(archive))["timeline.html"]
    assert "chart--wide" not in html
    assert html.count('class="month__bars"') == 3
    assert "除夕" in html
    assert re.findall(r"共(\d+)条，按人物排列", html) == [str(len(range(0, PEOPLE, 3)))]


def over_months(count: int, first: int) -> Archive:
    """Return an archive with an event in each of so many months from January of a year, each of somebody else."""
    content, _ = read_content(ROOT / "tests/site")
    pattern, prose = next(pair for pair in content.profiles if pair[0].id == "wang-fang")
    profiles = []
    for number in range(count):
        made = person(number, pattern)
        day = parse_edtf(f"{first + number // 12}-{number % 12 + 1:02d}-10")
        profiles.append((replace(made, events=(made.events[0]._replace(date=day),)), prose))
    return relate(replace(content, profiles=tuple(profiles), organisations=(), regions=()))


def timeline_over(months: int, first: int) -> dict[str, View]:
    """Return the pages of the timeline of such an archive by their addresses."""
    return {view.frame.address: view for view in timeline_pages(over_months(months, first))}


def test_years_take_the_place_of_months_where_a_page_does_not_hold_these() -> None:
    fits = ROOM // MONTH
    few, many = timeline_over(fits, 2011), timeline_over(fits + 1, 2011)
    whole, divided = few["timeline.html"], many["timeline.html"]
    assert isinstance(whole, TimelineView) and isinstance(divided, TimelineView)
    assert (len(whole.months), whole.shelves) == (fits, ())
    assert divided.months == ()
    years = [(row.link.text, row.count) for row in divided.shelves]
    assert years == [("2011年", 12), ("2012年", 12), ("2013年", 12), ("2014年", 12), ("2015年", fits + 1 - 48)]
    assert "timeline/2011.html" in {row.link.href for row in divided.shelves}
    assert not any(address.startswith("timeline/2011") for address in few)
    year = many["timeline/2011.html"]
    assert isinstance(year, ShelfView)
    assert [month.link.text for month in year.contents.months] == [f"2011年{month}月" for month in range(1, 13)]


def test_decades_take_the_place_of_years_where_there_are_several() -> None:
    divided = timeline_over(ROOM // MONTH + 1, 2016)["timeline.html"]
    assert isinstance(divided, TimelineView)
    assert [row.link.text for row in divided.shelves] == ["2010年代", "2020年代"]


def test_a_small_archive_stays_on_its_pages(built_pages: tuple[str, ...]) -> None:
    assert [address for address in built_pages if address.startswith("az/") or address.count("/") > 1] == []


def test_a_whole_archive_with_divided_lists_has_no_dead_link(tmp_path: Path, built_site: Path) -> None:
    write_corpus(tmp_path, 100, settings="exports: []\n")
    files, problems = build.make_site(tmp_path)
    assert [problem for problem in problems if problem.level == "error"] == []
    pages = {file.address: file.content.decode() for file in files if file.address.endswith(".html")}
    assert any(address.startswith("az/people/") for address in pages)
    lists = {address: html for address, html in pages.items() if not address.startswith("people/")}
    assert too_large(lists, built_site / "static/css") == []
