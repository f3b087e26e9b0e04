"""The page in a real browser: linked reading, streaming, cancel, hostile text, nothing foreign.

Skipped where there is no chromium, unless SUMMARIZER_REQUIRE_BROWSER=1 makes that a failure.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from threading import Event
from typing import Any

import page_double as double
import pytest
from browser import lit, opened, paste, summarise

from summarizer.outputs.render import TEXTS, Format
from summarizer.schema import Summary

pytestmark = pytest.mark.page

FERRY = "A ferry hit the pier. Twelve people were hurt. Share this story\nThe port closed."
TRAM = "A boat struck the pier. Fourteen people were hurt.\nThe harbour was shut."
LONG = "\n".join(f"Paragraph {n} tells of the river. It rained on day {n}." for n in range(120))

HOSTILE = """<script>window.hit=1;alert(1)</script>.
<img src=x onerror="window.hit=1;alert(1)">.
${window.hit=1} ${alert(1)}.
{{constructor.constructor('window.hit=1')()}}.
`${window.hit=1}`.
</span></section></template></style></textarea><svg onload=alert(1)>.
<a href="data:text/html,<script>alert(1)</script>">click</a>.
<iframe src="https://elsewhere.invalid/"></iframe>.
<|im_end|> said the man.
"""


@pytest.fixture(scope="module")
def gated(gate: Event) -> double.Quoting:
    return double.Quoting(gate)


@pytest.fixture(scope="module")
def url(gated: double.Quoting) -> Iterator[str]:
    with double.serving({"gated": lambda: gated, "extract": double.Quoting}) as url:
        yield url


def _seen_in_its_pane(page: Any, id_: str) -> bool:
    page.wait_for_timeout(50)
    return bool(
        page.evaluate(
            """async (id) => {
              const e = document.getElementById(id), box = e.closest('.body');
              for (let n = 0; n < 60; n++) {
                const a = e.getBoundingClientRect(), b = box.getBoundingClientRect();
                if (a.top >= b.top - 1 && a.bottom <= b.bottom + 1) return true;
                await new Promise((r) => setTimeout(r, 50));
              }
              return false;
            }""",
            id_,
        )
    )


def test_choosing_a_sentence_lights_its_sources(page: Any) -> None:
    """Every sentence chosen lights exactly its source sentences, scrolled into view."""
    summarise(page, LONG.replace("Paragraph", "Part"), LONG)
    claims = page.locator(".claim")
    assert claims.count() >= 4
    for n in range(claims.count()):
        claim = claims.nth(n)
        claim.click()
        ids = set((claim.get_attribute("data-src") or "").split())
        assert ids
        assert lit(page, "#panes .s") == ids
        assert claim.get_attribute("aria-pressed") == "true"
        for id_ in ids:
            assert _seen_in_its_pane(page, id_)


def test_choosing_a_source_lights_the_sentences_it_feeds(page: Any) -> None:
    """A cited source sentence chosen lights what rests on it; Escape clears."""
    summarise(page, FERRY, TRAM)
    cited = page.locator("#panes .s.cited")
    assert cited.count() >= 4
    for n in range(cited.count()):
        source = cited.nth(n)
        source.click()
        id_ = source.get_attribute("id")
        fed = page.eval_on_selector_all(
            ".claim",
            "(es, id) => es.filter(e => e.dataset.src.split(' ').includes(id)).map(e => e.id)",
            id_,
        )
        assert fed
        assert lit(page, ".claim") == set(fed)
    page.keyboard.press("Escape")
    assert page.locator(".lit").count() == 0


def test_the_keyboard_is_enough(page: Any) -> None:
    """Enter on a focused sentence lights its sources; Enter on a source lights what it feeds."""
    summarise(page, FERRY, TRAM)
    page.locator(".claim").nth(2).focus()
    page.keyboard.press("Enter")
    sources = lit(page, "#panes .s")
    assert sources
    page.locator(f"#{min(sources)}").focus()
    page.keyboard.press("Enter")
    assert "c2" in lit(page, ".claim")


def test_sentences_stream_in_and_a_second_click_starts_nothing(
    page: Any, gate: Event, gated: double.Quoting
) -> None:
    """Sentences appear one by one as they are verified, already linked; one run at a time."""
    before = gated.runs
    page.get_by_label("gated").check()
    paste(page, FERRY, TRAM)
    page.get_by_role("button", name="Summarise").dblclick()
    for n in (1, 2):
        gate.set()
        page.locator(".account .sentence").nth(n - 1).wait_for()
        assert page.locator(".account .sentence").count() == n
        assert page.locator(".account .tally").count() == 0
    page.locator(".claim").nth(1).click()
    assert lit(page, "#panes .s")
    gate.set()
    page.locator(".account .tally").wait_for()
    assert gated.runs == before + 1


def test_a_wording_that_is_typed_meanwhile_is_kept(page: Any, gate: Event) -> None:
    """While other wordings are sought one may write: neither their end nor its haste loses it."""
    page.get_by_label("gated").check()
    paste(page, FERRY, TRAM)
    page.get_by_role("button", name="Summarise").click()
    for n in (1, 2, 3):
        gate.set()
        page.locator(".account .sentence").nth(n - 1).wait_for()
    page.locator(".account .tally").wait_for()
    gate.clear()

    def use(n: int, op: str) -> None:
        page.locator(f"#c{n}").click()
        page.locator(f"[data-n='{n}'] .tools [data-op='{op}']").click()

    use(1, "others")
    use(2, "change")
    page.locator(".editor textarea").fill("Written while the others were sought.")
    gate.set()
    page.locator("#status", has_text="Other wordings are shown").wait_for()
    assert page.locator(".editor textarea").input_value() == "Written while the others were sought."
    gate.clear()
    page.locator("#c1").click()
    page.locator("[data-n='1'] .tools [data-op='others']").click()
    page.get_by_role("button", name="Save and check").click()
    gate.set()
    page.locator("#c2", has_text="Written while the others were sought.").wait_for()


def test_cancel_ends_the_run(page: Any, gate: Event) -> None:
    """Cancel ends a run that is waiting, says so, and the next run works."""
    gate.clear()
    page.get_by_label("gated").check()
    paste(page, FERRY, TRAM)
    page.get_by_role("button", name="Summarise").click()
    page.locator(".status.busy", has_text="Verifying").wait_for()
    page.get_by_role("button", name="Cancel").click()
    page.locator(".status", has_text="Cancelled.").wait_for()
    page.get_by_label("Quote only").check()
    page.get_by_role("button", name="Summarise").click()
    page.locator(".account .tally").wait_for()


@pytest.mark.parametrize("width", [1280, 390])
def test_a_run_that_begins_beside_the_boxes_is_seen_to_go_on(
    chromium: Any, url: str, gate: Event, width: int
) -> None:
    """However many boxes there are, what a run is doing stands in the window until text comes."""
    gate.clear()
    with opened(chromium, url, viewport={"width": width, "height": 800}) as page:
        page.get_by_label("gated").check()
        paste(page, *[FERRY] * 5)
        page.get_by_role("button", name="Summarise").click()
        page.locator(".status.busy", has_text="Verifying").wait_for()
        status = page.locator("#status .status").bounding_box()
        button = page.get_by_role("button", name="Cancel").bounding_box()
        assert button["y"] + button["height"] <= status["y"]
        assert status["y"] + status["height"] <= 800
        page.get_by_role("button", name="Cancel").click()
        page.locator(".status", has_text="Cancelled.").wait_for()


def test_an_example_can_be_loaded(page: Any) -> None:
    """The example button fills the boxes with a bundled story, ready to summarise."""
    page.get_by_role("button", name="Example: ferry").click()
    page.wait_for_function("document.querySelectorAll('fieldset.box .text')[0]?.value.length > 200")
    assert page.locator("fieldset.box").count() >= 3
    assert page.locator("fieldset.box .outlet").first.input_value()
    page.get_by_role("button", name="Summarise").click()
    page.locator(".account .tally").wait_for()
    assert page.locator(".pane").count() >= 3


def test_boxes_are_added_and_removed(page: Any) -> None:
    """Behind the last article there is a blank box; articles are removed, and all is counted."""
    assert page.locator("fieldset.box").count() == 0
    assert page.locator("fieldset.next").count() == 1
    paste(page, "one two three", "four", "five six")
    assert page.locator(".total").inner_text() == "3 articles, 6 words"
    page.get_by_role("button", name="Remove article 2").click()
    assert page.locator(".total").inner_text() == "2 articles, 5 words"
    assert page.locator("fieldset.box").count() == 2


def test_hostile_text_stays_text(page: Any) -> None:
    """Script, handlers, templates and links in an article are shown and do nothing."""
    paste(page, HOSTILE)
    page.locator("fieldset.box input.title").nth(0).fill("<img src=x onerror=alert(2)>${alert(2)}")
    page.locator("fieldset.box input.outlet").nth(0).fill("`</span><script>alert(3)</script>")
    summarise(page, HOSTILE, HOSTILE[::-1])
    for claim in page.locator(".claim").all():
        claim.click()
    shown = page.locator(".pane .body").first.inner_text()
    for line in HOSTILE.strip().splitlines():
        assert line in shown
    inside = "script, img, iframe, svg, [onerror], [onload], a:not([href^='#'])"
    for part in ("#account", "#panes", "#remarks"):
        assert page.locator(part).locator(inside).count() == 0
    assert page.evaluate("window.hit") is None


def test_a_line_of_a_megabyte_is_shown(page: Any) -> None:
    """A single line of a megabyte is taken and shown whole."""
    line = "It rained. It blew. It snowed. " + "word " * 200_000
    summarise(page, line, TRAM)
    assert page.locator(".pane .body").first.text_content().strip() == line.strip()


def test_a_megabyte_without_a_blank_does_not_freeze_the_page(page: Any) -> None:
    """Pasted, summarised and shown, it lets the page answer: no step passes the time limit."""
    line = "x" * 1_000_000
    page.locator("fieldset.next textarea").evaluate(
        """(box, text) => {
          const held = new DataTransfer();
          held.setData("text/plain", text);
          box.dispatchEvent(
            new ClipboardEvent("paste", { clipboardData: held, bubbles: true, cancelable: true }));
        }""",
        line,
    )
    page.locator("fieldset.box .count", has_text="1 word").first.wait_for()
    page.locator("fieldset.box .text").first.evaluate(
        "(box, text) => { box.value = text + box.value; }", f"{FERRY}\nIt rained.\nIt blew.\n"
    )
    page.locator("fieldset.next .text").fill(f"{TRAM}\nIt poured.\nIt was windy.")
    page.get_by_role("button", name="Summarise").click()
    page.locator(".account .tally").wait_for()
    page.locator("#c1").click()
    assert lit(page, "#panes .s")
    assert page.locator("#panes .unbroken").count() > 100  # laid out in pieces


def test_an_error_is_one_sentence(page: Any) -> None:
    """Nothing to read is said in one sentence, without a traceback or a path."""
    page.get_by_role("button", name="Summarise").click()
    alert = page.get_by_role("alert").filter(has_text="fill at least one text")
    alert.wait_for()
    assert "Traceback" not in page.content()
    summarise(page, FERRY, TRAM)


@pytest.fixture(scope="module")
def told(chromium: Any, url: str) -> Iterator[Any]:
    """One page with a summary, for tests that leave it as it is."""
    with opened(chromium, url) as page:
        summarise(page, FERRY, TRAM)
        yield page


@pytest.mark.parametrize("form", TEXTS, ids=lambda form: form.name)
def test_a_summary_can_be_taken_away(told: Any, tmp_path: Path, form: Format[str]) -> None:
    """The summary downloads in every format of text, made in the browser; Copy and Word, and
    opening one again, are in test_page_saved.py."""
    with told.expect_download() as waiting:
        told.locator("#take").get_by_role("button", name=form.label, exact=True).click()
    assert waiting.value.suggested_filename == f"a-ferry-hit-the-pier{form.suffix}"
    path = tmp_path / "taken"
    waiting.value.save_as(path)
    text = path.read_text(encoding="utf-8")
    assert "Twelve people were hurt." in text or "Fourteen people were hurt." in text
    if form.name == "json":
        assert Summary.from_json(text).sentences
        assert json.loads(text)["schema_version"]


def test_what_was_left_out_is_shown(page: Any) -> None:
    """Masked lines, dropped drafts and differences are on the page with their reasons."""
    summarise(page, "A boat sank.\nShare on X\nNobody was hurt.", TRAM)
    assert page.locator(".pane .masked").inner_text() == "Share on X"
    for fold in page.locator(".note.left summary").all():
        fold.click()
    left = page.locator(".note.left").inner_text()
    assert "share line" in left
    assert "Forty were hurt." in left
    page.locator(".note.differ .value").first.click()
    assert lit(page, "#panes .s")


def test_a_phone_shows_one_source_at_a_time(chromium: Any, url: str) -> None:
    """On a phone the panes become tabs, nothing is wider than the screen, and linking works."""
    with opened(chromium, url, viewport={"width": 390, "height": 800}, has_touch=True) as page:
        summarise(page, FERRY, TRAM)
        page.locator(".tab").nth(1).click()
        assert page.locator(".pane:visible").count() == 1
        assert page.locator("#pane2").is_visible()
        page.locator(".claim").nth(1).click()
        assert page.locator("#panes .s.lit:visible").count() >= 1
        assert page.locator(".tab.holds-lit").count() == 2
        page.keyboard.press("Escape")
        assert page.locator(".tab.holds-lit").count() == 0
        assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_phone_has_the_whole_choice_beside_the_summary(chromium: Any, url: str) -> None:
    """The models can be chosen there, and no outlet's name is cut in the tabs."""
    with opened(chromium, url, viewport={"width": 390, "height": 844}, has_touch=True) as page:
        page.get_by_label("Quote only").check()
        paste(page, FERRY, TRAM, FERRY)
        for n, outlet in enumerate(("Ostvale Daily", "Eskmoor Times", "The Sentinel")):
            page.locator("fieldset.box .outlet").nth(n).fill(outlet)
        summarise(page)
        assert page.locator("#model label").first.is_visible()
        tabs = page.locator("#panes .tabs")
        assert tabs.evaluate("(e) => e.scrollWidth <= e.clientWidth")
        for tab in page.locator("#panes .tab").all():
            assert tab.evaluate("(e) => e.scrollWidth <= e.clientWidth")


