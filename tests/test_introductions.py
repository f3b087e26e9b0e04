"""Rules of introductions: who is who at first mention, and never the wrong one."""

from __future__ import annotations

import pytest

from summarizer.backends.embeddings import embed
from summarizer.backends.standin import HashEncoder, OverlapJudge
from summarizer.config import Config
from summarizer.evidence import group
from summarizer.generation.introductions import Introduction, Unintroduced, introductions
from summarizer.nlp import parse
from summarizer.nlp.definites import account_referents, ordinal_anaphors
from summarizer.pipeline.settlement import extended
from summarizer.schema import Article, Citation, CitedSentence
from summarizer.text.sentences import split
from summarizer.types import Grouped
from summarizer.verification.judgement import verifying

OPENING = "Housing Minister Rosa Tennant opened the Arn bridge in Kelbrook on Tuesday."
SECOND = "Tennant said 14,000 cars a day would cross the Arn."


def grouped(*texts: str) -> Grouped:
    articles = [Article(id=f"a{i}", text=text) for i, text in enumerate(texts, 1)]
    embedded = embed([[s for a in articles for s in split(a, ())]], HashEncoder())[0]
    return group(embedded, [a.id for a in articles], Config())


def told(story: Grouped, *rows: int) -> list[CitedSentence]:
    """The source sentences themselves as a summary."""
    sentences = [story.embedded.sentences[r] for r in rows]
    return [
        CitedSentence(
            text=s.text,
            method="quoted",
            support=1.0,
            independent_sources=1,
            citations=(Citation.of(s, 1.0),),
        )
        for s in sentences
    ]


def test_a_bare_surname_gets_the_name_that_its_article_gives() -> None:
    """A reader who meets a surname first is told whose it is, and from which sentence."""
    story = grouped(f"{OPENING}\n{SECOND}")
    [found] = introductions(told(story, 1), story)
    assert isinstance(found, Introduction)
    assert found.text == SECOND.replace("Tennant", "Housing Minister Rosa Tennant")
    assert (found.index, found.row) == (0, 0)


def test_an_introduction_opens_a_sentence_with_a_capital() -> None:
    """A title that is written small inside a sentence is not at the head of one."""
    story = grouped("It fell, said party spokesman Dmitri Olen.\nOlen defended the vote on Monday.")
    [found] = introductions(told(story, 1), story)
    assert isinstance(found, Introduction)
    assert found.text[0].isupper()


def test_who_was_introduced_stays_short() -> None:
    """Once the full name stands, later sentences keep the surname."""
    story = grouped(f"{OPENING}\n{SECOND}")
    assert not list(introductions(told(story, 0, 1), story))


@pytest.mark.parametrize(
    "text",
    [
        "President Harlan spoke first.\nIda Harlan, his daughter, thanked him.\nHarlan left early.",
        "Ida Harlan and Tom Harlan own the mill.\nHarlan left early for the coast.",
        "Nobody was named by the court.\nHarlan left early for the coast.",
        "Michelle Harrow lives there.\nA fire broke out in Harrow on Monday.",
        "The Senate Tuesday session was long.\nThe trial begins on Tuesday with a vote.",
        'Ida Harlan spoke.\nA clerk read out: "Harlan must leave the coast by noon".',
    ],
)
def test_no_name_is_guessed(text: str) -> None:
    """Two bearers, a place, a weekday, a quotation or no full name: the surname stays as it is."""
    story = grouped(text)
    last = len(story.embedded.sentences) - 1
    found = introductions(told(story, last), story)
    assert not [f for f in found if isinstance(f, Introduction)]


def test_an_introduction_cites_the_sentence_that_has_the_name() -> None:
    """The full name is carried by what is printed beside it, or the sentence stays as it was."""
    story = grouped(f"{OPENING}\n{SECOND}")
    [sentence] = told(story, 1)
    [found] = introductions([sentence], story)
    assert isinstance(found, Introduction)
    judged = verifying(OverlapJudge(), Config())
    longer = extended(sentence, found.text, found.row, story, judged)
    assert longer.method == "fused"
    assert {c.text for c in longer.citations} == {OPENING, SECOND}
    wrong = extended(sentence, found.text.replace("Rosa", "Irma"), 0, story, judged)
    assert wrong == sentence


