"""What the browser or a client sends, checked and made plain values; nothing is trusted.

No gradio here; how a file's bytes become an article is for inputs.
"""

from __future__ import annotations

import binascii
from base64 import b64decode
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal

from summarizer.config import MAX_WORDS, MIN_WORDS, Config
from summarizer.errors import (
    BadInput,
    BadOption,
    BadStory,
    UnknownModel,
    UnreadableFile,
    UnreadableLink,
)
from summarizer.inputs.pasted import is_links
from summarizer.pipeline.prepared import usable
from summarizer.schema import Article, Story

MAX_ARTICLES = 200
"""Articles in one story on the page."""

MAX_CHARACTERS = 8_000_000
"""Characters in all articles of a story together: about 1.3 million words."""

MAX_FILES, MAX_FILE = 50, 10_000_000
"""Files dropped at once, and bytes of one."""

MAX_LINKS = 10
"""Links fetched at once."""

MAX_SAMPLE = 1_000
"""Characters of an article that its language is told from while it is typed."""

MAX_SENTENCE = 2_000
"""Characters of a sentence that a reader writes."""

_FIELDS = ("text", "title", "outlet", "url", "published")


def story_of(sent: object, *, fetches: bool = False) -> Story:
    """Make a Story of `[{"text", "title"?, "outlet"?, "url"?, "published"?}, …]`.

    Boxes left wholly blank are not articles, unless all of them are.
    Half a surrogate pair, which no text can hold, becomes U+FFFD.
    fetches: whether a link could be fetched instead.
    Raises BadStory naming the article and the field, BadInput where there are too many or none
    has text.
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
    if boxes and not any(box["text"].strip() for box in boxes):
        raise BadInput("all articles are empty; fill at least one text")
    for n, box in enumerate(boxes, 1):
        if is_links(box["text"]):
            mend = "paste the article's text in its place" + (", or fetch it" if fetches else "")
            raise BadInput(f"article {n} is only a link; {mend}")
    filled = [box for box in boxes if any(value.strip() for value in box.values())]
    story = Story(
        articles=tuple(
            Article(text=box["text"], **{key: box[key].strip() or None for key in _FIELDS[1:]})
            for box in filled or boxes
        )
    )
    return usable(story)


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
        box[key] = _whole(value)
    return box


def _whole(text: str) -> str:
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


@dataclass(frozen=True, slots=True)
class Length:
    """How long a summary is to be: so many words, or so many sentences."""

    n: int
    unit: Literal["words", "sentences"] = "words"

    @property
    def words(self) -> int | None:
        """The length in words, None where it is in sentences."""
        return self.n if self.unit == "words" else None

    @property
    def sentences(self) -> int | None:
        """The length in sentences, None where it is in words."""
        return self.n if self.unit == "sentences" else None

    def size(self, text: str) -> int:
        """What a sentence takes of it."""
        return len(text.split()) if self.unit == "words" else 1


def length_of(sent: object) -> Length:
    """Make a Length of `{"unit": "words" | "sentences", "n"}`, or of a bare number of words.

    Raises BadOption for what is no whole number, or outside what a summary can have.
    """
    unit, n = (sent.get("unit"), sent.get("n")) if isinstance(sent, Mapping) else ("words", sent)
    if isinstance(n, bool) or not isinstance(n, int | float) or n != n // 1:
        raise BadOption(f"words must be a whole number, {MIN_WORDS} to {MAX_WORDS}")
    if unit == "words":
        return Length(Config(words=int(n)).words)
    if unit == "sentences":
        return Length(Config(sentences=int(n)).sentences or 1, "sentences")
    raise BadOption('a length is in "words" or in "sentences"')


def model_of(sent: object, known: Collection[str]) -> str:
    """Check the model asked for. Raises UnknownModel with the nearest name."""
    if isinstance(sent, str) and sent in known:
        return sent
    near = get_close_matches(str(sent)[:80], known, n=1)
    hint = f" Did you mean {near[0]!r}?" if near else ""
    raise UnknownModel(f"no model named {str(sent)[:80]!r}; have: {', '.join(known)}.{hint}")


@dataclass(frozen=True, slots=True)
class Dropped:
    """A file that was dropped on the page: its name and bytes, kept in memory alone."""

    name: str
    data: bytes


def files_of(sent: object) -> list[Dropped]:
    """Make files of `[{"name", "data": base64}, …]`. Raises UnreadableFile, naming the file."""
    if not isinstance(sent, Sequence) or isinstance(sent, str | bytes) or not sent:
        raise UnreadableFile("there is no file; drop at least one")
    if len(sent) > MAX_FILES:
        raise UnreadableFile(f"{len(sent)} files are more than the {MAX_FILES} that can be dropped")
    return [_file(item) for item in sent]


def _file(item: object) -> Dropped:
    if not isinstance(item, Mapping):
        raise UnreadableFile('a file must be an object with its "name" and "data"')
    name, data = item.get("name"), item.get("data")
    if not isinstance(name, str) or not isinstance(data, str):
        raise UnreadableFile('a file must be an object with its "name" and "data"')
    name = _whole(name).replace("\\", "/").rpartition("/")[2][-120:] or "file"
    if len(data) > MAX_FILE * 4 // 3 + 4:
        raise UnreadableFile(f"{name!r} is larger than {MAX_FILE // 1_000_000} MB; paste its text")
    try:
        return Dropped(name, b64decode(data, validate=True))
    except (binascii.Error, ValueError):
        raise UnreadableFile(f"{name!r} came broken; drop it again") from None


def links_of(sent: object) -> list[str]:
    """The links in a text, parted by blanks. Raises UnreadableLink for none or too many."""
    links = sent.split() if isinstance(sent, str) else []
    if not links:
        raise UnreadableLink("there is no link; paste at least one, as https://…")
    if len(links) > MAX_LINKS:
        raise UnreadableLink(f"{len(links)} links are more than the {MAX_LINKS} fetched at once")
    return [_whole(link) for link in links]


@dataclass(frozen=True, slots=True)
class Paste:
    """What was pasted, as plain text and, where the clipboard held it, as HTML.

    whole: it is one article, of which only outlet, headline and date are looked for.
    """

    text: str
    html: str = ""
    whole: bool = False


def paste_of(sent: object) -> Paste:
    """Make a Paste of `{"text", "html"?, "whole"?}`. Raises BadInput for what is too long."""
    given = sent if isinstance(sent, Mapping) else {}
    text, html = given.get("text"), given.get("html", "")
    if not isinstance(text, str) or not isinstance(html, str):
        raise BadInput('a paste must be an object with its "text"')
    if max(len(text), len(html)) > MAX_CHARACTERS:
        raise BadInput(
            f"the paste has {max(len(text), len(html)):,} characters, more than the "
            f"{MAX_CHARACTERS:,} that the page takes; use the command line for more"
        )
    return Paste(_whole(text), _whole(html), given.get("whole") is True)


def samples_of(sent: object) -> list[str]:
    """The beginnings of articles, to tell their languages from: `MAX_SAMPLE` characters each.

    What is no text is "". Raises BadStory for no list, or one of more than `MAX_ARTICLES`.
    """
    if not isinstance(sent, Sequence) or isinstance(sent, str | bytes) or len(sent) > MAX_ARTICLES:
        raise BadStory("samples must be a list of texts")
    return [_whole(text[:MAX_SAMPLE]) if isinstance(text, str) else "" for text in sent]


def sentence_of(sent: object) -> str:
    """A sentence that a reader wrote, its blanks single. Raises BadInput for none, or too long."""
    if not isinstance(sent, str):
        raise BadInput("a sentence must be text")
    text = " ".join(_whole(sent).split())
    if not text:
        raise BadInput("the sentence is empty; write it, or delete the sentence")
    if len(text) > MAX_SENTENCE:
        raise BadInput(
            f"the sentence has {len(text):,} characters, more than the {MAX_SENTENCE:,} "
            "that a sentence may have; shorten it"
        )
    return text


@dataclass(frozen=True, slots=True)
class Edit:
    """What a reader asks of a sentence. n: 0 for the headline. k: which other wording."""

    op: str
    n: int
    text: str = ""
    k: int = 0


EDITS = ("change", "lock", "up", "down", "delete", "others", "take")


def edit_of(sent: object) -> Edit:
    """Make an Edit of `{"op", "n", "text"?, "k"?}`. Raises BadInput."""
    if not isinstance(sent, Mapping) or sent.get("op") not in EDITS:
        raise BadInput(f"an edit must name what to do: {', '.join(EDITS)}")
    n, k = sent.get("n"), sent.get("k", 0)
    if type(n) is not int or type(k) is not int:
        raise BadInput("an edit must name its sentence by number")
    text = sent.get("text", "")
    if sent["op"] == "change" or text:
        text = sentence_of(text)
    return Edit(str(sent["op"]), n, text, k)
