"""The page without a browser: what it takes, what it says, and that text never becomes markup.

What only a browser can show is in test_page_browser.py.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser

import page_double as double
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.errors import BadInput, BadOption, BadStory, SummarizerError, UnknownModel
from summarizer.outputs.render.notes import reports
from summarizer.page import account, fragments, panes, remarks
from summarizer.page.editing import Desk
from summarizer.page.intake import (
    MAX_ARTICLES,
    MAX_CHARACTERS,
    Length,
    length_of,
    model_of,
    story_of,
)
from summarizer.schema import Article, Coverage, Dropped, Mask, Problem, Story, Summary, Tone

FERRY = "A ferry hit the pier. Twelve people were hurt. Share this story\nThe port closed."
TRAM = "A boat struck the pier. Fourteen people were hurt.\nThe harbour was shut."

HOSTILE = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "${alert(1)}",
    "{{constructor.constructor('alert(1)')()}}",
    "`${alert(1)}`",
    "</span></section></template></style></textarea>",
    "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
    "javascript:alert(1)",
    "<|im_end|>",
    "\\u003cscript\\u003e &lt;b&gt; \" ' \\",
)


class _Shape(HTMLParser):
    """Collects tags, attributes and text of a fragment."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, tuple[str, ...]]] = []
        self.values: list[tuple[str, str, str]] = []
        self.said: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, tuple(sorted(name for name, _ in attrs))))
        self.values += [(tag, name, value or "") for name, value in attrs]

    def handle_data(self, data: str) -> None:
        self.said.append(data)


def _shape(html: str) -> _Shape:
    shape = _Shape()
    shape.feed(html)
    shape.close()
    return shape


def _summary(*articles: Article) -> Summary:
    return list(double.Quoting().watch(Story(articles=articles)))[-1]


def _fragments(summary: Summary) -> dict[str, str]:
    return {
        "text": account.finished(Desk(summary)),
        "sources": panes.sources(summary, double.split),
        "notes": remarks.notes(summary),
    }


# --- intake ------------------------------------------------------------------------------------


def test_blank_boxes_are_not_articles() -> None:
    """A box left wholly blank is not an article."""
    story = story_of([{"text": FERRY}, {"text": "  \n", "title": None, "outlet": ""}])
    assert [a.text for a in story.articles] == [FERRY]


def test_a_box_with_only_an_outlet_is_an_article() -> None:
    """A box that names its outlet but has no text is set aside by the pipeline, not lost here."""
    story = story_of([{"text": FERRY}, {"text": "", "outlet": "The Tern"}])
    assert [a.outlet for a in story.articles] == [None, "The Tern"]


@pytest.mark.parametrize(
    ("sent", "error", "says"),
    [
        ([], BadInput, "story 'story' has no articles; give at least one"),
        ([{"text": ""}, {"text": " "}], BadInput, "all articles are empty; fill at least one text"),
        ("text", BadStory, "articles must be a list"),
        (None, BadStory, "articles must be a list"),
        ([3], BadStory, "article 1 must be an object"),
        ([{"text": FERRY}, {"title": "x"}], BadStory, 'article 2: "text" must be text'),
        ([{"text": FERRY, "outlet": 5}], BadStory, 'article 1: "outlet" must be text'),
        ([{"text": "a"}] * (MAX_ARTICLES + 1), BadInput, "201 articles are more than the 200"),
        ([{"text": "a" * (MAX_CHARACTERS + 1)}], BadInput, "8,000,001 characters, more than"),
    ],
)
def test_bad_articles_are_refused_in_one_sentence(
    sent: object, error: type[SummarizerError], says: str
) -> None:
    """What cannot be a story is refused, naming the article and the field."""
    with pytest.raises(error, match=says):
        story_of(sent)


@pytest.mark.parametrize("words", [9, 5_001, -1])
def test_length_out_of_range_is_refused_as_on_the_command_line(words: int) -> None:
    """The page and the command line say the same about a length."""
    with pytest.raises(BadOption, match=f"words is {words}; a summary can have 10 to 5000 words"):
        length_of(words)


