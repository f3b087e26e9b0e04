"""A writer behind an OpenAI-compatible server: vLLM, llama.cpp, Ollama, `transformers serve`.

The texts leave this process, which `notice` says. Nothing but the one server that the user names
is asked: redirects are not followed, and no proxy is used for this machine's own servers.
"""

from __future__ import annotations

import asyncio
import ipaddress
import json
import math
import os
import time
from collections.abc import Callable, Coroutine, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from summarizer.backends.chat import Answer, Chat, OnText, Request
from summarizer.backends.prompt import Message, inert
from summarizer.errors import BadOption, ModelFailed, UnknownModel

if TYPE_CHECKING:
    import httpx

KEY = "SUMMARIZER_API_KEY"
"""The environment variable that holds the server's key, where it wants one."""

TIMEOUT = "SUMMARIZER_TIMEOUT"
"""The environment variable that holds the seconds for which a server may be silent."""

AT_ONCE = 8
"""Requests under way together; a server queues what is too much for it."""

_CONNECT, _SILENT = 5.0, 600.0  # seconds to reach the server; for which it may be silent
_BEAT = 1.0  # seconds between looks at a server that says nothing
_TRIES = 4
_WAITS = (0.5, 2.0, 8.0)  # seconds between tries, unless the server says how long
_LONGEST_WAIT = 30.0
_PASSING = {408, 425, 429, 500, 502, 503, 504}
"""HTTP status codes of a server that is busy, loading or being restarted."""
_NO_THOUGHT = {"chat_template_kwargs": {"enable_thinking": False}}
"""Switches thinking off where the server hands it to the chat template; others refuse it."""
_LLAMA_CPP = {"return_progress": True, "cache_prompt": False}
"""llama.cpp's: say how much of a prompt is read, and let no earlier prompt change a last bit."""
_EXTRAS: tuple[dict[str, Any], ...] = ({**_NO_THOUGHT, **_LLAMA_CPP}, _NO_THOUGHT, {})
"""What is asked beside OpenAI's fields, most first; a server that refuses it gets the next."""


class _Unreached(ModelFailed):
    """A server was not reached, or broke off: it may be there again in a moment."""


class Pulse:
    """When a server was last heard, by whichever of the requests that wait for it.

    A server of one slot is silent to all requests but one, and none of them is given up for that.
    """

    def __init__(self) -> None:
        self._last = -math.inf

    def heard(self) -> None:
        """Note that the server says something now."""
        self._last = time.monotonic()

    def silent(self, since: float) -> float:
        """Seconds of silence until now. since: when the request began, on the monotonic clock."""
        return time.monotonic() - max(since, self._last)


