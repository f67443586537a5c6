"""Without script every page is reached from the first, and every link leads somewhere, however the site is opened."""

from urllib.parse import unquote, urldefrag

import pytest

from browser.window import OpenWindow, fail_for

# With script switched off the page runs none, but the test may still look at it.
LINKS = "[...document.links].map(link => link.href).concat([...document.forms].map(form => form.action))"
ANCHORS = "[...document.querySelectorAll('[id]')].map(element => element.id)"
REACHED_BY_MISTAKE_ONLY = {"404.html"}


@pytest.mark.parametrize("opened_from", ["web", "disk"])
def test_every_link_leads_somewhere(
    request: pytest.FixtureRequest, open_window: OpenWindow, built_pages: tuple[str, ...], opened_from: str
) -> None:
    origin: str = request.getfixturevalue(opened_from)
    links: dict[str, list[str]] = {}
    anchors: dict[str, set[str]] = {}
    with open_window(script=False, origin=origin) as visit:
        waiting = [origin + "index.html"]
        while waiting:
            address = waiting.pop()
            if address in links:
                continue
            answer = visit.page.goto(address)
            assert answer is None or answer.ok, f"{address} answers {answer.status}"
            links[address] = visit.page.evaluate(LINKS)
            anchors[address] = set(visit.page.evaluate(ANCHORS))
            waiting += [page for link in links[address] if is_page(page := urldefrag(link).url, origin)]
        fail_for(visit.faults)
    fail_for(find_broken(links, anchors, origin))
    assert {address.removeprefix(origin) for address in links} >= set(built_pages) - REACHED_BY_MISTAKE_ONLY


def test_a_page_that_is_not_there_looks_like_the_site(open_window: OpenWindow) -> None:
    with open_window(script=False) as visit:
        visit.open("404.html")
        assert visit.page.locator("h1").inner_text()
        fail_for(visit.faults)


def is_page(address: str, origin: str) -> bool:
    """Return whether an address without fragment is a page of the site."""
    return address.startswith(origin) and address.endswith(".html")


def find_broken(links: dict[str, list[str]], anchors: dict[str, set[str]], origin: str) -> list[str]:
    """Return the links into the site that name no file, and those to an anchor that is not on its page."""
    broken = []
    for source, targets in links.items():
        for target in targets:
            page, fragment = urldefrag(target)
            if page.startswith(origin) and page.endswith("/"):
                broken.append(f"{source} → {target}: names a folder, which a disk does not open")
            elif fragment and page in anchors and unquote(fragment) not in anchors[page]:
                broken.append(f"{source} → {target}: no such anchor")
    return broken
