"""The page of a person in use: the text begins at once, and each note is reached and left by keyboard alone."""

import pytest
from playwright.sync_api import Page

from browser.window import OpenWindow, fail_for

FIRST_LINE_BOTTOM = """() => {
  const range = document.createRange();
  range.selectNodeContents(document.querySelector('.paragraph'));
  return [...range.getClientRects()].find(box => box.width > 20).bottom;
}"""
FOCUS = "document.activeElement && document.activeElement.id"
MORE_THAN_ENOUGH_TABS = 400


def test_the_article_begins_above_the_fold(open_window: OpenWindow, person_pages: tuple[str, ...]) -> None:
    with open_window(390, 660) as visit:
        for address in person_pages:
            visit.open(address)
            bottom = visit.page.evaluate(FIRST_LINE_BOTTOM)
            assert bottom <= 660, f"{address}: the first line of the article ends at {bottom:.0f} px"


@pytest.mark.parametrize("width", [390, 1280])
def test_every_note_is_reached_and_left_by_keyboard(
    open_window: OpenWindow, person_pages: tuple[str, ...], width: int
) -> None:
    with open_window(width, script=False) as visit:
        for address in person_pages:
            visit.open(address)
            marks = [mark.get_attribute("id") for mark in visit.page.locator("a.noteref").all()]
            assert None not in marks
            for mark in marks:
                go_to_note_and_back(visit.page, mark or "")
        fail_for(visit.faults)


def go_to_note_and_back(page: Page, mark: str) -> None:
    """Tab on to a mark, follow it to its note and the note's link back, and see that the mark has the focus again."""
    tab_until(page, f"document.activeElement.id === '{mark}'", f"the mark {mark}")
    note = page.locator(f"a.noteref[id='{mark}']").get_attribute("href")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{note}")
    back = f"document.activeElement.matches(\"[id='{str(note)[1:]}'] a[href='#{mark}']\")"
    tab_until(page, back, f"the way back from {note}")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**#{mark}")
    assert page.evaluate(FOCUS) == mark, f"{page.url}: the focus is not on the mark again"


def tab_until(page: Page, condition: str, wanted: str) -> None:
    """Press Tab until a condition holds."""
    for _ in range(MORE_THAN_ENOUGH_TABS):
        page.keyboard.press("Tab")
        if page.evaluate(condition):
            return
    pytest.fail(f"{page.url}: Tab does not reach {wanted}")
