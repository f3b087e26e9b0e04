"""The encoder's vectors: unit rows, whatever the batch, the text or the engine.

Small random models stand for real ones; the real one is tried under the mark `weights`.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import tiny

from summarizer.backends import CloseEncoder, Encoder
from summarizer.backends.encoder import load
from summarizer.backends.registry import load_encoder
from summarizer.errors import BadOption
from summarizer.model_store import weights

LONG = " ".join(["The dam above Kelbrook held through the night"] * 80)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny.bert(tmp_path_factory.mktemp("bert"))


@pytest.fixture(scope="module")
def encoder(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Encoder:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SUMMARIZER_CACHE", str(tmp_path_factory.mktemp("cache")))
        return load_encoder(str(folder), threads=2)


def test_rows_are_unit_and_in_order(encoder: Encoder) -> None:
    """Row i embeds text i, at unit length; the empty text and a very long one too."""
    texts = [*tiny.NEWS, "", LONG, *tiny.NEWS[::-1]]
    vectors = encoder.encode(texts)
    assert vectors.shape == (len(texts), 32)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    np.testing.assert_allclose(vectors[:4], vectors[:-5:-1], atol=1e-6)


def test_no_texts_give_no_rows(encoder: Encoder) -> None:
    """Nothing in, nothing out, of the right width."""
    assert encoder.encode([]).shape == (0, 32)


def test_a_vector_does_not_depend_on_its_batch(encoder: Encoder) -> None:
    """Alone or among others, a sentence has the same vector to six decimals."""
    together = encoder.encode([*tiny.NEWS, LONG] * 20)
    alone = np.vstack([encoder.encode([t]) for t in [*tiny.NEWS, LONG]])
    np.testing.assert_allclose(together[:5], alone, atol=1e-6)


def test_the_end_of_a_long_sentence_counts(encoder: Encoder) -> None:
    """What stands after the model's 256 tokens still moves the vector: nothing is cut off."""
    other = LONG + " and a jury acquitted the mayor of bribery"
    one, two = encoder.encode([LONG, other])
    assert not np.allclose(one, two, atol=1e-4)


def test_special_tokens_in_text_are_text(encoder: Encoder) -> None:
    """`[SEP]` in an article is five characters, not the end of a sentence."""
    plain, marked = encoder.encode(["the mayor said", "the mayor [SEP] said"])
    spelled = encoder.encode(["the mayor [ sep ] said"])[0]
    np.testing.assert_allclose(marked, spelled, atol=1e-6)
    assert not np.allclose(plain, marked, atol=1e-3)


def test_both_engines_agree(encoder: Encoder, folder: Path) -> None:
    """torch, which serves CUDA, gives the vectors of CTranslate2, which serves the CPU."""
    from summarizer.backends import encoder as engines

    found = weights.find(str(folder))
    windows, piece = engines._windower(found.folder)
    other = engines._torch(found, "torch", "cpu", windows, piece)
    texts = [*tiny.NEWS, "", LONG]
    np.testing.assert_allclose(other.encode(texts), encoder.encode(texts), atol=1e-5)


def test_a_folder_that_does_not_convert_runs_in_torch(tmp_path: Path) -> None:
    """An encoder that CTranslate2 cannot read serves all the same, by the slower engine."""
    encoder = load_encoder(str(tiny.bert(tmp_path, positions=None)), threads=1)
    assert encoder.name.endswith("/torch")
    assert encoder.encode(tiny.NEWS).shape == (4, 32)


def test_a_missing_device_is_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Asking for CUDA where there is none names the device that is there."""
    monkeypatch.setattr("torch.cuda.is_available", lambda: False)
    with pytest.raises(BadOption, match="finds no CUDA device here; use device 'cpu'"):
        load_encoder(str(folder), device="cuda")


def test_the_second_load_converts_nothing(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The converted model is kept: loading again does not touch transformers."""
    monkeypatch.setenv("SUMMARIZER_CACHE", str(tmp_path))
    found = weights.find(str(folder))
    load(found, device="cpu", threads=1)
    monkeypatch.setattr("ctranslate2.converters.TransformersConverter.convert", None)
    assert load(found, device="cpu", threads=1).encode(["again"]).shape == (1, 32)


@pytest.mark.weights
def test_the_real_encoder_knows_what_is_alike() -> None:
    """Sentences of one claim lie near each other, a stranger far off."""
    flood, council, jury = load_encoder().encode(tiny.NEWS[:3])
    assert flood @ council > 0.5 > 0.3 > flood @ jury


@pytest.mark.weights
def test_the_real_encoder_is_the_official_one() -> None:
    """The converted weights agree with torch on the originals to five decimals."""
    from summarizer.backends import encoder as engines

    found = weights.find(weights.DEFAULT_ENCODER)
    texts = [*tiny.NEWS, "", LONG]
    other = engines._torch(found, "torch", "cpu", *engines._windower(found.folder))
    np.testing.assert_allclose(other.encode(texts), load_encoder().encode(texts), atol=1e-5)


def test_reading_gives_the_vectors_and_a_state_for_each_piece(encoder: Encoder) -> None:
    """Reading closely gives the rows of `encode`, and unit states of all pieces of all windows."""
    assert isinstance(encoder, CloseEncoder)
    texts = [*tiny.NEWS, "", LONG]
    vectors, states = encoder.read(texts)
    np.testing.assert_allclose(vectors, encoder.encode(texts), atol=1e-5)
    assert [s.rows.shape for s in states] == [(len(s.pieces), 32) for s in states]
    assert len(states[4].pieces) == 0
    assert len(states[5].pieces) > 256
    norms = [np.linalg.norm(s.rows, axis=1) for s in states if len(s.pieces)]
    np.testing.assert_allclose(np.concatenate(norms), 1, atol=1e-5)
