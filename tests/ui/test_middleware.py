"""Headers and language of the server's answers."""

import asyncio
import base64
import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route
from starlette.types import Message
from streamlit.file_util import get_static_dir

from ui.middleware import PageHead, SecurityHeaders, content_security_policy

PAGE = '<!DOCTYPE html>\n<html lang="en"><head></head><body>汉</body></html>'


@dataclass(frozen=True, slots=True)
class Answer:
    """What the server sent."""

    headers: Headers
    body: bytes


async def page(_request: Request) -> Response:
    return HTMLResponse(PAGE)


async def data(_request: Request) -> Response:
    return JSONResponse({"text": '<html lang="en"'})


PATHS = {"/": page, "/school": page, "/data": data, "/media/x": data, "/_stcore/metrics": data}
APP = Starlette(
    routes=[Route(path, endpoint) for path, endpoint in PATHS.items()],
    middleware=[
        Middleware(SecurityHeaders),
        Middleware(PageHead),
        Middleware(GZipMiddleware, minimum_size=1),
    ],
)


def get(path: str, query: str = "") -> Answer:
    """Return the answer to a browser that takes compressed pages."""
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    scope = {
        "type": "http",
        "method": "GET",
        "path": path,
        "query_string": query.encode(),
        "headers": [(b"accept-encoding", b"gzip")],
    }
    asyncio.run(APP(scope, receive, send))
    body = b"".join(message.get("body", b"") for message in sent[1:])
    return Answer(Headers(raw=sent[0]["headers"]), body)


def test_a_page_is_chinese_and_not_to_be_translated() -> None:
    text = get("/").body.decode()
    assert '<html lang="zh-CN" translate="no">' in text
    assert "<body>汉<style>" in text
    assert text.endswith("</style></body></html>")


def test_the_scripts_of_charts_and_tables_are_named_before_they_are_asked_for() -> None:
    head = get("/").body.decode().partition("</head>")[0]
    named = re.findall(r'<link rel="modulepreload" crossorigin href="\./([^"]+)">', head)
    assert len(named) == 2
    assert all(Path(get_static_dir(), name).is_file() for name in named)


def test_the_script_of_all_pages_is_allowed_as_it_stands_there() -> None:
    head = get("/").body.decode().partition("</head>")[0]
    script = head.rpartition("<script>")[2].partition("</script>")[0]
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert f"'sha256-{digest}'" in get("/").headers["content-security-policy"]


def test_the_length_of_a_page_is_told_as_it_is_sent() -> None:
    answer = get("/")
    assert int(answer.headers["content-length"]) == len(answer.body)


def test_a_link_with_english_gets_an_english_page() -> None:
    assert b'<html lang="en" translate="no">' in get("/school", "exam=a&lang=en").body


def test_other_answers_stay_as_they_are() -> None:
    assert get("/data").body == b'{"text":"<html lang=\\"en\\""}'


def test_every_answer_carries_the_security_headers() -> None:
    for path in ("/", "/data", "/nowhere"):
        headers = get(path).headers
        assert headers["x-frame-options"] == "DENY"
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"
        assert "frame-ancestors 'none'" in headers["content-security-policy"]


def test_media_files_are_not_stored_by_the_browser() -> None:
    assert get("/media/x").headers["cache-control"] == "no-store"


def test_the_counts_of_the_server_stay_inside() -> None:
    assert get("/_stcore/metrics").body == b""


def test_the_policy_names_no_other_server_and_no_wildcard() -> None:
    policy = content_security_policy()
    assert "http" not in policy
    assert "*" not in policy
    assert "script-src 'self' 'sha256-" in policy
    assert "unsafe-eval" not in policy
