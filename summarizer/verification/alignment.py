"""Which word of the evidence each word of a sentence rests on, and what the one is to the other.

Reads parses and the lexicon alone; nothing is learned here. What the counts are worth is fitted in
`verdict`; figures, dates and names are for the exact checks.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from summarizer.nlp import Parsed, Token
from summarizer.nlp.frames import Argument, Frame, frames
from summarizer.nlp.lexicons import wordnet
from summarizer.nlp.lexicons.lists import word_table
from summarizer.nlp.reported_speech import reported_speech

Relation = Literal["same", "synonym", "general", "specific", "opposite", "other", "missing"]
"""What a word of the sentence is to its counterpart in the evidence.

general: more general than what the evidence says, which carries it. specific: more specific, which
the evidence does not carry. other: another thing in the same place. missing: nothing is there.
"""

CARRIED: frozenset[Relation] = frozenset({"same", "synonym", "general"})

CONTENT = frozenset({"NOUN", "VERB", "ADJ", "ADV", "PROPN", "NUM"})
"""Parts of speech of the words that are aligned; auxiliaries and light words are not."""

_WORTH: dict[Relation, float] = {
    "same": 1.0,
    "synonym": 0.9,
    "general": 0.8,
    "opposite": 0.55,
    "specific": 0.5,
    "other": 0.3,
    "missing": 0.0,
}
_HEAD = 0.25  # what it adds that the words above both are aligned too
_PLACE = 0.1  # what it adds that both have the same relation to the word above

_KINDS = ("role", "negation", "modality", "condition", "degree", "speaker")

_OF_LEXICON: dict[wordnet.Relation, Relation] = {
    "same": "same",
    "synonym": "synonym",
    "derived": "synonym",
    "narrower": "general",
    "opposite": "opposite",
    "broader": "specific",
    "sibling": "other",
}
_POS = {"PROPN": "NOUN", "AUX": "VERB", "NUM": "NOUN"}

At = tuple[int, int]
"""A token of the evidence: the sentence's number and the token's."""


@dataclass(frozen=True, slots=True)
class Aligned:
    """A content word of the sentence, its relation to its counterpart, and where that is."""

    token: int
    relation: Relation
    counterpart: At | None


@dataclass(frozen=True, slots=True)
class Mismatch:
    """Something that a clause says and its counterpart in the evidence does not.

    kind: "role" (who did it to whom), "negation", "modality", "condition", "degree", "speaker".
    tokens: of the sentence, at fault. counterpart: the evidence's predicate.
    """

    kind: Literal["role", "negation", "modality", "condition", "degree", "speaker"]
    tokens: tuple[int, ...]
    counterpart: At


@dataclass(frozen=True, slots=True)
class Alignment:
    """A sentence beside its evidence, word by word and clause by clause.

    matched: how many of the sentence's clauses have a counterpart. clauses: how many it has.
    together: the largest share of its content words that one evidence sentence carries. turned:
    prepositions in whose place the evidence has the opposite (before, after). related: whether a
    clause that says more than who says it has a counterpart; true where there is no such clause.
    """

    words: tuple[Aligned, ...]
    mismatches: tuple[Mismatch, ...]
    matched: int
    clauses: int
    together: float
    turned: tuple[int, ...] = ()
    related: bool = True

    def counts(self) -> dict[str, float]:
        """What a fitted verdict sees: shares of the words by relation, and counts of mismatches."""
        n = max(1, len(self.words))
        shares = {r: sum(w.relation == r for w in self.words) / n for r in _WORTH}
        found: dict[str, float] = dict.fromkeys(_KINDS, 0.0)
        for mismatch in self.mismatches:
            found[mismatch.kind] += 1
        return {
            **{f"words {r}": share for r, share in shares.items()},
            "word not carried": float(any(w.relation not in CARRIED for w in self.words)),
            "together": self.together,
            "clauses unmatched": (self.clauses - self.matched) / max(1, self.clauses),
            **{f"mismatch {k}": min(count, 2.0) for k, count in found.items()},
            "turned": float(bool(self.turned)),
        }


def lexical_relation(word: Token, other: Token) -> Relation:
    """What `word`, of a sentence, is to `other`, of its evidence, by lemma and lexicon alone."""
    if word.lower == other.lower or word.lemma == other.lemma:
        return "same"
    if "PROPN" in (word.pos, other.pos) and word.entity and other.entity:
        return "missing"
    a, b = _POS.get(word.pos, word.pos), _POS.get(other.pos, other.pos)
    known = wordnet.relation(word.lemma, a, other.lemma, b)
    return "missing" if known is None else _OF_LEXICON[known]


def align(sentence: Parsed, evidence: Sequence[Parsed]) -> Alignment:
    """Align a sentence with its evidence.

    sentence: one sentence. evidence: source sentences, in any order. Takes time proportional to the
    product of their numbers of content words; lexicon answers are remembered.
    """
    held = [(i, j) for i, parsed in enumerate(evidence) for j in _content(parsed)]
    own = list(_content(sentence))
    lexical = {
        t: {at: lexical_relation(sentence.tokens[t], evidence[at[0]].tokens[at[1]]) for at in held}
        for t in own
    }
    first = {t: _best(t, lexical[t], sentence, evidence, {}) for t in own}
    words = {t: _best(t, lexical[t], sentence, evidence, first) for t in own}
    told, found = frames(sentence), [frames(parsed) for parsed in evidence]
    pairs = [(frame, _counterpart(frame, found, words, sentence, evidence)) for frame in told]
    for frame, at in pairs:
        if at is None or frame.predicate not in words:
            continue
        other = found[at[0]][at[1]]
        aligned = words[frame.predicate]
        if aligned.relation == "missing":
            words[frame.predicate] = Aligned(frame.predicate, "other", (at[0], other.predicate))
    mismatches = tuple(
        m
        for frame, at in pairs
        if at is not None
        for m in _mismatches(frame, found[at[0]][at[1]], at[0], words, sentence, evidence[at[0]])
    )
    saying = {s.verb for s in reported_speech(sentence)}
    said = [at is not None for frame, at in pairs if frame.predicate not in saying]
    by_sentence = [
        sum(any(r in CARRIED for at, r in lexical[t].items() if at[0] == i) for t in own)
        for i in range(len(evidence))
    ]
    return Alignment(
        words=tuple(words[t] for t in own),
        mismatches=mismatches,
        matched=sum(at is not None for _, at in pairs),
        clauses=len(pairs),
        together=max(by_sentence, default=0) / max(1, len(own)),
        turned=tuple(_turned(sentence, evidence, words)),
        related=any(said) or not said,
    )


def _content(parsed: Parsed) -> Iterator[int]:
    for i, token in enumerate(parsed.tokens):
        if token.pos in CONTENT and token.text[:1].isalnum():
            yield i


def _best(
    t: int,
    lexical: Mapping[At, Relation],
    sentence: Parsed,
    evidence: Sequence[Parsed],
    above: Mapping[int, Aligned],
) -> Aligned:
    """The counterpart of token `t`: by relation, then by whether its surroundings agree."""
    token = sentence.tokens[t]
    head = above.get(token.head)
    best, most = Aligned(t, "missing", None), 0.0
    for at, relation in lexical.items():
        if relation == "missing":
            continue
        other = evidence[at[0]].tokens[at[1]]
        near = head is not None and head.counterpart == (at[0], other.head)
        worth = _WORTH[relation] + _HEAD * near + _PLACE * (token.dep == other.dep)
        if relation == "other" and not near:
            continue  # another of its kind somewhere else stands in nobody's place
        if worth > most:
            best, most = Aligned(t, relation, at), worth
    return best


def _turned(
    sentence: Parsed, evidence: Sequence[Parsed], words: Mapping[int, Aligned]
) -> Iterator[int]:
    """Prepositions whose object or governor is aligned with that of their opposite."""
    table = word_table("opposite_prepositions")
    for i, token in enumerate(sentence.tokens):
        opposite = table.get(token.lower)
        if opposite is None or token.pos not in ("ADP", "SCONJ"):
            continue
        around = {words[t].counterpart for t in (token.head, *sentence.children[i]) if t in words}
        for n, parsed in enumerate(evidence):
            for j, other in enumerate(parsed.tokens):
                if other.lower == opposite and around & {
                    (n, t) for t in (other.head, *parsed.children[j])
                }:
                    yield i
                    break


# --- clauses -------------------------------------------------------------------------------------


def _counterpart(
    frame: Frame,
    found: Sequence[Sequence[Frame]],
    words: Mapping[int, Aligned],
    sentence: Parsed,
    evidence: Sequence[Parsed],
) -> At | None:
    """(evidence sentence, index of the frame there) that tells the same, or of the same things."""
    predicate = words.get(frame.predicate)
    best, most = None, 0.0
    for i, there in enumerate(found):
        for n, other in enumerate(there):
            worth = 0.0
            if predicate is not None and predicate.counterpart == (i, other.predicate):
                worth += 1.0 if predicate.relation in CARRIED else 0.6
            elif frame.lemma == other.lemma:
                worth += 0.8
            for argument in frame.arguments:
                if any(_same_thing(argument, o, i, words) for o in other.arguments):
                    worth += 0.4
            if worth > most and worth >= 0.8:
                best, most = (i, n), worth
    return best


def _same_thing(a: Argument, b: Argument, i: int, words: Mapping[int, Aligned]) -> bool:
    """Whether the head of an argument is aligned with that of an argument of evidence `i`."""
    aligned = words.get(a.head)
    return (
        aligned is not None and aligned.relation in CARRIED and aligned.counterpart == (i, b.head)
    )


_STRENGTH = {"possible": 0, "conditional": 0, "attempt": 0, "obligation": 1, "future": 1, "": 2}
"""How much a modality asserts: an event told as done asserts most."""


def _mismatches(
    frame: Frame,
    other: Frame,
    i: int,
    words: Mapping[int, Aligned],
    sentence: Parsed,
    held: Parsed,
) -> Iterator[Mismatch]:
    at = (i, other.predicate)
    predicate = words.get(frame.predicate)
    same = predicate is not None and predicate.relation in CARRIED
    opposite = predicate is not None and predicate.relation == "opposite"
    if (same and frame.negated != other.negated) or (opposite and frame.negated == other.negated):
        yield Mismatch("negation", (frame.predicate,), at)
    if not same:
        return
    yield from _roles(frame, other, i, words, sentence, held)
    if _STRENGTH[frame.modal] > _STRENGTH[other.modal]:
        yield Mismatch("modality", (frame.predicate,), at)
    if other.condition and not frame.condition:
        yield Mismatch("condition", (frame.predicate,), at)
    lost = {held.tokens[t].lemma for t in other.degree}
    told = {sentence.tokens[t].lemma for t in frame.degree}
    if lost != told and (lost - told):
        yield Mismatch("degree", (frame.predicate, *frame.degree), at)
    if other.reported_by is not None and frame.reported_by is None:
        yield Mismatch("speaker", (frame.predicate,), at)
    elif other.reported_by is not None and frame.reported_by is not None:
        yield from _speakers(frame, other, at, words, sentence, held)


def _roles(
    frame: Frame,
    other: Frame,
    i: int,
    words: Mapping[int, Aligned],
    sentence: Parsed,
    held: Parsed,
) -> Iterator[Mismatch]:
    for argument in frame.arguments:
        if argument.role not in ("agent", "patient", "oblique"):
            continue
        theirs = [o for o in other.arguments if _same_thing(argument, o, i, words)]
        in_place = [
            o for o in other.arguments if (o.role, o.case) == (argument.role, argument.case)
        ]
        if theirs:
            roles = {o.role for o in theirs}
            turned = argument.role in _WHO and argument.role not in roles and roles <= _WHO
            if turned or _exchanged(argument, theirs, in_place, frame, i, words):
                yield Mismatch("role", argument.tokens, (i, other.predicate))
        elif in_place:
            aligned = words.get(argument.head)
            differs = aligned is not None and aligned.relation not in CARRIED
            if (differs and argument.role in _WHO) or _other_name(
                argument, in_place, sentence, held
            ):
                yield Mismatch("role", (argument.head,), (i, in_place[0].head))


_WHO = {"agent", "patient"}


def _exchanged(
    argument: Argument,
    theirs: Sequence[Argument],
    in_place: Sequence[Argument],
    frame: Frame,
    i: int,
    words: Mapping[int, Aligned],
) -> bool:
    """Whether another argument of the clause stands in this one's place in the evidence."""
    if any((o.role, o.case) == (argument.role, argument.case) for o in theirs):
        return False
    return any(
        _same_thing(other, o, i, words)
        for other in frame.arguments
        for o in in_place
        if other is not argument
    )


