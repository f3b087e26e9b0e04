"""Makes false sentences of true ones, an error of a known kind each: for tests and for training.

Finds its places by patterns of its own, so that what nlp overlooks is not overlooked here too.
"""

# ruff: noqa: E501 - a pattern is read whole
from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from random import Random
from typing import Literal

from benchmarks.perturb_words import CITIES, COUNTRIES, FIRST, ING_PAST, OTHER_WORD, PAST, REVERSE
from summarizer.schema import Problem

Training = Literal["seen", "unseen"]

KINDS: dict[str, tuple[Problem, Training]] = {
    "number changed": ("number", "seen"),
    "number of another noun": ("number", "seen"),
    "number in wrong words": ("number", "unseen"),
    "bound dropped": ("number", "unseen"),
    "name of the evidence": ("name", "seen"),
    "name of another story": ("name", "seen"),
    "first name added": ("name", "unseen"),
    "date changed": ("date", "seen"),
    "quotation altered": ("quotation", "seen"),
    "quotation shortened": ("quotation", "unseen"),
    "negation added": ("negation", "seen"),
    "negation removed": ("negation", "seen"),
    "comparative reversed": ("negation", "unseen"),
    "role swapped": ("role", "seen"),
    "subjects merged": ("role", "unseen"),
    "speaker dropped": ("speaker", "seen"),
    "speaker swapped": ("speaker", "unseen"),
    "modality dropped": ("modality", "seen"),
    "allegation dropped": ("modality", "unseen"),
    "detail of another story": ("name", "seen"),
}
"""Each kind: the problem it should be called, and whether the judge's training may see it."""


@dataclass(frozen=True, slots=True)
class Perturbed:
    """A false sentence, the kind of its error, the true one, and the evidence of both."""

    kind: str
    sentence: str
    original: str
    evidence: tuple[str, ...]

    @property
    def problem(self) -> Problem:
        """The problem that the error should be called."""
        return KINDS[self.kind][0]

    @property
    def seen(self) -> bool:
        """Whether training may use errors of this kind."""
        return KINDS[self.kind][1] == "seen"


