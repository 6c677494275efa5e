"""Cached answers of the pipeline: scoped, and kept until the store changes.

Every cached function has the scope as its first argument and the version of the store as its
last, so that no reader is served another's view and no view outlives its data.
"""

from collections.abc import Callable, Hashable
from dataclasses import replace
from typing import TypeVar, cast

import streamlit as st

from data.scope import Scope
from data.store import Store
from pipeline.deidentify import coding_of
from pipeline.store import open_store

V = TypeVar("V")

_MOST_VIEWS = 200


@st.cache_resource(show_spinner=False)
def store() -> Store:
    """Return the store of this process, opened once."""
    return open_store(may_be_new=True)


def answer(scope: Scope, load: Callable[..., V], *question: Hashable) -> V:
    """Return what a loader answers to a scope, kept until the store changes.

    Here names of units become codes and codes become units again, for a scope without names.
    """
    opened = store()

    def load_named() -> object:
        if scope.shows_names:
            return load(scope, opened, *question)
        named = replace(scope, shows_names=True)
        coding = coding_of(named, opened)
        return coding.answered(load(named, opened, *coding.asked(question)))

    return cast(V, _kept(scope, load.__name__, question, load_named, opened.version()))


@st.cache_data(max_entries=_MOST_VIEWS, show_spinner=False)
def _kept(
    scope: Scope,  # noqa: ARG001
    loader: str,  # noqa: ARG001
    question: tuple[Hashable, ...],  # noqa: ARG001
    _load: Callable[[], object],
    version: int,  # noqa: ARG001
) -> object:
    return _load()
