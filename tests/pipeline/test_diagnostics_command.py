"""The command ``diagnostics``: keys of the contract, the same figures, refusals."""

import json

import pandas as pd
import pytest

from core.value_added import ValueAddedSpec
from data.catalogue import find_exam, list_exams
from data.scope import OPERATOR
from data.store import Store
from pipeline.__main__ import DONE, WRONG_CALL, main
from pipeline.compute_diagnostics import exam_diagnostics
from pipeline.compute_value_added import ValueAddedRequest
from pipeline.exam_statistics import earlier_exams


@pytest.fixture
def asked(demonstration: Store, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Give a call about the last exam of a cohort and its first."""
    monkeypatch.setenv("ZHUNSHENG_HOME", str(demonstration.home.root))
    last = next(e for e in list_exams(OPERATOR, demonstration) if e.grade == 9)
    first = earlier_exams(OPERATOR, demonstration, last)[0]
    return ["diagnostics", "--exam", last.name, "--baseline", first.name, "--subject", "math"]


def test_json_holds_all_of_it_and_the_figures_are_those_computed(
    asked: list[str], demonstration: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert main([*asked, "--method", "contextual", "--format", "json"]) == DONE
    answer = json.loads(capsys.readouterr().out)
    assert {
        "exam", "baseline", "rule_version", "method", "subject", "status", "n_pupils",
        "n_schools", "coefficients", "normality", "reliabilities", "least_reliability",
        "residuals", "schools",
    } == set(answer) - {"release", "baseline_release"}  # fmt: skip
    exam, baseline = (find_exam(OPERATOR, demonstration, asked[k]) for k in (2, 4))
    spec = ValueAddedSpec("contextual", "z")
    request = ValueAddedRequest(exam, baseline, "math", (), spec)
    found = exam_diagnostics(OPERATOR, demonstration, request)
    schools = pd.DataFrame(answer["schools"]).set_index("school")
    assert schools["cook"].is_monotonic_decreasing
    wanted = found.schools.set_index("school").loc[schools.index]
    assert schools["cook"].tolist() == pytest.approx(wanted["cook"].tolist())
    assert schools["hold"].sum() == pytest.approx(1)
    assert answer["coefficients"][0] == "(Intercept)"
    assert answer["coefficients"][-1] == "mean_prior"
    assert sum(group["n"] for group in answer["residuals"]["groups"]) == found.n_pupils
    assert [row["reliability"] for row in answer["reliabilities"]][3] == 0.85


def test_text_and_csv_hold_the_schools(
    asked: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert main(asked) == DONE
    text = capsys.readouterr().out
    for part in ("by group of the prior", "Shapiro-Wilk W", "at least 0.", "J001"):
        assert part in text
    assert main([*asked, "--format", "csv"]) == DONE
    assert capsys.readouterr().out.startswith("school,n,share,leverage,hold,cook")


def test_a_reliability_that_would_be_ignored_is_refused(
    asked: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*asked, "--reliability", "0.9"]) == WRONG_CALL
    assert "takes no --reliability (given: 1)" in capsys.readouterr().err
    given = ["--method", "reliability_corrected", "--reliability", "0.9"]
    assert main([*asked, *given]) == DONE
