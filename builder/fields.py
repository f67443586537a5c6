"""The grammar of single fields: front matter as nodes → text, lists, dates, choices.

Takes a ``Mapping`` of nodes; gives values that keep their place, and problems in Chinese for whatever is not in the
form that the field wants. Which fields a record has is said in ``records``.
"""

import difflib
import re
from collections.abc import Iterator

from builder.dates import DateError, Edtf, parse_edtf
from builder.problems import Place, Problem
from builder.text import Mapping, Node, Sequence, Text

# What to write for a key that is missing.
EXAMPLES = {
    "name": "name: 王勇（机构、地区写它的名称）",
    "unit": "unit: 济南日报社",
    "region": "region: 内蒙古自治区/呼和浩特市",
    "dates": "dates: 2020-01-29",
    "author": "author: 马银伟（没有署名的，冒号后面留空）",
    "title": "title: 关于本站",
    "status": "status: withdrawn（表示已撤下）",
    "withdrawn": "withdrawn: 2026-05-01（撤下的日期）",
    "text": "text: 人物",
    "href": "href: people.html",
    "address": "address: people/zhang-san.html",
}
# How to write one value, where a list or a group is a likely slip.
ONE_VALUE = {
    "region": "请从大到小写，用 / 隔开，如：region: 内蒙古自治区/呼和浩特市",
    **dict.fromkeys(
        ("date", "dates", "preferred", "alternatives"),
        '方括号、花括号里的日期，整个要加半角双引号，如："[2020-02-05,2020-02-06]"。',
    ),
}
ENTRIES = {
    "navigation": "- {text: 人物, href: people.html}",
    "changes": "- {date: 2026-05-01, what: 改正了什么}",
    "former": "- {address: people/zhang-san.html, now: people/zhang-san-2.html}",
}
WEB_ADDRESS = re.compile(r"https?://[^\s/?#\[\]<>\"\\]+(?:[/?#][^\s\[\]<>\"\\]*)?")


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
        if (isinstance(node, Text) and not node.strip()) or (isinstance(node, Sequence) and not node.items):
            self.problems.append(empty_value(self.mapping.key(key) or Text(key, self.mapping.place)))
            return None
        return self.text(key)

    def is_missing(self, key: str) -> bool:
        """Return whether a required key is missing, and say so."""
        if self.mapping.key(key) is not None:
            return False
        self._missing[key] = missing_key(self.mapping.place, key)
        self.problems.append(self._missing[key])
        return True

    def texts(self, key: str) -> tuple[Text, ...]:
        """Return the texts under ``key``, which holds one value or a list of values."""
        return tuple(text for node in self.nodes(key) if (text := self._one(key, node, in_list=True)) is not None)

    def nodes(self, key: str) -> tuple[Node, ...]:
        """Return the nodes under ``key``: the items of a list, or the one value."""
        node = self.mapping.get(key)
        if node is None or (isinstance(node, Text) and not node.strip()):
            return ()
        return node.items if isinstance(node, Sequence) else (node,)

    def required_nodes(self, key: str) -> Iterator[Node]:
        """Yield the nodes under ``key``; where it is missing or empty, and for each empty item, there is a problem."""
        nodes = self.nodes(key)
        if not nodes:
            self.required(key)
        for node in nodes:
            if isinstance(node, Text) and not node.strip():
                self.problems.append(empty_value(Text(key, node.place), in_list=True))
            else:
                yield node

    def mappings(self, key: str) -> Iterator["Reading"]:
        """Yield a reading for each mapping under ``key``; other items give a problem."""
        for node in self.nodes(key):
            if isinstance(node, Mapping):
                yield Reading(node)
            else:
                self.problems.append(mapping_wanted(node, key))

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
        self.problems.append(unknown_choice(text, key, options))
        return ""

    def date(self, key: str) -> Edtf | None:
        """Return the date under ``key``, or None where it is absent or, with a problem, no date."""
        text = self.text(key)
        return self.edtf(text) if text is not None else None

    def dates(self, key: str) -> tuple[Edtf, ...]:
        """Return the dates under ``key``, which holds one date or a list of dates."""
        return tuple(date for text in self.texts(key) if (date := self.edtf(text)) is not None)

    def web(self, values: dict[str, Text], key: str, mend: str) -> None:
        """Take the value under ``key`` out of ``values``, with a problem, where it is no address of the web."""
        if key in values and not WEB_ADDRESS.fullmatch(values[key]):
            self.problems.append(web_address(values.pop(key), mend))

    def edtf(self, text: Text) -> Edtf | None:
        """Return a text as a date, or None with a problem that says how to write it."""
        try:
            return parse_edtf(str(text))
        except DateError as error:
            self.problems.append(date(text, error))
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
            self.problems.append(unknown_key(key, known, "".join(near)))

    def _one(self, key: str, node: Node, *, in_list: bool = False) -> Text | None:
        """Return a node as one text; None where it is empty or, with a problem, a list or mapping."""
        if isinstance(node, Text):
            return node if node.strip() else None
        self.problems.append(one_value_wanted(node, key, in_list=in_list))
        return None


