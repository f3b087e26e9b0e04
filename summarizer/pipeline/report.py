"""An account as the Summary that goes out, with what a reader must know of its sources.

Nothing is decided here about a sentence of the summary.
"""

from __future__ import annotations

from collections.abc import Sequence

from summarizer import selection
from summarizer.citations import carriers
from summarizer.evidence.coverage import coverage
from summarizer.evidence.loaded_words import tone
from summarizer.generation.spellings import spellings
from summarizer.pipeline.account import Account
from summarizer.pipeline.composing import commission_of
from summarizer.pipeline.settlement import quoted
from summarizer.schema import Article, ArticleReport, CitedSentence, Coverage, Summary
from summarizer.text.language import language_warnings
from summarizer.verification.verifier import Verifier

Signature = dict[str, str | int | float | bool | None]


def title_of(account: Account) -> CitedSentence | None:
    """The article title that suits the whole story best, or None where none can stand."""
    grouped = account.prepared.grouped
    row = selection.headline(grouped, account.disputed)
    if row is None:
        return None
    title = grouped.embedded.sentences[row]
    return quoted(title, selection.undisputed(title.text, account.disputed))


def summary_of(
    account: Account,
    signature: Signature,
    notices: Sequence[str],
    *,
    with_text: bool,
    upto: int | None = None,
) -> Summary:
    """The summary so far, in reading order.

    notices: warnings that come first. upto: only the first sentences that were taken; comparisons,
    dropped sentences and closing warnings come with the whole summary only.
    """
    taken = sorted(account.told[:upto], key=lambda t: t.planned.order)
    told = [t.sentence for t in taken]
    whole = upto is None
    return Summary(
        id=account.prepared.story.id,
        title=title_of(account) if told else None,
        sentences=tuple(told),
        coverage=_coverage(account, told) if whole else (),
        disagreements=account.disagreements if whole else (),
        tone=tone(account.prepared.grouped) if whole else (),
        articles=tuple(
            _report(account, article, with_text=with_text, told=bool(told))
            for article in account.prepared.story.articles
        ),
        dropped=account.dropped if whole else (),
        warnings=(*notices, *_warnings(account)) if whole else (),
        signature=signature,
    )


def _coverage(account: Account, told: Sequence[CitedSentence]) -> tuple[Coverage, ...]:
    """Who reported what, by alignment and exact checks: a reader for each cell takes long."""
    return coverage(
        account.prepared.grouped,
        account.config,
        told=told,
        find=lambda asked: carriers(asked, Verifier(None).verify),
        differing=account.disagreements,
    )


def _warnings(account: Account) -> list[str]:
    story, grouped, empty = (
        account.prepared.story,
        account.prepared.grouped,
        account.prepared.empty,
    )
    # That the articles share no event comes first: nothing else matters as much.
    warnings = list(grouped.warnings)
    warnings.extend(f"article {id!r} {reason} and was set aside" for id, reason in empty.items())
    if account.unread:
        rest = "the text was written without, and checked against all"
        if account.unread == commission_of(account).sentences:
            rest = "it wrote nothing, and all is told in sentences of the articles"
        warnings.append(
            f"{account.unread} evidence sentence{'s' * (account.unread != 1)} did not fit into "
            f"what the model reads; {rest}"
        )
    warnings.extend(
        f"{s.other!r} of some articles is spelled {s.kept!r} here, as most have it"
        for s in spellings(grouped)
        if any(s.kept in t.sentence.text for t in account.told)
    )
    warnings.extend(language_warnings(story.articles))
    if len(story.articles) - len(empty) == 1:
        warnings.append("only one article has text; nothing could be compared or confirmed")
    elif len(story.articles) - len(empty) - len(grouped.copies) == 1:
        warnings.append("all articles are copies of one text; it counts as one source")
    if account.short:
        n = len(account.told)
        warnings.append(
            f"the sources carry {n} sentence{'s' * (n != 1)} ({account.words} words) that can be "
            "verified without repeating; the summary ends there"
        )
    return warnings


def _report(account: Account, article: Article, *, with_text: bool, told: bool) -> ArticleReport:
    prepared = account.prepared
    reason = prepared.empty.get(article.id) or prepared.grouped.strangers.get(article.id)
    return ArticleReport(
        id=article.id,
        outlet=article.outlet,
        title=article.title,
        url=article.url,
        published=article.published,
        used=told and reason is None,
        reason=reason,
        copy_of=prepared.grouped.copies.get(article.id),
        masked=prepared.masks[article.id],
        text=article.text if with_text else None,
    )
