"""Reading on the page and off it: at a glance, by keyboard, right to left, from a file on disk.

Choosing and lighting are in test_page_browser.py; what is written is tested without a browser.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import page_double as double
import pytest
from browser import lit, opened, paste, summarise
from story_double import STORY, open_saved

from summarizer.schema import Article, Story
from summarizer.text.language import language

pytestmark = pytest.mark.page

FERRY = "A ferry hit the pier. Twelve people were hurt.\nThe port closed."
TRAM = "A boat struck the pier. Fourteen people were hurt.\nThe harbour was shut."
HEBREW = "המעבורת פגעה ברציף. שנים עשר בני אדם נפצעו.\nהנמל נסגר."
ARABIC = "اصطدمت العبارة بالرصيف. أصيب اثنا عشر شخصا.\nأغلق الميناء."
GERMAN = (
    "Am Dienstag hat eine Fähre im dichten Nebel die Mauer des Hafens gerammt, und zwölf Menschen "
    "wurden verletzt, wie die Küstenwache mitteilte. Der Hafen blieb sieben Stunden geschlossen."
)
ENGLISH = (
    "A ferry struck the wall of the harbour in thick fog on Tuesday, and twelve people were hurt, "
    "the coastguard said. The port was closed for seven hours."
)


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with double.serving({"extract": double.Quoting}) as url:
        yield url


def test_language_and_words_are_told_while_typing(page: Any) -> None:
    """Each box says how many words it has, and in which language it seems to be."""
    paste(page, GERMAN, ENGLISH, "Too short.")
    counts = page.locator("fieldset.box .count")
    counts.nth(0).filter(has_text="German: summaries are made for English").wait_for()
    assert counts.nth(0).inner_text().startswith(f"{len(GERMAN.split())} words · German")
    counts.nth(1).filter(has_text="English").wait_for()  # each box is asked about by itself
    assert counts.nth(1).inner_text() == f"{len(ENGLISH.split())} words · English"
    assert counts.nth(2).inner_text() == "2 words"
    assert (language(GERMAN), language(ENGLISH)) == ("de", "en")


def test_marks_stand_beside_the_last_word(page: Any) -> None:
    """However wide the text is, no line begins with a sentence's marks."""
    summarise(page, FERRY, TRAM)
    for width in range(160, 420, 4):
        alone = page.locator(".sentence").evaluate_all(
            """(all, width) => {
              document.querySelector("#account .account").style.width = `${width}px`;
              const apart = (one) => {
                const words = [...one.querySelector(".claim").getClientRects()].at(-1);
                return one.querySelector(".mark").getBoundingClientRect().left < words.right - 4;
              };
              return all.filter(apart).map((one) => one.innerText);
            }""",
            width,
        )
        assert alone == [], width


def test_a_mark_shows_its_evidence_at_a_glance(page: Any) -> None:
    """Pointing at a mark, or reaching it by Tab, shows the outlet and the very words."""
    paste(page, FERRY, TRAM)
    page.locator("fieldset.box .outlet").nth(1).fill("The Gull")
    summarise(page)
    mark = page.locator(".sentence .mark").nth(1)
    for reach in (mark.hover, mark.focus):
        page.mouse.move(0, 0)
        reach()
        peek = page.get_by_role("tooltip")
        peek.wait_for()
        assert peek.inner_text().split("\n") == ["The Gull", "A boat struck the pier."]
        assert mark.get_attribute("aria-describedby") == peek.get_attribute("id")
        page.keyboard.press("Escape")
        peek.wait_for(state="hidden")


def test_pointing_at_a_sentence_hints_at_its_evidence(page: Any) -> None:
    """What a sentence rests on is hinted at under the pointer, and nothing moves."""
    summarise(page, FERRY, TRAM)
    claim = page.locator(".sentence .claim").first
    claim.hover()
    hinted = page.locator("#panes .s.hint-lit").evaluate_all("(all) => all.map((e) => e.id)")
    assert set(hinted) == set((claim.get_attribute("data-src") or "").split())
    assert lit(page, "#panes .s") == set()


