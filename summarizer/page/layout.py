"""The page as gradio components and events; `build` composes it from loaders of summarisers.

Look and behaviour in the browser are assets/; what an event does is in `jobs`; how the page is
served is `server`.
"""

from __future__ import annotations

import json
import logging
from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import cache, partial
from importlib.resources import files
from typing import Any, Literal, cast
from urllib.parse import urlsplit
from uuid import uuid4

import gradio as gr
from gradio.events import api

from summarizer import examples
from summarizer.config import Config
from summarizer.errors import SummarizerError
from summarizer.outputs import render
from summarizer.page import fragments
from summarizer.page.intake import (
    edit_of,
    files_of,
    length_of,
    links_of,
    model_of,
    paste_of,
    samples_of,
    story_of,
)
from summarizer.page.jobs import (
    Fetch,
    Found,
    Job,
    Jobs,
    Update,
    Watcher,
    fetch_links,
    languages,
    parted,
    read_files,
)
from summarizer.page.panes import Split
from summarizer.page.reading import beginnings
from summarizer.page.running import Broken, Runs, Say, Stopped, Waiting
from summarizer.page.saved import kept_of, summary_of
from summarizer.page.showcase import showcase
from summarizer.page.tools import Assistant, Tools

log = logging.getLogger(__name__)

LONGEST_LINE = 20
"""Summaries that may wait for the one under way."""


def asset(name: str) -> str:
    """The text of a file of assets/."""
    return files("summarizer.page").joinpath("assets", name).read_text(encoding="utf-8")


def typefaces() -> str:
    """The page's two typefaces as css that asks no server for them."""
    rules = []
    for family, file in (("Source Serif 4", "source-serif-4"), ("Source Sans 3", "source-sans-3")):
        data = files("summarizer.page").joinpath("assets", "fonts", f"{file}.woff2").read_bytes()
        rules.append(
            f'@font-face {{ font-family: "{family}"; font-weight: 200 900; font-display: block; '
            f"src: url(data:font/woff2;base64,{b64encode(data).decode()}) format('woff2'); }}\n"
        )
    return "".join(rules)


def build(
    summarizers: Mapping[str, Callable[[], Watcher]],
    *,
    split: Split | None = None,
    fetch: Fetch | None = None,
    keep: bool = True,
    tools: bool = False,
) -> gr.Blocks:
    """Compose the page over summarisers by name; each is loaded when it is first asked for.

    summarizers: the last one is chosen at first.
    split: article and masks to sentences, as the summarisers do; None for the package's own.
    fetch: a link to its article; None for a page that takes no links.
    keep: whether the reader's browser keeps what was entered and made.
    tools: whether an assistant's three tools are endpoints, too (page.tools); each summariser must
    then be a `tools.Assistant`, as Summarizer is.
    """
    summarizers = {name: cache(load) for name, load in summarizers.items()}
    if split is None:
        from summarizer.text.sentences import split as own

        split = own
    events = _Page(Jobs(summarizers, split), fetch, keep)
    page: gr.Blocks
    with gr.Blocks(title="Summarizer", analytics_enabled=False, fill_width=True) as page:
        events.lay_out()
        # Where there are tools, gradio makes one of each endpoint that it documents; this one is
        # then called with all its arguments, as a client is not told their defaults.
        seen: Literal["public", "undocumented"] = "undocumented" if tools else "public"
        api(events.summarize, api_name="summarize", concurrency_limit=None, api_visibility=seen)
        if tools:
            Tools(cast(Mapping[str, Callable[[], Assistant]], summarizers), events.runs).offer()
        page.unload(events.leave)
    # The line is our own (`running`): gradio's would neither say where one stands nor let what
    # cannot be summarised be refused at once.
    page.queue(max_size=2 * LONGEST_LINE, default_concurrency_limit=None)
    return page


