"""Feeds: entries become articles with their date and text, a bad feed is one sentence, exit code 2.

Which articles are one story is in test_stories.py; how a link is guarded, in test_inputs_urls.py.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from test_inputs_urls import Server, _says

from summarizer import Summarizer
from summarizer.backends.standin import HashEncoder, OverlapJudge
from summarizer.cli import main
from summarizer.errors import UnreadableFile, UnreadableLink
from summarizer.inputs import collections
from summarizer.inputs.feeds import Feed, is_feed, parse_feed, read_feed
from summarizer.inputs.lines import Failure, Line
from summarizer.inputs.urls import FEED, get
from summarizer.stories.incremental import articles_of

PIER = "<p>The ferry Osk struck the pier at Vell on Tuesday.</p><p>Nine people were hurt.</p>"


@pytest.fixture
def stand_ins(monkeypatch: pytest.MonkeyPatch) -> None:
    def load(model: str, **_: object) -> Summarizer:
        return Summarizer(HashEncoder(), None, OverlapJudge(), model=model)

    monkeypatch.setattr(Summarizer, "load", load)


def rss(*items: str, title: str = "The Vell Courier", root: str = "") -> bytes:
    """An RSS 2.0 feed of these items."""
    return (
        f'<?xml version="1.0" encoding="utf-8"?>{root}<rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>'
        f"<title>{title}</title>{''.join(items)}</channel></rss>\n"
    ).encode()


def item(
    content: str | None = PIER, title: str = "Ferry hits pier", date: str = "", more: str = ""
) -> str:
    """An RSS item; content as the feed's full text."""
    text = "" if content is None else f"<content:encoded><![CDATA[{content}]]></content:encoded>"
    when = f"<pubDate>{date}</pubDate>" if date else ""
    return f"<item><title>{title}</title>{when}{text}{more}</item>"


def summary(text: str) -> str:
    """An RSS item's description."""
    return f"<description>{text}</description>"


ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Osk Herald</title>
<entry><title type="html">Pier &lt;b&gt;shut&lt;/b&gt; &amp;amp; damaged</title>
<id>tag:herald.test,2031:7</id>
<link href="https://herald.test/7"/><updated>2031-03-05T08:00:00+02:00</updated>
<published>2031-03-04T00:30:00+02:00</published>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>The pier is shut.</p>
<ul><li>Nine were hurt</li><li>Two are in hospital</li></ul></div></content></entry></feed>"""


def test_an_atom_entry_is_an_article() -> None:
    """Title, text, address, date and outlet of an Atom entry, HTML in any of them made plain."""
    [article] = parse_feed(ATOM.encode(), "a").articles
    assert article.title == "Pier shut & damaged"
    assert article.text == "The pier is shut.\nNine were hurt\nTwo are in hospital"
    assert (article.outlet, article.url) == ("Osk Herald", "https://herald.test/7")
    assert article.published == "2031-03-04T00:30:00+02:00"
    assert article.id == "tag:herald.test,2031:7"


def test_an_rss_item_is_an_article() -> None:
    """The full text goes before the description; the feed's title is the outlet."""
    more = "<link>https://courier.test/1</link><guid>c-1</guid>" + summary("A ferry accident.")
    feed = parse_feed(rss(item(date="Tue, 04 Mar 2031 23:30:00 -0500", more=more)), "a")
    [article] = feed.articles
    assert article.text == (
        "The ferry Osk struck the pier at Vell on Tuesday.\nNine people were hurt."
    )
    assert (article.id, article.title, article.outlet, article.url) == (
        "c-1",
        "Ferry hits pier",
        "The Vell Courier",
        "https://courier.test/1",
    )
    assert feed.warnings == ()


