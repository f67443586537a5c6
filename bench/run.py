"""Builds made-up archives and times each build in a fresh process: ``python -m bench.run 100 1000``.

For each size: everything on, then the pages alone, then the least that our packages can do and the peers; cold, one
profile edited, one person added, one organisation edited, a template edited, nothing changed. Each result goes to
``bench/results/<size>.json``; ``bench.report`` makes the table.
The program is copied first, so that a template can be edited and the copy in use stays as it is.
"""

import argparse
import json
import os
import platform
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from bench import peers
from bench.corpus import write_corpus
from bench.least import LEAST
from bench.measure import FailedError, measure
from bench.report import write_report

ROOT = Path(__file__).resolve().parent.parent
WORK = ROOT / ".cache" / "bench"
RESULTS = Path(__file__).resolve().parent / "results"
PROGRAM = ("build.py", "builder", "templates", "static")
WAYS = {"everything": "", "pages alone": "exports: []\nsearch: no\n"}
EDITS = ("cold", "profile", "person", "organisation", "template", "nothing")
SENTENCE = "\n\n次日清晨，一切如常，值守的人换了一班。\n"


@dataclass(frozen=True)
class Run:
    """One timed build: whose, in which way, after which edit, what it cost and what it left."""

    builder: str
    way: str
    edit: str
    wall: float
    cpu: float
    memory: int
    pages: int
    files: int
    bytes: int


@dataclass(frozen=True)
class Site:
    """A site to be built again and again: the command, where it writes, and what an edit changes.

    ``newcomer`` is a profile that was held back, to be added.
    """

    builder: str
    way: str
    command: tuple[str, ...]
    folder: Path
    clean: tuple[str, ...]
    profile: Path | None
    organisation: Path | None
    template: Path | None
    newcomer: tuple[Path, bytes] | None = None
    environment: Mapping[str, str] = field(default_factory=dict)

    def edited(self, edit: str) -> bool:
        """Make an edit; return whether this site has such a thing at all."""
        if edit == "cold":
            for name in self.clean:
                shutil.rmtree(self.folder / name, ignore_errors=True)
        if edit == "person" and self.newcomer is not None:
            place, data = self.newcomer
            place.write_bytes(data)
            return True
        path = {"profile": self.profile, "organisation": self.organisation, "template": self.template}.get(edit)
        if edit == "template" and path is not None:
            text = path.read_text(encoding="utf-8")
            path.write_text(text.replace("<h1", '<h1 data-edited="1"', 1), encoding="utf-8")
        elif path is not None:
            path.write_bytes(path.read_bytes().rstrip(b"\n") + SENTENCE.encode())
        return edit in ("cold", "nothing") or path is not None


