"""A brief as a prompt, and a model's words as drafts: the same for every engine, and for training.

Strings and token ids only; no model is run here. Article text never becomes a special token:
`<|im_end|>` in a report is ten characters.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from summarizer.backends import Brief
from summarizer.errors import ModelFailed

if TYPE_CHECKING:
    from jinja2 import Template
    from tokenizers import Tokenizer

Task = Literal["sentence", "title"]

SYSTEM = (
    "You are a careful news agency editor. You combine reports into one neutral sentence "
    "and add nothing that they do not say."
)
ASK: dict[Task, str] = {
    "sentence": "Write one neutral sentence that says only what the reports say.",
    "title": "Write one short neutral headline that says only what the reports say.",
}

_BARE: dict[Task, str] = {"sentence": "Neutral sentence:", "title": "Neutral headline:"}

SHOTS: tuple[tuple[tuple[str, ...], str, str], ...] = (
    (
        (
            "Mayor Ilse Brandt said on Thursday the Karlsund bridge would stay shut until spring "
            "after divers found cracks in two of its piers.",
            "The Karlsund bridge, used by 14,000 drivers a day, will not reopen before spring, "
            "the city announced.",
        ),
        "The Karlsund bridge, used by 14,000 drivers a day, will stay shut until spring after "
        "divers found cracks in two piers, Mayor Ilse Brandt said on Thursday.",
        "Cracks keep Karlsund bridge shut until spring",
    ),
    (
        (
            'The dockworkers\' union called the offer "an insult" and voted to extend its strike '
            "by two weeks.",
            "Port operator Norhavn said it had offered dockworkers a 4 percent raise to end the "
            "walkout.",
        ),
        "Dockworkers voted to extend their strike by two weeks after rejecting a 4 percent raise "
        'from port operator Norhavn, which their union called "an insult".',
        "Dockworkers extend strike over Norhavn offer",
    ),
)
"""Invented examples, (reports, sentence, headline): an untrained model is shown them first."""

MAX_EVIDENCE_TOKENS = 1500
"""Evidence sentences are taken, best first, while they fit; the rest do not reach the model."""

_SENTINEL = "\ue000{}\ue001"
_SENTINELS = re.compile("\ue000(\\d+)\ue001")

_TODAY = date(2025, 1, 1)
"""What a template that prints today's date is told: the same input must give the same text."""

Message = tuple[Literal["system", "user", "assistant"], str]
"""A turn of a chat: who speaks, and what."""


def request(evidence: Iterable[str], task: Task) -> str:
    """The user's turn: the reports as bullets, and what is asked for."""
    return f"{bullets(evidence)}\n{ASK[task]}"


def bullets(evidence: Iterable[str]) -> str:
    """The reports, one bullet each."""
    return "\n".join(["Reports:", *(f"- {' '.join(e.split())}" for e in evidence)])


def messages(evidence: Iterable[str], task: Task) -> list[Message]:
    """What a chat model is told: its office, the examples, and then the reports."""
    turns: list[Message] = [("system", SYSTEM)]
    for reports, sentence, title in SHOTS:
        turns.append(("user", request(reports, task)))
        turns.append(("assistant", sentence if task == "sentence" else title))
    turns.append(("user", request(evidence, task)))
    return turns


def room(brief: Brief) -> int:
    """New tokens that a draft of max_words can need: news English has about 1.4 a word."""
    return round(1.7 * brief.max_words) + 8


def fitting(evidence: Sequence[str], lengths: Sequence[int], limit: int) -> list[str]:
    """The evidence sentences, best first, whose lengths in tokens add up to at most `limit`."""
    kept, used = [], 0
    for sentence, length in zip(evidence, lengths, strict=True):
        used += length
        if used > limit:
            break
        kept.append(sentence)
    return kept


_RULING = re.compile(r"<\S+>|\[\S+\]")


