"""Rules of differing: a toll that sources give differently is told once, with every value.

What differs is found by disagreements; here two short reports are written to differ.
"""

from __future__ import annotations

import pytest

from summarizer.api import Summarizer
from summarizer.backends.standin import HashEncoder, OverlapJudge
from summarizer.generation import updated_counts
from summarizer.generation.differing_counts import attributed, figure, opening, sides, wording
from summarizer.generation.pruned import pruned
from summarizer.schema import (
    Article,
    Citation,
    Disagreement,
    DisagreementValue,
    Story,
    Summary,
)

POLICE = "Twelve people were killed in the fire in Harrow, police said."
HOSPITAL = "Fourteen people died in the fire in Harrow, the hospital said."


def _value(value: str, speaker: str | None, start: int) -> DisagreementValue:
    cited = Citation(
        article=f"a{start}", start=start, end=start + 4, text="It is.", field="text", score=1.0
    )
    return DisagreementValue(value=value, speaker=speaker, citations=(cited,))


def _toll(first: str | None, second: str | None, **changes: str) -> Disagreement:
    values = (_value("Nine", first, 1), _value("11", second, 2))
    return Disagreement.model_validate(
        {"about": "people killed", "kind": "number", "values": values, **changes}
    )


def test_every_value_is_told_with_who_gives_it() -> None:
    """Where each value has a speaker, both are named, and neither value is preferred."""
    assert wording(_toll("the police", "Hill Hospital")) == (
        "Reports differ on the number of people killed: nine, according to the police; "
        "11, according to Hill Hospital."
    )


def test_figures_are_written_as_agencies_write_them() -> None:
    """A word below ten, else figures, so that one sentence does not mix "12" and "fourteen"."""
    values = (_value("8", None, 1), _value("Fourteen", None, 2))
    toll = Disagreement(about="people injured", kind="number", values=values)
    assert wording(toll) == "Reports differ on the number of people injured: eight or 14."


def test_a_bound_is_told_with_its_figure() -> None:
    """ "At least 12" stays whole; a verb that bounds has no place behind the colon."""
    values = (_value("At least 12", None, 1), _value("Fourteen", None, 2))
    toll = Disagreement(about="people injured", kind="number", values=values)
    assert wording(toll) == "Reports differ on the number of people injured: at least 12 or 14."
    assert figure("topped 12", 12) == figure("Twelve", 12) == "12"


@pytest.mark.parametrize("speakers", [(None, "Hill Hospital"), ("he", "it"), ("police", "police")])
def test_values_stand_bare_where_a_speaker_is_not_known(
    speakers: tuple[str | None, str | None],
) -> None:
    """Without a name for each side the marks alone show who gives which value."""
    assert wording(_toll(*speakers)) == "Reports differ on the number of people killed: nine or 11."


def test_a_plain_count_is_named_as_its_heading_is() -> None:
    """A heading such as "number of flats" reads well in a sentence."""
    told = wording(_toll("the ministry", "the owners", about="number of flats"))
    assert told is not None
    assert told.startswith("Reports differ on the number of flats: nine, according to the ministry")


@pytest.mark.parametrize(
    "changes", [{"kind": "date"}, {"about": "number of flats (harbour, new)"}, {"about": "amount"}]
)
def test_only_plain_counts_become_a_sentence(changes: dict[str, str]) -> None:
    """What cannot be named well in a sentence stays in the list of what differs."""
    assert wording(_toll("the police", "Hill Hospital", **changes)) is None


def test_tolls_far_apart_stay_in_the_list() -> None:
    """A toll of thousands beside one of dozens is seldom of the same thing: no sentence says so."""
    values = (_value("Nine", None, 1), _value("1,100", None, 2))
    toll = Disagreement(about="people killed", kind="number", values=values)
    assert wording(toll) is None


def test_the_side_of_a_sentence_is_that_of_its_citations() -> None:
    """A cited sentence that gives a value puts the citing sentence on that side."""
    toll = _toll(None, None)
    assert sides(toll, toll.values[1].citations) == {1}
    assert sides(toll, ()) == set()


