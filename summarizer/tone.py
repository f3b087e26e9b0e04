"""Words that judge what they tell, and whether a text is an opinion piece: by word lists and rules.

Knows words, not stories: which outlet stands alone with a word is for `compare`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from summarizer import prose

_JUDGING = """
abhorrent abject absurd abysmal alarmist amateurish anaemic angelic apocalyptic appalling
arrogant astonishing astounding atrocious audacious autocratic awesome awful baffling barbaric
baseless beleaguered bigoted bizarre blatant bloated bogus bombastic boneheaded botched
brainless brainwashed brazen breathtaking brilliant brutish buffoonish bumbling bungled bungling
callous cantankerous cartoonish catastrophic cavalier chilling clownish clueless clumsy
cold-hearted complacent contemptible contemptuous courageous cowardly cozy crazed crazy creepy
cringeworthy crippling crooked cruel crumbling cunning cynical damning dastardly deceitful
deluded delusional demented deplorable depraved despicable despotic devastating devious dire
disastrous disgraceful disgusting dishonest disingenuous dismal dodgy doomed draconian dreadful
dubious dystopian earth-shattering egregious embarrassing embattled epic evil excruciating
extortionate fanatical fantastic far-fetched farcical fawning feckless feeble fickle flagrant
flailing flawless flimsy foolhardy foolish frantic frenzied frivolous ghastly ghoulish glaring
gloating glorious good-hearted gorgeous grasping gratuitous greedy grotesque grubby grudging
gruesome gullible gutless half-baked half-hearted ham-fisted hapless hard-hearted hard-pressed
hard-won harebrained heartless heavy-handed heinous hellish heroic hideous hilarious
holier-than-thou hollow honorable honourable hopeless horrendous horrible horrid horrific
horrifying hyper-partisan hypocritical hysterical idiotic ignorant ill-advised ill-conceived
ill-fated ill-judged ill-timed imbecilic immoral inane incendiary incompetent incredible
indecent indefensible inept inexcusable infamous infuriating inglorious inhumane insane
insidious insufferable insulting irrational irresponsible jaw-dropping knee-jerk lackluster
lacklustre lame laughable lavish loathsome lousy ludicrous lunatic lurid mad maddening
magnificent malicious maniacal manipulative marvellous marvelous masterful mealy-mouthed
meddling mediocre megalomaniac menacing mendacious merciless militant mindless misguided
monstrous moronic much-needed much-vaunted murky naive nauseating nefarious nightmarish
nonsensical notorious noxious obnoxious obscene odious ominous opportunistic oppressive
orwellian ostentatious out-of-touch outlandish outrageous overblown overzealous pathetic
patronising patronizing perverse petty phoney phony pitiful pitiless pointless poisonous pompous
power-hungry power-mad preposterous pretentious pricey profligate propagandist proud puerile
punishing puny rabid ramshackle rancid rapacious reactionary reckless regressive remarkable
repellent reprehensible repugnant repulsive reviled ridiculous rigged rogue rotten ruinous
ruthless sanctimonious scandal-plagued scandal-ridden scandalous scathing self-righteous
self-serving sensational senseless shabby shady shambolic shameful shameless shattering shocking
shoddy short-sighted sickening silly sinister slavish sleazy slick slimy sloppy sly smug sneaky
snobbish so-called soft-hearted sordid spectacular spineless spiteful splendid spurious
staggering stalwart stellar stingy stubborn stunning stupid superb supine tasteless tawdry
terrible terrific terrifying thin-skinned thuggish timid tin-eared tireless tone-deaf toothless
totalitarian toxic trailblazing treacherous treasonous trigger-happy troubling tyrannical ugly
un-american unacceptable unconscionable unforgivable unhinged unpatriotic unprincipled
unscrupulous unspeakable unthinkable unwarranted vapid vaunted venal vengeful venomous vicious
vile villainous vindictive virulent visionary vitriolic warmongering wasteful weak-kneed
weaselly well-heeled whiny wicked wildly witless woeful woke wonderful world-beating worthless
wretched wrong-headed wrongheaded xenophobic zealous
"""
"""Adjectives and participles that judge; their adverbs in -ly are found too."""

_SCORN = """
abomination alarmism apologist bigot bloodbath boondoggle bootlicker brainwashing buffoon
bully-boy bungler butchery calamity carnage catastrophe cesspool chaos charade charlatan clown
con-man coward cretin crony cronyism crook crusade cultist debacle demagogue demagoguery despot
disgrace elites elitist fanatic farce fat-cat fatcat fear-mongering fearmongering fiasco fiefdom
flip-flop flunkey fool freeloader frenzy gaslighting genius giveaway grandstanding greed grift
grifter groupthink havoc henchman henchmen heresy hero heroine hoax hogwash holocaust
humiliation hypocrisy hypocrite hysteria idiocy idiot ignominy imbecile indoctrination infamy
insanity insult jackbooted joke junket kleptocracy kleptocrat lackey land-grab liar lunacy
lunatic madness masterclass masterstroke meltdown mess mob mockery monster monstrosity moron
mouthpiece nanny-state nightmare nonsense nutcase obscenity opportunist outrage pandering
paranoia parasite pariah patsy pawn plague power-grab power-play profiteer profiteering
propaganda puppet puppet-master quagmire rabble rabble-rouser racket rip-off rout rubbish
sabotage savior saviour scam scapegoat scaremongering schemer scheming scourge scumbag sell-out
sellout sham shambles shame shitshow showboating shyster slush smear snake-oil snowflake
spin-doctor stitch-up stooge stupidity swindle sycophant tantrum thug thuggery trainwreck
travesty treachery triumph tyranny tyrant vendetta vermin viper virtue-signaling
virtue-signalling warmonger whitewash windbag witch-hunt witch-hunts zealot
"""
"""Nouns that judge whom or what they name."""

_HEATED = """
backstab backstabbed bamboozle bamboozled bash bashed bashes bashing blast blasted blasting
bleat bleated bleats bluster blustered botch botched botches brag bragged bragging brags
browbeat browbeaten bungle bungled bungles cave caved caves caving cheerlead crow crowed crowing
dare dares demonise demonised demonize demonized disgrace disgraces double-cross double-crossed
eviscerate eviscerated excoriate excoriated fawn fawned fawning fleece fleeced fleecing foist
foisted foisting gaslight gaslit gloat gloated gloats grandstand grandstanded grovel groveled
grovelled gush gushed gushing hoodwink hoodwinked kowtow kowtowed lambast lambasted lambasting
lambasts mock mocked mocking mocks ooze oozed pander pandered panders parrot parroted parroting
peddle peddled peddles peddling rail railed railroad railroaded railroading rails rant ranted
ranting rants ruin ruined ruins sabotage sabotaged scoff scoffed scoffs seethe seethed seething
skewer skewered slam slammed slamming slams smear smeared smearing smears sneer sneered sneering
sneers spew spewed spewing spews squander squandered squandering squanders steamroll steamrolled
steamrolling trash trashed trashing vilified vilify weaponise weaponised weaponize weaponized
whine whined whines whinge whining wreck wrecked wrecking wrecks
"""
"""Verbs that tell with heat what a plain verb tells: each form is listed."""

_PHRASES = re.compile(
    r"(?i)\b(?:"
    r"ram(?:s|med|ming)?\b(?=[^.;]{0,60}\b(?:through|past|down)\b)"
    r"|shov(?:e|es|ed|ing)\b(?=[^.;]{0,40}\bdown\b)"
    r"|claw(?:s|ed|ing)? back|chok(?:e|es|ed|ing) on|caught in the net|sold? out|sell(?:s|ing)? out"
    r"|s(?:old|ell|ells|elling) (?:its|his|her|their) (?:votes?|souls?)"
    r"|brush(?:es|ed|ing)? (?:\w+ ){0,4}aside|turn(?:s|ed)? a blind eye|flip-?flop(?:s|ped)?"
    r"|bend(?:s|ing)? the knee|bent the knee|in the pocket of|pull(?:s|ed|ing)? the strings"
    r"|rubber-?stamp(?:s|ed|ing)?|kick(?:s|ed|ing)? the can|stab(?:s|bed)? (?:\w+ )?in the back"
    r"|hand(?:ed|s) the bill|asleep at the wheel|beyond the pale|cloud-cuckoo|power grab|witch hunt"
    r"|fat cats?|snake oil|nanny state|land grab|train wreck|pipe dream|slap in the face"
    r"|banana republic|kangaroo court|deep state|fake news|far too (?:long|late|many|little)"
    r"|once again|of course|frankly|needless to say|make no mistake|enough is enough"
    r"|time is what|the crime of|by (?:its|his|her|their) own reckoning|vowed to"
    r")\b"
)
_ORDINARY = re.compile(
    r"(?i)\b(?:of course|once again|vowed to|frankly|by (?:its|his|her|their) own reckoning|far too"
    r"|sold? out|time is what)\b"
)
"""Phrases that a piece of opinion uses and reports use too: counted for opinion, not as loaded."""

_PHYSICAL = re.compile(
    r"(?i)\b(?:crumbling|rotten|toxic|poisonous|noxious|hollow|virulent|radical|brilliant|ruthless"
    r"|ruined|wrecked?|wrecks|wrecking|ruins|torched|trashed|monster|plague|cave[sd]?|caving|rails?"
    r"|blast(?:ed|ing)?|rout|joke|puppet|genius|hero|heroine|pawn|parasite|vermin|viper|chaos|mob"
    r"|humiliation|triumph|triumphant|proud|stubborn|desperate|epic|lavish|spectacular|stunning"
    r"|remarkable|incredible|fantastic|terrible|wonderful|awful|devastating|catastrophic|horrific"
    r"|horrible|horrifying|gruesome|shocking|dire|ominous|notorious|infamous|evil|mad|crazy"
    r"|terrifying|chilling|crippling|courageous|heroic|dubious|murky|militant|rogue|radicals?"
    r"|extremist|socialist|leftist|racist|fascist|fascism|lawless|lunatic|unelected|troubling"
    r"|brag|bash|amnesty|scapegoat|sabotaged?|sabotage|meltdown|mess|catastrophe|calamity|carnage"
    r"|embattled|embarrassing|bogus|corrupt|mock(?:ed|s|ing)?|shame|outrage|havoc|frenzy)\b"
)
_THINGS = frozenset(
    """building bridge wall walls concrete road roads house houses cliff cliffs roof tower brick
    waste gas gases fumes chemical chemicals smoke water air algae tree trees wood food meat eggs
    substance plume spill element elements treatment surgery mastectomy virus strain light sun
    islamist islamists islamic group groups fighter fighters network preacher cleric faction
    storm wave rave mine shaft furnace reactor injury injuries condition party parties leader
    leaders republic government mp mps senator candidate democrat democrats
    landslide ship ships hurricane car cars vehicle vehicles home homes""".split()
)
"""What may crumble, rot or be toxic in plain fact, and whose name may hold a word ("Radical")."""

_WORD = re.compile(r"[A-Za-z]+(?:['’-][A-Za-z]+)*")


def _forms() -> frozenset[str]:
    adjectives = set(_JUDGING.split())
    for word in list(adjectives):
        if word.endswith("ic"):
            adjectives |= {word + "ally"}
        elif word.endswith("y") and not word.endswith("ly"):
            adjectives.add(word[:-1] + "ily")
        elif word.endswith("le") and len(word) > 4:
            adjectives.add(word[:-1] + "y")
        elif not word.endswith("ly"):
            adjectives.add(word + "ly")
    nouns = set(_SCORN.split())
    nouns |= {w[:-1] + "ies" if w.endswith("y") else w + "s" for w in nouns}
    return frozenset(adjectives | nouns | set(_HEATED.split()))


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
    quoted = [m.span() for m in re.finditer(r"[“«][^”»]*[”»]|\"[^\"]*(?:\"|$)", text)]
    found: dict[int, Loaded] = {}
    spans = [m.span() for m in _PHRASES.finditer(text) if not _ORDINARY.fullmatch(m.group())]
    words = list(_WORD.finditer(text))
    for i, word in enumerate(words):
        lower = word.group().lower().removesuffix("'s").removesuffix("’s")
        if lower not in _LOADED and not _hyphened(lower):
            continue
        after = words[i + 1].group().lower() if i + 1 < len(words) else ""
        if _PHYSICAL.fullmatch(lower) and after in _THINGS:
            continue
        if i and word.group()[0].isupper() and not _title_case(words):
            continue
        if lower in _VERB_OR_NOUN and not _as_verb(text, words, i):
            continue
        spans.append((word.start(), word.start() + len(lower)))
    for start, end in sorted(spans):
        inside = any(a <= start < b for a, b in quoted)
        if not inside and not any(o.start <= start < o.end for o in found.values()):
            found[start] = Loaded(start, end, text[start:end])
    return tuple(found[k] for k in sorted(found))


_VERB_OR_NOUN = frozenset(
    """blast blasted blasting cave caved caves caving rail rails mock smear smears crow ooze bash
    torch wreck wrecks ruins dare parrot trash whine bluster fool slam slams slammed slamming
    joke insult plague shame hero genius monster triumph humiliation mess mob""".split()
)
"""Words that are loaded only where an object follows or a saying hangs on them."""

_AGAINST = frozenset("the his her its their a an at into against on in over what for".split())


def _as_verb(text: str, words: Sequence[re.Match[str]], i: int) -> bool:
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
    """Whether the last part of a hyphened word is loaded, and the first does not turn it round."""
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

_SIGNS = 4
OPINION = 2.0
"""Signs of opinion in a hundred words from which a text is a piece of opinion (LOG: tone)."""


def opinion(title: str, sentences: Sequence[str]) -> float:
    """How much a text speaks as its author's opinion: signs in a hundred words, at least 0.

    Signs: loaded words, an author who says "I", "we" or "you", who urges or asks, each outside
    quotation marks; "should" and "must" count half. A label such as "Opinion:" before the title
    settles it: then at least `OPINION`. Under 60 words or four signs only a label tells.
    """
    if _LABEL.search(title):
        return OPINION + 1.0
    words = sum(prose.words(s) for s in sentences)
    if words < 60:
        return 0.0
    signs = 1.0 * len(loaded(title))
    for text in sentences:
        outside = prose.without_quotations(text)
        signs += len(loaded(text)) + len(_ORDINARY.findall(outside)) * 0.5
        signs += prose.personal(text) + prose.asks(text) + bool(_URGES.match(text.lstrip()))
        signs += 0.5 * bool(_OUGHT.search(outside) and " said" not in outside)
    return 100.0 * signs / words if signs >= _SIGNS else 0.0
