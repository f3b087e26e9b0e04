"""Takes the pictures of the page that README shows; `make pictures` runs it.

Needs chromium on the PATH. Serves the page to itself over the bundled story; measures nothing.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from summarizer.page.jobs import Watcher
from summarizer.page.server import launch
from summarizer.pipeline import Summarizer

PICTURES = Path(__file__).parents[1] / "docs" / "pictures"

SHOTS = {
    "page-light": (1280, 800, "light"),
    "page-dark": (1280, 800, "dark"),
    "page-phone": (390, 844, "light"),
}
"""Name to width, height (pixels) and colour scheme."""


def _stand_in() -> Watcher:
    from summarizer.backends.standin import HashEncoder, OverlapJudge

    return Summarizer(HashEncoder(), None, OverlapJudge())


def take(url: str, browser: Browser, name: str, to: Path) -> Path:
    """Summarise the first example, choose its second sentence, and save the picture."""
    width, height, scheme = SHOTS[name]
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.set_default_timeout(120_000)
    page.goto(url)
    page.get_by_role("button", name="Example: ferry").click()
    page.wait_for_function("document.querySelectorAll('fieldset.box .text')[0].value.length > 200")
    page.get_by_role("button", name="Summarise").click()
    page.locator(".account .tally").wait_for()
    page.locator(".sentence .claim").nth(1).click()
    page.wait_for_timeout(500)
    path = to / f"{name}.png"
    page.screenshot(path=path)
    context.close()
    return path


def main() -> int:
    """Take every picture; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", default="extract", help='a model, or "stand-in" for no weights')
    parser.add_argument("--to", type=Path, default=PICTURES, help="folder to write to")
    given = parser.parse_args()
    chromium = shutil.which("chromium")
    if chromium is None:
        sys.stderr.write("there is no chromium on the PATH; install Debian's package chromium\n")
        return 2
    load: Callable[[], Watcher] = partial(Summarizer.load, given.model)
    if given.model == "stand-in":
        load = _stand_in
    given.to.mkdir(parents=True, exist_ok=True)
    page = launch(
        {given.model: load}, host="127.0.0.1", port=None, prevent_thread_lock=True, quiet=True
    )
    with sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-gpu"]
        )
        for name in SHOTS:
            path = take(str(page.local_url), browser, name, given.to)
            sys.stderr.write(f"{path.name} {path.stat().st_size / 1000:.0f} kB\n")
        browser.close()
    page.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
