"""References, tables, feed, calendar and sitemap: each file is valid, and what reads it gets back what was written."""

import csv
import datetime
import io
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import icalendar
import pytest
import rispy
import yaml
from bibtexparser.entrypoint import parse_string
from jsonschema import Draft7Validator
from lxml import etree

import build
from builder import urls
from builder.archive import Archive
from builder.archive.calendar import ALL
from builder.archive.days import UNDATED
from builder.citation import Citation, bibtex_entry, citation, footnote, gbt7714
from builder.exports.calendar import fold
from builder.exports.csl import csl_item
from builder.exports.ris import ris_record
from builder.exports.robots import robots
from builder.exports.sitemap import sitemap
from builder.front_matter.withheld import without_key
from builder.pages.citation import citation_tags
from builder.tables import SEPARATOR, TABLES
from made_up import write_archive

TESTS = Path(__file__).resolve().parent
SCHEMAS = TESTS / "schemas"
Site = tuple[Archive, dict[str, bytes]]

WILD = Citation(
    key="wild",
    title=r"{一半 \& 100% #1 _a_ $5 ~x ^y 𠮷 <b> “引”",
    subtitle="记单}的一生",
    authors=("欧阳·𠮷", "O'Neil & 子"),
    publication=r"南江\日报",
    date="2004-07",
    address="https://example.org/a_b/%E4%BA%BA.html?x=1&y=2#p",
    site="测试 & 档案",
    day="2026-05-01",
)


