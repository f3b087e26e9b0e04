"""The assistant's tools: three, off by default, guarded as the page is, tried by a real MCP client.

What a summary, an attribution or a verdict says is tested where each is made.
"""

from __future__ import annotations

import asyncio
import json
from base64 import b64encode
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Event, Thread
from typing import Any, TypeVar

import httpx
import page_double as double
import pytest
from mcp import ClientSession
from mcp.client.streamable_http import streamable_http_client
from mcp.types import CallToolResult, TextContent

from summarizer import Summarizer, Summary
from summarizer.cli import main
from summarizer.errors import BadOption
from summarizer.page.jobs import Update
from summarizer.page.running import Runs
from summarizer.page.tools import PATH, Refused, Tools, ToolsGuard, check_installed
from summarizer.schema import Attribution, Judgement, Story

FERRY = "The ferry Osk struck the pier at Vell. Nine people were hurt. The pier was shut."
BOAT = "The ferry Osk hit the pier at Vell. Nine people were hurt, police said."
ARTICLES = [{"text": FERRY, "outlet": "Courier"}, {"text": BOAT, "outlet": "Herald"}]


class Helping(double.Quoting):
    """Quotes, and says of any sentence whether a source has its very words."""

    notices = ("the reader is not on this machine",)

    def attribute(self, sentences: Sequence[str], articles: Story) -> list[Attribution]:
        return [
            Attribution(text=s, support=any(s in a.text for a in articles.articles))
            for s in sentences
        ]

    def judge(self, sentence: str, sources: Sequence[str]) -> Judgement:
        carried = any(sentence in s for s in sources)
        return Judgement(support=carried, supported=carried)


class Breaking(Helping):
    """Has a fault that quotes what it was given."""

    def judge(self, sentence: str, sources: Sequence[str]) -> Judgement:
        raise ValueError(f"cannot judge {sentence}")


T = TypeVar("T")


def _apart(work: Callable[[], Coroutine[Any, Any, T]]) -> T:
    """Run a coroutine in a thread of its own: the browser's loop runs in the tests' thread."""
    with ThreadPoolExecutor(max_workers=1) as pool:
        return pool.submit(lambda: asyncio.run(work())).result()


def tools(**loads: Callable[[], Any]) -> Tools:
    return Tools(loads or {"extract": Helping}, Runs[Update]())


# --- what they answer ----------------------------------------------------------------------------


def test_a_summary_for_an_assistant_has_no_refused_draft_and_no_article_over_again() -> None:
    """What was not let through is never handed on; the articles are with whoever sent them."""
    said = tools().summarise(ARTICLES, 60)
    assert "Forty were hurt" not in said
    assert FERRY not in said
    summary = Summary.from_json(said)
    assert summary.sentences
    assert all(s.citations for s in summary.sentences)
    assert [a.outlet for a in summary.articles] == ["Courier", "Herald"]


def test_attributions_and_verdicts_are_json_with_what_should_be_known() -> None:
    """A line for each sentence, in order; a notice of the summariser's is a warning."""
    made = json.loads(tools().attribute(["Nine people were hurt", "Ten"], ARTICLES))
    assert [Attribution.model_validate(s).support for s in made["sentences"]] == [1.0, 0.0]
    assert made["warnings"] == ["the reader is not on this machine"]
    verdict = json.loads(tools().judge("Nine people were hurt", [FERRY]))
    assert (verdict["supported"], verdict["support"]) == (True, 1.0)


def test_the_writer_is_loaded_for_summaries_alone() -> None:
    """Attributing and judging need no writer: they take the first summariser, as the verbs do."""
    loaded: list[str] = []

    def load(name: str) -> Helping:
        loaded.append(name)
        return Helping()

    both = tools(extract=partial(load, "extract"), default=partial(load, "default"))
    both.judge("Nine", [FERRY])
    both.attribute(["Nine"], ARTICLES)
    assert set(loaded) == {"extract"}
    both.summarise(ARTICLES)
    assert loaded[-1] == "default"


