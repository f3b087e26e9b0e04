"""Synthetic stories of full-length articles, made by rule from lists; nothing is measured here.

They are not news: places, people and figures are invented. They have what costs time in
news: 400 to 900 words an article, the same facts in several outlets' words, facts of one
outlet alone, and background. The same number always gives the same story.
"""

from __future__ import annotations

import random

from summarizer.schema import Article, Story

_EVENTS = (
    ("Marrow Bay", "the harbour bridge", "cracks in two pillars", "closed"),
    ("Tessin Falls", "the Calder dam", "a fault in its main gate", "shut down"),
    ("Port Ellery", "the island ferry", "a fire in the engine room", "withdrawn"),
    ("Quillan", "the central hospital", "a failure of its power supply", "evacuated"),
    ("Averstone", "the textile mill", "an explosion in the dyeing hall", "closed"),
    ("Lower Sedge", "the northern railway", "a landslide above the track", "suspended"),
    ("Corran", "the city's waterworks", "traces of solvent in a well", "shut down"),
    ("Vellmar", "the old concert hall", "a collapse of the gallery", "closed"),
    ("Dunmoor", "the coastal road", "a storm that took away the sea wall", "blocked"),
    ("Hartsby", "the university library", "smoke in the archive", "evacuated"),
    ("Salt Creek", "the copper mine", "water in the lower shafts", "suspended"),
    ("Ostrava Point", "the airport's only runway", "a sinkhole beside it", "closed"),
)
_PEOPLE = (
    "Ines Falk", "Tomas Reyer", "Adela Morrow", "Jonas Whitlock", "Priya Sandar", "Marek Olsen",
    "Ruth Abara", "Colm Daly", "Yusuf Kerim", "Lena Voss", "Hugo Santel", "Nora Bright",
)  # fmt: skip
_OUTLETS = (
    "Courier", "Herald", "Morning Post", "Tribune", "Observer", "Evening News", "Chronicle",
    "Public Radio", "Star", "Ledger", "Dispatch", "Gazette",
)  # fmt: skip
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")

_FACTS: tuple[tuple[str, ...], ...] = (
    (
        "{Thing} in {place} was {done} on {day} after {cause}.",
        "{cause_}: that is why {thing} in {place} was {done} on {day}, officials said.",
        "Authorities in {place} said {thing} had been {done} on {day} because of {cause}.",
    ),
    (
        "About {many} people are affected, according to the regional government.",
        "The regional government puts the number of people affected at {many}.",
    ),
    (
        "{injured} people were treated for minor injuries and nobody was killed.",
        "No one died, but {injured} people had minor injuries, the fire service said.",
        "The fire service counted {injured} injured, none of them seriously.",
    ),
    (
        "Mayor {mayor} said repairs would cost {cost} million crowns.",
        "The bill for repairs will come to {cost} million crowns, said the mayor, {mayor}.",
    ),
    (
        "“We will not take chances with anyone's safety,” {mayor} told reporters.",
        "Speaking outside the town hall, {mayor} said: “We will not take chances.”",
    ),
    (
        "Engineer {expert}, who led the inspection, said warnings were filed {years} years ago.",
        "Warnings were filed {years} years ago, according to {expert}, who led the inspection.",
    ),
    (
        "The work is expected to take {weeks} weeks.",
        "Officials expect that the work will be finished in {weeks} weeks.",
        "It will be {weeks} weeks before the work is done, the ministry estimates.",
    ),
    (
        "Opposition leader {rival} accused the council of ignoring the reports.",
        "The council ignored the reports, said {rival}, who leads the opposition.",
    ),
    (
        "A spokeswoman for the owner denied that any report had been ignored.",
        "The owner's spokeswoman said that no report had ever been ignored.",
    ),
    (
        "Buses were sent from three neighbouring towns.",
        "Three neighbouring towns sent buses to help.",
    ),
    (
        "The transport ministry has opened an inquiry, which is to report by the end of the year.",
        "An inquiry by the transport ministry will report before the year ends.",
    ),
    (
        "Shops in {place} reported losses of {loss} percent in the first week.",
        "In the first week takings fell by {loss} percent, shopkeepers in {place} said.",
    ),
    (
        "The last such closure, in {year}, lasted four months.",
        "In {year} a similar closure went on for four months.",
    ),
    (
        "A petition for an independent review has {signed} signatures.",
        "More than {signed} residents have signed a petition that asks for an independent review.",
    ),
)
_WHO = (
    "A shopkeeper on the market square", "The regional planning office", "A former inspector",
    "The head of the bus drivers' union", "A teacher at the nearby school", "One retired engineer",
    "The chamber of commerce", "A spokesman for the insurers", "A nurse who lives close by",
    "The association of tenants", "A professor of public works", "The owner of a riverside café",
    "A member of the budget committee", "The harbour master", "The parish council",
)  # fmt: skip
_SAYS = (
    "said that", "told this newspaper that", "pointed out that", "wrote in a letter that",
    "warned last month that", "recalled that", "argued that", "confirmed that",
)  # fmt: skip
_WHAT = (
    "maintenance had been put off", "deliveries arrive late every morning",
    "the winter budget was spent before autumn", "children now walk a longer way to school",
    "the plans were never shown to the public", "two contractors had left the project",
    "traffic through the old town had doubled", "pumps had to run day and night",
    "the inspection rules date from another age", "rents in the district keep rising",
    "volunteers had handed out blankets and soup", "the alarm was heard only on one side",
    "a temporary route would be marked with lights", "the archive of drawings was incomplete",
    "visitors had cancelled their bookings", "spare parts come from abroad",
    "the union had asked for more staff", "a second survey was paid for but not done",
)  # fmt: skip
_TAIL = (
    "and that nobody had answered letters about it", "although the figures are disputed",
    "since the reform of district offices", "while neighbouring towns were spared",
    "for the {n}th time in a decade", "at a cost of {n} thousand crowns a day",
    "despite promises made before the election", "in all {n} districts of the county",
    "as the minutes of {n} meetings show", "long before the events of {day}",
)  # fmt: skip


