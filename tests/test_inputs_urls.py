"""Links: only the public web is asked, at every step, within its caps; a real server answers here.

What the page does with the articles is in test_page_intake.py.
"""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread

import pytest

from summarizer.errors import UnreadableFile, UnreadableLink
from summarizer.inputs.urls import Caps, fetch, is_public
from summarizer.schema import Article

PROSE = "A ferry hit the pier at Tarrow on Tuesday, and twelve people were hurt. " * 4
PAGE = (
    "<html><head><title>Pier hit</title><meta property='og:site_name' content='The Tern'></head>"
    f"<body><article><h1>Pier hit</h1><p>{PROSE}</p></article></body></html>"
)

Answer = Callable[[BaseHTTPRequestHandler], None]


class Server:
    """Answers by path, and remembers what it was asked and for whom."""

    def __init__(self) -> None:
        self.paths: dict[str, Answer] = {}
        self.asked: list[tuple[str, str]] = []
        self.over = Event()
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                server.asked.append((self.headers["Host"], self.path))
                server.sent = dict(self.headers)
                with suppress(OSError):  # who asked has left
                    server.paths.get(self.path, _says(status=404))(self)

            def log_message(self, *_: object) -> None:
                pass

        self.sent: dict[str, str] = {}
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._http.daemon_threads = True
        self.port = self._http.server_address[1]
        Thread(target=self._http.serve_forever, daemon=True).start()

    def close(self) -> None:
        self.over.set()
        self._http.shutdown()
        self._http.server_close()

    def allow(self, address: str, port: int) -> bool:
        """This server, as if it stood on the public web; everything else by the real rule."""
        return (address, port) == ("127.0.0.1", self.port) or is_public(address, port)

    def resolve(self, host: str, port: int) -> Sequence[str]:
        """Names under .test are this server; the rest are what they are."""
        return ["127.0.0.1"] if host.endswith(".test") else [host]

    def link(self, path: str, host: str = "news.test") -> str:
        return f"http://{host}:{self.port}{path}"


@pytest.fixture(scope="module")
def serving() -> Iterator[Server]:
    server = Server()
    yield server
    server.close()


@pytest.fixture
def server(serving: Server) -> Server:
    serving.paths.clear()
    serving.asked.clear()
    return serving


def _says(
    body: bytes = PAGE.encode(), kind: str | None = "text/html", status: int = 200, **more: str
) -> Answer:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        if kind is not None:
            handler.send_header("Content-Type", kind)
        for name, value in more.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(body)

    return answer


def _moves(to: str, status: int = 302) -> Answer:
    return _says(b"", status=status, Location=to)


def _fetch(server: Server, url: str, caps: Caps | None = None) -> Article:
    return fetch(url, caps=caps, resolve=server.resolve, allow=server.allow)


# --- what is read --------------------------------------------------------------------------------


def test_a_page_becomes_an_article_with_its_address(server: Server) -> None:
    """The article has the page's text, title and outlet, and the address it was found at."""
    server.paths["/a?id=1&x=%C3%A9"] = _says()
    article = _fetch(server, server.link("/a?id=1&x=é"))
    assert PROSE.strip() in article.text
    assert (article.title, article.outlet) == ("Pier hit", "The Tern")
    assert article.url == server.link("/a?id=1&x=%C3%A9")


def test_without_a_named_outlet_the_host_is_one(server: Server) -> None:
    """Plain text names no outlet: its host stands in, without www."""
    server.paths["/a"] = _says(PROSE.encode(), "text/plain; charset=utf-8")
    article = _fetch(server, server.link("/a", "www.tern.test"))
    assert article.outlet == "tern.test"
    assert article.text == PROSE


def test_the_charset_of_the_answer_is_kept(server: Server) -> None:
    """A charset that the answer names is the one its text is read by; an unknown one is guessed."""
    server.paths["/a"] = _says("Привет, Таллин".encode("koi8-r"), "text/plain; charset=koi8-r")
    server.paths["/b"] = _says("Żółw".encode(), "text/plain; charset=none-such")
    assert _fetch(server, server.link("/a")).text == "Привет, Таллин"
    assert _fetch(server, server.link("/b")).text == "Żółw"


