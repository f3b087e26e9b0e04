"""Whom a pronoun speaker means: the one person of the sentences before, or nobody for certain.

Answers only where no second candidate competes; it does not resolve pronouns in general.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from summarizer.nlp.entities import names
from summarizer.nlp.lexicons.lists import word_list, word_table
from summarizer.nlp.lexicons.wordnet import broader
from summarizer.nlp.name_values import Name, same_name
from summarizer.nlp.parse import Parsed
from summarizer.nlp.reported_speech import ReportedSpeech, reported_speech

_STEPS_TO_PERSON = 8
"""Steps up in the lexicon from a noun to "person": senator takes five."""

_PEOPLE = ("people", "police")


@dataclass(frozen=True, slots=True)
class _Mention:
    """Somebody named or described.

    sentence, head: where. words: of the name, or the noun's lemma. roles: lemmas of nouns that
    describe the named ("Mayor Lee", "Lee, the mayor"). gender: "male", "female" or "". sure: that
    it is a person (or persons), not perhaps a company. subject: that a clause is about it.
    """

    sentence: int
    head: int
    words: tuple[str, ...]
    roles: frozenset[str]
    gender: str
    sure: bool
    subject: bool


def antecedent(
    pronoun_sentence: Parsed, speaker: Sequence[int], before: Sequence[Parsed]
) -> tuple[int, int] | None:
    """The one person whom the pronoun that speaks can mean.

    speaker: token indices of a speaker in `pronoun_sentence`. before: the sentences before it, in
    order. Returns the index into `before` and the token index of the head of the last mention of
    that person. None if the speaker is no lone "he", "she" or "they", if nobody fits, or if a
    second candidate competes, in `before` or ahead of the pronoun in its own sentence.
    """
    if len(speaker) != 1:
        return None
    wanted = word_table("speaker_pronouns").get(pronoun_sentence.tokens[speaker[0]].lower)
    if wanted is None:
        return None
    read = _groups if wanted == "plural" else _persons
    earlier = [m for n, parsed in enumerate(before) for m in read(parsed, n)]
    own = [m for m in read(pronoun_sentence, len(before)) if m.head < speaker[0]]
    fitting = [m for m in (*earlier, *own) if wanted == "plural" or m.gender in ("", wanted)]
    if not any(m in fitting and m.sure for m in earlier):
        return None
    # The fullest name stands for the person; all others must be that person, and one a subject:
    # a name by the way ("a street named after Lee") is hardly who speaks next.
    full = max(fitting, key=lambda m: (m.sure, len(m.words) + len(m.roles)))
    if not full.sure or not all(_same(m, full) for m in fitting):
        return None
    if not any(m.subject for m in earlier if m in fitting):
        return None
    last = [m for m in earlier if m in fitting][-1]
    return last.sentence, last.head


def named_antecedent(
    parsed: Parsed, speaker: Sequence[int], before: Sequence[Parsed]
) -> tuple[Parsed, Name] | None:
    """The sentence of `before` that names whom a pronoun that speaks in `parsed` means, and whom.

    The antecedent in the fewest sentences before; else who spoke last, if nobody else is named
    since. None where the speaker is no such pronoun, or where nobody is for certain.
    """
    pronouns = word_table("speaker_pronouns")
    told = [pronouns.get(parsed.tokens[i].lower) for i in speaker]
    if len(told) > 1 or told == [None]:
        return None
    for start in reversed(range(len(before))):
        near = before[start:]
        if (found := antecedent(parsed, speaker, near)) is not None:
            n, head = found
            own = next((x for x in names(near[n]) if x.first <= head < x.last), None)
            return None if own is None else (near[n], own)
    others = [x for x in _people(parsed) if x.last <= speaker[0]]
    for earlier in reversed(before) if told != ["plural"] else ():
        for report in reversed(reported_speech(earlier)):
            own = _speaking(earlier, report)
            if own is not None:
                others += [x for x in _people(earlier) if x.first not in report.speaker]
                return (earlier, own) if all(same_name(x, own) for x in others) else None
        others += _people(earlier)
    return None


def _people(parsed: Parsed) -> list[Name]:
    return [n for n in names(parsed) if n.kind == "person"]


def _speaking(parsed: Parsed, report: ReportedSpeech) -> Name | None:
    """The person who speaks, named by the head of the speaker's phrase or in apposition to it."""
    tokens, own = parsed.tokens, set(report.speaker)
    heads = {i for i in own if tokens[i].head not in own}
    heads |= {i for i in own if tokens[i].dep == "appos" and tokens[i].head in heads}
    return next((n for n in _people(parsed) if n.last - 1 in heads), None)


def _same(mention: _Mention, full: _Mention) -> bool:
    return mention.words[-1] == full.words[-1] or (
        len(mention.words) == 1 and mention.words[0] in (*full.words, *full.roles)
    )


