"""BibTeX: one entry a document, beside the person's page (``people/<document>.bib``)."""

from collections.abc import Iterator

from builder import urls
from builder.archive import Archive
from builder.citation import Citation, citation
from builder.output import OutputFile

# Braces are written as words: BibTeX counts even escaped ones, and a title may hold but one of a pair.
ESCAPES = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "&": r"\&",
        "%": r"\%",
        "#": r"\#",
        "_": r"\_",
        "$": r"\$",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
    }
)


def bibtex(archive: Archive) -> Iterator[OutputFile]:
    """Yield the entry of each document."""
    for document in archive.documents:
        work = citation(archive, document)
        yield OutputFile(urls.export(work.key, "bib"), bibtex_entry(work).encode("utf-8"))


def bibtex_entry(work: Citation) -> str:
    """Return a document as an entry for biblatex.

    Names and titles stand in double braces: a Chinese name is not to be parted, and no word to be written small.
    """
    fields = (
        ("author", " and ".join(f"{{{_escape(author)}}}" for author in work.authors)),
        ("title", f"{{{_escape(work.full_title)}}}"),
        ("journaltitle", f"{{{_escape(work.publication)}}}" if work.publication else ""),
        ("organization", f"{{{_escape(work.site)}}}"),
        ("date", work.date if work.numbers else ""),
        ("langid", "chinese"),
        ("url", work.address),
        ("note", _escape(work.note)),
    )
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields if value)
    return f"@{'article' if work.publication else 'online'}{{{work.key},\n{lines}}}\n"


def _escape(text: str) -> str:
    return text.translate(ESCAPES)
