"""A sentence without the parts that its sources do not carry, where the rest can stand alone.

Whether the shorter sentence holds is verified like any draft.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from summarizer.nlp import Parsed, parse, well_formed
from summarizer.nlp.cuts import not_dropped
from summarizer.nlp.dates import dates
from summarizer.nlp.lexicons.lists import word_list
from summarizer.nlp.reported_speech import reported_speech

_LEAST = 6
"""Words that a sentence must have left."""

_WHEN_WHERE = frozenset({"DATE", "TIME", "GPE", "LOC", "FAC"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_MARKS = frozenset({",", "(", ")", "–", "—", "--"})
_ENDS = frozenset({".", "!", "?", ";"})
_TURNING = frozenset({"but", "or", "nor", "yet"})
"""Words between two clauses of which neither can be told without the other."""

_BOUND = frozenset({"if", "unless", "that", "whether", "than", "although", "though", "while"})
"""What opens a clause that a sentence does not hold without: its condition, its other side."""


def pruned(text: str, faults: Sequence[tuple[int, int]]) -> str | None:
    """The sentence without its opening connective and each part at fault; None if it needs one.

    faults: half-open code points of what is not carried. What may go, with all that hangs on it: an
    adverb or a phrase of time or place at a verb, a plain adjective, what is set off by marks, a
    clause joined by "and"; where the first main clause is at fault, that one. Never a negation, a
    hedge, a condition, or whose word it is.
    """
    [parsed] = parse([well_formed.trim(text)])
    shift = len(text) - len(parsed.text)
    cut: set[int] = set()
    for start, end in faults:
        for i, token in enumerate(parsed.tokens):
            inside = start - shift < token.end and token.start < end - shift
            if not inside or i in cut or token.pos == "PUNCT":
                continue
            part = _part(parsed, i)
            if part is None:
                return None
            cut |= part
    said = {i for report in reported_speech(parsed) for i in (report.verb, *report.speaker)}
    said |= {i for i, t in enumerate(parsed.tokens) if t.lemma in word_list("reporting_verbs")}
    rest = _without(parsed, cut)
    shorter = rest != text and well_formed.words(rest) >= _LEAST
    return rest if shorter and said.isdisjoint(cut) else None


def without_repeated_day(text: str) -> str:
    """The sentence without a weekday put first that it tells again: "On Monday … on Monday"."""
    [parsed] = parse([text])
    days = [d for d in dates(parsed) if d.weekday is not None]
    if not days or days[0].first > 1 or days[0].weekday not in {d.weekday for d in days[1:]}:
        return text
    tokens = parsed.tokens[days[0].first : days[0].last]
    return pruned(text, [(tokens[0].start, tokens[-1].end)]) or text


def _without(parsed: Parsed, cut: Collection[int]) -> str:
    """The text of the tokens that stay, each with the white space before it."""
    ends = [0, *(token.end for token in parsed.tokens)]
    kept = (i for i in range(len(parsed.tokens)) if i not in cut)
    rest = "".join(parsed.text[ends[i] : parsed.tokens[i].end] for i in kept).strip()
    return rest[:1].upper() + rest[1:]


def _part(parsed: Parsed, i: int) -> set[int] | None:
    """The smallest part of a sentence with a token that may go; None if there is none."""
    tokens = parsed.tokens
    while tokens[i].head != i:
        if _may_go(parsed, i):
            return _with_marks(parsed, parsed.subtree(i))
        i = tokens[i].head
    joined = [c for c in parsed.children[i] if _joined_clause(parsed, c)]
    if not joined:
        return None
    first = parsed.subtree(joined[0])
    return set(range(len(tokens) - 1)) - set(first)


def _with_marks(parsed: Parsed, part: Sequence[int]) -> set[int] | None:
    """A part with the marks that set it off and the "and" before it; None if words stand in it."""
    tokens = parsed.tokens
    if tokens[part[-1]].text in _ENDS:
        part = part[:-1]
    first, last = part[0], part[-1]
    if len(part) != last - first + 1:
        return None
    found = set(part)
    if first and tokens[first - 1].dep == "cc":
        first -= 1
        found.add(first)
    ended = last + 1 == len(tokens) or tokens[last + 1].text in _ENDS
    behind = not ended and tokens[last + 1].text in _MARKS
    if first and tokens[first - 1].text in _MARKS and (behind or ended):
        found.add(first - 1)
    if behind and (first == 0 or first - 1 in found):
        found.add(last + 1)
    return found


def _may_go(parsed: Parsed, i: int) -> bool:
    """Whether a token may go with all that hangs on it, and its head stand without it."""
    tokens = parsed.tokens
    token, head, part = tokens[i], tokens[tokens[i].head], parsed.subtree(i)
    below = [tokens[c] for c in parsed.children[i]]
    if token.lower in not_dropped() or token.dep == "neg":
        return False
    at_verb = head.pos in ("VERB", "AUX")
    if token.dep in ("advmod", "npadvmod"):
        return at_verb and token.tag not in ("WRB", "JJR", "RBR")
    if token.dep == "amod":
        return token.tag == "JJ" and not token.entity and not below
    if token.dep in ("appos", "relcl", "acl"):
        return tokens[part[0] - 1].text in _MARKS
    if token.dep == "advcl":
        marks = [t for t in below if t.dep == "mark"]
        bare = not marks and any(t.dep in _SUBJECTS for t in below)  # an object, misread
        return not bare and not any(t.lower in _BOUND for t in marks)
    if token.dep == "prep":
        return at_verb and any(t.dep == "pobj" and t.entity in _WHEN_WHERE for t in below)
    return token.dep == "conj" and at_verb and token.pos in ("VERB", "AUX") and _alone(parsed, i)


def _joined_clause(parsed: Parsed, i: int) -> bool:
    """Whether a token heads a clause with a subject of its own that "and" joins to its head."""
    subject = any(parsed.tokens[c].dep in _SUBJECTS for c in parsed.children[i])
    return parsed.tokens[i].dep == "conj" and subject and _alone(parsed, i)


def _alone(parsed: Parsed, i: int) -> bool:
    """Whether a token is all that is joined to its head, and by no "but" or "or"."""
    below = [(c, parsed.tokens[c]) for c in parsed.children[parsed.tokens[i].head]]
    joined = [c for c, t in below if t.dep == "conj"]
    further = any(parsed.tokens[c].dep == "conj" for c in parsed.children[i])
    turning = any(t.dep == "cc" and t.lower in _TURNING for _, t in below)
    return joined == [i] and not further and not turning
