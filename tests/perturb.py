"""Makes false sentences of true ones, an error of a known kind each: for tests and for training.

Finds its places by patterns of its own, so that what facts overlooks is not overlooked here too.
"""

# ruff: noqa: E501 - a pattern is read whole
from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from random import Random
from typing import Literal

from summarizer.story import Problem

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
_FIGURE = re.compile(r"(?<![\w.,$€£/-])(\d{1,3}(?:,\d{3})+|\d+)(?![\w,./:-]|\.\d|[–—]\d)(?!\s*%)")
_COUNT_WORD = re.compile(
    rf"(?i)\b({'|'.join(_WORDS)})\b(?![-\s](?:hundred|thousand|million|dozen))"
)
_NAME = re.compile(r"(?<![.?!:\"“] )(?<!^)(?<![\w'’.-])[A-Z][a-z]+(?: [A-Z][a-z]+){0,2}(?![\w-])")
_LEADING_NAME = re.compile(r"^[A-Z][a-z]+ [A-Z][a-z]+(?= [a-z])")
_WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_MONTHS = """January February March April May June July August September October November
December""".split()
_CALENDAR = {
    *_WEEKDAYS,
    *_MONTHS,
    "Mr",
    "Mrs",
    "Ms",
    "Dr",
    "President",
    "Sen",
    "Rep",
    "The",
    "He",
    "She",
}
_QUOTED = re.compile(r"[\"“]([^\"“”]{12,})[\"”]")
_AUXILIARY = re.compile(
    r"\b(is|was|are|were|has|have|had|will|would|can|could|did|does|should)\b(?! not|n['’]t| n[o]\b)"
)
_NOT = re.compile(r"\b(is|was|are|were|has|have|had|will|would|can|could|should)(?: not|n['’]t)\b")
_DID_NOT = re.compile(r"\b(?:did not|didn['’]t) ([a-z]{3,})\b")
_BY = re.compile(
    r"^(?P<a>[A-Z][\w.'’ ]+?) (?P<verb>(?:was |were |is |are )?[a-z]+(?:ed|s)(?: by)?) (?P<b>[A-Z][a-z]+(?: [A-Z][a-z]+)*)(?=[ .,]|$)"
)
_PAIR = re.compile(
    r"(?P<a>[A-Z][a-z]+(?: [A-Z][a-z]+)*) (?P<verb>(?:has |have |had |was |were |is |are )?[a-z]+(?:ed|s|t|w)(?: (?:by|for|from|with|against|to))?) "
    r"(?P<b>[A-Z][a-z]+(?: [A-Z][a-z]+)*)(?![\w'’])"
)
_SYMMETRIC = re.compile(
    r"\b(met|meets|with|married|divorced|says|said|tells|announced|and|vs|joined|marries)\b"
)
_SAYS_FIRST = re.compile(
    r"^(?:[A-Z][^,;:\"“”]{2,60}?) (?:said|says|told reporters|announced|claimed|claims|argued|insisted|warned)"
    r"(?: on [A-Z][a-z]+)?(?: that)? (?=[a-zA-Z])"
)
_SAYS_LAST = re.compile(
    r",[\"”]? (?:[A-Za-z][^,;:\"“”]{2,60}? (?:said|says)|(?:said|says) [^,;\"“”]{2,60}|according to [^,;\"“”]{2,60})\.?$"
)
_MODAL = re.compile(r"\b(?:may|might|could) (?:have )?(be |been )?([a-z]{3,})\b")
_PLANS = re.compile(
    r"\b(?:plans?|planned|expected|hopes?|wants?|threatened|threatens|intends?|seeks?) to (be |have )?([a-z]{3,})\b"
)
_ALLEGED = re.compile(r"\b(?:allegedly|reportedly|alleged|suspected) ")
_ACCUSED = re.compile(r"\b(is|was|are|were|been) accused of ([a-z]+ing)\b")
_REVERSE = {
    "more": "fewer", "fewer": "more", "less": "more", "rose": "fell", "fell": "rose", "rise": "fall",
    "increase": "decrease", "increased": "decreased", "higher": "lower", "lower": "higher",
    "supports": "opposes", "supported": "opposed", "opposed": "supported", "opposes": "supports",
    "approved": "rejected", "rejected": "approved", "won": "lost", "lost": "won", "wins": "loses",
    "loses": "wins", "before": "after", "after": "before", "largest": "smallest", "praised": "criticized",
    "criticized": "praised", "confirmed": "denied", "passed": "defeated", "upheld": "overturned",
}  # fmt: skip
_PLACE = re.compile(r"\b(?:in|near|at) (?:[A-Z][a-z]+)(?: [A-Z][a-z]+)*\b")
_BOUND = re.compile(r"\b(?:more than|at least|fewer than|less than|nearly|up to) (?=\d)")
_FIRST_NAMES = ("Harold", "Marian", "Edgar", "Louise", "Bertram", "Imogen")


