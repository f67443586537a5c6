"""Names of organisations that are almost others: a slip of the pen, and not another organisation of the kind.

Takes content and archive; gives each such name with the one that is likely meant.
"""

import difflib
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator

from builder.archive import Archive
from builder.content import ORGANISATIONS, Content
from builder.text import Text

# Organisations of one kind are told apart by these; a slip of the pen is something else.
TELLING = re.compile("[第零一二三四五六七八九十百千0-9０-９甲乙丙丁东西南北中前后左右上下新老大小A-Za-z]+")
LONG = 8
# What can only be meant as an id: two words at least, since an organisation may be called “cctv”.
AN_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)+")


def misspelled_organisations(content: Content, archive: Archive) -> Iterator[tuple[Text, str]]:
    """Yield every name that no record has and that is almost the name of one organisation that is better known."""
    if any(folder == ORGANISATIONS for folder, _ in content.unread):
        return  # the record that is meant may be among those that cannot be read
    index, by_id = archive.organisations.by_name, archive.organisations.by_id
    written = list(written_organisations(content))
    uses = Counter(map(str, written))
    near: dict[str, str] = {}
    neighbours = _neighbours([name for name in index if name in uses or name not in by_id])
    for name in uses:
        if by_id[index[name]].record is None and not AN_ID.fullmatch(name):
            found = [
                other
                for other in neighbours(name)
                if other not in by_id
                and (uses[other] > uses[name] or by_id[index[other]].record is not None)
                and is_almost(name, other)
            ]
            found = [other for other in found if slips(name, other) == 1] or found
            if len({index[other] for other in found}) == 1:
                near[name] = found[0]
    yield from ((name, near[str(name)]) for name in written if str(name) in near)


def _neighbours(written: Collection[str]) -> Callable[[str], list[str]]:
    """Return what gives, for one of the names, all that may be almost the same, in their order.

    To try all with all takes far too long. Two that differ in at most two characters share one of their three rarest:
    or else each would lack three of the other's. (The three rarest of both go up to some character; of the one's, one
    at least is in the other.)
    """
    uses = Counter(character for name in written for character in {*name})
    rarest = {name: sorted({*name}, key=lambda character: (uses[character], character))[:3] for name in written}
    holders: dict[str, dict[str, None]] = {}
    for name, characters in rarest.items():
        for character in characters:
            holders.setdefault(character, {})[name] = None
    order = {name: number for number, name in enumerate(written)}
    return lambda name: sorted({other for each in rarest[name] for other in holders[each]}, key=order.__getitem__)


def written_organisations(content: Content) -> Iterator[Text]:
    """Yield every name of an organisation in front matter."""
    for profile, _ in content.profiles:
        yield from (unit.name for unit in profile.units)
        yield from (name for event in profile.events for name in event.organisations)
    yield from (record.parent for record, _ in content.organisations if record.parent is not None)


def is_almost(name: str, other: str) -> bool:
    """Return whether a name is another with a slip of the pen in it, or with two where it is long.

    It is not where the two differ in a number or a direction (第一中学, 第二中学). Two characters on end are no slip:
    玉泉区法院 and 新城区法院 are two courts, 公安局 and 公安局政治处 a part and its whole.
    """
    shorter = min(len(name), len(other))
    allowed = 2 if shorter >= LONG or sorted(name) == sorted(other) else 1
    # Of a slip's characters neither name has more than one: with this, which is quickly seen, most pairs are done.
    if abs(len(name) - len(other)) > allowed or len({*name} - {*other}) > allowed or len({*other} - {*name}) > allowed:
        return False
    if shorter < 3 or TELLING.sub("", name) == TELLING.sub("", other):
        return False
    return slips(name, other) <= allowed


def slips(name: str, other: str) -> int:
    """Return in how many single characters two names differ; more than any name has where it is not in single ones."""
    codes = difflib.SequenceMatcher(None, name, other, autojunk=False).get_opcodes()
    wrong = [(end - start, last - first) for kind, start, end, first, last in codes if kind != "equal"]
    return len(wrong) if all(max(lengths) == 1 for lengths in wrong) else max(len(name), len(other)) + 1
