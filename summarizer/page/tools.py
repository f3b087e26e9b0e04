"""Tools for an assistant by the Model Context Protocol: summarise, attribute, judge; guarded.

gradio serves them (`mcp_server`) where the owner asks for it, in the page's own line of jobs. What
may be sent is `intake`'s to say.
"""

from __future__ import annotations

import json
import logging
from base64 import b64decode
from binascii import Error as NotBase64
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from hmac import compare_digest
from importlib.metadata import PackageNotFoundError, version
from typing import Any, Protocol
from uuid import uuid4

import gradio as gr
from gradio.events import api

from summarizer.config import Config
from summarizer.errors import BadInput, BadOption, SummarizerError
from summarizer.page.intake import Length, length_of, sentence_of, story_of
from summarizer.page.jobs import Update, Watcher
from summarizer.page.running import Broken, Runs, Say, Stopped
from summarizer.schema import Attribution, Judgement, Story, Summary

log = logging.getLogger(__name__)

PATH = "/gradio_api/mcp"
"""Where gradio serves the tools."""

MAX_SENTENCES = 100
"""Sentences attributed at once."""

Work = Callable[[Say[Update]], str]
"""What a tool does when its turn has come, and its answer."""


class Assistant(Watcher, Protocol):
    """What the tools need of a summariser; `summarizer.Summarizer` is one."""

    @property
    def notices(self) -> tuple[str, ...]:
        """What whoever asks should know."""
        ...

    def attribute(self, sentences: Sequence[str], articles: Story) -> list[Attribution]:
        """For each sentence the source sentences that carry it."""
        ...

    def judge(self, sentence: str, sources: Sequence[str]) -> Judgement:
        """How well sources carry a sentence."""
        ...


