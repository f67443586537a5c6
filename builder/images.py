"""Images beside the profiles: which of them can be shown, and what is wrong with the others.

Takes the folder of the profiles and the images that bodies name; gives the paths, as written, of those that can be
shown, and problems. The text of an image, and where it may come from, are the business of ``body``.
"""

import difflib
import posixpath
import re
from collections.abc import Collection
from pathlib import Path, PurePosixPath

from builder.problems import Place, Problem
from builder.prose import Picture

SIZE_LIMIT = 500_000
# What every browser shows. Anything else would be published as a file of its own: a page of somebody's making.
TYPES = (".avif", ".gif", ".jpeg", ".jpg", ".png", ".svg", ".webp")
SCRIPT = re.compile(rb"<(?:\w+:)?(?:script|foreignObject|iframe)\b|\son\w+\s*=|javascript:|<!ENTITY", re.IGNORECASE)

# How PNG, JPEG, GIF, WebP and AVIF begin; a drawing has its first tag early.
SIGNATURE = re.compile(rb"\x89PNG|\xff\xd8\xff|GIF8|RIFF.{4}WEBP|.{4}ftyp(?:avi[fs]|mif1)", re.DOTALL)
SIGNATURE_WITHIN = 4096


def check_images(
    root: Path, folder: str, pictures: Collection[Picture], *, is_whole: bool
) -> tuple[frozenset[str], list[Problem]]:
    """Return the paths of the images in ``root/folder`` that can be shown, and what is wrong with the others.

    ``is_whole`` says that ``pictures`` are all that are wanted: then an image that is none of them is told of.
    """
    known = sorted(_images_in(root / folder))
    shown: set[str] = set()
    problems: list[Problem] = []
    for picture in pictures:
        path = posixpath.normpath(picture.path)
        fault = None
        if PurePosixPath(path).suffix.lower() not in TYPES:
            fault = image_type(picture)
        elif path not in known:
            fault = image_missing(picture, folder, known)
        elif not _is_sound(root / folder / path):
            fault = image_damaged(picture)
        elif path.lower().endswith(".svg") and SCRIPT.search((root / folder / path).read_bytes()):
            fault = image_with_script(picture)
        elif others := [other for other in known if other != path and other.lower() == path.lower()]:
            fault = image_name(picture, others[0])
        else:
            shown.add(picture.path)
            size = (root / folder / path).stat().st_size
            fault = image_too_large(picture, size) if size > SIZE_LIMIT else None
        problems += [fault] if fault is not None else []
    used = {posixpath.normpath(picture.path) for picture in pictures}
    if is_whole:
        problems += [image_unused(f"{folder}/{path}", path) for path in known if path not in used]
    return frozenset(shown), problems


def _is_sound(path: Path) -> bool:
    """Return whether a file begins as an image does: what only has the name of one shows nothing."""
    with path.open("rb") as stream:
        start = stream.read(SIGNATURE_WITHIN)
    return SIGNATURE.match(start) is not None or (path.suffix.lower() == ".svg" and b"<svg" in start)


def is_image(name: str) -> bool:
    """Return whether a file of this name is an image of a kind that can be shown."""
    return PurePosixPath(name).suffix.lower() in TYPES


def _images_in(folder: Path) -> set[str]:
    """Return the path of each image below a folder that is really there: names are compared with their case."""
    inside = folder.resolve()
    return {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if is_image(path.name) and path.is_file() and path.resolve().is_relative_to(inside)
    }


def image_missing(picture: Picture, folder: str, known: list[str]) -> Problem:
    """Put an image into the folder of the profiles, and write its name as it is, capitals included."""
    near = difflib.get_close_matches(picture.path, known, n=1, cutoff=0.6)
    guess = f"是不是要写“{near[0]}”？否则" if near else ""
    mend = f"{guess}请把图片放到 {folder}/ 里，文件名用小写字母、数字和短横，这里写同样的名字。"
    return _at(picture, "image-missing", f"没有图片“{folder}/{picture.path}”。", mend)


def image_type(picture: Picture) -> Problem:
    """Use images of a kind that every browser shows."""
    kinds = "、".join(kind.removeprefix(".") for kind in TYPES)
    mend = f"用“画图”或“照片”打开它，另存为 JPEG 或 PNG，再写新的文件名。可用的有：{kinds}。"
    return _at(picture, "image-type", f"“{picture.path}”不是能在网页上显示的图片。", mend)


def image_too_large(picture: Picture, size: int) -> Problem:
    """Keep an image within 500 kB: on a telephone in the country it must still appear."""
    message = f"图片“{picture.path}”有 {size / 1000:.0f} kB，超过 {SIZE_LIMIT // 1000} kB。"
    mend = "用“画图”打开，“重新调整大小”到宽 1600 像素以内，另存为 JPEG；原图请留在自己的电脑里。"
    return _at(picture, "image-too-large", message, mend)


def image_damaged(picture: Picture) -> Problem:
    """Use files that are images and do not only have the name of one: a browser shows nothing of the others."""
    message = f"“{picture.path}”里面不是图片，网页上什么也不会显示。"
    return _at(picture, "image-damaged", message, "用“画图”打开原来的图片，另存为 PNG 或 JPEG；只改文件名的后缀不行。")


def image_name(picture: Picture, other: str) -> Problem:
    """Give no two images names that differ in capitals alone: Windows and macOS keep but one of them."""
    message = f"图片“{picture.path}”与“{other}”只差大小写，在 Windows 和 macOS 上是同一个文件。"
    return _at(picture, "image-name", message, "给其中一个改名，文件名用小写字母、数字和短横。")


def image_unused(file: str, path: str) -> Problem:
    """Show every image that lies beside the profiles; one that no text names is not published."""
    mend = f"要用它，在正文里写 ![图上是什么]({path})；不用就移走。"
    return Problem(Place(file), "image-unused", f"没有哪一篇用到图片“{path}”，它不会发布。", mend, "warning")


def image_with_script(picture: Picture) -> Problem:
    """Use no drawing (SVG) that holds a program."""
    message = f"图片“{picture.path}”里有会运行的程序。"
    return _at(picture, "image-with-script", message, "请另存为 PNG，换用那个文件。")


def _at(picture: Picture, rule: str, message: str, mend: str) -> Problem:
    """Return a problem at the path of an image as written."""
    return Problem(picture.place, rule, message, mend, width=len(picture.path))


RULES = (image_missing, image_type, image_damaged, image_name, image_too_large, image_unused, image_with_script)
