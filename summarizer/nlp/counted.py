"""What a figure of a sentence counts, and what befalls those that are counted.

Reads the parse around a figure; how figures are read and compared is for `quantities`.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from summarizer.nlp.lexicons import broader
from summarizer.nlp.parse import Parsed
from summarizer.nlp.units import table

_MODIFIERS = frozenset(
    {"nummod", "compound", "quantmod", "nmod", "amod", "npadvmod", "det", "poss"}
)
_NOUNS = frozenset({"NOUN", "PROPN"})
_WHOLES = frozenset({"all", "most", "half", "number", "total", "dozen", "rest", "each", "many"})
_UP = 6
"""Steps up in the lexicon within which a kind of person is found to be one."""
_INCLUDING = frozenset({"include", "among", "such", "like", "with"})


@cache
def _fates() -> tuple[Mapping[str, str], Mapping[str, str], Mapping[str, str]]:
    """Verb → class by its object, verb → class by its subject, noun or adjective → class."""
    by_object: dict[str, str] = {}
    by_subject: dict[str, str] = {}
    by_noun: dict[str, str] = {}
    for name, (objects, subjects, nouns) in table("numerals")["fates"].items():
        by_object |= dict.fromkeys(objects.split(), name)
        by_subject |= dict.fromkeys(subjects.split(), name)
        by_noun |= dict.fromkeys(nouns.split(), name)
    return by_object, by_subject, by_noun


@cache
def fate_classes() -> frozenset[str]:
    """The classes of fates that exclude each other: the killed are no count of the injured."""
    return frozenset(table("numerals")["fates"])


def fate_noun(lemma: str) -> bool:
    """Whether a noun or adjective says what befell people: death, injury, missing."""
    return lemma in _fates()[2]


def counted_noun(parsed: Parsed, i: int) -> int | None:
    """The noun that the figure, or the unit, at token `i` counts; None if none is said."""
    at = i
    for _ in range(len(parsed.tokens)):
        token = parsed.tokens[at]
        if token.pos in _NOUNS and at != i:
            break
        head = token.head
        if token.dep not in _MODIFIERS or head == at or parsed.tokens[head].pos in ("VERB", "AUX"):
            break
        if token.dep == "amod" and parsed.tokens[head].pos not in _NOUNS:
            break
        at = head
    token = parsed.tokens[at]
    if at != i and (token.pos in _NOUNS or (token.pos == "ADJ" and fate_noun(token.lemma))):
        return at
    return _of(parsed, i) or _next(parsed, i)


def _next(parsed: Parsed, i: int) -> int | None:
    """The plural right behind a figure, at most an adjective between, whatever the parse says."""
    for at in range(i + 1, min(i + 3, len(parsed.tokens))):
        if parsed.tokens[at].tag == "NNS":
            return at
        if parsed.tokens[at].pos != "ADJ":
            break
    return None


def _of(parsed: Parsed, i: int) -> int | None:
    """The noun behind "of", as in "two of the passengers"; None for "two of them"."""
    for child in parsed.children[i]:
        token = parsed.tokens[child]
        if token.lower == "of" and child > i:
            for below in parsed.children[child]:
                if parsed.tokens[below].dep == "pobj":
                    return below if parsed.tokens[below].pos in _NOUNS else None
    return None


def _class_of(lemma: str, role: str) -> str:
    by_object, by_subject, _ = _fates()
    if role == "obj" and lemma in by_object:
        return f"{by_object[lemma]}:obj"
    if role == "subj" and lemma in by_subject:
        return f"{by_subject[lemma]}:obj"
    return f"{by_object.get(lemma, lemma)}:{role}"


def _own(parsed: Parsed, i: int) -> str:
    """The class that the counted noun names ("12 deaths") or its modifiers ("12 injured men")."""
    by_object, by_subject, by_noun = _fates()
    token = parsed.tokens[i]
    if token.lemma in by_noun and token.pos in ("NOUN", "ADJ"):
        return f"{by_noun[token.lemma]}:obj"
    for child in parsed.children[i]:
        below = parsed.tokens[child]
        if below.dep in ("amod", "acl", "compound") and below.lower in by_noun:
            return f"{by_noun[below.lower]}:obj"
        if below.dep in ("amod", "acl") and below.tag == "VBN" and below.lemma in by_object:
            return f"{by_object[below.lemma]}:obj"
        if below.dep in ("amod", "acl") and below.tag == "VBG" and below.lemma in by_subject:
            return f"{by_subject[below.lemma]}:obj"
        if below.dep == "relcl" and (told := _relative(parsed, child)):
            return f"{told}:obj"
    return ""


def _relative(parsed: Parsed, verb: int) -> str:
    """The class of a relative clause: "who died", "who were hurt"."""
    by_object, by_subject, _ = _fates()
    lemma = parsed.tokens[verb].lemma
    roles = {parsed.tokens[c].dep for c in parsed.children[verb]}
    if "nsubjpass" in roles:
        return by_object.get(lemma, "")
    return by_subject.get(lemma, "") if "nsubj" in roles else ""


def is_person(lemma: str) -> bool:
    """Whether a noun names people: "farmer", "child", "American"."""
    return lemma in ("people", "person") or "person" in broader(lemma, "NOUN", _UP)


def predicate(parsed: Parsed, i: int, first: int) -> tuple[int, str] | None:
    """The verb (or the noun) that governs token `i`, and in which position `i` stands to it.

    Positions: "subj", "obj" (passive subjects too), "attr", a preposition ("to", "by"), or "by"
    for a bare amount ("rose 5 %"). Parts of a whole stand where the whole does. first: where the
    figure begins whose last token is `i`, or which `i` is counted by.
    """
    at = i
    for _ in range(len(parsed.tokens)):
        token = parsed.tokens[at]
        head = token.head
        if head == at:
            return None
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
                inside = first <= above.head < i or above.lemma in _INCLUDING
                if inside or (above.lower == "of" and whole.lemma in _WHOLES):
                    at = above.head
                elif whole.pos in ("ADV", "ADP", "SCONJ"):
                    return whole.head, above.lower
                else:
                    return above.head, above.lower
            case "conj" | "appos" | "nummod" | "compound" | "quantmod" | "nmod" | "amod" | "prep":
                at = head
            case _:
                return None
        if parsed.tokens[at].pos == "VERB" and token.dep == "conj":
            return None
    return None


def _passive(parsed: Parsed, verb: int) -> bool:
    """Whether a participle without auxiliary is passive: "one was hurt and two killed"."""
    token = parsed.tokens[verb]
    if token.tag != "VBN" or any(
        parsed.tokens[c].dep.startswith("aux") for c in parsed.children[verb]
    ):
        return False
    return token.dep in ("conj", "ccomp", "advcl", "acl", "pcomp", "ROOT", "dep", "parataxis")


def is_part(parsed: Parsed, i: int) -> bool:
    """Whether token `i` is named as part of a whole: "including five children"."""
    above = parsed.tokens[parsed.tokens[i].head]
    return parsed.tokens[i].dep == "pobj" and above.lemma in _INCLUDING


def fate(parsed: Parsed, first: int, figure: int, noun: int | None) -> str:
    """What befalls those counted: "kill:obj", "march:subj", "rise:to", or the empty string.

    first, figure: the first and last token of the figure. The class of the noun or its modifiers
    comes first; then the verb that governs it with the position in which it stands. Of a toll that
    rises to a figure, the toll's class.
    """
    for i in (noun, figure):
        if i is not None and (own := _own(parsed, i)):
            return own
    found = predicate(
        parsed, figure if noun is None or _below(parsed, noun, figure) else noun, first
    )
    if found is None:
        return ""
    verb, role = found
    token = parsed.tokens[verb]
    if role in ("subj", "obj") and (state := _state(parsed, verb)):
        return f"{state}:obj"
    if role in ("to", "at", "attr", "obj") and (toll := _toll(parsed, verb)):
        return f"{toll}:obj"
    if token.pos == "NOUN" and token.lemma in _fates()[2]:
        return f"{_fates()[2][token.lemma]}:obj"
    if token.lemma == "be":
        return _being(parsed, verb)
    return _class_of(token.lemma, role) if token.pos in ("VERB", "AUX") else ""


def _below(parsed: Parsed, i: int, above: int) -> bool:
    """Whether token `i` hangs on token `above`, however far down."""
    while parsed.tokens[i].head != i:
        i = parsed.tokens[i].head
        if i == above:
            return True
    return False


def _being(parsed: Parsed, verb: int) -> str:
    """What the counted are: "undecided:subj" of "12 are undecided"."""
    for child in parsed.children[verb]:
        if parsed.tokens[child].dep in ("acomp", "attr") and parsed.tokens[child].pos != "NUM":
            return f"{parsed.tokens[child].lemma}:subj"
    return ""


def _state(parsed: Parsed, verb: int) -> str:
    """The class of what the counted are said to be: "are missing", "were left dead"."""
    by_noun = _fates()[2]
    for child in parsed.children[verb]:
        token = parsed.tokens[child]
        if token.dep in ("acomp", "oprd", "xcomp", "attr") and token.lower in by_noun:
            return by_noun[token.lower]
    return ""


def _toll(parsed: Parsed, verb: int) -> str:
    """The class of the toll that a figure is the value of: "the death toll rose to 45"."""
    by_noun = _fates()[2]
    for child in parsed.children[verb]:
        if parsed.tokens[child].dep not in ("nsubj", "nsubjpass", "dobj"):
            continue
        for below in sorted(parsed.subtree(child), key=lambda k: (k != child, k)):
            token = parsed.tokens[below]
            if token.lemma in by_noun and token.pos in ("NOUN", "ADJ", "VERB"):
                return by_noun[token.lemma]
            if token.dep == "relcl" and (told := _relative(parsed, below)):
                return told
    return ""
