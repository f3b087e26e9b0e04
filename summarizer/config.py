"""Config: every number that can be tuned, its unit, and the docs/LOG.md entry that chose it.

Nothing else lives here. A default without a LOG entry is a first guess and says so.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Self

from summarizer.errors import BadOption

VERSION = "0.1.0"
"""The package's version; pyproject.toml has the same."""

MIN_WORDS, MAX_WORDS = 10, 5_000
"""Bounds of a summary's length in words."""


STRICTNESS = ((0.0, 0.50), (0.5, 0.60), (1.0, 0.95))
"""Settings of the dial, and the support that a draft then needs; between them, in proportion."""


@dataclass(frozen=True, slots=True)
class Config:
    """Tunable numbers of every room. Build with keywords; change with `with_`."""

    # length: asked in words, or in sentences where `sentences` is given
    words: int = 150  # words of a summary
    sentences: int | None = None  # overrides words
    seed: int = 7  # seeds sampling, together with the story's id

    # group: copies of one text
    copy_shingle: int = 5  # words in a shingle
    copy_overlap: float = 0.6  # share of the smaller sentence's shingles that both hold
    copy_least: int = 3  # shared shingles below which two sentences are not one text
    copy_share: float = 0.6  # share of an article's words printed elsewhere that makes it a copy
    copy_holders: int = 8  # sentences looked at for one shingle, so that time stays linear

    # group: articles about another event
    stranger_sentences: int = 6  # sentences from the top that stand for an article
    stranger_score: float = 2.63  # log odds from which one is set aside (LOG: group)
    stranger_pair: float = 0.30  # cosine of two articles under which a warning is given

    # group: one claim
    same_claim: float = 0.45  # likeness from which two sentences support one claim (LOG: group)
    claim_words: float = 0.67  # share of words in that likeness; vectors have the rest (LOG: group)
    claim_floor: float = 0.50  # cosine below which two sentences are of no one claim
    same_sentence: float = 0.80  # cosine from which a sentence needs no group of its own
    rows_per_article: int = 2  # sentences of one article in a group
    max_groups: int = 1500  # sentences that may lead a group, the most salient first
    least_words: int = 6  # words a leader must have
    early_weight: float = 0.4  # weight of 1 / (2 + position) beside a cosine

    # cluster (LOG: cluster)
    cluster_words: int = 32  # heaviest words by which an article looks for others
    cluster_postings: int = 48  # latest articles that are looked at for one word
    cluster_candidates: int = 16  # earlier articles that one is compared with
    cluster_join: float = -1.5  # mean log odds from which two groups are one story
    cluster_apart: float = -8.0  # log odds of a pair that was not compared
    cluster_copy: float = 0.6  # tf-idf cosine from which two articles are checked for copying
    cluster_members: int = 4  # latest articles that stand for a story already there

    # plan
    support_weight: float = 0.15  # share of the independent sources that make the claim
    central_weight: float = 1.0  # cosine of the claim to the story's centre
    words_weight: float = 0.5  # cosine of the claim's tf-idf to the story's mean
    position_weight: float = 1.2  # earliest place in an article, 1 / (2 + position)
    information_weight: float = 0.1  # names and numbers, saturating at six
    redundancy_weight: float = 0.3  # cosine to the nearest claim already planned
    quotation_weight: float = 0.1  # against a sentence that is all quotation
    tone_weight: float = 0.1  # against each loaded word of a claim's plainest sentence (LOG: tone)
    heavy_words: int = 40  # words above which a sentence is heavy
    length_weight: float = 0.05  # against every ten words above that
    lead_position: int = 3  # last place in an article that a lead may come from
    lead_quoted: float = 0.4  # share of quoted words above which a sentence is no lead
    lead_weight: float = 0.8  # further weight of an early place for the lead
    overlap_weight: float = 1.0  # shared words beside the cosine in telling a repeat
    repeat: float = 1.12  # cosine plus that, from which a claim repeats one already told
    evidence_rows: int = 4  # source sentences that a writer is shown
    companions: int = 2  # of these, sentences near the claim that are told nowhere else
    companion_least: float = 0.45  # cosine to the claim from which one may be
    length_over: float = 1.10  # share of the asked words that must not be passed
    length_under: float = 1.00  # share of the asked words below which more evidence is planned
    length_short: float = 0.85  # share of the asked words below which the reader is told why
    refills: int = 6  # rounds of further evidence when drafts are dropped

    # compare
    coverage_most: int = 16  # claims in the table of who reported what
    compare_rows: int = 12  # sentences of one claim that are compared with each other
    same_thing: float = 0.60  # cosine of two sentences whose numbers may count one thing

    # write
    drafts: int = 5  # drafts of a claim; a further one costs little on a CPU (LOG: bench)
    draft_words: int = 34  # words of one drafted sentence
    title_words: int = 14  # words of a drafted headline
    title_drafts: int = 2  # headlines drafted

    # how sure the verdict on a draft must be: set both with `strict`
    strictness: float = 0.5  # 0 fluent and full … 1 bare and certain
    draft_support: float = 0.60  # support that a draft needs, in [0, 1]

    # cite and verify
    cite_least: float = 0.29  # score from which a source sentence is cited (LOG: cite)
    attribute_least: float = 0.39  # the same by the learned citer, for texts not ours (LOG: cite)
    cite_most: int = 8  # citations of one sentence
    draft_told: float = 0.55  # share of the claim's content words that a draft in its own keeps
    trim_told: float = 0.60  # share of a sentence's content words that a writer's cut keeps
    copied_run: int = 12  # words running that a draft may share with one source sentence
    fallbacks: int = 3  # sentences of a claim that are tried as they are when drafts fail
    judge_passages: int = 5  # source sentences that whole articles are judged by: as in training
    support_least: float = 0.50  # support from which another judge than ours is believed

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
        """A copy with the support that a draft needs at a strictness in [0, 1].

        Raises BadOption outside.
        """
        if not 0 <= strictness <= 1:
            raise BadOption(f"strictness is {strictness}; it goes from 0 (fluent) to 1 (certain)")
        upper = next(row for row in STRICTNESS if row[0] >= strictness)
        lower = next(row for row in reversed(STRICTNESS) if row[0] <= strictness)
        share = (strictness - lower[0]) / ((upper[0] - lower[0]) or 1.0)
        support = lower[1] + share * (upper[1] - lower[1])
        return replace(self, strictness=strictness, draft_support=support)

    def with_(self, **changes: Any) -> Self:
        """A copy with some numbers changed. Raises BadOption where one is out of range."""
        return replace(self, **changes)
