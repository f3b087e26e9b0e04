"""Ways in: dropped files, several articles in one paste, many articles, a whole book, two readers.

Driven in a real browser; what can be read of a file at all is in test_inputs*.py.
"""

from __future__ import annotations

import base64
import io
import json
from collections.abc import Iterator
from pathlib import Path
from threading import Event
from typing import Any

import page_double as double
import pytest
from browser import boxes, lit, opened, paste, paste_by_clipboard, summarise
from pypdf import PdfWriter

from summarizer.config import MAX_WORDS, MIN_WORDS
from summarizer.errors import BadInput, UnreadableFile
from summarizer.inputs import documents
from summarizer.page.intake import MAX_FILE, MAX_FILES, edit_of, files_of
from summarizer.page.jobs import read_files
from summarizer.page.layout import asset
from summarizer.page.running import Runs
from summarizer.schema import Story

FERRY = "A ferry hit the pier. Twelve people were hurt.\nThe port closed."
TRAM = "A boat struck the pier. Fourteen people were hurt.\nThe harbour was shut."


def _sent(name: str, data: bytes) -> dict[str, str]:
    return {"name": name, "data": base64.b64encode(data).decode()}


# --- files ---------------------------------------------------------------------------------------


def _read(*sent: dict[str, str]) -> dict[str, Any]:
    runs: Runs[dict[str, Any]] = Runs()
    *_, found = runs.follow("s", read_files(files_of(list(sent))))
    assert isinstance(found, dict)
    return found


def test_dropped_files_become_articles() -> None:
    """Text, markdown, html and a json story are read as on the command line."""
    story = {"articles": [{"text": TRAM, "outlet": "Gull"}, {"text": FERRY}]}
    page = f"<html><body><article><p>{FERRY * 3}</p></article></body></html>"
    found = _read(
        _sent("one.txt", b"Outlet: The Tern\n\n" + FERRY.encode()),
        _sent("two.md", b"# Pier hit\n\n" + TRAM.encode()),
        _sent("three.html", page.encode()),
        _sent("four.json", json.dumps(story).encode()),
    )
    assert [a["outlet"] for a in found["articles"]] == ["The Tern", None, None, "Gull", None]
    assert found["articles"][1]["title"] == "Pier hit"
    assert "Twelve people were hurt." in found["articles"][2]["text"]
    assert found["warnings"] == []


