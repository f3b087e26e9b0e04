"""A reader's hand on the summary, in a browser: change, lock, move, delete, other wordings, length.

The real rooms run here over weightless stand-ins; how sentences are judged is in test_revise.py.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from threading import Event, Semaphore
from typing import Any

import pytest
from browser import lit, opened, settled, summarise
from composers import trimming
from page_double import Quoting, serving

from summarizer import Summarizer
from summarizer.backends.standin import HashEncoder, OverlapJudge
from summarizer.errors import BadInput
from summarizer.page import account
from summarizer.page.editing import Desk
from summarizer.page.intake import Length
from summarizer.pipeline.prepared import Articles, Prepared, story_of
from summarizer.schema import ArticleReport, Citation, CitedSentence, Fault, Story, Summary

# --- the desk ------------------------------------------------------------------------------------


def _said(text: str, start: int | None = None) -> CitedSentence:
    start = len(text) if start is None else start
    cited = Citation(article="a1", field="text", start=start, end=99, text="x", score=1.0)
    return CitedSentence(
        text=text, method="quoted", support=1.0, independent_sources=1, citations=(cited,)
    )


def _desk(*texts: str) -> Desk:
    return Desk(
        Summary.model_construct(
            id="s", title=_said("Head"), sentences=tuple(map(_said, texts)), signature={}
        )
    )


def _texts(desk: Desk) -> list[str]:
    return [s.text for s in desk.summary.sentences]


@pytest.mark.parametrize(
    ("n", "by", "order"),
    [(1, 1, "bac"), (3, -1, "acb"), (1, -1, "abc"), (3, 1, "abc")],
)
def test_a_sentence_moves_one_place_and_stops_at_the_ends(n: int, by: int, order: str) -> None:
    """Moving swaps a sentence with its neighbour; at either end it stays."""
    moved = _desk("a", "b", "c").move(n, by)
    assert "".join(_texts(moved)) == order
    assert moved.chosen is not None
    assert moved.sentence(moved.chosen).text == "abc"[n - 1]


def test_a_deleted_sentence_is_gone_and_the_headline_can_go_too() -> None:
    """Deleting takes out that sentence alone."""
    assert _texts(_desk("a", "b").delete(1)) == ["b"]
    assert _desk("a").delete(0).summary.title is None


def test_a_locked_sentence_can_be_moved_but_neither_changed_nor_deleted() -> None:
    """A lock holds until it is taken off."""
    locked = _desk("a", "b").lock(1)
    assert _texts(locked.move(1, 1)) == ["b", "a"]
    with pytest.raises(BadInput, match="sentence 1 is locked; unlock it first"):
        locked.delete(1)
    with pytest.raises(BadInput, match="sentence 1 is locked; unlock it first"):
        locked.put(1, _said("x"))
    assert _texts(locked.lock(1).delete(1)) == ["b"]


@pytest.mark.parametrize("n", [-1, 4, 99])
def test_a_sentence_that_is_not_there_is_refused(n: int) -> None:
    """A number outside the summary names the fault."""
    with pytest.raises(BadInput, match=f"there is no sentence {n}"):
        _desk("a", "b", "c").put(n, _said("x"))


def test_the_headline_is_neither_moved_nor_locked() -> None:
    """The headline has one place."""
    with pytest.raises(BadInput, match="the headline can neither be moved nor locked"):
        _desk("a").lock(0)


def test_a_new_plan_keeps_what_is_locked_where_it_stood() -> None:
    """Locked sentences keep their place, and are not told twice."""
    desk = _desk("one two three", "b", "c").lock(1)
    anew = desk.planned_anew(_desk("dd", "one two three", "eeee").summary, Length(50))
    assert _texts(anew) == ["one two three", "dd", "eeee"]
    assert anew.summary.signature["words"] == 50
    assert anew.is_locked(1)


def test_a_new_plan_keeps_what_the_reader_worded_and_brings_back_nothing_deleted() -> None:
    """What the reader wrote or took stays as a locked sentence does; a deleted one is out."""
    desk = _desk("aa", "b", "cccc").put(1, _said("one two")).delete(2)
    desk = desk.offer(2, [_said("three words here", 4)]).take(2, 0)
    anew = desk.planned_anew(_desk("b", "ddddd", "aa").summary, Length(50))
    assert _texts(anew) == ["one two", "three words here", "ddddd", "aa"]
    assert anew.touched
    assert not _desk("a").move(1, 1).touched


@pytest.mark.parametrize(
    ("length", "told"),
    [
        (Length(10), ["one two three", "dd ee ff gg", "h i j"]),
        (Length(9), ["one two three", "dd ee ff gg", "h i j"]),
        (Length(8), ["one two three", "dd ee ff gg"]),
        (Length(2, "sentences"), ["one two three", "dd ee ff gg"]),
        (Length(1, "sentences"), ["one two three"]),
    ],
)
def test_a_new_plan_comes_as_near_to_the_length_as_sentences_can(
    length: Length, told: list[str]
) -> None:
    """What is kept counts towards the length; fresh sentences go from the end, kept ones never."""
    desk = _desk("one two three", "b").lock(1)
    anew = desk.planned_anew(_desk("dd ee ff gg", "one two three", "h i j").summary, length)
    assert _texts(anew) == told


def test_a_new_plan_leaves_the_headline_as_the_reader_left_it() -> None:
    """A headline that was deleted stays out, one that was worded stays, any other is made anew."""
    fresh = _desk("a").summary.model_copy(update={"title": _said("Fresh")})
    for desk, headline in (
        (_desk("a").delete(0), None),
        (_desk("a").put(0, _said("Mine")).move(1, 1), "Mine"),
        (_desk("a"), "Fresh"),
    ):
        title = desk.planned_anew(fresh, Length(50)).summary.title
        assert (title and title.text) == headline


def test_a_wording_that_was_not_offered_is_refused() -> None:
    """Other wordings must have been asked for."""
    desk = _desk("a", "b").offer(1, [_said("x"), _said("b")])
    assert [s.text for s in desk.others or ()] == ["x"]
    assert _texts(desk.take(1, 0)) == ["x", "b"]
    with pytest.raises(BadInput, match="sentence 2 has no such wording"):
        desk.take(2, 0)


def test_other_wordings_are_of_the_same_claim() -> None:
    """A wording that rests on none of the sentence's own sources is not offered for it."""
    desk = _desk("aa", "b").offer(1, [_said("same", 2), _said("another", 40)])
    assert [s.text for s in desk.others or ()] == ["same"]


