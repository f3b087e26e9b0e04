"""render: what a reader sees, and that nothing an article holds can act in it."""

from __future__ import annotations

import html as html_library
import re
from html.parser import HTMLParser
from typing import get_args

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from summarizer.cli.many import Edition
from summarizer.cli.options import Form
from summarizer.outputs.render import ALL, FORMATS
from summarizer.outputs.render import text as as_text
from summarizer.outputs.render.markdown import inert
from summarizer.outputs.render.notes import Notes, quoted, resting
from summarizer.outputs.site import SUFFIXES
from summarizer.schema import (
    ArticleReport,
    Citation,
    CitedSentence,
    Coverage,
    Disagreement,
    DisagreementValue,
    Dropped,
    Field_,
    Mask,
    Problem,
    Summary,
    Tone,
)

READABLE = [name for name in FORMATS if name != "json"]
"""The forms of text that are made for readers."""

LISTING = [name for name in READABLE if name != "html"]
"""Those that list sources sentence by sentence; html shows them in the articles' text."""

HARBOUR = "The ferry Alma ran aground on Monday. Share this story. Twelve people were hurt."
LEDGER = "A ferry grounded off Brill on Monday.\nFourteen people were hurt, police said."
COPY = HARBOUR


def cite(
    article: str, text: str, part: str, field: Field_ = "text", score: float = 0.9
) -> Citation:
    start = text.index(part)
    return Citation(
        article=article,
        field=field,
        start=start,
        end=start + len(part),
        text=part,
        score=score,
    )


AGROUND = cite("a1", HARBOUR, "The ferry Alma ran aground on Monday.")
GROUNDED = cite("a2", LEDGER, "A ferry grounded off Brill on Monday.")
TWELVE = cite("a1", HARBOUR, "Twelve people were hurt.")
FOURTEEN = cite("a2", LEDGER, "Fourteen people were hurt, police said.")
HEADLINE = cite("a2", "Ferry grounds off Brill", "Ferry grounds off Brill", "title")


@pytest.fixture
def summary() -> Summary:
    return Summary(
        id="ferry",
        title=CitedSentence(
            text="Ferry grounds off Brill",
            method="quoted",
            support=1.0,
            independent_sources=1,
            citations=(HEADLINE,),
        ),
        sentences=(
            CitedSentence(
                text="The ferry Alma ran aground off Brill on Monday.",
                method="fused",
                support=0.93,
                independent_sources=2,
                citations=(AGROUND, GROUNDED),
            ),
            CitedSentence(
                text="Twelve people were hurt.",
                method="quoted",
                support=1.0,
                independent_sources=1,
                citations=(TWELVE,),
            ),
        ),
        coverage=(
            Coverage(claim="The ferry ran aground.", cells={"a1": (AGROUND,), "a2": (GROUNDED,)}),
            Coverage(claim="Twelve were hurt.", cells={"a1": (TWELVE,), "a3": (TWELVE_COPY,)}),
        ),
        disagreements=(
            Disagreement(
                about="people hurt",
                kind="number",
                values=(
                    DisagreementValue(value="12", citations=(TWELVE,)),
                    DisagreementValue(value="14", speaker="police", citations=(FOURTEEN,)),
                ),
            ),
        ),
        tone=(Tone(word="ran aground", article="a1", citation=AGROUND),),
        articles=(
            ArticleReport(
                id="a1",
                outlet="Harbour News",
                used=True,
                masked=(Mask(start=38, end=55, reason="share line"),),
                text=HARBOUR,
            ),
            ArticleReport(
                id="a2",
                outlet="The Ledger",
                title="Ferry grounds off Brill",
                url="https://ledger.example/ferry",
                used=True,
                text=LEDGER,
            ),
            ArticleReport(id="a3", outlet="Wire", used=True, copy_of="a1", text=COPY),
            ArticleReport(id="a4", outlet="Sport", used=False, reason="is about another event"),
        ),
        dropped=(Dropped(text="Thirty people were hurt.", problems=("number",)),),
        warnings=("the summary ends after two sentences",),
        signature={"model": "extract"},
    )


