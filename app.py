"""The ASGI app: ``streamlit run app.py``; warm imports, middleware, health, its own errors."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import streamlit as st
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

# Imported here and not by the first session: its reader would wait for them.
from pipeline import demo as _demo  # noqa: F401
from pipeline import load_views as _load_views  # noqa: F401
from ui import pictures
from ui.error_screen import show_error
from ui.middleware import PageHead, SecurityHeaders
from ui.state.warming import Warmer


async def health(_request: Request) -> JSONResponse:
    """Answer that the server is alive."""
    return JSONResponse({"status": "ok"})


@asynccontextmanager
async def lifespan(_app: st.App) -> AsyncIterator[None]:
    """Warm the store as long as the server runs; end the browser that draws with it."""
    warmer = Warmer()
    warmer.start()
    yield
    warmer.stop()
    pictures.stop()


app = st.App(
    "ui/main.py",
    routes=[Route("/api/health", health)],
    middleware=[Middleware(SecurityHeaders), Middleware(PageHead)],
    lifespan=lifespan,
    on_script_error=show_error,
)
