"""Pronouns of the third person that nothing in their own sentence can be what they mean.

What fits one in the sentences before is read here, too; who alone can be meant by a speaker that is
a pronoun is read in `antecedents`.
"""

from __future__ import annotations

from collections.abc import Iterator

from summarizer.nlp.antecedents import is_person
from summarizer.nlp.lexicons.lists import word_table
from summarizer.nlp.lexicons.wordnet import is_kind_of
from summarizer.nlp.parse import Parsed
from summarizer.nlp.quotations import quotations

_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
_CLAUSES = frozenset({"ccomp", "xcomp", "csubj", "advcl", "acl", "relcl"})
_VERBS = frozenset({"VERB", "AUX"})
_IMPERSONAL = frozenset({
    "be", "become", "seem", "appear", "take", "remain", "come", "turn", "look", "rain", "snow",
    "happen", "follow", "cost", "emerge",
})  # fmt: skip
"""Verbs whose "it" may mean nothing: "it took an hour to", "it emerged that"."""
_SOMEBODY = frozenset({"anybody", "anyone", "one", "somebody", "someone", "who", "whoever"})
_EVERYBODY = frozenset({"everybody", "everyone", "nobody"})
_TIMES = frozenset({"DATE", "TIME"})
_PLACES = frozenset({"GPE", "LOC", "FAC", "NORP", *_TIMES})
_AMOUNTS = frozenset({"MONEY", "PERCENT", "QUANTITY", *_TIMES})


def unbound(parsed: Parsed) -> Iterator[int]:
    """The token index of each pronoun that means nobody and nothing in its own sentence.

    Left out is an "it" that means nothing ("it was clear that"), and in quotation marks every "it":
    of what a speaker has in view the words themselves are the report.
    """
    quoted = quotations(parsed)
    inside = {i for a, b in quoted for i in range(a, b)}
    for i, token in enumerate(parsed.tokens):
        wanted = word_table("pronouns").get(token.lower)
        if wanted is None or token.pos not in ("PRON", "DET"):
            continue
        if wanted == "thing" and (i in inside or (token.lower == "it" and _impersonal(parsed, i))):
            continue
        # Nobody speaks of himself by name: “Lee was late,” he said; but: “Lee was late,” said his
        # coach. Nor does what he speaks of own anything outside: “The dam held,” said its owner.
        own = token.dep == "poss"
        near = (
            a for a in fitting(parsed, wanted)
            if a not in inside or i in inside or (own and parsed.tokens[a].pos == "PROPN")
        )  # fmt: skip
        if not any(_may_bind(parsed, a, i) for a in near):
            yield i


def wanted(parsed: Parsed, pronoun: int) -> str:
    """What the pronoun at a token index means: "male", "female", "thing" or "plural"."""
    return word_table("pronouns")[parsed.tokens[pronoun].lower]


def fitting(parsed: Parsed, wanted: str) -> list[int]:
    """The token index of the head of each noun phrase that a pronoun can mean, by its kind.

    Kind and number alone are looked at; of names nobody knows for certain what they are.
    """
    return [i for i in range(len(parsed.tokens)) if _fits(parsed, i, wanted)]


def likeliest(parsed: Parsed, wanted: str) -> list[int]:
    """Of what fits in the sentence before a pronoun's: the subjects, else all."""
    found = fitting(parsed, wanted)
    return [i for i in found if parsed.tokens[i].dep in _SUBJECTS] or found


def of_a_count(parsed: Parsed, pronoun: int) -> bool:
    """Whether a pronoun is what a number is taken of: "four of them"."""
    above = [parsed.tokens[i] for i in parsed.above(pronoun)[:2]]
    return len(above) == 2 and above[0].lower == "of" and above[1].pos == "NUM"


def counts(parsed: Parsed) -> int:
    """How many counts a sentence gives."""
    return sum(entity.label == "CARDINAL" for entity in parsed.entities)


def _fits(parsed: Parsed, i: int, wanted: str) -> bool:
    token = parsed.tokens[i]
    if token.dep in ("compound", "amod", "nummod", "quantmod", "advmod", "npadvmod", "det"):
        return False
    unknown = token.pos == "ADJ" and token.dep in _SUBJECTS and token.text.istitle()
    name = token.pos == "PROPN" or unknown  # "Wyble says she"
    if wanted == "plural" and (
        token.lower in _EVERYBODY or (token.pos in ("NUM", "ADJ") and token.dep in _SUBJECTS)
    ):
        return True
    if wanted != "thing" and token.lower in _SOMEBODY:
        return True
    if not name and token.pos != "NOUN":
        return False
    if token.entity in _AMOUNTS or (token.dep == "attr" and not name):
        return False
    if not name and is_kind_of(token.lemma, "NOUN", "period of time"):
        return False
    several = token.tag in ("NNS", "NNPS")
    somebody = token.entity == "PERSON" if name else is_person(token.lemma)
    if wanted == "thing":
        return (not several or name) and (not somebody or token.entity == "ORG")
    if wanted == "plural":
        joined = any(parsed.tokens[c].dep == "conj" for c in parsed.children[i])
        return several or joined or name or somebody or _collective(token.lemma)
    gender = word_table("gendered_words").get(token.lemma, wanted)
    return not several and gender == wanted and (somebody or (name and _may_be_a_person(parsed, i)))


