"""Statements turned round: denied or affirmed, opposite words, and possibilities told as facts.

How a verb is held is read by events; single words without a verb are weighed by polarity.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from summarizer.facts.events import Event, events
from summarizer.facts.names import known_names
from summarizer.facts.polarity import (
    ALLEGING,
    NEGATIONS,
    OPPOSITES,
    Stance,
    denied_near,
    is_negation,
    is_past,
    stances,
)
from summarizer.facts.roles import agreeable, matching, may_be_one
from summarizer.facts.text import CACHE, Token, common_words, content, lemma, tokens
from summarizer.story import Problem

_NO_SIDES = frozenset((("at", "least"), ("or", "more"), ("or", "less"), ("no", "longer")))
"""Words that are on no side here: "at least four" is "four or more"."""
_ORDER = frozenset("before after earlier later early late first last".split())
_HEDGES = frozenset(
    """may might could possibly perhaps potential potentially possible likely reportedly allegedly
    alleged suspected suspect accused accuse purported purportedly believe think fear apparent
    apparently claim would whether if plan propose expect aim consider threaten want seek hope
    try attempt intend urge promise vow pledge to""".split()
)
_PERHAPS = frozenset("may might could possibly perhaps".split())
_EITHER_WAY = frozenset("only until unless despite except".split())


def turned(sentence: str, evidence: Sequence[str]) -> Iterator[tuple[Problem, str]]:
    """The events of a sentence that the evidence denies where it affirms, or leaves open.

    evidence: single sentences. An event is held against the evidence's events of the same verb
    that share at least half of its other words; one of them that agrees is enough.
    """
    words = tokens(sentence)
    lemmas = {w.lemma for w in words}
    for event, near in matching(sentence, evidence):
        near = [(o, text) for o, text in near if agreeable(event, o)]
        best = max((len(event.words & o.words) for o, _ in near), default=0)
        if best > 1:  # another act of that verb, of which nothing else agrees
            near = [(o, text) for o, text in near if event.words & o.words]
        if not near:
            continue
        others = [other for other, _ in near]
        token = words[event.index]
        if all(o.denied != event.denied for o in others) and not _denies_otherwise(
            event, words, near, evidence
        ):
            yield "negation", f"{'not ' if event.denied else ''}{token.text}"
        if event.modal in ("will", "must", "had") and all(o.modal in _PERHAPS for o in others):
            yield "modality", f"{others[0].modal} {token.text}"
            continue
        if event.modal or not event.finite or not _states(words, event):
            continue
        if any(o.modal in (None, "had") for o in others):
            continue
        cue = others[0].modal
        if all(o.modal in ("will", "can", "should", "must") for o in others) and not is_past(token):
            continue
        if not event.passive and all(o.passive for o in others):
            continue  # "after the plane removed", as a headline shortens it
        if lemmas & ALLEGING and any(o.modal in _HEDGES for o in others):
            continue
        yield "modality", f"{cue} {token.text}"


def _states(words: Sequence[Token], event: Event) -> bool:
    """Whether the verb stands as a fact: past, passive or third person, under no hedge."""
    token = words[event.index]
    if not (
        is_past(token) or event.passive or token.lower.endswith("s") or token.lower == token.lemma
    ):
        return False
    near = words[max(0, event.index - 6) : event.index]
    return not any(w.lower in _HEDGES or w.lemma in _HEDGES for w in near)


def _denies_otherwise(
    event: Event,
    words: Sequence[Token],
    near: Sequence[tuple[Event, str]],
    evidence: Sequence[str],
) -> bool:
    """Whether the denial is told by other words on the side that has none at the verb."""
    if event.denied:
        behind = {w.lemma for w in words[max(0, event.index - 3) : event.index]} & _DENIALS
        if any(behind & _positive(text) for text in evidence):
            return True
        return any(_negatives(tokens(text)) - _negatives(words) for _, text in near)
    span = words[max(0, event.index - 7) : event.index + 6]
    around = _negatives(span)
    onward = [w.lower for w in words[event.index :][:9]]
    if "first" in onward and ("since" in onward or "time" in onward):
        return True  # "lost for the first time since May" had not lost before
    return any(around - _positive(text) for _, text in near) or any(
        w.lower in _EITHER_WAY for w in span
    )


_DENIALS = frozenset("deny refuse fail decline".split())
_DENYING = frozenset(
    """deny refuse reject fail decline dismiss prevent avoid lack refute dispute oppose block stop
    halt unable unlikely rarely absence instead cancel abandon unless barely seldom false
    impossible denial failure refusal rejection innocent never without nor neither not n't no
    none nobody nothing wo end ban halt drop""".split()
)


def _negatives(words: Sequence[Token]) -> frozenset[str]:
    return frozenset(w.lemma for w in words if w.lemma in _DENYING or w.lower in NEGATIONS)


@lru_cache(maxsize=CACHE)
def _positive(text: str) -> frozenset[str]:
    return frozenset(w.lemma for w in tokens(text))


# --- opposite words ------------------------------------------------------------------------------


@lru_cache(maxsize=CACHE)
def _sides(text: str) -> tuple[tuple[str, bool, frozenset[str], frozenset[str]], ...]:
    """Each word that has opposites: (word, denied, content before, content after)."""
    words = tokens(text)
    out = []
    for i, word in enumerate(words):
        if not word.text[0].isalpha() or (word.text[0].isupper() and i):
            continue
        if i and (words[i - 1].lower, word.lower) in _NO_SIDES:
            continue
        key = word.lower if word.lower in OPPOSITES else word.lemma
        if key not in OPPOSITES:
            continue
        left = [w.lemma for w in words[:i] if w.is_content][-5:]
        right = [w.lemma for w in words[i + 1 :] if w.is_content][:5]
        before = words[max(0, i - 4) : i]
        denied = any(w.lower in NEGATIONS or w.lemma in ("refuse", "deny", "fail") for w in before)
        out.append((key, denied, frozenset(left), frozenset(right)))
    return tuple(out)


def opposed(sentence: str, evidence: Sequence[str]) -> Iterator[str]:
    """The words of a sentence in whose place the evidence has the opposite.

    Of the evidence's words of both sides, the one whose neighbours the sentence's word shares most
    decides, by two neighbours or more; denied on one side only, an opposite agrees.
    """
    mine = _sides(sentence)
    if not mine:
        return
    theirs = [side for text in evidence for side in _sides(text)]
    if not theirs:
        return
    whole = content(sentence)
    own_keys = {key for key, *_ in mine}
    for key, denied, left, right in mine:
        same, other = OPPOSITES[key]
        against, along, word = 0, 0, ""
        for their, their_denied, before, after in theirs:
            if (their not in same and their not in other) or (
                their == key and their_denied != denied
            ):
                continue
            beside = left & before and (right & after or not (right or after))
            if key in _ORDER and their not in same and not beside:
                continue
            fit = len((left | right) & (before | after))
            agrees = (their in same) == (their_denied == denied)
            if agrees:
                along = max(along, fit)
            elif fit > against:
                against, word = fit, their
        if word in other and word in own_keys and word in whole:
            continue
        if against >= min(2, len(left | right)) and against > along + bool(along) and along < 3:
            yield f"{key} for {word}"


_IT = frozenset("it them him her this that".split())


def turned_over(sentence: str, evidence: Sequence[str]) -> Iterator[str]:
    """The verbs of a sentence whose doer the evidence has doing the opposite of the same thing.

    "Greer, whose state makes it, opposes it" leaves no neighbour for "Greer supports the bill".
    """
    known = known_names((sentence, *evidence))
    mine = [e for e in events(sentence, known) if e.verb in OPPOSITES and e.subject.heads]
    if not mine:
        return
    theirs = [(e, text) for text in evidence for e in events(text, known)]
    for event in mine:
        same, other = OPPOSITES[event.verb]
        near = [
            (e, tokens(text)) for e, text in theirs
            if e.verb in same | other and e.subject.heads
            and any(may_be_one(a, b) for a in event.subject.heads for b in e.subject.heads)
        ]  # fmt: skip
        if any(e.verb in same or e.denied != event.denied for e, _ in near):
            continue
        for e, words in near:
            behind = words[e.index + 1].lower if e.index + 1 < len(words) else ""
            if behind in _IT or len(event.words & e.words) >= max(2, 0.5 * len(event.words)):
                yield f"{event.verb} for {e.verb}"
                return


def with_for_without(sentence: str, evidence: Sequence[str]) -> Iterator[str]:
    """The words that a sentence has with and the evidence only without, or the other way round."""
    whole = content(sentence)
    for mine, word in _pairs(sentence):
        if any((mine, word) in _pairs(text) for text in evidence):
            continue
        other = "without" if mine == "with" else "with"
        if any((other, word) in _pairs(t) and len(content(t) & whole) >= 3 for t in evidence):
            yield f"{mine} for {other}"


@lru_cache(maxsize=CACHE)
def _pairs(text: str) -> frozenset[tuple[str, str]]:
    words = tokens(text)
    return frozenset(
        (a.lower, b.lemma) for a, b in pairwise(words) if a.lower in ("with", "without")
    )


# --- single words --------------------------------------------------------------------------------


def denied(sentence: str, evidence: Sequence[str]) -> Iterator[str]:
    """The words of a sentence that it denies and the evidence does not, or the other way round.

    A "not" of the sentence needs a word of denial in the evidence that stands by one of the same
    words. A word that the evidence only denies must not be stated.
    """
    own = {t.lemma for t in tokens(sentence)}
    for scope in _scopes(sentence, strict=True):
        whole = scope.before | scope.behind
        if not any(
            len(whole & theirs.before | whole & theirs.behind)
            >= min(1 if theirs.cue in _PLAIN else 2, len(whole))
            and (not scope.behind or scope.behind & (theirs.before | theirs.behind))
            for text in evidence
            for theirs in _scopes(text, strict=False)
            if theirs.cue in _PLAIN or theirs.cue not in own
        ):
            yield f"not: {' '.join(sorted(whole))}"
            return
    whole = content(sentence)
    mine = stances(sentence)
    held: dict[str, list[tuple[int, Stance]]] = {}
    for text in evidence:
        near = stances(text)
        lemmas = [s.token.lemma for s in near]
        for at, stance in enumerate(near):
            window = set(lemmas[max(0, at - 6) : at + 7]) - {stance.token.lemma}
            held.setdefault(stance.token.lemma, []).append((len(window & whole), stance))
    told = {e.index for e in events(sentence)}
    # "No child has died" speaks of children; what it denies may be told of "none" elsewhere.
    none_of = {b.lemma for t in evidence for a, b in pairwise(tokens(t)) if a.lower == "no"}
    for stance in mine:
        if not stance.token.text.islower() or stance.negated or stance.index in told:
            continue
        top = _closest(held.get(stance.token.lemma, ()))
        if not top or not all(s.negated for s in top) or stance.near_negation or stance.soft:
            continue
        if stance.token.lemma in none_of and any(t.lower in _PLAIN for t in tokens(sentence)):
            continue
        if not denied_near(sentence, stance.index):
            yield stance.token.text


_PLAIN = frozenset("not n't never no cannot nobody none neither nor nothing".split())
_NEGATORS = frozenset("not n't never no cannot nobody none neither nor".split())
_LOOSE_NEGATORS = _DENYING | frozenset(
    """few little yet until against rather ban bar lose lost miss unclear unknown wrong rule hardly
    scarcely nothing void only""".split()
)
_NO_PREFIX = frozenset(
    """discover display discharge disorder discount dispose disposal distance discourse disease
    disclose disclosure dispatch discuss discussion disaster distribute district uniform unity
    universe union united unit university understand undergo underway undertake""".split()
)


def _turned_by_prefix(word: Token) -> bool:
    """Whether a word denies by its first letters: "unfair", "disarmed"; not "under", "disease"."""
    if not word.text.islower() or word.lemma in _NO_PREFIX or word.lower.startswith("under"):
        return False
    rest = word.lower[2:] if word.lower.startswith("un") else word.lower.removeprefix("dis")
    return rest != word.lower and (rest in common_words() or lemma(rest) in common_words())


@dataclass(frozen=True, slots=True)
class _Scope:
    """A word of denial with the content lemmas before and behind it in its clause."""

    cue: str
    before: frozenset[str]
    behind: frozenset[str]


@lru_cache(maxsize=CACHE)
def _scopes(text: str, *, strict: bool) -> tuple[_Scope, ...]:
    """Each word of denial with the content lemmas near it in its clause.

    strict: only plain negations, with three words before and four behind; else words of any denying
    sense, with prefixes such as "un", and eight words on both sides.
    """
    words = tokens(text)
    out = []
    before, behind = (3, 4) if strict else (8, 8)
    for i, word in enumerate(words):
        if strict:
            if word.lower not in _NEGATORS or not is_negation(words, i):
                continue
        elif not (
            word.lower in NEGATIONS
            or word.lemma in _LOOSE_NEGATORS
            or _turned_by_prefix(word)
            or word.lower.endswith("less")
        ):  # fmt: skip
            continue
        sides: list[set[str]] = []
        for indices, reach in ((range(i - 1, -1, -1), before), (range(i + 1, len(words)), behind)):
            near: set[str] = set()
            count = 0
            for j in indices:
                if words[j].text in ";:.?!" or (words[j].text == "," and count) or count == reach:
                    break
                if words[j].is_content and words[j].is_word:
                    near.add(words[j].lemma)
                    count += 1
            sides.append(near)
        if not strict:
            sides[1].add(word.lemma)
            if _turned_by_prefix(word):
                sides[1].add(lemma(word.lower[2:] if word.lower[:2] == "un" else word.lower[3:]))
        if sides[0] or sides[1]:
            out.append(_Scope(word.lemma, frozenset(sides[0]), frozenset(sides[1])))
    return tuple(out)


def unhedged(sentence: str, evidence: Sequence[str]) -> Iterator[str]:
    """The words that a sentence states and the evidence only calls alleged or possible."""
    mine = tokens(sentence)
    if any(t.lower in _ALLEGED or t.lemma in ALLEGING for t in mine):
        return
    own = _bigrams(sentence)
    hedged = {pair: cue for text in evidence for pair, cue in _hedged(text)}
    if not hedged:
        return
    plain: set[tuple[str, str]] = set()
    for text in evidence:
        plain |= _bigrams(text) - {pair for pair, _ in _hedged(text)}
    for pair, cue in hedged.items():
        if pair in own and pair not in plain:
            yield f"{cue} {' '.join(pair)}"
            return


_ALLEGED = frozenset(
    """alleged allegedly reportedly suspected purported purportedly supposed supposedly possible
    possibly potential potentially apparent apparently presumed presumably""".split()
)


@lru_cache(maxsize=CACHE)
def _bigrams(text: str) -> frozenset[tuple[str, str]]:
    lemmas = [t.lemma for t in tokens(text) if t.is_content and t.is_word]
    return frozenset(pairwise(lemmas))


@lru_cache(maxsize=CACHE)
def _hedged(text: str) -> tuple[tuple[tuple[str, str], str], ...]:
    """The pairs of content lemmas that begin right after a hedge, each with it."""
    words = [t for t in tokens(text) if t.is_content and t.is_word]
    return tuple(
        ((words[i + 1].lemma, words[i + 2].lemma), words[i].lower)
        for i in range(len(words) - 2)
        if words[i].lower in _ALLEGED
    )


def _closest(found: Sequence[tuple[int, Stance]]) -> list[Stance]:
    best = max((shared for shared, _ in found), default=0)
    return [s for shared, s in found if shared >= max(1, 0.6 * best)] if best else []


# --- what is wanted ------------------------------------------------------------------------------


def granted(sentence: str, evidence: Sequence[str]) -> Iterator[str]:
    """The things that a sentence has somebody do or get, and the evidence only has them wanted.

    "Promised elections" carries no "held elections", nor "seeks 2 million" a "received 2 million".
    """
    mine = _things(sentence, wanted=False)
    if not mine:
        return
    asked = frozenset(n for text in evidence for n in _things(text, wanted=True))
    for thing in mine & asked:
        if sum(t.lemma == thing for text in evidence for t in tokens(text)) == sum(
            thing in _things(text, wanted=True) for text in evidence
        ):
            yield f"wanted {thing}"
            return


_WANTING = frozenset(
    "promise demand seek want urge propose plan threaten await expect pledge".split()
)
_OPEN = _WANTING | frozenset(
    """ask request call need offer consider refuse reject deny oppose discuss support back say tell
    announce warn fear face predict say claim file sue hope pursue ban win debate push""".split()
)


@lru_cache(maxsize=CACHE)
def _things(text: str, *, wanted: bool) -> frozenset[str]:
    """The nouns right behind verbs of wanting, or behind other verbs that state a deed."""
    words = tokens(text)
    if not wanted and any(w.lemma in _WANTING or w.lemma in _HEDGES - {"to"} for w in words):
        return frozenset()
    out: set[str] = set()
    for event in events(text):
        if (event.verb in _WANTING) != wanted or (not wanted and event.verb in _OPEN):
            continue
        if event.passive or event.denied or (not wanted and (event.modal or not event.finite)):
            continue
        for word in words[event.index + 1 : event.index + 4]:
            if word.lower in ("to", "that", "of", "for", "on", "in", "at", "by", "with", "from"):
                break
            if word.is_content and word.is_word and word.text.islower():
                out.add(word.lemma)
    return frozenset(out)
