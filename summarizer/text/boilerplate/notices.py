"""Rules for what a site says to its reader, or to a machine: applied sentence by sentence.

A sentence is the site's if it asks (imperatives) or tells ("you", "we") its reader something of a
thing that only a site has: its pages, offers, settings, accounts, players. Most of the words are in
the two lists below; what has no addressee (captions, bylines, links) is in newsroom.py and site.py.
"""

from __future__ import annotations

from summarizer.text.boilerplate.rules import compiled, rule

_ASKS = (
    r"(?:(?:please|just|simply|now|or|and|you can(?: also)?|to|don't forget to"
    r"|remember to) )*(?:accept|add|allow|bookmark|browse|catch up|chat|check (?:back|out)|choose"
    r"|click|connect|contact|disable|discover|donate|don't miss|download|e-?mail|enable|enter"
    r"|explore|find|follow|get|have your|hear|help us|hide|install|join|keep up|learn|let us"
    r"|like(?= (?:us|our|this|(?-i:[A-Z])))|listen|log ?in|look out|manage|message|mute|never miss"
    r"|open|pick|press|read|receive|refresh|register|reject|reload|remove|report|save|scan|scroll"
    r"|search|see|select|send|share|show|sign (?:in|up)|sign up to|skip|start|stay|submit"
    r"|subscribe|support|swipe|switch on|tap|tell us|text|tweet|turn on|type|unlock|update|upgrade"
    r"|use|view|visit|vote|want|watch|whatsapp|write)\b(?! of\b)"
)
# No site asks and tells what happened in one sentence: "Text alerts reached 40,000 people."
_TOLD = (
    r"(?!.*(?<!you )(?<!we )\b(?:was|were|had|has|will|did|could|would|rose|fell|took|went|came"
    r"|became|reached|began|ended|won|lost|killed|died)\b"
    # what is a council's is no site's
    r"|.*\b(?:its|their|(?:the|your) (?!day|week|paper)\w+'s?) (?:[\w-]+ ){0,2}<offer>)"
)
# What only a site has. An imperative that names one of these, or a "you", a "we", is the site's.
_SITE_THING = (
    r"\b(?:<offer>|(?:free|monthly) (?:articles?|stor(?:y|ies))|(?:web )?browser|java ?script"
    r"|cookies?|ad[- ]?blockers?|(?:desktop |push )?notifications?|full[- ]?screen|pop-?ups?"
    r"|privacy (?:settings|policy|notice)|terms (?:of use|of service|and conditions)"
    r"|(?:consent|cookie) (?:settings|choices|preferences)|personali[sz]ed (?:ads|content)"
    r"|your (?:device|phone|settings|preferences|account|privacy|experience)|log-?in|sign-?up"
    r"|(?:trusted|preferred) source|free account|reading list|comments? (?:section|below)"
    r"|in (?:the|our) (?:comments?|app)\b)\b"
)
_POINTER = (
    r"(?:(?:click(?:ing)?|tap(?:ping)?|press(?:ing)?|swip(?:e|ing)|scroll(?:ing)?)"
    r" (?:here|below|down|to|on|the|through|play|left|right|for)\b|\bhere\W*$|\b(?:below|above)\W*$"
    r"|\bhere (?:to|for)\b|(?:arrow|escape|esc) keys?\b|\bslides\b|\bthe player\b"
    r"|\bthis (?:page|<story>|topic|video|map|graphic)\b|\b(?:more|all) (?:pictures|photos"
    r"|images)\b)"
)
_PEOPLE = (
    r"(?:(?-i:us)|our|your (?:stor(?:y|ies)|questions|photos|views?|thoughts|tips?|say|inbox|town))"
)
_OWN = r"(?:\w+ ){0,6}?our (?:[\w-]+ ){0,3}<offer>\b"
OFFERED = compiled(rf"{_TOLD}\W*\w+\b.*?({_SITE_THING}|\b{_PEOPLE}\b|\S+@\S+\.\w)")
"""What makes an imperative the site's own, in the first group."""
_HELP = (
    r"(?:(?:help|hot|life|crisis|action|support)[- ]?lines?|(?:the )?samaritans|childline"
    r"|crimestoppers|crisis (?:centre|center|text line)|support (?:service|group)s?|counsell?ors?)"
)
_NUMBER = r"(?:\+?\(?\d[\d() -]{1,16}\d|\b\d{3}\b|\S+@\S+|[\w-]+(?:\.[\w-]+)+)"
_MACHINE = (
    r"(?:a\.?i\.?s?|ai (?:assistants?|models?|systems?|agents?|crawlers?|bots?|readers?"
    r"|summari[sz]ers?|tools?)|llms?|(?:large )?language models?"
    r"|chat ?bots?|(?:virtual |digital )assistants?|assistants?|bots?|crawlers?|summari[sz]ers?"
    r"|chatgpt|gpt\S*)"
)

