"""Rules of disagreements: where sources differ. Who reported what is in test_coverage.py.

Vectors come from the stand-in or are made by hand; the hand-written pairs are measured with the
real encoder by benchmarks/disagreements.py.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.config import Config
from summarizer.disagreements import disagreements, near_readings
from summarizer.evidence import group
from summarizer.schema import Article, Disagreement, Story
from summarizer.text.sentences import split
from summarizer.types import Embedded, Grouped

CONFIG = Config()
PAIRS = Path(__file__).parent / "data" / "disagreements.jsonl"


def _grouped(*texts: str, near: float = 0.8) -> Grouped:
    """Articles whose sentences all have the same cosine to each other."""
    articles = [Article(id=f"a{i}", text=t) for i, t in enumerate(texts, 1)]
    sentences = tuple(s for a in articles for s in split(a, ()))
    own = np.eye(len(sentences)) * np.sqrt(1 - near)
    vectors = np.concatenate([np.full((len(sentences), 1), np.sqrt(near)), own], axis=1)
    embedded = Embedded(sentences, vectors.astype(np.float32))
    return group(embedded, [a.id for a in articles], CONFIG)


def _found(*texts: str, near: float = 0.8, **published: str) -> tuple[Disagreement, ...]:
    return disagreements(near_readings(_grouped(*texts, near=near), CONFIG, published=published))


POLICE = "Twelve people were killed in the fire in Harrow, police said."
HOSPITAL = "Fourteen people died in the fire in Harrow, the hospital said."


def test_two_counts_of_one_thing_stand_side_by_side_with_who_says_them() -> None:
    """Twelve and fourteen dead are both shown as they were worded, and nothing in between."""
    [found] = _found(POLICE, HOSPITAL)
    assert (found.kind, found.about) == ("number", "people killed")
    assert [(v.value, v.speaker) for v in found.values] == [
        ("Twelve", "police"),
        ("Fourteen", "the hospital"),
    ]
    assert [v.citations[0].text for v in found.values] == [POLICE, HOSPITAL]


@pytest.mark.parametrize(
    ("one", "other", "about"),
    [
        ("It will apply to 210,000 flats.", "It will apply to 240,000 flats.", "number of flats"),
        ("The 58-storey tower opened.", "The 64-storey tower opened.", "number of storeys"),
        ("It fell on 17 cities at once.", "It fell on 12 cities at once.", "number of cities"),
        ("The fine is 8,000 marks a head.", "The fine is 9,000 marks a head.", "amount in marks"),
        ("Wages rose by 17 percent.", "Wages rose by 12 percent.", "percentage"),
        ("Wages cost the town $17 million.", "Wages cost the town $12 million.", "amount"),
        ("The damage is put at $4 million.", "Ann Lee put the damage at $6 million.", "damage"),
        ("The tunnel is 4 km long.", "The tunnel is 6 km long.", "length or distance"),
        (
            "There were 40 police at the gate.",
            "There were 60 police at the gate.",
            "number of police",
        ),
    ],
)
def test_a_difference_is_headed_by_what_is_counted(one: str, other: str, about: str) -> None:
    """A heading has the plural of the noun as it is written, not the form that it is found by."""
    [found] = _found(one, other)
    assert found.about.partition(" (")[0] == about


def test_a_denial_is_told_in_words_that_stand_alone() -> None:
    """Each side is a clause of its own with its "not", under what the two differ on."""
    [found] = _found(
        "Police have ruled out arson, a spokeswoman said.",
        "Police have not ruled out arson, Westmark's chief prosecutor, Dana Reiss, told"
        " Radio Westmark.",
    )
    assert found.about == "whether police have ruled out arson"
    assert [(v.value, v.speaker) for v in found.values] == [
        ("Police have ruled out arson", "a spokeswoman"),
        ("Police have not ruled out arson", "Dana Reiss"),
    ]


def test_a_date_is_headed_by_what_happens_then() -> None:
    """The heading of two days is a clause, not words out of it."""
    [found] = _found("The Harrow trial opens on Monday.", "The Harrow trial opens on Friday.")
    assert found.about == "when the Harrow trial opens"


def test_a_third_outlet_joins_the_side_whose_figure_it_gives() -> None:
    """Whoever gives a figure is cited for it, once."""
    [found] = _found(POLICE, HOSPITAL, "The fire in Harrow killed 12 people.")
    assert [[c.article for c in v.citations] for v in found.values] == [["a1", "a3"], ["a2"]]


def test_copies_of_one_text_stand_behind_one_value() -> None:
    """An agency's figure in two outlets is one side with two sentences."""
    [found] = _found(POLICE, POLICE, HOSPITAL)
    assert [len(v.citations) for v in found.values] == [2, 1]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("More than 750 people were arrested in Harrow.", "In Harrow 755 people were arrested."),
        ("The fire in Harrow killed at least 12 people.", HOSPITAL),
        ("The crash killed three people and injured 12.", "Twelve people were injured."),
        ("The fire killed four people in Harrow.", "The fire injured 30 people in Harrow."),
        ("The House passed a $1.37 trillion bill.", "The House passed a $1.4 trillion bill."),
        ("Two of the seven judges on the panel left.", "The seven judges on the panel left."),
        ("One in five children in Harrow went hungry.", "In Harrow 900 children went hungry."),
        ("The tower in Harrow is 300 metres high.", "Harrow's tower is 984 feet high."),
        ("Ada Wynn, 34, was found by her brother Ben.", "Ben Wynn, 41, found his sister."),
        (
            "The flood drove out 50 people in the north and 30 in the south.",
            "The flood drove out 80 people.",
        ),
    ],
)
def test_figures_that_can_both_be_true_do_not_differ(one: str, other: str) -> None:
    """Bounds, other counts, roundings and parts of a whole contradict nothing."""
    assert _found(one, other) == ()


