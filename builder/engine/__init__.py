"""Builds the site by what has changed: the same bytes as a build of everything, and only the work that is needed.

Takes a project and a folder; gives a ``Report``. How it knows what has changed, and why it may be believed, is said in
``docs/decisions/incremental.md``.

::

    content ─► sources ─► archive as tables ─► units ─► staging ─► checks, links ─► the site, in one move a file
                   └────────── store ──────────┘
"""

import hashlib
import shutil
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from builder.cache.store import CacheDamagedError, Store
from builder.engine.disk import Sight
from builder.engine.lock import locked
from builder.engine.outlook import Outlook, look, recall_report
from builder.engine.progress import Progress
from builder.engine.report import Report
from builder.engine.version import code_version, is_still
from builder.engine.walk import NAMES
from builder.output import WAITING, refuse_foreign

CACHE = ".cache"
STAGING = "new"
STORE = "build.sqlite"

__all__ = ["CACHE", "Options", "Report", "build_site", "is_kept", "kept_folder"]


@dataclass(frozen=True)
class Options:
    """How a site is built. ``clean`` begins without what is kept; ``keep_going`` writes in spite of errors.

    ``jobs`` is the number of processes, 0 for one a core. ``is_written`` is false where only mistakes are looked for;
    ``published`` are addresses of an earlier site, none of which may vanish. ``cache`` is the folder for what is kept
    from build to build, None for ``.cache/`` in the project.
    """

    clean: bool = False
    keep_going: bool = False
    jobs: int = 0
    is_written: bool = True
    published: tuple[str, ...] = ()
    cache: Path | None = None
    progress: Progress = field(default_factory=lambda: Progress(quiet=True))
    say: Callable[[str], None] = print


def build_site(program: Path, project: Path, out: Path, options: Options) -> Report:
    """Build the site of a project into ``out`` and tell what came of it.

    Raises ``ForeignFolderError`` before anything is touched, and ``OSError`` where the disk refuses: then no file of
    the site is half written, and the next build mends what is missing.
    """
    out = out.absolute()
    kept = kept_folder(project, out, options.cache)
    if options.is_written:
        refuse_foreign(out)
    with locked(kept / "lock", options.say) as moment:
        build = partial(_build, program, project, out, kept, moment, options)
        try:
            return build(fresh=options.clean)
        except CacheDamagedError:
            pass  # and not here, where its traceback still holds files open, which Windows does not let go
        return build(fresh=True)


def kept_folder(project: Path, out: Path, cache: Path | None = None) -> Path:
    """Return the folder for what is kept of the site in ``out``: of the project, never beside the site.

    What is kept holds the texts of all profiles, what is private and withdrawn included: it must not lie where a web
    server could give it away, as the folder above a site may. Sites in other folders have a digest of their path.
    """
    folder = cache or project.absolute() / CACHE
    if out.parent == project.absolute():
        return folder / out.name
    return folder / f"{out.name}-{hashlib.sha256(str(out).encode('utf-8', 'surrogateescape')).hexdigest()[:12]}"


def is_kept(project: Path, out: Path) -> bool:
    """Return whether anything is kept of the site in ``out``."""
    return (kept_folder(project, out) / STORE).is_file()


def _build(
    program: Path, project: Path, out: Path, kept: Path, moment: int, options: Options, *, fresh: bool
) -> Report:
    """Build with what is kept, or without if ``fresh``; raises ``CacheDamagedError`` where that is not what it was."""
    with ExitStack() as stack:
        store = Store(kept / STORE, code_version(program), fresh=fresh)
        stack.callback(store.close)
        if store.get("site") is None:  # it is begun anew: nothing made by other code or other packages is believed
            _forget_search(kept)
        large = (store.get("large") or b"").decode(*NAMES) if options.is_written else ""
        sight = Sight(out, large)
        stack.callback(sight.close)
        outlook = look(program, project, moment)
        for left in _stagings(out, kept):
            shutil.rmtree(left, ignore_errors=True)  # what a build that was killed has left
        if not options.published:
            report = recall_report(store, outlook, sight if options.is_written else None, keep_going=options.keep_going)
            if report is not None:
                return report
        return _build_what_changed(program, out, kept, outlook, sight, options, store, stack)


def _build_what_changed(
    program: Path,
    out: Path,
    kept: Path,
    outlook: Outlook,
    sight: Sight,
    options: Options,
    store: Store,
    stack: ExitStack,
) -> Report:
    """Build with what is in the store; what has to be put away afterwards goes on the stack."""
    # Where nothing has changed, importing all that makes pages and records would take longer than seeing that.
    from builder.engine.build import Build  # noqa: PLC0415
    from builder.engine.room import Room  # noqa: PLC0415
    from builder.engine.work import Workers, cores  # noqa: PLC0415

    staging = _staging(out, kept) if options.is_written else None
    if staging is not None:
        stack.callback(shutil.rmtree, staging, ignore_errors=True)
        staging.mkdir(parents=True)
    room = Room(program, outlook.project, store, staging, is_first=True)
    workers = stack.enter_context(Workers(room, options.jobs or cores()))
    build = Build(room, out, workers, outlook, sight, options.progress)
    report = build.run(options.published, is_written=options.is_written, keep_going=options.keep_going)
    if not is_still(program, code_version(program)):
        store.disown()  # of two versions: some of it was made by the old code, some by the new
    return report


def _forget_search(kept: Path) -> None:
    """Begin without what is kept of the search."""
    from builder.engine.build import SEARCH_MEMORY  # noqa: PLC0415  # as below
    from builder.search.memory import forget  # noqa: PLC0415

    forget(kept / SEARCH_MEMORY)


def _staging(out: Path, kept: Path) -> Path:
    """Return the folder in which files wait: on the disk of the site, since only there a move is one step."""
    in_cache, in_site, beside_site = _stagings(out, kept)
    if _disk(out) == _disk(kept):
        return in_cache
    return in_site if out.exists() else beside_site


def _stagings(out: Path, kept: Path) -> tuple[Path, Path, Path]:
    """Return every folder in which files may wait."""
    return kept / STAGING, out / WAITING, out.parent / f".{out.name}.{STAGING}"


def _disk(path: Path) -> int:
    """Return the number of the disk on which a path lies, or would lie."""
    return next(found for found in (path, *path.parents) if found.exists()).stat().st_dev