# --- in a browser --------------------------------------------------------------------------------


class Remembering(Summarizer):
    """Reads a story and tells it at a length once: every test here begins with the same one."""

    def __init__(self) -> None:
        super().__init__(HashEncoder(), trimming(), OverlapJudge())
        self._read: dict[str, Prepared] = {}
        self._told: dict[tuple[Any, ...], list[Summary]] = {}

    def prepare(self, articles: Articles, **asked: Any) -> Prepared:
        """The first time as every summariser does."""
        story = story_of(articles)
        if (known := story.model_dump_json()) not in self._read:
            self._read[known] = super().prepare(story, **asked)
        return self._read[known]

    def watch(self, articles: Articles | Prepared, **asked: Any) -> Iterator[Summary]:
        """The same summaries as the first time; the page prepares what is told."""
        assert isinstance(articles, Prepared)
        length = (articles, asked.get("words"), asked.get("sentences"))
        if length not in self._told:
            self._told[length] = list(super().watch(articles, **asked))
        yield from self._told[length]


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with serving({"stand-in": Remembering}, split=None) as address:
        yield address


@pytest.fixture
def page(chromium: Any, url: str, story: Story) -> Iterator[Any]:
    """The bundled story, summarised."""
    with opened(chromium, url) as page:
        page.get_by_role("button", name="Example: ferry").click()
        page.wait_for_function("document.querySelectorAll('fieldset.box .text')[2]?.value")
        page.get_by_role("button", name="Summarise").click()
        page.locator(".account .tally").wait_for()
        yield page


