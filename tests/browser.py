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


def _watch(page: Any, url: str) -> Seen:
    seen = Seen()

    def dialog(shown: Any) -> None:
        seen.dialogs.append(shown.message)
        shown.dismiss()

    def failed(said: str) -> None:
        if not said.startswith(_CUT_BY_A_RELOAD):
            seen.errors.append(said)

    def console(said: Any) -> None:
        if said.type == "error":
            failed(said.text)

    def request(asked: Any) -> None:
        if not asked.url.startswith((url, "data:", f"blob:{url}")):
            seen.foreign.append(asked.url)

    page.on("dialog", dialog)
    page.on("pageerror", lambda e: failed(str(e)))
    page.on("console", console)
    page.on("request", request)
    return seen


@contextmanager
def opened(chromium: Any, url: str, **context: Any) -> Iterator[Any]:
    """A fresh page, 1280 by 800 if not told otherwise.

    At the end it must have shown no dialog, logged no error and asked nobody but its server.
    """
    given = {"viewport": {"width": 1280, "height": 800}, "accept_downloads": True, **context}
    held = chromium.new_context(**given)
    page = held.new_page()
    page.set_default_timeout(60_000)
    seen = _watch(page, url)
    page.goto(url)
    page.locator("fieldset.next").wait_for()
    yield page
    held.close()
    assert seen == Seen(), seen


def paste(page: Any, *texts: str) -> None:
    """Fill the first boxes; behind each that is filled there is a blank one."""
    for n, text in enumerate(texts):
        page.locator("#articles fieldset .text").nth(n).fill(text)


def summarise(page: Any, *texts: str) -> None:
    """Fill the boxes and wait for the whole summary."""
    paste(page, *texts)
    page.get_by_role("button", name="Summarise").click()
    page.locator(".account .tally").wait_for()


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
