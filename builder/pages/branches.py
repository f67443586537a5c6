"""Trees of organisations and regions, cut to what a page holds."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from builder.shelves import ROOM
from builder.views import Branch

NODE, WORDS = 55, 2  # what a node weighs beside its words, and a character of its sentence or note


def weight(branches: Sequence[Branch]) -> int:
    """Return what some trees weigh on a page, in bytes after compression."""
    return sum(_node_weight(branch) + weight(branch.branches) for branch in branches)


def _node_weight(branch: Branch) -> int:
    return NODE + len(branch.link.text) + WORDS * (len(branch.html) + sum(len(quote.text) for quote in branch.quotes))


def fitted(branches: tuple[Branch, ...], room: int = ROOM) -> tuple[Branch, ...]:
    """Return trees with as many levels as the room holds, at least one; what has its line here always stands."""
    levels = _depth(branches)
    while levels > 1 and weight(_cut(branches, levels)) > room:
        levels -= 1
    return _cut(branches, levels)


def _depth(branches: Sequence[Branch]) -> int:
    return max((1 + _depth(branch.branches) for branch in branches), default=0)


def _cut(branches: tuple[Branch, ...], levels: int) -> tuple[Branch, ...]:
    """Return the first levels of trees, and below them only the way to what has its line on the page."""
    return tuple(
        replace(branch, branches=_cut(branch.branches, levels - 1))
        for branch in branches
        if levels > 0 or _has_home(branch)
    )


def _has_home(branch: Branch) -> bool:
    return bool(branch.anchor) or branch.here or any(map(_has_home, branch.branches))


def with_bars(branches: Sequence[Branch]) -> tuple[Branch, ...]:
    """Return trees with the length of each bar: how many people, 100 for the most; none where all are alike."""
    counts = [branch.people for branch in _all(branches) if branch.people]
    return _barred(branches, max(counts)) if len(set(counts)) > 1 else tuple(branches)


def _barred(branches: Sequence[Branch], most: int) -> tuple[Branch, ...]:
    return tuple(
        replace(branch, share=-(-100 * branch.people // most), branches=_barred(branch.branches, most))
        for branch in branches
    )


def _all(branches: Sequence[Branch]) -> Iterator[Branch]:
    for branch in branches:
        yield branch
        yield from _all(branch.branches)
