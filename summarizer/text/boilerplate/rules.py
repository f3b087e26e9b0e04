"""How boilerplate is recognised: the form of a rule, and the words that rules share.

The rules themselves are data, in site.py (the site's lines), newsroom.py (the newsroom's) and
notices.py (what a site says to its reader).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

LONGEST = 800
"""Code points of the longest line that can be boilerplate as a whole; captions are the longest."""

Where = Literal["line", "opens", "holds", "start", "end", "sentence"]

_PLAIN = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "\u00a0": " ", "\u202f": " "})

_WORD = re.compile(r"<([a-z-]+)>")
_WORDS = {
    # a person's, an outlet's or a place's name: capitalised words, "of" and the like between them
    "name": r"(?-i:[A-Z][\w.'-]*(?: (?:[A-Z][\w.'-]*|&|de|van|von|al|bin|of|the)){0,4})",
    "agency": r"""(?:(?:The )?Associated Press|AP|A\.P\.|AFP|Agence France[- ]Presse|ANI|ANSA
        |Anadolu|Bloomberg|BBC|(?:The )?Canadian Press|CBS\w*|CNN|dpa|ABC|EPA|IANS|Interfax
        |Kyodo|NBC|NPR|PA|Press (?:Association|Trust of India)|PTI|Reuters|TASS
        |Tribune News Service|UPI|Xinhua)""",
    "pictures": r"""(?:(?:AAP|AFP|Alamy|AP|Bloomberg|Corbis|EPA|Facebook|FilmMagic|Flickr
        |Getty(?: Images)?(?: \w+)?|Instagram|iStock\w*|PA|Reuters|Shutterstock|Twitter|Unsplash
        |WireImage)\b)""",
    "city": r"""(?:WASHINGTON|NEW YORK|LOS ANGELES|CHICAGO|LONDON|PARIS|BERLIN|BRUSSELS|GENEVA
        |VIENNA|ROME|MADRID|MOSCOW|KIEV|KYIV|ISTANBUL|ANKARA|CAIRO|BEIRUT|JERUSALEM|BAGHDAD|TEHRAN
        |KABUL|DUBAI|NEW DELHI|BEIJING|HONG KONG|TOKYO|SEOUL|SYDNEY|NAIROBI|LAGOS|JOHANNESBURG
        |OTTAWA|TORONTO|MEXICO CITY|SAO PAULO|UNITED NATIONS|MUMBAI|CHENNAI|KOLKATA|HYDERABAD
        |BENGALURU|ISLAMABAD|KARACHI|LAHORE|DHAKA|COLOMBO|KATHMANDU|SINGAPORE|MANILA|JAKARTA
        |BANGKOK|CANBERRA|MELBOURNE|BRISBANE|WELLINGTON|DUBLIN|EDINBURGH|WARSAW|LISBON|ATHENS)""",
    "month": r"(?:(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)[a-z]{0,6}\.?)",
    "weekday": r"(?:(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?\.?)",
    "date": r"(?:(?:<weekday>,? )?(?:<month> \d{1,2}|\d{1,2} <month>)(?:,? \d{4})?)",
    # one piece of a time as sites print it: "Thu", "8 Oct", "18.22", "p.m.", "BST", "2 hours ago";
    # its figures are never given back, as a run of them could be parted in 2^n ways
    "moment": r"""(?:<weekday>|<month>|\d{1,2}(?:st|nd|rd|th)|\d[\d:./,-]*+(?:[ap]m)?|[ap]\.?m\.?
        |(?-i:[A-Z]{2,4}T|GMT|UTC|CET|IST|Z)|(?:an? )?(?:min(?:ute)?|hour|hr|day|week|month|year)s?
        |ago|today|yesterday|just now|on|at)""",
    "social": r"""(?:facebook|twitter|x|instagram|linkedin|whatsapp|telegram|reddit|youtube|tiktok
        |threads|bluesky|messenger|pinterest|google ?\+?|google news|social media|e-?mail|sms)""",
    "role": r"""(?:reporter|writer|correspondent|editor|columnist|journalist|producer|photographer
        |contributor|bureau chief|staff|anchor|critic|commentator)s?""",
    "section": r"""(?:home|news|world|politics|u\.?s\.?|uk|europe|asia|africa|middle east|americas
        |business|markets?|economy|finance|money|sports?|opinion|comment|editorials?|analysis|local
        |national|nation|international|regional|community|metro|cit(?:y|ies)|tech|technology
        |science|health|education|environment|climate|energy|transport|travel|culture|arts
        |entertainment|lifestyle|life|style|food|media|crime|courts?|law|weather|investigations
        |features?|video|headlines|latest(?: news)?|top (?:news|stories)|breaking(?: news)?)""",
    "story": r"(?:stor(?:y|ies)|articles?|posts?|reports?|news|headlines?|coverage|pieces?)",
    # what an outlet offers of its own
    "offer": r"""(?:newsletters?|inbox|e-?mails?|subscriptions?|subscribers?|alerts|apps?|podcasts?
        |channel|briefing|breaking news|latest (?:news|updates|headlines|stories)|notifications?
        |(?:digital|print|e-?) ?(?:edition|paper)|journalism|membership|unlimited access|free trial
        |home ?page|(?:weekly|daily|morning|evening) (?:letter|digest|round-?up|e-?mail|update)s?
        |(?:breaking|in-depth|more|top) (?:stories|articles)
        |from (?:only |just |as little as )?\S{1,3}\d*(?: \w+)? (?:a|per) (?:week|month|year))""",
    "of-speech": r"""\b(?:said|says|told|tells|asked|asks|urged|warned|wrote|added|according)\b""",
    "no-stop": r"[^.!?\":;,]",
}


def plain(text: str) -> str:
    """The text with straight quotation marks and plain spaces, code point for code point."""
    return text.translate(_PLAIN)


def compiled(*patterns: str, case: bool = False) -> re.Pattern[str]:
    """Any of the patterns; <name> and the like stand for the words shared by rules."""
    whole = "|".join(patterns)
    while _WORD.search(whole):
        whole = _WORD.sub(lambda m: _WORDS[m.group(1)].replace("\n        ", ""), whole)
    return re.compile(whole, re.NOFLAG if case else re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of boilerplate: why it is masked, where in a line it is, how it is recognised.

    where: "line" masks the whole line if the pattern matches all of it, "opens" if it matches at
    the beginning, "holds" if it is found in it; "start" and "end" mask only what matches there;
    "sentence" masks each sentence that the pattern matches at its beginning, wherever in a line.
    pattern: laid on `plain` text; for whole lines, runs of white space are one space.
    max_words: a line (for "sentence", a sentence) with more words is left alone, save by "start"
    and "end".
    within: the rule looks only at so many of the first lines that are not blank; if negative, of
    the last lines, and in the second half of the article.
    """

    reason: str
    where: Where
    pattern: re.Pattern[str]
    max_words: int = 25
    within: int | None = None

    def sees(self, index: int, lines: int) -> bool:
        """Does the rule look at line `index` (0-based) of so many?"""
        if self.within is None:
            return True
        if self.within > 0:
            return index < self.within
        return index >= max(lines + self.within, (lines + 1) // 2)


def rule(
    reason: str,
    where: Where,
    *patterns: str,
    max_words: int = 25,
    within: int | None = None,
    case: bool = False,
) -> Rule:
    """A rule of alternative patterns, blind to case unless `case` is set.

    max_words: words; within: lines, negative from the end; both as in `Rule`.
    """
    return Rule(reason, where, compiled(*patterns, case=case), max_words, within)
