"""What Markdown finds inside a block: the tokens of marks and code, links, images, addresses, character references.

Each takes a match in a block's text and gives an element, or plain text, and where it stood.
"""

import html
import re
import unicodedata
from collections.abc import Callable
from xml.etree.ElementTree import Element

from markdown.inlinepatterns import InlineProcessor, LinkInlineProcessor
from markdown.util import AtomicString

from builder.body.marks import ETX, STX, TARGET

BRACKET = re.compile(r"[\[\]]")
# How far brackets may stand in brackets: without a bound, a row of them takes a time that grows with its square.
BRACKET_DEPTH = 16


class TokenProcessor(InlineProcessor):
    """Turn the token of a mark or a code span into an element that ``inline`` writes.

    ``content`` gives, for a mark by its number, what is to be read as Markdown in its turn, or None.
    """

    def __init__(self, content: Callable[[int], str | None]) -> None:
        super().__init__(f"{STX}(mark|code):([0-9]+){ETX}")
        self.content = content

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element, int, int]:  # type: ignore[override]  # noqa: N802
        """Return the element; its number is in ``n``."""
        element = Element(m[1], n=m[2])
        content = self.content(int(m[2])) if m[1] == "mark" else None
        element.text = AtomicString("") if content is None else content
        return element, m.start(), m.end()


class LinkProcessor(LinkInlineProcessor):
    """A link; its target has no title and no white space, and character references in it are resolved."""

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element | None, int | None, int | None]:  # type: ignore[override]  # noqa: N802
        """Return the element, or nothing where this bracket opens no link."""
        text, index, handled = self.getText(data, m.end())
        target = TARGET.match(data, index) if handled else None
        if target is None:
            return None, None, None
        written = target[2] if target[1] is None else target[1]
        address = html.unescape(self.unescape(written)).strip()
        return self.element(text, address), m.start(), target.end()

    def element(self, text: str, address: str) -> Element:
        """Return the element of a link."""
        link = Element("a", href=address)
        link.text = text
        return link

    def getText(self, data: str, index: int) -> tuple[str, int, bool]:  # noqa: N802
        """Return what stands in the brackets, where they end, and whether they do."""
        depth = 1
        for match in BRACKET.finditer(data, index):
            depth += 1 if match[0] == "[" else -1
            if depth == 0:
                return data[index : match.start()], match.end(), True
            if depth > BRACKET_DEPTH:
                break
        return "", index, False


class ImageProcessor(LinkProcessor):
    """An image."""

    def element(self, text: str, address: str) -> Element:
        """Return the element of an image."""
        return Element("img", src=address, alt=self.unescape(text))


class AutolinkProcessor(InlineProcessor):
    """An address between ``<`` and ``>``; not inside another link."""

    ANCESTOR_EXCLUDES = ("a",)

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element, int, int]:  # type: ignore[override]  # noqa: N802
        """Return the link."""
        is_mail = "://" not in m[1] and not m[1].startswith("mailto:")
        link = Element("a", href=html.unescape("mailto:" + m[1] if is_mail else m[1]), auto="")
        link.text = AtomicString(m[1])
        return link, m.start(), m.end()


class EntityProcessor(InlineProcessor):
    """A character reference becomes its character, unless that is one that no page may hold."""

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[str, int, int]:  # type: ignore[override]  # noqa: N802
        """Return the character, or the text as it stands."""
        character = html.unescape(m[0])
        is_sound = character and all(unicodedata.category(c) not in ("Cc", "Cs", "Cn", "Zl", "Zp") for c in character)
        return character if is_sound else m[0], m.start(), m.end()
