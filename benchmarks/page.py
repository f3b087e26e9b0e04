"""What the page costs beside the summariser: click to first and last sentence, cancel, scrolling.

Run as `python -m benchmarks.page`; needs chromium on the PATH. Both ways run in one process by
turns, so that what else the machine does falls on both. Pictures are benchmarks/pictures.py's.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
from functools import partial
from statistics import median
from time import perf_counter
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from summarizer import examples
from summarizer.api import Summarizer
from summarizer.backends.standin import HashEncoder, OverlapJudge
from summarizer.page.server import launch
from summarizer.schema import Article, Story

_WATCH = """() => {
  window.measured = {};
  document.addEventListener("click", (event) => {
    if (event.target.closest("#start")) {
      document.querySelector("#account .account")?.setAttribute("data-old", "");
      window.measured = { from: performance.now() };
    }
    if (event.target.closest("#cancel")) window.measured.cancel = performance.now();
  }, true);
  const at = (name) => {
    if (name in window.measured || !window.measured.from) return;
    window.measured[name] = null;
    requestAnimationFrame(() => setTimeout(() => { window.measured[name] = performance.now(); }));
  };
  new MutationObserver(() => {
    const fresh = document.querySelector("#account .account:not([data-old])");
    if (fresh?.querySelector(".sentence")) at("first");
    if (fresh?.querySelector(".tally")) at("last");
    const said = document.querySelector("#status")?.textContent || "";
    if ("cancel" in window.measured && said.includes("Cancelled.")) at("cancelled");
  }).observe(document.body, { childList: true, subtree: true });
}"""
"""Times inside the browser: from the click until what came has been painted."""

_SCROLL = """(pane) => new Promise((done) => {
  const body = document.querySelector(pane), frames = [];
  let last = performance.now(), step = 0;
  const frame = (now) => {
    frames.push(now - last);
    last = now;
    body.scrollTop = (body.scrollHeight * ++step) / 120;
    if (step < 120) requestAnimationFrame(frame); else done(frames.slice(1));
  };
  requestAnimationFrame(frame);
})"""


def alone(summarizer: Summarizer, story: Story) -> tuple[float, float]:
    """Seconds to the first and the last sentence of `Summarizer.watch`."""
    began = perf_counter()
    first = 0.0
    for summary in summarizer.watch(story):
        if not first and summary.sentences:
            first = perf_counter() - began
    return first, perf_counter() - began


def command(example: str, model: str) -> float:
    """Seconds of the command line as a process of its own, loading included."""
    began = perf_counter()
    argv = [sys.executable, "-m", "summarizer", "summarize", "--example", example, "-q"]
    subprocess.run([*argv, "--model", model], check=True, capture_output=True)
    return perf_counter() - began


def opened(browser: Browser, url: str, story: Story) -> Page:
    """A fresh page whose boxes hold the story."""
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.set_default_timeout(600_000)
    page.goto(url)
    page.locator("fieldset.next").wait_for()
    articles = [a.model_dump(mode="json") for a in story.articles]
    page.evaluate("(articles) => summarizerPage.fill(articles)", articles)
    page.wait_for_timeout(3_000)  # its languages have been detected and the page is idle
    page.evaluate(_WATCH)
    return page


def clicked(page: Page) -> tuple[float, float]:
    """Seconds from the click to the first sentence on screen, and to the whole."""
    page.get_by_role("button", name="Summarise").click()
    page.wait_for_function("window.measured.last")
    at = page.evaluate("window.measured")
    return (at["first"] - at["from"]) / 1000, (at["last"] - at["from"]) / 1000


def cancelled(page: Page) -> float:
    """Seconds from Cancel to the idle page, while a run is under way."""
    page.get_by_role("button", name="Summarise").click()
    page.locator("#status .busy").wait_for()
    page.get_by_role("button", name="Cancel").click()
    page.wait_for_function("window.measured.cancelled")
    at = page.evaluate("window.measured")
    return float(at["cancelled"] - at["cancel"]) / 1000


def frames(page: Page) -> list[float]:
    """Milliseconds between frames while the first article is scrolled from top to end."""
    page.get_by_role("button", name="Summarise").click()
    page.locator(".account .tally").wait_for()
    return [float(ms) for ms in page.evaluate(_SCROLL, "#pane1 .body")]


def long_story(words: int) -> Story:
    """An article of so many words, of sentences that differ, and a short one."""
    n = words // 12
    lines = (f"On day {i} the river at Tarrow stood at mark {i % 97} and rose." for i in range(n))
    short = "The river at Tarrow rose for days, the harbour office said on Friday."
    return Story(articles=(Article(text="\n".join(lines)), Article(text=short)))


def _spread(seconds: list[float]) -> str:
    return f"{median(seconds):6.2f} s ({min(seconds):.2f} to {max(seconds):.2f})"


def main() -> int:
    """Measure and print; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", default="extract", help='a model, or "stand-in"')
    parser.add_argument("--example", default="ferry", choices=examples.names())
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--long", type=int, default=0, metavar="WORDS", help="scroll such a source")
    given = parser.parse_args()
    chromium = shutil.which("chromium")
    if chromium is None:
        sys.stderr.write("there is no chromium on the PATH; install Debian's package chromium\n")
        return 2
    story = examples.load(given.example)
    bare = given.model == "stand-in"
    summarizer = (
        Summarizer(HashEncoder(), None, OverlapJudge()) if bare else Summarizer.load(given.model)
    )
    alone(summarizer, story)  # what is loaded at first use is loaded for both
    whole = None if bare else command(given.example, given.model)
    page = launch(
        {given.model: lambda: summarizer},
        host="127.0.0.1",
        port=None,
        prevent_thread_lock=True,
        quiet=True,
    )
    by_page: list[tuple[float, float]] = []
    by_watch: list[tuple[float, float]] = []
    with sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-gpu"]
        )
        shown = opened(browser, str(page.local_url), story)
        clicked(shown)
        for _ in range(given.runs):
            by_watch.append(alone(summarizer, story))
            by_page.append(clicked(shown))
        stops = [cancelled(shown) for _ in range(given.runs)]
        scrolled: list[float] = []
        if given.long:
            scrolled = frames(opened(browser, str(page.local_url), long_story(given.long)))
        browser.close()
    page.close()
    _print(given, whole, by_watch, by_page, stops, scrolled)
    return 0


