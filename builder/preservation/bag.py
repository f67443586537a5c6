"""A bag: the site and its content in one folder with checksums, to be kept and copied for ever (BagIt 1.0, RFC 8493).

Takes finished files; gives the files of the bag, and writes them. The bytes depend on the archive and the day that is
given, never on the clock. By default a bag may be handed on: what is private or withdrawn is not in it.
"""

import os
import posixpath
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from builder.archive import Archive
from builder.content import CONTENT, PROFILES, SETTINGS, SOURCES, content_files
from builder.exports.source_text import source_text
from builder.output import ForeignFolderError, OutputFile
from builder.preservation.checksums import manifest
from builder.preservation.verify import verify
from builder.records import Tombstone

BAGIT = "bagit.txt"
INFO = "bag-info.txt"
AGENT = "Bag-Software-Agent: build.py bag"
README = "data/README.txt"
ALGORITHMS = ("sha256", "sha512")
LITTER = ("Thumbs.db", "desktop.ini")

ABOUT = """{title}

site/       网站：用浏览器打开 site/index.html，不需要网络，也不需要任何程序。
content/    网站由此生成的文字（Markdown）{what}
site.yaml   全站设置。

核对有没有损坏：在上一层文件夹里运行 sha256sum -c manifest-sha256.txt。
"""
PUBLIC = """。
            不含底本、不公开的清单（private）和已撤下的文字，故可以转交他人；
            但因此不可拿来重建网站：本来不公开的字句会显露在引文里。"""
WHOLE = """，连同底本、不公开的清单（private）和已撤下的文字。
            仅供本馆自存，不可转交他人，不可公开。"""


def public_content(project: Path, archive: Archive) -> Iterator[OutputFile]:
    """Yield the content without what is not public: private lists, withdrawn texts, received texts.

    Of a withdrawn profile its address and its day remain. A profile whose private list cannot be cut out is left out.
    """
    for file in source_text(archive):
        yield OutputFile(f"{CONTENT}/{PROFILES}/{file.address.rpartition('/')[2]}", file.content)
    for tombstone in archive.tombstones:
        yield OutputFile(tombstone.file, _stone(tombstone).encode("utf-8"))
    for image in sorted({posixpath.normpath(path) for path in archive.images}):
        yield OutputFile(f"{CONTENT}/{PROFILES}/{image}", (project / CONTENT / PROFILES / image).read_bytes())
    for folder, path, _ in content_files(project, []):
        if folder != PROFILES:
            yield OutputFile(path, (project / path).read_bytes())


def whole_content(project: Path) -> Iterator[OutputFile]:
    """Yield every file below ``content``, whatever it holds; no hidden file, and no link that leads out of it."""
    base = (project / CONTENT).resolve()
    for path in sorted(base.rglob("*")):
        inner = path.relative_to(base)
        is_litter = path.name in LITTER or any(part.startswith((".", "~")) for part in inner.parts)
        if path.is_file() and not is_litter and path.resolve().is_relative_to(base):
            yield OutputFile(f"{CONTENT}/{inner.as_posix()}", path.read_bytes())


def bag_files(
    project: Path, archive: Archive, site: Iterable[OutputFile], *, is_whole: bool, day: str
) -> list[OutputFile]:
    """Return every file of the bag. ``is_whole`` puts in what is not public; ``day`` (may be empty) is in the bag only.

    Raises ``OSError`` where a file of the content cannot be read.
    """
    content = whole_content(project) if is_whole else public_content(project, archive)
    about = ABOUT.format(title=_line(archive.site.title), what=WHOLE if is_whole else PUBLIC)
    payload = [
        OutputFile(README, about.encode("utf-8")),
        *(OutputFile(f"data/site/{file.address}", file.content) for file in site),
        *(OutputFile(f"data/{file.address}", file.content) for file in content),
        OutputFile(f"data/{SETTINGS}", (project / SETTINGS).read_bytes()),
    ]
    tags = [
        OutputFile(BAGIT, b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"),
        OutputFile(INFO, _info(archive, payload, is_whole=is_whole, day=day).encode("utf-8")),
        *(OutputFile(f"manifest-{name}.txt", manifest(payload, name)) for name in ALGORITHMS),
    ]
    seals = [OutputFile(f"tagmanifest-{name}.txt", manifest(tags, name)) for name in ALGORITHMS]
    return [*payload, *tags, *seals]


def write_bag(folder: Path, files: Sequence[OutputFile]) -> None:
    """Write the files as the folder ``folder``, whole or not at all; an older bag of ours there gives way.

    Raises ``ForeignFolderError`` where something else stands there, and ``OSError`` where the disk refuses.
    """
    folder = folder.resolve()
    _refuse_foreign(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    room = Path(tempfile.mkdtemp(dir=folder.parent, prefix=".bag-"))
    try:
        for file in files:
            path = room / "new" / file.address
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(file.content)
            path.chmod(0o644)
        for directory, _, _ in os.walk(room / "new"):
            Path(directory).chmod(0o755)
        if folder.exists():
            folder.rename(room / "old")
        (room / "new").rename(folder)
    except BaseException:
        if (room / "old").exists() and not folder.exists():
            (room / "old").rename(folder)
        raise
    finally:
        if folder.exists() or not (room / "old").exists():
            shutil.rmtree(room, ignore_errors=True)


def _refuse_foreign(folder: Path) -> None:
    """Make sure that nothing of somebody's own is replaced: the folder is absent, empty, or a bag of ours, no more."""
    if not folder.exists():
        return
    if not folder.is_dir():
        raise ForeignFolderError(f"“{folder}”是文件，不是文件夹。请用 --out 另指一个文件夹。")
    if not any(folder.iterdir()):
        return
    info = folder / INFO
    words = info.read_text(encoding="utf-8", errors="replace") if info.is_file() else ""
    if not (folder / BAGIT).is_file() or AGENT not in words.splitlines():
        raise ForeignFolderError(f"文件夹“{folder}”不是本程序生成的存档包，没有写入。请用 --out 另指一个文件夹。")
    extra = [difference.path for difference in verify(folder).differences if difference.kind == "extra"]
    if extra:
        raise ForeignFolderError(f"存档包“{folder}”里有后来放进去的文件（如“{extra[0]}”），没有写入。请先把它们移走。")


def _stone(tombstone: Tombstone) -> str:
    """Return what is left of a withdrawn profile: nothing but its day and its former addresses."""
    lines = ["---", "status: withdrawn"]
    if tombstone.withdrawn is not None:
        lines.append(f"withdrawn: {tombstone.withdrawn.text}")
    if tombstone.aliases:
        lines.append(f"aliases: [{', '.join(map(str, tombstone.aliases))}]")
    return "\n".join([*lines, "---", ""])


def _info(archive: Archive, payload: Sequence[OutputFile], *, is_whole: bool, day: str) -> str:
    """Return ``bag-info.txt``."""
    what = f"网站与内容，含{SOURCES}、private 与已撤下的文字：不可公开" if is_whole else "网站与可公开的内容"
    entries = (
        ("Source-Organization", archive.site.title),
        ("External-Description", f"{archive.site.tagline}（{what}）"),
        ("External-Identifier", archive.site.address),
        ("Bagging-Date", day),
        ("Payload-Oxum", f"{sum(len(file.content) for file in payload)}.{len(payload)}"),
    )
    return "".join(f"{name}: {_line(value)}\n" for name, value in entries if value) + f"{AGENT}\n"


def _line(text: str) -> str:
    """Return a text in one line: a tag is one."""
    return " ".join(text.split())