# --- what they refuse ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda t: t.summarise([]), "has no articles; give at least one"),
        (lambda t: t.summarise([{"text": " "}]), "all articles are empty"),
        (lambda t: t.summarise([{"text": 5}]), 'article 1: "text" must be text'),
        (lambda t: t.summarise([{"text": "x"}] * 201), "201 articles are more than the 200"),
        (lambda t: t.summarise([{"text": "x" * 8_000_001}]), "more than the 8,000,000"),
        (lambda t: t.summarise(ARTICLES, 9), "words is 9; a summary can have 10 to"),
        (lambda t: t.summarise(ARTICLES, 9_999_999), "a summary can have 10 to"),
        (lambda t: t.attribute([], ARTICLES), "sentences must be a list of texts, at least one"),
        (lambda t: t.attribute("Nine", ARTICLES), "sentences must be a list of texts"),
        (lambda t: t.attribute(["x"] * 101, ARTICLES), "101 sentences are more than the 100"),
        (lambda t: t.attribute(["x" * 2_001], ARTICLES), "has 2,001 characters, more than"),
        (lambda t: t.attribute([5], ARTICLES), "a sentence must be text"),
        (lambda t: t.attribute(["Nine"], []), "has no articles"),
        (lambda t: t.judge(" ", [FERRY]), "the sentence is empty"),
        (lambda t: t.judge("Nine", []), "has no articles"),
        (lambda t: t.judge("Nine", ["x"] * 201), "201 articles are more than the 200"),
        (lambda t: t.judge("Nine", FERRY), "must be a list"),
    ],
)
def test_what_the_page_refuses_the_tools_refuse(call: Callable[[Tools], str], says: str) -> None:
    """Counts and lengths are the page's; a refusal is one sentence, before anything is loaded."""
    with pytest.raises(Refused, match=says) as caught:
        call(tools(extract=lambda: pytest.fail("loaded")))
    assert not str(caught.value).startswith("'")


def test_a_fault_of_ours_quotes_nothing() -> None:
    """An assistant is told that something went wrong, not what an exception says of a text."""
    with pytest.raises(Refused, match="something went wrong") as caught:
        tools(extract=Breaking).judge("Zanzibar sank.", [FERRY])
    assert "Zanzibar" not in str(caught.value)


def test_tools_wait_in_the_pages_line() -> None:
    """One summary or call at a time; where the line is full the next is refused at once."""
    runs = Runs[Update](longest=0)
    begun, gate = Event(), Event()

    def busy(_: object) -> None:
        begun.set()
        gate.wait(30)

    page = Thread(target=lambda: list(runs.follow("a reader", busy)))
    page.start()
    assert begun.wait(30)
    with pytest.raises(Refused, match="summaries are waiting; try again in a few minutes"):
        Tools({"extract": Helping}, runs).judge("Nine", [FERRY])
    gate.set()
    page.join(30)
    assert json.loads(Tools({"extract": Helping}, runs).judge("Nine", [FERRY]))["supported"]


# --- who may call them ---------------------------------------------------------------------------


def _basic(said: str) -> dict[str, str]:
    return {"authorization": f"Basic {b64encode(said.encode()).decode()}"}


@pytest.mark.parametrize(
    ("path", "headers", "status"),
    [
        (PATH, _basic("ann:a:b"), 200),
        (f"/news{PATH}/messages/", _basic("bo:zäh"), 200),
        (PATH, {}, 401),
        (PATH, _basic("ann:a"), 401),
        (PATH, _basic("bo:a:b"), 401),
        (PATH, {"authorization": "Basic ann:a:b"}, 401),
        (PATH, {"authorization": "Bearer ann:a:b"}, 401),
        (f"{PATH}/schema", {}, 401),
        (f"{PATH}/sse", {}, 401),
        (PATH, {**_basic("ann:a:b"), "origin": "http://127.0.0.1:7860"}, 403),
        (PATH, {**_basic("ann:a:b"), "origin": "null"}, 403),
        ("/", {"origin": "http://127.0.0.1:7860"}, 200),
        ("/config", {}, 200),
    ],
)
def test_who_may_call(path: str, headers: dict[str, str], status: int) -> None:
    """With passwords each call needs one, at every path of the tools; no web page may call."""

    async def app(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"in"})

    async def ask() -> httpx.Response:
        guarded = ToolsGuard(app, [("ann", "a:b"), ("bo", "zäh")])
        transport = httpx.ASGITransport(guarded)
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
            return await client.post(path, headers=headers)

    answer = _apart(ask)
    assert answer.status_code == status
    assert ("www-authenticate" in answer.headers) == (status == 401)


