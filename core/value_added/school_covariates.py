"""Covariates of the school, such as town or country, as further columns of its moments.

What is the same for all pupils of a school needs no pupil row: its sums follow from the
school's own number of pupils and sums of scores.
"""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.errors import SettingsError
from core.value_added.spec import Covariate


def add_school_covariates(
    moments: pd.DataFrame, *, kinds: pd.DataFrame, n_priors: int
) -> tuple[pd.DataFrame, tuple[Covariate, ...]]:
    """Return moments with a column of 0 and 1 for each kind of school but the largest.

    A kind that follows from those before, such as a type that all rural schools are of, is left
    out: it would tell nothing more.

    Parameters
    ----------
    moments : DataFrame
        MOMENTS rows of one subject, with the columns of ``n_priors`` priors.
    kinds : DataFrame, indexed by school
        A column for each trait, such as ``locale``; null where it is not known, which is a kind
        of its own.
    n_priors : int

    Raises
    ------
    SettingsError
        When all schools with matched pupils are of one kind.

    Examples
    --------
    >>> moments = pd.DataFrame({"school": ["A", "B"], "n": [3, 2], "x1": [30, 10],
    ...     "x1_x1": [300, 60], "y": [33, 9], "x1_y": [330, 50]})
    >>> kinds = pd.DataFrame({"locale": ["urban", "rural"]}, index=["A", "B"])
    >>> wide, covariates = add_school_covariates(moments, kinds=kinds, n_priors=1)
    >>> covariates[0].name, wide[["x2", "x2_x2", "x1_x2", "x2_y"]].to_numpy().tolist()
    ('locale: rural', [[0, 0, 0, 0], [2, 2, 10, 9]])
    """
    wide, found = moments.copy(), []
    kept: list[NDArray[np.bool_]] = []
    columns = [f"x{place}" for place in range(1, n_priors + 1)]
    for trait in kinds:
        own = kinds[trait].reindex(moments["school"]).fillna("").astype("str").to_numpy()
        pupils = moments["n"].groupby(own).sum().sort_values(ascending=False, kind="stable")
        levels = [str(kind) for kind in pupils.index[pupils > 0]]
        if len(levels) < 2:
            raise SettingsError(
                f"Covariate {trait!r}: all matched schools are of one kind (kinds: "
                f"{len(levels)}, required 2). Leave it out.",
                f"协变量“{trait}”：有匹配学生的学校只有 {len(levels)} 类，至少需要 2 类。"
                "请去掉该协变量。",
            )
        for kind in levels[1:]:
            name, is_kind = f"x{len(columns) + 1}", own == kind
            if not _tells_more(kept, is_kind, is_matched=(moments["n"] > 0).to_numpy()):
                continue
            kept.append(is_kind)
            wide[name] = wide[f"{name}_{name}"] = moments["n"].where(is_kind, 0)
            wide[f"{name}_y"] = moments["y"].where(is_kind, 0)
            for before in columns:
                # A former column of 0 and 1 and this one: their sum stands under x_k itself.
                wide[f"{before}_{name}"] = wide[before].where(is_kind, 0)
            columns.append(name)
            found.append(Covariate(f"{trait}: {kind or '-'}"))
    return wide, tuple(found)


def _tells_more(
    kept: list[NDArray[np.bool_]],
    is_kind: NDArray[np.bool_],
    *,
    is_matched: NDArray[np.bool_],
) -> bool:
    """Return whether a kind does not follow from the intercept and the kinds before."""
    before = np.column_stack([np.ones(len(is_kind)), *kept])[is_matched]
    after = np.column_stack([before, is_kind[is_matched]])
    return int(np.linalg.matrix_rank(after)) > int(np.linalg.matrix_rank(before))