def _told(page: Any) -> list[str]:
    return list(page.locator(".sentence .claim").all_inner_texts())


def _use(page: Any, n: int, op: str) -> None:
    if op != "change":  # an editor opens at any time
        settled(page)
    page.locator(f"#c{n}").click()
    page.locator(f"[data-n='{n}'] .tools [data-op='{op}']").click()


def _write(page: Any, n: int, text: str) -> None:
    _use(page, n, "change")
    page.locator(".editor textarea").fill(text)
    page.get_by_role("button", name="Save and check").click()
    page.locator("#status", has_text="Changed").wait_for()


def _taken(page: Any, form: str, tmp_path: Path) -> str:
    with page.expect_download() as waiting:
        page.locator("#take").get_by_role("button", name=form).click()
    waiting.value.save_as(tmp_path / form)
    return (tmp_path / form).read_text(encoding="utf-8")


@pytest.mark.page
def test_an_invented_sentence_is_marked_here_and_in_all_that_is_taken_away(
    page: Any, tmp_path: Path
) -> None:
    """A sentence that its sources do not carry says so in plain words, wherever it goes."""
    _write(page, 2, "Quokkas juggled 9,417 lemons.")
    said = page.locator("[data-n='2'] .uncarried").inner_text()
    assert said.startswith("Not carried by its sources: a name, a number")
    assert page.locator("#status").inner_text() == "Changed and checked: not carried."
    assert page.locator("[data-n='2'] .made").inner_text() == "checked: not carried"
    assert "independent" not in page.locator("[data-n='2']").inner_text()
    assert page.locator("[data-n='2'] .rests").count() == 0
    assert page.locator(".doubt").is_visible()
    for form in ("Markdown", "HTML", "Text"):
        taken = _taken(page, form, tmp_path)
        assert "Quokkas" in taken
        assert "not carried by its sources" in taken
    problems = json.loads(_taken(page, "JSON", tmp_path))["sentences"][1]["problems"]
    assert "number" in problems


@pytest.mark.page
def test_a_changed_sentence_is_cited_again(page: Any) -> None:
    """What a reader writes lights the source sentences that say it, and no warning is shown."""
    source = page.locator("#panes .s:not(.cited)", has_text="breakwater").first
    id_, text = source.get_attribute("id"), source.inner_text()
    _write(page, 2, text)
    assert page.locator("[data-n='2'] .uncarried").count() == 0
    assert id_ in lit(page, "#panes .s")
    assert "Changed by you · carried in full by" in page.locator("[data-n='2'] .how").inner_text()
    assert "checked: carried by" in page.locator("[data-n='2'] .made").inner_text()


@pytest.mark.page
def test_a_change_can_be_left(page: Any) -> None:
    """Escape in the editor leaves the sentence as it was."""
    before = _told(page)
    _use(page, 1, "change")
    page.locator(".editor textarea").fill("Something else.")
    page.keyboard.press("Escape")
    assert page.locator(".editor").count() == 0
    assert _told(page) == before


@pytest.mark.page
def test_escape_leaves_the_focus_on_the_sentence(page: Any) -> None:
    """From a sentence or one of its tools: what was shown goes, and the keyboard stays there."""
    page.locator("#c2").click()
    page.locator("[data-n='2'] .tools [data-op='lock']").focus()
    page.keyboard.press("Escape")
    assert page.locator("#panes .s.lit").count() == 0
    assert page.evaluate("document.activeElement.id") == "c2"
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.id") == "c3"


@pytest.mark.page
def test_sentences_are_moved_and_deleted(page: Any) -> None:
    """Move and delete do to the text what they say, by mouse and by keyboard."""
    before = _told(page)
    _use(page, 1, "down")
    page.locator("#c2[aria-pressed='true']").wait_for()
    assert _told(page)[:2] == [before[1], before[0]]
    settled(page)
    page.keyboard.press("Shift+Tab")
    page.locator("[data-n='2'] [data-op='up']").focus()
    page.keyboard.press("Enter")
    page.locator("#c1[aria-pressed='true']").wait_for()
    assert _told(page) == before
    _use(page, 1, "delete")
    page.locator("#status", has_text="Deleted.").wait_for()
    assert _told(page) == before[1:]