@pytest.mark.parametrize("found", [None, "2.3.0"])
def test_without_the_package_it_is_said(
    found: str | None,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """`--mcp` where mcp is missing, or another than gradio can use, is one sentence and code 2."""
    from importlib.metadata import PackageNotFoundError

    def version(_: str) -> str:
        if found is None:
            raise PackageNotFoundError
        return found

    monkeypatch.setattr("summarizer.page.tools.version", version)
    with pytest.raises(BadOption, match=r"needs the package mcp 1\.x"):
        check_installed()
    assert main(["page", "--mcp"]) == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "pip install 'summarizer[mcp]'" in said


# --- served, and called by a real client ---------------------------------------------------------


def test_without_the_option_there_are_no_tools() -> None:
    """Off by default: nothing answers where the tools would be, whatever the environment says."""
    with double.serving({"extract": Helping}) as url, httpx.Client(base_url=url) as client:
        assert client.get(f"{PATH}/schema").status_code == 404
        assert client.post(f"{PATH}/", json={}).status_code in (404, 405)
        named = client.get("/gradio_api/info").json()["named_endpoints"]
        assert list(named) == ["/summarize"]


def _as_client(
    url: str, do: Callable[[ClientSession], Awaitable[None]], auth: tuple[str, str] | None = None
) -> None:
    """Do something as an MCP client of the page at this address."""

    async def run() -> None:
        async with (
            httpx.AsyncClient(auth=auth, timeout=60) as http,
            streamable_http_client(f"{url}gradio_api/mcp/", http_client=http) as (read, write, _),
            ClientSession(read, write) as session,
        ):
            await session.initialize()
            await do(session)

    _apart(run)


def _said(result: CallToolResult) -> str:
    [content] = result.content
    assert isinstance(content, TextContent)
    return content.text


@pytest.mark.slow
def test_a_client_finds_three_tools_and_each_answers(summarizer: Summarizer) -> None:
    """Summarise, attribute and judge, with what they take, and nothing else; by our pipeline."""

    async def do(client: ClientSession) -> None:
        listed = {tool.name: tool for tool in (await client.list_tools()).tools}
        assert set(listed) == {"summarise", "attribute", "judge"}
        assert listed["summarise"].inputSchema["required"] == ["articles"]
        assert "Objects with" in json.dumps(listed["attribute"].inputSchema)
        assert all(tool.description for tool in listed.values())
        assert (await client.list_prompts()).prompts == []
        assert (await client.list_resources()).resources == []

        told = await client.call_tool("summarise", {"articles": ARTICLES, "words": 30})
        assert not told.isError
        summary = Summary.from_json(_said(told))
        assert "Nine people were hurt" in summary.text
        assert all(sentence.citations for sentence in summary.sentences)

        asked = {"sentences": ["Nine people were hurt.", "Ten boats sank."], "articles": ARTICLES}
        carried, not_carried = json.loads(_said(await client.call_tool("attribute", asked)))[
            "sentences"
        ]
        assert {c["article"] for c in carried["citations"]} == {"a1", "a2"}
        assert not_carried["problems"]

        right = {"sentence": "Nine people were hurt.", "sources": [FERRY]}
        wrong = {"sentence": "Eleven people were hurt.", "sources": [FERRY]}
        assert json.loads(_said(await client.call_tool("judge", right)))["supported"]
        assert json.loads(_said(await client.call_tool("judge", wrong)))["problems"] == ["number"]

    with double.serving({"extract": lambda: summarizer}, split=None, mcp=True) as url:
        _as_client(url, do)


@pytest.mark.slow
def test_a_client_is_refused_in_one_sentence() -> None:
    """A bad call is an error with its sentence: no quotation marks about it, no path, no trace."""

    async def do(client: ClientSession) -> None:
        for name, sent, says in (
            ("judge", {"sentence": "", "sources": [FERRY]}, "the sentence is empty; write it"),
            ("summarise", {"articles": []}, "has no articles; give at least one"),
            ("judge", {"sentence": "Nine"}, "'sources' is a required property"),
            ("summarize", {"articles": ARTICLES}, "Unknown tool"),
        ):
            refused = await client.call_tool(name, sent)
            assert refused.isError
            assert says in _said(refused)
            assert "Traceback" not in _said(refused)
            assert ".py" not in _said(refused)

    with double.serving({"extract": Helping}, mcp=True) as url:
        _as_client(url, do)


@pytest.mark.slow
def test_passwords_hold_for_the_tools() -> None:
    """Where readers are named, a client without a name and password finds nothing out."""

    async def do(client: ClientSession) -> None:
        assert len((await client.list_tools()).tools) == 3
        called = await client.call_tool("judge", {"sentence": "Nine", "sources": [FERRY]})
        assert json.loads(_said(called))["supported"]

    readers = [("ann", "secret")]
    with double.serving({"extract": Helping}, mcp=True, auth=readers) as url:
        _as_client(url, do, auth=("ann", "secret"))
        with httpx.Client(base_url=url) as client:
            listing = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
            accept = {"accept": "application/json, text/event-stream"}
            for auth in ({}, _basic("ann:wrong")):
                answer = client.post(f"{PATH}/", json=listing, headers=accept | auth)
                assert answer.status_code == 401
                assert "judge" not in answer.text
            for name in ("judge", "attribute", "summarise"):
                assert client.post(f"/gradio_api/run/{name}", json={"data": []}).status_code == 401
            page = accept | _basic("ann:secret") | {"origin": "https://elsewhere.test"}
            by_page = client.post(f"{PATH}/", json=listing, headers=page)
            assert by_page.status_code == 403


@pytest.mark.slow
def test_the_pages_own_endpoint_stays() -> None:
    """With the tools beside it, gradio_client still calls `/summarize`, with all its arguments."""
    from gradio_client import Client

    with double.serving({"extract": Helping}, mcp=True) as url:
        client = Client(url, verbose=False)
        found = client.predict(ARTICLES, 60, "extract", 0, api_name="/summarize")
    assert Summary.model_validate(found).sentences
