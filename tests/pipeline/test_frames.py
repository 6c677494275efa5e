"""Frames for a notebook: the figures of the pages, of the units of a scope and no others."""

from dataclasses import asdict, replace
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from core.errors import NotEstimableError, SettingsError
from data.catalogue import find_exam, units_of
from data.home import Home
from data.scope import LEADERSHIP, OPERATOR, RESEARCHER, Scope
from data.store import Store, open_store_at
from pipeline import frames, open_store
from pipeline.compute_indicators import all_indicators
from pipeline.deidentify import coding_of
from pipeline.hidden_units import hidden_in_exam, hidden_in_pair
from pipeline.load_views import load_leadership, load_school
from pipeline.views import Query
from tests.small_county import SMALL_SCHOOLS, SmallExam, make_county, submission_of

ENTRY, FINAL = "入学", "期末"
BY_NAME = replace(RESEARCHER, shows_names=True)


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Give a county in which schools are small in an exam, a subject, or the pair."""
    return make_county(
        Home(tmp_path_factory.mktemp("small") / "store"),
        submission_of(SmallExam(absent={("C", 1): 2}), ENTRY, day=date(2025, 9, 3), grade=7),
        submission_of(
            SmallExam(SMALL_SCHOOLS | {"G": 9}, strangers={"F": 35}, best={"D": 30}),
            FINAL,
            day=date(2026, 6, 28),
            grade=7,
            seed=2,
        ),
    )


@pytest.fixture
def pair(demonstration: Store) -> tuple[str, str]:
    exam = frames.exams(LEADERSHIP, demonstration).query("grade == 9").iloc[0]
    return str(exam["exam"]), str(exam["baselines"][0])


def figures_of(store: Store, unit: str, query: Query) -> pd.DataFrame:
    """Return a school's figures on its page, in the order of their keys."""
    page = load_school(LEADERSHIP, store, unit, query).figures
    return page.sort_values(["subject", "indicator"], ignore_index=True)


def test_figures_are_those_of_the_page_of_a_school(
    demonstration: Store, pair: tuple[str, str]
) -> None:
    found = frames.indicators(LEADERSHIP, demonstration, exam=pair[0])
    page = figures_of(demonstration, "J003", Query(pair[0], "total", None, "contextual"))
    own = found[(found["unit"] == "J003") & (found["indicator"] != "bottom20_share")]
    own = own.sort_values(["subject", "indicator"], ignore_index=True)
    columns = ["subject", "indicator", "estimate", "low", "high", "n_pupils", "status"]
    pd.testing.assert_frame_equal(own[columns], page[columns], check_dtype=False)
    assert len(own) == 10 * 14


@pytest.mark.parametrize("method", frames.METHODS)
def test_value_added_is_that_of_the_page_of_the_county(
    demonstration: Store, pair: tuple[str, str], method: str
) -> None:
    exam, baseline = pair
    query = Query(exam, "math", baseline, method)  # type: ignore[arg-type]
    found = frames.value_added(
        LEADERSHIP,
        demonstration,
        exam=exam,
        baseline=baseline,
        subject="数学",
        method=method,  # type: ignore[arg-type]
    )
    view = load_leadership(LEADERSHIP, demonstration, query)
    columns = ["school", "n", "estimate", "low", "high", "index", "verdict", "coverage", "name"]
    here, there = (f[columns].set_index("school").sort_index() for f in (found, view.schools))
    pd.testing.assert_frame_equal(here, there, check_dtype=False)
    told = found.attrs["model"]
    assert {key: told[key] for key in ("status", "icc", "sigma_u2", "fairness_r")} == {
        key: asdict(view.model)[key] for key in ("status", "icc", "sigma_u2", "fairness_r")
    }
    assert view.model.common_sample is not None
    assert told["left"] == view.model.common_sample.left


def test_the_operator_gets_the_exact_figures_of_the_command_line(
    demonstration: Store, pair: tuple[str, str]
) -> None:
    key = ["unit", "subject", "indicator"]
    found = frames.indicators(OPERATOR, demonstration, exam=pair[0], subject="math")
    release = find_exam(OPERATOR, demonstration, pair[0])
    exact = all_indicators(OPERATOR, demonstration, release, subject="math")
    both = found.merge(exact, on=key, suffixes=("", "_exact"))
    assert len(both) == len(found)
    pd.testing.assert_series_equal(
        both["estimate"], both["estimate_exact"], check_names=False, check_exact=True
    )


