"""Figures: each must stand in the sources, and count there what it counts in the sentence.

How figures are read and compared is `nlp.quantities`'; dates and hours are for `dates`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from summarizer.nlp import Parsed
from summarizer.nlp.counted import fate_classes
from summarizer.nlp.lexicons import wordnet
from summarizer.nlp.quantities import Quantity, carries, compatible, quantities
from summarizer.types import Finding

_FEW = 3
"""Up to here a count without unit may be told otherwise: "both", "twice", "his wife and he"."""

_ANYBODY = frozenset({"person", "people", "victim", "other", "more", "life", "individual"})
"""Nouns that stand for whoever is counted elsewhere."""

_NOWHERE = "stands in none of the sentences it was checked against"
_OF_ANOTHER = "counts something else in its sources"


def numbers(sentence: Parsed, sources: Sequence[Parsed]) -> Iterator[Finding]:
    """Figures that no source gives, or gives of something else.

    "numbers.missing": the sources have another figure of the same unit or noun.
    "numbers.unmatched": they have none to compare with, so that it may be reckoned ("half of the
    30"); a sure reader outweighs it. "numbers.fate" (killed for injured), "numbers.noun" (sailors
    for soldiers): they have the figure, of something else.
    """
    held = [(q, source) for source in sources for q in quantities(source)]
    for claim in quantities(sentence):
        same = [(q, parsed) for q, parsed in held if carries(claim, q) or _one_figure(claim, q)]
        if claim.bound == "range" and not _both_ends(claim, [q for q, _ in same]):
            same = []
        if not same:
            if claim.value > _FEW or (claim.unit and claim.unit != "month"):
                yield _missing(claim, sentence, held)
            continue
        of_noun = [q for q, parsed in same if _one_noun(claim, sentence, q, parsed)]
        if not of_noun:
            instead = _shown(same[0][0], same[0][1])
            yield _finding("numbers.noun", claim, sentence, _OF_ANOTHER, instead)
        elif not any(_one_fate(claim, q) for q in of_noun):
            shown = next(_shown(q, p) for q, p in same if q is of_noun[0])
            yield _finding("numbers.fate", claim, sentence, _OF_ANOTHER, shown)


def _both_ends(claim: Quantity, held: Sequence[Quantity]) -> bool:
    """Whether a range is given as such, or each of its ends by a figure: 30 is no "20 to 40"."""
    low = replace(claim, high=claim.low, value=claim.low, bound="")
    high = replace(claim, low=claim.high, value=claim.high, bound="")
    return any(q.bound == "range" for q in held) or all(
        any(carries(end, q) or q.value == end.value for q in held) for end in (low, high)
    )


def _one_figure(claim: Quantity, held: Quantity) -> bool:
    """Whether one figure is read in two ways: an age as a count, a score as two, "fourth year"."""
    loose = {"", "year_old", "score", "month"}
    if claim.unit not in loose or held.unit not in loose:
        return False
    if claim.unit == held.unit and claim.ordinal == held.ordinal:
        return False
    ends = {held.value, held.high, held.value / 12}
    return bool({claim.value, claim.value / 12} & ends)


def _missing(claim: Quantity, sentence: Parsed, held: Sequence[tuple[Quantity, Parsed]]) -> Finding:
    rival = next(
        (
            _shown(q, parsed)
            for q, parsed in held
            if q.unit == claim.unit
            and not compatible(claim, q)
            and _one_noun(claim, sentence, q, parsed)
            and _one_fate(claim, q)
        ),
        None,
    )
    comparable = any(_measures_the_same(claim, sentence, q, parsed) for q, parsed in held)
    rule = "numbers.missing" if comparable else "numbers.unmatched"
    return _finding(rule, claim, sentence, _NOWHERE, rival)


def _measures_the_same(claim: Quantity, sentence: Parsed, held: Quantity, parsed: Parsed) -> bool:
    """Whether both are of one unit, or count things of one name."""
    if claim.unit or held.unit:
        return claim.unit == held.unit
    if claim.noun is None or held.noun is None:
        return False
    names = {sentence.tokens[claim.noun].lemma, parsed.tokens[held.noun].lemma}
    return len(names) == 1 or bool(names & _ANYBODY)


def _one_noun(claim: Quantity, sentence: Parsed, held: Quantity, parsed: Parsed) -> bool:
    """Whether both may count one kind of thing: one word, or words one of which is the broader."""
    if claim.noun is None or held.noun is None or claim.unit or held.unit:
        return True
    a, b = sentence.tokens[claim.noun], parsed.tokens[held.noun]
    if a.lemma == b.lemma or {a.lemma, b.lemma} & _ANYBODY:
        return True
    if "NOUN" not in (a.pos, b.pos):
        return True
    # What counts here is only that nothing known speaks against it: the reader knows the rest.
    return wordnet.relation(a.lemma, "NOUN", b.lemma, "NOUN") not in ("sibling", "opposite")


def _one_fate(claim: Quantity, held: Quantity) -> bool:
    """Whether what befalls the counted may be one thing; only two known fates can differ."""
    if not claim.fate or not held.fate:
        return True
    a, b = claim.fate.partition(":")[0], held.fate.partition(":")[0]
    return a == b or not {a, b} <= fate_classes()


def _shown(quantity: Quantity, parsed: Parsed) -> str:
    places = [*range(quantity.first, quantity.last)]
    if quantity.noun is not None and 0 <= quantity.noun - quantity.last <= 3:
        places.append(quantity.noun)
    return parsed.cut(places)


def _finding(
    rule: str, claim: Quantity, sentence: Parsed, what: str, instead: str | None
) -> Finding:
    tokens = sentence.tokens[claim.first : claim.last]
    start, end = tokens[0].start, tokens[-1].end
    told = f"“{sentence.text[start:end]}” {what}"
    if instead is not None:
        told += f"; they have “{instead}”"
    return Finding(rule, "number", start, end, f"{told}.", instead)
