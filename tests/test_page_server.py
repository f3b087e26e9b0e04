"""The page's server: its one endpoint, its headers and limits, who may read, how it is started.

What is sent and shown is in test_page.py; what it leaves behind in test_page_kept.py.
"""

from __future__ import annotations

import logging
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import page_double as double
import pytest
from browser import browser_path

from summarizer.cli import main
from summarizer.errors import BadInput, BadOption
from summarizer.outputs import render
from summarizer.page import server
from summarizer.schema import Summary

FERRY = "A ferry hit the pier. Twelve people were hurt. Share this story\nThe port closed."
TRAM = "A boat struck the pier. Fourteen people were hurt.\nThe harbour was shut."


def test_importing_the_page_loads_no_gradio() -> None:
    """`summarizer.page` stays light until it serves."""
    code = "import sys, summarizer.page; print('gradio' in sys.modules, 'torch' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]


@pytest.mark.parametrize(("names", "said"), [(("extract", "default"), 1), (("extract", "x"), 0)])
def test_the_choice_of_how_to_write_is_explained_where_there_is_one(
    names: tuple[str, ...], said: int
) -> None:
    """What each of the two ways does and how long it takes, without a figure nobody measured."""
    from summarizer.page.layout import build

    page = build(dict.fromkeys(names, double.Quoting))
    blocks = [b for b in page.blocks.values() if getattr(b, "elem_id", "") == "ways"]
    told = [getattr(b, "value", "") for b in blocks]
    assert len(told) == said
    for html in told:
        assert "in seconds" in html
        assert "minutes on a slow machine" in html
        assert not re.search(r"\d", html)


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ([], ("extract", "default")),
        (["--model", "extract"], ("default", "extract")),
        (["--model", "http://h/v1#m"], ("extract", "default", "http://h/v1#m")),
    ],
)
def test_another_model_is_offered_and_chosen(
    monkeypatch: pytest.MonkeyPatch, asked: list[str], names: tuple[str, ...]
) -> None:
    """`--model` names what writes at first, the last of those offered; the presets stay."""
    shown: list[tuple[str, ...]] = []
    monkeypatch.setattr(server, "launch", lambda models, **_: shown.append(tuple(models)))
    assert main(["page", *asked]) == 0
    assert shown == [names]


def test_a_reader_is_told_beforehand_that_texts_go_to_a_server() -> None:
    """A served model is called by its server, and what that means stands below the choice."""
    from summarizer.page.layout import build

    page = build(dict.fromkeys(("extract", "http://10.0.0.7:8000/v1#<m>"), double.Quoting))
    blocks = {getattr(b, "elem_id", ""): b for b in page.blocks.values()}
    assert blocks["model"].choices[1] == ("At 10.0.0.7:8000", "http://10.0.0.7:8000/v1#<m>")  # type: ignore[attr-defined]
    assert "At 10.0.0.7:8000</b>: new" in blocks["ways"].value  # type: ignore[attr-defined]
    assert "which the articles' sentences are sent to" in blocks["ways"].value  # type: ignore[attr-defined]


def test_every_format_has_a_button_that_takes_it_away() -> None:
    """The page's buttons and what its script saves are the formats of `outputs.render`."""
    from summarizer.page.layout import build

    page = build({"extract": double.Quoting}, split=double.split).get_config_file()
    buttons = {c["props"].get("value") for c in page["components"] if c["type"] == "button"}
    scripts = " ".join(str(event["js"]) for event in page["dependencies"])
    for form in render.ALL:
        assert form.label in buttons
        assert f'"name": "{form.name}", "suffix": "{form.suffix}", "mime": "{form.mime}"' in scripts


@pytest.fixture(scope="module")
def served() -> Iterator[str]:
    with double.serving({"extract": double.Quoting}) as url:
        yield url


@pytest.fixture(scope="module")
def client(served: str) -> Any:
    from gradio_client import Client

    return Client(served, verbose=False)


def test_the_endpoint_returns_a_summary(client: Any) -> None:
    """gradio_client sends articles and gets the Summary's json back."""
    found = client.predict(
        [{"text": FERRY, "outlet": "Tern"}, {"text": TRAM}], 100, "extract", api_name="/summarize"
    )
    summary = Summary.model_validate(found)
    assert summary.sentences
    assert [a.outlet for a in summary.articles] == ["Tern", None]


def test_the_endpoint_counts_in_sentences_too(client: Any) -> None:
    """A length in sentences goes before one in words."""
    articles = [{"text": FERRY}, {"text": TRAM}]
    found = client.predict(articles, sentences=1, api_name="/summarize")
    assert len(Summary.model_validate(found).sentences) == 1


@pytest.mark.parametrize(
    ("articles", "words", "model", "says"),
    [
        ([], 100, "extract", "has no articles; give at least one"),
        ([{"text": " "}], 100, "extract", "are empty; fill at least one text"),
        ([{"text": 5}], 100, "extract", 'article 1: "text" must be text'),
        ([{"text": FERRY}], 9, "extract", "words is 9; a summary can have 10 to 5000 words"),
        ([{"text": FERRY}], 100, "extrakt", "Did you mean 'extract'"),
    ],
)
def test_the_endpoint_refuses_in_one_sentence(
    client: Any, articles: object, words: int, model: str, says: str
) -> None:
    """A bad call gets the sentence of the error, no traceback and no path."""
    with pytest.raises(Exception, match=says) as caught:
        client.predict(articles, words, model, api_name="/summarize")
    assert "Traceback" not in str(caught.value)
    assert ".py" not in str(caught.value)


