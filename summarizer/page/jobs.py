"""What the page's runs do: from what was sent to pieces of the page, by a summariser.

Holds what each session reads, in memory alone and no longer than the page is open. Knows nothing
of gradio or threads: a job is a function that says Updates.
"""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from time import perf_counter
from typing import Any, Protocol, TypeVar

from summarizer import inputs
from summarizer.errors import BadInput
from summarizer.outputs import render
from summarizer.page import account, fragments
from summarizer.page.editing import Desk
from summarizer.page.fragments import Stage
from summarizer.page.intake import Dropped, Edit, Length
from summarizer.page.panes import Split, sources
from summarizer.page.remarks import notes
from summarizer.page.running import Say
from summarizer.page.saved import story_of
from summarizer.schema import Article, CitedSentence, Story, Summary
from summarizer.text.language import language

log = logging.getLogger(__name__)

TAKEN_AWAY = {"docx": "docx", "markdown": "md", "html": "html", "text": "txt", "json": "json"}
"""Formats to take away, and how their files end."""

COPIED = {"plain": render.plain, "rich": render.rich}
"""What Copy puts on the clipboard, beside the files to take away."""

TELLING = 20
"""Words from which a language is told."""

MAX_HELD = 24_000_000
"""Characters of articles that are held for all sessions together; the oldest go first."""


class Watcher(Protocol):
    """What the page needs of a summariser; `summarizer.Summarizer` is one.

    `prepared` is what `prepare` returned, and nothing of it is looked at here.
    """

    def prepare(
        self, articles: Story, *, progress: Callable[[str, int, int], None] | None = None
    ) -> Any:
        """Read a story once."""
        ...

    def watch(
        self,
        articles: Any,
        *,
        words: int | None = None,
        sentences: int | None = None,
        progress: Callable[[str, int, int], None] | None = None,
    ) -> Iterator[Summary]:
        """Yield a growing summary of what was prepared; the last one is complete."""
        ...

    def revise(self, text: str, prepared: Any, *, instead_of: CitedSentence) -> CitedSentence:
        """Cite and judge a reader's wording."""
        ...

    def redraft(self, sentence: CitedSentence, prepared: Any) -> list[CitedSentence]:
        """Other wordings of a sentence that hold."""
        ...


@dataclass(frozen=True, slots=True)
class Update:
    """New contents for parts of the page, as html; None leaves a part as it is.

    taken: the files to take away, by format, but for those that are no text; they are made when
    asked for. summary: the whole one, at the end of a run.
    """

    status: str | None = None
    account: str | None = None
    panes: str | None = None
    remarks: str | None = None
    taken: dict[str, str] | None = None
    summary: Summary | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """What a session reads: the summariser that made it, what it prepared, and the text.

    model: for a summary that was opened, the name of the summariser to prepare its articles with
    once something of it is to be changed; until then `summarizer` is None.
    """

    summarizer: Watcher | None
    prepared: Any
    size: int
    desk: Desk
    model: str = ""


Job = Callable[[Say[Update]], None]
Fetch = Callable[[str], Article]
T = TypeVar("T")


