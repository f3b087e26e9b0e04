"""What the page's runs do: from what was sent to pieces of the page, by a summariser.

Holds what each session reads, in memory alone and no longer than the page is open. Knows nothing
of gradio: a job is a function that says Updates.
"""

from __future__ import annotations

import json
import logging
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from threading import Lock
from time import perf_counter
from typing import Any, Protocol, TypeVar

from summarizer import inputs
from summarizer.errors import BadInput
from summarizer.inputs.pasted import Pasted, read_paste
from summarizer.outputs import render
from summarizer.outputs.files import slug
from summarizer.page import account, fragments
from summarizer.page.editing import Desk
from summarizer.page.fragments import Stage
from summarizer.page.intake import Dropped, Edit, Length, Paste
from summarizer.page.panes import Split, sources
from summarizer.page.reading import beginnings
from summarizer.page.remarks import notes
from summarizer.page.running import Say, Stopped
from summarizer.page.saved import Kept, story_of, with_marks
from summarizer.schema import Article, CitedSentence, Story, Summary
from summarizer.text.language import language

log = logging.getLogger(__name__)

TAKEN: dict[str, render.Write[str]] = {
    "plain": render.plain,
    "rich": render.rich,
    **render.FORMATS,
}
"""What is taken away; the first two are put on the clipboard."""

TELLING = 20
"""Words from which a language is told."""

LONG = 400
"""Words from which a paste in which no second article was found may yet be several."""

UNFINISHED = "the run was cancelled: more sentences were to come, and nothing was compared"
"""The warning of a summary that stands as far as it was written."""

MAX_HELD = 24_000_000
"""Characters of articles that are held for all sessions together; the oldest go first."""


