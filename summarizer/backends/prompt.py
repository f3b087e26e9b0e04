"""What a chat model is told: the same for every engine, and for training.

Strings and token ids only; no model is run here. Article text never becomes a special token:
`<|im_end|>` in a report is ten characters.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from summarizer.backends import Commission, Correction
from summarizer.backends.template import pieces
from summarizer.backends.tokens import Plain, positions, tokenizer
from summarizer.errors import BadInput, ModelFailed, UnknownModel

if TYPE_CHECKING:
    from tokenizers import Tokenizer

MAX_COMPOSED_TOKENS = 6000
"""The longest prompt for a whole text."""

Message = tuple[Literal["system", "user", "assistant"], str]
"""A turn of a chat: who speaks, and what."""


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
    reports = "\n".join(["Reports:", *(f"- {' '.join(e.split())}" for e in asked.evidence)])
    wanted = (
        f"{reports}\n\nThis sentence is wrong: {asked.sentence}\n"
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


@dataclass(frozen=True, slots=True)
class Form:
    """How a model's folder wants to be asked: its tokenizer and its chat template.

    text, markup: the tokenizer for contents, as plain text, and for the template's own parts.
    template: the folder's Jinja chat template. stops: ids that end an answer. bos, eos: the
    special tokens' strings, "" where there is none. context: the positions that the model has,
    prompt and answer together; None where not known.
    """

    text: Plain
    markup: Tokenizer
    template: str
    stops: tuple[int, ...]
    bos: str
    eos: str
    context: int | None = None

    @classmethod
    def of(cls, folder: Path, name: str) -> Form:
        """Read the tokenizer and the settings beside it.

        name: what the user calls the model. Raises UnknownModel for one without a chat template.
        """
        settings = _json(folder / "tokenizer_config.json")
        jinja = folder / "chat_template.jinja"
        template = jinja.read_text("utf-8") if jinja.is_file() else settings.get("chat_template")
        if template is None:
            raise UnknownModel(
                f"the model {name!r} has no chat template and only continues text; "
                "name a chat model"
            )
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
        around = pieces(self.template, roles, self.bos, self.eos)
        if around is None:  # no place for a system turn (Gemma): it opens the first user's
            roles, contents = roles[1:], [f"{contents[0]}\n\n{contents[1]}", *contents[2:]]
            around = pieces(self.template, roles, self.bos, self.eos)
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

    def pieces(self, ids: Sequence[int]) -> list[str]:
        """Each id's own string in the vocabulary, one for one, for an engine that takes these."""
        return [str(self.markup.id_to_token(i)) for i in ids]

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


_MARKUP = re.compile(r"<(?=[|/\w])")
"""How the special tokens of chat models begin."""


def inert(text: str) -> str:
    """The text with the beginnings of special tokens taken apart: `<|im_end|>` is text.

    For engines that read them in a prompt's text, too: llama.cpp, and servers.
    """
    return _MARKUP.sub("< ", text)


_THOUGHT = re.compile(r"<think>.*?(?:</think>|\Z)", re.DOTALL)


def unthought(text: str) -> str:
    """What a model wrote without its reasoning; nothing where the reasoning never ended."""
    return _THOUGHT.sub("", text).strip()
