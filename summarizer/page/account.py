"""The summary's text as html: sentences that light their sources, and the tools to change them.

Pure: values in, str out. What stands beside the text is in `fragments`.
"""

from __future__ import annotations

import re
from calendar import month_name
from collections.abc import Iterator, Sequence

from summarizer.generation.differing_counts import OPENING
from summarizer.nlp.overlap import word_diff
from summarizer.outputs.render.notes import day, resting, uncarried
from summarizer.page.editing import Desk
from summarizer.page.fragments import (
    LONGEST_SHOWN,
    Numbers,
    counted,
    cut_note,
    direction,
    escaped,
    shown,
    unbroken,
)
from summarizer.page.reading import paragraphs
from summarizer.page.remarks import alerts
from summarizer.schema import CitedSentence, Method, Summary

_MADE: dict[Method, str] = {
    "fused": "Written anew",
    "trimmed": "Shortened",
    "quoted": "Word for word",
    "edited": "Changed by you",
}
"""How a sentence was made, said when it is chosen."""

MOST_REPLACED = 6
"""Words of a source for which others may stand; more than that were left out."""

SHOWN_ALERTS = 3
"""Warnings that stand above the text unfolded."""

_MONTH = re.compile(rf"\b(?:{'|'.join(filter(None, month_name))})\b")

_TOOLS = {
    "change": ("Change", "Change the wording"),
    "others": ("Other wordings", "Show other wordings that hold"),
    "lock": ("Lock", "Keep this sentence when the length changes"),
    "up": ("↑", "Move up"),
    "down": ("↓", "Move down"),
    "delete": ("Delete", "Delete this sentence"),
}
"""Each tool's face and its name; a locked sentence offers only to be moved and unlocked."""

_OF_THE_HEADLINE = ("change", "others", "delete")
_OF_THE_LOCKED = ("lock", "up", "down")


def growing(desk: Desk) -> str:
    """The headline and the sentences that are there; more are to come."""
    numbers = Numbers(desk.summary.articles)
    tail = '<p class="coming" aria-hidden="true"><i></i><i></i><i></i></p>'
    return (
        '<article class="account" aria-busy="true">'
        f"{''.join(_paragraphs(desk, numbers, tools=False))}{tail}</article>"
    )


def finished(desk: Desk) -> str:
    """The whole text, each sentence a button that lights its sources, with its tools."""
    summary = desk.summary
    numbers = Numbers(summary.articles)
    body = "".join(_paragraphs(desk, numbers, tools=True))
    nothing = (
        ""
        if summary.sentences
        else '<p class="nothing">Nothing in these articles could be verified sentence by sentence; '
        "see what was left out below.</p>"
    )
    tally = (
        f'<p class="tally">{counted(len(summary.text.split()), "word")} in '
        f"{counted(len(summary.sentences), 'sentence')} from "
        f"{counted(sum(a.used for a in summary.articles), 'article')}."
        " Choose a sentence to see what it rests on.</p>"
    )
    return (
        '<article class="account" aria-busy="false" tabindex="-1" aria-label="Summary">'
        f"{_alerts(summary)}{_doubt(summary)}{body}{nothing}{tally}</article>"
    )


def _doubt(summary: Summary) -> str:
    uncertain = sum(bool(s.problems) for s in summary.sentences)
    if not uncertain:
        return ""
    return (
        f'<p class="doubt" role="note">{counted(uncertain, "sentence")} of yours '
        f"{'is' if uncertain == 1 else 'are'} not carried by the sources; marked so here and in "
        "what you take away.</p>"
    )


def _alerts(summary: Summary) -> str:
    """What a reader must know before reading; the most is folded where there is much."""
    items = [f'<li dir="{direction(said)}">{shown(said)}</li>' for said in alerts(summary)]
    if not items:
        return ""
    first, more = "".join(items[:SHOWN_ALERTS]), items[SHOWN_ALERTS:]
    fold = (
        f"<details><summary>{counted(len(more), 'more remark')}</summary>"
        f"<ul>{''.join(more)}</ul></details>"
        if more
        else ""
    )
    return f'<aside class="alerts" aria-label="Before you read"><ul>{first}</ul>{fold}</aside>'