def test_a_chosen_sentence_says_how_it_was_made_and_how_far_it_is_carried(page: Any) -> None:
    """In words that a person can use, when it is chosen; unasked, nothing stands beside it."""
    paste(page, FERRY, TRAM)
    page.locator("fieldset.box .outlet").nth(1).fill("The Gull")
    summarise(page)
    assert page.locator(".sentence .made, .meter").count() == 0
    page.locator("#c1").click()
    how = page.locator("[data-n='1'] .how p").inner_text()
    assert how == (
        "Word for word · carried in full by Article 1 and The Gull · 2 independent sources"
    )


def test_warnings_that_matter_stand_above_the_text(page: Any) -> None:
    """What must be known before reading is not left for the end of the page."""
    summarise(page, FERRY, TRAM)
    alerts, first = page.locator(".alerts"), page.locator("#c1")
    assert alerts.inner_text() == "One article is short."
    assert alerts.bounding_box()["y"] < first.bounding_box()["y"]


def test_the_focus_goes_to_the_summary_and_arrows_go_through_it(page: Any) -> None:
    """Ctrl+Enter summarises from the boxes; then arrows lead from sentence to sentence."""
    paste(page, FERRY, TRAM)
    page.locator("fieldset.box textarea").first.focus()
    page.keyboard.press("Control+Enter")
    page.locator(".account:focus").wait_for()
    for n in (0, 1, 2):
        page.keyboard.press("ArrowDown")
        assert page.evaluate("document.activeElement.id") == f"c{n}"
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.id") == "c1"
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowDown")
    assert page.locator("#c2[aria-pressed='true']").count() == 1
    assert lit(page, "#panes .s") == set((page.get_attribute("#c2", "data-src") or "").split())


_SMALL = """() => [...document.querySelectorAll(
  "button, a, input, select, textarea, summary, [role='button'], [tabindex='0']")]
  .filter((e) => e.checkVisibility({ visibilityProperty: true }) && !e.closest("#model"))
  .map((e) => [e, [...e.getClientRects()].sort((a, b) => b.width - a.width)[0]])
  .filter(([e, at]) => at && at.width && (at.height < 23.9 || at.width < 23.9))
  .map(([e, at]) => `${e.outerHTML.slice(0, 90)} ${at.width} x ${at.height}`)"""


@pytest.mark.parametrize("width", [1280, 390])
def test_every_target_is_large_enough(chromium: Any, url: str, width: int) -> None:
    """Whatever can be pressed is at least 24 by 24 pixels, in both views and with tools open."""
    with opened(chromium, url, viewport={"width": width, "height": 800}) as page:
        paste(page, FERRY, TRAM)
        assert page.evaluate(_SMALL) == []
        summarise(page, FERRY + "\nShare on X", TRAM)
        page.locator("#c1").click()
        for fold in page.locator(".note.left summary").all():
            fold.click()
        assert page.evaluate(_SMALL) == []
        open_saved(page, STORY)
        for tab in page.locator("#remarks [role='tab']").all():
            tab.click()
            assert page.evaluate(_SMALL) == []


def test_text_and_articles_fill_one_screen(page: Any) -> None:
    """At 1280 by 800 the text is left, the articles are right, and what is below is announced."""
    summarise(page, FERRY, TRAM)
    text, articles = page.locator("#account").bounding_box(), page.locator("#panes").bounding_box()
    jump = page.locator(".jump").bounding_box()
    assert text
    assert articles
    assert jump
    assert text["x"] + text["width"] <= articles["x"]
    assert max(text["y"] + text["height"], articles["y"] + articles["height"]) <= jump["y"]
    assert jump["y"] + jump["height"] <= 800
    assert page.evaluate("scrollY") == 0


def test_the_row_of_links_leads_below(page: Any) -> None:
    """Each section below has a link with its count, and the link leads there."""
    summarise(page, FERRY + "\nShare on X", TRAM, " ")
    links = page.locator(".jump a")
    names = [name.rpartition(" ")[0] for name in links.all_inner_texts()]
    assert names == ["Where they differ", "Side by side", "Left out, and why"]
    for n, name in enumerate(names):
        links.nth(n).click()
        assert page.locator(".note:target h3").inner_text() == name


