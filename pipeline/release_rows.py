"""The rows of a release: pseudonyms with scores, and apart from them who they are."""

from dataclasses import dataclass

import pandas as pd

from data import lake
from data.bundles import SCORES_FILE
from data.catalogue import ExamRelease
from data.roster import COLUMNS as ROSTER_COLUMNS
from data.roster import open_roster
from data.scope import OPERATOR
from data.seal import check_rows
from data.store import Store

_SEXES = {"男": "male", "女": "female", "m": "male", "f": "female"}
_SORTED_BY = ["school", "class_name", "pupil"]


@dataclass(frozen=True, slots=True, eq=False)
class ReleaseRows:
    """What a release is made of.

    Attributes
    ----------
    wide : DataFrame
        One row a pupil: pupil (pseudonym), school, class_name, sex, and for the k-th subject
        score_k (hundredths, null unless present) and state_k; sorted by school.
    roster : DataFrame
        pupil, pupil_number, exam_number, pupil_name of the same pupils.
    """

    wide: pd.DataFrame
    roster: pd.DataFrame


def make_rows(
    scores: pd.DataFrame, pupils: pd.api.extensions.ExtensionArray, *, n_subjects: int
) -> ReleaseRows:
    """Return the rows of checked scores under their pseudonyms.

    Parameters
    ----------
    scores : DataFrame
        What ``data.checks.screening`` returns, with total.
    pupils : ExtensionArray, shape (n_pupils,)
        Pseudonyms in the same order.
    """
    wide = pd.DataFrame(
        {
            "pupil": pd.Series(pupils, index=scores.index),
            "school": scores["school_code"],
            "class_name": scores["class_name"],
            "sex": scores["sex"].str.strip().str.lower().map(_SEXES).astype("str"),
        }
    )
    for k in range(1, n_subjects + 1):
        wide[f"score_{k}"] = scores[f"score_{k}"].astype("Int32")
        wide[f"state_{k}"] = scores[f"state_{k}"].astype("category")
    return ReleaseRows(
        wide.sort_values(_SORTED_BY, ignore_index=True),
        scores.assign(pupil=pupils)[ROSTER_COLUMNS],
    )


def stored_rows(store: Store, release: ExamRelease) -> ReleaseRows:
    """Read the rows of a published release, compared with its seal."""
    path = f"{release.bundle}/{SCORES_FILE}"
    if release.rows_sha256 is not None:
        sealed = release.rows_sha256
        check_rows(store.home, path, sha256=release.scores_sha256, rows_sha256=sealed)
    wide = lake.read_table(store.home, path, sha256=release.scores_sha256)
    digest = release.roster_digest
    return ReleaseRows(wide, open_roster(OPERATOR, store.home, release.bundle, digest=digest))


def with_school(rows: ReleaseRows, new: ReleaseRows, *, school: str) -> ReleaseRows:
    """Return the rows with one school's replaced by new ones; no other row changes."""
    kept = rows.wide[rows.wide["school"] != school]
    wide = pd.concat([kept, new.wide], ignore_index=True)
    for name in wide.columns:
        if name.startswith("state_"):
            wide[name] = wide[name].astype("category")
    others = rows.roster[rows.roster["pupil"].isin(kept["pupil"])]
    return ReleaseRows(
        wide.sort_values(_SORTED_BY, ignore_index=True),
        pd.concat([others, new.roster], ignore_index=True),
    )