def _may_be_a_person(parsed: Parsed, i: int) -> bool:
    """Whether a name that is not known for a person's may be one: no place by the way, no "the"."""
    token = parsed.tokens[i]
    body = token.text.isupper() or any(parsed.tokens[c].lower == "the" for c in parsed.children[i])
    named = token.entity == "ORG" and _is_body(token.lower)  # "Varn City Hospital"
    body = body or (named and token.dep not in _SUBJECTS)
    return not body and (token.entity not in _PLACES or token.dep in _SUBJECTS)


def _collective(lemma: str) -> bool:
    return any(is_kind_of(lemma, "NOUN", kind) for kind in ("group", "organization"))


def _is_body(lemma: str) -> bool:
    kinds = ("structure", "facility")  # where it is stands for what it is
    return _collective(lemma) or any(is_kind_of(lemma, "NOUN", kind) for kind in kinds)


def _may_bind(parsed: Parsed, noun: int, pronoun: int) -> bool:
    """Whether a noun phrase stands where a pronoun can mean it.

    It is ahead, and neither holds the pronoun outside a clause of its own ("four of them") nor is
    the subject of a verb whose object the pronoun is; or the pronoun is in what opens the sentence,
    and the noun is the subject that comes after ("In its report, the council …").
    """
    tokens = parsed.tokens
    above = parsed.above(pronoun)
    if noun > pronoun:
        return tokens[noun].dep in _SUBJECTS and any(
            tokens[a].pos in _VERBS and tokens[noun].head == a and below not in parsed.roots
            and tokens[below].dep not in (*_SUBJECTS, "ccomp") and below < noun
            for below, a in zip([pronoun, *above], above, strict=False)
        )  # fmt: skip
    if noun in above:
        own = tokens[pronoun].dep == "poss" and tokens[noun].pos != "NUM"
        return own or any(tokens[a].pos in _VERBS for a in above[: above.index(noun)])
    if _sets_the_scene(parsed, noun, above):
        return False
    to = tokens[pronoun].dep == "pobj" and tokens[tokens[pronoun].head].dep == "dative"
    near = tokens[tokens[pronoun].head] if to else tokens[pronoun]  # "handed it to her"
    return not (
        near.dep in ("dobj", "dative")
        and tokens[noun].dep in _SUBJECTS
        and tokens[noun].head == near.head
    )


def _sets_the_scene(parsed: Parsed, noun: int, above: list[int]) -> bool:
    """Whether a common noun is in a phrase that opens the pronoun's own clause.

    "In a statement, it said": the statement is no speaker.
    """
    token = parsed.tokens[noun]
    head = parsed.tokens[token.head]
    return (
        token.dep == "pobj"
        and token.pos == "NOUN"
        and head.dep == "prep"
        and head.head in above
        and token.head < head.head
        and parsed.tokens[head.head].pos in _VERBS
        and not any(
            parsed.tokens[c].dep in _SUBJECTS and c < token.head for c in parsed.children[head.head]
        )
    )


def _impersonal(parsed: Parsed, i: int) -> bool:
    """Whether an "it" means nothing, or a clause behind it."""
    tokens, head = parsed.tokens, parsed.tokens[i].head
    if tokens[i].dep == "expl":
        return True
    verb = tokens[head]
    passive = tokens[i].dep == "nsubjpass"
    return (verb.lemma in _IMPERSONAL or verb.pos == "ADJ" or passive) and any(
        c > i and tokens[c].dep in _CLAUSES and not _third(parsed, tokens[c].head, c)
        for c in parsed.subtree(head)
    )


def _third(parsed: Parsed, noun: int, clause: int) -> bool:
    """Whether a clause is of a noun and no "that" opens it: "the third vaccine to clear it"."""
    words = {parsed.tokens[i].lower for i in parsed.subtree(clause)}
    return parsed.tokens[noun].dep == "attr" and words.isdisjoint(("that", "who"))
