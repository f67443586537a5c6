"""The pages of organisations and regions, and their indexes."""

from dataclasses import dataclass

from builder.views.basic import Frame, Link, Sign
from builder.views.lists import Branch
from builder.views.shelves import Group, ListSection, ShelfRow
from builder.views.timeline import Charts


@dataclass(frozen=True)
class OrganisationView:
    """An organisation's page."""

    frame: Frame
    name: str
    full_name: str
    full_name_sign: Sign
    aliases: tuple[str, ...]
    kind: str
    region: tuple[Link, ...]
    tree: Branch
    people: ListSection
    events: ListSection
    mentions: ListSection
    html: str


@dataclass(frozen=True)
class RegionView:
    """A region's page. ``local`` are people whose unit lies here; ``mentions`` are sentences of others.

    ``crowd`` is how many people there are where they are too many: then each smaller region lists its own.
    """

    frame: Frame
    name: str
    sign: Sign
    romanised: str
    code: str
    code_remark: str
    parents: tuple[Link, ...]
    children: tuple[Branch, ...]
    crowd: int
    local: ListSection
    mentions: ListSection
    organisations: ListSection
    events: ListSection
    html: str
    charts: Charts | None = None


@dataclass(frozen=True)
class TreeView:
    """The index of organisations or of regions, as trees; ``references``: Hohhot 见 呼和浩特市."""

    frame: Frame
    trees: tuple[Branch, ...]
    references: ListSection
    count: int
    shelves: tuple[ShelfRow, ...] = ()
    groups: tuple[Group, ...] = ()
