"""The reading settings and the copy buttons: there only with script, kept on the device, used by keyboard alone."""

import pytest
from playwright.sync_api import Page

from browser.window import OpenWindow, fail_for

PERSON = "people/wang-yong.html"
ELSEWHERE = "timeline.html"
DARK, LIGHT = "rgb(21, 23, 26)", "rgb(250, 248, 243)"
GROUND = "getComputedStyle(document.documentElement).backgroundColor"
TYPE_SIZE = "parseFloat(getComputedStyle(document.querySelector('.paragraph')).fontSize)"
GAP = "parseFloat(getComputedStyle(document.querySelector('.paragraph + .paragraph')).marginBlockStart)"
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
SETTINGS = "Object.keys(document.documentElement.dataset).length"
# Notes the ground in every picture that the browser draws while a page is loaded.
WATCH = """window.grounds = [];
const look = () => {
  if (document.body) grounds.push(getComputedStyle(document.documentElement).backgroundColor);
  if (grounds.length < 20) requestAnimationFrame(look);
};
requestAnimationFrame(look);"""
WATCHED = """async () => {
  while (grounds.length < 6) await new Promise(requestAnimationFrame);
  return grounds;
}"""
BROKEN_STORAGE = """Object.defineProperty(window, 'localStorage', {
  get() { throw new DOMException('no', 'SecurityError'); }
})"""
NO_CLIPBOARD = "Object.defineProperty(navigator, 'clipboard', { value: undefined })"
NO_COPYING = f"{NO_CLIPBOARD}; document.execCommand = () => false"
TODAY = "(() => { const day = new Date(); return [day.getFullYear(), day.getMonth() + 1, day.getDate()]; })()"


def choose(page: Page, *words: str) -> None:
    """Open the settings and choose some."""
    page.get_by_role("button", name="阅读设置").click()
    for word in words:
        page.get_by_label(word, exact=True).check()


@pytest.mark.parametrize("opened_from", ["web", "disk"])
def test_the_settings_are_kept_from_page_to_page(
    request: pytest.FixtureRequest, open_window: OpenWindow, opened_from: str
) -> None:
    with open_window(origin=request.getfixturevalue(opened_from)) as visit:
        visit.open(PERSON)
        before, gap = visit.page.evaluate(TYPE_SIZE), visit.page.evaluate(GAP)
        assert (visit.page.evaluate(GROUND), gap) == (LIGHT, 0)
        choose(visit.page, "深色", "较大", "空一行")
        visit.open(ELSEWHERE)
        assert visit.page.evaluate(GROUND) == DARK
        visit.open(PERSON)
        assert visit.page.evaluate(TYPE_SIZE) == pytest.approx(before * 1.3)
        assert visit.page.evaluate(GAP) > before
        choose(visit.page, "随系统", "标准", "不空行")
        visit.open(PERSON)
        assert visit.page.evaluate(SETTINGS) == 0
        fail_for(visit.faults)


def test_a_choice_goes_before_the_system_and_not_onto_paper(open_window: OpenWindow) -> None:
    with open_window() as visit:
        visit.page.emulate_media(color_scheme="dark")
        visit.open(PERSON)
        assert visit.page.evaluate(GROUND) == DARK
        choose(visit.page, "浅色", "最大")
        assert visit.page.evaluate(GROUND) == LIGHT
        visit.page.emulate_media(media="print", color_scheme="dark")
        assert visit.page.evaluate(GROUND) == "rgb(255, 255, 255)"
        assert visit.page.evaluate(TYPE_SIZE) == pytest.approx(11.5 * 96 / 72, rel=1e-3)


@pytest.mark.parametrize("opened_from", ["web", "disk"])
def test_a_page_chosen_dark_is_never_drawn_light(
    request: pytest.FixtureRequest, open_window: OpenWindow, opened_from: str
) -> None:
    with open_window(origin=request.getfixturevalue(opened_from)) as visit:
        visit.open(PERSON)
        choose(visit.page, "深色")
        visit.page.add_init_script(WATCH)
        for address in (PERSON, ELSEWHERE, "index.html", "people.html"):
            visit.open(address)
            assert LIGHT not in visit.page.evaluate(WATCHED), f"{address} is light for a moment"


def test_another_window_follows(open_window: OpenWindow) -> None:
    with open_window() as visit:
        visit.open(PERSON)
        other = visit.page.context.new_page()
        other.goto(visit.origin + ELSEWHERE)
        choose(visit.page, "深色")
        other.locator("html[data-scheme=dark]").wait_for()
        assert other.evaluate(GROUND) == DARK
        other.get_by_role("button", name="阅读设置").click()
        assert other.get_by_label("深色").is_checked()


