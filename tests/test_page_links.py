"""Articles by their links on the page: only where its owner lets it, and never from inside.

What is fetched at all is in test_inputs_urls.py; a server of this test's own answers here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import page_double as double
import pytest
from browser import boxes, lit, opened, paste_by_clipboard

from summarizer import cli
from summarizer.errors import UnreadableLink
from summarizer.inputs.urls import fetch, is_public
from summarizer.page.intake import MAX_LINKS, links_of
from summarizer.page.jobs import fetch_links
from summarizer.page.running import Runs
from summarizer.schema import Article

FERRY = "A ferry hit the pier. Twelve people were hurt. The port closed at once on Tuesday."
TRAM = "A boat struck the pier. Fourteen people were hurt. The harbour was shut all morning."


@pytest.fixture(scope="module")
def site() -> Iterator[int]:
    """The port of a server of two articles, and of a way inside."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            inside = self.path == "/inside"
            self.send_response(302 if inside else 200)
            self.send_header("Content-Type", "text/plain; charset=utf-8")
            self.send_header("Location", "http://127.0.0.1:1/")
            self.end_headers()
            self.wfile.write((TRAM if self.path == "/tram" else FERRY).encode())

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_address[1]
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def url(site: int) -> Iterator[str]:
    from summarizer.page.server import launch

    def resolve(host: str, port: int) -> Sequence[str]:
        return ["127.0.0.1"] if host.endswith(".test") else [host]

    def allow(address: str, port: int) -> bool:
        return port == site or is_public(address, port)

    page = launch(
        {"extract": double.Quoting},
        host="127.0.0.1",
        port=None,
        split=double.split,
        fetch=partial(fetch, resolve=resolve, allow=allow),
        prevent_thread_lock=True,
        quiet=True,
    )
    assert page.local_url
    yield page.local_url
    page.close()


@pytest.mark.page
def test_links_become_articles(chromium: Any, url: str, site: int) -> None:
    """Pasted links become boxes with text and outlet; their original is a link there."""
    with opened(chromium, url) as page:
        paste_by_clipboard(page, f"http://tern.test:{site}/ferry http://gull.test:{site}/tram")
        page.locator("#status", has_text="Read 2 articles.").wait_for()
        page.locator("fieldset.box").nth(1).wait_for()
        assert boxes(page) == [FERRY, TRAM]
        outlets = page.locator("fieldset.box .outlet")
        assert [outlets.nth(n).input_value() for n in (0, 1)] == ["tern.test", "gull.test"]
        page.get_by_role("button", name="Summarise").click()
        page.locator(".account .tally").wait_for()
        page.locator(".claim").nth(1).click()
        assert lit(page, "#panes .s")
        origin = page.locator("#panes a.origin").first
        assert origin.get_attribute("href") == f"http://tern.test:{site}/ferry"
        assert origin.get_attribute("rel") == "noopener noreferrer"


@pytest.mark.page
def test_a_link_inside_is_refused_and_names_itself(chromium: Any, url: str, site: int) -> None:
    """The page's own server, and a redirect to this machine, are refused in one sentence."""
    with opened(chromium, url) as page:
        for link in (url, f"http://tern.test:{site}/inside"):
            page.locator("#articles .text").first.fill(link)
            page.get_by_role("button", name="Fetch", exact=True).click()
            page.get_by_role("alert").filter(
                has_text="127.0.0.1 is not on the public web"
            ).wait_for()
        assert boxes(page) == [link]


@pytest.mark.page
def test_a_link_that_fails_stays_in_its_box_and_is_undone(
    chromium: Any, url: str, site: int
) -> None:
    """What could be fetched takes its place; Undo puts the links back; and all is said."""
    with opened(chromium, url) as page:
        good, bad = f"http://tern.test:{site}/ferry", f"http://tern.test:{site}/inside"
        paste_by_clipboard(page, f"{good}\n{bad}")
        page.locator(".note", has_text="127.0.0.1 is not on the public web").wait_for()
        assert boxes(page) == [FERRY, bad]
        beside = page.locator("fieldset.links .doing").inner_text()
        assert beside.startswith("127.0.0.1 is not on the public web")
        assert page.locator(".total").inner_text() == "1 article, 16 words, 1 link"
        page.get_by_role("button", name="Undo").click()
        assert boxes(page) == [f"{good}\n{bad}"]