def own_site(size: int, seed: int, way: str) -> Site:
    """Write the archive and a copy of the program; return how it is built."""
    folder = WORK / f"{size}-{way.replace(' ', '-')}"
    shutil.rmtree(folder, ignore_errors=True)
    write_corpus(folder / "project", size, seed, WAYS[way])
    for name in PROGRAM:
        copy: Callable[..., object] = shutil.copytree if (ROOT / name).is_dir() else shutil.copy2
        copy(ROOT / name, folder / name)
    content = folder / "project" / "content"
    records = sorted((content / "organisations").glob("*.md"))
    return Site(
        builder="archive",
        way=way,
        command=(sys.executable, "build.py", "--project", "project", "--out", "out"),
        folder=folder,
        clean=("out", ".cache", "project/.cache"),
        profile=_first_profile(content),
        organisation=records[len(records) // 2],
        template=folder / "templates/pages/person.html",
        newcomer=_held_back(_single_profile(content)),
    )


def _held_back(path: Path) -> tuple[Path, bytes]:
    """Take a file away; return it, to be put back."""
    data = path.read_bytes()
    path.unlink()
    return path, data


def _single_profile(content: Path) -> Path:
    """Return the profile of somebody of whom nothing else speaks, and who shares the name with nobody."""
    profiles = sorted((content / "profiles").glob("*.md"), reverse=True)
    texts = {path: path.read_text(encoding="utf-8") for path in profiles}
    bases = Counter(path.stem.rstrip("0123456789").rstrip("-") for path in profiles)
    linked = set(re.findall(r"person: ?([a-z0-9-]+)", "".join(texts.values())))
    return next(
        path
        for path, text in texts.items()
        if bases[path.stem] == 1 and path.stem not in linked and "received:" not in text and "status:" not in text
    )


def _first_profile(content: Path) -> Path:
    """Return a profile that has no received text, which an edit would contradict."""
    texts = ((path, path.read_text(encoding="utf-8")) for path in sorted((content / "profiles").glob("*.md")))
    return next(path for path, text in texts if "received:" not in text and "status:" not in text)


def peer_sites(size: int, content: Path) -> list[Site]:
    """Write the same archive for each peer that can be installed."""
    programs = peers.install(WORK)
    if programs is None:
        print("Hugo and Pelican cannot be installed here: the archive is timed alone.", file=sys.stderr)
        return []
    everyone = tuple(peers.people(content))
    sites = []
    for name, make in (("hugo", peers.hugo), ("pelican", peers.pelican)):
        folder = WORK / f"{size}-{name}"
        shutil.rmtree(folder, ignore_errors=True)
        peer = make(programs, everyone, folder)
        sites.append(
            Site(
                builder=f"{peer.name} {peer.version}",
                way="pages alone",
                command=peer.command,
                folder=folder,
                clean=("out", "cache", "resources"),
                profile=folder / peer.profile,
                organisation=None,
                template=peer.template,
                newcomer=_held_back(max((folder / peer.profile).parent.glob("*.md"))),
            )
        )
    return sites


def least_site(size: int, content: Path) -> Site:
    """Return how the least that our packages can do is built of the same profiles (``bench.least``)."""
    folder = WORK / f"{size}-least"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return Site(
        builder=LEAST,
        way="pages alone",
        command=(sys.executable, "-m", "bench.least", str(content), "out"),
        folder=folder,
        clean=("out",),
        profile=None,
        organisation=None,
        template=None,
        environment={"PYTHONPATH": str(ROOT)},
    )


def time_site(site: Site, edits: Sequence[str]) -> list[Run]:
    """Build a site after each edit and return what that cost."""
    runs = []
    for edit in edits:
        if not site.edited(edit):
            continue
        try:
            cost = measure(site.command, site.folder, site.environment)
        except FailedError as error:
            print(f"{site.builder}, {site.way}, {edit}: failed\n{error}", file=sys.stderr)
            break
        files = [path for path in (site.folder / "out").rglob("*") if path.is_file()]
        pages, size = sum(path.suffix == ".html" for path in files), sum(path.stat().st_size for path in files)
        run = Run(site.builder, site.way, edit, cost.wall, cost.cpu, cost.memory, pages, len(files), size)
        print(
            f"{run.builder:14} {run.way:11} {run.edit:12} {run.wall:8.2f} s {run.cpu:8.2f} s of processors"
            f" {run.memory / 1e6:7.0f} MB {run.pages:7} pages {run.bytes / 1e6:7.1f} MB",
            flush=True,
        )
        runs.append(run)
    return runs


def machine() -> dict[str, object]:
    """Return what a reader must know of the machine to judge the figures."""
    model = platform.processor() or platform.machine()
    information = Path("/proc/cpuinfo")
    if information.exists():
        lines = information.read_text(encoding="utf-8", errors="replace").split("\n")
        model = next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), model)
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") if hasattr(os, "sysconf") else 0
    return {
        "processor": model,
        "cores": os.cpu_count() or 0,
        "memory": memory,
        "system": platform.system(),
        "python": platform.python_version(),
        "commit": _commit(),
    }


def _commit() -> str:
    found = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True)
    return found.stdout.strip()


def bench(size: int, seed: int, ways: Sequence[str], edits: Sequence[str], with_peers: bool) -> None:
    """Time everything for an archive of one size; write the results after each site, lest a later one lose them."""
    runs: list[Run] = []
    RESULTS.mkdir(exist_ok=True)
    for site in _sites(size, seed, ways, with_peers):
        runs += time_site(site, edits)
        result = {"documents": size, "seed": seed, "machine": machine(), "runs": [asdict(run) for run in runs]}
        text = json.dumps(result, ensure_ascii=False, indent=1) + "\n"
        (RESULTS / f"{size}.json").write_text(text, encoding="utf-8")


def _sites(size: int, seed: int, ways: Sequence[str], with_peers: bool) -> Iterator[Site]:
    """Yield what is timed; the least and the peers are written when their turn has come, with all people in them."""
    own = [own_site(size, seed, way) for way in ways]
    yield from own
    content = own[0].folder / "project" / "content"
    yield least_site(size, content)
    if with_peers:
        yield from peer_sites(size, content)


def main(words: Sequence[str] | None = None) -> None:
    """Time archives of the sizes on the command line, then write the table."""
    parser = argparse.ArgumentParser(prog="python -m bench.run", description="Time builds of made-up archives.")
    parser.add_argument("sizes", type=int, nargs="+", metavar="N", help="how many profiles")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--way", action="append", choices=tuple(WAYS), help="only this way (both)")
    parser.add_argument("--edit", action="append", choices=EDITS, help="only this build (all, beginning with cold)")
    parser.add_argument("--without-peers", action="store_true", help="leave Hugo and Pelican out")
    options = parser.parse_args(words)
    for size in options.sizes:
        bench(size, options.seed, options.way or tuple(WAYS), options.edit or EDITS, not options.without_peers)
    write_report(RESULTS)


if __name__ == "__main__":
    main()
