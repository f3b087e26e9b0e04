"""Claims that lose their speaker or change it between evidence and sentence.

Who says what in one text is read by speakers; whether two names are one is for roles.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from summarizer.facts.events import events
from summarizer.facts.names import known_names, names
from summarizer.facts.places import PLACES
from summarizer.facts.polarity import ALLEGING
from summarizer.facts.roles import matching, may_be_one, stands_for_others
from summarizer.facts.speakers import SAYING, Claim, claims, is_pronoun, left_open, said_spans
from summarizer.facts.text import CACHE, content, lemma, tokens
from summarizer.facts.verbs import DETERMINERS, is_participle
from summarizer.nlp.verbatim import quotes

Spans = Sequence[tuple[int, int]]


_A = frozenset("the a an his her its their , and of to".split())
_COLLECTIVE = frozenset(
    """embassy government company ministry union group board council party church charity bank court
    parliament agency association family team club staff""".split()
)
_OFFICIAL = frozenset(
    """police official authority prosecutor investigator lawyer attorney doctor officer expert
    researcher scientist republican democrat lawmaker leader aide source detective firefighter
    government company spokesman""".split()
)
"""Those for whom one of them with a name may speak."""


@lru_cache(maxsize=CACHE)
def _parted(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """The content lemmas of a sentence that someone in it says, and those that it states."""
    spans = said_spans(text)
    said: set[str] = set()
    stated: set[str] = set()
    for t in tokens(text):
        if t.is_content:
            (said if _within(t.start, spans) else stated).add(t.lemma)
    return frozenset(said), frozenset(stated)


def _alleges(text: str) -> bool:
    """Whether a sentence calls something alleged; "the suspect" is a man and alleges nothing."""
    words = tokens(text)
    return any(
        t.lemma in ALLEGING - {"claim"}
        and not (t.lemma == "suspect" and i and words[i - 1].lower in DETERMINERS)
        for i, t in enumerate(words)
    )


def _unnamed(text: str, known: frozenset[str]) -> frozenset[str]:
    """The content lemmas that a sentence states, without its names where two others remain."""
    found = names(text, known)
    flat = frozenset(
        t.lemma
        for t in tokens(text)
        if t.is_content and not any(n.start <= t.start < n.end for n in found)
    )
    return flat if len(flat) > 1 else _parted(text)[1]


def _within(at: int, spans: Spans) -> bool:
    return any(a <= at < b for a, b in spans)


def _lemmas(text: str, spans: Spans) -> frozenset[str]:
    return frozenset(t.lemma for t in tokens(text) if t.is_content and _within(t.start, spans))


def unattributed(sentence: str, evidence: Sequence[str]) -> Iterator[str]:
    """What a sentence states as fact and its evidence has only as someone's claim.

    evidence: single sentences. Two ways: a sentence without any attribution of which six content
    words in ten are found, and most of them only in claims; and an event of which every match in
    the evidence stands in a claim. What a person says of himself may be stated of him.
    """
    if not any(said_spans(text) for text in evidence):
        return
    spans = (*said_spans(sentence), *left_open(sentence))
    known = known_names((sentence, *evidence))
    subjects = [
        n.parts
        for n in names(sentence, known)
        if n.start == 0 and not n.text.endswith(("'s", "’s"))
    ]
    if (
        not claims(sentence)
        and not left_open(sentence)
        and not any(len(q.text.split()) > 2 for q in quotes(sentence))
    ):
        flat = _parted(sentence)[1]
        best = max(evidence, key=lambda text: len(_parted(text)[0] & flat))
        said = _parted(best)[0] & flat
        stated = max((_parted(text)[1] & flat for text in evidence), key=len)
        plain = _unnamed(sentence, known)
        if (
            len(flat) >= 2
            and len(said) >= 0.6 * len(flat)
            and len(stated) < 0.6 * len(flat)
            and all(len(_parted(text)[1] & plain) < 0.6 * len(plain) for text in evidence)
            and len(said - stated) >= 0.4 * len(flat)
            and not _alleges(sentence)
        ) and not _of_himself(best, subjects[:1], known):
            yield "stated as fact"
            return
    if _cut_off(sentence, evidence):
        yield "cut off from who says it"
        return
    words = tokens(sentence)
    for event, near in matching(sentence, evidence):
        token = words[event.index]
        if token.lemma in SAYING or _within(token.start, spans) or len(event.words) < 2:
            continue
        if not event.finite:
            continue
        if all(_within(tokens(t)[o.index].start, said_spans(t)) for o, t in near):
            told = event.words | {event.verb, event.subject.noun or event.verb}
            share = max(len(told & _parted(t)[0]) for _, t in near)
            if share >= max(3, 0.6 * len(told)) and not any(
                _of_himself(t, event.subject.heads or event.object.heads, known) for _, t in near
            ):
                yield token.text
                return


def _cut_off(sentence: str, evidence: Sequence[str]) -> bool:
    """Whether a sentence is a claim of one source almost word for word, without its speaker.

    It may hold a claim of its own ("he testified that …, according to a transcript"). A source that
    states as much without that speaker carries it.
    """
    whole, own = content(sentence), {t.lower for t in tokens(sentence)}
    if len(whole) < 4:
        return False
    found = False
    for text in evidence:
        if len(whole & content(text)) < 0.6 * len(whole):
            continue
        outer = [
            c
            for c in claims(text)
            if c.speaker
            and len(whole & _lemmas(text, c.claim)) >= 0.9 * len(whole)
            and not is_pronoun(text[slice(*c.speaker)])
            and not own & {t.lower for t in tokens(text[slice(*c.speaker)]) if t.lower not in _A}
        ]
        if not outer or len(claims(sentence)) >= len(claims(text)):
            return False
        found = True
    return found


def _of_himself(text: str, heads: Sequence[tuple[str, ...]], known: frozenset[str]) -> bool:
    """Whether a claim's speaker is the one it is told of; ", it said" is said by the subject."""
    own = next((n.parts for n in names(text, known) if text.count(" ", 0, n.start) < 4), None)
    if own is not None and any(may_be_one(h, own) for h in heads):
        spans = [c for c in claims(text) if c.claim[:1] and c.claim[0][0] == 0 and c.speaker]
        if any(is_pronoun(text[slice(*c.speaker)]) for c in spans if c.speaker):
            return True
    speakers = [n for c in claims(text) for n in _speaker(text, c, known)[-1:]]
    return any(may_be_one(h, s) for h in heads for s in speakers)