def test_an_entry_of_another_outlets_names_that_outlet() -> None:
    """An aggregator's entry belongs to the source that the entry names."""
    source = '<source url="https://herald.test/feed">Osk Herald</source>'
    [article] = parse_feed(rss(item(more=source)), "a").articles
    assert article.outlet == "Osk Herald"


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("Tue, 04 Mar 2031 23:30:00 -0500", "2031-03-04T23:30:00-05:00"),
        ("Tue, 4 Mar 31 23:30 GMT", "2031-03-04T23:30:00+00:00"),
        ("04 Mar 2031 23:30:00 EST", "2031-03-04T23:30:00-05:00"),
        ("2031-03-04T23:30:00Z", "2031-03-04T23:30:00Z"),
        ("2031-03-04T23:30:00.250+01:00", "2031-03-04T23:30:00.250+01:00"),
        ("2031-03-04", "2031-03-04"),
        ("Tue Mar  4 23:30:00 2031", "2031-03-04T23:30:00+00:00"),
        ("2031-03", "2031-03-01T00:00:00+00:00"),
    ],
)
def test_a_date_is_kept_as_iso_8601_in_its_own_zone(written: str, kept: str) -> None:
    """The day is the one where it was published: which day "Tuesday" was is told by it."""
    [article] = parse_feed(rss(item(date=written)), "a").articles
    assert article.published == kept


def test_a_date_that_is_not_understood_is_left_out_and_said() -> None:
    """A date in words is no `published`; the warning names the entry."""
    feed = parse_feed(rss(item(date="last week"), item(title="Dated", date="2031-03-04")), "'f'")
    assert [a.published for a in feed.articles] == [None, "2031-03-04"]
    [warning] = feed.warnings
    assert warning == (
        "'f': 1 of 2 entries have a date that is not understood and is left out: 'Ferry hits pier'"
    )


def test_an_entry_with_only_a_summary_is_used_and_said() -> None:
    """A teaser is better than nothing, but its reader should know."""
    items = [
        item(None, f"T{n}", more=summary("Nine were &lt;b&gt;hurt&lt;/b&gt;.")) for n in "12345"
    ]
    feed = parse_feed(rss(*items, item()), "'f'")
    assert [a.text for a in feed.articles[:5]] == ["Nine were hurt."] * 5
    assert feed.warnings == (
        "'f': 5 of 6 entries have only a summary, which is used as the text: "
        "'T1', 'T2', 'T3' and 2 more",
    )


def test_an_entry_without_text_is_left_out_and_said() -> None:
    """A headline alone is no article."""
    feed = parse_feed(
        rss(item(None, "Bare"), item("<p> </p><img src='x'>", "Picture"), item()), "f"
    )
    assert [a.title for a in feed.articles] == ["Ferry hits pier"]
    assert feed.warnings == ("f: 2 of 3 entries have no text and are left out: 'Bare', 'Picture'",)


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("One<br>two<br/>three", "One\ntwo\nthree"),
        ("<p>AT&amp;T rose 5 &lt; 6</p>", "AT&T rose 5 < 6"),
        ("<p>a\n  b\tc&nbsp;d</p>", "a b c d"),
        ("<table><tr><td>Vell</td><td>9</td></tr><tr><td>Osk</td><td>2</td></tr></table>",
         "Vell | 9\nOsk | 2"),
        ("<p>In</p><script>alert(1)</script><style>p{}</style><p>out</p>", "In\nout"),
        ("<p>un<b>bro</b>ken</p>", "unbroken"),
        ("<p onclick='x()'>He said <q>no</q></p>", "He said no"),
    ],
)  # fmt: skip
def test_html_is_made_plain(html: str, text: str) -> None:
    """A block is a line, words stay whole, nothing that is not shown is text."""
    [article] = parse_feed(rss(item(html)), "a").articles
    assert article.text == text


def test_plain_text_is_left_as_it_is() -> None:
    """Atom's text/plain content is no HTML: what looks like a tag is text."""
    atom = ATOM.replace('type="xhtml"', 'type="text"')
    start, end = atom.index("<div"), atom.index("</content>")
    atom = atom[:start] + "The sign said &lt;b&gt; and\n5 &lt; 6." + atom[end:]
    [article] = parse_feed(atom.encode(), "a").articles
    assert article.text == "The sign said <b> and\n5 < 6."


