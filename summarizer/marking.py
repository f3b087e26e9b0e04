"""Which sentences of a story carry texts that are not ours, and what these are judged by.

The order of the rooms for such texts; what a score is worth is cite's to say, and whether a text
holds is for `verify`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from summarizer import cite, clean, split
from summarizer.backends import Citer, CloseEncoder, Encoder, Vectors
from summarizer.embed import embed, encode
from summarizer.story import Article, Embedded, SourceSentence, Story

_CHUNK = 512  # sentences whose word pieces are held at once: memory does not grow with the story


@dataclass(frozen=True, eq=False, slots=True)
class Marked:
    """Source sentences, and the chance of each to be marked for each text.

    scores: (n_texts, n_sentences) in [0, 1].
    """

    embedded: Embedded
    scores: cite.Scores


def as_marked(story: Story) -> list[SourceSentence]:
    """The story's sentences as people mark them: those of a quotation one by one."""
    repeated = clean.repeated_lines(story.articles)
    return [
        s
        for a in story.articles
        for s in split.split(a, clean.mask(a, repeated), quotations="marked")
    ]


def passages(sources: Sequence[str]) -> list[SourceSentence]:
    """The sentences of sources that are each a sentence or a whole article."""
    story = Story(articles=tuple(Article(text=text) for text in sources))
    return [s for a in story.articles for s in split.split(a, ())]


def mark(
    texts: Sequence[str],
    sentences: Sequence[SourceSentence],
    encoder: Encoder,
    citer: Citer | None,
) -> Marked:
    """Score every sentence for every text.

    By the learned citer where there is one and the encoder can tell of single word pieces, else
    by `cite.cite`. Takes time linear in the sentences; each different sentence is read once.
    """
    if citer is None or not isinstance(encoder, CloseEncoder) or not sentences or not texts:
        [embedded] = embed([sentences], encoder)
        return Marked(embedded, cite.cite(texts, encode(texts, encoder), embedded))
    embedded, vectors, meeting = met(texts, sentences, encoder)
    return Marked(embedded, cite.cite_closely(texts, vectors, embedded, meeting, citer))


def met(
    texts: Sequence[str], sentences: Sequence[SourceSentence], encoder: CloseEncoder
) -> tuple[Embedded, Vectors, cite.Meeting]:
    """The sentences' vectors, the texts' vectors, and how their word pieces meet; neither empty."""
    vectors, asked = encoder.read(texts)
    rows = {text: i for i, text in enumerate(dict.fromkeys(s.text for s in sentences))}
    unique = list(rows)
    parts, found = [], []
    for start in range(0, len(unique), _CHUNK):
        part, states = encoder.read(unique[start : start + _CHUNK])
        parts.append(part)
        found.append(cite.Meeting.of(asked, states))
    order = np.array([rows[s.text] for s in sentences], dtype=np.intp)
    embedded = Embedded(tuple(sentences), np.concatenate(parts)[order])
    return embedded, vectors, cite.Meeting.join(found).at(order)


def whole(rows: Sequence[int], embedded: Embedded, story: Story) -> list[str]:
    """The sentences at `rows` as they are told: each with its speaker and quotation marks.

    A text is judged by these: who says a thing is part of what is said.
    """
    chosen = [embedded.sentences[r] for r in rows]
    told: dict[tuple[str, str], tuple[SourceSentence, ...]] = {}
    for article_id in {s.article for s in chosen}:
        article = story.article(article_id)
        for sentence in split.split(article, ()):
            key = article_id, sentence.field
            told[key] = (*told.get(key, ()), sentence)
    out = []
    for s in chosen:
        around = (t for t in told.get((s.article, s.field), ()) if t.start <= s.start < t.end)
        out.append(next((t.text for t in around if t.end >= s.end), s.text))
    return list(dict.fromkeys(out))
