"""The commands on the simulated county: keys of the contract, bounds, and refusals."""

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from core.value_added.spec import UNIT_OF
from data.catalogue import list_exams
from data.scope import OPERATOR
from data.store import Store
from pipeline.__main__ import DONE, WRONG_CALL, main
from pipeline.exam_statistics import earlier_exams

SCHEME = """
name = "两率一分"
version = "1"
author = "教研室"
reason = "trial"
[[parts]]
indicator = "mean"
weight = 0.3
[[parts]]
indicator = "excellent_rate"
weight = 0.35
[[parts]]
indicator = "pass_rate"
weight = 0.35
"""


@pytest.fixture
def pair(demonstration: Store, monkeypatch: pytest.MonkeyPatch) -> tuple[str, str]:
    """Give the last exam of a cohort and its first, in the store of the environment."""
    monkeypatch.setenv("ZHUNSHENG_HOME", str(demonstration.home.root))
    last = next(e for e in list_exams(OPERATOR, demonstration) if e.grade == 9)
    return last.name, earlier_exams(OPERATOR, demonstration, last)[0].name


def call(capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    """Run a command that succeeds and return its JSON answer."""
    capsys.readouterr()
    assert main([*arguments, "--format", "json"]) == DONE
    return json.loads(capsys.readouterr().out)


def test_indicators_are_the_long_table_of_every_unit(
    pair: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    rows = pd.DataFrame(call(capsys, "indicators", "--exam", pair[0])["indicators"])
    assert {
        "unit", "subject", "indicator", "estimate", "se", "low", "high", "n_pupils", "status",
    } <= set(rows)  # fmt: skip
    assert {"mean", "t_score", "cv", "bottom20_share", "rank"} <= set(rows["indicator"])
    assert not rows.duplicated(["unit", "subject", "indicator"]).any()
    shown = rows["status"] == "ok"
    assert rows.loc[shown, "estimate"].notna().all()
    assert rows.loc[~shown, "estimate"].isna().all()


def test_indicators_of_one_unit_are_those_rows_alone(
    pair: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    every = pd.DataFrame(call(capsys, "indicators", "--exam", pair[0])["indicators"])
    school = every["unit"].iloc[-1]
    one = call(capsys, "indicators", "--exam", pair[0], "--unit", school)["indicators"]
    assert len(one) == (every["unit"] == school).sum()
    assert {row["unit"] for row in one} == {school}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["indicators", "--unit", "S-none"], "no unit 'S-none'"),
        (["indicators", "--subject", "音乐"], "no subject '音乐'"),
        (["weak-schools", "--subject", "音乐"], "no subject '音乐'"),
        (["composite", "--weights", "none.toml"], "no file 'none.toml'"),
    ],
)
def test_an_unknown_name_is_a_wrong_call(
    arguments: list[str],
    said: str,
    pair: tuple[str, str],
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main([*arguments, "--exam", pair[0]]) == WRONG_CALL
    assert said in capsys.readouterr().err


def test_growth_percentiles_of_all_pupils_average_to_fifty(
    pair: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    exam, baseline = pair
    answer = call(capsys, "growth", "--exam", exam, "--baseline", baseline, "--subject", "数学")
    schools = pd.DataFrame(answer["schools"])
    assert {"school", "n", "median", "mean", "se_mean"} <= set(schools)
    mean = (schools["n"] * schools["mean"]).sum() / schools["n"].sum()
    assert mean == pytest.approx(50, abs=0.5)
    assert schools["n"].sum() == answer["n_pupils"]


@pytest.mark.parametrize("with_baseline", [False, True])
def test_gaps_are_flagged_by_their_q_value(
    with_baseline: bool,
    pair: tuple[str, str],
    capsys: pytest.CaptureFixture[str],
) -> None:
    exam, baseline = pair
    start = ["--baseline", baseline] if with_baseline else []
    answer = call(capsys, "gaps", "--exam", exam, *start)
    gaps = pd.DataFrame(answer["gaps"]).dropna(subset=["q_value"])
    assert {"school", "subject", "gap", "se", "q_value", "flag"} <= set(gaps)
    flagged = gaps["flag"] != "none"
    assert (flagged == (gaps["q_value"] <= 0.05)).all()
    assert (gaps.loc[flagged, "raw_gap"].gt(0) == (gaps.loc[flagged, "flag"] == "strong")).all()
    assert answer["indicator"] == ("value_added" if with_baseline else "z")


def test_weak_schools_carry_probability_interval_and_expected_wrong_flags(
    pair: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    exam, baseline = pair
    answer = call(capsys, "weak-schools", "--exam", exam, "--baseline", baseline)
    schools = pd.DataFrame(answer["schools"])
    assert {
        "school", "composite", "rank", "rank_low", "rank_high", "p_bottom20", "candidate",
        "reasons",
    } <= set(schools)  # fmt: skip
    judged = schools[schools["status"] == "ok"]
    assert (judged["rank_low"] <= judged["rank_high"]).all()
    assert judged["p_bottom20"].between(0, 1).all()
    wrong = (1 - schools.loc[schools["candidate"], "p_bottom20"]).sum()
    assert answer["expected_wrong_flags"] == pytest.approx(wrong)
    assert all(schools.loc[schools["candidate"], "reasons"])


def test_without_a_baseline_the_screening_keeps_the_proportions_of_the_other_weights(
    pair: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    answer = call(capsys, "weak-schools", "--exam", pair[0])
    weights = {row["indicator"]: row["weight"] for row in answer["indicators"]}
    assert weights == pytest.approx({"z": 0.5, "low_rate": 0.25, "bottom20_share": 0.25})


def test_the_same_call_gives_the_same_figures(
    pair: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    first, second = (call(capsys, "weak-schools", "--exam", pair[0]) for _ in range(2))
    assert first == second


def test_bands_name_the_signals_that_fired_and_their_rule(
    pair: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    answer = call(capsys, "bands", "--exam", pair[0])
    bands = pd.DataFrame(answer["bands"])
    assert {"school", "subject", "band", "signals"} <= set(bands)
    assert set(bands["band"]) <= {"none", "blue", "yellow", "red", "insufficient"}
    coloured = bands["band"].isin(["blue", "yellow", "red"])
    assert bands.loc[coloured, "signals"].map(len).gt(0).all()
    assert answer["rules"] == [{"rule": "warning_default", "version": "1"}]
    evidence = pd.DataFrame(answer["evidence"])
    assert {"value", "threshold", "n_pupils"} <= set(evidence)


def test_equity_of_the_county_has_both_coefficients_and_its_drivers(
    pair: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    answer = call(capsys, "equity", "--exam", pair[0])
    rows = pd.DataFrame(answer["indicators"])
    assert {"between_cv_weighted", "between_cv_unweighted", "icc"} <= set(rows["indicator"])
    drivers = pd.DataFrame(answer["drivers"])
    shares = drivers.groupby("subject")["contribution"].sum()
    assert shares.to_numpy() == pytest.approx(1.0)
    assert answer["limits"]["icc"] == 0.15


def test_a_composite_shows_nominal_and_effective_weights(
    tmp_path: Path, pair: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "scheme.toml"
    file.write_text(SCHEME, encoding="utf-8")
    answer = call(capsys, "composite", "--exam", pair[0], "--weights", str(file))
    weights = pd.DataFrame(answer["effective_weights"])
    sums = weights.groupby("group")[["nominal", "effective"]].sum()
    assert sums["nominal"].to_numpy() == pytest.approx(1.0)
    schools = pd.DataFrame(answer["schools"])
    assert {"school", "composite", "rank", "rank_low", "rank_high"} <= set(schools)
    assert answer["scheme"]["name"] == "两率一分"


def test_weights_that_do_not_sum_to_one_are_refused_with_their_sum(
    tmp_path: Path, pair: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "scheme.toml"
    file.write_text(SCHEME.replace("0.3\n", "0.4\n"), encoding="utf-8")
    assert main(["composite", "--exam", pair[0], "--weights", str(file)]) == WRONG_CALL
    assert "1.1" in capsys.readouterr().err


@pytest.mark.parametrize("method", [*UNIT_OF, "rank_change", "rate_change"])
def test_every_method_of_value_added_answers_for_every_school(
    method: str, pair: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    exam, baseline = pair
    answer = call(
        capsys, "value-added", "--exam", exam, "--baseline", baseline, "--subject", "数学",
        "--method", method,
    )  # fmt: skip
    assert answer["method"] == method
    assert len({row["school"] for row in answer["schools"]}) == 12


def test_a_change_without_linked_pupils_takes_no_prior(
    pair: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["--exam", pair[0], "--baseline", pair[1], "--subject", "数学"]
    call_ = ["value-added", *arguments, "--method", "rank_change", "--prior", "语文"]
    assert main(call_) == WRONG_CALL
    assert "priors given: 1" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["indicators", "gaps", "weak-schools", "bands", "equity"])
@pytest.mark.parametrize("form", ["text", "csv"])
def test_text_names_the_release_and_csv_has_one_line_per_row(
    command: str, form: str, pair: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([command, "--exam", pair[0], "--format", form]) == DONE
    lines = capsys.readouterr().out.splitlines()
    if form == "text":
        assert f"{pair[0]} (release 1)" in lines[0]
    else:
        assert len({line.count(",") for line in lines[:2]}) == 1


def test_growth_warns_in_both_languages_when_pupils_are_few(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ZHUNSHENG_HOME", str(tmp_path / "home"))
    file = tmp_path / "a.csv"
    for exam, day, grade, k in (("前", "2023-09-04", "7", 1), ("后", "2026-06-28", "9", 7)):
        rows = [
            f"S{i % 3},示例{i % 3}校,1班,T{i:03d},{50 + (i * k + i // k) % 9}\n"
            for i in range(60)
        ]
        file.write_text("学校代码,学校名称,班级,学籍号,数学\n" + "".join(rows), "utf-8")
        call(capsys, "import", str(file), "--exam", exam, "--date", day, "--grade", grade)
    answer = call(capsys, "growth", "--exam", "后", "--baseline", "前", "--subject", "数学")
    said = {warning["code"]: warning for warning in answer["warnings"]}
    assert {"few_pupils", "coarse_outcome"} <= set(said)
    assert said["few_pupils"]["message_en"] == "matched pupils 60, fewer than 250."
    assert "60" in said["few_pupils"]["message_zh"]
