"""How a page says that it is to be cited: in words, in tags for reference managers, and by files beside it."""

from collections.abc import Iterator

from builder import urls
from builder.archive import Document
from builder.citation import CITED_ON, SEEN_ON, Citation, bibtex_entry, footnote, gbt7714
from builder.pages.frame import Writer
from builder.views import CitationView, Link

# The files beside a document, as ``exports`` calls them: ending, name, media type.
DOCUMENT_FILES = (
    ("tei", "tei.xml", "TEI"),
    ("bibtex", "bib", "BibTeX"),
    ("ris", "ris", "RIS"),
    ("csl", "csl.json", "CSL-JSON"),
    ("markdown", "md", "Markdown"),
)
# Those beside a person, whatever the number of documents.
PERSON_FILES = (("eac", "eac.xml", "EAC-CPF"), ("jsonld", "json", "JSON-LD"))


def citation_views(work: Citation) -> tuple[CitationView, ...]:
    """Return the forms in which a document is cited."""
    forms = (
        ("GB/T 7714—2015", gbt7714(work), CITED_ON, "[YYYY-MM-DD]"),
        ("脚注", footnote(work), SEEN_ON, "YYYY年M月D日"),
    )
    return tuple(_parted(form, text, f"[{blank}]", today) for form, text, blank, today in forms)


def _parted(form: str, text: str, blank: str, today: str) -> CitationView:
    """Return a reference with the words apart that the reader replaces; a title may hold the same words before them."""
    before, _, after = text.rpartition(blank)
    return CitationView(form, before, blank, after, today)


def bibtex_view(writer: Writer, work: Citation) -> str:
    """Return a document's entry for BibTeX; nothing where the site has none."""
    return bibtex_entry(work).rstrip() if "bibtex" in writer.archive.site.exports else ""


def document_files(writer: Writer, document: Document) -> Iterator[Link]:
    """Yield the links to a document in the formats of others, as far as they are made."""
    archive, key = writer.archive, document.profile.id
    is_first = archive.people[document.person].documents[0] is document
    for name, suffix, words in (*DOCUMENT_FILES, *(PERSON_FILES if is_first else ())):
        if name in archive.site.exports and (name != "markdown" or document.profile.public_front):
            yield Link(words, writer.href(urls.export(key, suffix)), lang="en")


def citation_tags(work: Citation) -> tuple[tuple[str, str], ...]:
    """Return a document's ``citation_*`` tags, as Zotero and Google Scholar read them: one tag an author."""
    date = (
        "/".join([f"{work.numbers[0]:04d}", *(f"{number:02d}" for number in work.numbers[1:])]) if work.numbers else ""
    )
    tags = (
        ("title", work.full_title),
        *(("author", author) for author in work.authors),
        ("publication_date", date),
        ("journal_title", work.publication),
        ("language", "zh-CN"),
        ("public_url", work.address),
    )
    return tuple((f"citation_{name}", value) for name, value in tags if value)
