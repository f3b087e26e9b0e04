"""Bytes to text: which encoding a file is in, and whether it is text at all.

Nothing of the text is normalised: line ends, NUL, marks and spaces stay as they are.
"""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

from summarizer.errors import UnreadableFile

_BOMS = (  # the longest first: UTF-32's begins like UTF-16's
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MAGIC = (
    *(b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"PK\x03\x04", b"\x1f\x8b", b"\x7fELF", b"BZh"),
    *(b"\xd0\xcf\x11\xe0", b"%PDF-", b"SQLite format 3", b"7z\xbc\xaf", b"Rar!", b"\xfd7zXZ"),
)
_CONTROL = re.compile(rb"[\x01-\x08\x0e-\x1a\x7f]")
_MAX_CONTROL = 0.02  # share of control bytes from which a file is no text
_MAX_NUL = 0.3  # share of NUL bytes; text with stray NULs is still text
_SAMPLE = 100_000  # bytes that an encoding is guessed from


def decode(data: bytes, name: str) -> tuple[str, str | None]:
    """The text of a file's bytes, and a warning where its encoding had to be guessed.

    A byte order mark decides and is not part of the text; else UTF-8; else UTF-16 by where its
    zero bytes stand; else Windows-1252 (which has Latin-1's letters) where few bytes are not
    ASCII, and what charset-normalizer finds where many are. No code point is changed.
    name: what to call the file in messages. Raises UnreadableFile for what is no text.
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _strict(data, encoding, name), None
    if data.startswith(_MAGIC) or _looks_binary(data):
        utf16 = _utf16(data)
        if utf16 is None:
            raise _binary(name)
        return utf16, None
    try:
        return data.decode("utf-8"), None
    except UnicodeDecodeError:
        pass
    if b"\x00" in data:
        raise _binary(name)
    text, encoding = _guessed(data)
    return text, f"{name} is not UTF-8; it was read as {encoding}"


def _looks_binary(data: bytes) -> bool:
    sample = data[:_SAMPLE]
    nul = sample.count(0)
    return bool(sample) and (
        len(_CONTROL.findall(sample)) > _MAX_CONTROL * len(sample) or nul > _MAX_NUL * len(sample)
    )


def _utf16(data: bytes) -> str | None:
    """UTF-16 without a mark: every other byte of Latin text is zero."""
    even, odd = data[0:_SAMPLE:2].count(0), data[1:_SAMPLE:2].count(0)
    half = min(len(data), _SAMPLE) / 2
    if max(even, odd) < 0.7 * half or min(even, odd) > 0.1 * half:
        return None
    try:
        return data.decode("utf-16-le" if odd > even else "utf-16-be")
    except UnicodeDecodeError:
        return None


def _guessed(data: bytes) -> tuple[str, str]:
    sample = data[:_SAMPLE]
    if sum(byte > 0x7F for byte in sample) > 0.2 * len(sample):
        best = from_bytes(sample).best()
        if best is not None and best.encoding != "ascii":
            return data.decode(best.encoding, errors="replace"), best.encoding.replace("_", "-")
    try:
        return data.decode("cp1252"), "Windows-1252"
    except UnicodeDecodeError:
        return data.decode("latin-1"), "Latin-1"


def _strict(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableFile(
            f"{name} begins as {encoding.removesuffix('-sig').upper()} but byte {error.start} is "
            "not; save it as UTF-8"
        ) from None


def _binary(name: str) -> UnreadableFile:
    return UnreadableFile(f"{name} is a binary file; give text, markdown, HTML, PDF or JSON")
