"""Tiny models with random weights and real tokenizers, made in a test and saved as real ones are.

They say nothing sensible, but run through the same code as the models that do.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

NEWS = [
    "The river Arn flooded 1,200 homes in Kelbrook on Tuesday, the mayor said.",
    "Some 1,200 homes were under water after the Arn burst its banks, according to the council.",
    "A jury acquitted the former mayor of bribery after two days of deliberation.",
    "Dockworkers at Norhavn voted to extend their strike by two weeks.",
]
CHATML = (
    "{% for m in messages %}<|im_start|>{{ m['role'] }}\n{{ m['content'] }}<|im_end|>\n{% endfor %}"
    "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)


def bert(folder: Path, *, positions: str | None = "absolute") -> Path:
    """A BERT of two layers and width 32 with a WordPiece tokenizer trained on NEWS.

    positions: what config.json says of them; transformers 5 says nothing, its forerunners did.
    """
    import torch
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors, trainers
    from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

    special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    tokenizer = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer()
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.train_from_iterator(
        NEWS, trainers.WordPieceTrainer(vocab_size=300, special_tokens=special)
    )
    tokenizer.post_processor = processors.BertProcessing(("[SEP]", 3), ("[CLS]", 2))
    names = {"pad_token": "[PAD]", "unk_token": "[UNK]", "cls_token": "[CLS]", "sep_token": "[SEP]"}
    fast: Any = PreTrainedTokenizerFast
    fast(tokenizer_object=tokenizer, **names).save_pretrained(folder)
    torch.manual_seed(1)
    config = BertConfig(
        vocab_size=tokenizer.get_vocab_size(),
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=64,
    )
    if positions is not None:
        config.position_embedding_type = positions
    BertModel(config).save_pretrained(folder)
    return folder


def mpnet(folder: Path) -> Path:
    """An MPNet of three layers and width 32, with the marks of the real one, trained on NEWS."""
    import torch
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, trainers
    from transformers import MPNetConfig, MPNetModel

    special = ["<s>", "<pad>", "</s>", "[UNK]", "<mask>"]
    tokenizer = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer()
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.train_from_iterator(
        NEWS, trainers.WordPieceTrainer(vocab_size=300, special_tokens=special)
    )
    folder.mkdir(parents=True, exist_ok=True)
    tokenizer.save(str(folder / "tokenizer.json"))
    torch.manual_seed(1)
    config = MPNetConfig(
        vocab_size=tokenizer.get_vocab_size(),
        hidden_size=32,
        num_hidden_layers=3,
        num_attention_heads=2,
        intermediate_size=64,
        pad_token_id=1,
    )
    MPNetModel(config).save_pretrained(folder)
    return folder


def llama(folder: Path, *, template: str | None = CHATML) -> Path:
    """A Llama of two layers and width 32 with a byte-level tokenizer and a chat template."""
    return causal(folder, "llama", template=template)


# --- writers of every family ---------------------------------------------------------------------

QWEN3 = CHATML.replace(
    "<|im_start|>assistant\n{% endif %}",
    "<|im_start|>assistant\n{% if enable_thinking is defined and enable_thinking is false %}"
    "<think>\n\n</think>\n\n{% endif %}{% endif %}",
)
"""Thinking is on unless it is switched off, as in Qwen3's."""

