"""Bytes to text: what an editor's program saved, read whatever it was saved as.

Takes the project's root and the path of a file in it; gives the text with a line feed at every line's end, the digest
of its bytes, and the problems that belong to the file and not to what is written in it. A file in another encoding is
read on, so that its one mistake yields one problem and the other mistakes in it are found in the same run.
"""

import errno
import hashlib
import re
import stat
from pathlib import Path

from builder.characters import LOOKALIKE, LOOKALIKES
from builder.problems import Place, Problem

SIZE_LIMIT = 2_000_000

# What XML forbids or HTML calls an error, and what Python or YAML take for the end of a line.
# Said by what may stand: in a class of what may not, each character of a text is compared with every noncharacter.
_PLANES = "".join(f"{chr(plane * 0x10000)}-{chr(plane * 0x10000 + 0xFFFD)}" for plane in range(1, 17))
CONTROL = re.compile(f"[^\t\n\r -~\xa0-\u2027\u202a-\ud7ff\ue000-\ufdcf\ufdf0-\ufefe\uff00-\ufffd{_PLANES}]")
REPLACEMENT = "\ufffd"
# The lines by which git sets two versions of a place against each other, in this order.
CONFLICT = ("\n<<<<<<< ", "\n=======\n", "\n>>>>>>> ")
SAVE_AS_UTF8 = (
    "用记事本打开，选“文件→另存为”，“编码”选“UTF-8”后保存；"
    "在 VS Code 里点右下角的编码名，先“通过编码重新打开”选{encoding}，再“通过编码保存”选“UTF-8”。"
)
BINARY = (
    (b"PK\x03\x04", "Word 文档或压缩包"),
    (b"\xd0\xcf\x11\xe0", "旧版 Word 文档"),
    (b"%PDF-", "PDF"),
    (b"\x89PNG", "图片"),
    (b"\xff\xd8\xff", "图片"),
    (b"{\\rtf", "RTF 文档"),
)


def read_text(root: Path, file: str) -> tuple[str | None, str, list[Problem]]:
    """Return the text of ``root/file``, the SHA-256 of its bytes in hexadecimal digits, and the file's problems.

    The text is None where there is none to be had. A character that cannot be published stands as U+FFFD in it, so
    that lines and columns are those that the editor sees; in the place of a lookalike stands what is meant.
    """
    data, problem = read_bytes(root, file)
    digest = hashlib.sha256(data).hexdigest()
    if problem is not None:
        return None, digest, [problem]
    text, problems = decode(data, file)
    if text is None:
        return None, digest, problems
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if merged := conflict_marker(text, file):
        return None, digest, [*problems, merged]
    if not problems or problems[0].rule == "byte-order-mark":
        problems += [problem for rule in CHARACTER_RULES if (problem := rule(text, file)) is not None]
    text = CONTROL.sub(REPLACEMENT, text)
    # To translate takes ten times as long as to see that there is nothing to translate.
    return text.translate(LOOKALIKES) if LOOKALIKE.search(text) else text, digest, problems


def read_line(root: Path, place: Place) -> str | None:
    """Return the line on which ``place`` lies, as ``read_text`` reads it, or None where there is no such line."""
    text, _, _ = read_text(root, place.file)
    lines = [] if text is None else text.split("\n")
    return lines[place.line - 1] if 0 < place.line <= len(lines) else None


def read_bytes(root: Path, file: str) -> tuple[bytes, Problem | None]:
    """Return the bytes of a file, or no bytes and the reason."""
    try:
        path = root / file
        if path.is_symlink() and not path.resolve().is_relative_to(root.resolve()):
            return b"", unreadable(file, "这是一个指到项目外面的链接。", "把文件本身放进来，不要放链接。")
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            return b"", unreadable(file, "这是一个文件夹，不是文件。", "给文件夹改名，不要以 .md 或 .yaml 结尾。")
        # Opening a pipe or a device would wait for ever.
        if not stat.S_ISREG(status.st_mode):
            return b"", unreadable(file, "这不是普通文件。", "换成普通的文本文件。")
        if status.st_size > SIZE_LIMIT:
            return b"", too_large(file, status.st_size)
        return path.read_bytes(), None
    except FileNotFoundError:
        return b"", unreadable(file, "没有这个文件。", "检查文件名，大小写也要一样；误删了的，请从备份里取回。")
    except PermissionError:
        return b"", unreadable(file, "没有权限读这个文件。", "在文件的属性里允许读取。")
    except (OSError, ValueError, RuntimeError) as error:
        # Not the system's own words: they change with its language.
        reason = errno.errorcode.get(error.errno or 0, "?") if isinstance(error, OSError) else type(error).__name__
        return b"", unreadable(file, f"读不了这个文件（{reason}）。", "检查文件名与磁盘；或删去后重新放入。")


