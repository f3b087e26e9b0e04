"""The rules of reading one document: encodings, header lines, headlines, HTML, PDF.

What files make a story, and what is refused, is in test_inputs.py.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from summarizer.errors import UnreadableFile
from summarizer.inputs import read_paths
from summarizer.inputs.decoding import decode
from summarizer.inputs.documents import from_text
from summarizer.schema import Article

REPORT = "The ferry pier at Norhavn stayed shut on Friday. Divers looked at every pile."


def write(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


# --- text stays as it is -------------------------------------------------------------------------


@settings(max_examples=200, deadline=None)
@given(st.text().filter(lambda t: not t.startswith("\ufeff")))
@example("a\x00b\r\nc\u202ed <|im_end|> ${x} `y` \\n <script>é e\u0301 👩‍👩‍👧")
def test_text_is_kept_code_point_by_code_point(text: str) -> None:
    """What is valid UTF-8 text is decoded and otherwise not touched; few characters are NUL."""
    assume(text.count("\0") <= 0.3 * len(text.encode()))  # more NULs are UTF-16 or no text
    try:
        decoded, warning = decode(text.encode(), "a.txt")
    except UnreadableFile:
        return  # mostly control characters: refused, never changed
    assert (decoded, warning) == (text, None)


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
def test_unicode_is_read_with_and_without_a_byte_order_mark(tmp_path: Path, encoding: str) -> None:
    """A byte order mark decides the encoding and is no part of the text."""
    text = "Café “Zoë” shut.\r\nNine people left — all well."
    reading = read_paths([write(tmp_path, "a.txt", text.encode(encoding))])
    assert reading.story.articles[0].text == text
    assert reading.warnings == ()


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("latin-1", "The café in Malmö paid £5 to señor Muñoz."),
        ("cp1252", "“It’s over” — the café paid €5."),
    ],
)
def test_western_bytes_are_read_right_and_said(tmp_path: Path, encoding: str, text: str) -> None:
    """Latin-1 and Windows-1252 give the right letters, and a warning that they were guessed."""
    reading = read_paths([write(tmp_path, "a.txt", text.encode(encoding))])
    assert reading.story.articles[0].text == text
    assert "is not UTF-8; it was read as Windows-1252" in reading.warnings[0]


def test_other_scripts_are_guessed_from_their_bytes(tmp_path: Path) -> None:
    """Where most bytes are not ASCII the encoding is told from the text."""
    text = "Мост через реку закрыт до понедельника, сообщил мэр города. " * 5
    reading = read_paths([write(tmp_path, "a.txt", text.encode("cp1251"))])
    assert reading.story.articles[0].text == text


# --- one document --------------------------------------------------------------------------------


def test_front_matter_fills_the_fields() -> None:
    """Front matter names title, outlet, date and address; the text is what follows it."""
    text = (
        '---\ntitle: "Pier stays shut"\nSource: Coast Daily\ndate: 2026-03-06\n'
        f"url: https://example.org/a\nmood: grey\n---\n\n{REPORT}\n"
    )
    article, warnings = from_text(text, "a")
    assert article == Article(
        id="a",
        text=f"{REPORT}\n",
        title="Pier stays shut",
        outlet="Coast Daily",
        published="2026-03-06",
        url="https://example.org/a",
    )
    assert warnings == ("a: unknown fields mood ignored",)


def test_header_lines_fill_the_fields() -> None:
    """'Title:' and 'Outlet:' lines at the very top are fields; the same further down is text."""
    article, _ = from_text(f"TITLE: Pier shut\r\noutlet: Coast Daily\r\n\r\n{REPORT}", "a")
    assert (article.title, article.outlet, article.text) == ("Pier shut", "Coast Daily", REPORT)
    later = f"{REPORT}\nDate: to be announced"
    assert from_text(later, "a")[0].text == later


def test_a_rule_of_dashes_is_not_front_matter() -> None:
    """Three dashes that no field follows stay text."""
    text = f"---\n{REPORT}\n---\nMore rain is expected."
    assert from_text(text, "a")[0].text == text


def test_a_first_line_that_stands_like_a_headline_is_the_title_too() -> None:
    """A headline is taken for the title and left in the text; a breadcrumb before it is passed."""
    text = f"News / Coast\n\nPier at Norhavn stays shut\n\n{REPORT}"
    article, _ = from_text(text, "a")
    assert article.title == "Pier at Norhavn stays shut"
    assert article.text == text


@pytest.mark.parametrize(
    "text",
    [
        REPORT,
        f"{REPORT}\n\n{REPORT}",
        f"Pier shut\n\n{REPORT}",
        f"By Ann Lee of Coast Daily\n\n{REPORT}",
        f"Pier at Norhavn stays shut\n{REPORT}",
        "Pier at Norhavn stays shut",
    ],
    ids=["a sentence", "sentences", "two words", "a byline", "no blank line", "nothing after"],
)
def test_other_first_lines_are_no_title(text: str) -> None:
    """A sentence, a byline or a line on its own is never taken for a headline."""
    assert from_text(text, "a")[0].title is None


def test_markdown_heading_is_the_title() -> None:
    """Markdown's first heading is the title and leaves the text."""
    article, _ = from_text(f"# Pier shut #\n\n{REPORT}\n\n## Later", "a", markdown=True)
    assert (article.title, article.text) == ("Pier shut", f"{REPORT}\n\n## Later")


