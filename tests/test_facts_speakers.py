"""Rules for speakers: who says a claim is kept, and is the one who said it."""

from __future__ import annotations

import pytest

from summarizer.facts import claims, problems_of


def _speaker(sentence: str, *evidence: str) -> bool:
    return "speaker" in {f.problem for f in problems_of(sentence, evidence)}


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("The bridge is safe, the mayor said on Tuesday.", "the mayor"),
        ("According to Vera Lind, the bridge is safe.", "Vera Lind"),
        ("Ondara's chief, Kit Lorraine, said no jobs would be cut.", "Kit Lorraine"),
        ("The band has split up, singer Josie March announced on Tuesday.", "singer Josie March"),
        ("“It is over,” said Wanda Groves.", "Wanda Groves"),
        ("The toll is too high, the union's head, Olek Baran, said.", "Olek Baran"),
        ("The toll is too high, Olek Baran, the union's head, said.", "the union's head"),
    ],
)
def test_the_speaker_is_read_wherever_he_stands(text: str, speaker: str) -> None:
    """Before the claim, behind it, inverted, in apposition or after "according to"."""
    spans = [c.speaker for c in claims(text) if c.speaker]
    assert any(text[slice(*s)].endswith(speaker) for s in spans)


@pytest.mark.parametrize(
    ("sentence", "evidence"),
    [
        ("The bridge was badly built.", "The bridge was badly built, the mayor said."),
        ("Children who sleep less catch colds.",
         "Researchers say that children who sleep less catch colds."),
        ("Gales sank the old ferry off Palso.",
         "Gales sank the old ferry off Palso, the harbor master, Una Reese, said."),
        ("Cats that sleep outdoors live shorter lives.",
         "A team at Palso found that cats that sleep outdoors live shorter lives."),
        ("There is no proof that the suspect had help.",
         "Police said there is no proof that he had help. The suspect is 31."),
        ("A new date might be found in August.",
         "Jed Kline said a new date might be found in August."),
    ],
)  # fmt: skip
def test_a_claim_is_not_stated_as_fact(sentence: str, evidence: str) -> None:
    """What the evidence has only as said needs its speaker, be it modal or not."""
    assert _speaker(sentence, *evidence.split(". "))


def test_a_claim_may_be_told_by_a_noun() -> None:
    """ "A claim by tenants that" keeps the claim one, and so does "whether"."""
    evidence = (
        "Tenants of the mill say guards cut their phone lines, a claim that the owner rejects."
    )
    assert not _speaker(
        "The owner rejects a claim by tenants that guards cut their lines.", evidence
    )


def test_a_claim_that_another_sentence_states_needs_no_speaker() -> None:
    """What one source states as fact may be stated, whoever else says it."""
    said = "The bridge was badly built, the mayor said."
    assert not _speaker("The bridge was badly built.", said, "The bridge was badly built in 1960.")


def test_what_a_person_says_of_himself_may_be_told_of_him() -> None:
    """ "Ferrow said she would not repair it" carries "Ferrow would not repair it"."""
    evidence = "Nadia Ferrow said she would not repair the broken statue."
    assert not _speaker("Nadia Ferrow would not repair the broken statue.", evidence)
    firm = "The carmaker Corvane will close its plant in Palso, it said on Monday."
    assert not _speaker("Corvane will close its plant in Palso.", firm)


def test_a_claim_is_not_given_to_another_speaker() -> None:
    """The words of one person are not put in the mouth of another."""
    evidence = ("Tess Boyle called.", "Coach Dov Perl said Brisk could win a medal in Lausern.")
    assert _speaker("Tess Boyle said Brisk could win a medal in Lausern.", *evidence)
    assert not _speaker("Perl said that Brisk could win a medal in Lausern.", *evidence)
    coach = "Brisk's coach, Dov Perl, said she could win a medal in Lausern."
    assert _speaker("Tess Boyle said Brisk could win a medal in Lausern.", "Boyle called.", coach)


def test_a_claim_is_not_given_to_those_who_dispute_it() -> None:
    """Whoever denies a claim has not made it; his own words stay his."""
    evidence = "Auditor Lena Moor said the fund hid debts of a mine, which its managers dispute."
    assert _speaker("The fund's managers said it hid debts of a mine.", evidence)
    own = "Its managers said that interest rates fell."
    assert not _speaker("The fund's managers said that interest rates fell.", evidence, own)


def test_a_body_does_not_speak_through_a_stranger() -> None:
    """What a ministry says is not said by one whom nothing ties to it."""
    evidence = (
        "Norland's fisheries ministry lifted the ban and said the herring had recovered.",
        "Singer Ada Falk toured the coast.",
        "Ivo Strand, a director at the ministry, resigned.",
    )
    assert _speaker("Ada Falk said the herring had recovered.", *evidence)
    assert not _speaker("Ivo Strand said the herring had recovered.", *evidence)


def test_a_judgement_of_two_words_needs_its_speaker_too() -> None:
    """What something is, by somebody's word alone, is not stated as fact."""
    evidence = "Warden Ulf Brandt said the old dam at Orm was unsafe and should be emptied."
    assert _speaker("The high dam is unsafe.", evidence, "The dam is 90 meters high.")
    assert not _speaker("The high dam is unsafe.", evidence, "The dam is unsafe and high.")
