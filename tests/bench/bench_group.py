"""Measure grouping: quality and cost beside other ways, and how the cost grows.

usage: python -m tests.bench.bench_group [quality] [calibration] [growth N …] [index N]

Every run is a process of its own. In `quality` CPU seconds and peak memory are those of that
process, reading the file apart. `growth` is the whole way from a file of messages to the two
tables with reasons, by two processes and a folder on disk: CPU seconds are those of all processes,
memory is the sum of their peaks. F1 is B-cubed against the hand-made matters of the real file;
where that file is absent there is nothing to measure quality on. Growth and index run on SYNTHETIC
messages (crowd.py), made before the clock starts and kept in BIAOCHI_CROWD where that is set.
"""

import csv
import json
import os
import resource
import subprocess
import sys
import time
from collections import defaultdict
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir

import numpy as np
from datasketch import MinHash, MinHashLSH
from rensa import RMinHash, RMinHashLSH
from scipy.cluster.hierarchy import fcluster, linkage
from sklearn.cluster import HDBSCAN
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import TfidfVectorizer

from biaochi.engine.crew import Several
from biaochi.engine.group import group
from biaochi.engine.group_table import messages_of, tables
from biaochi.engine.letters import squeeze
from biaochi.engine.matter import Message
from biaochi.engine.near import Index
from biaochi.engine.sameness import chance, similarity, standing
from biaochi.engine.sheet import read
from biaochi.engine.sheet_mapping import guess_mapping
from biaochi.engine.sheet_rows import Row, rows_to_messages
from biaochi.engine.store import Folder
from biaochi.engine.wording import learn, parts, voices
from tests.bench.crowd import walk
from tests.bench.matter_scores import b_cubed

ROOT = Path(__file__).parents[2]
SHARED = Path(os.environ.get("BIAOCHI_SHARED", ROOT.parent / "shared"))
VOICES = SHARED / "data" / "voices"
WHO = resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN
WORKERS = 2


def real_messages():
    sheet = read(VOICES / "messages_2019.xlsx")
    mapping = guess_mapping(sheet.columns, sheet.sample)
    rows = rows_to_messages(sheet, mapping)
    return messages_of(row for row in rows if isinstance(row, Row))


def ours(messages):
    return {name: m.matter for name, m in group(messages).members.items()}


def average_linkage(messages):
    """Char 2–3-gram TF-IDF, all pairs, average linkage; cut at 0.9 (best of 0.80 … 0.95 here)."""
    rows = TfidfVectorizer(analyzer="char", ngram_range=(2, 3), min_df=2, sublinear_tf=True)
    vectors = rows.fit_transform(_texts(messages))
    far = 1 - (vectors @ vectors.T).toarray()
    tree = linkage(far[np.triu_indices(len(messages), 1)].clip(0), "average")
    return _named(messages, fcluster(tree, 0.9, "distance"))


def hdbscan(messages):
    """The same TF-IDF, 100 dimensions by SVD, HDBSCAN of at least two."""
    rows = TfidfVectorizer(analyzer="char", ngram_range=(2, 3), min_df=2, sublinear_tf=True)
    short = TruncatedSVD(100, random_state=0).fit_transform(rows.fit_transform(_texts(messages)))
    short /= np.linalg.norm(short, axis=1, keepdims=True).clip(1e-9)
    found = HDBSCAN(min_cluster_size=2, copy=True).fit_predict(short)
    return {
        m.id: f"noise {m.id}" if k < 0 else str(k) for m, k in zip(messages, found, strict=True)
    }


def datasketch_lsh(messages):
    """Near-duplicates by datasketch MinHashLSH, Jaccard of letter pairs at least 0.3."""
    lsh, sketches = MinHashLSH(threshold=0.3, num_perm=128), {}
    for message, text in zip(messages, _texts(messages), strict=True):
        sketch = MinHash(num_perm=128)
        sketch.update_batch([pair.encode() for pair in _pairs(text)])
        sketches[message.id] = sketch
        lsh.insert(message.id, sketch)
    return _leaders(messages, lambda m: lsh.query(sketches[m.id]))


