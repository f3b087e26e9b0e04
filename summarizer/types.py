"""The values that pass between stages: source sentences, claims, plans, verdicts.

Frozen dataclasses; what goes over the wire is in schema.py.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from summarizer.schema import Problem, SourceSentence, State

Progress = Callable[[str, int, int], None]
"""Called with (what is done, how far, of how many); a total of 0 is one that is not known."""


def silent(what: str, done: int, total: int) -> None:
    """A `Progress` that reports to nobody: done of total, in whatever is counted."""


# --- evidence ------------------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class Embedded:
    """Sentences of one story with their vectors; row i embeds sentence i.

    vectors: (n_sentences, dim) float32, rows of unit length; made read-only. Raises ValueError
    for another number of rows.
    """

    sentences: tuple[SourceSentence, ...]
    vectors: NDArray[np.float32]

    def __post_init__(self) -> None:
        shape, n = self.vectors.shape, len(self.sentences)
        if len(shape) != 2 or shape[0] != n:
            raise ValueError(
                f"{n} sentences but vectors have shape {shape}; row i must embed sentence i"
            )
        self.vectors.setflags(write=False)

    @cached_property
    def article_rows(self) -> Mapping[str, tuple[int, ...]]:
        """The rows of each article's sentences, in order."""
        rows: dict[str, list[int]] = {}
        for i, s in enumerate(self.sentences):
            rows.setdefault(s.article, []).append(i)
        return {article: tuple(r) for article, r in rows.items()}


