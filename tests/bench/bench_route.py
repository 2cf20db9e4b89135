"""Routing beside scikit-learn's TF-IDF and LinearSVC on the same folds; near-copies stay together.

usage: python -m tests.bench.bench_route
"""

import csv
import os
import resource
import time
from pathlib import Path

import numpy as np
from scipy.sparse.csgraph import connected_components
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics import f1_score
from sklearn.model_selection import StratifiedGroupKFold
from sklearn.svm import LinearSVC

from biaochi.engine import route
from biaochi.engine.sheet_categories import read_categories

SHARED = Path(os.environ.get("BIAOCHI_SHARED", Path(__file__).parents[2] / "../shared")) / "data"


def near_copies(texts):
    """Groups by a way of its own: cosine of four-letter counts at least one half."""
    table = TfidfVectorizer(analyzer="char", ngram_range=(4, 4), min_df=2).fit_transform(texts)
    return connected_components((table @ table.T) >= 0.5, directed=False)[1]


def calibration_error(stated, right, bins=10):
    place = np.minimum((stated * bins).astype(int), bins - 1)
    return np.abs(np.bincount(place, right - stated, bins)).sum() / len(stated)


def compare(texts, labels, seed=0):
    texts, labels = np.array(texts, dtype=object), np.array(labels)
    plain, ours, stated = np.empty_like(labels), np.empty_like(labels), np.zeros(len(labels))
    sure = np.zeros(len(labels), bool)
    folds = StratifiedGroupKFold(5, shuffle=True, random_state=seed)
    for learn, judge in folds.split(texts, labels, near_copies(texts)):
        words = TfidfVectorizer(analyzer="char", ngram_range=(1, 3))
        machine = LinearSVC().fit(words.fit_transform(texts[learn]), labels[learn])
        plain[judge] = machine.predict(words.transform(texts[judge]))
        model = route.train(list(texts[learn]), list(labels[learn]))
        told = model.suggest(list(texts[judge]), reasons=0)
        ours[judge] = [one.label for one in told]
        stated[judge] = [one.probability for one in told]
        sure[judge] = [one.sure for one in told]
    right = (ours == labels).astype(float)
    print(f"{'':28} macro-F1  accuracy")
    for name, guess in (("char 1-3 TF-IDF + LinearSVC", plain), ("biaochi", ours)):
        print(
            f"{name:28} {f1_score(labels, guess, average='macro'):8.4f}  {(guess == labels).mean():8.4f}"
        )
    print(f"expected calibration error {calibration_error(stated, right):.4f}")
    print(f"sure: {sure.mean():.1%} of texts, {right[sure].mean():.1%} of those right; ", end="")
    print(f"not sure: {right[~sure].mean():.1%} right")


def spent(work):
    start = time.process_time()
    return work(), time.process_time() - start


def speed(texts, labels, rows=10_000):
    """CPU seconds of both on one core's worth of work, and how many suggestions a second gives."""
    many, theirs = ((part * (rows // len(texts) + 1))[:rows] for part in (texts, labels))
    words = TfidfVectorizer(analyzer="char", ngram_range=(1, 3))
    machine, took = spent(lambda: LinearSVC().fit(words.fit_transform(many), theirs))
    _, told = spent(lambda: machine.predict(words.transform(texts)))
    print(f"scikit-learn: train {rows} rows {took:.1f} CPU s, {len(texts) / told:.0f} per CPU s")
    model, took = spent(lambda: route.train(many, theirs, list(range(rows))))
    print(f"biaochi: train {rows} rows {took:.1f} CPU s")
    for reasons in (0, 4):
        _, told = spent(lambda reasons=reasons: model.suggest(texts, reasons=reasons))
        print(f"suggestions with {reasons} reasons: {len(texts) / told:.0f} per CPU s")
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB (both)")


def cold(texts, labels):
    model = route.from_categories(read_categories(SHARED / "voices/category_tree.xlsx"))
    told = model.suggest(texts, reasons=0)
    hits = [one.label == label for one, label in zip(told, labels, strict=True)]
    either = [label in (one.label, one.second[0]) for one, label in zip(told, labels, strict=True)]
    print(
        f"from {len(model.labels)} category names alone: first right {np.mean(hits):.1%}, ", end=""
    )
    print(f"first or second {np.mean(either):.1%}")


if __name__ == "__main__":
    if not SHARED.is_dir():
        raise SystemExit("the real data is absent (set BIAOCHI_SHARED)")
    with open(SHARED / "voices/labelled_train.csv", encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    texts, labels = [row["text"] for row in rows], [row["label"] for row in rows]
    compare(texts, labels)
    cold(texts, labels)
    speed(texts, labels)