def test_what_is_said_stays_within_the_header(chromium: Any, url: str, gated: Any) -> None:
    """While a run goes on, and after the longest remark, nothing lies over the controls."""
    with opened(chromium, url) as page:
        page.get_by_label("Quote only").check()
        summarise(page, FERRY, TRAM)
        page.get_by_label("gated").check()
        gated.gate.clear()
        page.get_by_role("button", name="Summarise").click()
        page.locator(".status.busy", has_text="Verifying").wait_for()

        def within() -> bool:
            said, header = page.locator("#status").bounding_box(), page.locator("#masthead")
            inner = page.locator("#status .status").evaluate("(e) => e.scrollWidth - e.clientWidth")
            controls = page.locator("#controls").bounding_box()
            low = header.bounding_box()["y"] + header.bounding_box()["height"]
            bottom = said["y"] + said["height"]
            return bool(
                inner <= 0 and said["x"] + said["width"] <= controls["x"] and bottom <= low + 1
            )

        assert within()
        page.locator("#status .status").evaluate(
            "(e) => { e.textContent = 'A remark. '.repeat(9); }"
        )
        assert within()
        page.get_by_role("button", name="Cancel").click()
        page.locator("#status", has_text="Cancelled.").wait_for()


def test_a_long_summary_is_seen_whole(chromium: Any, url: str) -> None:
    """It scrolls with the page and in no box; the articles and the files stay on the screen."""
    long = "\n".join(f"Ship {n} {'went on and on ' * 12}to the pier." for n in range(6))
    with opened(chromium, url, viewport={"width": 1366, "height": 640}) as page:
        page.get_by_label("Quote only").check()
        summarise(page, long, long)
        boxed = "(e) => e.scrollHeight > e.clientHeight + 1 && getComputedStyle(e).overflowY"
        assert page.locator("#account .account").evaluate(boxed) in (False, "visible")
        tally = page.locator(".tally")
        tally.evaluate("(e) => e.scrollIntoView({block: 'end'})")
        assert page.evaluate("scrollY") > 0
        for seen in (tally, page.locator("#take"), page.locator("#panes .pane header").first):
            box = seen.bounding_box()
            assert box
            assert 0 <= box["y"] <= 641 - box["height"]  # a part of a pixel may be beyond


