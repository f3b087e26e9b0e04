"""Words that the made errors draw on: first names, places, opposite and past forms.

Tables only; which error is made of them is for perturb.
"""

# ruff: noqa: E501 - a table is read whole
from __future__ import annotations

FIRST = frozenset(
    """Aaron Abby Abel Adam Adrian Ahmed Al Alan Albert Alec Alex Alexander Alice Alison Allan Allen Amanda Amber Amy
    Ana Andre Andrea Andreas Andrew Angela Ann Anna Anne Anselm Anthony Antonio Anya Arthur Ashley Ban Barack Barbara
    Barry Bashar Ben Benjamin Bernie Beth Bill Bo Bob Bobby Boris Brad Brandon Brian Brittany Bruce Bryan Carl Carla
    Carlos Carol Charles Charlie Chris Christian Christina Christine Christopher Chuck Claire Colin Conrad Craig
    Cynthia Dale Dan Dana Daniel Darren Dave David Dean Deborah Denise Dennis Dex Diane Dick Donald Dov Doug Drew
    Dzhokhar Eddie Edward Elena Elias Elizabeth Ellen Emily Emma Eric Evan Eva Farah Francis Frank Fred Freddie Gary
    George Gloria Grace Graham Greg Greta Hal Halvard Hana Harold Harry Hassan Heather Hector Helen Henry Hillary
    Hugh Ian Ibrahim Ines Ingrid Iris Isaac Ivo Jack Jacob James Jamie Jane Janet Jason Jay Jean Jed Jeff Jeffrey
    Jennifer Jeremy Jerry Jessica Jill Jim Jimmy Joan Joe Joel John Johnny Jon Jonah Jonathan Jordan Jorge Jose Joseph
    Josh Josie Joyce Juan Judith Judy Julia Julian Julie Justin Karen Kate Katherine Kathleen Katie Keith Kelly Ken
    Kenneth Kenny Kevin Khalid Kim Kit Kristen Kyle Larry Laura Lauren Lee Lena Leo Leon Linda Lindsey Lisa Lloyd Logan
    Loretta Lou Louis Louise Lucy Luis Luke Mara Marcus Marco Margaret Maria Marie Mark Marta Martha Martin Mary Matt
    Matthew Megan Melissa Michael Michel Michelle Mike Mina Mira Mitch Mitt Mohamed Mohammed Mohammad Nadia Nancy
    Nate Neil Newt Nicholas Nick Nicole Nikki Nora Nuno Olivia Omar Oscar Oskar Pamela Patricia Patrick Paul Paula
    Pavel Peg Pete Peter Petra Phil Philip Phillip Phyllis Piet Priya Rachel Ralph Rand Randy Ray Rebecca Rhea
    Richard Rick Rob Robert Roberto Roger Rolf Ron Ronald Rosa Roy Rupert Russell Ruth Ryan Sally Sam Samantha Samuel
    Sandra Sara Sarah Scott Sean Selma Seth Shannon Sharon Simon Sonia Stacy Stephanie Stephen Steve Steven Sue Susan
    Tara Tayyip Ted Terry Tess Theresa Thomas Tim Timothy Todd Tom Tomas Tony Tracy Tyler Valerie Vera Vernon Victor
    Viktor Vince Virginia Vivian Vladimir Walter Wanda Warren Wendy William Woody Yuki Yvonne Zac Zachary""".split()
)
COUNTRIES = frozenset(
    """Afghanistan Argentina Australia Austria Belgium Brazil Britain Canada Chile China Colombia Cuba Denmark Egypt
    England Finland France Germany Greece Hungary India Indonesia Iran Iraq Ireland Israel Italy Japan Kenya Lebanon
    Libya Malaysia Mexico Nepal Netherlands Nigeria Norway Pakistan Philippines Poland Portugal Russia Scotland
    Somalia Spain Sudan Sweden Switzerland Syria Taiwan Thailand Tunisia Turkey Ukraine Venezuela Vietnam Yemen""".split()
)
CITIES = frozenset(
    """Atlanta Austin Baghdad Baltimore Bangkok Beijing Berlin Boston Brussels Cairo Charlotte Chicago Cleveland
    Dallas Damascus Denver Detroit Dublin Ferguson Geneva Houston Islamabad Istanbul Jakarta Jerusalem Kabul Karachi
    Kiev London Madrid Manila Melbourne Miami Milwaukee Minneapolis Moscow Mumbai Nairobi Nashville Oslo Paris
    Philadelphia Phoenix Portland Pyongyang Rome Sacramento Seattle Seoul Shanghai Singapore Stockholm Sydney Tehran
    Tikrit Tokyo Toronto Tripoli Vienna Warsaw Alabama Alaska Arizona California Colorado Connecticut Florida Hawaii
    Idaho Illinois Indiana Iowa Kansas Kentucky Louisiana Maine Maryland Massachusetts Michigan Minnesota Mississippi
    Missouri Montana Nebraska Nevada Ohio Oklahoma Oregon Pennsylvania Tennessee Texas Utah Vermont Wisconsin
    Wyoming""".split()
)
OTHER_WORD = dict(
    pair.split("=")
    for pair in """good=great bad=terrible never=rarely always=often think=know know=believe very=quite people=citizens
    want=need country=nation world=globe children=kids kill=harm war=conflict fight=struggle difficult=easy hard=easy
    important=minor great=good big=small wrong=right right=wrong clear=unclear safe=dangerous dangerous=safe happy=sad
    sad=happy terrible=awful beautiful=ugly strong=weak weak=strong first=last last=first new=old old=new best=finest
    worst=best love=admire hate=dislike believe=doubt hope=fear fear=hope government=administration president=leader
    day=week week=month year=decade family=friends home=house police=officers man=person woman=person life=career
    time=moment way=manner part=piece lot=bit should=could could=should must=may will=may can=could make=take
    take=give give=take say=think said=thought feel=think tell=ask come=go go=come get=have keep=leave help=hurt
    money=power work=effort job=task law=rule problem=challenge question=issue answer=reply truth=story free=open
    public=private national=local political=social economic=financial military=civilian""".split()
)
ING_PAST = dict(
    pair.split("=")
    for pair in """shooting=shot having=had killing=killed hiding=hid taking=took stealing=stole selling=sold making=made
    giving=gave running=ran leading=led lying=lied using=used abusing=abused plotting=plotted setting=set
    conspiring=conspired plan=planned beating=beat hitting=hit cutting=cut paying=paid spying=spied leaking=leaked
    violating=violated raping=raped poisoning=poisoned helping=helped trying=tried causing=caused murdering=murdered
    assaulting=assaulted attacking=attacked stabbing=stabbed failing=failed driving=drove sending=sent
    smuggling=smuggled joining=joined""".split()
)
PAST = dict(
    pair.split("=")
    for pair in """become=became begin=began break=broke bring=brought build=built buy=bought catch=caught choose=chose
    come=came cut=cut deal=dealt do=did draw=drew drive=drove eat=ate fall=fell feel=felt fight=fought find=found
    fly=flew get=got give=gave go=went grow=grew hang=hung have=had hear=heard hide=hid hit=hit hold=held hurt=hurt
    keep=kept know=knew lay=laid lead=led leave=left lend=lent let=let lose=lost make=made mean=meant meet=met
    override=overrode pay=paid put=put quit=quit read=read ride=rode rise=rose run=ran say=said see=saw seek=sought
    sell=sold send=sent set=set shoot=shot show=showed shut=shut sing=sang sit=sat sleep=slept speak=spoke
    spend=spent split=split spread=spread stand=stood steal=stole strike=struck swim=swam take=took teach=taught
    tell=told think=thought throw=threw undergo=underwent understand=understood win=won withdraw=withdrew
    write=wrote refer=referred occur=occurred admit=admitted permit=permitted commit=committed submit=submitted ban=banned
    stop=stopped drop=dropped plan=planned cost=cost beat=beat bid=bid""".split()
)
REVERSE = {
    "rose": "fell", "fell": "rose", "increased": "decreased", "higher": "lower",
    "lower": "higher", "supports": "opposes", "supported": "opposed", "opposed": "supported",
    "opposes": "supports", "approved": "rejected", "rejected": "approved", "largest": "smallest",
    "smallest": "largest", "praised": "criticized", "criticized": "praised", "confirmed": "denied",
    "upheld": "overturned", "best": "worst", "worst": "best", "biggest": "smallest", "highest": "lowest",
    "lowest": "highest", "earlier": "later", "later": "earlier", "opened": "closed", "closed": "opened",
    "before": "after", "after": "before", "more": "less", "less": "more", "fewer": "more",
    "accepted": "rejected", "guilty": "innocent", "likely": "unlikely", "unlikely": "likely",
}  # fmt: skip