class Refused(gr.Error):
    """A refusal that says its sentence, and no more, to whoever called."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence, print_exception=False)

    def __str__(self) -> str:
        return str(self.message)


class Tools:
    """The three tools; each answers with JSON in the forms that the command line has.

    summarizers: the names to what loads them; the last one summarises, and the first one, which
    needs no writer, does the rest. runs: the line that the page's own summaries stand in, too.
    """

    def __init__(
        self, summarizers: Mapping[str, Callable[[], Assistant]], runs: Runs[Update]
    ) -> None:
        self._reading, *_ = summarizers.values()
        *_, self._writing = summarizers.values()
        self._runs = runs

    def offer(self) -> None:
        """Make the tools endpoints of the page that is being composed.

        Without gradio's queue: through it gradio would call itself, as a client without the
        caller's password. The line is our own (`running`).
        """
        for tool in (self.summarise, self.attribute, self.judge):
            api(tool, api_name=tool.__name__, queue=False, concurrency_limit=None)

    # What an assistant is told of a tool is its docstring, an argument a line.

    def summarise(self, articles: list[dict[str, Any]], words: int = Config().words) -> str:
        """Fuse news articles on one event into a neutral summary, each sentence with its sources.

        The answer is JSON: "sentences" (each with "text" and the "citations" that carry it),
        "disagreements" between the sources, what became of each of the "articles", "warnings".
        Nothing in it comes from anywhere but the articles that were given.

        Args:
            articles: Objects with "text" and, where known, "title", "outlet", "url", "published".
            words: About how long the summary is to be, in words.
        """
        return self._done(lambda: partial(self._summary, story_of(articles), length_of(words)))

    def attribute(self, sentences: list[str], articles: list[dict[str, Any]]) -> str:
        """Find, for sentences that someone wrote, the sentences of news articles that carry them.

        The answer is JSON: "sentences", in order, each with "support" from 0 to 1, the
        "citations" that carry it, "problems" where they do not, and "faults": the words that are
        not carried and what the sources say instead.

        Args:
            sentences: The sentences to find sources for.
            articles: Objects with "text" and, where known, "title", "outlet", "url", "published".
        """
        return self._done(
            lambda: partial(self._attributions, _sentences(sentences), story_of(articles))
        )

    def judge(self, sentence: str, sources: list[str]) -> str:
        """Say whether source texts carry a sentence: its figures, names, dates, speakers, sense.

        The answer is JSON: "supported" (true or false), "support" from 0 to 1, "problems" by
        name, and "faults": the words that are not carried and what the sources say instead.

        Args:
            sentence: The sentence to judge.
            sources: The texts to judge it by, each a sentence or a whole article.
        """
        return self._done(
            lambda: partial(self._judgement, sentence_of(sentence), story_of(sources))
        )

    def _summary(self, story: Story, length: Length, say: Say[Update]) -> str:
        def progress(*_: object) -> None:
            say(Update())  # raises where nobody waits for it any more

        summarizer = self._writing()
        prepared = summarizer.prepare(story, progress=progress)
        *_, whole = summarizer.watch(
            prepared, words=length.words, sentences=length.sentences, progress=progress
        )
        return _told(whole)

    def _attributions(self, sentences: Sequence[str], story: Story, _: Say[Update]) -> str:
        summarizer = self._reading()
        found = [_fields(a) for a in summarizer.attribute(sentences, story)]
        return _json({"sentences": found}, summarizer.notices)

    def _judgement(self, sentence: str, sources: Story, _: Say[Update]) -> str:
        summarizer = self._reading()
        found = summarizer.judge(sentence, [a.text for a in sources.articles])
        return _json(_fields(found), summarizer.notices)

    def _done(self, ready: Callable[[], Work]) -> str:
        """What the work gives in its turn; what was sent is checked at once. Raises Refused."""
        answer: list[str] = []
        try:
            work = ready()
            for _ in self._runs.follow(uuid4().hex, lambda say: answer.append(work(say))):
                pass
        except (SummarizerError, Broken, Stopped) as error:
            log.info("refused: %s", type(error).__name__)
            raise Refused(str(error)) from None
        [made] = answer
        return made


def _sentences(sent: object) -> list[str]:
    if not isinstance(sent, list) or not sent:
        raise BadInput("sentences must be a list of texts, at least one")
    if len(sent) > MAX_SENTENCES:
        raise BadInput(
            f"{len(sent)} sentences are more than the {MAX_SENTENCES} that are attributed at once; "
            "send them in parts"
        )
    return [sentence_of(one) for one in sent]


def _fields(made: Attribution | Judgement) -> dict[str, Any]:
    return made.model_dump(mode="json", exclude_none=True)


def _told(summary: Summary) -> str:
    """A summary for an assistant, which has the articles, and shall repeat no refused draft."""
    return summary.model_dump_json(
        exclude={"dropped": True, "coverage": True, "articles": {"__all__": {"text", "masked"}}},
        exclude_none=True,
    )


def _json(fields: dict[str, Any], notices: Sequence[str]) -> str:
    return json.dumps(fields | ({"warnings": notices} if notices else {}), ensure_ascii=False)


def check_installed() -> None:
    """Raises BadOption where what gradio serves tools with is not there, or is one it cannot use.

    gradio would print that, and serve the page without tools.
    """
    try:
        found = version("mcp")
    except PackageNotFoundError:
        found = "not installed"
    if not found.startswith("1."):
        raise BadOption(f"--mcp needs the package mcp 1.x ({found}); pip install 'summarizer[mcp]'")


class ToolsGuard:
    """ASGI middleware: who may call the tools. gradio asks nobody for a password there.

    readers: (name, password) of those who may, by HTTP's Basic scheme; None for all who reach the
    page. A call from a web page, which carries an Origin, is refused whatever page it is: a site
    that its reader happens to visit must not reach the tools of the reader's machine.
    """

    def __init__(self, app: Any, readers: Sequence[tuple[str, str]] | None) -> None:
        self.app, self._readers = app, readers

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Refuse who may not, and pass on everything else."""
        headers = dict(scope.get("headers", ()))
        if PATH not in scope.get("path", ""):
            await self.app(scope, receive, send)
        elif b"origin" in headers:
            await _refuse(send, 403, b"the tools are not for web pages")
        elif self._readers is not None and not self._knows(headers.get(b"authorization", b"")):
            await _refuse(send, 401, b"give a name and password by HTTP Basic authentication")
        else:
            await self.app(scope, receive, send)

    def _knows(self, authorization: bytes) -> bool:
        scheme, _, given = authorization.partition(b" ")
        try:
            said = b64decode(given.strip(), validate=True)
        except NotBase64:
            return False
        # Each is compared whole, so that the time it takes tells nothing.
        known = [compare_digest(said, f"{n}:{p}".encode()) for n, p in self._readers or ()]
        return scheme.lower() == b"basic" and any(known)


async def _refuse(send: Any, status: int, why: bytes) -> None:
    headers = [(b"content-type", b"text/plain")]
    if status == 401:
        headers.append((b"www-authenticate", b'Basic realm="summarizer"'))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": why})
