"""False edits of what belongs together: roles, spliced stories, details, needed evidence.

How firmly a thing is told is in `false_edits_claims`; single words are in `false_edits_words`.
"""

from __future__ import annotations

from summarizer.nlp import Parsed
from summarizer.nlp.lexicons import wordnet
from summarizer.training.false_edits_claims import SUBJECTS, agent_like, phrase, plural
from summarizer.training.false_edits_names import child, sure_names
from summarizer.training.false_edits_scene import QUOTES, Change, Edit, Scene
from summarizer.training.false_edits_vocabulary import CONTENT, cues

FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})


def _exchange(scene: Scene, kind: str, one: int, two: int) -> list[Edit]:
    """Two noun phrases change places, if both can do things and the verb still agrees."""
    parsed = scene.sentence
    a, b = phrase(parsed, one), phrase(parsed, two)
    if a is None or b is None or not (agent_like(scene, one) and agent_like(scene, two)):
        return []
    if max(a[1] - a[0], b[1] - b[0]) > 8 or plural(scene, one) != plural(scene, two):
        return []
    if not (a[1] <= b[0] or b[1] <= a[0]) or scene.tokens[b[1] - 1].tag == "POS":
        return []
    if scene.tokens[one].lower == scene.tokens[two].lower:
        return []
    if any(t.text in QUOTES for r in (a, b) for t in scene.tokens[slice(*r)]):
        return []
    (i, j), first = (a, b), min(a, b)
    changes: list[Change] = []
    for here, there in ((i, j), (j, i)):
        new = parsed.cut(range(*there))
        if there[0] == 0 and scene.tokens[0].pos != "PROPN" and not scene.tokens[0].entity:
            new = new[:1].lower() + new[1:]
        if here == first and here[0] == 0:
            new = new[:1].upper() + new[1:]
        changes.append((*scene.at(*here), new))
    return scene.edit(kind, "contradiction", changes)


def roles_swapped(scene: Scene) -> list[Edit]:
    """Who does it and whom it is done to change places."""
    found = []
    for i, token in enumerate(scene.tokens):
        if token.pos != "VERB" or token.lemma in cues()["one_way_verbs"]:
            continue
        subject = child(scene.sentence, i, "nsubj")
        thing = child(scene.sentence, i, "dobj", "dative")
        if subject is not None and thing is not None:
            found += _exchange(scene, "roles_swapped", subject, thing)
    return found


def passive_flipped(scene: Scene) -> list[Edit]:
    """A passive whose sides change places, or made active with its order kept."""
    kind, found = "passive_flipped", list[Edit]()
    for i, token in enumerate(scene.tokens):
        if token.tag != "VBN" or token.lemma in cues()["reciprocal"]:
            continue
        subject = child(scene.sentence, i, "nsubjpass")
        by = child(scene.sentence, i, "agent")
        help_ = child(scene.sentence, i, "auxpass")
        doer = child(scene.sentence, by, "pobj") if by is not None else None
        if subject is None or by is None or help_ is None or doer is None:
            continue
        alone = child(scene.sentence, i, "neg", "conj") is None and token.dep != "conj"
        active = by == i + 1 and help_ == i - 1
        if alone and active and agent_like(scene, subject) and agent_like(scene, doer):
            tag = scene.tokens[help_].tag
            form = scene.vocabulary.inflect(token.lemma, tag)
            form = token.text if token.text.endswith("ed") and form.endswith("ed") else form
            if tag != "VBG":
                found += scene.edit(kind, "contradiction", [(*scene.at(help_, by + 1), form)])
        found += _exchange(scene, kind, subject, doer)
    return found


def content(parsed: Parsed) -> set[str]:
    """The lemmas of a sentence's content words."""
    return {t.lemma for t in parsed.tokens if t.pos in CONTENT}


def share(parsed: Parsed, of: Parsed) -> float:
    """Share of the content words of `parsed` that the other sentence has."""
    words = content(parsed)
    return len(words & content(of)) / max(1, len(words))


def _fit_subject(scene: Scene, own: int, donor: Parsed, other: int) -> bool:
    """Whether a predicate's subject could be replaced by the scene's: alike in form and sort."""
    a, b = scene.tokens[own], donor.tokens[other]
    if a.tag != b.tag or a.entity != b.entity or a.pos != b.pos:
        return False
    joined = child(donor, other, "conj") is not None
    if joined != (child(scene.sentence, own, "conj") is not None):
        return False
    if a.pos == "PROPN":
        return a.entity in {"PERSON", "ORG", "GPE"}
    kin = {"sibling", "synonym", "broader", "narrower", "same"}
    if wordnet.relation(a.lemma, "NOUN", b.lemma, "NOUN") in kin:
        return True
    agents = scene.vocabulary.agents
    return agents[a.lemma] > 1 and agents[b.lemma] > 1


