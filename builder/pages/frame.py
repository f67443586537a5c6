"""What every page has in common: its frame, and links to people, organisations and regions from where it stands."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import quote

from markupsafe import Markup

from builder import addresses, urls
from builder.archive import Archive, Document, Mention, Person, PlacedEvent
from builder.authority import Organisation, ancestors, sign_in_path
from builder.date_words import BASIS_WORDS, show_bound, show_date
from builder.prose import Prose, resolve_links
from builder.quotes import Passage, clip, sentence_around
from builder.records import RegionPath
from builder.views import DateView, EventView, Frame, Link, PersonLine, Quote
from builder.views import Mention as MentionView


def sentence_of(mention: Mention) -> tuple[str, str, str] | None:
    """Return the sentence of a mention in three parts, without what is private; None where the mention is private."""
    document, reference = mention.document, mention.reference
    paragraph = document.prose.paragraphs[reference.paragraph - 1]
    private = [(passage.start, passage.end) for passage in document.private if passage.paragraph == paragraph]
    return sentence_around(paragraph.reading, reference.start, reference.end, private)


@dataclass(frozen=True)
class Writer:
    """Writes the links of one page: everything is relative to ``address``.

    ``base`` is set only for a page that is shown at any address (404): then links start from the host's root.
    """

    archive: Archive
    address: str
    base: str = ""

    def href(self, target: str) -> str:
        """Return the link to an address from this page."""
        return self.base + quote(target, safe="/#") if self.base else urls.relative(target, self.address)

    def frame(
        self,
        template: str,
        title: str,
        description: str,
        section: str = "",
        breadcrumbs: tuple[Link, ...] = (),
        file: str = "",
        citation: tuple[tuple[str, str], ...] = (),
    ) -> Frame:
        """Return the frame of this page.

        ``section`` is the entry of the navigation that it belongs to, ``file`` the content file that it is made from.
        """
        site = self.archive.site
        is_outside = site.contact.startswith(("https://", "http://", "mailto:"))
        return Frame(
            template=f"pages/{template}.html",
            address=self.address,
            title=title,
            description=description,
            language=site.language,
            root=self.base or urls.root(self.address),
            canonical=urls.absolute(site.address, self.address),
            picture=urls.absolute(site.address, urls.PICTURE),
            navigation=tuple(
                Link(item.text, self._entry(item.href), current=item.href == section) for item in site.navigation
            ),
            breadcrumbs=breadcrumbs,
            foot=tuple(self._foot()),
            site_title=site.title,
            caution=site.caution,
            contact=Link(site.contact.removeprefix("mailto:"), site.contact if is_outside else "")
            if site.contact
            else None,
            licence=Link(site.licence, site.licence_url) if site.licence else None,
            filing_number=site.filing_number,
            citation=citation,
            feed=self.href(urls.FEED) if "atom" in site.exports and self.archive.has_days else "",
            actions=tuple(self._actions(file)),
            lead=template == "home",
            search=self.href(urls.SEARCH) if site.search and self.address != urls.SEARCH else "",
        )

    def _entry(self, target: str) -> str:
        """Return the link to an entry of the navigation, which may lie on another site."""
        return target if target.startswith(("https://", "http://")) else self.href(target)

    def _foot(self) -> Iterator[Link]:
        """Yield the links at the foot: to the pages of prose, the log and the data."""
        for page, _ in self.archive.pages:
            yield Link(str(page.title), self.href(urls.page(page.id)))
        yield Link("更正与增补记录", self.href(urls.CHANGES))
        yield Link("数据", self.href(urls.DATA))

    def _actions(self, file: str) -> Iterator[Link]:
        """Yield what a reader can do about a page on the forge, where there is one."""
        forge = self.archive.site.forge
        if forge is not None and file:
            yield Link("编辑此页", forge.edit(file))
            yield Link("更正", forge.report("correction", "更正：", self.address))
            yield Link("申请撤下", forge.report("withdrawal", "撤下：", self.address, is_confidential=True))

    def person(self, person: Person) -> Link:
        """Return a link to a person."""
        return Link(person.name, self.href(urls.person(person.id)))

    def organisation_address(self, identifier: str) -> str:
        """Return where an organisation is to be found: its page, its parent's, or its line in the index."""
        page, part = self.archive.line_homes.get(("organisation", identifier), ("", ""))
        if part:
            return f"{urls.organisations_part(part)}#{identifier}"
        return f"{urls.organisation(page)}#{identifier}" if page else addresses.organisation(self.archive, identifier)

    def organisation(self, identifier: str, sign: str = "") -> Link:
        """Return a link to an organisation."""
        entity = self.archive.organisations.by_id[identifier]
        return Link(entity.name, self.href(self.organisation_address(identifier)), sign)

    def organisation_chain(self, identifier: str) -> tuple[Link, ...]:
        """Return an organisation with those above it, from the larger; an inferred tie is marked at its joint."""
        by_id = self.archive.organisations.by_id
        chain = [by_id[found] for found in ancestors(by_id, identifier)]
        signs = ["tied" if each.parent_inferred and each.parent else "" for each in chain]
        return tuple(reversed([self.organisation(each.id, sign) for each, sign in zip(chain, signs, strict=True)]))

    def region_address(self, identifier: str) -> str:
        """Return where a region is to be found: its page, or its line in the index."""
        page, _ = self.archive.line_homes.get(("region", identifier), ("", ""))
        return f"{urls.region(page)}#{identifier}" if page else addresses.region(self.archive, identifier)

    def region(self, identifier: str, sign: str = "") -> Link:
        """Return a link to a region."""
        entity = self.archive.regions.by_id[identifier]
        return Link(entity.name, self.href(self.region_address(identifier)), sign)

    def region_path(self, path: RegionPath) -> tuple[Link, ...]:
        """Return the regions of a path as written, from the larger, each with how it is known."""
        by_path = self.archive.regions.by_path
        names = tuple(map(str, path.names))
        return tuple(
            self.region(by_path[names[:depth]], sign_in_path(path, name)) for depth, name in enumerate(names, start=1)
        )

    def passage(self, document: Document, passage: Passage) -> str:
        """Return the link to the paragraph of a passage."""
        anchor = passage.paragraph.anchor
        return self.href(f"{urls.person(document.person)}#{anchor}")

    def resolve(self, kind: str, target: str) -> str:
        """Return the link that a symbolic link of a text stands for; empty where there is nothing to link to."""
        if kind == "image":
            return self.href(urls.image(target)) if target in self.archive.images else ""
        if kind == "relative":
            return self.href(target)
        written, mark, anchor = target.partition("#")
        identifier = self.archive.target(kind, written)
        if identifier is None:
            return ""
        if kind == "person":
            return self.href(urls.person(identifier) + mark + anchor)
        if kind == "organisation":
            return self.href(self.organisation_address(identifier))
        return self.href(self.region_address(identifier))

    def fragment(self, prose: Prose | None) -> Markup:
        """Return the prose of a record as a finished fragment, its links being right on this page."""
        return Markup(resolve_links(prose.html, self.resolve)) if prose is not None else Markup("")

    def date(self, placed: PlacedEvent) -> DateView | None:
        """Return the date of an event on the axis, or None."""
        event = placed.event
        if event.date is None or not placed.is_on_axis:
            return None
        return show_date(
            event.date,
            basis=event.basis,
            supplied=event.supplied,
            preferred=event.preferred,
            alternatives=event.alternatives,
            time=event.time,
            scope=event.scope,
        )

    def event(self, placed: PlacedEvent, number: int = 0) -> EventView:
        """Return an event as it is shown, with its quotations as links to their paragraphs."""
        event = placed.event
        person = self.archive.people[placed.person]
        document = next(found for found in person.documents if found.profile.id == placed.document)
        bounded = event.date is not None and not placed.is_on_axis
        quotes = tuple(
            Quote(str(quote), self.passage(document, passage))
            for quote, passage in zip(event.quotes, placed.passages, strict=True)
            if passage is not None
        )
        return EventView(
            anchor=urls.event(placed.document, placed.number),
            number=number,
            date=self.date(placed),
            bound=show_bound(event.date, supplied=event.supplied) if event.date is not None and bounded else "",
            time=event.time,
            actor=self.person(person),
            scope=event.scope,
            label=str(event.label or document.profile.summary or document.profile.title or person.name),
            quotes=quotes,
            basis=BASIS_WORDS[event.basis] if event.date is not None else "",
            note=event.note,
        )

    def mention(self, mention: Mention) -> MentionView | None:
        """Return the sentence of a mention, without what is private; None where the mention itself is private."""
        document, reference = mention.document, mention.reference
        paragraph = document.prose.paragraphs[reference.paragraph - 1]
        parts = sentence_of(mention)
        if parts is None:
            return None
        before, words, after = parts
        source = self.person(self.archive.people[document.person])
        return MentionView(
            source, before, words, after, self.href(f"{urls.person(document.person)}#{paragraph.anchor}")
        )

    def quotations(self, kind: str, identifiers: Iterable[str]) -> tuple[Quote, ...]:
        """Return the first sentence that names any of some things, cut to what stands around the name."""
        for identifier in identifiers:
            for mention in self.archive.mentions.get((kind, identifier), ()):
                found = self.mention(mention)
                if found is not None:
                    return (Quote(clip(found.before, found.words, found.after), found.href),)
        return ()

    def qualifier(self, person: Person) -> Organisation:
        """Return the organisation by which a person is told from others of the name: the nearest with a page."""
        identifier = self.archive.organisations.by_name[str(person.profile.units[0].name)]
        by_id = self.archive.organisations.by_id
        chain = ancestors(by_id, identifier)
        return by_id[next((found for found in chain if by_id[found].tier == "page"), identifier)]

    def person_line(self, person: Person, *, posts: tuple[str, ...] = (), sign: str = "") -> PersonLine:
        """Return a person as a line of a list."""
        return PersonLine(
            person=self.person(person),
            pinyin=person.pinyin,
            qualifier=self.qualifier(person).name,
            posts=posts,
            sign=sign,
        )
