"""A training pair, what makes one honest, and the evidence for a target sentence.

Plain text in, plain text out; the training itself is in backends/train_writer.py. What evidence
does not carry is left out here, because a pair that adds a fact teaches invention.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from nupunkt import sent_spans

from summarizer.backends.standin import content_words
from summarizer.backends.train_writer import Pair
from summarizer.nlp import parse, well_formed
from summarizer.nlp.overlap import common_run
from summarizer.verification.alignment import CARRIED, align
from summarizer.verification.checks import Source, findings

MAX_EVIDENCE = 4
MIN_WORDS, MAX_WORDS = 8, 45  # of a sentence; a headline has 4 to 16
_COVERED = 0.75  # share of the target's content words that the evidence holds
_GAIN = 2  # content words that one more evidence sentence must add, or one name or number
_COPIED = 0.8  # more of a target in one run of an evidence sentence teaches copying
_LOST = frozenset({"negation", "modality", "condition", "speaker"})  # what no target may lose


def is_carried(pair: Pair, most_copied: float = _COPIED) -> bool:
    """Whether the evidence holds all that the target says, and the target is not just a copy.

    Every number, name, date and quotation must stand in the evidence (verification.checks), and
    three quarters of the content words; longer runs of one sentence than 80 % are copies.
    """
    words = content_words(pair.target)
    length = len(pair.target.split())
    low, high = (4, 16) if pair.task == "title" else (MIN_WORDS, MAX_WORDS)
    if not pair.evidence or not words or not low <= length <= high:
        return False
    if pair.task == "sentence" and not well_formed.stands(pair.target):
        return False
    covering = {w for e in pair.evidence for w in content_words(e)}
    if sum(w in covering for w in words) < _COVERED * len(words):
        return False
    own = pair.target.casefold().split()
    if any(common_run(own, e.casefold().split()) > most_copied * length for e in pair.evidence):
        return False
    parsed, *held = parse([pair.target, *pair.evidence])
    lost = {mismatch.kind for mismatch in align(parsed, held).mismatches}
    return not (lost & _LOST or findings(parsed, [Source(p) for p in held]))


def is_close(pair: Pair) -> bool:
    """Whether the target also keeps to what its evidence puts together, as a kept draft must.

    People's fusions often do not: they carry the evidence over into words of their own. A small
    writer learns from those to invent, and from close ones to say what verification lets stand.
    """
    parsed, *held = parse([pair.target, *pair.evidence])
    alignment = align(parsed, held)
    new = sum(word.relation not in CARRIED for word in alignment.words)
    return new <= (1 if pair.task == "title" else 2) and not alignment.mismatches


def evidence_for(target: str, articles: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Greedy cover: sentences that add most of the target's words not yet held, rare ones first.

    The best sentence of another article is added even where it adds no word: what several outlets
    say is what the writer will be given to fuse.
    """
    pool = [(i, s, set(content_words(s))) for i, body in enumerate(articles) for s in body]
    often = Counter(w for _, _, words in pool for w in words)
    wanted = {w: 1 / (1 + often[w]) ** 0.5 for w in content_words(target)}
    chosen: list[tuple[int, str, set[str]]] = []
    missing = set(wanted)
    vital = {
        w for t in target.split() if t[:1].isupper() or t[:1].isdigit() for w in content_words(t)
    }
    while len(chosen) < MAX_EVIDENCE and missing:
        best = max(
            (p for p in pool if p not in chosen and len(p[1].split()) <= 80),
            key=lambda p: sum(wanted[w] for w in p[2] & missing),
            default=None,
        )
        gain = best[2] & missing if best else set()
        if best is None or not (len(gain) >= _GAIN or gain & vital or (gain and not chosen)):
            break
        chosen.append(best)
        missing -= gain
    used = {i for i, _, _ in chosen}
    others = [p for p in pool if p[0] not in used and len(p[1].split()) <= 80]
    also = max(others, key=lambda p: sum(wanted[w] for w in p[2] & set(wanted)), default=None)
    if also and len(chosen) < MAX_EVIDENCE and len(also[2] & set(wanted)) >= 0.4 * len(wanted):
        chosen.append(also)
    return once(s for _, s, _ in chosen)


def sentences_of(text: str) -> list[str]:
    """The sentences of an article, white space made plain."""
    return [
        plain(line[start:end])
        for line in text.splitlines()
        for start, end in sent_spans(line)
        if line[start:end].strip()
    ]


def plain(text: str) -> str:
    """`text` with every run of white space as one space."""
    return " ".join(text.split())


def once(texts: Iterable[str]) -> tuple[str, ...]:
    """The texts that have words, each once, in their order."""
    return tuple(dict.fromkeys(plain(t) for t in texts if t.strip()))
