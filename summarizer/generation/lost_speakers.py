"""The speaker put back behind a sentence that lost it: "…, the coastguard said."

Whether the longer sentence holds is verified like any draft.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from summarizer.nlp import Parsed, parse
from summarizer.nlp.reported_speech import reported_speech

_MOST = 8
"""Tokens of a speaker that may stand behind a sentence; a longer phrase reads badly there."""

_SAID = 0.75
"""Share of a sentence's content words that a speaker has to have said: what else stands in it the
source tells in its own voice, or by another."""

_CONTENT = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "NUM"})


def with_speaker(sentence: str, sources: Sequence[Parsed]) -> str | None:
    """The sentence with the speaker whom its sources name for it behind it, or None.

    sources: parses of the source sentences that carry it. Where several say it, the one who says
    most of it. None where they name nobody or only a pronoun, where the sentence ends in a
    quotation or names the speaker already, and where the speaker says but a part of it.
    """
    [parsed] = parse([sentence])
    told = _lemmas(parsed, range(len(parsed.tokens)))
    speakers = [
        (len(told & said), speaker)
        for source in sources
        for speaker, said in _speakers(source)
        if len(told & said) >= _SAID * len(told)
    ]
    bare = sentence.rstrip()
    if not speakers or not bare.endswith("."):
        return None
    _, speaker = max(speakers, key=lambda s: s[0])
    if speaker.lower() in sentence.lower():
        return None
    return f"{bare[:-1]}, {speaker} said."


def _speakers(source: Parsed) -> list[tuple[str, frozenset[str]]]:
    """Who speaks in a source sentence, each with the lemmas of what is said.

    Of "It rained, Low said, as the owners disagreed" only what stands before the verb is Low's.
    """
    found = []
    for report in reported_speech(source):
        tokens = [source.tokens[i] for i in report.speaker]
        if tokens and len(tokens) <= _MOST and not any(t.pos == "PRON" for t in tokens):
            words = source.cut(report.speaker)
            article = tokens[0].pos == "DET"
            speaker = words[0].lower() + words[1:] if article else words
            ahead = [i for i in report.content if i < report.verb]
            found.append((speaker, _lemmas(source, ahead or report.content)))
    return found


def _lemmas(parsed: Parsed, at: Iterable[int]) -> frozenset[str]:
    tokens = (parsed.tokens[i] for i in at)
    return frozenset(t.lemma for t in tokens if t.pos in _CONTENT)
