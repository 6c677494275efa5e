"""Panels of the page about classes: level, progress, balance and profile."""

from dataclasses import replace

import streamlit as st

from pipeline.views import GradeClassView, Place
from ui import formats, url_state
from ui.charts.balance import balance
from ui.charts.figure_rows import RowsAxis, figure_rows
from ui.class_sentences import (
    STATES,
    balance_finding,
    level_finding,
    profile_finding,
    progress_finding,
)
from ui.effect_rows import VERDICT_MARKS, effect_rows, verdict_names
from ui.figure_sheets import estimate_sheet
from ui.flags import FLAG_MARKS, flag_names, side_names
from ui.sheets import Sheet
from ui.stamp import Caption, caption_of
from ui.text import Words
from ui.vocabulary import subject_name
from ui.widgets.choice import choose
from ui.widgets.class_tables import (
    balance_columns,
    balance_table,
    gap_table,
    progress_columns,
    progress_table,
)
from ui.widgets.figure import Figure, show_figure
from ui.widgets.table import Table, show_table


def grade_path(view: GradeClassView, *, words: Words) -> tuple[Place, ...]:
    """Return the way down to the classes: the units above, and the grade itself."""
    return (*view.path, Place("class", "", words("grade {n}", n=view.grade)))


def names_of(view: GradeClassView, *, words: Words) -> dict[str, str]:
    """Return the names of classes and subjects by code, for sentences."""
    classes = dict(zip(view.classes["class_"], view.classes["name"], strict=True))
    pairs = zip(view.gaps["subject"], view.gaps["subject_name"], strict=True)
    return classes | {code: subject_name(code, name, words=words) for code, name in pairs}


def show_state(view: GradeClassView, *, words: Words) -> bool:
    """Say why no class can be compared; True where classes can."""
    if view.state == "ok":
        if view.n_hidden:
            st.info(
                words.plural(
                    "{n} class is not shown: fewer than 10 pupils, or needed to protect one.",
                    "{n} classes are not shown: fewer than 10 pupils, or needed to protect "
                    "one.",
                    n=view.n_hidden,
                ),
                icon=":material/visibility_off:",
            )
        return True
    st.info(words(STATES[view.state]), icon=":material/info:")
    return False


def show_levels(view: GradeClassView, *, words: Words) -> None:
    """Show each class against its grade in the chosen subject, or in all as a table."""
    if view.gaps_why is not None:
        st.info(formats.told(view.gaps_why, words=words))
        return
    names = {"chart": words("Chosen subject"), "all": words("All subjects as a table")}
    shown = choose("levels", words("Classes against the grade"), names)
    notes = (
        words("0 is the mean of all pupils in the classes of the grade."),
        words("Clearly above or below: q ≤ 0.05 over all classes and subjects of the county."),
    )
    caption = caption_of(
        view.stamp, finding=level_finding(view, words=words), words=words, notes=notes
    )
    if shown == "all":
        _show_gap_table(view, caption, words=words)
        return
    own = view.gaps[view.gaps["subject"] == view.stamp.subject]
    rows = effect_rows(
        own, codes=list(own["class_"]), names=list(own["name"]), mark="flag", words=words
    )
    title = words("Class mean less the mean of the grade, in pupil SD")
    show_figure(
        Figure(
            "class_levels",
            lambda palette: figure_rows(
                rows,
                marks=FLAG_MARKS,
                names=side_names(words),
                axis=RowsAxis(title),
                palette=palette,
            ),
            caption,
            ("class_gap", "z"),
            estimate_sheet(own, title=title, words=words),
        ),
        words=words,
    )


def show_progress(view: GradeClassView, *, baseline: str | None, words: Words) -> None:
    """Show each class against its own past: what it adds, and whom that compares."""
    if baseline is None:
        st.info(
            words(
                "There is no earlier exam whose pupils can be linked with this one. Import one "
                "of the same pupils with their pupil numbers to compare classes with their "
                "start."
            )
        )
        return
    if view.progress_why is not None:
        st.info(formats.told(view.progress_why, words=words))
        return
    caption = caption_of(
        view.stamp,
        finding=progress_finding(view, words=words),
        words=words,
        notes=(
            words(
                "Compared are only pupils of today's class with a score in both exams; who "
                "came from another class counts for today's. One class in one year is one "
                "draw: no judgement of a teacher."
            ),
        ),
    )
    if view.progress["estimate"].notna().any():
        rows = effect_rows(
            view.progress,
            codes=list(view.progress["class_"]),
            names=list(view.progress["name"]),
            mark="verdict",
            words=words,
        )
        title = words("What the class adds within its school, in pupil SD")
        show_figure(
            Figure(
                "class_progress",
                lambda palette: figure_rows(
                    rows,
                    marks=VERDICT_MARKS,
                    names=verdict_names(words),
                    axis=RowsAxis(title),
                    palette=palette,
                ),
                caption,
                ("class_progress",),
            ),
            words=words,
        )
    else:
        st.info(
            words(
                "The classes of a school differ no more than chance alone would make them: "
                "from the same start no class adds more or less. That is a result."
            ),
            icon=":material/balance:",
        )
    table = Table(
        "class_progress_table",
        progress_table(view.progress, words=words),
        progress_columns(words),
        replace(caption, finding=words("The same in figures, and who is compared"), notes=()),
        ("class_progress", "z"),
    )
    show_table(table, words=words)


