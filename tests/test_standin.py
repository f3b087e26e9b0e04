"""The stand-ins keep the protocols' promises. Nothing here needs a model.

What the real backends promise beyond them is in test_encoder.py and test_writer.py.
"""

from __future__ import annotations

import os
import subprocess
import sys

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from summarizer.backends import Brief, Encoder, Judge, Writer
from summarizer.backends.standin import (
    HashEncoder,
    OverlapJudge,
    ScriptedWriter,
    TrimWriter,
    content_words,
)

FLOOD = "The river Arn flooded 1,200 homes in Kelbrook on Tuesday."
FLOOD_TOO = "Some 1,200 homes in Kelbrook were flooded by the Arn on Tuesday."
TRIAL = "A jury acquitted the former mayor of bribery after two days."


def test_they_satisfy_the_protocols() -> None:
    """A stand-in goes wherever a model goes."""
    encoder: Encoder = HashEncoder()
    writers: list[Writer] = [TrimWriter(), ScriptedWriter()]
    judge: Judge = OverlapJudge()
    assert {encoder.name, *(w.name for w in writers), judge.name} == {
        "hash-1024",
        "trim",
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


def test_the_trim_writer_joins_first_and_then_trims() -> None:
    """The first draft holds both sources; asides and lead-ins go, words are never added."""
    brief = Brief((FLOOD, "However, the dam (built in 1961) held."), max_words=40, seed=1)
    (drafts,) = TrimWriter().write([brief], n=3)
    assert drafts == [
        "The river Arn flooded 1,200 homes in Kelbrook on Tuesday; The dam held.",
        FLOOD,
        "The dam held.",
    ]


def test_a_draft_is_never_cut_to_fit() -> None:
    """Evidence longer than the brief allows gives no draft rather than half a sentence."""
    assert TrimWriter().write([Brief((FLOOD,), max_words=5, seed=1)], n=2) == [[]]


def test_a_title_has_no_full_stop() -> None:
    """Headlines end without a full stop and are not joined."""
    brief = Brief(("The dam held.", "The river rose."), max_words=12, seed=1, task="title")
    assert TrimWriter().write([brief], n=2) == [["The dam held", "The river rose"]]


@given(
    st.lists(st.text(alphabet="abc (),.12", min_size=1, max_size=30), min_size=1, max_size=3),
    st.integers(1, 12),
)
def test_the_trim_writer_adds_no_word(evidence: list[str], max_words: int) -> None:
    """Every content word of a draft is in the evidence, and the length is kept."""
    held = {w for e in evidence for w in content_words(e)}
    (drafts,) = TrimWriter().write([Brief(tuple(evidence), max_words, seed=0)], n=5)
    for draft in drafts:
        assert set(content_words(draft)) <= held
        assert len(draft.split()) <= max_words


def test_the_scripted_writer_gives_its_script_and_remembers() -> None:
    """A test can say what is drafted for which evidence, and see what was asked."""
    writer = ScriptedWriter({FLOOD: ["One.", "Two."]}, otherwise=["Else."])
    briefs = [Brief((FLOOD,), 30, 1), Brief((TRIAL,), 30, 2)]
    assert writer.write(briefs, n=1) == [["One."], ["Else."]]
    assert writer.asked == [(briefs[0], 1), (briefs[1], 1)]


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