@pytest.mark.parametrize("encoding", ["utf-8", "iso-8859-1", "utf-16"])
def test_a_feed_is_read_in_its_encoding(encoding: str) -> None:
    """The encoding that the feed declares is the one it is read in."""
    xml = rss(item("<p>Café à Vell.</p>")).decode().replace("utf-8", encoding)
    [article] = parse_feed(xml.encode(encoding), "a").articles
    assert article.text == "Café à Vell."


def test_what_feeds_commonly_break_is_read_and_said() -> None:
    """An entity that XML does not know spoils no feed, and its reader is told."""
    feed = parse_feed(rss(item(title="Pier &hellip; shut"), item(title="Second")), "'f'")
    assert [a.title for a in feed.articles] == ["Pier … shut", "Second"]
    assert feed.warnings == (
        "'f': its XML is broken (undefined entity), so entries may be missing or cut",
    )


def test_no_file_of_this_machine_gets_into_a_feed(tmp_path: Path) -> None:
    """An external entity is not read, and entities that multiply are not expanded."""
    (tmp_path / "secret").write_text("Zanzibar")
    root = f'<!DOCTYPE rss [<!ENTITY x SYSTEM "file://{tmp_path}/secret">]>'
    feed = parse_feed(rss(item(title="A &x;", more=summary("&x;")), root=root), "a")
    assert "Zanzibar" not in repr(feed)
    doubling = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    root = f'<!DOCTYPE rss [<!ENTITY e0 "ten chars.">{doubling}]>'
    try:
        size = len(repr(parse_feed(rss(item(title="&e9;"), root=root), "a")))
    except UnreadableFile:
        size = 0
    assert size < 100_000


