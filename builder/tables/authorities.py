"""The tables of organisations and regions."""

from builder import addresses
from builder.archive import Archive
from builder.authority import Organisation, Region
from builder.tables.table import SEPARATOR, Column, Table

INFERRED = "inferred"


def seat(archive: Archive, organisation: Organisation) -> str:
    """Return the id of the region in which an organisation's record says that it lies."""
    record = organisation.record
    if record is None or not record.region.names:
        return ""
    return archive.regions.by_path[tuple(map(str, record.region.names))]


def _other_names(entity: Organisation | Region) -> str:
    return SEPARATOR.join(map(str, entity.record.aliases)) if entity.record is not None else ""


def _full_name(it: Organisation) -> str:
    return str(it.record.full_name or "") if it.record is not None else ""


def _full_name_basis(it: Organisation) -> str:
    return INFERRED if it.record is not None and it.record.full_name_inferred else ""


def _system(it: Region) -> str:
    return (it.record.code_system or "GB/T 2260") if it.record is not None and it.record.code else ""


ORGANISATIONS: Table[Organisation] = Table(
    "organisations",
    "机构",
    "文中所见的机构，每个一行。隶属关系有编者推断的，另列一栏。",
    (
        Column("id", "编号", "永不改变。", lambda _, it: it.id, True, term="dcterms:identifier"),
        Column("name", "名称", "照原文。", lambda _, it: it.name, True, term="schema:name"),
        Column(
            "aliases",
            "别名",
            f"几个名称之间用 {SEPARATOR} 隔开。",
            lambda _, it: _other_names(it),
            several=True,
            term="schema:alternateName",
        ),
        Column("full_name", "全称", "正式名称。", lambda _, it: _full_name(it), term="schema:legalName"),
        Column(
            "full_name_basis",
            "全称依据",
            "inferred：编者推定；空的为原文所载。",
            lambda _, it: _full_name_basis(it),
            options=(INFERRED,),
        ),
        Column("kind", "性质", "确定的才写。", lambda _, it: it.record.kind if it.record is not None else ""),
        Column(
            "parent",
            "上级",
            "上级机构的编号。",
            lambda _, it: it.parent,
            refers="organisations",
            term="schema:parentOrganization",
        ),
        Column(
            "parent_basis",
            "隶属依据",
            "inferred：编者推定；空的为原文所载。",
            lambda _, it: INFERRED if it.parent_inferred else "",
            options=(INFERRED,),
        ),
        Column("region", "地区", "所在的地区。", seat, refers="regions", term="dcterms:spatial"),
        Column("pinyin", "拼音", "索引按它排列。", lambda _, it: it.pinyin),
        Column(
            "page",
            "页面",
            "从网站首页起的路径；没有单独页面的，在索引或上级的页面上。",
            lambda archive, it: addresses.organisation(archive, it.id),
            True,
            term="schema:url",
        ),
    ),
    lambda archive: archive.organisations.by_id.values(),
    lambda archive: len(archive.organisations.by_id),
)

REGIONS: Table[Region] = Table(
    "regions",
    "地区",
    "文中所见的地区，每个一行。",
    (
        Column("id", "编号", "永不改变。", lambda _, it: it.id, True, term="dcterms:identifier"),
        Column("name", "名称", "全称。", lambda _, it: it.name, True, term="schema:name"),
        Column(
            "aliases",
            "别名",
            f"几个名称之间用 {SEPARATOR} 隔开。",
            lambda _, it: _other_names(it),
            several=True,
            term="schema:alternateName",
        ),
        Column(
            "romanised",
            "罗马字",
            "通行的拼写，如 Hohhot。",
            lambda _, it: it.record.romanised if it.record is not None else "",
        ),
        Column("parent", "上级", "上级地区的编号。", lambda _, it: it.parent, refers="regions"),
        Column(
            "code",
            "代码",
            "行政区划代码。",
            lambda _, it: it.record.code if it.record is not None else "",
        ),
        Column("code_system", "代码体系", "一般为 GB/T 2260。", lambda _, it: _system(it)),
        Column(
            "division",
            "行政区划",
            "no：不是行政区划，如开发区。",
            lambda _, it: "no" if it.record is not None and not it.record.is_division else "",
            options=("no",),
        ),
        Column(
            "basis",
            "名称依据",
            "supplied：原文未载，编者补；inferred：编者推定；空的为原文所载。",
            lambda _, it: it.sign,
            options=("supplied", INFERRED),
        ),
        Column("pinyin", "拼音", "索引按它排列。", lambda _, it: it.pinyin),
        Column(
            "page",
            "页面",
            "从网站首页起的路径；没有单独页面的，在索引或上级的页面上。",
            lambda archive, it: addresses.region(archive, it.id),
            True,
            term="schema:url",
        ),
    ),
    lambda archive: archive.regions.by_id.values(),
    lambda archive: len(archive.regions.by_id),
)