def test_an_article_set_aside_is_a_strip_until_it_is_asked_for(page: Any) -> None:
    """What was set aside takes no room beside what was read, and opens at a press."""
    paste(page, FERRY, TRAM)
    page.locator("fieldset.box .outlet").nth(1).fill("Blank")
    summarise(page, FERRY, " ")
    strip = page.locator("#pane2")
    assert strip.bounding_box()["width"] < 60
    unfold = page.get_by_role("button", name="Show article 2, Blank, set aside")
    assert unfold.get_attribute("aria-expanded") == "false"
    unfold.focus()
    page.keyboard.press("Enter")
    assert unfold.get_attribute("aria-expanded") == "true"
    assert strip.bounding_box()["width"] > 100


@pytest.mark.parametrize("text", [HEBREW, ARABIC], ids=["hebrew", "arabic"])
def test_right_to_left_text_runs_right_to_left(page: Any, text: str) -> None:
    """An article and the sentences made of it run in their own direction, beside ours."""
    summarise(page, text, text)
    direction = "(e) => getComputedStyle(e).direction"
    assert page.locator("fieldset.box .text").first.evaluate(direction) == "rtl"
    for part in (".account .sentence", "#panes .body"):
        assert page.locator(part).first.evaluate(direction) == "rtl"
    assert page.locator(".how").first.evaluate(direction) == "ltr"
    page.locator(".sentence .claim").first.click()
    assert lit(page, "#panes .s")
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280


# --- one story -----------------------------------------------------------------------------------


def test_the_text_runs_on_in_paragraphs(page: Any) -> None:
    """Sentences of a paragraph follow each other in its lines; how one was made waits."""
    open_saved(page, STORY)
    kinds = page.locator(".account .paragraph").evaluate_all("(all) => all.map((e) => e.className)")
    assert kinds == [f"paragraph {k}" for k in ("lead", "differs", "sides", "background")]
    ends = page.locator(".paragraph.background .claim").evaluate_all(
        "(all) => all.map((e) => [...e.getClientRects()].map((r) => Math.round(r.bottom)))"
    )
    assert ends[0][-1] == ends[1][0]
    assert page.locator(".how:visible").count() == 0
    page.locator("#c3").click()
    assert page.locator(".how:visible").count() == 1
    assert page.locator("[data-n='3'] .how p").first.inner_text().startswith("Word for word")
    page.keyboard.press("Escape")
    assert page.locator(".how:visible").count() == 0


def test_one_view_of_the_claims_is_seen_at_a_time(page: Any) -> None:
    """By outlet, alone, by day and by speaker: a press or an arrow changes the view."""
    open_saved(page, STORY)
    tabs = page.locator("#remarks [role='tab']")
    names = ["Told by several 3", "Only in one source 2", "Timeline 3", "Who says what 2"]
    assert tabs.all_inner_texts() == names
    seen = page.locator("#remarks [role='tabpanel']:visible")
    assert seen.get_attribute("id") == "v-several"
    tabs.nth(2).click()
    assert seen.get_attribute("id") == "v-days"
    days = seen.locator(".days > li")
    assert days.locator("h4").all_inner_texts() == ["3 May 2019", "12 May 2026", "13 May 2026"]
    assert "07:45" in days.nth(1).inner_text()
    page.keyboard.press("ArrowRight")
    assert seen.get_attribute("id") == "v-sides"
    speakers = ["Transport minister Ada Lund", "The drivers' union"]
    assert seen.locator("h4").all_inner_texts() == speakers
    assert page.evaluate("document.activeElement.id") == "t-sides"
    page.keyboard.press("Home")
    assert seen.get_attribute("id") == "v-several"


def test_a_wording_side_by_side_lights_its_source(page: Any) -> None:
    """A claim opens to each outlet's own words, and these lead to where they stand."""
    open_saved(page, STORY)
    fold = page.locator(".compared").nth(1)
    assert not fold.locator("dl").is_visible()
    fold.locator("summary").focus()
    page.keyboard.press("Enter")
    outlets = [" ".join(t.split()) for t in fold.locator("dt").all_inner_texts()]
    assert outlets == [
        "1 The Beacon carries it",
        "2 Courant contradicts it",
        "3 Herald no sentence found",
    ]
    wording = fold.locator(".claimed").nth(1)
    wording.click()
    assert wording.inner_text() == "The brakes had failed, the drivers' union said."
    assert lit(page, "#panes .s") == {wording.get_attribute("data-src")}


