"""Finds the editorial marks of a body, its code spans, and what stands in it that should not.

Takes the blocks of a body one by one; gives each back with a token in the place of every mark and every code span, so
that Markdown cannot mistake them for its own. What a mark means is said in ``emendation``.
"""

import re

from builder.body.emendation import CLOSE, EXAMPLE, Mark, find_fault, layers
from builder.body.raw import Block, Body, raw_html
from builder.problems import Problem

STX, ETX = "\x02", "\x03"
KIND_OF = {close: kind for kind, close in CLOSE.items()}

# The target of a link or an image, from its bracket on: without white space, unless between < and >.
TARGET = re.compile(r"\([ \t]*+(?:<([^<>\n]*+)>|((?:[^\s()<>]|\([^\s()<>]*+\))*+))[ \t]*+\)")
AUTOLINK = re.compile(r"<((?:https?://|mailto:)[^\s<>]++|[A-Za-z0-9._%+-]++@[A-Za-z0-9.-]++)>")

# A bracket that closes the words of a link, before its target: in order, or full-width, or set apart from it.
TARGET_AHEAD = r"\]\(|[\]】][ \u3000]*[(（](?=(?:person|organisation|region|https?|mailto)[:：])"
TOKEN = re.compile(
    r"(?P<escape>\\[!-/:-@\[-`{-~])|(?P<code>`+)|(?P<open>\{(?:~~|\+\+|--|==|>>))|(?P<close>(?:~~|\+\+|--|==|<<)\})"
    r"|(?P<html><(?=[A-Za-z/!?]))|(?P<target>" + TARGET_AHEAD + ")"
    r"|(?P<wide>[{｛](?:[~～]{2}|[+＋]{2}|[-－—–]{2}|[=＝]{2}|[>＞》]{2}))"
)
# The signs of marks as a Chinese input method writes them, and what is meant.
NARROW = str.maketrans("｛～＋－—–＝＞》", "{~+---=>>")
OPEN = re.compile(r"\{(?:~~|\+\+|--|==|>>)")
TAG = re.compile(r"</?([A-Za-z][A-Za-z0-9]*)(?:[\s/][^<>]*+)?>|<!--|<[!?][A-Za-z\[]")


