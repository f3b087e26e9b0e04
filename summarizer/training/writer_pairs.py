"""Training pairs for a composer: texts over a story's planned evidence, every sentence carried.

What evidence does not carry is left out, because a pair that adds a fact teaches invention. The
prompt is made in backends.prompt, the training is in backends.train_writer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from summarizer.api import Summarizer
from summarizer.backends import Commission, texts_of
from summarizer.backends.train_writer import Kind, Pair
from summarizer.config import MAX_WORDS, MIN_WORDS
from summarizer.errors import BadOption
from summarizer.generation.composed import sentences_of
from summarizer.nlp import well_formed
from summarizer.pipeline.account import Account
from summarizer.pipeline.composing import commission_of
from summarizer.pipeline.settlement import is_within
from summarizer.schema import Story
from summarizer.types import Progress, silent


def reference_pairs(
    stories: Iterable[Story], summarizer: Summarizer, progress: Progress = silent
) -> Iterator[Pair]:
    """People's summaries of stories that have one, asked for in the length that they have."""
    for done, story in enumerate(stories, 1):
        if story.reference is not None:
            text = story.reference.text
            words = min(MAX_WORDS, max(MIN_WORDS, well_formed.words(text)))
            yield from _pair(story.id, commission(story, summarizer, words), text, "reference",
                             summarizer)  # fmt: skip
        progress("verifying", done, 0)


def draft_pairs(
    stories: Iterable[Story], summarizer: Summarizer, progress: Progress = silent
) -> Iterator[Pair]:
    """What the summarizer's composer writes of stories, where it fuses at least once.

    Raises BadOption where the summarizer has no composer.
    """
    composer = summarizer.writer
    if composer is None:
        raise BadOption(f"the model {summarizer.model!r} composes no texts; name a chat model")
    for done, story in enumerate(stories, 1):
        asked = commission(story, summarizer, summarizer.config.words)
        [text] = texts_of(composer, [asked])
        yield from _pair(story.id, asked, text, "draft", summarizer)
        progress("writing", done, 0)


def commission(story: Story, summarizer: Summarizer, words: int) -> Commission:
    """What a composer is asked for of a story, as at a summary of that many words."""
    config = summarizer.config.with_(words=words, sentences=None)
    return commission_of(Account.of(summarizer.prepare(story), config))


def _pair(
    story: str, asked: Commission, text: str, kind: Kind, summarizer: Summarizer
) -> Iterator[Pair]:
    """The text as a pair, if the reports of its prompt carry every sentence of it."""
    evidence = [s for report in asked.reports for s in report.sentences]
    sentences = sentences_of(text)
    if not sentences or " ".join(sentences).split() != text.split():
        return  # a headline, a list, a sentence cut off, or words about the reports
    if kind == "draft" and all(any(is_within(s, e) for e in evidence) for s in sentences):
        return
    judged = summarizer.judge_many([(s, evidence) for s in sentences])
    if all(j.supported for j in judged):
        yield Pair(story, asked, " ".join(sentences), kind)
