"""False edits of how much and when, in words: bounds, quantifiers, degrees, days.

Figures themselves are in `false_edits_figures`.
"""

from __future__ import annotations

import re

from summarizer.training.false_edits_figures import cased
from summarizer.training.false_edits_scene import Change, Edit, Label, Scene
from summarizer.training.false_edits_vocabulary import cues


def _phrase_at(scene: Scene, i: int, phrase: str) -> int:
    """The token after the phrase if it stands at token `i`, else 0."""
    words = phrase.split()
    here = [t.lower for t in scene.tokens[i : i + len(words)]]
    return i + len(words) if here == words else 0


def bound_changed(scene: Scene) -> list[Edit]:
    """A bound turned or made exact: more than 750, fewer than 750, exactly 750, 757."""
    found = []
    for old, others in cues()["bounds"].items():
        for i in range(len(scene.tokens)):
            last = _phrase_at(scene, i, old)
            if not last or last >= len(scene.tokens):
                continue
            after = scene.tokens[last]
            if old == "up to" and scene.tokens[i].dep in {"prt", "advmod"}:
                continue
            timed = old in {"over", "under"} and after.entity in {"DATE", "TIME"}
            if (
                timed
                or after.tag not in {"CD", "$"}
                or (i and scene.tokens[i - 1].lower in {"no", "not"})
            ):
                continue
            new = scene.rng.choice(others)
            start, end = scene.at(i, last)
            turned = new in cues()["turned_bounds"] and old not in cues()["degree_lost"]
            label: Label = "contradiction" if turned else "not_entailed"
            changes: list[Change] = [(start, end, cased(scene.tokens[i].text, new))]
            if after.entity != "DATE" or not re.fullmatch(r"20\d\d|19\d\d", after.text):
                found += scene.edit("bound_changed", label, changes)
            value = after.text.replace(",", "")
            if value.isdigit() and int(value) > 20 and after.entity != "DATE":
                near = int(value) + (1 if old in cues()["bounds_from_below"] else -1) * max(
                    1, int(value) // 100
                )
                exact = f"{near:,}" if "," in after.text else str(near)
                if exact not in scene.told:
                    found += scene.edit(
                        "bound_changed", "not_entailed", [(start, after.end, exact)]
                    )
    return found


def quantifier_changed(scene: Scene) -> list[Edit]:
    """A quantifier exchanged: some, all; many, most; no, some."""
    found = []
    tokens, table = scene.tokens, cues()["quantifiers"]
    for i, token in enumerate(tokens):
        if token.lower not in table or token.pos in {"PROPN", "CCONJ"}:
            continue
        after = tokens[i + 1] if i + 1 < len(tokens) else token
        if (i and tokens[i - 1].lower in cues()["before_quantifiers"]) or after.tag in {"CD", "$"}:
            continue
        head = tokens[token.head]
        frequency = token.pos == "ADV" and token.dep == "advmod" and head.pos in {"VERB", "AUX"}
        of = after.lower == "of"
        plural = head.tag in {"NNS", "NNPS"} and token.dep in {"det", "amod", "predet"}
        joined = any(tokens[c].dep == "conj" for c in scene.sentence.children[token.head])
        single = token.lower in cues()["singular_quantifiers"]
        if (frequency and i == 0) or after.lower == "but":
            continue
        if i and not frequency and tokens[i - 1].pos in {"ADJ", "DET", "NUM", "NOUN"}:
            continue
        if not (frequency or single or (of and after.dep == "prep") or (plural and not joined)):
            continue
        for new in table[token.lower]:
            form = new
            if of and new == "no":
                form = "none"
            elif not of and after.lower in cues()["before_nouns"]:
                form = {"no": "none"}.get(new, new) + " of"
            if form.split()[0] in scene.told:
                continue
            denied = form.split()[0] in cues()["denying_quantifiers"]
            label: Label = "contradiction" if denied else "not_entailed"
            changes = [(*scene.at(i), cased(token.text, form))]
            found += scene.edit("quantifier_changed", label, changes)
    return found


def degree_removed(scene: Scene) -> list[Edit]:
    """What was nearly or partly so told as wholly so."""
    found = []
    for i, token in enumerate(scene.tokens[:-1]):
        after = scene.tokens[i + 1]
        online = token.lower == "virtually" and after.pos not in {"DET", "ADJ", "PRON"}
        if token.lower in cues()["degree_lost"] and token.pos == "ADV" and after.pos != "PUNCT":
            if online or token.dep != "advmod" or after.text in {'"', "“", "”"}:
                continue
            changes = scene.swap_words(i, "")
            found += scene.edit("degree_removed", "not_entailed", changes)
        elif token.lower == "but" and after.tag == "CD" and scene.tokens[i - 1].lower == "all":
            changes = [(*scene.at(i, i + 2), "")]
            found += scene.edit("degree_removed", "contradiction", changes)
    return found


def degree_added(scene: Scene) -> list[Edit]:
    """What was wholly so told as almost or partly so: all, nearly all; destroyed, nearly destroyed.

    A verb only if the corpus shows it with such a word.
    """
    found = []
    tokens, vocabulary = scene.tokens, scene.vocabulary
    for i, token in enumerate(tokens):
        if i and tokens[i - 1].lower in {"not", "n't", "n’t", "almost", "nearly", "at"}:
            continue
        entire = cues()["entire"].get(token.lower)
        after = tokens[i + 1] if i + 1 < len(tokens) else token
        if entire and token.dep in {"det", "predet", "advmod", "amod"}:
            if after.text == "-" or after.lower in {"the", "of", "way", "but"}:
                continue
            if after.pos == "PUNCT" or (token.lower == "every" and after.tag == "CD"):
                continue
            exact = [e for e in entire if " " in e] if after.tag == "CD" else entire
            if not exact or (token.dep == "advmod" and token.pos != "ADV"):
                continue
            new = scene.rng.choice(exact)
            if new.split()[0] not in scene.told:
                found += scene.edit("degree_added", "contradiction", scene.swap_words(i, new))
            continue
        if token.tag == "VBN" and i and tokens[i - 1].dep == "auxpass":
            fit = [
                d
                for d in cues()["degree_added"]
                if vocabulary.pairs[token.lemma, "modifier", d] and d not in scene.told
            ]
            if fit:
                start, new = token.start, scene.rng.choice(fit)
                found += scene.edit("degree_added", "not_entailed", [(start, start, new + " ")])
    return found


def date_exchanged(scene: Scene) -> list[Edit]:
    """A weekday or month exchanged for another."""
    found = []
    for i, token in enumerate(scene.tokens):
        for group in (cues()["weekdays"], cues()["months"]):
            if token.text not in group or token.pos != "PROPN" or token.entity != "DATE":
                continue
            others = [o for o in group if o.lower() not in scene.told]
            if others:
                changes = scene.swap_words(i, scene.rng.choice(others))
                found += scene.edit("date_exchanged", "contradiction", changes)
    return found


KINDS = (bound_changed, quantifier_changed, degree_removed, degree_added, date_exchanged)
