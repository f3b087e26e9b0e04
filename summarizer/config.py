"""Config: the numbers that a user can set, a section a stage, each with its unit and its reason.

Thresholds of one comparison stand beside it, in its module. "LOG: …" names the entry of
docs/LOG.md that chose a default; one without is a first guess.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Self

from summarizer.errors import BadOption

VERSION = "0.1.0"
"""The package's version; pyproject.toml has the same."""

MIN_WORDS, MAX_WORDS = 10, 5_000
"""Bounds of a summary's length in words."""


STRICTNESS = ((0.0, 0.50, 0.80), (0.5, 0.59, 0.95), (1.0, 0.95, 0.98))
"""Settings of the dial, `composed_support` and `fused_support`; between them, in proportion."""


@dataclass(frozen=True, slots=True)
class Duplicates:
    """Which sentences are copies of one text (evidence.duplicates)."""

    shingle: int = 5  # words in a shingle
    overlap: float = 0.6  # share of the smaller sentence's shingles that both hold
    least_shared: int = 3  # shared shingles below which two sentences are not one text
    article_share: float = 0.6  # share of an article's words printed elsewhere that makes it a copy
    holders: int = 8  # sentences looked at for one shingle, so that time stays linear


@dataclass(frozen=True, slots=True)
class Outliers:
    """Which articles are about another event (evidence.outliers)."""

    sentences: int = 6  # sentences from the top that stand for an article
    score: float = 2.9  # log odds from which one is set aside (LOG: group)
    least_cosine: float = 0.30  # cosine under which two articles report two events


@dataclass(frozen=True, slots=True)
class Claims:
    """Which sentences make one claim (evidence.claims)."""

    likeness: float = 0.45  # likeness from which two sentences support one claim (LOG: group)
    words_share: float = 0.67  # share of words in that likeness; vectors have the rest (LOG: group)
    least_cosine: float = 0.50  # cosine below which two sentences never make one claim
    same_sentence: float = 0.80  # cosine from which a sentence needs no group of its own
    rows_per_article: int = 2  # sentences of one article in a group
    most: int = 1500  # sentences that may lead a group, the most salient first
    least_words: int = 6  # words a leader must have
    early_weight: float = 0.4  # weight of 1 / (2 + position) beside a cosine


@dataclass(frozen=True, slots=True)
class Commentary:
    """Where an outlet's own words judge (nlp.commentary, generation.plainer; LOG: comment)."""

    comment: float = 0.80  # chance from which a sentence counts as its outlet's opinion
    coloured: float = 0.50  # chance from which a sentence counts as one that judges
    usual_share: float = 0.06  # share of the sentences of a report that judge (LOG: partisan)
    article_prior: float = 12.0  # sentences as many as which that share weighs in an article's own
    partisan: float = 0.10  # share above the story's least from which an article is partisan
    partisan_odds: float = 2.0  # log odds that each sentence of a partisan article gets for it
    fall: float = 1.4  # fall of its log odds without a word from which that one is left out


@dataclass(frozen=True, slots=True)
class Linkage:
    """Which articles of a stream are one story (stories.linkage; LOG: cluster)."""

    words: int = 32  # heaviest words by which an article looks for others
    postings: int = 48  # latest articles that are looked at for one word
    candidates: int = 16  # earlier articles that one is compared with
    join: float = -1.5  # mean log odds from which two groups are one story
    apart: float = -8.0  # log odds of a pair that was not compared
    copy: float = 0.6  # tf-idf cosine from which two articles are checked for copying
    members: int = 4  # latest articles that stand for a story already there


@dataclass(frozen=True, slots=True)
class Selection:
    """Which claims are told, and how long the text may be (selection)."""

    support_weight: float = 0.15  # share of the independent sources that make the claim
    central_weight: float = 1.0  # cosine of the claim to the story's centre
    words_weight: float = 0.5  # cosine of the claim's tf-idf to the story's mean
    position_weight: float = 2.0  # earliest place in an article, 1 / (2 + position)
    early_near: float = 0.75  # cosine to the story's centre, plus twice that by words, under which
    # no place counts as early (LOG: features)
    information_weight: float = 0.1  # names and numbers, saturating at six
    redundancy_weight: float = 0.3  # cosine to the nearest claim already planned
    quotation_weight: float = 0.1  # against a sentence that is all quotation
    colour_weight: float = 0.3  # the chance that a claim's plainest sentence judges (LOG: comment)
    heavy_words: int = 40  # words above which a sentence is heavy
    length_weight: float = 0.05  # against every ten words above that
    lead_position: int = 3  # last place in an article that a lead may come from
    lead_quoted: float = 0.4  # share of quoted words above which a sentence is no lead
    lead_weight: float = 0.8  # further weight of an early place for the lead
    overtaken_weight: float = 0.7  # against what none of the last reports tells (LOG: overtaken)
    repeat: float = 1.10  # cosine plus share of words told, from which one repeats (LOG: repeats)
    repeat_opening: float = 0.75  # the same of the first sentence of an article (LOG: openings)
    companions: int = 2  # sentences near a claim that are told nowhere else, for a composer
    companion_least: float = 0.45  # cosine to the claim from which one may be
    answer_least: float = 0.10  # cosine of the first denial told to the claim that it answers
    answer_near: float = 0.45  # the same of a further denial
    answer_over: float = 1.20  # share of the asked words that an answer must not pass
    length_over: float = 1.10  # share of the asked words that must not be passed
    length_under: float = 1.00  # share of the asked words below which more evidence is planned
    length_short: float = 0.85  # share of the asked words below which the reader is told why
    refills: int = 6  # rounds of further evidence when sentences are dropped


