"""STATISTICS in a notebook: of schools for the operator alone, of the county for everybody."""

from datetime import date
from typing import get_args

import pandas as pd
import pytest

from core.errors import NotEstimableError, SettingsError
from data.catalogue import find_exam, units_of
from data.home import Home
from data.scope import LEADERSHIP, OPERATOR, RESEARCHER, Scope
from data.store import Store
from pipeline import frames
from pipeline.exam_statistics import statistic_of
from pipeline.frames.statistics import OwnKind, PairKind
from pipeline.link_exams import link_exams
from tests.small_county import SMALL_SCHOOLS, SmallExam, make_county, submission_of

ENTRY, FINAL, MAKE_UP = "入学", "期末", "补考"
KINDS = (*get_args(OwnKind), *get_args(PairKind))
WITHOUT_SMALL_GROUPS = (
    LEADERSHIP,
    RESEARCHER,
    Scope("administrator"),
    Scope("township", schools=("D", "E", "F", "J")),
    Scope("school", schools=("D",)),
)


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Give a county with small schools, and a make-up exam of six pupils."""
    return make_county(
        Home(tmp_path_factory.mktemp("small") / "store"),
        submission_of(SmallExam(), ENTRY, day=date(2025, 9, 3), grade=7),
        submission_of(SmallExam({"M": 6}), MAKE_UP, day=date(2026, 3, 4), grade=7),
        submission_of(
            SmallExam(absent={("E", 1): 3}, strangers={"F": 12}),
            FINAL,
            day=date(2026, 6, 28),
            grade=7,
            seed=2,
        ),
    )


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("scope", WITHOUT_SMALL_GROUPS, ids=lambda scope: scope.role)
def test_schools_statistics_are_refused_without_small_groups(
    county: Store, scope: Scope, kind: str
) -> None:
    with pytest.raises(SettingsError, match=f"role {scope.role!r}.*OPERATOR") as refused:
        frames.statistics(scope, county, kind, exam=FINAL, baseline=ENTRY)  # type: ignore[arg-type]
    assert "管理员" in refused.value.message_zh
    assert kind in refused.value.message_zh


def test_the_operator_gets_what_is_stored(county: Store) -> None:
    release, earlier = (find_exam(OPERATOR, county, exam) for exam in (FINAL, ENTRY))
    origin = ["exam", "release", "rule_version"]
    found = frames.statistics(OPERATOR, county, "score_histogram", exam=FINAL)
    subjects = ["chinese", "math", "total"]
    stored = statistic_of(OPERATOR, county, release, "score_histogram", subjects)
    pd.testing.assert_frame_equal(found.drop(columns=origin), stored, check_dtype=False)
    moments = frames.statistics(OPERATOR, county, "moments", exam=FINAL, baseline=ENTRY)
    told = moments.drop(columns=[*origin, "baseline", "baseline_release"])
    pd.testing.assert_frame_equal(told, link_exams(OPERATOR, county, release, earlier))
    assert {"A", "H"} < set(moments["school"])


@pytest.mark.parametrize("kind", KINDS)
def test_every_statistic_is_of_the_schools_of_the_scope(county: Store, kind: str) -> None:
    mine = Scope("administrator", schools=("D", "E"), sees_small_groups=True)
    baseline = ENTRY if kind in get_args(PairKind) else None
    found = frames.statistics(mine, county, kind, exam=FINAL, baseline=baseline)  # type: ignore[arg-type]
    assert set(found["school"]) == {"D", "E"}
    assert found.attrs["sees_small_groups"] is True
    coded = Scope("administrator", sees_small_groups=True, shows_names=False)
    found = frames.statistics(coded, county, kind, exam=FINAL, baseline=baseline)  # type: ignore[arg-type]
    assert len(set(found["school"])) == len(SMALL_SCHOOLS)
    assert not set(found["school"]) & set(SMALL_SCHOOLS)


def test_no_frame_of_the_county_names_a_school_or_a_group_under_ten(county: Store) -> None:
    units = units_of(county, find_exam(LEADERSHIP, county, FINAL).county)
    below = units[units["level"] != "county"]
    for scope in WITHOUT_SMALL_GROUPS:
        bands = frames.county_scores(scope, county, exam=FINAL, subject="math")
        pooled = frames.county_moments(scope, county, exam=FINAL, baseline=ENTRY)
        assert bands["n_pupils"].min() >= 10
        assert bands["n_pupils"].sum() == sum(SMALL_SCHOOLS.values())
        assert pooled["n_pupils"].min() >= 10
        for frame in (bands, pooled):
            told = {value for row in frame.to_dict("records") for value in row.values()}
            assert not told & {*below["code"], *below["name"]}


def test_moments_of_the_county_are_those_of_the_matched_in_the_digits_of_the_pages(
    county: Store,
) -> None:
    """Twelve of F are new: enough that the means of matched and of all may both be told."""
    pooled = frames.county_moments(RESEARCHER, county, exam=FINAL, baseline=ENTRY)
    assert set(pooled["subject"]) == {"chinese", "math", "total"}
    assert pooled["current_mean"].notna().all()
    exact = frames.statistics(OPERATOR, county, "moments", exam=FINAL, baseline=ENTRY)
    math = exact[exact["subject"] == "math"]
    row = pooled.set_index("subject").loc["math"]
    assert row["current_mean"] == round(math["y"].sum() / math["n"].sum() / 100, 1)
    assert row["n_pupils"] == math["n"].sum() == sum(SMALL_SCHOOLS.values()) - 12


def test_an_exam_of_few_pupils_has_no_distribution(county: Store) -> None:
    with pytest.raises(NotEstimableError, match="Fewer than 10 pupils"):
        frames.county_scores(RESEARCHER, county, exam=MAKE_UP, subject="math")


def test_bands_are_points_of_the_paper(county: Store) -> None:
    bands = frames.county_scores(RESEARCHER, county, exam=FINAL, subject="数学")
    assert set(bands["subject"]) == {"math"}
    assert (bands["low"].iloc[0], bands["high"].iloc[-1]) == (0.0, 120.0)
    assert bands.attrs["exam"] == FINAL


def test_wrong_calls_are_told_in_both_languages(county: Store) -> None:
    with pytest.raises(SettingsError, match="as baseline=") as refused:
        frames.statistics(OPERATOR, county, "moments", exam=FINAL)
    assert "baseline=" in refused.value.message_zh
    with pytest.raises(SettingsError, match="Choose one of the 6") as refused:
        frames.statistics(OPERATOR, county, "pupils", exam=FINAL)  # type: ignore[arg-type]
    assert "没有名为“pupils”的统计量" in refused.value.message_zh
    with pytest.raises(SettingsError, match="is not linked with"):
        frames.county_moments(RESEARCHER, county, exam=FINAL, baseline="无")
    with pytest.raises(SettingsError, match="exams found: 3"):
        frames.county_scores(RESEARCHER, county, exam="无", subject="math")
