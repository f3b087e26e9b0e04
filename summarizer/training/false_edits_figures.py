"""False edits of how much and when: figures, units, bounds, quantifiers, degrees, days.

Names are in `false_edits_names`, other words in `false_edits_words`.
"""

from __future__ import annotations

import re

from summarizer.nlp import Parsed
from summarizer.training.false_edits_scene import Edits, Label, Scene, cues

FIGURE = re.compile(r"\d[\d,]*(?:\.\d+)?")


def figures(parsed: Parsed) -> list[tuple[int, float]]:
    """Tokens that are a figure or a number word, with their value; not "one", nor parts of names.

    Votes ("52-48"), hyphenated numbers and figures beside a name or "No." are passed over.
    """
    words = cues()["number_words"]
    tokens, found = parsed.tokens, []
    for i, token in enumerate(tokens):
        if token.pos != "NUM" and token.tag != "CD":
            continue
        after = tokens[i + 1] if i + 1 < len(tokens) else token
        before = tokens[i - 1] if i else token
        if any(t.text in {"-", "–", "/", ":"} for t in (before, after)):
            continue
        if (
            token.entity not in {"DATE", "TIME"}
            and ((after is not token and after.pos == "PROPN") or before.pos in {"PROPN", "SYM"})
            and before.text not in {"$", "€", "£"}
        ):
            continue
        if FIGURE.fullmatch(token.text):
            found.append((i, float(token.text.replace(",", ""))))
        elif token.lower in words and token.lower != "one":
            found.append((i, float(words[token.lower])))
    return found


def _bound(parsed: Parsed, i: int) -> int:
    """1 if the figure is told as a lower bound, -1 as an upper one, else 0."""
    before = [t.lower for t in parsed.tokens[max(0, i - 4) : i] if t.tag != "$"][-3:]
    for sign, key in ((1, "bounds_from_below"), (-1, "bounds_from_above")):
        if any(before[-len(b.split()) :] == b.split() for b in cues()[key]):
            return sign
    return 0


def _counted(parsed: Parsed, i: int) -> str:
    """The lemma of what the figure counts."""
    head = parsed.tokens[i].head
    while parsed.tokens[head].dep in {"nummod", "quantmod"} and parsed.tokens[head].head != head:
        head = parsed.tokens[head].head
    return parsed.tokens[head].lemma


def _scale(parsed: Parsed, i: int) -> str:
    """What sort of figure it is: figures are exchanged within a sort only."""
    token = parsed.tokens[i]
    after = parsed.tokens[i + 1].lower if i + 1 < len(parsed.tokens) else ""
    if token.entity in {"DATE", "TIME"}:
        year = re.fullmatch(r"(1[89]|20)\d\d", token.text) is not None
        return token.entity + ("year" if year else after)
    if token.entity in {"PERCENT", "MONEY"}:
        return token.entity + (after if after in cues()["units"][0] else "")
    return after if after in cues()["units"][0] else "count"


def _alike(a: float, b: float) -> bool:
    """Whether two figures differ, are of one order of magnitude, and both whole or both not."""
    whole = (a == int(a)) == (b == int(b))
    return a != b and whole and 1.06 * min(a, b) < max(a, b) < 15 * max(1.0, min(a, b))


def cased(old: str, new: str) -> str:
    """The new words with a capital if the old had one."""
    return new.capitalize() if old[:1].isupper() else new.lower()


def _rival(scene: Scene, parsed: Parsed, counted: str, j: int) -> bool:
    """Whether a figure may be another report of the same fact, true by its own source."""
    words = {t.lemma for t in parsed.tokens if t.pos in {"NOUN", "PROPN", "VERB"}}
    shared = words & {t.lemma for t in scene.tokens}
    return _counted(parsed, j) == counted or len(shared) > 0.4 * len(words)


def figure_of_evidence(scene: Scene) -> Edits:
    """A figure exchanged for another one that the evidence tells of something else."""
    own = figures(scene.sentence)
    for i, value in own:
        sort = _scale(scene.sentence, i)
        bound, counted = _bound(scene.sentence, i), _counted(scene.sentence, i)
        others = {
            p.tokens[j].text
            for p in scene.evidence
            for j, other in figures(p)
            if all(other != v for _, v in own)
            and _alike(value, other)
            and _scale(p, j) == sort
            and other > 1
            and (any(v == value for _, v in figures(p)) or not _rival(scene, p, counted, j))
            and (other - value) * bound >= 0
        }
        if others:
            new = cased(scene.tokens[i].text, scene.rng.choice(sorted(others)))
            yield from scene.edit("contradiction", *scene.swap_words(i, new))


def figures_swapped(scene: Scene) -> Edits:
    """Two figures of the sentence change places, each bound to what the other counted."""
    own = figures(scene.sentence)
    for n, (i, a) in enumerate(own):
        for j, b in own[n + 1 :]:
            sort = _scale(scene.sentence, i)
            if sort != _scale(scene.sentence, j) or sort.endswith("year"):
                continue
            if _bound(scene.sentence, i) or _bound(scene.sentence, j):
                continue
            if a != b and j > i + 2:
                one, two = scene.tokens[i].text, scene.tokens[j].text
                if one[0].isdigit() != two[0].isdigit():
                    continue
                here, there = (*scene.at(i), cased(one, two)), (*scene.at(j), cased(two, one))
                yield from scene.edit("contradiction", here, there)