class Jobs:
    """The jobs that a session can ask for.

    summarizers: the model's name to what loads it; each is loaded once, when first asked for.
    split: article and masks to sentences, as the summarisers do.
    """

    def __init__(self, summarizers: Mapping[str, Callable[[], Watcher]], split: Split) -> None:
        self.names = tuple(summarizers)
        self._load = cache(lambda name: summarizers[name]())
        self._split = split
        self._held: OrderedDict[str, Held] = OrderedDict()

    def forget(self, session: str) -> None:
        """Let go of all that a session reads."""
        self._held.pop(session, None)

    def summarise(self, session: str, story: Story, length: Length, model: str) -> Job:
        """Summarise a story, a sentence at a time; the session holds it at the end."""

        def job(say: Say[Update]) -> None:
            began = perf_counter()
            self.forget(session)
            progress = _Progress(say)
            progress("waiting for the model", 0, 1)
            summarizer = self._load(model)
            prepared = summarizer.prepare(story, progress=progress)
            desk, panes = None, None
            for summary in _watched(summarizer, prepared, length, progress):
                desk = Desk(summary)
                progress.sentences = len(summary.sentences)
                first = sources(summary, self._split) if panes is None else None
                panes = panes or first
                say(Update(account=account.growing(desk), panes=first))
            if desk is None:
                return
            size = sum(len(a.text) for a in story.articles)
            self._hold(session, Held(summarizer, prepared, size, desk))
            last = sources(desk.summary, self._split)
            seconds = perf_counter() - began
            log.info(
                "%d articles, %d sentences, %.1f s",
                len(story.articles),
                len(desk.summary.sentences),
                seconds,
            )
            say(
                Update(
                    status=fragments.said(f"Done in {seconds:.1f} s."),
                    account=account.finished(desk),
                    panes=None if last == panes else last,
                    remarks=notes(desk.summary),
                    taken=_taken(desk.summary),
                    summary=desk.summary,
                )
            )

        return job

    def open(self, session: str, summary: Summary, model: str) -> Job:
        """Show a summary that was saved; its articles are read only when it is to be changed."""

        def job(say: Say[Update]) -> None:
            desk = Desk(summary)
            size = sum(len(a.text or "") for a in summary.articles)
            self._hold(session, Held(None, None, size, desk, model))
            told = len(summary.sentences)
            log.info("%d articles, %d sentences, opened", len(summary.articles), told)
            say(
                replace(
                    _shown(desk),
                    status=fragments.said("Opened as it was saved; nothing was checked again."),
                    panes=sources(summary, self._split),
                    remarks=notes(summary),
                    summary=summary,
                )
            )

        return job

    def replan(self, session: str, length: Length) -> Job:
        """Plan the session's story at another length, without reading it again."""

        def job(say: Say[Update]) -> None:
            began = perf_counter()
            progress = _Progress(say)
            summarizer, prepared = self._ready(session, progress)
            held = self._of(session)
            progress("planning", 0, 1)
            fresh: Summary | None = None
            for fresh in _watched(summarizer, prepared, length, progress):
                progress.sentences = len(fresh.sentences)
            if fresh is None:
                return
            desk = held.desk.planned_anew(fresh, length)
            self._hold(session, replace(held, desk=desk))
            told = f"Planned anew in {perf_counter() - began:.1f} s"
            told += "; what you changed, locked or deleted stays so." if held.desk.touched else "."
            say(replace(_shown(desk), status=fragments.said(told), remarks=notes(desk.summary)))

        return job

    def edit(self, session: str, edit: Edit) -> Job:
        """Change a sentence of the session's text, or show its other wordings."""

        def job(say: Say[Update]) -> None:
            desk = self._edited(session, edit, _Progress(say))
            self._hold(session, replace(self._of(session), desk=desk))
            told = _SAID[edit.op]
            if edit.op == "change" and desk.sentence(edit.n).problems:
                told = "Changed, but the sources do not carry it."
            say(replace(_shown(desk), status=fragments.said(told)))

        return job

    def _edited(self, session: str, edit: Edit, progress: _Progress) -> Desk:
        desk, n = self._of(session).desk, edit.n
        match edit.op:
            case "change":
                former = desk.sentence(n)
                if former.text == edit.text:
                    return replace(desk, chosen=n, others=None)
                summarizer, prepared = self._ready(session, progress)
                return desk.put(n, summarizer.revise(edit.text, prepared, instead_of=former))
            case "others":
                summarizer, prepared = self._ready(session, progress)
                return desk.offer(n, summarizer.redraft(desk.sentence(n), prepared))
            case "take":
                return desk.take(n, edit.k)
            case "lock":
                return desk.lock(n)
            case "delete":
                return desk.delete(n)
            case _:
                return desk.move(n, -1 if edit.op == "up" else 1)

    def _of(self, session: str) -> Held:
        held = self._held.get(session)
        if held is None:
            raise BadInput("this summary is no longer held here; summarise again to change it")
        return held

    def _ready(self, session: str, progress: _Progress) -> tuple[Watcher, Any]:
        """The summariser and what it prepared, of a summary that was opened made now."""
        held = self._of(session)
        if held.summarizer is not None:
            return held.summarizer, held.prepared
        story = story_of(held.desk.summary)
        progress("waiting for the model", 0, 1)
        summarizer = self._load(held.model)
        prepared = summarizer.prepare(story, progress=progress)
        self._hold(session, replace(held, summarizer=summarizer, prepared=prepared))
        return summarizer, prepared

    def _hold(self, session: str, held: Held) -> None:
        self._held[session] = held
        self._held.move_to_end(session)
        while len(self._held) > 1 and sum(h.size for h in self._held.values()) > MAX_HELD:
            self._held.popitem(last=False)


