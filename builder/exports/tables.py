"""data/*.csv with their two descriptions: datapackage.json (Frictionless) and csv-metadata.json (the W3C's CSVW).

The files are UTF-8 with a byte order mark: without one, Excel shows Chinese as rubbish, and every reader of CSV that
follows the W3C's or Frictionless' rules skips it. Line ends are CRLF (RFC 4180). Rows and columns: ``builder/tables``.
"""

import csv
import io
import json
from collections.abc import Iterator, Sequence
from typing import Any

from builder import urls
from builder.archive import Archive
from builder.exports.gathered import Gathered, Share
from builder.output import OutputFile
from builder.tables import SEPARATOR, TABLES, Column, Row, Table, rows_of

BOM = "\ufeff"
CSVW = "http://www.w3.org/ns/csvw"
LANGUAGE = "zh"


def _share(archive: Archive) -> Share:
    """Return the rows of every table, as CSV."""
    return tuple(_csv(rows).encode("utf-8") for rows in rows_of(archive))


def _files(archive: Archive, shares: Sequence[Share]) -> Iterator[OutputFile]:
    """Yield every table, and the two descriptions of them all."""
    for number, table in enumerate(TABLES):
        header = BOM + _csv([tuple(column.name for column in table.columns)])
        yield OutputFile(table.address, b"".join([header.encode("utf-8"), *(share[number] for share in shares)]))
    yield _json(f"{urls.TABLES}datapackage.json", data_package(archive))
    yield _json(f"{urls.TABLES}csv-metadata.json", csvw_metadata(archive))


tables = Gathered(_share, _files)


def _csv(rows: Sequence[Row]) -> str:
    """Return rows as CSV."""
    if not rows:
        return ""  # most records have rows in some tables alone
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\r\n").writerows(rows)
    return stream.getvalue()


def _json(address: str, value: object) -> OutputFile:
    return OutputFile(address, (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode("utf-8"))


def data_package(archive: Archive) -> dict[str, object]:
    """Return the description of all tables by the Data Package standard, version 1, with the keys between them."""
    site = archive.site
    package = {
        "profile": "tabular-data-package",
        "name": "people-archive",
        "title": site.title,
        "description": site.tagline,
        "homepage": site.address,
        "licenses": [{"title": site.licence, "path": site.licence_url}] if site.licence_url else [],
        "resources": [_resource(table) for table in TABLES],
    }
    return {name: value for name, value in package.items() if value}


def _resource(table: Table[Any]) -> dict[str, object]:
    schema: dict[str, object] = {
        "fields": [_field(column) for column in table.columns],
        "primaryKey": list(table.key),
        "missingValues": [""],
    }
    keys = [
        {
            "fields": column.name,
            "reference": {"resource": "" if column.refers == table.name else column.refers, "fields": "id"},
        }
        for column in table.columns
        if column.refers and not column.several
    ]
    if keys:
        schema["foreignKeys"] = keys
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "path": f"{table.name}.csv",
        "title": table.title,
        "description": table.meaning,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": schema,
    }


def _field(column: Column[Any]) -> dict[str, object]:
    constraints: dict[str, object] = {}
    if column.required:
        constraints["required"] = True
    if column.options:
        constraints["enum"] = list(column.options)
    field: dict[str, object] = {
        "name": column.name,
        "type": column.kind,
        "title": column.title,
        "description": column.meaning,
    }
    return {**field, "constraints": constraints} if constraints else field


def csvw_metadata(archive: Archive) -> dict[str, object]:
    """Return the description of all tables by the W3C's vocabulary, with the terms that others know.

    One file for the group, under the name by which CSVW looks for it: keys between tables need them in one group.
    """
    return {
        "@context": [CSVW, {"@language": LANGUAGE}],
        "dc:title": archive.site.title,
        "tables": [_csvw_table(table) for table in TABLES],
    }


def _csvw_table(table: Table[Any]) -> dict[str, object]:
    # CSVW lets no key be empty: a column that may be names its row by ``valueUrl`` alone.
    keys = [
        {
            "columnReference": column.name,
            "reference": {"resource": f"{column.refers}.csv", "columnReference": "id"},
        }
        for column in table.columns
        if column.refers and column.required
    ]
    schema: dict[str, object] = {
        "columns": [_csvw_column(column) for column in table.columns],
        "primaryKey": list(table.key) if len(table.key) > 1 else table.key[0],
        "aboutUrl": f"{table.name}.csv#" + "/".join(f"{{{name}}}" for name in table.key),
    }
    if keys:
        schema["foreignKeys"] = keys
    return {"url": f"{table.name}.csv", "dc:title": table.title, "dc:description": table.meaning, "tableSchema": schema}


def _csvw_column(column: Column[Any]) -> dict[str, object]:
    found = {
        "name": column.name,
        "titles": column.name,
        "dc:title": column.title,
        "dc:description": column.meaning,
        "datatype": column.kind,
        "required": column.required,
        "separator": SEPARATOR if column.several else "",
        "propertyUrl": column.term,
        "valueUrl": f"{column.refers}.csv#{{{column.name}}}" if column.refers else "",
    }
    return {name: value for name, value in found.items() if value}
