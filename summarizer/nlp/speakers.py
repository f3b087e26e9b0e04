"""Whose words they are: the speaker that goes with a reporting verb or noun of a sentence.

What is said, and whether anything is, is read in `reported_speech`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from summarizer.nlp.clauses import (
    SUBJECTS,
    Clause,
    children,
    dates_on,
    infinitive,
    objects,
    owner,
    phrase,
)
from summarizer.nlp.lexicons.lists import word_list
from summarizer.nlp.lexicons.wordnet import broader
from summarizer.nlp.parse import Parsed


@dataclass(frozen=True, slots=True)
class Sentence:
    """A parse, its clauses by the index of their verb, its quotations as tokens [first, last)."""

    parsed: Parsed
    clauses: Mapping[int, Clause]
    quoted: Sequence[tuple[int, int]]

    def listed(self, i: int, name: str) -> bool:
        """Whether a token's lemma, alone or with its particle, is in a word list."""
        return self.parsed.tokens[i].lemma in word_list(name) or self.lemma(i) in word_list(name)

    def lemma(self, i: int) -> str:
        """The lemma with its particle of the token at index `i`: "point_out"."""
        particles = [self.parsed.tokens[c].lower for c in children(self.parsed, i, "prt")]
        return "_".join([self.parsed.tokens[i].lemma, *particles])

    def in_quotation(self, i: int) -> bool:
        """Whether the token at index `i` stands in quotation marks."""
        return any(a <= i < b for a, b in self.quoted)


def within_sentence(parsed: Parsed, speaker: Sequence[int]) -> str:
    """A speaker, by tokens of its sentence, as named inside one: "fire chief Ida Moe", "police".

    The first letter is small where only the start of the sentence made it a capital; a name keeps
    its own.
    """
    named, first = parsed.cut(speaker), parsed.tokens[speaker[0]]
    title = len(speaker) == 1 and bool(broader(first.lower, "NOUN"))
    common = title or first.pos in ("DET", "PRON", "ADJ", "NOUN")
    return named[:1].lower() + named[1:] if speaker[0] == 0 and common else named


def speaker_of(s: Sentence, verb: int, said: set[int]) -> tuple[int, ...]:
    """The tokens of who says, by the verb `verb`, the tokens `said`; () if nobody is named."""
    parsed = s.parsed
    for agent in children(parsed, verb, "agent"):
        for p in objects(parsed, agent):
            return phrase(parsed, p, charges(parsed, verb))
    clause = s.clauses[verb]
    # Of two subjects the first is the place that a report begins with: "HARROW — …, police said".
    subjects = children(parsed, verb, *SUBJECTS)
    head = subjects[-1] if len(subjects) > 1 else clause.subject
    if clause.passive or (head is not None and parsed.tokens[head].dep == "expl"):
        return ()
    if head is not None and parsed.tokens[head].lower == "it" and infinitive(parsed, verb):
        return ()  # "It was too soon to say whether": nobody's
    if head is None or head in said:
        return _unattached_speaker(s, verb, said)
    if s.listed(head, "reporting_nouns"):
        speaker = speaker_of_noun(s, head, verb)
        if speaker:
            return speaker
    return phrase(parsed, head, [*children(parsed, head, "relcl", "acl"), *dates_on(parsed, head)])


def _unattached_speaker(s: Sentence, verb: int, said: set[int]) -> tuple[int, ...]:
    """The speaker next to the verb, where the parser has not made it the subject.

    «…,» said Lee: an object. …, the board said: a noun phrase between a mark and the verb.
    """
    tokens = s.parsed.tokens
    if tokens[verb].dep not in ("ROOT", "parataxis", "ccomp"):
        return ()
    if tokens[verb].lemma == "tell":  # its object is who hears it: "…, Ann Lee, told the paper"
        at = verb - (verb > 0 and tokens[verb - 1].text == ",")
        return next((tuple(range(a, at)) for a, b in s.parsed.phrases if b == at), ())
    for c in children(s.parsed, verb, "dobj", "attr", "npadvmod"):
        if c == verb + 1 or (c > verb and not said.intersection(range(verb, c))):
            return phrase(s.parsed, c)
    start = verb
    while start > 0 and tokens[start - 1].pos != "PUNCT":
        start -= 1
    ends = [b for _, b in s.parsed.phrases if b == verb]
    return tuple(range(start, verb)) if ends and 0 < start < verb else ()


def speaker_of_noun(s: Sentence, noun: int, clause: int) -> tuple[int, ...]:
    """Whose claim it is: its possessor, its "by" or "from" phrase, or who makes or voices it.

    noun, clause: token indices; from a "by" phrase the subtree of `clause` is left out. Returns the
    index of each token of who it is, () if nobody is named.
    """
    parsed = s.parsed
    possessor = owner(parsed, noun)
    if possessor is not None:
        return possessor_phrase(parsed, possessor)
    for p in children(parsed, noun, "prep"):
        if parsed.tokens[p].lower in ("by", "from"):
            for inner in objects(parsed, p):
                return phrase(parsed, inner, (clause,))
    above = parsed.tokens[noun].head
    if parsed.tokens[noun].dep == "dobj" and above in s.clauses and s.listed(above, "light_verbs"):
        return speaker_of(s, above, {noun})
    return ()


def possessor_phrase(parsed: Parsed, poss: int) -> tuple[int, ...]:
    """The tokens of a possessor without its "'s"."""
    return tuple(i for i in phrase(parsed, poss) if parsed.tokens[i].tag != "POS")


def charges(parsed: Parsed, verb: int) -> list[int]:
    """The index of each preposition behind a verb like "accuse", on it, the accused or the accuser.

    None behind a verb of another kind.
    """
    agents = [p for a in children(parsed, verb, "agent") for p in objects(parsed, a)]
    if parsed.tokens[verb].lemma not in word_list("accusing_verbs"):
        return []
    holders = (verb, *children(parsed, verb, "dobj"), *agents)
    return [p for i in holders for p in children(parsed, i, "prep") if p > verb]
