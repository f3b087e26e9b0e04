"""The clauses of a parse: each verb with its voice, its subject and its other arguments.

What a clause asserts (negation, modality, who says it) is read in `frames`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from summarizer.nlp.lexicons.lists import word_list
from summarizer.nlp.parse import Parsed, read_once

SUBJECTS = ("nsubj", "csubj")
PASSIVE_SUBJECTS = ("nsubjpass", "csubjpass")
RELATIVES = ("WDT", "WP", "WRB")

_NO_CLAUSE = ("aux", "auxpass", "amod", "compound", "nmod", "det", "punct", "mark", "prep", "case")
_NOMINAL = ("pobj", "dobj", "nsubj", "nsubjpass", "appos", "poss", "npadvmod", "nummod", "advmod")
_VERBAL = (*SUBJECTS, *PASSIVE_SUBJECTS, "dobj", "ccomp", "xcomp", "attr", "acomp")
_ABOUT_PATIENT = ("of", "for", "from", "with", "into")
_EDGES = (",", ";", ":", ".", "-", "--", "\u2013", "\u2014", "'", "'s")
_DATES = ("DATE", "TIME")
_OPENS_QUOTE = (":", '"', "\u201c", "\u00ab")
_PAIRS = {")": "(", "(": ")", '"': '"', "]": "[", "[": "]"}

_Maker = Callable[[str, int, str], "Argument"]


@dataclass(frozen=True, slots=True)
class Argument:
    """A participant or circumstance of a predicate.

    role: "agent", "patient", "recipient", "oblique", "complement" (a clause) or "attribute".
    head: index of its head word. tokens: indices of its phrase. case: the preposition of an
    oblique, "" for one without ("on Monday" has "on", "yesterday" has "").
    """

    role: str
    head: int
    tokens: tuple[int, ...]
    case: str = ""


@dataclass(frozen=True, slots=True)
class Clause:
    """A verb and what is said of it by the parse alone.

    verb: its index. above: the verb of the clause it depends on, through prepositions, adjectives
    and nouns; None for a main clause. subject: head of the phrase it is said of, its own or
    shared; None if there is none. passive: whether that phrase is what the verb is done to.
    """

    verb: int
    above: int | None
    subject: int | None
    passive: bool
    arguments: tuple[Argument, ...]


@read_once
def clauses(parsed: Parsed) -> Mapping[int, Clause]:
    """The clauses of a text by their verb, each after the clause it depends on.

    A conjoined verb, an infinitive and a participle share the subject of the verb above; a
    relative clause and a participle behind a noun are said of that noun.
    """
    found: dict[int, Clause] = {}
    above: dict[int, int | None] = {}
    waiting = list(reversed(parsed.roots))
    while waiting:
        at = waiting.pop()
        head = parsed.tokens[at].head
        above[at] = None if head == at else head if head in found else above[head]
        waiting.extend(reversed(parsed.children[at]))
        if _is_clause(parsed, at):
            if continues_report(parsed, at):
                above[at] = _reporter(parsed, at, found)
            elif parsed.tokens[at].dep == "conj":
                above[at] = _bare_partner(parsed, at, found) or above[at]
            found[at] = _clause(parsed, at, above[at], found)
    return found


def children(parsed: Parsed, i: int, *deps: str) -> list[int]:
    """The dependents of token `i` by one of the relations."""
    return [c for c in parsed.children[i] if parsed.tokens[c].dep in deps]


def objects(parsed: Parsed, preposition: int) -> list[int]:
    """The index of each noun or clause that a preposition governs, by a second too ("out of")."""
    at = preposition
    while not (found := children(parsed, at, "pobj", "pcomp")):
        inner = children(parsed, at, "prep")
        if not inner:
            break
        at = inner[0]
    return found


def infinitive(parsed: Parsed, verb: int) -> bool:
    """Whether a verb, by its token index, stands with "to"."""
    return any(parsed.tokens[c].tag == "TO" for c in parsed.children[verb])


def denier(parsed: Parsed, verb: int) -> int | None:
    """The index of the word above by which a clause is not so, None if there is none.

    "Failed to", "barred from", "denied that", "rejected claims that", "it is untrue that".
    """
    token = parsed.tokens[verb]
    gerund = token.dep in ("pcomp", "pobj")
    governor = parsed.tokens[token.head].head if gerund else token.head
    if gerund and parsed.tokens[token.head].lower != "from":
        return None
    if token.dep in ("ccomp", "acl") and not infinitive(parsed, verb):
        return denial(parsed, verb)
    governed = gerund or token.dep in ("xcomp", "ccomp", "acl")
    implied = parsed.tokens[governor].lemma in word_list("negative_implicatives")
    return governor if governed and implied else None


def denial(parsed: Parsed, clause: int) -> int | None:
    """The index of the verb by which a finite clause is denied, or called untrue; None if none.

    clause: the index of its head.
    """
    tokens = parsed.tokens
    at = noun = tokens[clause].head
    if tokens[at].pos == "NOUN":
        if not any(tokens[c].lower == "that" for c in children(parsed, clause, "mark")):
            return None
        if tokens[tokens[at].head].lower in ("by", "from"):  # "a claim by residents that"
            at = tokens[tokens[at].head].head
            at = noun = next(iter(children(parsed, at, "dobj")), at)  # "by" may hang on the verb
        if tokens[at].lemma in word_list("refusable_things"):
            return None
        truth = tokens[tokens[at].head].head
        if tokens[truth].lemma == "truth" and children(parsed, truth, "det", "neg"):
            none = any(tokens[c].lower == "no" for c in parsed.children[truth])
            return tokens[truth].head if none else None  # "no truth in the claim that"
        if tokens[tokens[at].head].lower == "as":  # "dismissed as false a claim that"
            at = tokens[at].head
        at = tokens[at].head
    elif any(tokens[i].text in _OPENS_QUOTE for i in range(at, clause)) or clause < at:
        return None  # 'He denied it: "We were late."' states what is quoted.
    said = {tokens[c].lemma for c in children(parsed, at, "acomp")}
    if "true" in said and children(parsed, at, "neg"):
        return at
    on = (*children(parsed, at, "prep"), *children(parsed, clause, "prep"))
    judged = {at, noun, *(c for c in on if tokens[c].lower == "as")}
    around = (*(c for i in judged for c in parsed.children[i]), *children(parsed, clause, "advmod"))
    end = next((i for i in reversed(parsed.subtree(clause)) if tokens[i].pos != "PUNCT"), clause)
    if tokens[at].lemma == "call":  # the parser takes "baseless" for an object of the clause
        around = (*around, end)
    if any(tokens[c].lemma in word_list("denial_adjectives") for c in around):
        return at
    particles = (tokens[c].lower for c in children(parsed, at, "prt"))
    lemma = "_".join((tokens[at].lemma, *particles))
    return at if lemma in word_list("denial_verbs") else None


def trimmed(parsed: Parsed, indices: Iterable[int]) -> tuple[int, ...]:
    """Token indices without marks at the ends that have no partner among them; one stays."""
    kept = list(indices)
    for end in (-1, 0):
        while len(kept) > 1:
            text = parsed.tokens[kept[end]].text
            partner = _PAIRS.get(text)
            texts = [parsed.tokens[i].text for i in kept]
            paired = partner is not None and (
                texts.count(text) % 2 == 0 if partner == text else texts.count(partner) > 0
            )
            if text not in _EDGES and (partner is None or paired):
                break
            kept.pop(end)
    return tuple(kept)


def phrase(parsed: Parsed, head: int, without: Iterable[int] = ()) -> tuple[int, ...]:
    """The subtree of a head without the subtrees of the tokens `without`, marks at its ends off."""
    inside = parsed.subtree(head)
    out = {k for w in without if w in inside for k in parsed.subtree(w)}
    return trimmed(parsed, (i for i in inside if i not in out))


def dates_on(parsed: Parsed, noun: int) -> list[int]:
    """Dates attached to a noun that are no part of its name: "Lee on Monday said".

    Of each the index of the token that hangs on the noun: "on".
    """
    if parsed.tokens[noun].entity in _DATES:
        return []
    named = parsed.tokens[noun].pos == "PROPN"
    return [
        c
        for c in children(parsed, noun, "prep", "npadvmod", *(("compound",) if named else ()))
        if any(parsed.tokens[k].entity in _DATES for k in (c, *objects(parsed, c)))
    ]


def owner(parsed: Parsed, noun: int) -> int | None:
    """The token index of a noun's possessor ("Lee" in "Lee's plan"), None if it has none."""
    return next(iter(children(parsed, noun, "poss")), None)


