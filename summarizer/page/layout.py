"""The page as gradio components and events; `build` composes it from loaders of summarisers.

Look and behaviour in the browser are assets/; what is shown is made in `fragments`; how the
page is served is `server`.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from importlib.resources import files
from time import perf_counter
from typing import Any

import gradio as gr
from gradio.events import api

from summarizer import examples, render
from summarizer.errors import SummarizerError
from summarizer.page import fragments
from summarizer.page.fragments import Split
from summarizer.page.intake import model_of, story_of, words_of
from summarizer.page.running import Runs, Stage, Watcher
from summarizer.story import Summary

log = logging.getLogger(__name__)

MIN_SLIDER, MAX_SLIDER = 20, 600
"""Words that the slider offers; the endpoint takes all that `Config` does."""

TAKEN_AWAY = {"markdown": "md", "json": "json", "html": "html", "text": "txt"}
"""Formats to take away, and how their files end."""


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
    desk = _Desk(Runs(summarizers), split)
    page: gr.Blocks
    with gr.Blocks(title="Summarizer", analytics_enabled=False, fill_width=True) as page:
        desk.lay_out(model or desk.runs.names[-1])
        api(desk.summarize, api_name="summarize", concurrency_id="summarizer")
        page.unload(desk.leave)
    page.queue(max_size=20, default_concurrency_limit=1)
    return page


class _Desk:
    """The page's events; holds the runs and no text."""

    def __init__(self, runs: Runs, split: Split) -> None:
        self.runs = runs
        self.split = split

    def lay_out(self, model: str) -> None:
        """Place the components and tie the events."""
        sent = gr.JSON(visible=False)
        taken = gr.JSON(visible=False)
        gr.HTML(asset("masthead.html"), elem_id="masthead", js_on_load=None)
        gr.HTML(asset("desk.html"), elem_id="desk", js_on_load=asset("desk.js"))
        with gr.Row(elem_id="controls"):
            shown = {n: gr.Button(_shown(n), size="sm") for n in examples.names()}
            words = gr.Slider(
                MIN_SLIDER, MAX_SLIDER, value=150, step=10, label="Length in words", min_width=220
            )
            chosen = gr.Radio(list(self.runs.names), value=model, label="Model", min_width=180)
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

        running = start.click(
            self.run,
            [sent, words, chosen],
            [status, account, panes, remarks, taken],
            js="(_, words, model) => [summarizerPage.begin(), words, model]",
            show_progress="hidden",
            concurrency_id="summarizer",
            # "once" would swallow a click while a cancelled run is being taken down; the page
            # disables the button instead, and a session's new run stops its old one.
            trigger_mode="multiple",
            api_visibility="private",
        )
        cancel.click(
            self.cancel,
            None,
            status,
            js="() => summarizerPage.cancel()",
            cancels=[running],
            queue=False,
            show_progress="hidden",
            api_visibility="private",
        )
        back.click(None, js="() => summarizerPage.back()", api_visibility="private")
        for name, button in shown.items():
            button.click(
                lambda name=name: examples.load(name).model_dump(mode="json"),
                None,
                sent,
                queue=False,
                show_progress="hidden",
                api_visibility="private",
            ).then(
                None,
                sent,
                js="(story) => summarizerPage.fill(story.articles)",
                api_visibility="private",
            )
        for form, button in take.items():
            ending = TAKEN_AWAY[form]
            button.click(
                None,
                taken,
                js=f"(files) => summarizerPage.save(files, '{form}', '{ending}')",
                api_visibility="private",
            )
        copy.click(
            None,
            taken,
            js="(files) => summarizerPage.copy(files)",
            api_visibility="private",
        )

    def run(
        self, sent: Any, words: Any, model: Any, request: gr.Request
    ) -> Iterator[tuple[Any, ...]]:
        """Yield updates of status, account, panes, remarks and the files to take away."""
        skip = gr.skip()
        began = perf_counter()
        yield fragments.stage(Stage("waiting for the model", 0, 1)), skip, skip, skip, skip
        try:
            story = story_of(sent)
            length, name = words_of(words), model_of(model, self.runs.names)
            latest: Summary | None = None
            shown = 0
            for said in self.runs.follow(_session(request), name, story, length):
                if isinstance(said, Stage):
                    yield fragments.stage(said, shown), skip, skip, skip, skip
                    continue
                panes = skip if latest else fragments.sources(said, self.split)
                latest, shown = said, len(said.sentences)
                yield skip, fragments.text(said, whole=False), panes, skip, skip
        except SummarizerError as error:
            log.info("refused: %s", type(error).__name__)
            yield fragments.refused(str(error)), "", "", "", None
            return
        if latest is None:
            return
        seconds = perf_counter() - began
        log.info("%d articles, %d sentences, %.1f s", len(story.articles), shown, seconds)
        yield (
            fragments.said(f"Done in {seconds:.1f} s."),
            fragments.text(latest, whole=True),
            fragments.sources(latest, self.split),
            fragments.notes(latest),
            {form: render.FORMATS[form](latest) for form in TAKEN_AWAY},
        )

    def cancel(self, request: gr.Request) -> str:
        """Stop the session's run."""
        self.runs.stop(_session(request))
        return fragments.said("Cancelled.")

    def leave(self, request: gr.Request) -> None:
        """The page was closed: stop its run."""
        self.runs.stop(_session(request))

    def summarize(
        self,
        articles: list[dict[str, Any]],
        words: int = 150,
        model: str = "",
        request: gr.Request = None,  # type: ignore[assignment]  # gradio fills it in
    ) -> dict[str, Any]:
        """Summarise articles `[{"text", "title"?, "outlet"?}, …]` in about `words` words.

        model: a name the page offers, the page's own choice if empty. Returns the Summary as
        json with the articles' text.
        """
        try:
            latest: Summary | None = None
            name = model_of(model or self.runs.names[-1], self.runs.names)
            story, length = story_of(articles), words_of(words)
            for said in self.runs.follow(_session(request), name, story, length):
                if isinstance(said, Summary):
                    latest = said
        except SummarizerError as error:
            log.info("refused: %s", type(error).__name__)
            raise gr.Error(str(error), print_exception=False) from None
        if latest is None:
            raise gr.Error("The run was stopped.", print_exception=False)
        log.info("%d articles, %d sentences", len(story.articles), len(latest.sentences))
        return latest.model_dump(mode="json")


def _session(request: gr.Request | None) -> str:
    return (request.session_hash if request else None) or ""


def _named(form: str) -> str:
    return form.upper() if form in ("json", "html") else form.capitalize()


def _shown(example: str) -> str:
    return f"Example: {example}"