_CUT_OFF = """() => [...document.querySelectorAll(".gradio-container *")]
  .filter((e) => e.checkVisibility({ visibilityProperty: true }))
  .filter((e) => !e.closest(".tabs, .visually-hidden"))
  .filter((e) => (e.matches("button") && e.scrollWidth > e.clientWidth + 1)
    || [...e.getClientRects()].some((r) => r.width && (r.right > innerWidth + 1 || r.left < -1)))
  .map((e) => e.outerHTML.slice(0, 120))"""


def test_a_phone_folds_the_sources(chromium: Any, url: str) -> None:
    """They open when a sentence is chosen and fold at a press; nothing is wider than the screen."""
    with opened(chromium, url, viewport={"width": 390, "height": 844}, has_touch=True) as page:
        open_saved(page, STORY)
        button = page.get_by_role("button", name="Sources", exact=True)
        assert button.get_attribute("aria-expanded") == "false"
        assert page.locator(".pane:visible").count() == 0
        assert page.locator("#panes").bounding_box()["height"] < 80
        page.locator("#c2").click()
        assert button.get_attribute("aria-expanded") == "true"
        assert page.locator(".pane:visible").count() == 1
        assert page.locator("#panes .s.lit:visible").count() == 1
        assert page.evaluate(_CUT_OFF) == []
        button.click()
        assert page.locator(".pane:visible").count() == 0
        for tab in page.locator("#remarks [role='tab']").all():
            tab.click()
            for fold in page.locator("#remarks summary:visible").all():
                fold.click()
            assert page.evaluate(_CUT_OFF) == []
            assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_in_the_dark_scrollbars_are_dark_too(chromium: Any, url: str) -> None:
    """What the browser draws by itself goes with the scheme, on the whole page and in each part."""
    with opened(chromium, url, color_scheme="dark") as page:
        open_saved(page, STORY)
        scheme = "(e) => getComputedStyle(e).colorScheme"
        for part in ("html", "body", ".account", ".pane .body", "#length-number"):
            assert page.locator(part).first.evaluate(scheme) == "dark"
        bars = page.locator("html").evaluate("(e) => getComputedStyle(e).scrollbarColor")
        assert bars.startswith("rgb(86, 91, 100)")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_paper_there_is_the_text_and_where_it_is_from(
    chromium: Any, url: str, scheme: str
) -> None:
    """No controls, dark letters on white, every sentence with its marks, every source, its link."""
    with opened(chromium, url, color_scheme=scheme) as page:
        open_saved(page, STORY)
        page.locator("#c2").click()
        page.locator("[data-n='2'] .tools [data-op='lock']").click()
        page.locator("#status", has_text="A locked sentence stays").wait_for()
        page.emulate_media(media="print")
        assert page.evaluate("getComputedStyle(document.querySelector('.account')).maskImage") == (
            "none"  # the last lines do not fade
        )
        label = page.locator(".sentence.locked .tail").evaluate(
            "(tail) => getComputedStyle(tail, '::after').content"
        )
        assert label == "none"
        shown = page.locator(".gradio-container").inner_text()
        for sentence in STORY.sentences:
            assert sentence.text in shown
        for told in ("The Beacon", "Herald", "12 May 2026, 10:30", "Where they differ"):
            assert told in shown
        for unseen in ("Summarise", "Copy", "Other wordings", "Side by side", "Nobody was killed."):
            assert unseen not in shown
        assert page.locator("button:visible").count() == 2  # the figures that differ
        colours = page.locator(
            "#account .claim, #panes .outlet, .pane h3 .s, .card .by"
        ).evaluate_all("(all) => all.map((e) => getComputedStyle(e).color)")
        assert all(max(map(int, c[4:-1].split(", "))) < 160 for c in colours)
        ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert ground == "rgb(255, 255, 255)"


_LONGEST_RUN = """() => {
  const walk = document.createTreeWalker(document.querySelector("#reader"), NodeFilter.SHOW_TEXT);
  let most = 0;
  while (walk.nextNode()) most = Math.max(most, walk.currentNode.data.length);
  return most;
}"""


