"""A brief as a prompt, and a model's words as drafts: the same for every engine, and for training.

Strings and token ids only; no model is run here. Article text never becomes a special token:
`<|im_end|>` in a report is ten characters.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from summarizer.backends import Brief, Commission, Correction
from summarizer.backends.template import pieces
from summarizer.backends.tokens import Plain, fitting, positions, tokenizer
from summarizer.errors import BadInput, ModelFailed

if TYPE_CHECKING:
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
"""Invented examples, (reports, sentence, headline), which a chat model is shown first."""

MAX_EVIDENCE_TOKENS = 1500
"""Evidence sentences are taken, best first, while they fit; the rest do not reach the model."""

MAX_COMPOSED_TOKENS = 6000
"""The longest prompt for a whole text."""

Message = tuple[Literal["system", "user", "assistant"], str]
"""A turn of a chat: who speaks, and what."""


def request(evidence: Iterable[str], task: Task) -> str:
    """The user's turn: the reports as bullets, and what is asked for."""
    return f"{bullets(evidence)}\n{ASK[task]}"


def bullets(evidence: Iterable[str]) -> str:
    """The reports, one bullet each."""
    return "\n".join(["Reports:", *(f"- {' '.join(e.split())}" for e in evidence)])


def messages(evidence: Iterable[str], task: Task) -> list[Message]:
    """What a chat model is told: its role, the examples, and then the reports."""
    turns: list[Message] = [("system", SYSTEM)]
    for reports, sentence, title in SHOTS:
        turns.append(("user", request(reports, task)))
        turns.append(("assistant", sentence if task == "sentence" else title))
    turns.append(("user", request(evidence, task)))
    return turns


_OFFICE = (
    "You are a news agency editor. You write accurate, neutral news in plain English, using only "
    "what the reports say."
)


def composition(commission: Commission) -> list[Message]:
    """What a chat model is told that is to write a whole text."""
    lines = []
    for number, report in enumerate(commission.reports, 1):
        lines.append(f"Report {number} ({report.outlet}):")
        lines.extend(f"- {' '.join(s.split())}" for s in report.sentences)
    if commission.differing:
        lines.append("The reports differ:")
        lines.extend(f"- {line}" for line in commission.differing)
    asked = (
        f"Write one neutral news summary of these reports in about {commission.words} words. Join "
        "facts of different reports into single sentences, in your own words. Begin with what "
        "happened, who, where and when. Where a report names who says a thing, name them too; "
        "where figures differ, give each with who gives it. Keep every number, name and date as "
        "in the reports. No headline, no list, no opinion. Write only the summary, and nothing "
        "about the reports themselves."
    )
    return [("system", _OFFICE), ("user", "\n".join([*lines, "", asked]))]


def correction(asked: Correction) -> list[Message]:
    """What a chat model is told that is to write a sentence again."""
    wanted = (
        f"{bullets(asked.evidence)}\n\nThis sentence is wrong: {asked.sentence}\n"
        f"Fault: {asked.fault}\nWrite the sentence again so that it says only what the reports "
        "say. Write only the sentence."
    )
    return [("system", _OFFICE), ("user", wanted)]


def composed_room(commission: Commission) -> int:
    """New tokens that a composed text can need: news English has about 1.4 a word."""
    return round(2 * commission.words) + 32


def corrected_room(asked: Correction) -> int:
    """New tokens that a corrected sentence can need."""
    return round(1.7 * asked.max_words) + 8


def room(brief: Brief) -> int:
    """New tokens that a draft of max_words can need: news English has about 1.4 a word."""
    return round(1.7 * brief.max_words) + 8


