"""JSON to a Story, with every fault named: the line, the article, the field, how to correct it.

Which file the JSON is in, and how its bytes are decoded, is decided in inputs and decoding.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from summarizer.errors import BadStory
from summarizer.inputs.markup import decoded
from summarizer.inputs.times import iso, unread
from summarizer.schema import Article, Story

KINDS = {
    dict: "an object",
    list: "a list",
    str: "a text",
    bool: "true or false",
    type(None): "null",
}

_HALF = re.compile("[\ud800-\udfff]")  # JSON can hold half a character; no file or page can


def load_json(text: str, where: str) -> Any:
    """The value of a JSON text. Raises BadStory with the place of the fault."""
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        at = f"line {error.lineno}, column {error.colno}"
        raise BadStory(f"{where}: broken JSON at {at} ({error.msg}); correct the JSON") from None
    except RecursionError:
        raise BadStory(f"{where}: JSON nested too deep; give one flat story object") from None
    except ValueError as error:
        raise BadStory(f"{where}: broken JSON ({error}); correct the JSON") from None


def parse_story(
    value: Any, where: str, *, also: Collection[str] = (), default_id: str = "story"
) -> tuple[Story, tuple[str, ...]]:
    """A story from a JSON value: a Story object, a list of articles, or one article.

    where: names the file or line in messages. also: fields beside a story's own that are
    known ("summary"). Returns the story and its warnings: of unknown fields, of HTML that was
    decoded (never where spans are given, which count the text as it is), and of a "published" that
    is neither ISO 8601 nor RFC 2822; what is one becomes ISO 8601.
    An article without text among others is kept (it is set aside later, with its reason).
    Raises BadStory: one sentence with the place, the fault and, after a semicolon, the correction.
    """
    fields = _as_story(value, where)
    id = fields.get("id")
    name = f"story {id!r} ({where})" if isinstance(id, str) and id else where
    articles = fields["articles"]
    if any(_HALF.search(f) for f in fields) or _HALF.search(name):
        mend = "write the character whole"
        raise BadStory(f'{where}: "id" or a field\'s name holds half a surrogate pair; {mend}')
    if not articles:
        raise BadStory(f"{name}: there are no articles; give at least one")
    for n, article in enumerate(articles, 1):
        _check_article(article, n, name)
    try:
        story = Story.model_validate(fields if id else {**fields, "id": default_id})
    except ValidationError as error:
        raise BadStory(f"{name}: {_fault(error, articles)}") from None
    story, warnings = _read_fields(story, name)
    if not any(a.text.strip() for a in story.articles):
        one = len(story.articles) == 1
        which = f"article {story.articles[0].id!r} has empty text" if one else "every text is empty"
        raise BadStory(f'{name}: {which}; fill "text"')
    return story, (*_unknown(fields, articles, name, also), *warnings)


def _read_fields(story: Story, name: str) -> tuple[Story, tuple[str, ...]]:
    """The story with markup decoded and times in ISO 8601, and what should be known of it."""
    spans = story.gold is not None or story.grid is not None
    changed: list[str] = []
    undated: list[str] = []
    articles: list[Article] = []
    for article in story.articles:
        fields: dict[str, str] = {}
        if not spans:
            given = {"text": article.text, "title": article.title or ""}
            fields = {f: plain for f, value in given.items() if (plain := decoded(value)) != value}
            changed.extend([repr(article.id)] if fields else [])
        if article.published and article.published.strip():
            when = iso(article.published)
            if when is None:
                undated.append(f"{name}: article {article.id!r}: {unread(article.published)}")
            elif when != article.published:
                fields["published"] = when
        articles.append(article.model_copy(update=fields) if fields else article)
    warnings = undated
    if changed:
        which = ", ".join(changed[:5]) + (" …" if len(changed) > 5 else "")
        warnings = [
            f"{name}: tags and entities of HTML in {which} were decoded; "
            "offsets are of the decoded text",
            *undated,
        ]
    if articles == list(story.articles):
        return story, tuple(warnings)
    return story.model_copy(update={"articles": tuple(articles)}), tuple(warnings)


def is_article(value: Any) -> bool:
    """Is a JSON value one article rather than a story?"""
    return isinstance(value, dict) and "text" in value and "articles" not in value


def _as_story(value: Any, where: str) -> dict[str, Any]:
    if isinstance(value, list):
        return {"articles": value}
    if is_article(value):
        return {"articles": [value]}
    if not isinstance(value, dict):
        raise BadStory(f'{where}: {_kind(value)} is no story; give an object with "articles"')
    if "articles" not in value:
        raise BadStory(f'{where}: "articles" is missing; give a list of articles')
    if not isinstance(value["articles"], list):
        kind = _kind(value["articles"])
        raise BadStory(f'{where}: "articles" is {kind}; give a list of articles')
    return value


def _check_article(article: Any, n: int, name: str) -> None:
    if not isinstance(article, dict):
        mend = 'give an object with "text"'
        raise BadStory(f"{name}: article {n} is {_kind(article)}; {mend}")
    who = _article_name(article, n)
    if "text" not in article:
        raise BadStory(f'{name}: {who} has no "text"; add it')
    for field, value in article.items():
        if _HALF.search(field) or (isinstance(value, str) and _HALF.search(value)):
            where = ascii(field).strip("'")
            mend = "write the character whole"
            raise BadStory(f'{name}: {who}: "{where}" holds half a surrogate pair; {mend}')


def _article_name(article: Any, n: int) -> str:
    id = article.get("id") if isinstance(article, dict) else None
    return f"article {id!r}" if isinstance(id, str) and id else f"article {n}"


def _fault(error: ValidationError, articles: Sequence[Any]) -> str:
    """The first fault of a story as a sentence part, then how to correct it."""
    first = error.errors(include_url=False)[0]
    place: tuple[int | str, ...] = first["loc"]
    who = ""
    if len(place) > 1 and place[0] == "articles" and isinstance(place[1], int):
        who, place = _article_name(articles[place[1]], place[1] + 1) + ": ", place[2:]
    field = ".".join(str(p) for p in place)
    given = _kind(first["input"])
    match first["type"]:
        case "value_error":
            return str(first["ctx"]["error"]) if "ctx" in first else first["msg"]
        case "missing":
            return f'{who}"{field}" is missing; add it'
        case "string_type":
            return f'{who}"{field}" is {given}; give a text in quotation marks'
        case _:
            message = first["msg"][:1].lower() + first["msg"][1:]
            return f'{who}"{field}" is {given}; {message.replace("; ", ", ")}'


def _kind(value: Any) -> str:
    return KINDS.get(type(value), "a number")


def _unknown(
    fields: Mapping[str, Any], articles: Sequence[Any], name: str, also: Collection[str]
) -> tuple[str, ...]:
    story = {str(f) for f in fields if f not in Story.model_fields and f not in also}
    article = {str(f) for a in articles for f in a if f not in Article.model_fields}
    if not story and not article:
        return ()
    named = [*sorted(story), *(f"articles.{f}" for f in sorted(article))]
    are = "field" if len(named) == 1 else "fields"
    return (f"{name}: unknown {are} {', '.join(named)} ignored",)