def outcome(text: str, *rows: int) -> list[Introduction | Unintroduced]:
    """What becomes of some sentences of articles that are parted by an empty line."""
    story = grouped(*text.split("\n\n"))
    return list(introductions(told(story, *rows), story))


TOLLS = """The singer Marcus Toll was arrested in Bray after a fight at his home.
His wife, the painter Ina Toll, was injured.
Toll is in hospital with a broken arm, a doctor said."""


def test_a_surname_of_two_is_not_told() -> None:
    """Where an article names two bearers, nobody can tell whose the surname is."""
    assert outcome(TOLLS, 0, 2) == [Unintroduced(1, "Toll")]


BROWNS = """Lena Brown, the mayor of Hask, opened a clinic on Monday.
Brown said the town had waited ten years.

The surgeon Peter Brown will run the clinic in Hask.
Brown moved to Hask from the capital."""


def test_a_surname_that_another_bears_in_the_summary_is_given_in_full() -> None:
    """After Lena Brown of one article, Brown of the other is told with his first name."""
    [found] = outcome(BROWNS, 0, 1, 3)
    assert isinstance(found, Introduction)
    assert found.text == "Peter Brown moved to Hask from the capital."


def test_a_surname_with_a_title_is_introduced() -> None:
    """A title is a name's introduction, and is given where the article has no first name."""
    text = "President Harlan opened the bridge.\nHarlan left early for the coast."
    assert outcome(text, 0, 1) == []
    [found] = outcome(text, 1)
    assert isinstance(found, Introduction)
    assert found.text == "President Harlan left early for the coast."


def test_whom_no_article_introduces_is_not_told() -> None:
    """A name that one article alone has, and bare, says nothing to a reader."""
    text = "The bridge in Torne was damaged by a barge.\nJarvik said the bridge would stay shut."
    assert outcome(text, 1) == [Unintroduced(0, "Jarvik")]
    assert outcome(text + "\n\nJarvik has shut the bridge in Torne.", 1) == []


MINISTERS = """Finance Minister Ada Holm resigned in Varn on Monday.

Justice Minister Karl Venn said in Varn that he would stay in office.
Lawmakers met in the evening.
The minister had been accused of taking gifts."""


def test_the_minister_is_the_one_of_his_article() -> None:
    """A definite goes with what its article named before it, not with what the summary did."""
    [found] = outcome(MINISTERS, 0, 3)
    assert isinstance(found, Introduction)
    assert (found.index, found.row) == (1, 1)
    assert found.text.endswith("Karl Venn had been accused of taking gifts.")
    assert outcome(MINISTERS, 1, 3) == []


def test_the_company_is_the_one_of_its_article() -> None:
    """A body is called again by a word for bodies, a ship by one for ships."""
    [found] = outcome(
        "Brisk Air grounded its fleet on Monday.\n\n"
        "The supplier Metalon said that an alloy was at fault.\nA year passed.\n"
        "The company has recalled 300 parts.",
        0,
        3,
    )
    assert isinstance(found, Introduction)
    assert found.text.endswith("Metalon has recalled 300 parts.")
    [found] = outcome(
        "The tanker Orla ran aground off Skell.\nA tug, the Benno, was sent from Port Karn.\n"
        "A storm came up.\nThe vessel lost its engine.",
        0,
        3,
    )
    assert isinstance(found, Introduction)
    assert found.text == "The Benno lost its engine."


def test_a_definite_of_two_is_not_told() -> None:
    """Where two clubs were named, "the club" is told only behind the sentence that names them."""
    text = (
        "Paulo Dias left Vale Rovers for Redmoor United on Thursday.\n"
        "The club had refused two earlier offers."
    )
    assert outcome(text, 1) == [Unintroduced(0, "The club")]
    assert outcome(text, 0, 1) == []


