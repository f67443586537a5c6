"""The least that our packages can do: what the fixed packages cost where nothing is checked, related, drawn or kept.

``python -m bench.least CONTENT OUT`` reads the profiles of a made-up archive with PyYAML, turns their texts into HTML
with one Python-Markdown, takes addresses from python-slugify and renders the peers' smallest templates with Jinja, on
all cores: a page for each person, organisation and region, months, lists in pages, a sitemap, a feed. A build from
nothing cannot be quicker than this with the same packages; the difference is what the archive does beyond it.
"""

import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import cache
from multiprocessing import get_context
from os import cpu_count
from pathlib import Path

from jinja2 import DictLoader, Environment, Template
from markdown import Markdown
from slugify import slugify

from bench.peers import HEAD, NAVIGATION, ON_A_PAGE, Person, read_person

LEAST = "the packages alone"
BATCH = 64
KINDS = ("organisations", "regions", "months")
TEMPLATES = {
    "base": HEAD
    + "{{ title }}</title></head><body>"
    + NAVIGATION
    + "<main><h1>{{ title }}</h1>{% block content %}{% endblock %}</main></body></html>\n",
    "person": """{% extends "base" %}{% block content %}<p>{{ person.summary }}</p>
<dl>{% for name, address in organisations %}<dt>机构</dt><dd><a href="/archive/{{ address }}">{{ name }}</a></dd>
{% endfor %}{% for name, address in regions %}<dt>地区</dt><dd><a href="/archive/{{ address }}">{{ name }}</a></dd>
{% endfor %}<dt>日期</dt><dd>{{ person.date }}</dd></dl>
{{ text | safe }}{% endblock %}""",
    "list": """{% extends "base" %}{% block content %}<ul>{% for person in people %}
<li><a href="/archive/people/{{ person.id }}.html">{{ person.name }}</a> {{ person.summary }}</li>{% endfor %}</ul>
{% if after %}<a href="/archive/{{ after }}">后页</a>{% endif %}{% endblock %}""",
    "names": """{% extends "base" %}{% block content %}<ul>{% for name, address in names %}
<li><a href="/archive/{{ address }}">{{ name }}</a></li>{% endfor %}</ul>{% endblock %}""",
    "sitemap": """<urlset>{% for address in addresses %}<url><loc>/archive/{{ address }}</loc></url>{% endfor %}
</urlset>""",
    "feed": """<feed>{% for person in people %}<entry><title>{{ person.name }}</title></entry>{% endfor %}</feed>""",
}


@cache
def template(name: str) -> Template:
    """Return a template, compiled once in each process."""
    return Environment(loader=DictLoader(TEMPLATES), autoescape=True).get_template(name)


@cache
def converter() -> Markdown:
    """Return the one converter of a process."""
    return Markdown()


def address(kind: str, name: str) -> str:
    """Return the address of an organisation, a region or a month."""
    return f"{kind}/{slugify(name, allow_unicode=True)}.html"


def person_page(out: Path, path: Path) -> Person | None:
    """Write the page of a profile; return who it is about, None where it is withdrawn."""
    person = read_person(path)
    if person is None:
        return None
    html = template("person").render(
        title=person.name,
        person=person,
        organisations=[(name, address("organisations", name)) for name in person.organisations],
        regions=[(name, address("regions", name)) for name in person.regions],
        text=converter().reset().convert(person.body),
    )
    write(out, f"people/{person.id}.html", html)
    return replace(person, body="")


def person_pages(work: tuple[Path, Sequence[Path]]) -> list[Person]:
    """Write the pages of some profiles."""
    out, paths = work
    return [person for path in paths if (person := person_page(out, path)) is not None]


def list_pages(out: Path, title: str, where: str, people: Sequence[Person]) -> Iterable[str]:
    """Write a list in pages; yield their addresses."""
    pages = [people[at : at + ON_A_PAGE] for at in range(0, len(people), ON_A_PAGE)]
    names = [where, *(f"{where.removesuffix('.html')}-{number}.html" for number in range(2, len(pages) + 1)), ""]
    for page, here, after in zip(pages, names, names[1:], strict=False):
        write(out, here, template("list").render(title=title, people=page, after=after))
        yield here


def write(out: Path, where: str, text: str) -> None:
    """Write a file."""
    (out / where).write_text(text, encoding="utf-8")


def build(content: Path, out: Path) -> None:
    """Build the site."""
    for name in ("people", *KINDS):
        (out / name).mkdir(parents=True, exist_ok=True)
    paths = sorted((content / "profiles").glob("*.md"))
    batches = [(out, paths[at : at + BATCH]) for at in range(0, len(paths), BATCH)]
    with ProcessPoolExecutor(cpu_count(), get_context("spawn")) as pool:
        found = pool.map(person_pages, batches)
        people = [person for batch in found for person in batch]
    lists: defaultdict[tuple[str, str], list[Person]] = defaultdict(list)
    for person in people:
        for name in person.organisations:
            lists["organisations", name].append(person)
        for name in person.regions:
            lists["regions", name].append(person)
        lists["months", person.date[:7]].append(person)
    addresses = [f"people/{person.id}.html" for person in people]
    addresses += list_pages(out, "测速档案", "index.html", people)
    for (kind, name), those in lists.items():
        addresses += list_pages(out, name, address(kind, name), those)
    for kind in KINDS:
        names = [(name, address(kind, name)) for of, name in lists if of == kind]
        write(out, f"{kind}/index.html", template("names").render(title=kind, names=names))
        addresses.append(f"{kind}/")
    write(out, "sitemap.xml", template("sitemap").render(addresses=addresses))
    write(out, "feed.xml", template("feed").render(people=people[:ON_A_PAGE]))


if __name__ == "__main__":
    build(Path(sys.argv[1]), Path(sys.argv[2]))
