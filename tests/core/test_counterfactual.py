"""Raising places to their peer mean: hand-computed county, brute force on pupils, refusals."""

from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.counterfactual import Counterfactual, compute_counterfactual
from core.errors import DataError, NotEstimableError
from core.numerics.between_cv import estimate_weighted_cv
from core.survey_tables import COUNTERFACTUAL, GOAL_PLACES, GOALS

PAPERS = pd.DataFrame(
    {
        "subject": pd.Series(["math", "math", "arts"], dtype="str"),
        "grade": [8, 9, 9],
        "full_mark": [120_00, 100_00, 50_00],
        "low_line": [48_00, 40_00, 20_00],
    }
)
PLACE = ["school", "subject", "grade"]


def made_pupils(seed: int = 1, *, n_schools: int = 5) -> pd.DataFrame:
    """One row per pupil and paper, with a score in half points."""
    rng = np.random.default_rng(seed)
    level = rng.uniform(0.35, 0.8, size=n_schools)
    parts = []
    for subject, grade, full_mark in PAPERS[["subject", "grade", "full_mark"]].to_numpy():
        for j in range(n_schools):
            share = rng.normal(level[j] + rng.normal(0, 0.1), 0.2, size=12)
            score = np.clip(np.round(share * full_mark / 50) * 50, 0, full_mark).astype(int)
            place = {"school": f"S{j}", "subject": subject, "grade": int(grade)}
            parts.append(pd.DataFrame({**place, "score": score}))
    return pd.concat(parts, ignore_index=True).astype({"school": "str", "subject": "str"})


def histogram_of(pupils: pd.DataFrame) -> pd.DataFrame:
    return pupils.groupby([*PLACE, "score"]).size().rename("n").reset_index()


def made_peer_mean(pupils: pd.DataFrame, *, add: float = 3.0) -> pd.DataFrame:
    """Take the mean over schools, and a little more, for every place."""
    means = pupils.groupby(PLACE)["score"].mean() / 100
    target = means.groupby(["subject", "grade"]).transform("mean") + add
    return target.rename("peer_mean").reset_index()


def result_of(pupils: pd.DataFrame) -> Counterfactual:
    return compute_counterfactual(
        histogram_of(pupils), papers=PAPERS, peer_mean=made_peer_mean(pupils)
    )


def figures_of(pupils: pd.DataFrame) -> dict[str, float]:
    """Compute the county's three figures, pupil by pupil."""
    joined = pupils.merge(PAPERS, on=["subject", "grade"])
    share = joined["score"] / joined["full_mark"]
    schools = share.groupby(joined["school"]).agg(["size", "mean"])
    cv = estimate_weighted_cv(
        n=schools["size"].to_numpy(float), value=schools["mean"].to_numpy(float)
    )
    return {
        "score_rate": share.mean(),
        "low_rate": (joined["score"] < joined["low_line"]).mean(),
        "between_cv_weighted": cv.estimate,
    }


def raised(pupils: pd.DataFrame, places: list[tuple[str, str, int]]) -> pd.DataFrame:
    """Shift the pupils of these places to their peer mean, pupil by pupil."""
    after = pupils.copy()
    full = PAPERS.set_index(["subject", "grade"])["full_mark"]
    target = made_peer_mean(pupils).set_index(PLACE)["peer_mean"]
    for school, subject, grade in places:
        here = (pupils[PLACE] == [school, subject, grade]).all(axis=1)
        gap = round(100 * target[school, subject, grade] - pupils.loc[here, "score"].mean())
        shifted = pupils.loc[here, "score"] + max(gap, 0)
        after.loc[here, "score"] = shifted.clip(upper=full[subject, grade])
    return after


def places_of(rows: pd.DataFrame) -> list[tuple[str, str, int]]:
    return list(rows[PLACE].itertuples(index=False, name=None))


def test_the_tables_are_as_declared() -> None:
    fit = result_of(made_pupils())
    for table, rows in (
        (COUNTERFACTUAL, fit.places),
        (GOALS, fit.goals),
        (GOAL_PLACES, fit.best),
    ):
        assert list(table.require(rows).columns) == table.names
    assert fit.goals["search"].tolist() == ["exact"] * 3


def test_a_county_of_two_schools_by_hand() -> None:
    histogram = pd.DataFrame(
        {
            "school": ["A", "A", "A", "B", "B"],
            "subject": "arts",
            "grade": 9,
            "score": [15_00, 19_00, 50_00, 30_00, 40_00],
            "n": [1, 1, 2, 1, 3],
        }
    )
    peer_mean = pd.DataFrame(
        {"school": ["A"], "subject": ["arts"], "grade": [9], "peer_mean": [37.5]}
    )
    fit = compute_counterfactual(histogram, papers=PAPERS, peer_mean=peer_mean)
    # A: mean 33.5, shifted by 4: 19, 23, 50 and 50 capped. B: mean 37.5, has no peers.
    row = fit.places.iloc[0]
    assert (row["mean"], row["mean_after"]) == (33.5, 35.5)
    assert fit.goals["before"].tolist() == pytest.approx(
        [0.71, 2 / 8, (0.75 - 0.67) / 2 / 0.71]
    )
    assert fit.goals["after"].tolist() == pytest.approx([0.73, 1 / 8, (0.75 - 0.71) / 2 / 0.73])
    assert fit.places["status"].tolist() == ["ok", "no_peer_mean"]
    assert fit.places.iloc[1][["mean_after", "score_rate"]].isna().all()


