"""The dictionary of figures: one entry for each, for headings, hover texts and explanations.

The key is the name in ``docs/methods``, in the tables and in the exports. One module for
each topic.
"""

from ui.dictionary import attainment, equity, value_added, warning
from ui.dictionary import attainment, equity, value_added, weak_schools
from ui.dictionary import attainment, equity, subject_gaps, value_added, weak_schools
from ui.dictionary import attainment, equity, items, subjects, value_added
from ui.dictionary import attainment, classes, equity, school, value_added, warning
from ui.dictionary.entry import Entry, Unit

ENTRIES: dict[str, Entry] = {
    **attainment.ENTRIES,
    **value_added.ENTRIES,
    **equity.ENTRIES,
    **warning.ENTRIES,
    **subject_gaps.ENTRIES,
    **weak_schools.ENTRIES,
    **items.ENTRIES,
    **subjects.ENTRIES,
    **school.ENTRIES,
    **classes.ENTRIES,
}

__all__ = ["ENTRIES", "Entry", "Unit"]
