"""Two tables out of one file of messages: the matters, and which message is in which.

    matters, members = group_file(rows)      # rows: sheet_rows.Row, or anything with its fields

Both are lists of dicts whose keys are MATTERS and MEMBERS, ready for csv.DictWriter. A matter of
one is a matter: every message of the file stands in members exactly once.
"""

from math import isfinite

from .group import group
from .heat import HALF_LIFE_DAYS, heat_of
from .matter import Message

__all__ = ["MATTERS", "MEMBERS", "group_file", "messages_of", "sentence"]

MATTERS = ("matter", "title", "place", "people", "messages", "likes", "first", "last", "heat")
MEMBERS = ("id", "matter", "score", "reason")


def group_file(rows, *, half_life_days=HALF_LIFE_DAYS):
    """Return (matters, members), two lists of dicts.

    `matter` numbers run 1, 2, 3 … by distinct people, then heat. Heat is taken at the last moment
    in the file, so that the same file always gives the same table; it is empty where no message
    of the matter has a time. Members come by matter, the most typical first.
    """
    messages = messages_of(rows)
    found = group(messages)
    by_id = {m.id: m for m in messages}
    end = max((m.last for m in found.matters if m.last is not None), default=None)
    matters, members = [], []
    for number, matter in enumerate(found.matters, 1):
        inside = [by_id[i] for i in matter.members]
        heat = heat_of(((m.person, m.at) for m in inside), half_life_days)
        matters.append(_matter_row(number, matter, heat, end))
        members += [_member_row(number, found.members[i]) for i in matter.members]
    return matters, members


def messages_of(rows):
    """Return the Messages of rows. A row without a number of its own gets `row N`.

    A number that stands twice keeps its first place; later ones become `number (row N)`, so that
    no message is lost.
    """
    messages, seen = [], set()
    for row in rows:
        name = row.number or f"row {row.row_number}"
        if name in seen:
            name = f"{name} (row {row.row_number})"
        seen.add(name)
        messages.append(
            Message(name, row.text, row.title, row.person, row.at, row.place, row.likes or 0)
        )
    return messages


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


def _matter_row(number, matter, heat, end):
    warm = heat.at(end) if end is not None and isfinite(heat.log) else ""
    return {
        "matter": number,
        "title": matter.title,
        "place": matter.place,
        "people": matter.people,
        "messages": len(matter.members),
        "likes": matter.likes,
        "first": _moment(matter.first),
        "last": _moment(matter.last),
        "heat": warm if warm == "" else round(warm, 4),
    }


def _member_row(number, member):
    return {
        "id": member.id,
        "matter": number,
        "score": round(member.score, 4),
        "reason": sentence(member.why),
    }


def _moment(at):
    return "" if at is None else at.isoformat(sep=" ", timespec="seconds")
