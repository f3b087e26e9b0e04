"""The one box of the page: a paste of several articles, corrected by hand, undone, and kept.

Where a paste is parted, and what is read of it, is in test_inputs_pasted.py; links are in
test_page_links.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import page_double as double
import pytest
from browser import boxes, paste, paste_by_clipboard, summarise
from pasted_texts import HEADED as FIRST
from pasted_texts import ONE, TWO
from pasted_texts import THIRD as SECOND

from summarizer.errors import BadInput
from summarizer.page.intake import MAX_CHARACTERS, paste_of, story_of
from summarizer.page.jobs import parted


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        (None, 'a paste must be an object with its "text"'),
        ({"text": 3}, 'a paste must be an object with its "text"'),
        ({"text": "x" * (MAX_CHARACTERS + 1)}, "the paste has 8,000,001 characters, more than"),
    ],
)
def test_what_is_no_paste_is_refused(sent: object, says: str) -> None:
    """A paste comes as one text, and not too long a one."""
    with pytest.raises(BadInput, match=says):
        paste_of(sent)


@pytest.mark.parametrize(
    ("fetches", "mend"), [(False, "its place"), (True, "its place, or fetch it")]
)
def test_a_link_alone_is_no_article(fetches: bool, mend: str) -> None:
    """Which one it is, and what to do: nothing that this page cannot do."""
    says = f"article 2 is only a link; paste the article's text in {mend}$"
    with pytest.raises(BadInput, match=says):
        story_of([{"text": ONE}, {"text": "https://tern.example/1"}], fetches=fetches)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (ONE, ""),
        (f"{ONE}\n---\n{TWO}", "Parted into 2 articles at the lines between them."),
        (FIRST, "Read from the paste: outlet, headline and date."),
        (
            f"<article><p>{ONE}</p></article><article>{TWO}</article><article>More</article>",
            "Parted into 2 articles at its <article> elements. Left out: 1 short teaser.",
        ),
    ],
)
def test_one_line_says_what_was_done_with_a_paste(text: str, said: str) -> None:
    """What parted it, what was left out, and what was read; nothing where nothing was."""
    assert parted(paste_of({"text": text}))["said"] == said


def test_a_long_paste_without_parts_says_so_and_how_to_part_it() -> None:
    """From 400 words on a paste that was not parted may be several articles; a short one is one."""
    said = parted(paste_of({"text": "The river rose again in the night. " * 60}))["said"]
    assert said.startswith("Read as one article of 420 words. If it holds several, paste them")
    assert "a line --- between them" in said
    assert "Split at cursor" in said
    short = {"text": "The river rose again in the night. " * 50}
    assert parted(paste_of(short))["said"] == ""
    whole = {"text": "The river rose again in the night. " * 60, "whole": True}
    assert parted(paste_of(whole))["said"] == ""


# --- in a browser --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with double.serving({"extract": double.Quoting}) as url:
        yield url


def _says(page: Any, text: str) -> None:
    page.locator(".note", has_text=text).wait_for()


@pytest.mark.page
@pytest.mark.parametrize(
    ("pasted", "by"),
    [
        (f"{FIRST}\n\n----------\n\n{SECOND}", "the lines between them"),
        (f"{FIRST}\r\n\r\n{SECOND}", "their headlines"),
    ],
)
def test_a_paste_of_several_articles_is_parted_at_once(page: Any, pasted: str, by: str) -> None:
    """Each is a box with its outlet, headline and date; one line says what was done."""
    paste_by_clipboard(page, pasted)
    _says(page, f"Parted into 2 articles at {by}. Read from the paste: outlet, headline and date.")
    assert boxes(page) == [FIRST, SECOND]
    assert boxes(page, "outlet") == ["Reuters", "AP"]
    assert boxes(page, "title") == [text.split("\n")[0] for text in (FIRST, SECOND)]
    assert boxes(page, "published") == ["2026-03-09", ""]
    assert page.locator("fieldset.next .text").evaluate("(e) => e === document.activeElement")


@pytest.mark.page
def test_copied_html_is_parted_at_its_elements(page: Any) -> None:
    """What was copied from a page of several articles is parted as its HTML says."""
    html = f"<article><p>{ONE}</p></article><article><p>{TWO}</p></article>"
    paste_by_clipboard(page, f"{ONE}\n{TWO}", html)
    _says(page, "Parted into 2 articles at its <article> elements.")
    assert [text.split()[0] for text in boxes(page)] == ["A", "Ten"]


@pytest.mark.page
def test_parting_is_undone_and_done_again(page: Any) -> None:
    """Undo puts the paste back whole, character for character, and before it what was there."""
    pasted = f"  {FIRST}\n\n---\n{SECOND}\n\n"
    paste_by_clipboard(page, pasted)
    _says(page, "Parted into 2 articles")
    page.keyboard.press("Control+z")
    _says(page, "Undone: the parting.")
    assert boxes(page) == [pasted]
    page.keyboard.press("Control+z")
    assert boxes(page) == []
    for _ in range(2):
        page.keyboard.press("Control+Shift+Z")
    _says(page, "Done again: the parting.")
    assert boxes(page) == [FIRST, SECOND]
    assert boxes(page, "outlet") == ["Reuters", "AP"]


@pytest.mark.page
def test_what_is_read_from_one_article_is_undone_with_its_paste(page: Any) -> None:
    """Outlet, headline and date come with the paste and go with it; its text stays as it was."""
    paste_by_clipboard(page, FIRST)
    _says(page, "Read from the paste: outlet, headline and date.")
    assert boxes(page) == [FIRST]
    assert boxes(page, "outlet") == ["Reuters"]
    page.keyboard.press("Control+z")
    assert boxes(page) == []


@pytest.mark.page
def test_articles_are_joined_and_split_by_hand(page: Any) -> None:
    """What was parted wrongly is made one again, and parted where the cursor is; each is undone."""
    paste_by_clipboard(page, f"{FIRST}\n---\n{SECOND}")
    _says(page, "Parted into 2 articles")
    page.get_by_role("button", name="Join to article 1").click()
    _says(page, "Joined.")
    assert boxes(page) == [f"{FIRST}\n\n{SECOND}"]
    assert boxes(page, "outlet") == ["Reuters"]
    assert page.get_by_role("button", name="Join to article").count() == 0
    page.locator("fieldset.box .text").evaluate("(e, n) => e.setSelectionRange(n, n)", len(FIRST))
    page.get_by_role("button", name="Split at cursor").click()
    _says(page, "Split in two. Read from the paste: outlet and headline.")
    assert boxes(page) == [FIRST, SECOND]
    assert boxes(page, "outlet") == ["Reuters", "AP"]
    page.keyboard.press("Control+z")
    assert boxes(page) == [f"{FIRST}\n\n{SECOND}"]
    page.keyboard.press("Control+z")
    assert boxes(page) == [FIRST, SECOND]


@pytest.mark.page
def test_a_split_at_the_end_asks_for_the_cursor(page: Any) -> None:
    """Where there is nothing to part, what to do is said, and nothing is changed."""
    paste(page, ONE)
    page.get_by_role("button", name="Split at cursor").click()
    _says(page, "Put the cursor where the next article begins, then split.")
    assert boxes(page) == [ONE]


@pytest.mark.page
def test_a_headline_is_not_lost_by_joining(page: Any) -> None:
    """Of two headlines the second goes into the text where it does not stand there already."""
    paste(page, ONE, TWO)
    for n, title in enumerate(("One headline", "Another headline")):
        page.locator("fieldset.box .title").nth(n).fill(title)
    page.get_by_role("button", name="Join to article 1").click()
    assert boxes(page) == [f"{ONE}\n\nAnother headline\n\n{TWO}"]
    assert boxes(page, "title") == ["One headline"]


@pytest.mark.page
def test_what_is_corrected_in_a_box_is_what_is_summarised(page: Any) -> None:
    """Outlet, headline and date as they stand in the box stand beside the source."""
    paste_by_clipboard(page, f"{FIRST}\n---\n{SECOND}")
    _says(page, "Parted into 2 articles")
    page.locator("fieldset.box .outlet").nth(0).fill("The Tern")
    page.locator("fieldset.box .title").nth(0).fill("A tram, a bakery")
    page.locator("fieldset.box .published").nth(1).fill("2026-03-10")
    summarise(page)
    panes = page.locator("#panes .pane")
    assert panes.nth(0).locator("header .outlet").inner_text() == "The Tern"
    assert panes.nth(0).locator("h3").inner_text() == "A tram, a bakery"
    assert panes.nth(0).locator("time").text_content() == "9 March 2026"
    assert panes.nth(1).locator("time").text_content() == "10 March 2026"


@pytest.mark.page
def test_a_paste_into_an_article_stands_where_the_cursor_is(page: Any) -> None:
    """One text goes into the article; several get boxes of their own behind it."""
    paste(page, ONE)
    area = page.locator("fieldset.box .text").first
    area.evaluate("(e) => e.setSelectionRange(0, 0)")
    paste_by_clipboard(page, "Before it.\n", box="fieldset.box")
    assert boxes(page) == [f"Before it.\n{ONE}"]
    paste_by_clipboard(page, f"{FIRST}\n---\n{SECOND}", box="fieldset.box")
    _says(page, "Parted into 2 articles")
    assert boxes(page) == [f"Before it.\n{ONE}", FIRST, SECOND]


@pytest.mark.page
def test_who_types_on_keeps_what_was_typed(page: Any) -> None:
    """A paste that was changed before it was parted stays as the reader has it."""
    page.locator("fieldset.next .text").evaluate(
        """(area, text) => {
          const held = new DataTransfer();
          held.setData("text/plain", text);
          const options = { clipboardData: held, bubbles: true, cancelable: true };
          area.dispatchEvent(new ClipboardEvent("paste", options));
          area.value += " Mine.";
          area.dispatchEvent(new InputEvent("input", { bubbles: true }));
        }""",
        f"{FIRST}\n---\n{SECOND}",
    )
    page.wait_for_timeout(600)
    assert boxes(page) == [f"{FIRST}\n---\n{SECOND} Mine."]


@pytest.mark.page
def test_summarise_waits_for_what_was_just_pasted(page: Any) -> None:
    """Pressed at once after a paste, it reads the articles, not the paste as one."""
    paste_by_clipboard(page, f"{FIRST}\n---\n{SECOND}")
    page.get_by_role("button", name="Summarise").click()
    page.locator(".account .tally").wait_for()
    assert page.locator("#panes .pane").count() == 2


@pytest.mark.page
def test_text_that_comes_without_a_paste_is_parted_too(page: Any) -> None:
    """What a phone's keyboard puts in from its clipboard comes as if typed, all at once."""
    page.locator("fieldset.next .text").focus()
    page.keyboard.insert_text(f"{FIRST}\n---\n{SECOND}")
    _says(page, "Parted into 2 articles")
    assert boxes(page) == [FIRST, SECOND]


