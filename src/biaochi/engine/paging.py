"""Paragraphs and pages to read: no letter is lost, no page begins inside a paragraph."""

import re
from itertools import pairwise

LONGEST = 420  # letters; a longer paragraph is hard to point at
ABOUT = 220  # letters of the pieces that a longer one is cut into
RESTORED = (240, 130)  # the same two where no line of the text's own is left
PAGE = 600  # letters
HEADING = 40  # a shorter paragraph without an end is a heading and stays with what follows
SENTENCE = re.compile(r"[^。！？!?…；;]*(?:[。！？!?…；;]+[”’」』）)]*|$)")
ORDINAL = re.compile(r"(?<=[。！？!?”])(?=([一二三四五六七八九十]{1,3})、)")
ENDS = "。！？!?…；;：:，,、”’」』）)"


def paragraphs(text, *, restore=False):
    """Cut a text into paragraphs that one can point at.

    Its own lines are kept. A line longer than ``LONGEST`` is cut after sentences.

    :param restore: the text lost its lines on the way; begin anew also before 一、 二、 三、 …
    :returns: ``(paragraphs, made)``: ``made`` is how many beginnings are ours, not the text's
    """
    found, made = [], 0
    for line in text.splitlines():
        if not line.strip():
            continue
        pieces = []
        for run in _by_ordinals(line.strip()) if restore else [line.strip()]:
            pieces += _shortened(run, *(RESTORED if restore else (LONGEST, ABOUT)))
        found += pieces
        made += len(pieces) - 1
    return tuple(found), made


def pages(found, *, letters=PAGE):
    """Lay paragraphs on pages of about so many letters: a tuple of tuples of paragraphs."""
    laid, page, size = [], [], 0
    for paragraph in found:
        if page and size + len(paragraph) / 2 > letters:
            carried = [page.pop()] if len(page) > 1 and _is_heading(page[-1]) else []
            laid.append(tuple(page))
            page, size = carried, sum(map(len, carried))
        page.append(paragraph)
        size += len(paragraph)
    if page:
        laid.append(tuple(page))
    return tuple(laid)


def _is_heading(paragraph):
    return len(paragraph) <= HEADING and paragraph[-1] not in ENDS


def _by_ordinals(line):
    """Cut before 一、 二、 三、 that follow each other at the beginnings of sentences."""
    cuts, expected = [], "一二三四五六七八九十"
    for match in ORDINAL.finditer(line):
        if len(cuts) < len(expected) and match[1] == expected[len(cuts)]:
            cuts.append(match.start())
    if len(cuts) < 2:
        return [line]
    places = [0, *cuts, len(line)]
    return [line[a:b] for a, b in pairwise(places) if line[a:b]]


def _shortened(line, longest, about):
    if len(line) <= longest:
        return [line]
    pieces, piece = [], ""
    for sentence in _sentences(line):
        if piece and len(piece) + len(sentence) / 2 > about:
            pieces.append(piece)
            piece = ""
        piece += sentence
    return [*pieces, piece] if piece else pieces


def _sentences(line):
    for match in SENTENCE.finditer(line):
        sentence = match[0]
        while len(sentence) > LONGEST:  # no mark for so long: cut where we must
            yield sentence[:LONGEST]
            sentence = sentence[LONGEST:]
        if sentence:
            yield sentence
