"""What false edits work with: what a corpus shows of words and names, the scene, changes by span.

The kinds of edits are in the other files.
"""

from __future__ import annotations

import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Literal

from summarizer.nlp import Parsed, Token
from summarizer.nlp.inflect import article, inflect
from summarizer.nlp.lexicons import wordnet
from summarizer.nlp.lexicons.lists import table

CONTENT = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "ADV", "NUM"})
EVERY_NAME = frozenset({"PERSON", "ORG", "NORP", "GPE", "LOC", "FAC"})


cues = partial(table, "edit_cues")
"""The closed-class words that edits need."""


@dataclass
class Vocabulary:
    """Forms, counts and company of words as a corpus shows them, so that edits read like news.

    forms: (lemma, Penn tag) to the most frequent form. counts: (lemma, universal pos). frames:
    (verb, what it stands with, see `frame`). pairs: (word, relation, word), see `company`.
    prepositions: (word, preposition that depends on it). agents: lemmas seen as speakers. labels: a
    name in lower case to its entity label, where the parser is of one mind about it and has seen
    it twice.
    """

    forms: dict[tuple[str, str], str] = field(default_factory=dict)
    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    frames: Counter[tuple[str, str]] = field(default_factory=Counter)
    pairs: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    prepositions: Counter[tuple[str, str]] = field(default_factory=Counter)
    agents: Counter[str] = field(default_factory=Counter)
    labels: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, parses: Iterable[Parsed]) -> Vocabulary:
        """Count a corpus. Takes time linear in its tokens."""
        made, forms = cls(), Counter[tuple[str, str, str]]()
        named: dict[str, Counter[str]] = defaultdict(Counter)
        saying = frozenset(cues()["saying"])
        for parsed in parses:
            for first, last, label in names(parsed, EVERY_NAME):
                named[parsed.cut(range(first, last)).lower()][label] += 1
            for i, token in enumerate(parsed.tokens):
                if token.pos not in CONTENT:
                    continue
                if not token.entity or token.pos == "VERB":
                    made.counts[token.lemma, token.pos] += 1
                    forms[token.lemma, token.tag, token.lower] += 1
                made.pairs.update((word(token), *c) for c in company(parsed, i))
                if token.pos == "VERB":
                    made.frames[token.lemma, frame(parsed, i)] += 1
                for c in parsed.children[i]:
                    if parsed.tokens[c].dep == "prep":
                        made.prepositions[token.lemma, parsed.tokens[c].lower] += 1
                if token.dep == "nsubj" and parsed.tokens[token.head].lemma in saying:
                    made.agents[token.lemma] += 1
        for (lemma, tag, form), _ in forms.most_common():
            made.forms.setdefault((lemma, tag), form)
        for name, seen in named.items():
            label, times = seen.most_common(1)[0]
            if times >= 2 and times >= 0.75 * seen.total():
                made.labels[name] = label
        surnames = {n.split()[-1] for n, of in made.labels.items() if of == "PERSON" and " " in n}
        for name in [n for n in made.labels if " " not in n]:
            if (made.labels[name] == "PERSON") != (name in surnames):
                del made.labels[name]
        return made

    def inflect(self, lemma: str, tag: str) -> str:
        """The form of a lemma for a Penn tag: as the corpus shows it, else by rule."""
        return self.forms.get((lemma, tag)) or inflect(lemma, tag)


def word(token: Token) -> str:
    """What a token counts as in company: its lemma, a name its entity label, a figure "#"."""
    if token.pos == "NUM":
        return "#"
    return token.entity if token.pos == "PROPN" and token.entity else token.lemma


