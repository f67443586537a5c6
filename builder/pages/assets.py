"""Files that are copied into the site as they are, and where each link of a text was written."""

from collections.abc import Iterator
from pathlib import Path

from builder import urls
from builder.archive import Archive
from builder.output import OutputFile
from builder.pages.frame import Writer
from builder.problems import Place


def assets(project: Path, archive: Archive, static: Path) -> Iterator[OutputFile]:
    """Yield what lies in ``static`` and the images that lie beside the profiles and are shown in their texts."""
    for path in sorted(static.rglob("*")):
        if path.is_file() and not path.name.startswith("."):
            yield OutputFile(urls.STATIC + path.relative_to(static).as_posix(), path.read_bytes())
    copied = set()
    for document in archive.documents:
        folder = (project / document.profile.file).parent
        for picture in document.prose.images:
            path = folder / picture.path
            address = urls.image(picture.path)
            if address not in copied and path.is_file() and path.resolve().is_relative_to(folder.resolve()):
                copied.add(address)
                yield OutputFile(address, path.read_bytes())


def written_links(archive: Archive) -> dict[tuple[str, str], Place]:
    """Return where each link and image of a text was written, by its page and the link as it stands there."""
    written: dict[tuple[str, str], Place] = {}
    for document in archive.documents:
        writer = Writer(archive, urls.person(document.person))
        for link in document.prose.links:
            written.setdefault((writer.address, writer.resolve(link.kind, link.target)), link.place)
        for picture in document.prose.images:
            written.setdefault((writer.address, writer.resolve("image", picture.path)), picture.place)
    for page, prose in archive.pages:
        writer = Writer(archive, urls.page(page.id))
        for link in prose.links:
            written.setdefault((writer.address, writer.resolve(link.kind, link.target)), link.place)
    return written
