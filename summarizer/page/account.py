"""The summary's text as html: sentences that light their sources, and the tools to change them.

Pure: values in, str out. What stands beside the text is in `fragments`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from summarizer.outputs.render.notes import resting, uncarried
from summarizer.page.editing import Desk
from summarizer.page.fragments import Numbers, counted, escaped
from summarizer.schema import CitedSentence

_MADE = {
    "fused": ("fused", "Written anew"),
    "trimmed": ("trimmed", "Shortened"),
    "quoted": ("quoted", "Word for word"),
    "edited": ("yours", "Changed by you"),
}
"""How a sentence was made: a word beside it, and a line when it is chosen."""

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
        f"{''.join(_sentences(desk, numbers, tools=False))}{tail}</article>"
    )


def finished(desk: Desk) -> str:
    """The whole text, each sentence a button that lights its sources, with its tools."""
    summary = desk.summary
    numbers = Numbers(summary.articles)
    body = "".join(_sentences(desk, numbers, tools=True))
    nothing = (
        ""
        if summary.sentences
        else '<p class="nothing">Nothing in these articles could be verified sentence by sentence; '
        "see what was left out below.</p>"
    )
    uncertain = sum(bool(s.problems) for s in summary.sentences)
    doubt = (
        f'<p class="doubt" role="note">{counted(uncertain, "sentence")} of yours '
        f"{'is' if uncertain == 1 else 'are'} not carried by the sources; marked so here and in "
        "what you take away.</p>"
        if uncertain
        else ""
    )
    tally = (
        f'<p class="tally">{counted(len(summary.text.split()), "word")} in '
        f"{counted(len(summary.sentences), 'sentence')} from "
        f"{counted(sum(a.used for a in summary.articles), 'article')}."
        " Choose a sentence to see what it rests on.</p>"
    )
    return f'<article class="account" aria-busy="false">{body}{nothing}{doubt}{tally}</article>'


def _sentences(desk: Desk, numbers: Numbers, *, tools: bool) -> Iterable[str]:
    if desk.summary.title is not None:
        yield _sentence(desk, 0, desk.summary.title, numbers, tools=tools)
    for n, sentence in enumerate(desk.summary.sentences, 1):
        yield _sentence(desk, n, sentence, numbers, tools=tools)


def _sentence(desk: Desk, n: int, sentence: CitedSentence, numbers: Numbers, *, tools: bool) -> str:
    locked = desk.is_locked(n)
    claim = (
        f'<span class="claim {sentence.method}" id="c{n}" role="button" '
        f'tabindex="0" aria-pressed="false" aria-controls="sources" '
        f'data-src="{numbers.ids(sentence.citations)}">{_worded(sentence)}</span>'
        f'<span class="tail"><span class="marks">{numbers.marks(sentence.citations)}</span>'
        f"{_made(sentence)}</span>"
    )
    if n == 0:
        claim = f'<h2 class="headline" dir="auto">{claim}</h2>'
    warning = uncarried(sentence)
    rests = None  # of what does not carry it nothing is to be told
    if not warning:
        rests = resting(sentence)
    chosen = ' data-chosen="1"' if desk.chosen == n else ""
    kind = "heading" if n == 0 else "sentence"
    return (
        f'<div class="{kind}{" locked" if locked else ""}{" doubtful" if warning else ""}" '
        f'data-n="{n}"{chosen} dir="auto">{claim}'
        + (f'<p class="uncarried">{escaped(warning.capitalize())}.</p>' if warning else "")
        + _faults(sentence)
        + (f'<p class="rests">{escaped(rests)}</p>' if rests else "")
        + f'<div class="how" dir="ltr"><p>{_how(sentence, told=rests is not None)}</p>'
        + (_tools(desk, n, locked=locked) if tools else "")
        + "</div>"
        + (_others(desk, numbers) if desk.chosen == n and desk.others is not None else "")
        + "</div>"
    )


def _worded(sentence: CitedSentence) -> str:
    """The text, with the words that are not carried marked."""
    out, done = [], 0
    for fault in sorted(sentence.faults, key=lambda f: (f.start, -f.end)):
        start = max(fault.start, done)
        if fault.end > start:
            out.append(escaped(sentence.text[done:start]))
            out.append(f'<mark class="fault">{escaped(sentence.text[start : fault.end])}</mark>')
            done = fault.end
    return "".join((*out, escaped(sentence.text[done:])))


def _faults(sentence: CitedSentence) -> str:
    """Which words of a changed sentence are not carried, and what the sources say instead."""
    told = dict.fromkeys(fault.message for fault in sentence.faults)
    items = "".join(f"<li>{escaped(message)}</li>" for message in told)
    return f'<ul class="faults">{items}</ul>' if items else ""


def _made(sentence: CitedSentence) -> str:
    """How it was made and how well it is supported: a word and a short bar."""
    word, _ = _MADE[sentence.method]
    return (
        f'<span class="made" dir="ltr"><span>{word}</span>'
        f'<span class="meter" role="img" aria-label="support {sentence.support:.2f}" '
        f'title="support {sentence.support:.2f}">'
        f'<i style="width:{round(100 * sentence.support)}%"></i></span></span>'
    )


def _how(sentence: CitedSentence, *, told: bool) -> str:
    """How it was made and what it rests on; told: its independent sources are counted above."""
    carriers = len({(c.article, c.field, c.start) for c in sentence.citations})
    how = f"{_MADE[sentence.method][1]} · {counted(carriers, 'source sentence')}"
    if not told:
        how += f" · {counted(sentence.independent_sources, 'independent source')}"
    return f"{how} · support {sentence.support:.2f}"


def _tools(desk: Desk, n: int, *, locked: bool) -> str:
    offered = _OF_THE_HEADLINE if n == 0 else _OF_THE_LOCKED if locked else tuple(_TOOLS)
    idle = {"up": n == 1, "down": n == len(desk.summary.sentences)}
    buttons = []
    for op in offered:
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
        f'<li dir="auto"><span class="other" role="button" tabindex="0" aria-pressed="false" '
        f'data-src="{numbers.ids(s.citations)}">{escaped(s.text)}</span>'
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
