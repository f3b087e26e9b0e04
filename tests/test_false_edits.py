"""False edits: what each kind makes of an invented sentence, and what it must leave alone."""

from __future__ import annotations

import random

import pytest

from summarizer.nlp import Parsed, parse
from summarizer.training.false_edits import KINDS, Edit, Vocabulary, false_edits

CORPUS = parse(
    [
        "The police arrested a driver in Norvale.",
        "The officers arrested the driver on Monday.",
        "Police arrested a doctor and released him.",
        "The nurse told reporters that the ferry was late.",
        "A nurse said the patient was well and a doctor said so as well.",
        "The doctor treated the driver, and the nurse treated the doctor.",
        "The senator told the nurse about the doctor.",
        "The mayor said the senator was wrong.",
        "The mayor said the doctor was right, and the senator said so.",
        "The police released a driver. The police released a doctor. Police released the nurse.",
        "The storm was rough. The sea was rough and calm. Rough seas are no calm seas.",
        "The sea was calm, the rough sea came later, and calm water followed.",
        "John Baker met Mary Cole in Paris.",
        "Mary Cole told John Baker about Rome.",
        "Peter Lund lives in Rome, and Peter Lund works in Paris.",
        "London is larger than Rome, and London is larger than Paris.",
        "The clerk lost the letter.",
        "The council rejected the plan and the mayor rejected the bill.",
        "The council rejected the second plan.",
    ]
)
VOCABULARY = Vocabulary.of(CORPUS)


def made(kind: str, text: str, *evidence: str, donors: tuple[str, ...] = ()) -> list[Edit]:
    """Everything that one kind makes of a text that stands in its own evidence."""
    sentence, *near = parse([text, *evidence])
    found = false_edits(
        sentence, [sentence, *near], random.Random(1), parse(donors),
        vocabulary=VOCABULARY, kinds=[kind], each=50,
    )  # fmt: skip
    assert all(e.kind == kind for e in found)
    return found


CASES = [
    ("verb_sibling", "The police arrested the driver.", "The police released the driver."),
    ("modifier_opposite", "The sea was calm on Monday.", "The sea was rough on Monday."),
    ("preposition_opposite", "The mine lies above the village.",
     "The mine lies below the village."),
    ("order_exchanged", "The alarm rang before the fire broke out.",
     "The alarm rang after the fire broke out."),
    ("figures_swapped", "The crash killed 12 people and injured 30 others.",
     "The crash killed 30 people and injured 12 others."),
    ("unit_changed", "The mine lies 3 miles off.", "The mine lies 3 kilometers off."),
    ("bound_changed", "More than 750 people marched in Norvale.",
     "757 people marched in Norvale."),
    ("quantifier_changed", "Some workers left the mine.", "All workers left the mine."),
    ("degree_removed", "The fire destroyed almost every house.",
     "The fire destroyed every house."),
    ("degree_added", "The fire destroyed every house.", "The fire destroyed almost every house."),
    ("negation_added", "The driver stopped at the gate.",
     "The driver did not stop at the gate."),
    ("negation_removed", "The driver did not stop at the gate.",
     "The driver stopped at the gate."),
    ("deed_failed", "The doctor treated the driver.", "The doctor failed to treat the driver."),
    ("modality_removed", "The mine may close in May.", "The mine will close in May."),
    ("intention_done", "The council plans to close the mine.", "The council closed the mine."),
    ("attribution_removed", "John Baker said that the mine was unsafe.", "The mine was unsafe."),
    ("attribution_removed", "The driver allegedly stole the boat.", "The driver stole the boat."),
    ("condition_removed", "The mine will close if the council agrees.", "The mine will close."),
    ("office_changed", "Former mayor Mary Cole opened the bridge.",
     "Mayor Mary Cole opened the bridge."),
    ("roles_swapped", "The senator blamed the mayor.", "The mayor blamed the senator."),
    ("passive_flipped", "The senator was blamed by the mayor.", "The senator blamed the mayor."),
    ("focus_added", "The storm damaged the harbour.", "The storm damaged the harbour again."),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "text", "expected"), CASES)
def test_a_kind_makes_the_edit_that_it_is_named_for(kind: str, text: str, expected: str) -> None:
    """Each kind makes its small change and no other."""
    assert expected in {e.text for e in made(kind, text)}


def test_the_span_at_fault_is_what_was_put_in() -> None:
    """A span of an exchange covers the new words and nothing else."""
    (edit,) = made("modifier_opposite", "The sea was calm on Monday.")
    assert [edit.text[a:b] for a, b in edit.spans] == ["rough"]


def test_the_span_of_a_cut_is_its_neighbours() -> None:
    """By a cut nothing new stands in the text: the words on both sides of it are at fault."""
    (edit,) = made("degree_removed", "The fire destroyed almost every house.")
    assert [edit.text[a:b] for a, b in edit.spans] == ["destroyed every"]


