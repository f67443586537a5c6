"""Pages at addresses that the site had once: each leads on, or says that what was there is withdrawn."""

from collections.abc import Iterator

from builder import urls
from builder.archive import Archive
from builder.pages.frame import Writer
from builder.pages.people import redirect_pages, withdrawn_pages
from builder.views import Link, RedirectView, WithdrawnView


def former_pages(archive: Archive) -> Iterator[RedirectView | WithdrawnView]:
    """Yield a page for each page that ``former`` in ``site.yaml`` names; other files are only given up there."""
    for entry in archive.site.former:
        address = str(entry.address)
        if not address.endswith(".html"):
            continue
        writer = Writer(archive, address)
        if entry.now is None:
            yield WithdrawnView(frame=writer.frame("withdrawn", "已撤下", "此件已应请求撤下。"), day="")
        else:
            frame = writer.frame("redirect", "地址已更改", "", urls.HOME)
            yield RedirectView(frame=frame, target=Link(str(entry.now), writer.href(str(entry.now))))


def former_addresses(archive: Archive) -> tuple[str, ...]:
    """Return every address that the site had once and whose contents are elsewhere now, or nowhere."""
    views: tuple[RedirectView | WithdrawnView, ...] = (*redirect_pages(archive), *withdrawn_pages(archive))
    return (*(view.frame.address for view in views), *(str(entry.address) for entry in archive.site.former))
