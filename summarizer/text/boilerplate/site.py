"""Rules for the site's own lines: trails, links, sharing, offers, notices, controls, left-overs.

What the newsroom writes around a report (bylines, captions, datelines) is in newsroom.py, what the
site says to its reader in notices.py.
"""

from __future__ import annotations

from summarizer.text.boilerplate.rules import compiled, rule

_LINK = (
    r"[\[(]?\W*(?:(?:read|see|watch|hear|find out) (?:more|also|next|here)|(?:also|must) (?:see"
    r"|read)|read|watch|listen|related(?: \w+)?|recommended|more from [^:]{1,40}"
    r"|more (?:on|about) (?:this|the) (?:<story>|topic|subject)|don't miss|click here[^:]{0,40}"
    r"|explained|(?:in )?pictures|photos|video|podcast|gallery|slideshow|quiz|interactive"
    r"|explainer) ?[:>|] ?(?=\S)"
)

PAGE = (
    # where the reader is
    rule(
        "breadcrumb",
        "opens",
        r"\W*you are here\b",
        r"(?:filed under|posted in)(?:\s*:|(?-i:(?<=in)[A-Z]))",
    ),
    rule(
        "breadcrumb",
        "line",
        # arrows: any short names between them, and a headline at the end
        r"\W*[\w&'. -]{2,30}(?: ?[>›»→]+ ?[\w&'. -]{2,30}){1,5}(?<![.])",
        r"\W*(?:<section>|<name>)(?: ?[>›»→]+ ?(?:<section>"
        r"|<name>)){0,4} ?[>›»→]+ ?.{5,100}<no-stop>",
        # bars and strokes: only between names of sections or of outlets
        r"\W*<section>(?: ?[|/•·] ?(?:<section>|<name>)){1,5}\W*",
        max_words=20,
    ),
    rule(
        "breadcrumb",
        "line",
        r"(?-i:[A-Z][\w&'-]*(?: (?:[A-Z][\w&'-]*|and|of|the|in)){0,4})"
        r"(?: [|/] (?-i:[A-Z][\w&'-]*(?: (?:[A-Z][\w&'-]*|and|of|the|in)){0,4})){1,4}",
        r"<name>(?: [-–|]+){1,3} <section>(?: [-–|]+)?",
        max_words=12,
        within=6,
    ),
    rule("breadcrumb", "line", r"\W*<section>(?: (?:and|&) <section>)?\W*", within=6, max_words=4),
    # sharing
    rule(
        "share line",
        "line",
        r"\W*(?:share|tweet|e-?mail|print|pin it|copy link|save|<social>)"
        r"(?:[\s|/,·•+:&-]+(?:shares?|tweet|print|pin|it|save|<social>|copy|link|on|via|by|or|and"
        r"|this|the|article|story|page|post|video|with|your|friends|to|a|friend|close|extra"
        r"|sharing|options|comment|more|\d+))*\W*",
        r"\W*\d[\d.,]*[km]? ?(?:shares?|views?|likes?|retweets?|reactions?|votes?)\W*",
        max_words=15,
    ),
    rule("share line", "opens", r"(?:read (?:or|and) )?share (?:this|the|our) <story>\b"),
    rule("share line", "end", r"\s[|]\s*share$"),
    # what the outlet offers, asks, and says to its readers
    rule(
        "subscription line",
        "line",
        r"(?:[\w-]+ ){0,4}newsletters?(?: sign-?up)?",
        r"(?:after|skip) (?:past )?newsletter promotion",
        r"subscribe|register|(?:log|sign) ?(?:in|up)(?: (?:here|now|today|for free))?",
        max_words=8,
    ),
    rule(
        "promotion",
        "opens",
        r"(?:did you (?:like|enjoy)|do you (?:like|enjoy)|(?:are you )?enjoy(?:ing|ed)|lik(?:e"
        r"|ed)|lov(?:e|ed))"
        r" (?:this|our|the|what you)\b[^?]{0,40}\b(?:<story>|reading|read|seeing)\b[^?]{0,20}\?",
        r"(?:have you been|are you|were you) affected by\b.*\?",
        r"if you(?:'ve| have)? (?:like|enjoy|spot|notice|see|find|found|value)(?:d|ed)?\b.{0,40}"
        r"\b(?:<story>|mistakes?|errors?|typos?|journalism|reporting)\b",
        r"(?:please )?(?:consider|help us|support)\b.{0,60}\b(?:donation|donating|journalism"
        r"|newsroom)\b",
        r"(?:to (?:advertise|subscribe|comment|contact us|report a|read more|see more|sign up)"
        r"|advertise) (?:in|on|with|about|to|,|problem|error|mistake|typo)",
        r"for more on .*(?:issue|website|app|podcast|click)\b",
        r"for (?:more|the latest)\b[^.\"]{0,60}\b(?:visit|go to|follow|subscribe|click|download)\b",
        r"you can (?:also )?(?:follow|find) us\b",
        r"submit your\b.*\btips\b",
        r"(?:e-?mail|contact|write to) \S+@\S",
        r"(?:send|e-?mail|text|call|write to) (?:us|your|our)\b[^\"]{0,80}(?:@|\bat\b|\bto\b"
        r"|\bon\b)",
        max_words=35,
    ),
    rule(
        "social handle",
        "line",
        r"follow <name>\s*:.*",
        r"\W*(?:(?:<social>)\W*)*@\w+(?:\W+(?:\|.{0,30}|@\w+))*\W*",
        r"\W*[\w.+-]+@[\w-]+(?:\.[\w-]+)+\W*",
    ),
    # links to other reports
    rule(
        "read more",
        "line",
        r"\W*(?:read|see|watch|learn|show|view|load|find out) more\W*",
        rf"{_LINK}.*",
        r"\W*click here (?:to|for)\b.*",
        r"\W*continue reading\b.*",
        r"\W*keep reading\W*",
        r".{10,120}[^.!?\"] read more",
        r"read more about\b.*",
        r"read (?:more|the full)\b.*https?://\S+",
        r"further (?:reading|(?:\w+ )?coverage):?",
        r"related (?:headlines|stories|articles)\b.*[^.!?\"]",
        r"(?-i:(?:[A-Z]+ )*(?:PHOTOS?|GALLERY|LIVE|INTERVIEW|VIDEO|ARCHIVES?|UPDATES|SLIDESHOW)"
        r"(?: [A-Z]+)*): .*[^.!?\"]",
        # "Sources tell us" has the same form: only what has no full stop is a link
        r"(?:more|also|live|graphic|opinion|timeline): \S.*[^.\":]",
    ),
    rule(
        "read more",
        "line",
        r"(?:explore|most|more|related|recommended|popular|trending|top|latest|further"
        r"|other)(?: <no-stop>{0,30})? (?:stories|news|videos?|articles|links|topics|coverage"
        r"|headlines|reads?|picks|story|viewed|watched|shared|commented|for you)",
        r"editors?'?s? (?:picks?|choice)|(?:read|up|watch) next|in this (?:story|article)"
        r"|more like this",
        max_words=7,
    ),
    rule("read more", "end", r"(?-i:\s(?:READ MORE|RELATED|SEE ALSO|WATCH):\s.{0,160})$"),
    rule("read more", "end", r"[(\[](?:read more|related|see also)\s*:[^()\[\]]{0,160}[)\]]$"),
    rule(
        "tag list",
        "line",
        r"(?:tags|topics|keywords|categor(?:y|ies)|filed under|more about)\s*:.{0,150}<no-stop>",
    ),
    rule(
        "alternative address",
        "holds",
        r"\b(?:web)?(?:site|channel|stream) can (?:also )?be "
        r"(?:accessed|reached|visited|found|watched)\b",
        r"\balternate address(?:es)?\b",
    ),
    # notices
    rule(
        "legal notice",
        "holds",
        r"\bnot responsible for the content of (?:external|other|third)\b",
        r"\ball quotes delayed\b",
        r"^<name>, the news and media (?:division|arm|unit) of\b",
        r"^the views expressed (?:in|by|here)\b",
        max_words=50,
    ),
    rule(
        "comments",
        "line",
        r"\W*(?:(?:leave|post|add|write|view|show|hide|read|join|see|be|the|first|to|all|your|a|no"
        r"|\d[\d,]*) )*comments(?:\W*(?:\d[\d,]*|below|here|section|policy|closed|are|on|this"
        r"|article|story))*\W*",
        r"\W*(?:(?:leave|post|add|write) a|1|your) (?:comment|reply)\W*",
        r"\W*join the (?:conversation|discussion|debate)\W*",
        r"you are replying to\b.*|captcha|like (?:this:|loading\W*)",
        max_words=10,
    ),
    rule(
        "advertisement",
        "line",
        r"\W*(?:advertisements?|ads?(?: by \w+)?|sponsored(?: content| by.{0,30})?|promoted|paid"
        r" post|(?:story|article) continues (?:after|below)\b.{0,30}|skip (?:ad|advertisement)"
        r"|continue reading the main story|(?:paid )?partner content|affiliate links?)\W*",
        max_words=10,
    ),
    rule("advertisement", "end", r"(?-i:(?<=[.!?\"])\s+Advertisement)$"),
    # controls and what machines left
    rule(
        "page control",
        "line",
        r"\W*(?:(?:(?:normal|larger?|very large|small(?:er)?) )?(?:text|font) size\W*)+",
        r"(?:A ?[+-]?\W{0,2}){2,5}",
        r"\W*(?:page \d+ of \d+|skip to (?:main )?content|back to top|article(?: excerpt)?|full "
        r"(?:story|article)|(?:main )?menu|search|loading|close|next|previous|show more|hide|print"
        r" this page|transcript|story highlights|posted|updated|what's this|listen to (?:this|the)"
        r" (?:article|story)|listen|\d+[ -]min(?:ute)?s? read|toggle (?:\w+ )?(?:navigation|menu)"
        r"|(?:older|newer|previous|next) (?:post|article|story)s?|(?:licen[sc]e|reuse|reprint|save"
        r"|bookmark|report) (?:this|an) (?:article|story|content|error|page)|reuse this content"
        r"|request (?:a )?(?:correction|reprint)s?|gift this (?:article|story))\W*",
        r"(?:(?:[^\w\s]|_) ?){1,12}",
        r"(?:(?:hide|show|toggle) (?:transcript|caption) ?)+|alert ?me|copy link.*",
        r"powered by <name>",
        r"(?:find|search|browse) (?:\w+ )?by \w+|scroll to (?:the )?top|source link"
        r"|go to (?:the )?(?:forum|top)\b.{0,30}",
        r"(?:news|story|article) ?(?:id|code|number) ?:.{0,60}",
        max_words=12,
    ),
    rule("page control", "line", r"\d[\d,.]*[km]?", max_words=1, within=10),
    rule(
        "web address",
        "line",
        r"\W*(?:(?:https?://|www\.)\S+|(?:[\w-]+\.)+(?:com|org|net|ir|co\.uk|ru|de|fr|tv"
        r"|info)(?:/\S*)?)(?:[\s,;|]+(?:and |or )?(?:https?://|www\.)\S+)*\W*",
        max_words=8,
    ),
    rule("web address", "end", r"\bpic\.twitter\.com/\w+$"),
    rule(
        "html left-over",
        "line",
        r"(?: ?(?:</?[a-z][^<>]*>|<!--.*?-->|&\w+;|&#\d+;) ?)+",
        r"\[?embedded content\]?",
        r"(?:var\s+\w+ ?=|window\.\w|document\.\w|function ?\w*\(|\(function\(|\$\(|@media\b).*",
        max_words=60,
    ),
)
"""Each kind of line that the site sets around reports."""

LINK = compiled(_LINK)
"""What opens a link to another report, whatever its headline says."""

LINKS_HEADER = compiled(
    r"\W*(?:also|see also|also see|read more|read also|related"
    r"|related (?:stories|articles|links|news|content|coverage|topics|internet links)"
    r"|more (?:stories|news|on this story|from .{2,40})"
    r"|most (?:read|popular|viewed|watched)(?: [^.]{2,30})?|top stories|trending(?:\ now)?"
    r"|you (?:may|might) also like|recommended(?: for you)?|must (?:read|see|check|watch)"
    r"|related posts|(?:tags|topics)|(?:tags|topics|filed under|categories)\s*:.{0,80})\s*:?\s*",
)
"""A line that announces a list of links; the headline-like lines under it are links."""