@pytest.mark.parametrize(
    "text",
    [
        "The coast guard spoke first.\nIt rained.\nThe harbour was closed.",
        "Mayor Ina Fols spoke.\nIt rained.\nThe mayor of Hask has left.",
        "A law was passed.\nIt rained.\nThe president signed a treaty.",
        "A Norway spruce stood in Hask.\nIt rained.\nThe Norway spruce lost its needles.",
        'Mayor Ina Fols spoke.\nIt rained.\nA sign said: "The mayor is a liar".',
        "Mayor Ina Fols spoke.\nIt rained.\nIna Fols came late, and the mayor left early.",
    ],
)
def test_a_definite_that_needs_no_name_stays(text: str) -> None:
    """What was never named, has more said of it, is quoted or named beside it stays as it is."""
    assert outcome(text, 2) == []


@pytest.mark.parametrize(
    "text",
    [
        "A minister resigned.\nIt rained.\nThe minister had been accused of taking gifts.",
        "Voters got a flyer.\nIt rained.\nPolice found the name of a bank on the flyer.",
        "Two kiosks burned.\nIt rained.\nThe fire brigade reached the kiosk at noon.",
        "Ada Low sang in Hask.\nIt rained.\nThe singer was seen in a shop.",
    ],
)
def test_a_definite_that_its_article_brought_in_is_not_told_alone(text: str) -> None:
    """'The flyer' tells nothing where the summary has no flyer, though its article had one."""
    [found] = outcome(text, 2)
    assert isinstance(found, Unintroduced)


def test_a_kind_is_not_called_by_the_name_in_it() -> None:
    """A Norway spruce is a tree, and its name is not Norway."""
    text = "A Norway spruce was put up in Hask.\nIt rained.\nThe tree was soon given a name."
    assert not any(isinstance(o, Introduction) for o in outcome(text, 2))


@pytest.mark.parametrize("who", ["state", "government", "court", "police"])
def test_what_a_country_has_one_of_is_no_firm(who: str) -> None:
    """'The state would appeal' is never said of the water company."""
    text = f"Arn Water Inc. lost its case.\nIt rained.\nThe {who} will look at the case again."
    assert not any(isinstance(o, Introduction) for o in outcome(text, 2))


def test_a_definite_stays_where_the_summary_has_brought_it_in() -> None:
    """Once a flyer is told of, 'the flyer' is that one."""
    story = grouped("Voters got a flyer.\nIt rained.\nThe flyer shows a bridge over the Arn.")
    assert not list(introductions(told(story, 0, 2), story))


@pytest.mark.parametrize(
    "text",
    [
        "The law was passed.\nIt rained.\nTenants in this valley's three towns will be covered.",
        "The law was passed.\nIt rained.\nMost people in these islands rent their homes.",
        "The law was passed.\nIt rained.\nUnion leader Jon Rask said that was untrue.",
        "The law was passed.\nIt rained.\nOrvane denied that it had received any such report.",
    ],
)
def test_what_only_a_local_reader_can_see_is_not_pointed_at(text: str) -> None:
    """'This valley', or 'that', tells nothing where the summary has not told what is meant."""
    [found] = outcome(text, 2)
    assert isinstance(found, Unintroduced)


@pytest.mark.parametrize(
    "text",
    [
        "The law was passed.\nIt rained.\nRents have risen by a tenth this year.",
        'The law was passed.\nIt rained.\nMayor Ina Fols said: "This valley is full."',
        "The law was passed.\nIt rained.\nThe valley has no trains, and this valley needs them.",
        "The law was passed.\nIt rained.\nThe dam broke, and that cost Harrow its harvest.",
        "The law was passed.\nIt rained.\nCrews said they feared rain, but that did not stop them.",
        "The law was passed.\nIt rained.\nCrops such as barley were lost.",
        "The law was passed.\nIt rained.\nA cap was passed, the first such limit in the region.",
        "The law was passed.\nIt rained.\nIt was such a storm that the dam broke.",
    ],
)
def test_what_a_sentence_itself_makes_plain_may_be_pointed_at(text: str) -> None:
    """A time, a speaker's own place and what the sentence has named stay as they are."""
    assert outcome(text, 2) == []


def test_a_word_in_an_outlets_name_or_a_verb_of_saying_is_nothing_to_point_at() -> None:
    """Neither "Norrey News" nor "told" is the account that somebody disputes."""
    text = (
        "A nurse told Norrey News that two people were hurt in Harrow.\n"
        "The owners said that the mill was safe.\n"
        "The mill stands on the river Arn.\n"
        "The union disputed that account."
    )
    assert "that account" in str(outcome(text, 0, 3))


