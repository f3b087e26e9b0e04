"""Source sentences as their article lets them be read: who "he" is, and which day "Friday" was.

Only for judging a wording that gives these in full; what is cited stands as the article has it.
"Decontextualized" as in Choi et al., TACL 2021 (doi:10.1162/tacl_a_00377), for three things only.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from summarizer.nlp import Parsed, parse, publication_days
from summarizer.nlp.antecedents import named_antecedent
from summarizer.nlp.dates import dates, said
from summarizer.nlp.entities import names
from summarizer.nlp.name_values import Name, folded
from summarizer.nlp.reported_speech import ReportedSpeech, reported_speech
from summarizer.pipeline.prepared import Prepared
from summarizer.schema import SourceSentence

_BEFORE = 3
"""Sentences before a pronoun in which the person that it means is looked for."""

_Change = tuple[int, int, str]
"""Code points [start, end) of a sentence, and what they stand for."""


def decontextualised(text: str, rows: Sequence[int], prepared: Prepared) -> list[SourceSentence]:
    """The story's sentences, those at `rows` as whoever has read their article takes them.

    A pronoun that speaks becomes the name, a weekday gets its date and a newspaper its whole name,
    where the article makes them certain and `text` asks for them; all else stays as printed.
    Spans remain those of the printed sentences.
    """
    [asked] = parse([text])
    sentences = list(prepared.grouped.embedded.sentences)
    naming = any(t.pos == "PROPN" for t in asked.tokens)
    story = [(p, n) for p in parse([s.text for s in sentences] if naming else []) for n in names(p)]
    articles = {a.id: a for a in prepared.story.articles}
    for r in rows:
        s = sentences[r]
        article = articles[s.article]
        context = [prepared.grouped.embedded.sentences[k] for k in range(max(0, r - _BEFORE), r)]
        before = parse([c.text for c in context if (c.article, c.field) == (s.article, s.field)])
        [parsed] = parse([s.text])
        changes = [
            *_named(asked, parsed, before, story),
            *_dated(asked, parsed, article.published),
            *_outlet(asked, parsed, article.outlet),
        ]
        full = s.text
        for start, end, words in sorted(changes, reverse=True):
            full = f"{full[:start]}{words}{full[end:]}"
        sentences[r] = replace(s, text=full)
    return sentences


def _named(
    asked: Parsed, parsed: Parsed, before: Sequence[Parsed], story: Sequence[tuple[Parsed, Name]]
) -> Iterator[_Change]:
    """Each pronoun that speaks as the person it means, as the story calls that person most fully.

    story: every name of the story, in its sentence.
    Where the text has words of that name or title which the sentence has not, or another speaker.
    """
    wanted = _words(asked) - _words(parsed)
    named = any(asked.tokens[s.speaker[-1]].pos != "PRON" for s in _spoken(asked))
    for speech in _spoken(parsed):
        found = named_antecedent(parsed, speech.speaker, before)
        if found is None:
            continue
        own, name = found
        called = [_called(own, name), *(_called(p, n) for p, n in story if n.words == name.words)]
        best = max(called, key=lambda c: len(wanted & {folded(w) for w in c.split()}))
        if named or wanted & {folded(w) for w in best.split()}:
            token = parsed.tokens[speech.speaker[0]]
            yield token.start, token.end, best


def _spoken(parsed: Parsed) -> list[ReportedSpeech]:
    return [speech for speech in reported_speech(parsed) if speech.speaker]


def _words(parsed: Parsed) -> frozenset[str]:
    return frozenset(folded(t.text) for t in parsed.tokens if t.pos in ("NOUN", "PROPN", "ADJ"))


def _called(parsed: Parsed, name: Name) -> str:
    """A name with what stands before it in its noun phrase: "fire chief Ann Lee"."""
    last = name.last - (parsed.tokens[name.last - 1].tag == "POS")
    first = next((a for a, b in parsed.phrases if a <= name.first < b), name.first)
    return parsed.cut(range(first, last))


def _dated(asked: Parsed, parsed: Parsed, published: str | None) -> Iterator[_Change]:
    """Each weekday that is certain and of which the text has the date, with it."""
    days = {(d.month, d.day): d.year for d in dates(asked) if d.day is not None}
    for found in dates(parsed) if days else ():
        day = None if "day" in said(found) else publication_days.when(parsed, found, published)
        if day is None or day[1] or (day[0].month, day[0].day) not in days:
            continue
        written = f"{day[0]:%B} {day[0].day}"
        if days[day[0].month, day[0].day] is not None:
            written += f", {day[0].year}"
        at = parsed.tokens[found.last - 1].end
        yield at, at, f", {written}{',' if parsed.text[at : at + 1] == ' ' else ''}"


def _outlet(asked: Parsed, parsed: Parsed, outlet: str | None) -> Iterator[_Change]:
    """ "The Gazette" in a report of the Thornby Gazette, where the text has the whole name."""
    words = (outlet or "").removeprefix("The ").split()
    if len(words) < 2 or not {folded(w) for w in words} <= _words(asked):
        return
    for before, token in zip(parsed.tokens, parsed.tokens[1:], strict=False):
        if before.lower == "the" and token.text == words[-1]:
            yield token.start, token.end, " ".join(words)
