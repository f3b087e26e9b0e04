"""Chat models as composers: what they are asked, whichever engine answers.

The words of a request are prompt.py's; an engine only answers requests.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import CancelledError, ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, replace
from queue import SimpleQueue
from threading import Event

from summarizer.backends import Commission, Correction, PartialText
from summarizer.backends.prompt import (
    Message,
    composed_room,
    composition,
    corrected_room,
    correction,
    unthought,
)


@dataclass(frozen=True, slots=True)
class Request:
    """A chat up to where the model answers.

    new: tokens of the answer, at most. seed: of an engine that breaks ties by chance; all decode
    greedily.
    """

    turns: tuple[Message, ...]
    new: int
    seed: int


OnText = Callable[[str, float], None]
"""Called with an answer as far as it is written and the share of the prompt read, in [0, 1].

It may raise CancelledError, and the engine then stops in the middle of the answer. An engine that
is waited for calls it again with what it said before.
"""

Answer = Callable[[Request, OnText], str]


@dataclass(frozen=True, slots=True)
class Chat(ABC):
    """A chat model; each engine says how it answers."""

    name: str

    @abstractmethod
    def answer(self, request: Request, on_text: OnText | None = None) -> str:
        """Return what the model says to a request, and let `on_text`, if any, follow it.

        Raises ModelFailed where the engine cannot answer: the request does not fit, for one.
        """

    def among(self, requests: int) -> tuple[Answer, int]:
        """How each of so many requests is answered, and how many of them at once."""
        return self.answer, 1

    def answers(self, requests: Sequence[Request]) -> list[str]:
        """Return what the model says to each request. Ctrl-C stops it within an answer."""
        texts = [""] * len(requests)
        answer, at_once = self.among(len(requests))
        with closing(streamed(answer, requests, at_once)) as all_:
            for found in all_:
                texts[found.place] = found.text
        return texts

    def composing(self, commissions: Sequence[Commission]) -> Generator[PartialText, None, None]:
        """Yield the texts as they grow."""
        answer, at_once = self.among(len(commissions))
        with closing(streamed(answer, list(map(request_of, commissions)), at_once)) as all_:
            for found in all_:
                yield replace(found, text=unthought(found.text))

    def correct(self, corrections: Sequence[Correction]) -> list[str]:
        """Return each sentence in other words."""
        return [unthought(text) for text in self.answers(list(map(request_of, corrections)))]


def streamed(
    answer: Answer, requests: Sequence[Request], at_once: int
) -> Generator[PartialText, None, None]:
    """Yield the answers while they are written in threads of their own, `at_once` together.

    Raises what `answer` raises. When it is closed, no further request begins, and those under way
    end where they next say something.
    """
    came: SimpleQueue[PartialText | int] = SimpleQueue()
    closed = Event()

    def one(place: int) -> None:
        def on_text(text: str, read: float) -> None:
            if closed.is_set():
                raise CancelledError
            came.put(PartialText(place, text, read))

        try:
            on_text(answer(requests[place], on_text), 1.0)
        finally:
            came.put(place)

    with ThreadPoolExecutor(max_workers=at_once) as pool:
        under_way = [pool.submit(one, place) for place in range(len(requests))]
        try:
            for _ in requests:
                while isinstance(found := came.get(), PartialText):
                    yield found
                under_way[found].result()
        finally:
            closed.set()
            pool.shutdown(cancel_futures=True)


def request_of(asked: Commission | Correction) -> Request:
    """What a chat model is asked for a whole text, or for a sentence once more."""
    if isinstance(asked, Commission):
        return Request(tuple(composition(asked)), composed_room(asked), asked.seed)
    return Request(tuple(correction(asked)), corrected_room(asked), asked.seed)
