"""A summary that was saved as JSON and is opened again: checked, and what it was made of.

What is done with it on the page is in `jobs`; nothing of it is taken to be true but its shape.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from summarizer.errors import BadInput
from summarizer.outputs.render.notes import cited
from summarizer.page.editing import Desk
from summarizer.page.intake import MAX_ARTICLES, MAX_CHARACTERS
from summarizer.schema import SCHEMA_VERSION, Article, Story, Summary

MAX_SAID = 200
"""Characters of the line that says what was done."""

_GIVEN = {"id", "text", "title", "outlet", "url", "published"}
"""What of an article's report the article was given with."""


def summary_of(sent: object) -> Summary:
    """Make a Summary of the JSON value that a summary was saved as.

    Raises BadInput where it is none, is of another version, or names articles that it lacks.
    """
    if not isinstance(sent, Mapping) or "sentences" not in sent:
        raise BadInput("this is no saved summary; open a file that was saved here as JSON")
    version = str(sent.get("schema_version", SCHEMA_VERSION))
    if version.partition(".")[0] != SCHEMA_VERSION.partition(".")[0]:
        raise BadInput(f"this summary is of version {version[:20]}, which this page cannot read")
    try:
        summary = Summary.model_validate(sent)
        summary.to_json().encode()
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"])) or "its citations"
        raise BadInput(f"this summary is damaged at {where!r}: {first['msg']}") from None
    except ValueError:  # half a surrogate pair, which no page can hold
        raise BadInput("this summary holds characters that no text can hold") from None
    _check_articles(summary)
    return summary


@dataclass(frozen=True, slots=True)
class Kept:
    """What a browser had kept, or a file: a summary with the reader's marks, or no summary.

    model: what it was made with, "" where that is not known. said: one line for the status.
    """

    desk: Desk | None
    model: str
    said: str


def kept_of(sent: object) -> Kept:
    """Make a Kept of `{"summary": JSON value | null, "marks"?, "said"?}`.

    Without "marks" the summary's own are read, as `with_marks` wrote them.
    Raises BadInput as `summary_of` does.
    """
    if not isinstance(sent, Mapping):
        raise BadInput("there is nothing to open; choose a file that was saved here as JSON")
    value, marks, said = sent.get("summary"), sent.get("marks"), sent.get("said")
    model = marks.get("model") if isinstance(marks, Mapping) else None
    desk = None
    if value is not None:
        summary = summary_of(value)
        desk = Desk.marked(summary, value.get("marks") if marks is None else marks)
    return Kept(
        desk,
        model if isinstance(model, str) else "",
        said[:MAX_SAID] if isinstance(said, str) else "",
    )


def with_marks(written: str, marks: Mapping[str, Any]) -> str:
    """A summary's JSON with the reader's marks as a field "marks", which other readers ignore."""
    return json.dumps({**json.loads(written), "marks": marks}, indent=2, ensure_ascii=False) + "\n"


def _check_articles(summary: Summary) -> None:
    ids = [a.id for a in summary.articles]
    if len(ids) > MAX_ARTICLES or sum(len(a.text or "") for a in summary.articles) > MAX_CHARACTERS:
        raise BadInput(
            f"this summary holds more than the {MAX_ARTICLES} articles or the "
            f"{MAX_CHARACTERS:,} characters that the page takes"
        )
    if len(set(ids)) < len(ids):
        raise BadInput("this summary is damaged: two of its articles have one id")
    named = {c.article for c in cited(summary)}
    named |= {id_ for claim in summary.coverage for id_ in claim.cells}
    named |= {tone.article for tone in summary.tone}
    named |= {a.copy_of for a in summary.articles if a.copy_of is not None}
    if missing := sorted(named - set(ids)):
        raise BadInput(f"this summary is damaged: it names an article {missing[0]!r} it lacks")


def story_of(summary: Summary) -> Story:
    """The articles that a summary was made of. Raises BadInput where it does not hold them."""
    if any(a.text is None for a in summary.articles):
        raise BadInput(
            "this summary was saved without its articles' texts, so that nothing can be checked "
            "against them; summarise the articles again to change it"
        )
    return Story(
        id=summary.id,
        articles=tuple(Article(**a.model_dump(include=_GIVEN)) for a in summary.articles),
    )
