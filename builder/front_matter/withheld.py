"""A front matter as written, less one key: what is private is cut out, all the rest stays character for character.

Takes the lines between the fences; gives them without the key, its value and the remarks that belong to it.
"""

import re

import yaml

from builder.front_matter.events import LOADER

# A remark that stands in for an item of a list: one that was commented out belongs to the list.
ITEM = re.compile(r"#\s*-\s")


def without_key(front: str, key: str) -> str:
    """Return the front matter without ``key``.

    With it go its value, the remarks in it, those on the lines directly above and, where no key follows, those after
    it. Where the key cannot be cut out by whole lines (the front matter is one ``{…}``, or no YAML), nothing is
    returned: rather no text than a private one.
    """
    try:
        root = yaml.compose(front, Loader=LOADER)
    except yaml.YAMLError:
        return ""
    if not isinstance(root, yaml.MappingNode):
        return ""
    starts = [(name.start_mark.line, name.value) for name, _ in root.value]
    if all(name != key for _, name in starts):
        return front
    if root.flow_style:
        return ""
    lines = front.split("\n")
    position = next(index for index, (_, name) in enumerate(starts) if name == key)
    first = starts[position][0]
    is_last = position + 1 == len(starts)
    end = len(lines) if is_last else starts[position + 1][0]
    while end > first + 1 and (not lines[end - 1].strip() or (not is_last and _belongs_below(lines[end - 1]))):
        end -= 1
    above = _end(root.value[position - 1][1]) if position else 0
    while first > above and lines[first - 1].lstrip().startswith("#"):
        first -= 1
    return "\n".join(lines[:first] + lines[end:])


def _end(node: yaml.Node) -> int:
    """Return the line behind the last one of a value: what looks like a remark in a text below ``|`` is none."""
    while isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        node = last[1] if isinstance(last, tuple) else last
    return int(node.end_mark.line) + (node.end_mark.column > 0)


def _belongs_below(line: str) -> bool:
    """Return whether a line after a value belongs to the next key: it is a remark that is no item."""
    return line.startswith("#") and ITEM.match(line) is None
