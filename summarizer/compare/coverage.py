"""Who reported what: the story's claims, and for each article the sentences that make them.

Where outlets differ is for `differences`; which words are one side's is for `loaded`.
"""

from __future__ import annotations

from summarizer.config import Config
from summarizer.story import Citation, Coverage, Grouped


def coverage(grouped: Grouped, config: Config) -> tuple[Coverage, ...]:
    """The story's main claims and, for each article that makes one, the sentences that do.

    Claims of several articles come first, then what only one has, each by salience; at most
    `coverage_most`. A score is the cosine of the sentence to the claim's leader, in [0, 1].
    """
    embedded = grouped.embedded
    ranked = sorted(
        range(len(grouped.evidence)),
        key=lambda i: (len(grouped.evidence[i].articles) < 2, i),
    )
    claims = []
    for i in ranked[: config.coverage_most]:
        evidence = grouped.evidence[i]
        leader = evidence.rows[0]
        cells: dict[str, list[Citation]] = {}
        for r in evidence.rows:
            sentence = embedded.sentences[r]
            near = float(embedded.vectors[leader] @ embedded.vectors[r])
            cells.setdefault(sentence.article, []).append(Citation.of(sentence, near))
        claims.append(
            Coverage(
                claim=embedded.sentences[leader].text,
                cells={article: tuple(cited) for article, cited in cells.items()},
            )
        )
    return tuple(claims)