def test_an_event_with_two_tolls_is_told_once() -> None:
    """The second report's count comes as a sentence with both, not as the event again."""
    story = Story(articles=(Article(id="a1", text=POLICE), Article(id="a2", text=HOSPITAL)))
    made = Summarizer(HashEncoder(), None, OverlapJudge()).summarize(story, words=120)
    [toll] = [d for d in made.disagreements if d.kind == "number"]
    texts = [s.text for s in made.sentences]
    both = [s for s in made.sentences if s.text.startswith(opening(toll))]
    assert len(both) == 1
    assert {c.article for c in both[0].citations} == {"a1", "a2"}
    assert sum("in the fire in Harrow" in t for t in texts) == 1


WIRE = (
    "A gas blast destroyed a bakery in the old town of Merin early on Tuesday and killed {} "
    "people. Rescue crews searched the rubble with dogs until the evening. "
    "The mayor of Merin declared three days of mourning."
)


def test_what_happened_comes_before_the_count_on_which_sources_differ() -> None:
    """A summary never opens with 'Reports differ', whichever sentence it took first."""
    story = Story(
        articles=(
            Article(id="a1", text=f"{POLICE} The fire began in a kitchen on Arn Street at noon."),
            Article(id="a2", text=f"{HOSPITAL} A kitchen on Arn Street in Harrow burned at noon."),
        )
    )
    told = Summarizer(HashEncoder(), None, OverlapJudge()).summarize(story, words=80).sentences
    texts = [s.text for s in told]
    assert any(t.startswith("Reports differ") for t in texts)
    assert not texts[0].startswith("Reports differ")


def summary(*articles: tuple[str, str | None]) -> Summary:
    given = tuple(
        Article(id=f"a{i}", text=text, published=published)
        for i, (text, published) in enumerate(articles, 1)
    )
    story = Story(articles=given)
    return Summarizer(HashEncoder(), None, OverlapJudge()).summarize(story, words=120)


def test_one_agency_text_with_two_tolls_is_told_with_both() -> None:
    """A text with another figure is no copy, and both figures stand side by side in the text."""
    made = summary((WIRE.format("12"), None), (WIRE.format("14"), None))
    assert not any("copies of one text" in w for w in made.warnings)
    assert [a.copy_of for a in made.articles] == [None, None]
    texts = [s.text for s in made.sentences]
    assert "Reports differ on the number of people killed: 12 or 14." in texts
    told = next(i for i, t in enumerate(texts) if t.startswith("A gas blast"))
    assert texts[told + 1].startswith("Reports differ")


EARLY = "Twelve people were killed when a ferry sank off Port Sale, the coast guard said."
RISEN = "The death toll from the ferry that sank off Port Sale has risen to 14."
NOW = "The coast guard now says that 14 people were killed when the ferry sank off Port Sale."
LATER = "Fourteen people were killed when a ferry sank off Port Sale, the coast guard said."


@pytest.mark.parametrize(
    ("late", "early_time", "late_time"),
    [
        (RISEN, None, None),
        (NOW, None, None),
        (LATER, "2027-03-02T08:00:00Z", "2027-03-02T16:00:00Z"),
    ],
)
@pytest.mark.parametrize("turned", [False, True])
def test_the_newest_of_one_counter_is_told(
    late: str, early_time: str | None, late_time: str | None, turned: bool
) -> None:
    """By its words or by the time of publication, in any order; the earlier is not told."""
    articles = [(EARLY, early_time), (late, late_time)]
    made = summary(*(reversed(articles) if turned else articles))
    texts = [s.text for s in made.sentences]
    assert late in texts
    assert EARLY not in texts
    assert not any("12" in t or "Twelve" in t for t in texts)
    assert not made.disagreements


def test_a_toll_that_names_the_earlier_one_is_told() -> None:
    """ "14, up from 12" says both, and the earlier one alone is not told."""
    both = "The toll of people killed when the ferry sank off Port Sale stood at 14, up from 12."
    texts = [s.text for s in summary((EARLY, None), (both, None)).sentences]
    assert both in texts
    assert EARLY not in texts


