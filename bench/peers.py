"""The same archive for Hugo and for Pelican: a page for each person, organisation and region, months, lists, a feed.

Takes the content of a made-up archive; writes a site for each of the two, with templates as small as can be, and gives
the command that builds it. Marks and links to other records are taken out of the texts, for neither knows them; nothing
is checked, nothing exported. So they do less; they are the measure of what one waits for elsewhere.
"""

import json
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

PACKAGES = ("hugo", "pelican[markdown]")
ON_A_PAGE = 100
LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
MARKS = (
    (re.compile(r"\{~~.*?~>(.*?)~~\}"), r"\1"),
    (re.compile(r"\{\+\+(.*?)\+\+\}"), r"\1"),
    (re.compile(r"\{--.*?--\}|\{>>.*?<<\}"), ""),
    (re.compile(r"\{==(.*?)==\}"), r"\1"),
    (re.compile(r"\[([^\]]*)\]\((?:person|organisation|region):[^)]*\)"), r"\1"),
)


@dataclass(frozen=True)
class Person:
    """What both are given of a profile."""

    id: str
    name: str
    organisations: tuple[str, ...]
    regions: tuple[str, ...]
    date: str
    summary: str
    body: str


@dataclass(frozen=True)
class Peer:
    """Another generator: its name and version, the command that builds its site, the file of one person, templates."""

    name: str
    version: str
    command: tuple[str, ...]
    folder: Path
    profile: str
    template: Path


def install(folder: Path) -> Path | None:
    """Return the folder of the programs of a virtual environment with both peers, made where it is missing.

    None where they cannot be installed: then only the archive itself is timed.
    """
    programs = folder / "peers" / ("Scripts" if sys.platform == "win32" else "bin")
    done = folder / "peers.done"
    if done.exists():
        return programs
    try:
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(folder / "peers")], check=True)
        pip = (str(programs / "python"), "-m", "pip", "--quiet", "--disable-pip-version-check", "install")
        subprocess.run([*pip, *PACKAGES], check=True)
    except (subprocess.CalledProcessError, OSError):
        return None
    done.touch()
    return programs


def people(content: Path) -> Iterator[Person]:
    """Yield what the peers are given of each profile that is not withdrawn."""
    for path in sorted((content / "profiles").glob("*.md")):
        if (person := read_person(path)) is not None:
            yield person


def read_person(path: Path) -> Person | None:
    """Return what the peers are given of a profile, None where it is withdrawn."""
    front, _, body = path.read_text(encoding="utf-8").removeprefix("---\n").partition("\n---\n")
    values = yaml.load(front, Loader=LOADER)  # all values stay text
    if "status" in values:
        return None
    for pattern, replacement in MARKS:
        body = pattern.sub(replacement, body)
    region = values["region"].split("/")
    return Person(
        id=path.stem,
        name=values["name"],
        organisations=tuple(unit["name"] for unit in values["unit"]),
        regions=tuple("/".join(region[: depth + 1]) for depth in range(len(region))),
        date=next((day[0] for event in values["dates"] if (day := _days(event))), "2020-01-20"),
        summary=values["summary"],
        body=body.strip(),
    )


def _days(event: dict[str, str]) -> list[str]:
    return re.findall(r"\d{4}-\d\d-\d\d", event.get("date", ""))


def hugo(programs: Path, everyone: Sequence[Person], folder: Path) -> Peer:
    """Write the site for Hugo: three taxonomies (organisations, regions, months), lists in pages."""
    _write(folder / "hugo.toml", HUGO)
    for name, text in HUGO_LAYOUTS.items():
        _write(folder / "layouts" / name, text)
    for person in everyone:
        front = {
            "title": person.name,
            "date": person.date,
            "description": person.summary,
            "organisations": person.organisations,
            "regions": person.regions,
            "months": [person.date[:7]],
        }
        _write(folder / f"content/people/{person.id}.md", f"{json.dumps(front, ensure_ascii=False)}\n\n{person.body}\n")
    program = str(programs / "hugo")
    version = subprocess.run([program, "version"], check=True, capture_output=True, text=True).stdout
    number = re.findall(r"v([\d.]+)", version)[0]
    command = (program, "--quiet", "--destination", "out")
    return Peer(
        "Hugo", number, command, folder, f"content/people/{everyone[0].id}.md", folder / "layouts/_default/single.html"
    )


def pelican(programs: Path, everyone: Sequence[Person], folder: Path) -> Peer:
    """Write the site for Pelican: organisations are its tags, a region is its category, months are its archives."""
    _write(folder / "pelicanconf.py", PELICAN)
    for name, text in PELICAN_LAYOUTS.items():
        _write(folder / "theme/templates" / name, text)
    for person in everyone:
        front = (
            f"Title: {person.name}\nDate: {person.date}\nSlug: {person.id}\nSummary: {person.summary}\n"
            f"Tags: {', '.join(person.organisations)}\nCategory: {person.regions[-1].replace('/', ' ')}\n"
        )
        _write(folder / f"content/{person.id}.md", f"{front}\n{person.body}\n")
    program = str(programs / "pelican")
    version = subprocess.run([program, "--version"], check=True, capture_output=True, text=True).stdout.strip()
    command = (program, "content", "-s", "pelicanconf.py", "-o", "out", "-q")
    return Peer(
        "Pelican", version, command, folder, f"content/{everyone[0].id}.md", folder / "theme/templates/article.html"
    )


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode("utf-8"))


