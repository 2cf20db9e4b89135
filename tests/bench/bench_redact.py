"""How much personal data does redaction find, what does it hide wrongly, how fast is it?

usage: python -m tests.bench.bench_redact
"""

import os
import random
import re
import time
from collections import Counter
from pathlib import Path

from biaochi.engine.redact import redact
from biaochi.engine.sheet import read
from tests.engine.redact_examples import KINDS, SENTENCES, leaked, plant

SHARED = Path(os.environ.get("BIAOCHI_SHARED", Path(__file__).parents[2] / "../shared")) / "data"
PLANTS = 2000
PHONE = re.compile(r"(?<!\d)(?:1[3-9]\d{9}|0\d{2,3}[-—－ ]{0,3}\d{7,8})(?!\d)(?!\s*(?:元|万元))")


def recall():
    rng = random.Random(20190228)
    print(f"{'kind':10} {'planted':>8} {'recall':>8} {'right kind':>11}")
    for kind in KINDS:
        found = right = 0
        for _ in range(PLANTS):
            text, secret = plant(kind, rng)
            seen = redact(text)
            at = text.index(secret)
            found += not leaked(text, secret, seen.spans)
            right += any(
                s.kind == kind and s.start < at + len(secret) and at < s.end for s in seen.spans
            )
        print(f"{kind:10} {PLANTS:8} {found / PLANTS:8.4f} {right / PLANTS:11.4f}")
    print("hidden in sentences without a secret:", sum(len(redact(s).spans) for s in SENTENCES))


def real():
    sources = (("voices/messages_2019.xlsx", 4), ("voices/messages_with_replies.xlsx", 4),
               ("voices/messages_with_replies.xlsx", 5), ("voices/labelled_train.csv", 1))  # fmt: skip
    texts = []
    for path, column in sources:
        part = [str(row[column]) for row in read(SHARED / path).rows]
        shown = [redact(text) for text in part]
        left = sum(len(PHONE.findall(one.text)) for one in shown)
        phones = sum(len(PHONE.findall(text)) for text in part)
        kinds = Counter(span.kind for one in shown for span in one.spans)
        print(f"{path}[{column}]: {len(part)} texts, hidden {dict(kinds)}")
        print(f"    phone-shaped numbers {phones}, still there {left}")
        changed = sum(redact(one.text).text != one.text for one in shown)
        print(f"    texts that a second pass would change: {changed}")
        texts += part
    start = time.process_time()
    for text in texts:
        redact(text)
    spent = time.process_time() - start
    size = sum(len(text.encode()) for text in texts) / 1e6
    print(f"{size:.1f} MB in {spent:.2f} CPU s: {size / spent:.2f} MB/s")


if __name__ == "__main__":
    recall()
    if SHARED.is_dir():
        real()
    else:
        print("the real data is absent (set BIAOCHI_SHARED)")