def _rules(added: Iterable[tuple[int, Any]]) -> dict[int, str]:
    """Of the added tokens those that rule the model, by id: special ones, and what looks so."""
    return {
        i: token.content
        for i, token in added
        if len(token.content) > 1
        and (token.special or _RULING.fullmatch(token.content))
        and "unk" not in token.content.lower()
    }


@dataclass(frozen=True, slots=True)
class Plain:
    """A tokenizer for what others wrote: none of its ids is a token that rules the model.

    rules: the strings of the tokens that rule, by id.
    """

    tokenizer: Tokenizer
    rules: Mapping[int, str]

    @classmethod
    def of(cls, folder: Path) -> Plain:
        """A folder's tokenizer with its special tokens switched off."""
        off = tokenizer(folder)
        off.encode_special_tokens = True
        return cls(off, _rules(off.get_added_tokens_decoder().items()))

    def ids(self, content: str) -> list[int]:
        """The ids of `content`, without tokens before or after it.

        Special tokens are off, which is enough for most models. A unigram model has them among
        its pieces all the same, and some models' rules are not marked as special (`<think>`):
        what still comes out as one is encoded with a space after its first character.
        """
        ids = self._encoded(content)
        while not self.rules.keys().isdisjoint(ids):
            for token in {self.rules[i] for i in ids if i in self.rules}:
                content = content.replace(token, f"{token[0]} {token[1:]}")
            broken = self._encoded(content)
            if broken == ids:  # spelled otherwise than in the vocabulary: the token is left out
                return [i for i in ids if i not in self.rules]
            ids = broken
        return ids

    def _encoded(self, content: str) -> list[int]:
        return list(self.tokenizer.encode(content, add_special_tokens=False).ids)


