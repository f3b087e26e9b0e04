"""Which sentences rest on one interview, statement or document, and what it is called.

Five papers that quote one interview are one source for what was said in it. Copies of one text are
found in `duplicates`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import partial

from summarizer.evidence.disjoint_sets import DisjointSets
from summarizer.nlp import Parsed, parse
from summarizer.nlp.antecedents import named_antecedent
from summarizer.nlp.entities import Name, names
from summarizer.nlp.inflect import article as a_or_an
from summarizer.nlp.lexicons.lists import listed, table
from summarizer.nlp.quotations import quotations
from summarizer.nlp.reported_speech import reported_speech
from summarizer.nlp.words import words
from summarizer.schema import SourceSentence

_LEAST_QUOTED = 5
"""Words from which the same quotation in two outlets is one utterance and no chance."""

_MARKS = ('"', "“", "”", "«", "``")

_Key = tuple[str, str]
"""What a primary source is found under: its kind, and a name or the words themselves."""


def primaries(sentences: Sequence[SourceSentence]) -> dict[int, str]:
    """The primary source of each sentence that names one: {row: what to call it}.

    Named are interviews ("in an interview with X", "told X"), what was told to reporters,
    statements, letters, posts and filings with their speaker, and reports and studies with their
    maker. The same quotation of at least five words in several outlets is one utterance, whatever
    each calls it. Sentences of one source have one name.
    """
    keys: dict[int, list[tuple[_Key, str]]] = {}
    parses = _parses(sentences)
    speakers = _speakers(sentences, parses)
    for row, parsed in parses.items():
        if found := list(_found(parsed, speakers[row])):
            keys[row] = found
    _inherit(keys, sentences, speakers)
    for row, key, label in _utterances(sentences, parses, speakers):
        keys.setdefault(row, []).append((key, label))
    _settle(keys)
    same = DisjointSets[_Key]()
    for own in keys.values():
        for key, _ in own[1:]:
            same.join(own[0][0], key)
    named: dict[_Key, list[str]] = defaultdict(list)
    for own in keys.values():
        for key, label in own:
            named[same.root(key)].append(label)
    best = {r: min(labels, key=_vagueness) for r, labels in named.items()}
    alike = Counter(best.values())
    best = {r: f"{n} ({r[1]})" if alike[n] > 1 else n for r, n in best.items()}
    return {row: best[same.root(own[0][0])] for row, own in keys.items()}


def _inherit(
    keys: dict[int, list[tuple[_Key, str]]],
    sentences: Sequence[SourceSentence],
    speakers: dict[int, tuple[str, str]],
) -> None:
    """What the same speaker says in the sentence before or after is of the same interview."""
    at = {(s.article, s.position): row for row, s in enumerate(sentences) if s.field == "text"}
    for row in sorted(keys):
        own = [(k, label) for k, label in keys[row] if k[0].startswith("interview")]
        for step in (-1, 1):
            near = at.get((sentences[row].article, sentences[row].position + step))
            if near is None or near in keys or not own or not speakers[row][0]:
                continue
            if speakers[near][0] == speakers[row][0]:
                keys[near] = own


def _settle(keys: dict[int, list[tuple[_Key, str]]]) -> None:
    """An interview whose guest a sentence does not name is the one that its host had, if one."""
    guests: dict[str, set[str]] = defaultdict(set)
    for own in keys.values():
        for (kind, who), _ in own:
            if kind.startswith("interview ") and who:
                guests[kind].add(who)
    for row, own in keys.items():
        keys[row] = [
            ((kind, next(iter(guests[kind]))), label)
            if not who and len(guests.get(kind, ())) == 1
            else ((kind, who), label)
            for (kind, who), label in own
        ]


def _vagueness(label: str) -> tuple[int, str]:
    order = ("an interview with", "an interview", "a report", "a study", "a statement", "what")
    return next((i for i, o in enumerate(order) if label.startswith(o)), len(order) - 2), label


_cues = partial(listed, "sources", "words")
"""The list of that name of words about where reports have it from."""


def _parses(sentences: Sequence[SourceSentence]) -> dict[int, Parsed]:
    """The parses of the sentences that may name a source, and of those beside them."""
    at = {(s.article, s.position): row for row, s in enumerate(sentences) if s.field == "text"}
    cues = _cues("telling") - {"say"} | _cues("issued") | _cues("documents") | {"interview"}
    cues |= _cues("posting") | _cues("hearers")
    wanted: set[int] = set()
    for (article, position), row in at.items():
        text = sentences[row].text
        if any(mark in text for mark in _MARKS) or any(w.lemma in cues for w in words(text)):
            near = (at.get((article, position + step)) for step in (-2, -1, 0, 1))
            wanted |= {r for r in near if r is not None}
    rows = sorted(wanted)
    return dict(zip(rows, parse([sentences[r].text for r in rows]), strict=True))


def _speakers(
    sentences: Sequence[SourceSentence], parses: dict[int, Parsed]
) -> dict[int, tuple[str, str]]:
    """For each row its speaker, (key, name); a pronoun stands for whom it surely means."""
    at = {(sentences[r].article, sentences[r].position): p for r, p in parses.items()}
    out: dict[int, tuple[str, str]] = defaultdict(lambda: ("", ""))
    for row, parsed in parses.items():
        s = sentences[row]
        before = [p for n in (2, 1) if (p := at.get((s.article, s.position - n))) is not None]
        for report in reported_speech(parsed):
            if (who := report.speaker) and (known := _called(parsed, who, before)):
                out[row] = known
                break
        else:
            quoted = len(quotations(parsed)) > 0
            found = [n for p in before for n in _named(p)] if quoted else []
            if found:  # a quotation on its own line belongs to the person named last
                out[row] = found[-1]
    return out


def _named(parsed: Parsed) -> list[tuple[str, str]]:
    return [_key_of(parsed, n) for n in names(parsed) if n.kind == "person"]


def _key_of(parsed: Parsed, name: Name) -> tuple[str, str]:
    return name.words[-1], parsed.cut(range(name.first, name.last))


def _called(parsed: Parsed, who: Sequence[int], before: Sequence[Parsed]) -> tuple[str, str] | None:
    """A key and a name for a speaker: the last part of a name, or the plain words."""
    if parsed.tokens[who[-1]].pos == "PRON":
        found = named_antecedent(parsed, who, before)
        return found and _key_of(*found)
    named = [n for n in names(parsed) if n.last - 1 in who]
    people = [n for n in named if n.kind == "person"] or named
    if people:
        return _key_of(parsed, people[0])
    plain = [parsed.tokens[i] for i in who if parsed.tokens[i].pos in ("NOUN", "ADJ")]
    text = parsed.cut(who)
    if parsed.tokens[who[0]].pos in ("DET", "PRON"):
        text = text[:1].lower() + text[1:]
    return (" ".join(t.lemma for t in plain[-2:]), text) if 0 < len(plain) <= 5 else None


def _found(parsed: Parsed, speaker: tuple[str, str]) -> Iterator[tuple[_Key, str]]:
    """The primary sources that a sentence names, each with its key."""
    who, name = speaker
    tokens = parsed.tokens
    interview = next((i for i, t in enumerate(tokens) if t.lemma == "interview"), None)
    host = _host(parsed, interview) if interview is not None else _told(parsed)
    if host:
        yield (f"interview {host.lower()}", who), f"an interview with {host}"
        return
    if interview is not None and who:
        yield ("interview of", who), f"an interview of {name}"
        return
    if who and any(
        t.lemma in _cues("hearers") and t.dep in ("pobj", "dobj", "dative") for t in tokens
    ):
        yield ("reporters", who), f"what {name} told reporters"
        return
    forms = table("sources")["forms"]
    for i, token in enumerate(tokens):
        form = forms.get(token.lemma, token.lemma)
        if token.lemma in _cues("documents") and (maker := _maker(parsed, i)):
            yield (form, maker.lower().removeprefix("the ")), f"a {form} by {maker}"
            return
        within = tokens[token.head].lower == "in" and token.dep == "pobj"
        if who and token.lemma in _cues("issued") and within:
            yield (form, who), f"{a_or_an(form)} {form} by {name}"
            return
        board = any(t.lower in _cues("boards") for t in tokens[i + 1 : i + 3])
        if who and (token.lemma in _cues("posting") or (token.lemma in _cues("writing") and board)):
            yield ("post", who), f"a post by {name}"
            return


def _name_under(parsed: Parsed, i: int, prepositions: frozenset[str]) -> str:
    """The name behind one of the prepositions on token `i`, with its article; or ""."""
    tokens = parsed.tokens
    for p in parsed.children[i]:
        if tokens[p].lower in prepositions:
            for n in parsed.children[p]:
                if tokens[n].dep == "pobj" and tokens[n].pos == "PROPN":
                    return parsed.cut(k for k in parsed.subtree(n) if tokens[k].pos != "PUNCT")
    return ""


def _host(parsed: Parsed, interview: int) -> str:
    found = _name_under(parsed, interview, frozenset({"with", "on", "to", "for"}))
    return found.removeprefix("the ")


def _told(parsed: Parsed) -> str:
    """The news outlet that somebody told something, or ""."""
    tokens = parsed.tokens
    for name in names(parsed):
        above = tokens[name.last - 1].head
        if tokens[above].pos == "ADP":
            above = tokens[above].head
        medium = any(w in _cues("media") | _cues("papers") for w in name.words)
        object_ = tokens[name.last - 1].dep in ("dobj", "dative", "pobj")
        if medium and object_ and tokens[above].lemma in _cues("telling"):
            return parsed.cut(range(name.first, name.last))
    return ""


def _maker(parsed: Parsed, document: int) -> str:
    """Who made a document: "by" or "from" it, or by whom it was published."""
    by = frozenset({"by", "from", "of"})
    if maker := _name_under(parsed, document, by):
        return maker
    made = (c for c in parsed.children[document] if parsed.tokens[c].dep in ("acl", "relcl"))
    return next((m for c in made if (m := _name_under(parsed, c, by))), "")


def _utterances(
    sentences: Sequence[SourceSentence],
    parses: dict[int, Parsed],
    speakers: dict[int, tuple[str, str]],
) -> Iterator[tuple[int, _Key, str]]:
    """Quotations that several articles print word for word: (row, key, name).

    A quotation that holds another's first five words in a row is the same utterance; so one word
    more or less at the ends does not hide it.
    """
    holders: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for row, parsed in parses.items():
        for first, last in quotations(parsed):
            said = [t.lower for t in parsed.tokens[first:last] if t.text[0].isalnum()]
            for i in range(len(said) - _LEAST_QUOTED + 1):
                holders[tuple(said[i : i + _LEAST_QUOTED])].append(row)
    same = DisjointSets[int]()
    repeated: set[int] = set()
    for rows in holders.values():
        if len({sentences[r].article for r in rows}) > 1:
            repeated.update(rows)
            first = min(map(same.root, rows))
            for r in rows:
                same.join(first, r)
    labels: dict[int, str] = {}
    for row in sorted(repeated):
        if speakers[row][1]:
            labels.setdefault(same.root(row), speakers[row][1])
    for row in sorted(repeated):
        first = same.root(row)
        name = labels.get(first)
        yield row, ("utterance", str(first)), f"what {name} said" if name else "one quotation"
