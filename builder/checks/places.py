"""Rules about organisations, regions and addresses: one name one thing, one address one page, no circles."""

import difflib
from collections.abc import Iterator

from builder import names, urls
from builder.archive import Archive
from builder.authority import Clash, ancestors
from builder.checks.near_organisations import AN_ID, misspelled_organisations, written_organisations
from builder.checks.near_regions import misspelled_regions
from builder.content import CONTENT, GOOD_ID, ORGANISATIONS, PROFILES, REGIONS, Content
from builder.problems import Place, Problem
from builder.records import Profile, Tombstone
from builder.text import Text


def unknown_organisation(content: Content, archive: Archive) -> Iterator[Problem]:
    """A link to an organisation leads to one, and so does an id; a name is not spelled almost like a known one."""
    yield from _dead_references(content, archive, "organisation")
    yield from _unknown_ids(content, archive)
    for name, near in misspelled_organisations(content, archive):
        slug = names.slug(str(name))
        holder = archive.organisations.by_id.get(slug)
        file = f"{CONTENT}/{ORGANISATIONS}/{slug if holder is None or holder.name == name else slug + '-2'}.md"
        mend = f"是不是要写“{near}”？若真是另一个机构，请新建 {file}，写上 name: {name}"
        yield name.problem("unknown-organisation", f"没有名为“{name}”的机构。", mend)


def _unknown_ids(content: Content, archive: Archive) -> Iterator[Problem]:
    """Yield a problem for each name in front matter that is written as ids are and is none: nothing is called so."""
    by_id = archive.organisations.by_id
    unread = {identifier for folder, identifier in content.unread if folder == ORGANISATIONS}
    recorded = [entity.id for entity in by_id.values() if entity.record is not None]
    for name in written_organisations(content):
        found = archive.organisations.by_name[str(name)]
        if name in unread or not AN_ID.fullmatch(name) or by_id[found].record is not None or found != name:
            continue
        near = difflib.get_close_matches(str(name), recorded, n=1, cutoff=0.6)
        guess = f"是不是要写“{near[0]}”？" if near else ""
        mend = f"{guess}写名称也可以；没有的，请新建 {CONTENT}/{ORGANISATIONS}/{name}.md。"
        yield name.problem("unknown-organisation", f"没有编号为“{name}”的机构。", mend)


def unknown_region(content: Content, archive: Archive) -> Iterator[Problem]:
    """A link to a region leads to one, its parent has a record, and a path spells no place almost like another."""
    yield from _dead_references(content, archive, "region")
    for name, meant in misspelled_regions(content, archive):
        inner = name.removeprefix(meant)
        mend = f"是不是要写“{meant}{'/' + inner if inner != name else ''}”？若真是另一个地方，请新建 "
        mend += f"{CONTENT}/{REGIONS}/{names.slug(str(name))}.md，写上 name: {name}"
        yield name.problem("unknown-region", f"没有名为“{name}”的地区。", mend)
    for clash in _clashes(content, archive, "unknown-region"):
        near = difflib.get_close_matches(str(clash.name), archive.regions.by_name, n=1, cutoff=0.6)
        guess = f"是不是要写“{near[0]}”？" if near else ""
        mend = f"{guess}上级要有自己的文件：请在 {CONTENT}/{REGIONS}/ 里新建一个，写上 name: {clash.name}"
        yield clash.name.problem("unknown-region", f"没有名为“{clash.name}”的地区文件。", mend)


