"""The counts of an account: the newest of one counter is told, differing counters side by side.

Works on what was taken already. Which counts differ or are newer is `disagreements`' to find, how
it is worded `generation`'s.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from summarizer import selection
from summarizer.backends import Encoder
from summarizer.backends.embeddings import encode
from summarizer.generation import differing_counts, updated_counts
from summarizer.nlp import parse, well_formed
from summarizer.nlp.quantities import gives
from summarizer.nlp.words import content
from summarizer.pipeline.account import Account, Told
from summarizer.pipeline.settlement import Settled, quoted
from summarizer.schema import Citation, CitedSentence, Disagreement
from summarizer.types import Update
from summarizer.verification.checks import findings

_CARRIES_ON = 0.4
"""Share of an earlier sentence's content words that its update has when it can stand alone."""

_AFTER = 5e-7
"""Place in the reading order of a sentence that belongs right behind another, after its own."""


def differing(account: Account, outcome: Settled, encoder: Encoder) -> Settled:
    """The outcome, or one sentence with both tolls where it gives another than is told.

    Once that is told, no further sentence that rests on either count is: nothing is kept of it.
    """
    if outcome.sentence is None or not outcome.sentence.citations:
        return outcome
    own = outcome.sentence.citations[:1]
    outlets = _outlets(account)
    for difference in account.disagreements:
        mine = differing_counts.sides(difference, own)
        if not mine or differing_counts.wording(difference, outlets) is None:
            continue
        if _told_together(account, difference):
            return replace(outcome, sentence=None, vector=None)
        told = [differing_counts.sides(difference, t.sentence.citations[:1]) for t in account.told]
        if not any(other - mine for other in told):
            continue
        sentence = _together(difference, outlets)
        if sentence is not None:
            return replace(outcome, sentence=sentence, vector=encode([sentence.text], encoder)[0])
    return outcome


def side_by_side(account: Account, encoder: Encoder) -> Account:
    """The account with every value of a count right behind the sentence that tells one of them."""
    outlets = _outlets(account)
    for difference in account.disagreements:
        if differing_counts.wording(difference, outlets) is None:
            continue
        in_order = [account.told[i] for i in account.in_order()]
        teller = next((t for t in in_order if _tells_one(t, difference)), None)
        if teller is None:
            continue
        known = next((t for t in in_order if _tells_together(t, difference)), None)
        if known is not None:
            account = account.moved(known, teller.planned.order + _AFTER)
        elif (sentence := _together(difference, outlets)) is not None:
            account = _behind(account, teller, sentence, encoder)
    return _led_by_the_event(account)


def _tells_one(told: Told, difference: Disagreement) -> bool:
    """Whether a sentence words the value that its first citation gives, and not every value."""
    sides = differing_counts.sides(difference, told.sentence.citations[:1])
    values = [difference.values[k].value for k in sides]
    worded = any(gives(told.sentence.text, v) for v in values)
    return worded and not _tells_together(told, difference)


def attributed(account: Account) -> Account:
    """The account with an outlet named where a sentence tells one side of a difference as a fact.

    Counts that are told side by side need none.
    """
    outlets = _outlets(account)
    for difference in account.disagreements:
        if _told_together(account, difference):
            continue
        for place, told in enumerate(account.told):
            sides = differing_counts.sides(difference, told.sentence.citations)
            if len(sides) != 1:
                continue
            value = difference.values[sides.pop()].value
            cited = told.sentence.citations
            text = differing_counts.attributed(told.sentence.text, value, cited, outlets)
            if text is not None:
                worded = told.sentence.model_copy(update={"text": text, "method": "fused"})
                account = account.reworded(place, worded)
    return account


def _led_by_the_event(account: Account) -> Account:
    """The account without a sentence on differing counts in the lead: what happened comes first."""
    if len(account.told) < 2:
        return account
    lead, second, *_ = (account.told[i] for i in account.in_order())
    if not any(_tells_together(lead, difference) for difference in account.disagreements):
        return account
    return account.moved(lead, second.planned.order + _AFTER)


def _told_together(account: Account, difference: Disagreement) -> bool:
    return any(_tells_together(told, difference) for told in account.told)