@pytest.mark.parametrize(
    ("bound", "worded"),
    [
        ("At least 12 people were killed", "At least 12"),
        ("More than 12 people were killed", "More than 12"),
        ("An estimated 12 people were killed", "An estimated 12"),
        ("Between 12 and 15 people were killed", "Between 12 and 15"),
        ("A fall of rock killed 12 or more people", "12 or more"),
    ],
)
def test_a_bound_is_shown_with_its_figure(bound: str, worded: str) -> None:
    """Who says "at least 12" is not listed as saying 12."""
    [found] = _found(f"{bound} in Harrow, police said.", "Ten people died in Harrow, a nurse said.")
    assert [v.value for v in found.values] == [worded, "Ten"]


def test_what_a_toll_grew_by_is_no_toll() -> None:
    """'Two' of 'rose to 19 after two bodies were found' differs from no other count of the dead."""
    for rest in ("after two bodies were found in the mud", "with two more bodies recovered"):
        shown = _found(
            "Eleven people were killed at the Orvane mine, the emergency service said.",
            f"The number of people killed at the Orvane mine rose to 19 {rest}, Tomas Brandl said.",
        )
        assert all("wo" not in v.value for d in shown for v in d.values)


def test_a_toll_that_rose_is_an_update() -> None:
    """The text that says a count rose does not dispute the lower one."""
    rose = "The death toll of the fire in Harrow rose to 14 on Tuesday."
    assert _found("The fire in Harrow killed 12 people.", rose) == ()


def test_the_same_speaker_later_is_an_update_and_another_speaker_is_not() -> None:
    """By the time of printing a count grows only on the word of who gave it first."""
    early, late = "2026-03-01T08:00:00+01:00", "2026-03-01T19:00:00+01:00"
    again = "Fourteen people died in the fire in Harrow, police said."
    assert _found(POLICE, again, a1=early, a2=late) == ()
    assert len(_found(POLICE, again, a1=late, a2=early)) == 1
    assert len(_found(POLICE, HOSPITAL, a1=early, a2=late)) == 1


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("Nine miners are now known to have died.", "Nine"),
        ("Nine villagers were reported killed.", "Nine"),
        ("Nine men are feared dead.", "Nine"),
        ("The slide claimed nine lives.", "nine"),
        ("Nine farm workers lost their lives, the council said.", "Nine"),
    ],
)
def test_the_only_toll_of_each_article_is_one_count_whatever_its_words(
    word: str, count: str
) -> None:
    """Whoever the dead are called and however it is known, in sentences that are not near."""
    for low, high in ((word, "Twelve people were killed when a slope slid at Orvane."),
                      (word, "At least 12 people died at Orvane, a nurse said.")):  # fmt: skip
        [found] = _found(f"{low} The road is shut.", high, near=0.3)
        assert found.about == "people killed"
        assert found.values[0].value == count


