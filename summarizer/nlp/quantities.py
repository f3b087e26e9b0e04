"""Quantities of a sentence: figures with unit, bound, what they count, and what befalls it.

Figures as written are `numerals`, nouns and fates `counted`, comparison `quantity_values`; dates
and hours are `dates`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from summarizer.nlp import counted, units
from summarizer.nlp.ages import age_at
from summarizer.nlp.bounds import allowed, bound_after, bound_before
from summarizer.nlp.dates import dates
from summarizer.nlp.fates import fate, is_part
from summarizer.nlp.lexicons.lists import table
from summarizer.nlp.numerals import Figure, figure_at
from summarizer.nlp.overlap import has_words
from summarizer.nlp.parse import Parsed, parse
from summarizer.nlp.pieces import Piece, pieces
from summarizer.nlp.quantity_values import Quantity, carries, compatible
from summarizer.nlp.ranges import Placed, joined

__all__ = ["Quantity", "carries", "compatible", "quantities"]

REMEMBERED = 4096
"""Sentences whose quantities stay in memory, the last asked."""


@lru_cache(REMEMBERED)
def quantities(parsed: Parsed) -> tuple[Quantity, ...]:
    """The quantities of a parse in order; dates, hours, and figures that are names are left out."""
    run = pieces(parsed)
    dated = frozenset(i for d in dates(parsed) for i in range(d.first, d.last))
    reader = _Reader(parsed, run, tuple(p.text for p in run), dated)
    found: list[Placed] = []
    for placed in reader.read():
        one = joined(reader.words, found[-1], placed) if found else None
        if one is not None:
            found[-1] = one
        else:
            found.append(placed)
    return tuple(_inherited(parsed, [p.quantity for p in found]))


def gives(text: str, value: str) -> bool:
    """Whether a text has a value that another text words: in the same words, or as a figure."""
    if has_words(text, value):
        return True
    parsed, worded = parse([text, value])
    figures = {(q.value, q.unit) for q in quantities(worded)[:1]}
    return any((q.value, q.unit) in figures for q in quantities(parsed))


def _inherited(parsed: Parsed, found: Sequence[Quantity]) -> Iterator[Quantity]:
    """With the noun of the count before it where a bare count stands beside it in one sentence."""
    before: Quantity | None = None
    for q in found:
        befallen = not q.unit and not q.ordinal and q.fate.endswith((":obj", ":subj"))
        alike = before is not None and before.fate.split(":")[1] == q.fate.rpartition(":")[2]
        if befallen and q.noun is None and q.value and before is not None and alike:
            q = replace(q, noun=before.noun, of=before.of)
        yield q
        if (
            befallen
            and q.noun is not None
            and parsed.tokens[q.noun].pos in ("NOUN", "PROPN")
            and not counted.fate_noun(q.of)
            and not is_part(parsed, q.noun)
        ):
            before = q


@dataclass(frozen=True)
class _Reader:
    """One pass over the pieces of a parse; places are those of pieces unless called tokens."""

    parsed: Parsed
    run: tuple[Piece, ...]
    words: tuple[str, ...]
    dated: frozenset[int]

    def word(self, i: int) -> str:
        return self.words[i] if 0 <= i < len(self.words) else ""

    def tag(self, i: int) -> str:
        return self.parsed.tokens[self.run[i].token].tag if 0 <= i < len(self.run) else ""

    def pos(self, i: int) -> str:
        return self.parsed.tokens[self.run[i].token].pos if 0 <= i < len(self.run) else ""

    def read(self) -> Iterator[Placed]:
        i = 0
        while i < len(self.run):
            if self.run[i].token in self.dated:
                i += 1
                continue
            found = self.none(i) or self.times(i)
            figure = figure_at(self.run, i) if found is None else None
            if figure is not None and self.counts(figure):
                found = self.quantity(figure)
            if found is not None:
                yield found
            last = found.last if found else figure.last if figure else i
            i = max(last, i + 1)

    def counts(self, f: Figure) -> bool:
        """Whether a figure counts or measures, and is no date, label, pronoun or part of a name."""
        if any(self.run[k].token in self.dated for k in range(f.first, f.last)):
            return False
        word, before = self.word(f.first), self.word(f.first - 1)
        if f.kind == "ordinal":
            return word != "second" or self.tag(f.first) not in ("NN", "NNS")
        if not f.digits and self.titled(f):
            return False
        if word == "one" and f.last == f.first + 1:
            return (
                before not in units.words("no_count")
                and self.tag(f.first) == "CD"
                and not self.pronoun(f)
            )
        if not f.digits or f.first == 0 or before in (",", "(", "magnitude", "age", "ages", "aged"):
            return True
        if self.word(f.last) == "-" and self.word(f.last + 1).isdigit():
            return True  # "beat Rovers 3-1"
        if before == "-" and self.run[f.first - 1].glued and f.first > 1:
            return self.pos(f.first - 2) != "PROPN"  # "Covid-19"
        return "," in word or self.measured(f) or not self.labelled(f.first)

    def pronoun(self, f: Figure) -> bool:
        """Whether "one" stands for a noun: "the journey is a long one"."""
        at = self.run[f.first].token
        return any(
            self.parsed.tokens[c].dep in ("det", "amod") and c < at
            for c in self.parsed.children[at]
        )

    def titled(self, f: Figure) -> bool:
        """Whether a number word is part of a name: "the band One Direction"."""
        first = self.parsed.tokens[self.run[f.first].token]
        after = self.parsed.tokens[self.run[min(f.last, len(self.run) - 1)].token]
        return first.start > 0 and first.text[0].isupper() and after.text[0].isupper()

    def measured(self, f: Figure) -> bool:
        """Whether a noun or a unit follows."""
        return self.pos(f.last) == "NOUN" or self.unit(f) is not None

    def labelled(self, i: int) -> bool:
        """Whether what stands before makes the figure a label: "Title 9", "Apollo 11", "No. 7"."""
        before = self.run[i - 1].token
        token = self.parsed.tokens[before]
        if token.lower == "no" or (token.lower == "." and self.word(i - 2) == "no"):
            return True
        if token.lower == "of":
            return self.parsed.tokens[token.head].pos == "PROPN"
        if token.pos == "PROPN":
            return units.currency(token.lower) is None
        own = self.parsed.tokens[self.run[i].token]
        return token.tag == "NN" and own.dep == "nummod" and own.head == before

    def plain(self, first: int, last: int, value: float, noun: int | None, unit: str) -> Placed:
        """A figure that a word gives."""
        at, start = self.run[last - 1].token, self.run[first].token
        of = self.parsed.tokens[noun].lemma if noun is not None else ""
        befalls = "" if unit else fate(self.parsed, start, at, noun)
        q = Quantity(start, at + 1, value, value, "", unit, noun, befalls, False, value, 1.0, of)
        return Placed(first, last, q, value, None)

    def none(self, i: int) -> Placed | None:
        """ "Nobody", "no one", "none of the crew", "no deaths": a count of none."""
        word, after = self.word(i), self.word(i + 1)
        if word in table("numerals")["nobody"].split():
            last = i + 1
        elif word == "no" and after == "one":
            last = i + 2
        elif word == "no" and after == "-" and self.word(i + 2) == "one":
            last = i + 3
        elif word == "no":
            token = self.run[i].token
            head = self.parsed.tokens[token].head
            noun = self.parsed.tokens[head]
            if head < token or noun.pos != "NOUN" or not counted.fate_noun(noun.lemma):
                return None
            return self.plain(i, i + 1, 0.0, head, "")
        else:
            return None
        return self.plain(
            i, last, 0.0, counted.counted_noun(self.parsed, self.run[last - 1].token), ""
        )

    def times(self, i: int) -> Placed | None:
        """ "Doubled", "twice": a number of times."""
        token = self.parsed.tokens[self.run[i].token]
        folds = table("numerals")["folds"]
        word = token.lemma if token.pos == "VERB" else token.lower
        if word not in folds or token.pos not in ("VERB", "ADV"):
            return None
        return self.plain(i, i + 1, float(folds[word]), None, "times")

    def mark(self, i: int) -> tuple[int, units.Measure] | None:
        """The currency mark right before piece `i`, and where it begins."""
        if self.word(i - 1) == "." and self.word(i - 2):
            found = units.currency(self.word(i - 2) + ".")
            return (i - 2, found) if found else None
        found = units.currency(self.word(i - 1))
        return (i - 1, found) if found else None

    def unit(self, f: Figure) -> tuple[int, units.Measure] | None:
        """The unit behind a figure, and the piece after it."""
        at = f.last + 1 if self.word(f.last) == "-" else f.last
        if self.word(at) in units.pounds():
            entity = self.parsed.tokens[self.run[at].token].entity
            return at + 1, units.pound(as_money=entity == "MONEY" or f.scaled)
        found = units.measure_at(self.words, at)
        if found is None:
            return None
        last, measure = found
        if last == at + 1 and self.word(at) in ("m", "c", "f", "in") and not self.run[at].glued:
            return None
        return None if measure.name == "second" and self.tag(at) == "JJ" else found

    def quantity(self, f: Figure) -> Placed:
        """A figure with its unit, its bound, and what it counts."""
        first, last = f.first, f.last
        measure: units.Measure | None = None
        if (marked := self.mark(first)) is not None:
            first, measure = marked
        elif f.kind == "share":
            measure = units.Measure("percent", "%", 1.0)
        elif f.kind != "ordinal" and (behind := self.unit(f)) is not None:
            last, measure = behind
        at = self.run[last - 1].token
        noun = counted.counted_noun(self.parsed, at)
        if (age := age_at(self.parsed, self.run, f, last, measure)) is not None:
            last, noun = age
            measure = units.Measure("year", "year_old", 1.0)
        elif measure is None and (magnitude := self.magnitude(first, noun)) is not None:
            noun = magnitude if magnitude >= 0 else None
            measure = units.Measure("", "magnitude", 1.0)
        measure = measure or units.Measure("", "", 1.0)
        scale, shift = measure.factor, measure.shift
        bound, cued = "", first
        if f.kind != "ordinal":
            bound, cued = bound_before(self.words, first, measure.base)
        if not bound and f.kind != "ordinal":
            bound, last = bound_after(self.words, last)
        if f.kind == "vague":
            bound = bound or "about"
        low, high = allowed(
            bound, f.low * scale + shift, f.high * scale + shift, f.step * scale, measure.base
        )
        start = self.run[f.first].token
        whole = noun if measure.base in ("", "%") else None
        befalls = f.kind != "ordinal" and measure.base != "year_old"
        q = Quantity(
            first=self.run[first].token, last=self.run[last - 1].token + 1, low=low, high=high,
            bound="about" if bound == "nearly" else bound, unit=measure.base, noun=noun,
            fate=fate(self.parsed, start, at, whole) if befalls else "",
            ordinal=f.kind == "ordinal", value=f.value * scale + shift, step=f.step * scale,
            of=self.parsed.tokens[noun].lemma if noun is not None else "",
            written=measure.name, scaled=f.scaled, per=self.per(last),
            cue=self.run[first].token - self.run[cued].token,
        )  # fmt: skip
        if self.word(first - 1) == "but" and self.word(first - 2) == "all":
            q = replace(q, unit="all_but")
        return Placed(first, last, q, f.value, measure if measure.base else None)

    def magnitude(self, first: int, noun: int | None) -> int | None:
        """The token of what has this magnitude, -1 for nothing said; None if it is no magnitude."""
        tokens = self.parsed.tokens
        if noun is not None and tokens[noun].lemma == "magnitude":
            head = tokens[noun].head
            return head if tokens[head].pos == "NOUN" and head != noun else -1
        if noun is not None and noun > 0 and tokens[noun - 1].lower == "magnitude":
            return noun
        return -1 if "magnitude" in (self.word(first - 1), self.word(first - 2)) else None

    def per(self, last: int) -> str:
        """What a rate is by, right behind the quantity or its noun: "a day", "per hour"."""
        for at in range(last, min(last + 3, len(self.run) - 1)):
            if self.word(at) == "-":
                continue
            if self.word(at) in ("a", "an", "per", "each", "every"):
                found = units.measure_at(self.words, at + 1 + (self.word(at + 1) == "-"))
                if found is not None and found[1].base in ("s", "month"):
                    return found[1].name
                token = self.parsed.tokens[self.run[at + 1].token]
                return token.lemma if self.word(at) == "per" else ""
            if self.pos(at) not in ("NOUN", "ADJ"):
                break
        return ""
