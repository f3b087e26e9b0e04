"""What goes over the wire: Article and Story in, Summary, Attribution and Judgement out.

Frozen pydantic models that check themselves; values that only stages see are in types.py.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, field_validator, model_validator

SCHEMA_VERSION = "1.0"

Field_ = Literal["text", "title"]
"""Which text of an article a span cuts."""

Place = tuple[str, Field_, int]
"""Where a source sentence begins: its article's id, the field, and the code point."""

Method = Literal["fused", "trimmed", "quoted", "edited"]
"""How a sentence was made: written over its evidence, cut from one, taken whole, or by a reader."""

Problem = Literal[
    "number",
    "name",
    "date",
    "quotation",
    "negation",
    "role",
    "speaker",
    "modality",
    "contradiction",
    "unsupported",
]
"""The closed list of what can be wrong with a sentence."""

State = Literal["carries", "part", "contradicts", "none"]
"""What an article does with a claim; "none": no sentence of it is about the claim."""

Unit = Annotated[float, Field(ge=0.0, le=1.0), AfterValidator(lambda x: round(x, 3))]
"""A share or a score in [0, 1], rounded to three decimals when it is written."""


class Value(BaseModel):
    """A frozen value on the wire; unknown fields are ignored (`inputs` warns of them)."""

    model_config = ConfigDict(frozen=True, extra="ignore")


# --- what comes in -------------------------------------------------------------------------------


class Article(Value):
    """One article as it was given. `text` is never changed: every span counts its code points.

    An empty id is filled in by the Story (a1, a2, …). `published` is ISO 8601 where known.
    """

    text: str
    id: str = ""
    title: str | None = None
    outlet: str | None = None
    url: str | None = None
    published: str | None = None

    @property
    def label(self) -> str:
        """The outlet, or the id where no outlet is known."""
        return self.outlet or self.id

    def field(self, name: Field_) -> str:
        """The text that spans of field `name` cut; the empty string for a missing title."""
        return self.text if name == "text" else self.title or ""


class Reference(Value):
    """A summary written by a person, to measure against."""

    text: str
    title: str | None = None


class GoldSpan(Value):
    """A span of an article's text that a person marked as evidence."""

    article: str
    start: int = Field(ge=0)
    end: int = Field(ge=0)


class GoldSentence(Value):
    """A reference sentence and the spans that people marked as carrying it."""

    text: str
    evidence: tuple[GoldSpan, ...]


class Story(Value):
    """Articles that (should) report one event; what is only for measuring is optional.

    grid: for each article id the (start, end) spans of the sentences that gold was marked on.
    """

    id: str = "story"
    articles: tuple[Article, ...]
    reference: Reference | None = None
    gold: tuple[GoldSentence, ...] | None = None
    grid: dict[str, tuple[tuple[int, int], ...]] | None = None

    @field_validator("articles", mode="after")
    @classmethod
    def _name_articles(cls, articles: tuple[Article, ...]) -> tuple[Article, ...]:
        named = tuple(
            a if a.id else a.model_copy(update={"id": f"a{i}"}) for i, a in enumerate(articles, 1)
        )
        seen: set[str] = set()
        for a in named:
            if a.id in seen:
                raise ValueError(f"article id {a.id!r} is given twice; give each article its own")
            seen.add(a.id)
        return named

    def article(self, id: str) -> Article:
        """The article of that id. Raises KeyError if there is none."""
        for a in self.articles:
            if a.id == id:
                return a
        raise KeyError(id)


class Mask(Value):
    """A half-open span of an article's text that is not reporting, and why."""

    start: int = Field(ge=0)
    end: int = Field(ge=0)
    reason: str


@dataclass(frozen=True, slots=True)
class SourceSentence:
    """One sentence of an article (or its title): the unit that can be cited.

    article: the article's id. field, start, end: the half-open code-point span it is cut from.
    text: exactly `article.field(field)[start:end]`.
    position: 0-based among the article's sentences (the title has -1).
    """

    article: str
    field: Field_
    start: int
    end: int
    text: str
    position: int

    @property
    def place(self) -> Place:
        """Where it begins: its article, the field, and the code point."""
        return self.article, self.field, self.start


# --- what goes out -------------------------------------------------------------------------------


class Citation(Value):
    """One source sentence that carries (part of) a sentence. `text` is `article[start:end]`."""

    article: str
    field: Field_
    start: int = Field(ge=0)
    end: int = Field(ge=0)
    text: str
    score: Unit

    @property
    def place(self) -> Place:
        """The place of the source sentence that it cites."""
        return self.article, self.field, self.start

    @classmethod
    def of(cls, sentence: SourceSentence, score: float) -> Self:
        """Cite a source sentence with a score in [0, 1] (clipped)."""
        return cls(
            article=sentence.article,
            field=sentence.field,
            start=sentence.start,
            end=sentence.end,
            text=sentence.text,
            score=min(1.0, max(0.0, float(score))),
        )


class Fault(Value):
    """Words of a sentence, [start, end) in code points, that its sources do not carry.

    rule: the check that says so. message: one plain sentence. instead: what the sources say there.
    """

    start: int = Field(ge=0)
    end: int = Field(ge=0)
    problem: Problem
    rule: str
    message: str
    instead: str | None = None


