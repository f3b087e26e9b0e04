"""Runs beside the page: their line, how they are stopped, and that a fault of ours stays ours.

What a run shows is in test_page.py and, in a browser, in test_page_browser.py.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from threading import Event, Thread
from typing import Any

import page_double as double
import pytest

from summarizer.errors import BadInput
from summarizer.outputs.render import FORMATS
from summarizer.page import fragments
from summarizer.page.intake import Length
from summarizer.page.jobs import Jobs, Update
from summarizer.page.running import Broken, Busy, Runs, Say, Stopped, TooLong, Waiting
from summarizer.schema import Article, Story

FERRY = "A ferry hit the pier. Twelve people were hurt.\nThe port closed."
LENGTH = Length(150)
STORY = Story(articles=(Article(text=FERRY),))


def _jobs(**summarizers: Any) -> Jobs:
    return Jobs(summarizers or {"extract": double.Quoting}, double.split)


def _updates(said: Iterator[Any]) -> list[Update]:
    return [s for s in said if isinstance(s, Update)]


# --- a run ---------------------------------------------------------------------------------------


def test_a_run_tells_its_stages_and_ends_with_the_whole() -> None:
    """A run tells its stages, grows, and ends with the complete summary and its files."""
    runs: Runs[Update] = Runs()
    said = _updates(runs.follow("s", _jobs().summarise("s", STORY, LENGTH, "extract")))
    stages = [u.status for u in said if u.status]
    assert "Loading the model" in stages[0]
    assert any("Reading" in s for s in stages)
    grown = [u.account.count('class="sentence"') for u in said if u.account]
    assert grown == sorted(grown)
    assert [u.summary is not None for u in said] == [False] * (len(said) - 1) + [True]
    assert said[-1].taken
    assert set(said[-1].taken) >= {*FORMATS, "plain", "rich"}


def test_the_sources_are_sent_once() -> None:
    """The articles go to the browser with the first sentence, and not again unless they changed."""
    runs: Runs[Update] = Runs()
    said = _updates(runs.follow("s", _jobs().summarise("s", STORY, LENGTH, "extract")))
    assert len([u for u in said if u.panes is not None]) == 1


def test_a_model_is_loaded_once() -> None:
    """A model is loaded when it is first asked for, and only then."""
    loaded: list[str] = []

    def load() -> double.Quoting:
        loaded.append("once")
        return double.Quoting()

    runs: Runs[Update] = Runs()
    jobs = _jobs(extract=load)
    assert loaded == []
    for _ in range(2):
        assert _updates(runs.follow("s", jobs.summarise("s", STORY, LENGTH, "extract")))
    assert loaded == ["once"]


# --- stopping ------------------------------------------------------------------------------------


def test_a_stopped_run_ends_and_the_next_one_begins() -> None:
    """Cancel ends a run between sentences, and the one worker is free for the next."""
    waiting = double.Quoting(gate=Event())
    jobs = _jobs(slow=lambda: waiting, fast=double.Quoting)
    runs: Runs[Update] = Runs()
    follow = runs.follow("s", jobs.summarise("s", STORY, LENGTH, "slow"))
    assert isinstance(next(follow), Update)
    runs.stop("s")
    seen: list[Update] = []
    with pytest.raises(Stopped, match="the run was stopped"):
        seen.extend(u for u in follow if isinstance(u, Update))
    assert not [u for u in seen if u.summary]
    after = _updates(runs.follow("s", jobs.summarise("s", STORY, LENGTH, "fast")))
    assert after[-1].summary


def test_a_sessions_next_run_ends_the_one_before_without_a_word() -> None:
    """Who asks anew hears only of the new run."""
    runs: Runs[str] = Runs()
    before = runs.follow("s", _Blocking())
    assert next(before) == "still"
    assert list(runs.follow("s", lambda say: say("mine")))[-1] == "mine"
    assert set(before) <= {"still"}


def test_a_run_that_is_dropped_ends_without_a_word() -> None:
    """Where something else takes a run's place, who follows it hears no more, not that it ended."""
    runs: Runs[str] = Runs()
    before = runs.follow("s", _Blocking())
    assert next(before) == "still"
    runs.drop("s")
    assert set(before) <= {"still"}
    assert list(runs.follow("s", lambda say: say("mine"))) == ["mine"]


def _updates_until_written(follow: Iterator[Any], gate: Event) -> Iterator[Update]:
    """Updates up to the first sentence; the gate is opened when it is this run that waits there."""
    for update in (u for u in follow if isinstance(u, Update)):
        if "Verifying" in (update.status or ""):
            gate.set()
        yield update
        if update.account:
            return


def test_a_stopped_run_gives_back_what_was_held() -> None:
    """After a stop a session holds what it held before the run, however often that happens."""
    gate = Event()
    jobs = _jobs(slow=lambda: double.Quoting(gate), fast=double.Quoting)
    runs: Runs[Update] = Runs()
    *_, whole = _updates(runs.follow("s", jobs.summarise("s", STORY, LENGTH, "fast")))
    for _ in range(2):
        follow = runs.follow("s", jobs.summarise("s", STORY, LENGTH, "slow"))
        for update in _updates_until_written(follow, gate):
            assert update.summary is None
        runs.stop("s")
        with pytest.raises(Stopped, match="the run was stopped"):
            list(follow)
        back = jobs.stopped("s")
        assert back.summary == whole.summary
        assert back.taken == whole.taken


