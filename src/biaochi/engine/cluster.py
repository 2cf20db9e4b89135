"""The third crew: a Spark cluster. The same tasks, and to the last bit the same result.

    with Spark("spark://host:7077") as crew:
        grouping = group(messages, crew=crew, store=Folder("/shared/folder"))

Spark gives out the tasks and gives them out again when a machine is lost; a task that is done
twice writes the same twice (see store). What is large lies in the folder, which every machine has
to see under the same path. Each machine needs Python with numpy, scipy and rjieba; the engine
itself is sent along. Needs the extra `spark` and Java 17.
"""

import os
import sys
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZipFile

from pyspark import SparkConf, SparkContext

__all__ = ["Spark"]

WAVE = 8
SETTINGS = {
    "spark.app.name": "biaochi group",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.task.maxFailures": "16",
    "spark.driver.maxResultSize": "0",
}


class Spark:
    """Tasks done by the workers of a cluster."""

    def __init__(self, address, **settings):
        """Connect to the master at `address`; `settings` are Spark's own, dots as in its papers."""
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
        conf = SparkConf().setMaster(address).setAll((SETTINGS | settings).items())
        self._context = SparkContext(conf=conf)
        self._context.setLogLevel("ERROR")
        self._luggage = TemporaryDirectory(prefix="biaochi-")
        self._context.addPyFile(_engine(Path(self._luggage.name)))

    @property
    def workers(self):
        """How many tasks run at a time."""
        return self._context.defaultParallelism

    def each(self, task, store, items):
        """Yield task(store, item) for every item, in order; a wave of them is made at a time."""
        items = iter(items)
        while wave := list(islice(items, WAVE * self.workers)):
            handed_out = self._context.parallelize(wave, len(wave))
            yield from handed_out.map(lambda item: task(store, item)).collect()

    def __enter__(self):
        return self

    def __exit__(self, *what):
        self._context.stop()
        self._luggage.cleanup()


def _engine(folder):
    """Return the path of a zip of this package's engine, which knows nothing of Django."""
    here, path = Path(__file__).parent, folder / "biaochi_engine.zip"
    with ZipFile(path, "w") as file:
        for part in (here.parent / "__init__.py", *sorted(here.glob("*.py"))):
            file.write(part, part.relative_to(here.parent.parent))
    return str(path)
