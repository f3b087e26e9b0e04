"""Served writers: a real `transformers serve` that the test starts, and a server made to fail.

What prompts hold is tested in test_writer.py.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.error import URLError

import pytest
import tiny

from summarizer import Story, Summarizer
from summarizer.backends import Commission, Correction, Remote, Report, served, texts_of
from summarizer.backends.prompt import composition
from summarizer.backends.registry import load_writer
from summarizer.backends.standin import HashEncoder, OverlapJudge
from summarizer.cli import main
from summarizer.errors import BadOption, ModelFailed, SummarizerError, UnknownModel

ASKED = [Commission((Report("Ledger", (s,)),), (), words=20, seed=7) for s in tiny.NEWS]

Answer = tuple[int, dict[str, str], Any]


def said(text: str) -> Answer:
    return 200, {}, {"choices": [{"message": {"role": "assistant", "content": text}}]}


@dataclass
class Double:
    """A server that answers what `answer` makes of a request, and remembers all of them."""

    answer: Callable[[dict[str, Any], int], Answer]
    listed: tuple[str, ...] = ("tiny",)
    asked: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str | None] = field(default_factory=list)
    together: int = 0
    most: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)
    port: int = 0

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"


@pytest.fixture
def double(monkeypatch: pytest.MonkeyPatch) -> Iterator[Double]:
    """Echoes the first report of what it is asked, after its probe."""
    monkeypatch.delenv(served.KEY, raising=False)
    made = Double(lambda asked, _: said(report(asked)))

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.reply(200, {}, {"data": [{"id": name} for name in made.listed]})

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            with made.lock:
                made.asked.append(body)
                made.keys.append(self.headers.get("Authorization"))
                made.together += 1
                made.most = max(made.most, made.together)
                number = len(made.asked)
            status, headers, content = made.answer(body, number)
            with made.lock:
                made.together -= 1
            self.reply(status, headers, content)

        def reply(self, status: int, headers: dict[str, str], content: Any) -> None:
            data = content if isinstance(content, bytes) else json.dumps(content).encode()
            with suppress(ConnectionError):  # who asked may have left
                self.send_response(status)
                for name, value in {**headers, "Content-Length": str(len(data))}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(data)

        def log_message(self, format: str, *args: Any) -> None:
            """Keep what pytest prints clean."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    made.port = server.server_port
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield made
    server.shutdown()
    server.server_close()


def report(asked: dict[str, Any]) -> str:
    """The first report of a request's last turn."""
    last = str(asked["messages"][-1]["content"])
    return last.split("\n")[1].removeprefix("- ") if "\n" in last else "x"


def connected(double: Double) -> tuple[served.ServedWriter, list[float]]:
    """A writer whose pauses are noted and not made."""
    writer, pauses = served.load(double.address), list[float]()
    return replace(writer, server=replace(writer.server, sleep=pauses.append)), pauses


# --- what is sent --------------------------------------------------------------------------------


def test_texts_come_in_the_order_of_the_commissions(double: Double) -> None:
    """Requests go side by side, each with the turns of its own commission, greedily decoded."""
    writer, _ = connected(double)
    double.asked.clear()
    assert texts_of(writer, ASKED) == tiny.NEWS
    turns = [{"role": r, "content": c} for r, c in composition(ASKED[0])]
    [asked] = [a for a in double.asked if a["messages"] == turns]
    assert asked["model"] == "tiny"
    assert asked["temperature"] == 0.0
    assert asked["seed"] == 7
    assert asked["chat_template_kwargs"] == {"enable_thinking": False}


def test_requests_go_side_by_side_within_a_bound(double: Double) -> None:
    """A second request comes while the first is unanswered, and no more than are allowed."""
    writer, _ = connected(double)
    pair = threading.Barrier(2, timeout=60)

    def answer(asked: dict[str, Any], _: int) -> Answer:
        pair.wait()
        return said(report(asked))

    double.answer = answer
    assert len(texts_of(writer, ASKED * 5)) == 20
    assert 2 <= double.most <= served.AT_ONCE


def test_a_thought_is_no_text(double: Double) -> None:
    """A model that thinks all the same is read from where it stops."""
    double.answer = lambda *_: said("<think>\nHm. No.\n</think>\n\nThe dam held.")
    writer, _ = connected(double)
    assert texts_of(writer, ASKED[:1]) == ["The dam held."]
    double.answer = lambda *_: said("<think>\nHm. The dam held. Or")
    assert texts_of(writer, ASKED[:1]) == [""]


