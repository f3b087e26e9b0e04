"""Chat templates: a folder's own Jinja, rendered around placeholders for what is said.

Templates come with the model and run in a sandbox; no text of an article is ever part of one.
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jinja2 import Template

_SENTINEL = "\ue000{}\ue001"
_SENTINELS = re.compile("\ue000(\\d+)\ue001")

_TODAY = date(2025, 1, 1)
"""What a template that prints today's date is told: the same input must give the same text."""


@lru_cache(maxsize=32)
def pieces(template: str, roles: tuple[str, ...], bos: str, eos: str) -> tuple[str, ...] | None:
    """What a template writes before, between and after the contents of turns of those roles.

    None where it refuses such turns, or does not write each once and in order. Thinking is off.
    Templates are given what they are written for: transformers' own names and blocks.
    """
    from jinja2 import TemplateError

    turns = [{"role": r, "content": _SENTINEL.format(i)} for i, r in enumerate(roles)]
    try:
        rendered = _jinja(template).render(
            messages=turns,
            add_generation_prompt=True,
            enable_thinking=False,
            bos_token=bos,
            eos_token=eos,
        )
    except TemplateError:
        return None
    around, found = _SENTINELS.split(rendered)[::2], _SENTINELS.findall(rendered)
    return tuple(around) if found == [str(i) for i in range(len(roles))] else None


def _refuse(reason: str) -> None:
    """What a template calls that does not take such turns."""
    from jinja2 import TemplateError

    raise TemplateError(reason)


@lru_cache(maxsize=8)
def _jinja(template: str) -> Template:
    from jinja2 import nodes
    from jinja2.ext import Extension, loopcontrols
    from jinja2.parser import Parser
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    class Generation(Extension):
        """`{% generation %}`: marks what training learns from; here it is its contents."""

        tags = {"generation"}  # noqa: RUF012 - as jinja declares it

        def parse(self, parser: Parser) -> nodes.Node | list[nodes.Node]:
            next(parser.stream)
            return parser.parse_statements(("name:endgeneration",), drop_needle=True)

    # The same switches as transformers', for which chat templates are written.
    house = ImmutableSandboxedEnvironment(
        trim_blocks=True, lstrip_blocks=True, extensions=[Generation, loopcontrols]
    )
    house.globals["raise_exception"] = _refuse
    house.globals["strftime_now"] = _TODAY.strftime
    return house.from_string(template)
