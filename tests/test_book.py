"""The archive as a book: a valid EPUB, a tagged PDF whose indexes tell the truth, nothing written that is not whole."""

import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Any, NoReturn
from xml.etree import ElementTree

import pytest
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

import build
from browser.test_print import fold
from builder.archive import Archive
from builder.body.inline import SHOWN_IN_PRINT
from builder.body.passages import Note, Paragraph
from builder.book import EPUB, FORMS, Order, layout, make_books
from builder.book.chapters import fact_rows
from builder.book.contents import Plan, contents, plan
from builder.book.fragment import adapt
from builder.book.leaves import PEOPLE, Entry
from builder.book.pdf import roman
from builder.book.volumes import NobodyError, volumes
from builder.history import log
from install_tools import can_print, find_epubcheck
from made_up import write_archive

ROOT = Path(__file__).resolve().parent.parent
SMALL = ROOT / "tests/site"
OPF = "{http://www.idpf.org/2007/opf}"
DC = "{http://purl.org/dc/elements/1.1/}"
XHTML = "{http://www.w3.org/1999/xhtml}"


@pytest.fixture(scope="module")
def press(without: Callable[[str], NoReturn]) -> None:
    """Skip, or in CI fail, where no PDF can be made."""
    if not can_print():
        without("Pango")


@pytest.fixture(scope="module")
def archive() -> Archive:
    """Return the archive of the real content."""
    return build.read_archive(ROOT)[0]


@pytest.fixture(scope="module")
def book(archive: Archive) -> Plan:
    """Return the plan of the real book."""
    return plan(volumes(archive, 300)[0])


@pytest.fixture(scope="module")
def pdf(press: None, tmp_path_factory: pytest.TempPathFactory) -> PdfReader:
    """Make the real book on paper, as an editor would."""
    out = tmp_path_factory.mktemp("pdf") / "book"
    assert build.main(["book", "--only", "pdf", "--project", str(ROOT), "--out", str(out)]) == 0
    assert sorted(path.name for path in out.iterdir()) == [".site", "book.pdf"]
    return PdfReader(io.BytesIO((out / "book.pdf").read_bytes()))


@pytest.fixture(scope="module")
def pages(pdf: PdfReader) -> dict[str, str]:
    """Return the text of each page by the number that it bears."""
    return {label: fold(page.extract_text()) for label, page in zip(pdf.page_labels, pdf.pages, strict=True)}


def make_epub(project: Path, out: Path, *words: str) -> list[Path]:
    """Make the EPUB of a project as an editor would; return the files."""
    assert build.main(["book", "--only", "epub", "--project", str(project), "--out", str(out), *words]) == 0
    return sorted(out.glob("*.epub"))


def make_epub_of(archive: Archive, project: Path, folder: Path, size: int = 0) -> list[Path]:
    """Make the EPUB of an archive whatever is wrong with its site; return the files."""
    order = Order((EPUB,), size=size)
    assert make_books(folder / "book", project, archive, ROOT / "templates", order) == 0
    return sorted((folder / "book").glob("*.epub"))