def test_a_server_that_refuses_our_extra_field_does_without(double: Double) -> None:
    """What is not OpenAI's is left out where the server answers 400 or 422 to it."""

    def strict(asked: dict[str, Any], _: int) -> Answer:
        extra = "chat_template_kwargs" in asked
        return (400, {}, {"error": "unknown field"}) if extra else said(report(asked))

    double.answer = strict
    writer, _ = connected(double)
    assert texts_of(writer, ASKED[:1]) == tiny.NEWS[:1]


def test_a_server_keeps_the_extra_fields_that_it_takes(double: Double) -> None:
    """Where llama.cpp's own fields are refused, thinking is still switched off."""

    def strict(asked: dict[str, Any], _: int) -> Answer:
        extra = "return_progress" in asked
        return (422, {}, {"detail": "unknown field"}) if extra else said(report(asked))

    double.answer = strict
    writer, _ = connected(double)
    assert writer.server.extra == {"chat_template_kwargs": {"enable_thinking": False}}


def test_sentences_are_corrected_in_their_order(double: Double) -> None:
    """Each correction comes back at its own place, however many go side by side."""
    writer, _ = connected(double)
    asked = [Correction((s,), "It is wrong.", "all of it", 20, 1) for s in tiny.NEWS]
    assert writer.correct(asked) == tiny.NEWS


def test_special_tokens_of_an_article_are_text_to_a_server(double: Double) -> None:
    """Servers read special tokens in a message, too: those of an article are taken apart."""
    writer, _ = connected(double)
    commission = replace(ASKED[0], reports=(Report("Ledger", ("<|im_end|> It fell, 2 < 3.",)),))
    assert texts_of(writer, [commission]) == ["< |im_end|> It fell, 2 < 3."]


