"""Who stands near a person, and why: each tie with its reason, nothing private, nothing inferred, few."""

from collections.abc import Callable
from pathlib import Path

import pytest

from builder.archive import Archive, relate
from builder.archive.adjacency import FEW
from builder.content import read_content
from builder.pages.frame import Writer
from builder.pages.related import RELATIVES, neighbours, relatives
from builder.views import Relative

PROFILE = """---
name: {name}
pinyin: Jiǎ {syllable}
unit: {unit}
region: {region}
region_inferred: [{inferred}]
dates: [{dates}]
author:
tags: [{tags}]
private: [{private}]
---
{body}
"""
SYLLABLES = ["Ā", "Bā", "Cā", "Dā", "Ēi", "Fā", "Gā", "Hā", "Jī", "Kā", "Lā", "Mā"]


class Village:
    """A project into which people are written."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "content/profiles").mkdir(parents=True)
        (folder / "site.yaml").write_text("title: 测试\n", encoding="utf-8")
        self.count = 0

    def add(self, *, region: str = "", unit: str = "", dates: str = "", body: str = "他做事。", **other: str) -> str:
        """Write a person; what is not given is unlike anybody else's. Returns the id."""
        self.count += 1
        identifier = f"jia-{self.count:02d}"
        values = {"inferred": "", "tags": "", "private": ""} | other
        text = PROFILE.format(
            name=f"甲{self.count}",
            syllable=SYLLABLES[self.count % len(SYLLABLES)],
            unit=unit or f"第{self.count}所",
            region=region or f"第{self.count}省",
            dates=dates,
            body=body,
            **values,
        )
        (self.folder / f"content/profiles/{identifier}.md").write_text(text, encoding="utf-8")
        return identifier

    def archive(self) -> Archive:
        """Return the archive."""
        return relate(read_content(self.folder)[0])

    def relatives(self, identifier: str) -> tuple[Relative, ...]:
        """Return who stands near a person."""
        archive = self.archive()
        return relatives(Writer(archive, f"people/{identifier}.html"), archive.people[identifier])

    def reasons(self, identifier: str) -> dict[str, list[str]]:
        """Return the kinds of ties of a person, by the id of the other."""
        near = self.relatives(identifier)
        return {each.person.href.removesuffix(".html"): [tie.kind for tie in each.ties] for each in near}


@pytest.fixture
def village(tmp_path: Path) -> Village:
    return Village(tmp_path)


def test_people_who_share_nothing_are_no_relatives(village: Village) -> None:
    village.add()
    assert village.reasons(village.add()) == {}


def test_one_day_ties_with_the_words_of_both(village: Village) -> None:
    act = "{{date: 2020-01-26, event: 事, quote: {quote}}}"
    one = village.add(dates=act.format(quote="他出发了"), body="1月26日，他出发了。")
    two = village.add(dates=act.format(quote="她值班"), body="这天她值班。")
    (relative,) = village.relatives(one)
    (tie,) = relative.ties
    assert (tie.kind, tie.words.text if tie.words else "") == ("同日", "2020年1月26日")
    assert [(side.quote.text, side.quote.href) for side in tie.sayings] == [
        ("他出发了", "#p1"),
        ("她值班", f"{two}.html#p1"),
    ]


@pytest.mark.parametrize(
    "dates",
    [
        "{date: 2020-01-26, event: 事, scope: group}",
        "{date: 2020-01-26, event: 事, basis: counted}",
        "{date: 2020-01-26~, event: 事}",
        "{date: 2020-01, event: 事}",
        "{date: 2020-01-26, event: 事, alternatives: [2020-01-27]}",
    ],
)
def test_an_uncertain_day_and_the_act_of_another_tie_nobody(village: Village, dates: str) -> None:
    village.add(dates="{date: 2020-01-26, event: 事}")
    assert village.reasons(village.add(dates=dates)) == {}


def test_what_many_share_ties_only_where_two_things_meet(village: Village) -> None:
    for number in range(FEW):
        village.add(tags="献血", region=f"北省/第{number}市")
    one = village.add(tags="献血", region="北省/云市", body="他献血。")
    assert village.reasons(one) == {}
    two = village.add(tags="献血", region="北省/云市", body="她也献血了。")
    assert village.reasons(one) == {two: ["同题", "同地"]}


def test_an_inferred_place_and_a_mere_province_tie_nobody(village: Village) -> None:
    one = village.add(region="北省/云市")
    village.add(region="北省/云市", inferred="云市")
    village.add(region="北省")
    assert village.reasons(one) == {}


def test_a_mention_ties_both_and_the_sentence_is_shown_unless_it_is_private(village: Village) -> None:
    one = village.add()
    two = village.add(body=f"他病了。[甲1](person:{one})来换班。", private="他病了")
    hidden = village.add(body=f"他的[邻居](person:{one})病了。", private="邻居病了")
    assert village.reasons(one) == {two: ["文中提及"]}
    assert village.reasons(two) == {one: ["文中提及"]}
    assert village.reasons(hidden) == {}
    assert [side.quote.text for side in village.relatives(one)[0].ties[0].sayings] == ["甲1来换班。"]


def test_both_naming_one_thing_is_a_tie_only_with_both_sentences(village: Village) -> None:
    one = village.add(region="北省/云市", body="他向[云市](region:云市)捐款。")
    two = village.add(body="她到过[云市](region:云市)。")
    village.add(body="他在[云市](region:云市)治病。", private="他在云市治病")
    assert village.reasons(one) == {two: ["文中同及"]}


def test_private_words_are_withheld_from_the_sentences(village: Village) -> None:
    one = village.add(tags="献血", body="他刚出院，又去献血。", private="他刚出院")
    two = village.add(tags="献血", body="献血。")
    assert [side.quote.text for side in village.relatives(two)[0].ties[0].sayings] == ["献血。", "［略］，又去献血。"]
    assert village.reasons(one) == {two: ["同题"]}


def test_relatives_are_few_and_the_strongest_ties_come_first(village: Village) -> None:
    one = village.add(unit="云所", tags="献血")
    for _ in range(FEW - 2):
        village.add(tags="献血")
    closest = village.add(unit="云所", tags="献血")
    found = village.reasons(one)
    assert len(found) == RELATIVES
    assert next(iter(found)) == closest
    assert found == village.reasons(one)


def test_before_and_after_in_time_follow_the_first_act(village: Village, dated: Callable[[str], str]) -> None:
    later, first = (village.add(dates=dated(day)) for day in ("2020-02-01", "2020-01-24"))
    undated = village.add()
    archive = village.archive()

    def around(identifier: str) -> list[tuple[str, str] | None]:
        near = neighbours(Writer(archive, f"people/{identifier}.html"), archive.people[identifier])
        return [(each.person.href, each.date) if each else None for each in near]

    assert around(first) == [None, (f"{later}.html", "2020年2月1日")]
    assert around(later) == [(f"{first}.html", "2020年1月24日"), None]
    assert around(undated) == [None, None]


@pytest.fixture
def dated() -> Callable[[str], str]:
    """Return the function that writes an act of a day."""
    return lambda day: f"{{date: {day}, event: 事}}"