_WORDS = "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen twenty".split()
_FIGURE = re.compile(
    r"(?<![\w.,$€£/#-])(?<!\d )(\d{1,3}(?:,\d{3})+|\d+)(?![\w,./:-]|\.\d|[–—]\d)(?!\s*(?:%|[ap]\.?m\b|million|billion|thousand))"
)
_COUNT_WORD = re.compile(
    rf"\b({'|'.join(_WORDS)})\b(?= [a-z]+s\b| people| men| women| children)(?![-\s](?:hundred|thousand|million|dozen))",
    re.IGNORECASE,
)
_UNCOUNTED = re.compile(r"(?:[A-Z][a-z]+|[Ww]eek|[Dd]ay|No\.|age|Page|[a-z]\.|#) $")
_LOOSE = re.compile(
    r"(?:less than|fewer than|under|up to|at most|below|over|more than|nearly|almost|at least|about|some) $"
)
_UPPER = re.compile(r"(?:less than|fewer than|under|up to|at most|below|nearly|almost) $")
_WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_MONTHS = """January February March April May June July August September October November
December""".split()
_PERSON = re.compile(r"(?<![\w'’-])([A-Z][a-z]+) ([A-Z][a-zA-Z]+(?:-[A-Z][a-z]+)?)(?![\w-]| [A-Z])")
_PLACE = re.compile(rf"(?<![\w'’-])(?:{'|'.join(sorted(COUNTRIES | CITIES))})(?![\w-]| [A-Z])")
_QUOTED = re.compile(r"[\"“]([^\"“”]+)[\"”]")
_DROPPABLE = re.compile(
    r"\b(?:very|really|never|not|always|just|so|most|too|also|only|extremely|completely|totally|deeply|absolutely|simply|truly|still|even|already|quite|rather|much) "
)
_AUXILIARY = re.compile(
    r"\b(is|was|are|were|has|have|had|will|would|can|could|did|does|should)\b(?! not|n['’]t| n[o]\b)(?= [a-z])"
)
_NOT = re.compile(
    r"\b(is|was|are|were|has|have|had|will|would|can|could|should)(?: not|n['’]t)\b(?! only)"
)
_DID_NOT = re.compile(r"\b(?:did not|didn['’]t) ([a-z]{3,})\b")
_TRANSITIVE = (
    """sued sues beat beats defeated defeats accused accuses praised praises criticized criticizes arrested
    replaced replaces fired fires endorsed endorses attacked attacks invaded invades bombed bombs killed kills shot
    helped helps hired hires honored honors thanked thanks rescued blamed blames urged urges threatened
    threatens follows followed succeeded supports supported opposed opposes backed condemned warned warns bought
    buys kidnapped seized dropped named targeted leads led overtook trails trailed dismissed appointed"""
).split()
_CAPITAL = r"[A-Z][a-zA-Z]+(?: (?:of (?:the )?)?[A-Z][a-zA-Z]+){0,3}"
_PAIR = re.compile(
    rf"(?:(?<=^)|(?<=^The )|(?<=, )|(?<=; )|(?<=that ))(?P<a>{_CAPITAL}) "
    rf"(?P<verb>(?:has |have |had |is |was |were |are )?(?:{'|'.join(_TRANSITIVE)})(?: by)?) "
    rf"(?P<b>{_CAPITAL})(?![\w'’-])(?! [a-z]+(?:er|or|ist|man)\b)"
)
_SAYS_FIRST = re.compile(
    r"^(?:[A-Z][^,;:\"“”]{2,60}?)(?<! was)(?<! were)(?<! is) (?:said|says|told reporters|announced|claimed|argued|insisted|warned)"
    r"(?: on [A-Z][a-z]+day)?(?: that (?=[a-zA-Z])| (?=(?:the|a|an|his|her|its|their|no|many|most|some) [a-z]+ (?:is|are|was|were|has|have|had|will|would|could|can) ))"
)
_SAYS_LAST = re.compile(
    r",[\"”]? (?:[A-Za-z][^,;:\"“”]{2,60}? (?:said|says)(?: [A-Z][a-z]+day| on [A-Z][a-z]+day)?|(?:said|says) (?:[A-Z]|an? |the )[^,;\"“”]{2,60}|according to [^,;\"“”]{2,60})\.?$"
)
_NO_VERB = (
    "the|not|also|only|still|even|ever|soon|now|then|never|have|be|all|have|its|his|her|their|a|an"
)
_MODAL = re.compile(
    rf"\b(?P<cue>may|might|could) (?P<aux>have been |have |be )?(?P<verb>(?!(?:{_NO_VERB})\b)[a-z]{{3,}})\b(?<!ly)"
)
_PLANS = re.compile(
    r"\b(?P<be>is |are |was |were )?(?P<cue>plans?|planned|expected|hopes?|wants?|threatened|threatens|intends?|seeks?|scheduled|likely)"
    rf" to (?P<aux>be |have )?(?P<verb>(?!(?:{_NO_VERB})\b)[a-z]{{3,}})\b(?<!ly)"
)
_ALLEGED = re.compile(
    r"\b(?P<article>an |a )?(?:allegedly|reportedly|alleged|suspected) (?=(?P<next>[a-z])[a-z]+)"
)
_ACCUSED = re.compile(
    r"\b(?:has been|have been|is|was|are|were|been) accused of (?P<verb>[a-z]{3,}ing)\b"
)
_REVERSIBLE = {
    "before": r" (?:the|a|his|her|their|its) ", "after": r" (?:the|a|his|her|their|its) ",
    "more": r" than ", "less": r" than ", "fewer": r" than ", "guilty": r" (?:of|to|in)\b",
    "likely": r" (?:to|will)\b", "unlikely": r" (?:to|will)\b", "later": r"[ .,]", "earlier": r"[ .,]",
    "best": r" (?!known|to|of|for)[a-z]+", "worst": r" (?!known|to|of|for)[a-z]+",
    "opened": r" (?:the|a|its|his|her|on|in)\b", "closed": r" (?:the|a|its|his|her|on|in)\b",
}  # fmt: skip
_BOUND = re.compile(r"\b(?:more than|at least|fewer than|less than|nearly|up to) (?=\d)")
_FIRST_NAMES = ("Harold", "Marian", "Edgar", "Bertram", "Imogen", "Clement")


def _people(texts: Sequence[str]) -> list[str]:
    found = {m.group() for t in texts for m in _PERSON.finditer(t) if m[1] in FIRST}
    return sorted(f for f in found if f.split()[1] not in FIRST or f.split()[0] in FIRST)


def _places(texts: Sequence[str], among: frozenset[str]) -> list[str]:
    return sorted({m.group() for t in texts for m in _PLACE.finditer(t)} & among)