def decode(data: bytes, file: str) -> tuple[str | None, list[Problem]]:
    """Return the characters of a file's bytes, guessed where they are not UTF-8; None where it is no text at all."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace"), [not_utf8(file, 1, 1, "UTF-16")]
    # Without a mark of order: of ASCII, such as the fence, every second byte is zero.
    for encoding, start in (("utf-16-le", b"-\0-\0-\0"), ("utf-16-be", b"\0-\0-\0-")):
        if data.startswith(start):
            return data.decode(encoding, "replace"), [not_utf8(file, 1, 1, "UTF-16")]
    problems = []
    if data.startswith(b"\xef\xbb\xbf"):
        data = data[3:]
        problems = [byte_order_mark(file)]
    try:
        return data.decode("utf-8"), problems
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    kind = next((kind for start, kind in BINARY if data.startswith(start)), "")
    text, encoding = (None, "") if kind else guess(data)
    if text is None:
        line, column = 1, 1
    return text, [not_utf8(file, line, column, encoding, kind)]


def guess(data: bytes) -> tuple[str | None, str]:
    """Return the likeliest text of bytes that are not UTF-8, and the name of its encoding: empty for damaged UTF-8."""
    text = data.decode("utf-8", "replace")
    bad = text.count(REPLACEMENT)
    good = sum(character > "\x7f" for character in text) - bad
    # Chinese in GBK seldom happens to be UTF-8, so more good than bad means UTF-8 with some bytes broken.
    if good <= bad:
        try:
            return data.decode("gb18030"), "GBK"
        except UnicodeDecodeError:
            pass
    return (None if b"\x00" in data else text), ""


def unreadable(file: str, message: str, mend: str) -> Problem:
    """Name a file that is there, that lies in the project and that may be read."""
    return Problem(Place(file), "unreadable", message, mend)


def too_large(file: str, size: int) -> Problem:
    """Keep a text within 2 MB."""
    megabytes = f"{size / 1_000_000:.1f}"
    return Problem(
        Place(file),
        "too-large",
        f"文件有 {megabytes} MB，超过 {SIZE_LIMIT // 1_000_000} MB，没有读。",
        "一篇文字不会这么长：看看是不是放错了文件；图片请另存，再在文中引用。",
    )


def byte_order_mark(file: str) -> Problem:
    """Begin a file without a byte order mark: nothing is lost by one here, but other programs stumble."""
    mend = (
        "在 VS Code 里点右下角的“UTF-8 with BOM”，选“通过编码保存”→“UTF-8”；"
        "记事本“另存为”，编码选“UTF-8”，不选“带有 BOM 的 UTF-8”。"
    )
    return Problem(Place(file), "byte-order-mark", "文件开头有看不见的字节顺序标记（BOM）。", mend, "warning")


def not_utf8(file: str, line: int, column: int, encoding: str, kind: str = "") -> Problem:
    """Save text as UTF-8."""
    place = Place(file, line, column)
    if kind:
        return Problem(
            place, "not-utf8", f"这不是文本文件，是{kind}。", "打开它，把文字复制到一个新的文本文件里，存为 UTF-8。"
        )
    if encoding:
        name = {"GBK": "GBK（GB18030）"}.get(encoding, encoding)
        message, reopen = f"文件不是 UTF-8 编码，看来是 {name}。", f"“{encoding}”"
    else:
        message, reopen = "文件不是 UTF-8 编码，或者有字节坏了：坏字从这里开始。", "原来的编码"
    return Problem(place, "not-utf8", message, SAVE_AS_UTF8.format(encoding=reopen))


def damaged_character(text: str, file: str) -> Problem | None:
    """Restore what an earlier conversion lost: U+FFFD stands where a character was."""
    place, count = first_of(re.compile(REPLACEMENT), text, file)
    if place is None:
        return None
    message = f"这里有一个“{REPLACEMENT}”：原来的字在转换编码时丢了{count}。"
    return Problem(place, "damaged-character", message, "对照原件把丢了的字补上。", "warning")


def control_character(text: str, file: str) -> Problem | None:
    """Write no control character, and no line separator but the ordinary end of a line."""
    place, count = first_of(CONTROL, text, file)
    if place is None:
        return None
    found = CONTROL.search(text)
    code = f"{ord(found[0]):04X}" if found else ""
    message = f"这里有一个看不见的控制字符 U+{code}{count}。"
    mend = "把光标放在这里，删去它；该换行的地方用回车键换行。"
    return Problem(place, "control-character", message, mend)


def lookalike_character(text: str, file: str) -> Problem | None:
    """Write characters, not the radicals and compatibility forms that only look like them: nobody would find them."""
    place, count = first_of(LOOKALIKE, text, file)
    found = LOOKALIKE.search(text)
    if place is None or found is None:
        return None
    wanted = found[0].translate(LOOKALIKES)
    message = f"这里的“{found[0]}”（U+{ord(found[0]):04X}）只是样子像“{wanted}”，检索“{wanted}”找不到它{count}。"
    mend = f"删去它，用输入法重新打一个“{wanted}”。多半是从 PDF 复制来的，全文都请看一遍。"
    return Problem(place, "lookalike-character", message, mend)


def first_of(pattern: re.Pattern[str], text: str, file: str) -> tuple[Place | None, str]:
    """Return the place of the first match and a remark on how many there are; None where there is none."""
    found = pattern.search(text)
    if found is None:
        return None, ""
    count = len(pattern.findall(text))
    line, column = text.count("\n", 0, found.start()) + 1, found.start() - text.rfind("\n", 0, found.start())
    return Place(file, line, column), f"（全文共 {count} 处）" if count > 1 else ""


def conflict_marker(text: str, file: str) -> Problem | None:
    """Decide between two versions of a file: leave none of the signs by which git sets one against the other."""
    starts = [-1]
    for sign in CONFLICT:
        starts.append(f"\n{text}".find(sign, max(starts[-1], 0)))
        if starts[-1] < 0:
            return None
    message = "这里有 git 合并时留下的记号：同一处有两种写法，还没有选定。"
    mend = "“<<<<<<<”与“=======”之间是一种，“=======”与“>>>>>>>”之间是另一种：留下对的，删去另一种和这三行记号。"
    return Problem(Place(file, text.count("\n", 0, starts[1]) + 1), "conflict-marker", message, mend, width=7)


CHARACTER_RULES = (damaged_character, control_character, lookalike_character)

RULES = (
    unreadable,
    too_large,
    not_utf8,
    byte_order_mark,
    conflict_marker,
    *CHARACTER_RULES,
)
