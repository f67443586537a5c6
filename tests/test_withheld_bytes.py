"""The rights of the living, byte by byte: unique words are planted and looked for in all that leaves the house.

Words under ``private`` may stand in the running text of the article and nowhere else; words of a withdrawn profile
nowhere at all. Every byte of the site and of the bag is searched, in every encoding that the builder writes or that a
programme might, within archives too.
"""

import base64
import gzip
import html
import io
import re
import shutil
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NoReturn
from urllib.parse import quote
from xml.etree import ElementTree

import pypinyin
import pytest
from pypdf import PdfReader
from pypdf.generic import NameObject

import build
from builder.output import OutputFile
from install_tools import can_print, must_not_skip
from test_privacy import outside

PRIVATE = ("鹬鹮𪚥住在鹬鸟巷九号", "电话是一三九零零鹬鹬")
WITHDRAWN = ("鸑鷟龘", "鸑鷟龘其人", "鸑鷟站", "瀍河鸑鷟", "靐齾日记", "齉龖麤了")
# Characters that stand in nothing else: where one of them is, a pair or a part of the words is.
PRIVATE_SIGNS, WITHDRAWN_SIGNS = "鹬鹮𪚥", "鸑鷟龘瀍靐齾齉龖麤"

PROFILE = """---
name: 阿木尔
pinyin: Ā Mù'ěr
unit: 东河县水文站
region: 南江省/东河县
dates:
  - {date: 2003-07-14, event: 测流, quote: 他测了流, organisation: donghe-shuiwen}
author:
title: 雨夜
summary: 测流。
source: {file: y.txt, received: sources/amuer.txt}
# 鹬鹮𪚥的事与家属说好。
private:
  - 鹬鹮𪚥住在鹬鸟巷九号  # 鹬
  # - 鹬鸟
  - >-
    电话是一三九零零鹬鹬
aliases: [amuer-old]
---
[东河县水文站](organisation:donghe-shuiwen)的阿木尔，鹬鹮𪚥住在鹬鸟巷九号，[王芳](person:wang-fang)说他测了流，他测了流。

[东河县](region:donghe)的人都知道，{~~电活~>电话~~}是一三九零零鹬鹬，[李明](person:li-ming)也知道。
"""
RECEIVED = """东河县水文站的阿木尔，鹬鹮𪚥住在鹬鸟巷九号，王芳说他测了流，他测了流。
东河县的人都知道，电活是一三九零零鹬鹬，李明也知道。
"""
GONE = """---
name: 鸑鷟龘
pinyin: Yuè Zhuódá
title: 鸑鷟龘其人
subtitle: 齉龖麤了
unit: {name: 鸑鷟站, post: 瀍河鸑鷟, quote: 靐齾日记}
region: 瀍河县/鸑鷟乡
dates: [{date: 2003-07-15, event: 靐齾, quote: 齉龖麤了, note: 瀍}]
author: {name: 靐齾, pinyin: Bìng Niè}
source: {file: 鸑.txt, received: sources/gone.txt, title: 靐齾日记}
private: [齉龖麤了]
tags: [鸑鷟]
summary: 鸑鷟。
added: 2026-04-01
changes: [{date: 2026-04-02, what: 改正“鸑鷟”。, by: 靐齾}]
status: withdrawn
withdrawn: 2026-05-01
---
{==鸑鷟龘==}{>>靐<<}在鸑鷟站记靐齾日记，[李明](person:li-ming)齉龖麤了。
"""


