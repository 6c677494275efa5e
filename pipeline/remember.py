"""Remember answers until the catalogue changes: in between, releases never do."""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any, ParamSpec, TypeVar, cast

from data.scope import Scope
from data.store import Store

P = ParamSpec("P")
R = TypeVar("R")


def remember(*, most: int) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Return a decorator that keeps the last ``most`` answers by scope, store and arguments.

    For functions whose first arguments are scope and store. All arguments must be hashable, and
    an answer must not be changed by who receives it. The store's version is part of the key,
    so that nothing outlives its data.
    """

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        plain = cast(Callable[..., R], function)

        @lru_cache(maxsize=most)
        def kept(_version: int, scope: Scope, store: Store, *args: Any, **kwargs: Any) -> R:
            return plain(scope, store, *args, **kwargs)

        @wraps(function)
        def answer(scope: Scope, store: Store, *args: Any, **kwargs: Any) -> R:
            return kept(store.version(), scope, store, *args, **kwargs)

        return cast(Callable[P, R], answer)

    return decorate
