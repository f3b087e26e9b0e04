"""False edits that exchange one open-class word for another: of its kind, narrower, opposite.

Figures, names and days are in `false_edits_figures` and `false_edits_names`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from itertools import chain

from summarizer.nlp.lexicons import wordnet
from summarizer.training.false_edits_scene import Edits, Label, Scene, company, cues, frame

MIN_COUNT = 3
"""Times a word must stand in the corpus to be put into a sentence."""

LIKELY = 12
"""Candidates among which one is drawn, those that keep this company most often."""

FRAME_SHARE = 0.1
"""Share of a verb's uses that must stand with the same objects and clauses as the one replaced."""

FEW_KINDS = 6
"""Broader words one step up from which a noun is taken to have several senses."""


def _words(scene: Scene, pos: str) -> list[int]:
    """Tokens of a part of speech that may be exchanged: outside names, spelled in letters."""
    tokens = scene.tokens
    return [
        i
        for i, t in enumerate(tokens)
        if t.pos == pos
        and not t.entity
        and t.text.isalpha()
        and len(t.lemma) > 2
        and not (i and tokens[i - 1].end == t.start)
        and not (i + 1 < len(tokens) and tokens[i + 1].text == "-")
    ]


def _fits(scene: Scene, i: int, new: str) -> int:
    """How often the corpus shows `new` in company that token `i` keeps; 0 if it is out of place."""
    token, vocabulary = scene.tokens[i], scene.vocabulary
    if vocabulary.counts[new, token.pos] < MIN_COUNT or not new.isalpha():
        return 0
    beside = company(scene.sentence, i)
    if token.pos == "NOUN" and (
        token.lemma in cues()["noun_classes"] or new in wordnet.opposites(token.lemma, "NOUN")
    ):
        return vocabulary.counts[new, "NOUN"]
    if token.pos == "VERB":
        alike = vocabulary.frames[new, frame(scene.sentence, i)]
        if alike < FRAME_SHARE * vocabulary.counts[new, "VERB"]:
            return 0
        if new in _events(token.lemma, "ways") or new in _events(token.lemma, "exclusive_events"):
            return vocabulary.counts[new, "VERB"]
        objects = [c for c in beside if c[0] == "object"]
        beside = objects or [c for c in beside if c[0] not in {"modifier", "<attribute"}]
    elif token.pos == "ADV":
        return vocabulary.counts[new, "ADV"]
    return sum(vocabulary.pairs[new, relation, other] for relation, other in beside)


def _exchange(
    scene: Scene,
    i: int,
    candidates: Iterable[str],
    label: Label,
    apart: Callable[[str, str], bool] = lambda old, new: True,
) -> Edits:
    """Exchange token `i` for a candidate that fits there and that the evidence does not tell.

    apart: whether two lemmas are far enough from each other in meaning, asked last as it is slow.
    """
    token, vocabulary = scene.tokens[i], scene.vocabulary
    graded = token.tag in {"JJR", "JJS", "RBR", "RBS"}
    scored = sorted((-_fits(scene, i, c), c) for c in candidates)
    fit = [
        c
        for score, c in scored[: 3 * LIKELY]
        if score
        and (not graded or (c, token.tag) in vocabulary.forms)
        and not scene.is_told(c, token.pos)
        and apart(token.lemma, c)
    ][:LIKELY]
    if not fit:
        return
    new = vocabulary.inflect(scene.rng.choice(fit), token.tag)
    yield from scene.edit(label, *scene.swap_words(i, new))


@cache
def _near(lemma: str, pos: str) -> frozenset[str]:
    """Words that could pass for the word: its synonyms, theirs, and what is just above or below."""
    synonyms = wordnet.synonyms(lemma, pos)
    around = chain(
        wordnet.broader(lemma, pos, 1),
        *(wordnet.synonyms(s, pos) | wordnet.broader(s, pos, 1) for s in synonyms),
        *(wordnet.narrower(s, pos) for s in synonyms),
    )
    return frozenset({lemma, *synonyms, *around})