BOOK = ("book/book.epub", "book/book.pdf")


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Plant the words in a copy of the small archive; return every byte of its site, its bag and its book, on disk."""
    base = tmp_path_factory.mktemp("withheld")
    project = Path(shutil.copytree(Path(__file__).parent / "site", base / "project"))
    for name, text in {
        "profiles/amuer.md": PROFILE,
        "profiles/gone.md": GONE,
        "sources/amuer.txt": RECEIVED,
        "sources/gone.txt": "鸑鷟龘在鸑鷟站记靐齾日记，李明齉龖麤了。\n",
        "profiles/鸑鷟龘.png": "",
    }.items():
        (project / "content" / name).write_text(text, encoding="utf-8")
    (project / "content/profiles/鸑鷟龘.png").unlink()
    assert build.main(["check", "--project", str(project), "--format", "text"]) == 0
    assert build.main(["--project", str(project), "--out", str(base / "out/site")]) == 0
    assert build.main(["bag", "--project", str(project), "--out", str(base / "out/bag")]) == 0
    forms = [] if can_print() or must_not_skip() else ["--only", "epub"]
    assert build.main(["book", *forms, "--project", str(project), "--out", str(base / "out/book")]) == 0
    out = base / "out"
    leaving = (out / name for name in ("site", "bag", "book"))  # and not the builder's own cache, which stays
    names = {path.relative_to(out).as_posix(): path for folder in leaving for path in sorted(folder.rglob("*"))}
    return {name: path.read_bytes() if path.is_file() else b"" for name, path in names.items()}


def pdf_pages(content: bytes) -> dict[str, str]:
    """Return the text of each page of a PDF by the number that it bears."""
    reader = PdfReader(io.BytesIO(content))
    pages = {}
    for label, page in zip(reader.page_labels, reader.pages, strict=True):
        for font in page["/Resources"]["/Font"].values():  # type: ignore[index]
            # Where a character has no font the codes have a map of their own, which pypdf cannot read.
            font.get_object()[NameObject("/Encoding")] = NameObject("/Identity-H")
        pages[label] = page.extract_text()
    return pages


def pdf_words(content: bytes) -> str:
    """Return what a PDF says beside its pages: of itself, in its bookmarks, in the names of its places."""
    reader = PdfReader(io.BytesIO(content))
    return "\n".join([str(reader.metadata), str(reader.outline), *reader.named_destinations])


def inside(content: bytes) -> Iterator[bytes]:
    """Yield the bytes of a file, and, where it is packed, of all that is in it."""
    yield content
    if content.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for name in archive.namelist():
                yield name.encode()
                yield from inside(archive.read(name))
    elif content.startswith(b"\x1f\x8b"):
        yield from inside(gzip.decompress(content))
    elif content[:1] == b"\x78":
        try:
            yield from inside(zlib.decompress(content))
        except zlib.error:
            return
    if content.startswith(b"%PDF-"):
        yield "\n".join([pdf_words(content), *pdf_pages(content).values()]).encode("utf-8", "surrogatepass")
    for stream in re.findall(rb"stream\r?\n(.*?)endstream", content, re.DOTALL) if content[:5] == b"%PDF-" else ():
        try:
            yield zlib.decompressobj().decompress(stream)
        except zlib.error:
            yield stream


def escapes(word: str) -> Iterator[bytes]:
    """Yield every way in which a word is likely to be written, as bytes and in ASCII."""
    for encoding in ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be", "gb18030"):
        yield word.encode(encoding)
    units = word.encode("utf-16-be").hex()
    points = [ord(character) for character in word]
    percent = quote(word)
    yield from (text.encode() for text in (percent, percent.lower(), quote(percent)))
    yield "".join(f"&#{point};" for point in points).encode()
    for text in (units, units.upper()):
        pieces = [text[start : start + 4] for start in range(0, len(text), 4)]
        yield "".join(f"\\u{piece}" for piece in pieces).encode()
    yield "".join(f"\\u{{{point:x}}}" for point in points).encode()
    yield "".join(f"\\{point:x} " for point in points).encode()  # CSS
    yield "".join(f"\\x{byte:02x}" for byte in word.encode("utf-8")).encode()
    yield "".join(f"={byte:02X}" for byte in word.encode("utf-8")).encode()  # mail
    if len(word) > 1:  # the bare digits of one character stand in many a checksum
        yield "-".join(f"{point:x}" for point in points).encode()
        yield from (units.encode(), word.encode("utf-8").hex().encode())


def in_base64(word: str) -> Iterator[bytes]:
    """Yield the part of a word's base64 that does not depend on what stands around it, for each of three offsets."""
    for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
        data = word.encode(encoding)
        for offset in range(3):
            code = base64.b64encode(b"\0" * offset + data)[-(-offset * 8 // 6) : (offset + len(data)) * 8 // 6]
            yield from (code, code.translate(bytes.maketrans(b"+/", b"-_"))) if len(code) > 5 else ()


def readings(word: str) -> Iterator[bytes]:
    """Yield a word's pinyin, with and without tones, however it is joined."""
    for style in (pypinyin.Style.NORMAL, pypinyin.Style.TONE, pypinyin.Style.TONE3):
        syllables = pypinyin.lazy_pinyin(word, style=style, errors="ignore")
        if len(syllables) > 2:
            for joint in ("", " ", "-", "_"):
                yield joint.join(syllables).encode()


def holders(files: dict[str, bytes], words: tuple[str, ...], signs: str) -> set[str]:
    """Return the names of the files that hold any of the words, in any encoding; names of files are searched too."""
    pairs = {word[at : at + 2] for word in words for at in range(len(word) - 1) if set(word[at : at + 2]) & set(signs)}
    needles = {needle for text in (*words, *pairs) for needle in (*escapes(text), *in_base64(text), *readings(text))}
    needles |= {needle for sign in signs for needle in escapes(sign) if len(needle) > 2}
    found = set()
    for name, content in files.items():
        pieces = [name.encode(), *inside(content)]
        pieces += [html.unescape(piece.decode("utf-8", "replace")).encode() for piece in pieces]
        if any(needle in piece for piece in pieces for needle in needles):
            found.add(name)
    return found


def test_private_words_stand_in_the_article_and_its_sources_alone(public: dict[str, bytes]) -> None:
    site = {"people/amuer.html", "people/amuer.tei.xml", "people/amuer.md"}
    assert holders(public, PRIVATE, PRIVATE_SIGNS) == {
        *(f"site/{name}" for name in site),
        *(f"bag/data/site/{name}" for name in site),
        "bag/data/content/profiles/amuer.md",
        *(name for name in BOOK if name in public),
    }


def test_there_they_stand_in_the_running_text_alone(public: dict[str, bytes]) -> None:
    count = len(re.findall(f"[{PRIVATE_SIGNS}]", PROFILE.split("---\n", 2)[2]))
    page = public["site/people/amuer.html"].decode("utf-8")
    assert len(re.findall(f"[{PRIVATE_SIGNS}]", page)) == count
    assert not re.search(f"[{PRIVATE_SIGNS}]", outside(OutputFile("people/amuer.html", page.encode("utf-8"))))
    for name in ("site/people/amuer.md", "bag/data/content/profiles/amuer.md"):
        _, front, body = public[name].decode("utf-8").split("---\n", 2)
        assert "private" not in front
        assert not re.search(f"[{PRIVATE_SIGNS}]", front)
        assert body == PROFILE.split("---\n", 2)[2]
    tei = ElementTree.fromstring(public["site/people/amuer.tei.xml"])
    text = "{http://www.tei-c.org/ns/1.0}text"
    body_text = ElementTree.tostring(tei.find(text), encoding="unicode")  # type: ignore[arg-type]
    assert len(re.findall(f"[{PRIVATE_SIGNS}]", body_text)) == count
    assert not any(set(PRIVATE_SIGNS) & set(value) for item in tei.iter() for value in item.attrib.values())
    tei.remove(tei.find(text))  # type: ignore[arg-type]
    assert not set(PRIVATE_SIGNS) & set(ElementTree.tostring(tei, encoding="unicode"))


def test_in_the_book_they_stand_in_the_chapter_alone(
    public: dict[str, bytes], without: Callable[[str], NoReturn]
) -> None:
    count = len(re.findall(f"[{PRIVATE_SIGNS}]", PROFILE.split("---\n", 2)[2]))
    with zipfile.ZipFile(io.BytesIO(public["book/book.epub"])) as epub:
        texts = {name: epub.read(name).decode("utf-8") for name in epub.namelist()}
    holding = {name: text for name, text in texts.items() if re.search(f"[{PRIVATE_SIGNS}]", text)}
    assert list(holding) == ["EPUB/person-amuer.xhtml"]
    (text,) = holding.values()
    assert len(re.findall(f"[{PRIVATE_SIGNS}]", text)) == count
    assert not re.search(f"[{PRIVATE_SIGNS}]", re.sub(r'<p class="paragraph".*?</p>', "", text, flags=re.DOTALL))
    if "book/book.pdf" not in public:
        without("Pango")
    pages = pdf_pages(public["book/book.pdf"])
    found = {label: len(re.findall(f"[{PRIVATE_SIGNS}]", page)) for label, page in pages.items()}
    assert [number for number in found.values() if number] == [count]
    (label,) = (label for label, number in found.items() if number)
    assert pages[label].startswith("阿木尔")
    assert not set(PRIVATE_SIGNS + WITHDRAWN_SIGNS) & set(pdf_words(public["book/book.pdf"]))
    assert not set(WITHDRAWN_SIGNS) & set("".join(pages.values()))


def test_words_of_the_withdrawn_stand_nowhere(public: dict[str, bytes]) -> None:
    assert holders(public, WITHDRAWN, WITHDRAWN_SIGNS) == set()
    assert "2026年5月1日" in public["site/people/gone.html"].decode("utf-8")


def test_what_is_published_of_both_is_there_to_be_searched(public: dict[str, bytes]) -> None:
    """A search that finds nothing because nothing is there would prove nothing."""
    names = set(public)
    assert {"site/people/amuer.html", "site/people/gone.html", "bag/manifest-sha512.txt", "site/SHA256SUMS"} <= names
    assert {"bag/data/content/profiles/gone.md", "site/addresses.txt", "site/people/amuer-old.html"} <= names
    assert "book/book.epub" in names
    assert not {name for name in names if "/sources/" in name}
    organisation = public["site/organisations/donghe-shuiwen.html"].decode("utf-8")
    assert re.search("的阿木尔，.{2,60}，王芳说他测了流，他测了流。", organisation)
    assert len(holders(public, ("他测了流，他测了流",), "")) > 3


WORD = PRIVATE[0]
PLANTS = {
    "text": WORD.encode(),
    "a part": "、鹮、".encode(),
    "a pair in UTF-16": "\ufeffx𪚥住".encode("utf-16-le"),
    "UTF-32": WORD.encode("utf-32-le"),
    "percent": f"?q={quote('鹬鹮')}".encode(),
    "percent, small": quote("鹬鹮").lower().encode(),
    "percent, twice": quote(quote("鹬")).encode(),
    "decimal": f"&#{ord('鹬')};".encode(),
    "hexadecimal": f"&#x{ord('𪚥'):X};".encode(),
    "hexadecimal with zeros": f"&#x00{ord('𪚥'):x}".encode(),
    "JSON": b'{"a": "\\u9e6c"}',
    "JSON beyond the BMP": b'"\\ud869\\udea5"',
    "JavaScript": b"'\\u{2a6a5}'",
    "CSS": b'content: "\\9e6c "',
    "base64, 0": base64.b64encode(WORD.encode()),
    "base64, 1": base64.b64encode(b"x" + WORD.encode() + b"yy"),
    "base64, 2": base64.b64encode(b"xx" + WORD.encode() + b"y"),
    "base64 of UTF-16": base64.b64encode(b"x" + WORD.encode("utf-16-le")),
    "pinyin": b"<i>" + "".join(pypinyin.lazy_pinyin(WORD, errors="ignore")).encode() + b"</i>",
    "pinyin with tones": " ".join(pypinyin.lazy_pinyin(WORD, style=pypinyin.Style.TONE, errors="ignore")).encode(),
    "gzip": gzip.compress(b"x" + WORD.encode()),
    "gzip in gzip": gzip.compress(gzip.compress(WORD.encode())),
    "zlib": zlib.compress(WORD.encode()),
    "code points": f"names/yu-{ord(WORD[0]):x}-{ord(WORD[1]):x}.html".encode(),
}


@pytest.mark.parametrize("plant", PLANTS.values(), ids=PLANTS.keys())
def test_the_search_finds_what_is_hidden(plant: bytes) -> None:
    content = plant if plant[:1] in b"\x1f\x78" else b"before " + plant
    assert holders({"x": content}, PRIVATE, PRIVATE_SIGNS) == {"x"}
    assert holders({"x": b"before and after"}, PRIVATE, PRIVATE_SIGNS) == set()


def test_the_search_looks_into_zip_and_into_names() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a/b.xhtml", f"<p>{WORD}</p>")
    assert holders({"book.epub": packed.getvalue()}, PRIVATE, PRIVATE_SIGNS) == {"book.epub"}
    assert holders({"people/鹬.png": b""}, PRIVATE, PRIVATE_SIGNS) == {"people/鹬.png"}
