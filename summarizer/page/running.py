"""Jobs beside the page: one at a time, told as they go, stopped within a moment, never a traceback.

Knows threads and nothing of gradio or of summaries; what a job does is its caller's.
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from threading import Event, Lock, Timer
from typing import Generic, TypeVar

from summarizer.errors import SummarizerError

log = logging.getLogger(__name__)

POLL = 0.2
"""Seconds between looks at whether a job was stopped, or has moved up the line."""

T = TypeVar("T")
Say = Callable[[T], None]
"""Tells the follower something; raises Stopped where the job was stopped."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A job stands in line: how many are before it, the one under way included."""

    ahead: int


class Stopped(Exception):
    """The reader cancelled; raised inside a job to end it, and to who follows it."""

    def __init__(self) -> None:
        super().__init__("the run was stopped")


class Busy(SummarizerError):
    """The line is full."""


class TooLong(SummarizerError):
    """A job took longer than a job may."""


class Broken(Exception):
    """A job ended by a fault of ours. Its message is for the reader and quotes nothing."""

    def __init__(self) -> None:
        super().__init__(
            "something went wrong in the summariser; nothing was kept; "
            "try again or use fewer articles"
        )


class Runs(Generic[T]):
    """A line of jobs, one under way at a time, each of which its session can stop.

    longest: jobs that may wait beside the one under way. seconds: how long one may take.
    """

    def __init__(self, longest: int = 20, seconds: float = 1_800) -> None:
        self._longest, self._seconds = longest, seconds
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="summarizer-page")
        self._stops: dict[str, Event] = {}
        self._line: list[Event] = []
        self._lock = Lock()

    def stop(self, session: str) -> None:
        """Stop the session's job, if it has one: no further step of it begins."""
        with self._lock:
            stop = self._stops.get(session)
        if stop is not None:
            stop.set()

    def drop(self, session: str) -> None:
        """End the session's job without a word to who follows it, as its next job does."""
        with self._lock:
            stop = self._stops.pop(session, None)
        if stop is not None:
            stop.set()

    def follow(self, session: str, job: Callable[[Say[T]], None]) -> Iterator[Waiting | T]:
        """Yield what the job says as it comes, and first where it stands in line.

        A session's next job ends the one before without a word. Raises Stopped if the reader
        stopped it, Busy if the line is full, TooLong if it took too long, the SummarizerError
        that the job raised, or Broken for anything else, of which only the type and the lines of
        our own code are logged.
        """
        stop = Event()
        said: SimpleQueue[T] = SimpleQueue()

        def say(what: T) -> None:
            if stop.is_set():
                raise Stopped
            said.put(what)

        late = Timer(self._seconds, stop.set)
        late.daemon = True

        def run() -> None:
            if not stop.is_set():
                late.start()
                job(say)

        self._enter(session, stop)
        future = self._worker.submit(run)
        future.add_done_callback(lambda _: self._line.remove(stop))
        try:
            ahead = 0
            while not stop.is_set():
                over = future.done()  # asked before looking: nothing is said after it
                try:
                    yield said.get(timeout=0 if over else POLL)
                except Empty:
                    if over:
                        break
                    if ahead != (ahead := self._ahead(stop)):
                        yield Waiting(ahead)
            if not stop.is_set():
                _raise_what_it_raised(future)
            elif late.finished.is_set():
                raise TooLong(
                    f"this took more than {self._seconds / 60:g} minutes and was stopped; "
                    "use fewer articles, or the command line"
                )
            elif self._stops.get(session) is stop:
                raise Stopped
        finally:
            late.cancel()
            stop.set()
            future.cancel()  # does nothing to one that has begun: its next word ends it
            with self._lock:
                if self._stops.get(session) is stop:
                    del self._stops[session]

    def _enter(self, session: str, stop: Event) -> None:
        with self._lock:
            before = self._stops.get(session)
            if before is None and len(self._line) > self._longest:
                raise Busy(f"{len(self._line)} summaries are waiting; try again in a few minutes")
            if before is not None:
                before.set()
            self._stops[session] = stop
            self._line.append(stop)

    def _ahead(self, stop: Event) -> int:
        line = list(self._line)
        return line.index(stop) if stop in line else 0


def _raise_what_it_raised(future: Future[None]) -> None:
    error = future.exception()
    if error is None:
        return
    if isinstance(error, SummarizerError):
        raise error
    log.error("a job broke: %s at %s", type(error).__name__, ", ".join(_frames(error)))
    raise Broken


def _frames(error: BaseException) -> list[str]:
    """Module and line of our own frames, innermost last: neither paths nor what was said."""
    return [
        f"{module}:{line}"
        for frame, line in traceback.walk_tb(error.__traceback__)
        if (module := frame.f_globals.get("__name__", "")).split(".")[0] == "summarizer"
    ]
