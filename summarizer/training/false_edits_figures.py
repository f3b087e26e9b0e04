"""False edits of figures: exchanged, swapped, a little off, in another unit or scale.

Bounds, quantifiers, degrees and days are in `false_edits_amounts`.
"""

from __future__ import annotations

import re

from summarizer.nlp import Parsed
from summarizer.training.false_edits_scene import Edit, Scene
from summarizer.training.false_edits_vocabulary import cues

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


def figure_of_evidence(scene: Scene) -> list[Edit]:
    """A figure exchanged for another one that the evidence tells of something else."""
    own = figures(scene.sentence)
    found = []
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
            found += scene.edit("figure_of_evidence", "contradiction", scene.swap_words(i, new))
    return found


def figures_swapped(scene: Scene) -> list[Edit]:
    """Two figures of the sentence change places, each bound to what the other counted."""
    found = []
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
                changes = [(*scene.at(i), cased(one, two)), (*scene.at(j), cased(two, one))]
                found += scene.edit("figures_swapped", "contradiction", changes)
    return found


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


def figure_changed(scene: Scene) -> list[Edit]:
    """A figure a little off: 43, 46; 2.1, 2.4; a year or a day off."""
    told = {v for p in (scene.sentence, *scene.evidence) for _, v in figures(p)}
    found = []
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
        changes = scene.swap_words(i, cased(token.text, new))
        found += scene.edit("figure_changed", "contradiction", changes)
    return found


def unit_changed(scene: Scene) -> list[Edit]:
    """A unit or scale exchanged for one beside it: million, billion; miles, kilometers."""
    found = []
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
                changes = scene.swap_words(i, new)
                found += scene.edit("unit_changed", "contradiction", changes)
            break
    return found


KINDS = (figure_of_evidence, figures_swapped, figure_changed, unit_changed)
