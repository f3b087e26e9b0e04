"""False edits of names: people, bodies and places exchanged, speakers, offices, antecedents.

Who did what to whom is in `false_edits_clauses`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from summarizer.nlp import Parsed
from summarizer.nlp.lexicons import wordnet
from summarizer.training.false_edits_scene import (
    EVERY_NAME,
    Edits,
    Label,
    Scene,
    coordinated,
    cues,
    head_of,
    names,
)
from summarizer.training.surgery import child, phrase

Name = tuple[int, int, str]
"""Token range [first, last) and entity label."""

PEOPLE = frozenset({"PERSON"})


def sure_names(scene: Scene, parsed: Parsed, labels: frozenset[str]) -> list[Name]:
    """Names of a parse whose label the corpus confirms and that are no part of a larger phrase."""
    tokens, found = parsed.tokens, []
    for first, last, label in names(parsed, labels):
        text = parsed.cut(range(first, last))
        before = tokens[first - 1] if first else None
        after = tokens[last] if last < len(tokens) else None
        if scene.vocabulary.labels.get(text.lower()) != label or not text[0].isupper():
            continue
        if any(t.text in {"(", ")", "-", "—", "&"} for t in (before, after) if t is not None):
            continue
        if before is not None and before.entity == label and before.pos == "PROPN":
            continue
        if after is not None and after.pos == "PROPN" and tokens[last - 1].head == last:
            continue
        if label == "NORP" and tokens[last - 1].tag in {"NNP", "NNPS", "NNS"}:
            continue
        found.append((first, last, label))
    return found


def _sort(name: str) -> frozenset[str]:
    """What a place is, where the lexicon knows it: country, state, city."""
    return wordnet.broader(name.lower(), "NOUN", 1) & frozenset(cues()["places"])


def _same(a: str, b: str) -> bool:
    """Whether two names may be of one thing: a shared word, an acronym, a synonym."""
    one, two = a.lower().replace(".", ""), b.lower().replace(".", "")
    initials = {"".join(w[0] for w in n.split()) for n in (one, two)}
    words = {*one.split(), *two.split()}
    synonyms = wordnet.synonyms(a.lower(), "NOUN")
    return bool(set(one.split()) & set(two.split()) or words & initials) or (
        b.lower() in synonyms or two in {s.replace(".", "") for s in synonyms}
    )


def _pool(
    scene: Scene, parses: Iterable[Parsed], labels: frozenset[str]
) -> dict[tuple[str, bool], set[str]]:
    """Names of the parses by label and whether "the" goes before them."""
    found: dict[tuple[str, bool], set[str]] = {}
    for parsed in parses:
        for first, last, label in sure_names(scene, parsed, labels):
            if parsed.tokens[last - 1].dep in {"compound", "amod", "nmod"}:
                continue
            the = bool(first) and parsed.tokens[first - 1].lower == "the"
            text = parsed.cut(range(first, last))
            if all(t.text.replace("-", "").isalpha() for t in parsed.tokens[first:last]):
                found.setdefault((label, the), set()).add(text)
    return found


def _name_edits(
    scene: Scene, labels: frozenset[str], label: Label, parses: Sequence[Parsed]
) -> Edits:
    """Exchange each name for another of its label out of the parses."""
    pool = _pool(scene, parses, labels)
    told = scene.told_names if parses is scene.donors else {t.lower for t in scene.tokens}
    for first, last, of in sure_names(scene, scene.sentence, labels):
        the = bool(first) and scene.tokens[first - 1].lower == "the"
        own = scene.sentence.cut(range(first, last))
        if of == "GPE" and scene.tokens[last - 1].dep in {"compound", "amod", "nmod"}:
            continue
        options = [
            o
            for o in sorted(pool.get((of, the), ()))
            if not set(o.lower().split()) & told
            and not _same(own, o)
            and (of != "GPE" or _sort(own) == _sort(o))
            and (of == "GPE" or (" " in o) == (" " in own))
        ]
        after = [t.text for t in scene.tokens[last : last + 1]]
        beside = scene.tokens[last + 1].entity if last + 1 < len(scene.tokens) else ""
        if options and not (after == [","] and beside == "GPE"):
            start, end = scene.at(first, last)
            yield from scene.edit(label, (start, end, scene.rng.choice(options)))


def name_of_evidence(scene: Scene) -> Edits:
    """A person or body exchanged for another one of the evidence."""
    labels = frozenset({"PERSON", "ORG"})
    yield from _name_edits(scene, labels, "not_entailed", scene.evidence)


def name_exchanged(scene: Scene) -> Edits:
    """A person, body or people exchanged for one of another story."""
    labels = frozenset({"PERSON", "ORG", "NORP"})
    yield from _name_edits(scene, labels, "not_entailed", scene.donors)


def place_exchanged(scene: Scene) -> Edits:
    """A place exchanged for one of another story: a city for a city, a country for a country."""
    labels = frozenset({"GPE", "LOC"})
    yield from _name_edits(scene, labels, "contradiction", scene.donors)


def names_swapped(scene: Scene) -> Edits:
    """Two names of the sentence change places."""
    own = sure_names(scene, scene.sentence, EVERY_NAME)
    reciprocal = frozenset(cues()["reciprocal"])
    for n, (a, b, kind) in enumerate(own):
        for c, d, other in own[n + 1 :]:
            heads = head_of(scene.sentence, a, b), head_of(scene.sentence, c, d)
            one, two = scene.sentence.cut(range(a, b)), scene.sentence.cut(range(c, d))
            verbs = {scene.tokens[scene.tokens[h].head].lemma for h in heads}
            between = {t.lower for t in scene.tokens[b:c]}
            if kind != other or _same(one, two) or coordinated(scene.sentence, *heads):
                continue
            if c == b or verbs & reciprocal or between <= {"and", ",", "or", "between", "the"}:
                continue
            if kind == "GPE" and _sort(one) != _sort(two):
                continue
            yield from scene.edit("contradiction", (*scene.at(a, b), two), (*scene.at(c, d), one))


def speech(parsed: Parsed) -> list[tuple[int, int, int]]:
    """Verbs of saying with their speaker and the verb of what is said; denied ones left out.

    Each of the three is the index of a token.
    """
    found = []
    for i, token in enumerate(parsed.tokens):
        if token.lemma in cues()["saying"] and token.pos == "VERB":
            speaker, said = child(parsed, i, "nsubj"), child(parsed, i, "ccomp")
            if speaker is not None and said is not None and child(parsed, i, "neg") is None:
                found.append((i, speaker, said))
    return found


def _others(scene: Scene, parses: Sequence[Parsed]) -> list[str]:
    """People of the parses of whom the sentence has no word and who speak in no evidence."""
    speakers = {
        p.tokens[j].lower
        for p in scene.evidence
        for i, t in enumerate(p.tokens)
        if t.lemma in cues()["saying"]
        for c in p.children[i]
        if p.tokens[c].dep == "nsubj"
        for j in p.subtree(c)
    }
    mine = {t.lower for t in scene.tokens}
    found = {
        parsed.cut(range(first, last))
        for parsed in parses
        for first, last, _ in sure_names(scene, parsed, PEOPLE)
        if not {t.lower for t in parsed.tokens[first:last]} & (mine | speakers)
    }
    return scene.rng.sample(sorted(found), len(found))


def speaker_exchanged(scene: Scene) -> Edits:
    """A claim given to another person of the evidence, or to one of another story."""
    pronouns = frozenset(cues()["person_pronouns"])
    for verb, speaker, said in speech(scene.sentence):
        span = phrase(scene.sentence, speaker)
        token = scene.tokens[speaker]
        if span is None or span[1] - span[0] > 6:
            continue
        if token.tag in {"NNS", "NNPS", "WP", "WDT"} or token.lower in cues()["unnamed_speakers"]:
            continue
        if any(scene.tokens[c].dep in {"conj", "amod"} for c in scene.sentence.children[speaker]):
            continue
        if scene.tokens[verb].tag == "VBP" or (span[0] and scene.tokens[span[0] - 1].text == "-"):
            continue
        if any(scene.tokens[j].lower in pronouns for j in scene.sentence.subtree(said)):
            continue
        for other in [*_others(scene, scene.evidence)[:2], *_others(scene, scene.donors)[:1]]:
            yield from scene.edit("not_entailed", (*scene.at(*span), other))


def antecedent_wrong(scene: Scene) -> Edits:
    """A pronoun in what somebody says given the name of somebody else."""
    for _, speaker, said in speech(scene.sentence):
        if scene.tokens[speaker].entity != "PERSON":
            continue
        for i in scene.sentence.subtree(said):
            token = scene.tokens[i]
            subject = token.dep in {"nsubj", "nsubjpass"} and i > speaker
            if token.lower not in cues()["person_pronouns"] or not subject:
                continue
            others = _others(scene, scene.evidence)[:1] or _others(scene, scene.donors)[:1]
            for other in others:
                yield from scene.edit("not_entailed", (*scene.at(i), other))


def office_changed(scene: Scene) -> Edits:
    """An office with its qualifier lost or one added: former, deputy, acting."""
    tokens, qualifiers = scene.tokens, frozenset(cues()["office_qualifiers"])
    for i, token in enumerate(tokens[:-1]):
        after = tokens[i + 1]
        if token.lower in qualifiers and after.pos in {"NOUN", "PROPN", "ADJ"}:
            ahead = {t.lemma for t in tokens[i + 1 : i + 5]}
            bare = scene.sentence.cut(range(i + 1, min(i + 3, len(tokens)))).lower()
            unqualified = scene.told_text.replace(f"{token.lower} {bare}", "")
            if ahead & set(cues()["offices"]) and bare not in unqualified:
                yield from scene.edit("not_entailed", *scene.swap_words(i, ""))
        elif token.lemma in cues()["offices"] and after.pos == "PROPN" and token.tag != "NNPS":
            first = i
            while first and tokens[first - 1].dep in {"compound", "amod"}:
                first -= 1
            near = tokens[max(0, first - 1) : i]
            if any(t.lower in qualifiers or t.tag == "POS" for t in near):
                continue
            if first and (near[0].pos in {"DET", "PRON", "PROPN", "PUNCT", "NUM"}):
                continue
            supreme = token.lemma in cues()["supreme_offices"]
            new = scene.rng.choice(cues()["office_added"][: 1 if supreme else None])
            if new in scene.told or (supreme and scene.rng.random() < 0.7):
                continue
            start = tokens[first].start
            cased = new.capitalize() if first == 0 else new
            yield from scene.edit("contradiction", (start, start, cased + " "))


KINDS = (
    name_of_evidence, name_exchanged, place_exchanged, names_swapped, speaker_exchanged,
    antecedent_wrong, office_changed,
)  # fmt: skip
