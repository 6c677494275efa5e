"""The dictionary of figures: one entry for each, for headings, hover texts and explanations.

The key is the name in ``docs/methods``, in the tables and in the exports. One module for
each topic.
"""

from ui.dictionary import (
    attainment,
    classes,
    diagnostics,
    equity,
    items,
    replay,
    school,
    subject_gaps,
    subjects,
    targets,
    value_added,
    warning,
    weak_schools,
    weights,
)
from ui.dictionary.entry import Entry, Unit

ENTRIES: dict[str, Entry] = {
    **attainment.ENTRIES,
    **value_added.ENTRIES,
    **diagnostics.ENTRIES,
    **equity.ENTRIES,
    **warning.ENTRIES,
    **subject_gaps.ENTRIES,
    **weak_schools.ENTRIES,
    **weights.ENTRIES,
    **replay.ENTRIES,
    **items.ENTRIES,
    **subjects.ENTRIES,
    **school.ENTRIES,
    **classes.ENTRIES,
    **targets.ENTRIES,
}

__all__ = ["ENTRIES", "Entry", "Unit"]