GOOD = rss(item(), item(title="Second"))


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "is no RSS or Atom feed; give the file or link of one"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "is no RSS or Atom feed"),
        (b"<html><body><p>News</p></body></html>", "is no RSS or Atom feed"),
        (b'{"articles": []}', "is no RSS or Atom feed"),
        (b"<urlset><url/></urlset>", "is no RSS or Atom feed"),
        (GOOD[: len(GOOD) // 2], "breaks off before its end; fetch it again"),
        (GOOD[:-12], "breaks off before its end"),
        (rss(), "is a feed without an entry; give one that has some"),
        (rss(item(None), item(None)), "none of its entries has text (2 have none); give a feed"),
    ],
    ids=["empty", "png", "html", "json", "sitemap", "half", "end", "no entry", "no text"],
)
def test_a_bad_feed_is_one_sentence_and_exit_code_2(
    data: bytes,
    says: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What is no feed, or not whole, is refused before a model is loaded; nothing is written."""
    monkeypatch.setattr(Summarizer, "load", lambda *_, **__: pytest.fail("loaded"))
    path = tmp_path / "a.xml"
    path.write_bytes(data)
    out = tmp_path / "out.jsonl"
    for verb in ("cluster", "batch"):
        assert main([verb, str(path), "-o", str(out)]) == 2
        said = capsys.readouterr().err
        assert said.count("\n") == 1
        assert says in said
        assert not out.exists() or not out.read_bytes()


def test_a_feed_that_is_not_there_is_said(tmp_path: Path) -> None:
    """A path that leads nowhere, or a .gz that is none, is an error of the file."""
    with pytest.raises(UnreadableFile, match=r"cannot read .*gone\.rss' \(no such file"):
        read_feed(str(tmp_path / "gone.rss"))
    (tmp_path / "a.xml.gz").write_bytes(GOOD)
    with pytest.raises(UnreadableFile, match=r"a\.xml\.gz' \(not a gzipped file"):
        read_feed(str(tmp_path / "a.xml.gz"))


@pytest.mark.parametrize(
    ("place", "feed"),
    [
        *((p, True) for p in ("a.xml", "a.RSS", "a.atom", "a.rdf", "a.xml.gz", "s3://b/a.xml")),
        *((p, True) for p in ("https://vell.test/feed", "HTTP://vell.test/?x=a.csv")),
        *((p, False) for p in ("a.jsonl", "a.csv", "xml", "a.jsonl.gz", "s3://b/a.jsonl")),
        *((p, False) for p in ("https://vell.test/a.jsonl", "https://vell.test/a.csv.gz?v=2")),
    ],
)
def test_a_feed_is_told_by_its_name(place: str, feed: bool) -> None:
    """By the file's ending; a web link is a feed unless it names lines or a table."""
    assert is_feed(place) is feed


# --- links ---------------------------------------------------------------------------------------


@pytest.fixture
def server() -> Iterator[Server]:
    server = Server()
    yield server
    server.close()


def _linked(server: Server, url: str) -> Feed:
    return read_feed(url, partial(get, wanted=FEED, resolve=server.resolve, allow=server.allow))


def test_a_link_is_fetched_where_that_is_allowed(server: Server) -> None:
    """Read in the answer's charset, its links made whole; an untitled one's host is the outlet."""
    xml = rss(item("<p>Café.</p>", more="<link>/a/1</link>"), title="").decode()
    xml = xml.replace(' encoding="utf-8"', "")
    server.paths["/feed"] = _says(xml.encode("latin-1"), "application/rss+xml; charset=latin-1")
    [article] = _linked(server, server.link("/feed", "www.vell.test")).articles
    assert (article.text, article.outlet) == ("Café.", "vell.test")
    assert article.url == server.link("/a/1", "www.vell.test")
    assert "application/atom+xml" in server.sent["Accept"]


@pytest.mark.parametrize(
    ("kind", "body", "says"),
    [
        ("application/pdf", GOOD, "answered with 'application/pdf', which is no feed"),
        ("text/html", b"<html><p>News</p></html>", "is no RSS or Atom feed"),
    ],
)
def test_a_link_to_something_else_is_refused(
    server: Server, kind: str, body: bytes, says: str
) -> None:
    """A link leads to a feed, or is refused in one sentence."""
    server.paths["/feed"] = _says(body, kind)
    with pytest.raises((UnreadableLink, UnreadableFile), match=says):
        _linked(server, server.link("/feed"))


def test_the_guards_of_links_hold_for_feeds(
    server: Server, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """No feed is fetched from this machine or its network, and the way out is a feed's."""
    server.paths["/feed"] = _says(GOOD, "text/xml")
    url = f"http://127.0.0.1:{server.port}/feed"
    assert main(["cluster", url, "--allow-fetch", "-o", str(tmp_path / "s.jsonl")]) == 2
    assert capsys.readouterr().err == (
        "summarizer: 127.0.0.1 is not on the public web; save the feed and give its file\n"
    )
    assert server.asked == []


@pytest.mark.parametrize("verb", ["cluster", "batch"])
@pytest.mark.parametrize(
    ("more", "says"),
    [
        ([], "is a link, and links are not fetched unless that is allowed; add --allow-fetch, or"),
        (["--offline"], "links are not fetched unless that is allowed"),
        (["--allow-fetch", "--offline"], "--allow-fetch and --offline exclude each other"),
    ],
)
def test_a_link_is_refused_where_fetching_is_not_allowed(
    verb: str,
    more: list[str],
    says: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Off by default: nothing is asked of the network, and the option is named."""
    monkeypatch.setattr("summarizer.inputs.urls.get", lambda *_, **__: pytest.fail("asked"))
    argv = [verb, "https://vell.test/feed", "-o", str(tmp_path / "o.jsonl"), *more]
    assert main(argv) == 2
    assert says in capsys.readouterr().err


def test_ray_takes_no_link(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What other machines read must be the same for all."""
    argv = ["batch", "https://vell.test/feed", "-o", str(tmp_path / "o"), "--engine", "ray"]
    assert main([*argv, "--allow-fetch"]) == 2
    assert "which fetch no link; give a file" in capsys.readouterr().err


# --- cluster and batch ---------------------------------------------------------------------------


def _stories(path: Path) -> list[list[str]]:
    lines = path.read_text().splitlines()
    return [[a["outlet"] for a in json.loads(line)["articles"]] for line in lines]


@pytest.mark.usefixtures("stand_ins")
def test_feeds_are_clustered_one_after_the_other(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Two outlets' entries on one event are one story; given again they are there already."""
    tram = "<p>A tram left the rails in Osk on Friday.</p><p>Nobody was hurt, the mayor said.</p>"
    date = "2031-03-04T10:00:00Z"
    feeds = {
        "courier.xml": rss(item(date=date, more="<guid>1</guid>"), item(tram, "Tram derails")),
        "herald.xml.gz": gzip.compress(rss(item(date=date, more="<guid>1</guid>"), title="Herald")),
    }
    out = tmp_path / "stories.jsonl"
    for name, data in feeds.items():
        (tmp_path / name).write_bytes(data)
        assert main(["cluster", str(tmp_path / name), "-o", str(out)]) == 0
    assert _stories(out) == [["The Vell Courier", "Herald"]]
    assert _stories(tmp_path / "stories.single.jsonl") == [["The Vell Courier"]]
    assert json.loads(out.read_text())["articles"][0]["published"] == date
    capsys.readouterr()
    assert main(["cluster", str(tmp_path / "courier.xml"), "-o", str(out)]) == 0
    assert "2 articles were there already" in capsys.readouterr().err


@pytest.mark.usefixtures("stand_ins")
def test_an_entry_that_changed_is_another_article(tmp_path: Path) -> None:
    """A new version under the old identifier joins the story, and stops nothing."""
    out = tmp_path / "stories.jsonl"
    for text in (PIER, PIER.replace("Nine", "Eleven")):
        (tmp_path / "a.xml").write_bytes(rss(item(text, more="<guid>1</guid>")))
        assert main(["cluster", str(tmp_path / "a.xml"), "-o", str(out)]) == 0
    [line] = out.read_text().splitlines()
    assert [a["text"].split(".\n")[1][:6] for a in json.loads(line)["articles"]] == [
        "Nine p",
        "Eleven",
    ]


@pytest.mark.usefixtures("stand_ins")
def test_batch_summarises_each_entry_by_itself(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A story an entry, under its identifier; warnings are said, a rerun has nothing to do."""
    path, out = tmp_path / "a.rss", tmp_path / "out.jsonl"
    teaser = item(None, "Teaser", more=summary("Two boats met off Vell."))
    path.write_bytes(rss(item(more="<guid>c-1</guid>"), teaser))
    assert main(["batch", str(path), "-o", str(out), "--model", "extract"]) == 0
    ids = [json.loads(line)["id"] for line in out.read_text().splitlines()]
    assert ids[0] == "c-1"
    assert len(ids[1]) == 12
    assert "1 of 2 entries have only a summary" in capsys.readouterr().err
    assert main(["batch", str(path), "-o", str(out), "--model", "extract"]) == 0
    assert "2 stories were done by an earlier run" in capsys.readouterr().err


def test_an_identifier_given_twice_fails_the_second_entry(tmp_path: Path) -> None:
    """As on lines of JSON: a story's id is its own."""
    path = tmp_path / "a.xml"
    path.write_bytes(rss(*[item(more="<guid>c-1</guid>")] * 2))
    first, second = collections.entries(str(path), lambda _: None)
    assert isinstance(first, Line)
    assert isinstance(second, Failure)
    assert "'c-1' was given on line 1 already" in second.reason
    assert collections.count(str(path)) == 0


def test_an_articles_line_has_the_fields_of_its_entry(tmp_path: Path) -> None:
    """What `cluster` reads is what the feed says, named by its content."""
    path = tmp_path / "a.atom"
    path.write_bytes(ATOM.encode())
    [(number, raw)] = collections.article_lines(str(path), lambda _: None)
    [article] = articles_of(raw, number)
    [entry] = parse_feed(ATOM.encode(), "a").articles
    assert article.model_dump(exclude={"id"}) == entry.model_dump(exclude={"id"})
    assert article.id.startswith("a-")
