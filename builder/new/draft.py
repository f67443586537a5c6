"""The draft of a new file: where it goes, what is in it, what to tell the editor, or what is wrong.

Takes content, archive and what is wanted; gives a ``Draft``. Writes nothing.
"""

from dataclasses import dataclass, replace
from pathlib import Path

from builder import names
from builder.archive import Archive
from builder.content import CONTENT, ORGANISATIONS, PROFILES, Content
from builder.new import known, mistakes
from builder.new.form import Wanted, organisation_text, profile_text


@dataclass(frozen=True)
class Draft:
    """A file to be written: what was wanted, its path from the project's folder, its text, and words to the editor.

    Where there are ``mistakes``, nothing is to be written: each says what to write instead.
    """

    wanted: Wanted
    file: str = ""
    text: str = ""
    messages: tuple[str, ...] = ()
    mistakes: tuple[str, ...] = ()


def first_mistakes(project: Path, wanted: Wanted) -> tuple[str, ...]:
    """Return what is wrong with the words themselves, and with the folder; what is missing is not wrong yet."""
    found = [
        mistakes.name_mistake(wanted.name),
        *(mistakes.unit_mistake(unit) for unit in wanted.units),
        mistakes.region_mistake(wanted.region) if wanted.region else "",
        mistakes.text_mistake("标题", wanted.title, 2 * mistakes.TEXT_LIMIT) if wanted.title else "",
        mistakes.text_mistake("作者", wanted.author) if wanted.author else "",
        mistakes.date_mistake(wanted.date),
        mistakes.added_mistake(wanted.added),
        mistakes.identifier_mistake(wanted.identifier) if wanted.identifier else "",
    ]
    if not (project / CONTENT).is_dir():
        found.append(f"找不到 {CONTENT} 文件夹：请用 --project 写明档案所在的文件夹。")
    return tuple(filter(None, found))


def draft_file(content: Content, archive: Archive, wanted: Wanted, *, asked: bool = False) -> Draft:
    """Return the draft of whatever is wanted; what the editor was ``asked`` already is not asked once more."""
    if wanted.is_organisation:
        return _draft_organisation(content, archive, wanted, asked)
    return _draft_profile(content, archive, wanted, asked)


def _draft_profile(content: Content, archive: Archive, wanted: Wanted, asked: bool) -> Draft:
    """Return the draft of a profile and everything that should be said about it."""
    missing = [
        "还缺单位：请加 --unit 单位名称（照原文；不止一个就写几次）。" if not wanted.units else "",
        "还缺地区：请加 --region 地区（从大到小，用 / 隔开，如 内蒙古自治区/呼和浩特市）。"
        if not wanted.region
        else "",
    ]
    region, about_region, wrong_region = _region(archive, wanted.region)
    taken = known.taken_profile_ids(content)
    base = wanted.person or names.person_slug(wanted.name)
    more = known.telling_words(wanted.units, region) if not wanted.person else ()
    identifier, wrong_identifier = _identifier(wanted.identifier, known.free_ids(base, more, taken), taken)
    wrong = [*missing, wrong_region, wrong_identifier, _wrong_person(content, wanted.person)]
    if any(wrong):
        return Draft(wanted, mistakes=tuple(filter(None, wrong)))
    text = profile_text(replace(wanted, region=region), identifier)
    messages = [
        *_about_namesakes(content, wanted, identifier, asked),
        *(_about_organisation(archive, unit, asked) for unit in wanted.units),
        about_region,
        _about_unread(content),
    ]
    return Draft(wanted, f"{CONTENT}/{PROFILES}/{identifier}.md", text, tuple(filter(None, messages)))


