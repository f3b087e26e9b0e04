"""A reader's changes of a summary: a sentence in other words, cited and verified anew.

What the page does with them is in page; nothing is kept here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from summarizer import citations
from summarizer.backends import texts_of
from summarizer.backends.embeddings import encode
from summarizer.config import Config
from summarizer.generation import composed
from summarizer.nlp.overlap import word_diff
from summarizer.pipeline.composing import commission_over
from summarizer.pipeline.decontextualised import decontextualised
from summarizer.pipeline.prepared import Prepared
from summarizer.pipeline.rounds import Models
from summarizer.pipeline.settlement import (
    candidates,
    carriers_of,
    composed_candidate,
    independent,
    settle,
)
from summarizer.schema import CitedSentence
from summarizer.types import Asked, Finding
from summarizer.verification.judgement import cautions, faults


def revised(
    text: str, prepared: Prepared, instead_of: CitedSentence, models: Models
) -> CitedSentence:
    """A reader's wording in place of a sentence, cited and judged anew: see Summarizer.revise."""
    grouped = prepared.grouped
    sentences = grouped.embedded.sentences
    [scores] = citations.cite([text], encode([text], models.encoder), grouped.embedded)
    before = prepared.rows(instead_of.citations)
    rows = citations.candidates(scores, sentences)
    read = decontextualised(text, (*before, *rows), prepared)
    asked = Asked(text, rows, read, cited=before)
    [carried] = carriers_of([asked], models.judged)
    found: Sequence[Finding] = ()
    if carried.verdict is not None:
        verdict = carried.verdict
        found = cautions(verdict) if carried.rows else verdict.findings
    if not instead_of.problems:
        found = of_changed(found, text, instead_of.text)
    at_fault = faults(found)
    return CitedSentence(
        text=text,
        method="edited",
        support=carried.verdict.support if carried.verdict is not None else 0.0,
        independent_sources=independent(grouped, carried),
        primary=grouped.primary(carried.confirming),
        citations=citations.scored(
            carried.rows or carried.partly or before, scores, grouped.embedded
        ),
        problems=() if carried.rows else tuple(dict.fromkeys(f.problem for f in at_fault)),
        faults=at_fault,
    )


def of_changed(found: Sequence[Finding], text: str, before: str) -> Sequence[Finding]:
    """The findings in words of `text` that `before` has not; all of them where that is none.

    A word beside one that was left out counts as changed.
    """
    changed = list(_changed(text, before))
    return [f for f in found if any(f.start < e and s < f.end for s, e in changed)] or found


def _changed(text: str, before: str) -> Iterator[tuple[int, int]]:
    _, words, matched = word_diff(before, text)
    for op, _, _, k, m in matched.get_opcodes():
        touched = words[k:m] or words[max(0, k - 1) : k + 1]
        if op != "equal" and touched:
            yield touched[0].start(), touched[-1].end()


def redrafted(
    sentence: CitedSentence, prepared: Prepared, models: Models, config: Config
) -> list[CitedSentence]:
    """Other wordings of a sentence that hold: see Summarizer.redraft."""
    grouped = prepared.grouped
    cited = prepared.rows(sentence.citations)
    same = [e for e in grouped.evidence if cited[0] in e.rows]
    rows = tuple(dict.fromkeys((*cited, *(r for e in same for r in e.rows))))
    planned = grouped.plan(rows, order=0.0)
    written: list[str] = []
    if models.composer is not None:
        asked = commission_over(prepared, rows, (), composed.SENTENCE_WORDS, config)
        [text] = texts_of(models.composer, [asked])
        written = composed.sentences_of(text)
    every = config.with_(verification={"fallbacks": len(rows)})
    tried = [composed_candidate(s, rows, grouped.embedded) for s in written]
    tried += candidates(planned, grouped.embedded, every)
    vectors = encode([c.text for c in tried], models.encoder)
    settled = settle(
        [(grouped, planned, [c], v[None]) for c, v in zip(tried, vectors, strict=True)],
        models.judged,
        config,
    )
    held = {s.sentence.text: s.sentence for s in settled if s.sentence is not None}
    return [held[text] for text in held if text != sentence.text]