@pytest.mark.page
def test_nothing_stays_lit_for_a_sentence_that_is_gone(page: Any) -> None:
    """The light goes with what it belongs to, and stays with a sentence that stays."""
    _use(page, 1, "delete")
    page.wait_for_function("!document.querySelector('#panes .s.lit')")
    page.locator(".sentence .claim").first.click()
    _use(page, 1, "lock")
    page.locator(".sentence.locked").wait_for()
    before = lit(page, "#panes .s")
    assert before
    page.locator("#length-number").fill("400")
    page.locator("#status", has_text="Planned anew").wait_for()
    page.locator(".sentence.locked .claim.lit").wait_for()
    assert lit(page, "#panes .s") == before


@pytest.mark.page
def test_another_length_keeps_what_the_reader_changed_and_deleted(page: Any) -> None:
    """The slider throws away no work of the reader's, and says that it did not."""
    before = _told(page)
    _write(page, 2, "Quokkas juggled 9,417 lemons.")
    _use(page, 1, "delete")
    page.locator("#status", has_text="Deleted.").wait_for()
    page.locator("#length-number").fill("400")
    page.locator("#status", has_text="what you changed, locked or deleted stays so").wait_for()
    longer = _told(page)
    assert len(longer) > len(before)
    assert longer[0] == "Quokkas juggled 9,417 lemons."
    assert before[0] not in longer


@pytest.mark.page
def test_another_wording_takes_a_sentence_place(page: Any) -> None:
    """Other wordings are offered with their sources, and one can be used."""
    page.locator("#length-number").fill("500")
    page.locator("#status", has_text="Planned anew").wait_for()
    for n in range(1, len(_told(page)) + 1):
        _use(page, n, "others")
        page.locator(f"[data-n='{n}'] .others").wait_for()
        if page.locator(".others .other").count():
            break
    other = page.locator(".others .other").first.inner_text()
    assert page.locator(".others .mark").count() >= 1
    page.locator(".others [data-op='take']").first.click()
    page.locator("#status", has_text="stands in its place").wait_for()
    assert _told(page)[n - 1] == other


@pytest.mark.page
def test_the_length_plans_anew_and_keeps_what_is_locked(page: Any) -> None:
    """Another length gives another text without reading again; a locked sentence stays."""
    before = _told(page)
    _use(page, 2, "lock")
    page.locator(".sentence.locked").wait_for()
    panes = page.locator("#panes .panes").element_handle()
    page.locator("#length-number").fill("400")
    page.locator("#status", has_text="Planned anew").wait_for()
    longer = _told(page)
    assert len(longer) > len(before)
    assert longer[1] == before[1]
    assert panes.evaluate("(e) => e.isConnected")
    page.locator("#length-number").fill("9")
    alert = page.get_by_role("alert")
    alert.filter(has_text="words is 9; a summary can have 10 to 5000 words").wait_for()
    assert _told(page) == longer


@pytest.mark.page
def test_while_a_wording_is_checked_it_stands_alone(chromium: Any) -> None:
    """The new words stand there, being checked: no mark and no word of the old ones' sources.

    Where they are not checked after all, the sentence is there again as it was.
    """
    gate = Event()

    class Slow(Quoting):
        def revise(self, text: str, prepared: Story, *, instead_of: CitedSentence) -> CitedSentence:
            assert gate.wait(20)
            gate.clear()
            return super().revise(text, prepared, instead_of=instead_of)

    def write(page: Any, text: str) -> None:
        _use(page, 1, "change")
        page.locator(".editor textarea").fill(text)
        page.get_by_role("button", name="Save and check").click()
        page.locator(".sentence.checking").wait_for()

    with serving({"slow": Slow}) as address, opened(chromium, address) as page:
        summarise(page, "A ferry hit the pier. Two were hurt.", "A boat hit the pier. All lived.")
        state, marks = page.locator("[data-n='1'] .claim"), page.locator("[data-n='1'] .marks")
        before = (state.inner_text(), marks.inner_text())
        write(page, "Nobody drowned.")
        assert state.inner_text() == "Nobody drowned."
        assert page.locator("[data-n='1'] :is(.how, .marks)").locator("visible=true").count() == 0
        page.get_by_role("button", name="Cancel").click()
        page.locator("#status", has_text="Cancelled.").wait_for()
        page.locator(".checking").wait_for(state="detached")
        assert page.locator(".editor textarea").input_value() == "Nobody drowned."
        page.keyboard.press("Escape")
        assert (state.inner_text(), marks.inner_text()) == before
        assert page.locator("[data-n='1'] .how").is_visible()
        gate.set()  # the job that was cancelled ends
        page.wait_for_timeout(300)
        gate.clear()
        write(page, "Nobody at all drowned.")
        gate.set()
        page.locator("#status", has_text="checked: not carried").wait_for()
        page.locator(".checking").wait_for(state="detached")
        assert state.inner_text() == "Nobody at all drowned."
        assert page.locator("[data-n='1'] .how").is_visible()


