"""One paste to articles: where it is parted, what is read of outlet, headline and date.

How the page shows it is in test_page_pasting.py.
"""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pasted_texts import HEADED, ONE, THIRD, TWO

from summarizer.inputs.pasted import MOST, Pasted, cut, host_of, is_links, read_paste
from summarizer.page.intake import Paste
from summarizer.page.jobs import parted


def _texts(pasted: Pasted) -> list[str]:
    return [a.text for a in pasted.articles]


@pytest.mark.parametrize("line", ["---", "-" * 40, "***", "===", "______", "———", "  ---  "])
def test_a_line_of_signs_parts_articles(line: str) -> None:
    """A line of three or more dashes, stars and the like stands between two articles."""
    pasted = read_paste(f"{ONE}\n\n{line}\n\n{TWO}\n{line}\n{ONE}\n")
    assert pasted.by == "lines"
    assert _texts(pasted) == [ONE, TWO, ONE]


@pytest.mark.parametrize("line", ["--", "-- -- --", "* * *", "- item ---", "----> more"])
def test_other_lines_of_signs_do_not(line: str) -> None:
    """Two dashes, the stars between two sections of one report, and lists part nothing."""
    text = f"{ONE}\n\n{line}\n\n{TWO}"
    pasted = read_paste(text)
    assert pasted.by is None
    assert _texts(pasted) == [text]


def test_markup_in_plain_text_is_decoded_and_said() -> None:
    """No tag and no entity of what was copied from a page's source is told; what is none stays."""
    pasted = read_paste(f'<img src=x onerror="alert(1)"><b>{ONE}</b> AT&amp;T: 3 < 4.')
    assert _texts(pasted) == [f"{ONE} AT&T: 3 < 4."]
    assert pasted.decoded
    assert not read_paste(ONE).decoded
    assert "HTML were decoded" in parted(Paste("<p>It rained.</p>"))["said"]


def test_a_line_under_a_headline_is_its_underline() -> None:
    """A headline that is underlined, as in markdown, stays with its article."""
    pasted = read_paste(f"Tram hits bakery at bridge\n=====\n\n{ONE}")
    assert pasted.by is None
    assert pasted.articles[0].title == "Tram hits bakery at bridge"


def test_front_matter_is_no_line_between_articles() -> None:
    """Articles with front matter, one behind the other, keep their own."""
    headed = "---\ntitle: Tram hits bakery\noutlet: The Tern\n---\n"
    pasted = read_paste(f"{headed}{ONE}\n{headed.replace('Tern', 'Gull')}{TWO}")
    assert [(a.outlet, a.title) for a in pasted.articles] == [
        ("The Tern", "Tram hits bakery"),
        ("The Gull", "Tram hits bakery"),
    ]
    assert _texts(pasted) == [ONE, TWO]


def test_headlines_part_articles_where_they_are_sure() -> None:
    """A headline with its byline, its date, its outlet or its dateline begins an article."""
    outlet = "The Northern Ledger\n\nTen hurt as tram runs into shop\nPublished 9 March 2026\n\n"
    pasted = read_paste(f"{HEADED}\n\n{outlet}{TWO}\n\n{THIRD}")
    assert pasted.by == "headlines"
    assert _texts(pasted) == [HEADED, outlet + TWO, THIRD]
    assert [(a.outlet, a.title, a.published) for a in pasted.articles] == [
        ("Reuters", "Tram hits bakery at the market bridge", "2026-03-09"),
        ("The Northern Ledger", "Ten hurt as tram runs into shop", "2026-03-09"),
        ("AP", "Ten hurt in tram crash at bridge", None),
    ]
    assert pasted.found == ("outlet", "title", "published")


@pytest.mark.parametrize("gap", ["\n\n", "\n\n\n"])
def test_an_outlet_is_told_by_its_place_beside_the_headline(gap: str) -> None:
    """A short line of capitalised words over headline and date; with an article, under it too."""
    under = f"Ten hurt as tram runs into shop\nDie Ostvale Rundschau\n9 March 2026\n\n{TWO}"
    over = f"Le Quotidien du Nord\nUn tramway percute une boulangerie\n9 mars 2026\n\n{ONE}"
    pasted = read_paste(gap.join((HEADED, under, over)))
    assert _texts(pasted) == [HEADED, under, over]
    assert [(a.outlet, a.title, a.published) for a in pasted.articles][1:] == [
        ("Die Ostvale Rundschau", "Ten hurt as tram runs into shop", "2026-03-09"),
        ("Le Quotidien du Nord", "Un tramway percute une boulangerie", "2026-03-09"),
    ]


