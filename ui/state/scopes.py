"""Who reads, and who may import."""

from dataclasses import replace

from data.scope import LEADERSHIP, Scope


def current_scope(*, shows_names: bool = True) -> Scope:
    """Return what this reader may see; without accounts every reader is the leadership."""
    return replace(LEADERSHIP, shows_names=shows_names)


def clerk_scope() -> Scope:
    """Return what may be imported; without accounts it is whoever sits at this machine."""
    return Scope("clerk")
