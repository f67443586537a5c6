"""Draw the pictures of the whole site: ``static/img/preview.png``, shown where a link is sent in a chat, and the icon
for a phone's home screen, ``static/img/touch-icon.png``.

Run by ``make pictures``, after the title or the tagline in ``site.yaml`` has changed. Both are set in type: no face, no
seal. The words stand in the picture's own data too, so that ``tests/test_previews.py`` sees when they are old.
"""

import io
import sys
from html import escape
from pathlib import Path

from PIL import Image, PngImagePlugin
from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from builder.content import read_content  # noqa: E402  (run as a file, Python looks only beside it)
from builder.site import Site  # noqa: E402
from install_tools import find_browser  # noqa: E402

PREVIEW = ROOT / "static/img/preview.png"
TOUCH_ICON = ROOT / "static/img/touch-icon.png"
WORDS = "Title"  # the key of a PNG's own text under which the words of the picture stand
COLOURS = 24
HEAVIEST = 60_000  # bytes of a preview; some chats show none that is heavier

FAVICON = ROOT / "static/img/favicon.svg"

# Paper, ink, a thin rule, a label with a number: the 卷宗 of the visual identity.
PREVIEW_PAGE = """<!DOCTYPE html><html lang="zh-Hans-CN"><style>
body {{ background: #faf8f3; color: #1d1b18; margin: 0; padding: 56px 72px; block-size: 630px; box-sizing: border-box;
  display: flex; flex-direction: column; font-family: "Noto Serif SC", "Noto Serif CJK SC", serif; }}
svg {{ inline-size: 112px; margin-block-end: auto; }}
h1 {{ font-size: {size}px; line-height: 1.25; margin: 0; text-wrap: balance; }}
p {{ border-block-start: 2px solid #857d6e; font: 34px/1.5 "Noto Sans SC", "Noto Sans CJK SC", sans-serif;
  color: #45413a; margin: 36px 0 0; padding-block-start: 28px; }}
</style>{icon}<h1>{title}</h1><p>{tagline}</p></html>"""
ICON_PAGE = """<!DOCTYPE html><html><style>body {{ background: #faf8f3; margin: 0; display: grid; place-items: center;
  block-size: 180px; }} svg {{ inline-size: 132px; }}</style>{icon}</html>"""


def main() -> int:
    """Draw both pictures and say how large they are."""
    site = read_content(ROOT)[0].site
    icon = FAVICON.read_text(encoding="utf-8")
    size = min(112, int(1056 / max(len(site.title), 1)))
    page = PREVIEW_PAGE.format(icon=icon, size=size, title=escape(site.title), tagline=escape(site.tagline))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), chromium_sandbox=False)
        for file, html, width, height in (
            (PREVIEW, page, 1200, 630),
            (TOUCH_ICON, ICON_PAGE.format(icon=icon), 180, 180),
        ):
            file.write_bytes(draw(browser, html, width, height, words(site)))
            print(f"{file.relative_to(ROOT)}: {file.stat().st_size} bytes")
        browser.close()
    return 0


def words(site: Site) -> str:
    """Return what the picture says."""
    return f"{site.title}\n{site.tagline}"


def draw(browser: Browser, html: str, width: int, height: int, said: str) -> bytes:
    """Return the picture of a page as a PNG with few colours, what it says in its own data."""
    window = browser.new_page(viewport={"width": width, "height": height}, color_scheme="light")
    window.set_content(html)
    picture = Image.open(io.BytesIO(window.screenshot())).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    window.close()
    text = PngImagePlugin.PngInfo()
    text.add_itxt(WORDS, said)
    made = io.BytesIO()
    picture.save(made, "PNG", optimize=True, pnginfo=text)
    return made.getvalue()


if __name__ == "__main__":
    sys.exit(main())
