"""batch under faults: a model that crashes, a disk that fills, a hand on Ctrl-C, kills.

What an undisturbed batch does is in test_batch.py.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_batch import TEN, Folder, entries, first_sentences, line

from benchmarks import soak
from benchmarks.stories import stories as synthetic
from summarizer.api import StoryFailure
from summarizer.batch.runner import BatchReport, Engine, Outcome, carefully, run_batch
from summarizer.errors import BadOutput, BadVectors
from summarizer.schema import Article, Story, Summary


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


def story(i: int) -> Story:
    return Story(id=f"s{i}", articles=(Article(text=f"Report {i}."),))


def crashing(bad: set[str], room: int, size: int, crash: type[Exception]) -> Engine:
    """A model that does `size` stories at once, has room for `room`, and for none in `bad`."""

    def summarize(stories: Iterator[Story]) -> Iterator[Outcome]:
        while chunk := list(islice(stories, size)):
            if len(chunk) > room or bad & {s.id for s in chunk}:
                raise crash("out of memory")
            yield from first_sentences(chunk)

    return summarize


@settings(deadline=None)
@given(st.integers(0, 30), st.sets(st.integers(0, 29)), st.integers(1, 5), st.integers(1, 8))
def test_a_crash_costs_no_more_than_the_story_at_fault(
    n: int, bad: set[int], room: int, size: int
) -> None:
    """Whatever fails together is tried smaller; one outcome a story, in order, none lost."""
    engine = carefully(crashing({f"s{i}" for i in bad}, room, size, MemoryError))
    outcomes = list(engine(iter([story(i) for i in range(n)])))
    assert [o.id for o in outcomes] == [f"s{i}" for i in range(n)]
    assert [i for i, o in enumerate(outcomes) if isinstance(o, StoryFailure)] == sorted(
        i for i in bad if i < n
    )


@pytest.mark.parametrize("crash", [MemoryError, RuntimeError, BadVectors])
def test_a_story_that_crashes_the_model_alone_is_reported(
    folder: Folder, crash: type[Exception]
) -> None:
    """It reaches the errors with what the model said; every other story is done."""
    folder.source.write_text("".join(f"{x}\n" for x in TEN))
    report = run_batch(
        entries(folder.source),
        folder.out,
        load=lambda _: carefully(crashing({"s4"}, 9, 4, crash)),
        settings={},
    )
    assert report == BatchReport(done=9, kept=0, failed=1)
    assert list(folder.summaries()) == [f"s{i}" for i in range(10) if i != 4]
    [failed] = folder.reported()
    assert failed["id"] == "s4"
    assert failed["reason"] == (
        f"the model failed on it, also alone ({crash.__name__}: out of memory)"
    )
    assert failed["mend"] == "free memory or shorten its articles, and run again"


def test_a_bug_is_not_taken_for_a_crash() -> None:
    """What no machine's state explains is raised, not reported as a story's fault."""
    with pytest.raises(TypeError, match="out of memory"):
        list(carefully(crashing({"s0"}, 9, 4, TypeError))(iter([story(0)])))


def _limited(folder: Folder, size: int) -> str:
    """The error of a run in a process whose files may not grow beyond `size` bytes."""
    read, write = os.pipe()
    child = os.fork()
    if not child:
        code = 1
        try:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
            run_batch(
                entries(folder.source), folder.out, load=lambda _: first_sentences, settings={}
            )
        except BadOutput as error:
            os.write(write, str(error).encode())
            code = 0
        finally:
            os._exit(code)
    os.close(write)
    with os.fdopen(read, "rb") as said:
        message = said.read().decode()
    os.waitpid(child, 0)
    return message


@pytest.mark.parametrize("size", [0, 1, 700, 2_000, 2_500])
def test_a_full_disk_loses_nothing_that_was_done(folder: Folder, size: int) -> None:
    """Where no byte more fits, whole lines stay, the mend is said, and a rerun does the rest."""
    folder.run(TEN)
    undisturbed = folder.out.read_bytes().replace(b"words=150", b"")
    folder.out.unlink()
    assert "make room and run the same command again" in _limited(folder, size)
    left = folder.out.read_bytes()
    assert left == b"" or left.endswith(b"\n")
    whole = len(left.splitlines())
    report = run_batch(
        entries(folder.source), folder.out, load=lambda _: first_sentences, settings={}
    )
    assert report == BatchReport(done=10 - whole, kept=whole, failed=0)
    assert folder.out.read_bytes().startswith(left)
    assert folder.out.read_bytes() == undisturbed


def test_a_disk_that_fills_while_lines_wait_aside_loses_nothing(folder: Folder) -> None:
    """A changed first story moves all others aside; with no room for that, OUT is as it was."""
    long = [line(f"s{i}", f"Report {i}. " + "word " * 400) for i in range(10)]
    folder.source.write_text("".join(f"{x}\n" for x in long))
    run_batch(entries(folder.source), folder.out, load=lambda _: first_sentences, settings={})
    before = folder.out.read_bytes()
    changed = [line("s0", "Corrected."), *long[1:]]
    folder.source.write_text("".join(f"{x}\n" for x in changed))
    assert "make room" in _limited(folder, len(before) // 2)
    assert folder.out.read_bytes() == before
    report = run_batch(
        entries(folder.source), folder.out, load=lambda _: first_sentences, settings={}
    )
    assert report == BatchReport(done=1, kept=9, failed=0)
    assert folder.summaries()["s0"] == "Corrected."
    assert list(folder.summaries()) == [f"s{i}" for i in range(10)]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 64 KiB; the test is skipped where none can be mounted.

    Mounting needs root, which most people's machines rightly withhold. What a full disk does is
    tested there too, by a limit on the size of files (`_limited`); only this one fills a real disk.
    """
    place, mount = tmp_path / "small", shutil.which("mount")
    place.mkdir()
    asked = [mount or "mount", "-t", "tmpfs", "-o", "size=64k", "none", str(place)]
    if mount is None or subprocess.run(asked, capture_output=True, check=False).returncode:
        pytest.skip("needs leave to mount a small file system (root)")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def test_a_small_disk_is_filled_to_the_last_line(small_disk: Path, tmp_path: Path) -> None:
    """A real full disk: lines are whole, a rerun on it goes on with nothing lost, room mends it."""
    lines = [line(f"s{i}", f"Report {i} " + "word " * 300) for i in range(60)]
    (tmp_path / "in.jsonl").write_text("".join(f"{x}\n" for x in lines))
    out = small_disk / "out.jsonl"
    for _ in range(2):
        with pytest.raises(BadOutput, match=r"no space left on device.*make room"):
            run_batch(
                entries(tmp_path / "in.jsonl"), out, load=lambda _: first_sentences, settings={}
            )
        made = [Summary.from_json(x).id for x in out.read_bytes().splitlines()]
        assert made == [f"s{i}" for i in range(len(made))]
        assert 5 < len(made) < 60
    subprocess.run(["mount", "-o", "remount,size=8m", str(small_disk)], check=True)
    report = run_batch(
        entries(tmp_path / "in.jsonl"), out, load=lambda _: first_sentences, settings={}
    )
    assert report == BatchReport(done=60 - len(made), kept=len(made), failed=0)
    assert len(out.read_bytes().splitlines()) == 60


