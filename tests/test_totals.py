"""What the archive has counted, sorted or picked beforehand is what looking at every record gives."""

from pathlib import Path

import pytest

import build
from bench.corpus import write_corpus
from builder.archive import Archive
from builder.archive.log import ADDED, LATEST, NEWCOMERS
from builder.date_words import show_span
from builder.history import last_day, log
from builder.pages.home import home_page
from builder.tables import TABLES

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module", params=["small", "made up"])
def archive(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Archive:
    if request.param == "small":
        return build.read_archive(ROOT / "tests/site")[0]
    project = tmp_path_factory.mktemp("project")
    write_corpus(project, 60, 3)
    return build.read_archive(project)[0]


def test_every_table_has_as_many_rows_as_it_says(archive: Archive) -> None:
    assert {table.name: table.count(archive) for table in TABLES} == {
        table.name: len(list(table.rows(archive))) for table in TABLES
    }


def test_totals_are_what_counting_gives(archive: Archive) -> None:
    totals = archive.totals
    assert (totals.people, totals.organisations) == (len(archive.people), len(archive.organisations.by_id))
    assert totals.dated == len(archive.timeline)
    assert totals.events == len(archive.timeline) + sum(total.count for total in archive.undated.values())
    assert totals.has_certain == any(placed.is_certain for placed in archive.timeline)


def test_the_span_reaches_from_the_first_day_to_the_last(archive: Archive) -> None:
    dates = [placed.event.date for placed in archive.timeline if placed.event.scope == ""]
    days = sorted(day for date in dates if date for day in (date.earliest, date.latest) if day)
    span = archive.totals.span
    assert span is not None
    assert (span.first, span.last) == (days[0], days[-1])
    words = show_span(days[0], days[-1], span.is_supplied, reckoned=span.is_reckoned)
    assert home_page(archive).span == words


def test_the_log_is_known_by_its_beginning_its_days_and_its_parts(archive: Archive) -> None:
    entries = log(archive)
    assert archive.has_days
    assert archive.latest == entries[:LATEST]
    added = [entry.document.person for entry in entries if entry.kind == ADDED and entry.document is not None]
    assert archive.newcomers == tuple(dict.fromkeys(added))[:NEWCOMERS]
    shelves = [shelf for part in archive.log_parts.values() for shelf in (part.shelf, *part.shelf.shelves)]
    listed = [(entry.day, entry.key) for shelf in shelves for entry in shelf.items]
    assert sorted(listed) == sorted((entry.day, entry.key) for entry in entries)
    for person, day in zip(archive.people.values(), archive.last_days, strict=True):
        days = [last_day(document.profile) for document in person.documents]
        assert day == max((found for found in days if found is not None), default=None)


def test_a_former_id_leads_to_its_document_and_is_nobodys(archive: Archive) -> None:
    aliases = {str(alias) for document in archive.documents for alias in document.profile.aliases}
    assert archive.former_ids.keys() <= aliases - archive.people.keys()
    for alias, document in archive.former_ids.items():
        assert alias in map(str, document.profile.aliases)
    assert archive.former_ids or not aliases
