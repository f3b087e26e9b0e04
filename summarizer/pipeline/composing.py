"""A whole text over a story's evidence, each sentence of it settled before it stands.

A sentence that fails is asked for once more with its fault in words; what still fails is left to
rounds, which tells its claim from a source sentence instead.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from itertools import islice, takewhile

import numpy as np

from summarizer import citations, selection
from summarizer.backends import Commission, Composer, Correction, Encoder, PartialText
from summarizer.backends.embeddings import encode
from summarizer.config import Config
from summarizer.generation import composed
from summarizer.generation.plainer import plainer
from summarizer.generation.pruned import without_repeated_day
from summarizer.nlp import well_formed
from summarizer.pipeline.account import Account
from summarizer.pipeline.prepared import Prepared
from summarizer.pipeline.settlement import Settled, composed_candidate, settle
from summarizer.schema import CitedSentence, Disagreement
from summarizer.types import Grouped, Planned, Progress, Verify

_NEAREST = 4
"""Source sentences that stand for what a composed sentence tells, and that a correction reads."""


READING, WRITING = "reading the reports (%)", "writing (words)"
"""Stages of progress: the reports are counted in hundredths, a text in words of those asked."""

CORRECTING = "asking again (sentences)"
"""The stage between: how many sentences of the text are asked for once more."""

_MENDS = 2
"""How often a refused sentence is mended by what is found in it: its parts, then its speaker."""

_FOLLOWING = 3
"""Words behind the end of a sentence that show that it has ended: "Mr." and "U.S." do not."""
_BESIDE = 1e-3
"""Distance in the reading order between two sentences of a composed text that keeps its own."""

Claims = list[tuple[int, Planned]]
"""Planned claims of one story, each with its index among the story's evidence."""


@dataclass(frozen=True, eq=False, slots=True)
class _Line:
    """A sentence of a composed text: its story, its place in the text, and its nearest rows."""

    story: int
    place: int
    text: str
    rows: tuple[int, ...]


def compose(
    accounts: Sequence[Account],
    claims: Sequence[Claims],
    composer: Composer,
    encoder: Encoder,
    judged: Verify,
    report: Progress,
    *,
    preview: bool,
) -> Generator[tuple[list[Account], list[Claims] | None], None, None]:
    """Have each story told in one text, and take of it what holds.

    claims: for each account what is planned. Yields at the end the accounts, and for each the
    claims that are left to tell from their sources: the lead, if the text has none, and those of
    refused sentences, at the places of these. preview: where there is one story, yield it before,
    with None, for each sentence that holds as soon as it is written; of one that fails the place is
    filled at the end.
    """
    told = list(accounts)
    texts = [""] * len(told)
    commissions = [commission_of(account) for account in told]
    held: list[tuple[_Line, Settled]] = []
    seen, previewing = 0, preview and len(told) == 1
    with closing(_written(composer, commissions, report)) as written:
        for found in written:
            texts[found.place] = found.text
            told[found.place] = replace(told[found.place], unread=found.unread)
            if not previewing or len(sentences := _finished(found.text)) == seen:
                continue
            fresh = _lines(0, sentences[seen:], told[0], encoder, seen)
            seen = len(sentences)
            held += _held(fresh, _tried(told, fresh, encoder, judged))
            yield [_taken(told[0], held, claims[0])[0]], None
    lines = [
        line
        for story, (account, text) in enumerate(zip(told, texts, strict=True))
        for line in _lines(story, composed.sentences_of(text), account, encoder)
    ]
    settled = _tried(told, lines, encoder, judged)
    failed = [i for i, outcome in enumerate(settled) if outcome.sentence is None]
    if failed and previewing:  # the text is written; what holds is shown while the rest is mended
        yield [_taken(told[0], _held(lines, settled), claims[0])[0]], None
    if failed:
        report(CORRECTING, 0, len(failed))
    again = composer.correct([_correction(told, lines, i, settled[i]) for i in failed])
    mended = []
    for i, text in zip(failed, again, strict=True):
        [*sentences] = composed.sentences_of(text)
        mended.append(replace(lines[i], text=sentences[0] if sentences else ""))
    second = [
        (i, m) for i, m in zip(failed, mended, strict=True) if m.text and m.text != lines[i].text
    ]
    outcomes = _tried(told, [line for _, line in second], encoder, judged)
    for (i, _), outcome in zip(second, outcomes, strict=True):
        settled[i] = settled[i].or_else(outcome)
    left: list[Claims] = []
    for story, account in enumerate(told):
        own = [
            (line, outcome)
            for line, outcome in zip(lines, settled, strict=True)
            if line.story == story
        ]
        told[story], untold = _taken(account, own, claims[story])
        left.append(untold)
    yield [_covered(account) for account in told], left


