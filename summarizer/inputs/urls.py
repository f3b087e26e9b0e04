"""An article or a feed by its link: fetched with every guard, or refused in one sentence.

Off unless it is allowed. Bytes become articles in inputs.documents, entries of a feed in
inputs.feeds.
"""

from __future__ import annotations

import http.client
import socket
import ssl
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email.message import Message
from functools import cache
from http import HTTPStatus
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from threading import Timer
from time import monotonic
from urllib.parse import quote, urljoin, urlsplit

from summarizer.errors import UnreadableLink
from summarizer.inputs import read_bytes
from summarizer.schema import Article

PORTS = {"http": 80, "https": 443}
"""The schemes that are fetched, and the only ports."""

LONGEST = 2_000
"""Characters of a link."""

KINDS = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "application/pdf": ".pdf",
}
"""The types that are read, and the file ending by which inputs knows each."""

FEEDS = (
    *("application/rss+xml", "application/atom+xml", "application/rdf+xml"),
    *("application/xml", "text/xml", "text/html", "text/plain"),  # what servers say of feeds, too
)
"""The types that a feed comes in."""

_MOVED = {301, 302, 303, 307, 308}
_UNSAFE_INSIDE = (IPv4Address("168.63.129.16"),)  # Azure's own wire server, in a public range
_NAT64 = IPv6Network("64:ff9b::/96")
_COMPATIBLE = IPv6Network("::/96")

Resolve = Callable[[str, int], Sequence[str]]
"""A host's name and a port to its addresses; raises OSError where it has none."""

Allow = Callable[[str, int], bool]
"""Whether an address may be connected to at a port."""


@dataclass(frozen=True, slots=True)
class Caps:
    """What one link may cost, redirects included."""

    size: int = 5_000_000  # bytes of the answer's body
    seconds: float = 15.0  # from the first name looked up to the last byte
    redirects: int = 5


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for behind a link: its name, its types, and what else its reader can do."""

    name: str
    kinds: tuple[str, ...]
    mend: str


ARTICLE = Wanted("article", tuple(KINDS), "paste the article's text")
FEED = Wanted("feed", FEEDS, "save the feed and give its file")


def resolve(host: str, port: int) -> tuple[str, ...]:
    """The addresses of a host by the system's resolver, each once. port: a TCP port."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(address[0]) for *_, address in found))


def is_public(address: str, port: int) -> bool:
    """Whether an address is on the public network, and the port one that the web is served at.

    An address that carries another (mapped, NAT64, 6to4, Teredo) is as public as what it carries.
    """
    try:
        ip = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    return port in PORTS.values() and all(
        one.is_global and not one.is_multicast and one not in _UNSAFE_INSIDE for one in _meant(ip)
    )


