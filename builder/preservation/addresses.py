"""Addresses never die: the list of all addresses, and what one published before must still be.

Takes the files of the site; gives ``addresses.txt``, and a problem for each address of an older list that is gone. A
site is published only when nothing of the list before it is missing: so the list names every page ever published.
"""

import posixpath
from collections.abc import Collection, Iterable, Iterator

from builder import urls
from builder.content import CONTENT, SETTINGS
from builder.output import OutputFile
from builder.preservation.checksums import SUMS, is_inside, renewed_lines
from builder.problems import Place, Problem

LIST = "addresses.txt"
FOLDERS = {"people": "profiles", "organisations": "organisations", "regions": "regions"}


class NotAListError(Exception):
    """The file is no list of addresses; ``args[0]`` is the number of the line that shows it."""


def address_list(addresses: Iterable[str]) -> OutputFile:
    """Return ``addresses.txt``: every address of the site, itself included, sorted, one a line.

    What only serves the pages (``static/``, ``search/``) may change its name and is not listed.
    """
    listed = {address for address in addresses if _is_listed(address)} | {LIST, SUMS}
    return OutputFile(LIST, "".join(f"{address}\n" for address in sorted(listed)).encode("utf-8"))


def renewed_list(old: bytes, gone: Collection[str], new: Iterable[str]) -> OutputFile:
    """Return ``addresses.txt`` from an older one: without the addresses that are gone, with those that are new."""
    lines = {address: address for address in new if _is_listed(address)}
    return OutputFile(LIST, renewed_lines(old.decode("utf-8"), gone, lines, str).encode("utf-8"))


def _is_listed(address: str) -> bool:
    return not address.startswith((urls.STATIC, urls.SEARCH_FILES))


def read_address_list(data: bytes) -> tuple[str, ...]:
    """Return the addresses of a published list.

    Raises ``NotAListError`` for anything else: a server may answer with a page that asks for a password.
    """
    addresses = []
    for number, line in enumerate(data.decode("utf-8-sig", "replace").split("\n"), start=1):
        address = line.strip()
        if not address:
            continue
        if not is_inside(address) or any(sign in address for sign in '<>"\\\ufffd'):
            raise NotAListError(number)
        addresses.append(address)
    return tuple(addresses)


def check_addresses(published: Iterable[str], addresses: Iterable[str], former: Collection[str]) -> Iterator[Problem]:
    """Yield a problem for each published address that the site has no longer.

    ``former`` are the addresses whose pages lead on or say that something is withdrawn, and those that ``site.yaml``
    gives up. Such a page stands for the files of its stem too: of whoever is withdrawn, no ``.tei.xml`` remains. Where
    a page has vanished, nothing is said of the files of its stem: that is one mistake.
    """
    present = {*addresses, *former}
    vanished = sorted(set(published) - present)
    stems = {address.removesuffix(".html") for address in (*former, *vanished) if address.endswith(".html")}
    for address in vanished:
        if address.endswith(".html") or _stem(address) not in stems:
            yield address_vanished(address)


def address_vanished(address: str) -> Problem:
    """Keep every published address alive: by its file, a page that leads on, or one that says that it is withdrawn."""
    folder, _, name = address.partition("/")
    stem = name.removesuffix(".html")
    place = Place(SETTINGS)
    message = f"已经发布过的网址“{address}”不见了：别处引用它的链接会全部失效。"
    entry = f"在 {SETTINGS} 的 former 下加一项“- {{address: {address}}}”"
    if stem == name:
        mend = f"若是 {SETTINGS} 的 exports 少写了格式，请补上；若是图片，请放回；确要撤下的，{entry}。"
    elif folder in FOLDERS:
        place = Place(f"{CONTENT}/{FOLDERS[folder]}/{stem}.md")
        mend = f"若是误删，请从备份里取回；移到别处的，{entry}，再用 now 写现在的网址；撤下的，不写 now。"
        if folder == "people":
            mend = f"改了文件名的，在新文件里加“aliases: [{stem}]”；要撤下的，留着文件，写“status: withdrawn”。"
    else:
        mend = f"{entry}，再用 now 写现在的网址；撤下的，不写 now。"
    return Problem(place, "address-vanished", message, mend)


def _stem(address: str) -> str:
    """Return an address up to the first dot of its name: that of the page beside which it lies."""
    folder, name = posixpath.split(address)
    return posixpath.join(folder, name.partition(".")[0])


RULES = (address_vanished,)
