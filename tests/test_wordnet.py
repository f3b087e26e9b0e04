"""The lexicon of WordNet: what words are to each other, what its file holds, how it is made.

Which sense a sentence has in mind is not asked here; the lexicon does not know it either.
"""

from __future__ import annotations

import gzip
from concurrent.futures import ThreadPoolExecutor
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from typing import get_args

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks import build_wordnet
from summarizer.nlp.lexicons import wordnet_tables
from summarizer.nlp.lexicons.wordnet import (
    Pos,
    broader,
    derived,
    known,
    narrower,
    opposites,
    relation,
    siblings,
    synonyms,
)

INVERSE = {"broader": "narrower", "narrower": "broader"}


@pytest.mark.parametrize(
    ("a", "b", "pos", "expected"),
    [
        ("kill", "kill", "VERB", "same"),
        ("hurt", "injure", "VERB", "synonym"),
        ("injure", "wound", "VERB", "synonym"),
        ("begin", "start", "VERB", "synonym"),
        ("lawyer", "attorney", "NOUN", "synonym"),
        ("quake", "earthquake", "NOUN", "synonym"),
        ("likely", "probable", "ADJ", "synonym"),
        ("dead", "alive", "ADJ", "opposite"),
        ("guilty", "innocent", "ADJ", "opposite"),
        ("huge", "small", "ADJ", "opposite"),
        ("legal", "illegal", "ADJ", "opposite"),
        ("above", "below", "ADV", "opposite"),
        ("accept", "reject", "VERB", "opposite"),
        ("admit", "reject", "VERB", "opposite"),
        ("admit", "deny", "VERB", "opposite"),
        ("arrive", "depart", "VERB", "opposite"),
        ("ban", "permit", "VERB", "opposite"),
        ("buy", "sell", "VERB", "opposite"),
        ("convict", "acquit", "VERB", "opposite"),
        ("increase", "decrease", "VERB", "opposite"),
        ("increase", "decrease", "NOUN", "opposite"),
        ("rise", "fall", "VERB", "opposite"),
        ("rise", "fall", "NOUN", "opposite"),
        ("victory", "defeat", "NOUN", "opposite"),
        ("car", "vehicle", "NOUN", "broader"),
        ("vehicle", "car", "NOUN", "narrower"),
        ("blast", "explosion", "NOUN", "broader"),
        ("murder", "kill", "VERB", "broader"),
        ("announce", "say", "VERB", "broader"),
        ("huge", "large", "ADJ", "broader"),
        ("city", "town", "NOUN", "sibling"),
        ("doctor", "nurse", "NOUN", "sibling"),
        ("boat", "ship", "NOUN", "sibling"),
        ("france", "germany", "NOUN", "sibling"),
        ("tuesday", "monday", "NOUN", "sibling"),
    ],
)
def test_words_of_news_stand_as_english_has_them(a: str, b: str, pos: str, expected: str) -> None:
    """The second word is to the first what any reader would say."""
    assert relation(a, pos, b, pos) == expected


@pytest.mark.parametrize(
    ("a", "b", "pos"),
    [
        ("kill", "injure", "VERB"),
        ("kill", "defeat", "VERB"),
        ("say", "deny", "VERB"),
        ("boat", "ship", "NOUN"),
        ("city", "town", "NOUN"),
        ("attack", "defend", "VERB"),
    ],
)
def test_what_differs_is_no_synonym(a: str, b: str, pos: str) -> None:
    """Words that meet only in rare senses, or in none, do not stand for each other."""
    assert b not in synonyms(a, pos)
    assert a not in synonyms(b, pos)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (("decide", "VERB"), ("decision", "NOUN")),
        (("destroy", "VERB"), ("destruction", "NOUN")),
        (("injure", "VERB"), ("injury", "NOUN")),
        (("die", "VERB"), ("death", "NOUN")),
        (("chinese", "ADJ"), ("china", "NOUN")),
        (("quickly", "ADV"), ("quick", "ADJ")),
    ],
)
def test_forms_cross_the_parts_of_speech(a: tuple[str, str], b: tuple[str, str]) -> None:
    """A verb's noun, a country's adjective and an adjective's adverb are related by form."""
    assert b in derived(*a)
    assert relation(*a, *b) == relation(*b, *a) == "derived"


def test_the_form_of_a_synonym_is_related_too() -> None:
    """To hurt is to injure, and so an injury is related to it."""
    assert relation("hurt", "VERB", "injury", "NOUN") == "derived"


