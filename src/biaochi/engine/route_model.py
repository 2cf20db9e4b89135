"""A model that suggests a label for a text, and what it hands back."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import scipy.sparse as sp

from .route_features import Block, Space, Stretches, blocks, counted, parted, plain, vectors
from .route_training import chances_of

SURE = 0.6
REASONS = 4
# What stretches say is added up in whole steps this small: then no order of adding matters.
STEP = 2.0**-30
# Words that may tip a scale and explain nothing to a reader.
NO_REASONS = (Path(__file__).with_name("data") / "route_no_reasons.txt").read_text("utf-8").split()
_SAYS_NOTHING = Block(NO_REASONS).whole().codes


class RouteError(ValueError):
    """Nothing to learn from, or no model in a file.

    Codes: no_texts, no_labels, one_label, lengths_differ, not_a_model.
    """

    def __init__(self, code, **params):
        super().__init__(code, params)
        self.code, self.params = code, params


@dataclass(frozen=True)
class Reason:
    """A phrase of the text that spoke for the label, and its share (0–1) of all that did."""

    phrase: str
    share: float


@dataclass(frozen=True)
class Suggestion:
    """`sure` is False below the threshold: then say "not sure" and show both labels.

    `second` is the next label with its probability.
    """

    label: str
    probability: float
    second: tuple[str, float]
    sure: bool
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Quality:
    """What the model did on texts it had not seen: shares and F1 between 0 and 1.

    `calibrated` is False for a model that never saw a sorted text: its probabilities are only
    an order.
    """

    texts: int
    groups: int
    accuracy: float
    macro_f1: float
    calibration_error: float
    calibrated: bool


@dataclass(frozen=True)
class Model:
    """labels; spaces of features; weights float32 (features, labels); offsets float32 (labels,).

    `slip`: the share of texts sorted by something that is not in the text.
    """

    labels: tuple[str, ...]
    spaces: tuple[Space, ...]
    weights: np.ndarray
    offsets: np.ndarray
    slip: float
    quality: Quality

    def probabilities(self, texts):
        """Return float64 (texts, labels), each row summing to one."""
        some = [chances_of(self._look(block)[0], self.slip) for _, block in _blocks(texts)]
        return np.concatenate(some) if some else np.zeros((0, len(self.labels)))

    def suggest(self, texts, *, least=SURE, reasons=REASONS):
        """Return a Suggestion for each text; a text is a string or (title, text).

        `least`: the probability from which a suggestion is sure; `reasons`: how many at most. A
        text in which nothing is known is never sure. What is said of a text does not depend on
        the texts beside it.
        """
        return [one for _, block in _blocks(texts) for one in self._suggest(block, least, reasons)]

    def _suggest(self, block, least, most):
        logits, looks = self._look(block)
        chances = chances_of(logits, self.slip)
        best = np.argsort(-chances, axis=1, kind="stable")[:, :2]
        own = np.take_along_axis(chances, best, 1)
        known = sum(np.diff(look.values.indptr) for look in looks) > 0
        sure = known & (own[:, 0] >= least)
        why = _reasons(block, looks, best, most) if most else [()] * block.size
        return [
            Suggestion(self.labels[first], p, (self.labels[second], q), bool(s), reasons)
            for (first, second), (p, q), s, reasons in zip(
                best.tolist(), own.tolist(), sure, why, strict=True
            )
        ]

    def _look(self, block):
        """Return (logits float64 (texts, labels), one Look per space) of a Block."""
        logits, looks, column = self.offsets[None].astype(np.float64), [], 0
        for space in self.spaces:
            weights = self.weights[column : column + len(space.codes)]
            found = block.stretches(space.name)
            keys, times = counted(found)
            values = vectors((*parted(keys), times), block.size, space)
            logits = logits + values @ weights
            looks.append(Look(found, keys, space, values, weights))
            column += len(space.codes)
        return logits, looks


def _blocks(texts):
    return blocks(map(plain, texts))


@dataclass(frozen=True)
class Look:
    """What a space knows of a block.

    `keys`: the sorted different keys of its stretches; `values`: the unit vectors of its texts
    (CSR); `weights` (features, labels): what the model says to each feature.
    """

    stretches: Stretches
    keys: np.ndarray
    space: Space
    values: sp.csr_matrix
    weights: np.ndarray

    def spoken(self, best):
        """Return (places, sums): what every known stretch said, in STEPs per letter.

        What counts is how much more it speaks for the first label of its text than for the
        second. Copies of one stretch share what the feature said.
        """
        rows = np.repeat(np.arange(len(best)), np.diff(self.values.indptr))
        there = self.values.indices
        first, second = best[rows].T
        each = self.values.data * (self.weights[there, first] - self.weights[there, second])
        known, _ = self.space.find(parted(self.keys)[1])
        said = np.zeros(len(self.keys))
        said[known] = each
        which = np.searchsorted(self.keys, self.stretches.keys())
        said /= np.maximum(np.bincount(which, minlength=len(said)), 1)
        sums = said[which] / (self.stretches.ends - self.stretches.starts)
        return np.rint(sums / STEP)


def _reasons(block, looks, best, most):
    """Spread what each stretch said over its letters, then add up by word: reasons by text."""
    steps = np.zeros(len(block.text) + 1)
    for look in looks:
        sums, found = look.spoken(best), look.stretches
        steps += np.bincount(found.starts, sums, len(steps))
        steps -= np.bincount(found.ends, sums, len(steps))
    letters = np.append(0.0, np.cumsum(np.cumsum(steps)))
    found = looks[-1].stretches
    keys, starts, ends = (a[: found.single] for a in (found.keys(), found.starts, found.ends))
    keys, one, which = np.unique(keys, return_index=True, return_inverse=True)
    sums = np.bincount(which, letters[ends] - letters[starts], len(one)).clip(0) * STEP
    rows = found.rows[one]
    totals = np.bincount(rows, sums, block.size)
    kept = np.flatnonzero((sums > 0) & ~np.isin(found.codes[one], _SAYS_NOTHING))
    kept = kept[np.lexsort((one[kept], -sums[kept], rows[kept]))]
    out, row = [[] for _ in range(block.size)], rows[kept]
    nth = np.arange(len(kept)) - np.searchsorted(row, row)
    for place in kept[nth < most].tolist():
        start, end, text = starts[one[place]], ends[one[place]], int(rows[place])
        share = round(float(sums[place] / totals[text]), 3)
        out[text].append(Reason(block.text[start:end], share))
    return [tuple(reasons) for reasons in out]
