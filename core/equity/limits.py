"""National limits that stand as reference lines beside the coefficients between schools."""

from collections.abc import Mapping
from types import MappingProxyType

BALANCE_LIMIT: Mapping[str, float] = MappingProxyType({"primary": 0.50, "junior": 0.45})
"""Largest coefficient between schools of a balanced county, by stage.

The rule is about resources, such as teachers or floor space per pupil. Beside a coefficient of
scores it may only be shown with these words: scores vary far less, so that a county under the
line has passed nothing by it.
"""

ICC_LIMIT = 0.15
"""Largest share of the pupils' variance between schools, of the national monitoring."""
