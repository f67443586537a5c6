"""A link sent in a chat says who it is about: title, description and one picture for the whole site."""

from pathlib import Path

from lxml import html
from PIL.PngImagePlugin import PngImageFile

import build
from builder.content import read_content
from draw_preview import HEAVIEST, PREVIEW, TOUCH_ICON, WORDS, words

SITE = Path(__file__).parent / "site"  # it has an address, as the real one has not yet


def meta(page: bytes) -> dict[str, str]:
    """Return what a page says of itself: each ``<meta>`` by name or property."""
    tags = [dict(tag.attrib) for tag in html.document_fromstring(page.decode("utf-8")).iter("meta")]
    return {str(tag.get("property") or tag.get("name") or ""): str(tag.get("content")) for tag in tags}


def test_every_page_says_what_it_is_and_no_address_that_nobody_gave(
    built_site: Path, built_pages: tuple[str, ...]
) -> None:
    for address in built_pages:
        page = meta((built_site / address).read_bytes())
        assert page["og:title"], address
        assert page.get("og:description") == page.get("description"), address
        assert page["twitter:card"] == "summary", address
        assert not {"og:url", "og:image"} & set(page), address


def test_where_the_site_has_an_address_the_preview_has_a_picture() -> None:
    files = {file.address: file.content for file in build.make_site(SITE)[0]}
    pages = {address: meta(content) for address, content in files.items() if address.endswith(".html")}
    tombstone = pages.pop("people/chen-zhiyuan.html")
    assert not {"og:url", "og:image"} & set(tombstone), "the address of somebody withdrawn is a name"
    for address, page in pages.items():
        assert page["og:url"] == f"https://example.org/archive/{address.removesuffix('index.html')}"
        assert page["og:image"] == "https://example.org/archive/static/img/preview.png"
        assert page["og:image:alt"]
        assert page["twitter:card"] == "summary_large_image"
    assert "static/img/preview.png" in files
    assert pages["index.html"]["og:type"] == "website"


def test_the_picture_is_light_and_says_what_the_site_is_called(root: Path) -> None:
    content, _ = read_content(root)
    preview = PngImageFile(PREVIEW)
    assert preview.size == (1200, 630)
    assert PREVIEW.stat().st_size <= HEAVIEST
    assert preview.text[WORDS] == words(content.site), "the title has changed: run make pictures"
    assert PngImageFile(TOUCH_ICON).size == (180, 180)
