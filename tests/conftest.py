"""What every test may ask for: one story, the weightless stand-ins, and a summarizer built of them.

Tests that ask for `extract` carry the marker `weights`; nothing else here loads a model.
"""

from __future__ import annotations

from collections.abc import Iterator
from threading import Event
from typing import TYPE_CHECKING, Any

import pytest
from browser import browser_path, opened
from composers import Scripted, trimming

from summarizer import examples
from summarizer.backends.standin import HashEncoder, OverlapJudge
from summarizer.schema import Story

if TYPE_CHECKING:
    from summarizer import Summarizer


@pytest.fixture(scope="session")
def story() -> Story:
    """A ferry hits a breakwater: two outlets share an agency's text, a third counts otherwise."""
    return examples.load("ferry")


@pytest.fixture
def encoder() -> HashEncoder:
    """Vectors without a model."""
    return HashEncoder()


@pytest.fixture
def writer() -> Scripted:
    """Texts without a model."""
    return trimming()


@pytest.fixture
def judge() -> OverlapJudge:
    """Support without a model."""
    return OverlapJudge()


@pytest.fixture
def summarizer(encoder: HashEncoder, writer: Scripted, judge: OverlapJudge) -> Summarizer:
    """The whole way through, without a model."""
    from summarizer import Summarizer

    return Summarizer(encoder, writer, judge, model="trim")


@pytest.fixture(scope="session")
def extract() -> Summarizer:
    """The real models without a writer, loaded once for all tests."""
    from summarizer import Summarizer

    return Summarizer.load("extract")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """A browser; the test is skipped where there is none, or fails if one is required."""
    found = browser_path()
    sync_api = pytest.importorskip("playwright.sync_api")
    quiet = (
        "--no-sandbox --disable-gpu --disable-quic --no-first-run "
        "--disable-background-networking --disable-component-update --disable-sync"
    )
    with sync_api.sync_playwright() as play:
        browser = play.chromium.launch(executable_path=found, args=quiet.split())
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def gate() -> Event:
    """What a page's gated summariser waits for."""
    return Event()


@pytest.fixture
def page(chromium: Any, url: str) -> Iterator[Any]:
    """A fresh page of the test file's `url`, which must do nothing that it must not do."""
    with opened(chromium, url) as page:
        yield page