def _tells_together(told: Told, difference: Disagreement) -> bool:
    return told.sentence.text.startswith(differing_counts.opening(difference))


def _together(difference: Disagreement, outlets: Mapping[str, str]) -> CitedSentence | None:
    """One sentence with every value, if each figure and name of it stands in what it cites."""
    text = differing_counts.wording(difference, outlets)
    cited = tuple(c for v in difference.values for c in v.citations[:2])
    # That they differ is ours to say; every figure and name of it must be theirs.
    return _checked(text, cited, outlets) if text is not None else None


def _outlets(account: Account) -> dict[str, str]:
    """Article id -> outlet, of those that name one."""
    return {a.id: a.outlet for a in account.prepared.story.articles if a.outlet}


def _checked(
    text: str, cited: tuple[Citation, ...], outlets: Mapping[str, str]
) -> CitedSentence | None:
    """The sentence, if its sources carry all of it but the outlets that it is cited to."""
    parsed, *held = parse([text, *(c.text for c in cited)])
    names = [outlets[c.article] for c in cited if c.article in outlets]
    printed = [m.span() for n in names for m in re.finditer(re.escape(n), text)]
    if any(
        not any(start <= f.start and f.end <= end for start, end in printed)
        for f in findings(parsed, held)
    ):
        return None
    return CitedSentence(
        text=text, method="fused", support=1.0, independent_sources=1, citations=cited
    )


def newest(account: Account, encoder: Encoder) -> Account:
    """The account with the newest of a count in place of an earlier one, and that one behind it.

    Where the newest stands in a sentence that does not tell what happened, it comes behind the
    sentence that does.
    """
    for update in account.updates:
        for told in account.told:
            rows = account.prepared.rows(told.sentence.citations)
            if update.early in rows and updated_counts.stale(told.sentence.text, update):
                account = _newer(account, told, update, encoder)
                break
    last = {u.late: u for u in sorted(account.updates, key=lambda u: u.early_value)}
    for update in last.values():
        account = _with_earlier(account, update, encoder)
    return account


def _newer(account: Account, told: Told, update: Update, encoder: Encoder) -> Account:
    """The account with the newest count in or behind the place of a sentence with an earlier."""
    source = account.prepared.grouped.embedded.sentences[update.late]
    text = well_formed.trim(source.text)
    known = _teller(account, update)
    if known is None and not well_formed.stands(text):
        return account
    shared = selection.known_share(content(told.sentence.text), content(source.text))
    if shared < _CARRIES_ON:
        if known is not None:
            return account.moved(known, told.planned.order + _AFTER)
        return _behind(account, told, quoted(source, text), encoder)
    account = account.without(told)
    if known is None:
        plan = account.prepared.grouped.plan((update.late,), told.planned.order)
        vector = encode([text], encoder)[0]
        return account.with_told(Told(plan, quoted(source, text), vector))
    return account.moved(known, min(told.planned.order, known.planned.order))


def _teller(account: Account, update: Update) -> Told | None:
    """The sentence that tells the newest figure of a count."""
    for told in account.told:
        cited = update.late in account.prepared.rows(told.sentence.citations)
        if cited and updated_counts.gives(told.sentence.text, update.late_value):
            return told
    return None


def _with_earlier(account: Account, update: Update, encoder: Encoder) -> Account:
    """The account with the earlier figure as such behind the newest, if nothing tells it yet."""
    told = _teller(account, update)
    if told is None or any(
        updated_counts.gives(t.sentence.text, update.early_value) for t in account.told
    ):
        return account
    cited = Citation.of(account.prepared.grouped.embedded.sentences[update.early], 1.0)
    sentence = _checked(updated_counts.as_earlier(update), (cited,), {})
    return account if sentence is None else _behind(account, told, sentence, encoder)


def _behind(account: Account, told: Told, sentence: CitedSentence, encoder: Encoder) -> Account:
    """The account with a sentence right behind another one."""
    rows = account.prepared.rows(sentence.citations)
    plan = account.prepared.grouped.plan(rows, told.planned.order + _AFTER)
    return account.with_told(Told(plan, sentence, encode([sentence.text], encoder)[0]))
