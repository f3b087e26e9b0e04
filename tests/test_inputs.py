"""The rules of summarizer.inputs: what is taken, what is refused, and in which words."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.errors import BadInput, BadStory, UnreadableFile
from summarizer.inputs import iter_stories, parse_line, parse_story, read_paths
from summarizer.schema import Article, Story
from summarizer.text.language import language, language_warnings

REPORT = "The ferry pier at Norhavn stayed shut on Friday. Divers looked at every pile."


def write(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def stdin(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(data)))


# --- stories of files ----------------------------------------------------------------------------


def test_several_files_and_a_folder_are_one_story(tmp_path: Path) -> None:
    """Files given together, or in one folder, are the articles of a story, named by their stems."""
    folder = tmp_path / "pier"
    folder.mkdir()
    paths = [write(folder, "coast.txt", REPORT), write(folder, "post.md", f"# Shut\n\n{REPORT}")]
    together = read_paths(paths).story
    assert [a.id for a in together.articles] == ["coast", "post"]
    assert read_paths([folder]).story == together
    assert together.id == "pier"


def test_a_taken_id_gets_a_number(tmp_path: Path) -> None:
    """Two files of one stem keep apart: a, a-2."""
    (tmp_path / "x").mkdir()
    paths = [write(tmp_path, "a.txt", REPORT), write(tmp_path / "x", "a.txt", REPORT)]
    assert [a.id for a in read_paths(paths).story.articles] == ["a", "a-2"]


def test_what_a_folder_holds_besides_is_named(tmp_path: Path) -> None:
    """Files of other kinds in a folder are not read, and the warning names them."""
    write(tmp_path, "a.txt", REPORT)
    write(tmp_path, "logo.png", b"\x89PNG")
    reading = read_paths([tmp_path])
    assert len(reading.story.articles) == 1
    assert "not read: logo.png" in reading.warnings[0]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("s.json", {"id": "s", "articles": [{"id": "a", "text": REPORT}]}),
        ("s.json", [{"id": "a", "text": REPORT}]),
        ("s.json", {"id": "a", "text": REPORT}),
        ("s.jsonl", {"id": "s", "articles": [{"id": "a", "text": REPORT}]}),
    ],
    ids=["story", "list", "article", "one line"],
)
def test_json_is_a_story_a_list_or_an_article(tmp_path: Path, name: str, value: object) -> None:
    """JSON may be a whole story, its articles, or one article; the id falls back to the stem."""
    story = read_paths([write(tmp_path, name, json.dumps(value))]).story
    assert story == Story(id="s", articles=(Article(id="a", text=REPORT),))


def test_several_stories_point_to_batch(tmp_path: Path) -> None:
    """summarize takes one story; a file of more says which command takes them."""
    line = json.dumps({"articles": [{"text": REPORT}]})
    with pytest.raises(BadInput, match=r"holds 2 stories; .* use: summarizer batch"):
        read_paths([write(tmp_path, "s.jsonl", f"{line}\n{line}\n")])


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (REPORT.encode(), REPORT),
        (json.dumps({"text": REPORT}).encode(), REPORT),
        (json.dumps({"articles": [{"text": REPORT}]}).encode() + b"\n", REPORT),
        (b"[Editor: rain] fell", "[Editor: rain] fell"),
    ],
    ids=["text", "article", "story", "text in brackets"],
)
def test_standard_input_is_told_by_its_start(
    monkeypatch: pytest.MonkeyPatch, data: bytes, text: str
) -> None:
    """'-' reads text, or JSON where it begins like JSON."""
    stdin(monkeypatch, data)
    assert [a.text for a in read_paths(["-"]).story.articles] == [text]


# --- what is refused -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content", "match"),
    [
        ("a.txt", b"", r"there is no text in .*a\.txt'; give at least one article"),
        ("a.txt", b" \n\t \r\n", r"there is no text in"),
        ("a.txt", b"\x89PNG\r\n\x1a\n" + bytes(range(256)), r"is a binary file; give text"),
        ("a.bin", bytes(range(256)) * 9, r"is a binary file; give text"),
        ("a.txt", b"\xff\xfe\x00", r"begins as UTF-16 but byte 2 is not; save it as UTF-8"),
        ("a.json", b"{", r"a\.json': broken JSON at line 1, column 2 .*; correct the JSON"),
        ("a.json", b"[" * 99_999, r"JSON nested too deep"),
        ("a.json", b"3", r"a number is no story; give an object"),
        ("a.json", b"{}", r'"articles" is missing; give a list'),
        ("a.json", b'{"articles": {}}', r'"articles" is an object; give a list'),
        ("a.json", b'{"articles": []}', r"there are no articles; give at least one"),
        ("a.json", b'[{"text": ""}, {"text": " "}]', r'every text is empty; fill "text"'),
        ("a.json", b'{"id": "q", "text": " "}', r"article 'q' has empty text; fill \"text\""),
        ("a.json", b'[{"title": "t"}]', r'article 1 has no "text"; add it'),
        ("a.json", b'[{"id": "b", "text": 5}]', r"article 'b': \"text\" is a number; give a text"),
        ("a.json", b'["t"]', r"article 1 is a text; give an object"),
        ("a.json", b'[{"id":"b","text":"t"},{"id":"b","text":"t"}]', r"'b' is given twice; give"),
        ("a.json", b'{"id": 4, "articles": [{"text": "t"}]}', r'"id" is a number; give a text'),
        ("a.json", b'[{"text": "\\ud800"}]', r'"text" holds half a surrogate pair'),
        ("a.jsonl", b'\n{"articles"', r"a\.jsonl', line 2: broken JSON"),
        ("a.jsonl", b"\n", r"a\.jsonl' is empty; give one story"),
    ],
)
def test_what_cannot_be_used_is_refused_in_a_sentence(
    tmp_path: Path, name: str, content: bytes, match: str
) -> None:
    """Every bad file is one sentence naming the file, the place and field, and the mend."""
    with pytest.raises(BadInput, match=match) as caught:
        read_paths([write(tmp_path, name, content)])
    assert "\n" not in str(caught.value)


def test_missing_files_and_folders_are_refused(tmp_path: Path) -> None:
    """No path, a missing file and a folder with nothing to read are each said."""
    with pytest.raises(BadInput, match=r"no file was given"):
        read_paths([])
    with pytest.raises(UnreadableFile, match=r"there is no file .*; check the path"):
        read_paths([tmp_path / "none.txt"])
    with pytest.raises(UnreadableFile, match=r"has no file to read; give one with"):
        read_paths([tmp_path])


def test_a_file_without_permission_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that may not be opened is said to be so (root may open all: so it is pretended)."""

    def refuse(self: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(UnreadableFile, match=r"permission denied\); check the path and its"):
        read_paths([write(tmp_path, "a.txt", REPORT)])


def test_an_empty_article_among_others_stays(tmp_path: Path) -> None:
    """One empty article is not refused here: the summary sets it aside with its reason."""
    paths = [write(tmp_path, "a.txt", REPORT), write(tmp_path, "b.txt", " \n")]
    assert [a.id for a in read_paths(paths).story.articles] == ["a", "b"]


def test_unknown_fields_are_named_and_ignored() -> None:
    """Fields that no value has are named in a warning; those that are expected are not."""
    value = {"id": "s", "sumary": [], "articles": [{"id": "a", "text": "t", "outlett": "x"}]}
    story, warnings = parse_story(value, "line 3")
    assert story.articles == (Article(id="a", text="t"),)
    assert warnings == ("story 's' (line 3): unknown fields sumary, articles.outlett ignored",)
    assert (
        parse_story({"summary": [], "articles": [{"text": "t"}]}, "x", also=("summary",))[1] == ()
    )


# --- lines of stories ----------------------------------------------------------------------------


def test_one_bad_line_stops_no_other(tmp_path: Path) -> None:
    """Lines are read one by one: a bad one gives its error in its place, with its number."""
    good = json.dumps({"id": "s1", "articles": [{"text": REPORT}]})
    bad = json.dumps({"id": "s2", "articles": [{"id": "b", "title": "t"}]})
    path = write(tmp_path, "s.jsonl", f"{good}\n\n{bad}\n{{\n\xff".encode("latin-1") + b"\x00\n")
    lines = list(iter_stories(path))
    assert [(x.line, x.story is None) for x in lines] == [
        (1, False),
        (3, True),
        (4, True),
        (5, True),
    ]
    assert str(lines[1].error) == "story 's2' (line 3): article 'b' has no \"text\"; add it"
    assert "line 4: broken JSON" in str(lines[2].error)
    assert "line 5 is not text" in str(lines[3].error)


def test_a_line_without_id_is_named_by_its_number() -> None:
    """A story of a file of many needs a name of its own."""
    assert parse_line(b'{"articles": [{"text": "t"}]}', 7)[0].id == "line-7"


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["id", "articles", "text", "title", "gold", "grid", "reference", "x"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@settings(max_examples=300, deadline=None)
@given(JSON_VALUES)
def test_any_json_is_a_story_or_a_sentence(value: object) -> None:
    """Whatever a line holds, the answer is a story or one sentence that says the mend."""
    outcome = _outcome(json.dumps(value).encode())
    if isinstance(outcome, Story):
        assert any(a.text.strip() for a in outcome.articles)
    else:
        assert "line 1" in outcome
        assert "; " in outcome


def _outcome(raw: bytes) -> Story | str:
    """The story of a line, or the sentence that refuses it."""
    try:
        return parse_line(raw, 1)[0]
    except BadStory as error:
        return str(error)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_are_a_line_or_an_error(raw: bytes) -> None:
    """No bytes make reading fail in any other way than by its own errors."""
    outcome = _outcome(raw)
    assert isinstance(outcome, Story) or "line 1" in outcome


# --- language ------------------------------------------------------------------------------------


def test_what_is_not_english_is_said() -> None:
    """An article in another language is named; one too short to tell is not."""
    german = "Der Hafen von Norhavn blieb am Freitag geschlossen, weil Taucher die Pfähle prüfen. "
    articles = [
        Article(id="a", text=REPORT * 3),
        Article(id="b", text=german * 3, outlet="Küste"),
        Article(id="c", text="Hafen zu"),
    ]
    assert language(REPORT) == "en"
    (warning,) = language_warnings(articles)
    assert "made for English" in warning
    assert warning.endswith("Küste (de)")
    assert language_warnings(articles[:1]) == ()


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Der Hafen bleibt bis Montag gesperrt.", "de"),
        ("Le port reste fermé jusqu'à lundi.", "fr"),
        ("أغلقت السلطات الجسر يوم الجمعة.", "Arabic script"),
        ("Порт закрыт.", "Cyrillic script"),
        ("港口周五关闭。", "Han script"),
    ],
)
def test_short_texts_in_another_language_are_named(text: str, named: str) -> None:
    """A script is told at once, a language of Latin script where it is plain."""
    (warning,) = language_warnings([Article(id="a", text=text)])
    assert warning.endswith(f"a ({named})")


