"""Rules of alignment: which word of the evidence a word rests on, and what the one is to the other.

What the counts are worth is fitted elsewhere; figures, dates and names are the checks'.
"""

from __future__ import annotations

import pytest

from summarizer.nlp import parse
from summarizer.verification.alignment import Alignment, align


def _align(sentence: str, *evidence: str) -> Alignment:
    asked, *held = parse([sentence, *evidence])
    return align(asked, held)


def _relation(word: str, sentence: str, *evidence: str) -> str:
    [parsed] = parse([sentence])
    found = _align(sentence, *evidence)
    [relation] = [w.relation for w in found.words if parsed.tokens[w.token].text == word]
    return relation


@pytest.mark.parametrize(
    ("word", "sentence", "evidence", "relation"),
    [
        ("hurt", "Two nurses were hurt in Obrin.", "Two nurses were injured in Obrin.", "synonym"),
        ("vehicle", "The vehicle hit a tree.", "The car hit a tree.", "general"),
        ("car", "The car hit a tree.", "The vehicle hit a tree.", "specific"),
        ("rejected", "Orla rejected the plan.", "Orla accepted the plan.", "opposite"),
        ("decision", "The decision came late.", "They decided late.", "synonym"),
        ("storm", "A storm hit Obrin.", "A bus hit Obrin.", "missing"),
        ("left", "The mayor left.", "The mayor left.", "same"),
    ],
)
def test_a_word_is_named_by_what_it_is_to_its_counterpart(
    word: str, sentence: str, evidence: str, relation: str
) -> None:
    """Synonyms and broader words are carried; narrower, opposite and new ones are named."""
    assert _relation(word, sentence, evidence) == relation


@pytest.mark.parametrize(
    ("kind", "sentence", "evidence"),
    [
        ("role", "Arden sued Brill.", "Brill sued Arden."),
        ("negation", "The bridge was closed.", "The bridge was not closed."),
        ("modality", "The plant will close.", "The plant may close."),
        ("condition", "The plant will close.", "The plant will close unless a buyer is found."),
        ("degree", "The hall was destroyed.", "The hall was partly destroyed."),
        ("speaker", "The guards beat him.", "The guards beat him, his lawyer said."),
    ],
)
def test_a_clause_that_says_more_than_its_counterpart_is_named(
    kind: str, sentence: str, evidence: str
) -> None:
    """Exchanged roles and lost negations, hedges, conditions, degrees and speakers are found."""
    assert kind in {m.kind for m in _align(sentence, evidence).mismatches}


@pytest.mark.parametrize(
    "text",
    [
        "Brill sued Arden over the patent.",
        "The plant may close unless a buyer is found, the union said.",
        "Nobody was hurt when the hall was partly destroyed.",
    ],
)
def test_a_sentence_agrees_with_itself(text: str) -> None:
    """Every word of a copy is the same, and no clause of it is at fault."""
    found = _align(text, text)
    assert {w.relation for w in found.words} == {"same"}
    assert found.mismatches == ()
    assert found.together == 1.0


def test_the_passive_says_the_same() -> None:
    """Who did it to whom does not change when the voice turns."""
    found = _align("Arden was sued by Brill.", "Brill sued Arden.")
    assert found.mismatches == ()


def test_no_evidence_carries_nothing() -> None:
    """Without evidence every word is missing."""
    assert {w.relation for w in _align("The mayor left.").words} == {"missing"}


@pytest.mark.parametrize(
    "other",
    [
        "Pell rejected claims that the mine had leaked acid.",
        "Pell dismissed suggestions that the mine had leaked acid.",
        "Pell said it was untrue that the mine had leaked acid.",
    ],
)
def test_denials_of_one_thing_have_one_polarity(other: str) -> None:
    """Who rejects a claim does not contradict a text that says that he denies it."""
    text = "Pell denied that the mine had leaked acid."
    assert {m.kind for m in _align(text, other).mismatches} == set()
    assert {m.kind for m in _align(other, text).mismatches} == set()


@pytest.mark.parametrize(
    ("text", "other", "related"),
    [
        ("No shortage of bread is feared, the farm ministry said.",
         "The mill grinds half of the country's bread wheat, according to the farm ministry.",
         False),
        ("The ferry could sail on Sunday, harbour master Ada Finch said.",
         'Harbour master Ada Finch said that was nonsense: "We warned them."', False),
        ("The mill was shut on Sunday, the farm ministry said.",
         "Ada Finch shut the mill after a fire.", True),
    ],
)  # fmt: skip
def test_one_topic_or_one_speaker_relates_no_clauses(text: str, other: str, related: bool) -> None:
    """A clause that is said must have a counterpart, not only who says it or a noun of it."""
    assert _align(text, other).related is related
