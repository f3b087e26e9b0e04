"""summarizer.toml: default options, under the name of their command.

    [batch]
    model = "extract"
    words = 200

Options on the command line override those of the file; nothing else is configured here.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from summarizer.errors import BadOption, UnreadableFile

FILE = Path("summarizer.toml")
"""Looked for in the folder that the command is run in."""


def defaults(path: Path | None, app: Any) -> dict[str, Any] | None:
    """The file's options, by the names that click gives them; None where there is no file.

    path: the file that was asked for. app: the command with all verbs. Raises UnreadableFile
    where it cannot be read, BadOption for a verb or option that does not exist.
    """
    if path is None and not FILE.is_file():
        return None
    path = path or FILE
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        raise UnreadableFile(f"cannot read {str(path)!r} ({why}); check --config") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadOption(f"{str(path)!r} is not valid TOML ({error}); correct it") from None
    return _of_group(tables, app, f"{str(path)!r}")


def _of_group(tables: Mapping[str, Any], group: Any, where: str) -> dict[str, Any]:
    verbs: Mapping[str, Any] = group.commands
    known = {}
    for verb, table in tables.items():
        if verb not in verbs:
            raise BadOption(f"{where}: no command {verb!r}{_nearest(verb, list(verbs))}")
        if not isinstance(table, dict):
            raise BadOption(f"{where}: {verb} is not a table; write its options under [{verb}]")
        inside = _of_group if hasattr(verbs[verb], "commands") else _of_verb
        known[verb] = inside(table, verbs[verb], f"{where}, [{verb}]")
    return known


def _of_verb(table: Mapping[str, Any], command: Any, where: str) -> dict[str, Any]:
    names = {
        option.lstrip("-"): parameter.name
        for parameter in command.params
        if parameter.param_type_name == "option"
        for option in parameter.opts
        if option.startswith("--")
    }
    known = {}
    for option, value in table.items():
        if option not in names:
            raise BadOption(f"{where}: no option {option!r}{_nearest(option, list(names))}")
        if isinstance(value, dict | list):
            raise BadOption(f"{where}: {option} is not a single value; give one")
        known[names[option]] = value
    return known


def _nearest(name: str, names: list[str]) -> str:
    near = get_close_matches(name, names, n=1)
    return f"; did you mean {near[0]!r}?" if near else f"; have: {', '.join(sorted(names))}"
