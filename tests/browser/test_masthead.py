"""The head of a page is one row on every screen, with the search in it; the indexes are one step away."""

import pytest

from browser.window import OpenWindow, fail_for

PERSON = "people/wang-yong.html"
ROW = 48  # pixels; the wireframes have it so
NAMES = ["人物", "机构", "地区", "时间线"]
BOX = """() => {
  const { x, y, width, height } = document.querySelector('.masthead__field').getBoundingClientRect();
  return [x, y, width, height].map(Math.round);
}"""
FOCUSED = "document.activeElement.textContent"


@pytest.mark.parametrize("width", [320, 360, 390, 412, 699, 701, 1280])
def test_the_head_is_one_row(open_window: OpenWindow, width: int) -> None:
    boxes = []
    for script in (True, False):
        with open_window(width, script=script) as visit:
            visit.open(PERSON)
            head = visit.page.locator(".masthead").bounding_box()
            assert head is not None
            assert head["height"] == ROW
            boxes.append(visit.page.evaluate(BOX))
            assert visit.page.locator(".masthead__field").evaluate("field => field.tagName") == (
                "INPUT" if script else "A"
            )
    (x, y, field, height), link = boxes
    assert link[:2] == [x, y] and link[3] == height, "the field stands where the link stood"
    assert field >= 5 * 16, "room for four characters and the edges"


@pytest.mark.parametrize("script", [True, False])
def test_on_a_phone_the_indexes_open_below_their_button(open_window: OpenWindow, script: bool) -> None:
    with open_window(390, script=script) as visit:
        visit.open(PERSON)
        button, links = visit.page.get_by_role("button", name="目录"), visit.page.locator(".masthead__item a")
        assert not links.first.is_visible()
        button.focus()
        visit.page.keyboard.press("Enter")
        assert [link.inner_text() for link in links.all()][: len(NAMES)] == NAMES
        above, below = button.bounding_box(), links.first.bounding_box()
        assert above is not None and below is not None
        assert below["y"] >= above["y"] + above["height"]
        visit.page.keyboard.press("Tab")
        assert visit.page.evaluate(FOCUSED) == NAMES[0]
        visit.page.keyboard.press("Escape")
        assert not links.first.is_visible()
        assert visit.page.evaluate(FOCUSED) == "目录"
        button.click()
        links.nth(1).click()
        visit.page.wait_for_url("**/organisations.html")
        fail_for(visit.faults)


def test_on_a_desk_they_are_always_there(open_window: OpenWindow) -> None:
    with open_window(1280) as visit:
        visit.open(PERSON)
        assert not visit.page.get_by_role("button", name="目录").is_visible()
        for name in NAMES:
            assert visit.page.get_by_role("banner").get_by_role("link", name=name, exact=True).is_visible()


def test_without_script_the_search_is_a_link(open_window: OpenWindow) -> None:
    with open_window(390, script=False) as visit:
        visit.open(PERSON)
        visit.page.get_by_role("banner").get_by_role("link", name="搜索").click()
        visit.page.wait_for_url("**/search.html")
