"""Markdown and the editorial marks: the body of a file in, a finished fragment and its plain values out.

How it is done is in ``body``. Links to other records stay symbolic (``href="person:wang-yong"``) until
``resolve_links``: so a fragment holds no other record's data and may be kept by the content of its file alone.
"""

from html import escape

from builder.body.fragment import write
from builder.body.links import resolve_links
from builder.body.markup import parse
from builder.body.passages import Hyperlink, Note, Paragraph, Picture, Prose, Reference, Spot
from builder.body.raw import Body
from builder.problems import Problem

# What the rooms of the body report, and what each demands. They meet it in the middle of a walk, each in many places.
RULES = {
    "full-width-mark": "Write the signs of editorial marks half-width.",
    "unclosed-mark": "Close an editorial mark in the paragraph in which it opens.",
    "stray-mark": "Open every editorial mark that is closed.",
    "mark-over-paragraph": "Keep an editorial mark within one paragraph.",
    "nested-mark": "Put no editorial mark into another.",
    "incomplete-emendation": "Write an emendation with what was received and what is read, parted by one ``~>``.",
    "empty-mark": "Let an editorial mark hold something, and an emendation change something.",
    "mark-without-note": "Say of a doubtful passage why it is doubtful.",
    "misplaced-mark": "Put no editorial mark into the words of an image.",
    "raw-html": "Write Markdown, no HTML.",
    "malformed-link": "Write a link as ``[text](address)``, with both, and none in another.",
    "unsafe-link": "Link only to addresses that a browser opens as a page: nothing that runs, nothing in disguise.",
    "image-without-alt": "Say in words what an image shows.",
    "remote-image": "Keep images in the archive, not on other sites.",
    "text-too-deep": "Put lists, quotations and emphasis only a few levels deep into one another.",
}

__all__ = [
    "RULES",
    "Hyperlink",
    "Note",
    "Paragraph",
    "Picture",
    "Prose",
    "Reference",
    "read_prose",
    "resolve_links",
]


def read_prose(body: str, file: str, first_line: int, prefix: str = "") -> tuple[Prose, list[Problem]]:
    """Return the prose of a body whose first line is line ``first_line`` of ``file``, and what is wrong with it.

    Every id in the fragment starts with ``prefix``. The result depends on these four and on nothing read before.
    """
    written = Body(body, file, first_line)
    try:
        return write(parse(written), prefix)
    except RecursionError:
        return _plain(written, prefix), [_too_deep(written)]


def _plain(body: Body, prefix: str) -> Prose:
    """Return a body as plain paragraphs."""
    paragraphs: list[Paragraph] = []
    offset = 0
    for text in body.text.split("\n\n"):
        core = text.strip()
        if core:
            number = len(paragraphs) + 1
            place = body.place(offset + text.find(core))
            spots = (Spot(0, 0, place.line, place.column),)
            paragraphs.append(Paragraph(number, f"{prefix}p{number}", core, core, place.line, spots))
        offset += len(text) + 2
    html = "\n".join(
        f'<p class="paragraph" id="{paragraph.anchor}">{escape(paragraph.reading, quote=False)}</p>'
        for paragraph in paragraphs
    )
    return Prose(html, tuple(paragraphs))


def _too_deep(body: Body) -> Problem:
    """Return the problem of a body that nests too deeply, at the line that has most of the signs that nest."""
    lines = body.text.split("\n")
    line = max(range(len(lines)), key=lambda index: sum(lines[index].count(sign) for sign in "*_>[-+"))
    offset = sum(len(text) + 1 for text in lines[:line])
    message = "列表、引文或强调一层套一层，太深了。"
    width = max(1, len(lines[line]))
    return Problem(body.place(offset), "text-too-deep", message, "减少层次：正文里两三层就够了。", width=width)