@pytest.fixture(scope="module")
def epub(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    """Make the EPUB of the small archive."""
    (file,) = make_epub(SMALL, tmp_path_factory.mktemp("epub") / "book")
    return zipfile.ZipFile(file)


# EPUB


def test_epubcheck_finds_nothing(tmp_path: Path, without: Callable[[str], NoReturn]) -> None:
    jar = find_epubcheck() or without("EPUBCheck")
    project = tmp_path / "made-up"
    write_archive(project, 30)
    shutil.copy(SMALL / "content/profiles/shuichi.svg", project / "content/profiles")
    with (project / "content/profiles/ren-0001.md").open("a", encoding="utf-8") as profile:
        profile.write("\n![水尺](shuichi.svg)\n")
    first, second = make_epub_of(build.read_archive(project)[0], project, tmp_path, size=20)
    picture = next(file for file in (first, second) if "EPUB/images/shuichi.svg" in zipfile.ZipFile(file).namelist())
    for file in (*make_epub(ROOT, tmp_path / "real"), picture):
        command = ["java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-jar", str(jar), "--failonwarnings"]
        result = subprocess.run([*command, str(file)], capture_output=True, encoding="utf-8")
        assert result.returncode == 0, result.stdout + result.stderr
        assert "0 fatals / 0 errors / 0 warnings / 0 infos" in result.stdout


def test_the_epub_is_packed_for_every_reading_system_and_every_day(epub: zipfile.ZipFile) -> None:
    first = epub.infolist()[0]
    assert (first.filename, first.compress_type, first.extra) == ("mimetype", zipfile.ZIP_STORED, b"")
    assert epub.read("mimetype") == b"application/epub+zip"
    assert {info.date_time for info in epub.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    package = ElementTree.fromstring(epub.read("EPUB/package.opf"))
    files = {f"EPUB/{item.get('href')}" for item in package.iter(f"{OPF}item")}
    assert files | {"mimetype", "META-INF/container.xml", "EPUB/package.opf"} == set(epub.namelist())


def test_the_package_says_what_the_book_is(epub: zipfile.ZipFile) -> None:
    package = ElementTree.fromstring(epub.read("EPUB/package.opf"))
    found = {element.tag.removeprefix(DC): element.text for element in package.iter() if element.tag.startswith(DC)}
    newest = log(build.read_archive(SMALL)[0])[0].day
    assert found["title"] == "测试档案"
    assert found["language"] == "zh-Hans-CN"
    assert found["source"] == "https://example.org/archive/"
    assert found["date"] == newest.isoformat()
    assert re.fullmatch(r"urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f-]+", str(found["identifier"]))
    metas = [(meta.get("property"), meta.text) for meta in package.iter(f"{OPF}meta")]
    assert ("dcterms:modified", f"{newest.isoformat()}T00:00:00Z") in metas
    assert ("schema:accessMode", "textual") in metas
    assert ("schema:accessMode", "visual") in metas  # the small archive has a picture
    assert ("schema:accessibilityFeature", "alternativeText") in metas


def test_without_a_day_the_epub_says_the_beginning_of_clocks(small_site: Path, tmp_path: Path) -> None:
    for file in small_site.glob("content/profiles/*.md"):
        text = re.sub(r"^(added|withdrawn):.*\n|^changes:\n(?:[ -].*\n)+", "", file.read_text("utf-8"), flags=re.M)
        file.write_text(text.replace("status: withdrawn\n", ""), encoding="utf-8")
    archive, _ = build.read_archive(small_site)
    assert log(archive) == ()
    book = plan(volumes(archive, 9)[0])
    assert book.imprint.day is None
    assert "没有写" in book.imprint.version
    (file,) = make_epub_of(archive, small_site, tmp_path)
    assert b">1970-01-01T00:00:00Z<" in zipfile.ZipFile(file).read("EPUB/package.opf")


def test_every_link_of_the_epub_leads_somewhere_and_none_outside_is_loaded(epub: zipfile.ZipFile) -> None:
    sheets = {
        name.removeprefix("EPUB/"): ElementTree.fromstring(epub.read(name))
        for name in epub.namelist()
        if name.endswith(".xhtml")
    }
    ids = {f"{name}#{element.get('id')}" for name, sheet in sheets.items() for element in sheet.iter()}
    inner = 0
    for name, sheet in sheets.items():
        for link in sheet.iter(f"{XHTML}a"):
            href = link.get("href", "")
            if not href.startswith(("https://", "http://", "mailto:")):
                file, mark, anchor = href.partition("#")
                assert (file or name) in sheets and (not mark or f"{file or name}#{anchor}" in ids), (name, href)
                inner += 1
        for image in sheet.iter(f"{XHTML}img"):
            assert f"EPUB/{image.get('src')}" in epub.namelist()
            assert image.get("alt")
    assert inner > 50
    assert sum(1 for sheet in sheets.values() for _ in sheet.iter(f"{XHTML}img")) == 1


# Paper


def test_the_pdf_is_tagged_and_says_what_it_is(pdf: PdfReader, archive: Archive, book: Plan) -> None:
    root: Any = pdf.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == archive.site.language
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    kinds = tags(root["/StructTreeRoot"])
    assert {"/H1", "/H2", "/P", "/Table", "/TH", "/L", "/Link"} <= kinds
    metadata: Any = pdf.metadata
    assert metadata["/Title"] == "战疫人物档案"
    assert metadata["/CreationDate"] == metadata["/ModDate"] == f"D:{log(archive)[0].day:%Y%m%d}"
    assert pdf.trailer["/ID"][0] == book.imprint.identifier  # type: ignore[index]
    assert b"pdfaid" in root["/Metadata"].get_data()
    assert {(round(page.mediabox.width), round(page.mediabox.height)) for page in pdf.pages} == {(595, 842)}


def tags(node: Any) -> set[str]:
    """Return the kinds of all elements of the structure below a node."""
    found, open_nodes = set(), [node]
    while open_nodes:
        one = open_nodes.pop()
        if isinstance(one, list):
            open_nodes += [item.get_object() for item in one]
        elif isinstance(one, DictionaryObject):
            found.add(str(one.get("/S")))
            open_nodes += [one["/K"]] if "/K" in one else []
    return found


def test_bookmarks_and_contents_lead_to_each_part(pdf: PdfReader, pages: dict[str, str], book: Plan) -> None:
    marks = {title: page for _, title, page in bookmarks(pdf, pdf.outline)}
    depths = {title: depth for depth, title, _ in bookmarks(pdf, pdf.outline)}
    table = next(text for label, text in pages.items() if text.startswith("目录"))
    for line in contents(book):
        label = pdf.page_labels[marks[line.title]]
        assert depths[line.title] == 0
        assert fold(line.title) in pages[label]
        assert re.search(f"{fold(line.title + line.remark)}\\.*{label}(?![0-9])", table), line
    titles = [str(document.profile.title) for document in book.volume.archive.documents]
    assert {depths[title] for title in titles} == {1}
    assert pdf.page_labels[:5] == ["i", "ii", "iii", "iv", "1"]
    assert len(pdf.pages) == len(set(pdf.page_labels)) > 12


def bookmarks(pdf: PdfReader, items: Any, depth: int = 0) -> Iterator[tuple[int, str, int]]:
    """Yield depth, title and page, counted from 0, of all bookmarks."""
    for item in items:
        if isinstance(item, list):
            yield from bookmarks(pdf, item, depth + 1)
        else:
            yield depth, str(item.title), int(pdf.get_destination_page_number(item) or 0)


def test_all_fonts_are_embedded_and_cut_to_size(pdf: PdfReader) -> None:
    fonts = {
        str(font.get_object()["/BaseFont"]): font.get_object()
        for page in pdf.pages
        for font in page["/Resources"]["/Font"].values()  # type: ignore[index]
    }
    assert fonts
    for name, font in fonts.items():
        assert re.match(r"/[A-Z]{6}\+", name), f"{name} is not a subset"
        descriptor = font["/DescendantFonts"][0]["/FontDescriptor"]
        program = next((descriptor[key] for key in ("/FontFile3", "/FontFile2") if key in descriptor), None)
        assert program is not None, f"{name} is not embedded"
        assert len(program.get_data()) < 2_000_000
        assert "/ToUnicode" in font


def test_every_paragraph_stands_on_paper_with_its_corrections_and_notes(pages: dict[str, str], book: Plan) -> None:
    text = "".join(text.removesuffix(foot(book, text) + label) for label, text in pages.items())
    for words in ("核算〔核酸〕校", "又［不］", "地〔的〕校"):
        assert fold(words) in text
    for document in book.volume.archive.documents:
        for note in document.prose.notes:
            assert fold(note.label + note.text) in text
        for paragraph in document.prose.paragraphs:
            assert fold(on_paper(paragraph, document.prose.notes)) in text


def on_paper(paragraph: Paragraph, notes: tuple[Note, ...]) -> str:
    """Return a paragraph as it is printed: 核算〔核酸〕校2, ［不］校5, and the marks of all other notes."""
    in_line = sorted((one for one in paragraph.emendations if one.kind != "break"), key=lambda one: one.start)
    text = paragraph.reading + "".join(
        notes[one.note - 1].label for one in paragraph.emendations if one.kind == "break"
    )
    for one in reversed(in_line):
        words = text[one.start : one.end]
        if one.kind == "corr" and len(one.received) <= SHOWN_IN_PRINT:
            words = f"{one.received}〔{words}〕"
        elif one.kind == "supplied":
            words = f"［{words}］"
        text = text[: one.start] + words + notes[one.note - 1].label + text[one.end :]
    return text


def foot(book: Plan, text: str) -> str:
    """Return which foot, as it is folded, the text of a page has."""
    people = ((person.name, book.writer.qualifier(person).name) for person in book.volume.people)
    feet = (fold(f"{book.imprint.title}{name}（{qualifier}）") for name, qualifier in people)
    return next((foot for foot in feet if foot in text[-60:]), "")


def test_the_foot_says_whose_page_it_is(pages: dict[str, str], book: Plan) -> None:
    for label, person in pages_of_people(pages, book):
        assert fold(person.name) in foot(book, pages[label])
        assert pages[label].endswith(foot(book, pages[label]) + label)


def test_the_pages_in_the_indexes_are_those_where_the_names_stand(
    pdf: PdfReader, pages: dict[str, str], book: Plan
) -> None:
    marks = {title: page for _, title, page in bookmarks(pdf, pdf.outline)}
    where = {
        name: str(pdf.page_labels[pdf.get_destination_page_number(found) or 0]) for name, found in destinations(pdf)
    }
    written = {
        f"person-{document.person}.m.{number}": reference.text
        for document in book.volume.archive.documents
        for number, reference in enumerate(document.prose.references, start=1)
    }
    checked = 0
    for index in book.indexes:
        printed = pages[pdf.page_labels[marks[index.title]]]
        for entry in entries_of(index.letters):
            remark = f"（{entry.remark}）" if entry.remark else ""
            if entry.see is not None:
                assert fold(f"{entry.name}{remark}见{entry.see.words}") in printed
                continue
            labels = sorted({int(where[one.anchor]) for one in entry.locators})
            numbers = "，".join(map(str, labels))
            assert re.search(re.escape(fold(f"{entry.name}{remark}{numbers}")) + "(?![0-9，])", printed), entry
            for one in entry.locators:
                words = written.get(one.anchor, entry.name)
                assert fold(words) in pages[where[one.anchor]], (entry.name, one)
                checked += 1
    assert checked > 30
    names = {entry.name for index in book.indexes if index.anchor == PEOPLE for entry in entries_of(index.letters)}
    assert names == {"李俊杰", "王爱林", "王勇", "马银伟", "王丹"}


def destinations(pdf: PdfReader) -> list[tuple[str, Any]]:
    """Return the anchors of the PDF to which something leads."""
    return list(pdf.named_destinations.items())


def entries_of(letters: tuple[tuple[str, tuple[Entry, ...]], ...]) -> Iterator[Entry]:
    """Yield all entries of an index."""
    for _, entries in letters:
        yield from entries


def test_the_timeline_gives_the_page_of_each_person(pages: dict[str, str], book: Plan) -> None:
    text = next(text for text in pages.values() if text.startswith("时间线"))
    first = {person.name: number for number, person in pages_of_people(pages, book)}
    for event in chain(*book.dates):
        who = event.actor.text if not event.scope else f"见{event.actor.text}一文"
        assert fold(who) in text
        assert re.search(f"{re.escape(fold(event.label))}.*?\\.{{3,}}{first[event.actor.text]}(?![0-9])", text), event


def pages_of_people(pages: dict[str, str], book: Plan) -> Iterator[tuple[str, Any]]:
    """Yield each person with the number of the page that begins with the name."""
    for person in book.volume.people:
        yield next(label for label, text in pages.items() if text.startswith(fold(person.name + person.pinyin))), person


def test_a_picture_is_printed_with_its_words(press: None, tmp_path: Path) -> None:
    assert build.main(["book", "--only", "pdf", "--project", str(SMALL), "--out", str(tmp_path / "book")]) == 0
    reader = PdfReader(tmp_path / "book/book.pdf")
    root: Any = reader.trailer["/Root"]
    assert "/Figure" in tags(root["/StructTreeRoot"])
    assert "水尺".encode("utf-16-be") in (tmp_path / "book/book.pdf").read_bytes() or figure_words(reader) == {"水尺"}
    text = fold("".join(page.extract_text() for page in reader.pages))
    assert "https://example.org/archive/people/li-ming.html" in text


def figure_words(reader: PdfReader) -> set[str]:
    """Return what the figures of a PDF show, in words."""
    objects = (reader.get_object(number) for number in range(1, len(reader.xref_objStm) + 1))
    return {str(one["/Alt"]) for one in objects if isinstance(one, DictionaryObject) and one.get("/S") == "/Figure"}


def test_a_character_without_a_font_is_named(press: None) -> None:
    sheet = ElementTree.fromstring(f'<section xmlns="{XHTML[1:-1]}"><h1>目录\U000f1234</h1></section>')
    printer = layout.Press("", "zh-Hans-CN", "书", "")
    assert printer.bind([printer.lay_out([sheet], "front")], "urn:x").missing == "\U000f1234"


# What is asked for, and what is in the way


def test_volumes_are_as_equal_as_can_be_and_hold_everybody_once(tmp_path: Path) -> None:
    write_archive(tmp_path, 31)
    archive, _ = build.read_archive(tmp_path)
    count = len(archive.people)
    for size in (1, 4, 7, count - 1, count, 1000):
        made = volumes(archive, size)
        assert [person.id for volume in made for person in volume.people] == list(archive.people)
        lengths = {len(volume.people) for volume in made}
        assert max(lengths) <= size
        assert max(lengths) - min(lengths) <= 1
        assert len({volume.stem for volume in made}) == len(made)
    assert volumes(archive, count)[0].stem == "book"
    assert volumes(archive, count)[0].part == ""
    first = volumes(archive, 20)[0]
    assert first.stem == "book-01"
    assert first.part.startswith("第1册（共2册）　")


def test_a_region_is_a_book_of_its_own(archive: Archive) -> None:
    (volume,) = volumes(archive, 300, "通辽市")
    assert [person.name for person in volume.people] == ["王爱林"]
    assert (volume.stem, volume.part) == ("book-tongliao", "通辽市")
    book = plan(volume)
    people = {entry.name for entry in entries_of(book.indexes[0].letters)}
    assert people == {"王爱林", "王丹"}
    assert {event.actor.text for event in chain(*book.dates)} == {"王爱林"}


@pytest.mark.parametrize(
    "home", [("tongliao-keerqin-fayuan", ""), ("", "t")], ids=["another's page", "a part of the list"]
)
def test_an_organisation_is_found_wherever_the_site_has_its_line(archive: Archive, home: tuple[str, str]) -> None:
    homes = {("organisation", key): home for key in archive.organisations.by_id}
    book = plan(volumes(replace(archive, line_homes=homes), 300)[0])
    for person in book.volume.people:
        for row in fact_rows(book.writer, person):
            links = [link.href for _, item in row.items for link in item.chain if row.label == "单位"]
            assert all(href.startswith("#organisations.") for href in links), links


def test_nobody_to_make_a_book_of_is_said(archive: Archive, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(NobodyError, match="没有叫“上海”的地区"):
        volumes(archive, 300, "上海")
    with pytest.raises(NobodyError, match="“武汉市”还没有人物"):
        volumes(archive, 300, "武汉市")
    shared: dict[str, tuple[str, ...]] = {"通辽市": ("tongliao", "wuhan")}
    several = replace(archive, regions=replace(archive.regions, shared=shared))
    with pytest.raises(NobodyError, match=r"叫“通辽市”的地区不止一个。请写编号：tongliao（.+）；wuhan（.+）。"):
        volumes(several, 300, "通辽市")
    assert volumes(several, 300, "tongliao")[0].region == "tongliao"
    out = tmp_path / "book"
    assert build.main(["book", "--only", "epub", "--region", "上海", "--out", str(out), "--project", str(ROOT)]) == 1
    assert "没有写成：没有叫“上海”的地区" in capsys.readouterr().err
    assert not out.exists()


@pytest.mark.parametrize("error", [ImportError("No module named 'weasyprint'"), OSError("cannot load libpango")])
def test_without_weasyprint_it_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path, error: Exception
) -> None:
    def fail(name: str) -> None:
        raise error

    monkeypatch.setattr("importlib.import_module", fail)
    out = tmp_path / "book"
    assert build.main(["book", "--project", str(SMALL), "--out", str(out)]) == 1
    said = capsys.readouterr().err
    for words in (
        str(error),
        "make book",
        "requirements-book.txt",
        "apt install",
        "brew install",
        "pacman",
        "--only epub",
    ):
        assert words in said
    assert not out.exists()
    assert [file.name for file in make_epub(SMALL, out)] == ["book.epub"]


def test_with_an_error_nothing_is_written(small_site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "book"
    make_epub(small_site, out)
    before = (out / "book.epub").read_bytes()
    profile = small_site / "content/profiles/wang-fang.md"
    profile.write_text(profile.read_text("utf-8").replace("region:donghe", "region:nowhere"), encoding="utf-8")
    assert build.main(["book", "--only", "epub", "--project", str(small_site), "--out", str(out)]) == 1
    assert "有错误，没有写入。" in capsys.readouterr().err
    assert (out / "book.epub").read_bytes() == before


def test_the_command_offers_the_forms_that_there_are() -> None:
    assert build.BOOK_FORMS == FORMS  # said twice, so that no other command loads what makes books


def test_a_folder_of_somebodys_own_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "letter.txt").write_text("mine", encoding="utf-8")
    assert build.main(["book", "--only", "epub", "--project", str(SMALL), "--out", str(tmp_path)]) == 1
    assert "没有写成" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


# Texts


def resolve(kind: str, target: str) -> str:
    """Stand in for a book that has one chapter and one picture."""
    return {("person", "a"): "#person-a", ("image", "x.png"): "images/x.png"}.get((kind, target), "")


@pytest.mark.parametrize(
    ("html", "wanted"),
    [
        ("甲&amp;乙<br>丙", "甲&amp;乙<br />丙"),
        (
            '<span class="corr" data-received="核算">核酸</span>',
            '<span class="corr">核算<span class="emended">〔核酸〕</span></span>',
        ),
        ('<span class="corr">长句</span>', '<span class="corr">长句</span>'),
        ('<p class="paragraph" id="p2">一</p>', '<p class="paragraph" id="part.p2" data-number="2">一</p>'),
        ('<a href="person:a">甲</a>', '<a href="#person-a" id="part.m1">甲</a>'),
        ('<a href="region:b">乙</a>', '<span id="part.m1">乙</span>'),
        ('<a href="relative:about.html">关于</a>', "<span>关于</span>"),
        ('<a href="#p1">上</a>', '<a href="#part.p1">上</a>'),
        ('<a href="https://example.org/?a&amp;b">外</a>', '<a href="https://example.org/?a&amp;b">外</a>'),
        ('<img src="image:x.png" alt="甲&quot;">', '<img src="images/x.png" alt="甲&quot;" />'),
        ('<img src="image:y.png" alt="乙">', "<span>乙</span>"),
    ],
)
def test_a_text_is_fitted_into_the_book(html: str, wanted: str) -> None:
    assert str(adapt(html, "part", resolve, "part.m")) == wanted


def test_roman_numbers() -> None:
    assert [roman(number) for number in (1, 4, 9, 14, 40, 99, 1994)] == [
        "i",
        "iv",
        "ix",
        "xiv",
        "xl",
        "xcix",
        "mcmxciv",
    ]


def test_the_book_of_the_small_archive_leaves_the_folder_clean(small_site: Path, tmp_path: Path) -> None:
    out = tmp_path / "book"
    make_epub(small_site, out, "--people", "1")
    assert len(list(out.glob("*.epub"))) > 1
    make_epub(small_site, out)
    assert sorted(path.name for path in out.iterdir()) == [".site", "book.epub"]
    shutil.rmtree(out)