def _paragraphs(desk: Desk, numbers: Numbers, *, tools: bool) -> Iterator[str]:
    """The headline and the paragraphs."""
    if desk.summary.title is not None:
        yield _sentence(desk, 0, desk.summary.title, numbers, tools=tools)
    for paragraph in paragraphs(desk.summary):
        told = [(n, desk.sentence(n)) for n in paragraph.numbers]
        running = " ".join(_sentence(desk, n, s, numbers, tools=tools) for n, s in told)
        yield (
            f'<div class="paragraph {paragraph.kind}" dir="{direction(told[0][1].text)}">'
            f"{running}</div>"
        )


def _sentence(desk: Desk, n: int, sentence: CitedSentence, numbers: Numbers, *, tools: bool) -> str:
    locked = desk.is_locked(n)
    warning = uncarried(sentence)
    marks = "" if warning else numbers.marks(sentence.citations)
    claim = (
        f'<span class="claim {sentence.method}" id="c{n}" role="button" '
        f'tabindex="0" aria-pressed="false" aria-controls="sources" '
        f'data-src="{numbers.ids(sentence.citations)}">{_worded(sentence)}</span>'
        f'<span class="tail"><span class="marks">{marks}</span>'
        f"{_made(sentence, numbers)}</span>"
    )
    if n == 0:
        claim = f'<h2 class="headline">{claim}</h2>'
    rests = None  # of what does not carry it nothing is to be told
    if not warning:
        rests = resting(sentence)
    chosen = ' data-chosen="1"' if desk.chosen == n else ""
    kind = ("heading" if n == 0 else "sentence") + unbroken(sentence.text)
    return (
        f'<div class="{kind}{" locked" if locked else ""}{" doubtful" if warning else ""}" '
        f'data-n="{n}"{chosen} dir="{direction(sentence.text)}">{claim}'
        + (f'<p class="uncarried">{escaped(warning.capitalize())}.</p>' if warning else "")
        + _faults(sentence)
        + f'<div class="how" dir="ltr"><p>{_how(sentence, desk, numbers)}</p>'
        + (f'<p class="rests">{escaped(rests)}</p>' if rests else "")
        + (_tools(desk, n, locked=locked) if tools else "")
        + "</div>"
        + (_others(desk, numbers) if desk.chosen == n and desk.others is not None else "")
        + "</div>"
    )


def _worded(sentence: CitedSentence) -> str:
    """The text, with the words that are not carried marked."""
    out, done = [], 0
    for fault in sorted(sentence.faults, key=lambda f: (f.start, -f.end)):
        start, end = max(fault.start, done), min(fault.end, LONGEST_SHOWN)
        if end > start:
            out.append(escaped(sentence.text[done:start]))
            out.append(f'<mark class="fault">{escaped(sentence.text[start:end])}</mark>')
            done = end
    return "".join((*out, escaped(sentence.text[done:LONGEST_SHOWN]), cut_note(sentence.text)))


def _faults(sentence: CitedSentence) -> str:
    """Which words of a changed sentence are not carried, and what the sources say instead."""
    told = dict.fromkeys(fault.message for fault in sentence.faults)
    items = "".join(f"<li>{escaped(message)}</li>" for message in told)
    return f'<ul class="faults">{items}</ul>' if items else ""


def checked(sentence: CitedSentence, numbers: Numbers) -> str:
    """Whether the sources carry a reader's wording, and which do. Not escaped."""
    if sentence.problems:
        return "checked: not carried"
    return f"checked: carried by {_listed(_outlets(sentence, numbers))}"


def _made(sentence: CitedSentence, numbers: Numbers) -> str:
    """Beside a sentence of the reader's, whether it is carried; others all are."""
    if sentence.method != "edited":
        return ""
    return f'<span class="made" dir="ltr">{escaped(checked(sentence, numbers))}</span>'


def _how(sentence: CitedSentence, desk: Desk, numbers: Numbers) -> str:
    """How it was made and how far it is carried."""
    made = _MADE[sentence.method]
    if sentence.method in ("trimmed", "quoted") and len(sentence.text) <= LONGEST_SHOWN:
        made = "; ".join([made, *_put_in(sentence, desk.summary)])
    elif sentence.method == "fused":
        n = len({c.place for c in sentence.citations})
        written = desk.summary.signature.get("writer") and not sentence.text.startswith(OPENING)
        made = f"{made} over" if written else "Put together from"
        made = f"{made} {counted(n, 'source sentence')}"
    return escaped(f"{made} · {_carried(sentence, numbers)}")


