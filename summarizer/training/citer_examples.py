"""Stories whose evidence people marked, as examples to learn citing from.

Training is in backends; scoring citations is in evaluation.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from summarizer import citations
from summarizer.attribution import as_marked
from summarizer.backends import CloseEncoder
from summarizer.backends.citer import LearnedCiter, stacked
from summarizer.backends.train_cite import train_citer
from summarizer.citations import scoring
from summarizer.errors import BadInput
from summarizer.schema import SourceSentence, Story
from summarizer.types import Progress

Span = tuple[str, int, int]
"""An article's id, and a span of its text."""


@dataclass(frozen=True, eq=False, slots=True)
class Example:
    """One marked story.

    table: features of `citations.close_features`, (n_gold, n_sentences) each. right: (n_gold,
    n_sentences), whether a person marked (most of) the sentence, or half of it or more. sentences:
    its columns.
    """

    story: Story
    sentences: tuple[SourceSentence, ...]
    table: dict[str, NDArray[np.float64]]
    right: NDArray[np.bool_]


def example(
    story: Story, encoder: CloseEncoder, sentences: Sequence[SourceSentence] | None = None
) -> Example:
    """Read a story with gold. sentences: the candidates; what `attribute` cites if None.

    Raises BadInput where the story has no gold or no sentence.
    """
    texts = [g.text for g in story.gold or ()]
    sentences = as_marked(story) if sentences is None else sentences
    if not texts or not sentences:
        raise BadInput(f"story {story.id!r} has no marked evidence; give stories with gold")
    embedded, vectors, meeting = scoring.met(texts, sentences, encoder)
    table = citations.close_features(texts, vectors, embedded, meeting)
    right = [
        [
            s.field == "text" and any(_same((v.article, v.start, v.end), s) for v in g.evidence)
            for s in sentences
        ]
        for g in story.gold or ()
    ]
    return Example(story, tuple(sentences), table, np.array(right))


def train(examples: Sequence[Example], name: str, progress: Progress) -> LearnedCiter:
    """A citer of all the examples. Raises BadInput where nothing, or everything, is marked."""
    right = np.concatenate([e.right.ravel() for e in examples]) if examples else np.zeros(0, bool)
    if not right.any() or right.all():
        raise BadInput("the stories mark no evidence, or all of it; give stories with gold")
    names = list(examples[0].table)
    x = stacked([e.table for e in examples], names)
    return train_citer(x, right, names, name=name, progress=progress)


def _same(marked: Span, sentence: SourceSentence) -> bool:
    """Whether the mark covers half of the sentence, or the sentence half of the mark."""
    here = sentence.article, sentence.start, sentence.end
    return half_of(here, marked) or half_of(marked, here)


def half_of(cell: Span, by: Span) -> bool:
    """Whether `by` covers half of `cell` or more."""
    shared = min(cell[2], by[2]) - max(cell[1], by[1])
    return cell[0] == by[0] and shared > 0 and 2 * shared >= cell[2] - cell[1]
