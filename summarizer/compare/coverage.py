"""Who reported what: the story's claims, and for each article the sentences that make them.

Where outlets differ is for `differences`; which words are one side's is for `loaded`.
"""

from __future__ import annotations

from collections.abc import Sequence

from summarizer import prose
from summarizer.config import Config
from summarizer.story import Citation, Coverage, Grouped
from summarizer.tone import loaded


def coverage(grouped: Grouped, config: Config) -> tuple[Coverage, ...]:
    """The story's main claims and, for each article that makes one, the sentences that do.

    Claims of several articles come first, then what only one has, each by salience; at most
    `coverage_most`. Claims that no sentence can name (every one a bare quotation, or led by a
    pronoun) come last. A copy's cell stands beside its original's. A score is the cosine of the
    sentence to the claim's leader, in [0, 1].
    """
    embedded = grouped.embedded
    ranked = sorted(
        range(len(grouped.evidence)),
        key=lambda i: (
            not _names(grouped, grouped.evidence[i].rows),
            len(grouped.evidence[i].articles) < 2,
            i,
        ),
    )
    claims: list[Coverage] = []
    shown: set[int] = set()
    for i in ranked:
        evidence = grouped.evidence[i]
        # Most of it stands in the table already, under the claim of a more salient sentence.
        if 2 * len(shown.intersection(evidence.rows)) > len(evidence.rows):
            continue
        if len(claims) == config.coverage_most:
            break
        shown.update(evidence.rows)
        leader = evidence.rows[0]
        cells: dict[str, list[Citation]] = {}
        for r in evidence.rows:
            sentence = embedded.sentences[r]
            near = float(embedded.vectors[leader] @ embedded.vectors[r])
            cells.setdefault(sentence.article, []).append(Citation.of(sentence, near))
        claims.append(
            Coverage(
                claim=plainest(grouped, evidence.rows),
                cells={article: tuple(cited) for article, cited in cells.items()},
                independent_sources=evidence.independent,
                primary=evidence.primary,
            )
        )
    return tuple(claims)


def plainest(grouped: Grouped, rows: Sequence[int]) -> str:
    """The sentence of `rows` that names their claim best, without dateline or connective.

    What stands on its own comes first, then what is no opinion piece's, then the fewest loaded
    words, the least quoted, and what was nearest to the claim's leader.
    """
    sentences = grouped.embedded.sentences

    def rank(indexed: tuple[int, int]) -> tuple[bool, bool, int, float, int]:
        place, row = indexed
        text = prose.trim(sentences[row].text)
        return (
            not prose.stands(text),
            sentences[row].article in grouped.opinions,
            len(loaded(text)),
            round(prose.quoted_share(text), 1),
            place,
        )

    _, best = min(enumerate(rows), key=rank)
    return prose.trim(sentences[best].text)


def _names(grouped: Grouped, rows: Sequence[int]) -> bool:
    """Whether some sentence of `rows` can be read without what stands before it."""
    return any(prose.stands(prose.trim(grouped.embedded.sentences[r].text)) for r in rows)
