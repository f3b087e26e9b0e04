"""Serves the page: to this machine alone, telling nobody, keeping nothing.

What the page holds is `layout`; this file imports gradio only when it serves.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any

from summarizer.errors import BadInput, BadOption, UnreadableFile

if TYPE_CHECKING:
    import gradio

    from summarizer.page.jobs import Fetch, Watcher
    from summarizer.page.panes import Split

QUIET = {
    "GRADIO_ANALYTICS_ENABLED": "False",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "GRADIO_RUN_HISTORY": "False",
    "GRADIO_SHARE": "False",
}
"""Set before gradio is imported: it reads them then."""

POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
    "connect-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'"
)
"""Content security policy: gradio needs inline script and eval; nothing loads from elsewhere."""


def serve(
    host: str = "127.0.0.1",
    port: int | None = None,
    *,
    model: str = "default",
    device: str = "cpu",
    threads: int | None = None,
    auth_file: Path | None = None,
    root_path: str | None = None,
    allow_fetch: bool = False,
    keep: bool | None = None,
    mcp: bool = False,
) -> None:
    """Open the page and serve it until interrupted.

    host: whom to serve; the default is this machine alone. port: None takes the first free one
    from 7860. model: what `Summarizer.load` takes; it is chosen at first, beside "extract" and
    "default". auth_file: who may read, `name:password` a line; None for all who reach it.
    root_path: where a proxy puts the page. allow_fetch: whether the page fetches links, from the
    public web alone. keep: whether a reader's own browser keeps what was entered and made; None for
    yes, but where there are passwords, since a machine with passwords is one that several people
    use. mcp: whether an assistant is served tools, by the Model Context Protocol (page.tools).
    Raises BadOption for a port that is taken or where mcp is not installed, BadInput for a bad auth
    file.
    """
    auth = None if auth_file is None else readers(auth_file)
    from summarizer.api import Summarizer
    from summarizer.inputs.urls import fetch

    load = partial(Summarizer.load, device=device, threads=threads)
    launch(
        {name: partial(load, name) for name in offered(model)},
        host=host,
        port=port,
        root_path=root_path,
        auth=auth,
        fetch=fetch if allow_fetch else None,
        keep=keep,
        mcp=mcp,
        prevent_thread_lock=False,
    )


def offered(model: str) -> tuple[str, ...]:
    """The models to choose from, of which the last is chosen at first."""
    return *(name for name in ("extract", "default") if name != model), model


def readers(path: Path) -> list[tuple[str, str]]:
    """The (name, password) of each line `name:password`; blank lines and #comments are skipped.

    Raises UnreadableFile, or BadInput naming the line but never what it says.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        raise UnreadableFile(
            f"cannot read {str(path)!r} as text; give a file with a line name:password each"
        ) from None
    found = []
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        name, colon, password = line.strip().partition(":")
        if not (name and colon and password):
            raise BadInput(f"{str(path)!r}, line {number}: write it as name:password")
        found.append((name, password))
    if not found:
        raise BadInput(f"{str(path)!r} names nobody; write a line name:password for each reader")
    return found


def launch(
    summarizers: Mapping[str, Callable[[], Watcher]],
    *,
    host: str,
    port: int | None,
    split: Split | None = None,
    fetch: Fetch | None = None,
    keep: bool | None = None,
    mcp: bool = False,
    **more: Any,
) -> gradio.Blocks:
    """Build the page over these summarisers and launch it; `more` goes to gradio's launch.

    port: 1 to 65535; None takes the first free one from 7860. split, fetch, keep: as for
    `summarizer.page.layout.build`; keep None is as for `serve`. mcp: as for `serve`. Raises
    BadOption for another port, one that is taken, or where mcp is not installed.
    """
    os.environ.update(QUIET)
    import gradio as gr
    from gradio.themes import Font
    from starlette.middleware import Middleware

    from summarizer.nlp import parse
    from summarizer.page.layout import asset, build, typefaces
    from summarizer.page.tools import ToolsGuard, check_installed

    if mcp:
        check_installed()
    # Text and views are parsed: the first reader does not wait until the parser is loaded.
    Thread(target=parse, args=(["The page is open."],), daemon=True).start()
    if keep is None:
        keep = more.get("auth") is None
    page = build(summarizers, split=split, fetch=fetch, keep=keep, tools=mcp)
    if port is not None and not 1 <= port <= 65_535:
        raise BadOption(f"port is {port}; give one from 1 to 65535")
    launching: dict[str, Any] = dict(
        server_name=host,
        server_port=port,
        share=False,
        inbrowser=False,
        show_error=False,
        quiet=more.pop("quiet", False),
        footer_links=[],
        run_history=False,
        enable_monitoring=False,
        ssr_mode=False,
        pwa=False,
        mcp_server=mcp,
        max_file_size="10mb",
        allowed_paths=[],
        theme=gr.themes.Base(
            primary_hue="slate",
            neutral_hue="stone",
            font=(Font("Source Sans 3"), Font("Segoe UI"), Font("Arial"), Font("sans-serif")),
            font_mono=(Font("monospace"),),
        ),
        head=f"<style>{typefaces()}{asset('page.css')}</style>",
        app_kwargs={
            "middleware": [Middleware(Guard), Middleware(ToolsGuard, readers=more.get("auth"))]
        },
        **more,
    )
    try:
        page.launch(**launching)
    except OSError:
        where = f"port {port}" if port else "any port from 7860"
        raise BadOption(f"cannot serve {host} on {where}; give another --host or --port") from None
    return page


class Guard:
    """ASGI middleware: the security headers on every answer, and no body over the limit."""

    LIMIT = 40_000_000  # bytes; the characters that `intake` allows, escaped

    def __init__(self, app: Any) -> None:
        self.app = app

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Refuse what is too long; otherwise pass on and add the headers."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        length = dict(scope["headers"]).get(b"content-length", b"0")
        if length.isdigit() and int(length) > self.LIMIT:
            await send({"type": "http.response.start", "status": 413, "headers": []})
            await send({"type": "http.response.body", "body": b"too long"})
            return

        got = 0

        async def counted() -> Any:
            nonlocal got
            message = await receive()
            got += len(message.get("body", b""))
            return message if got <= self.LIMIT else {"type": "http.disconnect"}

        async def guarded(message: Any) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [
                    *message["headers"],
                    (b"content-security-policy", POLICY.encode()),
                    (b"x-content-type-options", b"nosniff"),
                    (b"referrer-policy", b"no-referrer"),
                ]
            await send(message)

        await self.app(scope, counted, guarded)
