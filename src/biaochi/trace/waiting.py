"""What waits for somebody in all stages: one list, the nearest last day first."""

import datetime as dt

from biaochi.deliberation import queries as deliberation
from biaochi.evaluation import queries as evaluation
from biaochi.outcome import queries as outcome
from biaochi.proposal import queries as proposal
from biaochi.study import queries as study
from biaochi.task import queries as task
from biaochi.topic import queries as topic
from biaochi.yardstick import queries as yardstick

STAGES = (
    ("topic", topic.waiting),
    ("study", study.waiting),
    ("proposal", proposal.waiting),
    ("deliberation", deliberation.waiting),
    ("task", task.waiting),
    ("outcome", outcome.waiting),
    ("evaluation", evaluation.waiting),
    ("yardstick", yardstick.waiting),
)


def waiting(actor, today):
    """Lines ``{stage, words, href_name, href_args, due_on, state}``; without a day come last."""
    found = [line | {"stage": stage} for stage, read in STAGES for line in read(actor, today)]
    return sorted(found, key=lambda line: (line["due_on"] or dt.date.max, line["words"]))


def counts(lines):
    """How many lines each stage has."""
    return {stage: sum(line["stage"] == stage for line in lines) for stage, _read in STAGES}
