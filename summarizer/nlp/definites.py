"""Definites that stand for somebody or something named before: "the minister", "this valley".

Which one of those named is meant is for `introductions`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from summarizer.nlp import Parsed
from summarizer.nlp.entities import Name, names
from summarizer.nlp.lexicons import wordnet
from summarizer.nlp.lexicons.lists import word_list
from summarizer.nlp.lexicons.wordnet import broader
from summarizer.nlp.pronouns import unbound
from summarizer.nlp.quotations import quotations
from summarizer.nlp.reported_speech import reported_speech

_STEPS = 6
"""Steps up in the lexicon from what a thing is called to what it may be called again."""


@dataclass(frozen=True, slots=True)
class Definite:
    """What is "the" or "this" and a noun; text[start:end] of the sentence. lemma: of the noun.

    subject: whether it is the subject of a clause.
    """

    start: int
    end: int
    text: str
    lemma: str
    subject: bool = False


_FIRMS = frozenset({"company", "business", "enterprise"})
_BODIES = frozenset({"bank", "charity", "club", "organization", "party", "team"})
"""What a body may be called again whose name does not say what it is: any kind of firm, and these.

A council or a court has it in its name.
"""

_KNOWN = frozenset({"president", "premier", "pope", "king", "queen", "chancellor", "emperor"})
"""Persons of whom a country or a church has one: a reader knows who is meant."""

_DEEDS = ("act", "event", "statement")
"""Kinds of what a verb does; who does it is of none."""

_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_ARGUMENTS = _SUBJECTS | {"dobj", "pobj", "attr"}
_ORDINALS = frozenset(
    {"second", "third", "fourth", "fifth", "other", "former", "latter", "further"}
)
_DEMONSTRATIVES = frozenset({"this", "these"})
_WITHIN = frozenset({"that", "those"})  # mostly point within their sentence, where it has told more
_STEPS_ON = frozenset({"then", "therefore"})
"""Adverbs that go on from what was said before."""
_DESCRIBING = frozenset({"nummod", "poss", "compound", "amod"})
_OF_A_NOUN = frozenset({"relcl", "acl"})
_VERBS = ("VERB", "AUX")
_INDEFINITE = frozenset({"a", "an", "another", "one", "some"})


def definites(parsed: Parsed, *, subjects: bool = True) -> Iterator[Definite]:
    """The subjects that are "the" and a singular noun alone, outside quotation marks.

    subjects: False takes objects and owners ("the office's head"), too. What more is said of it
    ("the minister of Varn") tells a reader which one is meant; so does a name that it fits ahead
    of it in the sentence.
    """
    quoted = quotations(parsed)
    deps = _SUBJECTS if subjects else {*_ARGUMENTS, "poss"}
    for i, token in enumerate(parsed.tokens):
        children = [
            parsed.tokens[c]
            for c in parsed.children[i]
            if parsed.tokens[c].dep not in ("punct", "case")
        ]
        alone = len(children) == 1 and children[0].lower == "the"
        if token.tag != "NN" or token.dep not in deps or not alone:
            continue
        if any(a <= i < b for a, b in quoted):
            continue
        start = parsed.tokens[parsed.children[i][0]].start
        text, acts = parsed.text[start : token.end], token.dep in _SUBJECTS
        found = Definite(start, token.end, text, token.lemma, acts)
        if not any(n.last <= i for n in bearers(found, parsed) or ()):
            yield found


def demonstratives(parsed: Parsed) -> Iterator[Definite]:
    """What a sentence points at ("this valley") and does not name, outside quotation marks.

    "This week" points at the day of the report, and needs no name; what the sentence names before
    by the same noun has one. "That" counts where no second verb is ahead of it and nothing behind
    its noun says which: "disputed that account".
    """
    quoted = quotations(parsed)
    for i, token in enumerate(parsed.tokens):
        noun = parsed.tokens[token.head]
        told = sum(t.pos == "VERB" and t.dep not in _OF_A_NOUN for t in parsed.tokens[:i]) > 1
        told = told or any(c > token.head for c in parsed.children[token.head])
        words = _DEMONSTRATIVES if told else _DEMONSTRATIVES | _WITHIN
        pointed = token.tag == "DT" and token.lower in words and token.dep == "det"
        if not pointed or noun.pos != "NOUN" or any(a <= i < b for a, b in quoted):
            continue
        named = any(t.lemma == noun.lemma for t in parsed.tokens[:i])
        if not named and not _may_be(noun.lemma, "period of time"):
            yield Definite(token.start, noun.end, parsed.text[token.start : noun.end], noun.lemma)


def anaphors(parsed: Parsed) -> Iterator[Definite]:
    """What stands for something that was said before the sentence, outside quotation marks.

    "She said that was untrue" and "all four denied it", where no clause but one of saying is ahead;
    "any such report", where no report is; "the man then shouts", where no verb is.
    """
    quoted, tokens = quotations(parsed), parsed.tokens
    for i, token in enumerate(tokens):
        if any(a <= i < b for a, b in quoted):
            continue
        # The tagger takes "that" for a conjunction before a comma; its relation says what it is.
        alone = token.tag in ("DT", "IN") and token.lower in ("this", "that")
        alone = alone and not parsed.children[i]
        verbs = [t for t in tokens[:i] if t.pos == "VERB"]
        first = all(t.lemma in word_list("reporting_verbs") for t in verbs)
        follows = tokens[token.head].dep == "conj" or tokens[tokens[token.head].head].dep == "conj"
        denied = token.lower == "it" and token.dep == "dobj" and first
        denied = denied and tokens[token.head].lemma in word_list("denial_verbs")
        alone = alone and token.dep in _ARGUMENTS and first and not follows
        behind = tokens[token.head].dep == "prep" and token.lower in ("then", "there")
        step = behind or (token.lower in _STEPS_ON and token.dep == "advmod")
        step = step and all(t.dep in _OF_A_NOUN for t in verbs)
        if alone or denied or step or _such(parsed, i):
            yield Definite(token.start, token.end, token.text, token.lemma)


def ordinal_anaphors(parsed: Parsed) -> Iterator[Definite]:
    """What is one of several, or none, of what was said before: "the third", "a second site".

    Subjects, and "none" wherever it stands, outside quotation marks and without an "of".
    """
    quoted, tokens = quotations(parsed), parsed.tokens
    for i, token in enumerate(tokens):
        below = [tokens[c] for c in parsed.children[i]]
        if any(a <= i < b for a, b in quoted) or any(t.lower == "of" for t in below):
            continue
        if any(t.lemma == token.lemma for t in tokens[:i]):
            continue
        words = {t.lower for t in below if t.dep in ("amod", "det")}
        acts, start = token.dep in _SUBJECTS, i
        if token.lower in _ORDINALS and i and tokens[i - 1].lower == "the":
            ends = i + 1 == len(tokens) or tokens[i + 1].pos in ("PUNCT", "NUM", *_VERBS)
            meant, start = ends, i - 1
        elif acts and token.tag == "NN" and not words.isdisjoint(("a", "another")):
            meant, start = not words.isdisjoint({"another", *_ORDINALS}), parsed.children[i][0]
        else:
            meant = token.lower == "none" or (acts and token.lower in ("both", "neither"))
        if meant:
            text = parsed.text[tokens[start].start : token.end]
            yield Definite(tokens[start].start, token.end, text, token.lemma)


def _such(parsed: Parsed, i: int) -> bool:
    """Whether a token is the "such" of "any such report", with no report before it."""
    tokens, noun = parsed.tokens, parsed.tokens[i].head
    beside = {tokens[c].lower for c in parsed.children[noun]}
    return (
        tokens[i].lower == "such"
        and not beside.isdisjoint(("any", "no"))
        and not any(t.lemma == tokens[noun].lemma for t in tokens[:i])
    )


def of_a_person(definite: Definite) -> bool:
    """Whether a definite is somebody of whom there are many: "the singer", not "the president"."""
    return wordnet.is_kind_of(definite.lemma, "NOUN", "person") and definite.lemma not in _KNOWN


def introduced(lemma: str, parsed: Parsed) -> bool:
    """Whether a sentence brings in something by a noun: "a flyer", "Varn's housing office"."""
    return any(
        t.lemma == lemma
        and t.pos in ("NOUN", "PROPN")
        and any(
            parsed.tokens[c].lower in _INDEFINITE or parsed.tokens[c].dep in _DESCRIBING
            for c in parsed.children[i]
        )
        for i, t in enumerate(parsed.tokens)
    )


def mentions(lemma: str, parsed: Parsed) -> bool:
    """Whether a sentence has something that may be called by a noun again."""
    return done(lemma, parsed) or any(
        (t.pos in ("NOUN", "PROPN") and _may_be(t.lemma, lemma))
        or (t.pos == "NOUN" and _may_be(lemma, t.lemma))
        for t in parsed.tokens
    )


def done(lemma: str, parsed: Parsed) -> bool:
    """Whether a sentence has a verb for what a noun calls again: "searched" for "the search".

    Of one stem: "told" is a verb for any account, and for none that "that account" means.
    """
    verbs = (t.lemma for t in parsed.tokens if t.pos == "VERB" and t.lemma[:3] == lemma[:3])
    return any((lemma, "NOUN") in wordnet.derived(verb, "VERB") for verb in verbs) and any(
        wordnet.is_kind_of(lemma, "NOUN", kind) for kind in _DEEDS
    )


def is_shell_noun(definite: Definite) -> bool:
    """Whether a definite sums up what the text told before it: "the figure", "the decision".

    Shell nouns (Schmid, English Abstract Nouns as Conceptual Shells, 2000).
    """
    return definite.lemma in word_list("shell_nouns")


def of_what_is_said(definite: Definite) -> bool:
    """Whether a definite stands for what somebody said: "the accusation", "that account"."""
    said = "statement" in broader(definite.lemma, "NOUN", _STEPS)
    return said or definite.lemma in word_list("reporting_nouns")


def account_referents(before: Sequence[Parsed]) -> list[int]:
    """Which of the sentences right before "that account" may be what it means, as indices.

    The last one in which somebody says something, with those that its pronouns lead back to.
    """
    last = next((i for i in reversed(range(len(before))) if reported_speech(before[i])), None)
    if last is None:
        return []
    first = last
    while first and next(unbound(before[first]), None) is not None:
        first -= 1
    return list(range(first, last + 1))


def bearers(definite: Definite, parsed: Parsed) -> list[Name] | None:
    """The names of a sentence that a definite fits; None if something fits that has no name.

    A name is fitted by its title and by nouns beside it ("the supplier Metalon"), or by one that is
    more special; by a word for firms ("company", not "council"), every name of a body, and beside
    one of these every name of nobody knows what.
    """
    kinds = broader(definite.lemma, "NOUN", _STEPS)
    firm = definite.lemma in _BODIES or not _FIRMS.isdisjoint((definite.lemma, *kinds))
    found: list[Name] = []
    unsure: list[Name] = []
    named: set[int] = set()
    for name in names(parsed):
        head = name.last - 1
        near = [head, *parsed.children[head], *range(name.first, name.last)]
        if parsed.tokens[head].dep == "appos":  # "Norway" is no name of a Norway spruce
            near += [parsed.tokens[head].head, *parsed.children[parsed.tokens[head].head]]
        beside = {
            parsed.tokens[i].lemma
            for i in near
            if parsed.tokens[i].dep in ("appos", "compound", "nmod", "attr")
            or i == parsed.tokens[head].head
        }
        named |= set(near)
        roles = {*name.title.split(), *beside}
        fits = any(_may_be(role, definite.lemma) for role in roles)
        if fits or (firm and name.kind == "organisation"):
            found.append(name)
        elif firm and name.kind == "other":
            unsure.append(name)
    if found:
        return [*found, *unsure]
    if unsure:
        return None
    unnamed = any(
        t.pos == "NOUN" and i not in named and _may_be(t.lemma, definite.lemma)
        for i, t in enumerate(parsed.tokens)
    )
    return None if unnamed else []


def _may_be(role: str, noun: str) -> bool:
    return role == noun or noun in broader(role, "NOUN", _STEPS)
