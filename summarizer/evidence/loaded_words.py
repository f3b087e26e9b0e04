"""Loaded words that one outlet uses and the others do not, each with its sentence.

Which words are loaded is for `nlp.subjectivity`; nothing here says which side is right.
"""

from __future__ import annotations

from collections import defaultdict

from summarizer.nlp.subjectivity import loaded_spans
from summarizer.nlp.well_formed import without_quotations
from summarizer.nlp.words import lemma, words
from summarizer.schema import Citation, Tone
from summarizer.types import Grouped


def tone(grouped: Grouped) -> tuple[Tone, ...]:
    """The loaded words that only one text uses, in the order of the articles and sentences.

    Titles count; outliers are left out; an article and its copies are one text, reported once.
    A word that other texts use too (in any form, outside quotation marks) is no outlet's own. Each
    word is reported where the outlet first uses it. With one text nobody else can be asked: then
    its loaded words are all reported.
    """
    # Originals before their copies: what both use is reported of the original.
    sentences = sorted(
        (s for s in grouped.embedded.sentences if s.article not in grouped.strangers),
        key=lambda s: s.article in grouped.copies,
    )
    users: dict[str, set[str]] = defaultdict(set)
    for s in sentences:
        source = grouped.copies.get(s.article, s.article)
        for word in words(without_quotations(s.text)):
            if word.content:
                users[word.lemma].add(source)
    found: list[Tone] = []
    seen: set[tuple[str, str]] = set()
    for s in sentences:
        source = grouped.copies.get(s.article, s.article)
        for loaded in loaded_spans(s.text):
            key = " ".join(lemma(w) for w in loaded.text.lower().split())
            if (source, key) in seen or users[key] - {source}:
                continue
            seen.add((source, key))
            found.append(Tone(word=loaded.text, article=s.article, citation=Citation.of(s, 1.0)))
    return tuple(found)
