"""False edits of what belongs together: roles, spliced stories, details, conditions, causes, order.

How firmly a thing is told is in `false_edits_claims`; single words are in `false_edits_words`.
"""

from __future__ import annotations

from summarizer.nlp import Parsed
from summarizer.nlp.lexicons import wordnet
from summarizer.training.false_edits_claims import agent_like, plural
from summarizer.training.false_edits_names import sure_names
from summarizer.training.false_edits_scene import CONTENT, QUOTES, Change, Edit, Edits, Scene, cues
from summarizer.training.surgery import SUBJECTS, cased, child, phrase

FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})


def _exchange(scene: Scene, one: int, two: int) -> Edits:
    """Two noun phrases change places, if both can do things and the verb still agrees."""
    parsed = scene.sentence
    a, b = phrase(parsed, one), phrase(parsed, two)
    if a is None or b is None or not (agent_like(scene, one) and agent_like(scene, two)):
        return
    if max(a[1] - a[0], b[1] - b[0]) > 8 or plural(scene, one) != plural(scene, two):
        return
    if not (a[1] <= b[0] or b[1] <= a[0]) or scene.tokens[b[1] - 1].tag == "POS":
        return
    if scene.tokens[one].lower == scene.tokens[two].lower:
        return
    if any(t.text in QUOTES for r in (a, b) for t in scene.tokens[slice(*r)]):
        return
    (i, j), first = (a, b), min(a, b)
    changes: list[Change] = []
    for here, there in ((i, j), (j, i)):
        new = cased(parsed, range(*there))
        if here == first and here[0] == 0:
            new = new[:1].upper() + new[1:]
        changes.append((*scene.at(*here), new))
    yield from scene.edit("contradiction", *changes)


def roles_swapped(scene: Scene) -> Edits:
    """Who does it and whom it is done to change places."""
    for i, token in enumerate(scene.tokens):
        if token.pos != "VERB" or token.lemma in cues()["one_way_verbs"]:
            continue
        subject = child(scene.sentence, i, "nsubj")
        thing = child(scene.sentence, i, "dobj", "dative")
        if subject is not None and thing is not None:
            yield from _exchange(scene, subject, thing)


def passive_flipped(scene: Scene) -> Edits:
    """A passive whose sides change places, or made active with its order kept."""
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
                yield from scene.edit("contradiction", (*scene.at(help_, by + 1), form))
        yield from _exchange(scene, subject, doer)


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


def stories_spliced(scene: Scene) -> Edits:
    """The subject of the sentence with the predicate of another one."""
    parsed = scene.sentence
    if not scene.plain:
        return
    subject = child(parsed, parsed.roots[0], *SUBJECTS)
    span = phrase(parsed, subject) if subject is not None else None
    if subject is None or span is None or span[0] != 0 or span[1] > 12:
        return
    if scene.tokens[subject].pos == "PRON" or scene.tokens[span[1] - 1].pos == "PUNCT":
        return
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
        yield from scene.edit("not_entailed", (start, len(parsed.text), new))


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


def detail_added(scene: Scene) -> Edits:
    """A detail from nowhere: a circumstance or relative clause of another story."""
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
                    yield from scene.edit("not_entailed", (end, end, " " + text))
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
            yield from _beside_names(scene, label, donor.cut(range(*span)))


def _beside_names(scene: Scene, label: str, clause: str) -> Edits:
    """The clause put after each name of the label that a verb or the full stop follows."""
    for _, last, _ in sure_names(scene, scene.sentence, frozenset({label})):
        after = scene.tokens[last] if last < len(scene.tokens) else None
        if after is None or (after.text != "." and after.tag not in FINITE):
            continue
        at = scene.tokens[last - 1].end
        new = f", {clause}" + ("," if after.text != "." else "")
        yield from scene.edit("not_entailed", (at, at, new))


def _widened(parsed: Parsed) -> set[str]:
    """Words of a sentence with their synonyms, broader and derived ones: what it may carry."""
    found: set[str] = set()
    for t in parsed.tokens:
        found |= {t.lemma, t.lower}
        if t.pos in CONTENT and not t.entity:
            found |= wordnet.synonyms(t.lemma, t.pos) | wordnet.broader(t.lemma, t.pos, 1)
            found |= {lemma for lemma, _ in wordnet.derived(t.lemma, t.pos)}
    return found


