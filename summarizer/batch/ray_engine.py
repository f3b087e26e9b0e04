"""A batch's engine on many machines: Ray Data reads the stories, actors with models do them.

What comes back is what the local engine gives, in the same order; resuming and writing stay with
`batch`, on the machine that asks. Ray is the extra `ray`, imported here and nowhere else.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from summarizer.api import StoryFailure
from summarizer.batch.runner import Engine, Outcome, story_hash
from summarizer.errors import BadOption, EngineFailed
from summarizer.inputs import collections
from summarizer.inputs.lines import Line
from summarizer.schema import Story, Summary

_BLOCK = 4 * 1024
"""Bytes from which a block travels: about a story, so that `size` of them fill an actor's batch and
all actors have work."""

_SAID = 300
"""Code points of Ray's own words in an error of ours."""

_DEATHS = 2
"""Actors that may fail over one story alone before it is reported."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """Where the work is done. address: Ray's own, None for a Ray of this machine alone.

    actors: processes that hold the models. cpus, gpus: what each is given, parts included.
    size: stories that an actor does together. logical_cpus: what a Ray of this machine counts;
    its cores if None.
    """

    address: str | None = None
    actors: int = 1
    cpus: float = 1.0
    gpus: float = 0.0
    size: int = 16
    logical_cpus: int | None = None

    def __post_init__(self) -> None:
        if self.actors < 1:
            raise BadOption(f"--actors is {self.actors}; give at least 1")
        if not self.cpus >= 0 or not self.gpus >= 0 or self.cpus + self.gpus == 0:
            raise BadOption("an actor with no CPU and no GPU can do nothing; give it a part of one")


def engine(
    place: str, done: Collection[str], build: Callable[[], Engine], cluster: Cluster
) -> Engine:
    """An Engine for `run_batch` over the stories of `place` that are not in `done`.

    place: read by a worker as by `inputs.collections.entries`, so every machine must reach it.
    build: called once in each actor. An actor that fails is started anew and its stories are done
    one by one; one over which actors fail again and again becomes a StoryFailure.
    Raises BadOption where Ray is not installed, EngineFailed where it does not start or gives up.
    """
    try:
        import ray
        from ray.exceptions import RayError
    except ImportError:
        raise BadOption(
            "--engine ray needs Ray, which is not installed; pip install 'summarizer[ray]'"
        ) from None

    def run(stories: Iterator[Story]) -> Iterator[Outcome]:
        # `stories` are those that the workers read too: here they say what must come back.
        begun = not ray.is_initialized()
        try:
            if begun:
                _start(cluster)
            rows = _rows(place, frozenset(done), build, cluster)
            for story, row in zip(stories, rows, strict=True):
                if row["id"] != story.id:
                    raise EngineFailed(
                        f"{place!r} changed while it was read; run the same command again"
                    )
                yield _outcome(row)
        except (RayError, ConnectionError) as error:
            raise EngineFailed(
                f"Ray gave up ({_said(error)}); what is done stays, so remove its cause and "
                "run the same command again"
            ) from error
        finally:
            if begun:
                ray.shutdown()

    return run


def _start(cluster: Cluster) -> None:
    """Start a Ray of this machine, or reach the one that was named. Raises EngineFailed."""
    import ray

    options: dict[str, Any] = {"log_to_driver": False, "logging_level": logging.ERROR}
    if cluster.address is None:
        options |= {"num_cpus": cluster.logical_cpus, "include_dashboard": False}
        what = "a Ray of this machine could not start"
        mend = "free memory, disk and processors and run the same command again, or give "
        mend += "--engine local"
    else:
        options["address"] = cluster.address
        what = f"no Ray could be reached at --address {cluster.address}"
        mend = "start one there (ray start --head) or correct the address, and run again"
    try:
        ray.init(**options)
    except Exception as error:
        # What Ray 2.60 raises: RuntimeError where its store or a process of it fails, OSError for
        # its files and connections, ValueError for an address or a memory it cannot use; and an
        # Exception of no narrower class where its node is not up within 30 s. The rest are bugs.
        if type(error) is not Exception and not isinstance(
            error, (RuntimeError, OSError, ValueError)
        ):
            raise
        raise EngineFailed(f"{what} ({_said(error)}); {mend}") from error


def _said(error: Exception) -> str:
    """The end of what an error says, on one line: Ray's are long, and end with the cause."""
    return f"{type(error).__name__}: {' '.join(str(error).split())[-_SAID:]}"


