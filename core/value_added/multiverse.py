"""Multiverse: in how many of the reasonable definitions a school's verdict holds."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from core.errors import SettingsError
from core.listed_once import refuse_twice
from core.verdict import SIDE


def count_agreement(definitions: Mapping[str, pd.DataFrame], *, main: str) -> pd.DataFrame:
    """Count in how many definitions each school gets the verdict of the main one.

    Parameters
    ----------
    definitions : mapping of str to DataFrame
        Name of the definition (estimator, prior set and coverage rule) to its SCHOOL_EFFECTS.
        A school takes part in a definition where its status is ok and it has a verdict; no
        difference found is a verdict, and agrees with none that sees one.
    main : str
        Which of them stands on the page; it counts as one of the definitions.

    Returns
    -------
    DataFrame
        One row per school of the main definition, in its order: school, verdict, n_same
        (definitions with the same verdict), n_same_side (same or the neighbouring verdict on
        the same side of expected), n_definitions (in which the school takes part), dissent
        (names of those with another verdict, joined by ;), status (ok not_estimable). Read as
        "holds in n_same of n_definitions".

    Raises
    ------
    SettingsError
        When the main definition is not among them.
    DataError
        When a school stands twice in a definition.

    Examples
    --------
    >>> first = pd.DataFrame({"school": ["A"], "verdict": ["well_below"], "status": ["ok"]})
    >>> table = count_agreement({"plain": first, "contextual": first.assign(verdict="below"),
    ...                          "z_change": first.assign(verdict="as_expected")}, main="plain")
    >>> table[["n_same", "n_same_side", "n_definitions", "dissent"]].to_numpy().tolist()
    [[1, 2, 3, 'contextual;z_change']]
    """
    if main not in definitions:
        known = ", ".join(definitions) or "-"
        raise SettingsError(
            f"The main definition {main!r} is not among the {len(definitions)} given: "
            f"{known}. Name one of them.",
            f"主定义“{main}”不在给出的 {len(definitions)} 个定义之中：{known}。"
            "请指定其中之一。",
        )
    for name, frame in definitions.items():
        refuse_twice(frame["school"], where=name)
    schools = definitions[main]["school"].reset_index(drop=True)
    verdicts = pd.DataFrame(
        {
            name: _verdicts(frame).reindex(schools).to_numpy()
            for name, frame in definitions.items()
        }
    )
    mine = verdicts[main]
    judged = mine.notna()
    takes_part = verdicts.notna().mul(judged, axis=0)
    same = verdicts.eq(mine, axis=0) & takes_part
    sides = verdicts.apply(lambda column: column.map(SIDE))
    same_side = sides.eq(sides[main], axis=0) & takes_part
    names = np.array(list(definitions), dtype=object)
    other = (takes_part & ~same).to_numpy()
    return pd.DataFrame(
        {
            "school": schools,
            "verdict": mine,
            "n_same": same.sum(axis=1),
            "n_same_side": same_side.sum(axis=1),
            "n_definitions": takes_part.sum(axis=1),
            "dissent": pd.Series([";".join(names[row]) for row in other], dtype="str"),
            "status": pd.Series(np.where(judged, "ok", "not_estimable"), dtype="str"),
        }
    )


def _verdicts(effects: pd.DataFrame) -> pd.Series:
    """Return the verdict of each school that takes part, indexed by school."""
    return effects[effects["status"] == "ok"].set_index("school")["verdict"].dropna()
