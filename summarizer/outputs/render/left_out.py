"""What a summary leaves out, and why: articles, passages, refused drafts, claims, and warnings.

The words of a refused draft are given by `refused` alone, which only the page shows, folded; no
form but JSON holds them. Nothing here is yet made inert.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from summarizer.outputs.render.notes import Notes, named, reports
from summarizer.schema import ArticleReport, Coverage, Problem, Summary

REFUSALS: dict[Problem, str] = {
    "number": "a number that its sources do not give",
    "name": "a name that its sources do not give",
    "date": "a date that its sources do not give",
    "quotation": "a quotation that differs from its source's",
    "negation": "a denial added or left out",
    "role": "who did what differs from its sources",
    "speaker": "who said it differs from its sources",
    "modality": "how certain it is differs from its sources",
    "contradiction": "its sources say the opposite",
    "unsupported": "too far from its sources to be relied on",
}
"""Why a draft was refused, in a reader's words."""

_UNFIT = {
    "text.repeats": "repeats what the summary says already",
    "text.unintroduced": "does not tell for certain whom it is about",
    "draft.dangles": "begins with words that point at something before it",
    "draft.fragment": "is no whole sentence",
    "draft.cut": "leaves out the day, or among what something is the first or the most",
}
"""Why a sentence was left out that may well be true, by the rule that left it out."""


def warnings(summary: Summary) -> list[str]:
    """The warnings, each article `in_names`."""
    return [in_names(warning, summary.articles) for warning in summary.warnings]


def in_names(said: str, articles: Sequence[ArticleReport]) -> str:
    """A warning or a reason that names an article by its outlet or number, not by an id of ours."""
    shown: dict[str, str] = {}
    outlets = Counter(a.outlet for a in articles)
    for n, article in enumerate(articles, 1):
        label = named(article, n)
        if label == f"Article {n}":
            shown[article.id] = f"article {n}"
        elif outlets[article.outlet] == 1:
            shown[article.id] = label
        else:
            shown[article.id] = f"{label} (article {n})"
    if not shown:
        return said
    ids = "|".join(map(re.escape, shown))
    # As warnings write them: article 'a1', articles 'a1' and 'a2', and a1 (fr) for its language.
    written = re.compile(rf"(?:\barticles? )?'({ids})'|(?<!\w)({ids})(?= \([a-z]{{2}}\))")
    return written.sub(lambda m: shown[m[1] or m[2]], said)


def refused(summary: Summary) -> list[tuple[str, tuple[str, ...]]]:
    """Each refused draft once, with every reason; none whose words stand in the summary.

    What an article says in these very words, or what nothing speaks against, is `passed_over`.
    """
    return _dropped(summary, held=False)


def passed_over(summary: Summary) -> list[tuple[str, tuple[str, ...]]]:
    """Each sentence that was left out though its sources carry it, once, with every reason."""
    return _dropped(summary, held=True)


def _dropped(summary: Summary, *, held: bool) -> list[tuple[str, tuple[str, ...]]]:
    told = {s.text for s in (summary.title, *summary.sentences) if s is not None}
    printed = [" ".join(f"{a.title or ''} {a.text or ''}".split()) for a in summary.articles]
    reasons: dict[str, dict[str, None]] = {}
    for draft in summary.dropped:
        copied = any(" ".join(draft.text.split()) in text for text in printed)
        if draft.text in told or (copied or not draft.problems) != held:
            continue
        why = [_UNFIT[rule] for rule in draft.rules if rule in _UNFIT]
        why = why or ([] if copied else [REFUSALS[p] for p in draft.problems])
        why = why or ["could not be verified by itself" if draft.problems else "was not needed"]
        reasons.setdefault(draft.text, {}).update(dict.fromkeys(why))
    return [(text, tuple(why)) for text, why in reasons.items()]


def refusals(summary: Summary) -> list[str]:
    """How many drafts were refused, how many sentences passed over, and why, without their words.

    A line for each of the two of which there is any.
    """
    kinds = (
        (refused(summary), "draft was refused", "drafts were refused"),
        (passed_over(summary), "further sentence was left out", "further sentences were left out"),
    )
    lines = []
    for drafts, one, many in kinds:
        counted = Counter(reason for _, reasons in drafts for reason in reasons)
        why = "; ".join(f"{n} × {reason}" for reason, n in counted.most_common())
        if drafts:
            lines.append(f"{_counted(len(drafts), one, many)}: {why}")
    return lines


def fate(article: ArticleReport, notes: Notes) -> str | None:
    """Why (part of) an article was left out; None where all of it was read."""
    parts: list[str] = []
    if article.copy_of is not None:
        parts.append(f"counted as one source with {notes.label(article.copy_of)}, whose text it is")
    if article.reason is not None:
        reason = in_names(article.reason, notes.articles)
        parts.append(reason if article.used else f"set aside: {reason}")
    elif not article.used and article.copy_of is None:
        parts.append("no sentence of it was needed")
    if article.masked:
        reasons = Counter(mask.reason for mask in article.masked)
        listed = ", ".join(f"{n} × {reason}" for reason, n in reasons.items())
        parts.append(f"not reporting: {listed}")
    return "; ".join(parts) or None


def missing(claim: Coverage, summary: Summary) -> list[str]:
    """The articles of the story without a word of a claim; none set aside, and no copy."""
    return [
        a.id
        for a in summary.articles
        if a.id not in claim.cells and a.copy_of is None and (a.used or a.reason is None)
    ]


def tally(summary: Summary) -> str:
    """What the short text form leaves out, counted, on one line; empty where that is nothing."""
    articles = summary.articles
    copies = sum(a.copy_of is not None for a in articles)
    aside = sum(not a.used and a.copy_of is None for a in articles)
    masked = sum(len(a.masked) for a in articles)
    claims = sum(map(len, reports(summary)))
    reported = [f"who reported what ({_counted(claims, 'claim', 'claims')})"] if claims else []
    counts = (
        (len(summary.tone), "loaded word", "loaded words"),
        (aside, "article set aside", "articles set aside"),
        (copies, "copy of another article", "copies of other articles"),
        (masked, "line that is not reporting", "lines that are not reporting"),
        (len(refused(summary)), "refused draft", "refused drafts"),
        (len(passed_over(summary)), "further sentence", "further sentences"),
    )
    return ", ".join([*reported, *(_counted(n, one, many) for n, one, many in counts if n)])


def _counted(n: int, one: str, many: str) -> str:
    return f"{n:,} {one if n == 1 else many}"
