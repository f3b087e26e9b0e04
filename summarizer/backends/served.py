"""A writer behind an OpenAI-compatible server: vLLM, llama.cpp, Ollama, `transformers serve`.

The texts leave this process, which `notice` says. Nothing but the one server that the user names
is asked: redirects are not followed, and no proxy is used for this machine's own servers.
"""

from __future__ import annotations

import ipaddress
import json
import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar
from urllib.parse import urlsplit

from summarizer.backends.chat import Chat, OnText, Request
from summarizer.backends.prompt import Message
from summarizer.errors import BadOption, ModelFailed, UnknownModel

if TYPE_CHECKING:
    import httpx

KEY = "SUMMARIZER_API_KEY"
"""The environment variable that holds the server's key, where it wants one."""

AT_ONCE = 8
"""Requests under way together; a server queues what is too much for it."""

_CONNECT, _ANSWER = 5.0, 180.0  # seconds to reach the server; to wait for an answer
_TRIES = 4
_WAITS = (0.5, 2.0, 8.0)  # seconds between tries, unless the server says how long
_LONGEST_WAIT = 30.0
_PASSING = {408, 425, 429, 500, 502, 503, 504}
"""HTTP status codes of a server that is busy, loading or being restarted."""
_NO_THOUGHT = {"chat_template_kwargs": {"enable_thinking": False}}
"""Switches thinking off where the server hands it to the chat template; others refuse it."""


@dataclass(frozen=True, slots=True)
class Server:
    """One server and one of its models.

    base: the address that `/chat/completions` is below. model: its name there. extra: fields that
    this server understands beside OpenAI's. sleep: how a pause is made.
    """

    client: httpx.Client
    base: str
    model: str
    extra: dict[str, Any]
    sleep: Callable[[float], None] = time.sleep

    @property
    def host(self) -> str:
        """Name and port, as the address has them."""
        return urlsplit(self.base).netloc.rpartition("@")[2]

    def answer(
        self, turns: Sequence[Message], new: int, on_text: OnText | None = None, **settings: Any
    ) -> str:
        """What the model answers to a chat, in at most `new` tokens.

        on_text: called while the answer is written, which is streamed then.
        Raises ModelFailed where the server cannot be reached, keeps failing, or answers with
        something else than a chat completion; UnknownModel where it has no such model.
        """
        asked = {
            "model": self.model,
            "messages": [{"role": role, "content": content} for role, content in turns],
            "max_tokens": new,
            **settings,
            **self.extra,
            **({"stream": True} if on_text else {}),
        }
        found = self.post("/chat/completions", asked, on_text)
        try:
            choice = found["choices"][0]
            content = choice["message"]["content"] or ""
        except (KeyError, IndexError, TypeError) as error:
            raise ModelFailed(
                f"the server at {self.host} answered with no chat completion; is {self.base!r} the "
                f"address of an OpenAI-compatible API?"
            ) from error
        return str(content)

    def post(
        self, path: str, asked: dict[str, Any], on_text: OnText | None = None
    ) -> dict[str, Any]:
        """Send one request, again where the failure may pass. Raises ModelFailed."""
        for tries in range(1, _TRIES + 1):
            response = self.sent("POST", path, asked, last=tries == _TRIES, on_text=on_text)
            if response is not None and response.status_code not in _PASSING:
                return self._read(response)
            if response is not None and tries == _TRIES:
                raise self.failed(response)
            self.sleep(_pause(response, tries))
        raise AssertionError  # the last try returns or raises

    def models(self) -> list[str]:
        """The names that the server lists; none where it lists nothing."""
        response = self.sent("GET", "/models", None, last=True)
        if response is None or response.status_code != 200:
            return []
        listed = self._read(response).get("data")
        return [str(m["id"]) for m in listed or () if isinstance(m, dict) and "id" in m]

    def sent(
        self,
        method: str,
        path: str,
        asked: dict[str, Any] | None,
        *,
        last: bool,
        on_text: OnText | None = None,
    ) -> httpx.Response | None:
        """The response; where none came, None, or at the `last` try it raises ModelFailed."""
        import httpx

        try:
            with self.client.stream(method, f"{self.base}{path}", json=asked) as response:
                kind = response.headers.get("Content-Type", "")
                if on_text is not None and kind.startswith("text/event-stream"):
                    return _whole(response, on_text)
                response.read()
                return response
        except httpx.HTTPError as error:
            if not last:
                return None
            late = isinstance(error, httpx.ReadTimeout)
            said = (
                f"did not answer within {_ANSWER:.0f} seconds"
                if late
                else f"cannot be reached ({type(error).__name__})"
            )
            raise ModelFailed(
                f"the server at {self.host} {said}; check that it runs and that its address is "
                f"{self.base!r}"
            ) from error

    def _read(self, response: httpx.Response) -> dict[str, Any]:
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
        said = " ".join(response.text.split())[:200] or "no reason given"
        if status == 404 and (have := self.models()):
            return UnknownModel(
                f"the server at {self.host} has no model {self.model!r}; it lists: "
                f"{', '.join(have[:8])}"
            )
        return ModelFailed(f"the server at {self.host} failed ({status}: {said})")


def _whole(response: httpx.Response, on_text: OnText) -> httpx.Response:
    """A streamed answer as if it had come at once. Raises RemoteProtocolError where it breaks off.

    Events are OpenAI's: `data: {…}` with a piece of the text, and `data: [DONE]` at the end.
    """
    import httpx

    text, ended = "", False
    for line in response.iter_lines():
        data = line.removeprefix("data:").strip()
        if not line.startswith("data:") or data == "[DONE]":
            ended = ended or data == "[DONE]"
            continue
        try:
            event = json.loads(data)
            if "error" in event:
                return httpx.Response(500, json=event)
            for choice in event["choices"]:
                text += choice["delta"].get("content") or ""
                ended = ended or choice.get("finish_reason") is not None
        except (ValueError, KeyError, TypeError, AttributeError):
            return httpx.Response(200, text=data)
        on_text(text, 1.0)
    if not ended:
        raise httpx.RemoteProtocolError("the answer broke off")
    return httpx.Response(200, json={"choices": [{"message": {"content": text}}]})


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

    concurrency: ClassVar[int] = AT_ONCE
    server: Server

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
    client = httpx.Client(
        timeout=httpx.Timeout(_ANSWER, connect=_CONNECT),
        headers={"Authorization": f"Bearer {key}"} if key else {},
        follow_redirects=False,  # a text goes where the user said, and nowhere else
        trust_env=not here,
    )
    server = Server(client, base, model, _NO_THOUGHT)
    if not model:
        have = server.models()
        if len(have) != 1:
            listed = f"lists {', '.join(have[:8])}" if have else "lists no model"
            raise UnknownModel(f"the server at {server.host} {listed}; name one after a '#'")
        server = replace(server, model=have[0])
    server = _probed(server)
    return ServedWriter(f"{server.model}@{server.host}", server)


def _probed(server: Server) -> Server:
    """The server, asked for one token, without the extra fields where it refuses them."""
    with_extra = {"model": server.model, "max_tokens": 1, **server.extra}
    turn = {"messages": [{"role": "user", "content": "A"}]}
    response = server.sent("POST", "/chat/completions", {**with_extra, **turn}, last=True)
    if response is not None and response.status_code in {400, 422}:
        server = replace(server, extra={})
    server.post(
        "/chat/completions", {"model": server.model, "max_tokens": 1, **server.extra, **turn}
    )
    return server


def _is_loopback(netloc: str) -> bool:
    host = urlsplit(f"//{netloc}").hostname or ""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
