"""How what a sentence tells stands to a date: the preposition, and whether the verb looks ahead.

Dates themselves are read in `dates`.
"""

from __future__ import annotations

from dataclasses import replace

from summarizer.nlp.date_values import Date
from summarizer.nlp.lexicons.lists import table
from summarizer.nlp.parse import Parsed


def placed(parsed: Parsed, found: Date) -> Date:
    """With the preposition above it, and whether the verb above is about the future."""
    return replace(found, relation=_relation(parsed, found), ahead=_ahead(parsed, found))


def _relation(parsed: Parsed, found: Date) -> str:
    """How an event stands to a date: by the word before it, or the prepositions above it."""
    relations = table("calendar")["relations"]
    if found.first:
        before = parsed.tokens[found.first - 1]
        if before.lower in relations and before.pos != "VERB":
            return str(relations[before.lower])
    for at in parsed.above(found.first):
        token = parsed.tokens[at]
        if token.pos in ("VERB", "AUX"):
            break
        if at < found.first and token.lower in relations:
            return str(relations[token.lower])
        if token.pos == "ADP" and token.lower not in ("of", "in"):
            break
    return ""


def _ahead(parsed: Parsed, found: Date) -> bool | None:
    """Whether a date's verb is about the future; None behind a noun or a verb of planning.

    A future has a modal, an infinitive or a bare present; a participle in -ing goes by the verb
    above it.
    """
    at = found.first
    while parsed.tokens[at].head != at:
        at = parsed.tokens[at].head
        token = parsed.tokens[at]
        if found.first <= at < found.last or token.pos in ("ADP", "ADV", "SCONJ"):
            continue
        if token.pos not in ("VERB", "AUX"):
            return None
        if token.tag != "VBG" or any(parsed.tokens[c].dep == "aux" for c in parsed.children[at]):
            return _looks_ahead(parsed, at)
    return _looks_ahead(parsed, at) if parsed.tokens[at].pos in ("VERB", "AUX") else None


def _looks_ahead(parsed: Parsed, verb: int) -> bool | None:
    token = parsed.tokens[verb]
    if token.lemma in table("calendar")["words"]["planning"].split():
        return None
    children = (parsed.tokens[c] for c in parsed.children[verb])
    helpers = [c for c in children if c.dep in ("aux", "auxpass")]
    if any(h.tag in ("MD", "TO") for h in helpers):
        return True
    past = token.tag in ("VBD", "VBN") or any(h.tag == "VBD" or h.lemma == "have" for h in helpers)
    return not past