HUGO = f"""baseURL = "https://example.org/archive/"
title = "测速档案"
languageCode = "zh-Hans-CN"
[taxonomies]
organisation = "organisations"
region = "regions"
month = "months"
[pagination]
pagerSize = {ON_A_PAGE}
"""
HEAD = '<!DOCTYPE html>\n<html lang="zh-Hans-CN"><head><meta charset="utf-8"><title>'
NAVIGATION = (
    '<nav><a href="/archive/">人物</a> <a href="/archive/organisations/">机构</a> '
    '<a href="/archive/regions/">地区</a> <a href="/archive/months/">时间线</a></nav>'
)
HUGO_LINES = """<ul>{{ $pages := .Paginate .Pages }}{{ range $pages.Pages }}
<li><a href="{{ .RelPermalink }}">{{ .Title }}</a> {{ .Description }}</li>{{ end }}</ul>
{{ with $pages.Prev }}<a href="{{ .URL }}">前页</a>{{ end }}
{{ with $pages.Next }}<a href="{{ .URL }}">后页</a>{{ end }}
</main></body></html>
"""
HUGO_LAYOUTS = {
    "_default/single.html": HEAD
    + "{{ .Title }}</title></head><body>"
    + NAVIGATION
    + """<main><h1>{{ .Title }}</h1><p>{{ .Description }}</p>
<dl>{{ range .GetTerms "organisations" }}<dt>机构</dt><dd><a href="{{ .RelPermalink }}">{{ .Title }}</a></dd>{{ end }}
{{ range .GetTerms "regions" }}<dt>地区</dt><dd><a href="{{ .RelPermalink }}">{{ .Title }}</a></dd>{{ end }}
<dt>日期</dt><dd>{{ .Date.Format "2006-01-02" }}</dd></dl>
{{ .Content }}</main></body></html>
""",
    "_default/list.html": HEAD
    + "{{ .Title }}</title></head><body>"
    + NAVIGATION
    + "<main><h1>{{ .Title }}</h1>"
    + HUGO_LINES,
    "index.html": HEAD
    + "{{ .Title }}</title></head><body>"
    + NAVIGATION
    + "<main><h1>{{ .Title }}</h1>"
    + HUGO_LINES.replace(".Paginate .Pages", ".Paginate .Site.RegularPages"),
}  # fmt: skip
PELICAN = f"""SITENAME = "测速档案"
SITEURL = "https://example.org/archive"
TIMEZONE = "Asia/Shanghai"
DEFAULT_LANG = "zh"
THEME = "theme"
DEFAULT_PAGINATION = {ON_A_PAGE}
ARTICLE_URL = ARTICLE_SAVE_AS = "people/{{slug}}.html"
TAG_URL = TAG_SAVE_AS = "organisations/{{slug}}.html"
CATEGORY_URL = CATEGORY_SAVE_AS = "regions/{{slug}}.html"
MONTH_ARCHIVE_SAVE_AS = "timeline/{{date:%Y}}-{{date:%m}}.html"
AUTHOR_SAVE_AS = YEAR_ARCHIVE_SAVE_AS = ""
DIRECT_TEMPLATES = ["index", "tags", "categories", "sitemap"]
SITEMAP_SAVE_AS = "sitemap.xml"
FEED_ALL_ATOM = "feed.xml"
FEED_MAX_ITEMS = 100
CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
CACHE_CONTENT = True
LOAD_CONTENT_CACHE = True
CONTENT_CACHING_LAYER = "reader"
"""
PELICAN_TOP = "{% extends 'base.html' %}{% block content %}"
PELICAN_LINES = """<ul>{% for article in articles_page.object_list %}
<li><a href="{{ SITEURL }}/{{ article.url }}">{{ article.title }}</a> {{ article.summary }}</li>{% endfor %}</ul>
{% if articles_page.has_next() %}<a href="{{ SITEURL }}/{{ articles_next_page.url }}">后页</a>{% endif %}{% endblock %}
"""
PELICAN_NAMES = "<ul>{{% for name, articles in {0} %}}<li><a href='{{{{ SITEURL }}}}/{{{{ name.url }}}}'>{{{{ name }}}}</a></li>{{% endfor %}}</ul>{{% endblock %}}"  # noqa: E501
PELICAN_LAYOUTS = {
    "base.html": HEAD
    + "{% block title %}{{ SITENAME }}{% endblock %}</title></head><body>"
    + NAVIGATION
    + "<main>{% block content %}{% endblock %}</main></body></html>\n",
    "article.html": PELICAN_TOP
    + """<h1>{{ article.title }}</h1><p>{{ article.summary }}</p>
<dl>{% for tag in article.tags %}<dt>机构</dt><dd><a href="{{ SITEURL }}/{{ tag.url }}">{{ tag }}</a></dd>{% endfor %}
<dt>地区</dt><dd><a href="{{ SITEURL }}/{{ article.category.url }}">{{ article.category }}</a></dd>
<dt>日期</dt><dd>{{ article.date.strftime("%Y-%m-%d") }}</dd></dl>
{{ article.content }}{% endblock %}
""",
    "index.html": PELICAN_TOP + PELICAN_LINES,
    "tag.html": PELICAN_TOP + "<h1>{{ tag }}</h1>" + PELICAN_LINES,
    "category.html": PELICAN_TOP + "<h1>{{ category }}</h1>" + PELICAN_LINES,
    "period_archives.html": PELICAN_TOP
    + "<ul>{% for article in articles %}<li><a href='{{ SITEURL }}/{{ article.url }}'>{{ article.title }}</a></li>"
    + "{% endfor %}</ul>{% endblock %}\n",
    "tags.html": PELICAN_TOP + PELICAN_NAMES.format("tags"),
    "categories.html": PELICAN_TOP + PELICAN_NAMES.format("categories"),
    "sitemap.html": "<urlset>{% for article in articles %}<url><loc>{{ SITEURL }}/{{ article.url }}</loc></url>"
    + "{% endfor %}</urlset>\n",
    "author.html": "",
    "authors.html": "",
    "page.html": "",
    "archives.html": "",
}
