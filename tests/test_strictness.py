"""Rules of the dial between fluent and certain.

What its numbers do to a draft is tested with verify.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.config import Config
from summarizer.errors import BadOption


def test_the_middle_of_the_dial_is_the_default() -> None:
    """A user who says nothing gets what 0.5 gives."""
    assert Config().strict(0.5) == Config()


@given(st.floats(0, 1), st.floats(0, 1))
def test_a_stricter_setting_allows_no_more(one: float, other: float) -> None:
    """Whatever a stricter setting lets through, a looser one lets through too."""
    loose, strict = (Config().strict(s) for s in sorted((one, other)))
    assert strict.verification.composed_support >= loose.verification.composed_support
    assert strict.verification.fused_support >= loose.verification.fused_support


@pytest.mark.parametrize("strictness", [-0.1, 1.1, float("nan")])
def test_the_dial_has_two_ends(strictness: float) -> None:
    """A setting outside 0 to 1 is refused in one sentence."""
    with pytest.raises(BadOption, match="it goes from 0"):
        Config().strict(strictness)