TWELVE_COPY = cite("a3", COPY, "Twelve people were hurt.")


def hostile(text: str) -> Summary:
    """A summary that carries `text` in every place where an article's words can come."""
    whole = Citation(article=text, field="text", start=0, end=len(text), text=text, score=1.0)
    sentence = CitedSentence(
        text=text, method="quoted", support=1.0, independent_sources=1, citations=(whole,)
    )
    return Summary(
        id=text,
        title=sentence,
        sentences=(sentence,),
        coverage=(Coverage(claim=text, cells={text: (whole,)}),),
        disagreements=(
            Disagreement(
                about=text,
                kind="claim",
                values=(
                    DisagreementValue(value=text, speaker=text, citations=(whole,)),
                    DisagreementValue(value=text, citations=(whole,)),
                ),
            ),
        ),
        tone=(Tone(word=text, article=text, citation=whole),),
        articles=(
            ArticleReport(
                id=text,
                outlet=text,
                title=text,
                url=text,
                published=text,
                used=True,
                reason=text,
                text=text,
                masked=(Mask(start=0, end=1, reason=text),),
            ),
        ),
        dropped=(Dropped(text=text, problems=("name",)),),
        warnings=(text,),
    )


def whole(form: str, summary: Summary) -> str:
    """A readable form with all that it can tell."""
    return as_text(summary, details=True) if form == "text" else FORMATS[form](summary)


def words(form: str, summary: Summary) -> str:
    """The words of such a form, without tags, on one line."""
    bare = html_library.unescape(re.sub(r"<[^>]+>", "", whole(form, summary)))
    return " ".join(bare.replace("\\", "").split())


def test_text_marks_sentences_with_the_numbers_of_their_articles(summary: Summary) -> None:
    """Marks are the articles' numbers; every sentence is one line that ends with its marks."""
    lines = FORMATS["text"](summary).splitlines()
    assert lines[0] == "Ferry grounds off Brill [2]"
    assert "The ferry Alma ran aground off Brill on Monday. [1][2]" in lines
    assert "Twelve people were hurt. [1]" in lines
    assert "[1] Harbour News" in lines
    assert "    “The ferry Alma ran aground on Monday.”" in lines
    assert "[2] The Ledger, “Ferry grounds off Brill”, https://ledger.example/ferry" in lines


def test_text_never_wraps_a_summary_sentence(summary: Summary) -> None:
    """`grep` gives whole sentences; what follows them fits 88 columns."""
    long = " ".join(["word"] * 60) + "."
    first = summary.sentences[0].model_copy(update={"text": long})
    told = summary.model_copy(update={"sentences": (first, *summary.sentences[1:])})
    for page in (as_text(told), as_text(told, details=True)):
        assert f"{long} [1][2]" in page.splitlines()
        _, after = page.split("SOURCES\n")
        assert max(map(len, after.splitlines())) <= 88


def test_text_cuts_a_long_source_sentence_and_details_give_it_whole(summary: Summary) -> None:
    """The short form has one line a source sentence; nothing but its end is lost there."""
    long = " ".join(["Fog"] * 60) + "."
    report = summary.articles[0].model_copy(update={"text": long, "masked": ()})
    told = summary.sentences[0].model_copy(update={"citations": (cite("a1", long, long),)})
    story = Summary(id="fog", sentences=(told,), articles=(report,))
    (line,) = [row for row in as_text(story).splitlines() if "“Fog" in row]
    assert line.endswith(" …”")
    assert len(line) <= 88
    assert long in " ".join(as_text(story, details=True).split())