@pytest.mark.parametrize("where", ["in the city of Orvane", "in Orvane", "in the port"])
def test_those_whom_an_outbreak_befell_in_a_place_are_all_of_them(where: str) -> None:
    """ "Sickened 23 people and killed one in the city" tells two tolls; "one in the bus" none."""
    early = f"The fever has sickened 23 people and killed one {where}."
    late = "Officials said that the outbreak had infected 38 people and killed two."
    found = {d.about: [v.value for v in d.values] for d in _found(early, late, near=0.3)}
    assert found == {"people infected": ["23", "38"], "people killed": ["one", "two"]}
    some = "One in the bus was killed when a slope slid at Orvane."
    assert _found(some, "Two people were killed when a slope slid at Orvane.") == ()


def test_what_is_called_the_toll_is_the_count_of_an_article_that_counts_some_apart() -> None:
    """ "The number of people killed stood at 19" is of all, beside two women found on Friday."""
    low = "Eleven people were killed when a slope slid at Orvane, a nurse said."
    some = "Two women were found dead on Friday. A man died in hospital."
    [found] = _found(
        low, f"The number of people killed stood at 19, Ann Lee said. {some}", near=0.3
    )
    assert found.about == "people killed"
    assert [v.value for v in found.values] == ["Eleven", "19"]


def test_what_happened_at_one_hour_and_what_else_was_done_at_another_agree() -> None:
    """The blast happened, and the search was called off: two things, however near the sentences."""
    blast = "The blast happened at 6.40 a.m. in the packing hall of the mill."
    search = "The search of the packing hall of the mill was called off at midday after the blast."
    assert _found(blast, search) == ()
    assert _found(blast, "The blast in the packing hall of the mill happened at midday.") != ()


@pytest.mark.parametrize(
    "other",
    [
        "Five soldiers died in Harrow. Nine civilians were killed as well.",
        "In 2015, five people were killed in Harrow.",
        "Five of them were killed in Harrow.",
        "Five judges refused to be moved out of Harrow.",
        "Five children from Lund were killed in Harrow.",
    ],
)
def test_some_of_the_dead_or_those_of_another_time_are_no_other_toll(other: str) -> None:
    """A group beside another, another year, a part: none differs from fourteen dead."""
    assert _found(HOSPITAL, other, near=0.3) == ()


def test_every_state_of_a_toll_stands_in_one_row() -> None:
    """Also a bound that excludes no later figure, in the order of the reports."""
    [found] = _found(
        POLICE,
        "At least 13 people died in Harrow, officials said.",
        "Sixteen people are now known to have died in Harrow.",
        HOSPITAL.replace("Fourteen", "Nineteen"),
        a1="2026-03-01T08:00",
        a2="2026-03-02T08:00",
        a3="2026-03-03T08:00",
        a4="2026-03-04T08:00",
    )
    assert [v.value for v in found.values] == ["Twelve", "At least 13", "Sixteen", "Nineteen"]


@pytest.mark.parametrize(
    ("one", "other", "about"),
    [
        ("About 300 residents were told to leave their homes.", "Some 500 had been moved out.",
         "people evacuated"),
        ("Four of the injured are in a critical condition, a doctor said.",
         "Three people remained in critical condition, the clinic said.",
         "people in a critical condition"),
        ("Six people are missing, police said.", '"Nobody is missing any more," he said.',
         "people missing"),
        ("The mayor put the number of missing at 60.", "Some 34 people are missing, police said.",
         "people missing"),
        ("Officials put the number of deaths at 12.", "Nine people were killed, police said.",
         "people killed"),
    ],
)  # fmt: skip
def test_other_counts_of_people_differ_as_tolls_do(one: str, other: str, about: str) -> None:
    """Those moved out, those in a critical condition, and a count that falls to nobody."""
    assert [d.about for d in _found(one, other, near=0.3)] == [about]


