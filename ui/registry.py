"""The pages of the app, as data: navigation, links and tests are made from this list."""

from dataclasses import dataclass

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from ui.text import Words, marked


@dataclass(frozen=True, slots=True)
class PageEntry:
    """A page: its code, which is also its address, its script and its title."""

    code: str
    title: str
    icon: str

    @property
    def script(self) -> str:
        """Path of the script, seen from ``ui/main.py``."""
        return f"../pages/{self.code}.py"


HOME = PageEntry("home", marked("Start"), ":material/home:")
LEADERSHIP = PageEntry("leadership", marked("County overview"), ":material/monitoring:")
SCHOOL = PageEntry("school", marked("One school"), ":material/school:")
IMPORT = PageEntry("import_scores", marked("Import scores"), ":material/upload_file:")
PAGES = (HOME, LEADERSHIP, SCHOOL, IMPORT)


def page_of(entry: PageEntry, *, words: Words) -> StreamlitPage:
    """Return the page for navigation and links; the start page stands at ``/``."""
    is_home = entry is HOME
    return st.Page(
        entry.script,
        title=words(entry.title),
        icon=entry.icon,
        url_path=None if is_home else entry.code,
        default=is_home,
    )