@pytest.mark.page
def test_without_leave_there_is_no_way_to_fetch(chromium: Any) -> None:
    """A page whose owner did not allow it says so where links stand, and nowhere asks for one."""
    from summarizer.page.server import launch

    page = launch(
        {"extract": double.Quoting},
        host="127.0.0.1",
        port=None,
        split=double.split,
        prevent_thread_lock=True,
        quiet=True,
    )
    try:
        assert page.local_url
        with opened(chromium, page.local_url) as opening:
            assert opening.locator(".bylink").is_hidden()
            assert "link" not in opening.locator("#articles .lead").inner_text()
            area = opening.locator("fieldset.next .text")
            for name in ("placeholder", "aria-label"):
                assert "link" not in (area.get_attribute(name) or "")
            paste_by_clipboard(opening, "https://tern.test/ferry\nhttps://tern.test/tram")
            told = opening.locator("fieldset.box .bylink")
            told.filter(has_text="summarizer page --allow-fetch").wait_for()
            assert told.inner_text().count(". ") == 0
            assert opening.get_by_role("button", name="Fetch", exact=True).count() == 0
            opening.get_by_role("button", name="Summarise").click()
            alert = opening.get_by_role("alert").filter(has_text="article 1 is only a link")
            alert.wait_for()
            assert "fetch" not in alert.inner_text()
            assert boxes(opening) == ["https://tern.test/ferry\nhttps://tern.test/tram"]
        assert "links" not in {getattr(f.fn, "__name__", "") for f in page.fns.values()}
    finally:
        page.close()


@pytest.mark.parametrize(("argv", "allowed"), [([], False), (["--allow-fetch"], True)])
def test_fetching_is_off_unless_the_owner_allows_it(
    monkeypatch: pytest.MonkeyPatch, argv: list[str], allowed: bool
) -> None:
    """`summarizer page` hands on whether links may be fetched; by itself they may not."""
    served: list[dict[str, Any]] = []
    monkeypatch.setattr("summarizer.page.serve", lambda *_, **options: served.append(options))
    assert cli.main(["page", *argv]) == 0
    assert served[0]["allow_fetch"] is allowed


@pytest.mark.parametrize(
    ("variable", "value", "option", "given"),
    [
        ("SUMMARIZER_ALLOW_FETCH", "1", "allow_fetch", True),
        ("SUMMARIZER_ROOT_PATH", "/news", "root_path", "/news"),
        ("GRADIO_ROOT_PATH", "/space", "root_path", "/space"),
        ("SUMMARIZER_HOST", "0.0.0.0", "host", "0.0.0.0"),
        ("GRADIO_SERVER_NAME", "0.0.0.0", "host", "0.0.0.0"),
        ("SUMMARIZER_PORT", "8080", "port", 8080),
        ("SUMMARIZER_MODEL", "extract", "model", "extract"),
        ("GRADIO_SERVER_PORT", "7860", "port", 7860),
    ],
)
def test_variables_stand_in_for_options(
    monkeypatch: pytest.MonkeyPatch, variable: str, value: str, option: str, given: object
) -> None:
    """Every option has a variable, and what a host of gradio apps sets is understood."""
    served: dict[str, Any] = {}

    def serve(host: str, port: int | None, **options: Any) -> None:
        served.update(host=host, port=port, **options)

    monkeypatch.setattr("summarizer.page.serve", serve)
    monkeypatch.setenv(variable, value)
    assert cli.main(["page"]) == 0
    assert served[option] == given


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        (None, "there is no link; paste at least one"),
        (" \n", "there is no link; paste at least one"),
        (["https://a.test"], "there is no link; paste at least one"),
        ("https://a.test " * (MAX_LINKS + 1), "11 links are more than the 10 fetched at once"),
    ],
)
def test_what_is_no_list_of_links_is_refused(sent: object, says: str) -> None:
    """Links come as one text, and not too many of them."""
    with pytest.raises(UnreadableLink, match=says):
        links_of(sent)


def test_a_link_that_fails_does_not_stop_the_others() -> None:
    """Of several links the bad one is named in a warning, and an error where all are bad."""

    def fetching(link: str) -> Article:
        if "bad" in link:
            raise UnreadableLink("bad.test could not be reached; check the link")
        return Article(text=FERRY, url=link)

    runs: Runs[dict[str, Any]] = Runs()
    *_, found = runs.follow("s", fetch_links(["https://a.test", "https://bad.test"], fetching))
    assert isinstance(found, dict)
    assert [a["url"] for a in found["articles"]] == ["https://a.test"]
    assert found["warnings"] == ["bad.test could not be reached; check the link"]
    with pytest.raises(UnreadableLink, match=r"bad\.test could not be reached"):
        list(runs.follow("s", fetch_links(["https://bad.test"], fetching)))