@pytest.mark.parametrize(
    ("one", "other", "differ"),
    [
        ("Shares in Harrow Mills fell 17 percent in early trading.",
         "Shares in Harrow Mills fell 14 percent.", False),
        ("The gauge in Harrow stood at 4.6 metres at 3 p.m.",
         "The gauge in Harrow stood at 5.1 metres at 6 p.m.", False),
        ("The gauge in Harrow stood at 4.6 metres at 3 p.m.",
         "The gauge in Harrow stood at 5.1 metres at 3 p.m.", True),
        ("The closure costs 4 million pounds a day.",
         "The closure had a total cost of 13 million pounds.", False),
        ("The closure costs 4 million pounds a day.",
         "The closure costs 6 million pounds a day.", True),
        ("Patients went from 9.3 hours of pain to 4.9.",
         "Patients had fewer than five hours of pain.", False),
        ("Harrow will raise fares by 9 percent next autumn.",
         "Harrow said fares would rise by 6 percent next autumn.", True),
        ("Harrow's tender was judged 60 percent on quality.",
         "Attendance in Harrow has returned to 94 percent.", False),
    ],
)  # fmt: skip
def test_a_measure_is_of_its_moment_and_of_its_thing(one: str, other: str, differ: bool) -> None:
    """Two hours, a rate and a whole, what was before, shares of two things: no difference."""
    assert bool(_found(one, other, near=0.75)) is differ


def test_a_dateline_is_no_speaker() -> None:
    """The place that a report begins with says nothing."""
    [found] = _found(f"HARROW — {POLICE}", HOSPITAL)
    assert [v.speaker for v in found.values] == ["police", "the hospital"]


@pytest.mark.parametrize("time", ["yesterday", "", "2026-13-45"])
def test_a_time_that_is_none_tells_nothing(time: str) -> None:
    """What cannot be read as a time is as if it were not given."""
    again = "Fourteen people died in the fire in Harrow, police said."
    assert len(_found(POLICE, again, a1=time, a2=time)) == 1


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        ("date", "Harrow's bridge collapsed on Monday.", "Harrow's bridge collapsed on Friday."),
        ("date", "The bridge in Harrow collapsed at 6 a.m.", "Harrow's bridge collapsed at 8 a.m."),
        ("name", "Mayor Ada Wynn closed the old bridge.", "The mayor, Tom Reed, shut the bridge."),
        ("claim", "The board approved the new bridge.", "The board rejected the new bridge."),
        ("claim", "The old bridge was safe.", "The old bridge was not safe."),
    ],
)
def test_dates_names_and_claims_differ_too(kind: str, one: str, other: str) -> None:
    """A difference names its kind."""
    assert [d.kind for d in _found(one, other)] == [kind]


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ("The boy, 9, fell from the balcony in Harrow.",
         "The 12-year-old boy fell from the balcony in Harrow.", "number"),
        ("The train stopped between Lund and Tavel on the main line.",
         "On the main line, a train stopped between Lund and Morsk.", "name"),
        ("Mayor Clara Holm of Harrow opened the fair.",
         "Harrow's mayor, Greta Lund, opened the fair.", "name"),
        ("The board of the port accepted the bid of Skerry Line.",
         "Skerry Line's bid was one that the board of the port turned down.", "claim"),
    ],
)  # fmt: skip
def test_other_wordings_of_two_values_are_found(one: str, other: str, kind: str) -> None:
    """An age beside a comma, a place between two towns, a role after "of", a verb of two words."""
    assert kind in [d.kind for d in _found(one, other)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The rocket lifted off at 9:30 a.m. EST.", "The rocket lifted off at 14:30 GMT."),
        ("The prize went to Zoë Carrell in Harrow.", "The prize went to Zoe Carrell in Harrow."),
        ("The accord was signed by Aleksandr Yurchenko.",
         "The accord was signed by Alexander Yurchenko."),
        ("The board denied that it had sold the bridge.",
         "The board said it had not sold the bridge."),
        ("The bridge opens on Mondays.", "The bridge opens on Fridays."),
        ("The board approved the first plan.", "The board rejected the second plan."),
        ("No one inside the bakery was injured.", "The crash injured 27 people."),
    ],
)  # fmt: skip
def test_what_can_both_be_true_is_no_difference(one: str, other: str) -> None:
    """One hour of two zones, spellings of one name, two ways to deny, two plans: all agree."""
    assert _found(one, other) == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Soldiers opened fire at the bridge, witnesses said.",
         "The army denied that soldiers opened fire at the bridge."),
        ("The driver was armed, the sheriff said.", "The driver was unarmed, a witness said."),
        ("Exports of wine rose, growers said.", "Exports of wine fell, the customs office said."),
    ],
)  # fmt: skip
def test_who_denies_what_another_states_differs_with_him(one: str, other: str) -> None:
    """A denial, a word turned round by its prefix, an opposite: each with its speaker."""
    [found] = _found(one, other)
    assert found.kind == "claim"
    assert all(v.speaker or "denied" in v.value for v in found.values)


