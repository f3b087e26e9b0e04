"""Rules for roles: who did what to whom, and who did it together."""

from __future__ import annotations

import pytest

from summarizer.facts import problems_of
from summarizer.facts.events import events


def _found(sentence: str, *evidence: str) -> set[str]:
    return {f.problem for f in problems_of(sentence, evidence)}


@pytest.mark.parametrize(
    ("sentence", "evidence"),
    [
        ("Oakhurst sued Brightwater over the dam.", "Brightwater sued Oakhurst over the dam."),
        ("Tarrant beat Wexcombe in the final.", "Wexcombe beat Tarrant in the final."),
        ("Hartwell plans to sue Stone.", "Stone plans to sue Hartwell."),
        ("Brightwater was sued by Oakhurst.", "Brightwater sued Oakhurst."),
        ("Farah Idris kidnapped gunmen in Belu.", "Gunmen kidnapped Farah Idris in Belu."),
        ("Mayor Ada Falk praised the court's clerk.", "A clerk of the court praised the mayor."),
        ("The tenants evicted the landlord.", "The landlord evicted the tenants in May."),
        ("The thief chased two nuns.", "The thief, a boy of 15, was chased by two nuns."),
    ],
)
def test_doer_and_object_exchanged_is_a_role_error(sentence: str, evidence: str) -> None:
    """Who acts and who is acted on are kept, in the active and the passive."""
    assert "role" in _found(sentence, evidence)


@pytest.mark.parametrize(
    ("sentence", "evidence"),
    [
        ("Oakhurst was sued by Brightwater.", "Brightwater sued Oakhurst over the dam."),
        ("Wexcombe defeated Tarrant in the final.", "Wexcombe beat Tarrant in the final."),
        ("Vera Lind met Ivo Strand in Palso.", "Ivo Strand met Vera Lind in Palso."),
        ("Colby accused Ashdown of fraud.", "Senator Rhea Colby accused Tom Ashdown of fraud."),
        ("Two nuns killed in the storm were buried.", "The storm killed two nuns."),
        ("The firm's sales fell by 9 percent.", "Sales of the firm fell 9 percent."),
    ],
)
def test_the_same_act_told_otherwise_is_carried(sentence: str, evidence: str) -> None:
    """The passive, a like verb, a mutual act and shorter names keep the roles."""
    assert _found(sentence, evidence) == set()


def test_a_second_doer_is_not_added() -> None:
    """What one person did is not told of two."""
    evidence = ("Jonah Okri scored twice in the final.", "Lee Brandt was injured.")
    assert "role" in _found("Jonah Okri and Lee Brandt scored twice in the final.", *evidence)


def test_a_doer_in_the_progressive_is_read_like_any_other() -> None:
    """ "Is cooperating" is done by its subject alone, also in a relative clause."""
    evidence = ("Hale was fined.", "Okri, who is cooperating with the police, spoke of a debt.")
    assert "role" in _found("Hale and Okri are cooperating with the police.", *evidence)


def test_two_doers_may_be_told_apart_or_in_another_order() -> None:
    """Each of two people did what both did."""
    evidence = "Justices Paul Keane and Mary Otten joined the opinion."
    assert _found("Mary Otten and Paul Keane joined the opinion.", evidence) == set()
    assert _found("Keane joined the opinion.", evidence) == set()


def test_an_event_knows_its_parties_through_an_apposition() -> None:
    """ "Falk, 27, signed" is signed by Falk, and "was fired by" turns the parties."""
    (signed,) = events("Falk, 27, signed a contract.")
    *_, filed = events("Ada Falk, 27, who has a cold, filed a complaint.")
    assert filed.subject.heads == (("ada", "falk"),)
    assert signed.subject.heads == (("falk",),)
    (fired,) = [e for e in events("Marta Kess was fired by Ilian Dragov.") if e.verb == "fire"]
    assert (fired.subject.heads, fired.object.heads) == (
        (("ilian", "dragov"),),
        (("marta", "kess"),),
    )
