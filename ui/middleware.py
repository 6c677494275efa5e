"""What the server adds to its answers: security headers, language, style, what to fetch.

The page comes from Streamlit with ``lang="en"``, which makes browsers offer to translate a
Chinese page; a translated page breaks when it changes. So the tag is corrected on the way out.
The browser is also told to fetch at once the scripts of charts and tables, several megabytes
that it would ask for only when the first of them is to be drawn.
"""

import base64
import hashlib
import re
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import parse_qs

from starlette.datastructures import MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.file_util import get_static_dir

from ui.text import language_of

_INSIDE = "/_stcore/metrics"
_HTML_TAG = re.compile(rb'<html lang="[^"]*"')
_HEAD_END, _BODY_END = b"</head>", b"</body>"
_STYLE, _SCRIPT = (Path(__file__).with_name(f"page.{ending}") for ending in ("css", "js"))
_FETCHED_EARLY = ("PlotlyChart", "DataFrame")
_INLINE_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_TAGS = {"zh": b'<html lang="zh-CN" translate="no"', "en": b'<html lang="en" translate="no"'}


def content_security_policy() -> str:
    """Return the policy: everything from this server, nothing from anywhere else.

    Inline scripts are allowed by the hashes of ours and of those that the installed
    Streamlit's page has.
    """
    page = Path(get_static_dir(), "index.html").read_text(encoding="utf-8")
    scripts = [_SCRIPT.read_text(encoding="utf-8"), *_INLINE_SCRIPT.findall(page)]
    hashes = " ".join(f"'sha256-{_sha256(text)}'" for text in scripts)
    rules = (
        "default-src 'self'",
        f"script-src 'self' {hashes}",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self' data: blob:",
        "worker-src 'self' blob:",
        "frame-ancestors 'none'",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
    )
    return "; ".join(rules)


def early_fetches() -> bytes:
    """Return the tags that name the scripts of charts and tables in the installed Streamlit."""
    folder = Path(get_static_dir(), "static", "js")
    names = [file.name for part in _FETCHED_EARLY for file in folder.glob(f"{part}.*.js")]
    tags = (
        f'<link rel="modulepreload" crossorigin href="./static/js/{name}">' for name in names
    )
    return "".join(tags).encode()


class SecurityHeaders:
    """Add the headers that keep a page from being framed, sniffed or fed from elsewhere."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.headers = {
            "X-Content-Type-Options": "nosniff",
            "X-Frame-Options": "DENY",
            "Referrer-Policy": "same-origin",
            "Content-Security-Policy": content_security_policy(),
            "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and add the headers to its answer; server counts stay inside."""
        if scope["type"] == "http" and scope["path"].startswith(_INSIDE):
            await Response(status_code=404)(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(self.headers)
                if scope["path"].startswith("/media/"):
                    headers["Cache-Control"] = "no-store"
            await send(message)

        await self.app(scope, receive, send_with_headers if scope["type"] == "http" else send)


class PageHead:
    """Name the language of the page, forbid translation, have its scripts fetched early.

    The style of all pages comes with it, behind Streamlit's own, which it corrects: sent with
    the elements of a page it came seconds after them. So does the script that lets Back lead
    to the page before; Streamlit makes a place in the history of every picker that changes.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.head = b"<script>" + _SCRIPT.read_bytes() + b"</script>" + early_fetches()
        self.style = b"<style>" + _STYLE.read_bytes() + b"</style>"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; rewrite the answer where it is a page."""
        if scope["type"] != "http" or scope["method"] != "GET":
            await self.app(scope, receive, send)
            return
        tags = ((_HEAD_END, self.head), (_BODY_END, self.style))
        rewriter = _Rewriter(send, _TAGS[_language_asked(scope)], tags)
        plain = [item for item in scope["headers"] if not _asks_packed_page(scope, item[0])]
        await self.app({**scope, "headers": plain}, receive, rewriter.send)


class _Rewriter:
    """Hold a page back until it is whole, then send it with its tags as they should be."""

    def __init__(self, send: Send, tag: bytes, added: Sequence[tuple[bytes, bytes]]) -> None:
        self._send, self._tag, self._added = send, tag, added
        self._start: Message | None = None
        self._body = b""

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start" and _is_page(message):
            self._start = message
        elif self._start is None:
            await self._send(message)
        else:
            self._body += message.get("body", b"")
            if not message.get("more_body", False):
                await self._send_page(self._start)

    async def _send_page(self, start: Message) -> None:
        body = _HTML_TAG.sub(self._tag, self._body, count=1)
        for end, text in self._added:
            body = body.replace(end, text + end, 1)
        MutableHeaders(scope=start)["Content-Length"] = str(len(body))
        await self._send(start)
        await self._send({"type": "http.response.body", "body": body})


def _is_page(start: Message) -> bool:
    is_html = MutableHeaders(scope=start).get("content-type", "").startswith("text/html")
    return is_html and start["status"] == 200


def _asks_packed_page(scope: Scope, header: bytes) -> bool:
    """Whether the header asks to compress what may be a page, which could not be rewritten."""
    is_file = "." in scope["path"].rsplit("/", 1)[-1]
    return header.lower() == b"accept-encoding" and not is_file


def _language_asked(scope: Scope) -> str:
    asked = parse_qs(scope["query_string"].decode("latin-1")).get("lang", [""])
    return language_of(asked[0])


def _sha256(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