SMOLLM3 = (
    "<|im_start|>system\nToday Date: {{ strftime_now('%d %B %Y') }}\n"
    "Reasoning Mode: {{ '/think' if enable_thinking else '/no_think' }}\n\n"
    "{% if messages[0].role == 'system' %}{{ messages[0].content.rstrip() }}{% endif %}<|im_end|>\n"
    "{% for m in messages %}{% if m.role == 'system' %}{% continue %}{% endif %}"
    "{% if m.role == 'assistant' %}{% generation %}"
    "<|im_start|>assistant\n{{ m.content }}<|im_end|>\n{% endgeneration %}"
    "{% else %}<|im_start|>{{ m.role }}\n{{ m.content }}<|im_end|>\n{% endif %}{% endfor %}"
    "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)
"""Asks for today's date and marks what training learns from, as SmolLM3's does."""

GEMMA = (
    "{{ bos_token }}{% if messages[0]['role'] == 'system' %}"
    "{{ raise_exception('System role not supported') }}{% endif %}"
    "{% for m in messages %}<start_of_turn>{{ 'model' if m['role'] == 'assistant' else m['role'] }}"
    "\n{{ m['content'] | trim }}<end_of_turn>\n{% endfor %}"
    "{% if add_generation_prompt %}<start_of_turn>model\n{% endif %}"
)
"""Knows no system turn, as Gemma's."""

CAUSAL = ("llama", "qwen2", "qwen3", "smollm3", "gemma")
SEQ2SEQ = ("led", "bart", "pegasus", "t5")

_CHATML = {"bos_token": "<|im_start|>", "eos_token": "<|im_end|>", "unk_token": "<|endoftext|>"}
_GEMMA = {"bos_token": "<bos>", "eos_token": "<eos>", "unk_token": "<unk>"}


def causal(
    folder: Path, family: str, *, template: str | None = None, positions: int = 2048
) -> Path:
    """A chat model of two layers and width 32 with a byte-level tokenizer.

    family: one of CAUSAL. template: the family's own if None is given, save for a Llama, which then
    has none. positions: its context in tokens.
    """
    import torch
    import transformers as tf

    gemma = family == "gemma"
    names = _GEMMA if gemma else _CHATML
    special = [names["unk_token"], names["bos_token"], names["eos_token"]]
    tokenizer = _byte_level([*special, "<start_of_turn>", "<end_of_turn>"] if gemma else special)
    wrap: Any = tf.PreTrainedTokenizerFast
    fast = wrap(tokenizer_object=tokenizer, **names)
    if family == "qwen3":  # tokens that rule though they are not called special
        fast.add_tokens(["<think>", "</think>"])
    own = {"qwen2": CHATML, "qwen3": QWEN3, "smollm3": SMOLLM3, "gemma": GEMMA}
    fast.chat_template = template or own.get(family)
    fast.save_pretrained(folder)
    shared: dict[str, Any] = {
        "vocab_size": len(fast),
        "hidden_size": 32,
        "num_hidden_layers": 2,
        "num_attention_heads": 2,
        "num_key_value_heads": 1,
        "intermediate_size": 64,
        "bos_token_id": 1,
        "eos_token_id": [2, fast.convert_tokens_to_ids("<end_of_turn>")] if gemma else 2,
        "pad_token_id": 2,
        "initializer_range": 0.4,
        "max_position_embeddings": positions,
    }
    makers: dict[str, tuple[Any, Any, dict[str, Any]]] = {
        "llama": (tf.LlamaConfig, tf.LlamaForCausalLM, {}),
        "qwen2": (tf.Qwen2Config, tf.Qwen2ForCausalLM, {}),
        "qwen3": (tf.Qwen3Config, tf.Qwen3ForCausalLM, {"head_dim": 16}),
        "smollm3": (tf.SmolLM3Config, tf.SmolLM3ForCausalLM, {}),
        "gemma": (tf.Gemma3TextConfig, tf.Gemma3ForCausalLM, {"head_dim": 16}),
    }
    config, model, more = makers[family]
    torch.manual_seed(2)
    model(config(**shared, **more)).save_pretrained(folder)
    return folder


def qwen2_gguf(folder: Path) -> Path:
    """A Qwen2 as `causal` makes it, as the one gguf file that llama.cpp reads; returns the file."""
    import gguf
    from transformers import AutoModelForCausalLM, AutoTokenizer

    source = causal(folder / "source", "qwen2")
    model: Any = AutoModelForCausalLM.from_pretrained(source)
    config = model.config
    writer = gguf.GGUFWriter(folder / "tiny.gguf", "qwen2")
    writer.add_type(gguf.GGUFType.MODEL)
    writer.add_block_count(config.num_hidden_layers)
    writer.add_context_length(config.max_position_embeddings)
    writer.add_embedding_length(config.hidden_size)
    writer.add_feed_forward_length(config.intermediate_size)
    writer.add_head_count(config.num_attention_heads)
    writer.add_head_count_kv(config.num_key_value_heads)
    writer.add_layer_norm_rms_eps(config.rms_norm_eps)
    writer.add_rope_freq_base(config.rope_parameters["rope_theta"])
    parts = json.loads((source / "tokenizer.json").read_text("utf-8"))
    vocabulary = {
        **parts["model"]["vocab"],
        **{t["content"]: t["id"] for t in parts["added_tokens"]},
    }
    special = {t["content"] for t in parts["added_tokens"]}
    tokens = sorted(vocabulary, key=vocabulary.__getitem__)
    kinds = [gguf.TokenType.CONTROL if t in special else gguf.TokenType.NORMAL for t in tokens]
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("qwen2")
    writer.add_token_list(tokens)
    writer.add_token_types(kinds)
    writer.add_token_merges([" ".join(merge) for merge in parts["model"]["merges"]])
    writer.add_bos_token_id(config.bos_token_id)
    writer.add_eos_token_id(config.eos_token_id)
    writer.add_chat_template(AutoTokenizer.from_pretrained(source).chat_template)
    names = gguf.get_tensor_name_map(gguf.MODEL_ARCH.QWEN2, config.num_hidden_layers)
    for key, tensor in model.state_dict().items():
        name = names.get_name(key, try_suffixes=(".weight", ".bias"))
        writer.add_tensor(str(name), tensor.numpy())
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return folder / "tiny.gguf"


def seq2seq(folder: Path, family: str, *, positions: int = 256) -> Path:
    """An encoder-decoder of two layers and width 32: "led", "bart", "pegasus" or "t5".

    LED and BART have a byte-level tokenizer (LED's with PRIMERA's `<doc-sep>`), PEGASUS and T5 a
    sentencepiece model and nothing beside it, as on the hub.
    """
    import torch
    import transformers as tf

    folder.mkdir(parents=True, exist_ok=True)
    if family in {"led", "bart"}:
        pad, eos, start, size = _bart_tokenizer(folder, documents=family == "led")
    else:
        pad, eos, start, size = _sentencepiece(folder, family)
    shared: dict[str, Any] = {
        "vocab_size": size,
        "pad_token_id": pad,
        "eos_token_id": eos,
        "decoder_start_token_id": start,
    }
    layers: dict[str, Any] = {
        "d_model": 32,
        "encoder_layers": 2,
        "decoder_layers": 2,
        "encoder_attention_heads": 2,
        "decoder_attention_heads": 2,
        "encoder_ffn_dim": 64,
        "decoder_ffn_dim": 64,
        "init_std": 0.4,
        "max_position_embeddings": positions,
    }
    led = {"attention_window": 16, "max_encoder_position_embeddings": positions}
    led["max_decoder_position_embeddings"] = 256
    del_ = {k: v for k, v in layers.items() if k != "max_position_embeddings"}
    t5 = {"d_model": 32, "d_kv": 16, "d_ff": 64, "num_layers": 2, "num_heads": 2}
    makers: dict[str, tuple[Any, Any, dict[str, Any]]] = {
        "led": (tf.LEDConfig, tf.LEDForConditionalGeneration, {**del_, **led, "bos_token_id": 0}),
        "bart": (tf.BartConfig, tf.BartForConditionalGeneration, {**layers, "bos_token_id": 0}),
        "pegasus": (tf.PegasusConfig, tf.PegasusForConditionalGeneration, layers),
        "t5": (tf.T5Config, tf.T5ForConditionalGeneration, {**t5, "n_positions": positions}),
    }
    config, model, more = makers[family]
    torch.manual_seed(3)
    model(config(**shared, **more)).save_pretrained(folder)
    return folder


def _byte_level(special: list[str]) -> Any:
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers

    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=400,
        special_tokens=special,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    tokenizer.train_from_iterator(NEWS, trainer)
    return tokenizer


def _bart_tokenizer(folder: Path, *, documents: bool) -> tuple[int, int, int, int]:
    """Saves BART's kind of tokenizer; returns pad, end and start ids and the size."""
    from tokenizers import processors
    from transformers import PreTrainedTokenizerFast

    special = ["<s>", "<pad>", "</s>", "<unk>", "<mask>"]
    tokenizer = _byte_level(special)
    tokenizer.post_processor = processors.RobertaProcessing(("</s>", 2), ("<s>", 0))
    names = ("bos_token", "pad_token", "eos_token", "unk_token", "mask_token")
    wrap: Any = PreTrainedTokenizerFast
    fast = wrap(tokenizer_object=tokenizer, **dict(zip(names, special, strict=True)))
    if documents:
        fast.add_tokens(["<doc-sep>"], special_tokens=True)
    fast.save_pretrained(folder)
    return 1, 2, 2, len(fast)


def _sentencepiece(folder: Path, family: str) -> tuple[int, int, int, int]:
    """Saves spiece.model alone; returns pad, end and start ids and the size."""
    import io

    import sentencepiece
    from transformers import AutoTokenizer

    written = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter([*NEWS, "abcdefghijklmnopqrstuvwxyz |:"] * 20),
        model_writer=written,
        vocab_size=150,
        hard_vocab_limit=False,
        character_coverage=1.0,
        normalization_rule_name="identity",
        pad_id=0,
        eos_id=1,
        unk_id=2,
        bos_id=-1,
        minloglevel=2,
    )
    (folder / "spiece.model").write_bytes(written.getvalue())
    kind = {"pegasus": "PegasusTokenizer", "t5": "T5Tokenizer"}[family]
    (folder / "tokenizer_config.json").write_text(json.dumps({"tokenizer_class": kind}))
    # The class is looked up by config.json, which the model writes only later.
    (folder / "config.json").write_text(json.dumps({"model_type": family}))
    return 0, 1, 0, len(AutoTokenizer.from_pretrained(folder))


# --- larger judges -------------------------------------------------------------------------------


def classifier(folder: Path, labels: tuple[str, ...]) -> Path:
    """A BERT as `bert` that classifies pairs of texts under these labels."""
    import torch
    from transformers import BertConfig, BertForSequenceClassification

    bert(folder)
    torch.manual_seed(3)
    config = BertConfig.from_pretrained(folder, num_labels=len(labels), max_position_embeddings=64)
    config.id2label = dict(enumerate(labels))
    BertForSequenceClassification(config).save_pretrained(folder)
    return folder
