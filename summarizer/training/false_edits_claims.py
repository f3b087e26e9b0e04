"""False edits of how firmly a thing is told: negation, failure, modality, attribution.

Who did what to whom and what belongs together is in `false_edits_clauses`.
"""

from __future__ import annotations

from summarizer.nlp.lexicons import wordnet
from summarizer.training.false_edits_names import speech
from summarizer.training.false_edits_scene import QUOTES, Change, Edits, Scene, cues
from summarizer.training.surgery import SUBJECTS, child, phrase


def agent_like(scene: Scene, i: int) -> bool:
    """Whether the noun or name at index `i` can do things; False for any other word.

    A name of a person, people, body or state can, and so can a noun for a person or a body that
    speaks in the corpus more than once.
    """
    token = scene.tokens[i]
    if token.pos == "PROPN":
        return token.entity in {"PERSON", "ORG", "NORP", "GPE"}
    if token.pos != "NOUN":
        return False
    person = wordnet.broader(token.lemma, "NOUN", 9) & {"person", "organization"}
    return scene.vocabulary.agents[token.lemma] > 1 and bool(person)


def plural(scene: Scene, i: int) -> bool:
    """Whether the subject at token index `i` takes a plural verb."""
    token = scene.tokens[i]
    many = token.tag in {"NNS", "NNPS"} or token.lower in cues()["plural_pronouns"]
    return many or child(scene.sentence, i, "conj") is not None


def _deeds(scene: Scene) -> list[tuple[int, int]]:
    """Past-tense main verbs with their subject before them, without auxiliary or negation."""
    found = []
    for i, token in enumerate(scene.tokens):
        if token.tag != "VBD" or token.pos != "VERB" or token.lemma in cues()["saying"]:
            continue
        if token.lemma in cues()["undeniable"]:
            continue
        if token.dep not in {"ROOT", "conj", "ccomp", "relcl", "advcl"} or not i:
            continue
        subject = child(scene.sentence, i, *SUBJECTS)
        if child(scene.sentence, i, "neg", "aux", "auxpass") is not None or subject is None:
            continue
        if subject < i and scene.tokens[i - 1].text not in {",", "—", "-"}:
            found.append((i, subject))
    return found


def negation_added(scene: Scene) -> Edits:
    """What happened told as not having happened."""
    tokens = scene.tokens
    for i, _ in _deeds(scene):
        new = "did not " + scene.vocabulary.inflect(tokens[i].lemma, "VB")
        yield from scene.edit("contradiction", (*scene.at(i), new))
    for i, token in enumerate(tokens[:-1]):
        helps = token.dep in {"aux", "auxpass"}
        if not helps and not (token.lemma == "be" and token.pos == "AUX"):
            continue
        verb = token.head if helps else i
        kin = scene.sentence.children[verb]
        first = next((c for c in kin if tokens[c].dep in {"aux", "auxpass"}), i)
        negated = any(tokens[c].dep == "neg" for c in kin)
        if first != i or negated or token.tag in {"TO", "VB", "VBN", "VBG"}:
            continue
        if token.text.startswith(("'", "’")) or tokens[i + 1].lower in cues()["negations"]:
            continue
        if (i and tokens[i - 1].lower in {"not", "as"}) or tokens[-1].text == "?":
            continue
        new = "cannot" if token.lower == "can" else token.text + " not"
        yield from scene.edit("contradiction", (*scene.at(i), new))


def negation_removed(scene: Scene) -> Edits:
    """What did not happen told as having happened."""
    tokens = scene.tokens
    for i, token in enumerate(tokens):
        if token.dep != "neg" or not i or (tokens[i - 1].text in QUOTES and token.lower == "never"):
            continue
        if any(t.lower in cues()["polarity_words"] for t in tokens[i + 1 :]):
            continue
        verb, before = token.head, tokens[i - 1]
        change: Change | None = None
        if token.lower == "never":
            change = (*scene.at(i), "")
        elif before.lower in {"did", "does", "do"} and tokens[verb].tag == "VB":
            tag = {"did": "VBD", "does": "VBZ", "do": "VBP"}[before.lower]
            if verb == i + 1 and tokens[verb].lemma not in {"have", "be"}:
                form = scene.vocabulary.inflect(tokens[verb].lemma, tag)
                change = (*scene.at(i - 1, verb + 1), form)
        elif token.lower in {"n't", "n’t"}:
            whole = {"ca": "can", "wo": "will", "sha": "shall"}.get(before.lower, before.text)
            change = (*scene.at(i - 1, i + 1), whole)
        elif token.lower == "not" and tokens[verb].pos in {"VERB", "AUX"}:
            if before.lower == "can" and before.end == token.start:
                change = (*scene.at(i - 1, i + 1), "can")
            elif before.dep in {"aux", "auxpass", "ROOT", "ccomp", "advcl", "conj"}:
                change = (*scene.at(i), "")
        if change is not None:
            yield from scene.edit("contradiction", change)


def deed_failed(scene: Scene) -> Edits:
    """What was done told as failed, refused or declined; what is, as no longer so."""
    for i, subject in _deeds(scene):
        token = scene.tokens[i]
        if child(scene.sentence, i, "prt") is not None or token.dep not in {
            "ROOT",
            "conj",
            "ccomp",
        }:
            continue
        person = scene.tokens[subject].entity == "PERSON" or agent_like(scene, subject)
        willing = person and child(scene.sentence, i, "dobj", "ccomp", "xcomp") is not None
        new = scene.rng.choice(cues()["failing"] if willing else cues()["failing"][:1])
        form = f"{new} {scene.vocabulary.inflect(token.lemma, 'VB')}"
        if child(scene.sentence, i, "advmod") != i - 1:
            yield from scene.edit("contradiction", (*scene.at(i), form))
    for i, token in enumerate(scene.tokens):
        if token.tag != "VBZ" or token.lemma != "be" or token.dep not in {"ROOT", "ccomp", "aux"}:
            continue
        after = scene.tokens[min(i + 1, len(scene.tokens) - 1)].lower
        if child(scene.sentence, token.head, "neg") is not None or after in cues()["negations"]:
            continue
        if child(scene.sentence, i, "neg", "expl") is None and token.text.isalpha():
            yield from scene.edit("contradiction", (*scene.at(i), token.text + " no longer"))


