"""The finished example on the first screen, as html: how a summary looks before one has articles.

Pure: values in, str out. The summary itself is bundled (`summarizer.examples`).
"""

from __future__ import annotations

from summarizer.page.fragments import Numbers, counted, escaped
from summarizer.schema import Summary

SHOWN = 3
"""Sentences of it that stand on the first screen."""


def showcase(summary: Summary) -> str:
    """Its headline, first sentences and outlets, and a button that opens it whole."""
    numbers = Numbers(summary.articles)
    sentences = "".join(
        f"<p>{escaped(s.text)} {_cited(numbers, [c.article for c in s.citations])}</p>"
        for s in summary.sentences[:SHOWN]
    )
    headline = f"<h2>{escaped(summary.title.text)}</h2>" if summary.title else ""
    outlets = "".join(f"<li>{numbers.named(a.id)}</li>" for a in summary.articles)
    left = len(summary.sentences) - SHOWN
    more = f" and {counted(left, 'more sentence')}" if left > 0 else ""
    return (
        '<aside class="finished" aria-label="A finished example">'
        f'<p class="what">A finished example, of {counted(len(summary.articles), "report")}</p>'
        f"{headline}{sentences}<ul>{outlets}</ul>"
        f'<button type="button" class="see">Open it with its sources{more}</button></aside>'
    )


def _cited(numbers: Numbers, articles: list[str]) -> str:
    cited = sorted(set(articles), key=numbers.number)
    badges = "".join(numbers.badge(a) for a in cited)
    names = ", ".join(numbers.label(a) for a in cited)
    return f'<span class="cited" role="img" aria-label="from {escaped(names)}">{badges}</span>'