def test_an_article_follows_the_word_that_is_put_in() -> None:
    """ "A" becomes "an" before a vowel: an exchange does not betray itself by its article."""
    assert {e.text for e in made("attribution_removed", "It was an alleged fraud.")} == {
        "It was a fraud."
    }


def test_a_lower_figure_is_no_edit_of_a_lower_bound() -> None:
    """More than 80 are more than 50 as well: a figure after a lower bound only goes up."""
    for seed in range(20):
        sentence = parse(["More than 80 houses burned down."])[0]
        for edit in false_edits(
            sentence, [sentence], random.Random(seed), vocabulary=VOCABULARY,
            kinds=["figure_changed"],
        ):  # fmt: skip
            assert int(edit.text.split()[2]) > 80


def test_a_figure_of_the_evidence_is_taken_only_if_it_counts_something_else() -> None:
    """Another report's count of the same thing is true by its own source, and no edit."""
    text = "The crash killed 12 people."
    assert not made("figure_of_evidence", text, "The crash killed 14 people.")
    assert {e.text for e in made("figure_of_evidence", text, "It took 9 hours and 15 boats.")} == {
        "The crash killed 15 people."
    }


def test_what_the_evidence_tells_is_no_edit() -> None:
    """An opposite that the evidence has somewhere may be true, and is left alone."""
    assert not made("modifier_opposite", "The sea was calm.", "On Sunday the sea was rough.")


def test_reciprocal_names_are_not_swapped() -> None:
    """Who meets whom is the same either way."""
    assert not made("names_swapped", "John Baker met Mary Cole on Monday.")
    (edit,) = made("names_swapped", "John Baker accused Mary Cole on Monday.")
    assert edit.text == "Mary Cole accused John Baker on Monday."


def test_a_city_is_exchanged_for_a_city() -> None:
    """Places are exchanged for places of their kind, taken from the donors."""
    donors = ("London is large.", "France is larger.")
    found = made("place_exchanged", "The fire in Paris destroyed 4 houses.", donors=donors)
    assert {e.text for e in found} == {"The fire in London destroyed 4 houses."}


def test_a_speaker_is_exchanged_for_one_who_says_nothing_in_the_evidence() -> None:
    """Who said it is told wrong; one who may have said the same is not put there."""
    found = made(
        "speaker_exchanged", "John Baker said the mine was unsafe.",
        "Mary Cole was there.", "Peter Lund said the mine was unsafe as well.",
    )  # fmt: skip
    assert {e.text for e in found} == {"Mary Cole said the mine was unsafe."}


def test_needed_evidence_is_taken_away_and_the_sentence_stays() -> None:
    """Of a fusion the sentence that alone carries a part is removed."""
    fused, *near = parse(
        [
            "The ferry sank off Norvale and its captain, John Baker, was arrested.",
            "The ferry sank off Norvale on Monday.",
            "Police arrested the captain, John Baker.",
        ]
    )
    found = false_edits(fused, near, random.Random(1), kinds=["evidence_removed"], each=9)
    assert {e.evidence for e in found} >= {(near[0].text,)}
    assert all(e.text == fused.text and e.spans for e in found)


def test_the_same_seed_makes_the_same_edits() -> None:
    """Edits depend on the arguments and the state of the generator alone."""
    sentence = CORPUS[2]

    def run() -> list[Edit]:
        return false_edits(sentence, [sentence], random.Random(5), CORPUS, vocabulary=VOCABULARY)

    assert run() == run()


@pytest.mark.parametrize("sentence", CORPUS, ids=range(len(CORPUS)))
def test_an_edit_differs_and_its_spans_lie_in_it(sentence: Parsed) -> None:
    """No edit is the sentence itself, and every span is a part of the new text."""
    for edit in false_edits(
        sentence, [sentence], random.Random(2), CORPUS, vocabulary=VOCABULARY, each=9
    ):
        assert edit.text != sentence.text or edit.evidence is not None
        assert edit.spans
        assert all(0 <= a < b <= len(edit.text) for a, b in edit.spans)


def test_without_a_vocabulary_kinds_of_grammar_still_work() -> None:
    """Only what needs a corpus is left out."""
    sentence = parse(["The driver stopped at the gate."])[0]
    found = false_edits(sentence, [sentence], random.Random(1))
    assert "negation_added" in {e.kind for e in found}


def test_an_unknown_kind_is_named() -> None:
    """A kind that does not exist is an error, not an empty answer."""
    with pytest.raises(KeyError, match="no false edit of the kind 'figure_swoped'"):
        false_edits(CORPUS[0], CORPUS[:1], random.Random(1), kinds=["figure_swoped"])


def test_every_kind_says_what_it_does() -> None:
    """Kinds are listed by name in reports: each has a line that explains it."""
    assert all(kind.__doc__ for kind in KINDS.values())
    assert len(KINDS) >= 30