@cache
def _concrete(lemma: str) -> bool:
    """Whether a noun names a person, a thing or a place by its main senses."""
    return bool(wordnet.broader(lemma, "NOUN", 9) & frozenset(cues()["concrete_kinds"]))


def _of_a_kind(old: str, new: str) -> bool:
    """Whether two nouns are of a kind and neither could pass for the other."""
    return (
        _concrete(old) == _concrete(new)
        and not {old, new} & (_near(old, "NOUN") & _near(new, "NOUN"))
        and new not in _near(old, "NOUN")
        and old not in _near(new, "NOUN")
        and not wordnet.synonyms(new, "NOUN") & wordnet.synonyms(old, "NOUN")
        and wordnet.relation(old, "NOUN", new, "NOUN") == "sibling"
    )


def _narrows(old: str, new: str) -> bool:
    """Whether the second noun says more than the first, by its main senses."""
    return (
        _concrete(old)
        and wordnet.relation(old, "NOUN", new, "NOUN") == "narrower"
        and len(wordnet.broader(new, "NOUN", 1)) <= FEW_KINDS
        and not wordnet.synonyms(new, "NOUN") & _near(old, "NOUN")
    )


def _events(lemma: str, table: str) -> list[str]:
    """What the cues name as exclusive of an event, or as ways of it."""
    if table == "ways":
        return list(cues()["ways"].get(lemma, ()))
    groups: list[list[str]] = cues()["exclusive_events"]
    return [v for first, *others in groups if first == lemma for v in others]


def verb_sibling(scene: Scene) -> Edits:
    """An event told as another of its kind that excludes it: injured, killed; signed, vetoed.

    WordNet's siblings are no help here: of verbs, every second one can pass for the other.
    """
    for i in _words(scene, "VERB"):
        token = scene.tokens[i]
        if token.dep != "amod" and not _has_particle(scene, i):
            others = _events(token.lemma, "exclusive_events")
            yield from _exchange(scene, i, others, "contradiction")


def _has_particle(scene: Scene, i: int) -> bool:
    adverbs = frozenset(cues()["unopposed_modifiers"])
    kin = [scene.tokens[c] for c in scene.sentence.children[i]]
    return any(t.dep == "prt" or t.lower in adverbs for t in kin)


def verb_opposite(scene: Scene) -> Edits:
    """An event told as its opposite: rose, fell."""
    for i in _words(scene, "VERB"):
        token = scene.tokens[i]
        if token.lemma in cues()["unopposed_verbs"] or token.dep == "amod":
            continue
        if _has_particle(scene, i):
            continue
        below = [j for c in scene.sentence.children[i] for j in scene.sentence.children[c]]
        if any(scene.tokens[j].lower == "no" for j in below):
            continue
        opposite = wordnet.opposites(scene.tokens[i].lemma, "VERB")
        yield from _exchange(scene, i, opposite, "contradiction")


def _of_persons(scene: Scene, i: int) -> bool:
    """Whether a verb is told of persons: done to them, or by them if to nothing."""
    kin = [scene.tokens[c] for c in scene.sentence.children[i]]
    told = [t for t in kin if t.dep in {"dobj", "nsubjpass"}]
    doers = [t for t in kin if t.dep == "nsubj"]
    if told and any(t.tag in {"WDT", "DT"} or t.pos == "NOUN" for t in doers):
        return False
    told = told or doers
    return bool(told) and all(
        t.entity in {"PERSON", "NORP"}
        or t.pos == "NUM"
        or (t.pos == "NOUN" and "person" in wordnet.broader(t.lemma, "NOUN", 9))
        for t in told
    )


def verb_narrower(scene: Scene) -> Edits:
    """An event told more exactly than the evidence does: killed, strangled."""
    for i in _words(scene, "VERB"):
        token = scene.tokens[i]
        if token.dep != "amod" and not _has_particle(scene, i) and _of_persons(scene, i):
            ways = _events(token.lemma, "ways")
            yield from _exchange(scene, i, ways, "not_entailed")


