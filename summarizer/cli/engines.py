"""What `batch` runs on: this machine, or many by Ray; and what it loads there.

Everything is a plain value, so that it can be sent to another process.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from hashlib import blake2b
from math import ceil
from typing import TYPE_CHECKING, Annotated

import typer

from summarizer.cli.groups import Machine, Writing
from summarizer.errors import BadOption

if TYPE_CHECKING:
    from summarizer.batch.runner import Engine, Load, Outcome
    from summarizer.schema import Story


class EngineName(StrEnum):
    """What `batch --engine` takes."""

    local = "local"
    ray = "ray"


@dataclass(frozen=True, slots=True)
class Workers:
    """The options of `batch` on the machines that work; all but the first are for Ray."""

    engine: Annotated[
        EngineName, typer.Option("--engine", help="Run on this machine, or on several with Ray.")
    ] = EngineName.local
    address: Annotated[
        str | None,
        typer.Option("--address", metavar="RAY", help="Ray: address (default: start one here)."),
    ] = None
    actors: Annotated[
        int, typer.Option("--actors", metavar="N", help="Ray: number of worker processes.")
    ] = 1
    cpus: Annotated[
        float, typer.Option("--cpus-per-actor", metavar="X", help="Ray: CPU cores per worker.")
    ] = 1.0
    gpus: Annotated[
        float, typer.Option("--gpus-per-actor", metavar="X", help="Ray: GPUs per worker.")
    ] = 0.0


@dataclass(frozen=True, slots=True)
class Work:
    """What every story of a batch goes through.

    with_text: put the articles' text in the summaries. together: stories that go through at once.
    """

    writing: Writing
    machine: Machine
    with_text: bool
    together: int
    quiet: bool

    def load(self, _: Collection[str] = ()) -> Engine:
        """Load the models here, for stories one after the other."""
        from summarizer.batch.runner import carefully

        summarizer = self.writing.load(self.machine, self.quiet)

        def work(stories: Iterator[Story]) -> Iterator[Outcome]:
            return summarizer.batch(stories, with_text=self.with_text, batch_size=self.together)

        return carefully(work)

    def on(self, workers: Workers, place: str | None) -> Load:
        """What loads the engine that is asked for. place: where IN is; None is standard input.

        Raises BadOption where Ray is asked for and its machines cannot read IN.
        """
        if workers.engine is EngineName.local:
            return self.load
        from summarizer.batch import ray_engine
        from summarizer.inputs.feeds import is_feed, is_link

        if place is None:
            raise BadOption(
                "--engine ray reads IN on other machines; give a file, not standard input"
            )
        if is_link(place) and is_feed(place):
            raise BadOption(
                "--engine ray reads IN on other machines, which fetch no link; give a file"
            )
        machines = ray_engine.Cluster(
            workers.address, workers.actors, workers.cpus, workers.gpus, self.together
        )
        threads = self.machine.threads or max(1, ceil(workers.cpus))
        there = replace(self, machine=replace(self.machine, threads=threads))

        def load(done: Collection[str]) -> Engine:
            return ray_engine.engine(place, done, there.load, machines)

        return load

    def settings(self) -> dict[str, object]:
        """Whatever changes a summary: the numbers a user gives by name, all others by a hash."""
        from summarizer import __version__

        config = self.writing.config
        named = {"words": config.words, "sentences": config.sentences, "seed": config.seed}
        others = sorted((k, v) for k, v in asdict(config).items() if k not in named)
        return {
            **named,
            "model": self.writing.model,
            "with-text": self.with_text,
            "version": __version__,
            "config": blake2b(repr(others).encode(), digest_size=4).hexdigest(),
        }
