"""What is known of the schools: years by 3:2:1, holes, undone shrinkage, errors together."""

import numpy as np
import pandas as pd
import pytest

from core.errors import DataError
from core.weak_schools.error_correlation import error_correlation_of
from core.weak_schools.evidence import Evidence, gather_evidence
from core.weak_schools.spec import WeakIndicator, WeakSchoolSpec
from tests.core.make_figures import make_figures

Z = (WeakIndicator("z", 1.0),)
LOW = (WeakIndicator("low_rate", 1.0, higher_is_better=False),)
ADDED = (WeakIndicator("value_added", 1.0, is_shrunken=True),)
HALVES = (
    WeakIndicator("z", 0.5),
    WeakIndicator("low_rate", 0.5, higher_is_better=False),
)


def _gather(rows: pd.DataFrame, spec: WeakSchoolSpec, n_schools: int = 2) -> Evidence:
    return gather_evidence(
        rows,
        schools=pd.Index([f"S{j:02d}" for j in range(n_schools)]),
        group=np.zeros(n_schools, np.int64),
        spec=spec,
        correlation=error_correlation_of(),
    )


def test_years_count_three_two_one_each_beside_its_own_group() -> None:
    years = [
        make_figures([[z], [0.0]], exam=e) for e, z in (("3", 0.6), ("2", 1.2), ("1", 2.4))
    ]
    found = _gather(pd.concat(years), WeakSchoolSpec(exams=("3", "2", "1"), indicators=Z))
    mean = (3 * 0.6 + 2 * 1.2 + 2.4) / 6
    assert found.estimate.ravel() == pytest.approx([mean / 2, -mean / 2])
    assert found.error.ravel() == pytest.approx([0.01 * (9 + 4 + 1) / 36] * 2)


def test_a_school_that_lacks_a_year_counts_the_years_it_has() -> None:
    years = [make_figures([[0.6], [0.0], [0.3]], exam="3")]
    years += [make_figures([[0.9], [0.5], [np.nan]], exam="2")]
    found = _gather(pd.concat(years), WeakSchoolSpec(exams=("3", "2"), indicators=Z), 3)
    assert found.estimate.ravel() == pytest.approx([0.6 * 0.3 + 0.4 * 0.2, -0.26, 0.0])
    assert found.error.ravel()[2] == pytest.approx(0.01)


def test_a_harder_paper_in_a_year_that_a_school_lacks_does_not_favour_it() -> None:
    spec = WeakSchoolSpec(exams=("3", "2"), indicators=LOW)
    easy = make_figures([[0.1], [0.2], [0.15]], exam="3", indicator="low_rate")
    hard = make_figures([[0.4], [0.5], [np.nan]], exam="2", indicator="low_rate")
    assert _gather(pd.concat([easy, hard]), spec, 3).estimate[2, 0] == pytest.approx(0.0)


def test_shrunken_figures_are_made_raw_and_low_coverage_counts_as_missing() -> None:
    spec = WeakSchoolSpec(exams=("E",), indicators=ADDED)
    rows = make_figures([[0.4], [-0.2], [0.3]], indicator="value_added", se=0.2)
    rows = rows.assign(reliability=[0.8, 0.5, 0.5])
    rows.loc[2, "status"] = "low_coverage"
    found = _gather(rows, spec, 3)
    assert np.diff(found.estimate[:2, 0]).item() == pytest.approx(-0.4 - 0.5)
    assert np.isnan(found.estimate[2, 0])


def test_errors_of_indicators_go_together_as_told() -> None:
    low = make_figures([[0.2], [0.1]], se=0.03, indicator="low_rate")
    rows = pd.concat([make_figures([[0.1], [0.2]], se=0.1), low])
    error = _gather(rows, WeakSchoolSpec(exams=("E",), indicators=HALVES)).error[0]
    told = error_correlation_of()["z"].to_dict()["low_rate"]
    assert error == pytest.approx(np.array([[0.01, 0.003 * told], [0.003 * told, 0.0009]]))


def test_a_rate_of_zero_has_an_error_and_a_rate_that_all_share_tells_nothing() -> None:
    spec = WeakSchoolSpec(exams=("E",), indicators=LOW)
    rows = make_figures([[0.0], [0.2]], se=[[0.0], [0.05]], indicator="low_rate")
    assert (_gather(rows, spec).error > 0).all()
    none = make_figures([[0.0], [0.0]], se=0.0, indicator="low_rate")
    assert np.isnan(_gather(none, spec).estimate).all()


def test_a_school_whose_only_figure_is_suppressed_is_known_as_such() -> None:
    rows = make_figures([[np.nan], [0.2]])
    rows.loc[0, "status"] = "suppressed"
    found = _gather(rows, WeakSchoolSpec(exams=("E",), indicators=Z))
    assert found.is_suppressed.tolist() == [True, False]


def test_a_correlation_without_an_indicator_is_refused_by_name() -> None:
    spec = WeakSchoolSpec(exams=("E",), indicators=(WeakIndicator("median", 1.0),))
    with pytest.raises(DataError, match=r"lacks median \(1 of 1 indicators\)"):
        _gather(make_figures([[0.1], [0.2]]), spec)
