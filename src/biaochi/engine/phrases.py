"""Wording two sides share, as readable phrases: runs of letter pairs which both sides use."""

from .letters import pair_codes, squeeze
from .matter import Reason

__all__ = ["shared_phrases", "shorten"]

SHORTEST, LONGEST = 2, 10
SHARE = 0.02


def shared_phrases(text, weights, limit=3):
    """Return up to `limit` Reasons of kind phrase, the heaviest first.

    `weights` maps letter-pair codes to what they add to the similarity of the two sides; a run of
    neighbouring pairs in `text` which all add something is a phrase, cut to LONGEST letters. The
    weight of a Reason is the share of the whole similarity its pairs bring.
    """
    whole = sum(weights.values())
    if whole <= 0:
        return ()
    text = squeeze(text)
    found = {}
    for start, stop, gain in _runs(text, weights, SHARE * whole):
        phrase = text[start : min(stop, start + LONGEST)]
        found[phrase] = max(found.get(phrase, 0.0), gain)
    ranked = sorted(found.items(), key=lambda item: (-item[1], item[0]))
    chosen = []
    for phrase, gain in ranked:
        if len(phrase) >= SHORTEST and not any(phrase in c or c in phrase for c, _ in chosen):
            chosen.append((phrase, gain))
    return tuple(Reason("phrase", p, round(min(g / whole, 1.0), 3)) for p, g in chosen[:limit])


def shorten(text, length):
    """Return text in one line, cut to `length` letters at a sentence end where there is one."""
    line = " ".join(text.split())
    if len(line) <= length:
        return line
    cut = max(line.rfind(mark, 0, length) for mark in "。！？；!?;")
    return line[: cut + 1] if cut >= length // 2 else line[: length - 1] + "…"


def _runs(text, weights, least):
    """Yield (start, stop, gain) of runs of neighbouring pairs each adding at least `least`."""
    if len(text) < 2:
        return
    codes, places = pair_codes(text)
    start = stop = -1
    gain, counted = 0.0, set()
    for code, place in zip(codes.tolist(), places.tolist(), strict=True):
        weight = weights.get(code, 0.0)
        if weight < least:
            continue
        if place + 2 - start > LONGEST or place + 1 != stop:
            if start >= 0:
                yield start, stop, gain
            start, gain, counted = place, 0.0, set()
        stop = place + 2
        gain += 0.0 if code in counted else weight
        counted.add(code)
    if start >= 0:
        yield start, stop, gain
