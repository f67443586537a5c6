"""Builds the site by what has changed: the same bytes as a build of everything, and only the work that is needed.

Takes a project and a folder; gives a ``Report``. How it knows what has changed, and why it may be believed, is said in
``docs/decisions/incremental.md``.

::

    content ─► sources ─► archive as tables ─► units ─► staging ─► checks, links ─► the site, in one move a file
                   └────────── store ──────────┘
"""

import shutil
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from builder.cache.store import CacheDamagedError, Store
from builder.engine.build import Build, Report
from builder.engine.lock import locked
from builder.engine.progress import Progress
from builder.engine.room import Room
from builder.engine.version import code_version, is_still
from builder.engine.work import Workers, cores
from builder.output import refuse_foreign

CACHE = ".cache"
STAGING = "new"

__all__ = ["CACHE", "Build", "Options", "Report", "build_site"]


@dataclass(frozen=True)
class Options:
    """How a site is built. ``clean`` begins without what is kept; ``keep_going`` writes in spite of errors.

    ``jobs`` is the number of processes, 0 for one a core. ``is_written`` is false where only mistakes are looked for;
    ``published`` are addresses of an earlier site, none of which may vanish.
    """

    clean: bool = False
    keep_going: bool = False
    jobs: int = 0
    is_written: bool = True
    published: tuple[str, ...] = ()
    progress: Progress = field(default_factory=lambda: Progress(quiet=True))
    say: Callable[[str], None] = print


def build_site(program: Path, project: Path, out: Path, options: Options) -> Report:
    """Build the site of a project into ``out`` and tell what came of it.

    Raises ``ForeignFolderError`` before anything is touched, and ``OSError`` where the disk refuses: then no file of
    the site is half written, and the next build mends what is missing.
    """
    out = out.absolute()
    kept = out.parent / CACHE / out.name
    if options.is_written:
        refuse_foreign(out)
    with locked(kept / "lock", options.say) as moment:
        version = code_version(program)
        try:
            return _build(program, project, out, kept, version, moment, options, fresh=options.clean)
        except CacheDamagedError:
            return _build(program, project, out, kept, version, moment, options, fresh=True)


def _build(
    program: Path, project: Path, out: Path, kept: Path, version: str, moment: int, options: Options, *, fresh: bool
) -> Report:
    """Build with what is kept, or without if ``fresh``; raises ``CacheDamagedError`` where that is not what it was."""
    staging = _staging(out, kept)
    with ExitStack() as stack:
        stack.callback(shutil.rmtree, staging, ignore_errors=True)
        shutil.rmtree(staging, ignore_errors=True)  # what a build that was killed has left
        staging.mkdir(parents=True)
        store = Store(kept / "build.sqlite", version, fresh=fresh)
        stack.callback(store.close)
        room = Room(program, project, store, staging, is_first=True)
        workers = stack.enter_context(Workers(room, options.jobs or cores()))
        build = Build(room, out, workers, moment, options.progress)
        report = build.run(options.published, is_written=options.is_written, keep_going=options.keep_going)
        if not is_still(program, version):
            store.disown()  # of two versions: some of it was made by the old code, some by the new
        return report


def _staging(out: Path, kept: Path) -> Path:
    """Return the folder in which files wait: beside the site, or in it where that lies on a disk of its own."""
    if out.exists() and out.stat().st_dev != kept.stat().st_dev:
        return out / ".new"
    return kept / STAGING
