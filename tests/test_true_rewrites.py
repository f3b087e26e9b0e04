"""True rewrites: what each kind makes of an invented sentence, and what it must leave alone."""

from __future__ import annotations

import random

import pytest

from summarizer.nlp import parse
from summarizer.training.true_rewrites import KINDS, Rewrite, true_rewrites


def made(kind: str, text: str, *evidence: str) -> set[str]:
    """Everything that one kind makes of a text."""
    sentence, *near = parse([text, *evidence])
    found = true_rewrites(sentence, [sentence, *near], random.Random(1), kinds=[kind], each=50)
    assert all(r.kind == kind for r in found)
    return {r.text for r in found}


CASES = [
    ("to_passive", "The council rejected the plan on Monday.",
     "The plan was rejected by the council on Monday."),
    ("to_active", "The plan was rejected by the council.", "The council rejected the plan."),
    ("move_speaker", "The mayor said the bridge was unsafe.",
     "According to the mayor, the bridge was unsafe."),
    ("move_speaker", "The bridge was unsafe, the mayor said.",
     "The mayor said that the bridge was unsafe."),
    ("turn_apposition", "Ann Keller, the mayor of Norvale, opened the bridge.",
     "The mayor of Norvale, Ann Keller, opened the bridge."),
    ("split_relative", "The bridge, which opened in May, carries two trains an hour.",
     "The bridge carries two trains an hour."),
    ("drop_conjunct", "The driver left the car and called the police.", "The driver left the car."),
    ("neutral_saying", "The driver claimed that the road was icy.",
     "The driver said that the road was icy."),
    ("not_done", "The company failed to repair the bridge.",
     "The company did not repair the bridge."),
    ("number_form", "The fire destroyed 12 houses.", "The fire destroyed a dozen houses."),
    ("number_form", "The bridge cost $1.2 billion in all.", "The bridge cost $1.2bn in all."),
    ("part_of_whole", "About 25 percent of the pupils stayed home.",
     "About a quarter of the pupils stayed home."),
    ("looser_bound", "Police arrested 755 people in Norvale.",
     "Police arrested more than 750 people in Norvale."),
    ("bound_words", "More than 40 houses burned down.", "At least 40 houses burned down."),
    ("measure", "The bridge is 5 miles long.", "The bridge is about 8.0 km long."),
    ("date_form", "The bridge opened on March 9.", "The bridge opened on 9 March."),
    ("synonym", "The driver bought a small boat.", "The driver purchased a small boat."),
    ("broader", "The surgeon left the house.", "The doctor left the house."),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "text", "expected"), CASES)
def test_a_kind_says_the_same_or_less_in_other_words(kind: str, text: str, expected: str) -> None:
    """Each kind makes the rewrite that it is named for."""
    assert expected in made(kind, text)


def test_a_name_is_shortened_and_completed_from_the_evidence() -> None:
    """A last name stands for a full one where the evidence has one such person."""
    other = "Ann Keller opened the bridge on Monday."
    assert "Ann Keller praised the workers." in made(
        "fuller_name", "Keller praised the workers.", other
    )
    assert "Keller opened the bridge on Monday." in made("shorter_name", other)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("broader", "The surgeon did not leave the house."),
        ("broader", "All surgeons left the house."),
        ("drop_detail", "Nobody entered the red house on Monday."),
        ("drop_detail", "The former mayor opened a bridge."),
        ("looser_bound", "The bridge opened in 1987."),
        ("looser_bound", "Police arrested about 755 people."),
        ("number_form", "A 12-year-old boy fell from the bridge."),
        ("neutral_saying", "The driver denied that the road was icy."),
        ("turn_apposition", "The state Senator Ann Keller opened the bridge."),
    ],
)
def test_what_would_not_be_carried_is_not_made(kind: str, text: str) -> None:
    """Under negation, "all", and in ages, years and hedged figures nothing is changed."""
    assert made(kind, text) == set()


def test_two_sentences_of_the_evidence_are_joined() -> None:
    """A sentence and another of its evidence make one."""
    out = made("join", "The bridge opened on Monday.", "The mayor praised the workers.")
    assert out in (
        {"The bridge opened on Monday, and the mayor praised the workers."},
        {"The bridge opened on Monday, while the mayor praised the workers."},
    )


def test_the_same_seed_gives_the_same_rewrites() -> None:
    """Rewrites depend on the arguments and the state of chance alone, and never repeat the text."""
    (sentence,) = parse(["The council bought 12 cars on March 9, the mayor said."])
    one, two = (true_rewrites(sentence, [sentence], random.Random(5)) for _ in range(2))
    assert one == two
    assert one
    assert all(isinstance(r, Rewrite) and r.text != sentence.text and r.kind in KINDS for r in one)