def test_the_short_text_counts_what_it_leaves_out_on_one_line(summary: Summary) -> None:
    """Without details the last line alone speaks of the rest, and of how to get at it if told."""
    assert as_text(summary).endswith(" refused draft.\n")
    *_, last = as_text(summary, more="--details tells all").rstrip().split("\n\n")
    assert " ".join(last.split()) == (
        "Left out: who reported what (2 claims), 1 loaded word, 1 article set aside, 1 copy of "
        "another article, 1 line that is not reporting, 1 refused draft; --details tells all."
    )
    assert as_text(summary).count("Left out") == 1


@pytest.mark.parametrize("form", READABLE)
def test_every_form_says_what_was_left_out_and_why(form: str, summary: Summary) -> None:
    """Set-aside articles, copies, masked passages, refused drafts and warnings are all told."""
    repeat = Dropped(text="A ship sank.", problems=(), rules=("text.repeats",))
    summary = summary.model_copy(update={"dropped": (*summary.dropped, repeat)})
    page = words(form, summary)
    for told in (
        "set aside: is about another event",
        "counted as one source with Harbour News",
        "not reporting: 1 × share line",
        "1 draft was refused: 1 × a number that its sources do not give",
        "1 further sentence was left out: 1 × repeats what the summary says already",
        "the summary ends after two sentences",
    ):
        assert told in page, told


@pytest.mark.parametrize("form", READABLE)
def test_values_of_several_days_are_told_with_their_days(form: str, summary: Summary) -> None:
    """A count of Monday and one of Wednesday may be two states of it, which their days show."""
    said = []
    for second in ("2026-03-11", "2026-03-09"):
        days = {"a1": "2026-03-09T08:00:00Z", "a2": second}
        dated = [a.model_copy(update={"published": days.get(a.id)}) for a in summary.articles]
        said.append(words(form, summary.model_copy(update={"articles": tuple(dated)})))
    several, one = (text.count("March 2026") for text in said)
    assert several == one + 2


@pytest.mark.parametrize("form", ["short", *READABLE])
def test_no_word_of_a_refused_draft_is_in_a_readable_form(form: str, summary: Summary) -> None:
    """What was refused is in JSON alone: nobody passes it on by mistake."""
    drafts = tuple(
        Dropped(text=f"{n} thousand walruses sank.", problems=("number", "name")) for n in range(30)
    )
    refused = summary.model_copy(update={"dropped": drafts})
    page = as_text(refused) if form == "short" else whole(form, refused)
    assert "walruses" not in page
    assert "walruses" in FORMATS["json"](refused)


def test_a_draft_that_stands_in_the_summary_is_not_counted_as_refused(summary: Summary) -> None:
    """A wording refused for one claim and kept for another was not left out."""
    kept = Dropped(text=summary.sentences[0].text, problems=("role",))
    twice = summary.model_copy(update={"dropped": (kept, *summary.dropped, *summary.dropped)})
    assert "1 draft was refused" in as_text(twice, details=True)


@pytest.mark.parametrize("problem", get_args(Problem))
def test_every_problem_has_words(problem: Problem, summary: Summary) -> None:
    """Whatever a check objects to, a reader is told in words, of a draft and of a sentence."""
    draft = Dropped(text="Walruses sank.", problems=(problem,))
    edited = summary.sentences[0].model_copy(update={"problems": (problem,)})
    told = summary.model_copy(update={"dropped": (draft,), "sentences": (edited,)})
    assert "1 draft was refused: 1 × " in as_text(told, details=True)
    assert "not carried by its sources: " in as_text(told)


@pytest.mark.parametrize("form", READABLE)
def test_both_sides_of_a_disagreement_are_shown_with_their_outlets(
    form: str, summary: Summary
) -> None:
    """12 in one report and 14 in another are both there, each with who says it."""
    page = re.sub(r"[*]|<[^>]+>", "", FORMATS[form](summary))
    assert "people hurt:" in page
    assert "12: Harbour News" in page
    assert "14, according to police: The Ledger" in page


