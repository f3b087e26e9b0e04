"""The lines of `attribute` and `judge`: what is asked, and what is answered.

A story's fields are read in inputs; nothing is done here.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from summarizer import inputs
from summarizer.errors import BadStory
from summarizer.schema import Attribution, Fault, Problem, Story, Unit, Value


@dataclass(frozen=True, slots=True)
class AttributeTask:
    """Cite each sentence of `summary` in the story's articles."""

    story: Story
    summary: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class JudgeTask:
    """Say how well the sources carry the sentence."""

    id: str
    sentence: str
    sources: tuple[str, ...]


class Attributed(Value):
    """The answer to an AttributeTask, one Attribution a sentence."""

    id: str
    sentences: tuple[Attribution, ...]

    def to_json(self) -> str:
        """One line; a `ranking` that was not asked for is left out."""
        asked = any(s.ranking is not None for s in self.sentences)
        return self.model_dump_json(
            exclude=None if asked else {"sentences": {"__all__": {"ranking"}}}
        )


class Judged(Value):
    """The answer to a JudgeTask: its id and a Judgement's fields."""

    id: str
    support: Unit
    supported: bool
    problems: tuple[Problem, ...]
    faults: tuple[Fault, ...] = ()

    def to_json(self) -> str:
        """One line."""
        return self.model_dump_json()


def parse_attribute(line: bytes, number: int) -> tuple[str, AttributeTask]:
    """{"id", "articles", "summary": [sentence, …]} under its id, line-N where it has none.

    Raises BadStory, naming the line and the field.
    """
    story, _ = inputs.parse_line(line, number, also=("summary",))
    summary = _texts(json.loads(line), "summary", number)
    return story.id, AttributeTask(story, summary)


def parse_judge(line: bytes, number: int) -> tuple[str, JudgeTask]:
    """{"id", "sentence", "sources": [text, …]} under its id, line-N where it has none.

    Raises BadStory, naming the line and the field.
    """
    try:
        fields = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise BadStory(f"line {number}: broken JSON ({error}); correct the JSON") from None
    if not isinstance(fields, dict):
        raise BadStory(f'line {number}: no object; give one with "sentence" and "sources"')
    sources = _texts(fields, "sources", number)
    sentence = fields.get("sentence")
    if not isinstance(sentence, str) or not sentence.strip():
        raise BadStory(f'line {number}: "sentence" is no text; give a sentence')
    id = fields.get("id") or f"line-{number}"
    if not isinstance(id, str):
        raise BadStory(f'line {number}: "id" is no text; put it in quotation marks')
    return id, JudgeTask(id, sentence, sources)


def _texts(fields: dict[str, Any], name: str, number: int) -> tuple[str, ...]:
    texts = fields.get(name)
    if not isinstance(texts, list) or not texts:
        raise BadStory(f'line {number}: "{name}" is no list of texts; give at least one text')
    for n, text in enumerate(texts, 1):
        if not isinstance(text, str) or not text.strip():
            raise BadStory(f'line {number}: text {n} of "{name}" is empty or no text; give a text')
    return tuple(texts)
