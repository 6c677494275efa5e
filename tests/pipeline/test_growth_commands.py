"""The commands on starts, years and growth charts: keys of the contract, and refusals."""

import pytest

from pipeline.__main__ import DONE, REFUSED, WRONG_CALL, main
from tests.pipeline.test_statistics_commands import call, pair

__all__ = ["pair"]


def test_differential_lists_schools_and_fifths(
    pair: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    exam, baseline = pair
    asked = ["differential", "--exam", exam, "--baseline", baseline, "--subject", "数学"]
    answer = call(capsys, *asked)
    assert {"difference", "se", "q_value", "flag", "status"} <= set(answer["schools"][0])
    assert {row["quintile"] for row in answer["fifths"]} == {1, 2, 3, 4, 5}
    assert answer["n_compared"] > 10
    assert 0 <= answer["p_all"] <= 1
    assert main([*asked, "--method", "z_change"]) == REFUSED


def test_several_years_name_what_they_rest_on(
    pair: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    exam, baseline = pair
    asked = ["several-years", "--exam", exam, "--baseline", baseline, "--subject", "数学"]
    answer = call(capsys, *asked)
    assert answer["weights"] == [3.0, 2.0, 1.0]
    assert [year["exam"] for year in answer["years"]] == [exam]
    assert {row["exam"] for row in answer["single"]} == {exam}
    assert {"estimate", "missing", "n_years"} <= set(answer["schools"][0])


def test_growth_of_a_group_has_fifths_bands_and_curves(
    pair: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    exam, baseline = pair
    asked = ["growth", "--exam", exam, "--baseline", baseline, "--subject", "数学"]
    answer = call(capsys, *asked, "--group", "T01")
    assert [row["fifth"] for row in answer["fifths"]] == [1, 2, 3, 4, 5]
    assert sum(row["n"] for row in answer["bands"]) == answer["summary"]["n"]
    assert {row["percentile"] for row in answer["curves"]} == {10, 25, 50, 75, 90}
    assert main([*asked, "--group", "locale=town"]) == DONE
    assert "mean percentile" in capsys.readouterr().out
    assert main([*asked, "--group", "none"]) == WRONG_CALL
    assert "No group 'none'" in capsys.readouterr().err
