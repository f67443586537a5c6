"""TEI, EAC-CPF and JSON-LD: valid for every corpus, saying what the content says, and nothing private."""

import copy
import hashlib
import json
import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from lxml import etree

import build
import linked_data_rules
import made_up
import made_up_words
from builder import urls
from builder.archive import Archive, Document, relate
from builder.content import read_content
from builder.dates import parse_edtf
from builder.exports import EXPORTS, export_files
from builder.exports.tei_body import LAYERED
from builder.linked_data import person_data
from builder.pages.signposts import embedded_text
from builder.quotes import find_all
from builder.site import EXPORTS as NAMES

TESTS = Path(__file__).resolve().parent
SCHEMAS = TESTS / "schemas"
TEI, EAC = "{http://www.tei-c.org/ns/1.0}", "{https://archivists.org/ns/eac/v2}"
ID = "{http://www.w3.org/XML/1998/namespace}id"
LINKS = ("ref", "target", "url", "valueURI", "href")
OWN = ("tei", "eac", "jsonld")

Tree = Any  # an element of lxml


@dataclass(frozen=True)
class Corpus:
    archive: Archive
    files: dict[str, bytes]
    secret: tuple[str, ...]

    def trees(self, suffix: str) -> Iterator[tuple[str, Tree]]:
        return (
            (address, etree.fromstring(content)) for address, content in self.files.items() if address.endswith(suffix)
        )

    def tei(self, document: Document) -> Tree:
        return etree.fromstring(self.files[urls.export(document.profile.id, "tei.xml")])


def read(project: Path) -> Corpus:
    archive = relate(read_content(project)[0])
    archive = replace(archive, site=replace(archive.site, exports=OWN))
    files = {file.address: file.content for file in export_files(archive)}
    secret = tuple(str(quote) for document in archive.documents for quote in document.profile.private)
    return Corpus(archive, files, secret)


@pytest.fixture(scope="module", params=["real", "small", "made-up", "made-up-without-address"])
def corpus(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, root: Path) -> Corpus:
    if request.param in ("real", "small"):
        return read(root if request.param == "real" else TESTS / "site")
    folder = tmp_path_factory.mktemp("made-up")
    address = made_up_words.ADDRESS if request.param == "made-up" else ""
    made_up.write_archive(folder, 300, address=address)
    return read(folder)


def test_the_schemas_are_those_that_the_readme_names() -> None:
    rows = re.findall(r"^\| ([\w.-]+) \|.*\| ([0-9a-f]{64}) \|$", (SCHEMAS / "README.md").read_text("utf-8"), re.M)
    assert {name for name, _ in rows} == {path.name for path in SCHEMAS.iterdir()} - {"README.md"}
    for name, digest in rows:
        assert hashlib.sha256((SCHEMAS / name).read_bytes()).hexdigest() == digest, name


def test_the_made_up_archive_has_no_errors_and_is_always_the_same(tmp_path: Path) -> None:
    first, second = tmp_path / "a", tmp_path / "b"
    assert made_up.write_archive(first, 60) == made_up.write_archive(second, 60)
    content, problems = read_content(first)
    archive = relate(content)
    assert [problem for problem in problems if problem.level == "error"] == []
    assert {path.relative_to(first): path.read_bytes() for path in first.rglob("*.*")} == {
        path.relative_to(second): path.read_bytes() for path in second.rglob("*.*")
    }
    kinds = {mark.kind for found in archive.documents for text in found.prose.paragraphs for mark in text.emendations}
    assert kinds == {*LAYERED, "note", "break"}


def test_every_xml_file_is_valid(corpus: Corpus) -> None:
    tei = etree.RelaxNG(etree.parse(SCHEMAS / "tei-archive.rng"))
    eac = etree.XMLSchema(etree.parse(SCHEMAS / "eac-cpf-2.0.xsd"))
    for schema, suffix in ((tei, ".tei.xml"), (eac, ".eac.xml")):
        for address, tree in corpus.trees(suffix):
            assert schema.validate(tree), f"{address}: {schema.error_log}"
            identifiers = [element.get(ID) or element.get("id") for element in tree.iter()]
            given = [identifier for identifier in identifiers if identifier]
            assert len(given) == len(set(given)), address