def stories_spliced(scene: Scene) -> list[Edit]:
    """The subject of the sentence with the predicate of another one."""
    found = []
    parsed = scene.sentence
    if not scene.plain:
        return []
    subject = child(parsed, parsed.roots[0], *SUBJECTS)
    span = phrase(parsed, subject) if subject is not None else None
    if subject is None or span is None or span[0] != 0 or span[1] > 12:
        return []
    if scene.tokens[subject].pos == "PRON" or scene.tokens[span[1] - 1].pos == "PUNCT":
        return []
    for donor in (*scene.evidence, *scene.donors):
        if donor.text == parsed.text or len(donor.roots) != 1 or donor.tokens[-1].text != ".":
            continue
        other = child(donor, donor.roots[0], *SUBJECTS)
        theirs = phrase(donor, other) if other is not None else None
        if other is None or theirs is None or theirs[0] != 0:
            continue
        rest = donor.tokens[theirs[1] :]
        early = [t for t in rest[:2] if t.tag in FINITE]
        if (
            not early
            or rest[0].pos == "PUNCT"
            or len(rest) > 28
            or any(t.text in QUOTES for t in rest)
        ):
            continue
        if not _fit_subject(scene, subject, donor, other):
            continue
        if donor.tokens[donor.roots[0]].lemma == scene.tokens[parsed.roots[0]].lemma:
            continue
        if {t.lemma for t in donor.tokens[slice(*theirs)] if t.pos in CONTENT} & content(parsed):
            continue
        if len({t.lemma for t in rest if t.pos in CONTENT} & content(parsed)) > 3:
            continue
        start, new = scene.tokens[span[1]].start, donor.text[rest[0].start :]
        found += scene.edit("stories_spliced", "not_entailed", [(start, len(parsed.text), new)])
    return found


def _circumstances(donor: Parsed) -> list[tuple[str, str, str]]:
    """Phrases of place, time and event that modify a verb: preposition, entity label, text."""
    found = []
    for i, token in enumerate(donor.tokens):
        if token.dep != "prep" or token.lower not in cues()["circumstance"] or token.head > i:
            continue
        span, noun = phrase(donor, i), child(donor, i, "pobj")
        if donor.tokens[token.head].pos != "VERB" or span is None or noun is None:
            continue
        inside = donor.tokens[span[0] : span[1]]
        if not 2 < len(inside) < 9 or any(t.pos in {"PRON", "PUNCT", "VERB"} for t in inside):
            continue
        place = any(t.entity in {"GPE", "LOC", "FAC", "EVENT"} for t in inside)
        if place or token.lower in cues()["circumstance_of_event"]:
            found.append((token.lower, donor.tokens[noun].entity, donor.cut(range(*span))))
    return found


def detail_added(scene: Scene) -> list[Edit]:
    """A detail from nowhere: a circumstance or relative clause of another story."""
    kind, found = "detail_added", list[Edit]()
    tokens, root = scene.tokens, scene.sentence.roots[0]
    have = {tokens[c].lower for c in scene.sentence.children[root]}
    deed = tokens[root].tag in {"VBD", "VBN"}
    for donor in scene.donors:
        known = {t.lemma for t in donor.tokens if t.pos in {"NOUN", "PROPN"}} & scene.told
        if known:
            continue
        if scene.plain and len(tokens) < 30 and deed:
            end = tokens[-1].start
            for prep, _, text in _circumstances(donor):
                if prep not in have:
                    found += scene.edit(kind, "not_entailed", [(end, end, " " + text)])
        for i, token in enumerate(donor.tokens):
            span = phrase(donor, i)
            if token.dep != "relcl" or span is None or not 3 < span[1] - span[0] < 12:
                continue
            inside = donor.tokens[span[0] : span[1]]
            which = inside[0]
            if which.lower not in {"who", "which"} or which.dep not in SUBJECTS:
                continue
            if any(t.pos == "PUNCT" for t in inside) or inside[1].tag not in {"VBD", "VBZ", "MD"}:
                continue
            label = "PERSON" if which.lower == "who" else "ORG"
            head = donor.tokens[token.head]
            if head.entity != label and (label == "ORG" or head.tag != "NN"):
                continue
            found += _beside_names(scene, label, donor.cut(range(*span)))
    return found


