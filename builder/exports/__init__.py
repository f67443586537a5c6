"""The archive in the formats of others: one module a format, one function each.

To add a format: write a module here with a function ``(archive) -> Iterator[OutputFile]`` that yields every file of it;
its bytes depend on the archive alone, never on clock, locale or order of a folder. Add a line to ``EXPORTS`` with the
name by which ``site.yaml`` calls it, the same name with what it is to ``EXPORTS`` in ``builder/site.py``, and a test
that reads the files back. What is private stays out (``docs/decisions/exports.md``).
"""

from collections.abc import Callable, Iterator

from builder.archive import Archive
from builder.exports.archive_json import archive_json
from builder.exports.atom import atom
from builder.exports.bibtex import bibtex
from builder.exports.calendar import calendar
from builder.exports.csl import csl
from builder.exports.eac import eac_files
from builder.exports.jsonld import jsonld_files
from builder.exports.ris import ris
from builder.exports.robots import robots
from builder.exports.sitemap import sitemap
from builder.exports.source_text import source_text
from builder.exports.tables import tables
from builder.exports.tei import tei_files
from builder.output import OutputFile

EXPORTS: tuple[tuple[str, Callable[[Archive], Iterator[OutputFile]]], ...] = (
    ("tei", tei_files),
    ("eac", eac_files),
    ("jsonld", jsonld_files),
    ("bibtex", bibtex),
    ("ris", ris),
    ("csl", csl),
    ("markdown", source_text),
    ("tables", tables),
    ("archive", archive_json),
    ("calendar", calendar),
    ("atom", atom),
    ("sitemap", sitemap),
    ("robots", robots),
)

# Those of which each file belongs to one person, organisation or region: they are made record by record.
OF_RECORDS = ("tei", "eac", "jsonld", "bibtex", "ris", "csl", "markdown")

# Those that look at all facts: they are made together.
OF_DATA = ("tables", "archive", "calendar")


def export_files(archive: Archive) -> Iterator[OutputFile]:
    """Yield the files of every format that ``exports`` in ``site.yaml`` names: of all, where it is absent."""
    for name, files in EXPORTS:
        if name in archive.site.exports:
            yield from files(archive)