def test_the_key_comes_from_the_environment(
    double: Double, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No key, no header; with one it is sent, and never named in what we write."""
    connected(double)
    assert set(double.keys) == {None}
    monkeypatch.setenv(served.KEY, "s3cret")
    writer, _ = connected(double)
    assert double.keys[-1] == "Bearer s3cret"
    assert "s3cret" not in f"{writer!r} {writer.name} {writer.notice}"


# --- what goes wrong -----------------------------------------------------------------------------


def test_what_passes_is_tried_again(double: Double) -> None:
    """A busy server is asked again after a pause, after as long as it says where it says so."""
    writer, pauses = connected(double)
    replies: list[Answer] = [(503, {}, {}), (429, {"Retry-After": "3"}, {}), said("The dam held.")]
    double.answer = lambda *_: replies.pop(0)
    assert texts_of(writer, ASKED[:1]) == ["The dam held."]
    assert pauses == [0.5, 3.0]


def test_a_server_that_goes_on_failing_is_an_error(double: Double) -> None:
    """Texts are not silently missing because the server is down."""
    writer, pauses = connected(double)
    double.answer = lambda *_: (503, {}, {"error": "loading"})
    double.asked.clear()
    with pytest.raises(ModelFailed, match=r"127\.0\.0\.1:\d+ failed \(503: .*loading"):
        texts_of(writer, ASKED[:1])
    assert len(double.asked) == len(pauses) + 1 == 4


@pytest.mark.parametrize(
    ("answer", "error", "says"),
    [
        ((401, {}, {}), ModelFailed, f"refused the key \\(401\\); set {served.KEY}"),
        ((404, {}, {}), UnknownModel, "has no model 'tiny'; it lists: tiny"),
        ((400, {}, {"error": "too long"}), ModelFailed, r"failed \(400: too long\)"),
        ((400, {}, {"error": {"message": "too long"}}), ModelFailed, r"failed \(400: too long\)"),
        ((400, {}, {"detail": [{"loc": 1}]}), ModelFailed, r"failed \(400: {\"detail\": \[{"),
        ((302, {"Location": "http://127.0.0.1:9/"}, b""), ModelFailed, "failed \\(302"),
        ((200, {}, b"<html>hello"), ModelFailed, "something else than JSON; is"),
        ((200, {}, {"choices": []}), ModelFailed, "no chat completion; is"),
        ((200, {}, {"choices": [{"message": 3}]}), ModelFailed, "no chat completion; is"),
    ],
)
def test_an_answer_that_is_none_is_said(
    double: Double, answer: Answer, error: type[SummarizerError], says: str
) -> None:
    """Each way to answer wrongly is one sentence, and none is tried again."""
    writer, pauses = connected(double)
    double.answer = lambda *_: answer
    with pytest.raises(error, match=says):
        texts_of(writer, ASKED[:1])
    assert pauses == []


def test_a_server_that_is_not_there_is_said() -> None:
    """One sentence on the command line, exit code 2, before anything is read by anybody."""
    with pytest.raises(ModelFailed, match=r"127\.0\.0\.1:9 cannot be reached .*check that it runs"):
        served.load("http://127.0.0.1:9/v1#x")
    assert main(["summarize", "--example", "ferry", "--model", "http://127.0.0.1:9/v1#x"]) == 2


def silent(double: Double, until: threading.Event) -> None:
    """Let the double say nothing before an event."""

    def answer(asked: dict[str, Any], _: int) -> Answer:
        until.wait(60)
        return said(report(asked))

    double.answer = answer


def test_a_silent_server_is_waited_for_up_to_a_limit(double: Double) -> None:
    """Past the limit there is one sentence, and no second request: that would take as long."""
    writer, pauses = connected(double)
    hasty = replace(writer, server=replace(writer.server, timeout=0.2))
    double.asked.clear()
    silent(double, over := threading.Event())
    with pytest.raises(ModelFailed, match=r"nothing for 0\.2 seconds; .* SUMMARIZER_TIMEOUT=0\.4"):
        texts_of(hasty, ASKED[:1])
    with pytest.raises(ModelFailed, match=r"said nothing for 0\.2 seconds"):
        hasty.server.answer([("user", "A")], 1)
    over.set()
    assert len(double.asked) == 2
    assert pauses == []


def test_who_waits_hears_so_and_can_stop(double: Double, monkeypatch: pytest.MonkeyPatch) -> None:
    """While a server says nothing the wait is told again and again; it ends when nobody listens."""
    monkeypatch.setattr(served, "_BEAT", 0.02)
    writer, _ = connected(double)
    silent(double, over := threading.Event())
    with closing(writer.composing(ASKED[:1])) as texts:
        assert [(f.text, f.read) for f, _ in zip(texts, range(3), strict=False)] == [("", 0.0)] * 3
    assert not over.is_set()  # it was closed before the server said a word
    over.set()


def test_a_request_that_stands_in_line_is_not_given_up(
    double: Double, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a server says to any request counts: one of one slot is silent to all others."""
    clock = [0.0]
    monkeypatch.setattr(served, "_BEAT", 0.02)
    monkeypatch.setattr(served, "time", SimpleNamespace(monotonic=lambda: clock[0]))
    writer, _ = connected(double)
    fresh, heard = len(double.asked), threading.Event()

    def answer(asked: dict[str, Any], number: int) -> Answer:
        if number > fresh + 1:
            heard.wait(60)
        clock[0] += 0.7 * writer.server.timeout
        time.sleep(0.2)  # ten looks at the clock
        return said(report(asked))

    double.answer = answer
    found = [""] * 2
    for text in writer.composing(ASKED[:2]):
        found[text.place] = text.text
        if text.text:
            heard.set()
    assert found == tiny.NEWS[:2]


@pytest.mark.parametrize(("set_to", "seconds"), [(None, 600.0), ("", 600.0), ("90", 90.0)])
def test_the_time_limit_comes_from_the_environment(
    double: Double, monkeypatch: pytest.MonkeyPatch, set_to: str | None, seconds: float
) -> None:
    """Seconds of silence: ten minutes unless the environment says otherwise."""
    monkeypatch.delenv(served.TIMEOUT, raising=False)
    if set_to is not None:
        monkeypatch.setenv(served.TIMEOUT, set_to)
    assert served.load(double.address).server.timeout == seconds


@pytest.mark.parametrize("set_to", ["soon", "0", "-1", "inf", "nan"])
def test_a_time_limit_is_a_number_of_seconds(
    double: Double, monkeypatch: pytest.MonkeyPatch, set_to: str
) -> None:
    """What is no time is refused before the server is asked."""
    monkeypatch.setenv(served.TIMEOUT, set_to)
    with pytest.raises(BadOption, match=f"SUMMARIZER_TIMEOUT is '{set_to}'; give seconds, more"):
        served.load(double.address)
    assert double.asked == []


@pytest.mark.parametrize(
    ("listed", "says"), [(("a", "b"), "lists a, b; name one after"), ((), "lists no model")]
)
def test_a_model_must_be_named_unless_there_is_one(
    double: Double, listed: tuple[str, ...], says: str
) -> None:
    """The one model of a server is taken; of several none is guessed."""
    assert served.load(double.address).name == f"tiny@127.0.0.1:{double.port}"
    double.listed = listed
    with pytest.raises(UnknownModel, match=says):
        served.load(double.address)


@pytest.mark.parametrize("address", ["http://", "http://u:p@127.0.0.1/v1#x", "http://h/v1?k=1#x"])
def test_an_address_holds_no_secret(address: str) -> None:
    """A key in an address would end in logs and summaries."""
    with pytest.raises(BadOption, match=f"is no server's address; give it as .* {served.KEY}"):
        served.load(address)


# --- who is told ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("base", "says"),
    [
        ("http://127.0.0.1:8000/v1", "127.0.0.1:8000: another process on this machine"),
        ("http://[::1]:8000/v1", "[::1]:8000: another process on this machine"),
        ("http://10.0.0.7:8000/v1", "10.0.0.7:8000: another machine, unencrypted"),
        ("https://models.example/v1", "models.example: another machine"),
    ],
)
def test_where_the_texts_go_is_said(double: Double, base: str, says: str) -> None:
    """Whoever asks for a summary learns that texts leave the process, and how far they go."""
    writer, _ = connected(double)
    elsewhere = replace(writer, server=replace(writer.server, base=base))
    assert elsewhere.notice == f"the articles' sentences are sent to {says}"


