"""BibTeX: one entry a document, beside the person's page (``people/<document>.bib``); the page shows the same."""

from collections.abc import Iterator

from builder import urls
from builder.archive import Archive
from builder.citation import bibtex_entry, citation
from builder.output import OutputFile


def bibtex(archive: Archive) -> Iterator[OutputFile]:
    """Yield the entry of each document."""
    for document in archive.documents:
        work = citation(archive, document)
        yield OutputFile(urls.export(work.key, "bib"), bibtex_entry(work).encode("utf-8"))
