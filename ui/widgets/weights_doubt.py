"""What the choice of weights could do: paths across the line, any weights, several schemes."""

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from core.weighting.scheme import WeightScheme
from pipeline.views import NamedScheme, Stamp
from ui import formats
from ui.stamp import caption_of
from ui.state.weighting import Compared, agreement, any_weights, flips
from ui.table_columns import Column
from ui.vocabulary import scheme_name
from ui.weights_sentences import agreement_finding, any_finding, flips_finding
from ui.widgets.table import Table, show_table
from ui.widgets.weights_ranks import weights_words
from ui.widgets.weights_tree import Bench


def show_flips(
    bench: Bench, stamp: Stamp, schools: Compared, scheme: WeightScheme, near: pd.DataFrame
) -> None:
    """Show which change of one weight takes each school near the line across it."""
    words = bench.words
    found = flips(schools, scheme, of=list(near["code"])).set_index("unit").loc[near["code"]]
    rows = pd.DataFrame(
        {
            "name": near["name"].to_numpy(),
            "now": [
                words("in the bottom 20%") if now == "in" else words("not in it")
                for now in found["now"]
            ],
            "indicator": [
                bench.names.get(str(key), words("no single weight does it"))
                for key in found["indicator"]
            ],
            "from": (100 * found["from_weight"]).to_numpy(),
            "to": (100 * found["to_weight"]).to_numpy(),
            "change": (100 * found["change"]).to_numpy(),
        }
    )
    order = found["change"].abs().reset_index(drop=True).sort_values(na_position="last").index
    columns = {
        "name": Column(words("School")),
        "now": Column(words("Now")),
        "indicator": Column(words("Weight that changes")),
        "from": Column(words("from (%)"), "fine"),
        "to": Column(words("to (%)"), "fine"),
        "change": Column(words("change"), "signed"),
    }
    caption = caption_of(
        stamp,
        finding=flips_finding(found, words=words),
        words=words,
        notes=(
            words(
                "The smallest change of one weight that takes the school across the line of "
                "the bottom 20%; the others keep their proportions."
            ),
            weights_words(bench, scheme),
        ),
    )
    show_table(
        Table("weights_flips", rows.loc[order], columns, caption, ("flip_path",)), words=words
    )


def show_any_weights(
    bench: Bench, stamp: Stamp, schools: Compared, scheme: WeightScheme
) -> None:
    """Show how often each school is first or in the bottom under any weights at all."""
    words = bench.words
    found = any_weights(schools, scheme)
    central = found.central
    names = dict(zip(bench.view.schools["school"], bench.view.schools["name"], strict=True))
    bottom = central[central["places"] == "bottom20"]
    if bottom.empty:
        st.info(words("Fewer than five schools are compared: there is no bottom 20%."))
        return
    share = bottom.groupby("unit", sort=False)["share"].first()
    first = central[central["places"] == "first"].groupby("unit", sort=False)["share"].first()
    typical = bottom.assign(
        text=[
            f"{bench.names[key]} {formats.rate(weight)}" if formats.is_number(weight) else ""
            for key, weight in zip(bottom["indicator"], bottom["weight"], strict=True)
        ]
    )
    told = typical.groupby("unit", sort=False)["text"].agg(
        lambda t: " · ".join(filter(None, t))
    )
    rows = pd.DataFrame(
        {
            "name": share.index.map(names),
            "bottom": 100 * share,
            "first": 100 * first.reindex(share.index),
            "typical": told.reindex(share.index).replace("", words("no weights do")),
        }
    ).sort_values("bottom", ascending=False, kind="stable")
    columns = {
        "name": Column(words("School")),
        "bottom": Column(words("in the bottom 20% (% of all weights)"), "points"),
        "first": Column(words("first (% of all weights)"), "points"),
        "typical": Column(
            words("Typical weights that put it in the bottom 20%"), width="large"
        ),
    }
    caption = caption_of(
        stamp,
        finding=any_finding(share, words=words),
        words=words,
        notes=(
            words(
                "Weights drawn evenly from all that are 0 or more and sum to 100%; those of "
                "the bench play no part."
            ),
        ),
    )
    show_table(
        Table("weights_any", rows, columns, caption, ("acceptability", "central_weights")),
        words=words,
    )


def show_agreement(
    bench: Bench,
    stamp: Stamp,
    group: str,
    *,
    scheme: WeightScheme,
    schemes: Sequence[NamedScheme],
) -> None:
    """Show how far the bench and several schemes agree, pair by pair and school by school."""
    words = bench.words
    own = words("weights of the bench")
    named: Mapping[str, WeightScheme] = {
        scheme_name(s.label, words=words): s.weights for s in schemes
    }
    chosen = st.multiselect(
        words("Schemes"),
        list(named),
        default=list(named)[:4],
        placeholder=words("none chosen"),
        key="weights_agreement_of",
    )
    if not chosen:
        st.info(words("Choose one or more schemes to hold against the weights of the bench."))
        return
    asked = {own: scheme, **{name: named[name] for name in chosen}}
    found = agreement(bench.view, group, asked)
    names = dict(zip(bench.view.schools["school"], bench.view.schools["name"], strict=True))
    units = found.units[found.units["n_bottom"] > 0]
    caption = caption_of(
        stamp,
        finding=agreement_finding(found.units, n_schemes=len(asked), words=words),
        words=words,
        notes=(weights_words(bench, scheme),),
    )
    rows = pd.DataFrame(
        {
            "name": units["unit"].map(names),
            "n": [
                f"{n}/{of}" for n, of in zip(units["n_bottom"], units["n_schemes"], strict=True)
            ],
            "schemes": units["schemes"].str.replace(";", " · "),
        }
    )
    columns = {
        "name": Column(words("School")),
        "n": Column(words("Schemes that put it in the bottom 20%")),
        "schemes": Column(words("Which"), width="large"),
    }
    show_table(
        Table("weights_agreement", rows, columns, caption, ("rank_agreement",)), words=words
    )
    pairs = {
        "first": Column(words("Scheme")),
        "second": Column(words("and")),
        "kendall_tau": Column(words("Kendall’s tau"), "plain"),
        "spearman": Column(words("Rank correlation"), "plain"),
        "mean_absolute_change": Column(words("Places moved on average"), "points"),
        "n_bottom_both": Column(words("in the bottom by both"), "count"),
        "n_bottom": Column(words("places of the bottom"), "count"),
    }
    show_table(
        Table(
            "weights_pairs",
            found.pairs[list(pairs)],
            pairs,
            caption,
            ("rank_agreement",),
            is_below_chart=True,
        ),
        words=words,
    )