def test_a_claim_that_only_a_copy_repeats_is_told_by_one_source(summary: Summary) -> None:
    """An outlet and the one that prints its text are one source of a claim."""
    page = as_text(summary, details=True)
    assert "The ferry ran aground. (Harbour News, The Ledger) [1][2]" in page
    assert "Twelve were hurt. (found only in Harbour News, Wire) [1][3]" in page


@pytest.mark.parametrize("form", READABLE)
def test_an_outlet_that_denies_a_claim_is_no_source_of_it(form: str, summary: Summary) -> None:
    """Who tells a claim in part, or otherwise, is named apart from who makes it."""
    cells = {"a1": (TWELVE,), "a2": (FOURTEEN,)}
    told = Coverage(
        claim="Twelve were hurt.", cells=cells, states={"a1": "carries", "a2": "contradicts"}
    )
    part = Coverage(
        claim="Some.",
        cells={"a1": (FOURTEEN,), "a2": (TWELVE,)},
        states={"a1": "carries", "a2": "part"},
    )
    page = words(form, summary.model_copy(update={"coverage": (told, part)}))
    assert "Twelve were hurt. (Harbour News; told otherwise in The Ledger)" in page
    assert "Some. (Harbour News; in part in The Ledger)" in page


INTERVIEW = "an interview with Radio Norrey"


@pytest.mark.parametrize("form", READABLE)
def test_a_primary_source_that_all_rest_on_is_named(form: str, summary: Summary) -> None:
    """A sentence and a claim that several outlets took from one interview say so, by its name."""
    told = summary.sentences[0].model_copy(update={"independent_sources": 1, "primary": INTERVIEW})
    claim = summary.coverage[0].model_copy(update={"independent_sources": 1, "primary": INTERVIEW})
    page = words(
        form, summary.model_copy(update={"sentences": (told,), "coverage": (claim,), "tone": ()})
    )
    assert page.count(f"both rest on {INTERVIEW}") == 2
    assert "both rest on" not in words(form, summary.model_copy(update={"tone": ()}))


def test_one_text_in_two_outlets_is_said_to_count_once(summary: Summary) -> None:
    """Who reads two marks behind a sentence learns if one text stands behind both."""
    first, *others = summary.sentences[0].citations
    printed = (first, *(c.model_copy(update={"text": first.text}) for c in others))
    told = summary.sentences[0].model_copy(update={"independent_sources": 1, "citations": printed})
    page = FORMATS["text"](summary.model_copy(update={"sentences": (told,)}))
    assert "[1][2] (both share one text, counted once)\n" in page


@pytest.mark.parametrize("form", READABLE)
def test_a_claim_says_which_outlet_lacks_it(form: str, summary: Summary) -> None:
    """What one of three outlets leaves out is told; a copy and what was set aside lack nothing."""
    silent = ArticleReport(id="a5", outlet="The Mirror", used=True, text="Fog again.")
    story = summary.model_copy(update={"articles": (*summary.articles, silent)})
    page = words(form, story)
    assert "The ferry ran aground. (Harbour News, The Ledger; missing in The Mirror)" in page
    assert page.count("missing in") == 1


@pytest.mark.parametrize("form", LISTING)
def test_every_cell_of_the_coverage_has_its_sentence(form: str, summary: Summary) -> None:
    """A claim that the summary does not tell can be read where it stands, all the same."""
    page = words(form, summary).lower()
    rest = page[page.index("who reported what") :]
    assert "[3] wire: “twelve people were hurt.”" in rest


@pytest.mark.parametrize("form", LISTING)
def test_every_sentence_is_told_with_the_sentences_it_rests_on(form: str, summary: Summary) -> None:
    """Each sentence, by its number, has all of its source sentences whole, and how it was made."""
    page = words(form, summary).replace("*", "")
    for told in (
        "Headline (quoted, support 1.00)",
        "[2] The Ledger (headline): “Ferry grounds off Brill”",
        "Sentence 1 (fused, support 0.93): “The ferry Alma ran aground off Brill on …”",
        "[1] Harbour News: “The ferry Alma ran aground on Monday.”",
        "[2] The Ledger: “A ferry grounded off Brill on Monday.”",
    ):
        assert told in page, told


