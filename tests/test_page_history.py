"""Nothing is lost on the page: undo and redo, what the browser keeps, what is asked first, cancel.

How sentences are changed is in test_page_edit.py; what the server leaves behind in
test_page_kept.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from threading import Event
from typing import Any

import page_double as double
import pytest
from browser import boxes, opened, paste, settled, summarise

FERRY = "A ferry hit the pier. Twelve people were hurt. Nobody drowned.\nThe port closed."
TRAM = "A boat struck the pier. Fourteen people were hurt. All were saved.\nThe harbour was shut."
RAIN = "The river rose by a metre. Nobody was hurt by it.\nThe bridge was shut."
UNDO, REDO = "Control+z", "Control+Shift+Z"


# --- in a browser --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def url(gate: Event) -> Iterator[str]:
    gated = double.Quoting(gate)
    with double.serving({"gated": lambda: gated, "extract": double.Quoting}) as url:
        yield url


def _told(page: Any) -> list[str]:
    return list(page.locator(".sentence .claim").all_inner_texts())


def _comes_to(page: Any, state: list[str]) -> None:
    """Wait until the page tells these sentences: a message may come before the text it is of."""
    told = "[...document.querySelectorAll('.sentence .claim')].map((e) => e.innerText)"
    page.wait_for_function(f"(it) => JSON.stringify({told}) === JSON.stringify(it)", arg=state)


def _says(page: Any, text: str) -> None:
    page.locator("#status, .note").filter(has_text=text).first.wait_for()


def _use(page: Any, n: int, op: str, says: str) -> None:
    page.locator(f"#c{n}").click()
    page.locator(f"[data-n='{n}'] .tools [data-op='{op}']").click()
    _says(page, says)
    settled(page)


def _kept(page: Any) -> None:
    page.wait_for_function("document.documentElement.dataset.keeping === 'done'")


def _choose(page: Any, answer: str) -> None:
    page.locator("dialog.question").get_by_role("button", name=answer).click()


@pytest.mark.page
def test_every_change_of_the_summary_is_undone_and_done_again(page: Any) -> None:
    """Move, lock, delete and another wording go back one by one, and forth again."""
    summarise(page, FERRY, TRAM)
    states = [_told(page)]
    _use(page, 1, "down", "Moved.")
    states.append(_told(page))
    _use(page, 1, "lock", "A locked sentence stays")
    locked = page.locator(".sentence.locked")
    locked.wait_for()
    _use(page, 3, "delete", "Deleted.")
    states.append(_told(page))
    page.locator("#c2").click()
    page.locator("[data-n='2'] .tools [data-op='change']").click()
    page.locator(".editor textarea").fill("Nobody at all was hurt.")
    page.get_by_role("button", name="Save and check").click()
    _says(page, "checked: not carried")
    states.append(_told(page))
    assert len({tuple(s) for s in states}) == 4

    page.keyboard.press(UNDO)
    _says(page, "Undone: the wording.")
    _comes_to(page, states[2])
    page.get_by_role("button", name="Undo").click()
    _says(page, "Undone: the deletion.")
    _comes_to(page, states[1])
    assert locked.count() == 1
    page.keyboard.press(UNDO)
    _says(page, "Undone: the lock.")
    assert locked.count() == 0
    page.keyboard.press(UNDO)
    _says(page, "Undone: the move.")
    _comes_to(page, states[0])
    for name in ("the move", "the lock", "the deletion"):
        page.keyboard.press(REDO)
        _says(page, f"Done again: {name}.")
    page.get_by_role("button", name="Redo").click()
    _says(page, "Done again: the wording.")
    _comes_to(page, states[3])
    assert page.locator(".sentence.doubtful").count() == 1
    assert page.get_by_role("button", name="Redo").is_disabled()
    page.locator("#c1").click()
    page.locator("[data-n='1'] .tools [data-op='down']").click()
    _says(page, "Moved.")


@pytest.mark.page
def test_typing_and_a_removed_article_are_undone(page: Any) -> None:
    """What was typed goes back in stretches; an article that was removed comes back whole."""
    paste(page, FERRY, TRAM)
    page.locator("fieldset.box .outlet").nth(1).fill("The Gull")
    page.get_by_role("button", name="Remove article 2").click()
    assert boxes(page) == [FERRY]
    page.keyboard.press(UNDO)
    _says(page, "Undone: the removal of an article.")
    assert boxes(page) == [FERRY, TRAM]
    assert page.locator("fieldset.box .outlet").nth(1).input_value() == "The Gull"
    for _ in range(3):
        page.keyboard.press(UNDO)
    assert boxes(page) == []
    assert page.get_by_role("button", name="Undo").is_disabled()
    for _ in range(4):
        page.keyboard.press(REDO)
    assert boxes(page) == [FERRY]


@pytest.mark.page
def test_all_articles_are_removed_at_once_and_brought_back(page: Any) -> None:
    """One button empties the boxes, where there is something in them; Undo fills them again."""
    remove = page.get_by_role("button", name="Remove all articles")
    assert remove.is_hidden()
    paste(page, FERRY, TRAM)
    page.locator("fieldset.box .outlet").nth(1).fill("The Gull")
    remove.click()
    assert boxes(page) == []
    assert remove.is_hidden()
    page.keyboard.press(UNDO)
    _says(page, "Undone: the removal of all articles.")
    assert boxes(page) == [FERRY, TRAM]
    assert page.locator("fieldset.box .outlet").nth(1).input_value() == "The Gull"


@pytest.mark.page
def test_a_run_shows_that_it_is_alive(page: Any, gate: Event) -> None:
    """The seconds go on while the stage stays; Cancel stands beside Summarise; both then end."""
    gate.clear()
    paste(page, FERRY, TRAM)
    _begin_gated(page)
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 800})
        tops = [page.locator(f"#{name}").bounding_box()["y"] for name in ("cancel", "start")]
        assert tops[0] == pytest.approx(tops[1], abs=8)
    page.wait_for_function("""() => {
      const told = getComputedStyle(document.querySelector("#status .busy"), "::after").content;
      return / [0-9]+ s/.test(told);
    }""")
    assert "--elapsed" in page.locator("#status").get_attribute("style")
    page.get_by_role("button", name="Cancel").click()
    _says(page, "Cancelled.")
    elapsed = "document.documentElement.style.getPropertyValue('--elapsed')"
    assert page.evaluate(elapsed) == ""
    assert "--elapsed" not in (page.locator("#status").get_attribute("style") or "")


@pytest.mark.page
def test_summarising_is_undone(page: Any) -> None:
    """The summary before comes back; before the first one, the articles stand alone."""
    summarise(page, FERRY, TRAM)
    first = _told(page)
    page.get_by_role("button", name="Articles").click()
    summarise(page, TRAM, FERRY)
    page.locator("#c1", has_text="A boat struck the pier.").wait_for()
    settled(page)
    second = _told(page)
    page.keyboard.press(UNDO)
    _says(page, "Undone: summarising.")
    _comes_to(page, first)
    page.keyboard.press(REDO)
    _says(page, "Done again: summarising.")
    _comes_to(page, second)
    while page.get_by_role("button", name="Undo").is_enabled():
        page.keyboard.press(UNDO)
        settled(page)
    page.locator(".account").wait_for(state="detached")
    assert page.locator("fieldset.next").is_visible()


@pytest.mark.page
def test_an_example_asks_before_it_takes_the_place_of_pasted_text(page: Any) -> None:
    """It says what is at stake, leaves it when told to, and is undone when it was not meant."""
    example = page.get_by_role("button", name="Example: ferry")
    paste(page, FERRY, TRAM)
    example.click()
    _choose(page, "Cancel")
    assert boxes(page) == [FERRY, TRAM]
    example.click()
    _choose(page, "Load the example")
    page.wait_for_function("document.querySelectorAll('fieldset.box').length > 2")
    page.get_by_role("button", name="Example: rents").click()  # over an example nothing is asked
    page.wait_for_function("document.querySelector('.text').value.includes('rent')")
    assert page.locator("dialog.question").is_hidden()
    page.keyboard.press(UNDO)
    page.keyboard.press(UNDO)
    assert boxes(page) == [FERRY, TRAM]


@pytest.mark.page
def test_summarise_asks_before_it_throws_away_changes(page: Any) -> None:
    """With edits or locks it keeps them or begins afresh, as the reader says."""
    summarise(page, FERRY, TRAM)
    whole = _told(page)
    again = page.get_by_role("button", name="Summarise")
    _use(page, 2, "lock", "A locked sentence stays")
    _use(page, 1, "delete", "Deleted.")
    told = _told(page)
    again.click()
    question = page.locator("dialog.question")
    question.wait_for()
    assert "you have locked or deleted sentences" in question.inner_text()
    _choose(page, "Cancel")
    _comes_to(page, told)
    again.click()
    _choose(page, "Keep my changes")
    _says(page, "what you changed, locked or deleted stays so.")
    assert page.locator(".sentence.locked .claim").inner_text() == told[0]
    assert whole[0] not in _told(page)
    again.click()
    _choose(page, "Begin afresh")
    page.wait_for_function(
        f"document.querySelectorAll('.sentence').length === {len(whole)}"
        " && document.querySelector('.tally')"
    )
    _comes_to(page, whole)
    assert page.locator(".sentence.locked").count() == 0


@pytest.mark.page
def test_summarise_asks_before_it_throws_away_what_is_being_typed(page: Any) -> None:
    """An open editor counts as a change, and what is in it is there in the new summary too."""
    summarise(page, FERRY, TRAM)
    page.locator("#c2").click()
    page.locator("[data-n='2'] .tools [data-op='change']").click()
    page.locator(".editor textarea").fill("Nobody at all was hurt.")
    page.get_by_role("button", name="Summarise").click()
    question = page.locator("dialog.question")
    question.wait_for()
    assert "you have changed sentences" in question.inner_text()
    _choose(page, "Keep my changes")
    page.locator("#status", has_text="Done in").wait_for()
    page.locator("[data-n='2'] .editor").wait_for()
    assert page.locator(".editor textarea").input_value() == "Nobody at all was hurt."


@pytest.mark.page
@pytest.mark.parametrize(
    ("entered", "says"),
    [("", "fill at least one text"), ("https://tern.example/1", "article 1 is only a link")],
)
def test_what_cannot_be_summarised_is_said_before_changes_are_asked_about(
    page: Any, entered: str, says: str
) -> None:
    """Without text, or with links alone, no run can start: nothing is asked, nothing is lost."""
    summarise(page, FERRY, TRAM)
    _use(page, 2, "lock", "A locked sentence stays")
    told = _told(page)
    page.get_by_role("button", name="Articles").click()
    page.locator("fieldset.box textarea").nth(1).fill("")
    page.locator("fieldset.box textarea").nth(0).fill(entered)
    page.get_by_role("button", name="Summarise").click()
    page.get_by_role("alert").filter(has_text=says).wait_for()
    assert page.locator("dialog.question").is_hidden()
    page.get_by_role("button", name="Summary", exact=True).click()
    _comes_to(page, told)
    assert page.locator(".sentence.locked").count() == 1


@pytest.mark.page
def test_from_the_articles_there_is_a_way_back(page: Any) -> None:
    """The summary is a press away, as it was."""
    forth = page.get_by_role("button", name="Summary", exact=True)
    assert forth.is_hidden()
    summarise(page, FERRY, TRAM)
    told = _told(page)
    page.get_by_role("button", name="Articles").click()
    assert page.locator(".account").is_hidden()
    forth.click()
    assert page.locator(".account").is_visible()
    _comes_to(page, told)


def _back_after_reload(page: Any, told: list[str]) -> None:
    """Reload, and see the summary as it was, with its one locked sentence."""
    page.reload()
    _says(page, "Back where you were")
    page.locator(".account .tally").wait_for()
    _comes_to(page, told)
    assert page.locator(".sentence.locked").count() == 1


@pytest.mark.page
def test_a_reload_loses_nothing(page: Any) -> None:
    """Articles, summary, changes, locks, and which view was open: all as it was."""
    paste(page, FERRY, TRAM)
    page.locator("fieldset.box .outlet").nth(0).fill("Tern")
    page.locator("fieldset.box .title").nth(1).fill("Pier struck")
    _kept(page)
    page.reload()
    _says(page, "Back where you were")
    assert boxes(page) == [FERRY, TRAM]
    assert page.locator("fieldset.box .outlet").nth(0).input_value() == "Tern"
    assert page.locator("fieldset.box .title").nth(1).input_value() == "Pier struck"
    summarise(page, FERRY, TRAM)
    _use(page, 2, "lock", "A locked sentence stays")
    _use(page, 1, "delete", "Deleted.")
    told = _told(page)
    _kept(page)
    _back_after_reload(page, told)
    page.locator("#c1").click()
    assert page.locator("#panes .s.lit").count() >= 1
    _use(page, 1, "lock", "A locked sentence stays")
    _use(page, 1, "delete", "Deleted.")
    assert _told(page) == told[1:]


@pytest.mark.page
def test_a_reload_keeps_how_the_summary_is_to_be_made(page: Any) -> None:
    """The way that was chosen and the length are kept as the texts are, and may be chosen anew."""
    for way, other in (("gated", "Quote only"), ("Quote only", "gated")):
        page.get_by_label(way).check()
        page.locator("#length-unit").select_option("sentences")
        page.locator("#length-number").fill("4")
        _kept(page)
        page.reload()
        page.wait_for_function("document.querySelector('#length-number')?.value === '4'")
        assert page.get_by_label(way).is_checked()
        assert not page.get_by_label(other).is_checked()
        assert page.locator("#length-unit").input_value() == "sentences"


@pytest.mark.page
def test_what_nobody_chose_is_not_kept(page: Any) -> None:
    """Else a page whose owner offers another model would go on with the old one."""
    paste(page, FERRY)
    _kept(page)
    kept = page.evaluate("""async () => {
      const asked = indexedDB.open((await indexedDB.databases())[0].name);
      await new Promise((done) => (asked.onsuccess = done));
      const all = asked.result.transaction("windows").objectStore("windows").getAll();
      await new Promise((done) => (all.onsuccess = done));
      asked.result.close();
      return all.result.map((one) => one.chosen);
    }""")
    assert kept == [None]


@pytest.mark.page
def test_what_is_left_at_once_is_kept_too(page: Any) -> None:
    """A page that is left in the middle of a word has kept the word."""
    paste(page, FERRY)
    page.reload()
    _says(page, "Back where you were")
    assert boxes(page)[0] == FERRY


@pytest.mark.page
def test_what_is_left_while_the_browser_still_writes_is_kept(page: Any) -> None:
    """Its stores may take longer than the page lives: what they have not confirmed is not lost."""
    page.evaluate("""() => {
      IDBObjectStore.prototype.put = IDBObjectStore.prototype.getAll = () => new EventTarget();
    }""")
    paste(page, FERRY)
    page.wait_for_timeout(600)  # by then it is being written
    page.reload()
    _says(page, "Back where you were")
    assert boxes(page)[0] == FERRY


@pytest.mark.page
def test_the_last_ten_summaries_can_be_opened_again(page: Any) -> None:
    """Each is in a list with its headline and day; the eleventh drops the first, and says so."""
    kept = "Your articles and the last ten summaries are kept in this browser alone"
    assert kept in page.locator(".keeping .told").inner_text()
    for n in range(1, 12):
        summarise(page, f"Ship {n} sank. All were saved.", f"Ship {n} went down. All are safe.")
        page.locator("#c1", has_text=f"Ship {n} sank.").wait_for()
        _kept(page)
        page.get_by_role("button", name="Articles").click()
    assert "The oldest summary was dropped" in page.locator(".keeping .told").inner_text()
    page.locator(".earlier summary").click()
    names = page.locator(".earlier .again")
    assert names.all_inner_texts() == [f"Ship {n} sank." for n in range(11, 1, -1)]
    names.nth(9).click()
    _says(page, "Opened as it was left.")
    assert page.locator("#c0").inner_text() == "Ship 2 sank."
    assert boxes(page)[0] == "Ship 2 sank. All were saved."
    page.keyboard.press(UNDO)
    _says(page, "Undone: opening a summary.")
    assert page.locator("#c0").inner_text() == "Ship 11 sank."


@pytest.mark.page
def test_what_is_kept_is_forgotten_when_asked(page: Any) -> None:
    """One button, one question; then the browser holds nothing, and says so."""
    summarise(page, FERRY, TRAM)
    _kept(page)
    page.get_by_role("button", name="Articles").click()
    page.get_by_role("button", name="Forget them").click()
    _choose(page, "Forget them")
    page.locator(".keeping .told", has_text="Forgotten.").wait_for()
    assert page.locator(".earlier").is_hidden()
    assert boxes(page) == [FERRY, TRAM]
    page.reload()
    page.wait_for_function("document.documentElement.dataset.keeping === 'done'")
    assert boxes(page) == []


@pytest.mark.page
def test_where_the_owner_says_so_the_browser_keeps_nothing(chromium: Any) -> None:
    """With the flag off no storage is opened, and the page says that a reload loses all."""
    with double.serving({"extract": double.Quoting}, keep=False) as url:  # noqa: SIM117
        with opened(chromium, url) as page:
            summarise(page, FERRY, TRAM)
            page.get_by_role("button", name="Articles").click()
            assert "Nothing is kept, here or on the server" in page.locator(".keeping").inner_text()
            page.wait_for_timeout(500)
            assert page.evaluate("indexedDB.databases()") == []
            assert page.evaluate("localStorage.length + sessionStorage.length") == 0
            page.keyboard.press(UNDO)
            _says(page, "Undone: summarising.")


@pytest.mark.page
def test_cancel_midway_leaves_a_text_to_use(chromium: Any, url: str, gate: Event) -> None:
    """What was written has its marks, tools, files and copy, says it is not whole; no busy sign."""
    gate.clear()
    allowed = ["clipboard-read", "clipboard-write"]
    with opened(chromium, url, permissions=allowed) as page:
        page.get_by_label("gated").check()
        paste(page, FERRY, TRAM)
        page.get_by_role("button", name="Summarise").click()
        for n in (1, 2):
            gate.set()
            page.locator(".account .sentence").nth(n - 1).wait_for()
        page.get_by_role("button", name="Cancel").click()
        _says(page, "Cancelled. What was written so far stays: 2 sentences.")
        told = _told(page)
        assert len(told) == 2
        assert page.locator("[aria-busy='true'], .coming, .status.busy").count() == 0
        assert page.locator("#cancel").is_hidden()
        assert "The run was cancelled" in page.locator(".alerts").inner_text()
        assert page.locator(".sentence .mark").count() == 4
        page.get_by_role("button", name="Copy").click()
        _says(page, "Copied")
        assert told[1] in page.evaluate("navigator.clipboard.readText()")
        with page.expect_download() as waiting:
            page.locator("#take").get_by_role("button", name="JSON").click()
        assert waiting.value.suggested_filename == "a-ferry-hit-the-pier.json"
        _use(page, 1, "delete", "Deleted.")
        assert _told(page) == told[1:]
        page.keyboard.press(UNDO)
        _says(page, "Undone: the deletion.")
        _comes_to(page, told)


@pytest.mark.page
def test_cancel_before_the_first_sentence_leaves_what_was_there(page: Any, gate: Event) -> None:
    """The summary before stays, and can still be changed."""
    summarise(page, FERRY, TRAM)
    told = _told(page)
    gate.clear()
    page.get_by_label("gated").check()
    page.get_by_role("button", name="Summarise").click()
    page.locator(".status.busy", has_text="Verifying").wait_for()
    page.get_by_role("button", name="Cancel").click()
    _says(page, "Cancelled.")
    _comes_to(page, told)
    _use(page, 1, "delete", "Deleted.")
    assert _told(page) == told[1:]


def _begin_gated(page: Any, answer: str = "") -> None:
    """Begin a run that waits for the gate; `answer` to what is asked about changes."""
    page.get_by_label("gated").check()
    page.get_by_role("button", name="Summarise").click()
    if answer:
        _choose(page, answer)
    page.locator(".status.busy", has_text="Verifying").wait_for()


@pytest.mark.page
@pytest.mark.parametrize("answer", ["Keep my changes", "Begin afresh"])
def test_cancel_brings_back_the_summary_before(page: Any, gate: Event, answer: str) -> None:
    """With its changes and locks, though sentences of another were written; Undo goes on there."""
    summarise(page, FERRY, TRAM)
    _use(page, 1, "delete", "Deleted.")
    _use(page, 1, "lock", "A locked sentence stays")
    told = _told(page)
    gate.clear()
    _begin_gated(page, answer)
    gate.set()
    page.locator(".account[aria-busy='true'] .sentence").first.wait_for()
    page.get_by_role("button", name="Cancel").click()
    _says(page, "Cancelled. The summary before is back.")
    _comes_to(page, told)
    assert page.locator(".sentence.locked").count() == 1
    page.keyboard.press(UNDO)
    _says(page, "Undone: the lock.")
    assert page.locator(".status.busy").count() == 0
    _comes_to(page, told)


@pytest.mark.page
def test_what_is_being_typed_into_a_sentence_outlives_a_reload(page: Any) -> None:
    """Half a wording is in its editor again, as often as the page is loaded, until it is left."""
    summarise(page, FERRY, TRAM)
    page.locator("#c2").click()
    page.locator("[data-n='2'] .tools [data-op='change']").click()
    area = page.locator("[data-n='2'] .editor textarea")
    area.fill("Half a wor")
    for _ in range(2):
        page.reload()
        area.wait_for()
        assert area.input_value() == "Half a wor"
    area.press("Escape")
    _kept(page)
    page.reload()
    _says(page, "Back where you were")
    settled(page)
    page.wait_for_timeout(300)
    assert page.locator(".editor").count() == 0


@pytest.mark.page
def test_a_reload_in_mid_run_brings_back_what_was_there(page: Any, gate: Event) -> None:
    """The summary with its changes and locks, at once; that the run is over is said, and once."""
    summarise(page, FERRY, TRAM)
    _use(page, 1, "delete", "Deleted.")
    _use(page, 1, "lock", "A locked sentence stays")
    told = _told(page)
    _kept(page)
    gate.clear()
    _begin_gated(page, "Keep my changes")
    _back_after_reload(page, told)
    _says(page, "was not finished; press Summarise again.")
    _kept(page)
    _back_after_reload(page, told)
    assert "not finished" not in page.locator("#status").inner_text()
    assert page.locator("#cancel").is_hidden()
    page.get_by_role("button", name="Undo").click()
    _says(page, "Undone: the lock.")
    page.get_by_role("button", name="Redo").click()
    _says(page, "Done again: the lock.")
    settled(page)
    page.get_by_label("Quote only").check()
    page.get_by_role("button", name="Summarise").click()
    _choose(page, "Begin afresh")
    page.locator("#status", has_text="Done in").wait_for()  # and the gate is still shut


@pytest.mark.page
def test_an_earlier_summary_opens_at_any_time(
    page: Any, chromium: Any, url: str, gate: Event
) -> None:
    """While the model is busy for another reader, and in the middle of a run of one's own."""
    summarise(page, FERRY, TRAM)
    _use(page, 1, "delete", "Deleted.")
    told = _told(page)
    _kept(page)
    gate.clear()
    with opened(chromium, url) as other:
        paste(other, TRAM)
        _begin_gated(other)
        page.get_by_role("button", name="Articles").click()
        page.locator(".earlier summary").click()
        page.locator(".earlier .again").click()
        _says(page, "Opened as it was left.")
        _comes_to(page, told)
        page.get_by_label("gated").check()
        page.get_by_role("button", name="Articles").click()
        page.get_by_role("button", name="Summarise").click()
        _choose(page, "Begin afresh")
        _says(page, "One summary is being made; yours is next.")
        page.locator(".earlier .again").click()
        _says(page, "Opened as it was left.")
        _comes_to(page, told)
        assert page.locator("#cancel").is_hidden()


