"""The archive as a book: one PDF and one EPUB of all that is public, in volumes where it is too much for one.

``build.py`` calls ``make_books``, which returns the exit code. The same content gives the same bytes; nothing is taken
from the clock. The EPUB needs nothing that the site does not need; the PDF needs WeasyPrint, which is an extra.
"""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment

from builder.archive import Archive
from builder.book.epub import epub_book
from builder.book.layout import LackingError, load
from builder.book.pdf import pdf_book
from builder.book.sheets import book_environment
from builder.book.volumes import NobodyError, Volume, volumes
from builder.content import CONTENT, PROFILES
from builder.output import ForeignFolderError, OutputFile, write_site

PDF, EPUB = "pdf", "epub"
FORMS = (PDF, EPUB)
# People in a volume, where nothing is said: what is printed in some minutes and in 2 GB, and what a reading programme
# opens at once (docs/decisions/book.md has the figures).
SIZES = {PDF: 300, EPUB: 2000}

MANY = 20  # people in a PDF from which on it is said that one has to wait

LACKING = """排 PDF 要用 WeasyPrint、它所用的系统库和一种中文字体，这里缺：{reason}
一、Python 包（在本文件夹里）：make book
    没有 make 时：python -m pip install --require-hashes -r requirements-book.txt（用 .venv 里的 python）
二、系统库和字体：
    Debian、Ubuntu：sudo apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-noto-cjk
    macOS：brew install pango font-noto-serif-cjk-sc
    Windows：装好 MSYS2，在它的窗口里运行 pacman -S mingw-w64-x86_64-pango，
      再把环境变量 WEASYPRINT_DLL_DIRECTORIES 设为 C:\\msys64\\mingw64\\bin；字体用系统自带的宋体即可
只要 EPUB，什么都不用装：python build.py book --only epub"""


@dataclass(frozen=True)
class Order:
    """What is wanted: which forms, of which region ("": all), and how many people a volume (0: as is usual)."""

    forms: tuple[str, ...] = FORMS
    region: str = ""
    size: int = 0


def is_equipped(order: Order) -> bool:
    """Return whether what is wanted can be made here, before anything is read; say what to install where it cannot."""
    try:
        if PDF in order.forms:
            load()
    except LackingError as error:
        print(LACKING.format(reason=error), file=sys.stderr)
        return False
    return True


def make_books(folder: Path, project: Path, archive: Archive, templates: Path, order: Order) -> int:
    """Write the books of an archive without errors into ``folder`` and say so; return the exit code."""
    try:
        books = [
            (form, volume)
            for form in order.forms
            for volume in volumes(archive, order.size or SIZES[form], order.region)
        ]
        written = write_site(folder, _made(books, project / CONTENT / PROFILES, templates))
    except LackingError as error:
        print(LACKING.format(reason=error), file=sys.stderr)
        return 1
    except (NobodyError, ForeignFolderError, OSError) as error:
        print(f"没有写成：{error}", file=sys.stderr)
        return 1
    print(f"书已排好：{folder.resolve()}，更新 {written.written} 个文件，未变 {written.unchanged} 个。")
    return 0


def _made(books: list[tuple[str, Volume]], images: Path, templates: Path) -> Iterator[OutputFile]:
    """Yield the books one at a time, and say of each what it holds."""
    environment = book_environment(templates)
    for form, volume in books:
        sheet = "print" if form == PDF else "epub"
        style = (templates / f"book/{sheet}.css").read_text(encoding="utf-8")
        make = _pdf if form == PDF else _epub
        yield OutputFile(f"{volume.stem}.{form}", make(volume, environment, style, images))


def _pdf(volume: Volume, environment: Environment, style: str, images: Path) -> bytes:
    """Return a volume as PDF; say how many pages it has, and which characters have no font."""
    name, people = f"{volume.stem}.{PDF}", len(volume.people)
    if people > MANY:
        print(f"正在排 {name}（{people} 人），每百人约需一两分钟……", flush=True)
    book = pdf_book(volume, environment, style, images)
    print(f"{name}：{people} 人，{book.pages} 页", flush=True)
    if book.missing:
        signs = "、".join(f"{sign}（U+{ord(sign):04X}）" for sign in book.missing)
        print(f"{name}：没有一种字体有这些字，印成了空框：{signs}。请安装有这些字的字体。", file=sys.stderr)
    return book.content


def _epub(volume: Volume, environment: Environment, style: str, images: Path) -> bytes:
    """Return a volume as EPUB."""
    content = epub_book(volume, environment, style, images)
    print(f"{volume.stem}.{EPUB}：{len(volume.people)} 人", flush=True)
    return content