def test_that_account_is_the_sentence_before_and_no_account_that_is_mentioned() -> None:
    """Somebody disputes what was said, and not that there are several accounts of it."""
    text = (
        "Two people were hurt, a nurse said, as others gave other accounts.\n"
        "The owners said that the mill was safe.\n"
        "The mill stands on the river Arn.\n"
        "The union disputed that account."
    )
    assert "that account" in str(outcome(text, 0, 3))


def test_that_before_a_comma_is_pointed_at_though_it_is_tagged_a_conjunction() -> None:
    """The tagger takes "that" in "dispute that, saying" for the one that opens a clause."""
    text = (
        "Two people were hurt, a nurse said.\n"
        "The power company says that 70 of the owners have signed.\n"
        "Opponents dispute that, saying many signed only a receipt for documents."
    )
    assert "that" in str(outcome(text, 0, 2))
    assert "Unintroduced" not in str(outcome(text, 1, 2))


def test_what_the_sentence_before_named_may_be_pointed_at() -> None:
    """Behind the sentence that it followed in its article, a demonstrative is understood."""
    story = grouped("Voters got a flyer.\nA bridge over the Arn will be built.\nThis plan is old.")
    assert not list(introductions(told(story, 1, 2), story))


def test_a_council_is_no_hospital() -> None:
    """What is named by what it is keeps its own word: no other body is put in its place."""
    text = (
        "Three people were brought to Arn Valley Hospital on Monday.\n"
        "The council had closed the bridge in March."
    )
    assert outcome(text, 1) == []


def test_that_account_is_not_told_where_no_account_is() -> None:
    """ "That" and a noun alone points at the sentence before, which the summary has not told."""
    text = (
        "The line said on Monday that its captain had followed the rules.\n"
        "The dockers' union disputed that account."
    )
    assert outcome(text, 1) == [Unintroduced(0, "that account")]


def test_a_speaker_with_the_name_of_a_place_gets_a_full_name() -> None:
    """Whoever speaks is somebody, though a surname alone reads as a place."""
    text = (
        "Schoolteacher Anneli Strand was on deck when the ship struck.\n"
        "“Nobody screamed,” said Strand, 41, who teaches in Arn."
    )
    [found] = outcome(text, 1)
    assert isinstance(found, Introduction)
    assert "said Schoolteacher Anneli Strand" in found.text or "said Anneli Strand" in found.text


HANGAR = """The hangar in Skell was closed on Friday.

The airline Norvik grounded its jets in May.
Nine of its pilots told union officials that the field was icy."""


def test_a_pronoun_gets_the_name_that_its_article_gives() -> None:
    """What nothing in the summary explains is named, where one name alone can be meant."""
    [found] = outcome(HANGAR, 0, 2)
    assert isinstance(found, Introduction)
    assert (found.index, found.row) == (1, 1)
    assert found.text == "Nine of Norvik's pilots told union officials that the field was icy."


def test_a_pronoun_behind_its_own_sentence_stays() -> None:
    """Behind the sentence that it follows in its article, a pronoun is understood."""
    assert outcome(HANGAR, 1, 2) == []


RINK = """The rink in Skell gave way on Saturday during a fair.
Witnesses said about 40 people were dancing on it.

Fire chief Ina Fols said three boats had been sent to the lake.

Crews searched the old rink in Skell on Sunday."""


def test_a_pronoun_that_no_one_name_explains_is_not_told() -> None:
    """'Dancing on it' tells nothing behind a sentence about boats."""
    assert outcome(RINK, 2, 1) == [Unintroduced(1, "it")]


def test_a_pronoun_stays_behind_a_sentence_that_has_what_it_means() -> None:
    """The sentence before may be another paper's, if what the pronoun means is in it."""
    assert outcome(RINK, 3, 1) == []


def test_a_pronoun_in_quotation_marks_is_never_reworded() -> None:
    """What somebody said stays as said; behind another story it is not told."""
    text = (
        "The tour company Alba Treks lost two guides.\n"
        "“They were the best we had, and they knew the hut,” said Jon Rask.\n\n"
        "A ferry sank off Skell on Monday."
    )
    assert outcome(text, 2, 1) == [Unintroduced(1, "They")]