def frame(parsed: Parsed, verb: int) -> str:
    """What a verb stands with, as a key: objects, clauses, particles, the prepositions it picks.

    verb: its index. The key's parts are sorted, with spaces between: "object prt"; "" for none.
    """
    general = frozenset(cues()["general_prepositions"])
    found = set()
    for c in parsed.children[verb]:
        child = parsed.tokens[c]
        if child.dep in {"dobj", "nsubjpass"}:
            found.add("object")
        elif child.dep in {"ccomp", "xcomp", "prt", "dative", "acomp", "oprd", "attr"}:
            found.add(child.dep + child.tag if child.dep == "xcomp" else child.dep)
        elif child.dep == "prep" and child.lower not in general:
            found.add(child.lower)
    if parsed.tokens[verb].tag == "VBN" and parsed.tokens[verb].dep == "acl":
        found.add("object")
    return " ".join(sorted(found))


RELATIONS = {
    "dobj": "object", "nsubjpass": "object", "nsubj": "subject", "amod": "modifier",
    "compound": "modifier", "advmod": "modifier", "acomp": "subject", "attr": "attribute",
}  # fmt: skip


def company(parsed: Parsed, i: int) -> list[tuple[str, str]]:
    """The relations of a token to others, each with the other's `word`.

    A relation upward has "<" before its name. A preposition is passed: ("with", noun).
    """
    tokens, found = parsed.tokens, []
    for c in parsed.children[i]:
        child = tokens[c]
        if child.dep in {"prep", "agent"}:
            for n in parsed.children[c]:
                if tokens[n].dep == "pobj":
                    found.append((child.lower, word(tokens[n])))
        elif child.dep in RELATIONS and child.pos in CONTENT:
            found.append((RELATIONS[child.dep], word(child)))
    head = tokens[tokens[i].head]
    if tokens[i].dep == "acomp":
        subjects = [c for c in parsed.children[tokens[i].head] if tokens[c].dep == "nsubj"]
        found += [("<modifier", word(tokens[c])) for c in subjects]
        return found
    if tokens[i].dep in {"pobj"}:
        found.append(("<" + head.lower, word(tokens[head.head])))
    elif tokens[i].dep in RELATIONS:
        found.append(("<" + RELATIONS[tokens[i].dep], word(head)))
    return found


def names(parsed: Parsed, labels: frozenset[str]) -> list[tuple[int, int, str]]:
    """Named entities as token ranges [first, last) without "the" and "'s", and their label."""
    found = []
    for entity in parsed.entities:
        first, last = entity.first, entity.last
        while first < last and parsed.tokens[first].pos in {"DET", "PUNCT"}:
            first += 1
        while last > first and parsed.tokens[last - 1].tag in {"POS", ",", ".", "''"}:
            last -= 1
        inside = parsed.tokens[first:last]
        if (
            entity.label in labels
            and inside
            and all(t.pos == "PROPN" for t in inside if entity.label != "NORP")
        ):
            found.append((first, last, entity.label))
    return found


Label = Literal["contradiction", "not_entailed"]
Change = tuple[int, int, str]
"""Half-open span of the sentence's text, and what stands there instead."""

QUOTES = frozenset({'"', "“", "”", "‘", "''", "``"})


@dataclass(frozen=True, slots=True)
class Edit:
    """A false sentence. spans: half-open code points of `text` at fault (by a cut: its neighbours).

    evidence: set only where the evidence was changed and not the sentence. kind: the name of the
    function that made it, which `false_edits` fills in.
    """

    text: str
    spans: tuple[tuple[int, int], ...]
    label: Label
    evidence: tuple[str, ...] | None = None
    kind: str = ""


Edits = Iterator[Edit]
"""What each kind yields."""


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
            a = article(after).capitalize() if before.text[0].isupper() else article(after)
            if not new:
                return [(before.start, end, a)]
            if before.text != a:
                return [(before.start, before.end, a), (start, end, cased)]
        return [(start, end, cased)]

    def edit(self, label: Label, *changes: Change) -> Edits:
        """The sentence with the changes made; none if it or some evidence says just that."""
        text, spans = apply(self.sentence.text, changes)
        if _plain(text) not in {_plain(p.text) for p in (self.sentence, *self.evidence)}:
            yield Edit(text, spans, label)


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