@pytest.mark.page
def test_a_paste_is_parted_by_one_request(page: Any) -> None:
    """One a paste, however many events a browser makes of it; none for typing, nor while idle.

    A paste that changes nothing asks nothing. Requests that tell the language are not counted.
    """
    many = "\n".join(f"Line {n} tells of the river, and of its rain." for n in range(120))
    asked: list[str] = []

    def count(request: Any) -> None:
        sent = request.post_data or ""
        if request.method == "POST" and '"whole"' in sent:
            asked.append(sent)

    def asked_since() -> int:
        page.wait_for_timeout(900)  # longer than the pauses after which the page asks anything
        n = len(asked)
        asked.clear()
        return n

    page.on("request", count)
    paste(page, many)  # some 240 events of input
    assert asked_since() == 1
    paste(page, many, many.replace("river", "sea"))
    assert asked_since() == 1
    first = page.locator("fieldset.box .text").first
    first.press_sequentially("Typed on.")
    assert asked_since() == 0
    first.evaluate("(e) => e.setSelectionRange(0, 0)")
    paste_by_clipboard(page, "Before it.\n", box="fieldset.box")
    assert asked_since() == 1
    first.evaluate("(e) => e.setSelectionRange(0, e.value.length)")
    paste_by_clipboard(page, boxes(page)[0], box="fieldset.box")
    assert asked_since() == 0
    assert asked_since() == 0


