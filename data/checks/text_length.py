"""Names of pupils, schools and classes have a sensible length."""

import pandas as pd

from core.findings import Finding
from data.checks.draft import Draft
from data.checks.entry_text import TEXT_FIELDS
from data.checks.places import entry_places, listed, no_places

MAX_LENGTH = 40
_WORDS = {
    "": (
        f"第 {{line}} 行“{{column}}”{{field}}过长：{{length}} 个字，超过 {MAX_LENGTH} "
        "个字。请改正。",
        f"Row {{line}}, {{column}}: too long, {{length}} characters, at most {MAX_LENGTH}.",
    )
}


def find_text_length(draft: Draft) -> pd.DataFrame:
    """Return the cells that are too long."""
    found = []
    for name in TEXT_FIELDS:
        length = draft.clean.frame[name].str.len()
        mask = length.gt(MAX_LENGTH).to_numpy(bool)
        if mask.any():
            place = entry_places(draft, mask, name)
            found.append(place.assign(length=length.to_numpy()[mask].astype(int)))
    return pd.concat(found, ignore_index=True) if found else no_places()


def check_text_length(draft: Draft) -> list[Finding]:
    """Refuse names above 40 characters."""
    return listed(find_text_length(draft), check="text_length", words=_WORDS)