@pytest.mark.parametrize(
    ("sent", "length"),
    [
        (150, Length(150)),
        ({"unit": "words", "n": 80.0}, Length(80)),
        ({"unit": "sentences", "n": 3}, Length(3, "sentences")),
    ],
)
def test_a_length_is_in_words_or_in_sentences(sent: object, length: Length) -> None:
    """A bare number is a number of words, as clients send it."""
    assert length_of(sent) == length


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({"unit": "sentences", "n": 0}, "sentences is 0; a summary can have 1 to 500 sentences"),
        ({"unit": "pages", "n": 3}, 'a length is in "words" or in "sentences"'),
        ({"unit": "words"}, "words must be a whole number, 10 to 5000"),
        ({"n": 150}, 'a length is in "words" or in "sentences"'),
    ],
)
def test_what_is_no_length_is_refused(sent: object, says: str) -> None:
    """A length names its unit and a number within its bounds."""
    with pytest.raises(BadOption, match=says):
        length_of(sent)


@pytest.mark.parametrize("words", ["150", None, True, 12.5, float("nan"), float("inf")])
def test_length_must_be_a_whole_number(words: object) -> None:
    """A length that is not a whole number is refused."""
    with pytest.raises(BadOption, match="whole number"):
        length_of(words)


def test_unknown_model_offers_the_nearest() -> None:
    """An unknown model is refused with the nearest name."""
    with pytest.raises(UnknownModel, match="Did you mean 'extract'"):
        model_of("extrac", ("extract", "default"))


@settings(deadline=None)
@given(st.text(st.characters(codec=None), max_size=200))
def test_any_text_is_taken_and_can_be_encoded(text: str) -> None:
    """Any string is taken as it is, but for half surrogate pairs, which no text can hold."""
    taken = story_of([{"text": text}, {"text": "x"}]).articles[0].text
    if text.strip():
        taken.encode()
        if not any(0xD800 <= ord(c) < 0xE000 for c in text):
            assert taken == text


# --- fragments ---------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["text", "sources", "notes"])
@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.text(st.sampled_from("ab.<>&\"'`${}\\/\n ="), min_size=1, max_size=60)
        | st.sampled_from(HOSTILE),
        min_size=1,
        max_size=3,
    )
)
def test_article_text_never_changes_the_shape(name: str, texts: list[str]) -> None:
    """Whatever an article says, the html has the tags it would have for plain words."""
    plain = str.maketrans("<>&\"'`${}\\/=", "xxxxxxxxxxxx")
    articles = [
        Article(text=t, title=t.strip() or None, outlet=f"{n} {t}")  # outlets that stay apart
        for n, t in enumerate(texts)
    ]
    if not any(t.strip() for t in texts):
        return
    tame = [
        Article(**{k: v and v.translate(plain) for k, v in a.model_dump().items()})
        for a in articles
    ]
    wild_shape = _shape(_fragments(_summary(*articles))[name])
    tame_shape = _shape(_fragments(_summary(*tame))[name])
    assert wild_shape.tags == tame_shape.tags
    assert "".join(wild_shape.said).translate(plain) == "".join(tame_shape.said).translate(plain)


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_text_is_shown_as_it_is(hostile: str) -> None:
    """An article full of markup is shown letter for letter and makes no link, handler or script."""
    summary = _summary(Article(text=f"{hostile}\n{FERRY}", title=hostile, outlet=hostile))
    for html in _fragments(summary).values():
        shape = _shape(html)
        assert not {"script", "img", "iframe", "style"} & {tag for tag, _ in shape.tags}
        assert not [v for v in shape.values if v[1].startswith("on")]
        assert all(v[2].startswith("#") for v in shape.values if v[1] in ("href", "src"))
    assert hostile in "".join(_shape(_fragments(summary)["sources"]).said)


