"""Small words that a draft changes: an article, a deadline's preposition, the noun behind a name.

Surface rules for a writer's drafts, as those of `deeds`; each is a fault that was read in drafts.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from summarizer import prose
from summarizer.copying import words_of
from summarizer.facts.dates import MONTHS, WEEKDAYS
from summarizer.facts.events import events
from summarizer.facts.names import TITLES
from summarizer.facts.speakers import SAYING
from summarizer.facts.text import FUNCTION_WORDS, Token, content, tokens
from summarizer.fidelity import DETERMINERS

_LIMITS = frozenset("by before until till after since from".split())
_BETWEEN = frozenset("the early late this last next".split())
_FIRST_RUN, _LAST_RUN = 4, 3  # words of a splice's two parts, at least
_JOINING = frozenset("and but or while as".split())
_NUMBER = dict.fromkeys(("has", "was", "is"), "one") | dict.fromkeys(
    ("have", "were", "are"), "several"
)
_QUOTED_WORDS = 3  # fewer words in quotation marks are a name or a term
_PAST = frozenset("former then ex late".split())
_WHERE = frozenset("on in at to during after before".split())
_HEDGE = re.compile(
    r"\b(?:confident|hopeful|optimistic|hopes?|hoped|hoping|expect(?:s|ed|ing)?|fears?|feared|possibl[ey]|"
    r"suspected|alleged(?:ly)?|likely|apparent(?:ly)?|reportedly|may|might|could|would|claims?|claimed|"
    r"believes?|believed|thinks?|thought|plans?|planned|wants?|if|whether|seems?|appears?|perhaps)\b",
    re.IGNORECASE,
)
_TOLD = 0.7  # of a draft's content words, in a source that tells the same
_POSSESSIVES = frozenset("his her their its my our your".split())
_OWNING = re.compile(rf"\b({'|'.join(w.title() for w in (*MONTHS, *WEEKDAYS))})['’]s\b")
_SHORT_QUOTATION = re.compile(r"[“\"‘]([^”\"’“]{2,40}?)[,.]?[”\"’](?=\W|$)")
_FRAMES = frozenset("that and or of as a an the to with for by in on is was are were".split())
_AUXILIARIES = frozenset(
    "is are was were be been being has have had will would can could may might must should shall "
    "does do did".split()
)


def unarticled(sentence: str, evidence: Sequence[str]) -> bool:
    """Whether a draft opens with a thing under another article than every source gives it.

    "President makes comments" is no sentence where the sources have "the president"; "The team did
    not respond" is of nobody where they have "his team".
    """
    words = tokens(sentence)
    if not words or not words[0].is_word:
        return False
    own = words[0].lower if words[0].lower in DETERMINERS else ""
    at = 1 if own else 0
    if at >= len(words) or words[at].lower in DETERMINERS:
        return False
    found = [
        (t, given[i - 1].lower if i else "")
        for e in evidence
        for given in [tokens(e)]
        for i, t in enumerate(given)
        if t.lower == words[at].lower
    ]
    if not found or any(t.is_capital and before != "" for t, before in found):
        return False
    owned = [before in _POSSESSIVES or before.endswith(("'s", "’s")) for _, before in found]
    if own == "the":
        return all(owned)
    return own == "" and all(
        is_owned or before in DETERMINERS
        for is_owned, (_, before) in zip(owned, found, strict=True)
    )


def unowned(sentence: str, evidence: Sequence[str]) -> bool:
    """Whether a month or day of a draft owns something that in no source is its own.

    "dealt a blow in April" does not carry "April's pandemic".
    """
    return any(
        not any(re.search(rf"\b{m.group(1)}['’]s?\b", e) for e in evidence)
        for m in _OWNING.finditer(sentence)
    )


def reframed(sentence: str, evidence: Sequence[str]) -> bool:
    """Whether the word before a short quotation is not the one that a source has before it.

    'declared "case closed" on the inquiry' does not carry 'had "case closed" on the inquiry'.
    """
    for m in _SHORT_QUOTATION.finditer(sentence):
        before = [t for t in tokens(sentence[: m.start()])[-1:] if t.is_word]
        if not before or before[0].lemma in SAYING or before[0].lower in _FRAMES:
            continue
        given = [
            [t.lower for t in tokens(e[: e.find(m.group(1))])[-4:]]
            for e in evidence
            if m.group(1) in e
        ]
        if given and not any(before[0].lower in words for words in given):
            return True
    return False


def indefinite(sentence: str, evidence: Sequence[str]) -> bool:
    """Whether a draft opens with "a" thing that its sources only call "the" thing.

    "The ship was arriving from Tarrow" is of a ship that was named before; "A ship was arriving"
    is of another.
    """
    opening = tokens(sentence)[:2]
    if len(opening) < 2 or opening[0].lower not in ("a", "an"):
        return False
    found = [
        words[i - 1].lower
        for e in evidence
        for words in [tokens(e)]
        for i, t in enumerate(words)
        if i and t.lower == opening[1].lower
    ]
    return bool(found) and all(w in ("the", "this", "that") for w in found)


def unlimited(sentence: str, evidence: Sequence[str]) -> bool:
    """Whether a draft makes a deadline, or a beginning, into a time at which something happens.

    "must leave by September 1" does not carry "will leave in September".
    """
    held = [_times(e) for e in evidence]
    for name, preposition in _times(sentence):
        given = {p for found in held for n, p in found if n == name}
        if given and preposition not in given and given <= _LIMITS:
            return True
    return False


def _times(text: str) -> list[tuple[str, str]]:
    """Each month or weekday with the preposition, or other word, before it."""
    words = tokens(text)
    found = []
    for i, word in enumerate(words):
        if word.is_capital and word.lower in (*MONTHS, *WEEKDAYS):
            before = i - 1
            while before > 0 and (words[before].lower in _BETWEEN or words[before].text.isdigit()):
                before -= 1
            found.append((word.lower, words[before].lower if before >= 0 else ""))
    return found


def beheaded(sentence: str, evidence: Sequence[str]) -> bool:
    """Whether a draft lets a name act that in every source only goes before another noun.

    "The US embassy will have to cut its staff" does not carry "The US will have to cut its staff".
    """
    acting = {t.lower for t, after in _followed(sentence) if t.is_capital and _acts(after)}
    for name in acting:
        behind = [
            (after, _verbs(e)) for e in evidence for t, after in _followed(e) if t.lower == name
        ]
        if behind and all(
            after is not None
            and after.is_content
            and not after.is_capital
            and after.is_word
            and after.start not in verbs
            for after, verbs in behind
        ):
            return True
    return False


def _acts(after: Token | None) -> bool:
    return after is not None and after.lower in _AUXILIARIES


def _followed(text: str) -> list[tuple[Token, Token | None]]:
    words = tokens(text)
    return list(zip(words, [*words[1:], None], strict=True))


def _verbs(text: str) -> frozenset[int]:
    words = tokens(text)
    return frozenset(words[e.index].start for e in events(text))


def spliced(sentence: str, evidence: Sequence[str]) -> bool:
    """Whether a draft goes on with another source's deed, done there by somebody else.

    "Critics said that farmers would vote as farmers, and back Mara Sol" joins what one source says
    of farmers to what another says of nurses. The draft's first part is one run of a source, its
    last part, which opens with a verb, one run of another; the word that this verb follows there
    is not in the first part.
    """
    words = words_of(sentence)
    held = [words_of(e) for e in evidence]
    for cut in range(_FIRST_RUN, len(words) - _LAST_RUN + 1):
        first, last = words[:cut], words[cut:]
        owners = [i for i, e in enumerate(held) if _place(first, e) is not None]
        if not owners:
            return False  # no longer beginning is a run either
        others = [(i, p) for i, e in enumerate(held) if (p := _place(last, e)) is not None]
        if not others or set(owners) & {i for i, _ in others} or last[0] in _JOINING:
            continue
        if not _opens_with_verb(last):
            continue
        if all(not _before(held[i], p) & frozenset(first) for i, p in others):
            return True
    return False


def _place(run: Sequence[str], words: Sequence[str]) -> int | None:
    n = len(run)
    return next(
        (i for i in range(len(words) - n + 1) if tuple(words[i : i + n]) == tuple(run)), None
    )


def _opens_with_verb(words: Sequence[str]) -> bool:
    text = "They " + " ".join(words)
    return any(e.index == 1 for e in events(text)) or words[0] in _AUXILIARIES


def _before(words: Sequence[str], place: int) -> frozenset[str]:
    """The nearest word before a place that is no function word, as a set."""
    near = next((w for w in reversed(words[:place]) if w not in FUNCTION_WORDS), None)
    return frozenset() if near is None else frozenset({near})


def renumbered(sentence: str, evidence: Sequence[str]) -> bool:
    """Whether one does in a draft what several do in every source, or the other way round.

    "lawyers for Ada Lund have been fumbling" does not carry "Ada Lund has been fumbling": who does
    it has changed. Told by an auxiliary with the same word behind it.
    """
    held = [_numbered(e) for e in evidence]
    for behind, number in _numbered(sentence):
        given = {n for found in held for b, n in found if b == behind}
        if given and number not in given:
            return True
    return False


def _numbered(text: str) -> list[tuple[str, str]]:
    """Each word behind an auxiliary that shows number, with "one" or "several"."""
    words = tokens(text)
    return [
        (b.lower, _NUMBER[a.lower]) for a, b in pairwise(words) if a.lower in _NUMBER and b.is_word
    ]


def requoted(sentence: str, evidence: Sequence[str]) -> bool:
    """Whether a draft puts in quotation marks what no source has in them.

    'saying he had hit her' does not carry 'saying "he had hit her"': nobody is quoted so.
    """
    quoted = [" ".join(own) for e in evidence for own in _quoted(e)]
    marked = [w for e in evidence for w in _open_quotations(e)]
    return any(
        len(own) >= _QUOTED_WORDS and not any(" ".join(own) in q for q in (*quoted, *marked))
        for own in _quoted(sentence)
    )


def _quoted(text: str) -> list[tuple[str, ...]]:
    """The words of each quotation."""
    return [words_of(text[start:end]) for start, end in prose.quoted_spans(text)]


def _open_quotations(text: str) -> list[str]:
    """What a mark opens and nothing closes, as where a quotation goes on in the next sentence."""
    ends = [i for i, c in enumerate(text) if c in '“”"']
    if len(ends) % 2 == 0:
        return []
    return [" ".join(words_of(text[ends[-1] :])), " ".join(words_of(text[: ends[0]]))]


def saying_nothing(sentence: str) -> bool:
    """Whether somebody says, and what is said was left out: 'Sol said on the show "Today."'."""
    words, found = tokens(sentence), events(sentence)
    return (
        bool(found)
        and all(e.verb in SAYING for e in found)
        and all(w.lower in _WHERE for w in words[found[-1].index + 1 : found[-1].index + 2])
        and not any(t.lower in ("that", "about") for t in words)
        and all(len(own) <= _QUOTED_WORDS for own in _quoted(sentence))
        and not re.search(r"[,:]", sentence)
    )


def unhedged(sentence: str, evidence: Sequence[str]) -> bool:
    """Whether a draft tells as a fact what every source that tells it hopes, expects or suspects.

    'is "confident" that the court will agree' does not carry 'said that the court will agree', nor
    "a possible struggle in the car" a struggle in it.
    """
    own = content(sentence)
    if not own or _HEDGE.search(sentence):
        return False
    telling = [e for e in evidence if len(own & content(e)) >= _TOLD * len(own)]
    return bool(telling) and all(_HEDGE.search(e) for e in telling)


def misnamed(sentence: str, evidence: Sequence[str]) -> bool:
    """Whether somebody is called by a first name alone, or holds an office that is "former" there.

    "Ada granted visas" is of no Ada that the sources do not call Ada Lund; "President Ada Lund" is
    not "former President Ada Lund".
    """
    words, held = tokens(sentence), [tokens(e) for e in evidence]
    kept = {t.lower for t in words}
    for i, word in enumerate(words):
        if not word.is_capital:
            continue
        behind = words[i + 1] if i + 1 < len(words) else None
        given = [
            (found[j - 1].lower if j else "", found[j + 1] if j + 1 < len(found) else None)
            for found in held
            for j, t in enumerate(found)
            if t.text == word.text
        ]
        if not given:
            continue
        follows = {after.lower if after and after.is_capital else "" for _, after in given}
        if (
            not (behind and behind.is_capital)
            and "" not in follows
            and len(follows) == 1
            and not follows & kept
        ):
            return True
        before = words[i - 1].lower if i else ""
        if word.lower in TITLES and behind and behind.is_capital and before not in _PAST:
            named = [b for b, after in given if after and after.lower == behind.lower]
            if named and all(b in _PAST for b in named):
                return True
    return False