@settings(max_examples=8, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_each_place_moves_the_county_as_pupils_summed_again_do(seed: int) -> None:
    pupils = made_pupils(seed, n_schools=4)
    fit, before = result_of(pupils), figures_of(pupils)
    assert dict(zip(fit.goals["goal"], fit.goals["before"], strict=True)) == pytest.approx(
        before
    )
    sound = fit.places[fit.places["status"] == "ok"]
    for place, row in zip(places_of(sound), sound.to_dict("records"), strict=True):
        after = figures_of(raised(pupils, [place]))
        for goal, value in after.items():
            assert row[goal] == pytest.approx(value - before[goal], abs=1e-12)


def test_the_three_places_together_give_the_county_after() -> None:
    pupils = made_pupils(3)
    fit = result_of(pupils)
    for row in fit.goals.to_dict("records"):
        chosen = fit.best[fit.best["goal"] == row["goal"]]
        assert chosen["school"].nunique() == len(chosen) == 3
        after = figures_of(raised(pupils, places_of(chosen)))
        assert row["after"] == pytest.approx(after[str(row["goal"])])
        assert row["change"] == pytest.approx(row["after"] - row["before"])


def test_no_other_three_places_do_more() -> None:
    pupils = made_pupils(4, n_schools=4)
    fit = result_of(pupils)
    places = places_of(fit.places[fit.places["status"] == "ok"])
    tried = [
        figures_of(raised(pupils, list(three)))
        for three in combinations(places, 3)
        if len({school for school, _, _ in three}) == 3
    ]
    after = dict(zip(fit.goals["goal"], fit.goals["after"], strict=True))
    assert len(tried) > 1
    assert after["score_rate"] == pytest.approx(max(t["score_rate"] for t in tried))
    assert after["low_rate"] == pytest.approx(min(t["low_rate"] for t in tried))
    assert after["between_cv_weighted"] == pytest.approx(
        min(t["between_cv_weighted"] for t in tried)
    )


def test_places_at_or_above_their_peers_stay() -> None:
    pupils = made_pupils(5)
    fit = result_of(pupils)
    above = fit.places["mean"] >= fit.places["peer_mean"]
    assert set(fit.places.loc[above, "status"]) == {"not_below_peers"}
    assert not fit.best.merge(fit.places[above][PLACE], on=PLACE).size


def test_a_raised_mean_is_the_peer_mean_unless_it_is_capped() -> None:
    pupils = made_pupils(6)
    pupils["score"] = np.minimum(pupils["score"], 30_00)
    places = result_of(pupils).places.query("status == 'ok'")
    assert places["mean_after"].to_numpy() == pytest.approx(
        places["peer_mean"].to_numpy(), abs=0.005 + 1e-9
    )


@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 1000))
def test_rows_in_another_order_change_nothing(seed: int) -> None:
    pupils = made_pupils(seed)
    histogram, peers = histogram_of(pupils), made_peer_mean(pupils)
    before = compute_counterfactual(histogram, papers=PAPERS, peer_mean=peers)
    after = compute_counterfactual(
        histogram.sample(frac=1, random_state=seed),
        papers=PAPERS[::-1],
        peer_mean=peers.sample(frac=1, random_state=seed),
    )
    pd.testing.assert_frame_equal(before.places, after.places)
    pd.testing.assert_frame_equal(before.goals, after.goals)
    pd.testing.assert_frame_equal(before.best, after.best)


@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 1000))
def test_raising_never_lowers_the_mean_or_adds_low_scores(seed: int) -> None:
    places = result_of(made_pupils(seed)).places.query("status == 'ok'")
    assert (places["score_rate"] > 0).all()
    assert (places["low_rate"] <= 0).all()
    assert (places["mean_after"] <= places["peer_mean"] + 0.005 + 1e-9).all()


def test_nothing_below_its_peers_is_refused_with_the_numbers() -> None:
    pupils = made_pupils()
    with pytest.raises(NotEstimableError, match=r"schools 5, places 15, of them below 0\)"):
        compute_counterfactual(
            histogram_of(pupils), papers=PAPERS, peer_mean=made_peer_mean(pupils, add=-100)
        )


def test_one_school_is_no_county() -> None:
    pupils = made_pupils(n_schools=1)
    with pytest.raises(NotEstimableError, match="schools 1, places 3"):
        result_of(pupils)


def test_scores_and_papers_that_do_not_fit_are_refused() -> None:
    pupils = made_pupils()
    histogram, peers = histogram_of(pupils), made_peer_mean(pupils)
    n_arts = int((histogram["subject"] == "arts").sum())
    with pytest.raises(DataError, match=rf"full mark or low line {n_arts}, rows outside"):
        compute_counterfactual(histogram, papers=PAPERS[:2], peer_mean=peers)
    with pytest.raises(DataError, match=rf"repeated rows {len(histogram)},"):
        compute_counterfactual(
            pd.concat([histogram, histogram]), papers=PAPERS, peer_mean=peers
        )
    with pytest.raises(DataError, match=f"outside 0 to the full mark {len(histogram)}"):
        compute_counterfactual(
            histogram.assign(score=-1 - histogram.index), papers=PAPERS, peer_mean=peers
        )