@pytest.mark.parametrize(
    ("outlet", "dated"),
    [
        ("Le Courrier d'Esker", "14 mai 2026"),
        ("Le Courrier d’Esker", "Publié le 14 mai 2026 à 10h20"),
        ("Der Bote von Esker", "14. Mai 2026"),
        ("El Diario de Esker", "Actualizado el 14 de mayo de 2026"),
    ],
)
def test_an_outlet_of_another_language_is_told_by_its_place(outlet: str, dated: str) -> None:
    """Over headline and date, with the small words and the months' names of its language."""
    (article,) = read_paste(f"{outlet}\nTrois marins sauvés au large\n{dated}\n\n{ONE}").articles
    told = (article.outlet, article.title, article.published)
    assert told == (outlet, "Trois marins sauvés au large", "2026-05-14")


@pytest.mark.parametrize(
    "head",
    [
        "Politics\nTen hurt as tram runs into shop\n9 March 2026",  # a section
        "Ten hurt as tram runs into shop\nShare\n9 March 2026",
        "Ten hurt as tram runs into shop\nOstvale Echo",  # no date, no byline
        "Ten hurt as tram runs into shop\nDriver Was Alone.\n9 March 2026",
        "Ten hurt as tram runs into shop\nPar Anne Leroy\n9 mars 2026",
        "Ten hurt as tram runs into shop\nAnne Leroy\n9 mars 2026",
        "Ten hurt as tram runs into shop\nAnne Leroy, Reuters\n9 mars 2026",
        "Ten hurt as tram runs into shop\nText: Anne Leroy\n9 mars 2026",
        "Ten hurt as tram runs into shop\nOrm\n9 mars 2026",  # a place
    ],
)
def test_other_short_lines_beside_a_headline_are_no_outlet(head: str) -> None:
    """Sections, a site's controls, sentences, writers and places name none."""
    (article,) = read_paste(f"{head}\n\n{ONE}").articles
    assert article.outlet is None
    assert article.title == "Ten hurt as tram runs into shop"


def test_a_paste_that_its_wide_gaps_part_is_parted_at_all_of_them() -> None:
    """Where each sure headline stands after two blank lines, so does one without a date."""
    bare = f"Ten hurt as tram runs into shop\n\n{TWO}"
    pasted = read_paste("\n\n\n".join((HEADED, bare, HEADED)))
    assert _texts(pasted) == [HEADED, bare, HEADED]
    assert len(read_paste("\n\n".join((HEADED, bare, HEADED))).articles) == 2


def test_a_name_between_headline_and_date_parts_whoever_it_is_of() -> None:
    """A writer's or an outlet's: with the date behind it, the headline above begins an article."""
    named = f"Ten hurt as tram runs into shop\nAnne Leroy\n9 March 2026\n\n{TWO}"
    assert _texts(read_paste(f"{HEADED}\n\n{named}")) == [HEADED, named]


OTHER = (
    "A broken rail may have thrown the tram off its bridge on Monday, the minister of transport "
    "said.\nThe operator said that the rails had been looked at in May, and that nothing was found."
)
HEADLINES = ("Tram hits bakery at bridge, ten hurt", "Broken rail blamed", "Bridge is closed again")
DATED = (
    ("Belford Evening Post, 14 June 2026, 21:40", "Belford Evening Post", "2026-06-14"),
    ("The Northern Tribune — 15 June 2026", "The Northern Tribune", "2026-06-15"),
    ("Radio Ostrey News, Monday 15 June 2026", "Radio Ostrey News", "2026-06-15"),
)