def _meant(ip: IPv4Address | IPv6Address) -> Iterator[IPv4Address | IPv6Address]:
    if isinstance(ip, IPv4Address):
        yield ip
        return
    carried = [ip.ipv4_mapped, ip.sixtofour, *(ip.teredo or ())]
    if ip in _NAT64 or ip in _COMPATIBLE:
        carried.append(IPv4Address(int(ip) & 0xFFFF_FFFF))
    inner = [one for one in carried if one is not None]
    yield from inner
    if ip.ipv4_mapped is None and ip not in _NAT64:
        yield ip


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found behind a link: its bytes as they came, and what the server said of them.

    url: where it was found, redirects followed. charset: None where none was named.
    """

    url: str
    host: str
    kind: str
    charset: str | None
    data: bytes
    moved_to: str | None = None


def fetch(
    url: str, *, caps: Caps | None = None, resolve: Resolve = resolve, allow: Allow = is_public
) -> Article:
    """The article behind a link, with the address it was found at and, failing better, its host.

    Raises UnreadableLink as `get` does, UnreadableFile where there is no article in the bytes.
    """
    return _article(get(url, ARTICLE, caps=caps, resolve=resolve, allow=allow))


def get(
    url: str,
    wanted: Wanted,
    *,
    caps: Caps | None = None,
    resolve: Resolve = resolve,
    allow: Allow = is_public,
) -> Answer:
    """What is behind a link, if it is of a type that is wanted.

    Every address that a host resolves to must be allowed, at the first link and at every
    redirect, and the one that was checked is the one connected to: a name that resolves
    otherwise a moment later changes nothing. No cookie, credential or proxy is used.
    Raises UnreadableLink: what is wrong with which host, never what the answer said.
    """
    caps = caps or Caps()
    deadline = monotonic() + caps.seconds
    for _ in range(caps.redirects + 1):
        link = _Link.of(url, wanted)
        answer = _ask(link, caps, deadline, resolve, allow)
        if answer.moved_to is None:
            return answer
        url = urljoin(link.url, answer.moved_to)
    raise UnreadableLink(
        f"{link.host} led through more than {caps.redirects} redirects; {wanted.mend}"
    )


@dataclass(frozen=True, slots=True)
class _Link:
    """A link taken apart; every part of it is ASCII and has no control character."""

    scheme: str
    host: str
    port: int
    target: str
    wanted: Wanted

    @property
    def url(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        usual = self.port == PORTS[self.scheme]
        return f"{self.scheme}://{host}{'' if usual else f':{self.port}'}{self.target}"

    @classmethod
    def of(cls, url: str, wanted: Wanted) -> _Link:
        url = url.strip()
        if len(url) > LONGEST:
            raise UnreadableLink(f"a link has {len(url):,} characters, more than {LONGEST:,}")
        try:
            parts = urlsplit(url)
            host = (parts.hostname or "").encode("idna").decode("ascii")
            port = parts.port
        except ValueError:  # UnicodeError, of the idna codec, is one
            raise UnreadableLink(f"{url[:80]!r} is not a link; give one as https://…") from None
        if parts.scheme not in PORTS or not host:
            raise UnreadableLink(f"{url[:80]!r} is not a web link; give one as https://…")
        if parts.username is not None or parts.password is not None:
            raise UnreadableLink(f"the link to {host} carries a name or password; leave it out")
        query = f"?{parts.query}" if parts.query else ""
        target = quote(f"{parts.path or '/'}{query}", safe="/?:@!$&'()*+,;=-._~%[]")
        return cls(parts.scheme, host, port or PORTS[parts.scheme], target, wanted)


def _ask(link: _Link, caps: Caps, deadline: float, resolve: Resolve, allow: Allow) -> Answer:
    addresses = _addresses(link, deadline, resolve)
    if not all(allow(address, link.port) for address in addresses):
        raise UnreadableLink(f"{link.host} is not on the public web; {link.wanted.mend}")
    last: Exception | None = None
    for address in addresses:
        connection = _Pinned(link, address, lambda: _left(link, deadline, caps))
        try:
            connection.connect()
        except OSError as error:
            last = error
            connection.close()
            continue
        try:
            return _exchange(link, connection, caps, deadline)
        finally:
            connection.close()
    _left(link, deadline, caps)
    raise _unreachable(link, last)


def _addresses(link: _Link, deadline: float, resolve: Resolve) -> Sequence[str]:
    # The system's resolver takes no timeout: it is left behind where it takes too long.
    worker = ThreadPoolExecutor(1, thread_name_prefix="summarizer-resolve")
    try:
        found = worker.submit(resolve, link.host, link.port).result(max(0, deadline - monotonic()))
    except (OSError, UnicodeError) as error:  # TimeoutError among them
        raise _unreachable(link, error) from None
    finally:
        worker.shutdown(wait=False)
    if not found:
        raise _unreachable(link, None)
    return found


def _unreachable(link: _Link, error: Exception | None) -> UnreadableLink:
    why = f" ({type(error).__name__})" if error else ""
    return UnreadableLink(
        f"{link.host} could not be reached{why}; check the link or {link.wanted.mend}"
    )


def _left(link: _Link, deadline: float, caps: Caps) -> float:
    left = deadline - monotonic()
    if left <= 0:
        raise UnreadableLink(f"{link.host} took more than {caps.seconds:g} s; {link.wanted.mend}")
    return left


class _Pinned(http.client.HTTPConnection):
    """A connection to the address that was checked, whatever the host's name means by now."""

    def __init__(self, link: _Link, address: str, left: Callable[[], float]) -> None:
        self.default_port = PORTS[link.scheme]  # the Host header leaves out the usual port
        super().__init__(link.host, link.port)
        self._secure, self._address, self._left = link.scheme == "https", address, left

    def connect(self) -> None:
        self.sock = socket.create_connection((self._address, self.port), self._left())
        if self._secure:
            self.sock.settimeout(self._left())
            self.sock = _tls().wrap_socket(self.sock, server_hostname=self.host)