def modality_removed(scene: Scene) -> Edits:
    """What may, might or could be told as done, or as certain to be."""
    tokens = scene.tokens
    for i, token in enumerate(tokens):
        verb = token.head
        if token.dep != "aux" or token.lower not in cues()["modals_open"] or verb != i + 1:
            continue
        subject = child(scene.sentence, verb, *SUBJECTS)
        mark = child(scene.sentence, verb, "mark")
        if subject is None or subject > i or child(scene.sentence, verb, "neg") is not None:
            continue
        if mark is not None and tokens[mark].lower in cues()["hypothetical"]:
            continue
        lemma = tokens[verb].lemma
        if tokens[verb].tag != "VB" or lemma == "have":
            continue
        many = plural(scene, subject)
        past = ("were" if many else "was") if lemma == "be" else None
        new = past or scene.vocabulary.inflect(lemma, "VBD")
        yield from scene.edit("not_entailed", (*scene.at(i, verb + 1), new))
        if token.lower in cues()["modals_possible"]:
            yield from scene.edit("not_entailed", (*scene.at(i), "will"))


def intention_done(scene: Scene) -> Edits:
    """What is planned, expected or sought told as done: plans to close, closed."""
    tokens = scene.tokens
    for i, token in enumerate(tokens):
        if token.lemma not in cues()["prospective"] or token.pos != "VERB":
            continue
        goal = child(scene.sentence, i, "xcomp")
        subject = child(scene.sentence, i, *SUBJECTS)
        if goal is None or goal != i + 2 or tokens[i + 1].lower != "to":
            continue
        if subject is None or subject > i or child(scene.sentence, i, "neg") is not None:
            continue
        helpers = [c for c in scene.sentence.children[i] if tokens[c].dep in {"aux", "auxpass"}]
        first = min([i, *helpers])
        if tokens[first].tag in {"MD", "TO"} or first <= subject or first < i - len(helpers):
            continue
        lemma = tokens[goal].lemma
        if lemma == "do":
            continue
        past = ("were" if plural(scene, subject) else "was") if lemma == "be" else None
        new = past or scene.vocabulary.inflect(lemma, "VBD")
        glued = tokens[first - 1].end == tokens[first].start
        yield from scene.edit("not_entailed", (*scene.at(first, goal + 1), " " * glued + new))


def _stated(scene: Scene, said: int) -> bool:
    """Whether some evidence states the verb of a claim outside of what is said."""
    lemma = scene.tokens[said].lemma
    for parsed in scene.evidence:
        claims = {j for _, _, c in speech(parsed) for j in parsed.subtree(c)}
        if any(t.lemma == lemma and j not in claims for j, t in enumerate(parsed.tokens)):
            return lemma != "be"
    return False


def _contested(scene: Scene, verb: int, speaker: int) -> bool:
    """Whether the claim is one side's: by its verb, or a person's own word."""
    token = scene.tokens[speaker]
    if scene.tokens[verb].lemma in cues()["contested_saying"]:
        return True
    side = token.pos == "NOUN" and token.lemma not in cues()["official_voices"]
    return (token.entity == "PERSON" or side) and scene.tokens[verb].lemma in {"say", "tell"}


def attribution_removed(scene: Scene) -> Edits:
    """A claim told as a fact: its speaker cut, or "alleged" and the like."""
    tokens = scene.tokens
    for verb, speaker, said in speech(scene.sentence):
        span = phrase(scene.sentence, said)
        if span is None or _stated(scene, said) or not _contested(scene, verb, speaker):
            continue
        first, last = span
        first += tokens[first].lower == "that"
        subject = child(scene.sentence, said, *SUBJECTS)
        if subject is None or tokens[subject].pos == "PRON" or tokens[said].tag == "VB":
            continue
        whole = scene.sentence.subtree(verb)
        if tokens[verb].dep != "ROOT" or any(tokens[j].text in QUOTES for j in range(*span)):
            continue
        if speaker < verb < first and whole[0] == 0 and last >= len(tokens) - 1:
            if child(scene.sentence, verb, "dobj") is None and tokens[first].pos != "PUNCT":
                yield from scene.edit("not_entailed", (0, tokens[first].start, ""))
            continue
        trails = whole[-1] >= len(tokens) - 1 and len(tokens) - last < 14
        if trails and first == 0 and last < len(tokens) and tokens[last].text == ",":
            cut = tokens[last].start, tokens[-1].start
            yield from scene.edit("not_entailed", (*cut, ""))
    graded = frozenset(cues()["grading"])
    for i, token in enumerate(tokens[:-1]):
        if token.lower not in cues()["allegation"] or token.dep not in {"amod", "advmod"} or not i:
            continue
        if tokens[i - 1].lower in graded or tokens[i + 1].pos in {"PUNCT", "CCONJ", "SCONJ"}:
            continue
        yield from scene.edit("not_entailed", *scene.swap_words(i, ""))


KINDS = (
    negation_added, negation_removed, deed_failed, modality_removed, intention_done,
    attribution_removed,
)  # fmt: skip