def rensa_lsh(messages):
    """Near-duplicates by rensa's RMinHashLSH, the same threshold."""
    lsh, sketches = RMinHashLSH(threshold=0.3, num_perm=128, num_bands=32), []
    for number, text in enumerate(_texts(messages)):
        sketch = RMinHash(num_perm=128, seed=1)
        sketch.update(sorted(_pairs(text)))
        sketches.append(sketch)
        lsh.insert(number, sketch)
    place = {m.id: n for n, m in enumerate(messages)}

    def alike(message):
        mine = sketches[place[message.id]]
        return [messages[n].id for n in lsh.query(mine) if mine.jaccard(sketches[n]) >= 0.3]

    return _leaders(messages, alike)


WAYS = {f.__name__: f for f in (ours, average_linkage, hdbscan, datasketch_lsh, rensa_lsh)}


def _texts(messages):
    return [squeeze(f"{m.title}\n{m.text}") for m in messages]


def _pairs(text):
    return {text[n : n + 2] for n in range(len(text) - 1)} or {text}


def _named(messages, labels):
    return {m.id: str(k) for m, k in zip(messages, labels, strict=True)}


def _leaders(messages, alike):
    """Each message joins the first one like it that leads."""
    found = {}
    for message in messages:
        leaders = [name for name in alike(message) if found.get(name) == name]
        found[message.id] = min(leaders, default=message.id)
    return found


def measure(task):
    """Run one task in this process and print what it cost."""
    kind, *rest = task
    messages = real_messages() if kind == "way" else _spoken(rest[0])
    started = _seconds(), time.perf_counter()
    result = {}
    if kind == "way":
        found = WAYS[rest[0]](messages)
        result["scores"] = b_cubed(VOICES / "matters_dev.csv", found)
        result["matters"] = len(set(found.values()))
    elif kind == "growth":
        result |= _tables(messages)
    else:
        result |= _ask(list(messages))
    result["cpu"] = _seconds() - started[0]
    result["wall"] = time.perf_counter() - started[1]
    mine, theirs = (resource.getrusage(who).ru_maxrss / 1024 for who in WHO)
    result["megabytes"] = mine + (WORKERS * theirs if kind == "growth" else 0)
    print(json.dumps(result))


def _seconds():
    return sum(sum(resource.getrusage(who)[:2]) for who in WHO)


def _tables(messages):
    """Write both tables as the command does, by several processes."""
    matters = members = 0
    with ExitStack() as stack:
        folder, crew = map(stack.enter_context, (TemporaryDirectory(), Several(WORKERS)))
        file = stack.enter_context(open(Path(folder) / "out.csv", "w", encoding="utf-8"))
        out = csv.writer(file)
        for matter, inside in tables(messages, crew, Folder(folder)):
            out.writerow(matter.values())
            out.writerows(row.values() for row in inside)
            matters, members = matters + 1, members + len(inside)
    return {"matters": matters, "members": members}


def _spoken(path):
    with open(path, encoding="utf-8") as file:
        for line in file:
            name, text, title, person, at = json.loads(line)
            yield Message(name, text, title, person, at and datetime.fromisoformat(at))


def written(count):
    """Return the path of a file of `count` synthetic messages; make it where it is not there."""
    path = Path(os.environ.get("BIAOCHI_CROWD", gettempdir())) / f"crowd-{count}.jsonl"
    if not path.exists():
        half = path.with_suffix(".half")
        with open(half, "w", encoding="utf-8") as file:
            for m in walk(real_messages(), count):
                at = m.at and m.at.isoformat()
                file.write(json.dumps((m.id, m.text, m.title, m.person, at), ensure_ascii=False))
                file.write("\n")
        half.rename(path)
    return path


