"""The tables of people, of the documents about them, and of the posts that the documents name."""

from collections.abc import Iterator
from dataclasses import dataclass

from builder import urls
from builder.archive import Archive, Document, Person
from builder.history import last_day
from builder.records import Unit
from builder.tables.table import SEPARATOR, Column, Table


@dataclass(frozen=True)
class Post:
    """A unit of a document, with its number there, from 1."""

    document: Document
    unit: Unit
    number: int


def posts(archive: Archive) -> Iterator[Post]:
    """Yield every post of every document."""
    for document in archive.documents:
        for number, unit in enumerate(document.profile.units, start=1):
            yield Post(document, unit, number)


def region_of(archive: Archive, document: Document) -> str:
    """Return the id of the region of a document."""
    return archive.regions.by_path[tuple(map(str, document.profile.region.names))]


def region_words(document: Document) -> str:
    """Return the region's path with the editor's signs: ［…］ supplied, 〔推定〕 inferred."""
    path = document.profile.region
    signed = (f"［{name}］" if name in path.supplied else name for name in path.names)
    marked = (
        f"{words}〔推定〕" if name in path.inferred else words for name, words in zip(path.names, signed, strict=True)
    )
    return "/".join(marked)


def _added(document: Document) -> str:
    added = document.profile.added
    return added.text if added is not None else ""


def _changed(document: Document) -> str:
    day = last_day(document.profile)
    return day.isoformat() if day is not None else ""


def _source(document: Document, key: str) -> str:
    return str(document.profile.source.get(key) or "")


PEOPLE: Table[Person] = Table(
    "people",
    "人物",
    "每人一行。只有文中可以公开的事实；没有性别、生年、家庭、住址。",
    (
        Column(
            "id", "编号", "网址和各表都用它称呼此人，永不改变。", lambda _, it: it.id, True, term="dcterms:identifier"
        ),
        Column("name", "姓名", "照原文。", lambda _, it: it.name, True, term="schema:name"),
        Column("pinyin", "拼音", "姓在前，带声调；索引按它排列。", lambda _, it: it.pinyin),
        Column(
            "region",
            "地区",
            "第一篇文献所记单位所在的地区。",
            lambda archive, it: region_of(archive, it.documents[0]),
            True,
            "regions",
        ),
        Column("page", "页面", "从网站首页起的路径。", lambda _, it: urls.person(it.id), True, term="schema:url"),
    ),
    lambda archive: archive.people.values(),
    lambda archive: len(archive.people),
)

DOCUMENTS: Table[Document] = Table(
    "documents",
    "文献",
    "每篇一行。正文见各篇的 TEI 或 Markdown 文件。",
    (
        Column("id", "编号", "数据文件的名字。", lambda _, it: it.profile.id, True, term="dcterms:identifier"),
        Column("person", "人物", "所记的人。", lambda _, it: it.person, True, "people", term="dcterms:subject"),
        Column(
            "title", "题目", "照原文；无题的为空。", lambda _, it: str(it.profile.title or ""), term="dcterms:title"
        ),
        Column("subtitle", "副题", "不带破折号。", lambda _, it: str(it.profile.subtitle or "")),
        Column("author", "作者", "空的为未署名。", lambda _, it: str(it.profile.author or ""), term="dcterms:creator"),
        Column(
            "summary",
            "提要",
            "编者所写的一句话。",
            lambda _, it: str(it.profile.summary or ""),
            term="dcterms:abstract",
        ),
        Column("region", "地区", "文中单位所在的地区。", region_of, True, "regions", term="dcterms:spatial"),
        Column(
            "region_words", "地区写法", "从大到小；［］为编者补，〔推定〕为编者推断。", lambda _, it: region_words(it)
        ),
        Column("publication", "原刊", "空的为待考。", lambda _, it: _source(it, "publication")),
        Column("publication_date", "原刊日期", "空的为待考。", lambda _, it: _source(it, "date")),
        Column("rights", "权利", "编者所知的权利状况。", lambda _, it: _source(it, "rights"), term="dcterms:rights"),
        Column(
            "tags",
            "主题词",
            f"几个词之间用 {SEPARATOR} 隔开。",
            lambda _, it: SEPARATOR.join(map(str, it.profile.tags)),
            several=True,
            term="dcterms:type",
        ),
        Column(
            "added", "收录日期", "收入本站的日子。", lambda _, it: _added(it), kind="date", term="dcterms:available"
        ),
        Column(
            "modified",
            "更改日期",
            "最近一次更正或增补。",
            lambda _, it: _changed(it),
            kind="date",
            term="dcterms:modified",
        ),
    ),
    lambda archive: archive.documents,
    lambda archive: archive.totals.documents,
)

POSTS: Table[Post] = Table(
    "posts",
    "文中职务",
    "某人在某机构的职务，是文章写作时的，不是现任。",
    (
        Column("document", "文献", "出处。", lambda _, it: it.document.profile.id, True, "documents"),
        Column("number", "序号", "在该篇文献中的次序，从 1 起。", lambda _, it: str(it.number), True, kind="integer"),
        Column("person", "人物", "任职的人。", lambda _, it: it.document.person, True, "people"),
        Column(
            "organisation",
            "机构",
            "任职的机构。",
            lambda archive, it: archive.organisations.by_name[str(it.unit.name)],
            True,
            "organisations",
        ),
        Column("post", "职务", "照原文；只知单位的为空。", lambda _, it: str(it.unit.post or "")),
        Column("quote", "原文", "写明此职务的文句。", lambda _, it: str(it.unit.quote or "")),
    ),
    posts,
    lambda archive: archive.totals.posts,
    ("document", "number"),
)
