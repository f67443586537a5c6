"""The results as a table: ``bench/results/*.json`` in, the part of ``docs/performance.md`` between its marks out."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

PAGE = Path(__file__).resolve().parent.parent / "docs" / "performance.md"
BEGIN, END = "<!-- results: written by make bench -->\n", "<!-- end of results -->\n"
EDITS = {
    "cold": "cold",
    "profile": "one profile edited",
    "person": "one person added",
    "organisation": "one organisation edited",
    "template": "template edited",
    "nothing": "nothing changed",
}


def write_report(results: Path, page: Path = PAGE) -> None:
    """Put the tables of all results into the page, in the place of those that are there."""
    found = sorted(results.glob("*.json"), key=lambda path: int(path.stem))
    tables = "\n".join(table(json.loads(path.read_text(encoding="utf-8"))) for path in found)
    text = page.read_text(encoding="utf-8")
    before, rest = text.split(BEGIN)
    page.write_text(f"{before}{BEGIN}\n{tables}\n{END}{rest.split(END)[1]}", encoding="utf-8")


def table(result: dict[str, Any]) -> str:
    """Return the table of one size as Markdown: a row for each builder and way, wall seconds in its columns."""
    runs, machine = result["runs"], result["machine"]
    hugo = {run["edit"]: run for run in runs if run["builder"].startswith("Hugo")}
    head = ["", *EDITS.values(), "processors, cold", "most memory", "pages", "site"]
    rows = [_row(name, own, hugo) for name, own in _by_name(runs)]
    lines = [
        f"### {result['documents']:,} profiles",
        "",
        f"{machine['processor']}, {machine['cores']} cores, {machine['memory'] / 1e9:.0f} GB, {machine['system']}, "
        f"Python {machine['python']}, commit {machine['commit']}, seed {result['seed']}.",
        "",
        _line(head),
        _line(["---"] + ["---:"] * (len(head) - 1)),
        *map(_line, rows),
        "",
    ]
    return "\n".join(lines)


def _by_name(runs: Sequence[dict[str, Any]]) -> Iterator[tuple[str, dict[str, dict[str, Any]]]]:
    """Yield each builder and way with its runs by their edits."""
    names = dict.fromkeys((run["builder"], run["way"]) for run in runs)
    for builder, way in names:
        own = {run["edit"]: run for run in runs if (run["builder"], run["way"]) == (builder, way)}
        yield f"archive, {way}" if builder == "archive" else builder, own


def _row(name: str, runs: dict[str, dict[str, Any]], hugo: dict[str, dict[str, Any]]) -> list[str]:
    """Return the cells of a row; behind a figure, how many times that of Hugo it is."""
    last = next(reversed(runs.values()))
    memory = max(run["memory"] for run in runs.values())
    most = max((run["memory"] for run in hugo.values()), default=0)
    return [
        name,
        *(_seconds(runs[edit]["wall"], _basis(hugo, edit)) if edit in runs else "–" for edit in EDITS),
        f"{runs['cold']['cpu']:.1f} s" if "cold" in runs else "–",
        f"{memory / 1e6:.0f} MB" + (f" ({memory / most:.2f})" if most else ""),
        f"{last['pages']:,}",
        f"{last['bytes'] / 1e6:.0f} MB",
    ]


def _basis(hugo: dict[str, dict[str, Any]], edit: str) -> float:
    """Return Hugo's time after an edit; an organisation is no file of its own there, so it is that of a profile."""
    run = hugo.get("profile" if edit == "organisation" else edit)
    return run["wall"] if run else 0.0


def _seconds(wall: float, basis: float) -> str:
    return f"{wall:.2f} s" + (f" ({wall / basis:.2f})" if basis else "")


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    write_report(Path(__file__).resolve().parent / "results")
