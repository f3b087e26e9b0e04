"""Reads the short word lists that lie beside this file; the large lexicon is read elsewhere.

A list is a text file: words apart by white space, "#" before a remark; in a table a word and
its value on a line. Lists that belong together are a TOML file.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any


def _lines(name: str) -> list[str]:
    text = (resources.files(__package__) / f"{name}.txt").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


@cache
def word_list(name: str) -> frozenset[str]:
    """The words of the list `name`, lemmas in lower case."""
    return frozenset(word for line in _lines(name) for word in line.split())


@cache
def word_table(name: str) -> Mapping[str, str]:
    """Word to value, of the table `name`; a word has one value."""
    pairs = (line.split(maxsplit=1) for line in _lines(name))
    return MappingProxyType({word: value.strip() for word, value in pairs})


@cache
def table(name: str) -> Mapping[str, Any]:
    """The lexicon `name`.toml, read once; not to be changed."""
    return tomllib.loads((resources.files(__package__) / f"{name}.toml").read_text("utf-8"))


@cache
def listed(name: str, *keys: str) -> frozenset[str]:
    """The words of a list in the lexicon `name`.toml, by its keys; "_" is a space in a phrase."""
    found: Any = table(name)
    for key in keys:
        found = found[key]
    return frozenset(word.replace("_", " ") for word in found.split())
