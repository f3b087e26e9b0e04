"""The counts of an account: the newest of one counter is told, differing counters side by side.

Works on what was taken already. Which counts differ or are newer is `disagreements`' to find, how
it is worded `generation`'s.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from summarizer.backends import Encoder
from summarizer.backends.embeddings import encode
from summarizer.generation import differing_counts, updated_counts
from summarizer.generation.pruned import pruned
from summarizer.nlp import parse, well_formed
from summarizer.nlp.quantities import gives
from summarizer.nlp.words import content
from summarizer.pipeline.account import Account, Told
from summarizer.pipeline.settlement import Settled, quoted
from summarizer.schema import Citation, CitedSentence, Disagreement
from summarizer.types import Update, Verify
from summarizer.verification.checks import findings

_CARRIES_ON = 0.4
"""Share of the content words that an earlier sentence and its update have in common, of the fewer,
when the update can stand for it."""
_EVENT = 10
"""Content words that an update is taken to have at least: one of few tells of no event."""

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
    for difference in _standing(account):
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
    for difference in _standing(account):
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


def _standing(account: Account) -> list[Disagreement]:
    """What differs, each without the values that a later report gives anew."""
    overtaken = {(u.about, u.early) for u in account.updates}
    found = []
    for difference in account.disagreements:
        values = tuple(
            v
            for v in difference.values
            if any((difference.about, r) not in overtaken
                   for r in account.prepared.rows(v.citations))
        )  # fmt: skip
        if len(values) > 1:
            found.append(difference.model_copy(update={"values": values}))
    return found


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
    for difference in _standing(account):
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


def newest(account: Account, encoder: Encoder, judged: Verify) -> Account:
    """The account with the newest of a count in place of an earlier one.

    Where the newest does not tell what happened, it comes before the sentence that does.
    """
    for update in account.updates:
        for told in account.told:
            if _stale(account, told, update):
                account = _newer(account, told, update, encoder)
    for update in account.updates:
        for told in account.told:
            if _stale(account, told, update):
                account = _without_count(account, told, update, judged)
    return account


def _without_count(account: Account, told: Told, update: Update, judged: Verify) -> Account:
    """The account without an earlier count: cut out of its sentence, else that with it.

    What opens the text with the newest tells what happened; it stays, as of an earlier report.
    """
    place, text = account.told.index(told), told.sentence.text
    shorter = pruned(text, updated_counts.spans(text, update.early_value))
    if shorter is not None and well_formed.stands(shorter):
        [verdict] = judged([(shorter, tuple(c.text for c in told.sentence.citations))])
        if verdict.supported:
            method = "trimmed" if told.sentence.method == "quoted" else told.sentence.method
            cut = told.sentence.model_copy(update={"text": shorter, "method": method})
            return account.reworded(place, cut)
    if place not in account.in_order()[:2]:
        return account.without(told)
    text = updated_counts.as_reported(text, told.sentence.citations, _outlets(account))
    as_earlier = told.sentence.model_copy(update={"text": text, "method": "fused"})
    return account.reworded(place, as_earlier)


def _stale(account: Account, told: Told, update: Update) -> bool:
    """Whether a sentence tells the earlier figure of a count as if it were the newest."""
    cited = update.early in account.prepared.rows(told.sentence.citations)
    return cited and updated_counts.stale(told.sentence.text, update)


def _newer(account: Account, told: Told, update: Update, encoder: Encoder) -> Account:
    """The account with the newest count in or before the place of a sentence with an earlier."""
    known = _teller(account, update)
    sentence = _newest(account, update) if known is None else known.sentence
    if sentence is None:
        return account
    source = account.prepared.grouped.embedded.sentences[update.late]
    early, late = content(told.sentence.text), content(source.text)
    least = min(len(early), max(len(late), _EVENT))
    order = told.planned.order
    if len(early & late) < _CARRIES_ON * least:
        order -= _AFTER
    else:
        account = account.without(told)
    if known is not None:
        return account.moved(known, min(order, known.planned.order))
    plan = account.prepared.grouped.plan((update.late,), order)
    return account.with_told(Told(plan, sentence, encode([sentence.text], encoder)[0]))


def _newest(account: Account, update: Update) -> CitedSentence | None:
    """The source sentence with the newest figure, or one with the figure alone if it can stand."""
    source = account.prepared.grouped.embedded.sentences[update.late]
    text = well_formed.trim(source.text)
    if well_formed.stands(text):
        return quoted(source, text)
    cited, outlets = (Citation.of(source, 1.0),), _outlets(account)
    made = updated_counts.as_newest(update, differing_counts.printed_by(cited, outlets))
    return _checked(made, cited, outlets)


def _teller(account: Account, update: Update) -> Told | None:
    """The sentence that tells the newest figure of a count."""
    for told in account.told:
        cited = update.late in account.prepared.rows(told.sentence.citations)
        if cited and updated_counts.gives(told.sentence.text, update.late_value):
            return told
    return None


def _behind(account: Account, told: Told, sentence: CitedSentence, encoder: Encoder) -> Account:
    """The account with a sentence right behind another one."""
    rows = account.prepared.rows(sentence.citations)
    plan = account.prepared.grouped.plan(rows, told.planned.order + _AFTER)
    return account.with_told(Told(plan, sentence, encode([sentence.text], encoder)[0]))
