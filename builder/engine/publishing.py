"""The site takes its place: new files are moved there, others removed, and what it is now is put into the store.

Takes what was made; gives the ``Report``. Until the store is told, the next build finds files that it does not know,
and makes them again.
"""

import hashlib
import os
from collections.abc import Mapping
from pathlib import Path

from builder.cache.store import Store
from builder.engine.coming import Coming
from builder.engine.disk import NOTHING, Folder, folder_of, large_folder, mark_of
from builder.engine.memory import put_pending
from builder.engine.outlook import Outlook, remember_report, sum_of
from builder.engine.report import Report
from builder.engine.site import WHOLE, Published, put_unit, remember_site, row_of
from builder.engine.stored_pages import store_page
from builder.engine.walk import NAMES, UNKNOWN
from builder.output import MARKER, make_marker, move_into, remove_files
from builder.problems import Problem, has_errors


def publish(out: Path, coming: Coming, staging: Path, problems: tuple[Problem, ...]) -> Report:
    """Move every new file to its place, remove what is no longer made; raises ``OSError``."""
    make_marker(out)
    # Strangers go first: one that is a link to a folder must not have files moved through it.
    removed = remove_files(out, coming.altered.strangers - coming.files.keys())
    written = 0
    for address, name in coming.staged.items():
        if not _is_there(out, coming, address):
            move_into(out, address, staging / name)
            written += 1
    removed += remove_files(out, coming.vanished)
    return Report(problems, written, len(coming.addresses) - written, removed, is_published=True)


def _is_there(out: Path, coming: Coming, address: str) -> bool:
    """Return whether a file that no build remembers to have written has the right bytes all the same."""
    if address not in coming.altered.strangers:
        return False
    path = out / address
    if path.is_symlink() or not path.is_file():
        return False
    return hashlib.sha256(path.read_bytes()).hexdigest() == coming.files[address][0]


def remember(
    store: Store,
    out: Path,
    coming: Coming,
    seen: Mapping[str, Folder],
    templates: str,
    outlook: Outlook,
    report: Report,
) -> None:
    """Put into the store what the site is now; ``seen`` is what the disk said of its folders before."""
    for unit, (reads, files) in coming.units.items():
        put_unit(store, unit, reads if unit != WHOLE else None, files)
    lost = [row_of(unit) for unit in coming.lost]
    for kind in ("reads", "made"):
        store.drop(kind, lost)
    store.drop("page", coming.vanished)
    for address, page in coming.pages.items():
        store_page(store, address, page)
    for kind, parts in coming.parts.items():
        store.drop(kind, lost)
        for name, part in parts.items():
            store.put(kind, name, part)
    folders = {prefix: folder for prefix, folder in seen.items() if prefix in coming.old.folders}
    for prefix, names in _changed(coming).items():
        folder = _folder(out, prefix, names, seen.get(prefix, NOTHING), coming)
        if folder.names:
            store.put("folder", prefix, folder.code())
            folders[prefix] = folder
        else:
            store.drop("folder", [prefix])
            folders.pop(prefix, None)
    site = Published(
        store, templates, coming.count, len(coming.addresses), coming.made, is_faulty=has_errors(report.problems)
    )
    remember_site(site)
    store.put("large", "", large_folder(folders).encode(*NAMES))
    put_pending(store, ())
    remember_report(store, outlook, sum_of(folders), report)


def _changed(coming: Coming) -> dict[str, set[str]]:
    """Return the names that belong in each folder in which anything changed."""
    moved = {_prefix(address) for address in (*coming.staged, *coming.vanished, MARKER)}
    found = {prefix: set(coming.old.names(prefix)) for prefix in moved | coming.altered.folders}
    for address in coming.vanished:
        found[_prefix(address)].discard(address.rpartition("/")[2])
    for address in coming.files:
        if (prefix := _prefix(address)) in found:
            found[prefix].add(address.rpartition("/")[2])
    found[""].add(MARKER)
    return found


def _prefix(address: str) -> str:
    return address[: address.rfind("/") + 1]


def _folder(out: Path, prefix: str, names: set[str], seen: Folder, coming: Coming) -> Folder:
    """Return a folder as it lies on the disk now; strangers that have come since are not of it, so that they show."""
    before, folder = seen.marks(), str(out / prefix)
    marks = {}
    for name in _listed(folder):
        if name in names:
            is_new = prefix + name in coming.staged or name not in before
            marks[name] = mark_of(f"{folder}/{name}") if is_new else before[name]
    marks.update((name, UNKNOWN) for name in sorted(names - marks.keys()))  # somebody has taken it away
    return folder_of(marks)


def _listed(folder: str) -> list[str]:
    try:
        return os.listdir(folder)  # noqa: PTH208  # in the order of the disk, in which it will be looked through
    except OSError:
        return []
