"""data/archive.json: everything public in one file, for programmes that want no tables.

The articles themselves are not in it, nor their apparatus: they may hold what stays in the running text. Each document
names its page. What the tables say is said by the same columns (``builder/tables``), lists as lists.
"""

import io
import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from builder import urls
from builder.archive import Archive
from builder.archive.log import document_log, relate_log
from builder.exports.gathered import Gathered, Share
from builder.output import OutputFile
from builder.tables import SEPARATOR, TABLES, Row, Table, rows_of

NOTED = {"organisations": "organisation", "regions": "region"}  # tables of what editors may have written about
LISTS = (*(table.name for table in TABLES), "changes")

_encode = json.JSONEncoder(ensure_ascii=False).encode


def _share(archive: Archive) -> Share:
    """Return the items of every list but the last, each a line."""
    lists: list[Iterable[object]] = [
        *(_items(archive, table, rows) for table, rows in zip(TABLES, rows_of(archive), strict=True)),
        _changes(archive),
    ]
    return tuple(_lines(items) for items in lists)


def _files(archive: Archive, shares: Sequence[Share]) -> Iterator[OutputFile]:
    """Yield the file: what the settings say, then a list for each table, of the changes and of what was withdrawn."""
    site = archive.site
    opening = {
        "title": site.title,
        "tagline": site.tagline,
        "language": site.language,
        "address": site.address,
        "caution": site.caution,
        "licence": {"text": site.licence, "url": site.licence_url},
    }
    file = io.BytesIO()
    file.write(_encode(opening).removesuffix("}").encode())
    for number, name in enumerate(LISTS):
        file.write(_list(name, (share[number] for share in shares)))
    withdrawn = relate_log((), archive.tombstones)
    file.write(_list("withdrawn", [_lines(entry.day.isoformat() for entry in withdrawn)]))
    file.write(b"\n}\n")
    yield OutputFile(f"{urls.TABLES}archive.json", file.getvalue())


archive_json = Gathered(_share, _files)


def _list(name: str, lines: Iterable[bytes]) -> bytes:
    """Return a list from its lines, of which some may be none."""
    return f",\n{_encode(name)}: [".encode() + b",".join(filter(None, lines)) + b"\n]"


def _lines(items: Iterable[object]) -> bytes:
    """Return the items of a list, each a line."""
    return ",".join(f"\n{_encode(item)}" for item in items).encode()


def _items(archive: Archive, table: Table[Any], rows: Iterable[Row]) -> Iterator[dict[str, object]]:
    """Yield each row by the names of its columns; what is empty is left out."""
    kind = NOTED.get(table.name)
    for row in rows:
        found = {
            column.name: _value(cell, column.several, column.kind)
            for column, cell in zip(table.columns, row, strict=True)
            if cell
        }
        if kind and (note := _note(archive, kind, str(found["id"]))):
            found["note"] = note
        yield found


def _value(cell: str, several: bool, kind: str) -> object:
    if several:
        return cell.split(SEPARATOR)
    return int(cell) if kind == "integer" else cell


def _note(archive: Archive, kind: str, identifier: str) -> list[str]:
    """Return what the editors wrote about an organisation or a region, as plain paragraphs."""
    prose = archive.notes.get((kind, identifier))
    return [paragraph.reading for paragraph in prose.paragraphs] if prose is not None else []


def _changes(archive: Archive) -> Iterator[dict[str, str]]:
    """Yield what was added and changed, document by document."""
    for document in archive.documents:
        for entry in document_log(document):
            yield {
                "document": document.profile.id,
                "date": entry.day.isoformat(),
                "kind": entry.kind,
                **({"what": entry.what} if entry.what else {}),
                **({"by": entry.by} if entry.by else {}),
            }
