"""Finding what was said before: the staff-made pairs of petitions, beside BM25 and char TF-IDF.

Three questions: the original among everything; the original among accepted petitions (what staff
look through); and any petition staff tied to the same original, among everything. For Chinese,
messages that people put into one matter: is another message of the matter among the first?

usage: python -m tests.bench.bench_earlier
"""

import csv
import os
import resource
import time
from collections import defaultdict
from pathlib import Path

import numpy as np
from scipy import sparse as sp
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer

from biaochi.engine.earlier import Index, Said
from biaochi.engine.sheet import read

SHARED = Path(os.environ.get("BIAOCHI_SHARED", Path(__file__).parents[2] / "../shared")) / "data"
DEEP, TIMED = 50, 60  # ranks looked at; questions whose time is taken, ten answers each
LATIN = {"analyzer": "word", "token_pattern": r"\w+"}
PAIRS = {"analyzer": "char", "ngram_range": (2, 2)}


def rows_of(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def bm25(texts, words):
    """Scores of Robertson & Zaragoza 2009 with k₁ = 1.2, b = 0.75: (question number) → row."""
    counts = CountVectorizer(**words).fit_transform(texts).astype(float)
    held, size = np.bincount(counts.indices, minlength=counts.shape[1]), counts.shape[0]
    idf = np.log(1 + (size - held + 0.5) / (held + 0.5))
    length = np.asarray(counts.sum(1)).ravel()
    row = np.repeat(np.arange(size), np.diff(counts.indptr))
    norm = 1.2 * (0.25 + 0.75 * length[row] / length.mean())
    weighed = counts.copy()
    weighed.data = idf[counts.indices] * counts.data * 2.2 / (counts.data + norm)
    columns, once = weighed.T.tocsr(), counts.copy()
    once.data[:] = 1
    return lambda n: np.asarray((once[n] @ columns).todense()).ravel(), columns


def char_tfidf(texts, words):
    spread = (3, 5) if words is LATIN else (1, 3)
    vectors = TfidfVectorizer(analyzer="char_wb", ngram_range=spread, sublinear_tf=True, min_df=2)
    table = vectors.fit_transform(texts)
    columns = table.T.tocsr()
    return lambda n: np.asarray((table[n] @ columns).todense()).ravel(), columns


def megabytes(matrix):
    matrix = sp.csr_matrix(matrix)
    return (matrix.data.nbytes + matrix.indices.nbytes + matrix.indptr.nbytes) / 2**20


def first_right(order, pools, truths):
    """For each (pool, truth) the rank of the first right row; order: rows, best first."""
    out = {}
    for name in truths:
        kept = order[pools[name][order]]
        hits = np.flatnonzero(np.isin(kept, list(truths[name])))
        out[name] = hits[0] + 1 if len(hits) else np.inf
    return out


def judge(label, ranked, took, size, memory):
    for name, ranks in ranked.items():
        ranks = np.array(ranks, float)
        hits = "  ".join(f"{(ranks <= k).mean():.3f}" for k in (1, 5, 10))
        print(f"{label:12} {name:10} {hits}  {(1 / ranks).mean():.3f}")
    build, ask = took
    print(
        f"{'':12} built in {build:.2f} CPU s, {1000 * ask / size:.1f} CPU ms a question,", end=" "
    )
    print(f"{memory:.0f} MB of numbers")


def compare(titles, texts, questions, pools, truths, words):
    """`pools(n)` and `truths[n]`: by name, the rows allowed and the rows right for question n."""
    both = [f"{title}\n{text}" for title, text in zip(titles, texts, strict=True)]
    print(f"{len(texts)} texts, {len(questions)} questions")
    print(f"{'':12} {'':10} {'@1':5}  {'@5':5}  {'@10':5}  MRR")
    for label, make in (("BM25", bm25), ("char TF-IDF", char_tfidf)):
        start = time.process_time()
        ask, columns = make(both, words)
        build, ranked = time.process_time() - start, defaultdict(list)
        spent = 0.0
        for n in questions:
            start = time.process_time()
            scores = ask(n)
            scores[n] = -1
            order = np.argsort(-scores, kind="stable")
            spent += time.process_time() - start
            for name, rank in first_right(order, pools(n), truths[n]).items():
                ranked[name].append(rank)
        judge(label, ranked, (build, spent), len(questions), megabytes(columns))
    ours(titles, texts, questions, pools, truths)


def ours(titles, texts, questions, pools, truths):
    start = time.process_time()
    parts = zip(titles, texts, strict=True)
    accepted = pools(questions[0]).get("accepted")
    index = Index.of(
        Said(str(n), "open" if accepted is not None and accepted[n] else "other", text, title)
        for n, (title, text) in enumerate(parts)
    )
    build, ranked = time.process_time() - start, defaultdict(list)
    start, some = time.process_time(), questions[:TIMED]
    for n in some:
        index.nearest(texts[n], titles[n])
    spent = (time.process_time() - start) * len(questions) / len(some)
    for n in questions:
        for name, truth in truths[n].items():
            kinds = {"open"} if name == "accepted" else None
            found = index.nearest(texts[n], titles[n], k=DEEP, kinds=kinds)
            order = [int(one.id) for one in found if int(one.id) != n]
            right = [place for place, row in enumerate(order, 1) if row in truth]
            ranked[name].append(right[0] if right else np.inf)
    judge("biaochi", ranked, (build, spent), len(questions), index.nbytes / 2**20)


def petitions():
    rows = rows_of(SHARED / "petitions/petitions.csv")
    place = {row["id"]: n for n, row in enumerate(rows)}
    originals, copies = defaultdict(set), defaultdict(set)
    for pair in rows_of(SHARED / "petitions/duplicate_pairs.csv"):
        copy, original = place[pair["duplicate_id"]], place[pair["original_id"]]
        originals[copy].add(original)
        copies[original].add(copy)
    truths = {
        n: {"original": own, "accepted": own, "kin": own | set().union(*map(copies.get, own)) - {n}}
        for n, own in originals.items()
    }
    every = np.ones(len(rows), bool)
    accepted = np.array([row["state"] != "rejected" for row in rows])
    pools = {"original": every, "accepted": accepted, "kin": every}
    titles = [row["action"] for row in rows]
    texts = [f"{row['background']}\n{row['additional_details']}" for row in rows]
    compare(titles, texts, sorted(originals), lambda n: pools, truths, LATIN)


def messages():
    rows = list(read(SHARED / "voices/messages_2019.xlsx").rows)
    place = {str(int(row[0])): n for n, row in enumerate(rows)}
    matters, gold = defaultdict(set), rows_of(SHARED / "voices/matters_dev.csv")
    for row in gold:
        if row["certainty"] == "sure" and row["id"] in place:
            matters[row["matter"]].add(place[row["id"]])
    truths = {n: {"matter": own - {n}} for own in matters.values() for n in own if len(own) > 1}
    pools = {"matter": np.ones(len(rows), bool)}
    titles = [str(row[2]).strip() for row in rows]
    texts = [str(row[4]).strip() for row in rows]
    compare(titles, texts, sorted(truths), lambda n: pools, truths, PAIRS)


if __name__ == "__main__":
    if not SHARED.is_dir():
        raise SystemExit("the real data is absent (set BIAOCHI_SHARED)")
    petitions()
    messages()
    print(f"peak memory of all {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
