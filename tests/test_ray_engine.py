"""ray_engine: the same lines from several workers, through a rerun and the death of an actor.

A local Ray; on how many machines it runs is Ray's own matter.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest

from summarizer.api import Summarizer
from summarizer.backends.standin import HashEncoder, OverlapJudge
from summarizer.batch import ray_engine
from summarizer.batch.runner import BatchReport, Engine, Outcome, carefully, run_batch
from summarizer.cli import main
from summarizer.errors import BadOption
from summarizer.inputs import collections
from summarizer.schema import Article, Story

pytestmark = pytest.mark.ray

STORIES = 24
LOCAL = {"logical_cpus": 6, "cpus": 0.5, "actors": 2, "size": 4}


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """The stories, with a line among them that is none."""
    places = ["Brill", "Corran", "Tessin", "Averstone", "Vellmar"]
    lines = [
        Story(
            id=f"s{i}",
            articles=tuple(
                Article(text=f"The dam above {places[i % 5]} held through night {i}. {more}")
                for more in ("Nobody was hurt.", "Engineers had feared a breach in the wall.")
            ),
        ).model_dump_json()
        for i in range(STORIES)
    ]
    lines.insert(7, "{broken")
    path = tmp_path / "in.jsonl"
    path.write_text("".join(f"{x}\n" for x in lines), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def workers() -> Iterator[None]:
    """One Ray for all tests; it has this file's functions by value, since it cannot import them."""
    ray = pytest.importorskip("ray", reason="needs the extra ray")
    ray.cloudpickle.register_pickle_by_value(sys.modules[__name__])
    ray_engine._start(ray_engine.Cluster(**LOCAL))  # type: ignore[arg-type]
    yield
    ray.shutdown()


def build(fault: Path | None = None) -> Engine:
    """The rooms without models; the actor that first sees story s17 dies, if there is a `fault`."""
    summarizer = Summarizer(HashEncoder(), None, OverlapJudge(), model="trim")

    def watched(stories: Iterator[Story]) -> Iterator[Story]:
        for story in stories:
            if fault is not None and story.id == "s17" and not fault.exists():
                if fault.parent.exists():
                    fault.touch()
                os.kill(os.getpid(), signal.SIGKILL)
            yield story

    def work(stories: Iterator[Story]) -> Iterator[Outcome]:
        return summarizer.batch(watched(stories), batch_size=4)

    return carefully(work)


def local(source: Path, out: Path, first: int | None = None) -> BatchReport:
    """The batch of this machine; only its first entries if `first` is given."""
    entries = islice(collections.entries(str(source), lambda _: None), first)
    return run_batch(entries, out, load=lambda _: build(), settings={"model": "trim"})


def on_ray(source: str, out: Path, fault: Path | None = None, actors: int = 2) -> BatchReport:
    """The batch of a local Ray."""
    machines = ray_engine.Cluster(**LOCAL | {"actors": actors})  # type: ignore[arg-type]
    return run_batch(
        collections.entries(source, lambda _: None),
        out,
        load=lambda done: ray_engine.engine(source, done, lambda: build(fault), machines),
        settings={"model": "trim"},
    )


@pytest.mark.usefixtures("workers")
def test_an_actor_killed_in_the_middle_changes_no_byte(source: Path, tmp_path: Path) -> None:
    """The lines are the local engine's, resumed and read by an fsspec path, though one died."""
    alone, many, fault = (tmp_path / name for name in ("alone.jsonl", "many.jsonl", "died"))
    assert local(source, alone) == BatchReport(done=STORIES, kept=0, failed=1)
    assert local(source, many, first=9) == BatchReport(done=8, kept=0, failed=1)
    report = on_ray(f"file://{source}", many, fault)
    assert fault.exists()
    assert report == BatchReport(done=STORIES - 8, kept=8, failed=1)
    assert many.read_bytes() == alone.read_bytes()


@pytest.mark.usefixtures("workers")
def test_a_story_that_kills_every_actor_is_reported(tmp_path: Path) -> None:
    """Ray is not left trying for ever: its neighbours are done, it reaches the errors."""
    source, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    ids = [*(f"a{i}" for i in range(4)), "s17"]
    lines = [Story(id=id, articles=(Article(text="The dam held."),)) for id in ids]
    source.write_text("".join(f"{s.model_dump_json()}\n" for s in lines))
    nowhere = tmp_path / "no" / "died"  # is never there, so every actor dies
    assert on_ray(str(source), out, nowhere, actors=1) == BatchReport(done=4, kept=0, failed=1)
    failed = json.loads((tmp_path / "out.errors.jsonl").read_text())
    assert (failed["id"], failed["reason"]) == ("s17", "2 processes died over it alone")


@pytest.mark.parametrize(
    ("options", "why"),
    [
        ({"actors": 0}, "--actors is 0"),
        ({"cpus": 0.0}, "no CPU and no GPU"),
        ({"cpus": -1.0}, "no CPU"),
    ],
)
def test_actors_that_can_do_nothing_are_refused(options: dict[str, float], why: str) -> None:
    """Before anything is started."""
    with pytest.raises(BadOption, match=why):
        ray_engine.Cluster(**options)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("raised", "address", "code", "said"),
    [
        # as Ray 2.60 raises them
        (
            Exception("The current node timed out during startup."),
            None,
            2,
            "a Ray of this machine could not start (Exception: The current node timed out during "
            "startup.); free memory, disk and processors and run the same command again, or give "
            "--engine local",
        ),
        (RuntimeError("Failed to start GCS."), None, 2, "a Ray of this machine could not start"),
        (OSError(28, "No space left on device"), None, 2, "No space left on device); free memory"),
        (
            ConnectionError("Failed to connect to Ray cluster at 10.0.0.1:6379"),
            "10.0.0.1:6379",
            2,
            "no Ray could be reached at --address 10.0.0.1:6379 (ConnectionError",
        ),
        (ValueError("Malformed address nine"), "nine", 2, "start one there (ray start --head)"),
    ],
)
def test_a_ray_that_does_not_start_is_one_sentence(
    raised: Exception,
    address: str | None,
    code: int,
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """No traceback of Ray's: what failed and what to do, and nothing is done."""
    ray = pytest.importorskip("ray", reason="needs the extra ray")

    def init(**_: object) -> None:
        raise raised

    monkeypatch.setattr(ray, "init", init)
    monkeypatch.setattr(ray, "is_initialized", lambda: False)  # another test may have begun one
    source, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text(
        Story(id="s", articles=(Article(text="The dam held."),)).model_dump_json() + "\n"
    )
    options = ["--engine", "ray", "--model", "extract", "--quiet"]
    options += ["--address", address] if address else []
    assert main(["batch", str(source), "-o", str(out), *options]) == code
    stderr = capsys.readouterr().err
    assert said in stderr
    assert stderr.count("\n") == 1
    assert not out.exists() or not out.read_bytes()


def test_a_bug_while_ray_starts_is_no_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is no failure of Ray's keeps its traceback."""
    ray = pytest.importorskip("ray", reason="needs the extra ray")

    def init(**_: object) -> None:
        raise TypeError("init() got an unexpected keyword argument")

    monkeypatch.setattr(ray, "init", init)
    monkeypatch.setattr(ray, "is_initialized", lambda: False)  # another test may have begun one
    with pytest.raises(TypeError, match="unexpected keyword"):
        ray_engine._start(ray_engine.Cluster())


def test_without_ray_the_mend_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """The extra that brings it is named."""
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(BadOption, match=r"pip install 'summarizer\[ray\]'"):
        ray_engine.engine("in.jsonl", (), build, ray_engine.Cluster())
