"""What a composer is asked for: reports of one event, what they differ on, a sentence once more.

Whether a sentence of its text is kept is settled in pipeline.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence

from summarizer.backends import Commission, Report
from summarizer.schema import Article, Disagreement
from summarizer.text.sentences import split
from summarizer.types import Embedded, Planned

SENTENCE_WORDS = 22
"""Words of a sentence of news, where the length is asked in sentences."""

_INITIALS = re.compile(r"\b([A-Z]\.) (?=[A-Z]\.)")
"""Between the letters of an abbreviation: models write "U. S." for "U.S."."""

_OF_REPORTS = re.compile(
    r"\b(?:[Tt]he|[Tt]hese|[Bb]oth|[Tt]wo) reports\b|\bReport \d|^The summary\b"
)
"""How a model speaks of what it was given, and not of the event."""

_LIST = re.compile(r"^(?:[-*•–—]|\d+[.)]|#+)\s+")


def seed_of(story_id: str, seed: int, evidence: Sequence[str]) -> int:
    """A seed in [0, 2**31) for what is asked over evidence, the same wherever it is in a batch."""
    digest = hashlib.blake2b(digest_size=8)
    for part in (story_id, str(seed), *evidence):
        digest.update(part.encode("utf-8", "surrogatepass"))
        digest.update(b"\0")
    return int.from_bytes(digest.digest(), "big") % 2**31


def evidence_rows(planned: Sequence[Planned], embedded: Embedded, most_words: int) -> list[int]:
    """The source sentences that a composer reads, in the articles' order.

    planned: claims, the most salient first; of each the rows that it is told by and its companions.
    most_words: of all of them; the first claim is read whatever its length.
    """
    taken: dict[int, None] = {}
    used = 0
    for plan in planned:
        fresh = [r for r in plan.read if r not in taken]
        length = sum(len(embedded.sentences[r].text.split()) for r in fresh)
        if taken and used + length > most_words:
            continue
        taken.update(dict.fromkeys(fresh))
        used += length
    return sorted(taken)


def commission(
    story_id: str,
    rows: Sequence[int],
    embedded: Embedded,
    outlets: Mapping[str, str],
    disagreements: Sequence[Disagreement],
    words: int,
    seed: int,
) -> Commission:
    """A text of about `words` words over source sentences `rows`, report by report.

    outlets: article id -> the name by which its report is called. disagreements: of the story.
    """
    reports: dict[str, list[str]] = {}
    for r in rows:
        sentence = embedded.sentences[r]
        reports.setdefault(sentence.article, []).append(sentence.text)
    evidence = [embedded.sentences[r].text for r in rows]
    return Commission(
        tuple(Report(outlets[a], tuple(sentences)) for a, sentences in reports.items()),
        tuple(_differing(d, outlets) for d in disagreements),
        words,
        seed_of(story_id, seed, evidence),
    )


def _differing(disagreement: Disagreement, outlets: Mapping[str, str]) -> str:
    """One line: "people injured: 12 (Ledger), 14 (Courier)"."""
    values = []
    for value in disagreement.values:
        who = value.speaker or outlets[value.citations[0].article]
        values.append(f"{value.value} ({who})")
    return f"{disagreement.about}: {', '.join(values)}"


def sentences_of(text: str) -> list[str]:
    """The sentences of a composed text, without list marks.

    Left out: one that was cut off, and one that speaks of the reports and not of the event.
    """
    lines = (_INITIALS.sub(r"\1", _LIST.sub("", line.strip())) for line in text.splitlines())
    article = Article(text="\n\n".join(lines))
    whole = (".", "!", "?", '"', "”", "'", "’")
    found = (s.text for s in split(article, ()) if s.field == "text")
    return [
        s for s in found if s.endswith(whole) and len(s.split()) > 2 and not _OF_REPORTS.search(s)
    ]
