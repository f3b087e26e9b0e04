"""The stand-ins keep the protocols' promises. Nothing here needs a model.

What the real backends promise beyond them is in test_encoder.py and test_writer.py.
"""

from __future__ import annotations

import os
import subprocess
import sys

import numpy as np
from composers import Scripted, trimmed
from hypothesis import given
from hypothesis import strategies as st

from summarizer.backends import Commission, Composer, Encoder, Judge, Report
from summarizer.backends.standin import (
    HashEncoder,
    OverlapJudge,
    content_words,
)

FLOOD = "The river Arn flooded 1,200 homes in Kelbrook on Tuesday."
FLOOD_TOO = "Some 1,200 homes in Kelbrook were flooded by the Arn on Tuesday."
TRIAL = "A jury acquitted the former mayor of bribery after two days."


def test_they_satisfy_the_protocols() -> None:
    """A stand-in goes wherever a model goes."""
    encoder: Encoder = HashEncoder()
    writer: Composer = Scripted()
    judge: Judge = OverlapJudge()
    assert {encoder.name, writer.name, judge.name} == {
        "hash-1024",
        "scripted",
        "overlap",
    }


@given(st.lists(st.text(max_size=40), max_size=6))
def test_rows_are_unit_and_depend_on_their_text_alone(texts: list[str]) -> None:
    """Whatever the text, a row has length one and does not depend on its neighbours."""
    encoder = HashEncoder(dim=64)
    vectors = encoder.encode(texts)
    assert vectors.shape == (len(texts), 64)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-5)
    for text, row in zip(texts, vectors, strict=True):
        np.testing.assert_array_equal(encoder.encode([text])[0], row)


def test_paraphrases_lie_closer_than_strangers() -> None:
    """Sentences of one claim are nearer to each other than to another claim."""
    same, other = (HashEncoder().encode([FLOOD, t]) for t in (FLOOD_TOO, TRIAL))
    assert same[0] @ same[1] > 0.6
    assert abs(other[0] @ other[1]) < 0.2


def test_vectors_are_the_same_in_another_process() -> None:
    """No vector hangs on the process's hash seed."""
    code = (
        "from summarizer.backends.standin import HashEncoder; import sys;"
        f"sys.stdout.buffer.write(HashEncoder().encode([{FLOOD!r}]).tobytes())"
    )
    seen = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert seen == {HashEncoder().encode([FLOOD]).tobytes()}


@given(
    st.lists(st.text(alphabet="abc (),.12", min_size=1, max_size=30), min_size=1, max_size=3),
    st.integers(1, 12),
)
def test_the_trimming_composer_adds_no_word(evidence: list[str], words: int) -> None:
    """Every content word of its text is in the reports, and the length is kept."""
    held = {w for e in evidence for w in content_words(e)}
    text = trimmed(Commission((Report("Ledger", tuple(evidence)),), (), words, seed=0))
    assert set(content_words(text)) <= held
    assert len(text.split()) <= words


def test_support_is_the_share_of_content_words_held() -> None:
    """A sentence that its evidence says has support 1, a stranger 0, a wrong number less."""
    wrong = FLOOD.replace("1,200", "1,300")
    full, other, none, lower = OverlapJudge().support(
        [(FLOOD, [FLOOD_TOO + " A river."]), (FLOOD, [TRIAL]), (FLOOD, []), (wrong, [FLOOD])]
    )
    assert (full, other, none) == (1.0, 0.0, 0.0)
    assert 0.7 < lower < 0.8


def test_a_sentence_without_content_words_has_no_support() -> None:
    """Nothing to look for is not support."""
    assert OverlapJudge().support([("It was so.", ["It was so."]), ("", [""])]) == [0.0, 0.0]
