"""Which pages a look at the links can be confined to: those made anew, and those that led to what is gone.

Takes what the pages were and what they are; gives addresses.
"""

from collections.abc import Callable, Collection, Mapping
from urllib.parse import quote

from builder.cache.store import Store
from builder.engine.stored_pages import stored_page
from builder.linkcheck import Page

MOST = 50  # lost addresses and ids that are looked for one by one; above that every page is judged


def pages_to_judge(
    store: Store,
    gone: Collection[str],
    was_there: Callable[[str], bool],
    made: Mapping[str, Page],
    pages: Mapping[str, Page],
) -> set[str] | None:
    """Return the pages whose links may have changed, or may lead to what is no more; None for all.

    All links of the last site led somewhere. ``gone`` are the addresses of its files that are no more, ``was_there``
    says whether it had a file; ``made`` is what the pages hold that were rendered now, ``pages`` what all of them hold.
    """
    lost = {quote(address.rpartition("/")[2]) for address in gone}
    for address, page in made.items():
        before = stored_page(store, address) if was_there(address) else None
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