@cache
def _tls() -> ssl.SSLContext:
    return ssl.create_default_context()


def _exchange(link: _Link, connection: _Pinned, caps: Caps, deadline: float) -> Answer:
    try:
        with _cut_off(connection.sock, _left(link, deadline, caps)):
            connection.request("GET", link.target, headers=_asked(link.wanted))
            answer = connection.getresponse()
            if answer.status in _MOVED and (to := answer.headers.get("location")):
                return Answer(link.url, link.host, "", None, b"", to)
            kind, charset = _checked(link, answer, caps)
            body = _body(link, answer, caps)
        _left(link, deadline, caps)  # a cut looks like an end where no length was given
        return Answer(link.url, link.host, kind, charset, body)
    except (OSError, http.client.HTTPException) as error:
        _left(link, deadline, caps)  # whatever the cut looked like to the library
        raise UnreadableLink(
            f"{link.host} broke off its answer ({type(error).__name__}); "
            f"try again or {link.wanted.mend}"
        ) from None


def _asked(wanted: Wanted) -> dict[str, str]:
    return {
        "User-Agent": f"summarizer/0.1 (fetches one {wanted.name} for its reader)",
        "Accept": ", ".join(wanted.kinds),
        "Accept-Encoding": "identity",
    }


@contextmanager
def _cut_off(connected: socket.socket, seconds: float) -> Iterator[None]:
    """Shut the socket after so many seconds: a timeout begins anew with every byte that comes."""

    def shut() -> None:
        with suppress(OSError):
            socket.socket.shutdown(connected, socket.SHUT_RDWR)

    timer = Timer(seconds, shut)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _checked(link: _Link, answer: http.client.HTTPResponse, caps: Caps) -> tuple[str, str | None]:
    if answer.status != HTTPStatus.OK:
        known = {status.value: status.phrase for status in HTTPStatus}
        said = " ".join(filter(None, (str(answer.status), known.get(answer.status))))
        raise UnreadableLink(f"{link.host} answered {said}; open it and {link.wanted.mend}")
    headers: Message = answer.headers
    kind = headers.get_content_type() if "content-type" in headers else "text/html"
    if kind not in link.wanted.kinds:
        raise UnreadableLink(
            f"{link.host} answered with {kind[:60]!r}, which is no {link.wanted.name}"
        )
    if headers.get("content-encoding", "identity").lower() != "identity":
        raise UnreadableLink(f"{link.host} sent a compressed answer unasked; {link.wanted.mend}")
    if (answer.length or 0) > caps.size:
        raise _too_large(link, caps)
    return kind, headers.get_content_charset()


def _body(link: _Link, answer: http.client.HTTPResponse, caps: Caps) -> bytes:
    body = bytearray()
    while piece := answer.read1(65_536):
        body += piece
        if len(body) > caps.size:
            raise _too_large(link, caps)
    if answer.length:
        raise http.client.IncompleteRead(b"", answer.length)
    return bytes(body)


def _too_large(link: _Link, caps: Caps) -> UnreadableLink:
    return UnreadableLink(
        f"{link.host} answered with more than {caps.size / 1e6:g} MB; {link.wanted.mend}"
    )


def _article(answer: Answer) -> Article:
    data = answer.data
    if answer.charset is not None and answer.kind != "application/pdf":
        with suppress(LookupError):  # a charset of no name that we know: told from the bytes
            data = data.decode(answer.charset, "replace").encode("utf-8")
    host = answer.host.removeprefix("www.")
    article = read_bytes(data, f"{host}{KINDS[answer.kind]}").story.articles[0]
    found = {"id": "", "url": answer.url, "outlet": article.outlet or host}
    return article.model_copy(update=found)