class Watcher(Protocol):
    """What the page needs of a summariser; `summarizer.Summarizer` is one.

    `prepared` is what `prepare` returned, and nothing of it is looked at here.
    """

    def prepare(
        self, articles: Story, *, progress: Callable[[str, int, int], None] | None = None
    ) -> Any:
        """Read a story once. progress: called with (what is done, how far, of how many)."""
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
    asked for. Beside them "name": what the files are called, and "marks": the reader's marks, as
    JSON. summary: the whole one, at the end of a run.
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

    model: the summariser's name. For a summary that was opened `summarizer` is None until
    something of it is to be changed; its articles are prepared then. whole: False while sentences
    are still to come; before: what was held until then, and is again if they do not come.
    """

    summarizer: Watcher | None
    prepared: Any
    size: int
    desk: Desk
    model: str = ""
    whole: bool = True
    before: Held | None = None


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
        # The job under way of each session, and the lock under which it may change what is held:
        # one that was stopped changes nothing more.
        self._under_way: dict[str, object] = {}
        self._lock = Lock()

    def forget(self, session: str) -> None:
        """Let go of all that a session reads."""
        with self._lock:
            self._under_way.pop(session, None)
            self._held.pop(session, None)

    def stopped(self, session: str) -> Update:
        """End the session's job, and show again what was there before it, as the reader had it.

        Where nothing was, what it had written by then stays, as a summary of its own.
        """
        with self._lock:
            self._under_way.pop(session, None)
            held = self._held.get(session)
            if held is None or held.whole:
                return Update(fragments.said("Cancelled."))
            said = "Cancelled. The summary before is back."
            if held.before is not None:
                held = held.before
            else:
                told = held.desk.summary
                warned = told.model_copy(update={"warnings": (*told.warnings, UNFINISHED)})
                held = replace(held, desk=replace(held.desk, summary=warned), whole=True)
                n = fragments.counted(len(told.sentences), "sentence")
                said = f"Cancelled. What was written so far stays: {n}."
            self._held[session] = held
        return _anew(held, said, sources(held.desk.summary, self._split))

    def summarise(
        self, session: str, story: Story, length: Length, model: str, *, keep: bool = False
    ) -> Job:
        """Summarise a story, a sentence at a time; the session holds what is there of it.

        keep: what the reader locked, worded and deleted in the summary before stays so in this one.
        """

        def job(say: Say[Update]) -> None:
            began = perf_counter()
            under_way = self._begin(session)
            before = self._held.get(session)
            if before is not None and not before.whole:
                before = before.before
            progress = _Progress(say)
            progress("waiting for the model", 0, 1)
            summarizer = self._load(model)
            prepared = summarizer.prepare(story, progress=progress)
            size = sum(len(a.text) for a in story.articles)
            size_under_way = size + (0 if before is None else before.size)
            held, panes = None, None
            for summary in _watched(summarizer, prepared, length, progress):
                held = Held(
                    summarizer, prepared, size_under_way, Desk(summary), model, False, before
                )
                progress.sentences = len(summary.sentences)
                first = sources(summary, self._split) if panes is None else None
                panes = panes or first
                say(Update(account=account.growing(held.desk), panes=first))
                self._hold(session, held, under_way)
            if held is None:
                return
            held = replace(held, size=size, whole=True, before=None)
            if keep and before is not None:

                def again(sentence: CitedSentence, instead_of: CitedSentence) -> CitedSentence:
                    return summarizer.revise(sentence.text, prepared, instead_of=instead_of)

                held = replace(held, desk=before.desk.over(held.desk.summary, length, again))
            self._hold(session, held, under_way)
            desk = held.desk
            last = sources(desk.summary, self._split)
            seconds = perf_counter() - began
            log.info(
                "%d articles, %d sentences, %.1f s",
                len(story.articles),
                len(desk.summary.sentences),
                seconds,
            )
            told = _done(f"Done in {seconds:.1f} s", desk)
            say(_anew(held, told, None if last == panes else last))

        return job

    def open(self, session: str, kept: Kept, model: str) -> Job:
        """Show a summary that was kept or saved; its articles are read only when it is changed.

        Where the session holds a summary of the same articles by the same model, what was prepared
        of them stays, whatever their outlets are called now. model: what to prepare the articles
        with. Without a summary nothing is shown.
        """

        def job(say: Say[Update]) -> None:
            under_way = self._begin(session)
            desk, before = kept.desk, self._held.get(session)
            if desk is None:
                self.forget(session)
                status = fragments.said(kept.said)
                say(Update(status, account="", panes="", remarks="", taken={}))
                return
            summary = desk.summary
            size = sum(len(a.text or "") for a in summary.articles)
            held = Held(None, None, size, desk, model)
            if before is not None:
                chosen = desk.differing(before.desk)
                held = replace(held, desk=replace(desk, chosen=chosen))
                alike = _given(before.desk.summary) == _given(summary)
                if alike and before.model == model:
                    held = replace(before, size=size, desk=held.desk, whole=True, before=None)
            self._hold(session, held, under_way)
            log.info(
                "%d articles, %d sentences, opened", len(summary.articles), len(summary.sentences)
            )
            panes = sources(summary, self._split)
            same = before is not None and panes == sources(before.desk.summary, self._split)
            say(_anew(held, kept.said, None if same else panes))

        return job

    def replan(self, session: str, length: Length) -> Job:
        """Plan the session's story at another length, without reading it again."""

        def job(say: Say[Update]) -> None:
            began = perf_counter()
            under_way = self._begin(session)
            progress = _Progress(say)
            summarizer, prepared = self._ready(session, progress)
            held = self._of(session)
            progress("planning", 0, 1)
            fresh: Summary | None = None
            for fresh in _watched(summarizer, prepared, length, progress):
                progress.sentences = len(fresh.sentences)
            if fresh is None:
                return
            desk = held.desk.planned_anew(_called(fresh, held.desk.summary), length)
            held = replace(held, desk=desk)
            self._hold(session, held, under_way)
            told = _done(f"Planned anew in {perf_counter() - began:.1f} s", desk)
            say(replace(_shown(held, told), remarks=notes(desk.summary)))

        return job

    def edit(self, session: str, edit: Edit) -> Job:
        """Change a sentence of the session's text, or show its other wordings."""

        def job(say: Say[Update]) -> None:
            under_way = self._begin(session)
            desk = self._edited(session, edit, _Progress(say))
            held = replace(self._of(session), desk=desk)
            self._hold(session, held, under_way)
            if edit.op == "change":
                numbers = fragments.Numbers(desk.summary.articles)
                told = f"Changed and {account.checked(desk.sentence(edit.n), numbers)}."
            else:
                told = _SAID[edit.op]
            say(_shown(held, told))

        return job

    def _edited(self, session: str, edit: Edit, progress: _Progress) -> Desk:
        desk, n = self._of(session).desk, edit.n
        match edit.op:
            case "change":
                former = desk.sentence(n)
                if former.text == edit.text:
                    return replace(desk, chosen=n, others=None)
                summarizer, prepared = self._ready(session, progress)
                progress("checking the wording", 0, 1)
                return desk.put(n, summarizer.revise(edit.text, prepared, instead_of=former))
            case "others":
                summarizer, prepared = self._ready(session, progress)
                progress("looking for other wordings", 0, 1)
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

    def _begin(self, session: str) -> object:
        """A mark of the job that now begins; the session's job before may hold nothing more."""
        with self._lock:
            under_way = self._under_way[session] = object()
        return under_way

    def _hold(self, session: str, held: Held, under_way: object = None) -> None:
        """Hold what a session reads. Raises Stopped for a job that is no longer under way."""
        with self._lock:
            if under_way is not None and self._under_way.get(session) is not under_way:
                raise Stopped
            self._held[session] = held
            self._held.move_to_end(session)
            while len(self._held) > 1 and sum(h.size for h in self._held.values()) > MAX_HELD:
                self._held.popitem(last=False)


