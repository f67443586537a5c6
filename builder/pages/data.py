"""The page 数据: which files there are for programmes, and what each column means, as the columns define it."""

from collections.abc import Iterator
from typing import Any

from builder import urls
from builder.archive import Archive
from builder.pages.frame import Writer
from builder.tables import TABLES, Column, Table
from builder.views import ColumnView, DataTable, DataView, Link

TITLE = "数据"
# Files of the whole archive: as ``exports`` calls them, where they lie, what they are.
WHOLE = (
    ("archive", f"{urls.TABLES}archive.json", "全部公开数据，合为一个 JSON 文件"),
    ("tables", f"{urls.TABLES}datapackage.json", "各表的说明与表间联系，按 Frictionless Data Package"),
    ("tables", f"{urls.TABLES}csv-metadata.json", "同上，按 W3C 的 CSVW"),
    ("calendar", urls.CALENDAR, "日期确定的记事，可导入日历（iCalendar）"),
    ("atom", urls.FEED, "新收、更正与撤下，可用阅读器订阅（Atom）"),
    ("sitemap", "sitemap.xml", "全部网页的地址"),
)
# Files beside each page; * is an id.
BESIDE = (
    ("tei", "people/*.tei.xml", "全文与校注，按 TEI P5"),
    ("eac", "people/*.eac.xml、organisations/*.eac.xml", "人物与机构的规范记录，按 EAC-CPF 2.0"),
    ("jsonld", "people/*.json、organisations/*.json", "结构化数据，按 schema.org（JSON-LD）"),
    ("bibtex", "people/*.bib", "题录，供 LaTeX 与文献管理软件（BibTeX）"),
    ("ris", "people/*.ris", "题录，供文献管理软件（RIS）"),
    ("csl", "people/*.csl.json", "题录，供文献管理软件（CSL-JSON）"),
    ("markdown", "people/*.md", "各篇的源文件，编者所见的样子（Markdown）"),
)
KINDS = {"string": "文字", "integer": "整数", "date": "日期（年-月-日）"}


def data_page(archive: Archive) -> DataView:
    """Return the page; a file that ``exports`` in ``site.yaml`` leaves out, or that is not made, is not on it."""
    writer = Writer(archive, urls.DATA)
    return DataView(
        frame=writer.frame("data", TITLE, "供程序使用的文件：各表、各栏的意思，以及别的格式。"),
        files=tuple(_files(writer)),
        tables=tuple(_table(writer, table) for table in TABLES) if "tables" in archive.site.exports else (),
    )


def _files(writer: Writer) -> Iterator[tuple[Link, str]]:
    """Yield every file with what it is: of the whole archive with a link, those beside pages by their pattern."""
    archive = writer.archive
    missing = {
        "sitemap": not archive.site.address,
        "atom": not archive.has_days,
        "calendar": not archive.totals.has_certain,
    }
    for name, address, words in WHOLE:
        if name in archive.site.exports and not missing.get(name, False):
            yield Link(address, writer.href(address)), words
    for name, pattern, words in BESIDE:
        if name in archive.site.exports:
            yield Link(pattern), words


def _table(writer: Writer, table: Table[Any]) -> DataTable:
    return DataTable(
        file=Link(table.address, writer.href(table.address)),
        anchor=table.name,
        title=table.title,
        meaning=table.meaning,
        rows=table.count(writer.archive),
        columns=tuple(
            ColumnView(column.name, column.title, column.meaning, "，".join(_rules(table, column)))
            for column in table.columns
        ),
    )


def _rules(table: Table[Any], column: Column[Any]) -> Iterator[str]:
    """Yield what a column must hold: 主键, 必填, 整数, 见机构表."""
    if column.name in table.key:
        yield "主键"
    elif column.required:
        yield "必填"
    if column.kind != "string":
        yield KINDS[column.kind]
    if column.refers:
        yield f"见{next(other.title for other in TABLES if other.name == column.refers)}表"
    if column.several:
        yield "可有几个"