def test_a_run_that_takes_too_long_is_stopped() -> None:
    """A run has its time, after which it ends with a sentence and the next one begins."""
    runs: Runs[str] = Runs(seconds=0.3)
    with pytest.raises(TooLong, match=r"this took more than 0\.005 minutes and was stopped; use"):
        list(runs.follow("s", _Blocking()))
    assert list(runs.follow("s", lambda say: say("mine"))) == ["mine"]


# --- the line ------------------------------------------------------------------------------------


class _Blocking:
    """A job that begins, and ends when it is let go or stopped."""

    def __init__(self) -> None:
        self.begun, self.let_go = Event(), Event()

    def __call__(self, say: Say[str]) -> None:
        self.begun.set()
        while not self.let_go.wait(0.02):
            say("still")
        say("done")


def _in_line(runs: Runs[str]) -> tuple[_Blocking, Thread]:
    first = _Blocking()
    thread = Thread(target=lambda: list(runs.follow("first", first)))
    thread.start()
    assert first.begun.wait(5)
    return first, thread


def test_who_waits_is_told_where_in_line() -> None:
    """A second run waits for the first and is told so; when that ends it begins."""
    runs: Runs[str] = Runs()
    first, thread = _in_line(runs)
    second = runs.follow("second", lambda say: say("mine"))
    assert next(second) == Waiting(1)
    first.let_go.set()
    thread.join(5)
    assert [s for s in second if isinstance(s, str)] == ["mine"]


def test_a_run_is_cancelled_while_it_waits() -> None:
    """One who cancels in line never begins, and leaves the line."""
    runs: Runs[str] = Runs()
    first, thread = _in_line(runs)
    begun: list[str] = []
    second = runs.follow("second", lambda say: begun.append("second"))
    assert next(second) == Waiting(1)
    runs.stop("second")
    with pytest.raises(Stopped, match="the run was stopped"):
        list(second)
    third = runs.follow("third", lambda say: say("mine"))
    assert next(third) == Waiting(1)
    first.let_go.set()
    thread.join(5)
    assert "mine" in list(third)
    assert begun == []


def test_a_full_line_is_refused() -> None:
    """Who comes when the line is full is told to come again, at once."""
    runs: Runs[str] = Runs(longest=1)
    first, thread = _in_line(runs)
    second = runs.follow("second", lambda say: say("mine"))
    assert next(second) == Waiting(1)
    with pytest.raises(Busy, match="2 summaries are waiting; try again in a few minutes"):
        next(runs.follow("third", lambda say: say("no")))
    first.let_go.set()
    thread.join(5)
    assert list(second)[-1] == "mine"


@pytest.mark.parametrize(
    ("ahead", "says"),
    [
        (0, "Loading the model"),
        (1, "One summary is being made; yours is next."),
        (3, "3 summaries are before yours."),
    ],
)
def test_the_place_in_line_is_said_in_words(ahead: int, says: str) -> None:
    """The status line says how many are before."""
    assert says in fragments.waiting(Waiting(ahead))


# --- faults --------------------------------------------------------------------------------------


def test_what_the_summariser_refuses_is_raised_in_its_words() -> None:
    """An error that the reader can mend comes through as it is."""

    def refuse(say: Say[str]) -> None:
        raise BadInput("no article has any text; paste at least one")

    runs: Runs[str] = Runs()
    with pytest.raises(BadInput, match="no article has any text"):
        list(runs.follow("s", refuse))


class _Breaking(double.Quoting):
    """Breaks as a bug of ours would, quoting what it read."""

    def prepare(self, articles: Story, **options: Any) -> Story:
        raise ValueError(f"cannot parse {articles.articles[0].text!r}")


def test_a_fault_of_ours_quotes_nothing(caplog: pytest.LogCaptureFixture) -> None:
    """Of an unexpected error the reader sees one sentence, and the log its type and our lines."""
    runs: Runs[Update] = Runs()
    jobs = _jobs(broken=_Breaking, extract=double.Quoting)
    with (
        caplog.at_level(logging.DEBUG),
        pytest.raises(
            Broken, match="something went wrong in the summariser; nothing was kept"
        ) as caught,
    ):
        list(runs.follow("s", jobs.summarise("s", STORY, LENGTH, "broken")))
    assert caught.value.__context__ is None
    [record] = caplog.records
    assert "ValueError" in record.getMessage()
    assert "summarizer.page.jobs:" in record.getMessage()
    assert record.exc_info is None
    assert "ferry" not in caplog.text
    assert "/" not in record.getMessage()
    assert _updates(runs.follow("s", jobs.summarise("s", STORY, LENGTH, "extract")))[-1].summary