def unit_mean(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """The unit mean of (n, dim) rows; zeros for no rows."""
    if not len(vectors):
        return np.zeros(vectors.shape[1], dtype=np.float32)
    mean: NDArray[np.float32] = vectors.mean(axis=0)
    length = float(np.linalg.norm(mean))
    return mean / length if length > 0 else mean


@dataclass(frozen=True, slots=True)
class Evidence:
    """The sentences of all articles that make one claim.

    rows: indices into the story's sentences, the leader first, then the nearest to it.
    articles: ids of the articles that make the claim, in the story's order.
    independent: how many of them did not take it from another (at least 1).
    primary: the one interview, statement or document that all its articles rest on, or None.
    """

    rows: tuple[int, ...]
    articles: tuple[str, ...]
    independent: int
    primary: str | None = None


@dataclass(frozen=True, eq=False, slots=True)
class Grouped:
    """A story's evidence, and what must be known of its articles.

    copies: article id -> id of the article whose text it prints.
    strangers: outliers, article id -> why it was set aside.
    passages: (n_sentences,) int64; sentences that are one text share a number.
    warnings: what could not be decided or was not considered.
    opinions: ids of articles that argue, and whose own word is no report.
    comments: rows whose own words are an opinion that no speaker owns.
    coloured: (n_sentences,) the chance that a sentence's own words judge, in [0, 1].
    primaries: row -> the interview, statement or document that the sentence names, in words.
    outdated: rows that tell how things stood, and stand no more by a later article.
    latest: ids of the last reports, where the story runs for days.
    """

    embedded: Embedded
    evidence: tuple[Evidence, ...]
    copies: Mapping[str, str]
    strangers: Mapping[str, str]
    passages: NDArray[np.int64]
    warnings: tuple[str, ...]
    opinions: frozenset[str]
    comments: frozenset[int]
    coloured: NDArray[np.float64]
    primaries: Mapping[int, str]
    outdated: frozenset[int] = frozenset()
    latest: frozenset[str] = frozenset()

    def independent(self, rows: Sequence[int]) -> int:
        """How many independent sources sentences `rows` have: see `independent_sources`."""
        sentences = self.embedded.sentences
        return independent_sources(rows, sentences, self.passages, self.copies, self.primaries)

    def is_early(self, row: int) -> bool:
        """Whether a sentence is of an earlier report of a story that runs for days."""
        return bool(self.latest) and self.embedded.sentences[row].article not in self.latest

    def plan(self, rows: Sequence[int], order: float) -> Planned:
        """The plan of a sentence that rests on `rows` and has its place in the text already."""
        unique = tuple(dict.fromkeys(rows))
        articles = tuple(dict.fromkeys(self.embedded.sentences[r].article for r in unique))
        evidence = Evidence(unique, articles, self.independent(unique))
        return Planned(evidence, unique, order)

    def primary(self, rows: Sequence[int]) -> str | None:
        """The primary source that sentences `rows` of several articles all rest on, or None."""
        return shared_primary(rows, self.embedded.sentences, self.primaries)


@dataclass(frozen=True, slots=True)
class Planned:
    """One claim that the summary is to tell.

    evidence: the claim. rows: its source sentences, the one that tells it best first.
    order: sorts the summary's sentences; the lead has the least.
    companions: sentences near the claim that no planned claim tells; a composer may take them in.
    answers: the rows of the claim that it answers: where that is told, this must be, too.
    """

    evidence: Evidence
    rows: tuple[int, ...]
    order: float
    companions: tuple[int, ...] = ()
    answers: tuple[int, ...] = ()

    @property
    def read(self) -> tuple[int, ...]:
        """The rows that a composer reads: the claim's own, then its companions."""
        return (*self.rows, *self.companions)


@dataclass(frozen=True, slots=True)
class Update:
    """A count that a later report gives anew.

    about: what is counted, in the plural ("people killed"). early, late: rows of the sentences that
    give the earlier and the newest figure. early_wording: the earlier one as written there.
    """

    about: str
    early: int
    late: int
    early_value: float
    late_value: float
    early_wording: str


# --- verification --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a sentence says and its sources do not.

    rule: the check's id, as in "numbers.missing". problem: of the closed list. start, end:
    half-open code points of the sentence, the words at fault. message: one plain sentence for a
    reader. instead: what the sources say in its place, in their words, or None.
    """

    rule: str
    problem: Problem
    start: int
    end: int
    message: str
    instead: str | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether evidence carries a sentence.

    support: in [0, 1]. supported: no finding, and enough support. findings: the words at fault;
    where the sentence does not hold as a whole and no word could be named, one for all of it.
    reservations: of a supported sentence, where its parse and the evidence's part all the same:
    who did it, whether it is so, whose word it is, and words without a counterpart. related:
    whether the evidence has a counterpart for a clause that says more than who says it.
    """

    support: float
    supported: bool
    findings: tuple[Finding, ...]
    reservations: tuple[Finding, ...] = ()
    related: bool = True


Pair = tuple[str, Sequence[str]]
"""A text and its evidence sentences."""

Verify = Callable[[Sequence[Pair]], Sequence[Verdict]]
"""A verdict for each pair, which does not depend on the other pairs."""


# --- citations -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Asked:
    """A text for which carriers are looked for.

    rows: the candidates, indices into `sentences`, best first. own: the row it was cut from.
    cited: rows that it is cited to already; those of one article are tried together first.
    """

    text: str
    rows: tuple[int, ...]
    sentences: Sequence[SourceSentence]
    own: int | None = None
    cited: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Carried:
    """What carries a text.

    rows: to cite, the smallest set that carries it first; empty if nothing does. verdict: on that
    set; where nothing carries the text, on the rows that come nearest, perhaps by contradicting it.
    full: for each article whose own sentences carry all of it, the fewest that do. states: of each
    article that has a candidate. partly: where nothing carries all of it, the rows that carry part
    and may be cited. near: for each article that carries part of it or contradicts it, the
    row by which it does.
    """

    rows: tuple[int, ...]
    verdict: Verdict
    full: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    states: Mapping[str, State] = field(default_factory=dict)
    partly: tuple[int, ...] = ()
    near: Mapping[str, tuple[int, ...]] = field(default_factory=dict)

    @property
    def confirming(self) -> tuple[int, ...]:
        """The rows by which articles carry all of it: what independent sources are counted of."""
        return tuple(r for rows in self.full.values() for r in rows)


FindCarriers = Callable[[Sequence[Asked]], Sequence[Carried]]
"""What carries each text: `citations.carriers` with its verifier."""


# --- how many independent sources a text has -----------------------------------------------------


def independent_sources(
    rows: Sequence[int],
    sentences: Sequence[SourceSentence],
    passage: NDArray[np.int64],
    copied: Mapping[str, str],
    primaries: Mapping[int, str] | None = None,
) -> int:
    """How many independent sources `rows` have, at least 1.

    passage: (n_sentences,), sentences that are one text share a number. copied: copy -> original.
    primaries: row -> the primary source that it names. One text printed by many counts once:
    articles are joined if one is a copy of the other or if their rows are one passage. Articles all
    of whose rows name one primary source are that source: five papers that quote one interview are
    one, whatever else they have of their own.
    """
    named = primaries or {}
    articles = list(dict.fromkeys(sentences[r].article for r in rows))
    parent = {a: a for a in articles}

    def root(a: str) -> str:
        while parent[a] != a:
            a = parent[a]
        return a

    first: dict[object, str] = {}
    for r in rows:
        article = sentences[r].article
        for key in (int(passage[r]), copied.get(article, article)):
            other = first.setdefault(key, article)
            parent[root(article)] = root(other)
    behind: dict[str, set[str | None]] = {}
    for r in rows:
        behind.setdefault(root(sentences[r].article), set()).add(named.get(r))
    sources = {
        ("primary", *own) if len(own) == 1 and None not in own else ("article", joined)
        for joined, own in behind.items()
    }
    return max(1, len(sources))


def shared_primary(
    rows: Sequence[int], sentences: Sequence[SourceSentence], primaries: Mapping[int, str]
) -> str | None:
    """The primary source that `rows` all name, if they are of more than one article."""
    found = {primaries.get(r) for r in rows if sentences[r].field == "text"}
    several = len({sentences[r].article for r in rows}) > 1
    return next(iter(found)) if several and len(found) == 1 else None