@pytest.mark.parametrize(
    "text",
    ["Nobody was hurt.", "Deutsche Bank shares fell in Frankfurt.", "Zoë Müller resigned."],
)
def test_short_english_is_not_taken_for_another_language(text: str) -> None:
    """Names and short sentences raise no warning."""
    assert language_warnings([Article(id="a", text=text)]) == ()


# --- markup and times ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "plain"),
    [
        (
            "<p>The pier\nis shut.</p><p>AT&amp;T said &quot;no&quot;.&nbsp;It rained.</p>",
            'The pier is shut.\n\nAT&T said "no". It rained.',
        ),
        ("A.<br>B.<br/>C.", "A.\nB.\nC."),
        ("&lt;p&gt;It rained.&lt;/p&gt;", "It rained."),
        ("<tr><td>Orrin</td><td>12</td></tr>", "Orrin | 12"),
        ("It rained.<script>var a = 1</script><!-- ad -->", "It rained."),
    ],
)
def test_markup_in_json_is_decoded_with_a_warning(given: str, plain: str) -> None:
    """Tags end lines or vanish, entities become characters, and offsets are of the result."""
    story, (warning,) = parse_story({"id": "s", "articles": [{"id": "a", "text": given}]}, "x")
    assert story.articles[0].text == plain
    assert "decoded; offsets are of the decoded text" in warning


