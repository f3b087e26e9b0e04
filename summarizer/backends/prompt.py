"""A brief as a prompt, and a model's words as drafts: the same for every engine, and for training.

Strings and token ids only; no model is run here. Article text never becomes a special token:
`<|im_end|>` in a report is ten characters.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from summarizer.backends import Brief

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


def request(evidence: Iterable[str], task: Task) -> str:
    """The user's turn: the reports as bullets, and what is asked for."""
    return f"{bullets(evidence)}\n{ASK[task]}"


def bullets(evidence: Iterable[str]) -> str:
    """The reports, one bullet each."""
    return "\n".join(["Reports:", *(f"- {' '.join(e.split())}" for e in evidence)])


@dataclass(frozen=True, slots=True)
class Form:
    """How a model's folder wants to be asked: its tokenizer and its chat template.

    text, markup: the tokenizer for contents (special tokens off) and for the template's own parts.
    template: the folder's Jinja chat template, or None for a model that only continues text.
    stops: ids that end a draft. bos, eos: the special tokens' strings, "" where there is none.
    trained: the model has learned the task from bare prompts; another is told it, with examples.
    """

    text: Tokenizer
    markup: Tokenizer
    template: str | None
    stops: tuple[int, ...]
    bos: str
    eos: str
    trained: bool

    @classmethod
    def of(cls, folder: Path, *, trained: bool) -> Form:
        """Read tokenizer.json and the settings beside it."""
        settings = _json(folder / "tokenizer_config.json")
        jinja = folder / "chat_template.jinja"
        template = jinja.read_text("utf-8") if jinja.is_file() else settings.get("chat_template")
        stop = _json(folder / "generation_config.json").get("eos_token_id")
        if stop is None:
            stop = _json(folder / "config.json").get("eos_token_id")
        stops = [] if stop is None else stop if isinstance(stop, list) else [stop]
        text, markup = _tokenizer(folder), _tokenizer(folder)
        text.encode_special_tokens = True
        bos, eos = _token(settings.get("bos_token")), _token(settings.get("eos_token"))
        id_ = markup.token_to_id(eos) if eos else None
        if id_ is not None and id_ not in stops:
            stops.append(id_)
        return cls(text, markup, template, tuple(stops), bos, eos, trained)

    def ids(self, brief: Brief) -> list[int] | None:
        """The prompt of a brief; None where its first evidence sentence alone is too long."""
        evidence, used = [], 0
        for sentence in brief.evidence:
            used += len(self._ids(self.text, sentence))
            if used > MAX_EVIDENCE_TOKENS:
                break
            evidence.append(sentence)
        return self.prompt(evidence, brief.task) if evidence else None

    def prompt(self, evidence: Sequence[str], task: Task) -> list[int]:
        """The ids of everything before the answer."""
        if self.trained or self.template is None:
            told = "" if self.trained else f"{SYSTEM}\n\n"
            start = self._ids(self.markup, self.bos) if self.bos else []
            return start + self._ids(self.text, f"{told}{bullets(evidence)}\n{_BARE[task]}")
        asked = request(evidence, task)
        messages = [("system", SYSTEM)]
        for reports, sentence, title in SHOTS:
            messages.append(("user", request(reports, task)))
            messages.append(("assistant", sentence if task == "sentence" else title))
        messages.append(("user", asked))
        # The template is rendered around placeholders, so that contents stay plain text.
        rendered = _jinja(self.template).render(
            messages=[
                {"role": role, "content": _SENTINEL.format(i)}
                for i, (role, _) in enumerate(messages)
            ],
            add_generation_prompt=True,
            enable_thinking=False,
            bos_token=self.bos,
            eos_token=self.eos,
        )
        ids: list[int] = []
        for i, piece in enumerate(_SENTINELS.split(rendered)):
            if i % 2:
                ids += self._ids(self.text, messages[int(piece)][1])
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
        return [*self._ids(self.text, f" {text}" if self.trained else text), self.stops[0]]

    def decode(self, ids: Sequence[int]) -> str:
        """Token ids as text, special tokens left out."""
        return self.markup.decode(list(ids), skip_special_tokens=True)

    @staticmethod
    def _ids(tokenizer: Tokenizer, text: str) -> list[int]:
        return list(tokenizer.encode(text, add_special_tokens=False).ids)


def _tokenizer(folder: Path) -> Tokenizer:
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def _json(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text("utf-8")) if path.is_file() else {}
    return found


def _token(value: str | dict[str, Any] | None) -> str:
    return str(value.get("content", "")) if isinstance(value, dict) else value or ""


@lru_cache(maxsize=8)
def _jinja(template: str) -> Template:
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    # The same switches as transformers', for which chat templates are written.
    return ImmutableSandboxedEnvironment(trim_blocks=True, lstrip_blocks=True).from_string(template)


# --- a model's words as drafts -------------------------------------------------------------------

_LABEL = r"(?:neutral )?(?:sentence|headline|answer|title|dispatch|report|summary):"
_BULLET = re.compile(rf"^(?:[-*•–—>#]+|\d+[.)]|{_LABEL})\s*", re.IGNORECASE)
_WHOLE = re.compile(r"[.!?…][\"'”’)\]]*$")
_QUOTES = {'"': '"', "“": "”", "'": "'", "‘": "’"}


def clean(raw: Iterable[str], brief: Brief) -> list[str]:
    """Drafts worth judging, in their order: whole, within the length, each once.

    Of each output the first line's first sentence is taken, without bullets or quotation marks
    around the whole. Left out: sentences that were cut off, longer ones than the brief allows,
    those that go round in circles (five words running, twice), and copies of an earlier draft.
    """
    drafts: dict[str, str] = {}
    for text in raw:
        draft = _first(text, brief.task)
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