def _other_name(
    argument: Argument, in_place: Sequence[Argument], sentence: Parsed, held: Parsed
) -> bool:
    """Whether a name stands where the evidence has only other names."""
    if sentence.tokens[argument.head].pos != "PROPN":
        return False
    own = {sentence.tokens[t].lower for t in argument.tokens if sentence.tokens[t].pos == "PROPN"}
    return all(
        held.tokens[o.head].pos == "PROPN" and not own & {held.tokens[t].lower for t in o.tokens}
        for o in in_place
    )


def _speakers(
    frame: Frame,
    other: Frame,
    at: At,
    words: Mapping[int, Aligned],
    sentence: Parsed,
    held: Parsed,
) -> Iterator[Mismatch]:
    mine = [s for s in reported_speech(sentence) if s.verb == frame.reported_by]
    theirs = [s for s in reported_speech(held) if s.verb == other.reported_by]
    if not mine or not theirs or not mine[0].speaker or not theirs[0].speaker:
        return
    if all(held.tokens[t].pos == "PRON" for t in theirs[0].speaker):
        return  # whom "she" is, is said elsewhere
    names = [t for t in mine[0].speaker if t in words and sentence.tokens[t].pos == "PROPN"]
    there = {(at[0], t) for t in theirs[0].speaker}
    if names and not any(words[t].counterpart in there for t in names):
        lower = {held.tokens[t].lower for t in theirs[0].speaker}
        if not lower & {sentence.tokens[t].lower for t in mine[0].speaker}:
            yield Mismatch("speaker", mine[0].speaker, at)
