"""Bands: hand-worked cells, a plain second implementation, exit lines, gaps in the input."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
import pytest

from core.errors import DataError
from core.judgement_tables import JUDGEMENTS, SIGNALS
from core.warning.default_rules import DEFAULT_RULES
from core.warning.judge import Bands, judge_bands
from core.warning.rules import rule_set_of
from tests.core.warning.make_figures import (
    GROUPS,
    SCHOOLS,
    make_effects,
    make_gaps,
    make_rows,
    make_standing,
    rules_with,
)

RULES = rule_set_of(DEFAULT_RULES)
Z = np.linspace(-0.9, 0.9, 10)
"""Cut at -0.54, -0.18, 0.18 and 0.54: two schools on each level."""


def bands_of(
    figures: Mapping[str, Any],
    *,
    before: Mapping[str, Any] | None = None,
) -> Bands:
    """Judge ten schools from figures of this exam and perhaps of the one before."""
    previous = None if before is None else make_rows(before)
    return judge_bands(make_rows(figures), previous=previous, groups=GROUPS, rules=RULES)


def signals_of(bands: Bands, unit: str) -> pd.DataFrame:
    """Return the signals of one school, signal as index."""
    return bands.signals[bands.signals["unit"] == unit].set_index("signal")


def told(signals: pd.DataFrame, signal: str, columns: list[str]) -> list[object]:
    """Return what the row of one signal tells."""
    return [signals[column][signal] for column in columns]


def test_the_grid_joins_status_and_change() -> None:
    fall = np.where(np.isin(SCHOOLS, ["a", "c", "e", "g", "i"]), 0.3, 0.0)
    bands = bands_of({"z": Z}, before={"z": Z + fall})
    assert bands.judgements["band"].tolist() == [
        *("red", "yellow"),
        *("yellow", "blue"),
        *("yellow", "none"),
        *("blue", "none"),
        *("blue", "none"),
    ]
    assert bands.judgements["signals"].tolist()[:2] == ["grid", "grid"]


def test_a_change_that_chance_could_make_is_flat() -> None:
    """SE of each is 0.05, of the change 0.0707: 1.96 SE are 0.1386."""
    for fall, band in ((0.138, "yellow"), (0.139, "red")):
        bands = bands_of({"z": Z}, before={"z": Z + fall})
        assert bands.judgements["band"].iloc[0] == band


def test_the_evidence_carries_value_line_and_pupils() -> None:
    bands = bands_of({"z": Z, "low_rate": [0.31] * 10}, before={"z": Z + 0.3})
    JUDGEMENTS.require(bands.judgements)
    SIGNALS.require(bands.signals)
    own = signals_of(bands, "a")
    columns = ["value", "threshold", "n_pupils"]
    assert told(own, "grid", columns) == pytest.approx([-0.9, -0.54, 60])
    assert told(own, "grid", ["band"]) == ["red"]
    assert own.loc["change", "value"] == pytest.approx(-0.3)
    assert own.loc["change", "threshold"] == pytest.approx(-1.96 * 0.05 * 2**0.5, abs=1e-4)
    assert own.loc["change", "band"] == "none"
    assert told(own, "low_rate", ["value", "threshold", "band"]) == [0.31, 0.3, "yellow"]
    first = bands.judgements.iloc[0]
    assert (first["rule"], first["version"]) == ("warning_default", "1")
    assert first["signals"] == "grid;low_rate"


def test_red_needs_the_grid_or_two_signals() -> None:
    flat = {"z": np.zeros(10), "low_rate": [0.5] * 10}
    alone = bands_of(flat)
    assert set(alone.judgements["band"]) == {"yellow"}
    both = judge_bands(
        make_rows(flat),
        value_added={"math": make_effects([-3.5] * 5 + [-2.5] * 5)},
        groups=GROUPS,
        rules=RULES,
    )
    assert both.judgements["band"].tolist() == ["red"] * 5 + ["yellow"] * 5


def test_the_grid_counts_as_one_signal_where_the_rules_say_so() -> None:
    rules = rules_with({"combine.grid_alone": False})
    rows, before = make_rows({"z": Z}), make_rows({"z": Z + 0.3})
    bands = judge_bands(rows, previous=before, groups=GROUPS, rules=rules)
    assert bands.judgements["band"].iloc[0] == "yellow"
    assert signals_of(bands, "a").loc["grid", "band"] == "red"


def test_signals_are_listed_gravest_first() -> None:
    bands = judge_bands(
        make_rows({"z": Z, "low_rate": [0.45] * 10}),
        value_added={"math": make_effects([-1.5] * 10)},
        gaps=make_gaps([-0.35] * 10),
        groups=GROUPS,
        rules=RULES,
    )
    assert bands.judgements["signals"].iloc[0] == "low_rate;grid;subject_gap;value_added_index"
    assert bands.judgements["signals"].iloc[9] == "low_rate;subject_gap;value_added_index"


def test_a_gap_that_is_not_flagged_does_not_fire() -> None:
    rows = make_rows({"z": np.zeros(10)})
    for flag, band in (("weak", "yellow"), ("none", "none")):
        gaps = make_gaps([-0.4] * 10, flag=flag)
        bands = judge_bands(rows, gaps=gaps, groups=GROUPS, rules=RULES)
        assert set(bands.judgements["band"]) == {band}


def test_falls_and_growth_have_to_be_more_than_chance() -> None:
    now = {"z": np.zeros(10), "participation": [0.9] * 10, "bottom20_share": [0.3] * 10}
    then = {"z": np.zeros(10), "participation": [0.96] * 10, "bottom20_share": [0.2] * 10}
    for se, band in ((0.01, "red"), (0.05, "none")):
        rows, before = make_rows(now, se=se), make_rows(then, se=se)
        rules = rules_with({"combine.needs.red": 1})
        bands = judge_bands(rows, previous=before, groups=GROUPS, rules=rules)
        assert set(bands.judgements["band"]) == {band}
    own = signals_of(bands, "a")
    assert own.loc["participation_fall", "value"] == pytest.approx(-0.06)
    assert own.loc["bottom20_growth", "value"] == pytest.approx(0.1)


def test_a_figure_on_its_line_fires_whatever_its_rounding() -> None:
    """0.92 - 0.95 is a hair below -0.03, 0.3 - 0.2 a hair below 0.1."""
    now = {"z": np.zeros(10), "bottom20_share": [0.3] * 10}
    then = {"z": np.zeros(10), "bottom20_share": [0.2] * 10}
    rows, before = make_rows(now, se=0.01), make_rows(then, se=0.01)
    bands = judge_bands(rows, previous=before, groups=GROUPS, rules=RULES)
    assert signals_of(bands, "a").loc["bottom20_growth", "band"] == "red"


def test_without_an_earlier_exam_the_status_alone_speaks_or_nothing() -> None:
    assert bands_of({"z": Z}).judgements["band"].tolist()[:4] == ["yellow"] * 2 + ["blue"] * 2
    silent = judge_bands(
        make_rows({"z": Z}), groups=GROUPS, rules=rules_with({"grid.first": ...})
    )
    assert set(silent.judgements["band"]) == {"insufficient"}
    assert set(silent.judgements["reason"]) == {"no_earlier"}


@pytest.mark.parametrize(
    ("column", "value", "reason"),
    [
        ("n_pupils", 19, "few_pupils"),
        ("status", "suppressed", "suppressed"),
        ("status", "low_coverage", "low_coverage"),
        ("estimate", np.nan, "not_estimable"),
    ],
)
def test_a_school_that_cannot_be_judged_gets_no_colour_and_stops_nobody(
    column: str, value: object, reason: str
) -> None:
    rows = make_rows({"z": Z, "low_rate": [0.45] * 10})
    first = rows["unit"] == "a"
    rows[column] = rows[column].mask(first, value)
    bands = judge_bands(rows, groups=GROUPS, rules=RULES)
    assert bands.judgements["band"].tolist()[0] == "insufficient"
    assert bands.judgements["reason"].tolist()[0] == reason
    assert "insufficient" not in set(bands.judgements["band"][1:])


def test_a_group_under_five_is_listed_not_judged() -> None:
    groups = pd.Series(["small"] * 4 + ["large"] * 6, index=list(SCHOOLS))
    bands = judge_bands(make_rows({"z": Z}), groups=groups, rules=RULES)
    assert bands.judgements["reason"].tolist() == ["small_group"] * 4 + ["ok"] * 6


def test_cuts_are_those_of_the_own_group() -> None:
    groups = pd.Series(["low"] * 5 + ["high"] * 5, index=list(SCHOOLS))
    bands = judge_bands(make_rows({"z": Z}), groups=groups, rules=RULES)
    once = ["yellow", "blue", "none", "none", "none"]
    assert bands.judgements["band"].tolist() == once * 2


def test_units_without_a_group_are_not_judged() -> None:
    groups = GROUPS.astype("str").mask(GROUPS.index == "j")[1:]
    bands = judge_bands(make_rows({"z": Z}), groups=groups, rules=RULES)
    assert bands.judgements["unit"].tolist() == list("bcdefghi")


def test_thin_value_added_is_no_evidence() -> None:
    rules = rules_with({"combine.required": ["value_added_index"]})
    for coverage, band in ((0.7, "blue"), (0.69, "insufficient")):
        effects = make_effects([-1.5] * 10, coverage=coverage)
        bands = judge_bands(
            make_rows({"z": np.zeros(10)}),
            value_added={"math": effects},
            groups=GROUPS,
            rules=rules,
        )
        assert set(bands.judgements["band"]) == {band}
    assert signals_of(bands, "a").loc["value_added_index", "reason"] == "low_coverage"


def test_where_no_school_differs_value_added_is_known_to_be_silent() -> None:
    effects = make_effects([np.nan] * 10).assign(verdict="no_difference_found")
    rules = rules_with({"combine.required": ["value_added_index"]})
    bands = judge_bands(
        make_rows({"z": np.zeros(10)}),
        value_added={"math": effects},
        groups=GROUPS,
        rules=rules,
    )
    assert set(bands.judgements["band"]) == {"none"}


def test_inputs_that_were_not_given_are_told_so() -> None:
    own = signals_of(bands_of({"z": Z}), "a")
    assert told(own, "value_added_index", ["band", "reason"]) == [
        "insufficient", "not_given",
    ]  # fmt: skip
    assert own.loc["low_rate", "reason"] == "not_given"
    assert own["n_pupils"].isna()["low_rate"]


def test_a_total_has_no_subject_gap_and_is_not_stopped_by_it() -> None:
    rules = rules_with({"combine.required": ["subject_gap"]})
    rows = make_rows({"z": Z}, subject="total")
    bands = judge_bands(rows, gaps=make_gaps([0.0] * 10), groups=GROUPS, rules=rules)
    assert "subject_gap" not in set(bands.signals["signal"])
    assert "insufficient" not in set(bands.judgements["band"])


def test_a_coded_rate_is_judged_where_both_ends_agree() -> None:
    """A rate of 0 to 0.1 fires nothing; one of 0.8 to 1 fires red; 0.15 to 0.25 is unclear."""
    rows = make_rows({"z": np.zeros(10), "low_rate": [0.0] * 10})
    rate = rows["indicator"] == "low_rate"
    for low, high, band in (
        (0.0, 0.1, "none"),
        (0.8, 1.0, "red"),
        (0.15, 0.25, "insufficient"),
    ):
        coded = rows.assign(
            estimate=rows["estimate"].mask(rate),
            low=rows["low"].mask(rate, low),
            high=rows["high"].mask(rate, high),
            status=rows["status"].mask(rate, "coded"),
        )
        own = signals_of(judge_bands(coded, groups=GROUPS, rules=RULES), "a").loc["low_rate"]
        assert (own["band"], own["value"]) == (band, high)


def test_wrong_calls_are_refused_with_their_numbers() -> None:
    rows = make_rows({"z": Z})
    two_exams = pd.concat([rows, rows.assign(exam="期中")])
    with pytest.raises(DataError, match=r"one exam at a time \(found: exams 2\)"):
        judge_bands(two_exams, groups=GROUPS, rules=RULES)
    with pytest.raises(DataError, match="Schools with several groups: 1"):
        judge_bands(rows, groups=pd.Series(["x", "y"], index=["a", "a"]), rules=RULES)
    twice = pd.concat(
        [make_standing("red", signal="grid").assign(exam=exam) for exam in ("期初", "期中")]
    )
    with pytest.raises(DataError, match="several standing bands of one signal: 10"):
        judge_bands(rows, groups=GROUPS, rules=RULES, standing=twice)
