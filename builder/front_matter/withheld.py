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

    With it go its value, the remarks in it, and those on the lines directly above. Where the key cannot be cut out by
    whole lines (the front matter is one ``{…}``, or no YAML), nothing is returned: rather no text than a private one.
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
    end = starts[position + 1][0] if position + 1 < len(starts) else len(lines)
    while end > first + 1 and _belongs_below(lines[end - 1]):
        end -= 1
    while first > 0 and lines[first - 1].startswith("#"):
        first -= 1
    return "\n".join(lines[:first] + lines[end:])


def _belongs_below(line: str) -> bool:
    """Return whether a line after a value belongs to the next key: it is empty, or a remark that is no item."""
    return not line.strip() or (line.startswith("#") and ITEM.match(line) is None)