class Scanner:
    """Goes through the blocks of one body in order; collects their marks, code spans and problems."""

    def __init__(self, body: Body) -> None:
        self.marks: list[Mark] = []
        self.codes: list[tuple[str, int]] = []
        self.problems: list[Problem] = []
        self._body = body
        self._block = Block("", ((0, 0),), 0)
        self._absent: set[str] = set()
        self._tags: set[str] = set()
        self._unclosed: tuple[str, int, Block] | None = None

    def scan(self, block: Block) -> str:
        """Return the text of the next block with a token for every mark and every code span."""
        self._block = block
        self._absent = set()
        return self._scan(0, len(block.text))

    def _scan(self, start: int, end: int) -> str:
        text = self._block.text
        parts = []
        while match := TOKEN.search(text, start, end):
            parts.append(text[start : match.start()])
            part, start = self._take(match, end)
            parts.append(part)
        parts.append(text[start:end])
        return "".join(parts)

    def _take(self, match: re.Match[str], end: int) -> tuple[str, int]:
        """Return what stands for the token at a match, and where to go on."""
        at = match.start()
        kind = match.lastgroup
        if kind == "code":
            return self._code(at, match.end(), end)
        if kind == "open":
            return self._mark(at, end)
        if kind == "close":
            self._stray(at, KIND_OF[match[0]])
        elif kind == "html":
            return self._html(at, end)
        elif kind == "target":
            return self._target(at, end)
        elif kind == "wide":
            self._wide(at, match[0])
        return match[0], match.end()

    def _code(self, start: int, inside: int, end: int) -> tuple[str, int]:
        ticks = self._block.text[start:inside]
        closing = re.compile(f"(?<!`){ticks}(?!`)").search(self._block.text, inside, end)
        if closing is None:
            return ticks, inside
        self.codes.append((self._block.text[inside : closing.start()].strip(), self._block.offset(inside)))
        return f"{STX}code:{len(self.codes) - 1}{ETX}", closing.end()

    def _mark(self, start: int, limit: int) -> tuple[str, int]:
        text = self._block.text
        kind = text[start + 1 : start + 3]
        close = self._closing(kind, start, limit)
        if close < 0:
            self._unclosed = (kind, len(self.problems), self._block)
            mend = f"在同一段里写上 {CLOSE[kind]}，如 {EXAMPLE[kind]}。"
            self._report(start, 3, "unclosed-mark", f"这里的记号 {{{kind} 没有结束。", mend)
            return text[start : start + 3], start + 3
        inner = OPEN.search(text, start + 3, close)
        if inner:
            mend = "拆成前后两个记号，或只留外面的一个，在说明里讲清楚。"
            self._report(inner.start(), 3, "nested-mark", "校改记号里面又有校改记号。", mend)
            return text[start : close + 3], close + 3
        return self._complete(kind, start, close, limit)

    def _complete(self, kind: str, start: int, close: int, limit: int) -> tuple[str, int]:
        """Return the token of a mark that is closed, with its reason, and where to go on."""
        text, offset = self._block.text, self._block.offset
        content = text[start + 3 : close]
        note_at, note_end = (start + 3, close) if kind == ">>" else self._reason(close + 3, limit)
        end = max(close, note_end) + 3
        fault = find_fault(kind, content, has_reason=kind == ">>" or text.startswith("{>>", close + 3))
        if fault:
            self._report(start, close + 3 - start, *fault)
            return text[start:end], end
        if note_end >= 0 and not text[note_at:note_end].strip():
            self._report(note_at - 3, 6, "empty-mark", "说明是空的。", "写上理由，或删去 {>><<}。")
        received, reading = layers(kind, content)
        if kind == "==":
            reading = self._scan(start + 3, close)
        note = self._scan(note_at, note_end).strip() if note_end >= 0 else None
        places = (offset(at) for at in (start, start + 3, max(note_at, 0), end))
        self.marks.append(Mark(kind, received, reading, note or None, *places))
        return f"{STX}mark:{len(self.marks) - 1}{ETX}", end

    def _reason(self, at: int, limit: int) -> tuple[int, int]:
        """Return where the text of a reason directly at ``at`` starts and ends; -1 where there is none in order."""
        text = self._block.text
        close = self._closing(">>", at, limit) if text.startswith("{>>", at) else -1
        if close < 0 or OPEN.search(text, at + 3, close):
            return -1, -1
        return at + 3, close

    def _closing(self, kind: str, start: int, limit: int) -> int:
        """Return where the sign stands that closes the mark at ``start``, or -1.

        The first one belongs to it, unless another mark of the kind opens before: then it is that one's, and ours is
        the second one, or there is none.
        """
        text = self._block.text
        close = -1 if kind in self._absent else text.find(CLOSE[kind], start + 3, limit)
        if close < 0:
            self._absent.add(kind)
            return -1
        if text.find("{" + kind, start + 3, close) < 0:
            return close
        second = text.find(CLOSE[kind], close + 3, limit)
        another = text.find("{" + kind, close + 3, limit)
        return second if another < 0 or second < another else -1

    def _stray(self, at: int, kind: str) -> None:
        """Report a sign that closes nothing; with a mark left open before, the two are one mistake."""
        if self._unclosed is not None and self._unclosed[0] == kind and self._unclosed[2] is not self._block:
            index = self._unclosed[1]
            place = self.problems[index].place
            message = f"这里的记号 {{{kind} 到另一段才结束。"
            mend = "一个记号只能在一段之内：请在每一段里各写一个。"
            self.problems[index] = Problem(place, "mark-over-paragraph", message, mend, width=3)
            self._unclosed = None
            return
        mend = f"补上开头，如 {EXAMPLE[kind]}，或删去 {CLOSE[kind]}。"
        self._report(at, 3, "stray-mark", f"记号 {CLOSE[kind]} 前面没有开头。", mend)

    def _html(self, at: int, end: int) -> tuple[str, int]:
        text = self._block.text
        link = AUTOLINK.match(text, at, end)
        if link:
            return link[0], link.end()
        tag = TAG.match(text, at, end)
        if tag is None:
            return "<", at + 1
        name = (tag[1] or "").lower()
        if not (tag[0].startswith("</") and name in self._tags):
            self._tags.add(name)
            self.problems.append(raw_html(self._body.place(self._block.offset(at)), tag[0]))
        return tag[0], tag.end()

    def _target(self, at: int, end: int) -> tuple[str, int]:
        text = self._block.text
        target = TARGET.match(text, at + 1, end) if text[at] == "]" else None
        if target:
            return text[at : target.end()], target.end()
        if max(text.rfind("[", 0, at), text.rfind("【", 0, at)) >= 0:
            mend = "写成 [文字](地址)：两种括号都是半角的，( 紧跟在 ] 之后，地址里没有空格，后面也不写标题。"
            width = 1 if text[at] == "]" else 0  # where the first bracket is wrong already, there
            self._report(at + width, 1, "malformed-link", "这里像是链接或图片，但写得不完整。", mend)
        return text[at : at + 2], at + 2

    def _wide(self, at: int, written: str) -> None:
        """Report a sign of a mark that is written full-width, unless it is the end of the same mark."""
        meant = written.translate(NARROW)
        message = f"记号要用半角：这里写的是“{written}”。"
        mend = f"切到英文输入法，写成 {meant} … {CLOSE[meant[1:]]}，如 {EXAMPLE[meant[1:]]}。"
        self._report(at, 3, "full-width-mark", message, mend)

    def _report(self, at: int, width: int, rule: str, message: str, mend: str) -> None:
        width = len(self._block.text[at : at + width].split("\n", 1)[0])
        self.problems.append(Problem(self._body.place(self._block.offset(at)), rule, message, mend, width=width))
