"""What it means that sources carry a text: the values, and how many sources stand behind it.

Which sentences carry it is found in `cite`, whether they do in `verification`; which articles are
copies and which sentences name a primary source, in `group`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, Protocol

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from summarizer.story import Problem, SourceSentence

State = Literal["carries", "part", "contradicts", "none"]
"""What an article does with a claim; "none": no sentence of it is about the claim."""


class Finding(Protocol):
    """Words [start, end) of a text that its evidence does not carry; fields as in story.Fault."""

    @property
    def rule(self) -> str:
        """Return the id of the check that says so."""
        ...

    @property
    def problem(self) -> Problem:
        """Return what kind of fault it is."""
        ...

    @property
    def start(self) -> int:
        """Return where the words begin, in code points."""
        ...

    @property
    def end(self) -> int:
        """Return where they end."""
        ...

    @property
    def message(self) -> str:
        """Return one plain sentence for a reader."""
        ...

    @property
    def instead(self) -> str | None:
        """Return what the evidence says there, or None."""
        ...


class Verdict(Protocol):
    """Whether evidence carries a text: its support in [0, 1], and what speaks against it."""

    @property
    def support(self) -> float:
        """Return how surely the evidence carries the text, in [0, 1]."""
        ...

    @property
    def supported(self) -> bool:
        """Return whether it does."""
        ...

    @property
    def findings(self) -> Sequence[Finding]:
        """Return the words that it does not carry."""
        ...


Pair = tuple[str, Sequence[str]]
"""A text and its evidence sentences."""

Verify = Callable[[Sequence[Pair]], Sequence[Verdict]]
"""A verdict for each pair, which does not depend on the other pairs."""


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
    and may stand behind it. near: for each article that carries part of it or contradicts it, the
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
"""What carries each text: `cite.carriers` with its verifier."""


def independent_sources(
    rows: Sequence[int],
    sentences: Sequence[SourceSentence],
    passage: NDArray[np.int64],
    copied: Mapping[str, str],
    primaries: Mapping[int, str] | None = None,
) -> int:
    """How many sources stand behind `rows`, at least 1.

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