def article(story: int, number: int) -> Article:
    """Article `number` of story `story`: 400 to 900 words, its own outlet, its own order."""
    facts = _slots(story)
    rng = random.Random(f"{story}/{number}")
    told = [0, *sorted(rng.sample(range(1, len(_FACTS)), rng.randint(8, len(_FACTS) - 2)))]
    body = [rng.choice(_FACTS[i]).format_map(facts) for i in told]
    wanted = rng.randint(450, 850)
    while sum(len(s.split()) for s in body) < wanted:
        place = rng.randint(3, len(body))
        body.insert(place, _background(rng, facts["day"]))
    paragraphs = [" ".join(body[i : i + 3]) for i in range(0, len(body), 3)]
    outlet = f"{facts['place']} {_OUTLETS[number % len(_OUTLETS)]}"
    return Article(
        id=f"a{number + 1}",
        outlet=outlet if number < len(_OUTLETS) else f"{outlet} {number // len(_OUTLETS) + 1}",
        title=f"{facts['Thing']} {facts['done']} in {facts['place']}",
        text="\n".join(paragraphs),
    )


def story(number: int, articles: int) -> Story:
    """Story `number` with so many articles. Raises ValueError for fewer than one."""
    if articles < 1:
        raise ValueError(f"a story of {articles} articles; it needs at least one")
    return Story(
        id=f"synthetic-{number}-{articles}",
        articles=tuple(article(number, i) for i in range(articles)),
    )


def stories(n: int) -> list[Story]:
    """The first n stories, of 2, 3, 4, 5, 2 … articles."""
    return [story(i, 2 + i % 4) for i in range(n)]


def _slots(number: int) -> dict[str, str]:
    rng = random.Random(f"story {number}")
    place, thing, cause, done = _EVENTS[number % len(_EVENTS)]
    mayor, expert, rival = rng.sample(_PEOPLE, 3)
    return {
        "place": place, "thing": thing, "Thing": thing[0].upper() + thing[1:], "done": done,
        "cause": cause, "cause_": cause[0].upper() + cause[1:], "day": rng.choice(_DAYS),
        "mayor": mayor, "expert": expert, "rival": rival, "many": f"{rng.randint(2, 90)},000",
        "injured": str(rng.randint(3, 40)), "cost": str(rng.randint(2, 80)),
        "years": str(rng.randint(2, 9)), "weeks": str(rng.randint(3, 30)),
        "loss": str(rng.randint(5, 45)), "year": str(rng.randint(1970, 2015)),
        "signed": f"{rng.randint(1, 30)},{rng.randint(100, 999)}",
    }  # fmt: skip


def _background(rng: random.Random, day: str) -> str:
    tail = rng.choice(_TAIL).format(n=rng.randint(4, 19), day=day)
    return f"{rng.choice(_WHO)} {rng.choice(_SAYS)} {rng.choice(_WHAT)} {tail}."
