"""Rules for quantities: how figures are read, what they count, and when one carries another."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from math import inf

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from summarizer.nlp import parse
from summarizer.nlp.quantities import Quantity, carries, compatible, quantities


def read(text: str) -> tuple[Quantity, ...]:
    """The quantities of one text."""
    return quantities(*parse([text]))


def one(text: str) -> Quantity:
    """The only quantity of a text."""
    [found] = read(text)
    return found


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("They sold 1,200 boats.", 1200, ""),
        ("They sold twenty-one boats.", 21, ""),
        ("They sold two hundred and five boats.", 205, ""),
        ("They counted two and a half million birds.", 2_500_000, ""),
        ("They counted a million and a half birds.", 1_500_000, ""),
        ("They counted a quarter of a million birds.", 250_000, ""),
        ("They counted half a million birds.", 500_000, ""),
        ("About 2.5m homes were lost.", 2_500_000, ""),
        ("A dozen boats sank.", 12, ""),
        ("Half a dozen boats sank.", 6, ""),
        ("The region has 2.5 lakh farmers.", 250_000, ""),
        ("The bridge cost Rs 1,00,000.", 100_000, "INR"),
        ("The bridge cost ₹25 crore.", 250_000_000, "INR"),
        ("The tram cost $1.2bn.", 1.2e9, "USD"),
        ("The tram cost 1.2 billion euros.", 1.2e9, "EUR"),
        ("The tram cost C$40m.", 4e7, "CAD"),
        ("The tram cost 40 million crowns.", 4e7, "crown"),
        ("The tram cost £3m.", 3e6, "GBP"),
        ("Sales fell 8%.", 8, "%"),
        ("Sales fell 8 per cent.", 8, "%"),
        ("The rate rose by 2 percentage points.", 2, "pp"),
        ("The rate rose by 25 basis points.", 0.25, "pp"),
        ("One in four pupils cannot swim.", 25, "%"),
        ("Two out of five pupils cannot swim.", 40, "%"),
        ("A quarter of the pupils cannot swim.", 25, "%"),
        ("Half of the pupils cannot swim.", 50, "%"),
        ("The road is 5 km long.", 5000, "m"),
        ("The fire burned 10 hectares.", 100_000, "m2"),
        ("The load weighed 2 tonnes.", 2000, "kg"),
        ("It was 25°C in the shade.", 25, "C"),
        ("It was 50 degrees Fahrenheit in the shade.", 10, "C"),
        ("The car drove at 36 km/h.", 10, "m/s"),
        ("He ran for two hours.", 7200, "s"),
        ("He was held for three years.", 36, "month"),
        ("Sales doubled.", 2, "times"),
        ("A 5.6-magnitude quake shook the town.", 5.6, "magnitude"),
        ("A quake of magnitude 5.6 shook the town.", 5.6, "magnitude"),
        ("The man was 6ft 2in tall.", 1.8796, "m"),
    ],
)
def test_a_figure_has_one_value_in_the_base_unit(text: str, value: float, unit: str) -> None:
    """Digits, words, scales, shares, currencies and measures give a value in a base unit."""
    found = one(text)
    assert found.value == pytest.approx(value)
    assert found.unit == unit


@pytest.mark.parametrize(
    ("text", "bound", "low", "high"),
    [
        ("More than 750 people came.", "more", 750, inf),
        ("At least 750 people came.", "at_least", 750, inf),
        ("Fewer than 50 homes burned.", "fewer", 0, 50),
        ("Up to 50 homes burned.", "at_most", 0, 50),
        ("At most 50 homes burned.", "at_most", 0, 50),
        ("No fewer than 50 homes burned.", "at_least", 50, inf),
        ("Fifty homes or more burned.", "", 50, 50),
        ("It takes 50 or more voters.", "at_least", 50, inf),
        ("About 250,000 people use it.", "about", 245_000, 255_000),
        ("Nearly 800 people came.", "about", 720, 800),
        ("Between 40 and 50 houses were flooded.", "range", 40, 50),
        ("It takes 10 to 12 hours.", "range", 36_000, 43_200),
        ("Some 20-30 people marched.", "range", 20, 30),
        ("A meal costs between $90 and $120.", "range", 90, 120),
        ("It costs 3 to 4 million euros.", "range", 3e6, 4e6),
        ("Dozens of boats sank.", "about", 20, 200),
    ],
)
def test_the_words_around_make_a_bound(text: str, bound: str, low: float, high: float) -> None:
    """Bounds, guesses and ranges say which values are allowed."""
    found = one(text)
    assert found.bound == bound
    assert [found.low, found.high] == pytest.approx([low, high])


def test_what_a_quarrel_is_over_bounds_nothing() -> None:
    """Of "over $8" it is more; "split over an $8 charge" says on what."""
    assert one("It cost over $8.").bound == "more"
    assert one("Firms were split over an $8 charge.").bound == ""


@pytest.mark.parametrize(
    "text",
    [
        "They met on 3 April 2024 at 4:30 p.m.",
        "The mine opened in 2016.",
        "The virus Covid-19 spread.",
        "The crew of Apollo 11 landed.",
        "He sued under Title 9.",
        "No. 7 was broken.",
        "He is the one who left.",
        "It was built in the 1980s.",
        "She is in her 60s.",
        "The journey is a long one.",
        "He sang with the band One Direction.",
        "Runway 13 was closed.",
        "They left No 10 in a hurry.",
    ],
)
def test_what_only_looks_like_a_count_is_none(text: str) -> None:
    """Dates, hours, labels, names and the pronoun "one" are no quantities."""
    assert read(text) == ()


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        (
            "Nine soldiers were wounded and 30 killed.",
            [(9, "soldier", "injure:obj"), (30, "soldier", "kill:obj")],
        ),
        (
            "Five soldiers and 12 civilians were killed.",
            [(5, "soldier", "kill:obj"), (12, "civilian", "kill:obj")],
        ),
        ("Two gunmen killed 17 guests.", [(2, "gunman", "kill:subj"), (17, "guest", "kill:obj")]),
        ("Four men were hurt by two dogs.", [(4, "man", "injure:obj"), (2, "dog", "injure:subj")]),
        ("Seventeen sailors died.", [(17, "sailor", "kill:obj")]),
        ("Seven sailors are missing.", [(7, "sailor", "miss:obj")]),
        ("The death toll rose to 45.", [(45, "", "kill:obj")]),
        ("The storm caused 12 deaths.", [(12, "death", "kill:obj")]),
        ("Nobody was hurt.", [(0, "", "injure:obj")]),
        ("There were no injuries.", [(0, "injury", "injure:obj")]),
        ("Two of the 40 sailors died.", [(2, "sailor", "kill:obj"), (40, "sailor", "")]),
        ("Some 20-30 farmers marched.", [(20, "farmer", "march:subj")]),
        ("The number of sailors who died rose to 45.", [(45, "", "kill:obj")]),
        (
            "The blast left one sailor dead and eight divers injured.",
            [(1, "sailor", "kill:obj"), (8, "diver", "injure:obj")],
        ),
        (
            "Three gunmen killed at least seven and wounded 48.",
            [(3, "gunman", "kill:subj"), (7, "", "kill:obj"), (48, "", "injure:obj")],
        ),
        (
            "Firemen saved 12 sailors, including two divers.",
            [(12, "sailor", "rescue:obj"), (2, "diver", "rescue:obj")],
        ),
    ],
)
def test_a_count_knows_its_noun_and_what_befalls_it(
    text: str, counts: list[tuple[float, str, str]]
) -> None:
    """Each count is bound to its own noun and predicate, whichever way the sentence is turned."""
    assert [(q.value, q.of, q.fate) for q in read(text)] == counts


def test_a_score_is_one_thing() -> None:
    """ "3-1" is no two counts, in figures and in words."""
    hyphened, worded = one("Orlin won 3-1."), one("Orlin won by three goals to one.")
    assert hyphened.unit == worded.unit == "score"
    assert carries(worded, hyphened)
    assert one("The bill passed in a 219 to 212 vote.").unit == "score"
    assert not compatible(hyphened, one("Orlin won 3-2."))


def test_two_shares_against_each_other_are_two() -> None:
    """What falls is no range."""
    assert [q.value for q in read("Falk led with 59% to 35%.")] == [59, 35]


def test_all_but_two_are_not_two() -> None:
    """An exception is not the count of those that are told of."""
    assert not compatible(one("All but two guests left."), one("Two guests left."))


@pytest.mark.parametrize(
    ("text", "owner"),
    [
        ("A 41-year-old baker was arrested.", "baker"),
        ("Police held the baker, 41, on Monday.", "baker"),
        ("The baker, aged 41, was held.", "baker"),
        ("The baker is 41 years old.", "old"),
        ("Gus Orme, a 41-year-old baker, was held.", "orme"),
        ("The baker, then 41, was held.", "baker"),
        ("The baker, who was 41, was held.", "baker"),
        ("The baker died at the age of 41.", "baker"),
        ("The baker died at 41.", "baker"),
        ("Bakers over 41 were held.", "baker"),
    ],
)
def test_an_age_belongs_to_someone(text: str, owner: str) -> None:
    """Ages are no counts: they have a unit of their own and a bearer."""
    age = one(text)
    assert (age.unit, age.value, age.of) == ("year_old", 41, owner)


def test_a_bare_figure_may_be_an_age() -> None:
    """A figure that counts nothing is carried by an age; one that counts is not."""
    age = one("The baker, 41, was held.")
    assert carries(one("The baker passed away at 41."), age)
    assert not carries(one("The baker sold 41 boats."), age)


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("More than 750 staff left.", "755 staff left."),
        ("Hundreds of staff left.", "755 staff left."),
        ("At least a dozen boats sank.", "Fourteen boats sank."),
        ("A dozen boats sank.", "Twelve boats sank."),
        ("About 50,000 people came.", "50,516 people came."),
        ("About 250,000 people came.", "About 2.5 lakh people came."),
        ("1,500,000 people came.", "1.5 million people came."),
        ("It cost 1.2 billion euros.", "It cost €1.2bn."),
        ("It cost 250 million rupees.", "It cost Rs 25 crore."),
        ("One in four pupils swim.", "25% of pupils swim."),
        ("Half of the pupils swim.", "50 percent of pupils swim."),
        ("About a third of the homes burned.", "Some 32% of the homes burned."),
        ("The road is 8 km long.", "The road is 5 miles long."),
        ("It burned 32 kilometres of forest.", "It burned 20 miles of forest."),
        ("About 2,000 hectares burned.", "About 5,000 acres burned."),
        ("Fewer than 900 voters came.", "Fewer than 900 voters came."),
        ("Between 40 and 50 houses burned.", "45 houses burned."),
        ("He was held for one year.", "He was held for 12 months."),
        ("More than 1,000 people came.", "More than 1,000 people came."),
    ],
)
def test_a_figure_carries_its_other_forms(claim: str, evidence: str) -> None:
    """Words, roundings, scales, shares, units and bounds below a figure say the same."""
    assert carries(one(claim), one(evidence))
    assert compatible(one(claim), one(evidence))


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("755 staff left.", "More than 750 staff left."),
        ("Exactly 750 staff left.", "More than 750 staff left."),
        ("More than 750 staff left.", "1,400 staff left."),
        ("At most 30 houses burned.", "At least 30 houses burned."),
        ("About 52,000 people came.", "50,516 people came."),
        ("It cost 1.2 million euros.", "It cost €1.2bn."),
        ("It cost £3m.", "It cost $3m."),
        ("It cost 40 million euros.", "It cost 40 million crowns."),
        ("It rose by 2 percent.", "It rose by 2 percentage points."),
        ("It was 40 degrees Fahrenheit.", "It was 40 degrees Celsius."),
        ("Between 90 and 150 boats sank.", "Between 90 and 120 boats sank."),
        ("The third boat sank.", "Three boats sank."),
        ("The boats sank in 20 minutes.", "The boats sank in 20 hours."),
        ("He earns $20 a day.", "He earns $20 an hour."),
    ],
)
def test_a_figure_does_not_carry_another(claim: str, evidence: str) -> None:
    """Bounds do not become figures, nor far bounds, other units, ranges, rates and ranks."""
    assert not carries(one(claim), one(evidence))


@pytest.mark.parametrize(
    ("one_text", "other_text"),
    [
        ("12 sailors were hurt.", "14 sailors were hurt."),
        ("About 5,000 people marched.", "Some 20,000 people marched."),
        ("More than 750 people marched.", "Fewer than 700 people marched."),
        ("The road is 8 km long.", "The road is 8 miles long."),
    ],
)
def test_figures_that_exclude_each_other_are_not_compatible(one_text: str, other_text: str) -> None:
    """Of one thing both cannot be true."""
    assert not compatible(one(one_text), one(other_text))


def test_a_bound_and_a_figure_are_compatible_both_ways() -> None:
    """What does not carry may still be true of the same thing."""
    bound, figure = one("More than 750 staff left."), one("755 staff left.")
    assert compatible(bound, figure)
    assert not carries(figure, bound)


_FIGURES = st.floats(min_value=0.01, max_value=1e9)
_MADE = st.builds(
    lambda value, width, bound, unit: Quantity(
        0, 1, value, {"": value, "range": value + width}.get(bound, inf),
        bound, unit, None, "", False, value, 1.0,
    ),
    _FIGURES, _FIGURES, st.sampled_from(["", "range", "more", "at_least"]),
    st.sampled_from(["", "%", "m", "USD"]),
)  # fmt: skip


@given(_MADE)
def test_a_quantity_carries_itself(quantity: Quantity) -> None:
    """What is written twice in the same words is carried."""
    assert carries(quantity, quantity)
    assert compatible(quantity, quantity)


@given(_MADE, _MADE)
def test_compatible_is_symmetric_and_needed_to_carry(a: Quantity, b: Quantity) -> None:
    """Whether two may both be true has no order, and what is carried may."""
    assert compatible(a, b) == compatible(b, a)
    assert compatible(a, b) or not carries(a, b)


_PIECES = st.sampled_from(
    "$ 3 - 1,200 1.2bn to between and two half a dozen of % km . , aged over ( ) no one nobody "
    "million 5th 3/4 ½ one in four -5 °C Rs. people were killed 0".split()
)


@settings(max_examples=25, deadline=None)
@given(st.lists(_PIECES, max_size=14), st.text(max_size=12))
def test_any_text_is_read(words: list[str], rest: str) -> None:
    """Broken figures and odd characters give quantities in order, or none, and no error."""
    [parsed] = parse([f"{' '.join(words)}{rest}"])
    found = quantities(parsed)
    assert all(0 <= q.first < q.last <= len(parsed.tokens) for q in found)
    assert all(a.first <= b.first for a, b in pairwise(found))
    assert all(carries(q, q) and compatible(q, q) for q in found)


@settings(max_examples=25, deadline=None)
@given(st.integers(min_value=2, max_value=999_999))
def test_grouped_digits_read_as_plain_ones(n: int) -> None:
    """Commas between thousands change nothing; without them a year is read as a year."""
    assume(not 1900 <= n < 2100)
    grouped, plain = one(f"They sold {n:,} boats."), one(f"They sold {n} boats in all.")
    assert replace(grouped, noun=None, last=0) == replace(plain, noun=None, last=0)