def _carried(sentence: CitedSentence, numbers: Numbers) -> str:
    if "unsupported" in sentence.problems:
        return "your own words: no source carries them"
    if sentence.problems:
        return "carried in part: not in what is named above"
    outlets = _outlets(sentence, numbers)
    carried = f"carried in full by {_listed(outlets)}"
    if sentence.independent_sources > 1 and resting(sentence) is None:
        carried += f" · {sentence.independent_sources} independent sources"
    return carried


def _outlets(sentence: CitedSentence, numbers: Numbers) -> list[str]:
    return list(dict.fromkeys(numbers.label(c.article) for c in sentence.citations))


def _listed(names: Sequence[str]) -> str:
    *rest, last = names
    return f"{', '.join(rest)} and {last}" if rest else last


def _put_in(sentence: CitedSentence, summary: Summary) -> list[str]:
    """The words of a shortened sentence that its source has not, and what they stand for."""
    if any(sentence.text == c.text for c in sentence.citations):
        return []
    first = max(sentence.citations, key=lambda c: word_diff(c.text, sentence.text)[2].ratio())
    source, words, matched = word_diff(first.text, sentence.text)
    said = []
    for op, i, j, k, m in matched.get_opcodes():
        if op not in ("insert", "replace"):
            continue
        new, old = (" ".join(w[0] for w in part) for part in (words[k:m], source[i:j]))
        if op == "replace" and j - i <= MOST_REPLACED:
            told = f"“{new}” stands for “{old}”"
        else:
            told = f"“{new}” was added"
        if _MONTH.search(new) and not _MONTH.search(first.text):
            known = next((a.published for a in summary.articles if a.id == first.article), None)
            told += ", worked out from the article's date" + (f", {day(known)}" if known else "")
        said.append(told)
    return said


def _tools(desk: Desk, n: int, *, locked: bool) -> str:
    offered = _OF_THE_HEADLINE if n == 0 else _OF_THE_LOCKED if locked else tuple(_TOOLS)
    idle = {"up": n == 1, "down": n == len(desk.summary.sentences)}
    buttons = []
    for op in offered:
        if op == "change" and len(desk.sentence(n).text) > LONGEST_SHOWN:
            continue  # the editor would hold its beginning alone
        face, name = _TOOLS[op]
        state = f' aria-pressed="{str(locked).lower()}"' if op == "lock" else ""
        off = " disabled" if idle.get(op) else ""
        buttons.append(
            f'<button type="button" class="tool" data-op="{op}" title="{name}" '
            f'aria-label="{name}"{state}{off}>{"Locked" if state and locked else face}</button>'
        )
    group = '<span class="tools" role="group" aria-label="Tools for this sentence">'
    return f"{group}{''.join(buttons)}</span>"


def _others(desk: Desk, numbers: Numbers) -> str:
    if not desk.others:
        return '<p class="others none">No other wording of this holds.</p>'
    items = "".join(
        f'<li dir="{direction(s.text)}"><span class="other" role="button" tabindex="0" '
        f'aria-pressed="false" data-src="{numbers.ids(s.citations)}">{shown(s.text)}</span>'
        f'<span class="marks">{numbers.marks(s.citations)}</span> {_adopted(s, desk, numbers)}'
        f'<button type="button" class="tool" data-op="take" data-k="{k}" '
        f'aria-label="Use this wording">Use</button></li>'
        for k, s in enumerate(desk.others)
    )
    return f'<ul class="others" aria-label="Other wordings">{items}</ul>'


def _adopted(sentence: CitedSentence, desk: Desk, numbers: Numbers) -> str:
    """The loaded words of one outlet that a wording takes over, with whose they are."""
    cited = {c.article for c in sentence.citations}
    said = sentence.text.lower()
    words: dict[str, list[str]] = {}
    for tone in desk.summary.tone:
        if tone.article in cited and re.search(rf"\b{re.escape(tone.word.lower())}\b", said):
            words.setdefault(numbers.label(tone.article), []).append(f"“{tone.word}”")
    told = "; ".join(f"{label}'s loaded words: {', '.join(w)}" for label, w in words.items())
    return f'<em class="loaded">{escaped(told)}</em> ' if told else ""
