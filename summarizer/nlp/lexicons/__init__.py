"""Lexicons of English: what is known of words apart from any text. Data files and their readers.

What a sentence does with its words is read elsewhere in `nlp`. Words are lemmas in lower case.
"""

from summarizer.nlp.lexicons.wordnet import (
    Pos,
    Relation,
    broader,
    consequences,
    derived,
    known,
    narrower,
    opposites,
    relation,
    siblings,
    synonyms,
)

__all__ = [
    "Pos",
    "Relation",
    "broader",
    "consequences",
    "derived",
    "known",
    "narrower",
    "opposites",
    "relation",
    "siblings",
    "synonyms",
]
