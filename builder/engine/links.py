"""Which pages a look at the links can be confined to: those made anew, and those that led to what is gone.

Takes what the pages were and what they are; gives addresses.
"""

from collections.abc import Mapping
from urllib.parse import quote

from builder.cache.store import Store
from builder.engine.site import Published, stored_page
from builder.linkcheck import Page

MOST = 50  # lost addresses and ids that are looked for one by one; above that every page is judged


def pages_to_judge(
    store: Store,
    old: Published,
    files: Mapping[str, object],
    made: Mapping[str, Page],
    pages: Mapping[str, Page],
) -> set[str] | None:
    """Return the pages whose links may have changed, or may lead to what is no more; None for all.

    All links of the last site led somewhere. ``files`` are those of the new one by address, ``made`` what the pages
    hold that were rendered for it, ``pages`` what all of them hold.
    """
    lost = {quote(address.rpartition("/")[2]) for address in old.files if address not in files}
    for address, page in made.items():
        before = stored_page(store, address) if address in old.files else None
        if before is not None:
            lost.update("#" + quote(identifier) for identifier in before.ids - page.ids)
    if not lost:
        return set(made)
    if len(lost) > MOST:
        return None
    return {*made, *(address for address, page in pages.items() if _leads_to(page, lost))}


def _leads_to(page: Page, lost: set[str]) -> bool:
    links = "\n".join(page.links)
    return any(words in links for words in lost)
