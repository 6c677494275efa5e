"""The pages of the app, as data: navigation, links and tests are made from this list."""

from dataclasses import dataclass

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from ui.text import Words, marked

COUNTY, UNITS = marked("County"), marked("Units")
BENCHES, DATA = marked("Research benches"), marked("Data and methods")


@dataclass(frozen=True, slots=True)
class PageEntry:
    """A page: its code, which is also its address, its title, and where it stands.

    Attributes
    ----------
    group : str
        Heading in the navigation; empty for the start page.
    unit_key : str or None
        Key of the address that names the unit of the page.
    levels : tuple of str
        Levels of the organisation whose units this page shows.
    """

    code: str
    title: str
    icon: str
    group: str
    unit_key: str | None = None
    levels: tuple[str, ...] = ()

    @property
    def script(self) -> str:
        """Path of the script, seen from ``ui/main.py``."""
        return f"../pages/{self.code}.py"

    @property
    def path(self) -> str:
        """Path of the address; the start page stands at ``/``."""
        return "" if self is HOME else self.code

    def of(self, words: Words) -> StreamlitPage:
        """Return the page for navigation and links."""
        return st.Page(
            self.script,
            title=words(self.title),
            icon=self.icon,
            url_path=self.path or None,
            default=not self.path,
        )


HOME = PageEntry("home", marked("Start"), ":material/home:", "")
LEADERSHIP = PageEntry(
    "leadership",
    marked("County overview"),
    ":material/monitoring:",
    COUNTY,
    levels=("county",),
)
WARNING_BOARD = PageEntry(
    "warning_board", marked("Warning board"), ":material/warning:", COUNTY
)
TOWNSHIP = PageEntry(
    "township",
    marked("Townships and centre schools"),
    ":material/location_city:",
    UNITS,
    "township",
    levels=("township", "centre_school"),
)
SUBJECT = PageEntry("subject", marked("One subject"), ":material/menu_book:", COUNTY)
ITEMS = PageEntry("items", marked("Items and knowledge points"), ":material/checklist:", COUNTY)
SCHOOL = PageEntry(
    "school", marked("One school"), ":material/school:", UNITS, "school", levels=("school",)
)
WEAK_SCHOOLS = PageEntry("weak_schools", marked("Weak schools"), ":material/flag:", COUNTY)
IMPORT = PageEntry("import_scores", marked("Import scores"), ":material/upload_file:", DATA)
MEETING = PageEntry("meeting", marked("Meeting"), ":material/groups:", COUNTY)
METHODS = PageEntry("methods", marked("Methods and dictionary"), ":material/menu_book:", DATA)
GRADE_CLASS = PageEntry(
    "grade_class",
    marked("Classes of a grade"),
    ":material/groups:",
    UNITS,
    "school",
    levels=("class",),
)
VALUE_ADDED = PageEntry(
    "value_added", marked("Value-added: methods"), ":material/compare_arrows:", BENCHES
)
WEIGHTS = PageEntry("weights", marked("Weights"), ":material/balance:", BENCHES)
REPLAY = PageEntry("replay", marked("Past exams replayed"), ":material/history:", BENCHES)
PAGES = (
    HOME,
    LEADERSHIP,
    MEETING,
    WARNING_BOARD,
    WEAK_SCHOOLS,
    SUBJECT,
    ITEMS,
    TOWNSHIP,
    SCHOOL,
    GRADE_CLASS,
    VALUE_ADDED,
    WEIGHTS,
    REPLAY,
    METHODS,
    IMPORT,
)


def page_of_level(level: str) -> PageEntry:
    """Return the page that shows units of a level."""
    return next(page for page in PAGES if level in page.levels)


def page_of_code(code: str) -> PageEntry | None:
    """Return the page with this code, which is also its address; None where none has it."""
    return next((page for page in PAGES if page.code == code), None)


def navigation(words: Words) -> dict[str, list[StreamlitPage]]:
    """Return the pages under their headings, as Streamlit wants them."""
    groups = dict.fromkeys(page.group for page in PAGES)
    return {
        words(group) if group else "": [p.of(words) for p in PAGES if p.group == group]
        for group in groups
    }
