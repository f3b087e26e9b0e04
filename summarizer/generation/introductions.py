"""Who is who at first mention: a bare surname gets the full name that its own article gives.

Proposes wordings and says what each rests on; whether one may stand is `verify`'s.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from summarizer.nlp import Parsed, parse
from summarizer.nlp.entities import Name, names
from summarizer.nlp.name_values import beside_names, folded, titles
from summarizer.nlp.quotations import quotations
from summarizer.schema import CitedSentence
from summarizer.types import Grouped

_LONGEST_TITLE = 3


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
    words: tuple[str, ...]
    row: int


def introductions(told: Sequence[CitedSentence], grouped: Grouped) -> Iterator[Introduction]:
    """At most one introduction a sentence, for surnames that no sentence before it introduces.

    told: in reading order. A surname is somebody's only where the cited article itself has its
    first mention of it in a full name, before or in the cited sentence, and one first name with it:
    after "President Trump … Ivanka Trump", "Trump" is not taken to be Ivanka.
    """
    known: set[str] = set()
    for index, (sentence, parsed) in enumerate(
        zip(told, parse([s.text for s in told]), strict=True)
    ):
        own = names(parsed)
        full = {n.words[-1] for n in own if len(n.words) > 1 or n.title}
        for name in own:
            if name.words[-1] in known | full or not _bare(parsed, name):
                continue
            found = {
                p.words[0]: p
                for article in dict.fromkeys(c.article for c in sentence.citations)
                if (p := _person(grouped, article, parsed, name)) is not None
            }
            if len(found) == 1:
                [person] = found.values()
                start, end = parsed.tokens[_start(parsed, name)].start, _end(parsed, name)
                text = f"{sentence.text[:start]}{person.full}{sentence.text[end:]}"
                yield Introduction(index, text, person.row)
                known.add(name.words[-1])
                break
        known |= full


def _bare(parsed: Parsed, name: Name) -> bool:
    """Whether a name is one word that stands for a person, outside quotation marks."""
    at = name.last - 1
    if len(name.words) > 1 or name.title or name.acronym:
        return False
    if any(a <= at < b for a, b in quotations(parsed)):
        return False
    above = parsed.tokens[parsed.tokens[at].head]
    within = parsed.tokens[at].dep == "compound" and above.pos == "PROPN"
    acts = parsed.tokens[at].dep in ("nsubj", "nsubjpass", "poss")
    if within or (parsed.tokens[at].dep == "pobj" and above.lower in beside_names("where")):
        return False
    return name.kind == "person" or (name.kind != "place" and acts)


def _start(parsed: Parsed, name: Name) -> int:
    """Where a name begins, with "Mr" and the like."""
    at = name.first
    while at and folded(parsed.tokens[at - 1].text) in beside_names("honorifics"):
        at -= 1
    return at


def _end(parsed: Parsed, name: Name) -> int:
    last = name.last - 1
    return parsed.tokens[last - (parsed.tokens[last].tag == "POS")].end


def _person(grouped: Grouped, article: str, told: Parsed, name: Name) -> _Person | None:
    """Whom an article means by a surname: its first mention is a full name, and the only one."""
    sentences = grouped.embedded.sentences
    surname = told.tokens[name.last - 1].text
    rows = [
        r
        for r in grouped.embedded.article_rows.get(article, ())
        if sentences[r].field == "text" and surname in sentences[r].text
    ]
    first: _Person | None = None
    bearers: set[str] = set()
    for row, parsed in zip(rows, parse([sentences[r].text for r in rows]), strict=True):
        for found in names(parsed):
            if found.words[-1] != name.words[-1]:
                continue
            full = len(found.words) > 1
            if first is None and (not full or found.kind != "person"):
                return None
            bearers |= {found.words[0]} if full else set()
            if first is None:
                start = parsed.tokens[_titled(parsed, found)].start
                first = _Person(parsed.text[start : _end(parsed, found)], found.words, row)
    return first if len(bearers) == 1 else None


def _titled(parsed: Parsed, name: Name) -> int:
    """Where the title right before a name begins, its qualifier included; the name's own start."""
    tokens = parsed.tokens
    for n in range(_LONGEST_TITLE, 0, -1):
        at = name.first - n
        if at >= 0 and name.title:
            words = tuple(folded(t.text) for t in tokens[at : name.first])
            if titles().get(words) == name.title:
                qualified = bool(at and name.qualifier) and tokens[at - 1].lower == name.qualifier
                return at - 1 if qualified else at
    return name.first
