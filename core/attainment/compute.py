"""The attainment table: what every page shows, and on request the rest of the indicators."""

import pandas as pd

from core.attainment.combination import combinations
from core.attainment.figure import rows_of
from core.attainment.grid import make_cells, make_grid
from core.attainment.levels import levels
from core.attainment.positions import positions
from core.attainment.ranking import rank_in_groups
from core.attainment.spec import AttainmentSpec
from core.tables import SUBJECTS


def compute_attainment(
    histogram: pd.DataFrame,
    states: pd.DataFrame,
    *,
    subjects: pd.DataFrame,
    membership: pd.DataFrame,
    exam: str,
    spec: AttainmentSpec | None = None,
) -> pd.DataFrame:
    """Compute the attainment indicators of every unit in every subject.

    Parameters
    ----------
    histogram : DataFrame
        SCORE_HISTOGRAM rows of the exam; all its schools are the population of z, of the top N
        and of the lowest 20 %.
    states : DataFrame
        STATE_COUNT rows of the exam.
    subjects : DataFrame
        SUBJECTS rows: full marks and lines. Other subjects of the histogram are left out.
    membership : DataFrame
        Columns ``unit`` and ``school``: the schools of each unit, one row each.
    exam : str
        Name of the exam, for the rows.
    spec : AttainmentSpec or None
        None for the figures that every page shows. Otherwise all of them, the settings' own
        among them, and the median with its interval.

    Returns
    -------
    DataFrame
        INDICATORS rows: every unit x subject x indicator, in this order. Means, SDs and
        quantiles in points, rates and participation 0 to 1, z in population SD.

    Raises
    ------
    SettingsError
        When the spec ranks by an indicator that is not computed.

    Examples
    --------
    >>> paper = {"subject": ["math"], "name": ["数学"], "position": [1], "full_mark": [10000]}
    >>> lines = {"excellent_line": [8500], "good_line": [7500], "pass_line": [6000]}
    >>> papers = pd.DataFrame({**paper, **lines, "low_line": [4000]})
    >>> rows = {"subject": "math", "school": ["A", "A", "B"]}
    >>> figures = compute_attainment(
    ...     pd.DataFrame({**rows, "score": [9000, 5000, 7000], "n": [1, 1, 2]}),
    ...     pd.DataFrame({**rows, "state": ["present", "absent", "present"], "n": [2, 1, 2]}),
    ...     subjects=papers,
    ...     membership=pd.DataFrame({"unit": ["T", "T"], "school": ["A", "B"]}),
    ...     exam="期末",
    ... ).set_index("indicator")["estimate"]
    >>> figures[["n_sat", "participation", "mean", "pass_rate"]].tolist()
    [4.0, 0.8, 70.0, 0.75]
    """
    # Histogram and states are checked when they are stored; again here would cost a third more.
    SUBJECTS.require(subjects)
    grid = make_grid(membership, papers=subjects)
    cells = make_cells(histogram, grid=grid, papers=subjects)
    figures = dict(levels(cells, states))
    if spec is not None:
        figures |= positions(cells, figures, spec=spec)
        figures |= combinations(cells, spec=spec)
        if spec.groups is not None:
            figures["rank"] = rank_in_groups(
                cells, figures, groups=spec.groups, ranking=spec.ranking
            )
    return rows_of(figures, grid=grid, exam=exam)
