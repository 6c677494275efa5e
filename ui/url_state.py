"""The selection lives in the address: a link reopens the view, also in another language.

The address holds codes, never labels. A value of the address wins when it is new (a link was
followed); otherwise the widget's own value wins and is written back. Every value is written,
defaults too, so that a link means the same after a newer exam has arrived.
"""

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from ui.text import DEFAULT_LANGUAGE, Words, language_of

LANGUAGE_KEY = "lang"
CODES_KEY = "codes"
MEETING_KEY = "meeting"
REMARKABLE_KEY = "remarkable"
SWITCHES = (CODES_KEY, MEETING_KEY, REMARKABLE_KEY)
"""Codes in place of names; large type without a side bar; only sentences with a finding."""

TEMPLATE_SCHOOL_KEY = "template_school"
GROWTH_GROUP_KEY = "growth_group"
UNIT_KEYS = ("school", "township", TEMPLATE_SCHOOL_KEY, GROWTH_GROUP_KEY)
"""Pickers of units, whose codes depend on whether the reader has names."""

AGENDA_KEY, AT_KEY = "agenda", "at"
"""Number of the agenda of a meeting, and the place of the step that is shown, from 0."""

OFF = "0"
"""What turns a switch off by an address; without it the switch stays as it was."""

_ON = "1"
_SEEN, _STEP = "seen:", "meeting_step"


def prepare(key: str, *, codes: Sequence[str], default: str | None) -> str | None:
    """Set the value of the widget ``key`` before it is drawn.

    Returns
    -------
    str or None
        A code that a new link asked for in vain. The widget then has the default.
    """
    asked = st.query_params.get(key)
    is_new = asked is not None and asked != st.session_state.get(_seen(key))
    if is_new and asked in codes:
        st.session_state[key] = asked
    st.session_state[_seen(key)] = asked
    _settle(key, codes=codes, otherwise=default)
    return asked if is_new and asked not in codes else None


def prepare_required(key: str, *, codes: Sequence[str], default: str | None) -> str | None:
    """Set the value of the widget ``key``, but choose nothing in place of an unknown code.

    Returns
    -------
    str or None
        The unknown code that the address holds; the widget then has no value, so that no
        other exam or school is shown in place of the one that was asked for.
    """
    asked = st.query_params.get(key)
    is_new = asked is not None and asked != st.session_state.get(_seen(key))
    is_unknown = asked is not None and asked not in codes
    if is_new:
        st.session_state[key] = None if is_unknown else asked
    st.session_state[_seen(key)] = asked
    _settle(key, codes=codes, otherwise=None if is_unknown else default)
    return asked if st.session_state[key] is None else None


def prepare_text(key: str, *, default: str) -> str:
    """Return the text that a new link gives, that was kept, or the default, in this order."""
    asked = st.query_params.get(key)
    if asked is not None and asked != st.session_state.get(_seen(key)):
        st.session_state[key] = asked
    st.session_state[_seen(key)] = asked
    return str(st.session_state.setdefault(key, default))


def prepare_linked(key: str, *, codes: Sequence[str], default: str | None) -> str | None:
    """Set the value of the widget ``key``; of what a link asks for in vain nothing is chosen.

    Unlike ``prepare_required``, a code that another picker made unknown gives the default.

    Returns
    -------
    str or None
        The unknown code of the link; the widget then has no value until one is chosen.
    """
    asked = st.query_params.get(key)
    if asked is not None and asked != st.session_state.get(_seen(key)):
        st.session_state[key] = asked if asked in codes else None
    st.session_state[_seen(key)] = asked
    is_open = asked is not None and asked not in codes
    is_unknown = is_open and st.session_state.get(key, default) is None
    _settle(key, codes=codes, otherwise=None if is_unknown else default)
    return asked if is_unknown else None


def prepare_several(
    key: str, *, codes: Sequence[str], default: Sequence[str]
) -> tuple[str, ...]:
    """Set the values of the widget ``key``, of which the address holds several with commas.

    Returns
    -------
    tuple of str
        Codes that a new link asked for in vain. Without any known one the default is chosen.
    """
    asked = st.query_params.get(key)
    unknown: tuple[str, ...] = ()
    if asked is not None and asked != st.session_state.get(_seen(key)):
        parts = dict.fromkeys(asked.split(","))
        st.session_state[key] = [code for code in parts if code in codes]
        unknown = tuple(code for code in parts if code and code not in codes)
    st.session_state[_seen(key)] = asked
    kept = [code for code in st.session_state.get(key) or [] if code in codes]
    st.session_state[key] = kept or list(default)
    return unknown