@pytest.fixture(scope="module", params=["real", "small", "made up"])
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Return an archive and all its files: the real one, the small one, 300 made-up people."""
    folder = {"real": TESTS.parent, "small": TESTS / "site"}.get(request.param)
    if folder is None:
        folder = tmp_path_factory.mktemp("made-up")
        write_archive(folder, 300)
    archive, _ = build.read_archive(folder)
    return archive, {file.address: file.content for file in build.site_files(folder, archive)}


def works(archive: Archive) -> Iterator[Citation]:
    return (citation(archive, document) for document in archive.documents)


def suffixed(files: dict[str, bytes], suffix: str) -> dict[str, bytes]:
    return {address: content for address, content in files.items() if address.endswith(suffix)}


def read_html(content: bytes) -> Any:
    return etree.HTML(content.decode("utf-8"))


def read_xml(content: bytes) -> Any:
    return etree.fromstring(content)


# References


def read_bibtex(text: str) -> dict[str, str]:
    """Return type, key and fields of an entry, its escapes undone as TeX would set them."""
    library = parse_string(text)
    assert library.failed_blocks == []
    (entry,) = library.entries
    fields = {field.key: str(field.value) for field in entry.fields}
    return {"type": entry.entry_type, "key": entry.key, **{key: typeset(value) for key, value in fields.items()}}


def typeset(value: str) -> str:
    words = {"backslash": "\\", "braceleft": "{", "braceright": "}", "asciitilde": "~", "asciicircum": "^"}
    return re.sub(
        r"\\text(\w+)\{\}|\\([&%#_$])|[{}]",
        lambda found: words[found[1]] if found[1] else found[2] or "",
        value,
    )


def check_bibtex(text: str, work: Citation) -> None:
    found = read_bibtex(text)
    assert found["key"] == work.key
    assert found["title"] == work.full_title
    assert found.get("author", "") == " and ".join(work.authors)
    assert found.get("journaltitle", "") == work.publication
    assert found["langid"] == "chinese"
    assert found.get("date", "") == (work.date if work.numbers else "")
    assert f"url = {{{work.address}}}" in text if work.address else "url" not in found


def check_ris(text: str, work: Citation) -> None:
    lines = text.split("\r\n")
    assert "\n" not in "".join(lines)
    assert lines[0] == "TY  - ELEC"
    assert lines[-2:] == ["ER  - ", ""]
    (found,) = rispy.loads(text)
    assert found["id"] == work.key
    assert found["title"] == work.full_title
    assert tuple(found.get("authors", ())) == work.authors
    assert found.get("year", "") == (f"{work.numbers[0]:04d}" if work.numbers else "")
    assert found.get("urls", []) == ([work.address] if work.address else [])
    assert found.get("secondary_title", "") == work.publication


def check_csl(items: list[Any], work: Citation) -> None:
    errors = Draft7Validator(json.loads((SCHEMAS / "csl-data.json").read_text(encoding="utf-8"))).iter_errors(items)
    assert list(errors) == []
    assert [item["id"] for item in items] == [work.key]
    assert items[0]["title"] == work.full_title
    assert tuple(name["literal"] for name in items[0].get("author", [])) == work.authors
    assert ("issued" in items[0]) == bool(work.date)


def test_references_are_read_back_as_they_were_written(site: Site) -> None:
    archive, files = site
    for work in works(archive):
        check_bibtex(files[f"people/{work.key}.bib"].decode("utf-8"), work)
        check_ris(files[f"people/{work.key}.ris"].decode("utf-8"), work)
        check_csl(json.loads(files[f"people/{work.key}.csl.json"]), work)


def test_a_reference_with_every_sign_that_means_something() -> None:
    check_bibtex(bibtex_entry(WILD), WILD)
    check_ris(ris_record(WILD), WILD)
    check_csl([csl_item(WILD)], WILD)


@pytest.mark.parametrize("date", ["2004~", "2004/2005", "202X", "七月", ""])
def test_a_date_is_never_more_precise_than_it_was_written(date: str) -> None:
    work = Citation("a", "题", "", (), "报", date, "", "站", "")
    assert "  date" not in bibtex_entry(work)
    assert "DA  -" not in ris_record(work)
    assert "PY  -" not in ris_record(work)
    assert csl_item(work).get("issued") == ({"literal": date} if date else None)


def test_the_printed_forms_leave_out_what_is_unknown() -> None:
    address = "https://example.org/people/a.html"
    known = Citation(
        "a", "题", "副题", ("甲", "乙", "丙", "丁"), "西山日报", "2004-07-03", address, "档案", "2026-05-01"
    )
    assert gbt7714(known) == (
        f"甲, 乙, 丙, 等. 题: 副题[EB/OL]. (2026-05-01)[引用日期]. {address}. 原载: 西山日报, 2004-07-03."
    )
    assert (
        footnote(known)
        == f"甲、乙、丙、丁：《题——副题》，原载《西山日报》，2004年7月3日，档案，{address}，[访问日期]。"
    )
    unknown = Citation("a", "读《论语》", "", (), "", "", "", "档案", "")
    assert gbt7714(unknown) == "[佚名]. 读《论语》[EB/OL]. [引用日期]. 档案. 原刊载出处待考."
    assert footnote(unknown) == "《读〈论语〉》，原刊载出处待考，档案，[访问日期]。"


def test_the_head_has_one_tag_an_author_and_no_date_that_is_not_known() -> None:
    assert [value for name, value in citation_tags(WILD) if name == "citation_author"] == list(WILD.authors)
    assert dict(citation_tags(WILD))["citation_publication_date"] == "2004/07"
    bare = citation_tags(Citation("a", "题", "", (), "", "", "", "站", "2026-05-01"))
    assert bare == (("citation_title", "题"), ("citation_language", "zh-CN"))


def test_every_page_of_a_person_prints_its_references(site: Site) -> None:
    archive, files = site
    for document in archive.documents:
        page = read_html(files[urls.person(document.person)])
        (section,) = page.xpath(f"//*[@id='{urls.section(document.profile.id)}']//section[@class='citation']")
        work = citation(archive, document)
        texts = ["".join(node.itertext()) for node in section.xpath(".//dd")]
        assert texts == [gbt7714(work), footnote(work), bibtex_entry(work).rstrip()]
        assert f"{document.profile.id}.bib" in section.xpath(".//a/@href")


# The Markdown source


def test_the_source_is_the_file_without_its_private_list(site: Site) -> None:
    archive, files = site
    for document in archive.documents:
        profile = document.profile
        text = files[f"people/{profile.id}.md"].decode("utf-8")
        assert text.endswith(f"\n---\n{profile.body}")
        head = text.removesuffix(profile.body)
        assert not any(str(quote) in head for quote in profile.private)
        values = yaml.safe_load(head.strip().strip("-"))
        assert values["name"] == profile.name
        assert "private" not in values


def test_all_else_stays_character_for_character() -> None:
    written = (TESTS / "site/content/profiles/li-ming.md").read_text(encoding="utf-8")
    _, files = small()
    block = "# 与家属说好，只在正文里。\nprivate:\n  - 他的母亲住在医院里\n  # - 已经不用保密的一句\n"
    assert block in written
    assert files["people/li-ming.md"].decode("utf-8") == written.replace(block, "")


@pytest.mark.parametrize(
    ("front", "left"),
    [
        ("a: 1\nprivate: 密\nb: 2", "a: 1\nb: 2"),
        ("private:\n- 密\n# - 旧密\n\n# 说b\nb: 2", "\n# 说b\nb: 2"),
        ("a: 1  # 记\n# 关于密\n# 再说密\nprivate: [密,\n  密]\n# 说b\nb: 2", "a: 1  # 记\n# 说b\nb: 2"),
        ("a: |\n  # 非注\n  private: 文\nprivate: >\n  密\n\n  密\nb: 2", "a: |\n  # 非注\n  private: 文\nb: 2"),
        ('a: 1\n"private": 密', "a: 1"),
        ("? private\n: 密\nb: 2", "b: 2"),
        ("{a: 1, private: 密}", ""),
        ("a: [", ""),
        ("a: 1\nb: {private: 里层}", "a: 1\nb: {private: 里层}"),
        ("a:\n- 1\n  # 关于密\n # 再说密\nprivate: 密\nb: 2", "a:\n- 1\nb: 2"),
        ("a: |\n  文\n  # 非注\nprivate: 密", "a: |\n  文\n  # 非注"),
        ("a:\n- b: >\n    文\n    # 非注\n  # 关于密\nprivate: 密", "a:\n- b: >\n    文\n    # 非注"),
        ("a: '文\n  # 非注'\nprivate: 密", "a: '文\n  # 非注'"),
        ("a: 1\nprivate:\n- 密\n# 与家属说好\n\n# 再说密", "a: 1"),
    ],
)
def test_a_key_is_cut_out_whole(front: str, left: str) -> None:
    assert without_key(front, "private") == left


# Tables


def read_table(content: bytes) -> list[dict[str, str]]:
    assert content.startswith(b"\xef\xbb\xbf")
    text = content.decode("utf-8-sig")
    assert "\n" not in text.replace("\r\n", "")
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


CASTS: dict[str, Callable[[str], object]] = {"string": str, "integer": int, "date": datetime.date.fromisoformat}


def check_resource(resource: dict[str, Any], rows: dict[str, list[dict[str, str]]]) -> None:
    """Check a table as the Data Package standard would: names, types, required values, options, both kinds of keys."""
    own, schema = rows[resource["name"]], resource["schema"]
    for field in schema["fields"]:
        limits = field.get("constraints", {})
        for row in own:
            value = row[field["name"]]
            assert value or not limits.get("required"), (resource["name"], field["name"], row)
            if value:
                CASTS[field["type"]](value)
                assert value in limits.get("enum", [value])
    keys = [tuple(row[name] for name in schema["primaryKey"]) for row in own]
    assert len(set(keys)) == len(keys)
    for key in schema.get("foreignKeys", []):
        known = {row[key["reference"]["fields"]] for row in rows[key["reference"]["resource"] or resource["name"]]}
        assert {row[key["fields"]] for row in own} - known <= {""}


def test_the_tables_are_what_their_package_says(site: Site) -> None:
    archive, files = site
    package = json.loads(files["data/datapackage.json"])
    rows = {resource["name"]: read_table(files[f"data/{resource['path']}"]) for resource in package["resources"]}
    assert sorted(rows) == ["documents", "events", "organisations", "people", "posts", "regions"]
    for resource in package["resources"]:
        header = files[f"data/{resource['path']}"].decode("utf-8-sig").split("\r\n")[0]
        assert header == ",".join(field["name"] for field in resource["schema"]["fields"])
        check_resource(resource, rows)
    assert len(rows["people"]) == len(archive.people)
    assert len(rows["events"]) == archive.ways[ALL].count + archive.ways[UNDATED].count
    organisations = {row["id"] for row in rows["organisations"]}
    for row in rows["events"]:
        assert set(filter(None, row["organisations"].split(SEPARATOR))) <= organisations
        if row["scope"] != "background":
            assert f'id="{row["id"]}"'.encode() in files[f"people/{row['person']}.html"]
    for row in (*rows["people"], *rows["organisations"], *rows["regions"]):
        address, _, anchor = row["page"].partition("#")
        assert address in files
        assert not anchor or f'id="{anchor}"'.encode() in files[address]


def test_csvw_says_the_same_as_the_package(site: Site) -> None:
    _, files = site
    group = json.loads(files["data/csv-metadata.json"])
    assert group["@context"][0] == "http://www.w3.org/ns/csvw"
    package = {resource["path"]: resource for resource in json.loads(files["data/datapackage.json"])["resources"]}
    assert [table["url"] for table in group["tables"]] == list(package)
    for table in group["tables"]:
        fields = package[table["url"]]["schema"]["fields"]
        columns = table["tableSchema"]["columns"]
        assert [column["name"] for column in columns] == [field["name"] for field in fields]
        required = {column["name"] for column in columns if column.get("required")}
        for key in table["tableSchema"].get("foreignKeys", []):
            assert key["columnReference"] in required
            assert key["reference"]["resource"] in package


def test_the_page_explains_every_column(site: Site) -> None:
    _, files = site
    page = read_html(files["data.html"])
    for table in TABLES:
        (section,) = page.xpath(f"//section[@aria-labelledby='{table.name}']")
        names = ["".join(code.itertext()) for code in section.xpath(".//tbody//code")]
        assert names == [column.name for column in table.columns]
        assert section.xpath(".//a/@href") == [table.address]


def test_the_one_file_holds_what_the_tables_hold(site: Site) -> None:
    archive, files = site
    value = json.loads(files["data/archive.json"])
    for table in TABLES:
        rows = read_table(files[table.address])
        several = {column.name for column in table.columns if column.several}
        flat = [
            {
                name: SEPARATOR.join(cell) if name in several else str(cell)
                for name, cell in row.items()
                if name != "note" or table.name == "events"
            }
            for row in value[table.name]
        ]
        assert flat == [{name: cell for name, cell in row.items() if cell} for row in rows]
    assert len(value["withdrawn"]) == len(archive.tombstones)


# Feed, sitemap, robots


def test_the_feed_is_valid_and_its_ids_are_its_own(site: Site) -> None:
    archive, files = site
    feed = read_xml(files["feed.xml"])
    schema = etree.RelaxNG(etree.parse(SCHEMAS / "atom.rng"))
    assert schema.validate(feed), schema.error_log
    ids = [node.text for node in feed.iter("{*}id")]
    assert len(set(ids)) == len(ids)
    assert all(identifier.startswith("urn:uuid:") for identifier in ids)
    updated = [node.text for node in feed.iter("{*}updated")]
    assert updated[0] == max(updated)
    assert updated[1:] == sorted(updated[1:], reverse=True)
    for link in feed.iterfind("{*}entry/{*}link"):
        address = link.get("href").removeprefix(archive.site.address).partition("#")[0]
        assert address in files
    assert b'href="feed.xml"' in files["index.html"]


def test_a_withdrawn_document_is_told_by_its_day_alone() -> None:
    _, files = small()
    (entry,) = [node for node in read_xml(files["feed.xml"]).iterfind("{*}entry") if node.find("{*}link") is None]
    assert [node.text for node in entry][1:] == ["一件已撤下", "2026-05-01T00:00:00+08:00", "此件已应请求撤下。"]
    for address in ("feed.xml", "changes.html", "sitemap.xml", "data/archive.json"):
        assert b"chen-zhiyuan" not in files[address]
    assert "2026年5月1日</time>　撤下：一件，应请求" in files["changes.html"].decode("utf-8")


def is_empty(html: str) -> bool:
    """Return whether a page is a redirect or a tombstone."""
    return 'http-equiv="refresh"' in html or "<title>已撤下" in html


# Parts of long lists: what lies below a record, an index, a month or a way of dating.
PART = re.compile(
    r"az/|(organisations|regions|names)/[^/]+/|timeline/[^/]+/|timeline/(vague|undated|\d[\dx]{3})\.html|changes/"
)


def test_the_sitemap_lists_every_page_that_has_contents(site: Site) -> None:
    archive, files = site
    if not archive.site.address:
        assert "sitemap.xml" not in files
        assert b"Sitemap" not in files["robots.txt"]
        return
    root = read_xml(files["sitemap.xml"])
    schema = etree.XMLSchema(etree.parse(SCHEMAS / "sitemap.xsd"))
    assert schema.validate(root), schema.error_log
    listed = [node.text for node in root.iter("{*}loc")]
    pages = [
        archive.site.address + address.removesuffix("index.html")
        for address, content in suffixed(files, ".html").items()
        if address != "404.html" and not PART.match(address) and not is_empty(content.decode("utf-8"))
    ]
    assert sorted(listed) == sorted(pages)
    assert f"Sitemap: {archive.site.address}sitemap.xml\n" in files["robots.txt"].decode()


def test_what_the_site_does_not_make_is_not_announced() -> None:
    archive, _ = small()
    assert archive.site.address and archive.site.search
    for search in (True, False):
        site = replace(archive.site, search=search)
        (file,) = sitemap(replace(archive, site=site))
        assert (f"{site.address}{urls.SEARCH}<".encode() in file.content) == search
    for exports in (("sitemap", "robots"), ("robots",)):
        (file,) = robots(replace(archive, site=replace(archive.site, exports=exports)))
        assert (b"Sitemap:" in file.content) == ("sitemap" in exports)


# Calendar


def test_the_calendar_holds_what_is_known_to_the_day(site: Site) -> None:
    archive, files = site
    content = files["timeline.ics"]
    for line in content.split(b"\r\n"):
        assert len(line) <= 75
        assert b"\n" not in line
        line.decode("utf-8")
    assert content.endswith(b"END:VCALENDAR\r\n")
    found = icalendar.Calendar.from_ical(content).walk("VEVENT")
    certain = [placed for placed in archive.timeline if placed.is_certain]
    assert len(found) == len(certain) > 0
    assert len({str(event["UID"]) for event in found}) == len(found)
    for event, placed in zip(found, certain, strict=True):
        date = placed.event.date
        assert date is not None and date.earliest is not None and date.latest is not None
        assert event.decoded("DTSTART") == date.earliest
        assert event.decoded("DTEND") == date.latest + datetime.timedelta(days=1)
        assert "DTSTAMP" in event
        label = str(placed.event.label or "")
        assert label in str(event["SUMMARY"])
        assert placed.event.note in str(event["DESCRIPTION"])
        if archive.site.address:
            address, _, anchor = str(event["URL"]).removeprefix(archive.site.address).partition("#")
            assert f'id="{anchor}"'.encode() in files[address]


def test_nothing_that_may_be_another_day_is_in_the_calendar() -> None:
    archive, _ = small()
    certain = {(placed.document, placed.number) for placed in archive.timeline if placed.is_certain}
    assert certain == {("li-ming", 0), ("wang-fang", 0)}


@pytest.mark.parametrize("line", ["SUMMARY:" + "一" * 100, "X:" + "a" * 73, "X:" + "a" * 74, "X:" + "𠮷é" * 60])
def test_a_line_is_folded_between_characters(line: str) -> None:
    folded = fold(line)
    assert all(len(piece.encode()) <= 75 for piece in folded.split("\r\n"))
    assert folded.replace("\r\n ", "") == line + "\r\n"


# What is private


def test_private_words_are_in_no_data(site: Site) -> None:
    archive, files = site
    exported = [
        address
        for address in files
        if address.startswith("data/") or address.endswith((".bib", ".ris", ".csl.json", ".ics", "feed.xml"))
    ]
    text = "\n".join(files[address].decode("utf-8") for address in exported) + json.dumps(
        [json.loads(files[address]) for address in exported if address.endswith(".json")], ensure_ascii=False
    )
    text = text.replace("\r\n ", "")
    for document in archive.documents:
        for quote in document.profile.private:
            assert str(quote) not in text


def small() -> Site:
    """Return the small archive."""
    archive, problems = build.read_archive(TESTS / "site")
    assert problems == []
    return archive, {file.address: file.content for file in build.site_files(TESTS / "site", archive)}
