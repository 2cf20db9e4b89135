"""Who does the work: this process alone, or several processes of this machine.

A crew walks a list of items and does the same *task* with each, a function of (store, item) at the
top of a module. Results come back in the order of the items, whoever did them, so that the result
of a grouping does not depend on the crew. `cluster.Spark` is a third crew, of many machines.
"""

import multiprocessing
import os
from collections import deque
from concurrent.futures import ProcessPoolExecutor
from threading import Thread

__all__ = ["Alone", "Several"]


class Alone:
    """One after another, in this process."""

    workers = 1

    def each(self, task, store, items):
        """Yield task(store, item) for every item, in order."""
        for item in items:
            yield task(store, item)

    def __enter__(self):
        return self

    def __exit__(self, *what):
        pass


class Several:
    """Processes of this machine; the store has to be a Folder."""

    def __init__(self, workers=2):
        """Start `workers` processes when the first task comes."""
        self.workers = workers
        way = multiprocessing.get_context("spawn")
        self._pool = ProcessPoolExecutor(workers, way, initializer=_leave_together)

    def each(self, task, store, items):
        """Yield task(store, item) for every item, in order; a few are made ahead."""
        waiting = deque()
        for item in items:
            waiting.append(self._pool.submit(task, store, item))
            if len(waiting) > 2 * self.workers:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()

    def __enter__(self):
        return self

    def __exit__(self, *what):
        self._pool.shutdown(cancel_futures=True)


def _leave_together():
    """A worker does not outlive the process that works with it, however that one ends."""
    parent = multiprocessing.parent_process()
    Thread(target=lambda: (parent.join(), os._exit(1)), daemon=True).start()
