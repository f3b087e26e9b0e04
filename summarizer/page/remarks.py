"""What stands below a summary, as html: where the sources differ, who reported what, what is left.

Pure: values in, str out. What a citation is called is in `fragments`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from summarizer.outputs.render.left_out import refused, warnings
from summarizer.outputs.render.notes import reports, standing
from summarizer.page.fragments import Numbers, escaped
from summarizer.schema import (
    ArticleReport,
    Coverage,
    Disagreement,
    DisagreementValue,
    Mask,
    State,
    Summary,
)

SHORT_VALUE = 16
"""Characters up to which a value is set large, as a figure is."""

_STATES: dict[State, tuple[str, str]] = {
    "carries": ("", "reports it"),
    "part": (" part", "reports it in part"),
    "contradicts": (" against", "says otherwise"),
    "none": ("", "reports it"),
}
"""What an article does with a claim: a class of its dot, and words."""

_LESSER = re.compile(r"evidence sentences? did not fit|only as support|the summary ends there$")
"""Warnings of how the text came to its length, which change nothing of what it says."""

Section = tuple[str, str, int, str]
"""Its name in ids and classes, its heading, how many things it holds, and they as html."""


def notes(summary: Summary) -> str:
    """Every section that has something to say, after a row of links to them with their counts."""
    numbers = Numbers(summary.articles)
    sections = [
        section
        for section in (
            _warnings(summary),
            _differences(summary.disagreements, numbers),
            *_coverage(summary, numbers),
            _tone(summary, numbers),
            _left_out(summary, numbers),
        )
        if section[2]
    ]
    links = "".join(
        f'<a class="to-{name}" href="#n-{name}">{heading} <b>{count}</b></a>'
        for name, heading, count, _ in sections
    )
    written = "".join(
        f'<section class="note {name}" id="n-{name}"><h3>{heading}</h3>{held}</section>'
        for name, heading, _, held in sections
    )
    jump = f'<nav class="jump" aria-label="Below the text">{links}</nav>' if links else ""
    return f'{jump}<div class="notes">{written}{_signature(summary.signature)}</div>'


def alerts(summary: Summary) -> list[str]:
    """What a reader must know before reading: other events, copies, languages, too few sources.

    Articles go by their outlets. How the text came to its length is said below instead.
    """
    numbers = Numbers(summary.articles)
    said = [w for w in warnings(summary) if not _LESSER.search(w)]
    for a in summary.articles:
        if a.copy_of is not None:
            said.append(
                f"{numbers.label(a.id)} prints the text of {numbers.label(a.copy_of)}; "
                "they count as one source"
            )
        elif a.reason is not None and "another event" in a.reason:
            said.append(f"{numbers.label(a.id)} was set aside: it {a.reason.partition(' (')[0]}")
    return [f"{w[:1].upper()}{w[1:]}." for w in dict.fromkeys(said)]


def _warnings(summary: Summary) -> Section:
    said = [w for w in warnings(summary) if _LESSER.search(w)]
    items = "".join(f"<li>{escaped(w)}</li>" for w in said)
    return "know", "To know", len(said), f"<ul>{items}</ul>"


def _differences(disagreements: Sequence[Disagreement], numbers: Numbers) -> Section:
    def side(value: DisagreementValue) -> str:
        short = " short" if len(value.value) <= SHORT_VALUE else ""
        speaker = f'<span class="by">{escaped(value.speaker)}</span>' if value.speaker else ""
        outlets = dict.fromkeys(numbers.label(c.article) for c in value.citations)
        return (
            f'<li dir="auto"><button type="button" class="value{short}" '
            f'data-src="{numbers.ids(value.citations)}">{escaped(value.value)}</button>{speaker}'
            f'<span class="in">{escaped(", ".join(outlets))}</span>'
            f'<span class="marks">{numbers.marks(value.citations)}</span></li>'
        )

    cards = "".join(
        f'<div class="card"><h4 dir="auto">{escaped(d.about)}</h4>'
        f"<ul>{''.join(map(side, d.values))}</ul></div>"
        for d in disagreements
    )
    return "differ", "Where they differ", len(disagreements), f'<div class="cards">{cards}</div>'


def _coverage(summary: Summary, numbers: Numbers) -> Iterator[Section]:
    several, single = reports(summary)
    yield (
        "reported",
        "Who reported what",
        len(several),
        _table(several, summary, numbers),
    )
    yield "only", "Only in one source", len(single), _only(single, summary, numbers)


def _table(claims: Sequence[Coverage], summary: Summary, numbers: Numbers) -> str:
    told = {article for c in claims for article in c.cells}
    columns = [a for a in summary.articles if a.used or a.reason is None or a.id in told]
    heads = "".join(f'<th scope="col">{numbers.named(a.id)}</th>' for a in columns)

    def cell(claim: Coverage, article: ArticleReport) -> str:
        citations = claim.cells.get(article.id, ())
        if not citations:
            return '<td><span class="no">not reported</span></td>'
        printed = " printed" if article.copy_of is not None else ""
        as_in = f", in the words of {numbers.number(article.copy_of)}" if article.copy_of else ""
        state, does = _STATES[claim.state(article.id)]
        return (
            f'<td><button type="button" class="dot o{numbers.colour(article.id)}{printed}{state}" '
            f'data-src="{numbers.ids(citations)}" '
            f'aria-label="Show where {escaped(numbers.label(article.id))} {does}{as_in}">'
            "</button></td>"
        )

    def rests(claim: Coverage) -> str:
        said = standing(claim.carried, claim.independent_sources, claim.primary)
        return f'<span class="rests">{escaped(said)}</span>' if said else ""

    rows = "".join(
        f'<tr><th scope="row" dir="auto">{escaped(c.claim)}{rests(c)}</th>'
        + "".join(cell(c, a) for a in columns)
        + "</tr>"
        for c in claims
    )
    return (
        '<div class="scroll" tabindex="0" role="region" aria-label="Who reported what">'
        f'<table><thead><tr><th scope="col">Claim</th>{heads}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )


def _only(claims: Sequence[Coverage], summary: Summary, numbers: Numbers) -> str:
    """Claims by the one source that makes them; a copy counts with the article that it prints."""
    first = {a.id: a.copy_of or a.id for a in summary.articles}
    by_source: dict[str, list[str]] = {}
    for c in claims:
        cited = [x for cell in (c.carried or c.cells).values() for x in cell]
        if not cited:
            continue
        teller = first[cited[0].article]
        by_source.setdefault(teller if teller in c.cells else cited[0].article, []).append(
            f'<li dir="auto"><span class="claimed" role="button" tabindex="0" '
            f'data-src="{numbers.ids(cited)}">{escaped(c.claim)}</span>'
            f'<span class="marks">{numbers.marks(cited)}</span></li>'
        )
    groups = "".join(
        f'<div class="source"><h4>{numbers.named(a.id)}</h4>'
        f"<ul>{''.join(by_source[a.id])}</ul></div>"
        for a in summary.articles
        if a.id in by_source
    )
    about = (
        "No other source has a sentence like these; copies of one text count as one source. "
        "What they say may be told elsewhere in other words or in parts."
    )
    return f'<p class="about">{about}</p><div class="sources">{groups}</div>'


def _tone(summary: Summary, numbers: Numbers) -> Section:
    by_article: dict[str, list[str]] = {}
    for tone in summary.tone:
        by_article.setdefault(tone.article, []).append(
            f'<li><button type="button" class="value" data-src="{numbers.ids([tone.citation])}">'
            f"{escaped(tone.word)}</button></li>"
        )
    groups = "".join(
        f'<div class="source o{numbers.colour(a)}"><h4>{numbers.named(a)}</h4>'
        f'<ul dir="auto">{"".join(words)}</ul></div>'
        for a, words in by_article.items()
    )
    about = "Loaded words of one outlet, which the summary does not adopt."
    return "tone", "Tone", len(summary.tone), f'<p class="about">{about}</p>{groups}'


def _left_out(summary: Summary, numbers: Numbers) -> Section:
    aside = [a for a in summary.articles if not a.used or a.copy_of is not None]
    masked = [(a, m) for a in summary.articles for m in a.masked]
    drafts = refused(summary)
    groups = [
        _group(
            "Articles set aside or counted as copies",
            (f"{numbers.named(a.id)}: {escaped(_why(a, numbers))}" for a in aside),
        ),
        _group(
            "Refused drafts: not part of the summary, and not true for all we know",
            (
                f"<q>{escaped(text)}</q> <em>{escaped('; '.join(reasons))}</em>"
                for text, reasons in drafts
            ),
            folded=True,
        ),
        _group(
            "Lines that are not reporting",
            (
                f"{numbers.badge(a.id)} <q>{escaped(_cut(a, m))}</q> <em>{escaped(m.reason)}</em>"
                for a, m in masked
            ),
            folded=True,
        ),
    ]
    count = len(aside) + len(drafts) + len(masked)
    return "left", "Left out, and why", count, "".join(groups)


def _group(heading: str, lines: Iterable[str], *, folded: bool = False) -> str:
    items = [f'<li dir="auto">{line}</li>' for line in lines]
    if not items:
        return ""
    held = f"<ul>{''.join(items)}</ul>"
    if folded:
        summary = f"<summary><h4>{heading} ({len(items)})</h4></summary>"
        return f'<details class="group">{summary}{held}</details>'
    return f'<div class="group"><h4>{heading}</h4>{held}</div>'


def _why(report: ArticleReport, numbers: Numbers) -> str:
    if report.reason:
        return report.reason
    if report.copy_of is not None:
        return f"a copy of {numbers.number(report.copy_of)}; they count as one source"
    return "nothing of it was used"


def _cut(report: ArticleReport, mask: Mask) -> str:
    if report.text is None:
        return f"characters {mask.start} to {mask.end}"
    return report.text[mask.start : mask.end].strip()


def _signature(signature: Mapping[str, str | int | float | bool | None]) -> str:
    said = " · ".join(f"{key} {value}" for key, value in signature.items() if value is not None)
    return f'<p class="signature">{escaped(said)}</p>' if said else ""
