"""Rules about people: who a document is about, how a name is read, and who is not to be named any more."""

import difflib
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from builder import names
from builder.archive import Archive
from builder.content import PROFILES, Content
from builder.files import REPLACEMENT
from builder.problems import Place, Problem
from builder.records import OrganisationRecord, PageRecord, Profile, RegionRecord
from builder.text import Text


def unknown_person(content: Content, archive: Archive) -> Iterator[Problem]:
    """A link to a person, and ``person:``, lead to the profile of one; ``person:`` not to a further document."""
    own = {profile.id for profile, _ in content.profiles if profile.person is None}
    known = {*own, *archive.people}
    # What is withdrawn or cannot be read is reported otherwise.
    elsewhere = {*_gone(content), *(identifier for folder, identifier in content.unread if folder == PROFILES)}
    for name in _links_to_people(content):
        if _identifier(name) not in elsewhere:
            yield from _unknown_person(content, name, known)
    for name in _persons(content):
        identifier = _identifier(name)
        if identifier in own and name != identifier:
            message = f"“{name}”是链接的写法，这里只写文件的名字。"
            yield name.problem("unknown-person", message, f"请写成：person: {identifier}")
        elif identifier not in elsewhere:
            yield from _unknown_person(content, name, own)


def _identifier(name: Text) -> str:
    """Return the id in a link to a person, or in ``person:``, where some write it like a link."""
    return name.removeprefix("person:").partition("#")[0]


def _unknown_person(content: Content, name: Text, known: set[str]) -> Iterator[Problem]:
    """Yield the problem of a name that means nobody."""
    identifier = _identifier(name)
    if identifier in known:
        return
    person = next((profile.person for profile, _ in content.profiles if profile.id == identifier), None)
    first = _identifier(person) if person is not None else None
    if first is not None and first != identifier:
        message = f"“{identifier}”是另一篇文章，不是那个人的第一篇。"
        yield name.problem("unknown-person", message, f"请写第一篇的名字：{first}")
        return
    if first is not None:
        mend = "这一篇就是那个人的第一篇的，删去 person 这一行。"
        yield name.problem("unknown-person", f"“{identifier}”就是这个文件自己。", mend)
        return
    near = difflib.get_close_matches(identifier, sorted(known), n=1, cutoff=0.6)
    mend = f"是不是要写“{near[0]}”？" if near else "请写人物文件的名字（不带 .md）；没有这个人的文件就去掉这一处。"
    yield name.problem("unknown-person", f"没有名为“{identifier}”的人物文件。", mend)


def person_withdrawn(content: Content, archive: Archive) -> Iterator[Problem]:
    """No link and no further document leads to a profile that is withdrawn."""
    gone = _gone(content)
    for name in _links_to_people(content):
        if _identifier(name) in gone:
            yield name.problem("person-withdrawn", "链接的人物已经撤下。", "请去掉这个链接；姓名也应略去或改写。")
    for name in _persons(content):
        if _identifier(name) in gone:
            message = f"“{_identifier(name)}”已经撤下，这一篇也不会显示。"
            mend = "请把这个文件也标为 status: withdrawn。"
            yield name.problem("person-withdrawn", message, mend)


def _gone(content: Content) -> set[str]:
    """Return the ids of those who are withdrawn."""
    return {tombstone.id for tombstone in content.tombstones}


def _links_to_people(content: Content) -> list[Text]:
    """Return every link to a person, as it is written."""
    links = [link for _, prose in content.bodies for link in prose.links if link.kind == "person"]
    return [Text(f"person:{link.target}", link.place) for link in links]


def _persons(content: Content) -> list[Text]:
    """Return every ``person:`` of a profile."""
    return [profile.person for profile, _ in content.profiles if profile.person is not None]


def pinyin_missing(content: Content, archive: Archive) -> Iterator[Problem]:
    """A person's pinyin is written by a person: machines misread 单, 解, 仇, 曾 …"""
    first_faults: dict[str, int] = {}
    for fault in content.faults:
        first_faults[fault.place.file] = min(fault.place.line, first_faults.get(fault.place.file, fault.place.line))
    for profile, _ in content.profiles:
        # Or else it may be there, misspelled.
        is_in_order = first_faults.get(profile.file, profile.body_line) >= profile.body_line
        if profile.pinyin is None and profile.person is None and is_in_order and REPLACEMENT not in profile.name:
            derived = names.person_pinyin(str(profile.name))
            message = f"没有写拼音，暂按“{derived}”排列。"
            mend = f"核对之后请加一行：pinyin: {derived}"
            yield profile.name.problem("pinyin-missing", message, mend, warning=True)