@dataclass(frozen=True, slots=True)
class Comparison:
    """Who reported what, and where sources differ (evidence.coverage, disagreements)."""

    claims: int = 16  # claims in the table of who reported what
    rows: int = 12  # sentences of one claim that are compared with each other


@dataclass(frozen=True, slots=True)
class Composing:
    """What a composer is asked for (generation.composed): reading is most of its time on a CPU."""

    evidence_share: float = 1.6  # words of evidence for each word of the text (LOG: less read)
    least_evidence: int = 80  # words of evidence at least: some three sentences
    most_evidence: int = 2_500  # words of evidence at most: a prompt of 3,500 tokens
    most_words: int = 1_200  # words of one text; what a longer summary lacks is told by claims
    correction_words: int = 34  # words of a sentence that is asked for again


@dataclass(frozen=True, slots=True)
class Citation:
    """Which source sentences are cited (citations)."""

    least: float = 0.29  # score from which a source sentence is cited (LOG: cite)
    attributed_least: float = 0.41  # the same by the learned citer, for texts not ours (LOG: cite)
    most: int = 8  # citations of one sentence


@dataclass(frozen=True, slots=True)
class Verification:
    """When a sentence may stand (pipeline.settlement, verification)."""

    composed_support: float = 0.59  # of a composed sentence, in [0, 1]; alignment alone gives 0.6
    fused_support: float = 0.95  # the same for a fused one (LOG: sure)
    fallbacks: int = 3  # sentences of a claim that are tried, trimmed or as they are
    passages: int = 5  # source sentences that whole articles are judged by: as in training
    least_support: float = 0.50  # support from which another judge than ours is believed


@dataclass(frozen=True, slots=True)
class Config:
    """What is asked of a summary, and the numbers of every stage that can be set, by `with_`.

    words: of a summary, 10 to 5,000. sentences: overrides words, 1 to 500. seed: seeds sampling,
    together with the story's id. strictness: 0 (fluent and full) to 1 (bare and certain), set with
    `strict`. Raises BadOption where one is out of range.
    """

    words: int = 150
    sentences: int | None = None
    seed: int = 7
    strictness: float = 0.5
    duplicates: Duplicates = field(default_factory=Duplicates)
    outliers: Outliers = field(default_factory=Outliers)
    claims: Claims = field(default_factory=Claims)
    commentary: Commentary = field(default_factory=Commentary)
    linkage: Linkage = field(default_factory=Linkage)
    selection: Selection = field(default_factory=Selection)
    comparison: Comparison = field(default_factory=Comparison)
    composing: Composing = field(default_factory=Composing)
    citation: Citation = field(default_factory=Citation)
    verification: Verification = field(default_factory=Verification)

    def __post_init__(self) -> None:
        if not MIN_WORDS <= self.words <= MAX_WORDS:
            raise BadOption(
                f"words is {self.words}; a summary can have {MIN_WORDS} to {MAX_WORDS} words"
            )
        if self.sentences is not None and not 1 <= self.sentences <= MAX_WORDS // MIN_WORDS:
            raise BadOption(
                f"sentences is {self.sentences}; "
                f"a summary can have 1 to {MAX_WORDS // MIN_WORDS} sentences"
            )

    def strict(self, strictness: float) -> Self:
        """A copy with the support that a composed sentence needs at a strictness in [0, 1].

        Raises BadOption outside.
        """
        if not 0 <= strictness <= 1:
            raise BadOption(f"strictness is {strictness}; it goes from 0 (fluent) to 1 (certain)")
        upper = next(row for row in STRICTNESS if row[0] >= strictness)
        lower = next(row for row in reversed(STRICTNESS) if row[0] <= strictness)
        share = (strictness - lower[0]) / ((upper[0] - lower[0]) or 1.0)
        composed, fused = (lower[k] + share * (upper[k] - lower[k]) for k in (1, 2))
        verification = replace(self.verification, composed_support=composed, fused_support=fused)
        return replace(self, strictness=strictness, verification=verification)

    def with_(self, **changes: Any) -> Self:
        """A copy with some numbers changed: `with_(words=60, selection={"refills": 3})`.

        Raises BadOption where one is out of range, TypeError for a name that there is not.
        """
        whole = {
            name: replace(getattr(self, name), **value) if isinstance(value, Mapping) else value
            for name, value in changes.items()
        }
        return replace(self, **whole)