def test_what_is_no_markup_stays() -> None:
    """Signs that only look like HTML are the text's; nor is a text with given spans changed."""
    for text in ("AT&T R&D; a < b > c", "<system>x</system>", "&foo; & bar"):
        story, warnings = parse_story({"articles": [{"text": text}]}, "x")
        assert (story.articles[0].text, warnings) == (text, ())
    spans = {"articles": [{"id": "a", "text": "A &amp; B"}], "grid": {"a": [[0, 9]]}}
    assert parse_story(spans, "x")[0].articles[0].text == "A &amp; B"


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ("2026-03-06", "2026-03-06"),
        ("2026-03-06T10:00:00Z", "2026-03-06T10:00:00Z"),
        ("20260306", "2026-03-06"),
        ("Fri, 06 Mar 2026 10:00:00 GMT", "2026-03-06T10:00:00+00:00"),
        ("6 Mar 2026 10:00 -0500", "2026-03-06T10:00:00-05:00"),
        ("06 Mar 2026", "2026-03-06"),
    ],
)
def test_times_of_feeds_become_iso(given: str, read: str) -> None:
    """ISO 8601 in any form and RFC 2822 are read, without a warning."""
    story, warnings = parse_story({"articles": [{"text": "t", "published": given}]}, "x")
    assert (story.articles[0].published, warnings) == (read, ())


@pytest.mark.parametrize("given", ["yesterday", "03/06/2026", "2026-03", "32 Mar 2026"])
def test_other_times_are_named(given: str) -> None:
    """A time that cannot be read stays as it is, and the warning says which and how to mend it."""
    value = {"articles": [{"id": "b", "text": "t", "published": given}]}
    story, (warning,) = parse_story(value, "line 3")
    assert story.articles[0].published == given
    assert f"line 3: article 'b': \"published\" is {given!r}" in warning
    assert "write it as" in warning