def _nouns(scene: Scene) -> list[int]:
    """Common nouns that no noun or figure goes before, and that are part of no fixed phrase."""
    tokens = scene.tokens
    return [
        i
        for i in _words(scene, "NOUN")
        if tokens[i].dep in {"nsubj", "nsubjpass", "dobj", "pobj", "conj", "attr", "appos"}
        and tokens[i].tag in {"NN", "NNS"}
        and not any(tokens[c].dep in {"compound", "nummod"} for c in scene.sentence.children[i])
        and not (tokens[i].tag == "NN" and tokens[i - 1].pos == "ADP")
    ]


def noun_sibling(scene: Scene) -> Edits:
    """A thing told as another of its kind: a nurse, a doctor."""
    for i in _nouns(scene):
        near = wordnet.siblings(scene.tokens[i].lemma, "NOUN")
        yield from _exchange(scene, i, near, "not_entailed", _of_a_kind)


def noun_narrower(scene: Scene) -> Edits:
    """A person or thing told more exactly than the evidence does: a vehicle, a truck.

    Only of nouns that the cues name as classes: of others a narrower word is often just another.
    """
    for i in _nouns(scene):
        lemma = scene.tokens[i].lemma
        if lemma in cues()["noun_classes"]:
            narrow = wordnet.narrower(lemma, "NOUN")
            yield from _exchange(scene, i, narrow, "not_entailed", _narrows)


def noun_opposite(scene: Scene) -> Edits:
    """A thing told as its opposite: victory, defeat."""
    for i in _nouns(scene):
        if scene.tokens[i].lemma not in cues()["unopposed_nouns"]:
            opposite = wordnet.opposites(scene.tokens[i].lemma, "NOUN")
            yield from _exchange(scene, i, opposite, "contradiction")


def modifier_opposite(scene: Scene) -> Edits:
    """An adjective or adverb told as its opposite: calm, rough; publicly, privately."""
    for pos in ("ADJ", "ADV"):
        for i in _words(scene, pos):
            token = scene.tokens[i]
            if token.lemma in cues()["unopposed_modifiers"] or token.tag in {"RBS", "RBR"}:
                continue
            before = scene.tokens[i - 1]
            if before.lower in cues()["degree_lost"] or before.dep == "neg":
                continue
            more = {o for p in cues()["more_opposites"] if token.lemma in p for o in p}
            opposite = wordnet.opposites(token.lemma, pos) | (more - {token.lemma})
            opposite -= frozenset(cues()["unopposed_modifiers"])
            yield from _exchange(scene, i, opposite, "contradiction")


def preposition_opposite(scene: Scene) -> Edits:
    """A preposition or direction told as its opposite: above, below; southern, northern."""
    tokens = scene.tokens
    for i, token in enumerate(tokens):
        if token.entity or token.dep == "prt" or token.pos not in {"ADP", "ADJ", "ADV", "NOUN"}:
            continue
        if (i + 1 < len(tokens) and tokens[i + 1].pos == "ADP") or "-" in {
            tokens[i - 1].text,
            tokens[min(i + 1, len(tokens) - 1)].text,
        }:
            continue
        for pair in cues()["preposition_pairs"]:
            for old, new in (pair, pair[::-1]):
                if token.lower != old or new in scene.told_text:
                    continue
                if token.pos == "ADP" and not _takes(scene, i, new):
                    continue
                yield from scene.edit("contradiction", *scene.swap_words(i, new))


def _takes(scene: Scene, i: int, new: str) -> bool:
    """Whether the corpus shows the head of the preposition with the new one as well.

    "To" and "from" only of what has a name: a letter from the ministry, not a stop from the road.
    """
    old, head = scene.tokens[i].lower, scene.tokens[scene.tokens[i].head].lemma
    named = any(
        scene.tokens[c].entity in {"PERSON", "ORG", "GPE", "LOC"}
        for c in scene.sentence.children[i]
    )
    if new in {"to", "from"} and not named:
        return False
    counts = scene.vocabulary.prepositions
    return new not in cues()["picked_prepositions"] or (
        counts[head, new] >= max(MIN_COUNT, 0.15 * counts[head, old])
    )


KINDS = (
    verb_sibling, verb_opposite, verb_narrower, noun_sibling, noun_narrower, noun_opposite,
    modifier_opposite, preposition_opposite,
)  # fmt: skip
