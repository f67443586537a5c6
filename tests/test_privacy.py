"""What is private stands in the article's running text and nowhere else; the withdrawn are named nowhere."""

import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
import yaml

import build
from builder.archive import relate
from builder.content import read_content
from builder.output import OutputFile

ROOT = Path(__file__).resolve().parent.parent
FACTS: dict[str, Any] = yaml.safe_load((ROOT / "tests/editorial/facts.yaml").read_text(encoding="utf-8"))

PROFILE = """---
name: 阿木尔
pinyin: Ā Mù'ěr
unit: 东河县水文站
region: 南江省/东河县
dates:
  - {date: 2003-07-14, event: 测流, quote: 他测了流}
author:
summary: 测流。
private:
  - 鹬蚌𪚥住在鹬鸟巷九号
---
[东河县水文站](organisation:donghe-shuiwen)的阿木尔，鹬蚌𪚥住在鹬鸟巷九号，他测了流。
"""
GONE = """---
name: 鸑鷟甲
title: 鸑鷟甲其人
unit: 鸑鷟站
region: 鸑鷟县
dates: 2003-07-15
author: 鸑鷟乙
status: withdrawn
withdrawn: 2026-05-01
summary: 鸑鷟。
---
鸑鷟甲的事。
"""


class Outside(HTMLParser):
    """All of a page but the paragraphs of its articles and their notes: text, and every attribute."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._inside: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.pieces.extend(value for value in values.values() if value)
        classes = (values.get("class") or "").split()
        starts = tag in ("p", "section") and bool({"paragraph", "notes"} & set(classes))
        if (self._inside or starts) and tag not in ("br", "img", "meta", "link", "hr"):
            self._inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._inside and tag == self._inside[-1]:
            self._inside.pop()

    def handle_data(self, data: str) -> None:
        if not self._inside:
            self.pieces.append(data)


def outside(file: OutputFile) -> str:
    """Return everything of a file that is not the running text of an article."""
    text = file.content.decode("utf-8", errors="replace")  # pictures too
    if file.address.endswith(".tei.xml"):
        return re.sub("<body>.*</body>", "", text, flags=re.DOTALL)
    if file.address.endswith(".md"):
        return text.split("\n---\n", 1)[0]
    return "\n".join(Outside(text).pieces) if file.address.endswith(".html") else text


def windows(words: str, width: int = 6) -> set[str]:
    """Return every stretch of so many characters, for a part that leaks is a leak."""
    plain = re.sub(r"\s", "", words)
    return {plain[start : start + width] for start in range(max(1, len(plain) - width + 1))}


@pytest.fixture(scope="module")
def files() -> list[OutputFile]:
    return build.make_site(ROOT)[0]


def test_private_words_of_the_real_articles_stand_only_in_their_running_text(files: list[OutputFile]) -> None:
    archive = relate(read_content(ROOT)[0])
    secret: set[str] = set(FACTS["source_only_words"]) | set(FACTS["source_only"])
    for document in archive.documents:
        for quote in document.profile.private:
            secret |= windows(str(quote))
    elsewhere = {file.address: outside(file) for file in files}
    leaks = [(address, words) for address, text in elsewhere.items() for words in secret if words in text]
    assert leaks == []
    assert any("大柳塔" in file.content.decode("utf-8") for file in files if file.address == "people/li-junjie.html")


def test_the_measure_of_outside_sees_heads_attributes_and_lists() -> None:
    page = '<meta name="description" content="甲"><p class="paragraph" id="p1">乙<a title="丙">丁</a></p><li>戊</li>'
    assert set(outside(OutputFile("x.html", page.encode())).split()) >= {"甲", "丙", "戊"}
    assert not {"乙", "丁"} & set(outside(OutputFile("x.html", page.encode())).split())


def test_planted_private_words_stand_in_the_running_text_alone(small_site: Path) -> None:
    (small_site / "content/profiles/amuer.md").write_text(PROFILE, encoding="utf-8")
    files, problems = build.make_site(small_site)
    assert problems == []
    holders = [file.address for file in files if "鹬".encode() in file.content]
    assert holders == ["people/amuer.html", "people/amuer.tei.xml", "people/amuer.md"]
    assert [file.address for file in files if file.address in holders and "鹬" in outside(file)] == []
    page = next(file for file in files if file.address == "people/amuer.html")
    assert page.content.decode("utf-8").count("鹬") == 2
    assert "鹬" not in outside(page)
    organisation = next(file for file in files if file.address == "organisations/donghe-shuiwen.html")
    assert "的阿木尔，［略］，他测了流。" in organisation.content.decode("utf-8")


def test_the_address_of_a_withdrawn_person_stands_in_the_lists_of_addresses_alone(small_site: Path) -> None:
    """An address may be a name in pinyin. It must answer, so it cannot vanish; but no page and no record repeats it."""
    (small_site / "content/profiles/zhang-shan.md").write_text(
        "---\nname: 张珊\nstatus: withdrawn\nwithdrawn: 2026-05-01\naliases: [zhangshan]\n---\n", encoding="utf-8"
    )
    with (small_site / "site.yaml").open("a", encoding="utf-8") as settings:
        settings.write("former:\n- {address: organisations/zhang-shan-shi.html}\n")
    files, problems = build.make_site(small_site)
    assert problems == []
    holders = {file.address for file in files if re.search(b"zhang-?shan", file.content)}
    assert holders == {"addresses.txt", "SHA256SUMS"}
    for address in ("people/zhang-shan.html", "people/zhangshan.html", "organisations/zhang-shan-shi.html"):
        page = next(file.content for file in files if file.address == address).decode()
        assert '<meta name="robots" content="noindex">' in page


def test_a_withdrawn_person_is_named_nowhere(small_site: Path) -> None:
    (small_site / "content/profiles/gone.md").write_text(GONE, encoding="utf-8")
    files, problems = build.make_site(small_site)
    assert problems == []
    for file in files:
        assert not re.search("鸑|鷟", file.content.decode("utf-8", errors="replace")), file.address
    stone = next(file for file in files if file.address == "people/gone.html").content.decode("utf-8")
    assert "2026年5月1日" in stone
