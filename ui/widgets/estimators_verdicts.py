"""Does a verdict hold under other definitions: tiles, and a table of all schools."""

import pandas as pd

from pipeline.views import EstimatorsView, ModelSummary
from ui import formats
from ui.charts.mark_map import MOST_SCHOOLS, mark_map
from ui.effect_rows import VERDICT_MARKS, verdict_names
from ui.estimator_sentences import (
    definition_names,
    definitions_note,
    judged_by_several,
    multiverse_finding,
    numbers_of,
)
from ui.flags import UNSURE
from ui.stamp import Caption, caption_of
from ui.table_columns import Column
from ui.text import Words
from ui.theme import mark_of
from ui.vocabulary import status_words, verdict_words
from ui.widgets.figure import Figure, show_figure
from ui.widgets.model_panel import show_model_status
from ui.widgets.table import Table, show_table


def show_verdicts(view: EstimatorsView, *, words: Words) -> None:
    """Show the verdicts of the schools that hang most on the definition, then all schools."""
    if view.schools.empty:
        _say_why(view, words)
        return
    rows = hanging_first(view)
    drawn = rows.head(MOST_SCHOOLS)
    order = view.schools["school"].tolist()
    drawn = drawn.sort_values("school", key=lambda s: s.map(order.index))
    caption = caption_of(
        view.stamp,
        finding=multiverse_finding(view, words=words),
        words=words,
        notes=_notes(view, len(drawn), len(rows), words),
    )
    tiles = _tiles(view, drawn, words)
    columns = {code: str(number) for code, number in numbers_of(view).items()}
    show_figure(
        Figure(
            "estimators_verdicts",
            lambda palette: mark_map(
                tiles,
                columns=columns,
                marks=VERDICT_MARKS,
                names=verdict_names(words),
                palette=palette,
                title=words("Definition by its number; 1 is the one examined"),
                examined=next(iter(columns)),
            ),
            caption,
            ("multiverse", "value_added"),
            is_wide=True,
        ),
        words=words,
    )
    _show_schools(view, caption, words)


def _say_why(view: EstimatorsView, words: Words) -> None:
    """Say why the definition that is examined has no verdicts."""
    main = view.definitions.iloc[0]
    why = (str(main["why"]), str(main["why_zh"])) if isinstance(main["why"], str) else None
    summary = ModelSummary("not_estimable", why, None, None, None, None)
    show_model_status(summary, baseline=view.stamp.baseline, words=words)


def hanging_first(view: EstimatorsView) -> pd.DataFrame:
    """Return the judged schools, those whose verdict holds in the least share first."""
    judged = judged_by_several(view)
    share = (judged["n_same"] / judged["n_definitions"]).astype("float64")
    return judged.loc[share.sort_values(kind="stable").index]


def _notes(view: EstimatorsView, n_drawn: int, n_judged: int, words: Words) -> tuple[str, ...]:
    notes = [
        definitions_note(view, words=words),
        words(
            "The definitions rest on the same pupils, so that agreement is no independent "
            "proof; a verdict that holds in few of them hangs on the method."
        ),
    ]
    if n_drawn < n_judged:
        notes.append(
            words(
                "Drawn are the {n} schools of {all} whose verdict holds in the fewest.",
                n=n_drawn,
                all=n_judged,
            )
        )
    return tuple(notes)


def _tiles(view: EstimatorsView, drawn: pd.DataFrame, words: Words) -> pd.DataFrame:
    """Return a row for each school and definition, the schools in the order of the rows."""
    called = definition_names(view, words=words)
    effects = drawn[["school", "name"]].merge(view.effects, on="school", how="left")
    judged = (effects["status"] == "ok") & effects["verdict"].notna()
    hovers = [
        _hover(row, str(row["name"]), called[str(row["definition"])], words)
        for row in effects.to_dict("records")
    ]
    return effects.assign(
        column=effects["definition"],
        mark=effects["verdict"].where(judged, UNSURE),
        hover=hovers,
    )


def _hover(row: formats.Row, name: str, definition: str, words: Words) -> str:
    lines = [f"<b>{formats.safe_chart(name)}</b>", formats.safe_chart(definition)]
    if row["status"] == "ok":
        lines.append(words(mark_of(row["verdict"]).word))
    else:
        lines.append(status_words(str(row["status"]), words=words))
    if formats.is_number(row["index"]):
        lines.append(words("index {index}", index=formats.signed(row["index"], digits=1)))
    return "<br>".join(lines)


def _show_schools(view: EstimatorsView, caption: Caption, words: Words) -> None:
    schools, numbers = view.schools, numbers_of(view)
    known = schools["n_definitions"] > 0
    rows = pd.DataFrame(
        {
            "name": schools["name"],
            "verdict": [_verdict(row, words) for row in schools.to_dict("records")],
            "holds": [
                f"{same}/{all_}" if is_known else ""
                for same, all_, is_known in zip(
                    schools["n_same"], schools["n_definitions"], known, strict=True
                )
            ],
            "side": [
                f"{same}/{all_}" if is_known else ""
                for same, all_, is_known in zip(
                    schools["n_same_side"], schools["n_definitions"], known, strict=True
                )
            ],
            "dissent": [
                ", ".join(str(numbers[code]) for code in str(text).split(";") if code)
                for text in schools["dissent"].fillna("")
            ],
        }
    )
    columns = {
        "name": Column(words("School")),
        "verdict": Column(words("Verdict examined")),
        "holds": Column(words("holds in")),
        "side": Column(words("same side in")),
        "dissent": Column(words("Definitions that say otherwise"), width="large"),
    }
    show_table(
        Table(
            "estimators_schools", rows, columns, caption, ("multiverse",), is_below_chart=True
        ),
        words=words,
    )


def _verdict(row: formats.Row, words: Words) -> str:
    if row["status"] != "ok":
        return status_words(str(row["status"]), words=words)
    mark = mark_of(row["verdict"])
    return verdict_words(mark.sign, mark.word, words=words)