def pinyin_impossible(content: Content, archive: Archive) -> Iterator[Problem]:
    """Pinyin is a possible reading of its name: wrong letters are an error, for they decide the place in the index.

    Wrong tones are a warning, and so is what may spell a name as another language says it (GB/T 28039-2011, 4.1).
    """
    for name, pinyin, derived in _readings(content):
        if _is_in_doubt(content, name) or _is_in_doubt(content, pinyin):
            continue
        found = names.misreading(str(name), str(pinyin))
        if found is None:
            yield from _without_tones(name, pinyin, derived)
            continue
        readings = f"：“{found.character}”读 {'、'.join(filter(None, found.readings))}" if any(found.readings) else ""
        words = "“{}”的声调与“{}”不合{}。" if found.only_tones else "“{}”不能是“{}”的读音{}。"
        message = words.format(pinyin, name, readings)
        foreign = names.may_be_of_another_language(str(name), str(pinyin))
        mend = f"各字一般读作“{derived}”，请核对改正。" + ("照民族语读音拼写的不必改。" if foreign else "")
        yield pinyin.problem("pinyin-impossible", message, mend, warning=found.only_tones or foreign)


def _without_tones(name: Text, pinyin: Text, derived: str) -> Iterator[Problem]:
    """Yield a warning where a reading lacks its tones, or has the sign of the third one wrong."""
    if names.may_be_of_another_language(str(name), str(pinyin)) or not names.has_han(str(name)):
        return
    wrong = "第三声的符号是尖的（ǎ），不是圆的（ă）" if names.has_breve(str(pinyin)) else ""
    if not wrong and any(not (names.has_tone(word) or names.has_han(word)) for word in pinyin.split()):
        wrong = "没有标全声调"
    if wrong:
        mend = f"各字一般读作“{derived}”，请核对后补上。"
        yield pinyin.problem("pinyin-impossible", f"“{pinyin}”{wrong}。", mend, warning=True)


def _is_in_doubt(content: Content, text: Text) -> bool:
    """Return whether a character of a value is lost, or a mistake on its line, at or behind it, may have changed it."""
    places = [fault.place for fault in content.faults]
    return REPLACEMENT in text or any(
        (place.file, place.line) == (text.place.file, text.place.line) and place.column >= text.place.column
        for place in places
    )


def _readings(content: Content) -> Iterator[tuple[Text, Text, str]]:
    """Yield every name that has a pinyin, with it and what a machine would read."""
    for profile, _ in content.profiles:
        for name, pinyin in ((profile.name, profile.pinyin), (profile.author, profile.author_pinyin)):
            if name is not None and pinyin is not None:
                yield name, pinyin, names.person_pinyin(str(name))
    records: list[OrganisationRecord | RegionRecord] = [record for record, _ in content.organisations]
    for record in [*records, *(record for record, _ in content.regions)]:
        if record.pinyin is not None:
            yield record.name, record.pinyin, names.common_pinyin(str(record.name))


def withdrawn_name(content: Content, archive: Archive) -> Iterator[Problem]:
    """The name of somebody withdrawn stands nowhere else in the content, unless a namesake bears it.

    It can be looked for as long as it stands in the withdrawn file: that is emptied last.
    """
    living = {str(profile.name) for profile, _ in content.profiles}
    gone = [name for tombstone in content.tombstones for name in tombstone.names[:1] if str(name) not in living]
    if not gone:
        return
    any_of_them = re.compile("|".join(map(re.escape, gone)))  # the texts are gone through once, not once for each name
    records = [record for record, _ in content.bodies if any_of_them.search(_whole(record))]
    for name in gone:
        for record in records:
            for place in (*_occurrences(record, str(name)), *_in_front(record, str(name))):
                mend = "请改写这一处，或照编辑凡例略去，标明［此处从略］。"
                where = "这里" if place != Place(record.file) else "这个文件开头的项目或备注里"
                message = f"{where}还有一位已撤下人物的姓名。"
                yield Problem(place, "withdrawn-name", message, mend, width=len(name))


def _occurrences(record: Profile | OrganisationRecord | RegionRecord | PageRecord, name: str) -> Iterator[Place]:
    """Yield each place where a name stands in a body."""
    for number, line in enumerate(record.body.split("\n")):
        column = line.find(name)
        while column >= 0:
            yield Place(record.file, record.body_line + number, column + 1)
            column = line.find(name, column + len(name))


def _whole(record: Profile | OrganisationRecord | RegionRecord | PageRecord) -> str:
    """Return all that a record says, in its values and in its text."""
    front = record.public_front if isinstance(record, Profile) else ""
    return "\n".join([record.body, front or "\n".join(values(record))])


def _in_front(record: Profile | OrganisationRecord | RegionRecord | PageRecord, name: str) -> Iterator[Place]:
    """Yield each place where a name stands in front matter; at the first line where that is not known."""
    holders = [value for value in values(record) if name in value]
    known = [value for value in holders if isinstance(value, Text)]
    yield from (Place(record.file, text.place.line, text.place.column + text.find(name)) for text in known)
    front = record.public_front if isinstance(record, Profile) else ""
    if len(holders) > len(known) or (name in front and not known):
        yield Place(record.file)


def values(value: object) -> Iterator[str]:
    """Yield every text in the front matter of a record but what is private: that is in no list and in no record."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from values(item)
    elif isinstance(value, dict):
        yield from values(tuple(value.values()))
    elif is_dataclass(value):
        for field in fields(value):
            if field.name not in ("private", "body", "public_front", "digest", "file", "id"):
                yield from values(getattr(value, field.name))


CHECKS = (unknown_person, person_withdrawn, pinyin_missing, pinyin_impossible, withdrawn_name)
