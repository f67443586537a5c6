"""Files that are copied into the site, and where each link of a text was written."""

import posixpath
import re
from collections.abc import Iterator
from pathlib import Path

from builder import urls
from builder.archive import Archive
from builder.body.links import SYMBOLIC
from builder.content import CONTENT, ORGANISATIONS, PAGES, PROFILES, REGIONS, anchor_prefix
from builder.output import OutputFile
from builder.pages.frame import Writer
from builder.prose import Prose
from builder.text import Text

# A string of CSS, to be kept, or a run of spaces and comments, which is the same to a browser as one space.
CSS_GAP = re.compile(r"""("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|(?:\s|/\*.*?\*/)+""", re.DOTALL)


def assets(project: Path, archive: Archive, static: Path) -> Iterator[OutputFile]:
    """Yield what lies in ``static`` and the images that lie beside the profiles and are shown in their texts.

    Style sheets go without their comments, a fifth of what a reader would have to wait for.
    """
    for path in sorted(static.rglob("*")):
        if path.is_file() and not path.name.startswith("."):
            content = path.read_bytes()
            if path.suffix == ".css":
                content = without_comments(content.decode("utf-8")).encode("utf-8")
            yield OutputFile(urls.STATIC + path.relative_to(static).as_posix(), content)
    folder = project / CONTENT / PROFILES
    for image in sorted({posixpath.normpath(path) for path in archive.images}):
        yield OutputFile(urls.image(image), (folder / image).read_bytes())


def without_comments(sheet: str) -> str:
    """Return a style sheet that means the same, without comments and indentation."""
    return CSS_GAP.sub(lambda match: match[1] or " ", sheet).strip() + "\n"


def written_links(archive: Archive) -> dict[tuple[str, str], tuple[Text, ...]]:
    """Return each link of a text as it was written, wherever it was, by its page and the link as it stands there."""
    written: dict[tuple[str, str], tuple[Text, ...]] = {}
    for prose, address, prefix in _texts(archive):
        writer = Writer(archive, address)
        for link in prose.links:
            is_anchor = link.kind == "anchor"
            found = f"#{prefix}{link.target[1:]}" if is_anchor else writer.resolve(link.kind, link.target)
            words = f"{link.kind}:{link.target}" if link.kind in SYMBOLIC else link.target
            written[address, found] = (*written.get((address, found), ()), Text(words, link.place))
    return written


def navigation_links(archive: Archive) -> tuple[Text, ...]:
    """Return the links that ``site.yaml`` has: of the navigation, which stands on every page, and of ``former``."""
    former = (entry.now for entry in archive.site.former if entry.now is not None)
    return (*(item.href for item in archive.site.navigation), *former)


def unread_pages(archive: Archive) -> frozenset[str]:
    """Return the addresses of the pages that are missing because their files cannot be read."""
    address = {PROFILES: urls.person, ORGANISATIONS: urls.organisation, REGIONS: urls.region, PAGES: urls.page}
    return frozenset(address[folder](identifier) for folder, identifier in archive.unread)


def _texts(archive: Archive) -> Iterator[tuple[Prose, str, str]]:
    """Yield every text with the address of the page on which it is shown, and the prefix of its anchors there."""
    for document in archive.documents:
        yield document.prose, urls.person(document.person), anchor_prefix(document.profile)
    for page, prose in archive.pages:
        yield prose, urls.page(page.id), ""
    writer = Writer(archive, urls.HOME)
    for (kind, identifier), prose in archive.notes.items():
        home = writer.organisation_address if kind == "organisation" else writer.region_address
        yield prose, home(identifier).partition("#")[0], ""