@dataclass(frozen=True, slots=True)
class Server:
    """One server and one of its models.

    base: the address that `/chat/completions` is below. model: its name there. settings: what
    httpx's clients are made with, the key among them. timeout: seconds for which it may be silent.
    extra: fields that this server understands beside OpenAI's. sleep: how a pause is made.
    """

    base: str
    model: str
    settings: Mapping[str, Any] = field(repr=False)
    timeout: float
    extra: dict[str, Any] = field(default_factory=dict)
    pulse: Pulse = field(default_factory=Pulse)
    sleep: Callable[[float], None] = time.sleep

    @property
    def host(self) -> str:
        """Name and port, as the address has them."""
        return urlsplit(self.base).netloc.rpartition("@")[2]

    def answer(
        self, turns: Sequence[Message], new: int, on_text: OnText | None = None, **settings: Any
    ) -> str:
        """What the model answers to a chat, in at most `new` tokens.

        on_text: called while the answer is written, which is streamed then, and each second while
        the server is silent. Raises ModelFailed where the server cannot be reached, is silent for
        longer than its time limit, keeps failing, has no room for the answer, or answers with
        something else than a chat completion; UnknownModel where it has no such model.
        """
        asked = {
            "model": self.model,
            "messages": [{"role": role, "content": inert(content)} for role, content in turns],
            "max_tokens": new,
            **settings,
            **self.extra,
            **({"stream": True} if on_text else {}),
        }
        found = self.post("/chat/completions", asked, on_text)
        try:
            choice = found["choices"][0]
            content = choice["message"]["content"] or ""
            short = choice.get("finish_reason") == "length"
            written = int((found.get("usage") or {}).get("completion_tokens") or new)
        except (KeyError, IndexError, TypeError, AttributeError, ValueError) as error:
            raise ModelFailed(
                f"the server at {self.host} answered with no chat completion; is {self.base!r} the "
                f"address of an OpenAI-compatible API?"
            ) from error
        if short and written < new:
            raise ModelFailed(
                f"the server at {self.host} had no room for a whole answer: it stopped after "
                f"{written} of {new} tokens; give it a longer context, 8192 tokens or more"
            )
        return str(content)

    def post(
        self, path: str, asked: dict[str, Any], on_text: OnText | None = None
    ) -> dict[str, Any]:
        """Send one request, again where the failure may pass. Raises ModelFailed."""
        for tries in range(1, _TRIES + 1):
            try:
                response = self.sent("POST", path, asked, on_text)
            except _Unreached:
                if tries == _TRIES:
                    raise
                response = None
            if response is not None and response.status_code not in _PASSING:
                return self.read(response)
            if response is not None and tries == _TRIES:
                raise self.failed(response)
            self.sleep(_pause(response, tries))
        raise AssertionError  # the last try returns or raises

    def models(self) -> list[str]:
        """The names that the server lists; none where it lists nothing."""
        response = self.sent("GET", "/models", None)
        if response.status_code != 200:
            return []
        listed = self.read(response).get("data")
        return [str(m["id"]) for m in listed or () if isinstance(m, dict) and "id" in m]

    def sent(
        self, method: str, path: str, asked: dict[str, Any] | None, on_text: OnText | None = None
    ) -> httpx.Response:
        """The response to one request. Raises ModelFailed where none came."""
        import httpx

        url = f"{self.base}{path}"
        try:
            if on_text is not None:
                return _run(self._followed(method, url, asked, on_text))
            limits = httpx.Timeout(self.timeout, connect=_CONNECT)
            with httpx.Client(**self.settings, timeout=limits) as client:
                return client.request(method, url, json=asked)
        except httpx.ReadTimeout as error:
            raise ModelFailed(
                f"the server at {self.host} said nothing for {self.timeout:g} seconds; try again "
                f"when it is less busy, or let it take longer: {TIMEOUT}={2 * self.timeout:g}"
            ) from error
        except httpx.HTTPError as error:
            raise _Unreached(
                f"the server at {self.host} cannot be reached ({type(error).__name__}); check that "
                f"it runs and that its address is {self.base!r}"
            ) from error

    async def _followed(
        self, method: str, url: str, asked: dict[str, Any] | None, on_text: OnText
    ) -> httpx.Response:
        """A streamed response as if it had come at once.

        on_text: called for each piece, and each second while none comes; what it raises ends the
        request, and with it the server's work. Raises ReadTimeout where nothing comes for too long.
        """
        import httpx

        told, since = ("", 0.0), time.monotonic()

        def tell(text: str, read: float) -> None:
            nonlocal told
            told = text, read
            on_text(text, read)

        coming = asyncio.create_task(self._streamed(method, url, asked, tell))
        while not coming.done():
            await asyncio.wait([coming], timeout=min(_BEAT, self.timeout))
            if not coming.done():
                on_text(*told)
                if self.pulse.silent(since) >= self.timeout:
                    raise httpx.ReadTimeout("silent")
        return coming.result()

    async def _streamed(
        self, method: str, url: str, asked: dict[str, Any] | None, on_text: OnText
    ) -> httpx.Response:
        import httpx

        limits = httpx.Timeout(_CONNECT, read=None)  # `_followed` has its own
        async with (
            httpx.AsyncClient(**self.settings, timeout=limits) as client,
            client.stream(method, url, json=asked) as response,
        ):
            self.pulse.heard()
            if not response.headers.get("Content-Type", "").startswith("text/event-stream"):
                await response.aread()
                return response
            answer = _Answer()
            async for line in response.aiter_lines():
                self.pulse.heard()
                if not answer.take(line):
                    break
                on_text(answer.text, answer.read)
            return answer.response()

    def read(self, response: httpx.Response) -> dict[str, Any]:
        """The JSON of a response. Raises ModelFailed or UnknownModel for one that has none."""
        if response.status_code != 200:
            raise self.failed(response)
        try:
            found: dict[str, Any] = response.json()
        except ValueError as error:
            raise ModelFailed(
                f"the server at {self.host} answered with something else than JSON; is "
                f"{self.base!r} the address of an OpenAI-compatible API (it often ends in /v1)?"
            ) from error
        return found if isinstance(found, dict) else {}

    def failed(self, response: httpx.Response) -> ModelFailed | UnknownModel:
        """A response that reports a failure, as an error."""
        status = response.status_code
        if status in {401, 403}:
            return ModelFailed(
                f"the server at {self.host} refused the key ({status}); set {KEY} to one it knows"
            )
        if status == 404 and (have := self.models()):
            return UnknownModel(
                f"the server at {self.host} has no model {self.model!r}; it lists: "
                f"{', '.join(have[:8])}"
            )
        return ModelFailed(f"the server at {self.host} failed ({status}: {_reason(response)})")


