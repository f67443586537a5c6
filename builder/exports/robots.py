"""robots.txt: everything may be read by everybody; it says where the sitemap is, where one is made."""

from collections.abc import Iterator

from builder import urls
from builder.archive import Archive
from builder.output import OutputFile


def robots(archive: Archive) -> Iterator[OutputFile]:
    """Yield the file. A site below a path of its host is not asked for it there; it does no harm."""
    lines = ["User-agent: *", "Allow: /"]
    if archive.site.address and "sitemap" in archive.site.exports:
        lines += ["", f"Sitemap: {urls.absolute(archive.site.address, 'sitemap.xml')}"]
    yield OutputFile("robots.txt", ("\n".join(lines) + "\n").encode("utf-8"))