def test_a_file_that_cannot_be_read_does_not_stop_the_others() -> None:
    """Of several files the bad one is named in a warning."""
    found = _read(_sent("good.txt", FERRY.encode()), _sent("bad.exe", b"MZ"))
    assert len(found["articles"]) == 1
    assert found["warnings"][0].startswith("'bad.exe' is of a kind that is not read; give one of")


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ([], "there is no file; drop at least one"),
        ([_sent("a.txt", b"x")] * (MAX_FILES + 1), "51 files are more than the 50"),
        (
            [{"name": "a.txt", "data": "A" * (MAX_FILE * 4 // 3 + 8)}],
            "'a.txt' is larger than 10 MB",
        ),
        ([{"name": "a.txt", "data": "%%%"}], "'a.txt' came broken; drop it again"),
        ([{"name": "a.txt"}], 'must be an object with its "name" and "data"'),
        ([_sent("../../etc/shadow.exe", b"x")], "'shadow.exe' is of a kind that is not read"),
    ],
)
def test_bad_files_are_refused_in_one_sentence(sent: list[dict[str, str]], says: str) -> None:
    """What cannot be read is refused, naming the file but no folder."""
    with pytest.raises(UnreadableFile, match=says):
        _read(*sent)


def test_a_pdf_of_too_many_pages_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A PDF over the number of pages is refused before its pages are read."""
    writer, made = PdfWriter(), io.BytesIO()
    for _ in range(4):
        writer.add_blank_page(200, 200)
    writer.write(made)
    monkeypatch.setattr(documents, "MAX_PAGES", 3)
    with pytest.raises(UnreadableFile, match=r"'a\.pdf' has 4 pages, more than the 3"):
        _read(_sent("a.pdf", made.getvalue()))


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        (None, "an edit must name what to do"),
        ({"op": "burn", "n": 1}, "an edit must name what to do"),
        ({"op": "lock", "n": "1"}, "must name its sentence by number"),
        ({"op": "change", "n": 1, "text": " \n"}, "the sentence is empty; write it, or delete"),
        ({"op": "change", "n": 1, "text": 5}, "a sentence must be text"),
        (
            {"op": "change", "n": 1, "text": "x" * 2_001},
            "has 2,001 characters, more than the 2,000",
        ),
    ],
)
def test_bad_edits_are_refused_in_one_sentence(sent: object, says: str) -> None:
    """What cannot be an edit is refused."""
    with pytest.raises(BadInput, match=says):
        edit_of(sent)


def test_every_length_that_is_allowed_can_be_typed() -> None:
    """The number beside the slider has the bounds of the command line."""
    assert f'min="{MIN_WORDS}" max="{MAX_WORDS}" step="1"' in asset("length.html")


# --- in a browser --------------------------------------------------------------------------------


class _Breaking(double.Quoting):
    def prepare(self, articles: Story, **options: Any) -> Story:
        raise ValueError(f"cannot parse {articles.articles[0].text!r}")


@pytest.fixture(scope="module")
def url(gate: Event) -> Iterator[str]:
    gated = double.Quoting(gate)
    with double.serving(
        {"gated": lambda: gated, "broken": _Breaking, "extract": double.Quoting}
    ) as url:
        yield url


@pytest.mark.page
def test_files_are_dropped_into_boxes(page: Any, tmp_path: Path) -> None:
    """Opened files fill the empty boxes, further ones get boxes of their own."""
    for name in ("a.txt", "b.md", "c.txt"):
        (tmp_path / name).write_text(f"Outlet: {name}\n\n{FERRY}", encoding="utf-8")
    page.locator("input.files").set_input_files(sorted(tmp_path.iterdir()))
    page.locator("fieldset.box").nth(2).wait_for()
    assert boxes(page) == [FERRY] * 3
    page.locator("input.files").set_input_files(
        {"name": "x.exe", "mimeType": "application/octet-stream", "buffer": b"MZ"}
    )
    page.get_by_role("alert").filter(has_text="'x.exe' is of a kind that is not read").wait_for()
    assert len(boxes(page)) == 3


@pytest.mark.page
def test_a_file_that_comes_before_the_page_is_whole_is_read_all_the_same(page: Any) -> None:
    """On a slow machine a part of the page is still missing; what was dropped waits for it."""
    page.locator("#drop").wait_for(state="attached")
    page.evaluate("""() => {
      const button = document.querySelector("#drop"), { parentNode } = button;
      button.remove();
      setTimeout(() => parentNode.append(button), 800);
    }""")
    page.locator("input.files").set_input_files(
        {"name": "a.txt", "mimeType": "text/plain", "buffer": b"A ferry hit the pier on Monday."}
    )
    page.locator("#status", has_text="Read 1 article.").wait_for()


@pytest.mark.page
def test_a_file_dropped_on_the_boxes_is_read(page: Any) -> None:
    """A drop anywhere on the boxes does what opening the file does."""
    page.locator("fieldset.next").evaluate(
        """(box, text) => {
          const dataTransfer = new DataTransfer();
          dataTransfer.items.add(new File([text], "one.txt", { type: "text/plain" }));
          const options = { dataTransfer, bubbles: true, cancelable: true };
          box.dispatchEvent(new DragEvent("drop", options));
        }""",
        TRAM,
    )
    page.locator("fieldset.box").wait_for()
    assert boxes(page) == [TRAM]


@pytest.mark.page
def test_a_fault_of_ours_is_one_plain_sentence_and_the_page_goes_on(
    page: Any, capfd: pytest.CaptureFixture[str]
) -> None:
    """After an unexpected error the reader is told so, nothing is quoted, and can try again."""
    page.get_by_label("broken").check()
    paste(page, FERRY, TRAM)
    page.get_by_role("button", name="Summarise").click()
    alert = page.get_by_role("alert").filter(has_text="something went wrong in the summariser")
    alert.wait_for()
    told = capfd.readouterr()
    assert "Traceback" not in told.err + told.out
    assert "ferry" not in told.err + told.out
    page.get_by_label("Quote only").check()
    page.get_by_role("button", name="Summarise").click()
    page.locator(".account .tally").wait_for()


@pytest.mark.page
def test_the_same_refusal_twice_leaves_the_page_usable(page: Any) -> None:
    """A refusal that reads like the one before still gives the buttons back."""
    for _ in range(2):
        page.get_by_role("button", name="Summarise").click()
        page.get_by_role("alert").filter(has_text="fill at least one text").wait_for()
        page.locator("#start:not(:disabled)").wait_for()
    page.locator("#length-number").fill("9")
    paste(page, FERRY)
    page.get_by_role("button", name="Summarise").click()
    page.get_by_role("alert").filter(has_text="10 to 5000 words").wait_for()


@pytest.mark.page
def test_a_second_reader_is_told_to_wait_and_a_third_can_cancel(
    page: Any, chromium: Any, url: str, gate: Event
) -> None:
    """One at a time: who comes second hears so, who cancels in line leaves it, refusals come."""
    page.get_by_label("gated").check()
    paste(page, FERRY)
    page.get_by_role("button", name="Summarise").click()
    page.locator(".status.busy", has_text="Verifying").wait_for()
    with opened(chromium, url) as second, opened(chromium, url) as third:
        second.get_by_role("button", name="Summarise").click()
        second.get_by_role("alert").filter(has_text="fill at least one text").wait_for()
        for reader in (second, third):
            paste(reader, TRAM)
            reader.get_by_role("button", name="Summarise").click()
            reader.locator(".status.waiting").wait_for()
        assert second.locator(".status").inner_text().endswith("yours is next.")
        assert third.locator(".status").inner_text().startswith("2 summaries are before")
        third.get_by_role("button", name="Cancel").click()
        third.locator(".status", has_text="Cancelled.").wait_for()
        page.get_by_role("button", name="Cancel").click()
        second.locator(".account .tally").wait_for()
        assert third.locator(".account").count() == 0
    gate.clear()


@pytest.mark.page
def test_twenty_articles_are_read_side_by_side(page: Any) -> None:
    """Twenty sources keep their panes, and a sentence lights all that carry it."""
    summarise(page, *(f"{FERRY}\nReport {n} ends here." for n in range(20)))
    assert page.locator(".pane").count() == 20
    page.locator(".claim").nth(1).click()
    assert len(lit(page, "#panes .s")) == 20
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280


@pytest.mark.page
@pytest.mark.parametrize("between", ["\n", " "], ids=["in lines", "in one line"])
def test_an_article_of_three_hundred_thousand_words_can_be_read(page: Any, between: str) -> None:
    """A whole book is shown in pieces of which only those in sight are laid out."""
    book = between.join(f"On day {n} it rained on the river town." for n in range(34_000))
    assert len(book.split()) > 300_000
    page.set_default_timeout(60_000)
    paste_by_clipboard(page, book)
    page.locator("fieldset.next .text").fill(TRAM)
    summarise(page)
    pieces = page.locator("#pane1 .body .piece")
    assert pieces.count() > 100
    assert pieces.first.evaluate("(p) => getComputedStyle(p).contentVisibility") == "auto"
    page.locator(".claim").nth(2).click()
    assert lit(page, "#panes .s")
    shown = page.locator("#pane1 .body").text_content() or ""
    assert "".join(shown.split()) == "".join(book.split())