class _Answer:
    """A chat completion out of the events of a stream, as far as they have come.

    Events are OpenAI's: `data: {…}` with a piece of the text, and `data: [DONE]` at the end;
    llama.cpp's say before how much of the prompt is read.
    """

    def __init__(self) -> None:
        self.text, self.read = "", 0.0
        self._finish, self._written = "", 0  # why it ended, "" before it did; in tokens, if said
        self._fault: tuple[int, str] | None = None

    def take(self, line: str) -> bool:
        """Take one line; False where what follows does not matter."""
        data = line.removeprefix("data:").strip()
        if not line.startswith("data:") or data == "[DONE]":
            if data == "[DONE]":
                self._finish = self._finish or "stop"
            return True
        try:
            event = json.loads(data)
            if "error" in event:
                self._fault = 500, data
                return False
            for choice in event["choices"]:
                self.text += choice["delta"].get("content") or ""
                self._finish = choice.get("finish_reason") or self._finish
            said = event.get("timings") or event.get("usage")  # llama.cpp's, and OpenAI's
            if said:
                self._written = said.get("predicted_n") or said.get("completion_tokens") or 0
            reading = event.get("prompt_progress")
            self.read = reading["processed"] / max(1, reading["total"]) if reading else 1.0
        except (ValueError, KeyError, TypeError, AttributeError):
            self._fault = 200, data
        return self._fault is None

    def response(self) -> httpx.Response:
        """The answer as if it had come at once. Raises RemoteProtocolError where it broke off."""
        import httpx

        if self._fault is not None:
            status, data = self._fault
            return httpx.Response(status, text=data)
        if not self._finish:
            raise httpx.RemoteProtocolError("the answer broke off")
        choice = {"message": {"content": self.text}, "finish_reason": self._finish}
        usage = {"completion_tokens": self._written}
        return httpx.Response(200, json={"choices": [choice], "usage": usage})


def _reason(response: httpx.Response) -> str:
    """Why a server says that it failed, in at most 200 characters."""
    try:
        found: Any = response.json()
    except ValueError:
        found = None
    while isinstance(found, dict):
        found = next((found[k] for k in ("error", "message", "detail") if k in found), None)
    said = found if isinstance(found, str) else response.text
    return " ".join(said.split())[:200] or "no reason given"


def _pause(response: httpx.Response | None, tries: int) -> float:
    said = response.headers.get("Retry-After", "") if response is not None else ""
    wait = float(said) if said.isdecimal() else _WAITS[min(tries, len(_WAITS)) - 1]
    return min(wait, _LONGEST_WAIT)


