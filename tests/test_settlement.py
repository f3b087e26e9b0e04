"""Rules of settlement: nothing is kept that its final citations do not carry.

Sentences are written here by hand, as a model might; the exact checks are in test_checks.py.
"""

from __future__ import annotations

import pytest

from summarizer.backends.embeddings import embed, encode
from summarizer.backends.standin import HashEncoder, OverlapJudge
from summarizer.config import Config
from summarizer.evidence import group
from summarizer.pipeline.settlement import Settled, candidates, composed_candidate, settle
from summarizer.schema import Article
from summarizer.text.sentences import split
from summarizer.types import Grouped, Planned
from summarizer.verification.judgement import judgements, verifying
from summarizer.verification.verifier import Verifier

CONFIG = Config()
ALIGNED = CONFIG.with_(verification={"fused_support": 0.59})
"""Lets a fused sentence stand on alignment alone, which gives 0.6 at most."""
ONE = (
    "The regional assembly in Harrow passed a law on Thursday that limits rent increases to "
    "3 percent a year.\nThe Property Owners' Federation said it would challenge the law in court."
)
TWO = (
    "A law that limits rent increases to 3 percent a year was passed on Thursday by the assembly "
    "in Harrow.\nHousing Minister Rosa Tennant said the law would help 210,000 households."
)


@pytest.fixture
def grouped() -> Grouped:
    """Two outlets on one law."""
    articles = [Article(id="a1", text=ONE), Article(id="a2", text=TWO)]
    embedded = embed([[s for a in articles for s in split(a, ())]], HashEncoder())[0]
    return group(embedded, ["a1", "a2"], CONFIG.with_(claims={"likeness": 0.5}))


def _settle(grouped: Grouped, composed: str | None = None, config: Config = ALIGNED) -> Settled:
    """What becomes of a composed sentence, or of a claim that is told from its sources."""
    evidence = next(e for e in grouped.evidence if 0 in e.rows)
    planned = Planned(evidence, evidence.rows, 0.0)
    tried = candidates(planned, grouped.embedded, CONFIG)
    if composed is not None:
        tried = [composed_candidate(composed, evidence.rows, grouped.embedded)]
    vectors = encode([c.text for c in tried], HashEncoder())
    [settled] = settle([(grouped, planned, tried, vectors)], Verifier(None).verify, config)
    return settled


def test_a_true_fusion_is_kept_and_cites_what_carries_it(grouped: Grouped) -> None:
    """A draft that both outlets carry is kept as fused."""
    draft = (
        "Harrow's assembly on Thursday passed a law limiting rent increases to 3 percent a year."
    )
    settled = _settle(grouped, draft)
    assert settled.sentence is not None
    assert settled.sentence.text == draft
    assert settled.sentence.method == "fused"
    assert settled.dropped == ()
    [unsure] = _settle(grouped, draft, CONFIG).dropped  # alignment alone is not sure enough
    assert unsure.rules == ("draft.unsure",)


@pytest.mark.parametrize(
    ("draft", "problem"),
    [
        (
            "The assembly in Harrow passed a law on Thursday to limit rents to 5 percent.",
            "number",
        ),
        ("The assembly in Belmar passed a law on Thursday that limits rent increases.", "name"),
        ("The assembly in Harrow passed a law on Friday that limits rent increases.", "date"),
        ("The assembly in Harrow did not pass a law that limits rent increases.", "negation"),
        (
            "The assembly in Harrow passed a law on Thursday, “a great day for all”.",
            "quotation",
        ),
    ],
)
def test_a_sentence_that_says_more_than_its_sources_is_refused(
    grouped: Grouped, draft: str, problem: str
) -> None:
    """The false sentence is reported with its problem, and its claim is told from a source."""
    settled = _settle(grouped, draft)
    assert [problem in d.problems for d in settled.dropped] == [True]
    assert settled.sentence is None
    instead = _settle(grouped).sentence
    assert instead is not None
    assert instead.method in ("trimmed", "quoted")
    assert instead.citations[0].score == 1.0


def test_a_draft_copied_from_one_sentence_is_not_called_fused(grouped: Grouped) -> None:
    """Copying is said to be copying, whoever did it."""
    copied = _settle(
        grouped, "The assembly in Harrow passed a law on Thursday that limits rent increases."
    )
    assert copied.sentence is not None
    assert copied.sentence.method != "fused"


def test_every_sentence_cut_from_a_source_cites_that_source_first(grouped: Grouped) -> None:
    """A quoted sentence names the sentence it was taken from before any other."""
    settled = _settle(grouped)
    assert settled.sentence is not None
    assert settled.sentence.method == "quoted"
    assert settled.sentence.citations[0].text == settled.sentence.text


def test_a_draft_that_dangles_is_refused_though_true(grouped: Grouped) -> None:
    """'It passed …' points at nothing and is not printed."""
    settled = _settle(grouped, "It passed a law on Thursday that limits rent increases.")
    assert settled.dropped[0].problems == ("unsupported",)


def test_a_sentence_without_evidence_is_unsupported() -> None:
    """Nothing is supported by nothing."""
    [verdict] = judgements([("The assembly met on Monday.", [])], verifying(OverlapJudge(), CONFIG))
    assert not verdict.supported
    assert verdict.support == 0.0
    assert "unsupported" in verdict.problems


def test_exact_checks_and_learned_support_stay_apart() -> None:
    """A wrong number is named as such though nearly every word is supported."""
    [verdict] = judgements(
        [
            (
                "The law passed by 61 votes to 51 on Thursday.",
                ["The law passed by 58 votes to 51 on Thursday."],
            )
        ],
        verifying(OverlapJudge(), CONFIG),
    )
    assert "number" in verdict.problems
    assert verdict.support > 0.5
    assert not verdict.supported
