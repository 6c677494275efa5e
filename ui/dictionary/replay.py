"""Figures of the replay of past exams."""

from ui.dictionary.entry import Entry
from ui.text import marked

ENTRIES: dict[str, Entry] = {
    "replay": Entry(
        marked("Replay"),
        marked(
            "Past exams in their current releases, judged anew by one scheme or by the rules "
            "of today."
        ),
        "share",
        "neither",
        formula="",
        page="replay",
    ),
    "replay_hit": Entry(
        marked("Share of calls that were right"),
        marked(
            "Of the schools that were called, those that stood badly later. The interval "
            "counts every school once, however often it comes again."
        ),
        "rate",
        "higher",
        formula=r"H / (H + F),\; n_{eff} = (\textstyle\sum m_j)^2 / \sum m_j^2",
        page="replay",
    ),
    "replay_miss": Entry(
        marked("Share that was missed"),
        marked("Of the schools that stood badly later, those that had not been called."),
        "rate",
        "lower",
        formula=r"M / (H + M)",
        page="replay",
    ),
    "replay_by_lot": Entry(
        marked("Hits by lot"),
        marked(
            "Hits to expect if as many schools had been drawn by lot inside each comparison "
            "group; what lies above it is what the rule knows."
        ),
        "pupils",
        "neither",
        formula=r"\sum_g a_g\, b_g / n_g",
        page="replay",
    ),
}