def test_what_a_mark_stands_for_is_as_wide_as_a_phone(chromium: Any, url: str) -> None:
    """The words shown beside a mark are cut at no edge of the screen."""
    with opened(chromium, url, viewport={"width": 390, "height": 800}) as page:
        page.get_by_label("Quote only").check()
        summarise(page, f"Ship 1 {'went on and on ' * 12}to the pier.")
        page.locator(".sentence .mark").first.hover()
        box = page.get_by_role("tooltip").bounding_box()
        assert box
        assert 0 <= box["x"] <= 390 - box["width"]


FOUR = [f"Outlet {n} tells of the ferry. It hit the pier on day {n}." for n in range(4)]


@pytest.fixture(scope="module")
def moved(chromium: Any, url: str) -> Iterator[Any]:
    """One page with a summary of five articles, of which a sentence was moved."""
    with opened(chromium, url) as page:
        summarise(page, *FOUR, LONG)
        page.locator("#c1").click()
        page.locator("[data-n='1'] .tools [data-op='down']").click()
        page.locator("#status", has_text="Moved.").wait_for()
        yield page


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (1024, 768), (820, 1100), (768, 1000)])
def test_what_was_done_and_undo_stay_in_sight(moved: Any, width: int, height: int) -> None:
    """However far one has read: no button is hidden, cut or under another, nor is the line."""
    moved.set_viewport_size({"width": width, "height": height})
    moved.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    boxes = [moved.locator("#status .status").bounding_box()]
    for name in ("Undo", "Redo", "Articles", "Summarise"):
        button = moved.get_by_role("button", name=name, exact=True)
        boxes.append(button.bounding_box())
        seen = button.evaluate(
            """(e) => {
              const { x, y, width, height } = e.getBoundingClientRect();
              return e.contains(document.elementFromPoint(x + width / 2, y + height / 2));
            }"""
        )
        assert seen, name
    for at in boxes:
        assert at
        assert 0 <= at["x"] <= at["x"] + at["width"] <= width
        assert 0 <= at["y"] <= at["y"] + at["height"] <= 100
    for one, two in pairwise(boxes[1:]):
        assert one["x"] + one["width"] <= two["x"] + 1