def misattributed_claims(sentence: str, evidence: Sequence[str]) -> Iterator[str]:
    """The speakers of a sentence whose claim the evidence gives to others.

    A claim of two content words or more is held against the evidence's claims that share half of
    them. Every speaker of these must be someone else: another name, or, for a description ("aid
    groups"), one that the evidence lets say something else. A pronoun may be anyone.
    """
    own = [c for c in claims(sentence) if c.speaker is not None]
    if not own:
        return
    theirs = [(text, c) for text in evidence for c in claims(text) if c.speaker]
    known = known_names((sentence, *evidence))
    for claim in own:
        said = _lemmas(sentence, claim.claim)
        if len(said) < 2:
            continue
        scored = [(len(said & _lemmas(text, c.claim)), text, c) for text, c in theirs]
        best = max((n for n, *_ in scored), default=0)
        if best < max(2, 0.5 * len(said)):
            continue
        close = [(text, c) for n, text, c in scored if n >= 0.6 * best]
        far = [(text, c) for text, c in theirs if (text, c) not in close]
        speaker = _speaker(sentence, claim, known) or _land(sentence, claim, known)
        noun = _described(sentence, claim)
        if all(
            _is_another(speaker, text, c, known)
            if speaker
            else noun is not None and _is_other_body(noun, text, c, evidence, far)
            for text, c in close
        ):
            yield sentence[slice(*claim.speaker)] if claim.speaker else ""


def _is_another(
    speaker: Sequence[tuple[str, ...]], text: str, claim: Claim, known: frozenset[str]
) -> bool:
    """Whether a source's claim is by someone else than a named speaker."""
    if _elsewhere(speaker, text, known):
        return False
    their = _speaker(text, claim, known)
    lands, theirs = _lands(speaker), _lands(_all_names(text, claim, known))
    if lands and theirs and len(lands) == len(speaker):
        return not any(may_be_one(a, b) for a in lands for b in theirs)
    if their:
        return not any(may_be_one(s, t) for s in speaker for t in their)
    # Several who have no name ("officials") are no one person.
    noun = _described(text, claim)
    return (
        noun is not None
        and noun != _singular(noun)
        and all(len(s) > 1 and not stands_for_others(s) for s in speaker)
    )


