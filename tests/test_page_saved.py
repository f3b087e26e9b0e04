"""Taking a summary away from the page and opening it again: Copy, Word, and a saved JSON.

What the forms say is in test_render*.py; how sentences are changed is in test_page_edit.py.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import page_double as double
import pytest
from browser import lit, opened, paste, summarise
from docx import Document

from summarizer.errors import BadInput
from summarizer.page import panes
from summarizer.page.jobs import Jobs, Update
from summarizer.page.reading import Paragraph
from summarizer.page.saved import kept_of, story_of, summary_of
from summarizer.schema import Article, Story, Summary

FERRY = "A ferry hit the pier. Twelve people were hurt. Share this story\nThe port closed."
TRAM = "A boat struck the pier. Fourteen people were hurt.\nThe harbour was shut."


@pytest.fixture(scope="module")
def saved() -> dict[str, Any]:
    """A summary as it is saved: the JSON value."""
    articles = (Article(text=FERRY, outlet="Tern", title="Pier hit"), Article(text=TRAM))
    *_, summary = double.Quoting().watch(Story(articles=articles))
    value = json.loads(summary.to_json())
    assert isinstance(value, dict)
    return value


# --- what is opened ------------------------------------------------------------------------------


def test_a_saved_summary_is_read_back_whole(saved: dict[str, Any]) -> None:
    """What was saved is what is opened, with the articles that it was made of."""
    summary = summary_of(saved)
    assert json.loads(summary.to_json()) == saved
    assert [a.text for a in story_of(summary).articles] == [FERRY, TRAM]
    assert [a.outlet for a in story_of(summary).articles] == ["Tern", None]


def _without(key: str) -> Callable[[dict[str, Any]], object]:
    return lambda value: {k: v for k, v in value.items() if k != key}


DAMAGED: list[tuple[Callable[[dict[str, Any]], object], str]] = [
    (lambda value: [value], "this is no saved summary"),
    (lambda value: None, "this is no saved summary"),
    (_without("sentences"), "this is no saved summary"),
    (_without("id"), "damaged at 'id'"),
    (lambda value: {**value, "schema_version": "2.0"}, "is of version 2.0, which this page cannot"),
    (lambda value: {**value, "articles": []}, "a citation names article 'a1', not in articles"),
    (lambda value: {**value, "articles": value["articles"] * 2}, "two of its articles have one id"),
    (
        lambda value: {**value, "sentences": [], "title": None, "articles": value["articles"][:1]},
        "it names an article 'a2' it lacks",
    ),
    (lambda value: {**value, "sentences": ["x"]}, r"damaged at 'sentences\.0'"),
    (lambda value: {**value, "warnings": ["\ud800"]}, "characters that no text can hold|damaged"),
]


@pytest.mark.parametrize(("spoil", "says"), DAMAGED, ids=[says for _, says in DAMAGED])
def test_what_is_no_whole_summary_is_refused_in_one_sentence(
    spoil: Callable[[dict[str, Any]], object], says: str, saved: dict[str, Any]
) -> None:
    """A file of another kind, a later version or a damaged one names its fault."""
    with pytest.raises(BadInput, match=says) as caught:
        summary_of(spoil(saved))
    assert "\n" not in str(caught.value)


def test_a_summary_without_its_articles_shows_what_it_cites(saved: dict[str, Any]) -> None:
    """Of an article whose text was not saved, the cited sentences stand in its pane."""
    bare = {**saved, "articles": [{**a, "text": None} for a in saved["articles"]]}
    html = panes.sources(summary_of(bare), double.split)
    assert html.count("Only what is cited was saved.") == 2
    assert re.search(r'id="s1te0">A ferry hit the pier\.</span>', html)


def _said(jobs: Jobs, job: Callable[[Callable[[Update], None]], None]) -> Update:
    said: list[Update] = []
    job(said.append)
    return said[-1]


def test_an_opened_summary_is_read_only_when_it_is_changed(saved: dict[str, Any]) -> None:
    """Opening loads no model; the first change prepares the articles, the next one does not."""
    from summarizer.page.intake import Edit, Length

    made: list[double.Quoting] = []

    def load() -> double.Quoting:
        made.append(double.Quoting())
        return made[-1]

    jobs = Jobs({"double": load}, double.split)
    shown = _said(jobs, jobs.open("s", kept_of({"summary": saved}), "double"))
    assert made == []
    assert shown.taken is not None
    assert json.loads(shown.taken["json"]) == saved
    _said(jobs, jobs.edit("s", Edit("down", 1)))
    assert made == []
    _said(jobs, jobs.edit("s", Edit("change", 1, "The port closed.")))
    _said(jobs, jobs.replan("s", Length(2, "sentences")))
    assert [len(m.stories) for m in made] == [1]


def test_a_summary_without_its_articles_cannot_be_checked_again(saved: dict[str, Any]) -> None:
    """What nothing can be checked against is not changed, and it says why."""
    from summarizer.page.intake import Edit

    bare = {**saved, "articles": [{**a, "text": None} for a in saved["articles"]]}
    jobs = Jobs({"double": double.Quoting}, double.split)
    _said(jobs, jobs.open("s", kept_of({"summary": bare}), "double"))
    with pytest.raises(BadInput, match="saved without its articles' texts"):
        _said(jobs, jobs.edit("s", Edit("change", 1, "Other words.")))


def test_what_is_taken_away_has_the_paragraphs_of_the_page(
    saved: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Copy, Markdown, Text and HTML begin a paragraph where the page does."""
    two = (Paragraph("lead", (1,)), Paragraph("background", (2, 3)))
    monkeypatch.setattr("summarizer.page.reading.paragraphs", lambda summary: two)
    jobs = Jobs({"double": double.Quoting}, double.split)
    taken = _said(jobs, jobs.open("s", kept_of({"summary": saved}), "double")).taken
    assert taken is not None
    first, second, *_ = (re.escape(s["text"].split()[-1]) for s in saved["sentences"])
    for form in ("plain", "markdown", "text"):
        assert re.search(rf"{first}.*\n\n.*{second}", taken[form])
    assert re.search(rf"{first}.*</p><p>.*{second}", taken["rich"])
    assert re.search(rf"{first}.*</p>\n<p [^>]*>.*{second}", taken["html"])


