"""Two tables out of messages: the matters, and which message is in which.

    matters, members = group_file(rows)      # rows: sheet_rows.Row, or anything with its fields

Both are lists of dicts whose keys are MATTERS and MEMBERS, ready for csv.DictWriter. A matter of
one is a matter: every message of the file stands in members exactly once.

    for matter, members in tables(messages, crew, store): …

gives the same a matter at a time, and holds of each matter no more than its place in the order.
"""

import json
from functools import partial
from math import isfinite

from .crew import Alone
from .group import portraits
from .heat import HALF_LIFE_DAYS, Heat, days_since_1970, heat_of
from .matter import Message
from .portrait import describe
from .store import Memory

__all__ = ["MATTERS", "MEMBERS", "group_file", "messages_of", "sentence", "tables", "walk"]

MATTERS = ("matter", "title", "place", "people", "messages", "likes", "first", "last", "heat")
MEMBERS = ("id", "matter", "score", "reason")


def group_file(rows, *, half_life_days=HALF_LIFE_DAYS):
    """Return (matters, members), two lists of dicts.

    `matter` numbers run 1, 2, 3 … by distinct people, then heat. Heat is taken at the last moment
    in the file, so that the same file always gives the same table; it is empty where no message
    of the matter has a time. Members come by matter, the most typical first.
    """
    found = list(tables(walk(rows), Alone(), Memory(), half_life_days=half_life_days))
    return [matter for matter, _ in found], [row for _, members in found for row in members]


def tables(messages, crew, store, *, half_life_days=HALF_LIFE_DAYS, **choices):
    """Yield (a row of matters, its rows of members), in order; `choices` as for portraits."""
    task = partial(_write_down, half_life_days=half_life_days)
    ranked, ends = [], []
    for name, end, some in portraits(messages, crew, store, task=task, **choices):
        ranked += [(rank, name, place) for rank, place in some]
        ends += [end] if end is not None else []
    ranked.sort()
    for number, (_, name, place) in enumerate(ranked, 1):
        matter, log, members = json.loads(store.text(name, *place))
        if log is not None:
            warm = Heat(0, 0, log, half_life_days).at_day(max(ends))
            matter[-1] = round(warm, 4)
        yield (
            dict(zip(MATTERS, (number, *matter), strict=True)),
            [dict(zip(MEMBERS, (i, number, *rest), strict=True)) for i, *rest in members],
        )
    store.close()


def _write_down(store, item, half_life_days):
    """Leave the rows of some matters in the store (a task, see crew)."""
    found = describe(store, item)
    by_id = {}
    if half_life_days != HALF_LIFE_DAYS:
        by_id = {m.id: m for m in store.messages(item[1])}
    texts, last = [], []
    for portrait in found:
        matter, log = portrait.matter, portrait.heat
        if by_id:
            inside = (by_id[i] for i in matter.members)
            log = heat_of(((m.who, m.at) for m in inside), half_life_days).log
        last += [days_since_1970(matter.last)] if matter.last is not None else []
        members = [(m.id, round(m.score, 4), sentence(m.why)) for m in portrait.members]
        cells = (_matter_row(matter), log if isfinite(log) else None, members)
        texts.append(json.dumps(cells, ensure_ascii=False))
    name = f"matters-{item[1][0]}"
    places = store.write(name, texts)
    ranks = [(portrait.rank, place) for portrait, place in zip(found, places, strict=True)]
    return name, max(last, default=None), ranks


def messages_of(rows):
    """Return the Messages of rows as a list; see `walk`."""
    return list(walk(rows))


def walk(rows):
    """Yield the Messages of rows. A row without a number of its own gets `row N`.

    A number that stands twice keeps its first place; later ones become `number (row N)`, so that
    no message is lost.
    """
    seen = set()
    for row in rows:
        name = row.number or f"row {row.row_number}"
        if name in seen:
            name = f"{name} (row {row.row_number})"
        seen.add(name)
        yield Message(name, row.text, row.title, row.person, row.at, row.place, row.likes or 0)


def sentence(reasons):
    """Return reasons as one plain Chinese line."""
    said = {"name": [], "phrase": [], "rest": []}
    for reason in reasons:
        if reason.kind in said:
            said[reason.kind].append(f"“{reason.value}”")
        else:
            said["rest"].append(_plain(reason))
    parts = []
    if said["name"]:
        parts.append("都提到" + "、".join(said["name"]))
    if said["phrase"]:
        parts.append("相同说法" + "、".join(said["phrase"]))
    return "；".join(parts + [part for part in said["rest"] if part])


def _plain(reason):
    return {
        "similarity": f"平均相似度 {reason.value}",
        "days": f"相隔 {reason.value} 天",
        "copy": f"与 {reason.value} 号文字相同",
        "said": "工作人员认定是同一件事",
        "alone": "暂时没有别人反映同一件事",
    }.get(reason.kind, "")


def _matter_row(matter):
    """The cells of MATTERS but the number; heat is filled in when the last moment is known."""
    return (
        matter.title,
        matter.place,
        matter.people,
        len(matter.members),
        matter.likes,
        _moment(matter.first),
        _moment(matter.last),
        "",
    )


def _moment(at):
    return "" if at is None else at.isoformat(sep=" ", timespec="seconds")
