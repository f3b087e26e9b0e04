"""The kinds of furniture and how each is told: data, one entry a kind.

How the rules are laid on an article is the package's own business, not this table's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

LONGEST = 800
"""Code points of the longest line that can be furniture as a whole; captions are the longest."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of furniture: why it is masked, where in a line it stands, how it is told.

    where: "line" masks the whole line if the pattern matches all of it; "holds" masks the whole
    line if the pattern is found in it; "start" and "end" mask only what the pattern matches there.
    max_words: a line with more words is left alone by "line" and "holds".
    within: the rule looks only at so many of the first lines that are not blank.
    """

    reason: str
    where: Literal["line", "holds", "start", "end"]
    pattern: re.Pattern[str]
    max_words: int = 25
    within: int | None = None


def _rule(
    reason: str,
    where: Literal["line", "holds", "start", "end"],
    pattern: str,
    *,
    max_words: int = 25,
    within: int | None = None,
    case: bool = False,
) -> Rule:
    flags = re.VERBOSE | (re.NOFLAG if case else re.IGNORECASE)
    return Rule(reason, where, re.compile(pattern, flags), max_words, within)


_NAME = r"(?-i:[A-Z][\w.'’-]*(?:\s+(?:[A-Z][\w.'’-]*|de|van|von|al|bin|of|the)){0,3})"
_AGENCY = (
    r"(?:AP|A\.P\.|AFP|EPA|UPI|PA|ANSA|dpa|TASS|Xinhua|Bloomberg|CNN|BBC|CBS\w*|NBC|ABC|NPR"
    r"|Associated\ Press|The\ Associated\ Press|Reuters|Agence\ France[- ]Presse|Kyodo)"
)
_PICTURES = (
    r"(?:(?:AP|AFP|EPA|PA|Reuters|Bloomberg|Getty(?:\ Images)?(?:\ \w+)?|iStock\w*|Shutterstock"
    r"|Alamy|WireImage|FilmMagic|Corbis|Flickr|Facebook|Instagram|Twitter)\b)"
)
_CITY = (
    r"(?:WASHINGTON|NEW\ YORK|LOS\ ANGELES|CHICAGO|LONDON|PARIS|BERLIN|BRUSSELS|GENEVA|VIENNA|ROME"
    r"|MADRID|MOSCOW|KIEV|KYIV|ISTANBUL|ANKARA|CAIRO|BEIRUT|JERUSALEM|BAGHDAD|TEHRAN|KABUL|DUBAI"
    r"|NEW\ DELHI|BEIJING|HONG\ KONG|TOKYO|SEOUL|SYDNEY|NAIROBI|LAGOS|JOHANNESBURG|OTTAWA|TORONTO"
    r"|MEXICO\ CITY|SAO\ PAULO|UNITED\ NATIONS)"
)
_DATE = (
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?\s+)?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep"
    r"|Oct|Nov|Dec)[a-z]*\.?\s+\d{1,2},?(?:\s+\d{4})?"
)

RULES: tuple[Rule, ...] = (
    # what leads to or from the page
    _rule(
        "breadcrumb",
        "line",
        r"\W*(?:home|news|world|politics|us|u\.s\.|uk|europe|business|sports?|opinion|local|tech)"
        r"(?:\s*(?:[>›»]+|\s[/|]+(?=\s|$))\s*[\w&'’ .-]{0,30}){1,5}",
        max_words=12,
    ),
    _rule(
        "share line",
        "line",
        r"\W*(?:share|tweet|e-?mail|print|pin\ it|copy\ link)"
        r"(?:[\s|/,·•+:&-]+(?:share|shares|tweet|e-?mail|print|pin|it|save|facebook|twitter|x"
        r"|whatsapp|linkedin|reddit|telegram|messenger|google|copy|link|on|via|this|the|article"
        r"|story|page|post|video|with|your|friends|to|a|friend|close|extra|sharing|options"
        r"|\d+))*\W*",
        max_words=15,
    ),
    _rule("share line", "holds", r"^(?:read\ (?:or|and)\ )?share\ this\ (?:story|article)\b.*"),
    _rule(
        "subscription line",
        "holds",
        r"^(?:please\ )?(?:subscribe|sign\ up|become\ a|join\ our"
        r"|get\ (?:our|your|the\ (?:free|latest)|breaking|daily|more|free))\b.*"
        r"\b(?:newsletters?|inbox|subscriber|subscription|alerts|apps?|channel|briefing"
        r"|unlimited\ access)\b|^subscribe\ (?:now|today|to\ (?:our|the))\b",
    ),
    _rule(
        "read more",
        "line",
        r"\W*(?:read|see|watch|learn|show|view|load)\ more\W*"
        r"|\W*(?:read\ more|see\ also|also\ read|related(?:\ \w+)?|more\ (?:from|on)\ [^:]{1,40}"
        r"|recommended|don[’']t\ miss|click\ here[^:]{0,40})\s*[:>|].*"
        r"|\W*click\ here\ (?:to|for)\b.*|\W*continue\ reading\b.*|\W*keep\ reading\W*",
    ),
    _rule(
        "read more",
        "line",
        r"(?:read|more|also|watch|listen|photos|pictures|video|gallery|slideshow|live"
        r"|interactive)"
        r"\s*:\s+[^\s].*[^.\"”:]",
        max_words=20,
    ),
    _rule("read more", "end", r"(?-i:\s(?:READ\ MORE|RELATED|SEE\ ALSO|WATCH):\s.{0,160})$"),
    _rule("read more", "end", r"[(\[](?:read\ more|related|see\ also)\s*:[^()\[\]]{0,160}[)\]]$"),
    # pictures and players
    _rule("photo caption", "line", r"(?:enlarge\ this\ image|image\ caption|toggle\ caption).*"),
    _rule(
        "photo caption",
        "line",
        r"(?:image|media|video)\ (?:copyright|caption|source)\b.*",
        max_words=60,
    ),
    _rule(
        "photo caption",
        "line",
        r"(?:(?-i:[A-Z]{4,}\ [A-Z]+)\ ?[-–—]\ ?)?(?:file\ ?(?:photo|picture)?\s*[-–—:]+\s*)?"
        r"in\ this\b.{0,40}\b(?:photo|image|picture|photograph|frame|still)\b(?=.*(?:\b\d{4}\b"
        r"|\btaken[, ]+(?:on|in|from|(?-i:[A-Z]))"
        r"|\bshow[ns]?\b|\breleased|\bprovided|\bmade\ available|\bseen\b)).*",
        max_words=80,
    ),
    _rule(
        "photo caption",
        "line",
        r"(?:file\ ?(?:photo|picture|image)?\s*[-–—:]|pictured\s*:).*",
        max_words=60,
    ),
    _rule(
        "photo caption",
        "line",
        r".*(?:\((?:photo|photograph|picture|image|screenshot)s?\ ?(?:by|credit|courtesy|from"
        r"|via|:|/|©)[^()]{0,80}\)"
        r"|\((?:AP|AFP|Reuters)\ (?:photo|file|images?)[^()]{0,80}\)"
        r"|\([^()]{0,60}/\s?" + _PICTURES + r"[^()]{0,40}\)"
        r"|\b(?-i:REUTERS)/" + _NAME + r"(?:/\w+)?"
        r"|\(courtesy\ [^()]{0,60}\)|\.\.\.\s*\(" + _AGENCY + r"\))",
        max_words=60,
    ),
    _rule(
        "photo caption",
        "end",
        r"\((?:photo|AP\ photo|Reuters\ photo)\b[^()]{0,80}\)$",
    ),
    _rule(
        "photo credit",
        "line",
        r"\(?(?:photo|photograph|image|picture|video)s?\ ?(?:credits?)?\s*"
        r"(?:(?::|/)\s*.{2,60}|by\s+" + _NAME + r"(?:\s*[/,|].{0,40})?)"
        r"|" + _NAME + r"\s*/\s*" + _PICTURES + r".{0,50}"
        r"|" + _PICTURES + r"(?:\s*[/|,]\s*[\w ]{2,30})*|(?:photo|picture)s?",
        max_words=12,
    ),
    _rule(
        "video placeholder",
        "line",
        r"\W*(?:(?:scroll\ down\ for|loading|play|watch(?:\ the)?)\ (?:the\ )?videos?(?:\ below"
        r"|\ above)?"
        r"|scroll\ down\ for\ .{3,40}|video\ player\ is\ loading|now\ playing|replay|up\ next)"
        r"(?:\W+loading\ video)?\W*|media\ playback\ is\ (?:un|not\ )supported.*"
        r"|this\ video\ (?:is\ (?:un|not\ )available|can(?:[’']t|not|\ not)\ be"
        r"|has\ been\ removed).{0,60}",
        max_words=12,
    ),
    _rule("video placeholder", "holds", r"\b(?:play|launch|view)\ slideshow\b"),
    # what the outlet says about itself and its text
    _rule(
        "alternative address",
        "holds",
        r"\b(?:web)?(?:site|channel|stream)\ can\ (?:also\ )?be\ "
        r"(?:accessed|reached|visited|found|watched)\b|\balternate\ address(?:es)?\b",
    ),
    _rule(
        "editors' clarification",
        "line",
        r"[\[(]?(?:clarifications?|corrections?|correction\ and\ clarification"
        r"|editor(?:[’']?s|s[’'])?[’']?\ note)\s*[:(\d—–-].*|\[for\ the\ record\b.*"
        r"|[\[(]?for\ the\ record\s*:.*"
        r"|[\[(]?(?:an?\ (?:earlier|previous)\ version|previous\ versions?)\ of\ this\b.*"
        r"|[\[(]?this\ (?:article|story|post|page)\ (?:has\ been|was)\ "
        r"(?:\w+\ )?(?:updated|corrected|amended|edited|revised|clarified)\b.*",
        max_words=120,
    ),
    _rule(
        "copyright",
        "line",
        r"\W*(?:copyright|©|\(c\))\W*(?:copyright\W*|©\W*)?(?:\d{4}|by\b|the\b).*"
        r"|.*\ball\ rights\ reserved\b.*|.*\bmay\ not\ be\ (?:published|reproduced),?\ "
        r"(?:broadcast|copied|re-?published|in\ whole).*",
        max_words=70,
    ),
    _rule(
        "copyright",
        "end",
        r"(?:copyright|©|\(c\))\s*(?:©\s*)?\d{4}[^.]{0,80}(?:\.\s*all\ rights.*)?$",
    ),
    _rule(
        "staff credit",
        "line",
        r"\(?(?:additional\ )?(?:reporting|writing|editing|compiled|translated)\ by"
        r"(?:[\s;,.&()/|-]+(?:(?-i:[A-Z][\w.'’-]*)|and|in|by|at|with|for|additional|reporting"
        r"|writing"
        r"|editing|compiled|translated))+\W*"
        r"|.{3,120}\bcontributed\ (?:reporting|to\ this\ (?:report|story|article|post))\b.{0,40}"
        r"|" + _NAME + r"\ can\ be\ reached\ at\b.*",
        max_words=40,
    ),
    _rule(
        "staff credit", "end", r"\((?:additional\ )?(?:reporting|writing|editing)\ by\b[^()]*\)$"
    ),
    _rule(
        "byline",
        "line",
        r"by\s+" + _NAME + r"(?:(?:,|\s+and|\s*&)\s+" + _NAME + r"){0,4}"
        r"(?:\s*[,|/–—-]\s*(?-i:(?:[A-Z][\w.'’-]*|of|the|for|and|staff|writer"
        r"|reporter)\s?){1,6})?\s*"
        r"|(?:digital|staff|senior|special|chief|political|national)\s+"
        r"(?:reporter|writer|correspondent|editor)\s+" + _NAME,
        max_words=14,
    ),
    _rule(
        "time line",
        "line",
        r"\W*(?:published|updated|posted|last\ (?:updated|modified)|first\ published|created)\b\s*"
        r"(?:on|at|:)?\s*(?:\W*(?:"
        + _DATE
        + r"|\d[\d:/.,-]*|[ap]\.?m\.?|[A-Z]{2,4}T|gmt|utc|bst|on|at"
        r"|(?:minutes|hours|days)\ ago|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b\W*)+",
        max_words=18,
    ),
    _rule(
        "social handle",
        "line",
        r"\W*follow\ .{1,60}\bat\ https?://\S+|\W*(?:follow\ .{1,60}|(?:find|like|join)\ us)\ on\ "
        r"(?:twitter|facebook|instagram|x|youtube|tiktok|social)\b.*"
        r"|\W*(?:(?:twitter|facebook|instagram|e-?mail|google\+?)\W*)*@\w+(?:\W+(?:\|.{0,30}"
        r"|@\w+))*\W*"
        r"|\W*[\w.+-]+@[\w-]+(?:\.[\w-]+)+\W*|\W*(?:e-?mail|contact)\ .{0,60}\bat\ [\w.+-]+@\S+",
    ),
    # what the site says to everyone
    _rule(
        "cookie notice",
        "holds",
        r"\b(?:we|(?:this|our)\ (?:web)?site)\b.{0,40}\buses?\ cookies\b"
        r"|^accept\ (?:all\ )?cookies\b"
        r"|^by\ (?:continuing|using)\b.{0,60}\b(?:site|agree)\b"
        r"|^(?:(?:our|the|your|and|cookie|privacy|terms\ of|use|service|policy|notice|settings|ad"
        r"|choices)\b\W*){2,10}$",
        max_words=45,
    ),
    _rule(
        "comments",
        "line",
        r"\W*(?:(?:leave|post|add|write|view|show|hide|read|join|see|be|the|first|to|all|your|a|no"
        r"|\d[\d,]*)\ )*comments(?:\W*(?:\d[\d,]*|below|here|section|policy|closed|are|on|this"
        r"|article|story))*\W*"
        r"|\W*(?:(?:leave|post|add|write)\ a|1)\ comment\W*"
        r"|\W*join\ the\ (?:conversation|discussion)\W*",
        max_words=10,
    ),
    _rule(
        "advertisement",
        "line",
        r"\W*(?:advertisements?|ads?\ by\ \w+|sponsored(?:\ content|\ by.{0,30})?|promoted"
        r"|paid\ post"
        r"|(?:story|article)\ continues\ (?:after|below)\b.{0,30}|skip\ advertisement"
        r"|continue\ reading\ the\ main\ story)\W*",
        max_words=10,
    ),
    _rule(
        "page control",
        "line",
        r"\W*(?:text\ size|font\ size|page\ \d+\ of\ \d+|skip\ to\ (?:main\ )?content"
        r"|back\ to\ top"
        r"|article(?:\ excerpt)?|full\ (?:story|article)|(?:main\ )?menu|search|log\ ?in|sign\ ?in"
        r"|loading|close|next|previous|show\ more|hide|print\ this\ page|transcript|news"
        r"|story\ highlights"
        r"|what[’']s\ this|listen\ to\ (?:this|the)\ (?:article|story)"
        r"|\d+\ min(?:ute)?s?\ read)\W*",
        max_words=8,
    ),
    _rule("page control", "line", r"(?:(?:[^\w\s]|_)\s*){1,12}", max_words=12),
    _rule(
        "page control",
        "line",
        r"(?:(?:hide|show)\ transcript\s*)+|alert\ ?me|copy\ link.*",
        max_words=6,
    ),
    _rule(
        "time line", "line", r"(?:\d+|an?)\ (?:minute|hour|day|week|month|year)s?\ ago", max_words=4
    ),
    _rule("share line", "end", r"\s[|]\s*share$"),
    _rule("advertisement", "end", r"(?-i:(?<=[.!?\"”])\s+Advertisement)$"),
    _rule(
        "read more",
        "line",
        r".{10,120}[^.!?\"”]\ read\ more|read\ more\ about\b.*|.*\bclick\ here\W*",
    ),
    _rule(
        "read more",
        "line",
        r"further\ reading|related\ (?:headlines|stories|articles)\b.*[^.!?\"”]",
    ),
    _rule(
        "read more",
        "line",
        r"(?-i:(?:[A-Z]+\ )*(?:PHOTOS?|GALLERY|LIVE|INTERVIEW|VIDEO|ARCHIVES?|UPDATES|SLIDESHOW)"
        r"(?:\ [A-Z]+)*):\s.*[^.!?\"”]",
    ),
    _rule(
        "promotion",
        "line",
        r"for\ more\ on\ .*(?:issue|website|app|podcast)\b.*|want\ (?:stories|more|news)\ .*"
        r"\b(?:app|inbox|newsletter)\b.*|get\ push\ notifications\b.*|submit\ your\ .*\btips\b.*",
    ),
    _rule(
        "staff credit",
        "line",
        r"contact\ (?:the\ )?(?:reporter|writer|author)\b.*|information\ from:.*"
        r"|\[h/t\ [^\]]{2,40}\]",
    ),
    _rule(
        "news ticker",
        "line",
        r"\W*(?:breaking(?:\ news)?|just\ in|live|live\ updates?|exclusive)\W*",
        max_words=4,
    ),
    _rule(
        "news ticker", "start", r"(?-i:(?:BREAKING(?:\ NEWS)?|UPDATED?|JUST\ IN|EXCLUSIVE)\s*:\s+)"
    ),
    # what machines left
    _rule(
        "web address",
        "line",
        r"\W*(?:(?:https?://|www\.)\S+|(?:[\w-]+\.)+(?:com|org|net|ir|co\.uk|ru|de|fr|tv"
        r"|info)(?:/\S*)?)"
        r"(?:[\s,;|]+(?:and\s+|or\s+)?(?:https?://|www\.)\S+)*\W*",
        max_words=8,
    ),
    _rule("web address", "end", r"\bpic\.twitter\.com/\w+$"),
    _rule(
        "html left-over",
        "line",
        r"(?:\s*(?:</?[a-z][^<>]*>|<!--.*?-->|&\w+;|&\#\d+;)\s*)+|\[?embedded\ content\]?"
        r"|(?:var\s+\w+\s*=|window\.\w|document\.\w|function\s*\w*\(|\(function\(|\$\("
        r"|@media\b).*",
        max_words=60,
    ),
    # what stands before the first sentence
    _rule(
        "dateline",
        "start",
        r"(?:(?:[A-Z][\w.'’-]*(?:[ ,/]+(?:[A-Z][\w.'’-]*|\d{1,2})){0,6}\s*)?\(" + _AGENCY + r"\)"
        r"|[A-Z][A-Z .,'’/-]{2,40}\s*\([A-Z]{2,8}\))\s*[-–—]+\s*(?=[\"“]?[A-Z0-9])",
        case=True,
        within=8,
    ),
    _rule(
        "dateline",
        "start",
        r"[A-Z][A-Z.'’-]{2,}(?:,?\ [A-Z][\w.'’-]+){0,4}\ \([A-Z]{3,6}(?:\ \d{1,2})?\)\s*[-–—]+\s*"
        r"(?=[\"“]?[A-Z0-9])|[A-Z]\w+(?:\ [A-Z]\w+)?\ (?:>>|»)\s+(?=[\"“]?[A-Z])",
        within=8,
        case=True,
    ),
    _rule("dateline", "start", r"\(" + _AGENCY + r"\)\s+(?=[\"“A-Z])", within=8, case=True),
    _rule(
        "dateline",
        "start",
        r"[A-Z][A-Z.'’-]{2,}(?:\ [A-Z][A-Z.'’-]+){0,3}(?:,\ [A-Z][\w.]+(?:\ [A-Z][\w.]+)?)?"
        r"(?:,\ " + _DATE + r")?\s*(?:\s[-–—]{1,2}\s+|—|--)\s*(?=[\"“]?[A-Z][\w'’]*\s)",
        within=3,
        case=True,
    ),
    _rule(
        "dateline", "start", _CITY + r"(?:\s*[-–—]\s*|\s+)(?=[A-Z][a-z]+\s)", within=8, case=True
    ),
    _rule(
        "dateline",
        "start",
        r"(?:" + _DATE + r")[,\s]+\d{1,2}:\d\d\s*[AP]\.?M\.?(?:\s[A-Z]{2,4})?\s*[-–—|:]+\s+",
        within=8,
    ),
)
"""Each kind of furniture. Within a line the first rule that masks the whole of it decides."""

LINKS_HEADER = re.compile(
    r"\W*(?:also|see\ also|also\ see|read\ more|related|related\ (?:stories|articles|links|news"
    r"|content"
    r"|coverage|topics)|more\ (?:stories|news|on\ this\ story|from\ .{2,40})|most\ (?:read"
    r"|popular|viewed)"
    r"|top\ stories|trending(?:\ now)?|you\ (?:may|might)\ also\ like|recommended(?:\ for\ you)?"
    r"|(?:tags|topics|filed\ under|categories)\s*:.{0,80})\s*:?\s*",
    re.VERBOSE | re.IGNORECASE,
)
"""A line that announces a list of links; the headline-like lines under it are links."""
