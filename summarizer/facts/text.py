"""Words, lemmas and sentences of a text, with offsets: the ground that every extractor stands on.

No fact is extracted here, and nothing here knows of evidence or of a summary.
"""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

CACHE = 4096
"""Texts whose tokens and facts are kept; bounds the memory of every cache of this package."""

_TOKEN = re.compile(
    r"(?:[A-Z]\.){2,}"  # U.S., J.K.
    r"|[$€£¥]?\d(?:[\d,]*\d)?(?:\.\d+)?(?:st|nd|rd|th)?(?![A-Za-z])"
    r"|[^\W\d_]+(?:['’][^\W\d_]+)*"
    r"|\d+|\S"
)
_SENTENCE_END = re.compile(r"[.!?][\"”’')\]]*\s+(?=[\"“‘'(\[]?[A-Z0-9])|\n+")
_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|Lt|Col|Sgt|Capt|Adm|Rev|St|Jr|Sr|No|vs|Jan|Feb|Mar|Apr"
    r"|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|Inc|Corp|Co|Ltd|Prof|Maj|Hon)|\b[A-Z])\.$"
)

IRREGULAR = {
    form: lemma
    for lemma, forms in {
        "be": "is are was were been being am 's",
        "have": "has had having",
        "do": "does did done doing",
        "go": "goes went gone",
        "say": "said says",
        "make": "made",
        "take": "took taken",
        "give": "gave given",
        "get": "got gotten",
        "come": "came",
        "see": "saw seen",
        "know": "knew known",
        "think": "thought",
        "tell": "told",
        "find": "found",
        "leave": "left",
        "lose": "lost losing",
        "win": "won winning",
        "use": "used using",
        "beat": "beaten",
        "pay": "paid",
        "meet": "met",
        "hold": "held",
        "send": "sent",
        "sue": "suing sued sues",
        "fall": "fell fallen",
        "rise": "rose risen",
        "grow": "grew grown",
        "begin": "began begun",
        "break": "broke broken",
        "bring": "brought",
        "build": "built",
        "buy": "bought",
        "catch": "caught",
        "choose": "chose chosen",
        "draw": "drew drawn",
        "drive": "drove driven",
        "fight": "fought",
        "fly": "flew flown flies",
        "forbid": "forbade forbidden",
        "hide": "hid hidden",
        "keep": "kept",
        "lead": "led",
        "mean": "meant",
        "run": "ran running",
        "sell": "sold",
        "shoot": "shot",
        "speak": "spoke spoken",
        "spend": "spent",
        "stand": "stood",
        "steal": "stole stolen",
        "strike": "struck stricken",
        "swear": "swore sworn",
        "teach": "taught",
        "throw": "threw thrown",
        "undergo": "underwent undergone",
        "write": "wrote written",
        "die": "dying died dies dead death deaths",
        "lie": "lying lied",
        "kill": "killing killings",
        "seek": "sought",
        "feel": "felt",
        "withdraw": "withdrew withdrawn",
        "overthrow": "overthrew overthrown",
        "arise": "arose arisen",
        "man": "men",
        "woman": "women",
        "child": "children",
        "person": "people persons",
        "foot": "feet",
        "wife": "wives",
        "life": "lives",
        "good": "better best",
        "bad": "worse worst",
        "nothing": "nothing",
        "something": "something",
        "anything": "anything",
        "everything": "everything",
        "understand": "understood",
        "become": "became becoming",
        "forget": "forgot forgotten",
        "shake": "shook shaken",
        "lay": "laid",
        "lend": "lent",
        "wear": "wore worn",
        "bear": "bore borne",
        "tear": "tore torn",
        "sink": "sank sunk",
        "split": "splitting",
        "swim": "swam swum",
        "sing": "sang sung",
        "ring": "rang rung",
        "drink": "drank drunk",
        "blow": "blew blown",
        "freeze": "froze frozen",
        "ride": "rode ridden",
        "override": "overrode overridden overriding",
        "eat": "ate eaten",
        "bite": "bit bitten",
        "wake": "woke woken",
        "cut": "cutting",
        "hit": "hitting",
        "let": "letting",
        "put": "putting",
        "set": "setting",
        "shut": "shutting",
        "quit": "quitting",
        "deal": "dealt",
        "dig": "dug digging",
        "feed": "fed",
        "flee": "fled",
        "fling": "flung",
        "hear": "heard",
        "lean": "leant",
        "sleep": "slept",
        "slide": "slid",
        "spread": "spreading",
        "stick": "stuck",
        "sweep": "swept",
        "swing": "swung",
        "weep": "wept",
        "wind": "wound",
        "accuse": "accused accusing accuses",
        "refuse": "refused refusing refuses",
        "acquit": "acquitted acquitting",
        "kidnap": "kidnapped kidnapping",
        "welcome": "welcomed welcoming",
        "criticize": "criticised criticise criticises criticising criticized criticizing",
        "recognize": "recognised recognise recognises recognising recognized recognizing",
        "organize": "organised organise organises organising organized organizing",
    }.items()
    for form in forms.split()
}

