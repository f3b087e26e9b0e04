"""render: what a reader sees, and that nothing an article holds can act in it."""

from __future__ import annotations

import html as html_library
import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.render import FORMATS
from summarizer.story import (
    ArticleReport,
    Citation,
    CitedSentence,
    Coverage,
    Disagreement,
    DisagreementValue,
    Dropped,
    Field_,
    Mask,
    Summary,
    Tone,
)

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


def test_text_numbers_each_source_sentence_once_in_reading_order(summary: Summary) -> None:
    """The headline's source is 1; every sentence is one line that ends with its marks."""
    lines = FORMATS["text"](summary).splitlines()
    assert lines[0] == "Ferry grounds off Brill [1]"
    assert "The ferry Alma ran aground off Brill on Monday. [2][3]" in lines
    assert "Twelve people were hurt. [4]" in lines
    assert "[2] Harbour News: “The ferry Alma ran aground on Monday.”" in lines
    assert "[1] The Ledger (headline): “Ferry grounds off Brill”" in lines


def test_text_never_wraps_a_summary_sentence(summary: Summary) -> None:
    """`grep` gives whole sentences; what follows them fits 88 columns."""
    long = " ".join(["word"] * 60) + "."
    first = summary.sentences[0].model_copy(update={"text": long})
    page = FORMATS["text"](
        summary.model_copy(update={"sentences": (first, *summary.sentences[1:])})
    )
    assert f"{long} [2][3]" in page.splitlines()
    _, after = page.split("SOURCES\n")
    assert max(map(len, after.splitlines())) <= 88


@pytest.mark.parametrize("form", ["text", "markdown", "html"])
def test_every_form_says_what_was_left_out_and_why(form: str, summary: Summary) -> None:
    """Set-aside articles, copies, masked passages, dropped drafts and warnings are all told."""
    page = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", FORMATS[form](summary)))
    for told in (
        "set aside: is about another event",
        "counted as one source with Harbour News",
        "masked as no reporting: 1 × share line",
        "dropped for number",
        "Thirty people were hurt.",
        "the summary ends after two sentences",
    ):
        assert told in page, told


@pytest.mark.parametrize("form", ["text", "markdown", "html"])
def test_both_sides_of_a_disagreement_are_shown_with_their_outlets(
    form: str, summary: Summary
) -> None:
    """12 in one report and 14 in another are both there, each with who says it."""
    page = re.sub(r"[*]|<[^>]+>", "", FORMATS[form](summary))
    assert "people hurt (number):" in page
    assert "12: Harbour News" in page
    assert "14, says police: The Ledger" in page


def test_a_claim_that_only_a_copy_repeats_is_told_by_one_source(summary: Summary) -> None:
    """An outlet and the one that prints its text are one source of a claim."""
    page = FORMATS["text"](summary)
    assert "The ferry ran aground. (Harbour News, The Ledger) [2][3]" in page
    assert "Twelve were hurt. (found only in Harbour News, Wire) [4][6]" in page


INTERVIEW = "an interview with Radio Norrey"


@pytest.mark.parametrize("form", ["text", "markdown", "html"])
def test_a_primary_source_that_all_rest_on_is_named(form: str, summary: Summary) -> None:
    """A sentence and a claim that several outlets took from one interview say so, by its name."""
    told = summary.sentences[0].model_copy(update={"independent_sources": 1, "primary": INTERVIEW})
    claim = summary.coverage[0].model_copy(update={"independent_sources": 1, "primary": INTERVIEW})
    page = FORMATS[form](
        summary.model_copy(update={"sentences": (told,), "coverage": (claim,), "tone": ()})
    )
    words = " ".join(html_library.unescape(re.sub(r"<[^>]+>", "", page)).split())
    assert words.count(f"both rest on {INTERVIEW}") == 2
    assert "rest on" not in FORMATS[form](summary.model_copy(update={"tone": ()}))


def test_one_text_in_two_outlets_is_said_to_count_once(summary: Summary) -> None:
    """Who reads two marks behind a sentence learns if one text stands behind both."""
    told = summary.sentences[0].model_copy(update={"independent_sources": 1})
    page = FORMATS["text"](summary.model_copy(update={"sentences": (told,)}))
    assert "[2][3] (both share one text, counted once)\n" in page