def _ask(messages):
    """Build an index of all messages but 500 (five to a matter) and ask for those."""
    asked, kept = messages[:: len(messages) // 500][:500], defaultdict(list)
    out = {m.id for m in asked}
    for number, message in enumerate(messages):
        if message.id not in out:
            kept[f"{number // 5}"].append(message)
    started = time.process_time()
    index = Index.of_groups(kept.items())
    built = time.process_time() - started
    times = []
    for message in asked:
        started = time.process_time()
        index.nearest(message.text, title=message.title)
        times.append(1000 * (time.process_time() - started))
    return {"built": built, "p50": np.percentile(times, 50), "p95": np.percentile(times, 95)}


def in_own_process(*task):
    command = [sys.executable, "-m", "tests.bench.bench_group", "measure", *map(str, task)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    if done.returncode:
        return {"failed": done.stderr.strip().splitlines()[-1:]}
    return json.loads(done.stdout)


def quality():
    print(f"{'way':<18}{'CPU s':>8}{'MB':>8}{'matters':>9}{'P':>8}{'R':>8}{'F1':>8}")
    for way in WAYS:
        r = in_own_process("way", way)
        if "failed" in r:
            print(f"{way:<18}", r["failed"])
            continue
        p, q, f = r["scores"]
        cost = f"{r['cpu']:>8.1f}{r['megabytes']:>8.0f}{r['matters']:>9}"
        print(f"{way:<18}{cost}{p:>8.3f}{q:>8.3f}{f:>8.3f}")


def calibration():
    """How often what `chance` says is true, on the hand-made matters.

    Each sure message is asked twice: against its own matter without it (true), and against the
    nearest of all matters that were found which holds nothing of its own (not true).
    """
    messages = real_messages()
    place = {m.id: n for n, m in enumerate(messages)}
    with open(VOICES / "matters_dev.csv", encoding="utf-8-sig", newline="") as file:
        sure = [r for r in csv.DictReader(file) if r["certainty"] == "sure" and r["id"] in place]
    titles, texts = parts(messages)
    every = voices(learn(titles, texts), titles, texts)
    which = np.array([place[r["id"]] for r in sure])
    names, of = np.unique([r["matter"] for r in sure], return_inverse=True)
    mine = every.take(which)
    true = standing(mine, mine.gather(of, len(names)), of)[np.bincount(of)[of] > 1]
    found = group(messages).members
    _, label = np.unique([found[m.id].matter for m in messages], return_inverse=True)
    matters, held = every.gather(label, label.max() + 1), label[which]
    wrong = []
    for row, matter in enumerate(of):
        others = np.setdiff1d(np.arange(len(matters)), held[of == matter])
        wrong.append(similarity(mine, np.full(len(others), row), matters, others).max())
    said = chance(np.r_[true, wrong])
    is_true = np.arange(len(said)) < len(true)
    print(f"{'chance said':<14}{'asked':>7}{'said':>8}{'true':>8}")
    bins, error = np.minimum((said * 10).astype(int), 9), 0.0
    for n in np.unique(bins):
        some = bins == n
        mean, share = said[some].mean(), is_true[some].mean()
        error += some.mean() * abs(mean - share)
        print(f"{n / 10:.1f} … {n / 10 + 0.1:.1f}{some.sum():>12}{mean:>8.2f}{share:>8.2f}")
    print(f"expected calibration error {error:.3f} over {len(said)} questions")


def growth(sizes):
    print("growth, SYNTHETIC messages (recombined)")
    print(f"{'messages':>10}{'CPU s':>9}{'wall s':>9}{'MB':>8}{'matters':>10}")
    for size in sizes:
        r = in_own_process("growth", written(size))
        if "failed" in r:
            print(f"{size:>10}", r["failed"])
            continue
        cost = f"{r['cpu']:>9.1f}{r['wall']:>9.1f}{r['megabytes']:>8.0f}"
        print(f"{size:>10}{cost}{r['matters']:>10}")


def index(size):
    r = in_own_process("index", written(size))
    print(f"index of {size} SYNTHETIC voices:", json.dumps(r))


if __name__ == "__main__":
    words = sys.argv[1:] or ["quality", "calibration", "growth", "10000", "index", "10000"]
    if words[0] == "measure":
        measure(words[1:])
        sys.exit()
    if not VOICES.is_dir():
        sys.exit("the real data is absent (set BIAOCHI_SHARED)")
    if "quality" in words:
        quality()
    if "calibration" in words:
        calibration()
    if "growth" in words:
        after = words[words.index("growth") + 1 :]
        growth(
            [int(w) for w in after[: next((n for n, w in enumerate(after) if not w.isdigit()), 99)]]
        )
    if "index" in words:
        index(int(words[words.index("index") + 1]))
