"""The grammar of single fields: front matter as nodes → text, lists, dates, choices.

Takes a ``Mapping`` of nodes; gives values that keep their place, and problems in Chinese for whatever is not in the
form that the field wants. Which fields a record has is said in ``records``.
"""

import difflib
from collections.abc import Iterator

from builder.dates import DateError, Edtf, parse_edtf
from builder.problems import Place, Problem
from builder.text import Mapping, Node, Sequence, Text


class Reading:
    """The reading of one mapping: each method reads one key and collects what is wrong in ``problems``."""

    def __init__(self, mapping: Mapping) -> None:
        """Read from ``mapping``."""
        self.mapping = mapping
        self.problems: list[Problem] = []
        self._missing: dict[str, Problem] = {}

    def text(self, key: str) -> Text | None:
        """Return the text under ``key``; None where it is absent or empty, or (with a problem) not one value."""
        node = self.mapping.get(key)
        if node is None:
            return None
        return self._one(key, node)

    def required(self, key: str) -> Text | None:
        """Return the text under ``key``; None with a problem where it is missing or empty."""
        if self.is_missing(key):
            return None
        node = self.mapping.get(key)
        if isinstance(node, Text) and not node.strip():
            name = self.mapping.key(key) or Text(key, self.mapping.place)
            self.problems.append(name.problem("empty-value", f"“{key}”后面是空的。", f"请在“{key}:”后面写上内容。"))
            return None
        return self.text(key)

    def is_missing(self, key: str) -> bool:
        """Return whether a required key is missing, and say so."""
        if self.mapping.key(key) is not None:
            return False
        message, mend = f"缺少必填的“{key}”。", f"请加一行“{key}: …”。"
        self.problems.append(Problem(self.mapping.place, "missing-key", message, mend))
        self._missing[key] = self.problems[-1]
        return True

    def texts(self, key: str) -> tuple[Text, ...]:
        """Return the texts under ``key``, which holds one value or a list of values."""
        return tuple(text for node in self.nodes(key) if (text := self._one(key, node)) is not None)

    def nodes(self, key: str) -> tuple[Node, ...]:
        """Return the nodes under ``key``: the items of a list, or the one value."""
        node = self.mapping.get(key)
        if node is None or (isinstance(node, Text) and not node.strip()):
            return ()
        return node.items if isinstance(node, Sequence) else (node,)

    def mappings(self, key: str) -> Iterator["Reading"]:
        """Yield a reading for each mapping under ``key``; other items give a problem."""
        for node in self.nodes(key):
            if isinstance(node, Mapping):
                yield Reading(node)
            else:
                self.problems.append(
                    problem_at(
                        node, "mapping-wanted", f"“{key}”的这一项要写成“名称: 内容”的样子。", "请参照说明中的样例。"
                    )
                )

    def mapping_or_text(self, key: str, keys: tuple[str, ...]) -> dict[str, Text]:
        """Return the entries under ``key``; plain text stands for the first of ``keys``."""
        node = self.mapping.get(key)
        if isinstance(node, Mapping):
            inner = Reading(node)
            entries = {name: text for name in keys if (text := inner.text(name)) is not None}
            inner.refuse_unknown(keys)
            self.problems.extend(inner.problems)
            return entries
        text = self.text(key)
        return {keys[0]: text} if text is not None else {}

    def choice(self, key: str, options: dict[str, str]) -> str:
        """Return the word under ``key``, one of ``options`` (word → what it means), or "" where absent."""
        text = self.text(key)
        if text is None:
            return ""
        if text in options:
            return str(text)
        known = "、".join(f"{word}（{meaning}）" for word, meaning in options.items())
        self.problems.append(text.problem("unknown-choice", f"“{key}”不能写“{text}”。", f"只能写：{known}。"))
        return ""

    def date(self, key: str) -> Edtf | None:
        """Return the date under ``key``, or None where it is absent or, with a problem, no date."""
        text = self.text(key)
        return self.edtf(text) if text is not None else None

    def dates(self, key: str) -> tuple[Edtf, ...]:
        """Return the dates under ``key``, which holds one date or a list of dates."""
        return tuple(date for text in self.texts(key) if (date := self.edtf(text)) is not None)

    def edtf(self, text: Text) -> Edtf | None:
        """Return a text as a date, or None with a problem that says how to write it."""
        try:
            return parse_edtf(str(text))
        except DateError as error:
            self.problems.append(text.problem("date", error.message, error.mend))
            return None

    def refuse_unknown(self, known: tuple[str, ...]) -> None:
        """Add a problem for each key that is not among ``known``, with the nearest one."""
        for key, _ in self.mapping.entries:
            if key in known:
                continue
            missing = difflib.get_close_matches(key, self._missing, n=1, cutoff=0.5)
            near = missing or difflib.get_close_matches(key, known, n=1, cutoff=0.6)
            if missing:  # one slip of the pen is one problem
                self.problems.remove(self._missing.pop(near[0]))
            mend = f"是不是要写“{near[0]}”？" if near else "可以写的有：" + "、".join(known) + "。"
            self.problems.append(key.problem("unknown-key", f"没有“{key}”这一项。", mend))

    def _one(self, key: str, node: Node) -> Text | None:
        """Return a node as one text; None where it is empty or, with a problem, a list or mapping."""
        if isinstance(node, Text):
            return node if node.strip() else None
        what = "列表" if isinstance(node, Sequence) else "几项内容"
        self.problems.append(
            problem_at(node, "one-value-wanted", f"“{key}”只能写一个值，这里写成了{what}。", f"请写成“{key}: 内容”。")
        )
        return None


def problem_at(node: Node, rule: str, message: str, mend: str) -> Problem:
    """Return a problem at the first character of any node."""
    if isinstance(node, Text):
        return node.problem(rule, message, mend)
    return Problem(node.place, rule, message, mend)


def no_text(file: str) -> Text:
    """Return an empty text at the start of ``file``, for a value that has no place of its own."""
    return Text("", Place(file))
