"""Rules about content, one small function a rule; the docstring of each is the rule.

Each takes the content and the archive, changes nothing, and yields a problem for every place where the rule is broken.
``CHECKS`` reads like a table of contents. What the reading of a single file can meet is found where it is read.
"""

import difflib
from collections.abc import Callable, Iterator

from builder import names
from builder.archive import Archive, Document
from builder.authority import Clash
from builder.content import CONTENT, GOOD_ID, ORGANISATIONS, PROFILES, REGIONS, Content
from builder.problems import Problem
from builder.prose import Prose, Reference
from builder.quotes import find_all, find_quote, nearest_passage
from builder.received import check_half_width, check_received
from builder.records import OrganisationRecord, PageRecord, Profile, RegionRecord, Tombstone
from builder.text import Text

KIND_WORDS = {"person": "人物", "organisation": "机构", "region": "地区"}
FOLDERS = {"person": PROFILES, "organisation": ORGANISATIONS, "region": REGIONS}


def check_quotes(content: Content, archive: Archive) -> Iterator[Problem]:
    """Every quotation of an event or a post stands in the text: it becomes the link to its paragraph."""
    for document in archive.documents:
        paragraphs = document.prose.paragraphs
        for quote in _quotes(document):
            if find_quote(paragraphs, quote) is None:
                near = nearest_passage(paragraphs, quote)
                mend = f"正文里最接近的是“{near}”。" if near else "正文里没有相近的文句，请核对引文。"
                yield quote.problem("quote-not-found", f"正文里没有“{quote}”。", mend + "引文要与正文一字不差。")


def check_private(content: Content, archive: Archive) -> Iterator[Problem]:
    """Every private quotation stands in the text: otherwise it protects nothing."""
    for document in archive.documents:
        paragraphs = document.prose.paragraphs
        for quote in document.profile.private:
            if not find_all(paragraphs, quote):
                near = nearest_passage(paragraphs, quote)
                mend = f"正文里最接近的是“{near}”。" if near else "请从正文中原样复制要保密的文句。"
                yield quote.problem("private-not-found", f"正文里没有要保密的“{quote}”，它现在不起作用。", mend)


def check_private_quotes(content: Content, archive: Archive) -> Iterator[Problem]:
    """No quotation of an event or a post, and no link, lies in a private passage: it would be shown elsewhere."""
    for document in archive.documents:
        paragraphs = document.prose.paragraphs
        for quote in _quotes(document):
            passage = find_quote(paragraphs, quote)
            if passage is not None and any(passage.overlaps(private) for private in document.private):
                message = f"引文“{quote}”与 private 里的文句重叠，会被显示到正文之外。"
                yield quote.problem("quote-is-private", message, "请把引文截短，避开不公开的文句。")
        for reference in document.prose.references:
            if _is_private(document, reference):
                message = f"链接“{reference.text}”在不公开的文句之内。"
                yield Problem(
                    reference.place, "link-is-private", message, "请去掉这个链接，只留文字。", width=len(reference.text)
                )


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


def check_received_texts(content: Content, archive: Archive) -> Iterator[Problem]:
    """With its marks undone, the text equals the received one, character by character: nobody improves a source."""
    for profile, prose in content.profiles:
        received = content.received.get(str(profile.source.get("received", "")))
        if received is not None:
            yield from check_received(profile, prose, received)


def check_punctuation(content: Content, archive: Archive) -> Iterator[Problem]:
    """Chinese text has full-width punctuation."""
    for profile, _ in content.profiles:
        yield from check_half_width(profile.body, profile.file, profile.body_line)


def check_links_to_records(content: Content, archive: Archive) -> Iterator[Problem]:
    """Every link to a person, an organisation or a region leads to one."""
    for _, prose in _bodies(content):
        for link in prose.links:
            if link.kind not in FOLDERS or archive.target(link.kind, link.target) is not None:
                continue
            folder = FOLDERS[link.kind]
            if (folder, link.target) in content.unread:
                continue
            near = difflib.get_close_matches(link.target, _known(archive, link.kind), n=1, cutoff=0.6)
            guess = f"是不是要写“{link.kind}:{near[0]}”？" if near else ""
            mend = guess or f"请核对编号，或新建 {CONTENT}/{folder}/{link.target}.md。"
            message = f"没有编号或名称为“{link.target}”的{KIND_WORDS[link.kind]}。"
            width = len(link.kind) + 1 + len(link.target)
            yield Problem(link.place, f"unknown-{link.kind}", message, mend, width=width)


def _bodies(content: Content) -> Iterator[tuple[Profile | OrganisationRecord | RegionRecord | PageRecord, Prose]]:
    """Yield every record that has a body, with its prose."""
    yield from content.profiles
    yield from content.organisations
    yield from content.regions
    yield from content.pages


def _known(archive: Archive, kind: str) -> list[str]:
    """Return everything that a link of a kind may say."""
    if kind == "person":
        return list(archive.people)
    return list((archive.organisations if kind == "organisation" else archive.regions).by_name)


