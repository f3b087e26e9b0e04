"""A writer behind llama.cpp's own HTTP server, from the command line and from Python.

Run by `make served` alone (some minutes): the marker `server` is left out of every other run. What
a server may answer wrongly is tested in test_served.py, on one that is made to.
"""

from __future__ import annotations

import os
import pty
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import httpx
import pytest

from benchmarks.llama_server import SERVED, running
from summarizer import Story, Summarizer, Summary
from summarizer.backends import Commission, Report, served
from summarizer.errors import ModelFailed
from summarizer.pipeline.composing import READING, WRITING

pytestmark = [pytest.mark.server, pytest.mark.weights]

SECRET = "a-key-of-the-test"

LATE = 30
"""Seconds for which the stopped server may be silent; one that runs says something sooner."""

Served = tuple[str, subprocess.Popen[str]]
"""A server's address, and its process."""


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command line came to: its exit code, and what it wrote to a terminal."""

    code: int
    said: str

    @property
    def sentences(self) -> list[str]:
        """The lines that are the program's own and no warning."""
        lines = re.findall(r"summarizer: ([^\r\n\x1b]+)", self.said)
        return [line for line in lines if not line.startswith("warning: ")]


def ran(
    *words: str,
    seen: Callable[[str], None] = lambda _: None,
    variables: Mapping[str, str] = MappingProxyType({}),
) -> Ran:
    """Run a command line whose standard error is a terminal.

    seen: called with all that it wrote, whenever it wrote something. variables: of its environment.
    """
    ours, theirs = pty.openpty()
    known = {"TERM": "xterm", "COLUMNS": "200", served.KEY: SECRET}
    process = subprocess.Popen(
        [sys.executable, "-m", "summarizer", *words],
        env={**os.environ, **known, **variables},
        stderr=theirs,
        stdout=subprocess.DEVNULL,
    )
    os.close(theirs)
    said = b""
    try:
        while more := os.read(ours, 65_536):
            said += more
            seen(said.decode(errors="replace"))
    except OSError:
        pass  # how Linux says that nobody writes to a terminal any more
    finally:
        os.close(ours)
    return Ran(process.wait(), said.decode(errors="replace"))


@pytest.fixture(scope="module")
def server() -> Iterator[Served]:
    """A writer's weights, served; it wants a key."""
    with running(key=SECRET) as found:
        yield found


@pytest.fixture(scope="module")
def by_command(server: Served, tmp_path_factory: pytest.TempPathFactory) -> tuple[Ran, Path]:
    """The bundled story through the command line, and the file that came of it."""
    out = tmp_path_factory.mktemp("served") / "ferry.json"
    asked = ["summarize", "--example", "ferry", "--format", "json", "-o", str(out)]
    return ran(*asked, "--model", server[0]), out


