"""The page of weights, opened on the demonstration, and what its bench holds."""

import json

from streamlit.testing.v1 import AppTest

from tests.pages.conftest import OpenPage

GROUP = "junior/镇初中"


def weights_in(app: AppTest) -> dict[str, float]:
    """Return the weights of the address, in per cent."""
    text = app.query_params["weights"]
    return {key: weight for key, weight, *_ in json.loads(text)}


def chart_of(app: AppTest, key: str) -> str:
    """Return a chart as it is sent."""
    (found,) = [c for c in app.get("plotly_chart") if c.proto.id.endswith(f"-{key}")]
    return str(found.proto.spec)


def open_bench(open_page: OpenPage, **address: str) -> AppTest:
    app = open_page("weights", **{"lang": "zh", "group": GROUP, **address})
    assert not app.exception
    return app