def _names_of(texts: Sequence[str]) -> list[str]:
    found = [m.group() for t in texts for m in _NAME.finditer(t)]
    return sorted({n for n in found if not set(n.split()) & _CALENDAR})


def _put(text: str, span: tuple[int, int], new: str) -> str:
    out = text[: span[0]] + new + text[span[1] :]
    return out[:1].upper() + out[1:]


def _number(s: str, evidence: Sequence[str], rng: Random) -> Iterator[tuple[str, str]]:
    figures = [m for m in _FIGURE.finditer(s) if not re.fullmatch(r"1[5-9]\d\d|20\d\d", m[1])]
    figures = [
        m
        for m in figures
        if not re.search(rf"(?:{'|'.join(m_[:3] for m_ in _MONTHS)})\w*\.? $", s[: m.start()])
    ]
    there = {f.group(1) for e in evidence for f in _FIGURE.finditer(e)}
    for match in figures:
        value = int(match[1].replace(",", ""))
        new = value + rng.choice([1, 2, 3, 5, 7]) * max(1, 10 ** (len(str(value)) - 2))
        if str(new) not in there:
            yield (
                "number changed",
                _put(s, match.span(), f"{new:,}" if "," in match[1] else str(new)),
            )
        if 2 <= value <= 15:
            wrong = rng.choice([w for i, w in enumerate(_WORDS, 2) if i != value])
            yield "number in wrong words", _put(s, match.span(), wrong)
        others = sorted(there - {match[1]} - {f[1] for f in figures})
        others = [o for o in others if not re.fullmatch(r"1[5-9]\d\d|20\d\d", o)]
        if others:
            yield "number of another noun", _put(s, match.span(), rng.choice(others))
    for match in _COUNT_WORD.finditer(s):
        lower = {w.lower() for e in evidence for w in e.split()}
        wrong = [w for w in _WORDS if w != match[1].lower() and w not in lower]
        yield "number changed", _put(s, match.span(), rng.choice(wrong))
    for match in _BOUND.finditer(s):
        yield "bound dropped", _put(s, match.span(), "")


def _name(
    s: str, evidence: Sequence[str], others: Sequence[str], rng: Random
) -> Iterator[tuple[str, str]]:
    mine, theirs = _names_of([s]), _names_of(evidence)
    foreign = [n for n in _names_of(others) if not any(w in e for w in n.split() for e in evidence)]
    for match in _NAME.finditer(s):
        if set(match.group().split()) & _CALENDAR:
            continue
        words = set(match.group().split())
        near = [n for n in theirs if not set(n.split()) & words and not any(n in m or m in n for m in mine)
                and len(n.split()) == len(words)]  # fmt: skip
        if near:
            yield "name of the evidence", _put(s, match.span(), rng.choice(near))
        if foreign:
            yield "name of another story", _put(s, match.span(), rng.choice(foreign))
        if len(words) == 1 and re.search(rf"{match.group()} (?:said|says|told)\b", s):
            yield (
                "first name added",
                _put(s, match.span(), f"{rng.choice(_FIRST_NAMES)} {match.group()}"),
            )
    if foreign:
        places = [p for o in others for p in _PLACE.findall(o) if not any(p in e for e in evidence)]
        places = [p for p in places if not set(p.split()) & _CALENDAR]
        end = re.search(r"[.\"”]*$", s)
        if places and end:
            yield (
                "detail of another story",
                s[: end.start()] + " " + rng.choice(places) + end.group(),
            )


def _date(s: str, evidence: Sequence[str], rng: Random) -> Iterator[tuple[str, str]]:
    for kind in (_WEEKDAYS, _MONTHS[:4] + _MONTHS[5:]):
        for match in re.finditer(rf"\b(?:{'|'.join(kind)})\b", s):
            free = [d for d in kind if not any(d in e for e in evidence) and d != match.group()]
            if free:
                yield "date changed", _put(s, match.span(), rng.choice(free))
    for match in re.finditer(r"(?<=\bin )(?:19|20)\d\d\b", s):
        new = str(int(match.group()) + rng.choice([-3, -2, -1, 1]))
        if not any(new in e for e in evidence):
            yield "date changed", _put(s, match.span(), new)