class CitedSentence(Value):
    """A sentence of ours. One without a source cannot be built.

    primary: the one interview, statement or document that all its cited articles rest on.
    problems: what its citations do not carry, and faults: in which of its words; faults of one
    without problems are what a reader should know of it. Always empty but for one that is edited.
    """

    text: str = Field(min_length=1)
    method: Method
    support: Unit
    independent_sources: int = Field(ge=1)
    primary: str | None = None
    citations: tuple[Citation, ...] = Field(min_length=1)
    problems: tuple[Problem, ...] = ()
    faults: tuple[Fault, ...] = ()


class Attribution(Value):
    """A sentence that is not ours, and what carries it: perhaps nothing."""

    text: str
    support: Unit
    problems: tuple[Problem, ...] = ()
    faults: tuple[Fault, ...] = ()
    citations: tuple[Citation, ...] = ()
    ranking: tuple[Citation, ...] | None = None


class Judgement(Value):
    """How well evidence carries a sentence, and each problem by name."""

    support: Unit
    supported: bool
    problems: tuple[Problem, ...] = ()
    faults: tuple[Fault, ...] = ()


class Coverage(Value):
    """A claim and, for each article that says something of it, where.

    states: what each article that was read does with the claim; an article with a cell and no state
    carries it. independent_sources: how many articles carry it by themselves, if that was counted.
    primary: the one interview, statement or document that all of them rest on.
    """

    claim: str
    cells: dict[str, tuple[Citation, ...]]
    states: dict[str, State] = Field(default_factory=dict)
    independent_sources: int | None = Field(default=None, ge=1)
    primary: str | None = None

    def state(self, article: str) -> State:
        """What an article does with the claim; "none" for one that was not read."""
        return self.states.get(article, "carries" if article in self.cells else "none")

    @property
    def carried(self) -> dict[str, tuple[Citation, ...]]:
        """The cells of the articles that carry the claim."""
        return {a: cell for a, cell in self.cells.items() if self.state(a) == "carries"}


class DisagreementValue(Value):
    """One side of a disagreement: the value, who says it, and where."""

    value: str
    speaker: str | None = None
    citations: tuple[Citation, ...] = Field(min_length=1)


class Disagreement(Value):
    """Sources that give different values for one thing; never averaged, never chosen between."""

    about: str
    kind: Literal["number", "date", "name", "claim"]
    values: tuple[DisagreementValue, ...] = Field(min_length=2)


class Tone(Value):
    """A loaded word that one outlet uses, with its sentence; the summary does not adopt it."""

    word: str
    article: str
    citation: Citation


class ArticleReport(Value):
    """What became of an article: used or why not, whose copy it is, and what was masked."""

    id: str
    outlet: str | None = None
    title: str | None = None
    url: str | None = None
    published: str | None = None
    used: bool
    reason: str | None = None
    copy_of: str | None = None
    masked: tuple[Mask, ...] = ()
    text: str | None = None


class Dropped(Value):
    """A sentence that was not let through, its problems, and the rules that found them."""

    text: str
    problems: tuple[Problem, ...]
    rules: tuple[str, ...] = ()


class Summary(Value):
    """The account of one story. Every sentence cites the source sentences that carry it."""

    schema_version: str = SCHEMA_VERSION
    id: str
    title: CitedSentence | None = None
    sentences: tuple[CitedSentence, ...] = ()
    coverage: tuple[Coverage, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()
    tone: tuple[Tone, ...] = ()
    articles: tuple[ArticleReport, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    warnings: tuple[str, ...] = ()
    signature: dict[str, str | int | float | bool | None] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _citations_are_cut_from_the_articles(self) -> Self:
        texts: Mapping[str, ArticleReport] = {a.id: a for a in self.articles}
        for citation in self.citations():
            article = texts.get(citation.article)
            if article is None:
                raise ValueError(f"a citation names article {citation.article!r}, not in articles")
            whole = article.text if citation.field == "text" else article.title
            if whole is not None and whole[citation.start : citation.end] != citation.text:
                where = f"{citation.article}.{citation.field}[{citation.start}:{citation.end}]"
                raise ValueError(f"a citation's text is not {where}")
        return self

    def citations(self) -> Iterator[Citation]:
        """Every citation of the title and the sentences, in reading order."""
        for sentence in (self.title, *self.sentences):
            if sentence is not None:
                yield from sentence.citations

    @property
    def text(self) -> str:
        """The sentences joined by spaces, without marks or title."""
        return " ".join(s.text for s in self.sentences)

    def to_json(self, *, indent: int | None = None) -> str:
        """The wire form, one line unless `indent` is given."""
        return self.model_dump_json(indent=indent, exclude_none=False)

    @classmethod
    def from_json(cls, text: str | bytes) -> Self:
        """Read back what `to_json` wrote. Raises pydantic.ValidationError on anything else."""
        return cls.model_validate_json(text)


def json_schema() -> dict[str, Any]:
    """The JSON Schemas of Story and Summary, by name."""
    return {
        "Story": Story.model_json_schema(),
        "Summary": Summary.model_json_schema(mode="serialization"),
    }
