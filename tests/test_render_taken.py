"""What is taken away and is no text of a terminal: the Word document, and what Copy copies.

The other forms are in test_render.py; how a browser copies is in test_page_saved.py.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from html.parser import HTMLParser
from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.outputs import render
from summarizer.outputs.files import slug
from summarizer.schema import (
    ArticleReport,
    Citation,
    CitedSentence,
    Disagreement,
    DisagreementValue,
    Dropped,
    Summary,
)

NORTH = "The tram Ida left the rails in Orm on Friday. Nine people were hurt."
SOUTH = "A tram derailed in Orm on Friday."


def said(text: str, *cited: tuple[str, str], problems: bool = False) -> CitedSentence:
    """A sentence that cites parts of articles: (id, part)."""
    texts = {"n": NORTH, "s": SOUTH}
    citations = [
        Citation(
            article=id_,
            field="text",
            start=(start := texts[id_].index(part)),
            end=start + len(part),
            text=part,
            score=0.9,
        )
        for id_, part in cited
    ]
    return CitedSentence(
        text=text,
        method="edited" if problems else "fused",
        support=0.9,
        independent_sources=1,
        citations=tuple(citations),
        problems=("number",) if problems else (),
    )


@pytest.fixture
def summary() -> Summary:
    return Summary(
        id="tram",
        title=said("Tram derails in Orm", ("s", SOUTH)),
        sentences=(
            said("The tram Ida derailed in Orm on Friday.", ("n", NORTH[:45]), ("s", SOUTH)),
            said("Ninety were hurt.", ("n", "Nine people were hurt."), problems=True),
        ),
        articles=(
            ArticleReport(id="x", outlet="Unused Times", used=False, reason="another event"),
            ArticleReport(
                id="n",
                outlet="North & Co",
                title="Tram <Ida> derails",
                url="https://north.example/tram?a=1&b=2",
                published="2026-05-08",
                used=True,
                text=NORTH,
            ),
            ArticleReport(id="s", outlet="South", url="javascript:alert(1)", used=True, text=SOUTH),
        ),
        dropped=(Dropped(text="A tram of walruses sank.", problems=("name",)),),
    )


def paragraphs(summary: Summary, begins: Collection[int] = ()) -> list[str]:
    """The text of each paragraph of the Word document."""
    return [p.text for p in Document(BytesIO(render.docx(summary, begins=begins))).paragraphs]


def test_copied_text_has_the_marks_of_the_page_and_a_short_list_of_sources(
    summary: Summary,
) -> None:
    """Headline, one paragraph, and a line for each article that is cited, by its number."""
    assert render.plain(summary) == (
        "Tram derails in Orm [3]\n\n"
        "The tram Ida derailed in Orm on Friday. [2][3] "
        "Ninety were hurt. (not carried by its sources: a number)\n\n"
        "Sources\n"
        "[2] North & Co, “Tram <Ida> derails”, 8 May 2026, https://north.example/tram?a=1&b=2\n"
        "[3] South, javascript:alert(1)\n"
    )


def test_what_is_copied_as_rich_text_says_the_same(summary: Summary) -> None:
    """Without its tags the rich text is the plain one; marks are raised, web addresses links."""
    rich = render.rich(summary)
    assert "<sup>[2][3]</sup>" in rich
    assert re.findall(r'href="([^"]+)"', rich) == ["https://north.example/tram?a=1&amp;b=2"]
    assert "“Tram &lt;Ida&gt; derails”</a>" in rich
    assert "<b>(not carried by its sources: a number)</b>" in rich


@pytest.mark.parametrize("form", ["plain", "rich", *(f.name for f in render.ALL)])
def test_every_form_to_read_has_the_paragraphs(form: str, summary: Summary) -> None:
    """A sentence that begins a paragraph does so in each of them; JSON alone has none."""
    writers: dict[str, render.Write[str]] = {"plain": render.plain, "rich": render.rich}
    writers |= render.FORMATS
    whole, parted = (
        "\n\n".join(paragraphs(summary, begins=begins))
        if form == "docx"
        else re.sub("<p[^>]*>", "\n\n", writers[form](summary, begins=begins))
        for begins in ((), (1, 2))
    )
    begun = re.compile(r"\n\n(?:<[^>]*>)*Ninety were hurt")
    assert not begun.search(whole)
    assert bool(begun.search(parted)) == (form != "json")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Élan: “Ferry” hit the pier.", "elan-ferry-hit-the-pier"),
        ("Нет", ""),
        ("a" * 70 + " b", "a" * 60),
        ("ab " * 30, "ab-" * 19 + "ab"),
    ],
)
def test_a_file_is_named_after_a_text(text: str, name: str) -> None:
    """Words in small letters, without accents and signs; a long name is cut behind a word."""
    assert slug(text) == name


def test_copied_text_says_where_the_sources_differ(summary: Summary) -> None:
    """A line a difference between text and sources, but for one that the text tells itself."""
    values = tuple(
        DisagreementValue(value=value, citations=summary.sentences[0].citations[n : n + 1])
        for n, value in enumerate(("nine", "<ten>"))
    )
    told = Disagreement(about="people hurt", kind="number", values=values)
    differing = summary.model_copy(update={"disagreements": (told,)})
    line = "Sources differ on people hurt: nine (North & Co), <ten> (South)."
    plain, rich = render.plain(differing), render.rich(differing)
    assert f"\n\n{line}\n\nSources\n" in plain
    assert (
        "<p>Sources differ on people hurt: nine (North &amp; Co), &lt;ten&gt; (South).</p>" in rich
    )
    days = {"n": "2026-05-08", "s": "2026-05-09T07:00:00Z"}
    articles = [a.model_copy(update={"published": days.get(a.id)}) for a in differing.articles]
    dated = render.plain(differing.model_copy(update={"articles": tuple(articles)}))
    assert "nine (North & Co, 8 May 2026), <ten> (South, 9 May 2026)." in dated
    itself = said("Reports differ: nine, or <ten>.", ("n", NORTH[:45]), ("s", SOUTH))
    both = differing.model_copy(update={"sentences": (itself,)})
    assert "Sources differ" not in render.plain(both) + render.rich(both)
    figures = said("Reports differ: 9, or <ten>.", ("n", NORTH[:45]), ("s", SOUTH))
    other = differing.model_copy(update={"sentences": (figures,)})
    assert "Sources differ" not in render.plain(other) + render.rich(other)


@pytest.mark.parametrize("write", [render.plain, render.rich], ids=["plain", "rich"])
def test_nothing_that_was_left_out_is_copied(write: object, summary: Summary) -> None:
    """Neither a refused draft, nor an article set aside, nor an article's own words."""
    assert callable(write)
    copied = write(summary)
    for left in ("walruses", "Unused Times", "another event", "Nine people were hurt."):
        assert left not in copied