def test_a_man_is_no_opposite_of_a_civilian() -> None:
    """A noun is opposite to what WordNet says of itself, not of a word that can stand for it."""
    assert "serviceman" in opposites("civilian", "NOUN")
    assert relation("man", "NOUN", "civilian", "NOUN") != "opposite"


def test_steps_lead_up_one_by_one() -> None:
    """Each step more brings broader words and keeps those of the steps before."""
    layers = [broader("nurse", "NOUN", steps) for steps in range(5)]
    assert layers[0] == frozenset()
    assert all(fewer <= more for fewer, more in pairwise(layers))
    assert "professional" in layers[2]
    assert "person" in layers[4]


@pytest.mark.parametrize(
    ("word", "pos", "said"),
    [("attack", "NOUN", "event"), ("attack", "VERB", "change"), ("car", "NOUN", "entity")],
)
def test_what_fits_everything_is_not_told(word: str, pos: str, said: str) -> None:
    """The top of the hierarchy is cut off: that a thing is an entity helps nobody."""
    assert said not in broader(word, pos, 9)


def test_narrower_is_one_step_and_back() -> None:
    """What is directly narrower has the word among its broader ones, one step up."""
    below = narrower("storm", "NOUN")
    assert {"blizzard", "thunderstorm"} <= below
    assert all("storm" in broader(word, "NOUN", 1) for word in below)


@pytest.mark.parametrize(("lemma", "pos"), [("zorvik", "NOUN"), ("kill", "PUNCT"), ("", "VERB")])
def test_an_unknown_word_has_no_relations(lemma: str, pos: str) -> None:
    """A name, a mark or nothing at all is no error; only to itself it is the same."""
    assert not known(lemma, pos)
    asked = (synonyms, opposites, broader, narrower, siblings, derived)
    assert [ask(lemma, pos) for ask in asked] == [frozenset()] * len(asked)
    assert relation(lemma, pos, "death", "NOUN") is None
    assert relation(lemma, pos, lemma, pos) == "same"


WORDS = st.deferred(lambda: st.sampled_from(wordnet_tables.tables().words))


@st.composite
def related(draw: st.DrawFn) -> tuple[tuple[str, str], tuple[str, str]]:
    """A word, and one that the lexicon relates to it, if it has any."""
    lemma, pos = draw(WORDS)
    ask = draw(st.sampled_from([synonyms, opposites, broader, narrower, siblings]))
    others = sorted((word, pos) for word in ask(lemma, pos)) + sorted(derived(lemma, pos))
    return (lemma, pos), draw(st.sampled_from(others or [("kill", "VERB")]))


@settings(max_examples=200, deadline=None)
@given(related())
def test_relations_hold_both_ways(pair: tuple[tuple[str, str], tuple[str, str]]) -> None:
    """If b is broader than a, a is narrower than b; every other relation is its own inverse.

    Two words of several senses may each be the broader one: then both are called so.
    """
    a, b = pair
    there, back = relation(*a, *b), relation(*b, *a)
    assert back == INVERSE.get(str(there), there) or there == back == "broader"


@settings(max_examples=100, deadline=None)
@given(WORDS)
def test_no_word_is_related_to_itself(word: tuple[str, str]) -> None:
    """Every word is known and the same as itself, and never its own synonym or opposite."""
    lemma, pos = word
    assert known(lemma, pos)
    assert lemma == lemma.lower()
    assert pos in get_args(Pos)
    for ask in (synonyms, opposites, broader, narrower, siblings):
        assert lemma not in ask(lemma, pos)


def test_threads_share_one_reading() -> None:
    """Asked by many threads at once, the file is read once."""
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: wordnet_tables.tables(), range(32)))
    assert all(each is found[0] for each in found)


def test_the_file_is_small_and_its_licence_beside_it() -> None:
    """At most 1.5 MB ship, with Princeton's notice, and without the time of its making."""
    folder = files("summarizer.nlp.lexicons")
    packed = folder.joinpath(wordnet_tables.DATA).read_bytes()
    assert len(packed) < 1_500_000
    assert packed[4:8] == bytes(4)
    notice = folder.joinpath("WORDNET_LICENSE.txt").read_text(encoding="utf-8")
    assert "WordNet 3.1 Copyright 2011 by Princeton University." in notice


def test_the_builder_says_what_it_wants() -> None:
    """Run without its folder, or with more, it ends with one line of usage."""
    with pytest.raises(SystemExit, match="build_wordnet DICT"):
        build_wordnet.main([])


def test_rows_must_fill_their_values() -> None:
    """A column that lost a number is noticed, not read one off."""
    with pytest.raises(ValueError, match="rows of 3 values in all, but 2 are given"):
        wordnet_tables.Rows(np.array([1, 2], dtype=np.int32), np.array([7, 8], dtype=np.int32))


