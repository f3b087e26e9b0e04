"""Rules for what a newsroom writes around a report: bylines, times, captions, notes, datelines.

The lines of the site itself (links, sharing, offers) are in site.py, its notices in notices.py.
"""

from __future__ import annotations

from summarizer.text.boilerplate.rules import rule

_NAMES = r"<name>(?:(?:, and|,| and| &) <name>){0,4}"
_POST = r"(?:[\w-]+ ){0,3}<role>(?: (?:for|at|in|with|of|,) <name>)?"
_MOMENTS = r"(?:<moment>\W*){1,14}"
_LEADS = r"(?=\"?[A-Z0-9])"
_CREDITED = r"(?-i:[A-Z][\w.'&-]*(?: (?:[A-Z][\w.'&-]*|of)){0,4})"
# An outlet's correction of what it reported is evidence and stays; one of its spelling is not.
_CORRECTS = (
    r"(?=.*\b(?:correct\w*|clarif\w*|(?:earlier|previous|original) versions?"
    r"|in(?:correct|accurate)\w*|wrong\w*|errors?|mis(?:stated|identified|reported|quoted)"
    r"|withdr[ae]wn?|retract\w*|to (?:say|state|reflect|show)(?: that)?)\b)"
)
_SPELLING = (
    r"(?=.*\b(?:mis-?spel\w*|spellings?|typos?|typographical|captions?|(?<!under the )headline"
    r"|byline|photo credit|(?:broken |dead )?links?|formatting)\b)"
)

