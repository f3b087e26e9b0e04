"""What a corpus shows of words and names: forms, counts, company; and the words edits need.

How an edit uses them is in `false_edits_scene` and the kinds.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import partial

from summarizer.nlp import Parsed, Token
from summarizer.nlp.inflect import inflect
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
