"""Text of others made safe to print: no control of a terminal, no reordering of what follows.

Escapes of markdown and html live with those forms.
"""

from __future__ import annotations

_VISIBLE = {
    **{code: 0x2400 + code for code in range(0x20) if chr(code) not in "\t\n\r"},
    0x7F: 0x2421,
    **dict.fromkeys(range(0x80, 0xA0), 0xFFFD),
}
_OPENERS = {
    **dict.fromkeys("\u202a\u202b\u202d\u202e", "\u202c"),
    **dict.fromkeys("\u2066\u2067\u2068", "\u2069"),
}


def visible(text: str) -> str:
    """Control characters as their pictures (ESC as ␛), lines ended by a newline alone.

    Tabs and newlines stay; the eight-bit controls, which have no pictures, become U+FFFD.
    """
    return text.replace("\r\n", "\n").replace("\r", "\n").translate(_VISIBLE)


def one_line(text: str) -> str:
    """`visible` on one line, and every right-to-left embedding that it opens closed again."""
    line = " ".join(visible(text).split())
    open_: list[str] = []
    for char in line:
        if char in _OPENERS:
            open_.append(_OPENERS[char])
        elif open_ and char == open_[-1]:
            open_.pop()
    return line + "".join(reversed(open_))
