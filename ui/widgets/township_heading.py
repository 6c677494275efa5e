"""The picker of a township or centre school, and the switch that pools village schools."""

import pandas as pd
import streamlit as st

from pipeline.views import TownshipView
from ui import formats, url_state
from ui.text import Words

POOLED_KEY = "pooled"


def pick_township(townships: pd.DataFrame, *, words: Words) -> str | None:
    """Ask for a township or centre school; None, with an explanation, until one is chosen."""
    if townships.empty:
        st.info(
            words(
                "The schools of this exam belong to no township or centre school that may be "
                "shown. Townships come with the import (column township) or the roster; the "
                "county overview shows all schools."
            ),
            icon=":material/location_off:",
        )
        return None
    names = dict(zip(townships["township"], townships["name"], strict=True))
    unknown = url_state.prepare_required(
        "township", codes=list(names), default=next(iter(names))
    )
    chosen = st.selectbox(
        words("Township or centre school"),
        list(names),
        key="township",
        index=0 if unknown is None else None,
        format_func=lambda code: str(names[code]),
        placeholder=words("Choose a township or centre school"),
        persist_state="session",
    )
    if unknown is not None:
        st.warning(
            words(
                "The link asks for a township or centre school without schools in this exam: "
                "{code}. Choose another one, or another exam.",
                code=formats.echoed(unknown),
            )
        )
    if chosen is not None:
        url_state.write({"township": chosen})
    return chosen


def pick_pooled(*, words: Words) -> bool:
    """Ask whether village schools count with their centre school."""
    url_state.prepare_switch(POOLED_KEY)
    st.toggle(
        words("Village schools count with their centre school"),
        key=POOLED_KEY,
        persist_state="session",
        help=words(
            "Their sums are added before any figure is computed; nothing is averaged from "
            "rounded figures. Warning bands stay with the single schools."
        ),
    )
    url_state.write_switch(POOLED_KEY)
    return url_state.is_on(POOLED_KEY)


def show_heading(view: TownshipView, *, asked_to_pool: bool, words: Words) -> None:
    """Show the name of the unit and how its schools are counted."""
    st.header(formats.safe_markdown(view.name))
    n_schools = int(view.schools["n_schools"].sum())
    schools = words.plural("{n} school", "{n} schools", n=n_schools)
    if view.pooled:
        st.caption(
            words("{schools}, counted as {n} units", schools=schools, n=len(view.schools))
        )
    elif asked_to_pool:
        st.caption(
            words(
                "{schools}, each by itself: no centre school of this unit has several schools "
                "in this exam that you may all see.",
                schools=schools,
            )
        )
    else:
        st.caption(schools)
