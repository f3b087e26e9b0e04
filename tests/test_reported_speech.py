"""Rules for reported speech: who says what, in how many ways English puts it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.nlp import Parsed, parse
from summarizer.nlp.antecedents import antecedent
from summarizer.nlp.quotations import quotations
from summarizer.nlp.reported_speech import (
    ReportedSpeech,
    reported_speech,
    reporting_words,
)


def _words(parsed: Parsed, indices: tuple[int, ...]) -> str:
    return " ".join(parsed.tokens[i].text for i in indices)


def _read(text: str) -> list[tuple[str, str, str]]:
    """Speaker, lemma and content of every report, as words."""
    (parsed,) = parse([text])
    return [
        (_words(parsed, r.speaker), r.lemma, _words(parsed, r.content))
        for r in reported_speech(parsed)
    ]


def _only(text: str) -> ReportedSpeech:
    (parsed,) = parse([text])
    (report,) = reported_speech(parsed)
    return report


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Mayor Pell said that the bridge would close.",
            ("Mayor Pell", "say", "that the bridge would close"),
        ),
        ("Police say two men drowned.", ("Police", "say", "two men drowned")),
        ("The bridge will close, Pell said.", ("Pell", "say", "The bridge will close")),
        ("The bridge, Pell said, will close.", ("Pell", "say", "The bridge will close")),
        (
            "According to police, two men were arrested.",
            ("police", "accord", "two men were arrested"),
        ),
        (
            "Two men were arrested, according to a clerk of the court.",
            ("a clerk of the court", "accord", "Two men were arrested"),
        ),
        (
            "Pell told reporters the dam was safe.",
            ("Pell", "tell", "the dam was safe"),
        ),
        (
            "In Pell's words, the plan is a mess.",
            ("Pell", "word", "the plan is a mess"),
        ),
        (
            "The paper printed the minister's claim that wages had risen.",
            ("the minister", "claim", "that wages had risen"),
        ),
        (
            "The ministry issued a warning that the river would flood.",
            ("The ministry", "warning", "that the river would flood"),
        ),
        (
            "Pell claimed in a letter that the dam was safe.",
            ("Pell", "claim", "that the dam was safe"),
        ),
        (
            "On Sunday Pell, the mayor, said the dam was safe.",
            ("Pell , the mayor", "say", "the dam was safe"),
        ),
        ("Pell on Monday said the dam was safe.", ("Pell", "say", "the dam was safe")),
        ("As Pell said, the dam is safe.", ("Pell", "say", "the dam is safe")),
        (
            "The firm is reportedly preparing to sell its mines.",
            ("", "reportedly", "The firm is preparing to sell its mines"),
        ),
        (
            "Pell is alleged to have taken bribes.",
            ("", "allege", "to have taken bribes"),
        ),
        (
            "Pell was accused by the auditor of taking bribes.",
            ("the auditor", "accuse", "taking bribes"),
        ),
    ],
)
def test_speech_is_found_however_it_is_reported(text: str, expected: tuple[str, str, str]) -> None:
    """The speaker may stand before, behind or inside what is said, as a subject or a possessor."""
    assert _read(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        '"The dam is safe," Pell said.',
        '"The dam is safe," said Pell.',
        'Pell said: "The dam is safe."',
        '"The dam is safe," Pell told a local paper.',
        "\u201cThe dam is safe,\u201d Pell said.",
    ],
)
def test_a_quotation_belongs_to_whom_stands_beside_it(text: str) -> None:
    """What stands whole in quotation marks beside a verb of saying is said by its subject."""
    (parsed,) = parse([text])
    (report,) = reported_speech(parsed)
    assert _words(parsed, report.speaker) == "Pell"
    assert "The dam is safe" in _words(parsed, report.content)


def test_a_quotation_split_by_its_speaker_is_one() -> None:
    """Both halves of a quotation that the speaker's name interrupts are that speaker's."""
    text = '"We will not leave," said Anna Pell, the chief of police, "until the road is open."'
    (parsed,) = parse([text])
    (report,) = reported_speech(parsed)
    assert _words(parsed, report.speaker) == "Anna Pell , the chief of police"
    content = _words(parsed, report.content)
    assert "We will not leave" in content
    assert "until the road is open" in content


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("Pell denied that the dam was leaking.", "that the dam was leaking"),
        ("Pell denied taking bribes.", "taking bribes"),
        ("Pell denied the allegations.", "the allegations"),
        ("Pell dismissed the claim that the dam was leaking.", "that the dam was leaking"),
        ("Pell disputed the report.", "the report"),
    ],
)
def test_what_is_denied_is_reported(text: str, content: str) -> None:
    """Who denies, rejects or disputes something speaks of it: it is the content of the report."""
    (parsed,) = parse([text])
    first = reported_speech(parsed)[0]
    assert _words(parsed, first.speaker) == "Pell"
    assert _words(parsed, first.content) == content


@pytest.mark.parametrize(
    "text",
    [
        "The court rejected an appeal from the union.",
        "The court denied the union's request to leave.",
        "The mayor denied farmers the land.",
        "The mayor dismissed the clerk.",
    ],
)
def test_to_refuse_what_nobody_said_is_no_denial(text: str) -> None:
    """Who rejects an appeal, denies a request or dismisses a clerk disputes nothing."""
    assert _read(text) == []


def test_claim_and_denial_keep_each_its_speaker() -> None:
    """Who rejects a claim and who makes it are two speakers of one content."""
    text = "The union rejected the minister's claim that wages had risen."
    assert _read(text) == [
        ("The union", "reject", "that wages had risen"),
        ("the minister", "claim", "that wages had risen"),
    ]


def test_a_participle_goes_on_with_the_same_speaker() -> None:
    """What follows "adding that" is the same speaker's and no part of what was said before."""
    text = "The firm denied that it had dumped waste, saying its pipes were sound."
    assert _read(text) == [
        ("The firm", "deny", "that it had dumped waste"),
        ("The firm", "say", "its pipes were sound"),
    ]


