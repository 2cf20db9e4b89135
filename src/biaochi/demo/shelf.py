"""The library of 青溪: two short texts of the fictional city, put in through the library's verbs."""

import datetime as dt

from biaochi.demo.city import DATA
from biaochi.library import actions, lists
from biaochi.library.rules import Genre

RIGHTS = "本系统为虚构城市青溪写的示例文字，可以自由使用。"
TEXTS = (
    ("提案办理规则.txt", Genre.RULE, dt.timedelta(days=300)),
    ("老旧小区加装电梯调研报告.txt", Genre.REPORT, dt.timedelta(days=60)),
)


def fill_shelf(*, by, now):
    """Take in, publish and list the texts; returns the documents by file name."""
    shelf = {}
    for name, genre, ago in TEXTS:
        at = now - ago
        document = actions.take_in(
            data=(DATA / "library" / name).read_bytes(),
            name=name,
            rights=RIGHTS,
            genre=genre,
            author_words="青溪市政协",
            may_download=True,
            by=by,
            now=at,
        )
        shelf[name] = actions.publish(document=document, by=by, now=at)
    first = lists.make_list(title="新委员先读这两份", why="怎么提、怎么看", by=by, now=now)
    for document in shelf.values():
        lists.put_on(reading_list=first, document=document, by=by, now=now)
    return shelf