@pytest.mark.page
def test_another_length_of_what_a_model_wrote_waits_for_summarise(chromium: Any) -> None:
    """It takes minutes: the length alone starts nothing and is said; Summarise plans anew."""
    writer = Quoting()
    models = {"default": lambda: writer}
    with serving(models) as address, opened(chromium, address) as page:
        summarise(page, "A ferry hit the pier. Two were hurt.", "A boat hit the pier. All lived.")
        settled(page)
        page.locator("#length-number").fill("100")
        page.keyboard.press("Tab")
        page.locator("#status", has_text="Made for 150 words. Press Summarise for 100").wait_for()
        page.locator("#length-number").fill("150")
        page.locator("#status", has_text="Done in").wait_for()
        page.locator("#length-number").fill("100")
        page.locator("#status", has_text="Press Summarise for 100 words.").wait_for()
        page.wait_for_timeout(700)
        assert (writer.runs, len(writer.stories)) == (1, 1)
        page.get_by_role("button", name="Summarise").click()
        page.locator("#status", has_text="Planned anew").wait_for()
        assert (writer.runs, len(writer.stories)) == (2, 1)


@pytest.mark.page
def test_a_wording_stands_unchecked_where_the_server_is_gone(chromium: Any) -> None:
    """The text can still be taken away, and says so of the wording, which has no source's mark."""
    gate = Event()

    class Stuck(Quoting):
        def revise(self, text: str, prepared: Story, *, instead_of: CitedSentence) -> CitedSentence:
            gate.wait(20)
            return super().revise(text, prepared, instead_of=instead_of)

    held = chromium.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = held.new_page()
    with serving({"extract": Stuck}) as address:
        page.goto(address)
        summarise(page, "A ferry hit the pier. Two were hurt.", "A boat hit the pier. All lived.")
        settled(page)
        _use(page, 1, "change")
        page.locator(".editor textarea").fill("Nobody drowned & all lived.")
        page.get_by_role("button", name="Save and check").click()
        page.locator(".sentence.checking").wait_for()
        assert page.get_by_role("button", name="Copy").is_disabled()
        page.route("**/*", lambda route: route.abort())  # as where the server was stopped
        page.locator("#status", has_text="does not answer").wait_for()
        page.locator("[data-n='1'].unchecked .claim", has_text="Nobody drowned").wait_for()
        page.get_by_role("button", name="Copy").click()
        page.locator("#status", has_text="Copied").wait_for()
        page.wait_for_function("async () => await navigator.clipboard.readText() !== ''")
        copied = page.evaluate("navigator.clipboard.readText()")
        assert copied.startswith(
            "A ferry hit the pier. [1][2]\n\n"
            "Nobody drowned & all lived. (your own words, not checked) All lived. [1][2]"
        )
        with page.expect_download() as taken:
            page.get_by_role("button", name="JSON").click()
        summary = Summary.from_json(Path(taken.value.path()).read_text(encoding="utf-8"))
        assert summary.sentences[0].problems == ("unsupported",)
        gate.set()
        held.close()


