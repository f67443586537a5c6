"""Rules about the text of a document: its quotations, what is private in it, and what it has to equal."""

import re
from collections.abc import Iterator

from builder.archive import Archive, Document
from builder.checks.people import values
from builder.content import Content
from builder.folding import fold
from builder.problems import Place, Problem
from builder.prose import Reference
from builder.quotes import find_all, find_quote, nearest_passage
from builder.received import check_half_width, check_received
from builder.text import Text

# A line that ends a sentence, and one that begins like a paragraph and no list, heading or quotation.
LINE_END = re.compile("[。！？…][”’」』）]*[ \u3000]*$")
LINE_START = re.compile("[ \u3000]*[“‘「『《（㐀-鿿]")


def empty_body(content: Content, archive: Archive) -> Iterator[Problem]:
    """A profile has a text: a page without one says nothing."""
    for profile, prose in content.profiles:
        if not prose.images and not any(paragraph.reading.strip() for paragraph in prose.paragraphs):
            mend = "请把文章贴在第二行“---”之后：一段一行，段与段之间空一行。"
            yield Problem(Place(profile.file, profile.body_line), "empty-body", "正文是空的。", mend)


def joined_lines(content: Content, archive: Archive) -> Iterator[Problem]:
    """Leave an empty line between paragraphs: lines that follow one another are joined into one."""
    for profile, prose in content.profiles:
        if "```" in profile.body:
            continue
        lines = profile.body.split("\n")
        starts = {paragraph.line - profile.body_line for paragraph in prose.paragraphs}
        joined = [
            number
            for number in range(1, len(lines))
            if number not in starts and LINE_END.search(lines[number - 1]) and LINE_START.match(lines[number])
        ]
        if joined:
            more = f"（这样的行共 {len(joined)} 行）" if len(joined) > 1 else ""
            message = f"这一行与上一行之间没有空行，会连成一段{more}。"
            mend = "另起一段的，在这一行前面空一行；同一段的，接在上一行后面。"
            yield Problem(Place(profile.file, profile.body_line + joined[0]), "joined-lines", message, mend, "warning")


def quote_not_found(content: Content, archive: Archive) -> Iterator[Problem]:
    """Every quotation of an event or a post stands in the text: it becomes the link to its paragraph."""
    for document in archive.documents:
        for quote in _quotes(document):
            if find_quote(document.prose.paragraphs, quote) is None:
                near = nearest_passage(document.prose.paragraphs, quote)
                mend = f"正文里最接近的是“{near}”。" if near else "正文里没有相近的文句，请核对引文。"
                if not _in_doubt(content, document, near) and not _is_received(content, document, quote):
                    yield quote.problem("quote-not-found", f"正文里没有“{quote}”。", mend + "引文要与正文一字不差。")


def private_not_found(content: Content, archive: Archive) -> Iterator[Problem]:
    """Every private quotation stands in the text: otherwise it protects nothing."""
    for document in archive.documents:
        for quote in document.profile.private:
            if not find_all(document.prose.paragraphs, quote):
                near = nearest_passage(document.prose.paragraphs, quote)
                mend = f"正文里最接近的是“{near}”。" if near else "请从正文中原样复制要保密的文句。"
                if not _in_doubt(content, document, near) and not _is_received(content, document, quote):
                    yield quote.problem("private-not-found", f"正文里没有要保密的“{quote}”，它现在不起作用。", mend)


def _in_doubt(content: Content, document: Document, near: str) -> bool:
    """Return whether the passage nearest to a quotation is spoiled by a mistake that is reported already."""
    faulty = {fault.place.line for fault in content.faults if fault.place.file == document.profile.file}
    return bool(near) and any(
        paragraph.line in faulty and near in paragraph.reading.replace("\n", "")
        for paragraph in document.prose.paragraphs
    )