def _beside_names(scene: Scene, label: str, clause: str) -> list[Edit]:
    """The clause put after each name of the label that a verb or the full stop follows."""
    found = []
    for _, last, _ in sure_names(scene, scene.sentence, frozenset({label})):
        after = scene.tokens[last] if last < len(scene.tokens) else None
        if after is None or (after.text != "." and after.tag not in FINITE):
            continue
        at = scene.tokens[last - 1].end
        new = f", {clause}" + ("," if after.text != "." else "")
        found += scene.edit("detail_added", "not_entailed", [(at, at, new)])
    return found


def _widened(parsed: Parsed) -> set[str]:
    """Words of a sentence with their synonyms, broader and derived ones: what it may carry."""
    found: set[str] = set()
    for t in parsed.tokens:
        found |= {t.lemma, t.lower}
        if t.pos in CONTENT and not t.entity:
            found |= wordnet.synonyms(t.lemma, t.pos) | wordnet.broader(t.lemma, t.pos, 1)
            found |= {lemma for lemma, _ in wordnet.derived(t.lemma, t.pos)}
    return found


def evidence_removed(scene: Scene) -> list[Edit]:
    """The sentence stays; of the evidence one is taken away that alone carries a part of it."""
    found: list[Edit] = []
    if len(scene.evidence) < 2:
        return found
    tokens = scene.tokens
    mine = [i for i, t in enumerate(tokens) if t.pos in CONTENT - {"ADV", "ADJ"}]
    words = [{w for t in p.tokens for w in (t.lemma, t.lower)} for p in scene.evidence]
    whole = any(share(scene.sentence, p) > 0.9 for p in scene.evidence)
    for n in range(len(scene.evidence)):
        rest = set[str]().union(*(_widened(p) for m, p in enumerate(scene.evidence) if m != n))
        alone = [
            i
            for i in mine
            if {tokens[i].lemma, tokens[i].lower} & words[n]
            and not {tokens[i].lemma, tokens[i].lower} & rest
        ]
        firm = [i for i in alone if tokens[i].pos in {"NUM", "PROPN"} or tokens[i].dep == "ROOT"]
        if not firm or len(alone) < max(2, (0.6 if whole else 0.3) * len(mine)):
            continue
        left = tuple(p.text for m, p in enumerate(scene.evidence) if m != n)
        spans: list[tuple[int, int]] = []
        for i in alone:
            start, end = scene.at(i)
            if spans and start - spans[-1][1] <= 1:
                start = spans.pop()[0]
            spans.append((start, end))
        text = scene.sentence.text
        if whole and scene.rng.random() < 0.7:
            continue
        found.append(Edit(text, "evidence_removed", tuple(spans), "not_entailed", left))
    return found


def focus_added(scene: Scene) -> list[Edit]:
    """ "Only", "again" or "for the first time" put where the evidence has none."""
    kind, found = "focus_added", list[Edit]()
    tokens, root = scene.tokens, scene.sentence.roots[0]
    if scene.plain and len(tokens) < 26 and tokens[root].tag in {"VBD", "VBN"}:
        end = tokens[-1].start
        for new in cues()["focus_end"]:
            if tokens[root].lemma not in cues()["saying"] and new not in scene.told_text:
                found += scene.edit(kind, "not_entailed", [(end, end, " " + new)])
    if scene.told & frozenset(cues()["focus"]):
        return found
    for i, token in enumerate(tokens):
        counted = token.entity in {"CARDINAL", "MONEY", "PERCENT", "QUANTITY"}
        if i and token.tag == "CD" and counted and tokens[i - 1].tag in FINITE - {"MD"}:
            start = token.start
            found += scene.edit(kind, "not_entailed", [(start, start, "only ")])
        if token.dep in SUBJECTS and token.entity == "PERSON":
            span = phrase(scene.sentence, i)
            if span and span[0] == 0 and all(t.pos == "PROPN" for t in tokens[: span[1]]):
                found += scene.edit(kind, "not_entailed", [(0, 0, "Only ")])
    return found


KINDS = (
    roles_swapped, passive_flipped, stories_spliced, detail_added,
    evidence_removed, focus_added,
)  # fmt: skip