def _draft_organisation(content: Content, archive: Archive, wanted: Wanted, asked: bool) -> Draft:
    """Return the draft of an organisation's record."""
    holder = archive.organisations.by_id.get(archive.organisations.by_name.get(wanted.name, ""))
    region, about_region, wrong_region = _region(archive, wanted.region)
    taken = known.taken_organisation_ids(content)
    free = known.free_ids(names.slug(wanted.name), known.telling_words((), region), taken)
    identifier, wrong_identifier = _identifier(wanted.identifier, free, taken)
    wrong = [wrong_region, wrong_identifier]
    if holder is not None and holder.record is not None:
        wrong.append(f"机构“{wanted.name}”已经有文件：{holder.record.file}，请直接改它。")
    if any(wrong):
        return Draft(wanted, mistakes=tuple(filter(None, wrong)))
    text = organisation_text(replace(wanted, region=region))
    messages = (*(_about_organisation(archive, unit, asked) for unit in wanted.units[:1]), about_region)
    return Draft(wanted, f"{CONTENT}/{ORGANISATIONS}/{identifier}.md", text, tuple(filter(None, messages)))


def _identifier(given: str, free: list[str], taken: dict[str, str]) -> tuple[str, str]:
    """Return the id, given or suggested, and what is wrong with it."""
    if given in taken:
        others = " 或 ".join(f"--id {each}" for each in free)
        return given, f"编号“{given}”已经归 {taken[given]}，不会覆盖它。可以用：{others}。"
    return given or free[0], ""


def _region(archive: Archive, written: str) -> tuple[str, str, str]:
    """Return the whole path of a region, a word about it, and what is wrong with it."""
    if not written:
        return "", "", ""
    path = known.whole_region(archive, written)
    near = known.near_regions(archive, path)
    guess = "或".join(f"“{each}”" for each in near)
    if known.is_contradicted(archive, path):
        return path, "", f"地区“{path}”与已有的不合：应是{guess}。请照写，或先改地区文件。"
    if path != written:
        word = f"地区“{written}”已写全：{path}。原文没有印出的各级，请列入 region_supplied 或 region_inferred。"
    elif near:
        word = f"地区“{path}”是新的，已照写。是不是{guess}？若是，请改过来。"
    else:
        word = ""
    return path, word, ""


def _wrong_person(content: Content, person: str) -> str:
    """Return what keeps an id from being the person whom a further document is about."""
    own = {profile.id for profile, _ in content.profiles if profile.person is None}
    if not person or person in own:
        return ""
    further = {profile.id: profile.person for profile, _ in content.profiles}
    if further.get(person):
        return f"“{person}”也是后来的一篇，请写 --person {further[person]}。"
    return f"没有编号为“{person}”的人物，--person 要写 {CONTENT}/{PROFILES} 里的文件名（不带 .md）。"


def _about_namesakes(content: Content, wanted: Wanted, identifier: str, asked: bool) -> list[str]:
    """Return who has the same name already, unless the editor said that it is the same person."""
    said = [
        f"注意：同名的人有一位已经撤下（{file}）。若是同一人，请不要再收。"
        for file in known.withdrawn_namesakes(content, wanted.name)
    ]
    found = known.namesakes(content, wanted.name)
    if found and not wanted.person and not asked:
        persons = " 或 ".join(f"person: {each}" for each, _ in found)
        said += ["已有同名的人：", *(f"  {words}" for _, words in found)]
        said.append(f"若是同一人，请加 {persons}。若是另一人，这一篇的编号是 {identifier}。")
    return said


def _about_organisation(archive: Archive, name: str, asked: bool) -> str:
    """Return a word on an organisation that the archive does not know by this name."""
    if name in archive.organisations.by_name:
        return ""
    shown = name if name.isalnum() else f'"{name}"'
    near = known.near_organisations(archive, name) if not asked else []
    guess = (
        f"是不是{'、'.join(known.organisation_words(archive, each) for each in near)}？若是，请改过来。" if near else ""
    )
    return f"机构“{name}”是新的，已照写。{guess}要为它写说明：python build.py new {shown} --organisation"


def _about_unread(content: Content) -> str:
    """Return a word on the files whose people could not be compared."""
    files = [f"{identifier}.md" for folder, identifier in sorted(content.unread) if folder == PROFILES]
    return f"有 {len(files)} 个文件读不了，没有比对其中的人：{'、'.join(files)}。" if files else ""
