"""The made-up archive of the benchmark: the same bytes every time, without a mistake, and as it says it is."""

import re
from collections import Counter
from pathlib import Path

import pytest

import build
from bench.corpus import COMMON, write_corpus
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