def _rows(
    place: str, done: frozenset[str], build: Callable[[], Engine], cluster: Cluster
) -> Iterator[dict[str, Any]]:
    """What the actors return, a row a story, in the order of the input, as it is ready."""
    import ray.data
    from ray.data import Datasource, ReadTask
    from ray.data.block import BlockMetadata

    logging.getLogger("ray.data").setLevel(logging.ERROR)
    context = ray.data.DataContext.get_current()
    context.execution_options.preserve_order = True
    context.enable_progress_bars = False
    context.target_max_block_size = _BLOCK

    class Stories(Datasource):  # type: ignore[misc]
        """The stories to be done, from one task that reads them as they are needed."""

        def estimate_inmemory_data_size(self) -> int | None:
            return None

        def get_read_tasks(self, parallelism: int, *_: Any, **__: Any) -> list[ReadTask]:
            unknown = BlockMetadata(num_rows=None, size_bytes=None, exec_stats=None)
            return [ReadTask(lambda: _blocks(place, done), unknown)]

    dataset = ray.data.read_datasource(Stories(), override_num_blocks=1, num_cpus=0.1)
    answered = dataset.map_batches(
        _Actor,
        fn_constructor_args=(build, ray.remote(num_cpus=0)(_Attempts).remote()),
        batch_size=cluster.size,
        batch_format="pyarrow",
        compute=ray.data.ActorPoolStrategy(size=cluster.actors),
        num_cpus=cluster.cpus,
        num_gpus=cluster.gpus or None,
    )
    yield from answered.iter_rows()


def _blocks(place: str, done: frozenset[str]) -> Iterable[Any]:
    """The stories that are not done, a table of one row each: read the same way every time."""
    import pyarrow as pa

    for entry in collections.entries(place, lambda _: None):
        if isinstance(entry, Line) and story_hash(entry.item) not in done:
            yield pa.table({"story": [entry.item.model_dump_json()]})


class _Attempts:
    """What was begun and never ended: it outlives the actors that it counts."""

    def __init__(self) -> None:
        self._begun: Counter[str] = Counter()

    def begin(self, what: str) -> int:
        """How often this was begun before without coming to an end."""
        self._begun[what] += 1
        return self._begun[what] - 1

    def end(self, what: str) -> None:
        """It did come to an end."""
        del self._begun[what]


class _Actor:
    """A process with its models, loaded once."""

    def __init__(self, build: Callable[[], Engine], attempts: Any) -> None:
        self._engine = build()
        self._attempts = attempts

    def __call__(self, batch: Any) -> Any:
        import pyarrow as pa

        stories = [Story.model_validate_json(s) for s in batch.column("story").to_pylist()]
        rows = [
            {"id": story.id, "summary": outcome.to_json()}
            if isinstance(outcome, Summary)
            else {"id": story.id, "reason": outcome.reason, "mend": outcome.mend}
            for story, outcome in zip(stories, self._outcomes(stories), strict=True)
        ]
        schema = pa.schema([(name, pa.string()) for name in ("id", "summary", "reason", "mend")])
        return pa.Table.from_pylist(rows, schema)

    def _outcomes(self, stories: Sequence[Story]) -> list[Outcome]:
        import ray

        part = "part " + " ".join(story_hash(s) for s in stories)
        if ray.get(self._attempts.begin.remote(part)):
            outcomes = [self._alone(story) for story in stories]
        else:
            outcomes = list(self._engine(iter(stories)))
        ray.get(self._attempts.end.remote(part))
        return outcomes

    def _alone(self, story: Story) -> Outcome:
        import ray

        name = "story " + story_hash(story)
        if (deaths := ray.get(self._attempts.begin.remote(name))) >= _DEATHS:
            return StoryFailure(
                story.id,
                f"{deaths} processes died over it alone",
                "shorten its articles or give each actor more memory, and run again",
            )
        [outcome] = self._engine(iter([story]))
        ray.get(self._attempts.end.remote(name))
        return outcome


def _outcome(row: dict[str, Any]) -> Outcome:
    if row["summary"] is not None:
        return Summary.from_json(row["summary"])
    return StoryFailure(row["id"], row["reason"], row["mend"])
