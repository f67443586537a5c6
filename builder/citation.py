"""How a document is cited: what is known of it, and the forms that a page prints.

Takes a document; gives its bibliographic facts, which the page and every reference format share, and text. What is
unknown is left out or said to be unknown, never supplied: neither a date nor a place of publication is invented, and
the site never stands in the author's place.
"""

import re
from dataclasses import dataclass

from builder import urls
from builder.archive import Archive, Document
from builder.dates import DateError, Edtf, parse_edtf
from builder.history import last_day

UNKNOWN_SOURCE = "原刊载出处待考"
ANONYMOUS = "佚名"
# What the reader fills in; no build knows the day on which somebody reads.
CITED_ON, SEEN_ON = "引用日期", "访问日期"
AUTHORS = re.compile("[、，,；;]")
MOST_AUTHORS = 3  # GB/T 7714—2015, 8.1.2: of more than three, three are named
# Braces are written as words: BibTeX counts even escaped ones, and a title may hold but one of a pair.
ESCAPES = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "&": r"\&",
        "%": r"\%",
        "#": r"\#",
        "_": r"\_",
        "$": r"\$",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
    }
)


@dataclass(frozen=True)
class Citation:
    """What is known of a document.

    ``key`` is the document's id; ``title`` and ``subtitle`` as printed; ``authors`` empty where nobody signed.
    ``publication`` and ``date`` are those of the original; ``day`` is the last on which this edition changed, as
    2026-05-01. ``address`` is absolute, empty where the site has none.
    """

    key: str
    title: str
    subtitle: str
    authors: tuple[str, ...]
    publication: str
    date: str
    address: str
    site: str
    day: str

    @property
    def full_title(self) -> str:
        """Title and subtitle as Chinese prints them."""
        return self.title + (f"——{self.subtitle}" if self.subtitle else "")

    @property
    def edtf(self) -> Edtf | None:
        """The date of the original, where it is written as one."""
        try:
            return parse_edtf(self.date) if self.date else None
        except DateError:
            return None

    @property
    def numbers(self) -> tuple[int, ...]:
        """Year, month and day of the original, as far as they are certain."""
        date = self.edtf
        if date is None or date.kind != "single" or date.uncertain or date.approximate:
            return ()
        if date.precision not in ("day", "month", "year"):
            return ()
        return tuple(int(part) for part in date.parts if part.isdigit())

    @property
    def note(self) -> str:
        """What a reader of any reference must know: that the place of publication is unknown."""
        return "" if self.publication else UNKNOWN_SOURCE


def citation(archive: Archive, document: Document) -> Citation:
    """Return what is known of a document."""
    profile = document.profile
    is_first = archive.people[document.person].documents[0] is document
    anchor = "" if is_first else f"#{urls.section(profile.id)}"
    day = last_day(profile)
    return Citation(
        key=profile.id,
        title=" ".join(str(profile.title or profile.name).split()),
        subtitle=" ".join(str(profile.subtitle or "").split()),
        authors=tuple(name.strip() for name in AUTHORS.split(str(profile.author or "")) if name.strip()),
        publication=_bare(" ".join(str(profile.source.get("publication") or "").split())),
        date=str(profile.source.get("date") or ""),
        address=urls.absolute(archive.site.address, urls.person(document.person) + anchor),
        site=archive.site.title,
        day=day.isoformat() if day is not None else "",
    )


def _bare(title: str) -> str:
    """Return a title without the marks 《》 around the whole of it, which each form sets or does not set."""
    inner = title[1:-1]
    return inner if title[:1] == "《" and title[-1:] == "》" and not set("《》") & set(inner) else title


def gbt7714(work: Citation) -> str:
    """Return the reference in the form of GB/T 7714—2015 for an electronic resource.

    An unsigned document is by ［佚名］; the edition's day stands in round brackets, and the reader's in square ones.
    """
    named = work.authors[:MOST_AUTHORS]
    authors = ", ".join(named) + (", 等" if len(work.authors) > len(named) else "") or f"[{ANONYMOUS}]"
    title = work.title + (f": {work.subtitle}" if work.subtitle else "")
    day = f"({work.day})" if work.day else ""
    source = f"原载: {', '.join(filter(None, (work.publication, work.date)))}" if work.publication else _unknown(work)
    parts = (authors, f"{title}[EB/OL]", f"{day}[{CITED_ON}]", work.address or work.site, source)
    return ". ".join(filter(None, parts)) + "."


def footnote(work: Citation) -> str:
    """Return the reference as Chinese footnotes write it: 王丹：《…》，原刊载出处待考，站名，网址，访问日期."""
    author = f"{'、'.join(work.authors)}：" if work.authors else ""
    source = f"原载《{_inner_marks(work.publication)}》" if work.publication else _unknown(work)
    day = "".join(f"{number}{unit}" for number, unit in zip(work.numbers, "年月日", strict=False)) or work.date
    when = day if work.publication else ""
    title = f"{author}《{_inner_marks(work.full_title)}》"
    return "，".join(filter(None, (title, source, when, work.site, work.address, f"[{SEEN_ON}]"))) + "。"


def _unknown(work: Citation) -> str:
    """Return that the publication is unknown, with the date where that is known all the same."""
    return UNKNOWN_SOURCE + (f"（{work.date}）" if work.date else "")


def _inner_marks(title: str) -> str:
    """Return a title as it stands inside 《》: titles within it in single marks (GB/T 15834—2011)."""
    return title.replace("《", "〈").replace("》", "〉")


def bibtex_entry(work: Citation) -> str:
    """Return a document as an entry for biblatex.

    Names and titles stand in double braces: a Chinese name is not to be parted, and no word to be written small.
    """
    fields = (
        ("author", " and ".join(f"{{{_escape(author)}}}" for author in work.authors)),
        ("title", f"{{{_escape(work.full_title)}}}"),
        ("journaltitle", f"{{{_escape(work.publication)}}}" if work.publication else ""),
        ("organization", f"{{{_escape(work.site)}}}"),
        ("date", work.date if work.numbers else ""),
        ("langid", "chinese"),
        ("url", work.address),
        ("note", _escape(work.note)),
    )
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields if value)
    return f"@{'article' if work.publication else 'online'}{{{work.key},\n{lines}}}\n"


def _escape(text: str) -> str:
    """Return a text as it stands in a field of BibTeX."""
    return text.translate(ESCAPES)
