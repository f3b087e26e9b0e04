"""One run of the summariser beside the page: told as it goes, stopped within a moment.

Knows threads and nothing of gradio; what a run says is made html elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from queue import Empty, SimpleQueue
from threading import Event, Lock
from typing import Protocol

from summarizer.story import Story, Summary

POLL = 0.2
"""Seconds between looks at whether a run was stopped."""


class Watcher(Protocol):
    """What the page needs of a summariser; `summarizer.Summarizer` is one."""

    def watch(
        self,
        articles: Story,
        *,
        words: int | None = None,
        progress: Callable[[str, int, int], None] | None = None,
    ) -> Iterator[Summary]:
        """Yield a growing summary; the last one is complete."""
        ...


@dataclass(frozen=True, slots=True)
class Stage:
    """Where a run is: the stage's name, and how many of how many are done."""

    name: str
    done: int
    total: int


class Stopped(Exception):
    """The reader cancelled; raised inside the run to end it."""


class Runs:
    """Runs, one at a time, each of which its session can stop.

    summarizers: the model's name to what loads it; each is loaded once, when first asked for.
    """

    def __init__(self, summarizers: Mapping[str, Callable[[], Watcher]]) -> None:
        self.names = tuple(summarizers)
        self._load = cache(lambda name: summarizers[name]())
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="summarizer-page")
        self._stops: dict[str, Event] = {}
        self._lock = Lock()

    def stop(self, session: str) -> None:
        """Stop the session's run, if it has one: no further stage of it begins."""
        with self._lock:
            stop = self._stops.get(session)
        if stop is not None:
            stop.set()

    def follow(
        self, session: str, model: str, story: Story, words: int
    ) -> Iterator[Stage | Summary]:
        """Yield stages and growing summaries as they come; ends early if the run is stopped.

        Raises what the summariser raised, in this thread.
        """
        stop = Event()
        with self._lock:
            if (before := self._stops.get(session)) is not None:
                before.set()
            self._stops[session] = stop
        said: SimpleQueue[Stage | Summary] = SimpleQueue()

        def say(name: str, done: int, total: int) -> None:
            if stop.is_set():
                raise Stopped
            said.put(Stage(name, done, total))

        def run() -> None:
            say("waiting for the model", 0, 1)
            summarizer = self._load(model)
            for summary in summarizer.watch(story, words=words, progress=say):
                if stop.is_set():
                    raise Stopped
                said.put(summary)

        future = self._worker.submit(run)
        try:
            while not stop.is_set():
                over = future.done()  # asked before looking: nothing is said after it
                try:
                    yield said.get(timeout=0 if over else POLL)
                except Empty:
                    if over:
                        break
            if not stop.is_set():
                future.result()
        finally:
            stop.set()
            with self._lock:
                if self._stops.get(session) is stop:
                    del self._stops[session]
