"""The editorial marks (CriticMarkup): what each says in the two layers, what is wrong with it, and what its note says.

``{~~核算~>核酸~~}`` ``{++不++}`` ``{--的--}`` ``{==刻心==}`` and, behind any of them or alone, ``{>>说明<<}``.
"""

import re
from dataclasses import dataclass

from builder.body.raw import HAN

CLOSE = {"~~": "~~}", "++": "++}", "--": "--}", "==": "==}", ">>": "<<}"}
EXAMPLE = {
    "~~": "{~~误字~>正字~~}",
    "++": "{++补字++}",
    "--": "{--衍字--}",
    "==": "{==存疑的字==}{>>说明<<}",
    ">>": "{>>说明<<}",
}
PAGE_BREAK = "断页"
PAGE_BREAK_NOTE = "原文此处断页，今连排。"
# A link, which only a mark of doubt may hold: the layers of the others are plain text.
LINK = re.compile(r"(?<!\\)\[[^\[\]\n]+\]\([^()\s]+\)")
SINGLE_HAN = re.compile(f"[{HAN}]")


@dataclass(frozen=True)
class Mark:
    """A mark as written: ``received`` and ``reading`` are its two layers, ``note`` the reason given, or None.

    ``kind`` is its sign (``~~``). In ``==`` the content, and in all the note, hold tokens of their own. The offsets
    ``start``, ``end`` (behind the note), ``content`` and ``note_at`` are those of the body.
    """

    kind: str
    received: str
    reading: str
    note: str | None
    start: int
    content: int
    note_at: int
    end: int

    @property
    def is_page_break(self) -> bool:
        """Whether it stands for a page break that has been joined."""
        return self.kind == ">>" and self.note == PAGE_BREAK


def stock_note(mark: Mark) -> str:
    """Return what a note says of itself before the editor's reason: the received form, wherever the reason lacks it."""
    received, reason = mark.received, mark.note
    if mark.kind == "~~" and not _quotes(reason, received):
        return f"原文作{_quoted(received)}。"
    if mark.kind == "++" and reason is None:
        return (
            f"编者补{_quoted(mark.reading)}。"
            if _has_quotes(mark.reading)
            else f"原文无{_word(mark.reading)}，编者补。"
        )
    if mark.kind == "--" and not _quotes(reason, received):
        return f"原文有{_word(received)}" + ("，今删。" if reason is None else "。")
    return PAGE_BREAK_NOTE if mark.is_page_break else ""


def _quotes(reason: str | None, received: str) -> bool:
    """Return whether a reason quotes the received form: between quotation marks, or anywhere if it has marks itself."""
    if reason is None:
        return False
    if _has_quotes(received):
        return received in reason
    return any(received in quoted for quoted in re.findall("“([^”]*)”", reason))


def _has_quotes(text: str) -> bool:
    return any(mark in text for mark in '“”"')


def _quoted(text: str) -> str:
    return f"：{text}" if _has_quotes(text) else f"“{text}”"


def _word(text: str) -> str:
    return _quoted(text) + ("字" if SINGLE_HAN.fullmatch(text) else "")


def layers(kind: str, content: str) -> tuple[str, str]:
    """Return what a mark's content is in the received text and in the reading text."""
    if kind == "~~":
        received, _, reading = content.partition("~>")
        return received, reading
    return {"++": ("", content), "--": (content, ""), "==": (content, content), ">>": ("", "")}[kind]


def find_fault(kind: str, content: str, *, has_reason: bool) -> tuple[str, str, str] | None:
    """Return what is wrong with the content of a mark (rule, message, mend), or None."""
    if not content.strip():
        return "empty-mark", "记号里面是空的。", f"写上内容，如 {EXAMPLE[kind]}，或删去记号。"
    if kind == "==" and not has_reason:
        return "mark-without-note", "存疑的字没有说明。", "在记号后面紧接着写 {>>说明<<}。"
    if kind in ("~~", "++", "--") and LINK.search(content):
        return "malformed-link", "校改的记号里不能有链接。", "把链接移到记号外面，或在记号里只留文字。"
    if kind != "~~":
        return None
    if content.count("~>") != 1:
        return "incomplete-emendation", "改字的记号要有一个 ~>，前面是原文，后面是正文。", f"写成 {EXAMPLE['~~']}。"
    received, reading = layers(kind, content)
    if not received.strip():
        return "empty-mark", "改字的记号里没有原文。", f"补字请写 {{++{reading}++}}。"
    if not reading.strip():
        return "empty-mark", "改字的记号里没有正文。", f"删字请写 {{--{received}--}}。"
    if received == reading:
        return "empty-mark", "改前改后相同。", "删去记号，只留文字。"
    return None
