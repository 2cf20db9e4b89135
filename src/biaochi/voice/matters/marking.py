"""Mark words in a text, as data: a page turns the pieces into ``<mark>``."""

import re

from biaochi.core.search import RUN


def pieces(text, words):
    """Cut a text into ``[(piece, is it marked)]``; longer words win, case does not matter."""
    words = sorted({word for word in words if word}, key=len, reverse=True)
    if not words:
        return [(text, False)]
    pattern = re.compile("(" + "|".join(re.escape(word) for word in words) + ")", re.IGNORECASE)
    return [(piece, place % 2 == 1) for place, piece in enumerate(pattern.split(text)) if piece]


def words_of(query):
    """The runs of letters, digits or characters that a search looked for."""
    return RUN.findall((query or "").lower())


def opening(text, most=64):
    """The beginning of a text, cut at the end of a sentence if there is one."""
    text = " ".join((text or "").split())
    if len(text) <= most:
        return text
    ends = [found.end() for found in re.finditer(r"[。！？!?；;]", text[:most])]
    return text[: ends[-1]] if ends and ends[-1] >= 12 else text[:most].rstrip("，、,") + "…"
