"""The page as gradio components and events; `build` composes it from loaders of summarisers.

Look and behaviour in the browser are assets/; what an event does is in `jobs`; how the page is
served is `server`.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from importlib.resources import files
from typing import Any
from uuid import uuid4

import gradio as gr
from gradio.events import api

from summarizer import examples
from summarizer.config import Config
from summarizer.errors import SummarizerError
from summarizer.page import fragments
from summarizer.page.fragments import Split
from summarizer.page.intake import edit_of, files_of, model_of, story_of, words_of
from summarizer.page.jobs import TAKEN_AWAY, Job, Jobs, Update, Watcher, read_files
from summarizer.page.running import Broken, Runs, Stopped, Waiting

log = logging.getLogger(__name__)

LONGEST_LINE = 20
"""Summaries that may wait for the one under way."""


def asset(name: str) -> str:
    """The text of a file of assets/."""
    return files("summarizer.page").joinpath("assets", name).read_text(encoding="utf-8")


def build(
    summarizers: Mapping[str, Callable[[], Watcher]],
    *,
    split: Split | None = None,
    model: str | None = None,
) -> gr.Blocks:
    """Compose the page over summarisers by name; each is loaded when it is first asked for.

    split: article and masks to sentences, as the summarisers do; None for the package's own.
    model: the one chosen at first, by default the last of the mapping.
    """
    if split is None:
        from summarizer.split import split as own

        split = own
    desk = _Page(Jobs(summarizers, split))
    page: gr.Blocks
    with gr.Blocks(title="Summarizer", analytics_enabled=False, fill_width=True) as page:
        desk.lay_out(model or desk.jobs.names[-1])
        api(desk.summarize, api_name="summarize", concurrency_limit=None)
        page.unload(desk.leave)
    # The line is our own (`running`): gradio's would neither say where one stands nor let what
    # cannot be summarised be refused at once.
    page.queue(max_size=2 * LONGEST_LINE, default_concurrency_limit=None)
    return page


class _Page:
    """The page's events; what sessions read is held by `jobs`."""

    def __init__(self, jobs: Jobs) -> None:
        self.jobs = jobs
        self.runs: Runs[Update] = Runs(LONGEST_LINE)
        self.reading: Runs[dict[str, Any]] = Runs(LONGEST_LINE)

    def lay_out(self, model: str) -> None:
        """Place the components and tie the events."""
        sent, taken = gr.JSON(visible=False), gr.JSON(visible=False)
        gr.HTML(asset("masthead.html"), elem_id="masthead", js_on_load=None)
        gr.HTML(asset("desk.html"), elem_id="desk", js_on_load=asset("desk.js"))
        with gr.Row(elem_id="controls"):
            shown = {
                n: gr.Button(_shown(n), size="sm", elem_classes="example") for n in examples.names()
            }
            gr.HTML(asset("length.html"), elem_id="length", js_on_load=None)
            chosen = gr.Radio(list(self.jobs.names), value=model, label="Model", min_width=180)
            back = gr.Button("Articles", elem_id="back")
            cancel = gr.Button("Cancel", elem_id="cancel", variant="stop")
            start = gr.Button("Summarise", elem_id="start", variant="primary")
        status = gr.HTML("", elem_id="status", js_on_load=None)
        with gr.Row(elem_id="reader"):
            with gr.Column(elem_id="left", min_width=280):
                account = gr.HTML("", elem_id="account", js_on_load=asset("reader.js"))
                with gr.Row(elem_id="take"):
                    copy = gr.Button("Copy", size="sm")
                    take = {f: gr.Button(_named(f), size="sm") for f in TAKEN_AWAY}
            panes = gr.HTML("", elem_id="panes", js_on_load=None)
        remarks = gr.HTML("", elem_id="remarks", js_on_load=None)
        # Pressed by the page's script, which has something to send; nobody sees them.
        with gr.Row(elem_id="unseen"):
            drop = gr.Button("Read files", elem_id="drop")
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
            replan.click(self.replan, sent, outputs, js="() => [summarizerPage.length()]", **long),
            edit.click(self.edit, sent, outputs, js="() => [summarizerPage.edit()]", **long),
        ]
        reading = drop.click(
            self.read, sent, [status, sent], js="() => [summarizerPage.dropped()]", **long
        )
        for event in running:
            event.then(None, js="() => summarizerPage.ended()", **_PRIVATE)
        reading.then(None, sent, js="(found) => summarizerPage.place(found)", **_PRIVATE)
        # Not by `cancels`: what the run had said last could then come after "Cancelled.".
        cancel.click(self.cancel, **quick)
        back.click(None, js="() => summarizerPage.back()", **_PRIVATE)
        for name, button in shown.items():
            button.click(
                lambda name=name: examples.load(name).model_dump(mode="json"), None, sent, **quick
            ).then(None, sent, js="(story) => summarizerPage.fill(story.articles)", **_PRIVATE)
        for form, button in take.items():
            save = f"(files) => summarizerPage.save(files, '{form}', '{TAKEN_AWAY[form]}')"
            button.click(None, taken, js=save, **_PRIVATE)
        copy.click(None, taken, js="(files) => summarizerPage.copy(files)", **_PRIVATE)

    def run(self, sent: Any, model: Any, request: gr.Request) -> Iterator[tuple[Any, ...]]:
        """Summarise what was sent: `{"articles", "words"}`."""
        given = sent if isinstance(sent, dict) else {}

        def job() -> Job:
            story, words = story_of(given.get("articles")), words_of(given.get("words"))
            return self.jobs.summarise(
                _session(request), story, words, model_of(model, self.jobs.names)
            )

        yield from self._follow(request, job, clear=True)

    def replan(self, sent: Any, request: gr.Request) -> Iterator[tuple[Any, ...]]:
        """Plan the same story at another length."""
        yield from self._follow(
            request, lambda: self.jobs.replan(_session(request), words_of(sent))
        )

    def edit(self, sent: Any, request: gr.Request) -> Iterator[tuple[Any, ...]]:
        """Change a sentence."""
        yield from self._follow(request, lambda: self.jobs.edit(_session(request), edit_of(sent)))

    def _follow(
        self, request: gr.Request, job: Callable[[], Job], *, clear: bool = False
    ) -> Iterator[tuple[Any, ...]]:
        """Yield updates of status, account, panes, remarks and the files to take away.

        clear: what stands on the page goes when there is an error.
        """
        try:
            for said in self.runs.follow(_session(request), job()):
                if isinstance(said, Waiting):
                    said = Update(status=fragments.waiting(said))
                parts = (said.status, said.account, said.panes, said.remarks, said.taken)
                yield tuple(gr.skip() if part is None else part for part in parts)
        except Stopped:
            yield (fragments.said("Cancelled."), *(gr.skip(),) * 4)
        except (SummarizerError, Broken) as error:
            log.info("refused: %s", type(error).__name__)
            rest = ("", "", "", None) if clear else (gr.skip(),) * 4
            yield (fragments.refused(str(error)), *rest)

    def read(self, sent: Any, request: gr.Request) -> Iterator[tuple[Any, ...]]:
        """Read dropped files; yields the status and `{"articles", "warnings"}`."""
        try:
            for said in self.reading.follow(_session(request), read_files(files_of(sent))):
                if not isinstance(said, Waiting):
                    n = len(said["articles"])
                    yield fragments.said(f"Read {fragments.counted(n, 'article')}."), said
        except Stopped:
            yield fragments.said("Cancelled."), None
        except (SummarizerError, Broken) as error:
            log.info("refused: %s", type(error).__name__)
            yield fragments.refused(str(error)), None

    def cancel(self, request: gr.Request) -> None:
        """Stop the session's run; it says so itself."""
        self.runs.stop(_session(request))
        self.reading.stop(_session(request))

    def leave(self, request: gr.Request) -> None:
        """The page was closed: stop its run and let go of what it read."""
        self.cancel(request)
        self.jobs.forget(_session(request))

    def summarize(
        self,
        articles: list[dict[str, Any]],
        words: int = Config().words,
        model: str = "",
    ) -> dict[str, Any]:
        """Summarise articles `[{"text", "title"?, "outlet"?}, …]` in about `words` words.

        model: a name the page offers, the page's own choice if empty. Returns the Summary as
        json with the articles' text.
        """
        session = uuid4().hex  # of this call alone: a client's calls do not stop each other
        try:
            name = model_of(model or self.jobs.names[-1], self.jobs.names)
            job = self.jobs.summarise(session, story_of(articles), words_of(words), name)
            *_, last = self.runs.follow(session, job)
        except (SummarizerError, Broken, Stopped) as error:
            log.info("refused: %s", type(error).__name__)
            raise gr.Error(str(error), print_exception=False) from None
        finally:
            self.jobs.forget(session)
        assert isinstance(last, Update)
        assert last.summary is not None
        return last.summary.model_dump(mode="json")


_PRIVATE: dict[str, Any] = {"api_visibility": "private"}


def _session(request: gr.Request) -> str:
    return request.session_hash or ""


def _named(form: str) -> str:
    return form.upper() if form in ("json", "html") else form.capitalize()


def _shown(example: str) -> str:
    return f"Example: {example}"
