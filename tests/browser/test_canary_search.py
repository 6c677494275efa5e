"""The search finds a pupil in every form in which one could reach a browser."""

import base64
import gzip
import io
import itertools
import json
import zipfile
from urllib.parse import quote

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pyarrow as pa
import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.browser.canary_county import Canaries
from tests.browser.canary_search import marks_in, scores_in

NAME = "鱻龘一"
CANARIES = Canaries(("鱻龘",), np.array([81706370001.0]), np.array([7337, 8149]))


def archive_of(text: str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/sharedStrings.xml", text)
    return target.getvalue()


def message_of(**columns: list[float | int | list[float]]) -> bytes:
    table = pa.table(columns)
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    message = ForwardMsg()
    message.delta.new_element.dataframe.arrow_data.data = sink.getvalue().to_pybytes()
    return bytes(message.SerializeToString())


@pytest.mark.parametrize(
    "content",
    [
        NAME.encode(),
        NAME.encode("utf-16-le"),
        NAME.encode("utf-16-be"),
        json.dumps(NAME).encode(),
        json.dumps(json.dumps(NAME)).encode(),
        json.dumps(NAME).upper().encode(),
        quote(NAME).encode(),
        NAME.encode("ascii", "xmlcharrefreplace"),
        *(base64.b64encode(b"....."[:k] + NAME.encode() * 3) for k in range(3)),
        b"name" + base64.urlsafe_b64encode(NAME.encode() * 3),
        gzip.compress(NAME.encode()),
        archive_of(NAME),
        f"<svg><text>{NAME}</text></svg>".encode(),
    ],
    ids=itertools.count(),
)
def test_a_name_is_found(content: bytes) -> None:
    assert marks_in([content], CANARIES.marks) == {"鱻龘"}


@pytest.mark.parametrize(
    "content",
    [
        b"73.37",
        b'{"y":[73.370000]}',
        b"....." + np.array([73.37]).tobytes(),
        b"..." + np.array([73.37, 81.49], np.float32).tobytes(),
        np.array([81706370001.0]).tobytes(),
        base64.b64encode(b"." + np.array([73.37]).tobytes()),
        go.Figure(go.Scatter(y=np.array([1.0, 73.37]))).to_json().encode(),
        go.Figure(go.Scatter(y=np.array([1, 7337], np.int16))).to_json().encode(),
        message_of(score=[73.37]),
        message_of(score=[7337]),
        message_of(score=[7337 / 100 + 1e-12]),
        message_of(score=[[1.0, 73.37]]),
        archive_of("<v>73.37</v>"),
        b"<svg><text>73.37</text></svg>",
    ],
    ids=itertools.count(),
)
def test_a_single_score_is_found(content: bytes) -> None:
    assert scores_in([content], CANARIES)


@pytest.mark.parametrize(
    "content",
    [
        "鱻 龘".encode(),
        b"73.4 173.37 73.371 0.7337 7337",
        np.array([73.4, 0.7337]).tobytes(),
        message_of(score=[73.4, 0.7337]),
        b'<svg><path d="M73.37,81.49"/></svg>',
        pd.DataFrame({"n": [12, 340]}).to_csv().encode(),
    ],
    ids=itertools.count(),
)
def test_what_is_no_pupil_is_not_found(content: bytes) -> None:
    assert not marks_in([content], CANARIES.marks)
    assert not scores_in([content], CANARIES)
