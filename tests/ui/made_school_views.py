"""Small made Views of one school and of its classes for the tests of the screen."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from core.remarks import Remark
from core.warning.default_rules import DEFAULT_RULES
from core.warning.rules import rule_set_of
from pipeline.views import (
    GradeClassView,
    NearLineView,
    Place,
    SchoolPastView,
    SchoolPeersView,
    SchoolView,
)
from tests.ui.made_views import (
    MADE_COUNTY,
    MADE_SAMPLE,
    MADE_STAMP,
    make_schools,
    make_trend,
)

SUBJECTS = {"math": "数学", "physics": "物理"}
CLASSES = {"S002/1班": "1班", "S002/2班": "2班", "S002/10班": "10班"}


def make_effects(
    estimates: Sequence[float], *, verdicts: Sequence[str], se: float = 0.1
) -> pd.DataFrame:
    """Return effects with intervals; NaN is suppressed and has no verdict."""
    estimate = np.asarray(estimates, float)
    known = ~np.isnan(estimate)
    return pd.DataFrame(
        {
            "estimate": estimate,
            "low": estimate - 1.96 * se,
            "high": estimate + 1.96 * se,
            "index": estimate / se,
            "n": pd.array([40 if k else None for k in known], dtype="Int64"),
            "verdict": [v if k else None for v, k in zip(verdicts, known, strict=True)],
            "status": np.where(known, "ok", "suppressed"),
        }
    )


def make_frames() -> pd.DataFrame:
    """Return value-added in the county and among peers, and a township that is too small."""
    numbers = {"lowest": -0.4, "q1": -0.1, "median": 0.0, "q3": 0.2, "highest": 0.5}
    row = {"indicator": "value_added", "own": 0.3, "n_schools": 22, "status": "ok", **numbers}
    few = {**row, **dict.fromkeys(numbers, np.nan), "n_schools": 2, "status": "few_schools"}
    return pd.DataFrame(
        [
            {"frame": "county", **row},
            {"frame": "township", **few},
            {"frame": "peers", **row, "median": 0.35, "n_schools": 5},
        ]
    )


def make_school_view() -> SchoolView:
    """Return a View of the third of twenty schools, with two subjects, one suppressed."""
    figures = pd.DataFrame(
        {
            "subject": ["math", "math", "physics"],
            "name": ["数学", "数学", "物理"],
            "indicator": ["mean", "pass_rate", "mean"],
            "estimate": [78.25, 0.61, np.nan],
            "low": [76.0, 0.55, np.nan],
            "high": [80.5, 0.67, np.nan],
            "n_pupils": pd.array([74, 74, None], dtype="Int64"),
            "status": ["ok", "ok", "suppressed"],
        }
    )
    own = make_schools().iloc[[2]].assign(subject="math", name="数学")
    columns = ["subject", "name", "estimate", "low", "high", "n", "index", "verdict"]
    starts = make_effects([0.2, 0.1, np.nan, np.nan, -0.2], verdicts=["above"] * 5)
    profile = make_effects([0.2, -0.2], verdicts=["none"] * 2).drop(
        columns=["index", "verdict"]
    )
    target = make_effects([-3.0], verdicts=["below"], se=1.0).drop(columns="n")
    return SchoolView(
        stamp=MADE_STAMP,
        path=(MADE_COUNTY, Place("school", "S002", "第2实验学校")),
        school="S002",
        name="第3实验学校",
        township="第3镇",
        school_type=None,
        locale="town",
        hidden=False,
        figures=figures,
        value_added=own[[*columns, "coverage", "status"]].reset_index(drop=True),
        starts=starts.assign(quintile=range(1, 6)),
        starts_why=None,
        frames=make_frames(),
        profile=profile.assign(
            subject=list(SUBJECTS),
            name=list(SUBJECTS.values()),
            flag=["strong", "weak"],
            q_value=[0.01, 0.02],
        ),
        profile_why=None,
        target=target.assign(indicator="mean", own=78.2, peer_mean=81.2, n_peers=5),
        peers=pd.DataFrame({"school": ["S004"], "name": ["A*B"], "place": [1]}),
        peers_why=None,
        bands=_bands(),
        signals=_signals(),
        rules=rule_set_of(DEFAULT_RULES),
        common_sample=MADE_SAMPLE,
        remarks=(),
    )


def make_past_view(*, years: int = 2) -> SchoolPastView:
    """Return three exams of a cohort, and so many school years with their mean."""
    table = make_effects([0.25, *[0.3, 0.1, 0.2][:years]], verdicts=["above"] * (years + 1))
    exams = ["", *(f"{2026 - k}年期末" for k in range(years))]
    return SchoolPastView(
        MADE_STAMP, make_trend(), table.assign(exam=exams) if years > 1 else table.iloc[:0]
    )


def make_peers_view() -> SchoolPeersView:
    """Return two subjects beside their peers, one clearly below."""
    rows = make_effects([-0.4, 0.05], verdicts=["below", "as_expected"])
    figures = rows.drop(columns=["index", "verdict"]).assign(
        subject=list(SUBJECTS), name=list(SUBJECTS.values()), n_peers=5, own=0.0, peer_mean=0.1
    )
    return SchoolPeersView(MADE_STAMP, figures)


def make_class_view(flags: Sequence[str] = ("strong", "none", "none")) -> GradeClassView:
    """Return a View of three classes, the last one hidden, flagged as given in mathematics."""
    effects = make_effects([0.3, -0.1, np.nan], verdicts=["well_above", "as_expected", ""])
    rows = effects.assign(class_=list(CLASSES), name=list(CLASSES.values()))
    gaps = rows.drop(columns=["verdict", "index"]).assign(
        subject="math", subject_name="数学", q_value=0.04, flag=list(flags)
    )
    return GradeClassView(
        stamp=MADE_STAMP,
        path=(MADE_COUNTY, Place("school", "S002", "第2实验学校")),
        school="S002",
        name="第3实验学校",
        grade=9,
        state="ok",
        classes=rows[["class_", "name", "n", "status"]],
        gaps=gaps,
        gaps_why=None,
        profile=gaps,
        profile_why=None,
        progress=rows.assign(coverage=0.9, z_before=0.1, z_now=0.2),
        progress_why=None,
        balance=make_balance(),
        levels=pd.DataFrame(
            {
                "class_": ["", "S002/1班"],
                "name": ["", "1班"],
                "A+ A": [30, 12],
                "B+ B": [44, 20],
            }
        ),
        n_hidden=1,
        remarks=(Remark("classes_alike", {"n_classes": 2}, "q > 0.05", is_remarkable=False),),
    )


def make_balance(verdict: str = "chance") -> pd.DataFrame:
    """Return the balance of two subjects, now and at the start, with one verdict now."""
    rows = [
        {
            "subject": subject,
            "subject_name": name,
            "moment": moment,
            "n_classes": 3,
            "n_pupils": 110,
            "share": 0.02,
            "share_low": 0.0,
            "share_high": 0.1,
            "spread": 0.15,
            "chance_low": 0.05,
            "chance_high": 0.25,
            "q_value": 0.4,
            "verdict": verdict if moment == "now" else "chance",
        }
        for subject, name in SUBJECTS.items()
        for moment in ("now", "start")
    ]
    return pd.DataFrame(rows)


def make_near_line_view() -> NearLineView:
    """Return counts under a line of 72 points at two distances, the nearer one hidden."""
    counts = pd.DataFrame(
        {
            "class_": ["", *CLASSES],
            "name": ["", *CLASSES.values()],
            0: pd.array([None] * 4, dtype="Int64"),
            1: pd.array([31, 12, None, None], dtype="Int64"),
        }
    )
    return NearLineView(MADE_STAMP, 72.0, ((0.025, 3.0), (0.05, 6.0)), counts)


def _bands() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "subject": list(SUBJECTS),
            "name": list(SUBJECTS.values()),
            "band": ["yellow", "none"],
            "signals": ["grid;low_rate", ""],
            "reason": ["ok", "ok"],
        }
    )


def _signals() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "subject": ["math"] * 3,
            "name": ["数学"] * 3,
            "signal": ["grid", "low_rate", "subject_gap"],
            "value": [-0.91, 0.328, np.nan],
            "threshold": [-0.5, 0.3, -0.15],
            "n_pupils": pd.array([67, 67, None], dtype="Int64"),
            "band": ["yellow", "yellow", "insufficient"],
            "reason": ["ok", "ok", "not_given"],
        }
    )