def test_two_counts_that_one_sentence_gives_anew_are_told_once() -> None:
    """The dead and the injured of the day before are told no more."""
    text = "A bomb at a market in Khalt killed {} people and injured {}, police said."
    made = summary((text.format(12, 20), "2027-03-02"), (text.format(15, 31), "2027-03-03"))
    assert [s.text for s in made.sentences] == [text.format(15, 31)]


def test_of_three_counts_the_last_is_told() -> None:
    """What was newer once is an earlier count as well."""
    made = summary(
        *((LATER.replace("Fourteen", n), f"2027-03-0{i}")
          for i, n in enumerate(("Eight", "Eleven", "Thirteen"), 1))
    )  # fmt: skip
    texts = " ".join(s.text for s in made.sentences)
    assert "Thirteen people were killed" in texts
    assert "Eight people" not in texts
    assert "Eleven people" not in texts


def test_two_counters_are_no_earlier_and_later() -> None:
    """The hospital's count of the evening does not replace the police's of the morning."""
    made = summary((POLICE, "2027-03-02T08:00:00Z"), (HOSPITAL, "2027-03-02T16:00:00Z"))
    texts = " ".join(s.text for s in made.sentences)
    assert "12, according to police; 14, according to the hospital" in texts


def test_on_a_later_day_the_toll_that_rose_is_the_newest_whoever_counts() -> None:
    """The hospital's count of the next day replaces the police's, and a bound is such a count."""
    for early in (POLICE, POLICE.replace("Twelve", "At least 12")):
        made = summary((early, "2027-03-02T08:00:00Z"), (HOSPITAL, "2027-03-03T16:00:00Z"))
        texts = [s.text for s in made.sentences]
        assert texts[0] == HOSPITAL
        assert not any("Reports differ" in t or t == early for t in texts)


def test_a_count_that_is_corrected_is_no_difference() -> None:
    """Whoever says that a figure corrects others has the last word, also a lower one."""
    made = summary(
        ("Police said that 31 people had been arrested at the march in Orn.", "2027-03-02"),
        ("Twenty-seven people were arrested at the march in Orn, the prosecutor said, "
         "correcting earlier figures from police.", "2027-03-03"),
    )  # fmt: skip
    texts = " ".join(s.text for s in made.sentences)
    assert "Twenty-seven" in texts
    assert "31" not in texts


def test_an_earlier_count_is_cut_out_of_a_sentence_that_tells_more() -> None:
    """What else the sentence tells is news as before."""
    text = (
        "The ferry that sank off Port Sale on Monday, killing at least six people, had 71 people "
        "aboard and a licence for 50, the coast guard said."
    )
    assert pruned(text, updated_counts.spans(text, 6)) == text.replace(
        ", killing at least six people,", ""
    )


def test_the_dead_of_another_year_are_no_count_of_this_event() -> None:
    """Background on a river gives no toll of the accident that is reported."""
    made = summary(
        ("At least six people were killed when a ferry sank off Port Sale. In 2019 a ferry sank "
         "after hitting a tree trunk, killing 12 people.", "2027-03-02"),
        ("At least six people were killed when the ferry sank off Port Sale, police said.",
         "2027-03-02"),
        ("Eleven people were killed when the ferry sank off Port Sale, police said.", "2027-03-03"),
    )  # fmt: skip
    assert not any(v.value == "12" for d in made.disagreements for v in d.values)


def test_an_older_count_that_stays_is_told_as_of_an_earlier_report() -> None:
    """The newest comes first, made of its figure where its sentence cannot stand alone."""
    story = Story(
        articles=(
            Article(id="a1", outlet="Hill Post", published="2027-03-02",
                    text="Sergeant Ada Low said six hikers were missing on Mount Orn after the "
                    "slide."),
            Article(id="a2", outlet="Radio Harrow", published="2027-03-03",
                    text='The road to Mount Orn is open. "Nobody is missing any more," he said.'),
        )
    )  # fmt: skip
    told = Summarizer(HashEncoder(), None, OverlapJudge()).summarize(story, words=120)
    texts = [s.text for s in told.sentences]
    newest = texts.index("The latest count of people missing is none, according to Radio Harrow.")
    assert texts[newest + 1].endswith(
        "missing on Mount Orn after the slide, according to an earlier report in the Hill Post."
    )