def show_balance(view: GradeClassView, *, words: Words) -> None:
    """Show how far the classes lie apart, now and at the start, beside chance."""
    if view.balance.empty:
        st.info(words("Fewer than two classes can be shown, so their balance is not known."))
        return
    pairs = zip(view.balance["subject"], view.balance["subject_name"], strict=True)
    rows = view.balance.assign(name=[subject_name(c, n, words=words) for c, n in pairs])
    caption = caption_of(
        view.stamp,
        finding=balance_finding(view, words=words),
        words=words,
        notes=(
            words(
                "More or less than chance: q ≤ 0.05 over the subjects. Less than chance is "
                "what dealing pupils out by their scores does."
            ),
        ),
    )
    names = {"chart": words("Chart"), "table": words("Table")}
    if choose("balance", words("Balance as"), names) == "table":
        table = Table(
            "balance_table",
            balance_table(rows, words=words),
            balance_columns(words),
            caption,
            ("class_balance", "icc"),
        )
        show_table(table, words=words)
        return
    figure = Figure(
        "class_balance",
        lambda palette: balance(rows, words=words, palette=palette),
        caption,
        ("class_balance",),
        Sheet(balance_table(rows, words=words), balance_columns(words)),
    )
    show_figure(figure, words=words)


def show_profile(view: GradeClassView, *, words: Words) -> None:
    """Show the strong and weak subjects of one class, which the reader chooses."""
    if view.profile_why is not None:
        st.info(formats.told(view.profile_why, words=words))
        return
    shown = view.profile[view.profile["estimate"].notna()]
    if shown.empty:
        st.info(words("No subject of a class can be compared."))
        return
    names = dict(zip(shown["class_"], shown["name"], strict=True))
    code = _pick_class(names, words)
    if code is None:
        return
    own = shown[shown["class_"] == code]
    pairs = zip(own["subject"], own["subject_name"], strict=True)
    rows = effect_rows(
        own,
        codes=list(own["subject"]),
        names=[subject_name(c, n, words=words) for c, n in pairs],
        mark="flag",
        words=words,
    )
    title = words("Subject less the class's own mean, in pupil SD")
    show_figure(
        Figure(
            "class_profile",
            lambda palette: figure_rows(
                rows,
                marks=FLAG_MARKS,
                names=flag_names(words),
                axis=RowsAxis(title),
                palette=palette,
            ),
            caption_of(
                view.stamp,
                finding=profile_finding(view, name=names[code], words=words),
                words=words,
                notes=(words("Each subject is held against the same of the grade as well."),),
            ),
            ("class_profile",),
            estimate_sheet(own.assign(name=rows["name"].to_numpy()), title=title, words=words),
        ),
        words=words,
    )


def _pick_class(names: dict[str, str], words: Words) -> str | None:
    """Ask for a class, of which the address holds the name; None until one is chosen."""
    by_name = {name: code for code, name in names.items()}
    unknown = url_state.prepare_linked(
        "class", codes=list(by_name), default=next(iter(by_name))
    )
    chosen = st.selectbox(
        words("Class"),
        list(by_name),
        key="class",
        index=0 if unknown is None else None,
        placeholder=words("Choose a class"),
        persist_state="session",
    )
    if unknown is not None:
        st.warning(
            words(
                "The link asks for a class that is not shown here: {code}. Choose one of {n}.",
                code=formats.echoed(unknown),
                n=len(by_name),
            )
        )
    if chosen is None:
        return None
    url_state.write({"class": chosen})
    return by_name[chosen]


def _show_gap_table(view: GradeClassView, caption: Caption, *, words: Words) -> None:
    rows, columns = gap_table(view, words=words)
    table = Table("class_gap_table", rows, columns, caption, ("class_gap",))
    show_table(table, words=words)