def _off(text: str, value: float, step: int) -> str:
    """The figure a few units of its last significant place off; "" if there is no such figure."""
    if not text[0].isdigit():
        table: dict[str, int] = cues()["number_words"]
        words = {v: w for w, v in table.items() if w != "dozen"}
        return words.get(int(value) + step, "")
    if "." in text:
        places = len(text.partition(".")[2])
        return f"{value + step / 10**places:.{places}f}"
    zeros = len(str(int(value))) - len(str(int(value)).rstrip("0"))
    place = 10 ** (zeros - 1 if zeros and str(int(value)).strip("0") == "1" else zeros)
    return f"{int(value) + step * place:,}" if "," in text else str(int(value) + step * place)


def figure_changed(scene: Scene) -> Edits:
    """A figure a little off: 43, 46; 2.1, 2.4; a year or a day off."""
    told = {v for p in (scene.sentence, *scene.evidence) for _, v in figures(p)}
    for i, value in figures(scene.sentence):
        token = scene.tokens[i]
        step = scene.rng.choice([-3, -2, -1, 1, 2, 3, 4])
        step *= (_bound(scene.sentence, i) * step >= 0) * 2 - 1
        new = _off(token.text, value, step)
        if not new or new.startswith("-") or new in {"0", "1"} or new in scene.told:
            continue
        if new[0].isdigit() and float(new.replace(",", "")) in told | {0.0}:
            continue
        if token.entity == "DATE" and value <= 31 and new.isdigit() and int(new) > 28:
            continue
        yield from scene.edit("contradiction", *scene.swap_words(i, cased(token.text, new)))


def unit_changed(scene: Scene) -> Edits:
    """A unit or scale exchanged for one beside it: million, billion; miles, kilometers."""
    tokens = scene.tokens
    numbered = {i for i, t in enumerate(tokens) if t.tag == "CD" or t.pos == "NUM"}
    for i, token in enumerate(tokens):
        vague = token.lower in cues()["vague_amounts"]
        if not vague and not {i - 1, i + 1, i - 2} & numbered:
            continue
        for group in cues()["units"]:
            if token.lower not in group:
                continue
            at = group.index(token.lower)
            others = [u for u in group[max(0, at - 1) : at + 2] if u not in scene.told_text]
            if others and others != [token.lower]:
                new = scene.rng.choice([u for u in others if u != token.lower])
                yield from scene.edit("contradiction", *scene.swap_words(i, new))
            break


def _phrase_at(scene: Scene, i: int, phrase: str) -> int:
    """The token after the phrase if it stands at token `i`, else 0."""
    words = phrase.split()
    here = [t.lower for t in scene.tokens[i : i + len(words)]]
    return i + len(words) if here == words else 0


def bound_changed(scene: Scene) -> Edits:
    """A bound turned or made exact: more than 750, fewer than 750, exactly 750, 757."""
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
            if after.entity != "DATE" or not re.fullmatch(r"20\d\d|19\d\d", after.text):
                yield from scene.edit(label, (start, end, cased(scene.tokens[i].text, new)))
            value = after.text.replace(",", "")
            if value.isdigit() and int(value) > 20 and after.entity != "DATE":
                step = max(1, int(value) // 100)
                near = int(value) + (step if old in cues()["bounds_from_below"] else -step)
                exact = f"{near:,}" if "," in after.text else str(near)
                if exact not in scene.told:
                    yield from scene.edit("not_entailed", (start, after.end, exact))


def quantifier_changed(scene: Scene) -> Edits:
    """A quantifier exchanged: some, all; many, most; no, some."""
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
            yield from scene.edit(label, (*scene.at(i), cased(token.text, form)))


def degree_removed(scene: Scene) -> Edits:
    """What was nearly or partly so told as wholly so."""
    for i, token in enumerate(scene.tokens[:-1]):
        after = scene.tokens[i + 1]
        online = token.lower == "virtually" and after.pos not in {"DET", "ADJ", "PRON"}
        if token.lower in cues()["degree_lost"] and token.pos == "ADV" and after.pos != "PUNCT":
            if online or token.dep != "advmod" or after.text in {'"', "“", "”"}:
                continue
            yield from scene.edit("not_entailed", *scene.swap_words(i, ""))
        elif token.lower == "but" and after.tag == "CD" and scene.tokens[i - 1].lower == "all":
            yield from scene.edit("contradiction", (*scene.at(i, i + 2), ""))


def degree_added(scene: Scene) -> Edits:
    """What was wholly so told as almost or partly so: all, nearly all; destroyed, nearly destroyed.

    A verb only if the corpus shows it with such a word.
    """
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
                yield from scene.edit("contradiction", *scene.swap_words(i, new))
            continue
        if token.tag == "VBN" and i and tokens[i - 1].dep == "auxpass":
            fit = [
                d
                for d in cues()["degree_added"]
                if vocabulary.pairs[token.lemma, "modifier", d] and d not in scene.told
            ]
            if fit:
                start, new = token.start, scene.rng.choice(fit)
                yield from scene.edit("not_entailed", (start, start, new + " "))


def date_exchanged(scene: Scene) -> Edits:
    """A weekday or month exchanged for another."""
    for i, token in enumerate(scene.tokens):
        for group in (cues()["weekdays"], cues()["months"]):
            if token.text not in group or token.pos != "PROPN" or token.entity != "DATE":
                continue
            others = [o for o in group if o.lower() not in scene.told]
            if others:
                new = scene.rng.choice(others)
                yield from scene.edit("contradiction", *scene.swap_words(i, new))


KINDS = (
    figure_of_evidence, figures_swapped, figure_changed, unit_changed, bound_changed,
    quantifier_changed, degree_removed, degree_added, date_exchanged,
)  # fmt: skip