@pytest.fixture(scope="module")
def four(chromium: Any, url: str) -> Iterator[Any]:
    """One page with a summary of four articles."""
    with opened(chromium, url) as page:
        summarise(page, *FOUR)
        yield page


@pytest.mark.parametrize("width", [1400, 1366, 1280, 1024, 820])
def test_no_article_is_cut_at_an_edge(four: Any, width: int) -> None:
    """Of four articles whole columns are seen; where there are more, tabs lead to them."""
    four.set_viewport_size({"width": width, "height": 800})
    four.wait_for_timeout(100)  # the page is laid out anew
    frame = four.locator("#panes .panes").bounding_box()
    panes = [p.bounding_box() for p in four.locator("#panes .pane").all()]
    right = frame["x"] + frame["width"]
    inside = [at["x"] + at["width"] <= right + 1 for at in panes]
    assert all(inside) if width >= 1280 else inside.count(True) >= 2
    assert all(ins or at["x"] >= right for ins, at in zip(inside, panes, strict=True))
    assert four.locator("#panes .tabs").is_visible() == (not all(inside))


def test_a_phone_has_its_first_screen_for_the_box_and_whole_words_on_its_tabs(
    chromium: Any, url: str
) -> None:
    """Before there is an article nothing lies over the example; no tab's word is broken."""
    with opened(chromium, url, viewport={"width": 390, "height": 844}) as page:
        assert page.locator("#controls").evaluate("(e) => getComputedStyle(e).position") == "static"
        paste(page, *FOUR)
        for n, name in enumerate(("The Evening Standard", "Ostrey", "Courier", "Lindhaven News")):
            page.locator("fieldset.box .outlet").nth(n).fill(name)
        assert page.locator("#controls").bounding_box()["height"] < 844 / 6
        summarise(page)
        broken = page.locator("#panes .tab").evaluate_all(
            "(tabs) => tabs.filter((e) => e.scrollWidth > e.clientWidth + 1).length"
        )
        assert broken == 0
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