def test_a_word_document_has_headline_text_sources_and_the_rest(summary: Summary) -> None:
    """The document says what the other forms say, under headings of its own."""
    document = Document(BytesIO(render.docx(summary)))
    told = {p.text: p.style.name for p in document.paragraphs if p.style is not None}
    assert told["Tram derails in Orm[3]"] == "Heading 1"
    assert told["Sources"] == told["Left out"] == "Heading 2"
    assert any(text.startswith("The tram Ida derailed in Orm on Friday.[2][3]") for text in told)
    assert "[1] Unused Times: set aside: another event" in told
    assert "1 draft was refused: 1 × a name that its sources do not give" in told
    assert not any("walruses" in text for text in told)
    assert document.core_properties.title == "Tram derails in Orm"


def test_marks_in_a_word_document_are_raised_and_warnings_bold(summary: Summary) -> None:
    """A mark is superscript; a sentence that is not carried has none, and says so in bold."""
    document = Document(BytesIO(render.docx(summary)))
    runs = [run for p in document.paragraphs[:2] for run in p.runs]
    assert [r.text for r in runs if r.font.superscript] == ["[3]", "[2][3]"]
    assert [r.text for r in runs if r.bold] == ["(not carried by its sources: a number)"]


def test_the_same_summary_gives_the_same_document(summary: Summary) -> None:
    """Nothing of the clock is in the file."""
    packed = render.docx(summary)
    assert packed == render.docx(summary)
    assert {i.date_time[:3] for i in ZipFile(BytesIO(packed)).infolist()} == {(1980, 1, 1)}


@settings(deadline=None, max_examples=25)
@given(st.text(st.characters(codec="utf-8"), min_size=1, max_size=40))
def test_any_text_can_stand_in_a_word_document(text: str) -> None:
    """Characters that XML cannot hold are shown as others; none can end a paragraph or a run."""
    citation = Citation(article="a", field="text", start=0, end=len(text), text=text, score=1.0)
    sentence = CitedSentence(
        text=text, method="quoted", support=1.0, independent_sources=1, citations=(citation,)
    )
    report = ArticleReport(id="a", outlet=text, used=True, text=text)
    shown = paragraphs(Summary(id="s", sentences=(sentence,), articles=(report,)))
    plain = paragraphs(
        Summary(
            id="s",
            sentences=(sentence.model_copy(update={"text": "w"}),),
            articles=(report.model_copy(update={"outlet": "w"}),),
        )
    )
    assert len(shown) == len(plain)


class Tags(HTMLParser):
    """The tags and attributes of a fragment."""

    def __init__(self, fragment: str) -> None:
        super().__init__()
        self.found: list[tuple[str, tuple[str, ...]]] = []
        self.feed(fragment)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, tuple(name for name, _ in attrs)))


@given(st.text(st.sampled_from("ab<>&\"'/=\n "), min_size=1, max_size=40))
def test_no_text_adds_an_element_to_what_is_copied(text: str) -> None:
    """Whatever an article says, the rich text has the tags that it would have for plain words."""

    def copied(word: str) -> Tags:
        citation = Citation(article="a", field="text", start=0, end=1, text="x", score=1.0)
        sentence = CitedSentence(
            text=word, method="quoted", support=1.0, independent_sources=1, citations=(citation,)
        )
        report = ArticleReport(id="a", outlet=word, title=word, url=word, used=True)
        return Tags(render.rich(Summary(id="s", sentences=(sentence,), articles=(report,))))

    assert copied(text).found == copied("w").found