class Slow(Quoting):
    """Checks a wording, and plans anew from the articles in turned order, when it is let."""

    def __init__(self) -> None:
        super().__init__()
        self.let = Semaphore(0)

    def revise(self, text: str, prepared: Story, *, instead_of: CitedSentence) -> CitedSentence:
        """Judge it as a double does; "?" is refused."""
        if text == "?":
            raise BadInput("this is no sentence")
        assert self.let.acquire(timeout=20)
        return super().revise(text, prepared, instead_of=instead_of)

    def watch(self, articles: Story, **asked: Any) -> Iterator[Summary]:
        """The first time as a double does."""
        if self.runs:
            assert self.let.acquire(timeout=20)
            turned = tuple(reversed(articles.articles))
            articles = articles.model_copy(update={"articles": turned})
        return super().watch(articles, **asked)


@pytest.fixture
def slow() -> Slow:
    return Slow()


@pytest.fixture
def slowly(chromium: Any, slow: Slow) -> Iterator[Any]:
    """A page with a summary of three sentences, by the summariser `slow`."""
    with serving({"slow": lambda: slow}) as address, opened(chromium, address) as page:
        summarise(
            page,
            "A ferry hit the pier. Two were hurt. The port was shut.",
            "A boat hit the pier. All lived. The harbour was closed.",
        )
        yield page
        slow.let.release(9)


def _save(page: Any, n: int, text: str) -> None:
    _use(page, n, "change")
    page.locator(f"[data-n='{n}'] .editor textarea").fill(text)
    page.get_by_role("button", name="Save and check").click()
    page.locator(f"[data-n='{n}'].checking .claim", has_text=text).wait_for()


def _cancel(page: Any) -> None:
    page.locator(".status.busy").wait_for()
    page.get_by_role("button", name="Cancel").click()


def _written(page: Any, n: int) -> str:
    return str(page.locator(f"[data-n='{n}'] .editor textarea").input_value())


@pytest.mark.page
def test_wordings_of_several_sentences_are_checked_one_after_the_other(
    slowly: Any, slow: Slow
) -> None:
    """None takes another's place: what is saved while one is checked waits for its turn."""
    for n in (1, 2, 3):
        _save(slowly, n, f"Wording {n}.")
    slowly.locator("#c1").click()
    assert slowly.locator("[data-n='1'] .tools").is_hidden()  # nor does one of the same sentence
    slow.let.release(3)
    slowly.locator(".checking").first.wait_for(state="detached")
    slowly.locator("[data-n='3'].doubtful").wait_for()
    assert _told(slowly) == ["Wording 1.", "Wording 2.", "Wording 3."]
    assert slowly.locator(".sentence.doubtful").count() == 3
    assert slowly.locator(".checking, .editor").count() == 0


@pytest.mark.page
def test_nothing_is_taken_away_before_a_wording_is_checked(
    slowly: Any, slow: Slow, tmp_path: Path
) -> None:
    """Until every saved wording is checked, the page says why; then it is in every file."""
    _save(slowly, 1, "Wording 1.")
    _save(slowly, 2, "Wording 2.")
    why = "getComputedStyle(document.querySelector('#take'), '::after').content"
    for _ in range(2):
        assert slowly.locator("#take button:enabled").count() == 0
        assert "being checked; then" in slowly.evaluate(why)
        slow.let.release()
        slowly.wait_for_timeout(500)
    for form in ("HTML", "Text", "JSON"):
        assert "Wording 2." in _taken(slowly, form, tmp_path)
    assert slowly.evaluate(why) == "none"


@pytest.mark.page
def test_no_unchecked_wording_stays_with_the_marks_of_the_old_one(slowly: Any) -> None:
    """Two sentences are being checked and both are cancelled: each is as it was, none lost."""
    before = _told(slowly)
    _save(slowly, 1, "Nobody drowned.")
    _save(slowly, 2, "Nobody was hurt.")
    _cancel(slowly)
    slowly.locator("[data-n='1'] .editor").wait_for()
    assert _written(slowly, 1) == "Nobody drowned."
    _cancel(slowly)
    slowly.locator("[data-n='2'] .editor").wait_for()
    assert _written(slowly, 2) == "Nobody was hurt."
    for n in (1, 2):
        slowly.locator(f"[data-n='{n}'] .editor textarea").press("Escape")
    assert _told(slowly) == before
    assert slowly.locator(".checking").count() == 0
    assert slowly.locator("[data-n='1'] .marks").is_visible()


