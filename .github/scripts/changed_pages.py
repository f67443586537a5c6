"""Say which pages of the site a change touches: two built sites in, a list in Markdown out.

Takes the folder of the site without the change and of the site with it; prints the pages that are new, changed (in
any byte) and removed, each with its title. Run by .github/workflows/check.yml and .gitlab-ci.yml.
Exit code: 2 where there is no site with the change; one without it may be missing, and the list says so.
"""

import filecmp
import html
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

# A summary on GitHub may have 1 MB: enough for this many lines in each of the three lists.
LONGEST = 2000


@dataclass(frozen=True)
class Changes:
    """What differs between two sites: addresses from the root, in order."""

    new: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]


def main(arguments: list[str]) -> int:
    """Print the list for two folders and return the exit code."""
    if len(arguments) != 2 or not Path(arguments[1]).is_dir():
        print("usage: changed_pages.py SITE_BEFORE SITE_AFTER (two built sites)", file=sys.stderr)
        return 2
    before, after = map(Path, arguments)
    print("## 改动的页面\n")
    if before.is_dir():
        print("\n".join(describe(before, after)))
    else:
        print("改动之前的版本没有生成网站，无从比较。")
    return 0


def describe(before: Path, after: Path) -> Iterator[str]:
    """Yield the lines of the list."""
    changes = compare(before, after)
    pages = Changes(pages_of(changes.new), pages_of(changes.changed), pages_of(changes.removed))
    others = sum(map(len, (changes.new, changes.changed, changes.removed)))
    others -= sum(map(len, (pages.new, pages.changed, pages.removed)))
    counts = f"新增 {len(pages.new)} 页，改动 {len(pages.changed)} 页，撤去 {len(pages.removed)} 页"
    yield f"{counts}；页面之外的文件，有 {others} 个不同。" if others else f"{counts}。"
    yield from section("新增", after, pages.new)
    yield from section("改动", after, pages.changed)
    yield from section("撤去", before, pages.removed)


def section(heading: str, site: Path, pages: tuple[str, ...]) -> Iterator[str]:
    """Yield one of the three lists; nothing where it is empty."""
    if not pages:
        return
    yield f"\n### {heading}\n"
    for page in pages[:LONGEST]:
        yield f"- `{page}` {title(site / page)}".rstrip()
    if len(pages) > LONGEST:
        yield f"- ……还有 {len(pages) - LONGEST} 页"


def compare(before: Path, after: Path) -> Changes:
    """Return which files of two sites differ, byte for byte."""
    old, new = files_of(before), files_of(after)
    changed = (name for name in old & new if not filecmp.cmp(before / name, after / name, shallow=False))
    return Changes(tuple(sorted(new - old)), tuple(sorted(changed)), tuple(sorted(old - new)))


def files_of(site: Path) -> set[str]:
    """Return every file of a site but hidden ones, which are not published."""
    paths = (path.relative_to(site) for path in site.rglob("*") if path.is_file())
    return {path.as_posix() for path in paths if not any(part.startswith(".") for part in path.parts)}


def pages_of(names: Iterable[str]) -> tuple[str, ...]:
    """Return those of some files that are pages."""
    return tuple(name for name in names if name.endswith(".html"))


def title(page: Path) -> str:
    """Return the title of a page as text that Markdown leaves alone; empty where the page has none."""
    found = re.search(r"<title>(.*?)</title>", page.read_text(encoding="utf-8", errors="replace"), re.DOTALL)
    words = " ".join(html.unescape(found[1]).split()) if found else ""
    return re.sub(r"([\\`*_\[\]<>|~&#@])", r"\\\1", words)


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    sys.exit(main(sys.argv[1:]))
