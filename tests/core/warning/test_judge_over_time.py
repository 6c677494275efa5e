"""Bands over time and at random: exit lines, a plain second implementation, order, unit."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.warning.default_rules import DEFAULT_RULES
from core.warning.judge import Bands, judge_bands
from core.warning.rules import BANDS, rule_set_of
from tests.core.warning.make_figures import (
    GROUPS,
    SCHOOLS,
    make_effects,
    make_gaps,
    make_rows,
    make_standing,
    rules_with,
)
from tests.core.warning.plain_bands import Cell, plain_band

RULES = rule_set_of(DEFAULT_RULES)
Z = np.linspace(-0.9, 0.9, 10)
SUBJECTS = tuple(f"subject_{i}" for i in range(8))
CODES = ("grid", "low_rate", "value_added_index", "subject_gap")


def low_rate_of(bands: Bands) -> pd.Series:
    """Return the evidence on the low rate of the first school."""
    return bands.signals[bands.signals["signal"] == "low_rate"].iloc[0]


def test_leaving_a_band_needs_the_exit_line() -> None:
    """Low rate fires yellow from 0.30; it is left at 0.28 only, if it has made the band."""
    for rate, stood, band in (
        (0.29, "none", "blue"),
        (0.29, "yellow", "yellow"),
        (0.279, "yellow", "blue"),
        (0.29, "red", "yellow"),
        (0.19, "blue", "blue"),
        (0.179, "blue", "none"),
    ):
        bands = judge_bands(
            make_rows({"z": np.zeros(10), "low_rate": [rate] * 10}),
            groups=GROUPS,
            rules=RULES,
            standing=make_standing(stood, signal="low_rate"),
        )
        assert set(bands.judgements["band"]) == {band}, (rate, stood)
    assert low_rate_of(bands)["threshold"] == 0.2


def test_a_signal_that_did_not_fire_is_not_held() -> None:
    bands = judge_bands(
        make_rows({"z": np.zeros(10), "low_rate": [0.29] * 10}),
        groups=GROUPS,
        rules=RULES,
        standing=make_standing("yellow", signal="subject_gap"),
    )
    assert set(bands.judgements["band"]) == {"blue"}


def test_a_band_that_is_held_shows_its_exit_line() -> None:
    bands = judge_bands(
        make_rows({"z": np.zeros(10), "low_rate": [0.29] * 10}),
        groups=GROUPS,
        rules=RULES,
        standing=make_standing("yellow", signal="low_rate"),
    )
    own = low_rate_of(bands)
    assert own["band"] == "yellow"
    assert own["threshold"] == pytest.approx(0.28)


def test_the_grid_is_left_by_its_margin() -> None:
    z = Z.copy()
    z[2] = -0.5  # the cut between the lowest levels is now 0.2 below this school's margin
    fresh = (
        judge_bands(make_rows({"z": z}), groups=GROUPS, rules=RULES).judgements["band"].tolist()
    )
    held = judge_bands(
        make_rows({"z": z}),
        groups=GROUPS,
        rules=RULES,
        standing=make_standing("yellow", signal="grid"),
    )
    cut = np.quantile(z, 0.2)
    kept = [
        "yellow" if value - 0.05 < cut - 1e-9 else band
        for value, band in zip(z, fresh, strict=True)
    ]
    assert held.judgements["band"].tolist() == kept


def random_figures(seed: int) -> pd.DataFrame:
    """Return figures of ten schools in every subject, and what stood there."""
    rng = np.random.default_rng(seed)
    keys = pd.MultiIndex.from_product([SUBJECTS, SCHOOLS], names=["subject", "unit"])
    n = len(keys)
    spreads = {"z": 1.0, "fall": 0.25, "value_added": 1.5, "gap": 0.25}
    draws = {name: rng.normal(0, sd, size=n).round(2) for name, sd in spreads.items()}
    stood = {f"stood_{code}": rng.choice(BANDS, size=n) for code in CODES}
    return keys.to_frame(index=False).assign(
        **draws, **stood, low_rate=rng.uniform(0, 0.5, size=n).round(2)
    )


def standing_of(figures: pd.DataFrame) -> pd.DataFrame:
    """Return what the signals stood at as SIGNALS rows."""
    own = [
        figures[["unit", "subject"]].assign(signal=code, band=figures[f"stood_{code}"])
        for code in CODES
    ]
    rows = pd.concat(own, ignore_index=True).assign(exam="期中", reason="ok", n_pupils=60)
    return rows.assign(value=np.nan, threshold=np.nan)


def judge_random(
    figures: pd.DataFrame, *, with_before: bool, standing: pd.DataFrame | None = None
) -> Bands:
    """Judge the figures by the package."""
    units, subject = figures["unit"], figures["subject"].to_numpy()
    now = {"z": figures["z"], "low_rate": figures["low_rate"]}
    then = make_rows({"z": figures["z"] + figures["fall"]}, units=units, subject=subject)
    return judge_bands(
        make_rows(now, units=units, subject=subject),
        previous=then if with_before else None,
        value_added={
            str(name): make_effects(part["value_added"])
            for name, part in figures.groupby("subject")
        },
        gaps=make_gaps(figures["gap"], units=units, subject=subject),
        groups=GROUPS,
        rules=RULES,
        standing=standing_of(figures) if standing is None else standing,
    )


def bands_of(figures: pd.DataFrame, *, with_before: bool) -> list[str]:
    """Return the bands of the figures, in the order of their rows."""
    judgements = judge_random(figures, with_before=with_before).judgements
    assert judgements["unit"].tolist() == figures["unit"].tolist()
    return [str(band) for band in judgements["band"]]


def judge_plainly(figures: pd.DataFrame, *, with_before: bool) -> list[str]:
    """Judge the figures by the plain rules."""
    judged = []
    for row in figures.to_dict("records"):
        z = figures.loc[figures["subject"] == row["subject"], "z"].to_numpy(float)
        cell = Cell(
            z=row["z"],
            cuts=tuple(float(np.quantile(z, share)) for share in (0.2, 0.4, 0.6, 0.8)),
            change=row["z"] - (row["z"] + row["fall"]) if with_before else None,
            change_se=0.05 * 2**0.5,
            figures={
                "low_rate": row["low_rate"],
                "value_added_index": row["value_added"],
                "subject_gap": row["gap"],
            },
            stood={code: row[f"stood_{code}"] for code in CODES},
        )
        judged.append(plain_band(cell, rules=RULES))
    return judged


@settings(max_examples=5, deadline=None)  # each of 80 judgements
@given(seed=st.integers(0, 10_000), with_before=st.booleans())
def test_bands_equal_those_of_the_plain_rules(seed: int, with_before: bool) -> None:
    figures = random_figures(seed)
    plain = judge_plainly(figures, with_before=with_before)
    assert bands_of(figures, with_before=with_before) == plain


@settings(max_examples=3, deadline=None)  # each of 80 pairs of judgements
@given(seed=st.integers(0, 10_000), worse=st.floats(0, 0.4))
def test_a_worse_figure_never_gives_a_milder_band(seed: int, worse: float) -> None:
    figures = random_figures(seed)
    graver = figures.assign(low_rate=figures["low_rate"] + worse, gap=figures["gap"] - worse)
    places = [
        [BANDS.index(band) for band in bands_of(each, with_before=True)]
        for each in (figures, graver)
    ]
    assert all(a <= b for a, b in zip(*places, strict=True))


@settings(max_examples=3, deadline=None)
@given(seed=st.integers(0, 10_000), factor=st.floats(0.1, 10), shift=st.floats(-5, 5))
def test_order_and_unit_of_the_status_do_not_matter(
    seed: int, factor: float, shift: float
) -> None:
    rng = np.random.default_rng(seed)
    z = rng.normal(size=10)
    rules = rules_with({"grid.exit_margin": 0, "grid.large_change": 0})
    rows, before = make_rows({"z": z}), make_rows({"z": z + rng.normal(0, 0.3, size=10)})
    plain = judge_bands(rows, previous=before, groups=GROUPS, rules=rules).judgements
    other = [
        frame.assign(estimate=frame["estimate"] * factor + shift, se=frame["se"] * factor)
        .sample(frac=1, random_state=seed)
        .reset_index(drop=True)
        for frame in (rows, before)
    ]
    moved = judge_bands(other[0], previous=other[1], groups=GROUPS, rules=rules).judgements
    both = plain.set_index("unit")["band"], moved.set_index("unit")["band"]
    assert both[1].reindex(both[0].index).tolist() == both[0].tolist()


@pytest.mark.parametrize("seed", range(25))
def test_judging_again_with_what_stands_changes_nothing(seed: int) -> None:
    figures = random_figures(seed)
    first = judge_random(figures, with_before=seed % 2 == 0)
    again = judge_random(figures, with_before=seed % 2 == 0, standing=first.signals)
    pd.testing.assert_frame_equal(first.judgements, again.judgements)
    pd.testing.assert_frame_equal(first.signals, again.signals)


def test_a_signal_holds_the_band_that_it_stood_at_itself_and_no_other() -> None:
    """The grid made school a yellow while its low rate of 0.285 was blue, and stays blue."""
    low_rate = [0.285, *[0.05] * 9]
    poor, best = np.linspace(-0.1, 1, 10), np.array([2.0, *np.linspace(-0.1, 1, 9)])
    first = judge_bands(
        make_rows({"z": poor, "low_rate": low_rate}), groups=GROUPS, rules=RULES
    )
    assert first.judgements[["band", "signals"]].to_numpy().tolist()[0] == [
        "yellow",
        "grid;low_rate",
    ]
    rows = make_rows({"z": best, "low_rate": low_rate})
    second = judge_bands(rows, groups=GROUPS, rules=RULES, standing=first.signals)
    assert second.judgements[["band", "signals"]].to_numpy().tolist()[0] == ["blue", "low_rate"]
    own = low_rate_of(second)
    assert (own["band"], own["threshold"]) == ("blue", 0.2)


def test_a_signal_that_was_insufficient_holds_nothing() -> None:
    bands = judge_bands(
        make_rows({"z": np.zeros(10), "low_rate": [0.29] * 10}),
        groups=GROUPS,
        rules=RULES,
        standing=make_standing("insufficient", signal="low_rate"),
    )
    assert set(bands.judgements["band"]) == {"blue"}
