"""What the browser or a client sends, checked and made a Story; nothing is trusted.

No gradio here, and no reading of files: that is `read`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from difflib import get_close_matches

from summarizer.config import Config
from summarizer.errors import BadInput, BadOption, BadStory, UnknownModel
from summarizer.story import Article, Story

MAX_ARTICLES = 200
"""Articles in one story on the page."""

MAX_CHARACTERS = 8_000_000
"""Characters in all articles of a story together: about 1.3 million words."""

_FIELDS = ("text", "title", "outlet", "url", "published")


def story_of(sent: object) -> Story:
    """Make a Story of `[{"text", "title"?, "outlet"?, "url"?, "published"?}, …]`.

    Boxes left wholly blank are not articles, unless all of them are: that an article has no
    text is for the pipeline to say. Half a surrogate pair, which no text can hold, becomes U+FFFD.
    Raises BadStory naming the article and the field, BadInput where there are too many.
    """
    if isinstance(sent, Mapping):
        sent = sent.get("articles")
    if not isinstance(sent, Sequence) or isinstance(sent, str | bytes):
        raise BadStory('articles must be a list of objects, each with its "text"')
    if len(sent) > MAX_ARTICLES:
        raise BadInput(
            f"{len(sent)} articles are more than the {MAX_ARTICLES} that the page takes; "
            "use the command line for more"
        )
    boxes = [_box(n, item) for n, item in enumerate(sent, 1)]
    characters = sum(len(value) for box in boxes for value in box.values())
    if characters > MAX_CHARACTERS:
        raise BadInput(
            f"the articles have {characters:,} characters, more than the {MAX_CHARACTERS:,} "
            "that the page takes; use the command line for more"
        )
    filled = [box for box in boxes if any(value.strip() for value in box.values())]
    return Story(
        articles=tuple(
            Article(
                text=box["text"],
                **{key: box[key].strip() or None for key in _FIELDS[1:]},
            )
            for box in filled or boxes
        )
    )


def _box(n: int, item: object) -> dict[str, str]:
    if isinstance(item, str):
        item = {"text": item}
    if not isinstance(item, Mapping):
        raise BadStory(f'article {n} must be an object with its "text"')
    box = {}
    for key in _FIELDS:
        value = item.get(key)
        if value is None and key != "text":
            value = ""
        if not isinstance(value, str):
            raise BadStory(f'article {n}: "{key}" must be text')
        box[key] = value.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return box


def words_of(sent: object) -> int:
    """Check the length asked for. Raises BadOption outside 10 to 5,000 words."""
    if isinstance(sent, bool) or not isinstance(sent, int | float) or sent != int(sent):
        raise BadOption(f"words must be a whole number, not {type(sent).__name__}")
    return Config(words=int(sent)).words


def model_of(sent: object, known: Collection[str]) -> str:
    """Check the model asked for. Raises UnknownModel with the nearest name."""
    if isinstance(sent, str) and sent in known:
        return sent
    near = get_close_matches(str(sent)[:80], known, n=1)
    hint = f" Did you mean {near[0]!r}?" if near else ""
    raise UnknownModel(f"no model named {str(sent)[:80]!r}; have: {', '.join(known)}.{hint}")
