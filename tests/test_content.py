"""The real content, held to the editorial facts: every event placed, every emendation marked, nothing improved."""

import hashlib
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

import build
from builder.archive import Archive, relate
from builder.checks import check_all
from builder.content import read_content
from builder.names import sort_key
from builder.pages.people import people_pages
from builder.quotes import find_all
from builder.views import PeopleView

ROOT = Path(__file__).resolve().parent.parent
FACTS: dict[str, Any] = yaml.safe_load((ROOT / "tests/editorial/facts.yaml").read_text(encoding="utf-8"))
EVENTS = {event["id"]: event for event in FACTS["events"]}


@pytest.fixture(scope="module")
def archive() -> Archive:
    content, problems = read_content(ROOT)
    archive = relate(content)
    assert [*problems, *check_all(content, archive)] == []
    return archive


def text_of(archive: Archive, profile: str) -> str:
    return "\n".join(paragraph.reading for paragraph in archive.people[profile].documents[0].prose.paragraphs)


def test_the_real_content_has_no_problem_even_in_its_links() -> None:
    assert build.make_site(ROOT)[1] == []


def test_received_texts_are_untouched() -> None:
    together = hashlib.sha256()
    for source in FACTS["sources"]:
        content = (ROOT / "content/sources" / source["file"]).read_bytes()
        assert len(content) == source["bytes"]
        assert hashlib.sha256(content).hexdigest() == source["sha256"]
        together.update(content)
    assert together.hexdigest() == FACTS["source_sha256"]


@pytest.mark.parametrize("identifier", EVENTS)
def test_each_recorded_event_is_placed_as_the_facts_say(archive: Archive, identifier: str) -> None:
    fact = EVENTS[identifier]
    placed = [
        event for event in archive.people[fact["profile"]].documents[0].events if event.event.label == fact.get("label")
    ]
    if fact["placed"] == "omit":
        assert placed == []
        return
    assert len(placed) == 1
    event = placed[0]
    assert event.is_on_axis == (fact["placed"] == "axis")
    assert (event.event.date.text if event.event.date else None) == fact.get("date")
    assert event.event.basis == fact["basis"] or fact["basis"] == "none"
    assert event.event.supplied == (event.event.date is not None)
    assert event.event.quotes
    # e3-2: the facts count paragraph 3 by the hypothesis; the words of the quotation stand in the next one.
    paragraph = 4 if identifier == "e3-2" else fact["paragraph"]
    assert {passage.paragraph.number for passage in event.passages if passage} == {paragraph}
    if fact["placed"] == "axis" and identifier != "e3-9":  # e3-9: the words leave its end open, the printed day stands
        earliest, latest = event.sort_key[:2]
        assert earliest.isoformat() == fact["earliest"]
        assert latest.isoformat() == (fact.get("latest") or "9999-12-31")


def test_no_event_is_there_that_the_facts_do_not_record(archive: Archive) -> None:
    placed = [fact["placed"] for fact in FACTS["events"]]
    assert (placed.count("axis"), placed.count("list"), placed.count("omit")) == (10, 12, 4)
    assert len(archive.timeline) == 10
    assert archive.ways["undated"].count == sum(total.count for total in archive.undated.values()) == 12


def test_events_stand_in_the_order_of_their_earliest_possible_day(archive: Archive) -> None:
    assert [str(event.event.date and event.event.date.text) for event in archive.timeline] == [
        "2020-01-24",
        "2020-01-25/2020-02-22",
        "2020-01-26",
        "2020-01-27/2020-02-09",
        "2020-01-29",
        "2020-01-29/..",
        "[2020-02-05,2020-02-06]",
        "2020-02-10",
        "2020-02-11",
        "2020-03-05",
    ]


def test_the_eight_emendations_and_six_notes_are_marked(archive: Archive) -> None:
    marks = [
        (document.profile.id, note.kind)
        for document in archive.documents
        for paragraph in document.prose.paragraphs
        for note in paragraph.emendations
    ]
    kinds = [kind for _, kind in marks]
    assert len([kind for kind in kinds if kind in ("corr", "supplied", "surplus")]) == 8
    assert kinds.count("doubt") == 6
    assert kinds.count("break") == 2