def test_a_saved_file_keeps_the_readers_locks(saved: dict[str, Any]) -> None:
    """Locks, changes and deletions are in the JSON beside the summary, and come back with it."""
    from summarizer.page.intake import Edit

    jobs = Jobs({"double": double.Quoting}, double.split)
    _said(jobs, jobs.open("s", kept_of({"summary": saved}), "double"))
    _said(jobs, jobs.edit("s", Edit("delete", 2)))
    taken = _said(jobs, jobs.edit("s", Edit("lock", 1))).taken
    assert taken is not None
    value = json.loads(taken["json"])
    desk = kept_of({"summary": value}).desk
    assert desk is not None
    assert desk.is_locked(1)
    assert desk.gone
    assert Summary.from_json(taken["json"]) == desk.summary
    unlocked = kept_of({"summary": value, "marks": {}}).desk
    assert unlocked is not None
    assert not unlocked.is_locked(1)


# --- in a browser --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with double.serving({"extract": double.Quoting}) as url:
        yield url


def _taken(page: Any, name: str) -> bytes:
    with page.expect_download() as waiting:
        page.locator("#take").get_by_role("button", name=name, exact=True).click()
    return Path(waiting.value.path()).read_bytes()


_CLIPBOARD = """async () => {
  const found = {};
  for (const item of await navigator.clipboard.read())
    for (const type of item.types) found[type] = await (await item.getType(type)).text();
  return found;
}"""


@pytest.mark.page
def test_copy_gives_plain_and_rich_text_with_marks_and_no_refused_draft(
    chromium: Any, url: str
) -> None:
    """Both forms are on the clipboard, with the page's marks, and nothing that was left out."""
    allowed = ["clipboard-read", "clipboard-write"]
    with opened(chromium, url, permissions=allowed) as page:
        summarise(page, FERRY, TRAM)
        page.get_by_role("button", name="Copy").click()
        page.locator("#status", has_text="Copied, with its marks and sources.").wait_for()
        copied = page.evaluate(_CLIPBOARD)
        assert "A ferry hit the pier. [1][2]" in copied["text/plain"]
        assert "Sources\n[1] Article 1\n[2] Article 2" in copied["text/plain"]
        assert "A ferry hit the pier.<sup>[1][2]</sup>" in copied["text/html"]
        assert "Forty" not in str(copied)


@pytest.mark.page
def test_copy_works_where_the_clipboard_has_no_door(chromium: Any, url: str) -> None:
    """Off https, or where it is forbidden, a copy event carries both forms."""
    with opened(chromium, url) as page:
        page.evaluate("() => { window.ClipboardItem = undefined; }")
        summarise(page, FERRY, TRAM)
        page.evaluate(
            """() => {
              const set = DataTransfer.prototype.setData;
              window.set = {};
              DataTransfer.prototype.setData = function (type, text) {
                window.set[type] = text;
                return set.call(this, type, text);
              };
            }"""
        )
        page.get_by_role("button", name="Copy").click()
        page.locator("#status", has_text="Copied, with its marks and sources.").wait_for()
        copied = page.evaluate("window.set")
        assert "A ferry hit the pier. [1][2]" in copied["text/plain"]
        assert "<sup>[1][2]</sup>" in copied["text/html"]


@pytest.mark.page
def test_no_file_but_json_holds_a_refused_draft(page: Any) -> None:
    """What is taken away to be read has no word of what was refused; the page folds it."""
    summarise(page, FERRY, TRAM)
    for name in ("Markdown", "HTML", "Text"):
        assert b"Forty" not in _taken(page, name), name
    assert b"Forty were hurt." in _taken(page, "JSON")
    draft = page.locator(".note.left q", has_text="Forty were hurt.")
    assert not draft.is_visible()
    page.locator(".note.left summary", has_text="Refused drafts").click()
    assert draft.is_visible()
    left = page.locator(".note.left").inner_text()
    assert "a number that its sources do not give" in left


