"""What a text affirms, denies, or holds only possible: each content word with its stance.

Opposite words (rise/fall, approve/reject) live here too. Who claims it is for speakers.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from summarizer.facts.text import CACHE, FUNCTION_WORDS, Token, tokens

NEGATIONS = frozenset(
    "not n't no never without cannot neither nor nobody nothing none hardly".split()
)
"""Words that deny what follows."""

_DENYING = frozenset(
    """deny refuse reject fail decline dismiss prevent avoid lack refute dispute oppose
    block stop halt""".split()
)
_SCOPED_DENIAL = frozenset("deny refuse fail decline".split())
_OTHER_NEGATIVE = frozenset(
    """unable unlikely few little rarely less lose absence against instead rather ban bar end cancel
    abandon drop skip resist rule avoid unless despite barely seldom wrong false deny doubt unclear
    unknown missing clear impossible unaware reluctant opposition refusal denial failure
    rejection ignore overlook quit leave forbid prohibit limit only until yet miss short contrary
    wo don't isn't neither but stall struggle hard difficult empty innocent acquit skeptical
    cautious warn worry concern prevent protect restrict delay hold suspend withdraw remove cut lift
    exclude except scrap reverse overturn veto defeat thwart silent mum lack""".split()
)
_NOT_BUT = frozenset("only just merely simply more less".split())

_STRONG_MODALS = frozenset("may might could possibly perhaps maybe potentially".split())
_FUTURE = frozenset("will would shall 'll wo".split())
_SOFT_MODALS = frozenset("should must can to if whether would will likely".split())
_TO_CUES = frozenset(
    """plan expect consider threaten intend hope want propose seek aim vow promise pledge prepare
    attempt try likely set ask urge call order demand offer decide agree need weigh poise
    schedule wish ready pressure slate bid encourage""".split()
)
_BARE_CUES = frozenset(
    """allegedly alleged reportedly accused suspected purportedly purported supposedly presumed
    possible potential proposed considering contemplating mulling weighing rumored""".split()
)
_WIDE = frozenset(("accused", "suspected"))
ALLEGING = frozenset(
    "charge accuse allege allegation accusation suspect claim allegedly reportedly".split()
)
"""Lemmas that keep an accusation one, wherever in the sentence they stand."""
_STOPS = frozenset(',;:.?!"“”()—–')

_OPPOSITES = """
rise increase grow climb gain jump surge | fall decrease decline drop shrink plunge tumble
win | lose
support back endorse favor | oppose fight
approve pass accept adopt | reject defeat veto
confirm admit acknowledge | deny
allow permit legalize | ban forbid prohibit block bar
begin start open launch | end stop close finish
open | block shut
new newer newest | old older oldest
fast faster fastest quick quicker | slow slower slowest
accelerate quicken | slow
free release | kidnap abduct seize capture
clear acquit | convict
safe | dangerous unsafe
before | after
more most | less fewer least
agree | disagree refuse
arrive enter join | leave exit quit
guilty convict | acquit innocent
strengthen | weaken
good | bad
high higher | low lower
long longer | short shorter
lead | trail
old older oldest | young younger youngest
praise hail applaud welcome | criticize condemn slam blast denounce
arrest detain | release free
attack | defend
legal lawful | illegal unlawful
hire appoint | fire dismiss
add | remove
raise | cut lower
upheld uphold | overturn strike block quash annul suspend halt
likely | unlikely
improve | worsen
success succeed | fail failure
ally friend | enemy foe
largest biggest | smallest
highest | lowest
early earlier | late later
north | south
east | west
better | worse
majority | minority
first | last
large larger big bigger great greater | small smaller little
strong stronger strongest | weak weaker weakest
heavy heavier heaviest | light lighter lightest
hot hotter warm warmer | cold colder cool cooler
rich richer wealthy | poor poorer
wide wider broad broader | narrow narrower
deep deeper | shallow shallower
thick thicker | thin thinner
easy easier | difficult hard harder
cheap cheaper | expensive costly costlier
dry drier | wet wetter
full | empty
narrow | widen
expand | contract shrink
tighten | loosen ease relax
double twice | halve half
positive | negative
public | private
optimistic | pessimistic
temporary | permanent
profit | loss
surplus | deficit
victory | defeat
ahead | behind
presence | absence
northern | southern
eastern | western
""".strip()


def _opposites() -> dict[str, tuple[frozenset[str], frozenset[str]]]:
    out: dict[str, tuple[frozenset[str], frozenset[str]]] = {}
    for line in _OPPOSITES.splitlines():
        sides = [frozenset(side.split()) for side in line.split("|")]
        for same, other in (sides, sides[::-1]):
            for word in same:
                before = out.get(word, (frozenset(), frozenset()))
                out[word] = before[0] | same, before[1] | other
    return out


OPPOSITES = _opposites()
"""Lemma -> (words of its own side, words of the other side)."""


@dataclass(frozen=True, slots=True)
class Stance:
    """A content word and how it is held.

    index: among the text's tokens. negated: it is the word that a negation denies.
    near_negation: it stands in the same clause after a negation. modal: the cue that makes it
    possible, planned or alleged, None where it is stated. soft: a weaker cue (can, should, to).
    """

    token: Token
    index: int
    negated: bool
    near_negation: bool
    modal: str | None
    soft: bool


def _first_content(words: tuple[Token, ...], start: int, reach: int) -> list[int]:
    """The indices of the content words of the clause that opens at start."""
    out: list[int] = []
    for i in range(start, min(len(words), start + reach)):
        word = words[i]
        if word.text in _STOPS or (word.lower in ("but", "because", "who", "which") and out):
            break
        if (
            word.is_content
            and word.is_word
            and not (word.lower.endswith("ly") and len(word.lower) > 4)
            and word.lower != "longer"
        ):
            out.append(i)
    return out


def is_negation(words: tuple[Token, ...], i: int) -> bool:
    """Whether word i denies something ("not only" and "No. 1" do not)."""
    if words[i].lower not in NEGATIONS:
        return False
    after = words[i + 1] if i + 1 < len(words) else None
    if after is None:
        return words[i].lower in ("not", "n't")
    if words[i].lower == "no" and (
        after.text in ".,;" or after.lower in ("matter", "doubt", "more", "less", "fewer")
    ):
        return False
    return not (words[i].lower == "not" and after.lower in _NOT_BUT)


@lru_cache(maxsize=CACHE)
def stances(text: str) -> tuple[Stance, ...]:
    """Each content word of a text with its polarity and modality."""
    words = tokens(text)
    negated: set[int] = set()
    near: set[int] = set()
    modal: dict[int, str] = {}
    soft: set[int] = set()
    for i, word in enumerate(words):
        after = words[i + 1].lower if i + 1 < len(words) else ""
        if is_negation(words, i) or (word.lemma in _SCOPED_DENIAL and word.text.islower()):
            reached = _first_content(words, i + 1, 13)
            if word.lemma in _SCOPED_DENIAL and word.lower not in NEGATIONS and after == "by":
                reached = []
            for n, at in enumerate(reached):
                near.add(at)
                if n == 0:
                    negated ^= {at}
        if word.lower in _STRONG_MODALS and not (word.lower == "may" and word.text == "May"):
            for at in _first_content(words, i + 1, 5)[:1]:
                modal.setdefault(at, word.lower)
            soft.update(_first_content(words, i + 1, 12))
        elif word.lower in _FUTURE:
            for at in _first_content(words, i + 1, 5)[:1]:
                modal.setdefault(at, "will")
            soft.update(_first_content(words, i + 1, 12))
        elif (word.lemma in _TO_CUES or word.lower in _TO_CUES) and (
            after == "to"
            or (word.lemma in ("consider", "weigh", "propose", "plan") and after.endswith("ing"))
        ):
            for at in _first_content(words, i + 2 if after == "to" else i + 1, 4)[:1]:
                modal.setdefault(at, word.lemma)
            soft.update(_first_content(words, i + 1, 7))
        elif word.lower in _BARE_CUES:
            wide = word.lower in _WIDE
            for at in _first_content(words, i + 1, 10)[: 3 if wide else 1]:
                if words[at].text.islower():
                    modal.setdefault(at, word.lower)
            soft.update(_first_content(words, i + 1, 12))
            soft.update(range(max(0, i - 5), i))
        elif word.lower in _SOFT_MODALS:
            soft.update(_first_content(words, i + 1, 8))
    return tuple(
        Stance(t, i, i in negated, i in near, modal.get(i), i in soft)
        for i, t in enumerate(words)
        if t.is_content and t.is_word
    )


def denied_near(text: str, index: int) -> bool:
    """Whether a word of a denying sense stands within five words of the token at index."""
    words = tokens(text)
    return any(
        is_negation(words, i)
        or words[i].lemma in _DENYING
        or words[i].lemma in _OTHER_NEGATIVE
        or words[i].lower.startswith(("un", "dis"))
        for i in range(max(0, index - 5), min(len(words), index + 4))
        if i != index
    )


@lru_cache(maxsize=CACHE)
def has_negative(text: str) -> bool:
    """Whether any word of a text denies, refuses, lacks or opposes, in the widest sense."""
    words = tokens(text)
    return any(
        is_negation(words, i)
        or t.lemma in _DENYING
        or t.lemma in _OTHER_NEGATIVE
        or (t.lower.startswith(("un", "dis", "non", "in", "im")) and len(t.lower) > 6)
        or t.lower.endswith("less")
        for i, t in enumerate(words)
    )


def is_past(token: Token) -> bool:
    """Whether a word looks like a past form."""
    return token.lower.endswith("ed") or (
        token.lower != token.lemma
        and not token.lower.endswith(("s", "ing"))
        and token.lower not in FUNCTION_WORDS
    )