@dataclass(frozen=True, slots=True)
class Form:
    """How a model's folder wants to be asked: its tokenizer and its chat template.

    text, markup: the tokenizer for contents, as plain text, and for the template's own parts.
    template: the folder's Jinja chat template, or None for a model that only continues text.
    stops: ids that end a draft. bos, eos: the special tokens' strings, "" where there is none.
    trained: the model has learned the task from bare prompts; another is told it, with examples.
    context: the positions that the model has, prompt and answer together; None where not known.
    """

    text: Plain
    markup: Tokenizer
    template: str | None
    stops: tuple[int, ...]
    bos: str
    eos: str
    trained: bool
    context: int | None = None

    @classmethod
    def of(cls, folder: Path, *, trained: bool) -> Form:
        """Read the tokenizer and the settings beside it."""
        settings = _json(folder / "tokenizer_config.json")
        jinja = folder / "chat_template.jinja"
        template = jinja.read_text("utf-8") if jinja.is_file() else settings.get("chat_template")
        config = _json(folder / "config.json")
        stop = _json(folder / "generation_config.json").get("eos_token_id")
        if stop is None:
            stop = config.get("eos_token_id")
        stops = [] if stop is None else stop if isinstance(stop, list) else [stop]
        text, markup = Plain.of(folder), tokenizer(folder)
        bos, eos = _token(settings.get("bos_token")), _token(settings.get("eos_token"))
        id_ = markup.token_to_id(eos) if eos else None
        if id_ is not None and id_ not in stops:
            stops.append(id_)
        context = positions(config)
        return cls(text, markup, template, tuple(stops), bos, eos, trained, context)

    def ids(self, brief: Brief) -> list[int] | None:
        """The prompt of a brief; None where its first evidence sentence alone is too long."""
        evidence = self.read(brief)
        return self.prompt(evidence, brief.task) if evidence else None

    def read(self, brief: Brief) -> list[str]:
        """The evidence sentences of a brief that reach the model, best first, each whole."""
        limit = MAX_EVIDENCE_TOKENS
        if self.context is not None:
            bullets_ = 2 * len(brief.evidence)  # the marks and line ends around each
            asked = len(self.prompt([], brief.task)) + bullets_ + room(brief)
            limit = min(limit, self.context - asked)
        lengths = [len(self.text.ids(s)) for s in brief.evidence]
        return fitting(brief.evidence, lengths, limit)

    def prompt(self, evidence: Sequence[str], task: Task) -> list[int]:
        """The ids of everything before the answer."""
        if self.trained or self.template is None:
            told = "" if self.trained else f"{SYSTEM}\n\n"
            start = self._ids(self.markup, self.bos) if self.bos else []
            return start + self.text.ids(f"{told}{bullets(evidence)}\n{_BARE[task]}")
        return self.chat(messages(evidence, task))

    def chat(self, turns: Sequence[Message]) -> list[int]:
        """The ids of a chat up to where the model answers, by its template, thinking off."""
        # The template is rendered around placeholders, so that contents stay plain text.
        roles = tuple(role for role, _ in turns)
        contents = [content for _, content in turns]
        rendered = _rendered(self.template or "", roles, self.bos, self.eos)
        if rendered is None:  # no place for a system turn (Gemma): it opens the first user's
            roles, contents = roles[1:], [f"{contents[0]}\n\n{contents[1]}", *contents[2:]]
            rendered = _rendered(self.template or "", roles, self.bos, self.eos)
        if rendered is None:
            raise ModelFailed(
                "the model's chat template leaves out part of what it is told; "
                "choose a model whose template takes user and assistant turns"
            )
        ids: list[int] = []
        for i, piece in enumerate(_SENTINELS.split(rendered)):
            if i % 2:
                ids += self.text.ids(contents[int(piece)])
            else:
                ids += self._ids(self.markup, piece)
        return ids

    def opening(self, prompt: Sequence[int]) -> list[int]:
        """The part of a prompt that does not depend on its evidence: instructions and examples."""
        for task in ASK:
            some, other = self.prompt(["A"], task), self.prompt(["1"], task)
            pairs = enumerate(zip(some, other, strict=False))
            shared = some[: next(i for i, (a, b) in pairs if a != b)]
            if list(prompt[: len(shared)]) == shared:
                return shared
        return []

    def answer(self, text: str) -> list[int]:
        """The ids of an answer with the token that ends it, as training wants them."""
        return [*self.text.ids(f" {text}" if self.trained else text), self.stops[0]]

    def decode(self, ids: Sequence[int]) -> str:
        """Token ids as text, special tokens left out."""
        return self.markup.decode(list(ids), skip_special_tokens=True)

    @staticmethod
    def _ids(tokenizer: Tokenizer, text: str) -> list[int]:
        return list(tokenizer.encode(text, add_special_tokens=False).ids)


def tokenizer(folder: Path) -> Tokenizer:
    """A folder's tokenizer, without padding or truncation; each call gives a new one.

    From tokenizer.json; where there is none, from the older files (a sentencepiece model, or
    vocab.json and merges.txt), which transformers converts.
    """
    from tokenizers import Tokenizer

    if (folder / "tokenizer.json").is_file():
        read = Tokenizer.from_file(str(folder / "tokenizer.json"))
    else:
        from transformers import AutoTokenizer

        read = AutoTokenizer.from_pretrained(folder, trust_remote_code=False).backend_tokenizer
    read.no_padding()
    read.no_truncation()
    return read


def positions(config: dict[str, Any]) -> int | None:
    """How many tokens a model of that config.json takes at once; None where it does not say."""
    config = {**config, **config.get("text_config", {})}
    names = ("max_encoder_position_embeddings", "max_position_embeddings", "n_positions")
    found = next((config[name] for name in names if config.get(name)), None)
    return None if found is None else int(found)


def _json(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text("utf-8")) if path.is_file() else {}
    return found


def _token(value: str | dict[str, Any] | None) -> str:
    return str(value.get("content", "")) if isinstance(value, dict) else value or ""