def test_nothing_of_the_reader_is_sent(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """No cookie, no referrer, no credential, and no proxy of the environment is used."""
    monkeypatch.setenv("http_proxy", "http://192.0.2.1:9")
    server.paths["/a"] = _says(Set_Cookie="seen=1")
    server.paths["/b"] = _moves("/a")
    _fetch(server, server.link("/b"))
    sent = {name.lower() for name in server.sent}
    assert sent == {"host", "user-agent", "accept", "accept-encoding"}


# --- who is asked --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "127.8.8.8", "0.0.0.0", "10.1.2.3", "172.16.0.1", "172.31.255.255"),
        *("192.168.1.1", "169.254.169.254", "100.64.0.1", "100.100.100.200", "168.63.129.16"),
        *("192.0.2.1", "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255"),
        *("::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fd00:ec2::254", "ff02::1"),
        *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:a9fe:a9fe", "::7f00:1"),
        *("64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "2002:7f00:1::", "2002:a00:1::1"),
        *("2001:0:7f00:1::", "2001:db8::1", "localhost", "", "1.2.3", "0x7f.0.0.1", "2130706433"),
    ],
)
def test_an_address_that_is_not_public_is_refused(address: str) -> None:
    """Loopback, private, link-local, shared, reserved and metadata addresses, however wrapped."""
    assert not is_public(address, 80)
    assert not is_public(address, 443)


@pytest.mark.parametrize(
    "address", ["1.1.1.1", "93.184.215.14", "2606:4700::1111", "::ffff:8.8.8.8"]
)
def test_a_public_address_is_asked_at_the_webs_ports_alone(address: str) -> None:
    """Ports 80 and 443 of the public network, and no other."""
    assert is_public(address, 80)
    assert is_public(address, 443)
    assert not any(is_public(address, port) for port in (22, 25, 3306, 6379, 8080, 9200))


@pytest.mark.parametrize(
    "url",
    [
        *("http://127.0.0.1:{port}/a", "http://localhost:{port}/a", "http://[::1]:{port}/a"),
        *("http://2130706433:{port}/a", "http://0x7f.1:{port}/a", "http://127.1:{port}/a"),
        *("http://[::ffff:127.0.0.1]:{port}/a", "http://localhost.:{port}/a"),
        *("http://①②⑦.⓪.⓪.①:{port}/a", "http://169.254.169.254/latest/meta-data/"),
    ],
)
def test_this_machine_cannot_be_asked_by_any_spelling(server: Server, url: str) -> None:
    """With the real resolver and the real rule, no name of this machine leads to its servers."""
    server.paths["/a"] = _says()
    with pytest.raises(UnreadableLink, match=r"is not on the public web|could not be reached"):
        fetch(url.format(port=server.port))
    assert server.asked == []


def test_one_private_address_among_public_ones_is_enough_to_refuse(server: Server) -> None:
    """A host that is also inside is not asked at all."""
    with pytest.raises(UnreadableLink, match=r"news\.test is not on the public web; paste"):
        fetch(
            server.link("/a"),
            resolve=lambda host, port: ["127.0.0.1", "10.0.0.1"],
            allow=server.allow,
        )
    assert server.asked == []


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize(
    "to", ["http://10.0.0.1/", "http://169.254.169.254/latest", "//[::1]/", "http://inside.test/"]
)
def test_a_redirect_inside_is_refused(server: Server, to: str, status: int) -> None:
    """Every step of a redirect is checked as the first was, before anything connects to it."""
    server.paths["/a"] = _moves(to, status)
    asked: list[str] = []

    def resolve(host: str, port: int) -> Sequence[str]:
        asked.append(host)
        return ["10.9.9.9"] if host == "inside.test" else server.resolve(host, port)

    with pytest.raises(UnreadableLink, match="is not on the public web; paste the article's text"):
        fetch(server.link("/a"), resolve=resolve, allow=server.allow)
    assert len(asked) == 2
    assert [path for _, path in server.asked] == ["/a"]


