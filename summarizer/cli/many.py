"""The verbs for many: `batch` summarises stories, `cluster` makes stories of articles.

Options are checked first, then the places to write, then the input; only then is a model loaded.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from summarizer.cli import console, loading
from summarizer.cli import options as o
from summarizer.cli.sentences import conclude
from summarizer.errors import BadOption

if TYPE_CHECKING:
    from summarizer.backends import Encoder
    from summarizer.batch.runner import Engine, Load, Outcome
    from summarizer.config import Config
    from summarizer.inputs.storage import Shared
    from summarizer.schema import Story

WARNED = 5
"""Stories whose warnings of reading are said; more would hide everything else."""

STOPPED = 130
"""Exit code after Ctrl-C."""


class Edition(StrEnum):
    """What `batch --format` takes: a file of lines, or a folder of pages with an index."""

    jsonl = "jsonl"
    markdown = "markdown"
    html = "html"


class EngineName(StrEnum):
    """What `batch --engine` takes."""

    local = "local"
    ray = "ray"


def batch(
    source: Annotated[
        str,
        typer.Argument(
            metavar="IN",
            help="Stories: .jsonl or .csv (also .gz), a folder of folders, '-' for stdin, or "
            "scheme://… on shared storage.",
        ),
    ],
    out: Annotated[
        str,
        typer.Option(
            "-o", "--output", metavar="OUT", help="A file of summaries, or a folder of pages."
        ),
    ],
    form: Annotated[
        Edition, typer.Option("--format", help="jsonl, or a folder of markdown or html pages.")
    ] = Edition.jsonl,
    errors: o.Errors = None,
    fresh: Annotated[
        bool, typer.Option("--fresh", help="Start over, whatever an earlier run has done.")
    ] = False,
    words: o.Words = None,
    sentences: o.Sentences = None,
    model: o.Model = "default",
    compose: o.Compose = False,
    device: o.Device = "cpu",
    threads: o.Threads = None,
    seed: o.Seed = None,
    strictness: o.Strictness = o.MIDDLE,
    with_text: Annotated[
        bool | None,
        typer.Option(
            "--with-text/--without-text",
            help="Put the articles' text in the summaries (default: only for html).",
        ),
    ] = None,
    together: Annotated[
        int, typer.Option("--together", metavar="N", help="Stories that go through at once.")
    ] = 16,
    engine: Annotated[
        EngineName, typer.Option("--engine", help="This machine, or many by Ray.")
    ] = EngineName.local,
    address: Annotated[
        str | None,
        typer.Option("--address", metavar="RAY", help="Ray's address (default: start one here)."),
    ] = None,
    actors: Annotated[
        int, typer.Option("--actors", metavar="N", help="Ray: processes that hold the models.")
    ] = 1,
    cpus: Annotated[
        float, typer.Option("--cpus-per-actor", metavar="X", help="Ray: cores of each actor.")
    ] = 1.0,
    gpus: Annotated[
        float, typer.Option("--gpus-per-actor", metavar="X", help="Ray: GPUs of each actor.")
    ] = 0.0,
    offline: o.Offline = False,
    quiet: o.Quiet = False,
) -> int:
    """Summarise many stories, and resume where a run ended.

    A Story (JSON) a line in, a Summary a line out, in order.

    A rerun goes on where the last one ended. Lines that fail go to --errors (OUT.errors.jsonl)
    with line, id, reason and mend. Options typed every night can stand in summarizer.toml, under
    [batch].
    """
    config = o.configured(words, sentences, seed, strictness)
    loading.check_threads(threads)
    if together < 1:
        raise BadOption(f"--together is {together}; give at least 1")
    text = form is Edition.html if with_text is None else with_text

    from summarizer.batch.lines import errors_path
    from summarizer.batch.runner import run_batch
    from summarizer.inputs import collections
    from summarizer.outputs.files import apart

    place = None if source == "-" else source
    models = _Models(model, compose, device, threads, offline, config, text, together, quiet)
    load = _on_ray(models, place, address, actors, cpus, gpus) if engine == "ray" else models.load
    warnings = _Warnings()
    with ExitStack() as stack:
        journal, shared = _journal(out, form, stack)
        errors = errors or errors_path(journal)
        here = None if place is None or "://" in place else Path(place)
        apart({"IN": here, "-o": journal, "--errors": errors})
        counts = _Counts(collections.count(place))
        show = stack.enter_context(console.progress(quiet))

        def report(done: int, kept: int, failed: int) -> None:
            counts.note(done, kept, failed)
            show(counts.said(), done + kept + failed, counts.total)
            if shared is not None:
                shared.copy(every=60.0)

        try:
            made = run_batch(
                collections.entries(place, warnings.take),
                journal,
                load=load,
                settings=_settings(model, config, text) | ({"compose": True} if compose else {}),
                errors=errors,
                fresh=fresh,
                report=report,
            )
        except KeyboardInterrupt:
            console.say(f"{counts.stopped()}; run the same command again to go on", quiet)
            return STOPPED
        if form is not Edition.jsonl:
            from summarizer.outputs.site import publish

            publish(Path(out), form.value, lambda n: show("pages", n, 0))
    console.warn(warnings.said(), quiet)
    if made.kept:
        console.say(f"{made.kept} stories were done by an earlier run", quiet)
    if made.orphans:
        console.say(
            f"{made.orphans} earlier summaries of stories that {source!r} no longer has "
            f"are kept in '{journal}.aside'",
            quiet,
        )
    if made.done:
        console.say(counts.finished(), quiet)
    where = errors if shared is None else Path(errors.name)
    return conclude(source, made.done + made.kept, made.failed, where, quiet)


def cluster(
    source: Annotated[
        str,
        typer.Argument(
            metavar="ARTICLES.jsonl", help="An Article (or a Story) a line, also .gz; '-' is stdin."
        ),
    ],
    out: Annotated[
        Path, typer.Option("-o", "--output", metavar="STORIES.jsonl", help="Stories, a line each.")
    ],
    window: Annotated[
        str | None,
        typer.Option(
            "--window",
            metavar="SPAN",
            help="Articles further apart are no one story: 36h, 3d, 2w (by `published`).",
        ),
    ] = None,
    errors: o.Errors = None,
    fresh: Annotated[
        bool, typer.Option("--fresh", help="Start over, whatever stories are there.")
    ] = False,
    device: o.Device = "cpu",
    threads: o.Threads = None,
    offline: o.Offline = False,
    quiet: o.Quiet = False,
) -> int:
    """Group articles into stories, one for each event.

    Stories that OUT holds already are joined by the articles that belong to them. Articles that
    stand alone wait beside it, in OUT.single.jsonl, and are looked at again the next time.
    """
    from summarizer.batch.lines import errors_path
    from summarizer.config import Config
    from summarizer.inputs.lines import read_lines
    from summarizer.outputs.files import apart
    from summarizer.stories.incremental import gather, seconds_of, single_path

    span = None if window is None else seconds_of(window)
    loading.check_threads(threads)
    errors = errors or errors_path(out)
    place = None if source == "-" else source
    here = None if place is None or "://" in place else Path(place)
    apart({"ARTICLES": here, "-o": out, "the single articles": single_path(out)})

    def load() -> Encoder:
        summarizer = loading.load("extract", device=device, threads=threads, offline=offline)
        return summarizer.encoder

    with console.progress(quiet) as show:
        made = gather(
            read_lines(place),
            out,
            load=load,
            config=Config(),
            window=span,
            errors=errors,
            fresh=fresh,
            progress=show,
        )
    console.say(
        f"{made.new} new articles: {made.joined} in stories, {made.single} alone in "
        f"{str(single_path(out))!r}; {made.stories} stories in all",
        quiet,
    )
    if made.repeated:
        console.say(f"{made.repeated} articles were there already", quiet)
    if made.undated:
        console.say(
            f'{made.undated} articles have no time in "published" and were compared whatever '
            "the window",
            quiet,
        )
    return conclude(source, made.new + made.repeated, made.failed, errors, quiet)


@dataclass(frozen=True, slots=True)
class _Models:
    """What an engine loads, here or in an actor: plain values, so that it can be sent there."""

    model: str
    compose: bool
    device: str
    threads: int | None
    offline: bool
    config: Config
    with_text: bool
    together: int
    quiet: bool

    def load(self, _: Collection[str] = ()) -> Engine:
        from summarizer.batch.runner import carefully

        summarizer = loading.load(
            self.model,
            device=self.device,
            threads=self.threads,
            offline=self.offline,
            config=self.config,
            compose=self.compose,
            quiet=self.quiet,
        )

        def work(stories: Iterator[Story]) -> Iterator[Outcome]:
            return summarizer.batch(stories, with_text=self.with_text, batch_size=self.together)

        return carefully(work)


def _on_ray(
    models: _Models,
    place: str | None,
    address: str | None,
    actors: int,
    cpus: float,
    gpus: float,
) -> Load:
    from dataclasses import replace
    from math import ceil

    from summarizer.batch import ray_engine

    if place is None:
        raise BadOption("--engine ray reads IN on other machines; give a file, not standard input")
    machines = ray_engine.Cluster(address, actors, cpus, gpus, models.together)
    if models.threads is None:
        models = replace(models, threads=max(1, ceil(cpus)))

    def load(done: Collection[str]) -> Engine:
        return ray_engine.engine(place, done, models.load, machines)

    return load


def _journal(out: str, form: Edition, stack: ExitStack) -> tuple[Path, Shared | None]:
    """The file that a batch writes line by line, and the place it is copied to, if there is one."""
    from summarizer.inputs.storage import Shared, is_remote

    if is_remote(out):
        if form is not Edition.jsonl:
            raise BadOption(f"--format {form.value} writes a folder of this machine; give a path")
        shared = stack.enter_context(Shared(out))
        return shared.path, shared
    if form is Edition.jsonl:
        return Path(out), None
    from summarizer.outputs.site import journal_of

    return journal_of(Path(out)), None


class _Counts:
    """How a batch goes: stories done, a second, left, failed."""

    def __init__(self, total: int, clock: Callable[[], float] = time.monotonic) -> None:
        self.total = total
        self._clock = clock
        self._begun = clock()
        self._done = self._kept = self._failed = 0

    def note(self, done: int, kept: int, failed: int) -> None:
        """Take the counts of now."""
        self._done, self._kept, self._failed = done, kept, failed

    def said(self) -> str:
        """The line of the progress bar."""
        parts = ["stories", f"{self._rate():.1f} a second"]
        if self.total:
            left = max(0, self.total - self._done - self._kept - self._failed)
            parts.append(f"{left:,} left")
        return ", ".join([*parts, f"{self._failed:,} failed"])

    def stopped(self) -> str:
        """The sentence after Ctrl-C."""
        there = self._done + self._kept
        return f"stopped: {there:,} stories are done, {self._done:,} of them now"

    def finished(self) -> str:
        """The sentence at the end."""
        seconds = self._clock() - self._begun
        return f"{self._done:,} stories done in {seconds:,.0f} s, {self._rate():.2f} a second"

    def _rate(self) -> float:
        return self._done / max(1e-9, self._clock() - self._begun)


class _Warnings:
    """The first few warnings of reading, and a word that there may be more."""

    def __init__(self) -> None:
        self._taken: list[str] = []
        self._more = False

    def take(self, warnings: Sequence[str]) -> None:
        """Note the warnings of one story."""
        for warning in warnings:
            if len(self._taken) < WARNED:
                self._taken.append(warning)
            else:
                self._more = True

    def said(self) -> list[str]:
        """What is to be said in the end."""
        return [*self._taken, *(["more stories have warnings like these"] if self._more else [])]


def _settings(model: str, config: Config, with_text: bool) -> dict[str, object]:
    """Whatever changes a summary: the numbers a user gives by name, all others by a hash."""
    from dataclasses import asdict
    from hashlib import blake2b

    from summarizer import __version__

    named = {"words": config.words, "sentences": config.sentences, "seed": config.seed}
    others = sorted((k, v) for k, v in asdict(config).items() if k not in named)
    return {
        **named,
        "model": model,
        "with-text": with_text,
        "version": __version__,
        "config": blake2b(repr(others).encode(), digest_size=4).hexdigest(),
    }
