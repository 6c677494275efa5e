"""Schools of like intake: distances by hand, brute force, ties, groups, refusals."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import DataError, NotEstimableError, SettingsError
from core.peers import Trait, compute_peers
from core.survey_tables import PEER_STATUS, PEERS
from tests.core.make_peers import make_intake

TRAITS = (
    Trait("prior_mean", "sd", 2.0),
    Trait("n_pupils", "robust", 1.0),
    Trait("locale", "same", 0.5),
)
PRIOR = (Trait("prior_mean", "sd", 1.0),)


def test_the_tables_are_as_declared() -> None:
    peers = compute_peers(make_intake(), traits=TRAITS, k=3)
    assert list(PEERS.require(peers.pairs).columns) == PEERS.names
    assert list(PEER_STATUS.require(peers.schools).columns) == PEER_STATUS.names
    assert len(peers.pairs) == 12 * 3


def test_distances_by_hand() -> None:
    intake = pd.DataFrame(
        {
            "school": ["A", "B", "C"],
            "group": "g",
            "prior_mean": [0.0, 1.5, 3.0],  # standard deviation sqrt 1.5
            "locale": ["town", "country", "town"],
        }
    )
    traits = (Trait("prior_mean", "sd", 4.0), Trait("locale", "same", 9.0))
    pairs = compute_peers(intake, traits=traits, k=2).pairs.set_index(["school", "peer"])
    assert pairs["distance"].to_dict() == pytest.approx(
        {
            ("A", "B"): np.sqrt(4 * 1.5 + 9),
            ("A", "C"): np.sqrt(4 * 6),
            ("B", "A"): np.sqrt(4 * 1.5 + 9),
            ("B", "C"): np.sqrt(4 * 1.5 + 9),
            ("C", "A"): np.sqrt(4 * 6),
            ("C", "B"): np.sqrt(4 * 1.5 + 9),
        }
    )


def test_peers_are_the_nearest_by_brute_force() -> None:
    intake = make_intake(20, seed=3)
    pairs = compute_peers(intake, traits=TRAITS, k=4).pairs
    rows = intake[intake["group"] == "junior"]
    prior, size = rows["prior_mean"].to_numpy(float), rows["n_pupils"].to_numpy(float)
    iqr = np.quantile(size, 0.75) - np.quantile(size, 0.25)
    codes, locales = rows["school"].tolist(), rows["locale"].tolist()
    for a, code in enumerate(codes):
        found = []
        for b in range(len(codes)):
            square = 2 * ((prior[a] - prior[b]) / np.std(prior)) ** 2
            square += ((size[a] - size[b]) / (iqr / 1.3489795003921634)) ** 2
            square += 0.5 * (locales[a] != locales[b])
            found += [(round(float(np.sqrt(square)), 9), codes[b])] * (a != b)
        nearest = [peer for _, peer in sorted(found)[:4]]
        assert pairs[pairs["school"] == code]["peer"].tolist() == nearest


def test_equally_near_schools_come_in_order_of_their_codes() -> None:
    intake = pd.DataFrame(
        {"school": list("CADB"), "group": "g", "prior_mean": [0.1, 0.2, 0.3, 0.2]}
    )
    pairs = compute_peers(intake, traits=PRIOR, k=2).pairs
    assert pairs[pairs["school"] == "C"]["peer"].tolist() == ["A", "B"]
    assert pairs[pairs["school"] == "D"]["peer"].tolist() == ["A", "B"]


def test_a_school_of_a_small_group_is_told_so_and_stops_nobody() -> None:
    peers = compute_peers(make_intake(), traits=TRAITS, k=4)
    status = peers.schools.set_index("group")["status"]
    assert set(status["primary"]) == {"too_few_peers"}
    assert set(status["junior"]) == {"ok"}
    assert peers.schools["n_others"].tolist() == [7] * 8 + [3] * 4
    assert not peers.pairs["school"].isin(["S08", "S09", "S10", "S11"]).any()


def test_a_school_without_an_intake_has_no_peers_and_is_none() -> None:
    intake = make_intake()
    intake.loc[0, "prior_mean"] = np.nan
    peers = compute_peers(intake, traits=TRAITS, k=2)
    assert peers.schools["status"][0] == "no_intake"
    assert "S00" not in set(peers.pairs["school"]) | set(peers.pairs["peer"])


def test_a_trait_in_which_all_are_alike_says_nothing() -> None:
    intake = make_intake().assign(same=7.0)
    plain = compute_peers(intake, traits=PRIOR, k=2)
    for alike in (Trait("same", "sd", 5.0), Trait("same", "robust", 5.0)):
        traits = (*PRIOR, alike)
        pd.testing.assert_frame_equal(
            compute_peers(intake, traits=traits, k=2).pairs, plain.pairs
        )


def test_mostly_alike_schools_fall_back_on_the_plain_spread() -> None:
    intake = pd.DataFrame({"school": list("ABCDEF"), "group": "g", "x": [5.0] * 5 + [9.0]})
    pairs = compute_peers(intake, traits=(Trait("x", "robust", 1.0),), k=5).pairs
    far = pairs[(pairs["school"] == "A") & (pairs["peer"] == "F")]["distance"].item()
    assert far == pytest.approx(4 / np.std(intake["x"].to_numpy()))


def test_no_group_large_enough_is_refused_with_the_largest() -> None:
    with pytest.raises(NotEstimableError, match=r"has 9 schools .* 8 peers .*has 8\)"):
        compute_peers(make_intake(), traits=TRAITS, k=8)


@pytest.mark.parametrize(
    ("traits", "k", "found"),
    [
        ((), 2, "traits 0, different 0, peers 2"),
        ((*PRIOR, *PRIOR), 2, "traits 2, different 1"),
        ((Trait("prior_mean", "sd", 0.0),), 2, "traits 1, different 1"),
        (PRIOR, 0, "peers 0"),
    ],
)
def test_settings_that_mean_nothing_are_refused(
    traits: tuple[Trait, ...], k: int, found: str
) -> None:
    with pytest.raises(SettingsError, match=found):
        compute_peers(make_intake(), traits=traits, k=k)


def test_missing_columns_and_repeated_schools_are_refused() -> None:
    intake = make_intake()
    with pytest.raises(DataError, match="missing columns locale, repeated schools 0"):
        compute_peers(intake.drop(columns="locale"), traits=TRAITS, k=2)
    with pytest.raises(DataError, match="repeated schools 12"):
        compute_peers(pd.concat([intake, intake]), traits=TRAITS, k=2)


@pytest.mark.parametrize("wrong", [np.inf, -np.inf, "many"])
def test_a_trait_that_is_no_finite_number_is_refused_with_its_column(wrong: object) -> None:
    intake = make_intake()
    prior = [wrong if j in (2, 5) else value for j, value in enumerate(intake["prior_mean"])]
    intake = intake.assign(prior_mean=pd.Series(prior, dtype=object))
    with pytest.raises(DataError, match=r"trait prior_mean .* numbers: 2 of 12"):
        compute_peers(intake, traits=PRIOR, k=2)


def test_a_kind_of_trait_that_does_not_exist_is_refused() -> None:
    with pytest.raises(SettingsError, match=r"Trait x is of the kind 'SD'.* sd robust same"):
        Trait("x", "SD", 1.0)  # type: ignore[arg-type]


@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 1000), scale=st.floats(0.1, 100), shift=st.floats(-50, 50))
def test_order_and_unit_do_not_matter_and_no_school_is_its_own_peer(
    seed: int, scale: float, shift: float
) -> None:
    intake = make_intake(16, seed=seed)
    moved = intake.sample(frac=1, random_state=seed)
    moved["n_pupils"] = shift + scale * moved["n_pupils"]
    before, after = (compute_peers(i, traits=TRAITS, k=3).pairs for i in (intake, moved))
    assert before["distance"].to_numpy() == pytest.approx(after["distance"].to_numpy())
    assert (before["school"] != before["peer"]).all()
    assert before.groupby("school")["distance"].is_monotonic_increasing.all()
    group = intake.set_index("school")["group"]
    assert (before["school"].map(group) == before["peer"].map(group)).all()