_SAID = {
    "change": "Changed and checked: its sources carry it.",
    "others": "Other wordings are shown below the sentence.",
    "take": "The other wording stands in its place.",
    "lock": "A locked sentence stays when the length changes.",
    "up": "Moved.",
    "down": "Moved.",
    "delete": "Deleted.",
}


class _Progress:
    """The summariser's progress as the status line; `sentences` are already there."""

    def __init__(self, say: Say[Update]) -> None:
        self._say = say
        self.sentences = 0

    def __call__(self, name: str, done: int, total: int) -> None:
        self._say(Update(status=fragments.stage(Stage(name, done, total), self.sentences)))


def _watched(
    summarizer: Watcher, prepared: Any, length: Length, progress: _Progress
) -> Iterator[Summary]:
    return summarizer.watch(
        prepared, words=length.words, sentences=length.sentences, progress=progress
    )


def _shown(desk: Desk) -> Update:
    return Update(account=account.finished(desk), taken=_taken(desk.summary))


def _taken(summary: Summary) -> dict[str, str]:
    forms = {form: render.FORMATS[form] for form in TAKEN_AWAY if form in render.FORMATS}
    return {name: write(summary) for name, write in (forms | COPIED).items()}


Found = dict[str, Any]
"""What was read: {"articles", "warnings"}."""


def read_files(files: Sequence[Dropped]) -> Callable[[Say[Found]], None]:
    """Read dropped files to articles; says what was Found once, nothing touches a disk.

    A file that cannot be read is a warning among those that can, and an error where none can.
    """

    def one(file: Dropped) -> inputs.Reading:
        return inputs.read_bytes(file.data, file.name)

    return _gathering(files, one, "files")


def fetch_links(links: Sequence[str], fetch: Fetch) -> Callable[[Say[Found]], None]:
    """Fetch links to articles, as `read_files` reads files. fetch: `read.links.fetch`."""

    def one(link: str) -> inputs.Reading:
        return inputs.Reading(Story(articles=(fetch(link),)))

    return _gathering(links, one, "links")


def _gathering(
    given: Sequence[T], one: Callable[[T], inputs.Reading], what: str
) -> Callable[[Say[Found]], None]:
    def job(say: Say[Found]) -> None:
        articles: list[dict[str, Any]] = []
        warnings: list[str] = []
        faults: list[BadInput] = []
        for n, item in enumerate(given, 1):
            say({"reading": n, "of": len(given)})
            try:
                reading = one(item)
            except BadInput as fault:
                faults.append(fault)
                continue
            articles += [a.model_dump(mode="json") for a in reading.story.articles]
            warnings += reading.warnings
        if not articles and faults:
            raise faults[0]
        log.info("%d %s, %d articles", len(given), what, len(articles))
        say({"articles": articles, "warnings": [*warnings, *map(str, faults)]})

    return job


def languages(samples: Sequence[str]) -> list[str | None]:
    """The language of each sample as its ISO 639-1 code; None where it is too short to tell."""
    return [language(s) if len(s.split()) >= TELLING else None for s in samples]
