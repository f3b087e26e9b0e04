"""Summary -> what Copy puts on the clipboard: the text with its marks, and a short list of sources.

As plain text and as html without style, so that it takes that of where it is pasted. What the
sources differ on is told in a line each where the text does not tell it. Nothing of what was left
out is here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from html import escape

from summarizer.nlp.overlap import has_words
from summarizer.outputs.render.inert import one_line
from summarizer.outputs.render.notes import (
    Notes,
    about,
    named,
    numbered,
    paragraphs,
    printed_days,
    uncarried,
)
from summarizer.schema import ArticleReport, CitedSentence, Disagreement, Summary


def plain(summary: Summary, *, begins: Collection[int] = ()) -> str:
    """Headline, text, what the sources differ on, and sources as plain text.

    begins: the numbers, from 1, of the sentences that begin a paragraph.
    """
    notes = Notes.of(summary)
    parts = [] if summary.title is None else [_plain(summary.title, notes)]
    parts += map(" ".join, paragraphs([_plain(s, notes) for s in summary.sentences], begins))
    if differing := list(_differing(summary, notes)):
        parts.append("\n".join(differing))
    if sources := [one_line(", ".join(_known(a, notes))) for a in notes.cited(summary.citations())]:
        parts.append("\n".join(["Sources", *sources]))
    return "\n\n".join(parts) + "\n"


def rich(summary: Summary, *, begins: Collection[int] = ()) -> str:
    """The same as html: raised marks, and headlines that lead to where the articles are."""
    notes = Notes.of(summary)
    parts = [] if summary.title is None else [f"<h2>{_rich(summary.title, notes)}</h2>"]
    told = paragraphs([_rich(s, notes) for s in summary.sentences], begins)
    parts += (f"<p>{' '.join(paragraph)}</p>" for paragraph in told)
    if differing := "<br>".join(escape(line) for line in _differing(summary, notes)):
        parts.append(f"<p>{differing}</p>")
    if sources := [_linked(a, notes) for a in notes.cited(summary.citations())]:
        parts.append(f"<p><b>Sources</b><br>{'<br>'.join(sources)}</p>")
    return "".join(parts)


def _differing(summary: Summary, notes: Notes) -> Iterator[str]:
    """A line a difference that the text itself does not tell: each value, and who reports it."""
    for difference in summary.disagreements:
        told = (s for s in summary.sentences if not s.problems)
        if any(_tells(sentence, difference) for sentence in told):
            continue
        sides = []
        days = printed_days(difference, notes.articles)
        for value, printed in zip(difference.values, days, strict=True):
            outlets = dict.fromkeys(notes.label(c.article) for c in value.citations)
            sides.append(f"{value.value} ({', '.join(filter(None, (*outlets, printed)))})")
        yield one_line(f"Sources differ on {difference.about}: {', '.join(sides)}.")


def _tells(sentence: CitedSentence, difference: Disagreement) -> bool:
    """Whether a sentence words each value, or words one and cites a source of each.

    So "14" tells what the sources word as "fourteen", and nothing has to be parsed.
    """
    worded = [has_words(sentence.text, v.value) for v in difference.values]
    cited = {c.place for c in sentence.citations}
    return all(worded) or (
        any(worded) and all(any(c.place in cited for c in v.citations) for v in difference.values)
    )


def _plain(sentence: CitedSentence, notes: Notes) -> str:
    return " ".join(part for part in _pieces(sentence, notes) if part)


def _rich(sentence: CitedSentence, notes: Notes) -> str:
    text, marks, warning = (escape(part) for part in _pieces(sentence, notes))
    raised = f"<sup>{marks}</sup>" if marks else ""
    return f"{text}{raised}" + (f" <b>{warning}</b>" if warning else "")


def _pieces(sentence: CitedSentence, notes: Notes) -> tuple[str, str, str]:
    """The sentence, its marks, and that its sources do not carry it, where that is so."""
    marks = numbered(notes.carrying(sentence))
    warning = uncarried(sentence)
    return one_line(sentence.text), marks, f"({warning})" if warning else ""


def _known(article: ArticleReport, notes: Notes) -> list[str]:
    number = notes.numbers[article.id]
    return [f"[{number}] {named(article, number)}", *about(article)]


def _linked(article: ArticleReport, notes: Notes) -> str:
    url = article.url or ""
    if not url.startswith(("https://", "http://")):
        return escape(one_line(", ".join(_known(article, notes))))
    bare = article.model_copy(update={"url": None})
    who, *known = (escape(one_line(part)) for part in _known(bare, notes))
    linked, *rest = known if article.title else [escape(one_line(url)), *known]
    return ", ".join([who, f'<a href="{escape(url)}">{linked}</a>', *rest])
