"""Views: the plain values that each template is given, and nothing else.

A page is a pure function of (template, view). Every class is frozen and holds only text, numbers, booleans, None,
tuples and other views, so that a digest of the view says whether the page can have changed. What stands on a page a
hundred times is a named tuple, which is made in a quarter of the time of a dataclass. Every ``href`` is final: relative
to the page it stands on, naming a file. Templates decide markup and words, never what is shown.
"""

from builder.views.basic import DateView, EventView, Frame, Link, Quote, RelatedFile, Sign
from builder.views.lists import Branch, Mention, PersonLine
from builder.views.person import (
    ChangeView,
    CitationView,
    DocumentView,
    Fact,
    FactItem,
    Neighbour,
    NoteView,
    PersonView,
    Relative,
    Saying,
    Tie,
)
from builder.views.places import OrganisationView, RegionView, TreeView
from builder.views.shelves import (
    Contents,
    Group,
    Letter,
    ListSection,
    NamesakesView,
    PeopleView,
    ShelfRow,
    ShelfView,
    TimelineView,
)
from builder.views.site import (
    Card,
    ChangesView,
    ColumnView,
    DataTable,
    DataView,
    HomeView,
    NotFoundView,
    RedirectView,
    SearchView,
    TextView,
    WithdrawnView,
)
from builder.views.timeline import Bars, Chart, Charts, Mark, MonthLink, Tick, UndatedBlock

__all__ = [
    "Bars",
    "Branch",
    "Card",
    "ChangeView",
    "ChangesView",
    "Chart",
    "Charts",
    "CitationView",
    "ColumnView",
    "Contents",
    "DataTable",
    "DataView",
    "DateView",
    "DocumentView",
    "EventView",
    "Fact",
    "FactItem",
    "Frame",
    "Group",
    "HomeView",
    "Letter",
    "Link",
    "ListSection",
    "Mark",
    "Mention",
    "MonthLink",
    "NamesakesView",
    "Neighbour",
    "NotFoundView",
    "NoteView",
    "OrganisationView",
    "PeopleView",
    "PersonLine",
    "PersonView",
    "Quote",
    "RedirectView",
    "RegionView",
    "RelatedFile",
    "Relative",
    "Saying",
    "SearchView",
    "ShelfRow",
    "ShelfView",
    "Sign",
    "TextView",
    "Tick",
    "Tie",
    "TimelineView",
    "TreeView",
    "UndatedBlock",
    "View",
    "WithdrawnView",
]

View = (
    PersonView
    | OrganisationView
    | RegionView
    | PeopleView
    | TreeView
    | TimelineView
    | NamesakesView
    | ShelfView
    | TextView
    | HomeView
    | DataView
    | ChangesView
    | SearchView
    | NotFoundView
    | WithdrawnView
    | RedirectView
)
