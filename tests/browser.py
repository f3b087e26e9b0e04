"""What the tests in a browser share: a page that is watched, and the hands that use it.

The browser itself is the fixture `chromium` in conftest.py; no test lives here.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest


def browser_path() -> str:
    """Where chromium is. Without one the test is skipped, or fails if a browser is required."""
    found = os.environ.get("SUMMARIZER_CHROMIUM") or shutil.which("chromium")
    if found is None:
        if os.environ.get("SUMMARIZER_REQUIRE_BROWSER") == "1":
            pytest.fail("SUMMARIZER_REQUIRE_BROWSER=1, but there is no chromium on the PATH")
        pytest.skip("there is no chromium on the PATH; install Debian's package to run these")
    return found


@dataclass
class Seen:
    """What a page did that it must not do."""

    dialogs: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)


_CUT_BY_A_RELOAD = (
    "AbortError: BodyStreamBuffer",
    "AbortError: signal is aborted without reason",
    "Unexpected error Connection errored out",
)
"""What gradio logs or raises in a page that is left in the middle of a run."""


@contextmanager
def _watched(page: Any, url: str) -> Iterator[None]:
    """What the page does meanwhile is seen, and is at the end nothing that it must not do."""
    seen = Seen()

    def dialog(shown: Any) -> None:
        seen.dialogs.append(shown.message)
        shown.dismiss()

    def failed(said: object) -> None:
        if not str(said).startswith(_CUT_BY_A_RELOAD):
            seen.errors.append(str(said))

    def console(said: Any) -> None:
        if said.type == "error":
            failed(said.text)

    def request(asked: Any) -> None:
        if not asked.url.startswith((url, "data:", f"blob:{url}")):
            seen.foreign.append(asked.url)

    heard = {"dialog": dialog, "pageerror": failed, "console": console, "request": request}
    for event, hear in heard.items():
        page.on(event, hear)
    yield
    for event, hear in heard.items():
        page.remove_listener(event, hear)
    assert seen == Seen(), seen


_SIZE = {"width": 1280, "height": 800}


@dataclass
class Browser:
    """A browser whose tabs are emptied and used again, which takes half as long as a new one.

    Each tab has storage of its own, as the browsers of two readers have.
    """

    process: Any
    idle: dict[str, list[Any]] = field(default_factory=dict)

    def new_context(self, **options: Any) -> Any:
        """A browser's profile of its own, of Playwright's."""
        return self.process.new_context(**options)

    @contextmanager
    def tab(self, url: str, **options: Any) -> Iterator[Any]:
        """A tab that knows nothing of `url`; one that cannot be emptied is not used again."""
        idle = self.idle.setdefault(repr(sorted(options.items())), [])
        page = idle.pop() if idle else self.new_context(**options).new_page()
        try:
            yield page
            _empty(page, url)
        except BaseException:
            page.context.close()
            raise
        idle.append(page)


def _empty(page: Any, url: str) -> None:
    """Forget all that a page has kept, where the pointer was, and that it was to be printed."""
    page.mouse.move(0, 0)
    page.emulate_media(media="null")
    page.goto(f"{url}no-page")  # of the same origin, so that what the tab itself holds is reached
    page.evaluate("sessionStorage.clear()")
    page.goto("about:blank")
    kept = "cookies,local_storage,indexeddb,cache_storage,service_workers"
    asked = {"origin": url.rstrip("/"), "storageTypes": kept}
    tools = page.context.new_cdp_session(page)
    tools.send("Storage.clearDataForOrigin", asked)
    tools.detach()


@contextmanager
def opened(
    chromium: Browser, url: str, viewport: dict[str, int] = _SIZE, **context: Any
) -> Iterator[Any]:
    """A fresh page, 1280 by 800 if not told otherwise.

    At the end it must have shown no dialog, logged no error and asked nobody but its server.
    """
    with chromium.tab(url, **context) as page:
        page.set_viewport_size(viewport)
        page.set_default_timeout(60_000)
        with _watched(page, url):
            page.goto(url)
            page.locator("fieldset.next").wait_for()
            yield page
            page.goto("about:blank")


def paste(page: Any, *texts: str) -> None:
    """Fill the first boxes; behind each that is filled there is a blank one."""
    for n, text in enumerate(texts):
        page.locator("#articles fieldset .text").nth(n).fill(text)


def summarise(page: Any, *texts: str) -> None:
    """Fill the boxes and wait for the whole summary."""
    paste(page, *texts)
    page.get_by_role("button", name="Summarise").click()
    page.locator(".account .tally").wait_for()
    settled(page)


def settled(page: Any) -> None:
    """Wait until nothing is being done: what is asked of the summary before that is not heard."""
    page.locator(":root:not(.summarizer-doing)").wait_for()


def lit(page: Any, selector: str) -> set[str]:
    """The ids of what is lit."""
    return set(page.locator(f"{selector}.lit").evaluate_all("(all) => all.map((e) => e.id)"))


def paste_by_clipboard(
    page: Any, pasted: str, html: str = "", *, box: str = "fieldset.next"
) -> None:
    """Paste from the clipboard into the box, where its cursor is."""
    page.locator(f"#articles {box} .text").first.evaluate(
        """(area, [text, html]) => {
          const held = new DataTransfer();
          held.setData("text/plain", text);
          if (html) held.setData("text/html", html);
          const options = { clipboardData: held, bubbles: true, cancelable: true };
          area.dispatchEvent(new ClipboardEvent("paste", options));
        }""",
        [pasted, html],
    )


def boxes(page: Any, field: str = "text") -> list[str]:
    """What the articles' boxes hold, but for the blank one behind them."""
    values = "(all) => all.map((e) => e.value)"
    return list(page.locator(f"fieldset.box .{field}").evaluate_all(values))