@pytest.mark.parametrize("between", ["\n", "\n\n"])
@pytest.mark.parametrize("under", ["\n", "\n\n"])
@pytest.mark.parametrize("over", [False, True], ids=["below", "above"])
def test_an_outlet_and_its_date_beside_a_headline_part_articles(
    between: str, under: str, over: bool
) -> None:
    """In one line under or over it, they begin an article, fill its fields, and leave its text."""
    if over and between == "\n\n":
        return  # then the line may as well end what is above
    bodies = (ONE, OTHER, TWO)
    heads = [
        between.join((line, title) if over else (title, line))
        for title, (line, _, _) in zip(HEADLINES, DATED, strict=True)
    ]
    if over:
        heads = [head.replace("blamed", "is now blamed") for head in heads]
    pasted = read_paste("\n\n".join(h + under + b for h, b in zip(heads, bodies, strict=True)))
    assert pasted.by == "headlines"
    assert [(a.outlet, a.published) for a in pasted.articles] == [told[1:] for told in DATED]
    titles = [a.title or "" for a in pasted.articles]
    assert [t.split()[0] for t in titles] == ["Tram", "Broken", "Bridge"]
    assert [a.text for a in pasted.articles] == [
        f"{title}{under if over else chr(10) * 2}{body}"
        for title, body in zip(titles, bodies, strict=True)
    ]


@pytest.mark.parametrize("under", ["\n", "\n\n", "\nTram hits bakery at bridge\n"])
def test_a_link_over_each_report_parts_articles(under: str) -> None:
    """Where the first report has its link over it, each such link begins the next."""
    links = [f"https://www.{name}.example/1" for name in ("tern", "gull", "knot")]
    told = "\n\n".join(a + under + b for a, b in zip(links, (ONE, TWO, OTHER), strict=True))
    pasted = read_paste(told)
    assert pasted.by == "links"
    assert [a.url for a in pasted.articles] == links
    assert [a.outlet for a in pasted.articles] == ["tern.example", "gull.example", "knot.example"]
    titled = "Tram" in under
    assert [a.title for a in pasted.articles] == [
        "Tram hits bakery at bridge" if titled else None
    ] * 3
    assert "at the links over them" in parted(Paste(told))["said"]


@pytest.mark.parametrize(
    "text",
    [
        f"{ONE}\n\nhttps://tern.example/1\n\n{TWO}",  # within one report
        f"https://tern.example/1\n\n{ONE}\n\nhttps://tern.example/2\nhttps://tern.example/3",
        f"{ONE}\n\nAnn Lee, 14 June 2026\n\n{TWO}",
        f"{ONE}\n\nThe Northern Tribune said so on 15 June 2026\n\n{TWO}",
    ],
)
def test_a_link_or_a_date_elsewhere_parts_nothing(text: str) -> None:
    """A link within a report or at its end, a writer's line and a sentence begin no article."""
    assert read_paste(text).by is None


def test_links_under_reports_do_not_go_to_the_next_one() -> None:
    """Where each report ends with its link, the headlines part them."""
    first, second = (
        f"{title}\n{line}\n{body}\n\nhttps://tern.example/{n}"
        for n, (title, (line, _, _), body) in enumerate(
            zip(HEADLINES, DATED, (ONE, TWO), strict=False)
        )
    )
    pasted = read_paste(f"{first}\n\n{second}")
    assert [a.text.split("\n")[-1] for a in pasted.articles] == [
        "https://tern.example/0",
        "https://tern.example/1",
    ]


def test_crossheads_part_nothing_where_all_gaps_are_wide() -> None:
    """Paragraphs may stand two blank lines apart: then a gap says nothing of what follows it."""
    crosshead = "What the passengers saw next"
    report = "\n\n\n".join((HEADED, TWO, crosshead, ONE, crosshead, TWO))
    assert _texts(read_paste(f"{report}\n\n\n{report}")) == [report, report]


def test_header_lines_part_articles() -> None:
    """Two header lines or more after a blank line begin an article, and fill its fields."""
    text = f"Title: One\nOutlet: Tern\n\n{ONE}\n\nTitle: Two\nDate: 2026-03-09\n\n{TWO}"
    pasted = read_paste(text)
    assert [(a.title, a.outlet, a.published) for a in pasted.articles] == [
        ("One", "Tern", None),
        ("Two", None, "2026-03-09"),
    ]
    assert _texts(pasted) == [ONE, TWO]


