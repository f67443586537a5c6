"""The page of a person on paper: A4, the received form of every emendation, all notes, no navigation."""

import io
import unicodedata

from playwright.sync_api import Page
from pypdf import PdfReader

from browser.window import OpenWindow, fail_for

A4 = (595, 842)  # points

# Unicode has no decomposition for these radicals, as it has for the others (⽤ is folded to 用).
RADICALS = str.maketrans(
    "⺟⺠⻁⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻤⻥⻦⻨⻩⻬⻮⻰⻳", "母民虎西见角贝车长门青韦页风飞食马鬼鱼鸟麦黄齐齿龙龟"
)

# What stands on paper for each mark: received〔emended〕, ［supplied］, and the words of each note.
EMENDATIONS = """[...document.querySelectorAll('.corr[data-received]')]
  .map(mark => `${mark.dataset.received}〔${mark.textContent}〕`)"""
SUPPLIED = "[...document.querySelectorAll('.paragraph .supplied')].map(mark => mark.textContent)"
NOTES = """[...document.querySelectorAll('a.noteref')].map(mark => {
  const note = document.getElementById(mark.hash.slice(1)).cloneNode(true);
  note.querySelectorAll('a').forEach(link => link.remove());
  return note.textContent;
})"""
# What can only be pressed, and the ways to others.
NAVIGATION = "[...document.querySelectorAll('nav, button, .relative')].map(menu => menu.textContent)"


def test_the_article_prints_with_its_marks_and_notes(open_window: OpenWindow, person_pages: tuple[str, ...]) -> None:
    printed = []
    with open_window(1280) as visit:
        for address in person_pages:
            visit.open(address)
            text = read_print(visit.page)
            wanted = [word for script in (EMENDATIONS, SUPPLIED, NOTES) for word in visit.page.evaluate(script)]
            missing = [word for word in wanted if fold(word) not in text]
            assert not missing, f"{address} lacks on paper: {missing}"
            menus = [menu for menu in visit.page.evaluate(NAVIGATION) if fold(menu) and fold(menu) in text]
            assert not menus, f"{address} prints its navigation: {menus}"
            printed.append(text)
        fail_for(visit.faults)
    assert any(fold("核算〔核酸〕") in text for text in printed)
    assert any(fold("［不］") in text for text in printed)


def read_print(page: Page) -> str:
    """Print the page, see that the sheets are A4, and return the text on them, folded."""
    reader = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    for sheet in reader.pages:
        size = (round(sheet.mediabox.width), round(sheet.mediabox.height))
        assert all(abs(is_ - wanted) <= 1 for is_, wanted in zip(size, A4, strict=True)), f"{page.url} prints on {size}"
    return fold("".join(sheet.extract_text() for sheet in reader.pages))


def fold(text: str) -> str:
    """Return a text without spaces, each radical as the character that looks the same: a PDF may name either."""
    return "".join(unicodedata.normalize("NFKC", text.translate(RADICALS)).split())
