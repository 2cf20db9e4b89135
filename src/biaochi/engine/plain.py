"""Plain text of Chinese offices: UTF-8, UTF-16 with its mark, or GB18030. Nothing else is guessed.

GB18030 gives a meaning to nearly every byte, so a text in some third encoding would come out as
rare characters. It is believed only where most of what comes out is in everyday use.
"""

import codecs

from .document_limits import DocumentError

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
EVERYDAY = 0.9  # share of letters


def decode(data):
    """Return ``(text, name of the encoding)``.

    :raises DocumentError: unknown_encoding
    """
    for mark, name in MARKS:
        if data.startswith(mark):
            return _decoded(data[len(mark) :], name), name
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        text = _decoded(data, "gb18030")
    if not is_everyday(text):
        raise DocumentError("unknown_encoding")
    return text, "GB18030"


def is_everyday(text):
    """Whether nearly all of a text are the common characters of GB2312, ASCII and marks."""
    letters = [letter for letter in text if not letter.isspace()]
    common = sum(map(_is_common, letters))
    return bool(letters) and common >= EVERYDAY * len(letters)


def _is_common(letter):
    """Whether a letter is ASCII, a mark, or of the first level of GB2312 (rows 1–3, 16–55)."""
    try:
        code = letter.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return len(code) == 1 or 0xA1 <= code[0] <= 0xA3 or 0xB0 <= code[0] <= 0xD7


def _decoded(data, name):
    try:
        return data.decode(name)
    except UnicodeDecodeError:
        raise DocumentError("unknown_encoding") from None
