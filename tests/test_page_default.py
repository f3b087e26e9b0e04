"""The page with the real default model: what its sentences rest on is there, and tone is told.

What the page does is tested over doubles in the other files; this one sees that the parts fit.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import page_double as double
import pytest
from browser import lit, opened

pytestmark = [pytest.mark.page, pytest.mark.weights]


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    from summarizer import Summarizer

    with double.serving({"default": lambda: Summarizer.load("default")}, split=None) as url:
        yield url


def test_the_rents_story_is_told_with_its_sources_and_its_tone(chromium: Any, url: str) -> None:
    """Sentences come, each mark leads to a source sentence, and the loaded outlet is named."""
    with opened(chromium, url) as page:
        page.set_default_timeout(300_000)
        page.get_by_role("button", name="Example: rents").click()
        page.wait_for_function(
            "document.querySelectorAll('fieldset.box .text')[0]?.value.length > 200"
        )
        page.get_by_role("button", name="Summarise").click()
        page.locator(".account .tally").wait_for()

        sentences = page.locator(".account .sentence")
        assert sentences.count() >= 3
        for sentence in sentences.all():
            claim = sentence.locator(".claim")
            claim.click()
            ids = set((claim.get_attribute("data-src") or "").split())
            assert ids
            assert lit(page, "#panes .s") == ids
            for mark in sentence.locator(".mark").all():
                assert (mark.get_attribute("href") or "").removeprefix("#") in ids
            assert sentence.locator(".made").count() == 0
            assert sentence.locator(".uncarried").count() == 0

        tone = page.locator(".note.tone")
        assert tone.locator(".outlet").all_inner_texts() == ["The Sentinel"]
        tone.locator(".value").first.click()
        assert page.locator("#panes .s.lit").count() == 1
