"""What the page leaves behind: nothing on disk, nothing in what it prints, nothing after it closes.

A server of its own runs here, in a home and a folder for scratch files that are looked through.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from browser import opened, summarise

from summarizer.page.jobs import Held, Jobs

pytestmark = pytest.mark.page

SECRET = "Zanzibarine"
ARTICLE = f"The {SECRET} ferry hit the pier. Twelve people were hurt.\nThe port closed."

_SERVE = """
import logging, sys
sys.path.insert(0, sys.argv[1])
import page_double as double
from summarizer.page.server import launch
logging.basicConfig(level=logging.DEBUG)
page = launch(
    {"extract": double.Quoting}, host="127.0.0.1", port=None, split=double.split,
    prevent_thread_lock=True, quiet=True,
)
print(page.local_url, flush=True)
sys.stdin.read()
"""


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[str, subprocess.Popen[str], Path]]:
    scratch, said = tmp_path / "scratch", tmp_path / "said"
    scratch.mkdir()
    kept = ("PATH", "PYTHONPATH", "LANG", "OMP_NUM_THREADS")
    env = {name: os.environ[name] for name in kept if name in os.environ}
    env |= {"HOME": str(scratch), "TMPDIR": str(scratch), "XDG_CACHE_HOME": str(scratch / "cache")}
    with said.open("w") as errors:
        server = subprocess.Popen(
            [sys.executable, "-c", _SERVE, str(Path(__file__).parent)],
            cwd=scratch,
            env=env,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        )
        assert server.stdout
        yield server.stdout.readline().strip(), server, scratch
        if server.poll() is None:
            server.kill()
        server.communicate()


def test_no_word_of_an_article_is_left_behind(
    chromium: Any, served: tuple[str, subprocess.Popen[str], Path]
) -> None:
    """After pasting, dropping, summarising and taking away, no file or line has a word of it."""
    url, server, scratch = served
    with opened(chromium, url) as page:
        page.locator("input.files").set_input_files(
            {"name": f"{SECRET}.txt", "mimeType": "text/plain", "buffer": ARTICLE.encode()}
        )
        page.locator("#status", has_text="Read 1 article.").wait_for()
        page.locator("input.files").set_input_files(
            {"name": f"{SECRET}.exe", "mimeType": "text/plain", "buffer": ARTICLE.encode()}
        )
        page.get_by_role("alert").filter(has_text="is of a kind that is not read").wait_for()
        summarise(page, ARTICLE, ARTICLE.replace("hit", "struck"))
        with page.expect_download() as waiting:
            page.locator("#take").get_by_role("button", name="Markdown").click()
        assert SECRET in Path(waiting.value.path()).read_text(encoding="utf-8")

    def holding() -> list[str]:
        files = [path for path in scratch.rglob("*") if path.is_file()]
        named = [path for path in files if SECRET in str(path)]
        return [str(p) for p in files if SECRET.encode() in p.read_bytes()] + list(map(str, named))

    assert holding() == []
    server.communicate("", timeout=60)
    assert holding() == []
    said = (scratch.parent / "said").read_text(encoding="utf-8")
    assert "2 articles" in said
    assert SECRET not in said


def test_what_a_session_reads_is_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    """A session that is forgotten holds nothing, and the oldest go when there is too much."""
    monkeypatch.setattr("summarizer.page.jobs.MAX_HELD", 25)
    jobs = Jobs({}, lambda article, masks: ())
    for n in range(3):
        jobs._hold(f"s{n}", Held(None, None, 10, None))  # type: ignore[arg-type]
    assert list(jobs._held) == ["s1", "s2"]
    jobs.forget("s1")
    assert list(jobs._held) == ["s2"]