@pytest.mark.parametrize(
    ("asserted", "denied", "about", "value", "speaker"),
    [
        ("The council had ignored a letter about the dam, Ada Finch said.",
         "Governor Omar Reeve denied that the council had ignored a letter about the dam.",
         "whether the council had ignored a letter about the dam",
         "Governor Omar Reeve denied that the council had ignored a letter about the dam", None),
        ("The council had ignored a letter about the dam, Ada Finch said.",
         "The governor dismissed suggestions that the council had ignored a letter about the dam.",
         "whether the council had ignored a letter about the dam",
         "The governor dismissed suggestions that the council had ignored a letter about the dam",
         None),
        ("The plant dumped dye in the river, Ada Finch said.",
         "Claims that the plant dumped dye in the river are untrue, Omar Reeve said.",
         "whether the plant dumped dye",
         "Claims that the plant dumped dye in the river are untrue", "Omar Reeve"),
        ("The plant dumped dye in the river, Ada Finch said.",
         "Omar Reeve said it was false that the plant dumped dye in the river.",
         "whether the plant dumped dye",
         "It was false that the plant dumped dye in the river", "Omar Reeve"),
        ("The crew closed the valve, Ada Finch said.",
         "The crew failed to close the valve, Omar Reeve said.",
         "whether the crew closed the valve", "The crew failed to close the valve", "Omar Reeve"),
    ],
)  # fmt: skip
def test_what_is_denied_is_never_told_as_its_speakers_word(
    asserted: str, denied: str, about: str, value: str, speaker: str | None
) -> None:
    """Who denies it is given with the verb or the adjective by which it is denied."""
    [found] = _found(asserted, denied)
    assert found.about == about
    assert (found.values[1].value, found.values[1].speaker) == (value, speaker)


@pytest.mark.parametrize(
    "other",
    [
        "Omar Reeve rejected the accusation that the council had ignored a letter about the dam.",
        "Omar Reeve refuted claims by residents that the council had ignored a letter about"
        " the dam.",
        "Omar Reeve dismissed as false a report that the council had ignored a letter about"
        " the dam.",
        "Allegations that the council had ignored a letter about the dam were rejected by"
        " Omar Reeve.",
        "Omar Reeve said it was untrue that the council had ignored a letter about the dam.",
        "It is not true that the council ignored a letter about the dam, Omar Reeve said.",
        "The council had not ignored a letter about the dam, Omar Reeve said.",
    ],
)
def test_two_denials_of_one_thing_agree(other: str) -> None:
    """To deny, to reject a claim and to call it untrue are one polarity."""
    assert (
        _found("Omar Reeve denied that the council had ignored a letter about the dam.", other)
        == ()
    )


@pytest.mark.parametrize(
    "other",
    [
        "Omar Reeve did not deny that the council had ignored a letter about the dam.",
        "Omar Reeve has not rejected claims that the council had ignored a letter about the dam.",
        "Omar Reeve did not say that the council had ignored a letter about the dam.",
        "There were no reports that the council had ignored a letter about the dam.",
    ],
)
def test_what_is_neither_said_nor_denied_differs_from_nothing(other: str) -> None:
    """Who does not deny it has not asserted it, and who does not say it has not denied it."""
    for one in (
        "The council had ignored a letter about the dam, Ada Finch said.",
        "Ada Finch denied that the council had ignored a letter about the dam.",
    ):
        assert _found(one, other) == ()