def _quoted_before(s: str, at: int) -> bool:
    return bool(re.search(r"[\"“][^\"”]*$", s[:at]))


def _put(text: str, span: tuple[int, int], new: str) -> str:
    out = text[: span[0]] + new + text[span[1] :]
    return out[:1].upper() + out[1:]


def _past(verb: str) -> str:
    if verb in PAST:
        return PAST[verb]
    if verb.endswith("e"):
        return verb + "d"
    return verb[:-1] + "ied" if re.search(r"[^aeiou]y$", verb) else verb + "ed"


def _number(s: str, evidence: Sequence[str], rng: Random) -> Iterator[tuple[str, str]]:
    months = "|".join(m[:3] for m in _MONTHS)
    figures = [
        m
        for m in _FIGURE.finditer(s)
        if not re.fullmatch(r"1[5-9]\d\d|20\d\d", m[1])
        and not re.search(rf"(?:{months})\w*\.? $", s[: m.start()])
        and not _UNCOUNTED.search(s[: m.start()])
        and not _quoted_before(s, m.start())
    ]
    there = {f.group(1) for e in evidence for f in _FIGURE.finditer(e)}
    for match in figures:
        value = int(match[1].replace(",", ""))
        before = s[: match.start()]
        new = value + rng.choice([1, 2, 3, 5, 7]) * max(1, 10 ** (len(str(value)) - 2))
        if str(new) not in there and f"{new:,}" not in there and not _UPPER.search(before):
            yield (
                "number changed",
                _put(s, match.span(), f"{new:,}" if "," in match[1] else str(new)),
            )
        if 2 <= value <= 15 and not _LOOSE.search(before):
            wrong = rng.choice([w for i, w in enumerate(_WORDS, 2) if i != value])
            yield "number in wrong words", _put(s, match.span(), wrong)
        others = sorted(there - {match[1]} - {f[1] for f in figures})
        others = [
            o
            for o in others
            if not re.fullmatch(r"1[5-9]\d\d|20\d\d", o)
            and o not in s
            and 0.1 < int(o.replace(",", "")) / max(1, value) < 10
            and not any(re.search(rf"\b{o}\b[^.]{{0,30}}{re.escape(w)}", e) for e in evidence
                        for w in re.findall(r"[a-z]{4,}", s[match.end() :])[:1])
        ]  # fmt: skip
        if others and not _LOOSE.search(before):
            yield "number of another noun", _put(s, match.span(), rng.choice(others))
    for match in _COUNT_WORD.finditer(s):
        lower = {w.lower() for e in evidence for w in re.findall(r"\w+", e)}
        instead = [w for w in _WORDS if w != match[1].lower() and w not in lower]
        if not _UNCOUNTED.search(s[: match.start()]) and not _UPPER.search(s[: match.start()]):
            yield "number changed", _put(s, match.span(), rng.choice(instead))
    for match in _BOUND.finditer(s):
        yield "bound dropped", _put(s, match.span(), "")


def _name(
    s: str, evidence: Sequence[str], others: Sequence[str], rng: Random
) -> Iterator[tuple[str, str]]:
    for match in _PERSON.finditer(s):
        if match[1] not in FIRST or _quoted_before(s, match.start()):
            continue
        near = [p for p in _people(evidence) if p.split()[1] not in s and p.split()[0] != match[1]]
        if near:
            yield "name of the evidence", _put(s, match.span(), rng.choice(near))
        foreign = [
            p for p in _people(others) if not any(w in e for w in p.split() for e in evidence)
        ]
        if foreign:
            yield "name of another story", _put(s, match.span(), rng.choice(foreign))
    for match in _PLACE.finditer(s):
        among = COUNTRIES if match.group() in COUNTRIES else CITIES
        if _quoted_before(s, match.start()) or re.search(r"[A-Z]\w*,? $", s[: match.start()]):
            continue
        near = [p for p in _places(evidence, among) if p not in s]
        if near:
            yield "name of the evidence", _put(s, match.span(), rng.choice(near))
        foreign = [p for p in _places(others, among) if not any(p[:5] in e for e in (*evidence, s))]
        if foreign:
            yield "name of another story", _put(s, match.span(), rng.choice(foreign))
    for person in _people(evidence):
        surname = person.split()[1]
        for match in re.finditer(
            rf"(?<![A-Z][a-z] )(?<![\w.] )(?:^|(?<=[a-z,] )){surname}(?= [a-z]+)", s
        ):
            if not re.search(r"[A-Z][\w.]* $", s[: match.start()]):
                yield (
                    "first name added",
                    _put(s, match.span(), f"{rng.choice(_FIRST_NAMES)} {surname}"),
                )
    end = re.search(r"(?<=[a-z])\.?$", s)
    far = [
        p
        for p in _places(others, COUNTRIES | CITIES)
        if not any(p[:5] in e for e in (*evidence, s))
    ]
    closing = s[-60:]
    if far and end and not re.search(r"\b(?:says?|said|in|at|near|on)\b|[\"”]|\w+ly\b", closing):
        yield "detail of another story", f"{s[: end.start()]} in {rng.choice(far)}{end.group()}"