@pytest.mark.parametrize(
    ("url", "linked"),
    [
        ("https://tern.test/a?b=1&c='\">", True),
        ("javascript:alert(1)", False),
        ("data:text/html,<script>alert(1)</script>", False),
        ("//tern.test", False),
    ],
)
def test_only_a_web_address_becomes_a_link(url: str, linked: bool) -> None:
    """An article's address is a link if it is one of the web, and tells nobody whence it came."""
    shape = _shape(panes.sources(_summary(Article(text=FERRY, url=url)), double.split))
    links = [(name, v) for tag, name, v in shape.values if tag == "a" and name in ("href", "rel")]
    assert links == ([("href", url), ("rel", "noopener noreferrer")] if linked else [])


@pytest.mark.parametrize(
    ("published", "shown"),
    [
        ("2026-04-16T22:15:00+02:00", "16 April 2026, 22:15"),
        ("2026-04-16", "16 April 2026"),
        ("<b>Thursday</b>", "&lt;b&gt;Thursday&lt;/b&gt;"),
    ],
)
def test_a_date_is_shown_as_people_write_it(published: str, shown: str) -> None:
    """A date in the wire's form is written out; any other is shown as it was given."""
    html = panes.sources(_summary(Article(text=FERRY, published=published)), double.split)
    assert f"<time>{shown}</time>" in html


def test_a_copy_is_told_from_a_source_of_its_own() -> None:
    """Beside a claim a copy has a ring, not a dot, and below it is named whose words it prints."""
    summary = _summary(Article(text=FERRY), Article(text=TRAM), Article(text=TRAM, outlet="Gull"))
    first, second, third = summary.articles
    copied = (first, second, third.model_copy(update={"copy_of": second.id}))
    html = remarks.notes(summary.model_copy(update={"articles": copied}))
    assert html.count(" printed") == 2  # its ring, and what a ring means
    assert "carries it; prints the text of 2" in html


def test_every_source_of_a_sentence_is_on_the_page() -> None:
    """Every id that a sentence, claim or value points to is a source sentence with that text."""
    summary = _summary(Article(text=FERRY, title="Pier hit"), Article(text=TRAM, outlet="Tern"))
    made = _fragments(summary)
    ids = [v for _, name, v in _shape(made["sources"]).values if name == "id"]
    assert len(ids) == len(set(ids))
    pointing = [
        v
        for part in ("text", "notes")
        for _, name, v in _shape(made[part]).values
        if name == "data-src"
    ]
    assert len(pointing) >= len(summary.sentences)
    assert all(id_ in ids for v in pointing for id_ in v.split())


def test_a_citation_that_the_split_does_not_give_is_shown_nonetheless() -> None:
    """Where the split gives no such span, a cited span has its element all the same."""
    summary = _summary(Article(text=FERRY), Article(text=TRAM))
    shape = _shape(panes.sources(summary, lambda article, masks: ()))
    ids = {v for _, name, v in shape.values if name == "id"}
    cited = fragments.Numbers(summary.articles).ids(summary.citations()).split()
    assert cited
    assert set(cited) <= ids


def test_masked_lines_are_shown_with_their_reason() -> None:
    """What was masked stays readable in its article and says why it was left out."""
    summary = _summary(Article(text="A boat sank.\nShare on X\nNobody was hurt."))
    made = _fragments(summary)
    assert 'title="left out: share line">Share on X<' in made["sources"]
    assert "Share on X" in made["notes"]


def test_a_pane_says_headline_outlet_and_day_once() -> None:
    """Lines over a report that only repeat what stands above it are not shown again."""
    head = "Boat sinks off Orm\nThe Gull\n4 May 2026\nBy Ann Lee"
    summary = _summary(
        Article(
            text=f"{head}\n\nA boat sank.", title="Boat sinks off Orm", outlet="The Gull",
            published="2026-05-04",
        )
    )  # fmt: skip
    [report] = summary.articles
    masked = (Mask(start=0, end=len(head), reason="line over the report"),)
    summary = summary.model_copy(
        update={"articles": (report.model_copy(update={"masked": masked}),)}
    )
    told = "".join(_shape(panes.sources(summary, double.split)).said)
    assert [told.count(said) for said in ("Boat sinks off Orm", "4 May 2026", "Ann Lee")] == [1] * 3


