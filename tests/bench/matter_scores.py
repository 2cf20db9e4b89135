"""B-cubed (Bagga & Baldwin 1998) against hand-made matters: only sure messages are scored."""

import csv
from collections import defaultdict


def b_cubed(gold_file, found):
    """Return (precision, recall, F1) of `found` {id: matter} against a CSV id, matter, certainty.

    Messages marked "maybe" count neither way; any other message in a scored matter is a stray.
    """
    with open(gold_file, encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    gold = {row["id"]: row["matter"] for row in rows if row["certainty"] == "sure"}
    neutral = {row["id"] for row in rows} - set(gold)
    cluster, matter = defaultdict(set), defaultdict(set)
    for name, group in found.items():
        cluster[group].add(name)
    for name, group in gold.items():
        matter[group].add(name)
    precision = recall = 0.0
    for name, group in gold.items():
        together = (cluster[found[name]] - neutral) | {name}
        hits = len(together & matter[group])
        precision += hits / len(together)
        recall += hits / len(matter[group])
    precision, recall = precision / len(gold), recall / len(gold)
    return precision, recall, 2 * precision * recall / (precision + recall)
