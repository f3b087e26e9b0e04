"""Takes the pictures of the page that README shows; `make pictures` runs it.

Needs chromium on the PATH. Serves the page to itself over the bundled stories; measures nothing.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Literal, NamedTuple

from playwright.sync_api import Browser, sync_playwright

from summarizer import examples
from summarizer.api import Summarizer
from summarizer.page.jobs import Watcher
from summarizer.page.server import launch

PICTURES = Path(__file__).parents[1] / "docs" / "pictures"


class Shot(NamedTuple):
    """A picture: the window's size in pixels, the colour scheme, the example, and what is shown."""

    width: int
    height: int
    scheme: Literal["light", "dark"]
    example: str
    below: bool = False


SHOTS = {
    "page-light": Shot(1280, 800, "light", "rents"),
    "page-below": Shot(1280, 800, "light", "ferry", below=True),
    "page-dark": Shot(1280, 800, "dark", "ferry"),
    "page-phone": Shot(390, 844, "light", "rents"),
}
"""The pictures by name; README shows the first two."""

LARGEST = 400_000  # bytes of one picture


def _stand_in() -> Watcher:
    from summarizer.backends.standin import HashEncoder, OverlapJudge

    return Summarizer(HashEncoder(), None, OverlapJudge())


def take(url: str, browser: Browser, name: str, to: Path) -> Path:
    """Summarise an example, choose the sentence that most articles carry, and save the picture.

    below: what stands below the text is shown instead.
    """
    shot = SHOTS[name]
    context = browser.new_context(
        viewport={"width": shot.width, "height": shot.height},
        color_scheme=shot.scheme,
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.set_default_timeout(300_000)
    page.goto(url)
    page.get_by_role("button", name=f"Example: {shot.example}").click()
    page.wait_for_function("document.querySelectorAll('fieldset.box .text')[0]?.value.length > 200")
    page.get_by_role("button", name="Summarise").click()
    page.locator(".account .tally").wait_for()
    marks = page.locator(".account .sentence .marks")
    counts = [mark.locator(".mark").count() for mark in marks.all()]
    page.locator(".sentence .claim").nth(counts.index(max(counts))).click()
    if shot.below:
        page.locator(".jump .to-differ").click()
    page.mouse.move(0, 0)
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
    parser.add_argument("--only", choices=SHOTS, help="one picture instead of all")
    given = parser.parse_args()
    chromium = shutil.which("chromium")
    if chromium is None:
        sys.stderr.write("there is no chromium on the PATH; install Debian's package chromium\n")
        return 2
    load: Callable[[], Watcher] = partial(Summarizer.load, given.model)
    if given.model == "stand-in":
        load = _stand_in
    summarizer = load()
    if isinstance(summarizer, Summarizer):
        summarizer.summarize(examples.load("ferry"))  # so that no picture shows the time of loading
    given.to.mkdir(parents=True, exist_ok=True)
    page = launch(
        {given.model: lambda: summarizer},
        host="127.0.0.1",
        port=None,
        prevent_thread_lock=True,
        quiet=True,
    )
    with sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-gpu"]
        )
        for name in [given.only] if given.only else SHOTS:
            path = take(str(page.local_url), browser, name, given.to)
            size = path.stat().st_size
            sys.stderr.write(f"{path.name} {size / 1000:.0f} kB\n")
            if size > LARGEST:
                sys.stderr.write(f"{path.name} is larger than {LARGEST / 1000:.0f} kB\n")
        browser.close()
    page.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
