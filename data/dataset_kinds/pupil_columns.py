"""Columns that name pupils: the rows of a file as ENTRIES, for the checks of exam files."""

import pandas as pd

from core.findings import Finding
from data.checks.draft import FIELD_NAMES
from data.dataset_kinds import item_words as words
from data.importers.column_file import ColumnFile, ColumnSpec
from data.importers.headers import FIELDS

PUPIL_SPECS = tuple(ColumnSpec(name, FIELD_NAMES[name], FIELDS[name]) for name in FIELDS)
_STANDS_IN = (
    ("school_code", "school_name"),
    ("school_name", "school_code"),
    ("pupil_number", "exam_number"),
)


def missing_identity(file: ColumnFile, *, line: int) -> list[Finding]:
    """Refuse a file without a column of pupils or of schools."""
    has_number = {"pupil_number", "exam_number"} & file.headers.keys()
    findings = [] if has_number else [words.no_number(line)]
    if not {"school_code", "school_name"} & file.headers.keys():
        findings.append(words.no_school(line))
    return findings


def pupil_entries(file: ColumnFile) -> tuple[pd.DataFrame, dict[str, str]]:
    """Return ENTRIES with kinds, and the headers; a name stands in for a missing code."""
    assert file.frame is not None  # noqa: S101 asked for only where a table was made out
    kinds = file.kinds.rename(columns={str(name): f"{name}_kind" for name in file.kinds})
    names = ["row", *FIELDS]
    entries = pd.concat([file.frame[names], kinds[[f"{n}_kind" for n in FIELDS]]], axis=1)
    headers = {name: text for name, text in file.headers.items() if name in FIELDS}
    for name, other in _STANDS_IN:
        if name not in file.headers and other in file.headers:
            entries[name], entries[f"{name}_kind"] = entries[other], entries[f"{other}_kind"]
            headers[name] = headers[other]
    return entries, headers
