"""What stands below a summary, as html: where the sources differ, who reported what, what is left.

Pure: values in, str out. What a citation is called is in `fragments`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from summarizer.outputs.render.left_out import in_names, passed_over, refused, warnings
from summarizer.outputs.render.notes import printed_days, quoted, reports, standing
from summarizer.page.fragments import Numbers, direction, escaped, shown
from summarizer.page.reading import Day, Mention, Side, in_figures, sides, timeline
from summarizer.schema import (
    ArticleReport,
    Citation,
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
    "carries": ("", "carries it"),
    "part": (" part", "carries it in part"),
    "contradicts": (" against", "contradicts it"),
    "none": (" no", "no sentence found"),
}
"""What an article does with a claim: a class of its dot, and words."""

_LESSER = re.compile(r"evidence sentences? did not fit|only as support|the summary ends there$")
"""Warnings of how the text came to its length, which change nothing of what it says."""

_OTHER = re.compile(r"another event|another language")
"""Why an article that reports something was set aside."""

_FURTHER = re.compile(r" \([^'\"]*$")
"""What a reason says in a bracket and from there on; an id, in quotation marks, may hold one."""

Section = tuple[str, str, int, str]
"""Its name in ids and classes, its heading, how many things it holds, and they as html."""


def notes(summary: Summary) -> str:
    """Every section that has something to say, after a row of links to them with their counts."""
    numbers = Numbers(summary.articles)
    sections = [
        section
        for section in (
            _warnings(summary),
            _differences(summary, numbers),
            _side_by_side(summary, numbers),
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
                f"{numbers.told_apart(a.id)} prints the text of {numbers.told_apart(a.copy_of)}; "
                "they count as one source"
            )
        elif a.reason is not None and _OTHER.search(a.reason):
            reason = in_names(_FURTHER.sub("", a.reason), summary.articles)
            said.append(f"{numbers.told_apart(a.id)} was set aside: it {reason}")
    return [f"{w[:1].upper()}{w[1:]}." for w in dict.fromkeys(said)]


def _warnings(summary: Summary) -> Section:
    said = [w for w in warnings(summary) if _LESSER.search(w)]
    items = "".join(f"<li>{escaped(w)}</li>" for w in said)
    return "know", "To know", len(said), f"<ul>{items}</ul>"


def _differences(summary: Summary, numbers: Numbers) -> Section:
    def side(value: DisagreementValue, printed: str, kind: str) -> str:
        told = in_figures(value.value) if kind == "number" else value.value
        short = " short" if len(told) <= SHORT_VALUE else ""
        speaker = f'<span class="by">{escaped(value.speaker)}</span>' if value.speaker else ""
        outlets = dict.fromkeys(numbers.label(c.article) for c in value.citations)
        return (
            f'<li dir="{direction(told)}"><button type="button" class="value{short}" '
            f'data-src="{numbers.ids(value.citations)}">{shown(told)}</button>{speaker}'
            f'<span class="in">{escaped(", ".join(filter(None, (*outlets, printed))))}</span>'
            f'<span class="marks">{numbers.marks(value.citations)}</span></li>'
        )

    def dated(d: Disagreement) -> Iterator[tuple[DisagreementValue, str]]:
        return zip(d.values, printed_days(d, summary.articles), strict=True)

    cards = "".join(
        f'<div class="card"><h4 dir="{direction(d.about)}">{shown(d.about)}</h4>'
        f"<ul>{''.join(side(*told, d.kind) for told in dated(d))}</ul></div>"
        for d in summary.disagreements
    )
    return (
        "differ",
        "Where they differ",
        len(summary.disagreements),
        f'<div class="cards">{cards}</div>',
    )


def _side_by_side(summary: Summary, numbers: Numbers) -> Section:
    """The same claims in several views, of which one is seen: by outlet, by day, by speaker."""
    several, single = reports(summary)
    days, speakers = timeline(summary), sides(summary.coverage)
    views = [
        ("several", "Told by several", len(several), _claims(several, summary, numbers)),
        ("only", "Only in one source", len(single), _only(single, summary, numbers)),
        ("days", "Timeline", len(days), _timeline(days, numbers)),
        ("sides", "Who says what", len(speakers), _sides(speakers, numbers)),
    ]
    views = [view for view in views if view[2]]
    tabs = "".join(
        f'<button type="button" role="tab" id="t-{name}" aria-controls="v-{name}" '
        f'aria-selected="{str(not n).lower()}"{" tabindex=-1" if n else ""}>{heading} '
        f"<b>{count}</b></button>"
        for n, (name, heading, count, _) in enumerate(views)
    )
    panels = "".join(
        f'<div role="tabpanel" id="v-{name}" aria-labelledby="t-{name}"'
        f"{' hidden' if n else ''}>{held}</div>"
        for n, (name, _, _, held) in enumerate(views)
    )
    held = f'<div role="tablist" aria-label="Side by side">{tabs}</div>{panels}'
    return "reported", "Side by side", len(several) + len(single), held


def _claims(claims: Sequence[Coverage], summary: Summary, numbers: Numbers) -> str:
    """Each claim as a fold: closed, who carries it; open, every outlet's own wording."""
    telling = {article for c in claims for article in c.cells}
    columns = [a for a in summary.articles if a.used or a.reason is None or a.id in telling]

    def dot(claim: Coverage, article: ArticleReport) -> str:
        kind, does = _STATES[claim.state(article.id)]
        printed = " printed" if article.copy_of is not None else ""
        return (
            f'<i class="dot o{numbers.colour(article.id)}{printed}{kind}" '
            f'title="{escaped(numbers.label(article.id))}: {does}"></i>'
        )

    def wording(claim: Coverage, article: ArticleReport) -> str:
        state = claim.state(article.id)
        does = _STATES[state][1]
        if article.copy_of is not None:
            does += f"; prints the text of {numbers.number(article.copy_of)}"
        quoted = "".join(
            f'<dd dir="{direction(c.text)}">{_pressed([c], shown(c.text), numbers)}</dd>'
            for c in claim.cells.get(article.id, ())
            if state != "none"
        )
        return f"<div><dt>{numbers.named(article.id)} <em>{escaped(does)}</em></dt>{quoted}</div>"

    def fold(claim: Coverage) -> str:
        said = standing(claim.carried, claim.independent_sources, claim.primary)
        rests = f'<span class="rests">{escaped(said)}</span>' if said else ""
        told: dict[State, list[str]] = {}
        for article in columns:
            told.setdefault(claim.state(article.id), []).append(numbers.label(article.id))
        spoken = "; ".join(f"{_STATES[state][1]}: {', '.join(who)}" for state, who in told.items())
        return (
            f'<details class="compared"><summary><span dir="{direction(claim.claim)}">'
            f'{shown(claim.claim)}{rests}</span><span class="dots" aria-hidden="true">'
            f"{''.join(dot(claim, a) for a in columns)}</span>"
            f'<span class="visually-hidden">{escaped(spoken)}</span></summary>'
            f"<dl>{''.join(wording(claim, a) for a in columns)}</dl></details>"
        )

    kinds = [*_STATES.values()]
    if any(a.copy_of is not None for a in columns):
        kinds.append((" printed", "prints another's text"))
    key = "".join(
        f'<span><i class="dot{kind}"></i> {escaped(words)}</span>' for kind, words in kinds
    )
    about = (
        '<p class="about">Open a claim to read each outlet\'s own words. '
        f'<span class="key">{key}</span></p>'
    )
    return about + "".join(map(fold, claims))


