"""What befalls those that a figure counts: the verb or noun that says it, and their place in it.

Which noun a figure counts, and the lexicon of fates, are `counted`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from summarizer.nlp.counted import fates
from summarizer.nlp.lexicons.lists import word_list
from summarizer.nlp.parse import Parsed
from summarizer.nlp.units import words

_THROUGH = frozenset("conj appos nummod compound quantmod nmod amod prep".split())
_STATES = frozenset({"acomp", "oprd", "xcomp", "attr"})
_NOT_SO = "negative_implicatives"
_TOLD = frozenset({"to", "at", "attr", "obj"})
"""Positions in which a figure is the value of a toll: "rose to 45", "stands at 45", "was 45"."""


def fate(parsed: Parsed, first: int, figure: int, noun: int | None) -> str:
    """What befalls those counted: "kill:obj", "march:subj", "rise:to", or the empty string.

    first, figure: the first and last token of the figure. The class of the noun or its modifiers
    comes first; then the verb that governs it with the position in which it stands. Of a toll that
    rises to a figure, the toll's class. Those who die and those who are killed are "kill:obj".
    """
    for i in (noun, figure):
        if i is not None and (own := _own(parsed, i)):
            return f"{own}:obj"
    start = figure if noun is None or figure in parsed.above(noun) else noun
    found = _predicate(parsed, start, first)
    if found is None:
        return ""
    verb, role = found
    token = parsed.tokens[verb]
    if role in ("subj", "obj") and (state := _state(parsed, verb)):
        return f"{state}:obj"
    if role in ("subj", "obj") and (own := _raised(parsed, verb)):
        return f"{own}:obj"
    if role in _TOLD and (toll := _toll(parsed, verb, start)):
        return f"{toll}:obj"
    if token.pos == "NOUN" and token.lemma in fates().nouns:
        return f"{fates().nouns[token.lemma]}:obj"
    if token.lemma == "be":
        return _being(parsed, verb)
    return _named(parsed, verb, role) if token.pos in ("VERB", "AUX") else ""


def is_toll(parsed: Parsed, first: int, figure: int) -> bool:
    """Whether a figure is called the toll: "the number of people killed rose to six".

    first, figure: the first and last token of the figure.
    """
    found = _predicate(parsed, figure, first)
    return found is not None and found[1] in _TOLD and bool(_toll(parsed, found[0], figure))


def is_part(parsed: Parsed, i: int) -> bool:
    """Whether the token at index `i` is named as part of a whole: "including five children"."""
    above = parsed.tokens[parsed.tokens[i].head]
    return parsed.tokens[i].dep == "pobj" and above.lemma in words("including")


def _named(parsed: Parsed, verb: int, role: str) -> str:
    """The class of a verb, or its lemma, with the position; the dead are objects of killing."""
    lemma = parsed.tokens[verb].lemma
    if role == "by" and lemma in fates().objects and _passive(parsed, verb):
        role = "obj"  # "at least 20 wounded"
    if role == "subj" and (own := _worded(parsed, verb, fates().subjects)):
        return f"{own}:obj"
    return f"{_worded(parsed, verb, fates().objects) or lemma}:{role}"


def _worded(parsed: Parsed, verb: int, known: Mapping[str, str]) -> str:
    """The class of a verb, alone or with a word that it goes with: "move out", "leave … home"."""
    lemma = parsed.tokens[verb].lemma
    beside = list(parsed.children[verb])
    beside += [
        below for c in beside if parsed.tokens[c].dep == "prep" for below in parsed.children[c]
    ]
    words = (f"{lemma}_{parsed.tokens[i].lemma}" for i in beside)
    return next((known[w] for w in (*words, lemma) if w in known), "")


def _raised(parsed: Parsed, verb: int) -> str:
    """The class of the infinitive or participle that a verb tells of its own subject.

    "Are known to have died", "were reported killed", "were told to leave their homes".
    """
    tokens, children = parsed.tokens, parsed.children
    roles = {tokens[c].dep for c in children[verb]}
    if not roles & {"nsubj", "nsubjpass"} or "dobj" in roles or "neg" in roles:
        return ""
    for child in children[verb] if tokens[verb].lemma not in word_list(_NOT_SO) else ():
        token, below = tokens[child], {tokens[c].dep for c in children[child]}
        if token.dep != "xcomp" or token.pos not in ("VERB", "AUX"):
            continue
        if "auxpass" in below or (token.tag == "VBN" and "aux" not in below):
            return _worded(parsed, child, fates().objects)
        return _state(parsed, child) or _worded(parsed, child, fates().subjects)
    return ""


def _own(parsed: Parsed, i: int) -> str:
    """The class that the counted noun names ("12 deaths") or its modifiers ("12 injured men")."""
    token, known = parsed.tokens[i], fates()
    if token.lemma in known.nouns and token.pos in ("NOUN", "ADJ"):
        return known.nouns[token.lemma]
    for child in parsed.children[i]:
        below = parsed.tokens[child]
        if below.dep in ("amod", "acl", "compound") and below.lower in known.nouns:
            return known.nouns[below.lower]
        if below.dep in ("amod", "acl") and below.tag == "VBN" and below.lemma in known.objects:
            return known.objects[below.lemma]
        if below.dep in ("amod", "acl") and below.tag == "VBG" and below.lemma in known.subjects:
            return known.subjects[below.lemma]
        if below.dep == "relcl" and (told := _relative(parsed, child)):
            return told
    return ""


def _relative(parsed: Parsed, verb: int) -> str:
    """The class of a relative clause: "who died", "who were hurt"."""
    roles = {parsed.tokens[c].dep for c in parsed.children[verb]}
    if "nsubjpass" in roles:
        return fates().objects.get(parsed.tokens[verb].lemma, "")
    return fates().subjects.get(parsed.tokens[verb].lemma, "") if "nsubj" in roles else ""


def _predicate(parsed: Parsed, i: int, first: int) -> tuple[int, str] | None:
    """The verb (or the noun) that governs token `i`, and in which position `i` stands to it.

    Positions: "subj", "obj" (passive subjects too), "attr", a preposition ("to", "by"), or "by"
    for a bare amount ("rose 5 %"). Parts of a whole stand where the whole does. first: where the
    figure begins whose last token is `i`, or which `i` is counted by.
    """
    at = i
    while parsed.tokens[at].head != at:
        token = parsed.tokens[at]
        head = token.head
        above = parsed.tokens[head]
        match token.dep:
            case "nsubj":
                return head, "obj" if _passive(parsed, head) else "subj"
            case "nsubjpass" | "dobj" | "oprd":
                return head, "obj"
            case "attr":
                return head, "attr"
            case "npadvmod" | "advmod" if above.pos == "VERB":
                return head, "by"
            case "pobj" | "pcomp":
                if above.dep == "agent":
                    return above.head, "subj"
                whole = parsed.tokens[above.head]
                inside = first <= above.head < i or above.lemma in words("including")
                if not inside and not (above.lower == "of" and whole.lemma in words("wholes")):
                    loose = whole.pos in ("ADV", "ADP", "SCONJ")  # "up from 38"
                    return whole.head if loose else above.head, above.lower
                at = above.head
            case dep if dep in _THROUGH and not (dep == "conj" and above.pos == "VERB"):
                at = head
            case _:
                return None
    return None


def _passive(parsed: Parsed, verb: int) -> bool:
    """Whether a participle without auxiliary is passive: "one was hurt and two killed"."""
    token = parsed.tokens[verb]
    below = {parsed.tokens[c].dep for c in parsed.children[verb]}
    if token.tag not in ("VBN", "VBD") or below & {"aux", "auxpass", "dobj"}:
        return False
    if token.tag == "VBD":  # "left one dead and eight injured"
        return token.lemma in fates().objects and token.dep in ("conj", "ccomp")
    return token.dep in ("conj", "ccomp", "advcl", "acl", "pcomp", "ROOT", "dep", "parataxis")


def _being(parsed: Parsed, verb: int) -> str:
    """What the counted are: "undecided:subj" of "12 are undecided"."""
    for child in parsed.children[verb]:
        if parsed.tokens[child].dep in ("acomp", "attr") and parsed.tokens[child].pos != "NUM":
            return f"{parsed.tokens[child].lemma}:subj"
    return ""


def _state(parsed: Parsed, verb: int) -> str:
    """The class of what the counted are said to be: "are missing", "were left dead"."""
    for child in parsed.children[verb]:
        token = parsed.tokens[child]
        if token.dep in _STATES and token.tag != "VB" and token.lower in fates().nouns:
            return fates().nouns[token.lower]
    return ""


def _toll(parsed: Parsed, verb: int, figure: int) -> str:
    """The class of the toll that a figure is the value of: "the death toll rose to 45"."""
    for child in parsed.children[verb]:
        dep = parsed.tokens[child].dep
        if dep not in ("nsubj", "nsubjpass", "dobj") or child == figure:
            continue
        if child in parsed.above(figure):
            continue
        for i in _heads(parsed, child):
            if own := _own(parsed, i):
                return own
    return ""


def _heads(parsed: Parsed, i: int) -> Iterator[int]:
    """A noun, its modifiers, and the nouns behind "of": "the number of people killed"."""
    yield i
    for child in parsed.children[i]:
        dep = parsed.tokens[child].dep
        if dep in ("compound", "amod", "acl"):
            yield child
        elif dep == "prep" and parsed.tokens[child].lower == "of":
            for below in parsed.children[child]:
                yield from _heads(parsed, below)
