"""Which sentences rest on one interview, statement or document, and what it is called.

Five papers that quote one interview are one source for what was said in it. What is one text word
for word is for `copies`.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from summarizer.facts import claims, names, quotes
from summarizer.facts.names import TITLES
from summarizer.facts.speakers import is_pronoun
from summarizer.facts.text import FUNCTION_WORDS, tokens
from summarizer.story import SourceSentence

_MEDIA = (
    r"(?:News|Times|Post|Radio|TV|Television|Journal|Herald|Daily|Gazette|Tribune|Courier|Ledger"
    r"|Guardian|Telegraph|Mail|Sun|Mirror|Star|Globe|Chronicle|Observer|Standard|Examiner|Sentinel"
    r"|Review|Magazine|Press|Agency|Broadcasting|Channel|Reuters|CNN|BBC|CBS|NBC|ABC|MSNBC|PBS|NPR"
    r"|Fox|AP|AFP|Bloomberg|Politico|Axios|CNBC|Vox|HuffPost|Newsweek|Insider)"
)
_NAMED = (
    r"(?:the\s+|a\s+)?(?P<{0}>[A-Z][\w.’'&-]*"
    r"(?:\s(?:(?:of|for)\s(?:the\s)?)?[A-Z][\w.’'&-]*){{0,6}})"
)
_INTERVIEW = re.compile(
    r"\b[Ii]n\s+(?:an?|the|his|her|their)\s+(?:\w+\s+){0,2}?interview\s+(?:with|on|to|for)\s+"
    + _NAMED.format("host")
)
_BARE_INTERVIEW = re.compile(r"\b[Ii]n\s+(?:an?|the|his|her)\s+(?:\w+\s+){0,2}?interview\b")
_TOLD = re.compile(
    r"\b(?:told|tells|speaking (?:to|on)|spoke (?:to|on|with)|said on|appearance on|appeared on)\s+"
    rf"(?:the\s+)?(?P<host>(?:[A-Z][\w.’'&-]*\s){{0,4}}?(?:[\w.’'&-]*{_MEDIA})\b(?:\s[A-Z]\w+)?)"
)
_TOLD_MANY = re.compile(r"\b(?:told|tells)\s+(?P<who>reporters|journalists|a news conference)\b")
_CONFERENCE = re.compile(
    r"\b(?:at|in|during)\s+(?:a|the|his|her|their)\s+(?:\w+\s+)?(?:news conference|press conference"
    r"|briefing)\b"
)
_ISSUED = re.compile(
    r"\b[Ii]n\s+(?:an?|the|his|her|their|its|one)\s+(?:\w+\s+){0,3}?(?P<form>statement"
    r"|press release|news release|letter|memo|tweets?|post|filing|complaint|lawsuit|affidavit"
    r"|indictment|speech|testimony|email|e-mail|video|ruling|judgment|judgement|opinion|report|study|survey|audit"
    r"|memoir|book)\b"
)
_TWEETED = re.compile(r"\b(?:tweeted|(?:wrote|posted) on (?:Twitter|X|Facebook))\b")
_DOCUMENT = re.compile(
    r"\b(?:[Aa]n?|[Tt]he|[Ii]ts|[Tt]heir)\s+(?:[\w-]+\s+){0,3}?"
    r"(?P<form>report|study|survey|audit|poll|analysis|inquiry|review|document|memo)s?\b"
    r"(?:\s+(?:published|released|issued|conducted|carried out)\b[^,.;]{0,30}?)?"
    r"\s+(?:by|from|of)\s+" + _NAMED.format("maker")
)
_FORMS = {
    "tweet": "post", "tweets": "post", "press release": "statement", "news release": "statement",
    "e-mail": "email", "judgement": "ruling", "judgment": "ruling", "survey": "study",
    "poll": "study", "analysis": "study", "audit": "report", "inquiry": "report",
    "review": "report", "complaint": "filing", "lawsuit": "filing", "document": "report",
}  # fmt: skip
_LEAST_QUOTED = 5
"""Words from which the same quotation in two outlets is one utterance and no chance."""

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
    speakers = _speakers(sentences)
    for row, s in enumerate(sentences):
        if s.field == "text" and (found := list(_found(s.text, speakers[row]))):
            keys[row] = found
    _inherit(keys, sentences, speakers)
    for row, key, label in _utterances(sentences, speakers):
        keys.setdefault(row, []).append((key, label))
    _settle(keys)
    parent: dict[_Key, _Key] = {}

    def root(key: _Key) -> _Key:
        while parent.setdefault(key, key) != key:
            key = parent[key]
        return key

    for own in keys.values():
        first = root(own[0][0])
        for key, _ in own[1:]:
            parent[root(key)] = first
    named: dict[_Key, list[str]] = defaultdict(list)
    for own in keys.values():
        for key, label in own:
            named[root(key)].append(label)
    best = {r: min(labels, key=_vagueness) for r, labels in named.items()}
    alike = Counter(best.values())
    best = {r: f"{n} ({r[1]})" if alike[n] > 1 else n for r, n in best.items()}
    return {row: best[root(own[0][0])] for row, own in keys.items()}


def _inherit(
    keys: dict[int, list[tuple[_Key, str]]],
    sentences: Sequence[SourceSentence],
    speakers: Sequence[tuple[str, str]],
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


def _speakers(sentences: Sequence[SourceSentence]) -> list[tuple[str, str]]:
    """For each sentence its speaker, (key, name); a pronoun stands for the one named before it."""
    out: list[tuple[str, str]] = []
    last: dict[str, tuple[str, str, int]] = {}
    for s in sentences:
        mine = ("", "")
        for claim in claims(s.text):
            if claim.speaker is None:
                continue
            who = s.text[slice(*claim.speaker)].rsplit(", ", 1)[-1]
            if is_pronoun(who):
                key, name, at = last.get(s.article, ("", "", -9))
                mine = (key, name) if s.position - at <= 3 else ("", "")
            elif known := _called(who):
                mine = known
                break
        if mine[0]:
            last[s.article] = (*mine, s.position)
        else:
            # A quotation on its own line belongs to the person named last.
            for named in names(s.text):
                if known := _called(named.text):
                    last[s.article] = (*known, s.position)
        out.append(mine)
    return out


def _called(who: str) -> tuple[str, str] | None:
    """A key and a name for a speaker: the last part of a person's name, or the plain words."""
    titles = frozenset(TITLES.values())
    named = [[p for p in n.parts if p not in titles] for n in names(f"so {who}")]
    named = [parts for parts in named if parts]
    if named:
        return named[-1][-1], _proper(who)
    plain = [t.lemma for t in tokens(who) if t.is_content]
    who = re.sub(r"^(?:The|An?|Its|His|Her|Their)\b", lambda m: m[0].lower(), who.strip())
    return (" ".join(plain[-2:]), who) if plain and len(plain) <= 5 else None


