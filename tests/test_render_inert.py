"""inert: text of others made safe for a terminal and for markdown; html is in test_render."""

from __future__ import annotations

import re
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from summarizer.outputs.render.inert import one_line, visible
from summarizer.outputs.render.markdown import inert


def test_markdown_of_an_article_is_shown_as_it_is() -> None:
    """Mark-up, html, links and list starts in an article lose their meaning."""
    assert inert("*a* _b_ `c` [d](e) <f> #g |h| ~i~ &amp;") == (
        r"\*a\* \_b\_ \`c\` \[d\](e) \<f\> \#g \|h\| \~i\~ \&amp;"
    )
    assert inert("- not a list") == r"\- not a list"
    assert inert("1. not a list") == r"1\. not a list"
    assert inert("12) not a list") == r"12\) not a list"
    assert inert("=== not a heading") == r"\=== not a heading"
    assert inert("https://x.example and www.x.example") == (
        r"https\://x.example and www\.x.example"
    )
    assert inert("${a} {{b}} \\n <|im_end|>") == r"\$\{a\} \{\{b\}\} \\n \<\|im\_end\|\>"


@given(st.text(min_size=1, max_size=60))
def test_markdown_escapes_can_be_taken_off_again(text: str) -> None:
    """Every escape is a backslash before punctuation: CommonMark reads back the same line."""
    assert re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", inert(text)) == one_line(text)


@given(st.text())
def test_one_line_closes_every_embedding_it_opens(text: str) -> None:
    """Text after an article's words is never turned round by them."""
    depth: list[str] = []
    closers = dict(
        zip("\u202a\u202b\u202d\u202e\u2066\u2067\u2068", "\u202c" * 4 + "\u2069" * 3, strict=True)
    )
    for char in one_line(text):
        if char in closers:
            depth.append(closers[char])
        elif depth and char == depth[-1]:
            depth.pop()
    assert depth == []


@given(st.text())
def test_visible_keeps_every_printable_character(text: str) -> None:
    """Nothing is dropped: a line end stays a line end, a control is shown by one character."""
    ended = text.replace("\r\n", "\n").replace("\r", "\n")
    shown = visible(text)
    assert len(shown) == len(ended)
    for before, after in zip(ended, shown, strict=True):
        assert before == after or unicodedata.category(before) == "Cc"
