"""Small groups are not shown, nor are figures from which they could be worked out.

References
----------
NCES (2011). Statistical methods for protecting personally identifiable information in
aggregate reporting. NCES 2011-603 (minimum group size, complementary suppression).
"""

from core.suppression.bands import N_BANDS, band_scores
from core.suppression.figures import (
    CODED_RATES,
    CODED_WIDTHS,
    QUANTILE_SHARE,
    code_extreme_rates,
    suppress,
    suppress_effects,
    suppress_thin_quantiles,
)
from core.suppression.groups import (
    LEAST_MINIMUM,
    MIN_PUPILS_SHOWN,
    is_small,
    suppressed_in_tree,
    suppressed_together,
    suppressed_units,
)

__all__ = [
    "CODED_RATES",
    "CODED_WIDTHS",
    "LEAST_MINIMUM",
    "MIN_PUPILS_SHOWN",
    "N_BANDS",
    "QUANTILE_SHARE",
    "band_scores",
    "code_extreme_rates",
    "is_small",
    "suppress",
    "suppress_effects",
    "suppress_thin_quantiles",
    "suppressed_in_tree",
    "suppressed_together",
    "suppressed_units",
]