def test_a_title_gives_the_newest_toll_or_none() -> None:
    """ "Five dead" heads no summary in which seven have died, also where five was a bound."""
    story = Story(
        articles=(
            Article(id="a1", title="Five dead in mill blast", published="2027-03-02",
                    text="At least five people died in a blast at the mill in Orn, police said."),
            Article(id="a2", title="Seven people dead in mill blast", published="2027-03-03",
                    text="Seven people died in the blast at the mill in Orn."),
        )
    )  # fmt: skip
    told = Summarizer(HashEncoder(), None, OverlapJudge()).summarize(story, words=60)
    assert told.title is not None
    assert told.title.text == "Seven people dead in mill blast"


def test_the_dead_and_the_injured_are_two_counts() -> None:
    """A figure is bound to what befell those counted, so 20 injured are no newer toll."""
    made = summary(
        ("A bomb at a market in Khalt left 12 people killed and 20 injured.", "2027-03-02"),
        ("At least 12 people were killed by a bomb at a market in Khalt.", "2027-03-03"),
    )
    assert not made.disagreements


OUTLETS = {"a1": "Hill Post", "a2": "Radio Harrow"}
BUILT = "The bridge was built in 1968."


def test_an_outlet_gives_a_value_that_nobody_is_said_to_give() -> None:
    """A reader is told who gives each value: the speaker, else the outlet that prints it."""
    assert wording(_toll("police", None), OUTLETS) == (
        "Reports differ on the number of people killed: nine, according to police; "
        "11, according to Radio Harrow."
    )


def test_outlets_tell_apart_what_one_speaker_is_said_to_give() -> None:
    """Where police are said to give both figures, the outlets are named."""
    assert wording(_toll("police", "Police"), OUTLETS) == (
        "Reports differ on the number of people killed: nine, according to the Hill Post; "
        "11, according to Radio Harrow."
    )


def test_a_disputed_value_is_told_with_its_outlet() -> None:
    """What only one side says is not stated as a fact."""
    cited = _value("1968", None, 1).citations
    assert attributed(BUILT, "1968", cited, OUTLETS) == (
        "The bridge was built in 1968, according to the Hill Post."
    )


@pytest.mark.parametrize(
    ("text", "value", "outlets"),
    [
        (BUILT, "1986", OUTLETS),
        (BUILT, "196", OUTLETS),
        (BUILT, "1968", {}),
        ("The bridge was built in 1968, the council said.", "1968", OUTLETS),
        ("The bridge, built in 1968, has gone, Ada Low told the court.", "1968", OUTLETS),
        ('Ada Low wrote: "It was built in 1968."', "1968", OUTLETS),
    ],
)
def test_no_outlet_is_put_behind_what_needs_or_bears_none(
    text: str, value: str, outlets: dict[str, str]
) -> None:
    """Another value, an unknown outlet, and what somebody is said to say stay as they are."""
    assert attributed(text, value, _value(value, None, 1).citations, outlets) is None


def test_no_sentence_states_as_fact_what_another_outlet_denies() -> None:
    """A year that is one side of a difference comes with its outlet, wherever it is told."""
    story = Story(
        articles=(
            Article(id="a1", outlet="Hill Post", text="The bridge in Harrow was built in 1968."),
            Article(id="a2", outlet="Radio Harrow", text="The bridge in Harrow was built in 1986."),
        )
    )
    made = Summarizer(HashEncoder(), None, OverlapJudge()).summarize(story, words=60)
    assert [d.kind for d in made.disagreements] == ["date"]
    for sentence in made.sentences:
        assert "according to" in sentence.text or not {"1968", "1986"} & set(
            sentence.text.rstrip(".").split()
        )