@pytest.mark.page
def test_an_error_leaves_the_summary(page: Any) -> None:
    """What cannot be summarised is said, and takes nothing off the page."""
    summarise(page, FERRY, TRAM)
    told = _told(page)
    page.get_by_role("button", name="Articles").click()
    for n in (1, 0):
        page.locator("fieldset.box textarea").nth(n).fill("")
    page.get_by_role("button", name="Summarise").click()
    page.get_by_role("alert").filter(has_text="fill at least one text").wait_for()
    page.get_by_role("button", name="Summary", exact=True).click()
    _comes_to(page, told)


@pytest.mark.page
def test_undo_asks_before_it_goes_into_another_story(page: Any) -> None:
    """Not silently from one summary into one of other articles; Redo brings back what was left."""
    summarise(page, FERRY, TRAM)
    old = _told(page)
    page.get_by_role("button", name="Articles").click()
    page.get_by_role("button", name="Remove all articles").click()
    summarise(page, RAIN, RAIN.replace("rose", "fell"))
    page.locator("#c1", has_text="river").wait_for()
    settled(page)
    new = _told(page)
    _use(page, 1, "lock", "A locked sentence stays")
    page.keyboard.press(UNDO)
    _says(page, "Undone: the lock.")
    settled(page)
    for answer, told in (("Stay here", new), ("Go back to it", old)):
        page.keyboard.press(UNDO)
        page.locator("dialog.question", has_text="a summary of other articles").wait_for()
        _choose(page, answer)
        page.locator("#c1", has_text=told[0]).wait_for()
        settled(page)
        _comes_to(page, told)
    page.keyboard.press(REDO)
    page.locator("#c1", has_text=new[0]).wait_for()


