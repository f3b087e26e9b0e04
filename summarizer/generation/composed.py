"""A whole text from numbered evidence: what is asked for, and which sentence tells which claim.

Whether a sentence may stand is `verify`'s, as for any draft.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from nupunkt import sent_spans

from summarizer.backends import Commission
from summarizer.config import Config
from summarizer.types import Embedded, Planned

_SENTENCE_WORDS = 22  # words of a sentence of news, where the length is asked in sentences
_MARK = re.compile(r"\s*\[(\d+(?:\s*[,;–-]\s*\d+)*)\]")
_END = re.compile(r"[.!?…][\"'”’)]*$")
_GOES_ON = re.compile(r"[\s\[\d\],;–-]*[a-z]")
_SPAN = re.compile(r"(\d+)\s*[–-]\s*(\d+)")
_LIST = re.compile(r"^(?:[-*•]|\d+[.)])\s+")


@dataclass(frozen=True, slots=True)
class Marked:
    """A sentence of a composed text, without its marks.

    claims: indices of the claims that its marks name, in the order of the marks; none where it has
    no mark, or only marks of claims that were not asked for.
    """

    text: str
    claims: tuple[int, ...]


def commission(
    embedded: Embedded, planned: Sequence[Planned], words: int, seed: int, config: Config
) -> Commission:
    """What a composer is asked for: a text of about `words` words that tells these claims.

    Where the length is asked in sentences, that counts.
    """
    sentences = embedded.sentences
    return Commission(
        tuple(
            tuple(sentences[r].text for r in p.rows[: config.selection.evidence_rows])
            for p in planned
        ),
        words if config.sentences is None else config.sentences * _SENTENCE_WORDS,
        seed,
    )


def marked(text: str, claims: int) -> tuple[Marked, ...]:
    """The sentences of a composed text, in order, each with the claims that its marks name.

    claims: how many were asked for; marks of others are dropped. A mark belongs to the sentence
    that it stands in or follows; one that opens a line, to the sentence after it.
    """
    return tuple(m for line in text.splitlines() for m in _line(line.strip(), claims))


def _line(line: str, claims: int) -> list[Marked]:
    line = _LIST.sub("", line)
    bare, marks, ends = "", [], [0]
    last = 0
    for match in _MARK.finditer(line):
        bare += line[last : match.start()]
        marks.append((len(bare), match[1]))
        last = match.end()
        # A mark after a full stop ends its sentence, whatever the stop is for ("6 a.m. [1]").
        if _END.search(bare) and not _GOES_ON.match(line[last:]):
            ends.append(len(bare))
    bare += line[last:]
    ends.append(len(bare))
    spans = [
        (begin + start, begin + start + len(bare[begin + start : begin + end].rstrip()))
        for begin, stop in pairwise(ends)
        for start, end in sent_spans(bare[begin:stop])
        if bare[begin + start : begin + end].strip()
    ]
    told: list[dict[int, None]] = [{} for _ in spans]
    opening = bool(marks) and not bare[: marks[0][0]].strip()
    for at, numbers in marks:
        if opening:
            owner = next((i for i, (_, end) in enumerate(spans) if at < end), None)
        else:
            owner = next((i for i, (start, _) in reversed([*enumerate(spans)]) if start < at), None)
        if owner is not None:
            told[owner].update(dict.fromkeys(n - 1 for n in _numbers(numbers)))
    return [
        Marked(bare[start:end].strip(), tuple(c for c in named if 0 <= c < claims))
        for (start, end), named in zip(spans, told, strict=True)
    ]


def _numbers(numbers: str) -> list[int]:
    """The numbers of a mark: "1, 3" and "2-4" name several."""
    found = []
    for part in re.split(r"[,;]", numbers):
        span = _SPAN.search(part)
        if span is None:
            found.append(int(part))
        else:
            found.extend(range(int(span[1]), min(int(span[2]), int(span[1]) + 8) + 1))
    return found


def joined(planned: Sequence[Planned], order: float) -> Planned:
    """Claims that one sentence tells, as one: the first, with the source sentences of all."""
    rows = tuple(dict.fromkeys(r for p in planned for r in p.rows))
    return replace(planned[0], rows=rows, order=order)


def orders(sentences: Sequence[Marked], planned: Sequence[Planned]) -> list[float]:
    """The places of a text's sentences: those of their first claims, given out as the text goes."""
    return sorted(planned[m.claims[0]].order for m in sentences)