def _proper(who: str) -> str:
    """The name in a speaker's words: "its chief executive, Marit Hallberg" → "Marit Hallberg"."""
    found = names(f"so {who}")
    text = found[-1].text if found else who
    words = text.split()
    while len(words) > 2 and words[0].lower().strip(".") in TITLES:
        words = words[1:]
    return " ".join(words)


def _host(text: str) -> str:
    return re.sub(r"[’']s$", "", text.strip().rstrip(".,;’'"))


def _found(text: str, speaker: tuple[str, str]) -> Iterator[tuple[_Key, str]]:
    """The primary sources that a sentence names, each with its key."""
    who, name = speaker
    if match := _INTERVIEW.search(text) or _TOLD.search(text):
        host = _host(match["host"])
        yield (f"interview {host.lower()}", who), f"an interview with {host}"
        return
    if _BARE_INTERVIEW.search(text) and who:
        yield ("interview of", who), f"an interview of {name}"
        return
    if (_TOLD_MANY.search(text) or _CONFERENCE.search(text)) and who:
        yield ("reporters", who), f"what {name} told reporters"
        return
    if match := _DOCUMENT.search(text):
        form = _FORMS.get(match["form"].lower(), match["form"].lower())
        maker = _host(match["maker"])
        if maker.lower() not in FUNCTION_WORDS:
            yield (form, maker.lower()), f"a {form} by {_article(maker, match)}"
            return
    if who and (match := _ISSUED.search(text)):
        form = _FORMS.get(match["form"].lower(), match["form"].lower())
        yield (form, who), f"{'an' if form[0] in 'aeiou' else 'a'} {form} by {name}"
    elif who and _TWEETED.search(text):
        yield ("post", who), f"a post by {name}"


def _article(maker: str, match: re.Match[str]) -> str:
    before = match.group()[: match.start("maker") - match.start()]
    return f"the {maker}" if before.rstrip().endswith(" the") else maker


def _utterances(
    sentences: Sequence[SourceSentence], speakers: Sequence[tuple[str, str]]
) -> Iterator[tuple[int, _Key, str]]:
    """Quotations that several articles print word for word: (row, key, name).

    A quotation that holds another's first five words in a row is the same utterance; so one word
    more or less at the ends does not hide it.
    """
    holders: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for row, s in enumerate(sentences):
        if s.field != "text":
            continue
        for quote in quotes(s.text):
            words = [t.lower for t in tokens(quote.text) if t.text[0].isalnum()]
            for i in range(len(words) - _LEAST_QUOTED + 1):
                holders[tuple(words[i : i + _LEAST_QUOTED])].append(row)
    parent: dict[int, int] = {}

    def root(row: int) -> int:
        while parent.setdefault(row, row) != row:
            row = parent[row]
        return row

    for rows in holders.values():
        if len({sentences[r].article for r in rows}) > 1:
            first = min(root(r) for r in rows)
            for r in rows:
                parent[root(r)] = first
    labels: dict[int, str] = {}
    for row in sorted(parent):
        if speakers[row][1]:
            labels.setdefault(root(row), speakers[row][1])
    for row in sorted(parent):
        first = root(row)
        name = labels.get(first)
        yield row, ("utterance", str(first)), f"what {name} said" if name else "one quotation"