def continues_report(parsed: Parsed, verb: int) -> bool:
    """Whether a verb, by its token index, is a participle of saying that continues a clause above.

    In "Lee said the road was open, adding that it was dry" the parser attaches "adding" anywhere.
    """
    token = parsed.tokens[verb]
    return (
        token.tag == "VBG"
        and token.dep in ("advcl", "conj", "acl", "xcomp", "ccomp", "dep")
        and token.lemma in word_list("reporting_verbs")
        and not children(parsed, verb, "aux", *SUBJECTS)
        and parsed.tokens[max(verb - 1, 0)].pos in ("PUNCT", "CCONJ", "ADV")
    )


def _is_clause(parsed: Parsed, i: int) -> bool:
    token = parsed.tokens[i]
    if token.pos not in ("VERB", "AUX") or token.dep in _NO_CLAUSE:
        return False
    gerund = token.dep == "pobj" and token.tag == "VBG" and not children(parsed, i, "det", "amod")
    return token.dep not in _NOMINAL or gerund or bool(children(parsed, i, *_VERBAL))


def _reporter(parsed: Parsed, i: int, found: dict[int, Clause]) -> int | None:
    """The verb whose subject says what a participle such as "adding" goes on with.

    The main verb, or that of a clause with a subject of its own between that is not reported.
    """
    above = None
    for at in parsed.above(i):
        own = children(parsed, at, *SUBJECTS, *PASSIVE_SUBJECTS)
        if at in found and own and at < i:
            above = at
            if parsed.tokens[at].dep in ("advcl", "relcl"):
                break
    return above