def test_figures_of_two_days_are_of_two_things() -> None:
    """A river that stood higher on Tuesday than on Monday is no dispute."""
    monday = "The river in Harrow rose to 6.1 metres on Monday."
    assert _found(monday, "The river in Harrow rose to 6.8 metres on Tuesday.") == ()


def test_an_article_that_gives_both_values_means_two_things() -> None:
    """Who writes of twelve flats and of fourteen flats counts two lots of flats."""
    both = "The town of Harrow sold 1200 flats in May. The town of Harrow bought 1400 flats in May."
    assert _found("The town of Harrow sold 1200 flats in May.", both) == ()


@given(st.permutations([POLICE, HOSPITAL, "Nobody was hurt in the flood in Belmar."]))
def test_the_order_of_articles_does_not_change_the_values(order: list[str]) -> None:
    """What differs, differs whoever is read first."""
    [found] = _found(*order)
    assert {v.value for v in found.values} == {"Twelve", "Fourteen"}


def test_the_pairs_are_halved_and_half_of_them_agree() -> None:
    """The measured set has 80 pairs or more in four parts, as many agreeing as not in each."""
    pairs = [json.loads(line) for line in PAIRS.read_text(encoding="utf-8").splitlines()]
    assert len(pairs) >= 80
    for half, least in (("tune", 40), ("unseen", 40), ("fresh", 40), ("measured", 30)):
        own = [p["disagree"] for p in pairs if p["half"] == half]
        assert len(own) >= least
        assert 2 * sum(own) == len(own)


def test_a_story_of_nothing_has_nothing_to_compare() -> None:
    """No sentence, no difference."""
    empty = group(Embedded((), np.zeros((0, 3), dtype=np.float32)), ["a1"], CONFIG)
    assert disagreements(near_readings(empty, CONFIG)) == ()


def test_the_bundled_ferry_story_shows_both_counts_of_the_injured(story: Story) -> None:
    """Twelve by the coastguard, fourteen by the hospital."""
    grouped = _grouped(*(a.text for a in story.articles), near=0.6)
    near = near_readings(grouped, CONFIG)
    found = [d for d in disagreements(near) if d.about == "people injured"]
    assert [[v.value for v in d.values] for d in found] == [["12", "Fourteen"]]


def test_a_speaker_between_commas_is_named() -> None:
    """ "…, Hill Hospital said, after …" names who gives the figure."""
    told = "Fourteen people died when fire broke out in Harrow, Hill Hospital said, after a blast."
    [toll] = [d for d in _found(POLICE, told) if d.kind == "number"]
    assert [v.speaker for v in toll.values] == ["police", "Hill Hospital"]


@pytest.mark.parametrize(
    ("opening", "speaker"),
    [
        ("Fire chief Ida Moe said that", "fire chief Ida Moe"),
        ("Reading council said that", "Reading council"),
        ("Bath council said that", "Bath council"),
        ("Harrow police said that", "Harrow police"),
        ("Paris police said that", "Paris police"),
        ("Hill Hospital said that", "Hill Hospital"),
        ("Ida Moe said that", "Ida Moe"),
        ("There Fire chief Moe said that", "Fire chief Moe"),
        ("Officials said that", "officials"),
    ],
)
def test_who_gives_a_value_is_named_as_within_a_sentence(opening: str, speaker: str) -> None:
    """A small word that only began its sentence is small; a name stays a name."""
    told = f"{opening} fourteen people died when a fire broke out in a shop in Harrow."
    [toll] = [d for d in _found(POLICE, told) if d.kind == "number"]
    assert toll.values[1].speaker == speaker


def test_what_is_worded_alike_is_no_difference() -> None:
    """Two values that read the same are never shown side by side, whatever they were taken for."""
    found = _found(
        *("\n".join(f"Ship {n} {'went on and on ' * 12}to the pier." for n in range(6)),) * 2
    )
    assert all(len({v.value for v in d.values}) == len(d.values) for d in found)
