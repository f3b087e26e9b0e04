"""Who is who at first mention: a bare surname or "the minister" gets the name its article gives.

Proposes wordings and says what each rests on; whether one may stand is for verification.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from summarizer.nlp import Parsed, parse
from summarizer.nlp.definites import (
    Definite,
    account_referents,
    anaphors,
    bearers,
    definites,
    demonstratives,
    done,
    introduced,
    is_shell_noun,
    mentions,
    of_a_person,
    of_what_is_said,
    ordinal_anaphors,
)
from summarizer.nlp.entities import Name, known_names, names, same_name
from summarizer.nlp.lexicons.lists import word_list
from summarizer.nlp.name_values import beside_names, folded, titles
from summarizer.nlp.pronouns import counts, fitting, likeliest, of_a_count, unbound, wanted
from summarizer.nlp.quotations import quotations
from summarizer.schema import Citation, CitedSentence
from summarizer.types import Grouped

_LONGEST_TITLE = 3

_NEAR = 3
"""Sentences before a pronoun's in which what it means is sought."""


@dataclass(frozen=True, slots=True)
class Introduction:
    """A sentence of the summary with somebody's full name in place of a surname or a definite.

    index: of the sentence. text: its new wording. row: the source sentence that has the full name.
    """

    index: int
    text: str
    row: int


@dataclass(frozen=True, slots=True)
class Unintroduced:
    """A sentence of the summary with a surname or a definite of which nobody can tell whose it is.

    index: of the sentence. words: the surname or the definite.
    """

    index: int
    words: str


@dataclass(frozen=True, slots=True)
class _Person:
    """full: the name as written. words: folded; first: the first name, or the title without one."""

    full: str
    words: tuple[str, ...]
    first: str
    row: int


@dataclass(frozen=True, slots=True)
class _Context:
    """A sentence of the summary in its place: told, parses are of those before it that are kept."""

    index: int
    sentence: CitedSentence
    parsed: Parsed
    told: Sequence[CitedSentence]
    parses: Sequence[Parsed]
    grouped: Grouped

    def names(self, definite: Definite) -> bool:
        """Whether a sentence before has something that may be called so again."""
        return any(mentions(definite.lemma, p) for p in self.parses)

    def follows(self, row: int) -> bool:
        """Whether the sentence before is cited to a row, or to another wording of its claim.

        The reader has read what is said there.
        """
        cited = {at for c in (self.told[-1].citations if self.told else ()) for at in self.at(c)}
        told = (e.rows for e in self.grouped.evidence if not cited.isdisjoint(e.rows))
        return row in cited.union(*told)

    def at(self, citation: Citation) -> list[int]:
        """The row of a citation, if it has one."""
        sentences, field = self.grouped.embedded.sentences, citation.field
        rows = self.grouped.embedded.article_rows[citation.article]
        starts = ((r, sentences[r]) for r in rows)
        return [r for r, s in starts if (s.field, s.start) == (field, citation.start)]

    def ahead(self, words: str) -> Iterator[list[int]]:
        """Of each cited sentence with some words, the rows before it in its article."""
        sentences, pattern = self.grouped.embedded.sentences, rf"\b{re.escape(words)}\b"
        for citation in self.sentence.citations:
            for row in self.at(citation) if re.search(pattern, citation.text, re.I) else ():
                rows = self.grouped.embedded.article_rows[citation.article]
                yield [r for r in rows if sentences[r].field == "text" and r < row]

    def account(self, rows: Sequence[int]) -> list[int]:
        """Of the rows before one in its article those that "that account" may mean."""
        sentences, near = self.grouped.embedded.sentences, rows[-_NEAR - 1 :]
        return [near[i] for i in account_referents(parse([sentences[r].text for r in near]))]


def introductions(
    told: Sequence[CitedSentence], grouped: Grouped
) -> Iterator[Introduction | Unintroduced]:
    """At most one introduction a sentence, for who or what no sentence before it introduces.

    told: in reading order. A surname is somebody's only where the cited article itself has its
    first mention of it in a full name or with a title, and one bearer: after "President Trump …
    Ivanka Trump", "Trump" is neither for certain. A definite such as "the minister" is what its
    article named last before it that can be called so.
    """
    known: dict[str, set[str]] = {}
    parses = parse([s.text for s in told])
    kept: list[int] = []
    for index, (sentence, parsed) in enumerate(zip(told, parses, strict=True)):
        context = _Context(
            index, sentence, parsed, [told[i] for i in kept], [parses[i] for i in kept], grouped
        )
        own = names(parsed, _known_words(grouped, sentence))
        full: dict[str, set[str]] = {}
        for n in own:
            if len(n.words) > 1 or n.title:
                full.setdefault(n.words[-1], set()).add(_first(n))
        found = _surname(index, sentence, parsed, own, known, full, grouped)
        found = found or _definite(context) or _pronoun(context)
        found = found or _brought_in(context) or _pointed_at(context)
        if found is not None:
            yield found
        if not isinstance(found, Unintroduced):
            kept.append(index)
            for surname, first in full.items():
                known.setdefault(surname, set()).update(first)