def _held(lines: Sequence[_Line], settled: Sequence[Settled]) -> list[tuple[_Line, Settled]]:
    """The sentences that hold, each with its outcome."""
    pairs = zip(lines, settled, strict=True)
    return [(line, outcome) for line, outcome in pairs if outcome.sentence is not None]


def _written(
    composer: Composer, commissions: Sequence[Commission], report: Progress
) -> Generator[PartialText, None, None]:
    """Yield the texts as they grow, and report how far the reports are read and the texts are."""
    asked = sum(c.words for c in commissions)
    report(WRITING, 0, asked)
    words, read = [0] * len(commissions), [0.0] * len(commissions)
    with closing(composer.composing(commissions)) as texts:
        for found in texts:
            read[found.place], words[found.place] = found.read, len(found.text.split())
            if found.read < 1:
                report(READING, round(100 * sum(read) / len(read)), 100)
            else:
                report(WRITING, min(sum(words), asked), asked)
            yield found


def _finished(text: str) -> list[str]:
    """The sentences of a text under way that stay as they are, whatever follows."""
    earlier = composed.sentences_of(" ".join(text.split(" ")[:-_FOLLOWING]))
    pairs = zip(earlier, composed.sentences_of(text), strict=False)
    return [s for s, _ in takewhile(lambda pair: pair[0] == pair[1], pairs)]


def _taken(
    account: Account, own: Sequence[tuple[_Line, Settled]], claims: Claims
) -> tuple[Account, Claims]:
    """The account with a composed text's sentences that hold, and the claims left to tell.

    Left are the lead, if no sentence tells it (a model that forgets what happened costs no reader
    the lead), and the answers to what is told; room is kept for these. What sentences would have
    told that do not hold is told only if the plan comes to it: a model of this size picks worse.
    """
    grouped, config = account.prepared.grouped, account.config
    cited = {
        row
        for _, outcome in own
        if outcome.sentence is not None
        for row in account.prepared.rows(outcome.sentence.citations)
    }
    first = sorted(claims, key=lambda claim: claim[1].order)[:1]
    left = [(i, p) for i, p in first if cited.isdisjoint(p.evidence.rows)]
    spoken = cited.union(*(p.evidence.rows for _, p in left))
    answers = [
        (i, p)
        for i, p in claims
        if not spoken.isdisjoint(p.answers) and cited.isdisjoint(p.rows) and (i, p) not in left
    ]
    reserved = [grouped.embedded.sentences[p.rows[0]].text for _, p in (*left, *answers)]
    room = config.words - sum(map(well_formed.words, reserved))
    kept = len(reserved)
    whole = all(outcome.sentence is not None for _, outcome in own)
    for line, outcome in own:
        length = well_formed.words(outcome.sentence.text) if outcome.sentence else 0
        if config.sentences is not None:
            fits = len(account.told) + kept < config.sentences
        else:
            fits = account.words + length <= config.selection.length_over * room
        fresh = outcome if fits else outcome.nothing
        told = set(account.prepared.rows(fresh.sentence.citations)) if fresh.sentence else set()
        leads = any(not told.isdisjoint(p.evidence.rows) for _, p in first)
        ahead = whole or leads or (line.place == 0 and not left)
        plan = _placed(grouped, line, ahead)
        account = account.take(None, plan, fresh)
    return account, [*left, *(c for c in answers if c not in left)]


def _placed(grouped: Grouped, line: _Line, ahead: bool) -> Planned:
    """The plan of a composed sentence, ahead of all claims or where its articles have it.

    A text that holds keeps its order, and what leads is first; where it has gaps, the claims that
    fill them stand where their articles have them, and so does the rest of the text.
    """
    plan = grouped.plan(line.rows, (line.place + 1) * _BESIDE + selection.LEAD)
    return plan if ahead else replace(plan, order=selection.place(grouped, plan.evidence))


def _tried(
    accounts: Sequence[Account], lines: Sequence[_Line], encoder: Encoder, judged: Verify
) -> list[Settled]:
    """Settle sentences, and each that is refused once more as it was mended, if it can be."""
    settled = _settled(accounts, lines, encoder, judged)
    for _ in range(_MENDS):
        mended = [
            (i, replace(lines[i], text=outcome.mended))
            for i, outcome in enumerate(settled)
            if outcome.sentence is None and outcome.mended is not None
        ]
        again = _settled(accounts, [line for _, line in mended], encoder, judged)
        for (i, _), outcome in zip(mended, again, strict=True):
            settled[i] = replace(settled[i].or_else(outcome), mended=outcome.mended)
    return settled


