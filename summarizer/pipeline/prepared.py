"""A story read once: its articles' reporting, sentences, vectors and evidence.

What is asked of a summary (length, seed) comes later; nothing here is changed by it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from summarizer.backends import Encoder
from summarizer.backends.embeddings import embed
from summarizer.config import Config
from summarizer.errors import BadInput
from summarizer.evidence import group
from summarizer.evidence.corrections import SetAside, corrected
from summarizer.nlp.commentary import commentary
from summarizer.schema import Article, Citation, Mask, SourceSentence, Story
from summarizer.text.boilerplate import mask, repeated_lines
from summarizer.text.sentences import split
from summarizer.types import Grouped, Progress

Articles = Story | Sequence[Article | str]
"""What a caller may give: a story, its articles, or their texts."""


@dataclass(frozen=True, eq=False, slots=True)
class Prepared:
    """A story read once: summaries of any length, and a reader's changes, start from here.

    empty: article id -> why it has nothing to read.
    """

    story: Story
    masks: Mapping[str, tuple[Mask, ...]]
    grouped: Grouped
    empty: Mapping[str, str]

    def rows(self, citations: Sequence[Citation]) -> tuple[int, ...]:
        """The rows of the source sentences that are cited. Raises KeyError for another story's."""
        sentences = self.grouped.embedded.sentences
        at = {s.place: row for row, s in enumerate(sentences)}
        return tuple(dict.fromkeys(at[c.place] for c in citations))


def prepare(
    stories: Sequence[Story], encoder: Encoder, config: Config, report: Progress
) -> list[Prepared]:
    """Read stories: boilerplate → sentences → vectors → evidence; all vectors in one call."""
    report("reading", 0, len(stories))
    masks = []
    sentences: list[list[SourceSentence]] = []
    printed: dict[int, list[SourceSentence]] = {}
    for story in stories:
        repeated = repeated_lines(story.articles)
        masked = {a.id: mask(a, repeated) for a in story.articles}
        masks.append(masked)
        told = [s for a in story.articles for s in split(a, masked[a.id])]
        if aside := corrected(told, {a.id: a.published for a in story.articles}):
            printed[len(sentences)] = told
            told = _without(story, masked, aside)
        sentences.append(told)
    report("finding evidence", 0, len(stories))
    prepared = []
    vectors = embed([*sentences, *printed.values()], encoder)
    whole = dict(zip(printed, vectors[len(stories) :], strict=True))
    read = zip(stories, masks, vectors[: len(stories)], strict=True)
    for n, (story, masked, embedded) in enumerate(read):
        empty = {
            a.id: "has no text" if not a.text.strip() else "has nothing but boilerplate"
            for a in story.articles
            if a.id not in embedded.article_rows
        }
        ids = [a.id for a in story.articles]
        grouped = group(
            embedded,
            ids,
            config,
            set_aside=empty,
            printed=whole.get(n),
            commentary=commentary(
                [s.text for s in embedded.sentences], embedded.vectors, encoder.name
            ),
            published={a.id: a.published for a in story.articles},
        )
        prepared.append(Prepared(story, masked, grouped, empty))
    report("finding evidence", len(stories), len(stories))
    return prepared


def _without(
    story: Story, masked: dict[str, tuple[Mask, ...]], aside: Sequence[SetAside]
) -> list[SourceSentence]:
    """A story's sentences without what was corrected, which is added to the masks of its text."""
    titles = {a.article for a in aside if a.field == "title"}
    for article in story.articles:
        own = [a.mask for a in aside if a.article == article.id and a.field == "text"]
        masked[article.id] = tuple(sorted((*masked[article.id], *own), key=lambda m: m.start))
    found = [s for a in story.articles for s in split(a, masked[a.id])]
    return [s for s in found if s.field == "text" or s.article not in titles]


def story_of(articles: Articles) -> Story:
    """A Story of what was given: plain strings become articles. Raises BadInput for nothing."""
    if isinstance(articles, Story):
        return usable(articles)
    if isinstance(articles, str):
        raise BadInput("articles is one string; give a list of articles or of strings")
    given = tuple(a if isinstance(a, Article) else Article(text=a) for a in articles)
    return usable(Story(articles=given))


def usable(story: Story) -> Story:
    """The story, if it has something to read. Raises BadInput if it has not."""
    if not story.articles:
        raise BadInput(f"story {story.id!r} has no articles; give at least one")
    if not any(a.text.strip() for a in story.articles):
        raise BadInput(f"all articles of story {story.id!r} are empty; fill at least one text")
    return story
