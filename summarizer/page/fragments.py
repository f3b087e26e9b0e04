"""What all html of the page shares: escaping, the sources' numbers and ids, marks, the status line.

Pure: values in, str out. Every piece of article text passes `escaped`. The text is in `account`,
the articles beside it in `panes`, what stands below in `remarks`, script and style in assets/.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from summarizer.outputs.render.notes import colours, named
from summarizer.page.running import Waiting
from summarizer.schema import ArticleReport, Citation


def escaped(text: str) -> str:
    """Text as html: the five characters that could be markup are not."""
    return html.escape(text, quote=True)


LONGEST_SHOWN = 1_000
"""Code points of a text that stands outside its article; of a longer one the beginning does."""


def shown(text: str) -> str:
    """A sentence as html; of one without an end the beginning, and that there is more of it."""
    return escaped(text[:LONGEST_SHOWN]) + cut_note(text)


def cut_note(text: str) -> str:
    """That only the beginning of a long text is shown, as html; nothing for a shorter one."""
    if len(text) <= LONGEST_SHOWN:
        return ""
    return (
        f'<span class="cut" dir="ltr"> … the first {LONGEST_SHOWN:,} of {len(text):,} characters; '
        "the files to take away hold all of them</span>"
    )


_TOLD_FROM = 1_000  # code points; for dir="auto" a browser looks through a megabyte again and again


def direction(text: str) -> str:
    """The direction of a text by the first letter of its beginning: "rtl" or "ltr"."""
    for character in text[:_TOLD_FROM]:
        kind = unicodedata.bidirectional(character)
        if kind in ("L", "R", "AL"):
            return "ltr" if kind == "L" else "rtl"
    return "ltr"


_UNBROKEN = re.compile(r"\S{1000}")


def unbroken(text: str) -> str:
    """A class, after a blank, for text in which a thousand characters have no blank; else ""."""
    return " unbroken" if _UNBROKEN.search(text) else ""


def counted(n: int, what: str) -> str:
    """The number and the thing, in the plural where there is not one."""
    return f"{n:,} {what}{'' if n == 1 else 's'}"


@dataclass(frozen=True, slots=True)
class Stage:
    """Where a run is: the stage's name, and how many of how many are done."""

    name: str
    done: int
    total: int


class Numbers:
    """The number and colour of each article, and the element id of each source sentence."""

    def __init__(self, articles: Sequence[ArticleReport]) -> None:
        self._number = {a.id: n for n, a in enumerate(articles, 1)}
        self._colour = colours(articles)
        self._label = {a.id: named(a, n) for n, a in enumerate(articles, 1)}
        self._shared = Counter(self._label.values())

    def number(self, article: str) -> int:
        """1-based, in the order of the articles."""
        return self._number[article]

    def colour(self, article: str) -> int:
        """1 to COLOURS; articles of one outlet share theirs."""
        return self._colour[article]

    def label(self, article: str) -> str:
        """The outlet, or "Article 2" where none is known, as in every form. Not escaped."""
        return self._label[article]

    def told_apart(self, article: str) -> str:
        """The label, with its number where another article has the same one. Not escaped."""
        label = self._label[article]
        return f"{label} ({self._number[article]})" if self._shared[label] > 1 else label

    def id_of(self, article: str, field: str, start: int) -> str:
        """The id of the source sentence that begins there: letters and digits of ours only."""
        return f"s{self._number[article]}{field[:2]}{start}"

    def ids(self, citations: Iterable[Citation]) -> str:
        """The value of `data-src`."""
        found = (self.id_of(c.article, c.field, c.start) for c in citations)
        return " ".join(dict.fromkeys(found))

    def marks(self, citations: Iterable[Citation]) -> str:
        """One [n] for each article cited, linked to its first cited sentence."""
        first: dict[str, Citation] = {}
        for c in citations:
            first.setdefault(c.article, c)
        return "".join(
            f'<a class="mark o{self.colour(a)}" href="#{self.id_of(a, c.field, c.start)}" '
            f'aria-label="source {self.number(a)}, {escaped(self.label(a))}">[{self.number(a)}]</a>'
            for a, c in sorted(first.items(), key=lambda item: self.number(item[0]))
        )

    def badge(self, article: str) -> str:
        """The article's number, in its colour."""
        number, colour = self.number(article), self.colour(article)
        return f'<span class="badge o{colour}" aria-hidden="true">{number}</span>'

    def named(self, article: str) -> str:
        """The article's badge and its outlet, escaped."""
        outlet = escaped(self.label(article))
        return f'{self.badge(article)} <span class="outlet">{outlet}</span>'


_STAGES = {
    "waiting for the model": "Loading the model",
    "reading": "Reading",
    "finding evidence": "Finding evidence",
    "reading the reports (%)": "The model is reading",
    "writing (words)": "Writing",
    "asking again (sentences)": "Asking again for what did not hold",
    "verifying": "Verifying",
}


def stage(at: Stage, sentences: int = 0) -> str:
    """What a run is doing, how far it is, and how many sentences are already there."""
    name = _STAGES.get(at.name, at.name.capitalize())
    far = f" {at.done} of {at.total}" if at.total > 1 else ""
    if at.name.endswith("(%)"):
        far = f", {at.done} %"
    if at.name.endswith("(words)"):
        far = f" {at.done} of about {at.total} words"
    if at.name.endswith("(sentences)"):
        far = f": {counted(at.total, 'sentence')}"
    have = f" · {counted(sentences, 'sentence')} so far" if sentences else ""
    share = round(100 * at.done / at.total) if at.total else 0
    bar = f'<progress max="100" value="{share}" aria-label="{escaped(name)}"></progress>'
    return f'<p class="status busy" role="status">{bar}{escaped(name)}{far}{have}</p>'


def waiting(at: Waiting) -> str:
    """That another's summary comes first."""
    if at.ahead == 0:
        return stage(Stage("waiting for the model", 0, 1))
    first = (
        "One summary is being made; yours is next."
        if at.ahead == 1
        else f"{at.ahead} summaries are before yours."
    )
    return f'<p class="status busy waiting" role="status">{first}</p>'


def said(message: str) -> str:
    """A plain remark in the status line."""
    return f'<p class="status" role="status">{escaped(message)}</p>'


def refused(message: str) -> str:
    """An error a reader can mend, as one sentence."""
    said = message[:1].upper() + message[1:]
    return f'<p class="status error" role="alert">{escaped(said)}</p>'