def tried_sentences(
    text: str, account: Account, encoder: Encoder, judged: Verify
) -> list[tuple[str, CitedSentence | None]]:
    """Each sentence of a composed text and what a summary would tell of it, if anything."""
    lines = _lines(0, composed.sentences_of(text), account, encoder)
    settled = _tried([account], lines, encoder, judged)
    return [(line.text, outcome.sentence) for line, outcome in zip(lines, settled, strict=True)]


def commission_of(account: Account) -> Commission:
    """What the composer is asked for of one story."""
    config, prepared = account.config, account.prepared
    embedded = prepared.grouped.embedded
    words = config.words if config.sentences is None else config.sentences * composed.SENTENCE_WORDS
    limits = config.composing
    words = min(words, limits.most_words)
    fitting = max(limits.least_evidence, round(limits.evidence_share * words))
    most = min(limits.most_evidence, fitting)
    wide = selection.plan(prepared.grouped, account.salience, config, words=most)
    planned = composed.evidence_rows([p for _, p in wide], embedded, most)
    rows = [r for r in planned if selection.reports(prepared.grouped, r)] or planned
    return commission_over(prepared, rows, account.disagreements, words, config)


def commission_over(
    prepared: Prepared,
    rows: Sequence[int],
    differing: Sequence[Disagreement],
    words: int,
    config: Config,
) -> Commission:
    """A text of about `words` words over source sentences `rows` and what they differ on."""
    outlets = {a.id: a.label for a in prepared.story.articles}
    embedded = prepared.grouped.embedded
    return composed.commission(
        prepared.story.id, rows, embedded, outlets, differing, words, config.seed
    )


def _lines(
    story: int, sentences: Sequence[str], account: Account, encoder: Encoder, first: int = 0
) -> list[_Line]:
    """Sentences of a text from place `first` on, in plain words, with the reporting nearest."""
    grouped, config = account.prepared.grouped, account.config
    if not sentences:
        return []
    sentences = [without_repeated_day(s) for s in sentences]
    plain = plainer(sentences, encode(sentences, encoder), encoder, config)
    scores = citations.cite(plain, encode(plain, encoder), grouped.embedded)
    found = []
    for place, (sentence, row) in enumerate(zip(plain, scores, strict=True), first):
        near = np.argsort(-row, kind="stable").tolist()
        used = (r for r in near if grouped.embedded.sentences[r].article not in grouped.strangers)
        rows = tuple(islice((r for r in used if selection.reports(grouped, r)), _NEAREST))
        if rows:
            found.append(_Line(story, place, sentence, rows))
    return found


def _settled(
    accounts: Sequence[Account], lines: Sequence[_Line], encoder: Encoder, judged: Verify
) -> list[Settled]:
    """Each sentence by itself; a copy of a source sentence is called what it is."""
    if not lines:
        return []
    vectors = encode([line.text for line in lines], encoder)
    config = accounts[0].config
    asked = []
    for line, vector in zip(lines, vectors, strict=True):
        grouped = accounts[line.story].prepared.grouped
        plan = grouped.plan(line.rows, line.place)
        candidate = composed_candidate(line.text, line.rows, grouped.embedded)
        asked.append((grouped, plan, [candidate], vector[None]))
    return settle(asked, judged, config)


def _correction(
    accounts: Sequence[Account], lines: Sequence[_Line], i: int, outcome: Settled
) -> Correction:
    """Sentence `i` once more, with its first fault in words and the one before it in the text."""
    line, before = lines[i], lines[i - 1] if i else None
    account = accounts[line.story]
    embedded, config = account.prepared.grouped.embedded, account.config
    evidence = tuple(embedded.sentences[r].text for r in line.rows)
    if before is not None and before.story == line.story:
        evidence = (before.text, *evidence)  # tells who "he" is
    return Correction(
        evidence,
        line.text,
        outcome.fault or "the reports do not say all of it",
        config.composing.correction_words,
        composed.seed_of(account.prepared.story.id, config.seed, (*evidence, line.text)),
    )


def _covered(account: Account) -> Account:
    """The account with every claim marked as told that a cited sentence belongs to."""
    grouped = account.prepared.grouped
    cited = {r for t in account.told for r in account.prepared.rows(t.sentence.citations)}
    covered = [i for i, e in enumerate(grouped.evidence) if not cited.isdisjoint(e.rows)]
    return replace(account, covered=tuple(covered), tried=frozenset(covered))
