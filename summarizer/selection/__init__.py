"""Which claims a summary tells, in which order, within its length.

Ranks and orders groups of evidence; it neither writes nor checks a sentence.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence, Set
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from summarizer.config import Config
from summarizer.nlp import parse, subjectivity, well_formed
from summarizer.nlp.definites import definites
from summarizer.nlp.quantities import gives
from summarizer.nlp.reported_speech import reported_speech
from summarizer.nlp.words import bag, content, tf_idf, unit
from summarizer.selection.answers import Answers
from summarizer.selection.mouths import Mouths
from summarizer.types import Embedded, Evidence, Grouped, Planned, unit_mean

LEAD = -1.0
"""Where the lead stands in the reading order: before everything that `place` gives a place."""

_SECOND = 1 / 3
"""How near the top of its article the second sentence is told; see `earliest`."""


def salience(grouped: Grouped, config: Config) -> NDArray[np.float64]:
    """How much each claim matters: (n_evidence,) float64, higher is more.

    A weighted sum of what is known to mark salient content in news: centrality to the story, by
    vectors and by words (Radev et al., 2004), support by independent sources, an early place (Lin
    & Hovy, 1997), and the names and numbers it brings; less what makes a sentence heavy, the
    chance that even the claim's plainest sentence judges in its own words, and, of a story that
    runs for days, what none of its last reports tells.
    """
    embedded, weights = grouped.embedded, config.selection
    articles = [rows for a, rows in embedded.article_rows.items() if a not in grouped.strangers]
    if not grouped.evidence or not articles:
        return np.zeros(len(grouped.evidence))
    centre = unit_mean(np.stack([unit_mean(embedded.vectors[list(r)]) for r in articles]))
    by_words = word_centrality(embedded, articles)
    outlets = max(1, len(articles) - len(grouped.copies))
    scores = np.empty(len(grouped.evidence))
    for i, evidence in enumerate(grouped.evidence):
        leader = evidence.rows[0]
        text = embedded.sentences[leader].text
        central = float(embedded.vectors[leader] @ centre)
        # Features open on a person or a joke: an early place tells what matters only of the event.
        near = central + 2 * by_words[leader]
        early = earliest(embedded, evidence) if near >= weights.early_near else 0.0
        scores[i] = (
            weights.central_weight * central
            + weights.words_weight * by_words[leader]
            + weights.support_weight * (evidence.independent - 1) / max(1, outlets - 1)
            + weights.position_weight * early
            + weights.information_weight * min(well_formed.information(text), 6) / 6
            - heaviness(text, config)
            - weights.colour_weight * min(grouped.coloured[r] for r in evidence.rows)
            - weights.overtaken_weight * all(map(grouped.is_early, evidence.rows))
        )
    return scores


def word_centrality(embedded: Embedded, articles: Sequence[Sequence[int]]) -> NDArray[np.float64]:
    """Cosine of each sentence's tf-idf to the story's mean: (n_sentences,) float64 in [0, 1].

    articles: the rows of each article; every article weighs the same. Vectors see what a sentence
    is about, words whether it says what the others say. Linear in the words.
    """
    rows = [r for article in articles for r in article]
    bags = [bag(embedded.sentences[r].text) for r in rows]
    weights = dict(zip(rows, tf_idf(bags), strict=True))
    total: dict[str, float] = defaultdict(float)
    for article in articles:
        own: dict[str, float] = defaultdict(float)
        for r in article:
            for w, x in weights[r].items():
                own[w] += x
        for w, x in unit(own).items():
            total[w] += x
    centre = unit(total)
    scores = np.zeros(len(embedded.sentences))
    for r in rows:
        scores[r] = sum(x * centre[w] for w, x in weights[r].items())
    return scores


def heaviness(text: str, config: Config) -> float:
    """The penalty of a sentence, at least 0: for being mostly quotation, and for length."""
    over = max(0, well_formed.words(text) - config.selection.heavy_words) / 10
    return (
        config.selection.quotation_weight * well_formed.quoted_share(text)
        + config.selection.length_weight * over
    )


def reports(grouped: Grouped, row: int) -> bool:
    """Whether a sentence may be told as it is: a comment is no report, nor an opinion piece's word.

    What it says that somebody said is one, if it says so in plain words; what is outdated is none.
    """
    if row in grouped.outdated:
        return False
    sentence = grouped.embedded.sentences[row]
    if sentence.article not in grouped.opinions and row not in grouped.comments:
        return True
    if subjectivity.loaded(sentence.text):
        return False
    [parsed] = parse([sentence.text])
    return any(report.speaker for report in reported_speech(parsed))


def leads(embedded: Embedded, row: int, config: Config) -> bool:
    """Whether a sentence may open the summary: from the top of an article, with a verb, plain.

    "The page …" opens one only where it opens its article: else the article has said which.
    """
    sentence = embedded.sentences[row]
    text = well_formed.trim(sentence.text)
    if sentence.position > config.selection.lead_position or not well_formed.stands(text):
        return False
    if well_formed.quoted_share(text) >= config.selection.lead_quoted:
        return False
    [parsed] = parse([text])
    verb = any(parsed.tokens[r].pos in ("VERB", "AUX") for r in parsed.roots)
    return verb and (sentence.position == 0 or next(definites(parsed), None) is None)


def tellers(grouped: Grouped, evidence: Evidence, config: Config, lead: bool) -> tuple[int, ...]:
    """The claim's rows, the one that tells it best first.

    First what can open the summary (for the lead), then what stands on its own, then what the last
    reports say of a story that runs for days, then the plainest, then what is not heavy; else as
    they were: the leader, then the nearest to it. What an opinion piece says on its own word is
    left out, unless nothing else tells the claim.
    """
    embedded = grouped.embedded

    def rank(indexed: tuple[int, int]) -> tuple[bool, bool, bool, float, float, int]:
        i, row = indexed
        text = embedded.sentences[row].text
        heavy = round(2 * heaviness(text, config), 1)
        colour = round(grouped.coloured[row], 1)
        fit = leads(embedded, row, config) if lead else True
        return (
            not fit,
            not well_formed.stands(well_formed.trim(text)),
            grouped.is_early(row),
            colour,
            heavy,
            i,
        )

    told = [r for r in evidence.rows if reports(grouped, r)] or evidence.rows
    return tuple(row for _, row in sorted(enumerate(told), key=rank))


def tellable(grouped: Grouped, evidence: Evidence) -> bool:
    """Whether some sentence of the claim can stand in a summary, as it is or trimmed."""
    return any(
        well_formed.stands(well_formed.trim(grouped.embedded.sentences[r].text))
        and reports(grouped, r)
        for r in evidence.rows
    )


def plan(
    grouped: Grouped,
    scores: NDArray[np.float64],
    config: Config,
    *,
    words: int,
    sentences: int | None = None,
    tried: Collection[int] = (),
    told: Sequence[int] = (),
) -> list[tuple[int, Planned]]:
    """Choose the next claims to tell, for about `words` words or exactly `sentences` sentences.

    scores: (n_evidence,), as `salience` gives them.
    tried: indices into grouped.evidence that were planned before; told: those that ended in the
    summary. Greedy by salience less redundancy (Carbonell & Goldstein, 1998): what `repeats` the
    told is never chosen, unless it answers that: who is accused is heard next (`answers`); nor is
    more than a third of the text in one mouth, where others speak (`mouths`). Returns
    (index, Planned), best first; `Planned.order` gives the reading order: the lead, then as the
    articles themselves go.
    """
    embedded = grouped.embedded
    leaders = np.array([e.rows[0] for e in grouped.evidence], dtype=np.int64)
    own = [content(embedded.sentences[r].text) for r in leaders]
    nearest = np.full(len(leaders), -1.0)
    known: set[str] = set()
    for i in told:
        nearest = np.maximum(nearest, embedded.vectors[leaders] @ embedded.vectors[leaders[i]])
        known |= own[i]
    telling = [tellable(grouped, e) for e in grouped.evidence]
    # Where nothing can stand on its own (three words, verse, a list), the text is quoted as it is.
    open_ = np.array(telling if any(telling) else [True] * len(telling), dtype=bool)
    open_[list(tried)] = False
    leading = np.array(
        [
            any(leads(embedded, r, config) and reports(grouped, r) for r in e.rows)
            for e in grouped.evidence
        ],
        dtype=bool,
    )
    early = np.array([earliest(embedded, e) for e in grouped.evidence])
    opening = [is_opening(embedded, int(r), config) for r in leaders]
    # One opening is told; the others are no better than what follows them.
    later = config.selection.position_weight * np.where(opening, np.maximum(early - _SECOND, 0), 0)
    chosen: list[tuple[int, Planned]] = []
    mouths = Mouths.of([embedded.sentences[r].text for r in leaders], told, words)
    answers = Answers.of(grouped, config)
    spoken = list(told)
    total = 0
    while open_.any() and (sentences is None or len(chosen) < sentences):
        answer = answers.pending(open_, spoken)
        if answer is None and sentences is None and total >= words:
            break
        value = scores - config.selection.redundancy_weight * np.maximum(nearest, 0.0)
        shares = [known_share(words, known) for words in own]
        fresh = open_ & ~repeats(nearest, shares, opening, config)
        heard = fresh & ~mouths.full()
        value = np.where(heard if heard.any() else fresh, value, -np.inf)
        is_lead = not spoken
        value = value if is_lead else value - later
        if is_lead and np.isfinite(value[leading]).any():
            value = value + config.selection.lead_weight * early
            value = np.where(leading, value, -np.inf)
        best, answered = (int(np.argmax(value)), ()) if answer is None else answer
        if answer is None and not np.isfinite(value[best]):
            break
        open_[best] = False
        spoken.append(best)
        mouths.tell(best)
        evidence = grouped.evidence[best]
        order = LEAD if is_lead else place(grouped, evidence)
        rows = tellers(grouped, evidence, config, is_lead)
        if answer is not None:  # it is the first of its sentences that answers
            rows = tuple(dict.fromkeys((evidence.rows[0], *rows)))
        chosen.append((best, Planned(evidence, rows, order, answers=answered)))
        if sentences is None:
            total += well_formed.words(embedded.sentences[rows[0]].text)
        nearest = np.maximum(nearest, embedded.vectors[leaders] @ embedded.vectors[leaders[best]])
        known |= own[best] | content(embedded.sentences[rows[0]].text)
    shares = [known_share(words, known) for words in own]
    free = open_ & ~repeats(nearest, shares, opening, config)
    return _accompanied(grouped, chosen, leaders[free], config)


def _accompanied(
    grouped: Grouped, chosen: Sequence[tuple[int, Planned]], free: NDArray[np.int64], config: Config
) -> list[tuple[int, Planned]]:
    """Give each planned claim the sentences nearest to it that are told nowhere else.

    free: leaders of claims that are neither planned nor told nor repeat what is. Each goes to
    one claim, by rank of the claims; one whose cosine is under `companion_least` goes to none.
    """
    embedded = grouped.embedded
    plain = grouped.coloured < config.commentary.coloured
    left = [int(r) for r in free if plain[r] and reports(grouped, int(r))]
    accompanied = []
    for index, planned in chosen:
        own = embedded.vectors[planned.rows[0]]
        near = sorted(left, key=lambda r: -float(embedded.vectors[r] @ own))[
            : config.selection.companions
        ]
        taken = tuple(
            r for r in near if embedded.vectors[r] @ own >= config.selection.companion_least
        )
        left = [r for r in left if r not in taken]
        accompanied.append((index, replace(planned, companions=taken)))
    return accompanied


def repeats(
    nearest: NDArray[np.float64], known: Sequence[float], opening: Sequence[bool], config: Config
) -> NDArray[np.bool_]:
    """Which sentences repeat what is told: (n,), where both numbers add up to `repeat` or more.

    nearest: (n,) cosines to the told sentence that is nearest. known: the share of each one's
    content words that are told, in [0, 1]. Two wordings of one fact are high in both, two facts on
    one topic in vectors only; a short told sentence makes no repeat of a longer one. opening: which
    open an article: these tell what happened as if nobody had, so less makes them a repeat.
    """
    both = np.maximum(nearest, 0.0) + np.asarray(known)
    least = np.where(opening, config.selection.repeat_opening, config.selection.repeat)
    repeated: NDArray[np.bool_] = both >= least
    return repeated


def is_opening(embedded: Embedded, row: int, config: Config) -> bool:
    """Whether a sentence is the first of its article that reports, and stands at its top."""
    sentence = embedded.sentences[row]
    rows = embedded.article_rows[sentence.article]
    first = next((r for r in rows if embedded.sentences[r].field == "text"), None)
    return row == first and sentence.position <= config.selection.lead_position


def known_share(words: Set[str], known: Set[str]) -> float:
    """The share of `words` that are known, in [0, 1]."""
    return len(words & known) / max(1, len(words))


def earliest(embedded: Embedded, evidence: Evidence) -> float:
    """How near the top of an article a claim is told, in (0, 0.5]: 1 / (2 + position)."""
    return max(1.0 / (2.0 + max(embedded.sentences[r].position, 0)) for r in evidence.rows)


def place(grouped: Grouped, evidence: Evidence) -> float:
    """Where a claim stands in the text, the least first: about 0 to 2.

    Where it stands in its articles, 0 at the top and 1 at the end, the mean; behind all of these
    what nobody tells but opinion pieces.
    """
    embedded = grouped.embedded
    places = []
    for row in evidence.rows:
        s = embedded.sentences[row]
        n = max(1, len(embedded.article_rows[s.article]) - 1)
        places.append(min(1.0, max(s.position, 0) / n))
    argued = grouped.opinions.issuperset(evidence.articles)
    return float(np.mean(places)) + argued


def headline(grouped: Grouped, disputed: Collection[str] = ()) -> int | None:
    """The row of the article title that the story's titles and sentences are nearest to.

    disputed: values that the sources give differently, as worded; a title that takes one side, and
    still does when cut by `undisputed`, is taken only where there is no other.

    One that comments, says what ought to be or explains why comes after all others; of a story that
    runs for days the last reports' come first.
    Questions, first persons, titles that open with a quotation, loaded ones, those of opinion
    pieces and of fewer than four words are passed over; None if no article has one that can stand.
    """
    embedded = grouped.embedded
    centre = unit_mean(embedded.vectors)
    ranked = (
        (
            not impartial(undisputed(s.text, disputed), disputed),
            subjectivity.urges(s.text) or row in grouped.comments,
            grouped.is_early(row),
            -float(embedded.vectors[row] @ centre),
            row,
        )
        for row, s in enumerate(embedded.sentences)
        if s.field == "title"
        and s.article not in grouped.strangers
        and s.article not in grouped.opinions
        and heads(s.text)
    )
    *_, best = min(ranked, default=(None,))
    return best


def heads(text: str) -> bool:
    """Whether a text may head a summary: no question, no loaded word, four words or more."""
    return (
        well_formed.words(text) >= 4
        and not well_formed.asks(text)
        and not well_formed.personal(text)
        and text[:1] not in "\"'“‘«"
        and not subjectivity.loaded(text)
    )


def impartial(text: str, disputed: Collection[str]) -> bool:
    """Whether a text names none of the values that the sources give differently."""
    return not any(gives(text, v) for v in disputed)


def undisputed(title: str, disputed: Collection[str]) -> str:
    """The title without what follows a comma and gives one side of what differs, if it stands then.

    "Ferry hits breakwater in fog, 12 hurt" heads no summary in which another source has 14 hurt.
    """
    head, comma, rest = title.rpartition(", ")
    cut = bool(comma) and not impartial(rest, disputed)
    return head if cut and heads(head) and impartial(head, disputed) else title
