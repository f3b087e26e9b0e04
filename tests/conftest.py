"""What every test may ask for: one story, the weightless stand-ins, and a summarizer built of them.

Tests that ask for `extract` carry the marker `weights`; nothing else here loads a model. How tests
are shared out to workers is here too: `make test` has two, plain `pytest` none.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from threading import Event
from typing import TYPE_CHECKING, Any

import hypothesis
import pytest
from browser import Browser, browser_path, opened

from summarizer import examples
from summarizer.schema import Story

if TYPE_CHECKING:
    from composers import Scripted

    from summarizer import Summarizer
    from summarizer.backends.standin import HashEncoder, OverlapJudge

# How long an example takes says more of what else the machine is doing than of a rule.
hypothesis.settings.register_profile("untimed", deadline=None)
hypothesis.settings.load_profile("untimed")

LONGEST_FIRST = ("weights", "ray", "page", "slow")
"""The markers of tests that take long, in the order in which workers begin their files."""

BY_NAME_ALONE = ("server", "soak")
"""The markers of tests that take minutes, which run only where `-m` names them."""


def pytest_configure() -> None:
    """Give a worker of pytest-xdist, and all that it starts, cores of its own.

    A model asks for every core that its process may use, and two that do wait for each other.
    numpy and torch count cores when they are imported, so nothing here imports them before.
    """
    worker = os.environ.get("PYTEST_XDIST_WORKER")  # gw0, gw1, ...
    if worker and hasattr(os, "sched_setaffinity"):
        number, workers = int(worker[2:]), int(os.environ["PYTEST_XDIST_WORKER_COUNT"])
        cores = sorted(os.sched_getaffinity(0))
        # With fewer cores than workers, some share one; one that stands in for a crashed worker
        # has the next number.
        mine = cores[number % workers :: workers] or [cores[number % len(cores)]]
        os.sched_setaffinity(0, mine)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what takes minutes, unless `-m` names it.

    Workers are given the files with long tests first: short ones at the end fill both evenly.
    """
    unnamed = [mark for mark in BY_NAME_ALONE if mark not in config.getoption("markexpr")]
    left_out = {item for item in items if any(map(item.get_closest_marker, unnamed))}
    items[:] = [item for item in items if item not in left_out]
    config.hook.pytest_deselected(items=list(left_out))
    if "PYTEST_XDIST_WORKER" in os.environ:
        ranks: dict[object, int] = {}
        for item in items:
            marks = {mark.name for mark in item.iter_markers()}
            rank = next((n for n, m in enumerate(LONGEST_FIRST) if m in marks), len(LONGEST_FIRST))
            ranks[item.path] = min(rank, ranks.get(item.path, rank))
        items.sort(key=lambda item: ranks[item.path])


@pytest.fixture(scope="session")
def story() -> Story:
    """A ferry hits a breakwater: two outlets share an agency's text, a third counts otherwise."""
    return examples.load("ferry")


@pytest.fixture
def encoder() -> HashEncoder:
    """Vectors without a model."""
    from summarizer.backends.standin import HashEncoder

    return HashEncoder()


@pytest.fixture
def writer() -> Scripted:
    """Texts without a model."""
    from composers import trimming

    return trimming()


@pytest.fixture
def judge() -> OverlapJudge:
    """Support without a model."""
    from summarizer.backends.standin import OverlapJudge

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
def chromium() -> Iterator[Browser]:
    """A browser; the test is skipped where there is none, or fails if one is required."""
    found = browser_path()
    sync_api = pytest.importorskip("playwright.sync_api")
    quiet = (
        "--no-sandbox --disable-gpu --disable-quic --no-first-run "
        "--disable-background-networking --disable-component-update --disable-sync"
    )
    with sync_api.sync_playwright() as play:
        browser = play.chromium.launch(executable_path=found, args=quiet.split())
        yield Browser(browser)
        browser.close()


@pytest.fixture(scope="module")
def gate() -> Event:
    """What a page's gated summariser waits for."""
    return Event()


@pytest.fixture
def page(chromium: Browser, url: str) -> Iterator[Any]:
    """A fresh page of the test file's `url`, which must do nothing that it must not do."""
    with opened(chromium, url) as page:
        yield page
