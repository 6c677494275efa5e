"""Who reads, and who may import."""

from dataclasses import replace

from data.scope import LEADERSHIP, Scope
from pipeline.deidentify import coding_of
from ui.state.answers import store


def current_scope(*, shows_names: bool = True) -> Scope:
    """Return what this reader may see; without accounts every reader is the leadership."""
    return replace(LEADERSHIP, shows_names=shows_names)


def unit_called(scope: Scope, unit: str) -> str:
    """Return the code by which a scope knows a unit: its own, or the stand-in without names."""
    coding = coding_of(replace(scope, shows_names=True), store())
    return coding.called(unit, by_name=scope.shows_names)


def clerk_scope(*, shows_names: bool = True) -> Scope:
    """Return what may be imported; without accounts it is whoever sits at this machine."""
    return Scope("clerk", shows_names=shows_names)
