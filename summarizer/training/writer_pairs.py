"""Training pairs for a composer: texts over a story's planned evidence, every sentence carried.

What evidence does not carry is left out, because a pair that adds a fact teaches invention. The
prompt is made in backends.prompt, the training is in backends.train_writer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from summarizer.api import Summarizer
from summarizer.backends import texts_of
from summarizer.backends.train_writer import Pair
from summarizer.config import MAX_WORDS, MIN_WORDS
from summarizer.errors import BadOption
from summarizer.generation.composed import sentences_of
from summarizer.nlp import well_formed
from summarizer.pipeline.account import Account
from summarizer.pipeline.composing import commission_of, held_sentences
from summarizer.schema import Story
from summarizer.types import Progress, silent
from summarizer.verification.judgement import verifying


def reference_pairs(
    stories: Iterable[Story], summarizer: Summarizer, progress: Progress = silent
) -> Iterator[Pair]:
    """People's summaries of stories that have one, asked for in the length that they have."""
    for done, story in enumerate(stories, 1):
        if story.reference is not None:
            yield from _carried(story, story.reference.text, summarizer)
        progress("verifying", done, 0)


def draft_pairs(
    stories: Iterable[Story], summarizer: Summarizer, progress: Progress = silent
) -> Iterator[Pair]:
    """What holds of the texts that the summarizer's composer writes, where it fuses at least once.

    Each sentence is mended, verified and cited as at a summary, and left out where it would be; the
    text is asked for in the length that is left. Raises BadOption where there is no composer.
    """
    composer = summarizer.writer
    if composer is None:
        raise BadOption(f"the model {summarizer.model!r} composes no texts; name a chat model")
    judged = verifying(summarizer.judge_model, summarizer.config)
    for done, story in enumerate(stories, 1):
        account = _account(story, summarizer, summarizer.config.words)
        asked = commission_of(account)
        [written] = texts_of(composer, [asked])
        held = held_sentences(written, account, summarizer.encoder, judged)
        text = " ".join(sentence.text for sentence in held)
        words = well_formed.words(text)
        if words >= MIN_WORDS and any(sentence.method == "fused" for sentence in held):
            yield Pair(story.id, replace(asked, words=words), text, "draft")
        progress("writing", done, 0)


def _account(story: Story, summarizer: Summarizer, words: int) -> Account:
    """A story of which nothing is told yet, as at a summary of that many words."""
    config = summarizer.config.with_(words=words, sentences=None)
    return Account.of(summarizer.prepare(story), config)


def _carried(story: Story, text: str, summarizer: Summarizer) -> Iterator[Pair]:
    """The text as a pair, if the reports of its prompt carry every sentence of it."""
    words = min(MAX_WORDS, max(MIN_WORDS, well_formed.words(text)))
    asked = commission_of(_account(story, summarizer, words))
    evidence = [s for report in asked.reports for s in report.sentences]
    sentences = sentences_of(text)
    if not sentences or " ".join(sentences).split() != text.split():
        return  # a headline, a list, a sentence cut off, or words about the reports
    judged = summarizer.judge_many([(s, evidence) for s in sentences])
    if all(j.supported for j in judged):
        yield Pair(story.id, asked, " ".join(sentences), "reference")