def test_what_was_left_out_is_said() -> None:
    """Set-aside articles, dropped drafts and differences each appear with a reason."""
    notes = remarks.notes(
        _summary(Article(text=FERRY), Article(text=TRAM), Article(text=" ", outlet="Blank"))
    )
    for part in ("has no text", "Forty were hurt.", "number", "the first"):
        assert part in notes


@pytest.mark.parametrize(
    ("text", "problems", "rule", "why", "as_draft"),
    [
        ("A boat went down.", (), "text.repeats", "repeats what the summary says", False),
        ("He left.", (), "text.unintroduced", "does not tell for certain whom", False),
        ("He left.", (), "another.rule", "was not needed", False),
        (TRAM, ("unsupported",), "draft.dangles", "begins with words that point", False),
        (TRAM, ("unsupported",), "whole.unsupported", "not be verified by itself", False),
        ("He left.", ("unsupported",), "draft.dangles", "begins with words that point", True),
        ("He left.", ("number",), "numbers.missing", "a number that its sources", True),
    ],
)
def test_what_an_article_says_is_not_called_a_refused_draft(
    text: str, problems: tuple[Problem, ...], rule: str, why: str, as_draft: bool
) -> None:
    """Every sentence left out has its reason; one that is carried, or copied, no word of doubt."""
    summary = _summary(Article(text=FERRY), Article(text=f"It rained.\n{TRAM}"))
    dropped = Dropped(text=text, problems=problems, rules=(rule,))
    notes = remarks.notes(summary.model_copy(update={"sentences": (), "dropped": (dropped,)}))
    assert why in notes
    assert ("Refused drafts" in notes) == as_draft
    assert ("though their sources carry them" in notes) != as_draft


@pytest.mark.parametrize(
    ("warning", "said"),
    [
        ("article 'a1' is odd", "Tern is odd."),
        (
            "articles 'a1' and 'a2' may report different events",
            "Tern and article 2 may report different events.",
        ),
        ("not in English, it seems: Tern (fr), a2 (de)", "article 2 (de)."),
    ],
)
def test_a_warning_names_an_article_as_the_reader_sees_it(warning: str, said: str) -> None:
    """What the package calls by its id goes by its outlet on the page, above the text."""
    summary = _summary(Article(text=FERRY, outlet="Tern"), Article(text=TRAM))
    [shown] = remarks.alerts(summary.model_copy(update={"warnings": (warning,)}))
    assert shown.endswith(said)
    assert "a1" not in shown
    assert "a2" not in shown
    html = account.finished(Desk(summary.model_copy(update={"warnings": (warning,)})))
    assert html.index('class="alerts"') < html.index('class="sentence"')


def test_copies_and_other_events_are_said_above_the_text() -> None:
    """Who counts for nothing of its own, or was set aside, is known before the text is read."""
    summary = _summary(
        Article(text=FERRY, outlet="Tern"), Article(text=TRAM, outlet="Gull"), Article(text=TRAM)
    )
    tern, gull, third = summary.articles
    articles = (
        tern,
        gull.model_copy(update={"copy_of": tern.id}),
        third.model_copy(
            update={"used": False, "reason": "seems to report another event (likelihood 0.98): x"}
        ),
    )
    assert remarks.alerts(summary.model_copy(update={"articles": articles, "warnings": ()})) == [
        "Gull prints the text of Tern; they count as one source.",
        "Article 3 was set aside: it seems to report another event.",
    ]


