"""Who does what, when, in a draft and in its sources: read off the words around each verb.

Surface rules for a writer's drafts only, stricter than `facts` may be with anybody's sentence: each
is a fault that was read in real drafts. Neighbourhoods of words are `fidelity`'s.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from summarizer.facts import claims
from summarizer.facts.dates import WEEKDAYS
from summarizer.facts.events import events
from summarizer.facts.names import TITLES
from summarizer.facts.speakers import SAYING
from summarizer.facts.text import Token, tokens
from summarizer.fidelity import DETERMINERS, MOVABLE

_SUBJECT_REACH, _OBJECT_REACH = 5, 4  # content words before and behind a source's verb
_BREAKS = frozenset(",;:—–()")
_LINKS = frozenset(
    "of for to by with from against about in on at over under between among into than how whether "
    "if why when where what".split()
)
_BE = frozenset("is are was were be been being".split())


@dataclass(frozen=True, slots=True)
class _Deed:
    """A verb, the content lemmas before it back to a comma or verb, and those behind it.

    linked: which of `behind` stand behind a preposition or a question word: no direct objects.
    object: whether a pronoun follows the verb as its object.
    """

    verb: str
    before: tuple[str, ...]
    behind: tuple[str, ...]
    linked: tuple[bool, ...]
    object: bool


@lru_cache(maxsize=4096)
def _deeds(text: str) -> tuple[_Deed, ...]:
    words = tokens(text)
    found = [e for e in events(text) if e.finite and not e.passive]
    edges = [-1, *(e.index for e in found), len(words)]
    deeds = []
    for i, event in enumerate(found, 1):
        start = max(
            (j + 1 for j in range(edges[i - 1] + 1, event.index) if words[j].text in _BREAKS),
            default=edges[i - 1] + 1,
        )
        before = tuple(t.lemma for t in words[start : event.index] if _is_still(t))
        behind: list[tuple[str, bool]] = []
        link = False
        for t in words[event.index + 1 : edges[i + 1]]:
            # "ruled on Monday that the ministry": what dates a verb parts it from nothing.
            link = (
                (link or t.lower in _LINKS) and t.lower != "that" and not MOVABLE.fullmatch(t.lemma)
            )
            if _is_still(t):
                behind.append((t.lemma, link))
        follows = {t.lower for t in words[event.index + 1 : event.index + 2]}
        deeds.append(
            _Deed(
                event.verb,
                before,
                tuple(w for w, _ in behind),
                tuple(k for _, k in behind),
                bool(follows & _OBJECTS),
            )
        )
    return tuple(deeds)


def _is_still(word: Token) -> bool:
    return word.is_content and not MOVABLE.fullmatch(word.lemma)


_OBJECTS = frozenset("it them him her us me".split())
_RELATIVE = frozenset("who whom that which whose".split())


def fragment(sentence: str) -> bool:
    """Whether a draft is no sentence: no finite verb, or none outside a relative clause.

    "A deal that ends the strike." and "The third attack in two days." tell nothing.
    """
    words = tokens(sentence)
    found = [e.index for e in events(sentence) if e.finite]
    found += [i for i, t in enumerate(words) if t.lower in _VERBLIKE]
    return all(_RELATIVE & {t.lower for t in words[max(i - 2, 0) : i]} for i in found)


def bare(sentence: str, evidence: Sequence[str]) -> bool:
    """Whether a draft leaves out the article that every source has before its first two words.

    Or before the first two of whoever says something in it, or of what is said.
    """
    spoken = [c.speaker for c in claims(sentence) if c.speaker is not None]
    spoken += [span for c in claims(sentence) for span in c.claim]
    for phrase in (sentence, *(sentence[slice(*span)] for span in spoken)):
        opening = [t.lower for t in tokens(phrase)[:2]]
        before = [
            _article_before(found, i)
            for e in evidence
            for found in [tokens(e)]
            for i in range(len(found) - 1)
            if [t.lower for t in found[i : i + 2]] == opening
        ]
        if before and all(w in DETERMINERS for w in before):
            return True
    return False


def _article_before(words: Sequence[Token], i: int) -> str:
    """The word before a place, or the one before that where a modifier without capital is between.

    "the state-run Ostvale News" has its article as "the Ostvale News" has.
    """
    if i == 0:
        return ""
    near = words[i - 1]
    if i > 1 and near.is_content and "-" in near.text:
        return words[i - 2].lower
    return near.lower


def retitled(sentence: str, evidence: Sequence[str]) -> bool:
    """Whether somebody has an office before the name that no source has before or behind it."""
    held = [tuple(t.lower for t in tokens(e)) for e in evidence]
    words = tokens(sentence)
    return any(
        t.lower in TITLES
        and name.is_capital
        and any(name.lower in e for e in held)
        and not any(
            t.lower in e[max(i - 4, 0) : i + 6]
            for e in held
            for i, w in enumerate(e)
            if w == name.lower
        )
        for t, name in pairwise(words)
    )


def unnamed(sentence: str) -> bool:
    """Whether somebody is made to speak of an "it" or "they" that the draft does not name."""
    return any(
        claim.speaker is not None
        and any(re.match(r"\W*(?:it|they|them)\b", sentence[slice(*s)]) for s in claim.claim[:1])
        and not re.search(r"\b(?:company|group|party|ministry|agency|council)\b", sentence)
        for claim in claims(sentence)
    )


def misdone(sentence: str, evidence: Sequence[str]) -> bool:
    """Whether a draft has another doer before a verb, or another thing behind it, than any source.

    "Officials urge caution as protesters demand that governments act" does not carry "Governments
    urge caution", nor "reported highs in new cases" "reported new cases". The last content word
    before the draft's verb must stand before that verb in a source that has it with the same
    words, and the first behind it behind; a source with nothing before its verb decides nothing.
    """
    theirs = [d for e in evidence for d in _deeds(e)]
    for deed in _deeds(sentence):
        alike = [d for d in theirs if d.verb == deed.verb]
        if alike and not deed.object and all(d.object for d in alike):
            return True  # "could end it" is not "could end"
        same = [d for d in alike if set(d.behind) & set(deed.behind)]
        if not same:
            continue
        doers = [set(d.before[-_SUBJECT_REACH:]) for d in same]
        if deed.before and all(doers) and not any(deed.before[-1] in d for d in doers):
            return True
        if deed.behind and not any(_reaches(d, deed.behind[0], deed.linked[0]) for d in same):
            return True
    return False


def _reaches(deed: _Deed, thing: str, linked: bool) -> bool:
    near = zip(deed.behind[:_OBJECT_REACH], deed.linked, strict=False)
    return any(w == thing and (linked or not link) for w, link in near)


def misdated(sentence: str, evidence: Sequence[str]) -> bool:
    """Whether a weekday of a draft dates another verb than in any source.

    "They won two years ago, and Tuesday's vote shows why" does not carry "On Tuesday, they won".
    Of a draft's day the next verb counts where the day opens the sentence, else the nearest; the
    sources' verbs are the nearest on either side. A verb that no such source has decides nothing.
    """
    for day, verbs in _dated(sentence, opening=True):
        held = [(v, e) for e in evidence for d, v in _dated(e, opening=False) if d == day]
        known = [v for v, e in held if verbs & {x.verb for x in events(e)}]
        if known and not any(verbs & v for v in known):
            return True
    return False


def _dated(text: str, *, opening: bool) -> list[tuple[str, frozenset[str]]]:
    """Each weekday with the verbs it may date: one of a draft, the nearest two of a source."""
    words = tokens(text)
    found = [(e.index, e.verb) for e in events(text)]
    dated = []
    for i, word in enumerate(words):
        if word.lemma not in WEEKDAYS:
            continue
        behind = [(j - i, v) for j, v in found if j > i]
        before = [(i - j, v) for j, v in found if j < i and not _parted(words[j + 1 : i])]
        if opening:
            near = behind[:1] if i <= 1 else sorted([*before[-1:], *behind[:1]])[:1]
        else:
            joined = [(d, v) for d, v in behind[:1] if not _parted(words[i + 1 : i + d])]
            near = [*before[-1:], *joined]
        dated.append((word.lemma, frozenset(v for _, v in near)))
    return dated


def _parted(between: Sequence[Token]) -> bool:
    return any(t.text in _BREAKS for t in between)


def equated(sentence: str, evidence: Sequence[str]) -> bool:
    """Whether a draft says that something is something, and no source says so with a "be".

    "The senator's exit makes Harlan the nominee" does not carry "Senator Harlan is the nominee".
    What is said to be must stand behind a form of "be" in a source, and what it is said of before
    it. Names of what somebody is ("Harlan, a judge") carry it too.
    """
    theirs = [pair for e in evidence for pair in _equations(e, _SUBJECT_REACH)]
    for subjects, predicates in _equations(sentence, 2):
        carried = any(subjects & s and predicates & p for s, p in theirs)
        if not carried and not any(_apposed(subjects, predicates, e) for e in evidence):
            return True
    return False


def _equations(text: str, reach: int) -> list[tuple[frozenset[str], frozenset[str]]]:
    """(lemmas before, lemmas behind) of each "be" that no participle follows."""
    words = tokens(text)
    found = []
    for i, word in enumerate(words):
        if word.lower not in _BE:
            continue
        behind = [t for t in words[i + 1 :] if t.is_content]
        if not behind or re.search(r"(?:ed|ing|en)$", behind[0].lower):
            continue
        before = [t.lemma for t in words[:i] if _is_still(t)]
        found.append((frozenset(before[-reach:]), frozenset(t.lemma for t in behind[: reach - 1])))
    return found


def _apposed(subjects: frozenset[str], predicates: frozenset[str], text: str) -> bool:
    """Whether a text names somebody with what he is: "Judge Harlan", "Harlan, a judge"."""
    words = tokens(text)
    content = [(i, t.lemma) for i, t in enumerate(words) if t.is_content]
    return any(
        (a in predicates and b in subjects)
        or (a in subjects and b in predicates and _in_apposition(words[i + 1 : j]))
        for (i, a), (j, b) in pairwise(content)
    )


def _in_apposition(between: Sequence[Token]) -> bool:
    said = {t.lower for t in between}
    return "," in said and not said & {"and", "or"}


_APPOSITION = re.compile(r"([A-Z][\w’'-]+), (?:the |an? )?([a-z][\w’'-]*(?: [a-z][\w’'-]*)*),")


def respliced(sentence: str, evidence: Sequence[str]) -> bool:
    """Whether a draft calls somebody, between commas, what a source calls another of its list.

    "Ida Harlan, and writer Jo Straka" does not carry "Ida Harlan, the writer,".
    """
    for match in _APPOSITION.finditer(sentence):
        name = frozenset(t.lemma for t in tokens(match[1]))
        called = frozenset(t.lemma for t in tokens(match[2]) if t.is_content)
        if called and not any(_apposed(name, called, e) for e in evidence):
            return True
    return False


def unverbed(sentence: str, evidence: Sequence[str]) -> bool:
    """Whether a draft runs on to what a verb of its source acts on, and leaves the verb out.

    "funds the wall, strips taxes and raises the age" does not carry "funds the wall, taxes, and
    raises the age". Of two content words side by side in the draft, every source that has them in
    that order has a verb between them that acts on the second.
    """
    own = [t.lemma for t in tokens(sentence) if t.is_content]
    kept = set(own)
    for a, b in pairwise(own):
        found = [skipped for e in evidence if (skipped := _between(a, b, e)) is not None]
        if found and all(verbs and not verbs & kept for verbs in found):
            return True
    return False


def _between(a: str, b: str, text: str) -> frozenset[str] | None:
    """The finite verbs between two lemmas of a text where they are nearest; None if never so."""
    words = tokens(text)
    first = [i for i, t in enumerate(words) if t.lemma == a]
    second = [i for i, t in enumerate(words) if t.lemma == b]
    spans = [(j - i, i, j) for i in first for j in second if i < j]
    if not spans:
        return None
    _, start, end = min(spans)
    verbs = {
        e.index: e.verb for e in events(text) if e.finite and not e.passive and e.verb not in SAYING
    }
    if end in verbs:
        return frozenset()
    return frozenset(v for i, v in verbs.items() if start < i < end)


_PLACED = re.compile(
    r"\b(?:(in|at|into|from|to|with|against|by|for|of|on|under) )?(?:the )?([A-Z][\w’'-]+)"
)
_HEADS = 3  # content words before a source's preposition, one of which its phrase may belong to


def misplaced(sentence: str, evidence: Sequence[str]) -> bool:
    """Whether a name stands behind another preposition, or hangs on another word, than in a source.

    "He was charged by the House" does not carry "the trial begins in the House", nor "reduce its
    staff to equal the diplomats in the US" "reduce its staff in the US". A source that has the name
    with no preposition before it decides nothing; a phrase that opens the draft hangs on nothing.
    """
    held: dict[str, dict[str, set[str]]] = {}
    for e in evidence:
        for link, name, heads in _places(e, _HEADS):
            held.setdefault(name, {}).setdefault(link, set()).update(heads)
    for link, name, heads in _places(sentence, 1):
        if not link or name not in held or MOVABLE.fullmatch(name.lower()):
            continue
        if link not in held[name]:
            if "" not in held[name]:
                return True
        elif heads and not heads & held[name][link]:
            return True
    return False


def _places(text: str, reach: int) -> list[tuple[str, str, frozenset[str]]]:
    """Each name with the preposition before it, and the content lemmas before that."""
    words = [t for t in tokens(text) if _is_still(t)]
    return [
        (
            m[1] or "",
            m[2],
            frozenset(t.lemma for t in [w for w in words if w.end <= m.start()][-reach:]),
        )
        for m in _PLACED.finditer(text)
    ]


def wordless(sentence: str) -> bool:
    """Whether somebody is made to say a bare noun: "The candidate says government overreach"."""
    for claim in claims(sentence):
        said = " ".join(sentence[slice(*span)] for span in claim.claim)
        words = tokens(said)
        if claim.speaker is None or not words or re.search(r"[“”\"]", said):
            continue
        if not events(said) and not any(t.lower in _VERBLIKE for t in words):
            return True
    return False


_VERBLIKE = _BE | frozenset("has have had do does did will would can could may might must".split())


def tells(title: str) -> bool:
    """Whether a headline has a verb, and does not open with one as an order does."""
    found = events(title)
    return bool(found) and found[0].index > 0
