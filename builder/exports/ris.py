"""RIS: one record a document, beside the person's page (``people/<document>.ris``), with the line ends it asks for."""

from collections.abc import Iterator

from builder import urls
from builder.archive import Archive
from builder.citation import Citation, citation
from builder.output import OutputFile


def ris(archive: Archive) -> Iterator[OutputFile]:
    """Yield the record of each document."""
    for document in archive.documents:
        work = citation(archive, document)
        yield OutputFile(urls.export(work.key, "ris"), ris_record(work).encode("utf-8"))


def ris_record(work: Citation) -> str:
    """Return a document as a record of type ELEC."""
    numbers = [f"{number:02d}" for number in work.numbers]
    fields = [
        ("TY", "ELEC"),
        ("ID", work.key),
        ("TI", work.full_title),
        *(("AU", author) for author in work.authors),
        ("T2", work.publication),
        ("PB", work.site),
        ("PY", f"{work.numbers[0]:04d}" if work.numbers else ""),
        ("DA", "/".join([f"{work.numbers[0]:04d}", *numbers[1:], *[""] * (4 - len(numbers))]) if numbers else ""),
        ("LA", "zh-CN"),
        ("UR", work.address),
        ("N1", work.note),
    ]
    return "".join(f"{tag}  - {value}\r\n" for tag, value in fields if value) + "ER  - \r\n"