PRESS = (
    # who wrote it
    rule(
        "byline",
        "line",
        # By Ann Lee, Jon Bell and staff, science editor | Coast Daily | March 6, 2026
        r"(?:(?:posted|written|reported|story|words|text|report|analysis|review) )?by:? "
        rf"{_NAMES}(?: and staff)?(?:(?: ?[,|/–—•·-] ?| (?:for|at|in|of) )(?:{_POST}|{_NAMES}"
        rf"|\W*{_MOMENTS}))" + r"{0,4}\W?",
        r"by (?:[a-z-]+ ){0,3}<role> <name>",
        r"\W*<agency>(?:[ ,]+(?-i:[A-Z][a-z]+(?: [A-Z][a-z]+)?))?(?:\W+" + _MOMENTS + r")?\W*",
        r"by (?:(?:our|a|the|agency|news|web|digital) )*(?:<role>|desk|agenc(?:y|ies)"
        r"|newsroom)(?: <role>)?",
        r"(?:digital|staff|senior|special|chief|political|national) <role> <name>",
        rf"{_POST}",
        r"(?-i:[A-Z][\w.'-]+(?: [A-Z][\w.'-]+){1,3}),? (?-i:[A-Z])?[\w-]*(?: [\w-]+){0,2} ?<role>"
        r"(?:,? (?:for|at|in|with) <name>)?",
        r"<name> (?:news service|news agency|news desk|wire services?|web desk|bureau)"
        rf"(?:\W+{_MOMENTS})?",
        max_words=22,
    ),
    rule(
        "staff credit",
        "line",
        r"\W*(?:with )?(?:additional )?(?:reporting|writing|editing|production|research|compiled"
        r"|translated|edited|written|reported|photography)(?: contributed)?(?: by|:)"
        r"(?:[\s;,.&()/|:-]+(?:(?-i:[A-Z][\w.'-]*)|and|in|by|at|with|for|additional|reporting"
        r"|writing|editing|compiled|translated|edited|written|staff|agencies|news|wires?))+\W*",
        r".{3,120}\bcontributed (?:(?:additional )?reporting|to (?:this|the) <story>)\b.{0,40}",
        r"(?:this|the) <story> was (?:written|produced|reported|edited|compiled|first published"
        r"|originally published) (?:by|in|on|from|with)\b.{2,80}",
        r"\W*(?:with|from) (?:(?:agency|agencies|wire|staff|additional) )?(?:inputs?|files"
        r"|reports?|reporting)(?: (?:from|by) <name>)?\W*",
        r"\W*(?:source|agencies|information from|h/t):? ?(?-i:[A-Z]).{1,60}<no-stop>\)?",
        r"(?:from|via) (?:the )?<name>:",
        r"\(?(?:agencies|source:? agencies)\)?",
        r"<name> can be reached at\b.*",
        r"<name> (?:contributed|reported|reports) from <name>\W?",
        max_words=40,
    ),
    rule(
        "staff credit",
        "opens",
        r"(?!.*<of-speech>)(?:contact|reach|e-?mail|write to|tweet"
        r"|message) (?:the )?(?:<role> <name>|<role>|<name>)"
        r"(?: at\b| on\b| via\b|:)",
        r"\((?:[^()]{0,60}\s)?[\w.+-]+@[\w-]+(?:\.[\w-]+)+[^()]{0,80}\)$",
    ),
    rule(
        "staff credit",
        "opens",
        r"(?:<name>|she|he) is (?:an?|the) (?:[\w-]+ ){0,5}<role>\b",
        r"<name> (?:covers|writes about) ",
        r"(?:about|meet) the (?:author|writer|reporter)",
        max_words=60,
        within=-6,
    ),
    rule("byline", "start", r"by <name>(?:, [^|.]{0,40}<role>)? ?[|] ?", within=8),
    rule("staff credit", "end", r"(?<=[.!?\"])\s+Enditem$"),
    rule("staff credit", "line", r"[a-z]{2,4}(?:/[a-z]{2,4}){1,3}", max_words=1, within=-15),
    rule("staff credit", "end", r"\((?:additional )?(?:reporting|writing|editing) by\b[^()]*\)$"),
    # when
    rule(
        "time line",
        "line",
        # a row of a table is no time
        rf"(?!.*(?:[|] ?[\d.,]+%? ?){{2,}}$)(?:<name> ?[|–-] ?)?\W*(?:(?:first |originally |last "
        r"|latest )?(?:published|updated|posted|modified|update|created)"
        rf"(?: (?:on|at))?\W*)?(?=\D{{0,30}}\d|.*\bago\b|just now){_MOMENTS}"
        r"(?:\W*(?:(?:first |originally |last )?(?:published|updated|posted|modified|update)(?: at"
        r"| on)?\W*)"
        rf"{_MOMENTS})?(?:\W*by (?:<name>|editor|admin|staff))?(?:\W*(?:\d+ min read"
        r"|(?:A[+-]? ?)+))?\W*",
        r"(?:posted|updated|publish(?:ed)?(?: date)?|date|author|by|source|location)\s*:"
        r"(?: ?/? ?(?:posted|updated|published)\s*:)*",
        r"this (?:(?:<story>|was|is) )*(?:first |originally )?published .{0,40}\bago\W?",
        r"(?-i:\d{1,2}:\d\d ?[AP]M[A-Z]).{2,60}<no-stop>",
        max_words=24,
    ),
    # pictures and players
    rule(
        "photo caption",
        "opens",
        r"(?:enlarge this image|toggle caption|(?:image|media|video|photo) (?:copyright|caption"
        r"|source)\b)",
        r"(?:file ?(?:photo|picture|image|footage)?|archive (?:photo|picture)|stock (?:photo"
        r"|image))\s*[-–—:(]",
        r"\(?(?:l ?- ?r|left to right|from left(?: to right)?|clockwise from [\w ]{3,20})"
        r"(?:\)|:|,|\):) ?(?-i:[A-Z])",
        r"(?:above|below|at (?:left|right)|top|bottom)[,:] (?-i:[A-Z])",
        r"\d+ (?:of|/) \d+ ?[|] ",
        r"(?:photo illustration|screen ?(?:grab|shot)s?|video grab|handout (?:photo|image)"
        r"|composite image)(?: (?:by|from|of|taken)\b|:)[^.]*$",
        r"(?:pictured|inset)(?: (?:above|below|left|right|here|top|centre|center))?\s*[:,]",
        max_words=60,
    ),
    rule(
        "photo caption",
        "holds",
        # … Photo by Ann Lee/Coast · … Picture: Ann Lee · Photo courtesy of the museum
        r"(?:^|[.!?\")|–—/…] ?|  )(?:file |staff |handout )?(?:photos?|photographs?|pictures?"
        r"|images?|illustrations?|graphics?|composite|photographer|screengrab|screenshot"
        r"|credit)(?: credits?)?(?: ?[:©/] ?| (?:courtesy|supplied|provided)(?: of| by|:)? "
        r"|/)(?-i:[A-Z@])(?:(?!\w{3}[.!?] ).){1,80}$",
        r"(?:^|[.!?\")|–—/…] ?)(?:photos?|photographs?|pictures?|images?|illustrations?|video) by "
        r"(?-i:[A-Z][\w.'-]+(?: [A-Z][\w.'-]+)*)(?: ?[/,|(].{0,50}| for <name>| via <name>)?\W?$",
        rf"(?<=[\w)]{{3}})[.!?\"] ?(?:[—–|-]+ ?)?{_CREDITED}(?: ?[/|—–] ?| for | via "
        rf"| for the ){_CREDITED}(?:(?: via | ?/ ?){_CREDITED})?(?<![.])$",
        r"[.!?\"] (?:courtesy|handout|supplied|provided)(?:$|(?: of| by|:) <name>.{0,40}$)",
        r"[.!?\"] [—–-]+ ?<name> (?:pic|photo|image|handout|picture)s?$",
        r"[.!?\"] ?[\[(][^()\[\]]*\b(?:photos?|via|pool|handout|courtesy"
        r"|image)\b[^()\[\]]{0,60}[\])]$",
        r"^[^.]{5,80}\bin an? undated (?:image|photo|picture|handout)\b",
        r"\bin this (?:undated |handout |file |combination )?(?:image|photo|picture|frame grab"
        r"|still|screengrab),? (?:taken|made|provided|released|obtained|from)\b",
        r"\((?-i:[A-Z][\w.'-]+(?: [A-Z][\w.'-]+){1,2}), <name>\b"
        r"(?<=times| post| news|zette|ibune|erald|press|daily|urnal|azine|gency|mages|photo)\)$",
        r"^(?:[^\s.!?]+ ){5,25}[—–] ?(?:<agency>|<pictures>"
        r"|(?-i:[A-Z])\w*(?:foto|photo|press|wire|pix|images?|pictures|media|news))$",
        r"\((?:[\w ]{1,20} )?(?:handout|family photo|supplied|courtesy photo|via family)\)$",
        r"\([^()]{2,40}, (?:special to|for) [^()]{2,40}\)$",
        r", (?:pictured|seen here) (?:in \d{4}|above|here|left|right|below|last (?:week|month"
        r"|year))\b",
        r"[|–—] ?<name> (?:photos?|images?|pictures?|graphics?)$",
        r"\((?:<name> )?(?:photos?|photographs?|pictures?|images?|screenshots?|credit|courtesy"
        r"|supplied"
        r"|handout|file)(?: ?[:/©,|]| (?:by|credit|courtesy|from|via|file|of)\b)[^()]{0,80}\)$",
        r"\((?:<name> )?(?:file )?(?:photo|image|picture)(?: file)?\)$",
        r"\([^()]{0,60}/ ?<pictures>[^()]{0,40}\)$",
        # (Ann Lee/Coast Daily), (Concord/Ann Lee): a name of two words at least
        r"\((?-i:[A-Z][\w.'&-]*(?: [A-Z][\w.'&-]*){0,3} ?[/|] ?[A-Z][\w.'&-]*"
        r"(?: [A-Z][\w.'&-]*){1,3})(?:,? (?:via|for) <name>|, file)?\)$",
        r"\((?-i:[A-Z][\w.'&-]*(?: [A-Z][\w.'&-]*){1,3} ?[/|] ?[A-Z][\w.'&-]*)(?:, file)?\)$",
        r"\((?!nyse|nasdaq|lse|asx)(?-i:[A-Z])[\w .&'-]{1,30}: ?(?-i:[A-Z])[\w .&'-]{2,40}\)$",
        r"\[<name>(?: ?/ ?<name>)?\]\W*$",
        r"\b(?-i:[A-Z])[\w.'-]+, (?:far |(?:second|third) from )?(?:left|right|cent(?:er|re)),",
        r"^(?:[^\s.!?\"@#]+ ){5,40}(?:<month> \d{1,2},? \d{4}|\d{1,2} <month>,? \d{4})$",
        r"\b(?-i:REUTERS)/<name>(?:/\w+)?$",
        r"\.\.\. ?\(<agency>\)$",
        r"(?:^|[.!?\")|–—] )(?:<name> ?[/|,–-] ?)?(?:<name> via )?<pictures>$",
        r"\bfor (?:representational|representative|illustrative|illustration) purposes?\b",
        max_words=60,
    ),
    rule(
        "photo caption",
        "line",
        r"(?:(?-i:[A-Z]{4,} [A-Z]+) ?[-–—] ?)?(?:file ?(?:photo|picture)? ?[-–—:]+ ?)?"
        r"in this\b.{0,40}\b(?:photo|image|picture|photograph|frame|still)\b(?=.*(?:\b\d{4}\b"
        r"|\btaken[, ]+(?:on|in|from|(?-i:[A-Z]))"
        r"|\bshow[ns]?\b|\breleased|\bprovided|\bmade available|\bseen\b)).*",
        max_words=80,
    ),
    rule("photo caption", "end", r"\((?:photo|AP photo|Reuters photo)\b[^()]{0,80}\)$"),
    rule(
        "photo credit",
        "line",
        r"\(?(?:photo|photograph|image|picture|video|illustration|graphic)s? ?(?:credits?)? ?"
        r"(?:(?::|/) ?.{2,60}|by <name>(?: ?[/,|].{0,40})?)",
        r"<name> ?/ ?<pictures>.{0,50}",
        r"<pictures>(?: ?[/|,] ?[\w ]{2,30})*",
        r"<name>(?:'s)? (?:facebook|fb|twitter|instagram)(?: page| account)?",
        r"(?:photo|picture|image)s?|(?:advertisement )?(?:view|see) (?:all|more) photos",
        max_words=12,
    ),
    rule(
        "video placeholder",
        "line",
        r"\W*(?:(?:scroll down for|loading|play|watch(?: the)?) (?:the )?videos?(?: below| above)?"
        r"|scroll down for .{3,40}|video player is loading|now playing|replay|up next"
        r"|watch .{0,60}\b(?:in the (?:video|player)|(?:video|player|clip) (?:above"
        r"|below))\b.{0,30}|(?:click|tap|press) play\b.{0,60})(?:\W+loading video)?\W*",
        r"media playback is (?:un|not )supported.*",
        r"this video (?:is (?:un|not )available|can(?:'t|not| not) be|has been removed).{0,60}",
        max_words=16,
    ),
    rule("video placeholder", "holds", r"\b(?:play|launch|view) slideshow\b"),
    rule(
        "transcript cue",
        "line",
        r"webvtt\b.{0,40}",
        r"[\[(](?:(?:begin|end|start)\b[^\])]{0,40}"
        r"|[^\])]{0,20}\b(?:applause|laughter|music|inaudible|crosstalk|cheering|unintelligible"
        r"|commercial break|video clip|audio clip|sound)\b[^\])]{0,20})[\])]",
        max_words=8,
    ),
    rule(
        "market code",
        "line",
        r"[^.!?]{0,60}\((?:nyse|nasdaq|lse|asx|tsx|amex|otc\w*|ftse|nse"
        r"|bse)\s?: ?[\w.]+\)<no-stop>*",
        r"(?:<[\w.]+>[ ,;]*)+",
        max_words=12,
    ),
    # what the outlet says of its own text
    rule(
        "editors' note",
        "opens",
        rf"[\[(]?editor(?:'?s|s')?'? note\s*[:(\d—–-](?!{_CORRECTS})",
        rf"\W*(?:update\w*\b[^.]{{0,40}}[:|–—-]+ ?)?this (?:<story>|page|headline|piece|caption)"
        r" (?:has been|was|will be|is being) (?:\w+ )?(?:updated|amended|edited|revised)\b(?! by\b)"
        rf"(?!{_CORRECTS})",
        r"\((?:adds|updates|recasts|repeats|removes|fixes|changes|refiles)\b[^()]*\)$",
        r"\((?:corrects|clarifies)\b(?!.*(?:\d.*\d| to (?:say|show|state|reflect"
        r"|read)\b))[^()]*\)$",
        rf"(?:\W*(?:clarifications?|corrections?|editor(?:'?s|s')?'? note|for the"
        rf" record)\b.{{0,30}}[:—–-]"
        rf"|\W*(?:an? |the )?(?:earlier|previous|original) versions? of this\b|\W*this <story>\b)"
        rf"{_SPELLING}",
        max_words=120,
    ),
    rule(
        "section heading",
        "line",
        r"\W*(?:corrections?|clarifications?|for the record)(?: (?:and|&) clarifications?)?\W*",
        max_words=4,
    ),
    rule(
        "update notice",
        "holds",
        r"^\W*this is (?:a|an ongoing,?) (?:developing|breaking)\b"
        r"|^\W*this (?:is a )?(?:developing|breaking)"
        r" (?:news )?story\b",
        r"^\W*(?:please )?(?:check back|refresh (?:this|the) page|more to (?:come|follow)"
        r"|stay tuned|stay with [^\"]{2,40} for (?:more|the latest|updates))\b",
        r"^\W*(?:more (?:details|information|on this story) (?:to follow|will follow"
        r"|as we get it|soon))\b",
        r"^our standards\b",
        r"\b(?:story|page) will be updated\b",
        max_words=30,
    ),
    rule(
        "copyright",
        "opens",
        r"\W*(?:©|\(c\) ?(?:copyright|\d{4}))",
        r"\W*copyright\W*(?:(?:©|\(c\))\W*)?(?:\d{4}|by (?-i:[A-Z])|the (?-i:[A-Z]))",
        r"copyright\W*(?:©|\(c\))",
        r"copyright (?-i:[A-Z][\w&'-]*)(?: (?-i:[A-Z][\w&'-]*)){0,5}(?:\.|,? \d{4}|$)",
        max_words=80,
    ),
    rule(
        "copyright",
        "holds",
        r"\ball rights reserved\b",
        r"\bmay not be (?:published|reproduced|re-?used|copied)\b.{0,12}"
        r"(?:broadcast|copied|re-?published|in whole|rewritten|without)",
        r"\b(?:reproduction|reprint\w*|republication|re-?use|redistribution"
        r"|re-?publish\w*)\b[^.]{0,40}"
        r"\b(?:without|prohibited|by permission|with permission|not permitted|forbidden)\b",
        r"^republished (?:with|by) permission\b",
        max_words=80,
    ),
    rule(
        "copyright",
        "end",
        r"(?:copyright|©|\(c\))\s*(?:©\s*)?\d{4}[^.]{0,80}(?:\.\s*all rights.*)?$",
    ),
    rule(
        "news ticker",
        "line",
        r"\W*(?:breaking(?: news)?|just in|live|live updates?|exclusive|developing|update[ds]?"
        r"|watch live)\W*",
        max_words=4,
    ),
    rule(
        "news ticker",
        "start",
        r"(?-i:(?:BREAKING(?: NEWS)?|UPDATED?|UPDATE \d|JUST IN|EXCLUSIVE|WATCH LIVE)\s*[:-]\s+)",
    ),
    rule(
        "section heading",
        "line",
        r"(?:key (?:points|takeaways|facts)|highlights|at a glance|in (?:short|brief|summary)"
        r"|summary|what (?:to|you need to|we) know(?: so far)?|things to know"
        r"|the (?:facts|basics|latest|details))\s*:?",
        max_words=7,
    ),
    # what stands before the first sentence
    rule(
        "dateline",
        "start",
        # OLD HARBOUR, March 6 (Coast) - · Norhavn (AP) - · (Coast News) -
        r"(?:[A-Z][\w.'-]*(?:[ ,/]+(?:[A-Z][\w.'-]*|\d{1,2})){0,6}\s*)?\(<agency>\)\s*(?:[-–—]+"
        r"|:)\s*" + _LEADS,
        r"[A-Z][A-Z .,'/-]{2,40}\s*(?:, ?(?:[A-Z][\w.]+(?: [A-Z][\w.]+)?|<date>)){0,2}\s*"
        r"\([A-Z][\w .&/-]{1,30}\)\s*[-–—]+\s*" + _LEADS,
        r"(?:<date>\s*)?\([A-Z][\w .&/-]{1,30}\)\s*[-–—]+\s*" + _LEADS,
        r"[A-Z][A-Z.'-]{2,}(?:,? [A-Z][\w.'-]+){0,4} \([A-Z]{3,6}(?: \d{1,2})?\)\s*[-–—]+\s*"
        + _LEADS,
        r"[A-Z]\w+(?: [A-Z]\w+)? (?:>>|»)\s+(?=\"?[A-Z])",
        within=20,
        case=True,
    ),
    rule(
        "dateline",
        "start",
        # Norhavn — A ferry …: before a paragraph without another dash
        r"[A-Z][a-z]+(?: [A-Z][a-z]+)? [–—] (?=[A-Z][a-z]*\s(?:[^\s–—]+\s+){10}[^–—]*$)",
        within=6,
        case=True,
    ),
    rule("dateline", "start", r"\(<agency>\)\s+(?=[\"A-Z])", within=8, case=True),
    rule(
        "dateline",
        "start",
        # OLD HARBOUR, Norland, March 6 — · OLD HARBOUR, March 6: (a bare LABEL: may be a speaker's)
        r"[A-Z][A-Z.'-]{2,}(?: [A-Z][A-Z.'-]+){0,3}(?:, [A-Z][\w.]+(?: [A-Z][\w.]+)?)?"
        r"(?:, <date>)?\s*(?:\s[-–—]{1,2}\s+|—|--)\s*(?=\"?[A-Z][\w']*\s)",
        r"[A-Z][A-Z.'-]{2,}(?: [A-Z][A-Z.'-]+){0,2}, <date>: " + _LEADS,
        within=8,
        case=True,
    ),
    rule(
        "dateline",
        "start",
        r"<city>(?:/ ?<city>)?: ?(?=\"?(?-i:[A-Z])[\w']*(?:\s+\S+){8})",
        within=8,
    ),
    rule("dateline", "start", r"<city>(?:\s*[-–—]\s*|\s+)(?=[A-Z][a-z]+\s)", within=8, case=True),
    rule(
        "dateline",
        "start",
        r"(?:<date>)[,\s]+\d{1,2}:\d\d\s*[AP]\.?M\.?(?:\s[A-Z]{2,4})?\s*[-–—|:]+\s+",
        within=8,
    ),
)
"""Each kind of line, and of opening, that a newsroom sets around its reports."""