def _date(s: str, evidence: Sequence[str], rng: Random) -> Iterator[tuple[str, str]]:
    for kind in (_WEEKDAYS, _MONTHS[:4] + _MONTHS[5:]):
        for match in re.finditer(rf"\b(?:{'|'.join(kind)})\b(?! [A-Z])", s):
            if kind is not _WEEKDAYS and not re.search(
                r"\b(?:in|on|since|until|by|of|last|next) $|\d $", s[: match.start()]
            ):
                continue
            free = [d for d in kind if not any(d[:3] in e for e in evidence) and d != match.group()]
            if free:
                yield "date changed", _put(s, match.span(), rng.choice(free))
    for match in re.finditer(r"(?<=\bin )(?:19|20)\d\d\b", s):
        new = str(int(match.group()) + rng.choice([-3, -2, -1, 1]))
        if not any(new in e for e in evidence):
            yield "date changed", _put(s, match.span(), new)


def _quotation(s: str, rng: Random) -> Iterator[tuple[str, str]]:
    for match in _QUOTED.finditer(s):
        if len(match[1]) < 12:
            continue
        words = [w for w in re.finditer(r"[a-z]+", match[1]) if w.group() in OTHER_WORD]
        if words:
            word = rng.choice(words)
            at = match.start(1) + word.start()
            yield (
                "quotation altered",
                _put(s, (at, at + len(word.group())), OTHER_WORD[word.group()]),
            )
        for gone in _DROPPABLE.finditer(match[1]):
            # What is left of a quotation cut at its end is quoted right, unless a denial is cut off.
            if gone.start() == 0 and gone.group().strip() not in ("not", "never"):
                continue
            at = match.start(1) + gone.start()
            yield "quotation shortened", _put(s, (at, at + len(gone.group())), "")


def _negation(s: str, rng: Random) -> Iterator[tuple[str, str]]:
    added = [
        m
        for m in _AUXILIARY.finditer(s)
        if not _quoted_before(s, m.start())
        and not re.search(
            r"(?:\b(?:if|whether|where|what|how|than|why|as|who|that|which)(?: \w+)?|[?,]) $",
            s[: m.start()],
        )
        and not re.match(r" (?:he|she|it|they|you|we|the|a|an|only|more|even)\b", s[m.end() :])
    ]
    if added and not re.search(r"(?i)\b(?:not|no|never|nor|none)\b|n['’]t|\?", s):
        match = rng.choice(added)
        yield "negation added", _put(s, match.span(), match.group() + " not")
    for match in _NOT.finditer(s):
        if not _quoted_before(s, match.start()) and "?" not in s:
            yield "negation removed", _put(s, match.span(), match[1])
    for match in _DID_NOT.finditer(s):
        if not _quoted_before(s, match.start()):
            yield "negation removed", _put(s, match.span(), _past(match[1]))
    for match in re.finditer(r"\b[a-z]+\b", s):
        word = match.group()
        if word not in REVERSE or _quoted_before(s, match.start()):
            continue
        if not re.match(_REVERSIBLE.get(word, ""), s[match.end() :]):
            continue
        if re.search(r"\b(?:no|not|n['’]t|at|one of the|be) $", s[: match.start()]):
            continue
        yield "comparative reversed", _put(s, match.span(), REVERSE[word])


