"""The project itself: rooms import in one direction, locks name no address, no file names a place of one machine."""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

# In the order in which data flows: a room may import from the rooms before it (docs/architecture.md).
ROOMS = (
    "problems",
    "text",
    "urls",
    "characters",
    "folding",
    "files",
    "views",
    "date_advice",
    "dates",
    "lunar",
    "date_words",
    "fields",
    "forge",
    "site",
    "front_matter",
    "source",
    "names",
    "shelves",
    "az",
    "records",
    "authority",
    "body",
    "prose",
    "received",
    "quotes",
    "images",
    "content",
    "archive",
    "cache",
    "checks",
    "new",
    "addresses",
    "history",
    "citation",
    "tables",
    "linked_data",
    "axis",
    "chart",
    "density",
    "output",
    "pages",
    "search",
    "render",
    "exports",
    "book",
    "linkcheck",
    "preservation",
    "engine",
    "rules",
    "serve",
)

LOCKS = ("requirements.txt", "requirements-book.txt", "requirements-test.txt")
MACHINE_PATH = re.compile(
    r"(?<![\w./])/(?:home|Users|root|wor[k]|tmp|var/folders)/[\w-]|[A-Z]:\\Users\\|\.\./share[d]/"
)
MADE = {
    ".git",
    ".venv",
    ".cache",
    ".hypothesis",
    ".mypy_cache",
    ".pytest_cache",
    ".ruff_cache",
    "_bag",
    "_book",
    "_site",
    "node_modules",
}


def test_every_module_has_a_room(root: Path) -> None:
    strangers = {room for room, _ in modules(root)} - set(ROOMS)
    assert not strangers, f"give these a place in ROOMS: {sorted(strangers)}"
    described = (root / "docs/architecture.md").read_text(encoding="utf-8")
    missing = {room for room, _ in modules(root) if f"`{room}" not in described}
    assert not missing, f"docs/architecture.md says nothing of {sorted(missing)}"


def test_rooms_import_in_one_direction(root: Path) -> None:
    backwards = []
    for room, path in modules(root):
        for line, imported in imports(ast.parse(path.read_text(encoding="utf-8"))):
            if imported != room and imported in ROOMS and room in ROOMS and ROOMS.index(imported) > ROOMS.index(room):
                backwards.append(f"{path.relative_to(root)}:{line}: {room} imports from {imported}")
    assert not backwards, "\n" + "\n".join(backwards)


def test_an_import_is_seen_however_it_is_written() -> None:
    text = "import builder.dates\nfrom builder import prose\nfrom builder.urls import x\ndef f():\n from .. import y\n"
    assert list(imports(ast.parse(text))) == [(1, "dates"), (2, "prose"), (3, "urls"), (5, "a relative import")]


@pytest.mark.parametrize("lock", LOCKS)
def test_locks_are_exact_and_name_no_address(root: Path, lock: str) -> None:
    text = (root / lock).read_text(encoding="utf-8")
    packages = re.findall(r"^[a-z].*", text, re.MULTILINE)
    assert packages
    assert all(re.match(r"[a-z0-9-]+==[\w.]+( ; .*)? \\$", package) for package in packages), packages
    assert "://" not in text
    assert " @ " not in text
    assert "--find-links" not in text
    assert "index-url" not in text


def test_the_checker_is_locked_without_address(root: Path) -> None:
    text = (root / "tests/tools/package-lock.json").read_text(encoding="utf-8")
    assert '"integrity": "sha512-' in text
    assert "://" not in text


def test_the_locks_agree(root: Path) -> None:
    runtime, book, test = (set(re.findall(r"^[a-z].*==\S+", (root / lock).read_text(), re.MULTILINE)) for lock in LOCKS)
    assert runtime < book < test


def test_no_file_names_a_place_of_one_machine(root: Path) -> None:
    found = []
    for path in project_files(root):
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
        except UnicodeDecodeError:
            continue  # pictures
        found += [
            f"{path.relative_to(root)}:{i}: {line}" for i, line in enumerate(lines, 1) if MACHINE_PATH.search(line)
        ]
    assert not found, "\n" + "\n".join(found)


def modules(root: Path) -> Iterator[tuple[str, Path]]:
    """Yield every module of the builder with its room: the first name below ``builder``."""
    for path in sorted((root / "builder").rglob("*.py")):
        parts = path.relative_to(root / "builder").with_suffix("").parts
        if parts != ("__init__",):
            yield parts[0], path


def imports(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Yield the line and the room of every import from the builder; a relative import is named as such."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.level:
            yield node.lineno, "a relative import"
        elif isinstance(node, ast.ImportFrom) and node.module == "builder":
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("builder."):
            yield node.lineno, str(node.module).split(".")[1]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names if alias.name.startswith("builder.")]
            yield from ((node.lineno, name.split(".")[1]) for name in names)


def project_files(root: Path) -> list[Path]:
    """Return the files of the project: those git knows or would add, or all but what was made where there is no git."""
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=root, capture_output=True
    )
    if listing.returncode == 0 and listing.stdout:
        paths = [root / name for name in listing.stdout.decode().split("\0") if name]
    else:
        paths = [path for path in root.rglob("*") if not MADE & set(path.relative_to(root).parts)]
    return sorted(path for path in paths if path.is_file())