def check_person(content: Content, archive: Archive) -> Iterator[Problem]:
    """``person:`` names another profile, which is not itself a further document."""
    own = {profile.id for profile, _ in content.profiles if profile.person is None}
    gone = {tombstone.id for tombstone in content.tombstones}
    for profile, _ in content.profiles:
        person = profile.person
        if person is None or str(person) in own or (PROFILES, str(person)) in content.unread:
            continue
        if str(person) in gone:
            message, mend = f"“{person}”已经撤下，这一篇也不会显示。", "请把这个文件也标为 status: withdrawn。"
            yield person.problem("person-withdrawn", message, mend)
            continue
        near = difflib.get_close_matches(str(person), own, n=1, cutoff=0.6)
        mend = (
            f"是不是要写“{near[0]}”？" if near else "“person”要写另一个人物文件的名字（不带 .md）；没有就删去这一行。"
        )
        yield person.problem("unknown-person", f"没有名为“{person}”的人物文件。", mend)


def check_aliases(content: Content, archive: Archive) -> Iterator[Problem]:
    """A former id is well formed and belongs to one profile only: its address leads to one page."""
    holders = {profile.id: profile.file for profile, _ in content.profiles}
    holders.update((tombstone.id, tombstone.file) for tombstone in content.tombstones)
    records: list[Profile | Tombstone] = [*(profile for profile, _ in content.profiles), *content.tombstones]
    for record in records:
        for alias in record.aliases:
            if not GOOD_ID.fullmatch(str(alias)):
                message = f"“{alias}”不能作网址：只能用小写字母、数字和短横。"
                yield alias.problem("alias-form", message, "aliases 里写从前的文件名，不带 .md，如 wang-yong。")
                continue
            holder = holders.setdefault(str(alias), record.file)
            if holder != record.file or str(alias) == record.id:
                message = f"从前的编号“{alias}”已经归 {holder}。"
                yield alias.problem("alias-taken", message, "一个旧编号只能归一个文件，请从其中一处删去。")


CLASH_WORDS: dict[str, tuple[str, str]] = {
    "name-taken": ("名称“{name}”已归“{other}”。", "一个名称只能指一个；请改名，或从其中一个文件里删去。"),
    "address-taken": (
        "“{name}”与另一个名称的网址相同：{identifier}。",
        "请为“{name}”新建一个文件，用不同的文件名，写上 name: {name}。",
    ),
    "parent-circle": ("上级“{name}”又在它自己之下，绕成了一圈。", "请核对各级的“parent”，改正其中一个。"),
    "unknown-region": ("没有名为“{name}”的地区。", "请核对名称，或为它新建一个文件。"),
    "region-contradicted": (
        "“{name}”在地区文件里不属于“{other}”。",
        "请照地区文件改正路径，或改正地区文件里的“parent”。",
    ),
}


def check_clashes(content: Content, archive: Archive) -> Iterator[Problem]:
    """Every name means one thing, every address is one thing's, no hierarchy goes round in a circle."""
    for clash in (*archive.organisations.clashes, *archive.regions.clashes):
        yield clash_problem(clash)


def clash_problem(clash: Clash) -> Problem:
    """Return a clash as a problem at the name that came second."""
    message, mend = CLASH_WORDS[clash.rule]
    words = {"name": str(clash.name), "identifier": clash.identifier, "other": clash.other}
    return clash.name.problem(clash.rule, message.format(**words), mend.format(**words))


def check_pinyin(content: Content, archive: Archive) -> Iterator[Problem]:
    """A person's pinyin is written by a person: machines misread 单, 解, 仇, 曾 …"""
    for profile, _ in content.profiles:
        if profile.pinyin is None and profile.person is None:
            derived = names.person_pinyin(str(profile.name))
            message = f"没有写拼音，暂按“{derived}”排列。"
            mend = f"核对之后请加一行：pinyin: {derived}"
            yield profile.name.problem("pinyin-missing", message, mend, warning=True)


def check_withdrawn_names(content: Content, archive: Archive) -> Iterator[Problem]:
    """The name of somebody withdrawn stands nowhere else in the content, unless a namesake bears it."""
    living = {str(profile.name) for profile, _ in content.profiles}
    for tombstone in content.tombstones:
        for name in tombstone.names[:1]:
            if str(name) in living:
                continue
            for file, line, column in _occurrences(content, str(name)):
                message = "这里还有一位已撤下人物的姓名。"
                yield Problem(
                    type(name.place)(file, line, column),
                    "withdrawn-name",
                    message,
                    "请改写这一处，或照编辑凡例略去，标明［此处从略］。",
                    width=len(name),
                )


def _occurrences(content: Content, name: str) -> Iterator[tuple[str, int, int]]:
    """Yield file, line and column of each place where a name stands in a body."""
    for record, _ in _bodies(content):
        for number, line in enumerate(record.body.split("\n")):
            column = line.find(name)
            while column >= 0:
                yield record.file, record.body_line + number, column + 1
                column = line.find(name, column + len(name))


CHECKS: tuple[Callable[[Content, Archive], Iterator[Problem]], ...] = (
    check_quotes,
    check_private,
    check_private_quotes,
    check_received_texts,
    check_punctuation,
    check_links_to_records,
    check_person,
    check_aliases,
    check_clashes,
    check_pinyin,
    check_withdrawn_names,
)


def check_all(content: Content, archive: Archive) -> list[Problem]:
    """Return everything that any rule finds."""
    return [problem for check in CHECKS for problem in check(content, archive)]
