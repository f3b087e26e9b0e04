"""Which words of a sentence are verbs: by their forms and neighbours, without a tagger.

What a verb does to whom is for events.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from summarizer.facts.text import IRREGULAR, Token, common_words, lemma

BE = frozenset("is are was were be been being 's 're get got gets getting".split())
AUXILIARY = BE | frozenset(
    """am has have had having do does did will would shall should can could may might must to not
    n't never 'll 'd 've 'm wo ca also still already now later then soon first twice once both
    each all reportedly allegedly""".split()
)
_MODALS = frozenset("will would shall should can could may might must to not n't".split())
DETERMINERS = frozenset(
    "the a an his her its their our my your this that these those some any no every each".split()
)
PREPOSITIONS = frozenset(
    """of at in on for from by with to near against over under after before into through during
    about between among toward towards off across around behind beside without within since until
    despite outside inside like than via per as""".split()
)
_PRONOUNS = frozenset(
    "he she they it we i you who which that there this these those him her them both all".split()
)
_NOT_VERBS = frozenset(
    """person man woman child good bad life foot wife place ship last early second nothing people
    thing troop news year week month day time percent million billion dollar force state house
    party member official number name something anything everything""".split()
)
_UNCHANGED = frozenset("beat cut hit put set shut quit let split spread hurt cost".split())
_PLURAL_SUBJECTS = frozenset("people police men women children who they we i you and but".split())


_COUNTS = frozenset("two three four five six seven eight nine ten dozen hundred".split())
_CHARGES = frozenset("accuse charge suspect suspicion allegation accusation".split())
_ACTORS = frozenset(
    "man woman boy girl suspect gunman driver teenager student crowd mob group court jury".split()
)


@lru_cache(maxsize=1)
def _verbs() -> frozenset[str]:
    """Lemmas of which the common words hold a past and an -ing form, and of irregular verbs."""
    known = common_words()
    found = {IRREGULAR[f] for f in IRREGULAR if f.endswith(("ing", "n", "t", "d", "w", "e"))}
    for word in known:
        if word.endswith("ed") and len(word) > 4:
            stem = lemma(word)
            if {stem, stem + "ing", stem.rstrip("e") + "ing", stem + stem[-1:] + "ing"} & known:
                found.add(stem)
    found |= set(
        """sue dissent override testify kidnap loot resign deny trail lead design ignore enroll
        accuse blame condemn praise veto recall poison injure""".split()
    )
    return frozenset(found - _NOT_VERBS)


def is_participle(word: Token) -> bool:
    """Whether a word has the form of a past or a participle."""
    low = word.lower
    return (low.endswith("ed") and len(low) > 3) or (
        low in IRREGULAR
        and word.lemma not in _NOT_VERBS
        and low != word.lemma
        and not low.endswith(("s", "ing"))
    )


def _pair_ends(words: Sequence[Token], i: int) -> bool:
    """Whether word i ends two names that "and" joins: "Julia Varga and Pavel Straka"."""
    for j in range(i, max(0, i - 4), -1):
        if words[j].lower == "and":
            return words[j - 1].is_capital
        if not words[j].is_capital:
            return False
    return False


def is_verb(words: Sequence[Token], i: int) -> bool:
    """Whether word i of a sentence is a verb that tells an event; auxiliaries are not."""
    word = words[i]
    low = word.lower
    if not word.is_word or not word.text.islower() or low in AUXILIARY or low in _PRONOUNS:
        return False
    if not word.is_content and low not in ("said", "says", "say", "told", "tell", "tells"):
        return False
    before = words[i - 1] if i else None
    if before is None or before.lower in DETERMINERS or before.lower.endswith(("'s", "s'")):
        return before is not None and before.lower == "that" and is_participle(word)
    if before.text == "-" or (i + 1 < len(words) and words[i + 1].text == "-"):
        return False
    if is_participle(word):
        after = words[i + 1] if i + 1 < len(words) else None
        adjective = before.lower in PREPOSITIONS - {"to"} and after is not None and after.is_content
        return not adjective
    charged = any(w.lemma in _CHARGES for w in words[max(0, i - 10) : i])
    if low.endswith("ing") and before.lower in ("of", "with") and charged:
        return True  # "accused of diverting", "charged with taking"
    if low.endswith("ing") and before.lower in BE and len(low) > 6 and word.lemma != low:
        return True  # "is cooperating"
    if low.endswith("ing"):
        return word.lemma in _verbs() and before.lower not in PREPOSITIONS - {
            "after", "before", "while", "by", "without", "of",
        }  # fmt: skip
    if low in _UNCHANGED and before.text == "," and i + 1 < len(words):
        # "Colin Vance, 34, set fire": an apposition stands between subject and verb.
        return words[i + 1].is_word and any(w.text == "," for w in words[max(0, i - 8) : i - 1])
    if low in _UNCHANGED and (before.is_content or before.lower in _PRONOUNS):
        return (
            before.text[0].isupper()
            or before.lower in _PRONOUNS | _ACTORS
            or before.lower.endswith("s")
        )
    if before.lower in _MODALS and not low.endswith("ly"):
        return word.is_content and low not in _COUNTS and (low == word.lemma or low[-1] != "s")
    if word.lemma not in _verbs():
        return False
    if before.lower in AUXILIARY:
        return before.lower not in BE or is_participle(word) or low in _UNCHANGED
    if low == word.lemma and before.is_capital and _pair_ends(words, i - 1):
        return True
    if low == word.lemma:
        noun = words[i - 2] if before.lower.endswith("ly") and i > 1 else before
        return noun.lower in _PLURAL_SUBJECTS or (
            noun.is_word and noun.lower.endswith("s") and not noun.lower.endswith("ss")
        )
    if low.endswith("s"):
        singular = before.is_word and before.lower not in PREPOSITIONS and before.is_content
        plural = before.lower.endswith("s") and before.text.islower()
        following = words[i + 1].lower if i + 1 < len(words) else "."
        if before.text.islower() and (
            following in PREPOSITIONS or not following[0].isalnum() or following in ("and", "or")
        ):
            return before.lower in _PRONOUNS
        return (singular and not plural) or before.lower in _PRONOUNS or before.text == ","
    return False
