"""What every test may ask for: one story, the weightless stand-ins, and a summarizer built of them.

Nothing here loads a model; tests of the real ones carry the marker `weights`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from summarizer import examples
from summarizer.backends.standin import HashEncoder, OverlapJudge, TrimWriter
from summarizer.story import Story

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
def writer() -> TrimWriter:
    """Drafts without a model."""
    return TrimWriter()


@pytest.fixture
def judge() -> OverlapJudge:
    """Support without a model."""
    return OverlapJudge()


@pytest.fixture
def summarizer(encoder: HashEncoder, writer: TrimWriter, judge: OverlapJudge) -> Summarizer:
    """The whole way through, without a model."""
    from summarizer import Summarizer

    return Summarizer(encoder, writer, judge, model="trim")