def _dead_references(content: Content, archive: Archive, kind: str) -> Iterator[Problem]:
    """Yield a problem for each link to an organisation or a region that there is not."""
    folder, word, index = (
        (ORGANISATIONS, "机构", archive.organisations.by_name)
        if kind == "organisation"
        else (REGIONS, "地区", archive.regions.by_name)
    )
    unread = {identifier for place, identifier in content.unread if place == folder}
    for link in (link for _, prose in content.bodies for link in prose.links if link.kind == kind):
        name = link.target.partition("#")[0]
        # A name that is no id may be that of a record that cannot be read.
        if name in index or name in unread or (unread and not GOOD_ID.fullmatch(name)):
            continue
        near = difflib.get_close_matches(name, index, n=1, cutoff=0.6)
        guess = f"是不是要写“{kind}:{near[0]}”？" if near else ""
        file = f"{name}.md" if GOOD_ID.fullmatch(name) else "….md"
        mend = guess or f"请核对编号或名称；没有的，请新建 {CONTENT}/{folder}/{file}。"
        text = Text(f"{kind}:{link.target}", link.place)
        yield text.problem(f"unknown-{kind}", f"没有编号或名称为“{name}”的{word}。", mend)


def ambiguous_region(content: Content, archive: Archive) -> Iterator[Problem]:
    """A region of a name that several have (鼓楼区) is named by its id, or by its whole path."""
    shared = archive.regions.shared
    for link in (link for _, prose in content.bodies for link in prose.links if link.kind == "region"):
        if link.target in shared:
            text = Text(f"region:{link.target}", link.place)
            yield _ambiguous(text, link.target, [f"region:{identifier}" for identifier in shared[link.target]])
    for clash in _clashes(content, archive, "ambiguous-region"):
        yield _ambiguous(clash.name, str(clash.name), clash.other.split())


def _ambiguous(text: Text, name: str, options: list[str]) -> Problem:
    """Return the problem of a name that several regions have."""
    message, mend = f"名为“{name}”的地区不止一个。", f"请写明是哪一个：{'、'.join(options)}。"
    return text.problem("ambiguous-region", message, mend)


def region_contradicted(content: Content, archive: Archive) -> Iterator[Problem]:
    """A region lies in one place: a path agrees with the record of each region in it, and with the other paths."""
    by_id = archive.regions.by_id
    faulty = {fault.place.file for fault in content.faults}
    clashes = list(_clashes(content, archive, "region-contradicted"))
    misspelled = {(name.place.file, name.place.line) for name, _ in misspelled_regions(content, archive) if clashes}
    for clash in clashes:
        if (clash.name.place.file, clash.name.place.line) in misspelled:
            continue
        records = [by_id[found].record for found in ancestors(by_id, clash.identifier)]
        if any(record is not None and record.file in faulty for record in records):
            continue  # what it says of its place may be what is wrong there
        path = clash.other.split("/")
        where = f"已写明“{clash.name}”在“{'/'.join(path[:-1])}”之下" if path[:-1] else f"“{clash.name}”没有上级"
        record = by_id[clash.identifier].record
        message = f"{record.file + ' ' if record is not None else '别的文件'}里{where}，与这里不同。"
        mend = f"同一个地方请写“{clash.other}”；同名的另一个地方，请为它新建 {CONTENT}/{REGIONS}/….md，"
        yield clash.name.problem("region-contradicted", message, f"{mend}写上 name: {clash.name} 和 parent: 它的上级")


def name_taken(content: Content, archive: Archive) -> Iterator[Problem]:
    """A name means one organisation, or one region below the same parent."""
    for clash in _clashes(content, archive, "name-taken"):
        mend = "一个名称只能指一个：请从其中一个文件里删去，或写全称。同名的两个地区，请各写上不同的 parent。"
        yield clash.name.problem("name-taken", f"名称“{clash.name}”已归 {clash.other}。", mend)


