"""The folders of ``content/``: which files are records, with which ids, and what lies about that is none.

Takes the project's folder; gives paths and ids, sorted, and problems. Reads no file.
"""

import contextlib
import difflib
import re
from collections.abc import Collection, Iterator
from pathlib import Path

from builder import names
from builder.images import is_image
from builder.problems import Place, Problem

CONTENT = "content"
PROFILES, ORGANISATIONS, REGIONS, PAGES = "profiles", "organisations", "regions", "pages"
FOLDERS = (PROFILES, ORGANISATIONS, REGIONS, PAGES)
SOURCES = "sources"
# What systems and word processors leave lying about.
LITTER = re.compile(r"[.~].*|Thumbs\.db|desktop\.ini|README(\.md)?", re.IGNORECASE)
# The name of a new file in the forge's editor, until somebody gives it the right one.
UNNAMED = "姓名的拼音"
GOOD_ID = re.compile(rf"(?!(?:{names.RESERVED})\Z)[a-z0-9]+(-[a-z0-9]+)*")


def content_files(root: Path, problems: list[Problem]) -> list[tuple[str, str, str]]:
    """Return folder, file and id of every content file, folder by folder, sorted; strays give problems."""
    found = [(folder, file, identifier) for folder in FOLDERS for file, identifier in _files(root, folder, problems)]
    problems += _strangers(root)
    return found


def _files(root: Path, folder: str, problems: list[Problem]) -> Iterator[tuple[str, str]]:
    """Yield the Markdown files of a folder with the id that each has or ought to have, sorted."""
    base = root / CONTENT / folder
    taken = {path.stem for path in base.glob("*.md")}
    for path in sorted(base.rglob("*")) if base.is_dir() else ():
        file = path.relative_to(root).as_posix()
        is_litter = any(map(LITTER.fullmatch, path.relative_to(base).parts))
        if path.is_dir() or is_litter or (folder == PROFILES and is_image(path.name)):
            continue
        if path.parent != base or path.suffix != ".md":
            problems.append(stray_file(file, folder, _good_id(folder, path.stem, taken)))
        elif GOOD_ID.fullmatch(path.stem):
            yield file, path.stem
        else:
            problems.append(file_name(file, _good_id(folder, path.stem, taken)))
            yield file, _good_id(folder, path.stem)


def _good_id(folder: str, stem: str, taken: Collection[str] = ()) -> str:
    """Return a good id near a file's name, one that is free."""
    if not stem.isprintable():  # Windows packs names in GBK into archives
        with contextlib.suppress(UnicodeError):
            stem = stem.encode("utf-8", "surrogateescape").decode("gb18030")
    wanted = names.person_slug(stem) if folder == PROFILES else names.slug(stem)
    free = (wanted if number == 1 else f"{wanted}-{number}" for number in range(1, len(taken) + 2))
    return next(identifier for identifier in free if identifier not in taken)


def _strangers(root: Path) -> Iterator[Problem]:
    """Yield a problem for each file that lies in no folder of ``content``, or in one that it does not have."""
    for path in sorted((root / CONTENT).glob("**/*")):
        inner = path.relative_to(root / CONTENT)
        if path.is_dir() or inner.parts[0] in (*FOLDERS, SOURCES) or any(map(LITTER.fullmatch, inner.parts)):
            continue
        folder = "".join(difflib.get_close_matches(inner.parts[0], FOLDERS, n=1))
        yield stray_file(path.relative_to(root).as_posix(), folder, _good_id(folder or PROFILES, path.stem))


def stray_file(file: str, folder: str, identifier: str) -> Problem:
    """Keep records as files ``.md`` in the folders of ``content``, without folders in these; images with profiles."""
    place = Place(file)
    if is_image(file):
        mend = f"请把它移到 {CONTENT}/{PROFILES}/ 里。"
        return Problem(place, "stray-file", f"图片“{file}”放错了地方，不会显示。", mend)
    if not folder:
        message = f"“{file}”不会被读到：它不在 {CONTENT}/ 的哪个文件夹里。"
        mend = (
            f"人物的文件放在 {PROFILES}，机构 {ORGANISATIONS}，地区 {REGIONS}，网页 {PAGES}；"
            f"别的请移到 {CONTENT}/ 外面。"
        )
        return Problem(place, "stray-file", message, mend)
    message = f"“{file}”不会被读到：文件要直接放在 {CONTENT}/{folder}/ 里，以 .md 结尾。"
    mend = f"请把它移到或改名为 {CONTENT}/{folder}/{identifier}.md。"
    if not file.lower().endswith((".md", ".markdown", ".txt")):
        mend = f"请把里面的文字复制到新的文本文件 {CONTENT}/{folder}/{identifier}.md 里，再把这个文件移走。"
    return Problem(place, "stray-file", message, mend)


def file_name(file: str, identifier: str) -> Problem:
    """Name a file by small letters, digits and hyphens: its name is its address."""
    name = file.rsplit("/", 1)[-1]
    message = f"文件名“{name}”不能作网址：只能用小写字母、数字和短横。"
    if name == f"{UNNAMED}.md":
        return Problem(Place(file), "file-name", message, "请改成这个人姓名的拼音，如“zhang-san.md”。")
    if re.fullmatch(rf"(?:{names.RESERVED})\.md", name):
        message = f"文件名“{name}”是 Windows 保留的，在那里既存不下，也打不开。"
    return Problem(Place(file), "file-name", message, f"请改名为“{identifier}.md”。")
