"""All verbs on studies. Pages and later stages call these.

A study is going to see for oneself: the plan is sealed and its fingerprint published, places are
drawn by a lot, visits are written down, the plan is opened, and good and bad are reported.
"""

from biaochi.study.reporting import record_visit, report
from biaochi.study.sealing import (
    draw,
    drop,
    look,
    open_study,
    replace_site,
    reveal,
    seal,
    unseal,
    write_plan,
)

__all__ = [
    "draw",
    "drop",
    "look",
    "open_study",
    "record_visit",
    "replace_site",
    "report",
    "reveal",
    "seal",
    "unseal",
    "write_plan",
]