class _Page:
    """The page's events; what sessions read is held by `jobs`."""

    def __init__(self, jobs: Jobs, fetch: Fetch | None, keep: bool) -> None:
        self.jobs, self.fetch, self.keep = jobs, fetch, keep
        self.runs: Runs[Update] = Runs(LONGEST_LINE)
        self.opening: Runs[Update] = Runs(LONGEST_LINE)  # no model: never behind one
        self.reading: Runs[Found] = Runs(LONGEST_LINE)

    def lay_out(self) -> None:
        """Place the components and tie the events."""
        sent, taken, told, made, parts = (gr.JSON(visible=False) for _ in range(5))
        gr.HTML(asset("masthead.html"), elem_id="masthead", js_on_load=None)
        by_link = asset("links.html" if self.fetch is not None else "no-links.html")
        keeping = asset("keeping.html" if self.keep else "not-keeping.html")
        articles = asset("articles.html").replace("<!-- links -->", by_link)
        kinds = "links," if self.fetch is not None else "one by one"
        articles = articles.replace("<!-- kinds -->", kinds)
        articles = articles.replace("<!-- keeping -->", keeping)
        articles = articles.replace("<!-- finished -->", showcase(examples.finished()))
        gr.HTML(articles, elem_id="articles", js_on_load="\n".join(map(asset, _SCRIPTS)))
        with gr.Row(elem_id="controls"):
            shown = {
                n: gr.Button(_shown(n), size="sm", elem_classes="example") for n in examples.names()
            }
            gr.HTML(asset("length.html"), elem_id="length", js_on_load=None)
            several = "several" if len(self.jobs.names) > 1 else "single"
            ways = {name: way for name in self.jobs.names if (way := _way(name)) is not None}
            named = [(ways[name][0] if name in ways else name, name) for name in self.jobs.names]
            chosen = gr.Radio(
                named,
                value=self.jobs.names[-1],
                label="Model",
                elem_id="model",
                elem_classes=several,
            )
            undo = gr.Button("Undo", elem_id="undo", size="sm")
            redo = gr.Button("Redo", elem_id="redo", size="sm")
            back = gr.Button("Articles", elem_id="back")
            forth = gr.Button("Summary", elem_id="forth")
            with gr.Row(elem_id="go"):
                cancel = gr.Button("Cancel", elem_id="cancel", variant="stop")
                start = gr.Button("Summarise", elem_id="start", variant="primary")
            if len(ways) > 1:
                said = "".join(
                    f"<span><b>{fragments.escaped(label)}</b>: {how}</span>"
                    for label, how in ways.values()
                )
                gr.HTML(f"<p>{said}</p>", elem_id="ways", js_on_load=None)
        status = gr.HTML("", elem_id="status", js_on_load=None)
        with gr.Row(elem_id="reader"):
            with gr.Column(elem_id="left", min_width=280):
                account = gr.HTML("", elem_id="account", js_on_load=asset("reader.js"))
                with gr.Row(elem_id="take"):
                    copy = gr.Button("Copy", size="sm")
                    take = {f: gr.Button(f.label, size="sm") for f in render.ALL}
            panes = gr.HTML("", elem_id="panes", js_on_load=None)
        remarks = gr.HTML("", elem_id="remarks", js_on_load=None)
        # Pressed by the page's script, which has something to send; nobody sees them.
        with gr.Row(elem_id="unseen"):
            drop = gr.Button("Read files", elem_id="drop")
            opening = gr.Button("Open a summary", elem_id="opening")
            fetch = gr.Button("Fetch links", elem_id="fetch")
            look = gr.Button("Tell languages", elem_id="look")
            part = gr.Button("Part a paste", elem_id="part")
            finished = gr.Button("Show the finished example", elem_id="finished")
            edit = gr.Button("Edit", elem_id="edit")
            replan = gr.Button("Plan anew", elem_id="replan")

        outputs = [status, account, panes, remarks, taken]
        # trigger_mode "once" would swallow a click while a cancelled run is being taken down; the
        # page disables the button instead, and a session's new run stops its old one.
        long = {"show_progress": "hidden", "trigger_mode": "multiple", **_PRIVATE}
        quick = {"queue": False, "show_progress": "hidden", **_PRIVATE}
        running = [
            start.click(
                self.run,
                [sent, chosen],
                outputs,
                js="(_, model) => [summarizerPage.begin(), model]",
                **long,
            ),
            replan.click(self.replan, sent, outputs, js=_sending("length"), **long),
            edit.click(self.edit, sent, outputs, js=_sending("edit"), **long),
        ]
        found = [status, sent]
        reading = [drop.click(self.read, sent, found, js=_sending("dropped"), **long)]
        if self.fetch is not None:
            reading.append(fetch.click(self.links, sent, found, js=_sending("links"), **long))
        opened = opening.click(
            self.open,
            [sent, chosen],
            outputs,
            js="(_, model) => [summarizerPage.opening(), model]",
            **long,
        )
        opened.then(None, taken, js="(files) => summarizerPage.opened(files)", **_PRIVATE)
        for event in running:
            event.then(None, taken, js="(files) => summarizerPage.settled(files)", **_PRIVATE)
        for event in reading:
            event.then(None, sent, js="(found) => summarizerPage.place(found)", **_PRIVATE)
        look.click(self.languages, sent, told, js=_sending("samples"), **quick).then(
            None, told, js="(codes) => summarizerPage.languages(codes)", **_PRIVATE
        )
        part.click(self.part, sent, parts, js=_sending("pasted"), **quick).then(
            None, parts, js="(answer) => summarizerPage.parted(answer)", **_PRIVATE
        )
        finished.click(lambda: json.loads(examples.finished().to_json()), None, sent, **quick).then(
            None, sent, js="(summary) => summarizerPage.finished(summary)", **_PRIVATE
        )
        # Not by `cancels`: what the run had said last could then come after "Cancelled.".
        cancel.click(self.cancel, **quick)
        for button, does in ((undo, "undo"), (redo, "redo"), (back, "back"), (forth, "forth")):
            button.click(None, js=f"() => summarizerPage.{does}()", **_PRIVATE)
        for name, button in shown.items():
            button.click(
                lambda name=name: examples.load(name).model_dump(mode="json"), None, sent, **quick
            ).then(None, sent, js="(story) => summarizerPage.fill(story.articles)", **_PRIVATE)
        for form, button in take.items():
            save = f"(files) => summarizerPage.save(files, {_as_data(form)})"
            if form.name in render.FORMATS:
                button.click(None, taken, js=save, **_PRIVATE)
            else:
                button.click(
                    partial(self.document, form.name), taken, [status, made], **quick
                ).then(None, made, js=save, **_PRIVATE)
        copy.click(None, taken, js="(files) => summarizerPage.copy(files)", **_PRIVATE)

    def run(self, sent: Any, model: Any, request: gr.Request) -> Iterator[tuple[Any, ...]]:
        """Summarise what was sent: `{"articles", "length", "keep"?}`."""

        def job() -> Job:
            given = sent if isinstance(sent, dict) else {}
            story = story_of(given.get("articles"), fetches=self.fetch is not None)
            length, name = length_of(given.get("length")), model_of(model, self.jobs.names)
            keep = given.get("keep") is True
            return self.jobs.summarise(_session(request), story, length, name, keep=keep)

        yield from self._follow(request, job)

    def replan(self, sent: Any, request: gr.Request) -> Iterator[tuple[Any, ...]]:
        """Plan the same story at another length."""
        yield from self._follow(
            request, lambda: self.jobs.replan(_session(request), length_of(sent))
        )

    def open(self, sent: Any, model: Any, request: gr.Request) -> Iterator[tuple[Any, ...]]:
        """Show a summary that was kept or saved, or none, at once; yields as a run does.

        sent: `{"summary": the JSON value that was saved, or null, "marks"?, "said"?}`. model: the
        one to prepare its articles with where it does not say, or says one that is not here.
        """

        def job() -> Job:
            kept = kept_of(sent)
            name = kept.model if kept.model in self.jobs.names else model
            name = model_of(name, self.jobs.names)
            self.runs.drop(_session(request))
            return self.jobs.open(_session(request), kept, name)

        yield from self._follow(request, job, self.opening)

    def document(self, form: str, taken: Any) -> tuple[Any, Any]:
        """A file to take away that is no text, of the JSON that the page holds: name to base64."""
        try:
            summary = summary_of(json.loads((taken or {}).get("json") or "null"))
        except SummarizerError as error:
            return fragments.refused(str(error)), None
        written = render.FILES[form](summary, begins=beginnings(summary))
        return gr.skip(), {form: b64encode(written).decode(), "name": taken.get("name")}

    def edit(self, sent: Any, request: gr.Request) -> Iterator[tuple[Any, ...]]:
        """Change a sentence."""
        yield from self._follow(request, lambda: self.jobs.edit(_session(request), edit_of(sent)))

    def _follow(
        self, request: gr.Request, job: Callable[[], Job], line: Runs[Update] | None = None
    ) -> Iterator[tuple[Any, ...]]:
        """Yield updates of status, account, panes, remarks and the files to take away.

        After a job that does not end by itself, what was there before is shown again. line: where
        the job stands, the models' own if None.
        """
        try:
            for said in (line or self.runs).follow(_session(request), job()):
                if isinstance(said, Waiting):
                    said = Update(status=fragments.waiting(said))
                yield _parts(said)
        except Stopped:
            yield _parts(self.jobs.stopped(_session(request)))
        except (SummarizerError, Broken) as error:
            log.info("refused: %s", type(error).__name__)
            left = self.jobs.stopped(_session(request))
            yield _parts(replace(left, status=fragments.refused(str(error))))

    def read(self, sent: Any, request: gr.Request) -> Iterator[tuple[Any, ...]]:
        """Read dropped files; yields the status and `{"articles", "warnings"}`."""
        yield from self._gather(request, "Reading", lambda: read_files(files_of(sent)))

    def links(self, sent: Any, request: gr.Request) -> Iterator[tuple[Any, ...]]:
        """Fetch links; yields as `read` does. Only tied where the owner allows it."""
        fetch = self.fetch
        assert fetch is not None
        yield from self._gather(request, "Fetching", lambda: fetch_links(links_of(sent), fetch))

    def _gather(
        self, request: gr.Request, doing: str, job: Callable[[], Callable[[Say[Found]], None]]
    ) -> Iterator[tuple[Any, ...]]:
        try:
            for said in self.reading.follow(_session(request), job()):
                if isinstance(said, Waiting):
                    continue
                if "reading" in said:
                    at = fragments.Stage(doing, said["reading"] - 1, said["of"])
                    yield fragments.stage(at), gr.skip()
                    continue
                n = len(said["articles"])
                yield fragments.said(f"Read {fragments.counted(n, 'article')}."), said
        except Stopped:
            yield fragments.said("Cancelled."), None
        except (SummarizerError, Broken) as error:
            log.info("refused: %s", type(error).__name__)
            yield fragments.refused(str(error)), None

    def languages(self, sent: Any) -> list[str | None]:
        """The languages of the beginnings of what is in the boxes."""
        return languages(samples_of(sent))

    def part(self, sent: Any) -> dict[str, Any]:
        """Where one article of a paste ends and the next begins: `{"id", "articles", "said"}`."""
        given = sent if isinstance(sent, dict) else {}
        try:
            found = parted(paste_of(given))
        except SummarizerError as error:
            log.info("refused: %s", type(error).__name__)
            found = {"articles": [], "said": str(error)}
        return {"id": given.get("id"), **found}

    def cancel(self, request: gr.Request) -> None:
        """Stop the session's run; it says so itself."""
        for line in (self.runs, self.opening, self.reading):
            line.stop(_session(request))

    def leave(self, request: gr.Request) -> None:
        """The page was closed: stop its run and let go of what it read."""
        self.cancel(request)
        self.jobs.forget(_session(request))

    def summarize(
        self,
        articles: list[dict[str, Any]],
        words: int = Config().words,
        model: str = "",
        sentences: int = 0,
    ) -> dict[str, Any]:
        """Summarise articles `[{"text", "title"?, "outlet"?}, …]` in about `words` words.

        model: a name the page offers, the page's own choice if empty. sentences: the length in
        sentences instead, where it is not 0. Returns the Summary as json with the articles' text.
        """
        session = uuid4().hex  # of this call alone: a client's calls do not stop each other
        try:
            name = model_of(model or self.jobs.names[-1], self.jobs.names)
            asked = {"unit": "sentences", "n": sentences} if sentences else words
            job = self.jobs.summarise(session, story_of(articles), length_of(asked), name)
            *_, last = self.runs.follow(session, job)
        except (SummarizerError, Broken, Stopped) as error:
            log.info("refused: %s", type(error).__name__)
            raise gr.Error(str(error), print_exception=False) from None
        finally:
            self.jobs.forget(session)
        assert isinstance(last, Update)
        assert last.summary is not None
        return last.summary.model_dump(mode="json")


