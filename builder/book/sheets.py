"""The sheets of a book: leaves in, XHTML as trees out, by the templates of ``templates/book``.

The same trees are laid out for paper and packed into EPUB. A template that is not well-formed is an exception.
"""

from pathlib import Path
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from jinja2 import Environment

from builder.book.chapters import paragraph_words
from builder.files import CONTROL, REPLACEMENT
from builder.render import template_environment
from builder.views import Link, Quote

XHTML = "http://www.w3.org/1999/xhtml"
OPS = "http://www.idpf.org/2007/ops"
XML = "http://www.w3.org/XML/1998/namespace"


def book_environment(templates: Path) -> Environment:
    """Return the environment over ``templates``; the filter ``ways`` says in which paragraphs quotations stand."""
    environment = template_environment(templates)
    environment.filters["ways"] = ways
    return environment


def ways(quotes: tuple[Quote, ...]) -> tuple[Link, ...]:
    """Return the links to the paragraphs in which quotations stand, each once."""
    found: dict[str, Link] = {}
    for quote in quotes:
        words = paragraph_words(quote.href) or "原句"
        if quote.href:
            found.setdefault(words, Link(words, quote.href))
    return tuple(found.values())


def sheet(environment: Environment, template: str, **values: object) -> Element:
    """Return what a template of the book makes of some leaves, as a tree."""
    text = environment.get_template(f"book/{template}.xhtml").render(**values)
    wrapped = f'<body xmlns="{XHTML}" xmlns:epub="{OPS}">{CONTROL.sub(REPLACEMENT, text)}</body>'
    body = ElementTree.fromstring(wrapped)
    part = body[0]
    part.tail = None
    _unlink_missing(part)
    return part


def _unlink_missing(part: Element) -> None:
    """Make plain text of a link to a place of the same part that the book does not have, though the page has it."""
    own = f"#{part.get('id')}."
    anchors = {f"#{element.get('id')}" for element in part.iter() if "id" in element.attrib}
    for link in part.iter(f"{{{XHTML}}}a"):
        href = link.get("href", "")
        if href.startswith(own) and href not in anchors:
            link.tag = f"{{{XHTML}}}span"
            del link.attrib["href"]