def test_every_record_has_its_files(corpus: Corpus) -> None:
    archive = corpus.archive
    pages = [found.id for found in archive.organisations.by_id.values() if found.tier == "page"]
    expected = {urls.export(document.profile.id, "tei.xml") for document in archive.documents}
    expected |= {urls.export(person, suffix) for person in archive.people for suffix in ("eac.xml", "json")}
    expected |= {urls.organisation_export(found, suffix) for found in pages for suffix in ("eac.xml", "json")}
    assert set(corpus.files) == expected


def test_files_begin_with_a_declaration_and_never_change(corpus: Corpus) -> None:
    again = {file.address: file.content for file in export_files(corpus.archive)}
    assert again == corpus.files
    for address, content in corpus.files.items():
        assert content.endswith(b"\n")
        assert b"\r" not in content
        if address.endswith(".xml"):
            assert content.startswith(b'<?xml version="1.0" encoding="UTF-8"?>\n<')


def layer(body: Tree, without: tuple[str, ...]) -> list[str]:
    """Return the text of each paragraph, with white space out, leaving out some elements."""
    body = copy.deepcopy(body)
    for element in list(body.iter(*(f"{TEI}{tag}" for tag in (*without, "note", "figure")))):
        drop(element)
    inner = [element for element in body.iter() if re.fullmatch("p[0-9]+", element.get(ID) or "")]
    for element in reversed(inner):  # an item of a list may hold others
        if any(other in inner for other in element.iterancestors()):
            drop(element)
    texts = {element.get(ID): "".join("".join(element.itertext()).split()) for element in inner}
    return [texts[key] for key in sorted(texts, key=lambda key: int(key[1:]))]