def test_the_list_of_loaded_words_says_what_it_cannot_see(summary: Summary) -> None:
    """Nobody takes a short list of words for a clean bill."""
    said = "what an outlet leaves out"
    assert said in words("text", summary)
    assert said not in words("text", summary.model_copy(update={"tone": ()}))


def test_articles_of_one_outlet_are_told_apart_by_number(summary: Summary) -> None:
    """Two articles of one outlet carry their numbers in the labels."""
    articles = tuple(a.model_copy(update={"outlet": "Wire"}) for a in summary.articles)
    page = as_text(summary.model_copy(update={"articles": articles}), details=True)
    assert "[1] Wire (1): “The ferry" in page
    assert "[2] Wire (2): “A ferry" in page


@pytest.mark.parametrize("form", READABLE)
def test_an_article_without_an_outlet_is_called_by_its_number(form: str, summary: Summary) -> None:
    """An id that we gave is never shown; one that was given, as a file's name, is."""
    first, second, *rest = (a.model_copy(update={"outlet": None}) for a in summary.articles)
    page = words(form, summary.model_copy(update={"articles": (first, second, *rest)}))
    assert "Article 1" in page
    assert not re.search(r"\ba[1-4]\b", page)
    given = Notes.of(Summary(id="s", articles=(first.model_copy(update={"id": "north"}),)))
    assert given.label("north") == "north"


@pytest.mark.parametrize("form", READABLE)
def test_every_form_has_the_same_marks(form: str, summary: Summary) -> None:
    """An outlet has one number in every form: the marks behind a sentence are the same."""
    page = words(form, summary)
    assert re.search(r"The ferry Alma ran aground off Brill on Monday\. ?\[1\]\[2\]", page)
    assert re.search(r"Twelve people were hurt\. ?\[1\]", page)


def test_a_summary_without_sentences_says_so() -> None:
    """No sentence and no article is still a page that says what there is."""
    empty = Summary(id="none")
    for form in READABLE:
        assert "Nothing in these articles could be summarised." in FORMATS[form](empty)


def test_json_is_read_back_as_the_same_summary(summary: Summary) -> None:
    """The json form is the wire form."""
    assert Summary.from_json(FORMATS["json"](summary)) == summary


def test_markdown_lists_every_article_that_it_marks(summary: Summary) -> None:
    """Each [n] that is used is in the list of sources, with its outlet."""
    page = FORMATS["markdown"](summary)
    text, sources = page.split("## Sources")
    assert set(re.findall(r"\[(\d+)\]", text)) == {"1", "2"}
    listed = re.findall(r"^- \[(\d+)\] \*\*([^*]+)\*\*", sources, re.MULTILINE)
    assert dict(listed[:3]) == {"1": "Harbour News", "2": "The Ledger", "3": "Wire"}