def _is_received(content: Content, document: Document, quote: str) -> bool:
    """Return whether the received text has a quotation that the text lacks: then received-differs tells of it."""
    profile = document.profile
    received = content.received.get(str(profile.source.get("received", "")), "")
    is_compared = all(fault.place.file != profile.file for fault in content.faults)
    return is_compared and fold(quote) in fold(received) and bool(check_received(profile, document.prose, received))


def quote_is_private(content: Content, archive: Archive) -> Iterator[Problem]:
    """No quotation of an event or a post lies in a private passage: it would be shown elsewhere."""
    for document in archive.documents:
        for quote in _quotes(document) if document.private else ():
            passage = find_quote(document.prose.paragraphs, quote)
            if passage is not None and any(passage.overlaps(private) for private in document.private):
                message = f"引文“{quote}”与 private 里的文句重叠，会被显示到正文之外。"
                yield quote.problem("quote-is-private", message, "请把引文截短，避开不公开的文句。")


def link_is_private(content: Content, archive: Archive) -> Iterator[Problem]:
    """No link to a record lies in a private passage: the record's page would show its sentence."""
    for document in archive.documents:
        for reference in document.prose.references:
            if _is_private(document, reference):
                message = f"链接“{reference.text}”在不公开的文句之内。"
                width = len(reference.kind) + 1 + len(reference.target)
                yield Problem(reference.place, "link-is-private", message, "请去掉这个链接，只留文字。", width=width)


def private_elsewhere(content: Content, archive: Archive) -> Iterator[Problem]:
    """No private quotation is repeated in the front matter outside ``private``: all the rest of it is published."""
    for document in archive.documents:
        profile = document.profile
        # Front matter in one pair of braces is not handed on as written, but its values are published all the same.
        front = fold(profile.public_front or "\n".join(values(profile)))
        for quote in _quotes(document):  # what is wrong with these says quote-is-private
            front = front.replace(fold(quote), "")
        for quote in document.profile.private:
            if fold(quote) and fold(quote) in front:
                message = f"要保密的“{quote}”在前面的键值或备注里又写了一遍，会随之公布。"
                mend = "请从 summary、event、note、changes、备注等处删去这些字。"
                yield quote.problem("private-elsewhere", message, mend)


def _quotes(document: Document) -> Iterator[Text]:
    """Yield every quotation of a document that is shown outside its text."""
    for unit in document.profile.units:
        if unit.quote is not None:
            yield unit.quote
    for placed in document.events:
        yield from placed.event.quotes


def _is_private(document: Document, reference: Reference) -> bool:
    """Return whether a link lies in a private passage."""
    return any(
        private.paragraph.number == reference.paragraph
        and private.start < reference.end
        and reference.start < private.end
        for private in document.private
    )


def received_differs(content: Content, archive: Archive) -> Iterator[Problem]:
    """With its marks undone, the text equals the received one, character by character: nobody improves a source.

    A file in which there is another error is compared when that is mended: the difference is mostly the same mistake.
    """
    faulty = {fault.place.file for fault in content.faults}
    for profile, prose in content.profiles:
        received = content.received.get(str(profile.source.get("received", "")))
        if received is not None and profile.file not in faulty:
            yield from check_received(profile, prose, received)


def half_width_punctuation(content: Content, archive: Archive) -> Iterator[Problem]:
    """Chinese text has full-width punctuation."""
    links = [fault.place for fault in content.faults if fault.rule in ("malformed-link", "unsafe-link")]
    faulty = {(place.file, place.line) for place in links}  # their addresses stand in the text
    for profile, _ in content.profiles:
        for problem in check_half_width(profile.body, profile.file, profile.body_line):
            if (profile.file, problem.place.line) not in faulty:
                yield problem


CHECKS = (
    empty_body,
    joined_lines,
    quote_not_found,
    private_not_found,
    quote_is_private,
    link_is_private,
    private_elsewhere,
    received_differs,
    half_width_punctuation,
)