@pytest.mark.parametrize("unit", ["x", "word "])
def test_a_sentence_of_a_megabyte_is_laid_out_in_pieces(page: Any, unit: str) -> None:
    """However long a line is that the summary quotes, no piece of text is; its article stays whole.

    What freezes a tab is a long text in one line: a browser lays out the whole of it at once.
    """
    line = (unit * 1_000_000)[:1_000_000].strip()
    articles = (Article(text=f"{line}\n{FERRY}"), Article(text=TRAM))
    *_, summary = double.Quoting().watch(Story(articles=articles))
    open_saved(page, summary)
    assert page.evaluate(_LONGEST_RUN) <= 8_000
    body = page.locator("#pane1 .body")
    assert (body.text_content() or "").startswith(line)
    page.locator("#c1").click()
    parts = page.locator("#pane1 .s.lit")
    assert parts.count() > 100
    assert "".join(parts.all_text_contents()) == line
    page.keyboard.press("Escape")
    parts = page.locator("#pane1 [data-part]")
    parts.first.click()
    assert "c1" in lit(page, ".claim")


def _tab_to(page: Any, what: str) -> None:
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("(what) => document.activeElement.matches(what)", what):
            return
    raise AssertionError(f"Tab does not reach {what}")


def test_no_mouse_is_needed_from_paste_to_download(page: Any) -> None:
    """Paste, summarise, choose, see the source, change, plan anew and take away, by keyboard."""
    for text in (FERRY, TRAM):
        _tab_to(page, "textarea.text")
        page.keyboard.insert_text(text)
    _tab_to(page, "#start")
    page.keyboard.press("Enter")
    page.locator(".account .tally").wait_for()
    _tab_to(page, ".sentence .claim")
    page.keyboard.press("Enter")
    sources = lit(page, "#panes .s")
    assert sources
    _tab_to(page, "[data-op='change']")
    page.keyboard.press("Enter")
    page.keyboard.press("Control+A")
    page.keyboard.insert_text("Nobody at all was hurt.")
    page.keyboard.press("Enter")
    page.locator(".sentence.doubtful").wait_for()
    _tab_to(page, "#panes .s.cited")
    page.keyboard.press("Enter")
    assert lit(page, ".claim")
    page.keyboard.press("Escape")
    assert page.locator(".lit").count() == 0
    _tab_to(page, "#length-number, .jump a")
    page.locator("#length-unit").focus()
    page.keyboard.press("s")
    page.locator("#length-number").focus()
    page.keyboard.press("Control+A")
    page.keyboard.insert_text("1")
    page.locator("#status", has_text="Planned anew").wait_for()
    assert page.locator(".account .sentence").count() == 1
    page.locator("#take button", has_text="HTML").focus()
    with page.expect_download() as waiting:
        page.keyboard.press("Enter")
    assert waiting.value.suggested_filename == "a-ferry-hit-the-pier.html"


def _texts(page: Any, selector: str) -> set[str]:
    return {" ".join(t.split()) for t in page.locator(selector).all_inner_texts()}


def test_the_page_taken_away_links_the_same_from_disk(
    chromium: Any, page: Any, tmp_path: Path
) -> None:
    """Opened as a file, with scripts off and no server, each sentence marks the same sources."""
    summarise(page, FERRY + "\nShare on X", TRAM)
    lights = []
    for claim in page.locator(".claim").all():
        claim.click()
        lights.append(_texts(page, "#panes .s.lit"))
    with page.expect_download() as waiting:
        page.locator("#take").get_by_role("button", name="HTML").click()
    saved = tmp_path / "summary.html"
    waiting.value.save_as(saved)

    alone = chromium.new_context(java_script_enabled=False, offline=True)
    away = alone.new_page()
    asked: list[str] = []
    faults: list[str] = []
    away.on("request", lambda request: asked.append(request.url))
    away.on("console", lambda said: faults.append(said.text))
    away.goto(saved.as_uri())
    colour = "(all) => all.map((e) => getComputedStyle(e).backgroundColor)"
    sources = away.locator("aside .source")
    before = sources.evaluate_all(colour)
    for n, expected in enumerate(lights):
        away.locator(f"#s{n}").click()
        marked = {
            " ".join(text.split())
            for text, was, now in zip(
                sources.all_inner_texts(), before, sources.evaluate_all(colour), strict=True
            )
            if now != was
        }
        assert marked == expected
    away.locator("aside .back a[href='#s1']").first.click()
    assert away.url.endswith("#s1")
    assert all(address.startswith(saved.as_uri()) for address in asked)
    assert faults == []
    alone.close()