@pytest.mark.page
def test_a_wording_that_was_refused_is_in_its_editor_again(slowly: Any) -> None:
    """Beside the reason; nothing has to be typed twice."""
    _use(slowly, 1, "change")
    slowly.locator(".editor textarea").fill("?")
    slowly.get_by_role("button", name="Save and check").click()
    slowly.get_by_role("alert").filter(has_text="this is no sentence").wait_for()
    slowly.locator("[data-n='1'] .editor").wait_for()
    assert _written(slowly, 1) == "?"


@pytest.mark.page
def test_a_wording_takes_no_other_sentence_s_place(slowly: Any, slow: Slow) -> None:
    """Its sentence has gone with another length: it is shown, and put nowhere."""
    slowly.locator("#length-number").fill("100")
    slowly.locator(".status.busy").wait_for()
    _save(slowly, 1, "Nobody drowned.")
    slow.let.release(2)
    slowly.locator("#status", has_text="no longer there: “Nobody drowned.”").wait_for()
    assert _told(slowly)[0] == "A boat hit the pier."
    assert slowly.locator(".checking, .editor, .doubtful").count() == 0


def test_the_words_that_are_not_carried_are_marked_themselves() -> None:
    """A false figure marks the figure, says what the sources have, and nothing else."""
    fault = Fault(
        start=0,
        end=6,
        problem="number",
        rule="numbers.missing",
        message="“Twenty” stands in no source; the sources have “12 <people>”.",
        instead="12 <people>",
    )
    citation = Citation(article="a1", field="text", start=0, end=4, text="Text", score=0.5)
    sentence = CitedSentence(
        text="Twenty people & a dog were hurt.",
        method="edited",
        support=0.1,
        independent_sources=1,
        citations=(citation,),
        problems=("number",),
        faults=(fault,),
    )
    summary = Summary(
        id="s", sentences=(sentence,), articles=(ArticleReport(id="a1", used=True, text="Text"),)
    )
    shown = account.finished(Desk(summary))
    assert '<mark class="fault">Twenty</mark> people &amp; a dog were hurt.' in shown
    assert "the sources have “12 &lt;people&gt;”" in shown
    assert "checked: not carried" in shown
    assert "carried in part: not in what is named above" in shown
    assert "independent source" not in shown


def _how(text: str, source: str, **given: Any) -> str:
    sentence = CitedSentence(
        text=text,
        method=given.pop("method", "trimmed"),
        support=0.9,
        independent_sources=1,
        citations=(
            Citation(article="a1", field="text", start=0, end=len(source), text=source, score=1.0),
        ),
    )
    report = ArticleReport(id="a1", outlet="Tern", used=True, text=source, **given)
    html = account.finished(Desk(Summary(id="s", sentences=(sentence,), articles=(report,))))
    return html.partition('<div class="how" dir="ltr"><p>')[2].partition("</p>")[0]


TUESDAY = "The ferry, which was built in Norrey, hit the pier on Tuesday."


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("The ferry hit the pier on Tuesday.", "Shortened · carried in full by Tern"),
        (
            "The Skerry Line ferry hit the pier on Tuesday.",
            "Shortened; “Skerry Line” was added · carried in full by Tern",
        ),
        (
            "The ferry hit the pier on 14 April.",
            "Shortened; “14 April” stands for “Tuesday”, worked out from the article&#x27;s date, "
            "16 April 2026 · carried in full by Tern",
        ),
    ],
)
def test_shortened_is_not_said_alone_where_a_word_was_added(text: str, says: str) -> None:
    """What the source has not is named, and a date that was worked out says from what."""
    assert _how(text, TUESDAY, published="2026-04-16") == says