_SCRIPTS = ("articles.js", "history.js", "pasting.js", "keeping.js", "taking.js")
"""The page's script beside the reader's, in one scope: the boxes and runs, undo and redo, what is
pasted, what the browser keeps, and what is taken away."""

_WAYS = {
    "extract": ("Quote only", "the articles' own sentences, in seconds"),
    "default": (
        "Write anew",
        "new sentences by a language model, each checked against the articles; minutes on a slow "
        "machine",
    ),
}
"""What the presets are called for a reader, another model keeping its name; and, said where both
can be chosen, what they do and how long they take, as html."""


def _way(name: str) -> tuple[str, str] | None:
    """What a model is called for a reader and what it does, as `_WAYS` has it; None if unknown."""
    if name.startswith(("http://", "https://")):
        return (
            f"At {urlsplit(name).netloc}",
            "new sentences by the model of that server, which the articles' sentences are sent to",
        )
    return _WAYS.get(name)


_PRIVATE: dict[str, Any] = {"api_visibility": "private"}


def _parts(said: Update) -> tuple[Any, ...]:
    parts = (said.status, said.account, said.panes, said.remarks, said.taken)
    return tuple(gr.skip() if part is None else part for part in parts)


def _session(request: gr.Request) -> str:
    return request.session_hash or ""


def _sending(what: str) -> str:
    """What an event sends: asked of the page's script when it is pressed."""
    return f"() => [summarizerPage.{what}()]"


def _as_data(form: render.Format[str] | render.Format[bytes]) -> str:
    """What the page's script needs to save a file, as a literal of it."""
    known = {"name": form.name, "suffix": form.suffix, "mime": form.mime}
    return json.dumps({**known, "base64": form.name in render.FILES})


def _shown(example: str) -> str:
    return f"Example: {example}"
