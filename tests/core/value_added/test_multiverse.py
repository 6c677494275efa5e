"""Multiverse: counts by hand, who takes part, every definition alike, errors."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import DataError, SettingsError
from core.value_added import count_agreement
from core.verdict import VERDICTS
from tests.core.value_added.make_county import make_county


def effects(**verdicts: str | None) -> pd.DataFrame:
    """Return the columns of SCHOOL_EFFECTS that are read; None is not estimable."""
    rows = [
        (school, verdict, "not_estimable" if verdict is None else "ok")
        for school, verdict in verdicts.items()
    ]
    return pd.DataFrame(rows, columns=["school", "verdict", "status"])


DEFINITIONS = {
    "plain": effects(A="well_above", B="as_expected", C="below", D=None),
    "contextual": effects(C="below", B="above", A="above"),
    "two priors": effects(A="well_above", B="as_expected", C=None, D="above"),
    "no spread": effects(A="no_difference_found", B="no_difference_found"),
}


def test_agreement_is_counted_school_by_school() -> None:
    table = count_agreement(DEFINITIONS, main="plain").set_index("school")
    assert table["n_same"].to_dict() == {"A": 2, "B": 2, "C": 2, "D": 0}
    assert table["n_same_side"].to_dict() == {"A": 3, "B": 2, "C": 2, "D": 0}
    assert table["n_definitions"].to_dict() == {"A": 4, "B": 4, "C": 2, "D": 0}
    dissent = {"A": "contextual;no spread", "B": "contextual;no spread", "C": "", "D": ""}
    assert table["dissent"].to_dict() == dissent
    assert table["status"].to_dict() == {"A": "ok", "B": "ok", "C": "ok", "D": "not_estimable"}


def test_a_thinly_covered_school_takes_no_part_in_that_definition() -> None:
    strict = effects(A="well_above").assign(status="low_coverage")
    table = count_agreement({"loose": effects(A="well_above"), "strict": strict}, main="loose")
    assert table[["n_same", "n_definitions"]].to_numpy().tolist() == [[1, 1]]


def test_real_definitions_agree_on_most_schools() -> None:
    county = make_county(1)
    methods = ("random_intercept", "contextual", "reliability_corrected", "prior_group")
    definitions = {method: county.value_added(method).schools for method in methods}
    table = count_agreement(definitions, main="contextual")
    assert table["school"].tolist() == definitions["contextual"]["school"].tolist()
    assert (table["n_definitions"] == 4).all()
    assert table["n_same_side"].mean() > 2.5


@settings(max_examples=30, deadline=None)
@given(st.lists(st.sampled_from(VERDICTS), min_size=1, max_size=6), st.integers(1, 5))
def test_copies_of_one_definition_agree_everywhere(verdicts: list[str], copies: int) -> None:
    frame = effects(**{f"S{k}": verdict for k, verdict in enumerate(verdicts)})
    table = count_agreement({f"copy {k}": frame for k in range(copies)}, main="copy 0")
    assert (table["n_same"] == copies).all()
    assert (table["n_same_side"] == copies).all()


def test_a_main_definition_that_is_not_there_is_refused() -> None:
    with pytest.raises(SettingsError, match=r"'best' is not among the 4 given: plain, "):
        count_agreement(DEFINITIONS, main="best")


def test_a_school_twice_in_a_definition_is_refused() -> None:
    twice = pd.concat([effects(A="above"), effects(A="below", B="below")])
    with pytest.raises(DataError, match=r"'strict': rows too many 1 \(first: A\)"):
        count_agreement({"plain": effects(A="above"), "strict": twice}, main="plain")
