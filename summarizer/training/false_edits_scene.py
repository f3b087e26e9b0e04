"""What every false edit works on: the scene, and changes of its sentence by span.

What the corpus shows of words is in `false_edits_vocabulary`; the kinds are in the other files.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from summarizer.nlp import Parsed, Token
from summarizer.nlp.lexicons import wordnet
from summarizer.training.false_edits_vocabulary import Vocabulary

Label = Literal["contradiction", "not_entailed"]
Change = tuple[int, int, str]
"""Half-open span of the sentence's text, and what stands there instead."""

VOWEL_SOUND = r"(?!uni|us|eu|one)[aeiou]|hour|honest|honor|heir"
QUOTES = frozenset({'"', "“", "”", "‘", "''", "``"})


@dataclass(frozen=True, slots=True)
class Edit:
    """A false sentence. spans: half-open code points of `text` at fault (by a cut: its neighbours).

    evidence: set only where the evidence was changed and not the sentence.
    """

    text: str
    kind: str
    spans: tuple[tuple[int, int], ...]
    label: Label
    evidence: tuple[str, ...] | None = None


def lower_first(parsed: Parsed, text: str) -> str:
    """The text to stand inside a sentence: its first letter small unless a name or "I"."""
    first = parsed.tokens[0]
    shouted = len(first.text) > 1 and first.text.isupper()
    keep = first.pos == "PROPN" or first.text == "I" or (first.entity and first.pos == "ADJ")
    return text if keep or shouted else text[:1].lower() + text[1:]


@dataclass(frozen=True)
class Scene:
    """A true sentence, the sentences that carry it, and sentences to borrow from."""

    sentence: Parsed
    evidence: tuple[Parsed, ...]
    donors: tuple[Parsed, ...]
    vocabulary: Vocabulary
    rng: random.Random

    @cached_property
    def told(self) -> frozenset[str]:
        """Lemmas and lower-case words of the sentence and of all evidence."""
        parses = (self.sentence, *self.evidence)
        return frozenset(w for p in parses for t in p.tokens for w in (t.lemma, t.lower))

    @cached_property
    def told_text(self) -> str:
        """All evidence in lower case, for exact matches."""
        return " ".join(p.text for p in self.evidence).lower()

    @property
    def tokens(self) -> tuple[Token, ...]:
        """The tokens of the sentence."""
        return self.sentence.tokens

    def is_told(self, lemma: str, pos: str) -> bool:
        """Whether the evidence has the word, a synonym, a narrower word or a derived one."""
        near = wordnet.synonyms(lemma, pos) | wordnet.narrower(lemma, pos)
        derived = {d for d, _ in wordnet.derived(lemma, pos)}
        return bool(({lemma} | near | derived) & self.told)

    def at(self, first: int, last: int | None = None) -> tuple[int, int]:
        """The span of tokens [first, last) in the text; of one token without `last`."""
        end = first + 1 if last is None else last
        return self.tokens[first].start, self.tokens[end - 1].end

    @cached_property
    def told_names(self) -> frozenset[str]:
        """Words of names in the sentence and the evidence, in lower case."""
        parses = (self.sentence, *self.evidence)
        return frozenset(t.lower for p in parses for t in p.tokens if t.pos == "PROPN")

    @cached_property
    def plain(self) -> bool:
        """Whether the text is one sentence that quotes nobody and ends with a full stop."""
        tokens = self.tokens
        return (
            len(self.sentence.roots) == 1
            and tokens[-1].text == "."
            and not any(t.text in QUOTES or t.text in {":", "?", ";", "(", "—"} for t in tokens)
        )

    def swap_words(self, i: int, new: str) -> list[Change]:
        """1 or 2 changes that put `new` for token `i`, or cut it if empty; "a", "an" set right."""
        start, end = self.at(i)
        cased = new[:1].upper() + new[1:] if self.tokens[i].text[:1].isupper() and i == 0 else new
        if i and self.tokens[i - 1].lower in {"a", "an"}:
            before = self.tokens[i - 1]
            after = new or self.tokens[min(i + 1, len(self.tokens) - 1)].text
            article = "an" if re.match(VOWEL_SOUND, after.lower()) else "a"
            article = article.capitalize() if before.text[0].isupper() else article
            if not new:
                return [(before.start, end, article)]
            if before.text != article:
                return [(before.start, before.end, article), (start, end, cased)]
        return [(start, end, cased)]

    def edit(self, kind: str, label: Label, changes: Sequence[Change]) -> list[Edit]:
        """The sentence with the changes made; none if it or some evidence says just that."""
        text, spans = apply(self.sentence.text, changes)
        told = {_plain(p.text) for p in (self.sentence, *self.evidence)}
        return [] if _plain(text) in told else [Edit(text, kind, spans, label)]


def _plain(text: str) -> str:
    return " ".join(text.lower().split()).rstrip(".")


def apply(text: str, changes: Sequence[Change]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Make changes that do not overlap; returns the new text and the spans where it differs.

    A cut takes the space beside it along, and its span is the words on both sides.
    """
    made, at = "", 0
    spans: list[tuple[int, int]] = []
    cuts: list[int] = []
    for start, end, new in sorted(changes):
        made += text[at:start]
        at = end
        if not new:
            if made.endswith(" ") or not made:
                if at < len(text) and text[at] == " ":
                    at += 1
                elif at < len(text) and text[at] in ",.;:!?":
                    made = made.rstrip(" ")
            cuts.append(len(made))
            if not made and at < len(text):
                made, at = text[at].upper(), at + 1
            continue
        lead = len(new) - len(new.lstrip(" ,"))
        spans.append((len(made) + lead, len(made) + len(new.rstrip())))
        made += new
    made += text[at:]
    for cut in cuts:
        before = made[:cut].rstrip()
        start = before.rfind(" ") + 1
        after = re.compile(r"\s*\S+").match(made, cut)
        spans.append((start, after.end() if after else len(before)))
    return made, tuple(sorted(spans))


def head_of(parsed: Parsed, first: int, last: int) -> int:
    """The first token of [first, last) whose head is outside of it, the last if none has."""
    return next(
        (i for i in range(first, last) if not first <= parsed.tokens[i].head < last), last - 1
    )


def coordinated(parsed: Parsed, a: int, b: int) -> bool:
    """Whether two tokens are members of one coordination or apposition."""

    def top(i: int) -> int:
        while parsed.tokens[i].dep in {"conj", "appos"} and parsed.tokens[i].head != i:
            i = parsed.tokens[i].head
        return i

    return top(a) == top(b)
