"""Which words are written short with a full stop, and which words open a sentence behind one.

The model that comes with nupunkt was made from reports of offices: it takes "hall.", "month.",
"bank." and some 2,500 more words for abbreviations. These lists stand in for its words.
"""

from __future__ import annotations

from functools import cache

from nupunkt import PunktSentenceTokenizer
from nupunkt.models import load_default_model

_PERSONS = frozenset("dr fr hon mlle mme messrs mr mrs ms msgr mx prof rev sr sra srta".split())
_OFFICES = frozenset(
    """adm amb ald atty brig capt cmdr col cpl det gen gov govs insp lt maj pfc pres pvt
    rep reps sec sen sens sgt supt treas""".split()
)
TITLES = _PERSONS | _OFFICES | {"st", "ste", "mt", "ft"}
"""Short forms that stand before a name; without a full stop, in lower case."""

_ADDRESSES = frozenset("apt ave bldg blvd bros cir ct dept hwy jct pkwy rd rte sq".split())
_DATES = frozenset(
    "jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri".split()
)
# Not those that are words: "they are ill.", "a near miss.", "modern art."
_PLACES = frozenset(
    """ariz ark calif colo conn del fla ga kans ky md mich minn mont neb nebr nev okla penn penna
    tenn tex va vt wis wisc wyo ont que sask alta""".split()
)
_BODIES = frozenset("assn assoc co corp inc intl ltd mfg natl plc pty univ".split())
_OTHERS = frozenset(
    """al approx av cf ch eds esp etc ft jr kg km lb lbs misc mm nos oz ph.d pp resp sr viz vols vs
    yrs""".split()
)
_WORDS = TITLES | _ADDRESSES | _DATES | _PLACES | _BODIES | _OTHERS

OPENERS = (
    r"(?:The|An|This|That|These|Those|There|He|She|It|They|We|You|I|His|Her|Their|Its|Our|But|And"
    r"|Or"
    r"|If|When|While|After|Before|Since|Because|Although|Though|As|At|By|For|From|With|Without|On"
    r"|In"
    r"|Of|To|Under(?! Sec)|Over|During|Until|Despite|However|Meanwhile|Nobody|Everybody|Someone|No"
    r" one|None"
    r"|Both|Some|Many|Most|Several|Another|Other|Others|What|Who|Why|How|Where|Nothing|So|Then|Now"
    r"|Not|Only|One|Two|Three|More|Police|Officials|Officers|Investigators|Authorities|Residents"
    r"|Witnesses|A(?= [a-z]))\b(?![.-])"
)
"""Words that open a sentence even behind a short form ("in the U.S. The …"), by their capital."""


@cache
def tokenizer() -> PunktSentenceTokenizer:
    """nupunkt's model with its words exchanged for ours; of its dotted forms, those of letters."""
    parameters = load_default_model().parameters
    dotted = {
        a
        for a in parameters.abbrev_types
        if "." in a and all(len(p) == 1 and p.isalpha() for p in a.split("."))
    }
    parameters.abbrev_types = dotted | _WORDS
    parameters.freeze_sets()
    return PunktSentenceTokenizer(parameters, include_common_abbrevs=False)