def drop(element: Tree) -> None:
    """Take an element out of its parent, leaving the text behind it."""
    parent, previous = element.getparent(), element.getprevious()
    if element.tail:
        if previous is not None:
            previous.tail = (previous.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
        element.tail = None
    parent.remove(element)


def test_tei_gives_back_both_layers_of_the_text(corpus: Corpus) -> None:
    for document in corpus.archive.documents:
        body = corpus.tei(document).find(f".//{TEI}body")
        shown = [found for found in document.prose.paragraphs if re.search(r"(^|-)p[0-9]+$", found.anchor)]
        reading = ["".join(found.reading.split()) for found in shown]
        received = ["".join(found.received.split()) for found in shown]
        assert layer(body, ("sic", "surplus")) == reading, document.profile.id
        assert layer(body, ("corr", "supplied")) == received, document.profile.id


def test_tei_has_every_mark_note_break_and_link(corpus: Corpus) -> None:
    tags = {"corr": "choice", "supplied": "supplied", "surplus": "surplus", "doubt": "seg", "break": "pb"}
    for document in corpus.archive.documents:
        body = corpus.tei(document).find(f".//{TEI}body")
        named = {element.get(ID): element for element in body.iter() if element.get(ID)}
        for paragraph in document.prose.paragraphs:
            for mark in paragraph.emendations:
                note = named[f"n{mark.note}"]
                assert "".join(note.itertext()) == document.prose.notes[mark.note - 1].text
                if mark.kind in tags:
                    assert named[f"r{mark.note}"].tag == TEI + tags[mark.kind]
                    assert note.get("target") == f"#r{mark.note}"
        breaks = [mark for found in document.prose.paragraphs for mark in found.emendations if mark.kind == "break"]
        assert [element.get("break") for element in body.iter(f"{TEI}pb")] == ["no"] * len(breaks)
        links = [element.tag for element in body.iter(f"{TEI}persName", f"{TEI}orgName", f"{TEI}placeName")]
        known = [found for found in document.prose.references if corpus.archive.target(found.kind, found.target)]
        assert len(links) == len(known)


def test_a_page_break_stands_where_it_was_joined(corpus: Corpus) -> None:
    for document in corpus.archive.documents:
        body = corpus.tei(document).find(f".//{TEI}body")
        for paragraph in document.prose.paragraphs:
            for mark in (mark for mark in paragraph.emendations if mark.kind == "break"):
                before = "".join(paragraph.reading[: mark.start].split())
                assert text_before(body, f"r{mark.note}") == before, document.profile.id


def text_before(body: Tree, identifier: str) -> str:
    """Return the reading text of a block up to the element of this id, without white space."""
    found = body.find(f".//*[@{ID}='{identifier}']")
    blocks = (each for each in found.iterancestors() if re.fullmatch("p[0-9]+", each.get(ID, "")) or "head" in each.tag)
    block = copy.deepcopy(next(blocks))
    for element in list(block.iter(f"{TEI}note", f"{TEI}sic", f"{TEI}surplus", f"{TEI}figure")):
        drop(element)
    text = block.text or ""
    for event, element in etree.iterwalk(block, events=("start", "end")):
        if element.get(ID) == identifier:
            break
        if element is not block:
            text += (element.text if event == "start" else element.tail) or ""
    return "".join(text.split())


def test_tei_says_who_signed_or_that_nobody_did(corpus: Corpus) -> None:
    for document in corpus.archive.documents:
        profile, statement = document.profile, corpus.tei(document).find(f".//{TEI}titleStmt")
        author = statement.find(f"{TEI}author")
        assert statement.findtext(f"{TEI}title") == str(profile.title or profile.name)
        if profile.author:
            assert author.text == str(profile.author)
        else:
            assert author.text is None
            assert author.find(f"{TEI}rs").get("type") == "unsigned"


def test_dates_are_no_more_certain_than_they_are(corpus: Corpus) -> None:
    for document in corpus.archive.documents:
        events = corpus.tei(document).findall(f".//{TEI}event")
        for placed, element in zip(document.events, events, strict=True):
            date = placed.event.date
            assert element.get("when-custom") == (date.text if date is not None else None)
            if element.get("when"):
                assert date is not None
                assert element.get("when") == date.text
                assert placed.is_on_axis
                assert not (date.uncertain or date.approximate or placed.event.alternatives)
                assert re.fullmatch(r"[0-9-]+", date.text)
                assert "-21" not in date.text[4:7]
            elif date is not None:
                days = [element.get(key) for key in ("notBefore", "notAfter", "from", "to") if element.get(key)]
                assert days
                assert element.get("cert") in ("high", "medium", "low")
                is_doubtful = date.uncertain or date.approximate
                assert not is_doubtful or element.get("cert") == "low"


def test_eac_gives_back_names_posts_and_dates(corpus: Corpus) -> None:
    for person in corpus.archive.people.values():
        tree = etree.fromstring(corpus.files[urls.export(person.id, "eac.xml")])
        names = [element.text for element in tree.findall(f".//{EAC}nameEntry/{EAC}part")]
        assert names == [person.name, person.pinyin]
        posts = [element.text for element in tree.findall(f".//{EAC}occupation/{EAC}term")]
        written = [
            [str(unit.post) for unit in document.profile.units if unit.post is not None]
            + ([str(document.profile.post)] if document.profile.post is not None else [])
            for document in person.documents
        ]
        assert posts == [post for each in written for post in each]
        acts = [found for document in person.documents for found in document.events if found.event.scope == ""]
        dates = [element.get("standardDate") for element in tree.findall(f".//{EAC}chronItem/{EAC}date")]
        assert dates == [found.event.date.text if found.event.date is not None else None for found in acts]
        aliases = [f"person-{alias}" for document in person.documents for alias in document.profile.aliases]
        assert [element.text for element in tree.findall(f".//{EAC}otherRecordId")] == aliases
        assert tree.find(f".//{EAC}existDates") is None
    for _, tree in corpus.trees(".eac.xml"):
        for element in tree.iter():
            if element.get("standardDate"):
                parse_edtf(element.get("standardDate"))


def test_an_inferred_tie_says_so(corpus: Corpus) -> None:
    for organisation in corpus.archive.organisations.by_id.values():
        if organisation.tier != "page" or not organisation.parent:
            continue
        tree = etree.fromstring(corpus.files[urls.organisation_export(organisation.id, "eac.xml")])
        kind = next(found for found in tree.iter(f"{EAC}relationType") if found.text == "上级")
        assert (kind.get("localType") == "inferred") == organisation.parent_inferred
        data = json.loads(corpus.files[urls.organisation_export(organisation.id, "json")])
        assert ("parentOrganization" in data["mainEntity"]) == (not organisation.parent_inferred)


def test_json_ld_keeps_to_the_vocabulary(corpus: Corpus) -> None:
    for address, content in corpus.files.items():
        if address.endswith(".json"):
            data = json.loads(content)
            assert data.pop("@context") == "https://schema.org"
            assert list(linked_data_rules.faults(data)) == [], address


def test_the_checker_of_json_ld_finds_faults() -> None:
    person = {"@type": "Person", "name": "甲"}
    for bad in (
        {"@type": "Persona"},
        {"@type": "Person"},
        person | {"gender": "女"},
        person | {"headline": "题"},
        person | {"affiliation": "机构"},
        person | {"affiliation": {"@type": "Article", "headline": "题"}},
        {"@type": "Article", "headline": "题", "datePublished": "2020-03-06?"},
        {"@type": "Article", "headline": "题", "temporalCoverage": "2020-02-30"},
        {"@type": "OrganizationRole", "roleName": "科长", "member": person},
    ):
        assert list(linked_data_rules.faults(bad)), bad


def test_json_ld_gives_back_what_the_profile_says(corpus: Corpus) -> None:
    for person in corpus.archive.people.values():
        data = json.loads(corpus.files[urls.export(person.id, "json")])
        assert data["mainEntity"]["name"] == person.name
        assert data["mainEntity"].get("description", "") == str(person.profile.summary or "")
        for article, document in zip(data["hasPart"], person.documents, strict=True):
            profile = document.profile
            assert article.get("author", {}).get("name") == (str(profile.author) if profile.author else None)
            dates = {found.event.date.text for found in document.events if found.is_on_axis and found.event.date}
            assert set(article.get("temporalCoverage", [])) == dates


def test_nothing_private_is_in_any_record_or_header(corpus: Corpus) -> None:
    secret = {re.sub(r"\s", "", words) for words in corpus.secret}
    assert secret or not corpus.archive.documents
    for address, content in corpus.files.items():
        text = content.decode("utf-8")
        if address.endswith(".tei.xml"):
            text = re.sub(r"<body>.*</body>", "", text, flags=re.DOTALL)
        plain = re.sub(r"\s", "", text)
        assert made_up_words.PRIVATE_SIGN not in plain, address
        assert [words for words in secret if words in plain] == [], address


def test_the_running_text_of_tei_is_whole(corpus: Corpus) -> None:
    for document in corpus.archive.documents:
        body = corpus.tei(document).find(f".//{TEI}body")
        text = "".join(layer(body, ("sic", "surplus")))
        for quote in document.profile.private:
            for passage in find_all(document.prose.paragraphs, quote):
                assert "".join(passage.text.split()) in text


def test_every_link_leads_to_a_file_or_is_absolute(corpus: Corpus) -> None:
    site = corpus.archive.site.address
    pages = {*corpus.files, *(f"people/{path}" for path in corpus.archive.images), "organisations.html", "regions.html"}
    pages |= {urls.person(found) for found in corpus.archive.people}
    pages |= {urls.organisation(found) for found in corpus.archive.organisations.by_id}
    pages |= {urls.region(found) for found in corpus.archive.regions.by_id}
    pages |= {urls.page(page.id) for page, _ in corpus.archive.pages}
    for address, link in links(corpus):
        parts = urlsplit(link)
        if parts.scheme and not (site and link.startswith(site)):
            assert "example.org/archive" not in link
            continue
        if site:
            assert link.startswith((site, "#")), f"{address}: {link}"
        path = unquote(link.removeprefix(site).partition("#")[0]) if site and not link.startswith("#") else parts.path
        target = path if site else posixpath.normpath(posixpath.join(posixpath.dirname(address), unquote(path)))
        assert not path or target in pages, f"{address}: {link}"


def links(corpus: Corpus) -> Iterator[tuple[str, str]]:
    """Yield every link of the files: attributes of XML, and of JSON-LD what names or leads to something."""
    for address, tree in (*corpus.trees(".tei.xml"), *corpus.trees(".eac.xml")):
        for element in tree.iter():
            yield from ((address, element.get(name)) for name in LINKS if element.get(name))
    for address, content in corpus.files.items():
        if address.endswith(".json"):
            found = re.findall(r'"(?:@id|url|contentUrl)": "([^"]*)"', content.decode("utf-8"))
            yield from ((address, link) for link in found)


class Head(HTMLParser):
    """The links and the linked data in the head of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[tuple[str, str, str]] = []
        self.data = ""
        self._is_data = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "link":
            self.links.append((values["rel"], values["href"], values.get("type", "")))
        self._is_data = tag == "script" and values.get("type") == "application/ld+json"

    def handle_data(self, data: str) -> None:
        if self._is_data:
            self.data += data

    def handle_endtag(self, tag: str) -> None:
        self._is_data = False


def test_a_page_embeds_its_linked_data_and_names_its_files(small_site: Path) -> None:
    files = {
        file.address: file.content.decode("utf-8")
        for file in build.make_site(small_site)[0]
        if "static" not in file.address
    }
    person = Head(files["people/li-ming-2.html"])
    assert json.loads(person.data) == json.loads(files["people/li-ming-2.json"])
    own = [link for link in person.links if link[0] in ("cite-as", "describedby", "item", "license")]
    assert own == [
        ("cite-as", "https://example.org/archive/people/li-ming-2.html", ""),
        ("describedby", "li-ming-2.eac.xml", "application/xml"),
        ("describedby", "li-ming-2.json", "application/ld+json"),
        ("item", "li-ming-2.tei.xml", "application/tei+xml"),
        ("item", "li-ming-yexiao.tei.xml", "application/tei+xml"),
    ]
    organisation = Head(files["organisations/donghe-shuiwen.html"])
    assert json.loads(organisation.data) == json.loads(files["organisations/donghe-shuiwen.json"])
    assert ("license", "https://creativecommons.org/licenses/by/4.0/", "") in organisation.links
    assert Head(files["index.html"]).data == ""


def test_nothing_in_linked_data_can_end_its_element(corpus: Corpus) -> None:
    for person in corpus.archive.people.values():
        data = person_data(corpus.archive, person)
        data["name"] = "</script><!--&\u2028"
        text = embedded_text(data)
        assert not set(text) & set("<>&\u2028")
        assert json.loads(text) == data


def test_site_yaml_says_which_formats_are_made(small_site: Path) -> None:
    def addresses(line: str) -> tuple[set[str], list[str]]:
        (small_site / "site.yaml").write_text(settings + line, encoding="utf-8")
        files, problems = build.make_site(small_site)
        endings = {file.address.partition(".")[2] for file in files if file.address.startswith("people/li-ming.")}
        return endings, [problem.rule + ": " + problem.mend for problem in problems]

    settings = (small_site / "site.yaml").read_text(encoding="utf-8")
    assert {"html", "tei.xml", "eac.xml", "json"} <= addresses("")[0]
    assert addresses("exports:\n")[0] == addresses("")[0]
    assert addresses("exports: []\n") == ({"html"}, [])
    assert addresses("exports: tei\n") == ({"html", "tei.xml"}, [])
    assert addresses("exports: [eac, jsonld]\n") == ({"html", "eac.xml", "json"}, [])
    found, problems = addresses("exports: [tei, json-ld]\n")
    assert found == {"html", "tei.xml"}
    assert [problem.partition("？")[0] for problem in problems] == ["unknown-export: 是不是“jsonld”"]


def test_the_names_of_the_formats_are_those_that_can_be_made() -> None:
    assert [name for name, _ in EXPORTS] == list(NAMES)


def test_a_quotation_that_lifts_something_private_is_left_out(small_site: Path) -> None:
    profile = small_site / "content/profiles/li-ming.md"
    text = profile.read_text(encoding="utf-8").replace("quote: 修好了水尺", "quote: 他的母亲住在医院里")
    profile.write_text(text, encoding="utf-8")
    _, problems = build.make_site(small_site)
    assert "quote-is-private" in {problem.rule for problem in problems}
    corpus = read(small_site)
    for address, content in corpus.files.items():
        assert "母亲" not in re.sub("<body>.*</body>", "", content.decode("utf-8"), flags=re.DOTALL), address


def test_linked_data_are_those_of_what_is_asked_for(corpus: Corpus) -> None:
    """Ask in turn, so that nothing can be remembered, and twice, so that it is."""
    people = list(corpus.archive.people.values())[:3]
    once = [person_data(corpus.archive, person) for person in people]
    assert [person_data(replace(corpus.archive), person) for person in reversed(people)] == once[::-1]
    assert [data["mainEntity"]["name"] for data in once] == [person.name for person in people]
    for person, data in zip(people, once, strict=True):
        assert person_data(corpus.archive, person) is person_data(corpus.archive, person)
        assert person_data(corpus.archive, person) == data
