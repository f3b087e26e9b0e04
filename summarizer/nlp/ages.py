"""Ages: which figures are one, and whose.

Other figures, and how ages compare with them, are for `quantities` and `quantity_values`.
"""

from __future__ import annotations

from collections.abc import Sequence

from summarizer.nlp.counted import fates, is_person
from summarizer.nlp.numerals import Figure
from summarizer.nlp.parse import Parsed
from summarizer.nlp.pieces import Piece
from summarizer.nlp.units import Measure

OLDEST = 130
"""Years; a higher figure is no age."""

_ENDS = frozenset({",", ".", ")", ";", ""})
_AGED = frozenset({"age", "aged", "ages"})


def age_at(
    parsed: Parsed, run: Sequence[Piece], f: Figure, last: int, measure: Measure | None
) -> tuple[int, int | None] | None:
    """If a figure is an age in years: the piece behind it, and the token of whose age it is.

    last: the piece behind the figure and its unit, `measure`. Pieces are indices into `run`, tokens
    into `parsed.tokens`; the token is None where nobody is named. Ages are above 0, below `OLDEST`.
    """
    if f.kind != "number" or not 0 < f.value < OLDEST:
        return None
    behind = tuple(p.text for p in run[last : last + 3])
    at = run[last - 1].token
    if measure is not None:
        if measure.name != "year":
            return None
        hyphen = behind[:1] == ("-",)
        if behind[hyphen : hyphen + 1] in (("old",), ("olds",)):
            old = last + hyphen
            return old + 1, _owner(parsed, run[old].token)
        return (last + 2, _owner(parsed, at)) if behind[:2] == ("of", "age") else None
    before = tuple(p.text for p in run[max(0, f.first - 3) : f.first])
    if _AGED.intersection(before[-1:]) or (
        before[-1:] == ("between",) and _AGED.intersection(before[-2:-1])
    ):
        return last, _owner(parsed, at)
    if before[-2:] == ("age", "of"):
        return last, _subject(parsed, at)
    if f.digits and behind[:1] != ("-",) and _lived(parsed, at):
        return last, _subject(parsed, at)
    if before[-1:] in (("over",), ("under",)):
        whose = parsed.tokens[parsed.tokens[at].head].head
        return (last, whose) if _bounds_people(parsed, at, before[-1], whose) else None
    owner = f.first - (3 if before[-2:] in ((",", "then"), (",", "both")) else 2)
    if owner < 0 or not f.digits or run[owner + 1].text != "," or (*behind, "")[0] not in _ENDS:
        return None
    if parsed.tokens[run[owner].token].pos not in ("NOUN", "PROPN"):
        return None
    return last, run[owner].token


def _lived(parsed: Parsed, i: int) -> bool:
    """Whether the bare figure at token `i` is how old someone is or died: "who was 88"."""
    token = parsed.tokens[i]
    above = parsed.tokens[token.head]
    if any(c > i and parsed.tokens[c].pos != "PUNCT" for c in parsed.children[i]):
        return False
    if token.dep == "pobj" and above.lower == "at":
        return parsed.tokens[above.head].lemma in fates().subjects
    if token.dep not in ("attr", "acomp") or above.lemma not in ("be", "turn"):
        return False
    subject = _subject(parsed, i)
    who = any(parsed.tokens[c].lower == "who" for c in parsed.children[token.head])
    return who or (subject is not None and parsed.tokens[subject].entity == "PERSON")


def _subject(parsed: Parsed, i: int) -> int | None:
    """The subject of the verb above token `i`; of "who" the noun before it."""
    at = i
    while parsed.tokens[at].head != at and parsed.tokens[at].pos not in ("VERB", "AUX"):
        at = parsed.tokens[at].head
    for child in parsed.children[at]:
        if parsed.tokens[child].dep in ("nsubj", "nsubjpass"):
            relative = parsed.tokens[child].tag == "WP" and parsed.tokens[at].dep == "relcl"
            return parsed.tokens[at].head if relative else child
    return None


def _bounds_people(parsed: Parsed, i: int, bound: str, whose: int) -> bool:
    """Whether the figure at token `i` bounds the age of people: "women over 65"."""
    token, people = parsed.tokens[i], parsed.tokens[whose]
    return (
        token.dep == "pobj"
        and parsed.tokens[token.head].lower == bound
        and people.tag in ("NNS", "NNPS")
        and (is_person(people.lemma) or is_person(people.lower.removesuffix("s")))
    )


def _owner(parsed: Parsed, token: int) -> int | None:
    """The noun above the token of an age; "old" itself in "a 41-year-old was held".

    Of a noun in apposition to a name the name: Orme in "Gus Orme, a 44-year-old baker".
    """
    at = token
    while parsed.tokens[at].dep not in ("conj", "pobj", "nsubj", "dobj", "ROOT"):
        at = parsed.tokens[at].head
        if parsed.tokens[at].pos in ("NOUN", "PROPN"):
            above = parsed.tokens[at].head
            named = parsed.tokens[at].dep == "appos" and parsed.tokens[above].pos == "PROPN"
            return above if named else at
    return token if parsed.tokens[token].lower in ("old", "olds") else None