_SAID = {
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


def _shown(held: Held, said: str) -> Update:
    """The text, its files and a line on what was done."""
    return Update(fragments.said(said), account.finished(held.desk), taken=_taken(held))


def _anew(held: Held, said: str, panes: str | None) -> Update:
    """All of a summary; panes: None where its articles are shown already."""
    summary = held.desk.summary
    return replace(_shown(held, said), panes=panes, remarks=notes(summary), summary=summary)


def _done(what: str, desk: Desk) -> str:
    return what + ("; what you changed, locked or deleted stays so." if desk.touched else ".")


def _taken(held: Held) -> dict[str, str]:
    summary = held.desk.summary
    begins = beginnings(summary)
    files = {form: write(summary, begins=begins) for form, write in TAKEN.items()}
    marks = held.desk.marks()
    if any(marks.values()):
        files["json"] = with_marks(files["json"], marks)
    headline = next((s.text for s in (summary.title, *summary.sentences) if s is not None), "")
    name = slug(headline) or "summary"
    return files | {"name": name, "marks": json.dumps({**marks, "model": held.model})}


def _given(summary: Summary) -> list[tuple[str | None, ...]]:
    """What the articles of a summary were given with: where it is the same, so are they.

    An outlet is what a reader calls an article, and may be corrected.
    """
    return [(a.id, a.text, a.title, a.url, a.published) for a in summary.articles]


def _called(fresh: Summary, shown: Summary) -> Summary:
    """A new plan of the same articles, their outlets called as in the summary that is shown."""
    outlets = {a.id: a.outlet for a in shown.articles}
    articles = tuple(
        a.model_copy(update={"outlet": outlets.get(a.id, a.outlet)}) for a in fresh.articles
    )
    return fresh.model_copy(update={"articles": articles})


_PARTED = {
    "lines": "at the lines between them",
    "elements": "at its <article> elements",
    "headlines": "at their headlines",
    "links": "at the links over them",
}
_CALLED = {"outlet": "outlet", "title": "headline", "published": "date", "url": "link"}


def parted(paste: Paste) -> dict[str, Any]:
    """A paste's articles and one line on what was done: `{"articles", "said"}`.

    A text is None where it is the paste as it stands: nothing of a long one is sent back.
    """
    pasted = read_paste(paste.text, paste.html, whole=paste.whole)
    articles = [a.model_dump(mode="json", exclude={"id"}) for a in pasted.articles]
    if len(articles) == 1 and articles[0]["text"] == paste.text:
        articles[0]["text"] = None
    said = _what_was_done(pasted)
    words = len(paste.text.split())
    if len(articles) == 1 and not paste.whole and words >= LONG:
        said = f"Read as one article of {words:,} words. {_HOW_TO_PART} {said}".strip()
    return {"articles": articles, "said": said}


_HOW_TO_PART = (
    "If it holds several, paste them again with a line --- between them, or put the cursor where "
    "the next one begins and press Split at cursor."
)


def _what_was_done(pasted: Pasted) -> str:
    said = []
    if pasted.by:
        n = fragments.counted(len(pasted.articles), "article")
        said.append(f"Parted into {n} {_PARTED[pasted.by]}.")
    if pasted.decoded:
        said.append("Tags and entities of HTML were decoded.")
    if pasted.left_out:
        said.append(f"Left out: {fragments.counted(pasted.left_out, 'short teaser')}.")
    if pasted.found:
        *others, last = [_CALLED[name] for name in pasted.found]
        named = f"{', '.join(others)} and {last}" if others else last
        said.append(f"Read from the paste: {named}.")
    return " ".join(said)


Found = dict[str, Any]
"""What was read: {"articles", "warnings", "left"}; left: the links that could not be fetched."""


def read_files(files: Sequence[Dropped]) -> Callable[[Say[Found]], None]:
    """Read dropped files to articles; says what was Found once, nothing touches a disk.

    A file that cannot be read is a warning among those that can, and an error where none can.
    """

    def one(file: Dropped) -> inputs.Reading:
        return inputs.read_bytes(file.data, file.name)

    return _gathering(files, one, "files")


def fetch_links(links: Sequence[str], fetch: Fetch) -> Callable[[Say[Found]], None]:
    """Fetch links to articles, as `read_files` reads files. fetch: as `inputs.urls.fetch`."""

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
        left: list[T] = []
        for n, item in enumerate(given, 1):
            say({"reading": n, "of": len(given)})
            try:
                reading = one(item)
            except BadInput as fault:
                faults.append(fault)
                left.append(item)
                continue
            articles += [a.model_dump(mode="json") for a in reading.story.articles]
            warnings += reading.warnings
        if not articles and faults:
            raise faults[0]
        log.info("%d %s, %d articles", len(given), what, len(articles))
        links = [item for item in left if isinstance(item, str)]
        say({"articles": articles, "warnings": [*warnings, *map(str, faults)], "left": links})

    return job


def languages(samples: Sequence[str]) -> list[str | None]:
    """The language of each sample as its ISO 639-1 code; None where it is too short to tell."""
    return [language(s) if len(s.split()) >= TELLING else None for s in samples]
