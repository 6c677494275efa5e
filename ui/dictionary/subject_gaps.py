"""Figures of strong and weak subjects."""

from ui.dictionary.entry import Entry
from ui.text import marked

ENTRIES: dict[str, Entry] = {
    "subject_gap": Entry(
        marked("Subject gap"),
        marked(
            "A unit's level in a subject less its own mean over subjects, less the same of its "
            "comparison group; shrunken, in pupil SD."
        ),
        "sd",
        "higher",
        formula=r"(z_{js} - \bar z_{j}) - (z_{gs} - \bar z_{g})",
        page="subject_gaps",
    ),
}
