"""Rules for names: where they stand, who bears a title, and which forms carry each other."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.nlp import parse
from summarizer.nlp.entities import (
    Name,
    known_names,
    missing_words,
    names,
    relation,
    same_name,
)


def read(text: str) -> tuple[Name, ...]:
    """The names of one text."""
    return names(*parse([text]))


def spelled(text: str) -> list[str]:
    """The names of one text as its words."""
    return [" ".join(n.words) for n in read(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The mayor met Vera Lind in Palso.", ["vera lind", "palso"]),
        ("The doctor saw Ada Falk-Berg there.", ["ada falk berg"]),
        ("Prince Omar bin Hadid came.", ["omar bin hadid"]),
        ("It was the Weavers' Union that left.", ["weavers union"]),
        ("The Department of Health and Human Services left.", ["department health human services"]),
        ("She flew to New York with the FBI.", ["new york", "fbi"]),
        ("Norland's Milo Brandt won.", ["norland", "milo brandt"]),
        ("Gov. Peg Sutter and Mr. Tate met on Monday.", ["peg sutter", "tate"]),
        ("Russian troops left on Tuesday.", ["russian"]),
        ("The bill was signed by Zoë Müller.", ["zoe muller"]),
    ],
)
def test_a_name_is_a_run_of_capitals_that_belong_together(text: str, expected: list[str]) -> None:
    """Particles, hyphens and "of" in bodies go on with a name; titles, days and owners end it."""
    assert spelled(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Abductors seized the boat.",
        "However, the boats sank.",
        "The President spoke.",
        "On Monday in May I left.",
        '"Nobody knew," he said.',
        "THE BOATS SANK",
    ],
)
def test_a_capital_alone_makes_no_name(text: str) -> None:
    """Words that open a sentence or a quotation, days, and titles without a name are none."""
    assert spelled(text) == []


def test_other_sentences_tell_a_name_where_a_sentence_opens() -> None:
    """A common word is a name at the start of a sentence if it is one inside another."""
    headline, body = parse(["Rivers Carry Cup To Palso", "The cup went to Milo Rivers in Palso."])
    assert "rivers" in known_names([body])
    assert all("rivers" not in n.words for n in names(headline))
    assert any("rivers" in n.words for n in names(headline, known_names([body])))


@pytest.mark.parametrize(
    ("text", "title", "qualifier"),
    [
        ("President Lena Mroz came.", "president", ""),
        ("Vice President Lena Mroz came.", "president", "vice"),
        ("The former prime minister Dana Wolff came.", "prime minister", "former"),
        ("They saw ex-president Otto Revland there.", "president", "former"),
        ("Lt. Gov. Marla Quist came.", "lt. gov.", ""),
        ("Sen. Rhea Colby came.", "senator", ""),
        ("Secretary of State Ada Falk came.", "secretary of state", ""),
        ("Ina Fols, the deputy mayor of Gransee, came.", "mayor", "deputy"),
        ("The transport minister Hugo Valk came.", "minister", ""),
        ("Ada Falk came.", "", ""),
    ],
)
def test_a_title_and_what_qualifies_it_belong_to_the_name(
    text: str, title: str, qualifier: str
) -> None:
    """Before the name or behind a comma, shortened or not, a title has one form."""
    name = read(text)[0]
    assert (name.title, name.qualifier) == (title, qualifier)
    assert name.kind == "person" or not title


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("They met Ada Falk.", "They met Falk."),
        ("They met Ada F. Falk.", "They met Ada Falk."),
        ("They met A. Falk.", "They met Ada Falk."),
        ("They met Zoë Müller.", "They met Zoe Muller."),
        ("They met Oleksandr Hrytsenko.", "They met Alexander Gritsenko."),
        ("They met Serhiy Bondar.", "They met Sergei Bondar."),
        ("They left the European Union.", "They left the EU."),
        ("They live in America.", "They live in the United States."),
        ("They left the Norvik Group.", "They work at Norvik Group Holdings Inc."),
    ],
)
def test_two_forms_may_be_one_bearer(one: str, other: str) -> None:
    """Surnames, initials, accents, spellings of one sound, acronyms and shorter bodies."""
    assert same_name(read(one)[0], read(other)[0])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("They met Ada Falk.", "They met Mira Falk."),
        ("They met Ada Falk.", "They met Ada."),
        ("They met Mario Rossi.", "They met Maria Rossi."),
        ("They met Ruth Angar.", "They met Ruth Ansgar."),
        ("They live in Norway.", "They live in Sweden."),
        ("They left the Senate.", "They left the House."),
    ],
)
def test_other_names_are_other_bearers(one: str, other: str) -> None:
    """Another first name, a first name alone, another ending or sound, another place or body."""
    assert not same_name(read(one)[0], read(other)[0])


def test_a_people_is_related_to_its_place() -> None:
    """ "Russian" is not Russia, but of it."""
    [people], [place] = read("The Russian boats came."), read("They left Russia.")
    assert relation(people, place) == relation(place, people) == "related"


@pytest.mark.parametrize("qualifier", ["former", "retired", "vice", "acting"])
def test_a_qualified_office_is_another(qualifier: str) -> None:
    """A former president carries no president; the qualified title carries itself."""
    [bare], [whole] = (
        read("President Lena Mroz came."),
        read(f"{qualifier.title()} President Lena Mroz came."),
    )
    evidence = parse([f"It was {qualifier} president Lena Mroz who came."])
    assert missing_words(bare, evidence) == ("president",)
    assert missing_words(whole, evidence) == ()
    assert (
        missing_words(bare, parse(["President Lena Mroz came.", *(p.text for p in evidence)])) == ()
    )


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("They met Falk.", "The poet Ada Falk came."),
        ("They met J. K. Marlow.", "Jane Kay Marlow came."),
        ("They met Sen. Rhea Colby.", "Senator Rhea Colby came."),
        ("They left the EU.", "The European Union split."),
        ("They left the European Union.", "The EU split."),
        ("They live in America.", "They came to the United States."),
        ("They live in Russia.", "The Russian troops left."),
        ("They live at Fairmont College of Palso.", "Fairmont College in Palso was shut."),
        ("They met Zoë Müller.", "Zoe\u0308 Mu\u0308ller came."),
        ("They met mayor Ina Fols.", "Ina Fols, the mayor of Gransee, came."),
    ],
)
def test_a_name_is_carried_by_its_other_forms(claim: str, evidence: str) -> None:
    """Fuller forms, initials, titles, acronyms, peoples and decomposed letters carry a name."""
    assert [missing_words(n, parse([evidence])) for n in read(claim)] == [()] * len(read(claim))


@pytest.mark.parametrize(
    ("claim", "evidence", "missing"),
    [
        ("They met Ada Falk.", ["Falk came."], ("ada",)),
        ("They met Ada Falk.", ["Ada Berg met Milo Falk."], ("falk",)),
        ("They met Ruth Angar.", ["Ruth Ansgar came."], ("angar",)),
        ("They left the Senate.", ["They left the House."], ("senate",)),
        ("They met Governor Tom Ashdown.", ["Senator Tom Ashdown came."], ("governor",)),
        ("They met Judge Ada Falk.", ["Ada Falk came."], ("judge",)),
        ("They live in Palso.", [], ("palso",)),
    ],
)
def test_what_no_evidence_carries_is_named(
    claim: str, evidence: list[str], missing: tuple[str, ...]
) -> None:
    """An added first name, words of two bearers, a letter less, another title."""
    assert missing_words(read(claim)[0], parse(evidence)) == missing


_WORDS = st.lists(
    st.text(alphabet="abdeghiklmnorstuvz", min_size=2, max_size=8), min_size=1, max_size=3
).map(tuple)
_NAMES = st.builds(
    Name, st.just(0), st.just(1), _WORDS, st.sampled_from(["person", "place", "organisation"])
)


@given(_NAMES, _NAMES)
def test_relation_is_symmetric_and_a_name_is_its_own(a: Name, b: Name) -> None:
    """Whether two names may be one's has no order."""
    assert relation(a, b) == relation(b, a)
    assert same_name(a, a)


@given(
    st.sampled_from(["NFC", "NFD"]), st.sampled_from(["Zoë Müller", "Åsa Núñez", "Jürgen Šimić"])
)
def test_accents_do_not_depend_on_how_they_are_written(form: str, name: str) -> None:
    """Composed and decomposed letters fold to the same words."""
    written = unicodedata.normalize(form, name)  # type: ignore[arg-type]
    assert spelled(f"They met {written} there.") == spelled(f"They met {name} there.")
