"""The archive in the formats of others: one module a format, one function each.

To add a format: write a module here with a function ``(archive) -> Iterator[OutputFile]`` that yields every file of it;
its bytes depend on the archive alone, never on clock, locale or order of a folder. Add a line to ``EXPORTS`` with the
name by which ``site.yaml`` calls it, the same name with what it is to ``EXPORTS`` in ``builder/site.py``, and a test
that reads the files back. Where each file is of one record, add the name to ``OF_RECORDS``; where a file holds
something of every record, write a ``Gathered`` instead of a function: what each gives is kept from build to build. What
is private stays out (``docs/decisions/exports.md``).
"""

from collections.abc import Callable, Iterable, Iterator

from builder.archive import Archive
from builder.exports.archive_json import archive_json
from builder.exports.atom import atom
from builder.exports.bibtex import bibtex
from builder.exports.calendar import calendar
from builder.exports.csl import csl
from builder.exports.eac import eac_files
from builder.exports.gathered import Gathered, Share
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

# Those of which each file holds something of every record: they are put together from what each gives.
GATHERED = {name: files for name, files in EXPORTS if isinstance(files, Gathered)}
SHARING = ("person", "organisation", "region")  # what gives to them

Shares = dict[str, Share]  # by the names of formats


def export_files(archive: Archive) -> Iterator[OutputFile]:
    """Yield the files of every format that ``exports`` in ``site.yaml`` names: of all, where it is absent."""
    for name, files in EXPORTS:
        if name in archive.site.exports:
            yield from files(archive)


def shares_of(archive: Archive) -> Shares:
    """Return what the records that the archive iterates give to each format that is gathered, and that is wanted."""
    return {name: files.share(archive) for name, files in GATHERED.items() if name in archive.site.exports}


def sharers(archive: Archive) -> Iterator[tuple[str, str]]:
    """Yield kind and id of each record that gives a share, in the order in which these are put together."""
    collections: tuple[Iterable[str], ...] = (archive.people, archive.organisations.by_id, archive.regions.by_id)
    for kind, identifiers in zip(SHARING, collections, strict=True):
        yield from ((kind, identifier) for identifier in identifiers)


def gathered_files(archive: Archive, shares: Iterable[Shares]) -> Iterator[OutputFile]:
    """Yield the files of every format that is gathered and wanted, from what ``sharers`` give, in their order."""
    of_formats: dict[str, list[Share]] = {name: [] for name in GATHERED if name in archive.site.exports}
    for shares_of_one in shares if of_formats else ():
        for name, own in of_formats.items():
            own.append(shares_of_one[name])
    for name in tuple(of_formats):
        yield from GATHERED[name].files(archive, of_formats.pop(name))
