"""What the verifier says without a reader: by the exact checks and the alignment alone."""

from __future__ import annotations

import pytest

from summarizer.verification.verifier import Verifier


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        (
            "12 men were hurt, one of them seriously.",
            "12 men were hurt, three of them seriously.",
        ),
        ("Both ships sank and one crew was lost.", "Both ships sank and two crews were lost."),
    ],
)
def test_a_small_count_in_the_place_of_another_is_refused(sentence: str, source: str) -> None:
    """Small counts are often told otherwise, but not one where the sources have another."""
    [verdict] = Verifier(None).verify([(sentence, [source])])
    assert not verdict.supported
    assert any(f.problem == "number" and f.instead for f in verdict.findings)


def test_a_word_without_a_counterpart_is_reserved() -> None:
    """What the sources do not have is named, even where the sentence as a whole holds."""
    sentence = "The old ferry Sula hit the harbour wall at Lindhaven in thick fog on Tuesday."
    source = "The ferry Sula hit the harbour wall at Lindhaven in thick fog on Tuesday."
    [verdict] = Verifier(None).verify([(sentence, [source])])
    named = [*verdict.findings, *verdict.reservations]
    assert "old" in {sentence[f.start : f.end] for f in named}
