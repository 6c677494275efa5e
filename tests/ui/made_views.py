"""Small made Views for the tests of the screen: any number of schools, figures by formula."""

from dataclasses import replace
from datetime import UTC, date, datetime

import numpy as np
import pandas as pd

from core.value_added import CommonSample
from pipeline.views import LeadershipView, ModelSummary, Place, SchemeLabel, Stamp

MADE_STAMP = Stamp(
    county_name="示范县",
    exam="2026年6月 九年级期末",
    exam_date=date(2026, 6, 28),
    subject="math",
    subject_name="数学",
    baseline="2023年9月 七年级入学",
    method="random_intercept",
    release=2,
    published_at=datetime(2026, 7, 3, 8, 0, tzinfo=UTC),
    n_pupils=4118,
    n_schools=20,
    n_linked=3870,
    rule_version="1",
    is_demonstration=True,
    source=None,
    licence=None,
    scheme=SchemeLabel(),
)
MADE_COUNTY = Place("county", "C1", "示范县")
MADE_SAMPLE = CommonSample(
    matched=3870,
    joined=248,
    left=97,
    coverage=0.94,
    prior_mean_matched=0.01,
    prior_mean_all=-0.02,
)
MADE_MODEL = ModelSummary(
    status="ok",
    why=None,
    icc=0.06,
    sigma_u2=0.05,
    fairness_r=0.12,
    common_sample=MADE_SAMPLE,
)


def make_schools(n_schools: int = 20) -> pd.DataFrame:
    """Return schools whose estimates fall evenly from 0.5 to -0.5, SE 0.15, best first."""
    place = np.arange(n_schools)
    estimate = np.linspace(0.5, -0.5, n_schools)
    se, z = 0.15, 0.8 * np.sin(3.0 * place)
    index = estimate / se
    return pd.DataFrame(
        {
            "school": [f"S{i:03}" for i in place],
            "name": [f"第{i + 1}实验学校" for i in place],
            "township": [f"第{i % 4 + 1}镇" for i in place],
            "n_sat": 60 + 7 * place,
            "n": 55 + 7 * place,
            "z": z,
            "z_low": z - 0.2,
            "z_high": z + 0.2,
            "estimate": estimate,
            "low": estimate - 1.96 * se,
            "high": estimate + 1.96 * se,
            "index": index,
            "verdict": [_verdict(value) for value in index],
            "coverage": 0.94,
            "status": "ok",
            "history": [[value - 0.1, value] for value in z],
        }
    )


def make_leadership_view(schools: pd.DataFrame, *, n_hidden: int = 0) -> LeadershipView:
    """Return a View of the county with these schools and one key figure."""
    figures = pd.DataFrame(
        {
            "indicator": ["pass_rate"],
            "estimate": [0.623],
            "se": [0.0075],
            "low": [0.608],
            "high": [0.638],
            "n_pupils": [4118],
            "status": ["ok"],
            "change": [0.012],
            "change_low": [-0.009],
            "change_high": [0.033],
            "change_verdict": ["flat"],
        }
    )
    return LeadershipView(
        stamp=replace(MADE_STAMP, n_schools=len(schools)),
        path=(MADE_COUNTY,),
        model=MADE_MODEL,
        key_figures=figures,
        previous_exam="2026年1月 九年级期末",
        schools=schools,
        remarks=(),
        n_hidden=n_hidden,
    )


def make_trend() -> pd.DataFrame:
    """Return z and value-added over three exams, the middle one without value-added."""
    exams = ("2025年6月 八年级期末", "2026年1月 九年级期末", "2026年6月 九年级期末")
    days = (date(2025, 6, 28), date(2026, 1, 15), date(2026, 6, 28))
    z, value_added = (0.10, 0.15, 0.20), (0.05, np.nan, 0.12)
    rows = [
        {
            "exam": exam,
            "date": days[i],
            "indicator": indicator,
            "estimate": values[i],
            "low": values[i] - 0.1,
            "high": values[i] + 0.1,
            "n_pupils": 120,
            "status": "suppressed" if np.isnan(values[i]) else "ok",
        }
        for i, exam in enumerate(exams)
        for indicator, values in (("z", z), ("value_added", value_added))
    ]
    return pd.DataFrame(rows)


def _verdict(index: float) -> str:
    limits = ((2.0, "well_above"), (1.0, "above"), (-1.0, "as_expected"), (-2.0, "below"))
    return next((verdict for limit, verdict in limits if index >= limit), "well_below")
