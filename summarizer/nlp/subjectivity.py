"""Words that judge what they tell, and whether a text is an opinion piece: by word lists and rules.

Knows words, not stories: which outlet alone uses a word is for `evidence.loaded_words`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache, partial

from summarizer.nlp import well_formed
from summarizer.nlp.lexicons.lists import listed, table

_words = partial(listed, "loaded")


def _pattern(kind: str) -> re.Pattern[str]:
    return re.compile(rf"(?i)\b(?:{'|'.join(table('loaded')[kind])})\b")


_PHRASES = _pattern("phrases")
_ORDINARY = _pattern("ordinary")
_PHYSICAL = _words("physical")
_THINGS = _words("things")
_VERB_OR_NOUN = _words("verb_or_noun")
_AGAINST = _words("against")

# A quotation that is not closed goes on in the next sentence: it is the speaker's as well.
_QUOTED = re.compile(rf"{well_formed.QUOTED.pattern}|\"[^\"]*$")
_WORD = re.compile(r"[A-Za-z]+(?:['’-][A-Za-z]+)*")


def _forms() -> frozenset[str]:
    adjectives = set(_words("judging"))
    for word in list(adjectives):
        if word.endswith("ic"):
            adjectives |= {word + "ally"}
        elif word.endswith("y") and not word.endswith("ly"):
            adjectives.add(word[:-1] + "ily")
        elif word.endswith("le") and len(word) > 4:
            adjectives.add(word[:-1] + "y")
        elif not word.endswith("ly"):
            adjectives.add(word + "ly")
    nouns = set(_words("scorn"))
    nouns |= {w[:-1] + "ies" if w.endswith("y") else w + "s" for w in nouns}
    return frozenset(adjectives | nouns | _words("heated"))


_LOADED = _forms()


@dataclass(frozen=True, slots=True)
class Loaded:
    """A loaded word or phrase as it stands: text[start:end]."""

    start: int
    end: int
    text: str


@lru_cache(maxsize=4096)
def loaded_spans(text: str) -> tuple[Loaded, ...]:
    """The loaded words of a text in reading order, each where it stands.

    A word is loaded if it judges: "reckless", "shambles", "rammed … through". What was done is no
    judgement, however grim ("killed", "crash"). Words in quotation marks are the speaker's, and
    not found here; nor are words of a name ("Radical Party") or of a thing that may well crumble.
    """
    quoted = [m.span() for m in _QUOTED.finditer(text)]
    found: dict[int, Loaded] = {}
    spans = [m.span() for m in _PHRASES.finditer(text) if not _ORDINARY.fullmatch(m.group())]
    words = list(_WORD.finditer(text))
    for i, word in enumerate(words):
        lower = word.group().lower().removesuffix("'s").removesuffix("’s")
        if lower not in _LOADED and not _hyphened(lower):
            continue
        after = words[i + 1].group().lower() if i + 1 < len(words) else ""
        if lower in _PHYSICAL and after in _THINGS:
            continue
        if i and word.group()[0].isupper() and not _title_case(words):
            continue
        if lower in _VERB_OR_NOUN and not _as_verb(words, i):
            continue
        spans.append((word.start(), word.start() + len(lower)))
    for start, end in sorted(spans):
        inside = any(a <= start < b for a, b in quoted)
        if not inside and not any(o.start <= start < o.end for o in found.values()):
            found[start] = Loaded(start, end, text[start:end])
    return tuple(found[k] for k in sorted(found))


def _as_verb(words: Sequence[re.Match[str]], i: int) -> bool:
    """Whether a word such as "blasted" tells what somebody said of somebody, and no explosion."""
    before = words[i - 1].group() if i else ""
    after = words[i + 1].group() if i + 1 < len(words) else ""
    lower = words[i].group().lower()
    if lower in ("joke", "insult", "shame", "mess", "mob", "plague", "triumph", "humiliation"):
        return before.lower() in ("a", "this", "sorry", "sad", "sick", "such", "utter", "what")
    if lower in ("hero", "genius", "monster", "fool"):
        return before.lower() in ("a", "our", "the", "true", "great") and after.lower() != "of"
    # People are blasted by people: names and offices stand around, not walls and quakes.
    person = before[:1].isupper() or before.lower() in ("who", "he", "she", "they", "has", "have")
    return person and (after[:1].isupper() or after.lower() in _AGAINST)


def _hyphened(word: str) -> bool:
    """Whether the last part of a hyphened word is loaded, and the first does not negate it."""
    parts = word.split("-")
    return (
        len(parts) > 1
        and parts[0] not in ("anti", "non", "counter")
        and parts[-1] in _LOADED
        and len(parts[-1]) > 4
    )


def _title_case(words: Sequence[re.Match[str]]) -> bool:
    long = [w.group() for w in words if len(w.group()) > 3]
    return len(long) > 3 and sum(w[0].isupper() for w in long) >= 0.7 * len(long)


def loaded(text: str) -> tuple[str, ...]:
    """The loaded words of a text outside quotation marks, as they are written, in reading order.

    Not seen: irony, what is left out, framing by order or by choice of facts, and loaded words
    that are in no list here.
    """
    return tuple(found.text for found in loaded_spans(text))


_LABEL = re.compile(
    r"(?i)^\W*(?:opinion|editorial|op-?ed|comment(?:ary)?|column|analysis|letters?|viewpoint"
    r"|perspective|guest essay|our view|leader)\b\s*(?:[:|–—-]|$)|[|–—]\s*(?:opinion|editorial"
    r"|op-?ed|commentary|column)\s*$"
)
_URGES = re.compile(
    r"^(?:Let us|Let['’]s|Consider|Imagine|Remember|Make no mistake|Don['’]t|Do not|Stop|Think|Ask"
    r" yourself|Forget|Enough|Shame on)\b"
)
_OUGHT = re.compile(r"(?i)\b(?:must|should|ought to|needs? to|it is time|it['’]s time)\b")
_COMMENTS = re.compile(r"(?:^|: )(?:Why|How|What|If)\b")

_SIGNS = 4
OPINION = 2.0
"""Signs of opinion in a hundred words from which a text is a piece of opinion (LOG: comment)."""


def urges(title: str) -> bool:
    """Whether a title says what ought to be, or explains why: a headline of a comment.

    "Mission impossible: Why the cap will fail" is one; "Police: Two dead" is a report.
    """
    outside = well_formed.without_quotations(title)
    return bool(_OUGHT.search(outside) or _URGES.match(title) or _COMMENTS.search(title))


def opinion(title: str, sentences: Sequence[str]) -> float:
    """How much a text speaks as its author's opinion: signs in a hundred words, at least 0.

    Signs: loaded words, an author who says "I", "we" or "you", who urges or asks, each outside
    quotation marks; "should" and "must" count half. A label such as "Opinion:" before the title
    settles it: then at least `OPINION`. Under 60 words or four signs only a label tells.
    """
    if _LABEL.search(title):
        return OPINION + 1.0
    words = sum(well_formed.words(s) for s in sentences)
    if words < 60:
        return 0.0
    signs = 1.0 * len(loaded(title))
    for text in sentences:
        outside = well_formed.without_quotations(text)
        signs += len(loaded(text)) + len(_ORDINARY.findall(outside)) * 0.5
        signs += (
            well_formed.personal(text) + well_formed.asks(text) + bool(_URGES.match(text.lstrip()))
        )
        signs += 0.5 * bool(_OUGHT.search(outside) and " said" not in outside)
    return 100.0 * signs / words if signs >= _SIGNS else 0.0