def forget(key: str) -> None:
    """Drop what the widget ``key`` held, unless a new link asks for something."""
    if st.query_params.get(key) == st.session_state.get(_seen(key)):
        st.session_state.pop(key, None)
        write({key: None})


def take_names(key: str, codes: Mapping[str, str]) -> None:
    """Put the code in place of a name that the address holds, before the picker is drawn."""
    asked = st.query_params.get(key)
    if asked is not None and asked in codes and asked not in codes.values():
        st.query_params[key] = codes[asked]


def rename_units(called: Callable[[str], str]) -> None:
    """Call the units of address and pickers as the reader knows them now, before any is drawn.

    Otherwise a unit would be unknown as soon as codes stand for names, and its own code would
    stay in the address.
    """
    for key in UNIT_KEYS:
        for values in (st.session_state, st.query_params):
            unit = values.get(key)
            if unit is not None and called(unit) != unit:
                values[key] = called(unit)


def prepare_switch(key: str) -> None:
    """Set the switch ``key`` before it is drawn: on where the address says so.

    An address without it, such as that of a page of the menu, leaves it as it was: names must
    not come back by a change of page.
    """
    asked = st.query_params.get(key)
    is_new = asked is not None and asked != st.session_state.get(_seen(key))
    st.session_state[key] = asked == _ON if is_new else is_on(key)
    st.session_state[_seen(key)] = asked


def is_on(key: str) -> bool:
    """Whether a switch is on; the address says so where no page has drawn the switch yet."""
    return bool(st.session_state.get(key, st.query_params.get(key) == _ON))


def write_switch(key: str) -> None:
    """Write a switch into the address: named where it is on, absent where it is off."""
    write({key: _ON if is_on(key) else None})


def switches() -> dict[str, str]:
    """Return the switches that are on and the step of a meeting, as values of an address."""
    return {**{key: _ON for key in SWITCHES if is_on(key)}, **meeting_step()}


def meeting_step() -> dict[str, str]:
    """Return agenda and step of the meeting that runs, as values of an address; else nothing.

    What the address holds wins; otherwise the step is the one before, so that a page of the
    menu, which has no address yet, does not end the meeting.
    """
    keys = (AGENDA_KEY, AT_KEY)
    asked = {key: st.query_params[key] for key in keys if key in st.query_params}
    if AT_KEY in asked or _STEP not in st.session_state:
        st.session_state[_STEP] = asked if len(asked) == len(keys) else {}
    step: dict[str, str] = st.session_state[_STEP]
    return dict(step)


def end_meeting() -> None:
    """Forget the step of the meeting."""
    st.session_state[_STEP] = {}


def own_values() -> dict[str, str]:
    """Return what the address holds of the view itself: not how it is read, nor the meeting.

    A key that no picker has read or written is none of ours and is left out.
    """
    values = st.query_params.to_dict()
    return {key: value for key, value in values.items() if key in known_keys()}


def known_keys() -> frozenset[str]:
    """Return the keys of the pickers that this session has drawn."""
    drawn = {
        str(name).removeprefix(_SEEN)
        for name in st.session_state
        if str(name).startswith(_SEEN)
    }
    return frozenset(drawn - {LANGUAGE_KEY, *SWITCHES, AGENDA_KEY, AT_KEY})


def write(values: Mapping[str, str | None]) -> None:
    """Write the values into the address in one step; None takes a key out of it."""
    for key, value in values.items():
        st.session_state[_seen(key)] = value
    kept = {key: value for key, value in values.items() if value is not None}
    for key in values:
        if key not in kept and key in st.query_params:
            del st.query_params[key]
    if any(st.query_params.get(key) != value for key, value in kept.items()):
        st.query_params.update(kept)


def follow(values: Mapping[str, str | None]) -> None:
    """Change the address as a link would: the pickers of the next run take its values."""
    write(values)
    for key in values:
        st.session_state[_seen(key)] = None


def current_words() -> Words:
    """Return the words of the language that the reader has chosen."""
    return Words(language_of(st.session_state.get(LANGUAGE_KEY, DEFAULT_LANGUAGE)))


def _settle(key: str, *, codes: Sequence[str], otherwise: str | None) -> None:
    """Set the value of the widget, also when it stays the same.

    On a new page the widget would otherwise start with its first option, although its value
    has outlived the page before.
    """
    value = st.session_state.get(key)
    st.session_state[key] = value if value in codes else otherwise


def _seen(key: str) -> str:
    return f"{_SEEN}{key}"