@dataclass(frozen=True, slots=True)
class ServedWriter(Chat):
    """A chat model behind a server.

    Up to 8 requests go side by side (`AT_ONCE`); how a server batches them may change its last
    bits, and so a text.
    """

    server: Server

    def among(self, requests: int) -> tuple[Answer, int]:
        """All are answered alike, 8 at a time (`AT_ONCE`)."""
        return self.answer, AT_ONCE

    @property
    def notice(self) -> str:
        """Where the texts go."""
        where = "another process on this machine"
        if not _is_loopback(self.server.host):
            where = "another machine"
            if self.server.base.startswith("http://"):
                where += ", unencrypted"
        return f"the articles' sentences are sent to {self.server.host}: {where}"

    def answer(self, request: Request, on_text: OnText | None = None) -> str:
        """Return what the server's model says to a request, heard as it is written."""
        return self.server.answer(
            request.turns, request.new, on_text, temperature=0.0, seed=request.seed
        )


def _run(work: Coroutine[Any, Any, httpx.Response]) -> httpx.Response:
    """What a coroutine comes to: in a thread of its own where a loop runs already (a notebook)."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(work)
    with ThreadPoolExecutor(max_workers=1) as pool:
        return pool.submit(asyncio.run, work).result()


def load(address: str, *, offline: bool = False) -> ServedWriter:
    """Connect to `http://host:port/v1#model`; without `#model`, to the one model that it lists.

    A request of one token finds out whether address, model and key are right before any text is
    sent. Raises BadOption, ModelFailed or UnknownModel.
    """
    import httpx

    base, _, model = address.partition("#")
    base = base.rstrip("/")
    parts = urlsplit(base)
    if not parts.hostname or parts.username or parts.query:
        raise BadOption(
            f"{base!r} is no server's address; give it as http://HOST:PORT/v1#MODEL, and a key in "
            f"{KEY}"
        )
    here = _is_loopback(parts.netloc)
    if offline and not here:
        raise BadOption(f"the model is at {parts.hostname}, and offline forbids other machines")
    key = os.environ.get(KEY)
    settings = {
        "headers": {"Authorization": f"Bearer {key}"} if key else {},
        "follow_redirects": False,  # a text goes where the user said, and nowhere else
        "trust_env": not here,
        "verify": httpx.create_ssl_context(trust_env=not here),  # once: it reads a file
    }
    server = Server(base, model, settings, _timeout())
    if not model:
        have = server.models()
        if len(have) != 1:
            listed = f"lists {', '.join(have[:8])}" if have else "lists no model"
            raise UnknownModel(f"the server at {server.host} {listed}; name one after a '#'")
        server = replace(server, model=have[0])
    server = _probed(server)
    return ServedWriter(f"{server.model}@{server.host}", server)


def _timeout() -> float:
    """The time limit that the user set, in seconds. Raises BadOption for one that is none."""
    said = os.environ.get(TIMEOUT) or str(_SILENT)
    try:
        seconds = float(said)
    except ValueError:
        seconds = math.nan
    if not 0 < seconds < math.inf:
        raise BadOption(f"{TIMEOUT} is {said!r}; give seconds, more than 0")
    return seconds


def _probed(server: Server) -> Server:
    """The server, asked for one token, with those of the extra fields that it does not refuse."""
    for extra in _EXTRAS:
        server = replace(server, extra=extra)
        turn = {"messages": [{"role": "user", "content": "A"}], "max_tokens": 1}
        asked = {"model": server.model, **turn, **extra}
        response = server.sent("POST", "/chat/completions", asked)
        if response.status_code not in {400, 422}:
            break
    if response.status_code in _PASSING:
        server.post("/chat/completions", asked)
    else:
        server.read(response)
    return server


def _is_loopback(netloc: str) -> bool:
    host = urlsplit(f"//{netloc}").hostname or ""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
