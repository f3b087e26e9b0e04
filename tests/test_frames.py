"""Rules for frames: who does what to whom, whether so, how surely, when, and in whose words."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.nlp import Parsed, parse
from summarizer.nlp.frames import Frame, frames


def _frame(text: str, lemma: str) -> tuple[Parsed, Frame]:
    (parsed,) = parse([text])
    (frame,) = [f for f in frames(parsed) if f.lemma == lemma]
    return parsed, frame


def _roles(text: str, lemma: str) -> dict[str, str]:
    """Role (and preposition) to the words of the argument; complements left out."""
    parsed, frame = _frame(text, lemma)
    return {
        f"{a.role} {a.case}".strip(): " ".join(parsed.tokens[i].text for i in a.tokens)
        for a in frame.arguments
        if a.role != "complement"
    }


@pytest.mark.parametrize(
    ("text", "lemma", "expected"),
    [
        ("The mayor closed the bridge.", "close", {"agent": "The mayor", "patient": "the bridge"}),
        (
            "The bridge was closed by the mayor.",
            "close",
            {"agent": "the mayor", "patient": "The bridge"},
        ),
        (
            "The bridge, closed by the mayor in May, fell.",
            "close",
            {"agent": "the mayor", "patient": "The bridge", "oblique in": "May"},
        ),
        (
            "The mayor who closed the bridge resigned.",
            "close",
            {"agent": "The mayor", "patient": "the bridge"},
        ),
        (
            "The bridge that the mayor closed fell.",
            "close",
            {"agent": "the mayor", "patient": "The bridge"},
        ),
        (
            "The bridge the mayor closed fell.",
            "close",
            {"agent": "the mayor", "patient": "The bridge"},
        ),
        (
            "The mayor met farmers and closed the bridge.",
            "close",
            {"agent": "The mayor", "patient": "the bridge"},
        ),
        (
            "The bill was signed by the governor and sent to the court.",
            "send",
            {"patient": "The bill", "oblique to": "the court"},
        ),
        ("The mayor gave farmers the land.", "give",
         {"agent": "The mayor", "recipient": "farmers", "patient": "the land"}),
        ("The mayor plans to close the bridge.", "close",
         {"agent": "The mayor", "patient": "the bridge"}),
        ("The court ordered the mayor to close the bridge.", "close",
         {"agent": "the mayor", "patient": "the bridge"}),
        ("The mayor used the law to close the bridge.", "close",
         {"agent": "The mayor", "patient": "the bridge"}),
        ("Closing the bridge, the mayor wept.", "close",
         {"agent": "the mayor", "patient": "the bridge"}),
        ("The court barred the mayor from closing the bridge.", "close",
         {"agent": "the mayor", "patient": "the bridge"}),
        ("The mayor's plan to close the bridge failed.", "close",
         {"agent": "The mayor", "patient": "the bridge"}),
        ("The auditor accused Pell, the mayor, of lying.", "lie", {"agent": "Pell , the mayor"}),
        ("The council turned down the offer.", "turn_down",
         {"agent": "The council", "patient": "the offer"}),
        ("Pell is the mayor of Easton.", "mayor",
         {"agent": "Pell", "attribute": "the mayor of Easton", "oblique of": "Easton"}),
        ("Pell is guilty of fraud.", "guilty",
         {"agent": "Pell", "attribute": "guilty of fraud", "oblique of": "fraud"}),
        ("There was a fire in Easton.", "be", {"patient": "a fire", "oblique in": "Easton"}),
    ],
)  # fmt: skip
def test_roles_do_not_hang_on_the_voice(text: str, lemma: str, expected: dict[str, str]) -> None:
    """Who acts and what is acted on is the same in every shape of the clause."""
    assert _roles(text, lemma) == expected


@pytest.mark.parametrize(
    ("text", "lemma"),
    [
        ("The mayor did not close the bridge.", "close"),
        ("The mayor hasn't closed the bridge.", "close"),
        ("The mayor never closed the bridge.", "close"),
        ("Nobody closed the bridge.", "close"),
        ("No bridges were closed by the mayor.", "close"),
        ("None of the bridges was closed.", "close"),
        ("The mayor closed no bridge.", "close"),
        ("The mayor failed to close the bridge.", "close"),
        ("The mayor refused to close the bridge.", "close"),
        ("The mayor denied closing the bridge.", "close"),
        ("The mayor denied that she had closed the bridge.", "close"),
        ("The mayor rejected claims that she had closed the bridge.", "close"),
        ("The mayor dismissed a suggestion by Pell that she had closed the bridge.", "close"),
        ("Claims that the mayor closed the bridge were rejected by Pell.", "close"),
        ("Pell rejected criticism that the mayor had closed the bridge.", "close"),
        ("Pell described claims that the mayor had closed the bridge as false.", "close"),
        ("Pell spread false claims that the mayor had closed the bridge.", "close"),
        ("Reports that the mayor closed the bridge are unfounded, Pell said.", "close"),
        ("Pell said it was untrue that the mayor had closed the bridge.", "close"),
        ("Pell ruled out that the mayor had closed the bridge.", "close"),
        ("The court barred the mayor from closing the bridge.", "close"),
        ("The mayor left without closing the bridge.", "close"),
        ("The mayor was unable to close the bridge.", "close"),
        ("The mayor did not begin to close the bridge.", "close"),
        ("The mayor did not open or close the bridge.", "close"),
        ("The mayor's failure to close the bridge was a crime.", "close"),
        ("The bridge is no longer open.", "open"),
        ("Pell is not the mayor.", "mayor"),
        ('Pell is "not available" for talks.', "available"),
        ("Not all bridges were closed.", "close"),
        ("The mayor spoke to no one.", "speak"),
    ],
)
def test_what_is_not_so_is_negated(text: str, lemma: str) -> None:
    """Not, nobody, no bridge, failed to, refused to, denied and without say that it is not so."""
    assert _frame(text, lemma)[1].negated


@pytest.mark.parametrize(
    ("text", "lemma", "word"),
    [
        ("The mayor denied that the bridge was unsafe.", "unsafe", "denied"),
        ("Failing to close the bridge, the mayor left.", "close", "Failing"),
        ("There is no truth in claims that it closed the bridge.", "close", "is"),
        ("Varn called the accusation that its guards had fired first baseless.", "fire", "called"),
        ("The mayor did not close the bridge.", "close", None),
    ],
)
def test_the_word_by_which_a_clause_is_denied_is_kept(
    text: str, lemma: str, word: str | None
) -> None:
    """It is the word above the clause, the first of the text too; a "not" is in the clause."""
    parsed, frame = _frame(text, lemma)
    assert (None if frame.denied_by is None else parsed.tokens[frame.denied_by].text) == word


@pytest.mark.parametrize(
    ("text", "lemma"),
    [
        ("The mayor closed the bridge.", "close"),
        ("The mayor did not fail to close the bridge.", "close"),
        ("The mayor not only closed the bridge but also sold it.", "close"),
        ("The mayor, who had not slept, closed the bridge.", "close"),
        ("The mayor closed the bridge with no warning.", "close"),
        ("The mayor did not weep and closed the bridge.", "close"),
    ],
)
def test_a_negation_bears_on_its_own_clause(text: str, lemma: str) -> None:
    """Two negations cancel; "not only", a negation next door and "with no" deny nothing."""
    assert not _frame(text, lemma)[1].negated


@pytest.mark.parametrize(
    ("text", "modal"),
    [
        ("The mayor closed the bridge.", ""),
        ("The mayor may close the bridge.", "possible"),
        ("The mayor could close the bridge.", "possible"),
        ("The mayor will probably close the bridge.", "possible"),
        ("The mayor is likely to close the bridge.", "possible"),
        ("The mayor will close the bridge.", "future"),
        ("The mayor is going to close the bridge.", "future"),
        ("The mayor is expected to close the bridge.", "future"),
        ("The mayor is due to close the bridge.", "future"),
        ("The mayor said she would close the bridge.", "future"),
        ("The mayor must close the bridge.", "obligation"),
        ("The mayor has to close the bridge.", "obligation"),
        ("The court ordered the mayor to close the bridge.", "obligation"),
        ("The mayor would close the bridge.", "conditional"),
        ("If the mayor closes the bridge, farmers will sue.", "conditional"),
        ("The court asked whether the mayor closed the bridge.", "conditional"),
        ("The mayor said she would close the bridge if it rained.", "conditional"),
        ("The mayor tried to close the bridge.", "attempt"),
        ("The mayor threatened to close the bridge.", "attempt"),
        ("The mayor announced a plan to close the bridge.", "attempt"),
        ("The mayor is due to ban boats and close the bridge.", "future"),
    ],
)
def test_how_surely_is_read_from_the_verb_and_what_governs_it(text: str, modal: str) -> None:
    """Auxiliaries, adverbs and governing words tell what is only possible, planned or due."""
    assert _frame(text, "close")[1].modal == modal


@pytest.mark.parametrize(
    ("text", "tense"),
    [
        ("The mayor closed the bridge.", "past"),
        ("The mayor has closed the bridge.", "past"),
        ("The bridge was closed by the mayor.", "past"),
        ("The mayor may have closed the bridge.", "past"),
        ("The mayor closes the bridge.", "present"),
        ("The mayor is closing the bridge.", "present"),
        ("The mayor will close the bridge.", "future"),
        ("The mayor might close the bridge.", ""),
        ("The mayor left, closing the bridge.", "past"),
    ],
)
def test_tense_is_of_what_happens(text: str, tense: str) -> None:
    """What has happened is past; a participle has the tense of the verb above it."""
    assert _frame(text, "close")[1].tense == tense


@pytest.mark.parametrize(
    ("text", "lemma", "expected"),
    [
        ("The mayor will sue if the bridge falls.", "sue", "if the bridge falls"),
        ("Unless it rains, the mayor will sue.", "sue", "Unless it rains"),
        ("The mayor refused to sue until it rained.", "sue", "until it rained"),
        ("The mayor will sue.", "sue", ""),
        (
            '"We will not sue," said Pell, "until the bridge is open."',
            "sue",
            "until the bridge is open",
        ),
    ],
)
def test_a_condition_is_kept_with_what_rests_on_it(text: str, lemma: str, expected: str) -> None:
    """The if-, unless- or until-clause goes with the predicate and what is governed by it."""
    parsed, frame = _frame(text, lemma)
    assert " ".join(parsed.tokens[i].text for i in frame.condition) == expected


def test_a_degree_is_kept_with_its_predicate() -> None:
    """Almost closed is not closed."""
    parsed, frame = _frame("The mayor almost closed the bridge.", "close")
    assert [parsed.tokens[i].text for i in frame.degree] == ["almost"]


@pytest.mark.parametrize(
    ("text", "reporter"),
    [
        ("The mayor closed the bridge.", None),
        ("Police said the mayor closed the bridge.", "said"),
        ("The mayor closed the bridge, according to police.", "according"),
        ("The mayor allegedly closed the bridge.", "allegedly"),
        ("The union repeated its claim that the mayor closed the bridge.", "claim"),
        ("Police did not say that the mayor closed the bridge.", "say"),
    ],
)
def test_what_others_say_is_not_said_by_the_text(text: str, reporter: str | None) -> None:
    """A reported predicate names the word that reports it; what the text says itself has none."""
    parsed, frame = _frame(text, "close")
    found = frame.reported_by
    assert (None if found is None else parsed.tokens[found].text) == reporter


def test_a_long_text_takes_time_in_proportion() -> None:
    """Twice the clauses take about twice the time, however deep they hang in each other."""

    def seconds(n: int) -> float:
        text = "The mayor " + ", ".join(["closed the bridge and met farmers"] * n) + "."
        (parsed,) = parse([text])
        start = time.process_time()
        frames(parsed)
        return time.process_time() - start

    seconds(10)
    assert seconds(160) < 12 * max(seconds(40), 0.002)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from([
    "Pell", "closed", "that", "the", "bridge", "not", ",", "who", "was", "by", "to", "if", "may",
    "refused", "and", "without", "closing", ".", "no", "one", "said", "plan", "is", "there",
]), max_size=14))  # fmt: skip
def test_any_row_of_words_has_frames(words: list[str]) -> None:
    """No text breaks the rules: every index is of the text, and a head is in its own phrase."""
    (parsed,) = parse([" ".join(words)])
    everywhere = range(len(parsed.tokens))
    for frame in frames(parsed):
        assert frame.predicate in everywhere
        assert all(i in everywhere for i in (*frame.condition, *frame.degree))
        for argument in frame.arguments:
            assert argument.head in argument.tokens


def test_what_is_read_off_a_parse_is_kept_with_it() -> None:
    """It is read once for a text, however often it is asked for, and equal for an equal parse."""
    [parsed] = parse(["The mayor said that the dam had broken."])
    assert frames(parsed) is frames(parsed)
    other = replace(parsed)
    assert frames(other) is not frames(parsed)
    assert (other, frames(other)) == (parsed, frames(parsed))