@pytest.mark.page
def test_pasted_articles_outlive_a_reload(page: Any) -> None:
    """Texts, outlets, headlines and dates come back as they were."""
    paste_by_clipboard(page, f"{FIRST}\n---\n{SECOND}")
    _says(page, "Parted into 2 articles")
    page.wait_for_function("document.documentElement.dataset.keeping === 'done'")
    page.reload()
    _says(page, "Back where you were")
    assert boxes(page) == [FIRST, SECOND]
    assert boxes(page, "published") == ["2026-03-09", ""]


@pytest.mark.page
def test_what_it_does_is_said_under_the_button_that_was_pressed(page: Any) -> None:
    """The line that says what a run does ends where Summarise ends, right below it."""
    page.get_by_role("button", name="Summarise").click()
    alert = page.get_by_role("alert").filter(has_text="fill at least one text")
    alert.wait_for()
    words = alert.evaluate(
        """(e) => {
          const range = document.createRange();
          range.selectNodeContents(e);
          const { right, top } = range.getBoundingClientRect();
          return { right, top };
        }"""
    )
    button = page.get_by_role("button", name="Summarise").bounding_box()
    assert abs(words["right"] - button["x"] - button["width"]) < 4
    assert 0 <= words["top"] - button["y"] - button["height"] < 24
