"""Countries, their people and their adjectives, and acronyms of bodies: one form for each.

Data only. A name not listed here is still found and compared as it is written.
"""

from __future__ import annotations

_ROWS = """
united states|america|american|americans|usa|u.s|u.s.a
united kingdom|britain|british|briton|uk|u.k|great britain
england|english|englishman
scotland|scottish|scot
wales|welsh
ireland|irish
france|french|frenchman|frenchwoman
germany|german
italy|italian
spain|spanish|spaniard
portugal|portuguese
netherlands|dutch|holland
belgium|belgian
switzerland|swiss
austria|austrian
sweden|swedish|swede
norway|norwegian
denmark|danish|dane
finland|finnish|finn
iceland|icelandic|icelander
poland|polish
hungary|hungarian
romania|romanian
bulgaria|bulgarian
greece|greek
turkey|turkish|turk
cyprus|cypriot
serbia|serbian|serb
croatia|croatian|croat
bosnia|bosnian
kosovo|kosovar
albania|albanian
ukraine|ukrainian
russia|russian
belarus|belarusian
georgia|georgian
armenia|armenian
azerbaijan|azerbaijani
kazakhstan|kazakh
uzbekistan|uzbek
estonia|estonian
latvia|latvian
lithuania|lithuanian
crimea|crimean
chechnya|chechen
iran|iranian
iraq|iraqi
syria|syrian
israel|israeli
palestine|palestinian
lebanon|lebanese
jordan|jordanian
egypt|egyptian
libya|libyan
tunisia|tunisian
algeria|algerian
morocco|moroccan
saudi arabia|saudi|saudi arabian
yemen|yemeni
oman|omani
qatar|qatari
bahrain|bahraini
kuwait|kuwaiti
emirates|emirati|uae|u.a.e|united arab emirates
afghanistan|afghan
pakistan|pakistani
india|indian
bangladesh|bangladeshi
sri lanka|sri lankan
nepal|nepalese|nepali
china|chinese
japan|japanese
taiwan|taiwanese
hong kong
tibet|tibetan
mongolia|mongolian
north korea|north korean
south korea|south korean
korea|korean
vietnam|vietnamese
cambodia|cambodian
thailand|thai
myanmar|burma|burmese
malaysia|malaysian
singapore|singaporean
indonesia|indonesian
philippines|filipino|philippine
australia|australian|aussie
new zealand|new zealander
canada|canadian
mexico|mexican
cuba|cuban
haiti|haitian
jamaica|jamaican
guatemala|guatemalan
honduras|honduran
el salvador|salvadoran
nicaragua|nicaraguan
panama|panamanian
colombia|colombian
venezuela|venezuelan
ecuador|ecuadorian
peru|peruvian
bolivia|bolivian
brazil|brazilian
chile|chilean
argentina|argentine|argentinian
uruguay|uruguayan
paraguay|paraguayan
nigeria|nigerian
ghana|ghanaian
kenya|kenyan
ethiopia|ethiopian
eritrea|eritrean
somalia|somali
sudan|sudanese
south sudan|south sudanese
uganda|ugandan
rwanda|rwandan
congo|congolese
south africa|south african
zimbabwe|zimbabwean
zambia|zambian
mali|malian
niger|nigerien
senegal|senegalese
liberia|liberian
europe|european
africa|african
asia|asian
new york|new yorker
california|californian
texas|texan
florida|floridian
alabama
alaska
arizona
arkansas
colorado
connecticut
delaware
hawaii
idaho
illinois
indiana
iowa
kansas
kentucky
louisiana
maine
maryland
massachusetts
michigan
minnesota
mississippi
missouri
montana
nebraska
nevada|nevadan
ohio|ohioan
oklahoma|oklahoman
oregon|oregonian
pennsylvania
tennessee
utah
vermont
wisconsin
wyoming
new hampshire
new jersey
new mexico
north carolina
south carolina
north dakota
south dakota
rhode island
west virginia
los angeles|angeleno
san francisco
republican|gop
democrat|democratic|democrats|dem|dems
muslim|islam|islamic|islamist
christian|christianity
jew|jewish
catholic|catholicism
"""

PLACES: dict[str, str] = {
    form: row.split("|")[0] for row in _ROWS.strip().splitlines() for form in row.split("|")
}
"""Lower-case name, adjective or people -> one form."""

ALIASES: dict[str, str] = {
    "us": "united states", "usa": "united states", "uk": "united kingdom", "uae": "emirates",
    "gop": "republican", "ny": "new york", "nyc": "new york",
    "la": "los angeles",
}  # fmt: skip
"""Acronyms (letters without points, lower case) that stand for a place or a body in capitals."""