def test_some_of_several_counts_are_of_nobody_knows_which() -> None:
    """ "Four of them" behind two counts of another paper may be of either."""
    text = (
        "The clinic in Arn has treated 31 people.\n"
        "“Four of them are in a coma,” said the surgeon Ada Low.\n\n"
        "The fire hurt 27 people in Arn, and killed 3 people, police said."
    )
    assert outcome(text, 2, 1) == [Unintroduced(1, "them")]
    assert outcome(text, 0, 1) == []


@pytest.mark.parametrize(
    "text",
    [
        "Jon Rask told the court that the mayor had known of the leak.\nIt rained.\n"
        "Mayor Ina Fols rejected the accusation.",
        "Divers searched the lake for a third day.\nIt rained.\n"
        "The search ended when a dog found a boot.",
    ],
)
def test_what_was_said_or_done_is_told_before_it_is_called_again(text: str) -> None:
    """'The accusation' and 'the search' stand for a sentence that the summary must have told."""
    [found] = outcome(f"{text}\n\nA ferry sank off Skell.", 3, 2)
    assert isinstance(found, Unintroduced)
    assert outcome(text, 0, 2) == [] or "accusation" in text


def test_what_was_done_is_known_by_its_verb() -> None:
    """Once it is told that divers searched, 'the search' is that one."""
    text = (
        "Divers searched the lake for a third day.\nIt rained.\n"
        "The search ended when a dog found a boot."
    )
    assert outcome(text, 0, 2) == []


@pytest.mark.parametrize(
    "step",
    [
        "The officer Tom Reid then shouts at the boy.",
        "The part that can be credited to the drug is therefore 2.6 days.",
    ],
)
def test_what_goes_on_from_a_sentence_is_told_behind_it(step: str) -> None:
    """Who "then" shouts has done something before, which the summary must have told."""
    text = f"It rained.\nA car stopped in Arn on Monday.\n{step}\n\nA ferry sank off Skell."
    [found] = outcome(text, 3, 2)
    assert isinstance(found, Unintroduced)
    assert outcome(text, 1, 2) == []


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("The third, Cyra Benn, has not explained her vote.", ["The third"]),
        ("The ferry had none, said its owner.", ["none"]),
        ("A second site at Eastgill is under review.", ["A second site"]),
        ("Another man was hurt.", ["Another man"]),
        ("Both were arrested.", ["Both"]),
        ("None of the crew died.", []),
        ("Both sides agreed.", []),
        ("Three men were hurt and another man died.", []),
        ("The second vote was lost.", []),
    ],
)
def test_one_of_several_means_what_was_said_before(text: str, meant: list[str]) -> None:
    """An ordinal, "another", "both" and "none" need the sentence that has the others."""
    [parsed] = parse([text])
    assert [d.text for d in ordinal_anaphors(parsed)] == meant


@pytest.mark.parametrize(
    ("sentences", "meant"),
    [
        (["A nurse said so.", "The owners said that it was safe.", "The mill is old."], [1]),
        (
            [
                "The line said its radar worked.",
                "“No rule was broken,” said its chief.",
                "Fog came.",
            ],
            [0, 1],
        ),
        (["The mill is old."], []),
    ],
)
def test_an_account_is_what_was_said_last(sentences: list[str], meant: list[int]) -> None:
    """With what its pronouns lead back to: the statement, and what "it" said further."""
    assert account_referents(parse(sentences)) == meant


def test_the_figure_is_told_only_behind_what_its_article_told_before_it() -> None:
    """A noun that stands for what the text told needs that text, be it brought in or not."""
    text = (
        "A union counted 71 strikers.\nRain fell on the town.\nPolice said the figure was too high."
    )
    assert "the figure" in str(outcome(text, 0, 2))
    assert outcome(text, 1, 2) == []


def test_a_name_before_a_noun_lends_it_its_article() -> None:
    """Of "the Bannon Towage yard" the firm is "Bannon Towage"; "the" is the yard's."""
    [found] = outcome(
        "Two crews walked out at the Bannon Towage Ltd yard.\nThe company said nobody was hurt.", 1
    )
    assert isinstance(found, Introduction)
    assert found.text == "Bannon Towage Ltd said nobody was hurt."