def _first(name: Name) -> str:
    return name.words[0] if len(name.words) > 1 else name.title


def _known_words(grouped: Grouped, sentence: CitedSentence) -> frozenset[str]:
    """The words that are names in the cited articles: "Toll" is one where a sentence opens too."""
    sentences = grouped.embedded.sentences
    rows = [
        r
        for article in dict.fromkeys(c.article for c in sentence.citations)
        for r in grouped.embedded.article_rows.get(article, ())
        if sentences[r].field == "text"
    ]
    return known_names(parse([sentences[r].text for r in rows]))


def _surname(
    index: int,
    sentence: CitedSentence,
    parsed: Parsed,
    own: Sequence[Name],
    known: dict[str, set[str]],
    full: dict[str, set[str]],
    grouped: Grouped,
) -> Introduction | Unintroduced | None:
    """The first bare surname that needs its full name, or that cannot be told.

    known: surname → first names by which sentences before introduce its bearers. full: the same of
    this sentence; a bearer that is introduced here is added.
    """
    for name in own:
        surname = name.words[-1]
        if surname in full or not _bare(parsed, name):
            continue
        people = [
            p
            for article in dict.fromkeys(c.article for c in sentence.citations)
            for p in _bearers(grouped, article, parsed, name)
        ]
        firsts = {p.first for p in people}
        if len(firsts) > 1:
            return Unintroduced(index, parsed.cut(range(name.first, name.last)))
        if not people:
            acts = parsed.tokens[name.last - 1].dep in ("nsubj", "nsubjpass", "poss")
            person = acts and name.kind == "person"
            if surname not in known and person and _unknown(grouped, name):
                return Unintroduced(index, parsed.cut(range(name.first, name.last)))
            continue
        if known.get(surname) == firsts:
            continue
        full.setdefault(surname, set()).update(firsts)
        start, end = parsed.tokens[_start(parsed, name)].start, _end(parsed, name)
        text = f"{sentence.text[:start]}{people[0].full}{sentence.text[end:]}"
        return Introduction(index, text[:1].upper() + text[1:], people[0].row)
    return None


def _unknown(grouped: Grouped, name: Name) -> bool:
    """Whether one article alone has a surname: what several print bare, all readers know."""
    word = name.words[-1]
    held = {
        s.article
        for s in grouped.embedded.sentences
        if any(folded(w.strip(".,;:!?\"'’“”()")) == word for w in s.text.split())
    }
    return len(held) < 2


def _definite(context: _Context) -> Introduction | Unintroduced | None:
    """The first definite that does not stand for what the summary named last that it fits."""
    sentences = context.grouped.embedded.sentences
    for definite in definites(context.parsed):
        for before in context.ahead(definite.text):
            meant = _last_named(definite, before, parse([sentences[r].text for r in before]))
            if meant is None:
                continue
            named_in, named = meant
            if context.follows(named_in) or context.follows(before[-1]):
                continue
            if any(same_name(n, other) for n in names(context.parsed) for other in named):
                continue  # named beside it
            if len(named) > 1:
                return Unintroduced(context.index, definite.text)
            [source] = parse([sentences[named_in].text])
            held = _last_named(definite, range(len(context.parses)), context.parses)
            if held is not None and len(held[1]) == 1 and same_name(held[1][0], named[0]):
                continue
            full, text = _called(source, named[0]), context.sentence.text
            text = f"{text[: definite.start]}{full}{text[definite.end :]}"
            return Introduction(context.index, text[:1].upper() + text[1:], named_in)
    return None


