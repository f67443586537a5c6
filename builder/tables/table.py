"""What a table is: columns that say what they mean and how they are filled."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from builder import urls
from builder.archive import Archive

# Joins several values in one cell; no id holds it.
SEPARATOR = "|"

Item = TypeVar("Item")
Row = tuple[str, ...]  # a value for each column


@dataclass(frozen=True)
class Column(Generic[Item]):
    """A column: its name in the file, its heading and meaning for readers, and how a row fills it.

    ``refers`` is the table whose ``id`` it holds; ``several`` says that it may hold several values, joined by
    ``SEPARATOR``; ``term`` is the same thing in a published vocabulary; ``options`` all values that it may have;
    ``kind`` is string, integer or date.
    """

    name: str
    title: str
    meaning: str
    cell: Callable[[Archive, Item], str]
    required: bool = False
    refers: str = ""
    several: bool = False
    term: str = ""
    options: tuple[str, ...] = ()
    kind: str = "string"


@dataclass(frozen=True)
class Table(Generic[Item]):
    """A table: its name, heading and meaning, its columns, and where its rows come from; ``key`` names a row.

    ``count`` says how many rows there are; it looks at none of them.
    """

    name: str
    title: str
    meaning: str
    columns: tuple[Column[Item], ...]
    items: Callable[[Archive], Iterable[Item]]
    count: Callable[[Archive], int]
    key: tuple[str, ...] = ("id",)

    def rows(self, archive: Archive) -> Iterator[Row]:
        """Yield the rows, in the order of the archive; white space within a value is one space."""
        cells = [column.cell for column in self.columns]
        for item in self.items(archive):
            yield tuple([" ".join(cell(archive, item).split()) for cell in cells])

    @property
    def address(self) -> str:
        """The address of its file."""
        return f"{urls.TABLES}{self.name}.csv"
