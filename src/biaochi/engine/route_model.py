"""A model that suggests a label for a text, and what it hands back."""

from dataclasses import dataclass

import numpy as np

from .route_features import Space, Stretches, find, plain, stretches
from .route_training import chances_of

SURE = 0.6
REASONS = 4


class RouteError(ValueError):
    """Nothing to learn from, or no model in a file.

    Codes: no_texts, one_label, lengths_differ, not_a_model.
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
        chances = [chances_of(self._look(plain(text))[0], self.slip) for text in texts]
        return np.reshape(chances, (len(texts), len(self.labels)))

    def suggest(self, texts, *, least=SURE, reasons=REASONS):
        """Return a Suggestion for each text; a text is a string or (title, text).

        `least`: the probability from which a suggestion is sure; `reasons`: how many at most. A
        text in which nothing is known is never sure.
        """
        return [self._suggest(plain(text), least, reasons) for text in texts]

    def _suggest(self, text, least, most):
        logits, looks = self._look(text)
        chances = chances_of(logits, self.slip)
        first, second = np.argsort(-chances, kind="stable")[:2]
        why = _reasons(text, looks, first, second, most) if most else ()
        known = any(len(look.values) for look in looks)
        return Suggestion(
            label=self.labels[first],
            probability=float(chances[first]),
            second=(self.labels[second], float(chances[second])),
            sure=bool(known and chances[first] >= least),
            reasons=why,
        )

    def _look(self, text):
        """Return (logits, one Look per space) of a plain text."""
        logits, looks, column = self.offsets.astype(np.float64), [], 0
        for space in self.spaces:
            look = _look(text, space, self.weights[column : column + len(space.codes)])
            logits += look.values.astype(np.float32) @ look.weights
            looks.append(look)
            column += len(space.codes)
        return logits, looks


@dataclass(frozen=True)
class Look:
    """What a space knows of a text.

    `which`: for every stretch of the text the number of its known kind, or -1; `values` (kinds,)
    and `weights` (kinds, labels): the unit vector of the text and what the model says to it.
    """

    stretches: Stretches
    which: np.ndarray
    values: np.ndarray
    weights: np.ndarray


def _look(text, space, weights):
    found = stretches(text, space.name)
    codes, which = np.unique(found.codes, return_inverse=True)
    places, columns = find(space, codes)
    kinds = np.full(len(codes), -1)
    kinds[places] = np.arange(len(places))
    values = np.bincount(which, found.weights(), len(codes))[places]
    values = (1 + np.log(values)) * space.idf[columns]
    values /= max(float(np.sqrt((values**2).sum())), 1e-9)
    return Look(found, kinds[which], values, weights[columns])


def _reasons(text, looks, first, second, most):
    """Spread what each stretch said over its letters, then add up by word.

    What counts is how much more it speaks for the first label than for the second.
    """
    steps = np.zeros(len(text) + 1)
    for look in looks:
        spoken = look.values * (look.weights[:, first] - look.weights[:, second])
        known = look.which >= 0
        which, starts, ends = (
            a[known] for a in (look.which, look.stretches.starts, look.stretches.ends)
        )
        each = (spoken / np.maximum(np.bincount(which, minlength=len(spoken)), 1))[which]
        each /= ends - starts
        steps += np.bincount(starts, each, len(steps)) - np.bincount(ends, each, len(steps))
    letters = np.concatenate([[0.0], np.cumsum(steps)])
    words = looks[-1].stretches
    starts, ends = words.starts[: words.single], words.ends[: words.single]
    _, one, which = np.unique(words.codes[: words.single], return_index=True, return_inverse=True)
    sums = np.bincount(which, letters[ends] - letters[starts], len(one))
    total = sums[sums > 0].sum()
    best = [i for i in np.lexsort((one, -sums))[:most] if sums[i] > 0]
    return tuple(
        Reason(text[starts[one[i]] : ends[one[i]]], round(float(sums[i] / total), 3)) for i in best
    )
