"""Rounds: claims are planned, settled and taken, until every story is told.

Works on many stories together, so that models are asked in few large calls.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace

from summarizer import selection
from summarizer.backends import Composer, Encoder, Vectors
from summarizer.config import Config
from summarizer.generation import introductions, short_facts, spellings, weekdays
from summarizer.generation.plainer import plainer
from summarizer.nlp import well_formed
from summarizer.pipeline import told_counts
from summarizer.pipeline.account import Account, Told
from summarizer.pipeline.composing import compose
from summarizer.pipeline.settlement import Candidate, Settled, candidates, extended, quoted, settle
from summarizer.schema import Citation, CitedSentence, Dropped, Method
from summarizer.types import Grouped, Planned, Progress, Verify
from summarizer.verification.judgement import judgements

_RIGHT_BEHIND = 1e-4
"""Place in the reading order of an answer, after that of the sentence that it answers."""


@dataclass(frozen=True, eq=False, slots=True)
class Models:
    """What tells a story: the models, and how their sentences are judged.

    composer: writes the whole text first; None where all is told in source sentences.
    """

    encoder: Encoder
    composer: Composer | None
    judged: Verify


@dataclass(frozen=True, eq=False, slots=True)
class Claim:
    """A claim to tell: the place of its story among the accounts, its index there, its plan."""

    story: int
    index: int
    planned: Planned


def tell(
    accounts: Sequence[Account], models: Models, report: Progress, *, preview: bool = False
) -> Generator[tuple[list[Account], bool], None, None]:
    """Plan and verify for every story that is not full, until none is left.

    Yields the accounts after each round, with True. preview: before that also the account of a
    single story while its text is still being written, with False; nothing builds upon these.
    """
    told = list(accounts)
    while True:
        begun, claims = list(told), list[Claim]()
        for i, account in enumerate(told):
            if account.open:
                begun[i], planned = account.planned()
                claims.extend(Claim(i, index, p) for index, p in planned)
        if not claims:
            return
        if models.composer is not None and told[0].rounds == 0:
            own = [[(c.index, c.planned) for c in claims if c.story == i] for i in range(len(told))]
            with closing(
                compose(
                    begun,
                    own,
                    models.composer,
                    models.encoder,
                    models.judged,
                    report,
                    preview=preview,
                )
            ) as texts:
                for begun, left in texts:
                    if left is None:
                        yield [_reworded(account, models.judged) for account in begun], False
                    else:
                        claims = [Claim(i, n, p) for i, rest in enumerate(left) for n, p in rest]
        told = _round(begun, claims, models, report)
        yield told, True


def _round(
    accounts: Sequence[Account], claims: Sequence[Claim], models: Models, report: Progress
) -> list[Account]:
    """The accounts with each claim verified and taken."""
    told = list(accounts)
    if claims:
        report("verifying", 0, len(claims))
    settled = _settled(accounts, claims, models)
    for n, (claim, outcome) in enumerate(zip(claims, settled, strict=True), 1):
        account = told[claim.story]
        better = told_counts.differing(account, outcome, models.encoder)
        leads = account.told and claim.planned.order == selection.LEAD
        taking = account.with_lead if leads else account.take
        account = taking(claim.index, claim.planned, better)
        told[claim.story] = told_counts.side_by_side(account, models.encoder)
        report("verifying", n, len(claims))
    told = [told_counts.newest(account, models.encoder, models.judged) for account in told]
    told = [_answered(account) for account in told]
    told = [told_counts.attributed(account) for account in told]
    return [_reworded(account, models.judged) for account in told]


def _answered(account: Account) -> Account:
    """The account with each short fact behind the told sentence that it answers, while it fits."""
    embedded, config = account.prepared.grouped.embedded, account.config
    known = {r for t in account.told for r in account.prepared.rows(t.sentence.citations)}
    differ = {(c.article, c.start) for d in account.disagreements for v in d.values
              for c in v.citations}  # fmt: skip
    for told in account.told if config.sentences is None else ():
        for n, citation in enumerate(told.sentence.citations):
            row = short_facts.answers(embedded, citation, n == 0, config)
            if row is None or row in known:
                continue
            source = embedded.sentences[row]
            length = account.words + well_formed.words(source.text)
            fits = length <= config.selection.length_over * config.words
            if not fits or (source.article, source.start) in differ:
                continue
            known.add(row)
            plan = account.prepared.grouped.plan((row,), told.planned.order + _RIGHT_BEHIND)
            vector = embedded.vectors[row]
            account = account.with_told(Told(plan, quoted(source), vector))
            break
    return account


def _reworded(account: Account, judged: Verify) -> Account:
    """The account with one spelling a name, everybody's name at first mention, and dated days."""
    spelled = spellings.spellings(account.prepared.grouped)
    introduced = _introduced(_spelled(account, spelled), judged)
    return _dated(_spelled(introduced, spelled), judged)


