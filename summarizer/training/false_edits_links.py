"""False edits of how facts are connected: conditions, causes, what came first.

The facts themselves are in `false_edits_words`, `false_edits_claims` and `false_edits_clauses`.
"""

from __future__ import annotations

from summarizer.nlp import Parsed
from summarizer.training.false_edits_claims import SUBJECTS, phrase
from summarizer.training.false_edits_clauses import FINITE, share
from summarizer.training.false_edits_names import child
from summarizer.training.false_edits_scene import QUOTES, Edit, Scene, lower_first
from summarizer.training.false_edits_vocabulary import cues


def order_exchanged(scene: Scene) -> list[Edit]:
    """What came first told as what came after: before, after."""
    found = []
    for i, token in enumerate(scene.tokens):
        for pair in cues()["order_pairs"]:
            for old, new in (pair, pair[::-1]):
                place = any(
                    scene.tokens[c].entity in {"ORG", "PERSON"} for c in scene.sentence.children[i]
                )
                if token.lower == old and token.pos in {"ADP", "SCONJ", "ADV"} and not place:
                    changes = scene.swap_words(i, new)
                    found += scene.edit("order_exchanged", "contradiction", changes)
    return found


def _conditions(parsed: Parsed) -> list[tuple[int, int]]:
    """Ranges of "if" and "unless" clauses that have a subject."""
    found = []
    for i, token in enumerate(parsed.tokens):
        mark, span = child(parsed, i, "mark"), phrase(parsed, i)
        if token.dep != "advcl" or mark is None or span is None or mark != span[0]:
            continue
        above = (token.head, *parsed.children[token.head])
        asks = any(parsed.tokens[j].lemma in cues()["asking"] for j in above)
        whole = token.tag == "VBN" or child(parsed, i, *SUBJECTS, "expl") is not None
        if parsed.tokens[mark].lower in {"if", "unless"} and whole and not asks:
            found.append(span)
    return found


def condition_removed(scene: Scene) -> list[Edit]:
    """What holds under a condition told without it."""
    found = []
    for first, last in _conditions(scene.sentence):
        after = scene.tokens[last].text if last < len(scene.tokens) else ""
        start, end = scene.at(first, last)
        if first and scene.tokens[first - 1].text in QUOTES:
            continue
        if first == 0:
            if after != ",":
                continue
            end = scene.tokens[last].end
        elif scene.tokens[first - 1].text == ",":
            start = scene.tokens[first - 1].start
        elif scene.tokens[first - 1].lower in cues()["before_conditions"]:
            continue
        found += scene.edit("condition_removed", "not_entailed", [(start, end, "")])
    return found


def _supposed(scene: Scene, donor: Parsed) -> str:
    """Subject, verb and object of a sentence as a condition, in the present; "" if it has none."""
    tokens, root = donor.tokens, donor.roots[0]
    subject, thing = child(donor, root, "nsubj"), child(donor, root, "dobj")
    if subject is None or thing is None or tokens[root].tag != "VBD":
        return ""
    if tokens[root].lemma in cues()["saying"] or tokens[subject].entity == "DATE":
        return ""
    spans = phrase(donor, subject), phrase(donor, thing)
    if spans[0] is None or spans[1] is None or child(donor, root, "neg", "aux", "prt") is not None:
        return ""
    parts = [tokens[slice(*span)] for span in spans if span is not None]
    if any(len(p) > 7 or any(t.pos in {"PRON", "PUNCT"} for t in p) for p in parts):
        return ""
    many = tokens[subject].tag in {"NNS", "NNPS"} or child(donor, subject, "conj") is not None
    verb = scene.vocabulary.inflect(tokens[root].lemma, "VBP" if many else "VBZ")
    one, two = (donor.cut(range(*span)) for span in spans if span is not None)
    if parts[0][0].pos != "PROPN" and not parts[0][0].entity:
        one = one[:1].lower() + one[1:]
    return f"{one} {verb} {two}"


def condition_added(scene: Scene) -> list[Edit]:
    """What will or may be told as being so only if something of another story happens."""
    root = scene.sentence.roots[0]
    kin = [scene.tokens[c] for c in scene.sentence.children[root]]
    planned = scene.tokens[root].lemma in cues()["prospective"]
    ahead = any(t.tag == "MD" for t in kin) or (planned and scene.tokens[root].tag != "VBD")
    if not scene.plain or not ahead or _conditions(scene.sentence) or len(scene.tokens) > 30:
        return []
    found, end = [], scene.tokens[-1].start
    for donor in scene.donors:
        clause = _supposed(scene, donor)
        if clause:
            new = f" {scene.rng.choice(['if', 'unless'])} {clause}"
            found += scene.edit("condition_added", "not_entailed", [(end, end, new)])
    return found


def cause_invented(scene: Scene) -> list[Edit]:
    """Two facts joined as cause and effect that the evidence only tells side by side."""
    kind, found = "cause_invented", list[Edit]()
    if scene.told & frozenset(cues()["causal"]):
        return found
    tokens = scene.tokens
    for i, token in enumerate(tokens):
        if token.lower != "and" or token.dep != "cc":
            continue
        kin = scene.sentence.children[token.head]
        other = next((c for c in kin if c > i and tokens[c].dep == "conj"), None)
        if other is None or tokens[other].pos not in {"VERB", "AUX"}:
            continue
        own = child(scene.sentence, other, *SUBJECTS)
        if own is None or own < i or child(scene.sentence, token.head, *SUBJECTS) is None:
            continue
        changes = [(*scene.at(i), scene.rng.choice(cues()["cause_joins"]))]
        found += scene.edit(kind, "not_entailed", changes)
    if not scene.plain or len(tokens) > 32:
        return found
    end = tokens[-1].start
    for parsed in scene.evidence:
        clause = _clause(parsed)
        if clause and share(parsed, scene.sentence) < 0.5:
            new = f", {scene.rng.choice(cues()['cause_joins'])} {clause}"
            found += scene.edit(kind, "not_entailed", [(end, end, new)])
    return found


def _clause(parsed: Parsed) -> str:
    """A short plain sentence as a clause; "" if it is none, or depends on the one before it."""
    tokens = parsed.tokens
    if not 5 < len(tokens) < 22 or tokens[-1].text != "." or len(parsed.roots) != 1:
        return ""
    root, subject = parsed.roots[0], child(parsed, parsed.roots[0], *SUBJECTS)
    if subject is None or tokens[subject].pos not in {"NOUN", "PROPN"}:
        return ""
    span = phrase(parsed, subject)
    if span is None or span[0] != 0 or tokens[0].pos in {"CCONJ", "SCONJ", "ADV"}:
        return ""
    if tokens[root].tag not in FINITE and child(parsed, root, "aux", "auxpass") is None:
        return ""
    if any(t.text in QUOTES or t.lower in cues()["leaning"] or t.text in "():;—?" for t in tokens):
        return ""
    return lower_first(parsed, parsed.cut(range(len(tokens) - 1)))


KINDS = (order_exchanged, condition_removed, condition_added, cause_invented)