class Page(HTMLParser):
    """What a browser would build: tags, ids, link targets, and the words."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.hrefs: list[str] = []
        self.attributes: set[str] = set()
        self.words: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        for name, value in attrs:
            self.attributes.add(name)
            if name == "id":
                self.ids.append(value or "")
            if name == "href":
                self.hrefs.append(value or "")

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def test_html_links_lead_both_ways(summary: Summary) -> None:
    """A mark leads to its source sentence, that leads back; every target is there once."""
    page = Page(FORMATS["html"](summary))
    assert len(page.ids) == len(set(page.ids))
    inner = {h[1:] for h in page.hrefs if h.startswith("#")}
    assert inner <= set(page.ids)
    assert {"s0", "s1", "s2", "c1", "c2", "c3", "c4"} <= inner


def test_html_asks_for_nothing_from_anywhere(summary: Summary) -> None:
    """No script, no image, no style sheet, no font: only links that a reader may follow."""
    rendered = FORMATS["html"](summary)
    page = Page(rendered)
    assert not {"script", "img", "link", "iframe", "object", "form"} & set(page.tags)
    assert not {"src", "srcset", "style"} & page.attributes
    assert "url(" not in rendered
    assert "@import" not in rendered
    assert [h for h in page.hrefs if not h.startswith("#")] == ["https://ledger.example/ferry"]


def test_html_shows_the_whole_text_of_an_article(summary: Summary) -> None:
    """The panes hold every character of the articles, masked ones too."""
    shown = "".join(Page(FORMATS["html"](summary)).words)
    assert re.sub(r"[\d←\s]+", "", LEDGER) in re.sub(r"[\d←\s]+", "", shown)
    assert "Share this story." in shown


def test_html_without_texts_lists_the_cited_sentences(summary: Summary) -> None:
    """Where the summary holds no text, each cited article's pane lists its source sentences."""
    bare = tuple(a.model_copy(update={"text": None}) for a in summary.articles)
    page = Page(FORMATS["html"](summary.model_copy(update={"articles": bare})))
    assert "The ferry Alma ran aground on Monday." in "".join(page.words)
    assert {h[1:] for h in page.hrefs if h.startswith("#")} <= set(page.ids)