def _persons(parsed: Parsed, sentence: int) -> Iterator[_Mention]:
    """Persons named, and single persons described by a noun alone."""
    describing: set[int] = set()
    named: list[_Mention] = []
    for first, head, sure in _names(parsed):
        span = range(first, head + 1)
        describing.update(span)
        roles, gender = _described(parsed, head, describing)
        words = tuple(
            t.lower for t in (parsed.tokens[i] for i in span) if t.pos in ("PROPN", "NOUN")
        )
        subject = _is_subject(parsed, head)
        named.append(_Mention(sentence, head, words or ("",), roles, gender, sure, subject))
    genders = word_table("gendered_words")
    nouns = [
        _Mention(
            sentence=sentence,
            head=i,
            words=(t.lemma,),
            roles=frozenset(),
            gender=genders.get(t.lemma, ""),
            sure=True,
            subject=_is_subject(parsed, i),
        )
        for i, t in enumerate(parsed.tokens)
        if t.tag == "NN"
        and i not in describing
        and t.dep not in ("compound", "attr", "amod")
        and is_person(t.lemma)
    ]
    yield from sorted([*named, *nouns], key=lambda m: m.head)


def _names(parsed: Parsed) -> Iterator[tuple[int, int, bool]]:
    """First and head token of each name of a person, and whether it surely is a person's."""
    seen: set[int] = set()
    for entity in parsed.entities:
        if entity.label == "PERSON":
            span = [i for i in range(entity.first, entity.last) if parsed.tokens[i].tag != "POS"]
            seen.update(range(entity.first, entity.last))
            if span:
                yield span[0], span[-1], True
    for i, token in enumerate(parsed.tokens):
        if token.tag == "NNP" and token.dep == "nsubj" and i not in seen:
            place = token.entity in ("GPE", "LOC", "FAC", "DATE", "NORP")
            says = parsed.tokens[token.head].lemma in word_list("reporting_verbs")
            the = any(parsed.tokens[c].dep == "det" for c in parsed.children[i])
            if (says or not place) and not the:
                yield min(parsed.subtree(i)[0], i), i, False


def _described(parsed: Parsed, head: int, describing: set[int]) -> tuple[frozenset[str], str]:
    """Lemmas of the nouns that describe a named person and the gender they tell."""
    top = head
    while parsed.tokens[top].dep in ("compound", "flat") and parsed.tokens[top].head > top:
        top = parsed.tokens[top].head
    near = [*parsed.children[head], *parsed.children[top]]
    if parsed.tokens[head].dep == "appos":
        near.append(parsed.tokens[head].head)
    verb = parsed.tokens[parsed.tokens[head].head]
    if verb.lemma == "be" and parsed.tokens[head].dep == "nsubj":
        near.extend(
            c for c in parsed.children[parsed.tokens[head].head] if parsed.tokens[c].dep == "attr"
        )
    genders = word_table("gendered_words")
    roles: set[str] = set()
    gender = ""
    for c in near:
        token = parsed.tokens[c]
        if token.dep in ("compound", "appos", "attr", "nmod") or c == parsed.tokens[head].head:
            describing.add(c)
            roles.add(token.lemma)
            gender = gender or genders.get(token.lower, "")
    return frozenset(roles), gender


def _groups(parsed: Parsed, sentence: int) -> Iterator[_Mention]:
    """Several persons under one noun or joined by "and", and bodies that may be a "they"."""
    for first, last in parsed.phrases:
        head = next(
            (i for i in range(first, last) if not first <= parsed.tokens[i].head < last), last - 1
        )
        token = parsed.tokens[head]
        joined = any(parsed.tokens[c].dep == "conj" for c in parsed.children[head])
        several = token.tag in ("NNS", "NNPS") or token.lemma in _PEOPLE
        persons = several and (token.lemma in _PEOPLE or is_person(token.lemma))
        sure = persons or (joined and token.entity == "PERSON")
        if sure or several or token.entity in ("ORG", "NORP"):
            subject = _is_subject(parsed, head)
            yield _Mention(sentence, head, (token.lemma,), frozenset(), "", sure, subject)


def _is_subject(parsed: Parsed, head: int) -> bool:
    """Whether a noun, or what it is the first part of, is a subject."""
    while parsed.tokens[head].dep == "compound" and parsed.tokens[head].head > head:
        head = parsed.tokens[head].head
    return parsed.tokens[head].dep in ("nsubj", "nsubjpass", "attr")


def is_person(lemma: str) -> bool:
    """Whether a noun may be somebody: senator, nurse, boy."""
    return lemma == "person" or "person" in broader(lemma, "NOUN", _STEPS_TO_PERSON)
