"""Where the work of grouping lies between two steps: in memory, or in a folder that may be shared.

    store = Memory()          small files: nothing touches the disk
    store = Folder(path)      any size: arrays lie in files, and are read piece by piece

Both keep the messages and named sets of arrays. A set is written under another name and then moved
into place, so that a reader never sees half of it, and writing the same set twice does no harm:
that is what lets a step be repeated after a machine was lost. The folder holds what people wrote;
whoever makes it has to remove it.
"""

import json
import mmap
import os
import uuid
from datetime import datetime
from functools import lru_cache
from math import prod
from pathlib import Path

import numpy as np

from .matter import Message

__all__ = ["Folder", "Memory"]

WORD = 8  # bytes; every array begins at a multiple of it


class Memory:
    """Messages and arrays in this process."""

    def __init__(self):
        """Begin with nothing."""
        self._messages, self._sets, self._texts = [], {}, {}

    def fill(self, messages):
        """Keep the messages; return their ids as they came."""
        self._messages = list(messages)
        return [m.id for m in self._messages]

    def messages(self, which):
        """Return the messages with these numbers, counted from 0 as they came."""
        return [self._messages[k] for k in which.tolist()]

    def put(self, name, **arrays):
        """Keep arrays under a name."""
        self._sets[name] = arrays

    def get(self, name):
        """Return {key: array} kept under a name."""
        return self._sets[name]

    def drop(self, name):
        """Forget a name."""
        self._sets.pop(name, None)

    def write(self, name, texts):
        """Keep texts under a name; return where each begins and ends, for `text`."""
        self._texts[name] = texts
        return [(n, n + 1) for n in range(len(texts))]

    def text(self, name, start, stop):
        """Return one of the texts kept under a name."""
        return self._texts[name][start]

    def close(self):
        """Forget everything."""
        self.__init__()


class Folder:
    """Messages and arrays in a folder, which workers on other machines may see as well."""

    def __init__(self, path):
        """Take an existing folder, best an empty one."""
        self.path, self._open = Path(path), {}

    def fill(self, messages):
        """Write the messages; return their ids as they came. Only one writer."""
        ids, ends = [], []
        with open(self.path / "messages", "wb") as file:
            for m in messages:
                at = None if m.at is None else m.at.isoformat()
                values = (m.id, m.text, m.title, m.person, at, m.place, m.likes)
                file.write(json.dumps(values, ensure_ascii=False).encode("utf-8", "surrogatepass"))
                ends.append(file.tell())
                ids.append(m.id)
        self.put("ends", ends=np.array([0, *ends], np.int64))
        return ids

    def messages(self, which):
        """Return the messages with these numbers, counted from 0 as they came."""
        ends = self.get("ends")["ends"]
        found = []
        with open(self.path / "messages", "rb") as file:
            for start, stop in zip(ends[which].tolist(), ends[which + 1].tolist(), strict=True):
                file.seek(start)
                found.append(_message(file.read(stop - start)))
        return found

    def put(self, name, **arrays):
        """Write arrays under a name, all or nothing.

        One file: the arrays, then where each begins (JSON), then how long that is (8 bytes).
        """
        half, places = self.path / f"{name}.{uuid.uuid4().hex}.half", {}
        with open(half, "wb") as file:
            for key, array in arrays.items():
                file.write(bytes(-file.tell() % WORD))
                places[key] = (array.dtype.str, array.shape, file.tell())
                file.write(np.ascontiguousarray(array).data)
            where = json.dumps(places).encode()
            file.write(where + len(where).to_bytes(WORD, "little"))
        os.replace(half, self.path / name)

    def get(self, name):
        """Return {key: array}; the arrays are read from disk where they are looked at."""
        path = self.path / name
        told = path.stat()  # a name may be dropped and given again
        return _opened(path, told.st_ino, told.st_mtime_ns, told.st_size)

    def drop(self, name):
        """Remove what stands under a name."""
        (self.path / name).unlink(missing_ok=True)

    def write(self, name, texts):
        """Write texts under a name; return where each begins and ends, for `text`."""
        half, places = self.path / f"{name}.{uuid.uuid4().hex}.half", []
        with open(half, "wb") as file:
            for text in texts:
                start = file.tell()
                file.write(text.encode("utf-8", "surrogatepass"))
                places.append((start, file.tell()))
        os.replace(half, self.path / f"{name}.texts")
        return places

    def text(self, name, start, stop):
        """Return one of the texts written under a name."""
        if name not in self._open:
            self._open[name] = os.open(self.path / f"{name}.texts", os.O_RDONLY)
        return os.pread(self._open[name], stop - start, start).decode("utf-8", "surrogatepass")

    def close(self):
        """Close what was opened to read texts."""
        while self._open:
            os.close(self._open.popitem()[1])

    def __reduce__(self):
        return Folder, (self.path,)


def _message(text):
    values = json.loads(text.decode("utf-8", "surrogatepass"))
    name, text, title, person, at, place, likes = values
    return Message(
        name, text, title, person, None if at is None else datetime.fromisoformat(at), place, likes
    )


@lru_cache(maxsize=8)
def _opened(path, *_written):
    """The arrays of a file that `Folder.put` wrote; what is kept open is used again."""
    with open(path, "rb") as file:
        held = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    end = len(held) - WORD
    start = end - int.from_bytes(held[end:], "little")
    return {
        key: np.frombuffer(held, dtype, prod(shape), at).reshape(shape)
        for key, (dtype, shape, at) in json.loads(held[start:end]).items()
    }