def _print(
    given: argparse.Namespace,
    whole: float | None,
    by_watch: list[tuple[float, float]],
    by_page: list[tuple[float, float]],
    stops: list[float],
    scrolled: list[float],
) -> None:
    say = partial(print, flush=True)
    ratios: dict[str, Any] = {}
    say(f"{given.example}, {given.model}, {given.runs} runs by turns; median (least to most)")
    for name, which in (("first sentence", 0), ("last sentence", 1)):
        ours, theirs = [p[which] for p in by_page], [w[which] for w in by_watch]
        ratios[name] = round(median(p / w for p, w in zip(ours, theirs, strict=True)), 2)
        say(f"{name}: watch {_spread(theirs)}, page {_spread(ours)}, ratio {ratios[name]:.2f}")
        added = [p - w for p, w in zip(ours, theirs, strict=True)]
        say(f"{'':16}the page adds {_spread(added)}")
    if whole is not None:
        say(f"the command line as a whole process: {whole:.2f} s")
    say(f"cancel to rest: {_spread(stops)}")
    if scrolled:
        ordered = sorted(scrolled)
        late = ordered[int(0.95 * len(ordered))]
        say(
            f"scrolling {given.long:,} words, {len(scrolled)} frames: median {median(ordered):.0f} "
            f"ms, 95th of a hundred {late:.0f} ms, most {ordered[-1]:.0f} ms"
        )
    say(json.dumps({"model": given.model, "ratios": ratios}))


if __name__ == "__main__":
    sys.exit(main())
