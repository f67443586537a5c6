"""Pages give way to what a reader's system asks: zoom, larger type, wider spacing, contrast, own colours, no motion."""

import pytest

from browser.window import OpenWindow, fail_for

BLACK_OR_WHITE = ("rgb(0, 0, 0)", "rgb(255, 255, 255)")
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
# A sheet made by script, as an extension of the browser would: the policy of the page keeps out <style>.
ADD_SHEET = """text => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  document.adoptedStyleSheets = [sheet];
}"""
# WCAG 1.4.12, and type twice as large without zoom (1.4.4), as by a setting of the browser.
SPACING = """* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
p { margin-block-end: 2em !important }"""
DOUBLED = "html { font-size: 200% !important }"
# Words that do not fit into their box where it cuts them off, and notes in the margin that lie on one another.
CUT_OFF = """() => {
  const cut = [...document.querySelectorAll('main *, header *, footer *')].filter(element =>
    !element.closest('svg') && getComputedStyle(element).overflow !== 'visible'
    && (element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1));
  const notes = [...document.querySelectorAll('.note')].map(note => note.getBoundingClientRect());
  const covered = notes.filter((box, i) => i && box.top < notes[i - 1].bottom - 1 && box.bottom > notes[i - 1].top + 1);
  return [...cut.map(element => element.outerHTML.slice(0, 80)), ...covered.map(box => `a note at ${box.top} px`)];
}"""
COLOURS = """[...new Set([...document.querySelectorAll('body *:not(title, desc)')]
  .filter(element => [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim()))
  .map(element => element.closest('svg') ? getComputedStyle(element).fill : getComputedStyle(element).color))]"""
MOVING = """(() => {
  const styles = [...document.querySelectorAll('*')].map(element => getComputedStyle(element));
  const moving = styles.filter(style => style.transitionDuration !== '0s').length + document.getAnimations().length;
  return [getComputedStyle(document.documentElement).scrollBehavior, moving];
})()"""
# Fill and stroke of the solid and the hollow marks of the chart.
MARKS = """['printed', 'counted'].map(kind => {
  const style = getComputedStyle(document.querySelector(`.chart__mark--${kind}`));
  return [style.fill, style.stroke];
})"""


@pytest.mark.parametrize(
    ("width", "sheet"),
    [(320, ""), (640, ""), (640, DOUBLED), (320, SPACING), (390, SPACING), (1280, SPACING)],
    ids=["zoom 400 %", "zoom 200 %", "type 200 %", "spacing, zoom 400 %", "spacing, phone", "spacing, desk"],
)
def test_nothing_is_lost_when_text_grows(
    open_window: OpenWindow, sampled_pages: tuple[str, ...], width: int, sheet: str
) -> None:
    found = []
    with open_window(width) as visit:
        for address in sampled_pages:
            visit.open(address)
            visit.page.evaluate(ADD_SHEET, sheet)
            if (excess := visit.page.evaluate(SIDEWAYS)) > 0:
                found.append(f"{address} is {excess} px too wide")
            found += [f"{address} cuts off {piece}" for piece in visit.page.evaluate(CUT_OFF)]
        found += visit.faults
    fail_for(found)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_more_contrast_is_black_and_white(open_window: OpenWindow, sampled_pages: tuple[str, ...], scheme: str) -> None:
    found = []
    with open_window() as visit:
        visit.page.emulate_media(color_scheme="dark" if scheme == "dark" else "light", contrast="more")
        for address in sampled_pages:
            visit.open(address)
            ink = BLACK_OR_WHITE[scheme == "dark"]
            colours = [colour for colour in visit.page.evaluate(COLOURS) if colour != ink]
            found += [f"{address} has text in {colour}" for colour in colours]
    fail_for(found)


def test_with_colours_of_the_system_the_shapes_stay_apart(open_window: OpenWindow) -> None:
    with open_window(1280) as visit:
        visit.page.emulate_media(forced_colors="active")
        visit.open("timeline.html")
        (solid, _), (hollow, line) = visit.page.evaluate(MARKS)
        assert solid != hollow
        assert solid == visit.page.evaluate("getComputedStyle(document.body).color")
        assert hollow != line
        visit.open("people/wang-yong.html")
        visit.page.locator(".reading__button").click()
        visit.page.keyboard.press("Tab")
        outline = "getComputedStyle(document.activeElement).outline"
        assert "3px" in visit.page.evaluate(outline)
        fail_for(visit.faults)


def test_nothing_moves_for_those_who_ask_for_rest(open_window: OpenWindow, sampled_pages: tuple[str, ...]) -> None:
    with open_window() as visit:
        for address in sampled_pages:
            visit.page.emulate_media(reduced_motion="reduce")
            visit.open(address)
            assert visit.page.evaluate(MOVING) == ["auto", 0], address
        visit.page.emulate_media(reduced_motion="no-preference")
        assert visit.page.evaluate(MOVING)[0] == "smooth"