def _role(s: str, evidence: Sequence[str], rng: Random) -> Iterator[tuple[str, str]]:
    for match in _PAIR.finditer(s):
        a, b = match["a"], match["b"]
        if a == b or {*a.split(), *b.split()} & {
            *_WEEKDAYS,
            *_MONTHS,
            "The",
            "He",
            "She",
            "It",
            "They",
            "But",
        }:
            continue
        yield "role swapped", _put(s, match.span(), f"{b} {match['verb']} {a}")
    lead = _PERSON.match(s)
    if (
        lead
        and lead[1] in FIRST
        and re.match(
            r" (?!who\b)(?:[a-z]+ed|will|won|lost|took|made|said|told|wrote|left|died|came|could|may|did) ",
            s[lead.end() :],
        )
    ):
        free = [p for p in _people(evidence) if not set(p.split()) & set(re.findall(r"\w+", s))]
        if free:
            yield "subjects merged", f"{lead.group()} and {rng.choice(free)}{s[lead.end() :]}"


def _speaker(s: str, evidence: Sequence[str], rng: Random) -> Iterator[tuple[str, str]]:
    first, last = _SAYS_FIRST.match(s), _SAYS_LAST.search(s)
    rest = s[first.end() :] if first else s[: last.start()] + "." if last else ""
    if (
        len(rest.split()) >= 6
        and not re.match(r"(?:he|she|they|it|to|in|on|if|that|the same)\b", rest)
        and not re.search(r"[\"“”]", rest)
        and "?" not in rest
    ):
        yield "speaker dropped", rest[:1].upper() + rest[1:]
    span = first or last
    if span:
        named = [m for m in _PERSON.finditer(span.group()) if m[1] in FIRST]
        free = [p for p in _people(evidence) if p.split()[1] not in s]
        if named and free:
            at = span.start() + named[-1].start()
            yield "speaker swapped", _put(s, (at, at + len(named[-1].group())), rng.choice(free))


def _modality(s: str, rng: Random) -> Iterator[tuple[str, str]]:
    for match in _MODAL.finditer(s):
        if _quoted_before(s, match.start()) or re.search(
            r"\b(?:if|when|whether|what|how|who|which|I|we|you) $", s[: match.start()]
        ):
            continue
        yield "modality dropped", _put(s, match.span(), _flat(match, s))
    for match in _PLANS.finditer(s):
        if _quoted_before(s, match.start()) or re.search(
            r"\b(?:be|been|the|its|his|her|their|a|not) $|n['’]t $", s[: match.start()]
        ):
            continue
        yield "modality dropped", _put(s, match.span(), _flat(match, s))
    for match in _ALLEGED.finditer(s):
        article = match["article"] or ""
        if article:
            article = "an " if match["next"] in "aeiou" else "a "
        if not _quoted_before(s, match.start()):
            yield "allegation dropped", _put(s, match.span(), article)
    for match in _ACCUSED.finditer(s):
        past = ING_PAST.get(match["verb"])
        if past:
            yield "allegation dropped", _put(s, match.span(), past)


def _flat(match: re.Match[str], s: str) -> str:
    """The verb of an open or planned act as something that happened."""
    aux, verb = (match["aux"] or "").strip(), match["verb"]
    subject = re.findall(r"\w+", s[: match.start()])[-1:]
    plural = bool(subject) and (subject[0].endswith("s") or subject[0] in ("people", "they"))
    if aux == "have been":
        return f"{'were' if plural else 'was'} {verb}"
    if aux == "have":
        return f"had {verb}"
    if aux == "be":
        return f"{'were' if plural else 'was'} {verb}"
    return _past(verb)


def perturb(
    sentence: str, evidence: Sequence[str], others: Sequence[str] = (), *, rng: Random
) -> Iterator[Perturbed]:
    """Yield false variants of a true sentence, at most one of each kind.

    evidence: what carries the sentence. others: sentences of other stories, to take names and
    details from; without them the kinds that need them are left out. rng decides every choice.
    """
    makers: tuple[Callable[[], Iterator[tuple[str, str]]], ...] = (
        lambda: _number(sentence, evidence, rng),
        lambda: _name(sentence, evidence, others, rng),
        lambda: _date(sentence, evidence, rng),
        lambda: _quotation(sentence, rng),
        lambda: _negation(sentence, rng),
        lambda: _role(sentence, evidence, rng),
        lambda: _speaker(sentence, evidence, rng),
        lambda: _modality(sentence, rng),
    )
    done: set[str] = set()
    for maker in makers:
        for kind, text in maker():
            if kind not in done and text != sentence:
                done.add(kind)
                yield Perturbed(kind, " ".join(text.split()), sentence, tuple(evidence))