def test_a_report_inside_a_report_has_its_own_speaker() -> None:
    """Of a report within a report, each word hangs on the nearest word that reports it."""
    (parsed,) = parse(["Pell said the clerk had told her that the dam was leaking."])
    assert [_words(parsed, r.speaker) for r in reported_speech(parsed)] == ["Pell", "the clerk"]
    governed = {parsed.tokens[i].text: parsed.tokens[v].text
                for i, v in reporting_words(parsed).items()}  # fmt: skip
    assert governed["told"] == "said"
    assert governed["leaking"] == "told"


@pytest.mark.parametrize(
    "text",
    [
        "Pell threatened to leave the council.",
        "The council called the plan a mess.",
        "Pell did not say that the dam was leaking.",
        "Pell declined to say whether the dam was leaking.",
        "The dam was built in May.",
        "Pell told reporters on Monday.",
    ],
)
def test_what_nobody_is_reported_to_say_is_no_report(text: str) -> None:
    """An intention, a name given, and what somebody did not say are no reported speech."""
    assert _read(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('He called it "a mess" and left.', ['" a mess "']),
        ('"We won," Pell said. "We won well."', ['" We won , "', '" We won well . "']),
        ('We won," Pell said.', ['We won , "']),
        ('Pell said: "We won.', ['" We won .']),
        ("The farmers' plan won.", []),
    ],
)
def test_a_quotation_without_its_partner_runs_to_the_end(text: str, expected: list[str]) -> None:
    """A sentence cut out of a longer quotation has one mark only, and the rest is quoted."""
    (parsed,) = parse([text])
    assert [_words(parsed, tuple(range(a, b))) for a, b in quotations(parsed)] == expected


def _means(*texts: str) -> str | None:
    """The word that the pronoun of the last text means."""
    *before, last = parse(list(texts))
    speaker = [i for i, t in enumerate(last.tokens) if t.lower in ("he", "she", "they", "it")][:1]
    found = antecedent(last, speaker, before)
    return before[found[0]].tokens[found[1]].text if found else None


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (("Mayor Anna Pell closed the bridge.", "She said it was unsafe."), "Pell"),
        (("Anna Pell closed it.", "Pell was tired.", "She said it was unsafe."), "Pell"),
        (("Mayor Pell closed it.", "The mayor was asked why.", "She said it was unsafe."), "mayor"),
        (("Mayor Anna Pell met Mr. Reed.", "She said the bridge was unsafe."), "Pell"),
        (("A spokeswoman answered.", "She said it was unsafe."), "spokeswoman"),
        (("Officials closed the bridge.", "They said it was unsafe."), "Officials"),
    ],
)
def test_a_pronoun_means_the_one_person_there_is(texts: tuple[str, ...], expected: str) -> None:
    """Where one person alone can be meant, named once or more, the last mention is given."""
    assert _means(*texts) == expected


@pytest.mark.parametrize(
    "texts",
    [
        ("Mayor Anna Pell met Tom Reed.", "She said the bridge was unsafe."),
        ("Anna Pell closed it.", "The mayor was asked why.", "She said it was unsafe."),
        ("A spokesman answered.", "She said it was unsafe."),
        ("Anna Pell closed it.", "When Reed arrived, she said it was unsafe."),
        ("Officials met farmers.", "They said it was unsafe."),
        ("The bridge is named after Anna Pell.", "She said it was unsafe."),
        ("The bridge fell.", "She said it was unsafe."),
        ("Anna Pell closed the bridge.", "It said so."),
        ("She said it was unsafe.",),
    ],
)
def test_a_pronoun_that_two_can_claim_means_nobody(texts: tuple[str, ...]) -> None:
    """Where two compete, nobody fits or the word is no personal pronoun, nothing is guessed."""
    assert _means(*texts) is None


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from([
    "Pell", "said", "that", "the", "dam", '"', ",", "according", "to", "denied", "claim",
    "leaked", "adding", ".", "who", "was", "accused", "of", "in", "words", "'s", ":",
]), max_size=14))  # fmt: skip
def test_any_row_of_words_can_be_read(words: list[str]) -> None:
    """No text breaks the rules: indices are of the text, in order, and nobody says himself."""
    (parsed,) = parse([" ".join(words)])
    for report in reported_speech(parsed):
        assert list(report.content) == sorted(set(report.content))
        assert not {report.verb, *report.speaker} & set(report.content)
        assert all(0 <= i < len(parsed.tokens) for i in (*report.content, *report.speaker))