def _bare_partner(parsed: Parsed, i: int, found: dict[int, Clause]) -> int | None:
    """The infinitive that a bare conjoined verb goes with, if the parser attaches it elsewhere.

    In "is due to open and close", where "close" is attached to "due", it is "open".
    """
    head = parsed.tokens[i].head
    if parsed.tokens[i].tag == "VB" and not children(parsed, i, "aux"):
        finite = parsed.tokens[head].tag != "VB"
        partners = [c for c in children(parsed, head, "xcomp") if c in found and c < i]
        if finite and partners:
            return partners[-1]
    return None


def _clause(parsed: Parsed, i: int, above: int | None, found: dict[int, Clause]) -> Clause:
    higher = found[above] if above is not None else None
    passive = _passive(parsed, i, higher)
    subject = _subject(parsed, i, higher)
    return Clause(i, above, subject, passive, tuple(_arguments(parsed, i, subject, passive)))


def _passive(parsed: Parsed, i: int, above: Clause | None) -> bool:
    token = parsed.tokens[i]
    if children(parsed, i, "auxpass", *PASSIVE_SUBJECTS):
        return True
    auxiliaries = children(parsed, i, "aux")
    if token.tag == "VBN" and auxiliaries and parsed.tokens[auxiliaries[-1]].lemma == "be":
        return True
    if children(parsed, i, "aux", *SUBJECTS):
        return False
    if token.dep in ("acl", "advcl"):
        return token.tag == "VBN"
    if token.dep == "conj" and above is not None and above.passive:
        return token.tag in ("VBN", "VBD") and not children(parsed, i, "dobj")
    return False


def _subject(parsed: Parsed, i: int, above: Clause | None) -> int | None:
    token = parsed.tokens[i]
    own = children(parsed, i, *SUBJECTS, *PASSIVE_SUBJECTS)
    if own:
        relative = token.dep == "relcl" and parsed.tokens[own[0]].tag in RELATIVES
        return token.head if relative else own[0]
    if above is not None and continues_report(parsed, i):
        return above.subject
    if token.dep == "acl":
        if infinitive(parsed, i):
            return _doer_by_noun(parsed, token.head, above)
        return token.head
    if above is None or token.dep == "relcl":
        return _behind_date(parsed, i) if token.tag in ("VBD", "VBZ") else None
    if token.dep in ("conj", "advcl", "dep"):
        return above.subject
    patient = _patient(above)
    if token.dep in ("xcomp", "ccomp"):
        if above.passive or patient is None:
            return above.subject if token.dep == "xcomp" or token.tag == "VBG" else None
        governs = parsed.tokens[above.verb].lemma in word_list("object_control_verbs")
        return patient if governs else above.subject
    if token.dep in ("pcomp", "pobj"):
        return _doer_by_preposition(parsed, token.head, above)
    return None


def _behind_date(parsed: Parsed, verb: int) -> int | None:
    """The subject that the parser puts under a date before it: "On Monday Lee, the mayor, said"."""
    for p in children(parsed, verb, "prep", "npadvmod"):
        for k in parsed.subtree(p) if p < verb else ():
            token = parsed.tokens[k]
            if token.dep == "appos" and token.pos == "PROPN":
                if parsed.tokens[token.head].entity == "DATE" != token.entity:
                    return k
            elif k in objects(parsed, p) and dates_on(parsed, k) and token.pos == "PROPN":
                return k
    return None


def _patient(clause: Clause) -> int | None:
    hearers = [a.head for a in clause.arguments if a.role in ("patient", "recipient")]
    return hearers[0] if hearers and not clause.passive else None


