"""Names: every word of a name, and the title before it, must be the sources'.

How names are read and compared is `nlp.entities`'; who does what to whom is for the reader.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from summarizer.nlp import Parsed
from summarizer.nlp.entities import known_names, missing_words
from summarizer.nlp.entities import names as names_of
from summarizer.nlp.name_values import folded
from summarizer.types import Finding

_STEM, _ENDING = 4, 3
"""Letters that a place and its adjective share at least, and letters in which they may differ."""


def names(sentence: Parsed, sources: Sequence[Parsed]) -> Iterator[Finding]:
    """Names with a word that no source carries ("names.missing")."""
    words = {folded(t.text) for parsed in sources for t in parsed.tokens}
    for name in names_of(sentence, known_names([sentence, *sources])):
        missing = missing_words(name, sources)
        if name.kind != "person":  # two people's words make no third person's name
            missing = tuple(w for w in missing if not _of_one_stem(w, words))
        if not missing:
            continue
        tokens = sentence.tokens[name.first : name.last]
        start, end = tokens[0].start, tokens[-1].end
        text = sentence.text[start:end]
        lacking = " ".join(t.text for t in tokens if folded(t.text) in missing) or text
        told = f"“{lacking}”" + ("" if lacking == text else f" of “{text}”")
        yield Finding("names.missing", "name", start, end,
                      f"The sources of this sentence do not have {told}.")  # fmt: skip


def _of_one_stem(word: str, words: Collection[str]) -> bool:
    """Whether the sources have the word, or one with another ending (a place and its adjective)."""
    stem = word[: max(_STEM, len(word) - _ENDING)]
    return word in words or any(
        len(stem) >= _STEM and other.startswith(stem) and len(other) <= len(stem) + 2 * _ENDING
        for other in words
    )