def _quotation(s: str, rng: Random) -> Iterator[tuple[str, str]]:
    for match in _QUOTED.finditer(s):
        words = list(re.finditer(r"[A-Za-z]{4,}", match[1]))
        if len(words) < 3:
            continue
        word = rng.choice(words[1:-1])
        at = match.start(1) + word.start()
        span = (at, at + len(word.group()))
        new = rng.choice(
            [w for w in ("really", "future", "country", "trouble", "believe") if w != word.group()]
        )
        yield "quotation altered", _put(s, span, new)
        yield "quotation shortened", _put(s, (span[0], span[1] + 1), "")


def _negation(s: str, rng: Random) -> Iterator[tuple[str, str]]:
    added = [m for m in _AUXILIARY.finditer(s) if not re.search(r"[\"“][^\"”]*$", s[: m.start()])]
    if added and not re.search(r"(?i)\b(?:not|no|never|nor)\b|n['’]t", s):
        match = rng.choice(added)
        yield "negation added", _put(s, match.span(), match.group() + " not")
    for match in _NOT.finditer(s):
        yield "negation removed", _put(s, match.span(), match[1])
    for match in _DID_NOT.finditer(s):
        yield "negation removed", _put(s, match.span(), f"did {match[1]}")
    for match in re.finditer(r"\b[a-z]+\b", s):
        if match.group() in _REVERSE and not re.search(r"[\"“][^\"”]*$", s[: match.start()]):
            if match.group() in ("after", "before", "more", "less") and not re.match(
                r" (?:than|the|a|he|she|they|[a-z]+s)\b", s[match.end() :]
            ):
                continue
            yield "comparative reversed", _put(s, match.span(), _REVERSE[match.group()])


def _role(s: str, evidence: Sequence[str], rng: Random) -> Iterator[tuple[str, str]]:
    for match in _PAIR.finditer(s):
        a, b = match["a"], match["b"]
        if _SYMMETRIC.search(match["verb"]) or a == b or {*a.split(), *b.split()} & _CALENDAR:
            continue
        yield "role swapped", _put(s, match.span(), f"{b} {match['verb']} {a}")
    lead = _LEADING_NAME.match(s)
    if lead:
        free = [
            n
            for n in _names_of(evidence)
            if len(n.split()) == 2 and not set(n.split()) & set(s.split())
        ]
        if free:
            yield "subjects merged", f"{lead.group()} and {rng.choice(free)}{s[lead.end() :]}"


def _speaker(s: str, evidence: Sequence[str], rng: Random) -> Iterator[tuple[str, str]]:
    first, last = _SAYS_FIRST.match(s), _SAYS_LAST.search(s)
    rest = s[first.end() :] if first else s[: last.start()] + "." if last else ""
    if (
        len(rest.split()) >= 5
        and not re.match(r"(?:he|she|they|it|to|in|on)\b", rest)
        and rest.count('"') % 2 == 0
    ):
        yield "speaker dropped", rest[:1].upper() + rest[1:]
    span = first or last
    if span:
        names = list(re.finditer(r"[A-Z][a-z]+(?: [A-Z][a-z]+)+", span.group()))
        free = [n for n in _names_of(evidence) if len(n.split()) == 2 and n not in s]
        if names and free:
            at = span.start() + names[-1].start()
            yield "speaker swapped", _put(s, (at, at + len(names[-1].group())), rng.choice(free))


def _modality(s: str, rng: Random) -> Iterator[tuple[str, str]]:
    for match in _MODAL.finditer(s):
        verb = match[2]
        if match[1] or verb in ("not", "have"):
            new = f"was {verb}" if verb not in ("not", "have") else ""
        else:
            new = _third(verb)
        if new:
            yield "modality dropped", _put(s, match.span(), new)
    for match in _PLANS.finditer(s):
        if not match[1] and not re.search(r"\b(?:is|are|was|were|be|been) $", s[: match.start()]):
            yield "modality dropped", _put(s, match.span(), _third(match[2]))
    for match in _ALLEGED.finditer(s):
        yield "allegation dropped", _put(s, match.span(), "")
    for match in _ACCUSED.finditer(s):
        yield "allegation dropped", _put(s, match.span(), f"{match[1]} {match[2]}")


def _third(verb: str) -> str:
    if verb.endswith(("s", "sh", "ch", "x", "o")):
        return verb + "es"
    return verb[:-1] + "ies" if re.search(r"[^aeiou]y$", verb) else verb + "s"


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