@pytest.mark.parametrize("kept", ["", "null", "{", "[]", '"dark"', "7", '{"scheme":"constructor","size":7}'])
def test_whatever_is_kept_the_page_is_whole(open_window: OpenWindow, kept: str) -> None:
    with open_window() as visit:
        visit.open("404.html")
        visit.page.evaluate("value => localStorage.setItem('reading', value)", kept)
        visit.open(PERSON)
        assert visit.page.evaluate(SETTINGS) == 0
        assert visit.page.get_by_role("button", name="阅读设置").is_visible()
        fail_for(visit.faults)


def test_where_nothing_can_be_kept_the_reader_is_told(open_window: OpenWindow) -> None:
    with open_window() as visit:
        visit.page.add_init_script(BROKEN_STORAGE)
        visit.open(PERSON)
        choose(visit.page, "深色")
        assert visit.page.evaluate(GROUND) == DARK
        assert visit.page.locator(".reading__note").inner_text() == "这个浏览器不让保存，只对本页有效。"
        fail_for(visit.faults)


def test_the_settings_are_used_by_keyboard(open_window: OpenWindow) -> None:
    with open_window() as visit:
        visit.open(PERSON)
        button = visit.page.get_by_role("button", name="阅读设置")
        assert button.get_attribute("aria-expanded") == "false"
        button.focus()
        visit.page.keyboard.press("Enter")
        assert button.get_attribute("aria-expanded") == "true"
        visit.page.keyboard.press("Tab")
        visit.page.keyboard.press("ArrowRight")
        visit.page.keyboard.press("ArrowRight")
        assert visit.page.evaluate(GROUND) == DARK
        assert [
            group.get_attribute("aria-label") or group.locator("legend").inner_text()
            for group in visit.page.locator("fieldset").all()
        ] == ["明暗", "字号", "段间"]
        button.focus()
        visit.page.keyboard.press("Space")
        assert not visit.page.get_by_label("深色").is_visible()


def test_without_script_there_is_nothing_to_press(open_window: OpenWindow) -> None:
    with open_window(script=False) as visit:
        visit.open(PERSON)
        assert (
            visit.page.evaluate(
                "document.querySelectorAll('.reading__button, .copy__button, input[type=radio]').length"
            )
            == 0
        )


def test_the_largest_type_fits_the_narrowest_screen(open_window: OpenWindow, sampled_pages: tuple[str, ...]) -> None:
    found = []
    with open_window(320) as visit:
        visit.open(PERSON)
        choose(visit.page, "最大", "空一行")
        for address in sampled_pages:
            visit.open(address)
            visit.page.get_by_role("button", name="阅读设置").click()
            if (excess := visit.page.evaluate(SIDEWAYS)) > 0:
                found.append(f"{address} is {excess} px too wide")
    fail_for(found)


@pytest.mark.parametrize("clipboard", ["", NO_CLIPBOARD], ids=["clipboard", "field"])
def test_a_citation_is_copied_with_the_day_of_today(open_window: OpenWindow, clipboard: str) -> None:
    with open_window() as visit:
        visit.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        visit.open(PERSON)
        shown = visit.page.locator(".citation__text").all_inner_texts()
        if clipboard:
            visit.page.add_init_script(clipboard)
            visit.open(PERSON)
        year, month, day = visit.page.evaluate(TODAY)
        wanted = [
            shown[0].replace("[引用日期]", f"[{year}-{month:02}-{day:02}]"),
            shown[1].replace("[访问日期]", f"{year}年{month}月{day}日"),
            shown[2],
        ]
        for number, text in enumerate(wanted):
            button = visit.page.locator(".copy__button").nth(number)
            button.focus()
            visit.page.keyboard.press("Enter")
            status = visit.page.locator(".copy__result").nth(number)
            status.filter(has_text="已复制").wait_for()
            assert status.get_attribute("role") == "status"
            assert button.evaluate("button => document.activeElement === button")
            assert pasted(visit.page) == text
        fail_for(visit.faults)


def pasted(page: Page) -> str:
    """Return what a reader would paste now."""
    other = page.context.new_page()
    other.goto("data:text/html,<textarea autofocus></textarea>")
    other.bring_to_front()
    other.locator("textarea").focus()
    other.keyboard.press("ControlOrMeta+V")
    text = other.locator("textarea").input_value()
    other.close()
    return text


def test_where_nothing_can_be_copied_the_words_are_selected(open_window: OpenWindow) -> None:
    with open_window() as visit:
        visit.page.add_init_script(NO_COPYING)
        visit.open(PERSON)
        visit.page.locator(".copy__button").nth(1).click()
        visit.page.locator(".copy__result").filter(has_text="未能复制，文字已选中").wait_for()
        selected = visit.page.evaluate("getSelection().toString()")
        assert selected == visit.page.locator(".citation__text").nth(1).inner_text()