def test_offline_forbids_other_machines(double: Double) -> None:
    """`--offline` leaves a server on this machine, and no other."""
    assert load_writer(double.address, offline=True).name.startswith("tiny@")
    with pytest.raises(BadOption, match=r"at models\.example, and offline forbids"):
        load_writer("https://models.example/v1#x", offline=True)


def test_the_summary_says_where_its_texts_went(double: Double, story: Story) -> None:
    """The notice is in the summary's warnings, once, and the model in its signature."""
    writer, _ = connected(double)
    made = Summarizer(HashEncoder(), writer, OverlapJudge(), model="served")
    summary = made.summarize(story, words=60)
    assert isinstance(writer, Remote)
    assert made.notices == (writer.notice,)
    assert summary.warnings.count(writer.notice) == 1
    assert summary.signature["writer"] == f"tiny@127.0.0.1:{double.port}"
    assert summary.sentences


def test_the_command_line_says_it_before(
    double: Double, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The warning is on standard error once, before the first text is sent."""
    writer, _ = connected(double)
    made = Summarizer(HashEncoder(), writer, OverlapJudge(), model="served")
    monkeypatch.setattr(Summarizer, "load", lambda *_, **__: made)
    double.asked.clear()
    said_first: list[str] = []

    def answer(asked: dict[str, Any], number: int) -> Answer:
        if number == 1:
            said_first.append(capsys.readouterr().err)
        return said(report(asked))

    double.answer = answer
    assert main(["summarize", "--example", "ferry", "--words", "60", "--model", "x"]) == 0
    assert said_first[0].count(writer.notice) == 1
    assert writer.notice not in capsys.readouterr().err


# --- a real one ----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """`transformers serve` with a tiny chat model, offline; its address."""
    pytest.importorskip("openai", reason="transformers serve needs openai's types")
    folder = tiny.causal(tmp_path_factory.mktemp("served") / "tiny", "qwen3")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [str(Path(sys.executable).with_name("transformers")), "serve", str(folder)]
    command += ["--host", "127.0.0.1", "--port", str(port), "--device", "cpu"]
    quiet = {"HF_HUB_OFFLINE": "1", "OMP_NUM_THREADS": "1", "CUDA_VISIBLE_DEVICES": ""}
    said_ = (folder.parent / "log").open("wb")
    process = subprocess.Popen(
        command, env={**os.environ, **quiet}, stdout=said_, stderr=subprocess.STDOUT
    )
    try:
        for _ in range(1500):
            if process.poll() is not None:
                pytest.fail((folder.parent / "log").read_text()[-2000:])
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=2):
                    break
            except (URLError, OSError):
                time.sleep(0.2)
        yield f"http://127.0.0.1:{port}/v1#{folder}"
    finally:
        process.kill()  # it has nothing to save, and would wait for connections
        process.wait()
        said_.close()


@pytest.mark.slow
def test_a_real_server_writes(real: str, story: Story) -> None:
    """`transformers serve` is asked in its own terms, and its text is verified like any."""
    writer = load_writer(real)
    assert isinstance(writer, served.ServedWriter)
    assert len(texts_of(writer, ASKED)) == len(ASKED)
    text = writer.server.answer(composition(ASKED[0]), 12, temperature=0.0)
    assert text
    assert text == writer.server.answer(composition(ASKED[0]), 12, temperature=0.0)
    summary = Summarizer(HashEncoder(), writer, OverlapJudge()).summarize(story, words=60)
    assert summary.sentences
    assert all(s.citations for s in summary.sentences)


def _events(*pieces: str, end: str = "data: [DONE]\n\n") -> Answer:
    chunks = [{"choices": [{"delta": {"content": p}, "finish_reason": None}]} for p in pieces]
    body = "".join(f"data: {json.dumps(c)}\n\n" for c in chunks) + end
    return 200, {"Content-Type": "text/event-stream"}, body.encode()


COMMISSION = Commission((Report("Ledger", tuple(tiny.NEWS)),), (), words=12, seed=7)


def test_a_streamed_text_is_heard_piece_by_piece(double: Double) -> None:
    """Several texts grow side by side, each to what the server says without streaming."""
    writer, _ = connected(double)
    double.answer = lambda asked, _: (
        _events("It ", "fell.", " It rose.") if asked.get("stream") else said("It fell. It rose.")
    )
    found = list(writer.composing([COMMISSION, COMMISSION]))
    for place in (0, 1):
        texts = dict.fromkeys(f.text for f in found if f.place == place)
        assert list(texts) == ["It", "It fell.", "It fell. It rose."]
    assert texts_of(writer, [COMMISSION]) == ["It fell. It rose."]


def test_a_server_that_says_how_much_it_has_read_is_heard(double: Double) -> None:
    """llama.cpp's progress through the prompt is told before the text."""
    writer, _ = connected(double)
    delta = {"delta": {"role": "assistant", "content": None}, "finish_reason": None}
    progress = [{"processed": n, "total": 4} for n in (0, 2, 4)]
    body = "".join(
        f"data: {json.dumps({'choices': [delta], 'prompt_progress': p})}\n\n" for p in progress
    )
    status, headers, text = _events("It fell.")
    double.answer = lambda *_: (status, headers, body.encode() + text)
    found = dict.fromkeys((f.text, f.read) for f in writer.composing([COMMISSION]))
    assert list(found)[-4:] == [("", 0.0), ("", 0.5), ("", 1.0), ("It fell.", 1.0)]
    assert double.asked[-1]["return_progress"] is True
    assert double.asked[-1]["cache_prompt"] is False


def test_a_server_that_does_not_stream_is_heard_at_its_end(double: Double) -> None:
    """An answer that comes whole is taken whole."""
    writer, _ = connected(double)
    double.answer = lambda *_: said("It fell.")
    assert {f.text for f in writer.composing([COMMISSION])} - {""} == {"It fell."}


@pytest.mark.parametrize(
    "said_", [{"timings": {"predicted_n": 9}}, {"usage": {"completion_tokens": 9}}]
)
def test_a_text_that_was_cut_off_is_none(double: Double, said_: dict[str, Any]) -> None:
    """A context too short for the answer is said; a text that is as long as it may be is taken."""
    writer, _ = connected(double)
    last = {"choices": [{"delta": {}, "finish_reason": "length"}], **said_}
    double.answer = lambda *_: _events("It ", end=f"data: {json.dumps(last)}\n\n")
    with pytest.raises(ModelFailed, match=r"it stopped after 9 of 56 tokens; give it a longer"):
        texts_of(writer, [COMMISSION])
    assert writer.server.answer([("user", "A")], 9, lambda *_: None) == "It "


@pytest.mark.parametrize("end", ["", 'data: {"error": {"message": "out of memory"}}\n\n'])
def test_a_stream_that_breaks_off_is_asked_again(double: Double, end: str) -> None:
    """Half a text is never taken for the whole, and a failure that stays is said."""
    writer, pauses = connected(double)
    fresh = len(double.asked) + 1
    double.answer = lambda _, n: _events("It ", end=end) if n == fresh else _events("It rose.")
    *_, last = writer.composing([COMMISSION])
    assert last.text == "It rose."
    assert len(pauses) == 1
    double.answer = lambda *_: _events("It ", end=end)
    with pytest.raises(ModelFailed, match=r"cannot be reached|out of memory"):
        list(writer.composing([COMMISSION]))


@pytest.mark.slow
def test_a_real_server_composes(real: str) -> None:
    """A whole text is asked for in one request a story."""
    writer = load_writer(real)
    commission = Commission((Report("Ledger", tuple(tiny.NEWS)),), (), words=12, seed=7)
    assert len(texts_of(writer, [commission, commission])) == 2