def _settled(accounts: Sequence[Account], claims: Sequence[Claim], models: Models) -> list[Settled]:
    """Settle each claim by its own source sentences, all stories together."""
    if not claims:
        return []
    config = accounts[claims[0].story].config
    asked = []
    for claim in claims:
        grouped = accounts[claim.story].prepared.grouped
        tried = _with_plainer(
            candidates(claim.planned, grouped.embedded, config), grouped, models.encoder, config
        )
        # What is cut from one sentence is found where that sentence is found.
        asked.append((grouped, claim.planned, tried, _vectors(tried, grouped)))
    return settle(asked, models.judged, config)


def _with_plainer(
    tried: Sequence[Candidate], grouped: Grouped, encoder: Encoder, config: Config
) -> list[Candidate]:
    """The wordings, each that judges behind one of it that judges less, if there is one."""
    texts = plainer([c.text for c in tried], _vectors(tried, grouped), encoder, config)
    out: list[Candidate] = []
    for candidate, text in zip(tried, texts, strict=True):
        if text != candidate.text:
            out.append(replace(candidate, text=text, method="trimmed"))
        out.append(candidate)
    return out


def _vectors(tried: Sequence[Candidate], grouped: Grouped) -> Vectors:
    """(n_candidates, dim): of the source sentence that each wording was cut from."""
    rows: Vectors = grouped.embedded.vectors[[c.row for c in tried if c.row is not None]]
    return rows


def _introduced(account: Account, judged: Verify) -> Account:
    """The account with everybody's name at first mention, without what names nobody for certain."""
    grouped, order = account.prepared.grouped, account.in_order()
    lines = [account.told[i] for i in order]
    for found in introductions.introductions([t.sentence for t in lines], grouped):
        told = lines[found.index]
        if isinstance(found, introductions.Introduction):
            longer = extended(told.sentence, found.text, found.row, grouped, judged)
            if longer is not told.sentence:
                account = account.reworded(account.told.index(told), longer)
                continue
        if len(account.told) > 1:
            fell = Dropped(text=told.sentence.text, problems=(), rules=("text.unintroduced",))
            account = account.without(told)
            account = replace(account, dropped=(*account.dropped, fell))
    return account


def _dated(account: Account, judged: Verify) -> Account:
    """Give each weekday its date at first mention, where the cited articles' own dates show it."""
    published = {a.id: a.published for a in account.prepared.story.articles}
    known: set[str] = set()
    for place in account.in_order():
        sentence = account.told[place].sentence
        found = weekdays.resolve(sentence, published, known)
        if found is None:
            continue
        text, written, weekday = found
        known.add(weekday)
        evidence = [*(c.text for c in sentence.citations), written]
        [verdict] = judgements([(text, evidence)], judged)
        if not verdict.problems:
            dated = sentence.model_copy(update={"text": text, "method": _no_longer(sentence)})
            account = account.reworded(place, dated)
    return account


def _spelled(account: Account, spelled: Sequence[spellings.Spelling]) -> Account:
    """The account with each name in the spelling that most articles have, cited to one of them."""
    sentences = account.prepared.grouped.embedded.sentences
    for spelling in spelled:
        source = Citation.of(sentences[spelling.row], 1.0)
        for place, told in enumerate(account.told):
            sentence = told.sentence
            text = spellings.spelled(sentence.text, spelling)
            if text == sentence.text:
                continue
            held = any(spelling.kept in c.text for c in sentence.citations)
            cited = sentence.citations if held else (*sentence.citations, source)
            changes = {"text": text, "method": _no_longer(sentence), "citations": cited}
            account = account.reworded(place, sentence.model_copy(update=changes))
    return account


def _no_longer(sentence: CitedSentence) -> Method:
    """How a sentence is made once a word of ours is in it: what was quoted is quoted no more."""
    return "trimmed" if sentence.method == "quoted" else sentence.method
