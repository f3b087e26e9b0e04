"""Training pairs for a composer: texts over a story's planned evidence, every sentence carried.

What evidence does not carry is left out, because a pair that adds a fact teaches invention. The
prompt is made in backends.prompt, the training is in backends.train_writer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from summarizer.api import Summarizer
from summarizer.backends import Encoder, texts_of
from summarizer.backends.train_writer import Pair
from summarizer.config import MAX_WORDS, MIN_WORDS
from summarizer.errors import BadOption
from summarizer.generation.composed import sentences_of
from summarizer.nlp import well_formed
from summarizer.nlp.overlap import words_of
from summarizer.pipeline.account import Account
from summarizer.pipeline.composing import commission_of, tried_sentences
from summarizer.schema import CitedSentence, Story
from summarizer.types import Progress, Verify, silent
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
    stories: Iterable[Story],
    summarizers: Sequence[Summarizer],
    progress: Progress = silent,
) -> Iterator[Pair]:
    """What holds of the texts that the summarizers' composers write, where it fuses at least once.

    Each sentence is mended, verified and cited as at a summary, and left out where it would be; the
    text is asked for in the length that is left. Of the texts of a story the one with most words
    fused is the pair's; what was refused in any of them is the worse beside it, as is a sentence
    that gives one source's words in another order. Raises BadOption where there is no composer.
    """
    composers = []
    for one in summarizers:
        if one.writer is None:
            raise BadOption(f"the model {one.model!r} composes no texts; name a chat model")
        composers.append(one.writer)
    first = summarizers[0]
    judged = verifying(first.judge_model, first.config)
    for done, story in enumerate(stories, 1):
        account = _account(story, first, first.config.words)
        asked = commission_of(account)
        drafts = [
            _read(written, account, first.encoder, judged)
            for composer in composers
            for written in texts_of(composer, [asked])
        ]
        best = max(drafts, key=lambda draft: draft.fused)
        words = well_formed.words(best.text)
        if words >= MIN_WORDS and best.fused:
            worse = dict.fromkeys(refused for draft in drafts for refused in draft.refused)
            asked = replace(asked, words=words)
            yield Pair(story.id, asked, best.text, "draft", tuple(worse))
        progress("writing", done, 0)


@dataclass(frozen=True, slots=True)
class _Draft:
    """What holds of a composer's text, its words in fused sentences, and the texts refused.

    refused: each is what held of the text before a sentence, and the sentence as it was written.
    """

    text: str
    fused: int
    refused: tuple[str, ...]


def _read(written: str, account: Account, encoder: Encoder, judged: Verify) -> _Draft:
    """A composer's text as a summary would take it."""
    text, fused, refused = "", 0, []
    for said, told in tried_sentences(written, account, encoder, judged):
        held = None if told is None or _rearranged(told) else told
        if held is None or held.text != said:
            refused.append(f"{text} {said}".lstrip())
        if held is not None:
            text = f"{text} {held.text}".lstrip()
            fused += well_formed.words(held.text) if held.method == "fused" else 0
    return _Draft(text, fused, tuple(refused))


def _rearranged(sentence: CitedSentence) -> bool:
    """Whether a fused sentence has but one source's words, in another order: nothing is joined."""
    words = Counter(words_of(sentence.text))
    words["on"] = 0  # "on Monday", put first
    return sentence.method == "fused" and any(
        not words - Counter(words_of(citation.text)) for citation in sentence.citations
    )


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