def test_hidden_units_have_rows_without_a_figure(county: Store) -> None:
    release = find_exam(LEADERSHIP, county, FINAL)
    hidden = hidden_in_exam(LEADERSHIP, county, release)
    assert {"A", "H", "G"} <= hidden
    assert "D" not in hidden
    found = frames.indicators(BY_NAME, county, exam=FINAL)
    is_hidden = found["unit"].isin(hidden)
    assert set(found.loc[is_hidden, "status"]) == {"suppressed"}
    numbers = ["estimate", "se", "low", "high", "n_pupils"]
    assert found.loc[is_hidden, numbers].isna().all(axis=None)
    assert "suppressed" not in set(
        found.loc[~is_hidden & ~found["indicator"].isin(["p10", "median", "p90"]), "status"]
    )


def test_a_rate_of_everybody_is_a_range(county: Store) -> None:
    found = frames.indicators(BY_NAME, county, exam=FINAL, subject="math")
    rate = found[(found["unit"] == "D") & (found["indicator"] == "pass_rate")].iloc[0]
    assert (rate["status"], rate["low"], rate["high"]) == ("coded", 0.9, 1.0)
    assert pd.isna(rate["estimate"])


def test_schools_hidden_in_the_pair_have_no_value_added(county: Store) -> None:
    final, entry = (find_exam(LEADERSHIP, county, exam) for exam in (FINAL, ENTRY))
    hidden = hidden_in_pair(LEADERSHIP, county, final, entry)
    assert "F" in hidden - hidden_in_exam(LEADERSHIP, county, final)
    found = frames.value_added(BY_NAME, county, exam=FINAL, baseline=ENTRY, subject="math")
    rows = found[found["school"].isin(hidden)]
    assert len(rows) >= 4
    assert set(rows["status"]) == {"suppressed"}
    numbers = rows[["n", "n_sat", "n_prior", "prior_mean", "estimate", "low", "reliability"]]
    assert numbers.isna().all(axis=None)


def test_the_intake_is_left_out_where_a_few_pupils_left(
    demonstration: Store, pair: tuple[str, str]
) -> None:
    asked: dict[str, Any] = {"exam": pair[0], "baseline": pair[1], "subject": "total"}
    found = frames.value_added(LEADERSHIP, demonstration, **asked)
    left = found["n_prior"] - found["n"]
    few = left.between(1, 9)
    assert few.any()
    assert found.loc[few, "prior_mean"].isna().all()
    assert found.loc[~few, "prior_mean"].notna().all()
    assert frames.value_added(OPERATOR, demonstration, **asked)["prior_mean"].notna().all()


def test_a_school_sees_itself_and_the_county(
    demonstration: Store, pair: tuple[str, str]
) -> None:
    mine, (exam, baseline) = Scope("school", schools=("J003",)), pair
    seen = frames.indicators(mine, demonstration, exam=exam)
    assert set(seen["level"]) <= {"school", "township", "county"}
    tree = units_of(demonstration, "demonstration").set_index("code")
    assert {"COUNTY", "J003"} <= set(seen["unit"]) <= {"COUNTY", "J003", tree["parent"]["J003"]}
    effects = frames.value_added(
        mine, demonstration, exam=exam, baseline=baseline, subject="total"
    )
    assert list(effects["school"]) == ["J003"]
    assert set(frames.units(mine, demonstration, exam=exam)["code"]) == set(seen["unit"])


def test_a_township_is_seen_by_who_may_see_all_of_it(county: Store) -> None:
    tree = units_of(county, find_exam(LEADERSHIP, county, FINAL).county)
    parent = tree.set_index("code")["parent"]
    mine = tuple(sorted(s for s in SMALL_SCHOOLS if parent[s] == parent["D"]))
    assert len(mine) == 4
    whole = frames.units(Scope("township", schools=mine), county, exam=FINAL)
    assert set(whole["level"]) == {"county", "township", "school"}
    part = frames.units(Scope("township", schools=mine[:-1]), county, exam=FINAL)
    assert set(part["level"]) == {"county", "school"}


