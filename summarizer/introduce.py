"""Who is who at first mention: a bare surname gets the full name that its own article gives.

Proposes wordings and says what each rests on; whether one may stand is `verify`'s.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from summarizer import prose
from summarizer.facts.dates import MONTHS, WEEKDAYS
from summarizer.facts.names import HONORIFICS, TITLES
from summarizer.facts.places import PLACES
from summarizer.facts.text import common_words
from summarizer.story import CitedSentence, Grouped

_HONORIFIC = r"(?:Mr|Mrs|Ms|Dr)\.? "
_OFFICE = r"(?:(?:Prime |Vice |Deputy |Attorney )?(?:{}))\.? ".format(
    "|".join(sorted(t.capitalize() for t in TITLES))
)
_FIRST = r"[A-Z][a-z]+(?:-[A-Z][a-z]+)?"
_SURNAME = r"(?:(?:Mc|Mac|O['’]|De|Di|Le|Van)?[A-Z][a-z]{2,}(?:-[A-Z][a-z]+)?)"
_FULL = re.compile(
    rf"(?<![\w'’-])(?P<office>{_OFFICE})?(?P<first>{_FIRST})(?: [A-Z]\.)? (?P<last>{_SURNAME})"
    r"(?![\w-])(?! [A-Z])"
)
_PLACE_BEFORE = re.compile(r"(?:\b(?:in|at|from|of|near|to|around|outside|the) |[A-Z][\w.'’-]* )$")


@dataclass(frozen=True, slots=True)
class Introduction:
    """A sentence of the summary with somebody's full name in place of the bare surname.

    index: of the sentence. text: its new wording. row: the source sentence that has the full name.
    """

    index: int
    text: str
    row: int


@dataclass(frozen=True, slots=True)
class _Person:
    full: str
    first: str
    row: int


def introductions(told: Sequence[CitedSentence], grouped: Grouped) -> Iterator[Introduction]:
    """At most one introduction a sentence, for surnames that no sentence before it introduces.

    told: in reading order. A surname is somebody's only where the cited article itself has its
    first mention of it in a full name, before or in the cited sentence, and one first name with it:
    after "President Trump … Ivanka Trump", "Trump" is not taken to be Ivanka.
    """
    people = {a: _people(grouped, a) for s in told for a in {c.article for c in s.citations}}
    known: set[str] = set()
    for index, sentence in enumerate(told):
        found = _bare(sentence, people, known)
        if found is not None:
            (start, end), person = found
            text = f"{sentence.text[:start]}{person.full}{sentence.text[end:]}"
            yield Introduction(index, text, person.row)
        known |= {m["last"] for m in _FULL.finditer(sentence.text)}
        known |= set(re.findall(rf"{_OFFICE}({_SURNAME})\b", sentence.text))
        if found is not None:
            known.add(found[1].full.split()[-1])


def _bare(
    sentence: CitedSentence, people: dict[str, dict[str, _Person]], known: set[str]
) -> tuple[tuple[int, int], _Person] | None:
    """The first bare surname of a person not yet known: its span, honorific included, and whose."""
    quoted = prose.quoted_spans(sentence.text)
    named = {m["last"] for m in _FULL.finditer(sentence.text)}
    for match in re.finditer(rf"(?:{_HONORIFIC})?\b({_SURNAME})\b(?!-)", sentence.text):
        surname = match[1]
        if surname in known or surname in named:
            continue
        if any(a <= match.start() < b for a, b in quoted):
            continue
        if _PLACE_BEFORE.search(sentence.text[: match.start()]) and match.start(1) == match.start():
            continue
        if re.match(r"(?:['’]s)? [A-Z]", sentence.text[match.end() :]):
            continue  # part of a longer name
        owners = [people[c.article][surname] for c in sentence.citations
                  if surname in people.get(c.article, {})]  # fmt: skip
        if owners and len({p.first for p in owners}) == 1:
            return match.span(), owners[0]
    return None


def _people(grouped: Grouped, article: str) -> dict[str, _Person]:
    """Surname → person, for surnames whose first mention in the article is a full name."""
    sentences = grouped.embedded.sentences
    rows = [
        r for r in grouped.embedded.article_rows.get(article, ()) if sentences[r].field == "text"
    ]
    found: dict[str, _Person] = {}
    mentioned: set[str] = set()
    firsts: dict[str, set[str]] = {}
    for row in rows:
        text = sentences[row].text
        for match in _FULL.finditer(text):
            first, last = match["first"], match["last"]
            if not _is_person(first, last):
                continue
            firsts.setdefault(last, set()).add(first)
            before = re.search(rf"\b{re.escape(last)}\b", text[: match.start("last")])
            if last not in mentioned and before is None:
                found.setdefault(last, _Person(match[0], first, row))
        mentioned |= set(re.findall(rf"\b{_SURNAME}\b", text))
    return {last: p for last, p in found.items() if len(firsts[last]) == 1}


def _is_person(first: str, last: str) -> bool:
    low = first.lower()
    return (
        low not in common_words()
        and last.lower() not in WEEKDAYS
        and last.lower() not in MONTHS
        and low not in TITLES
        and low not in HONORIFICS
        and low not in PLACES
        and last.lower() not in PLACES
        and last.lower() not in TITLES
    )