@pytest.mark.page
def test_what_was_changed_is_not_offered_to_another_story(page: Any) -> None:
    """Where no article is the same nothing is asked and nothing kept; where one is, it is."""
    summarise(page, FERRY, TRAM)
    _use(page, 1, "lock", "A locked sentence stays")
    page.get_by_role("button", name="Articles").click()
    page.get_by_role("button", name="Remove all articles").click()
    summarise(page, RAIN, RAIN.replace("rose", "fell"))
    page.locator("#c1", has_text="river").wait_for()
    settled(page)
    assert page.locator(".sentence.locked").count() == 0
    assert all("ferry" not in text for text in _told(page))
    _use(page, 1, "lock", "A locked sentence stays")
    page.get_by_role("button", name="Articles").click()
    page.locator("fieldset.box .text").first.fill(f"{RAIN} It rained on.")
    page.get_by_role("button", name="Summarise").click()
    page.locator("dialog.question", has_text="Keep that in the new one?").wait_for()
    _choose(page, "Cancel")


@pytest.mark.page
def test_undo_goes_on_after_a_reload(page: Any) -> None:
    """The newest states are kept with the page, and lead back to the empty boxes, and forth."""
    summarise(page, FERRY, TRAM)
    states = [_told(page)]
    _use(page, 1, "down", "Moved.")
    states.append(_told(page))
    _use(page, 1, "delete", "Deleted.")
    _kept(page)
    page.reload()
    _says(page, "Back where you were")
    settled(page)
    for what, told in (("the deletion", states[1]), ("the move", states[0])):
        page.keyboard.press(UNDO)
        _says(page, f"Undone: {what}.")
        settled(page)
        _comes_to(page, told)
    page.keyboard.press(REDO)
    _says(page, "Done again: the move.")
    settled(page)
    _comes_to(page, states[1])
    _kept(page)
    page.reload()
    _says(page, "Back where you were")
    settled(page)
    _comes_to(page, states[1])
    page.keyboard.press(REDO)
    _says(page, "Done again: the deletion.")


@pytest.mark.page
def test_a_summary_calls_an_outlet_what_its_box_does(page: Any) -> None:
    """A name that was corrected is the summary's too, with its changes, undone with the typing."""
    summarise(page, FERRY, TRAM)
    _use(page, 1, "delete", "Deleted.")
    told = _told(page)
    page.get_by_role("button", name="Articles").click()
    page.locator("fieldset.box .outlet").nth(0).fill("The Tern")
    page.get_by_role("button", name="Summary", exact=True).click()
    _says(page, "The outlets have their new names.")
    settled(page)
    assert page.locator("#panes .pane header .outlet").first.inner_text() == "The Tern"
    _comes_to(page, told)
    _use(page, 1, "lock", "A locked sentence stays")
    for what in ("the lock", "typing"):
        page.keyboard.press(UNDO)
        _says(page, f"Undone: {what}.")
        settled(page)
    assert boxes(page, "outlet") == ["", ""]
    assert page.locator("#panes .pane header .outlet").first.inner_text() == "Article 1"
