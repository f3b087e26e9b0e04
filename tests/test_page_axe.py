"""The page before axe-core: no serious finding on any screen, in light, in dark, on a phone.

axe-core comes with axe-playwright-python, a tool of the tests alone; it runs in the browser.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import page_double as double
import pytest
from browser import opened
from story_double import STORY, open_saved

from summarizer.schema import ArticleReport, Mask

pytestmark = pytest.mark.page

SERIOUS = ("serious", "critical")
"""The grades of findings that no screen may have."""


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with double.serving({"extract": double.Quoting}) as url:
        yield url


def _findings(page: Any, part: str = "html") -> list[str]:
    """The serious findings, each with its elements, three at most, and what is wrong with them.

    part: the selector of what has changed since the page was looked through.
    """
    sync_playwright = pytest.importorskip("axe_playwright_python.sync_playwright")
    found = sync_playwright.Axe().run(page, part).response["violations"]
    return [
        f"{v['id']} ({v['impact']}) at {node['html'][:160]}: {node['failureSummary'][:300]}"
        for v in found
        if v["impact"] in SERIOUS
        for node in v["nodes"][:3]
    ]


SHOWN = STORY.model_copy(
    update={
        "articles": (
            *STORY.articles,
            ArticleReport(
                id="gull",
                outlet="Gull",
                used=False,
                reason="has no text",
                masked=(Mask(start=0, end=16, reason="share line"),),
                text="Share this story",
            ),
        )
    }
)
"""The finished summary, with an article that was left out and a line of it that is masked."""

SCREENS: dict[str, dict[str, Any]] = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "phone": {"viewport": {"width": 390, "height": 844}, "has_touch": True},
    "phone, dark": {"viewport": {"width": 390, "height": 844}, "color_scheme": "dark"},
}


@pytest.mark.parametrize("screen", SCREENS)
def test_no_screen_has_a_serious_finding(chromium: Any, url: str, screen: str) -> None:
    """First the boxes, then a finished summary, a chosen sentence, and every view below it."""
    with opened(chromium, url, reduced_motion="reduce", **SCREENS[screen]) as page:
        assert _findings(page) == []
        open_saved(page, SHOWN)
        assert _findings(page) == []
        page.locator("#c2").click()
        page.mouse.move(0, 0)
        assert _findings(page) == []
        page.keyboard.press("Escape")
        tabs = page.locator("#remarks [role='tab']")
        assert tabs.count() == 4
        for n in range(tabs.count()):
            tabs.nth(n).click()
            page.evaluate(
                "document.querySelectorAll('#remarks details').forEach((d) => { d.open = true; })"
            )
            assert _findings(page, "#remarks") == []
