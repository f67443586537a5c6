"""The Markdown source of each document as the editors keep it, without its ``private`` list (``people/<id>.md``)."""

from collections.abc import Iterator

from builder import urls
from builder.archive import Archive
from builder.output import OutputFile


def source_text(archive: Archive) -> Iterator[OutputFile]:
    """Yield the source of each document: its lines as written, remarks included, each ended by a line feed.

    A document whose ``private`` list cannot be cut out by whole lines is left out.
    """
    for document in archive.documents:
        profile = document.profile
        if profile.public_front:
            text = f"---\n{profile.public_front}\n---\n{profile.body}"
            yield OutputFile(urls.export(profile.id, "md"), text.encode("utf-8"))