def test_the_address_that_was_checked_is_the_one_connected_to(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name is looked up once a step: one that means another address a moment later gains none."""
    server.paths["/a"] = _moves(server.link("/b", "other.test"))
    server.paths["/b"] = _says()
    looked_up: list[str] = []
    connected: list[tuple[str, int]] = []
    create = socket.create_connection

    def resolve(host: str, port: int) -> Sequence[str]:
        looked_up.append(host)
        return ["127.0.0.1"] if looked_up.count(host) == 1 else ["10.0.0.1"]

    def connecting(address: tuple[str, int], timeout: float) -> socket.socket:
        connected.append(address)
        return create(address, timeout)

    monkeypatch.setattr(socket, "create_connection", connecting)
    fetch(server.link("/a"), resolve=resolve, allow=server.allow)
    assert looked_up == ["news.test", "other.test"]
    assert connected == [("127.0.0.1", server.port)] * 2
    hosts = [host for host, _ in server.asked]
    assert hosts == [f"news.test:{server.port}", f"other.test:{server.port}"]


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("file:///etc/passwd", "'file:///etc/passwd' is not a web link; give one as https://…"),
        ("ftp://news.test/a", "is not a web link"),
        ("gopher://news.test/a", "is not a web link"),
        ("data:text/html,<b>x</b>", "is not a web link"),
        ("javascript:alert(1)", "is not a web link"),
        ("news.test/a", "is not a web link"),
        ("", "is not a web link"),
        ("http://", "is not a web link"),
        ("http://ann:secret@news.test/", "the link to news.test carries a name or password"),
        ("http://[::1/", "is not a link"),
        ("http://news.test:99999/", "is not a link"),
        ("http://" + "a" * 70 + ".test/", "is not a link"),
        ("http://news.test/" + "a" * 2_000, r"a link has 2,017 characters, more than 2,000"),
    ],
)
def test_what_is_no_web_link_is_refused_unasked(url: str, says: str) -> None:
    """Only http and https, without credentials; nothing is looked up for the rest."""

    def resolve(host: str, port: int) -> Sequence[str]:
        raise AssertionError(f"looked up {host}")

    with pytest.raises(UnreadableLink, match=says) as caught:
        fetch(url, resolve=resolve)
    assert "secret" not in str(caught.value)


def test_a_redirect_to_another_scheme_is_refused(server: Server) -> None:
    """A redirect to a file is no more read than a link to one."""
    server.paths["/a"] = _moves("file:///etc/passwd")
    with pytest.raises(UnreadableLink, match="'file:///etc/passwd' is not a web link"):
        _fetch(server, server.link("/a"))


def test_a_link_cannot_smuggle_a_second_request(server: Server) -> None:
    """Line ends in a link reach the server as its path's letters, not as lines of a request."""
    with pytest.raises(UnreadableLink, match=r"answered 404"):
        _fetch(server, server.link("/a\r\nHost: inside.test\r\n\r\nGET /b"))
    assert [host for host, _ in server.asked] == [f"news.test:{server.port}"]


# --- what it may cost ----------------------------------------------------------------------------


def test_a_circle_of_redirects_ends(server: Server) -> None:
    """After the allowed number of redirects it is enough."""
    server.paths["/a"] = _moves("/a")
    with pytest.raises(UnreadableLink, match="led through more than 5 redirects"):
        _fetch(server, server.link("/a"))
    assert len(server.asked) == 6


@pytest.mark.parametrize("told", [True, False], ids=["length told", "length not told"])
def test_an_answer_over_the_size_is_not_read_on(server: Server, told: bool) -> None:
    """Whether or not it says its length, a body over the limit is refused."""
    body = b"x" * 3_000_000
    server.paths["/a"] = (
        _says(body, "text/plain", Content_Length=str(len(body)))
        if told
        else _says(body, "text/plain")
    )
    with pytest.raises(UnreadableLink, match=r"news\.test answered with more than 1 MB; paste"):
        _fetch(server, server.link("/a"), Caps(size=1_000_000))


@pytest.mark.parametrize("part", ["headers", "body"])
def test_an_answer_that_drips_is_cut_off(server: Server, part: str) -> None:
    """A server that sends a byte now and then cannot hold a reader for longer than the limit."""

    def drip(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\n")
        if part == "body":
            handler.wfile.write(b"\r\n")
        while not server.over.wait(0.05):
            handler.wfile.write(b"x" if part == "body" else b"X-More: x\r\n"[:1])
            handler.wfile.flush()

    server.paths["/a"] = drip
    with pytest.raises(UnreadableLink, match=r"news\.test took more than 0\.5 s; paste"):
        _fetch(server, server.link("/a"), Caps(seconds=0.5))


def test_a_resolver_that_hangs_is_left_behind(server: Server) -> None:
    """Looking a name up counts towards the time, too."""

    def resolve(host: str, port: int) -> Sequence[str]:
        server.over.wait(30)
        return []

    with pytest.raises(UnreadableLink, match=r"could not be reached \(TimeoutError\)"):
        fetch("http://news.test/", caps=Caps(seconds=0.2), resolve=resolve)
    server.over.set()
    server.over.clear()


@pytest.mark.parametrize(
    ("answer", "error", "says"),
    [
        (_says(status=404), UnreadableLink, "news.test answered 404 Not Found; open it and paste"),
        (_says(status=299), UnreadableLink, "news.test answered 299; open it"),
        (_says(b"\x89PNG", "image/png"), UnreadableLink, "'image/png', which is no article"),
        (_says(b"MZ", "application/x-msdownload"), UnreadableLink, "which is no article"),
        (_says(Content_Encoding="gzip"), UnreadableLink, "sent a compressed answer unasked"),
        (_says(b"abc", Content_Length="9"), UnreadableLink, "broke off its answer"),
        (_says(b"zz\r\n", Transfer_Encoding="chunked"), UnreadableLink, "broke off its answer"),
        (_says(b"<html></html>"), UnreadableFile, "'news.test.html' holds no article text"),
        (_says(b"\x01\x02" * 50, "text/plain"), UnreadableFile, "'news.test.txt' is a binary file"),
    ],
)  # fmt: skip
def test_what_is_no_article_is_said_in_one_sentence(
    server: Server, answer: Answer, error: type[Exception], says: str
) -> None:
    """An answer that holds no article, or breaks off, is refused and never half read."""
    server.paths["/a"] = answer
    with pytest.raises(error, match=says):
        _fetch(server, server.link("/a"))


def test_a_host_that_is_not_there_is_said_so(server: Server) -> None:
    """No address, or nobody listening, names the host and the way out."""

    def none(host: str, port: int) -> Sequence[str]:
        raise socket.gaierror(-2, "Name or service not known")

    with pytest.raises(UnreadableLink, match=r"gone\.test could not be reached \(gaierror"):
        fetch("https://gone.test/", resolve=none)
    free = socket.socket()
    free.bind(("127.0.0.1", 0))
    with pytest.raises(UnreadableLink, match=r"could not be reached \(ConnectionRefusedError\)"):
        fetch(
            f"http://news.test:{free.getsockname()[1]}/",
            resolve=server.resolve,
            allow=lambda address, port: True,
        )
    free.close()


def test_a_server_without_a_right_certificate_is_not_believed(server: Server) -> None:
    """An https link is read over a connection that proves its host, or not at all."""
    with pytest.raises(UnreadableLink, match=r"news\.test could not be reached \(SSL"):
        _fetch(server, server.link("/a").replace("http:", "https:"))
    assert server.asked == []