@lru_cache(maxsize=32)
def _rendered(template: str, roles: tuple[str, ...], bos: str, eos: str) -> str | None:
    """The template around placeholders for the turns' contents; None where it refuses or drops one.

    Templates are given what they are written for: transformers' own names and blocks.
    """
    from jinja2 import TemplateError

    turns = [{"role": r, "content": _SENTINEL.format(i)} for i, r in enumerate(roles)]
    try:
        rendered = _jinja(template).render(
            messages=turns,
            add_generation_prompt=True,
            enable_thinking=False,
            bos_token=bos,
            eos_token=eos,
        )
    except TemplateError:
        return None
    found = [int(i) for i in _SENTINELS.findall(rendered)]
    return rendered if found == list(range(len(roles))) else None


def _refuse(reason: str) -> None:
    """What a template calls that does not take such turns."""
    from jinja2 import TemplateError

    raise TemplateError(reason)


@lru_cache(maxsize=8)
def _jinja(template: str) -> Template:
    from jinja2 import nodes
    from jinja2.ext import Extension, loopcontrols
    from jinja2.parser import Parser
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    class Generation(Extension):
        """`{% generation %}`: marks what training learns from; here it is its contents."""

        tags = {"generation"}  # noqa: RUF012 - as jinja declares it

        def parse(self, parser: Parser) -> nodes.Node | list[nodes.Node]:
            next(parser.stream)
            return parser.parse_statements(("name:endgeneration",), drop_needle=True)

    # The same switches as transformers', for which chat templates are written.
    house = ImmutableSandboxedEnvironment(
        trim_blocks=True, lstrip_blocks=True, extensions=[Generation, loopcontrols]
    )
    house.globals["raise_exception"] = _refuse
    house.globals["strftime_now"] = _TODAY.strftime
    return house.from_string(template)


# --- a model's words as drafts -------------------------------------------------------------------


def until(ids: Sequence[int], stops: Sequence[int]) -> list[int]:
    """What stands before the first of the ids that end a draft."""
    end = next((i for i, t in enumerate(ids) if t in stops), len(ids))
    return list(ids[:end])


_LABEL = r"(?:neutral )?(?:sentence|headline|answer|title|dispatch|report|summary):"
_BULLET = re.compile(rf"^(?:[-*•–—>#]+|\d+[.)]|{_LABEL})\s*", re.IGNORECASE)
_THOUGHT = re.compile(r"<think>.*?(?:</think>|\Z)", re.DOTALL)
_WHOLE = re.compile(r"[.!?…][\"'”’)\]]*$")
_QUOTES = {'"': '"', "“": "”", "'": "'", "‘": "’"}


def clean(raw: Iterable[str], brief: Brief) -> list[str]:
    """Drafts worth judging, in their order: whole, within the length, each once.

    Of each output the first line's first sentence is taken, without bullets or quotation marks
    around the whole. Left out: sentences that were cut off, longer ones than the brief allows,
    those that go round in circles (five words running, twice), and copies of an earlier draft.
    What a model thinks aloud (`<think>…</think>`) is no draft.
    """
    drafts: dict[str, str] = {}
    for text in raw:
        draft = _first(_THOUGHT.sub("", text), brief.task)
        words = draft.split()
        whole = brief.task == "title" or _WHOLE.search(draft)
        if words and whole and len(words) <= brief.max_words and not _circles(words):
            drafts.setdefault(draft.casefold(), draft)
    return list(drafts.values())


def _first(text: str, task: Task) -> str:
    lines = text.strip().splitlines()
    line = _unquoted(_BULLET.sub("", " ".join(lines[0].split()))) if lines else ""
    if task == "title":
        return line.removesuffix(".")
    from nupunkt import sent_spans

    spans = sent_spans(line)
    return line[spans[0][0] : spans[0][1]].strip() if spans else ""


def _unquoted(text: str) -> str:
    closing = _QUOTES.get(text[:1])
    if closing and text.endswith(closing) and closing not in text[1:-1]:
        return text[1:-1].strip()
    return text


def _circles(words: Sequence[str]) -> bool:
    runs = [tuple(words[i : i + 5]) for i in range(len(words) - 4)]
    return len(set(runs)) < len(runs)
