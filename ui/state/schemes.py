"""Weight schemes of a county; never kept, since another person may have changed them."""

from datetime import date

from core.weighting.scheme import WeightScheme
from data.scope import Scope
from pipeline import schemes as kept
from pipeline.schemes import Scheme
from ui.state.answers import store


def county_schemes(scope: Scope, county: str) -> tuple[Scheme, ...]:
    """Return all versions of all schemes, newest first."""
    return kept.list_schemes(scope, store(), county)


def save_scheme(scope: Scope, county: str, weights: WeightScheme, *, actor: str) -> int:
    """Save a scheme as a draft and return its number."""
    return kept.save_scheme(scope, store(), county, weights, actor=actor)


def submit_scheme(scope: Scope, number: int, *, county: str, actor: str) -> None:
    """Hand a draft in for approval."""
    kept.submit_scheme(scope, store(), number, county=county, actor=actor)


def approve_scheme(
    scope: Scope, number: int, *, county: str, actor: str, valid_from: date
) -> None:
    """Make a submitted scheme official from a day on."""
    kept.approve_scheme(
        scope, store(), number, county=county, actor=actor, valid_from=valid_from
    )


def withdraw_scheme(scope: Scope, number: int, *, county: str, actor: str) -> None:
    """Take an own draft or submission back."""
    kept.withdraw_scheme(scope, store(), number, county=county, actor=actor)


def scheme_text(weights: WeightScheme) -> str:
    """Return a scheme as the text of a TOML file."""
    return kept.scheme_text(weights)


def read_scheme(content: str) -> WeightScheme:
    """Return the scheme of a TOML file."""
    return kept.read_scheme(content)