def _lands(found: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """The names of countries and places among these."""
    return [parts for parts in found if all(p in PLACES for p in parts)]


def _land(text: str, claim: Claim, known: frozenset[str]) -> list[tuple[str, ...]]:
    """The country that is the speaker itself: "Russia said", not "an Oklahoma resident said"."""
    if claim.speaker is None:
        return []
    phrase = f"so {text[slice(*claim.speaker)]}"
    found = names(phrase, known)
    whole = len(found) == 1 and found[0].end == len(phrase) and found[0].start <= len("so the ")
    return _lands([found[0].parts]) if whole else []


def _all_names(text: str, claim: Claim, known: frozenset[str]) -> list[tuple[str, ...]]:
    if claim.speaker is None:
        return []
    return [n.parts for n in names(f"so {text[slice(*claim.speaker)]}", known)]


def _is_other_body(
    noun: str,
    text: str,
    claim: Claim,
    evidence: Sequence[str],
    far: Sequence[tuple[str, Claim]],
) -> bool:
    """Whether a source's claim is not by those whom a noun names, who do something elsewhere."""
    single = _singular(noun)
    several = noun != single or single in _COLLECTIVE
    if claim.speaker is None or not several or single in _OFFICIAL:
        return False
    if any(t.lemma == single for t in tokens(text)):
        return False
    if is_pronoun(text[slice(*claim.speaker)]):
        return False
    speaks = any(_singular(_described(t, c) or "") == single for t, c in far)
    return speaks or any(_opens_with(other, single) for other in evidence if other != text)


def _opens_with(text: str, noun: str) -> bool:
    """Whether a noun is among the first words of a sentence: its subject, or near it."""
    return any(t.lemma == noun for t in tokens(text)[:4])


def _described(text: str, claim: Claim) -> str | None:
    """The last word of a speaker who is described and not named: "groups" of "aid groups"."""
    if claim.speaker is None:
        return None
    head = text[slice(*claim.speaker)].split(",")[0]
    words = tokens(head)
    if not words or is_pronoun(head) or len(words) > 6:
        return None
    last = words[-1]
    opens = len(words) == 1 and claim.speaker[0] == 0
    if not last.is_content or not (last.text.islower() or opens) or is_participle(last):
        return None
    return last.lower


def _singular(noun: str) -> str:
    return lemma(noun)


def _elsewhere(speaker: Sequence[tuple[str, ...]], text: str, known: frozenset[str]) -> bool:
    """Whether the sentence that holds the claim names the speaker too, among those who speak."""
    spans = [c.speaker for c in claims(text) if c.speaker]
    return any(
        may_be_one(s, n.parts)
        for s in speaker
        for n in names(text, known)
        if any(a <= n.start < b for a, b in spans)
    )


def _speaker(text: str, claim: Claim, known: frozenset[str]) -> list[tuple[str, ...]]:
    """The names that tell a speaker apart; none for a pronoun or a description.

    Of "Priya Menon, who led the trial," the name before the comma; of the second of two verbs with
    one subject ("Draye condemned the law and said") that subject.
    """
    if claim.speaker is None:
        return []
    phrase = text[slice(*claim.speaker)]
    if is_pronoun(phrase):
        return []
    head = phrase.split(",")[0]
    found = names(f"so {head}", known)
    if not found or found[-1].end < len(f"so {head}"):
        owner = all(n.text.endswith(("'s", "’s", "s'", "s’")) for n in found)
        if (found and not owner) or "," not in phrase:
            return _subject(text, claim, known)
        head = phrase.split(",")[1].strip()
        found = names(f"so {head}", known)
    if not found or any(n.text.endswith(("'s", "’s", "s'", "s’")) for n in found) or " of " in head:
        return []
    return [n.parts for n in found if not stands_for_others(n.parts)]


def _subject(text: str, claim: Claim, known: frozenset[str]) -> list[tuple[str, ...]]:
    """The names that head the subject of a claim's verb, by the reading of events."""
    words = tokens(text)
    end = claim.speaker[1] if claim.speaker else 0
    index = next((i for i, t in enumerate(words) if t.start >= end and t.lemma == claim.verb), None)
    if index is None:
        return []
    told = [e for e in events(text, known) if e.subject.known]
    if words[index - 1].lower in ("and", "but"):
        found = [e for e in told if e.index == index]
    elif words[index].lower.endswith("ing"):
        found = [e for e in told if e.index < index][-1:]
    else:
        found = []
    return [h for e in found[:1] for h in e.subject.heads if not stands_for_others(h)]