def address_taken(content: Content, archive: Archive) -> Iterator[Problem]:
    """Two names never come to one address: neither when they are read alike, nor with a page of the site's own."""
    clashes = (*archive.organisations.clashes, *archive.regions.clashes)
    is_needed = any(clash.rule == "address-taken" for clash in clashes)
    misspelled = {str(name) for name, _ in misspelled_organisations(content, archive)} if is_needed else set()
    for kind, clashes in ((ORGANISATIONS, archive.organisations.clashes), (REGIONS, archive.regions.clashes)):
        for clash in clashes:
            if clash.rule == "address-taken" and not misspelled & {str(clash.name), clash.other}:
                message = f"“{clash.name}”与“{clash.other}”读音相同，网址也就相同：{clash.identifier}。"
                mend = (
                    f"同一个请写成一样；若真是另一个，请新建 {CONTENT}/{kind}/{clash.identifier}-2.md（文件名可另取），"
                )
                yield clash.name.problem("address-taken", message, f"{mend}写上 name: {clash.name}")
    for page, _ in content.pages:
        if urls.page(page.id) in urls.OWN:
            message = f"网址 {urls.page(page.id)} 是网站自己的一页，这个文件不会显示。"
            yield Problem(Place(page.file), "address-taken", message, f"请改名，例如“{page.id}-2.md”。")


def parent_circle(content: Content, archive: Archive) -> Iterator[Problem]:
    """Going from parent to parent never comes back to the same place."""
    for clash in _clashes(content, archive, "parent-circle"):
        own = f"上级“{clash.name}”就是它自己。"
        message = own if not clash.other else f"“{clash.name}”已经在“{clash.other}”之下，不能又作它的上级。"
        yield clash.name.problem("parent-circle", message, "请核对各级的“parent”，改正其中一个，或删去这一行。")


def _clashes(content: Content, archive: Archive, rule: str) -> Iterator[Clash]:
    """Yield the clashes of one kind, but none on a line with a mistake that is reported already.

    Where a region lies is not judged while the record of one cannot be read.
    """
    is_certain = rule in ("name-taken", "parent-circle") or all(folder != REGIONS for folder, _ in content.unread)
    faulty = {(fault.place.file, fault.place.line) for fault in content.faults}
    for clash in (*archive.organisations.clashes, *(archive.regions.clashes if is_certain else ())):
        if clash.rule == rule and (clash.name.place.file, clash.name.place.line) not in faulty:
            yield clash


def alias_form(content: Content, archive: Archive) -> Iterator[Problem]:
    """A former id of a profile is written as ids are."""
    for _, alias in _aliases(content):
        if not GOOD_ID.fullmatch(str(alias)):
            message = f"“{alias}”不能作网址：只能用小写字母、数字和短横。"
            yield alias.problem("alias-form", message, "aliases 里写从前的文件名，不带 .md，如 wang-yong。")


def alias_taken(content: Content, archive: Archive) -> Iterator[Problem]:
    """A former id belongs to one profile, and is no profile's present id: its address leads to one page."""
    holders = {profile.id: profile.file for profile, _ in content.profiles}
    holders.update((tombstone.id, tombstone.file) for tombstone in content.tombstones)
    holders.update((name, f"{CONTENT}/{PROFILES}/{name}.md") for place, name in content.unread if place == PROFILES)
    for record, alias in _aliases(content):
        if str(alias) == record.id:
            yield alias.problem(
                "alias-taken", f"“{alias}”就是这个文件现在的编号。", "aliases 里只写从前的编号：请删去。"
            )
        elif GOOD_ID.fullmatch(str(alias)) and (holder := holders.setdefault(str(alias), record.file)) != record.file:
            message = f"从前的编号“{alias}”已经归 {holder}。"
            yield alias.problem("alias-taken", message, "一个编号只能归一个文件，请从其中一处删去。")


def _aliases(content: Content) -> Iterator[tuple[Profile | Tombstone, Text]]:
    """Yield every former id with the record that has it."""
    records: list[Profile | Tombstone] = [*(profile for profile, _ in content.profiles), *content.tombstones]
    yield from ((record, alias) for record in records for alias in record.aliases)


CHECKS = (
    unknown_organisation,
    unknown_region,
    ambiguous_region,
    region_contradicted,
    name_taken,
    address_taken,
    parent_circle,
    alias_form,
    alias_taken,
)