def problem_at(node: Node, rule: str, message: str, mend: str) -> Problem:
    """Return a problem at the first character of any node."""
    if isinstance(node, Text):
        return node.problem(rule, message, mend)
    return Problem(node.place, rule, message, mend)


def missing_key(place: Place, key: str) -> Problem:
    """Write every key that the record must have; which these are says docs/fields.md."""
    return Problem(place, "missing-key", f"缺少必填的“{key}”。", f"请加一行，例如 {EXAMPLES.get(key, key + ': …')}")


def empty_value(key: Text, *, in_list: bool = False) -> Problem:
    """Write a value after a key that must have one, and in every item of its list."""
    if in_list:
        return Problem(key.place, "empty-value", f"“{key}”里有一项是空的。", "请写上内容；多出来的，删去这一项。")
    example = EXAMPLES.get(key, f"{key}: …")
    return key.problem("empty-value", f"“{key}”后面是空的。", f"请在“{key}:”后面写上内容，例如 {example}")


def unknown_key(key: Text, known: tuple[str, ...], near: str) -> Problem:
    """Write only keys that the record has."""
    mend = f"是不是要写“{near}”？" if near else "可以写的有：" + "、".join(known) + "。"
    return key.problem("unknown-key", f"没有“{key}”这一项。", mend)


def one_value_wanted(node: Node, key: str, *, in_list: bool = False) -> Problem:
    """Write one value where there can be only one, and no list within a list."""
    what = "列表" if isinstance(node, Sequence) else "几个“键: 值”"
    each, mend = ("的每一项", "；有几个时每行写一项：“- 内容”") if in_list else ("", "")
    message = f"“{key}”{each}只能写一个值，这里写成了{what}。"
    quotes = "；文字里有半角冒号的，整句加半角双引号" if isinstance(node, Mapping) else ""
    form = ONE_VALUE.get(key, f"请写成“{key}: 内容”{mend}{quotes}。")
    return problem_at(node, "one-value-wanted", message, form)


def mapping_wanted(node: Node, key: str) -> Problem:
    """Write an entry that has several parts as a group of keys and values."""
    mend = f"请写成：{ENTRIES[key]}" if key in ENTRIES else "请照同类文件的写法。"
    return problem_at(node, "mapping-wanted", f"“{key}”的这一项要写成几个“键: 值”。", mend)


def unknown_choice(text: Text, key: str, options: dict[str, str]) -> Problem:
    """Write one of the words that a key allows."""
    known = "、".join(f"{word}（{meaning}）" if meaning else word for word, meaning in options.items())
    meant = [word for word, meaning in options.items() if text == meaning]
    near = meant or difflib.get_close_matches(text, options, n=1, cutoff=0.6)
    guess = f"是不是要写“{near[0]}”？" if near else ""
    return text.problem("unknown-choice", f"“{key}”不能写“{text}”。", f"{guess}只能写：{known}。")


def web_address(text: Text, mend: str) -> Problem:
    """Write an address of the web in full, from ``https://`` on, and without spaces."""
    return text.problem("web-address", f"“{text}”不是能打开的网址。", mend)


def date(text: Text, error: DateError) -> Problem:
    """Write dates that exist in EDTF (ISO 8601-2), spans from the earlier to the later."""
    return text.problem("date", error.message, error.mend)


RULES = (missing_key, empty_value, unknown_key, one_value_wanted, mapping_wanted, unknown_choice, web_address, date)
