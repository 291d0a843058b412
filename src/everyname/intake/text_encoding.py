"""Text encoding: the bytes of a file name it, or their letters do."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from everyname.intake.text_letters import likeliest

_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
GUESSED_FROM = 400_000
LETTERS_FROM = 60_000
_HEAD = 65_536
_SEQUENCE = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
_HALF_BYTES = re.compile(rb"\xed[\xa0-\xbf][\x80-\xbf]")
_BEYOND = re.compile(rb"[\x80-\xff]")
_LINE_END = re.compile(rb"[\r\n]")
_BAD = re.compile("[\udc80-\udcff]")
_TWICE = ("cp1252", "latin-1", "cp1251")
# Other seven-bit encodings announce themselves by these.
_ESCAPED = re.compile(rb"\x1b\$[@AB]|\x1b\(J|\x1b\$\([CD]|\x1b\$\)C")


@dataclass(frozen=True, slots=True)
class Encoding:
    """How the bytes of a text are read.

    Parameters
    ----------
    codec
        Name that Python knows.
    guessed
        Whether only the letters speak for it.
    bad
        Whether some bytes do not fit it.
    """

    codec: str
    guessed: bool = False
    bad: bool = False


def detect_encoding(data: bytes) -> str:
    """Name the encoding of text: by its mark, as UTF-8, or by its letters.

    Parameters
    ----------
    data
        The bytes of the file.

    Returns
    -------
    str
        A codec name that Python knows.
    """
    return find_encoding(data).codec


def find_encoding(data: bytes) -> Encoding:
    """Find how the bytes of a text are to be read.

    Parameters
    ----------
    data
        The bytes of the file.
    """
    for mark, codec in _MARKS:
        if data.startswith(mark):
            return Encoding(codec, bad=not _decodes(data, codec))
    wide = _wide(data)
    if wide:
        return Encoding(wide, guessed=True, bad=not _decodes(data, wide))
    if _decodes(data, "utf-8"):
        if _ESCAPED.search(data) and _decodes(data, "iso2022_jp_2"):
            return Encoding("iso2022_jp_2", guessed=True)
        return Encoding("utf-8")
    sample = data[:GUESSED_FROM]
    whole = _SEQUENCE.findall(sample)
    left = sum(byte > 0x7F for byte in _SEQUENCE.sub(b"", sample))
    if not whole and not left:
        return find_encoding(_beyond_ascii(data))
    if len(whole) >= left and whole:
        return Encoding("utf-8", bad=True)
    codec = likeliest(_beyond_ascii(data)[:LETTERS_FROM])
    return Encoding(codec, guessed=True, bad=not _decodes(data, codec))


def _beyond_ascii(data: bytes) -> bytes:
    """The lines that hold bytes beyond ASCII, as far as letters are counted."""
    if len(data) <= LETTERS_FROM:
        return data
    found: list[bytes] = []
    size = end = 0
    while size < LETTERS_FROM and (match := _BEYOND.search(data, end)):
        # Whole lines: a character of two bytes must not be cut.
        start = max(
            data.rfind(b"\n", end, match.start()), data.rfind(b"\r", end, match.start()), end
        )
        stop = _LINE_END.search(data, match.start())
        end = stop.start() if stop else len(data)
        found.append(data[start:end])
        size += end - start
    return b"\n".join(found)


def _decodes(data: bytes, codec: str) -> bool:
    """Whether all bytes fit, some megabytes in memory at a time."""
    decoder = codecs.getincrementaldecoder(codec)(
        "surrogatepass" if codec.startswith("utf-") else "strict"
    )
    step = 4_000_000
    try:
        for start in range(0, len(data), step):
            decoder.decode(data[start : start + step], start + step >= len(data))
    except UnicodeDecodeError:
        return False
    return True


def _wide(data: bytes) -> str:
    """Name UTF-16 or UTF-32 without a mark: every second byte, or three of four, are NUL."""
    head = data[:_HEAD]
    if head.count(0) * 20 < len(head) or len(head) < 4:
        return ""
    nuls = [head[offset::4].count(0) for offset in range(4)]
    many = len(head) / 4
    if len(data) % 4 == 0:
        if nuls[0] < 0.1 * many and min(nuls[2:]) > 0.9 * many:
            return "utf-32-le"
        if nuls[3] < 0.1 * many and min(nuls[:2]) > 0.9 * many:
            return "utf-32-be"
    even, odd = nuls[0] + nuls[2], nuls[1] + nuls[3]
    for codec, most, least in (("utf-16-le", odd, even), ("utf-16-be", even, odd)):
        if most > 0.1 * len(head) / 2 and least * 20 < most:
            text = head[: len(head) // 2 * 2].decode(codec, errors="replace")
            strange = sum("\ue000" <= char <= "\uf8ff" or char == "\ufffd" for char in text)
            if strange * 20 <= len(text):
                return codec
    return ""


def _keep(error: UnicodeError) -> tuple[str, int]:
    """Carry a byte that does not fit through decoding, as half a character of its own."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    data, start = error.object, error.start
    half = _HALF_BYTES.match(data, start) if error.encoding.startswith("utf-8") else None
    if half:
        text = half[0].decode("utf-8", "surrogatepass")
        if not _BAD.match(text):
            return text, half.end()
    end = start + 1
    return "".join(chr(0xDC00 + byte) for byte in data[start:end]), end


codecs.register_error("everyname.keep", _keep)
KEEP = "everyname.keep"
"""Name under which `codecs` knows how to carry bad bytes through decoding."""


def shown(text: str) -> str:
    """Write the bad bytes of a text as Windows shows them, or as their escapes.

    Parameters
    ----------
    text
        Decoded with the error handler `KEEP`.
    """
    return _BAD.sub(_as_windows, text) if _BAD.search(text) else text


def _as_windows(match: re.Match[str]) -> str:
    byte = ord(match[0]) - 0xDC00
    try:
        return bytes([byte]).decode("cp1252")
    except UnicodeDecodeError:
        return f"\\x{byte:02x}"


def encoded_twice(text: str) -> bool:
    """Tell whether letters look like UTF-8 that was read as another encoding and saved so.

    Parameters
    ----------
    text
        Some of the text.
    """
    words = [word for word in re.findall(r"[^\s,;|\"]+", text) if not word.isascii()]
    for codec in _TWICE:
        mended = sum(_mends(word, codec) for word in words)
        if mended >= 2 and mended * 2 > len(words):
            return True
    return False


def _mends(word: str, codec: str) -> bool:
    try:
        return len(word.encode(codec).decode("utf-8")) < len(word)
    except UnicodeError:
        return False
