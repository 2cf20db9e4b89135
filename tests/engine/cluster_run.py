"""Run by test_group_cluster.py in a process of its own: group planted messages on a cluster.

usage: python -m tests.engine.cluster_run ADDRESS FOLDER OUT
"""

import sys

from biaochi.engine.cluster import Spark
from biaochi.engine.group_table import tables
from biaochi.engine.store import Folder
from tests.engine.written import messages, written

# nothing begins before both workers are there, however slow the machine
BOTH = {
    "spark.cores.max": "2",
    "spark.scheduler.minRegisteredResourcesRatio": "1.0",
    "spark.scheduler.maxRegisteredResourcesWaitingTime": "200s",
}

if __name__ == "__main__":
    address, folder, out = sys.argv[1:]
    with Spark(address, **BOTH) as crew:
        found = written(tables(messages(), crew, Folder(folder), chunk=25, span=40))
    with open(out, "w", encoding="utf-8") as file:
        file.write(found)