def test_ctrl_c_ends_with_a_count_and_whole_lines(tmp_path: Path) -> None:
    """What is done stays, the number is said, the exit code is 130, and a rerun goes on."""
    source = tmp_path / "in.jsonl"
    source.write_text("".join(f"{x}\n" for x in TEN))
    program = """
import signal, sys
from summarizer.cli import main
from summarizer.backends.standin import HashEncoder, OverlapJudge
from summarizer import Summarizer

signal.signal(signal.SIGINT, signal.default_int_handler)  # a job in the background ignores it
class Interrupted(Summarizer):
    def batch(self, stories, **options):
        for n, made in enumerate(super().batch(stories, **{**options, "batch_size": 1})):
            if n == 3:
                signal.raise_signal(signal.SIGINT)
            yield made

Summarizer.load = lambda model, **_: Interrupted(HashEncoder(), None, OverlapJudge(), model=model)
sys.exit(main(["batch", sys.argv[1], "-o", sys.argv[2], "--model", "extract"]))
"""
    argv = [sys.executable, "-c", program, str(source), str(tmp_path / "out.jsonl")]
    ended = subprocess.run(argv, capture_output=True, text=True, check=False)
    assert ended.returncode == 130
    assert "stopped: 3 stories are done, 3 of them now; run the same command" in ended.stderr
    assert "Traceback" not in ended.stderr
    made = [json.loads(x)["id"] for x in (tmp_path / "out.jsonl").read_text().splitlines()]
    assert made == ["s0", "s1", "s2"]


def test_an_engine_may_read_ahead(folder: Folder) -> None:
    """Results come in the input's order whatever the engine has taken beyond them."""

    def eager(stories: Iterator[Story]) -> Iterator[Outcome]:
        taken: Sequence[Story] = list(stories)
        yield from first_sentences(taken)

    folder.source.write_text("".join(f"{x}\n" for x in [TEN[0], "{broken", *TEN[1:]]))
    report = run_batch(entries(folder.source), folder.out, load=lambda _: eager, settings={})
    assert report == BatchReport(done=10, kept=0, failed=1)
    assert list(folder.summaries()) == [f"s{i}" for i in range(10)]


@pytest.mark.parametrize(
    ("before", "after", "why"),
    [
        (b"1\n2\n", b"1\n", "of 2 lines before a run was killed 1 are left"),
        (b"1\n", b"1\n3\n", "a line that an undisturbed one does not have"),
        (b"1\n", b"1\n3", "a line that an undisturbed one does not have"),
    ],
)
def test_a_soak_finds_what_a_kill_must_not_do(before: bytes, after: bytes, why: str) -> None:
    """A lost line, another line, and a torn one of other bytes; a torn one of ours is no fault."""
    soak._begins(b"1\n2\n3", b"1\n2\n3\n", b"1\n2\n")
    with pytest.raises(soak.Differs, match=why):
        soak._begins(after, b"1\n2\n3\n", before)


def test_a_run_that_fails_by_itself_is_no_kill() -> None:
    """It ends the soak with its exit code; one that came to its end is compared."""
    failed, fine = (
        subprocess.Popen([sys.executable, "-c", f"raise SystemExit({code})"]) for code in (3, 0)
    )
    failed.wait(), fine.wait()
    with pytest.raises(soak.Differs, match="ended with exit code 3"):
        soak._kill(failed)
    assert not soak._kill(fine)


@pytest.mark.weights
@pytest.mark.parametrize(("stories", "kills"), [(5, 1), pytest.param(6, 2, marks=pytest.mark.soak)])
def test_a_real_batch_that_is_killed_equals_an_undisturbed_one(
    tmp_path: Path, stories: int, kills: int
) -> None:
    """The command line with `--model extract`, kill -9 at random; `make soak` does fifty.

    The first after a line, the second anywhere; each article is its first paragraph, which is as
    easily torn as a long one.
    """
    made = soak.soak(tmp_path, [_shortened(s) for s in synthetic(stories)], kills, seed=247)
    assert made.kills == kills
    assert made.whole >= 1


def _shortened(story: Story) -> Story:
    leads = [a.model_copy(update={"text": a.text.partition("\n")[0]}) for a in story.articles]
    return story.model_copy(update={"articles": tuple(leads)})
