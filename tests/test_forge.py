"""Links to the forge: they lead to the right file and form, and are absent where no repository is named."""

import html
import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

import build
from builder.archive import relate
from builder.content import read_content
from builder.forge import GITLAB, Forge, guess_software
from builder.pages.people import people_pages
from builder.records.profiles import read_profile
from builder.site import read_site
from builder.source import read_source, read_yaml
from builder.views import PeopleView

HUB = Forge("https://github.com/example/archive")
LAB = Forge("https://gitlab.example.org/group/archive", "master", GITLAB)


def test_addresses_of_github() -> None:
    assert HUB.edit("content/profiles/li-ming.md") == (
        "https://github.com/example/archive/edit/main/content/profiles/li-ming.md"
    )
    assert parse_qs(urlsplit(HUB.add("content/profiles", "a.md", "---\n# 甲&乙")).query) == {
        "filename": ["a.md"],
        "value": ["---\n# 甲&乙"],
    }
    assert parse_qs(urlsplit(HUB.report("correction", "更正：", "people/a.html")).query) == {
        "template": ["correction.yml"],
        "title": ["更正：people/a.html"],
        "page": ["people/a.html"],
    }
    withdrawal = HUB.report("withdrawal", "撤下：", "people/a.html", is_confidential=True)
    assert parse_qs(urlsplit(withdrawal).query)["template"] == ["withdrawal.yml"]


def test_addresses_of_gitlab() -> None:
    assert LAB.edit("content/a.md") == "https://gitlab.example.org/group/archive/-/edit/master/content/a.md"
    assert LAB.add("content/profiles", "a.md", "x").endswith("/-/new/master/content/profiles?file_name=a.md")
    assert "/-/issues/new?issue%5Btitle%5D=" in LAB.report("correction", "更正：", "people/a.html")
    assert "confidential" not in LAB.report("correction", "更正：", "people/a.html")
    withdrawal = LAB.report("withdrawal", "撤下：", "people/a.html", is_confidential=True)
    assert parse_qs(urlsplit(withdrawal).query)["issue[confidential]"] == ["true"]


@pytest.mark.parametrize(
    ("address", "software"),
    [("https://github.com/a/b", "github"), ("https://gitlab.com/a/b", "gitlab"), ("https://gitlab.a.cn/b/c", "gitlab")],
)
def test_the_software_is_guessed_from_the_host(address: str, software: str) -> None:
    assert guess_software(address) == software


def test_without_a_repository_there_is_no_link(small_site: Path) -> None:
    settings = small_site / "site.yaml"
    settings.write_text(settings.read_text(encoding="utf-8").replace("repository:", "# repository:"), encoding="utf-8")
    files, problems = build.make_site(small_site)
    assert problems == []
    assert not any("编辑此页".encode() in file.content for file in files)
    assert not any("新增人物".encode() in file.content for file in files)


def test_the_page_of_a_person_leads_to_the_file(small_site: Path) -> None:
    files = {
        file.address: file.content.decode() for file in build.make_site(small_site)[0] if file.address.endswith(".html")
    }
    assert (
        'href="https://github.com/example/archive/edit/main/content/profiles/li-ming.md"'
        in files["people/li-ming.html"]
    )


def test_whoever_asks_for_withdrawal_is_led_to_the_form_that_wants_no_words_copied(small_site: Path) -> None:
    page = next(f.content.decode() for f in build.make_site(small_site)[0] if f.address == "people/li-ming.html")
    links = dict(re.findall(r'<a [^>]*href="(https://github[^"]*)"[^>]*>([^<]+)</a>', page))
    forms = {text: parse_qs(urlsplit(html.unescape(href)).query).get("template") for href, text in links.items()}
    assert forms == {"编辑此页": None, "更正": ["correction.yml"], "申请撤下": ["withdrawal.yml"]}


def test_the_form_for_the_web_can_be_read_and_says_what_is_still_empty(small_site: Path) -> None:
    index = next(people_pages(relate(read_content(small_site)[0])))
    assert isinstance(index, PeopleView)
    assert index.add is not None
    query = parse_qs(urlsplit(index.add.href).query)
    assert query["filename"] == ["姓名的拼音.md"]
    (small_site / "content/profiles/姓名的拼音.md").write_text("", encoding="utf-8")
    refused = [problem for problem in build.read_archive(small_site)[1] if problem.rule == "file-name"]
    assert [problem.mend for problem in refused] == ["请改成这个人姓名的拼音，如“zhang-san.md”。"]
    form = query["value"][0]
    (small_site / "content/profiles/xing-ming.md").write_text(form, encoding="utf-8")
    source, problems = read_source(small_site, "content/profiles/xing-ming.md")
    assert problems == []
    assert {problem.rule for problem in read_profile(source)[1]} == {"empty-value"}


@pytest.mark.parametrize("value", ["github.com/a/b", "https://github.com", "{url: https://a.org/b/c, software: cvs}"])
def test_a_repository_that_cannot_be_one_is_a_problem(small_site: Path, value: str) -> None:
    (small_site / "site.yaml").write_text(f"title: 甲\nrepository: {value}\n", encoding="utf-8")
    settings, _ = read_yaml(small_site, "site.yaml")
    assert settings is not None
    assert len(read_site(settings)[1]) == 1