def _doer_by_noun(parsed: Parsed, noun: int, above: Clause | None) -> int | None:
    """Who would do what a noun is about: "Lee's plan to close it", "made an offer to buy it"."""
    possessor = owner(parsed, noun)
    if possessor is not None or above is None or above.passive:
        return possessor
    light = parsed.tokens[above.verb].lemma in word_list("light_verbs")
    return above.subject if light and noun in parsed.children[above.verb] else None


def _doer_by_preposition(parsed: Parsed, preposition: int, above: Clause) -> int | None:
    """Who does what a gerund behind a preposition says.

    The object, in "barred Lee from leaving" and "praised Lee for leaving"; else the subject.
    """
    governor, case = parsed.tokens[preposition].head, parsed.tokens[preposition].lower
    patient = _patient(above)
    accusing = parsed.tokens[above.verb].lemma in word_list("accusing_verbs")
    if patient is not None and (accusing or case == "from") and governor in (above.verb, patient):
        return patient
    if parsed.tokens[governor].pos in ("NOUN", "PROPN"):
        return owner(parsed, governor)
    if patient is None or case not in _ABOUT_PATIENT:
        return above.subject
    token = parsed.tokens[patient]
    return patient if token.pos in ("PROPN", "PRON") or token.tag == "NNS" or token.entity else None


def _arguments(parsed: Parsed, verb: int, subject: int | None, passive: bool) -> Iterator[Argument]:
    noun = parsed.tokens[verb].head if parsed.tokens[verb].dep == "relcl" else None

    def made(role: str, head: int, case: str = "", dates: Sequence[int] = ()) -> Argument:
        if noun is not None and parsed.tokens[head].tag in ("WDT", "WP"):
            head = noun
        out = (*_way_down(parsed, head, verb), *dates)
        return Argument(role, head, phrase(parsed, head, out), case)

    if subject is not None and parsed.tokens[subject].dep != "expl":
        yield made("patient" if passive else "agent", subject, dates=dates_on(parsed, subject))
    for c in parsed.children[verb]:
        token = parsed.tokens[c]
        if token.dep == "dobj":
            yield made("recipient" if _hearer(parsed, verb) else "patient", c)
        elif token.dep == "agent":
            yield from (made("agent", p) for p in objects(parsed, c))
        elif token.dep == "dative":
            yield made("recipient", next(iter(objects(parsed, c)), c))
        elif token.dep == "prep":
            yield from _obliques(parsed, c, made)
            if noun is not None and not objects(parsed, c):
                yield made("oblique", noun, token.lemma)
        elif token.dep == "npadvmod":
            yield made("oblique", c)
        elif token.dep in ("ccomp", "xcomp"):
            if not any(parsed.tokens[k].text == ";" for k in range(c, verb)):
                yield made("complement", c)
        elif token.dep in ("oprd", "attr", "acomp"):
            yield made("attribute", c)
            if parsed.tokens[verb].lemma == "be":
                for p in children(parsed, c, "prep"):
                    yield from _obliques(parsed, p, made)
                yield from (made("complement", p) for p in children(parsed, c, "xcomp", "ccomp"))
    if noun is not None and not passive and _gap(parsed, verb):
        yield made("patient", noun)


def _way_down(parsed: Parsed, head: int, verb: int) -> tuple[int, ...]:
    """The dependent of a noun that leads down to the verb, as ( ) or (token,)."""
    at = verb
    while parsed.tokens[at].head not in (at, head):
        at = parsed.tokens[at].head
    return (at,) if parsed.tokens[at].head == head != at else ()


def _hearer(parsed: Parsed, verb: int) -> bool:
    """Whether the object of a verb is who hears it: "told reporters that"."""
    reporting = parsed.tokens[verb].lemma in word_list("reporting_verbs")
    return reporting and bool(children(parsed, verb, "ccomp"))


def _obliques(parsed: Parsed, preposition: int, made: _Maker) -> Iterator[Argument]:
    if parsed.tokens[preposition].lower == "according":
        return
    for p in objects(parsed, preposition):
        yield made("oblique", p, parsed.tokens[parsed.tokens[p].head].lemma)


def _gap(parsed: Parsed, verb: int) -> bool:
    """Whether a relative clause lacks its object: "the man police arrested"."""
    for c in parsed.children[verb]:
        token = parsed.tokens[c]
        if token.dep in ("dobj", "ccomp", "xcomp", "attr", "acomp", "oprd", "mark", "dative"):
            return False
        if token.tag in RELATIVES or (token.dep == "prep" and not objects(parsed, c)):
            return False
    return bool(children(parsed, verb, *SUBJECTS))