def test_a_researcher_reads_codes_in_an_order_that_tells_nothing(
    demonstration: Store, pair: tuple[str, str]
) -> None:
    exam, baseline = pair
    tree = units_of(demonstration, "demonstration")
    below = tree[~tree["level"].isin(["city", "county"])]
    secret = {*below["code"], *below["name"]}
    coding = coding_of(LEADERSHIP, demonstration)
    found = frames.indicators(RESEARCHER, demonstration, exam=exam)
    effects = frames.value_added(
        RESEARCHER, demonstration, exam=exam, baseline=baseline, subject="total"
    )
    units = frames.units(RESEARCHER, demonstration, exam=exam)
    told = [*found["unit"], *found["name"], *effects["school"], *effects["name"]]
    told += [*units["code"], *units["name"], *units["parent"].dropna()]
    assert not set(told) & secret
    schools = units.loc[units["level"] == "school", "code"]
    assert list(schools) == sorted(schools)
    assert set(units["school_type"].dropna()) <= set(tree["school_type"].dropna())
    named = frames.indicators(LEADERSHIP, demonstration, exam=exam)
    mine = found[found["unit"] == coding.stand_ins["J003"]]["estimate"]
    assert list(mine.dropna()) == list(named[named["unit"] == "J003"]["estimate"].dropna())


def test_a_frame_says_where_it_comes_from(
    demonstration: Store, pair: tuple[str, str], tmp_path: Path
) -> None:
    exam, baseline = pair
    found = frames.value_added(
        RESEARCHER, demonstration, exam=exam, baseline=baseline, subject="total"
    )
    origin = {"exam": exam, "release": 1, "rule_version": "2026.1", "baseline": baseline}
    assert origin.items() <= found.attrs.items()
    assert found.attrs["is_demonstration"] is True
    found.to_parquet(tmp_path / "found.parquet")
    assert pd.read_parquet(tmp_path / "found.parquet").attrs == found.attrs
    assert found[found["estimate"] > 0].attrs == found.attrs
    table = pd.read_csv(StringIO(found.merge(found[["school"]]).to_csv(index=False)))
    assert all(
        set(table[name]) == {value} for name, value in origin.items() if name != "rule_version"
    )
    assert set(table["rule_version"].astype(str)) == {"2026.1"}


def test_exams_are_told_with_what_they_are_linked_with(county: Store) -> None:
    found = frames.exams(RESEARCHER, county).set_index("exam")
    assert list(found.index) == [FINAL, ENTRY]
    assert found["baselines"][FINAL] == (ENTRY,)
    assert found["subjects"][FINAL] == ("chinese", "math", "total")
    assert found["n_pupils"][ENTRY] == sum(SMALL_SCHOOLS.values())


def test_what_does_not_exist_is_refused_in_both_languages(county: Store) -> None:
    asked: dict[str, Any] = {"exam": FINAL, "baseline": ENTRY, "subject": "math"}
    wrong = {
        "exam": "exams found: 2",
        "subject": "Choose one of its 3",
        "baseline": "linked exams: 1",
        "method": "Choose one of the 2",
    }
    for key, message in wrong.items():
        with pytest.raises(SettingsError, match=message) as refused:
            frames.value_added(RESEARCHER, county, **asked | {key: "无此项"})
        assert "无此项" in refused.value.message_zh
    with pytest.raises(SettingsError, match="Choose one of its 3"):
        frames.indicators(RESEARCHER, county, exam=FINAL, subject="无此项")


def test_a_pair_with_few_matched_pupils_has_no_value_added(tmp_path: Path) -> None:
    before = submission_of(SmallExam({"D": 30, "E": 4}), ENTRY, day=date(2025, 9, 3), grade=7)
    strangers = SmallExam({"D": 30, "E": 4}, strangers={"D": 30})
    after = submission_of(strangers, FINAL, day=date(2026, 6, 28), grade=7)
    store = make_county(Home(tmp_path / "store"), before, after)
    with pytest.raises(NotEstimableError, match="Fewer than 10 pupils are linked"):
        frames.value_added(RESEARCHER, store, exam=FINAL, baseline=ENTRY, subject="math")


def test_the_door_opens_the_store_of_the_environment(
    demonstration_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ZHUNSHENG_HOME", str(demonstration_home))
    store = open_store()
    there = open_store_at(Home(demonstration_home))
    assert list(frames.exams(RESEARCHER, store)["exam"]) == list(
        frames.exams(RESEARCHER, there)["exam"]
    )