def test_only_one_endpoint_is_public(client: Any) -> None:
    """The page's own events are not an interface: clients see `summarize` alone."""
    assert list(client.view_api(return_format="dict")["named_endpoints"]) == ["/summarize"]


def test_answers_carry_a_security_policy(served: str) -> None:
    """Every answer forbids loading anything from elsewhere."""
    import httpx

    headers = httpx.get(served).headers
    assert "default-src 'self'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"


def test_a_body_over_the_limit_is_refused(served: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A request that is larger than the limit is refused, whether or not it says its length."""
    import httpx

    from summarizer.page.server import Guard

    monkeypatch.setattr(Guard, "LIMIT", 50)
    url = f"{served}gradio_api/queue/join"
    assert httpx.post(url, content=b"x" * 51).status_code == 413
    assert httpx.post(url, content=iter([b"x" * 30] * 2)).status_code >= 400


def test_logs_hold_counts_only(client: Any, caplog: pytest.LogCaptureFixture) -> None:
    """No word of an article is logged, whether the run is done or refused."""
    with caplog.at_level(logging.DEBUG):
        client.predict([{"text": "Zanzibar sank."}], 100, "extract", api_name="/summarize")
        with pytest.raises(Exception, match="Did you mean"):
            client.predict([{"text": "Zanzibar."}], 100, "extrac", api_name="/summarize")
    ours = [r for r in caplog.records if r.name.startswith("summarizer")]
    assert any("sentences" in r.getMessage() for r in ours)
    assert not any("Zanzibar" in r.getMessage() for r in ours)


@pytest.mark.parametrize("port", ["taken", 0, 70_000])
def test_a_port_that_cannot_be_had_is_said_in_one_sentence(served: str, port: object) -> None:
    """A port that is taken or is none is refused as any other option."""
    from summarizer.page.server import launch

    asked = int(served.rstrip("/").rpartition(":")[2]) if port == "taken" else port
    with pytest.raises(BadOption, match=f"port {asked}|port is {asked}"):
        launch({"extract": double.Quoting}, host="127.0.0.1", port=asked, quiet=True)  # type: ignore[arg-type]


def test_readers_are_named_in_a_file(tmp_path: Path) -> None:
    """Each line of the auth file is name:password; a colon may be in the password."""
    from summarizer.page.server import readers

    path = tmp_path / "readers"
    path.write_text("# who may read\nann:a:b\n\n bo:c \n", encoding="utf-8")
    assert readers(path) == [("ann", "a:b"), ("bo", "c")]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (b"ann secret", "line 1: write it as name:password"),
        (b"\n#x\n", "names nobody"),
        (b"\xff\xfe", "cannot read .* as text"),
        (None, "cannot read .* as text"),
    ],
)
def test_a_bad_auth_file_is_refused_without_what_it_says(
    tmp_path: Path, text: bytes | None, says: str
) -> None:
    """A fault in the auth file names the line and quotes no password."""
    from summarizer.page.server import readers

    path = tmp_path / "readers"
    if text is not None:
        path.write_bytes(text)
    with pytest.raises(BadInput, match=says) as caught:
        readers(path)
    assert "secret" not in str(caught.value)


def test_app_py_takes_what_the_command_takes() -> None:
    """`python app.py` and `summarizer page` have the same options."""
    root = Path(__file__).parents[1]
    said = [
        subprocess.run(command, capture_output=True, text=True, check=True, cwd=root).stdout
        for command in (
            [sys.executable, "app.py", "--help"],
            [sys.executable, "-m", "summarizer", "page", "--help"],
        )
    ]
    assert said[0] == said[1]
    assert "--auth-file" in said[0]


def test_the_container_is_made_of_what_there_is() -> None:
    """Every file and folder that the Dockerfile copies exists, and it says it was not built."""
    root = Path(__file__).parents[1]
    lines = (root / "Dockerfile").read_text(encoding="utf-8").splitlines()
    copied = [word for line in lines if line.startswith("COPY") for word in line.split()[2:-1]]
    assert {"app.py", "summarizer", "models", "constraints.txt"} <= set(copied)
    assert [name for name in copied if not (root / name).exists()] == []
    assert "Not built where this project is tested" in lines[1]


def test_the_container_serves_this_machine_unless_readers_are_named() -> None:
    """What it says to type publishes the page to this machine alone, or asks who is reading."""
    text = (Path(__file__).parents[1] / "Dockerfile").read_text(encoding="utf-8")
    runs = [line for line in text.splitlines() if "docker run" in line]
    assert runs
    assert all("-p 127.0.0.1:" in run or "SUMMARIZER_AUTH_FILE=" in run for run in runs)
    assert text.index("USER reader") < text.index("models pull") < text.index("CMD")


@pytest.mark.parametrize(
    ("required", "outcome", "says"),
    [("", pytest.skip.Exception, "install Debian's"), ("1", pytest.fail.Exception, "=1, but")],
)
def test_without_a_browser_its_tests_are_skipped_or_fail_where_one_is_required(
    monkeypatch: pytest.MonkeyPatch, required: str, outcome: type[BaseException], says: str
) -> None:
    """A missing browser is a reason to skip on a desk, and a failure where all must be tested."""
    monkeypatch.setenv("PATH", "")
    monkeypatch.delenv("SUMMARIZER_CHROMIUM", raising=False)
    monkeypatch.setenv("SUMMARIZER_REQUIRE_BROWSER", required)
    with pytest.raises(outcome, match=says):
        browser_path()