@pytest.mark.parametrize("form", ["text", "markdown", "html"])
def test_a_claim_says_which_outlet_lacks_it(form: str, summary: Summary) -> None:
    """What one of three outlets leaves out is told; a copy and what was set aside lack nothing."""
    silent = ArticleReport(id="a5", outlet="The Mirror", used=True, text="Fog again.")
    story = summary.model_copy(update={"articles": (*summary.articles, silent)})
    page = html_library.unescape(re.sub(r"<[^>]+>", "", FORMATS[form](story)))
    assert "The ferry ran aground. (Harbour News, The Ledger; missing in The Mirror)" in page
    assert page.count("missing in") == 1


def test_every_cell_of_the_coverage_has_its_sentence(summary: Summary) -> None:
    """A claim that the summary does not tell can be read where it stands, all the same."""
    page = FORMATS["text"](summary)
    rest = page[page.index("SOURCES OF WHAT ELSE WAS REPORTED") :]
    assert "[6] Wire: “Twelve people were hurt.”" in rest


def test_the_list_of_loaded_words_says_what_it_cannot_see(summary: Summary) -> None:
    """Nobody takes a short list of words for a clean bill."""
    said = "what an outlet leaves out"
    assert said in " ".join(FORMATS["text"](summary).split())
    assert said not in FORMATS["text"](summary.model_copy(update={"tone": ()}))


def test_articles_of_one_outlet_are_told_apart_by_id(summary: Summary) -> None:
    """Two articles of one outlet carry their ids in the labels."""
    articles = tuple(a.model_copy(update={"outlet": "Wire"}) for a in summary.articles)
    page = FORMATS["text"](summary.model_copy(update={"articles": articles}))
    assert "Wire (a1): “The ferry" in page
    assert "Wire (a2): “A ferry" in page


def test_a_summary_without_sentences_says_so() -> None:
    """No sentence and no article is still a page that says what there is."""
    empty = Summary(id="none")
    for form in ("text", "markdown", "html"):
        assert "Nothing in these articles could be summarised." in FORMATS[form](empty)


def test_json_is_read_back_as_the_same_summary(summary: Summary) -> None:
    """The json form is the wire form."""
    assert Summary.from_json(FORMATS["json"](summary)) == summary


def test_markdown_defines_every_footnote_it_uses(summary: Summary) -> None:
    """Each [^n] that is used is defined, and each that is defined is used."""
    page = FORMATS["markdown"](summary)
    used = set(re.findall(r"\[\^(\d+)\](?!:)", page))
    assert used == set(re.findall(r"^\[\^(\d+)\]:", page, re.MULTILINE)) == set("123456")


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
    words = "".join(Page(FORMATS["html"](summary)).words)
    assert re.sub(r"[\d←\s]+", "", LEDGER) in re.sub(r"[\d←\s]+", "", words)
    assert "Share this story." in words


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
    """No text at all can add an element or an attribute."""
    harmless = "w" * max(2, len(text)) if len(text) > 1 else "w"
    assert (
        Page(FORMATS["html"](hostile(text))).tags == Page(FORMATS["html"](hostile(harmless))).tags
    )


@pytest.mark.parametrize("form", ["text", "markdown", "html"])
@pytest.mark.parametrize("text", HOSTILE)
def test_no_control_character_of_an_article_reaches_a_terminal(form: str, text: str) -> None:
    """Escape sequences are shown as pictures, in every readable form."""
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


@pytest.mark.parametrize("form", ["text", "markdown", "html"])
def test_a_warning_names_the_outlet_beside_the_id(form: str, summary: Summary) -> None:
    """A reader who never saw the ids still knows which article is meant."""
    warned = summary.model_copy(update={"warnings": ("article 'a2' reads as an opinion piece",)})
    page = html_library.unescape(re.sub(r"<[^>]+>", "", FORMATS[form](warned)))
    assert "article 'a2' (The Ledger) reads as an opinion piece" in page.replace("\\", "")


def test_html_says_when_as_people_do(summary: Summary) -> None:
    """The page that is taken away shows a time, not its code."""
    first, *rest = summary.articles
    timed = first.model_copy(update={"published": "2026-03-10T14:05:00+01:00"})
    page = FORMATS["html"](summary.model_copy(update={"articles": (timed, *rest)}))
    assert "10 March 2026, 14:05" in page
    assert "2026-03-10T" not in page


def test_loaded_words_are_told_by_outlet(summary: Summary) -> None:
    """Twenty words of one outlet are one line, each with its mark."""
    words = tuple(summary.tone[0].model_copy(update={"word": w}) for w in ("rammed", "reckless"))
    page = FORMATS["text"](summary.model_copy(update={"tone": words}))
    assert "- Harbour News: “rammed” [2], “reckless” [2]" in page
