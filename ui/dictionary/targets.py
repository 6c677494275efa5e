"""Entries of targets."""

from ui.dictionary.entry import Entry
from ui.text import marked

ENTRIES: dict[str, Entry] = {
    "target": Entry(
        marked("Target of the year"),
        marked(
            "What the official target set asks for in the year of the exam, and what is still "
            "missing; in pupils it is what the shown gap equals."
        ),
        "rate",
        "neither",
        formula=r"T_t = T_{t-1} + s_t \;\text{or}\; T_0 + s_t,\quad (Y-T_0)/(T_t-T_0)",
        page="targets",
    ),
}
