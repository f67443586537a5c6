"""A body as it was written: its characters made safe for Markdown, and the way back from any of them to its place.

Python-Markdown knows no positions, so the blocks that it finds are looked up again in the body, in order.
"""

import html
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from builder.problems import Place, Problem

TAB = 4

# Control characters (among them the two that Python-Markdown uses for itself), line separators that only some
# programs see, halves of surrogate pairs and noncharacters: none may stand in an HTML page. ``files`` reports them.
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufdd0-\ufdef\ufeff\ufffe\uffff]")
REPLACEMENT = "\ufffd"
REFERENCE = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z0-9]{1,31});")
BLANK_LINE = re.compile("^[ \u00a0\u3000]+$", re.MULTILINE)

HAN = "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3038-\u303b\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"


@dataclass(frozen=True)
class Block:
    """A text that Markdown took from the body; ``pieces`` are (offset in the text, offset in the body) of its lines."""

    text: str
    pieces: tuple[tuple[int, int], ...]
    end: int

    @property
    def start(self) -> int:
        """Where its first line starts in the body."""
        return self.pieces[0][1]

    def offset(self, at: int) -> int:
        """Return the offset in the body of the character at ``at`` of the block."""
        index = max(0, bisect_right(self.pieces, at, key=lambda piece: piece[0]) - 1)
        own, bodily = self.pieces[index]
        return bodily + at - own


class Body:
    r"""The text of a body, which starts on line ``first_line`` of ``file``.

    ``text`` is what Markdown is given: line ends are ``\n``, tabs are spaces, blank lines are empty.
    """

    def __init__(self, body: str, file: str, first_line: int) -> None:
        self.file = file
        self._first_line = first_line
        written = body.replace("\r\n", "\n").replace("\r", " ")
        self._written = written.split("\n")
        self.text = BLANK_LINE.sub("", CONTROL.sub(REPLACEMENT, written).expandtabs(TAB))
        self._starts = [0, *(match.end() for match in re.finditer("\n", self.text))]

    def place(self, offset: int) -> Place:
        """Return the place in the file of the character at ``offset`` of ``text``."""
        index = bisect_right(self._starts, offset) - 1
        column = offset - self._starts[index]
        written = self._written[index]
        if "\t" in written:
            column = _column_with_tabs(written, column)
        return Place(self.file, self._first_line + index, column + 1)

    def find(self, text: str, cursor: int) -> Block:
        """Return where a text that Markdown took from the body stands, line by line, from ``cursor`` on."""
        pieces = []
        at = 0
        for line in text.split("\n"):
            core = line.strip(" ")
            found = self.text.find(core, cursor) if core else -1
            if found >= 0:
                pieces.append((at + len(line) - len(line.lstrip(" ")), found))
                cursor = found + len(core)
            at += len(line) + 1
        return Block(text, tuple(pieces) or ((0, min(cursor, len(self.text))),), cursor)

    def align(self, text: str, cursor: int, limit: int) -> Iterator[tuple[int, int]]:
        """Yield, for each character of a text in which Markdown resolved escapes, where it stands and how wide.

        It may be written as it is, behind a backslash, or as a character reference; what stands in between is skipped.
        One that is not there stands at the cursor, without width.
        """
        for character in text:
            if self.text.startswith(character, cursor):
                yield cursor, 1
                cursor += 1
                continue
            reference = REFERENCE.search(self.text, cursor, limit)
            is_meant = reference is not None and html.unescape(reference[0])[:1] == character
            at = self.text.find(character, cursor, reference.start() if reference and is_meant else limit)
            width = 1
            if at < 0 and reference and is_meant:
                at, width = reference.start(), len(reference[0])
            if at < 0:
                at, width = cursor, 0
            yield at, width
            cursor = at + width


def _column_with_tabs(written: str, expanded: int) -> int:
    """Return the column, from 0, that is at ``expanded`` once the tabs of a line are spaces."""
    width = 0
    for column, character in enumerate(written):
        width += TAB - width % TAB if character == "\t" else 1
        if width > expanded:
            return column
    return len(written)


# What to write instead of a tag of raw HTML.
MEND_TAG = {
    "a": "链接请写 [文字](地址)。",
    "b": "加粗请写 **文字**。",
    "blockquote": "引文请在行首写 > 和一个空格。",
    "br": "换行请空一行另起一段，或在行末写两个空格。",
    "code": "代码请写在两个反引号 ` 之间。",
    "del": "衍文请写 {--文字--}。",
    "div": "不用写：段落之间空一行即可，样式由模板决定。",
    "em": "强调请写 *文字*。",
    "font": "不用写：样式由模板决定。",
    "h2": "标题请在行首写 ## 和一个空格。",
    "h3": "标题请在行首写 ### 和一个空格。",
    "hr": "分隔线请单独一行写 ---，上下各空一行。",
    "i": "强调请写 *文字*。",
    "img": "图片请写 ![图片说明](文件名)。",
    "ins": "补字请写 {++文字++}。",
    "li": "列表请在行首写 - 和一个空格。",
    "ol": "列表请在行首写 1. 和一个空格。",
    "p": "不用写：段落之间空一行即可。",
    "pre": "代码请写在两行 ``` 之间。",
    "s": "衍文请写 {--文字--}。",
    "span": "不用写：样式由模板决定。",
    "strong": "加粗请写 **文字**。",
    "table": "表格请用 | 分列，见 Markdown 的表格写法。",
    "u": "改字请写 {~~原文~>正文~~}。",
    "ul": "列表请在行首写 - 和一个空格。",
}
MEND_COMMENT = "要给读者看的说明请写 {>>说明<<}；不给读者看的请写在提交说明里。"
MEND_OTHER = "正文只用 Markdown；要照样显示这些字，请在 < 前面加反斜杠 \\。"


def raw_html(place: Place, tag: str) -> Problem:
    """Return the problem of a tag or a comment of raw HTML (``tag`` as written) at ``place``."""
    name = re.match(r"</?([A-Za-z][A-Za-z0-9]*)", tag)
    mend = MEND_TAG.get(name[1].lower(), MEND_OTHER) if name else MEND_COMMENT if tag.startswith("<!--") else MEND_OTHER
    what = "HTML 注释" if tag.startswith("<!--") else "HTML 标签"
    shown = tag if len(tag) <= 40 else tag[:40] + "…"
    return Problem(place, "raw-html", f"正文里不能写 {what}：{shown}", mend, width=len(tag.split("\n", 1)[0]))
