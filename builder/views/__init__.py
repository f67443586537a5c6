"""Views: the plain values that each template is given, and nothing else.

A page is a pure function of (template, view). Every class is frozen and holds only text, numbers, booleans, None,
tuples and other views, so that a digest of the view says whether the page can have changed. Every ``href`` is final:
relative to the page it stands on, naming a file. Templates decide markup and words, never what is shown.
"""

from builder.views.basic import DateView, EventView, Frame, Link, Quote, RelatedFile, Sign
from builder.views.lists import (
    Branch,
    Letter,
    Mention,
    NamesakesView,
    OrganisationView,
    PeopleView,
    PersonLine,
    RegionView,
    TreeView,
)
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
from builder.views.site import (
    Card,
    ChangesView,
    ColumnView,
    DataTable,
    DataView,
    HomeView,
    NotFoundView,
    RedirectView,
    TextView,
    WithdrawnView,
)
from builder.views.timeline import Chart, Mark, MonthLink, MonthView, Tick, TimelineView, UndatedBlock

__all__ = [
    "Branch",
    "Card",
    "ChangeView",
    "ChangesView",
    "Chart",
    "CitationView",
    "ColumnView",
    "DataTable",
    "DataView",
    "DateView",
    "DocumentView",
    "EventView",
    "Fact",
    "FactItem",
    "Frame",
    "HomeView",
    "Letter",
    "Link",
    "Mark",
    "Mention",
    "MonthLink",
    "MonthView",
    "NamesakesView",
    "NotFoundView",
    "NoteView",
    "Neighbour",
    "OrganisationView",
    "PeopleView",
    "PersonLine",
    "PersonView",
    "Quote",
    "RedirectView",
    "RegionView",
    "RelatedFile",
    "Relative",
    "Sign",
    "Saying",
    "TextView",
    "Tick",
    "TimelineView",
    "Tie",
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
    | MonthView
    | NamesakesView
    | TextView
    | HomeView
    | DataView
    | ChangesView
    | NotFoundView
    | WithdrawnView
    | RedirectView
)
