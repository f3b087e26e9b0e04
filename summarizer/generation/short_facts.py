"""Short facts that answer the sentence before them: "Nobody was hurt.", "Both deny it."

Too short to be claims of their own, they are told behind what they answer. Whether they fit is
`pipeline`'s.
"""

from __future__ import annotations

from collections.abc import Collection
from itertools import pairwise

from summarizer.config import Config
from summarizer.nlp import parse, well_formed
from summarizer.nlp.denials import denies
from summarizer.nlp.frames import frames
from summarizer.nlp.lexicons.lists import word_table
from summarizer.schema import Citation
from summarizer.types import Embedded

_SUBJECTS = frozenset({"nsubj", "nsubjpass"})


def answers(embedded: Embedded, citation: Citation, first: bool, config: Config) -> int | None:
    """The row of the short sentence right behind a cited one that answers it, or None.

    first: whether what is told was cut from the cited sentence, so that a pronoun finds there whom
    it means. Answers are denials ("nobody", "no one", "not") and what persons did ("She survived").
    """
    rows = embedded.article_rows.get(citation.article, ())
    for row, after in pairwise(rows):
        source, short = embedded.sentences[row], embedded.sentences[after]
        if (source.field, source.start) != (citation.field, citation.start):
            continue
        plain = not well_formed.asks(short.text) and not well_formed.personal(short.text)
        brief = well_formed.words(short.text) < config.claims.least_words
        if brief and plain and short.text.endswith(".") and _answers(short.text, first):
            return after
    return None


def _answers(text: str, first: bool) -> bool:
    [parsed] = parse([text])
    own = frames(parsed)
    subjects = [t for t in parsed.tokens if t.dep in _SUBJECTS]
    if not own or not subjects or '"' in text or "“" in text:
        return False
    refers = any(t.lower in _references() for t in parsed.tokens)
    persons = subjects[0].lower in word_table("speaker_pronouns") or subjects[0].lower in _BOTH
    return (first or not refers) and (any(f.negated for f in own) or persons or denies(parsed))


_BOTH: Collection[str] = frozenset({"both", "all", "neither", "none"})


def _references() -> Collection[str]:
    """Words by which a short fact means somebody of the sentence before."""
    return _BOTH | word_table("speaker_pronouns").keys() | {"it"}
