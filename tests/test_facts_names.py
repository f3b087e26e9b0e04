"""Rules for names: which forms carry each other, and when one stands in another's place."""

from __future__ import annotations

import pytest

from summarizer.facts import names, problems_of, supports_name


def _name(sentence: str, *evidence: str) -> bool:
    return "name" in {f.problem for f in problems_of(sentence, evidence)}


@pytest.mark.parametrize(
    ("name", "evidence"),
    [
        ("Putin", "President Vladimir Putin"),
        ("Vladimir Putin", "Russia's Vladimir Putin"),
        ("J. K. Marlow", "Marlow"),
        ("Sen. Rhea Colby", "Senator Rhea Colby"),
        ("the EU", "the European Union"),
        ("European Union", "the EU"),
        ("America", "the United States"),
        ("Russia", "Russian troops"),
        ("Fairmont College of Palso", "Fairmont College in Palso"),
        ("Norlandia", "the Norlandian border"),
    ],
)
def test_a_name_is_carried_by_its_other_forms(name: str, evidence: str) -> None:
    """Shorter forms, initials, titles, possessives, peoples and acronyms carry a name."""
    assert supports_name(name, [evidence])


def test_a_body_named_after_its_members_is_one_name() -> None:
    """The apostrophe of a plural does not end a name."""
    assert [n.text for n in names("It was the Weavers' Union that left.")] == ["Weavers' Union"]


@pytest.mark.parametrize(
    ("name", "evidence"),
    [
        ("Michael Flynn", "Flynn"),
        ("Anna Swift", "It moved as swift as ever"),
        ("Senate", "the House"),
        ("Governor Tom Ashdown", "Senator Tom Ashdown"),
    ],
)
def test_a_name_is_not_carried_by_less(name: str, evidence: str) -> None:
    """An added first name, another title or a word that spells the initials carries nothing."""
    assert not supports_name(name, [evidence])


def test_a_plural_that_opens_a_sentence_is_no_name() -> None:
    """ "Abductors seized her" names nobody."""
    assert [n.text for n in names("Abductors seized Vera Lind.")] == ["Vera Lind"]


def test_a_name_is_refused_where_the_evidence_has_another() -> None:
    """The same words on both sides of another name show that a name was replaced."""
    evidence = ("The former president and jury chairman Ivo Strand praised the plan.", "Pell won.")
    assert _name("In Palso the jury chairman Pell praised the plan.", *evidence)
    assert not _name(
        "In Palso the jury chairman Strand praised the plan.", evidence[0], "In Palso."
    )


def test_the_doer_of_an_act_is_not_another_of_the_evidence() -> None:
    """Who signed is not the one of whom something else is told."""
    evidence = ("Governor Peg Sutter signed the budget.", "House Speaker Rob Tate left.")
    assert _name("Rob Tate signed the budget.", *evidence)
    assert not _name("Sutter signed the budget.", *evidence)


def test_a_pronoun_of_the_evidence_may_be_anyone() -> None:
    """Where the evidence says "he", no name is refused for what he did."""
    assert not _name("Rob Tate signed the budget.", "Rob Tate came.", "He signed the budget.")


@pytest.mark.parametrize(
    ("sentence", "evidence"),
    [
        ("A court found Ada Falk guilty.", "A court found the pilot Milo Brandt guilty."),
        ("Ada Falk was carried off by four medics.",
         "The rider, known as Little Ben, was carried off by four medics."),
        ("Dunmar shut its border early.", "The small state of Kande shut its border early."),
        ("Ada Falk closed the pass of Orm.", "The Orm Valley Front closed the pass of Orm."),
    ],
)  # fmt: skip
def test_nobody_takes_the_place_of_one_who_is_named_in_passing(
    sentence: str, evidence: str
) -> None:
    """A name before a predicate, behind "known as", or of a group is someone, and no one else."""
    assert _name(sentence, evidence, "Ada Falk, a doctor, watched from the gate.")


def test_an_office_is_not_lent_to_another() -> None:
    """A title that the evidence gives to one person alone is not put before another's name."""
    evidence = (
        "Judge Rhea Colby fined the firm.",
        "Ada Falk, a poet, wept.",
        "Mayor Ivo Strand left.",
    )
    assert _name("Judge Ada Falk wept.", *evidence)
    assert not _name("Judge Ada Falk wept.", *evidence, "Falk, who is a judge, wept.")