@pytest.mark.parametrize(
    ("reason", "above", "below"),
    [
        (
            "reports another event than article 'a1', which is told",
            "it reports another event than Tern, which is told.",
            "reports another event than Tern, which is told",
        ),
        (
            "is in another language (French), and could not be compared",
            "it is in another language.",
            "is in another language (French), and could not be compared",
        ),
    ],
)
def test_why_an_article_was_set_aside_names_no_id(reason: str, above: str, below: str) -> None:
    """Above the text and below it, another article goes by its outlet."""
    summary = _summary(Article(text=FERRY, outlet="Tern"), Article(text=TRAM, outlet="Gull"))
    tern, gull = summary.articles
    aside = gull.model_copy(update={"used": False, "reason": reason})
    summary = summary.model_copy(update={"articles": (tern, aside), "warnings": ()})
    assert remarks.alerts(summary) == [f"Gull was set aside: {above}"]
    notes = remarks.notes(summary)
    assert below in notes
    assert "a1" not in notes.partition("Articles set aside")[2].partition("</ul>")[0]


def test_an_id_with_a_bracket_is_not_cut() -> None:
    """The name of a file may hold one: why its article was set aside is said to the end."""
    of_file = Article(id="report (1).txt", text=FERRY)
    summary = _summary(of_file, Article(text=TRAM, outlet="Gull"))
    first, gull = summary.articles
    reason = "reports another event than article 'report (1).txt', which is told"
    aside = gull.model_copy(update={"used": False, "reason": reason})
    assert remarks.alerts(
        summary.model_copy(update={"articles": (first, aside), "warnings": ()})
    ) == ["Gull was set aside: it reports another event than report (1).txt, which is told."]


@pytest.mark.parametrize("copy", [False, True])
def test_every_sign_of_the_claims_is_in_their_key(copy: bool) -> None:
    """The hollow ring of a copy is explained where there is one, and only there."""
    summary = _summary(Article(text=FERRY), Article(text=TRAM), Article(text=TRAM, outlet="Gull"))
    *others, gull = summary.articles
    if copy:
        gull = gull.model_copy(update={"copy_of": others[1].id})
    notes = remarks.notes(summary.model_copy(update={"articles": (*others, gull)}))
    key = notes.partition('class="key">')[2].partition("</p>")[0]
    signs = set(" ".join(re.findall(r'<i class="dot o\d([^"]*)"', notes)).split())
    assert ("printed" in signs) is copy
    assert all(f'class="dot {sign}"' in key for sign in signs)
    assert ("prints another" in key) is copy


def test_many_warnings_are_folded() -> None:
    """Three stand open; the text is not pushed off the screen by the rest."""
    summary = _summary(Article(text=FERRY))
    warned = tuple(f"article number {n} is odd" for n in range(9))
    html = account.finished(Desk(summary.model_copy(update={"warnings": warned})))
    assert html.partition("<details>")[0].count("is odd.") == 3
    assert "6 more remarks" in html


def test_claims_of_one_source_are_told_apart() -> None:
    """What only one source reports stands by itself, and a copy does not make it two."""
    summary = _summary(Article(text=FERRY), Article(text=TRAM))
    assert "Told by several" in remarks.notes(summary)
    assert "Only in one source" not in remarks.notes(summary)
    first, second = summary.articles
    copied = (first, second.model_copy(update={"copy_of": first.id}))
    alone = remarks.notes(summary.model_copy(update={"articles": copied}))
    assert "Only in one source" in alone
    assert "Told by several" not in alone


def test_an_article_set_aside_is_not_compared() -> None:
    """What tells of another event is not said to have left out this one's claims."""
    summary = _summary(
        Article(text=FERRY, outlet="Tern"), Article(text=TRAM, outlet="Gull"), Article(text=" ")
    )
    reported = remarks.notes(summary).partition('id="n-reported"')[2].partition("</section>")[0]
    assert reported.count("<dt>") == 2
    assert reported.count("no sentence found") == 1  # in the key of the signs


def test_articles_of_one_outlet_share_a_colour() -> None:
    """Marks are coloured by outlet: two articles of one outlet look alike."""
    summary = _summary(
        Article(text=FERRY, outlet="Tern"),
        Article(text=TRAM, outlet="Gull"),
        Article(text=TRAM, outlet="Tern"),
    )
    numbers = fragments.Numbers(summary.articles)
    assert [numbers.colour(a.id) for a in summary.articles] == [1, 2, 1]


