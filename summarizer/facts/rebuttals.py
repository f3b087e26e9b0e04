"""Claims given to those who dispute them, and bodies' claims given to strangers.

Who says what is read by speakers; whether one named speaker stands for another is for attribution.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from summarizer.facts.names import known_names, names, root
from summarizer.facts.roles import may_be_one, stands_for_others
from summarizer.facts.speakers import Claim, claims, left_open, said_spans
from summarizer.facts.text import CACHE, Token, content, tokens
from summarizer.facts.verbs import AUXILIARY, is_participle, is_verb

_DISPUTE = frozenset("deny dispute reject doubt contest contradict refute rebut".split())
_BODIES = frozenset(
    """ministry company agency embassy union party court parliament council firm bank commission
    committee church charity association network army navy""".split()
)
_OFFICES = frozenset(
    """spokesman spokeswoman spokesperson president minister director chief head chairman
    chairwoman chair executive ceo secretary leader owner founder lawyer attorney general commander
    ambassador mayor governor boss manager officer""".split()
)
_MORE = frozenset("very too so quite more less most still also now".split())
_ENDS = frozenset(". , ; : ! ? and or but that because in for to at on when if as than".split())
_WHAT = frozenset("it that this them those the his her their , .".split())


@lru_cache(maxsize=CACHE)
def disputers(text: str) -> frozenset[str]:
    """The lemmas of those who dispute what else a sentence tells: "which his lawyers deny".

    A verb of dispute counts whose object is told before it, or stands for it ("it", "the charge").
    """
    words = tokens(text)
    out: set[str] = set()
    for i, word in enumerate(words):
        if word.lemma not in _DISPUTE or not word.text.islower() or i < 2:
            continue
        behind = words[i + 1].lower if i + 1 < len(words) else "."
        if any(w.lower in ("saying", "adding", "insisting") for w in words[i + 1 : i + 4]):
            continue
        if behind not in _WHAT or (behind == "that" and words[min(i + 2, len(words) - 1)].is_word):
            continue
        j = i - 1
        while j > 0 and (words[j].lower in AUXILIARY or words[j].lower.endswith("ly")):
            j -= 1
        if words[j].is_content and words[j].is_word:
            out.add(words[j].lemma)
    return frozenset(out)


def claimed_by_disputers(sentence: str, evidence: Sequence[str]) -> Iterator[str]:
    """The speakers of a sentence who in the evidence dispute what they are made to say."""
    for claim in claims(sentence):
        if claim.speaker is None:
            continue
        head = [t for t in tokens(sentence[slice(*claim.speaker)].split(",")[0]) if t.is_content]
        said = lemmas(sentence, claim)
        if not head or len(said) < 2:
            continue
        for text in evidence:
            if head[-1].lemma not in disputers(text):
                continue
            best = max(claims(text), key=lambda c: len(said & lemmas(text, c)), default=None)
            if best is None or best.speaker is None:
                continue
            if len(said & lemmas(text, best)) < max(2, 0.5 * len(said)):
                continue
            if not any(t.lemma == head[-1].lemma for t in tokens(text[slice(*best.speaker)])):
                yield sentence[slice(*claim.speaker)]
                return


def judged(sentence: str, evidence: Sequence[str]) -> Iterator[str]:
    """What a sentence says something is, where the evidence has that only as somebody's word.

    "The dam is unsafe" is too short for its words to be counted against "she said it was unsafe".
    """
    if claims(sentence) or left_open(sentence):
        return
    for noun, quality in _judgements(sentence, said=False):
        held = [
            (_judgements(text, said=False), _judgements(text, said=True))
            for text in evidence
            if noun in content(text)
        ]
        said = any((noun, quality) in told for _, told in held)
        if said and not any(quality in {q for _, q in stated} for stated, _ in held):
            yield quality


@lru_cache(maxsize=CACHE)
def _judgements(text: str, *, said: bool) -> frozenset[tuple[str, str]]:
    """Pairs of a noun and the adjective that it is said to be, inside claims or outside."""
    words = tokens(text)
    spans = said_spans(text)
    out: set[tuple[str, str]] = set()
    for i, word in enumerate(words):
        if word.lower not in ("is", "are", "was", "were", "be") or i < 1 or i + 1 >= len(words):
            continue
        if _within(word, spans) != said:
            continue
        j = i + 1
        while j + 1 < len(words) and (words[j].lower.endswith("ly") or words[j].lower in _MORE):
            j += 1
        quality = words[j]
        after = words[j + 1].lower if j + 1 < len(words) else "."
        if not (quality.is_content and quality.text.islower()) or is_participle(quality):
            continue
        if quality.lower.endswith("ing") or after not in _ENDS:
            continue
        k = i - 1
        while k > 0 and (words[k].lower in AUXILIARY or words[k].lower.endswith("ly")):
            k -= 1
        # "The dam at Orm was unsafe": what is judged may stand a little before the verb.
        for noun in words[max(0, k - 5) : k + 1] if said else (words[k],):
            if noun.is_content and noun.text.islower() and (not said or _within(noun, spans)):
                out.add((noun.lemma, quality.lemma))
    return frozenset(out)


def claimed_by_strangers(sentence: str, evidence: Sequence[str]) -> Iterator[str]:
    """The persons of a sentence who say what in the evidence a body says that they have no tie to.

    A tie is a sentence that has the person with the body's noun, or with an office and a name of
    the body's own.
    """
    known = known_names((sentence, *evidence))
    for claim in claims(sentence):
        if claim.speaker is None:
            continue
        start, end = claim.speaker
        persons = [
            n for n in names(sentence, known)
            if start <= n.start and n.end == end and len(n.parts) > 1
            and not stands_for_others(n.parts) and "of" not in n.text.split()
        ]  # fmt: skip
        said = lemmas(sentence, claim)
        if len(persons) != 1 or len(said) < 2:
            continue
        scored = [(len(said & lemmas(t, c)), t, c) for t in evidence for c in claims(t)]
        best = max((n for n, *_ in scored), default=0)
        if best < max(2, 0.5 * len(said)):
            continue
        bodies = [_body(t, c) for n, t, c in scored if n >= 0.6 * best]
        if bodies and all(
            body is not None and not _tied(persons[0].parts, body, evidence, known)
            for body in bodies
        ):
            yield persons[0].text
            return


def _body(text: str, claim: Claim) -> tuple[str, frozenset[str]] | None:
    """The noun of the body that makes a claim and the other words before it, or None."""
    if claim.speaker is None:
        return None
    words = tokens(text[slice(*claim.speaker)])
    end = next((i for i in range(1, len(words)) if is_verb(words, i)), len(words))
    if end < len(words) and words[-1].lower not in ("and", "but"):
        return None
    if not end or words[end - 1].lemma not in _BODIES or any(w.text == "," for w in words[:end]):
        return None
    return words[end - 1].lemma, frozenset(root(w.text) for w in words[: end - 1] if w.is_capital)


def _tied(
    person: tuple[str, ...],
    body: tuple[str, frozenset[str]],
    evidence: Sequence[str],
    known: frozenset[str],
) -> bool:
    noun, owners = body
    met = False
    for text in evidence:
        if not any(may_be_one(person, n.parts) for n in names(text, known)):
            continue
        met = True
        words = tokens(text)
        if any(w.lemma == noun for w in words):
            return True
        office = any(w.lemma in _OFFICES for w in words)
        if office and (not owners or any(root(w.text) in owners for w in words)):
            return True
    return not met


def lemmas(text: str, claim: Claim) -> frozenset[str]:
    """The content lemmas of what is claimed."""
    return frozenset(t.lemma for t in tokens(text) if t.is_content and _within(t, claim.claim))


def _within(token: Token, spans: Sequence[tuple[int, int]]) -> bool:
    return any(a <= token.start < b for a, b in spans)
