"""The six main pages look as they did: pictures of them, kept beside this file, with a tolerance for other machines.

A picture is kept at half size with few colours. To compare, both are reduced to cells of 16 pixels of the page, each
with its mean colour: letters drawn a little fatter or a pixel aside change no cell by much; a line that moved, or links
of another colour, change many. ``make pictures`` renews them: look at them before they are committed.
"""

import io
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import pytest
from PIL import Image, ImageChops

import build
from browser.window import OpenWindow, fail_for
from install_tools import has_snapshot_fonts

SNAPSHOTS = Path(__file__).parent / "snapshots"
SITE = Path(__file__).parent.parent / "site"  # what editors add to the real content must change nothing here
PAGES = {
    "home": "index.html",
    "person": "people/wang-fang.html",
    "organisation": "organisations/donghe-shuiwen.html",
    "region": "regions/donghe.html",
    "timeline": "timeline.html",
    "people": "people.html",
}
WINDOWS = [
    *((name, width, "light") for name in PAGES for width in (390, 1280)),
    *((name, 390, "dark") for name in ("person", "timeline")),
]
LONGEST = 2400  # pixels of a page that are looked at
HALF, CELL = 2, 16
COLOURS = 32

# What counts as another look: a cell that is lighter or darker, or of another hue, by so much (of 255); and how many
# such cells (of 1000). Measured: of a page one pixel lower 0.1 at most, of one 4 pixels lower 11, with links in ink 7.
OTHER_LIGHT, OTHER_HUE, OTHER_CELLS = 16, 3, 1

# Everything in Noto CJK, Latin letters too: then a machine needs no other font to see the same.
SET_FONTS = """() => {
  const style = document.documentElement.style;
  style.setProperty('--editor-face', '"Noto Sans CJK SC"');
  style.setProperty('--latin-face', '"Noto Sans CJK SC"');
  style.setProperty('--source-face', '"Noto Serif CJK SC"');
}"""


@pytest.fixture(scope="session")
def small_site_address(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Build the small archive and return its address on the disk."""
    out = tmp_path_factory.mktemp("small")
    for file in build.make_site(SITE)[0]:
        path = out / file.address
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.content)
    return out.as_uri() + "/"


@pytest.mark.parametrize(("name", "width", "scheme"), WINDOWS, ids=[f"{n}-{w}-{s}" for n, w, s in WINDOWS])
def test_the_page_looks_as_it_did(
    request: pytest.FixtureRequest,
    open_window: OpenWindow,
    small_site_address: str,
    without: Callable[[str], NoReturn],
    tmp_path: Path,
    name: str,
    width: int,
    scheme: str,
) -> None:
    kept = SNAPSHOTS / f"{name}-{width}-{scheme}.png"
    if not has_snapshot_fonts():
        without("The font of the snapshots (Noto CJK)")
    picture = few_colours(take(open_window, small_site_address, PAGES[name], width, scheme))
    if request.config.getoption("--bless"):
        SNAPSHOTS.mkdir(exist_ok=True)
        picture.save(kept, optimize=True)
    if fault := difference(Image.open(kept), picture):
        picture.save(tmp_path / kept.name)
        fail_for([f"{kept.name}: {fault}; now: {tmp_path / kept.name}. If it is as it should be: make pictures"])


def take(open_window: OpenWindow, site: str, address: str, width: int, scheme: str) -> Image.Image:
    """Return the picture of a page, from the top, at half size."""
    with open_window(width, 900, origin=site) as visit:
        visit.page.emulate_media(color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce")
        visit.open(address)
        visit.page.evaluate(SET_FONTS)
        picture = Image.open(io.BytesIO(visit.page.screenshot(full_page=True))).convert("RGB")
        fail_for(visit.faults)
    height = min(picture.height, LONGEST) // CELL * CELL
    return picture.crop((0, 0, width, height)).reduce(HALF)


def few_colours(picture: Image.Image) -> Image.Image:
    """Return a picture as it is kept."""
    return picture.quantize(COLOURS, dither=Image.Dither.NONE)


def difference(before: Image.Image, now: Image.Image) -> str:
    """Return how much a page looks otherwise, or nothing where it does not."""
    if before.width != now.width or abs(before.height - now.height) * HALF > CELL:
        return f"it was {before.height * HALF} pixels high and is {now.height * HALF}"
    box = (0, 0, before.width, min(before.height, now.height))
    cells = [picture.convert("RGB").crop(box).reduce(CELL // HALF).convert("YCbCr") for picture in (before, now)]
    changes: tuple[tuple[int, ...], ...] = ImageChops.difference(*cells).get_flattened_data()  # type: ignore[assignment]
    moved = sum(change[0] > OTHER_LIGHT or max(change[1:]) > OTHER_HUE for change in changes)
    share = 1000 * moved / len(changes)
    return f"{share:.0f} of 1000 cells look otherwise" if share > OTHER_CELLS else ""


def test_what_moves_or_changes_its_colour_is_seen() -> None:
    kept = Image.open(SNAPSHOTS / "person-390-light.png").convert("RGB")
    assert difference(kept, kept) == ""
    assert difference(kept, ImageChops.offset(kept, 0, 12)), "a line lower"
    assert difference(kept, kept.convert("L").convert("RGB")), "without colour"
    assert difference(kept, kept.crop((0, 0, kept.width, kept.height - 20))), "shorter"
