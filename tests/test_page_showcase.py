"""The first screen: what the page is, a finished example that is a real one, and one box."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import page_double as double
import pytest
from browser import boxes, lit, opened

from summarizer import examples
from summarizer.outputs.render.notes import cited
from summarizer.page.showcase import SHOWN, showcase


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with double.serving({"extract": double.Quoting}) as url:
        yield url


def test_the_finished_example_rests_on_the_examples_articles() -> None:
    """Every span that it cites is in the bundled article, and each article is there word for word.

    Where the example changed, `make example` writes its summary anew.
    """
    story, summary = examples.load(examples.FINISHED), examples.finished()
    articles = {a.id: a for a in story.articles}
    fields = ("id", "outlet", "title", "url", "published", "text")
    assert [[getattr(a, f) for f in fields] for a in summary.articles] == [
        [getattr(a, f) for f in fields] for a in story.articles
    ]
    assert summary.title is not None
    assert len(summary.sentences) > SHOWN
    for c in cited(summary):
        whole = getattr(articles[c.article], c.field)
        assert whole[c.start : c.end] == c.text


def test_the_finished_example_was_made_by_the_default_model() -> None:
    """It says which model, reader and seed made it, as `make example` would again."""
    signature = examples.finished().signature
    assert signature["model"] == "default"
    assert signature["words"] == 150


def test_its_words_are_escaped() -> None:
    """Nothing in a summary is markup on the first screen."""
    hostile = examples.finished()
    bad = "<script>alert(1)</script>"
    sentence = hostile.sentences[0].model_copy(update={"text": bad})
    hostile = hostile.model_copy(update={"title": sentence, "sentences": (sentence,)})
    assert "<script" not in showcase(hostile)


@pytest.mark.page
@pytest.mark.parametrize("width", [1280, 390])
def test_the_first_screen_says_what_this_is_and_shows_it(
    chromium: Any, url: str, width: int
) -> None:
    """One line, one box, and the beginning of a finished example, without scrolling."""
    with opened(chromium, url, viewport={"width": width, "height": 800}) as page:
        box, example = page.locator("#articles fieldset"), page.locator(".finished h2")
        assert box.count() == 1
        for part in (page.locator(".masthead p"), box, example):
            place = part.bounding_box()
            assert place["y"] + min(place["height"], 60) <= 800
        summary = examples.finished()
        assert summary.title is not None
        assert example.inner_text() == summary.title.text
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.page
def test_the_finished_example_opens_whole_and_is_undone(page: Any) -> None:
    """A press shows text and sources side by side; Articles, or Undo, leads to the empty box."""
    page.get_by_role("button", name="Open it with its sources").click()
    page.locator(".account .tally").wait_for()
    summary = examples.finished()
    assert page.locator(".sentence .claim").all_inner_texts() == [s.text for s in summary.sentences]
    page.locator("#c1").click()
    assert lit(page, "#panes .s")
    page.get_by_role("button", name="Articles").click()
    assert boxes(page) == []
    page.get_by_role("button", name="Summary", exact=True).click()
    page.keyboard.press("Control+z")
    page.locator("fieldset.next").wait_for()
    assert boxes(page) == []
    assert page.locator(".finished").is_visible()


@pytest.mark.page
def test_what_is_said_of_the_example_is_not_said_of_the_readers_articles(page: Any) -> None:
    """Once there is something of the reader's own, the line on the last job is gone."""
    page.get_by_role("button", name="Open it with its sources").click()
    said = page.locator("#status .status", has_text="A finished example.")
    said.wait_for()
    page.locator(".sentence").first.wait_for()  # the summary is shown after it is spoken of
    page.get_by_role("button", name="Articles").click()
    assert said.is_visible()
    page.locator("fieldset.next .text").fill("A tram hit a bakery.")
    assert said.is_hidden()
    page.get_by_role("button", name="Summarise").click()
    page.locator("#status", has_text="Done in").wait_for()


@pytest.mark.page
def test_the_example_gives_way_to_the_readers_articles(page: Any) -> None:
    """It stands beside the empty box alone, and comes back where the last article is removed."""
    example = page.locator(".finished")
    page.locator("fieldset.next .text").fill("A tram hit a bakery.")
    assert example.is_hidden()
    page.get_by_role("button", name="Remove article 1").click()
    assert example.is_visible()
