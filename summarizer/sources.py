"""How many sources stand behind sentences, and whether all rest on one interview or statement.

Counts what it is told; which articles are copies and which sentences name a primary source is
found in `group`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from summarizer.story import SourceSentence


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