@pytest.mark.page
def test_a_file_is_named_after_the_headline(page: Any) -> None:
    """Its words in small letters, without accents and signs; a long one is cut behind a word."""
    long = "Élan: “Ferry” hit the old pier of the northern harbour at half past eight, twice."
    summarise(page, f"{long} Twelve people were hurt.", f"{long} Nobody drowned.")
    for name, suffix in (("Text", "txt"), ("Word", "docx")):
        with page.expect_download() as waiting:
            page.locator("#take").get_by_role("button", name=name, exact=True).click()
        assert waiting.value.suggested_filename == (
            f"elan-ferry-hit-the-old-pier-of-the-northern-harbour-at-half.{suffix}"
        )


@pytest.mark.page
def test_the_summary_is_taken_away_as_a_word_document(page: Any) -> None:
    """The button Word gives a document with the text, its marks and its sources."""
    summarise(page, FERRY, TRAM)
    told = [p.text for p in Document(BytesIO(_taken(page, "Word"))).paragraphs]
    assert told[0] == "A ferry hit the pier.[1][2]"
    assert "Sources" in told
    assert not any("Forty" in text for text in told)


def _shows(page: Any) -> dict[str, list[str]]:
    parts = {"text": ".claim", "marks": ".mark", "panes": "#panes .body", "notes": ".note"}
    return {k: page.locator(v).all_inner_texts() for k, v in parts.items()}


@pytest.mark.page
def test_a_saved_summary_is_opened_again_and_shows_everything(
    page: Any, chromium: Any, url: str
) -> None:
    """Another day: text, marks, sources and notes are there, and it can be changed."""
    paste(page, FERRY, TRAM)
    page.locator("fieldset.box .outlet").nth(1).fill("The Gull")
    summarise(page)
    before, data = _shows(page), _taken(page, "JSON")
    with opened(chromium, url) as later:
        later.get_by_role("button", name="Open a summary").wait_for()
        later.locator("input.saved").set_input_files(
            {"name": "summary.json", "mimeType": "application/json", "buffer": data}
        )
        later.locator("#status", has_text="Opened as it was saved").wait_for()
        later.locator(".account .tally").wait_for()
        assert _shows(later) == before
        later.locator("#c1").click()
        assert lit(later, "#panes .s")
        assert _taken(later, "JSON") == data
        later.locator("[data-n='1'] .tools [data-op='change']").click()
        later.locator(".editor textarea").fill("Nobody at all was hurt.")
        later.get_by_role("button", name="Save and check").click()
        later.locator(".sentence.doubtful").wait_for()
        later.get_by_role("button", name="Articles").click()
        texts = later.locator("fieldset.box textarea").evaluate_all(
            "(all) => all.map(e => e.value)"
        )
        assert texts == [FERRY, TRAM]
        assert later.locator("fieldset.box .outlet").nth(1).input_value() == "The Gull"


@pytest.mark.page
def test_a_summary_can_be_dropped_anywhere(page: Any, saved: dict[str, Any]) -> None:
    """A file dropped beside the boxes opens, and does not take the place of the page."""
    transfer = page.evaluate_handle(
        """(text) => {
          const held = new DataTransfer();
          held.items.add(new File([text], "mine.json", { type: "application/json" }));
          return held;
        }""",
        json.dumps(saved),
    )
    page.locator("#masthead").dispatch_event("drop", {"dataTransfer": transfer})
    page.locator("#status", has_text="Opened as it was saved").wait_for()
    assert page.locator(".pane").count() == 2


@pytest.mark.page
def test_a_damaged_summary_is_refused_and_the_articles_stay(
    page: Any, saved: dict[str, Any]
) -> None:
    """One sentence says what is wrong; what was pasted is still there."""
    paste(page, FERRY)
    data = json.dumps({**saved, "articles": []}).encode()
    page.locator("input.saved").set_input_files(
        {"name": "summary.json", "mimeType": "application/json", "buffer": data}
    )
    page.get_by_role("alert").filter(has_text="this summary is damaged").wait_for()
    assert page.locator("fieldset.box textarea").first.input_value() == FERRY


@pytest.mark.page
def test_a_hostile_summary_stays_text(page: Any, saved: dict[str, Any]) -> None:
    """What a file says is shown and does nothing, in whatever place it says it."""
    bad = '</span><img src=x onerror="window.hit=1">'
    value = json.loads(json.dumps(saved))
    value["sentences"][0]["text"] = value["warnings"][0] = bad
    value["articles"][0] |= {"outlet": bad, "url": "javascript:window.hit=1"}
    value["coverage"][0]["claim"] = value["signature"]["model"] = bad
    summary = Summary.model_validate(value)
    page.locator("input.saved").set_input_files(
        {
            "name": "summary.json",
            "mimeType": "application/json",
            "buffer": summary.to_json().encode(),
        }
    )
    page.locator("#status", has_text="Opened as it was saved").wait_for()
    assert bad in page.locator(".claim").all_inner_texts()
    for part in ("#account", "#panes", "#remarks"):
        assert page.locator(part).locator("img, script, [onerror]").count() == 0
    assert page.locator("a[href^='javascript']").count() == 0
    assert page.evaluate("window.hit") is None
