"""The speaker put back behind a sentence that lost it: "…, the coastguard said."

Whether the longer sentence holds is verified like any draft.
"""

from __future__ import annotations

from collections.abc import Sequence

from summarizer.nlp import Parsed
from summarizer.nlp.reported_speech import reported_speech

_MOST = 8
"""Tokens of a speaker that may stand behind a sentence; a longer phrase reads badly there."""


def with_speaker(sentence: str, sources: Sequence[Parsed]) -> str | None:
    """The sentence with the one speaker whom its sources name for it behind it, or None.

    sources: parses of the source sentences that carry it. None where they name nobody, several, or
    only a pronoun, where the sentence ends in a quotation, and where it names the speaker already.
    """
    speakers = {said for source in sources for said in _speakers(source)}
    bare = sentence.rstrip()
    if len(speakers) != 1 or not bare.endswith("."):
        return None
    [speaker] = speakers
    if speaker.lower() in sentence.lower():
        return None
    return f"{bare[:-1]}, {speaker} said."


def _speakers(source: Parsed) -> list[str]:
    found = []
    for report in reported_speech(source):
        tokens = [source.tokens[i] for i in report.speaker]
        if tokens and len(tokens) <= _MOST and not any(t.pos == "PRON" for t in tokens):
            words = source.cut(report.speaker)
            article = tokens[0].pos == "DET"
            found.append(words[0].lower() + words[1:] if article else words)
    return found
