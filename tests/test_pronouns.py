"""Rules of pronouns: which ones a sentence by itself explains."""

from __future__ import annotations

import pytest

from summarizer.nlp import parse
from summarizer.nlp.pronouns import unbound


def found(text: str) -> list[str]:
    """The pronouns of a text that nothing in it explains."""
    [parsed] = parse([text])
    return [parsed.tokens[i].text for i in unbound(parsed)]


@pytest.mark.parametrize(
    "text",
    [
        "The ferry line said its boats had been checked.",
        "The mayor said he would stay.",
        "Ada Low said she had warned her brother.",
        "A man with a grudge against his landlord set the fire.",
        "The firm that built the dam said it had been careful.",
        "Dozens of tenants said they had lost their homes.",
        "Two of the tenants were hurt, and they were taken to a clinic.",
        "Anyone who says they saw the fire is asked to call.",
        "The union struck, and members said they would not yield.",
        "Van Camp said he would stay.",
        "The nurse said that Jon Rask had handed her a box.",
    ],
)
def test_what_is_ahead_in_the_sentence_explains_a_pronoun(text: str) -> None:
    """A noun phrase ahead that fits in number and kind is what a pronoun means."""
    assert not found(text)


@pytest.mark.parametrize(
    ("text", "pronoun"),
    [
        ("Witnesses said about 40 people were sitting in it.", "it"),
        ("The clerk who signed it, Jon Rask, has left.", "it"),
        ("Nine of its pilots told union officials that the field was icy.", "its"),
        ("Everybody had been brought ashore by noon, she said.", "she"),
        ("In a statement, it said the dam was safe.", "it"),
        ("“It was a mess,” said its chairman, Jon Rask.", "its"),
        ("“Ada Low was late,” he told the court.", "he"),
        ("“Six of them are in hospital,” said the surgeon Ada Low.", "them"),
        ("The verdict clears the way for him to be freed.", "him"),
        ("The Harrow Post said he was freed.", "he"),
        ("In spring a nurse at the clinic handed her a box of tablets.", "her"),
        ("The mayor gave it to her on Sunday.", "her"),
        ("Doctors at Rosenlund University Hospital offered him a place.", "him"),
    ],
)
def test_what_fits_nothing_ahead_points_back(text: str, pronoun: str) -> None:
    """Neither what is of another kind or number nor what opens the clause explains it."""
    assert pronoun in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "It was clear that the dam would break.",
        "On Monday, it was announced that the dam would be closed.",
        "The union made it plain that members would strike.",
        "It took crews an hour to reach the village.",
    ],
)
def test_an_it_that_means_nothing_needs_nothing(text: str) -> None:
    """Where a clause behind it says what is meant, "it" points at nothing before."""
    assert not found(text)


def test_the_third_of_a_kind_is_something() -> None:
    """ "It is the third dam to break" is about a dam that was named before."""
    assert found("It is the third dam to break this year.") == ["It"]


@pytest.mark.parametrize(
    "text",
    [
        "When it meets again, the council will hear the engineers.",
        "In its report, the council blamed the weather.",
        "Before he left, Jon Rask signed the order.",
    ],
)
def test_what_opens_a_sentence_may_point_ahead(text: str) -> None:
    """The subject that comes after explains a pronoun in what opens the sentence."""
    assert not found(text)


def test_what_a_speaker_sees_is_his_own_word() -> None:
    """In quotation marks "it" stays as it was said; "they" is somebody all the same."""
    assert not found("“It will not happen again,” said Ada Low.")
    assert found("“They lied to us,” said Ada Low.") == ["They"]