@pytest.mark.parametrize(
    "between",
    [
        "What the passengers saw next",  # a heading within a report
        "Bridge to be rebuilt next year\nMarch 2, 2026",  # a teaser: no report behind it
        "By Ann Lee\nMarch 9, 2026",  # no headline
        "The mayor said she was sorry.\nBy Ann Lee",
    ],
)
def test_where_it_is_not_sure_a_paste_stays_one_article(between: str) -> None:
    """Headings, teasers and bylines within a report part nothing."""
    teaser = between.startswith("Bridge")
    text = f"{ONE}\n\n{between}" if teaser else f"{ONE}\n\n{between}\n\n{TWO}"
    assert read_paste(text).by is None


def test_article_elements_part_html() -> None:
    """Pasted HTML is parted at its outermost elements; short teasers are left out, and counted."""
    first = f"<article><h1>Tram hits bakery at bridge</h1><p>{ONE}</p></article>"
    second = f"<ARTICLE class='x'><h2>Ten hurt in tram crash</h2><p>{TWO}</p></ARTICLE>"
    inner = second.replace("</ARTICLE>", f"<article><p>{ONE}</p></article></ARTICLE>")
    teaser = "<article><a href='/x'>More news</a></article>"
    for html in (first + inner + teaser, f"<html><body>{first}{inner}{teaser}</body></html>"):
        pasted = read_paste(html)
        assert pasted.by == "elements"
        assert len(pasted.articles) == 2
        assert pasted.left_out == 1
        assert "injuring nine passengers" in pasted.articles[0].text
        assert "Two of them were kept overnight" in pasted.articles[1].text
        assert "<" not in "".join(_texts(pasted))
    assert read_paste("what was seen", first + second).by == "elements"


def test_short_article_elements_are_articles_too() -> None:
    """Elements of a sentence each are parted as well."""
    pasted = read_paste("<article>A boat sank.</article><article>A ship sank off.</article>")
    assert _texts(pasted) == ["A boat sank.", "A ship sank off."]


SOURCE = (
    '<!doctype html><html><head><meta property="og:site_name" content="Coast Daily">'
    '<script type="application/ld+json">{"@context":"https://schema.org","@type":"NewsArticle",'
    '"headline":"Tram hits bakery at bridge","datePublished":"2026-03-09T10:00:00Z"}</script>'
    f"</head><body><article><h1>Tram hits bakery at bridge</h1><p>{ONE}</p></article></body></html>"
)


def test_a_page_of_html_says_who_published_it_and_when() -> None:
    """JSON-LD and meta of pasted HTML fill the fields; its text is the report's."""
    for pasted in (read_paste(SOURCE), read_paste(ONE, SOURCE)):
        (article,) = pasted.articles
        assert (article.outlet, article.published) == ("Coast Daily", "2026-03-09")
        assert article.title == "Tram hits bakery at bridge"
        assert "injuring nine passengers" in article.text
    assert _texts(read_paste(ONE, SOURCE)) == [ONE]


@pytest.mark.parametrize(
    ("head", "outlet", "published"),
    [
        ("By Ann Lee, Reuters", "Reuters", None),
        ("By Ann Lee for The Coast Daily", "The Coast Daily", None),
        ("By Ann Lee | Coast Daily | 6 March 2026", "Coast Daily", "2026-03-06"),
        ("By Ann Lee, Jon Bell", None, None),
        ("Merrow Echo, Sunday 14 June 2026 at 9.40 p.m.", "Merrow Echo", "2026-06-14"),
        ("14 June 2026, 21:40 CEST | Belford Evening Post", "Belford Evening Post", "2026-06-14"),
        ("Belford Evening Post (14 June 2026)", "Belford Evening Post", "2026-06-14"),
        ("Ann Lee, 14 June 2026", None, "2026-06-14"),
        ("By Ann Lee, science editor", None, None),
        ("Published 3 May 2025", None, "2025-05-03"),
        ("Updated: May 3rd, 2025, 10:05 GMT", None, "2025-05-03"),
        ("Published 2025-05-03", None, "2025-05-03"),
        ("Published 03/05/2025", None, None),  # May or March
        ("Published 3 May", None, None),  # of which year
        ("samedi 6 juin 2026", None, "2026-06-06"),
        ("Publié le 1er août 2026", None, "2026-08-01"),
        ("Samstag, 7. März 2026", None, "2026-03-07"),
        ("31 juin 2026", None, None),  # no such day
        ("7 de marzo de 2026", None, "2026-03-07"),
        ("Coast Daily | May 3, 2025", "Coast Daily", "2025-05-03"),
        ("Reuters", "Reuters", None),
        ("BERLIN (AP) — Nobody was at fault.", "AP", None),
        ("PARIS, March 9 (Concord) - Nobody was at fault.", "Concord", None),
        ("https://www.coast.example/news/1", "coast.example", None),
    ],
)
def test_outlet_and_date_are_read_where_they_are_sure(
    head: str, outlet: str | None, published: str | None
) -> None:
    """Bylines, time lines, datelines and a link above the report; a doubtful one is left open."""
    (article,) = read_paste(f"{head}\n\n{ONE}").articles
    assert (article.outlet, article.published) == (outlet, published)
    assert article.text.endswith(ONE)