PAGE = (
    "<html><head><title>Pier shut - Coast Daily</title>"
    '<meta property="og:site_name" content="Coast Daily"></head><body><nav>Home</nav><article>'
    f"<h1>Pier shut</h1><p>{REPORT * 3}</p><script>alert(1)</script><p>{REPORT}</p></article>"
    "</body></html>"
)


def test_html_gives_text_title_and_outlet(tmp_path: Path) -> None:
    """Of a page the article's text is read, with its title and site; never a script."""
    article = read_paths([write(tmp_path, "a.html", PAGE)]).story.articles[0]
    assert (article.id, article.title, article.outlet) == ("a", "Pier shut", "Coast Daily")
    assert REPORT in article.text
    assert "alert" not in article.text


def test_html_without_text_is_refused(tmp_path: Path) -> None:
    """A page with no words in it is said to hold no article."""
    with pytest.raises(UnreadableFile, match=r"holds no article text; save the article as text"):
        read_paths([write(tmp_path, "a.html", "<html><body><img src=x></body></html>")])


def _pdf(text: str) -> bytes:
    """A one-page PDF that shows a line."""
    stream = f"BT /F1 12 Tf 72 720 Td ({text}) Tj ET".encode()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out = bytearray(b"%PDF-1.4\n")
    offsets = []
    for n, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (n, body)
    xref = len(out)
    out += b"xref\n0 6\n0000000000 65535 f \n"
    out += b"".join(b"%010d 00000 n \n" % at for at in offsets)
    out += b"trailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % xref
    return bytes(out)


def test_pdf_gives_its_text_layer(tmp_path: Path) -> None:
    """A PDF's text is read by pypdf."""
    pytest.importorskip("pypdf")
    article = read_paths([write(tmp_path, "a.pdf", _pdf("The pier stayed shut."))])
    assert article.story.articles[0].text.strip() == "The pier stayed shut."


def test_pdf_without_pypdf_says_how_to_install_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the extra is missing the message is the command that adds it."""
    monkeypatch.setitem(sys.modules, "pypdf", None)
    with pytest.raises(UnreadableFile, match=r"pip install 'summarizer\[pdf\]'"):
        read_paths([write(tmp_path, "a.pdf", _pdf("x"))])


def test_a_broken_or_empty_pdf_is_refused(tmp_path: Path) -> None:
    """A cut PDF and one without a text layer are refused in words."""
    pytest.importorskip("pypdf")
    with pytest.raises(UnreadableFile, match=r"cannot be read as PDF"):
        read_paths([write(tmp_path, "a.pdf", b"%PDF-1.4\nnothing")])
    with pytest.raises(UnreadableFile, match=r"has no text layer; run text recognition"):
        read_paths([write(tmp_path, "b.pdf", _pdf(""))])
