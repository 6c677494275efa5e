"""Figures of value-added."""

from ui.dictionary.entry import Entry
from ui.text import marked

ENTRIES: dict[str, Entry] = {
    "value_added": Entry(
        marked("Value-added"),
        marked("School effect after allowing for prior scores, shrunken, in pupil SD."),
        "sd",
        "higher",
        formula=r"y_{ij} = x_{ij}\beta + u_j + e_{ij},\; \hat u_j = w_j (t_j - s_j\hat\beta)",
        page="value_added",
    ),
}