def test_an_outlet_beside_its_headline_is_read() -> None:
    """Both sides of a bar are told apart by their length, whichever comes first."""
    for line in ("Coast Daily | Tram hits bakery at bridge", "Tram hits bakery at bridge | Gull"):
        (article,) = read_paste(f"{line}\n\n{ONE}").articles
        assert article.title == "Tram hits bakery at bridge"
        assert article.outlet in ("Coast Daily", "Gull")


def test_of_one_article_only_the_fields_are_read() -> None:
    """What was split by hand is not parted again."""
    pasted = read_paste(f"{HEADED}\n---\n{TWO}", whole=True)
    assert len(pasted.articles) == 1
    assert pasted.articles[0].outlet == "Reuters"


def test_links_are_told_from_texts() -> None:
    """Links alone are left for fetching; a link above a report is where it was published."""
    links = "https://a.example/1\nhttp://www.b.example/2?x=1"
    assert is_links(links)
    assert _texts(read_paste(links)) == [links]
    assert not is_links(f"See {links}")
    assert not is_links(" \n")
    assert _texts(read_paste(f"{links}\n---\n{ONE}")) == [links, ONE]
    (article,) = read_paste(f"https://www.b.example/2\n\n{ONE}").articles
    assert (article.url, article.text) == ("https://www.b.example/2", ONE)
    assert host_of("http://www.b.example:8080/x") == "b.example"
    assert host_of("http://[") is None


def test_a_table_of_lines_is_one_article() -> None:
    """More parts than a story may have articles are none."""
    assert len(read_paste("a\n---\n" * (MOST + 1)).articles) == 1


_LINES = st.lists(
    st.sampled_from(
        [
            *("", " ", "---", "======", "* * *", "***", "\t———", "x", "\x0b", "\u2028", "\r"),
            *("By Ann Lee, Reuters", "March 9, 2026", "Tram hits bakery at bridge", "Title: A"),
            *(
                "Outlet: Tern",
                "OSTVALE (AP) — " + ONE,
                ONE,
                TWO,
                "<article>",
                "https://a.example/1",
                "The Tern Post, 9 March 2026, 10:00",
            ),
        ]
    )
    | st.text(max_size=40),
    max_size=25,
)
_PARTS = re.compile(r"(?:\s|^)\\?(?:-{3,}|–{2,}|—{2,}|={3,}|_{3,}|\*{3,})(?=\s|$)")


@given(_LINES, st.sampled_from(["\n", "\r\n", "\n\n"]))
def test_parting_loses_nothing_but_what_parts(lines: list[str], end: str) -> None:
    """Parts are in order, do not overlap, and between them are only lines that part, and blanks."""
    text = end.join(lines)
    parts, by = cut(text)
    at = 0
    for part in parts:
        assert at <= part.start < part.end <= len(text)
        assert not _PARTS.sub("", text[at : part.start]).strip()
        assert text[part.start : part.end].strip() == text[part.start : part.end]
        at = part.end
    assert not _PARTS.sub("", text[at:]).strip()
    assert (by is None) == (len(parts) < 2)


@given(_LINES)
def test_what_is_not_parted_is_as_it_was_pasted(lines: list[str]) -> None:
    """Of one article without header lines no character changes, those around it included."""
    text = "\n".join(line for line in lines if ":" not in line)
    pasted = read_paste(text)
    if pasted.by is None and "<" not in text:
        assert _texts(pasted) == [text]