def _pronoun(context: _Context) -> Introduction | Unintroduced | None:
    """The first pronoun that neither its sentence nor the one before it in the summary explains.

    What it means is sought in its article, in the last sentence before it that has what fits. If
    that is one alone and has a name, the name is put in its place outside quotation marks.
    """
    sentences, parsed = context.grouped.embedded.sentences, context.parsed
    for at in unbound(parsed):
        kind, last = wanted(parsed, at), context.parses[-1:]
        ours = context.sentence.method == "fused"
        if ours and not any(fitting(p, kind) for p in last):
            return Unintroduced(context.index, parsed.tokens[at].text)
        for before in () if ours else context.ahead(parsed.tokens[at].text):
            if not before or (context.follows(before[-1]) and context.told[-1].method != "fused"):
                continue  # right behind the source's own words
            rows = before[: -_NEAR - 1 : -1]
            # Near in one article, somebody of whom both speak is hardly two.
            somebody = kind in ("male", "female")
            if somebody and any(map(context.follows, rows)) and fitting(last[0], kind):
                continue
            near = list(zip(rows, parse([sentences[r].text for r in rows]), strict=True))
            row, source = next(((r, p) for r, p in near if fitting(p, kind)), near[0])
            heads = likeliest(source, kind)
            apart = of_a_count(parsed, at) and any(counts(p) > 1 for p in last)
            # Anybody may be called a person: "he" is the nurse of the sentence before, not anyone.
            called = [source.tokens[h].lemma for h in heads]
            same = _has if somebody else mentions
            if not apart and any(same(lemma, p) for lemma in called for p in last):
                continue
            return _named(context, at, row, source, heads) or Unintroduced(
                context.index, parsed.tokens[at].text
            )
    return None


def _has(lemma: str, parsed: Parsed) -> bool:
    return any(t.lemma == lemma for t in parsed.tokens)


def _named(
    context: _Context, at: int, row: int, source: Parsed, heads: Sequence[int]
) -> Introduction | None:
    """The sentence with a name in place of the pronoun at token `at`, if one name alone fits it."""
    token, text = context.parsed.tokens[at], context.sentence.text
    apposed = [c for h in heads for c in source.children[h] if source.tokens[c].dep == "appos"]
    found = [n for n in names(source) if any(n.first <= h < n.last for h in (*heads, *apposed))]
    quoted = any(a <= at < b for a, b in quotations(context.parsed))
    if len(heads) != 1 or len(found) != 1 or quoted or token.lower in ("hers", "theirs"):
        return None
    full = _called(source, found[0])
    if found[0].kind == "person" and len(found[0].words) == 1:
        article = context.grouped.embedded.sentences[row].article
        people = _bearers(context.grouped, article, source, found[0])
        if len(people) != 1:
            return None
        full, row = people[0].full, people[0].row
    own = "'s" if token.dep == "poss" else ""
    text = f"{text[: token.start]}{full}{own}{text[token.end :]}"
    return Introduction(context.index, text[:1].upper() + text[1:], row)


def _brought_in(context: _Context) -> Unintroduced | None:
    """The first definite ("the flyer") that its article brought in ("a flyer") and nothing told.

    A subject that is somebody ("the singer") is brought in by what stands before, whatever it says,
    where the summary has named nobody.
    """
    sentences, tokens = context.grouped.embedded.sentences, context.parsed.tokens
    people = any(n.kind == "person" for p in (*context.parses, context.parsed) for n in names(p))
    for definite in definites(context.parsed, subjects=False):
        if context.names(definite) or sum(t.lemma == definite.lemma for t in tokens) > 1:
            continue
        somebody = definite.subject and of_a_person(definite) and not people
        for before in context.ahead(definite.text):
            parses = parse([sentences[r].text for r in before])
            said = context.account(before) if of_what_is_said(definite) else []
            known = any(introduced(definite.lemma, p) for p in parses) or (
                definite.subject and any(done(definite.lemma, p) for p in parses)
            )
            known = known or (bool(before) and is_shell_noun(definite))
            understood = any(map(context.follows, [*before[-1:], *said]))
            if not understood and ((somebody and before) or said or known):
                return Unintroduced(context.index, definite.text)
    return None


def _pointed_at(context: _Context) -> Unintroduced | None:
    """The first thing pointed at ("this valley", "that") that the summary has not told before it.

    What its article had not told before it either points within its sentence, but for what only
    the article's own readers see.
    """
    for shown in demonstratives(context.parsed):
        said = of_what_is_said(shown)
        ahead = [
            r
            for before in context.ahead(shown.text)
            for r in (*before[-1:], *(context.account(before) if said else ()))
        ]
        named = context.names(shown) and not said
        if not named and not any(map(context.follows, ahead)):
            return Unintroduced(context.index, shown.text)
    for meant in (*anaphors(context.parsed), *ordinal_anaphors(context.parsed)):
        ahead = [before[-1] for before in context.ahead(meant.text) if before]
        if ahead and not any(map(context.follows, ahead)):
            return Unintroduced(context.index, meant.text)
    return None


