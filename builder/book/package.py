"""The package document of an EPUB: what it is, what files are in it, and in which order they are read.

Written with ElementTree after EPUB 3.3; EPUBCheck proves it in the tests. ``dcterms:modified`` must be there: it is the
last day that an editor wrote, and where none is, the beginning of the clocks of computers, which nobody takes for one.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement, indent, register_namespace, tostring

from builder.book.leaves import Imprint

OPF, DC = "http://www.idpf.org/2007/opf", "http://purl.org/dc/elements/1.1/"
CONTAINER = "urn:oasis:names:tc:opendocument:xmlns:container"
DECLARATION = b'<?xml version="1.0" encoding="UTF-8"?>\n'
FOLDER, PACKAGE = "EPUB/", "package.opf"
UNWRITTEN = "1970-01-01"
# EPUB Accessibility 1.1: what the book needs of a reader, and what it gives.
ACCESS = (
    ("accessMode", "textual"),
    ("accessModeSufficient", "textual"),
    ("accessibilityFeature", "alternativeText"),
    ("accessibilityFeature", "displayTransformability"),
    ("accessibilityFeature", "index"),
    ("accessibilityFeature", "readingOrder"),
    ("accessibilityFeature", "structuralNavigation"),
    ("accessibilityFeature", "tableOfContents"),
    ("accessibilityHazard", "none"),
    ("accessibilitySummary", "全书为文字；标题、目录、注释与索引都有结构和链接，图片有文字说明。"),
)


@dataclass(frozen=True)
class Item:
    """A file of the book: its name, its media type, its properties, and whether it is read in order."""

    name: str
    type: str
    properties: str = ""
    is_read: bool = False


def container() -> bytes:
    """Return the file by which a reading system finds the package document."""
    register_namespace("", CONTAINER)
    root = Element(f"{{{CONTAINER}}}container", {"version": "1.0"})
    files = SubElement(root, f"{{{CONTAINER}}}rootfiles")
    media = "application/oebps-package+xml"
    SubElement(files, f"{{{CONTAINER}}}rootfile", {"full-path": FOLDER + PACKAGE, "media-type": media})
    return _bytes(root)


def package(imprint: Imprint, items: Iterable[Item]) -> bytes:
    """Return the package document of a book of these files, in their order."""
    register_namespace("", OPF)
    register_namespace("dc", DC)
    listed = tuple(items)
    attributes = {"version": "3.0", "unique-identifier": "identifier", "xml:lang": imprint.language}
    root = Element(f"{{{OPF}}}package", attributes)
    _metadata(SubElement(root, f"{{{OPF}}}metadata"), imprint, has_images=any("image/" in item.type for item in listed))
    manifest, spine = SubElement(root, f"{{{OPF}}}manifest"), SubElement(root, f"{{{OPF}}}spine")
    for number, item in enumerate(listed, start=1):
        key = f"item-{number}"
        described = {"id": key, "href": item.name, "media-type": item.type}
        SubElement(manifest, f"{{{OPF}}}item", described | ({"properties": item.properties} if item.properties else {}))
        if item.is_read:
            SubElement(spine, f"{{{OPF}}}itemref", {"idref": key})
    return _bytes(root)


def _metadata(metadata: Element, imprint: Imprint, *, has_images: bool) -> None:
    SubElement(metadata, f"{{{DC}}}identifier", {"id": "identifier"}).text = imprint.identifier
    SubElement(metadata, f"{{{DC}}}title").text = "　".join(filter(None, (imprint.title, imprint.part)))
    SubElement(metadata, f"{{{DC}}}language").text = imprint.language
    facts = ((imprint.tagline, "description"), (imprint.address, "source"), (imprint.licence, "rights"))
    for value, name in facts:
        if value:
            SubElement(metadata, f"{{{DC}}}{name}").text = value
    if imprint.day is not None:
        SubElement(metadata, f"{{{DC}}}date").text = imprint.day.isoformat()
    day = imprint.day.isoformat() if imprint.day is not None else UNWRITTEN
    modes = (("accessMode", "visual"),) if has_images else ()
    properties = (
        ("dcterms:modified", f"{day}T00:00:00Z"),
        *((f"schema:{name}", text) for name, text in (*modes, *ACCESS)),
    )
    for name, value in properties:
        SubElement(metadata, f"{{{OPF}}}meta", {"property": name}).text = value


def _bytes(root: Element) -> bytes:
    indent(root)
    return DECLARATION + tostring(root, encoding="unicode").encode() + b"\n"
