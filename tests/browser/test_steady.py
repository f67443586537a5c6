"""Nothing that can be seen moves while scripts fill a page, even where they come long after the first picture."""

import re

import pytest
from playwright.sync_api import Page, Route

from browser.window import OpenWindow, fail_for

MOST = 0.01  # layout shift of a page, as web.dev/cls counts it; up to 0.1 is called good
LATE = re.compile(r"/(?!reading)[\w-]+\.js(\?|$)")
WATCH = """window.shifts = [];
new PerformanceObserver(list => shifts.push(...list.getEntries())).observe({ type: 'layout-shift', buffered: true });"""
FIRST_PICTURE = """() => new Promise(resolve =>
  new PerformanceObserver(resolve).observe({ type: 'paint', buffered: true }))"""
SETTLED = """async () => {
  for (let picture = 0; picture < 4; picture++) await new Promise(requestAnimationFrame);
  await new Promise(resolve => setTimeout(resolve));
  return shifts.reduce((sum, shift) => sum + shift.value, 0);
}"""
PUSH_DOWN = """() => {
  const block = document.createElement('p');
  block.textContent = '晚到的一段';
  document.querySelector('main').before(block);
}"""
# Of the search: nothing looked for, something found, nothing found but what is near.
QUERIES = ["", "?q=%E7%8E%8B", "#q=%E7%96%AB%E6%83%85", "?q=%E7%8E%8B%E5%92%8F%E6%95%A2"]


def open_slowly(page: Page, address: str) -> None:
    """Open a page whose deferred scripts come only when it has been seen without them."""
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route(LATE, hold)
    page.goto(address, wait_until="commit")
    page.evaluate(FIRST_PICTURE)
    for route in held:
        route.continue_()
    page.unroute(LATE, hold)
    page.wait_for_load_state()


def test_nothing_moves_while_a_page_is_filled(open_window: OpenWindow, sampled_pages: tuple[str, ...]) -> None:
    found = []
    with open_window() as visit:
        visit.page.add_init_script(WATCH)
        for address in sampled_pages:
            open_slowly(visit.page, visit.origin + address)
            if (shift := visit.page.evaluate(SETTLED)) > MOST:
                found.append(f"{address} moves by {shift:.3f}")
        found += visit.faults
    fail_for(found)


@pytest.mark.parametrize("query", QUERIES)
def test_what_is_found_pushes_nothing_aside(open_window: OpenWindow, query: str) -> None:
    with open_window() as visit:
        visit.page.add_init_script(WATCH)
        open_slowly(visit.page, visit.origin + "search.html" + query)
        visit.page.locator("[data-search=field]").wait_for()
        if query:
            visit.page.locator("[data-search=status]:not(:empty)").wait_for()
            visit.page.locator(".hit").first.wait_for()
        assert visit.page.evaluate(SETTLED) <= MOST
        fail_for(visit.faults)


def test_what_moves_is_seen(open_window: OpenWindow) -> None:
    with open_window() as visit:
        visit.page.add_init_script(WATCH)
        open_slowly(visit.page, visit.origin + "people/wang-yong.html")
        visit.page.evaluate(PUSH_DOWN)
        assert visit.page.evaluate(SETTLED) > MOST