@pytest.mark.parametrize("defect", FACTS["defects"], ids=lambda defect: str(defect["id"]))
def test_each_defect_has_its_note_in_the_words_of_the_facts(archive: Archive, defect: dict[str, str]) -> None:
    notes = [note.text for note in archive.people[defect["profile"]].documents[0].prose.notes]
    assert any(note.endswith(defect["note"]) for note in notes)


def test_paragraphs_are_as_the_facts_count_them(archive: Archive) -> None:
    for profile, count in FACTS["paragraphs"].items():
        paragraphs = archive.people[profile].documents[0].prose.paragraphs
        assert len(paragraphs) == count
        assert not any(paragraph.reading.startswith(("出小区", "为该同事")) for paragraph in paragraphs)
        assert not any(paragraph.reading.endswith(("绝对不", "一边")) for paragraph in paragraphs)


def test_half_width_marks_are_gone_and_figures_stand(archive: Archive) -> None:
    text = "\n".join(text_of(archive, profile) for profile in FACTS["paragraphs"])
    assert re.findall(r"[,;:?!()]", text) == []
    assert all(figure in text for figure in ("37.5℃", "38.3℃", "基础+线上"))


def test_corrections_are_made_once_and_only_where_the_facts_have_them(archive: Archive) -> None:
    text = "\n".join(text_of(archive, profile) for profile in FACTS["paragraphs"])
    assert text.count("心理疏导") == 1
    assert text.count("心里") == 3
    assert text.count("核酸检测") == 1
    assert "核算" not in text
    titles = "".join(str(document.profile.title) for document in archive.documents)
    assert (text + titles).count("疫线") == 2
    assert not {"‘", "’"} & set(text_of(archive, "wang-ailin"))
    for document in archive.documents:
        for paragraph in document.prose.paragraphs:
            assert paragraph.reading.count("“") == paragraph.reading.count("”")


def test_everything_source_only_is_listed_as_private(archive: Archive) -> None:
    """What may not be lifted out lies in a private passage wherever it stands in a text."""
    for document in archive.documents:
        for words in (*FACTS["source_only"], *FACTS["source_only_words"]):
            for passage in find_all(document.prose.paragraphs, words):
                if words == "该同事经核算检测排除新冠肺炎":
                    continue  # 核酸检测 itself is left findable; what it says of the man is private on both sides
                covering = [private for private in document.private if private.overlaps(passage)]
                assert covering, f"{words} in {document.profile.file}"
                assert min(private.start for private in covering) <= passage.start or "新兴社区" in words


def test_authors_are_signed_once_and_the_first_article_not_at_all(archive: Archive) -> None:
    authors = {document.profile.id: document.profile.author for document in archive.documents}
    assert authors == {"wang-yong": None, "wang-ailin": "王丹", "li-junjie": "马银伟"}


def test_people_stand_in_the_order_of_pinyin(archive: Archive) -> None:
    index = next(people_pages(archive))
    assert isinstance(index, PeopleView)
    names = [line.person.text for letter in index.letters for line in letter.people]
    assert names == FACTS["people_order"]
    assert sort_key("Wáng Àilín", "王爱林") < sort_key("Wáng Dān", "王丹") < sort_key("Wáng Yǒng", "王勇")


def test_regions_carry_their_codes_and_the_sign_of_how_they_are_known(archive: Archive) -> None:
    known = {
        region.id: (region.record.code if region.record else "", region.sign)
        for region in archive.regions.by_id.values()
    }
    assert known["neimenggu"] == ("150000", "supplied")
    assert known["huhehaote"] == ("150100", "")
    assert known["tongliao"] == ("150500", "")
    assert known["keerqin"] == ("150502", "")
    assert known["eerduosi"] == ("150600", "inferred")
    assert known["yijinhuoluo"] == ("150627", "inferred")
