"""One person, one spelling: names that the articles spell in two ways, and the one that is told.

Whether two names are one is `nlp.name_values`'.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from summarizer.nlp import parse, well_formed
from summarizer.nlp.entities import Name, names, same_name
from summarizer.nlp.name_values import folded, sound
from summarizer.nlp.words import words
from summarizer.types import Grouped

_LEAST = 4
"""Letters below which two spellings are two names: Ann and Ian."""


@dataclass(frozen=True, slots=True)
class Spelling:
    """A word of somebody's name as most articles spell it, and as others do.

    row: the first source sentence that has the name in full, spelled so.
    """

    kept: str
    other: str
    row: int


def spellings(grouped: Grouped) -> tuple[Spelling, ...]:
    """The words of full names that different articles spell differently, the majority's first.

    An article counts once, a copy with its original; of as many the earlier one is kept. Where one
    article has both spellings they are two persons.
    """
    holders = _holders(grouped)
    rows = {r for forms in _alike(holders) for form in forms for r in holders[form]}
    ordered = sorted(rows)
    sentences = grouped.embedded.sentences
    full: dict[tuple[str, ...], tuple[Name, int]] = {}
    for row, parsed in zip(ordered, parse([sentences[r].text for r in ordered]), strict=True):
        for name in names(parsed):
            if len(name.words) > 1 and name.kind == "person":
                full.setdefault(name.words, (name, row))
    found: dict[tuple[str, str], Spelling] = {}
    written = {form: Counter(own.values()).most_common(1)[0][0] for form, own in holders.items()}
    for (one, first), (other, second) in combinations(full.values(), 2):
        if len(one.words) != len(other.words) or not same_name(one, other):
            continue
        for pair in zip(one.words, other.words, strict=True):
            held = [_articles(grouped, holders.get(word, {})) for word in pair]
            if pair[0] == pair[1] or held[0] & held[1] or not all(held):
                continue
            votes = [len({grouped.copies.get(a, a) for a in articles}) for articles in held]
            kept = int(votes[1] > votes[0])
            row = (first, second)[kept]
            found[pair] = Spelling(written[pair[kept]], written[pair[1 - kept]], row)
    return tuple(found.values())


def _holders(grouped: Grouped) -> Mapping[str, Mapping[int, str]]:
    """Folded words with a capital → the rows that have them, as written there."""
    found: dict[str, dict[int, str]] = defaultdict(dict)
    for row, s in enumerate(grouped.embedded.sentences):
        if s.field != "text" or s.article in grouped.strangers:
            continue
        for w in words(s.text):
            if w.text[0].isupper() and len(w.text) >= _LEAST:
                plain = re.sub(r"['’]s$", "", w.text)
                found[folded(plain)].setdefault(row, plain)
    return found


def _alike(holders: Mapping[str, object]) -> Iterator[Sequence[str]]:
    """The words that sound alike and are spelled differently."""
    sounds: dict[str, list[str]] = defaultdict(list)
    for word in holders:
        sounds[sound(word)].append(word)
    return (forms for forms in sounds.values() if len(forms) > 1)


def _articles(grouped: Grouped, rows: Mapping[int, str]) -> set[str]:
    return {grouped.embedded.sentences[r].article for r in rows}


def spelled(text: str, spelling: Spelling) -> str:
    """A text with the kept spelling in place of the other, quotations left as they are."""
    quoted = well_formed.quoted_spans(text)

    def kept(m: re.Match[str]) -> str:
        return m.group() if any(a <= m.start() < b for a, b in quoted) else spelling.kept

    return re.sub(rf"\b{re.escape(spelling.other)}\b", kept, text)
