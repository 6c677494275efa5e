"""Moving one weight: the sum stays 1, locked ones stay, free ones keep their proportions."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import SettingsError
from core.weighting.rebalance import rebalance

WEIGHTS = st.lists(st.floats(0.01, 1), min_size=2, max_size=8)


@given(st.data(), WEIGHTS, st.floats(-0.5, 1.5))
def test_locked_weights_stay_and_free_ones_keep_their_proportions(
    data: st.DataObject, raw: list[float], to: float
) -> None:
    places = range(len(raw))
    moved = data.draw(st.sampled_from(places))
    locked = data.draw(st.sets(st.sampled_from(places)))
    before, after = np.array(raw) / sum(raw), rebalance(raw, moved=moved, to=to, locked=locked)
    assert after.sum() == pytest.approx(1)
    assert after.min() >= 0
    stays = [k for k in places if k in locked and k != moved]
    free = [k for k in places if k not in locked and k != moved]
    assert after[stays] == pytest.approx(before[stays])
    room = 1 - before[stays].sum()
    if free:
        assert after[moved] == pytest.approx(min(max(to, 0), room))
        shares = before[free] / before[free].sum()
        assert after[free] == pytest.approx(shares * (room - after[moved]))
    else:
        assert after == pytest.approx(before)


def test_weights_of_zero_share_what_is_left_equally() -> None:
    assert rebalance([1, 0, 0], moved=0, to=0.4).tolist() == pytest.approx([0.4, 0.3, 0.3])


def test_a_locked_weight_can_be_moved_by_hand() -> None:
    moved = rebalance([0.5, 0.5], moved=0, to=0.7, locked=[0])
    assert moved.tolist() == pytest.approx([0.7, 0.3])


def test_a_place_that_the_node_lacks_is_refused() -> None:
    with pytest.raises(SettingsError, match="2 parts and none at place 5"):
        rebalance([0.5, 0.5], moved=5, to=0.1)