def evidence_removed(scene: Scene) -> Edits:
    """The sentence stays; of the evidence one is taken away that alone carries a part of it."""
    if len(scene.evidence) < 2:
        return
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
        yield Edit(text, tuple(spans), "not_entailed", left)


def focus_added(scene: Scene) -> Edits:
    """ "Only", "again" or "for the first time" put where the evidence has none."""
    tokens, root = scene.tokens, scene.sentence.roots[0]
    if scene.plain and len(tokens) < 26 and tokens[root].tag in {"VBD", "VBN"}:
        end = tokens[-1].start
        for new in cues()["focus_end"]:
            if tokens[root].lemma not in cues()["saying"] and new not in scene.told_text:
                yield from scene.edit("not_entailed", (end, end, " " + new))
    if scene.told & frozenset(cues()["focus"]):
        return
    for i, token in enumerate(tokens):
        counted = token.entity in {"CARDINAL", "MONEY", "PERCENT", "QUANTITY"}
        if i and token.tag == "CD" and counted and tokens[i - 1].tag in FINITE - {"MD"}:
            start = token.start
            yield from scene.edit("not_entailed", (start, start, "only "))
        if token.dep in SUBJECTS and token.entity == "PERSON":
            span = phrase(scene.sentence, i)
            if span and span[0] == 0 and all(t.pos == "PROPN" for t in tokens[: span[1]]):
                yield from scene.edit("not_entailed", (0, 0, "Only "))


def order_exchanged(scene: Scene) -> Edits:
    """What came first told as what came after: before, after."""
    for i, token in enumerate(scene.tokens):
        for pair in cues()["order_pairs"]:
            for old, new in (pair, pair[::-1]):
                place = any(
                    scene.tokens[c].entity in {"ORG", "PERSON"} for c in scene.sentence.children[i]
                )
                if token.lower == old and token.pos in {"ADP", "SCONJ", "ADV"} and not place:
                    yield from scene.edit("contradiction", *scene.swap_words(i, new))


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


def condition_removed(scene: Scene) -> Edits:
    """What holds under a condition told without it."""
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
        yield from scene.edit("not_entailed", (start, end, ""))


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
    one, two = (cased(donor, range(*span)) for span in spans if span is not None)
    return f"{one} {verb} {two}"


def condition_added(scene: Scene) -> Edits:
    """What will or may be told as being so only if something of another story happens."""
    root = scene.sentence.roots[0]
    kin = [scene.tokens[c] for c in scene.sentence.children[root]]
    planned = scene.tokens[root].lemma in cues()["prospective"]
    ahead = any(t.tag == "MD" for t in kin) or (planned and scene.tokens[root].tag != "VBD")
    if not scene.plain or not ahead or _conditions(scene.sentence) or len(scene.tokens) > 30:
        return
    end = scene.tokens[-1].start
    for donor in scene.donors:
        clause = _supposed(scene, donor)
        if clause:
            new = f" {scene.rng.choice(['if', 'unless'])} {clause}"
            yield from scene.edit("not_entailed", (end, end, new))


def cause_invented(scene: Scene) -> Edits:
    """Two facts joined as cause and effect that the evidence only tells side by side."""
    if scene.told & frozenset(cues()["causal"]):
        return
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
        new = scene.rng.choice(cues()["cause_joins"])
        yield from scene.edit("not_entailed", (*scene.at(i), new))
    if not scene.plain or len(tokens) > 32:
        return
    end = tokens[-1].start
    for parsed in scene.evidence:
        clause = _clause(parsed)
        if clause and share(parsed, scene.sentence) < 0.5:
            new = f", {scene.rng.choice(cues()['cause_joins'])} {clause}"
            yield from scene.edit("not_entailed", (end, end, new))


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
    return cased(parsed, range(len(tokens) - 1))


KINDS = (
    roles_swapped, passive_flipped, stories_spliced, detail_added, evidence_removed, focus_added,
    order_exchanged, condition_removed, condition_added, cause_invented,
)  # fmt: skip