def test_what_several_articles_rest_on_is_said_under_the_sentence() -> None:
    """Three papers that quote one interview are no three sources, and the page says so."""
    whole = _summary(*(Article(id=f"a{i}", text=FERRY) for i in range(3)))
    interview = "an interview with Radio Norrey"
    rested = whole.sentences[0].model_copy(update={"independent_sources": 1, "primary": interview})
    summary = whole.model_copy(update={"sentences": (rested,)})
    for html in (account.finished(Desk(summary)), account.growing(Desk(summary))):
        assert f"all 3 rest on {interview}" in _shape(html).said


def test_a_wording_in_one_outlets_loaded_words_says_whose_they_are() -> None:
    """Another wording may be taken from a slanted article, but not unawares."""
    whole = _summary(Article(text=FERRY, outlet="Gull"), Article(text=TRAM, outlet="Tern"))
    cited = whole.sentences[0].citations[1]
    tone = (Tone(word="catastrophe", article=cited.article, citation=cited),)
    desk = Desk(whole.model_copy(update={"tone": tone}))
    others = [whole.sentences[0].model_copy(update={"text": t}) for t in ("A catastrophe.", "Fog.")]
    html = account.finished(desk.offer(1, others))
    assert html.count("Tern&#x27;s loaded words: “catastrophe”") == 1


def test_what_the_text_quotes_from_several_is_not_said_to_be_in_one_alone() -> None:
    """The sections below must not deny the marks behind a sentence."""
    whole = _summary(Article(text=FERRY, outlet="Gull"), Article(text=TRAM, outlet="Tern"))
    told = whole.sentences[0]
    here, there = told.citations
    apart = tuple(
        Coverage(claim=c.text, cells={c.article: (c,)}, independent_sources=1)
        for c in (here, there)
    )
    several, single = reports(whole.model_copy(update={"coverage": apart}))
    assert [set(c.cells) for c in several] == [{here.article, there.article}]
    assert several[0].independent_sources == told.independent_sources
    assert single == []
    fused = told.model_copy(update={"method": "fused"})
    untold = whole.model_copy(update={"coverage": apart, "sentences": (fused,)})
    assert reports(untold) == ([], list(apart))


def test_articles_of_one_outlet_are_told_apart_above_the_text() -> None:
    """What is said of one of two articles that an outlet has gives the number of it."""
    summary = _summary(*(Article(text=t, outlet="Coast Radio") for t in (FERRY, TRAM, TRAM)))
    first, second, third = summary.articles
    articles = (
        first,
        second.model_copy(update={"used": False, "reason": "seems to report another event"}),
        third.model_copy(update={"copy_of": first.id}),
    )
    assert remarks.alerts(summary.model_copy(update={"articles": articles, "warnings": ()})) == [
        "Coast Radio (2) was set aside: it seems to report another event.",
        "Coast Radio (3) prints the text of Coast Radio (1); they count as one source.",
    ]


@pytest.mark.parametrize(
    ("text", "writer", "made"),
    [
        ("Twelve or more were hurt.", "a-model", "Written anew over 2 source sentences"),
        ("Twelve or more were hurt.", None, "Put together from 2 source sentences"),
        ("Reports differ on the hurt: 12; 14.", "a-model", "Put together from 2 source sentences"),
    ],
)
def test_only_what_a_model_wrote_is_said_to_be_written(
    text: str, writer: str | None, made: str
) -> None:
    """Without a writer, and where the sources differ, a sentence is put together from them."""
    summary = _summary(Article(text=FERRY), Article(text=TRAM))
    first = summary.sentences[0].model_copy(update={"text": text, "method": "fused"})
    told = {"sentences": (first,), "signature": {"writer": writer}}
    assert made in account.finished(Desk(summary.model_copy(update=told)))


def test_an_error_is_a_sentence() -> None:
    """It begins as one, whatever the package's errors begin with."""
    assert ">All articles are empty.<" in fragments.refused("all articles are empty.")
