"""How much of a summary is copied: copied sentences, the longest run, repetition.

The counts are stricter than a comparison of whole sentences: trimming a sentence,
or joining two by "and", is copying. Nothing about truth or citations lives here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import pairwise

from summarizer.nlp import well_formed

MIN_STRETCH = 4
"""Fewest words of a copied stretch: three words in order are found in some sentence by chance."""

_WORD = re.compile(r"\w+(?:[’'.,]\w+)*", re.UNICODE)
_JOINED = re.compile(r"\w+(?:[’'.,-]\w+)*")
_JOINING = frozenset(
    {"and", "but", "while", "as", "with", "after", "because", "so", "yet", "although", "though"}
)


def has_words(text: str, words: str) -> bool:
    """Whether words stand in a text as given, in whatever case, and as no part of longer ones."""
    return re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text, re.IGNORECASE) is not None


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text, lower-cased, without punctuation; apostrophes are all one."""
    return tuple(word for word, _, _ in word_spans(text))


def word_spans(text: str) -> tuple[tuple[str, int, int], ...]:
    """The words of a text as `words_of` gives them, each with its half-open code points."""
    return tuple((m[0].casefold().replace("’", "'"), *m.span()) for m in _WORD.finditer(text))


def word_diff(
    before: str, text: str
) -> tuple[list[re.Match[str]], list[re.Match[str]], SequenceMatcher[str]]:
    """The words of two texts as they stand there, and how the first become the second's.

    Case does not count; words joined by hyphens are one.
    """
    old, new = list(_JOINED.finditer(before)), list(_JOINED.finditer(text))
    a, b = ([m[0].casefold() for m in words] for words in (old, new))
    return old, new, SequenceMatcher(None, a, b, autojunk=False)


def _reads_off(stretch: Sequence[str], source: Sequence[str]) -> int:
    """How many of the stretch's first words can be read in order off the source, skipping."""
    n = 0
    for word in source:
        if n < len(stretch) and stretch[n] == word:
            n += 1
    return n


def is_copied(sentence: str, sources: Sequence[Sequence[str]]) -> bool:
    """Whether a sentence is others' words, perhaps trimmed or joined.

    sources: the words (`words_of`) of each source sentence of the story.
    A sentence is copied if its words fall into one stretch, or into two of at least
    MIN_STRETCH words each, with or without one joining word (and, but, while …) between
    them, and each stretch can be read in order off one source sentence, skipping words.
    Punctuation and case do not count. A sentence without words is not copied.
    """
    words = words_of(sentence)
    if not words:
        return False
    heads = max((_reads_off(words, source) for source in sources), default=0)
    if heads == len(words):
        return True
    backwards = [tuple(reversed(source)) for source in sources]
    tails = max(_reads_off(tuple(reversed(words)), source) for source in backwards or [()])
    # A stretch's shorter beginnings can be read off wherever it can, so the two longest decide.
    joined = any(
        cut >= MIN_STRETCH
        and len(words) - cut - 1 >= MIN_STRETCH
        and words[cut] in _JOINING
        and cut <= heads
        and len(words) - cut - 1 <= tails
        for cut in range(len(words))
    )
    side_by_side = any(
        cut <= heads and len(words) - cut <= tails
        for cut in range(MIN_STRETCH, len(words) - MIN_STRETCH + 1)
    )
    return joined or side_by_side


def longest_run(sentence: str, sources: Sequence[Sequence[str]]) -> int:
    """The longest run of consecutive words, outside quotation marks, found in one source.

    What stands in quotation marks is rightly verbatim: it is cut out of the sentence,
    and a run does not reach across it.
    """
    best = 0
    for part in well_formed.QUOTED.split(sentence):
        words = words_of(part)
        for source in sources:
            best = max(best, common_run(words, source))
    return best


def common_run(a: Sequence[str], b: Sequence[str]) -> int:
    """The number of words of the longest run that two sequences share."""
    best, previous = 0, [0] * (len(b) + 1)
    for word in a:
        current = [0] * (len(b) + 1)
        for j, other in enumerate(b, 1):
            if word == other:
                current[j] = previous[j - 1] + 1
                best = max(best, current[j])
        previous = current
    return best


def repetitions(sentences: Sequence[str], share: float = 0.6) -> int:
    """How many sentences are mostly said again by another of the summary.

    A sentence counts if at least `share` of its word pairs (bigrams) are in one of the
    others that is at least as long (for equals: an earlier one), so of two alike one counts.
    """
    pairs = [frozenset(pairwise(w)) for w in map(words_of, sentences)]
    lengths = [len(s.split()) for s in sentences]
    return sum(
        any(
            (lengths[j], -j) > (lengths[i], -i) and len(own & other) >= share * len(own)
            for j, other in enumerate(pairs)
        )
        for i, own in enumerate(pairs)
        if own
    )