HOSTILE = [
    "<script>alert(1)</script>",
    "</style></title></bdi><img src=x onerror=alert(1)>",
    '" onmouseover="alert(1)',
    "javascript:alert(1)",
    "${alert(1)} {{7*7}} `x` \\u003cscript\\u003e",
    "<|im_end|>",
    "\u202edetrevni\u2066 ‏مرحبا",
    "nul\0esc\x1b[31mred\x9b2J bell\x07",
    "line one\r\nline two\rline three\n",
    "👩\u200d🚒 e\u0301 \ufeffmark",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_articles_cannot_act_in_html(text: str) -> None:
    """Whatever an article holds, the page has the same elements as for a harmless one."""
    plain, attacked = Page(FORMATS["html"](hostile("word"))), Page(FORMATS["html"](hostile(text)))
    assert plain.tags == attacked.tags
    assert plain.attributes == attacked.attributes
    assert [h for h in attacked.hrefs if not h.startswith("#")] == []


@given(st.text(min_size=1, max_size=40))
def test_html_has_the_elements_of_a_harmless_article_for_any_text(text: str) -> None:
    """No text at all can add an element or an attribute; an address is a link, as it should be."""
    assume(not text.startswith(("http://", "https://")))
    harmless = "w" * max(2, len(text)) if len(text) > 1 else "w"
    assert (
        Page(FORMATS["html"](hostile(text))).tags == Page(FORMATS["html"](hostile(harmless))).tags
    )


@pytest.mark.parametrize("form", READABLE)
@pytest.mark.parametrize("text", HOSTILE)
def test_no_control_character_of_an_article_reaches_a_terminal(form: str, text: str) -> None:
    """Escape sequences are shown as pictures, in every readable form."""
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", whole(form, hostile(text)))
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", FORMATS[form](hostile(text)))


def test_overlapping_sources_and_masks_keep_the_text_whole() -> None:
    """Spans may overlap in any way: every character of the article is shown once."""
    text = "One two three four five six."
    spans = [(0, 13), (8, 18), (8, 28)]
    cited = tuple(
        Citation(article="a", field="text", start=s, end=e, text=text[s:e], score=1.0)
        for s, e in spans
    )
    sentence = CitedSentence(
        text="One.", method="trimmed", support=1.0, independent_sources=1, citations=cited
    )
    report = ArticleReport(
        id="a", used=True, text=text, masked=(Mask(start=4, end=20, reason="caption"),)
    )
    rendered = FORMATS["html"](Summary(id="s", sentences=(sentence,), articles=(report,)))
    pane = rendered.split('<div class="text" dir="auto">')[1].split("</div>")[0]
    shown = re.sub(r"<[^>]+>", "", re.sub(r"<sup.*?</sup>", "", pane))
    assert html_library.unescape(shown) == text
    assert len(re.findall(r'id="c\d"', rendered)) == 3


@pytest.mark.parametrize("form", READABLE)
def test_a_warning_names_the_article_by_its_outlet(form: str, summary: Summary) -> None:
    """A reader who never saw the ids knows which article is meant."""
    warned = summary.model_copy(update={"warnings": ("article 'a2' reads as an opinion piece",)})
    assert "The Ledger reads as an opinion piece" in words(form, warned)


def test_html_names_itself_and_numbers_its_outlets(summary: Summary) -> None:
    """The tab says the headline, and each pane the number that its marks have."""
    page = FORMATS["html"](summary)
    assert "<title>Ferry grounds off Brill</title>" in page
    assert re.findall(r'<b class="number">(\d+)</b> <bdi>([^<]+)', page) == [
        ("1", "Harbour News"),
        ("2", "The Ledger"),
        ("3", "Wire"),
    ]
    untitled = FORMATS["html"](summary.model_copy(update={"title": None}))
    assert "<title>Summary of 4 articles</title>" in untitled


def test_html_says_when_as_people_do(summary: Summary) -> None:
    """The page that is taken away shows a time, not its code."""
    first, *rest = summary.articles
    timed = first.model_copy(update={"published": "2026-03-10T14:05:00+01:00"})
    page = FORMATS["html"](summary.model_copy(update={"articles": (timed, *rest)}))
    assert "10 March 2026, 14:05" in page
    assert "2026-03-10T" not in page


def test_loaded_words_are_told_by_outlet(summary: Summary) -> None:
    """Twenty words of one outlet are one line, each with its mark."""
    loaded = tuple(summary.tone[0].model_copy(update={"word": w}) for w in ("rammed", "reckless"))
    page = as_text(summary.model_copy(update={"tone": loaded}), details=True)
    assert "- Harbour News: “rammed”, “reckless” [1]" in page


def test_two_articles_that_carry_half_each_share_no_text() -> None:
    """A sentence joined from two articles is not said to rest on one text of both."""
    halves = tuple(
        Citation(article=a, field="text", start=0, end=len(text), text=text, score=1.0)
        for a, text in (("a1", "The dam held."), ("a2", "Two farms were flooded."))
    )
    joined = CitedSentence(
        text="The dam held, but two farms were flooded.",
        method="fused",
        support=0.9,
        independent_sources=1,
        citations=halves,
    )
    copied = joined.model_copy(
        update={"citations": (halves[0], halves[0].model_copy(update={"article": "a2"}))}
    )
    assert resting(joined) is None
    assert resting(copied) == "both share one text, counted once"


def test_every_format_is_offered_by_the_command_line_and_ends_its_files_in_its_own_way() -> None:
    """`summarize --format` knows each format by its name, `batch --format` those with an index."""
    assert sorted(Form) == sorted(f.name for f in ALL)
    assert set(Edition) == {"jsonl", *SUFFIXES}
    for known in (
        {f.name for f in ALL},
        {f.suffix for f in ALL},
        {f.label for f in ALL},
    ):
        assert len(known) == len(ALL)


def test_a_figure_at_the_start_of_a_line_stays_as_it_is() -> None:
    """Markdown escapes "2." and "2)" where a list would begin, and not the point of "2.1%"."""
    assert [inert(t) for t in ("2.1% more", "2. May", "2) May", "2.")] == [
        "2.1% more",
        "2\\. May",
        "2\\) May",
        "2\\.",
    ]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("It sank.", "“It sank.”"),
        ("“It sank,” she said.", "“It sank,” she said."),
        ('She said: "It sank."', 'She said: "It sank."'),
    ],
)
def test_what_has_quotation_marks_gets_no_second_ones(text: str, shown: str) -> None:
    """Words that begin or end with their own stand with these alone."""
    assert quoted(text) == shown