@pytest.fixture
def keyed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The server's key, in this process's environment."""
    monkeypatch.setenv(served.KEY, SECRET)


def test_the_command_line_summarises(by_command: tuple[Ran, Path], story: Story) -> None:
    """Exit code 0; each sentence has a citation, whose text stands in its article where it says."""
    run, out = by_command
    assert run.code == 0, run.said
    summary = Summary.model_validate_json(out.read_text("utf-8"))
    assert summary.sentences
    texts = {a.id: {"text": a.text, "title": a.title} for a in story.articles}
    for sentence in summary.sentences:
        assert sentence.citations, sentence.text
        for cited in sentence.citations:
            whole = texts[cited.article][cited.field]
            assert whole is not None
            assert whole[cited.start : cited.end] == cited.text
    assert any(s.method == "fused" for s in summary.sentences)


def test_the_command_line_says_where_texts_go_and_how_far_it_is(
    by_command: tuple[Ran, Path], server: Served
) -> None:
    """The warning comes before the reports are read; then the wait is told, reading and writing."""
    run, _ = by_command
    host = server[0].split("/")[2]
    told = f"the articles' sentences are sent to {host}: another process on this machine"
    assert run.said.count(told) == 1
    places = [run.said.index(told), run.said.index(READING), run.said.rindex(WRITING)]
    assert places == sorted(places)
    assert SECRET not in run.said


@pytest.mark.usefixtures("keyed")
def test_python_summarises_alike_and_hears_how_far_it_is(
    by_command: tuple[Ran, Path], server: Served, story: Story
) -> None:
    """The same sentences as on the command line; progress goes from reports to words."""
    heard: list[tuple[str, int, int]] = []
    summarizer = Summarizer.load(server[0])
    summary = summarizer.summarize(story, progress=lambda *told: heard.append(told))
    assert summary.signature["writer"] == server[0].split("#")[1] + "@" + server[0].split("/")[2]
    assert summary.sentences == Summary.model_validate_json(by_command[1].read_bytes()).sentences
    shares = [done for stage, done, _ in heard if stage == READING]
    assert shares
    assert shares == sorted(shares)
    words = [done for stage, done, _ in heard if stage == WRITING]
    assert words == sorted(words)
    assert len(set(words)) > 20


def test_the_engine_in_this_process_writes_the_same(
    by_command: tuple[Ran, Path], story: Story
) -> None:
    """llama.cpp behind HTTP, one request at a time, is the same model in this process."""
    here = Summarizer.load(SERVED).summarize(story)
    there = Summary.model_validate_json(by_command[1].read_bytes())
    assert there.sentences == here.sentences
    assert there.dropped == here.dropped


@pytest.mark.usefixtures("keyed")
def test_a_stream_yields_before_the_end(
    by_command: tuple[Ran, Path], server: Served, story: Story
) -> None:
    """The first sentence comes, cited, while others are still to be verified."""
    heard: list[tuple[str, int, int]] = []
    summarizer = Summarizer.load(server[0])
    stream = summarizer.stream(story, progress=lambda *told: heard.append(told))
    first, so_far = next(stream), len(heard)
    texts = [first.text, *(s.text for s in stream)]
    assert first.citations
    assert so_far < len(heard)
    whole = Summary.model_validate_json(by_command[1].read_bytes())
    assert {s.text for s in whole.sentences} <= set(texts)


@pytest.mark.usefixtures("keyed")
def test_who_leaves_lets_the_server_go(server: Served, story: Story) -> None:
    """A text that nobody waits for any more is not written to its end."""
    address, key = server[0].partition("#")[0], {"Authorization": f"Bearer {SECRET}"}

    def busy() -> bool:
        slots = httpx.get(address.replace("/v1", "/slots"), headers=key).json()
        return any(slot["is_processing"] for slot in slots)

    leads = tuple(article.text.split(". ")[0] for article in story.articles)
    commission = Commission((Report("Ledger", leads),), (), words=2_000, seed=1)
    with closing(served.load(server[0]).composing([commission])) as texts:
        assert next(found for found in texts if found.text)
        assert busy()
    for _ in range(600):
        if not busy():
            return
        time.sleep(0.1)
    pytest.fail("the server still writes what nobody waits for")


@pytest.mark.usefixtures("keyed")
def test_a_prompt_that_does_not_fit_is_one_sentence(server: Served) -> None:
    """The server's own reason is given, without its JSON."""
    writer = served.load(server[0])
    with pytest.raises(ModelFailed, match=r"failed \(400: request \(\d+ tokens\) exceeds the"):
        writer.server.answer([("user", "ferry " * 9_000)], 8)


def test_an_answer_that_does_not_fit_is_one_sentence() -> None:
    """A server whose context ends before the answer does has written nothing that is used."""
    with running("--context", "256") as (address, _):
        writer = served.load(address)
        with pytest.raises(
            ModelFailed, match=r"stopped after \d+ of 2000 tokens; give it a longer"
        ):
            writer.server.answer([("user", "Tell a long story.")], 2_000, lambda *_: None)


def test_a_wrong_key_is_one_sentence(server: Served) -> None:
    """Exit code 2 before any text is sent."""
    run = ran(
        "summarize", "--example", "ferry", "--model", server[0], variables={served.KEY: "another"}
    )
    assert run.code == 2
    [said] = run.sentences
    assert said.endswith(f"refused the key (401); set {served.KEY} to one it knows")


def test_a_server_that_stops_answering_is_one_sentence(server: Served) -> None:
    """Past the time limit the command ends with exit code 2 and no traceback."""
    address, process = server

    def seen(said: str) -> None:
        if "reading" in said or "finding" in said:  # the model was asked for, and answered
            process.send_signal(signal.SIGSTOP)

    asked = ("summarize", "--example", "ferry", "--model", address)
    try:
        run = ran(*asked, seen=seen, variables={served.TIMEOUT: str(LATE)})
    finally:
        process.send_signal(signal.SIGCONT)
    assert run.code == 2, run.said
    assert "Traceback" not in run.said
    [said] = run.sentences
    assert f" said nothing for {LATE} seconds; try again" in said
    assert said.endswith(f"{served.TIMEOUT}={2 * LATE}")


def test_a_server_that_dies_midway_is_one_sentence() -> None:
    """Killed while it reads or writes, it is looked for a while; then exit code 2, no traceback."""
    with running(key=SECRET) as (address, process):

        def seen(said: str) -> None:
            if READING in said or WRITING in said:
                process.kill()

        run = ran("summarize", "--example", "ferry", "--model", address, seen=seen)
    assert run.code == 2, run.said
    assert "Traceback" not in run.said
    [said] = run.sentences
    base = address.partition("#")[0]
    assert re.search(r"cannot be reached \(\w+\); check that it runs and that its address is", said)
    assert said.endswith(repr(base))