def _pressed(citations: Sequence[Citation], words: str, numbers: Numbers) -> str:
    """Words, given as html, that light what they rest on."""
    return (
        f'<span class="claimed" role="button" tabindex="0" '
        f'data-src="{numbers.ids(citations)}">{words}</span>'
        f'<span class="marks">{numbers.marks(citations)}</span>'
    )


def _timeline(days: Sequence[Day], numbers: Numbers) -> str:
    def mention(told: Mention) -> str:
        first = told.citations[0].text
        when = [told.relation]
        if told.minute is not None:
            when.append(f"{told.minute // 60:02}:{told.minute % 60:02}")
        before = " ".join(filter(None, when))
        return (
            f'<li dir="{direction(first)}">'
            + (f'<span class="when" dir="ltr">{escaped(before)}</span> ' if before else "")
            + f"{_pressed(told.citations, shown(first), numbers)}</li>"
        )

    def published(article: str, clock: str | None) -> str:
        return numbers.named(article) + (f" {escaped(clock)}" if clock else "")

    def of(told: Day) -> str:
        day = f"{told.day:%B} {told.day.year}"
        if not told.month:
            day = f"{told.day.day} {day}"
        out = ", ".join(published(*p) for p in told.published)
        line = f'<p class="published">Published: {out}</p>' if out else ""
        items = "".join(map(mention, told.mentions))
        return f"<li><h4>{day}</h4>{f'<ul>{items}</ul>' if items else ''}{line}</li>"

    about = (
        "Days that the articles name, in their own words, and when they were published. A weekday "
        "or a month is here only where the article's own date makes certain which one it is."
    )
    return f'<p class="about">{about}</p><ol class="days">{"".join(map(of, days))}</ol>'


