"""Whoever reads with the keyboard sees where they are, on every kind of page, and hears each run in its language."""

from playwright.sync_api import Page

from browser.window import OpenWindow, fail_for

TABS = 60  # enough to pass everything that stands at the top of a page, and some of what repeats below
# The focused element: what it is, how thick its outline is, and whether it is on the screen with nothing above it.
FOCUSED = """() => {
  const element = document.activeElement;
  if (element === document.body) return null;
  const box = [...element.getClientRects()].find(box => box.width) || element.getBoundingClientRect();
  const x = box.left + box.width / 2, y = box.top + box.height / 2;
  const above = document.elementFromPoint(x, y);
  const style = getComputedStyle(element);
  return {
    name: element.outerHTML.slice(0, 80),
    outline: style.outlineStyle === 'solid' ? parseFloat(style.outlineWidth) : 0,
    seen: !!above && (element.contains(above) || above.contains(element)),
  };
}"""
# Pinyin, and runs of two or more Latin words, that are not said to be in a language written in Latin letters.
UNNAMED = r"""() => {
  const letter = '[A-Za-z\u00c0-\u024f]';
  const foreign = new RegExp(`${letter}{2,}(?: ${letter}{2,})+|[A-Za-z]*[\u0101-\u01dc][a-z]*`, 'g');
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (element.closest('script, noscript, code, pre, .citation__text')) continue;
    const words = node.data.match(foreign);
    if (words && !/^(en|zh-Latn)/.test(element.closest('[lang]').lang)) found.push(...words);
  }
  return found;
}"""
# Names need no language (WCAG 3.1.2): of a right, as rightsstatements.org calls it, and of a standard.
NAMES = {"In Copyright", "Frictionless Data Package"}


def test_the_focus_is_always_seen(open_window: OpenWindow, sampled_pages: tuple[str, ...]) -> None:
    found = []
    with open_window(390, 664) as visit:
        visit.page.emulate_media(reduced_motion="reduce")
        for address in sampled_pages:
            visit.open(address)
            found += [f"{address}: {fault}" for fault in walk(visit.page)]
    fail_for(found)


def walk(page: Page) -> list[str]:
    """Go through a page by Tab and return what is wrong with the focus on the way."""
    faults = []
    for _ in range(TABS):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        if focused is None:
            break
        if focused["outline"] < 3:
            faults.append(f"the outline is {focused['outline']} px at {focused['name']}")
        if not focused["seen"]:
            faults.append(f"not seen: {focused['name']}")
    return faults


def test_the_first_stop_leads_past_the_top(open_window: OpenWindow, sampled_pages: tuple[str, ...]) -> None:
    with open_window(script=False) as visit:
        for address in sampled_pages:
            visit.open(address)
            visit.page.keyboard.press("Tab")
            link = visit.page.locator(".skip")
            assert link.evaluate("link => link === document.activeElement"), address
            assert (link.bounding_box() or {"y": -1})["y"] >= 0, f"{address}: the skip link is off the screen"
            visit.page.keyboard.press("Enter")
            visit.page.keyboard.press("Tab")
            inside = "!document.activeElement.closest('.masthead, .bar, .skip')"
            assert visit.page.evaluate(inside), f"{address}: the skip link leads nowhere"


def test_foreign_words_are_said_to_be_foreign(open_window: OpenWindow, sampled_pages: tuple[str, ...]) -> None:
    found = []
    with open_window() as visit:
        for address in sampled_pages:
            visit.open(address)
            found += [f"{address}: {words}" for words in visit.page.evaluate(UNNAMED) if words not in NAMES]
    fail_for(found)


def test_the_mark_to_which_one_returns_is_seen(open_window: OpenWindow, person_pages: tuple[str, ...]) -> None:
    with open_window() as visit:
        visit.page.emulate_media(reduced_motion="reduce")
        visit.open(person_pages[0])
        mark = visit.page.locator("a.noteref").first
        mark.focus()
        visit.page.keyboard.press("Enter")
        back = visit.page.locator(".note__back").first
        back.focus()
        visit.page.keyboard.press("Enter")
        focused = visit.page.evaluate(FOCUSED)
        assert mark.evaluate("mark => mark === document.activeElement")
        assert focused["seen"]
        assert focused["outline"] >= 3
