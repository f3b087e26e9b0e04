"""True rewrites of figures: other forms, looser bounds, parts of a whole, measures, dates.

Works on the text with the parse as a guard: a figure in a name, an age or a year is left alone.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence

from summarizer.nlp import Parsed
from summarizer.training.surgery import cues, spliced

Found = Iterator[str]
_BIG = re.compile(r"(?P<cur>[$€£])?(?P<n>\d+(?:\.\d+)?) (?P<word>million|billion|trillion)\b(?!-)")
_SHORT = {"million": "m", "billion": "bn", "trillion": "tn"}
_PERCENT = re.compile(r"\b(\d+(?:\.\d+)?)(%| percent| per cent)(?= of\b)")
_WHOLE = re.compile(r"(?<![\d.,$€£/-])(\d{1,3}(?:,\d{3})+|\d{2,6})(?![\d.,:/%-]|\w)")


def _swap(s: Parsed, at: re.Match[str], by: str) -> str:
    made = s.text[: at.start()] + by + s.text[at.end() :]
    return made[:1].upper() + made[1:]


def number_form(s: Parsed, evidence: Sequence[Parsed], rng: random.Random) -> Found:
    """The same number in words, digits, scales or signs."""
    words: list[str] = cues()["numerals"]
    for i, t in enumerate(s.tokens[:-1]):
        after = s.tokens[i + 1]
        counts = (
            t.dep == "nummod" and s.tokens[t.head].pos == "NOUN" and after.pos in ("NOUN", "ADJ")
        )
        if not counts or t.entity in ("DATE", "PERCENT", "MONEY", "TIME", "ORDINAL", "LAW"):
            continue
        if i and s.tokens[i - 1].text in ("-", "–", "to"):
            continue
        if s.text[t.end : t.end + 1] != " " or s.text[max(0, t.start - 1) : t.start] == "-":
            continue
        if t.text.isdigit() and 1 < int(t.text) <= 20:
            yield spliced(s, (i, i + 1, words[int(t.text)]))
        if t.text == "12" or t.lower == "twelve":
            yield spliced(s, (i, i + 1, "a dozen"))
        if t.lower in words[2:]:
            yield spliced(s, (i, i + 1, str(words.index(t.lower))))
        if t.text == "100":
            yield spliced(s, (i, i + 1, "a hundred"))
    for at in _BIG.finditer(s.text):
        cur, n, word = at.group("cur") or "", at.group("n"), at.group("word")
        unit = {"$": " dollars", "€": " euros", "£": " pounds", "": ""}[cur]
        yield _swap(s, at, f"{cur}{n}{_SHORT[word]}")
        follows = re.match(r" ([a-z]+)", s.text[at.end() :])
        if cur and (follows is None or follows.group(1) in cues()["sum_followers"]):
            yield _swap(s, at, f"{n} {word}{unit}")
        if word == "million" and float(n) < 100:
            yield _swap(s, at, f"{cur}{round(float(n) * 1_000_000):,}")
        if word == "billion":
            yield _swap(s, at, f"{cur}{round(float(n) * 1000):,} million")
    for at in re.finditer(r"(?<![$\d,.])\b(\d{1,3}),(\d00),000\b(?![,.]\d)", s.text):
        yield _swap(s, at, f"{at.group(1)}.{at.group(2)[0]} million".replace(".0 ", " "))
    for at in re.finditer(r"(\d)(%| percent\b| per cent\b)(?! point)", s.text):
        for other in ("%", " percent", " per cent"):
            if other != at.group(2):
                yield _swap(s, at, at.group(1) + other)
    for scale, size in cues()["scales"].items():
        for at in re.finditer(rf"\b(\d+(?:\.\d+)?) {scale}\b", s.text):
            yield _swap(s, at, f"{round(float(at.group(1)) * size):,}")
    for at in re.finditer(
        r"\$(\d{1,3}(?:,\d{3})*)(?= (?:in|to|for|on|from|by)\b|\.$)(?!\.\d)", s.text
    ):
        yield _swap(s, at, f"{at.group(1)} dollars")


def part_of_whole(s: Parsed, evidence: Sequence[Parsed], rng: random.Random) -> Found:
    """ "25 percent of" as "a quarter of" or "one in four of"."""
    for at in _PERCENT.finditer(s.text):
        before = s.text[: at.start()].split()[-1:]
        if before and before[0].lower() in (*cues()["articles"], "by", "-", "to"):
            continue
        follows = s.text[at.end() :]
        for form in cues()["parts"].get(at.group(1), ()):
            if " in " not in form:
                yield _swap(s, at, form)
            elif not re.match(r" of (the|all|those|these|us|its|his|their)\b", follows):
                made = s.text[: at.start()] + form + follows.removeprefix(" of")
                yield made[:1].upper() + made[1:]


def looser_bound(s: Parsed, evidence: Sequence[Parsed], rng: random.Random) -> Found:
    """ "755" as "more than 750", "nearly 760", "at least 700", "about 750"."""
    guard, starts = cues()["approximators"], {t.start: t for t in s.tokens}
    for at in _WHOLE.finditer(s.text):
        token = starts.get(at.start())
        n = int(at.group(1).replace(",", ""))
        if (
            token is None
            or token.dep != "nummod"
            or token.entity not in ("", "CARDINAL", "QUANTITY")
        ):
            continue
        if s.subtree(token.head)[0] != s.tokens.index(token):
            continue
        if s.tokens[token.head].pos != "NOUN" or s.text[at.end() : at.end() + 1] != " ":
            continue
        before = s.text[: at.start()].split()[-1:]
        if before and (
            before[0].lower() in guard or before[0][0].isupper() or before[0] in cues()["articles"]
        ):
            continue
        if n < 21 or (1900 <= n <= 2099 and "," not in at.group(1)):
            continue
        step = 10 ** (len(str(n)) - 2)
        step = step * 5 if n >= 100 and step > 1 else max(step, 10)
        low, high = n // step * step, (n // step + 1) * step
        if low == n:
            lower = n - step
            if lower > 0:
                yield _swap(s, at, f"at least {n:,}")
                yield _swap(s, at, f"more than {lower:,}")
            continue
        yield _swap(s, at, f"more than {low:,}")
        yield _swap(s, at, f"at least {low:,}")
        yield _swap(s, at, f"fewer than {high:,}")
        near = low if n - low < high - n else high
        if abs(near - n) <= 0.06 * n:
            yield _swap(s, at, f"about {near:,}")


def bound_words(s: Parsed, evidence: Sequence[Parsed], rng: random.Random) -> Found:
    """ "more than 40" as "over 40", and as the weaker "at least 40"."""
    for group in cues()["before_number"]:
        for old in group:
            for at in re.finditer(rf"\b{old} (?=[$€£]?\d)(?![\d,.]+-)", s.text, re.IGNORECASE):
                yield from (_swap(s, at, other + " ") for other in group if other != old)
    for old, new in cues()["weaker_bounds"]:
        for at in re.finditer(rf"\b{old} (?=[$€£]?\d)(?![$€£]?\d[\d,.]*(%| per|-))", s.text, re.I):
            yield _swap(s, at, new + " ")


def measure(s: Parsed, evidence: Sequence[Parsed], rng: random.Random) -> Found:
    """Miles as kilometres and the like, "about" before them."""
    for i, t in enumerate(s.tokens[1:], 1):
        entry, before = cues()["measures"].get(t.lemma), s.tokens[i - 1]
        if entry is None or t.pos != "NOUN" or not re.fullmatch(r"\d[\d,]*(\.\d+)?", before.text):
            continue
        if s.text[before.end : before.end + 1] != " " or before.dep != "nummod":
            continue
        earlier = s.tokens[i - 2].lower if i > 1 else ""
        if earlier in (*cues()["approximators"], *cues()["articles"], "$", "-", "€", "per"):
            continue
        value = float(before.text.replace(",", "")) * entry[0]
        digits = f"{value:.1f}" if value < 10 else f"{value:,.0f}"
        yield spliced(s, (i - 1, i + 1, f"about {digits} {entry[1]}"))


def date_form(s: Parsed, evidence: Sequence[Parsed], rng: random.Random) -> Found:
    """ "March 9" as "9 March", "Sept. 4" as "September 4", "Tuesday" as "on Tuesday"."""
    short: dict[str, str] = cues()["short_months"]
    months = "|".join(map(re.escape, [*cues()["months"], *short]))
    days = "|".join(cues()["weekdays"])
    for at in re.finditer(
        rf"(?<!\w)({months}) (\d{{1,2}})(?:, (\d{{4}}),?)?(?! (?:and|to|or) \d)(?![\d\w-])", s.text
    ):
        month = short.get(at.group(1), at.group(1))
        year = f" {at.group(3)}" if at.group(3) else ""
        if int(at.group(2)) <= 31 and f"the {at.group(1)}" not in s.text:
            yield _swap(s, at, f"{at.group(2)} {month}{year}")
            if s.text[: at.start()].endswith("on "):
                yield _swap(s, at, f"the {at.group(2)}{_th(int(at.group(2)))} of {month}{year}")
            if month != at.group(1):
                yield _swap(s, at, f"{month} {at.group(2)}" + (f", {at.group(3)}" if year else ""))
    for at in re.finditer(rf"(?<!\w)(\d{{1,2}}) ({months})\b(?! \d)", s.text):
        yield _swap(s, at, f"{at.group(2)} {at.group(1)}")
    for i, t in enumerate(s.tokens[1:], 1):
        if (
            re.fullmatch(days, t.text)
            and t.dep == "npadvmod"
            and s.tokens[i - 1].tag in ("VBD", "VBN")
        ):
            yield spliced(s, (i, i + 1, f"on {t.text}"))
        verb = s.tokens[i - 2] if i > 1 and s.tokens[i - 1].lower == "on" else None
        if verb is not None and re.fullmatch(days, t.text) and t.dep == "pobj":
            if s.tokens[i - 1].head != i - 2:
                continue
            if verb.tag in ("VBD", "VBN"):
                yield spliced(s, (i - 1, i + 1, t.text))


def _th(n: int) -> str:
    return "th" if 10 < n < 20 else {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")