@dataclass(frozen=True, slots=True)
class Form:
    """How a model's folder wants to be asked: its tokenizer and its chat template.

    text, markup: the tokenizer for contents, as plain text, and for the template's own parts.
    template: the folder's Jinja chat template, or None for a model that only continues text.
    stops: ids that end a draft. bos, eos: the special tokens' strings, "" where there is none.
    context: the positions that the model has, prompt and answer together; None where not known.
    """

    text: Plain
    markup: Tokenizer
    template: str | None
    stops: tuple[int, ...]
    bos: str
    eos: str
    context: int | None = None

    @classmethod
    def of(cls, folder: Path) -> Form:
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
        return cls(text, markup, template, tuple(stops), bos, eos, context)

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
        """The ids of all tokens before the answer. Raises what `chat` does."""
        if self.template is None:
            start = self._ids(self.markup, self.bos) if self.bos else []
            return start + self.text.ids(f"{SYSTEM}\n\n{bullets(evidence)}\n{_BARE[task]}")
        return self.chat(messages(evidence, task))

    def limit(self, new: int) -> int:
        """The tokens of the longest chat to which an answer of `new` tokens fits."""
        if self.context is None:
            return MAX_COMPOSED_TOKENS
        return min(MAX_COMPOSED_TOKENS, self.context - new)

    def chat(self, turns: Sequence[Message]) -> list[int]:
        """The token ids of a chat up to where the model answers, by its template, thinking off.

        Raises ModelFailed where the template leaves out a part of what the model is told.
        """
        roles = tuple(role for role, _ in turns)
        contents = [content for _, content in turns]
        around = pieces(self.template or "", roles, self.bos, self.eos)
        if around is None:  # no place for a system turn (Gemma): it opens the first user's
            roles, contents = roles[1:], [f"{contents[0]}\n\n{contents[1]}", *contents[2:]]
            around = pieces(self.template or "", roles, self.bos, self.eos)
        if around is None:
            raise ModelFailed(
                "the model's chat template leaves out part of what it is told; "
                "choose a model whose template takes user and assistant turns"
            )
        ids = self._ids(self.markup, around[0])
        for content, markup in zip(contents, around[1:], strict=True):
            ids += self.text.ids(content) + self._ids(self.markup, markup)
        return ids

    def answer(self, text: str) -> list[int]:
        """The token ids of an answer and then `stops[0]`, as training wants them.

        Raises BadInput for a model that names no token at which an answer ends.
        """
        if not self.stops:
            raise BadInput(
                "the model to train names no token that ends an answer: add eos_token_id to its "
                "generation_config.json, or name another base"
            )
        return [*self.text.ids(text), self.stops[0]]

    def decode(self, ids: Sequence[int]) -> str:
        """Token ids as text, special tokens left out."""
        return self.markup.decode(list(ids), skip_special_tokens=True)

    @staticmethod
    def _ids(tokenizer: Tokenizer, text: str) -> list[int]:
        return list(tokenizer.encode(text, add_special_tokens=False).ids)


def _json(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text("utf-8")) if path.is_file() else {}
    return found


def _token(value: str | dict[str, Any] | None) -> str:
    return str(value.get("content", "")) if isinstance(value, dict) else value or ""


# --- a model's words as drafts -------------------------------------------------------------------


_LABEL = r"(?:neutral )?(?:sentence|headline|answer|title|dispatch|report|summary):"
_BULLET = re.compile(rf"^(?:[-*•–—>#]+|\d+[.)]|{_LABEL})\s*", re.IGNORECASE)
_THOUGHT = re.compile(r"<think>.*?(?:</think>|\Z)", re.DOTALL)
_WHOLE = re.compile(r"[.!?…][\"'”’)\]]*$")
_QUOTES = {'"': '"', "“": "”", "'": "'", "‘": "’"}


def clean(raw: Iterable[str], brief: Brief) -> list[str]:
    """Drafts worth judging, in their order: whole, within the length, each once.

    Of each output the first line's first sentence is taken, without bullets or quotation marks
    around the whole. Left out: sentences that were cut off, longer ones than the brief allows,
    those that repeat five words in a row, and copies of an earlier draft. A model's reasoning
    (`<think>…</think>`) is no draft.
    """
    drafts: dict[str, str] = {}
    for text in raw:
        draft = _first(unthought(text), brief.task)
        words = draft.split()
        whole = brief.task == "title" or _WHOLE.search(draft)
        if words and whole and len(words) <= brief.max_words and not _circles(words):
            drafts.setdefault(draft.casefold(), draft)
    return list(drafts.values())


def unthought(text: str) -> str:
    """What a model wrote without its reasoning; nothing where the reasoning never ended."""
    return _THOUGHT.sub("", text).strip()


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