FUNCTION_WORDS = frozenset(
    """a an the this that these those some any each every all both either neither no other another
    such same own of in on at by for with about against between into through during before after
    above below to from up down out off over under again further then once here
    there when where why how
    and but or nor so yet if because as until while although though since unless than too very just
    i me my we us our you your he him his she her hers it its they them their theirs who whom whose
    which what is are was were be been being am has have had having do does did doing will would
    shall should can could may might must not n't 's 're 've 'll 'd 'm also only even still now
    more most less least much many few several ever never always often already however meanwhile
    himself herself itself themselves one ones amid among toward towards upon within without via per
    said says say told according""".split()
)
"""Words that carry no content of their own when two sentences are compared."""


class Token(NamedTuple):
    """One word or mark: text[start:end], its lower case, and its lemma.

    is_word: whether it is made of letters (a name, a word, an acronym). is_content: whether it is
    a word or figure that carries content. is_capital: whether it is a word with a capital.
    """

    text: str
    start: int
    end: int
    lower: str
    lemma: str
    is_word: bool
    is_content: bool
    is_capital: bool


@lru_cache(maxsize=1)
def common_words() -> frozenset[str]:
    """Lower-case words that are no names, read once from the package's data."""
    raw = files("summarizer.facts").joinpath("common_words.txt").read_text(encoding="utf-8")
    lines = (line for line in raw.splitlines() if not line.startswith("#"))
    return frozenset(word for line in lines for word in line.split())


_MUTE = re.compile(
    r"(?:[dlr]g|[bdfgkpt]l|[vcu]|[iy]z|ns|[iou]d|[^e]ed|[iu]r|um|eas|[ai]g|ib|[^o]ok|[^eo]at|[^oi]ut)$"
)
"""Endings of stems that take an e where the word is not known: "divulg-ed", "nominat-ing"."""


def _undouble(stem: str) -> str:
    return stem[:-1] if len(stem) > 3 and stem[-1] == stem[-2] and stem[-1] not in "lsz" else stem


@lru_cache(maxsize=1 << 16)
def lemma(word: str) -> str:
    """A simple lemma of a lower-case word: endings of plural, past and -ing are taken off."""
    word = word.replace("’", "'")
    if word.endswith("'s"):
        word = word[:-2]
    if word in IRREGULAR:
        return IRREGULAR[word]
    known = common_words()
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith("ied"):
        return word[:-3] + "y"
    for ending in ("ed", "ing"):
        if len(word) > len(ending) + 2 and word.endswith(ending):
            stem = word[: -len(ending)]
            if not any(c in "aeiouy" for c in stem):
                break
            for candidate in (_undouble(stem) if _undouble(stem) != stem else stem + "e", stem):
                if candidate in known:
                    return candidate
            return stem + "e" if _MUTE.search(stem) else stem
    if len(word) > 4 and word.endswith(("sses", "shes", "ches", "xes", "zzes")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


_SPLIT_NOT = re.compile(r"(?i)^(.+?)(n['’]t)$")


@lru_cache(maxsize=CACHE)
def tokens(text: str) -> tuple[Token, ...]:
    """The words and marks of a text in order; "didn't" is two tokens, "did" and "n't"."""
    out: list[Token] = []
    for match in _TOKEN.finditer(text):
        word, start = match.group(), match.start()
        split = _SPLIT_NOT.match(word) if word[-1] in "tT" and len(word) > 3 else None
        if split:
            out.append(_token(split[1], start))
            out.append(_token(split[2], start + len(split[1])))
        else:
            out.append(_token(word, start))
    return tuple(out)


def _token(word: str, start: int) -> Token:
    lower, lemma_, is_word, is_content, is_capital = _kind(word)
    return Token(word, start, start + len(word), lower, lemma_, is_word, is_content, is_capital)


@lru_cache(maxsize=1 << 15)
def _kind(word: str) -> tuple[str, str, bool, bool, bool]:
    lower = word.lower().replace("’", "'")
    is_word = word[0].isalpha()
    content = (word[0].isalnum() or word[0] in "$€£¥") and lower not in FUNCTION_WORDS
    return lower, lemma(lower), is_word, content, is_word and word[0].isupper()


@lru_cache(maxsize=CACHE)
def sentences(text: str) -> tuple[str, ...]:
    """A passage cut at its sentence ends: plain rules, enough for evidence given as passages."""
    cuts, last = [], 0
    for match in _SENTENCE_END.finditer(text):
        head = text[last : match.start() + 1]
        if match.group()[0] == "." and _ABBREVIATION.search(head):
            continue
        cuts.append(text[last : match.end()].strip())
        last = match.end()
    cuts.append(text[last:].strip())
    return tuple(c for c in cuts if c)


@lru_cache(maxsize=CACHE)
def content(text: str) -> frozenset[str]:
    """The lemmas of a text's content words."""
    return frozenset(t.lemma for t in tokens(text) if t.is_content)