_TROUBLE = (
    r"(?:suicid\w+|struggl\w+|(?:in|a) crisis|affected by|raised|distress\w*|worried about"
    r"|thoughts of|self-harm|abus\w+|need (?:help|support|to talk)|need someone|emotional\w*"
    r"|(?:any )?information|immediate danger|grie[fv]\w*|bereave\w*|addict\w*|gambling)"
)

NOTICES = (
    rule(
        "instruction to a machine",
        "sentence",
        r"\W*(?:[\w ]{1,30}[:,] ?)?(?:please )?(?:now )?(?:ignore|disregard|forget|override"
        r"|overwrite)\b.{0,30}\b(?:previous|prior|earlier|above|preceding|before|existing|system"
        r"|your)\b.{0,30}(?:instructions?|prompts?|rules|directions?|commands?|text|told|messages?"
        r"|and (?:write|say|reply|print|output|answer|tell))\b",
        r"\W*(?:ignore|disregard|forget) (?:the|everything|all(?: of)?(?: the)?)"
        r" (?:above|before|previous)\b",
        r"\W*(?:(?:important|note|message|instructions?|attention|warning|hidden)\b[\w ]{0,20}"
        r"\b(?:to|for)\b (?:all |any |the )?|hey,? |dear |attention,? |if you(?: are|'re) "
        rf"(?:an? |any )?){_MACHINE}\b",
        rf"\W*{_MACHINE}: ?(?:do|don't|please|always|never|sure|ignore|you|say|write|summari[sz]e"
        r"|include|reply|answer|output|of course|certainly|here)\b",
        r"\W*<?(?:/?(?:system|assistant|user|instructions?|prompt|inst)\b ?>|\|im_(?:start"
        r"|end)\|>)",
        r"\W*\[/?(?:inst|system|assistant|user)\]",
        r"\W*#+ ?(?:system|assistant|instructions?)\b ?:?",
        r"\W*(?:from now on,? )?you (?:are now|will now|must now|will act|must act|are to act"
        r"|now act)\b.{0,40}\b(?:mode|model|assistant|as an?|prompt|bot|ai|persona|unrestricted)\b",
        r"\W*(?:when|while|before|after) (?:you (?:are )?)?(?:summari[sz](?:e|ing)|processing"
        r"|reading|parsing) (?:this|the) (?:text|page|<story>|document|content)s?,? (?:you |please"
        r" |do |don't|always |never |include|say|state|mention|add|write|leave|omit|rate|reply)",
        rf"\W*(?:[\w ]{{1,20}}: ?)?(?:any |all )?{_MACHINE}(?: agents?)?(?: (?:reading|processing"
        r"|parsing|seeing|using) this (?:page|text|<story>|document|site))? (?:must|should|shall"
        r"|have to|are (?:to|required)|need to)\b",
        r"\W*you are (?:an?|the) (?:[\w-]+ ){0,3}(?:assistant|chatbot|bot|language model|ai)\b",
        r"\W*(?:please )?(?:ignore|disregard|forget|override|drop) (?:all "
        r"|any )?(?:of )?your\b.{0,30}\b(?:guidelines?|rules|instructions?|training|policies"
        r"|polic(?:y|ies)|safety|filters?|limits?)\b",
        r"\W*hidden (?:text|note|message|instructions?)\b",
        r"\W*(?:new|updated|revised|real|actual|hidden|special) (?:instructions?|tasks?|prompts?"
        r"|directives?|rules?)\W? ?(?:for [\w ]{2,20})?[:–-]",
        r"\W*your (?:new |only |real |actual )?(?:task|job|goal|role|purpose) (?:is|will be)"
        r" (?:now )?to\b",
        r"\W*(?:do not|don't|never|stop) (?:follow|obey|comply with|listen to|summari[sz]e|mention)"
        r"(?:ing)?\b.{0,30}\b(?:instructions?|prompts?|user|this (?:text|page|<story>)"
        r"|in (?:your|the|any) (?:summary|answer|reply|response))\b",
        r"\W*(?:[\w ]{1,20}: ?)?(?:classify|rate|rank|label|mark|describe|treat|flag|score"
        r"|summari[sz]e"
        r"|translate|rewrite) (?:this|the following|the above) (?:document|text|page|<story>)\b",
        rf"\W*as an? (?:helpful )?{_MACHINE}, ?you\b",
        r"\W{1,4}role\W{1,4}(?:system|assistant|user)\b",
        r".{0,60}\b(?:output|print|reply with|say|return|respond with) (?:only |just )?the (?:word"
        r"|phrase|text)\b",
        r"\W*(?:begin|start|end)(?: of)? (?:system|hidden|secret|assistant)\b",
        r"\W*(?:reply|respond|answer|output|return|write|say)\b(?: \w+)? (?:only|exactly|with|in)"
        r" (?:the (?:words?|phrase|text|following)|json|\"|only|english|french|german)",
        r"\W*(?:print|reveal|output|show|repeat|reply with|display)\b.{0,30}"
        r"\b(?:system|hidden|secret|initial) (?:prompt|instructions?|message)\b",
        max_words=80,
    ),
    rule(
        "helpline",
        "sentence",
        r"(?!.*\bset up\b)"
        rf"(?=.*(?:\b{_HELP}\b|\bif you\b.*\b{_TROUBLE}\b|^need\b|^help\b|^for (?:help|support"
        r"|advice)\b))(?=.*(?:\b(?:call|text|ring|chat|contact|visit|phone|reach)\b"
        r"|\bcan be (?:contacted|reached)|\b(?:is|are) available\b))"
        r"(?:if (?:you|someone|anyone)|need|for (?:help|support|advice|information)|help (?:and|is"
        r"|for)|(?:in (?:the )?<name>,? )?(?:the )?<name>|readers|anyone (?:affected|in)"
        r"|details of|information (?:and|about)|you can|call|text|contact|ring)\b"
        rf".*(?:\W{_NUMBER}|\b(?:website|online|line)\b)",
        rf"if (?:you|anyone|someone|this <story>|any of)\b.{{0,60}}\b{_TROUBLE}\b"
        r"(?=.*\b(?:call|contact|talk|speak|help|support|ring|text|reach|visit|available|you"
        rf"|{_HELP})\b)",
        rf"(?:please )?(?:call|ring|dial|text) (?!(?:101|112|911|999)\b){_NUMBER}",
        rf"{_HELP}: ?.*\d",
        rf"(?:confidential |free )?(?:support|help|counselling|counseling"
        rf"|resources)\b.*\bavailable\b.*\W{_NUMBER}",
        r"(?:resources|links|numbers|support)\b.*\b(?:are|is) (?:listed|available|given) (?:here"
        r"|below|at the end)",
        rf"(?:the )?<name>[\w ]* {_HELP}\b.* is \W?{_NUMBER}\W*$",
        rf"confidential\b.*{_NUMBER}",
        r"for more (?:information|details|help|advice|support)\b.*\b(?:visit|call|see|go to"
        r"|contact)\b",
        r"(?:do you )?need (?:to talk|help|support)\W*$",
        r"(?:call|ring|text|contact)\b(?! (?:volumes?|cent(?:er|re)s?)\b).{0,20}"
        rf"\b{_HELP}\b.*\W{_NUMBER}",
        max_words=45,
    ),
    rule(
        "social handle",
        "sentence",
        r"(?:\W*|please )(?:(?:follow|tweet|join|find|like|connect with|watch|message|add) (?:us"
        r"|our|<name>)(?: \w+){0,4}|(?:share|save) (?:this|it)(?: \w+)?|(?:follow|tweet) .{1,60}) "
        r"(?:on|at|via|using) (?:our )?(?:<social>\b|@|#|https?://|signal)(?!, (?:the|an?|he|she"
        r"|they|it|his|her|(?-i:[A-Z]\w*(?: [A-Z]\w*)*) (?!and\b|or\b)[a-z]))",
        r"(?:follow|tweet|dm|tag|message)\b.{1,60} @\w+",
        r"<name> is (?:also )?on <social>\b.*(?:@|\bfollow)",
        r"(?:<social>|signal|call|text|message|connect with|contact|reach|tag) (?:us|our team)\b",
        r"you can (?:also )?(?:follow|find|contact|reach|e-?mail|message)\b.*(?:\bus\b|@|<social>)",
        r"join (?:our|the) .{0,20}(?:channel|group|community)\b",
        r"join the (?:conversation|discussion|debate)\b",
        r"add (?:us|<name>) (?:as|to) ",
        max_words=30,
    ),
    rule(
        "subscription line",
        "sentence",
        rf"{_TOLD}(?:{_ASKS}|already|not (?:yet )?(?:a )?|you(?:'ve|'re| have| are)?|we(?:'ll|"
        r" will)?|our|your|to|this <story>|thanks for|thank you for|by)\b.*\b(?:(?:your|my"
        r"|an?) (?:\w+"
        rf" ){{0,3}}(?:e-?mail(?: address)?|inbox)|newsletters?|<offer>.{{0,30}}\b(?:you|your|us"
        rf"|our)|last free|free articles?|your"
        r" (?:free )?trial|digital access|subscribers?\W*$|valid e-?mail)\b",
        r"(?:(?:delivered|sent|straight|direct(?:ly)?)\b.{0,20})\b(?:your|the) inbox\b",
        r"(?:your|our) (?:\w+ ){0,2}(?:guide|look|round-?up|digest|dose|briefing|letter)\b",
        r"an?\b.*\b(?:to|in) your inbox\b",
        r"join (?:the )?(?:more than |over )?[\d,.]+\w? (?:other )?(?:readers|subscribers|people"
        r"|members)\b",
        r".*\b(?:cancel (?:at any ?time|anytime)|(?:when|if|once|after) you subscribe)\b",
        r"(?:subscribers|members|readers|listeners) (?:can|may|get)\b.*\b(?:this <story>|our)\b",
        rf"{_OWN}",
        r"unlimited (?:stories|articles|access|news)\W*$",
        r"sign-?up (?:confirmed|complete|successful)\b",
        r".*\b(?:unsubscribe|opt out) (?:at any ?time|anytime|here|whenever)\b",
        r"(?:register|sign (?:in|up)|log in|subscribe) (?:for free|free|now|to (?:keep|continue"
        r"|read))\b",
        r"catch up\b.*\bminutes\b",
        r"(?:the|our)\b.{0,40}\b(?:e-?mail|newsletter|letter|briefing), free\b",
        r"sent (?:out )?every\b.*\b(?:you|your|our)\b",
        rf"{_TOLD}{_ASKS}\b.*\b<offer>\b",
        r"subscribe (?:now|today|here|to (?:our|the)|from)\b",
        r"sign up (?:today|now|here|free|for free)\b",
        r"already have an? (?:account|subscription|log-?in)\b",
        r"(?:already|not) (?:a )?(?:subscriber|subscribed|member|registered)\b",
        r"(?:this <story>|this content) is (?:only )?(?:for|available to) (?:\w+ )?subscribers",
        max_words=40,
    ),
    rule(
        "comments",
        "sentence",
        r"(?:have you )?(?:got|do you have) (?:an?|any|some|something|more|news|information|photos?"
        r"|pictures|questions?)\b[^.]*\?$",
        r"<name> can (?:also )?be (?:followed|found|reached) (?:on|at|via) (?:<social>|\S+@)",
        r"(?:read|see) (?:our|the) (?:comments?|community|moderation) (?:policy|rules"
        r"|guidelines)\b",
        r"(?:what do you (?:think|make of)"
        r"|what(?:'s| is| are) your (?:view|opinion|thought|verdict)s?|(?:tell us|let us know"
        r"|leave|join|do you agree)\b.*\b(?:think|say|opinion|views?|comments?))\b",
        r"(?:do you )?want to (?:comment|reply|respond|have your say|get in touch)\b",
        r"have your say\b",
        r"your e-?mail address will not be\b",
        r"this (?:conversation|discussion|comments? section) is (?:moderated|closed)\b",
        r"to find out more about (?:\w+ )?comment",
        r"(?:sorry, )?(?:we are (?:not|no longer)|comments (?:are|have been|is))\b.{0,40}"
        r"\b(?:comments|closed|disabled|moderated)\b",
        max_words=30,
    ),
    rule(
        "cookie notice",
        "sentence",
        r".*\b(?:we|our|(?:this|our) (?:web)?site)\b.{0,60}\b(?:uses?|allow|accept|of|set|store)"
        r" (?:\w+ ){0,3}cookies\b",
        r"(?:we|our)\b.*\b(?:partners\b.*\b(?:data|device|information|personali[sz]ed|cookies)"
        r"|your (?:permission|consent|device|privacy))",
        r"we (?:value|respect|care about) your (?:privacy|thoughts|views)\b",
        r"(?:please )?(?:accept|manage|reject|allow|choose)(?: all| your| my)?"
        r" (?:cookies|consent|preferences|reject|accept)\b",
        r"(?:accept|reject|manage|agree|allow)(?: (?:all|cookies|and|continue|choices|options"
        r"|settings|preferences|close|my|consent|reject|accept|manage|only|necessary|save))+\W*$",
        r"by (?:continuing|using|clicking|signing up|subscribing|showing|loading)\b.{0,60}"
        r"\b(?:site|you (?:agree|accept|consent)|our (?:terms|use))\b",
        r"we\b.{0,40}\buse (?:\w+ ){0,2}(?:trackers|tracking|technologies|cookies|identifiers)\b",
        r"(?:essential|necessary|required|reject|accept|functional)(?: cookies)?(?: only| all)\W*$",
        r".*\b(?:this|our) (?:web)?site\b.*\b(?:cookies|your consent)\b",
        r"opt[- ]out\b.{0,60}$",
        r"(?:ok|okay|yes|no)?,? ?(?:i (?:agree|accept|understand)|let me choose|no,? thanks)\W*$",
        r"(?:some of )?the (?:data|information)\b.*\bby our partners\b",
        r"do not (?:sell|share)\b.*\b(?:my|your) (?:personal )?(?:information|data)\b",
        r"(?:strictly )?(?:necessary|functional|performance|targeting|advertising|analytics)"
        r" cookies\b",
        r"to (?:view|see|show|watch|load) (?:this|the) (?:content|video|post|map|element)\b"
        r"(?=.*(?:,|\b(?:you|your|please|choose|click|accept|agree|enable|allow|must|cookies)\b))",
        r"this (?:content|<story>|page|video|embed)\b.*\b(?:third[- ]part(?:y|ies)"
        r"|content (?:provided|hosted) by)\b",
        r"(?:<story>|content) contains content provided by\b",
        r"(?:(?:our|the|your|and|cookie|privacy|terms of|use|service|policy|notice|settings|ad"
        r"|choices)\b\W*){2,10}$",
        r"(?:privacy notice|disclaimer)\s*:",
        r".*\bprotected by recaptcha\b",
        r"(?:see|read) (?:our|the) (?:privacy|cookie) policy\b",
        r"got it!?$",
        max_words=60,
    ),
    rule(
        "advertisement",
        "sentence",
        r".*\b(?:affiliate links?\b|earn (?:a|an affiliate) commission\b)",
        r".*\b(?:save|get) (?:up to )?\d+ ?%.*\b(?:code|offer|today|now)\b",
        r"this (?:is an?|<story> is an?|content is)\b.*\b(?:advertorial|advertisement|sponsored"
        r"|paid)\b",
        r"ad(?:vertisement)?\W*[-–—:|]\W*\w.{0,60}$",
        r"why (?:am i|are you) seeing th(?:is|ese) ads?\b",
        r"remove ads\b",
        r"(?:deals?|products?|gifts?) (?:of|for) the (?:day|week)\b",
        r"advertiser'?s?'? (?:feature|content)\b",
        r"content (?:from|by|provided by) (?-i:[A-Z])[\w &'-]*$",
        r"(?:brand(?:ed)?|partner|sponsored|paid|promoted|advertiser) (?:content|stor(?:y|ies)"
        r"|posts?|links?|results?)\b[^.\"]*$",
        r"(?:we|our \w+|this (?:site|page)|the publisher)\b.{0,20}\bmay (?:earn|receive|get|be"
        r" paid)\b",
        r"(?:paid for|sponsored|presented|produced|supported|brought to you|recommended|promoted"
        r"|ads?) by (?-i:[A-Z][\w&'.-]*(?: (?:[A-Z][\w&'.-]*|and|of|&)){0,4})$",
        max_words=30,
    ),
    rule(
        "embedded post",
        "sentence",
        r"(?:[—–-]{1,2} ?)?<name> ?\(@[\w.]+\)(?:[\s·|]\W*<moment>){0,12}$",
        r"<name>(?: \(?@[\w.]+\)?)? (?:on|via) <social>\W*$",
        r".{2,40}\W@[\w.]+\W+(?:follow|<moment>)\b",
        r"content from <name> (?:is|has been|was|cannot)\b",
        r"<social> (?:post|video|reel|thread|story|status)s? (?:by|from|of)\b[^.]*",
        r"(?:retweeted|reposted|shared|liked) by <name>$",
        r"[\d.,]+[km]? people are talking\b",
        r"quote tweets?$",
        r"\W*warning: third[- ]party\b",
        r"(?:this|the) (?:post|tweet|thread|reel|account) is (?:hidden|private|protected"
        r"|un ?available|not available|no longer available)\b",
        r"(?:see|view|read|watch) <name>'s? (?:post|tweet|video|photo|story|reel)s? on <social>\b",
        r"an? (?:post|photo|video|reel|thread|story) shared by\b.{2,60}$",
        r"(?:view|see|read|show|open|watch)(?: (?:this|the|original|full|more|post|tweet|thread"
        r"|photo|video|reply|replies|on))* (?:on|by) <social>\W*$",
        r"(?:skip|end of) (?:<social>|embed(?:ded)?|social)(?: \w+)? (?:post|tweet|embed"
        r"|video)\b.*",
        r"<social> content (?:is not|isn't|not) available\b",
        r"<moment>(?:[\s·|]\W*<moment>){1,12}[\s·|]\W*[\d.,]+[km]? (?:views|likes|reposts"
        r"|retweets)\W*$",
        r"(?:posted|shared|tweeted) by @[\w.]+\b.{0,40}$",
        r"translated (?:from [a-z]+ )?by (?:google|microsoft|deepl|<social>)\W*$",
        r"embed(?:ded)? (?:post |tweet )?from <name>$",
        r"(?:(?:reply|replies|repost|reposts|retweets?|quotes?|likes?|bookmarks?|views?|share"
        r"|copy link)(?: \d[\d,.]*[km]?)?\W*){2,}$",
        r"(?:show|view|read|load) (?:\d+ |more |all )*(?:replies|comments|tweets|posts)\W*$",
        r"this (?:post|tweet|content|embed|video|element|image) (?:could|can) ?(?:not|n't) be\b",
        max_words=25,
    ),
    rule(
        "player text",
        "sentence",
        r"(?=.*(?:\d:\d\d ?/ ?\d|\b(?:autoplay|(?:un)?mute|full ?screen|subtitles|playback|loaded"
        r"|progress|duration|player|replay|skip|settings|pause|volume|listen"
        r"|min(?:ute)?s?)\b))(?:(?:close|play|pause|(?:un)?mute|autoplay|on|off|full ?screen"
        r"|settings|subtitles|captions|loaded|progress|duration|volume|playback|speed|video|audio"
        r"|player|replay|rewind|live|listen|watch|up next|now playing|of|current|remaining|time"
        r"|stream type|chapters|descriptions|selected|quality|skip|ad|\d+x|\d+(?::\d\d)*%?"
        r"|min(?:ute)?s?|sec(?:ond)?s?)\b[:%)]*(?:\s\W*|$)){2,}$",
        r"(?:sorry, )?(?:this|the) (?:video|audio|clip|file|media|content|stream)(?: file)? (?:is"
        r"(?: currently)? (?:un|not )available|is(?:n't| not) available|can(?:'t|not| not)|could"
        r" not|failed|has been removed)\b(?: (?:be )?(?:played|loaded|displayed|shown|found))?"
        r"(?: in your \w+|(?: right)? now| at (?:this|the) (?:moment|time)|\W*\(?error\b.*)?\W*$",
        r"(?:now playing|up next|watch now|watch next)\b\W*\S.*[^.]$",
        r"(?:play )?(?:video|audio|clip)\W+(?:duration\W+)?\d+:\d\d\b",
        r"(?:this|the) (?:live ?)?(?:stream|broadcast|blog|video) (?:has|is) (?:now )?(?:ended|over"
        r"|closed)\b",
        r"live 24/7$|transcript (?:available|below)\b.*",
        r"this is a modal window\b",
        r".*\bkeyboard shortcuts?\b",
        r"captions will look\b",
        r"(?:audio|video) (?:will be|is) (?:available|coming) (?:later|soon|shortly)\b",
        r"[^.]{3,60}\bin the (?:video|player|gallery|map|chart|clip) (?:above|below)\W*$",
        r"\d+:\d\d (?:now playing|watch|video|listen|play)\b",
        r"(?:beginning|end) of dialog window\b",
        r"your (?:browser|device) (?:does not|doesn't|cannot|can't) (?:support|play)\b",
        r"(?:hear|watch|listen to)\b.*\b(?:by clicking|the player|in the (?:video|player))\b",
        r".{0,20}\berror code: ?\w+\W*$",
        max_words=25,
    ),
    rule(
        "site message",
        "sentence",
        # no full stop and a reader addressed: a link, a label, a control
        r"(?=.*\b(?:you|your|yourself|we|our|(?-i:us))\b)[^.:;\"]{3,90}(?<![.!?:;,\"])$",
        # and where it begins with a verb and its object: a button
        rf"{_TOLD}{_ASKS} (?:the|an?|this|that|these|to|on|in|what|how|why|who|whether|more|all"
        r"|here|back|up|out|through|over|at|from|by|with|as|it)\b[^.:;\"\d]{2,60}(?<![.!?:;,\"])$",
        r"(?:jump|skip|back|return|go|keep|scroll|continue) (?:to|up|down|on|scrolling"
        r"|reading)\b[^.:;\"\d]{0,40}(?<![.!?:;,\"])$",
        rf"{_TOLD}{_ASKS}(?=.*(?:{_SITE_THING}|{_POINTER}))",
        rf"{_TOLD}{_ASKS}.{{0,40}}\b{_PEOPLE}\b",
        rf"(?:you|your|you've|you're|by|if you|thanks for|thank you for|this (?:site|content"
        rf"|page))\b"
        rf".*{_SITE_THING}",
        r"(?:press|tap|click|swipe|scroll|hide|show|view|expand|report|reload|load) (?:an?|all"
        r"|more|this|to|your|esc|escape|here|down|caption|captions|comments|typo"
        r"|error)\b[^.,:;]{0,30}$",
        r"(?:click|(?:double-)?tap|swipe|scroll|hover|pinch|drag) (?:here|below|down|up|through"
        r"|play|left|right|(?:to|on|over|for|any|each|an?|your)\b"
        r"|the (?:star|bell|button|icon|link|map|image|arrows?|picture|box|headline))",
        r"go to (?:the |our )?(?:live|home|front|full|main|next|previous)\b",
        r"(?:(?:log|sign) ?(?:in|up|out)|subscribe|register)\W*$",
        r"take (?:our|the|this) (?:\w+ )?(?:quiz|poll|survey|test)\b",
        r"you(?:'re| are) (?:now |already |currently )?(?:subscribed|signed (?:up|in)|logged in"
        r"|commenting|on the list|using an)\b",
        r"your (?:newsletter|subscription|submission|request|comment|account|browser|session"
        r"|e-?mail)\b"
        r".{0,50}\b(?:success\w*|received|sent|submitted|expired|awaiting|support|outdated)\b",
        r"(?!.*\b(?:in?correct\w*|wrong\w*|errors?|misstated)\b)"
        r"(?:(?:an?|the) (?:\w+ )?version of )?this <story> (?:was |has |also |first |originally )*"
        r"(?:appear(?:s|ed)|published|printed|ran)\b.*\b(?:print|edition|issue|page \w?\d+)\b",
        r"(?:thank you|thanks) for (?:signing|subscribing|reading|registering|watching)\b",
        r"(?:success! |oops|something went wrong|an error (?:has )?occurred)",
        r"we(?:'re| are) sorry, (?:but )?(?:this|there|an|the)\b",
        r".{0,40}\bplease try again\b",
        r"(?:processing|connecting to|loading)\W{1,3}(?:%s)?$",
        r".{0,40}\b(?:enable|requires?) javascript\b",
        r"(?:view|see|show|browse) (?:all|more)\b(?! of\b)[^.,\"]{0,40}$",
        max_words=40,
    ),
)
"""Each kind of sentence that a site addresses to its reader, or to a machine."""
