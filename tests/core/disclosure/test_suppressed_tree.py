"""The pattern by units, as pages use it, stands the audit by linear programming."""

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from core.disclosure.audit import audit_pattern
from core.disclosure.linear_table import Sum, table_of_sums
from core.suppression import suppressed_in_tree


@settings(max_examples=40, deadline=None)
@given(
    sizes=st.lists(st.sampled_from([0, 2, 5, 9, 12, 30, 80]), min_size=2, max_size=12),
    n_towns=st.integers(1, 3),
)
def test_units_hidden_in_a_tree_leave_no_small_one_exposed(
    sizes: list[int], n_towns: int
) -> None:
    schools = pd.Series(sizes, index=[f"s{i}" for i in range(len(sizes))])
    above = pd.Series({s: f"t{i % n_towns}" for i, s in enumerate(schools.index)})
    towns = schools.groupby(above).sum()
    n = pd.concat([schools, towns, pd.Series({"county": schools.sum()})])
    above = pd.concat([above, pd.Series(dict.fromkeys(towns.index, "county"))])
    sums: list[Sum] = [
        ((str(unit), "n"), tuple((str(child), "n") for child in children.index))
        for unit, children in above.groupby(above)
    ]
    table = table_of_sums({(str(u), "n"): float(k) for u, k in n.items()}, sums=sums)
    units = suppressed_in_tree(n, parent=above)
    hidden = np.array([unit in units for unit, _ in table.cells])
    audit = audit_pattern(table, hidden=hidden)
    assert not audit.is_exposed.any()
