"""CSL-JSON: one item a document, beside the person's page (``people/<document>.csl.json``)."""

import json
from collections.abc import Iterator

from builder import urls
from builder.archive import Archive
from builder.citation import Citation, citation
from builder.output import OutputFile


def csl(archive: Archive) -> Iterator[OutputFile]:
    """Yield the item of each document, in a list as the schema asks."""
    for document in archive.documents:
        work = citation(archive, document)
        text = json.dumps([csl_item(work)], ensure_ascii=False, indent=2) + "\n"
        yield OutputFile(urls.export(work.key, "csl.json"), text.encode("utf-8"))


def csl_item(work: Citation) -> dict[str, object]:
    """Return a document as an item: a web page, or an article where the publication is known."""
    issued = {"date-parts": [list(work.numbers)]} if work.numbers else {"literal": work.date}
    item = {
        "id": work.key,
        "type": "article" if work.publication else "webpage",
        "title": work.full_title,
        "author": [{"literal": author} for author in work.authors],
        "container-title": work.publication or work.site,
        "publisher": work.site if work.publication else "",
        "issued": issued if work.date else "",
        "language": "zh-CN",
        "URL": work.address,
        "note": work.note,
    }
    return {name: value for name, value in item.items() if value}