def _last_named(
    definite: Definite, rows: Sequence[int], parses: Sequence[Parsed]
) -> tuple[int, list[Name]] | None:
    """The last row that names something which a definite fits, and the different names there."""
    for row, parsed in zip(reversed(rows), reversed(parses), strict=True):
        found = bearers(definite, parsed)
        if found is None:
            return None
        if found:
            apart: list[Name] = []
            for name in found:
                if not any(same_name(name, other) for other in apart):
                    apart.append(name)
            return row, apart
    return None


def _called(parsed: Parsed, name: Name) -> str:
    """A name with its title, or with the article that ships and bodies have: "the Benno"."""
    start = _titled(parsed, name)
    the = start and start == name.first and parsed.tokens[start - 1].lower == "the"
    the = the and parsed.tokens[name.last - 1].dep != "compound"  # "the Bannon Towage yard"
    full = parsed.text[parsed.tokens[start].start : _end(parsed, name)]
    return f"the {full}" if the else full


def _bare(parsed: Parsed, name: Name) -> bool:
    """Whether a name is one word that stands for a person, outside quotation marks."""
    at = name.last - 1
    if len(name.words) > 1 or name.title or name.acronym:
        return False
    if any(a <= at < b for a, b in quotations(parsed)):
        return False
    above = parsed.tokens[parsed.tokens[at].head]
    if any(parsed.tokens[c].dep == "det" for c in parsed.children[at]):
        return False  # "the Benno" is no person
    within = parsed.tokens[at].dep == "compound" and above.pos == "PROPN"
    acts = parsed.tokens[at].dep in ("nsubj", "nsubjpass", "poss")
    if within or (parsed.tokens[at].dep == "pobj" and above.lower in beside_names("where")):
        return False
    speaks = acts and above.lemma in word_list("reporting_verbs")  # also "Strand", for a place
    return name.kind == "person" or speaks or (name.kind != "place" and acts)


def _start(parsed: Parsed, name: Name) -> int:
    """Where a name begins, with "Mr" and the like."""
    at = name.first
    while at and folded(parsed.tokens[at - 1].text) in beside_names("honorifics"):
        at -= 1
    return at


def _end(parsed: Parsed, name: Name) -> int:
    last = name.last - 1
    return parsed.tokens[last - (parsed.tokens[last].tag == "POS")].end


def _bearers(grouped: Grouped, article: str, told: Parsed, name: Name) -> list[_Person]:
    """Whom an article may mean by a surname; nobody if its first mention is bare."""
    sentences = grouped.embedded.sentences
    surname = told.tokens[name.last - 1].text
    rows = [
        r
        for r in grouped.embedded.article_rows.get(article, ())
        if sentences[r].field == "text" and surname in sentences[r].text
    ]
    found: dict[str, _Person] = {}
    for row, parsed in zip(rows, parse([sentences[r].text for r in rows]), strict=True):
        for other in names(parsed):
            if other.words[-1] != name.words[-1] or (len(other.words) == 1 and not other.title):
                if other.words[-1] == name.words[-1] and not found:
                    return []
                continue
            if not found and other.kind != "person":
                return []
            start = parsed.tokens[_titled(parsed, other)].start
            full = parsed.text[start : _end(parsed, other)]
            person = _Person(full, other.words, _first(other), row)
            if len(other.words) == 1 and any(titled(p.full, other) for p in found.values()):
                continue
            found.setdefault(person.first, person)
    return list(found.values())


def titled(full: str, name: Name) -> bool:
    """Whether a full name bears the title of a surname: "Minister Rosa Tennant", "Mr Tennant"."""
    return name.title in folded(full)


def _titled(parsed: Parsed, name: Name) -> int:
    """Where the title right before a name begins, its qualifier included; the name's own start."""
    tokens = parsed.tokens
    for n in range(_LONGEST_TITLE, 0, -1):
        at = name.first - n
        if at >= 0 and name.title:
            words = tuple(folded(t.text) for t in tokens[at : name.first])
            if titles().get(words) == name.title:
                if at and name.qualifier and tokens[at - 1].lower == name.qualifier:
                    at -= 1
                while at and tokens[at - 1].dep == "compound" and tokens[at - 1].head >= at:
                    at -= 1  # of "Council leader Piers Abbot" it is all three
                return at
    return name.first
