"""Rules for negation, opposites and modality: what is denied, and what only may be."""

from __future__ import annotations

import pytest

from summarizer.facts import problems_of


def _found(sentence: str, *evidence: str) -> set[str]:
    return {f.problem for f in problems_of(sentence, evidence)}


@pytest.mark.parametrize(
    ("sentence", "evidence"),
    [
        ("The council did not close the bridge.", "The council closed the bridge."),
        ("The council closed the bridge.", "The council did not close the bridge."),
        ("Jobs would be cut.", "No jobs would be cut, the firm promised."),
        ("He had been told.", "He hadn't been told."),
        ("She wants to record an album with him.", "She wants to record an album without him."),
        ("Shares of Corvane rose on Tuesday.", "Shares of Corvane fell on Tuesday."),
        ("Parliament approved the bill on Wednesday.", "Parliament rejected the bill Wednesday."),
        ("Turnout was 48 percent, the highest ever.", "Turnout was 48 percent, the lowest ever."),
        ("Pell was convicted of fraud in March.", "Pell was acquitted of fraud in March."),
        ("The jury called the trial fair and free.", "The jury called the trial free, not fair."),
        ("Corvane bought shares of Ansin.", "Corvane denied that it had bought anything."),
        ("A court upheld the ban on whaling.", "A court suspended the ban on whaling."),
        ("The new dam is weaker than the old one.", "The new dam is stronger than the old one."),
    ],
)
def test_a_statement_turned_round_is_a_negation_error(sentence: str, evidence: str) -> None:
    """A "not" added or lost, "with" for "without" and an opposite word turn a statement round."""
    assert "negation" in _found(sentence, evidence)


@pytest.mark.parametrize(
    ("sentence", "evidence"),
    [
        ("Nobody was hurt in the fire.", "The fire hurt no one."),
        ("The mayor refused to sign the bill.", "The mayor did not sign the bill."),
        ("The lake was not only cold but deep.", "The lake was cold and deep."),
        ("Ashdown denied hiding the report.", "Colby accused Ashdown of hiding the report."
         " Ashdown denied the charge."),
        ("The student is no longer on campus.", "The student was no longer on campus."),
        ("Six sailors are ill, but none has died.", "No sailor has died, though six are ill."),
        ("Brisk lost for the first time since May.", "Brisk had not lost a match since May."),
        ("Checks have not found any lead in it.", "Checks have found no lead in it."),
        ("The heirs said rates fell.", "The heirs denied fraud, saying rates fell."),
    ],
)  # fmt: skip
def test_the_same_denial_in_other_words_is_carried(sentence: str, evidence: str) -> None:
    """Refusing, denying and nobody deny as "not" does; "not only" denies nothing."""
    assert "negation" not in _found(sentence, *evidence.split(". "))


@pytest.mark.parametrize(
    ("sentence", "evidence"),
    [
        ("Stroud asked for a recount.", "Stroud may ask for a recount."),
        ("Varga signed the gas agreement.", "Varga plans to sign the gas agreement."),
        ("Ashdown hid the report.", "Colby accused Ashdown of hiding the report."),
        ("Danjuma sold army fuel.", "Danjuma allegedly sold army fuel."),
        ("Regulators approved the vaccine in April.",
         "Regulators are expected to approve the vaccine in April."),
        ("Orlan answered with duties on cars.", "Orlan threatened to answer with duties on cars."),
        ("Snow fell in Palso on Sunday.", "Snow is forecast to fall in Palso on Sunday."),
        ("Corvane refunded 900 drivers.", "Corvane must refund 900 drivers."),
        ("Brisk will be without her coach.", "Her team, Brisk, could be without her coach."),
        ("Corvane caused the death of old seals.",
         "Rangers are examining whether Corvane caused the death."),
        ("Norland held a referendum in June.", "Norland's premier promised a referendum in June."),
        ("A leak killed the trout, warden Ulf Brandt said.",
         "A leak probably killed the trout, warden Ulf Brandt said. A car killed a heron."),
        ("Corvane has to refund 900 drivers.", "Corvane may have to refund 900 drivers."),
        ("A spark ruined the hay.", "Farmers suspect a spark ruined the hay."),
        ("The bank helped gangs.", "Police are examining whether the bank helped gangs."),
        ("Brandt did not pay his maid.", "A maid accused Brandt of not paying her."),
    ],
)  # fmt: skip
def test_what_may_be_is_not_told_as_done(sentence: str, evidence: str) -> None:
    """May, plans to, accused of, allegedly, expected to and threatened to are not "did"."""
    assert "modality" in _found(sentence, evidence)


def test_what_somebody_had_to_do_he_did() -> None:
    """ "Had to leave" carries "left"; "must leave" does not."""
    assert "modality" not in _found(
        "Families left the valley.", "Families had to leave the valley."
    )
    assert "modality" in _found("Families left the valley.", "Families must leave the valley.")


def test_a_hedge_that_is_kept_is_carried() -> None:
    """A possibility told as a possibility is no error."""
    evidence = "Stroud may ask for a recount."
    assert _found("Stroud could ask for a recount.", evidence) == set()
