"""The made-up archive of the benchmark: the same bytes every time, without a mistake, and as it says it is."""

import json
import re
import sys
from collections import Counter
from pathlib import Path

import pytest

import bench.least
import bench.peers
import bench.report
import bench.run
import build
from bench.corpus import COMMON, write_corpus
from bench.measure import FailedError, measure
from builder.archive import Archive
from builder.problems import Problem

DOCUMENTS = 120


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corpus")
    write_corpus(folder, DOCUMENTS)
    return folder


@pytest.fixture(scope="module")
def read(corpus: Path) -> tuple[Archive, list[Problem]]:
    return build.read_archive(corpus)


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_same_numbers_give_the_same_bytes(corpus: Path, tmp_path: Path) -> None:
    write_corpus(tmp_path / "again", DOCUMENTS)
    write_corpus(tmp_path / "other", DOCUMENTS, seed=2)
    assert files(tmp_path / "again") == files(corpus)
    assert files(tmp_path / "other") != files(corpus)


def test_a_document_stays_as_it_is_when_the_archive_grows(corpus: Path, tmp_path: Path) -> None:
    write_corpus(tmp_path, DOCUMENTS // 2)
    whole = files(corpus)
    smaller = {name: data for name, data in files(tmp_path).items() if "/profiles/" in name}
    assert smaller.items() <= whole.items()


def test_it_has_as_many_documents_as_wanted_and_no_problem(corpus: Path, read: tuple[Archive, list[Problem]]) -> None:
    archive, problems = read
    assert len(list(corpus.glob("content/profiles/*.md"))) == DOCUMENTS
    assert len(archive.documents) + len(archive.tombstones) == DOCUMENTS
    assert problems == []


def test_it_looks_like_an_archive(read: tuple[Archive, list[Problem]]) -> None:
    archive, _ = read
    lengths = [sum(len(paragraph.reading) for paragraph in each.prose.paragraphs) for each in archive.documents]
    assert 1_400 < sum(lengths) / len(lengths) < 1_800
    assert max(map(len, archive.members.values())) > DOCUMENTS / 8  # the medical team
    sizes = Counter(map(len, archive.members.values()))
    assert sizes[1] > sum(sizes.values()) / 2  # most organisations are small
    assert all(1 <= len(document.events) <= 8 for document in archive.documents)
    for kind in ("private", "aliases", "tags", "changes"):
        assert any(getattr(document.profile, kind) for document in archive.documents), kind
    assert any(document.profile.source.get("received") for document in archive.documents)
    assert {"corr", "supplied", "surplus", "doubt"} <= {
        mark.kind for document in archive.documents for each in document.prose.paragraphs for mark in each.emendations
    }
    assert {kind for kind, _ in archive.mentions} == {"person", "organisation", "region"}


def test_namesakes_come_by_the_hundred(tmp_path: Path) -> None:
    write_corpus(tmp_path, 1000)
    named = [path for path in tmp_path.glob("content/profiles/wang-wei*.md") if f"name: {COMMON}\n" in path.read_text()]
    assert len(named) >= 10
    texts = (path.read_text(encoding="utf-8") for path in tmp_path.glob("content/profiles/*.md"))
    assert any(re.search("^person: ", text, re.MULTILINE) for text in texts)
    assert any("status: withdrawn" in path.read_text() for path in tmp_path.glob("content/profiles/*.md"))


# The runner


def test_a_command_is_measured_with_its_children(tmp_path: Path) -> None:
    child = "x = b'x' * 60_000_000; sum(range(3_000_000))"
    inner = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}], check=True)"
    cost = measure((sys.executable, "-c", inner), tmp_path)
    assert cost.wall > 0
    assert cost.cpu > 0.02
    assert 60_000_000 < cost.memory < 600_000_000


def test_a_command_that_fails_is_no_figure(tmp_path: Path) -> None:
    with pytest.raises(FailedError, match="no such thing"):
        measure((sys.executable, "-c", "raise SystemExit('no such thing')"), tmp_path)


def test_each_edit_changes_what_it_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bench.run, "WORK", tmp_path)
    site = bench.run.own_site(20, 1, "pages alone")
    before = files(site.folder)
    changed = []
    for edit in ("nothing", "profile", "person", "organisation", "template"):
        assert site.edited(edit)
        after = files(site.folder)
        assert len(after) == len(before) + (edit == "person")
        changed.append([name.split("/")[-2] for name in after if after[name] != before.get(name)])
        before = after
    assert changed == [[], ["profiles"], ["profiles"], ["organisations"], ["pages"]]
    assert build.read_archive(site.folder / "project")[1] == []


def test_the_peers_are_given_the_words_and_no_marks(corpus: Path, read: tuple[Archive, list[Problem]]) -> None:
    archive, _ = read
    given = {person.id: person for person in bench.peers.people(corpus / "content")}
    assert set(given) == {document.profile.id for document in archive.documents}
    for document in archive.documents:
        body = "\n\n".join(paragraph.reading for paragraph in document.prose.paragraphs)
        assert given[document.profile.id].body == body.strip()
        assert given[document.profile.id].regions[-1] == "/".join(document.profile.region.names)


def test_the_least_has_a_page_for_everyone_and_no_dead_link(corpus: Path, tmp_path: Path) -> None:
    bench.least.build(corpus / "content", tmp_path)
    people = {person.id: person for person in bench.peers.people(corpus / "content")}
    assert {path.stem for path in (tmp_path / "people").iterdir()} == set(people)
    pages = {str(path.relative_to(tmp_path)): path.read_text(encoding="utf-8") for path in tmp_path.rglob("*.html")}
    for person in people.values():
        assert person.body.split("\n\n")[0] in pages[f"people/{person.id}.html"]
    links = {link for page in pages.values() for link in re.findall(r'href="/archive/([^"]+\.html)"', page)}
    assert links == {name for name in pages if not name.endswith("index.html")}


def test_the_table_gives_the_seconds_and_the_ratio(tmp_path: Path) -> None:
    run = {"way": "pages alone", "cpu": 3.0, "memory": 50_000_000, "pages": 10, "files": 12, "bytes": 2_000_000}
    runs = [
        run | {"builder": "archive", "edit": "cold", "wall": 2.0},
        run | {"builder": "archive", "edit": "organisation", "wall": 0.5},
        run | {"builder": "Hugo 1", "edit": "cold", "wall": 4.0, "memory": 100_000_000},
        run | {"builder": "Hugo 1", "edit": "profile", "wall": 5.0},
    ]
    machine = {"processor": "p", "cores": 2, "memory": 8e9, "system": "Linux", "python": "3.11", "commit": "abc"}
    result = {"documents": 1000, "seed": 1, "machine": machine, "runs": runs}
    (tmp_path / "1000.json").write_text(json.dumps(result), encoding="utf-8")
    page = tmp_path / "page.md"
    page.write_text(f"before\n{bench.report.BEGIN}stale\n{bench.report.END}after\n", encoding="utf-8")
    bench.report.write_report(tmp_path, page)
    text = page.read_text(encoding="utf-8")
    assert text.startswith("before\n")
    assert text.endswith("after\n")
    assert "stale" not in text
    cells = "2.00 s (0.50) | – | – | 0.50 s (0.10) | – | – | 3.0 s | 50 MB (0.50) | 10 | 2 MB |"
    assert f"| archive, pages alone | {cells}" in text