def _sides(speakers: Sequence[Side], numbers: Numbers) -> str:
    def of(side: Side) -> str:
        claims = [(c, [x for cell in c.carried.values() for x in cell]) for c in side.claims]
        items = "".join(
            f'<li dir="{direction(c.claim)}">'
            f"{_pressed(cited or _all(c), shown(c.claim), numbers)}</li>"
            for c, cited in claims
        )
        return (
            f'<div class="source"><h4 dir="{direction(side.speaker)}">{shown(side.speaker)}</h4>'
            f"<ul>{items}</ul></div>"
        )

    about = "Claims that name who makes them. That somebody says it does not make it so."
    groups = "".join(map(of, speakers))
    return f'<p class="about">{about}</p><div class="sources">{groups}</div>'


def _all(claim: Coverage) -> list[Citation]:
    return [c for cell in claim.cells.values() for c in cell]


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
            f'<li dir="{direction(c.claim)}">{_pressed(cited, shown(c.claim), numbers)}</li>'
        )
    groups = "".join(
        f'<div class="source"><h4>{numbers.named(a.id)}</h4>'
        f"<ul>{''.join(by_source[a.id])}</ul></div>"
        for a in summary.articles
        if a.id in by_source
    )
    about = (
        "No other source carries these; copies of one text count as one source. "
        "What they say may be told elsewhere in parts or otherwise."
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
        f"<ul>{''.join(words)}</ul></div>"
        for a, words in by_article.items()
    )
    about = "Loaded words of one outlet, which the summary does not adopt."
    return "tone", "Tone", len(summary.tone), f'<p class="about">{about}</p>{groups}'


def _left_out(summary: Summary, numbers: Numbers) -> Section:
    aside = [a for a in summary.articles if not a.used or a.copy_of is not None]
    masked = [(a, m) for a in summary.articles for m in a.masked]
    drafts, passed = refused(summary), passed_over(summary)

    def dropped(all_: Sequence[tuple[str, tuple[str, ...]]]) -> Iterable[str]:
        return (f"{_quote(text)} <em>{escaped('; '.join(why))}</em>" for text, why in all_)

    groups = [
        _group(
            "Articles set aside or counted as copies",
            (f"{numbers.named(a.id)}: {escaped(_why(a, summary, numbers))}" for a in aside),
        ),
        _group(
            "Refused drafts: not part of the summary, and not true for all we know",
            dropped(drafts),
            folded=True,
        ),
        _group(
            "Sentences that were not taken, though their sources carry them",
            dropped(passed),
            folded=True,
        ),
        _group(
            "Lines that are not reporting",
            (
                f"{numbers.badge(a.id)} {_quote(_cut(a, m))} <em>{escaped(m.reason)}</em>"
                for a, m in masked
            ),
            folded=True,
        ),
    ]
    count = len(aside) + len(drafts) + len(passed) + len(masked)
    return "left", "Left out, and why", count, "".join(groups)


def _quote(text: str) -> str:
    """Words of an article as html, in quotation marks where they have none of their own."""
    tag = "q" if quoted(text) != text else "span"
    return f'<{tag} class="quoted" dir="{direction(text)}">{shown(text)}</{tag}>'


def _group(heading: str, lines: Iterable[str], *, folded: bool = False) -> str:
    items = [f"<li>{line}</li>" for line in lines]
    if not items:
        return ""
    held = f"<ul>{''.join(items)}</ul>"
    if folded:
        summary = f"<summary><h4>{heading} ({len(items)})</h4></summary>"
        return f'<details class="group">{summary}{held}</details>'
    return f'<div class="group"><h4>{heading}</h4>{held}</div>'


def _why(report: ArticleReport, summary: Summary, numbers: Numbers) -> str:
    if report.reason:
        return in_names(report.reason, summary.articles)
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