@pytest.mark.parametrize(
    ("uses", "total", "senses", "level"),
    [(0, 0, 1, 0), (0, 0, 2, 1), (0, 0, 4, 2), (103, 106, 15, 0), (1, 106, 15, 5), (4, 27, 7, 2)],
)
def test_a_level_is_how_often_a_share_must_be_doubled(
    uses: int, total: int, senses: int, level: int
) -> None:
    """Level 0 has more than half of a lemma's uses, 1 more than a quarter, and so on."""
    assert build_wordnet.level(uses, total, senses) == level


DICTIONARY = {
    "data.verb": """
00000100 38 v 02 climb 0 mount 0 002 ! 00000200 v 0101 + 00000300 n 0101 | go up
00000200 38 v 01 sink 0 002 ! 00000100 v 0101 > 00000210 v 0000 | go down
00000210 38 v 01 drown 0 000 | be under water
""",
    "data.noun": """
00000300 04 n 01 climb 0 001 + 00000100 v 0101 | going up
00000400 05 n 02 heron 0 Ardea_rara 0 001 @ 00000500 n 0000 | a bird
00000500 05 n 01 wading_bird 0 001 @ 00000600 n 0000 | a bird of shallow water
00000600 05 n 01 bird 0 001 @ 00000700 n 0000 | it flies
00000700 03 n 01 entity 0 000 | the top
""",
    "data.adj": """
00000800 00 a 01 steep 0 000 | of a slope
00000810 00 s 02 sheer(a) 0 steep 1 001 & 00000800 a 0000 | very steep
""",
    "data.adv": """
00000900 02 r 01 steeply 0 001 \\ 00000800 a 0101 | in a steep way
""",
    "index.sense": """
ardea_rara%1:05:00:: 00000400 1 0
bird%1:05:00:: 00000600 1 3
climb%1:04:00:: 00000300 1 0
climb%2:38:00:: 00000100 1 9
drown%2:38:00:: 00000210 1 2
entity%1:03:00:: 00000700 1 0
heron%1:05:00:: 00000400 1 1
mount%2:38:00:: 00000100 1 1
sheer%5:00:00:steep:00 00000810 1 1
sink%2:38:00:: 00000200 1 4
steep%3:00:00:: 00000800 1 20
steep%5:00:01:steep:00 00000810 2 0
steeply%4:02:00:: 00000900 1 0
wading_bird%1:05:00:: 00000500 1 0
""",
}
"""A dictionary of ten synsets in WordNet's format."""


@pytest.fixture
def dictionary(tmp_path: Path) -> Path:
    """A folder of dictionary files."""
    for name, text in DICTIONARY.items():
        licence = "" if name == "index.sense" else "  1 A licence stands first.\n"
        (tmp_path / name).write_text(licence + text.lstrip(), encoding="ascii")
    return tmp_path


def test_a_dictionary_is_read_back_as_it_was_built(
    dictionary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Species, rare phrases and rare senses are left out; what is above them moves nearer."""
    monkeypatch.setattr(build_wordnet, "GENERAL_DEPTH", 1)
    tables = wordnet_tables.read(build_wordnet.build(dictionary))
    assert ("ardea rara", "NOUN") not in tables.number
    assert ("wading bird", "NOUN") not in tables.number

    def sense(lemma: str, pos: str) -> int:
        """The only sense of a word."""
        (only,) = tables.senses_of(lemma, pos)
        return only

    assert tables.above[sense("heron", "NOUN")] == [sense("bird", "NOUN")]
    assert tables.below[sense("bird", "NOUN")] == [sense("heron", "NOUN")]
    assert tables.above[sense("bird", "NOUN")] == []
    assert tables.above[sense("sheer", "ADJ")] == [sense("steep", "ADJ")]
    assert dict(tables.words_of(sense("mount", "VERB"))) == {"climb": 0, "mount": 0}
    assert list(tables.opposites_of([sense("sink", "VERB")])) == [
        (("sink", "VERB"), ("climb", "VERB"), sense("climb", "VERB"))
    ]
    assert tables.forms[tables.number["steep", "ADJ"]] == [tables.number["steeply", "ADV"]]
    assert tables.forms[tables.number["climb", "VERB"]] == [tables.number["climb", "NOUN"]]


def test_the_shipped_file_unpacks_to_one_column_a_line() -> None:
    """Four lines of lemmas and twelve of numbers."""
    packed = files("summarizer.nlp.lexicons").joinpath(wordnet_tables.DATA).read_bytes()
    assert len(gzip.decompress(packed).decode("utf-8").splitlines()) == 16
