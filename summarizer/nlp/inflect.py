"""Lemmas to their inflected forms, by Penn tag. The way back, form to lemma, is the parser's.

Irregular verbs and nouns are listed; all else goes by spelling.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_VERBS = """
arise arose arisen;awake awoke awoken;be was been;bear bore borne;beat beat beaten;become became
become;begin began begun;bend bent bent;bet bet bet;bind bound bound;bite bit bitten;bleed bled
bled;blow blew blown;break broke broken;breed bred bred;bring brought brought;broadcast broadcast
broadcast;build built built;burst burst burst;buy bought bought;cast cast cast;catch caught caught;
choose chose chosen;cling clung clung;come came come;cost cost cost;creep crept crept;cut cut cut;
deal dealt dealt;dig dug dug;do did done;draw drew drawn;drink drank drunk;drive drove driven;eat
ate eaten;fall fell fallen;feed fed fed;feel felt felt;fight fought fought;find found found;flee
fled fled;fling flung flung;fly flew flown;forbid forbade forbidden;forecast forecast forecast;
foresee foresaw foreseen;forget forgot forgotten;forgive forgave forgiven;freeze froze frozen;get
got got;give gave given;go went gone;grind ground ground;grow grew grown;hang hung hung;have had
had;hear heard heard;hide hid hidden;hit hit hit;hold held held;hurt hurt hurt;keep kept kept;know
knew known;lay laid laid;lead led led;leave left left;lend lent lent;let let let;lie lay lain;light
lit lit;lose lost lost;make made made;mean meant meant;meet met met;mislead misled misled;mistake
mistook mistaken;oversee oversaw overseen;overtake overtook overtaken;overthrow overthrew
overthrown;pay paid paid;put put put;quit quit quit;read read read;rebuild rebuilt rebuilt;rid rid
rid;ride rode ridden;ring rang rung;rise rose risen;run ran run;say said said;see saw seen;seek
sought sought;sell sold sold;send sent sent;set set set;shake shook shaken;shed shed shed;shine
shone shone;shoot shot shot;show showed shown;shrink shrank shrunk;shut shut shut;sing sang sung;
sink sank sunk;sit sat sat;sleep slept slept;slide slid slid;speak spoke spoken;spend spent spent;
spin spun spun;split split split;spread spread spread;spring sprang sprung;stand stood stood;steal
stole stolen;stick stuck stuck;strike struck struck;swear swore sworn;sweep swept swept;swim swam
swum;swing swung swung;take took taken;teach taught taught;tear tore torn;tell told told;think
thought thought;throw threw thrown;thrust thrust thrust;undergo underwent undergone;understand
understood understood;undertake undertook undertaken;uphold upheld upheld;wake woke woken;wear wore
worn;weave wove woven;weep wept wept;win won won;wind wound wound;withdraw withdrew withdrawn;
withhold withheld withheld;withstand withstood withstood;write wrote written
"""
_IRREGULAR: Mapping[str, tuple[str, str]] = {
    w[0]: (w[1], w[2]) for part in _VERBS.split(";") if len(w := part.split()) == 3
}
_PLURALS: Mapping[str, str] = {
    "man": "men", "woman": "women", "child": "children", "person": "people", "foot": "feet",
    "tooth": "teeth", "mouse": "mice", "goose": "geese", "crisis": "crises", "analysis": "analyses",
    "basis": "bases", "thesis": "theses", "criterion": "criteria", "phenomenon": "phenomena",
    "life": "lives", "wife": "wives", "knife": "knives", "half": "halves", "leaf": "leaves",
    "loaf": "loaves", "thief": "thieves", "wolf": "wolves", "shelf": "shelves", "self": "selves",
    "series": "series", "species": "species", "aircraft": "aircraft", "hero": "heroes",
    "potato": "potatoes", "veto": "vetoes", "tomato": "tomatoes", "echo": "echoes",
}  # fmt: skip
_STRESSED_LAST = frozenset(
    """admit commit permit submit omit emit transmit refer prefer defer infer confer transfer occur
    incur recur deter control patrol compel expel propel repel rebel regret equip forget upset
    begin input outrun rerun acquit abhor annul format program unplug""".split()
)
_BE = {"VBZ": "is", "VBP": "are", "VBD": "was", "VBN": "been", "VBG": "being", "VB": "be"}
_VOWEL = re.compile(r"[aeiouy]+")


def irregular_forms() -> dict[str, str]:
    """Irregular forms of verbs and nouns, each with its lemma."""
    verbs = {form: lemma for lemma, forms in _IRREGULAR.items() for form in forms}
    plurals = {form: lemma for lemma, form in _PLURALS.items()}
    return plurals | verbs | {"is": "be", "are": "be", "were": "be", "am": "be", "has": "have"}


def _doubled(lemma: str) -> bool:
    if not re.search(r"[^aeiou][aeiou][^aeiouwxy]$", lemma) and not re.search(
        r"qu[aeiou][^aeiouwxy]$", lemma
    ):
        return False
    return len(_VOWEL.findall(lemma)) == 1 or lemma in _STRESSED_LAST


def _with_s(lemma: str) -> str:
    if re.search(r"[^aeiou]y$", lemma):
        return lemma[:-1] + "ies"
    return lemma + ("es" if re.search(r"(s|x|z|ch|sh)$", lemma) else "s")


def _with_ed(lemma: str) -> str:
    if lemma.endswith("e"):
        return lemma + "d"
    if re.search(r"[^aeiou]y$", lemma):
        return lemma[:-1] + "ied"
    return lemma + (lemma[-1] if _doubled(lemma) else "") + "ed"


def _with_ing(lemma: str) -> str:
    if lemma.endswith("ie"):
        return lemma[:-2] + "ying"
    if lemma.endswith("e") and not lemma.endswith(("ee", "oe", "ye")) and lemma != "be":
        return lemma[:-1] + "ing"
    return lemma + (lemma[-1] if _doubled(lemma) else "") + "ing"


def inflect(lemma: str, tag: str) -> str:
    """The form of a lemma for a Penn tag; any tag that asks for no ending gives the lemma.

    Of words that are several ("carry out", "police officer") the head is inflected: the first for
    a verb, the last for a noun. Third-person "be" stands for all persons; JJR and JJS give the
    ending forms, whether or not English prefers "more".
    """
    if " " in lemma:
        words = lemma.split(" ")
        at = 0 if tag.startswith("V") else len(words) - 1
        words[at] = inflect(words[at], tag)
        return " ".join(words)
    if lemma == "be" and tag in _BE:
        return _BE[tag]
    if tag == "VBZ":
        return {"have": "has", "do": "does", "go": "goes"}.get(lemma) or _with_s(lemma)
    if tag in ("VBD", "VBN"):
        return _IRREGULAR[lemma][tag == "VBN"] if lemma in _IRREGULAR else _with_ed(lemma)
    if tag == "VBG":
        return _with_ing(lemma)
    if tag == "NNS":
        if lemma in _PLURALS:
            return _PLURALS[lemma]
        if lemma.endswith("man") and lemma not in ("human", "german", "roman"):
            return lemma[:-3] + "men"
        return _with_s(lemma)
    if tag in ("JJR", "RBR", "JJS", "RBS"):
        end = "er" if tag.endswith("R") else "est"
        stem = lemma[:-1] + "i" if re.search(r"[^aeiou]y$", lemma) else lemma
        stem = stem[:-1] if stem.endswith("e") else stem
        return stem + (stem[-1] if _doubled(stem) else "") + end
    return lemma


def article(following: str) -> str:
    """ "a" or "an", for the word that follows, by its spelling."""
    low = following.lower()
    if re.match(r"(hour|honest|honou?r|heir)", low):
        return "an"
    if re.match(r"(uni([^nm]|$)|use|usu|eu|one\b|once|ubiq|u\.|u[ks]\b)", low):
        return "a"
    return "an" if low[:1] in "aeiou" or re.match(r"(8|11\b|18\b)", low) else "a"
