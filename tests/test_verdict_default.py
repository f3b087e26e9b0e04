"""The default verdict on sets that other hands wrote, measured once and retired to here.

How the parts of a verdict are joined is in test_entailment; figures of each set are in the results.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.judging import read
from summarizer import Summarizer
from summarizer.schema import Article

DATA = Path(__file__).parent / "data"


@pytest.mark.weights
@pytest.mark.parametrize(
    "every", [5, pytest.param(1, marks=pytest.mark.soak)], ids="every {}".format
)
def test_the_verdict_holds_on_sentences_by_three_other_hands(
    extract: Summarizer, every: int
) -> None:
    """Of 750 sentences one edit away from true, or true in other words, 82 % are decided rightly.

    True ones and false ones count the same, and neither is decided at the cost of the other. Each
    set has fifty groups of sources with five sentences; here every fifth group, all in the soak.
    """
    cases = [c for n in (6, 7, 8) for c in read(str(DATA / f"hand-{n}.jsonl"))]
    cases = [c for n, c in enumerate(cases) if n // 5 % every == 0]
    found = extract.judge_many([(c.sentence, c.sources) for c in cases])
    true = [j.supported for c, j in zip(cases, found, strict=True) if c.right]
    false = [not j.supported for c, j in zip(cases, found, strict=True) if not c.right]
    accepted, refused = sum(true) / len(true), sum(false) / len(false)
    assert (accepted + refused) / 2 >= 0.82
    assert min(accepted, refused) >= 0.75


@pytest.mark.weights
def test_a_claim_without_its_speaker_is_told_with_a_caution(extract: Summarizer) -> None:
    """A wording that leaves out whose word it is may be carried, but says whose word it is."""
    story = extract.prepare(
        [
            "Residents of Quarrow said on Friday that they had warned the council about the dam. "
            "The council has closed the road below it."
        ]
    )
    [*_, summary] = extract.watch(story)
    text = "The residents had warned the council about the dam."
    changed = extract.revise(text, story, instead_of=summary.sentences[0])
    assert not changed.problems
    [caution] = changed.faults
    assert caution.rule == "clause.speaker"
    assert "Residents of Quarrow" in caution.message


@pytest.mark.weights
@pytest.mark.parametrize(
    ("text", "carried"),
    [
        ("The dam was sound, chief engineer Ilse Vantor said.", True),
        ("The dam was sound, mayor Pia Lorch said.", False),
        ("A dyke broke on Friday, June 6, and nine of the cows drowned, police said.", True),
        ("A dyke broke on Friday, June 13, and nine of the cows drowned, police said.", False),
    ],
)
def test_a_wording_is_judged_by_what_its_article_makes_certain(
    extract: Summarizer, text: str, carried: bool
) -> None:
    """A sentence may name who "she" is in its source, and date a weekday of a dated article."""
    article = Article(
        text="A dyke broke on Friday and nine cows drowned, police said. "
        "Chief engineer Ilse Vantor said the water was falling. The dam was sound, she said. "
        "Mayor Pia Lorch thanked the helpers.",
        published="2031-06-08",
    )
    story = extract.prepare([article])
    [*_, summary] = extract.watch(story)
    changed = extract.revise(text, story, instead_of=summary.sentences[0])
    assert (not changed.problems) is carried


@pytest.mark.weights
@pytest.mark.parametrize(
    "every", [4, pytest.param(1, marks=pytest.mark.soak)], ids="every {}".format
)
def test_what_a_story_does_not_say_is_not_carried(extract: Summarizer, every: int) -> None:
    """Of 72 likely sentences that no source says nine in ten are refused, and 70 % of the true ones
    accepted; here those of every fourth story, all in the soak.
    """
    cases = [c for n, c in enumerate(read(str(DATA / "unsaid.jsonl"))) if n // 6 % every == 0]
    found = extract.judge_many([(c.sentence, c.sources) for c in cases])
    true = [j.supported for c, j in zip(cases, found, strict=True) if c.right]
    false = [not j.supported for c, j in zip(cases, found, strict=True) if not c.right]
    assert sum(true) / len(true) >= 0.70
    assert sum(false) / len(false) >= 0.88
